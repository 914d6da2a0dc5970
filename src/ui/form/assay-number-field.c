/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "assay-number-field.h"

#include "assay-issue-list.h"
#include "assay-number-question.h"
#include "assay-points.h"
#include "assay-visible-text.h"

#define UNIT_MAX_CHARACTERS 24

struct _AssayNumberField
{
  AssayQuestionField parent_instance;

  GtkWidget *entry;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (AssayNumberField, assay_number_field, ASSAY_TYPE_QUESTION_FIELD)

static AssayNumberQuestion *
get_question (AssayNumberField *self)
{
  return ASSAY_NUMBER_QUESTION (assay_question_field_get_question (ASSAY_QUESTION_FIELD (self)));
}

/* A comma is a decimal point to many; digits are never grouped here. */
static gboolean
parse (const char *text, double *value)
{
  g_autofree char *plain = g_strstrip (g_strdelimit (g_strdup (text), ",", '.'));
  char *end = NULL;

  *value = g_ascii_strtod (plain, &end);
  return *plain != '\0' && *end == '\0' && isfinite (*value);
}

static void
changed_cb (AssayNumberField *self)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  double value;
  gboolean number;

  if (self->showing)
    return;
  number = parse (text, &value);
  assay_question_field_take_answer (field, number ? assay_number_answer_new (value) : NULL);
  if (!number && *text != '\0')
    assay_question_field_show_notice (field, _ ("This is not a number."));
}

static void
step_value (AssayNumberField *self, int direction)
{
  AssayNumberQuestion *question = get_question (self);
  double step = assay_number_question_get_step (question);
  double min = -G_MAXDOUBLE, max = G_MAXDOUBLE;
  double value;

  assay_number_question_get_min (question, &min);
  assay_number_question_get_max (question, &max);
  if (step <= 0)
    step = 1;
  if (parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)), &value))
    value += direction * step;
  else
    value = direction > 0 && min > -G_MAXDOUBLE  ? min
            : direction < 0 && max < G_MAXDOUBLE ? max
                                                 : 0;
  assay_question_field_take_answer (ASSAY_QUESTION_FIELD (self),
                                    assay_number_answer_new (CLAMP (value, min, max)));
}

static gboolean
key_pressed_cb (AssayNumberField *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval != GDK_KEY_Up && keyval != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;
  step_value (self, keyval == GDK_KEY_Up ? 1 : -1);
  return GDK_EVENT_STOP;
}

static void
activate_cb (AssayNumberField *self)
{
  assay_question_field_advance (ASSAY_QUESTION_FIELD (self));
}

/* "0 to 100", "at least 0", … or NULL. (transfer full) */
static char *
describe_range (AssayNumberQuestion *question)
{
  g_autofree char *min_text = NULL;
  g_autofree char *max_text = NULL;
  double min, max;

  if (assay_number_question_get_min (question, &min))
    min_text = assay_points_format_number (min);
  if (assay_number_question_get_max (question, &max))
    max_text = assay_points_format_number (max);
  if (min_text != NULL && max_text != NULL)
    /* Translators: a range of numbers: "0 to 100" */
    return g_strdup_printf (_ ("%s to %s"), min_text, max_text);
  if (min_text != NULL)
    return g_strdup_printf (_ ("at least %s"), min_text);
  if (max_text != NULL)
    return g_strdup_printf (_ ("at most %s"), max_text);
  return NULL;
}

static void
assay_number_field_build (AssayQuestionField *field)
{
  AssayNumberField *self = ASSAY_NUMBER_FIELD (field);
  AssayNumberQuestion *question = get_question (self);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autofree char *range = describe_range (question);
  const char *unit = assay_number_question_get_unit (question);

  self->entry = gtk_entry_new ();
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 10);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 14);
  if (range != NULL)
    gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), range);
  assay_question_field_label (field, self->entry);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->entry, keys);
  gtk_box_append (GTK_BOX (line), self->entry);

  if (unit != NULL)
    {
      g_autofree char *text = assay_visible_line (unit, UNIT_MAX_CHARACTERS);

      gtk_box_append (GTK_BOX (line), gtk_label_new (text));
    }
  assay_question_field_append (field, line);
}

static void
assay_number_field_show_answer (AssayQuestionField *field, JsonNode *answer)
{
  AssayNumberField *self = ASSAY_NUMBER_FIELD (field);
  const char *held = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  double value, shown;
  gboolean has_value = assay_number_answer_get (answer, &value);
  gboolean shows_value = parse (held, &shown);
  g_autofree char *text = NULL;

  /* What is half typed stays; so does another way of writing the same number. */
  if (has_value ? (shows_value && shown == value) : !shows_value)
    return;
  text = has_value ? assay_points_format_number (value) : g_strdup ("");
  self->showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->showing = FALSE;
}

static void
assay_number_field_show_issues (AssayQuestionField *field, GPtrArray *issues, GtkWidget *message)
{
  AssayNumberField *self = ASSAY_NUMBER_FIELD (field);

  assay_question_field_mark (self->entry, message);
}

static void
assay_number_field_list_stops (AssayQuestionField *field, GPtrArray *stops)
{
  g_ptr_array_add (stops, ASSAY_NUMBER_FIELD (field)->entry);
}

static void
assay_number_field_class_init (AssayNumberFieldClass *klass)
{
  AssayQuestionFieldClass *field_class = ASSAY_QUESTION_FIELD_CLASS (klass);

  field_class->build = assay_number_field_build;
  field_class->show_answer = assay_number_field_show_answer;
  field_class->show_issues = assay_number_field_show_issues;
  field_class->list_stops = assay_number_field_list_stops;
}

static void
assay_number_field_init (AssayNumberField *self)
{
}
