/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "page-audit.h"

#define MAX_DEPTH 60
/* More controls than any page has. */
#define MAX_STEPS 160

struct _PageAudit
{
  AssayDriver *driver;
  const char *page;
  AtspiRect window;
  GPtrArray *nodes; /* (owned) Node: all that is showing */
  guint n_problems;
  AtspiAccessible *origin; /* (owned) (nullable) what had the focus at page_audit_enter () */
  char *origin_name;       /* (owned) (nullable) */
};

typedef struct
{
  AtspiAccessible *accessible; /* (owned) */
  int parent;                  /* index of the nearest one above, or -1 */
  AtspiRole role;
  char *name;        /* (owned) */
  char *description; /* (owned) */
  AtspiRect extents;
  gboolean is_sensitive;
  gboolean is_focusable;
  gboolean has_action;
  gboolean was_focused;
} Node;

static void
node_free (gpointer data)
{
  Node *node = data;

  g_object_unref (node->accessible);
  g_free (node->name);
  g_free (node->description);
  g_free (node);
}

PageAudit *
page_audit_new (AssayDriver *driver)
{
  PageAudit *self = g_new0 (PageAudit, 1);

  self->driver = driver;
  self->nodes = g_ptr_array_new_with_free_func (node_free);
  return self;
}

void
page_audit_free (PageAudit *self)
{
  g_ptr_array_unref (self->nodes);
  g_clear_object (&self->origin);
  g_free (self->origin_name);
  g_free (self);
}

static Node *
get_node (PageAudit *self, int index)
{
  return index >= 0 ? g_ptr_array_index (self->nodes, index) : NULL;
}

/* "form “Judgement” › button “Submit”" */
static char *
describe_place (PageAudit *self, const Node *node)
{
  g_autoptr (GString) place = g_string_new (NULL);

  for (; node != NULL; node = get_node (self, node->parent))
    {
      g_autofree char *role = atspi_role_get_name (node->role);
      g_autofree char *part = NULL;

      if (*node->name == '\0' && place->len > 0)
        continue;
      part = g_strdup_printf ("%s%s “%.60s”", place->len > 0 ? " ‹ " : "", role, node->name);
      g_string_append (place, part);
    }
  return g_string_free_and_steal (g_steal_pointer (&place));
}

static void
report (PageAudit *self, const Node *node, const char *what)
{
  g_autofree char *place = describe_place (self, node);

  g_printerr ("# %s: %s: %s\n", self->page, what, place);
  self->n_problems++;
}

static void
collect (PageAudit *self, AtspiAccessible *accessible, int parent, int depth)
{
  g_autoptr (AtspiComponent) component = NULL;
  g_autoptr (AtspiAction) action = NULL;
  Node *node = g_new0 (Node, 1);
  int index = self->nodes->len;
  int n;

  node->accessible = g_object_ref (accessible);
  node->parent = parent;
  node->role = atspi_accessible_get_role (accessible, NULL);
  node->name = assay_driver_get_name (accessible);
  node->description = assay_driver_get_description (accessible);
  if (node->name == NULL)
    node->name = g_strdup ("");
  if (node->description == NULL)
    node->description = g_strdup ("");
  node->is_sensitive = assay_driver_has_state (accessible, ATSPI_STATE_SENSITIVE);
  node->is_focusable = assay_driver_has_state (accessible, ATSPI_STATE_FOCUSABLE);
  action = atspi_accessible_get_action_iface (accessible);
  node->has_action = action != NULL && atspi_action_get_n_actions (action, NULL) > 0;
  component = atspi_accessible_get_component_iface (accessible);
  if (component != NULL)
    {
      g_autofree AtspiRect *extents =
          atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL);

      if (extents != NULL)
        node->extents = *extents;
    }
  g_ptr_array_add (self->nodes, node);

  n = depth < MAX_DEPTH ? atspi_accessible_get_child_count (accessible, NULL) : 0;
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (accessible, i, NULL);

      if (child != NULL && assay_driver_has_state (child, ATSPI_STATE_SHOWING))
        collect (self, child, index, depth + 1);
    }
}

/* Something that a person acts on, not what only holds such things. */
static gboolean
is_control (const Node *node)
{
  switch (node->role)
    {
    case ATSPI_ROLE_BUTTON:
    case ATSPI_ROLE_TOGGLE_BUTTON:
    case ATSPI_ROLE_RADIO_BUTTON:
    case ATSPI_ROLE_CHECK_BOX:
    case ATSPI_ROLE_SWITCH:
    case ATSPI_ROLE_COMBO_BOX:
    case ATSPI_ROLE_ENTRY:
    case ATSPI_ROLE_TEXT:
    case ATSPI_ROLE_SPIN_BUTTON:
    case ATSPI_ROLE_SLIDER:
    case ATSPI_ROLE_LINK:
    case ATSPI_ROLE_LIST_ITEM:
    case ATSPI_ROLE_MENU_ITEM:
    case ATSPI_ROLE_CHECK_MENU_ITEM:
    case ATSPI_ROLE_RADIO_MENU_ITEM:
    case ATSPI_ROLE_PAGE_TAB:
      return TRUE;
    default:
      return FALSE;
    }
}

/* What says nothing of what happens there. */
static gboolean
is_nothing (const Node *node)
{
  return node->role == ATSPI_ROLE_PANEL || node->role == ATSPI_ROLE_FILLER
         || node->role == ATSPI_ROLE_UNKNOWN || node->role == ATSPI_ROLE_INVALID;
}

/* What moves within itself by arrows, with one stop for Tab. */
static gboolean
has_own_keys (const Node *node)
{
  switch (node->role)
    {
    case ATSPI_ROLE_LIST:
    case ATSPI_ROLE_LIST_BOX:
    case ATSPI_ROLE_PAGE_TAB_LIST:
    case ATSPI_ROLE_MENU:
    case ATSPI_ROLE_TABLE:
    case ATSPI_ROLE_TREE_TABLE:
    case ATSPI_ROLE_SPIN_BUTTON:
    case ATSPI_ROLE_COMBO_BOX:
    case ATSPI_ROLE_ENTRY:
    case ATSPI_ROLE_RADIO_BUTTON:
    case ATSPI_ROLE_GROUPING:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Minimize, Maximize, Close: the window manager has keys for them, and Tab passes them by. */
static gboolean
is_window_control (PageAudit *self, const Node *node)
{
  const Node *parent = get_node (self, node->parent);

  return node->role == ATSPI_ROLE_BUTTON && parent != NULL && parent->role == ATSPI_ROLE_GROUPING
         && (g_str_equal (node->name, "Minimize") || g_str_equal (node->name, "Maximize")
             || g_str_equal (node->name, "Close"));
}

static gboolean
has_ancestor (PageAudit *self, const Node *node, AtspiRole role)
{
  while ((node = get_node (self, node->parent)) != NULL)
    {
      if (node->role == role)
        return TRUE;
    }
  return FALSE;
}

static void
check_names (PageAudit *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      Node *node = get_node (self, i);

      if (is_nothing (node) && node->has_action && node->is_focusable)
        report (self, node, "acts, but has no role");
      /* The list in a combo box, which shows its choice, is GTK's. */
      if (has_ancestor (self, node, ATSPI_ROLE_COMBO_BOX))
        continue;
      if (*node->name == '\0' && is_control (node) && (node->is_focusable || node->has_action)
          && node->is_sensitive)
        report (self, node, "has no name");
    }
}

static gboolean
is_pressed (const Node *node)
{
  return node->role == ATSPI_ROLE_BUTTON || node->role == ATSPI_ROLE_TOGGLE_BUTTON
         || node->role == ATSPI_ROLE_CHECK_BOX || node->role == ATSPI_ROLE_SWITCH;
}

/* Two buttons that say the same must stand in places that say what they belong to. */
static void
check_likeness (PageAudit *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->nodes->len; i++)
    {
      Node *node = get_node (self, i);
      g_autofree char *place = NULL;
      g_autofree char *key = NULL;

      if (!is_pressed (node) || *node->name == '\0')
        continue;
      place = describe_place (self, node);
      key = g_strconcat (place, "\n", node->description, NULL);
      if (!g_hash_table_add (seen, g_steal_pointer (&key)))
        report (self, node, "is told of like another");
    }
}

static void
check_sight (PageAudit *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      Node *node = get_node (self, i);
      const AtspiRect *box = &node->extents;

      if (!is_control (node) && *node->name == '\0')
        continue;
      if (box->width <= 0 || box->height <= 0)
        {
          if (is_control (node) && !has_ancestor (self, node, ATSPI_ROLE_SCROLL_PANE))
            report (self, node, "is told of, but has no size");
        }
      else if (!has_ancestor (self, node, ATSPI_ROLE_SCROLL_PANE)
               && (box->x >= self->window.width || box->y >= self->window.height
                   || box->x + box->width <= 0 || box->y + box->height <= 0))
        report (self, node, "is told of, but lies outside of the window");
    }
}

static void
read_page (PageAudit *self, const char *page)
{
  g_autoptr (AtspiAccessible) window = assay_driver_get_window (self->driver);

  g_assert_nonnull (window);
  self->page = page;
  g_ptr_array_set_size (self->nodes, 0);
  collect (self, window, -1, 0);
  self->window = get_node (self, 0)->extents;
  /* What lies below a dialog is out of reach as long as it is open. */
  for (guint i = self->nodes->len; i > 0; i--)
    {
      Node *node = get_node (self, i - 1);
      g_autoptr (AtspiAccessible) dialog = NULL;

      if (node->role != ATSPI_ROLE_DIALOG && node->role != ATSPI_ROLE_ALERT)
        continue;
      dialog = g_object_ref (node->accessible);
      g_ptr_array_set_size (self->nodes, 0);
      collect (self, dialog, -1, 0);
      break;
    }
}

void
page_audit_look (PageAudit *self, const char *page)
{
  read_page (self, page);
  if (g_getenv ("ASSAY_AUDIT_DUMP") != NULL)
    {
      g_printerr ("# page %s\n", page);
      assay_driver_dump (self->driver);
    }
  check_names (self);
  check_likeness (self);
  check_sight (self);
}

static Node *
find_node (PageAudit *self, AtspiAccessible *accessible)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      if (get_node (self, i)->accessible == accessible)
        return get_node (self, i);
    }
  return NULL;
}

static AtspiRect
get_extents (AtspiAccessible *accessible)
{
  g_autoptr (AtspiComponent) component = atspi_accessible_get_component_iface (accessible);
  g_autofree AtspiRect *box =
      component != NULL ? atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL)
                        : NULL;
  AtspiRect nothing = { 0 };

  return box != NULL ? *box : nothing;
}

/* How much of a stretch lies within another. */
static int
overlap (int start, int length, int other_start, int other_length)
{
  return MIN (start + length, other_start + other_length) - MAX (start, other_start);
}

/* What scrolls is scrolled to the focus only with the next frame. Not all of it need be seen. */
static gboolean
is_in_sight (AssayDriver *driver, gpointer user_data)
{
  PageAudit *self = ((gpointer *) user_data)[0];
  const Node *node = ((gpointer *) user_data)[1];
  AtspiRect box = get_extents (node->accessible);

  if (box.width <= 0 || box.height <= 0 || overlap (box.x, box.width, 0, self->window.width) <= 0
      || overlap (box.y, box.height, 0, self->window.height) <= 0)
    return FALSE;
  while ((node = get_node (self, node->parent)) != NULL)
    {
      AtspiRect pane;

      if (node->role != ATSPI_ROLE_SCROLL_PANE)
        continue;
      pane = get_extents (node->accessible);
      if (overlap (box.x, box.width, pane.x, pane.width) <= 0
          || overlap (box.y, box.height, pane.y, pane.height) <= 0)
        return FALSE;
    }
  return TRUE;
}

static void
report_sight (PageAudit *self, const Node *node)
{
  report (self, node, "has the focus out of sight");
  for (const Node *above = node; above != NULL; above = get_node (self, above->parent))
    {
      AtspiRect box = get_extents (above->accessible);

      if (above == node || above->role == ATSPI_ROLE_SCROLL_PANE)
        g_printerr ("#   %s %d,%d %d × %d\n", above == node ? "at" : "in", box.x, box.y, box.width,
                    box.height);
    }
}

static gboolean
is_reached (PageAudit *self, const Node *node)
{
  for (const Node *above = node; above != NULL; above = get_node (self, above->parent))
    {
      if (above->was_focused)
        return TRUE;
    }
  /* With its neighbours, or with what is inside of it. */
  for (guint i = 0; i < self->nodes->len; i++)
    {
      const Node *other = get_node (self, i);
      gboolean related = FALSE;

      if (!other->was_focused)
        continue;
      for (const Node *above = other; above != NULL && !related;
           above = get_node (self, above->parent))
        related = above == node
                  || (node->parent >= 0 && above == get_node (self, node->parent)
                      && has_own_keys (above));
      if (related)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_focus (AssayDriver *driver, gpointer user_data)
{
  g_autoptr (AtspiAccessible) focused = assay_driver_peek_focused (driver);

  return focused != NULL;
}

void
page_audit_walk (PageAudit *self, const char *page)
{
  g_autoptr (AtspiAccessible) focused = NULL;
  g_autoptr (AtspiAccessible) first = NULL;
  guint n_stops = 0;
  guint n_steps;

  page_audit_look (self, page);
  for (guint i = 1; i < self->nodes->len; i++)
    {
      Node *node = get_node (self, i);

      n_stops += node->is_focusable && node->is_sensitive && !is_window_control (self, node);
    }
  if (!assay_driver_try_wait (self->driver, has_focus, NULL))
    report (self, get_node (self, 0), "nothing has the focus");
  focused = assay_driver_get_focused (self->driver);
  /* Tab has nowhere to go. */
  if (n_stops <= 1 && focused != NULL)
    return;
  for (n_steps = 0; n_steps < MAX_STEPS; n_steps++)
    {
      g_autoptr (AtspiAccessible) before = g_steal_pointer (&focused);
      gpointer sight[2] = { self, NULL };
      Node *node;

      assay_driver_press (self->driver, "Tab");
      focused = assay_driver_try_focus_from (self->driver, before);
      if (focused == NULL)
        {
          Node *stuck = before != NULL ? find_node (self, before) : NULL;

          report (self, stuck != NULL ? stuck : get_node (self, 0), "Tab does not lead on from");
          break;
        }
      if (g_getenv ("ASSAY_AUDIT_DUMP") != NULL)
        {
          Node *at = find_node (self, focused);
          g_autofree char *place = at != NULL ? describe_place (self, at) : NULL;

          g_printerr ("# Tab: %s\n", place);
        }
      if (first == focused)
        break;
      if (first == NULL)
        first = g_object_ref (focused);
      node = find_node (self, focused);
      if (node == NULL)
        {
          g_autofree char *name = assay_driver_get_name (focused);
          g_autofree char *role = atspi_accessible_get_role_name (focused, NULL);

          g_printerr ("# %s: gets the focus, but was not told of before: %s “%s”\n", page, role,
                      name);
          self->n_problems++;
          continue;
        }
      /* Round, without the one that the walk began with. */
      if (node->was_focused)
        {
          report (self, node, "gets the focus a second time before Tab comes round");
          break;
        }
      node->was_focused = TRUE;
      sight[1] = node;
      if (!is_in_sight (self->driver, sight)
          && !assay_driver_try_wait (self->driver, is_in_sight, sight))
        report_sight (self, node);
      if (!is_control (node) && node->role != ATSPI_ROLE_SCROLL_PANE && *node->name == '\0')
        report (self, node, "gets the focus without a name");
    }
  if (n_steps == MAX_STEPS)
    report (self, get_node (self, 0), "Tab does not come round");
  for (guint i = 0; i < self->nodes->len; i++)
    {
      Node *node = get_node (self, i);

      if (is_control (node) && node->is_sensitive && (node->is_focusable || node->has_action)
          && !is_window_control (self, node) && !is_reached (self, node))
        report (self, node, "is not reached by Tab");
    }
}

void
page_audit_enter (PageAudit *self)
{
  g_assert_true (assay_driver_try_wait (self->driver, has_focus, NULL));
  g_clear_object (&self->origin);
  g_clear_pointer (&self->origin_name, g_free);
  self->origin = assay_driver_get_focused (self->driver);
  self->origin_name = assay_driver_get_name (self->origin);
}

/* A row that was bound anew is the same for a person. */
static gboolean
is_back (AssayDriver *driver, gpointer user_data)
{
  PageAudit *self = user_data;
  g_autoptr (AtspiAccessible) focused = assay_driver_peek_focused (driver);
  g_autofree char *name = focused != NULL ? assay_driver_get_name (focused) : NULL;

  return focused != NULL
         && (focused == self->origin
             || (atspi_accessible_get_role (focused, NULL)
                     == atspi_accessible_get_role (self->origin, NULL)
                 && g_strcmp0 (name, self->origin_name) == 0));
}

void
page_audit_leave (PageAudit *self, const char *page)
{
  g_assert_nonnull (self->origin);
  /* A dialog that is not there yet does not take keys. */
  assay_driver_try_wait (self->driver, has_focus, NULL);
  assay_driver_press (self->driver, "Escape");
  if (!assay_driver_try_wait (self->driver, is_back, self))
    {
      g_autoptr (AtspiAccessible) focused = assay_driver_get_focused (self->driver);
      g_autofree char *name = focused != NULL ? assay_driver_get_name (focused) : NULL;

      g_printerr ("# %s: Escape leads to “%s”, not back to “%s”\n", page,
                  name != NULL ? name : "nothing", self->origin_name);
      self->n_problems++;
    }
}

void
page_audit_finish (PageAudit *self)
{
  g_assert_cmpuint (self->n_problems, ==, 0);
}
