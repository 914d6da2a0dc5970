/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-project-removal.h"

#include <glib/gi18n.h>

#include "assay-ask.h"
#include "assay-visible-text.h"

#define TITLE_CHARACTERS 60

typedef struct
{
  AssayStore *store;     /* (owned) */
  AssayProject *project; /* (owned) */
  GtkWidget *parent;     /* (owned) */
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->store);
  g_object_unref (removal->project);
  g_object_unref (removal->parent);
  g_free (removal);
}

static AdwDialog *
create_dialog (AssayProject *project, const GArray *counts)
{
  AdwDialog *dialog = adw_alert_dialog_new (NULL, NULL);
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);
  g_autofree char *title = assay_visible_line (assay_project_get_title (project), TITLE_CHARACTERS);
  g_autofree char *tasks = NULL;
  g_autofree char *judged = NULL;
  guint n_tasks = 0;
  guint n_judged = 0;

  for (guint i = 0; i < counts->len; i++)
    {
      n_tasks += g_array_index (counts, guint, i);
      if (i != ASSAY_TASK_READY)
        n_judged += g_array_index (counts, guint, i);
    }

  tasks = g_strdup_printf (ngettext ("%u task is removed from this computer.",
                                     "%u tasks are removed from this computer.", n_tasks),
                           n_tasks);
  judged = g_strdup_printf (
      ngettext (
          "With it goes %u judgement or draft; export it first if it is still needed.",
          "With them go %u judgements and drafts; export them first if they are still needed.",
          n_judged),
      n_judged);
  adw_alert_dialog_format_heading (alert, _ ("Remove “%s”?"), title);
  adw_alert_dialog_format_body (alert, n_judged > 0 ? "%s %s" : "%s", tasks, judged);
  adw_alert_dialog_add_responses (alert, "cancel", _ ("_Cancel"), "remove", _ ("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");
  return dialog;
}

static DexFuture *
removal_fiber (gpointer user_data)
{
  Removal *removal = user_data;
  gint64 id = assay_project_get_id (removal->project);
  g_autoptr (GArray) counts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *response = NULL;

  counts = dex_await_boxed (assay_store_count_tasks (removal->store, id), &error);
  if (counts == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  response =
      dex_await_string (assay_ask (create_dialog (removal->project, counts), removal->parent),
                        NULL);
  if (g_strcmp0 (response, "remove") != 0)
    return dex_future_new_false ();
  if (!dex_await (assay_store_remove_project (removal->store, id), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

DexFuture *
assay_project_removal_ask (AssayStore *store, AssayProject *project, GtkWidget *parent)
{
  Removal *removal;

  g_return_val_if_fail (ASSAY_IS_STORE (store), NULL);
  g_return_val_if_fail (ASSAY_IS_PROJECT (project), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (parent), NULL);

  removal = g_new0 (Removal, 1);
  removal->store = g_object_ref (store);
  removal->project = g_object_ref (project);
  removal->parent = g_object_ref (parent);
  return dex_scheduler_spawn (NULL, 0, removal_fiber, removal, removal_free);
}
