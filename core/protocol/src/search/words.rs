//! The words of a text, and the forms under which each is found.

use std::ops::Range;

use super::{
    fold::{self, Folded, fold, is_word_char},
    letters, numbers,
};
use crate::digits;

/// A word as it was written.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) range: Range<usize>,
    pub(super) folded: Folded,
    /// `true` if it has only digits.
    pub(super) is_digits: bool,
}

/// Words that are read together: the parts of a compound (`care-leaver`), or the groups of a
/// telephone number.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) words: Vec<Word>,
    pub(super) kind: GroupKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GroupKind {
    /// One word, or the parts of a compound.
    Compound,
    /// Groups of digits.
    Digits {
        /// `true` if a `+` stands before them.
        has_plus: bool,
    },
}

/// A form under which a part of a text is found.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) form: String,
    pub(super) range: Range<usize>,
    /// For a number that is joined from groups, how many digits of the text it stands for.
    pub(super) digits: Option<usize>,
}

/// Returns the forms under which search finds a text, separated by spaces, for a full-text index that
/// splits its input at spaces. A form has only letters, digits and marks.
pub fn forms(text: &str) -> String {
    let forms: Vec<String> = entries(text).into_iter().map(|entry| entry.form).collect();
    forms.join(" ")
}

/// Every form under which search finds a part of a text.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for group in groups(text) {
        for word in &group.words {
            push(&mut entries, &word.folded, &word.range);
        }
        match group.kind {
            GroupKind::Digits { has_plus } => entries.extend(numbers::entries(&group, has_plus)),
            GroupKind::Compound if group.words.len() > 1 => {
                push(&mut entries, &group.joined(), &group.range());
                push_pairs(&mut entries, &group);
            }
            GroupKind::Compound => {}
        }
    }
    entries
}

fn push(entries: &mut Vec<Entry>, folded: &Folded, range: &Range<usize>) {
    let forms = std::iter::once(&folded.plain).chain(&folded.second);
    entries.extend(forms.map(|form| Entry {
        form: form.clone(),
        range: range.clone(),
        digits: None,
    }));
}

/// Two parts of a longer compound are a word too: `OBrien` of `O'Brien-Jones`.
fn push_pairs(entries: &mut Vec<Entry>, group: &Group) {
    if group.words.len() == 2 {
        return;
    }
    for (first, second) in group.words.iter().zip(group.words.iter().skip(1)) {
        let joined = fold::join([&first.folded, &second.folded].into_iter());
        push(entries, &joined, &(first.range.start..second.range.end));
    }
}

impl Group {
    /// The forms of the whole compound.
    pub(super) fn joined(&self) -> Folded {
        fold::join(self.words.iter().map(|word| &word.folded))
    }

    /// The part of the text from the first word to the last.
    pub(super) fn range(&self) -> Range<usize> {
        let start = self.words.first().map_or(0, |word| word.range.start);
        start..self.words.last().map_or(start, |word| word.range.end)
    }
}

/// Splits a text into words, and puts those together that are read together.
pub(super) fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut end = 0;
    for word in words(text) {
        let gap = text.get(end..word.range.start).unwrap_or_default();
        end = word.range.end;
        let last = groups.last_mut().filter(|group| match group.kind {
            GroupKind::Digits { .. } => word.is_digits && numbers::is_gap(gap),
            // More digits than that are a telephone number, as in `Tel-02079460101`.
            GroupKind::Compound => {
                is_joint(gap) && (!word.is_digits || word.folded.plain.len() < numbers::MIN_DIGITS)
            }
        });
        if let Some(group) = last {
            group.words.push(word);
        } else {
            let kind = if word.is_digits {
                GroupKind::Digits { has_plus: numbers::has_plus(gap) }
            } else {
                GroupKind::Compound
            };
            groups.push(Group { words: vec![word], kind });
        }
    }
    groups
}

/// Returns `true` for what joins the parts of a compound: one apostrophe, hyphen, middle dot (Catalan)
/// or maqaf (Hebrew), or a sign that parts words without a space.
fn is_joint(gap: &str) -> bool {
    let mut chars = gap.chars();
    let joint = chars.next();
    chars.next().is_none()
        && joint.is_some_and(|c| {
            matches!(
                c,
                '\'' | '-'
                    | '`'
                    | '\u{b4}'
                    | '\u{b7}'
                    | '\u{5be}'
                    | '\u{5f3}'
                    | '\u{5f4}'
                    | '\u{200b}'
                    | '\u{200c}'
                    | '\u{2010}'
                    ..='\u{2013}' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2212}'
            ) || letters::is_apostrophe(c)
        })
}

/// Characters without a width that may be inside a word: they do not part it.
fn is_inside_word(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200d}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// The words of a text of which a form is left.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if is_word_char(c) && !letters::is_apostrophe(c) {
            start = start.or(Some(at));
            end = at + c.len_utf8();
        } else if !is_inside_word(c) {
            words.extend(start.take().and_then(|start| word(text, start..end)));
        }
    }
    words.extend(start.and_then(|start| word(text, start..end)));
    words
}

fn word(text: &str, range: Range<usize>) -> Option<Word> {
    let written = text.get(range.clone())?;
    let folded = fold(written);
    let is_digits = written
        .chars()
        .filter(|c| !is_inside_word(*c))
        .all(|c| digits::char_to_ascii(c).is_ascii_digit());
    (!folded.plain.is_empty()).then_some(Word { range, folded, is_digits })
}
