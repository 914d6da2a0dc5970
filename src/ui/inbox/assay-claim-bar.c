/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-claim-bar.h"

struct _AssayClaimBar
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkRevealer *revealer;
  GtkLabel *label;
  GtkButton *button;

  AssayClaimOffer *offer; /* (owned) (nullable) */
  gboolean wanted;
};

G_DEFINE_FINAL_TYPE (AssayClaimBar, assay_claim_bar, GTK_TYPE_WIDGET)

static void
update (AssayClaimBar *self)
{
  gboolean shown;

  if (self->offer == NULL || self->revealer == NULL)
    return;
  shown = self->wanted && assay_claim_offer_get_count (self->offer) > 0;
  if (shown)
    {
      gtk_label_set_text (self->label, assay_claim_offer_get_title (self->offer));
      gtk_button_set_label (self->button, assay_claim_offer_get_label (self->offer));
    }
  gtk_revealer_set_reveal_child (self->revealer, shown);
  /* What is not revealed is still found by Tab and read aloud. */
  gtk_widget_set_visible (GTK_WIDGET (self), shown);
}

static void
assay_claim_bar_dispose (GObject *object)
{
  AssayClaimBar *self = ASSAY_CLAIM_BAR (object);
  GtkWidget *child;

  g_clear_object (&self->offer);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_CLAIM_BAR);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (assay_claim_bar_parent_class)->dispose (object);
}

static void
assay_claim_bar_class_init (AssayClaimBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = assay_claim_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               ASSAY_RESOURCE_PREFIX "/inbox/assay-claim-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayClaimBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, AssayClaimBar, label);
  gtk_widget_class_bind_template_child (widget_class, AssayClaimBar, button);
}

static void
assay_claim_bar_init (AssayClaimBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
assay_claim_bar_set_offer (AssayClaimBar *self, AssayClaimOffer *offer)
{
  g_return_if_fail (ASSAY_IS_CLAIM_BAR (self));
  g_return_if_fail (ASSAY_IS_CLAIM_OFFER (offer));
  g_return_if_fail (self->offer == NULL);

  self->offer = g_object_ref (offer);
  g_signal_connect_object (offer, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

void
assay_claim_bar_set_wanted (AssayClaimBar *self, gboolean wanted)
{
  g_return_if_fail (ASSAY_IS_CLAIM_BAR (self));

  if (self->wanted == wanted)
    return;
  self->wanted = wanted;
  update (self);
}
