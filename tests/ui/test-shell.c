/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <libdex.h>

#include "assay-application.h"
#include "assay-effort-clock.h"
#include "assay-form-key.h"
#include "assay-format.h"
#include "assay-keymap.h"
#include "assay-place.h"
#include "assay-practice.h"
#include "assay-shortcuts.h"
#include "assay-task-row.h"
#include "assay-task-sequence.h"
#include "assay-visible-text.h"
#include "assay-window.h"
#include "assay-workbench-page.h"

/* What holds the window together: words for values, the table of shortcuts, the clock, the order of
 * tasks. */

#define HOUR_MS (G_GINT64_CONSTANT (3600) * 1000)

static void
assert_takes (char *text, const char *expected)
{
  g_autofree char *owned = text;

  g_assert_cmpstr (owned, ==, expected);
}

static void
test_formats (void)
{
  assert_takes (assay_format_clock (0), "00:00");
  assert_takes (assay_format_clock (252999), "04:12");
  assert_takes (assay_format_clock (HOUR_MS + 61000), "1:01:01");
  assert_takes (assay_format_clock (-5), "00:00");
  assert_takes (assay_format_minutes (1), "about 1 min");
  assert_takes (assay_format_minutes (10), "about 10 min");
  assert_takes (assay_format_money (450, "USD"), "USD 4.50");
  assert_takes (assay_format_money (450, "JPY"), "JPY 450");
  assert_takes (assay_format_money (1234, "KWD"), "KWD 1.234");
  assert_takes (assay_format_language ("en"), "English");
  assert_takes (assay_format_language ("pt-BR"), "Portuguese");
  assert_takes (assay_format_language ("tlh"), "tlh");
  assert_takes (assay_format_language ("enm"), "enm");
  g_assert_null (assay_format_due (0, HOUR_MS));
  assert_takes (assay_format_due (HOUR_MS, HOUR_MS), "overdue");
  assert_takes (assay_format_due (HOUR_MS + 30 * 1000, HOUR_MS), "due in 1 min");
  assert_takes (assay_format_due (4 * HOUR_MS, HOUR_MS), "due in 3 h");
  assert_takes (assay_format_due (48 * HOUR_MS, HOUR_MS), "due in 47 h");
  assert_takes (assay_format_due (73 * HOUR_MS, HOUR_MS), "due in 3 days");
}

static gboolean
class_has_action (GType type, const char *action)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (type);
  const GVariantType *parameter;
  const char *property;
  const char *name;
  GType owner;

  for (guint i = 0; gtk_widget_class_query_action (GTK_WIDGET_CLASS (klass), i, &owner, &name,
                                                   &parameter, &property);
       i++)
    if (g_str_equal (name, action))
      return TRUE;
  return FALSE;
}

/* The list of shortcuts tells of nothing that does not exist, and no key is given away twice. */
static void
test_shortcuts (void)
{
  g_autoptr (AssayApplication) application = assay_application_new ();
  g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < assay_shortcuts_get_n_groups (); i++)
    {
      const AssayShortcutGroup *group = assay_shortcuts_get_group (i);

      g_assert_cmpuint (group->n_shortcuts, >, 0);
      for (guint j = 0; j < group->n_shortcuts; j++)
        {
          const AssayShortcut *shortcut = &group->shortcuts[j];
          g_autofree char *all = g_strjoin (" ", shortcut->accels, shortcut->more, NULL);
          g_auto (GStrv) accels = g_strsplit (all, " ", -1);

          g_assert_cmpint (strlen (assay_shortcut_get_title (shortcut)), >, 0);
          for (guint k = 0; accels[k] != NULL; k++)
            {
              guint key;
              GdkModifierType modifiers;

              if (strstr (accels[k], "...") == NULL)
                {
                  g_assert_true (gtk_accelerator_parse (accels[k], &key, &modifiers));
                  g_assert_true (gtk_accelerator_valid (key, modifiers) || modifiers == 0);
                }
              if (shortcut->action != NULL)
                g_assert_true (g_hash_table_add (used, g_strdup (accels[k])));
            }

          if (shortcut->action == NULL)
            continue;
          if (g_str_has_prefix (shortcut->action, "app."))
            g_assert_nonnull (
                g_action_map_lookup_action (G_ACTION_MAP (application), shortcut->action + 4));
          else if (g_str_has_prefix (shortcut->action, "workbench."))
            g_assert_true (class_has_action (ASSAY_TYPE_WORKBENCH_PAGE, shortcut->action));
          else
            g_assert_true (class_has_action (ASSAY_TYPE_WINDOW, shortcut->action));
        }
    }
}

static const AssayShortcut *
find_shortcut (const char *action, const char *accels)
{
  for (guint i = 0; i < assay_shortcuts_get_n_groups (); i++)
    {
      const AssayShortcutGroup *group = assay_shortcuts_get_group (i);

      for (guint j = 0; j < group->n_shortcuts; j++)
        if (g_strcmp0 (group->shortcuts[j].action, action) == 0
            && (accels == NULL || g_str_equal (group->shortcuts[j].accels, accels)))
          return &group->shortcuts[j];
    }
  g_assert_not_reached ();
}

static void
assert_refused (const AssayShortcut *shortcut, const char *accel, const char *sentence)
{
  g_autofree char *reason = NULL;

  g_assert_false (assay_keymap_set (shortcut, accel, &reason));
  g_assert_cmpstr (reason, ==, sentence);
}

static void
assert_set (const AssayShortcut *shortcut, const char *accel)
{
  g_autofree char *reason = NULL;

  g_assert_true (assay_keymap_set (shortcut, accel, &reason));
  g_assert_null (reason);
}

static guint
press_plain (guint keyval)
{
  AssayFormKey key;

  g_assert_true (assay_form_key_init (&key, keyval, 0, 0));
  return key.symbol;
}

/* Keys can be chosen anew; one that is taken is refused with the name of what has it. */
static void
test_keymap (void)
{
  const AssayShortcut *save = find_shortcut ("workbench.save", NULL);
  const AssayShortcut *redo = find_shortcut ("workbench.redo", NULL);
  const AssayShortcut *na = find_shortcut (NULL, "n");
  const AssayShortcut *next = find_shortcut (NULL, "j Down");

  g_assert_false (assay_keymap_is_changeable (find_shortcut ("workbench.focus-response", NULL)));
  g_assert_false (assay_keymap_is_changeable (find_shortcut (NULL, "Return")));
  assert_refused (save, "<Control>r", "Ctrl+R is for “Go to the rationale”.");
  assert_refused (save, "<Control>y", "Ctrl+Y is for “Redo”.");
  assert_refused (save, "<Control>7", "Ctrl+7 is for “Go to response 1 to 9”.");
  assert_refused (save, "q", "This needs Ctrl, Alt or a function key, since it acts in texts too.");
  assert_refused (na, "<Control>q",
                  "This needs a letter or a sign alone, since it acts on the form.");
  assert_refused (na, "v", "V is for “Score by criterion or by response”.");
  assert_refused (na, "5", "5 is for “Choose the value, and go on”.");

  assert_set (save, "<Control>k");
  assert_takes (assay_keymap_dup_accels (save, FALSE), "<Control>k");
  assert_refused (redo, "<Control>k", "Ctrl+K is for “Save the draft now”.");
  /* What was given up is free. */
  assert_set (redo, "<Control>s");
  assert_takes (assay_keymap_dup_accels (redo, FALSE), "<Control>s <Control>y");
  assert_takes (assay_keymap_dup_accels (redo, TRUE), "<Control>s");
  assert_refused (save, NULL, "Ctrl+S is for “Redo”.");

  assert_set (na, "z");
  g_assert_cmpuint (press_plain (GDK_KEY_z), ==, GDK_KEY_n);
  g_assert_cmpuint (press_plain (GDK_KEY_n), ==, GDK_KEY_VoidSymbol);
  assert_set (next, "n");
  g_assert_cmpuint (press_plain (GDK_KEY_n), ==, GDK_KEY_j);
  g_assert_cmpuint (press_plain (GDK_KEY_Down), ==, GDK_KEY_Down);
  assert_takes (assay_keymap_dup_accels (next, TRUE), "n Down");

  assay_keymap_reset ();
  g_assert_cmpuint (press_plain (GDK_KEY_n), ==, GDK_KEY_n);
  g_assert_cmpuint (press_plain (GDK_KEY_z), ==, GDK_KEY_z);
  assert_takes (assay_keymap_dup_accels (save, FALSE), "<Control>s");
}

static gint64 now_us;

static gint64
get_now (void)
{
  return now_us;
}

static void
pass_seconds (gint64 seconds)
{
  now_us += seconds * G_USEC_PER_SEC;
}

static void
test_clock (void)
{
  g_autoptr (AssayEffortClock) clock = assay_effort_clock_new ();
  AssayEffort effort = { .active_ms = 5000 };

  now_us = 77 * G_USEC_PER_SEC;
  assay_effort_clock_set_time_func (clock, get_now);
  g_assert_cmpint (assay_effort_clock_get_state (clock), ==, ASSAY_CLOCK_STOPPED);
  assay_effort_clock_set_focused (clock, TRUE);
  assay_effort_clock_set_effort (clock, &effort);
  g_assert_cmpint (assay_effort_clock_get_state (clock), ==, ASSAY_CLOCK_RUNNING);

  /* Reading without a sign counts, up to the idle time; the rest is idle. */
  pass_seconds (50);
  assay_effort_clock_tick (clock);
  g_assert_cmpint (effort.active_ms, ==, 55000);
  pass_seconds (50);
  assay_effort_clock_tick (clock);
  g_assert_cmpint (assay_effort_clock_get_state (clock), ==, ASSAY_CLOCK_IDLE);
  g_assert_cmpint (effort.active_ms, ==, 65000);
  g_assert_cmpint (effort.idle_ms, ==, 40000);

  /* A sign brings it back; what passed meanwhile stays idle. */
  pass_seconds (10);
  assay_effort_clock_poke (clock);
  g_assert_cmpint (assay_effort_clock_get_state (clock), ==, ASSAY_CLOCK_RUNNING);
  g_assert_cmpint (effort.idle_ms, ==, 50000);
  pass_seconds (3);

  /* Another window is not this task. */
  assay_effort_clock_set_focused (clock, FALSE);
  pass_seconds (7);
  assay_effort_clock_set_focused (clock, TRUE);
  g_assert_cmpint (effort.active_ms, ==, 68000);
  g_assert_cmpint (effort.idle_ms, ==, 57000);

  assay_effort_clock_set_paused (clock, TRUE);
  g_assert_cmpint (assay_effort_clock_get_state (clock), ==, ASSAY_CLOCK_PAUSED);
  pass_seconds (100);
  assay_effort_clock_poke (clock);
  g_assert_cmpint (assay_effort_clock_get_state (clock), ==, ASSAY_CLOCK_PAUSED);
  assay_effort_clock_set_paused (clock, FALSE);
  g_assert_cmpint (effort.paused_ms, ==, 100000);
  g_assert_cmpint (effort.active_ms, ==, 68000);

  /* Fractions are not lost however often it looks. */
  for (guint i = 0; i < 3000; i++)
    {
      now_us += 333;
      assay_effort_clock_poke (clock);
    }
  assay_effort_clock_settle (clock);
  g_assert_cmpint (effort.active_ms, ==, 68000 + 3000 * 333 / 1000);
  assay_effort_clock_set_effort (clock, NULL);
  pass_seconds (5);
  assay_effort_clock_tick (clock);
  g_assert_cmpint (effort.active_ms, ==, 68000 + 3000 * 333 / 1000);
}

static void
test_sequence (void)
{
  g_autoptr (AssayTaskSequence) sequence = assay_task_sequence_new (NULL, 7);

  g_assert_cmpuint (assay_task_sequence_get_n_tasks (sequence), ==, 1);
  g_assert_cmpint (assay_task_sequence_get_row (sequence), ==, 7);
  g_assert_cmpint (assay_task_sequence_peek (sequence, 1), ==, 0);
  g_assert_cmpint (assay_task_sequence_peek (sequence, -1), ==, 0);
  g_assert_false (assay_task_sequence_move (sequence, 1));
  g_assert_cmpint (assay_task_sequence_find_open (sequence), ==, 0);

  assay_task_sequence_move_to (sequence, 9);
  assay_task_sequence_move_to (sequence, 8);
  assay_task_sequence_move_to (sequence, 7);
  g_assert_cmpuint (assay_task_sequence_get_n_tasks (sequence), ==, 3);
  g_assert_cmpuint (assay_task_sequence_get_position (sequence), ==, 0);
  g_assert_cmpint (assay_task_sequence_find_open (sequence), ==, 9);
  assay_task_sequence_set_settled (sequence, 9, TRUE);
  g_assert_cmpint (assay_task_sequence_find_open (sequence), ==, 8);
  g_assert_true (assay_task_sequence_move (sequence, 2));
  g_assert_cmpint (assay_task_sequence_find_open (sequence), ==, 7);
  assay_task_sequence_set_settled (sequence, 7, TRUE);
  g_assert_cmpint (assay_task_sequence_find_open (sequence), ==, 0);
  assay_task_sequence_set_settled (sequence, 9, FALSE);
  g_assert_cmpint (assay_task_sequence_find_open (sequence), ==, 9);
}

static void
test_places (void)
{
  g_autoptr (AssayProject) project = assay_project_new ("files", "p", "a & b <b>x</b>");
  g_autoptr (AssayPlace) returned = assay_place_new (ASSAY_PLACE_RETURNED);
  g_autoptr (AssayPlace) practice = assay_place_new (ASSAY_PLACE_PRACTICE);
  g_autoptr (AssayPlace) place = NULL;
  g_autoptr (AssayTaskQuery) query = assay_place_create_query (returned);
  g_autoptr (AssayTaskQuery) practice_query = assay_place_create_query (practice);
  g_autoptr (AssayTaskQuery) project_query = NULL;

  g_assert_cmpuint (query->states, ==, 1u << ASSAY_TASK_RETURNED | 1u << ASSAY_TASK_REFUSED);
  g_assert_cmpint (query->project, ==, 0);
  g_assert_cmpstr (practice_query->account, ==, ASSAY_PRACTICE_ACCOUNT);

  assay_project_set_id (project, 12);
  assay_project_set_n_tasks (project, 3);
  place = assay_place_new_for_project (project);
  project_query = assay_place_create_query (place);
  g_assert_cmpint (project_query->project, ==, 12);
  g_assert_cmpuint (project_query->states, ==, 0);
  g_assert_cmpuint (assay_place_get_count (place), ==, 3);
  g_assert_cmpstr (assay_place_get_title (place), ==, "a & b <b>x</b>");
}

static void
test_task_row (void)
{
  static const char hostile[] = "a & b <b>x</b>\n<a href=\"file:///etc/passwd\">y</a>";
  const AssayTaskSummaryData data = {
    .title = hostile,
    .kind = "pairwise.overall",
    .language = "en",
    .project_title = hostile,
    .state = ASSAY_TASK_STARTED,
    .est_minutes = 10,
    .pay_minor = 450,
    .currency = "USD",
  };
  g_autoptr (AssayTaskSummary) summary = assay_task_summary_new (1);
  GtkWidget *row = g_object_ref_sink (assay_task_row_new ());
  g_autofree char *sentence = NULL;

  assay_task_row_set_summary (ASSAY_TASK_ROW (row), summary);
  g_assert_null (assay_task_row_get_title (ASSAY_TASK_ROW (row)));
  assay_task_summary_fill (summary, &data);
  g_assert_cmpstr (assay_task_row_get_title (ASSAY_TASK_ROW (row)), ==,
                   "a & b <b>x</b> <a href=\"file:///etc/passwd\">y</a>");

  /* Each would be styled by itself, in two hundred rows. */
  g_assert_null (gtk_widget_get_first_child (row));

  sentence = assay_task_row_describe (summary);
  g_assert_true (g_str_has_prefix (sentence, "a & b <b>x</b>"));
  g_assert_nonnull (strstr (sentence, "English"));
  g_assert_nonnull (strstr (sentence, "USD 4.50"));
  g_assert_nonnull (strstr (sentence, assay_task_state_get_title (ASSAY_TASK_STARTED)));

  assay_task_row_set_summary (ASSAY_TASK_ROW (row), NULL);
  g_assert_finalize_object (row);
}

/* Where the letter that begins at @part is drawn. */
static int
get_x (GtkLabel *label, const char *part)
{
  const char *text = gtk_label_get_text (label);
  PangoRectangle place;

  pango_layout_index_to_pos (gtk_label_get_layout (label), (int) (strstr (text, part) - text),
                             &place);
  return place.x;
}

/* A name that runs the other way turns itself alone, wherever it stands in the sentence. */
static void
test_names_in_sentences (void)
{
  static const char *const patterns[] = { "%s, response B", "Remove “%s” now?", "Open %s 7 times" };

  for (int direction = GTK_TEXT_DIR_LTR; direction <= GTK_TEXT_DIR_RTL; direction++)
    for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
      {
        g_autofree char *name = assay_visible_line ("מטלה 1", 80);
        g_auto (GStrv) around = g_strsplit (patterns[i], "%s", 2);
        g_autofree char *text = g_strconcat (around[0], name, around[1], NULL);
        g_autoptr (GtkWidget) widget = g_object_ref_sink (gtk_label_new (text));
        GtkLabel *label = GTK_LABEL (widget);

        gtk_widget_set_direction (widget, direction);
        g_assert_cmpint (pango_layout_get_direction (gtk_label_get_layout (label), 0), ==,
                         PANGO_DIRECTION_LTR);
        /* The number belongs to the name, on whose left it stands; the rest comes after both. */
        g_assert_cmpint (get_x (label, "1"), <, get_x (label, "מ"));
        g_assert_cmpint (get_x (label, around[1]), >=, get_x (label, "מ"));
        if (*around[0] != '\0')
          g_assert_cmpint (get_x (label, around[0]), <, get_x (label, "1"));
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  adw_init ();

  g_test_add_func ("/shell/formats", test_formats);
  g_test_add_func ("/shell/shortcuts", test_shortcuts);
  g_test_add_func ("/shell/keymap", test_keymap);
  g_test_add_func ("/shell/clock", test_clock);
  g_test_add_func ("/shell/sequence", test_sequence);
  g_test_add_func ("/shell/places", test_places);
  g_test_add_func ("/shell/names-in-sentences", test_names_in_sentences);
  g_test_add_func ("/shell/task-row", test_task_row);

  return g_test_run ();
}
