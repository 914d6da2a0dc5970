/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-json-read.h"
#include "assay-open-private.h"
#include "assay-open-problem.h"
#include "assay-open-read.h"

/* What changed since a cursor, each thing read anew. */

#define MAX_PROJECT_PAGES 100

/**
 * Changed:
 *
 * One page of changes, each thing once.
 */
typedef struct
{
  GHashTable *projects;    /* ids; TRUE in the value: it is gone */
  GHashTable *leases;      /* the same */
  GHashTable *submissions; /* ids */
  gboolean all_projects;   /* something that projects refer to is another */
  gboolean feedback;
} Changed;

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
changed_clear (Changed *changed)
{
  g_hash_table_unref (changed->projects);
  g_hash_table_unref (changed->leases);
  g_hash_table_unref (changed->submissions);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Changed, changed_clear)

static void
put (GHashTable *set, const AssayOpenChange *change)
{
  g_hash_table_replace (set, g_strdup (change->id), GINT_TO_POINTER (change->deleted));
}

static void
sort (Changed *changed, JsonArray *items)
{
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      AssayOpenChange change;

      if (!assay_open_read_change (json_array_get_element (items, i), &change))
        continue;
      if (g_str_equal (change.type, "project"))
        put (changed->projects, &change);
      else if (g_str_equal (change.type, "lease"))
        put (changed->leases, &change);
      else if (g_str_equal (change.type, "submission"))
        put (changed->submissions, &change);
      else if (g_str_equal (change.type, "feedback"))
        changed->feedback = TRUE;
      else if (g_str_equal (change.type, "guideline") || g_str_equal (change.type, "form")
               || g_str_equal (change.type, "qualification"))
        changed->all_projects = TRUE;
    }
}

/* It is not there, or not ours to see; whatever else went wrong is tried again. */
static gboolean
is_gone (const GError *error)
{
  return assay_platform_error_get_delivery (error) == ASSAY_DELIVERY_REFUSED;
}

static AssayHttpAnswer *
ask_one (AssayOpenPlatform *self,
         const char *segment,
         const char *route,
         const char *id,
         GError **error)
{
  const AssayOpenAsk ask = { .kind = ASSAY_HTTP_TASK, .route = route };
  g_autofree char *url = assay_open_client_build_url (self->client, error, segment, id, NULL);

  return url != NULL ? assay_open_client_ask (self->client, &ask, url, error) : NULL;
}

/* @listed: (out): FALSE if one is gone. */
static gboolean
read_projects (AssayOpenPlatform *self,
               AssayPage *page,
               GHashTable *ids,
               gboolean *listed,
               GError **error)
{
  GHashTableIter iter;
  gpointer id;
  gpointer deleted;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, &deleted))
    {
      g_autoptr (AssayHttpAnswer) answer = NULL;
      g_autoptr (GError) trouble = NULL;

      if (!GPOINTER_TO_INT (deleted))
        answer = ask_one (self, "projects", "/projects/{id}", id, &trouble);
      if (trouble != NULL && !is_gone (trouble)
          && !g_error_matches (trouble, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_ADDRESS))
        {
          g_propagate_error (error, g_steal_pointer (&trouble));
          return FALSE;
        }
      if (answer == NULL)
        {
          *listed = FALSE;
          return TRUE;
        }
      if (assay_http_answer_get_json (answer) != NULL
          && !assay_open_add_project (self, page, assay_http_answer_get_json (answer), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_all_projects (AssayOpenPlatform *self, AssayPage *page, GError **error)
{
  g_autofree char *at = NULL;

  for (guint i = 0; i < MAX_PROJECT_PAGES; i++)
    {
      g_autofree char *url =
          assay_open_build_list_url (self, "projects", ASSAY_OPEN_PAGE_ITEMS, "cursor", at, error);
      g_autoptr (AssayHttpAnswer) answer =
          url != NULL ? assay_open_ask_list (self, url, "/projects", NULL, error) : NULL;
      AssayOpenList list;

      if (answer == NULL)
        return FALSE;
      if (!assay_open_read_list (assay_http_answer_get_json (answer), &list))
        break;
      for (guint k = 0; k < json_array_get_length (list.items); k++)
        if (!assay_open_add_project (self, page, json_array_get_element (list.items, k), error))
          return FALSE;
      if (list.next == NULL)
        return TRUE;
      g_set_str (&at, list.next);
    }
  g_propagate_error (error, assay_open_new_endless ());
  return FALSE;
}

static gboolean
read_leases (AssayOpenPlatform *self, AssayPage *page, GHashTable *ids, GError **error)
{
  GHashTableIter iter;
  gpointer id;
  gpointer deleted;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, &deleted))
    {
      AssayHttpAnswer *answer = NULL;
      g_autoptr (GError) trouble = NULL;

      /* What was given back may still be there to look at, as the one that it is now. */
      answer = ask_one (self, "leases", "/leases/{id}", id, &trouble);
      if (answer == NULL && (is_gone (trouble) || GPOINTER_TO_INT (deleted)))
        {
          AssayLease *lease = assay_lease_new (id);

          lease->state = ASSAY_LEASE_RELEASED;
          g_ptr_array_add (assay_page_get_leases (page), lease);
          continue;
        }
      if (answer == NULL && assay_platform_error_get_too_large (trouble))
        {
          g_warning ("A task cannot be read, lease %s: it is too large", (const char *) id);
          assay_page_set_n_unreadable (page, assay_page_get_n_unreadable (page) + 1);
          continue;
        }
      if (answer == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&trouble));
          return FALSE;
        }
      if (!assay_open_add_leases (self, page, answer, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_submissions (AssayOpenPlatform *self, AssayPage *page, GHashTable *ids, GError **error)
{
  static const char *const states[] = { "received", "accepted", "returned", "rejected", NULL };
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (GError) trouble = NULL;
      g_autoptr (AssayHttpAnswer) answer =
          ask_one (self, "submissions", "/submissions/{id}", id, &trouble);
      JsonObject *object;
      const char *state;

      if (answer == NULL && is_gone (trouble))
        continue;
      if (answer == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&trouble));
          return FALSE;
        }
      object = assay_http_answer_get_object (answer);
      state = object != NULL ? assay_json_get_string (object, "state") : NULL;
      if (state != NULL && g_strv_contains (states, state)
          && g_strcmp0 (assay_json_get_string (object, "id"), id) == 0)
        assay_page_add_submission (page, id, state);
      else
        g_warning ("The submission %s cannot be read", (const char *) id);
    }
  return TRUE;
}

/* Projects come first: what is leased belongs to them. */
static gboolean
read_changed (AssayOpenPlatform *self,
              AssayOpenCursor *cursor,
              Changed *changed,
              AssayPage *page,
              gboolean *listed,
              GError **endless,
              GError **error)
{
  if (changed->all_projects ? !read_all_projects (self, page, error)
                            : !read_projects (self, page, changed->projects, listed, error))
    return FALSE;
  if (!*listed)
    return TRUE;
  if (!read_leases (self, page, changed->leases, error)
      || !read_submissions (self, page, changed->submissions, error))
    return FALSE;
  return !changed->feedback || !assay_open_platform_can (self, ASSAY_PLATFORM_FEEDBACK)
         || assay_open_pull_feedback (self, cursor, page, &cursor->feedback_waits, endless, error);
}

static gboolean
has_deleted (GHashTable *set)
{
  GHashTableIter iter;
  gpointer deleted;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, NULL, &deleted))
    if (GPOINTER_TO_INT (deleted))
      return TRUE;
  return FALSE;
}

static gboolean
pull_page (AssayOpenPlatform *self,
           AssayOpenCursor *cursor,
           AssayPage *page,
           GError **endless,
           GError **error)
{
  g_autofree char *url = assay_open_build_list_url (self, "changes", ASSAY_OPEN_PAGE_ITEMS, "since",
                                                    cursor->changes, error);
  g_autoptr (AssayHttpAnswer) answer = NULL;
  g_autoptr (GError) trouble = NULL;
  g_auto (Changed) changed = { new_set (), new_set (), new_set (), FALSE, FALSE };
  gboolean listed = TRUE;
  AssayOpenList list;

  if (url == NULL)
    return FALSE;
  answer = assay_open_ask_list (self, url, "/changes", NULL, &trouble);
  if (answer == NULL)
    {
      if (g_error_matches (trouble, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_GONE))
        return FALSE;
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
  if (!assay_open_read_list (assay_http_answer_get_json (answer), &list) || list.next == NULL)
    {
      g_propagate_error (error,
                         assay_open_problem_new_unreadable (self->info->base,
                                                            "/changes has no items or no next"));
      return FALSE;
    }
  sort (&changed, list.items);
  if (json_array_get_length (list.items) > 0)
    assay_open_catalogue_forgive (self->catalogue);
  if (has_deleted (changed.projects))
    return FALSE;
  if (!read_changed (self, cursor, &changed, page, &listed, endless, error) || !listed)
    return FALSE;

  cursor->changes_wait = list.more;
  if (!list.more)
    g_hash_table_remove_all (self->seen_changes);
  else if (!assay_open_come_from (self->seen_changes, list.next, cursor->changes)
           && (endless == NULL || *endless == NULL))
    g_propagate_error (endless, assay_open_new_endless ());
  g_set_str (&cursor->changes, list.next);
  return TRUE;
}

gboolean
assay_open_pull_changes (AssayOpenPlatform *self,
                         AssayOpenCursor *cursor,
                         AssayPage *page,
                         GError **error)
{
  GError *endless = NULL;
  gboolean pulled =
      cursor->feedback_waits
          ? assay_open_pull_feedback (self, cursor, page, &cursor->feedback_waits, &endless, error)
          : pull_page (self, cursor, page, &endless, error);

  if (!pulled)
    {
      g_clear_error (&endless);
      return FALSE;
    }
  assay_page_set_more (page, cursor->feedback_waits || cursor->changes_wait);
  if (endless != NULL)
    assay_open_fail_afterwards (self, cursor, endless);
  return TRUE;
}
