/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-outbox-dialog.h"

#include "assay-account-words.h"
#include "assay-format.h"
#include "assay-limits.h"
#include "assay-outbox-words.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

#define TITLE_CHARACTERS 120

struct _AssayOutboxDialog
{
  AdwDialog parent_instance;

  /* Template widgets */
  AdwToastOverlay *toasts;
  GtkWidget *send_button;
  GtkStack *stack;
  GtkListBox *list;
  GtkWidget *nothing;

  AssaySession *session; /* (owned) */
  GListStore *items;     /* (owned) AssayOutboxItem */
  gboolean reading;
  gboolean reload_wanted;
};

G_DEFINE_FINAL_TYPE (AssayOutboxDialog, assay_outbox_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_TASK_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void reload (AssayOutboxDialog *self);

static void
show_error (AssayOutboxDialog *self, const GError *error)
{
  AdwToast *toast = adw_toast_new (error->message);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* A withdrawal asked for by a row. */
typedef struct
{
  AssayOutboxDialog *dialog; /* (owned) */
  gint64 task_row;
  gboolean edit;
} Withdrawal;

static void
withdrawal_free (gpointer data)
{
  Withdrawal *withdrawal = data;

  g_object_unref (withdrawal->dialog);
  g_free (withdrawal);
}

static DexFuture *
withdrawn_cb (DexFuture *future, gpointer user_data)
{
  Withdrawal *withdrawal = user_data;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    {
      show_error (withdrawal->dialog, error);
      return NULL;
    }
  if (withdrawal->edit)
    {
      g_signal_emit (withdrawal->dialog, signals[SIGNAL_TASK_ACTIVATED], 0, withdrawal->task_row);
      adw_dialog_close (ADW_DIALOG (withdrawal->dialog));
    }
  return NULL;
}

static void
withdraw (AssayOutboxDialog *self, AssayOutboxItem *item, gboolean edit)
{
  AssayStore *store = assay_session_get_store (self->session);
  Withdrawal *withdrawal;

  if (store == NULL)
    return;
  withdrawal = g_new0 (Withdrawal, 1);
  withdrawal->dialog = g_object_ref (self);
  withdrawal->task_row = assay_outbox_item_get_task_row (item);
  withdrawal->edit = edit;
  dex_future_disown (
      dex_future_finally (assay_store_withdraw (store, assay_outbox_item_get_submission (item)),
                          withdrawn_cb, withdrawal, withdrawal_free));
}

/* What a row shows of its item; the widgets are the row's. */
typedef struct
{
  AssayOutboxItem *item; /* (owned) */
  GtkWidget *icon;       /* (nullable): room is taken for it as long as it is there */
  GtkWidget *edit;
  GtkWidget *withdraw;
} RowParts;

static void
row_parts_free (gpointer data)
{
  RowParts *parts = data;

  g_object_unref (parts->item);
  g_free (parts);
}

static RowParts *
get_parts (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "assay-parts");
}

static AssayOutboxItem *
button_get_item (GtkWidget *button)
{
  return get_parts (gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW))->item;
}

static void
edit_clicked_cb (AssayOutboxDialog *self, GtkWidget *button)
{
  withdraw (self, button_get_item (button), TRUE);
}

static void
withdraw_clicked_cb (AssayOutboxDialog *self, GtkWidget *button)
{
  withdraw (self, button_get_item (button), FALSE);
}

/* The state, and what the last attempt came to. */
static char *
describe (AssayOutboxItem *item)
{
  const char *state = assay_outbox_state_get_title (assay_outbox_item_get_state (item));
  const char *last = assay_outbox_class_get_sentence (assay_outbox_item_get_last_class (item));
  guint attempts = assay_outbox_item_get_attempts (item);
  g_autofree char *tries = NULL;

  if (attempts == 0)
    return g_strdup (state);
  tries = g_strdup_printf (ngettext ("%u attempt", "%u attempts", attempts), attempts);
  if (last == NULL)
    /* Translators: a submission: its state, and how often sending it was tried. */
    return g_strdup_printf (_ ("%1$s · %2$s"), state, tries);
  /* Translators: a submission: its state, how often sending it was tried, and on a line of its own
   * a sentence about what came of the last attempt. */
  return g_strdup_printf (_ ("%1$s · %2$s\n%3$s"), state, tries, last);
}

/* What is for a platform says for which. */
static char *
describe_with_account (AssayOutboxDialog *self, AssayOutboxItem *item)
{
  AssayEngine *engine = assay_session_get_engine (self->session);
  AssayAccountSync *sync =
      engine != NULL ? assay_engine_find (engine, assay_outbox_item_get_account (item)) : NULL;
  g_autofree char *state = describe (item);
  g_autofree char *title = NULL;

  if (sync == NULL)
    return g_steal_pointer (&state);
  title = assay_account_dup_title (assay_account_sync_get_account (sync));
  /* Translators: a submission: the platform that it is for, then its state. */
  return g_strdup_printf (C_ ("outbox", "%1$s · %2$s"), title, state);
}

static GtkWidget *
create_button (AssayOutboxDialog *self,
               const char *icon_name,
               const char *text,
               const char *task,
               GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);
  /* Translators: the name of a button in a list as it is read out: what it does, and to which task.
   */
  g_autofree char *name = g_strdup_printf (_ ("%1$s: %2$s"), text, task);

  assay_widget_set_tooltip (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

/* The words of a platform, below what is known without them. */
static DexFuture *
words_loaded_cb (DexFuture *future, gpointer user_data)
{
  AdwActionRow *row = user_data;
  const GValue *value = dex_future_get_value (future, NULL);
  g_autofree char *words = NULL;
  g_autofree char *subtitle = NULL;

  if (value == NULL
      || assay_outbox_item_get_state (get_parts (GTK_WIDGET (row))->item) != ASSAY_OUTBOX_REFUSED)
    return NULL;
  words = assay_visible_line (g_value_get_string (value), ASSAY_LIMIT_LABEL_TEXT_CHARACTERS);
  subtitle = g_strdup_printf ("%s\n%s", adw_action_row_get_subtitle (row), words);
  adw_action_row_set_subtitle (row, subtitle);
  assay_widget_keep_words (GTK_WIDGET (row));
  return NULL;
}

static void
show_warning (GtkWidget *row, RowParts *parts, gboolean warns)
{
  if ((parts->icon != NULL) == warns)
    return;
  if (!warns)
    {
      adw_action_row_remove (ADW_ACTION_ROW (row), g_steal_pointer (&parts->icon));
      return;
    }
  parts->icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_add_css_class (parts->icon, "warning");
  gtk_accessible_update_state (GTK_ACCESSIBLE (parts->icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), parts->icon);
}

static void
show_item (AssayOutboxDialog *self, GtkWidget *row, AssayOutboxItem *item)
{
  RowParts *parts = get_parts (row);
  AssayOutboxState state = assay_outbox_item_get_state (item);
  g_autofree char *subtitle = describe_with_account (self, item);
  /* What has no task any more has nowhere to go back to. An attempt is over in a moment, and the
   * buttons do not jump meanwhile. */
  gboolean goes_back = (state == ASSAY_OUTBOX_QUEUED || state == ASSAY_OUTBOX_REFUSED
                        || (state == ASSAY_OUTBOX_SENDING && gtk_widget_get_visible (parts->edit)))
                       && assay_outbox_item_get_task_title (item) != NULL;

  g_set_object (&parts->item, item);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  assay_widget_keep_words (row);
  show_warning (row, parts, state == ASSAY_OUTBOX_REFUSED);
  /* The focus stays in its row. */
  if (!goes_back && gtk_widget_get_focus_child (row) != NULL)
    gtk_widget_grab_focus (row);
  gtk_widget_set_visible (parts->edit, goes_back);
  gtk_widget_set_visible (parts->withdraw, goes_back);
  if (state == ASSAY_OUTBOX_REFUSED && assay_session_get_store (self->session) != NULL)
    dex_future_disown (
        dex_future_finally (assay_outbox_words_load (assay_session_get_store (self->session),
                                                     assay_outbox_item_get_submission (item)),
                            words_loaded_cb, g_object_ref (row), g_object_unref));
}

static GtkWidget *
create_row (gpointer data, gpointer user_data)
{
  AssayOutboxDialog *self = user_data;
  AssayOutboxItem *item = data;
  /* The list takes a whole reference as well as a floating one. */
  GtkWidget *row = g_object_ref_sink (adw_action_row_new ());
  RowParts *parts = g_new0 (RowParts, 1);
  g_autofree char *title =
      assay_format_task_title (assay_outbox_item_get_task_title (item), TITLE_CHARACTERS);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  parts->item = g_object_ref (item);
  parts->edit = create_button (self, "document-edit-symbolic", _ ("Take Back and Edit"), title,
                               G_CALLBACK (edit_clicked_cb));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), parts->edit);
  parts->withdraw = create_button (self, "edit-undo-symbolic", _ ("Take Back"), title,
                                   G_CALLBACK (withdraw_clicked_cb));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), parts->withdraw);
  gtk_widget_set_visible (parts->edit, FALSE);
  g_object_set_data_full (G_OBJECT (row), "assay-parts", parts, row_parts_free);
  show_item (self, row, item);
  return row;
}

static gboolean
is_same_submission (AssayOutboxItem *a, AssayOutboxItem *b)
{
  return g_str_equal (assay_outbox_item_get_submission (a), assay_outbox_item_get_submission (b));
}

static gboolean
is_same (AssayOutboxItem *a, AssayOutboxItem *b)
{
  return assay_outbox_item_get_state (a) == assay_outbox_item_get_state (b)
         && assay_outbox_item_get_attempts (a) == assay_outbox_item_get_attempts (b)
         && g_strcmp0 (assay_outbox_item_get_last_class (a), assay_outbox_item_get_last_class (b))
                == 0
         && g_strcmp0 (assay_outbox_item_get_task_title (a), assay_outbox_item_get_task_title (b))
                == 0;
}

/* Whether the row at @index is of @item; it then shows what became of it. */
static gboolean
keep_row (AssayOutboxDialog *self, guint index, AssayOutboxItem *item)
{
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) index));
  AssayOutboxItem *before = get_parts (row)->item;

  if (!is_same_submission (before, item))
    return FALSE;
  if (!is_same (before, item))
    show_item (self, row, item);
  return TRUE;
}

/* The place of the row that has the focus; -1 if none has. */
static int
find_focused_row (AssayOutboxDialog *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  return GTK_IS_LIST_BOX_ROW (row) ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
}

/* Rows of the same submissions stay, with what in them has the focus. */
static void
take_items (AssayOutboxDialog *self, GPtrArray *items)
{
  int focused = find_focused_row (self);
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint n_same = MIN (n_before, items->len);
  guint first = 0;
  guint last = 0; /* counted from the end */
  gboolean goes;

  while (first < n_same && keep_row (self, first, items->pdata[first]))
    first++;
  while (last < n_same - first
         && keep_row (self, n_before - 1 - last, items->pdata[items->len - 1 - last]))
    last++;
  goes = focused >= (int) first && focused < (int) (n_before - last);
  gtk_widget_set_sensitive (self->send_button, items->len > 0);
  if (items->len == 0)
    {
      gtk_stack_set_visible_child (self->stack, self->nothing);
      /* Before its row goes: afterwards GTK moves the focus to where it likes. */
      if (goes)
        gtk_widget_grab_focus (self->nothing);
    }
  else if (goes)
    gtk_widget_grab_focus (self->send_button);
  if (n_before - first - last > 0 || items->len - first - last > 0)
    g_list_store_splice (self->items, first, n_before - first - last, items->pdata + first,
                         items->len - first - last);
  if (items->len > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  if (items->len > 0 && goes)
    gtk_widget_grab_focus (GTK_WIDGET (
        gtk_list_box_get_row_at_index (self->list, MIN (focused, (int) items->len - 1))));
}

static DexFuture *
listed_cb (DexFuture *future, gpointer user_data)
{
  AssayOutboxDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  self->reading = FALSE;
  if (self->items == NULL)
    return NULL;
  if (value == NULL)
    {
      show_error (self, error);
      return NULL;
    }
  take_items (self, g_value_get_boxed (value));
  if (self->reload_wanted)
    reload (self);
  return NULL;
}

static void
reload (AssayOutboxDialog *self)
{
  AssayStore *store = assay_session_get_store (self->session);

  self->reload_wanted = self->reading;
  if (store == NULL || self->reading)
    return;
  self->reading = TRUE;
  dex_future_disown (dex_future_finally (assay_store_list_outbox (store), listed_cb,
                                         g_object_ref (self), g_object_unref));
}

static void
send_clicked_cb (AssayOutboxDialog *self)
{
  AssayOutboxWorker *worker = assay_session_get_worker (self->session);

  if (worker != NULL)
    assay_outbox_worker_send_now (worker, NULL);
}

static void
assay_outbox_dialog_dispose (GObject *object)
{
  AssayOutboxDialog *self = ASSAY_OUTBOX_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_OUTBOX_DIALOG);
  g_clear_object (&self->items);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (assay_outbox_dialog_parent_class)->dispose (object);
}

static void
assay_outbox_dialog_class_init (AssayOutboxDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_outbox_dialog_dispose;

  signals[SIGNAL_TASK_ACTIVATED] =
      g_signal_new ("task-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/inbox/assay-outbox-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayOutboxDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, AssayOutboxDialog, send_button);
  gtk_widget_class_bind_template_child (widget_class, AssayOutboxDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, AssayOutboxDialog, list);
  gtk_widget_class_bind_template_child (widget_class, AssayOutboxDialog, nothing);
  gtk_widget_class_bind_template_callback (widget_class, send_clicked_cb);
}

static void
assay_outbox_dialog_init (AssayOutboxDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->items = g_list_store_new (ASSAY_TYPE_OUTBOX_ITEM);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->items), create_row, self, NULL);
}

AdwDialog *
assay_outbox_dialog_new (AssaySession *session)
{
  AssayOutboxDialog *self;
  AssayStore *store;

  g_return_val_if_fail (ASSAY_IS_SESSION (session), NULL);

  self = g_object_new (ASSAY_TYPE_OUTBOX_DIALOG, NULL);
  self->session = g_object_ref (session);
  store = assay_session_get_store (session);
  if (store != NULL)
    g_signal_connect_object (store, "outbox-changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);
  return ADW_DIALOG (self);
}
