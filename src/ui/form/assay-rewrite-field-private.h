/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-change-row.h"
#include "assay-json.h"
#include "assay-rewrite-changes.h"
#include "assay-rewrite-field.h"
#include "assay-rewrite-question.h"

G_BEGIN_DECLS

struct _AssayRewriteField
{
  AssayQuestionField parent_instance;

  GListModel *categories; /* (owned) (nullable) of GtkStringObject, the first for none */
  GtkWidget *area;
  GtkWidget *preview;
  GtkWidget *differences; /* (nullable): where one edits */
  GtkWidget *counter;
  GtkWidget *constraints; /* (nullable) */
  GtkWidget *list;
  GtkWidget *more;        /* how many changes have no row */
  GtkWidget *keys;        /* (nullable) */
  GtkWidget *restore;     /* (nullable): where one edits */
  GtkWidget *unchanged;   /* (nullable) */
  GtkWidget *effort;      /* (nullable) */
  GtkWidget *sources;     /* (nullable): where one writes */
  GtkWidget *assumptions; /* (nullable) */
  GPtrArray *modes;       /* of GtkCheckButton, borrowed: the kinds of answer */
  GPtrArray *issues;      /* of GtkCheckButton, borrowed: what was fixed */
  GPtrArray *self_checks; /* of GtkCheckButton, borrowed: what the writer goes through */
  GPtrArray *rows;        /* of AssayChangeRow, borrowed from the list */
  GtkWidget *popover;     /* (nullable): made when first needed */
  GtkTextTag *tag;        /* borrowed from the text's table */

  AssayRewriteChanges *found; /* (owned) (nullable): in found_text */
  char *found_text;           /* (owned) (nullable) */
  GPtrArray *changes;         /* (owned) of AssayRewriteChange: those found, as they are known */
  GPtrArray *gone;            /* (owned) of AssayRewriteChange: deleted, maybe to be written anew */
  guint find_source;
  gboolean finding;
  gboolean is_bound; /* to what the form says of spelling */
  gboolean in_show;
};

/* Which keys, of the first ten categories, are digits. */
#define ASSAY_REWRITE_DIGITS 10

/* Makes the controls; of the class, in a file of its own. */
void _assay_rewrite_field_build (AssayQuestionField *field);
AssayRewriteQuestion *_assay_rewrite_field_get_question (AssayRewriteField *self);
JsonNode *_assay_rewrite_field_get_answer (AssayRewriteField *self);
void _assay_rewrite_field_take_answer (AssayRewriteField *self, JsonNode *answer);
gboolean _assay_rewrite_field_is_edit (AssayRewriteField *self);
AssayDocument *_assay_rewrite_field_get_document (AssayRewriteField *self);
const char *_assay_rewrite_field_get_original (AssayRewriteField *self);
/* What the answer amounts to. Borrowed. */
const char *_assay_rewrite_field_get_text (AssayRewriteField *self);
GtkTextView *_assay_rewrite_field_get_view (AssayRewriteField *self);
gboolean _assay_rewrite_field_asks_categories (AssayRewriteField *self);
/* @index: (out) (optional). */
AssayChangeRow *
_assay_rewrite_field_find_row (AssayRewriteField *self, GtkWidget *stop, guint *index);
const AssayRewriteChange *
_assay_rewrite_field_find_change (AssayRewriteField *self, const char *id);
/* The places of the changes are those of the text that is there. */
gboolean _assay_rewrite_field_is_up_to_date (AssayRewriteField *self);
/* The answer with another text; (transfer full). */
JsonNode *_assay_rewrite_field_make_answer (AssayRewriteField *self, const char *text);
void _assay_rewrite_field_break_undo (AssayRewriteField *self);
void
_assay_rewrite_field_restore_change (AssayRewriteField *self, const AssayRewriteChange *change);
/* Takes back the change of @row; the focus goes on to the one that takes its place. */
void _assay_rewrite_field_restore_row (AssayRewriteField *self, AssayChangeRow *row);
void _assay_rewrite_field_set_category (AssayRewriteField *self, const char *id, int index);
void _assay_rewrite_field_open_note (AssayRewriteField *self, AssayChangeRow *row);
void _assay_rewrite_field_show_rows (AssayRewriteField *self);
/* What is new stands underlined in the text. */
void _assay_rewrite_field_show_places (AssayRewriteField *self);
void _assay_rewrite_field_show_counts (AssayRewriteField *self);
/* Makes changes of what was found in @text, with what the answer knows of them. */
void _assay_rewrite_field_carry_over (AssayRewriteField *self, const char *text);
/* On a worker thread, one at a time; what was typed meanwhile is looked at next. */
void _assay_rewrite_field_find_changes (AssayRewriteField *self);

G_END_DECLS
