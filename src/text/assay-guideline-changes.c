/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-guideline-changes.h"

#include <string.h>

#include "assay-markdown.h"

/* One rule of one version. */
typedef struct
{
  char *title;
  char *text;
  int partner; /* its index in the other version; -1 for none */
} Rule;

static void
clear_rule (gpointer data)
{
  Rule *rule = data;

  g_free (rule->title);
  g_free (rule->text);
}

static void
rule_change_free (gpointer data)
{
  AssayRuleChange *change = data;

  g_free (change->title);
  g_free (change->old_title);
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

static char *
dup_heading (const AssayBlock *block)
{
  g_autoptr (GString) title = g_string_new (NULL);

  for (guint i = 0; i < block->runs->len; i++)
    {
      const AssayRun *run = &g_array_index (block->runs, AssayRun, i);

      g_string_append_len (title, run->text, run->length_bytes);
    }
  return g_strstrip (g_string_free_and_steal (g_steal_pointer (&title)));
}

static void
add_rule (GArray *rules, char *title, const char *source, gsize start, gsize end)
{
  Rule rule = { title, g_strstrip (g_strndup (source + start, end > start ? end - start : 0)), -1 };

  /* Most begin with a heading at once. */
  if (*rule.title == '\0' && *rule.text == '\0')
    clear_rule (&rule);
  else
    g_array_append_val (rules, rule);
}

/* The end of the line in which a heading ends: an underlined one has its marks there. */
static gsize
find_end_of_heading (const char *source, const AssayBlock *block)
{
  const char *end = strchr (source + block->source_end, '\n');

  return end != NULL ? (gsize) (end - source) : strlen (source);
}

static GArray *
read_rules (const char *text)
{
  g_autoptr (AssayMarkdown) markdown = assay_markdown_parse_prose (text, -1);
  const char *source = assay_markdown_get_source (markdown);
  GArray *rules = g_array_new (FALSE, FALSE, sizeof (Rule));
  char *title = g_strdup ("");
  gsize start = 0;

  g_array_set_clear_func (rules, clear_rule);
  for (guint i = 0; i < assay_markdown_get_n_blocks (markdown); i++)
    {
      const AssayBlock *block = assay_markdown_get_block (markdown, i);

      /* A heading within a list or a quotation is part of what it stands in. */
      if (block->kind != ASSAY_BLOCK_HEADING || block->marks->len > 0)
        continue;
      add_rule (rules, g_steal_pointer (&title), source, start, block->source_start);
      title = dup_heading (block);
      start = find_end_of_heading (source, block);
    }
  add_rule (rules, title, source, start, strlen (source));
  return rules;
}

static const char *
get_key (const Rule *rule, gboolean by_title)
{
  return by_title ? rule->title : rule->text;
}

/* Rules without a partner that have the same title, or the same text, come together, the first with
 * the first. By a table, because nobody says how many there are. */
static void
find_partners (GArray *before, GArray *after, gboolean by_title)
{
  g_autoptr (GHashTable) waiting =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_queue_free);

  for (guint i = 0; i < before->len; i++)
    {
      const Rule *rule = &g_array_index (before, Rule, i);
      const char *key = get_key (rule, by_title);
      GQueue *same = g_hash_table_lookup (waiting, key);

      if (rule->partner >= 0 || (!by_title && *key == '\0'))
        continue;
      if (same == NULL)
        {
          same = g_queue_new ();
          g_hash_table_insert (waiting, (char *) key, same);
        }
      g_queue_push_tail (same, GUINT_TO_POINTER (i));
    }
  for (guint j = 0; j < after->len; j++)
    {
      Rule *rule = &g_array_index (after, Rule, j);
      GQueue *same = g_hash_table_lookup (waiting, get_key (rule, by_title));

      if (rule->partner >= 0 || same == NULL || g_queue_is_empty (same))
        continue;
      rule->partner = GPOINTER_TO_INT (g_queue_pop_head (same));
      g_array_index (before, Rule, rule->partner).partner = (int) j;
    }
}

static void
add_change (GPtrArray *changes, AssayRuleChangeKind kind, const Rule *before, const Rule *after)
{
  AssayRuleChange *change = g_new0 (AssayRuleChange, 1);

  change->kind = kind;
  change->title = g_strdup (after != NULL ? after->title : before->title);
  if (before != NULL && after != NULL && !g_str_equal (before->title, after->title))
    change->old_title = g_strdup (before->title);
  change->before = g_strdup (before != NULL ? before->text : "");
  change->after = g_strdup (after != NULL ? after->text : "");
  g_ptr_array_add (changes, change);
}

/* What was removed from @i on, up to the next rule that stayed. Returns where that is. */
static guint
add_removed (GPtrArray *changes, GArray *before, guint i)
{
  for (; i < before->len && g_array_index (before, Rule, i).partner < 0; i++)
    add_change (changes, ASSAY_RULE_REMOVED, &g_array_index (before, Rule, i), NULL);
  return i;
}

GPtrArray *
assay_guideline_compare (const char *before, const char *after)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (rule_change_free);
  g_autoptr (GArray) old = NULL;
  g_autoptr (GArray) new = NULL;
  guint next;

  g_return_val_if_fail (before != NULL, NULL);
  g_return_val_if_fail (after != NULL, NULL);

  old = read_rules (before);
  new = read_rules (after);
  find_partners (old, new, TRUE);
  find_partners (old, new, FALSE);

  next = add_removed (changes, old, 0);
  for (guint j = 0; j < new->len; j++)
    {
      const Rule *now = &g_array_index (new, Rule, j);
      const Rule *then = now->partner >= 0 ? &g_array_index (old, Rule, now->partner) : NULL;

      if (then == NULL)
        add_change (changes, ASSAY_RULE_ADDED, NULL, now);
      else if (!g_str_equal (then->text, now->text))
        add_change (changes, ASSAY_RULE_CHANGED, then, now);
      else if (!g_str_equal (then->title, now->title))
        add_change (changes, ASSAY_RULE_RENAMED, then, now);
      /* One that moved leaves what was removed behind it where it was. */
      if (then != NULL && (guint) now->partner == next)
        next = add_removed (changes, old, next + 1);
    }
  /* What the walk did not come by, because rules moved. */
  for (; next < old->len; next++)
    if (g_array_index (old, Rule, next).partner < 0)
      add_change (changes, ASSAY_RULE_REMOVED, &g_array_index (old, Rule, next), NULL);
  return g_steal_pointer (&changes);
}
