-- Version 1: one phone, one person.

-- How far the phone has synced. One row. generation and edition are null before the first response
-- and the first edition.
CREATE TABLE sync_state (
    only_row         INTEGER PRIMARY KEY CHECK (only_row = 1),
    generation       TEXT,
    cursor           INTEGER NOT NULL,
    request          INTEGER NOT NULL,
    edition          INTEGER,
    edition_floor    INTEGER NOT NULL,
    greatest_reading INTEGER NOT NULL,
    clock_offset     INTEGER NOT NULL,
    last_sync        INTEGER,
    -- Changes that were not what they claim, and the cursor before the first of them.
    unverified       INTEGER NOT NULL,
    unverified_since INTEGER,
    -- Since when the server refuses this phone without an order that the council signed.
    refused_since    INTEGER,
    -- The number of the newest act that this phone signed.
    act              INTEGER NOT NULL
);
INSERT INTO sync_state VALUES (1, NULL, 0, 0, NULL, 0, 0, 0, NULL, 0, NULL, NULL, 0);

CREATE TABLE pairing (
    only_row     INTEGER PRIMARY KEY CHECK (only_row = 1),
    server       TEXT NOT NULL,
    -- NULL since this phone was released.
    token        TEXT,
    author       TEXT NOT NULL,
    council      TEXT NOT NULL,
    council_name TEXT NOT NULL,
    person       TEXT NOT NULL,
    -- The keys with which the council signs, newest first, as a JSON list.
    council_keys TEXT NOT NULL,
    -- The council's signature of the pairing of this author with this person.
    signature    TEXT NOT NULL,
    -- When the council released this phone, by the council's clock.
    released_at  INTEGER,
    -- Those of the council's keys that can have signed an order to this phone, newest first, as a JSON list.
    order_keys   TEXT NOT NULL,
    -- The seed of the key with which this phone proves that it is itself.
    phone_key    BLOB NOT NULL,
    CHECK ((token IS NULL) = (released_at IS NOT NULL))
);

-- Recovery phrases as 128 bits of entropy, newest last. Earlier ones are of keys used before.
CREATE TABLE recovery_phrase (
    number       INTEGER PRIMARY KEY,
    entropy      BLOB    NOT NULL UNIQUE,
    written_down INTEGER NOT NULL DEFAULT 0
);

-- The key that this phone seals under when it sends, by its check value, and whether the server has
-- accepted it as the one in use. One row.
CREATE TABLE key_state (
    only_row     INTEGER PRIMARY KEY CHECK (only_row = 1),
    key_check    TEXT,
    confirmed    INTEGER NOT NULL,
    -- The first key of the history to which this phone holds.
    first_key    TEXT,
    -- Steps to other keys that the server has not accepted, the oldest first, as a JSON list.
    proposed     TEXT NOT NULL,
    -- Changes of the key that were refused, and the stamp of the last one.
    refused      INTEGER NOT NULL,
    last_refused TEXT,
    -- Whether the server refused clears, because another key is in use there.
    clears_refused INTEGER NOT NULL
);
INSERT INTO key_state VALUES (1, NULL, 0, NULL, '[]', 0, NULL, 0);

-- Cells as the server has them. sealed: the collection is encrypted before it is sent. resend: the
-- server is to get the cell again, because it was restored or has it under an earlier key.
CREATE TABLE cell (
    collection TEXT NOT NULL,
    record     TEXT NOT NULL,
    field      TEXT NOT NULL,
    value      TEXT NOT NULL,
    stamp      TEXT NOT NULL,
    sealed     INTEGER NOT NULL,
    resend     INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (collection, record, field)
) WITHOUT ROWID;
CREATE INDEX cell_to_resend ON cell (sealed, stamp) WHERE resend = 1;

-- Sealed cells, as they came, that this phone cannot open: their recovery phrase is not here yet, a
-- newer version sealed them, or they were forged. record is the sealed id. cleared: the server says that
-- another phone sealed the cell again and cleared this one.
CREATE TABLE undecryptable (
    collection TEXT NOT NULL,
    record     TEXT NOT NULL,
    field      TEXT NOT NULL,
    value      TEXT NOT NULL,
    stamp      TEXT NOT NULL,
    resend     INTEGER NOT NULL DEFAULT 0,
    cleared    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (collection, record, field)
) WITHOUT ROWID;

-- Sealed cells to be cleared on the server, because their key was replaced. record is the sealed id;
-- stamp is the stamp of the clear, which is that of the cell.
CREATE TABLE scheduled_clear (
    collection TEXT NOT NULL,
    record     TEXT NOT NULL,
    field      TEXT NOT NULL,
    stamp      TEXT NOT NULL,
    sent       INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (collection, record, field)
) WITHOUT ROWID;

-- This phone's edits that the server has not confirmed.
CREATE TABLE unsent (
    collection TEXT NOT NULL,
    record     TEXT NOT NULL,
    field      TEXT NOT NULL,
    value      TEXT NOT NULL,
    stamp      TEXT NOT NULL,
    sealed     INTEGER NOT NULL,
    PRIMARY KEY (collection, record, field)
) WITHOUT ROWID;
CREATE INDEX unsent_by_stamp ON unsent (sealed, stamp);

-- What the person sees: of each cell the one with the greater stamp. (Stamps sort as text.)
CREATE VIEW current_cell AS
    SELECT u.collection, u.record, u.field, u.value, u.stamp
      FROM unsent u LEFT JOIN cell c USING (collection, record, field)
     WHERE c.stamp IS NULL OR u.stamp > c.stamp
    UNION ALL
    SELECT c.collection, c.record, c.field, c.value, c.stamp
      FROM cell c LEFT JOIN unsent u USING (collection, record, field)
     WHERE u.stamp IS NULL OR c.stamp >= u.stamp;

-- Staff-written changes and key steps as the council signed them, to be resent after a restore.
CREATE TABLE staff_change (
    collection TEXT NOT NULL,
    record     TEXT NOT NULL,
    stamp      TEXT NOT NULL,
    fields     TEXT NOT NULL,
    signature  TEXT NOT NULL,
    resend     INTEGER NOT NULL DEFAULT 0,
    -- 1 if only a key that does not count any more signed it.
    distrusted INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (collection, record, stamp)
) WITHOUT ROWID;

-- Telephone numbers of contacts and lines as the person last saw them, where the council has changed
-- them since. phones is a JSON list. Never sent.
CREATE TABLE numbers_before (
    kind   TEXT NOT NULL,
    id     TEXT NOT NULL,
    phones TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;

-- Records as they were at a moment that matters for the person, such as when they last saw them, where they
-- have changed since. body is JSON, and null if there was no record. Never sent.
CREATE TABLE earlier (
    kind TEXT NOT NULL,
    id   TEXT NOT NULL,
    body TEXT,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;

-- Edits that the server refused.
CREATE TABLE quarantine (
    number     INTEGER PRIMARY KEY,
    collection TEXT NOT NULL,
    record     TEXT NOT NULL,
    field      TEXT NOT NULL,
    value      TEXT NOT NULL,
    stamp      TEXT NOT NULL,
    reason     TEXT NOT NULL,
    at         INTEGER NOT NULL
);

-- Packs, zstd-compressed: those of the shown edition, which are the dictionaries of the next delta,
-- and those that wait until their edition is complete.
CREATE TABLE pack (
    hash  TEXT PRIMARY KEY,
    name  TEXT NOT NULL,
    bytes BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE edition_pack (
    name TEXT PRIMARY KEY,
    hash TEXT NOT NULL
) WITHOUT ROWID;

-- Pictures of the shown promise. bytes is null if the server does not have the picture.
CREATE TABLE picture (
    hash  TEXT PRIMARY KEY,
    bytes BLOB
);

-- The person's settings on this phone. One row. A phone of theirs that was paired after
-- devices_new_after, by the server's clock, is new here until it is in seen_device. What the council changes
-- after news_after, by the same clock, is new; it is null until the first sync has brought everything.
CREATE TABLE setting (
    only_row           INTEGER PRIMARY KEY CHECK (only_row = 1),
    pictures_with_sync INTEGER NOT NULL,
    devices_new_after  INTEGER NOT NULL,
    news_after         INTEGER
);
INSERT INTO setting VALUES (1, 1, 0, NULL);

-- The person's other phones that they have seen on this one.
CREATE TABLE seen_device (
    id TEXT PRIMARY KEY
) WITHOUT ROWID;

-- The app lock: a row while a PIN is set. Hashes of the PIN and the quiet PIN under one salt; that of the quiet
-- PIN is random if there is none. platform: the hash of the platform's secret. tried_at: milliseconds since the
-- phone was started; wait: how many milliseconds later the next try is possible.
CREATE TABLE app_lock (
    only_row  INTEGER PRIMARY KEY CHECK (only_row = 1),
    salt      BLOB    NOT NULL,
    pin       BLOB    NOT NULL,
    quiet_pin BLOB    NOT NULL,
    platform  BLOB,
    tries     INTEGER NOT NULL,
    tried_at  INTEGER NOT NULL,
    wait      INTEGER NOT NULL
);

-- What is read and searched: the records of the shown packs, and the search text of contacts.
CREATE TABLE document (
    number   INTEGER PRIMARY KEY,
    kind     TEXT    NOT NULL,
    id       TEXT    NOT NULL,
    position INTEGER NOT NULL,
    body     TEXT    NOT NULL,
    UNIQUE (kind, id)
);

-- The searchable text of a document, and its telephone numbers: each a number and its extension with
-- U+001F between them, and U+001E between two numbers.
CREATE VIEW searchable AS
    SELECT number, kind, id,
           CASE kind
               WHEN 'opportunity' THEN body ->> '$.title'
               WHEN 'contact'     THEN body ->> '$.title'
               WHEN 'own_contact' THEN body ->> '$.title'
               WHEN 'line'        THEN (SELECT group_concat(value, ' ') FROM json_each(body, '$.display_name'))
               ELSE (SELECT group_concat(value, ' ') FROM json_each(body, '$.title'))
           END AS title,
           CASE kind
               WHEN 'opportunity' THEN concat_ws(' ', body ->> '$.organisation', body ->> '$.summary',
                   body ->> '$.body', (SELECT group_concat(value ->> '$.name', ' ') FROM json_each(body, '$.places')),
                   body ->> '$.contact_name', body ->> '$.email')
               WHEN 'contact'     THEN body ->> '$.text'
               WHEN 'own_contact' THEN body ->> '$.text'
               WHEN 'line'        THEN concat_ws(' ', body ->> '$.role', body ->> '$.organisation',
                   (SELECT group_concat(value, ' ') FROM json_each(body, '$.about')), body ->> '$.email')
               ELSE concat_ws(' ',
                   (SELECT group_concat(value, ' ') FROM json_each(body, '$.text')),
                   (SELECT group_concat(value, ' ') FROM json_each(body, '$.easy_read')),
                   (SELECT group_concat(value, ' ') FROM json_each(body, '$.how_to_get')))
           END AS words,
           CASE kind
               WHEN 'opportunity' THEN concat_ws(char(31), body ->> '$.phone', body ->> '$.phone_ext')
               WHEN 'line'        THEN (SELECT group_concat(
                   concat_ws(char(31), value ->> '$.number', value ->> '$.ext'), char(30))
                   FROM json_each(body, '$.phones'))
           END AS phones
      FROM document
     WHERE kind IN ('pledge', 'opportunity', 'contact', 'own_contact', 'line');

-- The forms under which the words of a searchable document are found, as promise_protocol::search
-- makes them: the tokenizer only splits them at spaces. A release that folds words in another way
-- needs a migration that fills the index again.
CREATE VIRTUAL TABLE search USING fts5 (
    title, words,
    content = '', contentless_delete = 1,
    tokenize = 'ascii'
);
