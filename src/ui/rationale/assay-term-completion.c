/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-term-completion.h"

#include <string.h>

#include "assay-bidi.h"

struct _AssayTermCompletion
{
  GObject parent_instance;

  GStrv terms; /* (owned) */

  /* The last completion, for as long as it stands before the cursor. */
  char *word;     /* (nullable): what was typed */
  char *inserted; /* (nullable) */
  int start;      /* of it, in characters */
  guint index;    /* among what the word could be */
};

G_DEFINE_FINAL_TYPE (AssayTermCompletion, assay_term_completion, G_TYPE_OBJECT)

static void
assay_term_completion_finalize (GObject *object)
{
  AssayTermCompletion *self = ASSAY_TERM_COMPLETION (object);

  g_strfreev (self->terms);
  g_free (self->word);
  g_free (self->inserted);

  G_OBJECT_CLASS (assay_term_completion_parent_class)->finalize (object);
}

static void
assay_term_completion_class_init (AssayTermCompletionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_term_completion_finalize;
}

static void
assay_term_completion_init (AssayTermCompletion *self)
{
  self->terms = g_new0 (char *, 1);
}

AssayTermCompletion *
assay_term_completion_new (void)
{
  return g_object_new (ASSAY_TYPE_TERM_COMPLETION, NULL);
}

/* Whether the last completion still stands from @start to the cursor. */
static gboolean
stands (AssayTermCompletion *self, GtkTextBuffer *buffer, GtkTextIter *start, GtkTextIter *cursor)
{
  g_autofree char *text = NULL;

  if (self->inserted == NULL)
    return FALSE;
  gtk_text_buffer_get_iter_at_offset (buffer, start, self->start);
  text = gtk_text_buffer_get_text (buffer, start, cursor, TRUE);
  return g_str_equal (text, self->inserted);
}

static void
find_word_start (GtkTextIter *start)
{
  GtkTextIter before = *start;

  while (gtk_text_iter_backward_char (&before)
         && g_unichar_isalnum (gtk_text_iter_get_char (&before)))
    *start = before;
}

guint
assay_term_completion_complete (AssayTermCompletion *self, GtkTextBuffer *buffer, char **word)
{
  g_auto (GStrv) found = NULL;
  GtkTextIter cursor;
  GtkTextIter start;
  guint n;

  g_return_val_if_fail (ASSAY_IS_TERM_COMPLETION (self), 0);
  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), 0);
  g_return_val_if_fail (word != NULL, 0);

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  if (stands (self, buffer, &start, &cursor))
    {
      self->index++;
    }
  else
    {
      start = cursor;
      find_word_start (&start);
      g_free (self->word);
      self->word = gtk_text_buffer_get_text (buffer, &start, &cursor, TRUE);
      self->start = gtk_text_iter_get_offset (&start);
      self->index = 0;
    }
  *word = g_strdup (self->word);
  found = assay_term_completion_find (self, self->word);
  n = g_strv_length (found);
  if (n == 0)
    {
      g_clear_pointer (&self->inserted, g_free);
      return 0;
    }
  g_set_str (&self->inserted, found[self->index % n]);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &cursor);
  gtk_text_buffer_insert (buffer, &start, self->inserted, -1);
  gtk_text_buffer_end_user_action (buffer);
  return n;
}

void
assay_term_completion_set_terms (AssayTermCompletion *self, const char *const *terms)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_return_if_fail (ASSAY_IS_TERM_COMPLETION (self));
  g_return_if_fail (terms != NULL);

  /* What is completed becomes the person's own text: without the isolates that it is shown with. */
  for (gsize i = 0; terms[i] != NULL; i++)
    {
      g_autofree char *term = assay_bidi_strip (terms[i]);

      if (*term != '\0' && g_hash_table_add (known, g_utf8_casefold (term, -1)))
        g_strv_builder_take (builder, g_steal_pointer (&term));
    }
  g_strfreev (self->terms);
  self->terms = g_strv_builder_end (builder);
}

GStrv
assay_term_completion_find (AssayTermCompletion *self, const char *word)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *wanted = NULL;
  g_autofree char *within = NULL;

  g_return_val_if_fail (ASSAY_IS_TERM_COMPLETION (self), NULL);
  g_return_val_if_fail (word != NULL, NULL);

  wanted = g_utf8_casefold (word, -1);
  within = g_strconcat (" ", wanted, NULL);
  for (gsize i = 0; self->terms[i] != NULL; i++)
    {
      g_autofree char *folded = g_utf8_casefold (self->terms[i], -1);

      if (g_str_has_prefix (folded, wanted) || strstr (folded, within) != NULL)
        g_strv_builder_add (builder, self->terms[i]);
    }
  return g_strv_builder_end (builder);
}
