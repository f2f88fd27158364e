//! The table itself: every collection, and every field of each.

use super::{Collection, DELETED, Field, KEY_CHECK, OF, Owner};
use crate::{
    access::ACCESS,
    values::Kind,
    vocabulary::{AppointmentAnswer, AskStatus, PledgeMark, SaveStatus},
};

const fn adviser(name: &'static str, kind: Kind) -> Field {
    Field { name, owner: Owner::Adviser, kind }
}

const fn council(name: &'static str, kind: Kind) -> Field {
    Field { name, owner: Owner::Council, kind }
}

const fn young_person(name: &'static str, kind: Kind) -> Field {
    Field { name, owner: Owner::YoungPerson, kind }
}

/// A person the council gives the young person: their personal adviser, a duty team, an advocate.
const CONTACT: Collection = Collection {
    name: "contact",
    sealed: false,
    fields: &[
        adviser(DELETED, Kind::Flag),
        adviser("role", Kind::Text(60)),
        adviser("display_name", Kind::Text(120)),
        adviser("pronouns", Kind::Text(40)),
        adviser("organisation", Kind::Text(120)),
        adviser("team", Kind::Text(120)),
        adviser("phones", Kind::Phones),
        adviser("email", Kind::Text(254)),
        adviser("whatsapp_ok", Kind::Flag),
        adviser("text_ok", Kind::Flag),
        adviser("voicemail_note", Kind::Text(300)),
        adviser("languages", Kind::Languages),
        adviser("working_pattern", Kind::Hours),
        adviser("leave", Kind::Leave),
        adviser("about", Kind::Text(1000)),
        adviser("valid_from", Kind::Date),
        adviser("valid_to", Kind::Date),
        adviser("replaced_by", Kind::Id),
        adviser("verified_on", Kind::Date),
        adviser("verified_by", Kind::Text(120)),
    ],
};

/// Something the young person asks their adviser.
const ASK: Collection = Collection {
    name: "ask",
    sealed: false,
    fields: &[
        young_person(DELETED, Kind::Flag),
        young_person("text", Kind::Text(2000)),
        young_person("about_pledge", Kind::Id),
        young_person("about_contact", Kind::Id),
        young_person("about_opportunity", Kind::Id),
        young_person("shown", Kind::Text(4000)),
        young_person("asked_at", Kind::Time),
        adviser("status", Kind::Choice(AskStatus::WORDS)),
        adviser("reply", Kind::Text(2000)),
        adviser("replied_by", Kind::Text(120)),
        adviser("replied_at", Kind::Time),
    ],
};

/// A meeting between the young person and somebody.
const APPOINTMENT: Collection = Collection {
    name: "appointment",
    sealed: false,
    fields: &[
        adviser(DELETED, Kind::Flag),
        adviser("title", Kind::Text(120)),
        adviser("starts_at", Kind::Time),
        adviser("minutes", Kind::Number(24 * 60)),
        adviser("place", Kind::Text(300)),
        adviser("with_contact", Kind::Id),
        adviser("details", Kind::Text(1000)),
        young_person("answer", Kind::Choice(AppointmentAnswer::WORDS)),
        young_person("answer_note", Kind::Text(500)),
    ],
};

/// An opportunity the young person keeps. The record's name is the opportunity's. `kept` is the
/// opportunity itself, once the council does not publish it any more.
const SAVED: Collection = Collection {
    name: "saved",
    sealed: true,
    fields: &[
        young_person(OF, Kind::Id),
        young_person(DELETED, Kind::Flag),
        young_person("status", Kind::Choice(SaveStatus::WORDS)),
        young_person("note", Kind::Text(4000)),
        young_person("remind_on", Kind::Date),
        young_person("kept", Kind::Document),
    ],
};

/// Where the young person stands with one pledge. The record's name is the pledge's.
const PLEDGE_MARK: Collection = Collection {
    name: "pledge_mark",
    sealed: true,
    fields: &[
        young_person(OF, Kind::Id),
        young_person(DELETED, Kind::Flag),
        young_person("mark", Kind::Choice(PledgeMark::WORDS)),
        young_person("note", Kind::Text(4000)),
    ],
};

/// What the young person puts beside a contact the council gives them. The record's name is the
/// contact's.
const CONTACT_MARK: Collection = Collection {
    name: "contact_mark",
    sealed: true,
    fields: &[
        young_person(OF, Kind::Id),
        young_person(DELETED, Kind::Flag),
        young_person("nickname", Kind::Text(60)),
        young_person("pinned", Kind::Flag),
        young_person("hidden", Kind::Flag),
        young_person("note", Kind::Text(4000)),
    ],
};

/// A contact of the young person's own: a friend, a former foster carer, their doctor.
const OWN_CONTACT: Collection = Collection {
    name: "own_contact",
    sealed: true,
    fields: &[
        young_person(OF, Kind::Id),
        young_person(DELETED, Kind::Flag),
        young_person("display_name", Kind::Text(120)),
        young_person("role", Kind::Text(60)),
        young_person("organisation", Kind::Text(120)),
        young_person("phones", Kind::Phones),
        young_person("email", Kind::Text(254)),
        young_person("pinned", Kind::Flag),
        young_person("hidden", Kind::Flag),
        young_person("note", Kind::Text(4000)),
    ],
};

/// What the young person says about themselves, for working out what they are entitled to: the one
/// record is named `me`. The fields are those that the law asks about (Care Leavers (England)
/// Regulations 2010; Care Planning, Placement and Case Review (England) Regulations 2010, reg 40).
const PROFILE: Collection = Collection {
    name: "profile",
    sealed: true,
    fields: &[
        young_person(OF, Kind::Id),
        young_person(DELETED, Kind::Flag),
        young_person("date_of_birth", Kind::Date),
        young_person("care_periods", Kind::CarePeriods),
        young_person("away_at_16", Kind::Flag),
        young_person("returned_home_on", Kind::Date),
        young_person("left_home_on", Kind::Date),
        young_person("special_guardianship_on", Kind::Date),
    ],
};

/// The key that the person's phones seal under, by its check value: see [`KEY_CHECK`].
const ACCOUNT_KEY: Collection = Collection {
    name: KEY_CHECK.0,
    sealed: false,
    fields: &[young_person(DELETED, Kind::Flag), young_person(KEY_CHECK.2, Kind::Text(40))],
};

/// Who looked at what the council holds, and what they did, on one day: see [`crate::access`].
/// The day is in the record's name; `looked` counts sittings, `did` names what was done besides.
const ACCESS_RECORD: Collection = Collection {
    name: ACCESS,
    sealed: false,
    fields: &[
        council(DELETED, Kind::Flag),
        council("by", Kind::Text(120)),
        council("role", Kind::Id),
        council("looked", Kind::Number(9_999)),
        council("did", Kind::Ids),
    ],
};

/// Every collection this version knows.
pub const COLLECTIONS: &[Collection] = &[
    CONTACT,
    ASK,
    APPOINTMENT,
    SAVED,
    PLEDGE_MARK,
    CONTACT_MARK,
    OWN_CONTACT,
    PROFILE,
    ACCOUNT_KEY,
    ACCESS_RECORD,
];
