/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-session.h"

G_BEGIN_DECLS

/* In a development build: signs in, for this session only, to the platform whose address is in the
 * environment's ASSAY_CONNECT, with the token in the file ASSAY_CONNECT_TOKEN_FILE; see "./dev run
 * --connect". Otherwise nothing. To be called once the engine has begun. */
void assay_connect_from_environment (AssaySession *session);

G_END_DECLS
