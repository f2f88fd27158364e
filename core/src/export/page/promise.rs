//! The promise, with the person's marks and notes.

use maud::{Markup, html};

use super::{said::plain, words::Words};
use crate::{export::Everything, promise::MarkedPledge};

pub(super) fn promise(words: &Words<'_>, everything: &Everything) -> Option<Markup> {
    let promise = everything.promise.as_ref()?;
    let edition = words.labels.edition.replace("{number}", &promise.edition.to_string());
    let mut number = 0;
    Some(html! {
        @if let Some(title) = words.localised(&promise.title) { p { strong { (title) } } }
        @if let Some(intro) = words.localised(&promise.intro) { p { (intro) } }
        p.quiet { bdi { (edition) } }
        @for chapter in &promise.chapters {
            @if let Some(title) = words.localised(&chapter.section.title) { h3 { (title) } }
            @for marked in &chapter.pledges {
                ({ number += 1; one(words, marked, &format!("pledge-{number}")) })
            }
        }
    })
}

fn one(words: &Words<'_>, marked: &MarkedPledge, id: &str) -> Markup {
    let (labels, pledge) = (words.labels, &marked.pledge);
    let rows = [
        (&*labels.where_you_are, plain(marked.mark.as_deref().map(|mark| labels.choice(mark)))),
        (&labels.amount, words.english(pledge.amount.as_deref())),
        (&labels.how_to_get, words.localised(&pledge.how_to_get)),
    ];
    html! {
        article {
            h4 id=(id) { (words.localised(&pledge.title).unwrap_or_default()) }
            @if let Some(text) = words.localised(&pledge.text) { p { (text) } }
            (words.facts(id, rows))
            (words.note(marked.note.as_deref()))
        }
    }
}
