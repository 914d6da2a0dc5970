/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-driver.h"
#include "store-fixture.h"

G_BEGIN_DECLS

/* The real program on a disk that fails and with a clock that is wrong when the test says so. */
typedef struct _Faulty Faulty;

/* A profile with @n_tasks tasks called "Task 001" and so on: one question that a digit answers, and
 * a rationale. What is submitted is sent after @undo_window_s (5 to 60). */
Faulty *faulty_new (guint n_tasks, guint undo_window_s);
void faulty_free (Faulty *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Faulty, faulty_free)

AssayDriver *faulty_get_driver (Faulty *self);
/* The folder whose disk fails; the profile lies in it. */
const char *faulty_get_folder (Faulty *self);
/* A file of tasks numbered from @first, outside of that folder. (transfer full) */
char *faulty_write_tasks (Faulty *self, guint first, guint n);

/* The @nth operation from now on that changes the disk fails with @number; @for_good: so do all
 * after it. */
void faulty_arm (Faulty *self, guint nth, int number, gboolean for_good);
/* The disk is well again. Returns whether an operation failed. */
gboolean faulty_disarm (Faulty *self);
gboolean faulty_has_struck (Faulty *self);
void faulty_set_clock (Faulty *self, gint64 offset_s);

/* Starts the program and opens the first task, with the cursor in its rationale. */
void faulty_open_task (Faulty *self);
/* Of the open task; waits until it has the focus. */
void faulty_focus_rationale (Faulty *self);
/* The name of the task that is open, or NULL. (transfer full) */
char *faulty_get_task (Faulty *self);
/* Types into the open rationale and waits until it stands there. */
void faulty_type (Faulty *self, const char *text);
const char *faulty_get_typed (Faulty *self);

/* What the file says at this moment, beside the program that works in it: one number. */
gint64 faulty_query (Faulty *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* What the file has as the draft of a task. (transfer full) (nullable) */
char *faulty_read_draft (Faulty *self, const char *title);

/* Conditions; the user data is the Faulty. */
gboolean faulty_says_saved (AssayDriver *driver, gpointer user_data);

G_END_DECLS
