/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-workbench-page-private.h"

#include "assay-format.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

/* What the page says about the task and its draft. */

#define TITLE_CHARACTERS 100

void
_assay_workbench_page_update_title (AssayWorkbenchPage *self)
{
  AssayProject *project = assay_open_task_get_project (self->task);
  g_autofree char *title = assay_visible_line (assay_project_get_title (project), TITLE_CHARACTERS);
  guint n = assay_task_sequence_get_n_tasks (self->sequence);
  g_autofree char *page =
      assay_visible_line (assay_task_get_title (assay_open_task_get_task (self->task)),
                          TITLE_CHARACTERS);
  g_autofree char *subtitle = NULL;

  if (n > 1)
    /* Translators: which task of how many. */
    subtitle = g_strdup_printf (_ ("%1$u of %2$u"),
                                assay_task_sequence_get_position (self->sequence) + 1, n);
  adw_window_title_set_title (self->window_title, title);
  adw_window_title_set_subtitle (self->window_title, subtitle != NULL ? subtitle : "");
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), page);
}

/* Between "Saving…" and "Saved", which come and go with each letter, the place keeps its size: for
 * another one GTK would lay out the whole window. */
static void
show_saved (AssayWorkbenchPage *self, const char *text)
{
  glong n = MAX (g_utf8_strlen (_ ("Saving…"), -1), g_utf8_strlen (_ ("Saved"), -1));

  n = MAX (n, g_utf8_strlen (text, -1)) + 1;
  if (g_strcmp0 (gtk_inscription_get_text (self->saved_label), text) != 0)
    gtk_inscription_set_text (self->saved_label, text);
  if (gtk_inscription_get_nat_chars (self->saved_label) != (guint) n)
    gtk_inscription_set_nat_chars (self->saved_label, (guint) n);
}

/* The interface never says more than the disk knows. */
void
_assay_workbench_page_update_saved (AssayWorkbenchPage *self)
{
  const char *icon = "object-select-symbolic";
  g_autofree char *text = NULL;

  if (self->submitting)
    {
      icon = "content-loading-symbolic";
      text = g_strdup (_ ("Submitting…"));
    }
  else if (self->keeper == NULL)
    {
      icon = "assay-sent-symbolic";
      text = g_strdup (_ ("Submitted"));
    }
  else
    switch (assay_draft_keeper_get_state (self->keeper))
      {
      case ASSAY_DRAFT_DIRTY:
        icon = "content-loading-symbolic";
        text = g_strdup (_ ("Saving…"));
        break;
      case ASSAY_DRAFT_FAILED:
        icon = "dialog-warning-symbolic";
        /* Translators: %s is a sentence that says why. */
        text = g_strdup_printf (_ ("Not saved: %s"),
                                assay_draft_keeper_get_error_message (self->keeper));
        break;
      case ASSAY_DRAFT_SAVED:
      default:
        text = g_strdup (_ ("Saved"));
        break;
      }

  gtk_image_set_from_icon_name (self->saved_icon, icon);
  show_saved (self, text);
}

/* All of what is cut off. It is asked for, and not set each time: a new tooltip makes GTK ask the
 * display where the pointer is. */
gboolean
_assay_workbench_page_query_saved_cb (AssayWorkbenchPage *self,
                                      int x,
                                      int y,
                                      gboolean by_keyboard,
                                      GtkTooltip *tooltip)
{
  gtk_tooltip_set_text (tooltip, gtk_inscription_get_text (self->saved_label));
  return TRUE;
}

void
_assay_workbench_page_update_guideline (AssayWorkbenchPage *self)
{
  AssayGuideline *guideline = assay_open_task_get_guideline (self->task);
  g_autofree char *text = NULL;

  if (self->newest_guideline != NULL && !_assay_workbench_page_is_guideline_stale (self))
    guideline = self->newest_guideline;
  if (guideline != NULL)
    /* Translators: which version of the guideline is in force; follows "Saved". */
    text = g_strdup_printf (_ ("· guideline v%d"), assay_guideline_get_version (guideline));
  gtk_label_set_text (self->guideline_label, text != NULL ? text : "");
}

void
_assay_workbench_page_update_clock (AssayWorkbenchPage *self)
{
  g_autofree char *time = assay_format_clock (
      self->judgement != NULL ? assay_judgement_get_effort (self->judgement)->active_ms : 0);
  AssayClockState state = assay_effort_clock_get_state (self->clock);
  gboolean running = state == ASSAY_CLOCK_RUNNING;
  const char *tooltip =
      state == ASSAY_CLOCK_PAUSED ? _ ("Go On With the Clock") : _ ("Pause the Clock");
  g_autofree char *spoken =
      g_strdup_printf (running ? _ ("Active time %s, running") : _ ("Active time %s, paused"),
                       time);

  _assay_workbench_page_update_lease (self);
  gtk_label_set_text (self->clock_label, time);
  gtk_image_set_from_icon_name (self->clock_icon,
                                running ? "assay-clock-symbolic" : "media-playback-pause-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->clock_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  /* A new tooltip makes GTK ask the display where the pointer is, each second. */
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self->clock_button)), tooltip) != 0)
    assay_widget_set_tooltip (GTK_WIDGET (self->clock_button), tooltip);
}

/* A lasting condition of the task. */
void
_assay_workbench_page_update_banner (AssayWorkbenchPage *self)
{
  g_autofree char *title = NULL;
  const char *button = NULL;

  if (self->judgement == NULL)
    {
      adw_banner_set_revealed (self->banner, FALSE);
      return;
    }
  if (assay_judgement_get_final (self->judgement))
    {
      gboolean queued = assay_open_task_get_state (self->task) == ASSAY_TASK_QUEUED;

      title = g_strdup (queued ? _ ("This judgement was submitted and waits to be sent.")
                               : _ ("This judgement was submitted."));
      button = queued ? _ ("_Take Back") : _ ("_Revise");
    }
  else if (assay_judgement_get_outcome (self->judgement) != ASSAY_OUTCOME_ANSWERED)
    {
      /* Translators: %s is a way out of a task, as in "Not ratable". */
      title =
          g_strdup_printf (_ ("Way out: %s"),
                           assay_outcome_get_title (assay_judgement_get_outcome (self->judgement)));
      button = _ ("_Answer After All");
    }
  else if (assay_judgement_get_salvage (self->judgement) != NULL)
    {
      title = g_strdup (_ ("This is to be handed in unfinished."));
      button = _ ("_Finish After All");
    }
  else
    {
      title = _assay_workbench_page_dup_lease_notice (self);
      if (title == NULL)
        title = _assay_workbench_page_dup_notice (self, &button);
    }

  if (title != NULL)
    {
      adw_banner_set_use_markup (self->banner, FALSE);
      adw_banner_set_title (self->banner, title);
      adw_banner_set_button_label (self->banner, button);
    }
  adw_banner_set_revealed (self->banner, title != NULL);
}

void
_assay_workbench_page_update_sheet (AssayWorkbenchPage *self)
{
  guint answered = 0;
  guint required = 0;
  g_autofree char *text = NULL;

  if (self->judgement == NULL)
    return;
  assay_judgement_get_progress (self->judgement, &answered, &required);
  if (required > 0)
    /* Translators: how many of the required questions are answered. */
    text = g_strdup_printf (_ ("Judgement: %1$u of %2$u answered"), MIN (answered, required),
                            required);
  else
    text = g_strdup (_ ("Judgement"));
  gtk_label_set_text (self->sheet_label, text);
}
