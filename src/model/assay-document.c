/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-document-private.h"

struct _AssayDocument
{
  GObject parent_instance;

  AssayDocumentRole role;
  char *id;
  char *key; /* (nullable) */
  char *text;
  gsize length_bytes;
  char *title;    /* (nullable) */
  char *speaker;  /* (nullable) */
  char *model;    /* (nullable) */
  char *language; /* (nullable) */
  AssayDirection direction;
};

G_DEFINE_FINAL_TYPE (AssayDocument, assay_document, G_TYPE_OBJECT)

static char *
make_id (AssayDocumentRole role, const char *key)
{
  switch (role)
    {
    case ASSAY_DOCUMENT_SYSTEM:
      return g_strdup ("system");
    case ASSAY_DOCUMENT_TURN:
      return g_strconcat ("turn:", key, NULL);
    case ASSAY_DOCUMENT_RESPONSE:
      return g_strconcat ("response:", key, NULL);
    case ASSAY_DOCUMENT_SOURCE:
      return g_strconcat ("source:", key, NULL);
    case ASSAY_DOCUMENT_REFERENCE:
      return g_strconcat ("reference:", key, NULL);
    case ASSAY_DOCUMENT_PROMPT:
    default:
      return g_strdup ("prompt");
    }
}

static void
assay_document_finalize (GObject *object)
{
  AssayDocument *self = ASSAY_DOCUMENT (object);

  g_free (self->id);
  g_free (self->key);
  g_free (self->text);
  g_free (self->title);
  g_free (self->speaker);
  g_free (self->model);
  g_free (self->language);

  G_OBJECT_CLASS (assay_document_parent_class)->finalize (object);
}

static void
assay_document_class_init (AssayDocumentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_document_finalize;
}

static void
assay_document_init (AssayDocument *self)
{
}

AssayDocument *
assay_document_new (AssayDocumentRole role,
                    const char *key,
                    const char *text,
                    const char *title,
                    const char *speaker,
                    const char *model)
{
  AssayDocument *self;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (key != NULL || role == ASSAY_DOCUMENT_SYSTEM
                            || role == ASSAY_DOCUMENT_PROMPT,
                        NULL);

  self = g_object_new (ASSAY_TYPE_DOCUMENT, NULL);
  self->role = role;
  self->id = make_id (role, key);
  self->key = g_strdup (key);
  self->length_bytes = strlen (text);
  self->text = g_strndup (text, self->length_bytes);
  self->title = g_strdup (title);
  self->speaker = g_strdup (speaker);
  self->model = g_strdup (model);
  return self;
}

void
assay_document_set_language (AssayDocument *self, const char *language, AssayDirection direction)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT (self));

  g_set_str (&self->language, language);
  self->direction = direction;
}

const char *
assay_document_get_id (AssayDocument *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT (self), NULL);

  return self->id;
}

AssayDocumentRole
assay_document_get_role (AssayDocument *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT (self), ASSAY_DOCUMENT_PROMPT);

  return self->role;
}

const char *
assay_document_get_key (AssayDocument *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT (self), NULL);

  return self->key;
}

const char *
assay_document_get_text (AssayDocument *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT (self), NULL);

  return self->text;
}

gsize
assay_document_get_length_bytes (AssayDocument *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT (self), 0);

  return self->length_bytes;
}

const char *
assay_document_get_title (AssayDocument *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT (self), NULL);

  return self->title;
}

const char *
assay_document_get_speaker (AssayDocument *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT (self), NULL);

  return self->speaker;
}

const char *
assay_document_get_model (AssayDocument *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT (self), NULL);

  return self->model;
}

const char *
assay_document_get_language (AssayDocument *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT (self), NULL);

  return self->language;
}

AssayDirection
assay_document_get_direction (AssayDocument *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT (self), ASSAY_DIRECTION_AUTO);

  return self->direction;
}
