/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-form.h"
#include "assay-server-request.h"
#include "assay-task.h"

G_BEGIN_DECLS

/* What answers the addresses of the contract; the table is in assay-platform-server.c. Each is in
 * the file that is named after it. */

typedef void (*AssayServerHandler) (AssayServerRequest *request);

/* assay-server-content.c */
void assay_server_get_me (AssayServerRequest *request);
void assay_server_list_projects (AssayServerRequest *request);
void assay_server_get_project (AssayServerRequest *request);
void assay_server_get_guideline (AssayServerRequest *request);
void assay_server_acknowledge (AssayServerRequest *request);
void assay_server_get_form (AssayServerRequest *request);
void assay_server_list_qualifications (AssayServerRequest *request);

/* assay-server-leases.c */
void assay_server_claim (AssayServerRequest *request);
void assay_server_list_leases (AssayServerRequest *request);
void assay_server_get_lease (AssayServerRequest *request);
void assay_server_release (AssayServerRequest *request);
void assay_server_renew (AssayServerRequest *request);
void assay_server_skip (AssayServerRequest *request);
void assay_server_refresh_attachment (AssayServerRequest *request);

/* assay-server-submissions.c */
void assay_server_submit (AssayServerRequest *request);
void assay_server_get_submission (AssayServerRequest *request);

/* assay-server-drafts.c: also the evaluator's questions */
void assay_server_get_draft (AssayServerRequest *request);
void assay_server_put_draft (AssayServerRequest *request);
void assay_server_delete_draft (AssayServerRequest *request);
void assay_server_list_inquiries (AssayServerRequest *request);
void assay_server_ask (AssayServerRequest *request);

/* assay-server-results.c */
void assay_server_list_changes (AssayServerRequest *request);
void assay_server_list_feedback (AssayServerRequest *request);
void assay_server_dispute (AssayServerRequest *request);
void assay_server_list_earnings (AssayServerRequest *request);

G_END_DECLS
