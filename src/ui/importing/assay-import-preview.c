/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-import-preview.h"

#include <glib/gi18n.h>

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

/* The first lines of a text, cut behind a word and marked where there is more. A label's own limit
 * holds for each paragraph alone. */
static char *
dup_beginning (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  const char *end = stripped;
  const char *word_end = NULL;
  guint n_lines = 1;

  for (guint n = 0; *end != '\0' && n < PREVIEW_CHARACTERS; n++)
    {
      if (g_unichar_isspace (g_utf8_get_char (end)))
        word_end = end;
      if (*end == '\n' && n_lines++ == PREVIEW_LINES)
        break;
      end = g_utf8_next_char (end);
    }
  if (*end == '\0')
    return g_steal_pointer (&stripped);
  /* Where there are no spaces between words, any place will do. */
  if (word_end != NULL && word_end > stripped + (end - stripped) / 2)
    end = word_end;
  stripped[end - stripped] = '\0';
  return g_strconcat (g_strchomp (stripped), " …", NULL);
}

/* What cannot be seen is shown as what cannot be drawn. */
static char *
dup_visible_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = assay_visible_line (lines[i], PREVIEW_CHARACTERS + 2);

      g_free (lines[i]);
      lines[i] = line;
    }
  return g_strjoinv ("\n", lines);
}

void
assay_import_preview_add_text (GtkListBox *list, const char *title, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *heading = gtk_label_new (title);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *row;
  g_autofree char *beginning = dup_beginning (text);
  g_autofree char *visible = dup_visible_lines (beginning);
  int direction = assay_text_direction (text, -1);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "caption-heading");
  gtk_widget_add_css_class (heading, "dim-label");
  gtk_label_set_text (GTK_LABEL (label), visible);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (direction != 0)
    gtk_widget_set_direction (label, direction < 0 ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  assay_widget_keep_words (label);
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
      g_autofree char *title = NULL;

      if (assay_document_get_role (document) == ASSAY_DOCUMENT_RESPONSE)
        continue;
      title = describe_document (document, presentation);
      assay_import_preview_add_text (list, title, assay_document_get_text (document));
    }
  for (guint i = 0; i < assay_presentation_get_n (presentation); i++)
    {
      const char *id = assay_presentation_get_response (presentation, i);
      AssayDocument *document = assay_task_find_response (task, id);
      g_autofree char *title = describe_document (document, presentation);

      assay_import_preview_add_text (list, title, assay_document_get_text (document));
    }
}
