/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever a platform of the open protocol may answer: each answer is refused with a sentence, or
 * becomes what the rest of the program can rely on. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-open-cursor.h"
#include "assay-open-discovery.h"
#include "assay-open-read.h"
#include "assay-open-secret.h"
#include "assay-origin.h"
#include "fuzz.h"

#define ACCOUNT "account"
#define FORM "{\"id\":\"f\",\"version\":1,\"questions\":[{\"id\":\"q\",\"type\":\"text\"}]}"

static AssayForm *form;

static void
check_lease (JsonNode *node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayLease) lease = assay_open_read_lease (node, 3 * G_USEC_PER_SEC, &error);

  if (lease == NULL)
    {
      fuzz_check_error (&error);
      return;
    }
  fuzz_check_text (lease->id);
  g_assert_cmpstr (lease->id, !=, "");
  g_assert_nonnull (assay_lease_state_to_string (lease->state));
  g_assert_cmpint (lease->expires_at, >=, 0);
  g_assert_cmpint (lease->granted_at, >=, 0);
  if (lease->form != NULL)
    g_assert_cmpint (lease->form_version, >, 0);
}

static void
check_task (JsonNode *node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayTask) task = assay_open_read_task (node, ACCOUNT, form, &error);

  if (task == NULL)
    {
      fuzz_check_error (&error);
      return;
    }
  fuzz_check_text (assay_task_get_title (task));
  g_assert_null (assay_task_get_gold (task));
  g_assert_true (assay_task_get_form (task) == form);
  if (assay_task_get_guideline_id (task) != NULL)
    g_assert_true (g_str_has_prefix (assay_task_get_guideline_id (task), ACCOUNT "/"));
}

static void
check_project (JsonNode *node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayProject) project = assay_open_read_project (node, ACCOUNT, &error);
  g_autoptr (JsonNode) terms = NULL;

  if (project == NULL)
    {
      fuzz_check_error (&error);
      return;
    }
  fuzz_check_text (assay_project_get_title (project));
  g_assert_cmpstr (assay_project_get_external_id (project), !=, "");
  terms = assay_json_object_node_new (json_object_ref (assay_project_get_terms (project)));
  fuzz_check_equal (node, terms);
}

static void
check_guideline (JsonNode *node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayGuideline) guideline = assay_open_read_guideline (node, ACCOUNT, NULL, &error);

  if (guideline == NULL)
    {
      fuzz_check_error (&error);
      return;
    }
  fuzz_check_text (assay_guideline_get_text (guideline));
  g_assert_cmpint (assay_guideline_get_version (guideline), >, 0);
  g_assert_cmpstr (assay_guideline_strip_id (ACCOUNT, assay_guideline_get_id (guideline)), ==,
                   assay_json_get_string (assay_json_node_object (node), "id"));
}

static void
check_feedback (JsonNode *node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayFeedback) feedback = assay_feedback_new_from_json (node, &error);
  double score;
  double most;

  if (feedback == NULL)
    {
      fuzz_check_error (&error);
      return;
    }
  fuzz_check_equal (node, assay_feedback_get_json (feedback));
  fuzz_check_text (assay_feedback_get_message (feedback));
  if (assay_feedback_get_score (feedback, &score, &most))
    g_assert_cmpfloat (most, >, 0);
  g_assert_nonnull (assay_verdict_get_title (assay_feedback_get_verdict (feedback)));
}

static void
check_discovery (JsonNode *node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayPlatformInfo) info =
      assay_open_discovery_read (node, "https://platform.example.org/", &error);
  g_autoptr (GUri) uri = NULL;
  g_autoptr (JsonNode) kept = NULL;
  g_autoptr (AssayPlatformInfo) again = NULL;

  if (info == NULL)
    {
      fuzz_check_error (&error);
      return;
    }
  uri = assay_origin_parse_url (info->base, NULL);
  g_assert_nonnull (uri);
  g_assert_cmpstr (g_uri_get_scheme (uri), ==, "https");
  fuzz_check_text (info->name);
  if (!assay_open_discovery_read_person (info, node, &error))
    fuzz_check_error (&error);
  fuzz_check_text (info->person);
  kept = assay_platform_info_to_json (info);
  again = assay_platform_info_new_from_json (kept);
  g_assert_cmpint (again->abilities, ==, info->abilities);
}

/* One page: as a list, with each of its items. */
static void
check_item (JsonNode *node)
{
  AssayOpenChange change;

  check_lease (node);
  check_task (node);
  check_project (node);
  check_guideline (node);
  check_feedback (node);
  if (assay_open_read_change (node, &change))
    g_assert_cmpuint (strlen (change.id), <=, ASSAY_LIMIT_NAME_BYTES);
}

static void
check_page (JsonNode *node)
{
  AssayOpenList list;

  if (!assay_open_read_list (node, &list))
    return;
  if (list.next != NULL)
    g_assert_cmpstr (list.next, !=, "");
  for (guint i = 0; i < json_array_get_length (list.items); i++)
    check_item (json_array_get_element (list.items, i));
}

/* What we wrote ourselves, and somebody else may have changed. */
static void
check_own (const char *text)
{
  g_autoptr (AssayOpenCursor) cursor = assay_open_cursor_parse (text);
  g_autoptr (AssayOpenSecret) secret = assay_open_secret_parse (text);

  if (cursor != NULL)
    {
      g_autofree char *first = assay_open_cursor_to_string (cursor);
      g_autoptr (AssayOpenCursor) again = assay_open_cursor_parse (first);
      g_autofree char *second = assay_open_cursor_to_string (again);

      g_assert_cmpstr (first, ==, second);
    }
  if (secret != NULL)
    {
      g_autofree char *first = assay_open_secret_to_string (secret);
      g_autoptr (AssayOpenSecret) again = assay_open_secret_parse (first);

      g_assert_cmpstr (again->access, ==, secret->access);
      g_assert_cmpstr (again->refresh, ==, secret->refresh);
      g_assert_cmpint (assay_open_secret_can_refresh (again), ==,
                       assay_open_secret_can_refresh (secret));
    }
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autoptr (JsonNode) node = fuzz_parse_object (data, size);

  if (form == NULL)
    {
      g_autoptr (JsonNode) form_node = assay_json_parse (FORM, -1, NULL);

      form = assay_form_new_from_json (form_node, "", NULL);
      g_assert_nonnull (form);
    }
  check_own (text);
  if (node == NULL)
    return 0;
  json_node_seal (node);
  check_item (node);
  check_page (node);
  check_discovery (node);
  return 0;
}
