//! The pages of the console, one folder for each feature.

pub(crate) mod account;
pub(crate) mod address_book;
pub(crate) mod allocations;
pub(crate) mod cards;
pub(crate) mod directory;
pub(crate) mod emergencies;
pub(crate) mod handover;
pub(crate) mod home;
pub(crate) mod log;
pub(crate) mod notices;
pub(crate) mod opportunities;
pub(crate) mod people;
pub(crate) mod promise;
pub(crate) mod sign_in;
pub(crate) mod staff;
pub(crate) mod team;
pub(crate) mod unassigned;
