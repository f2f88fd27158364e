//! The link in the QR code by which one phone of a person pairs another.

use std::{fmt, str::FromStr};

use data_encoding::BASE32_NOPAD;
use promise_protocol::PairingCode;
use zeroize::Zeroizing;

use crate::sealing::RecoveryPhrase;

const START: &str = "pocketpromise://join?code=";
const PERSON: &str = "&person=";
const RECOVERY_PHRASE: &str = "&words=";
const SERVER: &str = "&server=";

/// What a phone needs to become another phone of the person. The link opens what is private, so it is
/// shown to one camera only and stored nowhere.
pub(super) struct JoinLink {
    pub server: String,
    /// Works once.
    pub code: PairingCode,
    /// The person whose phone it becomes.
    pub person: String,
    /// `None` if the first phone does not have it.
    pub recovery_phrase: Option<RecoveryPhrase>,
}

/// The text is not such a link.
#[derive(Debug)]
pub(super) struct InvalidLink;

impl fmt::Display for JoinLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{START}{}{PERSON}{}", self.code, self.person)?;
        if let Some(phrase) = &self.recovery_phrase {
            let entropy = Zeroizing::new(BASE32_NOPAD.encode(phrase.entropy().as_slice()));
            write!(f, "{RECOVERY_PHRASE}{}", *entropy)?;
        }
        write!(f, "{SERVER}{}", self.server)
    }
}

impl FromStr for JoinLink {
    type Err = InvalidLink;

    fn from_str(text: &str) -> Result<Self, InvalidLink> {
        let rest = text.trim().strip_prefix(START).ok_or(InvalidLink)?;
        let (rest, server) = rest.split_once(SERVER).ok_or(InvalidLink)?;
        let (code, rest) = rest.split_once(PERSON).ok_or(InvalidLink)?;
        let (person, recovery_phrase) = match rest.split_once(RECOVERY_PHRASE) {
            Some((person, phrase)) => (person, Some(parse_phrase(phrase)?)),
            None => (rest, None),
        };
        Ok(Self {
            server: server.to_owned(),
            code: code.parse().map_err(|_| InvalidLink)?,
            person: person.to_owned(),
            recovery_phrase,
        })
    }
}

fn parse_phrase(text: &str) -> Result<RecoveryPhrase, InvalidLink> {
    let entropy = BASE32_NOPAD.decode(text.as_bytes()).map_err(|_| InvalidLink)?;
    let entropy = Zeroizing::new(entropy);
    let entropy: &[u8; 16] = entropy.as_slice().try_into().map_err(|_| InvalidLink)?;
    Ok(RecoveryPhrase::from_entropy(entropy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_round_trips_with_recovery_phrase_and_without() {
        for recovery_phrase in [None, Some(RecoveryPhrase::from_entropy(&[7; 16]))] {
            let link = JoinLink {
                server: "https://promise.example.gov.uk".into(),
                code: PairingCode::new([31; 12]),
                person: "0123456789abc".into(),
                recovery_phrase: recovery_phrase.clone(),
            };
            let read: JoinLink = link.to_string().parse().unwrap();
            assert_eq!((read.server, read.code), (link.server, link.code));
            assert_eq!((read.person, read.recovery_phrase), (link.person, recovery_phrase));
        }
    }

    #[test]
    fn text_that_is_not_a_link_is_refused() {
        let whole = "pocketpromise://join?code=K7QF-3MZD-9X01&person=a&words=AAAA&server=https://x";
        for text in ["", "https://x", whole, &whole.replace("&server=", "&sorver=")] {
            assert!(text.parse::<JoinLink>().is_err(), "{text}");
        }
    }
}
