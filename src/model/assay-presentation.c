/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-presentation-private.h"

struct _AssayPresentation
{
  GObject parent_instance;

  GPtrArray *order;  /* (owned) of response ids as shown, owned */
  GPtrArray *tokens; /* (owned) of the ids as they stand in a token, owned, in the same order */
  guint32 seed;
  gint64 revealed_at; /* 0 for not yet */
  JsonNode *extra;    /* (owned): members that this version does not know */
};

G_DEFINE_FINAL_TYPE (AssayPresentation, assay_presentation, G_TYPE_OBJECT)

static const char *const known_members[] = { "order", "seed", "revealed_at", NULL };

static const char letters[ASSAY_LIMIT_RESPONSES][2] = {
  "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M",
  "N", "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z",
};

/* SplitMix64: the order that a seed gives must stay the same for ever, whatever GLib does with its
 * own generator. */
static guint64
next_random (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9E3779B97F4A7C15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94D049BB133111EB);
  return z ^ (z >> 31);
}

static void
shuffle (GPtrArray *order, guint32 seed)
{
  guint64 state = seed;

  for (guint i = order->len; i > 1; i--)
    {
      /* The bias of the remainder is below 2⁻⁵⁸ for 26 responses. */
      guint j = (guint) (next_random (&state) % i);
      gpointer swap = order->pdata[i - 1];

      order->pdata[i - 1] = order->pdata[j];
      order->pdata[j] = swap;
    }
}

/* An id inside @{…}, where a brace or another token would end it. */
static char *
make_token (const char *id)
{
  g_autoptr (GString) token = g_string_new (NULL);

  for (const char *p = id; *p != '\0'; p++)
    {
      if (strchr ("%@{}", *p) != NULL)
        g_string_append_printf (token, "%%%02X", (guchar) *p);
      else
        g_string_append_c (token, *p);
    }
  return g_string_free_and_steal (g_steal_pointer (&token));
}

static void
add_missing (AssayPresentation *self, AssayTask *task)
{
  for (guint i = 0; i < assay_task_get_n_responses (task); i++)
    {
      const char *id = assay_document_get_key (assay_task_get_response (task, i));

      if (!g_ptr_array_find_with_equal_func (self->order, id, g_str_equal, NULL))
        g_ptr_array_add (self->order, g_strdup (id));
    }
}

static void
make_tokens (AssayPresentation *self)
{
  for (guint i = 0; i < self->order->len; i++)
    g_ptr_array_add (self->tokens, make_token (self->order->pdata[i]));
}

static void
assay_presentation_finalize (GObject *object)
{
  AssayPresentation *self = ASSAY_PRESENTATION (object);

  g_clear_pointer (&self->order, g_ptr_array_unref);
  g_clear_pointer (&self->tokens, g_ptr_array_unref);
  g_clear_pointer (&self->extra, json_node_unref);

  G_OBJECT_CLASS (assay_presentation_parent_class)->finalize (object);
}

static void
assay_presentation_class_init (AssayPresentationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_presentation_finalize;
}

static void
assay_presentation_init (AssayPresentation *self)
{
  self->order = g_ptr_array_new_with_free_func (g_free);
  self->tokens = g_ptr_array_new_with_free_func (g_free);
  self->extra = assay_json_object_node_new (json_object_new ());
}

AssayPresentation *
assay_presentation_new (AssayTask *task, guint32 seed)
{
  AssayPresentation *self;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);

  self = g_object_new (ASSAY_TYPE_PRESENTATION, NULL);
  self->seed = seed;
  add_missing (self, task);
  if (!assay_form_get_fixed_order (assay_task_get_form (task)))
    shuffle (self->order, seed);
  make_tokens (self);
  return self;
}

AssayPresentation *
assay_presentation_new_from_json (JsonObject *object, AssayTask *task)
{
  AssayPresentation *self;
  JsonArray *order;

  g_return_val_if_fail (object != NULL, NULL);
  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);

  self = g_object_new (ASSAY_TYPE_PRESENTATION, NULL);
  self->seed = (guint32) CLAMP (assay_json_get_int (object, "seed", 0), 0, G_MAXUINT32);
  self->revealed_at = MAX (assay_json_get_int (object, "revealed_at", 0), 0);
  assay_json_copy_unknown (object, known_members, json_node_get_object (self->extra));

  order = assay_json_get_array (object, "order");
  for (guint i = 0; order != NULL && i < json_array_get_length (order); i++)
    {
      g_autofree char *id = assay_json_node_dup_id (json_array_get_element (order, i));

      if (id != NULL && assay_task_find_response (task, id) != NULL
          && !g_ptr_array_find_with_equal_func (self->order, id, g_str_equal, NULL))
        g_ptr_array_add (self->order, g_steal_pointer (&id));
    }
  /* The task may have got another response since. */
  add_missing (self, task);
  make_tokens (self);
  return self;
}

AssayPresentation *
assay_presentation_with_revealed_at (AssayPresentation *self, gint64 time_ms)
{
  AssayPresentation *copy;

  g_return_val_if_fail (ASSAY_IS_PRESENTATION (self), NULL);

  copy = g_object_new (ASSAY_TYPE_PRESENTATION, NULL);
  copy->seed = self->seed;
  copy->revealed_at = time_ms;
  for (guint i = 0; i < self->order->len; i++)
    g_ptr_array_add (copy->order, g_strdup (self->order->pdata[i]));
  make_tokens (copy);
  json_node_unref (copy->extra);
  copy->extra = assay_json_copy (self->extra);
  return copy;
}

JsonNode *
assay_presentation_to_json (AssayPresentation *self)
{
  JsonObject *object;
  JsonArray *order;
  const char *const none[] = { NULL };

  g_return_val_if_fail (ASSAY_IS_PRESENTATION (self), NULL);

  object = json_object_new ();
  order = json_array_sized_new (self->order->len);
  for (guint i = 0; i < self->order->len; i++)
    json_array_add_string_element (order, self->order->pdata[i]);
  json_object_set_array_member (object, "order", order);
  json_object_set_int_member (object, "seed", self->seed);
  if (self->revealed_at > 0)
    json_object_set_int_member (object, "revealed_at", self->revealed_at);
  assay_json_copy_unknown (json_node_get_object (self->extra), none, object);
  return assay_json_object_node_new (object);
}

guint
assay_presentation_get_n (AssayPresentation *self)
{
  g_return_val_if_fail (ASSAY_IS_PRESENTATION (self), 0);

  return self->order->len;
}

gint64
assay_presentation_get_revealed_at (AssayPresentation *self)
{
  g_return_val_if_fail (ASSAY_IS_PRESENTATION (self), 0);

  return self->revealed_at;
}

const char *
assay_presentation_get_response (AssayPresentation *self, guint place)
{
  g_return_val_if_fail (ASSAY_IS_PRESENTATION (self), NULL);
  g_return_val_if_fail (place < self->order->len, NULL);

  return self->order->pdata[place];
}

int
assay_presentation_get_place (AssayPresentation *self, const char *response_id)
{
  guint place;

  g_return_val_if_fail (ASSAY_IS_PRESENTATION (self), -1);
  g_return_val_if_fail (response_id != NULL, -1);

  if (!g_ptr_array_find_with_equal_func (self->order, response_id, g_str_equal, &place))
    return -1;
  return (int) place;
}

const char *
assay_presentation_get_letter (AssayPresentation *self, const char *response_id)
{
  int place;

  g_return_val_if_fail (ASSAY_IS_PRESENTATION (self), NULL);

  place = assay_presentation_get_place (self, response_id);
  return place < 0 ? "?" : letters[place];
}

static gboolean
is_word_byte (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/* The text between @p's “@{” and the first “}”; NULL if that is farther away than any of @tokens is
 * long: a text full of open braces must not be searched to its end for each. */
static char *
dup_braced (const char *p, GPtrArray *tokens)
{
  gsize longest = 0;

  for (guint i = 0; i < tokens->len; i++)
    longest = MAX (longest, strlen (tokens->pdata[i]));
  for (gsize length = 0; length <= longest && p[2 + length] != '\0'; length++)
    if (p[2 + length] == '}')
      return g_strndup (p + 2, length);
  return NULL;
}

/* “@{}” is an at sign that stands before a brace in the person's own text, so that nothing typed is
 * taken for a token. */
char *
assay_presentation_tokens_to_stored (AssayPresentation *self, const char *shown)
{
  g_autoptr (GString) stored = g_string_new (NULL);

  g_return_val_if_fail (ASSAY_IS_PRESENTATION (self), NULL);
  g_return_val_if_fail (shown != NULL, NULL);

  for (const char *p = shown; *p != '\0'; p++)
    {
      g_autofree char *braced = NULL;

      if (*p != '@')
        {
          g_string_append_c (stored, *p);
          continue;
        }
      if (p[1] == '{')
        braced = dup_braced (p, self->tokens);
      if (braced != NULL
          && (*braced == '\0'
              || g_ptr_array_find_with_equal_func (self->tokens, braced, g_str_equal, NULL)))
        g_string_append (stored, "@{}");
      else if (p[1] >= 'A' && p[1] < 'A' + (int) self->order->len && !is_word_byte (p[2])
               && (p == shown || !is_word_byte (p[-1])))
        {
          g_string_append_printf (stored, "@{%s}", (char *) self->tokens->pdata[p[1] - 'A']);
          p++;
        }
      else
        g_string_append_c (stored, '@');
    }
  return g_string_free_and_steal (g_steal_pointer (&stored));
}

/* @name: what stands for the response whose token is at an index; (transfer full). */
static char *
write_out (const char *stored,
           GPtrArray *tokens,
           char *(*name) (guint index, gpointer user_data),
           gpointer user_data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *p = stored; *p != '\0'; p++)
    {
      g_autofree char *braced = p[0] == '@' && p[1] == '{' ? dup_braced (p, tokens) : NULL;
      guint index;

      if (braced != NULL && *braced == '\0')
        {
          g_string_append_c (text, '@');
          p += 2;
        }
      else if (braced != NULL
               && g_ptr_array_find_with_equal_func (tokens, braced, g_str_equal, &index))
        {
          g_autofree char *written = name (index, user_data);

          g_string_append (text, written);
          p += strlen (braced) + 2;
        }
      else
        g_string_append_c (text, *p);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
name_by_letter (guint index, gpointer user_data)
{
  return g_strconcat ("@", letters[index], NULL);
}

char *
assay_presentation_tokens_to_shown (AssayPresentation *self, const char *stored)
{
  g_return_val_if_fail (ASSAY_IS_PRESENTATION (self), NULL);
  g_return_val_if_fail (stored != NULL, NULL);

  return write_out (stored, self->tokens, name_by_letter, NULL);
}

static char *
name_by_format (guint index, gpointer user_data)
{
  const char *format = user_data;
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *p = format; *p != '\0'; p++)
    {
      if (p[0] == '%' && p[1] == 'd')
        g_string_append_printf (name, "%u", index + 1);
      else if (p[0] == '%' && p[1] == 'c')
        g_string_append (name, letters[index]);
      else
        {
          g_string_append_c (name, *p);
          continue;
        }
      p++;
    }
  return g_string_free_and_steal (g_steal_pointer (&name));
}

char *
assay_presentation_tokens_written (AssayTask *task, const char *stored, const char *format)
{
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);
  g_return_val_if_fail (stored != NULL, NULL);
  g_return_val_if_fail (format != NULL, NULL);

  for (guint i = 0; i < assay_task_get_n_responses (task); i++)
    g_ptr_array_add (tokens,
                     make_token (assay_document_get_key (assay_task_get_response (task, i))));
  return write_out (stored, tokens, name_by_format, (gpointer) format);
}
