/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "power-disk.h"

#define SECTOR_BYTES 512

/* A file, whatever its name; a folder has no image. */
typedef struct
{
  GBytes *image; /* (owned) (nullable): what it held at its last sync */
} Inode;

static GMutex mutex;
static char *root; /* (nullable) until it starts */
static char *cuts;
static char *ignored;
static GHashTable *inodes;  /* number → Inode */
static GHashTable *names;   /* path → Inode, as they are on the disk */
static GHashTable *renames; /* new path → old path: what no sync has seen yet */
static GRand *dice;
static guint mean_gap;
static guint countdown;
static guint n_cuts;
static gboolean cut_at_names;
static gboolean skip_real_syncs;

static void
inode_clear (gpointer data)
{
  Inode *inode = data;

  g_clear_pointer (&inode->image, g_bytes_unref);
}

static void
inode_unref (gpointer data)
{
  g_rc_box_release_full (data, inode_clear);
}

static Inode *
get_inode (const struct stat *info)
{
  gint64 number = info->st_ino;
  Inode *inode = g_hash_table_lookup (inodes, &number);

  if (inode == NULL)
    {
      inode = g_rc_box_new0 (Inode);
      g_hash_table_insert (inodes, g_memdup2 (&number, sizeof number), inode);
    }
  return inode;
}

static gboolean
is_inside (const char *path, const char *folder)
{
  gsize length = strlen (folder);

  return strncmp (path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

static GBytes *
read_all (int fd)
{
  struct stat info;
  char *contents;
  gsize n_read = 0;

  g_assert_no_errno (fstat (fd, &info));
  contents = g_malloc (info.st_size + 1);
  while (n_read < (gsize) info.st_size)
    {
      gssize n = pread (fd, contents + n_read, info.st_size - n_read, n_read);

      g_assert_cmpint (n, >=, 0);
      if (n == 0)
        break;
      n_read += n;
    }
  return g_bytes_new_take (contents, n_read);
}

/* The names in @folder become what is on the disk. */
static void
sync_names (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GHashTableIter iter;
  const char *name;
  gpointer key;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autofree char *parent = g_path_get_dirname (key);

      if (g_str_equal (parent, folder))
        g_hash_table_iter_remove (&iter);
    }
  g_hash_table_iter_init (&iter, renames);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autofree char *parent = g_path_get_dirname (key);

      if (g_str_equal (parent, folder))
        g_hash_table_iter_remove (&iter);
    }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      char *path = g_build_filename (folder, name, NULL);
      struct stat info;

      if (stat (path, &info) == 0)
        g_hash_table_replace (names, path, g_rc_box_acquire (get_inode (&info)));
      else
        g_free (path);
    }
}

static void
take_in (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  sync_names (folder);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat info;
      int fd;

      g_assert_no_errno (stat (path, &info));
      if (S_ISDIR (info.st_mode))
        {
          take_in (path);
          continue;
        }
      fd = open (path, O_RDONLY | O_CLOEXEC);
      g_assert_no_errno (fd);
      get_inode (&info)->image = read_all (fd);
      close (fd);
    }
}

static void
set_countdown (void)
{
  countdown = mean_gap > 0 ? g_rand_int_range (dice, 1, 2 * mean_gap) : 0;
}

void
power_disk_start (const char *folder, const char *folder_of_cuts, guint32 seed, guint gap)
{
  g_assert_null (root);

  inodes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, inode_unref);
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, inode_unref);
  renames = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  dice = g_rand_new_with_seed (seed);
  cuts = g_strdup (folder_of_cuts);
  mean_gap = gap;
  set_countdown ();
  take_in (folder);
  root = g_strdup (folder);
}

void
power_disk_ignore_syncs (const char *folder)
{
  ignored = g_build_filename (root, folder, NULL);
}

void
power_disk_cut_at_names (void)
{
  cut_at_names = TRUE;
}

void
power_disk_skip_real_syncs (void)
{
  skip_real_syncs = TRUE;
}

gboolean
power_disk_is_real_sync_skipped (void)
{
  return skip_real_syncs;
}

/* The image with some of what was written since: from nothing to everything. */
static GBytes *
mix (GBytes *image, GBytes *current)
{
  static const double shares[] = { 0.0, 0.1, 0.5, 0.9, 1.0 };
  gsize old_size = 0, new_size;
  const char *old_data = image != NULL ? g_bytes_get_data (image, &old_size) : NULL;
  const char *new_data = g_bytes_get_data (current, &new_size);
  double share = shares[g_rand_int_range (dice, 0, G_N_ELEMENTS (shares))];
  gsize size = g_rand_boolean (dice) ? old_size : new_size;
  char *mixed = g_malloc0 (size + 1);

  for (gsize offset = 0; offset < size; offset += SECTOR_BYTES)
    {
      gboolean from_new = offset < new_size && g_rand_double (dice) < share;
      const char *data = from_new ? new_data : old_data;
      gsize available = from_new ? new_size : old_size;

      if (offset < available)
        memcpy (mixed + offset, data + offset, MIN (SECTOR_BYTES, MIN (size, available) - offset));
    }
  return g_bytes_new_take (mixed, size);
}

static void
put (const char *path, GBytes *contents)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gsize size;
  const char *data = g_bytes_get_data (contents, &size);

  g_assert_no_errno (fd);
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      g_assert_cmpint (n, >, 0);
      data += n;
      size -= n;
    }
  close (fd);
}

/* A file has one content, whatever its names; a name that was renamed is the old or the new one. */
typedef struct
{
  GHashTable *contents; /* Inode → GBytes */
  GHashTable *undone;   /* old path → whether its renaming is not on the disk */
} Cut;

static void
leave_old_name (const char *path, const char *target)
{
  Inode *durable = g_hash_table_lookup (names, path);

  /* Shared memory is never on the disk. */
  if (durable != NULL && durable->image != NULL && !g_str_has_suffix (path, "-shm"))
    put (target, durable->image);
}

static void leave_folder (Cut *self, const char *folder, const char *target);

/* A name that is there now. */
static void
leave_name (Cut *self, const char *path, const char *target)
{
  const char *old_path = g_hash_table_lookup (renames, path);
  GBytes *contents;
  struct stat info;
  Inode *inode;

  g_assert_no_errno (stat (path, &info));
  inode = get_inode (&info);
  /* A new name may not be on the disk. */
  if (g_hash_table_lookup (names, path) != inode)
    {
      gboolean undone = g_rand_boolean (dice);

      if (old_path != NULL)
        g_hash_table_insert (self->undone, (gpointer) old_path, GINT_TO_POINTER (undone));
      if (undone)
        {
          leave_old_name (path, target);
          return;
        }
    }
  if (S_ISDIR (info.st_mode))
    {
      leave_folder (self, path, target);
      return;
    }
  if (g_str_has_suffix (path, "-shm"))
    return;

  contents = g_hash_table_lookup (self->contents, inode);
  if (contents == NULL)
    {
      int fd = open (path, O_RDONLY | O_CLOEXEC);
      g_autoptr (GBytes) current = NULL;

      g_assert_no_errno (fd);
      current = read_all (fd);
      close (fd);
      contents = mix (inode->image, current);
      g_hash_table_insert (self->contents, inode, contents);
    }
  put (target, contents);
}

static void
leave_folder (Cut *self, const char *folder, const char *target)
{
  g_autoptr (GPtrArray) present = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (present, g_strdup (name));
  /* In an order that a seed repeats. */
  g_ptr_array_sort_values (present, (GCompareFunc) strcmp);
  g_assert_no_errno (g_mkdir (target, 0700));
  for (guint i = 0; i < present->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, present->pdata[i], NULL);
      g_autofree char *to = g_build_filename (target, present->pdata[i], NULL);

      leave_name (self, path, to);
    }
}

/* What was removed may still be there. */
static void
leave_removed (Cut *self, GList *removed, const char *target)
{
  for (GList *l = removed; l != NULL; l = l->next)
    {
      g_autofree char *to = g_build_filename (target, (char *) l->data + strlen (root), NULL);
      g_autofree char *parent = g_path_get_dirname (to);
      gpointer undone;

      if (!g_hash_table_lookup_extended (self->undone, l->data, NULL, &undone))
        undone = GINT_TO_POINTER (g_rand_boolean (dice));
      if (undone && g_file_test (parent, G_FILE_TEST_IS_DIR))
        leave_old_name (l->data, to);
    }
}

/* Beside the folder, where nobody else writes: the other threads go on meanwhile. What they write
 * may be in the cut or not, as it may be on the disk; what they sync, rename or remove waits. */
static void
cut (void)
{
  g_autoptr (GList) durable = g_list_sort (g_hash_table_get_keys (names), (GCompareFunc) strcmp);
  g_autoptr (GList) removed = NULL;
  g_autofree char *target = g_strdup_printf ("%s/%u", cuts, ++n_cuts);
  g_autofree char *line = g_strdup_printf ("cut %u\n", n_cuts);
  Cut self = {
    .contents = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref),
    .undone = g_hash_table_new (g_str_hash, g_str_equal),
  };

  for (GList *l = durable; l != NULL; l = l->next)
    if (!g_file_test (l->data, G_FILE_TEST_EXISTS))
      removed = g_list_append (removed, l->data);

  leave_folder (&self, root, target);
  leave_removed (&self, removed, target);
  g_hash_table_unref (self.contents);
  g_hash_table_unref (self.undone);
  g_assert_cmpint (write (STDOUT_FILENO, line, strlen (line)), ==, (gssize) strlen (line));
}

/* With the lock. */
static void
count_operation (gboolean of_names)
{
  gboolean is_due = countdown > 0 && --countdown == 0;

  if (is_due)
    set_countdown ();
  if (is_due || (of_names && cut_at_names))
    cut ();
}

void
power_disk_operation (void)
{
  if (root == NULL)
    return;
  g_mutex_lock (&mutex);
  count_operation (FALSE);
  g_mutex_unlock (&mutex);
}

void
power_disk_synced (int fd)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = NULL;
  gboolean is_folder;
  struct stat info;

  if (root == NULL || fstat (fd, &info) != 0)
    return;
  is_folder = S_ISDIR (info.st_mode);
  path = g_file_read_link (link, NULL);
  if (path == NULL || !is_inside (path, root))
    return;

  g_mutex_lock (&mutex);
  count_operation (is_folder);
  if (ignored != NULL && is_inside (path, ignored))
    {
      /* It only says so. */
    }
  else if (is_folder)
    {
      sync_names (path);
    }
  else
    {
      Inode *inode = get_inode (&info);

      g_clear_pointer (&inode->image, g_bytes_unref);
      inode->image = read_all (fd);
    }
  g_mutex_unlock (&mutex);
}

void
power_disk_end (void)
{
  g_mutex_lock (&mutex);
  _exit (0);
}

void
power_disk_lock_names (const char *path)
{
  g_mutex_lock (&mutex);
  if (root != NULL && is_inside (path, root))
    count_operation (TRUE);
}

/* The number of a file without a name may belong to another file soon. */
static void
forget (const struct stat *info)
{
  gint64 number = info->st_ino;

  if (info->st_nlink == 1)
    g_hash_table_remove (inodes, &number);
}

void
power_disk_unlock_names (const char *old_path, const char *new_path, const struct stat *gone)
{
  if (root != NULL && old_path != NULL && is_inside (old_path, root))
    {
      if (gone != NULL)
        forget (gone);
      if (new_path != NULL)
        g_hash_table_replace (renames, g_strdup (new_path), g_strdup (old_path));
    }
  g_mutex_unlock (&mutex);
}
