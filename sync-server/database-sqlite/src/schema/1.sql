-- One row: this life of the database.
CREATE TABLE generation (
    only_row     INTEGER PRIMARY KEY CHECK (only_row = 1),
    id           TEXT NOT NULL,
    staff_author TEXT NOT NULL
) STRICT;

CREATE TABLE council (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- As little about a young person as the server needs. `reference` is the council's own.
CREATE TABLE person (
    id            TEXT PRIMARY KEY,
    council       TEXT NOT NULL REFERENCES council (id),
    reference     TEXT,
    rev           INTEGER NOT NULL DEFAULT 0,
    staff_reading INTEGER NOT NULL DEFAULT 0,
    -- The last revision that phones are woken for.
    nudge_rev        INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_council ON person (council);

-- People who erased their account. Of them there is nothing else: no cell, no phone, no reference.
-- Kept so that a restore can erase them again.
CREATE TABLE erased_person (
    id        TEXT PRIMARY KEY,
    council   TEXT NOT NULL,
    erased_at INTEGER NOT NULL,
    -- Where on disk traces may be left: 0 in the file and the log, 1 in the log, 2 nowhere.
    traces    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    id      TEXT PRIMARY KEY,
    council TEXT NOT NULL REFERENCES council (id),
    handle  TEXT NOT NULL,
    card    TEXT NOT NULL,
    -- When they were switched off; empty while they work here.
    deactivated_at INTEGER,
    UNIQUE (handle, council)
) STRICT, WITHOUT ROWID;

CREATE TABLE assignment (
    person  TEXT NOT NULL REFERENCES person (id),
    staff   TEXT NOT NULL REFERENCES staff (id),
    contact TEXT NOT NULL,
    -- The colleague who is away and is stood in for; empty if the person is theirs.
    covers  TEXT REFERENCES staff (id),
    -- London days: the first on which it counts, and the first on which it no longer does.
    starts  TEXT,
    ends    TEXT,
    PRIMARY KEY (staff, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX assignment_by_person ON assignment (person);

CREATE TABLE invitation (
    name        TEXT PRIMARY KEY,
    secret_hash BLOB NOT NULL,
    salt        BLOB NOT NULL,
    person      TEXT NOT NULL REFERENCES person (id),
    expires_at  INTEGER NOT NULL,
    tries       INTEGER NOT NULL,
    used_at     INTEGER,
    -- The phone that made it; empty if staff did.
    invited_by  TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_by_person ON invitation (person);

CREATE TABLE device (
    author       TEXT PRIMARY KEY,
    token_hash   BLOB NOT NULL UNIQUE,
    person       TEXT NOT NULL REFERENCES person (id),
    paired_at    INTEGER NOT NULL,
    last_request INTEGER NOT NULL,
    last_sync_at INTEGER,
    last_rev     INTEGER NOT NULL,
    -- The revision that its last answer took it to.
    delivered_rev   INTEGER NOT NULL DEFAULT 0,
    revoked_at   INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX device_by_person ON device (person);
CREATE INDEX device_revoked ON device (revoked_at) WHERE revoked_at IS NOT NULL;

-- Revoked phones that no person has any more: whose person was erased, or that were paired after
-- the backup this database was put back from. Kept so that each is told to wipe itself.
CREATE TABLE revoked_phone (
    author     TEXT PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    revoked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cell (
    person     TEXT NOT NULL REFERENCES person (id),
    collection TEXT NOT NULL,
    record     TEXT NOT NULL,
    field      TEXT NOT NULL,
    value      TEXT NOT NULL,
    stamp      TEXT NOT NULL,
    rev        INTEGER NOT NULL,
    PRIMARY KEY (person, collection, record, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX cell_by_rev ON cell (person, rev);

-- What cells held, and what lost. Kept for 90 days.
CREATE TABLE history (
    person      TEXT NOT NULL REFERENCES person (id),
    collection  TEXT NOT NULL,
    record      TEXT NOT NULL,
    field       TEXT NOT NULL,
    stamp       TEXT NOT NULL,
    value       TEXT NOT NULL,
    replaced_at INTEGER NOT NULL,
    PRIMARY KEY (person, collection, record, field, stamp)
) STRICT, WITHOUT ROWID;
CREATE INDEX history_by_age ON history (replaced_at);

CREATE TABLE pack (
    hash  TEXT PRIMARY KEY,
    name  TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

-- Each pair of packs is compressed once. `from_hash` is empty where there is no dictionary.
CREATE TABLE coded_pack (
    hash      TEXT NOT NULL REFERENCES pack (hash),
    from_hash TEXT NOT NULL,
    coding    TEXT NOT NULL,
    bytes     BLOB NOT NULL,
    PRIMARY KEY (hash, from_hash, coding)
) STRICT;

CREATE TABLE edition (
    council      TEXT NOT NULL REFERENCES council (id),
    number       INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    packs        TEXT NOT NULL,
    PRIMARY KEY (council, number)
) STRICT, WITHOUT ROWID;

-- What editors write until it is published: one draft for each council, with those packs that they
-- changed. The others are as they were in the edition that it is based on (0: there was none).
CREATE TABLE draft (
    council      TEXT PRIMARY KEY REFERENCES council (id),
    based_on     INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    -- Both empty while it is written.
    handed_in_by TEXT,
    handed_in_at INTEGER,
    -- What was said when it was sent back; empty if it was not.
    note         TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_pack (
    council TEXT NOT NULL REFERENCES draft (council),
    name    TEXT NOT NULL,
    bytes   BLOB NOT NULL,
    PRIMARY KEY (council, name)
) STRICT;

-- Everybody who wrote something in it: somebody else publishes it.
CREATE TABLE draft_author (
    council TEXT NOT NULL REFERENCES draft (council),
    -- Empty for whoever runs the server.
    staff   TEXT NOT NULL,
    PRIMARY KEY (council, staff)
) STRICT, WITHOUT ROWID;

-- Pictures, by the SHA-256 of their bytes, and which packs name them.
CREATE TABLE picture (
    hash       TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    bytes      BLOB NOT NULL,
    -- When somebody last added it.
    added_at   INTEGER NOT NULL
) STRICT;
CREATE TABLE pack_picture (
    pack    TEXT NOT NULL REFERENCES pack (hash),
    picture TEXT NOT NULL,
    PRIMARY KEY (picture, pack)
) STRICT, WITHOUT ROWID;

-- A sheet of opportunities that an editor looks at before it goes into the draft: at most one for
-- each editor. Kept for some hours.
CREATE TABLE draft_import (
    council TEXT NOT NULL REFERENCES council (id),
    -- Empty for whoever runs the server.
    staff   TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    sheet   TEXT NOT NULL,
    PRIMARY KEY (council, staff)
) STRICT;
CREATE INDEX draft_import_by_age ON draft_import (made_at);

-- How a member of staff signs in to the console. Nothing here signs anybody in by itself: the
-- password is hashed with argon2id. `totp` is empty until an authenticator was set up.
CREATE TABLE sign_in (
    staff     TEXT PRIMARY KEY REFERENCES staff (id),
    name      TEXT NOT NULL UNIQUE,
    role      TEXT NOT NULL,
    password  TEXT,
    totp      BLOB,
    -- The last step whose code was used: a code works once.
    totp_step INTEGER NOT NULL DEFAULT 0,
    -- When they last signed in all the way.
    last_at   INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_code (
    staff TEXT NOT NULL REFERENCES sign_in (staff),
    hash  BLOB NOT NULL,
    PRIMARY KEY (staff, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_in_link (
    hash       BLOB PRIMARY KEY,
    staff      TEXT NOT NULL REFERENCES sign_in (staff),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a browser's cookie stands for. `stage` is how far signing in went: `password`, `enrol`
-- (no authenticator yet) or `full`.
CREATE TABLE session (
    hash      BLOB PRIMARY KEY,
    staff     TEXT NOT NULL REFERENCES sign_in (staff),
    stage     TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    -- When the password was last typed.
    authenticated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_staff ON session (staff);

-- Who looked at what and who changed what, each council's in a chain of its own. It holds names of
-- fields and never what is in them.
CREATE TABLE audit (
    council TEXT NOT NULL,
    number  INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    -- Empty for whoever runs the server.
    staff   TEXT NOT NULL,
    role    TEXT NOT NULL,
    act     TEXT NOT NULL,
    -- Empty where it is about nobody.
    person  TEXT NOT NULL,
    detail  TEXT NOT NULL,
    -- SHA-256 of this row and the hash before it.
    hash    BLOB NOT NULL,
    PRIMARY KEY (council, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_by_person ON audit (person, council, number) WHERE person <> '';
CREATE INDEX audit_by_staff ON audit (council, staff, number);
CREATE INDEX audit_by_time ON audit (council, at);
-- Who opened how many young people's pages on a day, and when the chain was last checked.
CREATE INDEX audit_unusual_access ON audit (council, at, staff, person) WHERE act = 'looked';
CREATE INDEX audit_checks ON audit (council, number) WHERE act = 'verified';
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
