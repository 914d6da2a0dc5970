/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-math-font-private.h"

#include <fontconfig/fontconfig.h>
#include <math.h>
#include <string.h>

/* An assembly does not repeat its extender more often. */
#define EXTENDERS_MAX 100
#define VARIANTS_MAX 32
#define PARTS_MAX 16
#define LOOKUPS_MAX 8

struct _AssayMathFont
{
  char *family;
  hb_face_t *face;
  hb_font_t *font;
  double units; /* of an em */
  guint script_lookups[LOOKUPS_MAX];
  guint n_script_lookups;
  double scales[3];
};

/* The best first; any other that has the table comes after these. */
static const char *const preferred[] = {
  "STIX Two Math",
  "Libertinus Math",
  "TeX Gyre Pagella Math",
  "TeX Gyre Termes Math",
  "XITS Math",
  "New Computer Modern Math",
  "NewComputerModernMath",
  "Latin Modern Math",
  "Cambria Math",
  "Asana Math",
  "TeX Gyre Schola Math",
  "TeX Gyre Bonum Math",
  "DejaVu Math TeX Gyre",
  "TeX Gyre DejaVu Math",
  "STIX Math",
};

G_DEFINE_BOXED_TYPE (AssayMathFont, assay_math_font, assay_math_font_ref, assay_math_font_unref)

static void
font_clear (gpointer data)
{
  AssayMathFont *self = data;

  g_clear_pointer (&self->font, hb_font_destroy);
  g_clear_pointer (&self->face, hb_face_destroy);
  g_clear_pointer (&self->family, g_free);
}

static void
find_script_lookups (AssayMathFont *self)
{
  static const hb_tag_t features[] = { HB_TAG ('s', 's', 't', 'y'), HB_TAG_NONE };
  hb_set_t *lookups = hb_set_create ();
  hb_codepoint_t lookup = HB_SET_VALUE_INVALID;

  hb_ot_layout_collect_lookups (self->face, HB_OT_TAG_GSUB, NULL, NULL, features, lookups);
  while (self->n_script_lookups < LOOKUPS_MAX && hb_set_next (lookups, &lookup))
    self->script_lookups[self->n_script_lookups++] = lookup;
  hb_set_destroy (lookups);
}

static double
get_percent (AssayMathFont *self, hb_ot_math_constant_t constant, double usual)
{
  double percent = hb_ot_math_get_constant (self->font, constant);

  return percent >= 30 && percent <= 100 ? percent / 100 : usual;
}

AssayMathFont *
assay_math_font_new (hb_face_t *face, const char *family)
{
  AssayMathFont *self;

  g_return_val_if_fail (face != NULL && family != NULL, NULL);

  if (!hb_ot_math_has_data (face))
    return NULL;
  self = g_atomic_rc_box_new0 (AssayMathFont);
  self->family = g_strdup (family);
  self->face = hb_face_reference (face);
  self->font = hb_font_create (face);
  self->units = hb_face_get_upem (face);
  hb_font_set_scale (self->font, self->units, self->units);
  hb_font_make_immutable (self->font);
  find_script_lookups (self);
  self->scales[0] = 1;
  self->scales[1] = get_percent (self, HB_OT_MATH_CONSTANT_SCRIPT_PERCENT_SCALE_DOWN, 0.7);
  self->scales[2] = get_percent (self, HB_OT_MATH_CONSTANT_SCRIPT_SCRIPT_PERCENT_SCALE_DOWN, 0.5);
  return self;
}

AssayMathFont *
assay_math_font_ref (AssayMathFont *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
assay_math_font_unref (AssayMathFont *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, font_clear);
}

const char *
assay_math_font_get_family (AssayMathFont *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->family;
}

hb_face_t *
assay_math_font_get_face (AssayMathFont *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->face;
}

double
assay_math_font_get_scale (AssayMathFont *self, guint size)
{
  g_return_val_if_fail (self != NULL && size < G_N_ELEMENTS (self->scales), 1);

  return self->scales[size];
}

static AssayMathFont *
load (FcPattern *pattern, const char *family)
{
  AssayMathFont *font = NULL;
  hb_blob_t *blob;
  FcChar8 *file;
  int index = 0;

  if (FcPatternGetString (pattern, FC_FILE, 0, &file) != FcResultMatch)
    return NULL;
  FcPatternGetInteger (pattern, FC_INDEX, 0, &index);
  blob = hb_blob_create_from_file_or_fail ((const char *) file);
  if (blob == NULL)
    return NULL;
  /* The upper half is the number of a named instance. */
  {
    hb_face_t *face = hb_face_create (blob, index & 0xFFFF);

    hb_face_make_immutable (face);
    font = assay_math_font_new (face, family);
    hb_face_destroy (face);
  }
  hb_blob_destroy (blob);
  return font;
}

/* The file that the desktop takes for a family, which may be installed twice: what draws the glyphs
 * asks by the name, and has to get the font that they were measured with. */
static AssayMathFont *
find_family (const char *family)
{
  FcPattern *wanted =
      FcPatternBuild (NULL, FC_FAMILY, FcTypeString, family, FC_WEIGHT, FcTypeInteger,
                      FC_WEIGHT_REGULAR, FC_SLANT, FcTypeInteger, FC_SLANT_ROMAN, NULL);
  AssayMathFont *font = NULL;
  FcPattern *match;
  FcChar8 *name;
  FcResult result;

  FcConfigSubstitute (NULL, wanted, FcMatchPattern);
  FcDefaultSubstitute (wanted);
  match = FcFontMatch (NULL, wanted, &result);
  for (int i = 0; match != NULL && font == NULL
                  && FcPatternGetString (match, FC_FAMILY, i, &name) == FcResultMatch;
       i++)
    if (g_ascii_strcasecmp ((const char *) name, family) == 0)
      font = load (match, family);
  if (match != NULL)
    FcPatternDestroy (match);
  FcPatternDestroy (wanted);
  return font;
}

/* Any of those that cover the mathematical alphabets. */
static AssayMathFont *
find_any (void)
{
  FcPattern *wanted = FcPatternCreate ();
  FcObjectSet *objects = FcObjectSetBuild (FC_FAMILY, NULL);
  FcLangSet *languages = FcLangSetCreate ();
  AssayMathFont *font = NULL;
  FcFontSet *fonts;
  FcChar8 *name;

  FcLangSetAdd (languages, (const FcChar8 *) "und-zmth");
  FcPatternAddLangSet (wanted, FC_LANG, languages);
  fonts = FcFontList (NULL, wanted, objects);
  for (int i = 0; fonts != NULL && i < fonts->nfont && font == NULL; i++)
    if (FcPatternGetString (fonts->fonts[i], FC_FAMILY, 0, &name) == FcResultMatch)
      font = find_family ((const char *) name);
  if (fonts != NULL)
    FcFontSetDestroy (fonts);
  FcLangSetDestroy (languages);
  FcObjectSetDestroy (objects);
  FcPatternDestroy (wanted);
  return font;
}

AssayMathFont *
assay_math_font_get_default (void)
{
  static gsize once;
  static AssayMathFont *font;

  if (g_once_init_enter (&once))
    {
      for (guint i = 0; i < G_N_ELEMENTS (preferred) && font == NULL; i++)
        font = find_family (preferred[i]);
      if (font == NULL)
        font = find_any ();
      if (font == NULL)
        g_message ("No font with a MATH table is installed: formulas are shown as their source");
      g_once_init_leave (&once, 1);
    }
  return font;
}

guint
_assay_math_font_find_glyph (AssayMathFont *self, gunichar character)
{
  hb_codepoint_t glyph;

  return hb_font_get_nominal_glyph (self->font, character, &glyph) ? glyph : 0;
}

guint
_assay_math_font_get_script_glyph (AssayMathFont *self, guint glyph, guint size)
{
  for (guint i = 0; size > 0 && i < self->n_script_lookups; i++)
    {
      hb_codepoint_t alternates[2];
      guint n = G_N_ELEMENTS (alternates);

      hb_ot_layout_lookup_get_glyph_alternates (self->face, self->script_lookups[i], glyph, 0, &n,
                                                alternates);
      if (n > 0)
        return alternates[MIN (size, n) - 1];
    }
  return glyph;
}

void
_assay_math_font_get_extents (AssayMathFont *self, guint glyph, AssayMathExtents *extents)
{
  hb_glyph_extents_t box = { 0 };

  hb_font_get_glyph_extents (self->font, glyph, &box);
  extents->width = hb_font_get_glyph_h_advance (self->font, glyph) / self->units;
  extents->height = box.y_bearing / self->units;
  extents->depth = -(box.y_bearing + box.height) / self->units;
}

double
_assay_math_font_get_constant (AssayMathFont *self, hb_ot_math_constant_t constant)
{
  double value = hb_ot_math_get_constant (self->font, constant);

  return constant == HB_OT_MATH_CONSTANT_RADICAL_DEGREE_BOTTOM_RAISE_PERCENT ? value / 100
                                                                             : value / self->units;
}

double
_assay_math_font_get_italic (AssayMathFont *self, guint glyph)
{
  return hb_ot_math_get_glyph_italics_correction (self->font, glyph) / self->units;
}

double
_assay_math_font_get_top_accent (AssayMathFont *self, guint glyph)
{
  return hb_ot_math_get_glyph_top_accent_attachment (self->font, glyph) / self->units;
}

double
_assay_math_font_get_kern (AssayMathFont *self,
                           guint glyph,
                           hb_ot_math_kern_t corner,
                           double height)
{
  return hb_ot_math_get_glyph_kerning (self->font, glyph, corner, (int) (height * self->units))
         / self->units;
}

static void
add_part (GArray *parts, guint glyph, double offset)
{
  AssayMathPart part = { .glyph = glyph, .offset = offset };

  g_array_append_val (parts, part);
}

static double
assemble (AssayMathFont *self,
          const hb_ot_math_glyph_part_t *pieces,
          guint n,
          int least,
          double target,
          GArray *parts)
{
  double extenders = 0;
  double others = 0;
  guint n_extenders = 0;
  guint n_glyphs, n_repeats;
  double overlap, length, offset = 0;

  for (guint i = 0; i < n; i++)
    if (pieces[i].flags & HB_OT_MATH_GLYPH_PART_FLAG_EXTENDER)
      {
        extenders += pieces[i].full_advance;
        n_extenders++;
      }
    else
      {
        others += pieces[i].full_advance;
      }

  /* As many extenders as it takes with the least overlap, and then as much overlap as there is
   * room for. */
  {
    double each = extenders - n_extenders * least;
    double without = others - ((double) n - n_extenders - 1) * least;
    double wanted = target * self->units - without;

    n_repeats = each > 0 && wanted > 0 ? MIN (ceil (wanted / each), EXTENDERS_MAX) : 0;
  }
  n_glyphs = n - n_extenders + n_extenders * n_repeats;
  if (n_glyphs == 0)
    return 0;
  length = others + n_repeats * extenders;
  overlap = n_glyphs > 1 ? MAX (least, (length - target * self->units) / (n_glyphs - 1)) : 0;
  for (guint i = 0; i < n; i++)
    {
      /* Connectors say how much of two neighbours may lie over each other. */
      if (pieces[i].start_connector_length > 0)
        overlap = MIN (overlap, MAX (least, pieces[i].start_connector_length));
      if (pieces[i].end_connector_length > 0)
        overlap = MIN (overlap, MAX (least, pieces[i].end_connector_length));
    }
  for (guint i = 0; i < n; i++)
    {
      guint repeats = pieces[i].flags & HB_OT_MATH_GLYPH_PART_FLAG_EXTENDER ? n_repeats : 1;

      for (guint r = 0; r < repeats; r++)
        {
          add_part (parts, pieces[i].glyph, offset / self->units);
          offset += pieces[i].full_advance - overlap;
        }
    }
  return (offset + overlap) / self->units;
}

static double
measure (AssayMathFont *self, guint glyph, gboolean is_vertical)
{
  AssayMathExtents extents;

  _assay_math_font_get_extents (self, glyph, &extents);
  return is_vertical ? extents.height + extents.depth : extents.width;
}

double
_assay_math_font_stretch (AssayMathFont *self,
                          guint glyph,
                          gboolean is_vertical,
                          gboolean below,
                          double target,
                          GArray *parts)
{
  hb_direction_t direction = is_vertical ? HB_DIRECTION_BTT : HB_DIRECTION_LTR;
  hb_ot_math_glyph_variant_t variants[VARIANTS_MAX];
  hb_ot_math_glyph_part_t pieces[PARTS_MAX];
  guint n = VARIANTS_MAX;
  guint n_pieces = PARTS_MAX;
  guint best = glyph;

  g_array_set_size (parts, 0);
  hb_ot_math_get_glyph_variants (self->font, glyph, direction, 0, &n, variants);
  for (guint i = 0; i < n; i++)
    {
      double length = variants[i].advance / self->units;

      if (below ? length > target && i > 0 : FALSE)
        break;
      best = variants[i].glyph;
      if (!below && length >= target)
        break;
    }
  if (n == 0 || below || measure (self, best, is_vertical) >= target * 0.999
      || hb_ot_math_get_glyph_assembly (self->font, glyph, direction, 0, &n_pieces, pieces, NULL)
             == 0)
    {
      add_part (parts, best, 0);
      return measure (self, best, is_vertical);
    }
  return assemble (self, pieces, n_pieces,
                   hb_ot_math_get_min_connector_overlap (self->font, direction), target, parts);
}

double
_assay_math_font_shape (AssayMathFont *self, const char *text, GArray *parts)
{
  hb_buffer_t *buffer = hb_buffer_create ();
  const hb_glyph_info_t *infos;
  const hb_glyph_position_t *positions;
  double x = 0;
  gboolean complete = TRUE;
  guint n;

  g_array_set_size (parts, 0);
  hb_buffer_add_utf8 (buffer, text, -1, 0, -1);
  hb_buffer_set_direction (buffer, HB_DIRECTION_LTR);
  hb_buffer_guess_segment_properties (buffer);
  hb_shape (self->font, buffer, NULL, 0);
  infos = hb_buffer_get_glyph_infos (buffer, &n);
  positions = hb_buffer_get_glyph_positions (buffer, &n);
  for (guint i = 0; i < n; i++)
    {
      complete = complete && infos[i].codepoint != 0;
      add_part (parts, infos[i].codepoint, (x + positions[i].x_offset) / self->units);
      x += positions[i].x_advance;
    }
  hb_buffer_destroy (buffer);
  return complete ? x / self->units : -1;
}
