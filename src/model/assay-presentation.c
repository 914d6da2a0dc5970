/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-presentation.h"

#include <string.h>

#include "assay-json.h"
#include "assay-limits.h"

#define TOKEN_OPEN "@{"

struct _AssayPresentation
{
  GObject parent_instance;

  GPtrArray *order; /* (owned) of char *: response ids as shown */
  guint32 seed;
};

G_DEFINE_FINAL_TYPE (AssayPresentation, assay_presentation, G_TYPE_OBJECT)

/* SplitMix64 (Steele, Lea, Flood 2014): a stored seed must give the same order for ever, so the
 * generator is ours. */
static guint64
next_random (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static void
shuffle (GPtrArray *order, guint32 seed)
{
  guint64 state = seed;

  for (guint i = order->len; i > 1; i--)
    {
      guint j = next_random (&state) % i;
      gpointer swapped = order->pdata[j];

      order->pdata[j] = order->pdata[i - 1];
      order->pdata[i - 1] = swapped;
    }
}

static gboolean
holds_response (GPtrArray *order, const char *response)
{
  return g_ptr_array_find_with_equal_func (order, response, g_str_equal, NULL);
}

static void
append_missing (GPtrArray *order, AssayTask *task)
{
  for (guint i = 0; i < assay_task_get_n_responses (task); i++)
    {
      const char *key = assay_document_get_key (assay_task_get_response (task, i));

      if (!holds_response (order, key))
        g_ptr_array_add (order, g_strdup (key));
    }
}

/* The response whose token stands at @text ("@{id}"), the longest id first; @length is the token's.
 */
static const char *
match_stored_token (AssayPresentation *self, const char *text, gsize *length)
{
  const char *found = NULL;
  gsize found_length = 0;

  if (!g_str_has_prefix (text, TOKEN_OPEN))
    return NULL;
  text += strlen (TOKEN_OPEN);
  for (guint i = 0; i < self->order->len; i++)
    {
      const char *response = self->order->pdata[i];
      gsize n = strlen (response);

      if (n >= found_length && strncmp (text, response, n) == 0 && text[n] == '}')
        {
          found = response;
          found_length = n;
        }
    }
  *length = strlen (TOKEN_OPEN) + found_length + 1;
  return found;
}

/* The response whose token stands at @text ("@A"): a shown letter that is a word of its own. */
static const char *
match_shown_token (AssayPresentation *self, const char *start, const char *text)
{
  guint place;

  if (text[0] != '@' || text[1] < 'A' || text[1] > 'Z' || g_ascii_isalnum (text[2])
      || text[2] == '_')
    return NULL;
  if (text > start && (g_ascii_isalnum (text[-1]) || text[-1] == '_'))
    return NULL;
  place = text[1] - 'A';
  return place < self->order->len ? self->order->pdata[place] : NULL;
}

static void
assay_presentation_finalize (GObject *object)
{
  AssayPresentation *self = ASSAY_PRESENTATION (object);

  g_clear_pointer (&self->order, g_ptr_array_unref);

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
}

AssayPresentation *
assay_presentation_new (AssayTask *task, guint32 seed)
{
  AssayPresentation *self;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);

  self = g_object_new (ASSAY_TYPE_PRESENTATION, NULL);
  self->seed = seed;
  append_missing (self->order, task);
  if (!assay_form_get_fixed_order (assay_task_get_form (task)))
    shuffle (self->order, seed);
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
  self->seed = (guint32) assay_json_get_int (object, "seed", 0);
  order = assay_json_get_array (object, "order");
  for (guint i = 0; order != NULL && i < json_array_get_length (order); i++)
    {
      g_autofree char *response = assay_json_node_dup_id (json_array_get_element (order, i));

      /* The task may have changed since: what is gone is not shown. */
      if (response != NULL && assay_task_find_response (task, response) != NULL
          && !holds_response (self->order, response))
        g_ptr_array_add (self->order, g_steal_pointer (&response));
    }
  append_missing (self->order, task);
  return self;
}

JsonNode *
assay_presentation_to_json (AssayPresentation *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *order = json_array_new ();
  JsonNode *node;

  g_return_val_if_fail (ASSAY_IS_PRESENTATION (self), NULL);

  for (guint i = 0; i < self->order->len; i++)
    json_array_add_string_element (order, self->order->pdata[i]);
  json_object_set_array_member (object, "order", order);
  json_object_set_int_member (object, "seed", self->seed);

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, object);
  return node;
}

guint
assay_presentation_get_n (AssayPresentation *self)
{
  g_return_val_if_fail (ASSAY_IS_PRESENTATION (self), 0);

  return self->order->len;
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
  static const char *const letters[ASSAY_LIMIT_RESPONSES] = { "A", "B", "C", "D", "E", "F", "G",
                                                              "H", "I", "J", "K", "L", "M", "N",
                                                              "O", "P", "Q", "R", "S", "T", "U",
                                                              "V", "W", "X", "Y", "Z" };
  int place = assay_presentation_get_place (self, response_id);

  return place >= 0 && place < ASSAY_LIMIT_RESPONSES ? letters[place] : "?";
}

char *
assay_presentation_tokens_to_stored (AssayPresentation *self, const char *shown)
{
  GString *stored;

  g_return_val_if_fail (ASSAY_IS_PRESENTATION (self), NULL);
  g_return_val_if_fail (shown != NULL, NULL);

  stored = g_string_sized_new (strlen (shown));
  for (const char *p = shown; *p != '\0';)
    {
      const char *response = match_shown_token (self, shown, p);

      if (response != NULL)
        {
          g_string_append_printf (stored, TOKEN_OPEN "%s}", response);
          p += strlen ("@A");
        }
      else
        g_string_append_c (stored, *p++);
    }
  return g_string_free_and_steal (stored);
}

char *
assay_presentation_tokens_to_shown (AssayPresentation *self, const char *stored)
{
  GString *shown;

  g_return_val_if_fail (ASSAY_IS_PRESENTATION (self), NULL);
  g_return_val_if_fail (stored != NULL, NULL);

  shown = g_string_sized_new (strlen (stored));
  for (const char *p = stored; *p != '\0';)
    {
      gsize length;
      const char *response = match_stored_token (self, p, &length);

      if (response != NULL)
        {
          g_string_append_printf (shown, "@%s", assay_presentation_get_letter (self, response));
          p += length;
        }
      else
        g_string_append_c (shown, *p++);
    }
  return g_string_free_and_steal (shown);
}

char *
assay_presentation_tokens_written (AssayTask *task, const char *stored, const char *format)
{
  g_autoptr (AssayPresentation) canonical = NULL;
  GString *written;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);
  g_return_val_if_fail (stored != NULL, NULL);
  g_return_val_if_fail (format != NULL, NULL);

  canonical = g_object_new (ASSAY_TYPE_PRESENTATION, NULL);
  append_missing (canonical->order, task);

  written = g_string_sized_new (strlen (stored));
  for (const char *p = stored; *p != '\0';)
    {
      gsize length;
      const char *response = match_stored_token (canonical, p, &length);

      if (response != NULL)
        {
          int place = assay_presentation_get_place (canonical, response);
          g_autofree char *number = g_strdup_printf ("%d", place + 1);
          g_autoptr (GString) name = g_string_new (format);

          g_string_replace (name, "%d", number, 1);
          g_string_replace (name, "%c", assay_presentation_get_letter (canonical, response), 1);
          g_string_append (written, name->str);
          p += length;
        }
      else
        g_string_append_c (written, *p++);
    }
  return g_string_free_and_steal (written);
}
