/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-documents-pane-private.h"

#include <glib/gi18n.h>

static guint
count_matches (AssayDocumentsPane *self, guint n_views)
{
  guint n = 0;

  for (guint v = 0; v < n_views; v++)
    n += assay_document_view_get_n_matches (_assay_documents_pane_get_view (self, v));
  return n;
}

static const char *
get_name (AssayDocumentsPane *self, guint view)
{
  if (view < self->items->len)
    return assay_context_item_get_title (g_ptr_array_index (self->items, view));
  return assay_response_column_get_letter (
      g_ptr_array_index (self->columns, view - self->items->len));
}

/* "Prompt 2, A 5, B 3": where the matches are. */
static char *
describe_places (AssayDocumentsPane *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) places = NULL;

  for (guint v = 0; v < _assay_documents_pane_get_n_views (self); v++)
    {
      guint n = assay_document_view_get_n_matches (_assay_documents_pane_get_view (self, v));

      /* Every response is named, so that a missing word is seen as well. */
      if (n == 0 && v < self->items->len)
        continue;
      g_strv_builder_take (builder, g_strdup_printf ("%s %u", get_name (self, v), n));
    }
  places = g_strv_builder_end (builder);
  return g_strjoinv (" · ", places);
}

static void
leave_match (AssayDocumentsPane *self)
{
  if (self->find_view >= 0 && (guint) self->find_view < _assay_documents_pane_get_n_views (self))
    assay_document_view_show_match (_assay_documents_pane_get_view (self, self->find_view), -1);
  self->find_view = -1;
  self->find_match = -1;
}

void
_assay_documents_pane_find_update (AssayDocumentsPane *self)
{
  g_autofree char *places = NULL;
  g_autofree char *words = NULL;
  guint n;

  if (self->needle == NULL)
    {
      assay_find_bar_set_result (self->find_bar, "", NULL, FALSE);
      return;
    }
  n = count_matches (self, _assay_documents_pane_get_n_views (self));
  places = describe_places (self);
  if (n == 0)
    words = g_strdup (_ ("No matches"));
  else if (self->find_view < 0)
    words = g_strdup_printf (ngettext ("%u match", "%u matches", n), n);
  else
    /* Translators: the place of the present match among all matches: "3 of 12" */
    words = g_strdup_printf (_ ("%u of %u"),
                             count_matches (self, self->find_view) + self->find_match + 1, n);
  if (n > 0)
    {
      g_autofree char *all = g_strdup_printf ("%s — %s", words, places);

      assay_find_bar_set_result (self->find_bar, all, all, TRUE);
    }
  else
    {
      assay_find_bar_set_result (self->find_bar, words, NULL, FALSE);
    }
}

void
_assay_documents_pane_find_changed (AssayDocumentsPane *self, const char *needle)
{
  leave_match (self);
  g_set_str (&self->needle, needle != NULL && *needle != '\0' ? needle : NULL);
  if (self->needle != NULL)
    _assay_documents_pane_load_all (self);
  for (guint v = 0; v < _assay_documents_pane_get_n_views (self); v++)
    assay_document_view_search (_assay_documents_pane_get_view (self, v), self->needle);
  _assay_documents_pane_find_update (self);
}

void
assay_documents_pane_find (AssayDocumentsPane *self)
{
  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));

  assay_find_bar_set_active (self->find_bar, TRUE);
}

void
assay_documents_pane_find_again (AssayDocumentsPane *self, int step)
{
  guint n_views;
  int view, match;

  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));
  g_return_if_fail (step == 1 || step == -1);

  n_views = _assay_documents_pane_get_n_views (self);
  if (self->needle == NULL || count_matches (self, n_views) == 0)
    return;

  view = self->find_view;
  match = self->find_match;
  if (view < 0)
    {
      view = step > 0 ? 0 : (int) n_views - 1;
      match = -1;
      if (step < 0)
        match = assay_document_view_get_n_matches (_assay_documents_pane_get_view (self, view));
    }
  match += step;
  /* Around the end, and over texts without a match. */
  while (match < 0
         || match >= (int) assay_document_view_get_n_matches (
                _assay_documents_pane_get_view (self, view)))
    {
      view = (view + step + (int) n_views) % (int) n_views;
      match = step > 0 ? 0
                       : (int) assay_document_view_get_n_matches (
                             _assay_documents_pane_get_view (self, view))
                             - 1;
    }

  leave_match (self);
  self->find_view = view;
  self->find_match = match;
  _assay_documents_pane_reveal (self, view);
  assay_document_view_show_match (_assay_documents_pane_get_view (self, view), match);
  _assay_documents_pane_find_update (self);
}
