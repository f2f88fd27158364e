//! The server: what a council runs, and phones sync with.
//!
//! `console` is what staff see in a browser.
//! `store` keeps things (the only part that knows SQL), `service` decides (it never asks the time
//! and never sees HTTP), `routes` speaks HTTP, `cli` is what an operator types.

mod certificate;
pub mod cli;
pub mod clock;
pub mod config;
pub mod console;
pub mod edition;
pub mod folder;
mod opening_hours;
pub mod picture;
pub mod routes;
pub mod serve;
pub mod service;
pub mod store;
mod sweeping;

pub use promise_protocol::phone_number;
