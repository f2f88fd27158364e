//! The app lock: a PIN that keeps what is private from a person who holds the unlocked phone.
//!
//! It is a gate in the app and not encryption. A PIN of four digits is one of 10,000 keys, which a computer
//! tries in minutes; and a locked phone still shows duty lines and syncs, so its database is open.
//! `PRIVACY.md` has what that means.
//!
//! - `pin`: which PINs are accepted, and their hash.
//! - `tries`: counting tries, and the delays after wrong ones.
//! - `slots`: what is stored, and what a PIN or a platform's secret opens.
//! - `view`: what may be read in each state.

mod pin;
mod slots;
mod tries;
mod view;

pub(crate) use pin::{Pin, PinIssue};
pub(crate) use slots::{
    Opened, change, create, opens, platform_opens, replace_quiet, set_platform,
};
pub(crate) use tries::{begin, take_back, wait};
pub(crate) use view::View;
