/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-account-sign-in-page.h"

#include <glib/gi18n.h>

#include "assay-account-step.h"
#include "assay-account-trouble.h"
#include "assay-account-words.h"
#include "assay-ask.h"
#include "assay-json.h"
#include "assay-open-platform.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

#define NAME_CHARACTERS 80

struct _AssayAccountSignInPage
{
  AdwNavigationPage parent_instance;

  /* Template widgets */
  AdwActionRow *platform_row;
  AdwActionRow *server_row;
  AdwActionRow *person_row;
  GtkWidget *browser_group;
  AssayAccountStep *browser_step;
  GtkLabel *browser_error;
  AdwPreferencesGroup *token_group;
  AdwPasswordEntryRow *token_row;
  AdwActionRow *token_page_row;
  GtkLabel *token_error;
  AssayAccountStep *token_step;

  AssayEngine *engine;     /* (owned) (nullable) */
  char *account;           /* (owned) (nullable) of one that is there */
  char *address;           /* (owned) */
  char *authority;         /* (owned) (nullable) */
  AssayPlatformInfo *info; /* (owned) */
  char *host;              /* (owned) as it is shown */

  DexFuture *cancellable; /* (owned) (nullable) of the attempt that is under way */
};

G_DEFINE_FINAL_TYPE (AssayAccountSignInPage, assay_account_sign_in_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  SIGNAL_SIGNED_IN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* One attempt to sign in. The page may be gone before it ends. */
typedef struct
{
  AssayAccountSignInPage *page; /* (owned) */
  DexFuture *cancellable;       /* (owned) */
  char *secret;                 /* (owned) (nullable) as it is kept; NULL: from the browser */
  AssayAccountStep *step;       /* (owned) what shows that it is under way */
} Attempt;

static void
attempt_free (gpointer data)
{
  Attempt *attempt = data;

  g_object_unref (attempt->page);
  dex_unref (attempt->cancellable);
  g_free (attempt->secret);
  g_object_unref (attempt->step);
  g_free (attempt);
}

/* @future, (transfer full), or the person's word that it is not wanted any more. It then goes on
 * unheard until what it waits for is let go of: libdex 0.10 loses count of a fiber that is
 * discarded while it waits and is answered after, and other fibers of the thread never run again.
 */
static DexFuture *
or_cancelled (Attempt *attempt, DexFuture *future)
{
  dex_future_disown (dex_ref (future));
  return dex_future_first (dex_ref (attempt->cancellable), future, NULL);
}

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DexPromise *promise = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error))
    dex_promise_resolve_boolean (promise, TRUE);
  else
    dex_promise_reject (promise, g_steal_pointer (&error));
  dex_unref (promise);
}

static DexFuture *
open_address (GtkWidget *widget, const char *address)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (address);
  DexPromise *promise = dex_promise_new ();

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, launched_cb,
                           dex_ref (promise));
  return DEX_FUTURE (promise);
}

static char *
await_browser (Attempt *attempt, GError **error)
{
  AssayAccountSignInPage *page = attempt->page;
  g_autoptr (AssayHttp) http = NULL;
  g_autoptr (AssayOpenSignIn) sign_in = NULL;
  g_autofree char *address = NULL;

  http = page->authority != NULL ? assay_http_new_with_authority (page->authority, error)
                                 : assay_http_new ();
  if (http == NULL)
    return NULL;
  sign_in = assay_open_sign_in_new (http, page->info);
  address = dex_await_string (or_cancelled (attempt, assay_open_sign_in_begin (sign_in)), error);
  if (address == NULL)
    return NULL;
  if (!dex_await (or_cancelled (attempt, open_address (GTK_WIDGET (page), address)), NULL))
    {
      if (dex_future_is_rejected (attempt->cancellable))
        return NULL;
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           _ ("No browser could be opened. Sign in with a token instead, or set a "
                              "browser in the system’s settings."));
      return NULL;
    }
  return dex_await_string (or_cancelled (attempt, assay_open_sign_in_finish (sign_in)), error);
}

static gboolean
await_session_only (AssayAccountSignInPage *self, const GError *reason)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Keep for This Session Only?"), NULL);
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);
  g_autofree char *response = NULL;

  adw_alert_dialog_format_body (alert,
                                /* Translators: %s is a sentence that says why. */
                                _ ("%s The sign-in can be kept in memory until Assay is closed. At "
                                   "the next start, signing in again is needed."),
                                reason->message);
  adw_alert_dialog_add_responses (alert, "cancel", _ ("_Cancel"), "keep",
                                  _ ("_Keep for This Session"), NULL);
  adw_alert_dialog_set_default_response (alert, "keep");
  adw_alert_dialog_set_close_response (alert, "cancel");
  response = dex_await_string (assay_ask (dialog, GTK_WIDGET (self)), NULL);
  return g_strcmp0 (response, "keep") == 0;
}

/* The account's id; NULL with @error, or without where the person did not want it. */
static char *
await_account (Attempt *attempt, const char *secret, gboolean session_only, GError **error)
{
  AssayAccountSignInPage *page = attempt->page;
  g_autoptr (AssayAccountSync) sync = NULL;

  /* Not to be stopped half way: what it saves, it saves whole. */
  if (page->account != NULL)
    return dex_await (assay_engine_sign_in (page->engine, page->account, secret, session_only),
                      error)
               ? g_strdup (page->account)
               : NULL;
  sync = dex_await_object (
      assay_engine_add (page->engine, page->address, page->authority, secret, session_only), error);
  if (sync == NULL)
    return NULL;
  return g_strdup (assay_account_get_id (assay_account_sync_get_account (sync)));
}

static char *
await_signed_in (Attempt *attempt, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  char *account;

  if (attempt->secret == NULL)
    {
      attempt->secret = await_browser (attempt, error);
      if (attempt->secret == NULL || attempt->page->engine == NULL)
        return NULL;
      assay_account_step_set_busy (attempt->step, _ ("Signing in…"));
    }
  account = await_account (attempt, attempt->secret, FALSE, &local_error);
  if (account == NULL
      && g_error_matches (local_error, ASSAY_SECRETS_ERROR, ASSAY_SECRETS_ERROR_UNAVAILABLE))
    {
      if (attempt->page->engine == NULL || !await_session_only (attempt->page, local_error)
          || attempt->page->engine == NULL)
        return NULL;
      g_clear_error (&local_error);
      account = await_account (attempt, attempt->secret, TRUE, &local_error);
    }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return account;
}

static DexFuture *
attempt_fiber (gpointer user_data)
{
  Attempt *attempt = user_data;
  AssayAccountSignInPage *page = attempt->page;
  gboolean by_browser = attempt->secret == NULL;
  gboolean wanted;
  g_autofree char *account = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  account = await_signed_in (attempt, &error);
  /* It was stopped, or another was begun since. */
  wanted = page->cancellable == attempt->cancellable;
  if (wanted)
    {
      dex_clear (&page->cancellable);
      assay_account_step_set_busy (attempt->step, NULL);
    }
  if (page->engine == NULL || (!wanted && account == NULL))
    return dex_future_new_true ();
  if (account != NULL)
    {
      g_signal_emit (page, signals[SIGNAL_SIGNED_IN], 0, account);
      return dex_future_new_true ();
    }
  if (error == NULL)
    return dex_future_new_true ();
  text = assay_account_trouble_with_secret (error, page->host);
  if (by_browser)
    assay_account_trouble_show (GTK_WIDGET (page->browser_step), page->browser_error, text);
  else
    assay_account_trouble_show (GTK_WIDGET (page->token_row), page->token_error, text);
  return dex_future_new_true ();
}

static void
begin (AssayAccountSignInPage *self, AssayAccountStep *step, const char *secret, const char *text)
{
  Attempt *attempt;

  if (self->cancellable != NULL)
    return;
  assay_account_trouble_show (GTK_WIDGET (self->token_row), self->token_error, NULL);
  assay_account_trouble_show (GTK_WIDGET (self->browser_step), self->browser_error, NULL);
  assay_account_step_set_busy (step, text);
  self->cancellable = DEX_FUTURE (dex_cancellable_new ());
  attempt = g_new0 (Attempt, 1);
  attempt->page = g_object_ref (self);
  attempt->cancellable = dex_ref (self->cancellable);
  attempt->secret = g_strdup (secret);
  attempt->step = g_object_ref (step);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, attempt_fiber, attempt, attempt_free));
}

static void
stop (AssayAccountSignInPage *self)
{
  if (self->cancellable == NULL)
    return;
  dex_cancellable_cancel (DEX_CANCELLABLE (self->cancellable));
  dex_clear (&self->cancellable);
  if (self->browser_step != NULL)
    assay_account_step_set_busy (self->browser_step, NULL);
  if (self->token_step != NULL)
    assay_account_step_set_busy (self->token_step, NULL);
}

static void
browser_clicked_cb (AssayAccountSignInPage *self)
{
  begin (self, self->browser_step, NULL, _ ("Waiting for the browser…"));
}

static void
token_clicked_cb (AssayAccountSignInPage *self)
{
  g_autofree char *token =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->token_row))));
  g_autofree char *secret = NULL;

  if (self->cancellable != NULL)
    return;
  if (*token == '\0')
    {
      assay_account_trouble_show (GTK_WIDGET (self->token_row), self->token_error,
                                  _ ("Paste the token that the platform gave."));
      return;
    }
  secret = assay_open_secret_new_for_token (token);
  begin (self, self->token_step, secret, _ ("Signing in…"));
}

static void
token_changed_cb (AssayAccountSignInPage *self)
{
  assay_account_trouble_show (GTK_WIDGET (self->token_row), self->token_error, NULL);
}

static void
cancelled_cb (AssayAccountSignInPage *self)
{
  stop (self);
}

static DexFuture *
token_page_opened_cb (DexFuture *future, gpointer user_data)
{
  AssayAccountSignInPage *self = user_data;

  if (dex_future_is_rejected (future) && self->engine != NULL)
    assay_account_trouble_show (
        GTK_WIDGET (self->token_page_row), self->token_error,
        _ ("No browser could be opened. Set one in the system’s settings."));
  return NULL;
}

static void
token_page_cb (AssayAccountSignInPage *self)
{
  dex_future_disown (dex_future_finally (open_address (GTK_WIDGET (self), self->info->token_page),
                                         token_page_opened_cb, g_object_ref (self),
                                         g_object_unref));
}

static void
shown_cb (AssayAccountSignInPage *self)
{
  if (gtk_widget_get_visible (self->browser_group))
    gtk_widget_grab_focus (GTK_WIDGET (self->browser_step));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->token_row));
}

static void
hidden_cb (AssayAccountSignInPage *self)
{
  stop (self);
}

/* What a platform names may be opened only as a page of the web. */
static gboolean
is_web_page (const char *address)
{
  const char *scheme = address != NULL ? g_uri_peek_scheme (address) : NULL;

  return g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0;
}

static void
set_property_row (AdwActionRow *row, const char *value)
{
  g_autofree char *text = assay_visible_line (value, NAME_CHARACTERS);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle (row, text);
  assay_widget_keep_words (GTK_WIDGET (row));
}

static void
show_ways (AssayAccountSignInPage *self)
{
  gboolean by_browser = self->info->authorization_server != NULL;
  gboolean has_page = is_web_page (self->info->token_page);
  g_autofree char *page_host = has_page ? assay_account_dup_host (self->info->token_page) : NULL;
  g_autofree char *browser_host =
      by_browser ? assay_account_dup_host (self->info->authorization_server) : NULL;

  gtk_widget_set_visible (self->browser_group, by_browser);
  gtk_widget_set_visible (GTK_WIDGET (self->token_page_row), has_page);
  g_object_set (self->token_step, "suggested", !by_browser, NULL);
  if (has_page)
    {
      /* Translators: %s is the name of a server. */
      g_autofree char *text = g_strdup_printf (_ ("Opens a page of %s in the browser"), page_host);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->token_page_row), FALSE);
      adw_action_row_set_subtitle (self->token_page_row, text);
    }
  if (by_browser)
    {
      g_autofree char *text = g_markup_printf_escaped (
          /* Translators: %s is the name of a server. */
          _ ("The browser opens a page of %s. Assay goes on when that is done."), browser_host);

      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->browser_group), text);
    }
  if (by_browser)
    adw_preferences_group_set_title (self->token_group, _ ("Or With a Token"));
}

static void
assay_account_sign_in_page_dispose (GObject *object)
{
  AssayAccountSignInPage *self = ASSAY_ACCOUNT_SIGN_IN_PAGE (object);

  stop (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_ACCOUNT_SIGN_IN_PAGE);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (assay_account_sign_in_page_parent_class)->dispose (object);
}

static void
assay_account_sign_in_page_finalize (GObject *object)
{
  AssayAccountSignInPage *self = ASSAY_ACCOUNT_SIGN_IN_PAGE (object);

  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->authority, g_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->info, assay_platform_info_free);

  G_OBJECT_CLASS (assay_account_sign_in_page_parent_class)->finalize (object);
}

static void
assay_account_sign_in_page_class_init (AssayAccountSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_account_sign_in_page_dispose;
  object_class->finalize = assay_account_sign_in_page_finalize;

  signals[SIGNAL_SIGNED_IN] =
      g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (ASSAY_TYPE_ACCOUNT_STEP);
  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/accounts/assay-account-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayAccountSignInPage, platform_row);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountSignInPage, server_row);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountSignInPage, person_row);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountSignInPage, browser_group);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountSignInPage, browser_step);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountSignInPage, browser_error);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountSignInPage, token_group);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountSignInPage, token_row);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountSignInPage, token_page_row);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountSignInPage, token_error);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountSignInPage, token_step);
  gtk_widget_class_bind_template_callback (widget_class, browser_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, token_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, token_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, token_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancelled_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, hidden_cb);
}

static void
assay_account_sign_in_page_init (AssayAccountSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
assay_account_sign_in_page_new (AssayEngine *engine,
                                const char *address,
                                const char *authority,
                                const AssayPlatformInfo *info)
{
  AssayAccountSignInPage *self;

  g_return_val_if_fail (ASSAY_IS_ENGINE (engine), NULL);
  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (info != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_ACCOUNT_SIGN_IN_PAGE, NULL);
  self->engine = g_object_ref (engine);
  self->address = g_strdup (address);
  self->authority = g_strdup (authority);
  self->info = assay_platform_info_copy (info);
  self->host =
      assay_account_dup_host (info->base != NULL && *info->base != '\0' ? info->base : address);
  set_property_row (self->platform_row, info->name != NULL ? info->name : "");
  set_property_row (self->server_row, self->host);
  show_ways (self);
  return ADW_NAVIGATION_PAGE (self);
}

AdwNavigationPage *
assay_account_sign_in_page_new_for_account (AssayEngine *engine, AssayAccount *account)
{
  AssayAccountSignInPage *self;
  g_autoptr (AssayPlatformInfo) info = NULL;
  const char *authority;
  const char *address;

  g_return_val_if_fail (ASSAY_IS_ENGINE (engine), NULL);
  g_return_val_if_fail (ASSAY_IS_ACCOUNT (account), NULL);

  address = assay_account_get_address (account);
  authority = assay_json_get_string (assay_account_get_settings (account), "certificate_authority");
  info = assay_account_dup_info (account);
  if (info == NULL)
    {
      info = assay_platform_info_new ();
      info->name = g_strdup (assay_account_get_title (account));
    }
  self = ASSAY_ACCOUNT_SIGN_IN_PAGE (
      assay_account_sign_in_page_new (engine, address != NULL ? address : "", authority, info));
  self->account = g_strdup (assay_account_get_id (account));
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ ("Sign In Again"));
  if (info->person != NULL && *info->person != '\0')
    {
      set_property_row (self->person_row, info->person);
      gtk_widget_set_visible (GTK_WIDGET (self->person_row), TRUE);
    }
  return ADW_NAVIGATION_PAGE (self);
}
