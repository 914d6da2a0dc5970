/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Measuring from inside, for `./dev bench`. With ASSAY_BENCH naming a file in the environment of a
 * build with fixtures, each mark is appended to it as one JSON line with the monotonic time in
 * microseconds, which a parent process can compare with its own. Otherwise nothing happens. */

/* Prints @name once with the present time; later calls with the same name are ignored unless it
 * ends in "*". */
void assay_bench_mark (const char *name);
/* Follows the frames of a window: marks its first frame, and at its end prints how long frames
 * took, the longest stretch in which the main loop did not turn, and the time from each key to the
 * frame that shows it. Ctrl+Alt+S, P and D scroll what has the focus by steps, by pages and as a
 * thumb is dragged, Ctrl+Alt+R moves the outermost divider: a hundred frames of each, then their
 * times and the mark "moved*". */
void assay_bench_watch_window (GtkWindow *window);
/* Marks @name after the next frame of @widget was painted, and prints how many widgets and rows the
 * window has then. */
void assay_bench_mark_painted (GtkWidget *widget, const char *name);

G_END_DECLS
