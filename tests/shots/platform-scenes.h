/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-driver.h"

G_BEGIN_DECLS

/* Scenes of the reference platform; each brings the program there. */
void open_accounts (AssayDriver *driver);
void act_claim (AssayDriver *driver);
void act_account (AssayDriver *driver);
void act_account_project (AssayDriver *driver);
void act_account_sign_in (AssayDriver *driver);
void act_returned (AssayDriver *driver);
void act_two_drafts (AssayDriver *driver);
void act_guideline_changes (AssayDriver *driver);
void act_account_add (AssayDriver *driver);
/* Ends the platform that a scene began. */
void platform_scenes_end (void);

G_END_DECLS
