/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-wrap-guard.h"

#include <string.h>

#include "assay-paragraphs.h"

static gboolean
needs_character_wrap (GtkTextBuffer *buffer, const GtkTextIter *start, const GtkTextIter *end)
{
  g_autofree char *text = NULL;

  if (gtk_text_iter_get_offset (end) - gtk_text_iter_get_offset (start)
      <= ASSAY_UNBREAKABLE_CHARACTERS)
    return FALSE;
  text = gtk_text_buffer_get_text (buffer, start, end, TRUE);
  return assay_paragraph_needs_character_wrap (text, strlen (text));
}

static void
check_lines (GtkTextBuffer *buffer, GtkTextTag *tag, int first, int last)
{
  for (int line = first; line <= last; line++)
    {
      GtkTextIter start;
      GtkTextIter end;

      gtk_text_buffer_get_iter_at_line (buffer, &start, line);
      end = start;
      if (!gtk_text_iter_ends_line (&end))
        gtk_text_iter_forward_to_line_end (&end);
      if (needs_character_wrap (buffer, &start, &end))
        gtk_text_buffer_apply_tag (buffer, tag, &start, &end);
      else
        gtk_text_buffer_remove_tag (buffer, tag, &start, &end);
    }
}

static void
inserted_cb (GtkTextBuffer *buffer,
             const GtkTextIter *where,
             const char *text,
             int length,
             gpointer user_data)
{
  GtkTextIter start = *where;

  gtk_text_iter_backward_chars (&start, (int) g_utf8_strlen (text, length));
  check_lines (buffer, user_data, gtk_text_iter_get_line (&start), gtk_text_iter_get_line (where));
}

static void
deleted_cb (GtkTextBuffer *buffer,
            const GtkTextIter *start,
            const GtkTextIter *end,
            gpointer user_data)
{
  int line = gtk_text_iter_get_line (start);

  check_lines (buffer, user_data, line, line);
}

void
assay_wrap_guard_attach (GtkTextBuffer *buffer)
{
  GtkTextTag *tag;

  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));

  tag = gtk_text_buffer_create_tag (buffer, NULL, "wrap-mode", GTK_WRAP_CHAR, NULL);
  /* Behind the buffer's own handlers, and before anything is laid out. The buffer owns the tag. */
  g_signal_connect_after (buffer, "insert-text", G_CALLBACK (inserted_cb), tag);
  g_signal_connect_after (buffer, "delete-range", G_CALLBACK (deleted_cb), tag);
}
