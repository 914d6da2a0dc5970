/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Certificates that are made when a test starts, so that none of them can be out of date by
 * accident. Each is a PEM file with certificate and key. */
typedef struct
{
  char *folder;
  char *authority;   /* who signed all but the one of their own */
  char *good;        /* for 127.0.0.1 and localhost */
  char *self_signed; /* by itself */
  char *wrong_host;
  char *expired;
  char *not_yet_valid;
} FaultCertificates;

/* NULL where the machine has no openssl that can make them. */
FaultCertificates *fault_certificates_new (void);
void fault_certificates_free (FaultCertificates *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultCertificates, fault_certificates_free)

G_END_DECLS
