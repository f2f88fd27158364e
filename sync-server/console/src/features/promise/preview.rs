//! The draft as a phone shows it.

use askama::Template;
use axum::extract::{Query, State};
use promise_edition::{fields_of, values};
use promise_protocol::pack::{Localised, Picture, Pledge, Promise, in_language};
use serde::Deserialize;

use crate::{
    App,
    features::promise::{HOME, languages, value, work},
    kit::{
        format,
        page::{
            Link, Page,
            response::{self, PageResult},
        },
        session::Session,
        words::{self, text},
    },
};

/// How it is to be shown.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    language: String,
    #[serde(default)]
    easy: String,
}

/// A text as it is shown.
struct Text {
    words: String,
    language: String,
    direction: &'static str,
    /// The language it is in, if it is not the one that was asked for.
    instead: String,
}

struct Shown {
    /// The hash of its picture; empty if there is none.
    picture: String,
    alt: Text,
    title: Text,
    text: Text,
    /// Whether there is no Easy Read of it, though that was asked for.
    lacks_easy: bool,
    how: Text,
    facts: Vec<(String, String)>,
}

struct Chapter {
    picture: String,
    alt: Text,
    title: Text,
    intro: Text,
    pledges: Vec<Shown>,
}

#[derive(Template)]
#[template(path = "promise/preview.html")]
struct Preview {
    page: Page,
    languages: Vec<Link>,
    easy: Link,
    language: String,
    direction: &'static str,
    title: Text,
    intro: Text,
    chapters: Vec<Chapter>,
}

/// The text as the phone of somebody who reads this language shows it.
fn shown(texts: &Localised, wanted: &str) -> Text {
    let (language, text) = in_language(texts, &[wanted]).unwrap_or((wanted, ""));
    let instead = if language == wanted || text.is_empty() { "" } else { language };
    Text {
        words: text.to_owned(),
        language: language.to_owned(),
        direction: text::direction(language),
        instead: Some(instead)
            .filter(|it| !it.is_empty())
            .map(format::language)
            .unwrap_or_default(),
    }
}

/// A picture as it is shown: its hash, and what is said of it.
fn pictured(picture: Option<&Picture>, wanted: &str) -> (String, Text) {
    let hash = picture.map(|it| it.hash.clone()).unwrap_or_default();
    (hash, shown(&picture.map(|it| it.alt.clone()).unwrap_or_default(), wanted))
}

fn pledge(pledge: &Pledge, wanted: &str, easy: bool) -> Shown {
    let lacks_easy = easy && pledge.easy_read.is_empty();
    let texts = if easy && !lacks_easy { &pledge.easy_read } else { &pledge.text };
    let held = fields_of(pledge);
    let fact = |field: &str| {
        let value = held.get(field)?;
        Some((value::called(field, None), value::words(field, Some(value)).replace('\n', ", ")))
    };
    let facts = ["amount", "who", "age_min", "age_max", "ask_role", "evidence", "valid_to"];
    let (picture, alt) = pictured(pledge.picture.as_ref(), wanted);
    Shown {
        picture,
        alt,
        title: shown(&pledge.title, wanted),
        text: shown(texts, wanted),
        lacks_easy,
        how: shown(&pledge.how_to_get, wanted),
        facts: facts.into_iter().filter_map(fact).collect(),
    }
}

fn chapters(promise: &Promise, wanted: &str, easy: bool) -> Vec<Chapter> {
    let chapter = |section: &promise_protocol::pack::PromiseSection| {
        let own = promise.pledges.0.iter().filter(|it| it.section == section.id);
        let (picture, alt) = pictured(section.picture.as_ref(), wanted);
        Chapter {
            picture,
            alt,
            title: shown(&section.title, wanted),
            intro: shown(&section.intro, wanted),
            pledges: own.map(|it| pledge(it, wanted, easy)).collect(),
        }
    };
    promise.sections.iter().map(chapter).collect()
}

/// Shows it.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Query(wanted): Query<Wanted>,
) -> PageResult {
    let work = work(&app, &session).await?;
    let promise = &work.content.promise;
    let language = values::language_tag(&wanted.language).unwrap_or_else(|_| "en".into());
    let is_easy = wanted.easy == "yes";
    let preview_path = |language: &str, easy: bool| {
        let easy = if easy { "&easy=yes" } else { "" };
        format!("{HOME}/preview?language={language}{easy}")
    };
    let mut tags = languages::used(promise);
    tags.insert(language.clone());
    tags.remove("en");
    let link = |tag: &str| Link {
        href: preview_path(tag, is_easy),
        text: format::language(tag),
        is_current: tag == language,
    };
    let languages = std::iter::once("en").chain(tags.iter().map(String::as_str)).map(link);
    let page = session.page(words::t("preview-title"));
    Ok(response::render(&Preview {
        page: page.back(HOME, words::t("promise-title")),
        languages: languages.collect(),
        easy: Link {
            href: preview_path(&language, !is_easy),
            text: words::t(if is_easy { "preview-whole" } else { "preview-easy" }),
            is_current: is_easy,
        },
        direction: text::direction(&language),
        title: shown(&promise.title, &language),
        intro: shown(&promise.intro, &language),
        chapters: chapters(promise, &language, is_easy),
        language,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_translated_is_shown_in_english_and_said_so() {
        let texts: Localised =
            [("en", "Money"), ("ar", "مال")].map(|(tag, text)| (tag.into(), text.into())).into();
        let arabic = shown(&texts, "ar");
        assert_eq!((&*arabic.words, arabic.direction, &*arabic.instead), ("مال", "rtl", ""));
        let tigrinya = shown(&texts, "ti");
        assert_eq!(
            (&*tigrinya.words, tigrinya.direction, &*tigrinya.instead),
            ("Money", "ltr", "English")
        );
        assert_eq!(shown(&Localised::new(), "ar").instead, "");
    }
}
