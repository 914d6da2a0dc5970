/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "assay-platform-error.h"

G_BEGIN_DECLS

/* How an exchange of HTTP ended, apart from what the answer says. */
typedef enum
{
  ASSAY_EXCHANGE_ANSWERED,    /* a whole answer: its status decides */
  ASSAY_EXCHANGE_ADDRESS,     /* the address or a header may not be used */
  ASSAY_EXCHANGE_UNREACHABLE, /* no name, no route, refused */
  ASSAY_EXCHANGE_INSECURE,    /* no encrypted connection to whom it should be */
  ASSAY_EXCHANGE_PROXY,       /* the proxy said no to making a connection */
  ASSAY_EXCHANGE_TIMED_OUT,   /* deadline or silence */
  ASSAY_EXCHANGE_CANCELLED,
  ASSAY_EXCHANGE_BROKEN,    /* reset, closed, cut */
  ASSAY_EXCHANGE_RESTARTED, /* libsoup wanted to send it again */
  ASSAY_EXCHANGE_TOO_LARGE,
  ASSAY_EXCHANGE_UNREADABLE, /* not HTTP, of another type, not parseable, not what its digest says
                              */
} AssayExchangeEnd;

#define ASSAY_EXCHANGE_N_ENDS (ASSAY_EXCHANGE_UNREADABLE + 1)

typedef struct
{
  AssayExchangeEnd end;
  gboolean headers_written; /* all headers of the request left us */
  guint status;             /* of the answer; 0: none came */
  gboolean has_retry_after;
  gboolean conditional; /* a GET or HEAD that a 304 answers */
} AssayExchangeFacts;

typedef struct
{
  AssayDelivery delivery;
  AssayPlatformError code; /* means nothing where @delivery is ANSWERED */
} AssayExchangeVerdict;

/* What became of a request: the one place where this is decided, for all methods. */
AssayExchangeVerdict assay_exchange_judge (const AssayExchangeFacts *facts);

/* The sentence for a person about @code; @host, if not NULL, is named. (transfer full) */
char *assay_exchange_describe (AssayPlatformError code, const char *host);
/* What is wrong with the certificate of @host. (transfer full) */
char *assay_exchange_describe_certificate (GTlsCertificateFlags flags, const char *host);

G_END_DECLS
