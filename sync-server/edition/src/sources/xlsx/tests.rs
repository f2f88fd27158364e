//! Workbooks as Excel writes them, and ones made to do harm.

use std::io::{Read, Write};

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime as Date, Format, Formula, Workbook as Writer};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::{
    issue::Issue,
    sources::{Sheet, read_sheet},
};

/// A workbook with a sheet of opportunities, in which numbers and days are typed as such.
fn workbook() -> Vec<u8> {
    let mut book = Writer::new();
    let (day, money) =
        (Format::new().set_num_format("dd/mm/yyyy"), Format::new().set_num_format("£0.00"));
    let phone = Format::new().set_num_format("00000 000000");
    let sheet = book.add_worksheet().set_name("Jobs").unwrap();
    let header = ["Ref", "Kind", "Title", "Closes", "Age min", "Amount", "Contact phone", "Online"];
    for (column, name) in (0..).zip(header) {
        sheet.write(0, column, name).unwrap();
    }
    sheet.write(1, 0, 7).unwrap();
    sheet.write(1, 1, "job").unwrap();
    sheet.write(1, 2, "Café job – £5 more,\nand \"more\"").unwrap();
    sheet.write_with_format(1, 3, Date::from_ymd(2027, 5, 1).unwrap(), &day).unwrap();
    sheet.write(1, 4, 16.0).unwrap();
    sheet.write_with_format(1, 5, 50, &money).unwrap();
    sheet.write(1, 6, 7_700_900_123_u64).unwrap();
    sheet.write(1, 7, true).unwrap();
    // Two rows are left empty.
    sheet.write(4, 0, "a-2").unwrap();
    sheet.write(4, 1, "jobb").unwrap();
    sheet.write_formula(4, 2, Formula::new("=\"Bak\"&\"er\"").set_result("Baker")).unwrap();
    let closes = Date::from_ymd(2027, 5, 1).unwrap().and_hms(17, 0, 0).unwrap();
    sheet.write_with_format(4, 3, &closes, &day).unwrap();
    sheet.write_with_format(4, 6, 7_700_900_123_u64, &phone).unwrap();
    book.add_worksheet().write(0, 0, "Another sheet").unwrap();
    book.save_to_buffer().unwrap()
}

/// The same rows as CSV.
const CSV: &str = "Ref,Kind,Title,Closes,Age min,Amount,Contact phone,Online\n\
    7,job,\"Café job – £5 more,\n\
    and \"\"more\"\"\",2027-05-01,16,£50.00,7700900123,TRUE\n\
    \n\
    a-2,jobb,Baker,2027-05-01 17:00,,,07700 900123,\n";

#[test]
fn workbook_reads_as_its_csv() {
    let (read, csv) = (read_sheet(&workbook()).unwrap(), read_sheet(CSV.as_bytes()).unwrap());
    assert_eq!(read, csv);
    let rows: Vec<usize> = read.rows.iter().map(|row| row.number).collect();
    assert_eq!(rows, [2, 5], "numbered as Excel does");
}

fn unpack(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let read = |index| {
        let mut part = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        (part.name().unwrap().into_owned(), content)
    };
    (0..zip::ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(read).collect()
}

fn pack(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The workbook with another text in place of all of `from` in one of its parts.
fn tampered(part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut parts = unpack(&workbook());
    let (_, content) = parts.iter_mut().find(|(name, _)| name == part).unwrap();
    let text = String::from_utf8(std::mem::take(content)).unwrap();
    assert!(text.contains(from), "{from}: {text}");
    *content = text.replace(from, to).into_bytes();
    pack(&parts)
}

const SHEET: &str = "xl/worksheets/sheet1.xml";
const STRINGS: &str = "xl/sharedStrings.xml";
const STYLES: &str = "xl/styles.xml";

fn refusal(bytes: &[u8]) -> IssueKind {
    let issue: Issue = read_sheet(bytes).unwrap_err();
    assert!(!issue.describe().is_empty());
    issue.kind
}

#[test]
fn hidden_sheet_is_skipped() {
    let hidden = tampered("xl/workbook.xml", "name=\"Jobs\"", "name=\"Jobs\" state=\"hidden\"");
    let kind = refusal(&hidden);
    assert_eq!(kind, IssueKind::MissingColumns { columns: vec!["ref", "kind", "title"] });
}

#[test]
fn cell_outside_the_columns_is_reported() {
    let outside = tampered(SHEET, "r=\"G5\"", "r=\"K5\"");
    let sheet: Sheet = read_sheet(&outside).unwrap();
    let issues: Vec<_> = sheet.rows[1].issues.iter().map(|issue| issue.kind.clone()).collect();
    assert_eq!(issues, [IssueKind::CellOutsideTable]);
    assert_eq!(sheet.rows[1].texts["title"], "Baker");
}

#[test]
fn other_workbooks_are_refused() {
    assert_eq!(refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), IssueKind::UnsupportedWorkbook);
    let ods = pack(&[("mimetype".into(), b"application/vnd.oasis.opendocument".to_vec())]);
    assert_eq!(refusal(&ods), IssueKind::UnsupportedWorkbook);
    let mut binary = unpack(&workbook());
    binary.push(("xl/workbook.bin".into(), Vec::new()));
    assert_eq!(refusal(&pack(&binary)), IssueKind::UnsupportedWorkbook);
}

#[test]
fn damaged_workbook_is_refused() {
    let whole = workbook();
    assert_eq!(refusal(&whole[..whole.len() / 2]), IssueKind::DamagedWorkbook);
    assert_eq!(refusal(b"PK\x03\x04....."), IssueKind::DamagedWorkbook);
    let mut flipped = whole.clone();
    flipped[whole.len() / 3] ^= 0xff;
    assert_eq!(refusal(&flipped), IssueKind::DamagedWorkbook);
    let no_such_string = tampered(SHEET, "<v>0</v>", "<v>999</v>");
    assert_eq!(refusal(&no_such_string), IssueKind::DamagedWorkbook);
    assert_eq!(
        refusal(&tampered(SHEET, "r=\"A1\"", "r=\"A99999999999\"")),
        IssueKind::DamagedWorkbook
    );
}

#[test]
fn archive_that_unpacks_to_gigabytes_is_refused() {
    let mut parts = unpack(&workbook());
    parts.push(("xl/media/image1.png".into(), vec![0; 65 << 20]));
    let bomb = pack(&parts);
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    assert_eq!(refusal(&bomb), IssueKind::SheetTooLarge);
    // Many parts, each below the limit.
    let mut parts = unpack(&workbook());
    parts.extend((0..9).map(|index| (format!("xl/media/{index}.png"), vec![0; 8 << 20])));
    assert_eq!(refusal(&pack(&parts)), IssueKind::SheetTooLarge);
    let mut parts = unpack(&workbook());
    parts.extend((0..6_000).map(|index| (format!("xl/media/{index}"), Vec::new())));
    assert_eq!(refusal(&pack(&parts)), IssueKind::SheetTooLarge);
}

#[test]
fn announced_and_repeated_content_is_limited() {
    let announced = |count: &str| {
        let text = format!("<sst uniqueCount=\"{count}\" ");
        refusal(&tampered(STRINGS, "<sst ", &text))
    };
    assert_eq!(announced("9999999999"), IssueKind::SheetTooLarge);
    assert_eq!(announced("99999999999999999999999"), IssueKind::SheetTooLarge);
    // A long text that thousands of cells share.
    let long = "x".repeat(1 << 20);
    let mut parts = unpack(&tampered(STRINGS, "Another sheet", &long));
    let strings =
        String::from_utf8(parts.iter().find(|(name, _)| name == STRINGS).unwrap().1.clone());
    let index = strings.unwrap().matches("<si>").count() - 1;
    let row =
        |row: usize| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>{index}</v></c></row>");
    let rows: String = (10..1_000).map(row).collect();
    let (_, sheet) = parts.iter_mut().find(|(name, _)| name == SHEET).unwrap();
    let text = String::from_utf8(std::mem::take(sheet)).unwrap();
    *sheet = text.replace("</sheetData>", &format!("{rows}</sheetData>")).into_bytes();
    assert_eq!(refusal(&pack(&parts)), IssueKind::SheetTooLarge);
    // Many cell formats, each with a copy of a long number format.
    let formats = "<xf numFmtId=\"0\"/>".repeat(70_000);
    let many = tampered(STYLES, "</cellXfs>", &format!("{formats}</cellXfs>"));
    assert_eq!(refusal(&many), IssueKind::SheetTooLarge);
    let long = format!("formatCode=\"{}", "0".repeat(10_000));
    assert_eq!(refusal(&tampered(STYLES, "formatCode=\"", &long)), IssueKind::SheetTooLarge);
}

#[test]
fn cells_far_away_are_refused() {
    let far = tampered(SHEET, "r=\"G5\"", "r=\"XFD1048576\"");
    assert_eq!(refusal(&far), IssueKind::SheetTooLarge);
    // A sheet may announce all of its size and use little.
    let announced =
        tampered(SHEET, "<dimension ref=\"A1:H5\"/>", "<dimension ref=\"A1:XFD1048576\"/>");
    assert_eq!(read_sheet(&announced).unwrap().rows.len(), 2);
    let row = |row: usize| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>");
    let rows: String = (10..30_000).map(row).collect();
    let many = tampered(SHEET, "</sheetData>", &format!("{rows}</sheetData>"));
    assert_eq!(refusal(&many), IssueKind::SheetTooLarge);
}

#[test]
fn times_and_other_values_are_text() {
    let text = |value| to_text(&value, "");
    let time = |serial: f64| {
        DataRef::DateTime(ExcelDateTime::new(serial, calamine::ExcelDateTimeType::DateTime, false))
    };
    assert_eq!(text(time(46_508.0)), "2027-05-01");
    assert_eq!(text(time(46_508.708_333_333)), "2027-05-01 17:00");
    assert_eq!(text(time(46_508.999_999_999)), "2027-05-02");
    assert_eq!(text(time(0.395_833_333)), "09:30");
    assert_eq!(text(time(60.0)), "1900-02-29", "a day of Excel alone, which no column accepts");
    assert_eq!(text(DataRef::DateTimeIso("2027-05-01T00:00:00".into())), "2027-05-01");
    assert_eq!(text(DataRef::DateTimeIso("2027-05-01T17:00:00".into())), "2027-05-01 17:00");
    assert_eq!(text(DataRef::Bool(false)), "FALSE");
    assert_eq!(text(DataRef::Int(18)), "18");
    assert_eq!(text(DataRef::Error(calamine::CellErrorType::NA)), "#N/A");
}

/// The workbook with some bytes of one of its parts, or of the file itself, replaced.
fn torn() -> impl Strategy<Value = Vec<u8>> {
    let splice = |mut bytes: Vec<u8>, from: prop::sample::Index, length: usize, new: &[u8]| {
        let from = from.index(bytes.len().max(1)).min(bytes.len());
        let to = (from + length).min(bytes.len());
        bytes.splice(from..to, new.iter().copied());
        bytes
    };
    let signs = "[<>/=\"'&;#a-z0-9A-Z \u{feff}£]{0,20}".prop_map(String::into_bytes);
    let new = prop_oneof![signs, prop::collection::vec(any::<u8>(), 0..20)];
    (any::<bool>(), any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..200_usize, new)
        .prop_map(move |(is_whole, part, from, length, new)| {
            if is_whole {
                return splice(workbook(), from, length, &new);
            }
            let mut parts = unpack(&workbook());
            let part = part.get_mut(&mut parts);
            part.1 = splice(std::mem::take(&mut part.1), from, length, &new);
            pack(&parts)
        })
}

proptest! {
    #[test]
    fn any_workbook_is_read_or_refused(bytes in torn()) {
        if let Err(issue) = read_sheet(&bytes) {
            prop_assert!(!issue.describe().is_empty());
        }
    }

    #[test]
    fn any_number_format_formats(number in any::<f64>(), code in "[0#?.,%;\\[\\]$£\"\\\\_*a-z -]{0,20}") {
        let _ = number::format(number, &code);
    }
}
