/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-constraint-private.h"

#include <glib/gi18n.h>

#include "assay-json-read.h"

#define LARGEST_NUMBER 1000000

static const AssayConstraintTest *const tables[] = {
  assay_constraint_word_tests,
  assay_constraint_layout_tests,
  assay_constraint_own_tests,
};

static const AssayConstraintTest *
find_test (const char *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const AssayConstraintTest *test = tables[i]; test->type != NULL; test++)
      if (g_str_equal (test->type, type))
        return test;
  return NULL;
}

AssayConstraintResult
assay_constraint_judge (gboolean passes)
{
  return passes ? ASSAY_CONSTRAINT_PASS : ASSAY_CONSTRAINT_FAIL;
}

AssayConstraintResult
assay_constraint_lacks (const char *argument, char **evidence)
{
  /* Translators: %s is the name of a member in a file. */
  *evidence = g_strdup_printf (_ ("The check does not say its “%s”."), argument);
  return ASSAY_CONSTRAINT_UNKNOWN;
}

gboolean
assay_constraint_get_number (JsonObject *args, const char *member, guint *number, char **evidence)
{
  gint64 value = assay_json_get_int (args, member, -1);

  if (value < 0 || value > LARGEST_NUMBER)
    {
      assay_constraint_lacks (member, evidence);
      return FALSE;
    }
  *number = (guint) value;
  return TRUE;
}

const char *
assay_constraint_get_text (JsonObject *args, const char *member, char **evidence)
{
  const char *text = assay_json_get_string (args, member);

  if (text == NULL || *text == '\0')
    {
      assay_constraint_lacks (member, evidence);
      return NULL;
    }
  return text;
}

GStrv
assay_constraint_get_texts (JsonObject *args, const char *member, char **evidence)
{
  JsonArray *array = assay_json_get_array (args, member);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *text = assay_json_node_string (json_array_get_element (array, i));

      if (text != NULL && *text != '\0')
        g_strv_builder_add (builder, text);
    }
  texts = g_strv_builder_end (builder);
  if (*texts != NULL)
    return g_steal_pointer (&texts);
  assay_constraint_lacks (member, evidence);
  return NULL;
}

AssayRelation
assay_constraint_get_relation (JsonObject *args, const char *member)
{
  const char *text = assay_json_get_string_or (args, member, "at least");

  if (g_str_equal (text, "less than"))
    return ASSAY_RELATION_LESS_THAN;
  if (g_str_equal (text, "exact"))
    return ASSAY_RELATION_EXACTLY;
  return ASSAY_RELATION_AT_LEAST;
}

static gboolean
holds (guint number, AssayRelation relation, guint limit)
{
  switch (relation)
    {
    case ASSAY_RELATION_EXACTLY:
      return number == limit;
    case ASSAY_RELATION_AT_MOST:
      return number <= limit;
    case ASSAY_RELATION_LESS_THAN:
      return number < limit;
    case ASSAY_RELATION_AT_LEAST:
    default:
      return number >= limit;
    }
}

static char *
describe_limit (AssayRelation relation, guint limit)
{
  switch (relation)
    {
    case ASSAY_RELATION_EXACTLY:
      return g_strdup_printf (C_ ("constraint", "exactly %u"), limit);
    case ASSAY_RELATION_AT_MOST:
      return g_strdup_printf (C_ ("constraint", "at most %u"), limit);
    case ASSAY_RELATION_LESS_THAN:
      return g_strdup_printf (C_ ("constraint", "fewer than %u"), limit);
    case ASSAY_RELATION_AT_LEAST:
    default:
      return g_strdup_printf (C_ ("constraint", "at least %u"), limit);
    }
}

AssayConstraintResult
assay_constraint_compare (guint number,
                          char *taken,
                          AssayRelation relation,
                          guint limit,
                          guint blur,
                          char **evidence)
{
  g_autofree char *found = taken;
  g_autofree char *asked = describe_limit (relation, limit);
  gboolean passes = holds (number, relation, limit);

  /* Translators: what was counted in a text, as in "214 words", and the limit, as in "at most 150".
   */
  *evidence = g_strdup_printf (C_ ("constraint", "%s; asked for: %s"), found, asked);
  if (holds (number + blur, relation, limit) != passes
      || holds (number - MIN (number, blur), relation, limit) != passes)
    return ASSAY_CONSTRAINT_UNKNOWN;
  return assay_constraint_judge (passes);
}

guint
assay_constraint_count_matches (const char *pattern, const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint n = 0;

  g_return_val_if_fail (regex != NULL, 0);

  g_regex_match (regex, text, 0, &match);
  while (g_match_info_matches (match))
    {
      n++;
      g_match_info_next (match, NULL);
    }
  return n;
}

gboolean
assay_constraint_is_known (const char *type)
{
  g_return_val_if_fail (type != NULL, FALSE);

  return find_test (type) != NULL;
}

static int
compare_types (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gpointer
list_types (gpointer unused)
{
  GPtrArray *types = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const AssayConstraintTest *test = tables[i]; test->type != NULL; test++)
      g_ptr_array_add (types, (gpointer) test->type);
  g_ptr_array_sort (types, compare_types);
  g_ptr_array_add (types, NULL);
  return g_ptr_array_free (types, FALSE);
}

const char *const *
assay_constraint_list_types (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, list_types, NULL);
}

AssayConstraintResult
assay_constraint_check (const char *type, JsonObject *args, const char *text, char **evidence)
{
  g_autoptr (JsonObject) none = NULL;
  const AssayConstraintTest *test;

  g_return_val_if_fail (type != NULL, ASSAY_CONSTRAINT_UNKNOWN);
  g_return_val_if_fail (text != NULL, ASSAY_CONSTRAINT_UNKNOWN);
  g_return_val_if_fail (evidence != NULL, ASSAY_CONSTRAINT_UNKNOWN);

  *evidence = NULL;
  test = find_test (type);
  if (test == NULL)
    {
      *evidence = g_strdup (_ ("This check is not known here."));
      return ASSAY_CONSTRAINT_UNKNOWN;
    }
  if (args == NULL)
    args = none = json_object_new ();
  return test->check (text, args, evidence);
}

const char *
assay_constraint_result_to_string (AssayConstraintResult result)
{
  static const char *const names[] = { "unknown", "pass", "fail" };

  g_return_val_if_fail (result < G_N_ELEMENTS (names), "unknown");

  return names[result];
}
