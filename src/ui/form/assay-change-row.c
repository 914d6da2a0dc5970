/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-change-row.h"

#include "assay-drop-down.h"
#include "assay-issue-list.h"
#include "assay-limits.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

#define SHOWN_CHARACTERS 200

struct _AssayChangeRow
{
  GtkWidget parent_instance;

  char *id;
  GtkWidget *button; /* the stop */
  GtkWidget *was;
  GtkWidget *now;
  GtkWidget *category; /* (nullable) */
  GtkWidget *note_button;
  GtkWidget *restore_button;
  GtkWidget *note;
  GtkWidget *issues;
  gboolean in_show;
};

G_DEFINE_FINAL_TYPE (AssayChangeRow, assay_change_row, GTK_TYPE_WIDGET)

enum
{
  SHOWN,
  CATEGORY_CHOSEN,
  NOTE_CLICKED,
  RESTORED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
shown_cb (AssayChangeRow *self)
{
  g_signal_emit (self, signals[SHOWN], 0);
}

static void
note_clicked_cb (AssayChangeRow *self)
{
  g_signal_emit (self, signals[NOTE_CLICKED], 0);
}

static void
restored_cb (AssayChangeRow *self)
{
  g_signal_emit (self, signals[RESTORED], 0);
}

static void
selected_cb (AssayChangeRow *self, GParamSpec *pspec, AssayDropDown *down)
{
  if (!self->in_show)
    g_signal_emit (self, signals[CATEGORY_CHOSEN], 0,
                   (int) assay_drop_down_get_selected (down) - 1);
}

static GtkWidget *
new_button (AssayChangeRow *self, const char *icon, const char *tooltip, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  assay_widget_set_tooltip (button, tooltip);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
new_text (PangoAttribute *attribute)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  /* The sign before the text has no line. */
  GtkWidget *label =
      g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                    "lines", 3, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  attribute->start_index =
      attribute->klass->type == PANGO_ATTR_STRIKETHROUGH ? strlen ("− ") : strlen ("+ ");
  pango_attr_list_insert (attributes, attribute);
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  pango_attr_list_unref (attributes);
  return label;
}

static void
assay_change_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (assay_change_row_parent_class)->dispose (object);
}

static void
assay_change_row_finalize (GObject *object)
{
  g_free (ASSAY_CHANGE_ROW (object)->id);

  G_OBJECT_CLASS (assay_change_row_parent_class)->finalize (object);
}

static void
assay_change_row_class_init (AssayChangeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_change_row_dispose;
  object_class->finalize = assay_change_row_finalize;

  signals[SHOWN] = g_signal_new ("shown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[CATEGORY_CHOSEN] =
      g_signal_new ("category-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[NOTE_CLICKED] = g_signal_new ("note-clicked", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RESTORED] = g_signal_new ("restored", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
assay_change_row_init (AssayChangeRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 3);
  gtk_widget_add_css_class (GTK_WIDGET (self), "assay-checklist-row");
}

GtkWidget *
assay_change_row_new (const char *id, GListModel *categories)
{
  AssayChangeRow *self = g_object_new (ASSAY_TYPE_CHANGE_ROW, NULL);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);

  g_return_val_if_fail (id != NULL, NULL);

  self->id = g_strdup (id);
  self->button = gtk_button_new ();
  self->was = new_text (pango_attr_strikethrough_new (TRUE));
  gtk_widget_add_css_class (self->was, "dim-label");
  gtk_box_append (GTK_BOX (texts), self->was);
  self->now = new_text (pango_attr_underline_new (PANGO_UNDERLINE_SINGLE));
  gtk_box_append (GTK_BOX (texts), self->now);
  gtk_button_set_child (GTK_BUTTON (self->button), texts);
  gtk_widget_add_css_class (texts, "assay-change");
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_hexpand (self->button, TRUE);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (shown_cb), self);
  gtk_box_append (GTK_BOX (line), self->button);
  if (categories != NULL)
    {
      self->note_button =
          new_button (self, "document-edit-symbolic", _ ("Note"), G_CALLBACK (note_clicked_cb));
      gtk_box_append (GTK_BOX (line), self->note_button);
    }
  self->restore_button = new_button (self, "edit-undo-symbolic", _ ("Restore Original Here"),
                                     G_CALLBACK (restored_cb));
  gtk_box_append (GTK_BOX (line), self->restore_button);
  gtk_widget_set_parent (line, GTK_WIDGET (self));

  if (categories != NULL)
    {
      self->category = assay_drop_down_new (categories);
      g_signal_connect_swapped (self->category, "notify::selected", G_CALLBACK (selected_cb), self);
      gtk_widget_set_parent (self->category, GTK_WIDGET (self));
    }
  self->note =
      g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                    "lines", 3, "ellipsize", PANGO_ELLIPSIZE_END, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->note, "caption");
  gtk_widget_add_css_class (self->note, "assay-comment");
  gtk_widget_set_parent (self->note, GTK_WIDGET (self));
  self->issues = assay_issue_list_new ();
  gtk_widget_set_parent (self->issues, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

const char *
assay_change_row_get_id (AssayChangeRow *self)
{
  g_return_val_if_fail (ASSAY_IS_CHANGE_ROW (self), NULL);

  return self->id;
}

GtkWidget *
assay_change_row_get_stop (AssayChangeRow *self)
{
  g_return_val_if_fail (ASSAY_IS_CHANGE_ROW (self), NULL);

  return self->button;
}

static void
name_control (GtkWidget *control, const char *format, const char *text)
{
  g_autofree char *label = g_strdup_printf (format, text);

  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
show_text (GtkWidget *label, const char *format, const char *text)
{
  g_autofree char *shown = g_strdup_printf (format, text);

  gtk_label_set_text (GTK_LABEL (label), shown);
  gtk_widget_set_visible (label, *text != '\0');
}

/* "“square” became “round”". (transfer full) */
static char *
describe (const char *was, const char *now)
{
  if (*was == '\0')
    /* Translators: a change to a text. */
    return g_strdup_printf (_ ("Added “%s”"), now);
  if (*now == '\0')
    return g_strdup_printf (_ ("Removed “%s”"), was);
  return g_strdup_printf (_ ("“%s” became “%s”"), was, now);
}

void
assay_change_row_show (AssayChangeRow *self,
                       const char *was,
                       const char *now,
                       int category,
                       const char *note)
{
  g_autofree char *shown_was = NULL;
  g_autofree char *shown_now = NULL;
  g_autofree char *text = NULL;
  g_autofree char *shown_note = NULL;

  g_return_if_fail (ASSAY_IS_CHANGE_ROW (self));
  g_return_if_fail (was != NULL && now != NULL);

  shown_was = assay_visible_line (was, SHOWN_CHARACTERS);
  shown_now = assay_visible_line (now, SHOWN_CHARACTERS);
  show_text (self->was, "− %s", shown_was);
  show_text (self->now, "+ %s", shown_now);
  text = describe (shown_was, shown_now);
  name_control (GTK_WIDGET (self), "%s", text);
  name_control (self->restore_button, _ ("Restore Original: %s"), text);
  name_control (self->button, "%s", text);

  if (self->category != NULL)
    {
      const char *chosen;
      g_autofree char *name = NULL;

      self->in_show = TRUE;
      assay_drop_down_set_selected (ASSAY_DROP_DOWN (self->category), (guint) (category + 1));
      self->in_show = FALSE;
      chosen = assay_drop_down_get_selected_name (ASSAY_DROP_DOWN (self->category));
      /* Translators: a change to a text, and its category. */
      name = g_strdup_printf (C_ ("change to a text", "%s, %s"), text, chosen);
      name_control (self->button, "%s", name);
      name_control (self->category, _ ("Category of: %s"), text);
      name_control (self->note_button, _ ("Note on: %s"), text);
    }
  if (note != NULL)
    shown_note = assay_visible_line (note, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS);
  gtk_label_set_text (GTK_LABEL (self->note), shown_note != NULL ? shown_note : "");
  gtk_widget_set_visible (self->note, shown_note != NULL);
}

void
assay_change_row_set_issues (AssayChangeRow *self, GPtrArray *issues)
{
  g_return_if_fail (ASSAY_IS_CHANGE_ROW (self));

  assay_issue_list_set_issues (ASSAY_ISSUE_LIST (self->issues), issues);
}
