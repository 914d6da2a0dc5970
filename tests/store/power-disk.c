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
static char *ignored;
static GHashTable *inodes; /* number → Inode */
static GHashTable *names;  /* path → Inode, as they are on the disk */
static GRand *dice;
static guint cut_at;
static guint n_operations;
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

void
power_disk_start (const char *folder, guint32 seed, guint nth)
{
  g_assert_null (root);

  inodes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, inode_unref);
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, inode_unref);
  dice = g_rand_new_with_seed (seed);
  cut_at = nth;
  take_in (folder);
  root = g_strdup (folder);
}

void
power_disk_ignore_syncs (const char *folder)
{
  ignored = g_build_filename (root, folder, NULL);
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

guint
power_disk_get_n_operations (void)
{
  return n_operations;
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

static void lose_folder (const char *folder);

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  if (remove (path) != 0)
    g_assert_cmpint (errno, ==, ENOENT);
}

/* A name that is there now. */
static void
lose_name (const char *path)
{
  Inode *durable = g_hash_table_lookup (names, path);
  struct stat info;
  Inode *inode;
  int fd;

  g_assert_no_errno (stat (path, &info));
  inode = get_inode (&info);
  /* Shared memory is never on the disk; a new name may not be. */
  if (g_str_has_suffix (path, "-shm") || (durable != inode && g_rand_boolean (dice)))
    {
      remove_all (path);
      if (durable != NULL && durable->image != NULL)
        put (path, durable->image);
      return;
    }
  if (S_ISDIR (info.st_mode))
    {
      lose_folder (path);
      return;
    }

  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd >= 0)
    {
      g_autoptr (GBytes) current = read_all (fd);
      g_autoptr (GBytes) left = mix (inode->image, current);

      close (fd);
      put (path, left);
    }
}

static void
lose_folder (const char *folder)
{
  g_autoptr (GPtrArray) present = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (present, g_build_filename (folder, name, NULL));
  /* In an order that a seed repeats. */
  g_ptr_array_sort_values (present, (GCompareFunc) strcmp);
  for (guint i = 0; i < present->len; i++)
    lose_name (present->pdata[i]);
}

static void
cut (void)
{
  g_autoptr (GList) durable = g_list_sort (g_hash_table_get_keys (names), (GCompareFunc) strcmp);
  g_autoptr (GPtrArray) removed = g_ptr_array_new ();

  for (GList *l = durable; l != NULL; l = l->next)
    if (!g_file_test (l->data, G_FILE_TEST_EXISTS))
      g_ptr_array_add (removed, l->data);

  lose_folder (root);
  /* What was removed may still be there. */
  for (guint i = 0; i < removed->len; i++)
    {
      Inode *inode = g_hash_table_lookup (names, removed->pdata[i]);
      g_autofree char *parent = g_path_get_dirname (removed->pdata[i]);

      if (inode->image != NULL && g_rand_boolean (dice)
          && !g_str_has_suffix (removed->pdata[i], "-shm")
          && g_file_test (parent, G_FILE_TEST_IS_DIR))
        put (removed->pdata[i], inode->image);
    }
  _exit (POWER_DISK_CUT);
}

void
power_disk_operation (void)
{
  if (root == NULL)
    return;
  g_mutex_lock (&mutex);
  if (++n_operations == cut_at)
    cut ();
  g_mutex_unlock (&mutex);
}

void
power_disk_synced (int fd)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = NULL;
  struct stat info;

  if (root == NULL)
    return;
  power_disk_operation ();
  path = g_file_read_link (link, NULL);
  if (path == NULL || !is_inside (path, root) || (ignored != NULL && is_inside (path, ignored))
      || fstat (fd, &info) != 0)
    return;

  g_mutex_lock (&mutex);
  if (S_ISDIR (info.st_mode))
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

/* Its number may belong to another file soon. */
void
power_disk_forget (const char *path)
{
  struct stat info;

  if (root == NULL || !is_inside (path, root))
    return;
  power_disk_operation ();
  g_mutex_lock (&mutex);
  if (lstat (path, &info) == 0)
    {
      gint64 number = info.st_ino;

      g_hash_table_remove (inodes, &number);
    }
  g_mutex_unlock (&mutex);
}
