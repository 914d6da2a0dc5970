/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-workbench-page-private.h"

#include "assay-json.h"

/* Where the person was: the cursor, which belongs to the draft, and the dividers, which belong to
 * the project. */

#define JUDGEMENT_WIDTH 420
#define MIN_DOCUMENTS_WIDTH 300

/* Members of the cursor that a draft keeps, and of the settings that a project keeps. */
#define CURSOR_PAGE "page"
#define CURSOR_QUESTION "question"
#define CURSOR_RESPONSE "response"
#define CURSOR_RATIONALE "rationale"
#define CURSOR_IN_RATIONALE "in_rationale"
#define CURSOR_SCROLL "scroll"
#define CURSOR_READING "reading"       /* the response that was chosen last */
#define CURSOR_READ_UP_TO "read_up_to" /* response → place in its text, in code points */
#define SETTING_JUDGEMENT_WIDTH "judgement_width"
#define SETTING_UPPER_HEIGHT "upper_height"

static gint64
get_setting (AssayWorkbenchPage *self, const char *name, gint64 fallback)
{
  JsonObject *settings = assay_project_get_settings (assay_open_task_get_project (self->task));

  return settings != NULL ? assay_json_get_int (settings, name, fallback) : fallback;
}

void
_assay_workbench_page_apply_settings (AssayWorkbenchPage *self)
{
  AssayProject *project = assay_open_task_get_project (self->task);

  assay_rationale_editor_set_spelling_allowed (assay_judgement_pane_get_rationale (self->pane),
                                               assay_project_get_spelling_allowed (project));
  assay_judgement_set_refuses_paste (self->judgement, assay_project_get_refuses_paste (project));
}

/* The judgement keeps its width, the documents take what there is. */
void
_assay_workbench_page_apply_split (AssayWorkbenchPage *self)
{
  int total = gtk_widget_get_width (GTK_WIDGET (self->paned));
  gint64 width;

  if (self->split_applied || self->task == NULL || total <= 0)
    return;
  width = CLAMP (get_setting (self, SETTING_JUDGEMENT_WIDTH, JUDGEMENT_WIDTH), 0,
                 MAX (total - MIN_DOCUMENTS_WIDTH, 0));
  self->split_applied = TRUE;
  gtk_paned_set_position (self->paned, total - (int) width);
}

/* Where the person put the dividers is remembered for the project. */
void
_assay_workbench_page_keep_split (AssayWorkbenchPage *self)
{
  AssayProject *project = assay_open_task_get_project (self->task);
  AssayStore *store = assay_session_get_store (self->session);
  JsonObject *settings = assay_project_get_settings (project);
  gint64 width = gtk_widget_get_width (GTK_WIDGET (self->pane));
  gint64 height = assay_documents_pane_get_upper_height (self->documents);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) copy = NULL;

  if (store == NULL || width <= 0 || !self->split_applied
      || assay_documents_pane_get_narrow (self->documents))
    return;
  if (width == get_setting (self, SETTING_JUDGEMENT_WIDTH, JUDGEMENT_WIDTH)
      && height == get_setting (self, SETTING_UPPER_HEIGHT, -1))
    return;

  node = json_node_new (JSON_NODE_OBJECT);
  if (settings != NULL)
    json_node_set_object (node, settings);
  else
    json_node_take_object (node, json_object_new ());
  copy = assay_json_copy (node);
  json_object_set_int_member (assay_json_node_object (copy), SETTING_JUDGEMENT_WIDTH, width);
  json_object_set_int_member (assay_json_node_object (copy), SETTING_UPPER_HEIGHT, height);
  assay_project_set_settings (project, assay_json_node_object (copy));
  dex_future_disown (assay_store_save_project (store, project));
}

void
_assay_workbench_page_restore_upper_height (AssayWorkbenchPage *self)
{
  assay_documents_pane_set_upper_height (self->documents,
                                         (int) get_setting (self, SETTING_UPPER_HEIGHT, -1));
}

/* By the responses' own ids and texts, so that neither their order nor the window's width matters.
 */
static void
keep_reading_places (AssayWorkbenchPage *self, JsonObject *cursor)
{
  AssayPresentation *presentation = assay_judgement_get_presentation (self->judgement);
  guint current = assay_documents_pane_get_current_response (self->documents);
  JsonObject *places = json_object_new ();

  for (guint i = 0; i < assay_presentation_get_n (presentation); i++)
    {
      guint character = assay_documents_pane_get_reading_place (self->documents, i);

      if (character > 0)
        json_object_set_int_member (places, assay_presentation_get_response (presentation, i),
                                    character);
    }
  if (current < assay_presentation_get_n (presentation))
    json_object_set_string_member (cursor, CURSOR_READING,
                                   assay_presentation_get_response (presentation, current));
  json_object_set_object_member (cursor, CURSOR_READ_UP_TO, places);
}

static void
restore_reading_places (AssayWorkbenchPage *self, JsonObject *cursor)
{
  AssayPresentation *presentation = assay_judgement_get_presentation (self->judgement);
  JsonObject *places = assay_json_get_object (cursor, CURSOR_READ_UP_TO);
  const char *reading = assay_json_get_string (cursor, CURSOR_READING);

  for (guint i = 0; i < assay_presentation_get_n (presentation); i++)
    {
      const char *response = assay_presentation_get_response (presentation, i);

      if (places != NULL)
        assay_documents_pane_set_reading_place (
            self->documents, i,
            (guint) CLAMP (assay_json_get_int (places, response, 0), 0, G_MAXINT));
      if (g_strcmp0 (reading, response) == 0)
        assay_documents_pane_set_current_response (self->documents, i);
    }
}

/* Told by where the form is: what else makes the page narrow may be set before that or after. */
static gboolean
has_sheet (AssayWorkbenchPage *self)
{
  return g_strcmp0 (adw_multi_layout_view_get_layout_name (self->layouts), "narrow") == 0;
}

static gboolean
is_form_folded (AssayWorkbenchPage *self)
{
  return has_sheet (self) && !adw_bottom_sheet_get_open (self->sheet);
}

/* The form has the keys; where it lies in a sheet that is closed, the texts have the focus, and
 * what acts on the form from there opens the sheet. */
void
_assay_workbench_page_focus_form (AssayWorkbenchPage *self)
{
  guint response = assay_documents_pane_get_current_response (self->documents);

  if (!is_form_folded (self))
    assay_judgement_pane_focus_form (self->pane);
  else if (!assay_documents_pane_focus_prompt (self->documents))
    assay_documents_pane_focus_response (self->documents, response);
}

/* Whatever brings the focus into a form that is folded, a key or a window that became narrow, the
 * person is at work there. */
void
_assay_workbench_page_unfold_focus (AssayWorkbenchPage *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (!self->placed || self->folding || focus == NULL || !is_form_folded (self)
      || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->pane)))
    return;
  g_object_ref (focus);
  adw_bottom_sheet_set_open (self->sheet, TRUE);
  /* A sheet moves the focus when it opens. */
  gtk_widget_grab_focus (focus);
  g_object_unref (focus);
}

void
_assay_workbench_page_show_judgement (AssayWorkbenchPage *self)
{
  adw_bottom_sheet_set_open (self->sheet, has_sheet (self));
}

/* A sheet that closes gives the focus back to what had it before, which may be in the form itself.
 */
void
_assay_workbench_page_show_documents (AssayWorkbenchPage *self)
{
  self->folding = TRUE;
  adw_bottom_sheet_set_open (self->sheet, FALSE);
  self->folding = FALSE;
}

/* What lies below an open sheet is out of reach for everybody. */
void
_assay_workbench_page_cover_texts (AssayWorkbenchPage *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->documents), GTK_ACCESSIBLE_STATE_HIDDEN,
                               has_sheet (self) && adw_bottom_sheet_get_open (self->sheet), -1);
}

void
_assay_workbench_page_layout_changed (AssayWorkbenchPage *self)
{
  gboolean was_seen = self->split_applied;

  self->split_applied = FALSE;
  /* The next time that there is a sheet, where the focus is says whether it is open; and nothing in
   * it has the focus any more, which Tab would go on from. */
  if (!has_sheet (self))
    {
      GtkWidget *inner;

      adw_bottom_sheet_set_open (self->sheet, FALSE);
      for (GtkWidget *outer = GTK_WIDGET (self->sheet); outer != NULL; outer = inner)
        {
          inner = gtk_widget_get_focus_child (outer);
          gtk_widget_set_focus_child (outer, NULL);
        }
    }
  _assay_workbench_page_cover_texts (self);
  /* A task that was loaded before the page had a width has the focus in its form, which is now in a
   * sheet that is closed. */
  if (self->placed && !was_seen)
    _assay_workbench_page_focus_form (self);
  else
    _assay_workbench_page_unfold_focus (self);
}

/* A form that is folded has no keys to wait for: reading begins at once. */
void
_assay_workbench_page_hold_focus (AssayWorkbenchPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (is_form_folded (self))
    _assay_workbench_page_focus_form (self);
  else if (root != NULL)
    gtk_root_set_focus (root, GTK_WIDGET (self));
}

void
_assay_workbench_page_restore_reading (AssayWorkbenchPage *self)
{
  JsonObject *cursor = assay_judgement_get_cursor (self->judgement);

  if (json_object_get_size (cursor) > 0)
    restore_reading_places (self, cursor);
  assay_judgement_pane_set_page (self->pane, "judgement");
}

static void
restore_writing_place (AssayWorkbenchPage *self)
{
  JsonObject *cursor = assay_judgement_get_cursor (self->judgement);
  const char *question;

  if (json_object_get_size (cursor) == 0)
    {
      _assay_workbench_page_focus_form (self);
      return;
    }
  assay_rationale_editor_set_cursor (
      assay_judgement_pane_get_rationale (self->pane),
      (guint) CLAMP (assay_json_get_int (cursor, CURSOR_RATIONALE, 0), 0, G_MAXINT));
  assay_judgement_pane_set_scroll (self->pane, assay_json_get_double (cursor, CURSOR_SCROLL, 0));
  question = assay_json_get_string (cursor, CURSOR_QUESTION);
  if (is_form_folded (self))
    _assay_workbench_page_focus_form (self);
  else if (assay_json_get_boolean (cursor, CURSOR_IN_RATIONALE, FALSE))
    assay_judgement_pane_focus_rationale (self->pane);
  else if (question == NULL
           || !assay_form_view_focus_question (assay_judgement_pane_get_form (self->pane), question,
                                               assay_json_get_string (cursor, CURSOR_RESPONSE)))
    _assay_workbench_page_focus_form (self);
}

void
_assay_workbench_page_restore_place (AssayWorkbenchPage *self)
{
  restore_writing_place (self);
  /* Where the focus goes until then is no place that somebody chose, and nothing to be saved. */
  self->placed = TRUE;
}

void
assay_workbench_page_keep_place (AssayWorkbenchPage *self)
{
  AssayFormView *form;
  AssayRationaleEditor *rationale;
  JsonObject *cursor;
  GtkWidget *focus = NULL;

  g_return_if_fail (ASSAY_IS_WORKBENCH_PAGE (self));

  if (self->judgement == NULL || self->keeper == NULL)
    return;
  assay_effort_clock_settle (self->clock);
  if (!self->placed)
    return;
  form = assay_judgement_pane_get_form (self->pane);
  rationale = assay_judgement_pane_get_rationale (self->pane);
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  cursor = json_object_new ();
  if (assay_form_view_get_focused_question (form) != NULL)
    json_object_set_string_member (cursor, CURSOR_QUESTION,
                                   assay_form_view_get_focused_question (form));
  if (assay_form_view_get_focused_response (form) != NULL)
    json_object_set_string_member (cursor, CURSOR_RESPONSE,
                                   assay_form_view_get_focused_response (form));
  json_object_set_int_member (cursor, CURSOR_RATIONALE,
                              assay_rationale_editor_get_cursor (rationale));
  json_object_set_boolean_member (cursor, CURSOR_IN_RATIONALE,
                                  focus != NULL
                                      && gtk_widget_is_ancestor (focus, GTK_WIDGET (rationale)));
  json_object_set_double_member (cursor, CURSOR_SCROLL,
                                 assay_judgement_pane_get_scroll (self->pane));
  if (assay_documents_pane_get_task (self->documents) != NULL)
    keep_reading_places (self, cursor);
  assay_judgement_set_cursor (self->judgement, cursor);
  json_object_unref (cursor);
}
