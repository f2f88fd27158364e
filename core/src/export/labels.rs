//! The page's own words. The default is English; an app gives another language's.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::english::{DAYS, LANGUAGES, MONTHS};

/// Makes the struct and its English at once, so that neither is without the other.
macro_rules! labels {
    ($($(#[$doc:meta])* $name:ident: $english:literal;)*) => {
        /// The words of the page, in one language. What a translation leaves out is in English.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Labels {
            /// Which language it is (BCP 47), such as `en` or `ps`.
            pub language: String,
            /// Whether that is written from right to left.
            pub right_to_left: bool,
            /// The months, from January.
            pub months: [String; 12],
            /// The days of the week, from Monday, shortened.
            pub days: [String; 7],
            /// What languages are called, by their tags. One that is not here is shown by its tag.
            pub languages: BTreeMap<String, String>,
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
                    $($name: $english.to_owned(),)*
                }
            }
        }
    };
}

labels! {
    /// The page's title and first heading.
    title: "Everything you carry";
    /// When the page was made; `{date}` is filled in.
    made_on: "Made on {date}.";
    /// Whose the promise is; `{council}` is filled in.
    belongs_with: "This phone belongs with {council}.";
    /// What to know before giving the page away.
    keep_safe: "This page holds private things: your notes, and people you hide. Keep it where only you can read it.";
    /// What the list of links is.
    contents: "On this page";
    /// What stands where there is nothing.
    nothing: "Nothing here yet.";
    /// How a day is put together from `{day}`, `{month}` and `{year}`.
    date: "{day} {month} {year}";
    /// How a day and an hour are put together from `{date}` and `{time}`.
    date_and_time: "{date} at {time}";
    /// From one day to another: `{from}` and `{to}`.
    from_to: "{from} to {to}";
    /// What is said of hours that end the next morning.
    next_day: "next day";
    /// Hours that never end.
    all_day: "all day";
    /// Yes.
    yes: "Yes";
    /// No.
    no: "No";

    /// The part of the people the council gives.
    people: "People who help you";
    /// The part of the person's own contacts.
    own_people: "People you added";
    /// What somebody does.
    role: "Role";
    /// How to speak of somebody.
    pronouns: "Pronouns";
    /// Whom somebody works for.
    organisation: "Works for";
    /// Somebody's team.
    team: "Team";
    /// A number.
    phone: "Phone";
    /// The number to try first.
    try_first: "try this first";
    /// What an extension is called.
    extension: "then";
    /// What a number is for.
    duty: "in office hours";
    /// What a number is for.
    oohs: "out of hours";
    /// What a number is for.
    text_only: "texts only";
    /// What a number is for.
    whatsapp_only: "WhatsApp only";
    /// An e-mail address.
    email: "Email";
    /// What somebody reads.
    reads: "Reads";
    /// Messages somebody reads.
    texts: "Texts";
    /// What to know of somebody's voicemail.
    voicemail: "Voicemail";
    /// The languages somebody speaks.
    speaks: "Speaks";
    /// When somebody works.
    hours: "Hours";
    /// When somebody is away.
    away: "Away";
    /// Who covers; `{name}` is filled in.
    cover: "Ring {name} instead.";
    /// What somebody helps with.
    helps_with: "Helps with";
    /// From when somebody is the one to ring.
    contact_from: "Your contact from";
    /// Until when somebody is the one to ring.
    contact_until: "Your contact until";
    /// Who comes after somebody.
    after_that: "After that";
    /// When the council changed the details.
    updated: "Updated by your council";
    /// The person's own name for somebody.
    nickname: "Your name for them";
    /// Somebody who is kept on top.
    pinned: "You keep them on top";
    /// Somebody who is hidden.
    hidden: "You hide them";
    /// The person's own note.
    note: "Your note";

    /// The part of what is saved.
    saved: "Opportunities you saved";
    /// How far somebody is with an opportunity.
    how_far: "How far you are";
    /// A day to be reminded on.
    remind_on: "Remind you on";
    /// What an opportunity is about.
    about: "About";
    /// Who offers it.
    offered_by: "Offered by";
    /// When applying closes.
    closes: "Closes";
    /// An opportunity that is over.
    is_over: "Not offered any more";
    /// Where to read more.
    web_page: "Web page";

    /// The part of the promise.
    promise: "Your council's promise";
    /// The number of the edition; `{number}` is filled in.
    edition: "Edition {number}";
    /// What a pledge gives.
    amount: "What you get";
    /// How a pledge is got.
    how_to_get: "How to get it";
    /// Where somebody stands with a pledge.
    where_you_are: "Where you are with it";

    /// The part of asks.
    asks: "What you asked";
    /// When something was asked.
    asked: "Asked";
    /// What became of an ask.
    state: "What came of it";
    /// An answer.
    answer: "Answer";
    /// Who answered, and when: `{name}` and `{date}`.
    answered_by: "{name}, {date}";
    /// The note that was shown with an ask.
    shown: "The note you showed";

    /// The part of meetings.
    meetings: "Your meetings";
    /// When it is.
    when: "When";
    /// How long it takes.
    how_long: "How long";
    /// So many minutes: `{number}` is filled in.
    minutes: "{number} minutes";
    /// Where it is.
    place: "Where";
    /// Whom it is with.
    with: "With";
    /// What else to know.
    details: "Details";
    /// What the person said about a meeting.
    you_said: "You said";

    /// The part of what a person says about themselves.
    about_you: "About you";
    /// A day of birth.
    born: "Born";
    /// Whether somebody was away on their 16th birthday.
    away_at_16: "In hospital or custody on your 16th birthday";
    /// When somebody went back home.
    returned_home: "Went back home";
    /// When somebody left home again.
    left_home: "Left home again";
    /// When somebody got a special guardian.
    special_guardianship: "Special guardian since";
    /// The times in care.
    care: "Your times in care";
    /// What stands for a last day that has not come.
    goes_on: "now";
    /// What is said of a planned short break.
    short_break: "A planned short break";
    /// Which council looked after somebody.
    council: "Council";
    /// The part of who looked.
    access: "Who looked at what your council holds about you";
    /// Who did something, and in which role: `{name}` and `{role}`.
    who: "{name}, {role}";
    /// What somebody did.
    what_they_did: "Who, and what they did";
    /// Somebody looked once.
    looked: "Looked";
    /// Somebody looked more than once: `{number}` is filled in.
    looked_times: "Looked {number} times";
    /// A role.
    adviser: "adviser";
    /// A role.
    manager: "manager";
    /// A role.
    editor: "editor";
    /// A role.
    publisher: "publisher";
    /// A role.
    administrator: "administrator";
    /// A role.
    auditor: "auditor";
    /// Whoever runs the server.
    operator: "your council's own computer system";
    /// Something that was done.
    changed_contact: "Changed somebody's details";
    /// Something that was done.
    answered_ask: "Answered what you asked";
    /// Something that was done.
    changed_appointment: "Changed a meeting";
    /// Something that was done.
    invited_phone: "Made a code for a phone";
    /// Something that was done.
    took_phone_off: "Took a phone off";
    /// Something that was done.
    handed_over: "Arranged a new person for you";
    /// Something that was done.
    took_hand_over_back: "Took a change of person back";
    /// Something that was done.
    added_person: "Added you";
    /// Something that was done.
    gave_adviser: "Gave you an adviser";
    /// Something that was done.
    downloaded_copy: "Downloaded a copy of what the council can read about you";
    /// The part of notes about what is gone.
    loose_notes: "Notes about things that are not here any more";
    /// The part of what the server did not take.
    refused: "What you wrote and your council's server did not take";

    /// A choice: kept.
    is_saved: "Saved";
    /// A choice: applied for.
    is_applied: "You applied";
    /// A choice: has an interview.
    is_interview: "You have an interview";
    /// A choice: got it.
    is_got_it: "You got it";
    /// A choice: not for them.
    is_not_for_me: "Not for you";
    /// A choice: has what is pledged.
    is_having_it: "You have it now";
    /// A choice: wants what is pledged.
    is_want_it: "You want it";
    /// A choice: had what is pledged.
    is_had_it: "You had it";
    /// A choice: the adviser has seen it.
    is_seen: "Your adviser has seen it";
    /// A choice: the adviser is on it.
    is_doing: "Your adviser is on it";
    /// A choice: done.
    is_done: "Done";
    /// A choice: it cannot be done.
    is_cannot: "Your adviser cannot do it";
    /// No choice yet: nobody has seen it.
    is_waiting: "No answer yet";
    /// A choice: coming.
    is_coming: "You are coming";
    /// A choice: not coming.
    is_not_coming: "You are not coming";
    /// A choice: another time.
    is_another_time: "You asked for another time";
}

impl Labels {
    /// Those of these words that are in another language than the labels': what a translation left
    /// out. Empty for English labels.
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
    fn what_a_translation_leaves_out_is_in_english() {
        let welsh = r#"{"language": "cy", "title": "Popeth rydych yn ei gario"}"#;
        let labels: Labels = serde_json::from_str(welsh).unwrap();
        assert_eq!(labels.title, "Popeth rydych yn ei gario");
        assert_eq!(labels.people, Labels::default().people);
    }
}
