/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-json.h"
#include "assay-splitter.h"
#include "assay-table-row.h"

#define BESIDE_LIMIT_BYTES ((gsize) 16 * 1024)
#define BESIDE_LIMIT_MEMBERS 200
#define KEY_LIMIT_BYTES ((gsize) 64 * 1024)
#define FRAMES_MAX 16
/* The line break behind a record does not count as part of it. */
#define LINE_BREAK_BYTES 2
/* A record without an end is given up at the next line that looks like a new one; this often, since
 * each costs a scan. */
#define REWINDS_MAX 100
/* How far the end of a quoted cell is looked for in a table with tabs. */
#define QUOTED_ROW_BYTES ((gsize) 1024 * 1024)

typedef struct
{
  char close;
  gboolean records; /* each item is a record */
  guint component;  /* of the path that the names of this container are compared with */
  gboolean after_value;
} Frame;

struct _AssaySplitter
{
  AssayByteWindow window;
  AssaySplit split;
  GStrv records;
  guint n_components;
  char separator;
  guint n_columns; /* of a table; 0 before its header was read */
  gsize record_limit;

  Frame frames[FRAMES_MAX];
  guint n_frames;
  guint64 number;
  guint n_rewinds;
  gboolean ended;
  char *key;
  char *problem;
  JsonObject *beside;
};

static AssayChunkStatus
end (AssaySplitter *self)
{
  self->ended = TRUE;
  return ASSAY_CHUNK_END;
}

static AssayChunkStatus
problem (AssaySplitter *self, AssayChunk *chunk, guint64 line, char *sentence)
{
  g_free (self->problem);
  self->problem = sentence;
  chunk->line = line;
  chunk->problem = sentence;
  return ASSAY_CHUNK_PROBLEM;
}

static AssayChunkStatus
too_large (AssaySplitter *self, AssayChunk *chunk)
{
  g_autofree char *size = g_format_size_full (self->record_limit, G_FORMAT_SIZE_IEC_UNITS);

  /* Translators: %s is a size such as “16 MiB”. */
  return problem (self, chunk, chunk->line,
                  g_strdup_printf (_ ("The record is larger than %s and was left out."), size));
}

static void
begin_chunk (AssaySplitter *self, AssayChunk *chunk)
{
  self->number++;
  chunk->number = self->number;
  chunk->line = self->window.line;
  chunk->offset = assay_byte_window_offset (&self->window);
  chunk->key = self->key;
  chunk->in_list = self->n_frames > 0 && self->frames[self->n_frames - 1].records;
  assay_byte_window_mark (&self->window, self->record_limit + LINE_BREAK_BYTES);
}

/* What was kept since begin_chunk (), without the last @n_trailing bytes. */
static AssayChunkStatus
finish_chunk (AssaySplitter *self, AssayChunk *chunk, gsize n_trailing)
{
  AssayByteWindow *window = &self->window;

  if (!window->marked || assay_byte_window_kept (window) - n_trailing > self->record_limit)
    {
      assay_byte_window_unmark (window);
      return too_large (self, chunk);
    }
  chunk->data = (const char *) window->data + window->mark;
  chunk->length = assay_byte_window_kept (window) - n_trailing;
  assay_byte_window_unmark (window);
  return ASSAY_CHUNK_RECORD;
}

/* Lines */

/* Goes behind the end of the line; FALSE if the stream ended first. */
static gboolean
scan_line (AssayByteWindow *window)
{
  while (assay_byte_window_peek (window) >= 0)
    {
      guint8 *found = memchr (window->data + window->pos, '\n', window->end - window->pos);

      if (found != NULL)
        {
          window->pos = (gsize) (found - window->data) + 1;
          window->line++;
          return TRUE;
        }
      window->pos = window->end;
    }
  return FALSE;
}

static gboolean
is_line_break (guint8 c)
{
  return c == '\n' || c == '\r';
}

static gboolean
is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isspace (text[i]))
        return FALSE;
    }
  return TRUE;
}

static AssayChunkStatus
next_line (AssaySplitter *self, AssayChunk *chunk)
{
  AssayByteWindow *window = &self->window;

  while (assay_byte_window_peek (window) >= 0)
    {
      AssayChunkStatus status;
      gsize n_trailing;

      begin_chunk (self, chunk);
      n_trailing = scan_line (window) ? 1 : 0;
      if (window->error != NULL)
        return end (self);
      if (window->marked && assay_byte_window_kept (window) > n_trailing
          && window->data[window->pos - n_trailing - 1] == '\r')
        n_trailing++;

      status = finish_chunk (self, chunk, n_trailing);
      if (status == ASSAY_CHUNK_PROBLEM || !is_blank (chunk->data, chunk->length))
        return status;
      self->number--;
    }
  return end (self);
}

/* Tables */

/* A carriage return ends a line, with a line feed behind it or alone. */
static void
end_with_return (AssayByteWindow *window)
{
  if (assay_byte_window_peek (window) == '\n')
    assay_byte_window_skip (window);
  else
    window->line++;
}

/* Goes behind the end of the line, which in tables a carriage return is too. FALSE if the stream
 * ended first, or if more than @limit bytes would be kept. */
static gboolean
scan_table_line (AssayByteWindow *window, gsize limit)
{
  int c;

  while (assay_byte_window_kept (window) < limit && (c = assay_byte_window_peek (window)) >= 0)
    {
      assay_byte_window_skip (window);
      if (c == '\n')
        return TRUE;
      if (c == '\r')
        {
          end_with_return (window);
          return TRUE;
        }
    }
  return FALSE;
}

/* Goes behind the end of the row; a line break inside quotes does not end it. FALSE if the stream
 * ended inside quotes. */
static gboolean
scan_row (AssayByteWindow *window, char separator)
{
  gboolean quoted = FALSE;
  gboolean may_open = TRUE;
  int c;

  while ((c = assay_byte_window_peek (window)) >= 0)
    {
      assay_byte_window_skip (window);
      if (quoted)
        {
          /* A doubled quotation mark closes and opens again, which comes to the same. */
          quoted = c != '"';
          may_open = !quoted;
          if (c == '\r' && assay_byte_window_peek (window) != '\n')
            window->line++;
        }
      else if (c == '"' && may_open)
        {
          quoted = TRUE;
        }
      else if (c == '\n')
        {
          return TRUE;
        }
      else if (c == '\r')
        {
          end_with_return (window);
          return TRUE;
        }
      else
        {
          may_open = c == separator;
        }
    }
  return !quoted;
}

/* How many cells the line has that was kept from @from on, if its tabs alone count. */
static guint
count_plain_cells (AssayByteWindow *window, gsize from)
{
  guint n = 1;

  for (gsize i = window->mark + from; i < window->pos; i++)
    n += window->data[i] == '\t' ? 1 : 0;
  return n;
}

static void
feed_kept (AssayByteWindow *window, gsize from, AssayTableScan *scan)
{
  gsize start = window->mark + from;
  gsize end_of_text = window->pos;

  while (end_of_text > start && is_line_break (window->data[end_of_text - 1]))
    end_of_text--;
  assay_table_scan_feed (scan, (const char *) window->data + start, end_of_text - start, '\t');
}

static gboolean
is_closed (const AssayTableScan *scan)
{
  return scan->state != ASSAY_TABLE_CELL_QUOTED && scan->state != ASSAY_TABLE_CELL_BROKEN;
}

/* The row of a table with tabs. Most of these know no quotation marks, and one that opens a cell
 * may stand for itself. Where a cell is open at the end of the line, though, and quoted by the
 * letter the lines that follow make up a whole row, and not each of them is one, the line break was
 * quoted. FALSE if the stream ended first. */
static gboolean
scan_tabbed_row (AssaySplitter *self)
{
  AssayByteWindow *window = &self->window;
  const gsize limit = MIN (self->record_limit, QUOTED_ROW_BYTES);
  gboolean ended = scan_table_line (window, G_MAXSIZE);
  gboolean more = TRUE;
  gboolean each_is_whole;
  AssayTableScan scan;
  guint64 line;
  gsize first;

  if (!ended || self->n_columns == 0 || !window->marked || assay_byte_window_kept (window) >= limit
      || self->n_rewinds >= REWINDS_MAX)
    return ended;
  first = assay_byte_window_kept (window);
  line = window->line;
  assay_table_scan_init (&scan);
  feed_kept (window, 0, &scan);
  each_is_whole = count_plain_cells (window, 0) == self->n_columns;
  if (scan.state != ASSAY_TABLE_CELL_QUOTED)
    return TRUE;

  while (more && scan.state == ASSAY_TABLE_CELL_QUOTED && scan.n_cells <= self->n_columns)
    {
      gsize before = assay_byte_window_kept (window);

      more = scan_table_line (window, limit) && assay_byte_window_kept (window) < limit;
      feed_kept (window, before, &scan);
      each_is_whole = each_is_whole && count_plain_cells (window, before) == self->n_columns;
    }
  /* The last line of a file may have no line break. */
  if (!more && assay_byte_window_kept (window) < limit && window->error == NULL)
    more = TRUE;
  if (more && !each_is_whole && is_closed (&scan) && scan.n_cells == self->n_columns)
    return TRUE;
  self->n_rewinds++;
  window->pos = window->mark + first;
  window->line = line;
  return TRUE;
}

static AssayChunkStatus
next_row (AssaySplitter *self, AssayChunk *chunk)
{
  AssayByteWindow *window = &self->window;

  while (assay_byte_window_peek (window) >= 0)
    {
      AssayChunkStatus status;
      gboolean whole = TRUE;
      gsize n_trailing;

      begin_chunk (self, chunk);
      if (self->separator == '\t')
        {
          /* What ended the stream may lie in what was looked at beyond the row. */
          if (!scan_tabbed_row (self) && window->error != NULL)
            return end (self);
        }
      else
        {
          whole = scan_row (window, self->separator);
          if (window->error != NULL)
            return end (self);
        }
      if (!whole)
        {
          assay_byte_window_unmark (window);
          return problem (self, chunk, chunk->line,
                          g_strdup (_ ("A quotation mark is opened here and never closed.")));
        }

      n_trailing = 0;
      while (window->marked && n_trailing < MIN (LINE_BREAK_BYTES, assay_byte_window_kept (window))
             && is_line_break (window->data[window->pos - n_trailing - 1]))
        n_trailing++;
      status = finish_chunk (self, chunk, n_trailing);
      while (status == ASSAY_CHUNK_RECORD && chunk->length > 0
             && is_line_break ((guint8) chunk->data[chunk->length - 1]))
        chunk->length--;
      if (status == ASSAY_CHUNK_PROBLEM || chunk->length > 0)
        return status;
      self->number--;
    }
  return end (self);
}

/* JSON values */

static int
skip_space (AssayByteWindow *window)
{
  int c;

  while ((c = assay_byte_window_peek (window)) >= 0
         && (c == ' ' || c == '\t' || c == '\r' || c == '\n'))
    assay_byte_window_skip (window);
  return c;
}

static gboolean
scan_string (AssayByteWindow *window)
{
  gboolean escaped = FALSE;
  int c;

  assay_byte_window_skip (window);
  while ((c = assay_byte_window_peek (window)) >= 0)
    {
      assay_byte_window_skip (window);
      if (escaped)
        escaped = FALSE;
      else if (c == '\\')
        escaped = TRUE;
      else if (c == '"')
        return TRUE;
    }
  return FALSE;
}

static gboolean
ends_scalar (int c)
{
  return c == ',' || c == ']' || c == '}' || c == ':' || c == ' ' || c == '\t' || c == '\r'
         || c == '\n';
}

static gboolean
scan_scalar (AssayByteWindow *window)
{
  int c;

  assay_byte_window_skip (window);
  while ((c = assay_byte_window_peek (window)) >= 0 && !ends_scalar (c))
    assay_byte_window_skip (window);
  return TRUE;
}

/* Goes behind the bracket that closes the one at the present place. Notes in @resume where a new
 * record seems to begin: a brace at the beginning of a line. */
static gboolean
scan_balanced (AssayByteWindow *window, guint64 *resume, guint64 *resume_line)
{
  gboolean in_string = FALSE;
  gboolean escaped = FALSE;
  gboolean line_begins = FALSE;
  guint64 depth = 0;

  for (;;)
    {
      guint8 c;

      if (window->pos == window->end && !assay_byte_window_fill (window))
        return FALSE;
      c = window->data[window->pos];
      if (line_begins && c == '{' && *resume == 0)
        {
          *resume = assay_byte_window_offset (window);
          *resume_line = window->line;
        }
      window->pos++;
      line_begins = c == '\n';
      if (line_begins)
        window->line++;

      if (in_string)
        {
          if (escaped)
            escaped = FALSE;
          else if (c == '\\')
            escaped = TRUE;
          else if (c == '"')
            in_string = FALSE;
        }
      else if (c == '"')
        {
          in_string = TRUE;
        }
      else if (c == '{' || c == '[')
        {
          depth++;
        }
      else if ((c == '}' || c == ']') && --depth == 0)
        {
          return TRUE;
        }
    }
}

static gboolean
scan_value (AssayByteWindow *window, guint64 *resume, guint64 *resume_line)
{
  int c = assay_byte_window_peek (window);

  if (c < 0)
    return FALSE;
  if (c == '{' || c == '[')
    return scan_balanced (window, resume, resume_line);
  if (c == '"')
    return scan_string (window);
  return scan_scalar (window);
}

static AssayChunkStatus
next_record (AssaySplitter *self, AssayChunk *chunk)
{
  AssayByteWindow *window = &self->window;
  guint64 resume = 0;
  guint64 resume_line = 0;

  begin_chunk (self, chunk);
  if (scan_value (window, &resume, &resume_line))
    return finish_chunk (self, chunk, 0);
  if (window->error != NULL)
    return end (self);

  if (self->n_frames == 0 && resume > 0 && window->marked && self->n_rewinds < REWINDS_MAX)
    {
      self->n_rewinds++;
      window->pos = (gsize) (resume - window->base);
      window->line = resume_line;
    }
  assay_byte_window_unmark (window);
  return problem (self, chunk, chunk->line,
                  g_strdup (_ ("The record begins here and has no end.")));
}

static void
skip_value (AssaySplitter *self)
{
  guint64 unused = 0;

  scan_value (&self->window, &unused, &unused);
}

/* Keeps a small member that stands beside the records, for example the name of the model that all
 * of them are from. */
static void
note_beside (AssaySplitter *self)
{
  AssayByteWindow *window = &self->window;
  g_autoptr (JsonNode) node = NULL;
  guint64 unused = 0;

  if (self->key == NULL || json_object_get_size (self->beside) >= BESIDE_LIMIT_MEMBERS)
    {
      skip_value (self);
      return;
    }

  assay_byte_window_mark (window, BESIDE_LIMIT_BYTES);
  if (scan_value (window, &unused, &unused) && window->marked
      && assay_byte_window_kept (window) <= BESIDE_LIMIT_BYTES)
    node = assay_json_parse ((const char *) window->data + window->mark,
                             (gssize) assay_byte_window_kept (window), NULL);
  assay_byte_window_unmark (window);
  if (node != NULL)
    json_object_set_member (self->beside, self->key, g_steal_pointer (&node));
}

/* Reads `"name":`. The name stays NULL if it is not one. */
static gboolean
read_key (AssaySplitter *self)
{
  AssayByteWindow *window = &self->window;
  g_autoptr (JsonNode) node = NULL;

  g_clear_pointer (&self->key, g_free);
  if (assay_byte_window_peek (window) != '"')
    return FALSE;

  assay_byte_window_mark (window, KEY_LIMIT_BYTES);
  if (scan_string (window) && window->marked && assay_byte_window_kept (window) <= KEY_LIMIT_BYTES)
    node = assay_json_parse ((const char *) window->data + window->mark,
                             (gssize) assay_byte_window_kept (window), NULL);
  assay_byte_window_unmark (window);
  if (node != NULL)
    self->key = g_strdup (assay_json_node_string (node));

  if (skip_space (window) != ':')
    return FALSE;
  assay_byte_window_skip (window);
  skip_space (window);
  return self->key != NULL;
}

static void
push_frame (AssaySplitter *self, char close, gboolean records, guint component)
{
  g_assert (self->n_frames < FRAMES_MAX);

  self->frames[self->n_frames++] =
      (Frame) { .close = close, .records = records, .component = component };
  assay_byte_window_skip (&self->window);
}

/* The value at the present place, reached after @component names of the path. Returns END if there
 * is nothing to hand out yet. */
static AssayChunkStatus
enter_value (AssaySplitter *self, AssayChunk *chunk, guint component)
{
  int c = assay_byte_window_peek (&self->window);

  if (component == self->n_components)
    {
      if (c != '[')
        return next_record (self, chunk);
      push_frame (self, ']', TRUE, component);
    }
  else if (c == '{')
    {
      push_frame (self, '}', FALSE, component);
    }
  else if (c == '[' && g_str_equal (self->records[component], "*"))
    {
      push_frame (self, ']', FALSE, component);
    }
  else
    {
      skip_value (self);
    }
  return ASSAY_CHUNK_END;
}

static AssayChunkStatus
next_in_frame (AssaySplitter *self, AssayChunk *chunk)
{
  AssayByteWindow *window = &self->window;
  Frame *frame = &self->frames[self->n_frames - 1];
  int c = skip_space (window);

  if (c < 0)
    {
      self->n_frames = 0;
      if (window->error != NULL)
        return end (self);
      return problem (self, chunk, window->line,
                      g_strdup (_ ("The file ends before its list is closed.")));
    }
  if (c == ']' || c == '}')
    {
      gboolean right = c == frame->close;

      assay_byte_window_skip (window);
      self->n_frames--;
      g_clear_pointer (&self->key, g_free);
      if (!right)
        return problem (self, chunk, window->line,
                        g_strdup_printf (_ ("There is “%c” where “%c” should be."), c,
                                         frame->close));
      return ASSAY_CHUNK_END;
    }
  if (c == ',')
    {
      gboolean right = frame->after_value;

      assay_byte_window_skip (window);
      frame->after_value = FALSE;
      if (!right)
        return problem (self, chunk, window->line, g_strdup (_ ("A value is missing here.")));
      return ASSAY_CHUNK_END;
    }
  if (frame->after_value)
    {
      frame->after_value = FALSE;
      return problem (self, chunk, window->line, g_strdup (_ ("A comma is missing here.")));
    }

  frame->after_value = TRUE;
  if (frame->close == '}')
    {
      const char *wanted = self->records[frame->component];

      if (!read_key (self))
        {
          skip_value (self);
          return problem (self, chunk, window->line,
                          g_strdup (_ ("The name of a field is missing here.")));
        }
      if (assay_byte_window_peek (window) < 0)
        return ASSAY_CHUNK_END;
      if (!g_str_equal (wanted, "*") && !g_str_equal (wanted, self->key))
        {
          note_beside (self);
          return ASSAY_CHUNK_END;
        }
      return enter_value (self, chunk, frame->component + 1);
    }
  if (frame->records)
    return next_record (self, chunk);
  return enter_value (self, chunk, frame->component + 1);
}

static AssayChunkStatus
next_value (AssaySplitter *self, AssayChunk *chunk)
{
  while (!self->ended)
    {
      AssayChunkStatus status;

      if (self->n_frames > 0)
        {
          status = next_in_frame (self, chunk);
        }
      else
        {
          int c = skip_space (&self->window);

          if (c < 0)
            return end (self);
          if (c == ']' || c == '}' || c == ',' || c == ':')
            {
              assay_byte_window_skip (&self->window);
              return problem (self, chunk, self->window.line,
                              g_strdup_printf (_ ("“%c” has no place here."), c));
            }
          status = enter_value (self, chunk, 0);
        }
      if (status != ASSAY_CHUNK_END)
        return status;
    }
  return ASSAY_CHUNK_END;
}

AssaySplitter *
assay_splitter_new (GInputStream *stream,
                    AssaySplit split,
                    const char *const *records,
                    char separator,
                    gsize record_limit,
                    guint64 stream_limit,
                    GCancellable *cancellable)
{
  AssaySplitter *self = g_new0 (AssaySplitter, 1);

  assay_byte_window_init (&self->window, stream, cancellable, stream_limit);
  self->split = split;
  self->records = g_strdupv ((char **) records);
  self->n_components = records != NULL ? MIN (g_strv_length (self->records), FRAMES_MAX - 1) : 0;
  self->separator = separator;
  self->record_limit = record_limit;
  self->beside = json_object_new ();
  return self;
}

void
assay_splitter_free (AssaySplitter *self)
{
  assay_byte_window_clear (&self->window);
  g_strfreev (self->records);
  g_free (self->key);
  g_free (self->problem);
  json_object_unref (self->beside);
  g_free (self);
}

void
assay_splitter_set_n_columns (AssaySplitter *self, guint n_columns)
{
  g_return_if_fail (self != NULL);

  self->n_columns = n_columns;
}

AssayChunkStatus
assay_splitter_next (AssaySplitter *self, AssayChunk *chunk)
{
  *chunk = (AssayChunk) { 0 };
  if (self->ended)
    return ASSAY_CHUNK_END;

  switch (self->split)
    {
    case ASSAY_SPLIT_LINES:
      return next_line (self, chunk);
    case ASSAY_SPLIT_TABLE:
      return next_row (self, chunk);
    case ASSAY_SPLIT_VALUES:
    default:
      return next_value (self, chunk);
    }
}

const GError *
assay_splitter_get_error (AssaySplitter *self)
{
  return self->window.error;
}

JsonObject *
assay_splitter_get_beside (AssaySplitter *self)
{
  return self->beside;
}
