//! The page's own words. The default is English; an app passes another language's.

use std::collections::{BTreeMap, BTreeSet};

use promise_protocol::schema::{COLLECTIONS, Label};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::english::{DAYS, LANGUAGES, MONTHS};

/// Defines a field together with its English text, so that neither is without the other.
macro_rules! labels {
    ($($(#[$doc:meta])* $name:ident: $english:literal;)*) => {
        /// The words of the page in one language. What a translation leaves out is in English.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Labels {
            /// The language (BCP 47), such as `en` or `ps`.
            pub language: String,
            /// Whether the language is written from right to left.
            pub right_to_left: bool,
            /// The months, from January.
            pub months: [String; 12],
            /// The short names of the days of the week, from Monday.
            pub days: [String; 7],
            /// The names of languages by tag. A language that is not here is shown as its tag.
            pub languages: BTreeMap<String, String>,
            /// The labels of fields that the schema describes, by their keys.
            #[serde(flatten)]
            pub fields: BTreeMap<String, Value>,
            $($(#[$doc])* pub $name: String,)*
        }

        impl Default for Labels {
            fn default() -> Self {
                Self {
                    language: "en".to_owned(),
                    right_to_left: false,
                    months: MONTHS.map(str::to_owned),
                    days: DAYS.map(str::to_owned),
                    languages: LANGUAGES.iter().map(|(tag, name)| ((*tag).into(), (*name).into())).collect(),
                    fields: field_labels(),
                    $($name: $english.to_owned(),)*
                }
            }
        }

        impl Labels {
            /// The label with this key in a translation.
            fn get(&self, key: &str) -> Option<&str> {
                match key {
                    $(stringify!($name) => Some(&self.$name),)*
                    key => self.fields.get(key).and_then(Value::as_str),
                }
            }
        }
    };
}

labels! {
    /// The page's title and first heading.
    title: "Everything you carry";
    /// When the page was made, with `{date}`.
    made_on: "Made on {date}.";
    /// Which council the phone is paired with, with `{council}`.
    belongs_with: "This phone belongs with {council}.";
    /// A warning that the page is private.
    keep_safe: "This page holds private things: your notes, and people you hide. Keep it where only you can read it.";
    /// The name of the list of links.
    contents: "On this page";
    /// Stands in an empty part.
    nothing: "Nothing here yet.";
    /// The format of a date, with `{day}`, `{month}` and `{year}`.
    date: "{day} {month} {year}";
    /// The format of a date and time, with `{date}` and `{time}`.
    date_and_time: "{date} at {time}";
    /// The format of a range, with `{from}` and `{to}`.
    from_to: "{from} to {to}";
    /// Added to opening hours that end the next morning.
    next_day: "next day";
    /// Opening hours of 24 hours.
    all_day: "all day";
    /// On closed days: no hours.
    is_closed_then: "Closed";
    /// On closed days: the same hours.
    is_open_as_usual: "Open as usual";
    /// On closed days: 24 hours.
    is_open_all_day: "Open all day";
    /// The answer yes.
    yes: "Yes";
    /// The answer no.
    no: "No";

    /// Heading: what the council changed.
    news: "What is new for you";
    /// A contact or a line has other telephone numbers.
    new_number: "A new phone number";
    /// A contact or a line has fewer telephone numbers.
    gone_number: "A phone number that is not right any more";
    /// Stands before what was there before a change.
    before: "Before";
    /// An ask was answered.
    new_answer: "A new answer";
    /// An appointment was made.
    new_meeting: "A new meeting";
    /// An appointment is at another time.
    moved_meeting: "A meeting at another time";
    /// Something else about an appointment is different.
    changed_meeting: "A meeting that changed";
    /// An appointment was cancelled.
    cancelled_meeting: "A meeting that is off";
    /// A day is planned for a visit or review.
    planned_timescale: "A visit or review is planned";
    /// A visit or review is planned for another day.
    moved_timescale: "A visit or review on another day";
    /// No day is planned for a visit or review any more.
    unplanned_timescale: "A visit or review with no day now";
    /// A pledge was added.
    new_pledge: "New in the promise";
    /// A pledge says something else than before.
    changed_pledge: "Changed in the promise";
    /// The council does not pledge something any more.
    gone_pledge: "Not promised any more";
    /// A saved opportunity can be applied for again.
    reopened: "Open again";
    /// A saved opportunity says something else than before.
    changed_opportunity: "Something you saved changed";

    /// Heading: the contacts that the council gives.
    people: "People who help you";
    /// Heading: the person's own contacts.
    own_people: "People you added";
    /// A telephone number.
    phone: "Phone";
    /// Marks the preferred number.
    try_first: "try this first";
    /// Stands before an extension.
    extension: "then";
    /// A number of a duty team.
    duty: "in office hours";
    /// A number for out of hours.
    oohs: "out of hours";
    /// A number that only receives texts.
    text_only: "texts only";
    /// A number to which a call costs extra.
    costs_extra: "costs extra";
    /// A number that is only on WhatsApp.
    whatsapp_only: "WhatsApp only";
    /// An e-mail address.
    email: "Email";
    /// Who covers for them, with `{name}`.
    cover: "Ring {name} instead.";
    /// When the council last changed a contact's details.
    updated: "Updated by your council";
    /// Marks a pinned contact.
    pinned: "You keep them on top";
    /// Marks a hidden contact.
    hidden: "You hide them";
    /// Marks a contact that the person marked as discreet.
    discreet: "They do not show while your phone is locked";
    /// The person's own note.
    note: "Your note";

    /// Heading: saved opportunities.
    saved: "Opportunities you saved";
    /// The status of a saved opportunity.
    how_far: "How far you are";
    /// The date of a reminder.
    remind_on: "Remind you on";
    /// The summary of an opportunity, or the subject of an ask.
    about: "About";
    /// The organisation that offers an opportunity.
    offered_by: "Offered by";
    /// When an opportunity closes.
    closes: "Closes";
    /// Marks a closed opportunity.
    is_over: "Not offered any more";
    /// A link to read more.
    web_page: "Web page";

    /// Heading: the reminders.
    reminders: "When this phone reminds you";
    /// A reminder of an appointment.
    of_meeting: "A meeting";
    /// A reminder of a saved opportunity that closes.
    of_closing: "Something you saved closes";
    /// A reminder on a day that the person chose.
    of_chosen_day: "A day you chose";
    /// A reminder of a visit or a review.
    of_timescale: "A visit or review is planned for the next day";

    /// Heading: the promise.
    promise: "Your council's promise";
    /// The edition, with `{number}`.
    edition: "Edition {number}";
    /// What a pledge or an opportunity gives.
    amount: "What you get";
    /// How to claim a pledge or apply for an opportunity.
    how_to_get: "How to get it";
    /// The person's mark on a pledge.
    where_you_are: "Where you are with it";

    /// Heading: asks.
    asks: "What you asked";
    /// When an ask was written.
    asked: "Asked";
    /// The status of an ask.
    state: "What came of it";
    /// The adviser's answer.
    answer: "Answer";
    /// Who answered and when, with `{name}` and `{date}`.
    answered_by: "{name}, {date}";
    /// The note that was shared with an ask.
    shown: "The note you showed";

    /// Heading: appointments.
    meetings: "Your meetings";
    /// When an appointment is.
    when: "When";
    /// How long an appointment takes.
    how_long: "How long";
    /// A number of minutes, with `{number}`.
    minutes: "{number} minutes";
    /// Where an appointment is.
    place: "Where";
    /// The contact an appointment is with.
    with: "With";
    /// What else to know about an appointment.
    details: "Details";
    /// The person's answer to an appointment.
    you_said: "You said";

    /// Heading: visits and reviews.
    timescales: "Visits and reviews";
    /// When a visit or review was last.
    last_time: "Last time";
    /// When the next one is planned.
    next_time: "Next time";
    /// By when the council promises the next one.
    promised_by: "We promise it by";
    /// By when the law asks for the next one.
    lawful_by: "The law says by";
    /// Where the law says so.
    in_the_law: "In the law";

    /// Heading: the profile.
    about_you: "About you";
    /// The date of birth.
    born: "Born";
    /// Whether the person was in hospital or in custody on their 16th birthday.
    away_at_16: "In hospital or custody on your 16th birthday";
    /// When the person went back home.
    returned_home: "Went back home";
    /// When the person left home again.
    left_home: "Left home again";
    /// When a court made a special guardianship order.
    special_guardianship: "Special guardian since";
    /// The times in care.
    care: "Your times in care";
    /// Stands for the end of a period that goes on.
    goes_on: "now";
    /// Marks a planned short break.
    short_break: "A planned short break";
    /// The council that looked after the person.
    council: "Council";
    /// Heading: the access log.
    access: "Who looked at what your council holds about you";
    /// A staff member and their role, with `{name}` and `{role}`.
    who: "{name}, {role}";
    /// What a staff member did.
    what_they_did: "Who, and what they did";
    /// A staff member looked once.
    looked: "Looked";
    /// A staff member looked more than once, with `{number}`.
    looked_times: "Looked {number} times";
    /// The role adviser.
    adviser: "adviser";
    /// The role manager.
    manager: "manager";
    /// The role editor.
    editor: "editor";
    /// The role publisher.
    publisher: "publisher";
    /// The role administrator.
    administrator: "administrator";
    /// The role auditor.
    auditor: "auditor";
    /// Who did something with one of the person's own phones.
    own_phone: "one of your phones";
    /// The role of the server's operator.
    operator: "your council's own computer system";
    /// Staff changed a contact.
    changed_contact: "Changed somebody's details";
    /// Staff answered an ask.
    answered_ask: "Answered what you asked";
    /// Staff changed an appointment.
    changed_appointment: "Changed a meeting";
    /// Staff recorded a visit or a review.
    changed_timescale: "Wrote down a visit or a review";
    /// Staff made a pairing code.
    invited_phone: "Made a code for a phone";
    /// A code was entered on a new phone, which waits.
    started_pairing: "Typed a code on a new phone";
    /// A new phone that waits was confirmed.
    confirmed_pairing: "Said yes to a new phone that waited";
    /// A new phone that waits was refused, or two phones used one code.
    refused_pairing: "Said no to a new phone that waited";
    /// A phone was paired.
    paired_phone: "Added a phone";
    /// A limited phone was confirmed.
    confirmed_phone: "Said yes to a new phone";
    /// A limited phone was refused.
    vetoed_phone: "Said no to a new phone";
    /// A lost phone was taken off, and wipes itself.
    took_lost_phone_off: "Took a lost phone off";
    /// A phone that is not used any more was taken off, and keeps what is on it.
    took_unused_phone_off: "Took an unused phone off";
    /// The council made a fresh start.
    started_afresh: "Made a fresh start for what only you can read";
    /// Staff handed the person over.
    handed_over: "Arranged a new person for you";
    /// Staff cancelled a hand-over.
    took_hand_over_back: "Took a change of person back";
    /// Staff added the person.
    added_person: "Added you";
    /// Staff assigned an adviser.
    gave_adviser: "Gave you an adviser";
    /// Staff changed the label by which they tell the person apart.
    changed_label: "Changed the short label they know you by";
    /// Staff changed the reference of the person in the council's own systems.
    changed_reference: "Changed the number you have in your council's own systems";
    /// Staff downloaded a copy.
    downloaded_copy: "Downloaded a copy of what the council can read about you";
    /// One administrator alone reset the sign-in of a staff member who can see the person.
    emergency_access: "Emergency access: made a new sign-in, alone, for an account that can see you";
    /// Heading: the person's phones.
    phones: "Your phones";
    /// How a phone came.
    how_it_came: "How it came";
    /// A phone came by a code of a staff member, with `{name}`.
    by_staff_code_of: "By a code from {name}";
    /// A phone came by a code of a staff member without a name.
    by_staff_code: "By a code from your council's staff";
    /// A phone came by another phone of the person.
    by_phone_code: "By another phone of yours";
    /// A phone came by a code of the server's operator.
    by_operator_code: "By a code from your council's own computer system";
    /// Marks the phone that made the page.
    this_phone: "This phone";
    /// A phone waits to be confirmed.
    is_limited: "Waits for a yes from another phone of yours";
    /// A phone was revoked because it is lost or stolen.
    is_revoked: "Taken off, because it was lost";
    /// A phone was revoked because it is not used any more.
    is_released: "Taken off, because you do not use it any more";
    /// The server does not know a phone any more.
    is_lost: "Your council's computer does not know it any more";
    /// Heading: notes on what is not on the phone any more.
    loose_notes: "Notes about things that are not here any more";
    /// Heading: texts that the server refused.
    refused: "What you wrote and your council's server did not take";

    /// A choice: saved.
    is_saved: "Saved";
    /// A choice: applied for.
    is_applied: "You applied";
    /// A choice: invited to an interview.
    is_interview: "You have an interview";
    /// A choice: got it.
    is_got_it: "You got it";
    /// A choice: not for the person.
    is_not_for_me: "Not for you";
    /// A choice: has what is pledged.
    is_having_it: "You have it now";
    /// A choice: wants what is pledged.
    is_want_it: "You want it";
    /// A choice: had what is pledged.
    is_had_it: "You had it";
    /// A choice: the adviser has seen it.
    is_seen: "Your adviser has seen it";
    /// A choice: the adviser works on it.
    is_doing: "Your adviser is on it";
    /// A choice: done.
    is_done: "Done";
    /// A choice: the council cannot do it.
    is_cannot: "Your adviser cannot do it";
    /// No status yet: no adviser has seen it.
    is_waiting: "No answer yet";
    /// A choice: coming.
    is_coming: "You are coming";
    /// A choice: not coming.
    is_not_coming: "You are not coming";
    /// A choice: asks for another time.
    is_another_time: "You asked for another time";
}

/// The English labels of the fields that the schema describes.
fn field_labels() -> BTreeMap<String, Value> {
    let fields = COLLECTIONS.iter().flat_map(|collection| collection.fields);
    let labels = fields.flat_map(|field| [field.label, field.group]).flatten();
    labels.map(|label| (label.key.to_owned(), label.english.into())).collect()
}

impl Labels {
    /// The label of a field, in English if there is no translation.
    pub(super) fn field(&self, label: Label) -> &str {
        self.get(label.key).unwrap_or(label.english)
    }

    /// The labels that a translation left in English. Empty for English labels.
    pub(super) fn left_in_english(&self) -> BTreeSet<String> {
        if self.language == "en" {
            return BTreeSet::new();
        }
        let english = serde_json::to_value(Self::default()).unwrap_or_default();
        let words = english.as_object().into_iter().flat_map(|object| object.values());
        words.filter_map(Value::as_str).map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn label_that_a_translation_leaves_out_is_english() {
        let welsh = r#"{"language": "cy", "title": "Popeth rydych yn ei gario"}"#;
        let labels: Labels = serde_json::from_str(welsh).unwrap();
        assert_eq!(labels.title, "Popeth rydych yn ei gario");
        assert_eq!(labels.people, Labels::default().people);
    }
}
