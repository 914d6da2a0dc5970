/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-account.h"

struct _AssayAccount
{
  GObject parent_instance;

  char *id;
  char *kind;
  char *title;
  char *address; /* (nullable) */
  char *cursor;  /* (nullable) */
  JsonObject *settings;
};

G_DEFINE_FINAL_TYPE (AssayAccount, assay_account, G_TYPE_OBJECT)

static void
assay_account_finalize (GObject *object)
{
  AssayAccount *self = ASSAY_ACCOUNT (object);

  g_free (self->id);
  g_free (self->kind);
  g_free (self->title);
  g_free (self->address);
  g_free (self->cursor);
  g_clear_pointer (&self->settings, json_object_unref);

  G_OBJECT_CLASS (assay_account_parent_class)->finalize (object);
}

static void
assay_account_class_init (AssayAccountClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_account_finalize;
}

static void
assay_account_init (AssayAccount *self)
{
  self->settings = json_object_new ();
}

AssayAccount *
assay_account_new (const char *id, const char *kind, const char *title, const char *address)
{
  AssayAccount *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_ACCOUNT, NULL);
  self->id = g_strdup (id);
  self->kind = g_strdup (kind);
  self->title = g_strdup (title);
  self->address = g_strdup (address);
  return self;
}

const char *
assay_account_get_id (AssayAccount *self)
{
  g_return_val_if_fail (ASSAY_IS_ACCOUNT (self), NULL);

  return self->id;
}

const char *
assay_account_get_kind (AssayAccount *self)
{
  g_return_val_if_fail (ASSAY_IS_ACCOUNT (self), NULL);

  return self->kind;
}

const char *
assay_account_get_title (AssayAccount *self)
{
  g_return_val_if_fail (ASSAY_IS_ACCOUNT (self), NULL);

  return self->title;
}

void
assay_account_set_title (AssayAccount *self, const char *title)
{
  g_return_if_fail (ASSAY_IS_ACCOUNT (self));
  g_return_if_fail (title != NULL);

  g_set_str (&self->title, title);
}

const char *
assay_account_get_address (AssayAccount *self)
{
  g_return_val_if_fail (ASSAY_IS_ACCOUNT (self), NULL);

  return self->address;
}

JsonObject *
assay_account_get_settings (AssayAccount *self)
{
  g_return_val_if_fail (ASSAY_IS_ACCOUNT (self), NULL);

  return self->settings;
}

void
assay_account_set_settings (AssayAccount *self, JsonObject *settings)
{
  g_return_if_fail (ASSAY_IS_ACCOUNT (self));
  g_return_if_fail (settings != NULL);

  json_object_ref (settings);
  json_object_unref (self->settings);
  self->settings = settings;
}

const char *
assay_account_get_cursor (AssayAccount *self)
{
  g_return_val_if_fail (ASSAY_IS_ACCOUNT (self), NULL);

  return self->cursor;
}

void
assay_account_set_cursor (AssayAccount *self, const char *cursor)
{
  g_return_if_fail (ASSAY_IS_ACCOUNT (self));

  g_set_str (&self->cursor, cursor);
}

gboolean
assay_account_is_local (AssayAccount *self)
{
  g_return_val_if_fail (ASSAY_IS_ACCOUNT (self), TRUE);

  return self->address == NULL;
}
