/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-find.h"

#include <stdlib.h>

#include "assay-limits.h"

#define STACK_BYTES (512 * 1024)
/* For one text. No words take so long, and few expressions that a person means. */
#define FIND_USEC (3 * G_TIME_SPAN_SECOND)

struct _AssayFindings
{
  GArray *places; /* AssayFoundPlace */
  gboolean cut;
  gboolean gave_up;
};

G_DEFINE_BOXED_TYPE (AssayFindings, assay_findings, assay_findings_ref, assay_findings_unref)

typedef struct
{
  AssayFindings *findings;
  AssayRendition *rendition;
  AssayPattern *pattern;
  GCancellable *cancellable;
  gint64 deadline;
  GArray *matches; /* AssayPatternMatch of what was looked through last */
  guint next_table;
  guint next_formula;
} Search;

static void
findings_clear (gpointer data)
{
  AssayFindings *self = data;

  g_array_unref (self->places);
}

/* FALSE where the search ends. */
static gboolean
look_through (Search *self, const char *text, gsize length)
{
  AssayFindings *findings = self->findings;

  g_array_set_size (self->matches, 0);
  if (g_cancellable_is_cancelled (self->cancellable))
    return FALSE;
  /* One more than is kept: to know whether there are more. */
  if (!assay_pattern_find (self->pattern, text, length,
                           ASSAY_LIMIT_FIND_MATCHES - findings->places->len + 1, self->matches)
      || g_get_monotonic_time () > self->deadline)
    findings->gave_up = TRUE;
  if (findings->places->len + self->matches->len > ASSAY_LIMIT_FIND_MATCHES)
    {
      findings->cut = TRUE;
      g_array_set_size (self->matches, ASSAY_LIMIT_FIND_MATCHES - findings->places->len);
    }
  return TRUE;
}

static gboolean
is_over (Search *self)
{
  return self->findings->cut || self->findings->gave_up
         || g_cancellable_is_cancelled (self->cancellable);
}

static void
find_in_cells (Search *self, const AssayLine *line)
{
  guint table = self->next_table++;
  GPtrArray *cells = assay_rendition_get_cells (self->rendition, table);

  for (guint c = 0; c < cells->len && !is_over (self); c++)
    {
      const AssayCellText *cell = g_ptr_array_index (cells, c);

      look_through (self, cell->text->str, cell->text->len);
      for (guint i = 0; i < self->matches->len; i++)
        {
          const AssayPatternMatch *match = &g_array_index (self->matches, AssayPatternMatch, i);
          AssayFoundPlace place = { line->start, line->start + 1, (int) table,
                                    c,           match->start,    match->end };

          g_array_append_val (self->findings->places, place);
        }
    }
}

static void
find_in_formula (Search *self, const AssayFormulaPlace *formula)
{
  const char *source = assay_markdown_get_source (assay_rendition_get_markdown (self->rendition));
  const AssayPart *part = assay_rendition_get_part (self->rendition, formula->part);
  AssayFoundPlace place = { .start = part->start,
                            .end = part->start + part->n_characters,
                            .table = -1 };

  look_through (self, source + part->source_start, part->source_end - part->source_start);
  for (guint i = 0; i < self->matches->len; i++)
    g_array_append_val (self->findings->places, place);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const AssayFoundPlace *one = a;
  const AssayFoundPlace *other = b;

  return one->start < other->start ? -1 : one->start > other->start;
}

static void
find_in_line (Search *self, guint index)
{
  const AssayLine *line = assay_rendition_get_line (self->rendition, index);
  const char *text = assay_rendition_get_text (self->rendition) + line->text_start;
  GArray *places = self->findings->places;
  guint first = places->len;
  gsize counted_bytes = 0;
  guint counted = line->start;
  gboolean has_formulas = FALSE;

  if (assay_rendition_line_is_table (self->rendition, line))
    {
      find_in_cells (self, line);
      return;
    }
  look_through (self, text, line->text_end - line->text_start);
  for (guint i = 0; i < self->matches->len; i++)
    {
      const AssayPatternMatch *match = &g_array_index (self->matches, AssayPatternMatch, i);
      AssayFoundPlace place = { .table = -1 };

      counted += g_utf8_strlen (text + counted_bytes, match->start - counted_bytes);
      place.start = counted;
      counted += g_utf8_strlen (text + match->start, match->end - match->start);
      place.end = counted;
      counted_bytes = match->end;
      g_array_append_val (places, place);
    }
  for (; self->next_formula < assay_rendition_get_n_formulas (self->rendition);
       self->next_formula++)
    {
      const AssayFormulaPlace *formula =
          assay_rendition_get_formula (self->rendition, self->next_formula);

      if (formula->line > index)
        break;
      has_formulas = TRUE;
      if (!is_over (self))
        find_in_formula (self, formula);
    }
  if (has_formulas && places->len > first)
    qsort (&g_array_index (places, AssayFoundPlace, first), places->len - first,
           sizeof (AssayFoundPlace), compare_places);
}

AssayFindings *
assay_findings_new (AssayRendition *rendition, AssayPattern *pattern, GCancellable *cancellable)
{
  AssayFindings *self;
  Search search = { .rendition = rendition, .pattern = pattern, .cancellable = cancellable };

  g_return_val_if_fail (rendition != NULL && pattern != NULL, NULL);

  self = g_atomic_rc_box_new0 (AssayFindings);
  self->places = g_array_new (FALSE, FALSE, sizeof (AssayFoundPlace));
  search.findings = self;
  search.deadline = g_get_monotonic_time () + FIND_USEC;
  search.matches = g_array_new (FALSE, FALSE, sizeof (AssayPatternMatch));
  for (guint l = 0; l < assay_rendition_get_n_lines (rendition) && !is_over (&search); l++)
    find_in_line (&search, l);
  g_array_unref (search.matches);
  if (g_cancellable_is_cancelled (cancellable))
    g_clear_pointer (&self, assay_findings_unref);
  return self;
}

AssayFindings *
assay_findings_ref (AssayFindings *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
assay_findings_unref (AssayFindings *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, findings_clear);
}

const AssayFoundPlace *
assay_findings_get_places (AssayFindings *self, guint *n_places)
{
  g_return_val_if_fail (self != NULL && n_places != NULL, NULL);

  *n_places = self->places->len;
  return (const AssayFoundPlace *) self->places->data;
}

gboolean
assay_findings_get_cut (AssayFindings *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->cut;
}

gboolean
assay_findings_get_gave_up (AssayFindings *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->gave_up;
}

typedef struct
{
  AssayRendition *rendition;
  AssayPattern *pattern;
  GCancellable *cancellable;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  assay_rendition_unref (request->rendition);
  assay_pattern_unref (request->pattern);
  g_object_unref (request->cancellable);
  g_free (request);
}

static DexFuture *
find_fiber (gpointer user_data)
{
  Request *request = user_data;
  AssayFindings *findings =
      assay_findings_new (request->rendition, request->pattern, request->cancellable);

  if (findings == NULL)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  return dex_future_new_take_boxed (ASSAY_TYPE_FINDINGS, findings);
}

DexFuture *
assay_find (AssayRendition *rendition, AssayPattern *pattern, GCancellable *cancellable)
{
  Request *request;

  g_return_val_if_fail (rendition != NULL && pattern != NULL, NULL);
  g_return_val_if_fail (G_IS_CANCELLABLE (cancellable), NULL);

  request = g_new0 (Request, 1);
  request->rendition = assay_rendition_ref (rendition);
  request->pattern = assay_pattern_ref (pattern);
  request->cancellable = g_object_ref (cancellable);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), STACK_BYTES, find_fiber,
                              request, request_free);
}
