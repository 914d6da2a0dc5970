/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-image-dialog.h"

#include <glib/gi18n.h>

#include "assay-image.h"
#include "assay-limits.h"
#include "assay-link.h"
#include "assay-visible-text.h"

#define WIDTH 720
#define HEIGHT 560

struct _AssayImageDialog
{
  AdwDialog parent_instance;

  AssayHttp *http;
  char *address;
  char *description;
  DexFuture *loading; /* (nullable) */
  GtkStack *stack;
  AdwStatusPage *failure;
  GtkPicture *picture;
  GtkLabel *size;
};

G_DEFINE_FINAL_TYPE (AssayImageDialog, assay_image_dialog, ADW_TYPE_DIALOG)

/* What descriptions of status pages take is markup. */
static void
set_description (AdwStatusPage *page, const char *text)
{
  g_autofree char *shown = assay_visible_line (text, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS);
  g_autofree char *markup = g_markup_escape_text (shown, -1);

  adw_status_page_set_description (page, markup);
}

static void
show_texture (AssayImageDialog *self, GdkTexture *texture)
{
  /* Translators: width and height of an image in pixels */
  g_autofree char *size = g_strdup_printf (_ ("%d × %d pixels"), gdk_texture_get_width (texture),
                                           gdk_texture_get_height (texture));

  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_picture_set_alternative_text (self->picture, self->description);
  gtk_label_set_text (self->size, size);
  gtk_stack_set_visible_child_name (self->stack, "image");
}

static DexFuture *
loaded_cb (DexFuture *future, gpointer user_data)
{
  AssayImageDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  dex_clear (&self->loading);
  if (value != NULL)
    {
      show_texture (self, g_value_get_object (value));
      return NULL;
    }
  set_description (self->failure, error->message);
  gtk_stack_set_visible_child_name (self->stack, "failure");
  return NULL;
}

static void
load_cb (AssayImageDialog *self)
{
  DexFuture *loading;

  if (self->loading != NULL)
    return;
  gtk_stack_set_visible_child_name (self->stack, "loading");
  loading = dex_future_finally (assay_image_load (self->http, self->address), loaded_cb,
                                g_object_ref (self), g_object_unref);
  /* A small image of the text may have been decoded before anybody listened. */
  if (dex_future_is_pending (loading))
    self->loading = loading;
  else
    dex_unref (loading);
}

/* Where nobody else has to be asked, the person has asked by opening the dialog. */
static void
assay_image_dialog_map (GtkWidget *widget)
{
  AssayImageDialog *self = ASSAY_IMAGE_DIALOG (widget);
  gsize n_bytes;

  GTK_WIDGET_CLASS (assay_image_dialog_parent_class)->map (widget);
  if (assay_link_get_image_data (self->address, &n_bytes) != NULL
      && gtk_picture_get_paintable (self->picture) == NULL)
    load_cb (self);
}

/* Nobody waits for it any longer. */
static void
closed_cb (AssayImageDialog *self)
{
  dex_clear (&self->loading);
}

static GtkWidget *
new_button (AssayImageDialog *self, const char *label)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (load_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_page (const char *icon, const char *title, GtkWidget *child)
{
  return g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", icon, "title", title, "child", child,
                       NULL);
}

/* Where somebody is asked for it. */
static void
add_question (AssayImageDialog *self)
{
  GtkWidget *page = new_page ("image-x-generic-symbolic", _ ("The Image Lies Elsewhere"),
                              new_button (self, _ ("_Load Image")));
  g_autofree char *host = assay_link_dup_host (self->address);
  g_autofree char *shown = assay_visible_line (self->address, ASSAY_LIMIT_URL_SOFT_CHARACTERS);
  /* Translators: the first %s is an address, the second the site that it is on */
  g_autofree char *text =
      g_strdup_printf (_ ("%s\n\n%s sees that it is asked for, and from which network. It is told "
                          "nothing else."),
                       shown, host);
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_status_page_set_description (ADW_STATUS_PAGE (page), markup);
  gtk_stack_add_named (self->stack, page, "question");
}

static void
add_picture (AssayImageDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->picture = GTK_PICTURE (gtk_picture_new ());
  gtk_picture_set_content_fit (self->picture, GTK_CONTENT_FIT_SCALE_DOWN);
  gtk_widget_set_vexpand (GTK_WIDGET (self->picture), TRUE);
  self->size = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->size), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->size), "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->picture));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->size));
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_stack_add_named (self->stack, box, "image");
}

static void
assay_image_dialog_finalize (GObject *object)
{
  AssayImageDialog *self = ASSAY_IMAGE_DIALOG (object);

  g_clear_object (&self->http);
  g_free (self->address);
  g_free (self->description);

  G_OBJECT_CLASS (assay_image_dialog_parent_class)->finalize (object);
}

static void
assay_image_dialog_class_init (AssayImageDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_image_dialog_finalize;
  GTK_WIDGET_CLASS (klass)->map = assay_image_dialog_map;
}

static void
assay_image_dialog_init (AssayImageDialog *self)
{
  GtkWidget *toolbar = adw_toolbar_view_new ();

  self->stack = GTK_STACK (gtk_stack_new ());
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), GTK_WIDGET (self->stack));
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Image"));
  adw_dialog_set_content_width (ADW_DIALOG (self), WIDTH);
  adw_dialog_set_content_height (ADW_DIALOG (self), HEIGHT);
  adw_dialog_set_child (ADW_DIALOG (self), toolbar);
  g_signal_connect (self, "closed", G_CALLBACK (closed_cb), NULL);
}

AdwDialog *
assay_image_dialog_new (AssayHttp *http, const char *address, const char *description)
{
  AssayImageDialog *self;
  GtkWidget *spinner;
  GtkWidget *again;
  gsize n_bytes;

  g_return_val_if_fail (ASSAY_IS_HTTP (http), NULL);
  g_return_val_if_fail (address != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_IMAGE_DIALOG, NULL);
  self->http = g_object_ref (http);
  self->address = g_strdup (address);
  self->description = description != NULL && *description != '\0'
                          ? assay_visible_line (description, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS)
                          : NULL;
  if (assay_link_get_image_data (address, &n_bytes) == NULL)
    add_question (self);
  spinner = adw_spinner_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Loading the image"), -1);
  gtk_stack_add_named (self->stack, spinner, "loading");
  add_picture (self);
  again = new_button (self, _ ("_Try Again"));
  self->failure = ADW_STATUS_PAGE (
      new_page ("image-missing-symbolic", _ ("The Image Could Not Be Loaded"), again));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->failure), "failure");
  return ADW_DIALOG (self);
}
