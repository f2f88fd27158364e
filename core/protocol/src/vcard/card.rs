//! Turns the properties of a card into what a contact has.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Card, CardProblem, CardRemark,
    bytes::{CardEnd, CardLines},
    line,
    property::Property,
    tel::{self, Tel},
};
use crate::{language_tag, phone_number, text, values::PhoneKind};

/// As many languages as a contact can have.
const MAX_LANGUAGES: usize = 20;

/// Reads one card.
pub(super) fn read(lines: &CardLines<'_>) -> Card {
    let mut reading = Reading::default();
    let mut is_after_picture = false;
    for line in line::join(&lines.lines) {
        match Property::read(line) {
            Some(property) => {
                is_after_picture = property.is_binary();
                reading.add(&property);
            }
            // The rest of a picture whose lines are not folded.
            None if is_after_picture => {}
            None => reading.remark(CardRemark::UnreadableLine),
        }
    }
    reading.into_card(lines.end)
}

/// What was read of a card so far.
#[derive(Default)]
struct Reading {
    card: Card,
    /// `N` in the order in which a name is said.
    parts_of_name: Vec<String>,
    nickname: Option<String>,
    titles: Vec<String>,
    notes: Vec<String>,
    /// Where each number is in the list.
    places: BTreeMap<(String, Option<String>, PhoneKind), usize>,
    remarks: BTreeSet<CardRemark>,
}

impl Reading {
    fn remark(&mut self, remark: CardRemark) {
        self.remarks.insert(remark);
    }

    fn add(&mut self, property: &Property) {
        match property.name.as_str() {
            "FN" => self.add_name(&property.text()),
            "N" => self.add_parts_of_name(&property.components()),
            "NICKNAME" => self.add_nickname(&property.text()),
            "ORG" => self.add_organisation(&property.components()),
            "ROLE" => self.add_role(&property.text()),
            "TITLE" => self.titles.extend(not_empty(text::clean(&property.text()))),
            "TEL" => self.add_number(property),
            "EMAIL" => self.add_email(&property.text()),
            "LANG" => self.add_language(&property.text()),
            "NOTE" => self.add_note(&property.text()),
            name => return self.leave_out(name, &property.text()),
        }
        if !property.is_certain {
            self.remark(CardRemark::UncertainText);
        }
    }

    /// The first name counts; another one is kept in the note.
    fn add_name(&mut self, name: &str) {
        let name = text::clean(name);
        if self.card.name.is_empty() {
            self.card.name = name;
        } else {
            self.add_more(name);
        }
    }

    /// `N` has the family name, the given name, further names, what comes before and what comes after.
    fn add_parts_of_name(&mut self, components: &[String]) {
        let order = [3, 1, 2, 0, 4];
        let parts = order.iter().filter_map(|at| components.get(*at)).map(|part| text::clean(part));
        self.parts_of_name = parts.filter(|part| !part.is_empty()).collect();
    }

    fn add_nickname(&mut self, nickname: &str) {
        self.nickname = self.nickname.take().or_else(|| not_empty(text::clean(nickname)));
    }

    fn add_organisation(&mut self, components: &[String]) {
        let parts = components.iter().map(|part| text::clean(part)).filter(|part| !part.is_empty());
        let parts: Vec<String> = parts.collect();
        if self.card.organisation.is_empty() {
            self.card.organisation = parts;
        } else {
            self.add_more(parts.join(", "));
        }
    }

    fn add_role(&mut self, role: &str) {
        let role = not_empty(text::clean(role));
        if self.card.role.is_none() {
            self.card.role = role;
        } else {
            self.titles.extend(role);
        }
    }

    fn add_number(&mut self, property: &Property) {
        match tel::read(property) {
            Some(Tel::Number(phone)) => {
                if phone_number::call_cost(&phone.number).is_some() {
                    self.remark(CardRemark::CostsExtra);
                }
                let key = (phone.number.clone(), phone.ext.clone(), phone.kind);
                let place = *self.places.entry(key).or_insert(self.card.phones.len());
                match self.card.phones.get_mut(place) {
                    Some(same) => same.prefer |= phone.prefer,
                    None => self.card.phones.push(phone),
                }
            }
            Some(Tel::Text(written)) => {
                self.card.more.push(text::clean(&written));
                self.remark(CardRemark::NumberInNote);
            }
            None => {}
        }
    }

    fn add_email(&mut self, email: &str) {
        let email = text::plain(email);
        let address = email.strip_prefix("mailto:").unwrap_or(&email).to_owned();
        if self.card.email.is_none() {
            self.card.email = not_empty(address);
        } else if self.card.email.as_ref() != Some(&address) {
            self.add_more(address);
        }
    }

    fn add_language(&mut self, language: &str) {
        let language = language.trim();
        let languages = &mut self.card.languages;
        let is_new = !languages.iter().any(|it| it == language);
        if languages.len() < MAX_LANGUAGES && is_new && language_tag::is_valid(language) {
            languages.push(language.to_owned());
        }
    }

    fn add_note(&mut self, note: &str) {
        self.notes.extend(not_empty(without_isolates(&text::clean_lines(note))));
    }

    /// Keeps a text for the note.
    fn add_more(&mut self, more: String) {
        if !more.is_empty() {
            self.card.more.push(more);
            self.remark(CardRemark::TextInNote);
        }
    }

    /// Notes that a property is not kept, if a person would miss it.
    fn leave_out(&mut self, name: &str, value: &str) {
        match name {
            "PHOTO" | "LOGO" => self.remark(CardRemark::PictureLeftOut),
            _ if value.chars().all(|c| c == ';' || c.is_whitespace()) => {}
            "BDAY" | "ANNIVERSARY" | "DEATHDATE" => self.remark(CardRemark::BirthdayLeftOut),
            "ADR" | "LABEL" | "GEO" | "URL" | "IMPP" | "RELATED" | "X-SOCIALPROFILE" => {
                self.remark(CardRemark::OtherLeftOut);
            }
            _ => {}
        }
    }

    fn into_card(mut self, end: CardEnd) -> Card {
        self.fill_name();
        self.fill_role();
        let mut card = self.card;
        // Sorting is stable: numbers of one rank stay as they are in the file.
        card.phones.sort_by_key(|phone| !phone.prefer);
        card.note = not_empty(self.notes.join("\n"));
        if card.phones.is_empty() && card.email.is_none() {
            self.remarks.insert(CardRemark::NoWayToReach);
        }
        card.problem = match end {
            CardEnd::FileEnd => Some(CardProblem::Unfinished),
            _ if card.name.is_empty() => Some(CardProblem::NoName),
            CardEnd::NextCard => {
                self.remarks.insert(CardRemark::UnreadableLine);
                None
            }
            CardEnd::Marked => None,
        };
        card.remarks = self.remarks.into_iter().collect();
        card
    }

    /// Takes the name from what is there.
    fn fill_name(&mut self) {
        if self.card.name.is_empty() {
            self.card.name = std::mem::take(&mut self.parts_of_name).join(" ");
        }
        if self.card.name.is_empty() {
            self.card.name = self.nickname.take().unwrap_or_default();
        }
        if self.card.name.is_empty() {
            self.card.name = self.card.organisation.first().cloned().unwrap_or_default();
        }
        let is_other = |nickname: &String| !text::is_same(nickname, &self.card.name);
        if let Some(nickname) = self.nickname.take().filter(is_other) {
            self.add_more(nickname);
        }
    }

    /// Takes the role from a title if there is no other. A title that says something else is kept in the
    /// note.
    fn fill_role(&mut self) {
        let mut titles = std::mem::take(&mut self.titles).into_iter();
        if self.card.role.is_none() {
            self.card.role = titles.next();
        }
        let key = self.card.role.as_deref().map(text::key).unwrap_or_default();
        for title in titles.filter(|title| text::key(title) != key) {
            self.add_more(title);
        }
    }
}

fn not_empty(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// Removes the isolates that our own cards have around numbers in texts from right to left. Others stay.
fn without_isolates(note: &str) -> String {
    let bare = note.replace(['\u{2066}', '\u{2069}'], "");
    if text::isolate(&bare, None) == note { bare } else { note.to_owned() }
}
