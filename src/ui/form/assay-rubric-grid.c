/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "assay-rubric-grid.h"

#include "assay-answer-places.h"
#include "assay-comment-popover.h"
#include "assay-limits.h"
#include "assay-point-bar.h"
#include "assay-rubric-row.h"
#include "assay-visible-text.h"

/* More responses than this are chosen from a list. */
#define MAX_RESPONSE_TOGGLES 6

struct _AssayRubricGrid
{
  GtkWidget parent_instance;

  AssayJudgement *judgement;
  AssayScope scope;
  GPtrArray *responses; /* (nullable): ids of responses or sources in the order shown, borrowed */
  AssayRubricLayout layout;

  GtkWidget *header;  /* (nullable): only with several responses */
  GtkWidget *reading; /* (nullable) */
  GtkWidget *chooser; /* (nullable): toggle group or drop-down */
  GtkWidget *mean;
  GtkWidget *popover; /* (nullable): made when first needed */
  gboolean show_mean;
  gboolean showing;
};

static void assay_rubric_grid_section_init (AssayFormSectionInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AssayRubricGrid,
                               assay_rubric_grid,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (ASSAY_TYPE_FORM_SECTION,
                                                      assay_rubric_grid_section_init))

typedef enum
{
  PROP_BY_RESPONSE = 1,
  PROP_SHOWN_PLACE,
  PROP_SHOW_MEAN,
} AssayRubricGridProperty;

static GParamSpec *properties[PROP_SHOW_MEAN + 1];

static AssayRubricRow *
get_row (AssayRubricGrid *self, guint index)
{
  return g_ptr_array_index (self->layout.rows, index);
}

static gboolean
find_cell (AssayRubricGrid *self, GtkWidget *cell, guint *row, guint *place)
{
  for (guint i = 0; i < self->layout.rows->len; i++)
    {
      int found = assay_rubric_row_find_cell (get_row (self, i), cell);

      if (found >= 0)
        {
          *row = i;
          *place = found;
          return TRUE;
        }
    }
  return FALSE;
}

static const char *
get_response (AssayRubricGrid *self, guint place)
{
  return self->responses != NULL ? g_ptr_array_index (self->responses, place) : NULL;
}

static guint
get_n_places (AssayRubricGrid *self)
{
  return self->responses != NULL ? self->responses->len : 1;
}

static JsonNode *
get_answer (AssayRubricGrid *self, guint row, guint place)
{
  return assay_judgement_get_answer (self->judgement,
                                     assay_question_get_id (ASSAY_QUESTION (
                                         assay_rubric_row_get_question (get_row (self, row)))),
                                     get_response (self, place));
}

static void
take_answer (AssayRubricGrid *self, guint row, guint place, JsonNode *answer)
{
  g_autoptr (JsonNode) taken = answer;

  assay_judgement_set_answer (self->judgement,
                              assay_question_get_id (ASSAY_QUESTION (
                                  assay_rubric_row_get_question (get_row (self, row)))),
                              get_response (self, place), taken);
}

static gboolean
can_stop (AssayRubricGrid *self, guint row, guint place)
{
  return assay_rubric_row_cell_applies (get_row (self, row), place);
}

static void
set_shown_place (AssayRubricGrid *self, guint place)
{
  if (self->layout.shown == place || place >= get_n_places (self))
    return;
  self->layout.shown = place;
  assay_form_section_refresh (ASSAY_FORM_SECTION (self));
  for (guint i = 0; i < self->layout.rows->len; i++)
    gtk_widget_queue_resize (GTK_WIDGET (get_row (self, i)));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN_PLACE]);
}

static void
chosen_cb (AssayRubricGrid *self, GtkWidget *cell, int index, gboolean advance)
{
  AssayPoints *points = assay_point_bar_get_points (ASSAY_POINT_BAR (cell));
  JsonNode *answer;
  guint row, place;

  if (!find_cell (self, cell, &row, &place))
    return;
  answer = get_answer (self, row, place);
  if (index < (int) assay_points_get_n_values (points))
    take_answer (self, row, place,
                 assay_scale_answer_with_value (answer, assay_points_get_value (points, index)));
  else
    take_answer (self, row, place, assay_scale_answer_with_na (answer));
  if (advance)
    assay_form_section_advance (ASSAY_FORM_SECTION (self), cell);
}

static void
comment_edited_cb (AssayRubricGrid *self, const char *text)
{
  GtkWidget *cell = assay_comment_popover_get_about (ASSAY_COMMENT_POPOVER (self->popover));
  guint row, place;

  if (cell != NULL && find_cell (self, cell, &row, &place))
    take_answer (self, row, place,
                 assay_scale_answer_with_comment (get_answer (self, row, place), text));
}

static gboolean
open_comment (AssayRubricGrid *self, GtkWidget *cell)
{
  AssayScaleQuestion *question;
  AssayCommentRule rule;
  g_autofree char *title = NULL;
  double below, value;
  JsonNode *answer;
  guint row, place;

  if (!find_cell (self, cell, &row, &place))
    return FALSE;
  question = assay_rubric_row_get_question (get_row (self, row));
  answer = get_answer (self, row, place);
  rule = assay_scale_question_get_comment_rule (question, &below);
  if (rule == ASSAY_COMMENT_OFF && assay_scale_answer_get_comment (answer) == NULL)
    return FALSE;
  if (self->popover == NULL)
    {
      self->popover = assay_comment_popover_new (self->judgement);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
      g_signal_connect_swapped (self->popover, "edited", G_CALLBACK (comment_edited_cb), self);
    }
  title = assay_judgement_dup_place_name (self->judgement, ASSAY_QUESTION (question),
                                          get_response (self, place),
                                          assay_rubric_row_get_title (get_row (self, row)));
  assay_comment_popover_open (ASSAY_COMMENT_POPOVER (self->popover), cell, title,
                              assay_scale_answer_get_comment (answer),
                              rule == ASSAY_COMMENT_REQUIRED
                                  || (rule == ASSAY_COMMENT_REQUIRED_BELOW
                                      && assay_scale_answer_get_value (answer, &value)
                                      && value < below));
  return TRUE;
}

static void
comment_clicked_cb (AssayRubricGrid *self, GtkWidget *cell)
{
  open_comment (self, cell);
}

static void
reading_changed_cb (AssayRubricGrid *self)
{
  if (!self->showing)
    assay_rubric_grid_set_by_response (
        self, adw_toggle_group_get_active (ADW_TOGGLE_GROUP (self->reading)) == 1);
}

static void
toggle_changed_cb (AssayRubricGrid *self)
{
  if (!self->showing)
    set_shown_place (self, adw_toggle_group_get_active (ADW_TOGGLE_GROUP (self->chooser)));
}

static void
drop_down_changed_cb (AssayRubricGrid *self)
{
  if (!self->showing)
    set_shown_place (self, gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser)));
}

static void
show_reading (AssayRubricGrid *self)
{
  if (self->header == NULL)
    return;
  self->showing = TRUE;
  adw_toggle_group_set_active (ADW_TOGGLE_GROUP (self->reading), self->layout.single ? 1 : 0);
  gtk_widget_set_visible (self->chooser, self->layout.single);
  if (ADW_IS_TOGGLE_GROUP (self->chooser))
    adw_toggle_group_set_active (ADW_TOGGLE_GROUP (self->chooser), self->layout.shown);
  else
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), self->layout.shown);
  self->showing = FALSE;
}

/* "3.8" or "–" where nothing is scored. */
static char *
describe_mean (AssayRubricGrid *self, const char *response)
{
  double mean;

  if (!assay_judgement_get_weighted_mean (self->judgement, response, &mean))
    return g_strdup ("–");
  return g_strdup_printf ("%.2f", mean);
}

static void
show_means (AssayRubricGrid *self)
{
  g_autoptr (GString) text = NULL;
  gboolean any = FALSE;
  double mean;

  for (guint i = 0; assay_rubric_grid_get_has_responses (self) && i < self->responses->len; i++)
    any |= assay_judgement_get_weighted_mean (self->judgement, get_response (self, i), &mean);
  gtk_widget_set_visible (self->mean, self->show_mean && any);
  if (!self->show_mean || !any)
    return;
  text = g_string_new (_ ("Weighted mean"));
  for (guint i = 0; i < self->responses->len; i++)
    {
      const char *response = get_response (self, i);
      g_autofree char *described = describe_mean (self, response);

      g_string_append (text, i == 0 ? "   " : "  ·  ");
      if (self->responses->len > 1)
        g_string_append_printf (text, "%s ",
                                assay_presentation_get_letter (
                                    assay_judgement_get_presentation (self->judgement), response));
      g_string_append (text, described);
    }
  gtk_label_set_text (GTK_LABEL (self->mean), text->str);
}

static void
assay_rubric_grid_refresh (AssayFormSection *section)
{
  AssayRubricGrid *self = ASSAY_RUBRIC_GRID (section);
  GtkWidget *about;
  guint row, place;

  for (guint i = 0; i < self->layout.rows->len; i++)
    assay_rubric_row_refresh (get_row (self, i));
  show_reading (self);
  show_means (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self), !assay_judgement_get_final (self->judgement));

  about = self->popover != NULL
              ? assay_comment_popover_get_about (ASSAY_COMMENT_POPOVER (self->popover))
              : NULL;
  if (about != NULL && find_cell (self, about, &row, &place))
    assay_comment_popover_show_text (ASSAY_COMMENT_POPOVER (self->popover),
                                     assay_scale_answer_get_comment (
                                         get_answer (self, row, place)));
}

static gboolean
assay_rubric_grid_has_question (AssayFormSection *section, const char *question)
{
  AssayRubricGrid *self = ASSAY_RUBRIC_GRID (section);

  for (guint i = 0; i < self->layout.rows->len; i++)
    {
      if (g_strcmp0 (assay_question_get_id (
                         ASSAY_QUESTION (assay_rubric_row_get_question (get_row (self, i)))),
                     question)
          == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
assay_rubric_grid_is_conditional (AssayFormSection *section)
{
  AssayRubricGrid *self = ASSAY_RUBRIC_GRID (section);

  for (guint i = 0; i < self->layout.rows->len; i++)
    {
      if (assay_question_get_condition (
              ASSAY_QUESTION (assay_rubric_row_get_question (get_row (self, i))))
          != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
assay_rubric_grid_set_issues (AssayFormSection *section, GPtrArray *issues)
{
  AssayRubricGrid *self = ASSAY_RUBRIC_GRID (section);

  for (guint i = 0; i < self->layout.rows->len; i++)
    assay_rubric_row_set_issues (get_row (self, i), issues);
}

/* In the order of travel: across the responses, or down the criteria of one and then of the next.
 */
static void
assay_rubric_grid_list_stops (AssayFormSection *section, GPtrArray *stops)
{
  AssayRubricGrid *self = ASSAY_RUBRIC_GRID (section);
  guint n_rows = self->layout.rows->len;
  guint n_places = get_n_places (self);

  for (guint i = 0; i < n_rows * n_places; i++)
    {
      guint row = self->layout.single ? i % n_rows : i / n_places;
      guint place = self->layout.single ? i / n_rows : i % n_places;

      if (can_stop (self, row, place))
        g_ptr_array_add (stops, assay_rubric_row_get_cell (get_row (self, row), place));
    }
}

static void
assay_rubric_grid_locate (AssayFormSection *section,
                          GtkWidget *stop,
                          AssayQuestion **question,
                          const char **response)
{
  AssayRubricGrid *self = ASSAY_RUBRIC_GRID (section);
  guint row, place;

  if (!find_cell (self, stop, &row, &place))
    return;
  *question = ASSAY_QUESTION (assay_rubric_row_get_question (get_row (self, row)));
  *response = get_response (self, place);
}

static GtkWidget *
assay_rubric_grid_find_stop (AssayFormSection *section,
                             const char *question,
                             const char *response,
                             const char *item)
{
  AssayRubricGrid *self = ASSAY_RUBRIC_GRID (section);

  for (guint row = 0; row < self->layout.rows->len; row++)
    {
      AssayQuestion *own = ASSAY_QUESTION (assay_rubric_row_get_question (get_row (self, row)));

      if (g_strcmp0 (assay_question_get_id (own), question) != 0)
        continue;
      for (guint place = 0; place < get_n_places (self); place++)
        {
          if (can_stop (self, row, place)
              && (response == NULL || g_strcmp0 (response, get_response (self, place)) == 0))
            return assay_rubric_row_get_cell (get_row (self, row), place);
        }
    }
  return NULL;
}

static void
assay_rubric_grid_reveal (AssayFormSection *section, GtkWidget *stop)
{
  AssayRubricGrid *self = ASSAY_RUBRIC_GRID (section);
  guint row, place;

  if (self->layout.single && find_cell (self, stop, &row, &place))
    set_shown_place (self, place);
}

static GtkWidget *
assay_rubric_grid_find_neighbour (AssayFormSection *section, GtkWidget *stop, int direction)
{
  AssayRubricGrid *self = ASSAY_RUBRIC_GRID (section);
  g_autoptr (GPtrArray) stops = NULL;
  guint row, place;
  int index;

  if (!find_cell (self, stop, &row, &place))
    return NULL;
  /* Below a cell is the next criterion, except where the cells of one criterion stand in a pile. */
  if (self->layout.single || assay_rubric_row_get_has_columns (get_row (self, row)))
    {
      for (index = (int) row + direction; index >= 0 && index < (int) self->layout.rows->len;
           index += direction)
        {
          if (can_stop (self, index, place))
            return assay_rubric_row_get_cell (get_row (self, index), place);
        }
      return NULL;
    }
  stops = g_ptr_array_new ();
  assay_rubric_grid_list_stops (section, stops);
  for (guint i = 0; i < stops->len; i++)
    {
      if (g_ptr_array_index (stops, i) != stop)
        continue;
      index = (int) i + direction;
      return index >= 0 && index < (int) stops->len ? g_ptr_array_index (stops, index) : NULL;
    }
  return NULL;
}

/* The next response for the same criterion, then the next criterion, however the grid is read. */
static gboolean
move_across (AssayRubricGrid *self, GtkWidget *stop, int direction)
{
  guint row, place, n_places = get_n_places (self);
  int index;

  if (!self->layout.single || !find_cell (self, stop, &row, &place))
    return FALSE;
  for (index = (int) (row * n_places + place) + direction;
       index >= 0 && index < (int) (self->layout.rows->len * n_places); index += direction)
    {
      GtkWidget *cell;

      if (!can_stop (self, index / n_places, index % n_places))
        continue;
      cell = assay_rubric_row_get_cell (get_row (self, index / n_places), index % n_places);
      assay_rubric_grid_reveal (ASSAY_FORM_SECTION (self), cell);
      return gtk_widget_grab_focus (cell);
    }
  return FALSE;
}

static gboolean
assay_rubric_grid_handle_key (AssayFormSection *section, GtkWidget *stop, const AssayFormKey *key)
{
  AssayRubricGrid *self = ASSAY_RUBRIC_GRID (section);
  guint row, place;

  if (!find_cell (self, stop, &row, &place))
    return FALSE;
  if (assay_point_bar_handle_key (ASSAY_POINT_BAR (stop), key))
    return TRUE;
  if (assay_form_key_is (key, GDK_KEY_Tab))
    return move_across (self, stop, (key->modifiers & GDK_SHIFT_MASK) != 0 ? -1 : 1);
  if (assay_form_key_is (key, GDK_KEY_n))
    {
      if (assay_scale_question_get_allow_na (assay_rubric_row_get_question (get_row (self, row))))
        {
          take_answer (self, row, place,
                       assay_scale_answer_with_na (get_answer (self, row, place)));
          assay_form_section_advance (section, stop);
        }
      else
        {
          assay_rubric_row_show_notice (get_row (self, row),
                                        _ ("“Not applicable” is not offered for this criterion."));
        }
      return TRUE;
    }
  if (assay_form_key_is (key, GDK_KEY_c))
    return open_comment (self, stop);
  return FALSE;
}

static void
assay_rubric_grid_clear (AssayFormSection *section, GtkWidget *stop)
{
  AssayRubricGrid *self = ASSAY_RUBRIC_GRID (section);
  guint row, place;

  if (find_cell (self, stop, &row, &place))
    take_answer (self, row, place, NULL);
}

static void
assay_rubric_grid_section_init (AssayFormSectionInterface *interface)
{
  interface->refresh = assay_rubric_grid_refresh;
  interface->has_question = assay_rubric_grid_has_question;
  interface->is_conditional = assay_rubric_grid_is_conditional;
  interface->set_issues = assay_rubric_grid_set_issues;
  interface->list_stops = assay_rubric_grid_list_stops;
  interface->locate = assay_rubric_grid_locate;
  interface->find_stop = assay_rubric_grid_find_stop;
  interface->handle_key = assay_rubric_grid_handle_key;
  interface->clear = assay_rubric_grid_clear;
  interface->reveal = assay_rubric_grid_reveal;
  interface->find_neighbour = assay_rubric_grid_find_neighbour;
}

static void
assay_rubric_grid_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  AssayRubricGrid *self = ASSAY_RUBRIC_GRID (object);

  switch ((AssayRubricGridProperty) property)
    {
    case PROP_BY_RESPONSE:
      g_value_set_boolean (value, self->layout.single);
      break;
    case PROP_SHOWN_PLACE:
      g_value_set_uint (value, self->layout.shown);
      break;
    case PROP_SHOW_MEAN:
      g_value_set_boolean (value, self->show_mean);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
assay_rubric_grid_set_property (GObject *object,
                                guint property,
                                const GValue *value,
                                GParamSpec *pspec)
{
  AssayRubricGrid *self = ASSAY_RUBRIC_GRID (object);

  switch ((AssayRubricGridProperty) property)
    {
    case PROP_BY_RESPONSE:
      assay_rubric_grid_set_by_response (self, g_value_get_boolean (value));
      break;
    case PROP_SHOWN_PLACE:
      set_shown_place (self, g_value_get_uint (value));
      break;
    case PROP_SHOW_MEAN:
      assay_rubric_grid_set_show_mean (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
assay_rubric_grid_dispose (GObject *object)
{
  AssayRubricGrid *self = ASSAY_RUBRIC_GRID (object);
  GtkWidget *child;

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->responses, g_ptr_array_unref);
  g_clear_object (&self->judgement);

  G_OBJECT_CLASS (assay_rubric_grid_parent_class)->dispose (object);
}

static void
assay_rubric_grid_finalize (GObject *object)
{
  g_ptr_array_unref (ASSAY_RUBRIC_GRID (object)->layout.rows);

  G_OBJECT_CLASS (assay_rubric_grid_parent_class)->finalize (object);
}

static void
assay_rubric_grid_class_init (AssayRubricGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = assay_rubric_grid_get_property;
  object_class->set_property = assay_rubric_grid_set_property;
  object_class->dispose = assay_rubric_grid_dispose;
  object_class->finalize = assay_rubric_grid_finalize;

  properties[PROP_BY_RESPONSE] = g_param_spec_boolean ("by-response", NULL, NULL, FALSE, flags);
  properties[PROP_SHOWN_PLACE] =
      g_param_spec_uint ("shown-place", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SHOW_MEAN] = g_param_spec_boolean ("show-mean", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "assay-rubric-grid");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
assay_rubric_grid_init (AssayRubricGrid *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->layout.rows = g_ptr_array_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  C_ ("form", "Scores"), -1);
}

static void
add_toggle (AdwToggleGroup *group, const char *label, const char *tooltip)
{
  AdwToggle *toggle = adw_toggle_new ();

  adw_toggle_set_label (toggle, label);
  adw_toggle_set_tooltip (toggle, tooltip);
  adw_toggle_group_add (group, toggle);
}

static void
build_chooser (AssayRubricGrid *self)
{
  AssayPresentation *presentation = assay_judgement_get_presentation (self->judgement);

  if (self->responses->len <= MAX_RESPONSE_TOGGLES)
    {
      self->chooser = adw_toggle_group_new ();
      for (guint i = 0; i < self->responses->len; i++)
        {
          const char *letter = assay_presentation_get_letter (presentation, get_response (self, i));
          g_autofree char *tooltip = g_strdup_printf (_ ("Response %s"), letter);

          add_toggle (ADW_TOGGLE_GROUP (self->chooser), letter, tooltip);
        }
      g_signal_connect_object (self->chooser, "notify::active", G_CALLBACK (toggle_changed_cb),
                               self, G_CONNECT_SWAPPED);
    }
  else
    {
      g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

      for (guint i = 0; i < self->responses->len; i++)
        gtk_string_list_take (names, g_strdup_printf (_ ("Response %s"),
                                                      assay_presentation_get_letter (
                                                          presentation, get_response (self, i))));
      self->chooser = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (names)), NULL);
      g_signal_connect_object (self->chooser, "notify::selected", G_CALLBACK (drop_down_changed_cb),
                               self, G_CONNECT_SWAPPED);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chooser), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Response to be scored"), -1);
}

static void
build_header (AssayRubricGrid *self)
{
  if (!assay_rubric_grid_get_has_responses (self) || self->responses->len < 2)
    return;
  self->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->header, "assay-rubric-header");
  self->reading = adw_toggle_group_new ();
  gtk_widget_add_css_class (self->reading, "assay-compact");
  add_toggle (ADW_TOGGLE_GROUP (self->reading), _ ("By Criterion"),
              _ ("One Criterion across All Responses"));
  add_toggle (ADW_TOGGLE_GROUP (self->reading), _ ("By Response"),
              _ ("All Criteria of One Response"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reading), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Order of scoring"), -1);
  g_signal_connect_object (self->reading, "notify::active", G_CALLBACK (reading_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_hexpand (self->reading, TRUE);
  gtk_widget_set_halign (self->reading, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->header), self->reading);
  build_chooser (self);
  gtk_widget_add_css_class (self->chooser, "assay-compact");
  gtk_box_append (GTK_BOX (self->header), self->chooser);
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
}

GtkWidget *
assay_rubric_grid_new (AssayJudgement *judgement, GPtrArray *questions)
{
  AssayRubricGrid *self;
  const char *group = NULL;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), NULL);
  g_return_val_if_fail (questions != NULL && questions->len > 0, NULL);

  self = g_object_new (ASSAY_TYPE_RUBRIC_GRID, NULL);
  self->judgement = g_object_ref (judgement);
  self->scope = assay_question_get_scope (g_ptr_array_index (questions, 0));
  if (self->scope != ASSAY_SCOPE_TASK)
    self->responses = assay_judgement_list_places (judgement, g_ptr_array_index (questions, 0));
  build_header (self);

  for (guint i = 0; i < questions->len; i++)
    {
      AssayScaleQuestion *question = g_ptr_array_index (questions, i);
      const char *own_group = assay_question_get_group (ASSAY_QUESTION (question));
      GtkWidget *row;

      if (own_group != NULL && g_strcmp0 (own_group, group) != 0)
        {
          g_autofree char *text = assay_visible_line (own_group, ASSAY_LIMIT_LABEL_CHARACTERS);
          GtkWidget *label =
              g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, NULL);

          gtk_widget_add_css_class (label, "assay-group-title");
          gtk_widget_set_parent (label, GTK_WIDGET (self));
        }
      group = own_group;
      row = assay_rubric_row_new (judgement, question, self->responses, &self->layout);
      g_ptr_array_add (self->layout.rows, row);
      g_signal_connect_object (row, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "comment-clicked", G_CALLBACK (comment_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_widget_set_parent (row, GTK_WIDGET (self));
    }

  self->mean = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->mean, "caption");
  gtk_widget_add_css_class (self->mean, "dim-label");
  gtk_widget_add_css_class (self->mean, "numeric");
  gtk_widget_add_css_class (self->mean, "assay-rubric-mean");
  gtk_widget_set_parent (self->mean, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

gboolean
assay_rubric_grid_get_by_response (AssayRubricGrid *self)
{
  g_return_val_if_fail (ASSAY_IS_RUBRIC_GRID (self), FALSE);

  return self->layout.single;
}

void
assay_rubric_grid_set_by_response (AssayRubricGrid *self, gboolean by_response)
{
  g_return_if_fail (ASSAY_IS_RUBRIC_GRID (self));

  by_response = by_response && self->header != NULL;
  if (self->layout.single == by_response)
    return;
  self->layout.single = by_response;
  assay_form_section_refresh (ASSAY_FORM_SECTION (self));
  for (guint i = 0; i < self->layout.rows->len; i++)
    gtk_widget_queue_resize (GTK_WIDGET (get_row (self, i)));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BY_RESPONSE]);
}

void
assay_rubric_grid_set_show_mean (AssayRubricGrid *self, gboolean show_mean)
{
  g_return_if_fail (ASSAY_IS_RUBRIC_GRID (self));

  if (self->show_mean == show_mean)
    return;
  self->show_mean = show_mean;
  show_means (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_MEAN]);
}

gboolean
assay_rubric_grid_get_has_responses (AssayRubricGrid *self)
{
  g_return_val_if_fail (ASSAY_IS_RUBRIC_GRID (self), FALSE);

  return self->scope == ASSAY_SCOPE_EACH_RESPONSE;
}
