/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-http.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_IMAGE_DIALOG (assay_image_dialog_get_type ())
/**
 * AssayImageDialog:
 *
 * Says where a picture of a text lies, and shows it if the person wants it loaded from there.
 */
G_DECLARE_FINAL_TYPE (AssayImageDialog, assay_image_dialog, ASSAY, IMAGE_DIALOG, AdwDialog)

/* @address: where assay_image_can_load() says so. @description: (nullable): what the text says of
 * it. */
AdwDialog *assay_image_dialog_new (AssayHttp *http, const char *address, const char *description);

G_END_DECLS
