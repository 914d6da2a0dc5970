/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-span-row.h"

#include "assay-drop-down.h"
#include "assay-issue-list.h"
#include "assay-limits.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

#define QUOTE_CHARACTERS 200

struct _AssaySpanRow
{
  GtkWidget parent_instance;

  char *id;
  GtkWidget *quote; /* the stop */
  GtkWidget *quote_label;
  GtkWidget *type;
  GtkWidget *severity; /* (nullable) */
  GtkWidget *comment_button;
  GtkWidget *remove_button;
  GtkWidget *comment;
  GtkWidget *issues;
  gboolean in_show;
};

G_DEFINE_FINAL_TYPE (AssaySpanRow, assay_span_row, GTK_TYPE_WIDGET)

enum
{
  SHOWN,
  TYPE_CHOSEN,
  SEVERITY_CHOSEN,
  COMMENT_CLICKED,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
shown_cb (AssaySpanRow *self)
{
  g_signal_emit (self, signals[SHOWN], 0);
}

static void
comment_clicked_cb (AssaySpanRow *self)
{
  g_signal_emit (self, signals[COMMENT_CLICKED], 0);
}

static void
removed_cb (AssaySpanRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
selected_cb (AssaySpanRow *self, GParamSpec *pspec, AssayDropDown *down)
{
  if (!self->in_show)
    g_signal_emit (self, signals[GTK_WIDGET (down) == self->type ? TYPE_CHOSEN : SEVERITY_CHOSEN],
                   0, (int) assay_drop_down_get_selected (down) - 1);
}

static GtkWidget *
new_drop_down (AssaySpanRow *self, GListModel *model)
{
  GtkWidget *down = assay_drop_down_new (model);

  g_signal_connect_swapped (down, "notify::selected", G_CALLBACK (selected_cb), self);
  return down;
}

static GtkWidget *
new_button (AssaySpanRow *self, const char *icon, const char *tooltip, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  assay_widget_set_tooltip (button, tooltip);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static void
assay_span_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (assay_span_row_parent_class)->dispose (object);
}

static void
assay_span_row_finalize (GObject *object)
{
  g_free (ASSAY_SPAN_ROW (object)->id);

  G_OBJECT_CLASS (assay_span_row_parent_class)->finalize (object);
}

static void
assay_span_row_class_init (AssaySpanRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_span_row_dispose;
  object_class->finalize = assay_span_row_finalize;

  signals[SHOWN] = g_signal_new ("shown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[TYPE_CHOSEN] = g_signal_new ("type-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SEVERITY_CHOSEN] =
      g_signal_new ("severity-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[COMMENT_CLICKED] = g_signal_new ("comment-clicked", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
assay_span_row_init (AssaySpanRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 3);
  gtk_widget_add_css_class (GTK_WIDGET (self), "assay-checklist-row");
}

GtkWidget *
assay_span_row_new (const char *id, GListModel *types, GListModel *severities)
{
  AssaySpanRow *self = g_object_new (ASSAY_TYPE_SPAN_ROW, NULL);
  GtkWidget *line;

  g_return_val_if_fail (id != NULL, NULL);

  self->id = g_strdup (id);
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  self->quote = gtk_button_new ();
  self->quote_label =
      g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                    "lines", 2, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_button_set_child (GTK_BUTTON (self->quote), self->quote_label);
  gtk_widget_add_css_class (self->quote, "flat");
  gtk_widget_set_hexpand (self->quote, TRUE);
  g_signal_connect_swapped (self->quote, "clicked", G_CALLBACK (shown_cb), self);
  gtk_box_append (GTK_BOX (line), self->quote);
  self->comment_button = new_button (self, "document-edit-symbolic", _ ("Comment and Suggestion"),
                                     G_CALLBACK (comment_clicked_cb));
  gtk_box_append (GTK_BOX (line), self->comment_button);
  self->remove_button =
      new_button (self, "edit-delete-symbolic", _ ("Remove Mark"), G_CALLBACK (removed_cb));
  gtk_box_append (GTK_BOX (line), self->remove_button);
  gtk_widget_set_parent (line, GTK_WIDGET (self));

  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->type = new_drop_down (self, types);
  gtk_widget_set_hexpand (self->type, TRUE);
  gtk_box_append (GTK_BOX (line), self->type);
  if (g_list_model_get_n_items (severities) > 1)
    {
      self->severity = new_drop_down (self, severities);
      gtk_box_append (GTK_BOX (line), self->severity);
    }
  gtk_widget_set_parent (line, GTK_WIDGET (self));

  self->comment =
      g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                    "lines", 3, "ellipsize", PANGO_ELLIPSIZE_END, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->comment, "caption");
  gtk_widget_add_css_class (self->comment, "assay-comment");
  gtk_widget_set_parent (self->comment, GTK_WIDGET (self));
  self->issues = assay_issue_list_new ();
  gtk_widget_set_parent (self->issues, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

const char *
assay_span_row_get_id (AssaySpanRow *self)
{
  g_return_val_if_fail (ASSAY_IS_SPAN_ROW (self), NULL);

  return self->id;
}

GtkWidget *
assay_span_row_get_stop (AssaySpanRow *self)
{
  g_return_val_if_fail (ASSAY_IS_SPAN_ROW (self), NULL);

  return self->quote;
}

static void
name_control (GtkWidget *control, const char *format, const char *quote)
{
  g_autofree char *label = g_strdup_printf (format, quote);

  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static const char *
get_choice (GtkWidget *down)
{
  return down == NULL ? "" : assay_drop_down_get_selected_name (ASSAY_DROP_DOWN (down));
}

/* What was said of a mark, and what should stand in its place. (transfer full) */
static char *
describe_comment (const AssaySpanMark *mark)
{
  GString *text = g_string_new (NULL);
  g_autofree char *line = NULL;

  if (mark->comment != NULL)
    {
      line = assay_visible_line (mark->comment, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS);
      g_string_append (text, line);
    }
  if (mark->suggestion != NULL)
    {
      g_free (line);
      line = assay_visible_line (mark->suggestion, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS);
      if (text->len > 0)
        g_string_append_c (text, '\n');
      /* Translators: %s is what should stand in the place of the marked text. */
      g_string_append_printf (text, C_ ("marked text", "Better: %s"), line);
    }
  return g_string_free_and_steal (text);
}

void
assay_span_row_show (AssaySpanRow *self,
                     const AssaySpanMark *mark,
                     int type,
                     int severity,
                     gboolean is_detached)
{
  g_autofree char *quote = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  g_autofree char *comment = NULL;

  g_return_if_fail (ASSAY_IS_SPAN_ROW (self));
  g_return_if_fail (mark != NULL);

  quote = assay_visible_line (mark->span != NULL ? mark->span->quote : "", QUOTE_CHARACTERS);
  /* Translators: %s is a piece of text that was marked; its place is not found any more. */
  text = g_strdup_printf (is_detached ? _ ("“%s” (not found in the text)")
                                      : C_ ("marked text", "“%s”"),
                          quote);
  gtk_label_set_text (GTK_LABEL (self->quote_label), text);

  self->in_show = TRUE;
  assay_drop_down_set_selected (ASSAY_DROP_DOWN (self->type), (guint) (type + 1));
  if (self->severity != NULL)
    assay_drop_down_set_selected (ASSAY_DROP_DOWN (self->severity), (guint) (severity + 1));
  self->in_show = FALSE;

  /* Translators: a piece of marked text, its type of error and its severity. */
  name = g_strdup_printf (C_ ("marked text", "%s, %s, %s"), text, get_choice (self->type),
                          get_choice (self->severity));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->quote), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  name_control (GTK_WIDGET (self), "%s", text);
  name_control (self->type, _ ("Type of %s"), text);
  if (self->severity != NULL)
    name_control (self->severity, _ ("Severity of %s"), text);
  name_control (self->comment_button, _ ("Comment on %s"), text);
  name_control (self->remove_button, _ ("Remove the mark on %s"), text);

  comment = describe_comment (mark);
  gtk_label_set_text (GTK_LABEL (self->comment), comment);
  gtk_widget_set_visible (self->comment, *comment != '\0');
}

void
assay_span_row_set_issues (AssaySpanRow *self, GPtrArray *issues)
{
  g_return_if_fail (ASSAY_IS_SPAN_ROW (self));

  assay_issue_list_set_issues (ASSAY_ISSUE_LIST (self->issues), issues);
}
