/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a model asks of tools: the member `tool_calls` of a message, a list of
 * {"function": {"name", "arguments"}} or of the inner object alone, with arguments as an object or
 * as the text of one. */

/* @message: (nullable). */
gboolean assay_tool_calls_exist (JsonObject *message);

/* The object of @call with the name and the arguments: within it, or itself. */
JsonObject *assay_tool_call_get_function (JsonObject *call);

/* What a person reads of @message: @content as it is, and below it each call as a block of code,
 * `name (arguments)`. What is no call is shown as it stands. (transfer full) */
char *assay_tool_calls_to_text (JsonObject *message, const char *content);

G_END_DECLS
