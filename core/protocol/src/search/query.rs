//! What a person typed to search for.

use super::{
    fold::Folded,
    numbers,
    words::{Entry, Group, GroupKind, Word, entries, groups},
};

/// The most words of a query. What was typed after them does not count.
const MAX_TERMS: usize = 12;
/// The most characters of a query that are read.
const MAX_TYPED_CHARS: usize = 1000;

/// What a person typed to search for: words that must all be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
}

/// A word of a query: one of the alternatives must be found, and of that all forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The alternatives. There is at least one, and none is empty.
    pub alternatives: Vec<Vec<Form>>,
}

/// A form to look up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Letters, digits and marks.
    pub text: String,
    /// `true` if longer forms that begin like this are found too.
    pub is_prefix: bool,
}

impl Query {
    /// Reads a query of which the last word may be unfinished.
    pub fn new(typed: &str) -> Self {
        Self::read(typed, false)
    }

    /// Reads a query of which every word may be unfinished.
    pub fn of_prefixes(typed: &str) -> Self {
        Self::read(typed, true)
    }

    /// The words, all of which must be found.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Returns `true` if nothing was typed that can be found.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Returns `true` if every word is found in a text. An empty query is found in none.
    pub fn is_found_in(&self, text: &str) -> bool {
        let entries = entries(text);
        let finds = |form: &Form| entries.iter().any(|entry| form.finds(entry));
        !self.is_empty()
            && self.terms.iter().all(|term| {
                term.alternatives.iter().any(|alternative| alternative.iter().all(finds))
            })
    }

    /// Every form of the query.
    pub(super) fn forms(&self) -> impl Iterator<Item = &Form> {
        self.terms.iter().flat_map(|term| term.alternatives.iter().flatten())
    }

    fn read(typed: &str, all_prefixes: bool) -> Self {
        let end = typed.char_indices().nth(MAX_TYPED_CHARS).map_or(typed.len(), |(end, _)| end);
        let groups = groups(typed.get(..end).unwrap_or_default());
        let mut terms = Vec::new();
        let mut is_after_number = false;
        for (index, group) in groups.iter().enumerate() {
            if terms.len() == MAX_TERMS {
                break;
            }
            let is_last = index + 1 == groups.len();
            let reader = Reader { all_prefixes, is_last };
            match group.kind {
                GroupKind::Digits { has_plus } => {
                    is_after_number = reader.digits(group, has_plus, &mut terms);
                }
                GroupKind::Compound => {
                    let extension = extension(group).filter(|_| is_after_number);
                    is_after_number = extension == Some("");
                    match extension {
                        Some("") => {}
                        Some(digits) => terms.push(Term::of_form(digits, reader.is_prefix())),
                        None => terms.push(reader.compound(group)),
                    }
                }
            }
        }
        terms.truncate(MAX_TERMS);
        Self { terms }
    }
}

/// Reads the groups of a query.
#[derive(Clone, Copy)]
struct Reader {
    all_prefixes: bool,
    is_last: bool,
}

impl Reader {
    fn is_prefix(self) -> bool {
        self.all_prefixes || self.is_last
    }

    /// A word, or a compound: as the whole, or by its parts.
    fn compound(self, group: &Group) -> Term {
        let mut alternatives = alternatives(&group.joined(), self.is_prefix());
        if group.words.len() > 1 {
            alternatives.extend(self.parts(&group.words));
        }
        Term { alternatives }
    }

    /// The parts of a compound, all of which must be found: as they are, or in their second forms. Only
    /// the last of them may be unfinished.
    fn parts(self, words: &[Word]) -> Vec<Vec<Form>> {
        let count = words.len().min(MAX_TERMS);
        let of_parts = |form: fn(&Folded) -> &str| {
            let parts = words.iter().take(count).enumerate().map(|(index, word)| Form {
                text: form(&word.folded).to_owned(),
                is_prefix: self.is_prefix() && index + 1 == words.len(),
            });
            parts.collect::<Vec<_>>()
        };
        let plain = of_parts(|folded| &folded.plain);
        let second = of_parts(|folded| folded.second.as_deref().unwrap_or(&folded.plain));
        if plain == second { vec![plain] } else { vec![plain, second] }
    }

    /// Digits: a telephone number, whose end may be missing, or words. Returns `true` if they can be a
    /// number.
    fn digits(self, group: &Group, has_plus: bool, terms: &mut Vec<Term>) -> bool {
        let digits = group.words.iter().map(|word| word.folded.plain.as_str());
        let forms = numbers::typed_forms(digits, has_plus);
        if forms.is_empty() {
            for form in self.parts(&group.words).into_iter().next().unwrap_or_default() {
                terms.push(Term { alternatives: vec![vec![form]] });
            }
            return false;
        }
        let number = |text| vec![Form { text, is_prefix: true }];
        let mut alternatives: Vec<_> = forms.into_iter().map(number).collect();
        if group.words.len() > 1 {
            alternatives.extend(self.parts(&group.words));
        }
        terms.push(Term { alternatives });
        true
    }
}

impl Term {
    fn of_form(text: &str, is_prefix: bool) -> Self {
        Self { alternatives: vec![vec![Form { text: text.to_owned(), is_prefix }]] }
    }
}

fn alternatives(folded: &Folded, is_prefix: bool) -> Vec<Vec<Form>> {
    let forms = std::iter::once(&folded.plain).chain(&folded.second);
    forms.map(|form| vec![Form { text: form.clone(), is_prefix }]).collect()
}

/// What a group says about the extension of the number before it: see [`numbers::extension`].
fn extension(group: &Group) -> Option<&str> {
    match group.words.as_slice() {
        [word] => numbers::extension(&word.folded.plain),
        _ => None,
    }
}

impl Form {
    pub(super) fn finds(&self, entry: &Entry) -> bool {
        if self.is_prefix { entry.form.starts_with(&self.text) } else { entry.form == self.text }
    }
}
