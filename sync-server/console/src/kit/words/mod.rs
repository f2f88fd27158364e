//! The console's messages, in Fluent. Each feature has its file in `words/en/`.

pub(crate) mod text;
pub(crate) mod times;

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

/// The words of every feature, put together by the build script.
const WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/en.ftl"));

static ENGLISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| {
    // Messages that do not parse are left out. A test checks that all do.
    let resource =
        FluentResource::try_new(WORDS.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let english: LanguageIdentifier = "en".parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![english]);
    // Templates isolate the direction of names with <bdi> elements.
    bundle.set_use_isolating(false);
    let _ = bundle.add_resource(resource);
    bundle
});

/// What an argument of a message may be.
pub(crate) type Argument<'a> = FluentValue<'a>;

/// A message with arguments. One that is missing is told by its name.
pub(crate) fn say(key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
    let pattern = ENGLISH.get_message(key).and_then(|message| message.value());
    let Some(pattern) = pattern else { return key.to_owned() };
    let arguments: FluentArgs<'_> =
        arguments.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    ENGLISH.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
}

/// A message.
pub(crate) fn t(key: &str) -> String {
    say(key, &[])
}

/// A message about a number of things.
pub(crate) fn count(key: &str, count: usize) -> String {
    say(key, &[("count", count.into())])
}

/// A message with one text in it.
pub(crate) fn with(key: &str, name: &str, value: &str) -> String {
    say(key, &[(name, value.into())])
}

/// A message that there may be.
pub(crate) fn find(key: &str) -> Option<String> {
    ENGLISH.has_message(key).then(|| t(key))
}

/// Whether there is such a message.
#[cfg(test)]
fn knows(key: &str) -> bool {
    ENGLISH.has_message(key)
}

#[cfg(test)]
mod tests;
