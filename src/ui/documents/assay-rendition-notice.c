/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-limits.h"
#include "assay-rendition-private.h"

/* What is said above a document: hidden characters, an unusual size, and what a limit changed. */

/* A line of all clauses, if there are any. */
static void
take_list (GStrvBuilder *lines, GStrvBuilder *builder, const char *format)
{
  g_auto (GStrv) clauses = g_strv_builder_end (builder);
  g_autofree char *list = NULL;

  if (clauses[0] == NULL)
    return;
  /* Translators: what stands between the clauses of "Contains 3 direction marks, 1 control
   * character" and of "Unusually large: 1.2 MiB of text, 700 links" */
  list = g_strjoinv (C_ ("list of hidden characters", ", "), clauses);
  g_strv_builder_take (lines, g_strdup_printf (format, list));
}

/* What cannot be seen. */
static void
add_marks (AssayRendition *self, GStrvBuilder *lines)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const guint *n = self->marks;

  if (n[ASSAY_MARK_DIRECTION] > 0)
    g_strv_builder_take (builder,
                         g_strdup_printf (ngettext ("%u direction mark", "%u direction marks",
                                                    n[ASSAY_MARK_DIRECTION]),
                                          n[ASSAY_MARK_DIRECTION]));
  if (n[ASSAY_MARK_INVISIBLE] > 0)
    g_strv_builder_take (builder, g_strdup_printf (ngettext ("%u invisible character",
                                                             "%u invisible characters",
                                                             n[ASSAY_MARK_INVISIBLE]),
                                                   n[ASSAY_MARK_INVISIBLE]));
  if (n[ASSAY_MARK_CONTROL] > 0)
    g_strv_builder_take (builder,
                         g_strdup_printf (ngettext ("%u control character", "%u control characters",
                                                    n[ASSAY_MARK_CONTROL]),
                                          n[ASSAY_MARK_CONTROL]));
  if (n[ASSAY_MARK_PRIVATE] > 0)
    g_strv_builder_take (builder, g_strdup_printf (ngettext ("%u character without a meaning",
                                                             "%u characters without a meaning",
                                                             n[ASSAY_MARK_PRIVATE]),
                                                   n[ASSAY_MARK_PRIVATE]));
  if (n[ASSAY_MARK_REPEAT] > 0)
    g_strv_builder_take (builder,
                         g_strdup_printf (ngettext ("%u long repetition", "%u long repetitions",
                                                    n[ASSAY_MARK_REPEAT]),
                                          n[ASSAY_MARK_REPEAT]));
  /* Translators: %s is a list such as "3 direction marks, 1 control character" */
  take_list (lines, builder, _ ("Contains %s"));
}

/* What goes beyond a soft limit: it is all there, but takes longer. */
static void
add_size (AssayRendition *self, GStrvBuilder *lines)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const AssayMarkdownSize *size = assay_markdown_get_size (self->markdown);
  gsize n_bytes = strlen (assay_markdown_get_source (self->markdown));

  if (n_bytes > ASSAY_LIMIT_DOCUMENT_SOFT_BYTES)
    {
      g_autofree char *bytes = g_format_size_full (n_bytes, G_FORMAT_SIZE_IEC_UNITS);

      /* Translators: %s is a size such as "1.2 MiB" */
      g_strv_builder_take (builder, g_strdup_printf (_ ("%s of text"), bytes));
    }
  if (size->n_blocks > ASSAY_LIMIT_DOCUMENT_SOFT_BLOCKS)
    g_strv_builder_take (builder,
                         /* Translators: paragraphs, headings, list items, tables and so on */
                         g_strdup_printf (ngettext ("%u block", "%u blocks", size->n_blocks),
                                          size->n_blocks));
  if (size->depth > ASSAY_LIMIT_DOCUMENT_SOFT_DEPTH_LEVELS)
    g_strv_builder_take (builder,
                         /* Translators: how deep lists and quotations are nested */
                         g_strdup_printf (ngettext ("%u level deep", "%u levels deep", size->depth),
                                          size->depth));
  if (size->n_links > ASSAY_LIMIT_DOCUMENT_SOFT_LINKS)
    g_strv_builder_take (builder, g_strdup_printf (ngettext ("%u link", "%u links", size->n_links),
                                                   size->n_links));
  if (size->n_images > ASSAY_LIMIT_DOCUMENT_SOFT_IMAGES)
    g_strv_builder_take (builder,
                         g_strdup_printf (ngettext ("%u image", "%u images", size->n_images),
                                          size->n_images));
  if (self->tables->len > ASSAY_LIMIT_CHILD_SOFT_WIDGETS)
    g_strv_builder_take (builder,
                         g_strdup_printf (ngettext ("%u table", "%u tables", self->tables->len),
                                          self->tables->len));
  if (self->n_long_codes > 0)
    g_strv_builder_take (builder,
                         g_strdup_printf (ngettext ("%u long piece of code",
                                                    "%u long pieces of code", self->n_long_codes),
                                          self->n_long_codes));
  /* Translators: %s is a list such as "1.2 MiB of text, 700 links" */
  take_list (lines, builder, _ ("Unusually large: %s"));
}

/* What a limit changed. Nothing is ever left out. */
static void
add_cuts (AssayRendition *self, GStrvBuilder *lines)
{
  const AssayMarkdownSize *size = assay_markdown_get_size (self->markdown);
  guint n_tables = self->n_text_tables + size->n_text_tables;

  if (strlen (assay_markdown_get_source (self->markdown)) > ASSAY_LIMIT_DOCUMENT_BYTES)
    g_strv_builder_add (lines, _ ("Longer than 8 MiB: the source is shown"));
  else if (assay_markdown_get_n_dropped (self->markdown) > 0)
    g_strv_builder_add (lines, _ ("Too many blocks to be laid out: the source is shown"));
  if (assay_markdown_get_is_plain (self->markdown))
    return;
  if (size->depth > ASSAY_LIMIT_DOCUMENT_DEPTH_LEVELS)
    g_strv_builder_take (lines, g_strdup_printf (_ ("What is nested deeper than %d levels is shown "
                                                    "at that level"),
                                                 ASSAY_LIMIT_DOCUMENT_DEPTH_LEVELS));
  if (size->n_links > ASSAY_LIMIT_DOCUMENT_LINKS)
    g_strv_builder_take (lines, g_strdup_printf (_ ("Links after the first %d are shown as text"),
                                                 ASSAY_LIMIT_DOCUMENT_LINKS));
  if (size->n_images > ASSAY_LIMIT_DOCUMENT_IMAGES)
    g_strv_builder_take (lines, g_strdup_printf (_ ("Images after the first %d are shown as text"),
                                                 ASSAY_LIMIT_DOCUMENT_IMAGES));
  if (n_tables > 0)
    g_strv_builder_take (lines,
                         g_strdup_printf (ngettext ("%u large table is shown as text",
                                                    "%u large tables are shown as text", n_tables),
                                          n_tables));
  if (self->n_formulas > 0 && assay_math_font_get_default () == NULL)
    g_strv_builder_add (lines, _ ("Formulas are shown as their source: no font for mathematics is "
                                  "installed"));
  else if (self->n_formulas > ASSAY_LIMIT_DOCUMENT_FORMULAS)
    g_strv_builder_take (lines,
                         g_strdup_printf (_ ("Formulas after the first %d are shown as their "
                                             "source"),
                                          ASSAY_LIMIT_DOCUMENT_FORMULAS));
  if (self->n_plain_codes > 0)
    g_strv_builder_take (
        lines, g_strdup_printf (ngettext ("%u long piece of code is shown without colours",
                                          "%u long pieces of code are shown without "
                                          "colours",
                                          self->n_plain_codes),
                                self->n_plain_codes));
}

char *
assay_rendition_dup_notice (AssayRendition *self)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  builder = g_strv_builder_new ();
  add_marks (self, builder);
  add_size (self, builder);
  add_cuts (self, builder);
  lines = g_strv_builder_end (builder);
  return lines[0] != NULL ? g_strjoinv ("\n", lines) : NULL;
}
