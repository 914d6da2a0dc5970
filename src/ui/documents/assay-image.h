/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>
#include <libdex.h>

#include "assay-http.h"

G_BEGIN_DECLS

/* Images that a text names and that lie elsewhere, or that its addresses are. Nothing here is done
 * by itself: a person asks for each of them. */

/* Whether an image may be asked for there: on the web, encrypted, and neither on this machine nor
 * on its own network, where a text that nobody trusts has nothing to ask for; or whether it is the
 * address. */
gboolean assay_image_can_load (const char *address);

/**
 * assay_image_decode:
 * @bytes: of an image, untrusted
 * @error: return location for a G_IO_ERROR with a sentence
 *
 * Decodes an image of pixels, of an animation the first; no drawing of lines, which could name
 * further addresses. Takes as long as it takes: not for the main thread.
 *
 * Returns: (transfer full): the image, or NULL where it is none or larger than
 *   ASSAY_LIMIT_IMAGE_PIXELS
 */
GdkTexture *assay_image_decode (GBytes *bytes, GError **error);

/* Asks for the image at @address, without a word about who asks; nobody is asked where the address
 * is the image. Resolves to a GdkTexture, and rejects with a sentence for the person. Letting go of
 * the future cancels it. */
DexFuture *assay_image_load (AssayHttp *http, const char *address);

G_END_DECLS
