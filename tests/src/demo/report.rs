//! Reports what happened: as text, or as a line of JSON for each step.

use std::{io::Write, time::Duration};

use serde_json::json;

use crate::proxy::Traffic;

/// The format of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputFormat {
    /// Text for people.
    Text,
    /// One JSON object on each line.
    Json,
}

/// Writes the report of the demo, step by step.
pub struct Report<W> {
    out: W,
    format: OutputFormat,
    step: usize,
}

impl<W: Write> Report<W> {
    /// Creates a report that is written to `out`.
    pub fn new(out: W, format: OutputFormat) -> Self {
        Self { out, format, step: 0 }
    }

    /// Starts a step. `title` is who does what.
    pub fn step(&mut self, title: &str) {
        self.step += 1;
        match self.format {
            OutputFormat::Text => self.line(&format!("\n{}. {title}", self.step)),
            OutputFormat::Json => {
                self.line(&json!({"step": self.step, "title": title}).to_string());
            }
        }
    }

    /// Reports a fact that was checked.
    pub fn fact(&mut self, words: &str) {
        match self.format {
            OutputFormat::Text => self.line(&format!("   {words}")),
            OutputFormat::Json => self.line(&json!({"step": self.step, "saw": words}).to_string()),
        }
    }

    /// Reports what a call cost on the network and how long it took.
    pub fn cost(&mut self, traffic: Traffic, took: Duration) {
        let Traffic { up, down, requests, waits } = traffic;
        let milliseconds = took.as_secs_f64() * 1000.0;
        let requests_word = if requests == 1 { "request" } else { "requests" };
        match self.format {
            OutputFormat::Text => self.line(&format!(
                "   {} bytes ({up} up, {down} down) in {requests} {requests_word}, {milliseconds:.0} ms",
                up + down
            )),
            OutputFormat::Json => self.line(
                &json!({
                    "step": self.step, "bytes_up": up, "bytes_down": down, "requests": requests,
                    "waits": waits, "milliseconds": milliseconds,
                })
                .to_string(),
            ),
        }
    }

    /// Writes a line as it is; left out of JSON.
    pub fn aside(&mut self, words: &str) {
        if self.format == OutputFormat::Text {
            self.line(words);
        }
    }

    fn line(&mut self, line: &str) {
        // A closed terminal does not end the demo, which checks itself to its end.
        let _ = writeln!(self.out, "{line}");
    }
}
