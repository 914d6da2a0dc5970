/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-documents-pane-private.h"

#include <glib/gi18n.h>

#include "assay-additions-dialog.h"
#include "assay-announce.h"
#include "assay-document-compare.h"

/* Two responses, the first being a, whose comparison is there or on its way. */
typedef struct
{
  GWeakRef pane;
  guint a;
  guint b;
  DexFuture *future;
  AssayComparison *comparison; /* NULL until it is there */
} Comparing;

static void
comparing_clear (gpointer data)
{
  Comparing *comparing = data;

  g_weak_ref_clear (&comparing->pane);
  g_clear_pointer (&comparing->comparison, assay_comparison_unref);
}

static void
comparing_unref (gpointer data)
{
  g_rc_box_release_full (data, comparing_clear);
}

/* What the pane lets go of is not waited for. */
static void
comparing_drop (gpointer data)
{
  Comparing *comparing = data;

  g_weak_ref_set (&comparing->pane, NULL);
  /* Not discarded: see or_cancelled () of the sign-in page. It waits for renderings of its own. */
  if (comparing->future != NULL)
    dex_future_disown (g_steal_pointer (&comparing->future));
  comparing_unref (comparing);
}

static DexFuture *
compared_cb (DexFuture *future, gpointer user_data)
{
  Comparing *comparing = user_data;
  g_autoptr (AssayDocumentsPane) self = g_weak_ref_get (&comparing->pane);
  const GValue *value = dex_future_get_value (future, NULL);

  if (self != NULL && value != NULL)
    {
      comparing->comparison = g_value_dup_boxed (value);
      _assay_documents_pane_compare (self);
    }
  return dex_future_new_true ();
}

/* The comparison of two responses, or NULL while it is made. */
static AssayComparison *
get_comparison (AssayDocumentsPane *self, guint one, guint other)
{
  guint a = MIN (one, other);
  guint b = MAX (one, other);
  gpointer key = GUINT_TO_POINTER (a << 16 | b);
  Comparing *comparing;

  if (self->comparisons == NULL)
    self->comparisons = g_hash_table_new_full (NULL, NULL, NULL, comparing_drop);
  comparing = g_hash_table_lookup (self->comparisons, key);
  if (comparing == NULL)
    {
      comparing = g_rc_box_new0 (Comparing);
      g_weak_ref_init (&comparing->pane, self);
      comparing->a = a;
      comparing->b = b;
      g_hash_table_insert (self->comparisons, key, comparing);
      comparing->future =
          dex_future_finally (assay_document_compare (_assay_documents_pane_get_response (self, a),
                                                      _assay_documents_pane_get_response (self, b)),
                              compared_cb, g_rc_box_acquire (comparing), comparing_unref);
    }
  return comparing->comparison;
}

/* Which two responses the differences are of, in the order shown; FALSE if there are no two. */
static gboolean
get_pair (AssayDocumentsPane *self, guint *a, guint *b)
{
  if (self->columns->len < 2)
    return FALSE;
  *a = 0;
  *b = 1;
  if (_assay_documents_pane_shows_pair (self))
    {
      *a = MIN (self->pinned, self->beside);
      *b = MAX (self->pinned, self->beside);
    }
  return *a != *b;
}

static const char *
get_letter (AssayDocumentsPane *self, guint place)
{
  return assay_response_column_get_letter (_assay_documents_pane_get_column (self, place));
}

static char *
describe_only (AssayDocumentsPane *self, guint place, guint n_words)
{
  /* Translators: the words of one of two compared responses that the other does not have in the
   * same place; %s is its letter */
  return g_strdup_printf (ngettext ("%u word of %s", "%u words of %s", n_words), n_words,
                          get_letter (self, place));
}

static char *
describe (AssayDocumentsPane *self, AssayComparison *comparison, guint a, guint b)
{
  const char *letter_a = get_letter (self, a);
  const char *letter_b = get_letter (self, b);
  g_autofree char *only_a = NULL;
  g_autofree char *only_b = NULL;

  if (comparison == NULL)
    /* Translators: %s and %s are the letters of two responses */
    return g_strdup_printf (_ ("Comparing %s and %s…"), letter_a, letter_b);
  if (assay_comparison_get_identical (comparison))
    return g_strdup_printf (_ ("%s and %s are identical"), letter_a, letter_b);
  if (assay_comparison_get_too_long (comparison))
    return g_strdup_printf (_ ("%s and %s differ, but are too long to be compared word by word"),
                            letter_a, letter_b);
  if (assay_comparison_get_same_words (comparison))
    return g_strdup_printf (_ ("%s and %s say the same; only the formatting differs"), letter_a,
                            letter_b);
  only_a = describe_only (self, a, assay_comparison_get_n_words_only (comparison, ASSAY_SIDE_A));
  only_b = describe_only (self, b, assay_comparison_get_n_words_only (comparison, ASSAY_SIDE_B));
  /* Translators: which two responses are compared, then how many words of each are its own: "A and
   * B: 3 words of A and 5 words of B have no counterpart. They are underlined." */
  return g_strdup_printf (_ ("%s and %s: %s and %s have no counterpart. They are underlined."),
                          letter_a, letter_b, only_a, only_b);
}

static gboolean
has_additions (AssayComparison *comparison)
{
  guint n_a, n_b, n_moved;

  if (comparison == NULL)
    return FALSE;
  assay_comparison_get_added (comparison, ASSAY_SIDE_A, &n_a);
  assay_comparison_get_added (comparison, ASSAY_SIDE_B, &n_b);
  assay_comparison_get_moved (comparison, &n_moved);
  return n_a + n_b + n_moved > 0;
}

static void
show_differences (AssayDocumentsPane *self)
{
  gboolean differences = self->view_mode == ASSAY_VIEW_MODE_DIFFERENCES;
  AssayComparison *comparison = NULL;
  guint a = G_MAXUINT;
  guint b = G_MAXUINT;
  g_autofree char *text = NULL;

  differences = differences && get_pair (self, &a, &b);
  if (differences)
    comparison = get_comparison (self, a, b);
  for (guint i = 0; i < self->columns->len; i++)
    assay_document_view_set_differences (
        assay_response_column_get_view (_assay_documents_pane_get_column (self, i)),
        i == a || i == b ? comparison : NULL, i == b ? ASSAY_SIDE_B : ASSAY_SIDE_A);

  gtk_widget_set_visible (self->compare_bar, differences);
  gtk_widget_set_visible (self->additions_button, has_additions (comparison));
  if (!differences)
    {
      gtk_label_set_text (self->compare_label, "");
      return;
    }
  text = describe (self, comparison, a, b);
  if (g_strcmp0 (text, gtk_label_get_text (self->compare_label)) == 0)
    return;
  gtk_label_set_text (self->compare_label, text);
  if (comparison != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    assay_announce (GTK_WIDGET (self), text);
}

static void
place_activated_cb (AssayDocumentsPane *self, guint side, guint64 start, guint64 length)
{
  AssayDocumentView *view;
  guint a;
  guint b;
  guint place;

  if (!get_pair (self, &a, &b))
    return;
  place = side == ASSAY_SIDE_A ? a : b;
  view = assay_response_column_get_view (_assay_documents_pane_get_column (self, place));
  _assay_documents_pane_reveal (self, self->items->len + place);
  assay_document_view_show_place (view, (gsize) start, (gsize) length);
  gtk_widget_grab_focus (GTK_WIDGET (view));
}

void
_assay_documents_pane_list_additions (AssayDocumentsPane *self)
{
  AssayAdditionsDialog *dialog;
  AssayComparison *comparison;
  const char *letters[2];
  const char *texts[2];
  guint a, b;

  if (self->view_mode != ASSAY_VIEW_MODE_DIFFERENCES || !get_pair (self, &a, &b))
    return;
  comparison = get_comparison (self, a, b);
  if (!has_additions (comparison))
    return;
  letters[0] = get_letter (self, a);
  letters[1] = get_letter (self, b);
  texts[0] = assay_document_get_text (_assay_documents_pane_get_response (self, a));
  texts[1] = assay_document_get_text (_assay_documents_pane_get_response (self, b));
  dialog = assay_additions_dialog_new (comparison, letters, texts);
  g_signal_connect_object (dialog, "place-activated", G_CALLBACK (place_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "quote-requested",
                           G_CALLBACK (_assay_documents_pane_request_quote), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

/* Linked scrolling: what is read is at the top of a text that has just been opened and at the
 * bottom of one that was read to its end, and in between in between. */
static double
get_reading_height (GtkAdjustment *adjustment)
{
  double range = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  return range > 0 ? CLAMP (gtk_adjustment_get_value (adjustment) / range, 0, 1) : 0;
}

static void
scrolled_cb (GtkAdjustment *adjustment, AssayResponseColumn *leader)
{
  GtkWidget *pane = gtk_widget_get_ancestor (GTK_WIDGET (leader), ASSAY_TYPE_DOCUMENTS_PANE);
  AssayDocumentsPane *self;
  guint place;
  double height, within;
  gsize offset;

  if (pane == NULL)
    return;
  self = ASSAY_DOCUMENTS_PANE (pane);
  /* Those that follow, and those whose lines are still being measured, lead nobody. */
  if (!self->linked || self->in_link || self->leader != leader
      || !g_ptr_array_find (self->columns, leader, &place))
    return;
  height = get_reading_height (adjustment);
  if (!assay_document_view_get_place_at (assay_response_column_get_view (leader), height, &offset,
                                         &within))
    return;

  self->in_link = TRUE;
  for (guint i = 0; i < self->columns->len; i++)
    {
      AssayResponseColumn *column = _assay_documents_pane_get_column (self, i);
      AssayComparison *comparison;

      if (i == place || !gtk_widget_get_visible (GTK_WIDGET (column)))
        continue;
      comparison = get_comparison (self, place, i);
      if (comparison == NULL)
        continue;
      assay_document_view_set_place_at (
          assay_response_column_get_view (column), height,
          assay_comparison_map (comparison, place < i ? ASSAY_SIDE_A : ASSAY_SIDE_B, offset),
          within);
    }
  self->in_link = FALSE;
}

static void
lead (GtkEventController *controller)
{
  GtkWidget *column = gtk_event_controller_get_widget (controller);
  GtkWidget *pane = gtk_widget_get_ancestor (column, ASSAY_TYPE_DOCUMENTS_PANE);

  if (pane != NULL)
    g_set_weak_pointer (&ASSAY_DOCUMENTS_PANE (pane)->leader, ASSAY_RESPONSE_COLUMN (column));
}

static gboolean
event_cb (GtkEventController *controller, GdkEvent *event)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_SCROLL:
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
    case GDK_KEY_PRESS:
      lead (controller);
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

void
_assay_documents_pane_watch_scrolling (AssayDocumentsPane *self, AssayResponseColumn *column)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (event_cb), NULL);
  gtk_widget_add_controller (GTK_WIDGET (column), events);
  g_signal_connect (focus, "enter", G_CALLBACK (lead), NULL);
  gtk_widget_add_controller (GTK_WIDGET (column), focus);
  g_signal_connect_object (assay_document_view_get_adjustment (
                               assay_response_column_get_view (column)),
                           "value-changed", G_CALLBACK (scrolled_cb), column, 0);
}

/* So that the first step of scrolling need not wait. */
static void
prepare_links (AssayDocumentsPane *self)
{
  if (!self->linked)
    return;
  for (guint a = 0; a < self->columns->len; a++)
    for (guint b = a + 1; b < self->columns->len; b++)
      if (gtk_widget_get_visible (GTK_WIDGET (_assay_documents_pane_get_column (self, a)))
          && gtk_widget_get_visible (GTK_WIDGET (_assay_documents_pane_get_column (self, b))))
        get_comparison (self, a, b);
}

void
_assay_documents_pane_compare (AssayDocumentsPane *self)
{
  show_differences (self);
  prepare_links (self);
}

void
_assay_documents_pane_forget_comparisons (AssayDocumentsPane *self)
{
  g_clear_pointer (&self->comparisons, g_hash_table_unref);
}

gboolean
assay_documents_pane_get_differences (AssayDocumentsPane *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), FALSE);

  return self->view_mode == ASSAY_VIEW_MODE_DIFFERENCES;
}

void
assay_documents_pane_set_differences (AssayDocumentsPane *self, gboolean differences)
{
  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));

  if (assay_documents_pane_get_differences (self) != !!differences)
    assay_documents_pane_set_view_mode (self, differences ? ASSAY_VIEW_MODE_DIFFERENCES
                                                          : self->mode_before);
}
