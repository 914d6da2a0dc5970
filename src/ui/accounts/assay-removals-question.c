/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-removals-question.h"

#include <glib/gi18n.h>

struct _AssayRemovalsQuestion
{
  GObject parent_instance;

  GtkWidget *parent;     /* a weak pointer */
  AssaySession *session; /* (owned) */
  AssayEngine *engine;   /* (owned) (nullable) */
  gint64 project;        /* that is asked about, or 0 */
};

G_DEFINE_FINAL_TYPE (AssayRemovalsQuestion, assay_removals_question, G_TYPE_OBJECT)

static DexFuture *
settled_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    g_message ("Tasks that are gone could not be settled: %s", error->message);
  return NULL;
}

static void
response_cb (AssayRemovalsQuestion *self, const char *response)
{
  AssayStore *store = assay_session_get_store (self->session);

  if (store != NULL && !g_str_equal (response, "later"))
    dex_future_disown (dex_future_finally (
        assay_store_settle_removals (store, self->project, g_str_equal (response, "remove")),
        settled_cb, NULL, NULL));
  self->project = 0;
}

static void
removals_cb (AssayRemovalsQuestion *self, gint64 project, const AssayRemovals *removals)
{
  g_autofree char *body = NULL;
  AdwDialog *dialog;

  /* One at a time; the next round asks again. */
  if (self->parent == NULL || gtk_widget_get_root (self->parent) == NULL || self->project != 0
      || !removals->in_doubt)
    return;
  self->project = project;
  body = g_strdup_printf (
      ngettext ("The platform does not list %u task any more, which may be a mistake. It is marked "
                "as withdrawn.",
                "The platform does not list %u tasks any more, which may be a mistake. They are "
                "marked as withdrawn.",
                removals->n_withdrawn),
      removals->n_withdrawn);
  dialog = adw_alert_dialog_new (_ ("Remove Tasks That Are Gone?"), body);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "later", _ ("Ask _Later"), "keep",
                                  _ ("_Keep Them"), "remove", _ ("_Remove Them"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "remove",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "keep");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "later");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  /* The parent itself may be hidden. */
  adw_dialog_present (dialog, GTK_WIDGET (gtk_widget_get_root (self->parent)));
}

static void
accounts_changed_cb (AssayRemovalsQuestion *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (AssayAccountSync) sync = g_list_model_get_item (G_LIST_MODEL (self->engine), i);

      /* Where only the order changed it is there already. */
      g_signal_handlers_disconnect_by_func (sync, removals_cb, self);
      g_signal_connect_object (sync, "removals", G_CALLBACK (removals_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
assay_removals_question_dispose (GObject *object)
{
  AssayRemovalsQuestion *self = ASSAY_REMOVALS_QUESTION (object);

  g_clear_weak_pointer (&self->parent);
  g_clear_object (&self->engine);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (assay_removals_question_parent_class)->dispose (object);
}

static void
assay_removals_question_class_init (AssayRemovalsQuestionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = assay_removals_question_dispose;
}

static void
assay_removals_question_init (AssayRemovalsQuestion *self)
{
}

AssayRemovalsQuestion *
assay_removals_question_new (GtkWidget *parent, AssaySession *session)
{
  AssayRemovalsQuestion *self;

  g_return_val_if_fail (GTK_IS_WIDGET (parent), NULL);
  g_return_val_if_fail (ASSAY_IS_SESSION (session), NULL);

  self = g_object_new (ASSAY_TYPE_REMOVALS_QUESTION, NULL);
  g_set_weak_pointer (&self->parent, parent);
  self->session = g_object_ref (session);
  return self;
}

void
assay_removals_question_begin (AssayRemovalsQuestion *self)
{
  AssayEngine *engine;

  g_return_if_fail (ASSAY_IS_REMOVALS_QUESTION (self));

  engine = assay_session_get_engine (self->session);
  if (engine == NULL || self->engine == engine)
    return;
  g_set_object (&self->engine, engine);
  g_signal_connect_object (engine, "items-changed", G_CALLBACK (accounts_changed_cb), self,
                           G_CONNECT_SWAPPED);
  accounts_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (engine)));
}
