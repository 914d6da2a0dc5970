/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-account-address-page.h"

#include <glib/gi18n.h>

#include "assay-account-step.h"
#include "assay-account-trouble.h"
#include "assay-account-words.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

#define FILE_CHARACTERS 80

struct _AssayAccountAddressPage
{
  AdwNavigationPage parent_instance;

  /* Template widgets */
  AdwEntryRow *address_row;
  GtkLabel *address_error;
  AdwExpanderRow *authority_expander;
  AdwActionRow *authority_row;
  GtkWidget *choose_button;
  GtkWidget *clear_button;
  GtkLabel *authority_error;
  AssayAccountStep *step;

  AssayEngine *engine; /* (owned) (nullable) */
  char *address;       /* (owned) (nullable) what is looked at */
  char *authority;     /* (owned) (nullable) a path */
  DexFuture *looking;  /* (owned) (nullable) letting go of it ends it */
};

G_DEFINE_FINAL_TYPE (AssayAccountAddressPage, assay_account_address_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  SIGNAL_FOUND,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* People leave out what a browser would add. Only this machine is spoken to without encryption. */
static char *
complete_address (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *host = NULL;

  if (*trimmed == '\0' || strstr (trimmed, "://") != NULL)
    return g_steal_pointer (&trimmed);
  host = g_strndup (trimmed, strcspn (trimmed, ":/"));
  if (g_ascii_strcasecmp (host, "localhost") == 0 || g_str_equal (host, "127.0.0.1"))
    return g_strconcat ("http://", trimmed, NULL);
  return g_strconcat ("https://", trimmed, NULL);
}

static void
clear_errors (AssayAccountAddressPage *self)
{
  assay_account_trouble_show (GTK_WIDGET (self->address_row), self->address_error, NULL);
  assay_account_trouble_show (GTK_WIDGET (self->choose_button), self->authority_error, NULL);
}

static void
stop_looking (AssayAccountAddressPage *self)
{
  dex_clear (&self->looking);
  if (self->step != NULL)
    assay_account_step_set_busy (self->step, NULL);
}

static void
show_authority (AssayAccountAddressPage *self)
{
  g_autofree char *base =
      self->authority != NULL ? g_filename_display_basename (self->authority) : NULL;
  g_autofree char *name = base != NULL ? assay_visible_line (base, FILE_CHARACTERS) : NULL;

  adw_action_row_set_subtitle (self->authority_row, name != NULL ? name : _ ("None"));
  assay_widget_keep_words (GTK_WIDGET (self->authority_row));
  gtk_widget_set_visible (self->clear_button, self->authority != NULL);
}

static DexFuture *
looked_cb (DexFuture *future, gpointer user_data)
{
  AssayAccountAddressPage *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_autofree char *host = NULL;
  g_autofree char *text = NULL;
  AssayAccountField field;

  if (self->engine == NULL || self->step == NULL)
    return NULL;
  assay_account_step_set_busy (self->step, NULL);
  if (value != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_FOUND], 0, self->address, self->authority,
                     g_value_get_boxed (value));
      return NULL;
    }
  host = assay_account_dup_host (self->address);
  text = assay_account_trouble_with_address (error, host, &field);
  if (field == ASSAY_ACCOUNT_FIELD_AUTHORITY)
    {
      adw_expander_row_set_expanded (self->authority_expander, TRUE);
      assay_account_trouble_show (self->choose_button, self->authority_error, text);
    }
  else
    assay_account_trouble_show (GTK_WIDGET (self->address_row), self->address_error, text);
  return NULL;
}

static void
continue_cb (AssayAccountAddressPage *self)
{
  g_autofree char *host = NULL;
  g_autofree char *text = NULL;

  if (assay_account_step_get_busy (self->step))
    return;
  clear_errors (self);
  g_free (self->address);
  self->address = complete_address (gtk_editable_get_text (GTK_EDITABLE (self->address_row)));
  if (*self->address == '\0')
    {
      assay_account_trouble_show (
          GTK_WIDGET (self->address_row), self->address_error,
          _ ("Type the platform’s address, such as “https://example.org”."));
      return;
    }
  host = assay_account_dup_host (self->address);
  /* Translators: %s is the name of a server. */
  text = g_strdup_printf (_ ("Looking for a platform at %s…"), host);
  assay_account_step_set_busy (self->step, text);
  dex_clear (&self->looking);
  self->looking =
      dex_future_finally (assay_engine_look (self->engine, self->address, self->authority),
                          looked_cb, g_object_ref (self), g_object_unref);
}

static void
cancel_cb (AssayAccountAddressPage *self)
{
  stop_looking (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->address_row));
}

static void
changed_cb (AssayAccountAddressPage *self)
{
  assay_account_trouble_show (GTK_WIDGET (self->address_row), self->address_error, NULL);
}

static void
authority_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AssayAccountAddressPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  if (self->step == NULL)
    return;
  if (file == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)
          && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
        assay_account_trouble_show (self->choose_button, self->authority_error, error->message);
      return;
    }
  assay_account_trouble_show (self->choose_button, self->authority_error, NULL);
  g_free (self->authority);
  self->authority = g_file_get_path (file);
  if (self->authority == NULL)
    assay_account_trouble_show (self->choose_button, self->authority_error,
                                _ ("The file is not on this computer. Copy it here first."));
  show_authority (self);
}

static void
choose_authority_cb (AssayAccountAddressPage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) certificates = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (certificates, _ ("Certificates"));
  gtk_file_filter_add_suffix (certificates, "pem");
  gtk_file_filter_add_suffix (certificates, "crt");
  gtk_file_filter_add_suffix (certificates, "cer");
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, certificates);
  g_list_store_append (filters, all);
  gtk_file_dialog_set_title (dialog, _ ("Choose a Certificate Authority"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                        authority_chosen_cb, g_object_ref (self));
}

static void
clear_authority_cb (AssayAccountAddressPage *self)
{
  g_clear_pointer (&self->authority, g_free);
  assay_account_trouble_show (self->choose_button, self->authority_error, NULL);
  gtk_widget_grab_focus (self->choose_button);
  show_authority (self);
}

static void
shown_cb (AssayAccountAddressPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->address_row));
}

static void
hidden_cb (AssayAccountAddressPage *self)
{
  stop_looking (self);
}

static void
assay_account_address_page_dispose (GObject *object)
{
  AssayAccountAddressPage *self = ASSAY_ACCOUNT_ADDRESS_PAGE (object);

  dex_clear (&self->looking);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_ACCOUNT_ADDRESS_PAGE);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (assay_account_address_page_parent_class)->dispose (object);
}

static void
assay_account_address_page_finalize (GObject *object)
{
  AssayAccountAddressPage *self = ASSAY_ACCOUNT_ADDRESS_PAGE (object);

  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->authority, g_free);

  G_OBJECT_CLASS (assay_account_address_page_parent_class)->finalize (object);
}

static void
assay_account_address_page_class_init (AssayAccountAddressPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_account_address_page_dispose;
  object_class->finalize = assay_account_address_page_finalize;

  signals[SIGNAL_FOUND] =
      g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, ASSAY_TYPE_PLATFORM_INFO);

  g_type_ensure (ASSAY_TYPE_ACCOUNT_STEP);
  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/accounts/assay-account-address-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayAccountAddressPage, address_row);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountAddressPage, address_error);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountAddressPage, authority_expander);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountAddressPage, authority_row);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountAddressPage, choose_button);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountAddressPage, clear_button);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountAddressPage, authority_error);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountAddressPage, step);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, continue_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_authority_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_authority_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, hidden_cb);
}

static void
assay_account_address_page_init (AssayAccountAddressPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->authority_row), FALSE);
  show_authority (self);
}

AdwNavigationPage *
assay_account_address_page_new (AssayEngine *engine)
{
  AssayAccountAddressPage *self;

  g_return_val_if_fail (ASSAY_IS_ENGINE (engine), NULL);

  self = g_object_new (ASSAY_TYPE_ACCOUNT_ADDRESS_PAGE, NULL);
  self->engine = g_object_ref (engine);
  return ADW_NAVIGATION_PAGE (self);
}
