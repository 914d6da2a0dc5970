/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-arithmetic.h"

#include <glib/gi18n.h>
#include <string.h>

#define RESULT_DECIMALS 6
/* Lines that are said of one text. */
#define DESCRIBED_MAX 3

/* A fraction in its lowest terms; the denominator is positive. */
typedef struct
{
  gint64 numerator;
  gint64 denominator;
} Number;

typedef struct
{
  const char *text; /* all of it */
  const char *at;
  guint decimals; /* of the number that was read last */
  gboolean tight; /* a sign stood that is as well part of a date, a range or a ratio */
} Reader;

/* Exact, or not at all. */

static gint64
greatest_divisor (gint64 a, gint64 b)
{
  while (b != 0)
    {
      gint64 rest = a % b;

      a = b;
      b = rest;
    }
  return a < 0 ? -a : a;
}

static gboolean
set_number (Number *number, gint64 numerator, gint64 denominator)
{
  gint64 divisor;

  /* The least number has no opposite. */
  if (denominator == 0 || numerator == G_MININT64 || denominator == G_MININT64)
    return FALSE;
  divisor = greatest_divisor (numerator, denominator);
  if (denominator < 0)
    divisor = -divisor;
  *number = (Number) { numerator / divisor, denominator / divisor };
  return TRUE;
}

static gboolean
add (Number *a, Number b)
{
  gint64 left, right, denominator, sum;

  return !__builtin_mul_overflow (a->numerator, b.denominator, &left)
         && !__builtin_mul_overflow (b.numerator, a->denominator, &right)
         && !__builtin_mul_overflow (a->denominator, b.denominator, &denominator)
         && !__builtin_add_overflow (left, right, &sum) && set_number (a, sum, denominator);
}

static gboolean
multiply (Number *a, Number b)
{
  gint64 numerator, denominator;

  return !__builtin_mul_overflow (a->numerator, b.numerator, &numerator)
         && !__builtin_mul_overflow (a->denominator, b.denominator, &denominator)
         && set_number (a, numerator, denominator);
}

static gboolean
divide (Number *a, Number b)
{
  return b.numerator != 0 && multiply (a, (Number) { b.denominator, b.numerator });
}

/* Rounded to so many decimals, as an integer of the last of them; half goes away from zero. */
static gboolean
round_to (Number number, guint decimals, gint64 *units)
{
  gint64 power = 1;
  gint64 scaled;
  gint64 rest;

  for (guint i = 0; i < decimals; i++)
    power *= 10;
  if (__builtin_mul_overflow (number.numerator, power, &scaled))
    return FALSE;
  *units = scaled / number.denominator;
  rest = scaled % number.denominator;
  rest = rest < 0 ? -rest : rest;
  if (rest >= number.denominator - rest)
    *units += scaled < 0 ? -1 : 1;
  return TRUE;
}

static char *
format (Number number)
{
  gint64 units;
  guint64 rest;
  guint64 power = 1;
  g_autofree char *digits = NULL;
  char *end;
  gint64 back;
  gboolean exact;

  for (guint i = 0; i < RESULT_DECIMALS; i++)
    power *= 10;
  if (!round_to (number, RESULT_DECIMALS, &units))
    return NULL;
  exact = !__builtin_mul_overflow (units, number.denominator, &back) && back % (gint64) power == 0
          && back / (gint64) power == number.numerator;
  rest = (guint64) (units < 0 ? -units : units);
  digits = g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, units < 0 ? "−" : "",
                            rest / power, RESULT_DECIMALS, rest % power);
  for (end = digits + strlen (digits); end[-1] == '0'; end--)
    ;
  *(end[-1] == '.' ? end - 1 : end) = '\0';
  return exact ? g_steal_pointer (&digits) : g_strconcat ("≈ ", digits, NULL);
}

/* Reading */

static void
skip_space (Reader *reader)
{
  while (*reader->at != '\0' && g_unichar_isspace (g_utf8_get_char (reader->at)))
    reader->at = g_utf8_next_char (reader->at);
}

static gboolean
skip_word (Reader *reader, const char *word)
{
  gsize length = strlen (word);

  if (g_ascii_strncasecmp (reader->at, word, length) != 0)
    return FALSE;
  if (g_ascii_isalpha (*word) && g_unichar_isalnum (g_utf8_get_char (reader->at + length)))
    return FALSE;
  reader->at += length;
  return TRUE;
}

static const char *
skip_digits (const char *p)
{
  while (g_ascii_isdigit (*p))
    p++;
  return p;
}

/* A sign between groups of three digits; 0 if there is none. */
static gsize
get_group_sign (const char *p)
{
  static const char *const signs[] = { ",", "\u2009", "\u202f", "\u00a0", "’" };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (p, signs[i]))
      {
        gsize length = strlen (signs[i]);

        return skip_digits (p + length) == p + length + 3 ? length : 0;
      }
  return 0;
}

static gboolean
take_digits (gint64 *value, guint *n_digits, const char *from, const char *to)
{
  for (; from < to; from++)
    {
      if (++*n_digits > ASSAY_ARITHMETIC_DIGITS)
        return FALSE;
      *value = *value * 10 + (*from - '0');
    }
  return TRUE;
}

static gboolean
is_currency (const char *p)
{
  return *p == '$' || g_str_has_prefix (p, "€") || g_str_has_prefix (p, "£");
}

/* FALSE for what only begins like a number, as a version. */
static gboolean
read_number (Reader *reader, Number *number)
{
  const char *p = reader->at;
  const char *end;
  gint64 value = 0;
  gint64 power = 1;
  guint n_digits = 0;
  gsize sign;

  /* An amount of money is a number as well. */
  if (is_currency (p))
    p = g_utf8_next_char (p);
  end = skip_digits (p);
  if (end == p || !take_digits (&value, &n_digits, p, end))
    return FALSE;
  while (end - p <= 3 && (sign = get_group_sign (end)) > 0)
    {
      p = end + sign;
      end = skip_digits (p);
      if (!take_digits (&value, &n_digits, p, end))
        return FALSE;
    }
  reader->decimals = 0;
  if ((*end == '.' || *end == ',') && g_ascii_isdigit (end[1]))
    {
      p = end + 1;
      end = skip_digits (p);
      reader->decimals = (guint) (end - p);
      if (!take_digits (&value, &n_digits, p, end))
        return FALSE;
      for (guint i = 0; i < reader->decimals; i++)
        power *= 10;
      if ((*end == '.' || *end == ',') && g_ascii_isdigit (end[1]))
        return FALSE;
    }
  /* A letter makes it a name, a unit, a power of ten or a place in a list. */
  if (g_unichar_isalpha (g_utf8_get_char (end)) || *end == '_')
    return FALSE;
  reader->at = end;
  return set_number (number, value, power);
}

/* '+', '-', '*', '/', or 0. */
static char
read_operator (Reader *reader)
{
  static const struct
  {
    const char *sign;
    char operation;
  } signs[] = {
    { "+", '+' }, { "-", '-' }, { "−", '-' }, { "–", '-' }, { "×", '*' }, { "*", '*' },
    { "·", '*' }, { "⋅", '*' }, { "÷", '/' }, { "/", '/' }, { ":", '/' }, { "∕", '/' }
  };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (reader->at, signs[i].sign))
      {
        gboolean is_apart = reader->at > reader->text && reader->at[-1] == ' ';

        if (!is_apart && *signs[i].sign == ':')
          return 0;
        if (!is_apart && (signs[i].operation == '-' || signs[i].operation == '/'))
          reader->tight = TRUE;
        reader->at += strlen (signs[i].sign);
        return signs[i].operation;
      }
  /* The letter stands for × between spaces alone. */
  if (reader->at > reader->text && reader->at[-1] == ' ' && g_str_has_prefix (reader->at, "x "))
    {
      reader->at++;
      return '*';
    }
  return 0;
}

static gboolean
read_equals (Reader *reader)
{
  skip_space (reader);
  if (skip_word (reader, "=") || skip_word (reader, "≈"))
    return TRUE;
  return !reader->tight
         && (skip_word (reader, "is") || skip_word (reader, "equals")
             || skip_word (reader, "makes"));
}

/* The number after the sign of equality; FALSE if that goes on as a sum. */
static gboolean
read_result (Reader *reader, Number *number)
{
  Reader after;
  gboolean negative;

  skip_space (reader);
  negative = skip_word (reader, "-") || skip_word (reader, "−");
  if (!read_number (reader, number))
    return FALSE;
  if (negative)
    number->numerator = -number->numerator;
  after = *reader;
  skip_space (&after);
  if (*after.at == '^' || *after.at == '(' || *reader->at == '%')
    return FALSE;
  if (read_operator (&after) == 0)
    return TRUE;
  skip_space (&after);
  return !g_ascii_isdigit (*after.at) && *after.at != '(';
}

/* "17% of 300"; the number was read. */
static gboolean
read_percentage (Reader *reader, Number *value)
{
  Number whole;

  skip_space (reader);
  if (!skip_word (reader, "%") && !skip_word (reader, "percent"))
    return FALSE;
  skip_space (reader);
  if (!skip_word (reader, "of"))
    return FALSE;
  skip_space (reader);
  return read_number (reader, &whole) && multiply (value, whole)
         && divide (value, (Number) { 100, 1 });
}

/* The rest of a sum whose first number was read. Products first: @total holds what stands before
 * the product that is being read. */
static gboolean
read_sum (Reader *reader, Number *value)
{
  Number total = { 0, 1 };
  Number product = *value;
  guint n = 0;

  while (TRUE)
    {
      Reader before;
      Number next;
      char operation;

      skip_space (reader);
      before = *reader;
      operation = read_operator (reader);
      if (operation == 0)
        {
          *reader = before;
          break;
        }
      skip_space (reader);
      if (++n > ASSAY_ARITHMETIC_OPERATIONS || !read_number (reader, &next))
        return FALSE;
      if (operation == '*' ? !multiply (&product, next)
                           : operation == '/' && !divide (&product, next))
        return FALSE;
      if (operation == '*' || operation == '/')
        continue;
      if (!add (&total, product))
        return FALSE;
      product = next;
      if (operation == '-')
        product.numerator = -product.numerator;
    }
  *value = total;
  return n > 0 && add (value, product);
}

/* Whether a sum may begin here, and is not the end of something longer. */
static gboolean
begins_here (const char *text, const char *at)
{
  const char *p = at;
  gunichar before = at > text ? g_utf8_get_char (g_utf8_prev_char (at)) : ' ';

  if (g_unichar_isalnum (before) || strchr ("._,", (int) MIN (before, 127)) != NULL)
    return FALSE;
  while (p > text)
    {
      gunichar c;

      p = g_utf8_prev_char (p);
      c = g_utf8_get_char (p);
      if (g_unichar_isspace (c))
        continue;
      return c >= 128 ? g_utf8_strchr ("−–×·⋅÷∕^√", -1, c) == NULL
                      : strchr ("+-*/:)^(", (int) c) == NULL;
    }
  return TRUE;
}

static AssaySum *
make_sum (const Reader *reader, const char *start, Number value, Number claimed)
{
  gint64 rounded;
  gint64 given;
  AssaySum *sum;
  g_autofree char *result = format (value);

  if (result == NULL)
    return NULL;
  sum = g_new0 (AssaySum, 1);
  sum->start = (gsize) (start - reader->text);
  sum->end = (gsize) (reader->at - reader->text);
  sum->result = g_steal_pointer (&result);
  if (value.numerator == claimed.numerator && value.denominator == claimed.denominator)
    sum->verdict = ASSAY_SUM_RIGHT;
  else if (round_to (value, reader->decimals, &rounded)
           && round_to (claimed, reader->decimals, &given) && rounded == given)
    sum->verdict = ASSAY_SUM_ROUNDED;
  else
    sum->verdict = ASSAY_SUM_WRONG;
  return sum;
}

/* NULL if none begins with the number at @start. */
static AssaySum *
read_statement (const char *text, const char *start, const char **end)
{
  Reader reader = { text, start };
  Number value;
  Number claimed;
  Reader after_first;
  gboolean found;

  if (!read_number (&reader, &value))
    {
      *end = skip_digits (is_currency (start) ? g_utf8_next_char (start) : start);
      return NULL;
    }
  *end = reader.at;
  after_first = reader;
  found = read_percentage (&reader, &value);
  if (!found)
    {
      reader = after_first;
      found = read_sum (&reader, &value);
    }
  if (!found || !read_equals (&reader) || !read_result (&reader, &claimed))
    return NULL;
  *end = reader.at;
  return make_sum (&reader, start, value, claimed);
}

void
assay_sum_free (AssaySum *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->result);
  g_free (self);
}

GPtrArray *
assay_arithmetic_find (const char *text)
{
  GPtrArray *sums = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_sum_free);
  const char *p = text;

  g_return_val_if_fail (text != NULL, NULL);

  while (*p != '\0')
    {
      AssaySum *sum = NULL;

      if (!g_ascii_isdigit (*p))
        {
          p++;
          continue;
        }
      if (!begins_here (text, p))
        {
          p = skip_digits (p);
          continue;
        }
      if (p > text && is_currency (g_utf8_prev_char (p)))
        p = g_utf8_prev_char (p);
      sum = read_statement (text, p, &p);
      if (sum != NULL)
        g_ptr_array_add (sums, sum);
    }
  return sums;
}

char *
assay_arithmetic_describe (const char *text)
{
  g_autoptr (GPtrArray) sums = assay_arithmetic_find (text);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < MIN (sums->len, DESCRIBED_MAX); i++)
    {
      const AssaySum *sum = sums->pdata[i];
      g_autofree char *said = g_strndup (text + sum->start, sum->end - sum->start);

      if (i > 0)
        g_string_append_c (lines, '\n');
      if (sum->verdict == ASSAY_SUM_WRONG)
        /* Translators: a sum as a text has it, and what it really is: “3 × 4 = 13: it is 12” */
        g_string_append_printf (lines, _ ("%s: it is %s"), said, sum->result);
      else if (sum->verdict == ASSAY_SUM_ROUNDED)
        /* Translators: %s is a sum as a text has it, here and in the next one. */
        g_string_append_printf (lines, _ ("%s: right when rounded"), said);
      else
        g_string_append_printf (lines, _ ("%s: right"), said);
    }
  return lines->len > 0 ? g_string_free_and_steal (g_steal_pointer (&lines)) : NULL;
}
