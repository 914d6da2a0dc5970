/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-ways-out-dialog.h"

#include <glib/gi18n.h>

#include "assay-announce.h"
#include "assay-format.h"
#include "assay-paste-guard.h"
#include "assay-words.h"
#include "assay-wrap-guard.h"

/* Handing in unfinished is an answer (task-kinds 3.2), but it is chosen among the ways out. */
#define UNFINISHED ASSAY_N_OUTCOMES
#define N_WAYS (UNFINISHED + 1)
/* The combo's first entry asks for a choice: no reason is chosen beforehand. */
#define NO_REASON 0

struct _AssayWaysOutDialog
{
  AdwDialog parent_instance;

  /* Template widgets. */
  GtkButton *confirm;
  AdwPreferencesGroup *outcomes;
  AdwPreferencesGroup *details;
  AdwComboRow *reason;
  GtkWidget *note_box;
  GtkLabel *note_label;
  GtkTextView *note;
  GtkTextBuffer *note_buffer;
  GtkLabel *note_help;

  GtkCheckButton *radios[N_WAYS]; /* NULL where the way is not offered */
  AssayJudgement *judgement;      /* (owned) */
  AssayPasteGuard *guard;         /* (owned): of the note */
};

enum
{
  APPLIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AssayWaysOutDialog, assay_ways_out_dialog, ADW_TYPE_DIALOG)

static gboolean
is_unfinished (AssayWaysOutDialog *self)
{
  return self->radios[UNFINISHED] != NULL && gtk_check_button_get_active (self->radios[UNFINISHED]);
}

/* ANSWERED where none is chosen yet, and for what is unfinished. */
static AssayOutcome
get_chosen (AssayWaysOutDialog *self)
{
  for (guint i = 0; i < ASSAY_N_OUTCOMES; i++)
    {
      if (self->radios[i] != NULL && gtk_check_button_get_active (self->radios[i]))
        return i;
    }
  return ASSAY_OUTCOME_ANSWERED;
}

static char *
dup_note (AssayWaysOutDialog *self)
{
  char *text = NULL;

  g_object_get (self->note_buffer, "text", &text, NULL);
  return text;
}

static const char *
get_reason (AssayWaysOutDialog *self)
{
  const char *const *reasons = assay_outcome_get_reasons (get_chosen (self));
  guint selected = adw_combo_row_get_selected (self->reason);

  if (reasons[0] == NULL || selected == NO_REASON || selected == GTK_INVALID_LIST_POSITION)
    return NULL;
  return reasons[selected - 1];
}

static void
get_note_limits (AssayWaysOutDialog *self, guint *min, guint *max)
{
  if (is_unfinished (self))
    {
      *min = ASSAY_SALVAGE_MIN_CHARACTERS;
      *max = ASSAY_SALVAGE_MAX_CHARACTERS;
    }
  else
    assay_outcome_get_note_limits (get_chosen (self), min, max);
}

static const char *
get_note_title (AssayWaysOutDialog *self)
{
  if (is_unfinished (self))
    return _ ("_Why It Is Unfinished");
  if (get_chosen (self) == ASSAY_OUTCOME_OUT_OF_EXPERTISE)
    return _ ("_Missing Field");
  /* Translators: the title of a text entry. */
  return C_ ("outcome", "_Note");
}

static const char *
get_confirm_label (AssayWaysOutDialog *self)
{
  if (is_unfinished (self))
    return _ ("Hand In Unfinished");
  if (get_chosen (self) == ASSAY_OUTCOME_ANSWERED)
    return _ ("Choose");
  return assay_outcome_get_title (get_chosen (self));
}

/* What the chosen way asks for. */
static void
show_details (AssayWaysOutDialog *self)
{
  AssayOutcome outcome = get_chosen (self);
  const char *const *reasons = assay_outcome_get_reasons (outcome);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint min;
  guint max;

  gtk_string_list_append (names, _ ("Choose a reason"));
  for (gsize i = 0; reasons[i] != NULL; i++)
    gtk_string_list_append (names, assay_outcome_get_reason_title (outcome, reasons[i]));
  adw_combo_row_set_model (self->reason, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->details), reasons[0] != NULL);

  get_note_limits (self, &min, &max);
  gtk_widget_set_visible (self->note_box, max > 0 || reasons[0] != NULL);
  gtk_label_set_label (self->note_label, get_note_title (self));
  gtk_button_set_label (self->confirm, get_confirm_label (self));
}

static void
show_validity (AssayWaysOutDialog *self)
{
  AssayOutcome outcome = get_chosen (self);
  const char *const *reasons = assay_outcome_get_reasons (outcome);
  g_autofree char *note = dup_note (self);
  g_autofree char *help = NULL;
  guint length = assay_characters_count_trimmed (note);
  gboolean fits;
  guint min;
  guint max;

  get_note_limits (self, &min, &max);
  fits = length >= min && (max == 0 || length <= max);
  if (length < min)
    help = g_strdup_printf (ngettext ("%u more character is needed",
                                      "%u more characters are needed", min - length),
                            min - length);
  else if (max > 0)
    /* Translators: how many characters were written, and how many there may be. */
    help = g_strdup_printf (_ ("%u of at most %u characters"), length, max);
  gtk_label_set_text (self->note_help, help != NULL ? help : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_help), help != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->note), GTK_ACCESSIBLE_STATE_INVALID,
                               fits ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->confirm),
                            (outcome != ASSAY_OUTCOME_ANSWERED || is_unfinished (self)) && fits
                                && (reasons[0] == NULL || get_reason (self) != NULL));
}

static void
chosen_cb (AssayWaysOutDialog *self)
{
  show_details (self);
  show_validity (self);
}

static void
changed_cb (AssayWaysOutDialog *self)
{
  show_validity (self);
}

static void
paste_refused_cb (AssayWaysOutDialog *self, const char *message)
{
  gtk_label_set_text (self->note_help, message);
  gtk_widget_set_visible (GTK_WIDGET (self->note_help), TRUE);
  assay_announce (GTK_WIDGET (self), message);
}

static void
cancel_cb (AssayWaysOutDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
confirm_cb (AssayWaysOutDialog *self)
{
  g_autofree char *note = dup_note (self);

  if (is_unfinished (self))
    {
      assay_judgement_set_salvage (self->judgement, g_strstrip (note));
      assay_judgement_set_outcome (self->judgement, ASSAY_OUTCOME_ANSWERED, NULL, NULL);
    }
  else
    {
      assay_judgement_set_salvage (self->judgement, NULL);
      assay_judgement_set_outcome (self->judgement, get_chosen (self), get_reason (self),
                                   g_strstrip (note));
    }
  g_signal_emit (self, signals[APPLIED], 0);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
add_way (AssayWaysOutDialog *self,
         guint way,
         const char *title,
         const char *description,
         GtkCheckButton **first)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *radio = gtk_check_button_new ();

  gtk_widget_set_valign (radio, GTK_ALIGN_CENTER);
  if (*first == NULL)
    *first = GTK_CHECK_BUTTON (radio);
  else
    gtk_check_button_set_group (GTK_CHECK_BUTTON (radio), *first);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), description);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), radio);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), radio);
  gtk_accessible_update_property (GTK_ACCESSIBLE (radio), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_preferences_group_add (self->outcomes, row);
  self->radios[way] = GTK_CHECK_BUTTON (radio);
  g_signal_connect_object (radio, "toggled", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
}

/* Unfinished work may be paid for the time that it took, as far as the project goes. */
static void
add_unfinished (AssayWaysOutDialog *self, GtkCheckButton **first)
{
  AssayForm *form = assay_task_get_form (assay_judgement_get_task (self->judgement));
  guint minutes = assay_form_get_salvage_max_minutes (form);
  g_autofree char *time =
      assay_format_clock (assay_judgement_get_effort (self->judgement)->active_ms);
  g_autofree char *text = NULL;

  if (minutes > 0)
    /* Translators: %1$s is a time as on a clock. */
    text = g_strdup_printf (ngettext ("What is there counts. Active time so far: %1$s of at most "
                                      "%2$u minute",
                                      "What is there counts. Active time so far: %1$s of at most "
                                      "%2$u minutes",
                                      minutes),
                            time, minutes);
  else
    /* Translators: %s is a time as on a clock. */
    text = g_strdup_printf (_ ("What is there counts. Active time so far: %s"), time);
  add_way (self, UNFINISHED, _ ("Hand In Unfinished"), text, first);
}

static void
assay_ways_out_dialog_dispose (GObject *object)
{
  AssayWaysOutDialog *self = ASSAY_WAYS_OUT_DIALOG (object);

  g_clear_object (&self->guard);
  g_clear_object (&self->judgement);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_WAYS_OUT_DIALOG);

  G_OBJECT_CLASS (assay_ways_out_dialog_parent_class)->dispose (object);
}

static void
assay_ways_out_dialog_class_init (AssayWaysOutDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_ways_out_dialog_dispose;

  signals[APPLIED] = g_signal_new ("applied", ASSAY_TYPE_WAYS_OUT_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/form/assay-ways-out-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayWaysOutDialog, confirm);
  gtk_widget_class_bind_template_child (widget_class, AssayWaysOutDialog, outcomes);
  gtk_widget_class_bind_template_child (widget_class, AssayWaysOutDialog, details);
  gtk_widget_class_bind_template_child (widget_class, AssayWaysOutDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, AssayWaysOutDialog, note_box);
  gtk_widget_class_bind_template_child (widget_class, AssayWaysOutDialog, note_label);
  gtk_widget_class_bind_template_child (widget_class, AssayWaysOutDialog, note);
  gtk_widget_class_bind_template_child (widget_class, AssayWaysOutDialog, note_buffer);
  gtk_widget_class_bind_template_child (widget_class, AssayWaysOutDialog, note_help);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, confirm_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
assay_ways_out_dialog_init (AssayWaysOutDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  assay_wrap_guard_attach (self->note_buffer);
  self->guard = assay_paste_guard_new (GTK_WIDGET (self->note));
  g_signal_connect_object (self->guard, "refused", G_CALLBACK (paste_refused_cb), self,
                           G_CONNECT_SWAPPED);
}

AdwDialog *
assay_ways_out_dialog_new (AssayJudgement *judgement)
{
  AssayWaysOutDialog *self;
  GtkCheckButton *first = NULL;
  gboolean allow_skip;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), NULL);

  self = g_object_new (ASSAY_TYPE_WAYS_OUT_DIALOG, NULL);
  self->judgement = g_object_ref (judgement);
  assay_paste_guard_set_judgement (self->guard, judgement);
  allow_skip = assay_task_get_allow_skip (assay_judgement_get_task (judgement));
  for (guint i = ASSAY_OUTCOME_NOT_RATABLE; i < ASSAY_N_OUTCOMES; i++)
    {
      if (i != ASSAY_OUTCOME_SKIPPED || allow_skip)
        add_way (self, i, assay_outcome_get_title (i), assay_outcome_get_description (i), &first);
    }
  if (assay_form_get_salvage (assay_task_get_form (assay_judgement_get_task (judgement))))
    add_unfinished (self, &first);
  chosen_cb (self);
  if (first != NULL)
    adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (first));
  return ADW_DIALOG (self);
}
