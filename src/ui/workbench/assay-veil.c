/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-veil.h"

#include "assay-visible-text.h"

#define CODE_CHARACTERS 60

struct _AssayVeil
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwStatusPage *status;
  GtkWidget *lift_button;
};

G_DEFINE_FINAL_TYPE (AssayVeil, assay_veil, ADW_TYPE_BIN)

enum
{
  SIGNAL_LIFTED,
  SIGNAL_DECLINED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The hazard codes of task-kinds 7.18, and the list S1 to S14 that others use. */
static const struct
{
  const char *code;
  const char *other_code;
  const char *title;
} hazards[] = {
  { "vcr", "S1", N_ ("violent crimes") },
  { "ncr", "S2", N_ ("crimes without violence") },
  { "src", "S3", N_ ("sex-related crimes") },
  { "cse", "S4", N_ ("sexual exploitation of children") },
  { "dfm", "S5", N_ ("defamation") },
  { "spc_fin", "S6", N_ ("financial advice") },
  { "spc_hlt", NULL, N_ ("health advice") },
  { "spc_lgl", NULL, N_ ("legal advice") },
  { "prv", "S7", N_ ("privacy") },
  { "ipv", "S8", N_ ("intellectual property") },
  { "iwp", "S9", N_ ("indiscriminate weapons") },
  { "hte", "S10", N_ ("hate") },
  { "ssh", "S11", N_ ("suicide and self-harm") },
  { "sxc_prn", "S12", N_ ("sexual content") },
  { "spc_ele", "S13", N_ ("elections") },
};

static char *
describe_hazard (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (hazards); i++)
    if (g_ascii_strcasecmp (code, hazards[i].code) == 0
        || (hazards[i].other_code != NULL && g_ascii_strcasecmp (code, hazards[i].other_code) == 0))
      return g_strdup (_ (hazards[i].title));
  return assay_visible_line (code, CODE_CHARACTERS);
}

static void
lift_clicked_cb (AssayVeil *self)
{
  g_signal_emit (self, signals[SIGNAL_LIFTED], 0);
}

static void
decline_clicked_cb (AssayVeil *self)
{
  g_signal_emit (self, signals[SIGNAL_DECLINED], 0);
}

static gboolean
assay_veil_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (ASSAY_VEIL (widget)->lift_button);
}

static void
assay_veil_class_init (AssayVeilClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = assay_veil_grab_focus;

  signals[SIGNAL_LIFTED] = g_signal_new ("lifted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DECLINED] = g_signal_new ("declined", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               ASSAY_RESOURCE_PREFIX "/workbench/assay-veil.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayVeil, status);
  gtk_widget_class_bind_template_child (widget_class, AssayVeil, lift_button);
  gtk_widget_class_bind_template_callback (widget_class, lift_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, decline_clicked_cb);
}

static void
assay_veil_init (AssayVeil *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
assay_veil_set_warnings (AssayVeil *self, const char *const *warnings)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  g_return_if_fail (ASSAY_IS_VEIL (self));

  for (guint i = 0; warnings != NULL && warnings[i] != NULL; i++)
    {
      g_autofree char *hazard = describe_hazard (warnings[i]);

      if (list->len > 0)
        /* Translators: stands between the items of a list, as in "violent crimes, hate". */
        g_string_append (list, C_ ("between items", ", "));
      g_string_append (list, hazard);
    }
  /* Translators: %s is a list of what the texts may contain, as in "violent crimes, hate". */
  text = g_strdup_printf (_ ("The texts of this task may contain: %s."), list->str);
  /* A status page reads markup. */
  escaped = g_markup_escape_text (text, -1);
  adw_status_page_set_description (self->status, escaped);
}
