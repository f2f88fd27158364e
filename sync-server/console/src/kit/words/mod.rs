//! The console's messages, in Fluent. Each feature has its file in `words/en/`.

pub(crate) mod text;
pub(crate) mod times;

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use promise_protocol::text::isolate_whole;
use unic_langid::LanguageIdentifier;

/// The words of every feature, put together by the build script.
const WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/en.ftl"));

static ENGLISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| {
    // Messages that do not parse are left out. A test checks that all do.
    let resource =
        FluentResource::try_new(WORDS.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let english: LanguageIdentifier = "en".parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![english]);
    // Only names that run from right to left are isolated: see `format`.
    bundle.set_use_isolating(false);
    let _ = bundle.add_resource(resource);
    bundle
});

/// An argument of a message.
pub(crate) type Argument<'a> = FluentValue<'a>;

/// Formats a message with arguments. A missing message is shown by its key. An argument that runs from
/// right to left is isolated, so that the sentence around it keeps its order.
pub(crate) fn format(key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
    let pattern = ENGLISH.get_message(key).and_then(|message| message.value());
    let Some(pattern) = pattern else { return key.to_owned() };
    let arguments: FluentArgs<'_> =
        arguments.iter().map(|(name, value)| ((*name).to_owned(), isolated(value))).collect();
    ENGLISH.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
}

fn isolated<'a>(argument: &Argument<'a>) -> Argument<'a> {
    match argument {
        FluentValue::String(text) => isolate_whole(text).into_owned().into(),
        other => other.clone(),
    }
}

/// Returns a message without arguments.
pub(crate) fn t(key: &str) -> String {
    format(key, &[])
}

/// Formats a message with the argument `count`.
pub(crate) fn count(key: &str, count: usize) -> String {
    format(key, &[("count", count.into())])
}

/// Formats a message with one text argument.
pub(crate) fn with(key: &str, name: &str, value: &str) -> String {
    format(key, &[(name, value.into())])
}

/// Returns a message if there is one of this key.
pub(crate) fn find(key: &str) -> Option<String> {
    ENGLISH.has_message(key).then(|| t(key))
}

/// Returns `true` if there is a message of this key.
#[cfg(test)]
fn has_message(key: &str) -> bool {
    ENGLISH.has_message(key)
}

#[cfg(test)]
mod tests;
