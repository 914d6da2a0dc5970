/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * AssayEffort:
 *
 * The time that a judgement took; milliseconds, from a monotonic clock. The two times are UTC
 * milliseconds.
 */
typedef struct
{
  gint64 active_ms;
  gint64 idle_ms;
  gint64 paused_ms;
  gint64 lookup_ms;
  gint64 first_opened_at;
  gint64 submitted_at;
  guint opens;
} AssayEffort;

JsonNode *assay_effort_to_json (const AssayEffort *self);
void assay_effort_load_json (AssayEffort *self, JsonObject *object);

G_END_DECLS
