/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-notes-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "assay-settings.h"
#include "assay-text-area.h"
#include "assay-wrap-guard.h"

#define CONFIDENCE_MAX 5
#define CODE_DATA "assay-flag-code"

/* The flags that a person sets (task-kinds 3.3); low confidence sets itself, and the flag on
 * machine text belongs to the review of other people's work. */
static const struct
{
  const char *code;
  const char *title;
  gboolean needs_note;
} flag_kinds[] = {
  { "guideline_gap", N_ ("The guideline does not cover this"), TRUE },
  { "guideline_conflict", N_ ("Two rules of the guideline disagree"), TRUE },
  { "edge_case", N_ ("Worth discussing"), FALSE },
  { "sensitive", N_ ("A content warning is missing"), FALSE },
  { "pii", N_ ("Personal data in the material"), FALSE },
  { "prompt_unsafe", N_ ("The prompt asks for harm"), FALSE },
};

struct _AssayNotesView
{
  GtkWidget parent_instance;

  /* Template widgets. */
  GtkTextView *note;
  GtkTextBuffer *note_buffer;
  GtkWidget *confidence_box;
  AdwToggleGroup *confidence;
  AdwPreferencesGroup *flags;

  AdwExpanderRow *flag_rows[G_N_ELEMENTS (flag_kinds)];
  AdwEntryRow *flag_notes[G_N_ELEMENTS (flag_kinds)];
  AssayJudgement *judgement; /* (owned) (nullable) */
  GSignalGroup *signals;     /* (owned) */
  GSettings *settings;       /* (owned) */
  gboolean showing;          /* the widgets follow the judgement just now, not a person */
};

typedef enum
{
  PROP_JUDGEMENT = 1,
} AssayNotesViewProperty;

static GParamSpec *properties[PROP_JUDGEMENT + 1];

G_DEFINE_FINAL_TYPE (AssayNotesView, assay_notes_view, GTK_TYPE_WIDGET)

/* From the judgement to the widgets */

static void
show_note (AssayNotesView *self)
{
  assay_text_buffer_show (self->note_buffer, assay_judgement_get_private_note (self->judgement));
}

static void
show_confidence (AssayNotesView *self)
{
  int confidence = assay_judgement_get_confidence (self->judgement);
  AssayForm *form = assay_task_get_form (assay_judgement_get_task (self->judgement));

  gtk_widget_set_visible (self->confidence_box,
                          assay_form_get_ask_confidence (form)
                              || g_settings_get_boolean (self->settings, "ask-confidence")
                              || confidence > 0);
  adw_toggle_group_set_active (self->confidence,
                               confidence > 0 ? (guint) confidence - 1 : GTK_INVALID_LIST_POSITION);
}

static void
ask_confidence_changed_cb (AssayNotesView *self)
{
  if (self->judgement == NULL)
    return;
  self->showing = TRUE;
  show_confidence (self);
  self->showing = FALSE;
}

static void
show_flags (AssayNotesView *self)
{
  if (self->flag_rows[0] == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (flag_kinds); i++)
    {
      const char *note = assay_judgement_get_flag (self->judgement, flag_kinds[i].code);

      adw_expander_row_set_enable_expansion (self->flag_rows[i], note != NULL);
      adw_expander_row_set_expanded (self->flag_rows[i], note != NULL);
      if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->flag_notes[i])),
                     note != NULL ? note : "")
          != 0)
        gtk_editable_set_text (GTK_EDITABLE (self->flag_notes[i]), note != NULL ? note : "");
      if (flag_kinds[i].needs_note && note != NULL && *note == '\0')
        gtk_widget_add_css_class (GTK_WIDGET (self->flag_notes[i]), "warning");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self->flag_notes[i]), "warning");
    }
}

static void
show_judgement (AssayNotesView *self)
{
  if (self->judgement == NULL || self->showing)
    return;
  self->showing = TRUE;
  show_note (self);
  show_confidence (self);
  show_flags (self);
  self->showing = FALSE;
}

static void
show_final (AssayNotesView *self)
{
  gboolean final = self->judgement != NULL && assay_judgement_get_final (self->judgement);

  gtk_text_view_set_editable (self->note, !final);
  gtk_widget_set_sensitive (GTK_WIDGET (self->confidence), !final);
  gtk_widget_set_sensitive (GTK_WIDGET (self->flags), !final);
}

/* From a person to the judgement */

static void
note_changed_cb (AssayNotesView *self)
{
  g_autofree char *text = NULL;

  if (self->showing || self->judgement == NULL)
    return;
  g_object_get (self->note_buffer, "text", &text, NULL);
  self->showing = TRUE;
  assay_judgement_set_private_note (self->judgement, text);
  self->showing = FALSE;
}

static void
confidence_changed_cb (AssayNotesView *self)
{
  guint active = adw_toggle_group_get_active (self->confidence);

  if (self->showing || self->judgement == NULL || active == GTK_INVALID_LIST_POSITION)
    return;
  assay_judgement_set_confidence (self->judgement, (int) active + 1);
}

static guint
index_of (GObject *object)
{
  return GPOINTER_TO_UINT (g_object_get_data (object, CODE_DATA));
}

static void
flag_enabled_cb (AssayNotesView *self, GParamSpec *pspec, AdwExpanderRow *row)
{
  guint index = index_of (G_OBJECT (row));
  gboolean set = adw_expander_row_get_enable_expansion (row);

  if (self->showing || self->judgement == NULL)
    return;
  assay_judgement_set_flag (self->judgement, flag_kinds[index].code,
                            set ? gtk_editable_get_text (GTK_EDITABLE (self->flag_notes[index]))
                                : NULL);
}

static void
flag_note_changed_cb (AssayNotesView *self, AdwEntryRow *entry)
{
  const char *code = flag_kinds[index_of (G_OBJECT (entry))].code;

  if (self->showing || self->judgement == NULL
      || assay_judgement_get_flag (self->judgement, code) == NULL)
    return;
  assay_judgement_set_flag (self->judgement, code, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static void
add_flag (AssayNotesView *self, guint index)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *note = adw_entry_row_new ();

  self->flag_rows[index] = ADW_EXPANDER_ROW (row);
  self->flag_notes[index] = ADW_ENTRY_ROW (note);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (flag_kinds[index].title));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (flag_kinds[index].title), -1);
  adw_expander_row_set_show_enable_switch (ADW_EXPANDER_ROW (row), TRUE);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (note),
                                 flag_kinds[index].needs_note
                                     ? _ ("Note (needed)")
                                     /* Translators: the title of an entry for a short text. */
                                     : C_ ("flag", "Note"));
  /* Undo is the judgement's. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (note), FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), note);
  adw_preferences_group_add (self->flags, row);

  g_object_set_data (G_OBJECT (row), CODE_DATA, GUINT_TO_POINTER (index));
  g_object_set_data (G_OBJECT (note), CODE_DATA, GUINT_TO_POINTER (index));
  g_signal_connect_object (row, "notify::enable-expansion", G_CALLBACK (flag_enabled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (note, "changed", G_CALLBACK (flag_note_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* They are many widgets, and most tasks are judged without a look at them. */
static void
ensure_flags (AssayNotesView *self)
{
  if (self->flag_rows[0] != NULL)
    return;
  self->showing = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (flag_kinds); i++)
    add_flag (self, i);
  if (self->judgement != NULL)
    show_flags (self);
  self->showing = FALSE;
}

static void
add_confidence (AssayNotesView *self)
{
  for (guint i = 1; i <= CONFIDENCE_MAX; i++)
    {
      AdwToggle *toggle = adw_toggle_new ();
      g_autofree char *label = g_strdup_printf ("%u", i);

      adw_toggle_set_label (toggle, label);
      adw_toggle_group_add (self->confidence, toggle);
    }
  adw_toggle_group_set_active (self->confidence, GTK_INVALID_LIST_POSITION);
}

static void
assay_notes_view_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  AssayNotesView *self = ASSAY_NOTES_VIEW (object);

  switch ((AssayNotesViewProperty) property_id)
    {
    case PROP_JUDGEMENT:
      g_value_set_object (value, self->judgement);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
assay_notes_view_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  AssayNotesView *self = ASSAY_NOTES_VIEW (object);

  switch ((AssayNotesViewProperty) property_id)
    {
    case PROP_JUDGEMENT:
      assay_notes_view_set_judgement (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
assay_notes_view_map (GtkWidget *widget)
{
  ensure_flags (ASSAY_NOTES_VIEW (widget));

  GTK_WIDGET_CLASS (assay_notes_view_parent_class)->map (widget);
}

static void
assay_notes_view_dispose (GObject *object)
{
  AssayNotesView *self = ASSAY_NOTES_VIEW (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_object (&self->signals);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_NOTES_VIEW);
  g_clear_pointer (&child, gtk_widget_unparent);

  G_OBJECT_CLASS (assay_notes_view_parent_class)->dispose (object);
}

static void
assay_notes_view_finalize (GObject *object)
{
  g_clear_object (&ASSAY_NOTES_VIEW (object)->judgement);

  G_OBJECT_CLASS (assay_notes_view_parent_class)->finalize (object);
}

static void
assay_notes_view_class_init (AssayNotesViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = assay_notes_view_get_property;
  object_class->set_property = assay_notes_view_set_property;
  object_class->dispose = assay_notes_view_dispose;
  object_class->finalize = assay_notes_view_finalize;

  widget_class->map = assay_notes_view_map;

  properties[PROP_JUDGEMENT] =
      g_param_spec_object ("judgement", NULL, NULL, ASSAY_TYPE_JUDGEMENT,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/rationale/assay-notes-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayNotesView, note);
  gtk_widget_class_bind_template_child (widget_class, AssayNotesView, note_buffer);
  gtk_widget_class_bind_template_child (widget_class, AssayNotesView, confidence_box);
  gtk_widget_class_bind_template_child (widget_class, AssayNotesView, confidence);
  gtk_widget_class_bind_template_child (widget_class, AssayNotesView, flags);
  gtk_widget_class_bind_template_callback (widget_class, note_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, confidence_changed_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
assay_notes_view_init (AssayNotesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  assay_wrap_guard_attach (self->note_buffer);

  self->showing = TRUE;
  add_confidence (self);
  self->showing = FALSE;

  self->settings = assay_settings_new ();
  g_signal_connect_object (self->settings, "changed::ask-confidence",
                           G_CALLBACK (ask_confidence_changed_cb), self, G_CONNECT_SWAPPED);

  self->signals = g_signal_group_new (ASSAY_TYPE_JUDGEMENT);
  g_signal_group_connect_swapped (self->signals, "notify::generation", G_CALLBACK (show_judgement),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify::final", G_CALLBACK (show_final), self);
}

GtkWidget *
assay_notes_view_new (void)
{
  return g_object_new (ASSAY_TYPE_NOTES_VIEW, NULL);
}

AssayJudgement *
assay_notes_view_get_judgement (AssayNotesView *self)
{
  g_return_val_if_fail (ASSAY_IS_NOTES_VIEW (self), NULL);

  return self->judgement;
}

void
assay_notes_view_set_judgement (AssayNotesView *self, AssayJudgement *judgement)
{
  g_return_if_fail (ASSAY_IS_NOTES_VIEW (self));
  g_return_if_fail (judgement == NULL || ASSAY_IS_JUDGEMENT (judgement));

  if (!g_set_object (&self->judgement, judgement))
    return;
  g_signal_group_set_target (self->signals, judgement);
  show_judgement (self);
  show_final (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JUDGEMENT]);
}

void
assay_notes_view_focus_flags (AssayNotesView *self)
{
  g_return_if_fail (ASSAY_IS_NOTES_VIEW (self));

  ensure_flags (self);
  gtk_widget_child_focus (GTK_WIDGET (self->flags), GTK_DIR_TAB_FORWARD);
}

void
assay_notes_view_focus_missing_note (AssayNotesView *self)
{
  g_return_if_fail (ASSAY_IS_NOTES_VIEW (self));

  ensure_flags (self);
  for (guint i = 0; i < G_N_ELEMENTS (flag_kinds); i++)
    {
      const char *note = self->judgement != NULL
                             ? assay_judgement_get_flag (self->judgement, flag_kinds[i].code)
                             : NULL;

      if (flag_kinds[i].needs_note && note != NULL && *note == '\0')
        {
          gtk_widget_grab_focus (GTK_WIDGET (self->flag_notes[i]));
          return;
        }
    }
}
