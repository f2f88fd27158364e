//! Saved opportunities.

use maud::{Markup, html};
use promise_protocol::pack::OpportunityStatus;

use super::{
    said::{email, link, name, number, plain},
    words::Words,
};
use crate::{export::Everything, opportunities::ListedOpportunity};

pub(super) fn saved(words: &Words<'_>, everything: &Everything) -> Option<Markup> {
    let saved = &everything.saved;
    (!saved.is_empty()).then(|| {
        html! { @for (place, listed) in saved.iter().enumerate() {
            (one(words, listed, &format!("saved-{place}")))
        } }
    })
}

fn one(words: &Words<'_>, listed: &ListedOpportunity, id: &str) -> Markup {
    let (labels, opportunity) = (words.labels, &listed.opportunity);
    let saved = listed.saved.clone().unwrap_or_default();
    let is_over = opportunity.status == OpportunityStatus::Closed;
    let page = opportunity.apply_url.as_deref().or(opportunity.url.as_deref());
    let rows = [
        (&*labels.how_far, plain(Some(labels.choice(&saved.status)))),
        (&labels.remind_on, plain(saved.remind_on.map(|day| words.date(day)))),
        (&labels.about, words.english(Some(&opportunity.summary))),
        (&labels.offered_by, name(Some(&opportunity.organisation))),
        (&labels.closes, plain(opportunity.closes_at.map(|at| words.moment(at)))),
        (&labels.amount, words.english(opportunity.amount.as_deref())),
        (&labels.how_to_get, words.english(opportunity.how_to_apply.as_deref())),
        (&labels.phone, opportunity.phone.as_deref().map(number)),
        (&labels.email, email(opportunity.email.as_deref())),
        (&labels.web_page, link(page)),
    ];
    html! {
        article {
            h3 id=(id) { (words.english(Some(&opportunity.title)).unwrap_or_default()) }
            @if is_over { p.mark { (words.label(&labels.is_over)) } }
            (words.facts(id, rows))
            (words.note(saved.note.as_deref()))
        }
    }
}
