//! The person's texts that belong to nothing else on the page.

use maud::{Markup, html};

use super::values::isolated;

pub(super) fn notes(notes: &[String]) -> Option<Markup> {
    (!notes.is_empty())
        .then(|| html! { @for note in notes { p.own dir="auto" { (isolated(note)) } } })
}
