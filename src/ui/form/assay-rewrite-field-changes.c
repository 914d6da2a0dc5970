/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <libdex.h>

#include "assay-rewrite-field-private.h"

#include "assay-id-rows.h"
#include "assay-announce.h"
#include "assay-comment-popover.h"
#include "assay-limits.h"
#include "assay-visible-text.h"
#include "assay-words.h"

#define STACK_BYTES (512 * 1024)
/* More would make a list that nobody reads, and widgets that take their time. */
#define MAX_ROWS 200

/* The list of changes */

AssayChangeRow *
_assay_rewrite_field_find_row (AssayRewriteField *self, GtkWidget *stop, guint *index)
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

const AssayRewriteChange *
_assay_rewrite_field_find_change (AssayRewriteField *self, const char *id)
{
  return find_among (self->changes, id);
}

/* The places of the changes are those of the text that is there. */
gboolean
_assay_rewrite_field_is_up_to_date (AssayRewriteField *self)
{
  return self->found_text != NULL
         && g_str_equal (self->found_text, _assay_rewrite_field_get_text (self));
}

/* The answer with another text; (transfer full). */
JsonNode *
_assay_rewrite_field_make_answer (AssayRewriteField *self, const char *text)
{
  gboolean is_original = _assay_rewrite_field_is_edit (self)
                             ? g_str_equal (text, _assay_rewrite_field_get_original (self))
                             : *text == '\0';

  return assay_rewrite_answer_with_text (_assay_rewrite_field_get_answer (self),
                                         is_original ? NULL : text);
}

void
_assay_rewrite_field_break_undo (AssayRewriteField *self)
{
  g_ptr_array_set_size (self->gone, 0);
  assay_judgement_break_undo_group (
      assay_question_field_get_judgement (ASSAY_QUESTION_FIELD (self)));
}

/* What was said of a change that was taken back goes with it. */
static JsonNode *
make_restored (AssayRewriteField *self, const char *id, const char *text)
{
  g_autoptr (JsonNode) restored = _assay_rewrite_field_make_answer (self, text);
  g_autoptr (GPtrArray) changes = assay_rewrite_answer_list_changes (restored);

  for (guint i = changes->len; i > 0; i--)
    if (g_str_equal (((const AssayRewriteChange *) changes->pdata[i - 1])->id, id))
      g_ptr_array_remove_index (changes, i - 1);
  return assay_rewrite_answer_with_changes (restored, changes);
}

/* The caret stays where the change was. */
void
_assay_rewrite_field_restore_change (AssayRewriteField *self, const AssayRewriteChange *change)
{
  g_autofree char *text = NULL;
  guint place = change->to_start;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (_assay_rewrite_field_get_view (self));
  GtkTextIter caret;

  if (!_assay_rewrite_field_is_up_to_date (self))
    return;
  text = assay_rewrite_change_restore (change, _assay_rewrite_field_get_original (self),
                                       self->found_text);
  _assay_rewrite_field_break_undo (self);
  _assay_rewrite_field_take_answer (self, make_restored (self, change->id, text));
  _assay_rewrite_field_break_undo (self);
  gtk_text_buffer_get_iter_at_offset (buffer, &caret, (int) place);
  gtk_text_buffer_place_cursor (buffer, &caret);
  assay_announce (GTK_WIDGET (self), _ ("Original restored"));
}

/* The focus goes on to the change that takes the place. */
void
_assay_rewrite_field_restore_row (AssayRewriteField *self, AssayChangeRow *row)
{
  const AssayRewriteChange *change =
      _assay_rewrite_field_find_change (self, assay_change_row_get_id (row));
  gboolean has_focus = gtk_widget_get_focus_child (self->list) == GTK_WIDGET (row);
  guint index = 0;
  GtkWidget *next = self->area;

  if (change == NULL || !_assay_rewrite_field_is_up_to_date (self))
    return;
  g_ptr_array_find (self->rows, row, &index);
  if (index + 1 < self->rows->len)
    next = assay_change_row_get_stop (self->rows->pdata[index + 1]);
  else if (index > 0)
    next = assay_change_row_get_stop (self->rows->pdata[index - 1]);
  if (has_focus)
    gtk_widget_grab_focus (next);
  _assay_rewrite_field_restore_change (self, change);
}

static void
shown_cb (AssayRewriteField *self, AssayChangeRow *row)
{
  const AssayRewriteChange *change =
      _assay_rewrite_field_find_change (self, assay_change_row_get_id (row));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (_assay_rewrite_field_get_view (self));
  GtkTextIter start;
  GtkTextIter end;

  if (change == NULL || !_assay_rewrite_field_is_up_to_date (self))
    return;
  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) change->to_start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) change->to_end);
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_text_view_scroll_mark_onscreen (_assay_rewrite_field_get_view (self),
                                      gtk_text_buffer_get_insert (buffer));
  gtk_widget_grab_focus (self->area);
}

void
_assay_rewrite_field_set_category (AssayRewriteField *self, const char *id, int index)
{
  const char *category =
      index < 0 ? NULL
                : assay_rewrite_question_get_category_id (_assay_rewrite_field_get_question (self),
                                                          (guint) index);

  _assay_rewrite_field_take_answer (
      self,
      assay_rewrite_answer_with_category (_assay_rewrite_field_get_answer (self), id, category));
}

static void
category_chosen_cb (AssayRewriteField *self, int index, AssayChangeRow *row)
{
  _assay_rewrite_field_set_category (self, assay_change_row_get_id (row), index);
}

static void
note_edited_cb (AssayRewriteField *self, const char *text)
{
  AssayChangeRow *row = _assay_rewrite_field_find_row (
      self, assay_comment_popover_get_about (ASSAY_COMMENT_POPOVER (self->popover)), NULL);

  if (row != NULL)
    _assay_rewrite_field_take_answer (
        self, assay_rewrite_answer_with_note (_assay_rewrite_field_get_answer (self),
                                              assay_change_row_get_id (row), text));
}

static char *
dup_was (AssayRewriteField *self, const AssayRewriteChange *change)
{
  return g_utf8_substring (_assay_rewrite_field_get_original (self), change->from_start,
                           change->from_end);
}

static char *
dup_now (AssayRewriteField *self, const AssayRewriteChange *change)
{
  return g_utf8_substring (self->found_text, change->to_start, change->to_end);
}

void
_assay_rewrite_field_open_note (AssayRewriteField *self, AssayChangeRow *row)
{
  const AssayRewriteChange *change =
      _assay_rewrite_field_find_change (self, assay_change_row_get_id (row));
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;

  if (change == NULL || !_assay_rewrite_field_asks_categories (self))
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

static GtkWidget *
new_row (AssayRewriteField *self, const char *id)
{
  GtkWidget *row = assay_change_row_new (id, self->categories);

  g_signal_connect_swapped (row, "shown", G_CALLBACK (shown_cb), self);
  g_signal_connect_swapped (row, "category-chosen", G_CALLBACK (category_chosen_cb), self);
  g_signal_connect_swapped (row, "note-clicked", G_CALLBACK (_assay_rewrite_field_open_note), self);
  g_signal_connect_swapped (row, "restored", G_CALLBACK (_assay_rewrite_field_restore_row), self);
  return row;
}

static void
arrange_rows (AssayRewriteField *self)
{
  guint n = MIN (self->changes->len, MAX_ROWS);
  g_autofree const char **ids = g_new (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    ids[i] = ((AssayRewriteChange *) self->changes->pdata[i])->id;
  self->rows = assay_id_rows_arrange (GTK_BOX (self->list), self->rows, ids, n,
                                      (AssayIdRowsGetId) assay_change_row_get_id,
                                      (AssayIdRowsCreate) new_row, self);
}

void
_assay_rewrite_field_show_rows (AssayRewriteField *self)
{
  arrange_rows (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const AssayRewriteChange *change = self->changes->pdata[i];
      g_autofree char *was = dup_was (self, change);
      g_autofree char *now = dup_now (self, change);

      assay_change_row_show (self->rows->pdata[i], was, now,
                             assay_rewrite_question_find_category (
                                 _assay_rewrite_field_get_question (self), change->category),
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

typedef struct
{
  guint start;
  guint end;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *one = a;
  const Place *other = b;

  if (one->start != other->start)
    return one->start < other->start ? -1 : 1;
  return one->end < other->end ? -1 : one->end > other->end;
}

/* Those of @places that are not among @others. */
static GArray *
subtract_places (GArray *places, GArray *others)
{
  GArray *rest = g_array_new (FALSE, FALSE, sizeof (Place));
  guint o = 0;

  for (guint p = 0; p < places->len; p++)
    {
      const Place *place = &g_array_index (places, Place, p);

      while (o < others->len && compare_places (&g_array_index (others, Place, o), place) < 0)
        o++;
      if (o == others->len || compare_places (&g_array_index (others, Place, o), place) != 0)
        g_array_append_val (rest, *place);
    }
  return rest;
}

static GArray *
list_marked_places (AssayRewriteField *self, GtkTextBuffer *buffer)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));
  GtkTextIter iter;

  gtk_text_buffer_get_start_iter (buffer, &iter);
  while (gtk_text_iter_starts_tag (&iter, self->tag)
         || gtk_text_iter_forward_to_tag_toggle (&iter, self->tag))
    {
      Place place = { .start = gtk_text_iter_get_offset (&iter) };

      if (!gtk_text_iter_starts_tag (&iter, self->tag))
        break;
      gtk_text_iter_forward_to_tag_toggle (&iter, self->tag);
      place.end = gtk_text_iter_get_offset (&iter);
      g_array_append_val (places, place);
    }
  return places;
}

static void
mark_places (AssayRewriteField *self, GtkTextBuffer *buffer, GArray *places, gboolean marked)
{
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);
      GtkTextIter start, end;

      gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) place->start);
      gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) place->end);
      if (marked)
        gtk_text_buffer_apply_tag (buffer, self->tag, &start, &end);
      else
        gtk_text_buffer_remove_tag (buffer, self->tag, &start, &end);
    }
}

/* What is new stands underlined in the text. A text view lays out anew all that a tag is taken
 * from, also where there was none: only what differs is touched. */
void
_assay_rewrite_field_show_places (AssayRewriteField *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (_assay_rewrite_field_get_view (self));
  g_autoptr (GArray) before = list_marked_places (self, buffer);
  g_autoptr (GArray) now = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GArray) gone = NULL;
  g_autoptr (GArray) added = NULL;

  for (guint i = 0; i < self->changes->len; i++)
    {
      const AssayRewriteChange *change = self->changes->pdata[i];
      Place place = { change->to_start, change->to_end };

      if (place.end > place.start)
        g_array_append_val (now, place);
    }
  g_array_sort (now, compare_places);
  gone = subtract_places (before, now);
  added = subtract_places (now, before);
  mark_places (self, buffer, gone, FALSE);
  mark_places (self, buffer, added, TRUE);
}

/* "12 words · 2 changes: 3 words in, 4 out" */
void
_assay_rewrite_field_show_counts (AssayRewriteField *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_words;

  /* Of a text that is edited, the words are counted where its changes are found. */
  if (_assay_rewrite_field_is_edit (self) && !_assay_rewrite_field_is_up_to_date (self))
    return;
  n_words = self->found != NULL ? self->found->n_words
                                : assay_words_count (_assay_rewrite_field_get_text (self));
  g_string_printf (text, ngettext ("%u word", "%u words", n_words), n_words);
  if (_assay_rewrite_field_is_edit (self) && self->changes->len > 0)
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

      if (change->category != NULL && _assay_rewrite_field_find_change (self, change->id) == NULL
          && find_among (self->gone, change->id) == NULL)
        g_ptr_array_add (self->gone, g_ptr_array_steal_index (known, i - 1));
    }
  for (guint i = self->gone->len; i > 0; i--)
    if (_assay_rewrite_field_find_change (
            self, ((const AssayRewriteChange *) self->gone->pdata[i - 1])->id)
        != NULL)
      g_ptr_array_remove_index (self->gone, i - 1);
}

/* What the answer knows of the changes. */
void
_assay_rewrite_field_carry_over (AssayRewriteField *self, const char *text)
{
  g_autoptr (GPtrArray) known =
      assay_rewrite_answer_list_changes (_assay_rewrite_field_get_answer (self));
  g_autoptr (GPtrArray) candidates = NULL;
  GPtrArray *changes;

  candidates = g_ptr_array_copy (known, NULL, NULL);
  g_ptr_array_set_free_func (candidates, NULL);
  for (guint i = 0; i < self->gone->len; i++)
    if (find_among (known, ((const AssayRewriteChange *) self->gone->pdata[i])->id) == NULL)
      g_ptr_array_add (candidates, self->gone->pdata[i]);
  g_ptr_array_sort (candidates, compare_changes);
  changes = assay_rewrite_changes_carry (self->found, candidates,
                                         _assay_rewrite_field_get_original (self), self->found_text,
                                         text);
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
  JsonNode *answer = _assay_rewrite_field_get_answer (self);

  self->finding = FALSE;
  if (self->area == NULL || value == NULL)
    return NULL;
  if (!g_str_equal (finding->text, _assay_rewrite_field_get_text (self)))
    {
      _assay_rewrite_field_find_changes (self);
      return NULL;
    }
  g_clear_pointer (&self->found, assay_rewrite_changes_unref);
  self->found = g_value_dup_boxed (value);
  _assay_rewrite_field_carry_over (self, finding->text);
  _assay_rewrite_field_show_rows (self);
  _assay_rewrite_field_show_places (self);
  _assay_rewrite_field_show_counts (self);
  if (_assay_rewrite_field_asks_categories (self) && assay_rewrite_answer_get_text (answer) != NULL)
    {
      g_autoptr (JsonNode) complete = assay_rewrite_answer_with_changes (answer, self->changes);

      assay_judgement_complete_answer (assay_question_field_get_judgement (field),
                                       assay_question_get_id (ASSAY_QUESTION (
                                           _assay_rewrite_field_get_question (self))),
                                       assay_question_field_get_response (field), complete);
    }
  return NULL;
}

static gboolean
find_cb (gpointer user_data)
{
  AssayRewriteField *self = user_data;
  Request *request;
  Finding *finding;

  self->find_source = 0;
  self->finding = TRUE;
  request = g_new0 (Request, 1);
  request->original = g_strdup (_assay_rewrite_field_get_original (self));
  request->text = g_strdup (_assay_rewrite_field_get_text (self));
  finding = g_new0 (Finding, 1);
  finding->self = g_object_ref (self);
  finding->text = g_strdup (request->text);
  dex_future_disown (
      dex_future_finally (dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (),
                                               STACK_BYTES, find_fiber, request, request_free),
                          found_cb, finding, finding_free));
  return G_SOURCE_REMOVE;
}

/* One at a time; what was typed meanwhile is looked at next. The letter that was typed is painted
 * first: both take a processor's time. */
void
_assay_rewrite_field_find_changes (AssayRewriteField *self)
{
  if (!self->finding && self->find_source == 0 && _assay_rewrite_field_is_edit (self))
    self->find_source = g_idle_add_full (GDK_PRIORITY_REDRAW + 1, find_cb, self, NULL);
}
