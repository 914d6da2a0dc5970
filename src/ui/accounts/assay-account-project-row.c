/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-account-project-row.h"

#include <glib/gi18n.h>

#include "assay-engine.h"
#include "assay-format.h"
#include "assay-json.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

#define TITLE_CHARACTERS 100
/* While the person goes through numbers, only where they stop is written. */
#define SAVE_DELAY_MS 400

struct _AssayAccountProjectRow
{
  AdwExpanderRow parent_instance;

  AdwSpinRow *ahead_row;
  AdwSpinRow *forget_row;
  AdwSwitchRow *spelling_row; /* (nullable) the platform forbids it */
  AdwSwitchRow *paste_row;

  AssayStore *store;     /* (owned) */
  AssayProject *project; /* (owned) */
  guint save_source;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (AssayAccountProjectRow, assay_account_project_row, ADW_TYPE_EXPANDER_ROW)

enum
{
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* "41 available · 3 here · about 10 min each". */
static char *
describe (AssayProject *project)
{
  JsonObject *terms = assay_project_get_terms (project);
  gint64 available = assay_json_get_int (terms, "available", -1);
  gint64 estimate = assay_json_get_int (terms, "estimate_seconds", 0);
  guint n_here = assay_project_get_n_tasks (project);
  g_autoptr (GString) text = g_string_new (NULL);

  if (available == 0)
    g_string_append (text, _ ("None available"));
  else if (available > 0)
    {
      guint n = (guint) MIN (available, G_MAXINT);

      g_string_append_printf (text, ngettext ("%u available", "%u available", n), n);
    }
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append_printf (text, ngettext ("%u here", "%u here", n_here), n_here);
  if (estimate > 0)
    {
      g_autofree char *minutes =
          assay_format_minutes ((guint) CLAMP ((estimate + 30) / 60, 1, G_MAXINT));

      g_string_append_printf (text, " · %s", minutes);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
describe_ahead (AssayProject *project)
{
  JsonObject *lease = assay_json_get_object (assay_project_get_terms (project), "lease");
  gint64 seconds = assay_json_get_int (lease, "seconds", 0);
  gint64 most = assay_json_get_int (lease, "max_held", 0);
  g_autofree char *duration = seconds > 0 ? assay_format_duration (seconds) : NULL;

  if (duration == NULL && most <= 0)
    return g_strdup (_ ("So many are claimed as soon as there are fewer, for work without a "
                        "network. Nobody else gets them meanwhile."));
  if (duration == NULL)
    return g_strdup_printf (
        ngettext ("So many are claimed as soon as there are fewer, for work without a network. "
                  "Nobody else gets them meanwhile. The platform lets you hold %u.",
                  "So many are claimed as soon as there are fewer, for work without a network. "
                  "Nobody else gets them meanwhile. The platform lets you hold %u.",
                  (guint) MIN (most, G_MAXINT)),
        (guint) MIN (most, G_MAXINT));
  if (most <= 0)
    /* Translators: %s is "3 hours". */
    return g_strdup_printf (_ ("So many are claimed as soon as there are fewer, for work without a "
                               "network. Each is yours for %s."),
                            duration);
  /* Translators: %1$s is "3 hours"; %2$u a number of tasks. */
  return g_strdup_printf (
      ngettext ("So many are claimed as soon as there are fewer, for work without a network. Each "
                "is yours for %1$s; the platform lets you hold %2$u.",
                "So many are claimed as soon as there are fewer, for work without a network. Each "
                "is yours for %1$s; the platform lets you hold %2$u.",
                (guint) MIN (most, G_MAXINT)),
      duration, (guint) MIN (most, G_MAXINT));
}

static char *
describe_forgetting (const AssayPlatformInfo *info)
{
  g_autofree char *duration = info != NULL && info->cache_max_hours > 0
                                  ? assay_format_duration (info->cache_max_hours * 3600)
                                  : NULL;

  if (duration != NULL)
    /* Translators: %s is "3 hours". */
    return g_strdup_printf (_ ("Counted from when a task was delivered; your judgement stays. The "
                               "platform wants them removed after %s at the latest."),
                            duration);
  if (info != NULL && info->cache_max_hours == 0)
    return g_strdup (_ ("The platform wants them removed as soon as a task was delivered; your "
                        "judgement stays."));
  return g_strdup (
      _ ("Counted from when a task was delivered; your judgement stays. With 0 they are "
         "kept."));
}

static DexFuture *
saved_cb (DexFuture *future, gpointer user_data)
{
  AssayAccountProjectRow *self = user_data;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL && self->store != NULL)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
  return NULL;
}

static void
save (AssayAccountProjectRow *self)
{
  JsonObject *settings = assay_project_get_settings (self->project);
  gint64 ahead = (gint64) adw_spin_row_get_value (self->ahead_row);
  gint64 days = (gint64) adw_spin_row_get_value (self->forget_row);

  if (ahead > 0)
    json_object_set_int_member (settings, ASSAY_PROJECT_SETTING_AHEAD, ahead);
  else
    json_object_remove_member (settings, ASSAY_PROJECT_SETTING_AHEAD);
  if (days > 0)
    json_object_set_int_member (settings, ASSAY_PROJECT_SETTING_FORGET_DAYS, days);
  else
    json_object_remove_member (settings, ASSAY_PROJECT_SETTING_FORGET_DAYS);
  if (self->spelling_row != NULL)
    json_object_set_boolean_member (settings, "spelling",
                                    adw_switch_row_get_active (self->spelling_row));
  if (adw_switch_row_get_active (self->paste_row))
    json_object_set_boolean_member (settings, "refuse_paste", TRUE);
  else
    json_object_remove_member (settings, "refuse_paste");
  dex_future_disown (dex_future_finally (assay_store_save_project (self->store, self->project),
                                         saved_cb, g_object_ref (self), g_object_unref));
}

static gboolean
save_later_cb (gpointer user_data)
{
  AssayAccountProjectRow *self = user_data;

  self->save_source = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (AssayAccountProjectRow *self)
{
  if (self->filling)
    return;
  g_clear_handle_id (&self->save_source, g_source_remove);
  self->save_source = g_timeout_add (SAVE_DELAY_MS, save_later_cb, self);
}

static void
fill (AssayAccountProjectRow *self)
{
  JsonObject *settings = assay_project_get_settings (self->project);
  g_autofree char *title =
      assay_visible_line (assay_project_get_title (self->project), TITLE_CHARACTERS);
  g_autofree char *subtitle = describe (self->project);
  g_autofree char *ahead = describe_ahead (self->project);
  /* Translators: what is read out of a group of settings; %s is the title of a project. */
  g_autofree char *whole = g_strdup_printf (_ ("Settings of %s"), title);

  self->filling = TRUE;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->ahead_row), ahead);
  /* The row with the title is within this one. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
  adw_spin_row_set_value (self->ahead_row,
                          (double) CLAMP (assay_json_get_int (settings, ASSAY_PROJECT_SETTING_AHEAD,
                                                              0),
                                          0, ASSAY_CLAIM_AHEAD_MOST));
  adw_spin_row_set_value (self->forget_row,
                          (double) CLAMP (assay_json_get_int (settings,
                                                              ASSAY_PROJECT_SETTING_FORGET_DAYS, 0),
                                          0, ASSAY_FORGET_DAYS_MOST));
  if (self->spelling_row != NULL)
    adw_switch_row_set_active (self->spelling_row,
                               assay_project_get_spelling_allowed (self->project));
  adw_switch_row_set_active (self->paste_row, assay_project_get_refuses_paste (self->project));
  assay_widget_keep_words (GTK_WIDGET (self));
  self->filling = FALSE;
}

static void
assay_account_project_row_dispose (GObject *object)
{
  AssayAccountProjectRow *self = ASSAY_ACCOUNT_PROJECT_ROW (object);

  if (self->save_source != 0)
    {
      g_clear_handle_id (&self->save_source, g_source_remove);
      save (self);
    }
  g_clear_object (&self->store);
  g_clear_object (&self->project);

  G_OBJECT_CLASS (assay_account_project_row_parent_class)->dispose (object);
}

static void
assay_account_project_row_class_init (AssayAccountProjectRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = assay_account_project_row_dispose;

  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
assay_account_project_row_init (AssayAccountProjectRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

GtkWidget *
assay_account_project_row_new (AssayStore *store,
                               AssayProject *project,
                               const AssayPlatformInfo *info)
{
  g_autofree char *forgetting = describe_forgetting (info);
  AssayAccountProjectRow *self;

  g_return_val_if_fail (ASSAY_IS_STORE (store), NULL);
  g_return_val_if_fail (ASSAY_IS_PROJECT (project), NULL);

  self = g_object_new (ASSAY_TYPE_ACCOUNT_PROJECT_ROW, NULL);
  self->store = g_object_ref (store);
  self->project = g_object_ref (project);

  self->ahead_row =
      g_object_new (ADW_TYPE_SPIN_ROW, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, "title",
                    _ ("_Tasks to Keep Here"), "use-underline", TRUE, "adjustment",
                    gtk_adjustment_new (0, 0, ASSAY_CLAIM_AHEAD_MOST, 1, 5, 0), "sensitive",
                    info == NULL || info->offline_cache, NULL);
  g_signal_connect_object (self->ahead_row, "notify::value", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->ahead_row));
  if (info == NULL || info->spelling_allowed)
    {
      self->spelling_row =
          g_object_new (ADW_TYPE_SWITCH_ROW, "title", _ ("_Spelling May Be Checked"), "subtitle",
                        _ ("On this computer alone"), "use-underline", TRUE, NULL);
      g_signal_connect_object (self->spelling_row, "notify::active", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->spelling_row));
    }
  else
    {
      GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _ ("Spelling Is Not Checked"),
                                     "subtitle", _ ("The platform does not want it."), NULL);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
    }
  self->paste_row = g_object_new (
      ADW_TYPE_SWITCH_ROW, "title", _ ("_Refuse Pasted Text"), "subtitle",
      _ ("From outside the task, also where the platform would take it. Passages of the task can "
         "still be quoted."),
      "use-underline", TRUE, NULL);
  g_signal_connect_object (self->paste_row, "notify::active", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->paste_row));
  self->forget_row =
      g_object_new (ADW_TYPE_SPIN_ROW, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, "title",
                    _ ("_Days to Keep Texts"), "use-underline", TRUE, "subtitle", forgetting,
                    "adjustment", gtk_adjustment_new (0, 0, ASSAY_FORGET_DAYS_MOST, 1, 7, 0),
                    "sensitive", info == NULL || info->cache_max_hours != 0, NULL);
  g_signal_connect_object (self->forget_row, "notify::value", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->forget_row));
  fill (self);
  return GTK_WIDGET (self);
}

AssayProject *
assay_account_project_row_get_project (AssayAccountProjectRow *self)
{
  g_return_val_if_fail (ASSAY_IS_ACCOUNT_PROJECT_ROW (self), NULL);

  return self->project;
}

void
assay_account_project_row_set_project (AssayAccountProjectRow *self, AssayProject *project)
{
  g_return_if_fail (ASSAY_IS_ACCOUNT_PROJECT_ROW (self));
  g_return_if_fail (ASSAY_IS_PROJECT (project));

  if (self->save_source != 0)
    {
      g_clear_handle_id (&self->save_source, g_source_remove);
      save (self);
      return;
    }
  g_set_object (&self->project, project);
  fill (self);
}
