/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-link-header.h"
#include "assay-open-private.h"
#include "assay-open-problem.h"
#include "assay-open-read.h"
#include "assay-origin.h"

/* Everything that a person has at a platform, page by page; and the way into what changed since. */

/* A server may give an empty page while it looks further; not for ever. */
#define MAX_EMPTY_PAGES 10

static void
validator_free (gpointer data)
{
  AssayOpenValidator *validator = data;

  g_free (validator->url);
  g_free (validator->etag);
  g_free (validator);
}

static AssayOpenListing *
listing_new (void)
{
  AssayOpenListing *self = g_new0 (AssayOpenListing, 1);

  self->run = g_uuid_string_random ();
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->limit = ASSAY_OPEN_PAGE_ITEMS;
  self->has_validators = TRUE;
  self->validators = g_ptr_array_new_with_free_func (validator_free);
  return self;
}

GError *
assay_open_new_endless (void)
{
  return assay_platform_error_new (
      ASSAY_PLATFORM_ERROR_PROTOCOL, ASSAY_DELIVERY_ANSWERED,
      _ ("The platform gives a list that has no end. What was read of it is kept."));
}

char *
assay_open_build_list_url (AssayOpenPlatform *self,
                           const char *segment,
                           guint limit,
                           const char *parameter,
                           const char *value,
                           GError **error)
{
  g_autofree char *url = assay_open_client_build_url (self->client, error, segment, NULL);
  g_autofree char *escaped = value != NULL ? g_uri_escape_string (value, NULL, FALSE) : NULL;

  if (url == NULL)
    return NULL;
  return escaped != NULL ? g_strdup_printf ("%s?limit=%u&%s=%s", url, limit, parameter, escaped)
                         : g_strdup_printf ("%s?limit=%u", url, limit);
}

AssayHttpAnswer *
assay_open_ask_list (AssayOpenPlatform *self,
                     const char *url,
                     const char *route,
                     const char *etag,
                     GError **error)
{
  const AssayOpenAsk ask = { .kind = ASSAY_HTTP_PAGE, .route = route, .if_none_match = etag };

  return assay_open_client_ask (self->client, &ask, url, error);
}

/* Reading one page of projects or leases */

static char *
make_place (const AssayOpenCursor *cursor)
{
  const char *at = cursor->at != NULL ? cursor->at : cursor->at_url;

  return g_strdup_printf ("%d %s", cursor->stage, at != NULL ? at : "");
}

gboolean
assay_open_come_from (GHashTable *seen, const char *place, const char *from)
{
  const char *before;

  /* Where it all began. */
  if (!g_hash_table_contains (seen, from))
    g_hash_table_insert (seen, g_strdup (from), g_strdup (""));
  before = g_hash_table_lookup (seen, place);
  if (before == NULL)
    g_hash_table_insert (seen, g_strdup (place), g_strdup (from));
  return before == NULL || (g_str_equal (before, from) && !g_str_equal (place, from));
}

/* Where the list goes on after @n items: at the cursor @next, or where @link leads. FALSE and
 * @error if nowhere that can be. */
static gboolean
move_on (AssayOpenPlatform *self,
         AssayOpenCursor *cursor,
         const char *url,
         const char *next,
         const char *link,
         guint n,
         gboolean *more,
         GError **error)
{
  AssayOpenListing *listing = self->listing;
  g_autofree char *link_url = NULL;
  g_autofree char *from = make_place (cursor);
  g_autofree char *place = NULL;

  g_clear_pointer (&cursor->at, g_free);
  g_clear_pointer (&cursor->at_url, g_free);
  *more = next != NULL || link != NULL;
  if (link != NULL)
    {
      link_url = assay_origin_resolve_next (url, link, error);
      if (link_url == NULL)
        return FALSE;
    }
  if (next != NULL)
    cursor->at = g_strdup (next);
  else
    cursor->at_url = g_steal_pointer (&link_url);

  listing->n_items += n;
  listing->n_empty = n == 0 ? listing->n_empty + 1 : 0;
  place = make_place (cursor);
  if (*more
      && (!assay_open_come_from (listing->seen, place, from) || listing->n_empty >= MAX_EMPTY_PAGES
          || listing->n_items > ASSAY_LIMIT_INBOX_TASKS))
    {
      g_propagate_error (error, assay_open_new_endless ());
      return FALSE;
    }
  return TRUE;
}

static void
keep_validator (AssayOpenListing *listing,
                AssayHttpAnswer *answer,
                const char *url,
                const char *route)
{
  const char *etag = assay_http_answer_get_header (answer, "ETag");
  AssayOpenValidator *validator;

  if (etag == NULL)
    {
      listing->has_validators = FALSE;
      return;
    }
  for (guint i = 0; i < listing->validators->len; i++)
    {
      validator = listing->validators->pdata[i];
      if (g_str_equal (validator->url, url))
        {
          g_set_str (&validator->etag, etag);
          return;
        }
    }
  validator = g_new0 (AssayOpenValidator, 1);
  validator->url = g_strdup (url);
  validator->etag = g_strdup (etag);
  validator->route = route;
  g_ptr_array_add (listing->validators, validator);
}

/* Where tasks are so large that a page of them is more than is taken, fewer are asked for; one
 * alone may be as large as a task may be. */
static AssayHttpAnswer *
ask_stage (AssayOpenPlatform *self,
           AssayOpenCursor *cursor,
           const char *segment,
           const char *route,
           char **url,
           GError **error)
{
  AssayOpenAsk ask = { .route = route };

  while (TRUE)
    {
      g_autoptr (GError) trouble = NULL;
      AssayHttpAnswer *answer;
      guint status;

      g_free (*url);
      *url = cursor->at_url != NULL
                 ? g_strdup (cursor->at_url)
                 : assay_open_build_list_url (self, segment, self->listing->limit, "cursor",
                                              cursor->at, error);
      if (*url == NULL)
        return NULL;
      ask.kind = self->listing->limit <= 1 ? ASSAY_HTTP_TASK : ASSAY_HTTP_PAGE;
      answer = assay_open_client_ask (self->client, &ask, *url, &trouble);
      if (answer != NULL)
        return answer;
      status = assay_platform_error_get_status (trouble);
      if (!g_error_matches (trouble, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_PROTOCOL)
          || status != 200 || self->listing->limit <= 1 || cursor->at_url != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&trouble));
          return NULL;
        }
      self->listing->limit = MAX (self->listing->limit / 10, 1);
    }
}

void
assay_open_fail_afterwards (AssayOpenPlatform *self, const AssayOpenCursor *cursor, GError *error)
{
  g_clear_error (&self->trouble);
  self->trouble = error;
  g_free (self->trouble_cursor);
  self->trouble_cursor = assay_open_cursor_to_string (cursor);
}

/* A task that is too large even by itself keeps no other away. What its page would have said of the
 * rest, its header says; where that says nothing, nobody knows whether there is more, and what was
 * not listed is not gone. */
static void
pass_over (AssayOpenPlatform *self,
           AssayOpenCursor *cursor,
           AssayPage *page,
           const char *url,
           const GError *too_large,
           gboolean *more,
           GError **trouble)
{
  AssayOpenListing *listing = self->listing;
  const char *header = assay_platform_error_get_link (too_large);
  g_autofree char *link = header != NULL ? assay_link_header_find (header, "next") : NULL;

  g_warning ("A task cannot be read, lease %u of the list: it is too large", listing->n_items + 1);
  assay_page_set_n_unreadable (page, 1);
  /* Whether this page changed cannot be asked. */
  listing->has_validators = FALSE;
  listing->is_cut = link == NULL;
  if (!move_on (self, cursor, url, NULL, link, 1, more, trouble))
    *more = TRUE;
}

/* @read: (nullable): what is wrong after it. FALSE and @error if nothing could be read. */
static gboolean
read_stage (AssayOpenPlatform *self,
            AssayOpenCursor *cursor,
            AssayPage *page,
            gboolean *more,
            GError **trouble,
            GError **error)
{
  gboolean leases = cursor->stage == ASSAY_OPEN_LEASES;
  const char *segment = leases ? "leases" : "projects";
  const char *route = leases ? "/leases" : "/projects";
  g_autofree char *url = NULL;
  g_autofree char *link = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (AssayHttpAnswer) answer = ask_stage (self, cursor, segment, route, &url, &failure);
  AssayOpenList list;

  if (answer == NULL && leases && self->listing->limit <= 1
      && assay_platform_error_get_too_large (failure))
    {
      pass_over (self, cursor, page, url, failure, more, trouble);
      return TRUE;
    }
  if (answer == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!assay_open_read_list (assay_http_answer_get_json (answer), &list))
    {
      g_propagate_error (error, assay_open_problem_new_unreadable (self->info->base,
                                                                   "a list has no items"));
      return FALSE;
    }
  if (!leases)
    for (guint i = 0; i < json_array_get_length (list.items); i++)
      if (!assay_open_add_project (self, page, json_array_get_element (list.items, i), error))
        return FALSE;
  keep_validator (self->listing, answer, url, route);
  link = assay_http_answer_dup_link (answer, "next");
  if (!move_on (self, cursor, url, list.next, link, json_array_get_length (list.items), more,
                trouble))
    *more = TRUE;
  return !leases || assay_open_add_leases (self, page, g_steal_pointer (&answer), "items", error);
}

gboolean
assay_open_pull_feedback (AssayOpenPlatform *self,
                          AssayOpenCursor *cursor,
                          AssayPage *page,
                          gboolean *more,
                          GError **endless,
                          GError **error)
{
  g_autofree char *url = assay_open_build_list_url (self, "feedback", ASSAY_OPEN_PAGE_ITEMS,
                                                    "since", cursor->feedback, error);
  g_autoptr (AssayHttpAnswer) answer = NULL;
  g_autoptr (GError) trouble = NULL;
  AssayOpenList list;

  *more = FALSE;
  answer = url != NULL ? assay_open_ask_list (self, url, "/feedback", NULL, &trouble) : NULL;
  if (url == NULL)
    return FALSE;
  if (answer == NULL)
    {
      /* What may not be seen is not there. */
      if (g_error_matches (trouble, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_ALLOWED)
          || g_error_matches (trouble, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_FOUND))
        return TRUE;
      if (cursor->feedback != NULL
          && g_error_matches (trouble, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_GONE))
        {
          g_clear_pointer (&cursor->feedback, g_free);
          return assay_open_pull_feedback (self, cursor, page, more, endless, error);
        }
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
  if (!assay_open_read_list (assay_http_answer_get_json (answer), &list) || list.next == NULL)
    {
      g_propagate_error (error,
                         assay_open_problem_new_unreadable (self->info->base,
                                                            "/feedback has no items or no next"));
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (list.items); i++)
    {
      g_autoptr (GError) unreadable = NULL;
      AssayFeedback *feedback =
          assay_feedback_new_from_json (json_array_get_element (list.items, i), &unreadable);

      if (feedback != NULL)
        g_ptr_array_add (assay_page_get_feedback (page), feedback);
      else
        g_warning ("A feedback cannot be read: %s", unreadable->message);
    }
  *more = list.more;
  if (!list.more)
    g_hash_table_remove_all (self->seen_feedback);
  else if (!assay_open_come_from (self->seen_feedback, list.next,
                                  cursor->feedback != NULL ? cursor->feedback : ""))
    g_propagate_error (endless, assay_open_new_endless ());
  g_set_str (&cursor->feedback, list.next);
  return TRUE;
}

gboolean
assay_open_add_project (AssayOpenPlatform *self, AssayPage *page, JsonNode *node, GError **error)
{
  g_autoptr (GError) unreadable = NULL;
  g_autoptr (AssayProject) project = assay_open_read_project (node, self->account, &unreadable);
  JsonObject *object;
  AssayForm *form = NULL;
  const char *id;
  int version;

  if (project == NULL)
    {
      g_warning ("A project cannot be read: %s", unreadable->message);
      return TRUE;
    }
  object = assay_json_node_object (node);
  if (assay_open_read_ref (object, "form", &id, &version)
      && !assay_open_catalogue_load_form (self->catalogue, id, version, &form, error))
    return FALSE;
  if (form != NULL)
    assay_project_set_form (project, form);
  if (assay_open_read_ref (object, "guideline", &id, &version)
      && !assay_open_catalogue_add_guideline (
          self->catalogue, page, assay_project_get_external_id (project), id, version,
          assay_json_get_string (assay_json_get_object (object, "guideline"), "acknowledged_at")
              != NULL,
          error))
    return FALSE;
  g_ptr_array_add (assay_page_get_projects (page), g_steal_pointer (&project));
  return TRUE;
}

/* The whole listing */

static void
finish_listing (AssayOpenCursor *cursor)
{
  assay_open_cursor_enter (cursor, cursor->changes != NULL ? ASSAY_OPEN_CHANGES : ASSAY_OPEN_AGAIN);
  g_clear_pointer (&cursor->run, g_free);
}

/* The stage after one that has no more. */
static void
enter_next_stage (AssayOpenPlatform *self, AssayOpenCursor *cursor)
{
  if (cursor->stage == ASSAY_OPEN_PROJECTS)
    assay_open_cursor_enter (cursor, ASSAY_OPEN_LEASES);
  else if (cursor->stage == ASSAY_OPEN_LEASES
           && assay_open_platform_can (self, ASSAY_PLATFORM_FEEDBACK))
    assay_open_cursor_enter (cursor, ASSAY_OPEN_FEEDBACK);
  else
    finish_listing (cursor);
}

static gboolean
pull_listing (AssayOpenPlatform *self, AssayOpenCursor *cursor, AssayPage *page, GError **error)
{
  GError *trouble = NULL;
  gboolean more = FALSE;
  gboolean read = cursor->stage == ASSAY_OPEN_FEEDBACK
                      ? assay_open_pull_feedback (self, cursor, page, &more, &trouble, error)
                      : read_stage (self, cursor, page, &more, &trouble, error);

  if (!read)
    {
      g_clear_error (&trouble);
      return FALSE;
    }
  assay_page_set_whole (page, !self->listing->is_cut);
  if (!more)
    enter_next_stage (self, cursor);
  assay_page_set_more (page, assay_open_cursor_is_in_listing (cursor));
  if (trouble != NULL)
    assay_open_fail_afterwards (self, cursor, trouble);
  return TRUE;
}

/* Where changes are told, those that come while the rest is read are not missed: that place is
 * taken first. */
static gboolean
load_start (AssayOpenPlatform *self, AssayOpenCursor *cursor, GError **error)
{
  g_autofree char *url = NULL;
  g_autoptr (AssayHttpAnswer) answer = NULL;
  AssayOpenList list;

  if (!assay_open_platform_can (self, ASSAY_PLATFORM_CHANGES))
    return TRUE;
  url = assay_open_build_list_url (self, "changes", ASSAY_OPEN_PAGE_ITEMS, NULL, NULL, error);
  answer = url != NULL ? assay_open_ask_list (self, url, "/changes", NULL, error) : NULL;
  if (answer == NULL)
    return FALSE;
  if (!assay_open_read_list (assay_http_answer_get_json (answer), &list) || list.next == NULL)
    {
      g_propagate_error (error,
                         assay_open_problem_new_unreadable (self->info->base,
                                                            "/changes has no items or no next"));
      return FALSE;
    }
  cursor->changes = g_strdup (list.next);
  return TRUE;
}

/* @feedback: (nullable): where that went on. */
static AssayOpenCursor *
begin_listing (AssayOpenPlatform *self, const char *feedback, GError **error)
{
  g_autoptr (AssayOpenCursor) cursor = g_new0 (AssayOpenCursor, 1);

  g_clear_pointer (&self->listing, assay_open_listing_free);
  assay_open_catalogue_forgive (self->catalogue);
  if (!load_start (self, cursor, error))
    return NULL;
  self->listing = listing_new ();
  cursor->stage = ASSAY_OPEN_PROJECTS;
  cursor->run = g_strdup (self->listing->run);
  cursor->feedback = g_strdup (feedback);
  return g_steal_pointer (&cursor);
}

/* Where changes are not told, whether the last listing still holds. FALSE without @error: no, or
 * nobody can tell. */
static gboolean
pull_unchanged (AssayOpenPlatform *self, AssayOpenCursor *cursor, AssayPage *page, GError **error)
{
  AssayOpenListing *listing = self->listing;
  GError *trouble = NULL;
  gboolean more = FALSE;

  if (listing == NULL || !listing->has_validators || listing->validators->len == 0)
    return FALSE;
  for (guint i = 0; i < listing->validators->len; i++)
    {
      const AssayOpenValidator *validator = listing->validators->pdata[i];
      g_autoptr (AssayHttpAnswer) answer =
          assay_open_ask_list (self, validator->url, validator->route, validator->etag, error);

      if (answer == NULL || assay_http_answer_get_status (answer) != 304)
        return FALSE;
    }
  if (assay_open_platform_can (self, ASSAY_PLATFORM_FEEDBACK)
      && !assay_open_pull_feedback (self, cursor, page, &more, &trouble, error))
    return FALSE;
  assay_page_set_more (page, more);
  if (trouble != NULL)
    assay_open_fail_afterwards (self, cursor, trouble);
  return TRUE;
}

/* TRUE if @page is what there is; FALSE without @error if only a whole listing can tell. */
static gboolean
pull_more (AssayOpenPlatform *self, AssayOpenCursor *cursor, AssayPage *page, GError **error)
{
  if (cursor->stage == ASSAY_OPEN_CHANGES)
    return assay_open_pull_changes (self, cursor, page, error);
  if (cursor->stage == ASSAY_OPEN_AGAIN)
    return !assay_open_platform_can (self, ASSAY_PLATFORM_CHANGES)
           && pull_unchanged (self, cursor, page, error);
  /* What another process began, or one that ran in circles. */
  if (self->listing == NULL || g_strcmp0 (self->listing->run, cursor->run) != 0)
    return FALSE;
  return pull_listing (self, cursor, page, error);
}

/* What went wrong after the page before. */
static GError *
take_trouble (AssayOpenPlatform *self, const char *cursor)
{
  g_autofree char *place = g_steal_pointer (&self->trouble_cursor);
  g_autoptr (GError) trouble = g_steal_pointer (&self->trouble);

  if (trouble == NULL || g_strcmp0 (place, cursor) != 0)
    return NULL;
  g_clear_pointer (&self->listing, assay_open_listing_free);
  return g_steal_pointer (&trouble);
}

typedef struct
{
  AssayOpenPlatform *self; /* (owned) */
  char *cursor;            /* (nullable) */
} Pull;

static void
pull_free (gpointer data)
{
  Pull *pull = data;

  g_object_unref (pull->self);
  g_free (pull->cursor);
  g_free (pull);
}

static DexFuture *
pull_page (Pull *pull)
{
  AssayOpenPlatform *self = pull->self;
  g_autoptr (AssayOpenCursor) cursor = NULL;
  g_autoptr (AssayPage) page = assay_page_new ();
  g_autofree char *text = NULL;
  GError *error = take_trouble (self, pull->cursor);
  gboolean pulled;

  if (error != NULL || !assay_open_platform_ready (self, &error))
    return dex_future_new_for_error (error);
  cursor = pull->cursor != NULL ? assay_open_cursor_parse (pull->cursor) : NULL;
  pulled = cursor != NULL && pull_more (self, cursor, page, &error);
  if (!pulled && error == NULL)
    {
      AssayOpenCursor *beginning =
          begin_listing (self, cursor != NULL ? cursor->feedback : NULL, &error);

      g_clear_pointer (&cursor, assay_open_cursor_free);
      cursor = beginning;
      /* What was read on the way there is in the listing, too. */
      g_object_unref (page);
      page = assay_page_new ();
      pulled = cursor != NULL && pull_listing (self, cursor, page, &error);
    }
  if (!pulled)
    return dex_future_new_for_error (error);
  text = assay_open_cursor_to_string (cursor);
  assay_page_set_cursor (page, text);
  return dex_future_new_take_object (g_steal_pointer (&page));
}

/* One after the other: they share where a listing is. */
static DexFuture *
pull_fiber (gpointer user_data)
{
  Pull *pull = user_data;
  AssayOpenPlatform *self = pull->self;
  g_autoptr (DexPromise) done = NULL;
  GError *error = NULL;
  DexFuture *result;

  while (self->pulling != NULL)
    if (!dex_await (dex_ref (DEX_FUTURE (self->pulling)), &error))
      return dex_future_new_for_error (error);
  self->pulling = dex_promise_new ();
  result = pull_page (pull);
  done = g_steal_pointer (&self->pulling);
  dex_promise_resolve_boolean (done, TRUE);
  return result;
}

DexFuture *
assay_open_platform_pull (AssayPlatform *platform, const char *cursor)
{
  Pull *pull = g_new0 (Pull, 1);

  pull->self = ASSAY_OPEN_PLATFORM (g_object_ref (platform));
  pull->cursor = g_strdup (cursor);
  return dex_scheduler_spawn (NULL, 0, pull_fiber, pull, pull_free);
}
