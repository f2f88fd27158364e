//! A faulty server between phones and a real server, for the suites in every language: `trouble
//! SERVER`, such as `trouble http://127.0.0.1:8787`.
//!
//! It prints its address. Each line of its input sets the trouble from then on; it ends with its
//! input.

use std::{
    env,
    io::{self, BufRead},
};

use promise_tests::trouble::{Trouble, TroubledServer};

fn main() {
    let server = env::args().nth(1).expect("the server's address");
    let troubled = TroubledServer::start(server.trim_start_matches("http://"));
    println!("Listening on {}", troubled.url());
    for line in io::stdin().lock().lines() {
        let word = line.expect("a line");
        troubled.make(Trouble::from_word(word.trim()).expect("a kind of trouble"));
        println!("{word}");
    }
}
