/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A keyring on a bus of its own that holds one thing, is locked, and whose prompt the person always
 * closes. It answers on the main context. */
#define FAKE_TYPE_KEYRING (fake_keyring_get_type ())
G_DECLARE_FINAL_TYPE (FakeKeyring, fake_keyring, FAKE, KEYRING, GObject)

FakeKeyring *fake_keyring_new (void);
/* How often the person was asked. */
guint fake_keyring_get_n_prompts (FakeKeyring *self);

G_END_DECLS
