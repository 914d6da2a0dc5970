/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-rubric-row.h"

#include "assay-announce.h"
#include "assay-answer-places.h"
#include "assay-issue-list.h"
#include "assay-limits.h"
#include "assay-point-bar.h"
#include "assay-visible-text.h"

#define SPACING_PX 4
#define COLUMN_GAP_PX 12

struct _AssayRubricRow
{
  GtkWidget parent_instance;

  AssayJudgement *judgement;
  AssayScaleQuestion *question;
  AssayPoints *points;
  GPtrArray *responses; /* (nullable): ids, borrowed from the task */
  char *title;
  AssayRubricLayout *layout; /* (not owned) */

  GtkWidget *header;
  GPtrArray *cells; /* AssayPointBar */
  GArray *applies;  /* gboolean for each cell, as of the last refresh */
  GtkWidget *comments;
  GtkWidget *issues;
  GtkWidget *notice; /* (nullable): made when first needed */
};

G_DEFINE_FINAL_TYPE (AssayRubricRow, assay_rubric_row, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  COMMENT_CLICKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_response (AssayRubricRow *self, guint place)
{
  return self->responses != NULL ? g_ptr_array_index (self->responses, place) : NULL;
}

/* "A", or "2" for a source. (transfer full) */
static char *
dup_mark (AssayRubricRow *self, guint place)
{
  return assay_judgement_dup_place_mark (self->judgement, ASSAY_QUESTION (self->question),
                                         get_response (self, place));
}

static JsonNode *
get_answer (AssayRubricRow *self, guint place)
{
  return assay_judgement_get_answer (self->judgement,
                                     assay_question_get_id (ASSAY_QUESTION (self->question)),
                                     get_response (self, place));
}

static gboolean
is_shown (AssayRubricRow *self, guint place)
{
  return (!self->layout->single || place == self->layout->shown)
         && g_array_index (self->applies, gboolean, place);
}

/* All rows of a grid keep to the same columns. */
static int
get_column_width (AssayRubricRow *self)
{
  AssayRubricLayout *layout = self->layout;

  if (layout->column_width == 0)
    {
      for (guint i = 0; i < layout->rows->len; i++)
        {
          AssayRubricRow *row = g_ptr_array_index (layout->rows, i);
          int width = assay_point_bar_get_comfortable_width (
              ASSAY_POINT_BAR (g_ptr_array_index (row->cells, 0)));

          layout->column_width = MAX (layout->column_width, width);
        }
    }
  return layout->column_width;
}

static guint
get_n_columns (AssayRubricRow *self, int width)
{
  int n = self->layout->single ? 1 : self->cells->len;

  if (width >= n * get_column_width (self) + (n - 1) * COLUMN_GAP_PX)
    return n;
  return 1;
}

static void
chosen_cb (AssayRubricRow *self, int index, gboolean advance, GtkWidget *cell)
{
  g_signal_emit (self, signals[CHOSEN], 0, cell, index, advance);
}

static void
comment_clicked_cb (AssayRubricRow *self, GtkWidget *cell)
{
  g_signal_emit (self, signals[COMMENT_CLICKED], 0, cell);
}

static void
measure_part (GtkWidget *part, int width, int *minimum, int *natural)
{
  int part_minimum, part_natural;

  if (!gtk_widget_should_layout (part))
    return;
  gtk_widget_measure (part, GTK_ORIENTATION_VERTICAL, width, &part_minimum, &part_natural, NULL,
                      NULL);
  *minimum += SPACING_PX + part_minimum;
  *natural += SPACING_PX + part_natural;
}

static int
get_cell_height (AssayRubricRow *self)
{
  int height;

  gtk_widget_measure (g_ptr_array_index (self->cells, 0), GTK_ORIENTATION_VERTICAL, -1, NULL,
                      &height, NULL, NULL);
  return height;
}

static guint
count_shown (AssayRubricRow *self)
{
  guint n = 0;

  for (guint i = 0; i < self->cells->len; i++)
    n += is_shown (self, i);
  return n;
}

static int
get_cells_height (AssayRubricRow *self, int width)
{
  guint n_columns = get_n_columns (self, width);
  int n_lines = n_columns > 1 ? 1 : (int) count_shown (self);

  return n_lines * get_cell_height (self) + MAX (n_lines - 1, 0) * SPACING_PX;
}

static void
assay_rubric_row_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  AssayRubricRow *self = ASSAY_RUBRIC_ROW (widget);
  int cells_height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      int header_minimum, header_natural, cell_minimum;

      gtk_widget_measure (self->header, orientation, -1, &header_minimum, &header_natural, NULL,
                          NULL);
      gtk_widget_measure (g_ptr_array_index (self->cells, 0), orientation, -1, &cell_minimum, NULL,
                          NULL, NULL);
      *minimum = MAX (header_minimum, cell_minimum);
      *natural = MAX (*minimum, (int) self->cells->len * get_column_width (self)
                                    + ((int) self->cells->len - 1) * COLUMN_GAP_PX);
      return;
    }

  cells_height = get_cells_height (self, for_size < 0 ? 0 : for_size);
  *minimum = *natural = -SPACING_PX;
  measure_part (self->header, for_size, minimum, natural);
  *minimum += SPACING_PX + cells_height;
  *natural += SPACING_PX + cells_height;
  measure_part (self->comments, for_size, minimum, natural);
  measure_part (self->issues, for_size, minimum, natural);
  if (self->notice != NULL)
    measure_part (self->notice, for_size, minimum, natural);
}

static int
allocate_part (GtkWidget *part, int y, int width)
{
  int height;

  if (!gtk_widget_should_layout (part))
    return y;
  gtk_widget_measure (part, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  gtk_widget_size_allocate (part, &(GtkAllocation) { 0, y, width, height }, -1);
  return y + height + SPACING_PX;
}

static void
assay_rubric_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AssayRubricRow *self = ASSAY_RUBRIC_ROW (widget);
  guint n_columns = get_n_columns (self, width);
  int cell_height = get_cell_height (self);
  int y = allocate_part (self->header, 0, width);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int column_width = (width - ((int) n_columns - 1) * COLUMN_GAP_PX) / (int) n_columns;

  for (guint i = 0; i < self->cells->len; i++)
    {
      GtkWidget *cell = g_ptr_array_index (self->cells, i);
      gboolean shown = is_shown (self, i);
      int x = 0;

      gtk_widget_set_child_visible (cell, shown);
      if (!shown)
        continue;
      if (n_columns > 1)
        {
          x = (int) i * (column_width + COLUMN_GAP_PX);
          if (mirrored)
            x = width - x - column_width;
        }
      gtk_widget_size_allocate (cell, &(GtkAllocation) { x, y, column_width, cell_height }, -1);
      if (n_columns == 1)
        y += cell_height + SPACING_PX;
    }
  if (n_columns > 1)
    y += cell_height + SPACING_PX;
  y = allocate_part (self->comments, y, width);
  y = allocate_part (self->issues, y, width);
  if (self->notice != NULL)
    allocate_part (self->notice, y, width);
}

static GtkSizeRequestMode
assay_rubric_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
assay_rubric_row_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (assay_rubric_row_parent_class)->css_changed (widget, change);
  ASSAY_RUBRIC_ROW (widget)->layout->column_width = 0;
}

static void
assay_rubric_row_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (assay_rubric_row_parent_class)->system_setting_changed (widget, setting);
  ASSAY_RUBRIC_ROW (widget)->layout->column_width = 0;
  gtk_widget_queue_resize (widget);
}

static void
assay_rubric_row_dispose (GObject *object)
{
  AssayRubricRow *self = ASSAY_RUBRIC_ROW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_pointer (&self->points, assay_points_unref);
  g_clear_pointer (&self->responses, g_ptr_array_unref);
  g_clear_object (&self->question);
  g_clear_object (&self->judgement);

  G_OBJECT_CLASS (assay_rubric_row_parent_class)->dispose (object);
}

static void
assay_rubric_row_finalize (GObject *object)
{
  AssayRubricRow *self = ASSAY_RUBRIC_ROW (object);

  g_free (self->title);
  g_array_unref (self->applies);

  G_OBJECT_CLASS (assay_rubric_row_parent_class)->finalize (object);
}

static void
assay_rubric_row_class_init (AssayRubricRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_rubric_row_dispose;
  object_class->finalize = assay_rubric_row_finalize;
  widget_class->measure = assay_rubric_row_measure;
  widget_class->size_allocate = assay_rubric_row_size_allocate;
  widget_class->get_request_mode = assay_rubric_row_get_request_mode;
  widget_class->css_changed = assay_rubric_row_css_changed;
  widget_class->system_setting_changed = assay_rubric_row_system_setting_changed;

  signals[CHOSEN] =
      g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, GTK_TYPE_WIDGET, G_TYPE_INT, G_TYPE_BOOLEAN);
  signals[COMMENT_CLICKED] =
      g_signal_new ("comment-clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, GTK_TYPE_WIDGET);

  gtk_widget_class_set_css_name (widget_class, "assay-rubric-row");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
assay_rubric_row_init (AssayRubricRow *self)
{
  self->cells = g_ptr_array_new ();
  self->applies = g_array_new (FALSE, FALSE, sizeof (gboolean));
}

static void
append_note (AssayRubricRow *self, const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "valign", GTK_ALIGN_START, NULL);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (self->header), label);
}

static void
build_header (AssayRubricRow *self)
{
  double weight = assay_scale_question_get_weight (self->question);
  GtkWidget *label;

  self->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  label = g_object_new (GTK_TYPE_LABEL, "label", self->title, "xalign", 0.0, "hexpand", TRUE,
                        "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  gtk_widget_add_css_class (label, "assay-question-title");
  gtk_box_append (GTK_BOX (self->header), label);
  if (weight != 1)
    {
      g_autofree char *number = assay_points_format_number (weight);
      /* Translators: how much a criterion counts: "× 2" */
      g_autofree char *text = g_strdup_printf (C_ ("weight", "× %s"), number);

      append_note (self, text);
    }
  if (!assay_question_get_required (ASSAY_QUESTION (self->question)))
    append_note (self, C_ ("question", "Optional"));
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label,
                                  NULL, -1);
}

static void
append_cell (AssayRubricRow *self, guint place)
{
  GtkWidget *cell = assay_point_bar_new (self->points);
  g_autofree char *mark = dup_mark (self, place);
  g_autofree char *name =
      assay_judgement_dup_place_name (self->judgement, ASSAY_QUESTION (self->question),
                                      get_response (self, place), self->title);
  gboolean applies = TRUE;

  assay_point_bar_set_neutral (ASSAY_POINT_BAR (cell),
                               assay_scale_question_get_neutral (self->question));
  if (mark != NULL && self->responses->len > 1)
    assay_point_bar_set_ends (ASSAY_POINT_BAR (cell), mark, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_REQUIRED,
                                  assay_question_get_required (ASSAY_QUESTION (self->question)),
                                  -1);
  g_signal_connect_object (cell, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cell, "comment-clicked", G_CALLBACK (comment_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (cell, GTK_WIDGET (self));
  g_ptr_array_add (self->cells, cell);
  g_array_append_val (self->applies, applies);
}

GtkWidget *
assay_rubric_row_new (AssayJudgement *judgement,
                      AssayScaleQuestion *question,
                      GPtrArray *responses,
                      AssayRubricLayout *layout)
{
  AssayRubricRow *self;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), NULL);
  g_return_val_if_fail (ASSAY_IS_SCALE_QUESTION (question), NULL);
  g_return_val_if_fail (layout != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_RUBRIC_ROW, NULL);
  self->judgement = g_object_ref (judgement);
  self->question = g_object_ref (question);
  self->responses = responses != NULL ? g_ptr_array_ref (responses) : NULL;
  self->layout = layout;
  self->points = assay_points_new_for_scale (question);
  self->title = assay_visible_line (assay_question_get_label (ASSAY_QUESTION (question)),
                                    ASSAY_LIMIT_LABEL_CHARACTERS);
  build_header (self);
  for (guint i = 0; i < (responses != NULL ? responses->len : 1); i++)
    append_cell (self, i);

  self->comments =
      g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                    "lines", 4, "ellipsize", PANGO_ELLIPSIZE_END, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->comments, "caption");
  gtk_widget_add_css_class (self->comments, "assay-comment");
  gtk_widget_set_parent (self->comments, GTK_WIDGET (self));
  self->issues = assay_issue_list_new ();
  gtk_widget_set_parent (self->issues, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

AssayScaleQuestion *
assay_rubric_row_get_question (AssayRubricRow *self)
{
  g_return_val_if_fail (ASSAY_IS_RUBRIC_ROW (self), NULL);

  return self->question;
}

const char *
assay_rubric_row_get_title (AssayRubricRow *self)
{
  g_return_val_if_fail (ASSAY_IS_RUBRIC_ROW (self), NULL);

  return self->title;
}

guint
assay_rubric_row_get_n_cells (AssayRubricRow *self)
{
  g_return_val_if_fail (ASSAY_IS_RUBRIC_ROW (self), 0);

  return self->cells->len;
}

GtkWidget *
assay_rubric_row_get_cell (AssayRubricRow *self, guint place)
{
  g_return_val_if_fail (ASSAY_IS_RUBRIC_ROW (self), NULL);
  g_return_val_if_fail (place < self->cells->len, NULL);

  return g_ptr_array_index (self->cells, place);
}

gboolean
assay_rubric_row_cell_applies (AssayRubricRow *self, guint place)
{
  g_return_val_if_fail (ASSAY_IS_RUBRIC_ROW (self), FALSE);

  return g_array_index (self->applies, gboolean, place);
}

int
assay_rubric_row_find_cell (AssayRubricRow *self, GtkWidget *cell)
{
  guint place;

  g_return_val_if_fail (ASSAY_IS_RUBRIC_ROW (self), -1);

  return g_ptr_array_find (self->cells, cell, &place) ? (int) place : -1;
}

gboolean
assay_rubric_row_get_has_columns (AssayRubricRow *self)
{
  g_return_val_if_fail (ASSAY_IS_RUBRIC_ROW (self), FALSE);

  return get_n_columns (self, gtk_widget_get_width (GTK_WIDGET (self))) > 1;
}

/* Whether a comment is needed for the answer as it is. */
static AssayCommentMark
get_comment_mark (AssayRubricRow *self, JsonNode *answer)
{
  double below, value;
  AssayCommentRule rule = assay_scale_question_get_comment_rule (self->question, &below);

  if (assay_scale_answer_get_comment (answer) != NULL)
    return ASSAY_COMMENT_MARK_WRITTEN;
  switch (rule)
    {
    case ASSAY_COMMENT_OFF:
      return ASSAY_COMMENT_MARK_NONE;
    case ASSAY_COMMENT_REQUIRED:
      return ASSAY_COMMENT_MARK_NEEDED;
    case ASSAY_COMMENT_REQUIRED_BELOW:
      if (assay_scale_answer_get_value (answer, &value) && value < below)
        return ASSAY_COMMENT_MARK_NEEDED;
      return ASSAY_COMMENT_MARK_EMPTY;
    case ASSAY_COMMENT_OPTIONAL:
    default:
      return ASSAY_COMMENT_MARK_EMPTY;
    }
}

static void
refresh_cell (AssayRubricRow *self, guint place, GString *comments)
{
  AssayPointBar *cell = ASSAY_POINT_BAR (g_ptr_array_index (self->cells, place));
  JsonNode *answer = get_answer (self, place);
  const char *comment = assay_scale_answer_get_comment (answer);
  g_autofree char *shown = NULL;
  g_autofree char *mark = dup_mark (self, place);
  double value;
  int selected = -1;

  if (assay_scale_answer_is_na (answer))
    selected = assay_scale_question_get_allow_na (self->question)
                   ? (int) assay_points_get_n_values (self->points)
                   : -1;
  else if (assay_scale_answer_get_value (answer, &value)
           && assay_scale_question_is_on_grid (self->question, value))
    selected = assay_points_find_value (self->points, value);
  assay_point_bar_set_selected (cell, selected);
  assay_point_bar_set_comment_mark (cell, get_comment_mark (self, answer));
  if (comment != NULL)
    shown = assay_visible_line (comment, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS);
  if (shown != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    shown, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);

  if (shown == NULL || !is_shown (self, place))
    return;
  if (comments->len > 0)
    g_string_append_c (comments, '\n');
  if (mark != NULL && self->cells->len > 1)
    /* Translators: the letter of a response, or the number of a source, and a comment on it */
    g_string_append_printf (comments, C_ ("comment", "%s: %s"), mark, shown);
  else
    g_string_append (comments, shown);
}

void
assay_rubric_row_refresh (AssayRubricRow *self)
{
  g_autoptr (GString) comments = NULL;

  g_return_if_fail (ASSAY_IS_RUBRIC_ROW (self));

  assay_rubric_row_show_notice (self, "");
  comments = g_string_new (NULL);
  for (guint i = 0; i < self->cells->len; i++)
    {
      gboolean shown;

      g_array_index (self->applies, gboolean, i) =
          assay_judgement_question_applies (self->judgement, ASSAY_QUESTION (self->question),
                                            get_response (self, i));
      shown = is_shown (self, i);
      refresh_cell (self, i, comments);
      if (gtk_widget_get_child_visible (g_ptr_array_index (self->cells, i)) != shown)
        {
          gtk_widget_set_child_visible (g_ptr_array_index (self->cells, i), shown);
          gtk_widget_queue_resize (GTK_WIDGET (self));
        }
    }
  gtk_label_set_text (GTK_LABEL (self->comments), comments->str);
  gtk_widget_set_visible (self->comments, comments->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), count_shown (self) > 0);
}

void
assay_rubric_row_show_notice (AssayRubricRow *self, const char *notice)
{
  g_return_if_fail (ASSAY_IS_RUBRIC_ROW (self));
  g_return_if_fail (notice != NULL);

  if (self->notice == NULL)
    {
      if (*notice == '\0')
        return;
      self->notice = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);
      gtk_widget_add_css_class (self->notice, "caption");
      gtk_widget_add_css_class (self->notice, "warning");
      gtk_widget_set_parent (self->notice, GTK_WIDGET (self));
    }
  gtk_label_set_text (GTK_LABEL (self->notice), notice);
  gtk_widget_set_visible (self->notice, *notice != '\0');
  if (*notice != '\0')
    assay_announce (GTK_WIDGET (self), notice);
}

void
assay_rubric_row_set_issues (AssayRubricRow *self, GPtrArray *issues)
{
  const char *id;
  g_autoptr (GPtrArray) own = NULL;

  g_return_if_fail (ASSAY_IS_RUBRIC_ROW (self));

  id = assay_question_get_id (ASSAY_QUESTION (self->question));
  own = g_ptr_array_new ();
  for (guint i = 0; issues != NULL && i < issues->len; i++)
    {
      if (g_strcmp0 (assay_issue_get_question (g_ptr_array_index (issues, i)), id) == 0)
        g_ptr_array_add (own, g_ptr_array_index (issues, i));
    }
  assay_issue_list_set_issues (ASSAY_ISSUE_LIST (self->issues), own);

  for (guint place = 0; place < self->cells->len; place++)
    {
      gboolean invalid = FALSE;

      for (guint i = 0; i < own->len; i++)
        {
          AssayIssue *issue = g_ptr_array_index (own, i);

          invalid |=
              assay_issue_get_level (issue) == ASSAY_ISSUE_ERROR
              && (assay_issue_get_response (issue) == NULL
                  || g_strcmp0 (assay_issue_get_response (issue), get_response (self, place)) == 0);
        }
      assay_point_bar_set_invalid (ASSAY_POINT_BAR (g_ptr_array_index (self->cells, place)),
                                   invalid, self->issues);
    }
}
