/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-import-group.h"
#include "assay-import-mapping.h"
#include "assay-json.h"
#include "assay-model-error.h"
#include "assay-record-path.h"

#define VERSION 1

struct _AssayImportMapping
{
  GObject parent_instance;
  char *layout;
  char *project_title;
  AssayForm *form;
  GPtrArray *groups; /* AssayImportGroup */
  char *signature;
};

typedef enum
{
  PROP_LAYOUT = 1,
  PROP_RECORDS,
  PROP_ID,
  PROP_PROMPT,
  PROP_SYSTEM,
  PROP_TURNS,
  PROP_REFERENCE,
  PROP_TITLE,
  PROP_LANGUAGE,
  PROP_SOURCES,
  PROP_RUBRIC,
  PROP_JOIN,
  PROP_RESPONSE_PATHS,
  PROP_MODEL_PATHS,
  PROP_DIALOGUE_MARKS,
  PROP_FORM,
  PROP_PROJECT_TITLE,
} AssayImportMappingProperty;

static GParamSpec *props[PROP_PROJECT_TITLE + 1];

G_DEFINE_FINAL_TYPE (AssayImportMapping, assay_import_mapping, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (AssayImportJoin,
                    assay_import_join,
                    G_DEFINE_ENUM_VALUE (ASSAY_JOIN_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (ASSAY_JOIN_ID, "id"),
                    G_DEFINE_ENUM_VALUE (ASSAY_JOIN_PROMPT, "prompt"),
                    G_DEFINE_ENUM_VALUE (ASSAY_JOIN_LINE, "line"))

/* A path that holds for one of several groups is written with the group's name before a colon. */
static AssayImportGroup *
find_qualified (AssayImportMapping *self, const char *path, const char **unqualified)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      AssayImportGroup *group = g_ptr_array_index (self->groups, i);
      gsize length = strlen (group->name);

      if (g_str_has_prefix (path, group->name) && path[length] == ':')
        {
          *unqualified = path + length + 1;
          return group;
        }
    }
  *unqualified = path;
  return NULL;
}

static char *
qualify (AssayImportMapping *self, AssayImportGroup *group, const char *path)
{
  if (path == NULL)
    return NULL;
  return self->groups->len > 1 ? g_strconcat (group->name, ":", path, NULL) : g_strdup (path);
}

static char *
dup_place (AssayImportMapping *self, AssayPlace place)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *common = NULL;
  gboolean all_same = TRUE;

  for (guint i = 0; i < self->groups->len; i++)
    {
      AssayImportGroup *group = g_ptr_array_index (self->groups, i);
      g_auto (GStrv) parts = NULL;

      if (group->places[place] == NULL)
        {
          all_same = all_same && assay_import_group_get_role (group) == ASSAY_GROUP_IGNORED;
          continue;
        }
      all_same = all_same && (common == NULL || g_str_equal (common, group->places[place]));
      common = group->places[place];
      parts = assay_record_path_split_sum (group->places[place]);
      for (guint j = 0; parts[j] != NULL; j++)
        g_string_append_printf (text, "%s%s:%s", text->len > 0 ? " + " : "", group->name, parts[j]);
    }
  if (common == NULL)
    return NULL;
  return all_same || self->groups->len == 1 ? g_strdup (common)
                                            : g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_part (char **sum, const char *part)
{
  g_autofree char *before = g_steal_pointer (sum);

  *sum = before != NULL ? g_strconcat (before, " + ", part, NULL) : g_strdup (part);
}

/* The name of a group may hold a plus sign, so the sum is taken apart behind the qualifiers only.
 */
static GStrv
split_qualified_sum (AssayImportMapping *self, const char *paths)
{
  g_autoptr (GString) rest = g_string_new (paths);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  while (rest->len > 0)
    {
      const char *path;
      gsize length;

      while (g_ascii_isspace (rest->str[0]) || rest->str[0] == '+')
        g_string_erase (rest, 0, 1);
      find_qualified (self, rest->str, &path);
      for (length = (gsize) (path - rest->str);
           rest->str[length] != '\0' && rest->str[length] != '+'; length++)
        {
          if (rest->str[length] == '\\' && rest->str[length + 1] != '\0')
            length++;
        }
      if (length > 0)
        g_strv_builder_take (builder, g_strchomp (g_strndup (rest->str, length)));
      g_string_erase (rest, 0, (gssize) length);
    }
  return g_strv_builder_end (builder);
}

/* Whether the person took every place away: then each group may be given new ones. */
static gboolean
is_without_use (AssayImportMapping *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    if (assay_import_group_get_role (g_ptr_array_index (self->groups, i)) != ASSAY_GROUP_IGNORED)
      return FALSE;
  return TRUE;
}

static void
set_place (AssayImportMapping *self, AssayPlace place, const char *paths, GParamSpec *pspec)
{
  g_autofree char *before = dup_place (self, place);
  g_auto (GStrv) parts = NULL;
  g_autofree char **values = NULL;
  gboolean without_use = is_without_use (self);

  if (g_strcmp0 (before, paths) == 0)
    return;

  parts = split_qualified_sum (self, paths != NULL ? paths : "");
  values = g_new0 (char *, self->groups->len);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *path;
      AssayImportGroup *group = find_qualified (self, parts[i], &path);

      for (guint j = 0; j < self->groups->len; j++)
        {
          AssayImportGroup *other = g_ptr_array_index (self->groups, j);

          if (group == other
              || (group == NULL
                  && (without_use || assay_import_group_get_role (other) != ASSAY_GROUP_IGNORED)))
            append_part (&values[j], path);
        }
    }
  for (guint j = 0; j < self->groups->len; j++)
    {
      assay_import_group_set_place (g_ptr_array_index (self->groups, j), place, values[j]);
      g_free (values[j]);
    }
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static GStrv
dup_responses (AssayImportMapping *self, gboolean models)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->groups->len; i++)
    {
      AssayImportGroup *group = g_ptr_array_index (self->groups, i);

      for (guint j = 0; j < group->responses->len; j++)
        {
          AssayResponsePath *response = g_ptr_array_index (group->responses, j);
          char *path = qualify (self, group, models ? response->model : response->path);

          g_strv_builder_take (builder, path != NULL ? path : g_strdup (""));
        }
    }
  return g_strv_builder_end (builder);
}

/* Whether the records of the group have the member that @path begins with. */
static gboolean
group_has (AssayImportGroup *group, const char *path)
{
  g_autofree char *key = g_strndup (path, strcspn (path, "."));

  return path[0] == '$'
         || (group->keys != NULL && g_strv_contains ((const char *const *) group->keys, key));
}

/* The groups that a path holds for: the one that it names; else those that have such a place, which
 * are all where none is known to have it. */
static GPtrArray *
find_groups (AssayImportMapping *self, const char *path, const char **unqualified)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  AssayImportGroup *named = find_qualified (self, path, unqualified);

  if (named != NULL)
    {
      g_ptr_array_add (found, named);
      return g_steal_pointer (&found);
    }
  for (guint i = 0; i < self->groups->len; i++)
    if (group_has (g_ptr_array_index (self->groups, i), *unqualified))
      g_ptr_array_add (found, g_ptr_array_index (self->groups, i));
  if (found->len == 0)
    g_ptr_array_extend (found, self->groups, NULL, NULL);
  return g_steal_pointer (&found);
}

static void
set_responses (AssayImportMapping *self, const char *const *paths, GParamSpec *pspec)
{
  g_auto (GStrv) before = dup_responses (self, FALSE);
  g_autoptr (GHashTable) models = NULL;

  if (paths != NULL && g_strv_equal ((const char *const *) before, paths))
    return;

  /* A path that stays keeps its model. */
  models = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < self->groups->len; i++)
    {
      AssayImportGroup *group = g_ptr_array_index (self->groups, i);

      for (guint j = 0; j < group->responses->len; j++)
        {
          AssayResponsePath *response = g_ptr_array_index (group->responses, j);

          g_hash_table_insert (models, g_strconcat (group->name, ":", response->path, NULL),
                               g_strdup (response->model));
        }
      g_ptr_array_set_size (group->responses, 0);
    }

  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      const char *path;
      g_autoptr (GPtrArray) groups = find_groups (self, paths[i], &path);

      for (guint j = 0; j < groups->len; j++)
        {
          AssayImportGroup *group = g_ptr_array_index (groups, j);
          g_autofree char *key = g_strconcat (group->name, ":", path, NULL);

          assay_import_group_add_response (group, path, g_hash_table_lookup (models, key));
        }
    }
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
set_models (AssayImportMapping *self, const char *const *paths, GParamSpec *pspec)
{
  guint n = 0;

  for (guint i = 0; i < self->groups->len; i++)
    {
      AssayImportGroup *group = g_ptr_array_index (self->groups, i);

      for (guint j = 0; j < group->responses->len; j++, n++)
        {
          AssayResponsePath *response = g_ptr_array_index (group->responses, j);
          const char *path = NULL;

          if (paths != NULL && n < g_strv_length ((char **) paths))
            find_qualified (self, paths[n], &path);
          g_set_str (&response->model, path != NULL && *path != '\0' ? path : NULL);
        }
    }
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static AssayImportJoin
get_join (AssayImportMapping *self)
{
  return assay_import_mapping_get_set_join (self, 0);
}

static void
set_join (AssayImportMapping *self, AssayImportJoin join)
{
  if (join == get_join (self))
    return;
  for (guint i = 0; i < self->groups->len; i++)
    {
      AssayImportGroup *group = g_ptr_array_index (self->groups, i);

      if (group->kind != ASSAY_RECORDS_PLAIN)
        continue;
      /* Who asks for a join wants all files to come together, however they were sorted before; who
       * then takes it back wants them as they were. */
      group->join = join;
      group->set = join != ASSAY_JOIN_NONE ? 0 : group->set_apart;
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_JOIN]);
}

static AssayImportGroup *
first_group (AssayImportMapping *self)
{
  return self->groups->len > 0 ? g_ptr_array_index (self->groups, 0) : NULL;
}

static gboolean
get_dialogue_marks (AssayImportMapping *self)
{
  AssayImportGroup *group = first_group (self);

  return group != NULL && group->dialogue_marks;
}

static void
set_dialogue_marks (AssayImportMapping *self, gboolean marks)
{
  if (marks == get_dialogue_marks (self))
    return;
  for (guint i = 0; i < self->groups->len; i++)
    ((AssayImportGroup *) g_ptr_array_index (self->groups, i))->dialogue_marks = marks;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DIALOGUE_MARKS]);
}

static void
set_records (AssayImportMapping *self, const char *path)
{
  AssayImportGroup *group = first_group (self);

  if (group != NULL && g_set_str (&group->records, path != NULL ? path : ""))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RECORDS]);
}

static gboolean
place_of (AssayImportMappingProperty property, AssayPlace *place)
{
  static const AssayPlace places[] = {
    [PROP_ID] = ASSAY_PLACE_ID,
    [PROP_PROMPT] = ASSAY_PLACE_PROMPT,
    [PROP_SYSTEM] = ASSAY_PLACE_SYSTEM,
    [PROP_TURNS] = ASSAY_PLACE_TURNS,
    [PROP_REFERENCE] = ASSAY_PLACE_REFERENCE,
    [PROP_TITLE] = ASSAY_PLACE_TITLE,
    [PROP_LANGUAGE] = ASSAY_PLACE_LANGUAGE,
    [PROP_SOURCES] = ASSAY_PLACE_SOURCES,
    [PROP_RUBRIC] = ASSAY_PLACE_RUBRIC,
  };

  if (property < PROP_ID || property > PROP_RUBRIC)
    return FALSE;
  *place = places[property];
  return TRUE;
}

static void
assay_import_mapping_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayImportMapping *self = ASSAY_IMPORT_MAPPING (object);
  AssayPlace place;

  if (place_of ((AssayImportMappingProperty) prop_id, &place))
    {
      g_value_take_string (value, dup_place (self, place));
      return;
    }

  switch ((AssayImportMappingProperty) prop_id)
    {
    case PROP_LAYOUT:
      g_value_set_string (value, self->layout);
      break;
    case PROP_RECORDS:
      g_value_set_string (value, first_group (self) != NULL ? first_group (self)->records : NULL);
      break;
    case PROP_JOIN:
      g_value_set_enum (value, get_join (self));
      break;
    case PROP_RESPONSE_PATHS:
      g_value_take_boxed (value, dup_responses (self, FALSE));
      break;
    case PROP_MODEL_PATHS:
      g_value_take_boxed (value, dup_responses (self, TRUE));
      break;
    case PROP_DIALOGUE_MARKS:
      g_value_set_boolean (value, get_dialogue_marks (self));
      break;
    case PROP_FORM:
      g_value_set_object (value, self->form);
      break;
    case PROP_PROJECT_TITLE:
      g_value_set_string (value, self->project_title);
      break;
    case PROP_ID:
    case PROP_PROMPT:
    case PROP_SYSTEM:
    case PROP_TURNS:
    case PROP_REFERENCE:
    case PROP_TITLE:
    case PROP_LANGUAGE:
    case PROP_SOURCES:
    case PROP_RUBRIC:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
assay_import_mapping_set_property (GObject *object,
                                   guint prop_id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  AssayImportMapping *self = ASSAY_IMPORT_MAPPING (object);
  AssayPlace place;

  if (place_of ((AssayImportMappingProperty) prop_id, &place))
    {
      set_place (self, place, g_value_get_string (value), pspec);
      return;
    }

  switch ((AssayImportMappingProperty) prop_id)
    {
    case PROP_LAYOUT:
      if (g_set_str (&self->layout, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_RECORDS:
      set_records (self, g_value_get_string (value));
      break;
    case PROP_JOIN:
      set_join (self, (AssayImportJoin) g_value_get_enum (value));
      break;
    case PROP_RESPONSE_PATHS:
      set_responses (self, g_value_get_boxed (value), pspec);
      break;
    case PROP_MODEL_PATHS:
      set_models (self, g_value_get_boxed (value), pspec);
      break;
    case PROP_DIALOGUE_MARKS:
      set_dialogue_marks (self, g_value_get_boolean (value));
      break;
    case PROP_FORM:
      assay_import_mapping_set_form (self, g_value_get_object (value));
      break;
    case PROP_PROJECT_TITLE:
      assay_import_mapping_set_project_title (self, g_value_get_string (value));
      break;
    case PROP_ID:
    case PROP_PROMPT:
    case PROP_SYSTEM:
    case PROP_TURNS:
    case PROP_REFERENCE:
    case PROP_TITLE:
    case PROP_LANGUAGE:
    case PROP_SOURCES:
    case PROP_RUBRIC:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
assay_import_mapping_dispose (GObject *object)
{
  AssayImportMapping *self = ASSAY_IMPORT_MAPPING (object);

  g_clear_object (&self->form);

  G_OBJECT_CLASS (assay_import_mapping_parent_class)->dispose (object);
}

static void
assay_import_mapping_finalize (GObject *object)
{
  AssayImportMapping *self = ASSAY_IMPORT_MAPPING (object);

  g_free (self->layout);
  g_free (self->project_title);
  g_free (self->signature);
  g_ptr_array_unref (self->groups);

  G_OBJECT_CLASS (assay_import_mapping_parent_class)->finalize (object);
}

static void
assay_import_mapping_class_init (AssayImportMappingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = assay_import_mapping_get_property;
  object_class->set_property = assay_import_mapping_set_property;
  object_class->dispose = assay_import_mapping_dispose;
  object_class->finalize = assay_import_mapping_finalize;

  props[PROP_LAYOUT] = g_param_spec_string ("layout", NULL, NULL, "generic", flags);
  props[PROP_RECORDS] = g_param_spec_string ("records", NULL, NULL, NULL, flags);
  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  props[PROP_PROMPT] = g_param_spec_string ("prompt", NULL, NULL, NULL, flags);
  props[PROP_SYSTEM] = g_param_spec_string ("system", NULL, NULL, NULL, flags);
  props[PROP_TURNS] = g_param_spec_string ("turns", NULL, NULL, NULL, flags);
  props[PROP_REFERENCE] = g_param_spec_string ("reference", NULL, NULL, NULL, flags);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_LANGUAGE] = g_param_spec_string ("language", NULL, NULL, NULL, flags);
  props[PROP_SOURCES] = g_param_spec_string ("sources", NULL, NULL, NULL, flags);
  props[PROP_RUBRIC] = g_param_spec_string ("rubric", NULL, NULL, NULL, flags);
  props[PROP_JOIN] =
      g_param_spec_enum ("join", NULL, NULL, ASSAY_TYPE_IMPORT_JOIN, ASSAY_JOIN_NONE, flags);
  props[PROP_RESPONSE_PATHS] =
      g_param_spec_boxed ("response-paths", NULL, NULL, G_TYPE_STRV, flags);
  props[PROP_MODEL_PATHS] = g_param_spec_boxed ("model-paths", NULL, NULL, G_TYPE_STRV, flags);
  props[PROP_DIALOGUE_MARKS] = g_param_spec_boolean ("dialogue-marks", NULL, NULL, FALSE, flags);
  props[PROP_FORM] = g_param_spec_object ("form", NULL, NULL, ASSAY_TYPE_FORM, flags);
  props[PROP_PROJECT_TITLE] = g_param_spec_string ("project-title", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
assay_import_mapping_init (AssayImportMapping *self)
{
  self->layout = g_strdup ("generic");
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_import_group_free);
}

AssayImportMapping *
assay_import_mapping_new (void)
{
  return g_object_new (ASSAY_TYPE_IMPORT_MAPPING, NULL);
}

AssayImportMapping *
assay_import_mapping_copy (AssayImportMapping *self)
{
  AssayImportMapping *copy = assay_import_mapping_new ();

  g_set_str (&copy->layout, self->layout);
  g_set_str (&copy->project_title, self->project_title);
  g_set_object (&copy->form, self->form);
  for (guint i = 0; i < self->groups->len; i++)
    g_ptr_array_add (copy->groups, assay_import_group_copy (g_ptr_array_index (self->groups, i)));
  return copy;
}

AssayImportMapping *
assay_import_mapping_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (AssayImportMapping) self = NULL;
  JsonObject *object = assay_json_node_object (node);
  JsonArray *groups;

  g_return_val_if_fail (node != NULL, NULL);

  if (object == NULL)
    {
      g_set_error_literal (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE,
                           _ ("The stored mapping is not an object."));
      return NULL;
    }
  if (assay_json_get_int (object, "version", VERSION) > VERSION)
    {
      g_set_error_literal (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_VERSION,
                           _ ("The stored mapping was written by a newer version of Assay."));
      return NULL;
    }
  groups = assay_json_require_array (object, "groups", "", error);
  if (groups == NULL)
    return NULL;

  self = assay_import_mapping_new ();
  g_set_str (&self->layout, assay_json_get_string_or (object, "layout", "generic"));
  g_set_str (&self->project_title, assay_json_get_string (object, "project_title"));
  for (guint i = 0; i < json_array_get_length (groups); i++)
    {
      AssayImportGroup *group =
          assay_import_group_new_from_json (json_array_get_element (groups, i));

      if (group != NULL)
        g_ptr_array_add (self->groups, group);
    }
  if (assay_json_get_object (object, "form") != NULL)
    {
      self->form =
          assay_form_new_from_json (json_object_get_member (object, "form"), "/form", error);
      if (self->form == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}

JsonNode *
assay_import_mapping_to_json (AssayImportMapping *self)
{
  g_autoptr (JsonObject) object = NULL;
  JsonArray *groups;
  JsonNode *node;

  g_return_val_if_fail (ASSAY_IS_IMPORT_MAPPING (self), NULL);

  object = json_object_new ();
  json_object_set_int_member (object, "version", VERSION);
  json_object_set_string_member (object, "layout", self->layout);
  if (self->project_title != NULL)
    json_object_set_string_member (object, "project_title", self->project_title);
  groups = json_array_new ();
  for (guint i = 0; i < self->groups->len; i++)
    json_array_add_element (groups,
                            assay_import_group_to_json (g_ptr_array_index (self->groups, i)));
  json_object_set_array_member (object, "groups", groups);
  if (self->form != NULL)
    json_object_set_member (object, "form", assay_form_to_json (self->form));

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, object);
  return node;
}

const char *
assay_import_mapping_get_signature (AssayImportMapping *self)
{
  g_autoptr (GPtrArray) shapes = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (ASSAY_IS_IMPORT_MAPPING (self), NULL);

  if (self->signature != NULL)
    return self->signature;

  /* Only shapes count, so that what a person corrects does not change what it is remembered under.
   */
  shapes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->groups->len; i++)
    {
      AssayImportGroup *group = g_ptr_array_index (self->groups, i);
      g_autofree char *keys = g_strjoinv ("\x1f", group->keys);

      g_ptr_array_add (shapes, g_strconcat (group->hint, "\x1e", keys, NULL));
    }
  g_ptr_array_sort_values (shapes, (GCompareFunc) strcmp);
  g_ptr_array_add (shapes, NULL);
  text = g_strjoinv ("\x1d", (char **) shapes->pdata);
  self->signature = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  return self->signature;
}

AssayForm *
assay_import_mapping_get_form (AssayImportMapping *self)
{
  g_return_val_if_fail (ASSAY_IS_IMPORT_MAPPING (self), NULL);

  return self->form;
}

void
assay_import_mapping_set_form (AssayImportMapping *self, AssayForm *form)
{
  g_return_if_fail (ASSAY_IS_IMPORT_MAPPING (self));
  g_return_if_fail (form == NULL || ASSAY_IS_FORM (form));

  if (g_set_object (&self->form, form))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FORM]);
}

const char *
assay_import_mapping_get_project_title (AssayImportMapping *self)
{
  g_return_val_if_fail (ASSAY_IS_IMPORT_MAPPING (self), NULL);

  return self->project_title;
}

void
assay_import_mapping_set_project_title (AssayImportMapping *self, const char *title)
{
  g_return_if_fail (ASSAY_IS_IMPORT_MAPPING (self));

  if (g_set_str (&self->project_title, title))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROJECT_TITLE]);
}

GPtrArray *
assay_import_mapping_get_groups (AssayImportMapping *self)
{
  g_return_val_if_fail (ASSAY_IS_IMPORT_MAPPING (self), NULL);

  return self->groups;
}

void
assay_import_mapping_add_group (AssayImportMapping *self, AssayImportGroup *group)
{
  g_return_if_fail (ASSAY_IS_IMPORT_MAPPING (self));
  g_return_if_fail (group != NULL);

  g_ptr_array_add (self->groups, group);
  g_clear_pointer (&self->signature, g_free);
}

guint
assay_import_mapping_get_n_sets (AssayImportMapping *self)
{
  guint n = 0;

  g_return_val_if_fail (ASSAY_IS_IMPORT_MAPPING (self), 0);

  for (guint i = 0; i < self->groups->len; i++)
    n = MAX (n, ((AssayImportGroup *) g_ptr_array_index (self->groups, i))->set + 1);
  return n;
}

AssayImportJoin
assay_import_mapping_get_set_join (AssayImportMapping *self, guint set)
{
  g_return_val_if_fail (ASSAY_IS_IMPORT_MAPPING (self), ASSAY_JOIN_NONE);

  for (guint i = 0; i < self->groups->len; i++)
    {
      AssayImportGroup *group = g_ptr_array_index (self->groups, i);

      if (group->set == set && assay_import_group_get_role (group) != ASSAY_GROUP_IGNORED)
        return group->join;
    }
  return ASSAY_JOIN_NONE;
}
