/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-typesetting.h"

#include <glib/gi18n.h>

/* A piece that is wider cannot be read where it is made to fit: the source is shown, which wraps.
 */
#define PIECE_EMS 80

AssayMathLayout *
assay_typeset (const char *text, gsize length_bytes, gboolean is_display, GError **error)
{
  g_autoptr (AssayMathFormula) formula = NULL;
  g_autoptr (AssayMathLayout) layout = NULL;
  const AssayMathPiece *pieces;
  guint n_pieces;

  g_return_val_if_fail (text != NULL, NULL);

  formula = assay_math_parse (text, length_bytes, error);
  if (formula == NULL)
    return NULL;
  layout = assay_math_layout_new (formula, assay_math_font_get_default (), is_display, error);
  if (layout == NULL)
    return NULL;
  pieces = assay_math_layout_get_pieces (layout, &n_pieces);
  for (guint i = 0; i < n_pieces; i++)
    if (pieces[i].width > PIECE_EMS)
      {
        g_set_error_literal (error, ASSAY_MATH_ERROR, ASSAY_MATH_ERROR_TOO_LARGE, "");
        return NULL;
      }
  return g_steal_pointer (&layout);
}

char *
assay_typeset_dup_reason (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, ASSAY_MATH_ERROR, ASSAY_MATH_ERROR_UNKNOWN)
      && *error->message == '\\')
    /* Translators: behind a formula that is shown as its source. %s is a command such as \foo */
    return g_strdup_printf (_ ("%s is not known"), error->message);
  if (g_error_matches (error, ASSAY_MATH_ERROR, ASSAY_MATH_ERROR_TOO_LARGE))
    /* Translators: behind a formula that is shown as its source */
    return g_strdup (_ ("too large to be typeset"));
  /* Translators: behind a formula that is shown as its source */
  return g_strdup (_ ("cannot be typeset"));
}
