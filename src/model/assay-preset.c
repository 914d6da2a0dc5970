/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-preset.h"

#include <glib/gi18n.h>

#include "assay-limits.h"
#include "assay-preset-criteria.h"
#include "assay-preset-spans.h"

#define RATIONALE_MIN_CHARACTERS 50
#define CRITERION_ID_BYTES 60
#define RUBRIC_MAX_STEPS 1000

static const AssayPreset presets[] = {
  { "pairwise", "pairwise.overall", N_ ("Preference"),
    N_ ("Which of two responses is better, in seven steps, and why"), 2, 2 },
  { "pairwise-simple", "pairwise.overall", N_ ("Simple Preference"),
    N_ ("Which of two responses is better, or neither"), 2, 2 },
  { "pairwise-dimensions", "pairwise.dimensions", N_ ("Preference by Dimension"),
    N_ ("Two responses compared overall and on five dimensions"), 2, 2 },
  { "ranking", "ranking.nway", N_ ("Ranking"), N_ ("All responses in order, ties allowed"), 2,
    ASSAY_LIMIT_RESPONSES },
  { "best-worst", "ranking.nway", N_ ("Best and Worst"),
    N_ ("Only the best and the worst response"), 3, ASSAY_LIMIT_RESPONSES },
  { "rating-5", "rating.single", N_ ("Rating 1 to 5"), N_ ("One score for each response"), 1,
    ASSAY_LIMIT_RESPONSES },
  { "rating-10", "rating.single", N_ ("Rating 1 to 10"), N_ ("One score for each response"), 1,
    ASSAY_LIMIT_RESPONSES },
  { "thumbs", "rating.single", N_ ("Thumbs"), N_ ("Good or not, for each response"), 1,
    ASSAY_LIMIT_RESPONSES },
  { "five-attributes", "rubric.scale", N_ ("Five Attributes"),
    N_ ("Helpfulness, correctness, coherence, complexity and verbosity, 0 to 4"), 1,
    ASSAY_LIMIT_RESPONSES },
  { "seven-criteria", "rubric.scale", N_ ("Seven Criteria"),
    N_ ("From accuracy to completeness, 1 to 5"), 1, ASSAY_LIMIT_RESPONSES },
  { "twelve-skills", "rubric.scale", N_ ("Twelve Skills"),
    N_ ("From logical robustness to harmlessness, 1 to 5"), 1, ASSAY_LIMIT_RESPONSES },
  { "checklist", "rubric.checklist", N_ ("Checklist"),
    N_ ("Yes or no on points that hold for most answers"), 1, ASSAY_LIMIT_RESPONSES },
  { "constraints", "constraints.check", N_ ("Instruction Following"),
    N_ ("Whether each kind of instruction was followed"), 1, ASSAY_LIMIT_RESPONSES },
  { "rubric-author", "rubric.author", N_ ("Write a Rubric"),
    N_ ("The points that an ideal answer to this prompt must meet"), 0, ASSAY_LIMIT_RESPONSES },
  { "text-errors", "spans.errors", N_ ("Errors in the Text"),
    N_ ("Each error and strength marked where it stands, typed and graded"), 1,
    ASSAY_LIMIT_RESPONSES },
  { "grounded-errors", "spans.errors", N_ ("Unsupported Statements"),
    N_ ("What the source contradicts or does not say, marked and graded"), 1,
    ASSAY_LIMIT_RESPONSES },
  { "summary-errors", "spans.errors", N_ ("Errors in a Summary"),
    N_ ("From wrong relations to grammar, marked and graded"), 1, ASSAY_LIMIT_RESPONSES },
  { "mqm", "translation.mqm", N_ ("Translation Quality"),
    N_ ("Up to five errors of each translation, by MQM types and severities"), 1,
    ASSAY_LIMIT_RESPONSES },
  { "claims", "factcheck.claims", N_ ("Claims and Evidence"),
    N_ ("Each claim cut out, with a verdict and the evidence for it"), 1, ASSAY_LIMIT_RESPONSES },
  { "grounding", "grounding.review", N_ ("Grounded in the Sources"),
    N_ ("Each statement held against the sources of the task, and what it cites"), 1,
    ASSAY_LIMIT_RESPONSES },
  { "edit-response", "rewrite.edit", N_ ("Edit the Response"),
    N_ ("The response repaired, with the category of each change"), 1, ASSAY_LIMIT_RESPONSES },
  { "reference-answer", "reference.write", N_ ("Ideal Answer"),
    N_ ("The answer that you would have given, with its sources"), 0, ASSAY_LIMIT_RESPONSES },
  { "label", "label.classify", N_ ("One Label"), N_ ("What kind of request the prompt is"), 0,
    ASSAY_LIMIT_RESPONSES },
  { "labels", "label.classify", N_ ("Several Labels"), N_ ("All faults that a response has"), 1,
    ASSAY_LIMIT_RESPONSES },
};

static const struct
{
  const char *kind;
  const char *title;
} kind_titles[] = {
  { "pairwise.overall", NC_ ("kind", "Compare Two") },
  { "pairwise.dimensions", NC_ ("kind", "Compare by Dimension") },
  { "ranking.nway", NC_ ("kind", "Ranking") },
  { "rating.single", NC_ ("kind", "Rating") },
  { "rubric.scale", NC_ ("kind", "Rubric") },
  { "rubric.checklist", NC_ ("kind", "Checklist") },
  { "rubric.author", NC_ ("kind", "Rubric Writing") },
  { "constraints.check", NC_ ("kind", "Instruction Check") },
  { "spans.errors", NC_ ("kind", "Marked Errors") },
  { "translation.mqm", NC_ ("kind", "Translation") },
  { "factcheck.claims", NC_ ("kind", "Fact Check") },
  { "grounding.review", NC_ ("kind", "Grounding") },
  { "rewrite.edit", NC_ ("kind", "Editing") },
  { "reference.write", NC_ ("kind", "Ideal Answer") },
  { "label.classify", NC_ ("kind", "Labels") },
};

/* Building JSON */

static void
add_string (JsonBuilder *builder, const char *member, const char *value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder, const char *member, gint64 value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

static void
add_boolean (JsonBuilder *builder, const char *member, gboolean value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_boolean_value (builder, value);
}

static void
begin_question (JsonBuilder *builder,
                const char *id,
                const char *type,
                const char *label,
                const char *scope)
{
  json_builder_begin_object (builder);
  add_string (builder, "id", id);
  add_string (builder, "type", type);
  add_string (builder, "label", label);
  add_string (builder, "scope", scope);
  add_boolean (builder, "required", TRUE);
}

static void
add_criterion (JsonBuilder *builder, const AssayPresetCriterion *criterion, int min, int max)
{
  begin_question (builder, criterion->id, "scale", _ (criterion->label), "each-response");
  add_string (builder, "help", _ (criterion->help));
  add_int (builder, "min", min);
  add_int (builder, "max", max);
  add_string (builder, "comment", "optional");
  if (criterion->neutral)
    {
      add_boolean (builder, "neutral", TRUE);
      add_int (builder, "weight", 0);
    }
  if (criterion->allow_na)
    add_boolean (builder, "allow_na", TRUE);
  if (criterion->low != NULL)
    {
      g_autofree char *lowest = g_strdup_printf ("%d", min);
      g_autofree char *middle = g_strdup_printf ("%d", min + (max - min) / 2);
      g_autofree char *highest = g_strdup_printf ("%d", max);

      json_builder_set_member_name (builder, "anchors");
      json_builder_begin_object (builder);
      add_string (builder, lowest, _ (criterion->low));
      add_string (builder, middle, _ (criterion->middle));
      add_string (builder, highest, _ (criterion->high));
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static void
add_criteria (JsonBuilder *builder, const AssayPresetCriterion *criteria, guint n, int min, int max)
{
  for (guint i = 0; i < n; i++)
    add_criterion (builder, &criteria[i], min, max);
}

static void
add_pairwise (JsonBuilder *builder, const char *id, const char *label, int points)
{
  begin_question (builder, id, "pairwise", label, "task");
  add_int (builder, "points", points);
}

static void
begin_scale (JsonBuilder *builder,
             const char *id,
             const char *label,
             const char *scope,
             int min,
             int max)
{
  begin_question (builder, id, "scale", label, scope);
  add_int (builder, "min", min);
  add_int (builder, "max", max);
  json_builder_set_member_name (builder, "anchors");
  json_builder_begin_object (builder);
}

static void
end_scale (JsonBuilder *builder, gboolean required)
{
  json_builder_end_object (builder);
  add_boolean (builder, "required", required);
  add_string (builder, "comment", "optional");
  json_builder_end_object (builder);
}

static void
add_rating (JsonBuilder *builder, int min, int max)
{
  begin_question (builder, "rating", "scale", _ ("Overall quality"), "each-response");
  add_int (builder, "min", min);
  add_int (builder, "max", max);
  json_builder_set_member_name (builder, "anchors");
  json_builder_begin_object (builder);
  if (max == 1)
    {
      add_string (builder, "0", C_ ("rating", "Not good"));
      add_string (builder, "1", C_ ("rating", "Good"));
    }
  else if (max == 5)
    {
      add_string (builder, "1", C_ ("rating", "Of no use"));
      add_string (builder, "2", C_ ("rating", "Poor: more wrong than right"));
      add_string (builder, "3", C_ ("rating", "Fair: useful after some work"));
      add_string (builder, "4", C_ ("rating", "Good: small flaws only"));
      add_string (builder, "5", C_ ("rating", "Excellent: nothing to add or change"));
    }
  else
    {
      add_string (builder, "1", C_ ("rating", "Of no use"));
      add_string (builder, "3", C_ ("rating", "Poor: more wrong than right"));
      add_string (builder, "5", C_ ("rating", "Fair: useful after some work"));
      add_string (builder, "8", C_ ("rating", "Good: small flaws only"));
      add_string (builder, "10", C_ ("rating", "Excellent: nothing to add or change"));
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_items (JsonBuilder *builder, const AssayPresetItem *items, guint n)
{
  json_builder_set_member_name (builder, "items");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    {
      json_builder_begin_object (builder);
      add_string (builder, "id", items[i].id);
      add_string (builder, "text", _ (items[i].text));
      if (items[i].points != 0)
        add_int (builder, "points", items[i].points);
      if (items[i].critical)
        add_boolean (builder, "critical", TRUE);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_options (JsonBuilder *builder, const AssayPresetOption *options, guint n)
{
  json_builder_set_member_name (builder, "options");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    {
      json_builder_begin_object (builder);
      add_string (builder, "id", options[i].id);
      add_string (builder, "label", _ (options[i].label));
      if (options[i].help != NULL)
        add_string (builder, "help", _ (options[i].help));
      if (options[i].exclusive)
        add_boolean (builder, "exclusive", TRUE);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Kind 7.12: what the sources are worth, what is supported by them, and whether the answer knew
 * where they end. */
static void
add_grounding (JsonBuilder *builder)
{
  guint n;
  const AssayPresetOption *refusals = assay_preset_get_refusals (&n);

  begin_scale (builder, "relevance", _ ("Relevance of the sources"), "each-source", 0, 3);
  add_string (builder, "0", C_ ("relevance", "Not about the question"));
  add_string (builder, "1", C_ ("relevance", "About it, but of no use"));
  add_string (builder, "2", C_ ("relevance", "Answers part of it"));
  add_string (builder, "3", C_ ("relevance", "Answers it"));
  end_scale (builder, TRUE);

  begin_question (builder, "statements", "claims", _ ("Statements"), "each-response");
  add_string (builder, "basis", "sources");
  add_boolean (builder, "citations", TRUE);
  add_string (builder, "segmentation", "sentence");
  json_builder_end_object (builder);

  begin_question (builder, "refused", "choice", _ ("Did it refuse to answer?"), "each-response");
  add_options (builder, refusals, n);
  json_builder_end_object (builder);

  begin_scale (builder, "grounded", _ ("Grounded in the sources"), "each-response", 1, 5);
  add_string (builder, "1", C_ ("grounded", "Nothing of it"));
  add_string (builder, "3", C_ ("grounded", "About half of it"));
  add_string (builder, "5", C_ ("grounded", "All of it"));
  end_scale (builder, FALSE);

  begin_scale (builder, "complete", _ ("Uses what the sources say"), "each-response", 1, 5);
  add_string (builder, "1", C_ ("complete", "Leaves out what matters most"));
  add_string (builder, "3", C_ ("complete", "Leaves out something of use"));
  add_string (builder, "5", C_ ("complete", "Leaves out nothing of use"));
  end_scale (builder, FALSE);
}

/* Kind 7.11, beside its errors. */
static void
add_translation_quality (JsonBuilder *builder)
{
  begin_scale (builder, "overall", _ ("Quality of the translation"), "each-response", 0, 6);
  add_string (builder, "0", C_ ("translation", "Nothing of the meaning is there"));
  add_string (builder, "2", C_ ("translation", "Some of the meaning is there"));
  add_string (builder, "4", C_ ("translation", "Most of the meaning, with a few mistakes"));
  add_string (builder, "6", C_ ("translation", "All of the meaning, and well put"));
  end_scale (builder, FALSE);
}

/* The questions of each preset */

static void
add_questions (JsonBuilder *builder, const char *preset)
{
  guint n;

  if (g_str_equal (preset, "pairwise"))
    {
      add_pairwise (builder, "preference", _ ("Overall preference"), 7);
      json_builder_end_object (builder);
    }
  else if (g_str_equal (preset, "pairwise-simple"))
    {
      add_pairwise (builder, "preference", _ ("Overall preference"), 3);
      add_boolean (builder, "ask_both", FALSE);
      json_builder_end_object (builder);
    }
  else if (g_str_equal (preset, "pairwise-dimensions"))
    {
      const AssayPresetCriterion *dimensions = assay_preset_get_dimensions (&n);

      for (guint i = 0; i < n; i++)
        {
          add_pairwise (builder, dimensions[i].id, _ (dimensions[i].label), 5);
          add_string (builder, "help", _ (dimensions[i].help));
          add_boolean (builder, "ask_both", FALSE);
          add_boolean (builder, "allow_na", TRUE);
          json_builder_end_object (builder);
        }
      add_pairwise (builder, "preference", _ ("Overall preference"), 7);
      json_builder_end_object (builder);
    }
  else if (g_str_equal (preset, "ranking") || g_str_equal (preset, "best-worst"))
    {
      gboolean full = g_str_equal (preset, "ranking");

      begin_question (builder, "ranking", "rank",
                      full ? _ ("Order, best first") : _ ("Best and worst"), "task");
      add_string (builder, "mode", full ? "full" : "best_worst");
      json_builder_end_object (builder);
    }
  else if (g_str_equal (preset, "rating-5"))
    add_rating (builder, 1, 5);
  else if (g_str_equal (preset, "rating-10"))
    add_rating (builder, 1, 10);
  else if (g_str_equal (preset, "thumbs"))
    add_rating (builder, 0, 1);
  else if (g_str_equal (preset, "five-attributes"))
    {
      const AssayPresetCriterion *criteria = assay_preset_get_five_attributes (&n);

      add_criteria (builder, criteria, n, 0, 4);
    }
  else if (g_str_equal (preset, "seven-criteria"))
    {
      const AssayPresetCriterion *criteria = assay_preset_get_seven_criteria (&n);

      add_criteria (builder, criteria, n, 1, 5);
    }
  else if (g_str_equal (preset, "twelve-skills"))
    {
      const AssayPresetCriterion *criteria = assay_preset_get_twelve_skills (&n);

      add_criteria (builder, criteria, n, 1, 5);
    }
  else if (g_str_equal (preset, "checklist"))
    {
      const AssayPresetItem *items = assay_preset_get_checklist (&n);

      begin_question (builder, "checklist", "checklist", _ ("Checklist"), "each-response");
      add_boolean (builder, "allow_partial", TRUE);
      add_boolean (builder, "allow_na", TRUE);
      add_items (builder, items, n);
      json_builder_end_object (builder);
    }
  else if (g_str_equal (preset, "constraints"))
    {
      const AssayPresetItem *items = assay_preset_get_constraints (&n);

      begin_question (builder, "constraints", "checklist", _ ("Instructions"), "each-response");
      add_string (builder, "words", "followed");
      add_boolean (builder, "allow_partial", TRUE);
      add_boolean (builder, "allow_na", TRUE);
      add_boolean (builder, "allow_unsure", TRUE);
      json_builder_set_member_name (builder, "comment_required");
      json_builder_begin_array (builder);
      json_builder_add_string_value (builder, "no");
      json_builder_add_string_value (builder, "partial");
      json_builder_end_array (builder);
      add_items (builder, items, n);
      json_builder_end_object (builder);
    }
  else if (g_str_equal (preset, "rubric-author"))
    {
      begin_question (builder, "items", "text", _ ("Points of the rubric, one per line"), "task");
      add_string (
          builder, "help",
          _ ("Each line is one point that can be answered with yes or no and stands on its "
             "own. Begin with its value: “+5 Names the right year.”, “-3 Invents a source.”"));
      add_int (builder, "min", 50);
      json_builder_end_object (builder);
      begin_question (builder, "reference", "text", _ ("An ideal answer"), "task");
      json_builder_end_object (builder);
    }
  else if (g_str_equal (preset, "text-errors") || g_str_equal (preset, "grounded-errors")
           || g_str_equal (preset, "summary-errors") || g_str_equal (preset, "mqm"))
    {
      begin_question (builder, "errors", "spans", _ ("Errors"), "each-response");
      add_string (builder, "comment", "optional");
      _assay_preset_add_span_settings (builder, preset);
      json_builder_end_object (builder);
      if (g_str_equal (preset, "mqm"))
        add_translation_quality (builder);
    }
  else if (g_str_equal (preset, "claims"))
    {
      begin_question (builder, "claims", "claims", _ ("Claims"), "each-response");
      add_string (builder, "segmentation", "sentence");
      json_builder_end_object (builder);
    }
  else if (g_str_equal (preset, "grounding"))
    {
      add_grounding (builder);
    }
  else if (g_str_equal (preset, "edit-response"))
    {
      begin_question (builder, "rewrite", "rewrite", _ ("Edited response"), "each-response");
      add_string (builder, "change_log", "per_region");
      json_builder_end_object (builder);
    }
  else if (g_str_equal (preset, "reference-answer"))
    {
      begin_question (builder, "reference", "rewrite", _ ("Ideal answer"), "task");
      add_string (builder, "mode", "write");
      json_builder_end_object (builder);
    }
  else if (g_str_equal (preset, "label"))
    {
      const AssayPresetOption *options = assay_preset_get_request_labels (&n);

      begin_question (builder, "label", "choice", _ ("Kind of request"), "task");
      add_options (builder, options, n);
      add_boolean (builder, "other", TRUE);
      json_builder_end_object (builder);
    }
  else if (g_str_equal (preset, "labels"))
    {
      const AssayPresetOption *options = assay_preset_get_fault_labels (&n);

      begin_question (builder, "faults", "multi", _ ("Faults"), "each-response");
      add_int (builder, "min", 1);
      add_options (builder, options, n);
      add_boolean (builder, "other", TRUE);
      json_builder_end_object (builder);
    }
}

static gboolean
asks_for_reasons (const AssayPreset *preset)
{
  return g_str_equal (preset->id, "pairwise") || g_str_equal (preset->id, "pairwise-dimensions")
         || g_str_equal (preset->id, "ranking");
}

static AssayForm *
build_form (JsonBuilder *builder)
{
  g_autoptr (JsonNode) node = json_builder_get_root (builder);
  g_autoptr (GError) error = NULL;
  AssayForm *form = assay_form_new_from_json (node, "", &error);

  /* What we build ourselves is right; a test makes every preset. */
  if (form == NULL)
    g_error ("A preset is not a form: %s", error->message);
  return form;
}

static void
add_rationale (JsonBuilder *builder, gboolean required)
{
  json_builder_set_member_name (builder, "rationale");
  json_builder_begin_object (builder);
  add_string (builder, "use", required ? "required" : "optional");
  add_int (builder, "min", required ? RATIONALE_MIN_CHARACTERS : 0);
  json_builder_end_object (builder);
}

guint
assay_preset_get_n (void)
{
  return G_N_ELEMENTS (presets);
}

const AssayPreset *
assay_preset_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (presets), NULL);

  return &presets[index];
}

const AssayPreset *
assay_preset_find (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    {
      if (g_str_equal (presets[i].id, id))
        return &presets[i];
    }
  return NULL;
}

const char *
assay_preset_get_title (const AssayPreset *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _ (self->title);
}

const char *
assay_preset_get_description (const AssayPreset *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _ (self->description);
}

AssayForm *
assay_preset_create_form (const AssayPreset *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  json_builder_begin_object (builder);
  add_string (builder, "id", self->id);
  add_int (builder, "version", 1);
  add_string (builder, "title", _ (self->title));
  add_string (builder, "kind", self->kind);
  add_rationale (builder, asks_for_reasons (self));
  json_builder_set_member_name (builder, "questions");
  json_builder_begin_array (builder);
  add_questions (builder, self->id);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return build_form (builder);
}

const AssayPreset *
assay_preset_suggest (guint n_responses)
{
  if (n_responses == 0)
    return assay_preset_find ("label");
  if (n_responses == 1)
    return assay_preset_find ("seven-criteria");
  return assay_preset_find (n_responses == 2 ? "pairwise" : "ranking");
}

/* "Appropriate uncertainty" becomes "appropriate-uncertainty"; what has no such letters is
 * numbered. The id heads a column when judgements are exported. */
static char *
make_criterion_id (const char *label, guint number, GHashTable *taken)
{
  g_autoptr (GString) id = g_string_new (NULL);

  for (const char *p = label; *p != '\0' && id->len < CRITERION_ID_BYTES; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (id, g_ascii_tolower (*p));
      else if (id->len > 0 && id->str[id->len - 1] != '-')
        g_string_append_c (id, '-');
    }
  while (id->len > 0 && id->str[id->len - 1] == '-')
    g_string_truncate (id, id->len - 1);
  if (id->len == 0)
    g_string_printf (id, "criterion-%u", number);
  while (g_hash_table_contains (taken, id->str))
    g_string_append_printf (id, "-%u", number);
  g_hash_table_add (taken, g_strdup (id->str));
  return g_string_free_and_steal (g_steal_pointer (&id));
}

/* One line: "Name: definition", perhaps as an entry of a list. FALSE if it names nothing. */
static gboolean
split_criterion (const char *line, char **label, char **help)
{
  g_auto (GStrv) parts = NULL;

  while (g_ascii_isspace (*line) || *line == '-' || *line == '*')
    line++;
  parts = g_strsplit (line, ":", 2);
  if (parts[0] == NULL || *g_strstrip (parts[0]) == '\0')
    return FALSE;
  *label = g_strdup (parts[0]);
  *help = parts[1] == NULL || *g_strstrip (parts[1]) == '\0' ? NULL : g_strdup (parts[1]);
  return TRUE;
}

AssayForm *
assay_preset_create_rubric (const char *criteria, int min, int max)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_return_val_if_fail (criteria != NULL, NULL);
  g_return_val_if_fail (min < max && max - min <= RUBRIC_MAX_STEPS, NULL);

  json_builder_begin_object (builder);
  add_string (builder, "id", "own-rubric");
  add_int (builder, "version", 1);
  add_string (builder, "title", _ ("Own Rubric"));
  add_string (builder, "kind", "rubric.scale");
  add_rationale (builder, FALSE);
  json_builder_set_member_name (builder, "questions");
  json_builder_begin_array (builder);
  lines = g_strsplit (criteria, "\n", -1);
  for (gsize i = 0; lines[i] != NULL && n < ASSAY_LIMIT_QUESTIONS; i++)
    {
      g_autofree char *label = NULL;
      g_autofree char *help = NULL;
      g_autofree char *id = NULL;

      if (!split_criterion (lines[i], &label, &help))
        continue;
      id = make_criterion_id (label, ++n, taken);
      begin_question (builder, id, "scale", label, "each-response");
      if (help != NULL)
        add_string (builder, "help", help);
      add_int (builder, "min", min);
      add_int (builder, "max", max);
      add_string (builder, "comment", "optional");
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return build_form (builder);
}

const char *
assay_kind_get_title (const char *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kind_titles); i++)
    {
      if (g_str_equal (kind, kind_titles[i].kind))
        return g_dpgettext2 (NULL, "kind", kind_titles[i].title);
    }
  return kind;
}
