/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Prints, as one JSON line, what working for a platform costs: a first pull of many tasks beside
 * downloading and parsing the same bytes, the longest turn of the main loop meanwhile, the memory
 * that it takes, a pull with nothing new, sending judgements, and several accounts at once.
 *
 *   measure-sync PLATFORMD N_TASKS N_JUDGEMENTS
 *
 * The platform is the reference server, as a process of its own. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <gio/gio.h>
#include <libsoup/soup.h>
#include <string.h>
#include <sys/resource.h>

#include "assay-check-answers.h"
#include "assay-json.h"
#include "assay-open-platform.h"
#include "assay-outbox-worker.h"
#include "assay-store-accounts.h"
#include "process-memory.h"
#include "store-fixture.h"

#define N_ACCOUNTS 10
#define CLAIM_MOST 20
#define PULSE_MS 2

typedef struct
{
  GSubprocess *process;
  TestFolder *folder;
  char *address;
  char *token;
} Server;

static Server *
server_start (const char *program, guint n_tasks)
{
  Server *self = g_new0 (Server, 1);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *copies = g_strdup_printf ("%u", n_tasks);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  self->folder = test_folder_new ();
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--data",
                                    self->folder->path, "--copies", copies, "--control", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  first = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, &error);
  second = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, &error);
  g_assert_nonnull (second);
  self->address = g_strdup (first + strlen ("address: "));
  self->token = g_strdup (second + strlen ("token: "));
  return self;
}

static void
server_stop (Server *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  test_folder_free (self->folder);
  g_free (self->address);
  g_free (self->token);
  g_free (self);
}

static SoupMessage *
make_message (Server *server, const char *method, const char *url, const char *body)
{
  SoupMessage *message = soup_message_new (method, url);
  g_autofree char *bearer = g_strconcat ("Bearer ", server->token, NULL);

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", bearer);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  return message;
}

/* Enough may be held at once. */
static void
allow_leases (Server *server, guint n)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *origin = g_strdup (server->address);
  g_autofree char *url = NULL;
  g_autofree char *body = g_strdup_printf (
      "{\"project\":\"everyday\",\"seconds\":1209600,\"max_held\":%u,\"renewals\":2}", n);
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  *strstr (origin, "/eval/v1") = '\0';
  url = g_strconcat (origin, "/control/set-lease", NULL);
  message = make_message (server, "POST", url, body);
  answer = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message) / 100, ==, 2);
}

static void
acknowledge (Server *server)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *url = g_strconcat (server->address, "/guidelines/everyday/2/ack", NULL);
  g_autoptr (SoupMessage) message = make_message (server, "PUT", url, "{}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = soup_session_send_and_read (session, message, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, SOUP_STATUS_OK);
}

/* The same bytes, parsed and forgotten. Seconds. */
static double
download (Server *server, guint64 *n_bytes)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *cursor = NULL;
  gint64 start = g_get_monotonic_time ();
  gboolean more = TRUE;

  *n_bytes = 0;
  while (more)
    {
      g_autofree char *escaped = cursor != NULL ? g_uri_escape_string (cursor, NULL, FALSE) : NULL;
      g_autofree char *url =
          g_strdup_printf ("%s/leases?limit=200%s%s", server->address,
                           escaped != NULL ? "&cursor=" : "", escaped != NULL ? escaped : "");
      g_autoptr (SoupMessage) message = make_message (server, "GET", url, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) body = soup_session_send_and_read (session, message, NULL, &error);
      g_autoptr (JsonParser) parser = json_parser_new ();

      g_assert_no_error (error);
      *n_bytes += g_bytes_get_size (body);
      json_parser_load_from_data (parser, g_bytes_get_data (body, NULL),
                                  (gssize) g_bytes_get_size (body), &error);
      g_assert_no_error (error);
      g_free (cursor);
      cursor = g_strdup (
          assay_json_get_string (assay_json_node_object (json_parser_get_root (parser)), "next"));
      more = cursor != NULL;
    }
  return (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
}

/* How long the main loop was away from a timer that is always due. */
typedef struct
{
  gint64 last;
  gint64 worst;
  guint source;
} Pulse;

static gboolean
pulse_cb (gpointer user_data)
{
  Pulse *self = user_data;
  gint64 now = g_get_monotonic_time ();

  self->worst = MAX (self->worst, now - self->last - PULSE_MS * 1000);
  self->last = now;
  return G_SOURCE_CONTINUE;
}

static void
pulse_start (Pulse *self)
{
  self->last = g_get_monotonic_time ();
  self->worst = 0;
  self->source = g_timeout_add_full (G_PRIORITY_HIGH, PULSE_MS, pulse_cb, self, NULL);
}

static void
pulse_stop (Pulse *self)
{
  g_source_remove (self->source);
}

/* One account with a profile of its own. */
typedef struct
{
  TestStore *store;
  AssayHttp *http;
  AssayPlatform *platform;
  char *id;
  char *cursor;
  guint n_tasks;
} Client;

static Client *
client_new (Server *server, AssayHttp *http, TestStore *store, guint number)
{
  Client *self = g_new0 (Client, 1);
  g_autofree char *secret = assay_open_secret_new_for_token (server->token);
  g_autoptr (AssayAccount) account = NULL;

  self->store = store;
  self->http = g_object_ref (http);
  self->id = g_strdup_printf ("bench-%u", number);
  account = assay_account_new (self->id, ASSAY_ACCOUNT_KIND_OPEN, self->id, server->address);
  test_await (assay_store_save_account (store->store, account));
  self->platform = assay_open_platform_new (http, self->id, server->address, secret, NULL);
  assay_platform_info_free (test_await_boxed (assay_platform_check (self->platform)));
  return self;
}

static void
client_free (Client *self)
{
  g_object_unref (self->platform);
  g_object_unref (self->http);
  g_free (self->id);
  g_free (self->cursor);
  g_free (self);
}

/* As a round of an account does. */
static DexFuture *
pull_fiber (gpointer user_data)
{
  Client *self = user_data;
  DexFuture *next = assay_platform_pull (self->platform, self->cursor);

  while (next != NULL)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayPage) page = dex_await_object (g_steal_pointer (&next), &error);

      g_assert_no_error (error);
      g_set_str (&self->cursor, assay_page_get_cursor (page));
      if (assay_page_get_more (page))
        next = assay_platform_pull (self->platform, self->cursor);
      self->n_tasks +=
          dex_await_uint (assay_store_apply_page (self->store->store, self->id, page), &error);
      g_assert_no_error (error);
    }
  return dex_future_new_true ();
}

static void
pull (Client *self)
{
  test_await (dex_scheduler_spawn (NULL, 0, pull_fiber, self, NULL));
}

static void
claim_all (Client *self, guint n)
{
  for (guint claimed = 0; claimed < n;)
    {
      g_autofree char *key = g_uuid_string_random ();
      g_autoptr (AssayPage) page =
          test_await_object (assay_platform_claim (self->platform, "everyday", CLAIM_MOST, key));

      g_assert_cmpuint (assay_page_get_tasks (page)->len, >, 0);
      claimed += assay_page_get_tasks (page)->len;
    }
}

static gint64
get_cpu_us (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec
         + usage.ru_stime.tv_usec;
}

static guint
get_peak_kb (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (guint) usage.ru_maxrss;
}

static void
submit (Client *self, gint64 row)
{
  g_autoptr (AssayOpenTask) open = test_store_load (self->store, row);
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  g_autofree char *left =
      assay_check_fill_judgement (judgement,
                                  "One of them says what was asked for, and the other does not.");
  g_autoptr (GBytes) draft = test_draft_bytes (judgement);
  g_autoptr (AssayFrame) frame = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (left);
  assay_judgement_finalize_submission (judgement, g_get_real_time () / 1000);
  frame = assay_platform_frame (self->platform, assay_open_task_get_task (open),
                                assay_open_task_get_lease (open), judgement, &error);
  g_assert_no_error (error);
  g_object_unref (test_await_object (
      assay_store_submit_framed (self->store->store, row, judgement, draft, frame, 0)));
}

/* Seconds from the first to the last. */
static double
send_judgements (Client *self, guint n)
{
  g_autoptr (GArray) rows = test_store_query (self->store, NULL);
  g_autoptr (AssayOutboxWorker) worker = assay_outbox_worker_new (self->store->store);
  gint64 start;

  for (guint i = 0; i < n; i++)
    submit (self, g_array_index (rows, gint64, i));
  assay_outbox_worker_add_platform (worker, self->id, self->platform);
  start = g_get_monotonic_time ();
  assay_outbox_worker_start (worker);
  while (test_store_count (self->store, ASSAY_TASK_SENT) < n)
    g_main_context_iteration (NULL, TRUE);
  assay_outbox_worker_stop (worker);
  return (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
}

static double
pull_many (Server *server, AssayHttp *http, TestStore *store)
{
  Client *clients[N_ACCOUNTS];
  DexFuture *futures[N_ACCOUNTS];
  gint64 start;
  double seconds;

  for (guint i = 0; i < N_ACCOUNTS; i++)
    clients[i] = client_new (server, http, store, i + 1);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < N_ACCOUNTS; i++)
    futures[i] = dex_scheduler_spawn (NULL, 0, pull_fiber, clients[i], NULL);
  test_await (dex_future_allv (futures, N_ACCOUNTS));
  seconds = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
  for (guint i = 0; i < N_ACCOUNTS; i++)
    {
      dex_unref (futures[i]);
      client_free (clients[i]);
    }
  return seconds;
}

int
main (int argc, char *argv[])
{
  guint n_tasks = argc > 2 ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : 0;
  guint n_judgements = argc > 3 ? (guint) g_ascii_strtoull (argv[3], NULL, 10) : 0;
  Server *server;
  Client *setup, *client;
  g_autoptr (TestStore) store = NULL;
  g_autoptr (TestStore) other = NULL;
  g_autoptr (AssayHttp) http = NULL;
  Pulse pulse = { 0 };
  guint64 n_bytes;
  double reference, pulled, sent, many;
  gint64 start, cpu;
  guint before, peak;

  if (n_tasks == 0 || n_judgements == 0)
    {
      g_printerr ("usage: measure-sync PLATFORMD N_TASKS N_JUDGEMENTS\n");
      return 2;
    }
  dex_init ();
  server = server_start (argv[1], n_tasks);
  allow_leases (server, n_tasks);
  acknowledge (server);
  http = assay_http_new ();
  other = test_store_new ();
  setup = client_new (server, http, other, 0);
  claim_all (setup, n_tasks);
  client_free (setup);

  reference = download (server, &n_bytes);
  store = test_store_new ();
  client = client_new (server, http, store, 0);
  before = get_peak_kb ();
  pulse_start (&pulse);
  start = g_get_monotonic_time ();
  pull (client);
  pulled = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
  pulse_stop (&pulse);
  peak = get_peak_kb ();
  g_assert_cmpuint (client->n_tasks, >=, n_tasks);

  cpu = get_cpu_us ();
  pull (client);
  cpu = get_cpu_us () - cpu;
  sent = send_judgements (client, n_judgements);
  many = pull_many (server, http, other);

  g_print ("{\"tasks\":%u,\"bytes\":%" G_GUINT64_FORMAT ",\"pull_s\":%.3f,\"download_s\":%.3f,"
           "\"worst_turn_ms\":%.1f,\"memory_mb\":%.1f,\"nothing_new_cpu_ms\":%.2f,"
           "\"judgements\":%u,\"send_s\":%.3f,\"accounts\":%u,\"accounts_s\":%.3f}\n",
           client->n_tasks, n_bytes, pulled, reference, pulse.worst / 1000.0,
           (peak - before) / 1024.0, cpu / 1000.0, n_judgements, sent, N_ACCOUNTS, many);
  client_free (client);
  server_stop (server);
  return 0;
}
