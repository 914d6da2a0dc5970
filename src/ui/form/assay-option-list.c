/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-option-list.h"

#include "assay-limits.h"
#include "assay-option-item.h"
#include "assay-visible-text.h"

#define LIST_HEIGHT_PX 220

struct _AssayOptionList
{
  GtkWidget parent_instance;

  GtkWidget *chosen; /* says what is chosen where rows may be filtered away */
  GtkWidget *search;
  GtkWidget *rows; /* box or list view */
  GtkWidget *other_check;
  GtkWidget *other_entry;

  GListStore *items;     /* AssayOptionItem */
  GPtrArray *checks;     /* check buttons in order; empty for a long list */
  GtkWidget *group_head; /* the first radio button, whose group all others join */
  gboolean multiple;
  gboolean showing;
  gboolean editing;
};

G_DEFINE_FINAL_TYPE (AssayOptionList, assay_option_list, GTK_TYPE_WIDGET)

enum
{
  TOGGLED,
  OTHER_EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_long (AssayOptionList *self)
{
  return self->search != NULL;
}

static GtkWidget *
make_check (AssayOptionList *self)
{
  GtkWidget *check = gtk_check_button_new ();

  if (!self->multiple)
    {
      if (self->group_head == NULL)
        self->group_head = check;
      else
        gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (self->group_head));
    }
  return check;
}

static void
fill_check (GtkWidget *check, const AssayOption *option)
{
  g_autofree char *text = assay_visible_line (option->label, ASSAY_LIMIT_LABEL_CHARACTERS);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label;

  label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                        PANGO_WRAP_WORD_CHAR, NULL);
  gtk_box_append (GTK_BOX (box), label);
  if (option->help != NULL && *option->help != '\0')
    {
      g_autofree char *help = assay_visible_line (option->help, ASSAY_LIMIT_LABEL_CHARACTERS);

      label = g_object_new (GTK_TYPE_LABEL, "label", help, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                            PANGO_WRAP_WORD_CHAR, NULL);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
check_toggled_cb (AssayOptionList *self, GtkCheckButton *check)
{
  AssayOptionItem *item = g_object_get_data (G_OBJECT (check), "assay-item");

  if (self->showing || item == NULL)
    return;
  /* Of radio buttons, the one that goes off has nothing to report. */
  if (!self->multiple && !gtk_check_button_get_active (check))
    return;
  g_signal_emit (self, signals[TOGGLED], 0, assay_option_item_get_option (item)->id, FALSE);
}

static void
other_toggled_cb (AssayOptionList *self)
{
  gboolean active = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->other_check));

  if (self->showing)
    return;
  if (!self->multiple && !active)
    {
      /* Only another choice takes it back. */
      if (is_long (self))
        gtk_check_button_set_active (GTK_CHECK_BUTTON (self->other_check), TRUE);
      return;
    }
  g_signal_emit (self, signals[TOGGLED], 0, NULL, FALSE);
  if (gtk_widget_get_visible (self->other_entry))
    gtk_widget_grab_focus (self->other_entry);
}

static void
other_changed_cb (AssayOptionList *self)
{
  if (self->showing)
    return;
  self->editing = TRUE;
  g_signal_emit (self, signals[OTHER_EDITED], 0,
                 gtk_editable_get_text (GTK_EDITABLE (self->other_entry)));
  self->editing = FALSE;
}

static void
item_chosen_cb (GtkCheckButton *check, GParamSpec *pspec, AssayOptionItem *item)
{
  AssayOptionList *self =
      ASSAY_OPTION_LIST (gtk_widget_get_ancestor (GTK_WIDGET (check), ASSAY_TYPE_OPTION_LIST));
  gboolean showing;

  if (self == NULL)
    return;
  showing = self->showing;
  self->showing = TRUE;
  gtk_check_button_set_active (check, assay_option_item_get_chosen (item));
  self->showing = showing;
}

static void
setup_row_cb (AssayOptionList *self, GtkListItem *row)
{
  GtkWidget *check = gtk_check_button_new ();

  if (!self->multiple)
    {
      GtkWidget *other = gtk_check_button_new ();

      /* Rows come and go, so that they cannot be one group; each has a partner of its own, to look
       * like what it is. */
      gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (other));
      g_object_set_data_full (G_OBJECT (check), "assay-partner", g_object_ref_sink (other),
                              g_object_unref);
    }
  /* The row is what is activated; its check only shows what is so. */
  gtk_widget_set_can_target (check, FALSE);
  gtk_widget_set_focusable (check, FALSE);
  gtk_list_item_set_child (row, check);
}

static void
bind_row_cb (AssayOptionList *self, GtkListItem *row)
{
  GtkWidget *check = gtk_list_item_get_child (row);
  AssayOptionItem *item = gtk_list_item_get_item (row);
  gboolean showing = self->showing;

  fill_check (check, assay_option_item_get_option (item));
  gtk_list_item_set_accessible_label (row, assay_option_item_get_option (item)->label);
  self->showing = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), assay_option_item_get_chosen (item));
  self->showing = showing;
  g_object_set_data_full (G_OBJECT (check), "assay-item", g_object_ref (item), g_object_unref);
  g_signal_connect_object (item, "notify::chosen", G_CALLBACK (item_chosen_cb), check,
                           G_CONNECT_SWAPPED);
}

static void
unbind_row_cb (AssayOptionList *self, GtkListItem *row)
{
  GtkWidget *check = gtk_list_item_get_child (row);

  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (row), item_chosen_cb, check);
  g_object_set_data (G_OBJECT (check), "assay-item", NULL);
}

static void
activate_row_cb (AssayOptionList *self, guint position)
{
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (self->rows));
  g_autoptr (AssayOptionItem) item = g_list_model_get_item (G_LIST_MODEL (model), position);

  g_signal_emit (self, signals[TOGGLED], 0, assay_option_item_get_option (item)->id, FALSE);
}

static void
build_long (AssayOptionList *self)
{
  GtkExpression *expression = gtk_property_expression_new (ASSAY_TYPE_OPTION_ITEM, NULL, "label");
  GtkStringFilter *filter = gtk_string_filter_new (expression);
  GtkFilterListModel *filtered;
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  g_autofree char *placeholder = NULL;
  GtkWidget *scroller;

  self->chosen = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "visible", FALSE, NULL);
  gtk_widget_set_parent (self->chosen, GTK_WIDGET (self));

  self->search = gtk_search_entry_new ();
  /* So many that nobody looks through them: how many there are is worth knowing. */
  placeholder = n > ASSAY_LIMIT_OPTIONS_SOFT
                    ? g_strdup_printf (ngettext ("Search %u option", "Search %u options", n), n)
                    : g_strdup (_ ("Search options"));
  gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (self->search), placeholder);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  placeholder, -1);
  g_object_bind_property (self->search, "text", filter, "search", G_BINDING_SYNC_CREATE);
  gtk_widget_set_parent (self->search, GTK_WIDGET (self));

  filtered =
      gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->items)), GTK_FILTER (filter));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_row_cb), self, G_CONNECT_SWAPPED);
  self->rows =
      gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (filtered))),
                         factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->rows), TRUE);
  gtk_widget_add_css_class (self->rows, "assay-options");
  g_signal_connect_swapped (self->rows, "activate", G_CALLBACK (activate_row_cb), self);

  scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT_PX);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->rows);
  gtk_widget_add_css_class (scroller, "assay-option-scroller");
  gtk_widget_set_parent (scroller, GTK_WIDGET (self));
}

static void
build_short (AssayOptionList *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (AssayOptionItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      GtkWidget *check = make_check (self);

      fill_check (check, assay_option_item_get_option (item));
      gtk_accessible_update_relation (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                      (int) i + 1, GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) n, -1);
      g_object_set_data_full (G_OBJECT (check), "assay-item", g_object_ref (item), g_object_unref);
      g_signal_connect_object (check, "toggled", G_CALLBACK (check_toggled_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->rows), check);
      g_ptr_array_add (self->checks, check);
    }
  gtk_widget_set_parent (self->rows, GTK_WIDGET (self));
}

static void
build_other (AssayOptionList *self)
{
  /* Translators: an option with a text of one's own */
  const AssayOption other = { .label = (char *) C_ ("option", "Other") };

  self->other_check = is_long (self) ? gtk_check_button_new () : make_check (self);
  fill_check (self->other_check, &other);
  g_signal_connect_object (self->other_check, "toggled", G_CALLBACK (other_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->other_check, GTK_WIDGET (self));

  self->other_entry = gtk_entry_new ();
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->other_entry), FALSE);
  gtk_widget_set_margin_start (self->other_entry, 28);
  gtk_widget_set_visible (self->other_entry, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->other_entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Other: in other words"), -1);
  g_signal_connect_object (self->other_entry, "changed", G_CALLBACK (other_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->other_entry, GTK_WIDGET (self));
}

static void
show_chosen_text (AssayOptionList *self, const char *const *chosen)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (AssayOptionItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (assay_option_item_get_chosen (item))
        {
          g_autofree char *label = assay_visible_line (assay_option_item_get_option (item)->label,
                                                       ASSAY_LIMIT_LABEL_CHARACTERS);

          g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", label);
        }
    }
  gtk_label_set_text (GTK_LABEL (self->chosen), text->str);
  gtk_widget_set_visible (self->chosen, text->len > 0);
}

static void
assay_option_list_dispose (GObject *object)
{
  AssayOptionList *self = ASSAY_OPTION_LIST (object);
  GtkWidget *child;

  g_clear_pointer (&self->checks, g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (assay_option_list_parent_class)->dispose (object);
}

static void
assay_option_list_class_init (AssayOptionListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_option_list_dispose;

  signals[TOGGLED] = g_signal_new ("toggled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[OTHER_EDITED] =
      g_signal_new ("other-edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "assay-option-list");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
assay_option_list_init (AssayOptionList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 2);
  self->items = g_list_store_new (ASSAY_TYPE_OPTION_ITEM);
  self->checks = g_ptr_array_new ();
}

GtkWidget *
assay_option_list_new (GPtrArray *options, gboolean multiple, gboolean other, const char *label)
{
  AssayOptionList *self;

  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (label != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_OPTION_LIST, NULL);
  self->multiple = multiple;
  for (guint i = 0; i < options->len; i++)
    {
      g_autoptr (AssayOptionItem) item = assay_option_item_new (g_ptr_array_index (options, i));

      g_list_store_append (self->items, item);
    }
  if (options->len > ASSAY_OPTION_LIST_MAX_ROWS)
    build_long (self);
  else
    build_short (self);
  if (other)
    build_other (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}

void
assay_option_list_show (AssayOptionList *self, const char *const *chosen, const char *other)
{
  guint n;

  g_return_if_fail (ASSAY_IS_OPTION_LIST (self));
  g_return_if_fail (chosen != NULL);

  self->showing = TRUE;
  n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (AssayOptionItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      gboolean active = g_strv_contains (chosen, assay_option_item_get_option (item)->id);

      assay_option_item_set_chosen (item, active);
      if (!is_long (self))
        gtk_check_button_set_active (GTK_CHECK_BUTTON (g_ptr_array_index (self->checks, i)),
                                     active);
    }
  if (is_long (self))
    show_chosen_text (self, chosen);
  if (self->other_check != NULL)
    {
      const char *text = other != NULL ? other : "";

      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->other_check), other != NULL);
      gtk_widget_set_visible (self->other_entry, other != NULL);
      if (!self->editing
          && strcmp (gtk_editable_get_text (GTK_EDITABLE (self->other_entry)), text) != 0)
        gtk_editable_set_text (GTK_EDITABLE (self->other_entry), text);
    }
  self->showing = FALSE;
}

void
assay_option_list_list_stops (AssayOptionList *self, GPtrArray *stops)
{
  g_return_if_fail (ASSAY_IS_OPTION_LIST (self));
  g_return_if_fail (stops != NULL);

  if (is_long (self))
    g_ptr_array_add (stops, self->search);
  for (guint i = 0; i < self->checks->len; i++)
    g_ptr_array_add (stops, g_ptr_array_index (self->checks, i));
  if (self->other_check != NULL)
    g_ptr_array_add (stops, self->other_check);
}

gboolean
assay_option_list_handle_key (AssayOptionList *self, GtkWidget *stop, const AssayFormKey *key)
{
  guint n, place, active = GTK_INVALID_LIST_POSITION;
  AssayOptionItem *item;
  int step = 0;

  g_return_val_if_fail (ASSAY_IS_OPTION_LIST (self), FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  n = self->checks->len;
  if (n == 0 || (key->modifiers & GDK_ALT_MASK) != 0)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      if (gtk_check_button_get_active (GTK_CHECK_BUTTON (g_ptr_array_index (self->checks, i))))
        active = i;
    }
  if (key->digit >= 0)
    place = key->digit == 0 ? 9 : key->digit - 1;
  else if (self->multiple)
    return FALSE;
  else
    {
      gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

      if (key->symbol == GDK_KEY_h || key->symbol == (mirrored ? GDK_KEY_Right : GDK_KEY_Left))
        step = -1;
      else if (key->symbol == GDK_KEY_l || key->symbol == (mirrored ? GDK_KEY_Left : GDK_KEY_Right))
        step = 1;
      else
        return FALSE;
      if (active == GTK_INVALID_LIST_POSITION)
        place = step > 0 ? 0 : n - 1;
      else
        place = (guint) CLAMP ((int) active + step, 0, (int) n - 1);
    }
  if (place >= n)
    return FALSE;

  item = g_object_get_data (g_ptr_array_index (self->checks, place), "assay-item");
  gtk_widget_grab_focus (g_ptr_array_index (self->checks, place));
  if (self->multiple || place != active || step == 0)
    g_signal_emit (self, signals[TOGGLED], 0, assay_option_item_get_option (item)->id,
                   key->digit >= 0 && !self->multiple);
  return TRUE;
}

void
assay_option_list_set_invalid (AssayOptionList *self, gboolean invalid, GtkWidget *message)
{
  g_return_if_fail (ASSAY_IS_OPTION_LIST (self));
  g_return_if_fail (message == NULL || GTK_IS_WIDGET (message));

  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID,
                               invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (invalid && message != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE,
                                    message, NULL, -1);
  else
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
  if (invalid)
    gtk_widget_add_css_class (GTK_WIDGET (self), "assay-invalid");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "assay-invalid");
}

GtkWidget *
assay_option_list_get_other_entry (AssayOptionList *self)
{
  g_return_val_if_fail (ASSAY_IS_OPTION_LIST (self), NULL);

  return self->other_entry;
}
