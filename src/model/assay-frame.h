/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ASSAY_FRAME_KIND_JUDGEMENT "judgement"
#define ASSAY_FRAME_KIND_SKIP "skip"
#define ASSAY_FRAME_KIND_ACKNOWLEDGEMENT "acknowledgement"
#define ASSAY_FRAME_KIND_DISPUTE "dispute"
/* In a target: the id under which the task's first judgement was handed in, which is the
 * submission's own where it is the first. */
#define ASSAY_FRAME_SUBMISSION "{submission}"

/**
 * AssayFrame:
 * @kind: what rows of the outbox are told apart by
 * @method: "PUT" …
 * @target: an address below the platform's
 * @body: the very bytes
 *
 * Something that is to be handed in, as its platform takes it. A value.
 */
typedef struct
{
  char *kind;
  char *method;
  char *target;
  GBytes *body;
} AssayFrame;

#define ASSAY_TYPE_FRAME (assay_frame_get_type ())
GType assay_frame_get_type (void);
AssayFrame *
assay_frame_new (const char *kind, const char *method, const char *target, GBytes *body);
AssayFrame *assay_frame_copy (const AssayFrame *self);
void assay_frame_free (AssayFrame *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayFrame, assay_frame_free)

G_END_DECLS
