/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-places.h"

#include "assay-practice.h"

struct _AssayPlaces
{
  GObject parent_instance;

  AssayStore *store; /* (owned) (nullable) */
  GPtrArray *places; /* (owned) AssayPlace */
  guint n_projects;
  guint n_accounts;
  gboolean loaded;

  /* At most one reading is under way, and one is asked for after it. */
  guint reload_source;
  gboolean reading;
  gboolean reload_wanted;
};

static void assay_places_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AssayPlaces,
                               assay_places,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      assay_places_list_model_init))

typedef enum
{
  PROP_LOADED = 1,
  PROP_N_PROJECTS,
  PROP_N_ACCOUNTS,
} AssayPlacesProperty;

static GParamSpec *properties[PROP_N_ACCOUNTS + 1];

static void queue_reload (AssayPlaces *self);

static int
compare_projects (gconstpointer a, gconstpointer b)
{
  AssayProject *first = *(AssayProject *const *) a;
  AssayProject *second = *(AssayProject *const *) b;

  return g_utf8_collate (assay_project_get_title (first), assay_project_get_title (second));
}

static AssayPlace *
find_account (AssayPlaces *self, const char *account)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      AssayPlace *place = g_ptr_array_index (self->places, i);

      if (assay_place_get_kind (place) == ASSAY_PLACE_ACCOUNT
          && g_str_equal (assay_account_get_id (assay_place_get_account (place)), account))
        return place;
    }
  return NULL;
}

/* Places of what stays are kept. (transfer full) */
static AssayPlace *
take_account (AssayPlaces *self, AssayAccount *account)
{
  AssayPlace *place = find_account (self, assay_account_get_id (account));

  if (place == NULL)
    return assay_place_new_for_account (account);
  assay_place_set_account (place, account);
  return g_object_ref (place);
}

static AssayPlace *
take_project (AssayPlaces *self, AssayProject *project, AssayAccount *account)
{
  AssayPlace *place = assay_places_find (self, ASSAY_PLACE_PROJECT, assay_project_get_id (project));

  if (place == NULL)
    place = assay_place_new_for_project (project);
  else
    {
      g_object_ref (place);
      assay_place_set_project (place, project);
      assay_place_set_count (place, assay_project_get_n_tasks (project));
    }
  assay_place_set_account (place, account);
  return place;
}

/* Replaces what is between the states and practice with the smallest change. */
static void
merge (AssayPlaces *self, GPtrArray *fresh)
{
  const guint first = ASSAY_PLACE_PROJECT;
  const guint old_end = self->places->len - 1;
  guint head = 0;
  guint tail = 0;
  guint n_old = old_end - first;

  while (head < fresh->len && head < n_old
         && g_ptr_array_index (fresh, head) == g_ptr_array_index (self->places, first + head))
    head++;
  while (tail < fresh->len - head && tail < n_old - head
         && g_ptr_array_index (fresh, fresh->len - 1 - tail)
                == g_ptr_array_index (self->places, old_end - 1 - tail))
    tail++;
  if (head == fresh->len && head == n_old)
    return;

  if (n_old > head + tail)
    g_ptr_array_remove_range (self->places, first + head, n_old - head - tail);
  for (guint i = head; i < fresh->len - tail; i++)
    g_ptr_array_insert (self->places, (int) (first + i),
                        g_object_ref (g_ptr_array_index (fresh, i)));
  g_list_model_items_changed (G_LIST_MODEL (self), first + head, n_old - head - tail,
                              fresh->len - head - tail);
}

/* Takes those of @account (NULL: all that are left) from @projects over to @fresh. */
static void
move_projects (AssayPlaces *self, GPtrArray *projects, AssayAccount *account, GPtrArray *fresh)
{
  for (guint i = 0; i < projects->len;)
    {
      AssayProject *project = g_ptr_array_index (projects, i);

      if (account != NULL
          && g_strcmp0 (assay_project_get_account (project), assay_account_get_id (account)) != 0)
        {
          i++;
          continue;
        }
      g_ptr_array_add (fresh, take_project (self, project, account));
      g_ptr_array_remove_index (projects, i);
    }
}

static void
take_projects (AssayPlaces *self, GPtrArray *all, GPtrArray *accounts)
{
  g_autoptr (GPtrArray) projects = g_ptr_array_new ();
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_practice = 0;
  guint n_accounts = 0;

  for (guint i = 0; i < all->len; i++)
    {
      AssayProject *project = g_ptr_array_index (all, i);

      if (g_strcmp0 (assay_project_get_account (project), ASSAY_PRACTICE_ACCOUNT) == 0)
        n_practice += assay_project_get_n_tasks (project);
      else
        g_ptr_array_add (projects, project);
    }
  g_ptr_array_sort (projects, compare_projects);
  for (guint i = 0; i < accounts->len; i++)
    {
      AssayAccount *account = g_ptr_array_index (accounts, i);

      if (assay_account_is_local (account))
        continue;
      g_ptr_array_add (fresh, take_account (self, account));
      move_projects (self, projects, account, fresh);
      n_accounts++;
    }
  move_projects (self, projects, NULL, fresh);
  merge (self, fresh);
  assay_place_set_count (g_ptr_array_index (self->places, self->places->len - 1), n_practice);

  if (self->n_projects != all->len)
    {
      self->n_projects = all->len;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PROJECTS]);
    }
  if (self->n_accounts != n_accounts)
    {
      self->n_accounts = n_accounts;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ACCOUNTS]);
    }
}

static void
take_counts (AssayPlaces *self, const GArray *counts)
{
  for (guint i = 0; i < ASSAY_PLACE_PROJECT; i++)
    {
      AssayPlace *place = g_ptr_array_index (self->places, i);
      guint states = assay_place_get_states (place);
      guint count = 0;

      for (guint state = 0; state < MIN (counts->len, ASSAY_N_TASK_STATES); state++)
        if (states & (1u << state))
          count += g_array_index (counts, guint, state);
      assay_place_set_count (place, count);
    }
}

static DexFuture *
read_cb (DexFuture *future, gpointer user_data)
{
  AssayPlaces *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *values[3] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (values) && error == NULL; i++)
    values[i] =
        dex_future_get_value (dex_future_set_get_future_at (DEX_FUTURE_SET (future), i), &error);

  self->reading = FALSE;
  if (self->store == NULL)
    return NULL;
  if (error != NULL)
    {
      /* What is shown stays; the next change of the store reads again. */
      if (!g_error_matches (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CLOSED))
        g_message ("The sidebar could not be read: %s", error->message);
      return NULL;
    }

  take_counts (self, g_value_get_boxed (values[0]));
  take_projects (self, g_value_get_boxed (values[1]), g_value_get_boxed (values[2]));
  if (!self->loaded)
    {
      self->loaded = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
    }
  if (self->reload_wanted)
    queue_reload (self);
  return NULL;
}

static gboolean
reload_cb (gpointer user_data)
{
  AssayPlaces *self = user_data;

  self->reload_source = 0;
  self->reload_wanted = FALSE;
  self->reading = TRUE;
  dex_future_disown (
      dex_future_finally (dex_future_all (assay_store_count_tasks (self->store, 0),
                                          assay_store_list_projects (self->store),
                                          assay_store_list_accounts (self->store), NULL),
                          read_cb, g_object_ref (self), g_object_unref));
  return G_SOURCE_REMOVE;
}

static void
queue_reload (AssayPlaces *self)
{
  if (self->reading)
    self->reload_wanted = TRUE;
  else if (self->reload_source == 0)
    self->reload_source = g_idle_add (reload_cb, self);
}

static GType
assay_places_get_item_type (GListModel *model)
{
  return ASSAY_TYPE_PLACE;
}

static guint
assay_places_get_n_items (GListModel *model)
{
  return ASSAY_PLACES (model)->places->len;
}

static gpointer
assay_places_get_item (GListModel *model, guint position)
{
  AssayPlaces *self = ASSAY_PLACES (model);

  return position < self->places->len ? g_object_ref (g_ptr_array_index (self->places, position))
                                      : NULL;
}

static void
assay_places_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = assay_places_get_item_type;
  iface->get_n_items = assay_places_get_n_items;
  iface->get_item = assay_places_get_item;
}

static void
assay_places_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayPlaces *self = ASSAY_PLACES (object);

  switch ((AssayPlacesProperty) prop_id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_N_PROJECTS:
      g_value_set_uint (value, self->n_projects);
      break;
    case PROP_N_ACCOUNTS:
      g_value_set_uint (value, self->n_accounts);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_places_dispose (GObject *object)
{
  AssayPlaces *self = ASSAY_PLACES (object);

  g_clear_handle_id (&self->reload_source, g_source_remove);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (assay_places_parent_class)->dispose (object);
}

static void
assay_places_finalize (GObject *object)
{
  AssayPlaces *self = ASSAY_PLACES (object);

  g_clear_pointer (&self->places, g_ptr_array_unref);

  G_OBJECT_CLASS (assay_places_parent_class)->finalize (object);
}

static void
assay_places_class_init (AssayPlacesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = assay_places_get_property;
  object_class->dispose = assay_places_dispose;
  object_class->finalize = assay_places_finalize;

  properties[PROP_LOADED] =
      g_param_spec_boolean ("loaded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_PROJECTS] = g_param_spec_uint ("n-projects", NULL, NULL, 0, G_MAXUINT, 0,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ACCOUNTS] = g_param_spec_uint ("n-accounts", NULL, NULL, 0, G_MAXUINT, 0,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
assay_places_init (AssayPlaces *self)
{
  self->places = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint kind = 0; kind < ASSAY_PLACE_PROJECT; kind++)
    g_ptr_array_add (self->places, assay_place_new (kind));
  g_ptr_array_add (self->places, assay_place_new (ASSAY_PLACE_PRACTICE));
}

AssayPlaces *
assay_places_new (void)
{
  return g_object_new (ASSAY_TYPE_PLACES, NULL);
}

void
assay_places_set_store (AssayPlaces *self, AssayStore *store)
{
  g_return_if_fail (ASSAY_IS_PLACES (self));
  g_return_if_fail (ASSAY_IS_STORE (store));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  g_signal_connect_swapped (store, "tasks-changed", G_CALLBACK (queue_reload), self);
  g_signal_connect_swapped (store, "task-changed", G_CALLBACK (queue_reload), self);
  g_signal_connect_swapped (store, "projects-changed", G_CALLBACK (queue_reload), self);
  /* Not from an idle source: the first frame waits for the counts. */
  reload_cb (self);
}

gboolean
assay_places_get_loaded (AssayPlaces *self)
{
  g_return_val_if_fail (ASSAY_IS_PLACES (self), FALSE);

  return self->loaded;
}

guint
assay_places_get_n_projects (AssayPlaces *self)
{
  g_return_val_if_fail (ASSAY_IS_PLACES (self), 0);

  return self->n_projects;
}

guint
assay_places_get_n_accounts (AssayPlaces *self)
{
  g_return_val_if_fail (ASSAY_IS_PLACES (self), 0);

  return self->n_accounts;
}

void
assay_places_reload (AssayPlaces *self)
{
  g_return_if_fail (ASSAY_IS_PLACES (self));

  if (self->store != NULL)
    queue_reload (self);
}

AssayPlace *
assay_places_find (AssayPlaces *self, AssayPlaceKind kind, gint64 project)
{
  g_return_val_if_fail (ASSAY_IS_PLACES (self), NULL);

  for (guint i = 0; i < self->places->len; i++)
    {
      AssayPlace *place = g_ptr_array_index (self->places, i);

      if (assay_place_get_kind (place) == kind
          && (kind != ASSAY_PLACE_PROJECT
              || assay_project_get_id (assay_place_get_project (place)) == project))
        return place;
    }
  return NULL;
}
