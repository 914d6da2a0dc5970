/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Typed access to untrusted JSON. json-glib's own getters answer a wrong type with a critical;
 * these never do: a member that is absent or has another type gives NULL or the fallback. The
 * "require" variants set an ASSAY_MODEL_ERROR that names @place/@member. No other part of the
 * program uses json-glib's getters on data from outside. */

typedef enum
{
  ASSAY_JSON_DEFAULT = 0,
  /* For files in our own form. Elsewhere the last member of a name wins, as everywhere. */
  ASSAY_JSON_REFUSE_DUPLICATES = 1 << 0,
} AssayJsonFlags;

/* One JSON value, strictly, within the limits of assay-limits.h (size, depth, nodes, length of a
 * string). Refused with an ASSAY_MODEL_ERROR that names the place: what is not UTF-8, NUL in any
 * spelling, numbers that cannot be kept. The node is not sealed. Any thread. */
JsonNode *assay_json_parse (const char *text, gssize length, GError **error);
JsonNode *
assay_json_parse_full (const char *text, gssize length, AssayJsonFlags flags, GError **error);
JsonNode *assay_json_parse_bytes (GBytes *bytes, GError **error);

/* Members in their order, numbers in the shortest form that reads back the same. */
char *assay_json_to_string (JsonNode *node);
char *assay_json_to_pretty_string (JsonNode *node);
/* Members sorted: equal data gives equal bytes. For digests and comparisons. */
char *assay_json_to_canonical_string (JsonNode *node);
/* A deep copy that shares nothing with @node and is not sealed. NULL gives NULL. */
JsonNode *assay_json_copy (JsonNode *node);
/* For values and futures that carry a JsonNode from one thread to another: a copy is a reference to
 * the same node. JSON_TYPE_NODE's copies share the objects within, whose reference counts are not
 * atomic: two threads that let go of two copies at once free what one of them still holds. Nobody
 * may change the node; seal it. */
typedef JsonNode AssayJsonNode;
#define ASSAY_TYPE_JSON_NODE (assay_json_node_get_type ())
GType assay_json_node_get_type (void) G_GNUC_CONST;
/* Deep; the order of members does not matter, nor does 1 against 1.0. */
gboolean assay_json_equal (JsonNode *a, JsonNode *b);

const char *assay_json_get_string (JsonObject *object, const char *member);
const char *assay_json_get_string_or (JsonObject *object, const char *member, const char *fallback);
gint64 assay_json_get_int (JsonObject *object, const char *member, gint64 fallback);
double assay_json_get_double (JsonObject *object, const char *member, double fallback);
gboolean assay_json_get_boolean (JsonObject *object, const char *member, gboolean fallback);
JsonObject *assay_json_get_object (JsonObject *object, const char *member);
JsonArray *assay_json_get_array (JsonObject *object, const char *member);
gboolean assay_json_has (JsonObject *object, const char *member);

/* The value of a node itself. */
const char *assay_json_node_string (JsonNode *node);
gboolean assay_json_node_number (JsonNode *node, double *value);
JsonObject *assay_json_node_object (JsonNode *node);
JsonArray *assay_json_node_array (JsonNode *node);
/* Ids are strings for us even where a producer wrote a number; (transfer full), NULL if neither. */
char *assay_json_node_dup_id (JsonNode *node);

const char *assay_json_require_string (JsonObject *object,
                                       const char *member,
                                       const char *place,
                                       GError **error);
JsonArray *assay_json_require_array (JsonObject *object,
                                     const char *member,
                                     const char *place,
                                     GError **error);
JsonObject *assay_json_require_object (JsonObject *object,
                                       const char *member,
                                       const char *place,
                                       GError **error);

/* Copies into @target each member of @source that is not in the NULL-terminated list @known: what
 * we do not understand survives a round trip. */
void assay_json_copy_unknown (JsonObject *source, const char *const *known, JsonObject *target);

G_END_DECLS
