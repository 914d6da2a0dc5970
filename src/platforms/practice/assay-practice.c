/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-practice.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-json.h"
#include "assay-model-error.h"

/* In a set a long text may be a list of its lines. */
static const char *const text_members[] = { "content",      "explanation", "help",
                                            "outcome_note", "prompt",      "rationale",
                                            "system",       "text",        NULL };

/* What people read in a form. build-aux/practice-strings knows the same members. */
static const char *const form_members[] = { "category", "help",  "label", "placeholder",
                                            "text",     "title", "unit",  NULL };

static gboolean
is_fence (const char *line)
{
  while (*line == ' ')
    line++;
  return g_str_has_prefix (line, "```") || g_str_has_prefix (line, "~~~");
}

static const char *
translate (const char *text)
{
  /* The empty message is the catalogue's head. */
  return *text != '\0' ? g_dgettext (GETTEXT_PACKAGE, text) : text;
}

/* A translator gets paragraphs, not pages: a long text is cut at its empty lines, except within
 * code. */
static char *
translate_text (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) block = g_string_new (NULL);
  g_autoptr (GString) result = g_string_new (NULL);
  gboolean code = FALSE;

  for (guint i = 0;; i++)
    {
      const char *line = lines[i];

      if (line == NULL || (*line == '\0' && !code))
        {
          g_string_append (result, translate (block->str));
          g_string_truncate (block, 0);
          if (line == NULL)
            break;
          g_string_append (result, lines[i + 1] != NULL ? "\n\n" : "\n");
          while (lines[i + 1] != NULL && *lines[i + 1] == '\0')
            i++;
          continue;
        }
      if (is_fence (line))
        code = !code;
      if (block->len > 0)
        g_string_append_c (block, '\n');
      g_string_append (block, line);
    }
  return g_string_free_and_steal (g_steal_pointer (&result));
}

static char *
join_lines (JsonNode *node)
{
  JsonArray *array = assay_json_node_array (node);
  g_autoptr (GString) text = g_string_new (NULL);

  if (array == NULL || json_array_get_length (array) == 0)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *line = assay_json_node_string (json_array_get_element (array, i));

      if (line == NULL)
        return NULL;
      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, line);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
join_texts (JsonNode *node)
{
  JsonObject *object = assay_json_node_object (node);
  JsonArray *array = assay_json_node_array (node);

  if (object != NULL)
    {
      g_autoptr (GList) members = json_object_get_members (object);

      for (GList *l = members; l != NULL; l = l->next)
        {
          JsonNode *member = json_object_get_member (object, l->data);
          g_autofree char *text =
              g_strv_contains (text_members, l->data) ? join_lines (member) : NULL;

          if (text != NULL)
            json_object_set_string_member (object, l->data, text);
          else
            join_texts (member);
        }
    }
  if (array != NULL)
    {
      for (guint i = 0; i < json_array_get_length (array); i++)
        join_texts (json_array_get_element (array, i));
    }
}

static void
translate_member (JsonObject *object, const char *member)
{
  const char *text = assay_json_get_string (object, member);
  g_autofree char *translated = text != NULL ? translate_text (text) : NULL;

  if (translated != NULL)
    json_object_set_string_member (object, member, translated);
}

static void
translate_strings (JsonNode *node)
{
  JsonObject *object = assay_json_node_object (node);
  JsonArray *array = assay_json_node_array (node);

  if (object != NULL)
    {
      g_autoptr (GList) members = json_object_get_members (object);

      for (GList *l = members; l != NULL; l = l->next)
        translate_member (object, l->data);
    }
  if (array != NULL)
    {
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      guint n = json_array_get_length (array);

      for (guint i = 0; i < n; i++)
        {
          const char *text = assay_json_node_string (json_array_get_element (array, i));

          if (text == NULL)
            return;
          g_ptr_array_add (texts, g_strdup (translate (text)));
        }
      for (guint i = n; i > 0; i--)
        json_array_remove_element (array, i - 1);
      for (guint i = 0; i < n; i++)
        json_array_add_string_element (array, texts->pdata[i]);
    }
}

static void
translate_form (JsonNode *node)
{
  JsonObject *object = assay_json_node_object (node);
  JsonArray *array = assay_json_node_array (node);

  if (object != NULL)
    {
      g_autoptr (GList) members = json_object_get_members (object);

      for (GList *l = members; l != NULL; l = l->next)
        {
          if (g_strv_contains (form_members, l->data))
            translate_member (object, l->data);
          else if (g_str_equal (l->data, "anchors") || g_str_equal (l->data, "labels"))
            translate_strings (json_object_get_member (object, l->data));
          else
            translate_form (json_object_get_member (object, l->data));
        }
    }
  if (array != NULL)
    {
      for (guint i = 0; i < json_array_get_length (array); i++)
        translate_form (json_array_get_element (array, i));
    }
}

/* A written gold answer may be a list of lines too; only the form says which answers are written.
 */
static void
join_gold_texts (JsonObject *gold, JsonObject *form)
{
  JsonObject *answers = assay_json_get_object (gold, "answers");
  JsonArray *questions = assay_json_get_array (form, "questions");

  for (guint i = 0; answers != NULL && questions != NULL && i < json_array_get_length (questions);
       i++)
    {
      JsonObject *question = assay_json_node_object (json_array_get_element (questions, i));
      const char *id = question != NULL ? assay_json_get_string (question, "id") : NULL;
      g_autofree char *text = NULL;

      if (id == NULL || !assay_json_has (answers, id)
          || g_strcmp0 (assay_json_get_string (question, "type"), "text") != 0)
        continue;
      text = join_lines (json_object_get_member (answers, id));
      if (text != NULL)
        json_object_set_string_member (answers, id, text);
    }
}

static AssayGuideline *
load_guideline (JsonObject *set, const char *folder, GError **error)
{
  JsonObject *object = assay_json_require_object (set, "guideline", "", error);
  const char *id = assay_json_require_string (set, "id", "", error);
  const char *title;
  const char *file;
  g_autofree char *guideline_id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *translated = NULL;
  gsize length;

  if (object == NULL || id == NULL)
    return NULL;
  title = assay_json_require_string (object, "title", "/guideline", error);
  if (title == NULL)
    return NULL;
  file = assay_json_require_string (object, "file", "/guideline", error);
  if (file == NULL)
    return NULL;
  if (strchr (file, G_DIR_SEPARATOR) != NULL)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                   _ ("%s is not a file beside the set."), "/guideline/file");
      return NULL;
    }

  path = g_build_filename (folder, file, NULL);
  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_SYNTAX, _ ("“%s” is not text."),
                   path);
      return NULL;
    }
  translated = translate_text (text);
  guideline_id = g_strconcat ("practice-", id, NULL);
  return assay_guideline_new (guideline_id, (int) assay_json_get_int (object, "version", 1),
                              translate (title), translated);
}

/* Puts in what the set says once for many: the form, the guideline, the language. */
static gboolean
complete_task (JsonObject *task,
               JsonObject *set,
               AssayGuideline *guideline,
               const char *place,
               GError **error)
{
  const char *name = assay_json_require_string (task, "form", place, error);
  JsonObject *forms = assay_json_get_object (set, "forms");
  JsonObject *gold = assay_json_require_object (task, "gold", place, error);
  JsonObject *reference;
  g_autoptr (JsonNode) form = NULL;

  if (name == NULL || gold == NULL)
    return FALSE;
  if (forms == NULL || assay_json_get_object (forms, name) == NULL)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_MISSING,
                   /* Translators: a place in a file, then the name of a form. */
                   _ ("%s/form: the set has no form “%s”."), place, name);
      return FALSE;
    }
  form = assay_json_copy (json_object_get_member (forms, name));
  translate_form (form);
  join_gold_texts (gold, assay_json_node_object (form));
  json_object_set_member (task, "form", g_steal_pointer (&form));

  translate_member (task, "title");
  translate_member (gold, "rationale");
  translate_member (gold, "explanation");
  translate_member (gold, "outcome_note");

  if (!assay_json_has (task, "language"))
    json_object_set_string_member (task, "language",
                                   assay_json_get_string_or (set, "language", "en"));
  json_object_set_string_member (task, "project_id", assay_json_get_string (set, "id"));
  json_object_set_string_member (task, "mode", "practice");
  reference = json_object_new ();
  json_object_set_string_member (reference, "id", assay_guideline_get_id (guideline));
  json_object_set_int_member (reference, "version", assay_guideline_get_version (guideline));
  json_object_set_string_member (reference, "sha256", assay_guideline_get_sha256 (guideline));
  json_object_set_object_member (task, "guideline", reference);
  return TRUE;
}

static GPtrArray *
load_tasks (JsonObject *set, AssayGuideline *guideline, GError **error)
{
  JsonArray *array = assay_json_require_array (set, "tasks", "", error);
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  if (array == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = assay_json_node_object (node);
      g_autofree char *place = g_strdup_printf ("/tasks/%u", i);
      AssayTask *task;

      if (object == NULL)
        {
          g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE, _ ("%s is not an object."),
                       place);
          return NULL;
        }
      if (!complete_task (object, set, guideline, place, error))
        return NULL;
      task = assay_task_new_from_json (node, error);
      if (task == NULL)
        {
          g_prefix_error (error, "%s: ", place);
          return NULL;
        }
      g_ptr_array_add (tasks, task);
      if (!g_hash_table_add (ids, (gpointer) assay_task_get_id (task)))
        {
          g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_DUPLICATE,
                       _ ("%s: the id “%s” is used twice."), place, assay_task_get_id (task));
          return NULL;
        }
    }
  return g_steal_pointer (&tasks);
}

static AssayPracticeSet *
load_set (const char *path, GError **error)
{
  g_autoptr (AssayPracticeSet) self = g_new0 (AssayPracticeSet, 1);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonObject) settings = NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  JsonObject *set;
  const char *id;
  const char *title;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  node = assay_json_parse_full (text, (gssize) length, ASSAY_JSON_REFUSE_DUPLICATES, error);
  if (node == NULL)
    return NULL;
  set = assay_json_node_object (node);
  if (set == NULL)
    {
      g_set_error_literal (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE,
                           _ ("A practice set is an object."));
      return NULL;
    }
  id = assay_json_require_string (set, "id", "", error);
  if (id == NULL)
    return NULL;
  title = assay_json_require_string (set, "title", "", error);
  if (title == NULL)
    return NULL;

  join_texts (node);
  self->guideline = load_guideline (set, folder, error);
  if (self->guideline == NULL)
    return NULL;
  self->tasks = load_tasks (set, self->guideline, error);
  if (self->tasks == NULL)
    return NULL;

  self->project = assay_project_new (ASSAY_PRACTICE_ACCOUNT, id, translate (title));
  settings = json_object_new ();
  self->place = (int) assay_json_get_int (set, "place", G_MAXINT);
  json_object_set_int_member (settings, "version", assay_json_get_int (set, "version", 1));
  json_object_set_string_member (settings, "description",
                                 translate (assay_json_get_string_or (set, "description", "")));
  assay_project_set_settings (self->project, settings);
  return g_steal_pointer (&self);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What one learns first comes first. */
static int
compare_places (gconstpointer a, gconstpointer b)
{
  const AssayPracticeSet *first = *(AssayPracticeSet *const *) a;
  const AssayPracticeSet *second = *(AssayPracticeSet *const *) b;

  return (first->place > second->place) - (first->place < second->place);
}

void
assay_practice_set_free (AssayPracticeSet *self)
{
  g_clear_object (&self->project);
  g_clear_object (&self->guideline);
  g_clear_pointer (&self->tasks, g_ptr_array_unref);
  g_free (self);
}

AssayPracticeSet *
assay_practice_load_file (const char *path, GError **error)
{
  AssayPracticeSet *set;

  g_return_val_if_fail (path != NULL, NULL);

  set = load_set (path, error);
  if (set == NULL)
    g_prefix_error (error, "%s: ", path);
  return set;
}

GPtrArray *
assay_practice_load (GError **error)
{
  const char *folder = g_getenv ("ASSAY_PRACTICE_DIR");
  g_autoptr (GPtrArray) sets =
      g_ptr_array_new_with_free_func ((GDestroyNotify) assay_practice_set_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (folder == NULL || *folder == '\0')
    folder = ASSAY_PRACTICE_DIR;
  dir = g_dir_open (folder, 0, error);
  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);
      AssayPracticeSet *set = assay_practice_load_file (path, error);

      if (set == NULL)
        return NULL;
      g_ptr_array_add (sets, set);
    }
  g_ptr_array_sort (sets, compare_places);
  return g_steal_pointer (&sets);
}
