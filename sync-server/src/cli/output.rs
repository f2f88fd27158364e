//! What commands print, and what they ask. The only place that writes to a terminal.

use std::{
    io::{BufRead, Write},
    process::ExitCode,
};

/// Where commands print, and where answers come from.
pub struct Output<'a> {
    /// For results.
    pub out: &'a mut dyn Write,
    /// For errors.
    pub err: &'a mut dyn Write,
    /// For answers to questions.
    pub input: &'a mut dyn BufRead,
}

impl Output<'_> {
    /// Prints a line of the result.
    pub fn print(&mut self, text: &str) {
        // A reader that closed the pipe, such as `head`, has read enough.
        let _ = writeln!(self.out, "{text}");
    }

    /// Prints an error.
    pub fn print_error(&mut self, text: &str) {
        let _ = writeln!(self.err, "promise-server: {text}");
    }

    /// Asks a question. Returns `true` only if the answer is yes.
    pub fn confirm(&mut self, question: &str) -> bool {
        let _ = write!(self.out, "{question} [y/N] ").and_then(|()| self.out.flush());
        let mut answer = String::new();
        let read = self.input.read_line(&mut answer).is_ok();
        read && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
    }

    /// Prints help, or what is wrong with a command line.
    pub(super) fn print_usage(&mut self, error: &clap::Error) -> ExitCode {
        let text = error.render();
        if error.use_stderr() {
            let _ = write!(self.err, "{text}");
            return ExitCode::from(2);
        }
        let _ = write!(self.out, "{text}");
        ExitCode::SUCCESS
    }
}
