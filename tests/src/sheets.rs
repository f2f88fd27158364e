//! Generated sheets of opportunities, read and compared with the records that they were written from:
//! every encoding, separator, line end and spelling, whole and damaged. A seed gives the same sheet
//! each time.

use chrono::{Days, NaiveDate};
use promise_edition::{
    IssueKind, Sheet, TextOrigin, end_of_day_in_london, opportunities::apply_texts, read_sheet,
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The columns of the sheets, each with spellings of its name.
const COLUMNS: [[&str; 4]; 7] = [
    ["ref", "Ref", " REF ", "ref*"],
    ["kind", "Kind", "KIND\u{a0}", "Kind:"],
    ["title", "Title", "TITLE", "title "],
    ["summary", "Summary", "SUMMARY", "summary*"],
    ["pay_min", "Pay min", "pay-min", "PAY MIN"],
    ["closes", "Closes", "CLOSES", "closes:"],
    ["age_min", "Age min", "AGE-MIN", "age\u{a0}min"],
];

const WORDS: [&str; 10] =
    ["Baker", "a, b", "c; d", "say \"hello\"", "café", "£5 more", "two\nlines", "e|f", "It’s", "–"];

/// Words that Windows-1252 has no letters for.
const FOREIGN_WORDS: [&str; 3] = ["Łódź", "نادي", "日本"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

/// What happens to a file on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Damage {
    None,
    /// It ends too early.
    Cut,
    /// One byte is another.
    Changed,
}

/// A record, and how its cells are written.
struct Row {
    id: String,
    title: String,
    summary: String,
    pay: (String, Option<u32>),
    closes: (String, NaiveDate),
    age: u8,
}

/// Reads the sheet of a seed and compares it with its records.
pub fn check(seed: u64) -> Result<(), String> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let encoding = pick(
        &mut rng,
        &[Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Windows1252],
    );
    let rows: Vec<Row> =
        (0..rng.random_range(1..8)).map(|index| row(&mut rng, index, encoding)).collect();
    let (mut bytes, header_end) = write(&mut rng, &rows, encoding);
    let damage = pick(&mut rng, &[Damage::None, Damage::None, Damage::Cut, Damage::Changed]);
    match damage {
        Damage::None => {}
        Damage::Cut => bytes.truncate(rng.random_range(header_end..=bytes.len())),
        Damage::Changed => {
            let place = rng.random_range(0..bytes.len());
            bytes[place] ^= rng.random_range(1..=u8::MAX);
        }
    }
    let read = read_sheet(&bytes);
    let what = format!("{encoding:?}, {damage:?}");
    match (damage, read) {
        // A changed byte can be any other text: it must be read or refused, and no more.
        (Damage::Changed, _) => Ok(()),
        (_, Err(issue)) => Err(format!("{what}: {issue}")),
        (Damage::None, Ok(sheet)) if sheet.rows.len() != rows.len() => {
            Err(format!("{what}: {} rows of {}", sheet.rows.len(), rows.len()))
        }
        (Damage::Cut, Ok(sheet)) => {
            // The last row that is there may be half of one.
            let whole = sheet.rows.len().saturating_sub(1);
            compare(&sheet, rows.get(..whole).ok_or("more rows than written")?)
                .map_err(|wrong| format!("{what}: {wrong}"))
        }
        (_, Ok(sheet)) => compare(&sheet, &rows).map_err(|wrong| format!("{what}: {wrong}")),
    }
}

fn compare(sheet: &Sheet, rows: &[Row]) -> Result<(), String> {
    if !sheet.rows.windows(2).all(|pair| pair[0].number < pair[1].number) {
        return Err("two rows have one number".to_owned());
    }
    for (read, row) in sheet.rows.iter().zip(rows) {
        let fail = |what: String| Err(format!("{}: {what}", row.id));
        if !read.issues.is_empty() {
            return fail(format!("{:?}", read.issues));
        }
        let found = match (apply_texts(None, &read.texts, TextOrigin::File), row.pay.1) {
            (Ok(found), Some(_)) => found,
            (Err(issues), None) if matches!(&issues[..], [one] if matches!(one.kind, IssueKind::AmbiguousMoney { .. })) =>
            {
                continue;
            }
            (result, _) => return fail(format!("{} gives {result:?}", row.pay.0)),
        };
        let is_same = found.id == row.id
            && found.title == row.title
            && found.summary == row.summary
            && found.pay.as_ref().and_then(|pay| pay.min) == row.pay.1
            && found.closes_at == end_of_day_in_london(row.closes.1)
            && found.age_min == Some(row.age);
        if !is_same {
            return fail(format!("{:?} {:?} gives {found:?}", row.pay, row.closes));
        }
    }
    Ok(())
}

fn pick<T: Copy>(rng: &mut impl Rng, choices: &[T]) -> T {
    choices[rng.random_range(0..choices.len())]
}

fn row(rng: &mut impl Rng, index: usize, encoding: Encoding) -> Row {
    Row {
        id: format!("r-{index}"),
        title: words(rng, encoding),
        summary: words(rng, encoding),
        pay: amount(rng),
        closes: date(rng),
        age: rng.random_range(14..60),
    }
}

fn words(rng: &mut impl Rng, encoding: Encoding) -> String {
    let is_foreign = encoding != Encoding::Windows1252 && rng.random_bool(0.3);
    let known: &[&str] = if is_foreign { &FOREIGN_WORDS } else { &WORDS };
    let count = rng.random_range(1..4);
    let words: Vec<&str> = (0..count).map(|_| pick(rng, known)).collect();
    format!("x {}", words.join(" "))
}

/// A sum as it is written, and its pence; `None` if it has two readings.
fn amount(rng: &mut impl Rng) -> (String, Option<u32>) {
    let (thousands, rest, pence) = (
        rng.random_range(1..1000_u32),
        rng.random_range(0..1000_u32),
        rng.random_range(0..100_u32),
    );
    let pounds = thousands * 1000 + rest;
    let all = Some(pounds * 100 + pence);
    match rng.random_range(0..12) {
        0 => (format!("{pounds}.{pence:02}"), all),
        1 => (format!("{pounds},{pence:02}"), all),
        2 => (format!("£{thousands},{rest:03}.{pence:02}"), all),
        3 => (format!("{thousands}.{rest:03},{pence:02}"), all),
        4 => (format!("{thousands} {rest:03},{pence:02}"), all),
        5 => (format!("{thousands}\u{a0}{rest:03}.{pence:02} £"), all),
        6 => (format!("{thousands},{rest:03}"), Some(pounds * 100)),
        7 => (pounds.to_string(), Some(pounds * 100)),
        8 => (format!("GBP {thousands}.{}", pence % 10), Some(thousands * 100 + pence % 10 * 10)),
        9 => (format!("{thousands}.{rest:03}"), None),
        10 => (format!("{thousands},{rest:03},{}", pence % 10), None),
        _ => (format!("{thousands} {pence:02}"), None),
    }
}

/// A day as it is written.
fn date(rng: &mut impl Rng) -> (String, NaiveDate) {
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
    let days = rng.random_range(0..2000_u64);
    let day = first.checked_add_days(Days::new(days)).expect("a day");
    let text = match rng.random_range(0..8) {
        0 => day.to_string(),
        1 => day.format("%d/%m/%Y").to_string(),
        2 => day.format("%-d/%-m/%Y").to_string(),
        3 => format!("{day} 00:00"),
        4 => format!("{day}T00:00:00Z"),
        5 => day.format("%d/%m/%Y 00:00:00").to_string(),
        // 1 January 2026 is day 46,023 of Excel.
        6 => (46_023 + days).to_string(),
        _ => format!("{}.0", 46_023 + days),
    };
    (text, day)
}

/// Writes the sheet. Also returns where its header ends, in bytes.
fn write(rng: &mut impl Rng, rows: &[Row], encoding: Encoding) -> (Vec<u8>, usize) {
    let (separator, end) = (pick(rng, &[",", ";", "\t", "|"]), pick(rng, &["\n", "\r\n", "\r"]));
    let mut order: Vec<usize> = (0..COLUMNS.len()).collect();
    for last in (1..order.len()).rev() {
        order.swap(last, rng.random_range(0..=last));
    }
    let mut text = String::new();
    if rng.random_bool(0.2) {
        text.push_str(end);
        text.push_str("Jobs of this month");
        text.push_str(end);
    }
    let header = order.iter().map(|column| pick(rng, &COLUMNS[*column]).to_owned()).collect();
    push_line(rng, &mut text, header, separator, end);
    let header_end = text.len();
    for row in rows {
        let cell = |column: &usize| match column {
            0 => row.id.clone(),
            1 => "job".to_owned(),
            2 => row.title.clone(),
            3 => row.summary.replace('\n', end),
            4 => row.pay.0.clone(),
            5 => row.closes.0.clone(),
            _ => row.age.to_string(),
        };
        push_line(rng, &mut text, order.iter().map(cell).collect(), separator, end);
        for _ in 0..rng.random_range(0..3_usize).saturating_sub(1) {
            text.push_str(end);
        }
    }
    let mark = if encoding != Encoding::Windows1252 && rng.random() { "\u{feff}" } else { "" };
    let start = encode(&format!("{mark}{}", &text[..header_end]), encoding).len();
    (encode(&format!("{mark}{text}"), encoding), start)
}

fn push_line(
    rng: &mut impl Rng,
    text: &mut String,
    cells: Vec<String>,
    separator: &str,
    end: &str,
) {
    let quote = |cell: String, is_chosen: bool| {
        let needs_quotes = cell.contains([',', ';', '\t', '|', '"', '\n', '\r']);
        let escaped = cell.replace('"', "\"\"");
        if needs_quotes || is_chosen { format!("\"{escaped}\"") } else { cell }
    };
    let cells: Vec<String> =
        cells.into_iter().map(|cell| quote(cell, rng.random_bool(0.2))).collect();
    text.push_str(&cells.join(separator));
    text.push_str(end);
}

fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Encoding::Windows1252 => text.chars().map(windows_1252).collect(),
    }
}

fn windows_1252(c: char) -> u8 {
    match c {
        '–' => 0x96,
        '’' => 0x92,
        c => u8::try_from(c).expect("a letter of Windows-1252"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_sheet_reads_as_its_records() {
        for seed in 0..300 {
            check(seed).unwrap_or_else(|wrong| panic!("seed {seed}: {wrong}"));
        }
    }
}
