//! The console in a real headless Chromium, against the real server, with real phones beside it.

mod accessibility;
mod accessibility_address_book;
mod accessibility_allocations;
mod accessibility_caseload;
mod accessibility_editor;
mod accessibility_lists;
mod accessibility_managing;
mod address_book;
mod adviser;
mod comparing;
mod direction;
mod driver;
mod editor;
mod fetch_metadata;
mod forced_colors;
mod keyboard;
mod layout;
mod manager;
mod opportunities;
mod thirty;
mod two_administrators;
