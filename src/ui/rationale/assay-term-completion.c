/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-term-completion.h"

#include <string.h>

struct _AssayTermCompletion
{
  GObject parent_instance;

  GStrv terms; /* (owned) */
};

/* A proposal: a term. */
#define ASSAY_TYPE_TERM (assay_term_get_type ())
G_DECLARE_FINAL_TYPE (AssayTerm, assay_term, ASSAY, TERM, GObject)

struct _AssayTerm
{
  GObject parent_instance;

  char *text;
};

static char *
assay_term_get_typed_text (GtkSourceCompletionProposal *proposal)
{
  return g_strdup (ASSAY_TERM (proposal)->text);
}

static void
assay_term_proposal_init (GtkSourceCompletionProposalInterface *interface)
{
  interface->get_typed_text = assay_term_get_typed_text;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (AssayTerm,
                               assay_term,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_COMPLETION_PROPOSAL,
                                                      assay_term_proposal_init))

static void
assay_term_finalize (GObject *object)
{
  g_free (ASSAY_TERM (object)->text);

  G_OBJECT_CLASS (assay_term_parent_class)->finalize (object);
}

static void
assay_term_class_init (AssayTermClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_term_finalize;
}

static void
assay_term_init (AssayTerm *self)
{
}

/* The provider */

static GListModel *
list_terms (AssayTermCompletion *self, GtkSourceCompletionContext *context)
{
  GListStore *list = g_list_store_new (ASSAY_TYPE_TERM);
  g_autofree char *word = gtk_source_completion_context_get_word (context);
  g_auto (GStrv) found = assay_term_completion_find (self, word != NULL ? word : "");

  for (gsize i = 0; found[i] != NULL; i++)
    {
      g_autoptr (AssayTerm) term = g_object_new (ASSAY_TYPE_TERM, NULL);

      term->text = g_strdup (found[i]);
      g_list_store_append (list, term);
    }
  return G_LIST_MODEL (list);
}

static void
populate_async (GtkSourceCompletionProvider *provider,
                GtkSourceCompletionContext *context,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);

  if (gtk_source_completion_context_get_activation (context)
      == GTK_SOURCE_COMPLETION_ACTIVATION_USER_REQUESTED)
    g_task_return_pointer (task, list_terms (ASSAY_TERM_COMPLETION (provider), context),
                           g_object_unref);
  else
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not asked for");
}

static GListModel *
populate_finish (GtkSourceCompletionProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What is typed on narrows the list. */
static void
refilter (GtkSourceCompletionProvider *provider,
          GtkSourceCompletionContext *context,
          GListModel *model)
{
  g_autoptr (GListModel) list = list_terms (ASSAY_TERM_COMPLETION (provider), context);

  gtk_source_completion_context_set_proposals_for_provider (context, provider, list);
}

static void
display (GtkSourceCompletionProvider *provider,
         GtkSourceCompletionContext *context,
         GtkSourceCompletionProposal *proposal,
         GtkSourceCompletionCell *cell)
{
  if (gtk_source_completion_cell_get_column (cell) == GTK_SOURCE_COMPLETION_COLUMN_TYPED_TEXT)
    gtk_source_completion_cell_set_text (cell, ASSAY_TERM (proposal)->text);
}

static void
activate (GtkSourceCompletionProvider *provider,
          GtkSourceCompletionContext *context,
          GtkSourceCompletionProposal *proposal)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (gtk_source_completion_context_get_buffer (context));
  GtkTextIter begin;
  GtkTextIter end;

  gtk_source_completion_context_get_bounds (context, &begin, &end);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &begin, &end);
  gtk_text_buffer_insert (buffer, &begin, ASSAY_TERM (proposal)->text, -1);
  gtk_text_buffer_end_user_action (buffer);
}

static void
provider_init (GtkSourceCompletionProviderInterface *interface)
{
  interface->populate_async = populate_async;
  interface->populate_finish = populate_finish;
  interface->refilter = refilter;
  interface->display = display;
  interface->activate = activate;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (AssayTermCompletion,
                               assay_term_completion,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_COMPLETION_PROVIDER,
                                                      provider_init))

static void
assay_term_completion_finalize (GObject *object)
{
  g_strfreev (ASSAY_TERM_COMPLETION (object)->terms);

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

void
assay_term_completion_set_terms (AssayTermCompletion *self, const char *const *terms)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_return_if_fail (ASSAY_IS_TERM_COMPLETION (self));
  g_return_if_fail (terms != NULL);

  for (gsize i = 0; terms[i] != NULL; i++)
    if (*terms[i] != '\0' && g_hash_table_add (known, g_utf8_casefold (terms[i], -1)))
      g_strv_builder_add (builder, terms[i]);
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
