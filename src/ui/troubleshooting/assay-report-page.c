/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-report-page.h"

#include <glib/gi18n.h>

#include "assay-announce.h"
#include "assay-format.h"
#include "assay-log.h"
#include "assay-redact.h"

struct _AssayReportPage
{
  AdwNavigationPage parent_instance;

  /* Template widgets */
  GtkWidget *copy_button;
  GtkTextView *text;
};

G_DEFINE_FINAL_TYPE (AssayReportPage, assay_report_page, ADW_TYPE_NAVIGATION_PAGE)

static void
copy_clicked_cb (AssayReportPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_button_set_label (GTK_BUTTON (self->copy_button), _ ("Copied"));
  assay_announce (GTK_WIDGET (self), _ ("Copied"));
}

static void
assay_report_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_REPORT_PAGE);

  G_OBJECT_CLASS (assay_report_page_parent_class)->dispose (object);
}

static void
assay_report_page_class_init (AssayReportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = assay_report_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/troubleshooting/assay-report-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayReportPage, copy_button);
  gtk_widget_class_bind_template_child (widget_class, AssayReportPage, text);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
}

static void
assay_report_page_init (AssayReportPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* For those who help, and so not translated. */
static void
append_health (GString *report, const AssayStoreHealth *health)
{
  g_autofree char *size = g_format_size (health->n_bytes);
  g_autofree char *backups = g_format_size (health->n_backup_bytes);
  g_autofree char *checked = assay_format_time (health->checked_at);
  g_autofree char *backed_up = assay_format_time (health->backed_up_at);

  g_string_append_printf (report, "Store: %s\nBackups: %u, %s\nLast check: %s\nLast backup: %s\n",
                          size, health->n_backups, backups, checked, backed_up);
  if (health->network)
    g_string_append (report, "On a network file system\n");
  if (health->rescue != NULL)
    {
      g_autofree char *time = assay_format_time (assay_rescue_report_get_time (health->rescue));
      g_autofree char *json = assay_rescue_report_to_json (health->rescue);

      g_string_append_printf (report, "Rescued: %s: %s\n", time, json);
    }
}

static void
append_waiting (GString *report, GListModel *waiting)
{
  guint n = waiting != NULL ? g_list_model_get_n_items (waiting) : 0;

  g_string_append_printf (report, "Waiting submissions: %u\n", n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (AssayOutboxItem) item = g_list_model_get_item (waiting, i);
      const char *last = assay_outbox_item_get_last_class (item);
      g_autofree char *next = assay_format_time (assay_outbox_item_get_next_at (item));

      g_string_append_printf (report, "  %s, %u attempts, last: %s, next: %s\n",
                              assay_outbox_state_to_string (assay_outbox_item_get_state (item)),
                              assay_outbox_item_get_attempts (item), last != NULL ? last : "none",
                              next);
    }
}

static char *
make_report (AssaySession *session, const AssayStoreHealth *health, GListModel *waiting)
{
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GString) redacted = g_string_new (NULL);
  g_auto (GStrv) log = assay_log_dup_lines ();
  g_auto (GStrv) lines = NULL;
  const GError *error = assay_session_get_error (session);
  const char *drafts = assay_session_get_drafts_error (session);

  g_string_append_printf (report, "Assay %s\nGTK %u.%u.%u, libadwaita %u.%u.%u\n", PACKAGE_VERSION,
                          gtk_get_major_version (), gtk_get_minor_version (),
                          gtk_get_micro_version (), adw_get_major_version (),
                          adw_get_minor_version (), adw_get_micro_version ());
  if (error != NULL)
    g_string_append_printf (report, "Not open: %s\n", error->message);
  if (health != NULL)
    append_health (report, health);
  g_string_append_printf (report, "Drafts: %s\n", drafts != NULL ? drafts : "saved");
  append_waiting (report, waiting);
  lines = g_strsplit (report->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = assay_redact_line (lines[i]);

      if (*line != '\0')
        g_string_append_printf (redacted, "%s\n", line);
    }
  g_string_append (redacted, "Log:\n");
  for (guint i = 0; log[i] != NULL; i++)
    g_string_append_printf (redacted, "%s\n", log[i]);
  return g_string_free_and_steal (g_steal_pointer (&redacted));
}

AdwNavigationPage *
assay_report_page_new (AssaySession *session, const AssayStoreHealth *health, GListModel *waiting)
{
  AssayReportPage *self;
  g_autofree char *report = NULL;

  g_return_val_if_fail (ASSAY_IS_SESSION (session), NULL);

  self = g_object_new (ASSAY_TYPE_REPORT_PAGE, NULL);
  report = make_report (session, health, waiting);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), report, -1);
  return ADW_NAVIGATION_PAGE (self);
}
