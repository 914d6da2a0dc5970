/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "assay-math-spans.h"

G_BEGIN_DECLS

/* What an atom is to its neighbours; the order is that of TeX's table of spaces. */
typedef enum
{
  ASSAY_MATH_ORD,
  ASSAY_MATH_OP,
  ASSAY_MATH_BIN,
  ASSAY_MATH_REL,
  ASSAY_MATH_OPEN,
  ASSAY_MATH_CLOSE,
  ASSAY_MATH_PUNCT,
  ASSAY_MATH_INNER,
} AssayMathClass;

typedef enum
{
  ASSAY_MATH_SYMBOL,    /* @character */
  ASSAY_MATH_GROUP,     /* the children, as one atom */
  ASSAY_MATH_SCRIPTS,   /* base, subscript, superscript; each may be an empty group */
  ASSAY_MATH_FRACTION,  /* numerator, denominator; @character and @closing are its delimiters */
  ASSAY_MATH_RADICAL,   /* body, degree (optional) */
  ASSAY_MATH_FENCED,    /* children between @character and @closing, with MIDDLE among them */
  ASSAY_MATH_MIDDLE,    /* @character */
  ASSAY_MATH_DELIMITER, /* \big( and the like: @character, @level 1…4 */
  ASSAY_MATH_TEXT,      /* @text, upright */
  ASSAY_MATH_ACCENT,    /* @character above the child, or below it where @is_below */
  ASSAY_MATH_LINE,      /* a rule above the child, or below it */
  ASSAY_MATH_STACK,     /* base, and what stands in small letters above and below it */
  ASSAY_MATH_ARROW,     /* @character, as long as what is above and below it */
  ASSAY_MATH_TABLE,     /* cells, row after row, @n_columns each */
  ASSAY_MATH_SPACE,     /* @amount in ems of the present size */
  ASSAY_MATH_STYLE,     /* what follows in its group has the style @level: 0 display … 3 */
  ASSAY_MATH_PHANTOM,   /* takes the room of the child: @axes */
  ASSAY_MATH_BOX,       /* a frame around the child, or strokes through it: @level */
} AssayMathKind;

typedef enum
{
  ASSAY_MATH_LIMITS_DEFAULT,
  ASSAY_MATH_LIMITS_DISPLAY, /* above and below in display style, beside elsewhere */
  ASSAY_MATH_LIMITS_ALWAYS,
  ASSAY_MATH_LIMITS_NEVER,
} AssayMathLimits;

/* What a BOX's @level says. */
typedef enum
{
  ASSAY_MATH_BOX_FRAME,
  ASSAY_MATH_BOX_CANCEL,  /* from the lower left to the upper right */
  ASSAY_MATH_BOX_BCANCEL, /* from the upper left to the lower right */
  ASSAY_MATH_BOX_XCANCEL,
} AssayMathBox;

/* What a PHANTOM's @axes says: which extents of the child count, and whether it is drawn. */
#define ASSAY_MATH_AXIS_WIDTH (1 << 0)
#define ASSAY_MATH_AXIS_HEIGHT (1 << 1)
#define ASSAY_MATH_AXIS_DEPTH (1 << 2)
#define ASSAY_MATH_AXIS_DRAWN (1 << 3)
/* Where the child of no width hangs: right or left of its place, or around it. */
#define ASSAY_MATH_AXIS_LAP_LEFT (1 << 4)
#define ASSAY_MATH_AXIS_LAP_CENTER (1 << 5)

/* A style that a fraction, a table or a group has whatever stands around it; -1 for none. */
#define ASSAY_MATH_STYLE_INHERIT (-1)
#define ASSAY_MATH_STYLE_DISPLAY 0
#define ASSAY_MATH_STYLE_TEXT 1
#define ASSAY_MATH_STYLE_SCRIPT 2
#define ASSAY_MATH_STYLE_SCRIPT_SCRIPT 3

/* Column edges of a table, as bits of AssayMathTable.edges: @i is the edge before column i. */
#define ASSAY_MATH_COLUMNS_MAX 64

typedef struct
{
  guint n_rows;
  guint n_columns;
  guint64 edges;                          /* vertical rules */
  guint8 rules[ASSAY_MATH_COLUMNS_MAX];   /* rules above the row, of the first ones; the last
                                             row's lower edge is row n_rows */
  char align[ASSAY_MATH_COLUMNS_MAX + 1]; /* l, c or r for each column */
  double column_gap;                      /* ems; where columns come in pairs, between the pairs */
  double row_gap;                         /* ems between the baselines, beyond what is usual */
  gboolean in_pairs;                      /* no gap within a pair: aligned equations */
} AssayMathTable;

/**
 * AssayMathNode:
 *
 * A node of a formula's tree. @source_start and @source_end are bytes of the formula's text.
 */
typedef struct _AssayMathNode AssayMathNode;
struct _AssayMathNode
{
  AssayMathKind kind;
  AssayMathClass atom;
  gunichar character;
  gunichar closing;
  char *text;
  double amount;
  int level;
  guint axes;
  AssayMathLimits limits;
  guint is_below : 1;
  guint is_stretchy : 1;
  guint no_rule : 1;  /* a fraction's bar */
  guint is_large : 1; /* an operator that is larger in display style */
  guint is_lines : 1; /* a group that is nothing but a table of what \\ divides */
  AssayMathTable *table;
  guint source_start;
  guint source_end;
  AssayMathNode *first; /* child */
  AssayMathNode *last;
  AssayMathNode *next; /* sibling */
};

/**
 * AssayMathFormula:
 *
 * A formula's tree. Immutable once made; safe to make on any thread.
 */
typedef struct _AssayMathFormula AssayMathFormula;

typedef enum
{
  ASSAY_MATH_ERROR_UNKNOWN,   /* a command or an environment that is not known */
  ASSAY_MATH_ERROR_SYNTAX,    /* braces without a partner and the like */
  ASSAY_MATH_ERROR_TOO_LARGE, /* beyond the limits */
  ASSAY_MATH_ERROR_FONT,      /* the font lacks a character */
} AssayMathError;
#define ASSAY_MATH_ERROR (assay_math_error_quark ())
GQuark assay_math_error_quark (void);

/* A formula is not nested deeper. */
#define ASSAY_MATH_DEPTH_LEVELS 48
/* … and is not longer. */
#define ASSAY_MATH_BYTES 8192
#define ASSAY_MATH_CELLS 2000

/**
 * assay_math_parse:
 * @text: TeX, without the delimiters around it; valid UTF-8
 * @length: in bytes, or -1
 *
 * Returns: (transfer full): the tree, or NULL with an error whose message is the command that is
 *   not known, or what else stands in the way
 */
AssayMathFormula *assay_math_parse (const char *text, gssize length, GError **error);
void assay_math_formula_free (AssayMathFormula *self);
/* The outermost group. */
const AssayMathNode *assay_math_formula_get_root (AssayMathFormula *self);
/* Of its text, in bytes. */
guint assay_math_formula_get_length (AssayMathFormula *self);
/* The tree in one line, for tests; (transfer full). */
char *assay_math_formula_dump (AssayMathFormula *self);

/**
 * assay_math_split:
 * @text: begins with a formula and its delimiters
 * @length: in bytes
 * @delimiter: (out): what kind they are
 * @content_start: (out): where the formula begins within them
 * @content_end: (out): where it ends
 *
 * Returns: the length of the formula with its delimiters; 0 where there is none
 */
gsize assay_math_split (const char *text,
                        gsize length,
                        AssayMathDelimiter *delimiter,
                        gsize *content_start,
                        gsize *content_end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayMathFormula, assay_math_formula_free)

G_END_DECLS
