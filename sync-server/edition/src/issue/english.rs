//! An issue as an English sentence: what is wrong, and after a semicolon how to fix it.

use std::fmt;

use super::{Issue, IssueKind, Place};
use crate::dates;

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.describe())
    }
}

impl Issue {
    /// The sentence without the place.
    pub fn describe(&self) -> String {
        match self.fix() {
            Some(fix) => format!("{}; {fix}", self.problem()),
            None => self.problem(),
        }
    }

    /// What is wrong.
    pub fn problem(&self) -> String {
        let field = self.field().unwrap_or_default();
        // The field and the value that most sentences begin with.
        let subject = || format!("{} \"{}\"", label(field), self.value);
        match &self.kind {
            IssueKind::Missing => self.describe_missing(field),
            IssueKind::NoEnglish => format!("{field} has no English"),
            IssueKind::TooLong { limit } => format!("{field} is longer than {limit} characters"),
            IssueKind::Damaged if self.is_in_sheet() => {
                format!("{field} \"{}\" holds damaged characters", self.value)
            }
            IssueKind::Damaged => format!("{field} holds damaged characters"),
            IssueKind::Formula => {
                format!("{field} \"{}\" begins as a formula does", self.value)
            }
            IssueKind::NotADay | IssueKind::NotAClosingDate => {
                format!("{} is not a day", subject())
            }
            IssueKind::NotAnAge => format!("{} is not an age", subject()),
            IssueKind::NotAnOutcome => format!("{} is not one of the five", subject()),
            IssueKind::NotALanguage if field == "languages" => {
                format!("\"{}\" is not a language", self.value)
            }
            IssueKind::NotALanguage => format!("{field}: \"{}\" is not a language", self.value),
            IssueKind::NotMoney => format!("{} is not a sum of money", subject()),
            IssueKind::AmbiguousMoney { readings: [one, other] } => {
                format!("{} can be {one} or {other}", subject())
            }
            IssueKind::NotAWebAddress => format!("{} is not a web address", subject()),
            IssueKind::NotAnEmailAddress => format!("{} is not an e-mail address", subject()),
            IssueKind::NotAPhoneNumber(error) => clauses(&error.to_string()).0,
            IssueKind::PhoneCostsExtra(cost) => format!("{} costs extra: {cost}", subject()),
            IssueKind::NotAnExtension => format!("{} is not an extension", subject()),
            IssueKind::NotAPostcode => format!("{} is not one", subject()),
            IssueKind::NotYesOrNo if matches!(self.place, Place::File { .. }) => {
                format!("{field} is true or false, without quotation marks")
            }
            IssueKind::NotYesOrNo => format!("{} is neither y nor n", subject()),
            IssueKind::NotAPeriod => format!("{} is not a period", subject()),
            IssueKind::NotOpeningHours(error) => {
                format!("{} {}", subject(), clauses(&error.to_string()).0)
            }
            IssueKind::NotAnId => format!("{} cannot be a name", subject()),
            IssueKind::UnknownWord { .. } => format!("{} is not known", subject()),
            IssueKind::AgesOutOfOrder { from, until } => {
                format!("age_min {from} is not below age_max {until}")
            }
            IssueKind::PayOutOfOrder => "pay_min is more than pay_max".to_owned(),
            IssueKind::DaysOutOfOrder { first, last } => {
                format!("{} {first} is after {field} {last}", first_day_of(field))
            }
            IssueKind::NoSuchSection { .. } => format!("there is no section \"{}\"", self.value),
            IssueKind::DuplicateId { .. } if field == "date" => {
                format!("{} is there twice", self.value)
            }
            IssueKind::DuplicateId { .. } => format!("{} is used twice", subject()),
            IssueKind::IdTaken => format!("{} is another one's", subject()),
            IssueKind::OtherCouncil { council } => {
                format!("{} is not promise.toml's, \"{council}\"", subject())
            }
            IssueKind::NotToml { message } => format!("this is not TOML: {message}"),
            IssueKind::NotText => format!("{field} must be a text in \"quotation marks\""),
            IssueKind::NotATable { name } => {
                format!("{} is written as [[{name}]] with its fields", self.table())
            }
            IssueKind::UnknownField { .. } => {
                format!("{} has no field \"{}\"", self.table(), self.value)
            }
            _ => self.describe_files(field),
        }
    }

    /// How to fix it; `None` where the problem leaves one way only.
    pub fn fix(&self) -> Option<String> {
        let field = self.field().unwrap_or_default();
        let fix = match &self.kind {
            IssueKind::Missing => match field {
                "sections" => "write at least one [[section]]".to_owned(),
                "pledges" => "write at least one [[pledge]]".to_owned(),
                _ => return None,
            },
            IssueKind::NoEnglish => format!("write {field}.en = \"...\""),
            IssueKind::Damaged | IssueKind::UnreadableEncoding if self.is_in_sheet() => {
                "save the file as \"CSV UTF-8\"".to_owned()
            }
            IssueKind::Damaged | IssueKind::UnreadableEncoding => {
                "save the file as UTF-8".to_owned()
            }
            IssueKind::Formula => "begin it with a letter or a digit".to_owned(),
            IssueKind::NotADay => format!("write {}", dates::EXAMPLE),
            IssueKind::NotAClosingDate => format!("write {}, or ongoing", dates::EXAMPLE),
            IssueKind::NotAnAge => "write whole years, such as 18".to_owned(),
            IssueKind::NotAnOutcome => "write a number from 1 to 5".to_owned(),
            IssueKind::NotALanguage => "write its code, such as en, ar or ti".to_owned(),
            IssueKind::NotMoney => "write pounds, such as 12.21".to_owned(),
            IssueKind::AmbiguousMoney { .. } => {
                "write it with a point and two digits of pence, such as 1200.50".to_owned()
            }
            IssueKind::NotAWebAddress => {
                "write all of it, such as https://www.example.org/jobs".to_owned()
            }
            IssueKind::NotAnEmailAddress => "write one, such as name@example.org".to_owned(),
            IssueKind::NotAPhoneNumber(error) => return clauses(&error.to_string()).1,
            IssueKind::PhoneCostsExtra(_) => {
                "if young people should ring it, write \"cost confirmed\" after it".to_owned()
            }
            IssueKind::NotAnExtension => "write its digits".to_owned(),
            IssueKind::NotAPostcode => "write it like SW1A 1AA".to_owned(),
            IssueKind::NotAPeriod => "write one, such as 8 weeks or 2 months".to_owned(),
            IssueKind::NotOpeningHours(error) => return clauses(&error.to_string()).1,
            IssueKind::NotAnId if field == "ref" => {
                "use up to 64 letters, digits and dashes".to_owned()
            }
            IssueKind::NotAnId => {
                "use up to 64 of a to z, 0 to 9 and dashes, such as bus-pass".to_owned()
            }
            IssueKind::UnknownWord { known } => format!("write one of {}", known.join(", ")),
            IssueKind::AgesOutOfOrder { .. } => {
                "age_max is the birthday on which it ends".to_owned()
            }
            IssueKind::PayOutOfOrder => "pay_min is the least that is paid".to_owned(),
            IssueKind::NoSuchSection { known } => format!("the sections are {}", known.join(", ")),
            IssueKind::DuplicateId { first_line: Some(line) } => {
                format!("it is in line {line} too")
            }
            IssueKind::UnknownField { known } => format!("the fields are {}", known.join(", ")),
            kind => return fix_files(kind),
        };
        Some(fix)
    }

    fn describe_missing(&self, field: &str) -> String {
        match (&self.place, field) {
            (Place::File { .. } | Place::Promise { .. }, "sections") => {
                "there is no section".into()
            }
            (Place::File { .. } | Place::Promise { .. }, "pledges") => "there is no pledge".into(),
            (Place::File { .. }, "council") => {
                "there is no [council] with its id and name".to_owned()
            }
            (Place::File { .. }, "phones") => format!("{} must have phones", self.table()),
            (Place::File { .. }, _) => format!("{} must have a {field}", self.table()),
            _ => format!("there is no {field}"),
        }
    }

    /// Problems of pictures, files and sheets.
    fn describe_files(&self, field: &str) -> String {
        // The picture that a promise names is not in the file itself.
        let of_picture = |problem: String| match field {
            "picture" => format!("picture \"{}\": {problem}", self.value),
            _ => problem,
        };
        match &self.kind {
            IssueKind::NoAltText => "this picture has no picture_alt".to_owned(),
            IssueKind::NoPicture => {
                "picture_alt says what a picture shows, and there is no picture".to_owned()
            }
            IssueKind::OutsideFolder => of_picture("the picture must be in the folder".to_owned()),
            IssueKind::Picture(error) => of_picture(clauses(&error.to_string()).0),
            IssueKind::UnreadableFile { message } => {
                of_picture(format!("the file cannot be read: {message}"))
            }
            IssueKind::FileTooLarge { limit } => {
                of_picture(format!("the file is larger than {limit} MiB"))
            }
            IssueKind::TwoSheets => format!("there is {} too", self.value),
            IssueKind::EmptySheet { .. } => "the file is empty".to_owned(),
            IssueKind::UnknownColumn { .. } => format!("there is no column \"{}\"", self.value),
            IssueKind::DuplicateColumn => format!("column {field} is there twice"),
            IssueKind::MissingColumns { columns } => {
                format!("columns are missing: {}", columns.join(","))
            }
            IssueKind::TooManyCells => "there are more cells than columns".to_owned(),
            IssueKind::CellOutsideTable => {
                "there is a cell to the right of the last column".to_owned()
            }
            IssueKind::UnclosedQuote => "a quotation mark is opened here and not closed".to_owned(),
            IssueKind::UnsupportedWorkbook => {
                "this workbook is of a kind that we cannot read".to_owned()
            }
            IssueKind::DamagedWorkbook => "this workbook is damaged".to_owned(),
            IssueKind::UnreadableEncoding => "the letters in this file cannot be read".to_owned(),
            IssueKind::SheetTooLarge => "the sheet holds more than we can read".to_owned(),
            kind => kind.name().to_owned(),
        }
    }

    fn is_in_sheet(&self) -> bool {
        matches!(self.place, Place::Sheet { .. } | Place::Field { .. })
    }

    fn table(&self) -> &'static str {
        match self.place {
            Place::File { table: Some(table), .. } => table,
            _ => "the file",
        }
    }
}

fn fix_files(kind: &IssueKind) -> Option<String> {
    let fix = match kind {
        IssueKind::NoAltText => {
            "write what it shows, for people who cannot see it, such as picture_alt = \"A bus at a \
             stop\""
        }
        IssueKind::NoPicture => "write picture = \"bus.jpg\" beside it, or take picture_alt out",
        IssueKind::OutsideFolder => "write its name, such as bus.jpg",
        IssueKind::Picture(error) => return clauses(&error.to_string()).1,
        IssueKind::TwoSheets => "keep one of them",
        IssueKind::EmptySheet { columns } => {
            return Some(format!("its first line is {}", columns.join(",")));
        }
        IssueKind::UnknownColumn { known } => {
            return Some(format!("the columns are {}", known.join(",")));
        }
        IssueKind::TooManyCells => "put a text with a separator in it in \"quotation marks\"",
        IssueKind::CellOutsideTable => "name its column in the first row, or empty the cell",
        IssueKind::UnsupportedWorkbook => {
            "save it as an Excel workbook (.xlsx) without a password, or as \"CSV UTF-8\""
        }
        IssueKind::DamagedWorkbook => "open it in your spreadsheet and save it again",
        IssueKind::SheetTooLarge => "take out rows and columns that are not needed",
        _ => return None,
    };
    Some(fix.to_owned())
}

/// Splits the message of an error into what is wrong and how to fix it.
fn clauses(message: &str) -> (String, Option<String>) {
    match message.split_once("; ") {
        Some((problem, fix)) => (problem.to_owned(), Some(fix.to_owned())),
        None => (message.to_owned(), None),
    }
}

/// The label of a field in front of its value.
fn label(field: &str) -> &str {
    match field {
        "starts" => "starting date",
        "ends" => "last day",
        "closes" => "closing date",
        field => field,
    }
}

/// The field with the first day, by the field with the last.
fn first_day_of(field: &str) -> &'static str {
    if field == "valid_to" { "valid_from" } else { "starts" }
}
