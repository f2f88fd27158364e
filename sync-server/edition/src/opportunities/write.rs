//! Writing an opportunity as texts, for a form or a sheet.

use chrono::NaiveDate;
use chrono_tz::Europe::London;
use promise_protocol::{pack::Opportunity, phone_number};

use super::Texts;
use crate::dates;

/// Writes every column of an opportunity. Reading the texts gives the same opportunity, except for
/// what no column holds, such as its source.
pub fn to_texts(opportunity: &Opportunity) -> Texts {
    let flag = |flag: bool| if flag { "y" } else { "n" }.to_owned();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let number = |number: Option<u8>| number.map(|number| number.to_string()).unwrap_or_default();
    let pay = opportunity.pay.clone().unwrap_or_default();
    let pounds = |pence: Option<u32>| {
        pence.map(|pence| format!("{}.{:02}", pence / 100, pence % 100)).unwrap_or_default()
    };
    let ext = opportunity.phone_ext.as_deref();
    let phone = opportunity.phone.as_deref().map(|number| phone_number::spell(number, ext));
    let places = &opportunity.places;
    let who = opportunity.who.iter().map(|who| who.as_str());
    Texts::from([
        ("ref", opportunity.id.clone()),
        ("kind", opportunity.kind.as_str().to_owned()),
        ("title", opportunity.title.clone()),
        ("organisation", opportunity.organisation.clone()),
        ("summary", opportunity.summary.clone()),
        ("how_to_apply", text(&opportunity.how_to_apply)),
        ("url", text(&opportunity.url)),
        ("contact_name", text(&opportunity.contact_name)),
        ("contact_email", text(&opportunity.email)),
        ("contact_phone", phone.unwrap_or_default()),
        ("postcode", join(places.iter().map(|place| text(&place.postcode)))),
        ("area", join(places.iter().map(|place| place.name.clone()))),
        ("national", flag(opportunity.national)),
        ("online", flag(opportunity.online)),
        ("starts", day(opportunity.starts)),
        ("closes", closes(opportunity)),
        ("amount", text(&opportunity.amount)),
        ("cost", text(&opportunity.cost)),
        ("age_min", number(opportunity.age_min)),
        ("age_max", number(opportunity.age_max)),
        ("care_leavers_only", flag(opportunity.care_leavers_only)),
        ("evidence", text(&opportunity.evidence)),
        ("outcome", number(opportunity.outcome)),
        ("languages", opportunity.languages.join("; ")),
        ("body", opportunity.body.clone()),
        ("apply_url", text(&opportunity.apply_url)),
        ("hours", text(&opportunity.hours)),
        ("ends", day(opportunity.ends)),
        ("pay", text(&pay.text)),
        ("pay_type", text(&pay.wage)),
        ("pay_min", pounds(pay.min)),
        ("pay_max", pounds(pay.max)),
        ("pay_unit", text(&pay.unit)),
        ("who", who.collect::<Vec<_>>().join("; ")),
        ("councils", opportunity.council_scope.join("; ")),
        ("status", opportunity.status.as_str().to_owned()),
    ])
}

/// Joins parts with `;`. Empty parts keep their position, but are left out at the end.
fn join(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    parts.join("; ").trim_end_matches([';', ' ']).to_owned()
}

/// The closing day, with the time unless it closes at the end of that day.
fn closes(opportunity: &Opportunity) -> String {
    let Some(at) = opportunity.closes_at else { return "ongoing".to_owned() };
    let local = at.with_timezone(&London);
    let format = match dates::end_of_day_in_london(local.date_naive()) {
        Some(end) if end == at => "%Y-%m-%d",
        _ => "%Y-%m-%d %H:%M",
    };
    local.format(format).to_string()
}
