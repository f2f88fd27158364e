//! Writing sheets of opportunities.

use super::{ISSUES_COLUMN, Texts};
use crate::spreadsheet;

/// Writes rows as CSV that Excel opens correctly: UTF-8 with a byte order mark, Windows line ends,
/// and formulas escaped. With `with_issues`, each row ends with a description of its issues.
pub fn to_csv<'a>(
    columns: &[&'static str],
    rows: impl Iterator<Item = (&'a Texts, Option<String>)>,
    with_issues: bool,
) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".into());
    // Writing to memory does not fail.
    let _ =
        writer.write_record(columns.iter().copied().chain(with_issues.then_some(ISSUES_COLUMN)));
    for (texts, issues) in rows {
        let cells = columns.iter().map(|column| texts.get(column).map_or("", String::as_str));
        let issues = with_issues.then(|| issues.unwrap_or_default());
        let cells = cells.map(str::to_owned).chain(issues);
        let _ = writer.write_record(cells.map(|cell| spreadsheet::escape(&cell)));
    }
    writer.into_inner().unwrap_or_default()
}
