/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-bidi.h"
#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-question-private.h"
#include "assay-spans-question-private.h"

/* So much of a quote stands in a sentence about it. */
#define QUOTE_CHARACTERS 40

typedef struct
{
  AssaySpansQuestion *self;
  AssayTask *task; /* (nullable) */
  const char *response;
  GPtrArray *issues;
} Context;

/* A mark and where it stands in the text as it is now. */
typedef struct
{
  const AssaySpanMark *mark;
  guint start;
  guint end;
} Place;

/* The quote as it stands in a sentence. */
static char *
dup_name (const AssaySpanMark *mark)
{
  g_autofree char *line =
      g_strdelimit (g_strdup (mark->span != NULL ? mark->span->quote : mark->id), "\r\n\t", ' ');
  g_autofree char *shown = NULL;

  if (g_utf8_strlen (line, -1) > QUOTE_CHARACTERS)
    {
      g_autofree char *beginning = g_utf8_substring (line, 0, QUOTE_CHARACTERS - 1);

      shown = g_strconcat (beginning, "…", NULL);
    }
  return assay_bidi_isolate (shown != NULL ? shown : line);
}

/* @format has one %s, for the quote. */
static void
take_mark_issue (Context *context, const AssaySpanMark *mark, const char *rule, const char *format)
    G_GNUC_PRINTF (4, 0);

static void
take_mark_issue (Context *context, const AssaySpanMark *mark, const char *rule, const char *format)
{
  g_autofree char *name = dup_name (mark);

  assay_question_take_issue (ASSAY_QUESTION (context->self), context->issues, ASSAY_ISSUE_ERROR,
                             rule, context->response, mark->id, g_strdup_printf (format, name));
}

static void
check_type (Context *context, const AssaySpanMark *mark, const AssaySpanType *type)
{
  if (mark->type_path[0] == NULL)
    /* Translators: %s is a piece of text that was marked. */
    take_mark_issue (context, mark, "type", _ ("The mark on “%s” needs a type."));
  else if (type == NULL)
    take_mark_issue (context, mark, "option",
                     _ ("The mark on “%s” has a type that the form does not have."));
  else if (type->has_children)
    take_mark_issue (context, mark, "type", _ ("The mark on “%s” needs a narrower type."));
}

static void
check_severity (Context *context, const AssaySpanMark *mark)
{
  if (assay_spans_question_get_n_severities (context->self) == 0)
    return;
  if (mark->severity == NULL)
    take_mark_issue (context, mark, "severity", _ ("The mark on “%s” needs a severity."));
  else if (assay_spans_question_find_severity (context->self, mark->severity) == NULL)
    take_mark_issue (context, mark, "option",
                     _ ("The mark on “%s” has a severity that the form does not have."));
}

/* FALSE if the mark has no place. */
static gboolean
check_span (Context *context, AssaySpanFinder *finder, const AssaySpanMark *mark, Place *place)
{
  AssayDocument *document =
      mark->span == NULL ? NULL : assay_task_find_document (context->task, mark->span->document);
  const char *text = document == NULL ? NULL : assay_document_get_text (document);

  if (text != NULL && finder->text != text)
    assay_span_finder_init (finder, text);
  if (text == NULL
      || assay_span_finder_find (finder, mark->span, &place->start, &place->end)
             == ASSAY_SPAN_DETACHED)
    {
      take_mark_issue (context, mark, "span.detached",
                       _ ("“%s” is not where it was marked: mark it again, or remove the mark."));
      return FALSE;
    }
  if (!assay_spans_question_allows_document (context->self, context->response, document))
    take_mark_issue (context, mark, "span.document", _ ("“%s” is not in a text to be marked."));
  if (place->start == place->end && !assay_spans_question_get_allow_zero_length (context->self))
    take_mark_issue (context, mark, "span.empty",
                     _ ("The mark “%s” is on no character: mark the nearest one."));
  place->mark = mark;
  return TRUE;
}

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const AssaySpan *one = (*(const AssaySpanMark *const *) a)->span;
  const AssaySpan *other = (*(const AssaySpanMark *const *) b)->span;
  int order;

  if (one == NULL || other == NULL)
    return (one != NULL) - (other != NULL);
  order = g_strcmp0 (one->document, other->document);
  if (order == 0)
    order = one->start < other->start ? -1 : one->start > other->start;
  return order;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *one = a;
  const Place *other = b;

  return one->start < other->start ? -1 : one->start > other->start;
}

/* @places: of one document. */
static void
check_document (Context *context, GArray *places)
{
  guint max = assay_spans_question_get_max_per_document (context->self);
  guint n_errors = 0;
  guint end = 0;

  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);
      const AssaySpanType *type =
          assay_spans_question_find_type (context->self,
                                          (const char *const *) place->mark->type_path);

      if (i > 0 && place->start < end && !assay_spans_question_get_allow_overlap (context->self))
        take_mark_issue (context, place->mark, "span.overlap",
                         _ ("The mark on “%s” begins within another."));
      end = MAX (end, place->end);
      n_errors += type == NULL || !type->is_positive;
    }
  if (max > 0 && n_errors > max)
    assay_question_take_issue (
        ASSAY_QUESTION (context->self), context->issues, ASSAY_ISSUE_ERROR, "max",
        context->response, NULL,
        /* Translators: %s is the name of a question. */
        g_strdup_printf (ngettext ("“%s” takes at most %u mark in a text: keep the worst.",
                                   "“%s” takes at most %u marks in a text: keep the worst.", max),
                         assay_question_get_name (ASSAY_QUESTION (context->self)), max));
}

/* Where marks stand, of one document after the other and each in its order. */
static void
check_places (Context *context, GPtrArray *marks)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (marks, NULL, NULL);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  const char *document = NULL;
  AssaySpanFinder finder = { 0 };

  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_marks);
  for (guint i = 0; i < sorted->len; i++)
    {
      const AssaySpanMark *mark = sorted->pdata[i];
      Place place = { 0 };

      if (!check_span (context, &finder, mark, &place))
        continue;
      if (document != NULL && !g_str_equal (document, mark->span->document))
        {
          check_document (context, places);
          g_array_set_size (places, 0);
        }
      document = mark->span->document;
      g_array_append_val (places, place);
    }
  if (document != NULL)
    check_document (context, places);
}

void
_assay_spans_question_validate (AssayQuestion *question,
                                AssayTask *task,
                                const char *response,
                                JsonNode *answer,
                                GPtrArray *issues)
{
  AssaySpansQuestion *self = ASSAY_SPANS_QUESTION (question);
  Context context = { self, task, response, issues };
  g_autoptr (GPtrArray) marks = assay_spans_answer_list (answer);
  const AssaySpanMark *exclusive = NULL;
  guint n_errors = 0;

  if (marks->len > ASSAY_LIMIT_SPANS)
    {
      assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, "max", response, NULL,
                                 g_strdup_printf (_ ("“%s” has more than %d marks."),
                                                  assay_question_get_name (question),
                                                  ASSAY_LIMIT_SPANS));
      return;
    }
  for (guint i = 0; i < marks->len; i++)
    {
      const AssaySpanMark *mark = marks->pdata[i];
      const AssaySpanType *type =
          assay_spans_question_find_type (self, (const char *const *) mark->type_path);
      gboolean is_error = type == NULL || !type->is_positive;

      check_type (&context, mark, type);
      if (is_error)
        check_severity (&context, mark);
      if (assay_spans_question_get_comment_rule (self) == ASSAY_COMMENT_REQUIRED
          && assay_text_is_blank (mark->comment))
        take_mark_issue (&context, mark, "comment", _ ("The mark on “%s” needs a comment."));
      if (type != NULL && type->is_exclusive)
        exclusive = mark;
      n_errors += is_error;
    }
  if (exclusive != NULL && n_errors > 1)
    take_mark_issue (&context, exclusive, "exclusive",
                     _ ("The mark on “%s” says all of the text: remove the others."));
  if (n_errors > 0 && assay_spans_answer_get_none_found (answer))
    assay_question_take_issue (
        question, issues, ASSAY_ISSUE_ERROR, "none", response, NULL,
        g_strdup_printf (_ ("“%s”: nothing was found, and yet it is marked."),
                         assay_question_get_name (question)));
  if (task != NULL)
    check_places (&context, marks);
}
