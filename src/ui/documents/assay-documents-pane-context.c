/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-documents-pane-private.h"

#include <glib/gi18n.h>

#include "assay-answer-places.h"
#include "assay-visible-text.h"

#define TITLE_CHARACTERS 80
/* Longer conversations begin with their last turns unfolded. */
#define UNFOLDED_TURNS 6
#define SHORT_SYSTEM_BYTES 300
#define SHORT_SOURCES_BYTES 4000

/* What is above the responses: each text under its title, unfolded where it will be read. */

/* With the number that responses cite it by, and the form asks for it by. */
static char *
make_source_title (AssayDocumentsPane *self, AssayDocument *document)
{
  const char *title = assay_document_get_title (document);
  const char *key = assay_document_get_key (document);
  g_autoptr (GPtrArray) sources = assay_task_list_sources (self->task);
  int number = assay_task_find_source (self->task, key) + 1;
  g_autofree char *numbered = g_strdup_printf ("%d", number);
  g_autofree char *line =
      assay_visible_line (title != NULL && *title != '\0' ? title : key, TITLE_CHARACTERS);

  if (g_str_equal (line, numbered))
    /* Translators: a text that the responses rest on; %s is its number */
    return g_strdup_printf (_ ("Source %s"), line);
  if (sources->len > 1)
    /* Translators: the number of a text that the responses rest on, and its title */
    return g_strdup_printf (C_ ("source", "%d · %s"), number, line);
  if (title == NULL || *title == '\0')
    return g_strdup_printf (_ ("Source %s"), line);
  return g_steal_pointer (&line);
}

static char *
make_title (AssayDocumentsPane *self, AssayDocument *document)
{
  const char *title = assay_document_get_title (document);
  const char *key = assay_document_get_key (document);
  const char *speaker = assay_document_get_speaker (document);

  switch (assay_document_get_role (document))
    {
    case ASSAY_DOCUMENT_SYSTEM:
      return g_strdup (_ ("System Prompt"));
    case ASSAY_DOCUMENT_PROMPT:
      return g_strdup (_ ("Prompt"));
    case ASSAY_DOCUMENT_TURN:
      if (g_strcmp0 (speaker, "user") == 0)
        return g_strdup (C_ ("speaker in a conversation", "User"));
      if (g_strcmp0 (speaker, "assistant") == 0)
        return g_strdup (C_ ("speaker in a conversation", "Assistant"));
      if (g_strcmp0 (speaker, "system") == 0)
        return g_strdup (C_ ("speaker in a conversation", "System"));
      if (g_strcmp0 (speaker, "tool") == 0)
        return g_strdup (C_ ("speaker in a conversation", "Tool"));
      if (speaker != NULL && *speaker != '\0')
        return assay_visible_line (speaker, TITLE_CHARACTERS);
      /* Translators: a part of a conversation whose speaker is not known; %s is its number */
      return g_strdup_printf (_ ("Turn %s"), key);
    case ASSAY_DOCUMENT_SOURCE:
      return make_source_title (self, document);
    case ASSAY_DOCUMENT_REFERENCE:
      if (title != NULL && *title != '\0')
        return assay_visible_line (title, TITLE_CHARACTERS);
      return g_strdup (_ ("Reference Answer"));
    case ASSAY_DOCUMENT_RESPONSE:
    default:
      return g_strdup ("");
    }
}

static GtkWidget *
take_item (AssayDocumentsPane *self)
{
  GtkWidget *item;

  if (self->spare_items->len > 0)
    {
      item = g_ptr_array_steal_index (self->spare_items, 0);
      assay_document_view_search (assay_context_item_get_view (ASSAY_CONTEXT_ITEM (item)), NULL);
      return item;
    }
  item = assay_context_item_new ();
  _assay_documents_pane_watch_view (self, assay_context_item_get_view (ASSAY_CONTEXT_ITEM (item)));
  _assay_documents_pane_watch_focus (self, item);
  gtk_box_append (GTK_BOX (self->upper_box), item);
  return item;
}

void
_assay_documents_pane_add_context (AssayDocumentsPane *self)
{
  guint n_turns = 0;
  guint turn = 0;
  gsize source_bytes = 0;

  for (guint i = 0; i < assay_task_get_n_documents (self->task); i++)
    {
      AssayDocument *document = assay_task_get_document (self->task, i);

      n_turns += assay_document_get_role (document) == ASSAY_DOCUMENT_TURN;
      if (assay_document_get_role (document) == ASSAY_DOCUMENT_SOURCE)
        source_bytes += assay_document_get_length_bytes (document);
    }
  for (guint i = 0; i < assay_task_get_n_documents (self->task); i++)
    {
      AssayDocument *document = assay_task_get_document (self->task, i);
      AssayDocumentRole role = assay_document_get_role (document);
      gboolean expanded = FALSE;
      g_autofree char *title = NULL;
      GtkWidget *item;

      if (role == ASSAY_DOCUMENT_RESPONSE)
        continue;
      if (role == ASSAY_DOCUMENT_PROMPT)
        expanded = TRUE;
      else if (role == ASSAY_DOCUMENT_TURN)
        expanded = ++turn + UNFOLDED_TURNS > n_turns;
      else if (role == ASSAY_DOCUMENT_SYSTEM)
        expanded = assay_document_get_length_bytes (document) <= SHORT_SYSTEM_BYTES;
      else if (role == ASSAY_DOCUMENT_SOURCE)
        expanded = source_bytes <= SHORT_SOURCES_BYTES;

      title = make_title (self, document);
      item = take_item (self);
      assay_context_item_show (ASSAY_CONTEXT_ITEM (item), document, title, expanded);
      if (role == ASSAY_DOCUMENT_TURN)
        {
          /* Translators: a turn of a conversation: who speaks, and its number: "User, turn 3". */
          g_autofree char *name = g_strdup_printf (_ ("%s, turn %u"), title, turn);

          gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                          name, -1);
        }
      /* The person may have switched only this one. */
      assay_document_view_set_show_source (assay_context_item_get_view (ASSAY_CONTEXT_ITEM (item)),
                                           self->show_source);
      g_ptr_array_add (self->items, item);
    }
}
