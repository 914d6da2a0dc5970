/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "assay-points.h"

#include "assay-visible-text.h"

#define WORD_MAX_CHARACTERS 12

typedef struct
{
  char *label;
  char *description;
} AssayPoint;

struct _AssayPoints
{
  gatomicrefcount ref_count;
  GArray *points; /* AssayPoint: all of them, or what stands behind the scale */
  AssayScaleQuestion *scale;
};

G_DEFINE_BOXED_TYPE (AssayPoints, assay_points, assay_points_ref, assay_points_unref)

static void
assay_point_clear (gpointer data)
{
  AssayPoint *point = data;

  g_free (point->label);
  g_free (point->description);
}

/* On a scale of two points the words that explain them, if they are short, say more than "0" and
 * "1". */
static gboolean
uses_words (AssayPoints *self)
{
  if (self->scale == NULL || assay_scale_question_get_n_points (self->scale) != 2)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      const char *anchor =
          assay_scale_question_get_anchor (self->scale,
                                           assay_scale_question_get_point (self->scale, i));

      if (anchor == NULL || g_utf8_strlen (anchor, -1) > WORD_MAX_CHARACTERS)
        return FALSE;
    }
  return TRUE;
}

static guint
n_scale_points (AssayPoints *self)
{
  return self->scale != NULL ? assay_scale_question_get_n_points (self->scale) : 0;
}

char *
assay_points_format_number (double value)
{
  return g_strdup_printf ("%.10g", value);
}

AssayPoints *
assay_points_new (void)
{
  AssayPoints *self = g_new0 (AssayPoints, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->points = g_array_new (FALSE, FALSE, sizeof (AssayPoint));
  g_array_set_clear_func (self->points, assay_point_clear);
  return self;
}

AssayPoints *
assay_points_new_for_scale (AssayScaleQuestion *question)
{
  AssayPoints *self;

  g_return_val_if_fail (ASSAY_IS_SCALE_QUESTION (question), NULL);

  self = assay_points_new ();
  self->scale = g_object_ref (question);
  if (assay_scale_question_get_allow_na (question))
    /* Translators: short for "not applicable"; stands on a narrow button */
    assay_points_add (self, C_ ("score", "N/A"), _ ("Not applicable"));
  return self;
}

AssayPoints *
assay_points_ref (AssayPoints *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
assay_points_unref (AssayPoints *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->points);
  g_clear_object (&self->scale);
  g_free (self);
}

void
assay_points_add (AssayPoints *self, const char *label, const char *description)
{
  AssayPoint point = { g_strdup (label), g_strdup (description) };

  g_return_if_fail (self != NULL);
  g_return_if_fail (label != NULL);

  g_array_append_val (self->points, point);
}

guint
assay_points_get_n (AssayPoints *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return n_scale_points (self) + self->points->len;
}

guint
assay_points_get_n_values (AssayPoints *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->scale != NULL ? n_scale_points (self) : self->points->len;
}

static AssayPoint *
get_point (AssayPoints *self, guint index)
{
  guint n_scale = n_scale_points (self);

  if (index < n_scale || index - n_scale >= self->points->len)
    return NULL;
  return &g_array_index (self->points, AssayPoint, index - n_scale);
}

char *
assay_points_dup_label (AssayPoints *self, guint index)
{
  AssayPoint *point;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < assay_points_get_n (self), NULL);

  point = get_point (self, index);
  if (point != NULL)
    return g_strdup (point->label);
  if (uses_words (self))
    return assay_visible_line (assay_points_get_description (self, index), WORD_MAX_CHARACTERS);
  return assay_points_format_number (assay_scale_question_get_point (self->scale, index));
}

const char *
assay_points_get_description (AssayPoints *self, guint index)
{
  AssayPoint *point;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < assay_points_get_n (self), NULL);

  point = get_point (self, index);
  if (point != NULL)
    return point->description;
  return assay_scale_question_get_anchor (self->scale,
                                          assay_scale_question_get_point (self->scale, index));
}

char *
assay_points_dup_text (AssayPoints *self, guint index)
{
  g_autofree char *label = assay_points_dup_label (self, index);
  const char *description = assay_points_get_description (self, index);

  if (description == NULL || *description == '\0' || g_strcmp0 (label, description) == 0)
    return g_steal_pointer (&label);
  /* Not a number: the description says all of it. */
  if (get_point (self, index) != NULL)
    return g_strdup (description);
  /* Translators: a score and what it means, for example "4: mostly accurate" */
  return g_strdup_printf (C_ ("score", "%s: %s"), label, description);
}

double
assay_points_get_value (AssayPoints *self, guint index)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->scale != NULL && index < n_scale_points (self))
    return assay_scale_question_get_point (self->scale, index);
  return index + 1;
}

guint
assay_points_find_value (AssayPoints *self, double value)
{
  guint n;
  double place;

  g_return_val_if_fail (self != NULL, 0);

  n = assay_points_get_n_values (self);
  if (n == 0)
    return 0;
  if (self->scale != NULL)
    place = (value - assay_scale_question_get_min (self->scale))
            / assay_scale_question_get_step (self->scale);
  else
    place = value - 1;
  return (guint) round (CLAMP (place, 0.0, n - 1.0));
}

int
assay_points_find_digit (AssayPoints *self, int digit)
{
  guint n;
  int place;

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (digit >= 0 && digit <= 9, -1);

  n = assay_points_get_n_values (self);
  if (self->scale != NULL && n <= 10 && !uses_words (self))
    {
      int found = -1;
      gboolean single_digits = TRUE;

      for (guint i = 0; i < n && single_digits; i++)
        {
          double value = assay_scale_question_get_point (self->scale, i);

          single_digits = value >= 0 && value <= 9 && value == floor (value);
          if (value == digit)
            found = i;
        }
      if (single_digits)
        return found;
    }
  place = digit == 0 ? 9 : digit - 1;
  return place < (int) assay_points_get_n (self) ? place : -1;
}

int
assay_points_find_label (AssayPoints *self, const char *typed)
{
  char *end = NULL;
  double value;
  guint index;

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (typed != NULL, -1);

  value = g_ascii_strtod (typed, &end);
  if (end == typed || *end != '\0')
    return -1;
  index = assay_points_find_value (self, value);
  return assay_points_get_value (self, index) == value ? (int) index : -1;
}
