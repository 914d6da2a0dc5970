/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-dialogue.h"
#include "assay-importer.h"
#include "assay-json.h"
#include "assay-message-forest.h"

#define ANSWERS_MIN 2
/* Longer ways than this are loops. */
#define WAY_MAX 1000

typedef struct
{
  char *id;
  char *parent_id; /* (nullable) */
  guint64 offset;
  guint32 length;
  guint32 file;
  gboolean assistant;
  gint parent; /* -1 for none */
  gint first_answer;
  gint next_answer; /* of the same parent */
  guint n_answers;
} Message;

struct _AssayMessageForest
{
  AssayImportGroup *group;
  GArray *messages;
  GHashTable *by_id; /* index + 1 */
  GArray *places;    /* guint: messages with several answers */
};

typedef struct
{
  AssayTaskBuilder *builder;
  AssayImportGroup *group;
  guint64 number;
  GQueue *tasks;
  GPtrArray *sentences;
  const char *language;
  guint n_places;
} Walk;

static const char *
get_member (AssayImportGroup *group, JsonObject *message, AssayPlace place)
{
  const char *name = group->places[place];

  return name != NULL ? assay_json_get_string (message, name) : NULL;
}

static gboolean
is_assistant (AssayImportGroup *group, JsonObject *message)
{
  g_autofree char *role =
      assay_dialogue_normalize_role (get_member (group, message, ASSAY_PLACE_ROLE));

  return g_strcmp0 (role, "assistant") == 0;
}

static char *
dup_id (AssayImportGroup *group, JsonObject *message)
{
  const char *name = group->places[ASSAY_PLACE_ID];
  JsonNode *node = name != NULL ? json_object_get_member (message, name) : NULL;

  return node != NULL ? assay_json_node_dup_id (node) : NULL;
}

static void
add_place (Walk *self, JsonObject *message, GPtrArray *way, GPtrArray *children)
{
  g_autoptr (GArray) answers = g_array_new (FALSE, TRUE, sizeof (AssayThreadAnswer));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *id = dup_id (self->group, message);
  g_autofree char *warning = NULL;
  g_autoptr (GError) error = NULL;
  AssayTask *task;

  for (guint i = 0; i < children->len; i++)
    {
      JsonObject *child = g_ptr_array_index (children, i);
      AssayThreadAnswer answer = { 0 };
      char *answer_id = dup_id (self->group, child);

      answer.text = get_member (self->group, child, ASSAY_PLACE_TEXT);
      answer.id = answer_id;
      answer.model = assay_json_get_string (child, "model_name");
      if (answer_id != NULL)
        g_ptr_array_add (ids, answer_id);
      g_array_append_val (answers, answer);
    }

  self->n_places++;
  if (id == NULL)
    id = g_strdup_printf ("%" G_GUINT64_FORMAT ".%u", self->number, self->n_places);
  task = assay_task_builder_build_thread (self->builder, id, way, answers, self->language, &warning,
                                          &error);
  if (task != NULL)
    g_queue_push_tail (self->tasks, task);
  else
    g_ptr_array_add (self->sentences, g_strdup (error->message));
  if (warning != NULL)
    g_ptr_array_add (self->sentences, g_steal_pointer (&warning));
}

/* The parser has bounded the depth. */
static void
walk (Walk *self, JsonObject *message, GPtrArray *way)
{
  const char *text = get_member (self->group, message, ASSAY_PLACE_TEXT);
  JsonArray *children = assay_json_get_array (message, self->group->places[ASSAY_PLACE_CHILDREN]);
  g_autoptr (GPtrArray) answers = g_ptr_array_new ();
  gboolean assistant = is_assistant (self->group, message);

  if (text == NULL)
    return;
  assay_dialogue_add (way, assistant ? "assistant" : "user", text);
  for (guint i = 0; children != NULL && i < json_array_get_length (children); i++)
    {
      JsonObject *child = assay_json_node_object (json_array_get_element (children, i));

      if (child == NULL || assay_json_get_boolean (child, "deleted", FALSE))
        continue;
      if (is_assistant (self->group, child)
          && get_member (self->group, child, ASSAY_PLACE_TEXT) != NULL)
        g_ptr_array_add (answers, child);
    }
  if (!assistant && answers->len >= ANSWERS_MIN)
    add_place (self, message, way, answers);
  for (guint i = 0; children != NULL && i < json_array_get_length (children); i++)
    {
      JsonObject *child = assay_json_node_object (json_array_get_element (children, i));

      if (child != NULL)
        walk (self, child, way);
    }
  g_ptr_array_remove_index (way, way->len - 1);
}

gboolean
assay_message_tree_add_tasks (AssayTaskBuilder *builder,
                              AssayImportGroup *group,
                              JsonNode *record,
                              guint64 number,
                              GQueue *tasks,
                              GPtrArray *sentences,
                              GError **error)
{
  g_autoptr (GPtrArray) way = assay_dialogue_new ();
  JsonObject *root = assay_json_node_object (record);
  Walk state = { builder, group, number, tasks, sentences, NULL, 0 };

  g_return_val_if_fail (builder != NULL, FALSE);

  if (root != NULL && group->places[ASSAY_PLACE_TURNS] != NULL)
    root = assay_json_get_object (root, group->places[ASSAY_PLACE_TURNS]);
  if (root == NULL || get_member (group, root, ASSAY_PLACE_TEXT) == NULL)
    {
      g_set_error_literal (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_RECORD,
                           _ ("There is no tree of messages in this record."));
      return FALSE;
    }
  state.language = assay_json_get_string (root, "lang");
  walk (&state, root, way);
  return TRUE;
}

static void
clear_message (gpointer data)
{
  Message *message = data;

  g_free (message->id);
  g_free (message->parent_id);
}

AssayMessageForest *
assay_message_forest_new (AssayImportGroup *group)
{
  AssayMessageForest *self = g_new0 (AssayMessageForest, 1);

  self->group = group;
  self->messages = g_array_new (FALSE, TRUE, sizeof (Message));
  g_array_set_clear_func (self->messages, clear_message);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->places = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
assay_message_forest_free (AssayMessageForest *self)
{
  g_hash_table_unref (self->by_id);
  g_array_unref (self->messages);
  g_array_unref (self->places);
  g_free (self);
}

gboolean
assay_message_forest_add (AssayMessageForest *self,
                          JsonNode *record,
                          guint file,
                          guint64 offset,
                          gsize length,
                          GError **error)
{
  JsonObject *object = assay_json_node_object (record);
  Message message = { .parent = -1, .first_answer = -1, .next_answer = -1 };
  JsonNode *parent;

  g_return_val_if_fail (self != NULL, FALSE);

  if (object != NULL && get_member (self->group, object, ASSAY_PLACE_TEXT) != NULL)
    message.id = dup_id (self->group, object);
  if (message.id == NULL || g_hash_table_contains (self->by_id, message.id))
    {
      g_set_error (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_RECORD,
                   message.id == NULL ? _ ("The message has no text or no id.")
                                      : _ ("Another message has the same id."));
      g_free (message.id);
      return FALSE;
    }
  parent = json_object_get_member (object, self->group->places[ASSAY_PLACE_PARENT]);
  message.parent_id = parent != NULL ? assay_json_node_dup_id (parent) : NULL;
  message.assistant = is_assistant (self->group, object);
  message.file = file;
  message.offset = offset;
  message.length = (guint32) length;
  g_array_append_val (self->messages, message);
  g_hash_table_insert (self->by_id, message.id, GUINT_TO_POINTER (self->messages->len));
  return TRUE;
}

guint
assay_message_forest_prepare (AssayMessageForest *self)
{
  g_return_val_if_fail (self != NULL, 0);

  /* Backwards, so that each chain of answers is in order. */
  for (guint i = self->messages->len; i > 0; i--)
    {
      Message *message = &g_array_index (self->messages, Message, i - 1);
      Message *parent;
      guint found = message->parent_id != NULL
                        ? GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, message->parent_id))
                        : 0;

      message->parent = (gint) found - 1;
      if (found == 0 || !message->assistant)
        continue;
      parent = &g_array_index (self->messages, Message, found - 1);
      message->next_answer = parent->first_answer;
      parent->first_answer = (gint) i - 1;
      parent->n_answers++;
    }
  for (guint i = 0; i < self->messages->len; i++)
    {
      Message *message = &g_array_index (self->messages, Message, i);

      if (!message->assistant && message->n_answers >= ANSWERS_MIN)
        g_array_append_val (self->places, i);
    }
  return self->places->len;
}

void
assay_message_forest_get_task (AssayMessageForest *self,
                               guint place,
                               GArray **way,
                               GArray **answers)
{
  guint asked;

  g_return_if_fail (self != NULL);
  g_return_if_fail (place < self->places->len);

  asked = g_array_index (self->places, guint, place);
  *way = g_array_new (FALSE, FALSE, sizeof (guint));
  *answers = g_array_new (FALSE, FALSE, sizeof (guint));
  for (gint i = (gint) asked; i >= 0 && (*way)->len < WAY_MAX;
       i = g_array_index (self->messages, Message, i).parent)
    {
      guint message = (guint) i;

      g_array_prepend_val (*way, message);
    }
  for (gint i = g_array_index (self->messages, Message, asked).first_answer; i >= 0;
       i = g_array_index (self->messages, Message, i).next_answer)
    {
      guint message = (guint) i;

      g_array_append_val (*answers, message);
    }
}

const char *
assay_message_forest_get_id (AssayMessageForest *self, guint message)
{
  return g_array_index (self->messages, Message, message).id;
}

void
assay_message_forest_locate (AssayMessageForest *self,
                             guint message,
                             guint *file,
                             guint64 *offset,
                             gsize *length)
{
  Message *found = &g_array_index (self->messages, Message, message);

  *file = found->file;
  *offset = found->offset;
  *length = found->length;
}
