/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "fault-server-private.h"

#define JSON "application/json"
#define KIB ((gsize) 1024)
/* 10 000 headers, and one of 300 KB. */
#define MANY_HEADERS 10000
#define LONG_HEADER_BYTES (300 * KIB)
/* So much comes out of a bomb, and so deep and so many are the JSON ones. */
#define BOMB_BYTES (64 * KIB * KIB)
#define DEEP_LEVELS 100000
#define MANY_NODES 1000000
#define TRICKLE_MS 20
/* A server whose clock is a year behind. */
#define LONG_AGO "Thu, 01 Jan 2015 00:00:00 GMT"

static gboolean
pass_on (FaultConnection *connection, FaultRequest *request)
{
  g_autoptr (GByteArray) answer = fault_server_pass_on (connection->server, request);

  /* The server closes after it, so that this is all there is on the connection. */
  if (answer != NULL)
    fault_write (connection, answer->data, answer->len);
  return FALSE;
}

gboolean
fault_serve (FaultConnection *connection, FaultRequest *request)
{
  const char *submission = NULL;
  g_autofree char *body = NULL;

  if (fault_server_get_upstream (connection->server) != 0)
    return pass_on (connection, request);
  if (!g_str_equal (request->method, "GET") && !g_str_equal (request->method, "HEAD"))
    submission = fault_server_commit (connection->server, request);
  if (submission != NULL)
    body = g_strdup_printf ("{\"id\":\"%s\",\"revision\":1}", submission);
  else
    body = g_strdup ("{\"items\":[],\"ok\":true}");
  if (g_str_equal (request->method, "HEAD"))
    return fault_print (connection,
                        "HTTP/1.1 200 OK\r\nContent-Type: " JSON
                        "\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                        strlen (body));
  return fault_answer (connection, submission != NULL ? 201 : 200, "", JSON, body, -1);
}

static gboolean
silent (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  fault_wait_for_end (connection);
  return FALSE;
}

static gboolean
reset_in_body (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  /* Half of what the tests send is enough to be in the middle. */
  fault_read (connection, 1);
  fault_reset (connection);
  return FALSE;
}

static gboolean
close_now (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  return FALSE;
}

static gboolean
reset (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  fault_reset (connection);
  return FALSE;
}

static gboolean
commit_close (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  fault_server_commit (connection->server, request);
  return FALSE;
}

/* @argument: "500", or "503 Retry-After: 7". */
static gboolean
status (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  g_autofree char *headers =
      argument[3] == ' ' ? g_strdup_printf ("%s\r\n", argument + 4) : g_strdup ("");

  return fault_answer (connection, (guint) g_ascii_strtoull (argument, NULL, 10), headers, JSON,
                       "{\"type\":\"https://example.org/problems/a-problem\","
                       "\"detail\":\"The words of the server\","
                       "\"errors\":[{\"pointer\":\"/answers/a\",\"message\":\"No\"}]}",
                       -1);
}

/* Before the body is read, as who only looks at its length does. */
static gboolean
early_status (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  if (status (connection, request, argument))
    fault_wait_for_end (connection);
  return FALSE;
}

static gboolean
commit_status (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  fault_server_commit (connection->server, request);
  return status (connection, request, argument);
}

/* @argument: "302 there". */
static gboolean
redirect (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  guint code = (guint) g_ascii_strtoull (argument, NULL, 10);
  const char *to = argument + 4;
  guint16 port = fault_server_get_port (connection->server);
  g_autofree char *location = NULL;
  g_autofree char *headers = NULL;

  if (g_str_equal (to, "same"))
    location = g_strdup_printf ("/none/%s", request->path);
  else if (g_str_equal (to, "self"))
    location = g_strdup (request->target);
  else if (g_str_equal (to, "chain"))
    location = g_strdup_printf ("/%s/%u", request->fault, request->number);
  else if (g_str_equal (to, "host"))
    location = g_strdup_printf ("http://localhost:%u/none/x", port);
  else if (g_str_equal (to, "http"))
    location = g_strdup_printf ("http://127.0.0.1:%u/none/x", port);
  else if (g_str_equal (to, "there"))
    location = g_strdup (fault_server_get_there (connection->server));
  else
    location = g_strdup (to);
  headers = g_strdup_printf ("Location: %s\r\n", location);
  return fault_answer (connection, code, headers, "text/html", "<p>Moved</p>", -1);
}

/* What comes after the status line, as it is; then the end. */
static gboolean
raw (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  fault_write (connection, argument, strlen (argument));
  return FALSE;
}

#define OK "HTTP/1.1 200 OK\r\n"
#define OK_JSON OK "Content-Type: " JSON "\r\n"

static gboolean
header_with_nul (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  static const char answer[] = OK_JSON "X-Odd: a\0b\r\nContent-Length: 2\r\n\r\n{}";

  fault_write (connection, answer, sizeof answer - 1);
  return FALSE;
}

static gboolean
long_header (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  g_autofree char *value = g_malloc (LONG_HEADER_BYTES + 1);

  memset (value, 'x', LONG_HEADER_BYTES);
  value[LONG_HEADER_BYTES] = '\0';
  fault_print (connection, OK_JSON "X-Long: %s\r\nContent-Length: 2\r\n\r\n{}", value);
  return FALSE;
}

static gboolean
many_headers (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  g_autoptr (GString) answer = g_string_new (OK_JSON);

  for (guint i = 0; i < MANY_HEADERS; i++)
    g_string_append_printf (answer, "X-Header-%u: value\r\n", i);
  g_string_append (answer, "Content-Length: 2\r\n\r\n{}");
  fault_write (connection, answer->str, answer->len);
  return FALSE;
}

static gboolean
endless (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  g_autofree char *spaces = g_strnfill (64 * KIB, ' ');

  if (!fault_print (connection, OK_JSON "\r\n"))
    return FALSE;
  while (fault_write (connection, spaces, 64 * KIB))
    ;
  return FALSE;
}

static gboolean
endless_trailer (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  if (!fault_print (connection, OK_JSON "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"))
    return FALSE;
  while (fault_print (connection, "X-Trailer: and one more of them, as if there were no end\r\n"))
    ;
  return FALSE;
}

static gboolean
endless_interim (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  while (fault_print (connection, "HTTP/1.1 102 Processing\r\n\r\n")
         && fault_pause (connection, TRICKLE_MS))
    ;
  return FALSE;
}

static gboolean
trickle (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  if (!fault_print (connection, OK_JSON "Content-Length: 1000000\r\n\r\n"))
    return FALSE;
  while (fault_write (connection, " ", 1) && fault_pause (connection, TRICKLE_MS))
    ;
  return FALSE;
}

static gboolean
one_byte (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  if (fault_print (connection, OK_JSON "Content-Length: 1000000\r\n\r\n "))
    fault_wait_for_end (connection);
  return FALSE;
}

static GBytes *
compress (const char *data, gsize size)
{
  g_autoptr (GConverter) gzip =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  GBytes *compressed = g_converter_convert_bytes (gzip, bytes, &error);

  g_assert_no_error (error);
  return compressed;
}

static gboolean
answer_coded (FaultConnection *connection, const char *coding, GBytes *body, gsize cut)
{
  g_autofree char *headers = g_strdup_printf ("Content-Encoding: %s\r\n", coding);

  return fault_answer (connection, 200, headers, JSON, g_bytes_get_data (body, NULL),
                       (gssize) (g_bytes_get_size (body) - cut));
}

/* @argument: what is wrong with it. */
static gboolean
gzip (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  static const char json[] = "{\"a\":\"some text that is long enough to be worth the trouble\"}";
  g_autoptr (GBytes) once = compress (json, sizeof json - 1);
  g_autoptr (GBytes) plain = g_bytes_new_static (json, sizeof json - 1);

  if (g_str_equal (argument, "good"))
    return answer_coded (connection, "gzip", once, 0);
  if (g_str_equal (argument, "truncated"))
    return answer_coded (connection, "gzip", once, g_bytes_get_size (once) / 2);
  if (g_str_equal (argument, "mislabelled"))
    return answer_coded (connection, "gzip", plain, 0);
  if (g_str_equal (argument, "unknown"))
    return answer_coded (connection, "x-unheard-of", plain, 0);
  if (g_str_equal (argument, "twice"))
    {
      g_autoptr (GBytes) twice = compress (g_bytes_get_data (once, NULL), g_bytes_get_size (once));

      return answer_coded (connection, "gzip, gzip", twice, 0);
    }
  else
    {
      g_autofree char *zeros = g_strnfill (BOMB_BYTES, ' ');
      g_autoptr (GBytes) bomb = compress (zeros, BOMB_BYTES);

      return answer_coded (connection, "gzip", bomb, 0);
    }
}

static gboolean
json (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  return fault_answer (connection, 200, "", JSON, argument, -1);
}

static gboolean
json_with_nul (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  static const char body[] = "{\"a\":\"b\0c\"}";

  return fault_answer (connection, 200, "", JSON, body, sizeof body - 1);
}

static gboolean
json_deep (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  g_autofree char *body = g_strnfill (DEEP_LEVELS, '[');

  return fault_answer (connection, 200, "", JSON, body, -1);
}

static gboolean
json_nodes (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  g_autoptr (GString) body = g_string_new ("[0");

  for (guint i = 0; i < MANY_NODES; i++)
    g_string_append (body, ",0");
  g_string_append_c (body, ']');
  return fault_answer (connection, 200, "", JSON, body->str, (gssize) body->len);
}

static gboolean
other_type (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  return fault_answer (connection, 200, "", argument,
                       "<!DOCTYPE html><title>Welcome to the café</title>", -1);
}

static gboolean
untyped (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  return fault_answer (connection, 200, "", NULL, "{}", -1);
}

static gboolean
empty (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  return fault_answer (connection, 200, "", JSON, "", 0);
}

static gboolean
no_content (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  return fault_print (connection, "HTTP/1.1 204 No Content\r\n\r\n");
}

/* @argument: the lines that say so; the body is an attachment. */
static gboolean
attachment (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  return fault_print (connection, OK "Content-Type: image/png\r\n%s\r\nten bytes.", argument)
         && FALSE;
}

static gboolean
dated (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  return fault_answer (connection, 200, "Date: " LONG_AGO "\r\n", JSON, "{}", -1);
}

/* Pages that never end or go elsewhere. */
static gboolean
page (FaultConnection *connection, FaultRequest *request, const char *argument)
{
  g_autofree char *body = NULL;

  if (g_str_equal (argument, "other-host"))
    body = g_strdup ("{\"items\":[{\"id\":\"1\"}],\"next\":\"https://example.org/next\"}");
  else if (g_str_equal (argument, "repeated"))
    body = g_strdup ("{\"items\":[{\"id\":\"1\"}],\"next\":\"again\",\"more\":true}");
  else if (g_str_equal (argument, "loop"))
    body = g_strdup_printf ("{\"items\":[{\"id\":\"%u\"}],\"next\":\"c%u\",\"more\":true}",
                            request->number, request->number % 3);
  else if (g_str_equal (argument, "empty"))
    body = g_strdup_printf ("{\"items\":[],\"next\":\"c%u\",\"more\":true}", request->number);
  else if (g_str_equal (argument, "changing"))
    body = g_strdup_printf ("{\"items\":[{\"id\":\"1\"},{\"id\":\"%u\"}],\"next\":%s}",
                            request->number, request->number < 3 ? "\"c\"" : "null");
  else
    body = g_strdup ("{\"items\":[{\"id\":\"1\"}],\"total\":4711,\"next\":null}");
  return fault_answer (connection, 200, "", JSON, body, -1);
}

/* The numbers are the lines of the fault list in the engineering rules. */
static const Fault faults[] = {
  /* 5 to 8 */
  { "silent", silent, NULL, TRUE },
  { "read-silent", silent, NULL, FALSE },
  { "reset-in-body", reset_in_body, NULL, TRUE },
  { "close", close_now, NULL, FALSE },
  { "reset", reset, NULL, FALSE },
  { "commit-close", commit_close, NULL, FALSE },
  { "commit-500", commit_status, "500", FALSE },
  { "commit-502", commit_status, "502", FALSE },
  { "commit-504", commit_status, "504", FALSE },
  /* 9 */
  { "500", status, "500", FALSE },
  { "502", status, "502", FALSE },
  { "503", status, "503", FALSE },
  { "504", status, "504", FALSE },
  { "503-seconds", status, "503 Retry-After: 7", FALSE },
  { "503-date", status,
    "503 Date: Thu, 01 Jan 2015 00:00:00 GMT\r\nRetry-After: Thu, 01 Jan 2015 00:00:09 GMT",
    FALSE },
  { "503-zero", status, "503 Retry-After: 0", FALSE },
  { "503-negative", status, "503 Retry-After: -5", FALSE },
  { "503-ages", status, "503 Retry-After: 1000000000", FALSE },
  { "503-garbage", status, "503 Retry-After: soon", FALSE },
  /* 11 */
  { "301-same", redirect, "301 same", FALSE },
  { "302-same", redirect, "302 same", FALSE },
  { "303-same", redirect, "303 same", FALSE },
  { "307-same", redirect, "307 same", FALSE },
  { "308-same", redirect, "308 same", FALSE },
  { "302-self", redirect, "302 self", FALSE },
  { "302-chain", redirect, "302 chain", FALSE },
  { "302-host", redirect, "302 host", FALSE },
  { "302-http", redirect, "302 http", FALSE },
  { "302-there", redirect, "302 there", FALSE },
  { "307-there", redirect, "307 there", FALSE },
  { "302-file", redirect, "302 file:///etc/passwd", FALSE },
  { "302-password", redirect, "302 http://a:b@127.0.0.1/", FALSE },
  { "302-nowhere", raw, "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", FALSE },
  { "300", status, "300", FALSE },
  { "304", raw, "HTTP/1.1 304 Not Modified\r\n\r\n", FALSE },
  /* 12 and 13 */
  { "length-larger", raw, OK_JSON "Content-Length: 100\r\n\r\n{}", FALSE },
  { "length-smaller", raw, OK_JSON "Content-Length: 5\r\n\r\n{\"a\":\"b\"}", FALSE },
  { "length-twice", raw, OK_JSON "Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}   ", FALSE },
  { "length-negative", raw, OK_JSON "Content-Length: -2\r\n\r\n{}", FALSE },
  { "length-missing", raw, OK_JSON "\r\n{\"a\":\"b\"}", FALSE },
  { "length-missing-cut", raw, OK_JSON "\r\n{\"a\":\"b", FALSE },
  { "chunk-cut", raw, OK_JSON "Transfer-Encoding: chunked\r\n\r\n20\r\n{}", FALSE },
  { "chunk-unended", raw, OK_JSON "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", FALSE },
  { "chunk-bad-size", raw, OK_JSON "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    FALSE },
  { "chunk-huge-size", raw,
    OK_JSON "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}\r\n0\r\n\r\n", FALSE },
  { "chunk-endless-trailer", endless_trailer, NULL, FALSE },
  /* 14 */
  { "gzip", gzip, "good", FALSE },
  { "gzip-bomb", gzip, "bomb", FALSE },
  { "gzip-truncated", gzip, "truncated", FALSE },
  { "gzip-mislabelled", gzip, "mislabelled", FALSE },
  { "gzip-twice", gzip, "twice", FALSE },
  { "coding-unknown", gzip, "unknown", FALSE },
  /* 15 */
  { "endless", endless, NULL, FALSE },
  { "trickle", trickle, NULL, FALSE },
  { "one-byte", one_byte, NULL, FALSE },
  { "interim-endless", endless_interim, NULL, FALSE },
  { "interim-close", raw, "HTTP/1.1 100 Continue\r\n\r\n", FALSE },
  { "switching", raw,
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", FALSE },
  /* 16 */
  { "header-long", long_header, NULL, FALSE },
  { "header-many", many_headers, NULL, FALSE },
  { "header-nul", header_with_nul, NULL, FALSE },
  { "header-cr", raw, OK_JSON "X-Odd: a\rb\r\nContent-Length: 2\r\n\r\n{}", FALSE },
  { "header-lf", raw, OK_JSON "X-Odd: a\nb\r\nContent-Length: 2\r\n\r\n{}", FALSE },
  { "status-garbage", raw, "HTTP/1.1 yes fine\r\n\r\n{}", FALSE },
  { "status-words", raw, "I am no server\r\n\r\n", FALSE },
  { "http-0.9", raw, "{\"a\":\"b\"}", FALSE },
  /* 17 */
  { "html", other_type, "text/html", FALSE },
  { "text", other_type, "text/plain", FALSE },
  { "html-as-json", other_type, "application/json", FALSE },
  { "untyped", untyped, NULL, FALSE },
  { "empty", empty, NULL, FALSE },
  { "no-content", no_content, NULL, FALSE },
  { "other-json", json, "[1,2,3]", FALSE },
  { "other-receipt", json, "{\"id\":\"another\"}", FALSE },
  /* 18 to 20 */
  { "400", status, "400", FALSE },
  { "401", status, "401 WWW-Authenticate: Basic realm=\"x\"", FALSE },
  { "403", status, "403", FALSE },
  { "404", status, "404", FALSE },
  { "407", status, "407 Proxy-Authenticate: Basic realm=\"x\"", FALSE },
  { "408", status, "408", FALSE },
  { "409", status, "409", FALSE },
  { "410", status, "410", FALSE },
  { "413", status, "413", FALSE },
  { "413-early", early_status, "413", TRUE },
  { "415", status, "415", FALSE },
  { "422", status, "422", FALSE },
  { "451", status, "451", FALSE },
  { "429", status, "429", FALSE },
  { "429-seconds", status, "429 Retry-After: 3", FALSE },
  /* 21 */
  { "json-not-utf8", json, "{\"a\":\"\377\"}", FALSE },
  { "json-nul", json_with_nul, NULL, FALSE },
  { "json-escaped-nul", json, "{\"a\":\"\\u0000\"}", FALSE },
  { "json-deep", json_deep, NULL, FALSE },
  { "json-nodes", json_nodes, NULL, FALSE },
  { "json-duplicate", json, "{\"a\":1,\"a\":2}", FALSE },
  { "json-huge-number", json, "{\"a\":1e400}", FALSE },
  { "json-trailing", json, "{\"a\":1} x", FALSE },
  { "json-two-roots", json, "{\"a\":1}{\"a\":2}", FALSE },
  { "json-cut", json, "{\"a\":1,\"b", FALSE },
  /* 22 */
  { "page-other-host", page, "other-host", FALSE },
  { "page-repeated", page, "repeated", FALSE },
  { "page-loop", page, "loop", FALSE },
  { "page-empty", page, "empty", FALSE },
  { "page-changing", page, "changing", FALSE },
  { "page-total", page, "total", FALSE },
  /* 23 and 29 */
  { "dated", dated, NULL, FALSE },
  { "no-projects", json, "{\"items\":[],\"projects\":[],\"next\":null}", FALSE },
  /* What 12 says of attachments. */
  { "attachment", attachment, "Content-Length: 10\r\n", FALSE },
  { "attachment-unmeasured", attachment, "", FALSE },
  { "attachment-short", attachment, "Content-Length: 20\r\n", FALSE },
  { "attachment-gzip", attachment, "Content-Length: 10\r\nContent-Encoding: gzip\r\n", FALSE },
};

const Fault *
fault_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if (g_str_equal (faults[i].name, name))
      return &faults[i];
  return NULL;
}
