/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What every target of tests/fuzz/ defines, as libFuzzer asks for it: a function that takes any
 * bytes and returns. A target is linked with libFuzzer where the compiler has it (`./dev fuzz`),
 * and with fuzz-driver.c as an ordinary test over its stored corpus everywhere. */
int LLVMFuzzerTestOneInput (const unsigned char *data, size_t size);
int LLVMFuzzerInitialize (int *argc, char ***argv);

/* The bytes as text: valid UTF-8 without NUL, in memory of exactly its size. (transfer full) */
char *fuzz_dup_text (const guint8 *data, gsize size);
/* @n texts, which are set apart by NUL; the last has the rest, those that are missing are empty.
 * (transfer full) */
GStrv fuzz_split_texts (const guint8 *data, gsize size, guint n);
/* The bytes as one JSON object, or NULL. (transfer full) */
JsonNode *fuzz_parse_object (const guint8 *data, gsize size);

/* An object that is read from JSON and written to it. */
typedef GObject *(*FuzzReadFunc) (JsonNode *node, GError **error);
typedef JsonNode *(*FuzzWriteFunc) (GObject *object);
/* Reads one from the bytes, and @again from what it writes: it is refused with a sentence, or comes
 * back without loss. NULL where it is refused. (transfer full), both. */
gpointer fuzz_read_back (const guint8 *data,
                         gsize size,
                         FuzzReadFunc read,
                         FuzzWriteFunc write,
                         gpointer again);

/* Every sentence for a person, and everything that is stored, is text. */
void fuzz_check_text (const char *text);
/* An error has a sentence; and it is cleared. */
void fuzz_check_error (GError **error);
/* Fails with both texts where they are not equal. */
void fuzz_check_equal (JsonNode *a, JsonNode *b);
/* An offset lies between two characters of @text. */
void fuzz_check_border (const char *text, gsize length, gsize offset);

G_END_DECLS
