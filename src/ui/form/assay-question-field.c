/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-question-field.h"

#include "assay-announce.h"
#include "assay-help-label.h"
#include "assay-issue-list.h"
#include "assay-limits.h"
#include "assay-visible-text.h"

typedef struct
{
  AssayJudgement *judgement;
  AssayQuestion *question;
  char *response;
  char *title; /* (owned): safe to show */
  gboolean show_title;

  GtkWidget *header;
  GtkWidget *letter; /* (nullable) */
  GtkWidget *help;
  GtkWidget *body;
  GtkWidget *notice;
  GtkWidget *issues;
  GPtrArray *own_issues; /* (owned) (nullable) of AssayIssue */
} AssayQuestionFieldPrivate;

static void assay_question_field_section_init (AssayFormSectionInterface *interface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (AssayQuestionField,
                                  assay_question_field,
                                  GTK_TYPE_WIDGET,
                                  G_ADD_PRIVATE (AssayQuestionField)
                                      G_IMPLEMENT_INTERFACE (ASSAY_TYPE_FORM_SECTION,
                                                             assay_question_field_section_init))

typedef enum
{
  PROP_JUDGEMENT = 1,
  PROP_QUESTION,
  PROP_RESPONSE,
  PROP_SHOW_TITLE,
} AssayQuestionFieldProperty;

static GParamSpec *properties[PROP_SHOW_TITLE + 1];

static AssayQuestionFieldPrivate *
get_private (AssayQuestionField *self)
{
  return assay_question_field_get_instance_private (self);
}

static void
build_header (AssayQuestionField *self)
{
  AssayQuestionFieldPrivate *priv = get_private (self);
  const char *letter = assay_question_field_get_letter (self);
  const char *help = assay_question_get_help (priv->question);
  GtkWidget *label;

  priv->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  if (priv->show_title)
    {
      label = g_object_new (GTK_TYPE_LABEL, "label", priv->title, "xalign", 0.0, "wrap", TRUE,
                            "wrap-mode", PANGO_WRAP_WORD_CHAR, "hexpand", TRUE, NULL);
      gtk_widget_add_css_class (label, "assay-question-title");
      gtk_box_append (GTK_BOX (priv->header), label);
    }
  if (!assay_question_get_required (priv->question) && priv->show_title)
    {
      /* Translators: a question that may be left without an answer */
      label = g_object_new (GTK_TYPE_LABEL, "label", C_ ("question", "Optional"), "valign",
                            GTK_ALIGN_START, NULL);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (priv->header), label);
    }
  gtk_widget_set_visible (priv->header, gtk_widget_get_first_child (priv->header) != NULL);
  gtk_widget_set_parent (priv->header, GTK_WIDGET (self));

  priv->help =
      g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "lines", 3, "ellipsize",
                    PANGO_ELLIPSIZE_END, "visible", priv->show_title && help != NULL, NULL);
  gtk_widget_add_css_class (priv->help, "caption");
  gtk_widget_add_css_class (priv->help, "dim-label");
  assay_help_label_set_markdown (GTK_LABEL (priv->help), help);
  gtk_widget_set_parent (priv->help, GTK_WIDGET (self));

  if (letter != NULL)
    {
      g_autofree char *text = NULL;

      /* Translators: %s is the letter of one of the responses */
      text = g_strdup_printf (_ ("Response %s"), letter);
      priv->letter = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, NULL);
      gtk_widget_add_css_class (priv->letter, "caption-heading");
      gtk_widget_set_parent (priv->letter, GTK_WIDGET (self));
    }
}

static void
assay_question_field_refresh (AssayFormSection *section)
{
  AssayQuestionField *self = ASSAY_QUESTION_FIELD (section);
  AssayQuestionFieldPrivate *priv = get_private (self);

  gtk_widget_set_visible (GTK_WIDGET (self),
                          assay_judgement_question_applies (priv->judgement, priv->question,
                                                            priv->response));
  gtk_widget_set_sensitive (GTK_WIDGET (self), !assay_judgement_get_final (priv->judgement));
  assay_question_field_show_notice (self, "");
  ASSAY_QUESTION_FIELD_GET_CLASS (self)->show_answer (self, assay_question_field_get_answer (self));
}

static gboolean
assay_question_field_has_question (AssayFormSection *section, const char *question)
{
  AssayQuestionFieldPrivate *priv = get_private (ASSAY_QUESTION_FIELD (section));

  return g_strcmp0 (assay_question_get_id (priv->question), question) == 0;
}

static gboolean
assay_question_field_is_conditional (AssayFormSection *section)
{
  AssayQuestionFieldPrivate *priv = get_private (ASSAY_QUESTION_FIELD (section));

  return assay_question_get_condition (priv->question) != NULL;
}

static void
assay_question_field_set_issues (AssayFormSection *section, GPtrArray *issues)
{
  AssayQuestionField *self = ASSAY_QUESTION_FIELD (section);
  AssayQuestionFieldPrivate *priv = get_private (self);
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; issues != NULL && i < issues->len; i++)
    {
      AssayIssue *issue = g_ptr_array_index (issues, i);

      if (g_strcmp0 (assay_issue_get_question (issue), assay_question_get_id (priv->question)) == 0
          && (priv->response == NULL || assay_issue_get_response (issue) == NULL
              || g_strcmp0 (assay_issue_get_response (issue), priv->response) == 0))
        g_ptr_array_add (own, g_object_ref (issue));
    }
  g_clear_pointer (&priv->own_issues, g_ptr_array_unref);
  priv->own_issues = g_steal_pointer (&own);
  assay_issue_list_set_issues (ASSAY_ISSUE_LIST (priv->issues), priv->own_issues);
  assay_question_field_show_issues_again (self);
}

static void
assay_question_field_list_stops (AssayFormSection *section, GPtrArray *stops)
{
  AssayQuestionField *self = ASSAY_QUESTION_FIELD (section);

  if (gtk_widget_get_visible (GTK_WIDGET (self))
      && ASSAY_QUESTION_FIELD_GET_CLASS (self)->list_stops != NULL)
    ASSAY_QUESTION_FIELD_GET_CLASS (self)->list_stops (self, stops);
}

static void
assay_question_field_locate (AssayFormSection *section,
                             GtkWidget *stop,
                             AssayQuestion **question,
                             const char **response)
{
  AssayQuestionField *self = ASSAY_QUESTION_FIELD (section);
  AssayQuestionFieldPrivate *priv = get_private (self);
  AssayQuestionFieldClass *klass = ASSAY_QUESTION_FIELD_GET_CLASS (self);

  *question = priv->question;
  *response = klass->get_response_of != NULL ? klass->get_response_of (self, stop) : priv->response;
}

static GtkWidget *
assay_question_field_find_stop (AssayFormSection *section,
                                const char *question,
                                const char *response,
                                const char *item)
{
  AssayQuestionField *self = ASSAY_QUESTION_FIELD (section);
  AssayQuestionFieldPrivate *priv = get_private (self);
  AssayQuestionFieldClass *klass = ASSAY_QUESTION_FIELD_GET_CLASS (self);
  g_autoptr (GPtrArray) stops = NULL;
  GtkWidget *found = NULL;

  if (!assay_question_field_has_question (section, question)
      || (response != NULL && priv->response != NULL && g_strcmp0 (response, priv->response) != 0))
    return NULL;
  if (klass->find_item != NULL)
    found = klass->find_item (self, response, item);
  if (found != NULL)
    return found;
  stops = g_ptr_array_new ();
  assay_question_field_list_stops (section, stops);
  return stops->len > 0 ? g_ptr_array_index (stops, 0) : NULL;
}

static const char *
assay_question_field_get_item (AssayFormSection *section, GtkWidget *stop)
{
  AssayQuestionField *self = ASSAY_QUESTION_FIELD (section);
  AssayQuestionFieldClass *klass = ASSAY_QUESTION_FIELD_GET_CLASS (self);

  return klass->get_item_of != NULL ? klass->get_item_of (self, stop) : NULL;
}

static gboolean
assay_question_field_handle_key (AssayFormSection *section,
                                 GtkWidget *stop,
                                 const AssayFormKey *key)
{
  AssayQuestionField *self = ASSAY_QUESTION_FIELD (section);
  AssayQuestionFieldClass *klass = ASSAY_QUESTION_FIELD_GET_CLASS (self);

  return klass->handle_key != NULL && klass->handle_key (self, stop, key);
}

static void
assay_question_field_clear (AssayFormSection *section, GtkWidget *stop)
{
  AssayQuestionField *self = ASSAY_QUESTION_FIELD (section);
  AssayQuestionFieldClass *klass = ASSAY_QUESTION_FIELD_GET_CLASS (self);

  if (klass->clear != NULL)
    klass->clear (self, stop);
  else
    assay_question_field_take_answer (self, NULL);
}

static void
assay_question_field_section_init (AssayFormSectionInterface *interface)
{
  interface->refresh = assay_question_field_refresh;
  interface->has_question = assay_question_field_has_question;
  interface->is_conditional = assay_question_field_is_conditional;
  interface->set_issues = assay_question_field_set_issues;
  interface->list_stops = assay_question_field_list_stops;
  interface->locate = assay_question_field_locate;
  interface->find_stop = assay_question_field_find_stop;
  interface->get_item = assay_question_field_get_item;
  interface->handle_key = assay_question_field_handle_key;
  interface->clear = assay_question_field_clear;
}

static void
assay_question_field_constructed (GObject *object)
{
  AssayQuestionField *self = ASSAY_QUESTION_FIELD (object);
  AssayQuestionFieldPrivate *priv = get_private (self);
  const char *letter;

  G_OBJECT_CLASS (assay_question_field_parent_class)->constructed (object);

  g_assert (priv->judgement != NULL && priv->question != NULL);

  priv->title =
      assay_visible_line (assay_question_get_label (priv->question), ASSAY_LIMIT_LABEL_CHARACTERS);
  build_header (self);
  priv->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (priv->body, GTK_WIDGET (self));
  priv->notice = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "visible", FALSE, NULL);
  gtk_widget_add_css_class (priv->notice, "caption");
  gtk_widget_add_css_class (priv->notice, "warning");
  gtk_widget_set_parent (priv->notice, GTK_WIDGET (self));
  priv->issues = assay_issue_list_new ();
  gtk_widget_set_parent (priv->issues, GTK_WIDGET (self));

  letter = assay_question_field_get_letter (self);
  if (letter != NULL)
    {
      g_autofree char *title = g_steal_pointer (&priv->title);

      /* Translators: a question's label and the letter of the response that it is asked for */
      priv->title = g_strdup_printf (_ ("%s, response %s"), title, letter);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, priv->title,
                                  -1);
  ASSAY_QUESTION_FIELD_GET_CLASS (self)->build (self);
}

static void
assay_question_field_get_property (GObject *object,
                                   guint property,
                                   GValue *value,
                                   GParamSpec *pspec)
{
  AssayQuestionFieldPrivate *priv = get_private (ASSAY_QUESTION_FIELD (object));

  switch ((AssayQuestionFieldProperty) property)
    {
    case PROP_JUDGEMENT:
      g_value_set_object (value, priv->judgement);
      break;
    case PROP_QUESTION:
      g_value_set_object (value, priv->question);
      break;
    case PROP_RESPONSE:
      g_value_set_string (value, priv->response);
      break;
    case PROP_SHOW_TITLE:
      g_value_set_boolean (value, priv->show_title);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
assay_question_field_set_property (GObject *object,
                                   guint property,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  AssayQuestionFieldPrivate *priv = get_private (ASSAY_QUESTION_FIELD (object));

  switch ((AssayQuestionFieldProperty) property)
    {
    case PROP_JUDGEMENT:
      priv->judgement = g_value_dup_object (value);
      break;
    case PROP_QUESTION:
      priv->question = g_value_dup_object (value);
      break;
    case PROP_RESPONSE:
      priv->response = g_value_dup_string (value);
      break;
    case PROP_SHOW_TITLE:
      priv->show_title = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
assay_question_field_dispose (GObject *object)
{
  AssayQuestionFieldPrivate *priv = get_private (ASSAY_QUESTION_FIELD (object));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&priv->judgement);
  g_clear_object (&priv->question);

  G_OBJECT_CLASS (assay_question_field_parent_class)->dispose (object);
}

static void
assay_question_field_finalize (GObject *object)
{
  AssayQuestionFieldPrivate *priv = get_private (ASSAY_QUESTION_FIELD (object));

  g_free (priv->response);
  g_clear_pointer (&priv->own_issues, g_ptr_array_unref);
  g_free (priv->title);

  G_OBJECT_CLASS (assay_question_field_parent_class)->finalize (object);
}

static void
assay_question_field_class_init (AssayQuestionFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = assay_question_field_constructed;
  object_class->get_property = assay_question_field_get_property;
  object_class->set_property = assay_question_field_set_property;
  object_class->dispose = assay_question_field_dispose;
  object_class->finalize = assay_question_field_finalize;

  properties[PROP_JUDGEMENT] =
      g_param_spec_object ("judgement", NULL, NULL, ASSAY_TYPE_JUDGEMENT, flags);
  properties[PROP_QUESTION] =
      g_param_spec_object ("question", NULL, NULL, ASSAY_TYPE_QUESTION, flags);
  properties[PROP_RESPONSE] = g_param_spec_string ("response", NULL, NULL, NULL, flags);
  properties[PROP_SHOW_TITLE] = g_param_spec_boolean ("show-title", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "assay-question-field");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
assay_question_field_init (AssayQuestionField *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 4);
}

AssayJudgement *
assay_question_field_get_judgement (AssayQuestionField *self)
{
  g_return_val_if_fail (ASSAY_IS_QUESTION_FIELD (self), NULL);

  return get_private (self)->judgement;
}

AssayQuestion *
assay_question_field_get_question (AssayQuestionField *self)
{
  g_return_val_if_fail (ASSAY_IS_QUESTION_FIELD (self), NULL);

  return get_private (self)->question;
}

const char *
assay_question_field_get_response (AssayQuestionField *self)
{
  g_return_val_if_fail (ASSAY_IS_QUESTION_FIELD (self), NULL);

  return get_private (self)->response;
}

const char *
assay_question_field_get_title (AssayQuestionField *self)
{
  g_return_val_if_fail (ASSAY_IS_QUESTION_FIELD (self), NULL);

  return get_private (self)->title;
}

const char *
assay_question_field_get_letter (AssayQuestionField *self)
{
  AssayQuestionFieldPrivate *priv;

  g_return_val_if_fail (ASSAY_IS_QUESTION_FIELD (self), NULL);

  priv = get_private (self);
  if (priv->response == NULL)
    return NULL;
  return assay_presentation_get_letter (assay_judgement_get_presentation (priv->judgement),
                                        priv->response);
}

GtkWidget *
assay_question_field_new_caption (const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

void
assay_question_field_hide_letter (AssayQuestionField *self)
{
  g_return_if_fail (ASSAY_IS_QUESTION_FIELD (self));

  if (get_private (self)->letter != NULL)
    gtk_widget_set_visible (get_private (self)->letter, FALSE);
}

void
assay_question_field_show_issues_again (AssayQuestionField *self)
{
  AssayQuestionFieldPrivate *priv;
  AssayQuestionFieldClass *klass;

  g_return_if_fail (ASSAY_IS_QUESTION_FIELD (self));

  priv = get_private (self);
  klass = ASSAY_QUESTION_FIELD_GET_CLASS (self);
  if (klass->show_issues != NULL && priv->own_issues != NULL)
    klass->show_issues (self, priv->own_issues, priv->issues);
}

JsonNode *
assay_question_field_get_answer (AssayQuestionField *self)
{
  AssayQuestionFieldPrivate *priv;

  g_return_val_if_fail (ASSAY_IS_QUESTION_FIELD (self), NULL);

  priv = get_private (self);
  return assay_judgement_get_answer (priv->judgement, assay_question_get_id (priv->question),
                                     priv->response);
}

void
assay_question_field_take_answer (AssayQuestionField *self, JsonNode *answer)
{
  g_autoptr (JsonNode) taken = answer;
  AssayQuestionFieldPrivate *priv;

  g_return_if_fail (ASSAY_IS_QUESTION_FIELD (self));

  priv = get_private (self);
  assay_judgement_set_answer (priv->judgement, assay_question_get_id (priv->question),
                              priv->response, taken);
}

void
assay_question_field_append (AssayQuestionField *self, GtkWidget *control)
{
  g_return_if_fail (ASSAY_IS_QUESTION_FIELD (self));
  g_return_if_fail (GTK_IS_WIDGET (control));

  gtk_box_append (GTK_BOX (get_private (self)->body), control);
}

void
assay_question_field_label (AssayQuestionField *self, GtkWidget *control)
{
  AssayQuestionFieldPrivate *priv;

  g_return_if_fail (ASSAY_IS_QUESTION_FIELD (self));
  g_return_if_fail (GTK_IS_ACCESSIBLE (control));

  priv = get_private (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  priv->title, GTK_ACCESSIBLE_PROPERTY_REQUIRED,
                                  assay_question_get_required (priv->question), -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  priv->help, NULL, -1);
}

void
assay_question_field_mark (GtkWidget *entry, GtkWidget *message)
{
  gboolean invalid;

  g_return_if_fail (GTK_IS_ACCESSIBLE (entry));
  g_return_if_fail (ASSAY_IS_ISSUE_LIST (message));

  invalid = assay_issue_list_has_error (ASSAY_ISSUE_LIST (message));
  if (invalid)
    gtk_widget_add_css_class (entry, "error");
  else
    gtk_widget_remove_css_class (entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (invalid)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE,
                                    message, NULL, -1);
  else
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
}

void
assay_question_field_show_notice (AssayQuestionField *self, const char *notice)
{
  AssayQuestionFieldPrivate *priv;

  g_return_if_fail (ASSAY_IS_QUESTION_FIELD (self));
  g_return_if_fail (notice != NULL);

  priv = get_private (self);
  gtk_label_set_text (GTK_LABEL (priv->notice), notice);
  gtk_widget_set_visible (priv->notice, *notice != '\0');
  if (*notice != '\0')
    assay_announce (GTK_WIDGET (self), notice);
}

void
assay_question_field_advance (AssayQuestionField *self)
{
  g_autoptr (GPtrArray) stops = g_ptr_array_new ();

  g_return_if_fail (ASSAY_IS_QUESTION_FIELD (self));

  assay_question_field_list_stops (ASSAY_FORM_SECTION (self), stops);
  if (stops->len > 0)
    assay_form_section_advance (ASSAY_FORM_SECTION (self),
                                g_ptr_array_index (stops, stops->len - 1));
}
