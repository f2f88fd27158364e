//! Every collection, with its fields.

use super::{
    ACCOUNT_KEY, CONTACT, CONTACT_MARK, Collection, DELETED, FRESH_START, KEY_REFUSAL, Kind, OF,
    OWN_CONTACT,
    field::{adviser, council, young_person},
};
use crate::{
    access::ACCESS,
    phone_record::PHONE,
    vocabulary::{AppointmentAnswer, AskStatus, PledgeMark, SaveStatus},
};

/// Every collection that this version knows.
pub const COLLECTIONS: &[Collection] = &[
    CONTACT,
    ASK,
    APPOINTMENT,
    TIMESCALE,
    SAVED,
    PLEDGE_MARK,
    CONTACT_MARK,
    OWN_CONTACT,
    PROFILE,
    KEY_STEP,
    REFUSED_KEY,
    ACCESS_RECORD,
    PHONE_RECORD,
];

/// Something the young person asks their adviser.
const ASK: Collection = Collection {
    name: "ask",
    sealed: false,
    fields: &[
        young_person(DELETED, Kind::Flag, "The ask was deleted."),
        young_person("text", Kind::Text(2000), "What they ask."),
        young_person("about_pledge", Kind::Id, "The pledge that it is about."),
        young_person("about_contact", Kind::Id, "The contact that it is about."),
        young_person("about_opportunity", Kind::Id, "The opportunity that it is about."),
        young_person("shown", Kind::Text(4000), "A private note that they chose to show with it."),
        young_person("asked_at", Kind::Time, "When they asked."),
        adviser("status", Kind::Choice(AskStatus::WORDS), "How far the adviser is with it."),
        adviser("reply", Kind::Text(2000), "The adviser's answer."),
        adviser("replied_by", Kind::Text(120), "Who answered."),
        adviser("replied_at", Kind::Time, "When they answered."),
    ],
};

/// A meeting of the young person with an adviser or someone else.
const APPOINTMENT: Collection = Collection {
    name: "appointment",
    sealed: false,
    fields: &[
        adviser(DELETED, Kind::Flag, "The appointment was cancelled."),
        adviser("title", Kind::Text(120), "What it is."),
        adviser("starts_at", Kind::Time, "When it starts."),
        adviser("minutes", Kind::Number(24 * 60), "How long it takes, in minutes."),
        adviser("place", Kind::Text(300), "Where it is."),
        adviser("with_contact", Kind::Id, "The contact that it is with."),
        adviser("details", Kind::Text(1000), "What else to know."),
        young_person(
            "answer",
            Kind::Choice(AppointmentAnswer::WORDS),
            "Whether the young person will come.",
        ),
        young_person("answer_note", Kind::Text(500), "What they write with the answer."),
    ],
};

/// When something was last and is planned next, such as a visit of the adviser. The record's id is that of
/// the [timescale](crate::pack::Timescale) that the council publishes.
const TIMESCALE: Collection = Collection {
    name: "timescale",
    sealed: false,
    fields: &[
        adviser(DELETED, Kind::Flag, "Nothing is recorded any more."),
        adviser("from_on", Kind::Date, "The day in London from which the first one is counted."),
        adviser("last_on", Kind::Date, "The day in London on which it was last."),
        adviser("next_on", Kind::Date, "The day in London for which the next one is planned."),
    ],
};

/// An opportunity that the young person saved. The record's id is the opportunity's.
const SAVED: Collection = Collection {
    name: "saved",
    sealed: true,
    fields: &[
        young_person(OF, Kind::Id, "The opportunity's id."),
        young_person(DELETED, Kind::Flag, "It is no longer saved."),
        young_person("status", Kind::Choice(SaveStatus::WORDS), "How far they are with it."),
        young_person("note", Kind::Text(4000), "Their note."),
        young_person("remind_on", Kind::Date, "When to remind them."),
        young_person("kept", Kind::Document, "The opportunity, once it is no longer published."),
    ],
};

/// Where the young person stands with a pledge. The record's id is the pledge's.
const PLEDGE_MARK: Collection = Collection {
    name: "pledge_mark",
    sealed: true,
    fields: &[
        young_person(OF, Kind::Id, "The pledge's id."),
        young_person(DELETED, Kind::Flag, "Nothing is written beside the pledge."),
        young_person("mark", Kind::Choice(PledgeMark::WORDS), "Where they stand with it."),
        young_person("note", Kind::Text(4000), "Their note."),
    ],
};

/// What the young person enters about themselves, to work out what they are entitled to. The only
/// record has the id `me`. All facts are one sealed value: the name of a field that is filled would say
/// something about them by itself.
const PROFILE: Collection = Collection {
    name: "profile",
    sealed: true,
    fields: &[
        young_person(OF, Kind::Id, "The record's id."),
        young_person(DELETED, Kind::Flag, "The profile was deleted."),
        young_person("facts", Kind::Facts(PROFILE_FACTS), "All that they said about themselves."),
    ],
};

/// The facts of a profile: those that the law asks about (Care Leavers (England) Regulations 2010; Care
/// Planning, Placement and Case Review (England) Regulations 2010, reg 40).
pub const PROFILE_FACTS: &[(&str, Kind)] = &[
    // When they were born.
    ("date_of_birth", Kind::Date),
    // When they were in care.
    ("care_periods", Kind::CarePeriods),
    // They were in hospital or custody on their 16th birthday.
    ("away_at_16", Kind::Flag),
    // When they returned home from care.
    ("returned_home_on", Kind::Date),
    // When they left home again.
    ("left_home_on", Kind::Date),
    // When a special guardian became responsible for them.
    ("special_guardianship_on", Kind::Date),
];

/// The steps between the keys that the person's phones seal with: see [`super::ACCOUNT_KEY`].
const KEY_STEP: Collection = Collection {
    name: ACCOUNT_KEY,
    sealed: false,
    fields: &[
        council(DELETED, Kind::Flag, "Not in use: a key is replaced, never deleted."),
        council("before", Kind::Text(43), "The key before, if it is not the first one."),
        council("key", Kind::Text(43), "The key that is in use from then on."),
        council("certificate", Kind::Text(86), "The signature with the key before."),
        council(FRESH_START.2, Kind::Flag, "A fresh start: earlier steps count no more."),
    ],
};

/// A change of the key that the server refused: see [`super::KEY_REFUSAL`].
const REFUSED_KEY: Collection = Collection {
    name: KEY_REFUSAL.0,
    sealed: false,
    fields: &[
        council(DELETED, Kind::Flag, "Not in use: the next refusal replaces it."),
        council(KEY_REFUSAL.2, Kind::Id, "The phone that tried, by the author of its stamps."),
    ],
};

/// What one staff member did with the person's records on one day: see [`crate::access`]. The day is
/// in the record's id.
const ACCESS_RECORD: Collection = Collection {
    name: ACCESS,
    sealed: false,
    fields: &[
        council(DELETED, Kind::Flag, "Not in use: old records are dropped by their id."),
        council("by", Kind::Text(120), "The name on the staff member's card."),
        council("role", Kind::Id, "The role in which they signed in."),
        council("looked", Kind::Number(9_999), "How many sittings they opened the records in."),
        council("did", Kind::Ids, "What they did besides."),
    ],
};

/// One of the person's phones, and how it came: see [`crate::phone_record`]. The record's id is the
/// author of its stamps.
const PHONE_RECORD: Collection = Collection {
    name: PHONE,
    sealed: false,
    fields: &[
        council(DELETED, Kind::Flag, "Not in use: a phone that was revoked stays in the record."),
        council("paired_at", Kind::Time, "When it was paired."),
        council("inviter", Kind::Id, "Who made the code by which it came."),
        council("by", Kind::Text(120), "The staff member's name at the time, or the phone's id."),
        council("state", Kind::Id, "What it may do."),
        council("key", Kind::Text(43), "The key with which it signs."),
    ],
};
