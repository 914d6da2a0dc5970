/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-field-table.h"
#include "assay-json.h"
#include "assay-record-path.h"

#define DEPTH_MAX 5
#define FIELDS_MAX 400
#define ITEMS_MAX 4
#define DIFFERENT_MAX 1000
#define EXAMPLE_CHARACTERS 120
/* An object with more members than this has names that are data. */
#define MEMBERS_MAX 60

static void
field_free (AssayField *self)
{
  g_free (self->path);
  g_free (self->parent);
  g_free (self->name);
  g_free (self->example);
  g_strfreev (self->words);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_free (self);
}

AssayFieldTable *
assay_field_table_new (void)
{
  AssayFieldTable *self = g_new0 (AssayFieldTable, 1);

  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) field_free);
  self->by_path = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
assay_field_table_free (AssayFieldTable *self)
{
  g_hash_table_unref (self->by_path);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

GStrv
assay_field_split_words (const char *name)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GString) word = g_string_new (NULL);
  gunichar before = 0;

  g_return_val_if_fail (name != NULL, NULL);

  for (const char *p = name;; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean breaks = !g_unichar_isalnum (c)
                        || (g_unichar_isdigit (c) != g_unichar_isdigit (before))
                        || (g_unichar_isupper (c) && g_unichar_islower (before));

      if (word->len > 0 && breaks)
        {
          g_strv_builder_add (builder, word->str);
          g_string_truncate (word, 0);
        }
      if (c == 0)
        break;
      if (g_unichar_isalnum (c))
        g_string_append_unichar (word, g_unichar_tolower (c));
      before = c;
    }
  return g_strv_builder_end (builder);
}

static AssayField *
ensure_field (AssayFieldTable *self, const char *parent, const char *name, guint depth)
{
  g_autofree char *escaped =
      g_str_equal (name, "*") ? g_strdup (name) : assay_record_path_escape (name);
  g_autofree char *path =
      *parent != '\0' ? g_strconcat (parent, ".", escaped, NULL) : g_strdup (escaped);
  AssayField *field = g_hash_table_lookup (self->by_path, path);

  if (field != NULL)
    return field;
  if (self->fields->len >= FIELDS_MAX)
    return NULL;

  field = g_new0 (AssayField, 1);
  field->path = g_steal_pointer (&path);
  field->parent = g_strdup (parent);
  field->name = g_strdup (name);
  field->words = assay_field_split_words (name);
  field->depth = depth;
  field->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (self->fields, field);
  g_hash_table_insert (self->by_path, field->path, field);
  return field;
}

static void
note_example (AssayField *field, const char *text)
{
  if (field->example == NULL || (*field->example == '\0' && *text != '\0'))
    {
      g_free (field->example);
      field->example = g_utf8_strlen (text, -1) > EXAMPLE_CHARACTERS
                           ? g_utf8_substring (text, 0, EXAMPLE_CHARACTERS)
                           : g_strdup (text);
    }
}

static void
note_value (AssayField *field, const char *text)
{
  note_example (field, text);
  if (g_hash_table_size (field->seen) < DIFFERENT_MAX)
    {
      g_hash_table_add (field->seen, g_compute_checksum_for_string (G_CHECKSUM_MD5, text, -1));
      field->n_different = g_hash_table_size (field->seen);
    }
}

static void walk (AssayFieldTable *self, JsonNode *node, const char *path, guint depth);

static void
note (AssayFieldTable *self, JsonNode *node, const char *parent, const char *name, guint depth)
{
  AssayField *field = ensure_field (self, parent, name, depth);
  const char *string;
  double number;

  if (field == NULL || json_node_is_null (node))
    return;

  field->n_found++;
  string = assay_json_node_string (node);
  if (string != NULL)
    {
      field->n_strings++;
      field->n_bytes += strlen (string);
      note_value (field, string);
    }
  else if (assay_json_node_array (node) != NULL)
    {
      field->n_arrays++;
    }
  else if (assay_json_node_object (node) != NULL)
    {
      field->n_objects++;
    }
  else if (assay_json_node_number (node, &number))
    {
      g_autofree char *id = assay_json_node_dup_id (node);

      field->n_numbers++;
      if (id != NULL)
        note_value (field, id);
    }
  else
    {
      g_autofree char *text = assay_json_to_string (node);

      field->n_booleans++;
      note_example (field, text);
    }
  walk (self, node, field->path, depth + 1);
}

static void
walk (AssayFieldTable *self, JsonNode *node, const char *path, guint depth)
{
  JsonArray *array = assay_json_node_array (node);
  JsonObject *object = assay_json_node_object (node);

  if (depth > DEPTH_MAX)
    return;
  if (array != NULL)
    {
      for (guint i = 0; i < MIN (json_array_get_length (array), ITEMS_MAX); i++)
        note (self, json_array_get_element (array, i), path, "*", depth);
    }
  else if (object != NULL)
    {
      g_autoptr (GList) members = json_object_get_members (object);
      guint n = 0;

      for (GList *l = members; l != NULL && n < MEMBERS_MAX; l = l->next, n++)
        note (self, json_object_get_member (object, l->data), path, l->data, depth);
    }
}

void
assay_field_table_add_record (AssayFieldTable *self, JsonNode *record)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (record != NULL);

  self->n_records++;
  walk (self, record, "", 0);
}

AssayField *
assay_field_table_find (AssayFieldTable *self, const char *path)
{
  return g_hash_table_lookup (self->by_path, path);
}

AssayField *
assay_field_table_find_below (AssayFieldTable *self, const char *parent, const char *name)
{
  g_autofree char *escaped =
      g_str_equal (name, "*") ? g_strdup (name) : assay_record_path_escape (name);
  g_autofree char *path =
      *parent != '\0' ? g_strconcat (parent, ".", escaped, NULL) : g_strdup (escaped);

  return assay_field_table_find (self, path);
}

gboolean
assay_field_is_text (const AssayField *self)
{
  return self->n_bytes > 0
         && self->n_strings > self->n_numbers + self->n_booleans + self->n_objects + self->n_arrays;
}

gboolean
assay_field_is_list (const AssayField *self)
{
  return self->n_arrays > self->n_strings + self->n_numbers + self->n_booleans + self->n_objects;
}

gboolean
assay_field_is_object (const AssayField *self)
{
  return self->n_objects > self->n_strings + self->n_numbers + self->n_booleans + self->n_arrays;
}

guint
assay_field_mean_bytes (const AssayField *self)
{
  return self->n_strings > 0 ? (guint) (self->n_bytes / self->n_strings) : 0;
}

gboolean
assay_field_has_word (const AssayField *self, const char *const *words)
{
  for (guint i = 0; self->words[i] != NULL; i++)
    {
      if (g_strv_contains (words, self->words[i]))
        return TRUE;
    }
  return FALSE;
}
