/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-bidi.h"
#include "assay-question-private.h"
#include "assay-rewrite-question-private.h"
#include "assay-task.h"

#define PASSAGE_SHOWN_CHARACTERS 60

typedef struct
{
  AssayRewriteQuestion *self;
  const char *response;
  GPtrArray *issues;
} Context;

/* @message: taken. */
static void
take (Context *context, const char *rule, const char *item, char *message)
{
  assay_question_take_issue (ASSAY_QUESTION (context->self), context->issues, ASSAY_ISSUE_ERROR,
                             rule, context->response, item, message);
}

static const char *
get_name (Context *context)
{
  return assay_question_get_name (ASSAY_QUESTION (context->self));
}

/* @too_short and @too_long: sentences with the name of the question and the number. */
static void
check_length (Context *context,
              guint length,
              guint min,
              guint max,
              const char *too_short,
              const char *too_long)
{
  if (length < min)
    take (context, "min", NULL, g_strdup_printf (too_short, get_name (context), min));
  if (max > 0 && length > max)
    take (context, "max", NULL, g_strdup_printf (too_long, get_name (context), max));
}

static void
check_lengths (Context *context, const char *text, gboolean in_full)
{
  guint min_chars = in_full ? assay_rewrite_question_get_min_chars (context->self) : 0;
  guint max_chars = assay_rewrite_question_get_max_chars (context->self);
  guint min_words = in_full ? assay_rewrite_question_get_min_words (context->self) : 0;
  guint max_words = assay_rewrite_question_get_max_words (context->self);

  check_length (context, assay_text_length_trimmed (text), min_chars, max_chars,
                ngettext ("“%s” needs at least %u character.", "“%s” needs at least %u characters.",
                          min_chars),
                ngettext ("“%s” takes at most %u character.", "“%s” takes at most %u characters.",
                          max_chars));
  check_length (
      context, assay_text_length_words (text), min_words, max_words,
      ngettext ("“%s” needs at least %u word.", "“%s” needs at least %u words.", min_words),
      ngettext ("“%s” takes at most %u word.", "“%s” takes at most %u words.", max_words));
}

static void
check_must_keep (Context *context, const char *text)
{
  const char *const *passages = assay_rewrite_question_get_must_keep (context->self);

  for (guint i = 0; passages[i] != NULL; i++)
    {
      g_autofree char *start = NULL;
      g_autofree char *shown = NULL;

      if (strstr (text, passages[i]) != NULL)
        continue;
      start = g_utf8_strlen (passages[i], -1) > PASSAGE_SHOWN_CHARACTERS
                  ? g_utf8_substring (passages[i], 0, PASSAGE_SHOWN_CHARACTERS)
                  : g_strdup (passages[i]);
      shown = assay_bidi_isolate (start);
      take (context, "must_keep", NULL,
            /* Translators: the name of a question, and a passage of a text. */
            g_strdup_printf (_ ("“%s” must keep “%s”."), get_name (context), shown));
    }
}

static void
check_changes (Context *context, JsonNode *answer, const char *original, const char *text)
{
  g_autoptr (GPtrArray) changes = assay_rewrite_answer_list_changes (answer);

  if (original != NULL && !assay_rewrite_changes_explain (changes, original, text))
    {
      take (context, "changes", NULL,
            g_strdup_printf (_ ("The changes to “%s” are not all listed yet."),
                             get_name (context)));
      return;
    }
  for (guint i = 0; i < changes->len; i++)
    {
      const AssayRewriteChange *change = changes->pdata[i];

      if (change->category == NULL)
        take (context, "category", change->id, g_strdup (_ ("This change needs a category.")));
      else if (assay_rewrite_question_find_category (context->self, change->category) < 0)
        take (context, "option", change->id,
              g_strdup (_ ("This change has a category that the form does not have.")));
    }
}

static void
check_issues_fixed (Context *context, JsonNode *answer)
{
  g_auto (GStrv) ids = assay_rewrite_answer_dup_issues_fixed (answer);

  if (ids[0] == NULL)
    take (context, "issues", NULL,
          g_strdup_printf (_ ("“%s”: say what was fixed."), get_name (context)));
  for (guint i = 0; ids[i] != NULL; i++)
    if (assay_rewrite_question_find_category (context->self, ids[i]) < 0)
      assay_options_report_unknown (ASSAY_QUESTION (context->self), context->response, ids[i],
                                    context->issues);
}

/* @original: NULL where it is not known. */
static void
check_edit (Context *context, JsonNode *answer, const char *original)
{
  const char *text = assay_rewrite_answer_get_text (answer);
  gboolean unchanged_ok = assay_rewrite_answer_get_unchanged_ok (answer);

  if (text == NULL)
    return;
  if (assay_text_is_blank (text))
    {
      take (context, "blank", NULL,
            g_strdup_printf (_ ("Nothing is left of “%s”."), get_name (context)));
      return;
    }
  if (original != NULL && !assay_rewrite_differs (original, text))
    {
      if (!unchanged_ok)
        take (context, "unchanged", NULL,
              g_strdup_printf (_ ("“%s” is as it was: change it, or say that it needs no change."),
                               get_name (context)));
      return;
    }
  if (unchanged_ok)
    take (context, "unchanged", NULL,
          g_strdup_printf (_ ("“%s”: it needs no change, and yet it was changed."),
                           get_name (context)));
  switch (assay_rewrite_question_get_change_log (context->self))
    {
    case ASSAY_CHANGE_LOG_PER_REGION:
      check_changes (context, answer, original, text);
      break;
    case ASSAY_CHANGE_LOG_SUMMARY:
      check_issues_fixed (context, answer);
      break;
    case ASSAY_CHANGE_LOG_OFF:
    default:
      break;
    }
}

/* What is no answer proper needs no sources, and may be short. */
static gboolean
is_in_full (JsonNode *answer)
{
  const char *mode = assay_rewrite_answer_get_mode (answer);

  return g_strcmp0 (mode, "refuse") != 0 && g_strcmp0 (mode, "ask_back") != 0;
}

static void
check_mode (Context *context, JsonNode *answer)
{
  const char *const *modes = assay_rewrite_question_get_answer_modes (context->self);
  const char *mode = assay_rewrite_answer_get_mode (answer);

  if (modes[0] == NULL)
    return;
  if (mode == NULL)
    take (context, "mode", NULL,
          g_strdup_printf (_ ("“%s”: say what kind of answer this is."), get_name (context)));
  else if (!g_strv_contains (modes, mode))
    assay_options_report_unknown (ASSAY_QUESTION (context->self), context->response, mode,
                                  context->issues);
}

/* Each point that is not ticked is a place to go to. */
static void
check_self_check (Context *context, JsonNode *answer)
{
  guint n = assay_rewrite_question_get_self_check_required (context->self)
                ? assay_rewrite_question_get_n_self_checks (context->self)
                : 0;

  for (guint i = 0; i < n; i++)
    {
      const char *id = assay_rewrite_question_get_self_check_id (context->self, i);
      g_autofree char *point = NULL;

      if (assay_rewrite_answer_get_self_check (answer, id))
        continue;
      point = assay_bidi_isolate (assay_rewrite_question_get_self_check_label (context->self, i));
      take (context, "self_check", id,
            /* Translators: the name of a question, and a point that its writer has to look at. */
            g_strdup_printf (_ ("“%s”: “%s” is not ticked."), get_name (context), point));
    }
}

void
_assay_rewrite_question_validate (AssayQuestion *question,
                                  AssayTask *task,
                                  const char *response,
                                  JsonNode *answer,
                                  GPtrArray *issues)
{
  AssayRewriteQuestion *self = ASSAY_REWRITE_QUESTION (question);
  Context context = { self, response, issues };
  const char *text = assay_rewrite_answer_get_text (answer);
  AssayDocument *original = task == NULL || assay_task_get_forgotten (task)
                                ? NULL
                                : assay_rewrite_question_get_original (self, task, response);
  gboolean in_full = is_in_full (answer);

  if (assay_rewrite_question_get_mode (self) == ASSAY_REWRITE_EDIT)
    check_edit (&context, answer, original != NULL ? assay_document_get_text (original) : NULL);
  if (assay_text_is_blank (text))
    return;
  check_mode (&context, answer);
  check_lengths (&context, text, in_full);
  check_must_keep (&context, text);
  check_self_check (&context, answer);
  if (in_full && assay_rewrite_question_get_sources_required (self)
      && assay_rewrite_answer_get_n_sources (answer) == 0)
    take (&context, "sources", NULL,
          g_strdup_printf (_ ("“%s” needs a source."), get_name (&context)));
}
