/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-exchange.h"
#include "assay-http-failure.h"
#include "assay-http-private.h"
#include "assay-json.h"
#include "assay-model-error.h"
#include "assay-origin.h"
#include "assay-platform-error.h"

#define MAX_REDIRECTIONS 5
/* A GET on a connection that dies is repeated by libsoup; on HTTP/2 it would be for ever. */
#define MAX_REPETITIONS 3
#define CHUNK_BYTES (64 * 1024)
/* json-glib is not written for the smallest of stacks. */
#define PARSER_STACK_BYTES (512 * 1024)

/* One exchange, owned by its fiber. */
typedef struct
{
  AssayHttp *http;           /* (owned) */
  AssayHttpRequest *request; /* (owned) */
  AssayHttpLimits limits;
  gboolean safe;
  DexPromise *promise; /* (owned): what the caller waits for */
  gint64 started_at;

  GUri *uri;            /* (owned): where it goes now */
  gboolean ours;        /* still the origin that the request is for */
  SoupMessage *message; /* (owned) (nullable): the one that is on its way, or the last */
  GCancellable *abort;  /* (owned): stops whatever runs */
  DexPromise *stopped;  /* (owned): and this goes on at once */
  gboolean aborted;     /* and facts.end says why */
  guint deadline;
  guint silence;
  gsize heard_bytes; /* since the silence was counted anew */
  guint repetitions;

  AssayExchangeFacts facts;
  char *refusal; /* (owned) (nullable): a sentence of its own */
  gint64 received_at;
  GByteArray *body; /* (owned) */
} Exchange;

/* The first reason is the one that counts. */
static void
abort_because (Exchange *self, AssayExchangeEnd end)
{
  if (self->aborted)
    return;
  self->aborted = TRUE;
  self->facts.end = end;
  g_cancellable_cancel (self->abort);
  /* Not everything that libsoup waits for hears it: a resolver or a proxy need not. */
  dex_promise_reject (self->stopped,
                      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped"));
}

static gboolean
deadline_cb (gpointer user_data)
{
  Exchange *self = user_data;

  self->deadline = 0;
  abort_because (self, ASSAY_EXCHANGE_TIMED_OUT);
  return G_SOURCE_REMOVE;
}

static gboolean
silence_cb (gpointer user_data)
{
  Exchange *self = user_data;

  self->silence = 0;
  abort_because (self, ASSAY_EXCHANGE_TIMED_OUT);
  return G_SOURCE_REMOVE;
}

/* Something was sent or heard. */
static void
count_silence_anew (Exchange *self)
{
  self->heard_bytes = 0;
  g_clear_handle_id (&self->silence, g_source_remove);
  self->silence = g_timeout_add (self->limits.silence_ms, silence_cb, self);
}

/* Nobody waits for the result any longer. A submission that may have arrived is seen to its end. */
static void
abandoned_cb (GCancellable *cancellable, gpointer user_data)
{
  Exchange *self = user_data;

  if (self->safe || !self->facts.headers_written)
    abort_because (self, ASSAY_EXCHANGE_CANCELLED);
}

static void
wrote_headers_cb (Exchange *self)
{
  self->facts.headers_written = TRUE;
  count_silence_anew (self);
}

/* libsoup repeats by itself what it takes for harmless, and a PUT without its body. */
static void
restarted_cb (Exchange *self)
{
  if (!self->safe || ++self->repetitions > MAX_REPETITIONS)
    abort_because (self, ASSAY_EXCHANGE_RESTARTED);
}

/* The system's library still shakes hands by TLS 1.1. */
static void
network_event_cb (Exchange *self, GSocketClientEvent event, GIOStream *connection)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED && G_IS_TLS_CONNECTION (connection)
      && g_tls_connection_get_protocol_version (G_TLS_CONNECTION (connection))
             < G_TLS_PROTOCOL_VERSION_TLS_1_2)
    abort_because (self, ASSAY_EXCHANGE_INSECURE);
}

static void
got_headers_cb (Exchange *self)
{
  self->received_at = g_get_monotonic_time ();
  count_silence_anew (self);
}

/* From here on nothing changes how it ended: neither a timer, nor libsoup that still writes a body
 * after the answer came, nor a caller who goes while the answer is read. */
static void
settle (Exchange *self)
{
  self->aborted = TRUE;
  g_clear_handle_id (&self->deadline, g_source_remove);
  g_clear_handle_id (&self->silence, g_source_remove);
  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);
}

static void
exchange_free (Exchange *self)
{
  settle (self);
  g_clear_object (&self->message);
  g_object_unref (self->http);
  g_object_unref (self->request);
  dex_unref (self->promise);
  dex_unref (self->stopped);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_object_unref (self->abort);
  g_free (self->refusal);
  g_byte_array_unref (self->body);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Exchange, exchange_free)

static void
sent_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  GError *error = NULL;
  GInputStream *stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);

  if (stream != NULL)
    dex_promise_resolve_object (promise, stream);
  else
    dex_promise_reject (promise, error);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  GError *error = NULL;
  GBytes *bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);

  if (bytes != NULL)
    dex_promise_resolve_boxed (promise, G_TYPE_BYTES, bytes);
  else
    dex_promise_reject (promise, error);
}

/* Takes @promise. */
static DexFuture *
until_stopped (Exchange *self, DexPromise *promise)
{
  return dex_future_first (DEX_FUTURE (promise), dex_ref (self->stopped), NULL);
}

/* How it ended, unless we ended it ourselves and know better. */
static gboolean
fail (Exchange *self, const GError *error)
{
  if (!self->aborted)
    self->facts.end = assay_http_failure_read (error);
  return FALSE;
}

static gboolean
fail_unreadable (Exchange *self)
{
  self->facts.end = ASSAY_EXCHANGE_UNREADABLE;
  return FALSE;
}

/* One message to self->uri, until the headers of its answer. */
static GInputStream *
send_once (Exchange *self)
{
  g_autoptr (GError) error = NULL;
  GInputStream *stream;
  DexPromise *sent = dex_promise_new ();
  SoupMessageFlags flags = SOUP_MESSAGE_NO_REDIRECT;

  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
  self->message =
      soup_message_new_from_uri (assay_http_request_get_method (self->request), self->uri);
  if (!self->safe)
    {
      /* On a connection that was used before, a message may be lost when the server closes it, and
       * nobody can tell whether it was read. A body that a window of HTTP/2 holds up cannot be
       * given up: libsoup waits for ever and keeps the connection. */
      flags |= SOUP_MESSAGE_NEW_CONNECTION;
      soup_message_set_force_http1 (self->message, TRUE);
    }
  soup_message_add_flags (self->message, flags);
  assay_http_request_fill (self->request, self->message, self->ours);

  g_signal_connect_swapped (self->message, "network-event", G_CALLBACK (network_event_cb), self);
  g_signal_connect_swapped (self->message, "starting", G_CALLBACK (count_silence_anew), self);
  g_signal_connect_swapped (self->message, "wrote-headers", G_CALLBACK (wrote_headers_cb), self);
  g_signal_connect_swapped (self->message, "wrote-body-data", G_CALLBACK (count_silence_anew),
                            self);
  g_signal_connect_swapped (self->message, "restarted", G_CALLBACK (restarted_cb), self);
  g_signal_connect_swapped (self->message, "got-headers", G_CALLBACK (got_headers_cb), self);

  soup_session_send_async (assay_http_get_session (self->http), self->message, G_PRIORITY_DEFAULT,
                           self->abort, sent_cb, dex_ref (sent));
  stream = dex_await_object (until_stopped (self, sent), &error);
  self->facts.status = soup_message_get_status (self->message);
  if (stream == NULL)
    fail (self, error);
  return stream;
}

/* Where to go on, if the answer is a redirection that may be followed. */
static gboolean
follow (Exchange *self)
{
  g_autoptr (GUri) next = NULL;
  const char *location;
  gboolean same;

  if (!self->safe || !SOUP_STATUS_IS_REDIRECTION (self->facts.status)
      || self->facts.status == SOUP_STATUS_NOT_MODIFIED)
    return FALSE;
  location =
      soup_message_headers_get_one (soup_message_get_response_headers (self->message), "Location");
  if (location == NULL || !g_utf8_validate (location, -1, NULL))
    return FALSE;
  next = assay_origin_resolve (self->uri, location, NULL);
  if (next == NULL)
    return FALSE;

  same = assay_origin_equal (self->uri, next);
  if (!same
      && (assay_http_request_get_kind (self->request) != ASSAY_HTTP_ATTACHMENT
          || assay_http_request_get_stays (self->request)
          || !g_str_equal (g_uri_get_scheme (next), "https")))
    return FALSE;
  /* Once it was elsewhere, it does not come home with the token either. */
  self->ours = self->ours && same;
  g_uri_unref (self->uri);
  self->uri = g_steal_pointer (&next);
  return TRUE;
}

/* A length that is no number, or two of them, are two answers in one. */
static gboolean
check_length (Exchange *self)
{
  const char *length =
      soup_message_headers_get_list (soup_message_get_response_headers (self->message),
                                     "Content-Length");

  return length == NULL || g_ascii_string_to_unsigned (length, 10, 0, G_MAXINT64, NULL, NULL);
}

/* Counts what comes out of decompression: 260 KB can become 256 MB. */
static gboolean
read_body (Exchange *self, GInputStream *stream)
{
  while (TRUE)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      DexPromise *read = dex_promise_new ();

      g_input_stream_read_bytes_async (stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, self->abort,
                                       read_cb, dex_ref (read));
      bytes = dex_await_boxed (until_stopped (self, read), &error);
      if (bytes == NULL)
        return fail (self, error);
      if (g_bytes_get_size (bytes) == 0)
        return TRUE;
      if (g_bytes_get_size (bytes) > self->limits.body_bytes - self->body->len)
        {
          abort_because (self, ASSAY_EXCHANGE_TOO_LARGE);
          return FALSE;
        }
      g_byte_array_append (self->body, g_bytes_get_data (bytes, NULL),
                           (guint) g_bytes_get_size (bytes));
      self->heard_bytes += g_bytes_get_size (bytes);
      if (self->heard_bytes >= self->limits.silence_bytes)
        count_silence_anew (self);
    }
}

static gboolean
has_body (Exchange *self)
{
  return !g_str_equal (assay_http_request_get_method (self->request), "HEAD")
         && self->facts.status != SOUP_STATUS_NO_CONTENT
         && self->facts.status != SOUP_STATUS_RESET_CONTENT
         && self->facts.status != SOUP_STATUS_NOT_MODIFIED;
}

static const char *
get_coding (Exchange *self)
{
  const char *coding =
      soup_message_headers_get_list (soup_message_get_response_headers (self->message),
                                     "Content-Encoding");

  return coding != NULL ? coding : "identity";
}

/* @stream as it was before it was compressed; it does not close @stream, for it would do that in a
 * thread, and libsoup in this one. (transfer full) */
static GInputStream *
decompress (Exchange *self, GInputStream *stream)
{
  g_autoptr (GConverter) gzip = NULL;
  GInputStream *decompressed;

  if (!has_body (self) || g_ascii_strcasecmp (get_coding (self), "gzip") != 0)
    return g_object_ref (stream);
  gzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  decompressed = g_converter_input_stream_new (stream, gzip);
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (decompressed), FALSE);
  return decompressed;
}

/* From the first message to the last byte of the answer. */
static gboolean
exchange (Exchange *self)
{
  for (guint n = 0;; n++)
    {
      g_autoptr (GInputStream) stream = send_once (self);
      g_autoptr (GInputStream) decompressed = NULL;
      gboolean whole;

      if (stream == NULL)
        return FALSE;
      if (n < MAX_REDIRECTIONS && follow (self))
        {
          g_input_stream_close_async (stream, G_PRIORITY_DEFAULT, self->abort, NULL, NULL);
          continue;
        }
      decompressed = decompress (self, stream);
      whole = check_length (self) ? read_body (self, decompressed) : fail_unreadable (self);
      /* One that is dropped open closes itself, and waits for that. */
      g_input_stream_close_async (stream, G_PRIORITY_DEFAULT, self->abort, NULL, NULL);
      if (whole)
        self->facts.end = ASSAY_EXCHANGE_ANSWERED;
      return whole;
    }
}

static DexFuture *
parse_fiber (gpointer user_data)
{
  GBytes *bytes = user_data;
  g_autoptr (GError) error = NULL;
  JsonNode *node = assay_json_parse_bytes (bytes, &error);

  if (node == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  json_node_seal (node);
  return dex_future_new_take_boxed (ASSAY_TYPE_JSON_NODE, node);
}

static gboolean
is_json (Exchange *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  if (g_ascii_strcasecmp (get_coding (self), "gzip") != 0
      && g_ascii_strcasecmp (get_coding (self), "identity") != 0)
    return FALSE;
  return type != NULL
         && (g_ascii_strcasecmp (type, "application/json") == 0
             || (g_ascii_strncasecmp (type, "application/", strlen ("application/")) == 0
                 && strlen (type) > strlen ("+json")
                 && g_ascii_strcasecmp (type + strlen (type) - strlen ("+json"), "+json") == 0));
}

/* The body as JSON, or NULL where it is none; @error says why, where it is called JSON. */
static JsonNode *
parse (Exchange *self, GBytes *body, GError **error)
{
  if (!is_json (self))
    return NULL;
  return dex_await_boxed (dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (),
                                               PARSER_STACK_BYTES, parse_fiber, g_bytes_ref (body),
                                               (GDestroyNotify) g_bytes_unref),
                          error);
}

/* The end of a connection looks like the end of a body: something must say that all is there. */
static gboolean
is_whole_attachment (Exchange *self, GBytes *body)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  const char *sha256 = assay_http_request_get_sha256 (self->request);
  g_autofree char *actual = NULL;

  if (g_ascii_strcasecmp (get_coding (self), "identity") != 0)
    return FALSE;
  if (sha256 == NULL)
    return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
           && soup_message_headers_get_content_length (headers)
                  == (goffset) g_bytes_get_size (body);
  actual = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
  return g_str_equal (actual, sha256);
}

static GError *
make_error (Exchange *self, JsonNode *json)
{
  return assay_http_failure_new (&self->facts, self->uri, self->message, json, self->refusal);
}

/* What the caller gets. */
static AssayHttpAnswer *
conclude (Exchange *self, gboolean whole, GError **error)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (GError) trouble = NULL;
  gboolean attachment = assay_http_request_get_kind (self->request) == ASSAY_HTTP_ATTACHMENT;

  if (!whole)
    {
      *error = make_error (self, NULL);
      return NULL;
    }

  body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  self->body = g_byte_array_new ();
  if (assay_exchange_judge (&self->facts).delivery != ASSAY_DELIVERY_ANSWERED)
    {
      json = parse (self, body, NULL);
      *error = make_error (self, json);
      return NULL;
    }

  if (has_body (self))
    {
      if (!attachment)
        json = parse (self, body, &trouble);
      if (attachment ? !is_whole_attachment (self, body) : json == NULL)
        {
          fail_unreadable (self);
          if (g_error_matches (trouble, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE))
            self->facts.end = ASSAY_EXCHANGE_TOO_LARGE;
          *error = make_error (self, NULL);
          return NULL;
        }
    }
  return assay_http_answer_new (self->message, self->received_at, body, json);
}

/* Never headers, queries, bodies, tokens or paths: what is said here may be shown to anybody. */
static void
write_log (Exchange *self, gsize size, const GError *error)
{
  g_autofree char *origin = self->uri != NULL ? assay_origin_to_string (self->uri) : g_strdup ("-");
  const char *submission = assay_http_request_get_submission (self->request);
  const char *delivery = assay_delivery_to_string (
      error != NULL ? assay_platform_error_get_delivery (error) : ASSAY_DELIVERY_ANSWERED);

  g_info ("%s %s %s: %s%s%s, status %u, %" G_GSIZE_FORMAT " bytes, %" G_GINT64_FORMAT
          " ms, submission %s",
          assay_http_request_get_method (self->request), origin,
          assay_http_request_get_route (self->request), delivery, error != NULL ? ", " : "",
          error != NULL ? assay_platform_error_to_string ((AssayPlatformError) error->code) : "",
          self->facts.status, size, (g_get_monotonic_time () - self->started_at) / 1000,
          submission != NULL ? submission : "-");
}

static gboolean
prepare (Exchange *self)
{
  g_autoptr (GError) error = NULL;

  self->uri = assay_origin_parse_url (assay_http_request_get_url (self->request), &error);
  if (self->uri != NULL && assay_http_request_check (self->request, &error))
    return TRUE;
  self->facts.end = ASSAY_EXCHANGE_ADDRESS;
  self->refusal = g_strdup (error->message);
  return FALSE;
}

static DexFuture *
exchange_fiber (gpointer user_data)
{
  g_autoptr (Exchange) self = user_data;
  GCancellable *abandoned = dex_promise_get_cancellable (self->promise);
  g_autoptr (AssayHttpAnswer) answer = NULL;
  GError *error = NULL;
  gulong handler;
  gboolean whole;

  handler = g_cancellable_connect (abandoned, G_CALLBACK (abandoned_cb), self, NULL);
  self->deadline = g_timeout_add (self->limits.total_ms, deadline_cb, self);
  whole = prepare (self) && exchange (self);
  settle (self);

  answer = conclude (self, whole, &error);
  write_log (self,
             answer != NULL ? g_bytes_get_size (assay_http_answer_get_body (answer))
                            : self->body->len,
             error);
  g_cancellable_disconnect (abandoned, handler);
  if (answer != NULL)
    dex_promise_resolve_object (self->promise, g_steal_pointer (&answer));
  else
    dex_promise_reject (self->promise, error);
  return dex_future_new_true ();
}

static DexFuture *
pass_on_cb (DexFuture *future, gpointer user_data)
{
  return dex_ref (future);
}

DexFuture *
assay_http_exchange_run (AssayHttp *http, AssayHttpRequest *request)
{
  Exchange *self;
  DexFuture *result;

  dex_return_error_if_fail (ASSAY_IS_HTTP (http));
  dex_return_error_if_fail (ASSAY_IS_HTTP_REQUEST (request));

  self = g_new0 (Exchange, 1);
  self->http = g_object_ref (http);
  self->request = g_object_ref (request);
  self->limits = *assay_http_request_get_limits (request);
  assay_http_narrow_limits (http, &self->limits);
  self->safe = assay_http_request_is_safe (request);
  self->facts.conditional = assay_http_request_is_conditional (request);
  self->promise = dex_promise_new_cancellable ();
  self->abort = g_cancellable_new ();
  self->stopped = dex_promise_new ();
  self->body = g_byte_array_new ();
  self->ours = TRUE;
  self->started_at = g_get_monotonic_time ();

  /* The fiber is nobody's but its own: if the caller's future were its own, dropping that would
   * stop a submission wherever it is. Only the promise hears that the caller is gone. */
  result = dex_future_finally (dex_ref (self->promise), pass_on_cb, NULL, NULL);
  dex_future_disown (
      dex_scheduler_spawn (dex_scheduler_get_default (), 0, exchange_fiber, self, NULL));
  return result;
}
