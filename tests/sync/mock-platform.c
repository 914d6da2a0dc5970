/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "mock-platform.h"

typedef struct
{
  AssayPlatformError code;
  gboolean after_commit;
  gboolean no_receipt;
  gint64 wait_us;
} Failure;

typedef struct
{
  GQueue failures;    /* of Failure */
  GPtrArray *ledger;  /* of char* */
  GHashTable *bodies; /* submission → GBytes */
  GPtrArray *held;    /* of DexPromise */
  gboolean holding;
  guint n_attempts;
  guint n_running;
  guint most_at_once;
  gboolean cheated;
} MockPlatformPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (MockPlatform, mock_platform, ASSAY_TYPE_PLATFORM)

#define MOCK_TYPE_LOCAL_PLATFORM (mock_local_platform_get_type ())
G_DECLARE_FINAL_TYPE (MockLocalPlatform, mock_local_platform, MOCK, LOCAL_PLATFORM, MockPlatform)

struct _MockLocalPlatform
{
  MockPlatform parent_instance;
};

G_DEFINE_FINAL_TYPE (MockLocalPlatform, mock_local_platform, MOCK_TYPE_PLATFORM)

typedef struct
{
  MockPlatform *self; /* (owned) */
  char *submission;
  GBytes *body; /* (owned) */
} Attempt;

static void
attempt_free (gpointer data)
{
  Attempt *attempt = data;

  g_object_unref (attempt->self);
  g_free (attempt->submission);
  g_bytes_unref (attempt->body);
  g_free (attempt);
}

static void
commit (MockPlatformPrivate *priv, Attempt *attempt)
{
  GBytes *known = g_hash_table_lookup (priv->bodies, attempt->submission);

  if (known != NULL)
    {
      priv->cheated |= !g_bytes_equal (known, attempt->body);
      return;
    }
  g_hash_table_insert (priv->bodies, g_strdup (attempt->submission), g_bytes_ref (attempt->body));
  g_ptr_array_add (priv->ledger, g_strdup (attempt->submission));
}

static DexFuture *
answer (Attempt *attempt)
{
  MockPlatformPrivate *priv = mock_platform_get_instance_private (attempt->self);
  g_autofree Failure *failure = g_queue_pop_head (&priv->failures);
  GError *error;

  if (failure == NULL || failure->after_commit || failure->no_receipt)
    commit (priv, attempt);
  if (failure == NULL)
    return dex_future_new_for_string (attempt->submission);
  if (failure->no_receipt)
    return dex_future_new_for_string ("");
  error = g_error_new_literal (ASSAY_PLATFORM_ERROR, (int) failure->code, "as told");
  assay_platform_error_set_wait_us (error, failure->wait_us);
  return dex_future_new_for_error (error);
}

static DexFuture *
attempt_fiber (gpointer user_data)
{
  Attempt *attempt = user_data;
  MockPlatformPrivate *priv = mock_platform_get_instance_private (attempt->self);
  DexFuture *answered;

  priv->n_attempts++;
  priv->n_running++;
  priv->most_at_once = MAX (priv->most_at_once, priv->n_running);
  if (priv->holding)
    {
      DexPromise *promise = dex_promise_new ();

      g_ptr_array_add (priv->held, promise);
      dex_await (dex_ref (DEX_FUTURE (promise)), NULL);
    }
  answered = answer (attempt);
  priv->n_running--;
  return answered;
}

static DexFuture *
mock_platform_submit (AssayPlatform *platform, const AssayOutgoing *outgoing)
{
  Attempt *attempt = g_new0 (Attempt, 1);

  attempt->self = g_object_ref (MOCK_PLATFORM (platform));
  attempt->submission = g_strdup (outgoing->submission);
  attempt->body = g_bytes_ref (outgoing->body);
  return dex_scheduler_spawn (NULL, 0, attempt_fiber, attempt, attempt_free);
}

static void
mock_platform_finalize (GObject *object)
{
  MockPlatformPrivate *priv = mock_platform_get_instance_private (MOCK_PLATFORM (object));

  g_queue_clear_full (&priv->failures, g_free);
  g_ptr_array_unref (priv->ledger);
  g_ptr_array_unref (priv->held);
  g_hash_table_unref (priv->bodies);

  G_OBJECT_CLASS (mock_platform_parent_class)->finalize (object);
}

static void
mock_platform_class_init (MockPlatformClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mock_platform_finalize;
  ASSAY_PLATFORM_CLASS (klass)->submit = mock_platform_submit;
}

static void
mock_platform_init (MockPlatform *self)
{
  MockPlatformPrivate *priv = mock_platform_get_instance_private (self);

  g_queue_init (&priv->failures);
  priv->ledger = g_ptr_array_new_with_free_func (g_free);
  priv->held = g_ptr_array_new_with_free_func (dex_unref);
  priv->bodies =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
}

static AssayPlatformAbilities
mock_local_platform_get_abilities (AssayPlatform *platform)
{
  return ASSAY_PLATFORM_LOCAL | ASSAY_PLATFORM_REPEATABLE;
}

static void
mock_local_platform_class_init (MockLocalPlatformClass *klass)
{
  ASSAY_PLATFORM_CLASS (klass)->get_abilities = mock_local_platform_get_abilities;
}

static void
mock_local_platform_init (MockLocalPlatform *self)
{
}

MockPlatform *
mock_platform_new (gboolean local)
{
  return g_object_new (local ? MOCK_TYPE_LOCAL_PLATFORM : MOCK_TYPE_PLATFORM, NULL);
}

void
mock_platform_fail_next (MockPlatform *self, AssayPlatformError code, gboolean after_commit)
{
  MockPlatformPrivate *priv = mock_platform_get_instance_private (self);
  const Failure failure = { code, after_commit, FALSE };

  g_queue_push_tail (&priv->failures, g_memdup2 (&failure, sizeof failure));
}

void
mock_platform_ask_to_wait (MockPlatform *self, gint64 wait_us)
{
  MockPlatformPrivate *priv = mock_platform_get_instance_private (self);
  Failure *failure = g_new0 (Failure, 1);

  failure->code = ASSAY_PLATFORM_ERROR_RATE_LIMITED;
  failure->wait_us = wait_us;
  g_queue_push_tail (&priv->failures, failure);
}

void
mock_platform_forget_receipt (MockPlatform *self)
{
  MockPlatformPrivate *priv = mock_platform_get_instance_private (self);
  const Failure failure = { 0, FALSE, TRUE };

  g_queue_push_tail (&priv->failures, g_memdup2 (&failure, sizeof failure));
}

void
mock_platform_hold (MockPlatform *self)
{
  MockPlatformPrivate *priv = mock_platform_get_instance_private (self);

  priv->holding = TRUE;
}

void
mock_platform_release (MockPlatform *self)
{
  MockPlatformPrivate *priv = mock_platform_get_instance_private (self);

  priv->holding = FALSE;
  for (guint i = 0; i < priv->held->len; i++)
    dex_promise_resolve_boolean (priv->held->pdata[i], TRUE);
  g_ptr_array_set_size (priv->held, 0);
}

guint
mock_platform_get_n_attempts (MockPlatform *self)
{
  MockPlatformPrivate *priv = mock_platform_get_instance_private (self);

  return priv->n_attempts;
}

guint
mock_platform_get_most_at_once (MockPlatform *self)
{
  MockPlatformPrivate *priv = mock_platform_get_instance_private (self);

  return priv->most_at_once;
}

GPtrArray *
mock_platform_get_ledger (MockPlatform *self)
{
  MockPlatformPrivate *priv = mock_platform_get_instance_private (self);

  return priv->ledger;
}

gboolean
mock_platform_get_cheated (MockPlatform *self)
{
  MockPlatformPrivate *priv = mock_platform_get_instance_private (self);

  return priv->cheated;
}
