/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-document.h"

G_BEGIN_DECLS

/* For the task that makes the document, before anybody else sees it. */
void
assay_document_set_language (AssayDocument *self, const char *language, AssayDirection direction);

G_END_DECLS
