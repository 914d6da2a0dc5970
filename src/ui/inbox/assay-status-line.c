/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-status-line.h"

#include "assay-format.h"
#include "assay-limits.h"

struct _AssayStatusLine
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *button;
  GtkImage *icon;
  GtkLabel *label;

  AssaySession *session; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (AssayStatusLine, assay_status_line, GTK_TYPE_WIDGET)

static char *
describe_drafts (AssaySession *session)
{
  switch (assay_session_get_drafts_state (session))
    {
    case ASSAY_DRAFT_DIRTY:
      return g_strdup (_ ("Saving drafts…"));
    case ASSAY_DRAFT_FAILED:
      return g_strdup (_ ("A draft is not saved"));
    case ASSAY_DRAFT_SAVED:
    default:
      return g_strdup (_ ("All drafts saved"));
    }
}

static void
update (AssayStatusLine *self)
{
  guint waiting = assay_session_get_n_waiting (self->session);
  guint attention = assay_session_get_n_attention (self->session);
  gboolean failed = assay_session_get_drafts_state (self->session) == ASSAY_DRAFT_FAILED;
  g_autofree char *drafts = describe_drafts (self->session);
  g_autofree char *outbox = NULL;
  g_autofree char *text = NULL;

  if (attention > 0)
    outbox = g_strdup_printf (ngettext ("%u needs attention", "%u need attention", attention),
                              attention);
  else if (waiting > 0)
    outbox = assay_format_n_waiting (waiting);

  text = outbox != NULL
             /* Translators: the status line: how the drafts are, then how the outbox is. */
             ? g_strdup_printf (_ ("%1$s · %2$s"), drafts, outbox)
             : g_strdup (drafts);
  if (g_strcmp0 (gtk_label_get_text (self->label), text) != 0)
    gtk_label_set_text (self->label, text);
  gtk_image_set_from_icon_name (self->icon,
                                failed || attention > 0 || waiting > ASSAY_LIMIT_OUTBOX_SOFT_ROWS
                                    ? "dialog-warning-symbolic"
                                : waiting > 0 ? "assay-to-send-symbolic"
                                              : "object-select-symbolic");
  if (failed || attention > 0)
    gtk_widget_add_css_class (self->button, "warning");
  else
    gtk_widget_remove_css_class (self->button, "warning");
}

static void
assay_status_line_dispose (GObject *object)
{
  AssayStatusLine *self = ASSAY_STATUS_LINE (object);
  GtkWidget *child;

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_STATUS_LINE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (assay_status_line_parent_class)->dispose (object);
}

static void
assay_status_line_class_init (AssayStatusLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_status_line_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               ASSAY_RESOURCE_PREFIX "/inbox/assay-status-line.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayStatusLine, button);
  gtk_widget_class_bind_template_child (widget_class, AssayStatusLine, icon);
  gtk_widget_class_bind_template_child (widget_class, AssayStatusLine, label);
}

static void
assay_status_line_init (AssayStatusLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
assay_status_line_set_session (AssayStatusLine *self, AssaySession *session)
{
  g_return_if_fail (ASSAY_IS_STATUS_LINE (self));
  g_return_if_fail (ASSAY_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "notify", G_CALLBACK (update), self);
  update (self);
}
