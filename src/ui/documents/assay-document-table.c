/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-table-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-link.h"
#include "assay-paragraphs.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

/* A column is never narrower than its longest word, up to this. */
#define COLUMN_CHARACTERS_MAX 12

G_DEFINE_FINAL_TYPE (AssayDocumentTable, assay_document_table, GTK_TYPE_WIDGET)

/* Where the cell's links lead. */
static void
describe_links (const AssayTableCell *source, GtkWidget *label)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *last = NULL;

  for (guint i = 0; i < source->runs->len; i++)
    {
      const AssayRun *run = &g_array_index (source->runs, AssayRun, i);
      g_autofree char *description = NULL;

      if (run->target == NULL || run->target == last)
        continue;
      last = run->target;
      description = assay_link_describe (run->target);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", description);
    }
  if (text->len > 0)
    assay_widget_set_tooltip (label, text->str);
}

/* A formula needs what it is wide, whatever its source. */
static guint
get_longest_word (const AssayCellText *text)
{
  guint longest = 0;
  guint n = 0;
  guint next = 0;

  for (const char *p = text->text->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      const AssayCellFormula *formula =
          next < text->formulas->len ? &g_array_index (text->formulas, AssayCellFormula, next)
                                     : NULL;
      gboolean is_formula = formula != NULL && p >= text->text->str + formula->start;

      n = is_formula || g_unichar_isspace (g_utf8_get_char (p))
              ? 0
              : n + g_unichar_iswide (g_utf8_get_char (p)) + 1;
      longest = MAX (longest, n);
      if (is_formula && g_utf8_next_char (p) >= text->text->str + formula->end)
        next++;
    }
  return MIN (longest, COLUMN_CHARACTERS_MAX);
}

static void
draw_formula (cairo_t *cr, PangoAttrShape *attribute, gboolean do_path, gpointer user_data)
{
  AssayFormula *formula = attribute->data;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  double x, y;

  if (formula == NULL || do_path)
    return;
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (GDK_PAINTABLE (formula), snapshot,
                          gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (formula)),
                          gdk_paintable_get_intrinsic_height (GDK_PAINTABLE (formula)));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  if (node == NULL)
    return;
  cairo_get_current_point (cr, &x, &y);
  cairo_save (cr);
  cairo_translate (cr, x,
                   y + assay_formula_get_depth (formula)
                       - gdk_paintable_get_intrinsic_height (GDK_PAINTABLE (formula)));
  gsk_render_node_draw (node, cr);
  cairo_restore (cr);
}

/* A label gets another context each time that it comes into a window. */
static void
update_context_cb (GtkWidget *label)
{
  if (gtk_widget_get_root (label) != NULL)
    pango_cairo_context_set_shape_renderer (gtk_widget_get_pango_context (label), draw_formula,
                                            NULL, NULL);
}

static void
add_formulas (Cell *cell)
{
  GArray *formulas = cell->text->formulas;

  if (formulas->len == 0)
    return;
  cell->formulas = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < formulas->len; i++)
    {
      const AssayCellFormula *formula = &g_array_index (formulas, AssayCellFormula, i);

      g_ptr_array_add (cell->formulas, assay_formula_new (formula->layout, formula->piece));
    }
  g_signal_connect (cell->label, "notify::root", G_CALLBACK (update_context_cb), NULL);
}

static void
cell_clear (gpointer data)
{
  g_clear_pointer (&((Cell *) data)->formulas, g_ptr_array_unref);
}

static void
add_cell (AssayDocumentTable *self,
          const AssayTableCell *source,
          const AssayTableCell *head,
          const AssayCellText *text,
          guint row,
          guint column)
{
  GtkWidget *label = gtk_label_new (text->text->str);
  Cell cell = { GTK_LABEL (label), text, NULL };

  gtk_label_set_wrap (cell.label, TRUE);
  gtk_label_set_natural_wrap_mode (cell.label, GTK_NATURAL_WRAP_NONE);
  gtk_label_set_wrap_mode (cell.label,
                           assay_paragraph_needs_character_wrap (text->text->str, text->text->len)
                               ? PANGO_WRAP_CHAR
                               : PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (cell.label, get_longest_word (text));
  gtk_label_set_selectable (cell.label, TRUE);
  gtk_label_set_xalign (cell.label, (head->align + 1) / 2.0f);
  gtk_label_set_yalign (cell.label, 0);
  gtk_widget_add_css_class (label, row == 0 ? "assay-table-head" : "assay-table-cell");
  describe_links (source, label);
  add_formulas (&cell);
  gtk_grid_attach (GTK_GRID (self->grid), label, column, row, 1, 1);
  g_array_append_val (self->cells, cell);
}

static void
set_direction (gpointer widget, int direction)
{
  if (direction != 0)
    gtk_widget_set_direction (widget, direction < 0 ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
}

/* A table runs as its first words do, whatever the interface's direction; a cell that says nothing
 * of it runs as its table. What is written to be right is right in any of them. */
static void
set_directions (AssayDocumentTable *self, GPtrArray *head)
{
  int direction = 0;

  for (guint i = 0; i < self->cells->len && direction == 0; i++)
    direction = assay_text_direction (g_array_index (self->cells, Cell, i).text->text->str, -1);
  set_direction (self->grid, direction);
  for (guint i = 0; i < self->cells->len; i++)
    {
      const Cell *cell = &g_array_index (self->cells, Cell, i);
      const AssayTableCell *column = g_ptr_array_index (head, i % self->n_columns);
      int own = column->align < 0 ? assay_text_direction (cell->text->text->str, -1) : 1;

      set_direction (cell->label, own != 0 ? own : direction);
    }
}

static void
fill (AssayDocumentTable *self, GPtrArray *texts)
{
  GPtrArray *head = g_ptr_array_index (self->block->rows, 0);

  /* The parser gives each row as many cells as the first has. */
  self->n_columns = head->len;
  for (guint r = 0; r < self->block->rows->len; r++)
    {
      GPtrArray *row = g_ptr_array_index (self->block->rows, r);

      g_assert (row->len == head->len);
      for (guint c = 0; c < row->len; c++)
        add_cell (self, g_ptr_array_index (row, c), g_ptr_array_index (head, c),
                  g_ptr_array_index (texts, r * head->len + c), r, c);
    }
  set_directions (self, head);
}

static void
forget_columns (AssayDocumentTable *self)
{
  g_clear_pointer (&self->minima, g_free);
  g_clear_pointer (&self->naturals, g_free);
}

static void
measure_columns (AssayDocumentTable *self)
{
  if (self->minima != NULL)
    return;
  self->minima = g_new0 (int, self->n_columns);
  self->naturals = g_new0 (int, self->n_columns);
  for (guint i = 0; i < self->cells->len; i++)
    {
      GtkWidget *label = GTK_WIDGET (g_array_index (self->cells, Cell, i).label);
      guint column = i % self->n_columns;
      int minimum, natural;

      gtk_widget_set_size_request (label, -1, -1);
      gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      self->minima[column] = MAX (self->minima[column], minimum);
      self->naturals[column] = MAX (self->naturals[column], natural);
    }
}

/* Where there is not room for everything, each column has what its words need, and the rest is
 * shared by how much more each one has to say: so that long texts wrap least. */
static void
share_width (AssayDocumentTable *self)
{
  int minimum = 0;
  int natural = 0;
  int room;

  measure_columns (self);
  for (guint c = 0; c < self->n_columns; c++)
    {
      minimum += self->minima[c];
      natural += self->naturals[c];
    }
  /* The frame's two lines. */
  room = self->width - 2 - minimum;
  for (guint c = 0; c < self->n_columns; c++)
    {
      const Cell *head = &g_array_index (self->cells, Cell, c);
      int width = -1;

      if (natural > self->width - 2 && room > 0)
        width = self->minima[c]
                + (double) room * (self->naturals[c] - self->minima[c]) / (natural - minimum);
      gtk_widget_set_size_request (GTK_WIDGET (head->label), width, -1);
    }
}

static GtkSizeRequestMode
assay_document_table_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
assay_document_table_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  AssayDocumentTable *self = ASSAY_DOCUMENT_TABLE (widget);
  int grid_minimum, grid_natural, ignored;

  if (self->scroller != NULL)
    gtk_widget_measure (self->scroller, orientation, -1, &ignored, &ignored, NULL, NULL);
  gtk_widget_measure (self->grid, GTK_ORIENTATION_HORIZONTAL, -1, &grid_minimum, &grid_natural,
                      NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = *natural = self->width > 0 ? MIN (self->width, grid_natural) : grid_natural;
    }
  else
    {
      int width = MAX (for_size < 0 ? grid_natural : for_size, grid_minimum);

      gtk_widget_measure (self->grid, GTK_ORIENTATION_VERTICAL, width, minimum, natural, NULL,
                          NULL);
      *natural = *minimum;
    }
}

static int
find_focused (AssayDocumentTable *self)
{
  for (guint c = 0; c < self->cells->len; c++)
    if (gtk_widget_is_focus (GTK_WIDGET (g_array_index (self->cells, Cell, c).label)))
      return (int) c;
  return -1;
}

static void
put_into_scroller (AssayDocumentTable *self)
{
  g_autoptr (GtkWidget) grid = g_object_ref (self->grid);

  gtk_widget_unparent (grid);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_widget_set_direction (self->scroller, gtk_widget_get_direction (grid));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), grid);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/* Most tables have room enough, and a scrolled window is ten widgets. */
static gboolean
make_scroller_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  AssayDocumentTable *self = ASSAY_DOCUMENT_TABLE (widget);
  int focused = find_focused (self);
  GtkLabel *label = focused >= 0 ? g_array_index (self->cells, Cell, focused).label : NULL;
  int start, end;
  gboolean selected = label != NULL && gtk_label_get_selection_bounds (label, &start, &end);

  self->scroller_tick = 0;
  put_into_scroller (self);
  /* A label that is taken out loses both. */
  if (label != NULL)
    gtk_root_set_focus (gtk_widget_get_root (widget), GTK_WIDGET (label));
  if (selected)
    gtk_label_select_region (label, start, end);
  return G_SOURCE_REMOVE;
}

static void
assay_document_table_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AssayDocumentTable *self = ASSAY_DOCUMENT_TABLE (widget);
  int minimum;

  if (self->scroller != NULL)
    {
      gtk_widget_size_allocate (self->scroller, &(GtkAllocation) { 0, 0, width, height }, -1);
      return;
    }
  gtk_widget_measure (self->grid, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  /* No parent changes while sizes are given out. */
  if (minimum > width && self->scroller_tick == 0)
    self->scroller_tick = gtk_widget_add_tick_callback (widget, make_scroller_cb, NULL, NULL);
  gtk_widget_size_allocate (self->grid, &(GtkAllocation) { 0, 0, MAX (width, minimum), height },
                            -1);
}

/* A table within a text does not scroll that by itself when the focus goes into it. */
static void
scroll_to_cell (AssayDocumentTable *self, GtkWidget *label)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_TEXT_VIEW);
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;

  if (view == NULL || !gtk_widget_compute_bounds (label, view, &bounds))
    return;
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  if (bounds.origin.y < 0)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + bounds.origin.y);
  else if (bounds.origin.y + bounds.size.height > gtk_widget_get_height (view))
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + bounds.origin.y
                                              + bounds.size.height - gtk_widget_get_height (view));
}

static gboolean
focus_cell (AssayDocumentTable *self, int cell)
{
  GtkWidget *label;

  if (cell < 0 || (guint) cell >= self->cells->len)
    return FALSE;
  self->last_cell = cell;
  label = GTK_WIDGET (g_array_index (self->cells, Cell, cell).label);
  if (!gtk_widget_grab_focus (label))
    return FALSE;
  scroll_to_cell (self, label);
  return TRUE;
}

/* Arrows go from cell to cell, which also brings what is beyond the edge into view; with Shift they
 * select within one. At an edge they belong to the text around the table. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                AssayDocumentTable *self)
{
  int cell = find_focused (self);
  int n_columns = (int) self->n_columns;
  int column = cell % n_columns;
  int forward = gtk_widget_get_direction (self->grid) == GTK_TEXT_DIR_RTL ? -1 : 1;
  int step;

  if (cell < 0 || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      step = keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left ? -forward : forward;
      if (column + step >= 0 && column + step < n_columns)
        focus_cell (self, cell + step);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      focus_cell (self, cell - column);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      focus_cell (self, cell - column + n_columns - 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return focus_cell (self, cell - n_columns);
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return focus_cell (self, cell + n_columns);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* One stop for the Tab key: a table of fifty cells is no row of fifty stops. */
static gboolean
assay_document_table_focus (GtkWidget *widget, GtkDirectionType direction)
{
  AssayDocumentTable *self = ASSAY_DOCUMENT_TABLE (widget);

  if (find_focused (self) >= 0)
    return FALSE;
  return focus_cell (self, self->last_cell);
}

static gboolean
assay_document_table_grab_focus (GtkWidget *widget)
{
  return focus_cell (ASSAY_DOCUMENT_TABLE (widget), ASSAY_DOCUMENT_TABLE (widget)->last_cell);
}

static void
assay_document_table_dispose (GObject *object)
{
  AssayDocumentTable *self = ASSAY_DOCUMENT_TABLE (object);

  forget_columns (self);
  if (self->scroller == NULL)
    g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  self->grid = NULL;
  g_clear_pointer (&self->cells, g_array_unref);
  g_clear_pointer (&self->differences, g_array_unref);
  g_clear_pointer (&self->marks, g_array_unref);
  g_clear_pointer (&self->matches, g_array_unref);
  g_clear_pointer (&self->rendition, assay_rendition_unref);

  G_OBJECT_CLASS (assay_document_table_parent_class)->dispose (object);
}

static void
assay_document_table_class_init (AssayDocumentTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_document_table_dispose;
  widget_class->get_request_mode = assay_document_table_get_request_mode;
  widget_class->measure = assay_document_table_measure;
  widget_class->size_allocate = assay_document_table_size_allocate;
  widget_class->focus = assay_document_table_focus;
  widget_class->grab_focus = assay_document_table_grab_focus;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "assay-table");
}

static void
assay_document_table_init (AssayDocumentTable *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  self->text_scale = 1;
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_array_set_clear_func (self->cells, cell_clear);
  self->differences = g_array_new (FALSE, FALSE, sizeof (AssayDifference));
  self->marks = g_array_new (FALSE, FALSE, sizeof (AssayDocumentMark));
  self->matches = g_array_new (FALSE, FALSE, sizeof (AssayFoundPlace));
  self->current_match = -1;
  self->grid = gtk_grid_new ();
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "default");
}

GtkWidget *
assay_document_table_new (AssayRendition *rendition, guint index)
{
  AssayDocumentTable *self = g_object_new (ASSAY_TYPE_DOCUMENT_TABLE, NULL);
  GPtrArray *head;
  g_autofree char *label = NULL;

  g_return_val_if_fail (rendition != NULL, NULL);

  self->rendition = assay_rendition_ref (rendition);
  self->block = assay_rendition_get_table (rendition, index);
  head = g_ptr_array_index (self->block->rows, 0);
  fill (self, assay_rendition_get_cells (rendition, index));

  /* Translators: what a screen reader says of a table: columns and rows */
  label = g_strdup_printf (_ ("Table, %u × %u"), head->len, self->block->rows->len);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}

void
assay_document_table_set_width (AssayDocumentTable *self, int width)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_TABLE (self));

  if (self->width == width)
    return;
  self->width = width;
  share_width (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
assay_document_table_set_text_scale (AssayDocumentTable *self,
                                     AssayDocumentStyles *styles,
                                     double text_scale)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_TABLE (self));
  g_return_if_fail (ASSAY_IS_DOCUMENT_STYLES (styles));

  self->text_scale = text_scale;
  _assay_document_table_update_looks (self, styles);
  forget_columns (self);
  if (self->width > 0)
    share_width (self);
}

gboolean
assay_document_table_get_selection (AssayDocumentTable *self, gsize *start, gsize *end)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_TABLE (self), FALSE);
  g_return_val_if_fail (start != NULL && end != NULL, FALSE);

  for (guint c = 0; c < self->cells->len; c++)
    {
      const Cell *cell = &g_array_index (self->cells, Cell, c);
      const char *text = cell->text->text->str;
      int from, to;

      /* A label keeps its selection when it loses the focus; only the focused one's counts. */
      if (!gtk_widget_has_focus (GTK_WIDGET (cell->label))
          || !gtk_label_get_selection_bounds (cell->label, &from, &to) || from == to)
        continue;
      *start = assay_cell_text_map_to_source (cell->text,
                                              g_utf8_offset_to_pointer (text, from) - text, FALSE);
      *end = assay_cell_text_map_to_source (cell->text, g_utf8_offset_to_pointer (text, to) - text,
                                            TRUE);
      return *start < *end;
    }
  return FALSE;
}
