//! Saved opportunities.

use maud::{Markup, html};

use super::{
    formatter::Formatter,
    values::{email, link, name, plain},
};
use crate::{collections::opportunities::ListedOpportunity, export::ExportData};

pub(super) fn saved_opportunities(formatter: &Formatter<'_>, data: &ExportData) -> Option<Markup> {
    let saved = &data.saved;
    (!saved.is_empty()).then(|| {
        html! { @for (index, listed) in saved.iter().enumerate() {
            (article(formatter, listed, &format!("saved-{index}")))
        } }
    })
}

fn article(formatter: &Formatter<'_>, listed: &ListedOpportunity, id: &str) -> Markup {
    let (labels, opportunity) = (formatter.labels, &listed.opportunity);
    let saved = listed.saved.as_ref();
    let status = saved.map(|saved| labels.save_status(saved.status).to_owned());
    let remind_on = saved.and_then(|saved| saved.remind_on).map(|day| formatter.date(day));
    let page = opportunity.apply_url.as_deref().or(opportunity.url.as_deref());
    let phone = opportunity.phone_number();
    let rows = [
        (&*labels.how_far, plain(status)),
        (&labels.remind_on, plain(remind_on)),
        (&labels.about, formatter.english(Some(&opportunity.summary))),
        (&labels.offered_by, name(Some(&opportunity.organisation))),
        (&labels.closes, plain(opportunity.closes_at.map(|at| formatter.date_and_time(at)))),
        (&labels.amount, formatter.english(opportunity.amount.as_deref())),
        (&labels.how_to_get, formatter.english(opportunity.how_to_apply.as_deref())),
        (&labels.phone, phone.as_ref().map(|phone| formatter.phone_number(phone))),
        (&labels.email, email(opportunity.email.as_deref())),
        (&labels.web_page, link(page)),
    ];
    html! {
        article {
            h3 id=(id) { (formatter.english(Some(&opportunity.title)).unwrap_or_default()) }
            @if listed.availability.is_over() { p.mark { (formatter.label(&labels.is_over)) } }
            (formatter.table(id, rows))
            (formatter.note(saved.and_then(|saved| saved.note.as_deref())))
        }
    }
}
