/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-platform-error.h"
#include "assay-secrets.h"
#include "assay-store-error.h"

G_BEGIN_DECLS

/**
 * AssayAccountField:
 * @ASSAY_ACCOUNT_FIELD_ADDRESS: the platform's address
 * @ASSAY_ACCOUNT_FIELD_AUTHORITY: the file of a certificate authority
 * @ASSAY_ACCOUNT_FIELD_SECRET: what the person signs in with
 *
 * Where the person can do something about an error.
 */
typedef enum
{
  ASSAY_ACCOUNT_FIELD_ADDRESS,
  ASSAY_ACCOUNT_FIELD_AUTHORITY,
  ASSAY_ACCOUNT_FIELD_SECRET,
} AssayAccountField;

/* What went wrong while the platform was looked for, and what to do. @host: as it is shown. @field:
 * (out). (transfer full) */
char *assay_account_trouble_with_address (const GError *error,
                                          const char *host,
                                          AssayAccountField *field);
/* The same for signing in. (transfer full) */
char *assay_account_trouble_with_secret (const GError *error, const char *host);

/* Shows @text beneath the field @row, in @label, and has it announced; gives the field the focus.
 * NULL takes it away. */
void assay_account_trouble_show (GtkWidget *row, GtkLabel *label, const char *text);

G_END_DECLS
