//! The link in the QR code by which one phone of a person brings in another.

use std::{fmt, str::FromStr};

use data_encoding::BASE32_NOPAD;
use promise_protocol::PairingCode;
use zeroize::Zeroizing;

use crate::sealing::RecoveryPhrase;

const START: &str = "pocketpromise://join?code=";
const PERSON: &str = "&person=";
const WORDS: &str = "&words=";
const SERVER: &str = "&server=";

/// Where the server is, whose phone it will be, a one-time code, and the words where the first
/// phone has them. Whoever sees it can read what is private: it is shown to one camera only, and
/// stored nowhere.
pub(super) struct JoinLink {
    pub server: String,
    pub code: PairingCode,
    pub person: String,
    pub words: Option<RecoveryPhrase>,
}

/// Not such a link.
#[derive(Debug)]
pub(super) struct NotALink;

impl fmt::Display for JoinLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{START}{}{PERSON}{}", self.code, self.person)?;
        if let Some(words) = &self.words {
            let bits = Zeroizing::new(BASE32_NOPAD.encode(words.entropy().as_slice()));
            write!(f, "{WORDS}{}", *bits)?;
        }
        write!(f, "{SERVER}{}", self.server)
    }
}

impl FromStr for JoinLink {
    type Err = NotALink;

    fn from_str(text: &str) -> Result<Self, NotALink> {
        let rest = text.trim().strip_prefix(START).ok_or(NotALink)?;
        let (rest, server) = rest.split_once(SERVER).ok_or(NotALink)?;
        let (code, rest) = rest.split_once(PERSON).ok_or(NotALink)?;
        let (person, words) = match rest.split_once(WORDS) {
            Some((person, words)) => (person, Some(read_words(words)?)),
            None => (rest, None),
        };
        Ok(Self {
            server: server.to_owned(),
            code: code.parse().map_err(|_| NotALink)?,
            person: person.to_owned(),
            words,
        })
    }
}

fn read_words(text: &str) -> Result<RecoveryPhrase, NotALink> {
    let bits = Zeroizing::new(BASE32_NOPAD.decode(text.as_bytes()).map_err(|_| NotALink)?);
    let bits: &[u8; 16] = bits.as_slice().try_into().map_err(|_| NotALink)?;
    Ok(RecoveryPhrase::from_entropy(bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_round_trips_with_words_and_without() {
        for words in [None, Some(RecoveryPhrase::from_entropy(&[7; 16]))] {
            let link = JoinLink {
                server: "https://promise.example.gov.uk".into(),
                code: PairingCode::new([31; 12]),
                person: "0123456789abc".into(),
                words: words.clone(),
            };
            let read: JoinLink = link.to_string().parse().unwrap();
            assert_eq!((read.server, read.code), (link.server, link.code));
            assert_eq!((read.person, read.words), (link.person, words));
        }
    }

    #[test]
    fn texts_that_are_not_links_are_refused() {
        let whole = "pocketpromise://join?code=K7QF-3MZD-9X01&person=a&words=AAAA&server=https://x";
        for text in ["", "https://x", whole, &whole.replace("&server=", "&sorver=")] {
            assert!(text.parse::<JoinLink>().is_err(), "{text}");
        }
    }
}
