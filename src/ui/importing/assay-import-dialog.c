/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-import-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-announce.h"
#include "assay-import-places.h"
#include "assay-import-preview.h"
#include "assay-importer.h"
#include "assay-limits.h"
#include "assay-preset.h"
#include "assay-text-area.h"
#include "assay-visible-text.h"
#include "assay-widget.h"
#include "assay-workspace.h"

#define PREVIEW_TASKS 5
#define SHOWN_PROBLEMS 100
/* The entries of the list of forms. The second is there only where it differs from the first. */
typedef enum
{
  FORM_DETECTED,
  FORM_RECALLED,
  FORM_OWN_RUBRIC,
  FORM_PRESETS, /* the first of them */
} FormEntry;

struct _AssayImportDialog
{
  AdwDialog parent_instance;

  /* Template widgets. */
  AdwHeaderBar *header;
  GtkButton *cancel;
  GtkButton *confirm;
  GtkStack *stack;
  AdwStatusPage *failure;
  GtkLabel *failure_bytes;
  AdwActionRow *found;
  GtkEditable *project_title;
  AdwComboRow *form;
  GtkWidget *own_rubric;
  AssayTextArea *criteria;
  AdwSpinRow *lowest;
  AdwSpinRow *highest;
  GtkLabel *position;
  GtkWidget *previous;
  GtkWidget *next;
  GtkListBox *preview;
  AssayImportPlaces *places;
  GtkProgressBar *progress;
  GtkLabel *counted;
  GtkLabel *result;
  GtkLabel *came_along;
  GtkWidget *how_to_go_on;
  GtkWidget *problem_group;
  GtkListBox *problems;

  AssayStore *store;           /* (owned) */
  AssayImporter *importer;     /* (owned) */
  AssayImportMapping *mapping; /* (owned) (nullable) */
  AssayForm *detected_form;    /* (owned) (nullable) */
  char *detected_rubric;       /* (owned) (nullable): the place of each record's own rubric */
  AssayForm *recalled_form;    /* (owned) (nullable): the choice of last time, if it is another */
  GPtrArray *fields;           /* (owned) (nullable) of GStrv {path, example} */
  GPtrArray *tasks;            /* (owned) (nullable): the previewed ones */
  guint shown_task;
  guint preview_generation;
  char *preview_error;       /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
  gboolean showing;          /* the rows follow the mapping */
};

enum
{
  IMPORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AssayImportDialog, assay_import_dialog, ADW_TYPE_DIALOG)

static void refresh_preview (AssayImportDialog *self);

static void
show_page (AssayImportDialog *self, const char *name)
{
  gboolean review = g_str_equal (name, "review");

  gtk_stack_set_visible_child_name (self->stack, name);
  /* What came of it may be a line. */
  if (g_str_equal (name, "done"))
    adw_dialog_set_content_height (ADW_DIALOG (self), -1);
  /* An import that is under way is stopped, not left behind. */
  adw_dialog_set_can_close (ADW_DIALOG (self), !g_str_equal (name, "importing"));
  gtk_widget_set_visible (GTK_WIDGET (self->confirm), review || g_str_equal (name, "looking"));
  if (g_str_equal (name, "done") || g_str_equal (name, "failed"))
    gtk_button_set_label (self->cancel, _ ("_Close"));
}

static void
show_failure (AssayImportDialog *self, const GError *error)
{
  g_autofree char *line =
      assay_visible_sentence (error->message, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS);
  g_autofree char *text = g_markup_escape_text (line, -1);

  /* The description of a status page is markup. */
  adw_status_page_set_description (self->failure, text);
  assay_widget_keep_words (GTK_WIDGET (self->failure));
  if (assay_importer_get_bytes_shown (self->importer) != NULL)
    {
      gtk_label_set_text (self->failure_bytes, assay_importer_get_bytes_shown (self->importer));
      gtk_widget_set_visible (GTK_WIDGET (self->failure_bytes), TRUE);
    }
  show_page (self, "failed");
}

/* Preview */

/* What was previewed can be imported, under a name, into a form that asks something. */
static void
update_confirm (AssayImportDialog *self)
{
  AssayForm *form = assay_import_mapping_get_form (self->mapping);
  g_autofree char *rubric = NULL;

  g_object_get (self->mapping, "rubric", &rubric, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->confirm),
                            self->tasks != NULL && self->tasks->len > 0
                                && *gtk_editable_get_text (self->project_title) != '\0'
                                && (rubric != NULL
                                    || (form != NULL && assay_form_get_n_questions (form) > 0)));
}

static void
show_task (AssayImportDialog *self)
{
  GtkWidget *focus;
  g_autofree char *position = NULL;
  guint n = self->tasks != NULL ? self->tasks->len : 0;

  gtk_list_box_remove_all (self->preview);
  gtk_widget_set_sensitive (self->previous, n > 0 && self->shown_task > 0);
  gtk_widget_set_sensitive (self->next, self->shown_task + 1 < n);
  update_confirm (self);
  /* While the files were read, there was nothing else to give it to. */
  focus = adw_dialog_get_focus (ADW_DIALOG (self));
  if (n > 0 && (focus == NULL || focus == GTK_WIDGET (self->cancel)))
    adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->confirm));
  if (n == 0)
    {
      gtk_label_set_text (self->position, "");
      assay_import_preview_add_text (
          self->preview, _ ("Nothing to show"),
          self->preview_error != NULL
              ? self->preview_error
              : _ ("With these places no task could be made of the first records."));
      return;
    }
  /* Translators: the number of the shown task, and how many are shown. */
  position = g_strdup_printf (_ ("%u of %u"), self->shown_task + 1, n);
  gtk_label_set_text (self->position, position);
  assay_import_preview_show_task (self->preview, g_ptr_array_index (self->tasks, self->shown_task));
}

typedef struct
{
  AssayImportDialog *dialog;
  guint generation;
} Preview;

static void
preview_free (gpointer data)
{
  Preview *preview = data;

  g_object_unref (preview->dialog);
  g_free (preview);
}

/* Previews may end in another order than they were asked for; only the last one counts. */
static DexFuture *
previewed_cb (DexFuture *future, gpointer user_data)
{
  Preview *preview = user_data;
  AssayImportDialog *self = preview->dialog;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (preview->generation != self->preview_generation || self->mapping == NULL)
    return NULL;
  g_clear_pointer (&self->tasks, g_ptr_array_unref);
  g_clear_pointer (&self->preview_error, g_free);
  if (value != NULL)
    self->tasks = g_value_dup_boxed (value);
  else
    self->preview_error = g_strdup (error->message);
  self->shown_task = 0;
  show_task (self);
  return NULL;
}

static void
refresh_preview (AssayImportDialog *self)
{
  Preview *preview = g_new0 (Preview, 1);

  preview->dialog = g_object_ref (self);
  preview->generation = ++self->preview_generation;
  dex_future_disown (
      dex_future_finally (assay_importer_preview (self->importer, self->mapping, PREVIEW_TASKS),
                          previewed_cb, preview, preview_free));
}

static void
previous_cb (AssayImportDialog *self)
{
  self->shown_task--;
  show_task (self);
}

static void
next_cb (AssayImportDialog *self)
{
  self->shown_task++;
  show_task (self);
}

/* The form */

static char *
dup_form_title (AssayForm *form)
{
  const char *title = assay_form_get_title (form);

  return title != NULL && *title != '\0'
             ? assay_visible_line (title, ASSAY_LIMIT_LABEL_CHARACTERS)
             : g_strdup (assay_kind_get_title (assay_form_get_kind (form)));
}

static void
fill_forms (AssayImportDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  if (self->detected_rubric != NULL)
    gtk_string_list_append (names, _ ("As in the files"));
  else
    {
      g_autofree char *title = dup_form_title (self->detected_form);
      g_autofree char *suggested =
          /* Translators: the name of a form, for example “Ranking”. */
          g_strdup_printf (_ ("%s (suggested)"), title);

      gtk_string_list_append (names, suggested);
    }
  if (self->recalled_form != NULL)
    {
      g_autofree char *title = dup_form_title (self->recalled_form);
      g_autofree char *recalled =
          /* Translators: the name of a form that was chosen for such files before. */
          g_strdup_printf (_ ("%s (as last time)"), title);

      gtk_string_list_append (names, recalled);
    }
  gtk_string_list_append (names, _ ("Rubric of own criteria…"));
  for (guint i = 0; i < assay_preset_get_n (); i++)
    gtk_string_list_append (names, assay_preset_get_title (assay_preset_get (i)));
  adw_combo_row_set_model (self->form, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->form,
                              self->recalled_form != NULL ? FORM_RECALLED : FORM_DETECTED);
}

/* A FormEntry, or FORM_PRESETS plus the number of a preset. */
static guint
get_form_entry (AssayImportDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->form);

  return selected > FORM_DETECTED && self->recalled_form == NULL ? selected + 1 : selected;
}

/* A record's own rubric goes before the form for all, and so its place is forgotten while another
 * form is chosen. */
static void
apply_form (AssayImportDialog *self)
{
  guint entry = get_form_entry (self);
  g_autoptr (AssayForm) form = NULL;

  switch (entry)
    {
    case FORM_DETECTED:
      form = g_object_ref (self->detected_form);
      break;
    case FORM_RECALLED:
      form = g_object_ref (self->recalled_form);
      break;
    case FORM_OWN_RUBRIC:
      {
        g_autofree char *criteria = assay_text_area_dup_text (self->criteria);

        form = assay_preset_create_rubric (criteria, adw_spin_row_get_value (self->lowest),
                                           adw_spin_row_get_value (self->highest));
        break;
      }
    default:
      form = assay_preset_create_form (assay_preset_get (entry - FORM_PRESETS));
      break;
    }
  assay_import_mapping_set_form (self->mapping, form);
  g_object_set (self->mapping, "rubric", entry == FORM_DETECTED ? self->detected_rubric : NULL,
                NULL);
  update_confirm (self);
}

static void
form_changed_cb (AssayImportDialog *self)
{
  guint entry;

  if (self->showing || self->mapping == NULL
      || adw_combo_row_get_selected (self->form) == GTK_INVALID_LIST_POSITION)
    return;
  entry = get_form_entry (self);
  gtk_widget_set_visible (self->own_rubric, entry == FORM_OWN_RUBRIC);
  apply_form (self);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->form),
                               entry >= FORM_PRESETS ? assay_preset_get_description (
                                                           assay_preset_get (entry - FORM_PRESETS))
                                                     : NULL);
}

static void
criteria_changed_cb (AssayImportDialog *self)
{
  if (self->mapping != NULL && get_form_entry (self) == FORM_OWN_RUBRIC)
    apply_form (self);
}

static void
title_changed_cb (AssayImportDialog *self)
{
  const char *title = gtk_editable_get_text (self->project_title);

  if (self->showing || self->mapping == NULL)
    return;
  update_confirm (self);
  if (*title != '\0')
    assay_import_mapping_set_project_title (self->mapping, title);
}

/* Where things are */

static void
show_found (AssayImportDialog *self)
{
  g_autofree char *description = assay_importer_describe (self->importer, self->mapping);

  adw_action_row_set_subtitle (self->found, description);
}

static void
corrected_cb (AssayImportDialog *self)
{
  show_found (self);
  refresh_preview (self);
}

static void
show_mapping (AssayImportDialog *self)
{
  self->showing = TRUE;
  show_found (self);
  gtk_editable_set_text (self->project_title,
                         assay_import_mapping_get_project_title (self->mapping) != NULL
                             ? assay_import_mapping_get_project_title (self->mapping)
                             : "");
  fill_forms (self);
  assay_import_places_set_mapping (self->places, self->mapping, self->fields,
                                   assay_importer_get_n_files (self->importer, self->mapping) > 1);
  self->showing = FALSE;
  show_page (self, "review");
  refresh_preview (self);
}

/* Looking */

/* What the files suggest, and what was chosen for such files before. */
static void
note_forms (AssayImportDialog *self, AssayImportMapping *detected)
{
  AssayForm *recalled = assay_import_mapping_get_form (self->mapping);
  g_autofree char *rubric = NULL;

  g_set_object (&self->detected_form, assay_import_mapping_get_form (detected));
  g_clear_pointer (&self->detected_rubric, g_free);
  g_object_get (detected, "rubric", &self->detected_rubric, NULL);
  g_object_get (self->mapping, "rubric", &rubric, NULL);
  if (rubric == NULL
      && (self->detected_rubric != NULL
          || g_strcmp0 (assay_form_get_canonical_text (recalled),
                        assay_form_get_canonical_text (self->detected_form))
                 != 0))
    g_set_object (&self->recalled_form, recalled);
}

static DexFuture *
look_fiber (gpointer user_data)
{
  AssayImportDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayImportMapping) detected = NULL;
  g_autoptr (AssayImportMapping) recalled = NULL;
  g_autoptr (GPtrArray) fields = NULL;

  detected = dex_await_object (assay_importer_detect (self->importer), &error);
  if (detected == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  fields = dex_await_boxed (assay_importer_list_fields (self->importer), NULL);
  recalled = dex_await_object (assay_workspace_recall_mapping (self->store, detected), &error);
  if (recalled == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  g_set_object (&self->mapping, recalled);
  note_forms (self, detected);
  self->fields = g_steal_pointer (&fields);
  return dex_future_new_true ();
}

static DexFuture *
looked_cb (DexFuture *future, gpointer user_data)
{
  AssayImportDialog *self = user_data;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) != NULL)
    show_mapping (self);
  else
    show_failure (self, error);
  return dex_future_new_true ();
}

/* Importing */

/* Names of files and fields and what a sentence cites come from outside. */
static void
add_problem (AssayImportDialog *self, const AssayImportProblem *problem)
{
  g_autofree char *place = assay_import_problem_describe_place (problem);
  g_autofree char *shown_place = assay_visible_line (place, ASSAY_LIMIT_LABEL_CHARACTERS);
  g_autofree char *sentence =
      assay_visible_sentence (problem->message, ASSAY_LIMIT_LABEL_CHARACTERS);
  GtkWidget *row;

  if (problem->bytes_shown != NULL)
    {
      GtkWidget *bytes = g_object_new (GTK_TYPE_LABEL, "label", problem->bytes_shown, "selectable",
                                       TRUE, "xalign", 0.0, "halign", GTK_ALIGN_CENTER, NULL);

      row = adw_expander_row_new ();
      gtk_widget_add_css_class (bytes, "assay-bytes");
      gtk_accessible_update_property (GTK_ACCESSIBLE (bytes), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("The bytes that are no text"), -1);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), bytes);
    }
  else
    {
      row = adw_action_row_new ();
    }
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sentence);
  g_object_set (row, "subtitle", shown_place, "title-lines", 0, "subtitle-lines", 0, NULL);
  assay_widget_keep_words (row);
  gtk_list_box_append (self->problems, row);
}

/* @result: NULL if the import was stopped. */
static void
show_result (AssayImportDialog *self, const AssayImportResult *result)
{
  GPtrArray *problems = assay_importer_get_problems (self->importer);
  guint64 n_problems = assay_importer_get_n_problems (self->importer);
  guint n_tasks = (guint) MIN (assay_importer_get_n_tasks (self->importer), G_MAXUINT);
  g_auto (GStrv) sentences = result != NULL ? assay_import_result_describe (result) : NULL;
  g_autofree char *more_text = sentences != NULL ? g_strjoinv ("\n", sentences) : NULL;
  g_autofree char *text = NULL;

  if (result == NULL)
    text = g_strdup_printf (ngettext ("Stopped after %u task, which stays in the project",
                                      "Stopped after %u tasks, which stay in the project", n_tasks),
                            n_tasks);
  else
    text = g_strdup_printf (ngettext ("%u task imported", "%u tasks imported", n_tasks), n_tasks);
  gtk_label_set_text (self->result, text);
  gtk_label_set_text (self->came_along, more_text != NULL ? more_text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->came_along), more_text != NULL && *more_text != '\0');
  gtk_widget_set_visible (self->how_to_go_on, result == NULL);

  gtk_list_box_remove_all (self->problems);
  for (guint i = 0; i < problems->len && i < SHOWN_PROBLEMS; i++)
    add_problem (self, g_ptr_array_index (problems, i));
  if (n_problems > SHOWN_PROBLEMS)
    {
      guint rest = (guint) MIN (n_problems - SHOWN_PROBLEMS, G_MAXUINT);
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", rest), rest);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), more);
      gtk_list_box_append (self->problems, row);
    }
  gtk_widget_set_visible (self->problem_group, n_problems > 0);
  show_page (self, "done");
  assay_announce (GTK_WIDGET (self), text);
}

static DexFuture *
imported_cb (DexFuture *future, gpointer user_data)
{
  AssayImportDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value != NULL)
    {
      const AssayImportResult *result = g_value_get_boxed (value);

      g_signal_emit (self, signals[IMPORTED], 0, result->project);
      if (assay_importer_get_n_problems (self->importer) == 0 && result->n_judgements == 0
          && result->n_drafts == 0 && result->n_left_out == 0)
        adw_dialog_force_close (ADW_DIALOG (self));
      else
        show_result (self, result);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_result (self, NULL);
  else
    show_failure (self, error);
  return dex_future_new_true ();
}

static void
import_cb (AssayImportDialog *self)
{
  show_page (self, "importing");
  gtk_widget_grab_focus (GTK_WIDGET (self->cancel));
  dex_future_disown (dex_future_finally (assay_workspace_import (self->store, self->importer,
                                                                 self->mapping, self->cancellable),
                                         imported_cb, g_object_ref (self), g_object_unref));
}

static void
progress_cb (AssayImportDialog *self)
{
  guint n = (guint) MIN (assay_importer_get_n_tasks (self->importer), G_MAXUINT);
  g_autofree char *text = g_strdup_printf (ngettext ("%u task", "%u tasks", n), n);

  gtk_progress_bar_set_fraction (self->progress,
                                 CLAMP (assay_importer_get_fraction (self->importer), 0, 1));
  gtk_label_set_text (self->counted, text);
}

static void
cancel_cb (AssayImportDialog *self)
{
  /* What was stored stays; the page then says how much that is. */
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "importing") == 0)
    g_cancellable_cancel (self->cancellable);
  else
    adw_dialog_close (ADW_DIALOG (self));
}

static void
copy_problems_cb (AssayImportDialog *self)
{
  GPtrArray *problems = assay_importer_get_problems (self->importer);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const AssayImportProblem *problem = g_ptr_array_index (problems, i);
      g_autofree char *place = assay_import_problem_describe_place (problem);

      g_string_append_printf (text, "%s: %s\n", place, problem->message);
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text->str);
}

static void
assay_import_dialog_dispose (GObject *object)
{
  AssayImportDialog *self = ASSAY_IMPORT_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->importer);
  g_clear_object (&self->mapping);
  g_clear_object (&self->detected_form);
  g_clear_object (&self->recalled_form);
  g_clear_pointer (&self->detected_rubric, g_free);
  g_clear_pointer (&self->preview_error, g_free);
  g_clear_object (&self->store);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->tasks, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_IMPORT_DIALOG);

  G_OBJECT_CLASS (assay_import_dialog_parent_class)->dispose (object);
}

static void
assay_import_dialog_class_init (AssayImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = assay_import_dialog_dispose;

  signals[IMPORTED] = g_signal_new ("imported", ASSAY_TYPE_IMPORT_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  g_type_ensure (ASSAY_TYPE_IMPORT_PLACES);
  g_type_ensure (ASSAY_TYPE_TEXT_AREA);
  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/importing/assay-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, header);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, confirm);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, failure);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, failure_bytes);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, found);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, project_title);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, form);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, own_rubric);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, criteria);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, lowest);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, highest);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, position);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, previous);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, next);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, places);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, counted);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, result);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, came_along);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, how_to_go_on);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, problem_group);
  gtk_widget_class_bind_template_child (widget_class, AssayImportDialog, problems);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, title_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, criteria_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, corrected_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_problems_cb);
}

static void
assay_import_dialog_init (AssayImportDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (assay_text_area_get_text_view (self->criteria)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Criteria"), -1);
}

AdwDialog *
assay_import_dialog_new (AssayStore *store, GPtrArray *files)
{
  AssayImportDialog *self;

  g_return_val_if_fail (ASSAY_IS_STORE (store), NULL);
  g_return_val_if_fail (files != NULL && files->len > 0, NULL);

  self = g_object_new (ASSAY_TYPE_IMPORT_DIALOG, NULL);
  self->store = g_object_ref (store);
  self->importer = assay_importer_new (files);
  g_signal_connect_object (self->importer, "notify::fraction", G_CALLBACK (progress_cb), self,
                           G_CONNECT_SWAPPED);
  dex_future_disown (dex_future_finally (dex_scheduler_spawn (NULL, 0, look_fiber,
                                                              g_object_ref (self), g_object_unref),
                                         looked_cb, g_object_ref (self), g_object_unref));
  return ADW_DIALOG (self);
}
