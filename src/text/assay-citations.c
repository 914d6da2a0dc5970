/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-citations.h"

#include <string.h>

/* Longer brackets are no citations. */
#define MAX_BRACKET_BYTES 200
#define MAX_DIGITS 6

typedef struct
{
  const char *const *ids;
  guint n_ids;
  gboolean *cited; /* of each id */
} Search;

static int
find_id (Search *search, const char *token)
{
  for (guint i = 0; i < search->n_ids; i++)
    if (g_str_equal (search->ids[i], token))
      return (int) i;
  return -1;
}

/* A number from 1, as an index; -1 for anything else, -2 for a number that no source has. */
static int
read_number (Search *search, const char *token)
{
  gsize length = strlen (token);
  guint64 number;

  if (length == 0 || length > MAX_DIGITS || strspn (token, "0123456789") != length)
    return -1;
  number = g_ascii_strtoull (token, NULL, 10);
  return number >= 1 && number <= search->n_ids ? (int) number - 1 : -2;
}

static gboolean
is_word_for_source (const char *token)
{
  static const char *const words[] = { "source",   "sources", "src",      "doc",       "docs",
                                       "document", "passage", "passages", "reference", "ref" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (token, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* "4–6" */
static gboolean
take_range (Search *search, const char *token, gboolean *cited)
{
  const char *dash = strstr (token, "–");
  gsize width = strlen ("–");
  g_autofree char *first = NULL;
  int from;
  int to;

  if (dash == NULL)
    {
      dash = strchr (token, '-');
      width = 1;
    }
  if (dash == NULL)
    return FALSE;
  first = g_strndup (token, (gsize) (dash - token));
  from = read_number (search, first);
  to = read_number (search, dash + width);
  if (from < 0 || to < from)
    return FALSE;
  for (int i = from; i <= to; i++)
    cited[i] = TRUE;
  return TRUE;
}

static gboolean
take_token (Search *search, const char *token, gboolean *cited)
{
  int index = find_id (search, token);

  if (index < 0)
    index = read_number (search, *token == '^' ? token + 1 : token);
  if (index >= 0)
    cited[index] = TRUE;
  /* A number that no source has is a citation all the same, of nothing. */
  return index != -1 || is_word_for_source (token) || take_range (search, token, cited);
}

/* Whether a bracket is a citation as a whole. */
static gboolean
take_bracket (Search *search, const char *inside, gsize length)
{
  g_autofree char *content = g_strndup (inside, length);
  g_auto (GStrv) tokens = NULL;
  g_autofree gboolean *cited = g_new0 (gboolean, search->n_ids + 1);
  gboolean any = FALSE;

  if (find_id (search, content) >= 0)
    {
      search->cited[find_id (search, content)] = TRUE;
      return TRUE;
    }
  g_strdelimit (content, ",;#:", ' ');
  tokens = g_strsplit (content, " ", -1);
  for (guint i = 0; tokens[i] != NULL; i++)
    {
      if (*tokens[i] == '\0')
        continue;
      if (!take_token (search, tokens[i], cited))
        return FALSE;
      any = any || !is_word_for_source (tokens[i]);
    }
  for (guint i = 0; any && i < search->n_ids; i++)
    search->cited[i] = search->cited[i] || cited[i];
  return any;
}

/* The bracket that begins at @at, if it is a citation: its end; NULL if not. */
static const char *
read_bracket (Search *search, const char *at)
{
  static const struct
  {
    const char *open;
    const char *close;
  } pairs[] = { { "[", "]" }, { "【", "】" } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      gsize width = strlen (pairs[i].open);
      const char *close;

      if (strncmp (at, pairs[i].open, width) != 0)
        continue;
      close = g_strstr_len (at, MAX_BRACKET_BYTES, pairs[i].close);
      if (close != NULL && take_bracket (search, at + width, (gsize) (close - at) - width))
        return close + strlen (pairs[i].close);
    }
  return NULL;
}

static const char *
skip_blanks (const char *at)
{
  return at + strspn (at, " \t");
}

/* Past the citations at the beginning of a passage, unless there is nothing else in it. */
static const char *
skip_beginning (Search *search, const char *at, const char *end)
{
  Search ignored = *search;
  g_autofree gboolean *cited = g_new0 (gboolean, search->n_ids + 1);
  const char *beyond = at;
  const char *next;

  ignored.cited = cited;
  while ((next = read_bracket (&ignored, skip_blanks (beyond))) != NULL)
    beyond = next;
  return skip_blanks (beyond) < end ? beyond : at;
}

GArray *
assay_citations_find (const char *text, gsize start, gsize end, const char *const *ids)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));
  Search search = { ids, g_strv_length ((char **) ids), NULL };
  g_autofree gboolean *cited = g_new0 (gboolean, search.n_ids + 1);
  const char *at;
  const char *next;

  g_return_val_if_fail (text != NULL, found);
  g_return_val_if_fail (start <= end && end <= strlen (text), found);

  search.cited = cited;
  at = skip_beginning (&search, text + start, text + end);
  while (at < text + end)
    {
      next = read_bracket (&search, at);
      at = next != NULL ? next : at + 1;
    }
  while ((next = read_bracket (&search, skip_blanks (at))) != NULL)
    at = next;
  for (guint i = 0; i < search.n_ids; i++)
    if (cited[i])
      g_array_append_val (found, i);
  return found;
}
