/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "assay-rewrite-field-private.h"

#include "assay-announce.h"
#include "assay-constraint-list.h"
#include "assay-limits.h"
#include "assay-text-area.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

#define EDITOR_LINES 10

/* What the person does */

static void
edited_cb (AssayRewriteField *self)
{
  g_autofree char *text = assay_text_area_dup_text (ASSAY_TEXT_AREA (self->area));

  if (!self->in_show)
    _assay_rewrite_field_take_answer (self, _assay_rewrite_field_make_answer (self, text));
}

static void
restore_all_cb (AssayRewriteField *self)
{
  _assay_rewrite_field_break_undo (self);
  _assay_rewrite_field_take_answer (
      self, assay_rewrite_answer_with_text (_assay_rewrite_field_get_answer (self), NULL));
  _assay_rewrite_field_break_undo (self);
  gtk_widget_grab_focus (self->area);
  assay_announce (GTK_WIDGET (self), _ ("The whole original is restored"));
}

static void
unchanged_toggled_cb (AssayRewriteField *self)
{
  gboolean active = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->unchanged));

  if (!self->in_show)
    _assay_rewrite_field_take_answer (self, assay_rewrite_answer_with_unchanged_ok (
                                                _assay_rewrite_field_get_answer (self), active));
}

static void
effort_chosen_cb (AssayRewriteField *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->effort));

  if (!self->in_show)
    _assay_rewrite_field_take_answer (
        self,
        assay_rewrite_answer_with_effort (_assay_rewrite_field_get_answer (self),
                                          selected == 0 ? NULL
                                                        : assay_rewrite_efforts[selected - 1]));
}

static void
mode_toggled_cb (AssayRewriteField *self, GtkCheckButton *button)
{
  guint index = 0;

  if (self->in_show || !gtk_check_button_get_active (button)
      || !g_ptr_array_find (self->modes, button, &index))
    return;
  _assay_rewrite_field_take_answer (
      self, assay_rewrite_answer_with_mode (_assay_rewrite_field_get_answer (self),
                                            assay_rewrite_question_get_answer_modes (
                                                _assay_rewrite_field_get_question (self))[index]));
}

static void
issue_toggled_cb (AssayRewriteField *self, GtkCheckButton *button)
{
  guint index = 0;

  if (self->in_show || !g_ptr_array_find (self->issues, button, &index))
    return;
  _assay_rewrite_field_take_answer (self, assay_rewrite_answer_with_issue_fixed (
                                              _assay_rewrite_field_get_answer (self),
                                              assay_rewrite_question_get_category_id (
                                                  _assay_rewrite_field_get_question (self), index),
                                              gtk_check_button_get_active (button)));
}

static void
self_check_toggled_cb (AssayRewriteField *self, GtkCheckButton *button)
{
  guint index = 0;

  if (self->in_show || !g_ptr_array_find (self->self_checks, button, &index))
    return;
  _assay_rewrite_field_take_answer (self, assay_rewrite_answer_with_self_check (
                                              _assay_rewrite_field_get_answer (self),
                                              assay_rewrite_question_get_self_check_id (
                                                  _assay_rewrite_field_get_question (self), index),
                                              gtk_check_button_get_active (button)));
}

static void
sources_edited_cb (AssayRewriteField *self)
{
  g_autofree char *lines = assay_text_area_dup_text (ASSAY_TEXT_AREA (self->sources));

  if (!self->in_show)
    _assay_rewrite_field_take_answer (
        self, assay_rewrite_answer_with_source_lines (_assay_rewrite_field_get_answer (self), lines,
                                                      g_get_real_time () / 1000));
}

static void
assumptions_edited_cb (AssayRewriteField *self)
{
  g_autofree char *text = assay_text_area_dup_text (ASSAY_TEXT_AREA (self->assumptions));

  if (!self->in_show)
    _assay_rewrite_field_take_answer (
        self, assay_rewrite_answer_with_assumptions (_assay_rewrite_field_get_answer (self), text));
}

/* Ctrl+Backspace on a change; elsewhere it is the text's own. */
static gboolean
key_pressed_cb (AssayRewriteField *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (_assay_rewrite_field_get_view (self));
  GtkTextIter caret;
  guint place;

  if (keyval != GDK_KEY_BackSpace
      || (state & gtk_accelerator_get_default_mod_mask ()) != GDK_CONTROL_MASK
      || !_assay_rewrite_field_is_up_to_date (self)
      || !gtk_text_view_get_editable (_assay_rewrite_field_get_view (self)))
    return GDK_EVENT_PROPAGATE;
  gtk_text_buffer_get_iter_at_mark (buffer, &caret, gtk_text_buffer_get_insert (buffer));
  place = (guint) gtk_text_iter_get_offset (&caret);
  for (guint i = 0; i < self->changes->len; i++)
    {
      const AssayRewriteChange *change = self->changes->pdata[i];

      if (change->to_start <= place && place <= change->to_end)
        {
          _assay_rewrite_field_restore_change (self, change);
          return GDK_EVENT_STOP;
        }
    }
  return GDK_EVENT_PROPAGATE;
}

/* Building */

static GtkWidget *
append_caption (AssayRewriteField *self, const char *text)
{
  GtkWidget *label = assay_question_field_new_caption (text);

  assay_question_field_append (ASSAY_QUESTION_FIELD (self), label);
  return label;
}

/* Whoever holds the field shows the text; what is pressed is what is shown. */
static GtkWidget *
append_toggle (GtkWidget *box, const char *label, const char *tooltip, const char *action)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  assay_widget_set_tooltip (button, tooltip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "caption");
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
build_toggles (AssayRewriteField *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->preview = append_toggle (box, _ ("Preview"), _ ("Show the Text as It Will Be Read"),
                                 "workbench.preview");
  if (_assay_rewrite_field_is_edit (self))
    self->differences = append_toggle (box, _ ("Differences"), _ ("Compare With the Original"),
                                       "workbench.differences");
  self->counter = assay_question_field_new_caption ("");
  gtk_label_set_xalign (GTK_LABEL (self->counter), 1.0);
  gtk_widget_set_hexpand (self->counter, TRUE);
  gtk_widget_add_css_class (self->counter, "numeric");
  gtk_box_append (GTK_BOX (box), self->counter);
  assay_question_field_append (ASSAY_QUESTION_FIELD (self), box);
}

static void
build_editor (AssayRewriteField *self)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  AssayDocument *document = _assay_rewrite_field_get_document (self);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->area = assay_text_area_new_with_spelling ();
  g_object_set (self->area, "lines", EDITOR_LINES, NULL);
  assay_text_area_set_judgement (ASSAY_TEXT_AREA (self->area),
                                 assay_question_field_get_judgement (field));
  assay_question_field_label (field, GTK_WIDGET (_assay_rewrite_field_get_view (self)));
  if (document != NULL && assay_document_get_direction (document) != ASSAY_DIRECTION_AUTO)
    gtk_widget_set_direction (GTK_WIDGET (_assay_rewrite_field_get_view (self)),
                              assay_document_get_direction (document) == ASSAY_DIRECTION_RTL
                                  ? GTK_TEXT_DIR_RTL
                                  : GTK_TEXT_DIR_LTR);
  self->tag =
      gtk_text_buffer_create_tag (gtk_text_view_get_buffer (_assay_rewrite_field_get_view (self)),
                                  NULL, "underline", PANGO_UNDERLINE_SINGLE, NULL);
  g_signal_connect_object (self->area, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (_assay_rewrite_field_break_undo), self);
  gtk_widget_add_controller (self->area, focus);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (_assay_rewrite_field_get_view (self)), keys);
  assay_question_field_append (field, self->area);
  build_toggles (self);
}

static void
build_constraints (AssayRewriteField *self)
{
  AssayRewriteQuestion *question = _assay_rewrite_field_get_question (self);

  if (assay_rewrite_question_get_n_constraints (question) == 0)
    return;
  append_caption (self, _ ("What the text has to keep to"));
  self->constraints = assay_constraint_list_new ();
  for (guint i = 0; i < assay_rewrite_question_get_n_constraints (question); i++)
    assay_constraint_list_add (ASSAY_CONSTRAINT_LIST (self->constraints),
                               assay_rewrite_question_get_constraint (question, i));
  assay_question_field_append (ASSAY_QUESTION_FIELD (self), self->constraints);
}

static GtkWidget *
new_choice (AssayRewriteField *self, GPtrArray *choices, const char *label, GCallback callback)
{
  g_autofree char *shown = assay_visible_line (label, ASSAY_LIMIT_LABEL_CHARACTERS);
  GtkWidget *button = gtk_check_button_new_with_label (shown);

  g_signal_connect_swapped (button, "toggled", callback, self);
  g_ptr_array_add (choices, button);
  return button;
}

static void
wrap_label (GtkWidget *button)
{
  for (GtkWidget *child = gtk_widget_get_first_child (button); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LABEL (child))
      g_object_set (child, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
}

static GtkWidget *
append_choices (AssayRewriteField *self, const char *title)
{
  GtkWidget *box = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 12);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 3);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  append_caption (self, title);
  assay_question_field_append (ASSAY_QUESTION_FIELD (self), box);
  return box;
}

static void
build_modes (AssayRewriteField *self)
{
  const char *const *modes =
      assay_rewrite_question_get_answer_modes (_assay_rewrite_field_get_question (self));
  GtkWidget *box;

  if (modes[0] == NULL)
    return;
  box = append_choices (self, _ ("Kind of answer"));
  for (guint i = 0; modes[i] != NULL; i++)
    {
      GtkWidget *button =
          new_choice (self, self->modes, assay_rewrite_answer_mode_get_label (modes[i]),
                      G_CALLBACK (mode_toggled_cb));

      if (i > 0)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (button), self->modes->pdata[0]);
      adw_wrap_box_append (ADW_WRAP_BOX (box), button);
    }
}

static void
build_issues (AssayRewriteField *self)
{
  GtkWidget *box = append_choices (self, _ ("What was fixed"));

  for (guint i = 0;
       i < assay_rewrite_question_get_n_categories (_assay_rewrite_field_get_question (self)); i++)
    adw_wrap_box_append (ADW_WRAP_BOX (box),
                         new_choice (self, self->issues,
                                     assay_rewrite_question_get_category_label (
                                         _assay_rewrite_field_get_question (self), i),
                                     G_CALLBACK (issue_toggled_cb)));
}

/* The points are sentences rather than words: each has a line of its own. */
static void
build_self_check (AssayRewriteField *self)
{
  AssayRewriteQuestion *question = _assay_rewrite_field_get_question (self);
  GtkWidget *box;

  if (assay_rewrite_question_get_n_self_checks (question) == 0)
    return;
  append_caption (self, _ ("Before handing in"));
  box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "accessible-role",
                      GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Before handing in"), -1);
  for (guint i = 0; i < assay_rewrite_question_get_n_self_checks (question); i++)
    {
      GtkWidget *button = new_choice (self, self->self_checks,
                                      assay_rewrite_question_get_self_check_label (question, i),
                                      G_CALLBACK (self_check_toggled_cb));

      wrap_label (button);
      gtk_box_append (GTK_BOX (box), button);
    }
  assay_question_field_append (ASSAY_QUESTION_FIELD (self), box);
}

static void
list_categories (AssayRewriteField *self, GString *keys)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  /* Translators: no category of a change to a text was chosen yet */
  gtk_string_list_append (list, C_ ("change to a text", "No category"));
  for (guint i = 0;
       i < assay_rewrite_question_get_n_categories (_assay_rewrite_field_get_question (self)); i++)
    {
      g_autofree char *shown = assay_visible_line (
          assay_rewrite_question_get_category_label (_assay_rewrite_field_get_question (self), i),
          ASSAY_LIMIT_LABEL_CHARACTERS);

      gtk_string_list_append (list, shown);
      if (i < ASSAY_REWRITE_DIGITS)
        g_string_append_printf (keys, "%s%u\u00a0%s", i > 0 ? " · " : "",
                                (i + 1) % ASSAY_REWRITE_DIGITS, shown);
    }
  self->categories = G_LIST_MODEL (list);
}

static void
build_effort (AssayRewriteField *self)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  /* Translators: how much a text was edited was not said yet */
  gtk_string_list_append (list, C_ ("how much was edited", "Not said"));
  for (guint i = 0; assay_rewrite_efforts[i] != NULL; i++)
    gtk_string_list_append (list, assay_rewrite_effort_get_label (assay_rewrite_efforts[i]));
  append_caption (self, _ ("How much was edited"));
  self->effort = gtk_drop_down_new (G_LIST_MODEL (list), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->effort), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How much was edited"), -1);
  g_signal_connect_swapped (self->effort, "notify::selected", G_CALLBACK (effort_chosen_cb), self);
  assay_question_field_append (ASSAY_QUESTION_FIELD (self), self->effort);
}

static void
build_edit (AssayRewriteField *self)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  AssayChangeLog change_log =
      assay_rewrite_question_get_change_log (_assay_rewrite_field_get_question (self));
  g_autoptr (GString) keys = g_string_new (NULL);

  if (change_log == ASSAY_CHANGE_LOG_PER_REGION)
    list_categories (self, keys);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  assay_question_field_append (field, self->list);
  self->more = append_caption (self, "");
  if (change_log == ASSAY_CHANGE_LOG_PER_REGION)
    self->keys = append_caption (self, keys->str);
  if (change_log == ASSAY_CHANGE_LOG_SUMMARY)
    build_issues (self);
  if (assay_rewrite_question_get_asks_effort (_assay_rewrite_field_get_question (self)))
    build_effort (self);

  self->restore = gtk_button_new_with_mnemonic (_ ("Restore the _Whole Original"));
  gtk_widget_set_halign (self->restore, GTK_ALIGN_START);
  g_signal_connect_swapped (self->restore, "clicked", G_CALLBACK (restore_all_cb), self);
  assay_question_field_append (field, self->restore);
  self->unchanged = gtk_check_button_new_with_label (_ ("No change needed"));
  g_signal_connect_swapped (self->unchanged, "toggled", G_CALLBACK (unchanged_toggled_cb), self);
  assay_question_field_append (field, self->unchanged);
}

static GtkWidget *
append_area (AssayRewriteField *self,
             const char *title,
             const char *placeholder,
             GCallback callback)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  GtkWidget *area = assay_text_area_new ();

  append_caption (self, title);
  g_object_set (area, "lines", 2, NULL);
  assay_text_area_set_placeholder (ASSAY_TEXT_AREA (area), placeholder);
  assay_text_area_set_judgement (ASSAY_TEXT_AREA (area),
                                 assay_question_field_get_judgement (field));
  gtk_accessible_update_property (GTK_ACCESSIBLE (
                                      assay_text_area_get_text_view (ASSAY_TEXT_AREA (area))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (area, "edited", callback, self, G_CONNECT_SWAPPED);
  assay_question_field_append (field, area);
  return area;
}

void
_assay_rewrite_field_build (AssayQuestionField *field)
{
  AssayRewriteField *self = ASSAY_REWRITE_FIELD (field);

  build_modes (self);
  build_editor (self);
  build_constraints (self);
  if (_assay_rewrite_field_is_edit (self))
    {
      build_edit (self);
      build_self_check (self);
      return;
    }
  self->sources = append_area (self, _ ("Sources"), _ ("One on each line: title, then address"),
                               G_CALLBACK (sources_edited_cb));
  self->assumptions = append_area (self, _ ("Assumptions"), "", G_CALLBACK (assumptions_edited_cb));
  build_self_check (self);
}
