/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "platformd"

#include "config.h"

#include "assay-server-tokens.h"

#define ACCESS_SECONDS (15 * 60)

char *
assay_server_make_token (void)
{
  g_autofree char *left = g_uuid_string_random ();
  g_autofree char *right = g_uuid_string_random ();

  return g_strconcat (left, right, NULL);
}

static void
insert (AssayServerState *state,
        const char *token,
        const char *person,
        const char *kind,
        const char *scopes,
        const char *family,
        gint64 expires_at)
{
  assay_server_state_execute (state,
                              "INSERT INTO token (token, person, kind, scopes, family, expires_at)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, nullif(?6, 0))",
                              "sssssi", token, person, kind, scopes, family, expires_at);
}

void
assay_server_tokens_add_personal (AssayServerState *state, const char *person, const char *token)
{
  g_return_if_fail (ASSAY_IS_SERVER_STATE (state));

  insert (state, token, person, "personal", ASSAY_SERVER_ALL_SCOPES, NULL, 0);
}

gboolean
assay_server_tokens_check (AssayServerState *state, const char *token, char **person, char **scopes)
{
  AssayStatement *statement;

  g_return_val_if_fail (ASSAY_IS_SERVER_STATE (state), FALSE);
  g_return_val_if_fail (token != NULL, FALSE);

  statement = assay_server_state_query (
      state,
      "SELECT person, scopes FROM token WHERE token = ?1 AND kind IN ('personal', 'access')"
      " AND (expires_at IS NULL OR expires_at > ?2)",
      "si", token, assay_server_state_get_now (state));
  if (!assay_server_row (statement))
    return FALSE;
  *person = assay_statement_dup_text (statement, 0);
  *scopes = assay_statement_dup_text (statement, 1);
  assay_statement_reset (statement);
  return TRUE;
}

JsonObject *
assay_server_tokens_issue (AssayServerState *state,
                           const char *person,
                           const char *scopes,
                           const char *family)
{
  g_autofree char *access = assay_server_make_token ();
  g_autofree char *refresh = assay_server_make_token ();
  JsonObject *answer = json_object_new ();

  insert (state, access, person, "access", scopes, family,
          assay_server_state_get_now (state) + ACCESS_SECONDS * 1000);
  insert (state, refresh, person, "refresh", scopes, family, 0);
  json_object_set_string_member (answer, "access_token", access);
  json_object_set_string_member (answer, "token_type", "Bearer");
  json_object_set_int_member (answer, "expires_in", ACCESS_SECONDS);
  json_object_set_string_member (answer, "refresh_token", refresh);
  json_object_set_string_member (answer, "scope", scopes);
  return answer;
}

JsonObject *
assay_server_tokens_refresh (AssayServerState *state, const char *refresh_token)
{
  AssayStatement *statement = assay_server_state_query (
      state, "SELECT person, scopes, family, used FROM token WHERE token = ?1 AND kind = 'refresh'",
      "s", refresh_token);
  g_autofree char *person = NULL;
  g_autofree char *scopes = NULL;
  g_autofree char *family = NULL;
  gboolean used;

  if (!assay_server_row (statement))
    return NULL;
  person = assay_statement_dup_text (statement, 0);
  scopes = assay_statement_dup_text (statement, 1);
  family = assay_statement_dup_text (statement, 2);
  used = assay_statement_get_int (statement, 3) != 0;
  assay_statement_reset (statement);
  if (used)
    {
      assay_server_tokens_revoke_family (state, family);
      return NULL;
    }
  assay_server_state_execute (state, "UPDATE token SET used = 1 WHERE token = ?1", "s",
                              refresh_token);
  return assay_server_tokens_issue (state, person, scopes, family);
}

void
assay_server_tokens_revoke_family (AssayServerState *state, const char *family)
{
  assay_server_state_execute (state, "DELETE FROM token WHERE family = ?1", "s", family);
}

void
assay_server_tokens_revoke (AssayServerState *state, const char *token)
{
  g_autofree char *family =
      assay_server_state_query_text (state, "SELECT family FROM token WHERE token = ?1", "s",
                                     token);

  if (family != NULL)
    assay_server_tokens_revoke_family (state, family);
  assay_server_state_execute (state, "DELETE FROM token WHERE token = ?1", "s", token);
}
