/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Images that lie elsewhere: nothing is asked for before a person wants it, and what comes then is
 * untrusted. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <libdex.h>
#include <string.h>

#include "assay-document-table.h"
#include "assay-image-dialog.h"
#include "assay-image.h"
#include "assay-limits.h"
#include "assay-link.h"
#include "document-fixture.h"

static void
test_addresses (void)
{
  static const char *const refused[] = {
    "http://example.org/a.png",  "ftp://example.org/a.png",   "file:///etc/passwd",
    "data:text/html;base64,AA",  "data:image/png,AA",         "data:image/png;base64",
    "https://localhost/a.png",   "https://printer/a.png",     "https://127.0.0.1/a.png",
    "https://10.1.2.3/a.png",    "https://192.168.0.1/a.png", "https://169.254.1.1/a.png",
    "https://[::1]/a.png",       "https://[fe80::1]/a.png",   "https://0.0.0.0/a.png",
    "https://nas.local/a.png",   "https://a.localhost/a.png", "https:///a.png",
    "https://db.internal/a.png",
  };

  g_assert_true (assay_image_can_load ("https://example.org/a.png"));
  g_assert_true (assay_image_can_load ("HTTPS://example.org:8443/a.png?b=c"));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    if (assay_image_can_load (refused[i]))
      g_error ("%s would be loaded", refused[i]);
}

static guint32
get_crc (const guint8 *data, gsize length)
{
  guint32 crc = G_MAXUINT32;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ (crc & 1 ? 0xEDB88320 : 0);
    }
  return ~crc;
}

/* The beginning of a PNG of that size, up to where its pixels begin. */
static GBytes *
new_header (guint32 width, guint32 height)
{
  guint8 data[44] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\0\0\0\0\0\x08\x02\0\0\0"
                    "crc \0\0\0\x10IDAT\x78\x9c";
  guint32 number;

  number = GUINT32_TO_BE (width);
  memcpy (data + 16, &number, sizeof number);
  number = GUINT32_TO_BE (height);
  memcpy (data + 20, &number, sizeof number);
  number = GUINT32_TO_BE (get_crc (data + 12, 17));
  memcpy (data + 29, &number, sizeof number);
  return g_bytes_new (data, sizeof data);
}

static GBytes *
new_png (int width, int height)
{
  gsize stride = (gsize) width * 4;
  g_autoptr (GBytes) pixels = g_bytes_new_take (g_malloc0 (stride * height), stride * height);
  g_autoptr (GdkTexture) texture =
      gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, pixels, stride);

  return gdk_texture_save_to_png_bytes (texture);
}

static void
assert_refused (GBytes *bytes, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (assay_image_decode (bytes, &error));
  g_assert_error (error, G_IO_ERROR, code);
}

static void
test_decode (void)
{
  static const char drawing[] =
      "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'><rect width='4' "
      "height='4'/></svg>";
  g_autoptr (GBytes) png = new_png (3, 2);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (png, 0, g_bytes_get_size (png) / 2);
  g_autoptr (GBytes) svg = g_bytes_new_static (drawing, sizeof drawing - 1);
  g_autoptr (GBytes) text = g_bytes_new_static ("<html>", 6);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = assay_image_decode (png, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 3);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 2);
  assert_refused (cut, G_IO_ERROR_INVALID_DATA);
  assert_refused (svg, G_IO_ERROR_INVALID_DATA);
  assert_refused (text, G_IO_ERROR_INVALID_DATA);
  assert_refused (nothing, G_IO_ERROR_INVALID_DATA);
}

/* What did not come of an image is left empty; whether it is too large is known before. */
static void
test_pixels (void)
{
  const guint32 width = 8000;
  const guint32 height = ASSAY_LIMIT_IMAGE_PIXELS / width;

  g_assert_cmpuint (width * height, ==, ASSAY_LIMIT_IMAGE_PIXELS);
  for (int more = -1; more <= 1; more++)
    {
      g_autoptr (GBytes) header = new_header (width, height + more);
      g_autoptr (GError) error = NULL;
      g_autoptr (GdkTexture) texture = assay_image_decode (header, &error);

      if (more > 0)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
      else
        g_assert_no_error (error);
      g_assert_cmpint (texture != NULL, ==, more <= 0);
    }
}

/* A site that gives out one answer. */

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source,
        gpointer user_data)
{
  GBytes *answer = user_data;
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autofree char *header =
      g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: %zu\r\n"
                       "Connection: close\r\n\r\n",
                       g_bytes_get_size (answer));
  char request[4096];

  if (g_input_stream_read (input, request, sizeof request, NULL, NULL) > 0)
    {
      g_output_stream_write_all (output, header, strlen (header), NULL, NULL, NULL);
      g_output_stream_write_all (output, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                                 NULL, NULL, NULL);
    }
  return TRUE;
}

static void
free_answer (gpointer data, GClosure *closure)
{
  g_bytes_unref (data);
}

static GSocketService *
new_site (GBytes *answer, char **address)
{
  GSocketService *service = g_threaded_socket_service_new (2);
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);

  g_assert_cmpuint (port, >, 0);
  /* Its threads may outlive the test. */
  g_signal_connect_data (service, "run", G_CALLBACK (run_cb), g_bytes_ref (answer), free_answer, 0);
  *address = g_strdup_printf ("http://127.0.0.1:%u/a.png", port);
  return service;
}

static const char *
get_page (AdwDialog *dialog)
{
  return gtk_stack_get_visible_child_name (
      GTK_STACK (document_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_STACK)));
}

static GtkWidget *
find_button (AdwDialog *dialog)
{
  GtkStack *stack = GTK_STACK (document_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_STACK));

  return document_fixture_find (gtk_stack_get_visible_child (stack), GTK_TYPE_BUTTON);
}

static void
wait_for_page (AdwDialog *dialog, const char *name)
{
  while (g_strcmp0 (get_page (dialog), name) != 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_dialog (DocumentFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) png = new_png (30, 20);
  g_autoptr (AssayHttp) http = assay_http_new ();
  g_autofree char *address = NULL;
  g_autoptr (GSocketService) site = new_site (png, &address);
  AdwDialog *dialog = assay_image_dialog_new (http, address, "a cat");
  GtkWidget *picture;

  adw_dialog_present (dialog, fixture->window);
  /* Not before the person says so. */
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpstr (get_page (dialog), ==, "question");
  g_signal_emit_by_name (find_button (dialog), "clicked");
  g_assert_cmpstr (get_page (dialog), ==, "loading");
  wait_for_page (dialog, "image");
  picture = document_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_PICTURE);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (
                       gtk_picture_get_paintable (GTK_PICTURE (picture))),
                   ==, 30);
  g_assert_cmpstr (gtk_picture_get_alternative_text (GTK_PICTURE (picture)), ==, "a cat");
  adw_dialog_force_close (dialog);
}

static void
test_failure (DocumentFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) text = g_bytes_new_static ("<b>no image</b>", 15);
  g_autoptr (AssayHttp) http = assay_http_new ();
  g_autofree char *address = NULL;
  g_autoptr (GSocketService) site = new_site (text, &address);
  AdwDialog *dialog = assay_image_dialog_new (http, address, NULL);

  adw_dialog_present (dialog, fixture->window);
  g_signal_emit_by_name (find_button (dialog), "clicked");
  wait_for_page (dialog, "failure");
  /* It can be tried again, and closed while it is. */
  g_signal_emit_by_name (find_button (dialog), "clicked");
  g_assert_cmpstr (get_page (dialog), ==, "loading");
  adw_dialog_force_close (dialog);
}

static gboolean
redirect_cb (GThreadedSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  char request[4096];

  if (g_input_stream_read (input, request, sizeof request, NULL, NULL) > 0)
    g_output_stream_write_all (output, user_data, strlen (user_data), NULL, NULL, NULL);
  return TRUE;
}

static void
free_redirection (gpointer data, GClosure *closure)
{
  g_free (data);
}

static gboolean
count_cb (GThreadedSocketService *service,
          GSocketConnection *connection,
          GObject *source,
          gpointer user_data)
{
  g_atomic_int_inc ((int *) user_data);
  return TRUE;
}

/* A site cannot send the request on to where it would not have been made. */
static void
test_redirection (DocumentFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GSocketService) site = g_threaded_socket_service_new (2);
  g_autoptr (GSocketService) other = g_threaded_socket_service_new (2);
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (site), NULL, NULL);
  guint16 other_port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (other), NULL, NULL);
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u/a.png", port);
  char *answer = g_strdup_printf ("HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1:%u/b.png\r\n"
                                  "Content-Length: 0\r\nConnection: close\r\n\r\n",
                                  other_port);
  g_autoptr (AssayHttp) http = assay_http_new ();
  AdwDialog *dialog = assay_image_dialog_new (http, address, NULL);
  int n_asked = 0;

  g_signal_connect_data (site, "run", G_CALLBACK (redirect_cb), answer, free_redirection, 0);
  g_signal_connect (other, "run", G_CALLBACK (count_cb), &n_asked);
  adw_dialog_present (dialog, fixture->window);
  g_signal_emit_by_name (find_button (dialog), "clicked");
  wait_for_page (dialog, "failure");
  g_assert_cmpint (g_atomic_int_get (&n_asked), ==, 0);
  adw_dialog_force_close (dialog);
}

static void
press_menu_key (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean handled;

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Menu, 0, 0, &handled);
    }
}

static AdwDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GtkWidget *dialog = document_fixture_find (window, ASSAY_TYPE_IMAGE_DIALOG);

      if (dialog != NULL)
        return ADW_DIALOG (dialog);
    }
  return NULL;
}

/* An image of a text can be asked for where it may be loaded from, and only there. */
static void
test_menu (DocumentFixture *fixture, gconstpointer user_data)
{
  static const char *const texts[] = { "![](https://192.168.0.1/a.png)", "[a](https://b.org/c.png)",
                                       "![a cat](https://example.org/a.png)" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      document_fixture_show (fixture, texts[i]);
      press_menu_key (GTK_WIDGET (fixture->text));
      gtk_widget_activate_action (GTK_WIDGET (fixture->text), "document.show-image", NULL);
      g_assert_cmpint (find_dialog () != NULL, ==, i == 2);
    }
  g_assert_cmpstr (get_page (find_dialog ()), ==, "question");
  adw_dialog_force_close (find_dialog ());
}

/* An image that the text brings along is shown without a question, and its size is said before. */
static void
test_within (DocumentFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) png = new_png (30, 20);
  gsize size;
  const guchar *data = g_bytes_get_data (png, &size);
  g_autofree char *encoded = g_base64_encode (data, size);
  g_autofree char *text = g_strdup_printf ("![a cat](data:image/png;base64,%s)", encoded);
  g_autofree char *spoilt = g_strdup_printf ("![a cat](data:image/png;base64,%.20s)", encoded);
  g_autofree char *formatted = g_format_size (size);
  g_autofree char *description = assay_link_describe ("data:image/png;base64,AAAA");
  g_autofree char *shown = g_strdup_printf ("Image: a cat (%s in this text)", formatted);

  document_fixture_show (fixture, text);
  document_fixture_assert_shown (fixture, shown);
  g_assert_cmpstr (description, ==, "The image is in this text");
  press_menu_key (GTK_WIDGET (fixture->text));
  gtk_widget_activate_action (GTK_WIDGET (fixture->text), "document.show-image", NULL);
  wait_for_page (find_dialog (), "image");
  adw_dialog_force_close (find_dialog ());

  document_fixture_show (fixture, spoilt);
  press_menu_key (GTK_WIDGET (fixture->text));
  gtk_widget_activate_action (GTK_WIDGET (fixture->text), "document.show-image", NULL);
  wait_for_page (find_dialog (), "failure");
  adw_dialog_force_close (find_dialog ());
}

/* The same in a cell of a table, by the pointer's place and by the cursor's. */
static void
test_cell (DocumentFixture *fixture, gconstpointer user_data)
{
  static const char source[] = "|a|b|\n|-|-|\n|x|see ![a cat](https://example.org/a.png)|";
  GtkWidget *table;
  GtkWidget *label;
  int left, top;
  PangoRectangle place;
  gboolean is_image = FALSE;
  g_autofree char *text = NULL;
  const char *shown;

  document_fixture_show (fixture, source);
  table = document_fixture_find (GTK_WIDGET (fixture->text), ASSAY_TYPE_DOCUMENT_TABLE);
  label = gtk_grid_get_child_at (GTK_GRID (document_fixture_find (table, GTK_TYPE_GRID)), 1, 1);
  shown = gtk_label_get_text (GTK_LABEL (label));
  g_assert_cmpstr (shown, ==, "see Image: a cat (example.org)");
  while (gtk_widget_get_width (label) == 0)
    g_main_context_iteration (NULL, TRUE);

  gtk_label_get_layout_offsets (GTK_LABEL (label), &left, &top);
  pango_layout_index_to_pos (gtk_label_get_layout (GTK_LABEL (label)), strlen ("see Image"),
                             &place);
  g_assert_cmpstr (assay_document_table_get_target_at (ASSAY_DOCUMENT_TABLE (table), label,
                                                       left + place.x / PANGO_SCALE + 1,
                                                       top + place.y / PANGO_SCALE + 1, &is_image,
                                                       &text),
                   ==, "https://example.org/a.png");
  g_assert_true (is_image);
  g_assert_cmpstr (text, ==, "Image: a cat (example.org)");
  g_clear_pointer (&text, g_free);
  g_assert_null (assay_document_table_get_target_at (ASSAY_DOCUMENT_TABLE (table), label, left + 1,
                                                     top + 1, &is_image, &text));

  gtk_widget_grab_focus (label);
  gtk_label_select_region (GTK_LABEL (label), 1, 1);
  press_menu_key (GTK_WIDGET (fixture->text));
  gtk_widget_activate_action (label, "document.show-image", NULL);
  g_assert_null (find_dialog ());
  gtk_label_select_region (GTK_LABEL (label), 6, 6);
  press_menu_key (GTK_WIDGET (fixture->text));
  gtk_widget_activate_action (label, "document.show-image", NULL);
  g_assert_cmpstr (get_page (find_dialog ()), ==, "question");
  adw_dialog_force_close (find_dialog ());
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  adw_init ();

  g_test_add_func ("/ui/image/addresses", test_addresses);
  g_test_add_func ("/ui/image/decode", test_decode);
  g_test_add_func ("/ui/image/pixels", test_pixels);
  DOCUMENT_ADD ("/ui/image/dialog", test_dialog);
  DOCUMENT_ADD ("/ui/image/failure", test_failure);
  DOCUMENT_ADD ("/ui/image/redirection", test_redirection);
  DOCUMENT_ADD ("/ui/image/menu", test_menu);
  DOCUMENT_ADD ("/ui/image/cell", test_cell);
  DOCUMENT_ADD ("/ui/image/within", test_within);

  return g_test_run ();
}
