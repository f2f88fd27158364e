//! Showing what a search found in the text as it was written.

use std::ops::Range;

use super::{Query, words::entries};
use crate::digits;

/// The characters before and after each match.
const MARKS: (char, char) = ('\u{2}', '\u{3}');

/// Returns the text with each match between U+0002 and U+0003.
pub fn highlight(text: &str, query: &Query) -> String {
    mark(text, 0..text.len(), &matches(text, query))
}

/// Returns about `max_words` words of the text around the first match, or its first words if there is
/// no match, with each match marked like those of [`highlight`] and an ellipsis where the text goes
/// on.
pub fn snippet(text: &str, query: &Query, max_words: usize) -> String {
    let matches = matches(text, query);
    let words = words(text);
    let first = matches.first().map_or(0, |first| first.start);
    let index = words.iter().position(|word| word.end > first).unwrap_or(0);
    // The window begins with the text if the match is near its start, and ends with it near its end.
    let before = max_words / 3;
    let start = if index + before < max_words { 0 } else { index.saturating_sub(before) };
    let start = start.min(words.len().saturating_sub(max_words));
    let end = (start + max_words).min(words.len());
    let from = words.get(start).map_or(0, |word| word.start);
    let to = end.checked_sub(1).and_then(|last| words.get(last)).map_or(0, |word| word.end);
    let (from, to) = if words.len() <= max_words { (0, text.len()) } else { (from, to) };
    // A match that crosses an end of the window, such as a number, is shown whole.
    let crosses = |end: usize| matches.iter().find(|range| range.start < end && end < range.end);
    let (from, to) =
        (crosses(from).map_or(from, |range| range.start), crosses(to).map_or(to, |it| it.end));
    let has_more_before = !text.get(..from).unwrap_or_default().trim().is_empty();
    let has_more_after = !text.get(to..).unwrap_or_default().trim().is_empty();
    let marked = mark(text, from..to, &matches);
    let ellipsis = |is_shown| if is_shown { "…" } else { "" };
    format!("{}{marked}{}", ellipsis(has_more_before), ellipsis(has_more_after))
}

/// The part of a text with the matches in it marked.
fn mark(text: &str, part: Range<usize>, matches: &[Range<usize>]) -> String {
    let mut marked = String::with_capacity(text.len());
    let mut end = part.start;
    for found in matches.iter().filter(|it| part.start <= it.start && it.end <= part.end) {
        marked.push_str(text.get(end..found.start).unwrap_or_default());
        marked.push(MARKS.0);
        marked.push_str(text.get(found.clone()).unwrap_or_default());
        marked.push(MARKS.1);
        end = found.end;
    }
    marked.push_str(text.get(end..part.end).unwrap_or_default());
    marked
}

/// The parts of a text that a query finds, in order and without overlap.
fn matches(text: &str, query: &Query) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for entry in entries(text) {
        for form in query.forms().filter(|form| form.finds(&entry)) {
            let end = match entry.digits {
                // All forms of a number end with the same digits: count from there.
                Some(digits) => {
                    let missing = entry.form.len() - form.text.len();
                    end_of_digits(text, &entry.range, digits.saturating_sub(missing))
                }
                None => entry.range.end,
            };
            found.push(entry.range.start..end);
        }
    }
    found.sort_unstable_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in found {
        match merged.last_mut().filter(|last| range.start < last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => merged.push(range),
        }
    }
    merged
}

/// The end of the group in which the digit of this number (from 1) stands.
fn end_of_digits(text: &str, range: &Range<usize>, count: usize) -> usize {
    let part = text.get(range.clone()).unwrap_or_default();
    let mut seen = 0;
    for (at, c) in part.char_indices() {
        let is_digit = digits::char_to_ascii(c).is_ascii_digit();
        if !is_digit && seen >= count {
            return range.start + at;
        }
        seen += usize::from(is_digit);
    }
    range.end
}

/// The words between spaces.
fn words(text: &str) -> Vec<Range<usize>> {
    let (mut words, mut start) = (Vec::new(), None);
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            words.extend(start.take().map(|start| start..at));
        } else {
            start = start.or(Some(at));
        }
    }
    words.extend(start.map(|start| start..text.len()));
    words
}
