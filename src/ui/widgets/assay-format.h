/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Values in words, for rows and labels. All results are translated and (transfer full). */

/* "04:12", "1:04:12". */
char *assay_format_clock (gint64 duration_ms);
/* "about 10 min". */
char *assay_format_minutes (guint minutes);
/* "USD 4.50": the currency's code, and the amount in its own decimals. */
char *assay_format_money (gint64 amount_minor, const char *currency);
/* "due in 3 h", "due in 2 days", "overdue"; NULL where there is no deadline. Both times are UTC
 * milliseconds. */
char *assay_format_due (gint64 deadline_ms, gint64 now_ms);
/* How long, in at most two units: "3 h 10 min", "12 min", "2 days", "less than a minute". */
char *assay_format_span (gint64 seconds);
/* "just now", "5 minutes ago", "2 days ago"; both UTC microseconds. */
char *assay_format_ago (gint64 time_us, gint64 now_us);
/* "3 hours", "2 days": how long something lasts, without its smaller part. */
char *assay_format_duration (gint64 seconds);
/* "28 November 2026, 14:05" in local time; "Never" for 0. UTC microseconds. */
char *assay_format_time (gint64 time_us);
/* "English" for "en" or "en-GB"; the tag itself where the language has no name here. */
char *assay_format_language (const char *tag);
/* The title of a task as one line; words where it is NULL, because the task is not in the store any
 * more. */
char *assay_format_task_title (const char *title, guint max_characters);
/* "12 tasks"; from assay-limits.h on it says that these are unusually many. */
char *assay_format_n_tasks (guint n);
/* "12 waiting to be sent", likewise. */
char *assay_format_n_waiting (guint n);
/* That a task is unusually large; NULL up to the soft limit of its JSON. */
char *assay_format_large_task (gsize n_bytes);

G_END_DECLS
