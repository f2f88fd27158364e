//! Folding one word to the forms under which it is found.

use icu_normalizer::{
    DecomposingNormalizerBorrowed, properties::CanonicalCombiningClassMapBorrowed,
};

use super::letters;
use crate::digits;

/// The most characters of a form. Two words that differ only after that are found together.
const MAX_FORM_CHARS: usize = 64;
/// The most characters of a word that are read, which bounds the cost of a very long word.
const MAX_WORD_CHARS: usize = 256;

/// The forms of a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Folded {
    /// In lower case and without marks. Empty if nothing of the word is left.
    pub(super) plain: String,
    /// As people write the word who do not have its letters, if that is another form.
    pub(super) second: Option<String>,
}

/// Folds a word: form NFKD, lower case, ASCII digits, without what [`letters::is_ignored`] lists, and
/// with the letters of the tables.
pub(super) fn fold(word: &str) -> Folded {
    let end = word.char_indices().nth(MAX_WORD_CHARS).map_or(word.len(), |(end, _)| end);
    let word = word.get(..end).unwrap_or_default();
    if word.is_ascii() {
        return Folded { plain: cut(&word.to_ascii_lowercase()), second: None };
    }
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(word);
    let mut folder = Folder::default();
    decomposed.chars().flat_map(char::to_lowercase).for_each(|c| folder.push(c));
    let plain = cut(&folder.plain);
    let second = Some(cut(&folder.second)).filter(|second| *second != plain);
    Folded { plain, second }
}

/// Joins the forms of the parts of a compound.
pub(super) fn join<'a>(parts: impl Iterator<Item = &'a Folded> + Clone) -> Folded {
    let plain: String = parts.clone().map(|part| part.plain.as_str()).collect();
    let second = parts.map(|part| part.second.as_deref().unwrap_or(&part.plain));
    let (plain, second) = (cut(&plain), cut(&second.collect::<String>()));
    Folded { second: Some(second).filter(|second| *second != plain), plain }
}

/// Cuts a form to the length under which it is found.
pub(super) fn cut(form: &str) -> String {
    form.chars().take(MAX_FORM_CHARS).collect()
}

/// Returns `true` for the characters of words: letters, digits, and the marks that belong to them.
pub(super) fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || letters::is_ignored(c) || is_mark(c)
}

/// Marks that Rust does not count as alphabetic: those that combine with a letter, such as a virama,
/// and the signs of Thai, Lao and Khmer that do not reorder.
fn is_mark(c: char) -> bool {
    c >= '\u{300}'
        && (matches!(c, '\u{e47}'..='\u{e4e}' | '\u{ec8}'..='\u{ece}' | '\u{17c6}'..='\u{17d3}')
            || CanonicalCombiningClassMapBorrowed::new().get_u8(c) != 0)
}

/// The two forms while they are built.
#[derive(Default)]
struct Folder {
    plain: String,
    second: String,
    /// The letter before this character.
    letter: Option<char>,
}

impl Folder {
    fn push(&mut self, c: char) {
        if letters::is_ignored(c) {
            let second = self.letter.and_then(|letter| letters::second_by_mark(letter, c));
            self.second.extend(second);
            return;
        }
        let c = letters::ethiopic(digits::char_to_ascii(c));
        if !is_word_char(c) || letters::is_apostrophe(c) {
            return;
        }
        self.letter = Some(c);
        let folded = letters::folded(c);
        let mut buffer = [0; 4];
        let plain = folded.unwrap_or_else(|| c.encode_utf8(&mut buffer));
        self.plain.push_str(plain);
        self.second.push_str(letters::second(c).unwrap_or(plain));
    }
}
