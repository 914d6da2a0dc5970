/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-claims-field.h"

#include "assay-answer-places.h"
#include "assay-citations.h"
#include "assay-claim-row.h"
#include "assay-id-rows.h"
#include "assay-issue-list.h"
#include "assay-limits.h"
#include "assay-marking-question.h"
#include "assay-row-pager.h"
#include "assay-sentences.h"
#include "assay-visible-text.h"

/* Keys that act on a claim or on every stop of a form. */
#define RESERVED_LETTERS "cefhjklnvx"

struct _AssayClaimsField
{
  AssayQuestionField parent_instance;

  GListModel *verdicts; /* (owned) of GtkStringObject, the first for none */
  char *keys;           /* (owned): of each verdict; 0 for none */
  GStrv sources;        /* (owned): ids */
  GPtrArray *rows;      /* AssayClaimRow, borrowed from the list: the part that is shown */
  GtkWidget *empty;
  GtkWidget *begin_button;
  GtkWidget *list;
  GtkWidget *pager;
  GtkWidget *none;
  GtkWidget *summary;
  GtkWidget *keys_label;
  gboolean in_show;
};

static void turned_cb (AssayClaimsField *self);

G_DEFINE_FINAL_TYPE (AssayClaimsField, assay_claims_field, ASSAY_TYPE_QUESTION_FIELD)

static AssayClaimsQuestion *
get_question (AssayClaimsField *self)
{
  return ASSAY_CLAIMS_QUESTION (assay_question_field_get_question (ASSAY_QUESTION_FIELD (self)));
}

static JsonNode *
get_answer (AssayClaimsField *self)
{
  return assay_question_field_get_answer (ASSAY_QUESTION_FIELD (self));
}

static void
take_answer (AssayClaimsField *self, JsonNode *answer)
{
  assay_question_field_take_answer (ASSAY_QUESTION_FIELD (self), answer);
}

static AssayTask *
get_task (AssayClaimsField *self)
{
  return assay_judgement_get_task (
      assay_question_field_get_judgement (ASSAY_QUESTION_FIELD (self)));
}

static gboolean
is_about_sources (AssayClaimsField *self)
{
  return assay_claims_question_get_basis (get_question (self)) == ASSAY_BASIS_SOURCES;
}

/* Verdicts and their keys */

/* Those of the usual verdicts are known by heart. */
static char
get_usual_key (const char *id)
{
  static const struct
  {
    const char *id;
    char key;
  } usual[] = { { "supported", 's' },  { "refuted", 'r' },       { "unsupported", 'u' },
                { "disputed", 'p' },   { "outdated", 'o' },      { "not_checkable", '-' },
                { "irrelevant", 'i' }, { "cannot_assess", '?' }, { "full", 's' },
                { "partial", 'p' },    { "none", 'n' },          { "contradicted", 'c' },
                { "no_claim", '-' } };

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (g_str_equal (usual[i].id, id))
      return usual[i].key;
  return '\0';
}

static gboolean
is_free (AssayClaimsField *self, char key)
{
  return strchr (RESERVED_LETTERS, key) == NULL
         && memchr (self->keys, key, assay_claims_question_get_n_verdicts (get_question (self)))
                == NULL;
}

static void
choose_keys (AssayClaimsField *self)
{
  AssayClaimsQuestion *question = get_question (self);
  guint n = assay_claims_question_get_n_verdicts (question);

  self->keys = g_new0 (char, n + 1);
  for (guint i = 0; i < n; i++)
    self->keys[i] = get_usual_key (assay_claims_question_get_verdict (question, i)->id);
  for (guint i = 0; i < n; i++)
    for (const char *p = assay_claims_question_get_verdict (question, i)->id;
         self->keys[i] == '\0' && *p != '\0'; p++)
      if (g_ascii_isalpha (*p) && is_free (self, g_ascii_tolower (*p)))
        self->keys[i] = g_ascii_tolower (*p);
}

static void
list_verdicts (AssayClaimsField *self)
{
  AssayClaimsQuestion *question = get_question (self);
  GtkStringList *verdicts = gtk_string_list_new (NULL);
  g_autoptr (GString) keys = g_string_new (NULL);

  choose_keys (self);
  /* Translators: no verdict on a claim was chosen yet */
  gtk_string_list_append (verdicts, C_ ("claim", "No verdict"));
  for (guint i = 0; i < assay_claims_question_get_n_verdicts (question); i++)
    {
      g_autofree char *label =
          assay_visible_line (assay_claims_question_get_verdict (question, i)->label,
                              ASSAY_LIMIT_LABEL_CHARACTERS);

      gtk_string_list_append (verdicts, label);
      if (self->keys[i] != '\0')
        g_string_append_printf (keys, "%s%c %s", keys->len > 0 ? " · " : "", self->keys[i], label);
    }
  g_string_append_c (keys, '\n');
  for (guint i = 0;
       assay_claims_question_get_ask_citations (question) && i < assay_citation_get_n (); i++)
    g_string_append_printf (keys, "%u %s%s", i + 1, assay_citation_get_label (i),
                            i + 1 < assay_citation_get_n () ? " · " : "\n");
  if (is_about_sources (self))
    /* Translators: what keys do to a statement; the letters before the words stay as they are */
    g_string_append (keys, _ ("e Take the selected passage of a source as evidence · x Split · "
                              "j Join with the next"));
  else
    /* Translators: what keys do to a claim; the letters before the words stay as they are */
    g_string_append (keys, _ ("e Add evidence · x Split · j Join with the next"));
  self->verdicts = G_LIST_MODEL (verdicts);
  gtk_label_set_text (GTK_LABEL (self->keys_label), keys->str);
}

/* What the person does to a claim */

static AssayClaimRow *
find_row (AssayClaimsField *self, GtkWidget *stop)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (assay_claim_row_get_stop (self->rows->pdata[i]) == stop)
      return self->rows->pdata[i];
  return NULL;
}

/* The row of a claim, in the part that is shown from now on. */
static AssayClaimRow *
bring_row (AssayClaimsField *self, const char *id)
{
  g_autoptr (GPtrArray) claims = NULL;
  AssayClaimRow *row =
      assay_id_rows_find (self->rows, id, (AssayIdRowsGetId) assay_claim_row_get_id);

  if (row != NULL)
    return row;
  claims = assay_claims_answer_list (get_answer (self));
  assay_row_pager_set_n (ASSAY_ROW_PAGER (self->pager), claims->len);
  for (guint i = 0; i < claims->len; i++)
    if (g_str_equal (((AssayClaim *) claims->pdata[i])->id, id))
      {
        assay_row_pager_reveal (ASSAY_ROW_PAGER (self->pager), i);
        turned_cb (self);
      }
  return assay_id_rows_find (self->rows, id, (AssayIdRowsGetId) assay_claim_row_get_id);
}

/* The sources that a statement names: as the person said, or by its own words. */
static GStrv
dup_cited (AssayClaimsField *self, const AssayClaim *claim)
{
  AssayTask *task = get_task (self);
  AssayDocument *document =
      claim->span != NULL ? assay_task_find_document (task, claim->span->document) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GArray) found = NULL;
  const char *text;
  const char *from;
  guint start;
  guint end;

  if (claim->cited != NULL)
    return g_strdupv (claim->cited);
  if (document == NULL || assay_span_find (claim->span, task, &start, &end) == ASSAY_SPAN_DETACHED)
    return g_strv_builder_end (builder);
  text = assay_document_get_text (document);
  from = g_utf8_offset_to_pointer (text, start);
  found = assay_citations_find (text, (gsize) (from - text),
                                (gsize) (g_utf8_offset_to_pointer (from, end - start) - text),
                                (const char *const *) self->sources);
  for (guint i = 0; i < found->len; i++)
    g_strv_builder_add (builder, self->sources[g_array_index (found, guint, i)]);
  return g_strv_builder_end (builder);
}

static void
show_row (AssayClaimsField *self, AssayClaimRow *row)
{
  AssayTask *task = get_task (self);
  g_autoptr (AssayClaim) claim =
      assay_claims_answer_find (get_answer (self), assay_claim_row_get_id (row));
  g_auto (GStrv) cited = NULL;
  guint index = 0;
  guint start;
  guint end;

  g_ptr_array_find (self->rows, row, &index);
  index += assay_row_pager_get_first (ASSAY_ROW_PAGER (self->pager));
  cited = claim != NULL ? dup_cited (self, claim) : NULL;
  if (claim != NULL)
    assay_claim_row_show (row, claim, (const char *const *) cited, index + 1,
                          !assay_task_get_forgotten (task)
                              && (claim->span == NULL
                                  || assay_span_find (claim->span, task, &start, &end)
                                         == ASSAY_SPAN_DETACHED));
}

static void
shown_cb (AssayClaimsField *self, AssayClaimRow *row)
{
  const char *response = assay_question_field_get_response (ASSAY_QUESTION_FIELD (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "workbench.show-mark", "(sss)",
                              assay_question_get_id (ASSAY_QUESTION (get_question (self))),
                              response != NULL ? response : "", assay_claim_row_get_id (row));
}

static void
edited_cb (AssayClaimsField *self, const char *member, const char *text, AssayClaimRow *row)
{
  const char *id = assay_claim_row_get_id (row);
  JsonNode *answer = assay_claims_answer_with (get_answer (self), id, member, text);
  g_autoptr (AssayClaim) claim = assay_claims_answer_find (answer, id);

  /* Whoever says whether the citation is right has seen what is cited. */
  if (claim != NULL && claim->cited == NULL && claim->citation != NULL)
    {
      g_autoptr (JsonNode) before = answer;
      g_auto (GStrv) cited = dup_cited (self, claim);

      answer = assay_claims_answer_with_cited (before, id, (const char *const *) cited);
    }
  take_answer (self, answer);
}

static void
cited_cb (AssayClaimsField *self, const char *const *cited, AssayClaimRow *row)
{
  take_answer (self, assay_claims_answer_with_cited (get_answer (self),
                                                     assay_claim_row_get_id (row), cited));
}

static void
checkworthy_cb (AssayClaimsField *self, gboolean checkworthy, AssayClaimRow *row)
{
  take_answer (self,
               assay_claims_answer_with_checkworthy (get_answer (self),
                                                     assay_claim_row_get_id (row), checkworthy));
}

static void
add_evidence (AssayClaimsField *self, AssayClaimRow *row)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *accessed_at = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  const AssayEvidence evidence = { .accessed_at = accessed_at };

  if (is_about_sources (self))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "workbench.quote", NULL);
      return;
    }
  assay_claim_row_set_expanded (row, TRUE);
  take_answer (self, assay_claims_answer_add_evidence (get_answer (self),
                                                       assay_claim_row_get_id (row), &evidence));
  assay_claim_row_focus_evidence (row);
}

static void
evidence_edited_cb (AssayClaimsField *self,
                    guint index,
                    const char *member,
                    const char *text,
                    AssayClaimRow *row)
{
  take_answer (self,
               assay_claims_answer_with_evidence (get_answer (self), assay_claim_row_get_id (row),
                                                  index, member, text));
}

static void
evidence_removed_cb (AssayClaimsField *self, guint index, AssayClaimRow *row)
{
  take_answer (self, assay_claims_answer_remove_evidence (get_answer (self),
                                                          assay_claim_row_get_id (row), index));
  gtk_widget_grab_focus (assay_claim_row_get_stop (row));
}

static void
split (AssayClaimsField *self, guint at, AssayClaimRow *row)
{
  g_autofree char *id = NULL;
  JsonNode *answer = assay_claims_answer_split (get_answer (self), assay_claim_row_get_id (row), at,
                                                get_task (self), &id);
  AssayClaimRow *second;

  if (answer == NULL)
    {
      assay_claim_row_set_expanded (row, TRUE);
      assay_question_field_show_notice (
          ASSAY_QUESTION_FIELD (self),
          _ ("Put the cursor into the words of the claim where it is to be split, press Escape, "
             "then x."));
      return;
    }
  take_answer (self, answer);
  second = bring_row (self, id);
  if (second != NULL)
    gtk_widget_grab_focus (assay_claim_row_get_stop (second));
}

static void
join (AssayClaimsField *self, AssayClaimRow *row)
{
  JsonNode *answer =
      assay_claims_answer_join (get_answer (self), assay_claim_row_get_id (row), get_task (self));

  if (answer == NULL)
    {
      assay_question_field_show_notice (ASSAY_QUESTION_FIELD (self),
                                        _ ("There is no claim behind this one."));
      return;
    }
  take_answer (self, answer);
  gtk_widget_grab_focus (assay_claim_row_get_stop (row));
}

/* The focus goes on to the claim that takes the place. */
static void
remove_claim (AssayClaimsField *self, AssayClaimRow *row)
{
  gboolean has_focus = gtk_widget_get_focus_child (self->list) == GTK_WIDGET (row);
  g_autofree char *id = g_strdup (assay_claim_row_get_id (row));
  guint index = 0;

  g_ptr_array_find (self->rows, row, &index);
  take_answer (self, assay_claims_answer_remove (get_answer (self), id));
  if (has_focus)
    gtk_widget_grab_focus (
        self->rows->len == 0
            ? self->none
            : assay_claim_row_get_stop (self->rows->pdata[MIN (index, self->rows->len - 1)]));
}

static void
none_toggled_cb (AssayClaimsField *self)
{
  if (!self->in_show)
    take_answer (self, assay_claims_answer_with_none_found (get_answer (self),
                                                            gtk_check_button_get_active (
                                                                GTK_CHECK_BUTTON (self->none))));
}

/* Beginning with what is there */

static JsonNode *
add_sentences (AssayDocument *document, JsonNode *answer)
{
  const char *text = assay_document_get_text (document);
  g_autoptr (AssayMarkdown) markdown = assay_markdown_parse (text, -1);
  g_autoptr (GArray) sentences = assay_sentences_find (markdown);
  const char *at = text;
  guint offset = 0;

  for (guint i = 0; i < MIN (sentences->len, ASSAY_LIMIT_SPANS); i++)
    {
      const AssayStretch *stretch = &g_array_index (sentences, AssayStretch, i);
      guint start = offset + (guint) g_utf8_strlen (at, text + stretch->start - at);
      guint end =
          start
          + (guint) g_utf8_strlen (text + stretch->start, (gssize) (stretch->end - stretch->start));
      g_autoptr (AssaySpan) span =
          assay_span_new (assay_document_get_id (document), text, start, end);
      g_autoptr (JsonNode) before = answer;

      answer = assay_claims_answer_add (before, span, NULL, NULL);
      at = text + stretch->end;
      offset = end;
    }
  return answer;
}

static void
begin_cb (AssayClaimsField *self)
{
  AssayClaimsQuestion *question = get_question (self);
  const char *response = assay_question_field_get_response (ASSAY_QUESTION_FIELD (self));
  AssayTask *task = get_task (self);
  JsonNode *answer = NULL;

  if (assay_claims_question_get_segmentation (question) == ASSAY_SEGMENTATION_GIVEN)
    answer = assay_claims_question_begin_with_given (question, task, response);
  else
    for (guint i = 0; i < assay_task_get_n_documents (task); i++)
      {
        AssayDocument *document = assay_task_get_document (task, i);

        if (assay_marking_question_allows_document (ASSAY_MARKING_QUESTION (question), response,
                                                    document))
          answer = add_sentences (document, answer);
      }
  if (answer == NULL)
    {
      assay_question_field_show_notice (ASSAY_QUESTION_FIELD (self),
                                        _ ("There is no sentence in this text."));
      return;
    }
  take_answer (self, answer);
  if (self->rows->len > 0)
    {
      gtk_widget_grab_focus (assay_claim_row_get_stop (self->rows->pdata[0]));
      /* From here on, keys go from claim to claim. */
      shown_cb (self, self->rows->pdata[0]);
    }
}

/* The virtual functions of the field */

static GStrv
list_sources (AssayTask *task)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) sources = assay_task_list_sources (task);

  for (guint i = 0; i < sources->len; i++)
    g_strv_builder_add (builder, assay_document_get_key (sources->pdata[i]));
  return g_strv_builder_end (builder);
}

static void
focus_leave_cb (AssayClaimsField *self)
{
  assay_judgement_break_undo_group (
      assay_question_field_get_judgement (ASSAY_QUESTION_FIELD (self)));
}

static void
assay_claims_field_build (AssayQuestionField *field)
{
  AssayClaimsField *self = ASSAY_CLAIMS_FIELD (field);
  AssaySegmentation segmentation = assay_claims_question_get_segmentation (get_question (self));
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  self->empty = assay_question_field_new_caption (
      is_about_sources (self) ? _ ("Select a passage and press Ctrl+M to make it a statement.")
                              : _ ("Select a passage and press Ctrl+M to make it a claim."));
  assay_question_field_append (field, self->empty);
  self->begin_button = gtk_button_new_with_mnemonic (segmentation == ASSAY_SEGMENTATION_GIVEN
                                                         ? _ ("_Begin With the Given Claims")
                                                         : _ ("_Begin With Each Sentence"));
  gtk_widget_set_halign (self->begin_button, GTK_ALIGN_START);
  g_signal_connect_swapped (self->begin_button, "clicked", G_CALLBACK (begin_cb), self);
  assay_question_field_append (field, self->begin_button);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  assay_question_field_append (field, self->list);
  self->pager = assay_row_pager_new ();
  g_signal_connect_swapped (self->pager, "turned", G_CALLBACK (turned_cb), self);
  assay_question_field_append (field, self->pager);
  /* Translators: there is nothing in a text that could be checked */
  self->none = gtk_check_button_new_with_label (C_ ("claims in a text", "None found"));
  g_signal_connect_swapped (self->none, "toggled", G_CALLBACK (none_toggled_cb), self);
  assay_question_field_append (field, self->none);
  self->summary = assay_question_field_new_caption ("");
  assay_question_field_append (field, self->summary);
  self->keys_label = assay_question_field_new_caption ("");
  assay_question_field_append (field, self->keys_label);
  list_verdicts (self);
  self->sources = list_sources (get_task (self));
}

static GtkWidget *
new_row (AssayClaimsField *self, const char *id)
{
  GtkWidget *row =
      assay_claim_row_new (id, get_question (self), self->verdicts,
                           assay_question_field_get_judgement (ASSAY_QUESTION_FIELD (self)));

  g_signal_connect_swapped (row, "shown", G_CALLBACK (shown_cb), self);
  g_signal_connect_swapped (row, "unfolded", G_CALLBACK (show_row), self);
  g_signal_connect_swapped (row, "edited", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (row, "checkworthy-chosen", G_CALLBACK (checkworthy_cb), self);
  g_signal_connect_swapped (row, "cited-changed", G_CALLBACK (cited_cb), self);
  g_signal_connect_swapped (row, "evidence-added", G_CALLBACK (add_evidence), self);
  g_signal_connect_swapped (row, "evidence-edited", G_CALLBACK (evidence_edited_cb), self);
  g_signal_connect_swapped (row, "evidence-removed", G_CALLBACK (evidence_removed_cb), self);
  g_signal_connect_swapped (row, "split", G_CALLBACK (split), self);
  g_signal_connect_swapped (row, "joined", G_CALLBACK (join), self);
  g_signal_connect_swapped (row, "removed", G_CALLBACK (remove_claim), self);
  return row;
}

static void
arrange_rows (AssayClaimsField *self, GPtrArray *claims)
{
  g_autofree const char **ids = g_new (const char *, claims->len + 1);
  guint first;

  for (guint i = 0; i < claims->len; i++)
    ids[i] = ((AssayClaim *) claims->pdata[i])->id;
  assay_row_pager_set_n (ASSAY_ROW_PAGER (self->pager), claims->len);
  first = assay_row_pager_get_first (ASSAY_ROW_PAGER (self->pager));
  self->rows =
      assay_id_rows_arrange (GTK_BOX (self->list), self->rows, ids + first,
                             assay_row_pager_get_end (ASSAY_ROW_PAGER (self->pager)) - first,
                             (AssayIdRowsGetId) assay_claim_row_get_id, (AssayIdRowsCreate) new_row,
                             self);
}

static void
show_summary (AssayClaimsField *self, JsonNode *answer, guint n_claims)
{
  g_autofree char *text = NULL;

  if (n_claims > 0)
    text = assay_question_describe_answer (ASSAY_QUESTION (get_question (self)),
                                           assay_judgement_get_presentation (
                                               assay_question_field_get_judgement (
                                                   ASSAY_QUESTION_FIELD (self))),
                                           answer);
  gtk_label_set_text (GTK_LABEL (self->summary), text != NULL ? text : "");
  gtk_widget_set_visible (self->summary, text != NULL);
}

static void
show_claims (AssayClaimsField *self)
{
  g_autoptr (GPtrArray) claims = assay_claims_answer_list (get_answer (self));

  arrange_rows (self, claims);
  for (guint i = 0; i < self->rows->len; i++)
    show_row (self, self->rows->pdata[i]);
}

/* Rows that were not there when the issues were found show them too. */
static void
turned_cb (AssayClaimsField *self)
{
  show_claims (self);
  assay_question_field_show_issues_again (ASSAY_QUESTION_FIELD (self));
}

static void
assay_claims_field_show_answer (AssayQuestionField *field, JsonNode *answer)
{
  AssayClaimsField *self = ASSAY_CLAIMS_FIELD (field);
  guint n = assay_claims_answer_get_n (answer);

  show_claims (self);
  self->in_show = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->none),
                               assay_claims_answer_get_none_found (answer));
  self->in_show = FALSE;
  gtk_widget_set_visible (self->empty, n == 0);
  gtk_widget_set_visible (self->begin_button,
                          n == 0
                              && assay_claims_question_get_segmentation (get_question (self))
                                     != ASSAY_SEGMENTATION_MANUAL);
  gtk_widget_set_visible (self->keys_label, n > 0);
  show_summary (self, answer, n);
}

static void
assay_claims_field_show_issues (AssayQuestionField *field, GPtrArray *issues, GtkWidget *message)
{
  g_autoptr (GPtrArray) rest = assay_id_rows_list_other_issues (issues);

  assay_issue_list_set_issues (ASSAY_ISSUE_LIST (message), rest);
  assay_id_rows_set_issues (ASSAY_CLAIMS_FIELD (field)->rows, issues,
                            (AssayIdRowsGetId) assay_claim_row_get_id,
                            (AssayIdRowsSetIssues) assay_claim_row_set_issues);
}

static void
assay_claims_field_list_stops (AssayQuestionField *field, GPtrArray *stops)
{
  AssayClaimsField *self = ASSAY_CLAIMS_FIELD (field);

  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (stops, assay_claim_row_get_stop (self->rows->pdata[i]));
  assay_row_pager_list_stops (ASSAY_ROW_PAGER (self->pager), stops);
  g_ptr_array_add (stops, self->none);
}

static GtkWidget *
assay_claims_field_find_item (AssayQuestionField *field, const char *response, const char *item)
{
  AssayClaimRow *row = item != NULL ? bring_row (ASSAY_CLAIMS_FIELD (field), item) : NULL;

  return row != NULL ? assay_claim_row_get_stop (row) : NULL;
}

static const char *
assay_claims_field_get_item_of (AssayQuestionField *field, GtkWidget *stop)
{
  AssayClaimRow *row = find_row (ASSAY_CLAIMS_FIELD (field), stop);

  return row != NULL ? assay_claim_row_get_id (row) : NULL;
}

static gboolean
choose_verdict (AssayClaimsField *self, AssayClaimRow *row, guint symbol)
{
  for (guint i = 0; i < assay_claims_question_get_n_verdicts (get_question (self)); i++)
    if (self->keys[i] != '\0' && (guint) self->keys[i] == symbol)
      {
        edited_cb (self, "verdict", assay_claims_question_get_verdict (get_question (self), i)->id,
                   row);
        return TRUE;
      }
  return FALSE;
}

static gboolean
choose_citation (AssayClaimsField *self, AssayClaimRow *row, int digit)
{
  if (!assay_claims_question_get_ask_citations (get_question (self)) || digit < 1
      || digit > (int) assay_citation_get_n ())
    return FALSE;
  edited_cb (self, "citation_ok", assay_citation_get ((guint) digit - 1), row);
  return TRUE;
}

static gboolean
assay_claims_field_handle_key (AssayQuestionField *field, GtkWidget *stop, const AssayFormKey *key)
{
  AssayClaimsField *self = ASSAY_CLAIMS_FIELD (field);
  AssayClaimRow *row = find_row (self, stop);

  if ((key->modifiers & GDK_ALT_MASK) != 0)
    return FALSE;
  if (row == NULL)
    {
      if (!assay_form_key_is (key, GDK_KEY_n))
        return FALSE;
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->none),
                                   !gtk_check_button_get_active (GTK_CHECK_BUTTON (self->none)));
      return TRUE;
    }
  switch (key->symbol)
    {
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      remove_claim (self, row);
      return TRUE;
    case GDK_KEY_e:
      add_evidence (self, row);
      return TRUE;
    case GDK_KEY_x:
      split (self, assay_claim_row_get_cursor (row), row);
      return TRUE;
    case GDK_KEY_j:
      join (self, row);
      return TRUE;
    default:
      return choose_verdict (self, row, key->symbol) || choose_citation (self, row, key->digit);
    }
}

static void
assay_claims_field_clear (AssayQuestionField *field, GtkWidget *stop)
{
  AssayClaimsField *self = ASSAY_CLAIMS_FIELD (field);
  AssayClaimRow *row = find_row (self, stop);

  if (row != NULL)
    edited_cb (self, "verdict", NULL, row);
  else
    take_answer (self, assay_claims_answer_with_none_found (get_answer (self), FALSE));
}

static void
assay_claims_field_finalize (GObject *object)
{
  AssayClaimsField *self = ASSAY_CLAIMS_FIELD (object);

  g_clear_object (&self->verdicts);
  g_clear_pointer (&self->keys, g_free);
  g_clear_pointer (&self->sources, g_strfreev);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (assay_claims_field_parent_class)->finalize (object);
}

static void
assay_claims_field_class_init (AssayClaimsFieldClass *klass)
{
  AssayQuestionFieldClass *field_class = ASSAY_QUESTION_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = assay_claims_field_finalize;

  field_class->build = assay_claims_field_build;
  field_class->show_answer = assay_claims_field_show_answer;
  field_class->show_issues = assay_claims_field_show_issues;
  field_class->list_stops = assay_claims_field_list_stops;
  field_class->find_item = assay_claims_field_find_item;
  field_class->get_item_of = assay_claims_field_get_item_of;
  field_class->handle_key = assay_claims_field_handle_key;
  field_class->clear = assay_claims_field_clear;
}

static void
assay_claims_field_init (AssayClaimsField *self)
{
  self->rows = g_ptr_array_new ();
}
