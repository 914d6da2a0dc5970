/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Every size limit of the program, one named constant each, with its unit in the name. "SOFT" shows
 * a notice and still works; the others refuse or cut, and say why. The numbers are settled in the
 * engineering rules (section 7). */

#define ASSAY_LIMIT_TASK_JSON_SOFT_BYTES (4 * 1024 * 1024)
#define ASSAY_LIMIT_TASK_JSON_BYTES (16 * 1024 * 1024)
#define ASSAY_LIMIT_JSON_DEPTH_LEVELS 64
#define ASSAY_LIMIT_JSON_NODES 300000
#define ASSAY_LIMIT_JSON_STRING_BYTES (8 * 1024 * 1024)
#define ASSAY_LIMIT_DOCUMENT_SOFT_BYTES (256 * 1024)
#define ASSAY_LIMIT_DOCUMENT_BYTES (8 * 1024 * 1024)
#define ASSAY_LIMIT_COMPARISON_BYTES (2 * 1024 * 1024)
/* Of one text; a person who looks for so common a thing looks for another. */
#define ASSAY_LIMIT_FIND_MATCHES 10000
#define ASSAY_LIMIT_DOCUMENT_SOFT_BLOCKS 2000
#define ASSAY_LIMIT_DOCUMENT_BLOCKS 20000
#define ASSAY_LIMIT_DOCUMENT_SOFT_DEPTH_LEVELS 16
#define ASSAY_LIMIT_DOCUMENT_DEPTH_LEVELS 32
#define ASSAY_LIMIT_DOCUMENT_SOFT_LINKS 500
#define ASSAY_LIMIT_DOCUMENT_LINKS 5000
#define ASSAY_LIMIT_DOCUMENT_SOFT_IMAGES 50
#define ASSAY_LIMIT_DOCUMENT_IMAGES 500
/* Of an image that is loaded on request. */
#define ASSAY_LIMIT_IMAGE_BYTES (20 * 1024 * 1024)
#define ASSAY_LIMIT_IMAGE_PIXELS 40000000
#define ASSAY_LIMIT_DOCUMENT_RUNS 500000
/* Beyond it formulas are shown as their source. */
#define ASSAY_LIMIT_DOCUMENT_FORMULAS 4000
/* Beyond the soft ones a table is laid out as lines of text, beyond the others it is not even
 * parsed as one. */
#define ASSAY_LIMIT_TABLE_COLUMNS 60
#define ASSAY_LIMIT_TABLE_ROWS 2000
#define ASSAY_LIMIT_TABLE_SOFT_COLUMNS 20
#define ASSAY_LIMIT_TABLE_SOFT_ROWS 200
#define ASSAY_LIMIT_CHILD_SOFT_WIDGETS 50
#define ASSAY_LIMIT_CHILD_WIDGETS 100
#define ASSAY_LIMIT_HIGHLIGHT_SOFT_BYTES (64 * 1024)
#define ASSAY_LIMIT_SPELLING_CHARACTERS (512 * 1024)
#define ASSAY_LIMIT_HIGHLIGHT_BYTES (512 * 1024)
/* Highlighting a long line of minified code takes many seconds, and so does laying out its
 * thousands of colours. */
#define ASSAY_LIMIT_HIGHLIGHT_LINE_BYTES 1000
#define ASSAY_LIMIT_RESPONSES 26
#define ASSAY_LIMIT_RESPONSES_SIDE_BY_SIDE 4
#define ASSAY_LIMIT_QUESTIONS_SOFT 60
#define ASSAY_LIMIT_QUESTIONS 500
#define ASSAY_LIMIT_OPTIONS_SOFT 50
#define ASSAY_LIMIT_OPTIONS 5000
#define ASSAY_LIMIT_CHECKLIST_ITEMS 100
/* Marks in an answer. */
#define ASSAY_LIMIT_SPANS 10000
/* A claim, and what is quoted as evidence (task-kinds, 7.9). */
#define ASSAY_LIMIT_CLAIM_MIN_CHARACTERS 3
#define ASSAY_LIMIT_CLAIM_CHARACTERS 500
#define ASSAY_LIMIT_EVIDENCE_CHARACTERS 1000
#define ASSAY_LIMIT_RATIONALE_SOFT_CHARACTERS 20000
#define ASSAY_LIMIT_RATIONALE_CHARACTERS 200000
#define ASSAY_LIMIT_IMPORT_FILE_SOFT_BYTES (G_GINT64_CONSTANT (50) * 1024 * 1024)
#define ASSAY_LIMIT_IMPORT_FILE_BYTES (G_GINT64_CONSTANT (2) * 1024 * 1024 * 1024)
#define ASSAY_LIMIT_IMPORT_LINE_BYTES (16 * 1024 * 1024)
/* Tasks in the store. */
#define ASSAY_LIMIT_INBOX_SOFT_TASKS 100000
#define ASSAY_LIMIT_INBOX_TASKS 1000000
#define ASSAY_LIMIT_OUTBOX_SOFT_ROWS 1000
#define ASSAY_LIMIT_NAME_BYTES 4096
/* What is longer, a name or a label, is shown with an ellipsis. */
#define ASSAY_LIMIT_LABEL_CHARACTERS 300
/* So much of an address is shown; what is longer than the second is not opened. */
#define ASSAY_LIMIT_URL_SOFT_CHARACTERS 2000
#define ASSAY_LIMIT_URL_BYTES 8192
/* What a label shows of a text that may be longer: it lays out all that it is given. */
#define ASSAY_LIMIT_LABEL_TEXT_CHARACTERS 600
#define ASSAY_LIMIT_UNDO_COMMANDS 500
