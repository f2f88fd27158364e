//! What needs several parts at once: the harness, the demo, the simulation.

// All of this is test code: it says what it expects by panicking.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::unwrap_used
)]

pub mod barnet;
pub mod proxy;
pub mod harness;
pub mod proxy;
#[cfg(feature = "simulation")]
pub mod simulation;
