/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-verdicts.h"

#include <glib/gi18n.h>

static const AssayUsualVerdict usual_verdicts[] = {
  { "supported", NC_ ("verdict", "Supported"), N_ ("A source that can be trusted says so"),
    ASSAY_BASIS_WORLD, TRUE, TRUE, TRUE, ASSAY_MARK_GRADE_GOOD },
  { "refuted", NC_ ("verdict", "Refuted"), N_ ("A source that can be trusted says otherwise"),
    ASSAY_BASIS_WORLD, TRUE, TRUE, TRUE, ASSAY_MARK_GRADE_GRAVEST },
  { "unsupported", NC_ ("verdict", "Unsupported"),
    N_ ("After searching, no evidence either way was found"), ASSAY_BASIS_WORLD, FALSE, TRUE, TRUE,
    ASSAY_MARK_GRADE_LIGHT },
  { "disputed", NC_ ("verdict", "Disputed"), N_ ("Sources that can be trusted disagree"),
    ASSAY_BASIS_WORLD, FALSE, FALSE, TRUE, ASSAY_MARK_GRADE_GRAVE },
  { "outdated", NC_ ("verdict", "Outdated"), N_ ("It was true once, and is not any more"),
    ASSAY_BASIS_WORLD, TRUE, TRUE, TRUE, ASSAY_MARK_GRADE_GRAVE },
  { "not_checkable", NC_ ("verdict", "Not checkable"),
    N_ ("An opinion, a prediction or an instruction"), ASSAY_BASIS_WORLD, FALSE, FALSE, FALSE,
    ASSAY_MARK_GRADE_LIGHT },
  { "irrelevant", NC_ ("verdict", "Irrelevant"),
    N_ ("True or not, it does not bear on the question"), ASSAY_BASIS_WORLD, FALSE, FALSE, TRUE,
    ASSAY_MARK_GRADE_LIGHT },
  { "cannot_assess", NC_ ("verdict", "Cannot assess"),
    N_ ("Somebody else could, but it is beyond my knowledge"), ASSAY_BASIS_WORLD, FALSE, FALSE,
    TRUE, ASSAY_MARK_GRADE_LIGHT },

  { "full", NC_ ("verdict", "Full support"), N_ ("The sources say all of it"), ASSAY_BASIS_SOURCES,
    TRUE, FALSE, TRUE, ASSAY_MARK_GRADE_GOOD },
  { "partial", NC_ ("verdict", "Partial support"),
    N_ ("The sources say some of it, and nothing against the rest"), ASSAY_BASIS_SOURCES, TRUE,
    FALSE, TRUE, ASSAY_MARK_GRADE_LIGHT },
  { "none", NC_ ("verdict", "No support"), N_ ("The sources do not say it, even where it is true"),
    ASSAY_BASIS_SOURCES, FALSE, FALSE, TRUE, ASSAY_MARK_GRADE_GRAVE },
  { "contradicted", NC_ ("verdict", "Contradicted"), N_ ("The sources say otherwise"),
    ASSAY_BASIS_SOURCES, TRUE, FALSE, TRUE, ASSAY_MARK_GRADE_GRAVEST },
  { "no_claim", NC_ ("verdict", "No claim"), N_ ("It states nothing that could be supported"),
    ASSAY_BASIS_SOURCES, FALSE, FALSE, FALSE, ASSAY_MARK_GRADE_LIGHT },
};

static const struct
{
  const char *id;
  const char *label;
} citations[] = {
  { "correct", NC_ ("citation", "Cites what supports it") },
  { "incomplete", NC_ ("citation", "Leaves out a source") },
  { "wrong", NC_ ("citation", "Cites the wrong source") },
  { "missing", NC_ ("citation", "Cites nothing, and should") },
  { "not_needed", NC_ ("citation", "Needs no citation") },
};

static const struct
{
  const char *id;
  const char *label;
} severities[] = {
  { "minor", NC_ ("severity", "Minor") },
  { "major", NC_ ("severity", "Major") },
  { "critical", NC_ ("severity", "Critical") },
}, stances[] = {
  { "supports", NC_ ("evidence", "Supports it") },
  { "refutes", NC_ ("evidence", "Refutes it") },
  { "mixed", NC_ ("evidence", "Says both") },
  { "context", NC_ ("evidence", "Gives context") },
};

const AssayUsualVerdict *
assay_usual_verdicts_get (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);

  *n = G_N_ELEMENTS (usual_verdicts);
  return usual_verdicts;
}

const AssayUsualVerdict *
assay_usual_verdict_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (usual_verdicts); i++)
    if (g_strcmp0 (id, usual_verdicts[i].id) == 0)
      return &usual_verdicts[i];
  return NULL;
}

gboolean
assay_claims_answer_get_precision (JsonNode *answer, double *precision)
{
  g_autoptr (GPtrArray) claims = assay_claims_answer_list (answer);
  guint n = 0;
  guint n_supported = 0;

  g_return_val_if_fail (precision != NULL, FALSE);

  for (guint i = 0; i < claims->len; i++)
    {
      const AssayClaim *claim = claims->pdata[i];
      const AssayUsualVerdict *verdict = assay_usual_verdict_find (claim->verdict);

      n += verdict != NULL && verdict->counts;
      n_supported += g_strcmp0 (claim->verdict, "supported") == 0;
    }
  if (n == 0)
    return FALSE;
  *precision = (double) n_supported / n;
  return TRUE;
}

guint
assay_citation_get_n (void)
{
  return G_N_ELEMENTS (citations);
}

const char *
assay_citation_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (citations), NULL);

  return citations[index].id;
}

const char *
assay_citation_get_label (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (citations), NULL);

  return g_dpgettext2 (NULL, "citation", citations[index].label);
}

int
assay_citation_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (citations); i++)
    if (g_strcmp0 (id, citations[i].id) == 0)
      return (int) i;
  return -1;
}

gboolean
assay_claims_answer_get_citation_precision (JsonNode *answer, double *precision)
{
  g_autoptr (GPtrArray) claims = assay_claims_answer_list (answer);
  guint n_correct = 0;
  guint n_wrong = 0;

  g_return_val_if_fail (precision != NULL, FALSE);

  for (guint i = 0; i < claims->len; i++)
    {
      const AssayClaim *claim = claims->pdata[i];

      n_correct += g_strcmp0 (claim->citation, "correct") == 0;
      n_wrong += g_strcmp0 (claim->citation, "wrong") == 0;
    }
  if (n_correct + n_wrong == 0)
    return FALSE;
  *precision = (double) n_correct / (n_correct + n_wrong);
  return TRUE;
}

gboolean
assay_claims_answer_get_citation_recall (JsonNode *answer, double *recall)
{
  g_autoptr (GPtrArray) claims = assay_claims_answer_list (answer);
  guint n_need = 0;
  guint n_good = 0;

  g_return_val_if_fail (recall != NULL, FALSE);

  for (guint i = 0; i < claims->len; i++)
    {
      const AssayClaim *claim = claims->pdata[i];

      if (claim->citation == NULL || g_str_equal (claim->citation, "not_needed"))
        continue;
      n_need++;
      n_good += g_strcmp0 (claim->verdict, "full") == 0 && g_str_equal (claim->citation, "correct");
    }
  if (n_need == 0)
    return FALSE;
  *recall = (double) n_good / n_need;
  return TRUE;
}

guint
assay_claim_get_n_severities (void)
{
  return G_N_ELEMENTS (severities);
}

const char *
assay_claim_get_severity (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (severities), NULL);

  return severities[index].id;
}

const char *
assay_claim_get_severity_label (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (severities), NULL);

  return g_dpgettext2 (NULL, "severity", severities[index].label);
}

guint
assay_evidence_get_n_stances (void)
{
  return G_N_ELEMENTS (stances);
}

const char *
assay_evidence_get_stance (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (stances), NULL);

  return stances[index].id;
}

const char *
assay_evidence_get_stance_label (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (stances), NULL);

  return g_dpgettext2 (NULL, "evidence", stances[index].label);
}
