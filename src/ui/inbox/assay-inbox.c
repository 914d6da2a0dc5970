/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-inbox.h"

#include "assay-sidebar.h"
#include "assay-task-list-page.h"

struct _AssayInbox
{
  AdwNavigationPage parent_instance;

  /* Template widgets */
  AdwNavigationSplitView *split_view;
  AssaySidebar *sidebar;
  AssayTaskListPage *tasks;

  AssayPlaces *places;   /* (owned) */
  gint64 wanted_project; /* shown as soon as it is known; 0 for none */
};

G_DEFINE_FINAL_TYPE (AssayInbox, assay_inbox, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_LOADED = 1,
  PROP_N_PROJECTS,
  PROP_N_ACCOUNTS,
} AssayInboxProperty;

static GParamSpec *properties[PROP_N_ACCOUNTS + 1];

enum
{
  SIGNAL_TASK_ACTIVATED,
  SIGNAL_EXPORT_PROJECT,
  SIGNAL_REMOVE_PROJECT,
  SIGNAL_MESSAGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_wanted_project (AssayInbox *self)
{
  AssayPlace *place;

  if (self->wanted_project == 0)
    return;
  place = assay_places_find (self->places, ASSAY_PLACE_PROJECT, self->wanted_project);
  if (place == NULL)
    return;
  self->wanted_project = 0;
  assay_sidebar_set_selected (self->sidebar, place);
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  assay_task_list_page_focus_list (self->tasks);
}

static void
places_notify_cb (AssayInbox *self, GParamSpec *pspec)
{
  if (g_str_equal (g_param_spec_get_name (pspec), "loaded"))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
  else if (g_str_equal (g_param_spec_get_name (pspec), "n-projects"))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PROJECTS]);
  else if (g_str_equal (g_param_spec_get_name (pspec), "n-accounts"))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ACCOUNTS]);
}

static void
place_activated_cb (AssayInbox *self)
{
  /* Where only one of them is shown, the focus goes along. */
  if (adw_navigation_split_view_get_collapsed (self->split_view))
    assay_task_list_page_focus_list (self->tasks);
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}

static void
selected_cb (AssayInbox *self)
{
  assay_task_list_page_set_place (self->tasks, assay_sidebar_get_selected (self->sidebar));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inbox.export",
                                 assay_inbox_get_project (self) != NULL);
}

static void
task_activated_cb (AssayInbox *self, gint64 row)
{
  g_signal_emit (self, signals[SIGNAL_TASK_ACTIVATED], 0, row);
}

static void
message_cb (AssayInbox *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, text);
}

/* Of the project that is shown. */
static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayProject *project = assay_inbox_get_project (ASSAY_INBOX (widget));

  if (project != NULL)
    g_signal_emit (widget, signals[SIGNAL_EXPORT_PROJECT], 0, assay_project_get_id (project));
}

static void
export_project_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_EXPORT_PROJECT], 0, g_variant_get_int64 (parameter));
}

static void
remove_project_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_REMOVE_PROJECT], 0, g_variant_get_int64 (parameter));
}

static void
assay_inbox_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayInbox *self = ASSAY_INBOX (object);

  switch ((AssayInboxProperty) prop_id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, assay_inbox_get_loaded (self));
      break;
    case PROP_N_PROJECTS:
      g_value_set_uint (value, assay_inbox_get_n_projects (self));
      break;
    case PROP_N_ACCOUNTS:
      g_value_set_uint (value, assay_inbox_get_n_accounts (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_inbox_dispose (GObject *object)
{
  AssayInbox *self = ASSAY_INBOX (object);

  if (self->places != NULL)
    g_signal_handlers_disconnect_by_data (self->places, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_INBOX);
  g_clear_object (&self->places);

  G_OBJECT_CLASS (assay_inbox_parent_class)->dispose (object);
}

/* The main menu is in the sidebar, which a narrow window does not always show. */
static gboolean
menu_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  AssayInbox *self = ASSAY_INBOX (widget);

  if (!adw_navigation_split_view_get_collapsed (self->split_view)
      || !adw_navigation_split_view_get_show_content (self->split_view))
    return GDK_EVENT_PROPAGATE;
  adw_navigation_split_view_set_show_content (self->split_view, FALSE);
  assay_sidebar_open_menu (self->sidebar);
  return GDK_EVENT_STOP;
}

static void
assay_inbox_class_init (AssayInboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const names[SIGNAL_MESSAGE] = {
    [SIGNAL_TASK_ACTIVATED] = "task-activated",
    [SIGNAL_EXPORT_PROJECT] = "export-project",
    [SIGNAL_REMOVE_PROJECT] = "remove-project",
  };

  object_class->get_property = assay_inbox_get_property;
  object_class->dispose = assay_inbox_dispose;

  properties[PROP_LOADED] =
      g_param_spec_boolean ("loaded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_PROJECTS] = g_param_spec_uint ("n-projects", NULL, NULL, 0, G_MAXUINT, 0,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ACCOUNTS] = g_param_spec_uint ("n-accounts", NULL, NULL, 0, G_MAXUINT, 0,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (ASSAY_TYPE_SIDEBAR);
  g_type_ensure (ASSAY_TYPE_TASK_LIST_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ASSAY_RESOURCE_PREFIX "/inbox/assay-inbox.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayInbox, split_view);
  gtk_widget_class_bind_template_child (widget_class, AssayInbox, sidebar);
  gtk_widget_class_bind_template_child (widget_class, AssayInbox, tasks);
  gtk_widget_class_bind_template_callback (widget_class, place_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, task_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, message_cb);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, 0, menu_cb, NULL);
  gtk_widget_class_install_action (widget_class, "inbox.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "inbox.export-project", "x",
                                   export_project_action);
  gtk_widget_class_install_action (widget_class, "inbox.remove-project", "x",
                                   remove_project_action);
}

static void
assay_inbox_init (AssayInbox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inbox.export", FALSE);

  self->places = assay_places_new ();
  g_signal_connect_swapped (self->places, "notify", G_CALLBACK (places_notify_cb), self);
  assay_sidebar_set_places (self->sidebar, self->places);
  g_signal_connect_swapped (self->places, "items-changed", G_CALLBACK (show_wanted_project), self);
}

void
assay_inbox_set_session (AssayInbox *self, AssaySession *session)
{
  g_return_if_fail (ASSAY_IS_INBOX (self));
  g_return_if_fail (ASSAY_IS_SESSION (session));

  assay_sidebar_set_session (self->sidebar, session);
  assay_task_list_page_set_session (self->tasks, session);
}

void
assay_inbox_set_store (AssayInbox *self, AssayStore *store)
{
  g_return_if_fail (ASSAY_IS_INBOX (self));
  g_return_if_fail (ASSAY_IS_STORE (store));

  assay_places_set_store (self->places, store);
  assay_task_list_page_set_store (self->tasks, store);
}

gboolean
assay_inbox_get_loaded (AssayInbox *self)
{
  g_return_val_if_fail (ASSAY_IS_INBOX (self), FALSE);

  return assay_places_get_loaded (self->places);
}

guint
assay_inbox_get_n_projects (AssayInbox *self)
{
  g_return_val_if_fail (ASSAY_IS_INBOX (self), 0);

  return assay_places_get_n_projects (self->places);
}

guint
assay_inbox_get_n_accounts (AssayInbox *self)
{
  g_return_val_if_fail (ASSAY_IS_INBOX (self), 0);

  return assay_places_get_n_accounts (self->places);
}

AssayTaskList *
assay_inbox_get_list (AssayInbox *self)
{
  g_return_val_if_fail (ASSAY_IS_INBOX (self), NULL);

  return assay_task_list_page_get_list (self->tasks);
}

AssayProject *
assay_inbox_get_project (AssayInbox *self)
{
  AssayPlace *place;

  g_return_val_if_fail (ASSAY_IS_INBOX (self), NULL);

  place = assay_sidebar_get_selected (self->sidebar);
  return place != NULL ? assay_place_get_project (place) : NULL;
}

AssayProject *
assay_inbox_find_project (AssayInbox *self, gint64 project)
{
  AssayPlace *place;

  g_return_val_if_fail (ASSAY_IS_INBOX (self), NULL);

  place = assay_places_find (self->places, ASSAY_PLACE_PROJECT, project);
  return place != NULL ? assay_place_get_project (place) : NULL;
}

void
assay_inbox_search (AssayInbox *self)
{
  g_return_if_fail (ASSAY_IS_INBOX (self));

  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  assay_task_list_page_search (self->tasks);
}

void
assay_inbox_show_project (AssayInbox *self, gint64 project)
{
  g_return_if_fail (ASSAY_IS_INBOX (self));

  self->wanted_project = project;
  show_wanted_project (self);
}

void
assay_inbox_show_practice (AssayInbox *self)
{
  g_return_if_fail (ASSAY_IS_INBOX (self));

  self->wanted_project = 0;
  assay_sidebar_set_selected (self->sidebar,
                              assay_places_find (self->places, ASSAY_PLACE_PRACTICE, 0));
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  assay_task_list_page_focus_list (self->tasks);
}

void
assay_inbox_return_to (AssayInbox *self, gint64 row)
{
  g_return_if_fail (ASSAY_IS_INBOX (self));

  assay_task_list_page_return_to (self->tasks, row);
}

void
assay_inbox_focus (AssayInbox *self)
{
  g_return_if_fail (ASSAY_IS_INBOX (self));

  if (adw_navigation_split_view_get_collapsed (self->split_view)
      && !adw_navigation_split_view_get_show_content (self->split_view))
    gtk_widget_child_focus (GTK_WIDGET (self->sidebar), GTK_DIR_TAB_FORWARD);
  else
    assay_task_list_page_focus_list (self->tasks);
}
