//! Output: headings, indents, lines that fit the terminal, and a little colour where it helps.

use std::{
    fmt::Display,
    io::{self, IsTerminal, Write},
};

use promise_protocol::text::isolate;
use textwrap::Options;

/// Longer lines are hard to read, however wide the window.
const MAX_WIDTH: usize = 88;

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const RED: &str = "\u{1b}[31m";
const PLAIN: &str = "\u{1b}[0m";

/// Collects output until it is printed.
pub(crate) struct Screen {
    drawn: String,
    width: usize,
    has_colour: bool,
}

impl Screen {
    pub(crate) fn new() -> Self {
        let width = textwrap::termwidth().clamp(20, MAX_WIDTH);
        Self { drawn: String::new(), width, has_colour: wants_colour(&io::stdout()) }
    }

    /// A large heading.
    pub(crate) fn heading(&mut self, text: &str) {
        let text = clean(text);
        let rule = "─".repeat(textwrap::core::display_width(&text).min(self.width));
        let text = self.styled(BOLD, &text);
        self.wrapped("", &text);
        let rule = self.styled(DIM, &rule);
        self.wrapped("", &rule);
    }

    /// The heading of one entry of a list, with the id to type for it.
    pub(crate) fn title(&mut self, text: &str, id: &str) {
        let id = if id.is_empty() {
            String::new()
        } else {
            self.styled(DIM, &format!("  [{}]", clean(id)))
        };
        let title = format!("{}{id}", self.styled(BOLD, &clean(text)));
        self.gap();
        self.wrapped("", &title);
    }

    /// A paragraph.
    pub(crate) fn text(&mut self, text: &str) {
        self.wrapped("", &clean(text));
    }

    /// A paragraph under a title. Nothing if there is no text.
    pub(crate) fn under(&mut self, text: &str) {
        self.wrapped("  ", &clean(text));
    }

    /// A labelled line under a title. Nothing if there is no text.
    pub(crate) fn fact(&mut self, label: &str, text: &str) {
        if !text.is_empty() {
            let label = self.styled(DIM, &format!("{label}:"));
            self.wrapped("  ", &format!("{label} {}", clean(text)));
        }
    }

    /// A paragraph that matters less.
    pub(crate) fn quiet(&mut self, text: &str) {
        let text = self.styled(DIM, &clean(text));
        self.wrapped("", &text);
    }

    /// The text around a match, with the match in bold.
    pub(crate) fn snippet(&mut self, snippet: &str) {
        let marked = clean(&snippet.replace('\u{2}', "\u{e000}").replace('\u{3}', "\u{e001}"));
        let (on, off) = if self.has_colour { (BOLD, PLAIN) } else { ("", "") };
        self.wrapped("  ", &marked.replace('\u{e000}', on).replace('\u{e001}', off));
    }

    /// An empty line, unless there is one already.
    pub(crate) fn gap(&mut self) {
        if !self.drawn.is_empty() && !self.drawn.ends_with("\n\n") {
            self.drawn.push('\n');
        }
    }

    /// Text with its own line breaks.
    pub(crate) fn raw(&mut self, text: &str) {
        self.drawn.push_str(text);
        self.drawn.push('\n');
    }

    /// Prints the output. A reader that has gone away (`phone export | head`) is no error.
    pub(crate) fn print(&mut self) {
        let mut out = io::stdout().lock();
        out.write_all(self.drawn.as_bytes()).and_then(|()| out.flush()).ok();
        self.drawn.clear();
    }

    fn wrapped(&mut self, indent: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let options = Options::new(self.width).initial_indent(indent).subsequent_indent(indent);
        self.drawn.push_str(&textwrap::fill(text, options));
        self.drawn.push('\n');
    }

    fn styled(&self, style: &str, text: &str) -> String {
        if self.has_colour { format!("{style}{text}{PLAIN}") } else { text.to_owned() }
    }
}

/// Prints an error.
pub(crate) fn print_error(error: &dyn Display) {
    let mut out = io::stderr().lock();
    let (on, off) = if wants_colour(&out) { (RED, PLAIN) } else { ("", "") };
    let width = textwrap::termwidth().clamp(20, MAX_WIDTH);
    writeln!(out, "{on}{}{off}", textwrap::fill(error.to_string().trim_end(), width)).ok();
}

fn wants_colour(out: &impl IsTerminal) -> bool {
    out.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty())
}

/// Removes control characters, so that no text can move the cursor or change the colours. Numbers in
/// text of the other direction keep their order, and stay on one line: an isolate ends with its line.
fn clean(text: &str) -> String {
    let text: String = text.trim().chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    let text = isolate(&text, None);
    let mut is_isolated = false;
    let kept = text.chars().map(|c| {
        match c {
            '\u{2066}'..='\u{2068}' => is_isolated = true,
            '\u{2069}' => is_isolated = false,
            _ => {}
        }
        if c == ' ' && is_isolated { '\u{a0}' } else { c }
    });
    kept.collect()
}
