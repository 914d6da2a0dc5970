/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdint.h>

/* Between a test and the shim that is preloaded into the program which it drives: a file that both
 * have mapped, so that the test changes the world of the program while it runs. */

#define FAULT_SHIM_FILE "ASSAY_FAULT_SHIM" /* the file */
#define FAULT_SHIM_ROOT "ASSAY_FAULT_ROOT" /* the folder whose disk fails */

typedef struct
{
  int countdown; /* the operation that fails, from 1; counts down */
  int number;    /* of the error; 0: none fails */
  int for_good;  /* so do all after it */
  int struck;    /* one has failed */
  int64_t clock_offset_s;
} FaultShim;
