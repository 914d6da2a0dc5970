/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-documents-pane-private.h"

#include <glib/gi18n.h>

#include "assay-limits.h"

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

static AssayFindings *
get_findings (AssayDocumentsPane *self, guint view)
{
  return assay_document_view_get_findings (_assay_documents_pane_get_view (self, view));
}

/* Every response is named, and the prompt, so that a missing word is seen as well. */
static gboolean
is_named (AssayDocumentsPane *self, guint view)
{
  AssayDocument *document =
      assay_document_view_get_document (_assay_documents_pane_get_view (self, view));

  return view >= self->items->len
         || assay_document_view_get_n_matches (_assay_documents_pane_get_view (self, view)) > 0
         || (document != NULL && assay_document_get_role (document) == ASSAY_DOCUMENT_PROMPT);
}

/* "Prompt 2 · A 5 · B 3": where the matches are. */
static char *
describe_places (AssayDocumentsPane *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) places = NULL;

  for (guint v = 0; v < _assay_documents_pane_get_n_views (self); v++)
    {
      AssayFindings *findings = get_findings (self, v);

      if (!is_named (self, v))
        continue;
      g_strv_builder_take (
          builder, g_strdup_printf (
                       "%s %u%s", get_name (self, v),
                       assay_document_view_get_n_matches (_assay_documents_pane_get_view (self, v)),
                       findings != NULL && assay_findings_get_cut (findings) ? "+" : ""));
    }
  places = g_strv_builder_end (builder);
  return g_strjoinv (" · ", places);
}

/* The same in words: "Prompt: 2 matches, Response A: 5 matches, Response B: none". */
static char *
read_places (AssayDocumentsPane *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) places = NULL;

  for (guint v = 0; v < _assay_documents_pane_get_n_views (self); v++)
    {
      guint n = assay_document_view_get_n_matches (_assay_documents_pane_get_view (self, v));
      AssayFindings *findings = get_findings (self, v);
      const char *name;

      if (!is_named (self, v))
        continue;
      name = v < self->items->len
                 ? get_name (self, v)
                 : assay_response_column_get_label (
                       _assay_documents_pane_get_column (self, v - self->items->len));
      if (n == 0)
        /* Translators: no match in a text; %s is what the text is called */
        g_strv_builder_take (builder, g_strdup_printf (_ ("%s: none"), name));
      else if (findings != NULL && assay_findings_get_cut (findings))
        /* Translators: %s is what a text is called */
        g_strv_builder_take (builder, g_strdup_printf (ngettext ("%s: more than %u match",
                                                                 "%s: more than %u matches", n),
                                                       name, n));
      else
        /* Translators: %s is what a text is called */
        g_strv_builder_take (
            builder, g_strdup_printf (ngettext ("%s: %u match", "%s: %u matches", n), name, n));
    }
  places = g_strv_builder_end (builder);
  /* Translators: between the parts of an enumeration */
  return g_strjoinv (_ (", "), places);
}

/* What was not found, and why. (nullable) */
static char *
describe_limits (AssayDocumentsPane *self)
{
  gboolean cut = FALSE;
  gboolean gave_up = FALSE;

  for (guint v = 0; v < _assay_documents_pane_get_n_views (self); v++)
    {
      AssayFindings *findings = get_findings (self, v);

      if (findings == NULL)
        continue;
      cut = cut || assay_findings_get_cut (findings);
      gave_up = gave_up || assay_findings_get_gave_up (findings);
    }
  if (gave_up)
    return g_strdup (_ ("The expression takes too long; there may be more."));
  if (cut)
    return g_strdup_printf (ngettext ("Of each text, the first %u match is marked.",
                                      "Of each text, the first %u matches are marked.",
                                      ASSAY_LIMIT_FIND_MATCHES),
                            ASSAY_LIMIT_FIND_MATCHES);
  return NULL;
}

static gboolean
is_searching (AssayDocumentsPane *self)
{
  for (guint v = 0; v < _assay_documents_pane_get_n_views (self); v++)
    if (get_findings (self, v) == NULL)
      return TRUE;
  return FALSE;
}

static void
leave_match (AssayDocumentsPane *self)
{
  if (self->find_view >= 0 && (guint) self->find_view < _assay_documents_pane_get_n_views (self))
    assay_document_view_show_match (_assay_documents_pane_get_view (self, self->find_view), -1);
  self->find_view = -1;
  self->find_match = -1;
}

static char *
describe_count (AssayDocumentsPane *self, guint n)
{
  if (n == 0)
    return g_strdup (_ ("No matches"));
  if (self->find_view < 0)
    return g_strdup_printf (ngettext ("%u match", "%u matches", n), n);
  /* Translators: the place of the present match among all matches, and the text that it is in: "3
   * of 12, in A" */
  return g_strdup_printf (_ ("%u of %u, in %s"),
                          count_matches (self, self->find_view) + self->find_match + 1, n,
                          get_name (self, self->find_view));
}

void
_assay_documents_pane_find_update (AssayDocumentsPane *self)
{
  g_autofree char *count = NULL;
  g_autofree char *limits = NULL;
  g_autofree char *places = NULL;
  g_autofree char *read = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *words = NULL;
  guint n;

  if (self->pattern == NULL)
    {
      assay_find_bar_set_result (self->find_bar, "", "", FALSE);
      return;
    }
  /* A text that is shown in another way has other matches. */
  if (self->find_view >= 0
      && self->find_match >= (int) assay_document_view_get_n_matches (
             _assay_documents_pane_get_view (self, self->find_view)))
    self->find_view = self->find_match = -1;
  n = count_matches (self, _assay_documents_pane_get_n_views (self));
  if (is_searching (self))
    {
      assay_find_bar_set_result (self->find_bar, _ ("Searching…"), "", n > 0);
      return;
    }
  count = describe_count (self, n);
  places = describe_places (self);
  read = read_places (self);
  limits = describe_limits (self);
  shown = g_strdup_printf ("%s — %s%s%s", count, places, limits != NULL ? " — " : "",
                           limits != NULL ? limits : "");
  /* Where in all a step leads is enough to hear. */
  words = g_strjoin (". ", count, self->find_view < 0 ? read : limits,
                     self->find_view < 0 ? limits : NULL, NULL);
  assay_find_bar_set_result (self->find_bar, shown, words, n > 0);
}

void
_assay_documents_pane_find_changed (AssayDocumentsPane *self, const char *text)
{
  g_autoptr (GError) error = NULL;

  leave_match (self);
  g_clear_pointer (&self->pattern, assay_pattern_unref);
  if (text != NULL && *text != '\0')
    self->pattern = assay_pattern_new (text, assay_find_bar_get_flags (self->find_bar), &error);
  if (self->pattern != NULL)
    _assay_documents_pane_load_all (self);
  for (guint v = 0; v < _assay_documents_pane_get_n_views (self); v++)
    assay_document_view_search (_assay_documents_pane_get_view (self, v), self->pattern);
  if (error != NULL)
    assay_find_bar_set_error (self->find_bar, error->message);
  else
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
  if (self->pattern == NULL || count_matches (self, n_views) == 0)
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
