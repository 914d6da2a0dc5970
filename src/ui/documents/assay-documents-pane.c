/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-documents-pane.h"

#include <libdex.h>

#include "assay-document-render.h"
#include "assay-documents-pane-private.h"
#include "assay-limits.h"

/* Of the height, for the upper part, until a person says otherwise. */
#define UPPER_SHARE 0.36
#define TEXT_SCALE_MIN 0.6
#define TEXT_SCALE_MAX 3.0

G_DEFINE_ENUM_TYPE (AssayViewMode,
                    assay_view_mode,
                    G_DEFINE_ENUM_VALUE (ASSAY_VIEW_MODE_SIDE_BY_SIDE, "side-by-side"),
                    G_DEFINE_ENUM_VALUE (ASSAY_VIEW_MODE_DIFFERENCES, "differences"),
                    G_DEFINE_ENUM_VALUE (ASSAY_VIEW_MODE_ONE_AT_A_TIME, "one-at-a-time"))

G_DEFINE_FINAL_TYPE (AssayDocumentsPane, assay_documents_pane, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_TASK = 1,
  PROP_VIEW_MODE,
  PROP_DIFFERENCES,
  PROP_AGAINST_ALL,
  PROP_LINKED_SCROLLING,
  PROP_PAGED,
  PROP_NARROW,
  PROP_SHOW_SOURCE,
  PROP_TEXT_SCALE,
  PROP_UPPER_HEIGHT,
  PROP_CURRENT_RESPONSE,
  PROP_FINDING,
  PROP_DRAFT,
} AssayDocumentsPaneProperty;

enum
{
  QUOTE_REQUESTED,
  MARK_REQUESTED,
  READ_TO_END,
  N_SIGNALS
};

static GParamSpec *properties[PROP_DRAFT + 1];
static guint signals[N_SIGNALS];

AssayResponseColumn *
_assay_documents_pane_get_column (AssayDocumentsPane *self, guint place)
{
  return g_ptr_array_index (self->columns, place);
}

AssayDocument *
_assay_documents_pane_get_response (AssayDocumentsPane *self, guint place)
{
  if (_assay_documents_pane_is_draft (self, place))
    return self->draft;
  return assay_task_find_response (self->task,
                                   assay_presentation_get_response (self->presentation, place));
}

static void
letter_chosen_cb (AssayDocumentsPane *self)
{
  guint active = adw_toggle_group_get_active (self->letters);

  if (active < self->columns->len && active != self->current)
    _assay_documents_pane_choose_response (self, active);
}

static void
page_chosen_cb (AssayDocumentsPane *self)
{
  guint active = adw_toggle_group_get_active (self->pages);
  guint first = self->items->len > 0;

  if (first > 0 && active == 0)
    {
      if (!self->on_prompt_page)
        {
          self->on_prompt_page = TRUE;
          _assay_documents_pane_update_layout (self);
        }
    }
  else if (active < self->columns->len + first
           && (active - first != self->current || self->on_prompt_page))
    {
      _assay_documents_pane_choose_response (self, active - first);
    }
}

static void
clear (AssayDocumentsPane *self)
{
  _assay_documents_pane_stop_waiting (self);
  _assay_documents_pane_forget_draft (self);
  _assay_documents_pane_forget_comparisons (self);
  g_clear_weak_pointer (&self->leader);
  g_clear_weak_pointer (&self->last_view);
  g_clear_weak_pointer (&self->selected_view);
  self->find_view = self->find_match = -1;
  _assay_documents_pane_put_aside (self);
  self->current = 0;
  self->pinned = 0;
  self->beside = 1;
  self->on_prompt_page = FALSE;
  self->at_response = FALSE;
  g_clear_object (&self->task);
  g_clear_object (&self->presentation);
}

/* The upper part is as high as its texts need, up to its share. */
static void
update_split (AssayDocumentsPane *self, int width, int height)
{
  int limit = self->upper_height >= 0 ? self->upper_height : (int) (height * UPPER_SHARE);
  int natural, position;

  if (!gtk_widget_get_visible (self->upper) || !gtk_widget_get_visible (self->lower))
    return;
  gtk_widget_measure (self->upper_box, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  position = MIN (natural, limit);
  if (gtk_paned_get_position (self->paned) != position)
    gtk_paned_set_position (self->paned, position);
}

static void
position_changed_cb (AssayDocumentsPane *self)
{
  /* Whatever changes it outside of an allocation is a person. */
  if (self->in_allocation || !gtk_widget_get_visible (self->upper)
      || !gtk_widget_get_visible (self->lower))
    return;
  self->upper_height = gtk_paned_get_position (self->paned);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UPPER_HEIGHT]);
}

static void
find_changed_cb (AssayDocumentsPane *self, const char *text)
{
  _assay_documents_pane_find_changed (self, text);
}

static void
find_moved_cb (AssayDocumentsPane *self, int step)
{
  assay_documents_pane_find_again (self, step);
}

static void
finding_changed_cb (AssayDocumentsPane *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FINDING]);
}

static void
assay_documents_pane_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  gtk_widget_measure (ASSAY_DOCUMENTS_PANE (widget)->box, orientation, for_size, minimum, natural,
                      NULL, NULL);
}

static void
assay_documents_pane_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AssayDocumentsPane *self = ASSAY_DOCUMENTS_PANE (widget);

  self->in_allocation = TRUE;
  update_split (self, width, height);
  gtk_widget_allocate (self->box, width, height, baseline, NULL);
  self->in_allocation = FALSE;
}

static void
assay_documents_pane_dispose (GObject *object)
{
  AssayDocumentsPane *self = ASSAY_DOCUMENTS_PANE (object);

  if (self->box != NULL)
    clear (self);
  g_clear_pointer (&self->removed, assay_removal_queue_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_DOCUMENTS_PANE);

  G_OBJECT_CLASS (assay_documents_pane_parent_class)->dispose (object);
}

static void
assay_documents_pane_finalize (GObject *object)
{
  AssayDocumentsPane *self = ASSAY_DOCUMENTS_PANE (object);

  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->spare_items);
  g_ptr_array_unref (self->spare_columns);
  g_clear_pointer (&self->pattern, assay_pattern_unref);

  G_OBJECT_CLASS (assay_documents_pane_parent_class)->finalize (object);
}

static void
assay_documents_pane_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayDocumentsPane *self = ASSAY_DOCUMENTS_PANE (object);

  switch ((AssayDocumentsPaneProperty) prop_id)
    {
    case PROP_TASK:
      g_value_set_object (value, self->task);
      break;
    case PROP_VIEW_MODE:
      g_value_set_enum (value, self->view_mode);
      break;
    case PROP_DIFFERENCES:
      g_value_set_boolean (value, assay_documents_pane_get_differences (self));
      break;
    case PROP_AGAINST_ALL:
      g_value_set_boolean (value, self->against_all);
      break;
    case PROP_LINKED_SCROLLING:
      g_value_set_boolean (value, self->linked);
      break;
    case PROP_PAGED:
      g_value_set_boolean (value, self->paged);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_SHOW_SOURCE:
      g_value_set_boolean (value, self->show_source);
      break;
    case PROP_TEXT_SCALE:
      g_value_set_double (value, self->text_scale);
      break;
    case PROP_UPPER_HEIGHT:
      g_value_set_int (value, self->upper_height);
      break;
    case PROP_CURRENT_RESPONSE:
      g_value_set_uint (value, assay_documents_pane_get_current_response (self));
      break;
    case PROP_FINDING:
      g_value_set_boolean (value, assay_find_bar_get_active (self->find_bar));
      break;
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_documents_pane_set_property (GObject *object,
                                   guint prop_id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  AssayDocumentsPane *self = ASSAY_DOCUMENTS_PANE (object);

  switch ((AssayDocumentsPaneProperty) prop_id)
    {
    case PROP_VIEW_MODE:
      assay_documents_pane_set_view_mode (self, g_value_get_enum (value));
      break;
    case PROP_DIFFERENCES:
      assay_documents_pane_set_differences (self, g_value_get_boolean (value));
      break;
    case PROP_AGAINST_ALL:
      assay_documents_pane_set_against_all (self, g_value_get_boolean (value));
      break;
    case PROP_LINKED_SCROLLING:
      assay_documents_pane_set_linked_scrolling (self, g_value_get_boolean (value));
      break;
    case PROP_PAGED:
      assay_documents_pane_set_paged (self, g_value_get_boolean (value));
      break;
    case PROP_NARROW:
      assay_documents_pane_set_narrow (self, g_value_get_boolean (value));
      break;
    case PROP_SHOW_SOURCE:
      assay_documents_pane_set_show_source (self, g_value_get_boolean (value));
      break;
    case PROP_TEXT_SCALE:
      assay_documents_pane_set_text_scale (self, g_value_get_double (value));
      break;
    case PROP_UPPER_HEIGHT:
      assay_documents_pane_set_upper_height (self, g_value_get_int (value));
      break;
    case PROP_FINDING:
      assay_find_bar_set_active (self->find_bar, g_value_get_boolean (value));
      break;
    case PROP_TASK:
    case PROP_CURRENT_RESPONSE:
    case PROP_DRAFT:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_documents_pane_class_init (AssayDocumentsPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags read_write =
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags read_only = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = assay_documents_pane_dispose;
  object_class->finalize = assay_documents_pane_finalize;
  object_class->get_property = assay_documents_pane_get_property;
  object_class->set_property = assay_documents_pane_set_property;
  widget_class->measure = assay_documents_pane_measure;
  widget_class->size_allocate = assay_documents_pane_size_allocate;

  properties[PROP_TASK] = g_param_spec_object ("task", NULL, NULL, ASSAY_TYPE_TASK, read_only);
  properties[PROP_VIEW_MODE] = g_param_spec_enum ("view-mode", NULL, NULL, ASSAY_TYPE_VIEW_MODE,
                                                  ASSAY_VIEW_MODE_SIDE_BY_SIDE, read_write);
  properties[PROP_DIFFERENCES] =
      g_param_spec_boolean ("differences", NULL, NULL, FALSE, read_write);
  properties[PROP_AGAINST_ALL] =
      g_param_spec_boolean ("against-all", NULL, NULL, FALSE, read_write);
  properties[PROP_LINKED_SCROLLING] =
      g_param_spec_boolean ("linked-scrolling", NULL, NULL, FALSE, read_write);
  properties[PROP_PAGED] = g_param_spec_boolean ("paged", NULL, NULL, FALSE, read_write);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, read_write);
  properties[PROP_SHOW_SOURCE] =
      g_param_spec_boolean ("show-source", NULL, NULL, FALSE, read_write);
  properties[PROP_TEXT_SCALE] =
      g_param_spec_double ("text-scale", NULL, NULL, TEXT_SCALE_MIN, TEXT_SCALE_MAX, 1, read_write);
  properties[PROP_UPPER_HEIGHT] =
      g_param_spec_int ("upper-height", NULL, NULL, -1, G_MAXINT, -1, read_write);
  properties[PROP_CURRENT_RESPONSE] =
      g_param_spec_uint ("current-response", NULL, NULL, 0, G_MAXUINT, 0, read_only);
  properties[PROP_FINDING] = g_param_spec_boolean ("finding", NULL, NULL, FALSE, read_write);
  properties[PROP_DRAFT] =
      g_param_spec_object ("draft", NULL, NULL, ASSAY_TYPE_DOCUMENT, read_only);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[QUOTE_REQUESTED] =
      g_signal_new ("quote-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[MARK_REQUESTED] =
      g_signal_new ("mark-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 3, ASSAY_TYPE_DOCUMENT, G_TYPE_UINT, G_TYPE_UINT);
  signals[READ_TO_END] = g_signal_new ("read-to-end", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  _assay_documents_pane_install_actions (widget_class);

  g_type_ensure (ASSAY_TYPE_FIND_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/documents/assay-documents-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayDocumentsPane, box);
  gtk_widget_class_bind_template_child (widget_class, AssayDocumentsPane, find_bar);
  gtk_widget_class_bind_template_child (widget_class, AssayDocumentsPane, pages_bar);
  gtk_widget_class_bind_template_child (widget_class, AssayDocumentsPane, pages);
  gtk_widget_class_bind_template_child (widget_class, AssayDocumentsPane, paned);
  gtk_widget_class_bind_template_child (widget_class, AssayDocumentsPane, upper);
  gtk_widget_class_bind_template_child (widget_class, AssayDocumentsPane, upper_box);
  gtk_widget_class_bind_template_child (widget_class, AssayDocumentsPane, lower);
  gtk_widget_class_bind_template_child (widget_class, AssayDocumentsPane, letters_bar);
  gtk_widget_class_bind_template_child (widget_class, AssayDocumentsPane, letters);
  gtk_widget_class_bind_template_child (widget_class, AssayDocumentsPane, columns_box);
  gtk_widget_class_bind_template_child (widget_class, AssayDocumentsPane, compare_bar);
  gtk_widget_class_bind_template_child (widget_class, AssayDocumentsPane, compare_label);
  gtk_widget_class_bind_template_child (widget_class, AssayDocumentsPane, against_all_button);
  gtk_widget_class_bind_template_child (widget_class, AssayDocumentsPane, additions_button);
  gtk_widget_class_bind_template_callback (widget_class, find_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, letter_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, position_changed_cb);
  gtk_widget_class_set_css_name (widget_class, "assay-documents-pane");
}

static void
assay_documents_pane_init (AssayDocumentsPane *self)
{
  self->text_scale = 1;
  self->upper_height = -1;
  self->find_view = self->find_match = -1;
  self->beside = 1;
  self->items = g_ptr_array_new ();
  self->columns = g_ptr_array_new ();
  self->spare_items = g_ptr_array_new ();
  self->spare_columns = g_ptr_array_new ();
  self->removed = assay_removal_queue_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "documents.mark", FALSE);
  g_signal_connect_object (self->find_bar, "notify::active", G_CALLBACK (finding_changed_cb), self,
                           G_CONNECT_SWAPPED);

  _assay_documents_pane_update_layout (self);
}

guint
_assay_documents_pane_get_n_views (AssayDocumentsPane *self)
{
  return self->items->len + self->columns->len;
}

AssayDocumentView *
_assay_documents_pane_get_view (AssayDocumentsPane *self, guint index)
{
  if (index < self->items->len)
    return assay_context_item_get_view (g_ptr_array_index (self->items, index));
  return assay_response_column_get_view (
      _assay_documents_pane_get_column (self, index - self->items->len));
}

void
_assay_documents_pane_load_all (AssayDocumentsPane *self)
{
  for (guint i = 0; i < self->items->len; i++)
    assay_context_item_load (g_ptr_array_index (self->items, i));
  for (guint i = 0; i < self->columns->len; i++)
    assay_response_column_set_document (_assay_documents_pane_get_column (self, i),
                                        _assay_documents_pane_get_response (self, i));
}

void
_assay_documents_pane_request_quote (AssayDocumentsPane *self, const char *letter, const char *text)
{
  g_signal_emit (self, signals[QUOTE_REQUESTED], 0, letter, text);
}

void
_assay_documents_pane_request_mark (AssayDocumentsPane *self,
                                    AssayDocument *document,
                                    guint start,
                                    guint end)
{
  g_signal_emit (self, signals[MARK_REQUESTED], 0, document, start, end);
}

void
_assay_documents_pane_reveal (AssayDocumentsPane *self, guint view)
{
  if (view < self->items->len)
    {
      assay_context_item_set_expanded (g_ptr_array_index (self->items, view), TRUE);
      self->on_prompt_page = TRUE;
      _assay_documents_pane_update_layout (self);
    }
  else
    {
      _assay_documents_pane_choose_response (self, view - self->items->len);
    }
}

GtkWidget *
assay_documents_pane_new (void)
{
  return g_object_new (ASSAY_TYPE_DOCUMENTS_PANE, NULL);
}

void
assay_documents_pane_set_task (AssayDocumentsPane *self,
                               AssayTask *task,
                               AssayPresentation *presentation)
{
  gboolean made_anew;

  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));
  g_return_if_fail ((task == NULL) == (presentation == NULL));

  if (self->task == task && self->presentation == presentation)
    return;
  assay_find_bar_set_active (self->find_bar, FALSE);
  clear (self);
  made_anew = self->spare_columns->len == 0;
  if (task != NULL)
    {
      self->task = g_object_ref (task);
      self->presentation = g_object_ref (presentation);
      assay_documents_pane_prepare (task);
      _assay_documents_pane_add_context (self);
      _assay_documents_pane_add_responses (self);
      /* A page of its own for the prompt is where reading begins. */
      self->on_prompt_page = self->narrow && self->items->len > 0;
    }
  _assay_documents_pane_remove_spare (self);
  _assay_documents_pane_show_responses (self, made_anew);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TASK]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT_RESPONSE]);
}

AssayTask *
assay_documents_pane_get_task (AssayDocumentsPane *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), NULL);

  return self->task;
}

gboolean
assay_documents_pane_get_begun (AssayDocumentsPane *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), FALSE);

  return self->fill_begun;
}

void
assay_documents_pane_prepare (AssayTask *task)
{
  g_return_if_fail (ASSAY_IS_TASK (task));

  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    dex_unref (assay_document_render (assay_task_get_document (task, i), FALSE));
}

AssayViewMode
assay_documents_pane_get_view_mode (AssayDocumentsPane *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), ASSAY_VIEW_MODE_SIDE_BY_SIDE);

  return self->view_mode;
}

void
assay_documents_pane_set_view_mode (AssayDocumentsPane *self, AssayViewMode view_mode)
{
  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));

  if (self->view_mode == view_mode)
    return;
  if (self->view_mode != ASSAY_VIEW_MODE_DIFFERENCES)
    self->mode_before = self->view_mode;
  self->view_mode = view_mode;
  _assay_documents_pane_update_layout (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEW_MODE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIFFERENCES]);
}

gboolean
assay_documents_pane_get_linked_scrolling (AssayDocumentsPane *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), FALSE);

  return self->linked;
}

void
assay_documents_pane_set_linked_scrolling (AssayDocumentsPane *self, gboolean linked)
{
  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));

  if (self->linked == !!linked)
    return;
  self->linked = !!linked;
  _assay_documents_pane_compare (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINKED_SCROLLING]);
}

gboolean
assay_documents_pane_get_paged (AssayDocumentsPane *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), FALSE);

  return self->paged;
}

void
assay_documents_pane_set_paged (AssayDocumentsPane *self, gboolean paged)
{
  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));

  if (self->paged == !!paged)
    return;
  self->paged = !!paged;
  _assay_documents_pane_update_layout (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGED]);
}

gboolean
assay_documents_pane_get_narrow (AssayDocumentsPane *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), FALSE);

  return self->narrow;
}

void
assay_documents_pane_set_narrow (AssayDocumentsPane *self, gboolean narrow)
{
  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));

  if (self->narrow == !!narrow)
    return;
  self->narrow = !!narrow;
  self->on_prompt_page = self->narrow && self->items->len > 0 && !self->at_response;
  _assay_documents_pane_update_layout (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

gboolean
assay_documents_pane_get_show_source (AssayDocumentsPane *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), FALSE);

  return self->show_source;
}

void
assay_documents_pane_set_show_source (AssayDocumentsPane *self, gboolean show_source)
{
  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));

  if (self->show_source == !!show_source)
    return;
  self->show_source = !!show_source;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_SOURCE]);
}

double
assay_documents_pane_get_text_scale (AssayDocumentsPane *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), 1);

  return self->text_scale;
}

void
assay_documents_pane_set_text_scale (AssayDocumentsPane *self, double text_scale)
{
  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));

  text_scale = CLAMP (text_scale, TEXT_SCALE_MIN, TEXT_SCALE_MAX);
  if (self->text_scale == text_scale)
    return;
  self->text_scale = text_scale;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT_SCALE]);
}

int
assay_documents_pane_get_upper_height (AssayDocumentsPane *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), -1);

  return self->upper_height;
}

void
assay_documents_pane_set_upper_height (AssayDocumentsPane *self, int upper_height)
{
  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));

  upper_height = MAX (upper_height, -1);
  if (self->upper_height == upper_height)
    return;
  self->upper_height = upper_height;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UPPER_HEIGHT]);
}

gboolean
assay_documents_pane_quote (AssayDocumentsPane *self)
{
  AssayDocument *document = NULL;
  g_autofree char *selection = NULL;
  const char *letter = NULL;

  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), FALSE);

  selection = assay_documents_pane_dup_selection (self, &document, NULL, NULL);
  if (selection == NULL)
    return FALSE;
  if (assay_document_get_role (document) == ASSAY_DOCUMENT_RESPONSE)
    letter = assay_presentation_get_letter (self->presentation, assay_document_get_key (document));
  _assay_documents_pane_request_quote (self, letter, selection);
  return TRUE;
}
