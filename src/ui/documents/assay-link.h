/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-markdown.h"

G_BEGIN_DECLS

/* Addresses in untrusted text. Nothing here opens anything by itself. */

/* Only web and mail addresses ever open. */
gboolean assay_link_can_open (const char *address);
/* The host in its ASCII form, "" if there is none; (transfer full). */
char *assay_link_dup_host (const char *address);
/* Where the data of an address begins that is itself an image, base64 (RFC 2397), and how many
 * bytes it is at most; NULL for any other address. */
const char *assay_link_get_image_data (const char *address, gsize *n_bytes);
/* Whether the text that stands for the link names another host than it leads to, or the host
 * imitates another one by its letters. */
gboolean assay_link_is_deceptive (const char *address, const char *shown);
/* What stands before and behind the words of a link or an image, NULL for nothing; (transfer full).
 * @style says which of the two it is. Behind a link that is not what @shown, its words, says there
 * is a warning: @is_warning. */
char *assay_link_dup_before (AssaySpanStyle style);
char *assay_link_dup_after (AssaySpanStyle style,
                            const char *address,
                            const char *shown,
                            gboolean *is_warning);
/* Host and full address, for a tooltip; plain text, (transfer full). */
char *assay_link_describe (const char *address);
/* Shows where the link leads, and opens it if the person says so. */
void assay_link_ask_to_open (const char *address, GtkWidget *parent);

G_END_DECLS
