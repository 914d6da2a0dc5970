/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-own-work.h"

#include <errno.h>
#include <gio/gfiledescriptorbased.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "assay-answer-places.h"
#include "assay-json.h"
#include "assay-judgement.h"
#include "assay-work-reader.h"

G_DEFINE_BOXED_TYPE (AssayOwnWork, assay_own_work, assay_own_work_copy, assay_own_work_free)

typedef struct
{
  char *profile;
  AssayStore *store;         /* (owned) (nullable) */
  GFile *target;             /* (owned) */
  char *unsaved;             /* (nullable) */
  char *copy;                /* (nullable) of the store, to be read in its place */
  GCancellable *cancellable; /* (owned) (nullable) */

  AssayOwnWork *work;   /* (owned) */
  GOutputStream *lines; /* (owned) */
  GOutputStream *text;  /* (owned) */
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_free (export->profile);
  g_free (export->unsaved);
  g_free (export->copy);
  g_clear_object (&export->store);
  g_clear_object (&export->target);
  g_clear_object (&export->cancellable);
  g_clear_object (&export->lines);
  g_clear_object (&export->text);
  g_clear_pointer (&export->work, assay_own_work_free);
  g_free (export);
}

AssayOwnWork *
assay_own_work_copy (const AssayOwnWork *self)
{
  AssayOwnWork *copy = g_memdup2 (self, sizeof *self);

  copy->lines = self->lines != NULL ? g_object_ref (self->lines) : NULL;
  copy->text = self->text != NULL ? g_object_ref (self->text) : NULL;
  return copy;
}

void
assay_own_work_free (AssayOwnWork *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->lines);
  g_clear_object (&self->text);
  g_free (self);
}

static const char *
kind_to_string (AssayWorkKind kind)
{
  switch (kind)
    {
    case ASSAY_WORK_SUBMITTED:
      return "submitted";
    case ASSAY_WORK_DRAFT:
      return "draft";
    case ASSAY_WORK_REVISION:
    default:
      return "revision";
    }
}

static gboolean
write_text (GOutputStream *stream, const char *text, GError **error)
{
  return g_output_stream_write_all (stream, text, strlen (text), NULL, NULL, error);
}

static void
set_string (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
}

/* The judgement as it was written, without the undo stack, and what it is about. A body that is no
 * JSON is kept as a text. */
static gboolean
write_line (Export *export, const AssayWorkItem *item, GError **error)
{
  g_autoptr (JsonNode) body = assay_json_parse (item->body, -1, NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *line = NULL;
  JsonObject *about = json_object_new ();
  JsonObject *object;

  if (assay_json_node_object (body) != NULL)
    node = assay_json_copy (body);
  else
    {
      g_autofree char *valid = g_utf8_make_valid (item->body, -1);

      node = json_node_alloc ();
      json_node_take_object (json_node_init (node, JSON_NODE_OBJECT), json_object_new ());
      json_object_set_string_member (json_node_get_object (node), "unreadable", valid);
    }
  object = json_node_get_object (node);
  json_object_remove_member (object, "draft");
  json_object_set_string_member (object, "type", "judgement");
  set_string (object, "task_id", item->task_id);
  json_object_set_string_member (about, "state", kind_to_string (item->kind));
  set_string (about, "title", item->title);
  set_string (about, "project", item->project);
  set_string (about, "submission", item->submission);
  json_object_set_int_member (about, "written_at", item->time / 1000);
  json_object_set_object_member (object, "work", about);
  line = assay_json_to_string (node);
  return write_text (export->lines, line, error) && write_text (export->lines, "\n", error);
}

/* One line of Markdown that says what the text says: nothing in it opens a block or a tag. */
static void
append_escaped (GString *string, const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\n' || *p == '\r')
        {
          g_string_append_c (string, ' ');
          continue;
        }
      if (strchr ("\\`*_[]<>#|&", *p) != NULL)
        g_string_append_c (string, '\\');
      g_string_append_c (string, *p);
    }
}

/* The person's own text, as it is: often it is Markdown already. */
static void
append_quoted (GString *string, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (string, "> %s\n", lines[i]);
  g_string_append_c (string, '\n');
}

static void
append_answer (GString *string,
               AssayJudgement *judgement,
               AssayQuestion *question,
               const char *response)
{
  AssayPresentation *presentation = assay_judgement_get_presentation (judgement);
  JsonNode *answer =
      assay_judgement_get_answer (judgement, assay_question_get_id (question), response);
  g_autofree char *words = NULL;
  g_autofree char *mark = assay_judgement_dup_place_mark (judgement, question, response);

  if (answer == NULL)
    return;
  words = assay_question_describe_answer (question, presentation, answer);
  g_string_append (string, "- ");
  append_escaped (string, assay_question_get_label (question));
  if (mark != NULL)
    g_string_append_printf (string, " (%s)", mark);
  g_string_append (string, ": ");
  append_escaped (string, words);
  g_string_append_c (string, '\n');
}

static void
append_answers (GString *string, AssayJudgement *judgement)
{
  AssayTask *task = assay_judgement_get_task (judgement);
  AssayForm *form = assay_task_get_form (task);

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      g_autoptr (GPtrArray) places = assay_task_list_places (task, question);

      for (guint j = 0; j < places->len; j++)
        append_answer (string, judgement, question, places->pdata[j]);
    }
  g_string_append_c (string, '\n');
}

static void
append_judgement (GString *string, AssayJudgement *judgement)
{
  AssayOutcome outcome = assay_judgement_get_outcome (judgement);
  const char *note = assay_judgement_get_private_note (judgement);

  if (outcome != ASSAY_OUTCOME_ANSWERED)
    {
      append_escaped (string, assay_outcome_get_title (outcome));
      g_string_append (string, "\n\n");
    }
  append_answers (string, judgement);
  if (*assay_judgement_get_rationale (judgement) != '\0')
    append_quoted (string, assay_judgement_get_rationale (judgement));
  if (note != NULL && *note != '\0')
    {
      g_string_append_printf (string, "%s\n\n", _ ("Private note:"));
      append_quoted (string, note);
    }
}

/* Where the task is lost, the rationale is still there to be read. */
static void
append_record (GString *string, const char *body)
{
  g_autoptr (JsonNode) node = assay_json_parse (body, -1, NULL);
  JsonObject *object = node != NULL ? assay_json_node_object (node) : NULL;
  g_autofree char *valid = g_utf8_make_valid (body, -1);

  append_quoted (string, object != NULL && assay_json_get_string (object, "rationale") != NULL
                             ? assay_json_get_string (object, "rationale")
                             : valid);
}

static gboolean
write_section (Export *export, const AssayWorkItem *item, GError **error)
{
  g_autoptr (GString) string = g_string_new ("## ");
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (item->time);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *time = local != NULL ? g_date_time_format (local, "%F %H:%M") : NULL;
  g_autoptr (AssayJudgement) judgement = NULL;
  g_autoptr (JsonNode) node = NULL;

  append_escaped (string, item->title != NULL ? item->title : _ ("Task that could not be read"));
  g_string_append (string, "\n\n");
  if (item->project != NULL)
    {
      append_escaped (string, item->project);
      g_string_append (string, " · ");
    }
  g_string_append (string, item->kind == ASSAY_WORK_SUBMITTED ? _ ("Submitted") : _ ("Draft"));
  g_string_append_printf (string, " · %s\n\n", time != NULL ? time : "");

  if (item->task != NULL && (node = assay_json_parse (item->body, -1, NULL)) != NULL)
    judgement = assay_judgement_new_from_json (item->task, node, NULL);
  if (judgement != NULL)
    append_judgement (string, judgement);
  else
    append_record (string, item->body);
  return write_text (export->text, string->str, error);
}

static gboolean
write_item (const AssayWorkItem *item, gpointer user_data, GError **error)
{
  Export *export = user_data;

  switch (item->kind)
    {
    case ASSAY_WORK_SUBMITTED:
      export->work->n_submitted++;
      break;
    case ASSAY_WORK_DRAFT:
      export->work->n_drafts++;
      break;
    case ASSAY_WORK_REVISION:
    default:
      export->work->n_revisions++;
      break;
    }
  return write_line (export, item, error)
         && (item->kind == ASSAY_WORK_REVISION || write_section (export, item, error));
}

/* Newer than what the store has, and so it comes last. */
static gboolean
write_unsaved (Export *export, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (export->unsaved != NULL ? export->unsaved : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      AssayWorkItem item = { .kind = ASSAY_WORK_DRAFT,
                             .time = g_get_real_time (),
                             .body = lines[i] };
      g_autoptr (JsonNode) node = assay_json_parse (lines[i], -1, NULL);
      JsonObject *object = node != NULL ? assay_json_node_object (node) : NULL;

      if (object == NULL)
        continue;
      item.task_id = assay_json_get_string (object, "task_id");
      item.title = item.task_id;
      if (!write_item (&item, export, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
close_synced (GOutputStream *stream, GError **error)
{
  if (!g_output_stream_flush (stream, NULL, error))
    return FALSE;
  if (G_IS_FILE_DESCRIPTOR_BASED (stream)
      && fsync (g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (stream))) != 0
      && errno != EINVAL)
    {
      int saved_errno = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   _ ("The file could not be written: %s"), g_strerror (saved_errno));
      return FALSE;
    }
  return g_output_stream_close (stream, NULL, error);
}

static GOutputStream *
create (GFile *folder, const char *name, const char *suffix, GFile **file, GError **error)
{
  g_autofree char *full = g_strconcat (name, suffix, NULL);
  GFileOutputStream *stream;

  *file = g_file_get_child (folder, full);
  stream = g_file_create (*file, G_FILE_CREATE_PRIVATE, NULL, error);
  return stream != NULL ? G_OUTPUT_STREAM (stream) : NULL;
}

static gboolean
write_files (Export *export, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "assay-work-%Y%m%d-%H%M%S");
  g_autofree char *heading = g_strdup_printf ("# %s\n\n", _ ("My Work in Assay"));

  export->lines = create (export->target, name, ".eval.jsonl", &export->work->lines, error);
  if (export->lines == NULL)
    {
      g_clear_object (&export->work->lines);
      return FALSE;
    }
  export->text = create (export->target, name, ".md", &export->work->text, error);
  if (export->text == NULL)
    {
      g_clear_object (&export->work->text);
      return FALSE;
    }
  return write_text (export->text, heading, error)
         && assay_work_read (export->profile, export->copy, write_item, export, export->cancellable,
                             &export->work->n_unread, error)
         && write_unsaved (export, error) && close_synced (export->lines, error)
         && close_synced (export->text, error);
}

static DexFuture *
write_fiber (gpointer user_data)
{
  Export *export = user_data;
  g_autoptr (GError) error = NULL;

  if (write_files (export, &error))
    return dex_future_new_take_boxed (ASSAY_TYPE_OWN_WORK, g_steal_pointer (&export->work));
  if (export->work->lines != NULL)
    g_file_delete (export->work->lines, NULL, NULL);
  if (export->work->text != NULL)
    g_file_delete (export->work->text, NULL, NULL);
  return dex_future_new_for_error (g_steal_pointer (&error));
}

/* A store on a network file system lets nobody but its own connection in. */
static void
prepare (Export *export)
{
  g_autoptr (AssayStoreHealth) health =
      dex_await_boxed (assay_store_get_health (export->store), NULL);

  if (health != NULL && health->network)
    export->copy = dex_await_string (assay_store_back_up (export->store), NULL);
}

static DexFuture *
export_fiber (gpointer user_data)
{
  Export *export = user_data;

  if (export->store != NULL)
    prepare (export);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, write_fiber, export,
                              export_free);
}

DexFuture *
assay_own_work_export (const char *profile,
                       AssayStore *store,
                       GFile *target,
                       const char *unsaved,
                       GCancellable *cancellable)
{
  Export *export;

  dex_return_error_if_fail (profile != NULL);
  dex_return_error_if_fail (store == NULL || ASSAY_IS_STORE (store));
  dex_return_error_if_fail (G_IS_FILE (target));

  export = g_new0 (Export, 1);
  export->profile = g_strdup (profile);
  g_set_object (&export->store, store);
  export->target = g_object_ref (target);
  export->unsaved = g_strdup (unsaved);
  g_set_object (&export->cancellable, cancellable);
  export->work = g_new0 (AssayOwnWork, 1);
  return dex_scheduler_spawn (NULL, 0, export_fiber, export, NULL);
}

char *
assay_own_work_describe (const AssayOwnWork *self)
{
  g_autofree char *submitted = NULL;
  g_autofree char *drafts = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  submitted = g_strdup_printf (ngettext ("%u submitted judgement", "%u submitted judgements",
                                         self->n_submitted),
                               self->n_submitted);
  drafts = g_strdup_printf (ngettext ("%u draft", "%u drafts", self->n_drafts), self->n_drafts);
  /* Translators: "12 submitted judgements" and "3 drafts". */
  text = g_strdup_printf (_ ("%1$s and %2$s were exported."), submitted, drafts);
  if (self->n_unread == 0)
    return g_steal_pointer (&text);
  return g_strdup_printf (
      /* Translators: %s is a sentence about what was exported. */
      _ ("%s Part of the workspace could not be read; what copies have of it is included."), text);
}
