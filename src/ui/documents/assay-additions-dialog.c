/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-additions-dialog.h"

#include <glib/gi18n.h>

#include "assay-visible-text.h"
#include "assay-widget.h"
#include "assay-words.h"

/* Rows of one list; a longer one is quicker read in the text. */
#define ROWS_MAX 100
#define ROW_CHARACTERS 400
#define ROW_LINES 4

struct _AssayAdditionsDialog
{
  AdwDialog parent_instance;

  AdwPreferencesPage *page;
  GtkWidget *chosen; /* the row that was activated, within the dialog */
};

/* A sentence that a row shows. */
typedef struct
{
  guint response;
  char *letter;
  AssayStretch stretch;
  char *text;
} Place;

G_DEFINE_FINAL_TYPE (AssayAdditionsDialog, assay_additions_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_PLACE_ACTIVATED,
  SIGNAL_QUOTE_REQUESTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->letter);
  g_free (place->text);
  g_free (place);
}

static const Place *
get_place (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "assay-place");
}

static void
activated_cb (AssayAdditionsDialog *self, GtkWidget *row)
{
  self->chosen = row;
  adw_dialog_close (ADW_DIALOG (self));
}

static void
quote_cb (AssayAdditionsDialog *self, GtkWidget *button)
{
  const Place *place = get_place (gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW));

  g_signal_emit (self, signals[SIGNAL_QUOTE_REQUESTED], 0, place->letter, place->text);
  adw_dialog_close (ADW_DIALOG (self));
}

/* Takes @place. */
static GtkWidget *
create_row (AssayAdditionsDialog *self, Place *place)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("assay-quote-symbolic");
  g_autofree char *folded = NULL;
  g_autofree char *read = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *name = NULL;

  folded = assay_words_fold_space (place->text);
  /* As it is read, and not as it is written. */
  read = assay_markdown_make_beginning (folded);
  shown = assay_visible_line (*read != '\0' ? read : folded, ROW_CHARACTERS);
  g_object_set_data_full (G_OBJECT (row), "assay-place", place, place_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shown);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), ROW_LINES);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);

  /* Translators: the name of a button in a list as it is read out; %s is a sentence. */
  name = g_strdup_printf (_ ("Quote in Rationale: %s"), shown);
  assay_widget_set_tooltip (button, _ ("Quote in Rationale"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (quote_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

/* The dialog gives the focus back as it goes: what takes it to the text comes after. */
static void
assay_additions_dialog_closed (AdwDialog *dialog)
{
  AssayAdditionsDialog *self = ASSAY_ADDITIONS_DIALOG (dialog);
  const Place *place = self->chosen != NULL ? get_place (self->chosen) : NULL;

  if (place != NULL)
    g_signal_emit (self, signals[SIGNAL_PLACE_ACTIVATED], 0, place->response,
                   (guint64) place->stretch.start,
                   (guint64) (place->stretch.end - place->stretch.start));
}

static void
assay_additions_dialog_class_init (AssayAdditionsDialogClass *klass)
{
  ADW_DIALOG_CLASS (klass)->closed = assay_additions_dialog_closed;

  signals[SIGNAL_PLACE_ACTIVATED] =
      g_signal_new ("place-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT64, G_TYPE_UINT64);
  signals[SIGNAL_QUOTE_REQUESTED] =
      g_signal_new ("quote-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
assay_additions_dialog_init (AssayAdditionsDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();

  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->page));
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("What Each Adds"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 620);
  adw_dialog_set_content_height (ADW_DIALOG (self), 560);
}

AssayAdditionsDialog *
assay_additions_dialog_new (void)
{
  return g_object_new (ASSAY_TYPE_ADDITIONS_DIALOG, NULL);
}

void
assay_additions_dialog_add_group (AssayAdditionsDialog *self,
                                  const char *title,
                                  guint response,
                                  const char *letter,
                                  const char *text,
                                  const AssayStretch *stretches,
                                  guint n_stretches)
{
  AdwPreferencesGroup *group;

  g_return_if_fail (ASSAY_IS_ADDITIONS_DIALOG (self));
  g_return_if_fail (title != NULL && letter != NULL && text != NULL);

  if (n_stretches == 0)
    return;
  group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (group, title);
  if (n_stretches > ROWS_MAX)
    {
      guint more = n_stretches - ROWS_MAX;
      g_autofree char *rest =
          g_strdup_printf (ngettext ("The first %2$d; %1$u more is underlined in the text.",
                                     "The first %2$d; %1$u more are underlined in the text.", more),
                           more, ROWS_MAX);

      adw_preferences_group_set_description (group, rest);
    }
  for (guint i = 0; i < MIN (n_stretches, ROWS_MAX); i++)
    {
      Place *place = g_new0 (Place, 1);

      place->response = response;
      place->letter = g_strdup (letter);
      place->stretch = stretches[i];
      place->text = g_strndup (text + stretches[i].start, stretches[i].end - stretches[i].start);
      adw_preferences_group_add (group, create_row (self, place));
    }
  adw_preferences_page_add (self->page, group);
}
