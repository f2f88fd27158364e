//! A field with the languages that a person speaks.

use crate::kit::{
    format,
    forms::{Choice, FormData, choice},
};

/// The languages that a form offers. A record may have others.
pub(crate) const LANGUAGES: [&str; 15] =
    ["en", "ar", "fa", "prs", "ps", "ckb", "ti", "am", "vi", "sq", "om", "so", "ur", "uk", "fr"];

/// Returns the options: [`LANGUAGES`], then the selected ones that are not among them.
pub(crate) fn language_choices(selected: &[String]) -> Vec<Choice> {
    let offered = LANGUAGES.iter().map(|tag| (*tag).to_owned());
    let others = selected.iter().filter(|tag| !LANGUAGES.contains(&tag.as_str())).cloned();
    let option = |tag: String| Choice {
        is_selected: selected.contains(&tag),
        ..choice(&tag, format::language(&tag), "")
    };
    offered.chain(others).map(option).collect()
}

/// Reads the selected languages.
pub(crate) fn selected_languages(form: &FormData) -> Vec<String> {
    form.all("languages").into_iter().filter(|tag| !tag.is_empty()).collect()
}
