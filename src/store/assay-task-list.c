/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-task-list.h"

#define PAGE_SIZE 200
/* More separate changes than this are reported as one: a view copes better with one large change
 * than with a thousand small ones. */
#define MAX_HUNKS 64

struct _AssayTaskList
{
  GObject parent_instance;

  AssayStore *store;     /* (owned) */
  AssayTaskQuery *query; /* (owned) */
  GArray *rows;          /* (owned): of gint64, in order */

  /* The objects that somebody holds; one leaves when it is finalized. */
  GHashTable *entries; /* (owned): row → Entry */
  GPtrArray *wanted;   /* (owned): summaries that are to be read in the next turn */
  guint fill_source;

  gboolean loading;
  DexFuture *load; /* (owned) (nullable) */
  guint n_loads;
  gboolean stale; /* something changed while it was loading */
};

/* The key in the table is its row. */
typedef struct
{
  gint64 row;
  AssayTaskList *list;       /* borrowed: it owns this */
  AssayTaskSummary *summary; /* a weak reference */
} Entry;

typedef struct
{
  AssayTaskList *list; /* (owned) */
  guint number;
} Load;

static void assay_task_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AssayTaskList,
                               assay_task_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      assay_task_list_list_model_init))

typedef enum
{
  PROP_STORE = 1,
  PROP_QUERY,
  PROP_LOADING,
  PROP_N_ITEMS,
} AssayTaskListProperty;

static GParamSpec *properties[PROP_N_ITEMS + 1];

/* A stretch of the old rows that a stretch of the new ones takes the place of. */
typedef struct
{
  guint old_start;
  guint old_end;
  guint new_start;
  guint new_end;
} Hunk;

static void load (AssayTaskList *self);

static gint64
get_row (GArray *rows, guint position)
{
  return g_array_index (rows, gint64, position);
}

static void
apply_hunk (AssayTaskList *self, GArray *rows, const Hunk *hunk)
{
  guint n_removed = hunk->old_end - hunk->old_start;
  guint n_added = hunk->new_end - hunk->new_start;

  if (n_removed == self->rows->len && n_added == rows->len)
    {
      /* All of it: the list is not copied, which for a long one is a megabyte. */
      g_array_unref (self->rows);
      self->rows = g_array_ref (rows);
    }
  else
    {
      if (n_removed > 0)
        g_array_remove_range (self->rows, hunk->old_start, n_removed);
      if (n_added > 0)
        g_array_insert_vals (self->rows, hunk->old_start,
                             &g_array_index (rows, gint64, hunk->new_start), n_added);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), hunk->old_start, n_removed, n_added);
}

/* Splits the middle into what is really different, as long as what stays keeps its order. */
static GArray *
find_hunks (GArray *old_rows, GArray *new_rows, const Hunk *middle)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) hunks = g_array_new (FALSE, FALSE, sizeof (Hunk));
  Hunk hunk = { middle->old_start, middle->old_start, middle->new_start, middle->new_start };

  for (guint i = middle->new_start; i < middle->new_end; i++)
    g_hash_table_insert (places, &g_array_index (new_rows, gint64, i), GUINT_TO_POINTER (i + 1));

  for (guint i = middle->old_start; i < middle->old_end; i++)
    {
      guint place =
          GPOINTER_TO_UINT (g_hash_table_lookup (places, &g_array_index (old_rows, gint64, i)));

      if (place == 0)
        continue;
      /* It stays. If that was above the one before it, the order is another. */
      if (place - 1 < hunk.new_start)
        return NULL;
      hunk.old_end = i;
      hunk.new_end = place - 1;
      if (hunk.old_end > hunk.old_start || hunk.new_end > hunk.new_start)
        g_array_append_val (hunks, hunk);
      if (hunks->len >= MAX_HUNKS)
        return NULL;
      hunk.old_start = i + 1;
      hunk.new_start = place;
    }
  hunk.old_end = middle->old_end;
  hunk.new_end = middle->new_end;
  if (hunk.old_end > hunk.old_start || hunk.new_end > hunk.new_start)
    g_array_append_val (hunks, hunk);
  return g_steal_pointer (&hunks);
}

static void
set_rows (AssayTaskList *self, GArray *rows)
{
  guint n_old = self->rows->len;
  guint n_same_start = 0, n_same_end = 0;
  guint n_common = MIN (n_old, rows->len);
  g_autoptr (GArray) hunks = NULL;
  Hunk middle;

  while (n_same_start < n_common
         && get_row (self->rows, n_same_start) == get_row (rows, n_same_start))
    n_same_start++;
  while (n_same_end < n_common - n_same_start
         && get_row (self->rows, n_old - 1 - n_same_end)
                == get_row (rows, rows->len - 1 - n_same_end))
    n_same_end++;

  middle = (Hunk) { n_same_start, n_old - n_same_end, n_same_start, rows->len - n_same_end };
  if (middle.old_start == middle.old_end && middle.new_start == middle.new_end)
    return;

  if (middle.old_start < middle.old_end && middle.new_start < middle.new_end)
    hunks = find_hunks (self->rows, rows, &middle);

  /* From the end, so that the places of those before stay true. */
  if (hunks != NULL)
    for (guint i = hunks->len; i > 0; i--)
      apply_hunk (self, rows, &g_array_index (hunks, Hunk, i - 1));
  else
    apply_hunk (self, rows, &middle);

  if (n_old != rows->len)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static void
set_loading (AssayTaskList *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
load_free (gpointer data)
{
  Load *one = data;

  g_object_unref (one->list);
  g_free (one);
}

static DexFuture *
loaded_cb (DexFuture *future, gpointer user_data)
{
  Load *one = user_data;
  g_autoptr (AssayTaskList) self = g_object_ref (one->list);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_autoptr (GArray) rows = value != NULL ? g_value_dup_boxed (value) : NULL;

  /* It was on its way here when another took its place. */
  if (one->number != self->n_loads || self->store == NULL)
    return dex_future_new_true ();

  dex_clear (&self->load);
  set_loading (self, FALSE);
  if (rows != NULL)
    set_rows (self, rows);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
           && !g_error_matches (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CLOSED))
    g_warning ("The list of tasks could not be read: %s", error->message);

  if (self->stale)
    load (self);
  return dex_future_new_true ();
}

/* One query at a time; what changes meanwhile makes one more. */
static void
load (AssayTaskList *self)
{
  Load *one = g_new0 (Load, 1);
  guint number = ++self->n_loads;
  DexFuture *future;

  one->list = g_object_ref (self);
  one->number = number;
  self->stale = FALSE;
  /* Dropping the one before stops it. */
  dex_clear (&self->load);
  set_loading (self, TRUE);

  future = dex_future_finally (assay_store_query_tasks (self->store, self->query), loaded_cb, one,
                               load_free);
  /* Where the answer was there at once it has already been taken. */
  if (self->loading && self->load == NULL && number == self->n_loads)
    self->load = future;
  else
    dex_unref (future);
}

static gboolean
fill_cb (gpointer user_data)
{
  AssayTaskList *self = user_data;
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = MIN (self->wanted->len, PAGE_SIZE);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (page, g_object_ref (self->wanted->pdata[i]));
  g_ptr_array_remove_range (self->wanted, 0, n);
  dex_future_disown (assay_store_fill_summaries (self->store, page));

  if (self->wanted->len > 0)
    return G_SOURCE_CONTINUE;
  self->fill_source = 0;
  return G_SOURCE_REMOVE;
}

static void
want (AssayTaskList *self, AssayTaskSummary *summary)
{
  g_ptr_array_add (self->wanted, g_object_ref (summary));
  /* Before the next frame is laid out, and after everything that is asked for in this turn. */
  if (self->fill_source == 0)
    self->fill_source = g_idle_add_full (G_PRIORITY_DEFAULT, fill_cb, self, NULL);
}

static void
task_changed_cb (AssayTaskList *self, gint64 row)
{
  Entry *entry = g_hash_table_lookup (self->entries, &row);

  if (entry != NULL)
    want (self, entry->summary);
}

static void
refresh (AssayTaskList *self)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    want (self, ((Entry *) entry)->summary);
}

/* Which rows there are may have changed, and what any of them says. */
static void
tasks_changed_cb (AssayTaskList *self, gint64 project)
{
  if (project != 0 && self->query->project != 0 && project != self->query->project)
    return;
  refresh (self);
  if (self->loading)
    self->stale = TRUE;
  else
    load (self);
}

/* Rows show the titles of their projects. */
static void
projects_changed_cb (AssayTaskList *self)
{
  refresh (self);
}

static void
summary_gone_cb (gpointer user_data, GObject *where_it_was)
{
  Entry *entry = user_data;

  entry->summary = NULL;
  g_hash_table_remove (entry->list->entries, &entry->row);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  if (entry->summary != NULL)
    g_object_weak_unref (G_OBJECT (entry->summary), summary_gone_cb, entry);
  g_free (entry);
}

static GType
assay_task_list_get_item_type (GListModel *model)
{
  return ASSAY_TYPE_TASK_SUMMARY;
}

static guint
assay_task_list_get_n_items (GListModel *model)
{
  return ASSAY_TASK_LIST (model)->rows->len;
}

static gpointer
assay_task_list_get_item (GListModel *model, guint position)
{
  AssayTaskList *self = ASSAY_TASK_LIST (model);
  Entry *entry;
  gint64 row;

  if (position >= self->rows->len)
    return NULL;

  row = get_row (self->rows, position);
  entry = g_hash_table_lookup (self->entries, &row);
  if (entry != NULL)
    return g_object_ref (entry->summary);

  entry = g_new0 (Entry, 1);
  entry->row = row;
  entry->list = self;
  entry->summary = assay_task_summary_new (row);
  g_object_weak_ref (G_OBJECT (entry->summary), summary_gone_cb, entry);
  g_hash_table_insert (self->entries, &entry->row, entry);
  want (self, entry->summary);
  return entry->summary;
}

static void
assay_task_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = assay_task_list_get_item_type;
  iface->get_n_items = assay_task_list_get_n_items;
  iface->get_item = assay_task_list_get_item;
}

static void
set_store (AssayTaskList *self, AssayStore *store)
{
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "tasks-changed", G_CALLBACK (tasks_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "task-changed", G_CALLBACK (task_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "projects-changed", G_CALLBACK (projects_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
assay_task_list_constructed (GObject *object)
{
  G_OBJECT_CLASS (assay_task_list_parent_class)->constructed (object);

  load (ASSAY_TASK_LIST (object));
}

static void
assay_task_list_dispose (GObject *object)
{
  AssayTaskList *self = ASSAY_TASK_LIST (object);

  g_clear_handle_id (&self->fill_source, g_source_remove);
  g_ptr_array_set_size (self->wanted, 0);
  g_hash_table_remove_all (self->entries);
  dex_clear (&self->load);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (assay_task_list_parent_class)->dispose (object);
}

static void
assay_task_list_finalize (GObject *object)
{
  AssayTaskList *self = ASSAY_TASK_LIST (object);

  g_ptr_array_unref (self->wanted);
  g_hash_table_unref (self->entries);
  g_array_unref (self->rows);
  assay_task_query_free (self->query);

  G_OBJECT_CLASS (assay_task_list_parent_class)->finalize (object);
}

static void
assay_task_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayTaskList *self = ASSAY_TASK_LIST (object);

  switch ((AssayTaskListProperty) prop_id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_QUERY:
      g_value_set_boxed (value, self->query);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->rows->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_task_list_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  AssayTaskList *self = ASSAY_TASK_LIST (object);

  switch ((AssayTaskListProperty) prop_id)
    {
    case PROP_STORE:
      set_store (self, g_value_get_object (value));
      break;
    case PROP_QUERY:
      assay_task_list_set_query (self, g_value_get_boxed (value));
      break;
    case PROP_LOADING:
    case PROP_N_ITEMS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_task_list_class_init (AssayTaskListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = assay_task_list_constructed;
  object_class->dispose = assay_task_list_dispose;
  object_class->finalize = assay_task_list_finalize;
  object_class->get_property = assay_task_list_get_property;
  object_class->set_property = assay_task_list_set_property;

  properties[PROP_STORE] =
      g_param_spec_object ("store", NULL, NULL, ASSAY_TYPE_STORE,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_QUERY] =
      g_param_spec_boxed ("query", NULL, NULL, ASSAY_TYPE_TASK_QUERY,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LOADING] =
      g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_N_ITEMS] =
      g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
assay_task_list_init (AssayTaskList *self)
{
  self->query = assay_task_query_new ();
  self->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, entry_free);
  self->wanted = g_ptr_array_new_with_free_func (g_object_unref);
}

AssayTaskList *
assay_task_list_new (AssayStore *store)
{
  g_return_val_if_fail (ASSAY_IS_STORE (store), NULL);
  return g_object_new (ASSAY_TYPE_TASK_LIST, "store", store, NULL);
}

const AssayTaskQuery *
assay_task_list_get_query (AssayTaskList *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK_LIST (self), NULL);
  return self->query;
}

void
assay_task_list_set_query (AssayTaskList *self, const AssayTaskQuery *query)
{
  AssayTaskQuery *old;

  g_return_if_fail (ASSAY_IS_TASK_LIST (self));
  g_return_if_fail (query != NULL);

  if (assay_task_query_equal (self->query, query))
    return;

  old = self->query;
  self->query = assay_task_query_copy (query);
  assay_task_query_free (old);
  load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUERY]);
}

gboolean
assay_task_list_get_loading (AssayTaskList *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK_LIST (self), FALSE);
  return self->loading;
}

gint64
assay_task_list_get_row_id (AssayTaskList *self, guint position)
{
  g_return_val_if_fail (ASSAY_IS_TASK_LIST (self), 0);
  return position < self->rows->len ? get_row (self->rows, position) : 0;
}

guint
assay_task_list_find (AssayTaskList *self, gint64 row)
{
  g_return_val_if_fail (ASSAY_IS_TASK_LIST (self), G_MAXUINT);

  for (guint i = 0; i < self->rows->len; i++)
    if (get_row (self->rows, i) == row)
      return i;
  return G_MAXUINT;
}
