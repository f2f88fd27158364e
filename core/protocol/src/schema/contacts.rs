//! The collections of people: the contacts that the council gives, what the young person writes
//! beside them, and the young person's own contacts.

use super::{
    Collection, DELETED, Field, Format, Kind, Label, OF, SearchPart, VCardProperty,
    field::{adviser, young_person},
};
use crate::pack::ClosedDays;

/// The messages that a contact reads: one row of the page, one group of boxes in the form.
const READS: Label = Label { key: "reads", english: "Reads" };

/// Who sees a contact: one group of boxes in the form.
const SEEN: Label = Label { key: "seen", english: "Seen" };

/// The field of [`CONTACT`] with the day on which the telephone numbers and the e-mail address were last
/// checked. It is empty if they never were, or have changed since.
pub const VERIFIED_ON: &str = "verified_on";

/// The field of [`CONTACT`] with how closed days change the hours: one of
/// [`ClosedDays`](crate::pack::ClosedDays). Empty, they are as with hours of the whole week, and closed with
/// others.
pub const ON_CLOSED_DAYS: &str = "on_closed_days";

/// The field of [`CONTACT`] with the word why a contact ended, and who helps now.
pub const END_NOTE: &str = "end_note";

/// The field of [`CONTACT`] with the place in the order that the adviser chose. The first one has 1.
pub const POSITION: &str = "position";

/// The greatest place in the order that the adviser chose.
pub const MAX_POSITION: u64 = 999;

/// The field of [`CONTACT`], [`CONTACT_MARK`] and [`OWN_CONTACT`] by which a contact is not readable while
/// the phone's app lock is on. The adviser and the young person each have one; either is enough.
pub const DISCREET: &str = "discreet";

/// A contact that the council gives the young person: their personal adviser, a duty team, an
/// advocate. The exported page lists the fields in this order.
pub const CONTACT: Collection = Collection {
    name: "contact",
    sealed: false,
    fields: &[
        adviser(DELETED, Kind::Flag, "The contact was removed."),
        adviser("display_name", Kind::Text(120), "Their name as young people know them.")
            .format(Format::Name)
            .required()
            .vcard(VCardProperty::Name)
            .search(SearchPart::Title),
        adviser("role", Kind::Text(60), "What they are, such as \"Personal adviser\".")
            .label("role", "Role")
            .vcard(VCardProperty::Role)
            .search(SearchPart::Text),
        adviser("pronouns", Kind::Text(40), "Their pronouns.").label("pronouns", "Pronouns"),
        adviser("organisation", Kind::Text(120), "The organisation they work for.")
            .format(Format::Name)
            .label("organisation", "Works for")
            .vcard(VCardProperty::Organisation)
            .search(SearchPart::Text),
        adviser("team", Kind::Text(120), "Their team.")
            .format(Format::Name)
            .label("team", "Team")
            .vcard(VCardProperty::Organisation)
            .search(SearchPart::Text),
        adviser("phones", Kind::Phones, "Their telephone numbers.")
            .label("phone", "Phone")
            .vcard(VCardProperty::Phone)
            .search(SearchPart::Text),
        adviser("email", Kind::Text(254), "Their e-mail address.")
            .format(Format::Email)
            .label("email", "Email")
            .vcard(VCardProperty::Email)
            .search(SearchPart::Text),
        adviser("text_ok", Kind::Flag, "They read text messages.")
            .label("texts", "Texts")
            .group(READS),
        adviser("whatsapp_ok", Kind::Flag, "They read WhatsApp.")
            .label("whatsapp", "WhatsApp")
            .group(READS),
        adviser("voicemail_note", Kind::Text(300), "What to expect of their voicemail.")
            .format(Format::Lines)
            .label("voicemail", "Voicemail")
            .vcard(VCardProperty::Note(2)),
        adviser("languages", Kind::Languages, "The languages they speak.")
            .label("speaks", "Speaks")
            .vcard(VCardProperty::Language),
        adviser("working_pattern", Kind::Hours, "When they work, in London time.")
            .label("hours", "Hours"),
        adviser(
            ON_CLOSED_DAYS,
            Kind::Choice(ClosedDays::WORDS),
            "How bank holidays and other closed days change the hours.",
        )
        .label("on_closed_days", "On closed days"),
        adviser("leave", Kind::Leave, "When they are away, and who covers.").label("away", "Away"),
        adviser("about", Kind::Text(1000), "What they can help with.")
            .format(Format::Lines)
            .label("helps_with", "Helps with")
            .vcard(VCardProperty::Note(1))
            .search(SearchPart::Text),
        adviser("valid_from", Kind::Date, "The first day on which they are responsible.")
            .label("contact_from", "Your contact from"),
        adviser("valid_to", Kind::Date, "The last day on which they are responsible.")
            .label("contact_until", "Your contact until"),
        adviser("replaced_by", Kind::Id, "The contact who is responsible afterwards.")
            .label("after_that", "After that"),
        adviser(END_NOTE, Kind::Text(300), "Why they stopped helping, and who helps now.")
            .format(Format::Lines)
            .label("why_ended", "Why this ended"),
        adviser(POSITION, Kind::Number(MAX_POSITION), "Where the adviser put them in the list."),
        adviser(DISCREET, Kind::Flag, "Not readable while the phone's app lock is on.")
            .label("not_when_locked", "Not while the phone is locked")
            .group(SEEN),
        adviser(
            VERIFIED_ON,
            Kind::Date,
            "The day in London on which the details were last checked.",
        )
        .label("checked_on", "Checked on"),
    ],
};

/// The fields of [`CONTACT`] that a staff member fills in on their card, in the order of the form.
/// Leave has a page of its own.
pub const CARD: [&str; 15] = [
    "display_name",
    "role",
    "phones",
    "text_ok",
    "whatsapp_ok",
    "email",
    "working_pattern",
    ON_CLOSED_DAYS,
    "languages",
    "team",
    "organisation",
    "pronouns",
    "about",
    "voicemail_note",
    DISCREET,
];

/// The descriptors of [`CARD`].
pub fn card_fields() -> impl Iterator<Item = &'static Field> {
    CARD.iter().filter_map(|name| CONTACT.field(name))
}

/// What the young person writes beside a contact that the council gives them. The record's id is
/// the contact's.
pub const CONTACT_MARK: Collection = Collection {
    name: "contact_mark",
    sealed: true,
    fields: &[
        young_person(OF, Kind::Id, "The contact's id."),
        young_person(DELETED, Kind::Flag, "Nothing is written beside the contact."),
        young_person("nickname", Kind::Text(60), "The young person's own name for them.")
            .format(Format::Name)
            .label("nickname", "Your name for them")
            .vcard(VCardProperty::Nickname)
            .search(SearchPart::Title),
        young_person("pinned", Kind::Flag, "Listed first."),
        young_person("hidden", Kind::Flag, "Not listed and not found."),
        young_person(DISCREET, Kind::Flag, "Not readable while the phone's app lock is on."),
        young_person("note", Kind::Text(4000), "The young person's note.")
            .format(Format::Lines)
            .vcard(VCardProperty::Note(0))
            .search(SearchPart::Text),
    ],
};

/// A contact of the young person's own: a friend, a former foster carer, their doctor.
pub const OWN_CONTACT: Collection = Collection {
    name: "own_contact",
    sealed: true,
    fields: &[
        young_person(OF, Kind::Id, "The contact's id."),
        young_person(DELETED, Kind::Flag, "The contact was deleted."),
        young_person("display_name", Kind::Text(120), "Their name.")
            .format(Format::Name)
            .required()
            .vcard(VCardProperty::Name)
            .search(SearchPart::Title),
        young_person("role", Kind::Text(60), "What they are to the young person: \"Friend\".")
            .format(Format::Name)
            .label("role", "Role")
            .vcard(VCardProperty::Role)
            .search(SearchPart::Text),
        young_person("organisation", Kind::Text(120), "Where they work.")
            .format(Format::Name)
            .label("organisation", "Works for")
            .vcard(VCardProperty::Organisation)
            .search(SearchPart::Text),
        young_person("phones", Kind::Phones, "Their telephone numbers.")
            .label("phone", "Phone")
            .vcard(VCardProperty::Phone)
            .search(SearchPart::Text),
        young_person("email", Kind::Text(254), "Their e-mail address.")
            .format(Format::Email)
            .label("email", "Email")
            .vcard(VCardProperty::Email)
            .search(SearchPart::Text),
        young_person("pinned", Kind::Flag, "Listed first."),
        young_person("hidden", Kind::Flag, "Not listed and not found."),
        young_person(DISCREET, Kind::Flag, "Not readable while the phone's app lock is on."),
        young_person("note", Kind::Text(4000), "The young person's note.")
            .format(Format::Lines)
            .vcard(VCardProperty::Note(0))
            .search(SearchPart::Text),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn card_names_fields_of_a_contact_once_each() {
        assert_eq!(card_fields().count(), CARD.len());
        for (index, name) in CARD.iter().enumerate() {
            assert!(!CARD.iter().skip(index + 1).any(|other| other == name), "{name}");
        }
    }

    #[test]
    fn fields_of_one_group_are_adjacent() {
        for fields in [CONTACT.fields.iter().collect(), card_fields().collect::<Vec<_>>()] {
            let groups = fields.chunk_by(|one, next| one.group == next.group);
            let keys: Vec<_> = groups.filter_map(|run| run.first()?.group).collect();
            assert_eq!(keys, [READS, SEEN]);
        }
    }
}
