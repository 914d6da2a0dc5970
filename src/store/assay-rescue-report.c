/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-bidi.h"
#include "assay-json.h"
#include "assay-rescue-report.h"

struct _AssayRescueReport
{
  GObject parent_instance;

  char *folder;
  gint64 time;
  AssayRescueFigures figures;
};

G_DEFINE_FINAL_TYPE (AssayRescueReport, assay_rescue_report, G_TYPE_OBJECT)

#define ALL_PARTS                                                                                  \
  (ASSAY_RESCUE_TASKS | ASSAY_RESCUE_DRAFTS | ASSAY_RESCUE_JUDGEMENTS | ASSAY_RESCUE_OUTBOX        \
   | ASSAY_RESCUE_SETTINGS)

static void
assay_rescue_report_finalize (GObject *object)
{
  AssayRescueReport *self = ASSAY_RESCUE_REPORT (object);

  g_free (self->folder);

  G_OBJECT_CLASS (assay_rescue_report_parent_class)->finalize (object);
}

static void
assay_rescue_report_class_init (AssayRescueReportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_rescue_report_finalize;
}

static void
assay_rescue_report_init (AssayRescueReport *self)
{
}

AssayRescueReport *
assay_rescue_report_new (const char *folder, gint64 time, const AssayRescueFigures *figures)
{
  AssayRescueReport *self;

  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (figures != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_RESCUE_REPORT, NULL);
  self->folder = g_strdup (folder);
  self->time = time;
  self->figures = *figures;
  return self;
}

AssayRescueReport *
assay_rescue_report_new_from_json (const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? assay_json_parse (json, -1, NULL) : NULL;
  JsonObject *object = node != NULL ? assay_json_node_object (node) : NULL;
  AssayRescueFigures figures = { 0 };
  const char *folder = object != NULL ? assay_json_get_string (object, "folder") : NULL;

  if (folder == NULL)
    return NULL;
  figures.copy_at = assay_json_get_int (object, "copy_at", 0);
  figures.n_rows = assay_json_get_int (object, "rows", 0);
  figures.n_spooled = assay_json_get_int (object, "spooled", 0);
  figures.unread = assay_json_get_int (object, "unread", 0) & ALL_PARTS;
  figures.n_drafts = assay_json_get_int (object, "drafts", 0);
  figures.n_judgements = assay_json_get_int (object, "judgements", 0);
  figures.n_waiting = assay_json_get_int (object, "waiting", 0);
  figures.n_doubtful = assay_json_get_int (object, "doubtful", 0);
  return assay_rescue_report_new (folder, assay_json_get_int (object, "time", 0), &figures);
}

char *
assay_rescue_report_to_json (AssayRescueReport *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();

  g_return_val_if_fail (ASSAY_IS_RESCUE_REPORT (self), NULL);

  json_object_set_string_member (object, "folder", self->folder);
  json_object_set_int_member (object, "time", self->time);
  json_object_set_int_member (object, "copy_at", self->figures.copy_at);
  json_object_set_int_member (object, "rows", self->figures.n_rows);
  json_object_set_int_member (object, "spooled", self->figures.n_spooled);
  json_object_set_int_member (object, "unread", self->figures.unread);
  json_object_set_int_member (object, "drafts", self->figures.n_drafts);
  json_object_set_int_member (object, "judgements", self->figures.n_judgements);
  json_object_set_int_member (object, "waiting", self->figures.n_waiting);
  json_object_set_int_member (object, "doubtful", self->figures.n_doubtful);
  json_node_set_object (node, object);
  return assay_json_to_string (node);
}

const char *
assay_rescue_report_get_folder (AssayRescueReport *self)
{
  g_return_val_if_fail (ASSAY_IS_RESCUE_REPORT (self), NULL);
  return self->folder;
}

gint64
assay_rescue_report_get_time (AssayRescueReport *self)
{
  g_return_val_if_fail (ASSAY_IS_RESCUE_REPORT (self), 0);
  return self->time;
}

const AssayRescueFigures *
assay_rescue_report_get_figures (AssayRescueReport *self)
{
  g_return_val_if_fail (ASSAY_IS_RESCUE_REPORT (self), NULL);
  return &self->figures;
}

char *
assay_rescue_report_dup_found (AssayRescueReport *self)
{
  g_autoptr (GDateTime) copied = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *time = NULL;

  g_return_val_if_fail (ASSAY_IS_RESCUE_REPORT (self), NULL);

  if (self->figures.copy_at == 0)
    return g_strdup (_ ("The file that holds all work was damaged. There was no earlier copy of "
                        "it, so it was put together again from what could be read."));
  copied = g_date_time_new_from_unix_utc_usec (self->figures.copy_at);
  local = g_date_time_to_local (copied);
  /* Translators: a date and a time, for g_date_time_format (). */
  time = g_date_time_format (local, _ ("%e %B %Y, %H:%M"));
  return g_strdup_printf (
      /* Translators: %s is a date and a time. */
      _ ("The file that holds all work was damaged. It was put together again from the copy of %s "
         "and from everything newer that could be read."),
      g_strstrip (time));
}

char *
assay_rescue_report_dup_kept (AssayRescueReport *self)
{
  const AssayRescueFigures *figures;
  g_autofree char *drafts = NULL;
  g_autofree char *judgements = NULL;
  g_autofree char *waiting = NULL;

  g_return_val_if_fail (ASSAY_IS_RESCUE_REPORT (self), NULL);

  figures = &self->figures;
  drafts =
      g_strdup_printf (ngettext ("%u draft", "%u drafts", figures->n_drafts), figures->n_drafts);
  judgements = g_strdup_printf (ngettext ("%u submitted judgement", "%u submitted judgements",
                                          figures->n_judgements),
                                figures->n_judgements);
  waiting = g_strdup_printf (ngettext ("%u submission that waits to be sent",
                                       "%u submissions that wait to be sent", figures->n_waiting),
                             figures->n_waiting);
  /* Translators: "3 drafts", "12 submitted judgements", "2 submissions that wait to be sent". */
  return g_strdup_printf (_ ("It now has %1$s, %2$s, and %3$s."), drafts, judgements, waiting);
}

static char *
list_unread (AssayRescueParts parts)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  if (parts & ASSAY_RESCUE_DRAFTS)
    g_strv_builder_add (names, C_ ("part of a damaged file", "drafts"));
  if (parts & ASSAY_RESCUE_JUDGEMENTS)
    g_strv_builder_add (names, C_ ("part of a damaged file", "judgements"));
  if (parts & ASSAY_RESCUE_OUTBOX)
    g_strv_builder_add (names, C_ ("part of a damaged file", "outbox"));
  if (parts & ASSAY_RESCUE_TASKS)
    g_strv_builder_add (names, C_ ("part of a damaged file", "tasks"));
  if (parts & ASSAY_RESCUE_SETTINGS)
    g_strv_builder_add (names, C_ ("part of a damaged file", "settings"));
  list = g_strv_builder_end (names);
  /* Translators: between the parts of a list, as "drafts, outbox". */
  return g_strjoinv (_ (", "), list);
}

char *
assay_rescue_report_dup_lost (AssayRescueReport *self)
{
  g_autofree char *parts = NULL;

  g_return_val_if_fail (ASSAY_IS_RESCUE_REPORT (self), NULL);

  if (self->figures.unread == 0)
    return g_strdup (_ ("Everything in the damaged file could be read. Nothing is missing."));
  if (self->figures.n_rows == 0 && (self->figures.unread & ALL_PARTS) == ALL_PARTS)
    return g_strdup (
        self->figures.copy_at != 0
            ? _ ("Nothing in the damaged file could be read. What was written after the copy was "
                 "made is missing, except for submissions: they have rescue copies of their own.")
            : _ ("Nothing in the damaged file could be read. Only submissions are there again: "
                 "they have rescue copies of their own."));
  parts = list_unread (self->figures.unread);
  return g_strdup_printf (
      self->figures.copy_at != 0
          /* Translators: %s is a list as "drafts, outbox". */
          ? _ ("Not all of the damaged file could be read (%s). What was written there after the "
               "copy was made may be missing.")
          /* Translators: %s is a list as "drafts, outbox". */
          : _ ("Not all of the damaged file could be read (%s). Some of what was written there may "
               "be missing."),
      parts);
}

char *
assay_rescue_report_dup_doubt (AssayRescueReport *self)
{
  guint n;

  g_return_val_if_fail (ASSAY_IS_RESCUE_REPORT (self), NULL);

  n = self->figures.n_doubtful;
  if (n == 0)
    return NULL;
  return g_strdup_printf (
      ngettext ("%u submission may have arrived already. It is looked for before it is sent again.",
                "%u submissions may have arrived already. They are looked for before they are sent "
                "again.",
                n),
      n);
}

char *
assay_rescue_report_dup_text (AssayRescueReport *self)
{
  g_autofree char *folder = NULL;
  g_autofree char *found = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *lost = NULL;
  g_autofree char *doubt = NULL;
  g_autofree char *place = NULL;

  g_return_val_if_fail (ASSAY_IS_RESCUE_REPORT (self), NULL);

  folder = assay_bidi_isolate (self->folder);
  found = assay_rescue_report_dup_found (self);
  kept = assay_rescue_report_dup_kept (self);
  lost = assay_rescue_report_dup_lost (self);
  doubt = assay_rescue_report_dup_doubt (self);
  /* Translators: %s is a folder. */
  place = g_strdup_printf (_ ("The damaged files were kept in “%s”."), folder);
  /* The last one may be missing, and then ends the list. */
  return g_strjoin (" ", found, kept, lost, place, doubt, NULL);
}
