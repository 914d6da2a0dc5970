/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-context-item.h"
#include "assay-documents-pane.h"
#include "assay-find-bar.h"
#include "assay-removal-queue.h"
#include "assay-rewrite-changes.h"
#include "assay-response-column.h"

G_BEGIN_DECLS

struct _AssayDocumentsPane
{
  GtkWidget parent_instance;

  /* Of the template. */
  GtkWidget *box;
  AssayFindBar *find_bar;
  GtkWidget *pages_bar;
  AdwToggleGroup *pages;
  GtkPaned *paned;
  GtkWidget *upper;
  GtkWidget *upper_box;
  GtkWidget *lower;
  GtkWidget *letters_bar;
  AdwToggleGroup *letters;
  GtkWidget *columns_box;
  GtkWidget *compare_bar;
  GtkLabel *compare_label;
  GtkWidget *against_all_button;
  GtkWidget *additions_button;

  AssayTask *task;
  AssayPresentation *presentation;
  GPtrArray *items;       /* AssayContextItem, in reading order */
  GPtrArray *columns;     /* AssayResponseColumn, in the order shown */
  GPtrArray *spare_items; /* of the task before, while the next one is put in */
  GPtrArray *spare_columns;
  AssayRemovalQueue *removed; /* (owned) items and columns */

  AssayViewMode view_mode;
  AssayViewMode mode_before; /* the differences */
  gboolean narrow;
  gboolean paged;
  gboolean show_source;
  gboolean marking;
  double text_scale;
  int upper_height;

  guint current;
  guint pinned;
  guint beside;
  gboolean on_prompt_page;
  gboolean at_response; /* the person went to one of this task's */
  gboolean in_allocation;
  gboolean fill_begun; /* with the first response */
  guint tick;
  guint n_frames;
  AssayDocumentView *last_view;     /* (weak): where the focus was last */
  AssayDocumentView *selected_view; /* (weak): where something was selected before */

  /* Comparing. */
  GHashTable *comparisons; /* a pair of places → Comparing */
  gboolean against_all;
  AssayDifferences *base_differences; /* (nullable) of the response that all are compared with */
  guint base;
  gboolean linked;
  gboolean in_link;
  AssayResponseColumn *leader; /* (weak) the response that is being scrolled by hand */

  /* What is written: its column stands behind those of the responses. */
  AssayDocument *draft;                    /* (nullable) as it is shown */
  char *draft_base;                        /* (nullable) the response that it is compared with */
  guint draft_serial;                      /* what is prepared for an earlier one comes too late */
  AssayResponseColumn *draft_next;         /* (nullable) being filled */
  AssayRewriteChanges *draft_changes;      /* (nullable) from the response to what is shown */
  AssayRewriteChanges *draft_changes_next; /* (nullable) to what is being filled */
  AssayDifferences *draft_differences[2];  /* (nullable) made of the first */
  guint before_draft[3]; /* the current response, the pinned one and the one beside it */

  /* Finding: the current match, -1 for none. */
  AssayPattern *pattern; /* (nullable) */
  int find_view;
  int find_match;
};

/* All views in reading order, those of folded texts included. */
guint _assay_documents_pane_get_n_views (AssayDocumentsPane *self);
AssayDocumentView *_assay_documents_pane_get_view (AssayDocumentsPane *self, guint index);
/* Gives every view its document. */
void _assay_documents_pane_load_all (AssayDocumentsPane *self);
/* Makes a view visible: unfolds it, turns to its page. */
/* What only one of the compared responses says, as lists. */
void _assay_documents_pane_list_additions (AssayDocumentsPane *self);
void _assay_documents_pane_request_quote (AssayDocumentsPane *self,
                                          const char *letter,
                                          const char *text);
void _assay_documents_pane_request_mark (AssayDocumentsPane *self,
                                         AssayDocument *document,
                                         guint start,
                                         guint end);
void _assay_documents_pane_reveal (AssayDocumentsPane *self, guint view);

/* Whether two of the responses are shown, the pinned one and one beside it. */
gboolean _assay_documents_pane_shows_pair (AssayDocumentsPane *self);
AssayResponseColumn *_assay_documents_pane_get_column (AssayDocumentsPane *self, guint place);
AssayDocument *_assay_documents_pane_get_response (AssayDocumentsPane *self, guint place);

/* What is shown follows from the state. */
void _assay_documents_pane_update_layout (AssayDocumentsPane *self);
/* Begins with the columns alone if they were just made: giving them their looks takes as long as
 * laying out the first text. */
void _assay_documents_pane_show_responses (AssayDocumentsPane *self, gboolean made_anew);
void _assay_documents_pane_choose_response (AssayDocumentsPane *self, guint place);
/* The next response is filled when what was begun has been painted. */
void _assay_documents_pane_begun (AssayDocumentsPane *self);
void _assay_documents_pane_stop_waiting (AssayDocumentsPane *self);

void _assay_documents_pane_add_context (AssayDocumentsPane *self);
void _assay_documents_pane_watch_view (AssayDocumentsPane *self, AssayDocumentView *view);
void _assay_documents_pane_watch_focus (AssayDocumentsPane *self, GtkWidget *widget);
void _assay_documents_pane_install_actions (GtkWidgetClass *widget_class);

/* Whether the column at @place is that of the text that is written. */
gboolean _assay_documents_pane_is_draft (AssayDocumentsPane *self, guint place);
/* Whether one of the two is what is written, and the other what it was made of. */
gboolean _assay_documents_pane_is_edit (AssayDocumentsPane *self, guint one, guint other);
/* A column that is not shown yet. */
AssayResponseColumn *_assay_documents_pane_make_column (AssayDocumentsPane *self);
void _assay_documents_pane_add_responses (AssayDocumentsPane *self);
/* Takes all texts out; their widgets are taken apart in turns of their own, or by the second. */
/* What showed the texts is there to show others. */
void _assay_documents_pane_put_aside (AssayDocumentsPane *self);
/* Removes what no other text was found for. */
void _assay_documents_pane_remove_spare (AssayDocumentsPane *self);
void _assay_documents_pane_forget_draft (AssayDocumentsPane *self);

/* The comparison of two responses, the first being that which is shown first, or NULL while it is
 * made. */
AssayComparison *
_assay_documents_pane_get_comparison (AssayDocumentsPane *self, guint one, guint other);
/* So that the first step of scrolling need not wait. */
void _assay_documents_pane_prepare_links (AssayDocumentsPane *self);
/* Compares what is shown, and marks and says the differences. */
void _assay_documents_pane_compare (AssayDocumentsPane *self);
void _assay_documents_pane_forget_comparisons (AssayDocumentsPane *self);
/* Those with the text that stands at @place or behind it. */
void _assay_documents_pane_forget_comparisons_from (AssayDocumentsPane *self, guint place);
/* Lets the other responses follow this one while it is scrolled. */
void _assay_documents_pane_watch_scrolling (AssayDocumentsPane *self, AssayResponseColumn *column);

void _assay_documents_pane_find_changed (AssayDocumentsPane *self, const char *text);
/* What was found, in words. */
void _assay_documents_pane_find_update (AssayDocumentsPane *self);

G_END_DECLS
