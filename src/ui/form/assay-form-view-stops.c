/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-form-view-private.h"

#include "assay-rubric-grid.h"
#include "assay-text-area.h"

/* The places of a form that the focus stops at, and how plain keys go between them and act there.
 */

gboolean
_assay_form_view_is_text (GtkWidget *widget)
{
  return ASSAY_IS_TEXT_AREA (widget) || GTK_IS_EDITABLE (widget) || GTK_IS_TEXT_VIEW (widget);
}

AssayFormSection *
_assay_form_view_find_section (AssayFormView *self, GtkWidget *inside)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      GtkWidget *section = g_ptr_array_index (self->sections, i);

      if (inside == section || gtk_widget_is_ancestor (inside, section))
        return ASSAY_FORM_SECTION (section);
    }
  return NULL;
}

GPtrArray *
_assay_form_view_list_stops (AssayFormView *self)
{
  GPtrArray *stops = g_ptr_array_new ();

  for (guint i = 0; i < self->sections->len; i++)
    assay_form_section_list_stops (g_ptr_array_index (self->sections, i), stops);
  return stops;
}

/* The stop that is or contains @inside. */
/* The one stop that is within @widget; NULL if there are several, or none. */
static GtkWidget *
find_only_stop (GPtrArray *stops, GtkWidget *widget, gboolean *several)
{
  GtkWidget *found = NULL;

  for (guint i = 0; i < stops->len; i++)
    if (gtk_widget_is_ancestor (stops->pdata[i], widget))
      {
        *several = found != NULL;
        if (*several)
          return NULL;
        found = stops->pdata[i];
      }
  return found;
}

/* Also of what stands beside a stop, in its row. */
GtkWidget *
_assay_form_view_find_stop_around (AssayFormView *self, GtkWidget *inside)
{
  AssayFormSection *section = _assay_form_view_find_section (self, inside);
  g_autoptr (GPtrArray) stops = g_ptr_array_new ();

  if (section == NULL)
    return NULL;
  assay_form_section_list_stops (section, stops);
  for (guint i = 0; i < stops->len; i++)
    {
      GtkWidget *stop = g_ptr_array_index (stops, i);

      if (inside == stop || gtk_widget_is_ancestor (inside, stop))
        return stop;
    }
  for (GtkWidget *row = gtk_widget_get_parent (inside); row != GTK_WIDGET (section);
       row = gtk_widget_get_parent (row))
    {
      gboolean several = FALSE;
      GtkWidget *stop = find_only_stop (stops, row, &several);

      if (stop != NULL || several)
        return stop;
    }
  return NULL;
}

GtkWidget *
_assay_form_view_get_focus (AssayFormView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

void
_assay_form_view_set_parked (AssayFormView *self, gboolean parked)
{
  if (self->current == NULL)
    return;
  if (parked)
    {
      gtk_widget_add_css_class (self->current, "assay-parked");
      gtk_accessible_update_relation (GTK_ACCESSIBLE (self),
                                      GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, self->current, -1);
    }
  else
    {
      gtk_widget_remove_css_class (self->current, "assay-parked");
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (self),
                                     GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
    }
}

/* What belongs to the stop comes into sight with it, as long as that does not fill the view. */
void
_assay_form_view_scroll_to (AssayFormView *self, GtkWidget *stop)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  GtkWidget *target = stop;

  if (viewport == NULL || !gtk_widget_get_mapped (stop))
    return;
  for (GtkWidget *widget = gtk_widget_get_parent (stop); widget != GTK_WIDGET (self);
       widget = gtk_widget_get_parent (widget))
    {
      if (gtk_widget_get_height (widget) > gtk_widget_get_height (viewport) / 2)
        break;
      target = widget;
    }
  gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), target, NULL);
}

/* A text field is only pointed at, so that plain keys go on working, unless the person is to write
 * (@enter). */
gboolean
_assay_form_view_go_to_stop (AssayFormView *self, GtkWidget *stop, gboolean enter)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean done;

  assay_form_section_reveal (_assay_form_view_find_section (self, stop), stop);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_focus_visible (GTK_WINDOW (root), TRUE);
  if (!enter && _assay_form_view_is_text (stop))
    {
      _assay_form_view_set_current (self, stop);
      done = gtk_widget_is_focus (GTK_WIDGET (self)) || gtk_widget_grab_focus (GTK_WIDGET (self));
      _assay_form_view_set_parked (self, TRUE);
    }
  else
    {
      done = gtk_widget_grab_focus (stop);
      _assay_form_view_set_current (self, stop);
    }
  _assay_form_view_scroll_to (self, stop);
  return done;
}

static gboolean
go_on (AssayFormView *self, GtkWidget *stop)
{
  g_autoptr (GPtrArray) stops = _assay_form_view_list_stops (self);
  guint place;

  if (!g_ptr_array_find (stops, stop, &place) || place + 1 >= stops->len)
    return FALSE;
  return _assay_form_view_go_to_stop (self, g_ptr_array_index (stops, place + 1), FALSE);
}

/* Up or down by one stop, across the borders of sections. */
static gboolean
go_step (AssayFormView *self, GtkWidget *stop, int direction)
{
  AssayFormSection *section = _assay_form_view_find_section (self, stop);
  GtkWidget *next = assay_form_section_find_neighbour (section, stop, direction);
  guint place;

  if (next != NULL)
    return _assay_form_view_go_to_stop (self, next, FALSE);
  if (!g_ptr_array_find (self->sections, section, &place))
    return FALSE;
  for (int i = (int) place + direction; i >= 0 && i < (int) self->sections->len; i += direction)
    {
      g_autoptr (GPtrArray) stops = g_ptr_array_new ();

      assay_form_section_list_stops (g_ptr_array_index (self->sections, i), stops);
      if (stops->len > 0)
        return _assay_form_view_go_to_stop (
            self, g_ptr_array_index (stops, direction > 0 ? 0 : stops->len - 1), FALSE);
    }
  return TRUE;
}

void
_assay_form_view_advance_cb (AssayFormView *self, GtkWidget *stop)
{
  go_on (self, stop);
}

/* Keys */

/* Letters, digits and signs: what may act while the focus is elsewhere. */
gboolean
_assay_form_view_is_plain (const AssayFormKey *key)
{
  return (key->modifiers & GDK_ALT_MASK) == 0
         && (key->digit >= 0 || (key->symbol > GDK_KEY_space && key->symbol < 0x7f));
}

gboolean
_assay_form_view_handle_key (AssayFormView *self, GtkWidget *stop, const AssayFormKey *key)
{
  AssayFormSection *section = _assay_form_view_find_section (self, stop);
  gboolean parked = gtk_widget_is_focus (GTK_WIDGET (self));
  gboolean steps = key->symbol == GDK_KEY_bracketleft || key->symbol == GDK_KEY_bracketright;

  /* What a text holds can be stepped through from outside of it. */
  if ((steps || !(parked && _assay_form_view_is_text (stop)))
      && assay_form_section_handle_key (section, stop, key))
    return TRUE;
  if ((key->modifiers & GDK_ALT_MASK) != 0)
    return FALSE;
  switch (key->symbol)
    {
    case GDK_KEY_Down:
    case GDK_KEY_j:
      return go_step (self, stop, 1);
    case GDK_KEY_Up:
    case GDK_KEY_k:
      return go_step (self, stop, -1);
    case GDK_KEY_v:
      assay_form_view_set_by_response (self, !self->by_response);
      _assay_form_view_go_to_stop (self, stop, FALSE);
      return TRUE;
    case GDK_KEY_Return:
      return parked && _assay_form_view_go_to_stop (self, stop, TRUE);
    default:
      return FALSE;
    }
}

gboolean
_assay_form_view_key_pressed_cb (AssayFormView *self,
                                 guint keyval,
                                 guint keycode,
                                 GdkModifierType state)
{
  GtkWidget *focus = _assay_form_view_get_focus (self);
  GtkWidget *stop = NULL;
  AssayFormKey key;

  if (focus == NULL || !assay_form_key_init (&key, keyval, keycode, state))
    return GDK_EVENT_PROPAGATE;
  if (focus != GTK_WIDGET (self))
    stop = _assay_form_view_find_stop_around (self, focus);
  if (_assay_form_view_is_text (focus))
    {
      /* Escape leaves a text field for the form. */
      if (key.symbol != GDK_KEY_Escape || stop == NULL)
        return GDK_EVENT_PROPAGATE;
      return _assay_form_view_go_to_stop (self, stop, FALSE);
    }
  if (stop == NULL)
    {
      stop = self->current;
      if (stop == NULL || (focus != GTK_WIDGET (self) && !_assay_form_view_is_plain (&key)))
        return GDK_EVENT_PROPAGATE;
    }
  return _assay_form_view_handle_key (self, stop, &key);
}
