/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-issue-list.h"

#include "assay-limits.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

struct _AssayIssueList
{
  GtkWidget parent_instance;

  GPtrArray *issues;
};

G_DEFINE_FINAL_TYPE (AssayIssueList, assay_issue_list, GTK_TYPE_WIDGET)

static gboolean
issues_equal (GPtrArray *a, GPtrArray *b)
{
  guint n_a = a != NULL ? a->len : 0;
  guint n_b = b != NULL ? b->len : 0;

  if (n_a != n_b)
    return FALSE;
  for (guint i = 0; i < n_a; i++)
    {
      AssayIssue *one = g_ptr_array_index (a, i);
      AssayIssue *other = g_ptr_array_index (b, i);

      if (assay_issue_get_level (one) != assay_issue_get_level (other)
          || g_strcmp0 (assay_issue_get_message (one), assay_issue_get_message (other)) != 0)
        return FALSE;
    }
  return TRUE;
}

static GtkWidget *
make_line (AssayIssue *issue)
{
  static const struct
  {
    const char *icon;
    const char *css_class;
  } looks[] = {
    [ASSAY_ISSUE_HINT] = { "dialog-information-symbolic", "dim-label" },
    [ASSAY_ISSUE_WARNING] = { "dialog-warning-symbolic", "warning" },
    [ASSAY_ISSUE_ERROR] = { "dialog-error-symbolic", "error" },
  };
  AssayIssueLevel level = assay_issue_get_level (issue);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *message = assay_issue_dup_shown (issue);
  GtkWidget *icon, *label;

  icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", looks[level].icon, "pixel-size", 14,
                       "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign",
                       GTK_ALIGN_START, "margin-top", 1, NULL);
  label = g_object_new (GTK_TYPE_LABEL, "label", message, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                        PANGO_WRAP_WORD_CHAR, "hexpand", TRUE, NULL);
  gtk_box_append (GTK_BOX (line), icon);
  assay_widget_keep_words (label);
  gtk_box_append (GTK_BOX (line), label);
  gtk_widget_add_css_class (line, "caption");
  gtk_widget_add_css_class (line, looks[level].css_class);
  return line;
}

static void
clear_lines (AssayIssueList *self)
{
  GtkWidget *line;

  while ((line = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (line);
}

static void
assay_issue_list_dispose (GObject *object)
{
  AssayIssueList *self = ASSAY_ISSUE_LIST (object);

  clear_lines (self);
  g_clear_pointer (&self->issues, g_ptr_array_unref);

  G_OBJECT_CLASS (assay_issue_list_parent_class)->dispose (object);
}

static void
assay_issue_list_class_init (AssayIssueListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_issue_list_dispose;

  gtk_widget_class_set_css_name (widget_class, "assay-issue-list");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
assay_issue_list_init (AssayIssueList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 3);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
assay_issue_list_new (void)
{
  return g_object_new (ASSAY_TYPE_ISSUE_LIST, NULL);
}

void
assay_issue_list_set_issues (AssayIssueList *self, GPtrArray *issues)
{
  g_autoptr (GString) text = NULL;

  g_return_if_fail (ASSAY_IS_ISSUE_LIST (self));

  if (issues_equal (self->issues, issues))
    return;
  clear_lines (self);
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  text = g_string_new (NULL);
  if (issues != NULL && issues->len > 0)
    {
      self->issues = g_ptr_array_new_with_free_func (g_object_unref);
      for (guint i = 0; i < issues->len; i++)
        {
          AssayIssue *issue = g_ptr_array_index (issues, i);
          g_autofree char *message = assay_issue_dup_shown (issue);

          g_ptr_array_add (self->issues, g_object_ref (issue));
          gtk_widget_set_parent (make_line (issue), GTK_WIDGET (self));
          g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", message);
        }
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str,
                                  -1);
  gtk_widget_set_visible (GTK_WIDGET (self), self->issues != NULL);
}

gboolean
assay_issue_list_has_error (AssayIssueList *self)
{
  g_return_val_if_fail (ASSAY_IS_ISSUE_LIST (self), FALSE);

  for (guint i = 0; self->issues != NULL && i < self->issues->len; i++)
    {
      if (assay_issue_get_level (g_ptr_array_index (self->issues, i)) == ASSAY_ISSUE_ERROR)
        return TRUE;
    }
  return FALSE;
}

char *
assay_issue_dup_shown (AssayIssue *issue)
{
  g_return_val_if_fail (ASSAY_IS_ISSUE (issue), NULL);

  return assay_visible_sentence (assay_issue_get_message (issue),
                                 ASSAY_LIMIT_LABEL_TEXT_CHARACTERS);
}
