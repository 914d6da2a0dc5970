/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "fault-lines.h"

#include "http-fixture.h"

/* For those that only a deadline ends: long enough for a machine under load to connect. */
#define SHORT_MS 400
#define LONG_MS 60000

#define UNKNOWN ASSAY_DELIVERY_UNKNOWN
#define REFUSED ASSAY_DELIVERY_REFUSED
#define PUT_OFF ASSAY_DELIVERY_NOT_PROCESSED
#define BROKEN ASSAY_PLATFORM_ERROR_INTERRUPTED
#define PROTOCOL ASSAY_PLATFORM_ERROR_PROTOCOL
#define LATE ASSAY_PLATFORM_ERROR_TIMED_OUT
#define FAULT ASSAY_PLATFORM_ERROR_SERVER_FAULT
#define WAIT ASSAY_PLATFORM_ERROR_RATE_LIMITED
#define REJECTED ASSAY_PLATFORM_ERROR_REJECTED

const FaultLine fault_lines[] = {
  { "none", 0, HTTP_ANSWERED, HTTP_ANSWERED, UNKNOWN, 1 },
  /* 5 to 8 */
  { "silent", 5, LATE, LATE, UNKNOWN, 0, SHORT_MS, LONG_MS },
  { "read-silent", 5, LATE, LATE, UNKNOWN, 0, LONG_MS, SHORT_MS },
  { "reset-in-body", 5, LATE, BROKEN, UNKNOWN, 0, LONG_MS, SHORT_MS },
  { "close", 5, BROKEN, BROKEN, UNKNOWN, 0 },
  { "reset", 5, BROKEN, BROKEN, UNKNOWN, 0 },
  { "commit-close", 5, BROKEN, BROKEN, UNKNOWN, 1 },
  { "commit-500", 5, FAULT, FAULT, UNKNOWN, 1 },
  { "commit-502", 5, FAULT, FAULT, UNKNOWN, 1 },
  { "commit-504", 5, FAULT, FAULT, UNKNOWN, 1 },
  /* 9 */
  { "500", 9, FAULT, FAULT, UNKNOWN, 0 },
  { "502", 9, FAULT, FAULT, UNKNOWN, 0 },
  { "503", 9, FAULT, FAULT, UNKNOWN, 0 },
  { "504", 9, FAULT, FAULT, UNKNOWN, 0 },
  { "503-seconds", 9, WAIT, WAIT, PUT_OFF, 0 },
  { "503-date", 9, WAIT, WAIT, PUT_OFF, 0 },
  { "503-zero", 9, WAIT, WAIT, PUT_OFF, 0 },
  { "503-negative", 9, WAIT, WAIT, PUT_OFF, 0 },
  { "503-ages", 9, WAIT, WAIT, PUT_OFF, 0 },
  { "503-garbage", 9, WAIT, WAIT, PUT_OFF, 0 },
  /* 11: more of it in test-http-redirects.c */
  { "301-same", 11, HTTP_ANSWERED, PROTOCOL, UNKNOWN, 0 },
  { "302-same", 11, HTTP_ANSWERED, PROTOCOL, UNKNOWN, 0 },
  { "303-same", 11, HTTP_ANSWERED, PROTOCOL, UNKNOWN, 0 },
  { "307-same", 11, HTTP_ANSWERED, PROTOCOL, UNKNOWN, 0 },
  { "308-same", 11, HTTP_ANSWERED, PROTOCOL, UNKNOWN, 0 },
  { "302-self", 11, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "302-chain", 11, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "302-host", 11, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "302-file", 11, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "302-password", 11, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "302-nowhere", 11, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "300", 11, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "304", 11, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  /* 12 and 13 */
  { "length-larger", 12, BROKEN, BROKEN, UNKNOWN, 0 },
  { "length-smaller", 12, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "length-twice", 12, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "length-negative", 12, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "length-missing", 12, HTTP_ANSWERED, HTTP_ANSWERED, UNKNOWN, 0 },
  { "length-missing-cut", 12, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "chunk-cut", 12, BROKEN, BROKEN, UNKNOWN, 0 },
  { "chunk-unended", 12, BROKEN, BROKEN, UNKNOWN, 0 },
  { "chunk-bad-size", 12, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "chunk-huge-size", 12, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  /* The body is whole; libsoup does not wait for the end of what follows. */
  { "chunk-endless-trailer", 12, HTTP_ANSWERED, HTTP_ANSWERED, UNKNOWN, 0 },
  /* 14 */
  { "gzip", 14, HTTP_ANSWERED, HTTP_ANSWERED, UNKNOWN, 0 },
  { "gzip-bomb", 14, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "gzip-truncated", 14, BROKEN, BROKEN, UNKNOWN, 0 },
  { "gzip-mislabelled", 14, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "gzip-twice", 14, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "coding-unknown", 14, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  /* 15 */
  { "endless", 15, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "trickle", 15, LATE, LATE, UNKNOWN, 0, SHORT_MS, LONG_MS },
  { "one-byte", 15, LATE, LATE, UNKNOWN, 0, LONG_MS, SHORT_MS },
  { "interim-endless", 15, LATE, LATE, UNKNOWN, 0, SHORT_MS, LONG_MS },
  { "interim-close", 15, BROKEN, BROKEN, UNKNOWN, 0 },
  { "switching", 15, BROKEN, BROKEN, UNKNOWN, 0 },
  /* 16 */
  { "header-long", 16, BROKEN, BROKEN, UNKNOWN, 0 },
  { "header-many", 16, BROKEN, BROKEN, UNKNOWN, 0 },
  { "header-nul", 16, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  /* libsoup drops what follows; see test_odd_headers(). */
  { "header-cr", 16, HTTP_ANSWERED, HTTP_ANSWERED, UNKNOWN, 0 },
  { "header-lf", 16, HTTP_ANSWERED, HTTP_ANSWERED, UNKNOWN, 0 },
  { "status-garbage", 16, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "status-words", 16, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "http-0.9", 16, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  /* 17 */
  { "html", 17, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "text", 17, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "html-as-json", 17, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "untyped", 17, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "empty", 17, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "no-content", 17, HTTP_ANSWERED, HTTP_ANSWERED, UNKNOWN, 0 },
  { "other-json", 17, HTTP_ANSWERED, HTTP_ANSWERED, UNKNOWN, 0 },
  { "other-receipt", 17, HTTP_ANSWERED, HTTP_ANSWERED, UNKNOWN, 0 },
  /* 18 to 20 */
  { "400", 18, REJECTED, REJECTED, REFUSED, 0 },
  { "401", 18, ASSAY_PLATFORM_ERROR_SIGNED_OUT, ASSAY_PLATFORM_ERROR_SIGNED_OUT,
    ASSAY_DELIVERY_SIGNED_OUT, 0 },
  { "403", 18, ASSAY_PLATFORM_ERROR_NOT_ALLOWED, ASSAY_PLATFORM_ERROR_NOT_ALLOWED, REFUSED, 0 },
  { "404", 18, ASSAY_PLATFORM_ERROR_NOT_FOUND, ASSAY_PLATFORM_ERROR_NOT_FOUND, REFUSED, 0 },
  { "407", 18, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "408", 18, FAULT, FAULT, UNKNOWN, 0 },
  { "409", 18, ASSAY_PLATFORM_ERROR_CONFLICT, ASSAY_PLATFORM_ERROR_CONFLICT, REFUSED, 0 },
  { "410", 18, ASSAY_PLATFORM_ERROR_GONE, ASSAY_PLATFORM_ERROR_GONE, REFUSED, 0 },
  { "413", 18, REJECTED, REJECTED, REFUSED, 0 },
  { "415", 18, REJECTED, REJECTED, REFUSED, 0 },
  { "422", 18, REJECTED, REJECTED, REFUSED, 0 },
  { "451", 18, ASSAY_PLATFORM_ERROR_NOT_ALLOWED, ASSAY_PLATFORM_ERROR_NOT_ALLOWED, REFUSED, 0 },
  { "429", 18, WAIT, WAIT, PUT_OFF, 0 },
  { "429-seconds", 18, WAIT, WAIT, PUT_OFF, 0 },
  /* 21 */
  { "json-not-utf8", 21, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "json-nul", 21, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "json-escaped-nul", 21, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "json-deep", 21, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "json-nodes", 21, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "json-duplicate", 21, HTTP_ANSWERED, HTTP_ANSWERED, UNKNOWN, 0 },
  { "json-huge-number", 21, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "json-trailing", 21, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "json-two-roots", 21, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  { "json-cut", 21, PROTOCOL, PROTOCOL, UNKNOWN, 0 },
  /* 22, 23, 29: whole answers; what they say is judged elsewhere */
  { "page-other-host", 22, HTTP_ANSWERED, HTTP_ANSWERED, UNKNOWN, 0 },
  { "dated", 22, HTTP_ANSWERED, HTTP_ANSWERED, UNKNOWN, 0 },
  { "no-projects", 22, HTTP_ANSWERED, HTTP_ANSWERED, UNKNOWN, 0 },
  { NULL },
};
