/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-platform-check.h"

#include <glib/gi18n.h>

#include "assay-check-run.h"
#include "assay-json-read.h"

static void
result_free (AssayCheckResult *result)
{
  g_free (result->seen);
  g_free (result);
}

static void
run_free (gpointer data)
{
  AssayCheckRun *run = data;

  g_clear_object (&run->http);
  if (run->token != NULL)
    explicit_bzero (run->token, strlen (run->token));
  g_free (run->token);
  g_free (run->address);
  g_free (run->base);
  g_clear_pointer (&run->discovery, json_node_unref);
  g_clear_pointer (&run->projects, g_ptr_array_unref);
  g_clear_pointer (&run->forms, g_hash_table_unref);
  g_free (run->submission);
  g_clear_pointer (&run->submitted, json_node_unref);
  g_clear_pointer (&run->record, json_node_unref);
  g_free (run->etag);
  g_clear_pointer (&run->seen_leases, g_ptr_array_unref);
  g_free (run->seen);
  g_free (run);
}

static gboolean
declares (AssayCheckRun *run, const char *level)
{
  JsonArray *levels =
      run->discovery == NULL
          ? NULL
          : assay_json_get_array (assay_json_node_object (run->discovery), "conformance");

  /* Core is there whether it is named or not. */
  if (g_str_equal (level, "core"))
    return TRUE;
  for (guint i = 0; levels != NULL && i < json_array_get_length (levels); i++)
    if (g_strcmp0 (assay_json_node_string (json_array_get_element (levels, i)), level) == 0)
      return TRUE;
  return FALSE;
}

static AssayCheckResult *
run_check (AssayCheckRun *run, const AssayCheck *check)
{
  AssayCheckResult *result = g_new0 (AssayCheckResult, 1);

  run->outcome = ASSAY_CHECK_PASSED;
  g_clear_pointer (&run->seen, g_free);
  if (run->base == NULL && check != &assay_check_account[0])
    assay_check_skip (run, _ ("Without a discovery there is nothing to ask"));
  else if (!declares (run, check->level))
    assay_check_skip (run, _ ("The platform does not declare this level"));
  else if (run->token == NULL && !check->without_token)
    assay_check_skip (run, _ ("Without a token it cannot be tried"));
  else
    check->run (run);

  result->level = check->level;
  result->name = check->name;
  result->outcome = run->outcome;
  result->seen =
      run->seen != NULL ? g_steal_pointer (&run->seen) : g_strdup (_ ("As it should be"));
  return result;
}

/* What a check that ended early still holds is given back to whoever can work on it. */
static void
release_what_is_left (AssayCheckRun *run)
{
  const AssayCheckRequest request = { .method = "DELETE" };

  for (guint i = 0; i < run->seen_leases->len; i++)
    {
      const char *id =
          assay_json_get_string (assay_json_node_object (run->seen_leases->pdata[i]), "id");
      g_autoptr (AssayCheckAnswer) answer =
          id == NULL ? NULL : assay_check_ask (run, &request, "leases", id, NULL);
    }
}

static DexFuture *
run_fiber (gpointer user_data)
{
  static const AssayCheck *const all[] = {
    assay_check_account,
    assay_check_leases,
    assay_check_submissions,
    assay_check_levels,
  };
  AssayCheckRun *run = user_data;
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) result_free);

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    for (const AssayCheck *check = all[i]; check->name != NULL; check++)
      g_ptr_array_add (results, run_check (run, check));
  if (run->base != NULL)
    release_what_is_left (run);
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&results));
}

DexFuture *
assay_check_platform (AssayHttp *http, const char *address, const char *token)
{
  AssayCheckRun *run;

  dex_return_error_if_fail (ASSAY_IS_HTTP (http));
  dex_return_error_if_fail (address != NULL);

  run = g_new0 (AssayCheckRun, 1);
  run->http = g_object_ref (http);
  run->address = g_strdup (address);
  run->token = g_strdup (token);
  run->date = -1;
  run->projects = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  run->forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  run->seen_leases = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  return dex_scheduler_spawn (NULL, 0, run_fiber, run, run_free);
}
