-- Times are milliseconds since 1970, days are text such as 2026-11-29. Where a column that refers
-- to staff is part of a key, an empty text stands for the operator, who runs the server; elsewhere
-- NULL does.

-- One row: the current generation of the database.
CREATE TABLE generation (
    only_row     INTEGER PRIMARY KEY CHECK (only_row = 1),
    id           TEXT NOT NULL,
    staff_author TEXT NOT NULL
) STRICT;

-- One row: how many transactions held something new for a phone. Other processes watch it.
CREATE TABLE change_count (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    value    INTEGER NOT NULL
) STRICT;
INSERT INTO change_count (only_row, value) VALUES (1, 0);

CREATE TABLE council (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Only what the server needs to know about a young person. `reference` is the council's own.
CREATE TABLE person (
    id            TEXT PRIMARY KEY,
    council       TEXT NOT NULL REFERENCES council (id),
    reference     TEXT,
    rev           INTEGER NOT NULL DEFAULT 0,
    staff_reading INTEGER NOT NULL DEFAULT 0,
    -- The last revision that phones are nudged for.
    nudge_rev     INTEGER NOT NULL DEFAULT 0,
    -- The id of the record that a restore lost, if a phone of that record was linked to this one: the
    -- id by which phones know the person.
    relinked_id   TEXT UNIQUE
) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_council ON person (council);

-- People whose account was erased. Nothing else about them is stored. A restore erases them again.
CREATE TABLE erased_person (
    id        TEXT PRIMARY KEY,
    council   TEXT NOT NULL,
    erased_at INTEGER NOT NULL,
    -- Where on disk traces may be left: 0 in the file and the log, 1 in the log, 2 nowhere.
    traces    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    id             TEXT PRIMARY KEY,
    council        TEXT NOT NULL REFERENCES council (id),
    handle         TEXT NOT NULL,
    -- Fields of the `contact` collection, as a JSON object.
    card           TEXT NOT NULL,
    -- NULL while they work here.
    deactivated_at INTEGER,
    UNIQUE (handle, council)
) STRICT, WITHOUT ROWID;

CREATE TABLE assignment (
    person  TEXT NOT NULL REFERENCES person (id),
    staff   TEXT NOT NULL REFERENCES staff (id),
    contact TEXT NOT NULL,
    -- The colleague who is covered for; NULL if the person is their own.
    covers  TEXT REFERENCES staff (id),
    -- London days: the first on which it is active, and the first on which it no longer is.
    starts  TEXT,
    ends    TEXT,
    PRIMARY KEY (staff, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX assignment_by_person ON assignment (person);

-- People and teams who help and do not use the console, such as a surgery.
CREATE TABLE address_book_entry (
    id          TEXT PRIMARY KEY,
    council     TEXT NOT NULL REFERENCES council (id),
    -- The only young person who can have it; NULL if everyone of the council can.
    only_for    TEXT REFERENCES person (id),
    -- Fields of the `contact` collection, as a JSON object.
    card        TEXT NOT NULL,
    -- NULL while it can be given.
    removed_at  INTEGER,
    -- The entry that is given instead, if it was merged into one.
    merged_into TEXT REFERENCES address_book_entry (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX address_book_entry_by_council ON address_book_entry (council);
CREATE INDEX address_book_entry_only_for ON address_book_entry (only_for) WHERE only_for IS NOT NULL;

-- Entries that are or were on young people's phones.
CREATE TABLE given_contact (
    person  TEXT NOT NULL REFERENCES person (id),
    -- The record that shows the entry's card.
    contact TEXT NOT NULL,
    -- NULL once the contact was deleted: it still was no adviser's.
    entry   TEXT REFERENCES address_book_entry (id),
    -- London days: the first on which it helps, and the first on which it no longer does.
    starts  TEXT,
    ends    TEXT,
    PRIMARY KEY (person, contact),
    UNIQUE (entry, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE invitation (
    id              TEXT PRIMARY KEY,
    secret_hash     BLOB NOT NULL,
    salt            BLOB NOT NULL,
    person          TEXT NOT NULL REFERENCES person (id),
    expires_at      INTEGER NOT NULL,
    failed_attempts INTEGER NOT NULL,
    used_at         INTEGER,
    -- The phone that created it; NULL if staff or the operator did.
    invited_by      TEXT,
    -- The staff member who created it; NULL if a phone or the operator did.
    invited_by_staff TEXT,
    -- The one phone that it links again after a restore; NULL if it pairs any phone.
    relinks         TEXT,
    -- JSON: the phone that sent its code and waits, or null.
    pending         TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_by_person ON invitation (person);

-- One row: how many claims of a pairing code failed, so that a claim of an unknown code writes too.
CREATE TABLE failed_claim (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    value    INTEGER NOT NULL
) STRICT;
INSERT INTO failed_claim (only_row, value) VALUES (1, 0);

CREATE TABLE device (
    author        TEXT PRIMARY KEY,
    token_hash    BLOB NOT NULL UNIQUE,
    person        TEXT NOT NULL REFERENCES person (id),
    paired_at     INTEGER NOT NULL,
    -- The phone that invited it; NULL if staff or the operator did.
    invited_by    TEXT,
    -- The staff member who invited it; NULL if a phone or the operator did.
    invited_by_staff TEXT,
    -- 1 until the phone is confirmed, if it may not do everything.
    limited       INTEGER NOT NULL,
    -- The key with which it proves what only it may ask for, and the greatest number that it signed.
    signing_key   TEXT NOT NULL,
    last_act      INTEGER NOT NULL,
    last_request  INTEGER NOT NULL,
    last_sync_at  INTEGER,
    -- The last revision that the phone has confirmed.
    last_rev      INTEGER NOT NULL,
    -- The revision up to which the last response brought it.
    delivered_rev INTEGER NOT NULL DEFAULT 0,
    -- Since it was revoked: when, what it does, and the council's signature of both.
    revoked_at    INTEGER,
    ordered       TEXT,
    signature     TEXT,
    CHECK ((revoked_at IS NULL) = (ordered IS NULL) AND (ordered IS NULL) = (signature IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX device_by_person ON device (person);
CREATE INDEX device_revoked ON device (revoked_at) WHERE revoked_at IS NOT NULL;

-- Revoked phones that belong to no person: the person was erased, or the phone was paired after
-- the backup from which this database was restored. Their requests are still refused as revoked.
CREATE TABLE revoked_phone (
    author     TEXT PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    council    TEXT NOT NULL,
    revoked_at INTEGER NOT NULL,
    ordered    TEXT NOT NULL,
    signature  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cell (
    person     TEXT NOT NULL REFERENCES person (id),
    collection TEXT NOT NULL,
    record     TEXT NOT NULL,
    field      TEXT NOT NULL,
    value      TEXT NOT NULL,
    stamp      TEXT NOT NULL,
    -- NULL while the cell is pending: no phone is sent it yet.
    rev        INTEGER,
    PRIMARY KEY (person, collection, record, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX cell_by_rev ON cell (person, rev);

-- What staff and the server wrote, as the council signed it: each change of which a cell is still stored.
CREATE TABLE staff_change (
    person     TEXT NOT NULL REFERENCES person (id),
    collection TEXT NOT NULL,
    record     TEXT NOT NULL,
    stamp      TEXT NOT NULL,
    -- The change's fields, as a JSON object.
    fields     TEXT NOT NULL,
    signature  TEXT NOT NULL,
    PRIMARY KEY (person, collection, record, stamp)
) STRICT, WITHOUT ROWID;

-- Values that were replaced or lost. Deleted after 90 days.
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

-- Each pair of packs is compressed once. `dictionary` is the hash of the pack that it is compressed
-- against, empty if there is none.
CREATE TABLE coded_pack (
    hash       TEXT NOT NULL REFERENCES pack (hash),
    dictionary TEXT NOT NULL,
    coding     TEXT NOT NULL,
    bytes      BLOB NOT NULL,
    PRIMARY KEY (hash, dictionary, coding)
) STRICT;

CREATE TABLE edition (
    council      TEXT NOT NULL REFERENCES council (id),
    number       INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    -- The hash of each pack, as a JSON object.
    packs        TEXT NOT NULL,
    -- The council's signature of number and packs.
    signature    TEXT NOT NULL,
    PRIMARY KEY (council, number)
) STRICT, WITHOUT ROWID;

-- What editors write until it is published: one draft for each council, with the packs that it
-- changes. The other packs are those of the edition that it is based on.
CREATE TABLE draft (
    council      TEXT PRIMARY KEY REFERENCES council (id),
    -- NULL if nothing was published.
    based_on     INTEGER,
    changed_at   INTEGER NOT NULL,
    submitted_by TEXT,
    -- NULL while the draft is being written.
    submitted_at INTEGER,
    -- The note with which it was sent back.
    note         TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_pack (
    council TEXT NOT NULL REFERENCES draft (council),
    name    TEXT NOT NULL,
    bytes   BLOB NOT NULL,
    PRIMARY KEY (council, name)
) STRICT;

-- Who wrote part of a draft. An author does not publish it.
CREATE TABLE draft_author (
    council TEXT NOT NULL REFERENCES draft (council),
    staff   TEXT NOT NULL,
    PRIMARY KEY (council, staff)
) STRICT, WITHOUT ROWID;

-- Pictures by the SHA-256 of their bytes, and which packs refer to them.
CREATE TABLE picture (
    hash       TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    bytes      BLOB NOT NULL,
    -- When it was last added.
    added_at   INTEGER NOT NULL
) STRICT;
CREATE TABLE pack_picture (
    pack    TEXT NOT NULL REFERENCES pack (hash),
    picture TEXT NOT NULL,
    PRIMARY KEY (picture, pack)
) STRICT, WITHOUT ROWID;

-- Uploaded files that are not in use yet, such as sheets of opportunities: at most one of each kind for each
-- staff member. Deleted after some hours.
CREATE TABLE pending_import (
    council TEXT NOT NULL REFERENCES council (id),
    staff   TEXT NOT NULL,
    kind    TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    -- What was read of the file, as JSON.
    content TEXT NOT NULL,
    PRIMARY KEY (council, staff, kind)
) STRICT;
CREATE INDEX pending_import_by_age ON pending_import (made_at);

-- The last import of allocations of each council: when, and how many rows its file had.
CREATE TABLE allocation_import (
    council   TEXT PRIMARY KEY REFERENCES council (id),
    at        INTEGER NOT NULL,
    row_count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How a staff member signs in to the console. Nothing here lets anyone sign in: the password is
-- hashed with argon2id. `password` and `totp` are NULL until they are set up.
CREATE TABLE sign_in (
    staff     TEXT PRIMARY KEY REFERENCES staff (id),
    name      TEXT NOT NULL UNIQUE,
    role      TEXT NOT NULL,
    password  TEXT,
    totp      BLOB,
    -- The last time step whose code was used. A code works once.
    totp_step INTEGER NOT NULL DEFAULT 0,
    -- Later time steps whose codes were typed too early, a JSON array. They never work.
    totp_spent TEXT NOT NULL DEFAULT '[]',
    -- When they last completed a sign-in.
    last_at   INTEGER,
    -- When the account was held: no one signs in until a new link is used.
    held_at   INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_code (
    staff TEXT NOT NULL REFERENCES sign_in (staff),
    hash  BLOB NOT NULL,
    PRIMARY KEY (staff, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_in_link (
    hash       BLOB PRIMARY KEY,
    staff      TEXT NOT NULL REFERENCES sign_in (staff),
    expires_at INTEGER NOT NULL,
    -- The administrator who made it; NULL for the operator.
    made_by    TEXT
) STRICT, WITHOUT ROWID;

-- What decides who can sign in as whom, such as a reset: asked for by one administrator (NULL for the
-- operator) and confirmed by a second person. `decided_by` and `reviewed_by` are NULL for the operator
-- too, if there is a time beside them. Rows are never deleted.
CREATE TABLE privileged_act (
    id           TEXT PRIMARY KEY,
    council      TEXT NOT NULL REFERENCES council (id),
    subject      TEXT NOT NULL REFERENCES staff (id),
    kind         TEXT NOT NULL,
    role         TEXT NOT NULL,
    role_before  TEXT,
    sign_in_name TEXT NOT NULL,
    reason       TEXT NOT NULL,
    asked_by     TEXT,
    asked_at     INTEGER NOT NULL,
    -- `waiting`, `done`, `refused`, `withdrawn` or `lapsed`.
    state        TEXT NOT NULL,
    decided_by   TEXT,
    decided_at   INTEGER,
    -- When the subject read the notice.
    seen_at      INTEGER,
    -- When the subject reported that they did not want it.
    disputed_at  INTEGER,
    -- Who looked at an emergency or a dispute and signed it off.
    reviewed_by  TEXT,
    reviewed_at  INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX privileged_act_by_council ON privileged_act (council, asked_at);
CREATE INDEX privileged_act_by_subject ON privileged_act (subject, asked_at);

-- Sessions of the console by the hash of the cookie's token. `stage` is how far the sign-in has
-- come: `password`, `enrol` (no authenticator yet) or `full`.
CREATE TABLE session (
    hash             BLOB PRIMARY KEY,
    staff            TEXT NOT NULL REFERENCES sign_in (staff),
    stage            TEXT NOT NULL,
    started_at       INTEGER NOT NULL,
    last_used_at     INTEGER NOT NULL,
    -- When the password was last entered.
    authenticated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_staff ON session (staff);

-- Who viewed and who changed what, a chain for each council. It holds names of fields and never
-- their values.
CREATE TABLE audit (
    council TEXT NOT NULL,
    number  INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    staff   TEXT,
    role    TEXT NOT NULL,
    action  TEXT NOT NULL,
    -- NULL if it is not about a person.
    person  TEXT,
    detail  TEXT NOT NULL,
    -- SHA-256 of this row and of the hash before it.
    hash    BLOB NOT NULL,
    PRIMARY KEY (council, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_by_person ON audit (person, council, number) WHERE person IS NOT NULL;
CREATE INDEX audit_by_staff ON audit (council, staff, number);
CREATE INDEX audit_by_time ON audit (council, at);
-- Who opened how many people's pages on a day, and when the chain was last checked.
CREATE INDEX audit_looked ON audit (council, at, staff, person) WHERE action = 'looked';
CREATE INDEX audit_verified ON audit (council, number) WHERE action = 'verified';
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
