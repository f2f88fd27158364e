//! The phone on real encrypted databases, with a scripted server where the server's behaviour
//! matters.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what it expects by panicking"
)]

#[path = "../common/mod.rs"]
mod common;

mod access;
mod app_lock;
mod calendar;
mod cancelling;
mod card_import;
mod clocks;
mod damage;
mod devices;
mod distrusted_keys;
mod editions;
mod exporting;
mod filtering;
mod full_disk;
mod leaving;
mod listening;
mod merging;
mod newer_data;
mod news;
mod news_in_time;
mod number_changes;
mod opening;
mod own_contacts;
mod pairing;
mod pausing;
mod pictures;
mod planned_days;
mod profile;
mod read_only;
mod receiving;
mod refusals;
mod rekeying;
mod relinking;
mod reminders;
mod ring_now;
mod saving;
mod searching;
mod sending;
mod sharing;
mod signatures;
mod signing;
mod skew;
mod threads;
mod timescales;
