/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "assay-retry-after.h"

gint64
assay_retry_after_parse_date (const char *value)
{
  g_autoptr (GDateTime) date = NULL;

  g_return_val_if_fail (value != NULL, -1);

  /* libsoup asks for text, and a header can hold anything. */
  if (!g_str_is_ascii (value))
    return -1;
  date = soup_date_time_new_from_http_string (value);
  /* Before 1970 nobody had a server. */
  return date != NULL && g_date_time_to_unix (date) >= 0
             ? g_date_time_to_unix (date) * G_USEC_PER_SEC
             : -1;
}

gint64
assay_retry_after_parse (const char *value, gint64 server_now)
{
  g_autofree char *text = NULL;
  guint64 seconds;
  gint64 date;

  g_return_val_if_fail (value != NULL, ASSAY_RETRY_AFTER_MIN_US);

  text = g_strstrip (g_strdup (value));
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &seconds, NULL))
    return CLAMP (seconds, ASSAY_RETRY_AFTER_MIN_US / G_USEC_PER_SEC,
                  ASSAY_RETRY_AFTER_MAX_US / G_USEC_PER_SEC)
           * G_USEC_PER_SEC;

  /* More digits than a number has are still a long time. */
  if (*text != '\0' && strspn (text, "0123456789") == strlen (text))
    return ASSAY_RETRY_AFTER_MAX_US;

  date = assay_retry_after_parse_date (text);
  if (date < 0 || date <= server_now)
    return ASSAY_RETRY_AFTER_MIN_US;
  return CLAMP (date - server_now, ASSAY_RETRY_AFTER_MIN_US, ASSAY_RETRY_AFTER_MAX_US);
}
