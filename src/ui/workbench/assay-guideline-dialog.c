/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-guideline-dialog.h"

#include <glib/gi18n.h>

#include "assay-document-compare.h"
#include "assay-document-view.h"
#include "assay-guideline-changes.h"
#include "assay-json.h"
#include "assay-limits.h"
#include "assay-store-accounts.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

/* Each rule is two documents. What changed in more rules than these is read in the whole text. */
#define MOST_SHOWN_CHANGES 50

struct _AssayGuidelineDialog
{
  AdwDialog parent_instance;

  /* Template widgets */
  AdwWindowTitle *window_title;
  AdwViewStack *stack;
  AdwViewStackPage *changes_page;
  GtkWidget *switcher;
  GtkLabel *count;
  GtkLabel *summary;
  GtkBox *changes;
  AdwPreferencesGroup *touched;
  AssayDocumentView *whole;
  GtkWidget *acknowledge_button;

  AssayGuideline *guideline; /* (owned) */
};

G_DEFINE_FINAL_TYPE (AssayGuidelineDialog, assay_guideline_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_ACKNOWLEDGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
acknowledge_clicked_cb (AssayGuidelineDialog *self)
{
  g_signal_emit (self, signals[SIGNAL_ACKNOWLEDGED], 0);
  adw_dialog_close (ADW_DIALOG (self));
}

/* The two sides of a rule that changed. */
typedef struct
{
  AssayDocumentView *views[2]; /* (owned) */
} Sides;

static void
sides_free (gpointer data)
{
  Sides *sides = data;

  g_object_unref (sides->views[0]);
  g_object_unref (sides->views[1]);
  g_free (sides);
}

static DexFuture *
compared_cb (DexFuture *future, gpointer user_data)
{
  Sides *sides = user_data;
  const GValue *value = dex_future_get_value (future, NULL);

  for (AssaySide side = ASSAY_SIDE_A; value != NULL && side <= ASSAY_SIDE_B; side++)
    {
      AssayComparison *comparison = g_value_get_boxed (value);
      g_autoptr (AssayDifferences) differences = assay_differences_new (&comparison, &side, 1);

      assay_document_view_set_differences (sides->views[side], differences, ASSAY_DIFFERENCE_OWN,
                                           NULL);
    }
  return NULL;
}

static AssayDocument *
make_document (const char *id, const char *text)
{
  return assay_document_new (ASSAY_DOCUMENT_REFERENCE, id, text, NULL, NULL, NULL);
}

/* A text in a card, under what it is. (transfer none) */
static AssayDocumentView *
add_text (GtkBox *box, const char *title, AssayDocument *document)
{
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *card = adw_bin_new ();
  GtkWidget *view = assay_document_view_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_box_append (box, label);

  assay_document_view_set_fit_content (ASSAY_DOCUMENT_VIEW (view), TRUE);
  assay_document_view_set_label (ASSAY_DOCUMENT_VIEW (view), title);
  assay_document_view_set_document (ASSAY_DOCUMENT_VIEW (view), document);
  gtk_widget_set_margin_top (view, 9);
  gtk_widget_set_overflow (card, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (card, "card");
  adw_bin_set_child (ADW_BIN (card), view);
  gtk_box_append (box, card);
  return ASSAY_DOCUMENT_VIEW (view);
}

static char *
make_title (const AssayRuleChange *change)
{
  g_autofree char *title = *change->title != '\0'
                               ? assay_visible_line (change->title, ASSAY_LIMIT_LABEL_CHARACTERS)
                               : g_strdup (_ ("Before the first heading"));

  switch (change->kind)
    {
    case ASSAY_RULE_ADDED:
      /* Translators: a rule of a guideline; %s is its title. */
      return g_strdup_printf (_ ("New: %s"), title);
    case ASSAY_RULE_REMOVED:
      return g_strdup_printf (_ ("Removed: %s"), title);
    case ASSAY_RULE_RENAMED:
      {
        g_autofree char *old = assay_visible_line (change->old_title, ASSAY_LIMIT_LABEL_CHARACTERS);

        /* Translators: a rule of a guideline; what it is called now, and what it was called. */
        return g_strdup_printf (_ ("Renamed: %1$s, before %2$s"), title, old);
      }
    case ASSAY_RULE_CHANGED:
    default:
      return g_strdup_printf (_ ("Changed: %s"), title);
    }
}

static void
add_change (AssayGuidelineDialog *self, const AssayRuleChange *change)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *title = make_title (change);
  GtkWidget *heading = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_widget_add_css_class (heading, "heading");
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (box), heading);
  if (change->kind == ASSAY_RULE_CHANGED)
    {
      g_autoptr (AssayDocument) before = make_document ("before", change->before);
      g_autoptr (AssayDocument) after = make_document ("after", change->after);
      Sides *sides = g_new0 (Sides, 1);

      sides->views[0] = g_object_ref (add_text (GTK_BOX (box), C_ ("rule", "Before"), before));
      sides->views[1] = g_object_ref (add_text (GTK_BOX (box), C_ ("rule", "Now"), after));
      dex_future_disown (dex_future_finally (assay_document_compare (before, after), compared_cb,
                                             sides, sides_free));
    }
  else if (change->kind != ASSAY_RULE_RENAMED)
    {
      gboolean added = change->kind == ASSAY_RULE_ADDED;
      g_autoptr (AssayDocument) text =
          make_document (added ? "after" : "before", added ? change->after : change->before);

      add_text (GTK_BOX (box), added ? C_ ("rule", "Now") : C_ ("rule", "Before"), text);
    }
  gtk_box_append (self->changes, box);
}

static void
show_changes (AssayGuidelineDialog *self, AssayGuideline *guideline, AssayGuideline *before)
{
  g_autoptr (GPtrArray) changes = assay_guideline_compare (assay_guideline_get_text (before),
                                                           assay_guideline_get_text (guideline));
  g_autofree char *count = NULL;

  if (changes->len == 0)
    count = g_strdup (_ ("No rule differs from the version that you saw"));
  else
    /* Translators: how many rules of a guideline changed, and since which version. */
    count = g_strdup_printf (ngettext ("%1$u rule changed since version %2$d",
                                       "%1$u rules changed since version %2$d", changes->len),
                             changes->len, assay_guideline_get_version (before));
  gtk_label_set_text (self->count, count);
  for (guint i = 0; i < MIN (changes->len, MOST_SHOWN_CHANGES); i++)
    add_change (self, g_ptr_array_index (changes, i));
  if (changes->len > MOST_SHOWN_CHANGES)
    {
      GtkWidget *more = gtk_label_new (_ ("The other changes are in the whole guideline."));

      gtk_label_set_xalign (GTK_LABEL (more), 0);
      gtk_label_set_wrap (GTK_LABEL (more), TRUE);
      gtk_box_append (self->changes, more);
    }
}

static void
assay_guideline_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_GUIDELINE_DIALOG);
  g_clear_object (&ASSAY_GUIDELINE_DIALOG (object)->guideline);

  G_OBJECT_CLASS (assay_guideline_dialog_parent_class)->dispose (object);
}

static void
assay_guideline_dialog_class_init (AssayGuidelineDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = assay_guideline_dialog_dispose;

  signals[SIGNAL_ACKNOWLEDGED] =
      g_signal_new ("acknowledged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);

  g_type_ensure (ASSAY_TYPE_DOCUMENT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/workbench/assay-guideline-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayGuidelineDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, AssayGuidelineDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, AssayGuidelineDialog, changes_page);
  gtk_widget_class_bind_template_child (widget_class, AssayGuidelineDialog, switcher);
  gtk_widget_class_bind_template_child (widget_class, AssayGuidelineDialog, count);
  gtk_widget_class_bind_template_child (widget_class, AssayGuidelineDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, AssayGuidelineDialog, changes);
  gtk_widget_class_bind_template_child (widget_class, AssayGuidelineDialog, touched);
  gtk_widget_class_bind_template_child (widget_class, AssayGuidelineDialog, whole);
  gtk_widget_class_bind_template_child (widget_class, AssayGuidelineDialog, acknowledge_button);
  gtk_widget_class_bind_template_callback (widget_class, acknowledge_clicked_cb);
}

static void
assay_guideline_dialog_init (AssayGuidelineDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  assay_document_view_set_label (self->whole, _ ("Guideline"));
}

/* Those that were begun under an older version. */
static void
show_touched (AssayGuidelineDialog *self, const char *const *titles)
{
  for (guint i = 0; titles[i] != NULL; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *title = assay_visible_line (titles[i], ASSAY_LIMIT_LABEL_CHARACTERS);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_preferences_group_add (self->touched, row);
    }
  assay_widget_keep_words (GTK_WIDGET (self->touched));
  gtk_widget_set_visible (GTK_WIDGET (self->touched), titles[0] != NULL);
}

/* What there is to know of a guideline; each part may be missing. */
typedef struct
{
  AssayStore *store;         /* (owned) */
  AssayGuideline *guideline; /* (owned) */
  int seen;
  gint64 project;

  AssayGuideline *before; /* (owned) (nullable) */
  JsonNode *terms;        /* (owned) (nullable) */
  GStrv touched;          /* (owned) (nullable) */
} Loading;

static void
loading_free (gpointer data)
{
  Loading *loading = data;

  g_object_unref (loading->store);
  g_object_unref (loading->guideline);
  g_clear_object (&loading->before);
  g_clear_pointer (&loading->terms, json_node_unref);
  g_strfreev (loading->touched);
  g_free (loading);
}

static AdwDialog *
make_dialog (const Loading *loading)
{
  AssayGuidelineDialog *self = g_object_new (ASSAY_TYPE_GUIDELINE_DIALOG, NULL);
  AssayGuideline *guideline = loading->guideline;
  JsonObject *terms = loading->terms != NULL ? assay_json_node_object (loading->terms) : NULL;
  const char *summary = terms != NULL ? assay_json_get_string (terms, "summary_of_changes") : NULL;
  g_autofree char *title =
      assay_visible_line (assay_guideline_get_title (guideline), ASSAY_LIMIT_LABEL_CHARACTERS);
  /* Translators: of a guideline. */
  g_autofree char *version =
      g_strdup_printf (_ ("Version %d"), assay_guideline_get_version (guideline));
  g_autofree char *said =
      summary != NULL ? assay_visible_line (summary, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS) : NULL;
  g_autoptr (AssayDocument) whole =
      make_document ("guideline", assay_guideline_get_text (guideline));

  self->guideline = g_object_ref (guideline);
  adw_window_title_set_title (self->window_title, *title != '\0' ? title : _ ("Guideline"));
  adw_window_title_set_subtitle (self->window_title, version);
  adw_dialog_set_title (ADW_DIALOG (self), *title != '\0' ? title : _ ("Guideline"));
  assay_document_view_set_document (self->whole, whole);
  gtk_label_set_text (self->summary, said != NULL ? said : "");
  gtk_widget_set_visible (GTK_WIDGET (self->summary), said != NULL);
  if (loading->before != NULL)
    {
      show_changes (self, guideline, loading->before);
      assay_widget_keep_words (GTK_WIDGET (self->changes));
    }
  else
    {
      adw_view_stack_set_visible_child_name (self->stack, "whole");
      adw_view_stack_page_set_visible (self->changes_page, FALSE);
      gtk_widget_set_visible (self->switcher, FALSE);
    }
  if (loading->touched != NULL)
    show_touched (self, (const char *const *) loading->touched);
  return ADW_DIALOG (self);
}

static DexFuture *
load_fiber (gpointer user_data)
{
  Loading *loading = user_data;
  const char *id = assay_guideline_get_id (loading->guideline);
  int version = assay_guideline_get_version (loading->guideline);
  g_autofree char *json = NULL;

  if (loading->seen > 0)
    loading->before =
        dex_await_object (assay_store_load_guideline (loading->store, id, loading->seen), NULL);
  json = dex_await_string (assay_store_get_guideline_terms (loading->store, id, version), NULL);
  if (json != NULL)
    loading->terms = assay_json_parse (json, -1, NULL);
  loading->touched =
      dex_await_boxed (assay_store_list_touched_tasks (loading->store, loading->project, version),
                       NULL);
  return dex_future_new_true ();
}

/* Widgets are made here: a fiber's stack is small. */
static DexFuture *
loaded_cb (DexFuture *future, gpointer user_data)
{
  return dex_future_new_take_object (g_object_ref_sink (make_dialog (user_data)));
}

DexFuture *
assay_guideline_dialog_load (AssayStore *store, AssayGuideline *guideline, int seen, gint64 project)
{
  Loading *loading;

  g_return_val_if_fail (ASSAY_IS_STORE (store), NULL);
  g_return_val_if_fail (ASSAY_IS_GUIDELINE (guideline), NULL);

  loading = g_new0 (Loading, 1);
  loading->store = g_object_ref (store);
  loading->guideline = g_object_ref (guideline);
  loading->seen = seen;
  loading->project = project;
  /* The record is freed once, by the last of the two steps. */
  return dex_future_finally (dex_scheduler_spawn (NULL, 0, load_fiber, loading, NULL), loaded_cb,
                             loading, loading_free);
}

AssayGuideline *
assay_guideline_dialog_get_guideline (AssayGuidelineDialog *self)
{
  g_return_val_if_fail (ASSAY_IS_GUIDELINE_DIALOG (self), NULL);

  return self->guideline;
}
