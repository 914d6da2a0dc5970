/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-accounts-dialog.h"

#include <glib/gi18n.h>

#include "assay-account-address-page.h"
#include "assay-account-page.h"
#include "assay-account-sign-in-page.h"
#include "assay-account-words.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

#define PERSON_CHARACTERS 80

struct _AssayAccountsDialog
{
  AdwDialog parent_instance;

  /* Template widgets */
  AdwToastOverlay *toasts;
  AdwNavigationView *navigation;
  AdwNavigationPage *list_page;
  GtkStack *stack;
  GtkListBox *list;
  GtkWidget *first_button;

  AssaySession *session; /* (owned) (nullable) */
  AssayEngine *engine;   /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (AssayAccountsDialog, assay_accounts_dialog, ADW_TYPE_DIALOG)

static void
show_message (AssayAccountsDialog *self, const char *message)
{
  AdwToast *toast = adw_toast_new (message);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* The person, and under it the state in words: the sign beside it says nothing more. */
static void
update_row (AdwActionRow *row, GParamSpec *pspec, AssayAccountSync *sync)
{
  AssayAccount *account = assay_account_sync_get_account (sync);
  AssayAccountState state = assay_account_sync_get_state (sync);
  GtkImage *icon = g_object_get_data (G_OBJECT (row), "assay-icon");
  g_autofree char *title = assay_account_dup_title (account);
  g_autoptr (AssayPlatformInfo) info = assay_account_dup_info (account);
  g_autofree char *person = info != NULL && info->person != NULL
                                ? assay_visible_line (info->person, PERSON_CHARACTERS)
                                : g_strdup ("");
  g_autofree char *subtitle =
      *person != '\0'
          /* Translators: a person, and on a line of its own "Online". */
          ? g_strdup_printf (_ ("%1$s\n%2$s"), person, assay_account_state_get_title (state))
          : g_strdup (assay_account_state_get_title (state));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);
  gtk_image_set_from_icon_name (icon, assay_account_state_get_icon_name (state));
  if (assay_account_state_needs_person (state))
    gtk_widget_add_css_class (GTK_WIDGET (icon), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (icon), "warning");
  assay_widget_keep_words (GTK_WIDGET (row));
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  AssayAccountSync *sync = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *next = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (next), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), next);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "assay-icon", icon);
  g_object_set_data_full (G_OBJECT (row), "assay-sync", g_object_ref (sync), g_object_unref);
  g_signal_connect_object (sync, "notify", G_CALLBACK (update_row), row, G_CONNECT_SWAPPED);
  update_row (ADW_ACTION_ROW (row), NULL, sync);
  return row;
}

static void
update_list (AssayAccountsDialog *self)
{
  gboolean some = g_list_model_get_n_items (G_LIST_MODEL (self->engine)) > 0;

  gtk_stack_set_visible_child_name (self->stack, some ? "some" : "none");
}

static void
sign_in_cb (AssayAccountsDialog *self, AssayAccountPage *page)
{
  AssayAccountSync *sync = assay_account_page_get_sync (page);

  assay_accounts_dialog_show_sign_in (self,
                                      assay_account_get_id (assay_account_sync_get_account (sync)));
}

static void
forgotten_cb (AssayAccountsDialog *self, const char *title)
{
  g_autofree char *message = g_strdup_printf (_ ("“%s” forgotten"), title);
  AdwNavigationPage *pages[] = { self->list_page };

  adw_navigation_view_replace (self->navigation, pages, G_N_ELEMENTS (pages));
  show_message (self, message);
}

static AdwNavigationPage *
create_account_page (AssayAccountsDialog *self, AssayAccountSync *sync)
{
  AdwNavigationPage *page = assay_account_page_new (self->session, sync);

  g_signal_connect_object (page, "sign-in", G_CALLBACK (sign_in_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "forgotten", G_CALLBACK (forgotten_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "message", G_CALLBACK (show_message), self, G_CONNECT_SWAPPED);
  return page;
}

static void
signed_in_cb (AssayAccountsDialog *self, const char *account)
{
  assay_accounts_dialog_show_account (self, account);
}

static void
push_sign_in (AssayAccountsDialog *self, AdwNavigationPage *page)
{
  g_signal_connect_object (page, "signed-in", G_CALLBACK (signed_in_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, page);
}

static void
found_cb (AssayAccountsDialog *self,
          const char *address,
          const char *authority,
          const AssayPlatformInfo *info)
{
  push_sign_in (self, assay_account_sign_in_page_new (self->engine, address, authority, info));
}

static AdwNavigationPage *
create_address_page (AssayAccountsDialog *self)
{
  AdwNavigationPage *page = assay_account_address_page_new (self->engine);

  g_signal_connect_object (page, "found", G_CALLBACK (found_cb), self, G_CONNECT_SWAPPED);
  return page;
}

static void
list_shown_cb (AssayAccountsDialog *self)
{
  if ((gtk_widget_get_state_flags (GTK_WIDGET (self->list_page)) & GTK_STATE_FLAG_FOCUS_WITHIN)
      == 0)
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
add_cb (AssayAccountsDialog *self)
{
  adw_navigation_view_push (self->navigation, create_address_page (self));
}

static void
row_activated_cb (AssayAccountsDialog *self, GtkListBoxRow *row)
{
  AssayAccountSync *sync = g_object_get_data (G_OBJECT (row), "assay-sync");

  adw_navigation_view_push (self->navigation, create_account_page (self, sync));
}

static void
assay_accounts_dialog_dispose (GObject *object)
{
  AssayAccountsDialog *self = ASSAY_ACCOUNTS_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_ACCOUNTS_DIALOG);
  g_clear_object (&self->engine);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (assay_accounts_dialog_parent_class)->dispose (object);
}

static void
assay_accounts_dialog_class_init (AssayAccountsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = assay_accounts_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/accounts/assay-accounts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayAccountsDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountsDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountsDialog, list_page);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountsDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountsDialog, list);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountsDialog, first_button);
  gtk_widget_class_bind_template_callback (widget_class, list_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
assay_accounts_dialog_init (AssayAccountsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
assay_accounts_dialog_new (AssaySession *session)
{
  AssayAccountsDialog *self;
  AssayEngine *engine;

  g_return_val_if_fail (ASSAY_IS_SESSION (session), NULL);

  engine = assay_session_get_engine (session);
  g_return_val_if_fail (ASSAY_IS_ENGINE (engine), NULL);

  self = g_object_new (ASSAY_TYPE_ACCOUNTS_DIALOG, NULL);
  self->session = g_object_ref (session);
  self->engine = g_object_ref (engine);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (engine), create_row, NULL, NULL);
  g_signal_connect_object (engine, "items-changed", G_CALLBACK (update_list), self,
                           G_CONNECT_SWAPPED);
  update_list (self);
  return ADW_DIALOG (self);
}

void
assay_accounts_dialog_show_add (AssayAccountsDialog *self)
{
  AdwNavigationPage *pages[1];

  g_return_if_fail (ASSAY_IS_ACCOUNTS_DIALOG (self));

  /* Whoever has no account has not come from the list. */
  pages[0] = create_address_page (self);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->engine)) == 0)
    adw_navigation_view_replace (self->navigation, pages, G_N_ELEMENTS (pages));
  else
    adw_navigation_view_push (self->navigation, pages[0]);
}

void
assay_accounts_dialog_show_account (AssayAccountsDialog *self, const char *account)
{
  AssayAccountSync *sync;
  AdwNavigationPage *pages[2];

  g_return_if_fail (ASSAY_IS_ACCOUNTS_DIALOG (self));
  g_return_if_fail (account != NULL);

  sync = assay_engine_find (self->engine, account);
  if (sync == NULL)
    return;
  pages[0] = self->list_page;
  pages[1] = create_account_page (self, sync);
  adw_navigation_view_replace (self->navigation, pages, G_N_ELEMENTS (pages));
}

void
assay_accounts_dialog_show_sign_in (AssayAccountsDialog *self, const char *account)
{
  AssayAccountSync *sync;

  g_return_if_fail (ASSAY_IS_ACCOUNTS_DIALOG (self));
  g_return_if_fail (account != NULL);

  sync = assay_engine_find (self->engine, account);
  if (sync != NULL)
    push_sign_in (self, assay_account_sign_in_page_new_for_account (
                            self->engine, assay_account_sync_get_account (sync)));
}
