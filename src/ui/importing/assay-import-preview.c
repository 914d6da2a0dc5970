/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-import-preview.h"

#include <glib/gi18n.h>

#include "assay-help-label.h"
#include "assay-presentation.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

#define PREVIEW_CHARACTERS 500
#define PREVIEW_LINES 7
#define NAME_CHARACTERS 40

static char *
describe_document (AssayDocument *document, AssayPresentation *presentation)
{
  switch (assay_document_get_role (document))
    {
    case ASSAY_DOCUMENT_SYSTEM:
      return g_strdup (_ ("System prompt"));
    case ASSAY_DOCUMENT_PROMPT:
      return g_strdup (C_ ("import", "Prompt"));
    case ASSAY_DOCUMENT_TURN:
      {
        const char *speaker = assay_document_get_speaker (document);
        g_autofree char *name =
            assay_visible_line (speaker != NULL ? speaker : "", NAME_CHARACTERS);

        /* Translators: who speaks in a conversation, for example “user”. */
        return g_strdup_printf (_ ("Turn of %s"), name);
      }
    case ASSAY_DOCUMENT_RESPONSE:
      /* Translators: the letter of a response. */
      return g_strdup_printf (_ ("Response %s"),
                              assay_presentation_get_letter (presentation,
                                                             assay_document_get_key (document)));
    case ASSAY_DOCUMENT_SOURCE:
      return g_strdup (_ ("Source"));
    case ASSAY_DOCUMENT_REFERENCE:
    default:
      return g_strdup (_ ("Reference answer"));
    }
}

/* A row with a title and, below it, the returned label. */
static GtkLabel *
add_row (GtkListBox *list, const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *heading = gtk_label_new (title);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *row;

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "caption-heading");
  gtk_widget_add_css_class (heading, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_box_append (list, box);
  row = gtk_widget_get_parent (box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  heading, NULL, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, label, NULL,
                                  -1);
  return GTK_LABEL (label);
}

void
assay_import_preview_add_text (GtkListBox *list, const char *title, const char *text)
{
  GtkLabel *label = add_row (list, title);
  g_autofree char *visible = assay_visible_line (text, PREVIEW_CHARACTERS);

  gtk_label_set_text (label, visible);
  assay_widget_keep_words (GTK_WIDGET (label));
}

static void
add_document (GtkListBox *list, AssayDocument *document, AssayPresentation *presentation)
{
  const char *text = assay_document_get_text (document);
  int direction = assay_text_direction (text, -1);
  g_autofree char *title = describe_document (document, presentation);
  GtkLabel *label = add_row (list, title);

  assay_help_label_set_beginning (label, text, PREVIEW_LINES, PREVIEW_CHARACTERS);
  if (direction != 0)
    gtk_widget_set_direction (GTK_WIDGET (label),
                              direction < 0 ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
}

void
assay_import_preview_show_task (GtkListBox *list, AssayTask *task)
{
  g_autoptr (AssayPresentation) presentation =
      assay_presentation_new (task, g_str_hash (assay_task_get_id (task)));
  guint n_documents = assay_task_get_n_documents (task);

  for (guint i = 0; i < n_documents; i++)
    {
      AssayDocument *document = assay_task_get_document (task, i);

      if (assay_document_get_role (document) != ASSAY_DOCUMENT_RESPONSE)
        add_document (list, document, presentation);
    }
  for (guint i = 0; i < assay_presentation_get_n (presentation); i++)
    add_document (
        list, assay_task_find_response (task, assay_presentation_get_response (presentation, i)),
        presentation);
}
