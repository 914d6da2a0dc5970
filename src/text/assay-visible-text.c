/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-visible-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-bidi.h"
#include "assay-paragraphs.h"

/* Beyond these a repetition is drawn as one counted mark (robustness, section 6). */
#define REPEATED_SPACES 200
#define REPEATED_MARKS 30
/* So many different hidden characters in a row get a mark each; more share one. */
#define SEPARATE_MARKS 8
/* The longest tag sequence of a flag emoji, its end included. */
#define FLAG_TAGS 8

static const struct
{
  gunichar character;
  const char *name;
} names[] = {
  { 0x00, "NUL" },    { 0x01, "SOH" },    { 0x02, "STX" },   { 0x03, "ETX" },   { 0x04, "EOT" },
  { 0x05, "ENQ" },    { 0x06, "ACK" },    { 0x07, "BEL" },   { 0x08, "BS" },    { 0x0B, "VT" },
  { 0x0C, "FF" },     { 0x0E, "SO" },     { 0x0F, "SI" },    { 0x10, "DLE" },   { 0x11, "DC1" },
  { 0x12, "DC2" },    { 0x13, "DC3" },    { 0x14, "DC4" },   { 0x15, "NAK" },   { 0x16, "SYN" },
  { 0x17, "ETB" },    { 0x18, "CAN" },    { 0x19, "EM" },    { 0x1A, "SUB" },   { 0x1B, "ESC" },
  { 0x1C, "FS" },     { 0x1D, "GS" },     { 0x1E, "RS" },    { 0x1F, "US" },    { 0x7F, "DEL" },
  { 0x85, "NEL" },    { 0xAD, "SHY" },    { 0x34F, "CGJ" },  { 0x61C, "ALM" },  { 0x180E, "MVS" },
  { 0x200B, "ZWSP" }, { 0x200C, "ZWNJ" }, { 0x200D, "ZWJ" }, { 0x200E, "LRM" }, { 0x200F, "RLM" },
  { 0x2028, "LS" },   { 0x2029, "PS" },   { 0x202A, "LRE" }, { 0x202B, "RLE" }, { 0x202C, "PDF" },
  { 0x202D, "LRO" },  { 0x202E, "RLO" },  { 0x2060, "WJ" },  { 0x2066, "LRI" }, { 0x2067, "RLI" },
  { 0x2068, "FSI" },  { 0x2069, "PDI" },  { 0xFEFF, "BOM" },
};

/* What the scanner knows about the place where it stands. */
typedef struct
{
  gunichar previous; /* 0 at the beginning */
  guint flag_tags;   /* tags of a flag emoji that are still to come */
} Context;

static gboolean
is_emoji_like (gunichar c)
{
  GUnicodeType type;

  if (c < 0x80)
    return (c >= '0' && c <= '9') || c == '#' || c == '*';
  type = g_unichar_type (c);
  return type == G_UNICODE_OTHER_SYMBOL || type == G_UNICODE_MATH_SYMBOL
         || type == G_UNICODE_MODIFIER_SYMBOL || (c >= 0x1F000 && c <= 0x1FAFF) || c == 0x203C
         || c == 0x2049;
}

static gboolean
is_emoji_part (gunichar c)
{
  return is_emoji_like (c) || c == 0xFE0F || (c >= 0xE0020 && c <= 0xE007F);
}

/* The vowels of Khmer that nothing is drawn for: no spelling needs anything beside them. */
static gboolean
is_inherent_vowel (gunichar c)
{
  return c == 0x17B4 || c == 0x17B5;
}

/* Scripts whose spelling needs joiners and non-joiners: what joins (Arabic and its like) and what
 * stacks (Indic). */
static gboolean
needs_joiners (gunichar c)
{
  if (is_inherent_vowel (c))
    return FALSE;
  return (c >= 0x0600 && c <= 0x08FF) || (c >= 0x0900 && c <= 0x109F)
         || (c >= 0x1780 && c <= 0x18AF) || (c >= 0xA800 && c <= 0xABFF)
         || (c >= 0xFB50 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC)
         || (c >= 0x10A00 && c <= 0x10FFF) || (c >= 0x11000 && c <= 0x11FFF)
         || (c >= 0x1E900 && c <= 0x1E95F);
}

/* Scripts without spaces, in which an invisible one parts the words: Thai, Lao, Tibetan, Burmese,
 * Khmer, Tai, Javanese. */
static gboolean
needs_word_spaces (gunichar c)
{
  if (is_inherent_vowel (c))
    return FALSE;
  return (c >= 0x0E00 && c <= 0x0FFF) || (c >= 0x1000 && c <= 0x109F)
         || (c >= 0x1780 && c <= 0x17FF) || (c >= 0x1950 && c <= 0x19FF)
         || (c >= 0x1A20 && c <= 0x1AAF) || (c >= 0xA980 && c <= 0xA9FF)
         || (c >= 0xAA60 && c <= 0xAADF);
}

/* Whether a flag emoji of a region begins its tags at @text, and how many there are. */
static guint
count_flag_tags (const char *text, const char *end)
{
  for (guint n = 1; n <= FLAG_TAGS && text < end; n++)
    {
      gunichar c = g_utf8_get_char (text);

      if (c == 0xE007F)
        return n > 1 ? n : 0;
      if (c < 0xE0020 || c > 0xE007E)
        return 0;
      text = g_utf8_next_char (text);
    }
  return 0;
}

/* The kind of mark that stands for the character at @text, or -1 if it is drawn as it is. */
static int
classify (const char *text, const char *end, Context *context)
{
  gunichar c = g_utf8_get_char (text);
  gunichar previous = context->previous;
  const char *next = g_utf8_next_char (text);

  context->previous = c;
  if (c < 0x80)
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F ? ASSAY_MARK_CONTROL : -1;

  if (assay_bidi_is_control (c))
    return ASSAY_MARK_DIRECTION;

  if (c == 0x200B)
    return needs_word_spaces (previous) && next < end && needs_word_spaces (g_utf8_get_char (next))
               ? -1
               : ASSAY_MARK_INVISIBLE;
  if (c == 0x200C)
    return needs_joiners (previous) ? -1 : ASSAY_MARK_INVISIBLE;
  if (c == 0x200D)
    return needs_joiners (previous)
                   || (is_emoji_part (previous) && next < end
                       && is_emoji_like (g_utf8_get_char (next)))
               ? -1
               : ASSAY_MARK_INVISIBLE;
  if ((c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF)
      || (c >= 0x180B && c <= 0x180F))
    {
      GUnicodeScript script = g_unichar_get_script (previous);

      return is_emoji_like (previous) || script == G_UNICODE_SCRIPT_HAN
                     || script == G_UNICODE_SCRIPT_MYANMAR || script == G_UNICODE_SCRIPT_MONGOLIAN
                 ? -1
                 : ASSAY_MARK_INVISIBLE;
    }
  if (c >= 0xE0000 && c <= 0xE007F)
    {
      if (context->flag_tags == 0 && previous == 0x1F3F4)
        context->flag_tags = count_flag_tags (text, end);
      if (context->flag_tags > 0)
        {
          context->flag_tags--;
          return -1;
        }
      return ASSAY_MARK_INVISIBLE;
    }
  /* What Unicode says not to draw, its unassigned places included. */
  if ((c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xAD || c == 0x34F || c == 0x115F
      || c == 0x1160 || is_inherent_vowel (c) || c == 0x3164 || c == 0xFFA0
      || (c >= 0xFFF0 && c <= 0xFFFB) || (c >= 0x1BCA0 && c <= 0x1BCA3)
      || (c >= 0x1D173 && c <= 0x1D17A) || (c >= 0xE0080 && c <= 0xE0FFF))
    return ASSAY_MARK_INVISIBLE;

  if (c == 0x2028 || c == 0x2029 || (c >= 0x80 && c < 0xA0))
    return ASSAY_MARK_CONTROL;
  if ((c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000)
    return ASSAY_MARK_PRIVATE;
  return -1;
}

static gboolean
is_combining (gunichar c)
{
  return c >= 0x300 && g_unichar_ismark (c);
}

static char *
make_label (gunichar c, guint n_times)
{
  const char *name = NULL;
  g_autofree char *label = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names) && name == NULL; i++)
    if (names[i].character == c)
      name = names[i].name;
  label = name ? g_strdup_printf ("U+%04X %s", c, name) : g_strdup_printf ("U+%04X", c);
  return n_times > 1 ? g_strdup_printf ("%s ×%u", label, n_times) : g_steal_pointer (&label);
}

static char *
make_repeat_label (gunichar c, guint n_times)
{
  if (is_combining (c))
    /* Translators: %u further accents stand on one letter; a small mark is shown in place of them
     */
    return g_strdup_printf (ngettext ("×%u accent", "×%u accents", n_times), n_times);
  if (c == '\t')
    /* Translators: a small mark in place of so many tab characters in a row */
    return g_strdup_printf (ngettext ("×%u tab", "×%u tabs", n_times), n_times);
  /* Translators: a small mark in place of so many spaces in a row */
  return g_strdup_printf (ngettext ("×%u space", "×%u spaces", n_times), n_times);
}

static void
clear_piece (gpointer data)
{
  AssayVisiblePiece *piece = data;

  g_free (piece->label);
}

static void
add_piece (GArray *pieces, gsize start, gsize end, char *label, AssayMarkKind kind)
{
  AssayVisiblePiece piece = { start, end, label, kind };

  if (start < end)
    g_array_append_val (pieces, piece);
  else
    g_free (label);
}

/* The stretch of hidden characters that begins at @text: how long it is, and whether it is one
 * character repeated. */
static const char *
scan_hidden (const char *text,
             const char *end,
             Context *context,
             AssayMarkKind kind,
             guint *n_characters,
             gboolean *equal)
{
  gunichar first = g_utf8_get_char (text);
  const char *p = g_utf8_next_char (text);

  *n_characters = 1;
  *equal = TRUE;
  while (p < end)
    {
      Context before = *context;

      if (classify (p, end, context) != (int) kind)
        {
          *context = before;
          break;
        }
      *equal = *equal && g_utf8_get_char (p) == first;
      *n_characters += 1;
      p = g_utf8_next_char (p);
    }
  return p;
}

static void
add_hidden (GArray *pieces,
            const char *origin,
            const char *start,
            const char *end,
            guint n_characters,
            gboolean equal,
            AssayMarkKind kind)
{
  if (equal)
    {
      add_piece (pieces, start - origin, end - origin,
                 make_label (g_utf8_get_char (start), n_characters), kind);
    }
  else if (n_characters > SEPARATE_MARKS)
    {
      /* Translators: a small mark in place of characters that cannot be seen */
      char *label =
          g_strdup_printf (ngettext ("%u hidden character", "%u hidden characters", n_characters),
                           n_characters);

      add_piece (pieces, start - origin, end - origin, label, kind);
    }
  else
    {
      for (const char *p = start; p < end; p = g_utf8_next_char (p))
        add_piece (pieces, p - origin, g_utf8_next_char (p) - origin,
                   make_label (g_utf8_get_char (p), 1), kind);
    }
}

GArray *
assay_visible_text_split (const char *text, gsize length_bytes)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (AssayVisiblePiece));
  const char *end = text + length_bytes;
  const char *plain = text;
  const char *p = text;
  Context context = { 0 };

  g_return_val_if_fail (text != NULL, pieces);

  g_array_set_clear_func (pieces, clear_piece);
  while (p < end)
    {
      gunichar c = g_utf8_get_char (p);
      const char *next = g_utf8_next_char (p);
      int kind = classify (p, end, &context);

      if (kind >= 0)
        {
          guint n_characters;
          gboolean equal;

          next = scan_hidden (p, end, &context, kind, &n_characters, &equal);
          add_piece (pieces, plain - text, p - text, NULL, 0);
          add_hidden (pieces, text, p, next, n_characters, equal, kind);
          plain = next;
        }
      else if (c == ' ' || c == '\t' || (c >= 0x80 && g_unichar_isspace (c)) || is_combining (c))
        {
          gboolean combining = is_combining (c);
          guint limit = combining ? REPEATED_MARKS : REPEATED_SPACES;
          guint n_characters = 1;
          const char *rest = NULL; /* where the mark begins */

          while (next < end)
            {
              gunichar other = g_utf8_get_char (next);
              Context before = context;

              if ((combining ? !is_combining (other) : other != c)
                  || classify (next, end, &context) >= 0)
                {
                  context = before;
                  break;
                }
              if (n_characters == limit)
                rest = next;
              n_characters++;
              next = g_utf8_next_char (next);
            }
          if (rest != NULL && assay_paragraph_is_guarded ())
            {
              /* Accents keep their first ones; a stretch of space is one mark altogether. */
              const char *from = combining ? rest : p;

              add_piece (pieces, plain - text, from - text, NULL, 0);
              add_piece (pieces, from - text, next - text,
                         make_repeat_label (c, combining ? n_characters - limit : n_characters),
                         ASSAY_MARK_REPEAT);
              plain = next;
            }
        }
      p = next;
    }
  add_piece (pieces, plain - text, end - text, NULL, 0);
  return pieces;
}

void
assay_visible_text_count (const char *text, gsize length_bytes, guint counts[ASSAY_MARK_REPEAT + 1])
{
  g_autoptr (GArray) pieces = NULL;

  g_return_if_fail (text != NULL && counts != NULL);

  for (guint kind = 0; kind <= ASSAY_MARK_REPEAT; kind++)
    counts[kind] = 0;

  pieces = assay_visible_text_split (text, length_bytes);
  for (guint i = 0; i < pieces->len; i++)
    {
      AssayVisiblePiece *piece = &g_array_index (pieces, AssayVisiblePiece, i);

      if (piece->label == NULL)
        continue;
      if (piece->kind == ASSAY_MARK_REPEAT)
        counts[piece->kind]++;
      else
        counts[piece->kind] += g_utf8_strlen (text + piece->start, piece->end - piece->start);
    }
}

/* @keeps_isolates: those that the program put around the values in a sentence of its own. */
static char *
make_line (const char *text, guint max_characters, gboolean keeps_isolates)
{
  g_autoptr (GString) line = g_string_new (NULL);
  Context context = { 0 };
  gboolean space_pending = FALSE;
  gboolean isolated = FALSE;
  guint n_characters = 0;
  guint n_marks = 0;
  const char *end = text + strlen (text);

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gsize isolate = keeps_isolates && !isolated ? assay_bidi_match_isolate (p) : 0;
      gunichar c;
      int kind;

      if (isolate > 0 && n_characters < max_characters)
        {
          if (space_pending)
            g_string_append_c (line, ' ');
          n_characters += space_pending;
          space_pending = FALSE;
          g_string_append_len (line, p, isolate);
          p += isolate;
          isolated = TRUE;
        }
      c = g_utf8_get_char (p);
      if (isolated && c == ASSAY_BIDI_POP_ISOLATE)
        {
          g_string_append_unichar (line, c);
          isolated = FALSE;
          continue;
        }
      kind = classify (p, end, &context);
      if (g_unichar_isspace (c))
        {
          space_pending = n_characters > 0;
          continue;
        }
      n_marks = is_combining (c) ? n_marks + 1 : 0;
      if (n_marks > REPEATED_MARKS)
        continue;
      if (n_characters + (space_pending ? 2 : 1) > max_characters)
        {
          /* Here an invisible space parts nothing. */
          if (g_str_has_suffix (line->str, "\u200b"))
            g_string_truncate (line, line->len - strlen ("\u200b"));
          g_string_append (line, "…");
          break;
        }
      if (space_pending)
        g_string_append_c (line, ' ');
      n_characters += space_pending ? 2 : 1;
      space_pending = FALSE;
      /* What cannot be seen is shown as what cannot be drawn. */
      g_string_append_unichar (line, kind >= 0 ? 0xFFFD : c);
    }

  if (isolated)
    g_string_append_unichar (line, ASSAY_BIDI_POP_ISOLATE);
  return g_string_free_and_steal (g_steal_pointer (&line));
}

char *
assay_visible_line (const char *text, guint max_characters)
{
  g_autofree char *line = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  line = make_line (text, max_characters, FALSE);
  return assay_bidi_isolate (line);
}

char *
assay_visible_sentence (const char *text, guint max_characters)
{
  g_return_val_if_fail (text != NULL, NULL);

  return make_line (text, max_characters, TRUE);
}

int
assay_text_direction (const char *text, gssize length_bytes)
{
  const char *end;

  g_return_val_if_fail (text != NULL, 0);

  end = text + (length_bytes < 0 ? strlen (text) : (gsize) length_bytes);
  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      int direction = assay_bidi_get_direction (g_utf8_get_char (p));

      if (direction != 0)
        return direction;
    }
  return 0;
}
