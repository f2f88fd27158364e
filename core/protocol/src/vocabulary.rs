//! Closed vocabularies: fields whose value is one of a few words. Phone, server and console share
//! each enum, and the schema takes the words it accepts from the same place.
//!
//! What the young person's own phones write is closed: apps offer exactly these choices, and a word
//! that a newer version wrote stays in its cell but reads as no choice. What the council's server
//! writes may reach a phone that was not updated for years and has to be displayed, so those enums
//! have `Other`: [`AskStatus`], [`StaffAction`](crate::access::StaffAction) and
//! [`OpportunityKind`](crate::pack::OpportunityKind).

use thiserror::Error;

/// The text is not a word of this vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{text}\" is not one of: {}", .known.join(", "))]
pub struct UnknownWord {
    /// The text.
    pub text: String,
    /// The words of the vocabulary.
    pub known: &'static [&'static str],
}

impl UnknownWord {
    pub(crate) fn new(text: &str, known: &'static [&'static str]) -> Self {
        Self { text: text.to_owned(), known }
    }
}

/// An enum whose variants are stored, sent and typed as one word each.
macro_rules! vocabulary {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+
    }) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
        pub enum $name {
            $($(#[$variant_meta])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every value, in the order in which to offer them.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// The words of [`Self::ALL`], in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word that is stored, sent and typed.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::vocabulary::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::vocabulary::UnknownWord::new(text, Self::WORDS)),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

/// Like `vocabulary`, for words that a newer version may have added: those are kept in `Other`.
macro_rules! open_vocabulary {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+
    }) => {
        $(#[$meta])*
        #[derive(
            Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        #[serde(from = "String", into = "String")]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
            /// A word that this version does not know.
            Other(#[cfg_attr(feature = "uniffi", uniffi(name = "word"))] String),
        }

        impl $name {
            /// Every known value, in the order in which to offer them.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// The words of [`Self::ALL`], in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word that is stored and sent.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word,
                }
            }
        }

        // Reads a stored word; an unknown one becomes `Other`.
        impl From<String> for $name {
            fn from(text: String) -> Self {
                text.parse().unwrap_or(Self::Other(text))
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.as_str().to_owned()
            }
        }

        // Reads what a user chose; an unknown word is an error.
        impl std::str::FromStr for $name {
            type Err = $crate::vocabulary::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::vocabulary::UnknownWord::new(text, Self::WORDS)),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(crate) use {open_vocabulary, vocabulary};

vocabulary! {
    /// Where the young person stands with a pledge.
    pub enum PledgeMark {
        /// They get what is promised.
        HavingIt = "having_it",
        /// They want it and do not get it yet.
        WantIt = "want_it",
        /// They got it, and it is over.
        HadIt = "had_it",
        /// It does not concern them.
        NotForMe = "not_for_me",
    }
}

vocabulary! {
    /// How far the young person is with an opportunity they saved.
    pub enum SaveStatus {
        /// Saved, and nothing done yet.
        Saved = "saved",
        /// They applied.
        Applied = "applied",
        /// They are invited to an interview.
        Interview = "interview",
        /// They got it.
        GotIt = "got_it",
        /// It is not for them after all.
        NotForMe = "not_for_me",
    }
}

vocabulary! {
    /// The young person's answer to an appointment.
    pub enum AppointmentAnswer {
        /// They will come.
        Coming = "coming",
        /// They will not come.
        NotComing = "not_coming",
        /// They ask for another time.
        AnotherTime = "another_time",
    }
}

open_vocabulary! {
    /// How far the adviser is with what the young person asked.
    pub enum AskStatus {
        /// The adviser has read it.
        Seen = "seen",
        /// The adviser is working on it.
        Doing = "doing",
        /// It is done.
        Done = "done",
        /// The council cannot do it.
        Cannot = "cannot",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_and_value_convert_both_ways() {
        for (mark, word) in PledgeMark::ALL.into_iter().zip(PledgeMark::WORDS) {
            assert_eq!(mark.to_string(), *word);
            assert_eq!(word.parse(), Ok(mark));
            assert_eq!(serde_json::to_value(mark).unwrap(), *word);
            assert_eq!(serde_json::from_value::<PledgeMark>((*word).into()).unwrap(), mark);
        }
        let error = "loved_it".parse::<PledgeMark>().unwrap_err();
        let text = "\"loved_it\" is not one of: having_it, want_it, had_it, not_for_me";
        assert_eq!(error.to_string(), text);
    }

    #[test]
    fn unknown_word_of_the_server_is_kept() {
        for (status, word) in AskStatus::ALL.into_iter().zip(AskStatus::WORDS) {
            assert_eq!(AskStatus::from((*word).to_owned()), status);
            assert_eq!(status.as_str(), *word);
        }
        let newer: AskStatus = serde_json::from_str("\"passed_on\"").unwrap();
        assert_eq!(newer, AskStatus::Other("passed_on".to_owned()));
        assert_eq!(serde_json::to_string(&newer).unwrap(), "\"passed_on\"");
        assert!("passed_on".parse::<AskStatus>().is_err());
    }
}
