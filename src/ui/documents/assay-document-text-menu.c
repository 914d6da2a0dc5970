/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-text-private.h"

#include <glib/gi18n.h>

#include "assay-image-dialog.h"
#include "assay-image.h"
#include "assay-link.h"

/* Links, which are never followed by themselves, and the menu of what stands under the pointer or
 * the cursor. */

static GtkTextBuffer *
get_buffer (AssayDocumentText *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
}

/* What is at a point of the widget; (nullable), borrowed from the rendition. */
static const AssayPart *
get_part_at (AssayDocumentText *self, int x, int y)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextIter iter;
  int buffer_x, buffer_y;

  if (self->rendition == NULL)
    return NULL;
  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, x, y, &buffer_x, &buffer_y);
  if (!gtk_text_view_get_iter_at_location (view, &iter, buffer_x, buffer_y))
    return NULL;
  return assay_rendition_find_part (self->rendition, gtk_text_iter_get_offset (&iter));
}

/* The link or the image that the menu acts on. @text: what is said of it; takes it. */
static void
take_target (AssayDocumentText *self, const char *target, gboolean is_image, char *text)
{
  g_set_str (&self->link, target);
  g_free (self->image_text);
  self->image_text = NULL;
  if (target != NULL && is_image && assay_image_can_load (target))
    self->image_text = g_steal_pointer (&text);
  g_free (text);
}

static void
take_part (AssayDocumentText *self, const AssayPart *part)
{
  const char *target = part != NULL ? part->target : NULL;

  take_target (self, target, part != NULL && part->style & ASSAY_SPAN_IMAGE,
               target != NULL ? assay_rendition_dup_text (self->rendition, part->start,
                                                          part->start + part->n_characters)
                              : NULL);
}

/* What is under the pointer, also in a cell of a table. */
static void
take_target_at (AssayDocumentText *self, double x, double y)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkWidget *picked = gtk_widget_pick (widget, x, y, GTK_PICK_DEFAULT);
  GtkWidget *table =
      picked != NULL ? gtk_widget_get_ancestor (picked, ASSAY_TYPE_DOCUMENT_TABLE) : NULL;
  gboolean is_image = FALSE;
  char *text = NULL;

  if (table != NULL)
    {
      const char *target = assay_document_table_get_target_at (ASSAY_DOCUMENT_TABLE (table), widget,
                                                               x, y, &is_image, &text);

      take_target (self, target, is_image, text);
    }
  else
    take_part (self, get_part_at (self, (int) x, (int) y));
}

/* What the cursor stands at, also in a cell of a table. */
static void
take_target_at_cursor (AssayDocumentText *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *table =
      focus != NULL ? gtk_widget_get_ancestor (focus, ASSAY_TYPE_DOCUMENT_TABLE) : NULL;
  gboolean is_image = FALSE;
  char *text = NULL;
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (get_buffer (self), &iter,
                                    gtk_text_buffer_get_insert (get_buffer (self)));
  if (table != NULL)
    {
      const char *target =
          assay_document_table_get_focused_target (ASSAY_DOCUMENT_TABLE (table), &is_image, &text);

      take_target (self, target, is_image, text);
      self->menu_code = -1;
    }
  else
    {
      take_part (self,
                 self->rendition != NULL
                     ? assay_rendition_find_part (self->rendition, gtk_text_iter_get_offset (&iter))
                     : NULL);
      self->menu_code = _assay_document_text_find_code (self, gtk_text_iter_get_line (&iter));
    }
}

static void
show_image (AssayDocumentText *self)
{
  g_autoptr (AssayHttp) http = assay_http_new ();

  adw_dialog_present (assay_image_dialog_new (http, self->link, self->image_text),
                      GTK_WIDGET (self));
}

static void
update_menu_actions (AssayDocumentText *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "document.open-link",
                                 self->link != NULL && assay_link_can_open (self->link));
  gtk_widget_action_set_enabled (widget, "document.copy-link", self->link != NULL);
  gtk_widget_action_set_enabled (widget, "document.show-image", self->image_text != NULL);
  gtk_widget_action_set_enabled (widget, "document.copy-code", self->menu_code >= 0);
  gtk_widget_action_set_enabled (widget, "document.show-code",
                                 self->menu_code >= 0
                                     && assay_document_styles_get_wrap_code (self->styles));
}

/* The menu acts on what it was opened over: the pointer's place, or the cursor's. */
static void
secondary_pressed_cb (GtkGestureClick *gesture,
                      int n_press,
                      double x,
                      double y,
                      AssayDocumentText *self)
{
  take_target_at (self, x, y);
  self->menu_code = _assay_document_text_find_code_at (self, y);
  update_menu_actions (self);
}

static void
primary_pressed_cb (GtkGestureClick *gesture,
                    int n_press,
                    double x,
                    double y,
                    AssayDocumentText *self)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if ((state & GDK_CONTROL_MASK) == 0)
    return;
  take_target_at (self, x, y);
  if (self->link == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (self->image_text != NULL)
    show_image (self);
  else
    assay_link_ask_to_open (self->link, GTK_WIDGET (self));
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                AssayDocumentText *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);

  switch (keyval)
    {
    case GDK_KEY_F7:
      gtk_text_view_set_cursor_visible (view, !gtk_text_view_get_cursor_visible (view));
      return GDK_EVENT_STOP;

    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      /* The text cannot lose anything but a mark. */
      return gtk_widget_activate_action (GTK_WIDGET (self), "workbench.remove-mark", NULL);

    case GDK_KEY_Left:
    case GDK_KEY_Right:
    case GDK_KEY_Up:
    case GDK_KEY_Down:
    case GDK_KEY_Home:
    case GDK_KEY_End:
      /* Selecting with the keyboard needs a cursor; without one the arrows scroll. */
      if (state & GDK_SHIFT_MASK && !gtk_text_view_get_cursor_visible (view))
        gtk_text_view_set_cursor_visible (view, TRUE);
      return GDK_EVENT_PROPAGATE;

    case GDK_KEY_Menu:
    case GDK_KEY_F10:
      take_target_at_cursor (self);
      update_menu_actions (self);
      return GDK_EVENT_PROPAGATE;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
open_link_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AssayDocumentText *self = ASSAY_DOCUMENT_TEXT (widget);

  if (self->link != NULL)
    assay_link_ask_to_open (self->link, widget);
}

static void
show_image_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AssayDocumentText *self = ASSAY_DOCUMENT_TEXT (widget);

  if (self->link != NULL && self->image_text != NULL)
    show_image (self);
}

static void
copy_link_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AssayDocumentText *self = ASSAY_DOCUMENT_TEXT (widget);

  if (self->link != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->link);
}

static void
copy_code_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AssayDocumentText *self = ASSAY_DOCUMENT_TEXT (widget);

  if (self->menu_code >= 0)
    _assay_document_text_copy_code (self, self->menu_code);
}

static void
show_code_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AssayDocumentText *self = ASSAY_DOCUMENT_TEXT (widget);

  if (self->menu_code >= 0)
    _assay_document_text_present_code (self, self->menu_code);
}

gboolean
_assay_document_text_query_tooltip (GtkWidget *widget,
                                    int x,
                                    int y,
                                    gboolean keyboard,
                                    GtkTooltip *tooltip)
{
  const AssayPart *part = keyboard ? NULL : get_part_at (ASSAY_DOCUMENT_TEXT (widget), x, y);
  g_autofree char *description = NULL;

  if (part == NULL || part->target == NULL)
    return FALSE;
  description = assay_link_describe (part->target);
  gtk_tooltip_set_text (tooltip, description);
  return TRUE;
}

static void
add_menu (AssayDocumentText *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) link_section = g_menu_new ();
  g_autoptr (GMenuItem) mark = g_menu_item_new (C_ ("text", "_Mark"), "documents.mark");
  g_autoptr (GMenuItem) quote = g_menu_item_new (_ ("_Quote in Rationale"), "documents.quote");
  g_autoptr (GMenuItem) image = g_menu_item_new (_ ("Show _Image…"), "document.show-image");
  g_autoptr (GMenuItem) open = g_menu_item_new (_ ("_Open Link…"), "document.open-link");
  g_autoptr (GMenuItem) copy = g_menu_item_new (_ ("Copy _Link Address"), "document.copy-link");
  g_autoptr (GMenuItem) code = g_menu_item_new (_ ("Copy Co_de"), "document.copy-code");
  g_autoptr (GMenuItem) show =
      g_menu_item_new (_ ("Show Code _Without Wrapping"), "document.show-code");

  g_menu_item_set_attribute (mark, "hidden-when", "s", "action-disabled");
  g_menu_item_set_attribute (quote, "hidden-when", "s", "action-missing");
  g_menu_item_set_attribute (image, "hidden-when", "s", "action-disabled");
  g_menu_item_set_attribute (open, "hidden-when", "s", "action-disabled");
  g_menu_item_set_attribute (copy, "hidden-when", "s", "action-disabled");
  g_menu_item_set_attribute (code, "hidden-when", "s", "action-disabled");
  g_menu_item_set_attribute (show, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, mark);
  g_menu_append_item (menu, quote);
  g_menu_append_item (menu, code);
  g_menu_append_item (menu, show);
  g_menu_append_item (link_section, image);
  g_menu_append_item (link_section, open);
  g_menu_append_item (link_section, copy);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (link_section));
  gtk_text_view_set_extra_menu (GTK_TEXT_VIEW (self), G_MENU_MODEL (menu));
}

static void
add_controllers (AssayDocumentText *self)
{
  GtkGesture *gesture;
  GtkEventController *keys;

  gesture = gtk_gesture_click_new ();
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (secondary_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_click_new ();
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_PRIMARY);
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (primary_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));

  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
_assay_document_text_install_menu_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "document.open-link", NULL, open_link_cb);
  gtk_widget_class_install_action (widget_class, "document.copy-link", NULL, copy_link_cb);
  gtk_widget_class_install_action (widget_class, "document.show-image", NULL, show_image_cb);
  gtk_widget_class_install_action (widget_class, "document.copy-code", NULL, copy_code_cb);
  gtk_widget_class_install_action (widget_class, "document.show-code", NULL, show_code_cb);
}

void
_assay_document_text_add_menu (AssayDocumentText *self)
{
  add_menu (self);
  add_controllers (self);
  update_menu_actions (self);
}
