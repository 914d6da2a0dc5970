/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-open-catalogue.h"

#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-open-read.h"

/* A platform that makes up ever new ones does not fill the memory with them. */
#define MAX_ENTRIES 2000

typedef struct
{
  AssayGuideline *guideline; /* (owned) */
  gboolean must_acknowledge;
  char *summary; /* (nullable) */
  gboolean delivered;
} Entry;

struct _AssayOpenCatalogue
{
  GObject parent_instance;

  AssayOpenClient *client; /* (owned) */
  char *account;
  GHashTable *forms;      /* (owned): "id/version" → AssayForm */
  GHashTable *guidelines; /* (owned): "id/version" → Entry */
  GHashTable *missing;    /* (owned): keys of either, after "form " or "guideline " */
};

G_DEFINE_FINAL_TYPE (AssayOpenCatalogue, assay_open_catalogue, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->guideline);
  g_free (entry->summary);
  g_free (entry);
}

static void
assay_open_catalogue_finalize (GObject *object)
{
  AssayOpenCatalogue *self = ASSAY_OPEN_CATALOGUE (object);

  g_clear_object (&self->client);
  g_free (self->account);
  g_hash_table_unref (self->forms);
  g_hash_table_unref (self->guidelines);
  g_hash_table_unref (self->missing);

  G_OBJECT_CLASS (assay_open_catalogue_parent_class)->finalize (object);
}

static void
assay_open_catalogue_class_init (AssayOpenCatalogueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_open_catalogue_finalize;
}

static void
assay_open_catalogue_init (AssayOpenCatalogue *self)
{
  self->forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->guidelines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  self->missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

AssayOpenCatalogue *
assay_open_catalogue_new (AssayOpenClient *client, const char *account)
{
  AssayOpenCatalogue *self;

  g_return_val_if_fail (ASSAY_IS_OPEN_CLIENT (client), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_OPEN_CATALOGUE, NULL);
  self->client = g_object_ref (client);
  self->account = g_strdup (account);
  return self;
}

void
assay_open_catalogue_forgive (AssayOpenCatalogue *self)
{
  g_return_if_fail (ASSAY_IS_OPEN_CATALOGUE (self));

  g_hash_table_remove_all (self->missing);
}

char *
assay_open_catalogue_make_key (const char *id, int version)
{
  g_return_val_if_fail (id != NULL, NULL);

  return g_strdup_printf ("%s/%d", id, version);
}

/* It is not there, or we may not see it: for this one thing, and not for now alone. */
static gboolean
is_settled (const GError *error)
{
  return assay_platform_error_get_delivery (error) == ASSAY_DELIVERY_REFUSED
         || g_error_matches (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_ADDRESS);
}

static gboolean
give_up (AssayOpenCatalogue *self, const char *what, const char *key, const GError *error)
{
  g_warning ("The %s %s cannot be read: %s", what, key, error->message);
  if (g_hash_table_size (self->missing) >= MAX_ENTRIES)
    g_hash_table_remove_all (self->missing);
  g_hash_table_add (self->missing, g_strconcat (what, " ", key, NULL));
  return TRUE;
}

static gboolean
is_missing (AssayOpenCatalogue *self, const char *what, const char *key)
{
  g_autofree char *name = g_strconcat (what, " ", key, NULL);

  return g_hash_table_contains (self->missing, name);
}

static AssayHttpAnswer *
ask_version (AssayOpenCatalogue *self,
             const char *segment,
             const char *route,
             const char *id,
             int version,
             GError **error)
{
  const AssayOpenAsk ask = { .kind = ASSAY_HTTP_TASK, .route = route };
  g_autofree char *number = g_strdup_printf ("%d", version);
  g_autofree char *url =
      assay_open_client_build_url (self->client, error, segment, id, number, NULL);

  return url != NULL ? assay_open_client_ask (self->client, &ask, url, error) : NULL;
}

gboolean
assay_open_catalogue_load_form (AssayOpenCatalogue *self,
                                const char *id,
                                int version,
                                AssayForm **form,
                                GError **error)
{
  g_autofree char *key = NULL;
  g_autoptr (AssayHttpAnswer) answer = NULL;
  g_autoptr (GError) trouble = NULL;
  g_autoptr (AssayForm) loaded = NULL;

  g_return_val_if_fail (ASSAY_IS_OPEN_CATALOGUE (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (form != NULL, FALSE);

  key = assay_open_catalogue_make_key (id, version);
  *form = g_hash_table_lookup (self->forms, key);
  if (*form != NULL || is_missing (self, "form", key))
    return TRUE;

  answer = ask_version (self, "forms", "/forms/{id}/{version}", id, version, &trouble);
  if (answer == NULL)
    {
      if (is_settled (trouble))
        return give_up (self, "form", key, trouble);
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
  if (assay_http_answer_get_json (answer) != NULL)
    loaded = assay_form_new_from_json (assay_http_answer_get_json (answer), "", &trouble);
  if (loaded != NULL
      && (g_strcmp0 (assay_form_get_id (loaded), id) != 0
          || assay_form_get_version (loaded) != version))
    g_clear_object (&loaded);
  if (loaded == NULL)
    {
      if (trouble == NULL)
        g_set_error_literal (&trouble, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_PROTOCOL,
                             "it is another one");
      return give_up (self, "form", key, trouble);
    }
  if (g_hash_table_size (self->forms) >= MAX_ENTRIES)
    g_hash_table_remove_all (self->forms);
  *form = loaded;
  g_hash_table_insert (self->forms, g_steal_pointer (&key), g_steal_pointer (&loaded));
  return TRUE;
}

GHashTable *
assay_open_catalogue_dup_forms (AssayOpenCatalogue *self)
{
  GHashTable *copy;
  GHashTableIter iter;
  gpointer key;
  gpointer form;

  g_return_val_if_fail (ASSAY_IS_OPEN_CATALOGUE (self), NULL);

  copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_hash_table_iter_init (&iter, self->forms);
  while (g_hash_table_iter_next (&iter, &key, &form))
    g_hash_table_insert (copy, g_strdup (key), g_object_ref (form));
  return copy;
}

/* A guideline may say where its text is. It is read as an attachment is: without the secret, and
 * only as what its digest says. */
static char *
load_body (AssayOpenCatalogue *self, JsonObject *object, GError **error)
{
  const char *href = assay_json_get_string (object, "href");
  const char *sha256 = assay_json_get_string (object, "sha256");
  g_autoptr (AssayHttpAnswer) answer = NULL;
  GBytes *bytes;

  if (assay_json_get_string (object, "body") != NULL || href == NULL)
    return NULL;
  answer = assay_open_client_fetch (self->client, href, "/{guideline}", sha256,
                                    ASSAY_LIMIT_DOCUMENT_BYTES, error);
  if (answer == NULL)
    return NULL;
  bytes = assay_http_answer_get_body (answer);
  if (!g_utf8_validate_len (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL))
    {
      g_set_error_literal (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_REJECTED,
                           "it is not text");
      return NULL;
    }
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static Entry *
load_guideline (AssayOpenCatalogue *self,
                const char *key,
                const char *id,
                int version,
                GError **error)
{
  g_autoptr (AssayHttpAnswer) answer =
      ask_version (self, "guidelines", "/guidelines/{id}/{version}", id, version, error);
  JsonObject *object;
  g_autofree char *own_id = NULL;
  g_autofree char *body = NULL;
  g_autoptr (AssayGuideline) guideline = NULL;
  g_autoptr (GError) trouble = NULL;
  const char *digest;
  Entry *entry;

  if (answer == NULL)
    return NULL;
  object = assay_http_answer_get_object (answer);
  if (object != NULL)
    {
      body = load_body (self, object, error);
      if (error != NULL && *error != NULL)
        return NULL;
      guideline = assay_open_read_guideline (assay_http_answer_get_json (answer), self->account,
                                             body, &trouble);
    }
  own_id = assay_guideline_make_id (self->account, id);
  if (guideline == NULL || g_strcmp0 (assay_guideline_get_id (guideline), own_id) != 0
      || assay_guideline_get_version (guideline) != version)
    {
      g_set_error_literal (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_REJECTED,
                           trouble != NULL ? trouble->message : "it is another one");
      return NULL;
    }
  digest = assay_json_get_string (object, "sha256");
  /* The judgement records the digest of what was read. */
  if (digest != NULL && !g_str_equal (digest, assay_guideline_get_sha256 (guideline)))
    g_message ("The text of the guideline %s is not what its digest says", key);
  entry = g_new0 (Entry, 1);
  entry->guideline = g_steal_pointer (&guideline);
  entry->must_acknowledge = assay_json_get_boolean (object, "must_ack", FALSE);
  entry->summary = g_strdup (assay_json_get_string (object, "summary_of_changes"));
  if (g_hash_table_size (self->guidelines) >= MAX_ENTRIES)
    g_hash_table_remove_all (self->guidelines);
  g_hash_table_insert (self->guidelines, g_strdup (key), entry);
  return entry;
}

gboolean
assay_open_catalogue_add_guideline (AssayOpenCatalogue *self,
                                    AssayPage *page,
                                    const char *project,
                                    const char *id,
                                    int version,
                                    gboolean acknowledged,
                                    GError **error)
{
  g_autofree char *key = NULL;
  g_autoptr (GError) trouble = NULL;
  AssayPageGuideline *on_page;
  Entry *entry;

  g_return_val_if_fail (ASSAY_IS_OPEN_CATALOGUE (self), FALSE);
  g_return_val_if_fail (ASSAY_IS_PAGE (page), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  key = assay_open_catalogue_make_key (id, version);
  entry = g_hash_table_lookup (self->guidelines, key);
  if (entry == NULL && is_missing (self, "guideline", key))
    return TRUE;
  if (entry == NULL)
    entry = load_guideline (self, key, id, version, &trouble);
  if (entry == NULL)
    {
      if (is_settled (trouble))
        return give_up (self, "guideline", key, trouble);
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
  if (project == NULL && entry->delivered)
    return TRUE;
  entry->delivered = TRUE;
  on_page = assay_page_add_guideline (page, project, entry->guideline);
  on_page->must_acknowledge = entry->must_acknowledge;
  on_page->acknowledged = acknowledged;
  on_page->summary_of_changes = g_strdup (entry->summary);
  return TRUE;
}
