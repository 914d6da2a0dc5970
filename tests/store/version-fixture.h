/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A store as each version of the schema wrote it: tests/store/fixtures/. What is in them is said
 * in test-versions.c. */

/* Makes @path of that of @version. */
void version_fixture_unpack (int version, const char *path);
/* And the other way. */
void version_fixture_pack (int version, const char *path);

G_END_DECLS
