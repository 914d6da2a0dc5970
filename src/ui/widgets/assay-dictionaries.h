/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/* The spelling dictionaries of the desktop. One is large enough to stop the window for several
 * frames while it is read, so that is done on a thread. */

/**
 * assay_dictionaries_load:
 * @language: as dictionaries name it, "" for the desktop's
 *
 * Makes sure that the dictionary of a language is in memory: from then on a checker with it is made
 * at once. To be called on the main thread.
 *
 * Returns: (transfer full): a future that resolves to the code of the dictionary, as in "en_US";
 *   rejects with %G_IO_ERROR_NOT_FOUND where there is none, with a sentence for the person
 */
DexFuture *assay_dictionaries_load (const char *language);

/* Returns: (transfer full): a list of SpellingLanguage, empty where no dictionary is installed */
GListModel *assay_dictionaries_list (void);

G_END_DECLS
