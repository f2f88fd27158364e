//! A council the size of Barnet, made from a seed: 60 pledges, 500 opportunities, 325 young people
//! with 8 contacts and 10 saved opportunities each.
//!
//! It is a port, byte for byte, of a Python script that other measurements use, so that the results
//! can be compared.

mod mersenne;
mod packs;
mod prose;
mod vocabulary;
mod workload;

pub use packs::{contact_fields, packs};
pub use workload::{Contact, Council, Opportunity, Person, Pledge, Saved, Workload, workload};

/// The seed of the measurements.
pub const SEED: u64 = 20_260_101;

/// How many young people the measurements have.
pub const PEOPLE: usize = 325;

#[cfg(test)]
mod tests {
    use promise_protocol::{
        pack::{Pack, hash},
        schema::{Owner, check},
    };

    use super::*;

    #[test]
    fn bytes_are_those_of_the_script() {
        let bytes = serde_json::to_vec(&workload(SEED, PEOPLE)).unwrap();
        assert_eq!(bytes.len(), 1_603_261);
        assert_eq!(
            hash(&bytes),
            "c2935f1e478c4413a3ef8ffc448919b364f451df3b13304f05d440915e37756e"
        );
    }

    #[test]
    fn packs_hold_every_text_of_the_records() {
        let workload = workload(SEED, 1);
        let (promise, opportunities, directory) = packs(&workload);
        let promise_bytes = promise.to_bytes();
        let text =
            String::from_utf8([promise_bytes.clone(), opportunities.to_bytes()].concat()).unwrap();
        for pledge in &workload.pledges {
            let written =
                [&pledge.id, &pledge.title, &pledge.body, &pledge.review].map(String::as_str);
            assert!(written.iter().chain([&pledge.owner]).all(|word| text.contains(word)));
            assert!(text.contains(&pledge.updated_at.to_string()));
        }
        for offer in &workload.opportunities {
            let written = [&offer.id, &offer.title, &offer.url, &offer.body, &offer.closes];
            assert!(written.iter().all(|word| text.contains(word.as_str())));
            let words = [offer.kind, offer.provider, offer.area];
            assert!(words.iter().all(|word| text.contains(word)));
        }
        assert_eq!(Pack::from_bytes(&promise_bytes), Ok(promise));
        assert!(directory.lines.0.is_empty());
    }

    #[test]
    fn staff_may_write_every_contact() {
        for contact in workload(SEED, 20).people.iter().flat_map(|person| &person.contacts) {
            for (field, value) in contact_fields(contact) {
                let checked = check(Owner::Adviser, "contact", &contact.id, &field, &value);
                assert!(checked.is_ok(), "{field}: {value}");
            }
        }
    }

    /// The size of a first download of each pack, within 1%. If these numbers change, so does what
    /// a young person's data plan pays for.
    #[test]
    fn pack_sizes_stay_within_limits() {
        let (promise, opportunities, _) = packs(&workload(SEED, 0));
        let measured = [
            (promise.to_bytes(), [36_629, 10_286, 11_622]),
            (opportunities.to_bytes(), [273_581, 60_986, 64_171]),
        ];
        for (bytes, expected) in measured {
            let zstd_19 = zstd::encode_all(&bytes[..], 19).unwrap().len();
            let sizes = [bytes.len(), brotli_11(&bytes), zstd_19];
            for (size, expected) in sizes.into_iter().zip(expected) {
                assert!(size.abs_diff(expected) * 100 <= expected, "{size} is not {expected}");
            }
        }
    }

    fn brotli_11(bytes: &[u8]) -> usize {
        let mut compressed = Vec::new();
        let params =
            brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
        brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &params).unwrap();
        compressed.len()
    }
}
