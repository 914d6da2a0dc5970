/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "platformd"

#include "config.h"

#include "assay-server-defect.h"

static const struct
{
  const char *name;
  const char *description;
} defects[ASSAY_SERVER_N_DEFECTS] = {
  [ASSAY_SERVER_DEFECT_HTML_NOT_FOUND] = { "html-not-found",
                                           "unknown paths answer 200 with a page of HTML" },
  [ASSAY_SERVER_DEFECT_ERRORS_AS_200] = { "errors-as-200", "problems have the status 200" },
  [ASSAY_SERVER_DEFECT_MEDIA_TYPE] = { "media-type", "JSON is sent as text/plain" },
  [ASSAY_SERVER_DEFECT_TOKEN_IN_ME] = { "token-in-me", "/me gives the token back" },
  [ASSAY_SERVER_DEFECT_OPEN_DOOR] = { "open-door", "a wrong token is let in" },
  [ASSAY_SERVER_DEFECT_NO_ETAG] = { "no-etag", "GET answers without an ETag" },
  [ASSAY_SERVER_DEFECT_IGNORES_IF_NONE_MATCH] = { "ignores-if-none-match",
                                                  "a conditional GET always answers 200" },
  [ASSAY_SERVER_DEFECT_WRONG_DIGEST] = { "wrong-digest",
                                         "a guideline's digest is not that of its text" },
  [ASSAY_SERVER_DEFECT_CLAIM_TWICE] = { "claim-twice",
                                        "a repeated claim with the same key gives other leases" },
  [ASSAY_SERVER_DEFECT_KEY_FOR_ANYTHING] = { "key-for-anything",
                                             "a key answers a request that it was not made for" },
  [ASSAY_SERVER_DEFECT_SAME_TASK_TWICE] = { "same-task-twice", "a task is leased twice" },
  [ASSAY_SERVER_DEFECT_GOLD_SHOWS] = { "gold-shows", "a task brings its known answer along" },
  [ASSAY_SERVER_DEFECT_LOCAL_TIMES] = { "local-times", "times have no zone" },
  [ASSAY_SERVER_DEFECT_RENEWS_TWICE] = { "renews-twice",
                                         "a repeated renewal with the same key renews again" },
  [ASSAY_SERVER_DEFECT_REPEAT_IS_CONFLICT] = { "repeat-is-conflict",
                                               "sending the same submission again is a conflict" },
  [ASSAY_SERVER_DEFECT_REPEAT_IS_NEW] = { "repeat-is-new",
                                          "sending the same submission again makes it anew" },
  [ASSAY_SERVER_DEFECT_LAST_WRITER_WINS] = { "last-writer-wins",
                                             "other content replaces a submission unasked" },
  [ASSAY_SERVER_DEFECT_IGNORES_IF_MATCH] = { "ignores-if-match",
                                             "a stale If-Match replaces a submission" },
  [ASSAY_SERVER_DEFECT_SECOND_SUBMISSION] = { "second-submission",
                                              "a lease takes two submissions" },
  [ASSAY_SERVER_DEFECT_ACCEPTS_ANYTHING] = { "accepts-anything", "answers are not checked" },
  [ASSAY_SERVER_DEFECT_POINTS_NOWHERE] = { "points-nowhere",
                                           "what is wrong with answers is not pointed at" },
  [ASSAY_SERVER_DEFECT_REFUSES_UNKNOWN] = { "refuses-unknown", "unknown members are refused" },
  [ASSAY_SERVER_DEFECT_DROPS_UNKNOWN] = { "drops-unknown",
                                          "unknown members of a judgement are not given back" },
  [ASSAY_SERVER_DEFECT_LOSES_CHARACTERS] = { "loses-characters",
                                             "characters outside the basic plane are replaced" },
  [ASSAY_SERVER_DEFECT_SMALL_LIMIT] = { "small-limit", "a submission of 1 MB is too large" },
  [ASSAY_SERVER_DEFECT_ANY_LEASE] = { "any-lease", "a lease that is not held takes a submission" },
  [ASSAY_SERVER_DEFECT_NEVER_LATE] = { "never-late", "an expired lease counts as held" },
  [ASSAY_SERVER_DEFECT_SKIP_ONCE] = { "skip-once", "a repeated skip is a conflict" },
  [ASSAY_SERVER_DEFECT_RELEASE_ONCE] = { "release-once", "a repeated release is not found" },
  [ASSAY_SERVER_DEFECT_CURSOR_FORGIVEN] = { "cursor-forgiven",
                                            "an unknown cursor answers an empty list" },
  [ASSAY_SERVER_DEFECT_FORGETS_CHANGES] = { "forgets-changes",
                                            "a submission is not among the changes" },
  [ASSAY_SERVER_DEFECT_DRAFT_OVERWRITES] = { "draft-overwrites",
                                             "a draft is replaced whatever If-Match says" },
  [ASSAY_SERVER_DEFECT_NO_ACKNOWLEDGEMENT] = { "no-acknowledgement",
                                               "claims need no acknowledgement" },
  [ASSAY_SERVER_DEFECT_FORGETS_GUIDELINES] = { "forgets-guidelines",
                                               "only the newest version of a guideline is there" },
  [ASSAY_SERVER_DEFECT_ASKS_TWICE] = { "asks-twice",
                                       "a repeated question with the same key is asked again" },
  [ASSAY_SERVER_DEFECT_LOSES_DISPUTES] = { "loses-disputes", "a dispute is taken and forgotten" },
  [ASSAY_SERVER_DEFECT_OWN_STATES] = { "own-states",
                                       "qualifications have states of the server's own" },
  [ASSAY_SERVER_DEFECT_FRACTIONAL_MONEY] = { "fractional-money", "amounts have fractions" },
  [ASSAY_SERVER_DEFECT_NO_LIMITS] = { "no-limits", "the discovery names no limits" },
  [ASSAY_SERVER_DEFECT_NUMBERS_AS_TEXT] = { "numbers-as-text",
                                            "what a project has available is a text" },
  [ASSAY_SERVER_DEFECT_FORGETS_FORMS] = { "forgets-forms", "no form is found" },
  [ASSAY_SERVER_DEFECT_HIDES_LEASES] = { "hides-leases", "the list of leases is empty" },
  [ASSAY_SERVER_DEFECT_ANY_FORM] = { "any-form", "the form that was filled is not looked at" },
  [ASSAY_SERVER_DEFECT_LEASE_NOT_FOUND] = { "lease-not-found",
                                            "a submission for an unknown lease is not found" },
  [ASSAY_SERVER_DEFECT_FAILS_ON_GARBAGE] = { "fails-on-garbage",
                                             "what is not JSON is a fault of the server" },
  [ASSAY_SERVER_DEFECT_OWN_VERDICTS] = { "own-verdicts", "feedback has verdicts of its own" },
};

const char *
assay_server_defect_get_name (AssayServerDefect defect)
{
  g_return_val_if_fail (defect < ASSAY_SERVER_N_DEFECTS, NULL);

  return defects[defect].name;
}

const char *
assay_server_defect_get_description (AssayServerDefect defect)
{
  g_return_val_if_fail (defect < ASSAY_SERVER_N_DEFECTS, NULL);

  return defects[defect].description;
}

AssayServerDefect
assay_server_defect_find (const char *name)
{
  g_return_val_if_fail (name != NULL, ASSAY_SERVER_DEFECT_NONE);

  for (AssayServerDefect i = ASSAY_SERVER_DEFECT_NONE + 1; i < ASSAY_SERVER_N_DEFECTS; i++)
    if (g_str_equal (defects[i].name, name))
      return i;
  return ASSAY_SERVER_DEFECT_NONE;
}
