//! From an opportunity to texts: what a form shows, and what a sheet holds.

use chrono_tz::Europe::London;
use promise_protocol::pack::{Opportunity, OpportunityKind};

use super::{
    super::{cells::Texts, day},
    CATEGORIES, KINDS, STATUSES,
};
use promise_protocol::phone_number;

/// Every column of an opportunity. Reading them again gives the same opportunity, but for what no
/// column holds, such as where it comes from.
pub fn texts_of(it: &Opportunity) -> Texts {
    let flag = |flag: bool| if flag { "y" } else { "n" }.to_owned();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let day = |day: Option<chrono::NaiveDate>| day.map(|it| it.to_string()).unwrap_or_default();
    let number = |number: Option<u8>| number.map(|it| it.to_string()).unwrap_or_default();
    let pay = it.pay.clone().unwrap_or_default();
    let pounds = |pence: Option<u32>| {
        pence.map(|it| format!("{}.{:02}", it / 100, it % 100)).unwrap_or_default()
    };
    let who = it.who.iter().map(|who| word(&CATEGORIES, who));
    Texts::from([
        ("ref", it.id.clone()),
        ("kind", kind(&it.kind)),
        ("title", it.title.clone()),
        ("organisation", it.organisation.clone()),
        ("summary", it.summary.clone()),
        ("how_to_apply", text(&it.how_to_apply)),
        ("url", text(&it.url)),
        ("contact_name", text(&it.contact_name)),
        ("contact_email", text(&it.email)),
        ("contact_phone", it.phone.as_deref().map(phone_number::format).unwrap_or_default()),
        ("postcode", joined(it.places.iter().map(|place| text(&place.postcode)))),
        ("area", joined(it.places.iter().map(|place| place.name.clone()))),
        ("national", flag(it.national)),
        ("online", flag(it.online)),
        ("starts", day(it.starts)),
        ("closes", closes(it)),
        ("amount", text(&it.amount)),
        ("cost", text(&it.cost)),
        ("age_min", number(it.age_min)),
        ("age_max", number(it.age_max)),
        ("care_leavers_only", flag(it.care_leavers_only)),
        ("evidence", text(&it.evidence)),
        ("outcome", number(it.outcome)),
        ("languages", it.languages.join("; ")),
        ("body", it.body.clone()),
        ("apply_url", text(&it.apply_url)),
        ("hours", text(&it.hours)),
        ("ends", day(it.ends)),
        ("pay", text(&pay.text)),
        ("pay_type", text(&pay.wage)),
        ("pay_min", pounds(pay.min)),
        ("pay_max", pounds(pay.max)),
        ("pay_unit", text(&pay.unit)),
        ("who", who.collect::<Vec<_>>().join("; ")),
        ("councils", it.council_scope.join("; ")),
        ("status", word(&STATUSES, &it.status).to_owned()),
    ])
}

fn kind(kind: &OpportunityKind) -> String {
    match kind {
        OpportunityKind::Other(word) => word.clone(),
        kind => word(&KINDS, kind).to_owned(),
    }
}

fn word<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    words.iter().find(|(_, known)| known == value).map_or("", |(word, _)| word)
}

/// Parts with `;` between them. Empty ones keep their place, but not at the end.
fn joined(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    parts.join("; ").trim_end_matches([';', ' ']).to_owned()
}

/// A day, with the time where it does not close at the day's end.
fn closes(it: &Opportunity) -> String {
    let Some(at) = it.closes_at else { return "ongoing".to_owned() };
    let local = at.with_timezone(&London);
    let form = match day::end_in_london(local.date_naive()) {
        Some(end) if end == at => "%Y-%m-%d",
        _ => "%Y-%m-%d %H:%M",
    };
    local.format(form).to_string()
}
