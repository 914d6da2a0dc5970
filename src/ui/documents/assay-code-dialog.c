/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-code-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "assay-document-text.h"
#include "assay-limits.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

/* Code that is read as it was written, with lines of any length. In a document it is wrapped: there
 * it belongs to one text, through which one selects, finds and compares, and that has one place to
 * read on from. A text view can only scroll sideways as a whole, and a view of its own for each
 * block would end all of that at its border. */

#define WIDTH 1000
#define HEIGHT 640
#define TITLE_CHARACTERS 40

/* The code as a document of nothing else. */
static char *
make_source (const char *code, const char *language)
{
  g_autoptr (GString) source = g_string_new (NULL);
  gsize fence = 3;

  for (const char *p = code; *p != '\0';)
    {
      gsize n = strspn (p, "`");

      fence = MAX (fence, n + 1);
      p += MAX (n, 1);
    }
  for (guint i = 0; i < 2; i++)
    {
      for (gsize n = 0; n < fence; n++)
        g_string_append_c (source, '`');
      if (i == 0)
        g_string_append_printf (source, "%s\n%s\n", language != NULL ? language : "", code);
    }
  return g_string_free_and_steal (g_steal_pointer (&source));
}

static void
copy_clicked_cb (AssayDocumentText *text)
{
  AssayRendition *rendition = assay_document_text_get_rendition (text);
  g_autofree char *code =
      assay_rendition_dup_text (rendition, 0, assay_rendition_get_n_characters (rendition));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (text)), code);
}

void
assay_code_dialog_present (AssayRendition *rendition,
                           guint first,
                           double text_scale,
                           GtkWidget *parent)
{
  const AssayBlock *block;
  g_autofree char *code = NULL;
  g_autofree char *source = NULL;
  g_autofree char *language = NULL;
  g_autoptr (AssayMarkdown) markdown = NULL;
  g_autoptr (AssayRendition) alone = NULL;
  AdwDialog *dialog;
  GtkWidget *text, *scroller, *toolbar, *header, *copy;

  g_return_if_fail (rendition != NULL);
  g_return_if_fail (first < assay_rendition_get_n_lines (rendition));
  g_return_if_fail (GTK_IS_WIDGET (parent));

  block = assay_rendition_get_block (rendition, assay_rendition_get_line (rendition, first));
  code = assay_rendition_dup_block_text (rendition, first);
  source = make_source (code, block->language);
  markdown = assay_markdown_parse (source, -1);
  alone = assay_rendition_new (markdown, 1);
  if (block->language != NULL)
    language = assay_visible_line (block->language, TITLE_CHARACTERS);

  text = assay_document_text_new ();
  assay_document_text_set_wrap_code (ASSAY_DOCUMENT_TEXT (text), FALSE);
  assay_document_text_set_text_scale (ASSAY_DOCUMENT_TEXT (text), text_scale);
  assay_document_text_set_rendition (ASSAY_DOCUMENT_TEXT (text), alone);
  assay_document_text_fill (ASSAY_DOCUMENT_TEXT (text));
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (text), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Code"),
                                  -1);
  scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), text);

  copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  assay_widget_set_tooltip (copy, _ ("Copy the Code"));
  g_signal_connect_object (copy, "clicked", G_CALLBACK (copy_clicked_cb), text, G_CONNECT_SWAPPED);
  header = adw_header_bar_new ();
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), copy);
  toolbar = adw_toolbar_view_new ();
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), scroller);

  dialog = adw_dialog_new ();
  /* Translators: %s is the name of a programming language as it was written: "python". */
  if (language != NULL)
    {
      g_autofree char *name = assay_visible_line (language, ASSAY_LIMIT_LABEL_CHARACTERS);
      g_autofree char *title = g_strdup_printf (_ ("Code: %s"), name);

      adw_dialog_set_title (dialog, title);
    }
  else
    {
      adw_dialog_set_title (dialog, _ ("Code"));
    }
  adw_dialog_set_content_width (dialog, WIDTH);
  adw_dialog_set_content_height (dialog, HEIGHT);
  adw_dialog_set_child (dialog, toolbar);
  adw_dialog_set_focus (dialog, text);
  adw_dialog_present (dialog, parent);
}
