/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-code-colors.h"

#include <gtksourceview/gtksource.h>
#include <string.h>

#include "assay-turn.h"
#include "assay-typing.h"

/* Of a main-loop turn, for all texts that are coloured in it. */
#define TURN_USEC (8 * G_TIME_SPAN_MILLISECOND)
/* So many lines are analysed between two looks at the clock. */
#define LINES_AT_ONCE 24
/* Languages that stay parsed: more than a set of tasks usually holds. */
#define KEPT_LANGUAGES 8

static const struct
{
  const char *word;
  const char *language;
} words[] = {
  { "bash", "sh" },
  { "c#", "c-sharp" },
  { "c++", "cpp" },
  { "cs", "c-sharp" },
  { "csharp", "c-sharp" },
  { "dockerfile", "docker" },
  { "golang", "go" },
  { "hs", "haskell" },
  { "javascript", "js" },
  { "jl", "julia" },
  { "jsonc", "json" },
  { "jsx", "js" },
  { "kt", "kotlin" },
  { "make", "makefile" },
  { "matlab", "octave" },
  { "md", "markdown" },
  { "objective-c", "objc" },
  { "pl", "perl" },
  { "postgresql", "sql" },
  { "powershell", "powershell" },
  { "ps1", "powershell" },
  { "py", "python3" },
  { "python", "python3" },
  { "rb", "ruby" },
  { "rs", "rust" },
  { "shell", "sh" },
  { "tex", "latex" },
  { "ts", "typescript" },
  { "tsx", "typescript-jsx" },
  { "vb", "vbnet" },
  { "yml", "yaml" },
  { "zsh", "sh" },
};

typedef struct
{
  GtkTextBuffer *buffer;
  GtkTextMark *start; /* (owned) */
  guint n_characters;
  char *word;                  /* (owned): what the text says that it is */
  GtkSourceLanguage *language; /* borrowed from its manager; NULL until it was looked for */
} Job;

struct _AssayCodeColors
{
  GObject parent_instance;

  GtkTextTagTable *table;
  GHashTable *tags; /* description → GtkTextTag */
  GQueue jobs;
  GtkSourceBuffer *hidden; /* a copy of the first job's text */
  int next_line;           /* of the copy */
  gboolean dark;
  GtkWidget *widget; /* (unowned): whose window the colours are for */
  guint source;
};

G_DEFINE_FINAL_TYPE (AssayCodeColors, assay_code_colors, G_TYPE_OBJECT)

static void
job_free (Job *job)
{
  gtk_text_buffer_delete_mark (job->buffer, job->start);
  g_object_unref (job->start);
  g_object_unref (job->buffer);
  g_free (job->word);
  g_free (job);
}

static GtkSourceLanguage *
find_language (const char *word)
{
  GtkSourceLanguageManager *manager = gtk_source_language_manager_get_default ();
  g_autofree char *id = g_ascii_strdown (word, -1);
  g_autofree char *file = NULL;
  GtkSourceLanguage *language;

  /* "python:main.py" and "{.python}" are seen in the wild. */
  g_strdelimit (id, "{}.,:", ' ');
  g_strstrip (id);
  id[strcspn (id, " ")] = '\0';
  if (*id == '\0')
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].word, id) == 0)
      return gtk_source_language_manager_get_language (manager, words[i].language);
  language = gtk_source_language_manager_get_language (manager, id);
  if (language != NULL)
    return language;
  file = g_strconcat ("a.", id, NULL);
  return gtk_source_language_manager_guess_language (manager, file, NULL);
}

/* What makes two of the highlighter's styles look alike. */
typedef struct
{
  GdkRGBA foreground;
  gboolean has_foreground;
  int weight;
  PangoStyle style;
  PangoUnderline underline;
} Look;

static void
get_look (GSList *tags, Look *look)
{
  *look = (Look) { .weight = 400, .style = PANGO_STYLE_NORMAL };
  for (GSList *l = tags; l != NULL; l = l->next)
    {
      gboolean foreground_set, weight_set, style_set, underline_set;
      g_autoptr (GdkRGBA) foreground = NULL;
      int weight;
      PangoStyle style;
      PangoUnderline underline;

      g_object_get (l->data, "foreground-set", &foreground_set, "foreground-rgba", &foreground,
                    "weight-set", &weight_set, "weight", &weight, "style-set", &style_set, "style",
                    &style, "underline-set", &underline_set, "underline", &underline, NULL);
      if (foreground_set && foreground != NULL)
        {
          look->foreground = *foreground;
          look->has_foreground = TRUE;
        }
      look->weight = weight_set ? weight : look->weight;
      look->style = style_set ? style : look->style;
      look->underline = underline_set ? underline : look->underline;
    }
}

static GtkTextTag *
find_tag (AssayCodeColors *self, const Look *look)
{
  g_autofree char *color = NULL;
  g_autofree char *key = NULL;
  GtkTextTag *tag;

  if (!look->has_foreground && look->weight == 400 && look->style == PANGO_STYLE_NORMAL
      && look->underline == PANGO_UNDERLINE_NONE)
    return NULL;
  color = gdk_rgba_to_string (&look->foreground);
  key = g_strdup_printf ("%s %d %d %d", look->has_foreground ? color : "", look->weight,
                         look->style, look->underline);
  tag = g_hash_table_lookup (self->tags, key);
  if (tag != NULL)
    return tag;

  tag = gtk_text_tag_new (NULL);
  if (look->has_foreground)
    g_object_set (tag, "foreground-rgba", &look->foreground, NULL);
  if (look->weight != 400)
    g_object_set (tag, "weight", look->weight, NULL);
  if (look->style != PANGO_STYLE_NORMAL)
    g_object_set (tag, "style", look->style, NULL);
  if (look->underline != PANGO_UNDERLINE_NONE)
    g_object_set (tag, "underline", look->underline, NULL);
  gtk_text_tag_table_add (self->table, tag);
  /* Below the tags for matches and hidden characters, whenever those were made. */
  gtk_text_tag_set_priority (tag, 0);
  g_hash_table_insert (self->tags, g_steal_pointer (&key), tag);
  return tag;
}

/* Carries the colours between two places of the copy over to the text. */
static void
carry_over (AssayCodeColors *self, Job *job, const GtkTextIter *from, const GtkTextIter *to)
{
  GtkTextIter position = *from;
  GtkTextIter origin;
  int base;

  gtk_text_buffer_get_iter_at_mark (job->buffer, &origin, job->start);
  base = gtk_text_iter_get_offset (&origin);
  while (gtk_text_iter_compare (&position, to) < 0)
    {
      GtkTextIter next = position;
      g_autoptr (GSList) tags = gtk_text_iter_get_tags (&position);
      GtkTextTag *tag = NULL;
      Look look;

      if (!gtk_text_iter_forward_to_tag_toggle (&next, NULL)
          || gtk_text_iter_compare (&next, to) > 0)
        next = *to;
      if (tags != NULL)
        {
          get_look (tags, &look);
          tag = find_tag (self, &look);
        }
      if (tag != NULL)
        {
          GtkTextIter start, end;

          gtk_text_buffer_get_iter_at_offset (job->buffer, &start,
                                              base + gtk_text_iter_get_offset (&position));
          gtk_text_buffer_get_iter_at_offset (job->buffer, &end,
                                              base + gtk_text_iter_get_offset (&next));
          gtk_text_buffer_apply_tag (job->buffer, tag, &start, &end);
        }
      position = next;
    }
}

/* GtkSourceView forgets how a language is parsed with the last buffer that uses it, and reads it
 * again for the next, in one go on the main thread; and of each buffer a name stays for ever. A
 * buffer for each of the languages that were used last is kept between two blocks of code. */
static GQueue *
get_kept (void)
{
  static GQueue kept = G_QUEUE_INIT;

  return &kept;
}

static GList *
find_kept (GtkSourceLanguage *language)
{
  GList *link = get_kept ()->head;

  while (link != NULL && gtk_source_buffer_get_language (link->data) != language)
    link = link->next;
  return link;
}

/* (transfer full) */
static GtkSourceBuffer *
take_buffer (GtkSourceLanguage *language)
{
  GList *link = find_kept (language);
  GtkSourceBuffer *buffer;

  if (link != NULL)
    {
      buffer = link->data;
      g_queue_delete_link (get_kept (), link);
      return buffer;
    }
  buffer = gtk_source_buffer_new_with_language (language);
  gtk_text_buffer_set_enable_undo (GTK_TEXT_BUFFER (buffer), FALSE);
  gtk_source_buffer_set_highlight_matching_brackets (buffer, FALSE);
  return buffer;
}

/* @buffer: (transfer full) */
static void
keep_buffer (GtkSourceBuffer *buffer)
{
  GQueue *kept = get_kept ();

  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (buffer), "", 0);
  g_queue_push_head (kept, buffer);
  if (kept->length > KEPT_LANGUAGES)
    g_object_unref (g_queue_pop_tail (kept));
}

static void
end_job (AssayCodeColors *self)
{
  if (self->hidden != NULL)
    keep_buffer (g_steal_pointer (&self->hidden));
}

static void
begin_job (AssayCodeColors *self, Job *job)
{
  GtkSourceStyleSchemeManager *manager = gtk_source_style_scheme_manager_get_default ();
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_iter_at_mark (job->buffer, &start, job->start);
  end = start;
  gtk_text_iter_forward_chars (&end, job->n_characters);
  text = gtk_text_buffer_get_slice (job->buffer, &start, &end, TRUE);

  self->hidden = take_buffer (job->language);
  gtk_source_buffer_set_style_scheme (self->hidden,
                                      gtk_source_style_scheme_manager_get_scheme (
                                          manager, self->dark ? "Adwaita-dark" : "Adwaita"));
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->hidden), text, -1);
  self->next_line = 0;
}

/* TRUE when the job is done. */
static gboolean
work_on_job (AssayCodeColors *self, Job *job)
{
  GtkTextBuffer *hidden;
  GtkTextIter from, to;
  int n_lines;

  /* The first that is looked for has the highlighter list all of its languages. */
  if (job->language == NULL)
    {
      job->language = find_language (job->word);
      return job->language == NULL;
    }
  if (self->hidden == NULL)
    {
      begin_job (self, job);
      /* Reading a language may have taken all the time that there was. */
      return FALSE;
    }
  hidden = GTK_TEXT_BUFFER (self->hidden);
  n_lines = gtk_text_buffer_get_line_count (hidden);
  gtk_text_buffer_get_iter_at_line (hidden, &from, self->next_line);
  self->next_line += LINES_AT_ONCE;
  if (self->next_line < n_lines)
    gtk_text_buffer_get_iter_at_line (hidden, &to, self->next_line);
  else
    gtk_text_buffer_get_end_iter (hidden, &to);

  gtk_source_buffer_ensure_highlight (self->hidden, &from, &to);
  carry_over (self, job, &from, &to);
  return self->next_line >= n_lines;
}

static void
assay_code_colors_dispose (GObject *object)
{
  AssayCodeColors *self = ASSAY_CODE_COLORS (object);

  assay_code_colors_stop (self);
  g_clear_pointer (&self->tags, g_hash_table_unref);
  g_clear_object (&self->table);

  G_OBJECT_CLASS (assay_code_colors_parent_class)->dispose (object);
}

static void
assay_code_colors_class_init (AssayCodeColorsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = assay_code_colors_dispose;
}

static void
assay_code_colors_init (AssayCodeColors *self)
{
  g_queue_init (&self->jobs);
  self->tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

AssayCodeColors *
assay_code_colors_new (GtkTextTagTable *table)
{
  AssayCodeColors *self = g_object_new (ASSAY_TYPE_CODE_COLORS, NULL);

  self->table = g_object_ref (table);
  return self;
}

void
assay_code_colors_stop (AssayCodeColors *self)
{
  g_return_if_fail (ASSAY_IS_CODE_COLORS (self));

  g_clear_handle_id (&self->source, g_source_remove);
  g_queue_clear_full (&self->jobs, (GDestroyNotify) job_free);
  end_job (self);
}

void
assay_code_colors_reset (AssayCodeColors *self, gboolean dark)
{
  GHashTableIter iter;
  gpointer tag;

  g_return_if_fail (ASSAY_IS_CODE_COLORS (self));

  assay_code_colors_stop (self);
  if (self->dark == dark)
    return;
  self->dark = dark;
  g_hash_table_iter_init (&iter, self->tags);
  while (g_hash_table_iter_next (&iter, NULL, &tag))
    gtk_text_tag_table_remove (self->table, tag);
  g_hash_table_remove_all (self->tags);
}

void
assay_code_colors_add (AssayCodeColors *self,
                       GtkTextBuffer *buffer,
                       guint start,
                       guint end,
                       const char *language)
{
  GtkTextIter position;
  Job *job;

  g_return_if_fail (ASSAY_IS_CODE_COLORS (self));
  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));
  g_return_if_fail (language != NULL && start <= end);

  gtk_text_buffer_get_iter_at_offset (buffer, &position, start);
  job = g_new0 (Job, 1);
  job->buffer = g_object_ref (buffer);
  job->start = g_object_ref (gtk_text_buffer_create_mark (buffer, NULL, &position, TRUE));
  job->n_characters = end - start;
  job->word = g_strdup (language);
  g_queue_push_tail (&self->jobs, job);
}

static gboolean work_cb (gpointer user_data);

static void
work_soon (AssayCodeColors *self)
{
  self->source = g_idle_add_full (G_PRIORITY_LOW, work_cb, self, NULL);
}

static gboolean
rested_cb (gpointer user_data)
{
  work_soon (user_data);
  return G_SOURCE_REMOVE;
}

/* Whether nothing has to be read from a file for the next job: where there is a language, the list
 * of them is there as well. */
static gboolean
is_ready (AssayCodeColors *self)
{
  const Job *job = g_queue_peek_head (&self->jobs);

  if (self->hidden != NULL)
    return TRUE;
  return job->language != NULL ? find_kept (job->language) != NULL
                               : !g_queue_is_empty (get_kept ());
}

static gboolean
work_cb (gpointer user_data)
{
  AssayCodeColors *self = user_data;

  if (assay_turn_is_spent (TURN_USEC))
    return G_SOURCE_CONTINUE;
  while (!g_queue_is_empty (&self->jobs))
    {
      guint wait = is_ready (self) ? 0 : assay_typing_get_wait (self->widget);

      if (wait > 0)
        {
          self->source = g_timeout_add_full (G_PRIORITY_LOW, wait, rested_cb, self, NULL);
          return G_SOURCE_REMOVE;
        }
      if (work_on_job (self, g_queue_peek_head (&self->jobs)))
        {
          end_job (self);
          job_free (g_queue_pop_head (&self->jobs));
        }
      if (assay_turn_is_spent (TURN_USEC))
        return G_SOURCE_CONTINUE;
    }
  self->source = 0;
  return G_SOURCE_REMOVE;
}

void
assay_code_colors_start (AssayCodeColors *self, GtkWidget *widget)
{
  g_return_if_fail (ASSAY_IS_CODE_COLORS (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  self->widget = widget;
  if (self->source == 0 && !g_queue_is_empty (&self->jobs))
    work_soon (self);
}
