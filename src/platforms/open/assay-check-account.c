/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-check-run.h"
#include "assay-check-shapes.h"
#include "assay-json-read.h"
#include "assay-open-discovery.h"
#include "assay-origin.h"

/* The part of level core that changes nothing: what the platform is and has. */

/* Every platform takes this much. */
#define SUBMISSION_BYTES 1048576

static gboolean
check_shape (AssayCheckRun *run, AssayShape shape, JsonNode *node, const char *place)
{
  g_autofree char *fault =
      node != NULL ? assay_shape_check (shape, node, place) : g_strdup (_ ("The answer is empty"));

  if (fault == NULL)
    return TRUE;
  assay_check_fail (run, "%s", fault);
  return FALSE;
}

static gboolean
check_base (AssayCheckRun *run, const char *base)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = assay_origin_parse_url (base, &error);

  if (uri == NULL)
    assay_check_fail (run, "/base: %s", error->message);
  else if (g_str_has_suffix (base, "/"))
    assay_check_fail (run, _ ("%s ends with a slash"), "/base");
  return uri != NULL && run->outcome != ASSAY_CHECK_FAILED;
}

static void
check_discovery (AssayCheckRun *run)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = assay_open_discovery_build_url (run->address, &error);
  const AssayCheckRequest request = { .token = "" };
  g_autoptr (AssayCheckAnswer) answer = NULL;
  const char *base;

  if (url == NULL)
    {
      assay_check_fail (run, "%s", error->message);
      return;
    }
  answer = assay_check_ask_url (run, &request, url);
  if (!assay_check_expect (run, answer, 200, NULL)
      || !check_shape (run, ASSAY_SHAPE_DISCOVERY, answer->node, ""))
    return;
  base = assay_json_get_string (answer->object, "base");
  if (!check_base (run, base))
    return;
  if (!g_str_has_prefix (assay_json_get_string (answer->object, "protocol"), "1."))
    assay_check_fail (run, _ ("The protocol is %s, and this is a check of 1.0"),
                      assay_json_get_string (answer->object, "protocol"));
  if (assay_json_get_int (assay_json_get_object (answer->object, "limits"), "submission_bytes", 0)
      < SUBMISSION_BYTES)
    assay_check_fail (run, _ ("%s is less than %d"), "/limits/submission_bytes", SUBMISSION_BYTES);
  run->base = g_strdup (base);
  run->discovery = json_node_ref (answer->node);
  assay_check_note (run, "%s, %s", assay_json_get_string (answer->object, "name"), base);
}

static void
check_sign_in (AssayCheckRun *run)
{
  static const char *const tokens[] = { "", "assay-check-this-is-no-token" };

  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      const AssayCheckRequest request = { .token = tokens[i] };
      g_autoptr (AssayCheckAnswer) answer = assay_check_ask (run, &request, "me", NULL);

      assay_check_expect (run, answer, 401, "not-authenticated");
    }
}

static void
check_me (AssayCheckRun *run)
{
  g_autoptr (AssayCheckAnswer) answer = assay_check_get (run, "me", NULL);
  g_autofree char *text = NULL;

  if (!assay_check_expect (run, answer, 200, NULL)
      || !check_shape (run, ASSAY_SHAPE_ME, answer->node, ""))
    return;
  text = assay_json_to_string (answer->node);
  if (strstr (text, run->token) != NULL)
    assay_check_fail (run, _ ("The token comes back in the answer"));
  assay_check_note (run, "%s", assay_json_get_string (answer->object, "name"));
}

static void
check_not_found (AssayCheckRun *run)
{
  g_autoptr (AssayCheckAnswer) path = assay_check_get (run, "assay-check-no-such-path", NULL);
  g_autoptr (AssayCheckAnswer) project =
      assay_check_get (run, "projects", "assay-check-none", NULL);
  /* An id may hold anything, and is escaped. */
  g_autoptr (AssayCheckAnswer) odd = assay_check_get (run, "projects", "a/b?c#d%20é🗓", NULL);

  assay_check_expect (run, path, 404, "not-found");
  assay_check_expect (run, project, 404, "not-found");
  assay_check_expect (run, odd, 404, "not-found");
}

static void
check_validators (AssayCheckRun *run)
{
  static const char *const paths[] = { "me", "projects" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (AssayCheckAnswer) answer = assay_check_get (run, paths[i], NULL);
      AssayCheckRequest request = { 0 };
      g_autoptr (AssayCheckAnswer) again = NULL;

      if (!assay_check_expect (run, answer, 200, NULL))
        return;
      if (answer->etag == NULL)
        {
          assay_check_fail (run, _ ("/%s has no ETag"), paths[i]);
          return;
        }
      if (run->date < 0)
        {
          assay_check_fail (run, _ ("/%s has no Date"), paths[i]);
          return;
        }
      request.if_none_match = answer->etag;
      again = assay_check_ask (run, &request, paths[i], NULL);
      assay_check_expect (run, again, 304, NULL);
    }
}

static void
check_projects (AssayCheckRun *run)
{
  if (!assay_check_read_list (run, "projects", run->projects))
    return;
  for (guint i = 0; i < run->projects->len; i++)
    {
      JsonNode *project = run->projects->pdata[i];
      g_autofree char *place = g_strdup_printf ("/items/%u", i);
      g_autoptr (AssayCheckAnswer) answer = NULL;

      if (!check_shape (run, ASSAY_SHAPE_PROJECT, project, place))
        continue;
      answer =
          assay_check_get (run, "projects",
                           assay_json_get_string (assay_json_node_object (project), "id"), NULL);
      if (assay_check_expect (run, answer, 200, NULL))
        check_shape (run, ASSAY_SHAPE_PROJECT, answer->node, "");
    }
  assay_check_note (run, ngettext ("%u project", "%u projects", run->projects->len),
                    run->projects->len);
}

static void
check_guideline (AssayCheckRun *run, JsonObject *ref)
{
  const char *id = assay_json_get_string (ref, "id");
  g_autofree char *version =
      g_strdup_printf ("%" G_GINT64_FORMAT, assay_json_get_int (ref, "version", 0));
  g_autoptr (AssayCheckAnswer) answer = assay_check_get (run, "guidelines", id, version, NULL);
  const char *body;
  const char *digest;

  if (!assay_check_expect (run, answer, 200, NULL)
      || !check_shape (run, ASSAY_SHAPE_GUIDELINE, answer->node, ""))
    return;
  digest = assay_json_get_string (answer->object, "sha256");
  if (g_strcmp0 (digest, assay_json_get_string (ref, "sha256")) != 0)
    assay_check_fail (run, _ ("The digest of %s is not the one that its project names"), id);
  body = assay_json_get_string (answer->object, "body");
  if (body != NULL)
    {
      g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, body, -1);

      if (g_strcmp0 (sha256, digest) != 0)
        assay_check_fail (run, _ ("The text of %s is not what its digest says"), id);
    }
  else if (assay_json_get_string (answer->object, "href") == NULL)
    assay_check_fail (run, _ ("%s is missing"), "/body");
}

static void
check_guidelines (AssayCheckRun *run)
{
  guint n = 0;

  for (guint i = 0; i < run->projects->len; i++)
    {
      JsonObject *guideline =
          assay_json_get_object (assay_json_node_object (run->projects->pdata[i]), "guideline");

      if (guideline != NULL && assay_json_get_string (guideline, "id") != NULL)
        {
          check_guideline (run, guideline);
          n++;
        }
    }
  if (n == 0)
    assay_check_skip (run, _ ("No project has a guideline"));
}

static void
check_forms (AssayCheckRun *run)
{
  for (guint i = 0; i < run->projects->len; i++)
    {
      JsonObject *project = assay_json_node_object (run->projects->pdata[i]);
      JsonObject *ref = assay_json_get_object (project, "form");
      AssayForm *form = assay_check_load_form (run, project);

      if (form == NULL)
        return;
      if (g_strcmp0 (assay_form_get_id (form), assay_json_get_string (ref, "id")) != 0
          || assay_form_get_version (form) != assay_json_get_int (ref, "version", 0))
        assay_check_fail (run, _ ("The form that is answered is not %s"),
                          assay_json_get_string (ref, "id"));
    }
  assay_check_note (run, ngettext ("%u form", "%u forms", g_hash_table_size (run->forms)),
                    g_hash_table_size (run->forms));
}

static void
check_malformed (AssayCheckRun *run)
{
  g_autofree char *id = g_uuid_string_random ();
  const AssayCheckRequest request = { .method = "PUT", .raw_body = "{\"lease_id\": " };
  g_autoptr (AssayCheckAnswer) answer = assay_check_ask (run, &request, "submissions", id, NULL);

  assay_check_expect (run, answer, 400, "malformed");
}

const AssayCheck assay_check_account[] = {
  { "core", "discovery", check_discovery, TRUE },
  { "core", "sign-in", check_sign_in, TRUE },
  { "core", "me", check_me },
  { "core", "not-found", check_not_found },
  { "core", "validators", check_validators },
  { "core", "malformed", check_malformed },
  { "core", "projects", check_projects },
  { "core", "guidelines", check_guidelines },
  { "core", "forms", check_forms },
  { NULL },
};
