/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-json.h"

G_BEGIN_DECLS

/* Members of our own formats. A member that is absent or null leaves @value as it is and is no
 * error; one of a wrong type or out of range is an ASSAY_MODEL_ERROR that names @place/@member.
 * Pointers are borrowed from @object. */

gboolean assay_json_read_string (JsonObject *object,
                                 const char *member,
                                 const char *place,
                                 const char **value,
                                 GError **error);
gboolean assay_json_read_boolean (JsonObject *object,
                                  const char *member,
                                  const char *place,
                                  gboolean *value,
                                  GError **error);
gboolean assay_json_read_int (JsonObject *object,
                              const char *member,
                              const char *place,
                              gint64 min,
                              gint64 max,
                              gint64 *value,
                              GError **error);
gboolean assay_json_read_double (JsonObject *object,
                                 const char *member,
                                 const char *place,
                                 double min,
                                 double max,
                                 double *value,
                                 GError **error);
/* @names: NULL-terminated; @value becomes the index. */
gboolean assay_json_read_enum (JsonObject *object,
                               const char *member,
                               const char *place,
                               const char *const *names,
                               int *value,
                               GError **error);
/* UTC milliseconds, or a text in ISO 8601 with its zone; @time: UTC milliseconds. */
gboolean assay_json_read_time (JsonObject *object,
                               const char *member,
                               const char *place,
                               gint64 *time,
                               GError **error);
gboolean assay_json_read_array (JsonObject *object,
                                const char *member,
                                const char *place,
                                JsonArray **value,
                                GError **error);
gboolean assay_json_read_object (JsonObject *object,
                                 const char *member,
                                 const char *place,
                                 JsonObject **value,
                                 GError **error);
/* An id that may be absent. In @object, which must not be sealed, a number is replaced by its text.
 */
gboolean assay_json_read_id (JsonObject *object,
                             const char *member,
                             const char *place,
                             const char **value,
                             GError **error);
/* The same for an id that must be there; NULL and @error otherwise. */
const char *
assay_json_require_id (JsonObject *object, const char *member, const char *place, GError **error);
/* The object at @index of a list; NULL and @error if it is something else. */
JsonObject *
assay_json_require_element (JsonArray *array, guint index, const char *place, GError **error);

/* A label as it is shown: at most ASSAY_LIMIT_LABEL_CHARACTERS, the last an ellipsis; the JSON
 * keeps all. (transfer full) */
char *assay_json_dup_label (const char *text);

/* A number node; whole numbers are written without a fraction. (transfer full) */
JsonNode *assay_json_number_new (double value);
JsonNode *assay_json_string_new (const char *value);
/* Takes the object. */
JsonNode *assay_json_object_node_new (JsonObject *object);
/* Takes the array. */
JsonNode *assay_json_array_node_new (JsonArray *array);
/* @number in the shortest form ("4", "2.5"); (transfer full). */
char *assay_json_format_number (double number);

G_END_DECLS
