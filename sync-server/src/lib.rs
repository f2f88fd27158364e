//! The server: publishes a council's editions and keeps its young people's phones in step.

pub mod edition;
pub mod phone_number;
