/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-rubric-checks.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-json.h"
#include "assay-words.h"

#define KIND "rubric.author"
#define QUESTION "items"
/* Task-kinds 7.7. */
#define ITEMS_MIN 5
#define ITEMS_MAX 30
#define ITEM_CHARACTERS_MIN 10
#define ITEM_CHARACTERS_MAX 400
#define DUPLICATE_SIMILARITY 0.85

typedef struct
{
  char *text; /* without the points */
  GStrv words;
  gint64 points; /* 0: none were given */
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->text);
  g_strfreev (item->words);
  g_free (item);
}

/* “+5 Names the right year.” */
static Item *
item_new (const char *line)
{
  Item *item = g_new0 (Item, 1);
  char *end = NULL;

  item->points = g_ascii_strtoll (line, &end, 10);
  item->text = g_strstrip (g_strdup (end != line ? end : line));
  item->words = assay_words_split (item->text);
  return item;
}

static GPtrArray *
parse_items (const char *text)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (item_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_ptr_array_add (items, item_new (lines[i]));
  return items;
}

static double
compare_word_sets (const Item *a, const Item *b)
{
  g_autoptr (GHashTable) all = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) of_a = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) common = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; a->words[i] != NULL; i++)
    {
      g_hash_table_add (of_a, a->words[i]);
      g_hash_table_add (all, a->words[i]);
    }
  for (gsize i = 0; b->words[i] != NULL; i++)
    {
      if (g_hash_table_contains (of_a, b->words[i]))
        g_hash_table_add (common, b->words[i]);
      g_hash_table_add (all, b->words[i]);
    }
  if (g_hash_table_size (all) == 0)
    return 0;
  return (double) g_hash_table_size (common) / g_hash_table_size (all);
}

/* Points begin with a verb: “Names the year and gives a source”. A word behind “and” in the same
 * form is taken for another one. */
static gboolean
is_third_person (const char *word)
{
  return strlen (word) > 3 && g_str_has_suffix (word, "s") && !g_str_has_suffix (word, "ss");
}

static gboolean
is_compound (const Item *item)
{
  if (strchr (item->text, ';') != NULL)
    return TRUE;
  if (item->words[0] == NULL || !is_third_person (item->words[0]))
    return FALSE;
  for (gsize i = 1; item->words[i] != NULL; i++)
    if (g_str_equal (item->words[i], "and") && item->words[i + 1] != NULL
        && is_third_person (item->words[i + 1]))
      return TRUE;
  return FALSE;
}

static const char *
find_subjective (const Item *item)
{
  static const char *const subjective[] = { "good", "nice", "appropriate", "well", NULL };

  for (gsize i = 0; subjective[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) item->words, subjective[i]))
      return subjective[i];
  return NULL;
}

static gboolean
needs_context (const Item *item)
{
  static const char *const phrases[] = { "as above", "see above", "the correct one",
                                         "the right one", "same as before" };
  g_autofree char *folded = g_utf8_strdown (item->text, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++)
    if (strstr (folded, phrases[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Takes @message. */
static void
take_issue (GPtrArray *issues, AssayIssueLevel level, const char *rule, guint number, char *message)
{
  g_autofree char *item = number > 0 ? g_strdup_printf ("%u", number) : NULL;

  g_ptr_array_add (issues, assay_issue_new (level, rule, QUESTION, NULL, item, message));
  g_free (message);
}

static void
check_item (GPtrArray *issues, GPtrArray *items, guint index)
{
  Item *item = g_ptr_array_index (items, index);
  guint number = index + 1;
  guint n_characters = assay_characters_count_trimmed (item->text);
  const char *subjective = find_subjective (item);

  if (n_characters < ITEM_CHARACTERS_MIN || n_characters > ITEM_CHARACTERS_MAX)
    take_issue (issues, ASSAY_ISSUE_ERROR, "rubric.length", number,
                g_strdup_printf (_ ("Point %u has %u characters; %d to %d are allowed."), number,
                                 n_characters, ITEM_CHARACTERS_MIN, ITEM_CHARACTERS_MAX));
  for (guint i = 0; i < index; i++)
    if (compare_word_sets (g_ptr_array_index (items, i), item) >= DUPLICATE_SIMILARITY)
      {
        take_issue (issues, ASSAY_ISSUE_ERROR, "rubric.duplicate", number,
                    g_strdup_printf (_ ("Points %u and %u say the same."), i + 1, number));
        break;
      }
  if (item->points == 0)
    take_issue (issues, ASSAY_ISSUE_WARNING, "rubric.points", number,
                g_strdup_printf (_ ("Point %u does not begin with its value."), number));
  if (is_compound (item))
    take_issue (issues, ASSAY_ISSUE_WARNING, "rubric.compound", number,
                g_strdup_printf (_ ("Point %u asks for two things; make two points of it."),
                                 number));
  if (subjective != NULL)
    take_issue (issues, ASSAY_ISSUE_WARNING, "rubric.subjective", number,
                /* Translators: a number, and an English word such as “good”. */
                g_strdup_printf (_ ("Point %u says “%s”; say what that means here."), number,
                                 subjective));
  if (needs_context (item))
    take_issue (issues, ASSAY_ISSUE_WARNING, "rubric.context", number,
                g_strdup_printf (_ ("Point %u cannot be understood on its own."), number));
}

GPtrArray *
assay_rubric_check (AssayJudgement *judgement)
{
  g_autoptr (GPtrArray) issues = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) items = NULL;
  AssayForm *form;
  JsonNode *answer;
  gboolean has_positive = FALSE;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), NULL);

  form = assay_task_get_form (assay_judgement_get_task (judgement));
  answer = assay_judgement_get_answer (judgement, QUESTION, NULL);
  if (form == NULL || g_strcmp0 (assay_form_get_kind (form), KIND) != 0
      || assay_json_node_string (answer) == NULL)
    return g_steal_pointer (&issues);

  items = parse_items (assay_json_node_string (answer));
  if (items->len < ITEMS_MIN || items->len > ITEMS_MAX)
    take_issue (issues, ASSAY_ISSUE_ERROR, "rubric.count", 0,
                g_strdup_printf (ngettext ("There is %u point; %d to %d are asked for.",
                                           "There are %u points; %d to %d are asked for.",
                                           items->len),
                                 items->len, ITEMS_MIN, ITEMS_MAX));
  for (guint i = 0; i < items->len; i++)
    {
      check_item (issues, items, i);
      has_positive = has_positive || ((Item *) g_ptr_array_index (items, i))->points >= 0;
    }
  if (!has_positive)
    take_issue (issues, ASSAY_ISSUE_ERROR, "rubric.positive", 0,
                g_strdup (_ ("At least one point must count for the response.")));
  return g_steal_pointer (&issues);
}
