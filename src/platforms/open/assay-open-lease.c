/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-json-read.h"
#include "assay-open-private.h"
#include "assay-open-problem.h"
#include "assay-open-read.h"

/* Claiming, holding and giving back; and leases as they come in any answer. */

#define STACK_BYTES (512 * 1024)

gint64
assay_open_get_skew (AssayHttpAnswer *answer)
{
  gint64 date = assay_http_answer_get_date (answer);
  gint64 age = g_get_monotonic_time () - assay_http_answer_get_received_at (answer);

  return date < 0 ? 0 : date - (g_get_real_time () - age);
}

/* Reading */

/* What one fiber on another thread makes of an answer. */
typedef struct
{
  AssayPage *page; /* (owned): nobody else's meanwhile */
  JsonNode *node;  /* (owned) */
  const char *member;
  GHashTable *forms; /* (owned) */
  char *account;
  gint64 skew_us;
  GPtrArray *unreadable; /* (owned): of char*: what to say of each */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_object (&reading->page);
  g_clear_pointer (&reading->node, json_node_unref);
  g_hash_table_unref (reading->forms);
  g_free (reading->account);
  g_ptr_array_unref (reading->unreadable);
  g_free (reading);
}

static guint
count_leases (JsonNode *node, const char *member)
{
  JsonObject *object = assay_json_node_object (node);
  JsonArray *array =
      object != NULL && member != NULL ? assay_json_get_array (object, member) : NULL;

  return member == NULL ? 1 : array == NULL ? 0 : json_array_get_length (array);
}

static JsonNode *
get_lease (JsonNode *node, const char *member, guint index)
{
  return member == NULL
             ? node
             : json_array_get_element (assay_json_get_array (assay_json_node_object (node), member),
                                       index);
}

static void
add_unreadable (Reading *reading, JsonNode *node, const char *why)
{
  JsonObject *object = assay_json_node_object (node);
  g_autofree char *id =
      object != NULL ? assay_json_dup_label (assay_json_get_string (object, "id")) : NULL;

  g_ptr_array_add (reading->unreadable,
                   g_strdup_printf ("%s: %s", id != NULL ? id : "without an id", why));
}

static void
read_lease (Reading *reading, JsonNode *node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayLease) lease = assay_open_read_lease (node, reading->skew_us, &error);
  g_autoptr (AssayTask) task = NULL;
  g_autofree char *key = NULL;
  const char *project;
  AssayForm *form;

  if (lease == NULL)
    {
      add_unreadable (reading, node, error->message);
      return;
    }
  if (lease->state != ASSAY_LEASE_HELD)
    {
      g_ptr_array_add (assay_page_get_leases (reading->page), g_steal_pointer (&lease));
      return;
    }
  project = assay_json_get_string (assay_json_node_object (node), "project_id");
  key =
      lease->form != NULL ? assay_open_catalogue_make_key (lease->form, lease->form_version) : NULL;
  form = key != NULL ? g_hash_table_lookup (reading->forms, key) : NULL;
  if (project == NULL || form == NULL)
    {
      add_unreadable (reading, node, project == NULL ? "it has no project" : "it has no form");
      return;
    }
  task = assay_open_read_task (node, reading->account, form, &error);
  if (task == NULL)
    add_unreadable (reading, node, error->message);
  else
    assay_page_add_task (reading->page, project, task, lease);
}

static DexFuture *
read_fiber (gpointer user_data)
{
  Reading *reading = user_data;
  guint n = count_leases (reading->node, reading->member);

  for (guint i = 0; i < n; i++)
    read_lease (reading, get_lease (reading->node, reading->member, i));
  assay_page_set_n_unreadable (reading->page, assay_page_get_n_unreadable (reading->page)
                                                  + reading->unreadable->len);
  /* A tree of many tasks takes as long to free as to make. */
  g_clear_pointer (&reading->node, json_node_unref);
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_ptr_array_ref (reading->unreadable));
}

/* What the leases refer to, loaded before they are read. */
static gboolean
load_references (AssayOpenPlatform *self,
                 AssayPage *page,
                 JsonNode *node,
                 const char *member,
                 GError **error)
{
  guint n = count_leases (node, member);

  for (guint i = 0; i < n; i++)
    {
      JsonObject *lease = assay_json_node_object (get_lease (node, member, i));
      AssayForm *form;
      const char *id;
      int version;

      if (lease == NULL || g_strcmp0 (assay_json_get_string (lease, "state"), "held") != 0)
        continue;
      if (assay_open_read_ref (lease, "form", &id, &version)
          && !assay_open_catalogue_load_form (self->catalogue, id, version, &form, error))
        return FALSE;
      if (assay_open_read_ref (lease, "guideline", &id, &version)
          && !assay_open_catalogue_add_guideline (self->catalogue, page, NULL, id, version, FALSE,
                                                  error))
        return FALSE;
    }
  return TRUE;
}

gboolean
assay_open_add_leases (AssayOpenPlatform *self,
                       AssayPage *page,
                       AssayHttpAnswer *answer,
                       const char *member,
                       GError **error)
{
  g_autoptr (AssayHttpAnswer) taken = answer;
  JsonNode *node = assay_http_answer_get_json (answer);
  g_autoptr (GPtrArray) unreadable = NULL;
  Reading *reading;

  if (node == NULL || !load_references (self, page, node, member, error))
    {
      if (node == NULL)
        g_propagate_error (error, assay_open_problem_new_unreadable (
                                      self->info->base, "there is nothing in place of a lease"));
      return FALSE;
    }
  reading = g_new0 (Reading, 1);
  reading->page = g_object_ref (page);
  reading->node = json_node_ref (node);
  reading->member = member;
  reading->forms = assay_open_catalogue_dup_forms (self->catalogue);
  reading->account = g_strdup (self->account);
  reading->skew_us = assay_open_get_skew (answer);
  reading->unreadable = g_ptr_array_new_with_free_func (g_free);
  g_clear_object (&taken);

  unreadable =
      dex_await_boxed (dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), STACK_BYTES,
                                            read_fiber, reading, reading_free),
                       error);
  if (unreadable == NULL)
    return FALSE;
  for (guint i = 0; i < unreadable->len; i++)
    g_warning ("A task cannot be read, lease %s", (const char *) unreadable->pdata[i]);
  return TRUE;
}

/* Asking */

typedef struct
{
  AssayOpenPlatform *self; /* (owned) */
  char *subject;           /* a project's id, or a lease's */
  guint count;
  char *key; /* (nullable) */
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_object_unref (call->self);
  g_free (call->subject);
  g_free (call->key);
  g_free (call);
}

static DexFuture *
spawn (AssayPlatform *platform,
       DexFiberFunc fiber,
       const char *subject,
       guint count,
       const char *key)
{
  Call *call = g_new0 (Call, 1);

  call->self = ASSAY_OPEN_PLATFORM (g_object_ref (platform));
  call->subject = g_strdup (subject);
  call->count = count;
  call->key = g_strdup (key);
  return dex_scheduler_spawn (NULL, 0, fiber, call, call_free);
}

static DexFuture *
claim_fiber (gpointer user_data)
{
  Call *call = user_data;
  AssayOpenPlatform *self = call->self;
  AssayOpenAsk ask = {
    .kind = ASSAY_HTTP_TASK, .method = "POST", .route = "/leases", .key = call->key
  };
  g_autoptr (AssayPage) page = assay_page_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *url = NULL;
  AssayHttpAnswer *answer;
  GError *error = NULL;
  JsonObject *claim;
  char *text;

  if (!assay_open_platform_ready (self, &error))
    return dex_future_new_for_error (error);
  claim = json_object_new ();
  node = assay_json_object_node_new (claim);
  json_object_set_string_member (claim, "project_id", call->subject);
  json_object_set_int_member (claim, "count",
                              self->info->claim_max > 0 ? MIN (call->count, self->info->claim_max)
                                                        : call->count);
  text = assay_json_to_string (node);
  ask.body = body = g_bytes_new_take (text, strlen (text));
  url = assay_open_client_build_url (self->client, &error, "leases", NULL);
  answer = url != NULL ? assay_open_client_ask (self->client, &ask, url, &error) : NULL;
  if (answer == NULL)
    return dex_future_new_for_error (error);
  if (assay_http_answer_get_object (answer) == NULL
      || assay_json_get_array (assay_http_answer_get_object (answer), "leases") == NULL)
    {
      g_object_unref (answer);
      return dex_future_new_for_error (
          assay_open_problem_new_unreadable (self->info->base, "a claim has no leases"));
    }
  if (!assay_open_add_leases (self, page, answer, "leases", &error))
    return dex_future_new_for_error (error);
  return dex_future_new_take_object (g_steal_pointer (&page));
}

DexFuture *
assay_open_platform_claim (AssayPlatform *platform,
                           const char *project,
                           guint count,
                           const char *key)
{
  return spawn (platform, claim_fiber, project, count, key);
}

static DexFuture *
renew_fiber (gpointer user_data)
{
  Call *call = user_data;
  AssayOpenPlatform *self = call->self;
  const AssayOpenAsk ask = {
    .kind = ASSAY_HTTP_TASK, .method = "POST", .route = "/leases/{id}/renew", .key = call->key
  };
  g_autoptr (AssayHttpAnswer) answer = NULL;
  g_autofree char *url = NULL;
  AssayLease *lease = NULL;
  GError *error = NULL;

  if (!assay_open_platform_ready (self, &error))
    return dex_future_new_for_error (error);
  url = assay_open_client_build_url (self->client, &error, "leases", call->subject, "renew", NULL);
  answer = url != NULL ? assay_open_client_ask (self->client, &ask, url, &error) : NULL;
  if (answer == NULL)
    return dex_future_new_for_error (error);
  if (assay_http_answer_get_json (answer) != NULL)
    lease = assay_open_read_lease (assay_http_answer_get_json (answer),
                                   assay_open_get_skew (answer), NULL);
  if (lease == NULL || !g_str_equal (lease->id, call->subject))
    {
      assay_lease_free (lease);
      return dex_future_new_for_error (
          assay_open_problem_new_unreadable (self->info->base, "another lease was renewed"));
    }
  return dex_future_new_take_boxed (ASSAY_TYPE_LEASE, lease);
}

DexFuture *
assay_open_platform_renew (AssayPlatform *platform, const char *lease, const char *key)
{
  return spawn (platform, renew_fiber, lease, 0, key);
}

static DexFuture *
release_fiber (gpointer user_data)
{
  Call *call = user_data;
  AssayOpenPlatform *self = call->self;
  const AssayOpenAsk ask = { .kind = ASSAY_HTTP_SUBMIT,
                             .method = "DELETE",
                             .route = "/leases/{id}" };
  g_autoptr (AssayHttpAnswer) answer = NULL;
  g_autofree char *url = NULL;
  GError *error = NULL;

  if (!assay_open_platform_ready (self, &error))
    return dex_future_new_for_error (error);
  url = assay_open_client_build_url (self->client, &error, "leases", call->subject, NULL);
  answer = url != NULL ? assay_open_client_ask (self->client, &ask, url, &error) : NULL;
  /* Nobody holds what is not there, nor what ended otherwise. */
  if (answer == NULL
      && !g_error_matches (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_FOUND)
      && !g_error_matches (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_GONE))
    return dex_future_new_for_error (error);
  g_clear_error (&error);
  return dex_future_new_true ();
}

DexFuture *
assay_open_platform_release (AssayPlatform *platform, const char *lease)
{
  return spawn (platform, release_fiber, lease, 0, NULL);
}
