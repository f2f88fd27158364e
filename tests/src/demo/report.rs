//! Saying what happened: for people, or a line of JSON for each step.

use std::{io::Write, time::Duration};

use serde_json::json;

use crate::proxy::Traffic;

/// How the story is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// For people.
    Words,
    /// One JSON object on each line.
    Json,
}

/// Tells the story, step by step.
pub struct Report<W> {
    out: W,
    look: Look,
    step: usize,
}

impl<W: Write> Report<W> {
    /// Tells it to `out`.
    pub fn new(out: W, look: Look) -> Self {
        Self { out, look, step: 0 }
    }

    /// A step: who does what.
    pub fn step(&mut self, title: &str) {
        self.step += 1;
        match self.look {
            Look::Words => self.line(&format!("\n{}. {title}", self.step)),
            Look::Json => self.line(&json!({"step": self.step, "title": title}).to_string()),
        }
    }

    /// Something that was seen, and checked.
    pub fn saw(&mut self, words: &str) {
        match self.look {
            Look::Words => self.line(&format!("   {words}")),
            Look::Json => self.line(&json!({"step": self.step, "saw": words}).to_string()),
        }
    }

    /// What the network cost, and how long it took.
    pub fn cost(&mut self, traffic: Traffic, took: Duration) {
        let Traffic { up, down, requests, waits } = traffic;
        let milliseconds = took.as_secs_f64() * 1000.0;
        let requests_word = if requests == 1 { "request" } else { "requests" };
        match self.look {
            Look::Words => self.line(&format!(
                "   {} bytes ({up} up, {down} down) in {requests} {requests_word}, {milliseconds:.0} ms",
                up + down
            )),
            Look::Json => self.line(
                &json!({
                    "step": self.step, "bytes_up": up, "bytes_down": down, "requests": requests,
                    "waits": waits, "milliseconds": milliseconds,
                })
                .to_string(),
            ),
        }
    }

    /// A line as it is; left out of JSON.
    pub fn aside(&mut self, words: &str) {
        if self.look == Look::Words {
            self.line(words);
        }
    }

    fn line(&mut self, line: &str) {
        // Who closed the terminal does not read on; the story still checks itself to its end.
        let _ = writeln!(self.out, "{line}");
    }
}
