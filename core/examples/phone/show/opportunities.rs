//! Opportunities.

use promise_core::{ListedOpportunity, OpportunityFilter};
use promise_protocol::{
    availability::Availability,
    pack::{Opportunity, OpportunityKind},
};
use serde_json::Value;

use crate::{Outcome, commands::Wanted, format, numbers, session::Session};

/// Those that match the filter, what closes soonest first.
pub(crate) fn all(session: &mut Session<'_>, wanted: Wanted) -> Outcome {
    let filter = OpportunityFilter {
        kinds: wanted.kind.iter().map(|typed| kind(typed)).collect::<Result<_, _>>()?,
        outcome: wanted.outcome,
        area: wanted.area,
        closes_by: wanted.closes_by,
        closed_too: false,
        saved_only: wanted.saved,
    };
    let listed = session.phone.opportunities().list(&filter)?;
    let what = if wanted.saved { "What you keep" } else { "Opportunities" };
    session.screen.heading(&format!("{what} ({})", listed.len()));
    if listed.is_empty() {
        session.screen.text("There is nothing like that here at the moment.");
    }
    for listed in &listed {
        summary(session, listed);
    }
    session.footer()
}

/// One opportunity.
pub(crate) fn one(session: &mut Session<'_>, id: &str) -> Outcome {
    let all = OpportunityFilter { closed_too: true, ..OpportunityFilter::default() };
    let listed = session.phone.opportunities().list(&all)?;
    if let Some(listed) = listed.iter().find(|listed| listed.opportunity.id == id) {
        summary(session, listed);
        details(session, &listed.opportunity);
    }
    session.footer()
}

fn summary(session: &mut Session<'_>, listed: &ListedOpportunity) {
    let opportunity = &listed.opportunity;
    session.screen.title(&opportunity.title, session.index.short(&opportunity.id));
    let closes = opportunity.closes_at.map(|closes| format::closing(closes, session.now));
    let state = match listed.availability {
        Availability::Open | Availability::ClosesSoon => closes,
        Availability::Paused => Some("Full at the moment".into()),
        Availability::Closed => Some("You cannot apply any more".into()),
        Availability::Ended => Some("It is over".into()),
    };
    let facts = [
        Some(name(&opportunity.kind)),
        Some(opportunity.organisation.clone()),
        Some(places(opportunity)),
        state,
    ];
    let facts: Vec<String> = facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
    session.screen.under(&facts.join(" · "));
    session.screen.under(&opportunity.summary);
    if let Some(saved) = &listed.saved {
        session.screen.fact("You", &format::word(saved.status.as_str()));
        session.screen.fact("Your note", saved.note.as_deref().unwrap_or_default());
    }
}

fn details(session: &mut Session<'_>, opportunity: &Opportunity) {
    let today = format::today(session.now);
    session.screen.under(&opportunity.body);
    let date = |day: Option<chrono::NaiveDate>| {
        day.map(|day| format::date(day, today)).unwrap_or_default()
    };
    let pay =
        opportunity.pay.as_ref().and_then(|pay| pay.text.clone().or_else(|| pay.wage.clone()));
    let phone = opportunity.phone_number();
    let ring = phone.as_ref().map(numbers::format_phone);
    let page = opportunity.apply_url.clone().or_else(|| opportunity.url.clone());
    let facts = [
        ("Starts", Some(date(opportunity.starts))),
        ("Ends", Some(date(opportunity.ends))),
        ("What you get", opportunity.amount.clone()),
        ("Pay", pay),
        ("Cost", opportunity.cost.clone()),
        ("Hours", opportunity.hours.clone()),
        ("How to apply", opportunity.how_to_apply.clone()),
        ("Ask for", opportunity.contact_name.clone()),
        (phone.as_ref().map_or("Ring", numbers::verb), ring),
        ("Write", opportunity.email.clone()),
        ("Show", opportunity.evidence.clone()),
        ("Page", page),
    ];
    for (what, text) in facts {
        session.screen.fact(what, &text.unwrap_or_default());
    }
    if opportunity.care_leavers_only {
        session.screen.under("Only for people who were in care.");
    }
}

fn places(opportunity: &Opportunity) -> String {
    let mut places: Vec<&str> =
        opportunity.places.iter().map(|place| place.name.as_str()).collect();
    places.extend(opportunity.national.then_some("Anywhere in the country"));
    places.extend(opportunity.online.then_some("Online"));
    places.retain(|place| !place.is_empty());
    places.join(", ")
}

fn name(kind: &OpportunityKind) -> String {
    let word = serde_json::to_value(kind).unwrap_or_default();
    format::word(word.as_str().unwrap_or_default())
}

/// A kind as people type it: `work experience`, `work-experience`.
fn kind(typed: &str) -> Result<OpportunityKind, String> {
    let word = typed.trim().to_lowercase().replace([' ', '-'], "_");
    match serde_json::from_value(Value::String(word)) {
        Ok(OpportunityKind::Other(_)) | Err(_) => Err(format!(
            "There is no kind called \"{typed}\". Kinds are: discount, financial support, exemption, personal \
             development, workshop, training, work experience, apprenticeship, internship, job, event, \
             volunteering, housing, mentoring."
        )),
        Ok(kind) => Ok(kind),
    }
}
