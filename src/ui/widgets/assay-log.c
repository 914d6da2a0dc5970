/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-log.h"

#include "assay-redact.h"

/* A line may hold what a server said. */
#define LINE_BYTES 2000

static GMutex mutex;
static char *lines[ASSAY_LOG_LINES]; /* (owned) a ring */
static guint n_lines;                /* written so far */

static const char *
find_field (const GLogField *fields, gsize n_fields, const char *key)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_strcmp0 (fields[i].key, key) == 0)
      return fields[i].value;
  return NULL;
}

static const char *
level_to_string (GLogLevelFlags level)
{
  if (level & G_LOG_LEVEL_ERROR)
    return "error";
  if (level & G_LOG_LEVEL_CRITICAL)
    return "critical";
  if (level & G_LOG_LEVEL_WARNING)
    return "warning";
  if (level & G_LOG_LEVEL_MESSAGE)
    return "message";
  return "info";
}

static void
keep (GLogLevelFlags level, const char *domain, const char *message)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%F %T");
  g_autofree char *shortened = g_strndup (message, LINE_BYTES);
  char *line = g_strdup_printf ("%s %s %s: %s", time, domain, level_to_string (level), shortened);

  g_strdelimit (line, "\n\r", ' ');
  g_mutex_lock (&mutex);
  g_free (lines[n_lines % ASSAY_LOG_LINES]);
  lines[n_lines % ASSAY_LOG_LINES] = line;
  n_lines++;
  g_mutex_unlock (&mutex);
}

static GLogWriterOutput
writer (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  const char *domain = find_field (fields, n_fields, "GLIB_DOMAIN");
  const char *message = find_field (fields, n_fields, "MESSAGE");
  GLogLevelFlags wanted = G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING;

  /* Other libraries chatter. */
  if (g_strcmp0 (domain, G_LOG_DOMAIN) == 0)
    wanted |= G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_INFO;
  if (message != NULL && (level & wanted) != 0)
    keep (level, domain != NULL ? domain : "-", message);
  return g_log_writer_default (level, fields, n_fields, user_data);
}

void
assay_log_install (void)
{
  g_log_set_writer_func (writer, NULL, NULL);
}

GStrv
assay_log_dup_lines (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint first;

  g_mutex_lock (&mutex);
  first = n_lines > ASSAY_LOG_LINES ? n_lines - ASSAY_LOG_LINES : 0;
  for (guint i = first; i < n_lines; i++)
    g_strv_builder_take (builder, assay_redact_line (lines[i % ASSAY_LOG_LINES]));
  g_mutex_unlock (&mutex);
  return g_strv_builder_end (builder);
}
