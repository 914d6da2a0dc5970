/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Works in a program as a person would and prints, as one JSON line, what the program measured of
 * itself meanwhile.
 *
 *   drive-work SCENE PROGRAM [ARGUMENT…]
 *
 *   open     the next task, ten times; then its first text is scrolled
 *   compare  the same with the words marked that only the first response has
 *   marked   as "open", with tasks that were begun
 *   next     a judgement is submitted, which leads to the next task, ten times
 *   type     a rationale, at a person's pace
 *   rewrite  the same at the end of a response that is there to be rewritten
 *   resize   the divider beside a task's texts is moved to and fro
 *   list     a list is scrolled, paged through, and dragged by its thumb
 *
 * The program is Assay with a profile (ASSAY_PROFILE in the environment) whose first task is opened
 * with Return, or a reference program. All go to the next task with Ctrl+Page Down and to the field
 * to type into with Ctrl+R. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "assay-driver-script.h"
#include "process-memory.h"

#define N_OPENED 10
#define N_TYPED 240
#define KEYS_PER_SECOND 12
/* The request and its responses. */
#define N_DOCUMENTS 3
#define N_MARKED_DOCUMENTS 2

typedef struct
{
  const char *file;
  const char *mark;
  guint n;
} Marks;

static guint
count_marks (const char *file, const char *mark, GArray *times)
{
  g_autofree char *content = NULL;
  g_autofree char *prefix = g_strdup_printf ("{\"mark\":\"%s\",\"us\":", mark);
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  if (!g_file_get_contents (file, &content, NULL, NULL))
    return 0;
  lines = g_strsplit (content, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], prefix))
        {
          gint64 time = g_ascii_strtoll (lines[i] + strlen (prefix), NULL, 10);

          n++;
          if (times != NULL)
            g_array_append_val (times, time);
        }
    }
  return n;
}

static gboolean
has_marks (AssayDriver *driver, gpointer user_data)
{
  Marks *marks = user_data;

  return count_marks (marks->file, marks->mark, NULL) >= marks->n;
}

static void
wait_for_marks (AssayDriver *driver, const char *file, const char *mark, guint n)
{
  Marks marks = { file, mark, n };

  assay_driver_wait (driver, mark, has_marks, &marks);
}

/* The next line that begins with it; NULL if none does. */
static const char *
find_line (const char *content, const char *prefix)
{
  const char *found = content;

  while ((found = strstr (found, prefix)) != NULL && found != content && found[-1] != '\n')
    found++;
  return found;
}

/* From the opening of each task to the first of the marks @name after it. */
static void
print_until (const char *content, const char *figure, const char *name)
{
  g_autofree char *mark = g_strdup_printf ("{\"mark\":\"%s\",\"us\":", name);
  const char *open = "{\"mark\":\"task-open*\",\"us\":";
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
  gint64 opened = 0;
  guint n = 0;

  g_print (",\"%s\":[", figure);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], open))
        opened = g_ascii_strtoll (lines[i] + strlen (open), NULL, 10);
      if (opened == 0 || !g_str_has_prefix (lines[i], mark))
        continue;
      /* The first one was compared when that was asked for, and not when it was opened. */
      if (n++ > 0)
        g_print ("%s%.2f", n > 2 ? "," : "",
                 (g_ascii_strtoll (lines[i] + strlen (mark), NULL, 10) - opened) / 1000.0);
      opened = 0;
    }
  g_print ("]");
}

/* FALSE if the program made no such motion. */
static gboolean
get_motion (const char *content, const char *name, long long *median, long long *p95)
{
  g_autofree char *prefix = g_strdup_printf ("{\"times\":\"%s\"", name);
  const char *line = find_line (content, prefix);

  return line != NULL
         && sscanf (line + strlen (prefix), ",\"n\":%*u,\"median_us\":%lld,\"p95_us\":%lld", median,
                    p95)
                == 2;
}

static void
print_opened (const char *file, double pss_mb, gboolean compared)
{
  g_autoptr (GArray) opened = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) painted = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *content = NULL;
  const char *line;
  guint first = 0, last = 0;
  long long median, p95;

  count_marks (file, "task-open*", opened);
  count_marks (file, "task-painted*", painted);
  g_print ("{\"painted_ms\":[");
  /* The first opening builds the page itself. */
  for (guint i = 1; i < MIN (opened->len, painted->len); i++)
    g_print ("%s%.2f", i > 1 ? "," : "",
             (g_array_index (painted, gint64, i) - g_array_index (opened, gint64, i)) / 1000.0);
  g_print ("]");
  g_file_get_contents (file, &content, NULL, NULL);
  for (line = find_line (content, "{\"widgets\":"); line != NULL;
       line = find_line (line + 1, "{\"widgets\":"))
    {
      sscanf (line, "{\"widgets\":%u", &last);
      if (first == 0)
        first = last;
    }
  if (compared)
    print_until (content, "compared_ms", "compared*");
  if (get_motion (content, "scroll", &median, &p95))
    g_print (",\"text_scroll_p95_ms\":[%.2f]", p95 / 1000.0);
  g_print (",\"widgets_first\":[%u],\"widgets_last\":[%u],\"pss_mb\":[%.1f]}\n", first, last,
           pss_mb);
}

static void
print_motions (const char *file, const char *const *names)
{
  g_autofree char *content = NULL;

  g_file_get_contents (file, &content, NULL, NULL);
  g_print ("{");
  for (guint i = 0; names[i] != NULL; i++)
    {
      long long median, p95;

      if (!get_motion (content, names[i], &median, &p95))
        g_error ("no times of %s", names[i]);
      g_print ("%s\"%s_ms\":[%.2f],\"%s_p95_ms\":[%.2f]", i > 0 ? "," : "", names[i],
               median / 1000.0, names[i], p95 / 1000.0);
    }
  g_print ("}\n");
}

static void
print_times (const char *file)
{
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  long long keys_p95 = 0;
  long long keys_median = 0;
  long long frames_p95 = 0;
  long long turn = 0;
  long long typing_turn = 0;
  long long turn_cpu = 0;
  long long typing_turn_cpu = 0;

  if (!g_file_get_contents (file, &content, NULL, NULL))
    g_error ("the program measured nothing");
  lines = g_strsplit (content, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      long long median;
      long long p95;

      if (sscanf (lines[i], "{\"times\":\"keys\",\"n\":%*u,\"median_us\":%lld,\"p95_us\":%lld",
                  &median, &p95)
          == 2)
        {
          keys_median = median;
          keys_p95 = p95;
        }
      else if (sscanf (lines[i],
                       "{\"times\":\"frames\",\"n\":%*u,\"median_us\":%*d,\"p95_us\":%lld", &p95)
               == 1)
        frames_p95 = p95;
      else
        sscanf (lines[i],
                "{\"longest_turn_us\":%lld,\"longest_typing_turn_us\":%lld,"
                "\"longest_turn_cpu_us\":%lld,\"longest_typing_turn_cpu_us\":%lld",
                &turn, &typing_turn, &turn_cpu, &typing_turn_cpu);
    }
  g_print ("{\"key_ms\":[%.2f],\"key_p95_ms\":[%.2f],\"frame_p95_ms\":[%.2f],"
           "\"longest_turn_ms\":[%.2f],\"longest_turn_cpu_ms\":[%.2f],"
           "\"longest_typing_turn_ms\":[%.2f],\"longest_typing_turn_cpu_ms\":[%.2f]}\n",
           keys_median / 1000.0, keys_p95 / 1000.0, frames_p95 / 1000.0, turn / 1000.0,
           turn_cpu / 1000.0, typing_turn / 1000.0, typing_turn_cpu / 1000.0);
}

/* At a person's pace: the next key is due by the clock, not after the last one was shown. */
static gboolean
type_cb (gpointer user_data)
{
  static const char text[] = "the first answer keeps to the budget and the second one does not. ";
  static guint n;
  char key[2] = { text[n % (sizeof text - 1)], '\0' };

  assay_driver_type (user_data, key);
  return ++n < N_TYPED;
}

static gboolean
is_typed (AssayDriver *driver, gpointer user_data)
{
  return g_main_context_find_source_by_id (NULL, *(guint *) user_data) == NULL;
}

static void
go_to_rationale (AssayDriver *driver)
{
  assay_driver_press (driver, "<Control>r");
}

/* Of a reference program, what is written into is the only one. */
static void
go_to_rewrite (AssayDriver *driver, gboolean is_reference)
{
  if (is_reference)
    go_to_rationale (driver);
  else
    assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, "Rewrite");
  assay_driver_press (driver, "<Control>End");
}

static void
type (AssayDriver *driver)
{
  guint source;

  source = g_timeout_add (1000 / KEYS_PER_SECOND, type_cb, driver);
  while (!is_typed (driver, &source))
    g_main_context_iteration (NULL, TRUE);
}

/* Of the program with a profile: the row of the first task has the focus, or that task is open. */
static void
go_to_list (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) row =
      assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "Reading task …");

  assay_driver_tab_to (driver, row);
}

static void
open_first (AssayDriver *driver, const char *file)
{
  go_to_list (driver);
  assay_driver_press (driver, "Return");
  wait_for_marks (driver, file, "task-painted*", 1);
}

typedef struct
{
  const char *file;
  guint n_documents;
  gboolean foresees; /* the next task is waited for, too */
} Texts;

/* Since the last task was opened. */
static gboolean
is_filled (AssayDriver *driver, gpointer user_data)
{
  const Texts *texts = user_data;
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;
  guint n_foreseen = 0;

  if (!g_file_get_contents (texts->file, &content, NULL, NULL))
    return FALSE;
  lines = g_strsplit (content, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "{\"mark\":\"task-open*\""))
      n = n_foreseen = 0;
    else if (g_str_has_prefix (lines[i], "{\"mark\":\"task-foreseen*\""))
      n_foreseen++;
    else
      n += g_str_has_prefix (lines[i], "{\"mark\":\"document-filled*\"");
  return n >= texts->n_documents && (n_foreseen > 0 || !texts->foresees);
}

/* A person reads a task before it is judged or left, and all of its widgets are there then. */
static void
wait_for_texts (AssayDriver *driver, const char *file, guint n_documents, gboolean foresees)
{
  Texts texts = { file, n_documents, foresees };

  assay_driver_wait (driver, "all of the task's texts", is_filled, &texts);
}

/* @mark: what is waited for after each. @n_documents: what each has, where all of them are waited
 * for first; 0 where not. */
static void
open_next (AssayDriver *driver, const char *file, guint n, const char *mark, guint n_documents)
{
  for (guint i = 1; i <= n; i++)
    {
      guint before = count_marks (file, mark, NULL);

      if (n_documents > 0)
        wait_for_texts (driver, file, n_documents, TRUE);
      assay_driver_press (driver, "<Control>Page_Down");
      wait_for_marks (driver, file, mark, before + 1);
    }
}

static void
show_differences (AssayDriver *driver, const char *file)
{
  assay_driver_press (driver, "<Control>d");
  wait_for_marks (driver, file, "compared*", 1);
}

/* As long as a rationale must be, and none like another: that would ask for a second look. */
static const char *const rationales[] = {
  "It says what was asked, in fewer words, with an example.",
  "Lentils cost less here, so nobody has to look prices up.",
  "Every table adds up; those beside them leave out a column.",
  "Code runs as written, while its neighbour lacks an import.",
  "Two links lead nowhere and one heading promises too much.",
  "Reasons come first, then numbers, then a short conclusion.",
  "Facts were checked against both sources; all of them hold.",
  "Tone fits somebody new to budgets, without talking down.",
  "Steps are numbered; following along takes five minutes.",
  "Nothing repeats, whereas its rival says most things twice.",
};

static void
submit (AssayDriver *driver, const char *file, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint before = count_marks (file, "task-painted*", NULL);

      wait_for_texts (driver, file, N_DOCUMENTS, FALSE);
      assay_driver_press (driver, "<Control>r");
      /* No look at what is shown: what assistive technology has seen takes longer to take down. */
      assay_driver_type (driver, rationales[i]);
      assay_driver_press (driver, "Escape");
      assay_driver_press (driver, "1");
      assay_driver_press (driver, "<Control>Return");
      wait_for_marks (driver, file, "task-painted*", before + 1);
    }
  wait_for_texts (driver, file, N_DOCUMENTS, FALSE);
}

static void
move (AssayDriver *driver, const char *file, const char *key)
{
  guint before = count_marks (file, "moved*", NULL);

  assay_driver_press (driver, key);
  wait_for_marks (driver, file, "moved*", before + 1);
}

int
main (int argc, char *argv[])
{
  static const char *const scenes[] = {
    "open", "compare", "marked", "next", "type", "rewrite", "resize", "list", NULL,
  };
  static const char *const list_motions[] = { "scroll", "page", "drag", NULL };
  static const char *const resize_motions[] = { "resize", NULL };
  g_autoptr (AssayDriver) driver = NULL;
  g_autofree char *folder = g_dir_make_tmp ("assay-bench-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "marks.jsonl", NULL);
  gboolean compares;
  gboolean opens_marked;
  gboolean types;
  gboolean has_profile = g_getenv ("ASSAY_PROFILE") != NULL;
  const char *scene = argc > 1 ? argv[1] : NULL;
  double pss_mb;

  if (argc < 3 || !g_strv_contains (scenes, scene))
    {
      g_printerr ("usage: drive-work open|compare|marked|next|type|rewrite|resize|list PROGRAM "
                  "[ARGUMENT…]\n");
      return 2;
    }
  compares = g_str_equal (scene, "compare");
  opens_marked = g_str_equal (scene, "marked");
  types = g_str_equal (scene, "type") || g_str_equal (scene, "rewrite");
  driver = assay_driver_new (argv[2], g_getenv ("ASSAY_PROFILE"));
  assay_driver_setenv (driver, "ASSAY_BENCH", file);
  assay_driver_spawn (driver, (const char *const *) argv + 3);
  wait_for_marks (driver, file, "first-frame", 1);

  if (g_str_equal (scene, "list"))
    {
      if (has_profile)
        go_to_list (driver);
      move (driver, file, "<Control><Alt>s");
      move (driver, file, "<Control><Alt>p");
      move (driver, file, "<Control><Alt>d");
    }
  else
    {
      if (has_profile && opens_marked)
        assay_driver_choose_place (driver, "Started…");
      if (has_profile)
        open_first (driver, file);
      if (compares)
        show_differences (driver, file);
      if (g_str_equal (scene, "next"))
        submit (driver, file, G_N_ELEMENTS (rationales));
      else
        open_next (driver, file,
                   g_str_equal (scene, "open") || opens_marked || compares ? N_OPENED : 1,
                   compares ? "compared*" : "task-painted*", opens_marked ? N_MARKED_DOCUMENTS : 0);
      if (types)
        {
          if (g_str_equal (scene, "rewrite"))
            go_to_rewrite (driver, !has_profile);
          else
            go_to_rationale (driver);
          type (driver);
        }
      else if (g_str_equal (scene, "resize"))
        move (driver, file, "<Control><Alt>r");
      else if (g_str_equal (scene, "open"))
        {
          assay_driver_press (driver, "<Control>1");
          move (driver, file, "<Control><Alt>s");
        }
    }
  pss_mb = process_read_memory_mb (assay_driver_get_pid (driver), "Pss");
  assay_driver_quit (driver);

  if (types)
    print_times (file);
  else if (g_str_equal (scene, "list"))
    print_motions (file, list_motions);
  else if (g_str_equal (scene, "resize"))
    print_motions (file, resize_motions);
  else
    print_opened (file, pss_mb, compares);
  g_unlink (file);
  g_rmdir (folder);
  return 0;
}
