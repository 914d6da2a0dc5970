/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-dictionaries.h"

#include <glib/gi18n.h>
#include <libspelling.h>

#define STACK_BYTES (256 * 1024)

/* The provider has one table of what it loaded, and no lock for it. */
static GMutex provider_lock;

static GListModel *
list_locked (SpellingProvider *provider)
{
  GListModel *languages = spelling_provider_list_languages (provider);

  return languages != NULL ? languages : G_LIST_MODEL (g_list_store_new (SPELLING_TYPE_LANGUAGE));
}

GListModel *
assay_dictionaries_list (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&provider_lock);

  return list_locked (spelling_provider_get_default ());
}

static DexFuture *
nothing_found (const char *language, gboolean any_installed)
{
  if (!any_installed)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
                                  _ ("Spelling is not checked: no dictionary is installed."));
  if (*language == '\0')
    return dex_future_new_reject (
        G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
        _ ("Spelling is not checked: no dictionary for the desktop’s language is installed."));
  return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                /* Translators: %s is the code of a language, as in "de_DE". */
                                _ ("Spelling is not checked: no dictionary for “%s” is installed."),
                                language);
}

static DexFuture *
load_fiber (gpointer user_data)
{
  const char *language = user_data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&provider_lock);
  SpellingProvider *provider = spelling_provider_get_default ();
  const char *wanted = *language != '\0' ? language : spelling_provider_get_default_code (provider);
  g_autoptr (SpellingDictionary) dictionary = NULL;

  if (wanted != NULL && spelling_provider_supports_language (provider, wanted))
    dictionary = spelling_provider_load_dictionary (provider, wanted);
  if (dictionary == NULL)
    {
      g_autoptr (GListModel) languages = list_locked (provider);

      return nothing_found (language, g_list_model_get_n_items (languages) > 0);
    }
  return dex_future_new_take_string (g_strdup (wanted));
}

DexFuture *
assay_dictionaries_load (const char *language)
{
  g_return_val_if_fail (language != NULL, NULL);

  /* Whatever is made once is made here, not on the thread. */
  spelling_init ();
  spelling_provider_get_default ();
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), STACK_BYTES, load_fiber,
                              g_strdup (language), g_free);
}
