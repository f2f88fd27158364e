//! From texts to an opportunity.

use chrono::{DateTime, Utc};
use promise_protocol::{
    ids::is_record_id,
    pack::{Category, Opportunity, OpportunityKind, OpportunityStatus, Pay, Place},
};
use serde_json::Map;

use super::{
    super::{
        cells::{Cells, Texts},
        checks, day,
        flaw::{Flaw, What},
        problem::shown,
        spreadsheet,
    },
    CATEGORIES, KINDS, PAY_UNITS, STATUSES, texts_of,
};
use promise_protocol::phone_number;

/// The opportunity that texts describe, and what is wrong with them. What could not be read is
/// empty in it.
pub(super) fn read(texts: &Texts, in_file: bool) -> (Opportunity, Vec<Flaw>) {
    let written = Cells::new(texts);
    written.check_all(in_file);
    let plain = if in_file { plain(texts) } else { texts.clone() };
    let cells = Cells::new(&plain);
    let read = opportunity(&cells);
    if let Some(said) = checks::ages_out_of_order(read.age_min, read.age_max) {
        cells.flaw("age_max", What::Ages, said);
    }
    let days = (("starts", read.starts), ("ends", read.ends));
    if let Some(said) = checks::days_out_of_order(days.0, days.1) {
        cells.flaw("ends", What::Days, said);
    }
    let flaws = [written.into_flaws(), cells.into_flaws()].concat();
    (read, flaws)
}

/// The texts of a file without what keeps a spreadsheet from running them.
pub(super) fn plain(texts: &Texts) -> Texts {
    let plain = |text: &String| spreadsheet::unescape(text).unwrap_or(text).to_owned();
    texts.iter().map(|(column, text)| (*column, plain(text))).collect()
}

/// A row's texts for a form: as they would be written, but for those with a mistake, which stay as
/// they are.
pub fn tidied(texts: &Texts, flaws: &[Flaw]) -> Texts {
    let written = texts_of(&read(texts, true).0);
    let is_wrong = |column: &str| {
        let beside = if column == "area" { "postcode" } else { column };
        flaws.iter().any(|flaw| flaw.column == column || flaw.column == beside)
    };
    let text = |(column, typed): (&&'static str, &String)| {
        let written = written.get(column).filter(|_| !is_wrong(column));
        (*column, written.unwrap_or(typed).clone())
    };
    texts.iter().map(text).collect()
}

fn opportunity(cells: &Cells<'_>) -> Opportunity {
    let title = cells.required("title", What::Missing, |typed| Ok(typed.to_owned()));
    let unread = OpportunityKind::Other(String::new());
    let address = |column: &'static str| {
        cells.checked(column, What::Address, |typed| checks::url(column, typed))
    };
    let age =
        |column: &'static str| cells.checked(column, What::Age, |typed| checks::age(column, typed));
    Opportunity {
        id: cells.required("ref", What::Ref, record_id).unwrap_or_default(),
        kind: cells.required("kind", What::Kind, kind).unwrap_or(unread),
        title: title.unwrap_or_default(),
        summary: cells.text("summary").unwrap_or_default(),
        body: cells.text("body").unwrap_or_default(),
        organisation: cells.text("organisation").unwrap_or_default(),
        url: address("url"),
        apply_url: address("apply_url"),
        how_to_apply: cells.text("how_to_apply"),
        contact_name: cells.text("contact_name"),
        phone: cells.checked("contact_phone", What::Phone, |typed| {
            phone_number::parse(typed).map_err(|error| error.to_string())
        }),
        email: cells
            .checked("contact_email", What::Email, |typed| checks::email("contact_email", typed)),
        places: places(cells),
        national: cells.flag("national"),
        online: cells.flag("online"),
        starts: cells.day("starts", "starting date"),
        ends: cells.day("ends", "last day"),
        closes_at: cells.checked("closes", What::Closing, closes).flatten(),
        cost: cells.text("cost"),
        amount: cells.text("amount"),
        pay: pay(cells),
        hours: cells.text("hours"),
        age_min: age("age_min"),
        age_max: age("age_max"),
        care_leavers_only: cells.flag("care_leavers_only"),
        who: cells.several("who", [';', ','], What::Word, category),
        outcome: cells.checked("outcome", What::Outcome, checks::outcome),
        council_scope: cells.several("councils", [';', ','], What::Ref, |typed| {
            checks::record_id("councils", typed)
        }),
        evidence: cells.text("evidence"),
        languages: cells.several("languages", [';', ','], What::Language, checks::language),
        source: None,
        status: cells.checked("status", What::Word, status).unwrap_or_default(),
        unknown: Map::new(),
    }
}

fn kind(typed: &str) -> Result<OpportunityKind, String> {
    let word = as_word(typed);
    let found = KINDS.iter().find(|(name, _)| *name == word);
    found.map(|(_, kind)| kind.clone()).ok_or_else(|| one_of("kind", typed, &names(&KINDS)))
}

fn category(typed: &str) -> Result<Category, String> {
    let word = as_word(typed);
    let found = CATEGORIES.iter().find(|(name, _)| *name == word);
    found.map(|(_, category)| *category).ok_or_else(|| one_of("who", typed, &names(&CATEGORIES)))
}

fn status(typed: &str) -> Result<OpportunityStatus, String> {
    let word = as_word(typed);
    let found = STATUSES.iter().find(|(name, _)| *name == word);
    found.map(|(_, status)| *status).ok_or_else(|| one_of("status", typed, &names(&STATUSES)))
}

fn as_word(typed: &str) -> String {
    typed.to_lowercase().replace([' ', '-'], "_")
}

fn names<T>(words: &[(&'static str, T)]) -> Vec<&'static str> {
    words.iter().map(|(name, _)| *name).collect()
}

fn one_of(column: &str, typed: &str, words: &[&str]) -> String {
    format!("{column} {} is not known; write one of {}", shown(typed), words.join(", "))
}

/// The record's name from the publisher's: saved opportunities refer to it, so it must stay the
/// same when the file is written again.
pub(super) fn record_id(typed: &str) -> Result<String, String> {
    if is_record_id(typed) {
        return Ok(typed.to_owned());
    }
    let mut id = String::new();
    for c in typed.chars().map(|c| c.to_ascii_lowercase()) {
        if c.is_ascii_alphanumeric() || matches!(c, '_' | '.') {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-').to_owned();
    is_record_id(&id).then_some(id).ok_or_else(|| {
        format!("ref {} cannot be a name; use up to 64 letters, digits and dashes", shown(typed))
    })
}

/// When it closes: a day, and perhaps a time of it in London.
fn closes(typed: &str) -> Result<Option<DateTime<Utc>>, String> {
    if day::is_ongoing(typed) {
        return Ok(None);
    }
    let with_time = typed
        .split_once(char::is_whitespace)
        .and_then(|(day, time)| day::at_in_london(day::parse(day)?, day::parse_time(time)?));
    if with_time.is_some() {
        return Ok(with_time);
    }
    let day = checks::day("closing date", typed).map_err(|said| said + ", or ongoing")?;
    Ok(day::end_in_london(day))
}

/// Areas and postcodes, in pairs: several of either are written with `;` between them, and an empty
/// one keeps its place.
fn places(cells: &Cells<'_>) -> Vec<Place> {
    let split = |column| -> Vec<String> {
        let text = cells.text(column).unwrap_or_default();
        text.split(';').map(|part| part.trim().to_owned()).collect()
    };
    let (names, postcodes) = (split("area"), split("postcode"));
    let count = names.len().max(postcodes.len());
    let mut places = Vec::new();
    for at in 0..count {
        let name = names.get(at).cloned().unwrap_or_default();
        let typed = postcodes.get(at).map_or("", String::as_str);
        let postcode = match typed {
            "" => None,
            typed => checks::postcode(typed)
                .map_err(|said| cells.flaw_of("postcode", typed, What::Postcode, said))
                .ok(),
        };
        if !name.is_empty() || postcode.is_some() {
            places.push(Place { name, postcode, ..Place::default() });
        }
    }
    places
}

fn pay(cells: &Cells<'_>) -> Option<Pay> {
    let pence = |column: &'static str| {
        cells.checked(column, What::Money, |typed| {
            money(typed).ok_or_else(|| {
                format!(
                    "{column} {} is not a sum of money; write pounds, such as 12.21",
                    shown(typed)
                )
            })
        })
    };
    let unit = |typed: &str| {
        let word = as_word(typed);
        let found = PAY_UNITS.contains(&word.as_str()).then_some(word);
        found.ok_or_else(|| one_of("pay_unit", typed, &PAY_UNITS))
    };
    let pay = Pay {
        wage: cells.text("pay_type"),
        min: pence("pay_min"),
        max: pence("pay_max"),
        unit: cells.checked("pay_unit", What::Word, unit),
        text: cells.text("pay"),
        unknown: Map::new(),
    };
    (pay != Pay::default()).then_some(pay)
}

/// Pounds as people write them, in pence: `£1,200`, `12.21`.
fn money(typed: &str) -> Option<u32> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let plain = plain.strip_prefix('£').unwrap_or(&plain);
    let (pounds, pence) = plain.split_once('.').unwrap_or((plain, "00"));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let whole = (1..=7).contains(&pounds.len()) && digits(pounds) && digits(pence);
    let pence: u32 = match pence.len() {
        1 => pence.parse::<u32>().ok()? * 10,
        2 => pence.parse().ok()?,
        _ => return None,
    };
    whole.then(|| pounds.parse::<u32>().ok()).flatten()?.checked_mul(100)?.checked_add(pence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_as_people_write_it() {
        for (typed, pence) in
            [("12.21", 1221), ("£1,200", 120_000), ("12.2", 1220), ("£ 0.50", 50), ("7", 700)]
        {
            assert_eq!(money(typed), Some(pence), "{typed}");
        }
        for typed in ["", "£", "12.345", "a lot", "-5", "99999999", "1.", "é"] {
            assert_eq!(money(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_name_that_is_one_stays_as_it_is() {
        for (typed, id) in [("a--b", "a--b"), ("-x", "-x"), ("Job/Baker 07", "job-baker-07")] {
            assert_eq!(record_id(typed).as_deref(), Ok(id));
        }
    }

    #[test]
    fn it_closes_on_a_day_or_at_a_time() {
        let read = |typed: &str| closes(typed).unwrap().map(|at| at.to_rfc3339());
        assert_eq!(read("1/5/2027").unwrap(), "2027-05-01T22:59:59+00:00");
        assert_eq!(read("2027-05-01 17:00").unwrap(), "2027-05-01T16:00:00+00:00");
        assert_eq!(read("ongoing"), None);
        for typed in ["1/5/2027 noon", "soon", "2027-03-28 01:30"] {
            assert!(closes(typed).is_err(), "{typed}");
        }
    }
}
