/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-dispute-dialog.h"

#include "assay-wrap-guard.h"

/* As data/platform-api/openapi.yaml has it. */
#define MOST_CHARACTERS 10000

struct _AssayDisputeDialog
{
  AdwDialog parent_instance;

  /* Template widgets */
  GtkWidget *send_button;
  GtkTextView *text;
  GtkTextBuffer *buffer;

  AssayFeedback *feedback; /* (owned) */
};

G_DEFINE_FINAL_TYPE (AssayDisputeDialog, assay_dispute_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_WRITTEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
dup_text (AssayDisputeDialog *self)
{
  char *text;

  g_object_get (self->buffer, "text", &text, NULL);
  return g_strstrip (text);
}

/* What is written is not lost by a stray key. */
static void
text_changed_cb (AssayDisputeDialog *self)
{
  g_autofree char *text = dup_text (self);
  glong n = g_utf8_strlen (text, -1);

  gtk_widget_set_sensitive (self->send_button, n > 0 && n <= MOST_CHARACTERS);
  adw_dialog_set_can_close (ADW_DIALOG (self), n == 0);
}

static void
cancel_clicked_cb (AssayDisputeDialog *self)
{
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
send_clicked_cb (AssayDisputeDialog *self)
{
  g_autofree char *text = dup_text (self);

  g_signal_emit (self, signals[SIGNAL_WRITTEN], 0, text);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
assay_dispute_dialog_dispose (GObject *object)
{
  AssayDisputeDialog *self = ASSAY_DISPUTE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_DISPUTE_DIALOG);
  g_clear_object (&self->feedback);

  G_OBJECT_CLASS (assay_dispute_dialog_parent_class)->dispose (object);
}

static void
assay_dispute_dialog_class_init (AssayDisputeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = assay_dispute_dialog_dispose;

  signals[SIGNAL_WRITTEN] = g_signal_new ("written", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/workbench/assay-dispute-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayDisputeDialog, send_button);
  gtk_widget_class_bind_template_child (widget_class, AssayDisputeDialog, text);
  gtk_widget_class_bind_template_child (widget_class, AssayDisputeDialog, buffer);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
}

static void
assay_dispute_dialog_init (AssayDisputeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  assay_wrap_guard_attach (self->buffer);
}

AdwDialog *
assay_dispute_dialog_new (AssayFeedback *feedback)
{
  AssayDisputeDialog *self;

  g_return_val_if_fail (ASSAY_IS_FEEDBACK (feedback), NULL);

  self = g_object_new (ASSAY_TYPE_DISPUTE_DIALOG, NULL);
  self->feedback = g_object_ref (feedback);
  return ADW_DIALOG (self);
}

AssayFeedback *
assay_dispute_dialog_get_feedback (AssayDisputeDialog *self)
{
  g_return_val_if_fail (ASSAY_IS_DISPUTE_DIALOG (self), NULL);

  return self->feedback;
}
