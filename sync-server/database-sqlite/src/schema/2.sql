-- The label by which the staff of a caseload tell a young person apart, such as their initials. Only
-- they see it. No phone is sent it.
CREATE TABLE person_label (
    person TEXT PRIMARY KEY REFERENCES person (id),
    label  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
