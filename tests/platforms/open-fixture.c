/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-check-answers.h"
#include "assay-json-read.h"
#include "assay-server-control.h"
#include "open-fixture.h"

OpenFixture *
open_fixture_new (guint n_copies)
{
  OpenFixture *self = g_new0 (OpenFixture, 1);
  g_autoptr (GError) error = NULL;

  self->server = assay_platform_server_new (NULL, n_copies, &error);
  g_assert_no_error (error);
  assay_platform_server_start (self->server, 0, &error);
  g_assert_no_error (error);
  self->state = assay_platform_server_get_state (self->server);
  self->http = assay_http_new ();
  self->secret = assay_open_secret_new_for_token (assay_platform_server_get_token (self->server));
  self->platform = open_fixture_new_platform (self, NULL);
  return self;
}

void
open_fixture_free (OpenFixture *self)
{
  g_clear_object (&self->platform);
  g_clear_object (&self->http);
  g_clear_object (&self->server);
  g_free (self->secret);
  g_free (self);
}

AssayPlatform *
open_fixture_new_platform (OpenFixture *self, const AssayPlatformInfo *info)
{
  return assay_open_platform_new (self->http, OPEN_ACCOUNT,
                                  assay_platform_server_get_address (self->server), self->secret,
                                  info);
}

void
open_fixture_control (OpenFixture *self, const char *command, const char *arguments)
{
  g_autofree char *json = g_strdelimit (g_strdup (arguments), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (json, -1, &error);

  g_assert_no_error (error);
  assay_server_control (self->state, command, assay_json_node_object (node), &error);
  g_assert_no_error (error);
}

static const GValue *
wait_for (DexFuture *future, GError **error)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  return dex_future_get_value (future, error);
}

gboolean
open_fixture_wait (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) taken = future;

  return wait_for (taken, error) != NULL;
}

gpointer
open_fixture_wait_object (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) taken = future;
  const GValue *value = wait_for (taken, error);

  return value != NULL ? g_value_dup_object (value) : NULL;
}

gpointer
open_fixture_wait_boxed (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) taken = future;
  const GValue *value = wait_for (taken, error);

  return value != NULL ? g_value_dup_boxed (value) : NULL;
}

char *
open_fixture_wait_string (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) taken = future;
  const GValue *value = wait_for (taken, error);

  return value != NULL ? g_value_dup_string (value) : NULL;
}

AssayPage *
open_fixture_pull (AssayPlatform *platform, const char *cursor)
{
  g_autoptr (GError) error = NULL;
  AssayPage *page = open_fixture_wait_object (assay_platform_pull (platform, cursor), &error);

  g_assert_no_error (error);
  g_assert_nonnull (assay_page_get_cursor (page));
  return page;
}

char *
open_fixture_pull_all (AssayPlatform *platform, const char *cursor, GPtrArray *pages)
{
  g_autofree char *place = g_strdup (cursor);
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (AssayPage) page = open_fixture_pull (platform, place);

      more = assay_page_get_more (page);
      g_set_str (&place, assay_page_get_cursor (page));
      if (pages != NULL)
        g_ptr_array_add (pages, g_object_ref (page));
    }
  return g_steal_pointer (&place);
}

AssayPage *
open_fixture_claim (OpenFixture *self, const char *project, guint count)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;
  AssayPage *page =
      open_fixture_wait_object (assay_platform_claim (self->platform, project, count, key), &error);

  g_assert_no_error (error);
  return page;
}

AssayJudgement *
open_fixture_judge (AssayTask *task, const char *rationale)
{
  AssayJudgement *judgement = assay_judgement_new (task);
  g_autofree char *trouble = assay_check_fill_judgement (judgement, rationale);

  g_assert_null (trouble);
  assay_judgement_finalize_submission (judgement, g_get_real_time () / 1000);
  return judgement;
}

OpenOutgoing *
open_outgoing_new (AssayFrame *frame, const char *submission, const char *first)
{
  OpenOutgoing *self = g_new0 (OpenOutgoing, 1);
  g_autoptr (GString) target = g_string_new (frame->target);

  self->frame = frame;
  self->submission = submission != NULL ? g_strdup (submission) : g_uuid_string_random ();
  g_string_replace (target, ASSAY_FRAME_SUBMISSION, first != NULL ? first : self->submission, 0);
  self->target = g_strdup (target->str);
  self->outgoing = (AssayOutgoing) { .submission = self->submission,
                                     .kind = frame->kind,
                                     .method = frame->method,
                                     .target = self->target,
                                     .body = frame->body };
  return self;
}

void
open_outgoing_free (OpenOutgoing *self)
{
  assay_frame_free (self->frame);
  g_free (self->submission);
  g_free (self->target);
  g_free (self);
}
