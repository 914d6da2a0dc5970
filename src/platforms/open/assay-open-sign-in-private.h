/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-open-platform.h"

G_BEGIN_DECLS

/* How long it is waited for the browser, instead of ten minutes. */
void assay_open_sign_in_set_patience (AssayOpenSignIn *self, guint milliseconds);

G_END_DECLS
