//! The demo: the main job from end to end, with the real server, the real phone core and real HTTP
//! between them, on a fictional council. It checks each step.

mod console;
mod forged;
mod private;
mod report;
mod story;

pub use console::{PASSWORD, Ready};
pub use report::{OutputFormat, Report};
pub use story::{Story, play};
