//! Writing one card. A property with nothing in it is left out.

use super::{
    Card, CardVersion,
    line::{escaped, folded},
    tel,
};

impl Card<'_> {
    pub(super) fn write(&self, version: CardVersion) -> String {
        let mut lines = vec!["BEGIN:VCARD".to_owned()];
        lines.push(format!("VERSION:{}", if version == CardVersion::V3 { "3.0" } else { "4.0" }));
        lines.push("PRODID:-//Pocket Promise//EN".to_owned());
        lines.push(format!("UID:{}", self.uid));
        self.names(&mut lines);
        let numbers = self.phones.iter().filter(|phone| !phone.number.is_empty());
        lines.extend(numbers.map(|phone| tel::line(phone, version)));
        let email = if version == CardVersion::V3 { "EMAIL;TYPE=INTERNET" } else { "EMAIL" };
        lines.extend(text(email, self.email));
        if version == CardVersion::V4 {
            lines.extend(self.spoken());
        }
        let notes: Vec<&str> = self.notes.into_iter().flatten().filter(|n| !n.is_empty()).collect();
        lines.extend(text("NOTE", Some(&notes.join("\n"))));
        let changed = match version {
            CardVersion::V3 => "%Y-%m-%dT%H:%M:%SZ", // ISO 8601, extended
            CardVersion::V4 => "%Y%m%dT%H%M%SZ",     // ISO 8601, basic
        };
        lines.extend(self.changed_at.map(|at| format!("REV:{}", at.format(changed))));
        lines.push("END:VCARD".to_owned());
        lines.iter().map(|line| folded(line)).collect()
    }

    /// A name is never taken apart: which part is the family's differs from country to country. It
    /// stands whole in `FN`, and in `N` (which 3.0 requires) as the given name.
    fn names(&self, lines: &mut Vec<String>) {
        let name = escaped(self.name);
        lines.push(format!("FN:{name}"));
        lines.push(format!("N:;{name};;;"));
        lines.extend(text("NICKNAME", self.nickname));
        let organisation = [self.organisation, self.team].into_iter().flatten();
        let organisation: Vec<String> =
            organisation.filter(|part| !part.is_empty()).map(escaped).collect();
        if !organisation.is_empty() {
            lines.push(format!("ORG:{}", organisation.join(";")));
        }
        // ROLE is what the words mean, and TITLE is what address books show.
        lines.extend(text("TITLE", self.role));
        lines.extend(text("ROLE", self.role));
    }

    /// Language tags, the first one first (RFC 6350, section 6.4.4).
    fn spoken(&self) -> impl Iterator<Item = String> {
        let is_tag = |tag: &&String| {
            !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let tags = self.languages.iter().filter(is_tag).zip(1..=100);
        tags.map(|(tag, place)| format!("LANG;PREF={place}:{tag}"))
    }
}

fn text(property: &str, said: Option<&str>) -> Option<String> {
    let said = escaped(said?);
    (!said.is_empty()).then(|| format!("{property}:{said}"))
}
