/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assay-bidi.h"
#include "assay-export-sink.h"
#include "assay-exporter.h"
#include "assay-json.h"

#define COPY_BUFFER_BYTES (64 * 1024)
#define FILE_MODE 0666
/* A project in which nothing can be read still has a report that can. */
#define MAX_UNREAD_NAMED 20

/* Where the rows of one task, or of one judgement, wait. A task's own rows stand before its
 * judgements: their id is "". */
typedef struct
{
  const char *task; /* both in the exporter's chunk of strings */
  const char *judgement;
  goffset offset;
  gsize length;
} Entry;

struct _AssayExporter
{
  GObject parent_instance;

  const AssayExportKind *kind;
  GFile *target;         /* (owned) */
  AssayProject *project; /* (owned) */
  AssayExportSink *sink; /* (owned) */
  char *path;            /* (owned) (nullable) where a link leads; set by begin */
  int spool;             /* rows in the order in which they came; has no name */
  goffset spool_length;
  GArray *entries; /* Entry */
  GStringChunk *strings;
  GPtrArray *guidelines;          /* AssayGuideline */
  GHashTable *guideline_versions; /* "id version", for the report */
  gboolean texts_stay;            /* a task keeps its texts to itself, and so does its guideline */
  char *last_task;                /* (owned) (nullable) the id of the one that came last */
  guint64 n_tasks;
  guint64 n_judgements;
  gint64 first_ms;
  gint64 last_ms;
  GPtrArray *unread;    /* (owned) of sentences */
  char *report_problem; /* (owned) (nullable) */
};

G_DEFINE_QUARK (assay - export - error - quark, assay_export_error)
G_DEFINE_FINAL_TYPE (AssayExporter, assay_exporter, G_TYPE_OBJECT)

static void
set_write_error (GError **error, const char *path, int code)
{
  g_autofree char *display = g_filename_display_name (path);
  g_autofree char *name = assay_bidi_isolate (display);

  g_set_error (error, ASSAY_EXPORT_ERROR, ASSAY_EXPORT_ERROR_WRITE,
               /* Translators: a file name, and what the system says. */
               _ ("“%s” cannot be written: %s"), name, g_strerror (code));
}

static void
set_no_file_error (GError **error, const char *path)
{
  g_autofree char *display = g_filename_display_name (path);
  g_autofree char *name = assay_bidi_isolate (display);

  g_set_error (error, ASSAY_EXPORT_ERROR, ASSAY_EXPORT_ERROR_WRITE,
               _ ("“%s” is not an ordinary file; export to one that is."), name);
}

static gboolean
write_all (int fd, const char *data, gsize length)
{
  while (length > 0)
    {
      gssize written = write (fd, data, length);

      if (written < 0)
        {
          if (errno == EINTR)
            continue;
          return FALSE;
        }
      data += written;
      length -= (gsize) written;
    }
  return TRUE;
}

static gboolean
copy_range (int from, goffset offset, gsize length, int to)
{
  g_autofree char *buffer = g_malloc (COPY_BUFFER_BYTES);

  while (length > 0)
    {
      gssize n = pread (from, buffer, MIN (length, COPY_BUFFER_BYTES), offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n == 0)
        errno = EIO;
      if (n <= 0 || !write_all (to, buffer, (gsize) n))
        return FALSE;
      offset += n;
      length -= (gsize) n;
    }
  return TRUE;
}

/* The rows go where a link leads, but never over a folder, a device or a pipe. */
static char *
resolve_target (GFile *target, GError **error)
{
  g_autofree char *path = g_file_get_path (target);
  g_autofree char *uri = NULL;
  char *resolved;
  GStatBuf info;

  if (path == NULL)
    {
      uri = g_file_get_uri (target);
      g_set_error (error, ASSAY_EXPORT_ERROR, ASSAY_EXPORT_ERROR_WRITE,
                   _ ("“%s” is not on this computer; export to a local folder."), uri);
      return NULL;
    }
  if (g_stat (path, &info) != 0)
    return g_steal_pointer (&path);
  if (!S_ISREG (info.st_mode))
    {
      if (S_ISDIR (info.st_mode))
        set_write_error (error, path, EISDIR);
      else
        set_no_file_error (error, path);
      return NULL;
    }
  resolved = realpath (path, NULL);
  if (resolved == NULL)
    return g_steal_pointer (&path);
  g_free (path);
  path = g_strdup (resolved);
  free (resolved);
  return g_steal_pointer (&path);
}

static char *
make_template (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *hidden = NULL;

  /* A long name leaves room for what is added to it. */
  if (strlen (name) > 200)
    name[200] = '\0';
  hidden = g_strdup_printf (".%s.XXXXXX", name);
  return g_build_filename (folder, hidden, NULL);
}

static gboolean
add_entry (AssayExporter *self, const char *task, const char *judgement, GError **error)
{
  GString *chunk = self->sink->chunk;
  Entry entry;

  if (chunk->len == 0)
    return TRUE;
  entry.task = g_string_chunk_insert_const (self->strings, task);
  entry.judgement = g_string_chunk_insert (self->strings, judgement);
  entry.offset = self->spool_length;
  entry.length = chunk->len;
  if (!write_all (self->spool, chunk->str, chunk->len))
    {
      set_write_error (error, self->path, errno);
      return FALSE;
    }
  self->spool_length += (goffset) chunk->len;
  g_array_append_val (self->entries, entry);
  g_string_truncate (chunk, 0);
  return TRUE;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *one = a;
  const Entry *two = b;
  int order = strcmp (one->task, two->task);

  if (order == 0)
    order = strcmp (one->judgement, two->judgement);
  /* The same judgement twice keeps the order in which it came. */
  if (order == 0)
    order = (one->offset > two->offset) - (one->offset < two->offset);
  return order;
}

static gboolean
is_repeated_task (GArray *entries, guint i)
{
  const Entry *entry = &g_array_index (entries, Entry, i);
  const Entry *before = i > 0 ? &g_array_index (entries, Entry, i - 1) : NULL;

  return before != NULL && entry->judgement[0] == '\0' && before->judgement[0] == '\0'
         && g_str_equal (entry->task, before->task);
}

static int
compare_guidelines (gconstpointer a, gconstpointer b)
{
  AssayGuideline *one = *(AssayGuideline **) a;
  AssayGuideline *two = *(AssayGuideline **) b;
  int order = strcmp (assay_guideline_get_id (one), assay_guideline_get_id (two));

  return order != 0 ? order : assay_guideline_get_version (one) - assay_guideline_get_version (two);
}

/* The head stands at the beginning of the file, yet some of it is known only at the end. */
static char *
make_head (AssayExporter *self)
{
  guint64 n_rows = self->sink->n_rows;
  GString *chunk = self->sink->chunk;
  char *head;

  g_assert (chunk->len == 0);

  if (self->kind->write_head != NULL)
    self->kind->write_head (self->sink);
  if (self->kind->write_task != NULL)
    {
      g_ptr_array_sort (self->guidelines, compare_guidelines);
      for (guint i = 0; i < self->guidelines->len; i++)
        assay_export_own_write_guideline (self->sink, self->guidelines->pdata[i],
                                          !self->texts_stay);
    }
  self->sink->n_rows = n_rows;
  head = g_strndup (chunk->str, chunk->len);
  g_string_truncate (chunk, 0);
  return head;
}

static gboolean
write_rows (AssayExporter *self, int fd)
{
  g_autofree char *head = make_head (self);

  if (!write_all (fd, head, strlen (head)))
    return FALSE;
  g_array_sort (self->entries, compare_entries);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      if (is_repeated_task (self->entries, i))
        continue;
      if (!copy_range (self->spool, entry->offset, entry->length, fd))
        return FALSE;
    }
  return TRUE;
}

/* A rename is on disk when its folder is. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  if (fsync (fd) != 0)
    g_debug ("The folder of an export could not be synced: %s", g_strerror (errno));
  close (fd);
}

static gboolean
write_target (AssayExporter *self, GError **error)
{
  g_autofree char *temporary = make_template (self->path);
  GStatBuf info;
  gboolean done;
  int code = 0;
  int fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, FILE_MODE);

  if (fd < 0)
    {
      set_write_error (error, self->path, errno);
      return FALSE;
    }
  done = write_rows (self, fd);
  /* A file that is replaced keeps its permissions. */
  if (done && g_stat (self->path, &info) == 0)
    done = fchmod (fd, info.st_mode & 07777) == 0;
  done = done && fsync (fd) == 0;
  if (!done)
    code = errno;
  if (close (fd) != 0 && done)
    {
      code = errno;
      done = FALSE;
    }
  if (done && g_rename (temporary, self->path) != 0)
    {
      code = errno;
      done = FALSE;
    }
  if (!done)
    {
      g_unlink (temporary);
      set_write_error (error, self->path, code);
      return FALSE;
    }
  sync_folder (self->path);
  return TRUE;
}

static void
set_time (JsonObject *object, const char *member, gint64 time_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_ms / 1000);
  g_autofree char *text =
      time_ms > 0 && time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  if (text != NULL)
    json_object_set_string_member (object, member, text);
  else
    json_object_set_null_member (object, member);
}

static char *
make_report (AssayExporter *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GList) versions = g_hash_table_get_keys (self->guideline_versions);
  g_auto (GStrv) sentences = assay_exporter_dup_report (self);
  const AssayExportOptions *options = &self->sink->options;
  JsonObject *report = json_object_new ();
  JsonObject *chosen = json_object_new ();
  JsonArray *guidelines = json_array_new ();
  JsonArray *notes = json_array_new ();
  static const char *const rank_pairs[] = { "all", "adjacent", "best" };

  json_object_set_string_member (report, "format", self->kind->format.id);
  json_object_set_string_member (report, "program", "Assay " PACKAGE_VERSION);
  set_time (report, "created_at", options->created_at_ms);
  json_object_set_string_member (report, "project", assay_project_get_title (self->project));
  json_object_set_boolean_member (chosen, "drafts", options->with_drafts);
  json_object_set_int_member (chosen, "min_abs_strength", options->min_abs_strength);
  json_object_set_boolean_member (chosen, "ties_both_orders", options->ties_both_orders);
  json_object_set_boolean_member (chosen, "extra_columns", options->extra_columns);
  json_object_set_string_member (chosen, "rank_pairs", rank_pairs[options->rank_pairs]);
  json_object_set_double_member (chosen, "good_share", options->good_share);
  json_object_set_object_member (report, "options", chosen);
  json_object_set_int_member (report, "tasks", (gint64) self->n_tasks);
  json_object_set_int_member (report, "judgements", (gint64) self->n_judgements);
  json_object_set_int_member (report, "rows", (gint64) self->sink->n_rows);
  if (self->unread->len > 0)
    json_object_set_int_member (report, "unread", self->unread->len);
  assay_export_sink_add_counts (self->sink, report);
  versions = g_list_sort (versions, (GCompareFunc) strcmp);
  for (GList *l = versions; l != NULL; l = l->next)
    json_array_add_string_element (guidelines, l->data);
  json_object_set_array_member (report, "guidelines", guidelines);
  set_time (report, "first_submitted_at", self->first_ms);
  set_time (report, "last_submitted_at", self->last_ms);
  for (guint i = 0; sentences[i] != NULL; i++)
    json_array_add_string_element (notes, sentences[i]);
  json_object_set_array_member (report, "notes", notes);

  json_node_take_object (node, report);
  return assay_json_to_pretty_string (node);
}

/* The rows are safe by now. Where only the one file may be written (a file chosen through a
 * portal), the report is shown and not kept. */
static void
write_report (AssayExporter *self)
{
  g_autofree char *path = g_strconcat (self->path, ".report.json", NULL);
  g_autofree char *text = make_report (self);
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  g_autoptr (GError) error = NULL;

  if (g_file_set_contents_full (path, line, -1, G_FILE_SET_CONTENTS_CONSISTENT, FILE_MODE, &error))
    return;
  self->report_problem = g_strdup_printf (_ ("The report could not be saved: %s"), error->message);
  /* That of an earlier export would tell of other rows. */
  g_unlink (path);
}

static void
close_spool (AssayExporter *self)
{
  if (self->spool >= 0)
    close (self->spool);
  self->spool = -1;
}

static void
note_guideline (AssayExporter *self, const char *id, int version)
{
  if (id != NULL)
    g_hash_table_add (self->guideline_versions, g_strdup_printf ("%s %d", id, version));
}

static void
note_judgement (AssayExporter *self, AssayTask *task, AssayJudgement *judgement)
{
  gint64 submitted = assay_judgement_get_effort (judgement)->submitted_at;
  int seen = assay_judgement_get_guideline_version (judgement);

  self->n_judgements++;
  if (submitted > 0)
    {
      self->first_ms = self->first_ms == 0 ? submitted : MIN (self->first_ms, submitted);
      self->last_ms = MAX (self->last_ms, submitted);
    }
  /* By the version that was seen, which the task may not name any more. */
  note_guideline (self, assay_task_get_guideline_id (task),
                  seen > 0 ? seen : assay_task_get_guideline_version (task));
}

/* Whether this judgement is to be written at all; counts it if not. Rows that do not name their
 * revision must not say one thing and, in a draft of the next one, another. */
static gboolean
takes_judgement (AssayExporter *self, AssayJudgement *judgement, gboolean is_draft, gboolean is_new)
{
  if (is_draft && (!self->sink->options.with_drafts || (!is_new && self->kind->write_task == NULL)))
    {
      assay_export_sink_drop (self->sink, ASSAY_DROP_DRAFT);
      return FALSE;
    }
  if (assay_judgement_get_outcome (judgement) != ASSAY_OUTCOME_ANSWERED
      && (self->kind->holds & ASSAY_HOLDS_OUTCOMES) == 0)
    {
      assay_export_sink_drop (self->sink, ASSAY_DROP_OUTCOME);
      return FALSE;
    }
  return TRUE;
}

/* Nothing to write because nothing may be, or nothing fits, is not an empty file but a refusal. */
static gboolean
check_refused (AssayExporter *self, GError **error)
{
  const AssayExportSink *sink = self->sink;

  if (sink->n_rows > 0)
    return FALSE;
  if (sink->dropped[ASSAY_DROP_FORBIDDEN] > 0
      && self->n_tasks == sink->dropped[ASSAY_DROP_FORBIDDEN])
    {
      g_set_error_literal (error, ASSAY_EXPORT_ERROR, ASSAY_EXPORT_ERROR_FORBIDDEN,
                           _ ("The terms of these tasks forbid export."));
      return TRUE;
    }
  if (sink->unfit != NULL)
    {
      g_set_error_literal (error, ASSAY_EXPORT_ERROR, ASSAY_EXPORT_ERROR_UNFIT, sink->unfit);
      return TRUE;
    }
  return FALSE;
}

static void
assay_exporter_dispose (GObject *object)
{
  AssayExporter *self = ASSAY_EXPORTER (object);

  close_spool (self);
  g_clear_object (&self->target);
  g_clear_object (&self->project);

  G_OBJECT_CLASS (assay_exporter_parent_class)->dispose (object);
}

static void
assay_exporter_finalize (GObject *object)
{
  AssayExporter *self = ASSAY_EXPORTER (object);

  g_clear_pointer (&self->sink, assay_export_sink_free);
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_clear_pointer (&self->guidelines, g_ptr_array_unref);
  g_clear_pointer (&self->guideline_versions, g_hash_table_unref);
  g_free (self->path);
  g_free (self->last_task);
  g_ptr_array_unref (self->unread);
  g_free (self->report_problem);

  G_OBJECT_CLASS (assay_exporter_parent_class)->finalize (object);
}

static void
assay_exporter_class_init (AssayExporterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = assay_exporter_dispose;
  object_class->finalize = assay_exporter_finalize;
}

static void
assay_exporter_init (AssayExporter *self)
{
  self->spool = -1;
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->strings = g_string_chunk_new (16 * 1024);
  self->guidelines = g_ptr_array_new_with_free_func (g_object_unref);
  self->unread = g_ptr_array_new_with_free_func (g_free);
  self->guideline_versions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

AssayExporter *
assay_exporter_new (const AssayExportFormat *format,
                    GFile *target,
                    AssayProject *project,
                    const AssayExportOptions *options)
{
  const AssayExportKind *kind;
  AssayExporter *self;

  g_return_val_if_fail (format != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (target), NULL);
  g_return_val_if_fail (ASSAY_IS_PROJECT (project), NULL);

  kind = assay_export_kind_get (format);
  g_return_val_if_fail (kind != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_EXPORTER, NULL);
  self->kind = kind;
  self->target = g_object_ref (target);
  self->project = g_object_ref (project);
  self->sink = assay_export_sink_new (options, kind->holds);
  return self;
}

gboolean
assay_exporter_begin (AssayExporter *self, GError **error)
{
  g_autofree char *temporary = NULL;

  g_return_val_if_fail (ASSAY_IS_EXPORTER (self), FALSE);
  g_return_val_if_fail (self->spool < 0, FALSE);

  self->path = resolve_target (self->target, error);
  if (self->path == NULL)
    return FALSE;
  /* Beside the target, where there is room for the rows, and under no name: it goes whatever
   * happens. */
  temporary = make_template (self->path);
  self->spool = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);
  if (self->spool < 0)
    {
      set_write_error (error, self->path, errno);
      return FALSE;
    }
  g_unlink (temporary);
  return TRUE;
}

void
assay_exporter_add_guideline (AssayExporter *self, AssayGuideline *guideline)
{
  g_return_if_fail (ASSAY_IS_EXPORTER (self));
  g_return_if_fail (ASSAY_IS_GUIDELINE (guideline));

  g_ptr_array_add (self->guidelines, g_object_ref (guideline));
  note_guideline (self, assay_guideline_get_id (guideline),
                  assay_guideline_get_version (guideline));
}

gboolean
assay_exporter_add (AssayExporter *self,
                    AssayTask *task,
                    AssayJudgement *judgement,
                    gboolean is_draft,
                    GError **error)
{
  AssayExportPolicy policy;
  guint64 n_rows;
  gboolean is_new;

  g_return_val_if_fail (ASSAY_IS_EXPORTER (self), FALSE);
  g_return_val_if_fail (ASSAY_IS_TASK (task), FALSE);
  g_return_val_if_fail (judgement == NULL || ASSAY_IS_JUDGEMENT (judgement), FALSE);
  g_return_val_if_fail (self->spool >= 0, FALSE);

  is_new = g_set_str (&self->last_task, assay_task_get_id (task));
  self->n_tasks += is_new;
  policy = assay_task_get_export_policy (task);
  if (policy != ASSAY_EXPORT_ALLOWED)
    self->texts_stay = TRUE;
  if (policy == ASSAY_EXPORT_FORBIDDEN)
    {
      if (is_new)
        assay_export_sink_drop (self->sink, ASSAY_DROP_FORBIDDEN);
      return TRUE;
    }

  n_rows = self->sink->n_rows;
  if (self->kind->write_task != NULL && is_new)
    {
      self->kind->write_task (self->sink, task);
      if (!add_entry (self, assay_task_get_id (task), "", error))
        return FALSE;
    }
  if (judgement != NULL && takes_judgement (self, judgement, is_draft, is_new))
    {
      guint64 before = self->sink->n_rows;

      g_hash_table_remove_all (self->sink->used);
      self->kind->write (self->sink, task, judgement, is_draft);
      if (self->sink->n_rows > before)
        {
          assay_export_sink_count_losses (self->sink, task, judgement);
          note_judgement (self, task, judgement);
        }
      if (!add_entry (self, assay_task_get_id (task), assay_judgement_get_id (judgement), error))
        return FALSE;
    }
  if (policy == ASSAY_EXPORT_OWN_WORDS_ONLY && self->sink->n_rows > n_rows)
    assay_export_sink_lose (self->sink, (self->kind->holds & ASSAY_HOLDS_NO_TEXTS) != 0
                                            ? ASSAY_LOSS_LABELS
                                            : ASSAY_LOSS_TEXTS);
  return TRUE;
}

void
assay_exporter_add_earlier (AssayExporter *self, guint n_revisions)
{
  g_return_if_fail (ASSAY_IS_EXPORTER (self));

  for (guint i = 0; i < n_revisions; i++)
    assay_export_sink_drop (self->sink, ASSAY_DROP_EARLIER);
}

void
assay_exporter_add_unread (AssayExporter *self,
                           const char *task_id,
                           const char *title,
                           const char *why)
{
  g_autofree char *shown = NULL;

  g_return_if_fail (ASSAY_IS_EXPORTER (self));

  shown = assay_bidi_isolate (title);
  g_ptr_array_add (
      self->unread,
      /* Translators: title and id of a task, and a sentence that says what is wrong with it. */
      g_strdup_printf (_ ("“%s” (%s) could not be read whole and is left out: %s"), shown, task_id,
                       why));
}

gboolean
assay_exporter_finish (AssayExporter *self, GError **error)
{
  gboolean done;

  g_return_val_if_fail (ASSAY_IS_EXPORTER (self), FALSE);
  g_return_val_if_fail (self->spool >= 0, FALSE);

  done = !check_refused (self, error) && write_target (self, error);
  close_spool (self);
  if (done)
    write_report (self);
  return done;
}

void
assay_exporter_abort (AssayExporter *self)
{
  g_return_if_fail (ASSAY_IS_EXPORTER (self));

  close_spool (self);
}

guint64
assay_exporter_get_n_rows (AssayExporter *self)
{
  g_return_val_if_fail (ASSAY_IS_EXPORTER (self), 0);

  return self->sink->n_rows;
}

guint64
assay_exporter_get_n_dropped (AssayExporter *self)
{
  g_return_val_if_fail (ASSAY_IS_EXPORTER (self), 0);

  return assay_export_sink_get_n_dropped (self->sink) + self->unread->len;
}

GStrv
assay_exporter_dup_report (AssayExporter *self)
{
  g_autoptr (GStrvBuilder) sentences = g_strv_builder_new ();

  g_return_val_if_fail (ASSAY_IS_EXPORTER (self), NULL);

  /* First: nobody chose that these be left out. */
  for (guint i = 0; i < MIN (self->unread->len, MAX_UNREAD_NAMED); i++)
    g_strv_builder_add (sentences, self->unread->pdata[i]);
  if (self->unread->len > MAX_UNREAD_NAMED)
    {
      guint n = self->unread->len - MAX_UNREAD_NAMED;

      g_strv_builder_take (sentences, g_strdup_printf (ngettext ("%u more could not be read.",
                                                                 "%u more could not be read.", n),
                                                       n));
    }
  assay_export_sink_describe (self->sink, sentences);
  if (self->report_problem != NULL)
    g_strv_builder_add (sentences, self->report_problem);
  return g_strv_builder_end (sentences);
}
