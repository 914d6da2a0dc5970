/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-account-page.h"

#include <glib/gi18n.h>

#include "assay-account-forget.h"
#include "assay-account-project-row.h"
#include "assay-account-words.h"
#include "assay-announce.h"
#include "assay-json.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

#define VALUE_CHARACTERS 120
/* "5 minutes ago" goes on. */
#define AGO_SECONDS 20

struct _AssayAccountPage
{
  AdwNavigationPage parent_instance;

  /* Template widgets */
  AdwActionRow *state_row;
  GtkImage *state_icon;
  GtkWidget *test_spinner;
  AdwActionRow *sign_in_row;
  AdwSwitchRow *paused_row;
  AdwPreferencesGroup *projects_group;
  AdwActionRow *no_projects_row;
  AdwActionRow *person_row;
  AdwActionRow *server_row;
  AdwActionRow *authority_row;
  GtkWidget *session_only_row;

  AssaySession *session;  /* (owned) (nullable) */
  AssayAccountSync *sync; /* (owned) (nullable) */
  GHashTable *rows;       /* (owned) gint64 project → row, borrowed from the group */
  gboolean filling;
  gboolean testing;
  /* What the last test found, while that is still news: rounds go on meanwhile. */
  char *test_result; /* (owned) (nullable) */
  AssayAccountState test_state;
  gboolean forgetting;
  gboolean reading;
  gboolean reload_wanted;
  guint ago_source;
};

G_DEFINE_FINAL_TYPE (AssayAccountPage, assay_account_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  SIGNAL_SIGN_IN,
  SIGNAL_FORGOTTEN,
  SIGNAL_MESSAGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void reload (AssayAccountPage *self);

static void
tell (AssayAccountPage *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, text);
}

static const char *
get_id (AssayAccountPage *self)
{
  return assay_account_get_id (assay_account_sync_get_account (self->sync));
}

static void
show_state (AssayAccountPage *self)
{
  AssayAccountState state = assay_account_sync_get_state (self->sync);
  g_autofree char *text = assay_account_describe (self->sync);
  const char *subtitle = text;

  if (state != self->test_state)
    g_clear_pointer (&self->test_result, g_free);
  if (self->testing)
    subtitle = _ ("Asking the platform…");
  else if (self->test_result != NULL)
    subtitle = self->test_result;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row),
                                 assay_account_state_get_title (state));
  adw_action_row_set_subtitle (self->state_row, subtitle);
  gtk_widget_set_visible (self->test_spinner, self->testing);
  gtk_image_set_from_icon_name (self->state_icon, assay_account_state_get_icon_name (state));
  if (assay_account_state_needs_person (state))
    gtk_widget_add_css_class (GTK_WIDGET (self->state_icon), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_icon), "warning");
  assay_widget_keep_words (GTK_WIDGET (self->state_row));
}

static void
show_value (AdwActionRow *row, const char *value)
{
  g_autofree char *text = value != NULL ? assay_visible_line (value, VALUE_CHARACTERS) : NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL && *text != '\0');
  if (text != NULL)
    adw_action_row_set_subtitle (row, text);
  assay_widget_keep_words (GTK_WIDGET (row));
}

static void
show_account (AssayAccountPage *self)
{
  AssayAccount *account = assay_account_sync_get_account (self->sync);
  JsonObject *settings = assay_account_get_settings (account);
  const char *address = assay_account_get_address (account);
  g_autofree char *title = assay_account_dup_title (account);
  g_autofree char *host = address != NULL ? assay_account_dup_host (address) : NULL;
  g_autoptr (AssayPlatformInfo) info = assay_account_dup_info (account);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
  self->filling = TRUE;
  adw_switch_row_set_active (self->paused_row, assay_json_get_boolean (settings, "paused", FALSE));
  self->filling = FALSE;
  show_value (self->person_row, info != NULL ? info->person : NULL);
  show_value (self->server_row, host);
  show_value (self->authority_row, assay_json_get_string (settings, "certificate_authority"));
  gtk_widget_set_visible (self->session_only_row,
                          assay_json_get_boolean (settings, "session_only", FALSE));
  show_state (self);
}

static void
project_failed_cb (AssayAccountPage *self, const char *message)
{
  tell (self, message);
}

static int
compare_projects (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (assay_project_get_title (*(AssayProject *const *) a),
                         assay_project_get_title (*(AssayProject *const *) b));
}

/* Rows of projects that stay are kept: somebody may be typing into one. */
static void
take_projects (AssayAccountPage *self, GPtrArray *all)
{
  g_autoptr (AssayPlatformInfo) info =
      assay_account_dup_info (assay_account_sync_get_account (self->sync));
  g_autoptr (GPtrArray) projects = g_ptr_array_new ();
  g_autoptr (GHashTable) gone = g_hash_table_new (g_int64_hash, g_int64_equal);
  GHashTableIter iter;
  gpointer key;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &row))
    g_hash_table_insert (gone, key, row);
  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (assay_project_get_account (all->pdata[i]), get_id (self)) == 0)
      g_ptr_array_add (projects, all->pdata[i]);
  g_ptr_array_sort (projects, compare_projects);

  for (guint i = 0; i < projects->len; i++)
    {
      AssayProject *project = projects->pdata[i];
      gint64 id = assay_project_get_id (project);

      row = g_hash_table_lookup (self->rows, &id);
      if (row != NULL)
        {
          assay_account_project_row_set_project (row, project);
          g_hash_table_remove (gone, &id);
          continue;
        }
      row = assay_account_project_row_new (assay_session_get_store (self->session), project, info);
      g_signal_connect_object (row, "failed", G_CALLBACK (project_failed_cb), self,
                               G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->projects_group, row);
      g_hash_table_insert (self->rows, g_memdup2 (&id, sizeof id), row);
    }
  g_hash_table_iter_init (&iter, gone);
  while (g_hash_table_iter_next (&iter, &key, &row))
    {
      adw_preferences_group_remove (self->projects_group, row);
      g_hash_table_remove (self->rows, key);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->no_projects_row), g_hash_table_size (self->rows) == 0);
}

static DexFuture *
listed_cb (DexFuture *future, gpointer user_data)
{
  AssayAccountPage *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);

  self->reading = FALSE;
  if (self->sync == NULL || assay_session_get_store (self->session) == NULL)
    return NULL;
  if (value != NULL)
    take_projects (self, g_value_get_boxed (value));
  if (self->reload_wanted)
    reload (self);
  return NULL;
}

static void
reload (AssayAccountPage *self)
{
  AssayStore *store = assay_session_get_store (self->session);

  self->reload_wanted = self->reading;
  if (store == NULL || self->reading)
    return;
  self->reading = TRUE;
  dex_future_disown (dex_future_finally (assay_store_list_projects (store), listed_cb,
                                         g_object_ref (self), g_object_unref));
}

static DexFuture *
tested_cb (DexFuture *future, gpointer user_data)
{
  AssayAccountPage *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  const char *text = value != NULL ? _ ("Tested just now: the platform answers.") : error->message;

  if (self->sync == NULL)
    return NULL;
  self->testing = FALSE;
  g_set_str (&self->test_result, text);
  self->test_state = assay_account_sync_get_state (self->sync);
  show_state (self);
  assay_announce (GTK_WIDGET (self), text);
  return NULL;
}

static void
test_clicked_cb (AssayAccountPage *self)
{
  AssayEngine *engine = assay_session_get_engine (self->session);

  /* The button stays as it is: one that cannot be pressed would let go of the focus. */
  if (engine == NULL || self->testing)
    return;
  self->testing = TRUE;
  show_state (self);
  dex_future_disown (dex_future_finally (assay_engine_test (engine, get_id (self)), tested_cb,
                                         g_object_ref (self), g_object_unref));
}

static void
sign_in_cb (AssayAccountPage *self)
{
  g_signal_emit (self, signals[SIGNAL_SIGN_IN], 0);
}

static void
paused_changed_cb (AssayAccountPage *self)
{
  AssayEngine *engine = self->session != NULL ? assay_session_get_engine (self->session) : NULL;

  if (!self->filling && engine != NULL)
    assay_engine_set_paused (engine, get_id (self), adw_switch_row_get_active (self->paused_row));
}

static DexFuture *
forgotten_cb (DexFuture *future, gpointer user_data)
{
  AssayAccountPage *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  self->forgetting = FALSE;
  if (self->sync == NULL)
    return NULL;
  if (value == NULL)
    tell (self, error->message);
  else if (g_value_get_boolean (value))
    {
      g_autofree char *title =
          assay_account_dup_title (assay_account_sync_get_account (self->sync));

      g_signal_emit (self, signals[SIGNAL_FORGOTTEN], 0, title);
    }
  return NULL;
}

static void
forget_cb (AssayAccountPage *self)
{
  if (self->forgetting || assay_session_get_engine (self->session) == NULL)
    return;
  self->forgetting = TRUE;
  dex_future_disown (dex_future_finally (
      assay_account_forget_ask (self->session, assay_account_sync_get_account (self->sync),
                                GTK_WIDGET (self)),
      forgotten_cb, g_object_ref (self), g_object_unref));
}

/* What had the focus may have gone with the page before. */
static void
shown_cb (AssayAccountPage *self)
{
  if ((gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN) == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->state_row));
}

static gboolean
ago_cb (gpointer user_data)
{
  AssayAccountPage *self = user_data;

  g_clear_pointer (&self->test_result, g_free);
  show_state (self);
  return G_SOURCE_CONTINUE;
}

static void
assay_account_page_map (GtkWidget *widget)
{
  AssayAccountPage *self = ASSAY_ACCOUNT_PAGE (widget);

  GTK_WIDGET_CLASS (assay_account_page_parent_class)->map (widget);

  if (self->ago_source == 0)
    self->ago_source = g_timeout_add_seconds (AGO_SECONDS, ago_cb, self);
}

static void
assay_account_page_unmap (GtkWidget *widget)
{
  AssayAccountPage *self = ASSAY_ACCOUNT_PAGE (widget);

  g_clear_handle_id (&self->ago_source, g_source_remove);

  GTK_WIDGET_CLASS (assay_account_page_parent_class)->unmap (widget);
}

static void
assay_account_page_dispose (GObject *object)
{
  AssayAccountPage *self = ASSAY_ACCOUNT_PAGE (object);

  g_clear_handle_id (&self->ago_source, g_source_remove);
  g_clear_object (&self->sync);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_ACCOUNT_PAGE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (assay_account_page_parent_class)->dispose (object);
}

static void
assay_account_page_finalize (GObject *object)
{
  AssayAccountPage *self = ASSAY_ACCOUNT_PAGE (object);

  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->test_result, g_free);

  G_OBJECT_CLASS (assay_account_page_parent_class)->finalize (object);
}

static void
assay_account_page_class_init (AssayAccountPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_account_page_dispose;
  object_class->finalize = assay_account_page_finalize;
  widget_class->map = assay_account_page_map;
  widget_class->unmap = assay_account_page_unmap;

  signals[SIGNAL_SIGN_IN] = g_signal_new ("sign-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FORGOTTEN] =
      g_signal_new ("forgotten", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/accounts/assay-account-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayAccountPage, state_row);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountPage, state_icon);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountPage, test_spinner);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountPage, sign_in_row);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountPage, paused_row);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountPage, projects_group);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountPage, no_projects_row);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountPage, person_row);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountPage, server_row);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountPage, authority_row);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountPage, session_only_row);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, paused_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_cb);
}

static void
assay_account_page_init (AssayAccountPage *self)
{
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  /* What is wrong may be in a platform's own words. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->state_row), FALSE);
}

AdwNavigationPage *
assay_account_page_new (AssaySession *session, AssayAccountSync *sync)
{
  AssayAccountPage *self;
  AssayStore *store;

  g_return_val_if_fail (ASSAY_IS_SESSION (session), NULL);
  g_return_val_if_fail (ASSAY_IS_ACCOUNT_SYNC (sync), NULL);

  self = g_object_new (ASSAY_TYPE_ACCOUNT_PAGE, NULL);
  self->session = g_object_ref (session);
  self->sync = g_object_ref (sync);
  g_signal_connect_object (sync, "notify", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "notify::account", G_CALLBACK (show_account), self,
                           G_CONNECT_SWAPPED);
  store = assay_session_get_store (session);
  if (store != NULL)
    {
      g_signal_connect_object (store, "projects-changed", G_CALLBACK (reload), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (store, "tasks-changed", G_CALLBACK (reload), self,
                               G_CONNECT_SWAPPED);
    }
  show_account (self);
  reload (self);
  return ADW_NAVIGATION_PAGE (self);
}

AssayAccountSync *
assay_account_page_get_sync (AssayAccountPage *self)
{
  g_return_val_if_fail (ASSAY_IS_ACCOUNT_PAGE (self), NULL);

  return self->sync;
}
