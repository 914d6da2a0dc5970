/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-draft-keeper.h"

G_BEGIN_DECLS

/* Where the keeper gets its time from; tests have a clock of their own. */
typedef struct
{
  gint64 (*get_time_us) (gpointer data);
  guint (*add_timeout) (guint milliseconds,
                        GSourceFunc function,
                        gpointer user_data,
                        gpointer data);
  void (*remove_timeout) (guint id, gpointer data);
  gpointer data;
} AssayDraftClock;

AssayDraftKeeper *_assay_draft_keeper_new_with_clock (AssayStore *store,
                                                      gint64 task_row,
                                                      AssayJudgement *judgement,
                                                      const AssayDraftClock *clock);

G_END_DECLS
