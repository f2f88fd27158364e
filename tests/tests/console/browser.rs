//! The console in a real headless Chromium, against the real server, with real phones beside it.

mod adviser;
mod driver;
mod editor;
mod editor_looks;
mod keyboard;
mod lists_looks;
mod looks;
mod looks_managing;
mod manager;
mod opportunities;
mod thirty;
