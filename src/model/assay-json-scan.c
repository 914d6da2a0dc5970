/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "assay-json-scan.h"
#include "assay-limits.h"
#include "assay-model-error.h"

#define NUMBER_BYTES 512
#define POINTER_KEY_BYTES 120

/* One open array or object. */
typedef struct
{
  gboolean is_object;
  guint index;      /* of the element at hand */
  gsize key_start;  /* of the member at hand, after the quotation mark */
  gsize key_length; /* as written, escapes included */
  GHashTable *seen; /* (owned) (nullable): decoded names */
} Level;

typedef struct
{
  const char *text;
  gsize length;
  gsize at;
  AssayJsonFlags flags;
  guint depth;
  guint n_nodes;
  Level levels[ASSAY_LIMIT_JSON_DEPTH_LEVELS];
} Scan;

typedef enum
{
  EXPECT_VALUE,
  EXPECT_VALUE_OR_CLOSE,
  EXPECT_NAME,
  EXPECT_NAME_OR_CLOSE,
  EXPECT_COMMA_OR_CLOSE,
  EXPECT_END,
} Expect;

static guint
hex_digits (const char *text)
{
  guint value = 0;

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0)
        return G_MAXUINT;
      value = value * 16 + (guint) digit;
    }
  return value;
}

/* Decodes a name that was already checked. */
static char *
decode_name (const char *raw, gsize length)
{
  g_autoptr (GString) name = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    {
      if (raw[i] != '\\')
        {
          g_string_append_c (name, raw[i]);
          continue;
        }
      i++;
      switch (raw[i])
        {
        case 'b':
          g_string_append_c (name, '\b');
          break;
        case 'f':
          g_string_append_c (name, '\f');
          break;
        case 'n':
          g_string_append_c (name, '\n');
          break;
        case 'r':
          g_string_append_c (name, '\r');
          break;
        case 't':
          g_string_append_c (name, '\t');
          break;
        case 'u':
          {
            gunichar unit = hex_digits (raw + i + 1);

            i += 4;
            if (unit >= 0xD800 && unit < 0xDC00)
              {
                unit = 0x10000 + ((unit - 0xD800) << 10) + (hex_digits (raw + i + 3) - 0xDC00);
                i += 6;
              }
            g_string_append_unichar (name, unit);
            break;
          }
        default:
          g_string_append_c (name, raw[i]);
          break;
        }
    }
  return g_string_free_and_steal (g_steal_pointer (&name));
}

/* The place of the value at hand, as a JSON Pointer. */
static char *
dup_place (Scan *scan)
{
  g_autoptr (GString) place = g_string_new (NULL);

  for (guint i = 0; i < scan->depth; i++)
    {
      const Level *level = &scan->levels[i];
      g_autofree char *name = NULL;
      g_autofree char *cut = NULL;

      g_string_append_c (place, '/');
      if (!level->is_object)
        {
          g_string_append_printf (place, "%u", level->index);
          continue;
        }
      name = decode_name (scan->text + level->key_start, level->key_length);
      if (strlen (name) > POINTER_KEY_BYTES)
        {
          cut = g_utf8_substring (name, 0, MIN (POINTER_KEY_BYTES / 4, g_utf8_strlen (name, -1)));
          g_string_append (place, cut);
          g_string_append (place, "…");
          continue;
        }
      for (const char *p = name; *p != '\0'; p++)
        {
          if (*p == '~')
            g_string_append (place, "~0");
          else if (*p == '/')
            g_string_append (place, "~1");
          else
            g_string_append_c (place, *p);
        }
    }
  if (place->len == 0)
    g_string_append_c (place, '/');
  return g_string_free_and_steal (g_steal_pointer (&place));
}

static gboolean
fail (Scan *scan, AssayModelError code, const char *what, GError **error)
{
  g_autofree char *place = dup_place (scan);

  /* Translators: the first %s is a sentence that says what is wrong; the second a place in a file,
   * like /responses/2/id; %zu counts bytes. */
  g_set_error (error, ASSAY_MODEL_ERROR, code, _ ("%s (at %s, byte %zu)"), what, place, scan->at);
  return FALSE;
}

static gboolean
fail_syntax (Scan *scan, GError **error)
{
  return fail (scan, ASSAY_MODEL_ERROR_SYNTAX,
               scan->at >= scan->length ? _ ("The JSON text ends too early.")
                                        : _ ("This is not valid JSON."),
               error);
}

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->length && strchr (" \t\r\n", scan->text[scan->at]) != NULL)
    scan->at++;
}

static gboolean
scan_word (Scan *scan, const char *word, GError **error)
{
  gsize length = strlen (word);

  if (scan->length - scan->at < length || memcmp (scan->text + scan->at, word, length) != 0)
    return fail_syntax (scan, error);
  scan->at += length;
  return TRUE;
}

static gboolean
scan_digits (Scan *scan)
{
  gsize start = scan->at;

  while (scan->at < scan->length && g_ascii_isdigit (scan->text[scan->at]))
    scan->at++;
  return scan->at > start;
}

static gboolean
scan_number (Scan *scan, GError **error)
{
  gsize start = scan->at;
  gboolean is_integer = TRUE;
  char number[NUMBER_BYTES + 1];

  if (scan->text[scan->at] == '-')
    scan->at++;
  if (scan->at < scan->length && scan->text[scan->at] == '0')
    scan->at++;
  else if (!scan_digits (scan))
    return fail_syntax (scan, error);

  if (scan->at < scan->length && scan->text[scan->at] == '.')
    {
      is_integer = FALSE;
      scan->at++;
      if (!scan_digits (scan))
        return fail_syntax (scan, error);
    }
  if (scan->at < scan->length && (scan->text[scan->at] == 'e' || scan->text[scan->at] == 'E'))
    {
      is_integer = FALSE;
      scan->at++;
      if (scan->at < scan->length && (scan->text[scan->at] == '+' || scan->text[scan->at] == '-'))
        scan->at++;
      if (!scan_digits (scan))
        return fail_syntax (scan, error);
    }

  if (scan->at - start <= NUMBER_BYTES)
    {
      memcpy (number, scan->text + start, scan->at - start);
      number[scan->at - start] = '\0';
      errno = 0;
      if (is_integer)
        {
          (void) g_ascii_strtoll (number, NULL, 10);
          if (errno != ERANGE)
            return TRUE;
        }
      else if (isfinite (g_ascii_strtod (number, NULL)))
        return TRUE;
    }
  return fail (scan, ASSAY_MODEL_ERROR_RANGE, _ ("A number is too large to be kept exactly."),
               error);
}

/* From the opening quotation mark to behind the closing one. */
static gboolean
scan_string (Scan *scan, GError **error)
{
  gsize n_bytes = 0;

  scan->at++;
  for (;;)
    {
      guchar c;

      if (scan->at >= scan->length)
        return fail_syntax (scan, error);
      if (n_bytes > ASSAY_LIMIT_JSON_STRING_BYTES)
        return fail (scan, ASSAY_MODEL_ERROR_TOO_LARGE, _ ("A text is longer than 8 MiB."), error);

      c = (guchar) scan->text[scan->at];
      if (c == '"')
        {
          scan->at++;
          return TRUE;
        }
      if (c < 0x20)
        return fail_syntax (scan, error);
      if (c != '\\')
        {
          scan->at++;
          n_bytes++;
          continue;
        }

      if (scan->at + 1 >= scan->length)
        {
          scan->at++;
          return fail_syntax (scan, error);
        }
      if (scan->text[scan->at + 1] == 'u')
        {
          guint unit;

          if (scan->length - scan->at < 6)
            return fail_syntax (scan, error);
          unit = hex_digits (scan->text + scan->at + 2);
          if (unit == G_MAXUINT || (unit >= 0xDC00 && unit < 0xE000))
            return fail_syntax (scan, error);
          if (unit == 0)
            return fail (scan, ASSAY_MODEL_ERROR_SYNTAX, _ ("A text contains the character NUL."),
                         error);
          if (unit >= 0xD800 && unit < 0xDC00)
            {
              guint low = G_MAXUINT;

              if (scan->length - scan->at >= 12 && scan->text[scan->at + 6] == '\\'
                  && scan->text[scan->at + 7] == 'u')
                low = hex_digits (scan->text + scan->at + 8);
              if (low < 0xDC00 || low >= 0xE000)
                return fail_syntax (scan, error);
              scan->at += 12;
              n_bytes += 4;
            }
          else
            {
              scan->at += 6;
              n_bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
            }
          continue;
        }
      if (scan->text[scan->at + 1] == '\0'
          || strchr ("\"\\/bfnrt", scan->text[scan->at + 1]) == NULL)
        return fail_syntax (scan, error);
      scan->at += 2;
      n_bytes++;
    }
}

static gboolean
scan_name (Scan *scan, GError **error)
{
  Level *level = &scan->levels[scan->depth - 1];
  gsize start = scan->at + 1;

  if (scan->text[scan->at] != '"')
    return fail_syntax (scan, error);
  level->key_length = 0;
  if (!scan_string (scan, error))
    return FALSE;
  level->key_start = start;
  level->key_length = scan->at - 1 - start;

  if (scan->flags & ASSAY_JSON_REFUSE_DUPLICATES)
    {
      if (level->seen == NULL)
        level->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      if (!g_hash_table_add (level->seen, decode_name (scan->text + start, level->key_length)))
        return fail (scan, ASSAY_MODEL_ERROR_DUPLICATE, _ ("A member is there twice."), error);
    }

  skip_space (scan);
  if (scan->at >= scan->length || scan->text[scan->at] != ':')
    return fail_syntax (scan, error);
  scan->at++;
  return TRUE;
}

static gboolean
open_level (Scan *scan, gboolean is_object, GError **error)
{
  if (scan->depth >= ASSAY_LIMIT_JSON_DEPTH_LEVELS)
    return fail (scan, ASSAY_MODEL_ERROR_TOO_LARGE,
                 _ ("The data is nested more than 64 levels deep."), error);
  scan->levels[scan->depth] = (Level) { .is_object = is_object };
  scan->depth++;
  scan->at++;
  return TRUE;
}

static void
close_level (Scan *scan)
{
  scan->depth--;
  g_clear_pointer (&scan->levels[scan->depth].seen, g_hash_table_unref);
  scan->at++;
}

static gboolean
scan_value (Scan *scan, Expect *expect, GError **error)
{
  if (++scan->n_nodes > ASSAY_LIMIT_JSON_NODES)
    return fail (scan, ASSAY_MODEL_ERROR_TOO_LARGE, _ ("The data has more than 300,000 values."),
                 error);

  *expect = scan->depth == 0 ? EXPECT_END : EXPECT_COMMA_OR_CLOSE;
  switch (scan->text[scan->at])
    {
    case '{':
      *expect = EXPECT_NAME_OR_CLOSE;
      return open_level (scan, TRUE, error);
    case '[':
      *expect = EXPECT_VALUE_OR_CLOSE;
      return open_level (scan, FALSE, error);
    case '"':
      return scan_string (scan, error);
    case 't':
      return scan_word (scan, "true", error);
    case 'f':
      return scan_word (scan, "false", error);
    case 'n':
      return scan_word (scan, "null", error);
    default:
      if (scan->text[scan->at] != '-' && !g_ascii_isdigit (scan->text[scan->at]))
        return fail_syntax (scan, error);
      return scan_number (scan, error);
    }
}

static gboolean
scan_document (Scan *scan, GError **error)
{
  Expect expect = EXPECT_VALUE;

  for (;;)
    {
      Level *level = scan->depth > 0 ? &scan->levels[scan->depth - 1] : NULL;
      gboolean at_close;

      skip_space (scan);
      if (scan->at >= scan->length)
        return expect == EXPECT_END || fail_syntax (scan, error);
      at_close = level != NULL && scan->text[scan->at] == (level->is_object ? '}' : ']');

      if (at_close && expect != EXPECT_VALUE && expect != EXPECT_NAME)
        {
          close_level (scan);
          expect = scan->depth == 0 ? EXPECT_END : EXPECT_COMMA_OR_CLOSE;
          continue;
        }

      switch (expect)
        {
        case EXPECT_END:
          return fail_syntax (scan, error);
        case EXPECT_COMMA_OR_CLOSE:
          if (scan->text[scan->at] != ',')
            return fail_syntax (scan, error);
          scan->at++;
          level->index++;
          expect = level->is_object ? EXPECT_NAME : EXPECT_VALUE;
          break;
        case EXPECT_NAME:
        case EXPECT_NAME_OR_CLOSE:
          if (!scan_name (scan, error))
            return FALSE;
          expect = EXPECT_VALUE;
          break;
        case EXPECT_VALUE:
        case EXPECT_VALUE_OR_CLOSE:
        default:
          if (!scan_value (scan, &expect, error))
            return FALSE;
          break;
        }
    }
}

gboolean
assay_json_scan (const char *text, gsize length, AssayJsonFlags flags, GError **error)
{
  Scan scan = { .text = text, .length = length, .flags = flags };
  gboolean valid;

  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  valid = scan_document (&scan, error);
  while (scan.depth > 0)
    close_level (&scan);
  return valid;
}
