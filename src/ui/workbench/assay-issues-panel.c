/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-issues-panel.h"

#include "assay-announce.h"
#include "assay-issue-list.h"
#include "assay-widget.h"

struct _AssayIssuesPanel
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkRevealer *revealer;
  GtkWidget *icon;
  GtkLabel *heading;
  GtkListBox *list;

  GPtrArray *issues; /* (owned) AssayIssue: those that are listed */
  guint next;
};

G_DEFINE_FINAL_TYPE (AssayIssuesPanel, assay_issues_panel, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_ISSUE_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_same (AssayIssue *a, AssayIssue *b)
{
  return g_strcmp0 (assay_issue_get_rule (a), assay_issue_get_rule (b)) == 0
         && g_strcmp0 (assay_issue_get_question (a), assay_issue_get_question (b)) == 0
         && g_strcmp0 (assay_issue_get_response (a), assay_issue_get_response (b)) == 0
         && g_strcmp0 (assay_issue_get_item (a), assay_issue_get_item (b)) == 0
         && g_strcmp0 (assay_issue_get_message (a), assay_issue_get_message (b)) == 0;
}

static gboolean
are_same (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!is_same (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

static void
add_row (AssayIssuesPanel *self, AssayIssue *issue)
{
  g_autofree char *message = assay_issue_dup_shown (issue);
  GtkWidget *label = gtk_label_new (message);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  assay_widget_keep_words (label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, message, -1);
  gtk_list_box_append (self->list, row);
}

static void
activate (AssayIssuesPanel *self, guint index)
{
  self->next = index + 1;
  g_signal_emit (self, signals[SIGNAL_ISSUE_ACTIVATED], 0, g_ptr_array_index (self->issues, index));
}

static void
row_activated_cb (AssayIssuesPanel *self, GtkListBoxRow *row)
{
  guint index = (guint) gtk_list_box_row_get_index (row);

  if (index < self->issues->len)
    activate (self, index);
}

static void
hide_clicked_cb (AssayIssuesPanel *self)
{
  assay_issues_panel_set_issues (self, NULL);
}

static void
assay_issues_panel_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_ISSUES_PANEL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (assay_issues_panel_parent_class)->dispose (object);
}

static void
assay_issues_panel_finalize (GObject *object)
{
  AssayIssuesPanel *self = ASSAY_ISSUES_PANEL (object);

  g_clear_pointer (&self->issues, g_ptr_array_unref);

  G_OBJECT_CLASS (assay_issues_panel_parent_class)->finalize (object);
}

static void
assay_issues_panel_class_init (AssayIssuesPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_issues_panel_dispose;
  object_class->finalize = assay_issues_panel_finalize;

  signals[SIGNAL_ISSUE_ACTIVATED] =
      g_signal_new ("issue-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, ASSAY_TYPE_ISSUE);

  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/workbench/assay-issues-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayIssuesPanel, revealer);
  gtk_widget_class_bind_template_child (widget_class, AssayIssuesPanel, icon);
  gtk_widget_class_bind_template_child (widget_class, AssayIssuesPanel, heading);
  gtk_widget_class_bind_template_child (widget_class, AssayIssuesPanel, list);
  gtk_widget_class_bind_template_callback (widget_class, hide_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
assay_issues_panel_init (AssayIssuesPanel *self)
{
  self->issues = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
assay_issues_panel_new (void)
{
  return g_object_new (ASSAY_TYPE_ISSUES_PANEL, NULL);
}

void
assay_issues_panel_set_issues (AssayIssuesPanel *self, GPtrArray *issues)
{
  g_autoptr (GPtrArray) listed = g_ptr_array_new_with_free_func (g_object_unref);
  AssayIssueLevel level = ASSAY_ISSUE_WARNING;
  g_autofree char *heading = NULL;

  g_return_if_fail (ASSAY_IS_ISSUES_PANEL (self));

  for (guint i = 0; issues != NULL && i < issues->len; i++)
    level = MAX (level, assay_issue_get_level (g_ptr_array_index (issues, i)));
  for (guint i = 0; issues != NULL && i < issues->len; i++)
    if (assay_issue_get_level (g_ptr_array_index (issues, i)) == level)
      g_ptr_array_add (listed, g_object_ref (g_ptr_array_index (issues, i)));

  if (level == ASSAY_ISSUE_ERROR)
    heading = g_strdup_printf (ngettext ("%u place needs attention before submitting",
                                         "%u places need attention before submitting", listed->len),
                               listed->len);
  else
    heading = g_strdup (_ ("Worth a look. Submit again to send it as it is."));
  gtk_revealer_set_reveal_child (self->revealer, listed->len > 0);
  if (are_same (listed, self->issues))
    return;

  /* The list keeps its rows while it slides away. */
  g_ptr_array_unref (self->issues);
  self->issues = g_steal_pointer (&listed);
  self->next = 0;
  if (self->issues->len == 0)
    return;
  gtk_label_set_text (self->heading, heading);
  gtk_widget_set_css_classes (
      self->icon, (const char *[]) { level == ASSAY_ISSUE_ERROR ? "error" : "warning", NULL });
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < self->issues->len; i++)
    add_row (self, g_ptr_array_index (self->issues, i));
  assay_announce (GTK_WIDGET (self), heading);
}

gboolean
assay_issues_panel_get_shown (AssayIssuesPanel *self)
{
  g_return_val_if_fail (ASSAY_IS_ISSUES_PANEL (self), FALSE);

  return self->issues->len > 0;
}

AssayIssue *
assay_issues_panel_next (AssayIssuesPanel *self)
{
  g_return_val_if_fail (ASSAY_IS_ISSUES_PANEL (self), NULL);

  if (self->issues->len == 0)
    return NULL;
  if (self->next >= self->issues->len)
    self->next = 0;
  return g_ptr_array_index (self->issues, self->next++);
}
