//! Reading an opportunity from texts.

use promise_protocol::pack::{Opportunity, OpportunityKind};
use serde_json::Map;

use super::{
    TextOrigin, Texts,
    reader::ColumnReader,
    to_texts,
    values::{closing_time, pay, places, record_id, word},
};
use crate::{issue::Issue, spreadsheet, validate::values};

/// Reads an opportunity and lists the issues. Values that cannot be read are left empty.
pub(crate) fn read_texts(texts: &Texts, origin: TextOrigin) -> (Opportunity, Vec<Issue>) {
    let raw = ColumnReader::new(texts);
    raw.check_texts(origin);
    let plain = match origin {
        TextOrigin::File => unescape_texts(texts),
        TextOrigin::Form => texts.clone(),
    };
    let reader = ColumnReader::new(&plain);
    let opportunity = read_opportunity(&reader);
    if let Err(kind) = values::ages_in_order(opportunity.age_min, opportunity.age_max) {
        reader.add_issue("age_max", kind);
    }
    if let Err(kind) = values::pay_in_order(opportunity.pay.as_ref()) {
        reader.add_issue("pay_max", kind);
    }
    if let Err(kind) = values::days_in_order(opportunity.starts, opportunity.ends) {
        reader.add_issue("ends", kind);
    }
    (opportunity, [raw.into_issues(), reader.into_issues()].concat())
}

/// The texts of a file without the apostrophes that keep spreadsheets from running them.
pub(crate) fn unescape_texts(texts: &Texts) -> Texts {
    let unescape = |text: &String| spreadsheet::unescape(text).unwrap_or(text).to_owned();
    texts.iter().map(|(column, text)| (*column, unescape(text))).collect()
}

/// The texts of a file's row in the spelling of a form. Texts with an issue stay as they are.
pub fn normalise_texts(texts: &Texts, issues: &[Issue]) -> Texts {
    let written = to_texts(&read_texts(texts, TextOrigin::File).0);
    let is_wrong = |column: &str| {
        // Places are read from both columns together.
        let pair = if column == "area" { "postcode" } else { column };
        issues.iter().any(|issue| [Some(column), Some(pair)].contains(&issue.field()))
    };
    let text = |(column, typed): (&&'static str, &String)| {
        let written = written.get(column).filter(|_| !is_wrong(column));
        (*column, written.unwrap_or(typed).clone())
    };
    texts.iter().map(text).collect()
}

fn read_opportunity(reader: &ColumnReader<'_>) -> Opportunity {
    let title = reader.require("title", |typed| Ok(typed.to_owned()));
    let text = |column| reader.text(column).unwrap_or_default();
    // One cell holds the number, its extension and that its cost was confirmed.
    let phone = reader.parse("contact_phone", values::phone_number);
    let (phone, phone_ext) = phone.map_or((None, None), |typed| (Some(typed.number), typed.ext));
    Opportunity {
        id: reader.require("ref", record_id).unwrap_or_default(),
        kind: reader.require("kind", word).unwrap_or(OpportunityKind::Other(String::new())),
        title: title.unwrap_or_default(),
        summary: text("summary"),
        body: text("body"),
        organisation: text("organisation"),
        url: reader.parse("url", values::web_address),
        apply_url: reader.parse("apply_url", values::web_address),
        how_to_apply: reader.text("how_to_apply"),
        contact_name: reader.text("contact_name"),
        phone,
        phone_ext,
        email: reader.parse("contact_email", values::email_address),
        places: places(reader),
        national: reader.flag("national"),
        online: reader.flag("online"),
        starts: reader.day("starts"),
        ends: reader.day("ends"),
        closes_at: reader.parse("closes", closing_time).flatten(),
        cost: reader.text("cost"),
        amount: reader.text("amount"),
        pay: pay(reader),
        hours: reader.text("hours"),
        age_min: reader.parse("age_min", values::age),
        age_max: reader.parse("age_max", values::age),
        care_leavers_only: reader.flag("care_leavers_only"),
        who: reader.list("who", word),
        outcome: reader.parse("outcome", values::outcome),
        council_scope: reader.list("councils", values::record_id),
        evidence: reader.text("evidence"),
        languages: reader.list("languages", values::language_tag),
        source: None,
        status: reader.parse("status", word).unwrap_or_default(),
        unknown: Map::new(),
    }
}
