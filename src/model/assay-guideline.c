/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-guideline.h"

#include <string.h>

struct _AssayGuideline
{
  GObject parent_instance;

  char *id;
  int version;
  char *title;
  char *text;
  char *sha256;
};

G_DEFINE_FINAL_TYPE (AssayGuideline, assay_guideline, G_TYPE_OBJECT)

static void
assay_guideline_finalize (GObject *object)
{
  AssayGuideline *self = ASSAY_GUIDELINE (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->text);
  g_free (self->sha256);

  G_OBJECT_CLASS (assay_guideline_parent_class)->finalize (object);
}

static void
assay_guideline_class_init (AssayGuidelineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_guideline_finalize;
}

static void
assay_guideline_init (AssayGuideline *self)
{
}

AssayGuideline *
assay_guideline_new (const char *id, int version, const char *title, const char *text)
{
  AssayGuideline *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_GUIDELINE, NULL);
  self->id = g_strdup (id);
  self->version = version;
  self->title = g_strdup (title != NULL ? title : "");
  self->text = g_strdup (text);
  self->sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  return self;
}

const char *
assay_guideline_get_id (AssayGuideline *self)
{
  g_return_val_if_fail (ASSAY_IS_GUIDELINE (self), NULL);

  return self->id;
}

int
assay_guideline_get_version (AssayGuideline *self)
{
  g_return_val_if_fail (ASSAY_IS_GUIDELINE (self), 0);

  return self->version;
}

const char *
assay_guideline_get_title (AssayGuideline *self)
{
  g_return_val_if_fail (ASSAY_IS_GUIDELINE (self), NULL);

  return self->title;
}

const char *
assay_guideline_get_text (AssayGuideline *self)
{
  g_return_val_if_fail (ASSAY_IS_GUIDELINE (self), NULL);

  return self->text;
}

const char *
assay_guideline_get_sha256 (AssayGuideline *self)
{
  g_return_val_if_fail (ASSAY_IS_GUIDELINE (self), NULL);

  return self->sha256;
}

char *
assay_guideline_make_id (const char *account, const char *id)
{
  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_strconcat (account, "/", id, NULL);
}

const char *
assay_guideline_strip_id (const char *account, const char *guideline)
{
  gsize length;

  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (guideline != NULL, NULL);

  length = strlen (account);
  if (strncmp (guideline, account, length) == 0 && guideline[length] == '/')
    return guideline + length + 1;
  return guideline;
}
