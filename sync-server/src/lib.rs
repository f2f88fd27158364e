//! The program: it serves phones and the console, and runs the operator's commands.
//!
//! `http` has the phones' routes; the console is a crate of its own. Both call the services, which
//! decide. The services reach the database through its traits; `database` chooses which one is
//! behind them.

mod certificate;
pub mod cli;
pub mod config;
pub mod data_folder;
pub mod database;
pub mod http;
pub mod serve;
pub mod signing;
pub mod storage;
mod traces;
