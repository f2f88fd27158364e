//! Tables as files that Excel and its like open: CSV in UTF-8 with a mark that says so, and no cell
//! that a spreadsheet takes for a formula.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use csv::{Terminator, WriterBuilder};
use promise_edition::spreadsheet;

/// The mark by which Excel knows UTF-8.
pub(crate) const MARK: &str = "\u{feff}";

/// Rows as lines of a file. What is no text at all, which cannot be, is left out.
pub(crate) fn lines<'a>(rows: impl IntoIterator<Item = Vec<&'a str>>) -> Vec<u8> {
    let terminator = Terminator::CRLF;
    let mut writer = WriterBuilder::new().terminator(terminator).from_writer(Vec::new());
    for row in rows {
        // Writing into memory does not fail.
        let _ = writer.write_record(row.into_iter().map(spreadsheet::escape));
    }
    writer.into_inner().unwrap_or_default()
}

/// A file to keep, which the browser does not show. Its name is of our own making.
pub(crate) fn file(name: &str, kind: &'static str, body: Body) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(named) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, named);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        let attacks = [
            "=HYPERLINK(\"http://evil.example\",\"x\")",
            "+1+1",
            "-2+3+cmd|' /C calc'!A0",
            "@SUM(1)",
            "\t=1+1",
            "\r=1",
            "  =1+1",
            "\u{ff1d}1+1",
        ];
        for attack in attacks {
            let written = String::from_utf8(lines([vec![attack, "x"]])).unwrap();
            let mut reader =
                csv::ReaderBuilder::new().has_headers(false).from_reader(written.as_bytes());
            let row = reader.records().next().unwrap().unwrap();
            assert_eq!(&row[0], format!("'{attack}"), "{written:?}");
            assert_eq!(&row[1], "x");
        }
    }

    #[test]
    fn plain_text_stays_as_it_is_and_quotes_are_kept() {
        let plain = ["CL-0001", "Jo \"O\" Okoro, Team", "two\nlines", "نور", "", "7=7"];
        let written = lines([plain.to_vec()]);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&written[..]);
        let row = reader.records().next().unwrap().unwrap();
        assert_eq!(row.iter().collect::<Vec<_>>(), plain);
        assert!(written.ends_with(b"\r\n"));
    }
}
