/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-math-private.h"

#include <string.h>

/* Text within a formula: words with their spaces, and formulas within them. */

static void
flush_text (AssayMathParser *self, AssayMathNode *list, GString *text)
{
  AssayMathNode *node;

  if (text->len == 0)
    return;
  node = _assay_math_node_new (self, ASSAY_MATH_TEXT);
  node->text = g_strndup (text->str, text->len);
  _assay_math_node_append (list, node);
  g_string_truncate (text, 0);
}

static void
append_character (GString *text, gunichar c, AssayMathLetters letters)
{
  g_string_append_unichar (text, _assay_math_letter (c, letters));
}

/* \'e and the like: the letter with its accent. */
static gboolean
append_accented (AssayMathParser *self, GString *text, const char *name, gsize length)
{
  static const struct
  {
    char command;
    const char *mark;
  } accents[] = { { '\'', "\u0301" }, { '`', "\u0300" }, { '"', "\u0308" }, { '^', "\u0302" },
                  { '~', "\u0303" },  { '=', "\u0304" }, { '.', "\u0307" }, { 'c', "\u0327" },
                  { 'v', "\u030C" },  { 'u', "\u0306" }, { 'H', "\u030B" }, { 'r', "\u030A" } };
  g_autofree char *letter = NULL;
  g_autofree char *composed = NULL;
  const char *mark = NULL;
  gboolean braces;

  for (guint i = 0; i < G_N_ELEMENTS (accents); i++)
    if (length == 1 && *name == accents[i].command)
      mark = accents[i].mark;
  if (mark == NULL)
    return FALSE;
  braces = self->p < self->end && *self->p == '{';
  self->p += braces;
  if (self->p >= self->end || !g_ascii_isalpha (*self->p))
    return FALSE;
  letter = g_strdup_printf ("%c%s", *self->p++, mark);
  if (braces && self->p < self->end && *self->p == '}')
    self->p++;
  composed = g_utf8_normalize (letter, -1, G_NORMALIZE_NFC);
  g_string_append (text, composed);
  return TRUE;
}

static gboolean
parse_text_command (AssayMathParser *self,
                    AssayMathNode *list,
                    GString *text,
                    AssayMathLetters letters)
{
  gsize length;
  const char *name = _assay_math_take_command (self, &length);
  const AssayMathSymbol *symbol;

  if (append_accented (self, text, name, length))
    return TRUE;
  if (length == 1 && *name == '(')
    {
      _assay_math_fail (self, ASSAY_MATH_ERROR_SYNTAX, "\\(", -1);
      return FALSE;
    }
  if (length == 1 && strchr (" ,;:~>!/-\n", *name) != NULL)
    {
      if (*name != '!' && *name != '/' && *name != '-')
        g_string_append (text, *name == ' ' || *name == '\n' ? " " : "\u2009");
      return TRUE;
    }
  symbol = _assay_math_find_symbol (name, length);
  if (symbol != NULL)
    {
      append_character (text, symbol->character, ASSAY_MATH_LETTERS_UPRIGHT);
      /* A space ends the command's name, and is not text. */
      if (g_ascii_isalpha (*name))
        _assay_math_skip_spaces (self);
      return TRUE;
    }
  if (g_ascii_isalpha (*name))
    {
      flush_text (self, list, text);
      return _assay_math_parse_command (self, name, length, list);
    }
  return _assay_math_fail (self, ASSAY_MATH_ERROR_UNKNOWN, name - 1, length + 1);
}

static gboolean
parse_text_items (AssayMathParser *self, AssayMathNode *list, AssayMathLetters letters)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_braces = 0;

  while (self->p < self->end)
    {
      gunichar c = g_utf8_get_char (self->p);

      if (c == '\\')
        {
          if (!parse_text_command (self, list, text, letters))
            return FALSE;
          continue;
        }
      self->p = g_utf8_next_char (self->p);
      if (c == '}' && n_braces == 0)
        {
          flush_text (self, list, text);
          return TRUE;
        }
      if (c == '{' || c == '}')
        {
          n_braces += c == '{' ? 1 : -1;
        }
      else if (c == '$')
        {
          AssayMathLetters outside = self->letters;
          AssayMathNode *formula;

          flush_text (self, list, text);
          self->letters = ASSAY_MATH_LETTERS_NORMAL;
          formula = _assay_math_parse_list (self, ASSAY_MATH_UNTIL_DOLLAR);
          self->letters = outside;
          if (formula == NULL)
            return FALSE;
          _assay_math_node_append (list, formula);
        }
      else if (g_unichar_isspace (c) || c == '~')
        {
          if (text->len == 0 || text->str[text->len - 1] != ' ')
            g_string_append_c (text, ' ');
        }
      else if (c == '-' && self->p < self->end && *self->p == '-')
        {
          self->p++;
          g_string_append (text, "\u2013");
        }
      else if (c == '\'' || c == '`')
        {
          g_string_append (text, c == '`' ? "\u2018" : "\u2019");
        }
      else
        {
          append_character (text, c, letters);
        }
    }
  return _assay_math_fail (self, ASSAY_MATH_ERROR_SYNTAX, "{", -1);
}

AssayMathNode *
_assay_math_parse_text (AssayMathParser *self, AssayMathLetters letters)
{
  gboolean allows_middle = self->allows_middle;
  AssayMathNode *list;
  gboolean success;

  _assay_math_skip_spaces (self);
  if (self->p >= self->end)
    {
      _assay_math_fail (self, ASSAY_MATH_ERROR_SYNTAX, "\\text", -1);
      return NULL;
    }
  if (*self->p != '{')
    return _assay_math_parse_argument (self);
  if (self->depth >= ASSAY_MATH_DEPTH_LEVELS)
    {
      _assay_math_fail (self, ASSAY_MATH_ERROR_TOO_LARGE, "{", -1);
      return NULL;
    }
  self->p++;
  self->depth++;
  list = _assay_math_node_new (self, ASSAY_MATH_GROUP);
  self->allows_middle = FALSE;
  success = parse_text_items (self, list, letters);
  self->allows_middle = allows_middle;
  self->depth--;
  return success ? list : NULL;
}

gsize
assay_math_split (const char *text,
                  gsize length,
                  AssayMathDelimiter *delimiter,
                  gsize *content_start,
                  gsize *content_end)
{
  char closing;

  g_return_val_if_fail (text != NULL, 0);

  if (length < 2)
    return 0;
  if (text[0] == '$')
    {
      gsize n = text[1] == '$' ? 2 : 1;

      *delimiter = n == 2 ? ASSAY_MATH_DOUBLE_DOLLAR : ASSAY_MATH_DOLLAR;
      *content_start = n;
      for (gsize i = n; i + n <= length; i++)
        {
          if (text[i] == '\\')
            {
              i++;
            }
          else if (text[i] == '$' && (n == 1 || text[i + 1] == '$'))
            {
              *content_end = i;
              return i + n;
            }
        }
      return 0;
    }

  if (text[0] != '\\' || (text[1] != '(' && text[1] != '['))
    return 0;
  *delimiter = text[1] == '(' ? ASSAY_MATH_PARENTHESIS : ASSAY_MATH_BRACKET;
  *content_start = 2;
  closing = text[1] == '(' ? ')' : ']';
  for (gsize i = 2; i + 1 < length; i++)
    if (text[i] == '\\')
      {
        if (text[i + 1] == closing)
          {
            *content_end = i;
            return i + 2;
          }
        i++;
      }
  return 0;
}

static void dump_node (const AssayMathNode *node, GString *out);

static void
dump_children (const AssayMathNode *node, GString *out)
{
  g_string_append_c (out, '{');
  for (const AssayMathNode *child = node->first; child != NULL; child = child->next)
    {
      if (child != node->first)
        g_string_append_c (out, ' ');
      dump_node (child, out);
    }
  g_string_append_c (out, '}');
}

static void
append_delimiter (GString *out, gunichar character)
{
  if (character != 0)
    g_string_append_unichar (out, character);
  else
    g_string_append_c (out, '.');
}

static void
dump_node (const AssayMathNode *node, GString *out)
{
  static const char *const names[] = {
    "symbol", "",     "scripts", "fraction", "root",  "fenced", "middle", "big",     "text",
    "accent", "line", "stack",   "arrow",    "table", "space",  "style",  "phantom", "box",
  };
  static const char *const classes[] = { "",      "op:",    "bin:",   "rel:",
                                         "open:", "close:", "punct:", "inner:" };

  if (node->kind != ASSAY_MATH_FRACTION && node->kind != ASSAY_MATH_FENCED)
    g_string_append (out, classes[node->atom]);
  g_string_append (out, node->kind == ASSAY_MATH_SYMBOL ? "" : names[node->kind]);
  switch (node->kind)
    {
    case ASSAY_MATH_SYMBOL:
      g_string_append_unichar (out, node->character);
      return;
    case ASSAY_MATH_TEXT:
      g_string_append_printf (out, "“%s”", node->text);
      return;
    case ASSAY_MATH_SPACE:
      g_string_append_printf (out, "%.2f", node->amount);
      return;
    case ASSAY_MATH_STYLE:
    case ASSAY_MATH_BOX:
      g_string_append_printf (out, "%d", node->level);
      break;
    case ASSAY_MATH_FRACTION:
    case ASSAY_MATH_FENCED:
      if (node->character != 0 || node->closing != 0)
        {
          append_delimiter (out, node->character);
          append_delimiter (out, node->closing);
        }
      break;
    case ASSAY_MATH_DELIMITER:
      g_string_append_printf (out, "%d", node->level);
      append_delimiter (out, node->character);
      return;
    case ASSAY_MATH_MIDDLE:
    case ASSAY_MATH_ACCENT:
    case ASSAY_MATH_ARROW:
      append_delimiter (out, node->character);
      break;
    case ASSAY_MATH_TABLE:
      g_string_append_printf (out, "%ux%u[%s]", node->table->n_rows, node->table->n_columns,
                              node->table->align);
      break;
    case ASSAY_MATH_GROUP:
    case ASSAY_MATH_SCRIPTS:
    case ASSAY_MATH_RADICAL:
    case ASSAY_MATH_LINE:
    case ASSAY_MATH_STACK:
    case ASSAY_MATH_PHANTOM:
    default:
      break;
    }
  if (node->kind != ASSAY_MATH_STYLE && node->kind != ASSAY_MATH_MIDDLE)
    dump_children (node, out);
}

char *
assay_math_formula_dump (AssayMathFormula *self)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  dump_node (self->root, out);
  return g_string_free_and_steal (out);
}
