/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Just enough of HTTP/2 (RFC 9113) to break it. Headers are not decoded, so the fault is set for
 * the server and not named in the address. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "fault-server-private.h"

#define PREFACE_BYTES 24
#define FRAME_HEADER_BYTES 9

typedef enum
{
  FRAME_DATA = 0,
  FRAME_HEADERS = 1,
  FRAME_RST_STREAM = 3,
  FRAME_SETTINGS = 4,
  FRAME_PING = 6,
  FRAME_GOAWAY = 7,
} FrameType;

#define FLAG_ACK 1
#define FLAG_END_STREAM 1
#define FLAG_END_HEADERS 4

#define ERROR_INTERNAL 2
#define ERROR_REFUSED_STREAM 7

typedef struct
{
  FrameType type;
  guint8 flags;
  guint32 stream;
} Frame;

static gboolean
write_frame (FaultConnection *connection,
             FrameType type,
             guint8 flags,
             guint32 stream,
             const void *payload,
             gsize size)
{
  guint8 header[FRAME_HEADER_BYTES] = {
    (guint8) (size >> 16),   (guint8) (size >> 8),    (guint8) size,          (guint8) type,  flags,
    (guint8) (stream >> 24), (guint8) (stream >> 16), (guint8) (stream >> 8), (guint8) stream
  };

  return fault_write (connection, header, sizeof header)
         && (size == 0 || fault_write (connection, payload, size));
}

static gboolean
write_number (FaultConnection *connection, FrameType type, guint32 stream, guint32 number)
{
  guint32 payload = GUINT32_TO_BE (number);

  return write_frame (connection, type, 0, stream, &payload, sizeof payload);
}

static gboolean
write_goaway (FaultConnection *connection, guint32 last_stream)
{
  guint32 payload[2] = { GUINT32_TO_BE (last_stream), 0 };

  return write_frame (connection, FRAME_GOAWAY, 0, 0, payload, sizeof payload);
}

/* Status 200 and the type, by the static table of HPACK. */
static gboolean
write_headers (FaultConnection *connection, guint32 stream)
{
  static const char block[] = "\x88\x0f\x10\x10"
                              "application/json";

  return write_frame (connection, FRAME_HEADERS, FLAG_END_HEADERS, stream, block, sizeof block - 1);
}

static gboolean
read_frame (FaultConnection *connection, Frame *frame)
{
  const guint8 *bytes;
  gsize size;

  if (!fault_read (connection, FRAME_HEADER_BYTES))
    return FALSE;
  bytes = (const guint8 *) connection->ahead->str;
  size = ((gsize) bytes[0] << 16) | ((gsize) bytes[1] << 8) | bytes[2];
  frame->type = (FrameType) bytes[3];
  frame->flags = bytes[4];
  frame->stream =
      ((guint32) bytes[5] << 24 | (guint32) bytes[6] << 16 | (guint32) bytes[7] << 8 | bytes[8])
      & 0x7fffffff;
  if (!fault_read (connection, FRAME_HEADER_BYTES + size))
    return FALSE;
  g_string_erase (connection->ahead, 0, (gssize) (FRAME_HEADER_BYTES + size));
  return TRUE;
}

/* The method is not decoded: whether a body follows is all that is known of it. */
static void
note (FaultConnection *connection, const Frame *headers)
{
  FaultRequest request = { 0 };
  g_autofree char *path = g_strdup_printf ("%u", headers->stream);
  gboolean body = (headers->flags & FLAG_END_STREAM) == 0;

  request.connection = connection->number;
  request.method = (char *) (body ? FAULT_HTTP2_WITH_BODY : FAULT_HTTP2_WITHOUT_BODY);
  request.target = (char *) "";
  request.headers = (char *) "";
  request.fault = (char *) "http2";
  request.path = path;
  fault_server_note (connection->server, &request);
}

/* When the headers are there. FALSE: the connection ends. */
static gboolean
strike_at_headers (FaultConnection *connection, guint32 stream, const char *fault)
{
  if (g_str_equal (fault, "goaway-before"))
    return write_goaway (connection, 0) && FALSE;
  if (g_str_equal (fault, "close-before"))
    return FALSE;
  if (g_str_equal (fault, "rst-before"))
    return write_number (connection, FRAME_RST_STREAM, stream, ERROR_INTERNAL);
  if (g_str_equal (fault, "rst-refused"))
    return write_number (connection, FRAME_RST_STREAM, stream, ERROR_REFUSED_STREAM);
  return TRUE;
}

/* When all of the request is there. */
static gboolean
answer (FaultConnection *connection, guint32 stream, const char *fault)
{
  static const char json[] = "{\"id\":\"http2\"}";

  if (g_str_equal (fault, "goaway-after"))
    return write_goaway (connection, stream) && FALSE;
  if (g_str_equal (fault, "close-after"))
    return FALSE;
  if (g_str_equal (fault, "rst-after"))
    return write_number (connection, FRAME_RST_STREAM, stream, ERROR_INTERNAL);
  if (g_str_has_prefix (fault, "rst-") && !g_str_equal (fault, "rst-within"))
    return TRUE;
  if (!write_headers (connection, stream))
    return FALSE;
  if (g_str_equal (fault, "rst-within"))
    return write_frame (connection, FRAME_DATA, 0, stream, json, 5)
           && write_number (connection, FRAME_RST_STREAM, stream, ERROR_INTERNAL);
  return write_frame (connection, FRAME_DATA, FLAG_END_STREAM, stream, json, sizeof json - 1);
}

void
fault_http2_serve (FaultConnection *connection)
{
  /* SETTINGS_INITIAL_WINDOW_SIZE 0: no body may come, and we never say otherwise. */
  static const guint8 shut_window[] = { 0, 4, 0, 0, 0, 0 };
  const char *fault = fault_server_get_http2_fault (connection->server);
  gboolean shut = g_str_equal (fault, "window");
  Frame frame;

  if (!fault_read (connection, PREFACE_BYTES))
    return;
  g_string_erase (connection->ahead, 0, PREFACE_BYTES);
  if (!write_frame (connection, FRAME_SETTINGS, 0, 0, shut_window, shut ? sizeof shut_window : 0))
    return;

  while (read_frame (connection, &frame))
    {
      gboolean more = TRUE;

      if (frame.type == FRAME_SETTINGS && (frame.flags & FLAG_ACK) == 0)
        more = write_frame (connection, FRAME_SETTINGS, FLAG_ACK, 0, NULL, 0);
      if (frame.type == FRAME_HEADERS)
        {
          note (connection, &frame);
          more = strike_at_headers (connection, frame.stream, fault);
        }
      if (more && (frame.type == FRAME_HEADERS || frame.type == FRAME_DATA)
          && (frame.flags & FLAG_END_STREAM) != 0)
        more = answer (connection, frame.stream, fault);
      if (!more)
        return;
    }
}
