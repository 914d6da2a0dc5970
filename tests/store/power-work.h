/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "power-run.h"

G_BEGIN_DECLS

/* Of these tasks the work is made; more are imported beside it. The last of them are a platform's.
 */
#define POWER_WORK_TASKS 7
#define POWER_WORK_LEASED 2

/* Roles of the process that works: the whole store, or one that is weakened on purpose. */
#define POWER_WORK_WHOLE "whole"
#define POWER_WORK_FIRST "first"            /* a new profile, and no work in it yet */
#define POWER_WORK_WEAK_SYNC "sync"         /* synchronous=NORMAL */
#define POWER_WORK_WEAK_SPOOL "spool"       /* the spool's syncs are not done */
#define POWER_WORK_WEAK_TRIGGERS "triggers" /* nothing guards the outbox */

/* A person's work in a new profile: imports, pulls, drafts, submissions, taking back, sending,
 * copies, closing and opening. It says
 *
 *   try ROW NUMBER               a text with this number is about to be written
 *   saved ROW NUMBER
 *   submitted ROW NUMBER SUBMISSION
 *   withdraw SUBMISSION          it is about to be taken back
 *   accepted SUBMISSION
 *   queued SUBMISSION            something that is no judgement
 *   imported N                   so many tasks are there
 *   paged N                      so many pages of a pull
 *   copied FILE
 *
 * and all but "try" and "withdraw" only when the store acknowledged it. */
void power_work_run (const PowerVictim *victim) G_GNUC_NORETURN;

/* Finds what was lost of it. */
void power_work_check (PowerCut *cut, gpointer user_data);

G_END_DECLS
