-- One row: this life of the database.
CREATE TABLE life (
    only_row     INTEGER PRIMARY KEY CHECK (only_row = 1),
    generation   TEXT NOT NULL,
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
    staff_reading INTEGER NOT NULL DEFAULT 0
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
    UNIQUE (handle, council)
) STRICT, WITHOUT ROWID;

CREATE TABLE assignment (
    person  TEXT NOT NULL REFERENCES person (id),
    staff   TEXT NOT NULL REFERENCES staff (id),
    contact TEXT NOT NULL,
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
