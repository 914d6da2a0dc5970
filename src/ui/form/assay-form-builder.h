/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-judgement.h"

G_BEGIN_DECLS

/* Makes the sections of a judgement's form, and the titles between them, children of @parent. The
 * table in the source says which widget asks which type of question. (transfer container)
 * (element-type AssayFormSection), in order. */
GPtrArray *assay_form_build (AssayJudgement *judgement, GtkWidget *parent);

G_END_DECLS
