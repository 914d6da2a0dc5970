/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-math-private.h"

#include <string.h>

/* An error names no more of the text. */
#define NAME_BYTES 40

G_DEFINE_QUARK (assay - math - error - quark, assay_math_error)

static void
node_free (gpointer data)
{
  AssayMathNode *node = data;

  g_free (node->text);
  g_free (node->table);
  g_free (node);
}

AssayMathNode *
_assay_math_node_new (AssayMathParser *self, AssayMathKind kind)
{
  AssayMathNode *node = g_new0 (AssayMathNode, 1);

  node->kind = kind;
  node->atom = ASSAY_MATH_ORD;
  node->source_start = node->source_end = self->p - self->text;
  g_ptr_array_add (self->formula->nodes, node);
  return node;
}

void
_assay_math_node_append (AssayMathNode *parent, AssayMathNode *child)
{
  g_assert (child->next == NULL && parent->last != child);

  if (parent->last != NULL)
    parent->last->next = child;
  else
    parent->first = child;
  parent->last = child;
}

AssayMathNode *
_assay_math_symbol_new (AssayMathParser *self, gunichar character, AssayMathClass atom)
{
  AssayMathNode *node = _assay_math_node_new (self, ASSAY_MATH_SYMBOL);

  node->character = character;
  node->atom = atom;
  return node;
}

gboolean
_assay_math_fail (AssayMathParser *self, AssayMathError code, const char *what, gssize length)
{
  if (self->error == NULL)
    {
      g_autofree char *name = g_utf8_make_valid (what, length < 0 ? -1 : MIN (length, NAME_BYTES));

      self->error = g_error_new_literal (ASSAY_MATH_ERROR, code, name);
    }
  return FALSE;
}

void
_assay_math_skip_spaces (AssayMathParser *self)
{
  while (self->p < self->end && g_ascii_isspace (*self->p))
    self->p++;
}

const char *
_assay_math_take_command (AssayMathParser *self, gsize *length)
{
  const char *name = self->p + 1;
  const char *p = name;

  while (p < self->end && g_ascii_isalpha (*p))
    p++;
  if (p == name && p < self->end)
    p = g_utf8_next_char (p);
  *length = p - name;
  self->p = p;
  return name;
}

gboolean
_assay_math_is_command (const char *name, gsize length, const char *expected)
{
  return strlen (expected) == length && memcmp (name, expected, length) == 0;
}

static gboolean
is_at_command (AssayMathParser *self, const char *expected)
{
  gsize n = strlen (expected);

  return self->p < self->end && *self->p == '\\' && (gsize) (self->end - self->p) > n
         && memcmp (self->p + 1, expected, n) == 0
         && !(g_ascii_isalpha (expected[0]) && self->p + 1 + n < self->end
              && g_ascii_isalpha (self->p[1 + n]));
}

/* Whether a list ends here; takes the bracket that ends it. */
static gboolean
ends (AssayMathParser *self, AssayMathUntil until)
{
  static const char closings[] = { [ASSAY_MATH_UNTIL_BRACE] = '}',
                                   [ASSAY_MATH_UNTIL_BRACKET] = ']',
                                   [ASSAY_MATH_UNTIL_DOLLAR] = '$' };

  switch (until)
    {
    case ASSAY_MATH_UNTIL_END:
      return self->p >= self->end;
    case ASSAY_MATH_UNTIL_BRACE:
    case ASSAY_MATH_UNTIL_BRACKET:
    case ASSAY_MATH_UNTIL_DOLLAR:
      if (self->p >= self->end || *self->p != closings[until])
        return FALSE;
      self->p++;
      return TRUE;
    case ASSAY_MATH_UNTIL_RIGHT:
      return is_at_command (self, "right");
    case ASSAY_MATH_UNTIL_CELL:
      return self->p < self->end
             && (*self->p == '&' || is_at_command (self, "\\") || is_at_command (self, "end")
                 || is_at_command (self, "cr"));
    default:
      g_assert_not_reached ();
    }
}

/* Takes the list's last atom for the base of a script, or an empty one. */
static AssayMathNode *
take_scripts (AssayMathParser *self, AssayMathNode *list)
{
  AssayMathNode *base = list->last;
  AssayMathNode *scripts;

  if (base != NULL && base->kind == ASSAY_MATH_SCRIPTS)
    return base;
  scripts = _assay_math_node_new (self, ASSAY_MATH_SCRIPTS);
  if (base == NULL || base->kind == ASSAY_MATH_SPACE || base->kind == ASSAY_MATH_STYLE)
    {
      base = _assay_math_node_new (self, ASSAY_MATH_GROUP);
      _assay_math_node_append (list, scripts);
    }
  else
    {
      /* Takes its place. */
      if (list->first == base)
        {
          list->first = list->last = NULL;
        }
      else
        {
          AssayMathNode *before = list->first;

          while (before->next != base)
            before = before->next;
          before->next = NULL;
          list->last = before;
        }
      _assay_math_node_append (list, scripts);
    }
  scripts->atom = base->atom;
  scripts->limits = base->limits;
  scripts->source_start = base->source_start;
  _assay_math_node_append (scripts, base);
  _assay_math_node_append (scripts, _assay_math_node_new (self, ASSAY_MATH_GROUP));
  _assay_math_node_append (scripts, _assay_math_node_new (self, ASSAY_MATH_GROUP));
  return scripts;
}

static gboolean
parse_script (AssayMathParser *self, AssayMathNode *list)
{
  gboolean is_super = *self->p != '_';
  AssayMathNode *scripts = take_scripts (self, list);
  AssayMathNode *place = scripts->first->next;

  if (is_super)
    place = place->next;
  if (*self->p == '\'')
    {
      for (; self->p < self->end && *self->p == '\''; self->p++)
        _assay_math_node_append (place, _assay_math_symbol_new (self, 0x2032, ASSAY_MATH_ORD));
      return TRUE;
    }

  if (place->first != NULL && !(is_super && place->last->character == 0x2032))
    return _assay_math_fail (self, ASSAY_MATH_ERROR_SYNTAX, self->p, 1);
  self->p++;
  {
    AssayMathNode *argument = _assay_math_parse_argument (self);

    if (argument == NULL)
      return FALSE;
    _assay_math_node_append (place, argument);
  }
  return TRUE;
}

static gboolean
parse_character (AssayMathParser *self, AssayMathNode *list)
{
  gunichar c = g_utf8_get_char (self->p);
  const AssayMathSymbol *symbol;
  AssayMathNode *node;

  self->p = g_utf8_next_char (self->p);
  if (g_unichar_isspace (c) || c == 0x200B || c == 0xFEFF)
    return TRUE;
  /* Scripts that are characters: x², x₁. */
  if (g_unichar_ismark (c))
    return _assay_math_fail (self, ASSAY_MATH_ERROR_UNKNOWN, g_utf8_prev_char (self->p),
                             self->p - g_utf8_prev_char (self->p));
  if (c == '-')
    c = 0x2212;
  else if (c == '*')
    c = 0x2217;
  else if (c == '`')
    c = 0x2018;

  symbol = _assay_math_find_character (c);
  node = _assay_math_symbol_new (self, _assay_math_letter (c, self->letters),
                                 symbol != NULL ? symbol->atom : ASSAY_MATH_ORD);
  if (symbol != NULL)
    {
      node->is_large = symbol->is_large;
      node->limits = symbol->limits;
    }
  _assay_math_node_append (list, node);
  return TRUE;
}

static gboolean
parse_item (AssayMathParser *self, AssayMathNode *list)
{
  switch (*self->p)
    {
    case '{':
      {
        AssayMathNode *group;

        self->p++;
        group = _assay_math_parse_list (self, ASSAY_MATH_UNTIL_BRACE);
        if (group == NULL)
          return FALSE;
        _assay_math_node_append (list, group);
        return TRUE;
      }
    case '^':
    case '_':
    case '\'':
      return parse_script (self, list);
    case '~':
      {
        AssayMathNode *space = _assay_math_node_new (self, ASSAY_MATH_SPACE);

        space->amount = 0.25;
        _assay_math_node_append (list, space);
        self->p++;
        return TRUE;
      }
    case '\\':
      {
        gsize length;
        const char *name = _assay_math_take_command (self, &length);

        return _assay_math_parse_command (self, name, length, list);
      }
    case '}':
    case '&':
    case '$':
    case '#':
      return _assay_math_fail (self, ASSAY_MATH_ERROR_SYNTAX, self->p, 1);
    default:
      return parse_character (self, list);
    }
}

/* \over and its kin divide the list that they stand in. */
static gboolean
is_infix (AssayMathParser *self, AssayMathNode *fraction)
{
  static const struct
  {
    const char *name;
    gunichar open;
    gunichar close;
    gboolean no_rule;
  } infixes[] = {
    { "over", 0, 0, FALSE },     { "choose", '(', ')', TRUE }, { "atop", 0, 0, TRUE },
    { "brace", '{', '}', TRUE }, { "brack", '[', ']', TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (infixes); i++)
    if (is_at_command (self, infixes[i].name))
      {
        self->p += 1 + strlen (infixes[i].name);
        fraction->character = infixes[i].open;
        fraction->closing = infixes[i].close;
        fraction->no_rule = infixes[i].no_rule;
        return TRUE;
      }
  return FALSE;
}

static AssayMathNode *
divide (AssayMathParser *self, AssayMathNode *list, AssayMathUntil until, AssayMathNode *fraction)
{
  AssayMathNode *result = _assay_math_node_new (self, ASSAY_MATH_GROUP);
  AssayMathNode *denominator = _assay_math_parse_list (self, until);

  if (denominator == NULL)
    return NULL;
  fraction->kind = ASSAY_MATH_FRACTION;
  fraction->atom = ASSAY_MATH_INNER;
  fraction->level = ASSAY_MATH_STYLE_INHERIT;
  fraction->source_start = list->source_start;
  fraction->source_end = self->p - self->text;
  _assay_math_node_append (fraction, list);
  _assay_math_node_append (fraction, denominator);
  _assay_math_node_append (result, fraction);
  return result;
}

static AssayMathNode *
parse_items (AssayMathParser *self, AssayMathUntil until)
{
  AssayMathNode *list = _assay_math_node_new (self, ASSAY_MATH_GROUP);
  AssayMathNode *fraction = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  for (;;)
    {
      AssayMathNode *last = list->last;
      guint start;

      _assay_math_skip_spaces (self);
      if (ends (self, until))
        break;
      if (self->p >= self->end)
        {
          _assay_math_fail (self, ASSAY_MATH_ERROR_SYNTAX,
                            until == ASSAY_MATH_UNTIL_RIGHT ? "\\left" : "{", -1);
          return NULL;
        }
      if (is_at_command (self, "\\"))
        {
          if (lines == NULL)
            lines = g_ptr_array_new ();
          g_ptr_array_add (lines, list);
          list = _assay_math_node_new (self, ASSAY_MATH_GROUP);
          _assay_math_skip_newline (self);
          continue;
        }
      if (*self->p == '\\')
        {
          if (fraction == NULL)
            fraction = _assay_math_node_new (self, ASSAY_MATH_GROUP);
          if (is_infix (self, fraction))
            {
              list = divide (self, list, until, fraction);
              if (list == NULL)
                return NULL;
              break;
            }
        }
      start = self->p - self->text;
      if (!parse_item (self, list))
        return NULL;
      if (list->last != NULL && list->last != last && list->last->kind != ASSAY_MATH_SCRIPTS)
        list->last->source_start = start;
      if (list->last != NULL)
        list->last->source_end = self->p - self->text;
    }
  if (lines == NULL)
    return list;
  g_ptr_array_add (lines, list);
  return _assay_math_make_lines (self, lines);
}

AssayMathNode *
_assay_math_parse_list (AssayMathParser *self, AssayMathUntil until)
{
  AssayMathLetters letters = self->letters;
  gboolean allows_middle = self->allows_middle;
  AssayMathNode *list;

  if (self->depth >= ASSAY_MATH_DEPTH_LEVELS)
    {
      _assay_math_fail (self, ASSAY_MATH_ERROR_TOO_LARGE, "{", -1);
      return NULL;
    }
  self->depth++;
  self->allows_middle = until == ASSAY_MATH_UNTIL_RIGHT;
  list = parse_items (self, until);
  self->allows_middle = allows_middle;
  self->depth--;
  self->letters = letters;
  return list;
}

AssayMathNode *
_assay_math_parse_argument (AssayMathParser *self)
{
  gboolean allows_middle = self->allows_middle;
  AssayMathNode *list;
  gboolean success;

  _assay_math_skip_spaces (self);
  if (self->p >= self->end || strchr ("}&^_'$", *self->p) != NULL)
    {
      _assay_math_fail (self, ASSAY_MATH_ERROR_SYNTAX, self->p < self->end ? self->p : "{", 1);
      return NULL;
    }
  if (*self->p == '{')
    {
      self->p++;
      return _assay_math_parse_list (self, ASSAY_MATH_UNTIL_BRACE);
    }
  if (self->depth >= ASSAY_MATH_DEPTH_LEVELS)
    {
      _assay_math_fail (self, ASSAY_MATH_ERROR_TOO_LARGE, "{", -1);
      return NULL;
    }
  self->depth++;
  self->allows_middle = FALSE;
  list = _assay_math_node_new (self, ASSAY_MATH_GROUP);
  success = parse_item (self, list);
  self->allows_middle = allows_middle;
  self->depth--;
  return success ? list : NULL;
}

AssayMathNode *
_assay_math_parse_option (AssayMathParser *self)
{
  _assay_math_skip_spaces (self);
  if (self->p >= self->end || *self->p != '[')
    return NULL;
  self->p++;
  return _assay_math_parse_list (self, ASSAY_MATH_UNTIL_BRACKET);
}

char *
_assay_math_parse_raw (AssayMathParser *self)
{
  const char *start;
  guint depth = 1;

  _assay_math_skip_spaces (self);
  if (self->p >= self->end || *self->p != '{')
    {
      _assay_math_fail (self, ASSAY_MATH_ERROR_SYNTAX, "{", -1);
      return NULL;
    }
  start = ++self->p;
  for (; self->p < self->end; self->p++)
    {
      if (*self->p == '\\' && self->p + 1 < self->end)
        self->p++;
      else if (*self->p == '{')
        depth++;
      else if (*self->p == '}' && --depth == 0)
        return g_strndup (start, self->p++ - start);
    }
  _assay_math_fail (self, ASSAY_MATH_ERROR_SYNTAX, "{", -1);
  return NULL;
}

gboolean
_assay_math_parse_delimiter (AssayMathParser *self, gunichar *character)
{
  static const gunichar delimiters[] = { '(',    ')',    '[',    ']',    '{',    '}',    '|',
                                         '/',    '\\',   0x2016, 0x27E8, 0x27E9, 0x230A, 0x230B,
                                         0x2308, 0x2309, 0x27E6, 0x27E7, 0x27EE, 0x27EF, 0x23B0,
                                         0x23B1, 0x2191, 0x2193, 0x2195, 0x21D1, 0x21D3, 0x21D5,
                                         0x231C, 0x231D, 0x231E, 0x231F };
  const char *start;
  gunichar c = 0;

  _assay_math_skip_spaces (self);
  start = self->p;
  if (self->p < self->end && *self->p == '\\')
    {
      gsize length;
      const char *name = _assay_math_take_command (self, &length);
      const AssayMathSymbol *symbol = _assay_math_find_symbol (name, length);

      c = symbol != NULL ? symbol->character : 0;
    }
  else if (self->p < self->end)
    {
      c = g_utf8_get_char (self->p);
      self->p = g_utf8_next_char (self->p);
      if (c == '.')
        {
          *character = 0;
          return TRUE;
        }
    }
  if (c == '<')
    c = 0x27E8;
  else if (c == '>')
    c = 0x27E9;
  else if (c == 0x2223)
    c = '|';
  else if (c == 0x2225)
    c = 0x2016;
  for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
    if (c == delimiters[i])
      {
        *character = c;
        return TRUE;
      }
  return _assay_math_fail (self, ASSAY_MATH_ERROR_SYNTAX, start, self->p - start);
}

AssayMathFormula *
assay_math_parse (const char *text, gssize length, GError **error)
{
  AssayMathParser self = { .text = text, .p = text };
  g_autoptr (AssayMathFormula) formula = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  self.end = text + (length < 0 ? strlen (text) : (gsize) length);
  formula = g_new0 (AssayMathFormula, 1);
  formula->nodes = g_ptr_array_new_with_free_func (node_free);
  formula->length = self.end - text;
  self.formula = formula;
  if (self.end - text > ASSAY_MATH_BYTES)
    _assay_math_fail (&self, ASSAY_MATH_ERROR_TOO_LARGE, "", -1);
  else
    formula->root = _assay_math_parse_list (&self, ASSAY_MATH_UNTIL_END);
  if (self.error != NULL)
    {
      g_propagate_error (error, self.error);
      return NULL;
    }
  return g_steal_pointer (&formula);
}

void
assay_math_formula_free (AssayMathFormula *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->nodes);
  g_free (self);
}

const AssayMathNode *
assay_math_formula_get_root (AssayMathFormula *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->root;
}

guint
assay_math_formula_get_length (AssayMathFormula *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->length;
}
