/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-group-links.h"
#include "assay-task-builder.h"

#define SOME 0.3
#define MOST 0.6

/* What the records of one file are known by. Lists of strings beside the records; "" for none. */
typedef struct
{
  AssayFileSample *sample;
  GPtrArray *ids;
  GPtrArray *prompts;
  GHashTable *id_index;     /* id → place + 1 */
  GHashTable *prompt_index; /* prompt → place + 1 */
} Traits;

typedef struct
{
  AssayImportGroup *group;
  AssayGroupRole role;
  GPtrArray *traits; /* Traits of each file */
  guint set;
} Node;

typedef struct
{
  GPtrArray *nodes; /* Node */
} Links;

static void
traits_free (Traits *self)
{
  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->prompts);
  g_hash_table_unref (self->id_index);
  g_hash_table_unref (self->prompt_index);
  g_free (self);
}

static void
node_free (Node *self)
{
  g_ptr_array_unref (self->traits);
  g_free (self);
}

static Traits *
traits_new (AssayImportGroup *group, AssayFileSample *sample)
{
  Traits *self = g_new0 (Traits, 1);

  self->sample = sample;
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->prompts = g_ptr_array_new_with_free_func (g_free);
  self->id_index = g_hash_table_new (g_str_hash, g_str_equal);
  self->prompt_index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < sample->nodes->len; i++)
    {
      AssayTaskPart part = { .group = group };
      char *id;
      char *prompt;

      part.context.node = g_ptr_array_index (sample->nodes, i);
      part.context.beside = sample->beside;
      part.context.key = g_ptr_array_index (sample->keys, i);
      part.context.file = sample->file->stem;
      part.context.number = g_array_index (sample->numbers, guint64, i);
      id = assay_task_part_dup_id (&part);
      prompt = assay_task_part_dup_prompt (&part);
      g_ptr_array_add (self->ids, id != NULL ? id : g_strdup (""));
      g_ptr_array_add (self->prompts, prompt != NULL ? prompt : g_strdup (""));
      if (id != NULL && !g_hash_table_contains (self->id_index, id))
        g_hash_table_insert (self->id_index, id, GUINT_TO_POINTER (i + 1));
      if (prompt != NULL && *prompt != '\0' && !g_hash_table_contains (self->prompt_index, prompt))
        g_hash_table_insert (self->prompt_index, prompt, GUINT_TO_POINTER (i + 1));
    }
  return self;
}

/* How many of the smaller index's keys the other has, 0…1. */
static double
overlap (GHashTable *a, GHashTable *b)
{
  GHashTable *small = g_hash_table_size (a) <= g_hash_table_size (b) ? a : b;
  GHashTable *large = small == a ? b : a;
  GHashTableIter iter;
  gpointer key;
  guint n = 0;

  if (g_hash_table_size (small) == 0)
    return 0;
  g_hash_table_iter_init (&iter, small);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    n += g_hash_table_contains (large, key) ? 1 : 0;
  return (double) n / g_hash_table_size (small);
}

/* Of the ids that both have, the part whose prompts are the same where both have one, 0…1. */
static double
agreement (Traits *a, Traits *b)
{
  GHashTableIter iter;
  gpointer id;
  gpointer place;
  guint n_both = 0;
  guint n_same = 0;

  g_hash_table_iter_init (&iter, a->id_index);
  while (g_hash_table_iter_next (&iter, &id, &place))
    {
      guint other = GPOINTER_TO_UINT (g_hash_table_lookup (b->id_index, id));
      const char *own_prompt = g_ptr_array_index (a->prompts, GPOINTER_TO_UINT (place) - 1);
      const char *other_prompt = other > 0 ? g_ptr_array_index (b->prompts, other - 1) : "";

      if (other == 0 || *own_prompt == '\0' || *other_prompt == '\0')
        continue;
      n_both++;
      n_same += g_str_equal (own_prompt, other_prompt) ? 1 : 0;
    }
  return n_both > 0 ? (double) n_same / n_both : 1;
}

static double
same_lines (Traits *a, Traits *b)
{
  guint n = MIN (a->prompts->len, b->prompts->len);
  guint n_same = 0;

  for (guint i = 0; i < n; i++)
    {
      const char *prompt = g_ptr_array_index (a->prompts, i);

      if (*prompt != '\0' && g_str_equal (prompt, g_ptr_array_index (b->prompts, i)))
        n_same++;
    }
  return n > 0 ? (double) n_same / n : 0;
}

static gboolean
has_lines (Traits *traits)
{
  return traits->sample->file->split != ASSAY_SPLIT_VALUES;
}

/* How the records of two files belong together. */
static AssayImportJoin
join_files (Traits *a, Traits *b)
{
  if (overlap (a->id_index, b->id_index) >= SOME && agreement (a, b) >= MOST)
    return ASSAY_JOIN_ID;
  if (same_lines (a, b) >= MOST && has_lines (a) && has_lines (b))
    return ASSAY_JOIN_LINE;
  if (overlap (a->prompt_index, b->prompt_index) >= SOME)
    return ASSAY_JOIN_PROMPT;
  return ASSAY_JOIN_NONE;
}

static Traits *
first_traits (Node *node)
{
  return g_ptr_array_index (node->traits, 0);
}

static const char *
id_path (Node *node)
{
  return node->group->places[ASSAY_PLACE_ID];
}

static gboolean
same_id_path (Node *a, Node *b)
{
  return id_path (a) != NULL && g_strcmp0 (id_path (a), id_path (b)) == 0;
}

static double
best_overlap (Node *a, Node *b)
{
  double best = 0;

  for (guint i = 0; i < a->traits->len; i++)
    {
      for (guint j = 0; j < b->traits->len; j++)
        {
          Traits *left = g_ptr_array_index (a->traits, i);
          Traits *right = g_ptr_array_index (b->traits, j);

          best = MAX (best, overlap (left->id_index, right->id_index));
        }
    }
  return best;
}

static guint
common_folders (Node *a, Node *b)
{
  g_auto (GStrv) left = g_strsplit (first_traits (a)->sample->file->folder, G_DIR_SEPARATOR_S, -1);
  g_auto (GStrv) right = g_strsplit (first_traits (b)->sample->file->folder, G_DIR_SEPARATOR_S, -1);
  guint n = 0;

  while (left[n] != NULL && right[n] != NULL && g_str_equal (left[n], right[n]))
    n++;
  return n;
}

static void
unite (Links *self, Node *a, Node *b, AssayImportJoin join)
{
  guint old = b->set;

  for (guint i = 0; i < self->nodes->len; i++)
    {
      Node *node = g_ptr_array_index (self->nodes, i);

      if (node->set == old)
        node->set = a->set;
    }
  a->group->join = join;
  b->group->join = join;
}

/* Several files of whole tasks can hold the answers of different models to the same prompts; so can
 * one file. */
static AssayImportJoin
join_within (Node *node)
{
  Traits *first = first_traits (node);
  guint n_joined[ASSAY_JOIN_LINE + 1] = { 0 };
  AssayImportJoin best = ASSAY_JOIN_NONE;

  for (guint i = 1; i < node->traits->len; i++)
    n_joined[join_files (first, g_ptr_array_index (node->traits, i))]++;
  for (guint i = ASSAY_JOIN_ID; i <= ASSAY_JOIN_LINE; i++)
    {
      if (n_joined[i] * 2 >= node->traits->len - 1 && n_joined[i] > n_joined[best])
        best = (AssayImportJoin) i;
    }
  if (node->traits->len > 1)
    return n_joined[best] > 0 ? best : ASSAY_JOIN_NONE;

  /* One file with a row for each model. */
  if (node->group->responses->len == 1 && first->prompts->len >= 2
      && ((AssayResponsePath *) g_ptr_array_index (node->group->responses, 0))->model != NULL
      && strchr (((AssayResponsePath *) g_ptr_array_index (node->group->responses, 0))->path, '*')
             == NULL)
    {
      guint n_ids = g_hash_table_size (first->id_index);
      guint n_prompts = g_hash_table_size (first->prompt_index);

      if (n_prompts > 0 && n_prompts * 3 <= first->prompts->len * 2)
        return n_ids == n_prompts ? ASSAY_JOIN_ID : ASSAY_JOIN_PROMPT;
    }
  return ASSAY_JOIN_NONE;
}

static gboolean
is_plain (Node *node)
{
  return node->group->kind == ASSAY_RECORDS_PLAIN;
}

/* The prompts that a group of responses answers. */
static void
link_responses (Links *self, Node *node)
{
  Node *best = NULL;
  double best_score = 0;

  for (guint i = 0; i < self->nodes->len; i++)
    {
      Node *other = g_ptr_array_index (self->nodes, i);
      double score = 0;

      if ((other->role != ASSAY_GROUP_PROMPTS && other->role != ASSAY_GROUP_TASKS)
          || !is_plain (other))
        continue;
      if (id_path (node) != NULL && id_path (other) != NULL)
        score = 10 * best_overlap (node, other) + (same_id_path (node, other) ? 5 : 0);
      else if (id_path (node) == NULL && other->role == ASSAY_GROUP_PROMPTS)
        score = 1;
      if (score > 0)
        score += 0.1 * common_folders (node, other);
      if (score > best_score)
        {
          best = other;
          best_score = score;
        }
    }
  if (best != NULL)
    unite (self, best, node, id_path (node) != NULL ? ASSAY_JOIN_ID : ASSAY_JOIN_LINE);
}

static void
link_reference (Links *self, Node *node)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      Node *other = g_ptr_array_index (self->nodes, i);

      if ((other->role == ASSAY_GROUP_PROMPTS || other->role == ASSAY_GROUP_TASKS)
          && is_plain (other) && (same_id_path (node, other) || best_overlap (node, other) >= SOME))
        {
          unite (self, other, node, ASSAY_JOIN_ID);
          return;
        }
    }
}

static guint
count_verdicts (Node *node)
{
  static const char *const words[] = { "claims",    "claim",  "factuality",
                                       "judgments", "scores", "verdict" };
  guint n = 0;

  for (guint i = 0; node->group->keys[i] != NULL; i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (words); j++)
        n += strstr (node->group->keys[i], words[j]) != NULL ? 1 : 0;
    }
  return n;
}

static void
ignore (Node *node)
{
  for (guint i = 0; i < ASSAY_N_PLACES; i++)
    assay_import_group_set_place (node->group, i, NULL);
  g_ptr_array_set_size (node->group->responses, 0);
  node->role = ASSAY_GROUP_IGNORED;
}

/* Two groups that both have prompts. */
static void
link_prompts (Links *self, Node *a, Node *b)
{
  Traits *left = first_traits (a);
  Traits *right = first_traits (b);
  AssayImportJoin join;

  if (!is_plain (a) || !is_plain (b))
    return;
  join = join_files (left, right);
  if (join == ASSAY_JOIN_NONE)
    return;

  if (a->role == ASSAY_GROUP_TASKS && b->role == ASSAY_GROUP_TASKS)
    {
      /* The same answers once more, with what somebody found in them. */
      if (count_verdicts (a) != count_verdicts (b) && join == ASSAY_JOIN_PROMPT)
        {
          ignore (count_verdicts (a) > count_verdicts (b) ? a : b);
          return;
        }
    }
  unite (self, a, b, join);
}

static void
number_sets (Links *self)
{
  guint n_sets = 0;

  for (guint i = 0; i < self->nodes->len; i++)
    {
      Node *node = g_ptr_array_index (self->nodes, i);
      gboolean known = FALSE;

      for (guint j = 0; j < i && !known; j++)
        {
          Node *before = g_ptr_array_index (self->nodes, j);

          known = before->set == node->set;
          if (known)
            node->group->set = before->group->set;
        }
      if (!known)
        node->group->set = n_sets++;
      node->group->set_apart = node->group->set;
    }
}

/* What holds for one group of a set holds for all. Ids are the surest, places in a file the least
 * sure where files differ. */
static void
agree_on_joins (Links *self)
{
  static const AssayImportJoin by_trust[] = { ASSAY_JOIN_ID, ASSAY_JOIN_LINE, ASSAY_JOIN_PROMPT };

  for (guint i = 0; i < self->nodes->len; i++)
    {
      Node *node = g_ptr_array_index (self->nodes, i);

      for (guint k = 0; k < G_N_ELEMENTS (by_trust); k++)
        {
          gboolean found = FALSE;

          for (guint j = 0; j < self->nodes->len; j++)
            {
              Node *other = g_ptr_array_index (self->nodes, j);

              found =
                  found
                  || (other->group->set == node->group->set && other->group->join == by_trust[k]);
            }
          if (found)
            {
              node->group->join = by_trust[k];
              break;
            }
        }
    }
}

void
assay_group_links_assign (GPtrArray *groups, GPtrArray *members)
{
  Links self;
  gboolean unjudged = FALSE;

  g_return_if_fail (groups != NULL);
  g_return_if_fail (groups->len == members->len);

  self.nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) node_free);
  for (guint i = 0; i < groups->len; i++)
    {
      Node *node = g_new0 (Node, 1);
      GPtrArray *samples = g_ptr_array_index (members, i);

      node->group = g_ptr_array_index (groups, i);
      node->role = assay_import_group_get_role (node->group);
      node->set = i;
      node->traits = g_ptr_array_new_with_free_func ((GDestroyNotify) traits_free);
      for (guint j = 0; j < samples->len; j++)
        g_ptr_array_add (node->traits, traits_new (node->group, g_ptr_array_index (samples, j)));
      g_ptr_array_add (self.nodes, node);
      unjudged = unjudged
                 || (node->role != ASSAY_GROUP_IGNORED
                     && !g_str_equal (node->group->hint, ASSAY_HINT_JUDGEMENT));
    }

  for (guint i = 0; i < self.nodes->len; i++)
    {
      Node *node = g_ptr_array_index (self.nodes, i);

      if (unjudged && g_str_equal (node->group->hint, ASSAY_HINT_JUDGEMENT))
        ignore (node);
      if (node->role == ASSAY_GROUP_TASKS && is_plain (node))
        node->group->join = join_within (node);
    }
  for (guint i = 0; i < self.nodes->len; i++)
    {
      Node *a = g_ptr_array_index (self.nodes, i);

      for (guint j = i + 1; j < self.nodes->len; j++)
        {
          Node *b = g_ptr_array_index (self.nodes, j);

          if ((a->role == ASSAY_GROUP_TASKS || a->role == ASSAY_GROUP_PROMPTS)
              && (b->role == ASSAY_GROUP_TASKS || b->role == ASSAY_GROUP_PROMPTS))
            link_prompts (&self, a, b);
        }
    }
  for (guint i = 0; i < self.nodes->len; i++)
    {
      Node *node = g_ptr_array_index (self.nodes, i);

      if (node->role == ASSAY_GROUP_RESPONSES)
        link_responses (&self, node);
      else if (node->role == ASSAY_GROUP_REFERENCES)
        link_reference (&self, node);
    }

  number_sets (&self);
  agree_on_joins (&self);
  g_ptr_array_unref (self.nodes);
}
