/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-import-places.h"

#include <glib/gi18n.h>

#include "assay-limits.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

#define EXAMPLE_CHARACTERS 60
/* Of a line in a list of places; a place and its example take two. */
#define LIST_CHARACTERS 44
/* The first entry of each list of places. */
#define NO_PLACE 0

struct _AssayImportPlaces
{
  AdwExpanderRow parent_instance;

  AssayImportMapping *mapping; /* (owned) (nullable) */
  GPtrArray *fields;           /* (owned) (nullable) of GStrv {path, example} */
  GPtrArray *places;           /* of AdwComboRow: those that are one property each */
  GPtrArray *responses;        /* of AdwComboRow; the last one is free */
  GPtrArray *models;           /* of AdwComboRow, one for each response */
  AdwComboRow *join;
  gboolean showing; /* the rows follow the mapping */
};

enum
{
  CORRECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AssayImportPlaces, assay_import_places, ADW_TYPE_EXPANDER_ROW)

static void add_response (AssayImportPlaces *self, const char *path, const char *model);

/* One row */

static void
set_place (AssayImportPlaces *self, AdwComboRow *row, const char *path)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = NO_PLACE;

  /* Translators: no place in the file is chosen. */
  gtk_string_list_append (names, C_ ("import", "None"));
  for (guint i = 0; self->fields != NULL && i < self->fields->len; i++)
    {
      char **field = g_ptr_array_index (self->fields, i);
      g_autofree char *example = assay_visible_line (field[1], EXAMPLE_CHARACTERS);
      g_autofree char *place = assay_visible_line (field[0], ASSAY_LIMIT_LABEL_CHARACTERS);
      /* Translators: a place in a file, and an example of what is there. */
      g_autofree char *name = g_strdup_printf (_ ("%s — %s"), place, example);

      gtk_string_list_append (names, *field[1] != '\0' ? name : place);
      if (g_strcmp0 (field[0], path) == 0)
        selected = i + 1;
    }
  if (path != NULL && *path != '\0' && selected == NO_PLACE)
    {
      g_autofree char *place = assay_visible_line (path, ASSAY_LIMIT_LABEL_CHARACTERS);

      /* Detected, but not among the simple places of the first records. */
      gtk_string_list_append (names, place);
      selected = g_list_model_get_n_items (G_LIST_MODEL (names)) - 1;
    }
  g_object_set_data_full (G_OBJECT (row), "assay-extra", g_strdup (path), g_free);
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (row, selected);
}

static const char *
get_place (AssayImportPlaces *self, AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);
  guint n = self->fields != NULL ? self->fields->len : 0;

  if (selected == NO_PLACE || selected == GTK_INVALID_LIST_POSITION)
    return NULL;
  if (selected <= n)
    return ((char **) g_ptr_array_index (self->fields, selected - 1))[0];
  return g_object_get_data (G_OBJECT (row), "assay-extra");
}

/* The list itself */

static void
selected_changed_cb (AdwComboRow *row, GParamSpec *pspec, GtkListItem *item)
{
  GtkWidget *check = gtk_widget_get_last_child (gtk_list_item_get_child (item));

  gtk_widget_set_opacity (
      check, adw_combo_row_get_selected_item (row) == gtk_list_item_get_item (item) ? 1.0 : 0.0);
}

static void
item_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  g_object_set (label, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "ellipsize",
                PANGO_ELLIPSIZE_END, "lines", 2, "max-width-chars", LIST_CHARACTERS, "xalign", 0.0,
                "hexpand", TRUE, NULL);
  assay_widget_keep_words (label);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_item_set_child (item, box);
}

static void
item_bind_cb (AdwComboRow *row, GtkListItem *item)
{
  const char *name = gtk_string_object_get_string (gtk_list_item_get_item (item));

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (gtk_list_item_get_child (item))),
                      name);
  gtk_list_item_set_accessible_label (item, name);
  selected_changed_cb (row, NULL, item);
  g_signal_connect_object (row, "notify::selected-item", G_CALLBACK (selected_changed_cb), item, 0);
}

static void
item_unbind_cb (AdwComboRow *row, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (row, selected_changed_cb, item);
}

/* That of a combo row cuts each name after a few words. */
static void
widen_list (AdwComboRow *row)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (item_setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (item_bind_cb), row, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (item_unbind_cb), row, G_CONNECT_SWAPPED);
  adw_combo_row_set_list_factory (row, factory);
}

static AdwComboRow *
add_row (AssayImportPlaces *self, const char *title, GCallback changed)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  /* A place and its example are longer than what fits beside a title. */
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  g_object_set (row, "use-markup", FALSE, "subtitle-lines", 1, NULL);
  widen_list (ADW_COMBO_ROW (row));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_signal_connect_object (row, "notify::selected", changed, self, G_CONNECT_SWAPPED);
  return ADW_COMBO_ROW (row);
}

/* Places of one property */

static void
place_changed_cb (AssayImportPlaces *self, GParamSpec *pspec, AdwComboRow *row)
{
  if (self->showing)
    return;
  g_object_set (self->mapping, g_object_get_data (G_OBJECT (row), "assay-property"),
                get_place (self, row), NULL);
  g_signal_emit (self, signals[CORRECTED], 0);
}

static void
add_place (AssayImportPlaces *self, const char *property, const char *title)
{
  AdwComboRow *row = add_row (self, title, G_CALLBACK (place_changed_cb));
  g_autofree char *path = NULL;

  g_object_set_data (G_OBJECT (row), "assay-property", (gpointer) property);
  g_object_get (self->mapping, property, &path, NULL);
  set_place (self, row, path);
  g_ptr_array_add (self->places, row);
}

/* Responses and their models */

static char *
dup_model_of (AssayImportPlaces *self, const char *response)
{
  for (guint i = 0; i < self->responses->len; i++)
    if (g_strcmp0 (get_place (self, g_ptr_array_index (self->responses, i)), response) == 0)
      return g_strdup (get_place (self, g_ptr_array_index (self->models, i)));
  return NULL;
}

static void
responses_changed_cb (AssayImportPlaces *self)
{
  g_autoptr (GStrvBuilder) responses = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) models = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;
  g_auto (GStrv) model_paths = NULL;
  g_auto (GStrv) kept = NULL;

  if (self->showing)
    return;
  for (guint i = 0; i < self->responses->len; i++)
    {
      const char *path = get_place (self, g_ptr_array_index (self->responses, i));

      gtk_widget_set_visible (g_ptr_array_index (self->models, i), path != NULL);
      if (path != NULL)
        g_strv_builder_add (responses, path);
    }
  paths = g_strv_builder_end (responses);
  g_object_set (self->mapping, "response-paths", paths, NULL);

  /* The mapping may keep them in another order, by the files that they are in. */
  g_object_get (self->mapping, "response-paths", &kept, NULL);
  for (gsize i = 0; kept[i] != NULL; i++)
    {
      char *model = dup_model_of (self, kept[i]);

      g_strv_builder_take (models, model != NULL ? model : g_strdup (""));
    }
  model_paths = g_strv_builder_end (models);
  g_object_set (self->mapping, "model-paths", model_paths, NULL);

  if (get_place (self, g_ptr_array_index (self->responses, self->responses->len - 1)) != NULL
      && self->responses->len < ASSAY_LIMIT_RESPONSES)
    {
      self->showing = TRUE;
      add_response (self, NULL, NULL);
      self->showing = FALSE;
    }
  g_signal_emit (self, signals[CORRECTED], 0);
}

static void
add_response (AssayImportPlaces *self, const char *path, const char *model)
{
  guint number = self->responses->len + 1;
  /* Translators: the place of the first, second … response in the files that are imported. */
  g_autofree char *title = g_strdup_printf (_ ("Response %u"), number);
  /* Translators: the place of the name of the model that wrote the first, second … response. */
  g_autofree char *model_title = g_strdup_printf (_ ("Model of response %u"), number);
  AdwComboRow *row = add_row (self, title, G_CALLBACK (responses_changed_cb));
  AdwComboRow *model_row = add_row (self, model_title, G_CALLBACK (responses_changed_cb));

  set_place (self, row, path);
  set_place (self, model_row, model);
  gtk_widget_set_visible (GTK_WIDGET (model_row), path != NULL);
  g_ptr_array_add (self->responses, row);
  g_ptr_array_add (self->models, model_row);
}

static void
add_responses (AssayImportPlaces *self)
{
  g_auto (GStrv) paths = NULL;
  g_auto (GStrv) models = NULL;

  g_object_get (self->mapping, "response-paths", &paths, "model-paths", &models, NULL);
  for (gsize i = 0; paths != NULL && paths[i] != NULL; i++)
    add_response (self, paths[i], models[i]);
  if (self->responses->len < ASSAY_LIMIT_RESPONSES)
    add_response (self, NULL, NULL);
}

/* What brings files together */

static void
join_changed_cb (AssayImportPlaces *self)
{
  if (self->showing)
    return;
  g_object_set (self->mapping, "join", adw_combo_row_get_selected (self->join), NULL);
  g_signal_emit (self, signals[CORRECTED], 0);
}

static void
add_join (AssayImportPlaces *self)
{
  const char *const names[] = { C_ ("join", "Not at all"), C_ ("join", "By id"),
                                C_ ("join", "By prompt"), C_ ("join", "By line"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);
  AssayImportJoin join;

  self->join =
      add_row (self, _ ("Records of several files belong together"), G_CALLBACK (join_changed_cb));
  g_object_get (self->mapping, "join", &join, NULL);
  adw_combo_row_set_model (self->join, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->join, join);
  g_ptr_array_add (self->places, self->join);
}

static void
remove_rows (AssayImportPlaces *self, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

static void
assay_import_places_finalize (GObject *object)
{
  AssayImportPlaces *self = ASSAY_IMPORT_PLACES (object);

  g_clear_object (&self->mapping);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_ptr_array_unref (self->places);
  g_ptr_array_unref (self->responses);
  g_ptr_array_unref (self->models);

  G_OBJECT_CLASS (assay_import_places_parent_class)->finalize (object);
}

static void
assay_import_places_class_init (AssayImportPlacesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_import_places_finalize;

  signals[CORRECTED] = g_signal_new ("corrected", ASSAY_TYPE_IMPORT_PLACES, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
assay_import_places_init (AssayImportPlaces *self)
{
  self->places = g_ptr_array_new ();
  self->responses = g_ptr_array_new ();
  self->models = g_ptr_array_new ();
}

void
assay_import_places_set_mapping (AssayImportPlaces *self,
                                 AssayImportMapping *mapping,
                                 GPtrArray *fields,
                                 gboolean can_join)
{
  g_return_if_fail (ASSAY_IS_IMPORT_PLACES (self));
  g_return_if_fail (ASSAY_IS_IMPORT_MAPPING (mapping));

  self->showing = TRUE;
  g_set_object (&self->mapping, mapping);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  self->fields = fields != NULL ? g_ptr_array_ref (fields) : NULL;
  remove_rows (self, self->places);
  remove_rows (self, self->responses);
  remove_rows (self, self->models);
  self->join = NULL;

  if (can_join)
    add_join (self);
  add_place (self, "prompt", C_ ("import", "Prompt"));
  /* Translators: the place of the turns before the last one of a conversation. */
  add_place (self, "turns", C_ ("import", "Conversation"));
  add_place (self, "system", _ ("System prompt"));
  add_place (self, "reference", _ ("Reference answer"));
  add_place (self, "sources", C_ ("import", "Sources"));
  add_place (self, "id", C_ ("import", "Id"));
  add_place (self, "title", C_ ("import", "Title"));
  add_place (self, "language", C_ ("import", "Language"));
  /* These come last because their number grows. */
  add_responses (self);
  self->showing = FALSE;
}
