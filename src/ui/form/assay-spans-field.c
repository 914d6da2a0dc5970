/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-spans-field.h"

#include "assay-comment-popover.h"
#include "assay-id-rows.h"
#include "assay-issue-list.h"
#include "assay-limits.h"
#include "assay-row-pager.h"
#include "assay-span-row.h"
#include "assay-spans-question.h"
#include "assay-visible-text.h"

/* Keys that act on every stop of a form. */
#define RESERVED_LETTERS "cfhjklnv"

struct _AssaySpansField
{
  AssayQuestionField parent_instance;

  GListModel *types;      /* (owned) of GtkStringObject, the first for none */
  GListModel *severities; /* (owned) */
  char *letters;          /* (owned): of each type among its siblings; 0 for none */
  GPtrArray *rows;        /* AssaySpanRow, borrowed from the list: the part that is shown */
  GtkWidget *list;
  GtkWidget *pager;
  GtkWidget *empty;
  GtkWidget *none;
  GtkWidget *keys;
  GtkWidget *popover; /* (nullable): made when first needed */
  gboolean in_show;
};

static void turned_cb (AssaySpansField *self);

G_DEFINE_FINAL_TYPE (AssaySpansField, assay_spans_field, ASSAY_TYPE_QUESTION_FIELD)

static AssaySpansQuestion *
get_question (AssaySpansField *self)
{
  return ASSAY_SPANS_QUESTION (assay_question_field_get_question (ASSAY_QUESTION_FIELD (self)));
}

static JsonNode *
get_answer (AssaySpansField *self)
{
  return assay_question_field_get_answer (ASSAY_QUESTION_FIELD (self));
}

static void
take_answer (AssaySpansField *self, JsonNode *answer)
{
  assay_question_field_take_answer (ASSAY_QUESTION_FIELD (self), answer);
}

/* Types and their letters */

static gboolean
is_free (AssaySpansField *self, guint index, char letter)
{
  const AssaySpanType *type = assay_spans_question_get_type_at (get_question (self), index);

  if (strchr (RESERVED_LETTERS, letter) != NULL)
    return FALSE;
  for (guint i = 0; i < index; i++)
    if (assay_spans_question_get_type_at (get_question (self), i)->parent == type->parent
        && self->letters[i] == letter)
      return FALSE;
  return TRUE;
}

/* The first letter of the id that no sibling before it has, else the first of the alphabet. */
static char
choose_letter (AssaySpansField *self, guint index)
{
  const AssaySpanType *type = assay_spans_question_get_type_at (get_question (self), index);

  for (const char *p = type->id; *p != '\0'; p++)
    if (g_ascii_isalpha (*p) && is_free (self, index, g_ascii_tolower (*p)))
      return g_ascii_tolower (*p);
  for (char letter = 'a'; letter <= 'z'; letter++)
    if (is_free (self, index, letter))
      return letter;
  return '\0';
}

static void
list_types (AssaySpansField *self)
{
  AssaySpansQuestion *question = get_question (self);
  GtkStringList *types = gtk_string_list_new (NULL);
  GtkStringList *severities = gtk_string_list_new (NULL);
  guint n = assay_spans_question_get_n_types (question);

  self->letters = g_new0 (char, n + 1);
  /* Translators: no type of error, no severity was chosen yet */
  gtk_string_list_append (types, C_ ("mark", "No type"));
  gtk_string_list_append (severities, C_ ("mark", "No severity"));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *title =
          assay_span_type_dup_title (assay_spans_question_get_type_at (question, i));
      g_autofree char *shown = assay_visible_line (title, ASSAY_LIMIT_LABEL_CHARACTERS);

      self->letters[i] = choose_letter (self, i);
      gtk_string_list_append (types, shown);
    }
  for (guint i = 0; i < assay_spans_question_get_n_severities (question); i++)
    {
      g_autofree char *shown =
          assay_visible_line (assay_spans_question_get_severity (question, i)->label,
                              ASSAY_LIMIT_LABEL_CHARACTERS);

      gtk_string_list_append (severities, shown);
    }
  self->types = G_LIST_MODEL (types);
  self->severities = G_LIST_MODEL (severities);
}

static int
find_type (AssaySpansField *self, const AssaySpanType *type)
{
  for (guint i = 0; type != NULL && i < assay_spans_question_get_n_types (get_question (self)); i++)
    if (assay_spans_question_get_type_at (get_question (self), i) == type)
      return (int) i;
  return -1;
}

static int
find_severity (AssaySpansField *self, const char *id)
{
  guint n = assay_spans_question_get_n_severities (get_question (self));

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (assay_spans_question_get_severity (get_question (self), i)->id, id) == 0)
      return (int) i;
  return -1;
}

static const AssaySpanType *
get_type_of (AssaySpansField *self, const AssaySpanMark *mark)
{
  return assay_spans_question_find_type (get_question (self),
                                         (const char *const *) mark->type_path);
}

/* What the letters mean below @parent, NULL for the roots, and the digits. */
static void
show_keys (AssaySpansField *self, const AssaySpanType *parent)
{
  AssaySpansQuestion *question = get_question (self);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < assay_spans_question_get_n_types (question); i++)
    {
      const AssaySpanType *type = assay_spans_question_get_type_at (question, i);
      g_autofree char *label = assay_visible_line (type->label, ASSAY_LIMIT_LABEL_CHARACTERS);

      if (type->parent == parent && self->letters[i] != '\0')
        g_string_append_printf (text, "%s%c %s", text->len > 0 ? " · " : "", self->letters[i],
                                label);
    }
  for (guint i = 0; i < MIN (9, assay_spans_question_get_n_severities (question)); i++)
    {
      g_autofree char *label =
          assay_visible_line (assay_spans_question_get_severity (question, i)->label,
                              ASSAY_LIMIT_LABEL_CHARACTERS);

      g_string_append_printf (text, "%s%u %s", i == 0 ? "\n" : " · ", i + 1, label);
    }
  gtk_label_set_text (GTK_LABEL (self->keys), text->str);
}

/* What the person does to a mark */

static AssaySpanRow *
find_row (AssaySpansField *self, GtkWidget *stop)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (assay_span_row_get_stop (self->rows->pdata[i]) == stop)
      return self->rows->pdata[i];
  return NULL;
}

static void
set_type (AssaySpansField *self, const char *id, const AssaySpanType *type)
{
  g_auto (GStrv) path = type == NULL ? NULL : assay_span_type_dup_path (type);

  take_answer (self,
               assay_spans_answer_with_type (get_answer (self), id, (const char *const *) path));
  show_keys (self, type != NULL && type->has_children ? type : NULL);
}

static void
type_chosen_cb (AssaySpansField *self, int index, AssaySpanRow *row)
{
  set_type (self, assay_span_row_get_id (row),
            index < 0 ? NULL
                      : assay_spans_question_get_type_at (get_question (self), (guint) index));
}

static void
set_severity (AssaySpansField *self, const char *id, int index)
{
  const char *severity =
      index < 0 ? NULL : assay_spans_question_get_severity (get_question (self), (guint) index)->id;

  take_answer (self, assay_spans_answer_with_severity (get_answer (self), id, severity));
}

static void
severity_chosen_cb (AssaySpansField *self, int index, AssaySpanRow *row)
{
  set_severity (self, assay_span_row_get_id (row), index);
}

static void
comment_edited_cb (AssaySpansField *self, const char *text)
{
  AssaySpanRow *row =
      find_row (self, assay_comment_popover_get_about (ASSAY_COMMENT_POPOVER (self->popover)));

  if (row != NULL)
    take_answer (self, assay_spans_answer_with_comment (get_answer (self),
                                                        assay_span_row_get_id (row), text));
}

static void
suggested_cb (AssaySpansField *self, const char *text)
{
  AssaySpanRow *row =
      find_row (self, assay_comment_popover_get_about (ASSAY_COMMENT_POPOVER (self->popover)));

  if (row != NULL)
    take_answer (self, assay_spans_answer_with_suggestion (get_answer (self),
                                                           assay_span_row_get_id (row), text));
}

static void
open_comment (AssaySpansField *self, AssaySpanRow *row)
{
  g_autoptr (AssaySpanMark) mark =
      assay_spans_answer_find (get_answer (self), assay_span_row_get_id (row));
  g_autofree char *title = NULL;

  if (mark == NULL)
    return;
  title = assay_visible_line (mark->span != NULL ? mark->span->quote : "",
                              ASSAY_LIMIT_LABEL_CHARACTERS);
  if (self->popover == NULL)
    {
      self->popover = assay_comment_popover_new_with_suggestion (
          assay_question_field_get_judgement (ASSAY_QUESTION_FIELD (self)));
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
      g_signal_connect_swapped (self->popover, "edited", G_CALLBACK (comment_edited_cb), self);
      g_signal_connect_swapped (self->popover, "suggested", G_CALLBACK (suggested_cb), self);
    }
  assay_comment_popover_show_suggestion (ASSAY_COMMENT_POPOVER (self->popover), mark->suggestion);
  assay_comment_popover_open (ASSAY_COMMENT_POPOVER (self->popover), assay_span_row_get_stop (row),
                              title, mark->comment,
                              assay_spans_question_get_comment_rule (get_question (self))
                                  == ASSAY_COMMENT_REQUIRED);
}

static void
shown_cb (AssaySpansField *self, AssaySpanRow *row)
{
  const char *response = assay_question_field_get_response (ASSAY_QUESTION_FIELD (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "workbench.show-mark", "(sss)",
                              assay_question_get_id (ASSAY_QUESTION (get_question (self))),
                              response != NULL ? response : "", assay_span_row_get_id (row));
}

/* The focus goes on to the mark that takes the place. */
static void
remove_mark (AssaySpansField *self, AssaySpanRow *row)
{
  gboolean has_focus = gtk_widget_get_focus_child (self->list) == GTK_WIDGET (row);
  g_autofree char *id = g_strdup (assay_span_row_get_id (row));
  guint index = 0;

  g_ptr_array_find (self->rows, row, &index);
  take_answer (self, assay_spans_answer_remove (get_answer (self), id));
  if (has_focus)
    gtk_widget_grab_focus (
        self->rows->len == 0
            ? self->none
            : assay_span_row_get_stop (self->rows->pdata[MIN (index, self->rows->len - 1)]));
}

static void
none_toggled_cb (AssaySpansField *self)
{
  if (!self->in_show)
    take_answer (self, assay_spans_answer_with_none_found (get_answer (self),
                                                           gtk_check_button_get_active (
                                                               GTK_CHECK_BUTTON (self->none))));
}

/* The virtual functions of the field */

static void
assay_spans_field_build (AssayQuestionField *field)
{
  AssaySpansField *self = ASSAY_SPANS_FIELD (field);

  list_types (self);
  self->empty =
      g_object_new (GTK_TYPE_LABEL, "label", _ ("Select a passage and press Ctrl+M to mark it."),
                    "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->empty, "caption");
  gtk_widget_add_css_class (self->empty, "dim-label");
  assay_question_field_append (field, self->empty);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  assay_question_field_append (field, self->list);
  self->pager = assay_row_pager_new ();
  g_signal_connect_swapped (self->pager, "turned", G_CALLBACK (turned_cb), self);
  assay_question_field_append (field, self->pager);
  /* Translators: no errors were found in a text */
  self->none = gtk_check_button_new_with_label (C_ ("errors in a text", "None found"));
  g_signal_connect_swapped (self->none, "toggled", G_CALLBACK (none_toggled_cb), self);
  assay_question_field_append (field, self->none);
  self->keys = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                             PANGO_WRAP_WORD_CHAR, NULL);
  gtk_widget_add_css_class (self->keys, "caption");
  gtk_widget_add_css_class (self->keys, "dim-label");
  assay_question_field_append (field, self->keys);
  show_keys (self, NULL);
}

static GtkWidget *
new_row (AssaySpansField *self, const char *id)
{
  GtkWidget *row = assay_span_row_new (id, self->types, self->severities);

  g_signal_connect_swapped (row, "shown", G_CALLBACK (shown_cb), self);
  g_signal_connect_swapped (row, "type-chosen", G_CALLBACK (type_chosen_cb), self);
  g_signal_connect_swapped (row, "severity-chosen", G_CALLBACK (severity_chosen_cb), self);
  g_signal_connect_swapped (row, "comment-clicked", G_CALLBACK (open_comment), self);
  g_signal_connect_swapped (row, "removed", G_CALLBACK (remove_mark), self);
  return row;
}

/* The marks of the part of the list that is shown; (transfer full). */
static GPtrArray *
arrange_rows (AssaySpansField *self)
{
  AssayRowPager *pager = ASSAY_ROW_PAGER (self->pager);
  GPtrArray *marks;
  g_autofree const char **ids = NULL;
  guint first;

  assay_row_pager_set_n (pager, assay_spans_answer_get_n (get_answer (self)));
  first = assay_row_pager_get_first (pager);
  marks = assay_spans_answer_list_range (get_answer (self), first,
                                         assay_row_pager_get_end (pager) - first);
  ids = g_new (const char *, marks->len + 1);
  for (guint i = 0; i < marks->len; i++)
    ids[i] = ((AssaySpanMark *) marks->pdata[i])->id;
  self->rows = assay_id_rows_arrange (GTK_BOX (self->list), self->rows, ids, marks->len,
                                      (AssayIdRowsGetId) assay_span_row_get_id,
                                      (AssayIdRowsCreate) new_row, self);
  return marks;
}

static void
show_marks (AssaySpansField *self)
{
  AssayTask *task =
      assay_judgement_get_task (assay_question_field_get_judgement (ASSAY_QUESTION_FIELD (self)));
  g_autoptr (GPtrArray) marks = arrange_rows (self);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const AssaySpanMark *mark = marks->pdata[i];
      guint start;
      guint end;
      gboolean is_detached =
          !assay_task_get_forgotten (task)
          && (mark->span == NULL
              || assay_span_find (mark->span, task, &start, &end) == ASSAY_SPAN_DETACHED);

      assay_span_row_show (self->rows->pdata[i], mark, find_type (self, get_type_of (self, mark)),
                           find_severity (self, mark->severity), is_detached);
      if (self->popover != NULL
          && assay_comment_popover_get_about (ASSAY_COMMENT_POPOVER (self->popover))
                 == assay_span_row_get_stop (self->rows->pdata[i]))
        {
          assay_comment_popover_show_text (ASSAY_COMMENT_POPOVER (self->popover), mark->comment);
          assay_comment_popover_show_suggestion (ASSAY_COMMENT_POPOVER (self->popover),
                                                 mark->suggestion);
        }
    }
}

/* Rows that were not there when the issues were found show them too. */
static void
turned_cb (AssaySpansField *self)
{
  show_marks (self);
  assay_question_field_show_issues_again (ASSAY_QUESTION_FIELD (self));
}

static void
assay_spans_field_show_answer (AssayQuestionField *field, JsonNode *answer)
{
  AssaySpansField *self = ASSAY_SPANS_FIELD (field);
  guint n = assay_spans_answer_get_n (answer);

  show_marks (self);
  self->in_show = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->none),
                               assay_spans_answer_get_none_found (answer));
  self->in_show = FALSE;
  gtk_widget_set_visible (self->empty, n == 0);
  gtk_widget_set_visible (self->keys, n > 0);
}

static void
assay_spans_field_show_issues (AssayQuestionField *field, GPtrArray *issues, GtkWidget *message)
{
  g_autoptr (GPtrArray) rest = assay_id_rows_list_other_issues (issues);

  assay_issue_list_set_issues (ASSAY_ISSUE_LIST (message), rest);
  assay_id_rows_set_issues (ASSAY_SPANS_FIELD (field)->rows, issues,
                            (AssayIdRowsGetId) assay_span_row_get_id,
                            (AssayIdRowsSetIssues) assay_span_row_set_issues);
}

static void
assay_spans_field_list_stops (AssayQuestionField *field, GPtrArray *stops)
{
  AssaySpansField *self = ASSAY_SPANS_FIELD (field);

  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (stops, assay_span_row_get_stop (self->rows->pdata[i]));
  assay_row_pager_list_stops (ASSAY_ROW_PAGER (self->pager), stops);
  g_ptr_array_add (stops, self->none);
}

static GtkWidget *
assay_spans_field_find_item (AssayQuestionField *field, const char *response, const char *item)
{
  AssaySpansField *self = ASSAY_SPANS_FIELD (field);
  g_autoptr (GPtrArray) marks = NULL;
  AssaySpanRow *row = NULL;

  if (item == NULL)
    return NULL;
  row = assay_id_rows_find (self->rows, item, (AssayIdRowsGetId) assay_span_row_get_id);
  if (row != NULL)
    return assay_span_row_get_stop (row);
  marks = assay_spans_answer_list (get_answer (self));
  assay_row_pager_set_n (ASSAY_ROW_PAGER (self->pager), marks->len);
  for (guint i = 0; i < marks->len; i++)
    if (g_str_equal (((AssaySpanMark *) marks->pdata[i])->id, item))
      {
        assay_row_pager_reveal (ASSAY_ROW_PAGER (self->pager), i);
        turned_cb (self);
      }
  row = assay_id_rows_find (self->rows, item, (AssayIdRowsGetId) assay_span_row_get_id);
  return row != NULL ? assay_span_row_get_stop (row) : NULL;
}

static const char *
assay_spans_field_get_item_of (AssayQuestionField *field, GtkWidget *stop)
{
  AssaySpanRow *row = find_row (ASSAY_SPANS_FIELD (field), stop);

  return row != NULL ? assay_span_row_get_id (row) : NULL;
}

/* A letter chooses below the type that the mark has, as long as there is something below it; then
 * it begins anew. */
static gboolean
choose_type (AssaySpansField *self, AssaySpanRow *row, guint symbol)
{
  g_autoptr (AssaySpanMark) mark =
      assay_spans_answer_find (get_answer (self), assay_span_row_get_id (row));
  const AssaySpanType *parent = mark == NULL ? NULL : get_type_of (self, mark);

  if (parent != NULL && !parent->has_children)
    parent = NULL;
  for (guint i = 0; i < assay_spans_question_get_n_types (get_question (self)); i++)
    {
      const AssaySpanType *type = assay_spans_question_get_type_at (get_question (self), i);

      if (type->parent == parent && (guint) self->letters[i] == symbol)
        {
          set_type (self, assay_span_row_get_id (row), type);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
assay_spans_field_handle_key (AssayQuestionField *field, GtkWidget *stop, const AssayFormKey *key)
{
  AssaySpansField *self = ASSAY_SPANS_FIELD (field);
  AssaySpanRow *row = find_row (self, stop);

  if (row == NULL)
    {
      if (!assay_form_key_is (key, GDK_KEY_n))
        return FALSE;
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->none),
                                   !gtk_check_button_get_active (GTK_CHECK_BUTTON (self->none)));
      return TRUE;
    }
  if ((key->modifiers & GDK_ALT_MASK) != 0)
    return FALSE;
  if (key->digit > 0
      && key->digit <= (int) assay_spans_question_get_n_severities (get_question (self)))
    {
      set_severity (self, assay_span_row_get_id (row), key->digit - 1);
      return TRUE;
    }
  if (key->symbol == GDK_KEY_Delete || key->symbol == GDK_KEY_KP_Delete)
    {
      remove_mark (self, row);
      return TRUE;
    }
  if (key->symbol == GDK_KEY_c)
    {
      open_comment (self, row);
      return TRUE;
    }
  return key->symbol >= 'a' && key->symbol <= 'z' && choose_type (self, row, key->symbol);
}

static void
assay_spans_field_clear (AssayQuestionField *field, GtkWidget *stop)
{
  AssaySpansField *self = ASSAY_SPANS_FIELD (field);
  AssaySpanRow *row = find_row (self, stop);

  if (row != NULL)
    remove_mark (self, row);
  else
    take_answer (self, assay_spans_answer_with_none_found (get_answer (self), FALSE));
}

static void
assay_spans_field_finalize (GObject *object)
{
  AssaySpansField *self = ASSAY_SPANS_FIELD (object);

  g_clear_object (&self->types);
  g_clear_object (&self->severities);
  g_clear_pointer (&self->letters, g_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (assay_spans_field_parent_class)->finalize (object);
}

static void
assay_spans_field_class_init (AssaySpansFieldClass *klass)
{
  AssayQuestionFieldClass *field_class = ASSAY_QUESTION_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = assay_spans_field_finalize;

  field_class->build = assay_spans_field_build;
  field_class->show_answer = assay_spans_field_show_answer;
  field_class->show_issues = assay_spans_field_show_issues;
  field_class->list_stops = assay_spans_field_list_stops;
  field_class->find_item = assay_spans_field_find_item;
  field_class->get_item_of = assay_spans_field_get_item_of;
  field_class->handle_key = assay_spans_field_handle_key;
  field_class->clear = assay_spans_field_clear;
}

static void
assay_spans_field_init (AssaySpansField *self)
{
  self->rows = g_ptr_array_new ();
}
