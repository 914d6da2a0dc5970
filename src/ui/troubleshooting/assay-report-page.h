/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-session.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_REPORT_PAGE (assay_report_page_get_type ())
/**
 * AssayReportPage:
 *
 * The report that a person may hand to somebody who helps: how the workspace is, and the newest
 * lines of the log. It is shown before it can be copied, and holds nothing of what is judged or
 * written.
 */
G_DECLARE_FINAL_TYPE (AssayReportPage, assay_report_page, ASSAY, REPORT_PAGE, AdwNavigationPage)

/* @health: NULL where the workspace is not open. @waiting: of AssayOutboxItem, or NULL. */
AdwNavigationPage *
assay_report_page_new (AssaySession *session, const AssayStoreHealth *health, GListModel *waiting);

G_END_DECLS
