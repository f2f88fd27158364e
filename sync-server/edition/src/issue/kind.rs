//! The kinds of issues.

use chrono::NaiveDate;
use promise_protocol::{
    opening_hours::OpeningHoursError,
    phone_number::{CallCost, PhoneNumberError},
    vocabulary::UnknownWord,
};

use crate::picture::PictureError;

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IssueKind {
    /// A required value is missing.
    Missing,
    /// A localised text exists in other languages and not in English.
    NoEnglish,
    /// A text is too long.
    TooLong {
        /// The most characters that the field holds.
        limit: usize,
    },
    /// A text was saved in one encoding and read in another, or holds control characters.
    Damaged,
    /// A spreadsheet would run the text of a cell as a formula.
    Formula,
    /// Not a day.
    NotADay,
    /// Neither a day nor "ongoing".
    NotAClosingDate,
    /// Not an age in whole years.
    NotAnAge,
    /// Not one of the five Covenant outcomes.
    NotAnOutcome,
    /// Not a language tag.
    NotALanguage,
    /// Not a sum of money.
    NotMoney,
    /// A sum of money with two readings.
    AmbiguousMoney {
        /// The sums that it can be, such as `£1,234.00` and `£1.234`.
        readings: [String; 2],
    },
    /// Not a web address.
    NotAWebAddress,
    /// Not an e-mail address.
    NotAnEmailAddress,
    /// Not a phone number.
    NotAPhoneNumber(PhoneNumberError),
    /// Calls to this phone number cost extra, and nothing shows that this is intended.
    PhoneCostsExtra(CallCost),
    /// Not a phone extension.
    NotAnExtension,
    /// Not a postcode.
    NotAPostcode,
    /// Neither yes nor no.
    NotYesOrNo,
    /// Not a period, such as 8 weeks.
    NotAPeriod,
    /// Not opening hours, or hours with more than one reading.
    NotOpeningHours(OpeningHoursError),
    /// Not usable as a record's id.
    NotAnId,
    /// Not in the closed vocabulary of the field.
    UnknownWord {
        /// The words of the field.
        known: Vec<&'static str>,
    },
    /// The age at which an offer ends is not above the one at which it begins.
    AgesOutOfOrder {
        /// The birthday on which it begins.
        from: u8,
        /// The birthday on which it ends.
        until: u8,
    },
    /// The least that is paid is more than the most.
    PayOutOfOrder,
    /// The last day is before the first.
    DaysOutOfOrder {
        /// The first day.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
    },
    /// There is no section with this id.
    NoSuchSection {
        /// The ids of the sections.
        known: Vec<String>,
    },
    /// Two records have the same id.
    DuplicateId {
        /// The line of the first one, where both are in one file.
        first_line: Option<usize>,
    },
    /// Another record has this id already.
    IdTaken,
    /// The file belongs to another council's folder.
    OtherCouncil {
        /// The council that `promise.toml` names.
        council: String,
    },
    /// The file is not TOML.
    NotToml {
        /// The parser's message.
        message: String,
    },
    /// A value that must be a text has another TOML type.
    NotText,
    /// A value that must be a TOML table is not one.
    NotATable {
        /// The name of the array of tables.
        name: &'static str,
    },
    /// The table has no such field.
    UnknownField {
        /// The fields of the table.
        known: Vec<&'static str>,
    },
    /// A picture has no alternative text.
    NoAltText,
    /// There is an alternative text and no picture.
    NoPicture,
    /// A picture's path leads out of the folder.
    OutsideFolder,
    /// A picture cannot be used.
    Picture(PictureError),
    /// A file cannot be read.
    UnreadableFile {
        /// The system's message.
        message: String,
    },
    /// A file is too large.
    FileTooLarge {
        /// The largest size, in MiB.
        limit: usize,
    },
    /// Two files of the folder hold the same part of an edition.
    TwoSheets,
    /// A sheet has no rows at all.
    EmptySheet {
        /// The columns that its first row should name.
        columns: Vec<&'static str>,
    },
    /// A sheet has a column that is not known.
    UnknownColumn {
        /// The columns of a sheet.
        known: Vec<&'static str>,
    },
    /// A sheet has a column twice.
    DuplicateColumn,
    /// A sheet lacks columns.
    MissingColumns {
        /// The columns.
        columns: Vec<&'static str>,
    },
    /// A row of a CSV file has more cells than the sheet has columns.
    TooManyCells,
    /// A row of a workbook has a cell outside the columns that the first row names.
    CellOutsideTable,
    /// A quotation mark in a CSV file is opened and not closed.
    UnclosedQuote,
    /// A workbook in a format that is not read: Excel 97, OpenDocument, or protected by a password.
    UnsupportedWorkbook,
    /// A workbook that cannot be read to its end.
    DamagedWorkbook,
    /// A text file in an encoding that is not read.
    UnreadableEncoding,
    /// A sheet that holds more text, rows or columns than are read.
    SheetTooLarge,
}

impl From<PhoneNumberError> for IssueKind {
    fn from(error: PhoneNumberError) -> Self {
        match error {
            PhoneNumberError::CostsExtra { cost, .. } => Self::PhoneCostsExtra(cost),
            error => Self::NotAPhoneNumber(error),
        }
    }
}

impl From<UnknownWord> for IssueKind {
    fn from(error: UnknownWord) -> Self {
        Self::UnknownWord { known: error.known.to_vec() }
    }
}

impl IssueKind {
    /// The identifier of the kind, as part of message keys.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NoEnglish => "no-english",
            Self::TooLong { .. } => "too-long",
            Self::Damaged => "damaged",
            Self::Formula => "formula",
            Self::NotADay => "not-a-day",
            Self::NotAClosingDate => "not-a-closing-date",
            Self::NotAnAge => "not-an-age",
            Self::NotAnOutcome => "not-an-outcome",
            Self::NotALanguage => "not-a-language",
            Self::NotMoney => "not-money",
            Self::AmbiguousMoney { .. } => "ambiguous-money",
            Self::NotAWebAddress => "not-a-web-address",
            Self::NotAnEmailAddress => "not-an-email-address",
            Self::NotAPhoneNumber(_) => "not-a-phone-number",
            Self::PhoneCostsExtra(_) => "phone-costs-extra",
            Self::NotAnExtension => "not-an-extension",
            Self::NotAPostcode => "not-a-postcode",
            Self::NotYesOrNo => "not-yes-or-no",
            Self::NotAPeriod => "not-a-period",
            Self::NotOpeningHours(_) => "not-opening-hours",
            Self::NotAnId => "not-an-id",
            Self::UnknownWord { .. } => "unknown-word",
            Self::AgesOutOfOrder { .. } => "ages-out-of-order",
            Self::PayOutOfOrder => "pay-out-of-order",
            Self::DaysOutOfOrder { .. } => "days-out-of-order",
            Self::NoSuchSection { .. } => "no-such-section",
            Self::DuplicateId { .. } => "duplicate-id",
            Self::IdTaken => "id-taken",
            Self::OtherCouncil { .. } => "other-council",
            Self::NotToml { .. } => "not-toml",
            Self::NotText => "not-text",
            Self::NotATable { .. } => "not-a-table",
            Self::UnknownField { .. } => "unknown-field",
            Self::NoAltText => "no-alt-text",
            Self::NoPicture => "no-picture",
            Self::OutsideFolder => "outside-folder",
            Self::Picture(_) => "picture",
            Self::UnreadableFile { .. } => "unreadable-file",
            Self::FileTooLarge { .. } => "file-too-large",
            Self::TwoSheets => "two-sheets",
            Self::EmptySheet { .. } => "empty-sheet",
            Self::UnknownColumn { .. } => "unknown-column",
            Self::DuplicateColumn => "duplicate-column",
            Self::MissingColumns { .. } => "missing-columns",
            Self::TooManyCells => "too-many-cells",
            Self::CellOutsideTable => "cell-outside-table",
            Self::UnclosedQuote => "unclosed-quote",
            Self::UnsupportedWorkbook => "unsupported-workbook",
            Self::DamagedWorkbook => "damaged-workbook",
            Self::UnreadableEncoding => "unreadable-encoding",
            Self::SheetTooLarge => "sheet-too-large",
        }
    }
}
