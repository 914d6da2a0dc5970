/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-store.h"

G_BEGIN_DECLS

struct _AssayOpenTask
{
  GObject parent_instance;

  gint64 row;
  AssayTaskState state;
  gsize n_bytes;
  AssayTask *task;           /* (owned) */
  AssayProject *project;     /* (owned) */
  AssayJudgement *judgement; /* (owned) */
  AssayGuideline *guideline; /* (owned) (nullable) */
  AssayLease *lease;         /* (owned) (nullable) */
};

G_END_DECLS
