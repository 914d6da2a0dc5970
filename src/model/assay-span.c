/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-span.h"

#include <string.h>

#include "assay-json.h"

/* A long quote of one letter, in a long text of it, stands nearly everywhere. */
#define SEARCH_LIMIT_BYTES (64 * 1024 * 1024)

AssaySpan *
assay_span_new (const char *document, const char *text, guint start, guint end)
{
  AssaySpan *self;
  guint length;
  guint prefix;
  const char *first;
  const char *last;

  g_return_val_if_fail (document != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  length = (guint) g_utf8_strlen (text, -1);
  start = MIN (start, length);
  end = MIN (end, length);
  self = g_new0 (AssaySpan, 1);
  self->document = g_strdup (document);
  self->start = MIN (start, end);
  self->end = MAX (start, end);
  prefix = MIN (self->start, ASSAY_SPAN_CONTEXT_CHARACTERS);
  first = g_utf8_offset_to_pointer (text, self->start);
  last = g_utf8_offset_to_pointer (first, self->end - self->start);
  self->quote = g_strndup (first, (gsize) (last - first));
  self->prefix = g_utf8_substring (g_utf8_offset_to_pointer (first, -(glong) prefix), 0, prefix);
  self->suffix =
      g_utf8_substring (last, 0, MIN (length - self->end, ASSAY_SPAN_CONTEXT_CHARACTERS));
  return self;
}

AssaySpan *
assay_span_copy (const AssaySpan *self)
{
  AssaySpan *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (AssaySpan, 1);
  copy->document = g_strdup (self->document);
  copy->start = self->start;
  copy->end = self->end;
  copy->quote = g_strdup (self->quote);
  copy->prefix = g_strdup (self->prefix);
  copy->suffix = g_strdup (self->suffix);
  return copy;
}

void
assay_span_free (AssaySpan *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->document);
  g_free (self->quote);
  g_free (self->prefix);
  g_free (self->suffix);
  g_free (self);
}

AssaySpan *
assay_span_new_from_json (JsonNode *node)
{
  JsonObject *object = assay_json_node_object (node);
  const char *document = object == NULL ? NULL : assay_json_get_string (object, "doc");
  gint64 start = object == NULL ? -1 : assay_json_get_int (object, "start", -1);
  gint64 end = object == NULL ? -1 : assay_json_get_int (object, "end", -1);
  AssaySpan *self;

  if (document == NULL || start < 0 || end < start || end > G_MAXINT)
    return NULL;
  self = g_new0 (AssaySpan, 1);
  self->document = g_strdup (document);
  self->start = (guint) start;
  self->end = (guint) end;
  self->quote = g_strdup (assay_json_get_string_or (object, "quote", ""));
  self->prefix = g_strdup (assay_json_get_string_or (object, "prefix", ""));
  self->suffix = g_strdup (assay_json_get_string_or (object, "suffix", ""));
  return self;
}

void
assay_span_write_json (const AssaySpan *self, JsonObject *target)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (target != NULL);

  json_object_set_string_member (target, "doc", self->document);
  json_object_set_int_member (target, "start", self->start);
  json_object_set_int_member (target, "end", self->end);
  json_object_set_string_member (target, "quote", self->quote);
  json_object_set_string_member (target, "prefix", self->prefix);
  json_object_set_string_member (target, "suffix", self->suffix);
}

/* Code points that are the same right before @at and at the end of @prefix. */
static guint
count_common_before (const char *text, const char *at, const char *prefix)
{
  const char *p = prefix + strlen (prefix);
  guint common = 0;

  while (p > prefix && at > text)
    {
      p = g_utf8_prev_char (p);
      at = g_utf8_prev_char (at);
      if (g_utf8_get_char (p) != g_utf8_get_char (at))
        break;
      common++;
    }
  return common;
}

static guint
count_common_after (const char *at, const char *suffix)
{
  guint common = 0;

  for (; *suffix != '\0' && *at != '\0' && g_utf8_get_char (suffix) == g_utf8_get_char (at);
       suffix = g_utf8_next_char (suffix), at = g_utf8_next_char (at))
    common++;
  return common;
}

/* NULL if the text ends before it. */
static const char *
go_to (AssaySpanFinder *self, guint offset)
{
  if (offset < self->offset)
    {
      self->at = self->text;
      self->offset = 0;
    }
  while (self->offset < offset && *self->at != '\0')
    {
      self->at = g_utf8_next_char (self->at);
      self->offset++;
    }
  return self->offset == offset ? self->at : NULL;
}

/* A place between two characters has nothing but its surroundings. */
static const char *
find_between (AssaySpanFinder *self, const AssaySpan *span)
{
  g_autofree char *around = g_strconcat (span->prefix, span->suffix, NULL);
  const char *place = around[0] == '\0' ? NULL : strstr (self->text, around);

  if (place == NULL || strstr (place + 1, around) != NULL)
    return NULL;
  return place + strlen (span->prefix);
}

/* Where most is left of what stood around the quote; NULL if that is less than half, or the same
 * at two places. */
static const char *
find_elsewhere (AssaySpanFinder *self, const AssaySpan *span)
{
  guint wanted = (guint) (g_utf8_strlen (span->prefix, -1) + g_utf8_strlen (span->suffix, -1));
  gsize quote_bytes = strlen (span->quote);
  gsize compared = 0;
  const char *best = NULL;
  gboolean is_shared = FALSE;
  guint best_common = 0;

  for (const char *place = strstr (self->text, span->quote); place != NULL;
       place = strstr (g_utf8_next_char (place), span->quote))
    {
      guint common = count_common_before (self->text, place, span->prefix)
                     + count_common_after (place + quote_bytes, span->suffix);

      compared += quote_bytes + common;
      if (compared > SEARCH_LIMIT_BYTES)
        return NULL;
      if (best == NULL || common > best_common)
        {
          best = place;
          best_common = common;
          is_shared = FALSE;
        }
      else if (common == best_common)
        is_shared = TRUE;
    }
  return best == NULL || is_shared || best_common * 2 < wanted ? NULL : best;
}

void
assay_span_finder_init (AssaySpanFinder *self, const char *text)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  self->text = text;
  self->length_bytes = strlen (text);
  self->at = text;
  self->offset = 0;
}

AssaySpanState
assay_span_finder_find (AssaySpanFinder *self, const AssaySpan *span, guint *start, guint *end)
{
  gboolean is_between;
  const char *place;
  guint length;

  g_return_val_if_fail (self != NULL, ASSAY_SPAN_DETACHED);
  g_return_val_if_fail (span != NULL, ASSAY_SPAN_DETACHED);
  g_return_val_if_fail (start != NULL && end != NULL, ASSAY_SPAN_DETACHED);

  length = (guint) g_utf8_strlen (span->quote, -1);
  is_between = length == 0;
  place = length == span->end - span->start ? go_to (self, span->start) : NULL;
  if (place != NULL && g_str_has_prefix (place, span->quote)
      && (!is_between
          || (count_common_before (self->text, place, span->prefix)
                  == g_utf8_strlen (span->prefix, -1)
              && g_str_has_prefix (place, span->suffix))))
    {
      *start = span->start;
      *end = span->end;
      return ASSAY_SPAN_THERE;
    }
  if (strlen (span->quote) > self->length_bytes)
    return ASSAY_SPAN_DETACHED;
  place = is_between ? find_between (self, span) : find_elsewhere (self, span);
  if (place == NULL)
    return ASSAY_SPAN_DETACHED;
  *start = (guint) g_utf8_pointer_to_offset (self->text, place);
  *end = *start + length;
  return ASSAY_SPAN_MOVED;
}

AssaySpanState
assay_task_span_finder_find (AssayTaskSpanFinder *self,
                             const AssaySpan *span,
                             guint *start,
                             guint *end)
{
  g_return_val_if_fail (self != NULL && ASSAY_IS_TASK (self->task), ASSAY_SPAN_DETACHED);
  g_return_val_if_fail (span != NULL, ASSAY_SPAN_DETACHED);

  if (self->document == NULL
      || !g_str_equal (assay_document_get_id (self->document), span->document))
    {
      self->document = assay_task_find_document (self->task, span->document);
      if (self->document == NULL)
        return ASSAY_SPAN_DETACHED;
      assay_span_finder_init (&self->finder, assay_document_get_text (self->document));
    }
  return assay_span_finder_find (&self->finder, span, start, end);
}

AssaySpanState
assay_span_find (const AssaySpan *self, AssayTask *task, guint *start, guint *end)
{
  AssayTaskSpanFinder finder = { task };

  g_return_val_if_fail (self != NULL, ASSAY_SPAN_DETACHED);
  g_return_val_if_fail (ASSAY_IS_TASK (task), ASSAY_SPAN_DETACHED);

  return assay_task_span_finder_find (&finder, self, start, end);
}
