//! The twelve words.

use bip39::{Language, Mnemonic};
use thiserror::Error;
use zeroize::Zeroizing;

const COUNT: usize = 12;
const LONGEST_WORD: usize = 8;
const ENTROPY: usize = 16;

/// The young person's twelve words: 128 random bits and 4 bits of checksum, in English words that
/// differ in their first four letters (BIP 39). Whoever has them can read all that is sealed.
///
/// They are wiped from memory when dropped, and never printed. There is no way to text but
/// [`Words::iter`], which is for showing them to the person.
#[derive(Clone, PartialEq, Eq)]
pub struct Words(Mnemonic);

impl Words {
    /// The words for 128 bits, which must be random, or be those that [`Words::entropy`] gave.
    pub fn from_entropy(entropy: &[u8; ENTROPY]) -> Self {
        match Mnemonic::from_entropy_in(Language::English, entropy) {
            Ok(mnemonic) => Self(mnemonic),
            Err(_) => unreachable!("128 bits are one of the lengths that BIP 39 has words for"),
        }
    }

    /// The words as a person types them: in any case, with any spaces, commas, full stops and
    /// list numbers between and around them.
    pub fn parse(typed: &str) -> Result<Self, WordsError> {
        // Room from the start: a text that grows leaves copies of itself behind.
        let mut phrase = Zeroizing::new(String::with_capacity(COUNT * (LONGEST_WORD + 1)));
        let mut count = 0;
        for word in typed_words(typed) {
            count += 1;
            if Language::English.find_word(&word).is_none() {
                return Err(WordsError::NotOnTheList { position: count });
            }
            if count <= COUNT {
                phrase.push_str(&word);
                phrase.push(' ');
            }
        }
        if count != COUNT {
            return Err(WordsError::Count { found: count });
        }
        Mnemonic::parse_in_normalized(Language::English, &phrase)
            .map(Self)
            .map_err(|_| WordsError::Checksum)
    }

    /// The words, in order, to be shown to the person.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.0.words()
    }

    /// The 128 bits of the words, which is what a phone stores under its platform's key.
    pub fn entropy(&self) -> Zeroizing<[u8; ENTROPY]> {
        let (longest, _) = self.0.to_entropy_array();
        let longest = Zeroizing::new(longest);
        let mut entropy = Zeroizing::new([0; ENTROPY]);
        for (byte, word_byte) in entropy.iter_mut().zip(longest.iter()) {
            *byte = *word_byte;
        }
        entropy
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Words(..)")
    }
}

/// Why what was typed is not somebody's words. It never holds a word: it may be logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WordsError {
    /// A word is not on the list: mistyped, or another word.
    #[error("word {position} is not on the list")]
    NotOnTheList {
        /// Which, counted from 1.
        position: usize,
    },
    /// Each is on the list, but there are not twelve.
    #[error("there are {found} words instead of 12")]
    Count {
        /// How many there are.
        found: usize,
    },
    /// Twelve words from the list that do not belong together: one is another word of the list, or
    /// two changed places. (One mistake in 16 gets past this; see `AccountKey::is_for`.)
    #[error("the words do not belong together")]
    Checksum,
}

/// The words in a typed text, in lower case and without what is around them.
pub(super) fn typed_words(typed: &str) -> impl Iterator<Item = Zeroizing<String>> {
    typed
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|word| word.trim_matches(|c: char| !c.is_alphabetic()))
        .filter(|word| !word.is_empty())
        .map(|word| Zeroizing::new(word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::HEXLOWER;

    const PICNIC: &str =
        "ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic";

    /// The published vectors of 128 bits, from the reference implementation that BIP 39 names.
    const VECTORS: [(&str, &str); 8] = [
        (
            "00000000000000000000000000000000",
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
        ),
        (
            "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f",
            "legal winner thank year wave sausage worth useful legal winner thank yellow",
        ),
        (
            "80808080808080808080808080808080",
            "letter advice cage absurd amount doctor acoustic avoid letter advice cage above",
        ),
        ("ffffffffffffffffffffffffffffffff", "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong"),
        ("9e885d952ad362caeb4efe34a8e91bd2", PICNIC),
        (
            "c0ba5a8e914111210f2bd131f3d5e08d",
            "scheme spot photo card baby mountain device kick cradle pact join borrow",
        ),
        (
            "23db8160a31d3e0dca3688ed941adbf3",
            "cat swing flag economy stadium alone churn speed unique patch report train",
        ),
        (
            "f30f8c1da665478f49b001d94c5fc452",
            "vessel ladder alter error federal sibling chat ability sun glass valve picture",
        ),
    ];

    #[test]
    fn the_published_vectors_hold_both_ways() {
        for (entropy, phrase) in VECTORS {
            let bytes: [u8; 16] = HEXLOWER.decode(entropy.as_bytes()).unwrap().try_into().unwrap();
            let words = Words::from_entropy(&bytes);
            assert_eq!(words.iter().collect::<Vec<_>>().join(" "), phrase);
            assert_eq!(*Words::parse(phrase).unwrap().entropy(), bytes);
        }
    }

    #[test]
    fn words_are_read_as_people_type_them() {
        let numbered: Vec<String> =
            PICNIC.split(' ').enumerate().map(|(i, w)| format!("{}. {w}", i + 1)).collect();
        let typings = [
            PICNIC.to_uppercase(),
            format!("  {}\t\r\n", PICNIC.replace(' ', "   ")),
            PICNIC.replace(' ', ", "),
            PICNIC.replace(' ', "\u{a0}"),
            format!("\u{201c}{PICNIC}.\u{201d}"),
            numbered.join("\n"),
        ];
        for typed in typings {
            assert!(Words::parse(&typed) == Words::parse(PICNIC), "{typed}");
        }
    }

    #[test]
    fn each_mistake_has_its_own_error() {
        use WordsError::{Checksum, Count, NotOnTheList};
        let cases = [
            (PICNIC.replace("fiber", "fibre"), NotOnTheList { position: 4 }),
            (PICNIC.replace("picnic", "p1cnic"), NotOnTheList { position: 12 }),
            (PICNIC.replace("ozone ", ""), Count { found: 11 }),
            (format!("{PICNIC} zoo"), Count { found: 13 }),
            (String::new(), Count { found: 0 }),
            ("7 , !".into(), Count { found: 0 }),
            (PICNIC.replace("ozone drill", "drill ozone"), Checksum),
        ];
        for (typed, error) in cases {
            assert_eq!(Words::parse(&typed), Err(error), "{typed}");
        }
    }

    #[test]
    fn errors_and_debug_texts_hold_no_word() {
        let words = Words::parse(PICNIC).unwrap();
        assert_eq!(format!("{words:?}"), "Words(..)");
        let error = Words::parse("canaries canary").unwrap_err();
        assert_eq!(
            format!("{error} {error:?}"),
            "word 1 is not on the list NotOnTheList { position: 1 }"
        );
    }
}
