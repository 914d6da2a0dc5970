/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-constraint-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-constraint-line.h"
#include "assay-constraint.h"
#include "assay-limits.h"
#include "assay-visible-text.h"
#include "assay-words.h"

/* Whoever types is not disturbed. */
#define REST_MSEC 150

typedef struct
{
  const AssayTextConstraint *constraint;
  AssayConstraintLine *line; /* borrowed from the list */
} Row;

struct _AssayConstraintList
{
  GtkBox parent_instance;

  GArray *rows; /* (owned) of Row: those with a check */
  char *text;   /* (owned) (nullable) */
  guint rest;   /* source */
};

G_DEFINE_FINAL_TYPE (AssayConstraintList, assay_constraint_list, GTK_TYPE_BOX)

static gboolean
rested_cb (gpointer user_data)
{
  AssayConstraintList *self = user_data;
  g_autoptr (AssayDocument) document = NULL;

  self->rest = 0;
  if (assay_characters_count_trimmed (self->text) > 0
      && strlen (self->text) <= ASSAY_LIMIT_DOCUMENT_SOFT_BYTES)
    document = assay_document_new (ASSAY_DOCUMENT_REFERENCE, "draft", self->text, NULL, NULL, NULL);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      assay_constraint_line_check (row->line, row->constraint->check, row->constraint->check_args,
                                   document);
    }
  return G_SOURCE_REMOVE;
}

static void
assay_constraint_list_dispose (GObject *object)
{
  AssayConstraintList *self = ASSAY_CONSTRAINT_LIST (object);

  g_clear_handle_id (&self->rest, g_source_remove);

  G_OBJECT_CLASS (assay_constraint_list_parent_class)->dispose (object);
}

static void
assay_constraint_list_finalize (GObject *object)
{
  AssayConstraintList *self = ASSAY_CONSTRAINT_LIST (object);

  g_array_unref (self->rows);
  g_free (self->text);

  G_OBJECT_CLASS (assay_constraint_list_parent_class)->finalize (object);
}

static void
assay_constraint_list_class_init (AssayConstraintListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = assay_constraint_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = assay_constraint_list_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_LIST);
}

static void
assay_constraint_list_init (AssayConstraintList *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the text has to keep to"), -1);
}

GtkWidget *
assay_constraint_list_new (void)
{
  return g_object_new (ASSAY_TYPE_CONSTRAINT_LIST, NULL);
}

void
assay_constraint_list_add (AssayConstraintList *self, const AssayTextConstraint *constraint)
{
  g_autofree char *shown = NULL;
  g_autofree char *label = NULL;
  GtkWidget *item;
  GtkWidget *words;
  Row row = { .constraint = constraint };

  g_return_if_fail (ASSAY_IS_CONSTRAINT_LIST (self));
  g_return_if_fail (constraint != NULL);

  shown = assay_visible_line (constraint->text, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS);
  /* Translators: %s is what a text should keep to. */
  label = constraint->required ? g_strdup (shown) : g_strdup_printf (_ ("%s (optional)"), shown);
  item = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "accessible-role",
                       GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  words = g_object_new (GTK_TYPE_LABEL, "label", label, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                        PANGO_WRAP_WORD_CHAR, NULL);
  gtk_box_append (GTK_BOX (item), words);
  if (constraint->check != NULL && assay_constraint_is_known (constraint->check))
    {
      row.line = ASSAY_CONSTRAINT_LINE (assay_constraint_line_new ());
      gtk_box_append (GTK_BOX (item), GTK_WIDGET (row.line));
      gtk_accessible_update_relation (GTK_ACCESSIBLE (words), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                      row.line, NULL, -1);
      g_array_append_val (self->rows, row);
    }
  gtk_box_append (GTK_BOX (self), item);
}

void
assay_constraint_list_set_text (AssayConstraintList *self, const char *text)
{
  g_return_if_fail (ASSAY_IS_CONSTRAINT_LIST (self));
  g_return_if_fail (text != NULL);

  if (self->rows->len == 0 || !g_set_str (&self->text, text))
    return;
  g_clear_handle_id (&self->rest, g_source_remove);
  self->rest = g_timeout_add (REST_MSEC, rested_cb, self);
}
