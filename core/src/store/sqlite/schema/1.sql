-- Version 1: one phone, one person.

-- Where the phone stands with its server. One row.
CREATE TABLE sync_state (
    only_row      INTEGER PRIMARY KEY CHECK (only_row = 1),
    generation    TEXT    NOT NULL,
    cursor        INTEGER NOT NULL,
    request       INTEGER NOT NULL,
    edition       INTEGER NOT NULL,
    edition_floor INTEGER NOT NULL,
    greatest      INTEGER NOT NULL,
    clock_offset  INTEGER NOT NULL,
    last_sync     INTEGER
);
INSERT INTO sync_state VALUES (1, '', 0, 0, 0, 0, 0, 0, NULL);

CREATE TABLE pairing (
    only_row     INTEGER PRIMARY KEY CHECK (only_row = 1),
    server       TEXT NOT NULL,
    token        TEXT NOT NULL,
    author       TEXT NOT NULL,
    council      TEXT NOT NULL,
    council_name TEXT NOT NULL,
    person       TEXT NOT NULL,
    key_check    TEXT
);

-- The bits of the person's twelve words, newest last: those before are of keys used earlier.
CREATE TABLE words (
    number       INTEGER PRIMARY KEY,
    entropy      BLOB    NOT NULL UNIQUE,
    written_down INTEGER NOT NULL DEFAULT 0
);

-- Under which key this phone gives the server what is private, by its check value, and whether it
-- is certain that this is the key in use. One row.
CREATE TABLE sealing (
    only_row     INTEGER PRIMARY KEY CHECK (only_row = 1),
    sealed_under TEXT,
    certain      INTEGER NOT NULL
);
INSERT INTO sealing VALUES (1, NULL, 0);

-- Cells as the server has them. hand_back: the server is to be given it again, because it was
-- restored or because it has the cell under an earlier key. private: sealed on its way.
CREATE TABLE cell (
    collection TEXT NOT NULL,
    record     TEXT NOT NULL,
    field      TEXT NOT NULL,
    value      TEXT NOT NULL,
    stamp      TEXT NOT NULL,
    private    INTEGER NOT NULL,
    hand_back  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (collection, record, field)
) WITHOUT ROWID;
CREATE INDEX cell_to_hand_back ON cell (private, stamp) WHERE hand_back = 1;

-- Sealed cells, as they came, that this phone cannot open: its person's words are not here yet, or
-- a newer version sealed them, or somebody forged them.
CREATE TABLE aside (
    collection TEXT NOT NULL,
    record     TEXT NOT NULL,
    field      TEXT NOT NULL,
    value      TEXT NOT NULL,
    stamp      TEXT NOT NULL,
    hand_back  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (collection, record, field)
) WITHOUT ROWID;

-- Sealed cells, by their names on the server, to be emptied: they are under a key that was changed.
-- stamp: what they are emptied with, greater than theirs.
CREATE TABLE retired (
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
    private    INTEGER NOT NULL,
    PRIMARY KEY (collection, record, field)
) WITHOUT ROWID;
CREATE INDEX unsent_by_stamp ON unsent (private, stamp);

-- What the person sees: of each cell the greater stamp. (Stamps sort as texts.)
CREATE VIEW current_cell AS
    SELECT u.collection, u.record, u.field, u.value, u.stamp
      FROM unsent u LEFT JOIN cell c USING (collection, record, field)
     WHERE c.stamp IS NULL OR u.stamp > c.stamp
    UNION ALL
    SELECT c.collection, c.record, c.field, c.value, c.stamp
      FROM cell c LEFT JOIN unsent u USING (collection, record, field)
     WHERE u.stamp IS NULL OR c.stamp >= u.stamp;

-- Staff-written changes as they came, with the server's proof, to hand back after a restore. One
-- edit can have several: a server proves what is left of it when it sends it.
CREATE TABLE staff_change (
    collection TEXT NOT NULL,
    record     TEXT NOT NULL,
    stamp      TEXT NOT NULL,
    fields     TEXT NOT NULL,
    proof      TEXT NOT NULL,
    hand_back  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (collection, record, stamp, proof)
) WITHOUT ROWID;

-- Edits the server refused.
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

-- Fetched packs, zstd: shown ones are the dictionary of the next delta, others wait for their edition.
CREATE TABLE pack (
    hash  TEXT PRIMARY KEY,
    name  TEXT NOT NULL,
    bytes BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE edition_pack (
    name TEXT PRIMARY KEY,
    hash TEXT NOT NULL
) WITHOUT ROWID;

-- Pictures that the shown promise names, as they came. Empty: the server does not give it out.
CREATE TABLE picture (
    hash  TEXT PRIMARY KEY,
    bytes BLOB
);

-- What the person set on this phone. One row.
CREATE TABLE setting (
    only_row           INTEGER PRIMARY KEY CHECK (only_row = 1),
    pictures_with_sync INTEGER NOT NULL
);
INSERT INTO setting VALUES (1, 1);

-- What is read and searched: the records of the shown packs, and contacts.
CREATE TABLE document (
    number   INTEGER PRIMARY KEY,
    kind     TEXT    NOT NULL,
    id       TEXT    NOT NULL,
    position INTEGER NOT NULL,
    body     TEXT    NOT NULL,
    UNIQUE (kind, id)
);

-- The words of a document. FTS5 keeps only the index; the text stays in document.
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
                   body ->> '$.body', (SELECT group_concat(value ->> '$.name', ' ') FROM json_each(body, '$.places')))
               WHEN 'contact'     THEN body ->> '$.text'
               WHEN 'own_contact' THEN body ->> '$.text'
               WHEN 'line'        THEN concat_ws(' ', body ->> '$.role', body ->> '$.organisation',
                   (SELECT group_concat(value, ' ') FROM json_each(body, '$.about')))
               ELSE concat_ws(' ',
                   (SELECT group_concat(value, ' ') FROM json_each(body, '$.text')),
                   (SELECT group_concat(value, ' ') FROM json_each(body, '$.easy_read')),
                   (SELECT group_concat(value, ' ') FROM json_each(body, '$.how_to_get')))
           END AS words
      FROM document
     WHERE kind IN ('pledge', 'opportunity', 'contact', 'own_contact', 'line');

CREATE VIRTUAL TABLE search USING fts5 (
    title, words,
    content = 'searchable', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2'
);
