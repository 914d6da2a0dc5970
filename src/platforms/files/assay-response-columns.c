/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-field-words.h"
#include "assay-response-columns.h"

#define SURE 6

typedef struct
{
  AssayField *field;
  char *base;
  guint place;
} Column;

static void
column_free (Column *self)
{
  g_free (self->base);
  g_free (self);
}

static GPtrArray *
new_columns (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) column_free);
}

static void
add_column (GPtrArray *columns, AssayField *field, char *base, guint place)
{
  Column *column = g_new0 (Column, 1);

  column->field = field;
  column->base = base;
  column->place = place;
  g_ptr_array_add (columns, column);
}

static int
compare_columns (gconstpointer a, gconstpointer b)
{
  const Column *const *left = a;
  const Column *const *right = b;

  return ((*left)->place > (*right)->place) - ((*left)->place < (*right)->place);
}

static guint
score_base (const char *base)
{
  g_auto (GStrv) words = g_strsplit (base, " ", -1);

  return assay_field_words_response_score (words);
}

static AssayField *
find_child_text (AssayFieldTable *table, const char *parent)
{
  AssayField *best = NULL;
  guint best_score = 0;

  for (guint i = 0; i < table->fields->len; i++)
    {
      AssayField *field = g_ptr_array_index (table->fields, i);
      guint score;

      if (!g_str_equal (field->parent, parent) || !assay_field_is_text (field))
        continue;
      score = assay_field_words_response_score (field->words);
      if (score > best_score)
        {
          best = field;
          best_score = score;
        }
    }
  return best;
}

gboolean
assay_response_columns_are_messages (AssayFieldTable *table, const char *path)
{
  static const char *const roles[] = { "role", "from", "speaker" };
  static const char *const texts[] = { "content", "value", "text", "message", "utterance" };
  g_autofree char *item = g_strconcat (path, ".*", NULL);
  gboolean has_role = FALSE;
  gboolean has_text = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    has_role = has_role || assay_field_table_find_below (table, item, roles[i]) != NULL;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    has_text = has_text || assay_field_table_find_below (table, item, texts[i]) != NULL;
  return has_role && has_text;
}

gboolean
assay_response_columns_can_be_text (AssayFieldTable *table, const AssayField *field)
{
  return assay_field_is_text (field)
         || (assay_field_is_object (field) && find_child_text (table, field->path) != NULL);
}

static gboolean
can_be_response (AssayFieldTable *table, AssayField *field)
{
  g_autofree char *item = g_strconcat (field->path, ".*", NULL);
  AssayField *items = assay_field_table_find (table, item);

  if (assay_field_words_are_judge (field->words))
    return FALSE;
  return assay_response_columns_can_be_text (table, field)
         || assay_response_columns_are_messages (table, field->path)
         || (assay_field_is_list (field) && items != NULL && assay_field_is_text (items));
}

static gboolean
is_dialogue (AssayFieldTable *table, AssayField *field)
{
  if (assay_response_columns_are_messages (table, field->path))
    return TRUE;
  return field->example != NULL && strstr (field->example, "Human:") != NULL
         && g_str_has_prefix (field->example, "\n\nHuman:");
}

gboolean
assay_response_columns_find_verdicts (AssayImportGroup *group,
                                      AssayFieldTable *table,
                                      const char *model)
{
  g_autoptr (GPtrArray) columns = new_columns ();

  for (guint i = 0; i < table->fields->len; i++)
    {
      AssayField *field = g_ptr_array_index (table->fields, i);
      g_autofree char *base = NULL;
      guint side;

      if (field->depth > 0 || !can_be_response (table, field))
        continue;
      side = assay_field_words_split_verdict (field->words, &base);
      if (side > 0 && (*base == '\0' || score_base (base) >= SURE))
        add_column (columns, field, g_steal_pointer (&base), side);
    }

  for (guint i = 0; i < columns->len; i++)
    {
      Column *better = g_ptr_array_index (columns, i);

      for (guint j = 0; j < columns->len && better->place == 1; j++)
        {
          Column *worse = g_ptr_array_index (columns, j);

          if (worse->place != 2 || !g_str_equal (better->base, worse->base))
            continue;
          assay_import_group_add_response (group, better->field->path, model);
          assay_import_group_add_response (group, worse->field->path, model);
          group->order_is_verdict = TRUE;
          group->dialogue_marks = is_dialogue (table, better->field);
          return TRUE;
        }
    }
  return FALSE;
}

/* The model of the response at @place: `model_a`, `response_1_model`; or two names in one field. */
static char *
find_model_at (AssayFieldTable *table, guint place, guint index, guint n)
{
  for (guint i = 0; i < table->fields->len; i++)
    {
      AssayField *field = g_ptr_array_index (table->fields, i);
      g_autofree char *base = NULL;
      g_autofree char *joined = NULL;
      guint own_place;

      if (field->depth > 0 || !assay_field_is_text (field) || field->example == NULL)
        continue;
      base = assay_field_words_split_place (field->words, &own_place);
      if (base != NULL && own_place == place)
        {
          g_auto (GStrv) words = g_strsplit (base, " ", -1);

          if (assay_field_words_model_score (words) > 2)
            return g_strdup (field->path);
        }
      joined = g_strjoinv (" ", field->words);
      if (g_str_equal (joined, "cmp key") || g_str_equal (joined, "model pair")
          || g_str_equal (joined, "models"))
        {
          g_auto (GStrv) pieces = g_strsplit (field->example, "_", -1);

          if (g_strv_length (pieces) == n)
            return g_strdup_printf ("%s.split(_,%u)", field->path, index);
        }
    }
  return NULL;
}

gboolean
assay_response_columns_find_family (AssayImportGroup *group,
                                    AssayFieldTable *table,
                                    const char *model)
{
  g_autoptr (GPtrArray) columns = new_columns ();
  g_autoptr (GPtrArray) family = g_ptr_array_new ();
  const char *best = NULL;
  guint best_score = 0;

  for (guint i = 0; i < table->fields->len; i++)
    {
      AssayField *field = g_ptr_array_index (table->fields, i);
      g_autofree char *base = NULL;
      guint place;

      if (field->depth > 0 || !can_be_response (table, field))
        continue;
      base = assay_field_words_split_place (field->words, &place);
      if (base != NULL && score_base (base) >= SURE)
        add_column (columns, field, g_steal_pointer (&base), place);
    }

  for (guint i = 0; i < columns->len; i++)
    {
      Column *column = g_ptr_array_index (columns, i);
      guint n = 0;

      for (guint j = 0; j < columns->len; j++)
        n += g_str_equal (column->base, ((Column *) g_ptr_array_index (columns, j))->base) ? 1 : 0;
      if (n >= 2 && score_base (column->base) > best_score)
        {
          best = column->base;
          best_score = score_base (column->base);
        }
    }
  if (best == NULL)
    return FALSE;

  for (guint i = 0; i < columns->len; i++)
    {
      Column *column = g_ptr_array_index (columns, i);

      if (g_str_equal (column->base, best))
        g_ptr_array_add (family, column);
    }
  g_ptr_array_sort (family, compare_columns);
  for (guint i = 0; i < family->len; i++)
    {
      Column *column = g_ptr_array_index (family, i);
      g_autofree char *own_model = find_model_at (table, column->place, i, family->len);

      assay_import_group_add_response (group, column->field->path,
                                       own_model != NULL ? own_model : model);
      group->dialogue_marks = group->dialogue_marks || is_dialogue (table, column->field);
    }
  return TRUE;
}

gboolean
assay_response_columns_find_objects (AssayImportGroup *group, AssayFieldTable *table)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  const char *name = NULL;

  for (guint i = 0; i < table->fields->len; i++)
    {
      AssayField *field = g_ptr_array_index (table->fields, i);
      AssayField *text;

      if (field->depth > 0 || !assay_field_is_object (field)
          || assay_field_words_are_verdict (field->words)
          || assay_field_words_prompt_score (field->words) > 0)
        continue;
      text = find_child_text (table, field->path);
      if (text == NULL || assay_field_words_response_score (text->words) < SURE)
        continue;
      if (name != NULL && !g_str_equal (name, text->name))
        continue;
      name = text->name;
      g_ptr_array_add (texts, text);
    }
  if (texts->len < 2)
    return FALSE;

  for (guint i = 0; i < texts->len; i++)
    assay_import_group_add_response (group, ((AssayField *) g_ptr_array_index (texts, i))->path,
                                     "$column");
  return TRUE;
}

static char *
find_model_below (AssayFieldTable *table, const char *parent)
{
  AssayField *best = NULL;
  guint best_score = 0;

  for (guint i = 0; i < table->fields->len; i++)
    {
      AssayField *field = g_ptr_array_index (table->fields, i);
      guint score = assay_field_words_model_score (field->words);

      if (!g_str_equal (field->parent, parent) || !assay_field_is_text (field)
          || score <= best_score)
        continue;
      best = field;
      best_score = score;
    }
  return best != NULL ? g_strdup (best->path) : NULL;
}

/* The responses in the items of the list at @path, which are objects. */
static char *
find_in_items (AssayFieldTable *table, const char *item)
{
  AssayField *text = find_child_text (table, item);
  AssayField *best = NULL;

  for (guint i = 0; i < table->fields->len; i++)
    {
      AssayField *field = g_ptr_array_index (table->fields, i);
      g_autofree char *below = g_strconcat (field->path, ".*", NULL);
      AssayField *items = assay_field_table_find (table, below);

      if (!g_str_equal (field->parent, item) || !assay_field_is_list (field) || items == NULL)
        continue;
      if (g_str_equal (field->name, "turns"))
        return g_strdup (field->path);
      if (assay_field_is_text (items) && assay_field_words_response_score (field->words) >= SURE)
        best = field;
    }
  if (text != NULL && (best == NULL || assay_field_words_response_score (text->words) > 2))
    return g_strdup (text->path);
  if (best != NULL)
    return g_strconcat (best->path, ".*", NULL);
  return assay_field_table_find_below (table, item, "message") != NULL
             ? g_strconcat (item, ".message", NULL)
             : NULL;
}

gboolean
assay_response_columns_find_list (AssayImportGroup *group,
                                  AssayFieldTable *table,
                                  const char *model)
{
  for (guint i = 0; i < table->fields->len; i++)
    {
      AssayField *field = g_ptr_array_index (table->fields, i);
      g_autofree char *item = g_strconcat (field->path, ".*", NULL);
      AssayField *items = assay_field_table_find (table, item);
      gboolean offers =
          g_str_equal (field->name, "choices") || g_str_equal (field->name, "options");

      if (field->depth > 0 || assay_field_words_are_judge (field->words)
          || assay_field_words_response_score (field->words) < SURE)
        continue;

      if (assay_field_is_list (field) && items != NULL && assay_field_is_object (items)
          && !assay_response_columns_are_messages (table, field->path))
        {
          g_autofree char *path = find_in_items (table, item);
          g_autofree char *own_model = find_model_below (table, item);

          if (path != NULL)
            {
              assay_import_group_add_response (group, path, own_model != NULL ? own_model : model);
              return TRUE;
            }
        }
      else if (assay_field_is_list (field) && items != NULL && assay_field_is_text (items)
               && !offers)
        {
          assay_import_group_add_response (group, item, model);
          return TRUE;
        }
      else if (assay_field_is_object (field) && find_child_text (table, field->path) == NULL)
        {
          guint n_texts = 0;

          for (guint j = 0; j < table->fields->len; j++)
            {
              AssayField *child = g_ptr_array_index (table->fields, j);

              n_texts += g_str_equal (child->parent, field->path)
                                 && assay_response_columns_can_be_text (table, child)
                             ? 1
                             : 0;
            }
          if (n_texts >= 2)
            {
              assay_import_group_add_response (group, item, "$column");
              return TRUE;
            }
        }
    }
  return FALSE;
}
