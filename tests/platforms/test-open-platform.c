/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is at an address, and who we are there; claiming, holding and giving back. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "open-fixture.h"

static void
test_check (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayPlatformInfo) info =
      open_fixture_wait_boxed (assay_platform_check (fixture->platform), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (info->base, ==, assay_platform_server_get_address (fixture->server));
  g_assert_cmpstr (info->name, !=, "");
  g_assert_cmpstr (info->person, !=, "");
  g_assert_cmpuint (info->claim_max, ==, ASSAY_PLATFORM_SERVER_CLAIM_MAX);
  g_assert_cmpuint (info->submission_bytes, ==, ASSAY_PLATFORM_SERVER_SUBMISSION_BYTES);
  g_assert_cmpstr (info->client_id, ==, ASSAY_PLATFORM_SERVER_CLIENT_ID);
  g_assert_nonnull (info->authorization_server);
  g_assert_cmpint (info->abilities, ==, assay_platform_get_abilities (fixture->platform));
  g_assert_true ((info->abilities & ASSAY_PLATFORM_CHANGES) != 0);
  g_assert_true ((info->abilities & ASSAY_PLATFORM_DRAFTS) != 0);
  g_assert_true ((info->abilities & ASSAY_PLATFORM_LOCAL) == 0);
}

static void
test_smoke (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *cursor = open_fixture_pull_all (fixture->platform, NULL, pages);

  for (guint i = 0; i < pages->len; i++)
    g_test_message ("page %u: %u projects, %u guidelines, %u tasks, cursor %s", i,
                    assay_page_get_projects (pages->pdata[i])->len,
                    assay_page_get_guidelines (pages->pdata[i])->len,
                    assay_page_get_tasks (pages->pdata[i])->len,
                    assay_page_get_cursor (pages->pdata[i]));
  for (guint i = 0; i < assay_page_get_projects (pages->pdata[0])->len; i++)
    {
      AssayProject *project = assay_page_get_projects (pages->pdata[0])->pdata[i];

      g_test_message ("%s: %s", assay_project_get_external_id (project),
                      assay_project_get_title (project));
    }
  {
    g_autoptr (AssayPage) page = open_fixture_claim (fixture, "quick", 2);
    g_autoptr (AssayPage) changes = open_fixture_pull (fixture->platform, cursor);
    AssayPageTask *task;
    g_autoptr (AssayJudgement) judgement = NULL;
    g_autoptr (OpenOutgoing) outgoing = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *receipt = NULL;

    g_test_message ("%u tasks, %u changed", assay_page_get_tasks (page)->len,
                    assay_page_get_tasks (changes)->len);
    task = assay_page_get_tasks (page)->pdata[0];
    judgement = open_fixture_judge (task->task, "Because.");
    outgoing = open_outgoing_new (assay_platform_frame (fixture->platform, task->task, task->lease,
                                                        judgement, &error),
                                  NULL, NULL);
    g_assert_no_error (error);
    receipt =
        open_fixture_wait_string (assay_platform_submit (fixture->platform, &outgoing->outgoing),
                                  &error);
    g_assert_no_error (error);
    g_test_message ("%s", receipt);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/platforms/open/check", test_check);
  g_test_add_func ("/platforms/open/smoke", test_smoke);

  return g_test_run ();
}
