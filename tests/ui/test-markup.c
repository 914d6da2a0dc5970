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
/* No name of a file has a slash. */
#define FILE_BEFORE "<i>"
#define FILE_AFTER "<i>&amp;<a href=\"x\">_y<i>%s"
#define FILE_NAME FILE_BEFORE MARK "FILE" FILE_AFTER

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
    "    'help': '{SCALE-HELP}', 'required': false, 'min': 1, 'max': 3,"
    "    'anchors': {'1': '{LOWEST}', '3': '{HIGHEST}'}},"
    "   {'id': 'choice', 'type': 'choice', 'label': '{CHOICE}', 'required': false, 'options':"
    "    [{'id': 'one', 'label': '{ONE}', 'help': '{ONE-HELP}'}, {'id': 'two', 'label': '{TWO}'}]},"
    "   {'id': 'multi', 'type': 'multi', 'label': '{MULTI}', 'required': false, 'options':"
    "    [{'id': 'three', 'label': '{THREE}'}, {'id': 'four', 'label': '{FOUR}'}]},"
    "   {'id': 'list', 'type': 'checklist', 'scope': 'each-response', 'label': '{LIST}', 'required': false, 'items':"
    "    [{'id': 'item', 'text': '{ITEM}', 'category': '{CATEGORY}'}]},"
    "   {'id': 'number', 'type': 'number', 'label': '{NUMBER}', 'unit': '{UNIT}', 'required': false, 'min': 0,"
    "    'max': 9},"
    "   {'id': 'text', 'type': 'text', 'label': '{TEXT}', 'help': '{TEXT-HELP}', 'required': false, 'max': 300}]}},"
    " 'tasks': [{'id': 'task', 'kind': 'rubric.scale', 'form': 'form', 'title': '{TASK}',"
    "  'language': 'en', 'prompt': '{PROMPT}', 'system': '{SYSTEM}', 'content_warning':"
    "  ['{WARNING}'],"
    "  'responses': [{'id': 'r1', 'content': '{FIRST}', 'model': '{MODEL}'},"
    "                {'id': 'r2', 'content': '{SECOND}', 'model': '{OTHER-MODEL}'}],"
    "  'gold': {'answers': {'pair': {'choice': 'r1', 'strength': 1}, 'choice': 'one', 'text': '{GOLD}'},"
    "           'rationale': '{GOLD-RATIONALE}', 'explanation': '{EXPLANATION}'}}]}";

/* Quotation marks are turned, and "{NAME}" becomes hostile. */
static char *
make_hostile (const char *pattern)
{
  g_autoptr (GString) json = g_string_new (NULL);

  for (const char *p = pattern; *p != '\0'; p++)
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
  AssayDriver *driver; /* (owned) */
  const char *page;
  GHashTable *seen; /* (owned) of mark */
  char *folder;     /* (owned) */
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

/* What is written as Markdown, as help is, may make a word bold, but nothing else. The import's
 * preview shows texts as they will look. */
static gboolean
is_markdown (Reading *reading, const char *mark_end)
{
  return g_str_has_prefix (mark_end - strlen ("-HELP"), "-HELP")
         || (g_str_has_prefix (reading->page, "import") && !g_str_has_prefix (mark_end, AFTER));
}

/* @is_document: what shows Markdown. */
static void
check_text (Reading *reading, AtspiAccessible *accessible, const char *text, gboolean is_document)
{
  for (const char *mark = strstr (text, MARK); mark != NULL; mark = strstr (mark + 1, MARK))
    {
      const char *end = mark + strlen (MARK);
      gboolean is_file = g_str_has_prefix (end, "FILE");
      const char *before = is_file ? FILE_BEFORE : BEFORE;
      const char *after = is_file ? FILE_AFTER : AFTER;

      while (g_ascii_isupper (*end) || *end == '-')
        end++;
      g_hash_table_add (reading->seen, g_strndup (mark, end - mark));
      if (is_document || (!is_file && is_markdown (reading, end))
              ? strstr (end, "<a href=\"x\">_y</a>%s") == NULL
              : mark - text < (int) strlen (before)
                    || !g_str_has_prefix (mark - strlen (before), before)
                    || !goes_on_as (end, after))
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
read_page (Reading *reading, const char *page)
{
  g_autoptr (AtspiAccessible) window = assay_driver_get_window (reading->driver);

  reading->page = page;
  if (g_getenv ("ASSAY_AUDIT_DUMP") != NULL)
    assay_driver_dump (reading->driver);
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

/* What the program prints is kept, so that a complaint of GTK's about markup is found. */
static Reading *
reading_new (void)
{
  Reading *self = g_new0 (Reading, 1);

  self->driver = assay_driver_new (NULL, NULL);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->folder = g_dir_make_tmp ("assay-hostile-XXXXXX", NULL);
  return self;
}

static int
reading_keep_errors (Reading *self)
{
  g_autofree char *errors = g_build_filename (self->folder, "errors", NULL);
  int own_errors = dup (STDERR_FILENO);
  int file = g_open (errors, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

  dup2 (file, STDERR_FILENO);
  close (file);
  return own_errors;
}

static void
reading_let_errors_go (int own_errors)
{
  dup2 (own_errors, STDERR_FILENO);
  close (own_errors);
}

/* Ends the program; each of @wanted must have been met on the way. */
static void
reading_finish (Reading *self, const char *const *wanted)
{
  g_autofree char *errors = g_build_filename (self->folder, "errors", NULL);
  g_autofree char *printed = NULL;
  guint n_problems;

  assay_driver_kill (self->driver);
  g_assert_true (g_file_get_contents (errors, &printed, NULL, NULL));
  g_printerr ("%s", printed);
  if (strstr (printed, "markup") != NULL)
    self->n_problems++;
  for (guint i = 0; wanted[i] != NULL; i++)
    {
      g_autofree char *mark = g_strconcat (MARK, wanted[i], NULL);

      if (!g_hash_table_contains (self->seen, mark))
        {
          g_printerr ("# %s was not seen\n", mark);
          self->n_problems++;
        }
    }
  n_problems = self->n_problems;
  assay_driver_free (self->driver);
  g_hash_table_unref (self->seen);
  g_free (self->folder);
  g_free (self);
  g_assert_cmpuint (n_problems, ==, 0);
}

static void
test_pages (void)
{
  static const char *const wanted[] = {
    "SET",    "TASK",   "WARNING",        "PROMPT",      "SYSTEM", "FIRST",
    "SECOND", "PAIR",   "SCALE",          "ONE",         "TWO",    "MULTI",
    "THREE",  "FOUR",   "LIST",           "ITEM",        "NUMBER", "UNIT",
    "TEXT",   "CHOICE", "TEXT-HELP",      "RATIONALE",   "GUIDE",  "FLAGGED",
    "GOLD",   "NOTE",   "GOLD-RATIONALE", "EXPLANATION", NULL,
  };
  Reading *reading = reading_new ();
  AssayDriver *driver = reading->driver;
  g_autofree char *json = make_hostile (set);
  int own_errors;

  write_file (reading->folder, "hostile.json", json);
  write_file (reading->folder, "hostile.md",
              "# " BEFORE MARK "GUIDE" AFTER "\n\nText " BEFORE MARK "GUIDE-TEXT" AFTER "\n");
  assay_driver_setenv (driver, "ASSAY_PRACTICE_DIR", reading->folder);
  own_errors = reading_keep_errors (reading);
  assay_driver_practise (driver);
  reading_let_errors_go (own_errors);
  read_page (reading, "inbox");

  assay_driver_press (driver, "Return");
  assay_driver_wait_button (driver, "Show the Texts");
  assay_driver_wait_text (driver, MARK "WARNING");
  read_page (reading, "veil");
  assay_driver_press (driver, "Return");
  assay_driver_wait_for (driver, ATSPI_ROLE_SLIDER, NULL);
  assay_driver_wait_text (driver, MARK "SECOND");
  read_page (reading, "task");
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait_for (driver, ATSPI_ROLE_BUTTON, "Hide");
  read_page (reading, "what stands against a submission");
  assay_driver_press (driver, "<Control>d");
  assay_driver_wait_text (driver, "have no counterpart");
  read_page (reading, "differences");
  assay_driver_press (driver, "<Control>d");
  assay_driver_press (driver, "F1");
  assay_driver_wait_text (driver, MARK "GUIDE-TEXT");
  read_page (reading, "guideline");
  assay_driver_press (driver, "<Control><Shift>x");
  assay_driver_wait_for (driver, ATSPI_ROLE_RADIO_BUTTON, "Not Ratable");
  read_page (reading, "ways out");
  assay_driver_close_dialog (driver);

  /* What the person writes is shown as it is too. */
  assay_driver_press (driver, "<Control>r");
  assay_driver_wait_for (driver, ATSPI_ROLE_SLIDER, NULL);
  assay_driver_press (driver, "Escape");
  assay_driver_press (driver, "f");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, "Private Note…");
  assay_driver_type (driver, BEFORE MARK "NOTE" AFTER);
  assay_driver_wait_text (driver, MARK "NOTE" AFTER);
  read_page (reading, "notes");
  assay_driver_press (driver, "<Control>r");
  assay_driver_type (driver, BEFORE MARK "FLAGGED" AFTER);
  assay_driver_wait_text (driver, MARK "FLAGGED" AFTER);
  read_page (reading, "rationale");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_SLIDER, NULL);
  assay_driver_press (driver, "2");
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait_button (driver, "Go On");
  assay_driver_wait_text (driver, MARK "EXPLANATION");
  read_page (reading, "comparison with the reference");
  reading_finish (reading, wanted);
}

/* Names of files and of what is in them, from the import to the outbox. */
static void
test_sheets (void)
{
  static const char *const wanted[] = {
    "FILE", "FIELD", "VALUE", "PROMPT", "FIRST", "SECOND", "TITLE", NULL,
  };
  /* The last record is a bad one. */
  static const char records[] =
      "{'prompt':'{PROMPT}','response_a':'{FIRST}','response_b':'{SECOND}','title':'{TITLE}','{FIELD}':'{VALUE}'}\n"
      "{'prompt':'{PROMPT}','response_a':'{FIRST}','response_b':'{SECOND}','title':'{TITLE}','{FIELD}':'{VALUE}'}\n"
      "{'prompt': {BROKEN}\n";
  Reading *reading = reading_new ();
  AssayDriver *driver = reading->driver;
  g_autofree char *text = make_hostile (records);
  g_autofree char *path = g_build_filename (reading->folder, FILE_NAME ".jsonl", NULL);
  int own_errors;

  write_file (reading->folder, FILE_NAME ".jsonl", text);
  assay_driver_set_undo_window (driver, 60);
  own_errors = reading_keep_errors (reading);
  assay_driver_launch (driver, path, NULL);
  reading_let_errors_go (own_errors);
  assay_driver_wait_button (driver, "Import");
  read_page (reading, "import");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_LIST_ITEM, "Where Things Are in the Files");
  assay_driver_press (driver, "space");
  assay_driver_wait_for (driver, ATSPI_ROLE_COMBO_BOX, "Response 1");
  read_page (reading, "import with places");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_COMBO_BOX, "Reference answer");
  assay_driver_press (driver, "space");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_LIST_ITEM);
  assay_driver_press (driver, "End");
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, MARK "VALUE");
  read_page (reading, "import with another place");
  assay_driver_press (driver, "<Alt>i");
  assay_driver_wait_text (driver, "Not Imported");
  read_page (reading, "import with a bad record");
  assay_driver_close_dialog (driver);
  read_page (reading, "inbox");

  assay_driver_tab_to_named (driver, ATSPI_ROLE_LIST_ITEM, BEFORE MARK "TITLE…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_wait_button (driver, "Submit");
  read_page (reading, "task");
  assay_driver_press (driver, "2");
  assay_driver_press (driver, "<Control>r");
  assay_driver_type (driver, "@A says what was asked for, and @B says something else instead.");
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait_button (driver, "Undo");
  read_page (reading, "after a submission");
  assay_driver_press (driver, "<Alt>Left");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_BUTTON, "All drafts saved · 1 waiting to be sent");
  assay_driver_press (driver, "Return");
  assay_driver_wait_for (driver, ATSPI_ROLE_BUTTON, "Take Back…");
  read_page (reading, "outbox");
  assay_driver_press (driver, "Escape");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Take Back…");

  assay_driver_tab_to_named (driver, ATSPI_ROLE_LIST_ITEM, FILE_BEFORE MARK "FILE…");
  assay_driver_press (driver, "Menu");
  assay_driver_wait_for (driver, ATSPI_ROLE_MENU_ITEM, "Export Judgements…");
  assay_driver_press (driver, "e");
  assay_driver_wait_for (driver, ATSPI_ROLE_COMBO_BOX, "Format");
  read_page (reading, "export");
  assay_driver_close_dialog (driver);
  assay_driver_press (driver, "Menu");
  assay_driver_wait_for (driver, ATSPI_ROLE_MENU_ITEM, "Remove Project…");
  assay_driver_press (driver, "r");
  assay_driver_wait_text (driver, "Remove “");
  read_page (reading, "removal of a project");
  assay_driver_close_dialog (driver);

  assay_driver_open_troubleshooting (driver);
  read_page (reading, "troubleshooting");
  assay_driver_close_dialog (driver);
  assay_driver_press (driver, "<Control>comma");
  assay_driver_wait_text (driver, "Submitting and Time");
  read_page (reading, "preferences");
  reading_finish (reading, wanted);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/markup/pages", test_pages);
  g_test_add_func ("/markup/sheets", test_sheets);

  return g_test_run ();
}
