/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "assay-link-header.h"

/* The parameters of one link name @relation, which may be one of several. */
static gboolean
has_relation (const char *parameters, const char *relation)
{
  g_autoptr (GHashTable) values = soup_header_parse_semi_param_list (parameters);
  const char *relations = g_hash_table_lookup (values, "rel");
  g_auto (GStrv) names = relations != NULL ? g_strsplit_set (relations, " \t", -1) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], relation) == 0)
      return TRUE;
  return FALSE;
}

/* Where the parameters end that begin at @start: at a comma that is not within quotes. */
static const char *
find_end (const char *start)
{
  gboolean quoted = FALSE;

  for (const char *c = start; *c != '\0'; c++)
    {
      if (quoted && *c == '\\' && c[1] != '\0')
        c++;
      else if (*c == '"')
        quoted = !quoted;
      else if (*c == ',' && !quoted)
        return c;
    }
  return start + strlen (start);
}

char *
assay_link_header_find (const char *value, const char *relation)
{
  const char *rest = value;

  g_return_val_if_fail (value != NULL, NULL);
  g_return_val_if_fail (relation != NULL, NULL);

  /* A target may hold a comma, so the list is not cut at commas first. */
  while ((rest = strchr (rest, '<')) != NULL)
    {
      const char *target_end = strchr (rest, '>');
      const char *end;
      g_autofree char *parameters = NULL;

      if (target_end == NULL)
        return NULL;
      end = find_end (target_end + 1);
      parameters = g_strndup (target_end + 1, (gsize) (end - target_end - 1));
      if (has_relation (parameters, relation))
        return g_strndup (rest + 1, (gsize) (target_end - rest - 1));
      rest = end;
    }
  return NULL;
}
