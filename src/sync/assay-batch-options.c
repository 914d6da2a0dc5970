/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-batch.h"

#define MAX_STRENGTH 4

/* What no option gives a number. */
#define NOT_GIVEN G_MININT

typedef struct
{
  gboolean help;
  gboolean version;
  gboolean list_formats;
  gboolean list_presets;
  gboolean list_projects;
  gboolean import;
  char *format;
  char *project;
  char *preset;
  char *output;
  char *rank_pairs;
  char *address;
  char *token_file;
  int min_strength;
  int good_from;
  gboolean drafts;
  gboolean ties_both_orders;
  gboolean extra_columns;
  GStrv files;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->format);
  g_free (options->project);
  g_free (options->preset);
  g_free (options->output);
  g_free (options->rank_pairs);
  g_free (options->address);
  g_free (options->token_file);
  g_strfreev (options->files);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
check_text (const char *option, const char *value, GError **error)
{
  if (value == NULL || g_utf8_validate (value, -1, NULL))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: an option as it is typed, like --project. */
               _ ("What follows %s is not text in UTF-8."), option);
  return FALSE;
}

static gboolean
read_options (const char *const *argv, Options *options, GError **error)
{
  g_auto (GStrv) copy = g_strdupv ((char **) argv);
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  const GOptionEntry entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &options->help, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, NULL, NULL },
    { "import", 0, 0, G_OPTION_ARG_NONE, &options->import, NULL, NULL },
    { "export", 0, 0, G_OPTION_ARG_FILENAME, &options->format, NULL, NULL },
    { "list-formats", 0, 0, G_OPTION_ARG_NONE, &options->list_formats, NULL, NULL },
    { "list-presets", 0, 0, G_OPTION_ARG_NONE, &options->list_presets, NULL, NULL },
    { "list-projects", 0, 0, G_OPTION_ARG_NONE, &options->list_projects, NULL, NULL },
    { "project", 0, 0, G_OPTION_ARG_FILENAME, &options->project, NULL, NULL },
    { "preset", 0, 0, G_OPTION_ARG_FILENAME, &options->preset, NULL, NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output, NULL, NULL },
    { "drafts", 0, 0, G_OPTION_ARG_NONE, &options->drafts, NULL, NULL },
    { "min-strength", 0, 0, G_OPTION_ARG_INT, &options->min_strength, NULL, NULL },
    { "rank-pairs", 0, 0, G_OPTION_ARG_FILENAME, &options->rank_pairs, NULL, NULL },
    { "ties-both-orders", 0, 0, G_OPTION_ARG_NONE, &options->ties_both_orders, NULL, NULL },
    { "extra-columns", 0, 0, G_OPTION_ARG_NONE, &options->extra_columns, NULL, NULL },
    { "check-platform", 0, 0, G_OPTION_ARG_FILENAME, &options->address, NULL, NULL },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &options->token_file, NULL, NULL },
    { "good-from", 0, 0, G_OPTION_ARG_INT, &options->good_from, NULL, NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->files, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  /* Names are taken as the bytes that they are: they would have to be in the locale's encoding
   * otherwise, and scripts often run without a locale. */
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse_strv (context, &copy, error)
         && check_text ("--export", options->format, error)
         && check_text ("--project", options->project, error)
         && check_text ("--preset", options->preset, error)
         && check_text ("--rank-pairs", options->rank_pairs, error)
         && check_text ("--check-platform", options->address, error);
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
  return FALSE;
}

static gboolean
refuse_option (GError **error, const char *option, const char *command)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: both are options as they are typed, like --preset. */
               _ ("%s has no meaning with %s."), option, command);
  return FALSE;
}

static gboolean
choose_kind (const Options *options, AssayBatchKind *kind, GError **error)
{
  const struct
  {
    gboolean chosen;
    AssayBatchKind kind;
  } choices[] = {
    { options->import, ASSAY_BATCH_IMPORT },
    { options->format != NULL, ASSAY_BATCH_EXPORT },
    { options->list_formats, ASSAY_BATCH_LIST_FORMATS },
    { options->list_presets, ASSAY_BATCH_LIST_PRESETS },
    { options->list_projects, ASSAY_BATCH_LIST_PROJECTS },
    { options->address != NULL, ASSAY_BATCH_CHECK_PLATFORM },
  };
  guint n = 0;

  /* Whoever asks for help gets it, whatever else is there. */
  if (options->help || options->version)
    {
      *kind = options->help ? ASSAY_BATCH_HELP : ASSAY_BATCH_VERSION;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (choices[i].chosen)
      {
        *kind = choices[i].kind;
        n++;
      }
  if (n == 0)
    return refuse (error, _ ("Say what to do: --import, --export, --list-projects, --list-formats, "
                             "--list-presets or --check-platform."));
  if (n > 1)
    return refuse (error,
                   _ ("One thing at a time: give only one of --import, --export, --list-… and "
                      "--check-platform."));
  if (options->token_file != NULL && *kind != ASSAY_BATCH_CHECK_PLATFORM)
    return refuse (error, _ ("--token-file goes with --check-platform."));
  return TRUE;
}

/* An option that would do nothing was meant to do something. */
static gboolean
refuse_export_options (const Options *options, const char *command, GError **error)
{
  const struct
  {
    gboolean given;
    const char *name;
  } given[] = {
    { options->output != NULL, "--output" },
    { options->drafts, "--drafts" },
    { options->min_strength != NOT_GIVEN, "--min-strength" },
    { options->rank_pairs != NULL, "--rank-pairs" },
    { options->ties_both_orders, "--ties-both-orders" },
    { options->extra_columns, "--extra-columns" },
    { options->good_from != NOT_GIVEN, "--good-from" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    if (given[i].given)
      return refuse_option (error, given[i].name, command);
  return TRUE;
}

static const char *
get_list_name (AssayBatchKind kind)
{
  switch (kind)
    {
    case ASSAY_BATCH_LIST_FORMATS:
      return "--list-formats";
    case ASSAY_BATCH_LIST_PRESETS:
      return "--list-presets";
    default:
      return "--list-projects";
    }
}

static gboolean
check_list (const Options *options, const char *command, GError **error)
{
  if (options->files != NULL)
    return refuse (error, _ ("Lists take no files."));
  if (options->project != NULL)
    return refuse_option (error, "--project", command);
  if (options->preset != NULL)
    return refuse_option (error, "--preset", command);
  return refuse_export_options (options, command, error);
}

/* A token never stands on the command line, which everybody on the machine can read. */
static gboolean
check_platform (const Options *options, AssayBatch *self, const char *folder, GError **error)
{
  if (options->files != NULL)
    return refuse (error, _ ("--check-platform takes one address and no files."));
  if (options->project != NULL)
    return refuse_option (error, "--project", "--check-platform");
  if (options->preset != NULL)
    return refuse_option (error, "--preset", "--check-platform");
  self->address = g_strdup (options->address);
  if (options->token_file != NULL)
    self->token_file = folder != NULL
                           ? g_file_new_for_commandline_arg_and_cwd (options->token_file, folder)
                           : g_file_new_for_commandline_arg (options->token_file);
  return refuse_export_options (options, "--check-platform", error);
}

static gboolean
check_import (const Options *options, AssayBatch *self, GError **error)
{
  if (options->files == NULL)
    return refuse (error, _ ("Name the files to import."));
  if (!refuse_export_options (options, "--import", error))
    return FALSE;
  if (options->preset != NULL)
    {
      self->preset = assay_preset_find (options->preset);
      if (self->preset == NULL)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("There is no preset “%s”; --list-presets names them."), options->preset);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_rank_pairs (const Options *options, AssayBatch *self, GError **error)
{
  if (options->rank_pairs == NULL || g_str_equal (options->rank_pairs, "all"))
    self->options.rank_pairs = ASSAY_RANK_PAIRS_ALL;
  else if (g_str_equal (options->rank_pairs, "adjacent"))
    self->options.rank_pairs = ASSAY_RANK_PAIRS_ADJACENT;
  else if (g_str_equal (options->rank_pairs, "best"))
    self->options.rank_pairs = ASSAY_RANK_PAIRS_BEST;
  else
    return refuse (error, _ ("--rank-pairs is “all”, “adjacent” or “best”."));
  return TRUE;
}

/* Formats that have no pairs have nothing to choose about pairs. */
static gboolean
check_choices (const Options *options, const AssayExportFormat *format, GError **error)
{
  const struct
  {
    gboolean given;
    AssayExportChoices choice;
    const char *name;
  } given[] = {
    { options->min_strength != NOT_GIVEN, ASSAY_EXPORT_CHOICE_STRENGTH, "--min-strength" },
    { options->rank_pairs != NULL, ASSAY_EXPORT_CHOICE_RANK_PAIRS, "--rank-pairs" },
    { options->ties_both_orders, ASSAY_EXPORT_CHOICE_TIES, "--ties-both-orders" },
    { options->extra_columns, ASSAY_EXPORT_CHOICE_EXTRA_COLUMNS, "--extra-columns" },
    { options->good_from != NOT_GIVEN, ASSAY_EXPORT_CHOICE_GOOD_SHARE, "--good-from" },
  };
  g_autofree char *command = g_strconcat ("--export ", format->id, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    if (given[i].given && (format->choices & given[i].choice) == 0)
      return refuse_option (error, given[i].name, command);
  return TRUE;
}

static gboolean
check_export (const Options *options, AssayBatch *self, const char *folder, GError **error)
{
  if (options->files != NULL)
    return refuse (error, _ ("Export takes no files; name the one to write with -o."));
  if (options->preset != NULL)
    return refuse_option (error, "--preset", "--export");
  self->format = assay_export_format_find (options->format);
  if (self->format == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("There is no format “%s”; --list-formats names them."), options->format);
      return FALSE;
    }
  if (options->project == NULL)
    return refuse (error,
                   _ ("Name the project to export with --project; --list-projects names them."));
  if (options->output == NULL)
    return refuse (error, _ ("Name the file to write with -o."));
  /* Rows are sorted and set in place as a whole, which a pipe cannot be. */
  if (g_str_equal (options->output, "-"))
    return refuse (error, _ ("Export writes a file, not to standard output; name one with -o."));
  if (options->min_strength != NOT_GIVEN
      && (options->min_strength < 1 || options->min_strength > MAX_STRENGTH))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("--min-strength is a number from 1 to %d."), MAX_STRENGTH);
      return FALSE;
    }
  if (options->good_from != NOT_GIVEN && (options->good_from < 1 || options->good_from > 100))
    return refuse (error, _ ("--good-from is a percentage from 1 to 100."));

  if (!check_choices (options, self->format, error))
    return FALSE;

  self->output = folder != NULL ? g_file_new_for_commandline_arg_and_cwd (options->output, folder)
                                : g_file_new_for_commandline_arg (options->output);
  self->options.with_drafts = options->drafts;
  if (options->min_strength != NOT_GIVEN)
    self->options.min_abs_strength = options->min_strength;
  self->options.ties_both_orders = options->ties_both_orders;
  self->options.extra_columns = options->extra_columns;
  if (options->good_from != NOT_GIVEN)
    self->options.good_share = options->good_from / 100.0;
  return check_rank_pairs (options, self, error);
}

/* What the toolkit understands; everything else that looks like an option is ours to refuse, with
 * our sentence and our status, and without a display. */
static gboolean
is_toolkit_option (const char *argument)
{
  return g_str_has_prefix (argument, "--gapplication-") || g_str_has_prefix (argument, "--help-");
}

gboolean
assay_batch_is_meant (const char *const *argv)
{
  g_return_val_if_fail (argv != NULL, FALSE);

  for (guint i = 1; argv[0] != NULL && argv[i] != NULL && !g_str_equal (argv[i], "--"); i++)
    if (argv[i][0] == '-' && argv[i][1] != '\0' && !is_toolkit_option (argv[i]))
      return TRUE;
  return FALSE;
}

AssayBatch *
assay_batch_parse (const char *const *argv, const char *folder, GError **error)
{
  g_autoptr (AssayBatch) self = NULL;
  g_auto (Options) options = { .min_strength = NOT_GIVEN, .good_from = NOT_GIVEN };

  g_return_val_if_fail (argv != NULL, NULL);

  if (!read_options (argv, &options, error))
    return NULL;
  self = g_new0 (AssayBatch, 1);
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  if (!choose_kind (&options, &self->kind, error))
    return NULL;
  self->project = g_strdup (options.project);

  switch (self->kind)
    {
    case ASSAY_BATCH_IMPORT:
      if (!check_import (&options, self, error))
        return NULL;
      for (guint i = 0; options.files[i] != NULL; i++)
        g_ptr_array_add (self->files,
                         folder != NULL
                             ? g_file_new_for_commandline_arg_and_cwd (options.files[i], folder)
                             : g_file_new_for_commandline_arg (options.files[i]));
      break;
    case ASSAY_BATCH_EXPORT:
      if (!check_export (&options, self, folder, error))
        return NULL;
      break;
    case ASSAY_BATCH_CHECK_PLATFORM:
      if (!check_platform (&options, self, folder, error))
        return NULL;
      break;
    case ASSAY_BATCH_LIST_FORMATS:
    case ASSAY_BATCH_LIST_PRESETS:
    case ASSAY_BATCH_LIST_PROJECTS:
      if (!check_list (&options, get_list_name (self->kind), error))
        return NULL;
      break;
    case ASSAY_BATCH_HELP:
    case ASSAY_BATCH_VERSION:
    default:
      break;
    }
  return g_steal_pointer (&self);
}

void
assay_batch_free (AssayBatch *self)
{
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_object (&self->output);
  g_clear_object (&self->token_file);
  g_free (self->address);
  g_free (self->project);
  g_free (self);
}

gboolean
assay_batch_needs_store (const AssayBatch *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  switch (self->kind)
    {
    case ASSAY_BATCH_LIST_PROJECTS:
    case ASSAY_BATCH_IMPORT:
    case ASSAY_BATCH_EXPORT:
      return TRUE;
    case ASSAY_BATCH_HELP:
    case ASSAY_BATCH_VERSION:
    case ASSAY_BATCH_LIST_FORMATS:
    case ASSAY_BATCH_LIST_PRESETS:
    case ASSAY_BATCH_CHECK_PLATFORM:
    default:
      return FALSE;
    }
}

char *
assay_batch_make_help (void)
{
  g_autoptr (GString) help = g_string_new (NULL);

  /* Translators: keep options and words in capitals that stand for a value alike in all parts.
   * Lines have at most 80 columns. */
  g_string_append (help,
                   _ ("Usage:\n"
                      "  assay [FILE…]                      open the window, and files in it\n"
                      "  assay --import [OPTION…] FILE…     read task files, without a window\n"
                      "  assay --export FORMAT --project NAME -o FILE [OPTION…]\n"
                      "                                     write judgements, without a window\n"
                      "  assay --list-projects | --list-formats | --list-presets\n"
                      "  assay --check-platform ADDRESS [--token-file FILE]\n"
                      "  assay --help | --version\n"));
  g_string_append (
      help, _ ("\nImport:\n"
               "  FILE is JSON, JSON Lines (both also with gzip), CSV, TSV, or a folder of them.\n"
               "  --project NAME        the project that the tasks go to; else it is named after\n"
               "                        the files\n"
               "  --preset ID           the form to judge with; else the one that fits\n"));
  g_string_append (
      help, _ ("\nExport:\n"
               "  --project NAME        the project; write ACCOUNT/NAME if several have the name\n"
               "  -o, --output FILE     the file to write, in place of an older one; a report\n"
               "                        FILE.report.json stands beside it\n"
               "  --drafts              drafts too, marked as such\n"
               "  --min-strength N      leave out pairs with a weaker preference (1 to 4)\n"
               "  --rank-pairs WHICH    pairs from a ranking: all, adjacent or best\n"
               "  --ties-both-orders    write ties in both orders, do not leave them out\n"
               "  --extra-columns       add id, strength and margin to pairs\n"
               "  --good-from PERCENT   the part of its scale from which a response is good, in\n"
               "                        formats that know only good and bad (75)\n"));
  g_string_append (
      help, _ ("\nChecking a platform:\n"
               "  ADDRESS is where it answers. Tasks are claimed, answered and given back: use\n"
               "  an account that is there for tests.\n"
               "  --token-file FILE     a file that holds its token; without, little is tried\n"));
  g_string_append (
      help, _ ("\nExit status:\n"
               "  0  done\n"
               "  1  done in part: some records could not be read, there was nothing to write,\n"
               "     or the platform failed a check\n"
               "  2  wrong options, no such format or preset\n"
               "  3  a file or the profile cannot be read or written\n"
               "  4  another process holds the profile and cannot be asked\n"
               "  5  no such project, or several of that name\n"
               "  6  the tasks forbid export, or none of them fits the format\n"));
  g_string_append (
      help, _ ("\nResults go to standard output, problems to standard error with file, line and\n"
               "field. If the window is open, it does the work. The profile lies in\n"
               "$XDG_DATA_HOME/assay; ASSAY_PROFILE names another folder.\n"));
  return g_string_free_and_steal (g_steal_pointer (&help));
}
