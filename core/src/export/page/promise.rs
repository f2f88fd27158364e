//! The promise, with the person's marks and notes.

use maud::{Markup, html};

use super::{formatter::Formatter, values::plain};
use crate::{collections::pledges::MarkedPledge, export::ExportData};

pub(super) fn promise(formatter: &Formatter<'_>, data: &ExportData) -> Option<Markup> {
    let promise = data.promise.as_ref()?;
    let edition = formatter.labels.edition.replace("{number}", &promise.edition.to_string());
    let mut number = 0;
    Some(html! {
        @if let Some(title) = formatter.localised(&promise.title) { p { strong { (title) } } }
        @if let Some(intro) = formatter.localised(&promise.intro) { p { (intro) } }
        p.quiet { bdi { (edition) } }
        @for chapter in &promise.chapters {
            @if let Some(title) = formatter.localised(&chapter.section.title) { h3 { (title) } }
            @for marked in &chapter.pledges {
                ({ number += 1; article(formatter, marked, &format!("pledge-{number}")) })
            }
        }
    })
}

fn article(formatter: &Formatter<'_>, marked: &MarkedPledge, id: &str) -> Markup {
    let (labels, pledge) = (formatter.labels, &marked.pledge);
    let mark = marked.mark.map(|mark| labels.pledge_mark(mark).to_owned());
    let rows = [
        (&*labels.where_you_are, plain(mark)),
        (&labels.amount, formatter.english(pledge.amount.as_deref())),
        (&labels.how_to_get, formatter.localised(&pledge.how_to_get)),
    ];
    html! {
        article {
            h4 id=(id) { (formatter.localised(&pledge.title).unwrap_or_default()) }
            @if let Some(text) = formatter.localised(&pledge.text) { p { (text) } }
            (formatter.table(id, rows))
            (formatter.note(marked.note.as_deref()))
        }
    }
}
