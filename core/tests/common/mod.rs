//! What the tests of the phone share: a phone in a folder, a scripted server, a small edition.

#![allow(dead_code, missing_docs, unused_imports, reason = "tests and benchmarks each use a part")]
#![allow(clippy::indexing_slicing, reason = "what a test names is there")]
#![allow(unreachable_pub, reason = "a helper is there for the others")]

mod clock;
mod edition;
mod pocket;
mod script;

pub use clock::{NOW, TestClock};
pub use edition::{Published, line, opportunity, pledge, sign_edition, small_edition};
pub use pocket::{
    KEY, Pocket, accepted, author, change, contact, council_key, key, never_cancelled, order,
    order_to, pairing, signed,
};
pub use script::Script;
