/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "assay-rewrite-field-private.h"

#include "assay-announce.h"
#include "assay-form-view.h"
#include "assay-constraint-list.h"
#include "assay-id-rows.h"
#include "assay-issue-list.h"
#include "assay-limits.h"
#include "assay-text-area.h"
#include "assay-visible-text.h"

G_DEFINE_FINAL_TYPE (AssayRewriteField, assay_rewrite_field, ASSAY_TYPE_QUESTION_FIELD)

AssayRewriteQuestion *
_assay_rewrite_field_get_question (AssayRewriteField *self)
{
  return ASSAY_REWRITE_QUESTION (assay_question_field_get_question (ASSAY_QUESTION_FIELD (self)));
}

JsonNode *
_assay_rewrite_field_get_answer (AssayRewriteField *self)
{
  return assay_question_field_get_answer (ASSAY_QUESTION_FIELD (self));
}

void
_assay_rewrite_field_take_answer (AssayRewriteField *self, JsonNode *answer)
{
  assay_question_field_take_answer (ASSAY_QUESTION_FIELD (self), answer);
}

gboolean
_assay_rewrite_field_is_edit (AssayRewriteField *self)
{
  return assay_rewrite_question_get_mode (_assay_rewrite_field_get_question (self))
         == ASSAY_REWRITE_EDIT;
}

AssayDocument *
_assay_rewrite_field_get_document (AssayRewriteField *self)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);

  return assay_rewrite_question_get_original (_assay_rewrite_field_get_question (self),
                                              assay_judgement_get_task (
                                                  assay_question_field_get_judgement (field)),
                                              assay_question_field_get_response (field));
}

const char *
_assay_rewrite_field_get_original (AssayRewriteField *self)
{
  AssayDocument *document = _assay_rewrite_field_get_document (self);

  return document != NULL ? assay_document_get_text (document) : "";
}

const char *
_assay_rewrite_field_get_text (AssayRewriteField *self)
{
  const char *text = assay_rewrite_answer_get_text (_assay_rewrite_field_get_answer (self));

  return text != NULL ? text : _assay_rewrite_field_get_original (self);
}

GtkTextView *
_assay_rewrite_field_get_view (AssayRewriteField *self)
{
  return GTK_TEXT_VIEW (assay_text_area_get_text_view (ASSAY_TEXT_AREA (self->area)));
}

gboolean
_assay_rewrite_field_asks_categories (AssayRewriteField *self)
{
  return assay_rewrite_question_get_change_log (_assay_rewrite_field_get_question (self))
         == ASSAY_CHANGE_LOG_PER_REGION;
}

/* Showing */

static void
forget_changes (AssayRewriteField *self)
{
  g_ptr_array_set_size (self->changes, 0);
  g_clear_pointer (&self->found, assay_rewrite_changes_unref);
  g_set_str (&self->found_text, _assay_rewrite_field_get_original (self));
}

/* The places are known where the text is the one that they were found in; what is said of them may
 * be new. */
static void
show_changes (AssayRewriteField *self, JsonNode *answer)
{
  if (assay_rewrite_answer_get_text (answer) == NULL)
    forget_changes (self);
  else if (self->found == NULL || !_assay_rewrite_field_is_up_to_date (self))
    {
      _assay_rewrite_field_find_changes (self);
      return;
    }
  else
    {
      _assay_rewrite_field_carry_over (self, self->found_text);
      if (_assay_rewrite_field_asks_categories (self))
        {
          g_autoptr (JsonNode) complete = assay_rewrite_answer_with_changes (answer, self->changes);

          if (!assay_json_equal (complete, answer))
            _assay_rewrite_field_find_changes (self);
        }
    }
  _assay_rewrite_field_show_rows (self);
  _assay_rewrite_field_show_places (self);
}

static void
show_edit (AssayRewriteField *self, JsonNode *answer)
{
  gboolean differs = assay_rewrite_differs (_assay_rewrite_field_get_original (self),
                                            _assay_rewrite_field_get_text (self));
  g_auto (GStrv) fixed = assay_rewrite_answer_dup_issues_fixed (answer);

  show_changes (self, answer);
  for (guint i = 0; i < self->issues->len; i++)
    gtk_check_button_set_active (
        self->issues->pdata[i], g_strv_contains ((const char *const *) fixed,
                                                 assay_rewrite_question_get_category_id (
                                                     _assay_rewrite_field_get_question (self), i)));
  if (self->effort != NULL)
    {
      const char *effort = assay_rewrite_answer_get_effort (answer);
      guint selected = 0;

      for (guint i = 0; assay_rewrite_efforts[i] != NULL; i++)
        if (g_strcmp0 (assay_rewrite_efforts[i], effort) == 0)
          selected = i + 1;
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->effort), selected);
    }
  gtk_widget_set_sensitive (self->restore, assay_rewrite_answer_get_text (answer) != NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->unchanged),
                               assay_rewrite_answer_get_unchanged_ok (answer));
  /* Who changed something would lose it by a click that says the opposite. */
  gtk_widget_set_sensitive (self->unchanged, !differs);
}

static void
show_writing (AssayRewriteField *self, JsonNode *answer)
{
  g_autofree char *lines = assay_rewrite_answer_dup_source_lines (answer);

  assay_text_area_show_text (ASSAY_TEXT_AREA (self->sources), lines);
  assay_text_area_show_text (ASSAY_TEXT_AREA (self->assumptions),
                             assay_rewrite_answer_get_assumptions (answer));
}

static void
assay_rewrite_field_show_answer (AssayQuestionField *field, JsonNode *answer)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (field);
  const char *const *modes =
      assay_rewrite_question_get_answer_modes (_assay_rewrite_field_get_question (self));

  self->in_show = TRUE;
  assay_text_area_show_text (ASSAY_TEXT_AREA (self->area), _assay_rewrite_field_get_text (self));
  for (guint i = 0; i < self->modes->len; i++)
    gtk_check_button_set_active (self->modes->pdata[i],
                                 g_strcmp0 (assay_rewrite_answer_get_mode (answer), modes[i]) == 0);
  for (guint i = 0; i < self->self_checks->len; i++)
    gtk_check_button_set_active (self->self_checks->pdata[i],
                                 assay_rewrite_answer_get_self_check (
                                     answer, assay_rewrite_question_get_self_check_id (
                                                 _assay_rewrite_field_get_question (self), i)));
  if (_assay_rewrite_field_is_edit (self))
    show_edit (self, answer);
  else
    show_writing (self, answer);
  self->in_show = FALSE;
  if (self->constraints != NULL)
    assay_constraint_list_set_text (ASSAY_CONSTRAINT_LIST (self->constraints),
                                    _assay_rewrite_field_get_text (self));
  _assay_rewrite_field_show_counts (self);
}

static void
assay_rewrite_field_show_issues (AssayQuestionField *field, GPtrArray *issues, GtkWidget *message)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (field);
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();

  for (guint i = 0; i < issues->len; i++)
    {
      const char *item = assay_issue_get_item (issues->pdata[i]);

      /* A change without a row is spoken of below the field. */
      if (item == NULL || _assay_rewrite_field_find_change (self, item) == NULL)
        g_ptr_array_add (rest, issues->pdata[i]);
    }
  assay_issue_list_set_issues (ASSAY_ISSUE_LIST (message), rest);
  assay_text_area_set_invalid (ASSAY_TEXT_AREA (self->area),
                               assay_issue_list_has_error (ASSAY_ISSUE_LIST (message)), message);
  assay_id_rows_set_issues (self->rows, issues, (AssayIdRowsGetId) assay_change_row_get_id,
                            (AssayIdRowsSetIssues) assay_change_row_set_issues);
}

/* Keys */

static void
add_stop (GPtrArray *stops, GtkWidget *widget)
{
  if (widget != NULL)
    g_ptr_array_add (stops, widget);
}

static void
assay_rewrite_field_list_stops (AssayQuestionField *field, GPtrArray *stops)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (field);

  for (guint i = 0; i < self->modes->len; i++)
    g_ptr_array_add (stops, self->modes->pdata[i]);
  g_ptr_array_add (stops, self->area);
  g_ptr_array_add (stops, self->preview);
  add_stop (stops, self->differences);
  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (stops, assay_change_row_get_stop (self->rows->pdata[i]));
  for (guint i = 0; i < self->issues->len; i++)
    g_ptr_array_add (stops, self->issues->pdata[i]);
  add_stop (stops, self->effort);
  add_stop (stops, self->restore);
  add_stop (stops, self->unchanged);
  add_stop (stops, self->sources);
  add_stop (stops, self->assumptions);
  for (guint i = 0; i < self->self_checks->len; i++)
    g_ptr_array_add (stops, self->self_checks->pdata[i]);
}

static GtkWidget *
assay_rewrite_field_find_item (AssayQuestionField *field, const char *response, const char *item)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (field);

  for (guint i = 0; item != NULL && i < self->rows->len; i++)
    if (g_str_equal (assay_change_row_get_id (self->rows->pdata[i]), item))
      return assay_change_row_get_stop (self->rows->pdata[i]);
  for (guint i = 0; item != NULL && i < self->self_checks->len; i++)
    if (g_str_equal (
            assay_rewrite_question_get_self_check_id (_assay_rewrite_field_get_question (self), i),
            item))
      return self->self_checks->pdata[i];
  /* What else is said of the text, as of a constraint that it does not keep to. */
  return self->area;
}

/* From the change at @row, or from the text, to the next or the one before. */
static gboolean
step_change (AssayRewriteField *self, AssayChangeRow *row, int direction)
{
  guint index = 0;
  int to = direction > 0 ? 0 : (int) self->rows->len - 1;

  if (self->rows->len == 0)
    return FALSE;
  if (row != NULL && g_ptr_array_find (self->rows, row, &index))
    to = (int) index + direction;
  if (to < 0 || to >= (int) self->rows->len)
    assay_announce (GTK_WIDGET (self),
                    direction > 0 ? _ ("This is the last change") : _ ("This is the first change"));
  else
    gtk_widget_grab_focus (assay_change_row_get_stop (self->rows->pdata[to]));
  return TRUE;
}

/* A digit counts from the first of @choices. */
static gboolean
choose (GPtrArray *choices, GtkWidget *stop, int digit)
{
  guint index = digit == 0 ? ASSAY_REWRITE_DIGITS - 1 : (guint) digit - 1;

  if (digit < 0 || index >= choices->len || !g_ptr_array_find (choices, stop, NULL))
    return FALSE;
  gtk_widget_activate (choices->pdata[index]);
  return TRUE;
}

static gboolean
assay_rewrite_field_handle_key (AssayQuestionField *field, GtkWidget *stop, const AssayFormKey *key)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (field);
  AssayChangeRow *row = _assay_rewrite_field_find_row (self, stop, NULL);
  guint index = key->digit == 0 ? ASSAY_REWRITE_DIGITS - 1 : (guint) key->digit - 1;

  if ((key->modifiers & GDK_ALT_MASK) != 0)
    return FALSE;
  if (key->symbol == GDK_KEY_bracketright || key->symbol == GDK_KEY_bracketleft)
    return step_change (self, row, key->symbol == GDK_KEY_bracketright ? 1 : -1);
  if (row == NULL)
    return choose (self->modes, stop, key->digit) || choose (self->issues, stop, key->digit)
           || choose (self->self_checks, stop, key->digit);
  if (key->digit >= 0 && _assay_rewrite_field_asks_categories (self)
      && index < assay_rewrite_question_get_n_categories (_assay_rewrite_field_get_question (self)))
    {
      _assay_rewrite_field_set_category (self, assay_change_row_get_id (row), (int) index);
      return TRUE;
    }
  if (key->symbol == GDK_KEY_Delete || key->symbol == GDK_KEY_KP_Delete)
    {
      _assay_rewrite_field_restore_row (self, row);
      return TRUE;
    }
  if (key->symbol == GDK_KEY_c && _assay_rewrite_field_asks_categories (self))
    {
      _assay_rewrite_field_open_note (self, row);
      return TRUE;
    }
  return FALSE;
}

static void
assay_rewrite_field_clear (AssayQuestionField *field, GtkWidget *stop)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (field);
  AssayChangeRow *row = _assay_rewrite_field_find_row (self, stop, NULL);
  JsonNode *answer = _assay_rewrite_field_get_answer (self);
  guint index = 0;

  if (stop == self->preview || stop == self->differences)
    return;
  if (row != NULL)
    _assay_rewrite_field_restore_row (self, row);
  else if (stop == self->sources)
    _assay_rewrite_field_take_answer (self,
                                      assay_rewrite_answer_with_source_lines (answer, NULL, 0));
  else if (stop == self->assumptions)
    _assay_rewrite_field_take_answer (self, assay_rewrite_answer_with_assumptions (answer, NULL));
  else if (stop == self->effort)
    _assay_rewrite_field_take_answer (self, assay_rewrite_answer_with_effort (answer, NULL));
  else if (stop == self->unchanged)
    _assay_rewrite_field_take_answer (self, assay_rewrite_answer_with_unchanged_ok (answer, FALSE));
  else if (g_ptr_array_find (self->modes, stop, NULL))
    _assay_rewrite_field_take_answer (self, assay_rewrite_answer_with_mode (answer, NULL));
  else if (g_ptr_array_find (self->self_checks, stop, &index))
    _assay_rewrite_field_take_answer (
        self,
        assay_rewrite_answer_with_self_check (answer,
                                              assay_rewrite_question_get_self_check_id (
                                                  _assay_rewrite_field_get_question (self), index),
                                              FALSE));
  else if (g_ptr_array_find (self->issues, stop, &index))
    _assay_rewrite_field_take_answer (
        self,
        assay_rewrite_answer_with_issue_fixed (answer,
                                               assay_rewrite_question_get_category_id (
                                                   _assay_rewrite_field_get_question (self), index),
                                               FALSE));
  else
    _assay_rewrite_field_take_answer (self, assay_rewrite_answer_with_text (answer, NULL));
}

/* Spelling is checked as the form says. */
static void
assay_rewrite_field_map (GtkWidget *widget)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (widget);
  GtkWidget *form = gtk_widget_get_ancestor (widget, ASSAY_TYPE_FORM_VIEW);

  GTK_WIDGET_CLASS (assay_rewrite_field_parent_class)->map (widget);
  if (self->is_bound || form == NULL)
    return;
  self->is_bound = TRUE;
  g_object_bind_property (form, "check-spelling", self->area, "check-spelling",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (form, "spelling-language", self->area, "spelling-language",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

static void
assay_rewrite_field_dispose (GObject *object)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (object);

  /* What is still being looked for comes too late. */
  self->area = NULL;
  g_clear_handle_id (&self->find_source, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);

  G_OBJECT_CLASS (assay_rewrite_field_parent_class)->dispose (object);
}

static void
assay_rewrite_field_finalize (GObject *object)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (object);

  g_clear_object (&self->categories);
  g_clear_pointer (&self->modes, g_ptr_array_unref);
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  g_clear_pointer (&self->self_checks, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->found, assay_rewrite_changes_unref);
  g_clear_pointer (&self->found_text, g_free);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->gone, g_ptr_array_unref);

  G_OBJECT_CLASS (assay_rewrite_field_parent_class)->finalize (object);
}

static void
assay_rewrite_field_class_init (AssayRewriteFieldClass *klass)
{
  AssayQuestionFieldClass *field_class = ASSAY_QUESTION_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = assay_rewrite_field_dispose;
  G_OBJECT_CLASS (klass)->finalize = assay_rewrite_field_finalize;
  GTK_WIDGET_CLASS (klass)->map = assay_rewrite_field_map;

  field_class->build = _assay_rewrite_field_build;
  field_class->show_answer = assay_rewrite_field_show_answer;
  field_class->show_issues = assay_rewrite_field_show_issues;
  field_class->list_stops = assay_rewrite_field_list_stops;
  field_class->find_item = assay_rewrite_field_find_item;
  field_class->handle_key = assay_rewrite_field_handle_key;
  field_class->clear = assay_rewrite_field_clear;
}

static void
assay_rewrite_field_init (AssayRewriteField *self)
{
  self->modes = g_ptr_array_new ();
  self->issues = g_ptr_array_new ();
  self->self_checks = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_rewrite_change_free);
  self->gone = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_rewrite_change_free);
}
