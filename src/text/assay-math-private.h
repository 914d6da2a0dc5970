/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-math.h"

G_BEGIN_DECLS

typedef enum
{
  ASSAY_MATH_LETTERS_NORMAL, /* italic, digits upright */
  ASSAY_MATH_LETTERS_UPRIGHT,
  ASSAY_MATH_LETTERS_ITALIC,
  ASSAY_MATH_LETTERS_BOLD,
  ASSAY_MATH_LETTERS_BOLD_ITALIC,
  ASSAY_MATH_LETTERS_SCRIPT,
  ASSAY_MATH_LETTERS_FRAKTUR,
  ASSAY_MATH_LETTERS_DOUBLE_STRUCK,
  ASSAY_MATH_LETTERS_SANS,
  ASSAY_MATH_LETTERS_MONOSPACE,
} AssayMathLetters;

/* The character that a letter or digit has in an alphabet; others stay what they are. */
gunichar _assay_math_letter (gunichar character, AssayMathLetters letters);

typedef struct
{
  const char *name;
  gunichar character;
  guint8 atom;
  guint8 is_letter : 1; /* italic where letters are */
  guint8 is_large : 1;
  guint8 limits : 2;
} AssayMathSymbol;

/* By the command's name without its backslash, or by the character itself; or NULL. */
const AssayMathSymbol *_assay_math_find_symbol (const char *name, gsize length);
const AssayMathSymbol *_assay_math_find_character (gunichar character);
/* The negated form of a relation, or 0. */
gunichar _assay_math_negate (gunichar character);

struct _AssayMathFormula
{
  GPtrArray *nodes;
  AssayMathNode *root;
  guint length;
};

typedef struct
{
  AssayMathFormula *formula;
  const char *text;
  const char *p;
  const char *end;
  guint depth;
  guint n_cells;
  AssayMathLetters letters;
  gboolean allows_middle; /* right within \left … \right */
  GError *error;
} AssayMathParser;

/* What ends a list. */
typedef enum
{
  ASSAY_MATH_UNTIL_END,
  ASSAY_MATH_UNTIL_BRACE,
  ASSAY_MATH_UNTIL_BRACKET,
  ASSAY_MATH_UNTIL_RIGHT,
  ASSAY_MATH_UNTIL_CELL, /* &, \\ or \end, which are not taken */
  ASSAY_MATH_UNTIL_DOLLAR,
} AssayMathUntil;

AssayMathNode *_assay_math_node_new (AssayMathParser *self, AssayMathKind kind);
void _assay_math_node_append (AssayMathNode *parent, AssayMathNode *child);
AssayMathNode *
_assay_math_symbol_new (AssayMathParser *self, gunichar character, AssayMathClass atom);

/* All of these return NULL, or FALSE, once there is an error. */
gboolean
_assay_math_fail (AssayMathParser *self, AssayMathError code, const char *what, gssize length);
AssayMathNode *_assay_math_parse_list (AssayMathParser *self, AssayMathUntil until);
AssayMathNode *_assay_math_parse_argument (AssayMathParser *self);
/* [ … ]; NULL without an error where there is none. */
AssayMathNode *_assay_math_parse_option (AssayMathParser *self);
/* { … } as it stands; (transfer full). */
char *_assay_math_parse_raw (AssayMathParser *self);
AssayMathNode *_assay_math_parse_text (AssayMathParser *self, AssayMathLetters letters);
gboolean _assay_math_parse_delimiter (AssayMathParser *self, gunichar *character);
void _assay_math_skip_spaces (AssayMathParser *self);
/* The command at the parser's place, which is on its backslash; the place is moved behind it. */
const char *_assay_math_take_command (AssayMathParser *self, gsize *length);
gboolean _assay_math_is_command (const char *name, gsize length, const char *expected);

/* assay-math-commands.c: appends what a command makes to @list. */
gboolean _assay_math_parse_command (AssayMathParser *self,
                                    const char *name,
                                    gsize length,
                                    AssayMathNode *list);
/* assay-math-tables.c: behind \begin. */
AssayMathNode *_assay_math_parse_environment (AssayMathParser *self);
/* For \\ outside of an environment: a group with a table of the lists. */
AssayMathNode *_assay_math_make_lines (AssayMathParser *self, GPtrArray *lists);
void _assay_math_skip_newline (AssayMathParser *self);
AssayMathNode *_assay_math_parse_substack (AssayMathParser *self);

G_END_DECLS
