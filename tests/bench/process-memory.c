/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "process-memory.h"

#include <string.h>

double
process_read_memory_mb (int process, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/smaps_rollup", process);
  g_autofree char *line = g_strdup_printf ("\n%s:", name);
  g_autofree char *content = NULL;
  const char *found;

  if (!g_file_get_contents (path, &content, NULL, NULL) || (found = strstr (content, line)) == NULL)
    return 0;
  return g_ascii_strtod (found + strlen (line), NULL) / 1024.0;
}
