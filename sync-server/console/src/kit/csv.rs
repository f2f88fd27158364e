//! CSV files for spreadsheets: UTF-8 with a byte order mark, and no cell that a spreadsheet would
//! run as a formula.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use csv::{Terminator, WriterBuilder};
use promise_edition::spreadsheet;

/// The mark by which Excel detects UTF-8.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Encodes rows as lines of a CSV file. Cells that would be formulas are escaped.
pub(crate) fn encode<'a>(rows: impl IntoIterator<Item = Vec<&'a str>>) -> Vec<u8> {
    let terminator = Terminator::CRLF;
    let mut writer = WriterBuilder::new().terminator(terminator).from_writer(Vec::new());
    for row in rows {
        // Writing into memory does not fail.
        let _ = writer.write_record(row.into_iter().map(spreadsheet::escape));
    }
    writer.into_inner().unwrap_or_default()
}

/// Returns a file that the browser saves instead of showing it. `name` must hold no quotation mark.
pub(crate) fn download(name: &str, content_type: &'static str, body: Body) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formula_in_cell_is_escaped() {
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
            let written = String::from_utf8(encode([vec![attack, "x"]])).unwrap();
            let mut reader =
                csv::ReaderBuilder::new().has_headers(false).from_reader(written.as_bytes());
            let row = reader.records().next().unwrap().unwrap();
            assert_eq!(&row[0], format!("'{attack}"), "{written:?}");
            assert_eq!(&row[1], "x");
        }
    }

    #[test]
    fn plain_text_with_quotes_round_trips() {
        let plain = ["CL-0001", "Jo \"O\" Okoro, Team", "two\nlines", "نور", "", "7=7"];
        let written = encode([plain.to_vec()]);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&written[..]);
        let row = reader.records().next().unwrap().unwrap();
        assert_eq!(row.iter().collect::<Vec<_>>(), plain);
        assert!(written.ends_with(b"\r\n"));
    }
}
