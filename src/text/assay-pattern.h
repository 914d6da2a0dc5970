/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  ASSAY_PATTERN_PLAIN = 0,
  ASSAY_PATTERN_EXPRESSION = 1 << 0,  /* a regular expression */
  ASSAY_PATTERN_WHOLE_WORDS = 1 << 1, /* begins and ends where words do */
} AssayPatternFlags;

/* Byte offsets. */
typedef struct
{
  gsize start;
  gsize end;
} AssayPatternMatch;

/**
 * AssayPattern:
 *
 * What a person looks for in texts, whatever the case of its letters: words as they stand, or a
 * regular expression. Immutable, reference counted, used on any thread.
 */
typedef struct _AssayPattern AssayPattern;

/* NULL with @error for what is no regular expression; its message is a sentence for the person. */
AssayPattern *assay_pattern_new (const char *text, AssayPatternFlags flags, GError **error);
AssayPattern *assay_pattern_ref (AssayPattern *self);
void assay_pattern_unref (AssayPattern *self);

/* Appends the AssayPatternMatch of a line of text to @matches, as long as there are fewer than @max
 * in it; what has no length is no match. FALSE if the expression was given up because it takes too
 * many steps: whatever a person types, the time is bounded by the line's length. */
gboolean assay_pattern_find (AssayPattern *self,
                             const char *line,
                             gsize length_bytes,
                             guint max,
                             GArray *matches);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayPattern, assay_pattern_unref)

G_END_DECLS
