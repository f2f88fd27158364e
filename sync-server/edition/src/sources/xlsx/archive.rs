//! Limits that a workbook's archive must keep before calamine reads it.
//!
//! A few kilobytes can unpack to gigabytes. And calamine reserves memory for as many shared strings
//! as a file announces, and copies a number format for every cell format; so these two parts are
//! checked beforehand.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

use crate::issue::IssueKind;

/// The most bytes of all parts together. A sheet of 16 MB of text has about three times as much XML.
const MAX_UNPACKED: u64 = 64 << 20;

/// The most parts. A workbook with charts and comments has some hundred.
const MAX_PARTS: usize = 5_000;

/// The most texts that cells share.
const MAX_STRINGS: u64 = 1_000_000;

/// The most cell formats; Excel's own limit.
const MAX_FORMATS: u64 = 65_490;

/// The longest tag of a checked part. A number format has at most 255 characters.
const MAX_TAG: usize = 2_048;

/// Checks the archive of a workbook.
pub(super) fn check(bytes: &[u8]) -> Result<(), IssueKind> {
    let damaged = |_| IssueKind::DamagedWorkbook;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MAX_PARTS {
        return Err(IssueKind::SheetTooLarge);
    }
    // An OpenDocument sheet has no relationships; a binary Excel workbook has no XML.
    let is_binary = archive.index_for_name("xl/workbook.bin").is_some();
    if is_binary || archive.index_for_name("_rels/.rels").is_none() {
        return Err(IssueKind::UnsupportedWorkbook);
    }
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.to_lowercase();
        let mut part = BufReader::new(part.take(left + 1));
        if name.ends_with("sharedstrings.xml") || name.ends_with("styles.xml") {
            check_part(&mut part)?;
        }
        io::copy(&mut part, &mut io::sink()).map_err(|_| IssueKind::DamagedWorkbook)?;
        let unread = part.into_inner().limit();
        left = unread.checked_sub(1).ok_or(IssueKind::SheetTooLarge)?;
    }
    Ok(())
}

/// Checks the tags of the shared strings or the styles. Stops at the first error of the XML, as
/// calamine does.
fn check_part(part: &mut impl BufRead) -> Result<(), IssueKind> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().check_end_names = false;
    reader.config_mut().expand_empty_elements = true;
    let (mut strings, mut formats) = (0, 0);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => {
                match tag.local_name().as_ref() {
                    "sst" => strings = announced(&tag),
                    "si" => strings += 1,
                    "xf" => formats += 1,
                    _ => {}
                }
                if tag.len() > MAX_TAG || strings > 2 * MAX_STRINGS || formats > MAX_FORMATS {
                    return Err(IssueKind::SheetTooLarge);
                }
            }
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

/// The largest number in a tag, which is at least the number of strings that it announces.
fn announced(tag: &BytesStart<'_>) -> u64 {
    let numbers = tag.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    numbers.map(|digits| digits.parse().unwrap_or(u64::MAX)).max().unwrap_or(0)
}
