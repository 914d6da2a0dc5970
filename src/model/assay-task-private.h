/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-task.h"

G_BEGIN_DECLS

#define ASSAY_TASK_MEMBER_FORGOTTEN "texts_forgotten"

struct _AssayTask
{
  GObject parent_instance;

  JsonNode *source; /* (owned), sealed; the pointers to text and objects below lie in it */
  const char *id;
  const char *external_id; /* (nullable) */
  const char *kind;
  char *title;          /* (owned) */
  const char *language; /* (nullable) */
  AssayDirection direction;
  int priority;
  gint64 deadline_ms;
  gint64 claim_expires_ms;
  guint est_minutes;

  AssayPayModel pay_model;
  gint64 pay_amount_minor;
  const char *pay_currency; /* (nullable) */

  const char *guideline_id; /* (nullable) */
  int guideline_version;

  AssayPastePolicy paste;
  AssayExportPolicy export;
  gboolean offline_allowed;
  gboolean reveal_models;
  gboolean allow_skip;
  GStrv content_warning; /* (owned) (nullable) */
  gboolean forgotten;

  AssayForm *form;  /* (owned) */
  JsonObject *gold; /* (nullable) */

  GPtrArray *documents; /* (owned) of AssayDocument, in reading order */
  GPtrArray *responses; /* (owned) of AssayDocument */
  const char *prompt;   /* of one of the documents, or static */
  char *digest;         /* (owned) */
};

/* assay-task-load.c */
/* Fills @self from @task, which is its source. What is wrong is named with its place. */
gboolean _assay_task_load (AssayTask *self, JsonObject *task, GError **error);

G_END_DECLS
