/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-sidebar.h"

#include "assay-account-words.h"
#include "assay-status-line.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

#define TITLE_CHARACTERS 120

struct _AssaySidebar
{
  AdwNavigationPage parent_instance;

  /* Template widgets */
  GtkMenuButton *menu_button;
  GtkListBox *list;
  AssayStatusLine *status_line;

  AssaySession *session; /* (owned) (nullable) */
  AssayEngine *engine;   /* (owned) (nullable) */
  AssayPlaces *places;   /* (owned) (nullable) */
  AssayPlace *selected;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (AssaySidebar, assay_sidebar, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_SELECTED = 1,
} AssaySidebarProperty;

static GParamSpec *properties[PROP_SELECTED + 1];

enum
{
  SIGNAL_PLACE_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static AssayPlace *
row_get_place (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "assay-place");
}

static void
update_row (GtkListBoxRow *row, GParamSpec *pspec, AssayPlace *place)
{
  GtkLabel *title = g_object_get_data (G_OBJECT (row), "assay-title");
  g_autofree char *name = assay_visible_line (assay_place_get_title (place), TITLE_CHARACTERS);
  GtkLabel *number = g_object_get_data (G_OBJECT (row), "assay-count");
  guint count = assay_place_get_count (place);
  g_autofree char *text = count > 0 ? g_strdup_printf ("%u", count) : g_strdup ("");
  /* Translators: a row of the sidebar as it is read out: the name of a place, and how many tasks
   * are there. */
  g_autofree char *spoken =
      g_strdup_printf (ngettext ("%1$s, %2$u task", "%1$s, %2$u tasks", count), name, count);

  gtk_label_set_text (title, name);
  gtk_label_set_text (number, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* How the account is, where that is worth a sign. */
static void
update_account_row (AssaySidebar *self, GtkListBoxRow *row)
{
  AssayAccount *account = assay_place_get_account (row_get_place (row));
  AssayAccountSync *sync = self->engine != NULL
                               ? assay_engine_find (self->engine, assay_account_get_id (account))
                               : NULL;
  AssayAccountState state =
      sync != NULL ? assay_account_sync_get_state (sync) : ASSAY_ACCOUNT_STARTING;
  gboolean said = state != ASSAY_ACCOUNT_STARTING && state != ASSAY_ACCOUNT_ONLINE;
  GtkImage *icon = g_object_get_data (G_OBJECT (row), "assay-state");
  g_autofree char *title = assay_account_dup_title (account);
  /* Translators: a row of the sidebar: the name of an account, and how it is ("signed out"). */
  g_autofree char *text =
      said ? g_strdup_printf (_ ("%1$s, %2$s"), title, assay_account_state_get_name (state))
           : g_strdup (title);

  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "assay-title"), title);
  gtk_widget_set_visible (GTK_WIDGET (icon), said);
  gtk_image_set_from_icon_name (icon, assay_account_state_get_icon_name (state));
  if (assay_account_state_needs_person (state))
    gtk_widget_add_css_class (GTK_WIDGET (icon), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (icon), "warning");
  assay_widget_set_tooltip (GTK_WIDGET (row), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
update_accounts (AssaySidebar *self)
{
  GtkListBoxRow *row;

  if (self->list == NULL)
    return;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (assay_place_get_kind (row_get_place (row)) == ASSAY_PLACE_ACCOUNT)
      update_account_row (self, row);
}

static void
account_notify_cb (GtkListBoxRow *row, GParamSpec *pspec, AssayPlace *place)
{
  GtkWidget *self = gtk_widget_get_ancestor (GTK_WIDGET (row), ASSAY_TYPE_SIDEBAR);

  if (self != NULL)
    update_account_row (ASSAY_SIDEBAR (self), row);
}

static void
accounts_changed_cb (AssaySidebar *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (AssayAccountSync) sync = g_list_model_get_item (G_LIST_MODEL (self->engine), i);

      g_signal_connect_object (sync, "notify::state", G_CALLBACK (update_accounts), self,
                               G_CONNECT_SWAPPED);
    }
  update_accounts (self);
  if (self->places != NULL)
    assay_places_reload (self->places);
}

static void
session_state_cb (AssaySidebar *self)
{
  AssayEngine *engine = assay_session_get_engine (self->session);

  if (engine == NULL || self->engine != NULL)
    return;
  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "items-changed", G_CALLBACK (accounts_changed_cb), self,
                           G_CONNECT_SWAPPED);
  accounts_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (engine)));
}

static void
show_menu_at (GtkWidget *row, double x, double y)
{
  AssayPlace *place = row_get_place (GTK_LIST_BOX_ROW (row));
  GtkWidget *popover = g_object_get_data (G_OBJECT (row), "assay-menu");
  GMenu *menu;
  gint64 project;

  if (popover == NULL)
    {
      g_autoptr (GMenu) made = menu = g_menu_new ();
      g_autoptr (GMenuItem) export_item = g_menu_item_new (_ ("_Export Judgements…"), NULL);
      g_autoptr (GMenuItem) remove_item = g_menu_item_new (_ ("_Remove Project…"), NULL);

      project = assay_project_get_id (assay_place_get_project (place));
      g_menu_item_set_action_and_target (export_item, "inbox.export-project", "x", project);
      g_menu_item_set_action_and_target (remove_item, "inbox.remove-project", "x", project);
      g_menu_append_item (menu, export_item);
      g_menu_append_item (menu, remove_item);

      popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
      assay_widget_name_menu (GTK_POPOVER (popover));
      gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
      gtk_widget_set_halign (popover, GTK_ALIGN_START);
      gtk_widget_set_parent (popover, row);
      g_object_set_data (G_OBJECT (row), "assay-menu", popover);
      g_signal_connect_swapped (row, "destroy", G_CALLBACK (gtk_widget_unparent), popover);
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
row_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, GtkWidget *row)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));

  if (event == NULL || !gdk_event_triggers_context_menu (event))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu_at (row, x, y);
}

static void
row_long_pressed_cb (GtkGestureLongPress *gesture, double x, double y, GtkWidget *row)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu_at (row, x, y);
}

static gboolean
row_menu_key_cb (GtkWidget *row, GVariant *arguments, gpointer user_data)
{
  show_menu_at (row, gtk_widget_get_width (row) / 2.0, gtk_widget_get_height (row));
  return GDK_EVENT_STOP;
}

/* A project's row has a menu: by pointer, by touch, and by the Menu key. */
static void
add_menu (GtkWidget *row)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *touch = gtk_gesture_long_press_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (row_pressed_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (touch), TRUE);
  g_signal_connect (touch, "pressed", G_CALLBACK (row_long_pressed_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (touch));

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_Menu, 0),
                                                     gtk_keyval_trigger_new (GDK_KEY_F10,
                                                                             GDK_SHIFT_MASK)),
                        gtk_callback_action_new (row_menu_key_cb, NULL, NULL)));
  gtk_widget_add_controller (row, keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE,
                                  -1);
}

/* It leads to the account's page and is never the selected place. */
static GtkWidget *
create_account_row (AssaySidebar *self, AssayPlace *place)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *icon = gtk_image_new ();

  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (row, "assay-account");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);

  g_object_set_data_full (G_OBJECT (row), "assay-place", g_object_ref (place), g_object_unref);
  g_object_set_data (G_OBJECT (row), "assay-title", title);
  g_object_set_data (G_OBJECT (row), "assay-state", icon);
  g_signal_connect_object (place, "notify::account", G_CALLBACK (account_notify_cb), row,
                           G_CONNECT_SWAPPED);
  update_account_row (self, GTK_LIST_BOX_ROW (row));
  return row;
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  AssayPlace *place = item;
  GtkWidget *row;
  GtkWidget *box;
  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *count;

  if (assay_place_get_kind (place) == ASSAY_PLACE_ACCOUNT)
    return create_account_row (user_data, place);
  row = gtk_list_box_row_new ();
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  icon = gtk_image_new_from_icon_name (assay_place_get_icon_name (place));
  title = gtk_label_new (NULL);
  count = gtk_label_new (NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (count, "dimmed");
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);

  g_object_set_data_full (G_OBJECT (row), "assay-place", g_object_ref (place), g_object_unref);
  g_object_set_data (G_OBJECT (row), "assay-title", title);
  g_object_set_data (G_OBJECT (row), "assay-count", count);
  g_signal_connect_object (place, "notify", G_CALLBACK (update_row), row, G_CONNECT_SWAPPED);
  update_row (GTK_LIST_BOX_ROW (row), NULL, place);
  if (assay_place_get_kind (place) == ASSAY_PLACE_PROJECT)
    {
      assay_widget_set_tooltip (row, assay_place_get_title (place));
      add_menu (row);
    }
  return row;
}

static gboolean
is_on_this_computer (AssayPlace *place)
{
  return assay_place_get_kind (place) >= ASSAY_PLACE_PROJECT
         && assay_place_get_account (place) == NULL;
}

/* An account is a heading by itself; what has none follows all of them. */
static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  AssayPlace *place_before = before != NULL ? row_get_place (before) : NULL;
  const char *text;
  GtkWidget *label;

  if (place_before == NULL || is_on_this_computer (place_before)
      || !is_on_this_computer (row_get_place (row)))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  text = assay_place_get_account (place_before) != NULL ? _ ("On This Computer") : _ ("Projects");
  label = gtk_list_box_row_get_header (row);
  if (label != NULL)
    {
      gtk_label_set_text (GTK_LABEL (label), text);
      return;
    }
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "assay-section-title");
  gtk_list_box_row_set_header (row, label);
}

static void
select_row_of (AssaySidebar *self, AssayPlace *place)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (row_get_place (row) == place)
      break;
  gtk_list_box_select_row (self->list, row);
}

static void
row_activated_cb (AssaySidebar *self, GtkListBoxRow *row)
{
  AssayPlace *place = row_get_place (row);

  if (assay_place_get_kind (place) == ASSAY_PLACE_ACCOUNT)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "accounts.show-account", "s",
                                  assay_account_get_id (assay_place_get_account (place)));
      return;
    }
  assay_sidebar_set_selected (self, place);
  g_signal_emit (self, signals[SIGNAL_PLACE_ACTIVATED], 0);
}

/* A removed project leaves the selection to the first place. */
static void
places_changed_cb (AssaySidebar *self)
{
  GListModel *model = G_LIST_MODEL (self->places);
  gboolean found = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (model) && !found; i++)
    {
      g_autoptr (AssayPlace) place = g_list_model_get_item (model, i);

      found = place == self->selected;
    }
  if (!found)
    assay_sidebar_set_selected (self, assay_places_find (self->places, ASSAY_PLACE_READY, 0));
  else
    select_row_of (self, self->selected);
}

static void
assay_sidebar_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssaySidebar *self = ASSAY_SIDEBAR (object);

  switch ((AssaySidebarProperty) prop_id)
    {
    case PROP_SELECTED:
      g_value_set_object (value, self->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_sidebar_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  AssaySidebar *self = ASSAY_SIDEBAR (object);

  switch ((AssaySidebarProperty) prop_id)
    {
    case PROP_SELECTED:
      assay_sidebar_set_selected (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_sidebar_dispose (GObject *object)
{
  AssaySidebar *self = ASSAY_SIDEBAR (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->places != NULL)
    g_signal_handlers_disconnect_by_data (self->places, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_SIDEBAR);
  g_clear_object (&self->engine);
  g_clear_object (&self->session);
  g_clear_object (&self->places);
  g_clear_object (&self->selected);

  G_OBJECT_CLASS (assay_sidebar_parent_class)->dispose (object);
}

static void
assay_sidebar_class_init (AssaySidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = assay_sidebar_get_property;
  object_class->set_property = assay_sidebar_set_property;
  object_class->dispose = assay_sidebar_dispose;

  properties[PROP_SELECTED] =
      g_param_spec_object ("selected", NULL, NULL, ASSAY_TYPE_PLACE,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_PLACE_ACTIVATED] =
      g_signal_new ("place-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);

  g_type_ensure (ASSAY_TYPE_STATUS_LINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ASSAY_RESOURCE_PREFIX "/inbox/assay-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, AssaySidebar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, AssaySidebar, list);
  gtk_widget_class_bind_template_child (widget_class, AssaySidebar, status_line);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
assay_sidebar_init (AssaySidebar *self)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());

  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_list_box_set_header_func (self->list, update_header, NULL, NULL);
  if (application != NULL)
    assay_widget_set_menu (self->menu_button,
                           G_MENU_MODEL (
                               gtk_application_get_menu_by_id (application, "primary-menu")));
}

void
assay_sidebar_set_session (AssaySidebar *self, AssaySession *session)
{
  g_return_if_fail (ASSAY_IS_SIDEBAR (self));
  g_return_if_fail (ASSAY_IS_SESSION (session));

  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  assay_status_line_set_session (self->status_line, session);
  g_signal_connect_swapped (session, "notify::state", G_CALLBACK (session_state_cb), self);
  session_state_cb (self);
}

void
assay_sidebar_set_places (AssaySidebar *self, AssayPlaces *places)
{
  g_return_if_fail (ASSAY_IS_SIDEBAR (self));
  g_return_if_fail (ASSAY_IS_PLACES (places));
  g_return_if_fail (self->places == NULL);

  self->places = g_object_ref (places);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (places), create_row, self, NULL);
  g_signal_connect_swapped (places, "items-changed", G_CALLBACK (places_changed_cb), self);
  places_changed_cb (self);
}

AssayPlace *
assay_sidebar_get_selected (AssaySidebar *self)
{
  g_return_val_if_fail (ASSAY_IS_SIDEBAR (self), NULL);

  return self->selected;
}

void
assay_sidebar_set_selected (AssaySidebar *self, AssayPlace *place)
{
  g_return_if_fail (ASSAY_IS_SIDEBAR (self));

  if (place == NULL || !g_set_object (&self->selected, place))
    return;
  select_row_of (self, place);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

void
assay_sidebar_open_menu (AssaySidebar *self)
{
  g_return_if_fail (ASSAY_IS_SIDEBAR (self));

  gtk_menu_button_popup (self->menu_button);
}
