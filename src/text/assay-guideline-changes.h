/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ASSAY_RULE_ADDED,
  ASSAY_RULE_REMOVED,
  ASSAY_RULE_CHANGED,
  ASSAY_RULE_RENAMED, /* its text stayed */
} AssayRuleChangeKind;

/**
 * AssayRuleChange:
 * @title: of the rule now, or of what was removed; "" for what stands before the first heading
 * @old_title: what it was called before, where that differs; else NULL
 * @before: its Markdown without the heading; "" for one that was added
 * @after: the same now; "" for one that was removed
 *
 * What became of one rule: of a heading and what stands under it up to the next.
 */
typedef struct
{
  AssayRuleChangeKind kind;
  char *title;
  char *old_title;
  char *before;
  char *after;
} AssayRuleChange;

/* What differs between two versions of a guideline, rule by rule, in the order of the newer one;
 * what was removed stands where it was. White space at the ends of a rule makes no difference.
 * Rules are the same that have the same title (the n-th of that title), or else the same text. Any
 * thread. Gives a GPtrArray of AssayRuleChange, empty if nothing differs.
 * (transfer full) */
GPtrArray *assay_guideline_compare (const char *before, const char *after);

G_END_DECLS
