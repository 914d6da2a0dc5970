/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "mock-vendor.h"

#include "assay-json.h"
#include "store-fixture.h"

#define LEASE_US G_TIME_SPAN_HOUR

typedef struct
{
  char *verb;
  AssayPlatformError code;
  gboolean after;
  gint64 wait_us;
} Failure;

struct _MockVendor
{
  MockPlatform parent_instance;

  GPtrArray *log;      /* of char* */
  GPtrArray *failures; /* of Failure */
  GPtrArray *pages;    /* of AssayPage */
  GPtrArray *given;    /* of char*: ids of leases */
  GHashTable *claims;  /* key → GPtrArray of ids of leases */
  GHashTable *renewed; /* keys */
  char *held;          /* (nullable): a verb */
  GPtrArray *waiting;  /* of DexPromise */
  guint n_free;
  guint n_given;
};

G_DEFINE_FINAL_TYPE (MockVendor, mock_vendor, MOCK_TYPE_PLATFORM)

typedef struct
{
  MockVendor *self; /* (owned) */
  const char *verb;
  char *subject; /* cursor or lease */
  char *key;
  guint count;
  DexPromise *gate; /* (owned) (nullable): until it is let go */
  DexFuture *(*answer) (gpointer request);
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->self);
  g_free (request->subject);
  g_free (request->key);
  dex_clear (&request->gate);
  g_free (request);
}

static void
failure_free (gpointer data)
{
  Failure *failure = data;

  g_free (failure->verb);
  g_free (failure);
}

static Failure *
take_failure (MockVendor *self, const char *verb)
{
  for (guint i = 0; i < self->failures->len; i++)
    if (g_str_equal (((Failure *) self->failures->pdata[i])->verb, verb))
      return g_ptr_array_steal_index (self->failures, i);
  return NULL;
}

static DexFuture *
request_fiber (gpointer user_data)
{
  Request *request = user_data;
  MockVendor *self = request->self;
  Failure *failure;
  DexFuture *answer = NULL;

  if (request->gate != NULL)
    dex_await (dex_ref (DEX_FUTURE (request->gate)), NULL);
  failure = take_failure (self, request->verb);
  if (failure == NULL || failure->after)
    answer = request->answer (request);
  if (failure != NULL)
    {
      GError *error =
          g_error_new (ASSAY_PLATFORM_ERROR, (int) failure->code, "%s failed", request->verb);

      assay_platform_error_set_wait_us (error, failure->wait_us);
      dex_clear (&answer);
      answer = dex_future_new_for_error (error);
      failure_free (failure);
    }
  return answer;
}

static DexFuture *
ask (AssayPlatform *platform,
     const char *verb,
     const char *subject,
     guint count,
     const char *key,
     DexFuture *(*answer) (gpointer request))
{
  MockVendor *self = MOCK_VENDOR (platform);
  Request *request = g_new0 (Request, 1);
  GString *line = g_string_new (verb);

  if (count > 0)
    g_string_append_printf (line, " %u", count);
  if (subject != NULL)
    g_string_append_printf (line, " %s", subject);
  if (key != NULL)
    g_string_append_printf (line, " %s", key);
  g_ptr_array_add (self->log, g_string_free_and_steal (line));

  request->self = g_object_ref (self);
  request->verb = verb;
  request->subject = g_strdup (subject);
  request->key = g_strdup (key);
  request->count = count;
  request->answer = answer;
  if (g_strcmp0 (self->held, verb) == 0)
    {
      request->gate = dex_promise_new ();
      g_ptr_array_add (self->waiting, dex_ref (request->gate));
    }
  return dex_scheduler_spawn (NULL, 0, request_fiber, request, request_free);
}

static AssayPlatformAbilities
mock_vendor_get_abilities (AssayPlatform *platform)
{
  return ASSAY_PLATFORM_LEASES | ASSAY_PLATFORM_REPEATABLE | ASSAY_PLATFORM_FEEDBACK;
}

static DexFuture *
answer_check (gpointer request)
{
  AssayPlatformInfo *info = assay_platform_info_new ();

  g_set_str (&info->name, "Vendor");
  g_set_str (&info->person, "Kim");
  g_set_str (&info->base, "https://vendor.example/v1");
  info->claim_max = 3;
  return dex_future_new_take_boxed (ASSAY_TYPE_PLATFORM_INFO, info);
}

static DexFuture *
mock_vendor_check (AssayPlatform *platform)
{
  return ask (platform, "check", NULL, 0, NULL, answer_check);
}

static DexFuture *
answer_pull (gpointer data)
{
  Request *request = data;
  AssayPage *page;

  if (request->self->pages->len > 0)
    return dex_future_new_take_object (g_ptr_array_steal_index (request->self->pages, 0));
  page = assay_page_new ();
  assay_page_set_cursor (page, request->subject);
  return dex_future_new_take_object (page);
}

static DexFuture *
mock_vendor_pull (AssayPlatform *platform, const char *cursor)
{
  return ask (platform, "pull", cursor, 0, NULL, answer_pull);
}

static GPtrArray *
grant (MockVendor *self, guint count)
{
  GPtrArray *leases = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < count && self->n_free > 0; i++)
    {
      char *id = g_strdup_printf ("l%u", self->n_given++);

      self->n_free--;
      g_ptr_array_add (leases, id);
      g_ptr_array_add (self->given, g_strdup (id));
    }
  return leases;
}

static DexFuture *
answer_claim (gpointer data)
{
  Request *request = data;
  MockVendor *self = request->self;
  GPtrArray *leases = g_hash_table_lookup (self->claims, request->key);
  AssayPage *page = assay_page_new ();

  if (leases == NULL)
    {
      leases = grant (self, request->count);
      g_hash_table_insert (self->claims, g_strdup (request->key), leases);
    }
  for (guint i = 0; i < leases->len; i++)
    {
      g_autofree char *id = g_strdup_printf ("task-%s", (char *) leases->pdata[i]);
      g_autoptr (AssayTask) task = test_task_new (id, "Which?", "One.", "Two.");
      g_autoptr (AssayLease) lease = mock_vendor_make_lease (leases->pdata[i], 0, LEASE_US, 1);

      assay_page_add_task (page, "p", task, lease);
    }
  return dex_future_new_take_object (page);
}

static DexFuture *
mock_vendor_claim (AssayPlatform *platform, const char *project, guint count, const char *key)
{
  g_assert_cmpstr (project, ==, "p");
  return ask (platform, "claim", NULL, count, key, answer_claim);
}

static DexFuture *
answer_renew (gpointer data)
{
  Request *request = data;

  g_hash_table_add (request->self->renewed, g_strdup (request->key));
  return dex_future_new_take_boxed (ASSAY_TYPE_LEASE,
                                    mock_vendor_make_lease (request->subject, 0, LEASE_US, 0));
}

static DexFuture *
mock_vendor_renew (AssayPlatform *platform, const char *lease, const char *key)
{
  return ask (platform, "renew", lease, 0, key, answer_renew);
}

static DexFuture *
answer_release (gpointer data)
{
  Request *request = data;
  guint index;

  if (g_ptr_array_find_with_equal_func (request->self->given, request->subject, g_str_equal,
                                        &index))
    g_ptr_array_remove_index (request->self->given, index);
  return dex_future_new_true ();
}

static DexFuture *
mock_vendor_release (AssayPlatform *platform, const char *lease)
{
  return ask (platform, "release", lease, 0, NULL, answer_release);
}

static AssayFrame *
mock_vendor_frame (AssayPlatform *platform,
                   AssayTask *task,
                   const AssayLease *lease,
                   AssayJudgement *judgement,
                   GError **error)
{
  g_autoptr (JsonNode) node = assay_judgement_to_json (judgement, FALSE);
  char *text = assay_json_to_string (node);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));

  return assay_frame_new (ASSAY_FRAME_KIND_JUDGEMENT, "PUT", "submissions/" ASSAY_FRAME_SUBMISSION,
                          body);
}

static void
mock_vendor_finalize (GObject *object)
{
  MockVendor *self = MOCK_VENDOR (object);

  g_ptr_array_unref (self->log);
  g_ptr_array_unref (self->failures);
  g_ptr_array_unref (self->pages);
  g_ptr_array_unref (self->given);
  g_hash_table_unref (self->claims);
  g_hash_table_unref (self->renewed);
  g_ptr_array_unref (self->waiting);
  g_free (self->held);

  G_OBJECT_CLASS (mock_vendor_parent_class)->finalize (object);
}

static void
mock_vendor_class_init (MockVendorClass *klass)
{
  AssayPlatformClass *platform_class = ASSAY_PLATFORM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mock_vendor_finalize;
  platform_class->get_abilities = mock_vendor_get_abilities;
  platform_class->check = mock_vendor_check;
  platform_class->pull = mock_vendor_pull;
  platform_class->claim = mock_vendor_claim;
  platform_class->renew = mock_vendor_renew;
  platform_class->release = mock_vendor_release;
  platform_class->frame = mock_vendor_frame;
}

static void
mock_vendor_init (MockVendor *self)
{
  self->log = g_ptr_array_new_with_free_func (g_free);
  self->failures = g_ptr_array_new_with_free_func (failure_free);
  self->pages = g_ptr_array_new_with_free_func (g_object_unref);
  self->given = g_ptr_array_new_with_free_func (g_free);
  self->claims =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->renewed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->waiting = g_ptr_array_new_with_free_func (dex_unref);
}

MockVendor *
mock_vendor_new (void)
{
  return g_object_new (MOCK_TYPE_VENDOR, NULL);
}

void
mock_vendor_forgive (MockVendor *self)
{
  g_ptr_array_set_size (self->failures, 0);
}

void
mock_vendor_fail (MockVendor *self, const char *verb, AssayPlatformError code, gboolean after)
{
  Failure *failure = g_new0 (Failure, 1);

  failure->verb = g_strdup (verb);
  failure->code = code;
  failure->after = after;
  g_ptr_array_add (self->failures, failure);
}

void
mock_vendor_put_off (MockVendor *self, const char *verb, gint64 wait_us)
{
  mock_vendor_fail (self, verb, ASSAY_PLATFORM_ERROR_RATE_LIMITED, FALSE);
  ((Failure *) self->failures->pdata[self->failures->len - 1])->wait_us = wait_us;
}

void
mock_vendor_hold (MockVendor *self, const char *verb)
{
  g_set_str (&self->held, verb);
}

void
mock_vendor_let_go (MockVendor *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (dex_unref);
  g_clear_pointer (&self->held, g_free);
  for (guint i = 0; i < waiting->len; i++)
    dex_promise_resolve_boolean (waiting->pdata[i], TRUE);
}

void
mock_vendor_add_page (MockVendor *self, AssayPage *page)
{
  g_ptr_array_add (self->pages, g_object_ref (page));
}

AssayPage *
mock_vendor_make_page (const char *cursor, guint max_held)
{
  g_autoptr (AssayProject) project = assay_project_new ("vendor", "p", "Project");
  g_autofree char *text =
      g_strdup_printf ("{\"id\":\"p\",\"title\":\"Project\",\"lease\":{\"max_held\":%u}}",
                       max_held);
  g_autoptr (JsonNode) node = assay_json_parse (text, -1, NULL);
  AssayPage *page = assay_page_new ();

  assay_project_set_terms (project, assay_json_node_object (node));
  g_ptr_array_add (assay_page_get_projects (page), g_object_ref (project));
  assay_page_set_cursor (page, cursor);
  return page;
}

AssayLease *
mock_vendor_make_lease (const char *id, gint64 began_us, gint64 ends_us, guint renewals_left)
{
  AssayLease *lease = assay_lease_new (id);
  gint64 now = g_get_real_time ();

  lease->granted_at = now + began_us;
  lease->expires_at = now + ends_us;
  lease->renewals_left = renewals_left;
  return lease;
}

void
mock_vendor_set_n_free (MockVendor *self, guint n_free)
{
  self->n_free = n_free;
}

GPtrArray *
mock_vendor_get_log (MockVendor *self)
{
  return self->log;
}

guint
mock_vendor_count (MockVendor *self, const char *beginning)
{
  guint n = 0;

  for (guint i = 0; i < self->log->len; i++)
    n += g_str_has_prefix (self->log->pdata[i], beginning);
  return n;
}

GPtrArray *
mock_vendor_get_given (MockVendor *self)
{
  return self->given;
}
