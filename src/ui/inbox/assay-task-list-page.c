/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-task-list-page.h"

#include "assay-announce.h"
#include "assay-claim-bar.h"
#include "assay-claim-offer.h"
#include "assay-format.h"
#include "assay-preset.h"
#include "assay-refresh-button.h"
#include "assay-settings.h"
#include "assay-task-row.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

#define TITLE_CHARACTERS 100

struct _AssayTaskListPage
{
  AdwNavigationPage parent_instance;

  /* Template widgets */
  AdwWindowTitle *window_title;
  AssayRefreshButton *refresh_button;
  GtkMenuButton *view_button;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkRevealer *filter_bar;
  GtkLabel *filter_label;
  GtkStack *stack;
  GtkListView *list_view;
  AdwStatusPage *empty_status;
  GtkButton *empty_button;
  AssayClaimBar *claim_bar;

  GSettings *settings;           /* (owned) */
  GSimpleActionGroup *actions;   /* (owned) */
  GMenu *kind_menu;              /* (owned) */
  GMenu *language_menu;          /* (owned) */
  AssayStore *store;             /* (owned) (nullable) */
  AssayPlace *place;             /* (owned) (nullable) */
  AssayClaimOffer *offer;        /* (owned) of the place's project */
  AssayTaskList *list;           /* (owned) (nullable) */
  GtkSingleSelection *selection; /* (owned) (nullable) */

  char *kind;     /* (owned) (nullable) the filters */
  char *language; /* (owned) (nullable) */
  guint last_position;
  gboolean focus_wanted; /* as soon as there is something to give it to */
  guint focus_source;
  gboolean announce; /* the next result of a search is read out */
};

G_DEFINE_FINAL_TYPE (AssayTaskListPage, assay_task_list_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_PLACE = 1,
} AssayTaskListPageProperty;

static GParamSpec *properties[PROP_PLACE + 1];

enum
{
  SIGNAL_TASK_ACTIVATED,
  SIGNAL_MESSAGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_search (AssayTaskListPage *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
}

static gboolean
has_filters (AssayTaskListPage *self)
{
  return self->kind != NULL || self->language != NULL;
}

static void
update_query (AssayTaskListPage *self)
{
  g_autoptr (AssayTaskQuery) query = NULL;

  if (self->list == NULL || self->place == NULL)
    return;
  query = assay_place_create_query (self->place);
  g_set_str (&query->kind, self->kind);
  g_set_str (&query->language, self->language);
  g_set_str (&query->text, get_search (self));
  query->sort = (AssayTaskSort) g_settings_get_enum (self->settings, "task-sort");
  assay_task_list_set_query (self->list, query);
}

static void
update_filter_bar (AssayTaskListPage *self)
{
  g_autofree char *language =
      self->language != NULL ? assay_format_language (self->language) : NULL;
  const char *kind = self->kind != NULL ? assay_kind_get_title (self->kind) : NULL;
  g_autofree char *text = NULL;

  if (kind != NULL && language != NULL)
    /* Translators: the filters in force: a kind of task, and a language. */
    text = g_strdup_printf (_ ("Only %1$s, in %2$s"), kind, language);
  else if (kind != NULL)
    /* Translators: the filter in force: a kind of task. */
    text = g_strdup_printf (_ ("Only %s"), kind);
  else if (language != NULL)
    /* Translators: the filter in force: a language. */
    text = g_strdup_printf (_ ("Only tasks in %s"), language);
  gtk_label_set_text (self->filter_label, text != NULL ? text : "");
  gtk_revealer_set_reveal_child (self->filter_bar, has_filters (self));
}

static void
set_empty_button (AssayTaskListPage *self, const char *label, const char *action, GVariant *target)
{
  gtk_widget_set_visible (GTK_WIDGET (self->empty_button), label != NULL);
  if (label == NULL)
    return;
  gtk_button_set_label (self->empty_button, label);
  /* The one thing to do there. */
  if (g_str_equal (action, "tasks.claim"))
    gtk_widget_add_css_class (GTK_WIDGET (self->empty_button), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->empty_button), "suggested-action");
  /* No action ever has the other's target. */
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->empty_button), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->empty_button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->empty_button), action);
}

/* A project of a platform has no tasks until some are claimed. */
static void
describe_offer (AssayTaskListPage *self)
{
  const char *text = assay_claim_offer_get_description (self->offer);
  g_autofree char *escaped = text != NULL ? g_markup_escape_text (text, -1) : NULL;

  adw_status_page_set_icon_name (self->empty_status, assay_place_get_icon_name (self->place));
  adw_status_page_set_title (self->empty_status, assay_claim_offer_get_title (self->offer));
  adw_status_page_set_description (self->empty_status, escaped);
  set_empty_button (self, assay_claim_offer_get_label (self->offer),
                    assay_claim_offer_get_action (self->offer),
                    assay_claim_offer_get_target (self->offer));
}

/* Why there is nothing, and what to do. */
static void
describe_empty (AssayTaskListPage *self)
{
  const char *title = _ ("No Tasks");
  const char *description = _ ("This project holds no tasks.");
  const char *button = NULL;
  const char *action = NULL;

  if (assay_claim_offer_get_exists (self->offer))
    {
      describe_offer (self);
      return;
    }
  switch (assay_place_get_kind (self->place))
    {
    case ASSAY_PLACE_READY:
      title = _ ("Nothing Is Waiting");
      description = _ ("All tasks are done, or none are here yet.");
      button = _ ("_Open Task Files…");
      action = "win.open-files";
      break;
    case ASSAY_PLACE_STARTED:
      title = _ ("Nothing Started");
      description = _ ("Tasks with a draft are listed here.");
      break;
    case ASSAY_PLACE_TO_SEND:
      title = _ ("Nothing to Send");
      description = _ ("Submitted tasks wait here until they are on their way.");
      break;
    case ASSAY_PLACE_SENT:
      title = _ ("Nothing Sent");
      description = _ ("Tasks that are done are listed here.");
      break;
    case ASSAY_PLACE_RETURNED:
      title = _ ("Nothing Returned");
      description = _ ("Tasks that come back from review are listed here.");
      break;
    case ASSAY_PLACE_PRACTICE:
      title = _ ("Practice");
      description =
          _ ("Tasks to learn the work with. After submitting, each answer stands beside the "
             "reference and its explanation.");
      button = _ ("_Start Practising");
      action = "win.practice";
      break;
    case ASSAY_PLACE_PROJECT:
    default:
      break;
    }

  adw_status_page_set_icon_name (self->empty_status, assay_place_get_icon_name (self->place));
  adw_status_page_set_title (self->empty_status, title);
  adw_status_page_set_description (self->empty_status, description);
  set_empty_button (self, button, action, NULL);
}

static void
update_view (AssayTaskListPage *self)
{
  guint n = self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
  gboolean loading = self->list == NULL || assay_task_list_get_loading (self->list);
  gboolean narrowed = has_filters (self) || *get_search (self) != '\0';
  g_autofree char *count = NULL;

  if (self->place == NULL)
    return;

  if (n > 0)
    {
      gboolean goes = (gtk_widget_get_state_flags (GTK_WIDGET (self->empty_status))
                       & GTK_STATE_FLAG_FOCUS_WITHIN)
                      != 0;

      gtk_stack_set_visible_child_name (self->stack, "list");
      if (goes)
        assay_task_list_page_focus_list (self);
    }
  else if (!loading && narrowed)
    gtk_stack_set_visible_child_name (self->stack, "nothing-matches");
  else if (!loading)
    {
      describe_empty (self);
      gtk_stack_set_visible_child_name (self->stack, "empty");
    }
  else if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "list") == 0)
    gtk_stack_set_visible_child_name (self->stack, "loading");

  if (!loading || n > 0)
    count = assay_format_n_tasks (n);
  adw_window_title_set_subtitle (self->window_title, count != NULL ? count : "");
  assay_claim_bar_set_wanted (self->claim_bar, n > 0 && !narrowed);

  if (self->focus_wanted && !loading)
    assay_task_list_page_focus_list (self);

  if (self->announce && !loading)
    {
      g_autofree char *message =
          g_strdup_printf (ngettext ("%u task found", "%u tasks found", n), n);

      self->announce = FALSE;
      assay_announce (GTK_WIDGET (self), message);
    }
}

static void
offer_changed_cb (AssayTaskListPage *self)
{
  if (self->place != NULL && self->stack != NULL
      && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "empty") == 0)
    describe_empty (self);
}

static void
offer_message_cb (AssayTaskListPage *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, text);
  /* What was pressed may have gone; what was claimed is worked on next. */
  assay_task_list_page_focus_list (self);
}

static void
project_changed_cb (AssayTaskListPage *self)
{
  assay_claim_offer_set_project (self->offer, assay_place_get_project (self->place));
}

static void
update_title (AssayTaskListPage *self)
{
  g_autofree char *title =
      assay_visible_line (assay_place_get_title (self->place), TITLE_CHARACTERS);

  adw_window_title_set_title (self->window_title, title);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
}

static void
search_changed_cb (AssayTaskListPage *self)
{
  self->announce = *get_search (self) != '\0';
  update_query (self);
  update_view (self);
}

/* Rows take the focus only once they were laid out. */
static gboolean
focus_cb (gpointer user_data)
{
  AssayTaskListPage *self = user_data;
  guint position = gtk_single_selection_get_selected (self->selection);

  self->focus_source = 0;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_REMOVE;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    {
      gtk_list_view_scroll_to (self->list_view,
                               position == GTK_INVALID_LIST_POSITION ? 0 : position,
                               GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
      /* The first step only says which row would get it. */
      gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
    }
  else
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

static void
search_activated_cb (AssayTaskListPage *self)
{
  assay_task_list_page_focus_list (self);
}

static void
activated_cb (AssayTaskListPage *self, guint position)
{
  gint64 row = assay_task_list_get_row_id (self->list, position);

  if (row != 0)
    g_signal_emit (self, signals[SIGNAL_TASK_ACTIVATED], 0, row);
}

/* One click opens; the selection stays what the keyboard moves, so that the pointer does not take
 * it along. */
static void
row_released_cb (GtkGestureClick *gesture, int n_press, double x, double y, GtkListItem *item)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  if (n_press == 1 && gtk_widget_contains (row, x, y)
      && gtk_list_item_get_position (item) != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (row, "list.activate-item", "u", gtk_list_item_get_position (item));
}

static void
describe_row (GtkListItem *item, GParamSpec *pspec, AssayTaskSummary *summary)
{
  g_autofree char *sentence = assay_task_row_describe (summary);

  gtk_list_item_set_accessible_label (item, sentence);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *row = assay_task_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "released", G_CALLBACK (row_released_cb), item,
                           G_CONNECT_DEFAULT);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, row);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  AssayTaskSummary *summary = gtk_list_item_get_item (item);

  assay_task_row_set_summary (ASSAY_TASK_ROW (gtk_list_item_get_child (item)), summary);
  g_signal_connect_object (summary, "notify::loaded", G_CALLBACK (describe_row), item,
                           G_CONNECT_SWAPPED);
  describe_row (item, NULL, summary);
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  AssayTaskSummary *summary = gtk_list_item_get_item (item);

  assay_task_row_set_summary (ASSAY_TASK_ROW (gtk_list_item_get_child (item)), NULL);
  if (summary != NULL)
    g_signal_handlers_disconnect_by_func (summary, describe_row, item);
}

static void
set_filter (AssayTaskListPage *self, char **filter, const char *action, const char *value)
{
  GAction *simple = g_action_map_lookup_action (G_ACTION_MAP (self->actions), action);

  g_simple_action_set_state (G_SIMPLE_ACTION (simple), g_variant_new_string (value));
  if (!g_set_str (filter, *value != '\0' ? value : NULL))
    return;
  self->announce = TRUE;
  update_filter_bar (self);
  update_query (self);
  update_view (self);
}

static void
change_kind_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  AssayTaskListPage *self = user_data;

  set_filter (self, &self->kind, "kind", g_variant_get_string (value, NULL));
}

static void
change_language_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  AssayTaskListPage *self = user_data;

  set_filter (self, &self->language, "language", g_variant_get_string (value, NULL));
}

static void
clear_filters_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AssayTaskListPage *self = user_data;

  set_filter (self, &self->kind, "kind", "");
  set_filter (self, &self->language, "language", "");
}

static void
clear_all_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AssayTaskListPage *self = user_data;

  clear_filters_cb (NULL, NULL, self);
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  assay_task_list_page_focus_list (self);
}

static void
claim_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AssayTaskListPage *self = user_data;

  assay_claim_offer_claim (self->offer);
}

static const GActionEntry action_entries[] = {
  { .name = "claim", .activate = claim_cb },
  { .name = "kind", .parameter_type = "s", .state = "''", .change_state = change_kind_cb },
  { .name = "language", .parameter_type = "s", .state = "''", .change_state = change_language_cb },
  { .name = "clear-filters", .activate = clear_filters_cb },
  { .name = "clear-all", .activate = clear_all_cb },
};

static void
append_target (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

static DexFuture *
listed_cb (DexFuture *future, gpointer user_data)
{
  AssayTaskListPage *self = user_data;
  g_auto (GStrv) kinds = NULL;
  g_auto (GStrv) languages = NULL;

  if (self->kind_menu == NULL || !dex_future_is_resolved (future))
    return NULL;
  kinds = g_value_dup_boxed (
      dex_future_get_value (dex_future_set_get_future_at (DEX_FUTURE_SET (future), 0), NULL));
  languages = g_value_dup_boxed (
      dex_future_get_value (dex_future_set_get_future_at (DEX_FUTURE_SET (future), 1), NULL));

  g_menu_remove_all (self->kind_menu);
  append_target (self->kind_menu, _ ("_All Kinds"), "tasks.kind", "");
  for (guint i = 0; kinds[i] != NULL; i++)
    append_target (self->kind_menu, assay_kind_get_title (kinds[i]), "tasks.kind", kinds[i]);
  g_menu_remove_all (self->language_menu);
  append_target (self->language_menu, _ ("_All Languages"), "tasks.language", "");
  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *title = assay_format_language (languages[i]);

      append_target (self->language_menu, title, "tasks.language", languages[i]);
    }
  return NULL;
}

/* The menu offers what occurs, each time it opens. */
static void
view_menu_cb (AssayTaskListPage *self)
{
  if (self->store == NULL || !gtk_menu_button_get_active (self->view_button))
    return;
  dex_future_disown (
      dex_future_finally (dex_future_all (assay_store_list_kinds (self->store),
                                          assay_store_list_languages (self->store), NULL),
                          listed_cb, g_object_ref (self), g_object_unref));
}

static GMenuModel *
create_view_menu (AssayTaskListPage *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) sort = g_menu_new ();
  g_autoptr (GMenu) filter = g_menu_new ();

  self->kind_menu = g_menu_new ();
  self->language_menu = g_menu_new ();
  append_target (sort, _ ("_Project Order"), "tasks.task-sort", "project-order");
  append_target (sort, _ ("_Deadline"), "tasks.task-sort", "deadline");
  append_target (sort, _ ("Pa_y"), "tasks.task-sort", "pay");
  append_target (sort, _ ("_Newest First"), "tasks.task-sort", "newest");
  g_menu_append_section (menu, _ ("Sort By"), G_MENU_MODEL (sort));
  g_menu_append_submenu (filter, _ ("_Kind"), G_MENU_MODEL (self->kind_menu));
  g_menu_append_submenu (filter, _ ("_Language"), G_MENU_MODEL (self->language_menu));
  g_menu_append_section (menu, _ ("Show Only"), G_MENU_MODEL (filter));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static void
assay_task_list_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayTaskListPage *self = ASSAY_TASK_LIST_PAGE (object);

  switch ((AssayTaskListPageProperty) prop_id)
    {
    case PROP_PLACE:
      g_value_set_object (value, self->place);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_task_list_page_set_property (GObject *object,
                                   guint prop_id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  AssayTaskListPage *self = ASSAY_TASK_LIST_PAGE (object);

  switch ((AssayTaskListPageProperty) prop_id)
    {
    case PROP_PLACE:
      assay_task_list_page_set_place (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_task_list_page_dispose (GObject *object)
{
  AssayTaskListPage *self = ASSAY_TASK_LIST_PAGE (object);

  g_clear_handle_id (&self->focus_source, g_source_remove);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  if (self->place != NULL)
    g_signal_handlers_disconnect_by_data (self->place, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_TASK_LIST_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  if (self->offer != NULL)
    g_signal_handlers_disconnect_by_data (self->offer, self);
  g_clear_object (&self->offer);
  g_clear_object (&self->store);
  g_clear_object (&self->place);
  g_clear_object (&self->kind_menu);
  g_clear_object (&self->language_menu);
  g_clear_object (&self->actions);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (assay_task_list_page_parent_class)->dispose (object);
}

static void
assay_task_list_page_finalize (GObject *object)
{
  AssayTaskListPage *self = ASSAY_TASK_LIST_PAGE (object);

  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->language, g_free);

  G_OBJECT_CLASS (assay_task_list_page_parent_class)->finalize (object);
}

static void
assay_task_list_page_class_init (AssayTaskListPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = assay_task_list_page_get_property;
  object_class->set_property = assay_task_list_page_set_property;
  object_class->dispose = assay_task_list_page_dispose;
  object_class->finalize = assay_task_list_page_finalize;

  properties[PROP_PLACE] =
      g_param_spec_object ("place", NULL, NULL, ASSAY_TYPE_PLACE,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_TASK_ACTIVATED] =
      g_signal_new ("task-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (ASSAY_TYPE_CLAIM_BAR);
  g_type_ensure (ASSAY_TYPE_REFRESH_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/inbox/assay-task-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayTaskListPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, AssayTaskListPage, refresh_button);
  gtk_widget_class_bind_template_child (widget_class, AssayTaskListPage, view_button);
  gtk_widget_class_bind_template_child (widget_class, AssayTaskListPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, AssayTaskListPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, AssayTaskListPage, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, AssayTaskListPage, filter_label);
  gtk_widget_class_bind_template_child (widget_class, AssayTaskListPage, stack);
  gtk_widget_class_bind_template_child (widget_class, AssayTaskListPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, AssayTaskListPage, empty_status);
  gtk_widget_class_bind_template_child (widget_class, AssayTaskListPage, empty_button);
  gtk_widget_class_bind_template_child (widget_class, AssayTaskListPage, claim_bar);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_menu_cb);
}

static void
assay_task_list_page_init (AssayTaskListPage *self)
{
  g_autoptr (GAction) sort = NULL;
  g_autoptr (GMenuModel) menu = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = assay_settings_new ();
  g_signal_connect_object (self->settings, "changed::task-sort", G_CALLBACK (update_query), self,
                           G_CONNECT_SWAPPED);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), action_entries,
                                   G_N_ELEMENTS (action_entries), self);
  sort = g_settings_create_action (self->settings, "task-sort");
  g_action_map_add_action (G_ACTION_MAP (self->actions), sort);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "tasks", G_ACTION_GROUP (self->actions));

  self->offer = assay_claim_offer_new ();
  g_signal_connect_swapped (self->offer, "changed", G_CALLBACK (offer_changed_cb), self);
  g_signal_connect_swapped (self->offer, "message", G_CALLBACK (offer_message_cb), self);
  assay_claim_bar_set_offer (self->claim_bar, self->offer);
  offer_changed_cb (self);

  menu = create_view_menu (self);
  assay_widget_set_menu (self->view_button, menu);
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
}

void
assay_task_list_page_set_session (AssayTaskListPage *self, AssaySession *session)
{
  g_return_if_fail (ASSAY_IS_TASK_LIST_PAGE (self));
  g_return_if_fail (ASSAY_IS_SESSION (session));

  assay_refresh_button_set_session (self->refresh_button, session);
  assay_claim_offer_set_session (self->offer, session);
}

void
assay_task_list_page_set_store (AssayTaskListPage *self, AssayStore *store)
{
  g_return_if_fail (ASSAY_IS_TASK_LIST_PAGE (self));
  g_return_if_fail (ASSAY_IS_STORE (store));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  self->list = assay_task_list_new (store);
  g_signal_connect_swapped (self->list, "items-changed", G_CALLBACK (update_view), self);
  g_signal_connect_swapped (self->list, "notify::loading", G_CALLBACK (update_view), self);
  update_query (self);

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->list));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  update_view (self);
}

void
assay_task_list_page_set_place (AssayTaskListPage *self, AssayPlace *place)
{
  g_return_if_fail (ASSAY_IS_TASK_LIST_PAGE (self));
  g_return_if_fail (place == NULL || ASSAY_IS_PLACE (place));

  if (self->place == place)
    return;
  if (self->place != NULL)
    g_signal_handlers_disconnect_by_data (self->place, self);
  g_set_object (&self->place, place);
  if (place != NULL)
    {
      g_signal_connect_swapped (place, "notify::title", G_CALLBACK (update_title), self);
      g_signal_connect_swapped (place, "notify::project", G_CALLBACK (project_changed_cb), self);
      project_changed_cb (self);
      self->last_position = 0;
      if (self->selection != NULL)
        gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
      update_title (self);
      update_query (self);
      update_view (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACE]);
}

AssayTaskList *
assay_task_list_page_get_list (AssayTaskListPage *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK_LIST_PAGE (self), NULL);

  return self->list;
}

void
assay_task_list_page_search (AssayTaskListPage *self)
{
  g_return_if_fail (ASSAY_IS_TASK_LIST_PAGE (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  /* What is typed before the bar is painted for the first time is taken, too. */
  gtk_widget_realize (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->search_entry))));
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

void
assay_task_list_page_return_to (AssayTaskListPage *self, gint64 row)
{
  guint position;
  guint n;

  g_return_if_fail (ASSAY_IS_TASK_LIST_PAGE (self));

  if (self->list == NULL)
    return;
  n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  position = assay_task_list_find (self->list, row);
  if (position == GTK_INVALID_LIST_POSITION)
    position = gtk_single_selection_get_selected (self->selection);
  if (position == GTK_INVALID_LIST_POSITION)
    position = self->last_position;
  if (n == 0)
    return;
  position = MIN (position, n - 1);
  self->last_position = position;
  gtk_single_selection_set_selected (self->selection, position);
  assay_task_list_page_focus_list (self);
}

void
assay_task_list_page_focus_list (AssayTaskListPage *self)
{
  g_return_if_fail (ASSAY_IS_TASK_LIST_PAGE (self));

  self->focus_wanted = self->list == NULL || assay_task_list_get_loading (self->list);
  if (!self->focus_wanted && self->focus_source == 0)
    self->focus_source = g_idle_add (focus_cb, self);
}
