//! What changed in a text, word by word, so that a person sees at a glance what is different.

use promise_protocol::pack::{Localised, in_language};

/// The largest table of words against words that is filled, in cells of two bytes. Texts that differ in more
/// are shown as replaced: such a comparison is not read word by word.
const MAX_TABLE: usize = 1_000_000;

/// A part of what the council writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum TextPart {
    /// The heading.
    Title,
    /// A pledge's text, or what an opportunity is in one or two sentences.
    Text,
    /// A pledge in Easy Read.
    EasyRead,
    /// Everything else about an opportunity or an appointment.
    Details,
    /// Who offers an opportunity.
    Organisation,
    /// How to get a pledge, or to apply for an opportunity.
    HowToGet,
    /// The role to ask, or the person to ask for.
    AskFor,
    /// The telephone number of an opportunity, with its extension.
    Phone,
    /// The evidence that is needed.
    Evidence,
    /// What it gives.
    Amount,
    /// What it costs.
    Cost,
    /// Its hours.
    Hours,
    /// Where an appointment is.
    Place,
}

/// What changed in one text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TextChange {
    /// Which text.
    pub part: TextPart,
    /// Its words in reading order. Those that are the same or added are the present text, those that are the
    /// same or removed are the one before.
    pub runs: Vec<WordRun>,
}

/// Words that stand together and changed in the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct WordRun {
    /// How they changed.
    pub change: WordChange,
    /// The words, with the spaces and line breaks after them.
    pub words: String,
}

/// How words changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum WordChange {
    /// They were there before.
    Same,
    /// They are not there any more.
    Removed,
    /// They are new.
    Added,
}

/// Compares two texts. Returns `None` if their words are the same: spaces alone are no change.
pub(crate) fn text_change(part: TextPart, before: &str, now: &str) -> Option<TextChange> {
    let runs = compare(before, now);
    let is_changed = runs.iter().any(|run| run.change != WordChange::Same);
    is_changed.then_some(TextChange { part, runs })
}

/// Compares two texts in the first of these languages that both have, else in English: a translation that was
/// added or removed changes nothing that is promised.
pub(crate) fn localised_change(
    part: TextPart,
    before: &Localised,
    now: &Localised,
    languages: &[&str],
) -> Option<TextChange> {
    let mut wanted = languages.iter().chain(&["en"]);
    let shared = wanted.find_map(|language| before.get(*language).zip(now.get(*language)));
    let picked = |text| in_language(text, languages).map_or("", |(_, text)| text);
    match shared {
        Some((before, now)) => text_change(part, before, now),
        // A text that is new, or is not there any more.
        None => text_change(part, picked(before), picked(now)),
    }
}

fn compare(before: &str, now: &str) -> Vec<WordRun> {
    let (old, new) = (tokens(before), tokens(now));
    let is_same = |(old, new): &(&&str, &&str)| word(old) == word(new);
    let start = old.iter().zip(&new).take_while(is_same).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(is_same).count();
    let changed = |tokens: &[&str]| start..tokens.len() - end;
    let (old_middle, new_middle) = (old.get(changed(&old)), new.get(changed(&new)));
    let mut runs = Runs::default();
    runs.extend(WordChange::Same, new.iter().take(start));
    compare_middle(old_middle.unwrap_or_default(), new_middle.unwrap_or_default(), &mut runs);
    runs.extend(WordChange::Same, new.iter().skip(new.len() - end));
    runs.0
}

/// Compares what is between the words that are the same at both ends, by their longest common subsequence.
fn compare_middle(old: &[&str], new: &[&str], runs: &mut Runs) {
    if old.len().saturating_mul(new.len()) > MAX_TABLE {
        runs.extend(WordChange::Removed, old);
        runs.extend(WordChange::Added, new);
        return;
    }
    let table = Table::of(old, new);
    let (mut i, mut j) = (0, 0);
    loop {
        match (old.get(i), new.get(j)) {
            (Some(before), Some(now)) if word(before) == word(now) => {
                runs.push(WordChange::Same, now);
                (i, j) = (i + 1, j + 1);
            }
            (Some(before), now) if now.is_none() || table.at(i + 1, j) >= table.at(i, j + 1) => {
                runs.push(WordChange::Removed, before);
                i += 1;
            }
            (_, Some(now)) => {
                runs.push(WordChange::Added, now);
                j += 1;
            }
            (_, None) => return,
        }
    }
}

/// For each place in two texts, how many words they have in common from there on.
struct Table {
    lengths: Vec<u16>,
    width: usize,
}

impl Table {
    fn of(old: &[&str], new: &[&str]) -> Self {
        let width = new.len() + 1;
        let mut table = Self { lengths: vec![0; width * (old.len() + 1)], width };
        for (i, before) in old.iter().enumerate().rev() {
            for (j, now) in new.iter().enumerate().rev() {
                let common = if word(before) == word(now) {
                    table.at(i + 1, j + 1).saturating_add(1)
                } else {
                    table.at(i + 1, j).max(table.at(i, j + 1))
                };
                if let Some(length) = table.lengths.get_mut(i * width + j) {
                    *length = common;
                }
            }
        }
        table
    }

    fn at(&self, i: usize, j: usize) -> u16 {
        self.lengths.get(i * self.width + j).copied().unwrap_or_default()
    }
}

#[derive(Default)]
struct Runs(Vec<WordRun>);

impl Runs {
    fn push(&mut self, change: WordChange, token: &str) {
        match self.0.last_mut() {
            Some(run) if run.change == change => run.words.push_str(token),
            _ => self.0.push(WordRun { change, words: token.to_owned() }),
        }
    }

    fn extend<'a>(&mut self, change: WordChange, tokens: impl IntoIterator<Item = &'a &'a str>) {
        for token in tokens {
            self.push(change, token);
        }
    }
}

/// Splits a text into words, each with the spaces after it.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end_of_word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let after = rest.get(end_of_word..).unwrap_or_default();
        let spaces = after.find(|c: char| !c.is_whitespace()).unwrap_or(after.len());
        let (token, following) = rest.split_at(end_of_word + spaces);
        tokens.push(token);
        rest = following;
    }
    tokens
}

fn word(token: &str) -> &str {
    token.trim_end()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn changed(before: &str, now: &str) -> Vec<(WordChange, String)> {
        let change = text_change(TextPart::Text, before, now);
        change.into_iter().flat_map(|it| it.runs).map(|run| (run.change, run.words)).collect()
    }

    fn run(change: WordChange, words: &str) -> (WordChange, String) {
        (change, words.to_owned())
    }

    #[test]
    fn changed_amount_is_one_word() {
        use WordChange::{Added, Removed, Same};
        let (before, now) = ("You can have £2,000 for a flat.", "You can have £3,000 for a flat.");
        let expected = [
            run(Same, "You can have "),
            run(Removed, "£2,000 "),
            run(Added, "£3,000 "),
            run(Same, "for a flat."),
        ];
        assert_eq!(changed(before, now), expected);
        assert_eq!(changed("", "New words"), [run(Added, "New words")]);
        assert_eq!(changed("Old words", ""), [run(Removed, "Old words")]);
    }

    #[test]
    fn moved_words_are_removed_and_added_once() {
        use WordChange::{Added, Removed, Same};
        let expected = [run(Removed, "a "), run(Same, "b c "), run(Added, "a "), run(Same, "d")];
        assert_eq!(changed("a b c d", "b c a d"), expected);
    }

    #[test]
    fn spaces_alone_are_no_change() {
        assert_eq!(changed("One  two\nthree", "One two three "), []);
        assert_eq!(changed("", ""), []);
    }

    #[test]
    fn very_long_texts_are_replaced_whole() {
        let text = |word: &str| format!("{word} ").repeat(1_500);
        let found = changed(&format!("Same {}", text("old")), &format!("Same {}", text("new")));
        let changes: Vec<_> = found.iter().map(|(change, _)| *change).collect();
        assert_eq!(changes, [WordChange::Same, WordChange::Removed, WordChange::Added]);
    }

    #[test]
    fn texts_are_compared_in_a_language_that_both_have() {
        let text = |texts: &[(&str, &str)]| -> Localised {
            texts.iter().map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned())).collect()
        };
        let before = text(&[("en", "Two"), ("so", "Laba")]);
        let change = |now: &Localised, languages: &[&str]| {
            localised_change(TextPart::Text, &before, now, languages)
        };
        let somali = text(&[("en", "Two"), ("so", "Saddex")]);
        assert!(change(&somali, &["so"]).is_some());
        assert_eq!(change(&somali, &["en"]), None);
        assert_eq!(change(&text(&[("en", "Two")]), &["so"]), None, "the translation is gone");
        assert_eq!(change(&text(&[("en", "Two"), ("pl", "Dwa")]), &["pl"]), None, "it is new");
        assert!(change(&Localised::new(), &["so"]).is_some());
    }

    proptest! {
        #[test]
        fn runs_have_both_texts(
            before in "[a-c]{1,2}([ \n]{1,2}[a-c]{1,2}){0,12}",
            now in "[a-c]{1,2}([ \n]{1,2}[a-c]{1,2}){0,12}",
        ) {
            let runs = compare(&before, &now);
            let without = |change: WordChange| -> String {
                let kept = runs.iter().filter(|run| run.change != change);
                kept.map(|run| run.words.as_str()).collect()
            };
            prop_assert_eq!(without(WordChange::Removed), now);
            // The last word of a text has no space after it, wherever its run stands.
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(letters(&without(WordChange::Added)), letters(&before));
        }
    }
}
