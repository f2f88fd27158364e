//! What is wrong in a publish folder, said so that whoever wrote it can mend it.

use std::{cell::RefCell, fmt, ops::Range};

/// One problem in one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FolderProblem {
    /// The file's name in the folder.
    pub file: String,
    /// The line, from 1. Left out when the problem is the file.
    pub line: Option<usize>,
    /// What is wrong, and what to write instead.
    pub what: String,
}

impl fmt::Display for FolderProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

/// The problems found so far in one file. Reading never stops at the first.
#[derive(Debug)]
pub(super) struct Problems {
    file: &'static str,
    line_starts: Vec<usize>,
    found: RefCell<Vec<FolderProblem>>,
}

impl Problems {
    /// None yet, in a file with this text.
    pub(super) fn new(file: &'static str, text: &str) -> Self {
        let starts = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1);
        Self { file, line_starts: starts.collect(), found: RefCell::default() }
    }

    /// Adds a problem of the file as a whole.
    pub(super) fn in_file(&self, what: impl Into<String>) {
        self.push(None, what.into());
    }

    /// Adds a problem of a line.
    pub(super) fn in_line(&self, line: usize, what: impl Into<String>) {
        self.push(Some(line), what.into());
    }

    /// Adds a problem of a stretch of bytes.
    pub(super) fn at(&self, span: &Range<usize>, what: impl Into<String>) {
        self.push(Some(self.line_of(span)), what.into());
    }

    /// The line on which a stretch of bytes begins.
    pub(super) fn line_of(&self, span: &Range<usize>) -> usize {
        self.line_starts.partition_point(|start| *start <= span.start) + 1
    }

    /// All of them, in the order of the file.
    pub(super) fn into_found(self) -> Vec<FolderProblem> {
        let mut found = self.found.into_inner();
        found.sort_by_key(|problem| problem.line);
        found
    }

    fn push(&self, line: Option<usize>, what: String) {
        let problem = FolderProblem { file: self.file.to_owned(), line, what };
        self.found.borrow_mut().push(problem);
    }
}

/// What somebody typed, short enough for a message.
pub(super) fn shown(typed: &str) -> String {
    const MOST: usize = 60;
    let mut one_line: String =
        typed.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if typed.chars().nth(MOST).is_some() {
        one_line.push('…');
    }
    format!("\"{one_line}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_its_place() {
        let problems = Problems::new("promise.toml", "one\ntwo\nthree");
        problems.at(&(8..9), "third");
        problems.at(&(4..5), "second");
        problems.at(&(3..4), "still first");
        problems.in_file("all of it");
        let said: Vec<String> = problems.into_found().iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "promise.toml: all of it",
                "promise.toml:1: still first",
                "promise.toml:2: second",
                "promise.toml:3: third",
            ]
        );
    }

    #[test]
    fn what_was_typed_is_cut_to_a_line() {
        assert_eq!(shown("a\nb"), "\"a b\"");
        assert_eq!(shown(&"é".repeat(61)).chars().count(), 63);
    }
}
