/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-claim-row.h"

#include "assay-arithmetic.h"
#include "assay-citation-line.h"
#include "assay-drop-down.h"
#include "assay-evidence-card.h"
#include "assay-issue-list.h"
#include "assay-limits.h"
#include "assay-text-area.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

#define NAME_CHARACTERS 80

struct _AssayClaimRow
{
  GtkWidget parent_instance;

  char *id;
  AssayClaimsQuestion *question; /* (owned) */
  AssayJudgement *judgement;     /* (not owned) */
  GtkWidget *words;              /* the stop */
  GtkWidget *words_label;
  GtkWidget *remove_button;
  GtkWidget *verdict;
  GtkWidget *expander;
  GtkWidget *citation; /* (nullable): only where citations are asked about */
  GtkWidget *sums;
  GtkWidget *issues;

  /* What is unfolded; made when first needed. */
  GtkWidget *details; /* (nullable) */
  GtkWidget *text;
  GtkWidget *severity;
  GtkWidget *checkworthy;
  GtkWidget *evidence_box;
  GPtrArray *cards; /* AssayEvidenceCard, borrowed from the box */
  GtkWidget *correction;
  GtkWidget *note;
  gboolean in_show;
};

G_DEFINE_FINAL_TYPE (AssayClaimRow, assay_claim_row, GTK_TYPE_WIDGET)

enum
{
  SHOWN,
  UNFOLDED,
  EDITED,
  CHECKWORTHY_CHOSEN,
  CITED_CHANGED,
  EVIDENCE_ADDED,
  EVIDENCE_EDITED,
  EVIDENCE_REMOVED,
  SPLIT,
  JOINED,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What the person does */

static void
shown_cb (AssayClaimRow *self)
{
  g_signal_emit (self, signals[SHOWN], 0);
}

static void
removed_cb (AssayClaimRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
verdict_cb (AssayClaimRow *self)
{
  guint selected = assay_drop_down_get_selected (ASSAY_DROP_DOWN (self->verdict));

  if (!self->in_show)
    g_signal_emit (self, signals[EDITED], 0, "verdict",
                   selected == 0
                       ? NULL
                       : assay_claims_question_get_verdict (self->question, selected - 1)->id);
}

static void
severity_cb (AssayClaimRow *self)
{
  guint selected = assay_drop_down_get_selected (ASSAY_DROP_DOWN (self->severity));

  if (!self->in_show)
    g_signal_emit (self, signals[EDITED], 0, "severity",
                   selected == 0 ? NULL : assay_claim_get_severity (selected - 1));
}

static void
checkworthy_cb (AssayClaimRow *self)
{
  if (!self->in_show)
    g_signal_emit (self, signals[CHECKWORTHY_CHOSEN], 0,
                   gtk_check_button_get_active (GTK_CHECK_BUTTON (self->checkworthy)));
}

static void
citation_cb (AssayClaimRow *self, const char *citation)
{
  g_signal_emit (self, signals[EDITED], 0, "citation_ok", citation);
}

static void
cited_cb (AssayClaimRow *self)
{
  g_auto (GStrv) cited = assay_citation_line_dup_cited (ASSAY_CITATION_LINE (self->citation));

  g_signal_emit (self, signals[CITED_CHANGED], 0, cited);
}

static void
edited_cb (AssayClaimRow *self, GtkWidget *area)
{
  g_autofree char *text = assay_text_area_dup_text (ASSAY_TEXT_AREA (area));

  g_signal_emit (self, signals[EDITED], 0,
                 area == self->text         ? "text"
                 : area == self->correction ? "correction"
                                            : "note",
                 text);
}

static void
evidence_edited_cb (AssayClaimRow *self, const char *member, const char *text, GtkWidget *card)
{
  guint index;

  if (g_ptr_array_find (self->cards, card, &index))
    g_signal_emit (self, signals[EVIDENCE_EDITED], 0, index, member, text);
}

static void
evidence_removed_cb (AssayClaimRow *self, GtkWidget *card)
{
  guint index;

  if (g_ptr_array_find (self->cards, card, &index))
    g_signal_emit (self, signals[EVIDENCE_REMOVED], 0, index);
}

static void
evidence_added_cb (AssayClaimRow *self)
{
  g_signal_emit (self, signals[EVIDENCE_ADDED], 0);
}

static void
split_cb (AssayClaimRow *self)
{
  g_signal_emit (self, signals[SPLIT], 0, assay_claim_row_get_cursor (self));
}

static void
joined_cb (AssayClaimRow *self)
{
  g_signal_emit (self, signals[JOINED], 0);
}

/* Building */

static GtkWidget *
new_area (AssayClaimRow *self, const char *label, guint lines)
{
  GtkWidget *area = g_object_new (ASSAY_TYPE_TEXT_AREA, "lines", lines, NULL);

  assay_text_area_set_placeholder (ASSAY_TEXT_AREA (area), label);
  assay_text_area_set_judgement (ASSAY_TEXT_AREA (area), self->judgement);
  g_signal_connect_swapped (area, "edited", G_CALLBACK (edited_cb), self);
  gtk_box_append (GTK_BOX (self->details), area);
  return area;
}

static GtkWidget *
new_button (AssayClaimRow *self, GtkWidget *box, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
build_severity (AssayClaimRow *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  /* Translators: no severity of a wrong claim was chosen yet */
  gtk_string_list_append (names, C_ ("claim", "No severity"));
  for (guint i = 0; i < assay_claim_get_n_severities (); i++)
    gtk_string_list_append (names, assay_claim_get_severity_label (i));
  self->severity = assay_drop_down_new (G_LIST_MODEL (names));
  g_object_unref (names);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->severity), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Severity"), -1);
  g_signal_connect_swapped (self->severity, "notify::selected", G_CALLBACK (severity_cb), self);
  gtk_box_append (GTK_BOX (line), self->severity);
  self->checkworthy = gtk_check_button_new_with_label (_ ("Worth checking"));
  g_signal_connect_swapped (self->checkworthy, "toggled", G_CALLBACK (checkworthy_cb), self);
  gtk_box_append (GTK_BOX (line), self->checkworthy);
  gtk_box_append (GTK_BOX (self->details), line);
}

static void
build_details (AssayClaimRow *self)
{
  GtkWidget *line;

  self->details = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_visible (self->details, FALSE);
  self->text = new_area (self, _ ("The Claim, So That It Stands Alone"), 2);
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (self->details), line);
  new_button (self, line, _ ("S_plit at the Cursor"), G_CALLBACK (split_cb));
  new_button (self, line, _ ("_Join With the Next"), G_CALLBACK (joined_cb));
  build_severity (self);
  self->evidence_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->details), self->evidence_box);
  new_button (self, self->details, _ ("Add _Evidence"), G_CALLBACK (evidence_added_cb));
  self->correction = new_area (self, _ ("Correction"), 1);
  self->note = new_area (self, _ ("Note"), 1);
  gtk_widget_insert_before (self->details, GTK_WIDGET (self), self->sums);
}

static void
expanded_cb (AssayClaimRow *self)
{
  assay_claim_row_set_expanded (self,
                                gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->expander)));
}

static void
assay_claim_row_dispose (GObject *object)
{
  AssayClaimRow *self = ASSAY_CLAIM_ROW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->question);

  G_OBJECT_CLASS (assay_claim_row_parent_class)->dispose (object);
}

static void
assay_claim_row_finalize (GObject *object)
{
  AssayClaimRow *self = ASSAY_CLAIM_ROW (object);

  g_free (self->id);
  g_ptr_array_unref (self->cards);

  G_OBJECT_CLASS (assay_claim_row_parent_class)->finalize (object);
}

static void
assay_claim_row_class_init (AssayClaimRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = assay_claim_row_dispose;
  object_class->finalize = assay_claim_row_finalize;

  signals[SHOWN] =
      g_signal_new ("shown", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[UNFOLDED] =
      g_signal_new ("unfolded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDITED] = g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[CHECKWORTHY_CHOSEN] = g_signal_new ("checkworthy-chosen", type, G_SIGNAL_RUN_LAST, 0,
                                              NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[CITED_CHANGED] = g_signal_new ("cited-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
  signals[EVIDENCE_ADDED] =
      g_signal_new ("evidence-added", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EVIDENCE_EDITED] =
      g_signal_new ("evidence-edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                    G_TYPE_UINT, G_TYPE_STRING, G_TYPE_STRING);
  signals[EVIDENCE_REMOVED] = g_signal_new ("evidence-removed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SPLIT] = g_signal_new ("split", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_UINT);
  signals[JOINED] =
      g_signal_new ("joined", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVED] =
      g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
assay_claim_row_init (AssayClaimRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "assay-checklist-row");
  self->cards = g_ptr_array_new ();
}

static void
build_head (AssayClaimRow *self, GListModel *verdicts)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);

  self->words = gtk_button_new ();
  self->words_label =
      g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                    "lines", 3, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_button_set_child (GTK_BUTTON (self->words), self->words_label);
  gtk_widget_add_css_class (self->words, "flat");
  gtk_widget_set_hexpand (self->words, TRUE);
  g_signal_connect_swapped (self->words, "clicked", G_CALLBACK (shown_cb), self);
  gtk_box_append (GTK_BOX (line), self->words);
  self->remove_button = gtk_button_new_from_icon_name ("edit-delete-symbolic");
  gtk_widget_add_css_class (self->remove_button, "flat");
  gtk_widget_set_valign (self->remove_button, GTK_ALIGN_START);
  assay_widget_set_tooltip (self->remove_button, _ ("Remove Claim"));
  g_signal_connect_swapped (self->remove_button, "clicked", G_CALLBACK (removed_cb), self);
  gtk_box_append (GTK_BOX (line), self->remove_button);
  gtk_widget_set_parent (line, GTK_WIDGET (self));

  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->verdict = assay_drop_down_new (verdicts);
  gtk_widget_set_hexpand (self->verdict, TRUE);
  g_signal_connect_swapped (self->verdict, "notify::selected", G_CALLBACK (verdict_cb), self);
  gtk_box_append (GTK_BOX (line), self->verdict);
  self->expander = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->expander), "pan-down-symbolic");
  assay_widget_set_tooltip (self->expander, _ ("Evidence and Details"));
  g_signal_connect_swapped (self->expander, "toggled", G_CALLBACK (expanded_cb), self);
  gtk_box_append (GTK_BOX (line), self->expander);
  gtk_widget_set_parent (line, GTK_WIDGET (self));

  if (!assay_claims_question_get_ask_citations (self->question))
    return;
  self->citation = assay_citation_line_new (assay_judgement_get_task (self->judgement));
  g_signal_connect_swapped (self->citation, "chosen", G_CALLBACK (citation_cb), self);
  g_signal_connect_swapped (self->citation, "cited-changed", G_CALLBACK (cited_cb), self);
  gtk_widget_set_parent (self->citation, GTK_WIDGET (self));
}

GtkWidget *
assay_claim_row_new (const char *id,
                     AssayClaimsQuestion *question,
                     GListModel *verdicts,
                     AssayJudgement *judgement)
{
  AssayClaimRow *self = g_object_new (ASSAY_TYPE_CLAIM_ROW, NULL);

  g_return_val_if_fail (id != NULL, NULL);

  self->id = g_strdup (id);
  self->question = g_object_ref (question);
  self->judgement = judgement;
  build_head (self, verdicts);
  self->sums = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                             PANGO_WRAP_WORD_CHAR, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->sums, "caption");
  gtk_widget_add_css_class (self->sums, "dim-label");
  gtk_widget_set_parent (self->sums, GTK_WIDGET (self));
  self->issues = assay_issue_list_new ();
  gtk_widget_set_parent (self->issues, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

const char *
assay_claim_row_get_id (AssayClaimRow *self)
{
  g_return_val_if_fail (ASSAY_IS_CLAIM_ROW (self), NULL);

  return self->id;
}

GtkWidget *
assay_claim_row_get_stop (AssayClaimRow *self)
{
  g_return_val_if_fail (ASSAY_IS_CLAIM_ROW (self), NULL);

  return self->words;
}

/* Showing */

static void
name_control (GtkWidget *control, const char *format, const char *words)
{
  g_autofree char *label = g_strdup_printf (format, words);

  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
number_area (GtkWidget *area, const char *format, guint number)
{
  g_autofree char *label = g_strdup_printf (format, number);
  GtkWidget *view = assay_text_area_get_text_view (ASSAY_TEXT_AREA (area));

  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
show_names (AssayClaimRow *self, const char *words)
{
  const char *verdict = assay_drop_down_get_selected_name (ASSAY_DROP_DOWN (self->verdict));
  g_autofree char *name = NULL;

  /* Translators: a claim of a text and the verdict on it. */
  name = g_strdup_printf (C_ ("claim", "%s, %s"), words, verdict);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->words), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  name_control (GTK_WIDGET (self), "%s", words);
  name_control (self->verdict, _ ("Verdict on %s"), words);
  name_control (self->expander, _ ("Evidence and details of %s"), words);
  name_control (self->remove_button, _ ("Remove the claim %s"), words);
}

static void
show_evidence (AssayClaimRow *self, GPtrArray *evidence)
{
  while (self->cards->len > evidence->len)
    gtk_box_remove (GTK_BOX (self->evidence_box),
                    g_ptr_array_steal_index (self->cards, self->cards->len - 1));
  while (self->cards->len < evidence->len)
    {
      GtkWidget *card = assay_evidence_card_new (self->judgement);

      g_signal_connect_swapped (card, "edited", G_CALLBACK (evidence_edited_cb), self);
      g_signal_connect_swapped (card, "removed", G_CALLBACK (evidence_removed_cb), self);
      gtk_box_append (GTK_BOX (self->evidence_box), card);
      g_ptr_array_add (self->cards, card);
    }
  for (guint i = 0; i < evidence->len; i++)
    assay_evidence_card_show (self->cards->pdata[i], evidence->pdata[i], i + 1);
}

static void
show_details (AssayClaimRow *self, const AssayClaim *claim, guint number)
{
  guint severity = 0;

  for (guint i = 0; i < assay_claim_get_n_severities (); i++)
    if (g_strcmp0 (assay_claim_get_severity (i), claim->severity) == 0)
      severity = i + 1;
  self->in_show = TRUE;
  assay_drop_down_set_selected (ASSAY_DROP_DOWN (self->severity), severity);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->checkworthy), claim->checkworthy);
  self->in_show = FALSE;
  /* Translators: %u numbers the claims of a text, here and in the next two. */
  number_area (self->text, _ ("Words of Claim %u"), number);
  number_area (self->correction, _ ("Correction of Claim %u"), number);
  number_area (self->note, _ ("Note on Claim %u"), number);
  assay_text_area_show_text (ASSAY_TEXT_AREA (self->text), claim->text);
  assay_text_area_show_text (ASSAY_TEXT_AREA (self->correction), claim->correction);
  assay_text_area_show_text (ASSAY_TEXT_AREA (self->note), claim->note);
  show_evidence (self, claim->evidence);
}

void
assay_claim_row_show (AssayClaimRow *self,
                      const AssayClaim *claim,
                      const char *const *cited,
                      guint number,
                      gboolean is_detached)
{
  g_autofree char *words = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *sums = NULL;

  g_return_if_fail (ASSAY_IS_CLAIM_ROW (self));
  g_return_if_fail (claim != NULL);

  words = assay_visible_line (claim->text, ASSAY_LIMIT_CLAIM_CHARACTERS);
  name = assay_visible_line (claim->text, NAME_CHARACTERS);
  /* Translators: %s is a claim; its place is not found any more. */
  text = is_detached ? g_strdup_printf (_ ("%s (not found in the text)"), words)
                     : g_steal_pointer (&words);
  gtk_label_set_text (GTK_LABEL (self->words_label), text);
  self->in_show = TRUE;
  assay_drop_down_set_selected (
      ASSAY_DROP_DOWN (self->verdict),
      (guint) (assay_claims_question_find_verdict (self->question, claim->verdict) + 1));
  self->in_show = FALSE;
  show_names (self, name);
  if (self->citation != NULL)
    assay_citation_line_show (ASSAY_CITATION_LINE (self->citation), claim->citation, cited, name);
  sums = assay_arithmetic_describe (claim->text);
  gtk_label_set_text (GTK_LABEL (self->sums), sums != NULL ? sums : "");
  gtk_widget_set_visible (self->sums, sums != NULL);
  if (self->details != NULL)
    show_details (self, claim, number);
}

void
assay_claim_row_set_issues (AssayClaimRow *self, GPtrArray *issues)
{
  g_return_if_fail (ASSAY_IS_CLAIM_ROW (self));

  assay_issue_list_set_issues (ASSAY_ISSUE_LIST (self->issues), issues);
}

void
assay_claim_row_set_expanded (AssayClaimRow *self, gboolean expanded)
{
  g_return_if_fail (ASSAY_IS_CLAIM_ROW (self));

  if (expanded && self->details == NULL)
    {
      build_details (self);
      g_signal_emit (self, signals[UNFOLDED], 0);
    }
  if (self->details != NULL)
    gtk_widget_set_visible (self->details, expanded);
  gtk_button_set_icon_name (GTK_BUTTON (self->expander),
                            expanded ? "pan-up-symbolic" : "pan-down-symbolic");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->expander), expanded);
}

void
assay_claim_row_focus_evidence (AssayClaimRow *self)
{
  g_return_if_fail (ASSAY_IS_CLAIM_ROW (self));

  if (self->cards->len > 0)
    assay_evidence_card_focus (self->cards->pdata[self->cards->len - 1]);
}

guint
assay_claim_row_get_cursor (AssayClaimRow *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter iter;

  g_return_val_if_fail (ASSAY_IS_CLAIM_ROW (self), 0);

  if (self->details == NULL)
    return 0;
  buffer = gtk_text_view_get_buffer (
      GTK_TEXT_VIEW (assay_text_area_get_text_view (ASSAY_TEXT_AREA (self->text))));
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  return (guint) gtk_text_iter_get_offset (&iter);
}
