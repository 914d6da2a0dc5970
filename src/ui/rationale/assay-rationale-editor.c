/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-rationale-editor.h"

#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

#include "assay-announce.h"
#include "assay-help-label.h"
#include "assay-issue-list.h"
#include "assay-limits.h"
#include "assay-name-popover.h"
#include "assay-paste-guard.h"
#include "assay-rationale-checks.h"
#include "assay-rationale-counts.h"
#include "assay-rationale-view.h"
#include "assay-spelling.h"
#include "assay-term-completion.h"
#include "assay-text-area.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

/* Counting and checking wait until typing rests. */
#define REST_MS 150
#define RATIONALE_ID "rationale"

struct _AssayRationaleEditor
{
  GtkWidget parent_instance;

  /* Template widgets. */
  GtkLabel *title;
  GtkLabel *counter;
  GtkLabel *help;
  GtkWidget *frame;
  GtkTextView *view;
  GtkTextBuffer *buffer;
  GtkWidget *placeholder;
  GtkLabel *message;
  AssayIssueList *issues;
  GtkLabel *facts;
  GtkLabel *spelling_note;
  GtkMenuButton *frame_button;
  AssayNamePopover *names;

  AssayJudgement *judgement;       /* (owned) (nullable) */
  GSignalGroup *signals;           /* (owned) */
  AssayPasteGuard *guard;          /* (owned) */
  GStrv earlier;                   /* (owned) (nullable) */
  GPtrArray *submission;           /* (owned) (nullable): issues that submission found */
  AssaySpelling *spelling;         /* (owned) */
  AssayTermCompletion *completion; /* (owned) */
  GStrv headings;                  /* (owned) (nullable): of the guideline */
  GtkTextTag *token_tag;           /* (not owned): of the buffer */
  GtkTextTag *wrap_tag;            /* (not owned): of the buffer */
  gboolean spelling_enabled;
  gboolean spelling_allowed; /* by the project */
  gboolean showing;          /* the buffer follows the judgement */
  gboolean typing;           /* the judgement follows the buffer */
  gboolean quoting;          /* what is inserted was neither typed nor pasted */
  guint rest_source;
};

typedef enum
{
  PROP_JUDGEMENT = 1,
  PROP_SPELLING_ENABLED,
  PROP_SPELLING_LANGUAGE,
  PROP_CHECKS_SPELLING,
} AssayRationaleEditorProperty;

static GParamSpec *properties[PROP_CHECKS_SPELLING + 1];

G_DEFINE_FINAL_TYPE (AssayRationaleEditor, assay_rationale_editor, GTK_TYPE_WIDGET)

/* What is derived from the text */

static void
show_counts (AssayRationaleEditor *self)
{
  AssayRationaleFacts facts = assay_rationale_get_facts (self->judgement);
  g_autofree char *length = assay_rationale_describe_length (
      &facts, assay_task_get_form (assay_judgement_get_task (self->judgement)));
  g_autofree char *named = assay_rationale_describe_facts (&facts);

  gtk_label_set_text (self->counter, length);
  gtk_label_set_text (self->facts, named);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), *named != '\0');
}

/* The issues of the last submission stay until the text changes; what the words say is beside them.
 */
static void
show_issues (AssayRationaleEditor *self)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) said = NULL;
  gboolean invalid;

  for (guint i = 0; self->submission != NULL && i < self->submission->len; i++)
    {
      if (g_strcmp0 (assay_issue_get_question (self->submission->pdata[i]), RATIONALE_ID) == 0)
        g_ptr_array_add (shown, g_object_ref (self->submission->pdata[i]));
    }
  if (self->judgement != NULL && *assay_judgement_get_rationale (self->judgement) != '\0')
    {
      said = assay_rationale_check_text (self->judgement, (const char *const *) self->earlier);
      for (guint i = 0; i < said->len; i++)
        {
          gboolean known = FALSE;

          for (guint j = 0; j < shown->len && !known; j++)
            known = g_str_equal (assay_issue_get_rule (shown->pdata[j]),
                                 assay_issue_get_rule (said->pdata[i]));
          if (!known)
            g_ptr_array_add (shown, g_object_ref (said->pdata[i]));
        }
    }
  assay_issue_list_set_issues (self->issues, shown);
  invalid = assay_issue_list_has_error (self->issues);
  if (invalid)
    gtk_widget_add_css_class (self->frame, "error");
  else
    gtk_widget_remove_css_class (self->frame, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_STATE_INVALID,
                               invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
show_derived (AssayRationaleEditor *self)
{
  if (self->judgement == NULL)
    return;
  show_counts (self);
  show_issues (self);
  assay_rationale_view_mark_tokens (ASSAY_RATIONALE_VIEW (self->view),
                                    assay_judgement_get_presentation (self->judgement));
}

static gboolean
rest_cb (gpointer user_data)
{
  AssayRationaleEditor *self = user_data;

  self->rest_source = 0;
  show_derived (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_derived (AssayRationaleEditor *self)
{
  g_clear_handle_id (&self->rest_source, g_source_remove);
  self->rest_source = g_timeout_add (REST_MS, rest_cb, self);
}

static void
show_placeholder (AssayRationaleEditor *self)
{
  gtk_widget_set_visible (self->placeholder, gtk_text_buffer_get_char_count (self->buffer) == 0);
}

static void
show_message (AssayRationaleEditor *self, const char *text)
{
  gtk_label_set_text (self->message, text);
  gtk_widget_set_visible (GTK_WIDGET (self->message), *text != '\0');
  if (*text != '\0')
    assay_announce (GTK_WIDGET (self), text);
}

static void
name_chosen_cb (AssayRationaleEditor *self, const char *letter)
{
  gtk_text_buffer_insert_at_cursor (self->buffer, letter, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Between the buffer and the judgement */

static void
insert_text_cb (AssayRationaleEditor *self, GtkTextIter *where, const char *text, int length)
{
  g_autofree char *inserted = NULL;

  if (self->showing || self->judgement == NULL)
    return;
  inserted = g_strndup (text, length);
  self->typing = TRUE;
  assay_judgement_splice_rationale (self->judgement, gtk_text_iter_get_offset (where), 0, inserted);
  self->typing = FALSE;
  if (self->quoting)
    assay_judgement_count_composition (self->judgement, 0, 0, g_utf8_strlen (inserted, -1), 0);
  else if (!assay_paste_guard_get_inserting (self->guard))
    assay_judgement_count_composition (self->judgement, g_utf8_strlen (inserted, -1), 0, 0, 0);
}

static void
inserted_text_cb (AssayRationaleEditor *self, GtkTextIter *where, const char *text, int length)
{
  if (self->showing || self->judgement == NULL)
    return;
  gtk_popover_popdown (GTK_POPOVER (self->names));
  if (length == 1 && *text == '@' && gtk_widget_has_focus (GTK_WIDGET (self->view)))
    assay_name_popover_offer (self->names, assay_judgement_get_presentation (self->judgement),
                              self->view);
}

static void
delete_range_cb (AssayRationaleEditor *self, GtkTextIter *start, GtkTextIter *end)
{
  int from = gtk_text_iter_get_offset (start);
  int to = gtk_text_iter_get_offset (end);

  if (self->showing || self->judgement == NULL)
    return;
  self->typing = TRUE;
  assay_judgement_splice_rationale (self->judgement, MIN (from, to), ABS (to - from), "");
  self->typing = FALSE;
  assay_judgement_count_composition (self->judgement, 0, 0, 0, ABS (to - from));
  gtk_popover_popdown (GTK_POPOVER (self->names));
}

static void
changed_cb (AssayRationaleEditor *self)
{
  show_placeholder (self);
  if (!self->showing)
    {
      show_message (self, "");
      g_clear_pointer (&self->submission, g_ptr_array_unref);
    }
  schedule_derived (self);
}

static void
end_user_action_cb (AssayRationaleEditor *self)
{
  const char *kept;

  if (self->showing || self->judgement == NULL)
    return;
  /* What went over the limit was cut off by the judgement. */
  kept = assay_judgement_get_rationale (self->judgement);
  if (g_utf8_strlen (kept, -1) != gtk_text_buffer_get_char_count (self->buffer))
    {
      self->showing = TRUE;
      assay_text_buffer_show (self->buffer, kept);
      self->showing = FALSE;
      show_message (self, _ ("The rationale is as long as it can be."));
    }
}

/* An undo, or another writer: the buffer follows, and the cursor goes where it happened. */
static void
rationale_spliced_cb (AssayRationaleEditor *self,
                      guint start,
                      guint removed_chars,
                      const char *inserted)
{
  GtkTextIter from;
  GtkTextIter to;

  if (self->typing)
    return;
  /* What an input method was composing belongs to the text that was there before. */
  gtk_text_view_reset_im_context (self->view);
  self->showing = TRUE;
  gtk_text_buffer_get_iter_at_offset (self->buffer, &from, start);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &to, start + removed_chars);
  gtk_text_buffer_delete (self->buffer, &from, &to);
  gtk_text_buffer_insert (self->buffer, &from, inserted, -1);
  gtk_text_buffer_place_cursor (self->buffer, &from);
  self->showing = FALSE;
  gtk_text_view_scroll_mark_onscreen (self->view, gtk_text_buffer_get_insert (self->buffer));
}

static void
show_final (AssayRationaleEditor *self)
{
  gboolean editable = self->judgement != NULL && !assay_judgement_get_final (self->judgement);

  gtk_text_view_set_editable (self->view, editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->frame_button), editable);
}

/* Spelling */

static void
show_spelling_note (AssayRationaleEditor *self)
{
  const char *note = assay_spelling_get_note (self->spelling);

  if (!self->spelling_allowed && self->spelling_enabled)
    note = _ ("This project does not want spelling checked.");
  gtk_label_set_text (self->spelling_note, note);
  gtk_widget_set_visible (GTK_WIDGET (self->spelling_note), *note != '\0');
}

static void
show_spelling (AssayRationaleEditor *self)
{
  assay_spelling_set_wanted (self->spelling, self->spelling_enabled && self->spelling_allowed
                                                 && self->judgement != NULL
                                                 && !assay_judgement_get_final (self->judgement)
                                                 && gtk_widget_get_mapped (GTK_WIDGET (self)));
  show_spelling_note (self);
}

static void
spelling_language_cb (AssayRationaleEditor *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPELLING_LANGUAGE]);
}

/* A dictionary takes longer to load than a window to show. */
static gboolean
start_spelling_cb (gpointer user_data)
{
  AssayRationaleEditor *self = user_data;

  if (self->spelling != NULL)
    show_spelling (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_spelling (AssayRationaleEditor *self)
{
  g_idle_add_full (G_PRIORITY_LOW, start_spelling_cb, g_object_ref (self), g_object_unref);
}

static void
complete_cb (AssayRationaleEditor *self)
{
  g_autofree char *word = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *message = NULL;

  /* The names stand in no list of the view's own, which would open otherwise. */
  g_signal_stop_emission_by_name (self->view, "show-completion");
  if (!gtk_text_view_get_editable (self->view)
      || assay_term_completion_complete (self->completion, self->buffer, &word) > 0)
    return;
  shown = assay_visible_line (word, ASSAY_LIMIT_LABEL_CHARACTERS);
  /* Translators: %s is what was typed. */
  message =
      g_strdup_printf (_ ("No criterion and no part of the guideline begins with “%s”."), shown);
  show_message (self, message);
}

static void
undo_border_cb (AssayRationaleEditor *self)
{
  if (self->judgement != NULL)
    assay_judgement_break_undo_group (self->judgement);
}

/* Names of criteria and of the guideline's parts can be completed. */
static void
show_terms (AssayRationaleEditor *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) terms = NULL;

  if (self->judgement != NULL)
    {
      AssayForm *form = assay_task_get_form (assay_judgement_get_task (self->judgement));

      for (guint i = 0; i < assay_form_get_n_questions (form); i++)
        g_strv_builder_take (builder, assay_visible_line (assay_question_get_label (
                                                              assay_form_get_question (form, i)),
                                                          ASSAY_LIMIT_LABEL_CHARACTERS));
    }
  if (self->headings != NULL)
    g_strv_builder_addv (builder, (const char **) self->headings);
  terms = g_strv_builder_end (builder);
  assay_term_completion_set_terms (self->completion, (const char *const *) terms);
}

static void
insert_frame_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  assay_rationale_view_insert_frame (ASSAY_RATIONALE_VIEW (ASSAY_RATIONALE_EDITOR (widget)->view));
}

static void
insert_part_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  assay_rationale_view_insert_part (ASSAY_RATIONALE_VIEW (ASSAY_RATIONALE_EDITOR (widget)->view),
                                    g_variant_get_int32 (parameter));
}

static void
assay_rationale_editor_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (assay_rationale_editor_parent_class)->map (widget);
  schedule_spelling (ASSAY_RATIONALE_EDITOR (widget));
}

static gboolean
assay_rationale_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ASSAY_RATIONALE_EDITOR (widget)->view));
}

static void
assay_rationale_editor_get_property (GObject *object,
                                     guint property_id,
                                     GValue *value,
                                     GParamSpec *pspec)
{
  AssayRationaleEditor *self = ASSAY_RATIONALE_EDITOR (object);

  switch ((AssayRationaleEditorProperty) property_id)
    {
    case PROP_JUDGEMENT:
      g_value_set_object (value, self->judgement);
      break;
    case PROP_SPELLING_ENABLED:
      g_value_set_boolean (value, self->spelling_enabled);
      break;
    case PROP_SPELLING_LANGUAGE:
      g_value_set_string (value, assay_spelling_get_language (self->spelling));
      break;
    case PROP_CHECKS_SPELLING:
      g_value_set_boolean (value, self->spelling_enabled && self->spelling_allowed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
assay_rationale_editor_set_property (GObject *object,
                                     guint property_id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  AssayRationaleEditor *self = ASSAY_RATIONALE_EDITOR (object);

  switch ((AssayRationaleEditorProperty) property_id)
    {
    case PROP_JUDGEMENT:
      assay_rationale_editor_set_judgement (self, g_value_get_object (value));
      break;
    case PROP_SPELLING_ENABLED:
      assay_rationale_editor_set_spelling_enabled (self, g_value_get_boolean (value));
      break;
    case PROP_SPELLING_LANGUAGE:
      assay_spelling_set_language (self->spelling, g_value_get_string (value));
      break;
    case PROP_CHECKS_SPELLING:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
assay_rationale_editor_dispose (GObject *object)
{
  AssayRationaleEditor *self = ASSAY_RATIONALE_EDITOR (object);
  GtkWidget *child;

  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->guard);
  g_clear_object (&self->spelling);
  g_clear_object (&self->completion);
  /* The template gives up its named children alone. */
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_RATIONALE_EDITOR);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (assay_rationale_editor_parent_class)->dispose (object);
}

static void
assay_rationale_editor_finalize (GObject *object)
{
  AssayRationaleEditor *self = ASSAY_RATIONALE_EDITOR (object);

  g_clear_object (&self->judgement);
  g_clear_pointer (&self->submission, g_ptr_array_unref);
  g_clear_pointer (&self->earlier, g_strfreev);
  g_clear_pointer (&self->headings, g_strfreev);

  G_OBJECT_CLASS (assay_rationale_editor_parent_class)->finalize (object);
}

static void
assay_rationale_editor_class_init (AssayRationaleEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = assay_rationale_editor_get_property;
  object_class->set_property = assay_rationale_editor_set_property;
  object_class->dispose = assay_rationale_editor_dispose;
  object_class->finalize = assay_rationale_editor_finalize;
  widget_class->map = assay_rationale_editor_map;
  widget_class->grab_focus = assay_rationale_editor_grab_focus;
  widget_class->focus = assay_widget_focus_children;

  properties[PROP_JUDGEMENT] =
      g_param_spec_object ("judgement", NULL, NULL, ASSAY_TYPE_JUDGEMENT,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SPELLING_ENABLED] =
      g_param_spec_boolean ("spelling-enabled", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SPELLING_LANGUAGE] =
      g_param_spec_string ("spelling-language", NULL, NULL, "",
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_CHECKS_SPELLING] =
      g_param_spec_boolean ("checks-spelling", NULL, NULL, TRUE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (ASSAY_TYPE_RATIONALE_VIEW);
  g_type_ensure (GTK_SOURCE_TYPE_BUFFER);
  g_type_ensure (ASSAY_TYPE_ISSUE_LIST);
  g_type_ensure (ASSAY_TYPE_NAME_POPOVER);
  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/rationale/assay-rationale-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayRationaleEditor, title);
  gtk_widget_class_bind_template_child (widget_class, AssayRationaleEditor, counter);
  gtk_widget_class_bind_template_child (widget_class, AssayRationaleEditor, help);
  gtk_widget_class_bind_template_child (widget_class, AssayRationaleEditor, frame);
  gtk_widget_class_bind_template_child (widget_class, AssayRationaleEditor, view);
  gtk_widget_class_bind_template_child (widget_class, AssayRationaleEditor, buffer);
  gtk_widget_class_bind_template_child (widget_class, AssayRationaleEditor, placeholder);
  gtk_widget_class_bind_template_child (widget_class, AssayRationaleEditor, message);
  gtk_widget_class_bind_template_child (widget_class, AssayRationaleEditor, issues);
  gtk_widget_class_bind_template_child (widget_class, AssayRationaleEditor, spelling_note);
  gtk_widget_class_bind_template_child (widget_class, AssayRationaleEditor, facts);
  gtk_widget_class_bind_template_child (widget_class, AssayRationaleEditor, frame_button);
  gtk_widget_class_bind_template_child (widget_class, AssayRationaleEditor, names);
  gtk_widget_class_bind_template_callback (widget_class, name_chosen_cb);
  gtk_widget_class_install_action (widget_class, "rationale.insert-frame", NULL,
                                   insert_frame_action);
  gtk_widget_class_install_action (widget_class, "rationale.insert-part", "i", insert_part_action);
  gtk_widget_class_set_css_name (widget_class, "assay-rationale");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
assay_rationale_editor_init (AssayRationaleEditor *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GMenuModel *frame;

  self->spelling_enabled = TRUE;
  self->spelling_allowed = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  assay_widget_keep_words (GTK_WIDGET (self));
  gtk_source_buffer_set_style_scheme (GTK_SOURCE_BUFFER (self->buffer), NULL);

  frame = assay_rationale_view_get_frame_menu (ASSAY_RATIONALE_VIEW (self->view));
  assay_widget_set_menu (self->frame_button, frame);
  g_menu_append_submenu (menu, _ ("_Frame"), frame);
  g_signal_connect_object (self->view, "undo-border", G_CALLBACK (undo_border_cb), self,
                           G_CONNECT_SWAPPED);
  self->spelling = assay_spelling_new (GTK_SOURCE_VIEW (self->view), G_MENU_MODEL (menu));
  g_signal_connect_object (self->spelling, "notify::note", G_CALLBACK (show_spelling_note), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->spelling, "notify::language", G_CALLBACK (spelling_language_cb),
                           self, G_CONNECT_SWAPPED);
  self->completion = assay_term_completion_new ();
  g_signal_connect_object (self->view, "show-completion", G_CALLBACK (complete_cb), self,
                           G_CONNECT_SWAPPED);

  self->guard = assay_paste_guard_new (GTK_WIDGET (self->view));
  g_signal_connect_object (self->guard, "refused", G_CALLBACK (show_message), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (insert_text_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (inserted_text_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->buffer, "delete-range", G_CALLBACK (delete_range_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "end-user-action", G_CALLBACK (end_user_action_cb), self,
                           G_CONNECT_SWAPPED);

  self->signals = g_signal_group_new (ASSAY_TYPE_JUDGEMENT);
  g_signal_group_connect_swapped (self->signals, "rationale-spliced",
                                  G_CALLBACK (rationale_spliced_cb), self);
  g_signal_group_connect_swapped (self->signals, "notify::final", G_CALLBACK (show_final), self);
  /* A preference that changes may contradict what is written. */
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (schedule_derived), self);
}

GtkWidget *
assay_rationale_editor_new (void)
{
  return g_object_new (ASSAY_TYPE_RATIONALE_EDITOR, NULL);
}

AssayJudgement *
assay_rationale_editor_get_judgement (AssayRationaleEditor *self)
{
  g_return_val_if_fail (ASSAY_IS_RATIONALE_EDITOR (self), NULL);

  return self->judgement;
}

static void
show_form (AssayRationaleEditor *self)
{
  AssayForm *form = assay_task_get_form (assay_judgement_get_task (self->judgement));
  g_autofree char *label =
      assay_form_get_rationale_label (form) != NULL
          ? assay_visible_line (assay_form_get_rationale_label (form), ASSAY_LIMIT_LABEL_CHARACTERS)
          : NULL;
  const char *help = assay_form_get_rationale_help (form);

  /* A label from outside has no mnemonic: its underlines are its own. */
  gtk_label_set_use_underline (self->title, label == NULL);
  gtk_label_set_label (self->title, label != NULL ? label : C_ ("form", "_Rationale"));
  assay_help_label_set_markdown (self->help, help);
  gtk_widget_set_visible (GTK_WIDGET (self->help), help != NULL && *help != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_REQUIRED,
                                  assay_form_get_rationale_use (form) == ASSAY_RATIONALE_REQUIRED,
                                  -1);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          assay_form_get_rationale_use (form) != ASSAY_RATIONALE_OFF);
}

void
assay_rationale_editor_set_judgement (AssayRationaleEditor *self, AssayJudgement *judgement)
{
  g_return_if_fail (ASSAY_IS_RATIONALE_EDITOR (self));
  g_return_if_fail (judgement == NULL || ASSAY_IS_JUDGEMENT (judgement));

  if (!g_set_object (&self->judgement, judgement))
    return;
  g_signal_group_set_target (self->signals, judgement);
  assay_paste_guard_set_judgement (self->guard, judgement);
  g_clear_pointer (&self->submission, g_ptr_array_unref);
  show_message (self, "");
  assay_rationale_view_clear_frame (ASSAY_RATIONALE_VIEW (self->view));
  show_terms (self);
  self->showing = TRUE;
  gtk_text_buffer_set_text (self->buffer,
                            judgement != NULL ? assay_judgement_get_rationale (judgement) : "", -1);
  self->showing = FALSE;
  if (judgement != NULL)
    {
      show_form (self);
      show_derived (self);
    }
  show_final (self);
  show_placeholder (self);
  schedule_spelling (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JUDGEMENT]);
}

gboolean
assay_rationale_editor_get_spelling_enabled (AssayRationaleEditor *self)
{
  g_return_val_if_fail (ASSAY_IS_RATIONALE_EDITOR (self), FALSE);

  return self->spelling_enabled;
}

void
assay_rationale_editor_set_spelling_enabled (AssayRationaleEditor *self, gboolean enabled)
{
  g_return_if_fail (ASSAY_IS_RATIONALE_EDITOR (self));

  if (self->spelling_enabled == !!enabled)
    return;
  self->spelling_enabled = !!enabled;
  show_spelling (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPELLING_ENABLED]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHECKS_SPELLING]);
}

void
assay_rationale_editor_set_spelling_allowed (AssayRationaleEditor *self, gboolean allowed)
{
  g_return_if_fail (ASSAY_IS_RATIONALE_EDITOR (self));

  if (self->spelling_allowed == !!allowed)
    return;
  self->spelling_allowed = !!allowed;
  show_spelling (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHECKS_SPELLING]);
}

void
assay_rationale_editor_set_headings (AssayRationaleEditor *self, const char *const *headings)
{
  g_return_if_fail (ASSAY_IS_RATIONALE_EDITOR (self));

  g_clear_pointer (&self->headings, g_strfreev);
  self->headings = g_strdupv ((char **) headings);
  show_terms (self);
}

void
assay_rationale_editor_set_earlier (AssayRationaleEditor *self, const char *const *earlier)
{
  g_return_if_fail (ASSAY_IS_RATIONALE_EDITOR (self));

  g_clear_pointer (&self->earlier, g_strfreev);
  self->earlier = g_strdupv ((char **) earlier);
  schedule_derived (self);
}

void
assay_rationale_editor_set_issues (AssayRationaleEditor *self, GPtrArray *issues)
{
  g_return_if_fail (ASSAY_IS_RATIONALE_EDITOR (self));

  g_clear_pointer (&self->submission, g_ptr_array_unref);
  if (issues != NULL)
    self->submission = g_ptr_array_ref (issues);
  show_issues (self);
}

void
assay_rationale_editor_insert_quotation (AssayRationaleEditor *self,
                                         const char *letter,
                                         const char *text)
{
  g_autofree char *quotation = NULL;
  g_autofree char *inserted = NULL;
  GtkTextIter cursor;

  g_return_if_fail (ASSAY_IS_RATIONALE_EDITOR (self));
  g_return_if_fail (text != NULL);

  if (self->judgement == NULL || assay_judgement_get_final (self->judgement))
    return;
  quotation = assay_rationale_quote (letter, text);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor,
                                    gtk_text_buffer_get_insert (self->buffer));
  inserted = g_strconcat (gtk_text_iter_starts_line (&cursor) ? "" : "\n", quotation, "\n", NULL);
  assay_judgement_break_undo_group (self->judgement);
  self->quoting = TRUE;
  gtk_text_buffer_insert_at_cursor (self->buffer, inserted, -1);
  self->quoting = FALSE;
  assay_judgement_break_undo_group (self->judgement);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  gtk_text_view_scroll_mark_onscreen (self->view, gtk_text_buffer_get_insert (self->buffer));
}

guint
assay_rationale_editor_get_cursor (AssayRationaleEditor *self)
{
  GtkTextIter cursor;

  g_return_val_if_fail (ASSAY_IS_RATIONALE_EDITOR (self), 0);

  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor,
                                    gtk_text_buffer_get_insert (self->buffer));
  return gtk_text_iter_get_offset (&cursor);
}

void
assay_rationale_editor_set_cursor (AssayRationaleEditor *self, guint position)
{
  GtkTextIter cursor;

  g_return_if_fail (ASSAY_IS_RATIONALE_EDITOR (self));

  gtk_text_buffer_get_iter_at_offset (self->buffer, &cursor, MIN (position, G_MAXINT));
  gtk_text_buffer_place_cursor (self->buffer, &cursor);
}
