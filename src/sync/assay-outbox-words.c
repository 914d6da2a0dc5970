/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-outbox-words.h"

#include <glib/gi18n.h>

#include "assay-json-read.h"
#include "assay-platform-error.h"

/* More than this nobody reads. */
#define MAX_ISSUES 50

static char *
make_key (const char *submission)
{
  return g_strconcat ("refusal:", submission, NULL);
}

static void
add_string (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
}

static JsonArray *
make_issues (const GError *error)
{
  g_autoptr (GPtrArray) issues = assay_platform_error_list_issues (error);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < MIN (issues->len, MAX_ISSUES); i++)
    {
      const AssayPlatformIssue *issue = issues->pdata[i];
      JsonObject *object = json_object_new ();

      add_string (object, "pointer", issue->pointer);
      add_string (object, "code", issue->code);
      add_string (object, "message", issue->message);
      json_array_add_object_element (array, object);
    }
  return array;
}

DexFuture *
assay_outbox_words_keep (AssayStore *store, const char *submission, const GError *error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;
  JsonObject *object;

  dex_return_error_if_fail (ASSAY_IS_STORE (store));
  dex_return_error_if_fail (submission != NULL);
  dex_return_error_if_fail (error != NULL);

  object = json_object_new ();
  node = assay_json_object_node_new (object);
  add_string (object, "message", error->message);
  add_string (object, "problem", assay_platform_error_get_problem (error));
  json_object_set_int_member (object, "status", assay_platform_error_get_status (error));
  json_object_set_array_member (object, "issues", make_issues (error));
  key = make_key (submission);
  text = assay_json_to_string (node);
  return assay_store_set_value (store, key, text);
}

static DexFuture *
loaded_cb (DexFuture *future, gpointer user_data)
{
  const char *text = g_value_get_string (dex_future_get_value (future, NULL));
  g_autoptr (JsonNode) node = assay_json_parse (text, -1, NULL);
  JsonObject *object = node != NULL ? assay_json_node_object (node) : NULL;
  JsonArray *issues = object != NULL ? assay_json_get_array (object, "issues") : NULL;
  const char *message = object != NULL ? assay_json_get_string (object, "message") : NULL;
  g_autoptr (GString) words = g_string_new (message);

  if (message == NULL)
    return dex_future_new_reject (ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND, "%s",
                                  _ ("The platform said nothing."));
  for (guint i = 0; issues != NULL && i < json_array_get_length (issues); i++)
    {
      JsonObject *issue = assay_json_node_object (json_array_get_element (issues, i));
      const char *said = issue != NULL ? assay_json_get_string (issue, "message") : NULL;

      if (said != NULL && *said != '\0')
        g_string_append_printf (words, "\n%s", said);
    }
  return dex_future_new_for_string (words->str);
}

DexFuture *
assay_outbox_words_load (AssayStore *store, const char *submission)
{
  g_autofree char *key = NULL;

  dex_return_error_if_fail (ASSAY_IS_STORE (store));
  dex_return_error_if_fail (submission != NULL);

  key = make_key (submission);
  return dex_future_then (assay_store_get_value (store, key), loaded_cb, NULL, NULL);
}
