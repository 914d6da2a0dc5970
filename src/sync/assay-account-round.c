/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-account-sync-private.h"
#include "assay-json.h"
#include "assay-origin.h"

/* What a platform says about itself is asked for again after so long. */
#define CHECK_INTERVAL_US (24 * G_TIME_SPAN_HOUR)

#define MEMBER_LISTING "listing"

static const char *
get_id (AssayAccountSync *self)
{
  return assay_account_get_id (self->account);
}

/* Sending: first, because what the person did matters more than what is new. */
static gboolean
push (AssayAccountSync *self, GError **error)
{
  gboolean ok;

  assay_account_sync_set_progress (self, _ ("Sending…"));
  self->pushing = TRUE;
  ok = dex_await (assay_outbox_worker_push (self->worker, get_id (self)), error);
  self->pushing = FALSE;
  return ok;
}

/* What the platform says of itself */

char *
assay_account_sync_dup_origin (AssayAccountSync *self)
{
  JsonObject *settings = assay_account_get_settings (self->account);
  g_autoptr (AssayPlatformInfo) info =
      assay_platform_info_new_from_json (json_object_get_member (settings, "platform"));
  g_autoptr (GUri) uri = info != NULL ? assay_origin_parse_url (info->base, NULL) : NULL;

  return uri != NULL ? assay_origin_to_string (uri) : NULL;
}

/* What is here is one person's: their leases, drafts and judgements are not handed to another. */
static gboolean
is_of_another (const AssayPlatformInfo *known, const AssayPlatformInfo *info)
{
  return known != NULL && *known->person != '\0' && *info->person != '\0'
         && !assay_platform_info_is_same_person (known, info);
}

static gboolean
keep_info (AssayAccountSync *self, const AssayPlatformInfo *info, GError **error)
{
  JsonObject *settings = assay_account_get_settings (self->account);
  g_autoptr (JsonNode) node = assay_platform_info_to_json (info);
  JsonNode *known = json_object_get_member (settings, "platform");
  g_autoptr (AssayPlatformInfo) before = assay_platform_info_new_from_json (known);

  if (is_of_another (before, info))
    {
      g_set_error (
          error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_SIGNED_OUT,
          /* Translators: the names of two persons. */
          _ ("The platform takes you for %s, but this is the account of %s. Sign in again."),
          info->person, before->person);
      return FALSE;
    }
  /* Nobody was asked who we are where there is no secret to say it with. */
  if (known != NULL && (*info->person == '\0' || assay_json_equal (known, node)))
    return TRUE;
  json_object_set_member (settings, "platform", g_steal_pointer (&node));
  return dex_await (assay_store_save_account (self->store, self->account), error);
}

static gboolean
check (AssayAccountSync *self, GError **error)
{
  g_autoptr (GError) check_error = NULL;
  g_autoptr (AssayPlatformInfo) info = NULL;
  gint64 now = g_get_monotonic_time ();

  if (self->checked_at != 0 && now - self->checked_at < CHECK_INTERVAL_US)
    return TRUE;
  info = dex_await_boxed (assay_platform_check (self->platform), &check_error);
  if (info == NULL
      && !g_error_matches (check_error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_SUPPORTED))
    {
      g_propagate_error (error, g_steal_pointer (&check_error));
      return FALSE;
    }
  if (info != NULL && !keep_info (self, info, error))
    return FALSE;
  self->checked_at = now;
  return TRUE;
}

/* Pulling */

static void
add_present (GHashTable *present, const char *project, const char *task)
{
  GPtrArray *tasks = g_hash_table_lookup (present, project);

  if (tasks == NULL)
    {
      tasks = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (present, g_strdup (project), tasks);
    }
  if (task != NULL)
    g_ptr_array_add (tasks, g_strdup (task));
}

void
assay_account_sync_note_present (AssayAccountSync *self, AssayPage *page)
{
  GPtrArray *projects = assay_page_get_projects (page);
  GPtrArray *tasks = assay_page_get_tasks (page);

  if (self->present == NULL)
    return;
  for (guint i = 0; i < projects->len; i++)
    add_present (self->present, assay_project_get_external_id (projects->pdata[i]), NULL);
  for (guint i = 0; i < tasks->len; i++)
    {
      const AssayPageTask *entry = tasks->pdata[i];

      add_present (self->present, entry->project, assay_task_get_id (entry->task));
    }
}

static gboolean
set_listing (AssayAccountSync *self, gboolean listing, GError **error)
{
  JsonObject *memory = assay_account_memory_get (self->memory);

  if (assay_json_get_boolean (memory, MEMBER_LISTING, FALSE) == listing)
    return TRUE;
  json_object_set_boolean_member (memory, MEMBER_LISTING, listing);
  return assay_account_memory_save (self->memory, error);
}

/* A whole listing says by what it leaves out what is gone, so it must be known from its beginning:
 * one that an earlier run of the program did not finish begins anew. */
static gboolean
begin_pull (AssayAccountSync *self, GError **error)
{
  if (self->present != NULL
      || !assay_json_get_boolean (assay_account_memory_get (self->memory), MEMBER_LISTING, FALSE))
    return TRUE;
  if (!dex_await (assay_store_forget_cursor (self->store, get_id (self)), error))
    return FALSE;
  assay_account_set_cursor (self->account, NULL);
  return set_listing (self, FALSE, error);
}

/* Which tasks wait to be done again. */
static GArray *
list_returned (AssayAccountSync *self, GError **error)
{
  const AssayTaskQuery query = { .account = (char *) get_id (self),
                                 .states = 1u << ASSAY_TASK_RETURNED };

  return dex_await_boxed (assay_store_query_tasks (self->store, &query), error);
}

static gboolean
contains (GArray *rows, gint64 row)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_array_index (rows, gint64, i) == row)
      return TRUE;
  return FALSE;
}

static gboolean
gives_back (AssayPage *page)
{
  GPtrArray *submissions = assay_page_get_submissions (page);
  GPtrArray *feedback = assay_page_get_feedback (page);

  for (guint i = 0; i < submissions->len; i++)
    if (g_strcmp0 (((AssayPageSubmission *) submissions->pdata[i])->state, "returned") == 0)
      return TRUE;
  for (guint i = 0; i < feedback->len; i++)
    if (assay_feedback_get_verdict (feedback->pdata[i]) == ASSAY_VERDICT_RETURNED)
      return TRUE;
  return FALSE;
}

static void
tell_returned (AssayAccountSync *self, GArray *before)
{
  g_autoptr (GArray) after = list_returned (self, NULL);
  g_autoptr (GPtrArray) summaries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; after != NULL && i < after->len; i++)
    if (!contains (before, g_array_index (after, gint64, i)))
      g_ptr_array_add (summaries, assay_task_summary_new (g_array_index (after, gint64, i)));
  if (summaries->len == 0 || !dex_await (assay_store_fill_summaries (self->store, summaries), NULL))
    return;
  for (guint i = 0; i < summaries->len; i++)
    {
      const char *title = assay_task_summary_get_data (summaries->pdata[i])->title;

      assay_account_sync_emit_returned (self, assay_task_summary_get_row (summaries->pdata[i]),
                                        title != NULL ? title : "");
    }
}

static void
note_touched (AssayAccountSync *self, AssayPage *page)
{
  GPtrArray *tasks = assay_page_get_tasks (page);
  GPtrArray *leases = assay_page_get_leases (page);

  for (guint i = 0; i < tasks->len; i++)
    {
      const AssayPageTask *task = tasks->pdata[i];

      if (task->lease != NULL)
        g_hash_table_add (self->touched, g_strdup (task->lease->id));
    }
  for (guint i = 0; i < leases->len; i++)
    g_hash_table_add (self->touched, g_strdup (((AssayLease *) leases->pdata[i])->id));
}

/* What cannot be read is here for nobody, and is no secret. */
static void
note_unreadable (AssayAccountSync *self, AssayPage *page)
{
  guint n = assay_page_get_n_unreadable (page);
  g_autofree char *note = NULL;

  if (n == 0)
    return;
  note = g_strdup_printf (ngettext ("%u task of this platform could not be read.",
                                    "%u tasks of this platform could not be read.", n),
                          n);
  assay_account_sync_add_note (self, note);
}

/* One page, with its cursor, or nothing of it. */
static gboolean
store_page (AssayAccountSync *self, AssayPage *page, GError **error)
{
  g_autoptr (GArray) returned = NULL;

  if (gives_back (page))
    {
      returned = list_returned (self, error);
      if (returned == NULL)
        return FALSE;
    }
  if (!dex_await (assay_store_apply_page (self->store, get_id (self), page), error))
    return FALSE;
  assay_account_set_cursor (self->account, assay_page_get_cursor (page));
  note_touched (self, page);
  note_unreadable (self, page);
  if (returned != NULL)
    tell_returned (self, returned);
  return TRUE;
}

/* The sum is of all projects; the person is asked about one. */
static void
tell_removals (AssayAccountSync *self, const AssayRemovals *sum)
{
  AssayRemovals removals = { .in_doubt = TRUE, .project = sum->project };
  g_autoptr (GArray) counts =
      dex_await_boxed (assay_store_count_tasks (self->store, sum->project), NULL);

  if (counts == NULL)
    return;
  removals.n_withdrawn = g_array_index (counts, guint, ASSAY_TASK_WITHDRAWN);
  assay_account_sync_emit_removals (self, sum->project, &removals);
}

static gboolean
end_listing (AssayAccountSync *self, GError **error)
{
  g_autofree AssayRemovals *removals =
      dex_await_boxed (assay_store_end_whole_pull (self->store, get_id (self), self->present),
                       error);

  if (removals == NULL)
    return FALSE;
  g_clear_pointer (&self->present, g_hash_table_unref);
  if (removals->in_doubt)
    tell_removals (self, removals);
  return set_listing (self, FALSE, error);
}

/* Before anything after @page is asked for: what is claimed from now on is not on it. */
static gboolean
note_listing (AssayAccountSync *self, AssayPage *page, GError **error)
{
  if (assay_page_get_whole (page))
    {
      if (self->present == NULL)
        {
          if (!set_listing (self, TRUE, error))
            return FALSE;
          self->present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                 (GDestroyNotify) g_ptr_array_unref);
        }
      assay_account_sync_note_present (self, page);
    }
  /* A listing of which a part cannot be known does not say what is gone. */
  else if (self->present != NULL)
    {
      g_clear_pointer (&self->present, g_hash_table_unref);
      if (!set_listing (self, FALSE, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_page (AssayAccountSync *self, AssayPage *page, GError **error)
{
  if (!store_page (self, page, error))
    return FALSE;
  if (assay_page_get_whole (page) && !assay_page_get_more (page))
    return end_listing (self, error);
  return TRUE;
}

/* While one page is stored the next one is on its way. */
static gboolean
pull (AssayAccountSync *self, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  DexFuture *next;

  if (!begin_pull (self, error) || assay_account_sync_is_over (self, error))
    return FALSE;
  next = assay_platform_pull (self->platform, assay_account_get_cursor (self->account));
  while (next != NULL)
    {
      g_autoptr (AssayPage) page = dex_await_object (g_steal_pointer (&next), error);
      const char *cursor;
      gboolean endless;

      if (page == NULL || assay_account_sync_is_over (self, error)
          || !note_listing (self, page, error))
        return FALSE;
      cursor = assay_page_get_cursor (page);
      endless = assay_page_get_more (page)
                && (cursor == NULL || !g_hash_table_add (seen, g_strdup (cursor)));
      if (assay_page_get_more (page) && !endless)
        next = assay_platform_pull (self->platform, cursor);
      if (!take_page (self, page, error))
        {
          /* A round that has ended asks for nothing more. */
          if (next != NULL)
            dex_await (next, NULL);
          return FALSE;
        }
      if (endless)
        {
          g_set_error_literal (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_PROTOCOL,
                               _ ("The platform's list of tasks does not come to an end."));
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
assay_account_round_run (AssayAccountSync *self, GError **error)
{
  g_clear_pointer (&self->note, g_free);
  if (assay_account_sync_is_over (self, error))
    return FALSE;
  if (!assay_account_retention_keep (self, error))
    return FALSE;
  if (!dex_await (assay_account_sync_wait_open (self), error))
    return FALSE;
  self->round_opening = self->n_opened;
  /* Whoever asked for a round did what an account that stopped waits for. */
  assay_outbox_worker_resume_account (self->worker, get_id (self));
  if (!push (self, error))
    return FALSE;
  assay_account_sync_set_progress (self, _ ("Getting tasks…"));
  return check (self, error) && pull (self, error) && !assay_account_sync_is_over (self, error)
         && assay_account_leases_keep (self, error) && !assay_account_sync_is_over (self, error)
         && assay_account_drafts_exchange (self, error);
}
