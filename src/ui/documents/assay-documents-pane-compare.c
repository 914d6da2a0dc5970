/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-documents-pane-private.h"

#include <glib/gi18n.h>

#include "assay-additions-dialog.h"
#include "assay-announce.h"
#include "assay-bench.h"
#include "assay-document-compare.h"
#include "assay-visible-text.h"

/* What is read out of a text: so many places, and so much of each. */
#define READ_PLACES 6
#define READ_CHARACTERS 80

/* Two responses, the first being a, whose comparison is there or on its way. */
typedef struct
{
  GWeakRef pane;
  guint a;
  guint b;
  DexFuture *future;
  AssayComparison *comparison; /* NULL until it is there */
  AssayDifferences *differences[2];
} Comparing;

static void
comparing_clear (gpointer data)
{
  Comparing *comparing = data;

  g_weak_ref_clear (&comparing->pane);
  g_clear_pointer (&comparing->comparison, assay_comparison_unref);
  for (guint s = 0; s < 2; s++)
    g_clear_pointer (&comparing->differences[s], assay_differences_unref);
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
      for (AssaySide s = ASSAY_SIDE_A; s <= ASSAY_SIDE_B; s++)
        comparing->differences[s] = assay_differences_new (&comparing->comparison, &s, 1);
      _assay_documents_pane_compare (self);
    }
  return dex_future_new_true ();
}

static Comparing *
get_comparing (AssayDocumentsPane *self, guint one, guint other)
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
  return comparing;
}

AssayComparison *
_assay_documents_pane_get_comparison (AssayDocumentsPane *self, guint one, guint other)
{
  return get_comparing (self, one, other)->comparison;
}

static gboolean
is_against_all (AssayDocumentsPane *self)
{
  return self->against_all && self->columns->len > 2 && self->draft == NULL;
}

/* What one response says that another does not; NULL while that is found out. */
static AssayDifferences *
get_differences (AssayDocumentsPane *self, guint place, guint other)
{
  if (_assay_documents_pane_is_edit (self, place, other))
    return self->draft_differences[place < other ? ASSAY_SIDE_A : ASSAY_SIDE_B];
  return get_comparing (self, place, other)
      ->differences[place < other ? ASSAY_SIDE_A : ASSAY_SIDE_B];
}

/* What the response that all others are compared with says, and none of them; NULL while one of the
 * comparisons is missing. */
static AssayDifferences *
get_base_differences (AssayDocumentsPane *self)
{
  g_autofree AssayComparison **comparisons = g_new (AssayComparison *, self->columns->len);
  g_autofree AssaySide *sides = g_new (AssaySide, self->columns->len);
  guint n = 0;

  if (self->base_differences != NULL && self->base == self->pinned)
    return self->base_differences;
  g_clear_pointer (&self->base_differences, assay_differences_unref);
  for (guint i = 0; i < self->columns->len; i++)
    {
      if (i == self->pinned)
        continue;
      comparisons[n] = _assay_documents_pane_get_comparison (self, self->pinned, i);
      sides[n] = self->pinned < i ? ASSAY_SIDE_A : ASSAY_SIDE_B;
      n += comparisons[n] != NULL;
    }
  if (n + 1 < self->columns->len)
    return NULL;
  /* A comparison that is there at once shows its differences before it is given back. */
  g_clear_pointer (&self->base_differences, assay_differences_unref);
  self->base = self->pinned;
  self->base_differences = assay_differences_new (comparisons, sides, n);
  return self->base_differences;
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

/* What is marked in a response; NULL while that is found out, and where it is not compared. */
static AssayDifferences *
get_marked (AssayDocumentsPane *self, guint place)
{
  guint a, b;

  if (self->view_mode != ASSAY_VIEW_MODE_DIFFERENCES)
    return NULL;
  if (is_against_all (self))
    return place == self->pinned ? get_base_differences (self)
                                 : get_differences (self, place, self->pinned);
  if (!get_pair (self, &a, &b) || (place != a && place != b))
    return NULL;
  return get_differences (self, place, place == a ? b : a);
}

static const char *
get_letter (AssayDocumentsPane *self, guint place)
{
  return assay_response_column_get_letter (_assay_documents_pane_get_column (self, place));
}

static char *
describe_words (AssayDocumentsPane *self, guint place, guint n_words)
{
  /* Translators: words of one of the compared responses that others do not have, or not there; %s
   * is its letter */
  return g_strdup_printf (ngettext ("%u word of %s", "%u words of %s", n_words), n_words,
                          get_letter (self, place));
}

/* "4 words of A, 7 words of C": the words that stand in another place. NULL where none does. */
static char *
describe_displaced (AssayDocumentsPane *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;
  g_autofree char *list = NULL;

  for (guint i = 0; i < self->columns->len; i++)
    {
      AssayDifferences *differences = get_marked (self, i);
      guint n = differences != NULL ? assay_differences_get_n_displaced_words (differences) : 0;

      if (n > 0)
        g_strv_builder_take (builder, describe_words (self, i, n));
    }
  parts = g_strv_builder_end (builder);
  if (*parts == NULL)
    return NULL;
  list = g_strjoinv (", ", parts);
  /* Translators: %s is a list such as "4 words of A, 7 words of C" */
  return g_strdup_printf (_ ("In another place, with a double line: %s."), list);
}

/* What became of one of the responses in the text that is written, which stands behind them. */
static char *
describe_edit (AssayDocumentsPane *self, guint a)
{
  const char *letter = get_letter (self, a);
  g_autofree char *taken = NULL;
  g_autofree char *added = NULL;

  if (self->draft_changes->regions->len == 0)
    /* Translators: %s is the letter of a response */
    return g_strdup_printf (_ ("Your text is %s as it was"), letter);
  taken = g_strdup_printf (ngettext ("%u word taken out", "%u words taken out",
                                     self->draft_changes->n_words_deleted),
                           self->draft_changes->n_words_deleted);
  added = g_strdup_printf (ngettext ("%u word added", "%u words added",
                                     self->draft_changes->n_words_inserted),
                           self->draft_changes->n_words_inserted);
  /* Translators: a letter, and how much was changed: "Your text against A: 2 words taken out,
   * struck through there; 3 words added, underlined." */
  return g_strdup_printf (_ ("Your text against %s: %s, struck through there; %s, underlined."),
                          letter, taken, added);
}

static char *
describe_pair (AssayDocumentsPane *self, guint a, guint b)
{
  const char *letter_a = get_letter (self, a);
  const char *letter_b = get_letter (self, b);
  AssayComparison *comparison;
  g_autofree char *only_a = NULL;
  g_autofree char *only_b = NULL;

  if (_assay_documents_pane_is_edit (self, a, b))
    return describe_edit (self, a);
  comparison = _assay_documents_pane_get_comparison (self, a, b);
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
  only_a =
      describe_words (self, a, assay_differences_get_n_own_words (get_differences (self, a, b)));
  only_b =
      describe_words (self, b, assay_differences_get_n_own_words (get_differences (self, b, a)));
  /* Translators: which two responses are compared, then how many words of each are its own: "A and
   * B: 3 words of A and 5 words of B have no counterpart. They are underlined." */
  return g_strdup_printf (_ ("%s and %s: %s and %s have no counterpart. They are underlined."),
                          letter_a, letter_b, only_a, only_b);
}

static char *
describe_all (AssayDocumentsPane *self)
{
  const char *base = get_letter (self, self->pinned);
  AssayDifferences *own = get_base_differences (self);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;
  g_autofree char *in_base = NULL;
  g_autofree char *in_others = NULL;

  if (own == NULL)
    /* Translators: %s is the letter of a response */
    return g_strdup_printf (_ ("Comparing %s with all others…"), base);
  for (guint i = 0; i < self->columns->len; i++)
    {
      AssayComparison *comparison;

      if (i == self->pinned)
        continue;
      comparison = _assay_documents_pane_get_comparison (self, self->pinned, i);
      if (assay_comparison_get_identical (comparison))
        /* Translators: in a list of responses and how many of their words are their own; %s is a
         * letter */
        g_strv_builder_take (builder,
                             g_strdup_printf (_ ("%s is identical"), get_letter (self, i)));
      else if (assay_comparison_get_too_long (comparison))
        g_strv_builder_take (builder,
                             g_strdup_printf (_ ("%s is too long to tell"), get_letter (self, i)));
      else
        g_strv_builder_take (builder,
                             describe_words (self, i,
                                             assay_differences_get_n_own_words (
                                                 get_differences (self, i, self->pinned))));
    }
  parts = g_strv_builder_end (builder);
  in_others = g_strjoinv (", ", parts);
  in_base = describe_words (self, self->pinned, assay_differences_get_n_own_words (own));
  /* Translators: the response that all others are compared with, how many of its words no other
   * has, and how many of theirs it has not: "A against all. In no other: 5 words of A. Not in A: 12
   * words of B, 9 words of C. They are underlined." */
  return g_strdup_printf (
      _ ("%s against all. In no other: %s. Not in %s: %s. They are underlined."), base, in_base,
      base, in_others);
}

static char *
describe (AssayDocumentsPane *self, guint a, guint b)
{
  g_autofree char *words = is_against_all (self) ? describe_all (self) : describe_pair (self, a, b);
  g_autofree char *displaced = describe_displaced (self);

  return displaced != NULL ? g_strconcat (words, " ", displaced, NULL) : g_steal_pointer (&words);
}

static gboolean
has_additions (AssayDocumentsPane *self)
{
  guint n, a, b;

  for (guint i = 0; i < self->columns->len; i++)
    {
      AssayDifferences *differences = get_marked (self, i);

      if (differences == NULL)
        continue;
      assay_differences_get_added (differences, &n);
      if (n > 0)
        return TRUE;
    }
  if (is_against_all (self) || !get_pair (self, &a, &b)
      || _assay_documents_pane_is_edit (self, a, b)
      || _assay_documents_pane_get_comparison (self, a, b) == NULL)
    return FALSE;
  assay_comparison_get_moved (_assay_documents_pane_get_comparison (self, a, b), &n);
  return n > 0;
}

/* "On the left, compared with B." */
static char *
describe_side (AssayDocumentsPane *self, guint place)
{
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean is_alone = self->narrow || self->paged;
  guint a = 0;
  guint b = 0;
  const char *other;

  if (is_against_all (self) && place == self->pinned)
    /* Translators: the place of a response among those shown: "2 of 4" */
    return g_strdup_printf (_ ("%u of %u, compared with all others."), place + 1,
                            self->columns->len);
  if (is_against_all (self))
    /* Translators: the place of a response among those shown, "2 of 4", and a letter */
    return g_strdup_printf (_ ("%u of %u, compared with %s."), place + 1, self->columns->len,
                            get_letter (self, self->pinned));
  get_pair (self, &a, &b);
  other = get_letter (self, place == a ? b : a);
  if (is_alone)
    /* Translators: %s is the letter of a response, here and in the next two */
    return g_strdup_printf (_ ("Compared with %s."), other);
  return (place == a) != is_rtl ? g_strdup_printf (_ ("On the left, compared with %s."), other)
                                : g_strdup_printf (_ ("On the right, compared with %s."), other);
}

/* What a screen reader says of a compared text: on which side it is, and what only it says. */
static char *
describe_marked (AssayDocumentsPane *self, guint place)
{
  AssayDifferences *differences = get_marked (self, place);
  const char *text = assay_document_get_text (_assay_documents_pane_get_response (self, place));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) quotes = NULL;
  g_autofree char *side = NULL;
  g_autofree char *list = NULL;
  guint n;
  guint n_own = 0;
  const AssayDifference *places;

  if (differences == NULL)
    return NULL;
  side = describe_side (self, place);
  places = assay_differences_get_places (differences, &n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *stretch = NULL;
      g_autofree char *shown = NULL;

      if (places[i].displaced || n_own++ >= READ_PLACES)
        continue;
      stretch = g_strndup (text + places[i].stretch.start,
                           places[i].stretch.end - places[i].stretch.start);
      shown = assay_visible_line (stretch, READ_CHARACTERS);
      /* Translators: a quotation in a list of quotations */
      g_strv_builder_take (builder, g_strdup_printf (_ ("“%s”"), shown));
    }
  if (n_own == 0)
    /* Translators: %s is a sentence that says where a response is shown. */
    return g_strdup_printf (_ ("%s Nothing is only here."), side);
  quotes = g_strv_builder_end (builder);
  list = g_strjoinv (", ", quotes);
  if (n_own <= READ_PLACES)
    /* Translators: where a response is, and quotations from it: "On the left, compared with B. Only
     * here: “red”, “ran home”." */
    return g_strdup_printf (_ ("%s Only here: %s."), side, list);
  return g_strdup_printf (ngettext ("%s Only here: %s, and %u more place.",
                                    "%s Only here: %s, and %u more places.", n_own - READ_PLACES),
                          side, list, n_own - READ_PLACES);
}

static void
show_differences (AssayDocumentsPane *self)
{
  gboolean differences = self->view_mode == ASSAY_VIEW_MODE_DIFFERENCES;
  guint a = 0;
  guint b = 0;
  g_autofree char *text = NULL;

  differences = differences && get_pair (self, &a, &b);
  for (guint i = 0; i < self->columns->len; i++)
    {
      g_autofree char *description = differences ? describe_marked (self, i) : NULL;

      assay_document_view_set_differences (
          assay_response_column_get_view (_assay_documents_pane_get_column (self, i)),
          differences ? get_marked (self, i) : NULL,
          i == a && _assay_documents_pane_is_edit (self, a, b) ? ASSAY_DIFFERENCE_GONE
                                                               : ASSAY_DIFFERENCE_OWN,
          description);
    }

  gtk_widget_set_visible (self->compare_bar, differences);
  gtk_widget_set_visible (self->against_all_button,
                          differences && self->columns->len > 2 && self->draft == NULL);
  gtk_widget_set_visible (self->additions_button, differences && has_additions (self));
  if (!differences)
    {
      gtk_label_set_text (self->compare_label, "");
      return;
    }
  if (get_marked (self, is_against_all (self) ? self->pinned : a) != NULL)
    assay_bench_mark_painted (GTK_WIDGET (self), "compared*");
  text = describe (self, a, b);
  if (g_strcmp0 (text, gtk_label_get_text (self->compare_label)) == 0)
    return;
  gtk_label_set_text (self->compare_label, text);
  if (get_marked (self, a) != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    assay_announce (GTK_WIDGET (self), text);
}

static void
place_activated_cb (AssayDocumentsPane *self, guint place, guint64 start, guint64 length)
{
  AssayDocumentView *view;

  if (place >= self->columns->len)
    return;
  view = assay_response_column_get_view (_assay_documents_pane_get_column (self, place));
  _assay_documents_pane_reveal (self, self->items->len + place);
  assay_document_view_show_place (view, (gsize) start, (gsize) length);
  gtk_widget_grab_focus (GTK_WIDGET (view));
}

static void
add_group (AssayDocumentsPane *self,
           AssayAdditionsDialog *dialog,
           char *taken,
           guint place,
           const AssayStretch *stretches,
           guint n_stretches)
{
  g_autofree char *title = taken;

  assay_additions_dialog_add_group (dialog, title, place, get_letter (self, place),
                                    assay_document_get_text (
                                        _assay_documents_pane_get_response (self, place)),
                                    stretches, n_stretches);
}

static void
add_additions (AssayDocumentsPane *self, AssayAdditionsDialog *dialog, guint place)
{
  AssayDifferences *differences = get_marked (self, place);
  gboolean alone = !is_against_all (self) || place == self->pinned;
  const AssayStretch *added;
  guint n;

  if (differences == NULL)
    return;
  added = assay_differences_get_added (differences, &n);
  add_group (self, dialog,
             /* Translators: %s is the letter of a response: above the sentences that no other
              * response has. */
             alone ? g_strdup_printf (_ ("Only in %s"), get_letter (self, place))
                   /* Translators: %s and %s are letters of responses: above sentences. */
                   : g_strdup_printf (_ ("In %s, Not in %s"), get_letter (self, place),
                                      get_letter (self, self->pinned)),
             place, added, n);
}

/* Where they stand in the second text; the first is one activation of linked scrolling away. */
static void
add_moved (AssayDocumentsPane *self, AssayAdditionsDialog *dialog, guint a, guint b)
{
  g_autoptr (GArray) stretches = g_array_new (FALSE, FALSE, sizeof (AssayStretch));
  guint n;
  const AssayPassage *moved =
      assay_comparison_get_moved (_assay_documents_pane_get_comparison (self, a, b), &n);

  for (guint i = 0; i < n; i++)
    g_array_append_val (stretches, moved[i].sides[ASSAY_SIDE_B]);
  add_group (self, dialog, g_strdup (_ ("In Both, in Another Order")), b,
             (const AssayStretch *) stretches->data, n);
}

void
_assay_documents_pane_list_additions (AssayDocumentsPane *self)
{
  AssayAdditionsDialog *dialog;
  guint a, b;

  if (self->view_mode != ASSAY_VIEW_MODE_DIFFERENCES || !get_pair (self, &a, &b)
      || !has_additions (self))
    return;
  dialog = assay_additions_dialog_new ();
  if (is_against_all (self))
    add_additions (self, dialog, self->pinned);
  for (guint i = 0; i < self->columns->len; i++)
    if (!is_against_all (self) || i != self->pinned)
      add_additions (self, dialog, i);
  if (!is_against_all (self))
    add_moved (self, dialog, a, b);
  g_signal_connect_object (dialog, "place-activated", G_CALLBACK (place_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "quote-requested",
                           G_CALLBACK (_assay_documents_pane_request_quote), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

void
_assay_documents_pane_compare (AssayDocumentsPane *self)
{
  show_differences (self);
  _assay_documents_pane_prepare_links (self);
}

void
_assay_documents_pane_forget_comparisons_from (AssayDocumentsPane *self, guint place)
{
  Comparing *comparing;
  GHashTableIter iter;

  if (self->comparisons == NULL)
    return;
  g_hash_table_iter_init (&iter, self->comparisons);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &comparing))
    if (comparing->b >= place)
      g_hash_table_iter_remove (&iter);
}

void
_assay_documents_pane_forget_comparisons (AssayDocumentsPane *self)
{
  g_clear_pointer (&self->comparisons, g_hash_table_unref);
  g_clear_pointer (&self->base_differences, assay_differences_unref);
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

gboolean
assay_documents_pane_get_against_all (AssayDocumentsPane *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), FALSE);

  return self->against_all;
}

void
assay_documents_pane_set_against_all (AssayDocumentsPane *self, gboolean against_all)
{
  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));

  if (self->against_all == !!against_all)
    return;
  self->against_all = !!against_all;
  _assay_documents_pane_update_layout (self);
  g_object_notify (G_OBJECT (self), "against-all");
}
