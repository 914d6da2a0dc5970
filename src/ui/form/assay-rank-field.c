/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-rank-field.h"

#include "assay-announce.h"
#include "assay-issue-list.h"
#include "assay-markdown.h"
#include "assay-rank-merge.h"
#include "assay-rank-order.h"
#include "assay-rank-pairs.h"
#include "assay-rank-question.h"
#include "assay-rank-row.h"

struct _AssayRankField
{
  AssayQuestionField parent_instance;

  GtkWidget *list;    /* box with the rows, in the order that is shown */
  GtkWidget *divider; /* (nullable): below the ranks to give, where not all are asked for */
  GtkWidget *confirm;
  GtkWidget *pairs;    /* (nullable): asks about two at a time, where there are many */
  GtkWidget *begin;    /* (nullable): shows @pairs */
  gboolean comparing;  /* @pairs is wanted */
  GPtrArray *rows;     /* AssayRankRow in the order of the presentation */
  GtkWidget *drop_row; /* (nullable): the row before which a drag would drop */
};

G_DEFINE_FINAL_TYPE (AssayRankField, assay_rank_field, ASSAY_TYPE_QUESTION_FIELD)

static AssayRankQuestion *
get_question (AssayRankField *self)
{
  return ASSAY_RANK_QUESTION (assay_question_field_get_question (ASSAY_QUESTION_FIELD (self)));
}

static JsonNode *
get_answer (AssayRankField *self)
{
  return assay_question_field_get_answer (ASSAY_QUESTION_FIELD (self));
}

static gboolean
is_best_worst (AssayRankField *self)
{
  return assay_rank_question_get_mode (get_question (self)) == ASSAY_RANK_BEST_WORST;
}

/* As shown; the ids are the rows'. */
static GPtrArray *
list_responses (AssayRankField *self)
{
  GPtrArray *responses = g_ptr_array_new ();

  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (responses,
                     (gpointer) assay_rank_row_get_response (g_ptr_array_index (self->rows, i)));
  g_ptr_array_add (responses, NULL);
  return responses;
}

static AssayRankOrder *
make_order (AssayRankField *self)
{
  AssayRankQuestion *question = get_question (self);
  g_autoptr (GPtrArray) order = assay_rank_answer_dup_order (get_answer (self));
  g_autoptr (GPtrArray) responses = list_responses (self);
  guint places = 0;

  if (assay_rank_question_get_mode (question) == ASSAY_RANK_TOP_K)
    places = MAX (assay_rank_question_get_k (question), 1);
  return assay_rank_order_new ((const char *const *) responses->pdata, order, places);
}

static void
take_order (AssayRankField *self, AssayRankOrder *order)
{
  g_autoptr (GPtrArray) groups = assay_rank_order_to_answer (order);

  assay_question_field_take_answer (ASSAY_QUESTION_FIELD (self),
                                    assay_rank_answer_with_order (get_answer (self), groups));
}

static void
announce_rank (AssayRankField *self, AssayRankRow *row)
{
  int rank = assay_rank_answer_get_rank (get_answer (self), assay_rank_row_get_response (row));
  g_autofree char *text = NULL;

  if (rank == 0)
    return;
  /* Translators: said after a response was moved */
  text = g_strdup_printf (_ ("Response %s is at rank %d"),
                          assay_presentation_get_letter (assay_judgement_get_presentation (
                                                             assay_question_field_get_judgement (
                                                                 ASSAY_QUESTION_FIELD (self))),
                                                         assay_rank_row_get_response (row)),
                          rank);
  assay_announce (GTK_WIDGET (row), text);
}

static void
move_row (AssayRankField *self, AssayRankRow *row, int direction)
{
  g_autoptr (AssayRankOrder) order = make_order (self);
  int place = assay_rank_order_find (order, assay_rank_row_get_response (row));

  if (direction < 0)
    assay_rank_order_move_up (order, place);
  else
    assay_rank_order_move_down (order, place);
  take_order (self, order);
  announce_rank (self, row);
}

static void
moved_cb (AssayRankField *self, int direction, AssayRankRow *row)
{
  move_row (self, row, direction);
}

static void
set_quality (AssayRankField *self, AssayRankRow *row, gboolean acceptable)
{
  assay_question_field_take_answer (
      ASSAY_QUESTION_FIELD (self),
      assay_rank_answer_with_quality (get_answer (self), assay_rank_row_get_response (row),
                                      acceptable));
}

static void
quality_chosen_cb (AssayRankField *self, gboolean acceptable, AssayRankRow *row)
{
  set_quality (self, row, acceptable);
}

/* One response is not both. */
static void
set_end (AssayRankField *self, AssayRankRow *row, gboolean is_best)
{
  JsonNode *answer = get_answer (self);
  const char *response = assay_rank_row_get_response (row);
  const char *best = assay_rank_answer_get_best (answer);
  const char *worst = assay_rank_answer_get_worst (answer);

  if (is_best)
    {
      best = response;
      if (g_strcmp0 (worst, response) == 0)
        worst = NULL;
    }
  else
    {
      worst = response;
      if (g_strcmp0 (best, response) == 0)
        best = NULL;
    }
  assay_question_field_take_answer (ASSAY_QUESTION_FIELD (self),
                                    assay_rank_answer_with_best_worst (answer, best, worst));
}

static void
end_chosen_cb (AssayRankField *self, gboolean best, AssayRankRow *row)
{
  set_end (self, row, best);
}

static void
bucket_chosen_cb (AssayRankField *self, const char *bucket, AssayRankRow *row)
{
  assay_question_field_take_answer (
      ASSAY_QUESTION_FIELD (self),
      assay_rank_answer_with_bucket (get_answer (self), assay_rank_row_get_response (row), bucket));
}

static void
confirm_order (AssayRankField *self)
{
  g_autoptr (AssayRankOrder) order = make_order (self);

  assay_rank_order_confirm (order);
  take_order (self, order);
}

/* Merging: pair after pair, until there is an order */

static GPtrArray *
merge (AssayRankField *self, JsonNode *answer, const char **first, const char **second)
{
  g_autoptr (GPtrArray) responses = list_responses (self);

  return assay_rank_merge ((const char *const *) responses->pdata,
                           assay_rank_answer_get_comparisons (answer), first, second);
}

static const char *
get_letter (AssayRankField *self, const char *response)
{
  AssayJudgement *judgement = assay_question_field_get_judgement (ASSAY_QUESTION_FIELD (self));

  return assay_presentation_get_letter (assay_judgement_get_presentation (judgement), response);
}

/* The two that are asked about stand beside the question. */
static void
show_pair_of_texts (AssayRankField *self, const char *first, const char *second)
{
  AssayJudgement *judgement = assay_question_field_get_judgement (ASSAY_QUESTION_FIELD (self));
  AssayPresentation *presentation = assay_judgement_get_presentation (judgement);

  gtk_widget_activate_action (GTK_WIDGET (self), "workbench.show-pair", "(ii)",
                              assay_presentation_get_place (presentation, first),
                              assay_presentation_get_place (presentation, second));
}

/* The last comparison brings the order with it, so that one undo takes both back. */
static void
pair_chosen_cb (AssayRankField *self, int sign)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  const char *first;
  const char *second;
  g_autoptr (GPtrArray) known = merge (self, get_answer (self), &first, &second);
  g_autoptr (GPtrArray) order = NULL;
  g_autoptr (JsonNode) answer = NULL;

  if (known != NULL)
    return;
  answer = assay_rank_answer_with_comparison (get_answer (self), first, second, sign);
  order = merge (self, answer, &first, &second);
  self->comparing = order == NULL;
  assay_judgement_break_undo_group (assay_question_field_get_judgement (field));
  assay_question_field_take_answer (field, order != NULL
                                               ? assay_rank_answer_with_order (answer, order)
                                               : g_steal_pointer (&answer));
  if (order == NULL)
    {
      show_pair_of_texts (self, first, second);
      return;
    }
  assay_announce (GTK_WIDGET (self), _ ("The order is complete"));
  gtk_widget_grab_focus (gtk_widget_get_first_child (self->list));
}

static void
begin_pairs (AssayRankField *self)
{
  const char *first;
  const char *second;
  g_autoptr (GPtrArray) order = merge (self, get_answer (self), &first, &second);

  self->comparing = order == NULL;
  if (order != NULL)
    {
      assay_question_field_take_answer (ASSAY_QUESTION_FIELD (self),
                                        assay_rank_answer_with_order (get_answer (self), order));
      return;
    }
  assay_form_section_refresh (ASSAY_FORM_SECTION (self));
  show_pair_of_texts (self, first, second);
  gtk_widget_grab_focus (self->pairs);
}

static void
show_pairs (AssayRankField *self)
{
  JsonNode *answer = get_answer (self);
  JsonArray *comparisons = assay_rank_answer_get_comparisons (answer);
  gboolean answered = assay_question_is_answered (ASSAY_QUESTION (get_question (self)), answer);
  const char *first;
  const char *second;
  g_autoptr (GPtrArray) order = NULL;
  gboolean asks;

  if (self->pairs == NULL)
    return;
  order = merge (self, answer, &first, &second);
  /* What was begun goes on by itself, after an undo and on another day. */
  asks = order == NULL && !answered && (self->comparing || comparisons != NULL);
  gtk_widget_set_visible (self->pairs, asks);
  gtk_widget_set_visible (self->begin, !asks && !answered);
  if (asks)
    assay_rank_pairs_show (ASSAY_RANK_PAIRS (self->pairs), get_letter (self, first),
                           get_letter (self, second),
                           (comparisons != NULL ? json_array_get_length (comparisons) : 0) + 1,
                           assay_rank_merge_get_max (self->rows->len));
}

static GdkContentProvider *
drag_prepare_cb (AssayRankField *self, double x, double y, GtkDragSource *source)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);
  return gdk_content_provider_new_typed (ASSAY_TYPE_RANK_ROW, row);
}

static void
set_drop_row (AssayRankField *self, GtkWidget *row)
{
  if (self->drop_row == row)
    return;
  if (self->drop_row != NULL)
    gtk_widget_remove_css_class (self->drop_row, "drop-before");
  g_set_weak_pointer (&self->drop_row, row);
  if (row != NULL)
    gtk_widget_add_css_class (row, "drop-before");
}

/* The row before which something dropped at @y would come; NULL for behind all. */
static GtkWidget *
find_drop_row (AssayRankField *self, double y)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->list); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t bounds;

      if (ASSAY_IS_RANK_ROW (child) && gtk_widget_compute_bounds (child, self->list, &bounds)
          && y < bounds.origin.y + bounds.size.height / 2)
        return child;
    }
  return NULL;
}

static GdkDragAction
drop_motion_cb (AssayRankField *self, double x, double y)
{
  set_drop_row (self, find_drop_row (self, y));
  return GDK_ACTION_MOVE;
}

static void
drop_leave_cb (AssayRankField *self)
{
  set_drop_row (self, NULL);
}

static gboolean
drop_cb (AssayRankField *self, const GValue *value, double x, double y)
{
  g_autoptr (AssayRankOrder) order = make_order (self);
  GtkWidget *before = find_drop_row (self, y);
  AssayRankRow *row = g_value_get_object (value);
  int place;

  set_drop_row (self, NULL);
  if (row == NULL || gtk_widget_get_parent (GTK_WIDGET (row)) != self->list)
    return FALSE;
  place = assay_rank_order_find (order, assay_rank_row_get_response (row));
  assay_rank_order_move_before (
      order, place,
      before != NULL ? (guint) assay_rank_order_find (order, assay_rank_row_get_response (
                                                                 ASSAY_RANK_ROW (before)))
                     : assay_rank_order_get_n (order));
  take_order (self, order);
  return TRUE;
}

static void
add_row (AssayRankField *self, const char *response)
{
  AssayJudgement *judgement = assay_question_field_get_judgement (ASSAY_QUESTION_FIELD (self));
  AssayDocument *document =
      assay_task_find_response (assay_judgement_get_task (judgement), response);
  g_autofree char *shown = assay_markdown_make_beginning (assay_document_get_text (document));
  g_autofree char *beginning = assay_task_make_title (shown);
  GtkWidget *row = assay_rank_row_new (
      get_question (self), response,
      assay_presentation_get_letter (assay_judgement_get_presentation (judgement), response),
      beginning);

  g_signal_connect_object (row, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "quality-chosen", G_CALLBACK (quality_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "end-chosen", G_CALLBACK (end_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "bucket-chosen", G_CALLBACK (bucket_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  if (!is_best_worst (self))
    {
      GtkDragSource *drag = gtk_drag_source_new ();

      gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
      g_signal_connect_object (drag, "prepare", G_CALLBACK (drag_prepare_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (drag));
    }
  gtk_box_append (GTK_BOX (self->list), row);
  g_ptr_array_add (self->rows, row);
}

static void
build_divider (AssayRankField *self)
{
  AssayRankQuestion *question = get_question (self);
  int k = assay_rank_question_get_k (question);
  g_autofree char *text = NULL;

  if (assay_rank_question_get_mode (question) != ASSAY_RANK_TOP_K)
    return;
  /* Translators: stands between the best n responses and the others */
  text = g_strdup_printf (ngettext ("Not the best", "Not among the best %d", k), k);
  self->divider = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, NULL);
  gtk_widget_add_css_class (self->divider, "caption");
  gtk_widget_add_css_class (self->divider, "dim-label");
  gtk_widget_add_css_class (self->divider, "assay-rank-divider");
  gtk_box_append (GTK_BOX (self->list), self->divider);
}

static void
assay_rank_field_build (AssayQuestionField *field)
{
  AssayRankField *self = ASSAY_RANK_FIELD (field);
  AssayJudgement *judgement = assay_question_field_get_judgement (field);
  AssayPresentation *presentation = assay_judgement_get_presentation (judgement);
  GtkDropTarget *drop = gtk_drop_target_new (ASSAY_TYPE_RANK_ROW, GDK_ACTION_MOVE);

  self->list = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                             "accessible-role", GTK_ACCESSIBLE_ROLE_LIST, NULL);
  gtk_widget_add_css_class (self->list, "assay-rank-list");
  assay_question_field_label (field, self->list);
  for (guint place = 0; place < assay_presentation_get_n (presentation); place++)
    add_row (self, assay_form_section_response_at (judgement, place));
  build_divider (self);
  g_signal_connect_object (drop, "motion", G_CALLBACK (drop_motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drop, "leave", G_CALLBACK (drop_leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drop, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->list, GTK_EVENT_CONTROLLER (drop));
  assay_question_field_append (field, self->list);

  self->confirm = gtk_button_new_with_mnemonic (_ ("_Order Is Right as Shown"));
  gtk_widget_set_halign (self->confirm, GTK_ALIGN_START);
  g_signal_connect_object (self->confirm, "clicked", G_CALLBACK (confirm_order), self,
                           G_CONNECT_SWAPPED);
  assay_question_field_append (field, self->confirm);

  if (assay_rank_question_get_mode (get_question (self)) != ASSAY_RANK_FULL
      || self->rows->len < ASSAY_RANK_MERGE_MIN)
    return;
  self->begin = gtk_button_new_with_mnemonic (_ ("Compare in _Pairs"));
  gtk_widget_set_halign (self->begin, GTK_ALIGN_START);
  g_signal_connect_object (self->begin, "clicked", G_CALLBACK (begin_pairs), self,
                           G_CONNECT_SWAPPED);
  assay_question_field_append (field, self->begin);
  self->pairs = assay_rank_pairs_new (assay_rank_question_get_allow_ties (get_question (self)));
  g_signal_connect_object (self->pairs, "chosen", G_CALLBACK (pair_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  assay_question_field_append (field, self->pairs);
}

static void
show_ends (AssayRankField *self, JsonNode *answer)
{
  const char *best = assay_rank_answer_get_best (answer);
  const char *worst = assay_rank_answer_get_worst (answer);

  for (guint i = 0; i < self->rows->len; i++)
    {
      AssayRankRow *row = g_ptr_array_index (self->rows, i);
      const char *response = assay_rank_row_get_response (row);

      assay_rank_row_show_rank (row, 0, FALSE, i, self->rows->len, FALSE, FALSE);
      assay_rank_row_show_end (row, g_strcmp0 (best, response) == 0    ? 0
                                    : g_strcmp0 (worst, response) == 0 ? 1
                                                                       : -1);
    }
}

static AssayRankRow *
find_row (AssayRankField *self, const char *response)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      if (g_str_equal (assay_rank_row_get_response (g_ptr_array_index (self->rows, i)), response))
        return g_ptr_array_index (self->rows, i);
    }
  g_assert_not_reached ();
}

static void
show_order (AssayRankField *self)
{
  g_autoptr (AssayRankOrder) order = make_order (self);
  guint n = assay_rank_order_get_n (order);
  guint n_ranked = assay_rank_order_get_n_ranked (order);
  GtkWidget *above = NULL;

  for (guint place = 0; place < n; place++)
    {
      AssayRankRow *row = find_row (self, assay_rank_order_get_response (order, place));
      gboolean tied = assay_rank_order_is_tied (order, place);
      gboolean ranked = place < n_ranked;

      if (self->divider != NULL && place == n_ranked)
        {
          gtk_box_reorder_child_after (GTK_BOX (self->list), self->divider, above);
          above = self->divider;
        }
      gtk_box_reorder_child_after (GTK_BOX (self->list), GTK_WIDGET (row), above);
      above = GTK_WIDGET (row);
      assay_rank_row_show_rank (row, assay_rank_order_get_rank (order, place), tied, place, n,
                                place > 0 || tied || (self->divider != NULL && !ranked),
                                self->divider != NULL ? ranked : place + 1 < n || tied);
    }
  if (self->divider != NULL)
    {
      if (n_ranked == n)
        gtk_box_reorder_child_after (GTK_BOX (self->list), self->divider, above);
      gtk_widget_set_visible (self->divider, n_ranked < n);
    }
}

static void
assay_rank_field_show_answer (AssayQuestionField *field, JsonNode *answer)
{
  AssayRankField *self = ASSAY_RANK_FIELD (field);
  AssayRankQuestion *question = get_question (self);

  if (is_best_worst (self))
    show_ends (self, answer);
  else
    show_order (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      AssayRankRow *row = g_ptr_array_index (self->rows, i);
      const char *response = assay_rank_row_get_response (row);
      gboolean acceptable;

      assay_rank_row_show_quality (
          row, assay_rank_answer_get_quality (answer, response, &acceptable) ? acceptable : -1);
      assay_rank_row_show_bucket (row, assay_rank_answer_get_bucket (answer, response));
    }
  show_pairs (self);
  gtk_widget_set_visible (self->confirm,
                          !is_best_worst (self)
                              && !assay_question_is_answered (ASSAY_QUESTION (question), answer));
}

static void
assay_rank_field_show_issues (AssayQuestionField *field, GPtrArray *issues, GtkWidget *message)
{
  assay_question_field_mark (ASSAY_RANK_FIELD (field)->list, message);
}

static void
assay_rank_field_list_stops (AssayQuestionField *field, GPtrArray *stops)
{
  AssayRankField *self = ASSAY_RANK_FIELD (field);

  for (GtkWidget *child = gtk_widget_get_first_child (self->list); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (ASSAY_IS_RANK_ROW (child))
        g_ptr_array_add (stops, child);
    }
  if (self->pairs != NULL && gtk_widget_get_visible (self->pairs))
    g_ptr_array_add (stops, self->pairs);
}

static const char *
assay_rank_field_get_response_of (AssayQuestionField *field, GtkWidget *stop)
{
  return ASSAY_IS_RANK_ROW (stop) ? assay_rank_row_get_response (ASSAY_RANK_ROW (stop)) : NULL;
}

static gboolean
handle_order_key (AssayRankField *self, AssayRankRow *row, const AssayFormKey *key)
{
  gboolean alt = (key->modifiers & GDK_ALT_MASK) != 0;
  gboolean moves = alt || assay_rank_row_get_held (row);

  if (moves && (key->symbol == GDK_KEY_Up || (!alt && key->symbol == GDK_KEY_k)))
    {
      move_row (self, row, -1);
      return TRUE;
    }
  if (moves && (key->symbol == GDK_KEY_Down || (!alt && key->symbol == GDK_KEY_j)))
    {
      move_row (self, row, 1);
      return TRUE;
    }
  if (alt)
    return FALSE;
  if (key->symbol == GDK_KEY_space
      || (assay_rank_row_get_held (row)
          && (key->symbol == GDK_KEY_Return || key->symbol == GDK_KEY_Escape)))
    {
      assay_rank_row_set_held (row, !assay_rank_row_get_held (row));
      return TRUE;
    }
  if (key->symbol == GDK_KEY_o)
    {
      if (gtk_widget_get_visible (self->confirm))
        {
          confirm_order (self);
          assay_question_field_advance (ASSAY_QUESTION_FIELD (self));
        }
      return TRUE;
    }
  if (key->symbol == GDK_KEY_equal && assay_rank_question_get_allow_ties (get_question (self)))
    {
      g_autoptr (AssayRankOrder) order = make_order (self);

      assay_rank_order_toggle_tie (
          order, assay_rank_order_find (order, assay_rank_row_get_response (row)));
      take_order (self, order);
      announce_rank (self, row);
      return TRUE;
    }
  if (key->digit > 0)
    {
      g_autoptr (AssayRankOrder) order = make_order (self);

      assay_rank_order_set_rank (order,
                                 assay_rank_order_find (order, assay_rank_row_get_response (row)),
                                 key->digit);
      take_order (self, order);
      announce_rank (self, row);
      return TRUE;
    }
  return FALSE;
}

static gboolean
assay_rank_field_handle_key (AssayQuestionField *field, GtkWidget *stop, const AssayFormKey *key)
{
  AssayRankField *self = ASSAY_RANK_FIELD (field);
  AssayRankRow *row;

  if (stop == self->pairs && self->pairs != NULL)
    return assay_rank_pairs_handle_key (ASSAY_RANK_PAIRS (stop), key);
  if (!ASSAY_IS_RANK_ROW (stop))
    return FALSE;
  row = ASSAY_RANK_ROW (stop);
  if (is_best_worst (self))
    {
      if (assay_form_key_is (key, GDK_KEY_b) || assay_form_key_is (key, GDK_KEY_w))
        {
          set_end (self, row, key->symbol == GDK_KEY_b);
          return TRUE;
        }
    }
  else if (handle_order_key (self, row, key))
    {
      return TRUE;
    }
  if (assay_rank_question_get_ask_quality (get_question (self))
      && (assay_form_key_is (key, GDK_KEY_g) || assay_form_key_is (key, GDK_KEY_x)))
    {
      set_quality (self, row, key->symbol == GDK_KEY_g);
      return TRUE;
    }
  return FALSE;
}

static void
assay_rank_field_dispose (GObject *object)
{
  g_clear_weak_pointer (&ASSAY_RANK_FIELD (object)->drop_row);

  G_OBJECT_CLASS (assay_rank_field_parent_class)->dispose (object);
}

static void
assay_rank_field_finalize (GObject *object)
{
  g_ptr_array_unref (ASSAY_RANK_FIELD (object)->rows);

  G_OBJECT_CLASS (assay_rank_field_parent_class)->finalize (object);
}

static void
assay_rank_field_class_init (AssayRankFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  AssayQuestionFieldClass *field_class = ASSAY_QUESTION_FIELD_CLASS (klass);

  object_class->dispose = assay_rank_field_dispose;
  object_class->finalize = assay_rank_field_finalize;
  field_class->build = assay_rank_field_build;
  field_class->show_answer = assay_rank_field_show_answer;
  field_class->show_issues = assay_rank_field_show_issues;
  field_class->list_stops = assay_rank_field_list_stops;
  field_class->get_response_of = assay_rank_field_get_response_of;
  field_class->handle_key = assay_rank_field_handle_key;
}

static void
assay_rank_field_init (AssayRankField *self)
{
  self->rows = g_ptr_array_new ();
}
