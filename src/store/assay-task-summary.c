/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-task-summary.h"

struct _AssayTaskSummary
{
  GObject parent_instance;

  gint64 row;
  AssayTaskSummaryData data; /* its strings are owned */
  gboolean loaded;
};

G_DEFINE_FINAL_TYPE (AssayTaskSummary, assay_task_summary, G_TYPE_OBJECT)

typedef enum
{
  PROP_ROW = 1,
  PROP_LOADED,
} AssayTaskSummaryProperty;

static GParamSpec *properties[PROP_LOADED + 1];

static void
clear_data (AssayTaskSummaryData *data)
{
  g_free ((char *) data->title);
  g_free ((char *) data->kind);
  g_free ((char *) data->language);
  g_free ((char *) data->project_title);
  g_free ((char *) data->account);
  g_free ((char *) data->currency);
  *data = (AssayTaskSummaryData) { 0 };
}

static void
assay_task_summary_finalize (GObject *object)
{
  AssayTaskSummary *self = ASSAY_TASK_SUMMARY (object);

  clear_data (&self->data);

  G_OBJECT_CLASS (assay_task_summary_parent_class)->finalize (object);
}

static void
assay_task_summary_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayTaskSummary *self = ASSAY_TASK_SUMMARY (object);

  switch ((AssayTaskSummaryProperty) prop_id)
    {
    case PROP_ROW:
      g_value_set_int64 (value, self->row);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_task_summary_class_init (AssayTaskSummaryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = assay_task_summary_finalize;
  object_class->get_property = assay_task_summary_get_property;

  properties[PROP_ROW] = g_param_spec_int64 ("row", NULL, NULL, 0, G_MAXINT64, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOADED] =
      g_param_spec_boolean ("loaded", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
assay_task_summary_init (AssayTaskSummary *self)
{
}

static gboolean
data_equal (const AssayTaskSummaryData *a, const AssayTaskSummaryData *b)
{
  return g_strcmp0 (a->title, b->title) == 0 && g_strcmp0 (a->kind, b->kind) == 0
         && g_strcmp0 (a->language, b->language) == 0
         && g_strcmp0 (a->project_title, b->project_title) == 0
         && g_strcmp0 (a->account, b->account) == 0 && g_strcmp0 (a->currency, b->currency) == 0
         && a->project == b->project && a->state == b->state && a->n_responses == b->n_responses
         && a->est_minutes == b->est_minutes && a->pay_minor == b->pay_minor
         && a->deadline_ms == b->deadline_ms && a->lease_expires_us == b->lease_expires_us
         && a->changed_at_us == b->changed_at_us;
}

AssayTaskSummary *
assay_task_summary_new (gint64 row)
{
  AssayTaskSummary *self = g_object_new (ASSAY_TYPE_TASK_SUMMARY, NULL);

  self->row = row;
  return self;
}

void
assay_task_summary_fill (AssayTaskSummary *self, const AssayTaskSummaryData *data)
{
  AssayTaskSummaryData old;

  g_return_if_fail (ASSAY_IS_TASK_SUMMARY (self));
  g_return_if_fail (data != NULL);

  if (self->loaded && data_equal (&self->data, data))
    return;

  /* @data may be our own. */
  old = self->data;
  self->data = *data;
  self->data.title = g_strdup (data->title);
  self->data.kind = g_strdup (data->kind);
  self->data.language = g_strdup (data->language);
  self->data.project_title = g_strdup (data->project_title);
  self->data.account = g_strdup (data->account);
  self->data.currency = g_strdup (data->currency);
  clear_data (&old);

  self->loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

gint64
assay_task_summary_get_row (AssayTaskSummary *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK_SUMMARY (self), 0);
  return self->row;
}

gboolean
assay_task_summary_get_loaded (AssayTaskSummary *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK_SUMMARY (self), FALSE);
  return self->loaded;
}

const AssayTaskSummaryData *
assay_task_summary_get_data (AssayTaskSummary *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK_SUMMARY (self), NULL);
  return &self->data;
}

const char *
assay_task_state_get_title (AssayTaskState state)
{
  switch (state)
    {
    case ASSAY_TASK_READY:
      return C_ ("task state", "Ready");
    case ASSAY_TASK_STARTED:
      return C_ ("task state", "Started");
    case ASSAY_TASK_QUEUED:
      /* Translators: submitted, but not yet with the platform */
      return C_ ("task state", "To Send");
    case ASSAY_TASK_SENT:
      return C_ ("task state", "Sent");
    case ASSAY_TASK_RETURNED:
      /* Translators: the platform gave a judgement back for another look */
      return C_ ("task state", "Returned");
    case ASSAY_TASK_REFUSED:
      return C_ ("task state", "Refused");
    case ASSAY_TASK_WITHDRAWN:
      return C_ ("task state", "Withdrawn");
    default:
      g_return_val_if_reached (NULL);
    }
}
