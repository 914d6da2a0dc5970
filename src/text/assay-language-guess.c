/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-language-guess.h"

#include <string.h>

#include "assay-words.h"

/* Of the letters, for a script to be the text's. */
#define SCRIPT_SHARE 0.6
/* Of the words, for a language to be the text's; and by how much it must be ahead of the next. */
#define WORD_SHARE 0.12
#define WORD_LEAD 1.35

/* Words that sentences are full of, and that say little. */
typedef struct
{
  const char *language;
  const char *words;
} CommonWords;

static const CommonWords latin_words[] = {
  { "en",
    "the of and to in is that it for was on are as with his they at be this from have or by not but what all "
    "were when we there can an your which their said if do will each how them then she he you i my me our has "
    "had its been who would about up out so no more these her him could than into" },
  { "es",
    "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin "
    "sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque "
    "qué sólo han yo hay vez puede todos así nos ni parte tiene él uno donde bien tiempo mismo" },
  { "pt",
    "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou "
    "quando muito nos já eu também só pelo pela até isso ela entre depois sem mesmo aos seus quem nas me esse eles "
    "você essa num nem suas meu às minha numa pelos elas qual nós lhe deles são está foi é" },
  { "fr",
    "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont la avec son "
    "aux d'une cette d'un ou ses comme on tout nous sa mais fait été aussi leur bien peut ces y deux ont ils je "
    "elle très vous être même sans avec c'est n'est qu'il" },
  { "it",
    "di e il la che in a un per è una non del si con da i le al della sono come dei più nel alla gli ma su lo "
    "anche ha delle o se questo io ci dal era mi nella quando loro essere stato tutto molto degli dalla perché "
    "suo sua ed tra cui così dopo fatto solo senza questa" },
  { "de",
    "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er "
    "hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum haben nur oder aber vor zur bis "
    "mehr durch man sein wurde sei ich wir ihr wenn kann du mein dein" },
  { "nl",
    "de van een het en in is dat op te zijn met voor niet aan er die om ook als dan maar bij of uit nog naar hij "
    "door wordt worden kan ze over zo hun werd heeft was tot meer heb ik je deze geen wel onze zich veel wat" },
  { "pl",
    "w i na z się nie do że to jest o a jak po co dla od za przez jako tylko ale być był lub przy tym który która "
    "są oraz może jego już przed bez są ma ich czy ze tak te tego jest gdy jednak więc" },
  { "fi",
    "ja on ei se että hän oli mutta ovat kun niin tai joka myös sen ole kuin jos mukaan ovat vain voi olla tämä "
    "mitä minä sinä he me ne nyt sitä siitä siellä jotka sekä eli koska kanssa" },
  { "sv",
    "och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när "
    "man nu skulle hade eller vid ut bara upp också mot efter hur än där alla mycket sin" },
  { "sw",
    "ya na wa kwa katika ni la za kuwa cha hii hiyo huu huo vya kama mtu watu au hata yake wake kila moja lakini "
    "sana pia bila yao wao hivyo kwamba ili mimi wewe sisi yeye haya baada kabla ambaye ambao" },
  { "tr",
    "ve bir bu da de için ile çok olarak daha gibi olan en kadar sonra ne var değil ama o ki mi her ya ben sen "
    "biz siz onlar şey yok iki ise veya tarafından" },
  { "id",
    "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena adalah ada kita mereka bisa "
    "atau oleh telah sudah lebih sebagai hanya seorang dapat kami dia anda jika" },
  { "vi",
    "và của là có không cho được trong một những với các người đã này khi để tôi đó như từ bạn cũng về ra sẽ "
    "nhưng vì thì làm lại đến rất nhiều anh em chúng hay nếu đi ở" },
};

/* Languages of one script other than Latin, told apart by letters that the others do not write. */
typedef struct
{
  GUnicodeScript script;
  const char *language;
  const char *letters; /* NULL: whatever is left */
} OwnLetters;

static const OwnLetters own_letters[] = {
  { G_UNICODE_SCRIPT_CYRILLIC, "uk", "іїєґІЇЄҐ" }, { G_UNICODE_SCRIPT_CYRILLIC, "ru", "ыэёЫЭЁ" },
  { G_UNICODE_SCRIPT_CYRILLIC, "bg", "ъЪ" },       { G_UNICODE_SCRIPT_ARABIC, "ur", "ٹڈڑںےہھ" },
  { G_UNICODE_SCRIPT_ARABIC, "fa", "پچژگیک" },     { G_UNICODE_SCRIPT_ARABIC, "ar", NULL },
  { G_UNICODE_SCRIPT_HEBREW, "he", NULL },         { G_UNICODE_SCRIPT_GREEK, "el", NULL },
  { G_UNICODE_SCRIPT_HANGUL, "ko", NULL },         { G_UNICODE_SCRIPT_THAI, "th", NULL },
  { G_UNICODE_SCRIPT_BENGALI, "bn", NULL },        { G_UNICODE_SCRIPT_GURMUKHI, "pa", NULL },
  { G_UNICODE_SCRIPT_GUJARATI, "gu", NULL },       { G_UNICODE_SCRIPT_TAMIL, "ta", NULL },
  { G_UNICODE_SCRIPT_TELUGU, "te", NULL },         { G_UNICODE_SCRIPT_KANNADA, "kn", NULL },
  { G_UNICODE_SCRIPT_MALAYALAM, "ml", NULL },
};

static const CommonWords devanagari_words[] = {
  { "hi", "है के में की और का से को हैं यह पर एक नहीं भी कर ने तो हो ही था लिए या वह जो आप" },
  { "mr", "आहे आणि च्या मध्ये ते हे या तो ती आहेत नाही एक व की पण होते असे केले साठी मी" },
  { "ne", "छ र को मा लाई हो छन् यो त्यो गर्न पनि भएको हुन्छ गरेको छैन तर एक म हामी" },
};

static guint
count_letters_of (const char *text, const char *letters)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    n += g_utf8_strchr (letters, -1, g_utf8_get_char (p)) != NULL;
  return n;
}

static guint
count_script (GHashTable *scripts, GUnicodeScript script)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (scripts, GINT_TO_POINTER ((int) script)));
}

static guint
count_scripts (const char *text, GHashTable *scripts)
{
  guint n_letters = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);
      GUnicodeScript script;

      if (!g_unichar_isalpha (character))
        continue;
      n_letters++;
      script = g_unichar_get_script (character);
      g_hash_table_insert (scripts, GINT_TO_POINTER ((int) script),
                           GUINT_TO_POINTER (count_script (scripts, script) + 1));
    }
  return n_letters;
}

/* The set of words that makes out most of the text. */
static const char *
guess_by_words (const char *text, const CommonWords *sets, gsize n_sets)
{
  g_auto (GStrv) words = assay_words_split (text);
  guint n_words = g_strv_length (words);
  const char *best = NULL;
  double first = 0;
  double second = 0;

  for (gsize i = 0; i < n_sets; i++)
    {
      g_auto (GStrv) known = g_strsplit (sets[i].words, " ", -1);
      g_autoptr (GHashTable) set = g_hash_table_new (g_str_hash, g_str_equal);
      guint n = 0;
      double share;

      for (gsize k = 0; known[k] != NULL; k++)
        g_hash_table_add (set, known[k]);
      for (guint k = 0; k < n_words; k++)
        n += g_hash_table_contains (set, words[k]);
      share = (double) n / MAX (n_words, 1);
      if (share > first)
        {
          second = first;
          first = share;
          best = sets[i].language;
        }
      else if (share > second)
        second = share;
    }
  return first >= WORD_SHARE && first >= second * WORD_LEAD ? best : NULL;
}

static const char *
guess_by_letters (const char *text, GUnicodeScript script)
{
  for (gsize i = 0; i < G_N_ELEMENTS (own_letters); i++)
    if (own_letters[i].script == script
        && (own_letters[i].letters == NULL || count_letters_of (text, own_letters[i].letters) >= 2))
      return own_letters[i].language;
  return NULL;
}

const char *
assay_language_guess (const char *text)
{
  g_autoptr (GHashTable) scripts = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer key;
  gpointer value;
  guint n_letters;
  guint n_japanese;

  g_return_val_if_fail (text != NULL, NULL);

  n_letters = count_scripts (text, scripts);
  if (n_letters < ASSAY_LANGUAGE_LETTERS_MIN)
    return NULL;
  /* Japanese is written in three scripts, one of which it shares. */
  n_japanese = count_script (scripts, G_UNICODE_SCRIPT_HIRAGANA)
               + count_script (scripts, G_UNICODE_SCRIPT_KATAKANA);
  if (n_japanese + count_script (scripts, G_UNICODE_SCRIPT_HAN) >= SCRIPT_SHARE * n_letters)
    return n_japanese * 10 >= n_letters ? "ja" : "zh";
  g_hash_table_iter_init (&iter, scripts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      GUnicodeScript script = (GUnicodeScript) GPOINTER_TO_INT (key);

      if (GPOINTER_TO_UINT (value) < SCRIPT_SHARE * n_letters)
        continue;
      if (script == G_UNICODE_SCRIPT_LATIN)
        return guess_by_words (text, latin_words, G_N_ELEMENTS (latin_words));
      if (script == G_UNICODE_SCRIPT_DEVANAGARI)
        return guess_by_words (text, devanagari_words, G_N_ELEMENTS (devanagari_words));
      return guess_by_letters (text, script);
    }
  return NULL;
}
