//! The console in a real headless Chromium, against the real server, with real phones beside it.

mod accessibility;
mod accessibility_editor;
mod accessibility_lists;
mod accessibility_managing;
mod adviser;
mod driver;
mod editor;
mod keyboard;
mod manager;
mod opportunities;
mod thirty;
