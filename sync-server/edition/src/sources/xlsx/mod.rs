//! Excel workbooks: the first visible sheet, each cell as the text that Excel displays.
//!
//! Cells with a number, a date or a formula hold their value, not the typed text. Numbers are
//! written with their number format and days as `2027-05-01`. What a format does not display is
//! lost: a phone number that Excel keeps as a number has no leading zero, which
//! [`phone_number::parse`](promise_protocol::phone_number::parse) accepts.

mod archive;
mod number;

use std::{
    collections::BTreeMap,
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{
    DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx as Workbook, XlsxError,
};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use promise_protocol::pack::MAX_PACK_BYTES;

use super::{Source, Table, TableRow, header::Header};
use crate::issue::IssueKind;

/// The magic number of a ZIP archive, which an `.xlsx` workbook is.
const ZIP: &[u8] = b"PK\x03\x04";

/// The magic number of Excel 97 workbooks and of encrypted ones.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0";

/// The most rows and columns that are read. A cell may be anywhere in a sheet of a million rows.
const MAX_ROWS: usize = 20_000;
const MAX_COLUMNS: u32 = 256;

/// The most text that is read, in bytes. Cells can share a text, so a small file can hold a lot.
const MAX_TEXT: usize = MAX_PACK_BYTES;

/// The first sheet of an Excel workbook.
pub(super) struct Xlsx;

impl Source for Xlsx {
    fn recognises(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(ZIP) || bytes.starts_with(OLE)
    }

    fn read(&self, bytes: &[u8], header: &Header) -> Result<Table, IssueKind> {
        if bytes.starts_with(OLE) {
            return Err(IssueKind::UnsupportedWorkbook);
        }
        archive::check(bytes)?;
        // calamine computes cell references without overflow checks, and panics in debug builds.
        let cells = catch_unwind(AssertUnwindSafe(|| read_cells(bytes)));
        Ok(to_table(cells.unwrap_or(Err(IssueKind::DamagedWorkbook))?, header))
    }
}

/// The texts of a sheet by row and column, both from 0.
type Cells = BTreeMap<u32, BTreeMap<u32, String>>;

fn read_cells(bytes: &[u8]) -> Result<Cells, IssueKind> {
    let damaged = |_: XlsxError| IssueKind::DamagedWorkbook;
    let mut workbook = Workbook::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut sheets = workbook.sheets_metadata().iter();
    let first = sheets
        .find(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    let Some(name) = first.map(|sheet| sheet.name.clone()) else { return Ok(Cells::new()) };
    let mut reader = workbook.worksheet_cells_reader(&name).map_err(damaged)?;
    let (mut cells, mut length) = (Cells::new(), 0);
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(damaged)? {
        let format = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
        let text = to_text(cell.get_value(), format.map_or("", |format| &format.format_code));
        if text.trim().is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        length += text.len();
        cells.entry(row).or_default().insert(column, text);
        if length > MAX_TEXT || cells.len() > MAX_ROWS || column >= MAX_COLUMNS {
            return Err(IssueKind::SheetTooLarge);
        }
    }
    Ok(cells)
}

/// Lays the cells out in rows, of which the first names the columns.
fn to_table(cells: Cells, header: &Header) -> Table {
    let end_of = |cells: &BTreeMap<u32, String>| {
        cells.keys().next_back().map_or(0, |last| *last as usize + 1)
    };
    let first = header.find(cells.values().map(|row| row.values().map(String::as_str)));
    let width = cells.values().nth(first).map_or(0, end_of);
    let rows = cells.into_iter().skip(first).map(|(row, cells)| {
        let end = end_of(&cells);
        let mut texts = vec![String::new(); end.min(width)];
        let mut issues = Vec::new();
        for (column, text) in cells {
            match texts.get_mut(column as usize) {
                Some(cell) => *cell = text,
                None if issues.is_empty() => issues.push(IssueKind::CellOutsideTable),
                None => {}
            }
        }
        TableRow { number: row as usize + 1, cells: texts, issues }
    });
    Table { rows: rows.collect() }
}

/// The text that Excel displays, except that days are ISO 8601.
fn to_text(value: &DataRef<'_>, format: &str) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        // Whole numbers of any size that a cell holds are exact.
        #[expect(clippy::cast_precision_loss, reason = "Excel's own numbers are floats")]
        DataRef::Int(number) => number::format(*number as f64, format),
        DataRef::Float(number) => number::format(*number, format),
        DataRef::Bool(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(time) => format_time(*time),
        DataRef::DateTimeIso(time) => match time.parse::<NaiveDateTime>() {
            Ok(time) => format_day_and_time(time),
            Err(_) => time.clone(),
        },
        DataRef::DurationIso(duration) => duration.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}

fn format_time(time: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, millis) = time.to_ymd_hms_milli();
    let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
    let moment = date.and_then(|date| {
        date.and_hms_milli_opt(hour.into(), minute.into(), second.into(), millis.into())
    });
    match moment {
        // A number below 1 is a time of day.
        Some(moment) if time.is_duration() || (0.0..1.0).contains(&time.as_f64()) => {
            round(moment).format("%H:%M").to_string()
        }
        Some(moment) => format_day_and_time(round(moment)),
        // Excel counts a 29 February 1900.
        None => format!("{year:04}-{month:02}-{day:02}"),
    }
}

/// Rounds to a second: a fraction of a day is never exact.
fn round(moment: NaiveDateTime) -> NaiveDateTime {
    let rounded = moment.checked_add_signed(TimeDelta::milliseconds(500)).unwrap_or(moment);
    rounded.with_nanosecond(0).unwrap_or(rounded)
}

fn format_day_and_time(moment: NaiveDateTime) -> String {
    let format = match (moment.num_seconds_from_midnight(), moment.second()) {
        (0, _) => "%Y-%m-%d",
        (_, 0) => "%Y-%m-%d %H:%M",
        _ => "%Y-%m-%d %H:%M:%S",
    };
    moment.format(format).to_string()
}

#[cfg(test)]
mod tests;
