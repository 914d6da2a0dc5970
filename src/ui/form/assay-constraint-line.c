/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <libdex.h>

#include "assay-constraint-line.h"

#include "assay-constraint.h"
#include "assay-json.h"
#include "assay-limits.h"
#include "assay-visible-text.h"

#define STACK_BYTES (512 * 1024)

struct _AssayConstraintLine
{
  GtkBox parent_instance;

  GtkWidget *image;
  GtkWidget *label;
  guint serial; /* what was found in an earlier text comes too late */
};

/* One check, on its way to another thread and back. */
typedef struct
{
  GWeakRef line;
  char *type;
  JsonNode *args; /* (owned) (nullable): sealed */
  AssayDocument *text;
  guint serial;
  AssayConstraintResult result;
  char *evidence;
} Check;

G_DEFINE_FINAL_TYPE (AssayConstraintLine, assay_constraint_line, GTK_TYPE_BOX)

static void
check_clear (gpointer data)
{
  Check *check = data;

  g_weak_ref_clear (&check->line);
  g_free (check->type);
  g_clear_pointer (&check->args, json_node_unref);
  g_object_unref (check->text);
  g_free (check->evidence);
}

static void
check_unref (gpointer check)
{
  g_atomic_rc_box_release_full (check, check_clear);
}

static DexFuture *
check_fiber (gpointer user_data)
{
  Check *check = user_data;

  check->result =
      assay_constraint_check (check->type,
                              check->args != NULL ? assay_json_node_object (check->args) : NULL,
                              assay_document_get_text (check->text), &check->evidence);
  return dex_future_new_true ();
}

static const char *
get_icon_name (AssayConstraintResult result)
{
  switch (result)
    {
    case ASSAY_CONSTRAINT_PASS:
      return "object-select-symbolic";
    case ASSAY_CONSTRAINT_FAIL:
      return "dialog-warning-symbolic";
    case ASSAY_CONSTRAINT_UNKNOWN:
    default:
      return "dialog-question-symbolic";
    }
}

static char *
describe (const Check *check)
{
  g_autofree char *evidence =
      assay_visible_line (check->evidence, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS);

  switch (check->result)
    {
    case ASSAY_CONSTRAINT_PASS:
      /* Translators: what a check found in a text, as in "214 words; asked for: at most 250". */
      return g_strdup_printf (_ ("Check: followed. %s"), evidence);
    case ASSAY_CONSTRAINT_FAIL:
      /* Translators: what a check found in a text, as in "214 words; asked for: at most 150". */
      return g_strdup_printf (_ ("Check: not followed. %s"), evidence);
    case ASSAY_CONSTRAINT_UNKNOWN:
    default:
      /* Translators: why a check of a text could not decide. */
      return g_strdup_printf (_ ("Check: cannot tell. %s"), evidence);
    }
}

static DexFuture *
checked_cb (DexFuture *future, gpointer user_data)
{
  Check *check = user_data;
  g_autoptr (AssayConstraintLine) self = g_weak_ref_get (&check->line);
  g_autofree char *text = NULL;

  if (self == NULL || self->serial != check->serial)
    return NULL;
  text = describe (check);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->image), get_icon_name (check->result));
  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  return NULL;
}

static void
assay_constraint_line_class_init (AssayConstraintLineClass *klass)
{
}

static void
assay_constraint_line_init (AssayConstraintLine *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);
  /* Clear of the ring around the bar that has the focus. */
  gtk_widget_set_margin_top (GTK_WIDGET (self), 3);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->image = g_object_new (GTK_TYPE_IMAGE, "valign", GTK_ALIGN_START, "accessible-role",
                              GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                              PANGO_WRAP_WORD_CHAR, "hexpand", TRUE, NULL);
  gtk_box_append (GTK_BOX (self), self->image);
  gtk_box_append (GTK_BOX (self), self->label);
  gtk_widget_add_css_class (GTK_WIDGET (self), "caption");
}

GtkWidget *
assay_constraint_line_new (void)
{
  return g_object_new (ASSAY_TYPE_CONSTRAINT_LINE, NULL);
}

void
assay_constraint_line_check (AssayConstraintLine *self,
                             const char *type,
                             JsonNode *args,
                             AssayDocument *text)
{
  Check *check;

  g_return_if_fail (ASSAY_IS_CONSTRAINT_LINE (self));
  g_return_if_fail (type != NULL);
  g_return_if_fail (text == NULL || ASSAY_IS_DOCUMENT (text));

  self->serial++;
  if (text == NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }
  check = g_atomic_rc_box_new0 (Check);
  g_weak_ref_init (&check->line, self);
  check->serial = self->serial;
  check->type = g_strdup (type);
  check->args = args != NULL ? json_node_ref (args) : NULL;
  check->text = g_object_ref (text);
  dex_future_disown (dex_future_then (
      dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), STACK_BYTES, check_fiber,
                           g_atomic_rc_box_acquire (check), check_unref),
      checked_cb, check, check_unref));
}
