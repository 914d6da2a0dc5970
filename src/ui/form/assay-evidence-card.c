/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-evidence-card.h"

#include "assay-drop-down.h"
#include "assay-text-area.h"
#include "assay-widget.h"

typedef enum
{
  TITLE,
  URL,
  QUOTE,
  N_TEXTS
} Text;

struct _AssayEvidenceCard
{
  GtkWidget parent_instance;

  GtkWidget *stance;
  GtkWidget *remove_button;
  GtkWidget *texts[N_TEXTS];
  GtkWidget *date;
  gboolean in_show;
};

G_DEFINE_FINAL_TYPE (AssayEvidenceCard, assay_evidence_card, GTK_TYPE_WIDGET)

enum
{
  EDITED,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *member;
  const char *label;
} text_rows[] = {
  [TITLE] = { "title", NC_ ("evidence", "Source") },
  [URL] = { "url", NC_ ("evidence", "Address") },
  [QUOTE] = { "quote", NC_ ("evidence", "What it says") },
};

static void
stance_cb (AssayEvidenceCard *self)
{
  guint selected = assay_drop_down_get_selected (ASSAY_DROP_DOWN (self->stance));

  if (!self->in_show)
    g_signal_emit (self, signals[EDITED], 0, "stance",
                   selected == 0 ? NULL : assay_evidence_get_stance (selected - 1));
}

static void
edited_cb (AssayEvidenceCard *self, GtkWidget *area)
{
  g_autofree char *text = assay_text_area_dup_text (ASSAY_TEXT_AREA (area));

  for (guint i = 0; i < N_TEXTS; i++)
    if (self->texts[i] == area)
      g_signal_emit (self, signals[EDITED], 0, text_rows[i].member, text);
}

static void
removed_cb (AssayEvidenceCard *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
assay_evidence_card_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (assay_evidence_card_parent_class)->dispose (object);
}

static void
assay_evidence_card_class_init (AssayEvidenceCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = assay_evidence_card_dispose;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
assay_evidence_card_init (AssayEvidenceCard *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkStringList *stances = gtk_string_list_new (NULL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "assay-evidence");

  /* Translators: what a piece of evidence does to a claim was not said yet */
  gtk_string_list_append (stances, C_ ("evidence", "What does it say of the claim?"));
  for (guint i = 0; i < assay_evidence_get_n_stances (); i++)
    gtk_string_list_append (stances, assay_evidence_get_stance_label (i));
  self->stance = assay_drop_down_new (G_LIST_MODEL (stances));
  g_object_unref (stances);
  gtk_widget_set_hexpand (self->stance, TRUE);
  g_signal_connect_swapped (self->stance, "notify::selected", G_CALLBACK (stance_cb), self);
  gtk_box_append (GTK_BOX (line), self->stance);
  self->remove_button = gtk_button_new_from_icon_name ("edit-delete-symbolic");
  gtk_widget_add_css_class (self->remove_button, "flat");
  assay_widget_set_tooltip (self->remove_button, _ ("Remove Evidence"));
  g_signal_connect_swapped (self->remove_button, "clicked", G_CALLBACK (removed_cb), self);
  gtk_box_append (GTK_BOX (line), self->remove_button);
  gtk_widget_set_parent (line, GTK_WIDGET (self));

  for (guint i = 0; i < N_TEXTS; i++)
    {
      self->texts[i] = g_object_new (ASSAY_TYPE_TEXT_AREA, "lines", i == QUOTE ? 2 : 1, NULL);
      assay_text_area_set_placeholder (ASSAY_TEXT_AREA (self->texts[i]),
                                       g_dpgettext2 (NULL, "evidence", text_rows[i].label));
      g_signal_connect_swapped (self->texts[i], "edited", G_CALLBACK (edited_cb), self);
      gtk_widget_set_parent (self->texts[i], GTK_WIDGET (self));
    }
  self->date = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->date, "caption");
  gtk_widget_add_css_class (self->date, "dim-label");
  gtk_widget_set_parent (self->date, GTK_WIDGET (self));
}

GtkWidget *
assay_evidence_card_new (AssayJudgement *judgement)
{
  AssayEvidenceCard *self;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), NULL);

  self = g_object_new (ASSAY_TYPE_EVIDENCE_CARD, NULL);
  for (guint i = 0; i < N_TEXTS; i++)
    assay_text_area_set_judgement (ASSAY_TEXT_AREA (self->texts[i]), judgement);
  return GTK_WIDGET (self);
}

static void
name_control (GtkWidget *control, const char *format, guint number)
{
  g_autofree char *label = g_strdup_printf (format, number);

  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
show_date (AssayEvidenceCard *self, const char *accessed_at)
{
  g_autoptr (GDateTime) time =
      accessed_at != NULL ? g_date_time_new_from_iso8601 (accessed_at, NULL) : NULL;
  g_autoptr (GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;
  g_autofree char *day = local != NULL ? g_date_time_format (local, "%x") : NULL;
  g_autofree char *text = NULL;

  if (day != NULL)
    /* Translators: when a source was looked up; %s is a date. */
    text = g_strdup_printf (_ ("Looked up on %s"), day);
  gtk_label_set_text (GTK_LABEL (self->date), text != NULL ? text : "");
  gtk_widget_set_visible (self->date, text != NULL);
}

void
assay_evidence_card_show (AssayEvidenceCard *self, const AssayEvidence *evidence, guint number)
{
  const char *texts[N_TEXTS];
  guint stance = 0;

  g_return_if_fail (ASSAY_IS_EVIDENCE_CARD (self));
  g_return_if_fail (evidence != NULL);

  texts[TITLE] = evidence->title;
  texts[URL] = evidence->url;
  texts[QUOTE] = evidence->quote;
  for (guint i = 0; i < assay_evidence_get_n_stances (); i++)
    if (g_strcmp0 (assay_evidence_get_stance (i), evidence->stance) == 0)
      stance = i + 1;
  self->in_show = TRUE;
  assay_drop_down_set_selected (ASSAY_DROP_DOWN (self->stance), stance);
  self->in_show = FALSE;
  for (guint i = 0; i < N_TEXTS; i++)
    assay_text_area_show_text (ASSAY_TEXT_AREA (self->texts[i]), texts[i]);
  show_date (self, evidence->accessed_at);

  /* Translators: %u numbers the evidence on a claim, here and in the next ones. */
  name_control (GTK_WIDGET (self), _ ("Evidence %u"), number);
  name_control (self->stance, _ ("What Evidence %u Says of the Claim"), number);
  name_control (self->remove_button, _ ("Remove Evidence %u"), number);
  name_control (assay_text_area_get_text_view (ASSAY_TEXT_AREA (self->texts[TITLE])),
                _ ("Source of Evidence %u"), number);
  name_control (assay_text_area_get_text_view (ASSAY_TEXT_AREA (self->texts[URL])),
                _ ("Address of Evidence %u"), number);
  name_control (assay_text_area_get_text_view (ASSAY_TEXT_AREA (self->texts[QUOTE])),
                _ ("What Evidence %u Says"), number);
}

void
assay_evidence_card_focus (AssayEvidenceCard *self)
{
  g_return_if_fail (ASSAY_IS_EVIDENCE_CARD (self));

  gtk_widget_grab_focus (assay_text_area_get_text_view (ASSAY_TEXT_AREA (self->texts[TITLE])));
}
