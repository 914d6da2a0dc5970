/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE

#include "own-network.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <net/route.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define LOOPBACK "lo"

static void
write_file (const char *path, const char *text)
{
  int file = open (path, O_WRONLY | O_CLOEXEC);

  if (file < 0 || write (file, text, strlen (text)) < 0)
    g_error ("%s: %s", path, g_strerror (errno));
  close (file);
}

/* Who we are stays the same inside. */
static gboolean
enter_as_user (void)
{
  g_autofree char *users = g_strdup_printf ("%u %u 1", getuid (), getuid ());
  g_autofree char *groups = g_strdup_printf ("%u %u 1", getgid (), getgid ());

  if (unshare (CLONE_NEWUSER | CLONE_NEWNET) != 0)
    return FALSE;
  write_file ("/proc/self/setgroups", "deny");
  write_file ("/proc/self/uid_map", users);
  write_file ("/proc/self/gid_map", groups);
  return TRUE;
}

gboolean
own_network_enter (void)
{
  if (unshare (CLONE_NEWNET) != 0 && !enter_as_user ())
    return FALSE;
  own_network_set_up (TRUE);
  return TRUE;
}

void
own_network_set_up (gboolean up)
{
  int control = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  struct ifreq interface = { .ifr_name = LOOPBACK };
  /* To everywhere. */
  struct rtentry route = {
    .rt_dst.sa_family = AF_INET,
    .rt_genmask.sa_family = AF_INET,
    .rt_flags = RTF_UP,
    .rt_dev = (char[]) { LOOPBACK },
  };

  if (control < 0 || ioctl (control, SIOCGIFFLAGS, &interface) != 0)
    g_error ("The loopback is not there: %s", g_strerror (errno));
  if (up)
    interface.ifr_flags |= IFF_UP;
  else
    interface.ifr_flags &= ~IFF_UP;
  if (ioctl (control, SIOCSIFFLAGS, &interface) != 0)
    g_error ("The loopback stays as it is: %s", g_strerror (errno));
  /* What goes away takes its routes with it. */
  if (up && ioctl (control, SIOCADDRT, &route) != 0)
    g_error ("No route: %s", g_strerror (errno));
  close (control);
}
