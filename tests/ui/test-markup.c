/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes from outside is shown as it is, on every page: a practice set whose every word is
 * markup. Each text carries a mark of its own, so that one that is interpreted anywhere is found
 * and named. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <fcntl.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "assay-driver-script.h"
#include "assay-driver.h"

#define MAX_DEPTH 60
/* Before the mark and after it, as it must be told of. */
#define BEFORE "<b>"
#define AFTER "</b>&amp;<a href=\"x\">_y</a>%s"
#define MARK "MARK-"

static const char set[] =
    "{'id': 'hostile', 'version': 1, 'place': 1, 'title': '{SET}', 'description': '{ABOUT}',"
    " 'language': 'en',"
    " 'guideline': {'version': 1, 'title': '{GUIDELINE}', 'file': 'hostile.md'},"
    " 'forms': {'form': {'id': 'form', 'version': 1, 'title': '{FORM}', 'kind': 'rubric.scale',"
    "  'rationale': {'use': 'optional', 'label': '{RATIONALE}', 'help': '{RATIONALE-HELP}'},"
    "  'questions': ["
    "   {'id': 'pair', 'type': 'pairwise', 'label': '{PAIR}', 'help': '{PAIR-HELP}',"
    "    'required': true, 'points': 5, 'allow_tie': true},"
    "   {'id': 'scale', 'type': 'scale', 'scope': 'each-response', 'label': '{SCALE}',"
    "    'help': '{SCALE-HELP}', 'required': true, 'min': 1, 'max': 3,"
    "    'anchors': {'1': '{LOWEST}', '3': '{HIGHEST}'}},"
    "   {'id': 'choice', 'type': 'choice', 'label': '{CHOICE}', 'options':"
    "    [{'id': 'one', 'label': '{ONE}', 'help': '{ONE-HELP}'}, {'id': 'two', 'label': '{TWO}'}]},"
    "   {'id': 'multi', 'type': 'multi', 'label': '{MULTI}', 'options':"
    "    [{'id': 'three', 'label': '{THREE}'}, {'id': 'four', 'label': '{FOUR}'}]},"
    "   {'id': 'list', 'type': 'checklist', 'scope': 'each-response', 'label': '{LIST}', 'items':"
    "    [{'id': 'item', 'text': '{ITEM}', 'category': '{CATEGORY}'}]},"
    "   {'id': 'number', 'type': 'number', 'label': '{NUMBER}', 'unit': '{UNIT}', 'min': 0,"
    "    'max': 9},"
    "   {'id': 'text', 'type': 'text', 'label': '{TEXT}', 'help': '{TEXT-HELP}', 'max': 300}]}},"
    " 'tasks': [{'id': 'task', 'kind': 'rubric.scale', 'form': 'form', 'title': '{TASK}',"
    "  'language': 'en', 'prompt': '{PROMPT}', 'system': '{SYSTEM}', 'content_warning':"
    "  ['{WARNING}'],"
    "  'responses': [{'id': 'r1', 'content': '{FIRST}', 'model': '{MODEL}'},"
    "                {'id': 'r2', 'content': '{SECOND}', 'model': '{OTHER-MODEL}'}],"
    "  'gold': {'answers': {'pair': {'value': 1}, 'choice': 'one', 'text': '{GOLD}'},"
    "           'rationale': '{GOLD-RATIONALE}'},"
    "  'explanation': '{EXPLANATION}'}]}";

/* Quotation marks are turned, and "{NAME}" becomes hostile. */
static char *
make_set (void)
{
  g_autoptr (GString) json = g_string_new (NULL);

  for (const char *p = set; *p != '\0'; p++)
    {
      const char *end = p[0] == '{' && g_ascii_isupper (p[1]) ? strchr (p, '}') : NULL;

      if (end != NULL)
        {
          g_string_append (json, BEFORE MARK);
          g_string_append_len (json, p + 1, end - p - 1);
          g_string_append (json, "</b>&amp;<a href=\\\"x\\\">_y</a>%s\\u202e\\n\\u200b");
          p = end;
        }
      else
        g_string_append_c (json, *p == '\'' ? '"' : *p);
    }
  return g_string_free_and_steal (g_steal_pointer (&json));
}

typedef struct
{
  const char *page;
  GHashTable *seen; /* (owned) of mark */
  guint n_problems;
} Reading;

static void
complain (Reading *reading, AtspiAccessible *accessible, const char *what, const char *text)
{
  g_autofree char *role = atspi_accessible_get_role_name (accessible, NULL);
  g_autofree char *escaped = g_strescape (text, NULL);

  g_printerr ("# %s: %s %s: “%.160s”\n", reading->page, role, what, escaped);
  reading->n_problems++;
}

/* A line may be cut, with a sign of it. */
static gboolean
goes_on_as (const char *text, const char *expected)
{
  for (; *expected != '\0'; text++, expected++)
    {
      if (g_str_has_prefix (text, "…"))
        return TRUE;
      if (*text != *expected)
        return FALSE;
    }
  return TRUE;
}

/* @is_document: what is written as Markdown, as help is, may make a word bold, but nothing else. */
static void
check_text (Reading *reading, AtspiAccessible *accessible, const char *text, gboolean is_document)
{
  for (const char *mark = strstr (text, MARK); mark != NULL; mark = strstr (mark + 1, MARK))
    {
      const char *end = mark + strlen (MARK);

      while (g_ascii_isupper (*end) || *end == '-')
        end++;
      g_hash_table_add (reading->seen, g_strndup (mark, end - mark));
      if (is_document || g_str_has_prefix (end - strlen ("-HELP"), "-HELP")
              ? strstr (end, "<a href=\"x\">_y</a>%s") == NULL
              : mark - text < (int) strlen (BEFORE)
                    || !g_str_has_prefix (mark - strlen (BEFORE), BEFORE)
                    || !goes_on_as (end, AFTER))
        complain (reading, accessible, "is not told of as it is", text);
    }
  if (strstr (text, "\342\200\256") != NULL)
    complain (reading, accessible, "turns its direction", text);
}

static void
read_tree (Reading *reading, AtspiAccessible *accessible, int depth)
{
  AtspiRole role = atspi_accessible_get_role (accessible, NULL);
  gboolean is_document =
      role == ATSPI_ROLE_TEXT && !assay_driver_has_state (accessible, ATSPI_STATE_EDITABLE);
  g_autofree char *name = assay_driver_get_name (accessible);
  g_autofree char *description = assay_driver_get_description (accessible);
  g_autofree char *text = assay_driver_get_text (accessible);
  int n = depth < MAX_DEPTH ? atspi_accessible_get_child_count (accessible, NULL) : 0;

  if (name != NULL)
    check_text (reading, accessible, name, FALSE);
  if (description != NULL)
    check_text (reading, accessible, description, FALSE);
  if (text != NULL)
    check_text (reading, accessible, text, is_document);
  if (role == ATSPI_ROLE_LINK)
    complain (reading, accessible, "was made", name != NULL ? name : "");
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (accessible, i, NULL);

      if (child != NULL && assay_driver_has_state (child, ATSPI_STATE_SHOWING))
        read_tree (reading, child, depth + 1);
    }
}

static void
read_page (AssayDriver *driver, Reading *reading, const char *page)
{
  g_autoptr (AtspiAccessible) window = assay_driver_get_window (driver);

  reading->page = page;
  if (g_getenv ("ASSAY_AUDIT_DUMP") != NULL)
    assay_driver_dump (driver);
  read_tree (reading, window, 0);
}

static void
write_file (const char *folder, const char *name, const char *contents)
{
  g_autofree char *file = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (file, contents, -1, &error);
  g_assert_no_error (error);
}

static void
wait_for (AssayDriver *driver, AtspiRole role, const char *name)
{
  g_autoptr (AtspiAccessible) accessible = assay_driver_find (driver, role, name);
}

static void
test_pages (void)
{
  /* What must have been met on the way. */
  static const char *const wanted[] = {
    "SET",    "TASK", "WARNING", "PROMPT", "SYSTEM",    "FIRST",     "SECOND", "PAIR",
    "SCALE",  "ONE",  "TWO",     "MULTI",  "THREE",     "FOUR",      "LIST",   "ITEM",
    "NUMBER", "UNIT", "TEXT",    "CHOICE", "TEXT-HELP", "RATIONALE", "GUIDE",
  };
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autofree char *folder = g_dir_make_tmp ("assay-hostile-XXXXXX", NULL);
  g_autofree char *errors = g_build_filename (folder, "errors", NULL);
  g_autofree char *json = make_set ();
  g_autofree char *printed = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading reading = { NULL, seen, 0 };
  int own_errors = dup (STDERR_FILENO);
  int file;

  write_file (folder, "hostile.json", json);
  write_file (folder, "hostile.md",
              "# " BEFORE MARK "GUIDE" AFTER "\n\nText " BEFORE MARK "GUIDE-TEXT" AFTER "\n");
  assay_driver_setenv (driver, "ASSAY_PRACTICE_DIR", folder);
  file = g_open (errors, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  dup2 (file, STDERR_FILENO);
  assay_driver_practise (driver);
  dup2 (own_errors, STDERR_FILENO);
  read_page (driver, &reading, "inbox");

  assay_driver_press (driver, "Return");
  assay_driver_wait_button (driver, "Show the Texts");
  assay_driver_wait_text (driver, MARK "WARNING");
  read_page (driver, &reading, "veil");
  assay_driver_press (driver, "Return");
  wait_for (driver, ATSPI_ROLE_SLIDER, NULL);
  assay_driver_wait_text (driver, MARK "SECOND");
  read_page (driver, &reading, "task");
  assay_driver_press (driver, "<Control>Return");
  wait_for (driver, ATSPI_ROLE_BUTTON, "Hide");
  read_page (driver, &reading, "what stands against a submission");
  assay_driver_press (driver, "<Control>d");
  assay_driver_wait_text (driver, "have no counterpart");
  read_page (driver, &reading, "differences");
  assay_driver_press (driver, "<Control>d");
  assay_driver_press (driver, "F1");
  assay_driver_wait_text (driver, MARK "GUIDE-TEXT");
  read_page (driver, &reading, "guideline");
  assay_driver_press (driver, "<Control><Shift>x");
  wait_for (driver, ATSPI_ROLE_RADIO_BUTTON, "Not Ratable");
  read_page (driver, &reading, "ways out");
  assay_driver_press (driver, "Escape");
  assay_driver_wait_gone (driver, ATSPI_ROLE_DIALOG, NULL);
  assay_driver_kill (driver);

  g_assert_true (g_file_get_contents (errors, &printed, NULL, NULL));
  g_printerr ("%s", printed);
  if (strstr (printed, "markup") != NULL)
    reading.n_problems++;
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autofree char *mark = g_strconcat (MARK, wanted[i], NULL);

      if (!g_hash_table_contains (seen, mark))
        {
          g_printerr ("# %s was not seen\n", mark);
          reading.n_problems++;
        }
    }
  g_assert_cmpuint (reading.n_problems, ==, 0);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/markup/pages", test_pages);

  return g_test_run ();
}
