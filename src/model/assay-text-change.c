/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-text-change.h"

#include <string.h>

#include "assay-json.h"

/* The members of an answer that hold what a person wrote. */
static const char *const text_members[] = { "assumptions", "comment", "note", "other",
                                            "suggestion",  "text",    NULL };
/* An answer that has nothing else is written as the bare value (assay-question-private.h). */
static const char *const value_members[] = { "value", "met", "choice", "choices", NULL };

void
assay_text_change_init (AssayTextChange *self, const char *before, const char *after)
{
  gsize before_length = strlen (before);
  gsize after_length = strlen (after);
  gsize shortest = MIN (before_length, after_length);
  gsize start = 0;
  gsize end = 0;

  while (start < shortest && before[start] == after[start])
    start++;
  /* Back to the beginning of a character. */
  while (start > 0 && ((guchar) before[start] & 0xC0) == 0x80)
    start--;
  while (start > 0 && ((guchar) after[start] & 0xC0) == 0x80)
    start--;
  while (end < shortest - start && before[before_length - end - 1] == after[after_length - end - 1])
    end++;
  while (end > 0 && ((guchar) before[before_length - end] & 0xC0) == 0x80)
    end--;

  self->start = (guint) g_utf8_strlen (before, (gssize) start);
  self->removed = g_strndup (before + start, before_length - end - start);
  self->inserted = g_strndup (after + start, after_length - end - start);
}

void
assay_text_change_clear (AssayTextChange *self)
{
  g_clear_pointer (&self->removed, g_free);
  g_clear_pointer (&self->inserted, g_free);
}

static gboolean
ends_in_space (const char *text)
{
  const char *last = g_utf8_find_prev_char (text, text + strlen (text));

  return last != NULL && g_unichar_isspace (g_utf8_get_char (last));
}

static gboolean
begins_with_space (const char *text)
{
  return g_unichar_isspace (g_utf8_get_char (text));
}

/* What a single key does; a paste or a quotation is a change of its own. */
static gboolean
is_one_character (const char *text)
{
  return *text != '\0' && *g_utf8_next_char (text) == '\0';
}

gboolean
assay_text_change_join (AssayTextChange *self, const AssayTextChange *next)
{
  char *joined = NULL;

  if (*self->removed == '\0' && *next->removed == '\0' && *self->inserted != '\0'
      && is_one_character (next->inserted)
      && next->start == self->start + (guint) g_utf8_strlen (self->inserted, -1)
      && (!ends_in_space (self->inserted) || begins_with_space (next->inserted)))
    {
      joined = g_strconcat (self->inserted, next->inserted, NULL);
      g_free (self->inserted);
      self->inserted = joined;
      return TRUE;
    }
  if (*self->inserted == '\0' && *next->inserted == '\0' && *self->removed != '\0'
      && is_one_character (next->removed))
    {
      if (next->start + 1 == self->start
          && (!begins_with_space (self->removed) || begins_with_space (next->removed)))
        {
          joined = g_strconcat (next->removed, self->removed, NULL);
          self->start = next->start;
        }
      else if (next->start == self->start
               && (!ends_in_space (self->removed) || begins_with_space (next->removed)))
        joined = g_strconcat (self->removed, next->removed, NULL);
    }
  if (joined == NULL)
    return FALSE;
  g_free (self->removed);
  self->removed = joined;
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* Takes a value apart: what a person wrote goes into @texts by its path, the rest into @rest. */
static void
take_apart (JsonNode *node, const char *path, gboolean is_text, GHashTable *texts, GString *rest)
{
  JsonObject *object = assay_json_node_object (node);
  JsonArray *array = assay_json_node_array (node);
  g_autoptr (GList) names = NULL;
  g_autoptr (GString) others = NULL;
  g_autofree char *bare = NULL;
  guint n_others = 0;

  if (node == NULL)
    return;
  if (is_text && assay_json_node_string (node) != NULL)
    {
      g_hash_table_insert (texts, g_strdup (path), g_strdup (assay_json_node_string (node)));
      return;
    }
  if (array != NULL)
    {
      g_string_append_c (rest, '[');
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_autofree char *here = g_strdup_printf ("%s/%u", path, i);

          take_apart (json_array_get_element (array, i), here, FALSE, texts, rest);
          g_string_append_c (rest, ',');
        }
      g_string_append_c (rest, ']');
      return;
    }
  if (object == NULL)
    {
      g_autofree char *text = assay_json_to_canonical_string (node);

      g_string_append (rest, text);
      return;
    }

  others = g_string_new (NULL);
  names = g_list_sort (json_object_get_members (object), compare_names);
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *member = json_object_get_member (object, l->data);
      g_autofree char *here = g_strconcat (path, "/", l->data, NULL);
      g_autoptr (GString) value = g_string_new (NULL);

      take_apart (member, here, g_strv_contains (text_members, l->data), texts, value);
      if (value->len == 0)
        continue;
      n_others++;
      g_string_append_printf (others, "%s:%s;", (char *) l->data, value->str);
      if (g_strv_contains (value_members, l->data))
        g_set_str (&bare, value->str);
    }
  if (n_others == 1 && bare != NULL)
    g_string_append (rest, bare);
  else if (n_others > 0)
    g_string_append_printf (rest, "{%s}", others->str);
}

gboolean
assay_text_change_find (JsonNode *before,
                        JsonNode *after,
                        gboolean is_text,
                        char **path,
                        AssayTextChange *change)
{
  g_autoptr (GHashTable) old_texts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) new_texts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GString) old_rest = g_string_new (NULL);
  g_autoptr (GString) new_rest = g_string_new (NULL);
  const char *changed = NULL;
  GHashTableIter iter;
  gpointer name;

  take_apart (before, "", is_text, old_texts, old_rest);
  take_apart (after, "", is_text, new_texts, new_rest);
  if (!g_str_equal (old_rest->str, new_rest->str))
    return FALSE;

  g_hash_table_iter_init (&iter, new_texts);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (old_texts, name))
      g_hash_table_insert (old_texts, g_strdup (name), g_strdup (""));
  g_hash_table_iter_init (&iter, old_texts);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      const char *old_text = g_hash_table_lookup (old_texts, name);
      const char *new_text = g_hash_table_lookup (new_texts, name);

      if (g_str_equal (old_text, new_text == NULL ? "" : new_text))
        continue;
      if (changed != NULL)
        return FALSE;
      changed = name;
    }
  if (changed == NULL)
    return FALSE;

  *path = g_strdup (changed);
  assay_text_change_init (change, g_hash_table_lookup (old_texts, changed),
                          g_hash_table_contains (new_texts, changed)
                              ? g_hash_table_lookup (new_texts, changed)
                              : "");
  return TRUE;
}
