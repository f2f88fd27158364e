//! Writes one card. An empty property is left out.

use promise_protocol::text::isolate;

use super::{Card, CardVersion, tel};
use crate::export::content_line::{escaped, folded};

impl Card {
    pub(super) fn write(&self, version: CardVersion) -> String {
        let mut lines = vec!["BEGIN:VCARD".to_owned()];
        lines.push(format!("VERSION:{}", if version == CardVersion::V3 { "3.0" } else { "4.0" }));
        lines.push("PRODID:-//Pocket Promise//EN".to_owned());
        lines.push(format!("UID:{}", self.uid));
        self.names(&mut lines);
        let numbers = self.phones.iter().filter(|phone| !phone.number.is_empty());
        lines.extend(numbers.map(|phone| tel::line(phone, version)));
        let email = if version == CardVersion::V3 { "EMAIL;TYPE=INTERNET" } else { "EMAIL" };
        lines.extend(text(email, self.email.as_deref()));
        if version == CardVersion::V4 {
            lines.extend(self.languages());
        }
        let notes: Vec<&str> = self.notes.values().map(String::as_str).collect();
        // A note has no markup, so its numbers are isolated by characters.
        lines.extend(text("NOTE", Some(&isolate(&notes.join("\n"), None))));
        let changed = match version {
            CardVersion::V3 => "%Y-%m-%dT%H:%M:%SZ", // ISO 8601, extended
            CardVersion::V4 => "%Y%m%dT%H%M%SZ",     // ISO 8601, basic
        };
        lines.extend(self.changed_at.map(|at| format!("REV:{}", at.format(changed))));
        lines.push("END:VCARD".to_owned());
        lines.iter().map(|line| folded(line)).collect()
    }

    /// A name is never split: which part is the family name differs from country to country. All of it
    /// is in `FN`, and in `N` (which 3.0 requires) as the given name.
    fn names(&self, lines: &mut Vec<String>) {
        let name = escaped(&self.name);
        lines.push(format!("FN:{name}"));
        lines.push(format!("N:;{name};;;"));
        lines.extend(text("NICKNAME", self.nickname.as_deref()));
        let organisation: Vec<String> =
            self.organisation.iter().map(|part| escaped(part)).collect();
        if !organisation.is_empty() {
            lines.push(format!("ORG:{}", organisation.join(";")));
        }
        // ROLE has the right meaning, and TITLE is what address books show.
        lines.extend(text("TITLE", self.role.as_deref()));
        lines.extend(text("ROLE", self.role.as_deref()));
    }

    /// Language tags in order of preference (RFC 6350, section 6.4.4).
    fn languages(&self) -> impl Iterator<Item = String> {
        let is_tag = |tag: &&String| {
            !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let tags = self.languages.iter().filter(is_tag).zip(1..=100);
        tags.map(|(tag, place)| format!("LANG;PREF={place}:{tag}"))
    }
}

fn text(property: &str, value: Option<&str>) -> Option<String> {
    let value = escaped(value?);
    (!value.is_empty()).then(|| format!("{property}:{value}"))
}
