/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <libdex.h>
#include <string.h>

#include "assay-rewrite-field.h"

#include "assay-announce.h"
#include "assay-change-row.h"
#include "assay-comment-popover.h"
#include "assay-issue-list.h"
#include "assay-json.h"
#include "assay-limits.h"
#include "assay-rewrite-changes.h"
#include "assay-rewrite-question.h"
#include "assay-text-area.h"
#include "assay-visible-text.h"
#include "assay-words.h"

#define EDITOR_LINES 10
#define STACK_BYTES (512 * 1024)
/* More would make a list that nobody reads, and widgets that take their time. */
#define MAX_ROWS 200
#define DIGITS 10

struct _AssayRewriteField
{
  AssayQuestionField parent_instance;

  GListModel *categories; /* (owned) (nullable) of GtkStringObject, the first for none */
  GtkWidget *area;
  GtkWidget *counter;
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
  GPtrArray *rows;        /* of AssayChangeRow, borrowed from the list */
  GtkWidget *popover;     /* (nullable): made when first needed */
  GtkTextTag *tag;        /* borrowed from the text's table */

  AssayRewriteChanges *found; /* (owned) (nullable): in found_text */
  char *found_text;           /* (owned) (nullable) */
  GPtrArray *changes;         /* (owned) of AssayRewriteChange: those found, as they are known */
  GPtrArray *gone;            /* (owned) of AssayRewriteChange: deleted, maybe to be written anew */
  gboolean finding;
  gboolean in_show;
};

G_DEFINE_FINAL_TYPE (AssayRewriteField, assay_rewrite_field, ASSAY_TYPE_QUESTION_FIELD)

static AssayRewriteQuestion *
get_question (AssayRewriteField *self)
{
  return ASSAY_REWRITE_QUESTION (assay_question_field_get_question (ASSAY_QUESTION_FIELD (self)));
}

static JsonNode *
get_answer (AssayRewriteField *self)
{
  return assay_question_field_get_answer (ASSAY_QUESTION_FIELD (self));
}

static void
take_answer (AssayRewriteField *self, JsonNode *answer)
{
  assay_question_field_take_answer (ASSAY_QUESTION_FIELD (self), answer);
}

static gboolean
is_edit (AssayRewriteField *self)
{
  return assay_rewrite_question_get_mode (get_question (self)) == ASSAY_REWRITE_EDIT;
}

static AssayDocument *
get_document (AssayRewriteField *self)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);

  return assay_rewrite_question_get_original (
      get_question (self), assay_judgement_get_task (assay_question_field_get_judgement (field)),
      assay_question_field_get_response (field));
}

static const char *
get_original (AssayRewriteField *self)
{
  AssayDocument *document = get_document (self);

  return document != NULL ? assay_document_get_text (document) : "";
}

static const char *
get_text (AssayRewriteField *self)
{
  const char *text = assay_rewrite_answer_get_text (get_answer (self));

  return text != NULL ? text : get_original (self);
}

static GtkTextView *
get_view (AssayRewriteField *self)
{
  return GTK_TEXT_VIEW (assay_text_area_get_text_view (ASSAY_TEXT_AREA (self->area)));
}

static gboolean
asks_categories (AssayRewriteField *self)
{
  return assay_rewrite_question_get_change_log (get_question (self)) == ASSAY_CHANGE_LOG_PER_REGION;
}

/* The list of changes */

static AssayChangeRow *
find_row (AssayRewriteField *self, GtkWidget *stop, guint *index)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (assay_change_row_get_stop (self->rows->pdata[i]) == stop)
      {
        if (index != NULL)
          *index = i;
        return self->rows->pdata[i];
      }
  return NULL;
}

static const AssayRewriteChange *
find_among (GPtrArray *changes, const char *id)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const AssayRewriteChange *change = changes->pdata[i];

      if (g_str_equal (change->id, id))
        return change;
    }
  return NULL;
}

static const AssayRewriteChange *
find_change (AssayRewriteField *self, const char *id)
{
  return find_among (self->changes, id);
}

/* The places of the changes are those of the text that is there. */
static gboolean
is_up_to_date (AssayRewriteField *self)
{
  return self->found_text != NULL && g_str_equal (self->found_text, get_text (self));
}

/* The answer with another text; (transfer full). */
static JsonNode *
make_answer (AssayRewriteField *self, const char *text)
{
  gboolean is_original = is_edit (self) ? g_str_equal (text, get_original (self)) : *text == '\0';

  return assay_rewrite_answer_with_text (get_answer (self), is_original ? NULL : text);
}

static void
break_undo (AssayRewriteField *self)
{
  g_ptr_array_set_size (self->gone, 0);
  assay_judgement_break_undo_group (
      assay_question_field_get_judgement (ASSAY_QUESTION_FIELD (self)));
}

/* What was said of a change that was taken back goes with it. */
static JsonNode *
make_restored (AssayRewriteField *self, const char *id, const char *text)
{
  g_autoptr (JsonNode) restored = make_answer (self, text);
  g_autoptr (GPtrArray) changes = assay_rewrite_answer_list_changes (restored);

  for (guint i = changes->len; i > 0; i--)
    if (g_str_equal (((const AssayRewriteChange *) changes->pdata[i - 1])->id, id))
      g_ptr_array_remove_index (changes, i - 1);
  return assay_rewrite_answer_with_changes (restored, changes);
}

/* The caret stays where the change was. */
static void
restore_change (AssayRewriteField *self, const AssayRewriteChange *change)
{
  g_autofree char *text = NULL;
  guint place = change->to_start;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (get_view (self));
  GtkTextIter caret;

  if (!is_up_to_date (self))
    return;
  text = assay_rewrite_change_restore (change, get_original (self), self->found_text);
  break_undo (self);
  take_answer (self, make_restored (self, change->id, text));
  break_undo (self);
  gtk_text_buffer_get_iter_at_offset (buffer, &caret, (int) place);
  gtk_text_buffer_place_cursor (buffer, &caret);
  assay_announce (GTK_WIDGET (self), _ ("Original restored"));
}

/* The focus goes on to the change that takes the place. */
static void
restored_cb (AssayRewriteField *self, AssayChangeRow *row)
{
  const AssayRewriteChange *change = find_change (self, assay_change_row_get_id (row));
  gboolean has_focus = gtk_widget_get_focus_child (self->list) == GTK_WIDGET (row);
  guint index = 0;
  GtkWidget *next = self->area;

  if (change == NULL || !is_up_to_date (self))
    return;
  g_ptr_array_find (self->rows, row, &index);
  if (index + 1 < self->rows->len)
    next = assay_change_row_get_stop (self->rows->pdata[index + 1]);
  else if (index > 0)
    next = assay_change_row_get_stop (self->rows->pdata[index - 1]);
  if (has_focus)
    gtk_widget_grab_focus (next);
  restore_change (self, change);
}

static void
shown_cb (AssayRewriteField *self, AssayChangeRow *row)
{
  const AssayRewriteChange *change = find_change (self, assay_change_row_get_id (row));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (get_view (self));
  GtkTextIter start;
  GtkTextIter end;

  if (change == NULL || !is_up_to_date (self))
    return;
  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) change->to_start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) change->to_end);
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_text_view_scroll_mark_onscreen (get_view (self), gtk_text_buffer_get_insert (buffer));
  gtk_widget_grab_focus (self->area);
}

static void
set_category (AssayRewriteField *self, const char *id, int index)
{
  const char *category =
      index < 0 ? NULL
                : assay_rewrite_question_get_category_id (get_question (self), (guint) index);

  take_answer (self, assay_rewrite_answer_with_category (get_answer (self), id, category));
}

static void
category_chosen_cb (AssayRewriteField *self, int index, AssayChangeRow *row)
{
  set_category (self, assay_change_row_get_id (row), index);
}

static void
note_edited_cb (AssayRewriteField *self, const char *text)
{
  AssayChangeRow *row =
      find_row (self, assay_comment_popover_get_about (ASSAY_COMMENT_POPOVER (self->popover)),
                NULL);

  if (row != NULL)
    take_answer (self, assay_rewrite_answer_with_note (get_answer (self),
                                                       assay_change_row_get_id (row), text));
}

static char *
dup_was (AssayRewriteField *self, const AssayRewriteChange *change)
{
  return g_utf8_substring (get_original (self), change->from_start, change->from_end);
}

static char *
dup_now (AssayRewriteField *self, const AssayRewriteChange *change)
{
  return g_utf8_substring (self->found_text, change->to_start, change->to_end);
}

static void
open_note (AssayRewriteField *self, AssayChangeRow *row)
{
  const AssayRewriteChange *change = find_change (self, assay_change_row_get_id (row));
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;

  if (change == NULL || !asks_categories (self))
    return;
  text = change->to_end > change->to_start ? dup_now (self, change) : dup_was (self, change);
  title = assay_visible_line (text, ASSAY_LIMIT_LABEL_CHARACTERS);
  if (self->popover == NULL)
    {
      self->popover = assay_comment_popover_new (
          assay_question_field_get_judgement (ASSAY_QUESTION_FIELD (self)));
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
      g_signal_connect_swapped (self->popover, "edited", G_CALLBACK (note_edited_cb), self);
    }
  assay_comment_popover_open (ASSAY_COMMENT_POPOVER (self->popover),
                              assay_change_row_get_stop (row), title, change->note, FALSE);
}

static AssayChangeRow *
new_row (AssayRewriteField *self, const char *id)
{
  GtkWidget *row = assay_change_row_new (id, self->categories);

  g_signal_connect_swapped (row, "shown", G_CALLBACK (shown_cb), self);
  g_signal_connect_swapped (row, "category-chosen", G_CALLBACK (category_chosen_cb), self);
  g_signal_connect_swapped (row, "note-clicked", G_CALLBACK (open_note), self);
  g_signal_connect_swapped (row, "restored", G_CALLBACK (restored_cb), self);
  return ASSAY_CHANGE_ROW (row);
}

/* Rows keep their changes, so that the focus stays where it is. */
static void
arrange_rows (AssayRewriteField *self)
{
  GPtrArray *arranged = g_ptr_array_new ();
  GtkWidget *before = NULL;

  for (guint c = 0; c < MIN (self->changes->len, MAX_ROWS); c++)
    {
      const AssayRewriteChange *change = self->changes->pdata[c];
      AssayChangeRow *row = NULL;

      for (guint i = 0; i < self->rows->len && row == NULL; i++)
        if (g_str_equal (assay_change_row_get_id (self->rows->pdata[i]), change->id))
          row = g_ptr_array_steal_index (self->rows, i);
      if (row == NULL)
        {
          row = new_row (self, change->id);
          gtk_box_insert_child_after (GTK_BOX (self->list), GTK_WIDGET (row), before);
        }
      else if (gtk_widget_get_prev_sibling (GTK_WIDGET (row)) != before)
        gtk_box_reorder_child_after (GTK_BOX (self->list), GTK_WIDGET (row), before);
      before = GTK_WIDGET (row);
      g_ptr_array_add (arranged, row);
    }
  for (guint i = 0; i < self->rows->len; i++)
    gtk_box_remove (GTK_BOX (self->list), self->rows->pdata[i]);
  g_ptr_array_unref (self->rows);
  self->rows = arranged;
}

static void
show_rows (AssayRewriteField *self)
{
  arrange_rows (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const AssayRewriteChange *change = self->changes->pdata[i];
      g_autofree char *was = dup_was (self, change);
      g_autofree char *now = dup_now (self, change);

      assay_change_row_show (self->rows->pdata[i], was, now,
                             assay_rewrite_question_find_category (get_question (self),
                                                                   change->category),
                             change->note);
      if (self->popover != NULL
          && assay_comment_popover_get_about (ASSAY_COMMENT_POPOVER (self->popover))
                 == assay_change_row_get_stop (self->rows->pdata[i]))
        assay_comment_popover_show_text (ASSAY_COMMENT_POPOVER (self->popover), change->note);
    }
  gtk_widget_set_visible (self->more, self->changes->len > self->rows->len);
  if (self->changes->len > self->rows->len)
    {
      guint n = self->changes->len - self->rows->len;
      g_autofree char *text =
          g_strdup_printf (ngettext ("%u more change", "%u more changes", n), n);

      gtk_label_set_text (GTK_LABEL (self->more), text);
    }
  if (self->keys != NULL)
    gtk_widget_set_visible (self->keys, self->rows->len > 0);
}

/* What is new stands underlined in the text. */
static void
show_places (AssayRewriteField *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (get_view (self));
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->tag, &start, &end);
  for (guint i = 0; i < self->changes->len; i++)
    {
      const AssayRewriteChange *change = self->changes->pdata[i];

      gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) change->to_start);
      gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) change->to_end);
      gtk_text_buffer_apply_tag (buffer, self->tag, &start, &end);
    }
}

/* "12 words · 2 changes: 3 words in, 4 out" */
static void
show_counts (AssayRewriteField *self)
{
  guint n_words = assay_words_count (get_text (self));
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, ngettext ("%u word", "%u words", n_words), n_words);
  if (is_edit (self) && self->changes->len > 0)
    {
      g_autofree char *changes =
          g_strdup_printf (ngettext ("%u change", "%u changes", self->changes->len),
                           self->changes->len);
      /* Translators: how many words came into a text, and how many were taken out. */
      g_autofree char *words =
          g_strdup_printf (C_ ("words of a text", "%u in, %u out"), self->found->n_words_inserted,
                           self->found->n_words_deleted);

      g_string_append_printf (text, " · %s · %s", changes, words);
    }
  gtk_label_set_text (GTK_LABEL (self->counter), text->str);
}

/* Finding changes */

typedef struct
{
  char *original;
  char *text;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->original);
  g_free (request->text);
  g_free (request);
}

static DexFuture *
find_fiber (gpointer user_data)
{
  Request *request = user_data;

  return dex_future_new_take_boxed (ASSAY_TYPE_REWRITE_CHANGES,
                                    assay_rewrite_changes_new (request->original, request->text));
}

typedef struct
{
  AssayRewriteField *self;
  char *text;
} Finding;

static void
finding_free (gpointer data)
{
  Finding *finding = data;

  g_object_unref (finding->self);
  g_free (finding->text);
  g_free (finding);
}

static void find_changes (AssayRewriteField *self);

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const AssayRewriteChange *one = *(const AssayRewriteChange *const *) a;
  const AssayRewriteChange *other = *(const AssayRewriteChange *const *) b;

  return one->from_start < other->from_start ? -1 : one->from_start > other->from_start;
}

/* Who writes over a change deletes it first: what was said of it stays with what comes in its
 * place.
 */
static void
keep_gone (AssayRewriteField *self, GPtrArray *known)
{
  for (guint i = known->len; i > 0; i--)
    {
      AssayRewriteChange *change = known->pdata[i - 1];

      if (change->category != NULL && find_change (self, change->id) == NULL
          && find_among (self->gone, change->id) == NULL)
        g_ptr_array_add (self->gone, g_ptr_array_steal_index (known, i - 1));
    }
  for (guint i = self->gone->len; i > 0; i--)
    if (find_change (self, ((const AssayRewriteChange *) self->gone->pdata[i - 1])->id) != NULL)
      g_ptr_array_remove_index (self->gone, i - 1);
}

/* What the answer knows of the changes. */
static void
carry_over (AssayRewriteField *self, const char *text)
{
  g_autoptr (GPtrArray) known = assay_rewrite_answer_list_changes (get_answer (self));
  g_autoptr (GPtrArray) candidates = NULL;
  GPtrArray *changes;

  candidates = g_ptr_array_copy (known, NULL, NULL);
  g_ptr_array_set_free_func (candidates, NULL);
  for (guint i = 0; i < self->gone->len; i++)
    if (find_among (known, ((const AssayRewriteChange *) self->gone->pdata[i])->id) == NULL)
      g_ptr_array_add (candidates, self->gone->pdata[i]);
  g_ptr_array_sort (candidates, compare_changes);
  changes = assay_rewrite_changes_carry (self->found, candidates, get_original (self),
                                         self->found_text, text);
  g_ptr_array_unref (self->changes);
  self->changes = changes;
  keep_gone (self, known);
  g_set_str (&self->found_text, text);
}

static DexFuture *
found_cb (DexFuture *future, gpointer user_data)
{
  Finding *finding = user_data;
  AssayRewriteField *self = finding->self;
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  const GValue *value = dex_future_get_value (future, NULL);
  JsonNode *answer = get_answer (self);

  self->finding = FALSE;
  if (self->area == NULL || value == NULL)
    return NULL;
  if (!g_str_equal (finding->text, get_text (self)))
    {
      find_changes (self);
      return NULL;
    }
  g_clear_pointer (&self->found, assay_rewrite_changes_unref);
  self->found = g_value_dup_boxed (value);
  carry_over (self, finding->text);
  show_rows (self);
  show_places (self);
  show_counts (self);
  if (asks_categories (self) && assay_rewrite_answer_get_text (answer) != NULL)
    {
      g_autoptr (JsonNode) complete = assay_rewrite_answer_with_changes (answer, self->changes);

      assay_judgement_complete_answer (assay_question_field_get_judgement (field),
                                       assay_question_get_id (ASSAY_QUESTION (get_question (self))),
                                       assay_question_field_get_response (field), complete);
    }
  return NULL;
}

/* One at a time; what was typed meanwhile is looked at next. */
static void
find_changes (AssayRewriteField *self)
{
  Request *request;
  Finding *finding;

  if (self->finding || !is_edit (self))
    return;
  self->finding = TRUE;
  request = g_new0 (Request, 1);
  request->original = g_strdup (get_original (self));
  request->text = g_strdup (get_text (self));
  finding = g_new0 (Finding, 1);
  finding->self = g_object_ref (self);
  finding->text = g_strdup (request->text);
  dex_future_disown (
      dex_future_finally (dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (),
                                               STACK_BYTES, find_fiber, request, request_free),
                          found_cb, finding, finding_free));
}

/* What the person does */

static void
edited_cb (AssayRewriteField *self)
{
  g_autofree char *text = assay_text_area_dup_text (ASSAY_TEXT_AREA (self->area));

  if (!self->in_show)
    take_answer (self, make_answer (self, text));
}

static void
restore_all_cb (AssayRewriteField *self)
{
  break_undo (self);
  take_answer (self, assay_rewrite_answer_with_text (get_answer (self), NULL));
  break_undo (self);
  gtk_widget_grab_focus (self->area);
  assay_announce (GTK_WIDGET (self), _ ("The whole original is restored"));
}

static void
unchanged_toggled_cb (AssayRewriteField *self)
{
  gboolean active = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->unchanged));

  if (!self->in_show)
    take_answer (self, assay_rewrite_answer_with_unchanged_ok (get_answer (self), active));
}

static void
effort_chosen_cb (AssayRewriteField *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->effort));

  if (!self->in_show)
    take_answer (self, assay_rewrite_answer_with_effort (
                           get_answer (self),
                           selected == 0 ? NULL : assay_rewrite_efforts[selected - 1]));
}

static void
mode_toggled_cb (AssayRewriteField *self, GtkCheckButton *button)
{
  guint index = 0;

  if (self->in_show || !gtk_check_button_get_active (button)
      || !g_ptr_array_find (self->modes, button, &index))
    return;
  take_answer (self, assay_rewrite_answer_with_mode (get_answer (self),
                                                     assay_rewrite_question_get_answer_modes (
                                                         get_question (self))[index]));
}

static void
issue_toggled_cb (AssayRewriteField *self, GtkCheckButton *button)
{
  guint index = 0;

  if (self->in_show || !g_ptr_array_find (self->issues, button, &index))
    return;
  take_answer (self, assay_rewrite_answer_with_issue_fixed (
                         get_answer (self),
                         assay_rewrite_question_get_category_id (get_question (self), index),
                         gtk_check_button_get_active (button)));
}

static void
sources_edited_cb (AssayRewriteField *self)
{
  g_autofree char *lines = assay_text_area_dup_text (ASSAY_TEXT_AREA (self->sources));

  if (!self->in_show)
    take_answer (self, assay_rewrite_answer_with_source_lines (get_answer (self), lines,
                                                               g_get_real_time () / 1000));
}

static void
assumptions_edited_cb (AssayRewriteField *self)
{
  g_autofree char *text = assay_text_area_dup_text (ASSAY_TEXT_AREA (self->assumptions));

  if (!self->in_show)
    take_answer (self, assay_rewrite_answer_with_assumptions (get_answer (self), text));
}

/* Ctrl+Backspace on a change; elsewhere it is the text's own. */
static gboolean
key_pressed_cb (AssayRewriteField *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (get_view (self));
  GtkTextIter caret;
  guint place;

  if (keyval != GDK_KEY_BackSpace
      || (state & gtk_accelerator_get_default_mod_mask ()) != GDK_CONTROL_MASK
      || !is_up_to_date (self) || !gtk_text_view_get_editable (get_view (self)))
    return GDK_EVENT_PROPAGATE;
  gtk_text_buffer_get_iter_at_mark (buffer, &caret, gtk_text_buffer_get_insert (buffer));
  place = (guint) gtk_text_iter_get_offset (&caret);
  for (guint i = 0; i < self->changes->len; i++)
    {
      const AssayRewriteChange *change = self->changes->pdata[i];

      if (change->to_start <= place && place <= change->to_end)
        {
          restore_change (self, change);
          return GDK_EVENT_STOP;
        }
    }
  return GDK_EVENT_PROPAGATE;
}

/* Building */

static GtkWidget *
append_caption (AssayRewriteField *self, const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  assay_question_field_append (ASSAY_QUESTION_FIELD (self), label);
  return label;
}

static void
build_editor (AssayRewriteField *self)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  AssayDocument *document = get_document (self);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->area = assay_text_area_new ();
  g_object_set (self->area, "lines", EDITOR_LINES, NULL);
  assay_text_area_set_judgement (ASSAY_TEXT_AREA (self->area),
                                 assay_question_field_get_judgement (field));
  assay_question_field_label (field, GTK_WIDGET (get_view (self)));
  if (document != NULL && assay_document_get_direction (document) != ASSAY_DIRECTION_AUTO)
    gtk_widget_set_direction (GTK_WIDGET (get_view (self)),
                              assay_document_get_direction (document) == ASSAY_DIRECTION_RTL
                                  ? GTK_TEXT_DIR_RTL
                                  : GTK_TEXT_DIR_LTR);
  self->tag = gtk_text_buffer_create_tag (gtk_text_view_get_buffer (get_view (self)), NULL,
                                          "underline", PANGO_UNDERLINE_SINGLE, NULL);
  g_signal_connect_object (self->area, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (break_undo), self);
  gtk_widget_add_controller (self->area, focus);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (get_view (self)), keys);
  assay_question_field_append (field, self->area);
  self->counter = append_caption (self, "");
  gtk_label_set_xalign (GTK_LABEL (self->counter), 1.0);
  gtk_widget_add_css_class (self->counter, "numeric");
}

static GtkWidget *
new_choice (AssayRewriteField *self, GPtrArray *choices, const char *label, GCallback callback)
{
  g_autofree char *shown = assay_visible_line (label, ASSAY_LIMIT_LABEL_CHARACTERS);
  GtkWidget *button = gtk_check_button_new_with_label (shown);

  g_signal_connect_swapped (button, "toggled", callback, self);
  g_ptr_array_add (choices, button);
  return button;
}

static GtkWidget *
append_choices (AssayRewriteField *self, const char *title)
{
  GtkWidget *box = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 12);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 3);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  append_caption (self, title);
  assay_question_field_append (ASSAY_QUESTION_FIELD (self), box);
  return box;
}

static void
build_modes (AssayRewriteField *self)
{
  const char *const *modes = assay_rewrite_question_get_answer_modes (get_question (self));
  GtkWidget *box;

  if (modes[0] == NULL)
    return;
  box = append_choices (self, _ ("Kind of answer"));
  for (guint i = 0; modes[i] != NULL; i++)
    {
      GtkWidget *button =
          new_choice (self, self->modes, assay_rewrite_answer_mode_get_label (modes[i]),
                      G_CALLBACK (mode_toggled_cb));

      if (i > 0)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (button), self->modes->pdata[0]);
      adw_wrap_box_append (ADW_WRAP_BOX (box), button);
    }
}

static void
build_issues (AssayRewriteField *self)
{
  GtkWidget *box = append_choices (self, _ ("What was fixed"));

  for (guint i = 0; i < assay_rewrite_question_get_n_categories (get_question (self)); i++)
    adw_wrap_box_append (ADW_WRAP_BOX (box),
                         new_choice (self, self->issues,
                                     assay_rewrite_question_get_category_label (get_question (self),
                                                                                i),
                                     G_CALLBACK (issue_toggled_cb)));
}

static void
list_categories (AssayRewriteField *self, GString *keys)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  /* Translators: no category of a change to a text was chosen yet */
  gtk_string_list_append (list, C_ ("change to a text", "No category"));
  for (guint i = 0; i < assay_rewrite_question_get_n_categories (get_question (self)); i++)
    {
      g_autofree char *shown =
          assay_visible_line (assay_rewrite_question_get_category_label (get_question (self), i),
                              ASSAY_LIMIT_LABEL_CHARACTERS);

      gtk_string_list_append (list, shown);
      if (i < DIGITS)
        g_string_append_printf (keys, "%s%u %s", i > 0 ? " · " : "", (i + 1) % DIGITS, shown);
    }
  self->categories = G_LIST_MODEL (list);
}

static void
build_effort (AssayRewriteField *self)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  /* Translators: how much a text was edited was not said yet */
  gtk_string_list_append (list, C_ ("how much was edited", "Not said"));
  for (guint i = 0; assay_rewrite_efforts[i] != NULL; i++)
    gtk_string_list_append (list, assay_rewrite_effort_get_label (assay_rewrite_efforts[i]));
  append_caption (self, _ ("How much was edited"));
  self->effort = gtk_drop_down_new (G_LIST_MODEL (list), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->effort), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How much was edited"), -1);
  g_signal_connect_swapped (self->effort, "notify::selected", G_CALLBACK (effort_chosen_cb), self);
  assay_question_field_append (ASSAY_QUESTION_FIELD (self), self->effort);
}

static void
build_edit (AssayRewriteField *self)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  AssayChangeLog change_log = assay_rewrite_question_get_change_log (get_question (self));
  g_autoptr (GString) keys = g_string_new (NULL);

  if (change_log == ASSAY_CHANGE_LOG_PER_REGION)
    list_categories (self, keys);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  assay_question_field_append (field, self->list);
  self->more = append_caption (self, "");
  if (change_log == ASSAY_CHANGE_LOG_PER_REGION)
    self->keys = append_caption (self, keys->str);
  if (change_log == ASSAY_CHANGE_LOG_SUMMARY)
    build_issues (self);
  if (assay_rewrite_question_get_asks_effort (get_question (self)))
    build_effort (self);

  self->restore = gtk_button_new_with_mnemonic (_ ("Restore the _Whole Original"));
  gtk_widget_set_halign (self->restore, GTK_ALIGN_START);
  g_signal_connect_swapped (self->restore, "clicked", G_CALLBACK (restore_all_cb), self);
  assay_question_field_append (field, self->restore);
  self->unchanged = gtk_check_button_new_with_label (_ ("No change needed"));
  g_signal_connect_swapped (self->unchanged, "toggled", G_CALLBACK (unchanged_toggled_cb), self);
  assay_question_field_append (field, self->unchanged);
}

static GtkWidget *
append_area (AssayRewriteField *self,
             const char *title,
             const char *placeholder,
             GCallback callback)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  GtkWidget *area = assay_text_area_new ();

  append_caption (self, title);
  g_object_set (area, "lines", 2, NULL);
  assay_text_area_set_placeholder (ASSAY_TEXT_AREA (area), placeholder);
  assay_text_area_set_judgement (ASSAY_TEXT_AREA (area),
                                 assay_question_field_get_judgement (field));
  gtk_accessible_update_property (GTK_ACCESSIBLE (
                                      assay_text_area_get_text_view (ASSAY_TEXT_AREA (area))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (area, "edited", callback, self, G_CONNECT_SWAPPED);
  assay_question_field_append (field, area);
  return area;
}

static void
assay_rewrite_field_build (AssayQuestionField *field)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (field);

  build_modes (self);
  build_editor (self);
  if (is_edit (self))
    {
      build_edit (self);
      return;
    }
  self->sources = append_area (self, _ ("Sources"), _ ("One on each line: title, then address"),
                               G_CALLBACK (sources_edited_cb));
  self->assumptions = append_area (self, _ ("Assumptions"), "", G_CALLBACK (assumptions_edited_cb));
}

/* Showing */

static void
forget_changes (AssayRewriteField *self)
{
  g_ptr_array_set_size (self->changes, 0);
  g_clear_pointer (&self->found, assay_rewrite_changes_unref);
  g_set_str (&self->found_text, get_original (self));
}

/* The places are known where the text is the one that they were found in; what is said of them may
 * be new. */
static void
show_changes (AssayRewriteField *self, JsonNode *answer)
{
  if (assay_rewrite_answer_get_text (answer) == NULL)
    forget_changes (self);
  else if (self->found == NULL || !is_up_to_date (self))
    {
      find_changes (self);
      return;
    }
  else
    {
      carry_over (self, self->found_text);
      if (asks_categories (self))
        {
          g_autoptr (JsonNode) complete = assay_rewrite_answer_with_changes (answer, self->changes);

          if (!assay_json_equal (complete, answer))
            find_changes (self);
        }
    }
  show_rows (self);
  show_places (self);
}

static void
show_edit (AssayRewriteField *self, JsonNode *answer)
{
  gboolean differs = assay_rewrite_differs (get_original (self), get_text (self));
  g_auto (GStrv) fixed = assay_rewrite_answer_dup_issues_fixed (answer);

  show_changes (self, answer);
  for (guint i = 0; i < self->issues->len; i++)
    gtk_check_button_set_active (
        self->issues->pdata[i],
        g_strv_contains ((const char *const *) fixed,
                         assay_rewrite_question_get_category_id (get_question (self), i)));
  if (self->effort != NULL)
    {
      const char *effort = assay_rewrite_answer_get_effort (answer);
      guint selected = 0;

      for (guint i = 0; assay_rewrite_efforts[i] != NULL; i++)
        if (g_strcmp0 (assay_rewrite_efforts[i], effort) == 0)
          selected = i + 1;
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->effort), selected);
    }
  gtk_widget_set_sensitive (self->restore, assay_rewrite_answer_get_text (answer) != NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->unchanged),
                               assay_rewrite_answer_get_unchanged_ok (answer));
  /* Who changed something would lose it by a click that says the opposite. */
  gtk_widget_set_sensitive (self->unchanged, !differs);
}

static void
show_writing (AssayRewriteField *self, JsonNode *answer)
{
  g_autofree char *lines = assay_rewrite_answer_dup_source_lines (answer);

  assay_text_area_show_text (ASSAY_TEXT_AREA (self->sources), lines);
  assay_text_area_show_text (ASSAY_TEXT_AREA (self->assumptions),
                             assay_rewrite_answer_get_assumptions (answer));
}

static void
assay_rewrite_field_show_answer (AssayQuestionField *field, JsonNode *answer)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (field);
  const char *const *modes = assay_rewrite_question_get_answer_modes (get_question (self));

  self->in_show = TRUE;
  assay_text_area_show_text (ASSAY_TEXT_AREA (self->area), get_text (self));
  for (guint i = 0; i < self->modes->len; i++)
    gtk_check_button_set_active (self->modes->pdata[i],
                                 g_strcmp0 (assay_rewrite_answer_get_mode (answer), modes[i]) == 0);
  if (is_edit (self))
    show_edit (self, answer);
  else
    show_writing (self, answer);
  self->in_show = FALSE;
  show_counts (self);
}

static void
assay_rewrite_field_show_issues (AssayQuestionField *field, GPtrArray *issues, GtkWidget *message)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (field);
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();

  for (guint i = 0; i < issues->len; i++)
    {
      const char *item = assay_issue_get_item (issues->pdata[i]);

      /* A change without a row is spoken of below the field. */
      if (item == NULL || find_change (self, item) == NULL)
        g_ptr_array_add (rest, issues->pdata[i]);
    }
  assay_issue_list_set_issues (ASSAY_ISSUE_LIST (message), rest);
  assay_text_area_set_invalid (ASSAY_TEXT_AREA (self->area),
                               assay_issue_list_has_error (ASSAY_ISSUE_LIST (message)), message);
  for (guint r = 0; r < self->rows->len; r++)
    {
      g_autoptr (GPtrArray) own = g_ptr_array_new ();

      for (guint i = 0; i < issues->len; i++)
        if (g_strcmp0 (assay_issue_get_item (issues->pdata[i]),
                       assay_change_row_get_id (self->rows->pdata[r]))
            == 0)
          g_ptr_array_add (own, issues->pdata[i]);
      assay_change_row_set_issues (self->rows->pdata[r], own);
    }
}

/* Keys */

static void
add_stop (GPtrArray *stops, GtkWidget *widget)
{
  if (widget != NULL)
    g_ptr_array_add (stops, widget);
}

static void
assay_rewrite_field_list_stops (AssayQuestionField *field, GPtrArray *stops)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (field);

  for (guint i = 0; i < self->modes->len; i++)
    g_ptr_array_add (stops, self->modes->pdata[i]);
  g_ptr_array_add (stops, self->area);
  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (stops, assay_change_row_get_stop (self->rows->pdata[i]));
  for (guint i = 0; i < self->issues->len; i++)
    g_ptr_array_add (stops, self->issues->pdata[i]);
  add_stop (stops, self->effort);
  add_stop (stops, self->restore);
  add_stop (stops, self->unchanged);
  add_stop (stops, self->sources);
  add_stop (stops, self->assumptions);
}

static GtkWidget *
assay_rewrite_field_find_item (AssayQuestionField *field, const char *response, const char *item)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (field);

  for (guint i = 0; item != NULL && i < self->rows->len; i++)
    if (g_str_equal (assay_change_row_get_id (self->rows->pdata[i]), item))
      return assay_change_row_get_stop (self->rows->pdata[i]);
  return item == NULL ? self->area : NULL;
}

/* From the change at @row, or from the text, to the next or the one before. */
static gboolean
step_change (AssayRewriteField *self, AssayChangeRow *row, int direction)
{
  guint index = 0;
  int to = direction > 0 ? 0 : (int) self->rows->len - 1;

  if (self->rows->len == 0)
    return FALSE;
  if (row != NULL && g_ptr_array_find (self->rows, row, &index))
    to = (int) index + direction;
  if (to < 0 || to >= (int) self->rows->len)
    assay_announce (GTK_WIDGET (self),
                    direction > 0 ? _ ("This is the last change") : _ ("This is the first change"));
  else
    gtk_widget_grab_focus (assay_change_row_get_stop (self->rows->pdata[to]));
  return TRUE;
}

/* A digit counts from the first of @choices. */
static gboolean
choose (GPtrArray *choices, GtkWidget *stop, int digit)
{
  guint index = digit == 0 ? DIGITS - 1 : (guint) digit - 1;

  if (digit < 0 || index >= choices->len || !g_ptr_array_find (choices, stop, NULL))
    return FALSE;
  gtk_widget_activate (choices->pdata[index]);
  return TRUE;
}

static gboolean
assay_rewrite_field_handle_key (AssayQuestionField *field, GtkWidget *stop, const AssayFormKey *key)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (field);
  AssayChangeRow *row = find_row (self, stop, NULL);
  guint index = key->digit == 0 ? DIGITS - 1 : (guint) key->digit - 1;

  if ((key->modifiers & GDK_ALT_MASK) != 0)
    return FALSE;
  if (key->symbol == GDK_KEY_bracketright || key->symbol == GDK_KEY_bracketleft)
    return step_change (self, row, key->symbol == GDK_KEY_bracketright ? 1 : -1);
  if (row == NULL)
    return choose (self->modes, stop, key->digit) || choose (self->issues, stop, key->digit);
  if (key->digit >= 0 && asks_categories (self)
      && index < assay_rewrite_question_get_n_categories (get_question (self)))
    {
      set_category (self, assay_change_row_get_id (row), (int) index);
      return TRUE;
    }
  if (key->symbol == GDK_KEY_Delete || key->symbol == GDK_KEY_KP_Delete)
    {
      restored_cb (self, row);
      return TRUE;
    }
  if (key->symbol == GDK_KEY_c && asks_categories (self))
    {
      open_note (self, row);
      return TRUE;
    }
  return FALSE;
}

static void
assay_rewrite_field_clear (AssayQuestionField *field, GtkWidget *stop)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (field);
  AssayChangeRow *row = find_row (self, stop, NULL);
  JsonNode *answer = get_answer (self);
  guint index = 0;

  if (row != NULL)
    restored_cb (self, row);
  else if (stop == self->sources)
    take_answer (self, assay_rewrite_answer_with_source_lines (answer, NULL, 0));
  else if (stop == self->assumptions)
    take_answer (self, assay_rewrite_answer_with_assumptions (answer, NULL));
  else if (stop == self->effort)
    take_answer (self, assay_rewrite_answer_with_effort (answer, NULL));
  else if (stop == self->unchanged)
    take_answer (self, assay_rewrite_answer_with_unchanged_ok (answer, FALSE));
  else if (g_ptr_array_find (self->modes, stop, NULL))
    take_answer (self, assay_rewrite_answer_with_mode (answer, NULL));
  else if (g_ptr_array_find (self->issues, stop, &index))
    take_answer (self,
                 assay_rewrite_answer_with_issue_fixed (
                     answer, assay_rewrite_question_get_category_id (get_question (self), index),
                     FALSE));
  else
    take_answer (self, assay_rewrite_answer_with_text (answer, NULL));
}

static void
assay_rewrite_field_dispose (GObject *object)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (object);

  /* What is still being looked for comes too late. */
  self->area = NULL;
  g_clear_pointer (&self->popover, gtk_widget_unparent);

  G_OBJECT_CLASS (assay_rewrite_field_parent_class)->dispose (object);
}

static void
assay_rewrite_field_finalize (GObject *object)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (object);

  g_clear_object (&self->categories);
  g_clear_pointer (&self->modes, g_ptr_array_unref);
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->found, assay_rewrite_changes_unref);
  g_clear_pointer (&self->found_text, g_free);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->gone, g_ptr_array_unref);

  G_OBJECT_CLASS (assay_rewrite_field_parent_class)->finalize (object);
}

static void
assay_rewrite_field_class_init (AssayRewriteFieldClass *klass)
{
  AssayQuestionFieldClass *field_class = ASSAY_QUESTION_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = assay_rewrite_field_dispose;
  G_OBJECT_CLASS (klass)->finalize = assay_rewrite_field_finalize;

  field_class->build = assay_rewrite_field_build;
  field_class->show_answer = assay_rewrite_field_show_answer;
  field_class->show_issues = assay_rewrite_field_show_issues;
  field_class->list_stops = assay_rewrite_field_list_stops;
  field_class->find_item = assay_rewrite_field_find_item;
  field_class->handle_key = assay_rewrite_field_handle_key;
  field_class->clear = assay_rewrite_field_clear;
}

static void
assay_rewrite_field_init (AssayRewriteField *self)
{
  self->modes = g_ptr_array_new ();
  self->issues = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_rewrite_change_free);
  self->gone = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_rewrite_change_free);
}
