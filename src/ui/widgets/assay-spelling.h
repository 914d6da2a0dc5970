/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_SPELLING (assay_spelling_get_type ())
/**
 * AssaySpelling:
 *
 * Marks words in a text view that no dictionary knows, once it is first wanted: a dictionary takes
 * longer to load than a window to show. A view for code moves lines and words with Alt and an
 * arrow; in this one the arrow back goes back, as everywhere.
 *
 * Properties: `language`: as dictionaries name it, "" for the desktop's; follows what is chosen in
 * the view's menu. `note`: why nothing is marked, "" where there is nothing to say (read only).
 */
G_DECLARE_FINAL_TYPE (AssaySpelling, assay_spelling, ASSAY, SPELLING, GObject)

/* Does not keep @view alive. @menu: (nullable): comes below the corrections in the view's menu. */
AssaySpelling *assay_spelling_new (GtkSourceView *view, GMenuModel *menu);
void assay_spelling_set_wanted (AssaySpelling *self, gboolean wanted);
const char *assay_spelling_get_language (AssaySpelling *self);
void assay_spelling_set_language (AssaySpelling *self, const char *language);
const char *assay_spelling_get_note (AssaySpelling *self);

G_END_DECLS
