/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-format.h"

#include "assay-limits.h"
#include "assay-visible-text.h"

#define MINUTE_MS (G_GINT64_CONSTANT (60) * 1000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

/* Currencies whose minor unit is not a hundredth (ISO 4217). */
static const struct
{
  const char *code;
  int decimals;
} odd_currencies[] = {
  { "BHD", 3 }, { "CLP", 0 }, { "ISK", 0 }, { "JOD", 3 }, { "JPY", 0 }, { "KRW", 0 },
  { "KWD", 3 }, { "OMR", 3 }, { "PYG", 0 }, { "TND", 3 }, { "UGX", 0 }, { "VND", 0 },
};

/* The languages in which tasks are common; others are shown by their tag. */
static const struct
{
  const char *code;
  const char *name;
} languages[] = {
  { "ar", N_ ("Arabic") },     { "bg", N_ ("Bulgarian") },  { "bn", N_ ("Bengali") },
  { "ca", N_ ("Catalan") },    { "cs", N_ ("Czech") },      { "da", N_ ("Danish") },
  { "de", N_ ("German") },     { "el", N_ ("Greek") },      { "en", N_ ("English") },
  { "es", N_ ("Spanish") },    { "et", N_ ("Estonian") },   { "eu", N_ ("Basque") },
  { "fa", N_ ("Persian") },    { "fi", N_ ("Finnish") },    { "fr", N_ ("French") },
  { "gl", N_ ("Galician") },   { "he", N_ ("Hebrew") },     { "hi", N_ ("Hindi") },
  { "hr", N_ ("Croatian") },   { "hu", N_ ("Hungarian") },  { "id", N_ ("Indonesian") },
  { "it", N_ ("Italian") },    { "ja", N_ ("Japanese") },   { "ko", N_ ("Korean") },
  { "lt", N_ ("Lithuanian") }, { "lv", N_ ("Latvian") },    { "ms", N_ ("Malay") },
  { "nb", N_ ("Norwegian") },  { "nl", N_ ("Dutch") },      { "no", N_ ("Norwegian") },
  { "pl", N_ ("Polish") },     { "pt", N_ ("Portuguese") }, { "ro", N_ ("Romanian") },
  { "ru", N_ ("Russian") },    { "sk", N_ ("Slovak") },     { "sl", N_ ("Slovenian") },
  { "sr", N_ ("Serbian") },    { "sv", N_ ("Swedish") },    { "sw", N_ ("Swahili") },
  { "ta", N_ ("Tamil") },      { "te", N_ ("Telugu") },     { "th", N_ ("Thai") },
  { "tr", N_ ("Turkish") },    { "uk", N_ ("Ukrainian") },  { "ur", N_ ("Urdu") },
  { "vi", N_ ("Vietnamese") }, { "zh", N_ ("Chinese") },
};

char *
assay_format_clock (gint64 duration_ms)
{
  gint64 seconds = MAX (duration_ms, 0) / 1000;
  int hours = (int) MIN (seconds / 3600, 9999);
  int minutes = (int) (seconds / 60 % 60);

  if (hours > 0)
    /* Translators: time spent: hours, minutes, seconds. */
    return g_strdup_printf (C_ ("clock", "%d:%02d:%02d"), hours, minutes, (int) (seconds % 60));
  /* Translators: time spent: minutes, seconds. */
  return g_strdup_printf (C_ ("clock", "%02d:%02d"), minutes, (int) (seconds % 60));
}

char *
assay_format_minutes (guint minutes)
{
  return g_strdup_printf (ngettext ("about %u min", "about %u min", minutes), minutes);
}

char *
assay_format_money (gint64 amount_minor, const char *currency)
{
  g_autofree char *number = NULL;
  int decimals = 2;
  double amount = (double) amount_minor;

  g_return_val_if_fail (currency != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (odd_currencies); i++)
    if (g_ascii_strcasecmp (odd_currencies[i].code, currency) == 0)
      decimals = odd_currencies[i].decimals;
  for (int i = 0; i < decimals; i++)
    amount /= 10;
  number = g_strdup_printf ("%.*f", decimals, amount);
  /* Translators: an amount of money: the currency's code, then the number, as in "USD 4.50". */
  return g_strdup_printf (C_ ("money", "%1$s %2$s"), currency, number);
}

char *
assay_format_due (gint64 deadline_ms, gint64 now_ms)
{
  gint64 left = deadline_ms - now_ms;
  guint n;

  if (deadline_ms <= 0)
    return NULL;
  if (left <= 0)
    return g_strdup (_ ("overdue"));
  if (left < HOUR_MS)
    {
      n = (guint) MAX (left / MINUTE_MS, 1);
      return g_strdup_printf (ngettext ("due in %u min", "due in %u min", n), n);
    }
  if (left < 2 * DAY_MS)
    {
      n = (guint) (left / HOUR_MS);
      return g_strdup_printf (ngettext ("due in %u h", "due in %u h", n), n);
    }
  n = (guint) MIN (left / DAY_MS, G_MAXINT);
  return g_strdup_printf (ngettext ("due in %u day", "due in %u days", n), n);
}

char *
assay_format_span (gint64 seconds)
{
  guint minutes = (guint) CLAMP (seconds / 60, 0, G_MAXINT);
  guint days = minutes / (24 * 60);

  if (minutes == 0)
    return g_strdup (_ ("less than a minute"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("%u min", "%u min", minutes), minutes);
  if (days >= 2)
    return g_strdup_printf (ngettext ("%u day", "%u days", days), days);
  if (minutes % 60 == 0)
    return g_strdup_printf (ngettext ("%u h", "%u h", minutes / 60), minutes / 60);
  /* Translators: hours and minutes. */
  return g_strdup_printf (_ ("%1$u h %2$u min"), minutes / 60, minutes % 60);
}

char *
assay_format_ago (gint64 time_us, gint64 now_us)
{
  gint64 passed = MAX (now_us - time_us, 0) / 1000;
  guint n;

  if (passed < MINUTE_MS)
    return g_strdup (C_ ("time", "just now"));
  if (passed < HOUR_MS)
    {
      n = (guint) (passed / MINUTE_MS);
      return g_strdup_printf (ngettext ("%u minute ago", "%u minutes ago", n), n);
    }
  if (passed < 2 * DAY_MS)
    {
      n = (guint) (passed / HOUR_MS);
      return g_strdup_printf (ngettext ("%u hour ago", "%u hours ago", n), n);
    }
  n = (guint) MIN (passed / DAY_MS, G_MAXINT);
  return g_strdup_printf (ngettext ("%u day ago", "%u days ago", n), n);
}

char *
assay_format_duration (gint64 seconds)
{
  gint64 duration = MAX (seconds, 0) * 1000;
  guint n;

  if (duration < HOUR_MS)
    {
      n = (guint) MAX (duration / MINUTE_MS, 1);
      return g_strdup_printf (ngettext ("%u minute", "%u minutes", n), n);
    }
  if (duration < 2 * DAY_MS)
    {
      n = (guint) (duration / HOUR_MS);
      return g_strdup_printf (ngettext ("%u hour", "%u hours", n), n);
    }
  n = (guint) MIN (duration / DAY_MS, G_MAXINT);
  return g_strdup_printf (ngettext ("%u day", "%u days", n), n);
}

char *
assay_format_time (gint64 time_us)
{
  g_autoptr (GDateTime) utc = time_us > 0 ? g_date_time_new_from_unix_utc_usec (time_us) : NULL;
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  if (local == NULL)
    return g_strdup (C_ ("time", "Never"));
  /* Translators: a date and a time, for g_date_time_format (). */
  return g_strchug (g_date_time_format (local, _ ("%e %B %Y, %H:%M")));
}

char *
assay_format_language (const char *tag)
{
  g_return_val_if_fail (tag != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      gsize length = strlen (languages[i].code);

      if (g_ascii_strncasecmp (tag, languages[i].code, length) == 0
          && !g_ascii_isalnum (tag[length]))
        return g_strdup (_ (languages[i].name));
    }
  return g_strdup (tag);
}

char *
assay_format_task_title (const char *title, guint max_characters)
{
  return title != NULL ? assay_visible_line (title, max_characters)
                       /* Translators: in the place of a title. */
                       : g_strdup (_ ("A task that is no longer here"));
}

char *
assay_format_n_tasks (guint n)
{
  if (n > ASSAY_LIMIT_INBOX_SOFT_TASKS)
    return g_strdup_printf (ngettext ("%u task, unusually many", "%u tasks, unusually many", n), n);
  return g_strdup_printf (ngettext ("%u task", "%u tasks", n), n);
}

char *
assay_format_n_waiting (guint n)
{
  if (n > ASSAY_LIMIT_OUTBOX_SOFT_ROWS)
    return g_strdup_printf (ngettext ("%u waiting to be sent, unusually many",
                                      "%u waiting to be sent, unusually many", n),
                            n);
  return g_strdup_printf (ngettext ("%u waiting to be sent", "%u waiting to be sent", n), n);
}

char *
assay_format_large_task (gsize n_bytes)
{
  g_autofree char *size = NULL;

  if (n_bytes <= ASSAY_LIMIT_TASK_JSON_SOFT_BYTES)
    return NULL;
  size = g_format_size_full (n_bytes, G_FORMAT_SIZE_IEC_UNITS);
  /* Translators: %s is a size such as "5.2 MiB". */
  return g_strdup_printf (_ ("This task is unusually large (%s)."), size);
}
