/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-math-private.h"

#include <string.h>

typedef struct _Command Command;
typedef gboolean (*Handler) (AssayMathParser *self, const Command *command, AssayMathNode *list);

struct _Command
{
  const char *name;
  Handler handler;
  int value;
  gunichar character;
  double amount;
};

/* What a fraction's @value says beside its style. */
#define FRACTION_BINOMIAL (1 << 4)

/* What an accent's @value says. */
#define ACCENT_STRETCHES (1 << 0)
#define ACCENT_BELOW (1 << 1)
#define ACCENT_HAS_LIMITS (1 << 2)

static AssayMathNode *
add (AssayMathParser *self, AssayMathNode *list, AssayMathKind kind)
{
  AssayMathNode *node = _assay_math_node_new (self, kind);

  _assay_math_node_append (list, node);
  return node;
}

static void
add_space (AssayMathParser *self, AssayMathNode *list, double amount)
{
  add (self, list, ASSAY_MATH_SPACE)->amount = amount;
}

static gboolean
add_argument (AssayMathParser *self, AssayMathNode *node)
{
  AssayMathNode *argument = _assay_math_parse_argument (self);

  if (argument == NULL)
    return FALSE;
  _assay_math_node_append (node, argument);
  return TRUE;
}

static AssayMathNode *
add_text (AssayMathParser *self, AssayMathNode *list, const char *text)
{
  AssayMathNode *node = add (self, list, ASSAY_MATH_TEXT);

  node->text = g_strdup (text);
  return node;
}

static gboolean
parse_fraction (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *node = add (self, list, ASSAY_MATH_FRACTION);

  /* LaTeX has braces around it, so that it is a letter to its neighbours. */
  node->level = (command->value & 0xF) - 1;
  if (command->value & FRACTION_BINOMIAL)
    {
      node->no_rule = TRUE;
      node->character = '(';
      node->closing = ')';
    }
  if (strcmp (command->name, "cfrac") == 0)
    _assay_math_parse_option (self);
  return self->error == NULL && add_argument (self, node) && add_argument (self, node);
}

/* \genfrac{(}{)}{thickness}{style}{numerator}{denominator} */
static gboolean
parse_general_fraction (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *node = add (self, list, ASSAY_MATH_FRACTION);
  gunichar *delimiters[] = { &node->character, &node->closing };

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *raw = _assay_math_parse_raw (self);
      AssayMathParser inner = *self;

      if (raw == NULL)
        return FALSE;
      inner.p = raw;
      inner.end = raw + strlen (raw);
      if (*raw != '\0' && !_assay_math_parse_delimiter (&inner, delimiters[i]))
        {
          self->error = inner.error;
          return FALSE;
        }
    }
  {
    g_autofree char *thickness = _assay_math_parse_raw (self);
    g_autofree char *style = thickness != NULL ? _assay_math_parse_raw (self) : NULL;

    if (style == NULL)
      return FALSE;
    node->no_rule = *thickness != '\0' && g_ascii_strtod (thickness, NULL) == 0;
    node->level = *style >= '0' && *style <= '3' ? *style - '0' : ASSAY_MATH_STYLE_INHERIT;
  }
  return add_argument (self, node) && add_argument (self, node);
}

static gboolean
parse_root (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *node = add (self, list, ASSAY_MATH_RADICAL);
  AssayMathNode *degree = _assay_math_parse_option (self);

  if (self->error != NULL || !add_argument (self, node))
    return FALSE;
  if (degree != NULL)
    _assay_math_node_append (node, degree);
  return TRUE;
}

static gboolean
parse_left (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *node = add (self, list, ASSAY_MATH_FENCED);
  AssayMathNode *content;
  gsize length;

  node->atom = ASSAY_MATH_INNER;
  if (!_assay_math_parse_delimiter (self, &node->character))
    return FALSE;
  content = _assay_math_parse_list (self, ASSAY_MATH_UNTIL_RIGHT);
  if (content == NULL)
    return FALSE;
  _assay_math_take_command (self, &length);
  _assay_math_node_append (node, content);
  return _assay_math_parse_delimiter (self, &node->closing);
}

static gboolean
parse_middle (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *node;

  if (!self->allows_middle)
    return _assay_math_fail (self, ASSAY_MATH_ERROR_SYNTAX, "\\middle", -1);
  node = add (self, list, ASSAY_MATH_MIDDLE);
  /* Nothing around it, as TeX has it. */
  node->atom = ASSAY_MATH_OPEN;
  return _assay_math_parse_delimiter (self, &node->character);
}

static gboolean
parse_big (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *node = add (self, list, ASSAY_MATH_DELIMITER);

  node->level = command->value;
  node->atom = command->character;
  return _assay_math_parse_delimiter (self, &node->character);
}

/* \bra, \ket, \abs, \norm: delimiters that are as high as what they hold. */
static gboolean
parse_fence (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *node = add (self, list, ASSAY_MATH_FENCED);

  node->atom = ASSAY_MATH_INNER;
  node->character = command->value;
  node->closing = command->character;
  return add_argument (self, node);
}

static gboolean
parse_text_command (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *node = _assay_math_parse_text (self, command->value);

  if (node == NULL)
    return FALSE;
  _assay_math_node_append (list, node);
  return TRUE;
}

static gboolean
parse_alphabet (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathLetters letters = self->letters;
  AssayMathNode *argument;

  self->letters = command->value;
  argument = _assay_math_parse_argument (self);
  self->letters = letters;
  if (argument == NULL)
    return FALSE;
  /* One letter in another alphabet is an atom like any other. */
  if (argument->first != NULL && argument->first == argument->last
      && argument->first->kind == ASSAY_MATH_SYMBOL)
    argument->atom = argument->first->atom;
  _assay_math_node_append (list, argument);
  return TRUE;
}

static gboolean
parse_alphabet_switch (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  self->letters = command->value;
  return TRUE;
}

/* \sin and the like; @value says how limits stand. */
static gboolean
parse_function (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  static const struct
  {
    const char *name;
    const char *shown;
  } divided[] = {
    { "liminf", "lim\u2009inf" },   { "limsup", "lim\u2009sup" }, { "injlim", "inj\u2009lim" },
    { "projlim", "proj\u2009lim" }, { "argmax", "arg\u2009max" }, { "argmin", "arg\u2009min" },
  };
  const char *shown = command->name;
  AssayMathNode *node;

  for (guint i = 0; i < G_N_ELEMENTS (divided); i++)
    if (strcmp (divided[i].name, shown) == 0)
      shown = divided[i].shown;
  node = add_text (self, list, shown);
  node->atom = ASSAY_MATH_OP;
  node->limits = command->value;
  return TRUE;
}

static gboolean
parse_operator_name (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathLetters letters = self->letters;
  gboolean limits = self->p < self->end && *self->p == '*';
  AssayMathNode *argument;

  self->p += limits;
  self->letters = ASSAY_MATH_LETTERS_UPRIGHT;
  argument = _assay_math_parse_argument (self);
  self->letters = letters;
  if (argument == NULL)
    return FALSE;
  argument->atom = ASSAY_MATH_OP;
  argument->limits = limits ? ASSAY_MATH_LIMITS_DISPLAY : ASSAY_MATH_LIMITS_NEVER;
  _assay_math_node_append (list, argument);
  return TRUE;
}

static gboolean
parse_space (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  add_space (self, list, command->amount);
  return TRUE;
}

/* "1.5em" and the like, in ems; with braces or without. */
static gboolean
parse_length (AssayMathParser *self, double *ems)
{
  static const struct
  {
    const char *unit;
    double ems;
  } units[] = {
    { "em", 1 },     { "mu", 1 / 18.0 }, { "ex", 0.44 }, { "pt", 0.1 },
    { "px", 0.075 }, { "cm", 2.8 },      { "mm", 0.28 }, { "in", 7.2 },
  };
  gboolean braces;
  char digits[16];
  gsize n = 0;

  _assay_math_skip_spaces (self);
  braces = self->p < self->end && *self->p == '{';
  self->p += braces;
  _assay_math_skip_spaces (self);
  while (self->p < self->end && n + 1 < sizeof digits
         && (g_ascii_isdigit (*self->p) || *self->p == '.' || *self->p == '-' || *self->p == '+'))
    digits[n++] = *self->p++;
  digits[n] = '\0';
  _assay_math_skip_spaces (self);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (self->end - self->p >= 2 && memcmp (self->p, units[i].unit, 2) == 0)
      {
        self->p += 2;
        *ems = CLAMP (g_ascii_strtod (digits, NULL) * units[i].ems, -20, 20);
        _assay_math_skip_spaces (self);
        if (!braces)
          return TRUE;
        if (self->p < self->end && *self->p == '}')
          {
            self->p++;
            return TRUE;
          }
        break;
      }
  return _assay_math_fail (self, ASSAY_MATH_ERROR_SYNTAX, "\\hspace", -1);
}

static gboolean
parse_length_space (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  double ems;

  if (self->p < self->end && *self->p == '*')
    self->p++;
  if (!parse_length (self, &ems))
    return FALSE;
  add_space (self, list, ems);
  return TRUE;
}

static gboolean
parse_style (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  add (self, list, ASSAY_MATH_STYLE)->level = command->value;
  return TRUE;
}

static gboolean
parse_limits (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *operator= list->last;

  if (operator== NULL)
    return _assay_math_fail (self, ASSAY_MATH_ERROR_SYNTAX, "\\limits", -1);
  operator->limits = command->value;
  return TRUE;
}

static gboolean
parse_accent (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *node = add (self, list, ASSAY_MATH_ACCENT);

  node->character = command->character;
  node->is_stretchy = (command->value & ACCENT_STRETCHES) != 0;
  node->is_below = (command->value & ACCENT_BELOW) != 0;
  /* Not an operator, as in TeX: "+" behind one would not be an operator either. */
  if (command->value & ACCENT_HAS_LIMITS)
    node->limits = ASSAY_MATH_LIMITS_ALWAYS;
  return add_argument (self, node);
}

static gboolean
parse_line (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *node = add (self, list, ASSAY_MATH_LINE);

  node->is_below = command->value;
  return add_argument (self, node);
}

/* \overset{a}{b}, \underset, \stackrel: @value 1 above, 2 below. */
static gboolean
parse_stack (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *node = add (self, list, ASSAY_MATH_STACK);
  AssayMathNode *small = _assay_math_parse_argument (self);
  AssayMathNode *empty;
  AssayMathNode *base;

  if (small == NULL || !add_argument (self, node))
    return FALSE;
  base = node->first;
  empty = _assay_math_node_new (self, ASSAY_MATH_GROUP);
  _assay_math_node_append (node, command->value == 1 ? small : empty);
  _assay_math_node_append (node, command->value == 1 ? empty : small);
  node->atom = base->first != NULL && base->first == base->last ? base->first->atom : base->atom;
  if (strcmp (command->name, "stackrel") == 0)
    node->atom = ASSAY_MATH_REL;
  return TRUE;
}

static gboolean
parse_arrow (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *node = add (self, list, ASSAY_MATH_ARROW);
  AssayMathNode *below = _assay_math_parse_option (self);

  node->character = command->character;
  node->atom = ASSAY_MATH_REL;
  if (self->error != NULL || !add_argument (self, node))
    return FALSE;
  _assay_math_node_append (node,
                           below != NULL ? below : _assay_math_node_new (self, ASSAY_MATH_GROUP));
  return TRUE;
}

static gboolean
parse_class (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *argument = _assay_math_parse_argument (self);

  if (argument == NULL)
    return FALSE;
  argument->atom = command->value;
  argument->limits =
      command->value == ASSAY_MATH_OP ? ASSAY_MATH_LIMITS_DISPLAY : ASSAY_MATH_LIMITS_DEFAULT;
  _assay_math_node_append (list, argument);
  return TRUE;
}

static gboolean
parse_phantom (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *node = add (self, list, ASSAY_MATH_PHANTOM);

  node->axes = command->value;
  if (strcmp (command->name, "smash") == 0)
    _assay_math_parse_option (self);
  return self->error == NULL && add_argument (self, node);
}

static gboolean
parse_strut (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *node = add (self, list, ASSAY_MATH_PHANTOM);
  AssayMathNode *group = _assay_math_node_new (self, ASSAY_MATH_GROUP);

  node->axes = ASSAY_MATH_AXIS_HEIGHT | ASSAY_MATH_AXIS_DEPTH;
  _assay_math_node_append (group, _assay_math_symbol_new (self, '(', ASSAY_MATH_OPEN));
  _assay_math_node_append (node, group);
  return TRUE;
}

static gboolean
parse_box (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *node = add (self, list, ASSAY_MATH_BOX);

  node->level = command->value;
  if (strcmp (command->name, "fbox") != 0)
    return add_argument (self, node);
  {
    AssayMathNode *text = _assay_math_parse_text (self, ASSAY_MATH_LETTERS_UPRIGHT);

    if (text == NULL)
      return FALSE;
    _assay_math_node_append (node, text);
  }
  return TRUE;
}

/* Colours, links and labels say nothing that can be seen in one colour: @value arguments are left
 * out. */
static gboolean
parse_ignored (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  for (int i = 0; i < command->value; i++)
    {
      g_autofree char *raw = _assay_math_parse_raw (self);

      if (raw == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_tag (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  gboolean plain = self->p < self->end && *self->p == '*';
  AssayMathNode *text;

  self->p += plain;
  text = _assay_math_parse_text (self, ASSAY_MATH_LETTERS_UPRIGHT);
  if (text == NULL)
    return FALSE;
  add_space (self, list, 2);
  if (!plain)
    add_text (self, list, "(");
  _assay_math_node_append (list, text);
  if (!plain)
    add_text (self, list, ")");
  return TRUE;
}

static gboolean
parse_not (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *argument = _assay_math_parse_argument (self);
  AssayMathNode *symbol = argument != NULL ? argument->first : NULL;
  AssayMathNode *node;
  gunichar negated;

  if (argument == NULL)
    return FALSE;
  if (symbol == NULL || symbol->next != NULL || symbol->kind != ASSAY_MATH_SYMBOL)
    return _assay_math_fail (self, ASSAY_MATH_ERROR_UNKNOWN, "\\not", -1);
  negated = _assay_math_negate (symbol->character);
  if (negated != 0)
    {
      _assay_math_node_append (list, _assay_math_symbol_new (self, negated, symbol->atom));
      return TRUE;
    }
  node = add (self, list, ASSAY_MATH_BOX);
  node->level = ASSAY_MATH_BOX_CANCEL;
  node->atom = symbol->atom;
  _assay_math_node_append (node, argument);
  return TRUE;
}

static gboolean
parse_modulo (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *argument;

  if (strcmp (command->name, "bmod") == 0)
    {
      add_text (self, list, "mod")->atom = ASSAY_MATH_BIN;
      return TRUE;
    }
  argument = _assay_math_parse_argument (self);
  if (argument == NULL)
    return FALSE;
  add_space (self, list, 0.6);
  if (strcmp (command->name, "mod") != 0)
    _assay_math_node_append (list, _assay_math_symbol_new (self, '(', ASSAY_MATH_OPEN));
  if (strcmp (command->name, "pod") != 0)
    {
      add_text (self, list, "mod");
      add_space (self, list, 1 / 3.0);
    }
  _assay_math_node_append (list, argument);
  if (strcmp (command->name, "mod") != 0)
    _assay_math_node_append (list, _assay_math_symbol_new (self, ')', ASSAY_MATH_CLOSE));
  return TRUE;
}

static gboolean
parse_begin (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  AssayMathNode *node =
      command->value ? _assay_math_parse_substack (self) : _assay_math_parse_environment (self);

  if (node == NULL)
    return FALSE;
  _assay_math_node_append (list, node);
  return TRUE;
}

/* Three points are on the line before a comma, and on the axis before an operator. */
static gboolean
parse_dots (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  const char *p = self->p;
  gboolean centered = FALSE;

  while (p < self->end && g_ascii_isspace (*p))
    p++;
  if (p < self->end && strchr ("+-=<>*", *p) != NULL)
    centered = TRUE;
  else if (p < self->end && *p == '\\')
    {
      AssayMathParser ahead = *self;
      const AssayMathSymbol *symbol;
      const char *name;
      gsize length;

      ahead.p = p;
      name = _assay_math_take_command (&ahead, &length);
      symbol = _assay_math_find_symbol (name, length);
      centered =
          symbol != NULL && (symbol->atom == ASSAY_MATH_BIN || symbol->atom == ASSAY_MATH_REL);
    }
  _assay_math_node_append (list, _assay_math_symbol_new (self, centered ? 0x22EF : 0x2026,
                                                         ASSAY_MATH_INNER));
  return TRUE;
}

/* Arrows between statements stand further apart. */
static gboolean
parse_implication (AssayMathParser *self, const Command *command, AssayMathNode *list)
{
  add_space (self, list, 5 / 18.0);
  _assay_math_node_append (list, _assay_math_symbol_new (self, command->character, ASSAY_MATH_REL));
  add_space (self, list, 5 / 18.0);
  return TRUE;
}

#define ALPHABET(name, letters) { name, parse_alphabet, ASSAY_MATH_LETTERS_##letters }
#define SWITCH(name, letters) { name, parse_alphabet_switch, ASSAY_MATH_LETTERS_##letters }
#define TEXT(name, letters) { name, parse_text_command, ASSAY_MATH_LETTERS_##letters }
#define SPACE(name, ems) { name, parse_space, 0, 0, ems }
#define FUNCTION(name) { name, parse_function, ASSAY_MATH_LIMITS_NEVER }
#define LIMIT(name) { name, parse_function, ASSAY_MATH_LIMITS_DISPLAY }
#define ACCENT(name, value, character) { name, parse_accent, value, character }
#define ARROW(name, character) { name, parse_arrow, 0, character }
#define BIG(name, level)                                                                           \
  { name, parse_big, level, ASSAY_MATH_ORD }, { name "l", parse_big, level, ASSAY_MATH_OPEN },     \
      { name "r", parse_big, level, ASSAY_MATH_CLOSE },                                            \
  {                                                                                                \
    name "m", parse_big, level, ASSAY_MATH_REL                                                     \
  }

/* clang-format off */
static const Command commands[] = {
  { "frac", parse_fraction, 0 }, { "dfrac", parse_fraction, 1 }, { "tfrac", parse_fraction, 2 },
  { "cfrac", parse_fraction, 1 }, { "nicefrac", parse_fraction, 0 },
  { "binom", parse_fraction, FRACTION_BINOMIAL }, { "dbinom", parse_fraction, FRACTION_BINOMIAL | 1 },
  { "tbinom", parse_fraction, FRACTION_BINOMIAL | 2 }, { "genfrac", parse_general_fraction },
  { "sqrt", parse_root }, { "left", parse_left }, { "middle", parse_middle },
  BIG ("big", 1), BIG ("Big", 2), BIG ("bigg", 3), BIG ("Bigg", 4),
  { "bra", parse_fence, 0x27E8, '|' }, { "ket", parse_fence, '|', 0x27E9 },
  { "braket", parse_fence, 0x27E8, 0x27E9 }, { "abs", parse_fence, '|', '|' },
  { "norm", parse_fence, 0x2016, 0x2016 }, { "set", parse_fence, '{', '}' },

  TEXT ("text", UPRIGHT), TEXT ("textrm", UPRIGHT), TEXT ("textnormal", UPRIGHT), TEXT ("textup", UPRIGHT),
  TEXT ("textmd", UPRIGHT), TEXT ("textsc", UPRIGHT), TEXT ("mbox", UPRIGHT), TEXT ("hbox", UPRIGHT),
  TEXT ("textbf", BOLD), TEXT ("textit", ITALIC), TEXT ("textsl", ITALIC), TEXT ("emph", ITALIC),
  TEXT ("texttt", MONOSPACE), TEXT ("textsf", SANS),

  ALPHABET ("mathrm", UPRIGHT), ALPHABET ("mathup", UPRIGHT), ALPHABET ("symup", UPRIGHT),
  ALPHABET ("mathit", ITALIC), ALPHABET ("mathnormal", NORMAL), ALPHABET ("mathbf", BOLD),
  ALPHABET ("symbf", BOLD), ALPHABET ("boldsymbol", BOLD_ITALIC), ALPHABET ("bm", BOLD_ITALIC),
  ALPHABET ("pmb", BOLD_ITALIC), ALPHABET ("mathbfit", BOLD_ITALIC), ALPHABET ("mathbb", DOUBLE_STRUCK),
  ALPHABET ("Bbb", DOUBLE_STRUCK), ALPHABET ("mathds", DOUBLE_STRUCK), ALPHABET ("mathcal", SCRIPT),
  ALPHABET ("mathscr", SCRIPT), ALPHABET ("mathfrak", FRAKTUR), ALPHABET ("frak", FRAKTUR),
  ALPHABET ("mathsf", SANS), ALPHABET ("mathtt", MONOSPACE),
  SWITCH ("rm", UPRIGHT), SWITCH ("bf", BOLD), SWITCH ("it", ITALIC), SWITCH ("tt", MONOSPACE),
  SWITCH ("sf", SANS), SWITCH ("cal", SCRIPT), SWITCH ("sl", ITALIC), SWITCH ("boldmath", BOLD_ITALIC),

  { "operatorname", parse_operator_name },
  FUNCTION ("arccos"), FUNCTION ("arcsin"), FUNCTION ("arctan"), FUNCTION ("arctg"), FUNCTION ("arcctg"),
  FUNCTION ("arg"), FUNCTION ("ch"), FUNCTION ("cos"), FUNCTION ("cosec"), FUNCTION ("cosh"),
  FUNCTION ("cot"), FUNCTION ("cotg"), FUNCTION ("coth"), FUNCTION ("csc"), FUNCTION ("ctg"),
  FUNCTION ("cth"), FUNCTION ("deg"), FUNCTION ("dim"), FUNCTION ("exp"), FUNCTION ("hom"),
  FUNCTION ("ker"), FUNCTION ("lg"), FUNCTION ("ln"), FUNCTION ("log"), FUNCTION ("sec"),
  FUNCTION ("sin"), FUNCTION ("sinh"), FUNCTION ("sh"), FUNCTION ("tan"), FUNCTION ("tanh"),
  FUNCTION ("tg"), FUNCTION ("th"), FUNCTION ("lcm"), FUNCTION ("sgn"), FUNCTION ("arccot"),
  LIMIT ("det"), LIMIT ("gcd"), LIMIT ("inf"), LIMIT ("lim"), LIMIT ("max"), LIMIT ("min"), LIMIT ("Pr"),
  LIMIT ("sup"), LIMIT ("liminf"), LIMIT ("limsup"), LIMIT ("injlim"), LIMIT ("projlim"),
  LIMIT ("argmax"), LIMIT ("argmin"),

  SPACE (",", 1 / 6.0), SPACE ("thinspace", 1 / 6.0), SPACE (":", 4 / 18.0), SPACE (">", 4 / 18.0),
  SPACE ("medspace", 4 / 18.0), SPACE (";", 5 / 18.0), SPACE ("thickspace", 5 / 18.0),
  SPACE ("!", -1 / 6.0), SPACE ("negthinspace", -1 / 6.0), SPACE ("negmedspace", -4 / 18.0),
  SPACE ("negthickspace", -5 / 18.0), SPACE (" ", 0.25), SPACE ("\n", 0.25), SPACE ("space", 0.25),
  SPACE ("nobreakspace", 0.25), SPACE ("enspace", 0.5), SPACE ("enskip", 0.5), SPACE ("quad", 1),
  SPACE ("qquad", 2),
  { "hspace", parse_length_space }, { "hskip", parse_length_space }, { "kern", parse_length_space },
  { "mkern", parse_length_space }, { "mskip", parse_length_space }, { "mspace", parse_length_space },

  { "displaystyle", parse_style, ASSAY_MATH_STYLE_DISPLAY }, { "textstyle", parse_style, ASSAY_MATH_STYLE_TEXT },
  { "scriptstyle", parse_style, ASSAY_MATH_STYLE_SCRIPT },
  { "scriptscriptstyle", parse_style, ASSAY_MATH_STYLE_SCRIPT_SCRIPT },
  { "limits", parse_limits, ASSAY_MATH_LIMITS_ALWAYS }, { "nolimits", parse_limits, ASSAY_MATH_LIMITS_NEVER },
  { "displaylimits", parse_limits, ASSAY_MATH_LIMITS_DISPLAY },

  ACCENT ("hat", 0, 0x0302), ACCENT ("widehat", ACCENT_STRETCHES, 0x0302), ACCENT ("check", 0, 0x030C),
  ACCENT ("widecheck", ACCENT_STRETCHES, 0x030C), ACCENT ("tilde", 0, 0x0303),
  ACCENT ("widetilde", ACCENT_STRETCHES, 0x0303), ACCENT ("acute", 0, 0x0301), ACCENT ("grave", 0, 0x0300),
  ACCENT ("dot", 0, 0x0307), ACCENT ("ddot", 0, 0x0308), ACCENT ("dddot", 0, 0x20DB),
  ACCENT ("ddddot", 0, 0x20DC), ACCENT ("breve", 0, 0x0306), ACCENT ("bar", 0, 0x0304),
  ACCENT ("vec", 0, 0x20D7), ACCENT ("mathring", 0, 0x030A),
  ACCENT ("overrightarrow", ACCENT_STRETCHES, 0x2192), ACCENT ("overleftarrow", ACCENT_STRETCHES, 0x2190),
  ACCENT ("overleftrightarrow", ACCENT_STRETCHES, 0x2194),
  ACCENT ("underrightarrow", ACCENT_STRETCHES | ACCENT_BELOW, 0x2192),
  ACCENT ("underleftarrow", ACCENT_STRETCHES | ACCENT_BELOW, 0x2190),
  ACCENT ("overbrace", ACCENT_STRETCHES | ACCENT_HAS_LIMITS, 0x23DE),
  ACCENT ("underbrace", ACCENT_STRETCHES | ACCENT_BELOW | ACCENT_HAS_LIMITS, 0x23DF),
  ACCENT ("overbracket", ACCENT_STRETCHES | ACCENT_HAS_LIMITS, 0x23B4),
  ACCENT ("underbracket", ACCENT_STRETCHES | ACCENT_BELOW | ACCENT_HAS_LIMITS, 0x23B5),
  ACCENT ("overparen", ACCENT_STRETCHES, 0x23DC), ACCENT ("wideparen", ACCENT_STRETCHES, 0x23DC),
  ACCENT ("overarc", ACCENT_STRETCHES, 0x23DC), ACCENT ("overgroup", ACCENT_STRETCHES, 0x23DC),
  ACCENT ("underparen", ACCENT_STRETCHES | ACCENT_BELOW, 0x23DD),
  { "overline", parse_line, FALSE }, { "underline", parse_line, TRUE }, { "underbar", parse_line, TRUE },

  { "overset", parse_stack, 1 }, { "stackrel", parse_stack, 1 }, { "underset", parse_stack, 2 },
  ARROW ("xrightarrow", 0x2192), ARROW ("xleftarrow", 0x2190), ARROW ("xleftrightarrow", 0x2194),
  ARROW ("xRightarrow", 0x21D2), ARROW ("xLeftarrow", 0x21D0), ARROW ("xLeftrightarrow", 0x21D4),
  ARROW ("xmapsto", 0x21A6), ARROW ("xhookrightarrow", 0x21AA), ARROW ("xhookleftarrow", 0x21A9),
  ARROW ("xlongequal", '='),

  { "mathord", parse_class, ASSAY_MATH_ORD }, { "mathop", parse_class, ASSAY_MATH_OP },
  { "mathbin", parse_class, ASSAY_MATH_BIN }, { "mathrel", parse_class, ASSAY_MATH_REL },
  { "mathopen", parse_class, ASSAY_MATH_OPEN }, { "mathclose", parse_class, ASSAY_MATH_CLOSE },
  { "mathpunct", parse_class, ASSAY_MATH_PUNCT }, { "mathinner", parse_class, ASSAY_MATH_INNER },

  { "phantom", parse_phantom, ASSAY_MATH_AXIS_WIDTH | ASSAY_MATH_AXIS_HEIGHT | ASSAY_MATH_AXIS_DEPTH },
  { "hphantom", parse_phantom, ASSAY_MATH_AXIS_WIDTH },
  { "vphantom", parse_phantom, ASSAY_MATH_AXIS_HEIGHT | ASSAY_MATH_AXIS_DEPTH },
  { "smash", parse_phantom, ASSAY_MATH_AXIS_WIDTH | ASSAY_MATH_AXIS_DRAWN },
  { "llap", parse_phantom, ASSAY_MATH_AXIS_HEIGHT | ASSAY_MATH_AXIS_DEPTH | ASSAY_MATH_AXIS_DRAWN | ASSAY_MATH_AXIS_LAP_LEFT },
  { "rlap", parse_phantom, ASSAY_MATH_AXIS_HEIGHT | ASSAY_MATH_AXIS_DEPTH | ASSAY_MATH_AXIS_DRAWN },
  { "clap", parse_phantom, ASSAY_MATH_AXIS_HEIGHT | ASSAY_MATH_AXIS_DEPTH | ASSAY_MATH_AXIS_DRAWN | ASSAY_MATH_AXIS_LAP_CENTER },
  { "mathllap", parse_phantom, ASSAY_MATH_AXIS_HEIGHT | ASSAY_MATH_AXIS_DEPTH | ASSAY_MATH_AXIS_DRAWN | ASSAY_MATH_AXIS_LAP_LEFT },
  { "mathrlap", parse_phantom, ASSAY_MATH_AXIS_HEIGHT | ASSAY_MATH_AXIS_DEPTH | ASSAY_MATH_AXIS_DRAWN },
  { "mathclap", parse_phantom, ASSAY_MATH_AXIS_HEIGHT | ASSAY_MATH_AXIS_DEPTH | ASSAY_MATH_AXIS_DRAWN | ASSAY_MATH_AXIS_LAP_CENTER },
  { "mathstrut", parse_strut }, { "strut", parse_strut },

  { "boxed", parse_box, ASSAY_MATH_BOX_FRAME }, { "fbox", parse_box, ASSAY_MATH_BOX_FRAME },
  { "cancel", parse_box, ASSAY_MATH_BOX_CANCEL }, { "bcancel", parse_box, ASSAY_MATH_BOX_BCANCEL },
  { "xcancel", parse_box, ASSAY_MATH_BOX_XCANCEL },

  { "color", parse_ignored, 1 }, { "textcolor", parse_ignored, 1 }, { "colorbox", parse_ignored, 1 },
  { "href", parse_ignored, 1 }, { "label", parse_ignored, 1 }, { "notag", parse_ignored, 0 },
  { "nonumber", parse_ignored, 0 }, { "displaybreak", parse_ignored, 0 }, { "allowbreak", parse_ignored, 0 },
  { "nobreak", parse_ignored, 0 }, { "noindent", parse_ignored, 0 }, { "relax", parse_ignored, 0 },
  { "-", parse_ignored, 0 }, { "/", parse_ignored, 0 }, { "hfill", parse_ignored, 0 },
  { "normalsize", parse_ignored, 0 }, { "large", parse_ignored, 0 }, { "Large", parse_ignored, 0 },
  { "small", parse_ignored, 0 }, { "centering", parse_ignored, 0 }, { "hline", parse_ignored, 0 },
  { "implies", parse_implication, 0, 0x27F9 }, { "impliedby", parse_implication, 0, 0x27F8 },
  { "iff", parse_implication, 0, 0x27FA },
  { "tag", parse_tag }, { "not", parse_not }, { "dots", parse_dots },
  { "bmod", parse_modulo }, { "pmod", parse_modulo }, { "mod", parse_modulo }, { "pod", parse_modulo },
  { "begin", parse_begin, FALSE }, { "substack", parse_begin, TRUE },
};
/* clang-format on */

static const Command *
find_command (const char *name, gsize length)
{
  static GHashTable *table;
  char key[32];

  if (g_once_init_enter (&table))
    {
      GHashTable *made = g_hash_table_new (g_str_hash, g_str_equal);

      for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
        g_hash_table_insert (made, (gpointer) commands[i].name, (gpointer) &commands[i]);
      g_once_init_leave (&table, made);
    }
  if (length >= sizeof key)
    return NULL;
  memcpy (key, name, length);
  key[length] = '\0';
  return g_hash_table_lookup (table, key);
}

gboolean
_assay_math_parse_command (AssayMathParser *self,
                           const char *name,
                           gsize length,
                           AssayMathNode *list)
{
  const Command *command = find_command (name, length);
  const AssayMathSymbol *symbol;
  AssayMathNode *node;
  gunichar character;

  if (command != NULL)
    return command->handler (self, command, list);
  symbol = _assay_math_find_symbol (name, length);
  if (symbol == NULL)
    return _assay_math_fail (self, ASSAY_MATH_ERROR_UNKNOWN, name - 1, length + 1);

  character = symbol->character;
  if (symbol->is_letter || self->letters != ASSAY_MATH_LETTERS_NORMAL)
    character = _assay_math_letter (character, self->letters);
  node = _assay_math_symbol_new (self, character, symbol->atom);
  node->is_large = symbol->is_large;
  node->limits = symbol->limits;
  _assay_math_node_append (list, node);
  return TRUE;
}
