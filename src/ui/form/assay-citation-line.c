/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "assay-citation-line.h"

#include "assay-answer-places.h"
#include "assay-drop-down.h"
#include "assay-limits.h"
#include "assay-verdicts.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

struct _AssayCitationLine
{
  GtkWidget parent_instance;

  GPtrArray *sources; /* (owned): AssayDocument, which live as long as the task */
  AssayTask *task;    /* (owned) */
  GtkWidget *citation;
  GtkWidget *box;
  GPtrArray *toggles; /* GtkToggleButton for each source, borrowed from the box */
  GStrv strangers;    /* (owned): ids of what is no source of the task */
  gboolean in_show;
};

G_DEFINE_FINAL_TYPE (AssayCitationLine, assay_citation_line, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  CITED_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
citation_cb (AssayCitationLine *self)
{
  guint selected = assay_drop_down_get_selected (ASSAY_DROP_DOWN (self->citation));

  if (!self->in_show)
    g_signal_emit (self, signals[CHOSEN], 0,
                   selected == 0 ? NULL : assay_citation_get (selected - 1));
}

static void
toggled_cb (AssayCitationLine *self)
{
  if (!self->in_show)
    g_signal_emit (self, signals[CITED_CHANGED], 0);
}

static void
assay_citation_line_dispose (GObject *object)
{
  AssayCitationLine *self = ASSAY_CITATION_LINE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_object (&self->task);

  G_OBJECT_CLASS (assay_citation_line_parent_class)->dispose (object);
}

static void
assay_citation_line_finalize (GObject *object)
{
  AssayCitationLine *self = ASSAY_CITATION_LINE (object);

  g_ptr_array_unref (self->toggles);
  g_strfreev (self->strangers);

  G_OBJECT_CLASS (assay_citation_line_parent_class)->finalize (object);
}

static void
assay_citation_line_class_init (AssayCitationLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = assay_citation_line_dispose;
  object_class->finalize = assay_citation_line_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CITED_CHANGED] =
      g_signal_new ("cited-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
assay_citation_line_init (AssayCitationLine *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->toggles = g_ptr_array_new ();

  /* Translators: whether a statement cites what it should was not said yet */
  gtk_string_list_append (names, C_ ("citation", "Does it cite what it should?"));
  for (guint i = 0; i < assay_citation_get_n (); i++)
    gtk_string_list_append (names, assay_citation_get_label (i));
  self->citation = assay_drop_down_new (G_LIST_MODEL (names));
  g_signal_connect_swapped (self->citation, "notify::selected", G_CALLBACK (citation_cb), self);
  gtk_widget_set_parent (self->citation, GTK_WIDGET (self));

  self->box = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->box), 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
add_toggle (AssayCitationLine *self, guint number, AssayDocument *source)
{
  g_autofree char *label = g_strdup_printf ("%u", number);
  GtkWidget *toggle = gtk_toggle_button_new_with_label (label);
  const char *title = assay_document_get_title (source);

  gtk_widget_add_css_class (toggle, "assay-source-toggle");
  if (title != NULL)
    {
      g_autofree char *shown = assay_visible_line (title, ASSAY_LIMIT_LABEL_CHARACTERS);

      assay_widget_set_tooltip (toggle, shown);
    }
  g_signal_connect_swapped (toggle, "toggled", G_CALLBACK (toggled_cb), self);
  adw_wrap_box_append (ADW_WRAP_BOX (self->box), toggle);
  g_ptr_array_add (self->toggles, toggle);
}

GtkWidget *
assay_citation_line_new (AssayTask *task)
{
  AssayCitationLine *self;
  GtkWidget *label;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);

  self = g_object_new (ASSAY_TYPE_CITATION_LINE, NULL);
  self->task = g_object_ref (task);
  /* Translators: before the numbers of the sources that a statement names */
  label = gtk_label_new (C_ ("citation", "It cites"));
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  adw_wrap_box_append (ADW_WRAP_BOX (self->box), label);
  self->sources = assay_task_list_sources (task);
  for (guint i = 0; i < self->sources->len; i++)
    add_toggle (self, i + 1, self->sources->pdata[i]);
  gtk_widget_set_visible (self->box, self->sources->len > 0);
  return GTK_WIDGET (self);
}

static const char *
get_source_id (AssayCitationLine *self, guint index)
{
  return assay_document_get_key (self->sources->pdata[index]);
}

static void
name_toggle (GtkWidget *toggle, guint number, const char *words)
{
  /* Translators: %u numbers the sources; %s is a statement. */
  g_autofree char *name = g_strdup_printf (_ ("Source %u is cited by %s"), number, words);

  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
assay_citation_line_show (AssayCitationLine *self,
                          const char *citation,
                          const char *const *cited,
                          const char *words)
{
  g_autoptr (GStrvBuilder) strangers = g_strv_builder_new ();
  g_autofree char *name = NULL;

  g_return_if_fail (ASSAY_IS_CITATION_LINE (self));
  g_return_if_fail (cited != NULL);
  g_return_if_fail (words != NULL);

  name = g_strdup_printf (_ ("Citation of %s"), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->citation), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  self->in_show = TRUE;
  assay_drop_down_set_selected (ASSAY_DROP_DOWN (self->citation),
                                (guint) (assay_citation_find (citation) + 1));
  for (guint i = 0; i < self->toggles->len; i++)
    {
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->toggles->pdata[i]),
                                    g_strv_contains (cited, get_source_id (self, i)));
      name_toggle (self->toggles->pdata[i], i + 1, words);
    }
  self->in_show = FALSE;
  for (guint i = 0; cited[i] != NULL; i++)
    if (assay_task_find_source (self->task, cited[i]) < 0)
      g_strv_builder_add (strangers, cited[i]);
  g_strfreev (self->strangers);
  self->strangers = g_strv_builder_end (strangers);
}

GStrv
assay_citation_line_dup_cited (AssayCitationLine *self)
{
  g_autoptr (GStrvBuilder) cited = g_strv_builder_new ();

  g_return_val_if_fail (ASSAY_IS_CITATION_LINE (self), NULL);

  for (guint i = 0; i < self->toggles->len; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->toggles->pdata[i])))
      g_strv_builder_add (cited, get_source_id (self, i));
  if (self->strangers != NULL)
    g_strv_builder_addv (cited, (const char **) self->strangers);
  return g_strv_builder_end (cited);
}
