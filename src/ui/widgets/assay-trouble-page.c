/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-store-error.h"

#include "assay-widget.h"
#include "assay-trouble-page.h"

struct _AssayTroublePage
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwStatusPage *status;
  GtkMenuButton *menu_button;
  GMenuModel *trouble_menu;
  GtkWidget *retry_button;
  GtkWidget *folder_button;

  char *folder; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (AssayTroublePage, assay_trouble_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_RETRY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What a person can do about it; the error's own sentence says what happened. */
static void
describe (const GError *error, const char **title, const char **advice)
{
  *title = _ ("The Workspace Could Not Be Opened");
  *advice = _ ("Nothing was changed.");

  if (error->domain != ASSAY_STORE_ERROR)
    return;

  switch ((AssayStoreError) error->code)
    {
    case ASSAY_STORE_ERROR_BUSY:
      *title = _ ("Assay Is Already Open");
      *advice = _ ("Go on in the other window, or close it and try again.");
      break;
    case ASSAY_STORE_ERROR_NEWER:
      *title = _ ("The Workspace Is from a Newer Version");
      *advice = _ ("Nothing was changed. Install the newer version of Assay to go on.");
      break;
    case ASSAY_STORE_ERROR_READ_ONLY:
      *title = _ ("The Workspace Cannot Be Written To");
      *advice = _ ("Make the folder writable, then try again.");
      break;
    case ASSAY_STORE_ERROR_FULL:
      *title = _ ("The Disk Is Full");
      *advice = _ ("All saved work is intact. Free some space, then try again.");
      break;
    case ASSAY_STORE_ERROR_DAMAGED:
      *title = _ ("The Workspace Is Damaged");
      *advice =
          _ ("The damaged files were kept. Copies of earlier days are in the folder “backup”.");
      break;
    case ASSAY_STORE_ERROR_IO:
      *title = _ ("The Disk Does Not Answer");
      *advice = _ ("See whether the disk is connected and sound, then try again.");
      break;
    case ASSAY_STORE_ERROR_NOT_FOUND:
    case ASSAY_STORE_ERROR_CONFLICT:
    case ASSAY_STORE_ERROR_CLOSED:
    case ASSAY_STORE_ERROR_INTERNAL:
    default:
      break;
    }
}

static void
retry_clicked_cb (AssayTroublePage *self)
{
  g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static void
folder_clicked_cb (AssayTroublePage *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->folder);
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                            NULL, NULL);
}

static void
assay_trouble_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_TROUBLE_PAGE);

  G_OBJECT_CLASS (assay_trouble_page_parent_class)->dispose (object);
}

static void
assay_trouble_page_finalize (GObject *object)
{
  AssayTroublePage *self = ASSAY_TROUBLE_PAGE (object);

  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (assay_trouble_page_parent_class)->finalize (object);
}

static void
assay_trouble_page_class_init (AssayTroublePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_trouble_page_dispose;
  object_class->finalize = assay_trouble_page_finalize;

  signals[SIGNAL_RETRY] = g_signal_new ("retry", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/widgets/assay-trouble-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayTroublePage, status);
  gtk_widget_class_bind_template_child (widget_class, AssayTroublePage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, AssayTroublePage, trouble_menu);
  gtk_widget_class_bind_template_child (widget_class, AssayTroublePage, retry_button);
  gtk_widget_class_bind_template_child (widget_class, AssayTroublePage, folder_button);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, folder_clicked_cb);
}

static void
assay_trouble_page_init (AssayTroublePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  assay_widget_set_menu (self->menu_button, self->trouble_menu);
}

GtkWidget *
assay_trouble_page_new (void)
{
  return g_object_new (ASSAY_TYPE_TROUBLE_PAGE, NULL);
}

void
assay_trouble_page_set_error (AssayTroublePage *self, const GError *error, const char *folder)
{
  const char *title;
  const char *advice;
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  g_return_if_fail (ASSAY_IS_TROUBLE_PAGE (self));
  g_return_if_fail (error != NULL);

  g_set_str (&self->folder, folder);
  describe (error, &title, &advice);
  text = g_strdup_printf ("%s\n\n%s", error->message, advice);
  /* A status page reads markup. */
  escaped = g_markup_escape_text (text, -1);
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, escaped);
  gtk_widget_set_visible (self->folder_button, g_file_test (folder, G_FILE_TEST_IS_DIR));
  gtk_widget_grab_focus (self->retry_button);
}
