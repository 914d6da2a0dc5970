/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-comment-popover.h"

#include "assay-text-area.h"
#include "assay-widget.h"

struct _AssayCommentPopover
{
  GtkPopover parent_instance;

  GtkWidget *title;
  GtkWidget *box;
  GtkWidget *area;
  GtkWidget *suggestion; /* (nullable) */
  GtkWidget *about;      /* (not owned) (nullable): weak pointer */
};

G_DEFINE_FINAL_TYPE (AssayCommentPopover, assay_comment_popover, GTK_TYPE_POPOVER)

enum
{
  EDITED,
  SUGGESTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
edited_cb (AssayCommentPopover *self)
{
  g_autofree char *text = assay_text_area_dup_text (ASSAY_TEXT_AREA (self->area));

  g_signal_emit (self, signals[EDITED], 0, text);
}

static void
suggested_cb (AssayCommentPopover *self)
{
  g_autofree char *text = assay_text_area_dup_text (ASSAY_TEXT_AREA (self->suggestion));

  g_signal_emit (self, signals[SUGGESTED], 0, text);
}

static gboolean
key_pressed_cb (AssayCommentPopover *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) && (state & GDK_CONTROL_MASK) != 0)
    {
      gtk_popover_popdown (GTK_POPOVER (self));
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
assay_comment_popover_closed (GtkPopover *popover)
{
  AssayCommentPopover *self = ASSAY_COMMENT_POPOVER (popover);
  g_autoptr (GtkWidget) about = self->about != NULL ? g_object_ref (self->about) : NULL;

  if (about != NULL && gtk_widget_get_mapped (about))
    gtk_widget_grab_focus (about);
  g_clear_weak_pointer (&self->about);
}

static void
assay_comment_popover_dispose (GObject *object)
{
  g_clear_weak_pointer (&ASSAY_COMMENT_POPOVER (object)->about);

  G_OBJECT_CLASS (assay_comment_popover_parent_class)->dispose (object);
}

static void
assay_comment_popover_class_init (AssayCommentPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = assay_comment_popover_dispose;
  GTK_POPOVER_CLASS (klass)->closed = assay_comment_popover_closed;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SUGGESTED] = g_signal_new ("suggested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
add_area (AssayCommentPopover *self, GCallback callback)
{
  GtkWidget *area = assay_text_area_new ();

  gtk_widget_set_size_request (area, 280, -1);
  g_signal_connect_swapped (area, "edited", callback, self);
  gtk_box_append (GTK_BOX (self->box), area);
  return area;
}

static void
assay_comment_popover_init (AssayCommentPopover *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "max-width-chars", 36,
                              "css-classes", (const char *[]) { "caption-heading", NULL }, NULL);
  gtk_box_append (GTK_BOX (self->box), self->title);
  self->area = add_area (self, G_CALLBACK (edited_cb));
  gtk_popover_set_child (GTK_POPOVER (self), self->box);
  assay_widget_keep_words (self->box);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
assay_comment_popover_new (AssayJudgement *judgement)
{
  AssayCommentPopover *self = g_object_new (ASSAY_TYPE_COMMENT_POPOVER, NULL);

  assay_text_area_set_judgement (ASSAY_TEXT_AREA (self->area), judgement);
  return GTK_WIDGET (self);
}

GtkWidget *
assay_comment_popover_new_with_suggestion (AssayJudgement *judgement)
{
  AssayCommentPopover *self = ASSAY_COMMENT_POPOVER (assay_comment_popover_new (judgement));
  const char *label = _ ("What should stand there");

  gtk_box_append (GTK_BOX (self->box),
                  g_object_new (GTK_TYPE_LABEL, "label", label, "xalign", 0.0, "css-classes",
                                (const char *[]) { "caption", "dim-label", NULL }, NULL));
  self->suggestion = add_area (self, G_CALLBACK (suggested_cb));
  assay_text_area_set_judgement (ASSAY_TEXT_AREA (self->suggestion), judgement);
  gtk_accessible_update_property (GTK_ACCESSIBLE (assay_text_area_get_text_view (
                                      ASSAY_TEXT_AREA (self->suggestion))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}

void
assay_comment_popover_open (AssayCommentPopover *self,
                            GtkWidget *about,
                            const char *title,
                            const char *text,
                            gboolean required)
{
  graphene_rect_t bounds;

  g_return_if_fail (ASSAY_IS_COMMENT_POPOVER (self));
  g_return_if_fail (GTK_IS_WIDGET (about));
  g_return_if_fail (title != NULL);

  g_set_weak_pointer (&self->about, about);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  assay_text_area_set_placeholder (ASSAY_TEXT_AREA (self->area),
                                   required ? _ ("A comment is needed here") : _ ("Comment"));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (assay_text_area_get_text_view (ASSAY_TEXT_AREA (self->area))),
      GTK_ACCESSIBLE_PROPERTY_LABEL, title, GTK_ACCESSIBLE_PROPERTY_REQUIRED, required, -1);
  assay_text_area_show_text (ASSAY_TEXT_AREA (self->area), text);

  if (gtk_widget_compute_bounds (about, gtk_widget_get_parent (GTK_WIDGET (self)), &bounds))
    gtk_popover_set_pointing_to (GTK_POPOVER (self),
                                 &(GdkRectangle) { bounds.origin.x, bounds.origin.y,
                                                   bounds.size.width, bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (self->area);
}

GtkWidget *
assay_comment_popover_get_about (AssayCommentPopover *self)
{
  g_return_val_if_fail (ASSAY_IS_COMMENT_POPOVER (self), NULL);

  return self->about;
}

void
assay_comment_popover_show_text (AssayCommentPopover *self, const char *text)
{
  g_return_if_fail (ASSAY_IS_COMMENT_POPOVER (self));

  assay_text_area_show_text (ASSAY_TEXT_AREA (self->area), text);
}

void
assay_comment_popover_show_suggestion (AssayCommentPopover *self, const char *suggestion)
{
  g_return_if_fail (ASSAY_IS_COMMENT_POPOVER (self));
  g_return_if_fail (self->suggestion != NULL);

  assay_text_area_show_text (ASSAY_TEXT_AREA (self->suggestion), suggestion);
}
