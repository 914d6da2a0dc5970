/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-json.h"

G_BEGIN_DECLS

/* Checks untrusted text before a parser sees it: that it is one strict JSON value, and within the
 * limits. json-glib stops at a depth of 1024, cuts a string at NUL, clamps a large integer and
 * takes 36 times the text in memory, all without a word.
 * @text must be valid UTF-8. */
gboolean assay_json_scan (const char *text, gsize length, AssayJsonFlags flags, GError **error);

G_END_DECLS
