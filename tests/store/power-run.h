/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store-fixture.h"

G_BEGIN_DECLS

/* --- The process whose power is cut --- */

/* What the test's program was started with to be that process. */
typedef struct
{
  const char *role;
  const char *folder; /* of the profile */
  const char *cuts;
  guint32 seed;
  guint gap; /* in operations between cuts */
} PowerVictim;

/* Whether this process is one. */
gboolean power_victim_parse (PowerVictim *self, int argc, char *argv[]);
/* From here on its power is cut. */
void power_victim_begin (const PowerVictim *self);
/* One line: what is begun, and what the store acknowledged. */
void power_victim_say (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* --- The process that looks --- */

/* A run of the other process, with its profile and its cuts. */
typedef struct
{
  TestFolder *folder; /* (owned) of the two */
  char *profile;
  char *cuts;
  guint32 seed;
  GPtrArray *lines; /* (owned): what it said */
} PowerRun;

/* What one cut left; the last is what the run left that came to its end. */
typedef struct
{
  TestFolder folder;       /* the profile */
  const char *const *said; /* before the power went */
  guint n_said;
  GString *losses; /* a sentence a line */
} PowerCut;

typedef void (*PowerCheck) (PowerCut *cut, gpointer user_data);

PowerRun *power_run_new (guint32 seed);
void power_run_free (PowerRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PowerRun, power_run_free)

/* Runs the other process to its end. The profile may be filled before. */
void power_run_start (PowerRun *self, const char *role, guint gap);
/* Looks at every cut. Returns how many there were, and adds to @n_lost those that lost something;
 * what they lost is in the test's messages. */
guint power_run_check (PowerRun *self, PowerCheck check, gpointer user_data, guint *n_lost);

void power_cut_lose (PowerCut *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* The file as it is, before anything that opens it could mend it. */
void power_cut_check_sound (PowerCut *self);
/* The profile, open and with its upkeep done. Closed with power_cut_close (). */
TestStore *power_cut_open (PowerCut *self, const AssayMigrations *migrations);
void power_cut_close (TestStore *store);
/* Of rows, in the profile that is open. */
gint64
power_cut_count (TestStore *store, const char *from, const char *format, ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
