/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include <adwaita.h>
#include <libdex.h>

#include "assay-typing.h"
#include "document-fixture.h"

static gboolean
has_colors (DocumentFixture *fixture, const char *shown)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->text));
  GtkTextIter start, from;
  g_autoptr (GSList) tags = NULL;
  gboolean any = FALSE;

  gtk_text_buffer_get_start_iter (buffer, &start);
  g_assert_true (gtk_text_iter_forward_search (&start, shown, GTK_TEXT_SEARCH_VISIBLE_ONLY, &from,
                                               NULL, NULL));
  tags = gtk_text_iter_get_tags (&from);
  for (GSList *l = tags; l != NULL; l = l->next)
    {
      gboolean is_set;

      g_object_get (l->data, "foreground-set", &is_set, NULL);
      any |= is_set;
    }
  return any;
}

static void
wait_for_colors (DocumentFixture *fixture, const char *shown)
{
  while (!has_colors (fixture, shown))
    g_main_context_iteration (NULL, TRUE);
}

/* As the window hears of it, whatever has the focus. */
static void
press_key (DocumentFixture *fixture)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (fixture->window);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_a, 38, 0, &taken);
    }
  g_assert_false (taken);
}

static void
test_waits (DocumentFixture *fixture, gconstpointer user_data)
{
  assay_typing_watch (GTK_WINDOW (fixture->window));
  g_assert_cmpuint (assay_typing_get_wait (GTK_WIDGET (fixture->text)), ==, 0);

  /* Nobody types. */
  document_fixture_show (fixture, "```lua\nlocal first = 1\n```\n");
  wait_for_colors (fixture, "local first");

  /* Somebody does: a language that was not read yet waits until they rest. */
  press_key (fixture);
  document_fixture_show (fixture, "```perl\nmy $second = 2;\n```\n");
  while (assay_typing_get_wait (GTK_WIDGET (fixture->text)) > 0)
    {
      g_assert_false (has_colors (fixture, "my "));
      g_main_context_iteration (NULL, FALSE);
    }
  wait_for_colors (fixture, "my ");

  /* One that is known does not. */
  document_fixture_show (fixture, "```lua\nlocal third = 3\n```\n");
  while (!has_colors (fixture, "local third"))
    {
      press_key (fixture);
      g_main_context_iteration (NULL, TRUE);
    }
}

/* The text goes, or is another one, while its colours wait. */
static void
test_goes (DocumentFixture *fixture, gconstpointer user_data)
{
  assay_typing_watch (GTK_WINDOW (fixture->window));
  press_key (fixture);
  document_fixture_show (fixture, "```ruby\ndef first; end\n```\n");
  document_fixture_show (fixture, "```ruby\ndef second; end\n```\n");
  wait_for_colors (fixture, "def second");
  press_key (fixture);
  document_fixture_show (fixture, "```scheme\n(define (third) 3)\n```\n");
}

/* How many of the names that were ever interned are GtkSourceView's for a buffer. Others come and
 * go with whatever happens to be used for the first time. */
static guint
count_names (void)
{
  guint n = 0;
  const char *name;

  for (GQuark quark = 1; (name = g_quark_to_string (quark)) != NULL; quark++)
    n += g_str_has_prefix (name, "gtk-source-marks-sequence") ? 1 : 0;
  return n;
}

/* GtkSourceView interns a name for each buffer that it makes, and names are never freed. */
static void
test_names (DocumentFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint before = 0;

  for (guint round = 0; round < 3; round++)
    {
      g_autofree char *last = NULL;

      g_string_truncate (text, 0);
      for (guint i = 0; i < 8; i++)
        g_string_append_printf (text, "```lua\nlocal v%u = %u\n```\n\n", i, round);
      g_string_append_printf (text, "```lua\nlocal last%u = 1\n```\n", round);
      document_fixture_show (fixture, text->str);
      last = g_strdup_printf ("local last%u", round);
      wait_for_colors (fixture, last);
      if (round == 0)
        before = count_names ();
    }
  g_assert_cmpuint (before, >, 0);
  g_assert_cmpuint (count_names (), ==, before);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  adw_init ();

  DOCUMENT_ADD ("/ui/code-colors/waits", test_waits);
  DOCUMENT_ADD ("/ui/code-colors/goes", test_goes);
  DOCUMENT_ADD ("/ui/code-colors/names", test_names);

  return g_test_run ();
}
