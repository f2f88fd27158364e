//! The descriptor of a field: everything that the surfaces need to validate, label, edit, search
//! and export it, so that a new field is one entry in the table.

use super::{Kind, Owner};

/// One field of a collection.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The field's name, the same from SQL to screen. Its words in the console are under this name
    /// too: see [`Field::words_key`].
    pub name: &'static str,
    /// Who may write it.
    pub owner: Owner,
    /// What it may hold.
    pub kind: Kind,
    /// What it is, in one sentence, for developers and for the help of the command line.
    pub help: &'static str,
    /// How a text is typed and displayed. Has no meaning for other kinds.
    pub format: Format,
    /// `true` if a record is not complete without it.
    pub required: bool,
    /// Its label on the young person's exported page. `None` if the page does not list it.
    pub label: Option<Label>,
    /// Fields of one group are one row of the page and one group of boxes in a form, under the
    /// group's label.
    pub group: Option<Label>,
    /// Where it stands on a card in an address book. `None` if the card leaves it out.
    pub vcard: Option<VCardProperty>,
    /// How the search on the phone finds it. `None` if it does not.
    pub search: Option<SearchPart>,
}

/// How a text is typed and displayed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// One line, in the language of the person who wrote it.
    #[default]
    Line,
    /// One line that is a name, and belongs to no language.
    Name,
    /// Several lines.
    Lines,
    /// An e-mail address.
    Email,
}

/// A label that apps can translate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// What translations call it.
    pub key: &'static str,
    /// The label in English, which is used where there is no translation.
    pub english: &'static str,
}

/// A property of a card in an address book: vCard 3.0 (RFC 2426) and 4.0 (RFC 6350).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VCardProperty {
    /// `FN` and `N`.
    Name,
    /// `NICKNAME`.
    Nickname,
    /// A component of `ORG`: the organisation first, then its parts, in the order of the table.
    Organisation,
    /// `TITLE` and `ROLE`.
    Role,
    /// `TEL`.
    Phone,
    /// `EMAIL`.
    Email,
    /// `LANG`, in 4.0 only.
    Language,
    /// A paragraph of `NOTE`. Lower numbers come first.
    Note(u8),
}

/// The part of a record's text for the search that a field belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchPart {
    /// The title: a match there ranks higher.
    Title,
    /// The text.
    Text,
}

/// A field that the council's staff write.
pub(super) const fn adviser(name: &'static str, kind: Kind, help: &'static str) -> Field {
    Field::new(name, Owner::Adviser, kind, help)
}

/// A field that the server writes about the council.
pub(super) const fn council(name: &'static str, kind: Kind, help: &'static str) -> Field {
    Field::new(name, Owner::Council, kind, help)
}

/// A field that the young person writes.
pub(super) const fn young_person(name: &'static str, kind: Kind, help: &'static str) -> Field {
    Field::new(name, Owner::YoungPerson, kind, help)
}

impl Field {
    const fn new(name: &'static str, owner: Owner, kind: Kind, help: &'static str) -> Self {
        Self {
            name,
            owner,
            kind,
            help,
            format: Format::Line,
            required: false,
            label: None,
            group: None,
            vcard: None,
            search: None,
        }
    }

    pub(super) const fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(super) const fn label(mut self, key: &'static str, english: &'static str) -> Self {
        self.label = Some(Label { key, english });
        self
    }

    pub(super) const fn group(mut self, group: Label) -> Self {
        self.group = Some(group);
        self
    }

    pub(super) const fn vcard(mut self, property: VCardProperty) -> Self {
        self.vcard = Some(property);
        self
    }

    pub(super) const fn search(mut self, part: SearchPart) -> Self {
        self.search = Some(part);
        self
    }

    /// The most characters of a text. Returns `None` for other kinds.
    pub fn max_chars(&self) -> Option<usize> {
        match self.kind {
            Kind::Text(max) => Some(max),
            _ => None,
        }
    }

    /// The name as words files and command-line options write it: `voicemail-note`.
    pub fn words_key(&self) -> String {
        self.name.replace('_', "-")
    }
}
