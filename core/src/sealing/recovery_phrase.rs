//! The recovery phrase.

use bip39::{Language, Mnemonic};
use thiserror::Error;
use zeroize::Zeroizing;

const WORD_COUNT: usize = 12;
const MAX_WORD_LENGTH: usize = 8;
const ENTROPY_BYTES: usize = 16;

/// The young person's recovery phrase: 128 random bits and 4 bits of checksum as twelve English words
/// that differ in their first four letters (BIP 39). It opens everything that is sealed.
///
/// It is wiped from memory when dropped, and never printed. The only way to text is
/// [`RecoveryPhrase::words`], which is for showing the phrase to the person.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryPhrase(Mnemonic);

impl RecoveryPhrase {
    /// Creates a phrase from 128 bits, which must be random or come from
    /// [`RecoveryPhrase::entropy`].
    pub fn from_entropy(entropy: &[u8; ENTROPY_BYTES]) -> Self {
        match Mnemonic::from_entropy_in(Language::English, entropy) {
            Ok(mnemonic) => Self(mnemonic),
            Err(_) => unreachable!("BIP 39 allows 128 bits"),
        }
    }

    /// Parses a phrase as a person types it: in any case, with any spaces, commas, full stops and
    /// list numbers between and around the words.
    pub fn parse(typed: &str) -> Result<Self, RecoveryPhraseError> {
        // Allocated once: a text that grows leaves copies of itself behind.
        let mut phrase = Zeroizing::new(String::with_capacity(WORD_COUNT * (MAX_WORD_LENGTH + 1)));
        let mut count = 0;
        for word in typed_words(typed) {
            count += 1;
            if Language::English.find_word(&word).is_none() {
                return Err(RecoveryPhraseError::UnknownWord { position: count });
            }
            if count <= WORD_COUNT {
                phrase.push_str(&word);
                phrase.push(' ');
            }
        }
        if count != WORD_COUNT {
            return Err(RecoveryPhraseError::WordCount { found: count });
        }
        Mnemonic::parse_in_normalized(Language::English, &phrase)
            .map(Self)
            .map_err(|_| RecoveryPhraseError::Checksum)
    }

    /// Returns the words in order, to show them to the person.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        self.0.words()
    }

    /// Returns the 128 bits of the phrase, which is what a phone stores in its encrypted database.
    pub fn entropy(&self) -> Zeroizing<[u8; ENTROPY_BYTES]> {
        let (longest, _) = self.0.to_entropy_array();
        let longest = Zeroizing::new(longest);
        let mut entropy = Zeroizing::new([0; ENTROPY_BYTES]);
        for (byte, word_byte) in entropy.iter_mut().zip(longest.iter()) {
            *byte = *word_byte;
        }
        entropy
    }
}

impl std::fmt::Debug for RecoveryPhrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryPhrase(..)")
    }
}

/// Why a text is not a recovery phrase. Holds no word, so it may be logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RecoveryPhraseError {
    /// A word is not on the list of BIP 39.
    #[error("word {position} is not on the list")]
    UnknownWord {
        /// Its position, counted from 1.
        position: usize,
    },
    /// All words are on the list, but there are not twelve.
    #[error("there are {found} words instead of 12")]
    WordCount {
        /// How many there are.
        found: usize,
    },
    /// The checksum is wrong: a word was replaced by another one of the list, or two were swapped.
    /// One mistake in 16 is not noticed here; [`AccountKey::matches_check`] finds it.
    ///
    /// [`AccountKey::matches_check`]: super::AccountKey::matches_check
    #[error("the words do not belong together")]
    Checksum,
}

/// Splits a typed text into words, in lower case and without what is around them.
pub(super) fn typed_words(typed: &str) -> impl Iterator<Item = Zeroizing<String>> {
    typed
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|word| word.trim_matches(|c: char| !c.is_alphabetic()))
        .filter(|word| !word.is_empty())
        .map(|word| Zeroizing::new(word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;

    use super::*;

    const PICNIC: &str =
        "ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic";

    /// The published 128-bit vectors of the reference implementation that BIP 39 names.
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
    fn published_vectors_hold_both_ways() {
        for (entropy, phrase) in VECTORS {
            let bytes: [u8; 16] = HEXLOWER.decode(entropy.as_bytes()).unwrap().try_into().unwrap();
            let parsed = RecoveryPhrase::from_entropy(&bytes);
            assert_eq!(parsed.words().collect::<Vec<_>>().join(" "), phrase);
            assert_eq!(*RecoveryPhrase::parse(phrase).unwrap().entropy(), bytes);
        }
    }

    #[test]
    fn phrase_is_parsed_as_people_type_it() {
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
            assert!(RecoveryPhrase::parse(&typed) == RecoveryPhrase::parse(PICNIC), "{typed}");
        }
    }

    #[test]
    fn each_mistake_has_its_own_error() {
        use RecoveryPhraseError::{Checksum, UnknownWord, WordCount};
        let cases = [
            (PICNIC.replace("fiber", "fibre"), UnknownWord { position: 4 }),
            (PICNIC.replace("picnic", "p1cnic"), UnknownWord { position: 12 }),
            (PICNIC.replace("ozone ", ""), WordCount { found: 11 }),
            (format!("{PICNIC} zoo"), WordCount { found: 13 }),
            (String::new(), WordCount { found: 0 }),
            ("7 , !".into(), WordCount { found: 0 }),
            (PICNIC.replace("ozone drill", "drill ozone"), Checksum),
        ];
        for (typed, error) in cases {
            assert_eq!(RecoveryPhrase::parse(&typed), Err(error), "{typed}");
        }
    }

    #[test]
    fn errors_and_debug_output_hold_no_word() {
        let phrase = RecoveryPhrase::parse(PICNIC).unwrap();
        assert_eq!(format!("{phrase:?}"), "RecoveryPhrase(..)");
        let error = RecoveryPhrase::parse("canaries canary").unwrap_err();
        assert_eq!(
            format!("{error} {error:?}"),
            "word 1 is not on the list UnknownWord { position: 1 }"
        );
    }
}
