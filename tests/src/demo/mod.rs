//! The demo: the main job from end to end, with the real server, the real phone core and real
//! HTTP between them, on a made-up council. It checks itself as it goes.

mod console;
mod private;
mod report;
mod story;

pub use console::{PASSWORD, Ready};
pub use report::{Look, Report};
pub use story::{Story, tell};
