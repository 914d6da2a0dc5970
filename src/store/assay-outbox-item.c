/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-outbox-item-private.h"
#include "assay-store-limits.h"
#include "assay-store-private.h"

struct _AssayOutboxItem
{
  GObject parent_instance;

  gint64 id;
  char *submission;
  char *account;
  gint64 task_row;
  char *subject;    /* (nullable) */
  char *task_title; /* (nullable) */
  char *kind;
  char *method;
  char *target;
  GBytes *body; /* (owned) */
  AssayOutboxState state;
  guint attempts;
  gint64 created_at;
  gint64 next_at;
  char *last_class; /* (nullable) */
  char *receipt;    /* (nullable) */
};

G_DEFINE_FINAL_TYPE (AssayOutboxItem, assay_outbox_item, G_TYPE_OBJECT)

#define COLUMNS                                                                                    \
  "SELECT o.id, o.submission, o.account, o.task, t.title, o.kind, o.method, o.target,"             \
  " o.body, o.state, o.attempts, o.created_at, o.next_at, o.last_class, o.receipt"                 \
  " FROM outbox o LEFT JOIN task t ON t.id = CAST(o.task AS INTEGER)"

static const char *const states[] = {
  "queued", "sending", "unknown", "accepted", "refused", "withdrawn",
};

static const char *const queries[] = {
  [ASSAY_OUTBOX_ITEMS_UNSETTLED] =
      COLUMNS " WHERE o.state NOT IN ('accepted', 'withdrawn') ORDER BY o.id",
  [ASSAY_OUTBOX_ITEMS_DUE] =
      COLUMNS " WHERE o.state IN ('queued', 'unknown') AND (?2 IS NULL OR o.account = ?2)"
              " AND " ASSAY_STORE_SQL_DUE_AT " <= ?1 ORDER BY o.id",
  [ASSAY_OUTBOX_ITEMS_ONE] = COLUMNS " WHERE o.id = ?1",
};

static void
assay_outbox_item_finalize (GObject *object)
{
  AssayOutboxItem *self = ASSAY_OUTBOX_ITEM (object);

  g_free (self->submission);
  g_free (self->account);
  g_free (self->subject);
  g_free (self->task_title);
  g_free (self->kind);
  g_free (self->method);
  g_free (self->target);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->last_class);
  g_free (self->receipt);

  G_OBJECT_CLASS (assay_outbox_item_parent_class)->finalize (object);
}

static void
assay_outbox_item_class_init (AssayOutboxItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_outbox_item_finalize;
}

static void
assay_outbox_item_init (AssayOutboxItem *self)
{
}

static AssayOutboxItem *
read_item (AssayStatement *statement)
{
  AssayOutboxItem *self = g_object_new (ASSAY_TYPE_OUTBOX_ITEM, NULL);
  const char *task;

  self->id = assay_statement_get_int (statement, 0);
  self->submission = assay_statement_dup_text (statement, 1);
  self->account = assay_statement_dup_text (statement, 2);
  task = assay_statement_get_text (statement, 3);
  if (g_str_has_prefix (task, ASSAY_STORE_SUBJECT_PREFIX))
    self->subject = g_strdup (task + strlen (ASSAY_STORE_SUBJECT_PREFIX));
  else
    self->task_row = g_ascii_strtoll (task, NULL, 10);
  self->task_title = assay_statement_dup_text (statement, 4);
  self->kind = assay_statement_dup_text (statement, 5);
  self->method = assay_statement_dup_text (statement, 6);
  self->target = assay_statement_dup_text (statement, 7);
  self->body = assay_statement_dup_bytes (statement, 8);
  assay_outbox_state_from_string (assay_statement_get_text (statement, 9), &self->state);
  self->attempts = assay_statement_get_int (statement, 10);
  self->created_at = assay_statement_get_int (statement, 11);
  self->next_at = assay_statement_get_int (statement, 12);
  self->last_class = assay_statement_dup_text (statement, 13);
  self->receipt = assay_statement_dup_text (statement, 14);
  return self;
}

GPtrArray *
assay_outbox_items_read (AssayDatabase *database,
                         AssayOutboxItems which,
                         const AssayOutboxItemsArguments *arguments,
                         GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (arguments != NULL || which == ASSAY_OUTBOX_ITEMS_UNSETTLED, NULL);

  statement = assay_database_prepare (database, queries[which], error);
  if (statement == NULL)
    return NULL;
  if (which != ASSAY_OUTBOX_ITEMS_UNSETTLED)
    assay_statement_bind_int (statement, 1, arguments->number);
  if (which == ASSAY_OUTBOX_ITEMS_DUE)
    assay_statement_bind_text (statement, 2, arguments->account);

  while (assay_statement_step (statement, &local_error))
    g_ptr_array_add (items, read_item (statement));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return g_steal_pointer (&items);
}

gboolean
assay_outbox_state_from_string (const char *text, AssayOutboxState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (text, states[i]) == 0)
      {
        *state = i;
        return TRUE;
      }
  return FALSE;
}

const char *
assay_outbox_state_to_string (AssayOutboxState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);
  return states[state];
}

const char *
assay_outbox_state_get_title (AssayOutboxState state)
{
  switch (state)
    {
    case ASSAY_OUTBOX_QUEUED:
      return C_ ("outbox state", "Waiting");
    case ASSAY_OUTBOX_SENDING:
      return C_ ("outbox state", "Being sent");
    case ASSAY_OUTBOX_UNKNOWN:
      /* Translators: it was sent, but nobody answered whether it arrived */
      return C_ ("outbox state", "Not yet confirmed");
    case ASSAY_OUTBOX_ACCEPTED:
      return C_ ("outbox state", "Accepted");
    case ASSAY_OUTBOX_REFUSED:
      return C_ ("outbox state", "Refused");
    case ASSAY_OUTBOX_WITHDRAWN:
      return C_ ("outbox state", "Withdrawn");
    default:
      g_return_val_if_reached (NULL);
    }
}

const char *
assay_outbox_class_get_sentence (const char *result_class)
{
  static const struct
  {
    const char *result_class;
    const char *sentence;
  } sentences[] = {
    { ASSAY_OUTBOX_CLASS_NOT_SENT, N_ ("The platform cannot be reached. It will be tried again.") },
    { ASSAY_OUTBOX_CLASS_NOT_PROCESSED,
      N_ ("The platform is busy and asked to wait. It will be tried again.") },
    { ASSAY_OUTBOX_CLASS_SIGNED_OUT, N_ ("Sign in again to send it.") },
    { ASSAY_OUTBOX_CLASS_UNKNOWN,
      N_ ("It was sent, but no receipt came back. It will be looked for.") },
    { ASSAY_OUTBOX_CLASS_INTERRUPTED,
      N_ ("Assay was closed while it was being sent. It will be looked for.") },
    { ASSAY_OUTBOX_CLASS_REFUSED, N_ ("The platform refused it. Your work is kept.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_strcmp0 (result_class, sentences[i].result_class) == 0)
      return _ (sentences[i].sentence);
  return NULL;
}

gint64
assay_outbox_item_get_id (AssayOutboxItem *self)
{
  g_return_val_if_fail (ASSAY_IS_OUTBOX_ITEM (self), 0);
  return self->id;
}

const char *
assay_outbox_item_get_submission (AssayOutboxItem *self)
{
  g_return_val_if_fail (ASSAY_IS_OUTBOX_ITEM (self), NULL);
  return self->submission;
}

const char *
assay_outbox_item_get_account (AssayOutboxItem *self)
{
  g_return_val_if_fail (ASSAY_IS_OUTBOX_ITEM (self), NULL);
  return self->account;
}

gint64
assay_outbox_item_get_task_row (AssayOutboxItem *self)
{
  g_return_val_if_fail (ASSAY_IS_OUTBOX_ITEM (self), 0);
  return self->task_row;
}

const char *
assay_outbox_item_get_subject (AssayOutboxItem *self)
{
  g_return_val_if_fail (ASSAY_IS_OUTBOX_ITEM (self), NULL);
  return self->subject;
}

const char *
assay_outbox_item_get_task_title (AssayOutboxItem *self)
{
  g_return_val_if_fail (ASSAY_IS_OUTBOX_ITEM (self), NULL);
  return self->task_title;
}

const char *
assay_outbox_item_get_kind (AssayOutboxItem *self)
{
  g_return_val_if_fail (ASSAY_IS_OUTBOX_ITEM (self), NULL);
  return self->kind;
}

const char *
assay_outbox_item_get_method (AssayOutboxItem *self)
{
  g_return_val_if_fail (ASSAY_IS_OUTBOX_ITEM (self), NULL);
  return self->method;
}

const char *
assay_outbox_item_get_target (AssayOutboxItem *self)
{
  g_return_val_if_fail (ASSAY_IS_OUTBOX_ITEM (self), NULL);
  return self->target;
}

GBytes *
assay_outbox_item_get_body (AssayOutboxItem *self)
{
  g_return_val_if_fail (ASSAY_IS_OUTBOX_ITEM (self), NULL);
  return self->body;
}

AssayOutboxState
assay_outbox_item_get_state (AssayOutboxItem *self)
{
  g_return_val_if_fail (ASSAY_IS_OUTBOX_ITEM (self), ASSAY_OUTBOX_QUEUED);
  return self->state;
}

guint
assay_outbox_item_get_attempts (AssayOutboxItem *self)
{
  g_return_val_if_fail (ASSAY_IS_OUTBOX_ITEM (self), 0);
  return self->attempts;
}

gint64
assay_outbox_item_get_created_at (AssayOutboxItem *self)
{
  g_return_val_if_fail (ASSAY_IS_OUTBOX_ITEM (self), 0);
  return self->created_at;
}

gint64
assay_outbox_item_get_next_at (AssayOutboxItem *self)
{
  g_return_val_if_fail (ASSAY_IS_OUTBOX_ITEM (self), 0);
  return self->next_at;
}

const char *
assay_outbox_item_get_last_class (AssayOutboxItem *self)
{
  g_return_val_if_fail (ASSAY_IS_OUTBOX_ITEM (self), NULL);
  return self->last_class;
}

const char *
assay_outbox_item_get_receipt (AssayOutboxItem *self)
{
  g_return_val_if_fail (ASSAY_IS_OUTBOX_ITEM (self), NULL);
  return self->receipt;
}
