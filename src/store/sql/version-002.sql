-- SPDX-License-Identifier: GPL-3.0-or-later
-- Accounts with a platform behind them.

-- `settings` is a JSON text. `cursor` says where the last pull ended; it is stored together with what it brought.
ALTER TABLE account ADD COLUMN address TEXT;
ALTER TABLE account ADD COLUMN settings TEXT;
ALTER TABLE account ADD COLUMN cursor TEXT;

-- What the platform says of a project, a JSON text; what the person chose stays in `settings`.
ALTER TABLE project ADD COLUMN terms TEXT;

-- What a platform says beside the text; `must_acknowledge` is NULL where it said nothing.
ALTER TABLE guideline ADD COLUMN must_acknowledge INTEGER CHECK (must_acknowledge IN (0, 1));
ALTER TABLE guideline ADD COLUMN acknowledged_at INTEGER;
ALTER TABLE guideline ADD COLUMN summary_of_changes TEXT;

-- Under which lease it was submitted, and what the platform said last of it. A platform may say the same again at any
-- time: `fate` is what was acted on. `fate_at` is that of the draft that a return made, for as long as nobody touched it.
ALTER TABLE judgement ADD COLUMN lease TEXT;
ALTER TABLE judgement ADD COLUMN fate TEXT CHECK (fate IN ('received', 'accepted', 'returned', 'rejected'));
ALTER TABLE judgement ADD COLUMN fate_at INTEGER;

-- The claim that a task is worked on under, or was; `expires_at` is NULL for never.
CREATE TABLE lease (
  task INTEGER PRIMARY KEY REFERENCES task (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('held', 'submitted', 'skipped', 'released', 'expired', 'withdrawn')),
  granted_at INTEGER NOT NULL,
  expires_at INTEGER,
  renewals INTEGER NOT NULL,
  training INTEGER NOT NULL CHECK (training IN (0, 1)),
  form TEXT,
  form_version INTEGER,
  submission TEXT
) STRICT;
CREATE INDEX lease_id ON lease (id);
CREATE INDEX lease_end ON lease (expires_at) WHERE state = 'held';

-- `json` is what the platform sent. The task is found by the submission.
CREATE TABLE feedback (
  account TEXT NOT NULL REFERENCES account (id),
  id TEXT NOT NULL,
  submission TEXT NOT NULL,
  verdict TEXT NOT NULL,
  at INTEGER NOT NULL,
  seen_at INTEGER,
  json TEXT NOT NULL,
  PRIMARY KEY (account, id)
) STRICT;
CREATE INDEX feedback_submission ON feedback (submission);
