/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-status-line.h"

#include "assay-account-words.h"
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
  AssayEngine *engine;   /* (owned) (nullable) */
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

/* Whoever works on this computer alone is not told of a network. */
static gboolean
get_account_state (AssayStatusLine *self, AssayAccountState *state)
{
  guint n_signed_out = 0;
  int worst = ASSAY_ACCOUNT_ONLINE;

  if (self->engine == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->engine)) == 0)
    return FALSE;
  g_object_get (self->engine, "n-signed-out", &n_signed_out, "state", &worst, NULL);
  *state = n_signed_out > 0 ? ASSAY_ACCOUNT_SIGNED_OUT : (AssayAccountState) worst;
  return TRUE;
}

static void
show_state (AssayStatusLine *self)
{
  guint waiting = assay_session_get_n_waiting (self->session);
  guint attention = assay_session_get_n_attention (self->session);
  gboolean failed = assay_session_get_drafts_state (self->session) == ASSAY_DRAFT_FAILED;
  g_autofree char *drafts = describe_drafts (self->session);
  g_autofree char *outbox = NULL;
  g_autofree char *text = NULL;
  AssayAccountState state = ASSAY_ACCOUNT_ONLINE;
  gboolean has_accounts = get_account_state (self, &state);
  const char *icon_name = "object-select-symbolic";

  if (attention > 0)
    outbox = g_strdup_printf (ngettext ("%u needs attention", "%u need attention", attention),
                              attention);
  else if (waiting > 0)
    outbox = assay_format_n_waiting (waiting);

  text = outbox != NULL
             /* Translators: the status line: how the drafts are, then how the outbox is. */
             ? g_strdup_printf (_ ("%1$s · %2$s"), drafts, outbox)
             : g_strdup (drafts);
  if (has_accounts)
    {
      g_autofree char *rest = g_steal_pointer (&text);

      /* Translators: the status line: "Online", then how drafts and outbox are. */
      text = g_strdup_printf (C_ ("status line", "%1$s · %2$s"),
                              assay_account_state_get_title (state), rest);
    }
  if (g_strcmp0 (gtk_label_get_text (self->label), text) != 0)
    gtk_label_set_text (self->label, text);

  if (failed || attention > 0 || waiting > ASSAY_LIMIT_OUTBOX_SOFT_ROWS)
    icon_name = "dialog-warning-symbolic";
  else if (has_accounts && state != ASSAY_ACCOUNT_ONLINE && state != ASSAY_ACCOUNT_STARTING)
    icon_name = assay_account_state_get_icon_name (state);
  else if (waiting > 0)
    icon_name = "assay-to-send-symbolic";
  gtk_image_set_from_icon_name (self->icon, icon_name);
  if (failed || attention > 0 || (has_accounts && assay_account_state_needs_person (state)))
    gtk_widget_add_css_class (self->button, "warning");
  else
    gtk_widget_remove_css_class (self->button, "warning");
}

/* Under a task it is not seen, and each letter that is written changes it twice: GTK would lay out
 * the window for it. */
static void
update (AssayStatusLine *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_state (self);
}

static void
assay_status_line_map (GtkWidget *widget)
{
  AssayStatusLine *self = ASSAY_STATUS_LINE (widget);

  if (self->session != NULL)
    show_state (self);

  GTK_WIDGET_CLASS (assay_status_line_parent_class)->map (widget);
}

static void
session_changed_cb (AssayStatusLine *self)
{
  AssayEngine *engine = assay_session_get_engine (self->session);

  if (engine != NULL && self->engine == NULL)
    {
      self->engine = g_object_ref (engine);
      g_signal_connect_object (engine, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (engine, "items-changed", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
assay_status_line_dispose (GObject *object)
{
  AssayStatusLine *self = ASSAY_STATUS_LINE (object);
  GtkWidget *child;

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->engine);
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

  widget_class->map = assay_status_line_map;

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
  g_signal_connect_swapped (session, "notify", G_CALLBACK (session_changed_cb), self);
  session_changed_cb (self);
}
