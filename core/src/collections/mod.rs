//! What a phone holds about one person, one module for each kind of record.

pub mod access;
pub mod asks;
pub mod contacts;
pub mod opportunities;
pub mod own_contacts;
pub mod profile;
pub mod promise;
pub mod record;
