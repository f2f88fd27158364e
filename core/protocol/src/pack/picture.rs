//! The pictures of a promise. The pack describes them; phones fetch their bytes one by one after all
//! packs.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Localised, Promise, is_hash};

/// The largest picture, in bytes. Enough for a photograph at the width of a phone's screen, and a few
/// seconds on a weak signal.
pub const MAX_PICTURE_BYTES: u32 = 40_000;

/// The most bytes that all pictures of an edition may have together: one fiftieth of the last 50 MB of
/// a data plan, once.
pub const MAX_PICTURES_BYTES: u32 = 1_000_000;

/// The longer side of the largest picture, in pixels: a phone's width on a sharp screen.
pub const MAX_PICTURE_PIXELS: u32 = 960;

/// The media types of pictures.
pub const PICTURE_TYPES: [&str; 3] = ["image/webp", "image/png", "image/jpeg"];

/// A picture, identified by the hash of its bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Picture {
    /// The SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
    /// Its media type, such as `image/webp`.
    pub media_type: String,
    /// Its width in pixels. A screen reserves the space before the picture is fetched.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Its size in bytes.
    pub bytes: u32,
    /// What it shows, for people who cannot see it.
    pub alt: Localised,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

impl Picture {
    /// Returns `true` if a phone of this version can fetch and display it.
    pub fn is_usable(&self) -> bool {
        is_hash(&self.hash)
            && PICTURE_TYPES.contains(&self.media_type.as_str())
            && (1..=MAX_PICTURE_BYTES).contains(&self.bytes)
            && [self.width, self.height].iter().all(|side| (1..=MAX_PICTURE_PIXELS).contains(side))
    }
}

impl Promise {
    /// Every use of a picture, including those of pledges whose section does not exist, as in a draft.
    pub fn all_pictures(&self) -> impl Iterator<Item = &Picture> {
        let sections = self.sections.iter().filter_map(|section| section.picture.as_ref());
        sections.chain(self.pledges.0.iter().filter_map(|pledge| pledge.picture.as_ref()))
    }

    /// The pictures in reading order, each once.
    pub fn pictures(&self) -> Vec<&Picture> {
        let mut seen = BTreeSet::new();
        let pledges = |section: &str| {
            let section = section.to_owned();
            self.pledges.0.iter().filter(move |pledge| pledge.section == section)
        };
        let all = self.sections.iter().flat_map(|section| {
            section.picture.iter().chain(pledges(&section.id).filter_map(|p| p.picture.as_ref()))
        });
        all.filter(|picture| seen.insert(picture.hash.clone())).collect()
    }

    /// The size of all pictures in bytes, each counted once.
    pub fn picture_bytes(&self) -> u64 {
        self.pictures().iter().map(|picture| u64::from(picture.bytes)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Pack;
    use serde_json::json;

    fn picture(letter: char, bytes: u32) -> Value {
        json!({"hash": letter.to_string().repeat(64), "media_type": "image/webp", "width": 960,
            "height": 540, "bytes": bytes, "alt": {"en": "A bus"}})
    }

    fn promise() -> Value {
        json!({
            "council": {"id": "riverbridge", "name": "Riverbridge"},
            "sections": [
                {"id": "home", "title": {"en": "Home"}},
                {"id": "money", "title": {"en": "Money"}, "picture": picture('a', 10)},
            ],
            "pledges": {
                "id": ["p1", "p2", "p3"], "section": ["money", "home", "money"],
                "title": [{"en": "1"}, {"en": "2"}, {"en": "3"}],
                "text": [{"en": "1"}, {"en": "2"}, {"en": "3"}],
                "picture": [picture('b', 20), picture('c', 30), picture('a', 10)],
            },
        })
    }

    #[test]
    fn pictures_are_listed_once_in_reading_order() {
        let promise: Promise = serde_json::from_value(promise()).unwrap();
        let first: Vec<_> =
            promise.pictures().iter().filter_map(|it| it.hash.chars().next()).collect();
        assert_eq!(first, ['c', 'a', 'b']);
        assert_eq!(promise.picture_bytes(), 60);
    }

    #[test]
    fn pledge_without_a_section_keeps_its_picture() {
        let mut json = promise();
        json["pledges"]["section"][0] = json!("to come");
        let promise: Promise = serde_json::from_value(json).unwrap();
        assert_eq!((promise.pictures().len(), promise.all_pictures().count()), (2, 4));
    }

    #[test]
    fn picture_keeps_unknown_fields() {
        let mut json = promise();
        json["sections"][1]["picture"]["credit"] = json!("Ada, 17");
        let bytes = serde_json::to_vec(&json).unwrap();
        let promise = Promise::from_bytes(&bytes).unwrap();
        let again = Promise::from_bytes(&promise.to_bytes()).unwrap();
        assert_eq!(again, promise);
        let kept = &again.sections[1].picture.as_ref().unwrap().unknown["credit"];
        assert_eq!(kept, "Ada, 17");
    }

    #[test]
    fn picture_beyond_a_limit_is_not_usable() {
        let good: Picture = serde_json::from_value(picture('a', 40_000)).unwrap();
        assert!(good.is_usable());
        let bad = |change: fn(&mut Picture)| {
            let mut picture = good.clone();
            change(&mut picture);
            assert!(!picture.is_usable(), "{picture:?}");
        };
        bad(|picture| picture.bytes = MAX_PICTURE_BYTES + 1);
        bad(|picture| picture.bytes = 0);
        bad(|picture| picture.width = MAX_PICTURE_PIXELS + 1);
        bad(|picture| picture.height = 0);
        bad(|picture| picture.hash = "../../etc/passwd".into());
        bad(|picture| picture.media_type = "image/svg+xml".into());
    }
}
