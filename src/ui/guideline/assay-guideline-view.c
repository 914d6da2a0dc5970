/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-guideline-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "assay-markdown.h"
#include "assay-visible-text.h"

#define OUTLINE_TITLE_CHARACTERS 80
#define OUTLINE_INDENT_PIXELS 12
#define HEADING_DATA "assay-heading"

typedef struct
{
  gsize start; /* bytes */
  gsize length;
} Place;

typedef struct
{
  gsize start; /* bytes */
  guint level;
  char *title;
} Heading;

struct _AssayGuidelineView
{
  GtkWidget parent_instance;

  /* Template widgets. */
  GtkBox *tools;
  GtkSearchEntry *search;
  GtkMenuButton *outline_button;
  GtkPopover *outline_popover;
  GtkListBox *outline;
  GtkLabel *count;
  AdwBin *slot;
  AdwStatusPage *empty;

  AssayGuideline *guideline; /* (owned) (nullable) */
  GArray *headings;          /* (owned) of Heading */
  GArray *matches;           /* (owned) of Place */
  guint current;             /* the match that was shown last, from 1; 0 for none */
};

typedef enum
{
  PROP_GUIDELINE = 1,
  PROP_CHILD,
  PROP_N_MATCHES,
} AssayGuidelineViewProperty;

enum
{
  PLACE_ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[PROP_N_MATCHES + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AssayGuidelineView, assay_guideline_view, GTK_TYPE_WIDGET)

static void
clear_heading (gpointer data)
{
  g_free (((Heading *) data)->title);
}

static void
activate_place (AssayGuidelineView *self, gsize start, gsize length)
{
  g_signal_emit (self, signals[PLACE_ACTIVATED], 0, (guint64) start, (guint64) length);
}

/* Where @needle is found in @text at or after it, without regard to case; @length is that of the
 * found text, in bytes. */
static const char *
find_folded (const char *text, const char *needle, gsize *length)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      const char *a = text;
      const char *b = needle;

      while (*a != '\0' && *b != '\0'
             && g_unichar_tolower (g_utf8_get_char (a)) == g_unichar_tolower (g_utf8_get_char (b)))
        {
          a = g_utf8_next_char (a);
          b = g_utf8_next_char (b);
        }
      if (*b == '\0')
        {
          *length = a - text;
          return text;
        }
    }
  return NULL;
}

static void
read_headings (AssayGuidelineView *self)
{
  g_autoptr (AssayMarkdown) markdown = NULL;

  g_array_set_size (self->headings, 0);
  if (self->guideline == NULL)
    return;
  markdown = assay_markdown_parse (assay_guideline_get_text (self->guideline), -1);
  for (guint i = 0; i < assay_markdown_get_n_blocks (markdown); i++)
    {
      const AssayBlock *block = assay_markdown_get_block (markdown, i);
      g_autoptr (GString) text = g_string_new (NULL);
      Heading heading = { block->source_start, block->level, NULL };

      if (block->kind != ASSAY_BLOCK_HEADING)
        continue;
      for (guint j = 0; j < block->runs->len; j++)
        {
          const AssayRun *run = &g_array_index (block->runs, AssayRun, j);

          g_string_append_len (text, run->text, run->length_bytes);
        }
      heading.title = assay_visible_line (text->str, OUTLINE_TITLE_CHARACTERS);
      g_array_append_val (self->headings, heading);
    }
}

static void
show_outline (AssayGuidelineView *self)
{
  gtk_list_box_remove_all (self->outline);
  for (guint i = 0; i < self->headings->len; i++)
    {
      const Heading *heading = &g_array_index (self->headings, Heading, i);
      GtkWidget *label = gtk_label_new (heading->title);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_set_margin_start (label, OUTLINE_INDENT_PIXELS * (MAX (heading->level, 1) - 1));
      gtk_list_box_append (self->outline, label);
      g_object_set_data (G_OBJECT (gtk_widget_get_parent (label)), HEADING_DATA,
                         GUINT_TO_POINTER (i));
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->outline_button), self->headings->len > 0);
}

static void
show_count (AssayGuidelineView *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *message = NULL;

  if (self->matches->len == 0)
    message = g_strdup (_ ("Not found"));
  else if (self->current > 0)
    /* Translators: the number of the match that is shown, and of all matches. */
    message = g_strdup_printf (_ ("%u of %u"), self->current, self->matches->len);
  else
    message = g_strdup_printf (ngettext ("%u match", "%u matches", self->matches->len),
                               self->matches->len);
  gtk_label_set_text (self->count, message);
  gtk_widget_set_visible (GTK_WIDGET (self->count), *text != '\0');
}

static void
find_matches (AssayGuidelineView *self)
{
  const char *needle = gtk_editable_get_text (GTK_EDITABLE (self->search));
  const char *text = self->guideline != NULL ? assay_guideline_get_text (self->guideline) : "";
  const char *found = text;
  gsize length;

  g_array_set_size (self->matches, 0);
  self->current = 0;
  while (*needle != '\0' && (found = find_folded (found, needle, &length)) != NULL)
    {
      Place place = { found - text, length };

      g_array_append_val (self->matches, place);
      found += length;
    }
  show_count (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_MATCHES]);
}

static void
go_to_match (AssayGuidelineView *self, guint number)
{
  const Place *place;

  self->current = number;
  place = &g_array_index (self->matches, Place, number - 1);
  activate_place (self, place->start, place->length);
  show_count (self);
}

static void
search_changed_cb (AssayGuidelineView *self)
{
  find_matches (self);
  if (self->matches->len > 0)
    go_to_match (self, 1);
}

static void
next_match_cb (AssayGuidelineView *self)
{
  if (self->matches->len > 0)
    go_to_match (self, self->current % self->matches->len + 1);
}

static void
previous_match_cb (AssayGuidelineView *self)
{
  if (self->matches->len > 0)
    go_to_match (self, self->current > 1 ? self->current - 1 : self->matches->len);
}

static void
outline_activated_cb (AssayGuidelineView *self, GtkListBoxRow *row)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), HEADING_DATA));

  gtk_popover_popdown (self->outline_popover);
  activate_place (self, g_array_index (self->headings, Heading, index).start, 0);
}

static void
assay_guideline_view_get_property (GObject *object,
                                   guint property_id,
                                   GValue *value,
                                   GParamSpec *pspec)
{
  AssayGuidelineView *self = ASSAY_GUIDELINE_VIEW (object);

  switch ((AssayGuidelineViewProperty) property_id)
    {
    case PROP_GUIDELINE:
      g_value_set_object (value, self->guideline);
      break;
    case PROP_CHILD:
      g_value_set_object (value, assay_guideline_view_get_child (self));
      break;
    case PROP_N_MATCHES:
      g_value_set_uint (value, self->matches->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
assay_guideline_view_set_property (GObject *object,
                                   guint property_id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  AssayGuidelineView *self = ASSAY_GUIDELINE_VIEW (object);

  switch ((AssayGuidelineViewProperty) property_id)
    {
    case PROP_GUIDELINE:
      assay_guideline_view_set_guideline (self, g_value_get_object (value));
      break;
    case PROP_CHILD:
      assay_guideline_view_set_child (self, g_value_get_object (value));
      break;
    case PROP_N_MATCHES:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
assay_guideline_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_GUIDELINE_VIEW);

  G_OBJECT_CLASS (assay_guideline_view_parent_class)->dispose (object);
}

static void
assay_guideline_view_finalize (GObject *object)
{
  AssayGuidelineView *self = ASSAY_GUIDELINE_VIEW (object);

  g_clear_object (&self->guideline);
  g_clear_pointer (&self->headings, g_array_unref);
  g_clear_pointer (&self->matches, g_array_unref);

  G_OBJECT_CLASS (assay_guideline_view_parent_class)->finalize (object);
}

static void
assay_guideline_view_class_init (AssayGuidelineViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = assay_guideline_view_get_property;
  object_class->set_property = assay_guideline_view_set_property;
  object_class->dispose = assay_guideline_view_dispose;
  object_class->finalize = assay_guideline_view_finalize;

  properties[PROP_GUIDELINE] =
      g_param_spec_object ("guideline", NULL, NULL, ASSAY_TYPE_GUIDELINE,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_CHILD] =
      g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_N_MATCHES] =
      g_param_spec_uint ("n-matches", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[PLACE_ACTIVATED] =
      g_signal_new ("place-activated", ASSAY_TYPE_GUIDELINE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_UINT64);

  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/guideline/assay-guideline-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayGuidelineView, tools);
  gtk_widget_class_bind_template_child (widget_class, AssayGuidelineView, search);
  gtk_widget_class_bind_template_child (widget_class, AssayGuidelineView, outline_button);
  gtk_widget_class_bind_template_child (widget_class, AssayGuidelineView, outline_popover);
  gtk_widget_class_bind_template_child (widget_class, AssayGuidelineView, outline);
  gtk_widget_class_bind_template_child (widget_class, AssayGuidelineView, count);
  gtk_widget_class_bind_template_child (widget_class, AssayGuidelineView, slot);
  gtk_widget_class_bind_template_child (widget_class, AssayGuidelineView, empty);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_match_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_match_cb);
  gtk_widget_class_bind_template_callback (widget_class, outline_activated_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
show_guideline (AssayGuidelineView *self)
{
  gboolean there = self->guideline != NULL;

  read_headings (self);
  show_outline (self);
  find_matches (self);
  gtk_widget_set_visible (GTK_WIDGET (self->tools), there);
  gtk_widget_set_visible (GTK_WIDGET (self->slot), there);
  gtk_widget_set_visible (GTK_WIDGET (self->empty), !there);
}

static void
assay_guideline_view_init (AssayGuidelineView *self)
{
  self->headings = g_array_new (FALSE, FALSE, sizeof (Heading));
  g_array_set_clear_func (self->headings, clear_heading);
  self->matches = g_array_new (FALSE, FALSE, sizeof (Place));
  gtk_widget_init_template (GTK_WIDGET (self));
  show_guideline (self);
}

GtkWidget *
assay_guideline_view_new (void)
{
  return g_object_new (ASSAY_TYPE_GUIDELINE_VIEW, NULL);
}

AssayGuideline *
assay_guideline_view_get_guideline (AssayGuidelineView *self)
{
  g_return_val_if_fail (ASSAY_IS_GUIDELINE_VIEW (self), NULL);

  return self->guideline;
}

void
assay_guideline_view_set_guideline (AssayGuidelineView *self, AssayGuideline *guideline)
{
  g_return_if_fail (ASSAY_IS_GUIDELINE_VIEW (self));

  if (!g_set_object (&self->guideline, guideline))
    return;
  show_guideline (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GUIDELINE]);
}

GtkWidget *
assay_guideline_view_get_child (AssayGuidelineView *self)
{
  g_return_val_if_fail (ASSAY_IS_GUIDELINE_VIEW (self), NULL);

  return adw_bin_get_child (self->slot);
}

void
assay_guideline_view_set_child (AssayGuidelineView *self, GtkWidget *child)
{
  g_return_if_fail (ASSAY_IS_GUIDELINE_VIEW (self));

  if (adw_bin_get_child (self->slot) == child)
    return;
  adw_bin_set_child (self->slot, child);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}

void
assay_guideline_view_focus_search (AssayGuidelineView *self)
{
  g_return_if_fail (ASSAY_IS_GUIDELINE_VIEW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

guint
assay_guideline_view_get_n_matches (AssayGuidelineView *self)
{
  g_return_val_if_fail (ASSAY_IS_GUIDELINE_VIEW (self), 0);

  return self->matches->len;
}

gboolean
assay_guideline_view_show_place_of (AssayGuidelineView *self, const char *label)
{
  const char *text;
  const char *found;
  gsize length;

  g_return_val_if_fail (ASSAY_IS_GUIDELINE_VIEW (self), FALSE);
  g_return_val_if_fail (label != NULL, FALSE);

  if (self->guideline == NULL || *label == '\0')
    return FALSE;
  for (guint i = 0; i < self->headings->len; i++)
    {
      const Heading *heading = &g_array_index (self->headings, Heading, i);

      if (find_folded (heading->title, label, &length) != NULL)
        {
          activate_place (self, heading->start, 0);
          return TRUE;
        }
    }
  text = assay_guideline_get_text (self->guideline);
  found = find_folded (text, label, &length);
  if (found != NULL)
    activate_place (self, found - text, length);
  return found != NULL;
}

GStrv
assay_guideline_view_dup_headings (AssayGuidelineView *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (ASSAY_IS_GUIDELINE_VIEW (self), NULL);

  for (guint i = 0; i < self->headings->len; i++)
    g_strv_builder_add (builder, g_array_index (self->headings, Heading, i).title);
  return g_strv_builder_end (builder);
}
