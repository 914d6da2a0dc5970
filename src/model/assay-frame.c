/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-frame.h"

G_DEFINE_BOXED_TYPE (AssayFrame, assay_frame, assay_frame_copy, assay_frame_free)

AssayFrame *
assay_frame_new (const char *kind, const char *method, const char *target, GBytes *body)
{
  AssayFrame *self;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (method != NULL, NULL);
  g_return_val_if_fail (target != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  self = g_new0 (AssayFrame, 1);
  self->kind = g_strdup (kind);
  self->method = g_strdup (method);
  self->target = g_strdup (target);
  self->body = g_bytes_ref (body);
  return self;
}

AssayFrame *
assay_frame_copy (const AssayFrame *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return assay_frame_new (self->kind, self->method, self->target, self->body);
}

void
assay_frame_free (AssayFrame *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->method);
  g_free (self->target);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}
