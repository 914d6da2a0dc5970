/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-session.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_STORE_NOTICE (assay_store_notice_get_type ())
/**
 * AssayStoreNotice:
 *
 * Tells of what the store found about itself: a rescue in a dialog when the program starts, or in a
 * banner while somebody is at work; and once that the workspace lies on a network file system.
 */
G_DECLARE_FINAL_TYPE (AssayStoreNotice, assay_store_notice, ASSAY, STORE_NOTICE, AdwBin)

/* Once. */
void assay_store_notice_set_session (AssayStoreNotice *self, AssaySession *session);

G_END_DECLS
