-- SPDX-License-Identifier: GPL-3.0-or-later
-- The first schema. Times are UTC microseconds unless their name says otherwise.

-- What the store keeps about itself.
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Small settings of the profile; JSON texts.
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE guideline (
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (id, version)
) STRICT;

-- Ids of projects and tasks are never used twice: outbox rows, spool files and rescue refer to them.
CREATE TABLE project (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL REFERENCES account (id),
  external_id TEXT NOT NULL,
  title TEXT NOT NULL,
  form TEXT,
  settings TEXT,
  guideline TEXT,
  guideline_version INTEGER,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  UNIQUE (account, external_id)
) STRICT;

-- What lists sort, filter and count by. `state` follows from draft, judgement and outbox; it is kept here for its index.
CREATE TABLE task (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project INTEGER NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  task_id TEXT NOT NULL,
  external_id TEXT,
  position INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'ready'
    CHECK (state IN ('ready', 'started', 'queued', 'sent', 'returned', 'refused', 'withdrawn')),
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  language TEXT,
  n_responses INTEGER NOT NULL,
  est_minutes INTEGER NOT NULL,
  pay_minor INTEGER NOT NULL,
  pay_per_hour INTEGER,
  currency TEXT,
  deadline_ms INTEGER,
  guideline TEXT,
  guideline_version INTEGER,
  digest TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  UNIQUE (project, task_id)
) STRICT;
CREATE INDEX task_order ON task (project, position);
CREATE INDEX task_state ON task (state, project, position);

-- Each form once, by the digest of its canonical text.
CREATE TABLE form (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  json TEXT NOT NULL
) STRICT;

-- The normalised JSON, its form left out, is beside the table that lists read, so that a scan of a hundred thousand rows
-- stays small.
CREATE TABLE task_content (
  task INTEGER PRIMARY KEY REFERENCES task (id) ON DELETE CASCADE,
  form INTEGER NOT NULL REFERENCES form (id),
  json TEXT NOT NULL
) STRICT;

-- At most one draft for a task. `active` is 0 while it stands behind a submission, to go back to.
CREATE TABLE draft (
  task INTEGER PRIMARY KEY REFERENCES task (id) ON DELETE CASCADE,
  judgement TEXT NOT NULL,
  digest TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  is_empty INTEGER NOT NULL CHECK (is_empty IN (0, 1)),
  paragraphs INTEGER NOT NULL,
  characters INTEGER NOT NULL,
  answers INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE draft_revision (
  id INTEGER PRIMARY KEY,
  task INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
  judgement TEXT NOT NULL,
  digest TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('paragraph', 'time', 'destructive', 'conflict', 'submitted')),
  paragraphs INTEGER NOT NULL,
  written_at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX draft_revision_task ON draft_revision (task, id);

-- Settled judgements, one for each revision.
CREATE TABLE judgement (
  task INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL,
  submission TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL,
  outcome TEXT NOT NULL,
  rationale TEXT NOT NULL,
  submitted_at INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (task, revision)
) STRICT;
CREATE INDEX judgement_time ON judgement (submitted_at);

-- `task` is the row id of the task, as text.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY, submission TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL, task TEXT NOT NULL, kind TEXT NOT NULL,
  method TEXT NOT NULL, target TEXT NOT NULL, body BLOB NOT NULL, body_sha256 BLOB NOT NULL,
  state TEXT NOT NULL DEFAULT 'queued'
    CHECK (state IN ('queued','sending','unknown','accepted','refused','withdrawn')),
  attempts INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, next_at INTEGER NOT NULL DEFAULT 0, changed_at INTEGER NOT NULL,
  last_class TEXT, last_status INTEGER, receipt TEXT,
  CHECK (state <> 'accepted' OR receipt IS NOT NULL)) STRICT;
CREATE UNIQUE INDEX outbox_one_live ON outbox (account, task, kind) WHERE state IN ('queued','sending','unknown');
CREATE INDEX outbox_due ON outbox (next_at) WHERE state IN ('queued','unknown');
CREATE INDEX outbox_task ON outbox (task);
CREATE TABLE attempt (outbox INTEGER NOT NULL REFERENCES outbox(id), n INTEGER NOT NULL, started_at INTEGER NOT NULL,
  ended_at INTEGER, class TEXT, status INTEGER, PRIMARY KEY (outbox, n)) STRICT, WITHOUT ROWID;
CREATE TRIGGER outbox_frozen BEFORE UPDATE OF submission, account, task, kind, method, target, body, body_sha256 ON outbox
  BEGIN SELECT RAISE(ABORT, 'outbox row is frozen'); END;
CREATE TRIGGER outbox_step BEFORE UPDATE OF state ON outbox WHEN NOT (OLD.state = NEW.state
  OR (OLD.state = 'queued'  AND NEW.state IN ('sending','withdrawn'))
  OR (OLD.state = 'sending' AND NEW.state IN ('accepted','refused','queued','unknown'))
  OR (OLD.state = 'unknown' AND NEW.state IN ('accepted','refused','queued','sending'))
  OR (OLD.state = 'refused' AND NEW.state = 'withdrawn'))
  BEGIN SELECT RAISE(ABORT, 'illegal outbox step'); END;
CREATE TRIGGER outbox_keep BEFORE DELETE ON outbox WHEN OLD.state NOT IN ('accepted','withdrawn')
  BEGIN SELECT RAISE(ABORT, 'unsent work is never deleted'); END;

-- Full-text search keeps no copy of the texts: rows are told apart by the task's row id. Marks count as parts of a word, so
-- that Indic words stay whole; scripts without spaces are written with one space after each character before they come
-- here (assay-search-text.c), which makes any stretch of them a phrase.
CREATE VIRTUAL TABLE search_task USING fts5 (title, prompt, responses,
  content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mc Mn'");
CREATE VIRTUAL TABLE search_rationale USING fts5 (rationale,
  content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mc Mn'");
-- Tasks whose rationale changed since it was indexed; the next search catches up, so that no keystroke pays for it.
CREATE TABLE search_stale (
  task INTEGER PRIMARY KEY
) STRICT;
