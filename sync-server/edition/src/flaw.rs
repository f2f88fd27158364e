//! What is wrong with what somebody typed about an opportunity, in a sheet or in a form.

use super::problem::shown;

/// Something wrong in one column of a sheet, or in one field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The column; empty where it is about the row as a whole.
    pub column: &'static str,
    /// What was typed, short enough for a message.
    pub typed: String,
    /// What is wrong.
    pub what: What,
    /// The same in the words of the command line, with what to write instead.
    pub said: String,
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// There must be something.
    Missing,
    /// It is longer than so many characters.
    TooLong(usize),
    /// It was saved in one encoding and read in another, or holds what no screen shows.
    Damaged,
    /// A spreadsheet would run it.
    Formula,
    /// It is no kind of opportunity.
    Kind,
    /// It cannot name a record.
    Ref,
    /// It is no web address.
    Address,
    /// It is no e-mail address.
    Email,
    /// It is no telephone number.
    Phone,
    /// It is no postcode.
    Postcode,
    /// It is neither yes nor no.
    YesNo,
    /// It is no day.
    Day,
    /// It is no day, and does not say that there is none.
    Closing,
    /// It is no age.
    Age,
    /// It is none of the five outcomes.
    Outcome,
    /// It is no language.
    Language,
    /// It is no sum of money.
    Money,
    /// It is none of the words that this column knows.
    Word,
    /// The age at which it ends is not above the one at which it begins.
    Ages,
    /// The last day is before the first.
    Days,
    /// The same name is in this line too.
    RefTwice(usize),
    /// Another one has this name already.
    RefTaken,
    /// There are more cells than columns.
    Cells,
    /// A quotation mark is opened and not closed.
    Quote,
}

impl What {
    /// Its name, for whoever has words of their own for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong(_) => "too-long",
            Self::Damaged => "damaged",
            Self::Formula => "formula",
            Self::Kind => "kind",
            Self::Ref => "ref",
            Self::Address => "address",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Postcode => "postcode",
            Self::YesNo => "yes-no",
            Self::Day => "day",
            Self::Closing => "closing",
            Self::Age => "age",
            Self::Outcome => "outcome",
            Self::Language => "language",
            Self::Money => "money",
            Self::Word => "word",
            Self::Ages => "ages",
            Self::Days => "days",
            Self::RefTwice(_) => "ref-twice",
            Self::RefTaken => "ref-taken",
            Self::Cells => "cells",
            Self::Quote => "quote",
        }
    }
}

impl Flaw {
    /// Something wrong with what was typed in a column.
    pub fn new(column: &'static str, typed: &str, what: What, said: String) -> Self {
        let typed = shown(typed).trim_matches('"').to_owned();
        Self { column, typed, what, said }
    }
}
