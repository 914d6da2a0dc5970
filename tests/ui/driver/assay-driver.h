/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <atspi/atspi.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* libatspi does not bring these. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAccessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAction, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiComponent, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiStateSet, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiText, g_object_unref)

/**
 * AssayDriver:
 *
 * Drives the real program as a person would: it presses keys on the X server and reads what
 * assistive technology reads. Every wait is for a condition, checked again whenever the interface
 * says that something changed; the deadline only keeps a hung program from hanging the test, and a
 * wait that meets it prints the tree of the interface and fails the test.
 *
 * The program runs with a profile of its own, which stays between launches of one driver.
 */
typedef struct _AssayDriver AssayDriver;

/* @binary: NULL for the built program. @profile: NULL for a temporary one, removed at the end. */
AssayDriver *assay_driver_new (const char *binary, const char *profile);
void assay_driver_free (AssayDriver *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayDriver, assay_driver_free)

const char *assay_driver_get_profile (AssayDriver *self);
/* Sets a variable for the programs that are launched from now on. @value: (nullable): takes it
 * away. */
void assay_driver_setenv (AssayDriver *self, const char *name, const char *value);

/* Starts the program and waits until its window is there. */
void
assay_driver_launch (AssayDriver *self, const char *first_argument, ...) G_GNUC_NULL_TERMINATED;
/* Starts the program without waiting. */
void assay_driver_spawn (AssayDriver *self, const char *const *arguments);
/* Runs the program without its window, with the driver's profile, to its end; fails the test unless
 * it ends with status 0. Returns what it printed. (transfer full) */
char *assay_driver_run (AssayDriver *self, const char *first_argument, ...) G_GNUC_NULL_TERMINATED;
gboolean assay_driver_is_running (AssayDriver *self);
/* 0 if it does not run. */
GPid assay_driver_get_pid (AssayDriver *self);
/* Does not wait. */
void assay_driver_signal (AssayDriver *self, int signal_number);
/* SIGKILL, and waits for the end; fails the test if the program had ended in another way before. */
void assay_driver_kill (AssayDriver *self);
/* From now on the program can write to no file, as on a disk that fails. */
void assay_driver_refuse_writes (AssayDriver *self);
/* Ctrl+Q, and waits for the end; fails the test if the program does not end with status 0. */
void assay_driver_quit (AssayDriver *self);

/* Finding. @name: the accessible name, NULL for any; a trailing "…" matches any continuation, and
 * "…x…" whatever has x in it. Only what is showing counts. The result is owned by the caller. */
AtspiAccessible *assay_driver_find (AssayDriver *self, AtspiRole role, const char *name);
AtspiAccessible *
assay_driver_find_in (AssayDriver *self, AtspiAccessible *parent, AtspiRole role, const char *name);
/* The active window as it is now; (transfer full) (nullable). */
AtspiAccessible *assay_driver_get_window (AssayDriver *self);
/* As it is now, without waiting: NULL if it is not there. */
AtspiAccessible *assay_driver_peek (AssayDriver *self, AtspiRole role, const char *name);
AtspiAccessible *
assay_driver_peek_in (AssayDriver *self, AtspiAccessible *parent, AtspiRole role, const char *name);
/* Any role; waits. */
AtspiAccessible *assay_driver_find_named (AssayDriver *self, const char *name);
gboolean assay_driver_has_text (AssayDriver *self, const char *text);

typedef gboolean (*AssayDriverCondition) (AssayDriver *self, gpointer user_data);
/* @what: for the failure's message. */
void assay_driver_wait (AssayDriver *self,
                        const char *what,
                        AssayDriverCondition condition,
                        gpointer user_data);
/* FALSE if the program ended or the deadline passed. */
gboolean
assay_driver_try_wait (AssayDriver *self, AssayDriverCondition condition, gpointer user_data);
void assay_driver_wait_gone (AssayDriver *self, AtspiRole role, const char *name);
void assay_driver_wait_text (AssayDriver *self, const char *text);
/* For what goes by itself, as a toast: waits until a screen reader was told of it, now or since the
 * last such wait. */
void assay_driver_wait_announced (AssayDriver *self, const char *text);
void assay_driver_wait_focused (AssayDriver *self, AtspiAccessible *accessible);
void assay_driver_wait_state (AssayDriver *self,
                              AtspiAccessible *accessible,
                              AtspiStateType state,
                              gboolean value);
/* The focused object; (transfer full) (nullable). */
AtspiAccessible *assay_driver_get_focused (AssayDriver *self);
/* The same within a wait: %NULL also while the focus is on its way. */
AtspiAccessible *assay_driver_peek_focused (AssayDriver *self);
/* Waits until something else than @before has the focus, and returns it, or, from the second, %NULL
 * when nothing else gets it; (transfer full). */
AtspiAccessible *assay_driver_wait_focus_from (AssayDriver *self, AtspiAccessible *before);
AtspiAccessible *assay_driver_try_focus_from (AssayDriver *self, AtspiAccessible *before);

/* Reading; (transfer full). */
char *assay_driver_get_name (AtspiAccessible *accessible);
char *assay_driver_get_text (AtspiAccessible *accessible);
char *assay_driver_get_description (AtspiAccessible *accessible);
gboolean assay_driver_has_state (AtspiAccessible *accessible, AtspiStateType state);
void assay_driver_dump (AssayDriver *self);

/* Keys. @accelerator as GTK writes it: "<Control>Return", "j", "F1", "<Control><Shift>x". */
void assay_driver_press (AssayDriver *self, const char *accelerator);
void assay_driver_press_times (AssayDriver *self, const char *accelerator, guint n);
/* Types any text; characters that the keyboard does not have get a key for the moment. */
/* The key at a place of the keyboard, whatever its layout. @keycode: of the hardware, that of the
 * kernel plus 8. */
void assay_driver_press_place (AssayDriver *self, guint keycode);
void assay_driver_type (AssayDriver *self, const char *text);
/* Presses the object's own action (a click); for what a person does with the pointer. */
void assay_driver_click (AssayDriver *self, AtspiAccessible *accessible);
/* Presses Tab until @accessible has the focus, and fails the test if it never gets it. */
void assay_driver_tab_to (AssayDriver *self, AtspiAccessible *accessible);

/* The screen, as PNG. */
void assay_driver_screenshot (AssayDriver *self, const char *file);
/* The program's window alone, without what lies around it. */
void assay_driver_screenshot_window (AssayDriver *self, const char *file);
/* Asks the window manager for another size of the program's window, and waits for it. */
void assay_driver_resize (AssayDriver *self, int width, int height);

G_END_DECLS
