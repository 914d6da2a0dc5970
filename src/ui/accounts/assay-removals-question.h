/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-session.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_REMOVALS_QUESTION (assay_removals_question_get_type ())
/**
 * AssayRemovalsQuestion:
 *
 * Asks about tasks that a platform lists no more, where so many are gone at once that it may be a
 * mistake of the platform's. Until it is answered they stay, marked as withdrawn.
 */
G_DECLARE_FINAL_TYPE (AssayRemovalsQuestion,
                      assay_removals_question,
                      ASSAY,
                      REMOVALS_QUESTION,
                      GObject)

/* @parent: it is presented over its window; owns the object. */
AssayRemovalsQuestion *assay_removals_question_new (GtkWidget *parent, AssaySession *session);
/* The session has its accounts. */
void assay_removals_question_begin (AssayRemovalsQuestion *self);

G_END_DECLS
