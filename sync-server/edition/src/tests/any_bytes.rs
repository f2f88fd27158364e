//! Arbitrary bytes never make a reader panic.

use proptest::prelude::*;

use super::{DIRECTORY, PROMISE, good_row, read_bytes};

/// Arbitrary bytes, or a valid file with some of its bytes replaced.
fn file(good: String) -> impl Strategy<Value = Vec<u8>> {
    let torn = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<Vec<u8>>());
    let torn = torn.prop_map(move |(one, other, put)| {
        let mut bytes = good.clone().into_bytes();
        let (one, other) = (one.index(bytes.len()), other.index(bytes.len()));
        bytes.splice(one.min(other)..one.max(other), put);
        bytes
    });
    let signs = "[\\[\\]{}=\"',;.\r\n\t #a-e0-9£\u{feff}-]{0,200}".prop_map(String::into_bytes);
    prop_oneof![torn, signs, any::<Vec<u8>>()]
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(
        promise in file(PROMISE.to_owned()),
        opportunities in file(good_row()),
        directory in file(DIRECTORY.to_owned()),
    ) {
        if let Err(issues) = read_bytes([promise, opportunities, directory]) {
            prop_assert!(!issues.is_empty());
        }
    }
}
