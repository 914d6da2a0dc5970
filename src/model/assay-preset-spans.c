/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-preset-spans.h"

#include <glib/gi18n.h>

#define MQM_MAX_ERRORS 5
#define MQM_NON_TRANSLATION_WEIGHT 25
#define MQM_MINOR_PUNCTUATION_WEIGHT 0.1

typedef struct
{
  const char *id;
  const char *label;
  const char *definition;
  guint depth;         /* 1: below the last node of depth 0 */
  double weight;       /* 0: by its severity */
  double minor_weight; /* 0: the severity's */
} PresetType;

typedef struct
{
  const char *id;
  const char *label;
  double weight;
} PresetSeverity;

static const PresetType text_errors[] = {
  { "fact", N_ ("Wrong fact"), N_ ("What can be looked up, and is otherwise") },
  { "reasoning", N_ ("Wrong reasoning"), N_ ("A step that does not follow, or a wrong sum") },
  { "instruction", N_ ("Against an instruction"), N_ ("The prompt asks for something else") },
  { "contradiction", N_ ("Contradiction"), N_ ("The text says otherwise elsewhere") },
  { "padding", N_ ("Padding"), N_ ("Nothing would be missing without it") },
  { "language", N_ ("Language"), N_ ("Grammar, spelling, a wrong or unclear word") },
  { "harm", N_ ("Unsafe"), N_ ("It could hurt someone who follows it") },
  { "strength", N_ ("Strength"), N_ ("What is better than could be expected") },
};

static const PresetType grounded_errors[] = {
  { "evident-conflict", N_ ("Evident conflict"),
    N_ ("It says plainly the opposite of the source") },
  { "subtle-conflict", N_ ("Subtle conflict"),
    N_ ("It changes what the source says: a shade, a number, who did it") },
  { "evident-baseless", N_ ("Evident baseless information"), N_ ("The source says nothing of it") },
  { "subtle-baseless", N_ ("Subtle baseless information"),
    N_ ("It goes a little further than the source: a guess, a detail") },
};

static const PresetType summary_errors[] = {
  { "relation", N_ ("Relation"), N_ ("What is said to happen did not") },
  { "entity", N_ ("Entity"), N_ ("The wrong person, thing or place") },
  { "circumstance", N_ ("Circumstance"), N_ ("The wrong time, place or manner") },
  { "coreference", N_ ("Co-reference"), N_ ("A pronoun that stands for another, or for none") },
  { "link", N_ ("Discourse link"), N_ ("Two statements are joined in the wrong way") },
  { "out-of-article", N_ ("Out of article"), N_ ("The article says nothing of it") },
  { "grammar", N_ ("Grammar"), N_ ("So wrong that it cannot be understood") },
};

static const PresetType mqm[] = {
  { "accuracy", N_ ("Accuracy") },
  { "addition", N_ ("Addition"), N_ ("The source does not say it"), 1 },
  { "omission", N_ ("Omission"), N_ ("What the source says is missing: mark it there"), 1 },
  { "mistranslation", N_ ("Mistranslation"), N_ ("It does not mean what the source means"), 1 },
  { "untranslated", N_ ("Untranslated"), N_ ("Left in the language of the source"), 1 },
  { "fluency", N_ ("Fluency") },
  { "encoding", N_ ("Character encoding"), N_ ("Characters are garbled"), 1 },
  { "grammar", N_ ("Grammar"), NULL, 1 },
  { "inconsistency", N_ ("Inconsistency"), N_ ("It is put otherwise elsewhere"), 1 },
  { "punctuation", N_ ("Punctuation"), NULL, 1, 0, MQM_MINOR_PUNCTUATION_WEIGHT },
  { "register", N_ ("Register"), N_ ("Too formal, or not enough"), 1 },
  { "spelling", N_ ("Spelling"), N_ ("Also of capitals"), 1 },
  { "style", N_ ("Style") },
  { "awkward", N_ ("Awkward"), N_ ("Right, and nobody would say it so"), 1 },
  { "terminology", N_ ("Terminology") },
  { "inappropriate", N_ ("Inappropriate"), N_ ("Not the term of the field"), 1 },
  { "inconsistent", N_ ("Inconsistent"), N_ ("One thing has several names"), 1 },
  { "locale", N_ ("Locale") },
  { "currency", N_ ("Currency"), NULL, 1 },
  { "date", N_ ("Date"), NULL, 1 },
  { "name", N_ ("Name"), NULL, 1 },
  { "telephone", N_ ("Telephone"), NULL, 1 },
  { "time", N_ ("Time"), NULL, 1 },
  { "address", N_ ("Address"), NULL, 1 },
  { "other", N_ ("Other"), N_ ("What has no type above") },
  { "non-translation", N_ ("Not a translation"),
    N_ ("Nothing can be told apart in it: mark all of it, and nothing else"), 0,
    MQM_NON_TRANSLATION_WEIGHT },
  { "source-error", N_ ("Error in the source"), N_ ("The source itself is wrong") },
};

static const PresetSeverity mqm_severities[] = {
  { "neutral", NC_ ("severity", "Neutral"), 0 },
  { "minor", NC_ ("severity", "Minor"), 1 },
  { "major", NC_ ("severity", "Major"), 5 },
};

static void
add_string (JsonBuilder *builder, const char *member, const char *value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

static void
begin_type (JsonBuilder *builder, const PresetType *type)
{
  json_builder_begin_object (builder);
  add_string (builder, "id", type->id);
  add_string (builder, "label", _ (type->label));
  if (type->definition != NULL)
    add_string (builder, "definition", _ (type->definition));
  if (type->weight > 0)
    {
      json_builder_set_member_name (builder, "weight");
      json_builder_add_double_value (builder, type->weight);
      json_builder_set_member_name (builder, "exclusive");
      json_builder_add_boolean_value (builder, TRUE);
    }
  if (type->minor_weight > 0)
    {
      json_builder_set_member_name (builder, "weights");
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "minor");
      json_builder_add_double_value (builder, type->minor_weight);
      json_builder_end_object (builder);
    }
}

static void
add_types (JsonBuilder *builder, const PresetType *types, guint n)
{
  json_builder_set_member_name (builder, "types");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    {
      begin_type (builder, &types[i]);
      if (i + 1 < n && types[i + 1].depth > types[i].depth)
        {
          json_builder_set_member_name (builder, "children");
          json_builder_begin_array (builder);
          while (i + 1 < n && types[i + 1].depth > 0)
            {
              begin_type (builder, &types[++i]);
              json_builder_end_object (builder);
            }
          json_builder_end_array (builder);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_strings (JsonBuilder *builder, const char *member, const char *first, const char *second)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, first);
  if (second != NULL)
    json_builder_add_string_value (builder, second);
  json_builder_end_array (builder);
}

static void
add_mqm (JsonBuilder *builder)
{
  add_types (builder, mqm, G_N_ELEMENTS (mqm));
  json_builder_set_member_name (builder, "severities");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (mqm_severities); i++)
    {
      json_builder_begin_object (builder);
      add_string (builder, "id", mqm_severities[i].id);
      add_string (builder, "label", g_dpgettext2 (NULL, "severity", mqm_severities[i].label));
      json_builder_set_member_name (builder, "weight");
      json_builder_add_double_value (builder, mqm_severities[i].weight);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "max_per_doc");
  json_builder_add_int_value (builder, MQM_MAX_ERRORS);
  add_strings (builder, "documents", "response", "source");
}

void
_assay_preset_add_span_settings (JsonBuilder *builder, const char *preset)
{
  if (g_str_equal (preset, "mqm"))
    add_mqm (builder);
  else if (g_str_equal (preset, "grounded-errors"))
    add_types (builder, grounded_errors, G_N_ELEMENTS (grounded_errors));
  else if (g_str_equal (preset, "summary-errors"))
    add_types (builder, summary_errors, G_N_ELEMENTS (summary_errors));
  else
    {
      add_types (builder, text_errors, G_N_ELEMENTS (text_errors));
      add_strings (builder, "positive_types", "strength", NULL);
    }
}
