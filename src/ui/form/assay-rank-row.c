/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-rank-row.h"

#include "assay-limits.h"
#include "assay-point-bar.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

#define BEGINNING_MAX_CHARACTERS 120

struct _AssayRankRow
{
  GtkWidget parent_instance;

  char *response;
  char *letter;
  char *beginning;
  AssayRankQuestion *question;

  GtkWidget *line;
  GtkWidget *badge;
  GtkWidget *up;
  GtkWidget *down;
  GtkWidget *ends;    /* (nullable) */
  GtkWidget *quality; /* (nullable) */
  GtkWidget *buckets; /* (nullable) */
  gboolean held;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (AssayRankRow, assay_rank_row, GTK_TYPE_WIDGET)

enum
{
  MOVED,
  QUALITY_CHOSEN,
  END_CHOSEN,
  BUCKET_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
up_clicked_cb (AssayRankRow *self)
{
  g_signal_emit (self, signals[MOVED], 0, -1);
}

static void
down_clicked_cb (AssayRankRow *self)
{
  g_signal_emit (self, signals[MOVED], 0, 1);
}

static void
quality_chosen_cb (AssayRankRow *self, int index)
{
  g_signal_emit (self, signals[QUALITY_CHOSEN], 0, index == 0);
}

static void
end_chosen_cb (AssayRankRow *self, int index)
{
  g_signal_emit (self, signals[END_CHOSEN], 0, index == 0);
}

static void
bucket_selected_cb (AssayRankRow *self)
{
  const char *const *ids = assay_rank_question_get_bucket_ids (self->question);
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->buckets));

  if (!self->showing)
    g_signal_emit (self, signals[BUCKET_CHOSEN], 0, selected == 0 ? NULL : ids[selected - 1]);
}

static void
pressed_cb (AssayRankRow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
focus_leave_cb (AssayRankRow *self)
{
  assay_rank_row_set_held (self, FALSE);
}

static GtkWidget *
make_step_button (AssayRankRow *self, const char *icon, const char *tooltip, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  assay_widget_set_tooltip (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "assay-small-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* Alt+Up and Alt+Down do the same from the row. */
  gtk_widget_set_focusable (button, FALSE);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->line), button);
  return button;
}

static GtkWidget *
make_bar (AssayRankRow *self,
          const char *first,
          const char *first_text,
          const char *second,
          const char *second_text,
          const char *name,
          GCallback callback,
          GtkWidget *line)
{
  g_autoptr (AssayPoints) points = assay_points_new ();
  g_autofree char *label = NULL;
  GtkWidget *bar;

  assay_points_add (points, first, first_text);
  assay_points_add (points, second, second_text);
  bar = assay_point_bar_new (points);
  assay_point_bar_set_neutral (ASSAY_POINT_BAR (bar), TRUE);
  /* Translators: %s is a response's letter, then what is asked about it */
  label = g_strdup_printf (_ ("Response %s: %s"), self->letter, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (bar, "chosen", callback, self, G_CONNECT_SWAPPED);
  if (line != NULL)
    gtk_box_append (GTK_BOX (line), bar);
  else
    gtk_widget_set_parent (bar, GTK_WIDGET (self));
  return bar;
}

static void
build_buckets (AssayRankRow *self)
{
  const char *const *ids = assay_rank_question_get_bucket_ids (self->question);
  g_autoptr (GtkStringList) names = NULL;
  g_autofree char *label = NULL;

  if (ids == NULL || ids[0] == NULL)
    return;
  names = gtk_string_list_new (NULL);
  /* Translators: a response that was put into no group */
  gtk_string_list_append (names, C_ ("ranking", "No group"));
  for (gsize i = 0; ids[i] != NULL; i++)
    gtk_string_list_take (
        names, assay_visible_line (assay_rank_question_get_bucket_label (self->question, ids[i]),
                                   ASSAY_LIMIT_LABEL_CHARACTERS));
  self->buckets = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (names)), NULL);
  label = g_strdup_printf (_ ("Response %s: %s"), self->letter, C_ ("ranking", "group"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->buckets), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  g_signal_connect_object (self->buckets, "notify::selected", G_CALLBACK (bucket_selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->buckets, GTK_WIDGET (self));
}

static void
assay_rank_row_dispose (GObject *object)
{
  AssayRankRow *self = ASSAY_RANK_ROW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->question);

  G_OBJECT_CLASS (assay_rank_row_parent_class)->dispose (object);
}

static void
assay_rank_row_finalize (GObject *object)
{
  AssayRankRow *self = ASSAY_RANK_ROW (object);

  g_free (self->response);
  g_free (self->letter);
  g_free (self->beginning);

  G_OBJECT_CLASS (assay_rank_row_parent_class)->finalize (object);
}

static void
assay_rank_row_class_init (AssayRankRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_rank_row_dispose;
  object_class->finalize = assay_rank_row_finalize;

  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[QUALITY_CHOSEN] =
      g_signal_new ("quality-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[END_CHOSEN] = g_signal_new ("end-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[BUCKET_CHOSEN] =
      g_signal_new ("bucket-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "assay-rank-row");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
assay_rank_row_init (AssayRankRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 3);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

GtkWidget *
assay_rank_row_new (AssayRankQuestion *question,
                    const char *response,
                    const char *letter,
                    const char *beginning)
{
  AssayRankRow *self;
  GtkWidget *label;

  g_return_val_if_fail (ASSAY_IS_RANK_QUESTION (question), NULL);
  g_return_val_if_fail (response != NULL && letter != NULL && beginning != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_RANK_ROW, NULL);
  self->question = g_object_ref (question);
  self->response = g_strdup (response);
  self->letter = g_strdup (letter);
  self->beginning = assay_visible_line (beginning, BEGINNING_MAX_CHARACTERS);

  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));
  self->badge = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->badge, "assay-rank-badge");
  gtk_widget_add_css_class (self->badge, "numeric");
  gtk_widget_set_valign (self->badge, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->line), self->badge);
  label = gtk_label_new (letter);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (self->line), label);
  label = g_object_new (GTK_TYPE_LABEL, "label", self->beginning, "xalign", 0.0, "hexpand", TRUE,
                        "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (self->line), label);

  if (assay_rank_question_get_mode (question) == ASSAY_RANK_BEST_WORST)
    {
      gtk_widget_set_visible (self->badge, FALSE);
      self->ends =
          make_bar (self, C_ ("ranking", "Best"), _ ("The best of all"), C_ ("ranking", "Worst"),
                    _ ("The worst of all"),
                    /* Translators: what is asked about one response of several */
                    C_ ("ranking", "best or worst"), G_CALLBACK (end_chosen_cb), self->line);
      gtk_widget_set_size_request (self->ends, 132, -1);
    }
  else
    {
      self->up =
          make_step_button (self, "go-up-symbolic", _ ("Move Up"), G_CALLBACK (up_clicked_cb));
      self->down = make_step_button (self, "go-down-symbolic", _ ("Move Down"),
                                     G_CALLBACK (down_clicked_cb));
    }
  if (assay_rank_question_get_ask_quality (question))
    self->quality =
        make_bar (self, C_ ("quality", "Acceptable"), NULL, C_ ("quality", "Unacceptable"), NULL,
                  C_ ("ranking", "quality"), G_CALLBACK (quality_chosen_cb), NULL);
  build_buckets (self);
  return GTK_WIDGET (self);
}

const char *
assay_rank_row_get_response (AssayRankRow *self)
{
  g_return_val_if_fail (ASSAY_IS_RANK_ROW (self), NULL);

  return self->response;
}

void
assay_rank_row_show_rank (AssayRankRow *self,
                          guint rank,
                          gboolean tied,
                          guint place,
                          guint n,
                          gboolean can_move_up,
                          gboolean can_move_down)
{
  g_autofree char *badge = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (ASSAY_IS_RANK_ROW (self));

  if (rank == 0)
    {
      badge = g_strdup ("–");
      /* Translators: a response's letter and how its text begins */
      name = g_strdup_printf (_ ("Response %s, no rank: %s"), self->letter, self->beginning);
    }
  else if (tied)
    {
      /* Translators: the badge of a rank that several responses share */
      badge = g_strdup_printf (C_ ("rank", "=%u"), rank);
      name = g_strdup_printf (_ ("Response %s, rank %u, tied: %s"), self->letter, rank,
                              self->beginning);
    }
  else
    {
      badge = g_strdup_printf ("%u", rank);
      name = g_strdup_printf (_ ("Response %s, rank %u: %s"), self->letter, rank, self->beginning);
    }
  gtk_label_set_text (GTK_LABEL (self->badge), badge);
  if (rank == 0)
    gtk_widget_add_css_class (self->badge, "unranked");
  else
    gtk_widget_remove_css_class (self->badge, "unranked");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                  (int) place + 1, GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) n, -1);
  if (self->up != NULL)
    {
      gtk_widget_set_sensitive (self->up, can_move_up);
      gtk_widget_set_sensitive (self->down, can_move_down);
    }
}

void
assay_rank_row_show_quality (AssayRankRow *self, int acceptable)
{
  g_return_if_fail (ASSAY_IS_RANK_ROW (self));

  if (self->quality != NULL)
    assay_point_bar_set_selected (ASSAY_POINT_BAR (self->quality),
                                  acceptable < 0 ? -1 : !acceptable);
}

void
assay_rank_row_show_end (AssayRankRow *self, int end)
{
  g_return_if_fail (ASSAY_IS_RANK_ROW (self));

  if (self->ends != NULL)
    assay_point_bar_set_selected (ASSAY_POINT_BAR (self->ends), end);
}

void
assay_rank_row_show_bucket (AssayRankRow *self, const char *bucket)
{
  const char *const *ids;
  guint selected = 0;

  g_return_if_fail (ASSAY_IS_RANK_ROW (self));

  if (self->buckets == NULL)
    return;
  ids = assay_rank_question_get_bucket_ids (self->question);
  for (guint i = 0; bucket != NULL && ids[i] != NULL; i++)
    {
      if (g_str_equal (ids[i], bucket))
        selected = i + 1;
    }
  self->showing = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->buckets), selected);
  self->showing = FALSE;
}

void
assay_rank_row_set_held (AssayRankRow *self, gboolean held)
{
  g_return_if_fail (ASSAY_IS_RANK_ROW (self));

  self->held = held;
  if (held)
    gtk_widget_add_css_class (GTK_WIDGET (self), "held");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "held");
}

gboolean
assay_rank_row_get_held (AssayRankRow *self)
{
  g_return_val_if_fail (ASSAY_IS_RANK_ROW (self), FALSE);

  return self->held;
}
