//! What needs several parts at once: the harness, the demo, the simulation.

pub mod barnet;
pub mod demo;
pub mod harness;
pub mod opening_hours;
pub mod probes;
pub mod proxy;
pub mod ring_now;
pub mod sheets;
#[cfg(feature = "simulation")]
pub mod simulation;
pub mod trouble;
