/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-driver-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <X11/XKBlib.h>

#include "assay-bidi.h"

/* Only a hang is a failure: sanitizers and loaded machines are slow. */
#ifdef __SANITIZE_ADDRESS__
#define DEADLINE_US (G_GINT64_CONSTANT (600) * G_USEC_PER_SEC)
#else
#define DEADLINE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#endif
/* How long a wait rests when no event arrives before it looks again. */
#define LOOK_AGAIN_MS 40
/* What a stack hides, or a list recycles, changes without a word: only what never changes. */
#define REMEMBERED (ATSPI_CACHE_ROLE | ATSPI_CACHE_INTERFACES)

/* What makes a wait look again. */
static const char *const events[] = { "object:announcement",    "object:children-changed",
                                      "object:property-change", "object:state-changed",
                                      "object:text-changed",    "window:" };

static void
event_cb (AtspiEvent *event, gpointer user_data)
{
  AssayDriver *self = user_data;

  /* The wait that runs the loop looks again; the event itself says nothing that it would trust, but
   * where to look for the focus. */
  if (event->source != NULL && event->detail1 != 0
      && g_str_has_prefix (event->type, "object:state-changed:focused"))
    g_set_object (&self->focused, event->source);
  if (g_str_has_prefix (event->type, "object:announcement")
      && G_VALUE_HOLDS_STRING (&event->any_data))
    g_ptr_array_add (self->announcements, g_value_dup_string (&event->any_data));
  g_boxed_free (ATSPI_TYPE_EVENT, event);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
ignore_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

AssayDriver *
assay_driver_new (const char *binary, const char *profile)
{
  AssayDriver *self = g_new0 (AssayDriver, 1);
  g_autoptr (AtspiAccessible) desktop = NULL;
  const char *root = g_getenv ("ASSAY_BUILD_ROOT");
  int min_keycode;
  int max_keycode;

  setlocale (LC_ALL, "");
  /* Inherited: a write beyond a limit fails instead of ending the program. */
  signal (SIGXFSZ, SIG_IGN);
  /* libatspi warns of every object that goes while it is looked at; here that is ordinary. */
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  g_log_set_handler ("dbind", G_LOG_LEVEL_MASK, ignore_cb, NULL);
  if (atspi_init () > 1)
    g_error ("no accessibility bus");
  desktop = atspi_get_desktop (0);
  atspi_accessible_set_cache_mask (desktop, REMEMBERED);

  self->binary = binary != NULL ? g_strdup (binary) : g_build_filename (root, "src", "assay", NULL);
  self->own_profile = profile == NULL;
  self->profile =
      profile != NULL ? g_strdup (profile) : g_dir_make_tmp ("assay-profile-XXXXXX", NULL);
  self->environment = g_get_environ ();
  self->environment = g_environ_setenv (self->environment, "ASSAY_PROFILE", self->profile, TRUE);
  self->environment = g_environ_setenv (self->environment, "GTK_A11Y", "atspi", TRUE);
  self->environment = g_environ_setenv (self->environment, "NO_AT_BRIDGE", "0", TRUE);
  self->environment = g_environ_unsetenv (self->environment, "G_DEBUG");
  self->context = g_main_context_default ();

  self->announcements = g_ptr_array_new_with_free_func (g_free);
  self->listener = atspi_event_listener_new (event_cb, self, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    atspi_event_listener_register (self->listener, events[i], NULL);

  self->display = XOpenDisplay (NULL);
  if (self->display == NULL)
    g_error ("no X display");
  XDisplayKeycodes (self->display, &min_keycode, &max_keycode);
  self->spare_keycodes = g_array_new (FALSE, FALSE, sizeof (int));
  self->borrowed = g_hash_table_new (NULL, NULL);
  for (int keycode = max_keycode; keycode >= min_keycode; keycode--)
    {
      if (XkbKeycodeToKeysym (self->display, keycode, 0, 0) == NoSymbol)
        g_array_append_val (self->spare_keycodes, keycode);
    }
  return self;
}

void
assay_driver_remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        assay_driver_remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void end (AssayDriver *self);

void
assay_driver_free (AssayDriver *self)
{
  if (self->process != NULL)
    end (self);
  g_clear_object (&self->process);
  /* The bus keeps a listener for itself, and what it listened for may still be on its way. */
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    atspi_event_listener_deregister (self->listener, events[i], NULL);
  g_clear_object (&self->listener);
  g_clear_object (&self->focused);
  g_clear_pointer (&self->announcements, g_ptr_array_unref);
  g_clear_pointer (&self->display, XCloseDisplay);
  g_clear_pointer (&self->spare_keycodes, g_array_unref);
  g_clear_pointer (&self->borrowed, g_hash_table_unref);
  if (self->own_profile)
    assay_driver_remove_tree (self->profile);
  g_free (self->binary);
  g_free (self->profile);
  g_strfreev (self->environment);
  g_free (self);
}

const char *
assay_driver_get_profile (AssayDriver *self)
{
  return self->profile;
}

void
assay_driver_setenv (AssayDriver *self, const char *name, const char *value)
{
  self->environment = value != NULL ? g_environ_setenv (self->environment, name, value, TRUE)
                                    : g_environ_unsetenv (self->environment, name);
}

/* The program's life */

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  AssayDriver *self = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  if (G_SUBPROCESS (source) == self->process)
    self->ended = TRUE;
}

void
assay_driver_spawn (AssayDriver *self, const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (self->process);
  g_ptr_array_add (argv, self->binary);
  for (gsize i = 0; arguments != NULL && arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  /* Test output belongs to the test: what the program prints goes to standard error. */
  g_subprocess_launcher_take_stdout_fd (launcher, dup (2));
  g_subprocess_launcher_set_environ (launcher, self->environment);
  self->ended = FALSE;
  self->process =
      g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_wait_async (self->process, NULL, ended_cb, self);
}

char *
assay_driver_run (AssayDriver *self, const char *first_argument, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  char *printed = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;
  va_list list;

  g_ptr_array_add (argv, self->binary);
  va_start (list, first_argument);
  for (const char *argument = first_argument; argument != NULL; argument = va_arg (list, char *))
    g_ptr_array_add (argv, (gpointer) argument);
  va_end (list);
  g_ptr_array_add (argv, NULL);

  g_spawn_sync (NULL, (char **) argv->pdata, self->environment, G_SPAWN_DEFAULT, NULL, NULL,
                &printed, &errors, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("%s %s: %s\n%s", self->binary, first_argument, error->message, errors);
  return printed;
}

gboolean
assay_driver_is_running (AssayDriver *self)
{
  return self->process != NULL && !self->ended;
}

/* An application takes the desktop's mask when one of its objects is first looked at. Where that
 * was before its root was known, it takes the default: all is remembered, and what a window shows
 * later is never seen. */
static void
remember_little (AtspiAccessible *application)
{
  AtspiApplication *owner = ((AtspiObject *) application)->app;

  if (owner != NULL && owner->root == application)
    atspi_accessible_set_cache_mask (application, REMEMBERED);
}

GPid
assay_driver_get_pid (AssayDriver *self)
{
  const char *identifier =
      self->process != NULL ? g_subprocess_get_identifier (self->process) : NULL;

  return identifier != NULL ? (GPid) g_ascii_strtoll (identifier, NULL, 10) : 0;
}

AtspiAccessible *
assay_driver_peek_application (AssayDriver *self)
{
  g_autoptr (AtspiAccessible) desktop = atspi_get_desktop (0);
  guint pid = (guint) assay_driver_get_pid (self);
  int n = desktop != NULL ? atspi_accessible_get_child_count (desktop, NULL) : 0;

  for (int i = n - 1; i >= 0; i--)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (desktop, i, NULL);

      if (child != NULL && pid != 0 && atspi_accessible_get_process_id (child, NULL) == pid)
        {
          remember_little (child);
          return g_steal_pointer (&child);
        }
    }
  return NULL;
}

AtspiAccessible *
assay_driver_get_window (AssayDriver *self)
{
  g_autoptr (AtspiAccessible) application = assay_driver_peek_application (self);
  int n = application != NULL ? atspi_accessible_get_child_count (application, NULL) : 0;

  for (int i = n - 1; i >= 0; i--)
    {
      g_autoptr (AtspiAccessible) window =
          atspi_accessible_get_child_at_index (application, i, NULL);

      if (window != NULL && assay_driver_has_state (window, ATSPI_STATE_SHOWING)
          && assay_driver_has_state (window, ATSPI_STATE_ACTIVE))
        return g_steal_pointer (&window);
    }
  return NULL;
}

static gboolean
has_window (AssayDriver *self, gpointer user_data)
{
  /* Active: keys that are pressed now reach it. */
  g_autoptr (AtspiAccessible) window = assay_driver_get_window (self);

  /* Once in many launches the window manager leaves a new window without the focus; a person would
   * click on it. */
  if (window == NULL)
    assay_driver_ask_for_focus (self);
  return window != NULL;
}

void
assay_driver_launch (AssayDriver *self, const char *first_argument, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  va_list list;

  va_start (list, first_argument);
  for (const char *argument = first_argument; argument != NULL; argument = va_arg (list, char *))
    g_ptr_array_add (arguments, (gpointer) argument);
  va_end (list);
  g_ptr_array_add (arguments, NULL);

  assay_driver_spawn (self, (const char *const *) arguments->pdata);
  assay_driver_wait (self, "the program's window", has_window, NULL);
}

static gboolean
has_ended (AssayDriver *self, gpointer user_data)
{
  return self->ended;
}

static void
wait_for_end (AssayDriver *self)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;
  guint tick = g_timeout_add (LOOK_AGAIN_MS, wake_cb, NULL);

  while (!has_ended (self, NULL) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (self->context, TRUE);
  g_source_remove (tick);
  if (!self->ended)
    g_error ("the program does not end");
}

void
assay_driver_signal (AssayDriver *self, int signal_number)
{
  if (self->process != NULL && !self->ended)
    g_subprocess_send_signal (self->process, signal_number);
}

void
assay_driver_refuse_writes (AssayDriver *self)
{
  static const struct rlimit nothing = { 0, 0 };
  GPid pid = assay_driver_get_pid (self);

  /* Zero would be the test itself. */
  g_assert_cmpint (pid, >, 0);
  if (prlimit (pid, RLIMIT_FSIZE, &nothing, NULL) != 0)
    g_error ("the program's files cannot be limited: %s", g_strerror (errno));
}

static void
end (AssayDriver *self)
{
  if (!self->ended)
    {
      g_subprocess_send_signal (self->process, SIGKILL);
      wait_for_end (self);
    }
}

void
assay_driver_kill (AssayDriver *self)
{
  if (self->process == NULL)
    return;
  end (self);
  /* A program that crashed before would pass for one that was killed. */
  if (!g_subprocess_get_if_signaled (self->process)
      || g_subprocess_get_term_sig (self->process) != SIGKILL)
    g_error ("the program had ended by itself, with wait status %d",
             g_subprocess_get_status (self->process));
  g_clear_object (&self->process);
}

void
assay_driver_quit (AssayDriver *self)
{
  g_assert_nonnull (self->process);
  assay_driver_press (self, "<Control>q");
  wait_for_end (self);
  g_assert_true (g_subprocess_get_if_exited (self->process));
  g_assert_cmpint (g_subprocess_get_exit_status (self->process), ==, 0);
  g_clear_object (&self->process);
}

/* Waiting */

static gboolean
wait_until (AssayDriver *self, AssayDriverCondition condition, gpointer user_data)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;
  guint tick = g_timeout_add (LOOK_AGAIN_MS, wake_cb, NULL);
  gboolean met = FALSE;

  for (;;)
    {
      while (g_main_context_iteration (self->context, FALSE))
        ;
      met = condition (self, user_data);
      if (met || self->ended || g_get_monotonic_time () >= deadline)
        break;
      g_main_context_iteration (self->context, TRUE);
    }
  g_source_remove (tick);
  return met;
}

gboolean
assay_driver_try_wait (AssayDriver *self, AssayDriverCondition condition, gpointer user_data)
{
  return wait_until (self, condition, user_data);
}

void
assay_driver_wait (AssayDriver *self,
                   const char *what,
                   AssayDriverCondition condition,
                   gpointer user_data)
{
  if (wait_until (self, condition, user_data))
    return;
  if (self->ended)
    g_error ("the program ended (%s %d) while the test waited for %s",
             g_subprocess_get_if_signaled (self->process) ? "signal" : "status",
             g_subprocess_get_if_signaled (self->process)
                 ? g_subprocess_get_term_sig (self->process)
                 : g_subprocess_get_exit_status (self->process),
             what);
  assay_driver_dump (self);
  /* What is kept of a log is often its end. */
  g_printerr ("# waited in vain for %s\n", what);
  if (g_getenv ("ASSAY_DRIVER_SHOT") != NULL)
    assay_driver_screenshot (self, g_getenv ("ASSAY_DRIVER_SHOT"));
  g_error ("waited in vain for %s", what);
}

/* Finding */

static gboolean
name_matches (const char *name, const char *wanted)
{
  const char *ellipsis = "…";

  if (wanted == NULL)
    return TRUE;
  if (name == NULL)
    return FALSE;
  if (g_str_has_prefix (wanted, ellipsis) && g_str_has_suffix (wanted, ellipsis))
    {
      g_autofree char *part =
          g_strndup (wanted + strlen (ellipsis), strlen (wanted) - 2 * strlen (ellipsis));

      return strstr (name, part) != NULL;
    }
  if (g_str_has_suffix (wanted, ellipsis))
    return strncmp (name, wanted, strlen (wanted) - strlen (ellipsis)) == 0;
  return g_str_equal (name, wanted);
}

static AtspiAccessible *
search (AtspiAccessible *parent, AtspiRole role, const char *name, int depth)
{
  int n = atspi_accessible_get_child_count (parent, NULL);

  if (depth > ASSAY_DRIVER_MAX_DEPTH)
    return NULL;
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (parent, i, NULL);
      AtspiAccessible *found;

      if (child == NULL || !assay_driver_has_state (child, ATSPI_STATE_SHOWING))
        continue;
      if (role == ATSPI_ROLE_INVALID || atspi_accessible_get_role (child, NULL) == role)
        {
          g_autofree char *child_name = assay_driver_get_name (child);

          if (name_matches (child_name, name))
            return g_steal_pointer (&child);
        }
      found = search (child, role, name, depth + 1);
      if (found != NULL)
        return found;
    }
  return NULL;
}

AtspiAccessible *
assay_driver_peek_in (AssayDriver *self, AtspiAccessible *parent, AtspiRole role, const char *name)
{
  return search (parent, role, name, 0);
}

AtspiAccessible *
assay_driver_peek (AssayDriver *self, AtspiRole role, const char *name)
{
  g_autoptr (AtspiAccessible) application = assay_driver_peek_application (self);

  return application != NULL ? search (application, role, name, 0) : NULL;
}

typedef struct
{
  AtspiAccessible *parent;
  AtspiRole role;
  const char *name;
  AtspiAccessible *found;
} Search;

static gboolean
is_found (AssayDriver *self, gpointer user_data)
{
  Search *wanted = user_data;

  wanted->found = wanted->parent != NULL
                      ? assay_driver_peek_in (self, wanted->parent, wanted->role, wanted->name)
                      : assay_driver_peek (self, wanted->role, wanted->name);
  return wanted->found != NULL;
}

static gboolean
is_gone (AssayDriver *self, gpointer user_data)
{
  gboolean found = is_found (self, user_data);

  g_clear_object (&((Search *) user_data)->found);
  return !found;
}

AtspiAccessible *
assay_driver_find_in (AssayDriver *self, AtspiAccessible *parent, AtspiRole role, const char *name)
{
  Search wanted = { parent, role, name, NULL };
  g_autofree char *role_name = role != ATSPI_ROLE_INVALID ? atspi_role_get_name (role) : NULL;
  g_autofree char *what = g_strdup_printf ("%s “%s”", role_name != NULL ? role_name : "anything",
                                           name != NULL ? name : "");

  assay_driver_wait (self, what, is_found, &wanted);
  return wanted.found;
}

AtspiAccessible *
assay_driver_find (AssayDriver *self, AtspiRole role, const char *name)
{
  return assay_driver_find_in (self, NULL, role, name);
}

AtspiAccessible *
assay_driver_find_named (AssayDriver *self, const char *name)
{
  return assay_driver_find_in (self, NULL, ATSPI_ROLE_INVALID, name);
}

void
assay_driver_wait_gone (AssayDriver *self, AtspiRole role, const char *name)
{
  Search wanted = { NULL, role, name, NULL };

  assay_driver_wait (self, "something to go", is_gone, &wanted);
}

static gboolean
contains_text (AtspiAccessible *parent, const char *text, int depth)
{
  int n = atspi_accessible_get_child_count (parent, NULL);

  if (depth > ASSAY_DRIVER_MAX_DEPTH)
    return FALSE;
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (parent, i, NULL);
      g_autofree char *name = NULL;
      g_autofree char *content = NULL;

      if (child == NULL || !assay_driver_has_state (child, ATSPI_STATE_SHOWING))
        continue;
      name = assay_driver_get_name (child);
      if (name != NULL && strstr (name, text) != NULL)
        return TRUE;
      content = assay_driver_get_text (child);
      if (content != NULL && strstr (content, text) != NULL)
        return TRUE;
      if (contains_text (child, text, depth + 1))
        return TRUE;
    }
  return FALSE;
}

gboolean
assay_driver_has_text (AssayDriver *self, const char *text)
{
  g_autoptr (AtspiAccessible) application = assay_driver_peek_application (self);

  return application != NULL && contains_text (application, text, 0);
}

static gboolean
has_text (AssayDriver *self, gpointer user_data)
{
  return assay_driver_has_text (self, user_data);
}

void
assay_driver_wait_text (AssayDriver *self, const char *text)
{
  g_autofree char *what = g_strdup_printf ("the text “%s”", text);

  assay_driver_wait (self, what, has_text, (gpointer) text);
}

static gboolean
was_announced (AssayDriver *self, gpointer user_data)
{
  for (guint i = 0; i < self->announcements->len; i++)
    if (strstr (g_ptr_array_index (self->announcements, i), user_data) != NULL)
      {
        g_ptr_array_remove_range (self->announcements, 0, i + 1);
        return TRUE;
      }
  return FALSE;
}

void
assay_driver_wait_announced (AssayDriver *self, const char *text)
{
  g_autofree char *what = g_strdup_printf ("“%s” to be announced", text);

  assay_driver_wait (self, what, was_announced, (gpointer) text);
}

typedef struct
{
  AtspiAccessible *accessible;
  AtspiStateType state;
  gboolean value;
} StateWait;

static gboolean
has_wanted_state (AssayDriver *self, gpointer user_data)
{
  StateWait *wanted = user_data;

  return assay_driver_has_state (wanted->accessible, wanted->state) == wanted->value;
}

void
assay_driver_wait_state (AssayDriver *self,
                         AtspiAccessible *accessible,
                         AtspiStateType state,
                         gboolean value)
{
  StateWait wanted = { accessible, state, value };

  assay_driver_wait (self, "a state", has_wanted_state, &wanted);
}

/* Reading */

/* A person hears and reads the words, not the isolates around them. Takes @text. */
static char *
without_isolates (char *text)
{
  g_autofree char *owned = text;

  return owned != NULL ? assay_bidi_strip (owned) : NULL;
}

char *
assay_driver_get_name (AtspiAccessible *accessible)
{
  return without_isolates (atspi_accessible_get_name (accessible, NULL));
}

char *
assay_driver_get_description (AtspiAccessible *accessible)
{
  return without_isolates (atspi_accessible_get_description (accessible, NULL));
}

char *
assay_driver_get_text (AtspiAccessible *accessible)
{
  g_autoptr (AtspiText) text = atspi_accessible_get_text_iface (accessible);
  int length = text != NULL ? atspi_text_get_character_count (text, NULL) : 0;

  return text != NULL ? atspi_text_get_text (text, 0, length, NULL) : NULL;
}

gboolean
assay_driver_has_state (AtspiAccessible *accessible, AtspiStateType state)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (accessible);

  return states != NULL && atspi_state_set_contains (states, state);
}

static void
dump (AtspiAccessible *accessible, int depth)
{
  g_autofree char *name = assay_driver_get_name (accessible);
  g_autofree char *role = atspi_accessible_get_role_name (accessible, NULL);
  g_autofree char *text = assay_driver_get_text (accessible);
  int n = atspi_accessible_get_child_count (accessible, NULL);

  if (depth > ASSAY_DRIVER_MAX_DEPTH)
    return;
  g_printerr ("# %*s%s “%s”%s%s%.80s\n", depth * 2, "", role != NULL ? role : "?",
              name != NULL ? name : "",
              assay_driver_has_state (accessible, ATSPI_STATE_FOCUSED) ? " FOCUSED" : "",
              text != NULL ? " text: " : "", text != NULL ? text : "");
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (accessible, i, NULL);

      if (child != NULL && assay_driver_has_state (child, ATSPI_STATE_SHOWING))
        dump (child, depth + 1);
    }
}

void
assay_driver_dump (AssayDriver *self)
{
  g_autoptr (AtspiAccessible) application = assay_driver_peek_application (self);

  if (application != NULL)
    {
      for (int i = 0; i < atspi_accessible_get_child_count (application, NULL); i++)
        {
          g_autoptr (AtspiAccessible) window =
              atspi_accessible_get_child_at_index (application, i, NULL);

          if (window != NULL)
            dump (window, 0);
        }
    }
  else
    g_printerr ("# the program is not on the accessibility bus\n");
}
