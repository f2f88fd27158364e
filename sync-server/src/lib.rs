//! The program: it serves phones and the console, and runs the operator's commands.
//!
//! `http` has the phones' routes; the console is a crate of its own. Both call the services, which
//! decide. The services reach the database through its traits, so only this crate names the
//! backend that is behind them.

mod certificate;
pub mod cli;
pub mod config;
pub mod data_folder;
pub mod http;
pub mod serve;
mod traces;
