//! The draft as a phone shows it.

use std::iter;

use askama::Template;
use axum::extract::{Query, State};
use promise_edition::{fields_of, values};
use promise_protocol::{
    pack::{Localised, Picture, Pledge, Promise, PromiseSection, in_language},
    text::{Direction, isolate},
};
use serde::Deserialize;

use crate::{
    App,
    features::promise::{PROMISE, languages, load, value},
    kit::{
        format,
        page::{
            Link, Page,
            response::{self, PageResult},
        },
        session::Session,
        url::with_query,
        words::{self, text},
    },
};

/// The fields that a pledge lists below its text.
const FACTS: [&str; 7] =
    ["amount", "who", "age_min", "age_max", "ask_role", "evidence", "valid_to"];

#[derive(Deserialize)]
pub(super) struct QueryParams {
    #[serde(default)]
    language: String,
    #[serde(default)]
    easy: String,
}

/// A text in the reader's language, or in another one where there is no translation.
struct Text {
    words: String,
    language: String,
    direction: &'static str,
    /// The name of the language, if it is not the reader's.
    other_language: Option<String>,
}

impl Text {
    fn new(texts: &Localised, reader: &str) -> Self {
        let (language, text) = in_language(texts, &[reader]).unwrap_or((reader, ""));
        let is_other = language != reader && !text.is_empty();
        Self {
            words: text.to_owned(),
            language: language.to_owned(),
            direction: text::direction(language),
            other_language: is_other.then(|| format::language(language)),
        }
    }
}

struct PictureView {
    hash: String,
    alt: Text,
}

struct PledgeView {
    picture: Option<PictureView>,
    title: Text,
    text: Text,
    /// Whether Easy Read is selected and the pledge has none.
    lacks_easy: bool,
    how: Text,
    facts: Vec<(String, String)>,
}

struct SectionView {
    picture: Option<PictureView>,
    title: Text,
    intro: Text,
    pledges: Vec<PledgeView>,
}

#[derive(Template)]
#[template(path = "promise/preview.html")]
struct PreviewTemplate {
    page: Page,
    languages: Vec<Link>,
    easy: Link,
    language: String,
    direction: &'static str,
    title: Text,
    intro: Text,
    sections: Vec<SectionView>,
    /// Whether the page lists its sections: they fill many screens.
    has_contents: bool,
}

/// The settings of the phone.
struct PhoneSettings {
    language: String,
    is_easy: bool,
}

impl PhoneSettings {
    fn text(&self, texts: &Localised) -> Text {
        Text::new(texts, &self.language)
    }

    fn picture(&self, picture: Option<&Picture>) -> Option<PictureView> {
        let picture = picture?;
        let mut alt = self.text(&picture.alt);
        // An attribute has no markup, so its numbers are isolated by characters.
        alt.words = isolate(&alt.words, Some(Direction::of_language(&alt.language)));
        Some(PictureView { hash: picture.hash.clone(), alt })
    }

    fn pledge(&self, pledge: &Pledge) -> PledgeView {
        let lacks_easy = self.is_easy && pledge.easy_read.is_empty();
        let is_easy = self.is_easy && !lacks_easy;
        let fields = fields_of(pledge);
        let fact = |field: &str| {
            let text = value::format(field, Some(fields.get(field)?));
            Some((value::label(field, None), text.replace('\n', ", ")))
        };
        PledgeView {
            picture: self.picture(pledge.picture.as_ref()),
            title: self.text(&pledge.title),
            text: self.text(if is_easy { &pledge.easy_read } else { &pledge.text }),
            lacks_easy,
            how: self.text(&pledge.how_to_get),
            facts: FACTS.into_iter().filter_map(fact).collect(),
        }
    }

    fn section(&self, promise: &Promise, section: &PromiseSection) -> SectionView {
        let pledges = promise.pledges.0.iter().filter(|pledge| pledge.section == section.id);
        SectionView {
            picture: self.picture(section.picture.as_ref()),
            title: self.text(&section.title),
            intro: self.text(&section.intro),
            pledges: pledges.map(|pledge| self.pledge(pledge)).collect(),
        }
    }
}

fn path(language: &str, is_easy: bool) -> String {
    let easy = if is_easy { "yes" } else { "" };
    with_query(&format!("{PROMISE}/preview"), &[("language", language), ("easy", easy)])
}

/// Shows the preview.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Query(query): Query<QueryParams>,
) -> PageResult {
    let draft = load(&app, &session).await?;
    let promise = &draft.content.promise;
    let language = values::language_tag(&query.language).unwrap_or_else(|_| "en".into());
    let phone = PhoneSettings { language, is_easy: query.easy == "yes" };
    let mut tags = languages::used(promise);
    tags.insert(phone.language.clone());
    tags.remove("en");
    let link = |tag: &str| Link {
        href: path(tag, phone.is_easy),
        text: format::language(tag),
        is_current: tag == phone.language,
    };
    let languages = iter::once("en").chain(tags.iter().map(String::as_str)).map(link).collect();
    let sections: Vec<SectionView> =
        promise.sections.iter().map(|section| phone.section(promise, section)).collect();
    let page = session.page(words::t("preview-title"));
    Ok(response::render(&PreviewTemplate {
        page: page.back(PROMISE, words::t("promise-title")),
        languages,
        easy: Link {
            href: path(&phone.language, !phone.is_easy),
            text: words::t(if phone.is_easy { "preview-whole" } else { "preview-easy" }),
            is_current: phone.is_easy,
        },
        direction: text::direction(&phone.language),
        title: phone.text(&promise.title),
        intro: phone.text(&promise.intro),
        has_contents: sections.len() > 1,
        sections,
        language: phone.language,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_without_translation_is_shown_in_english() {
        let texts: Localised =
            [("en", "Money"), ("ar", "مال")].map(|(tag, text)| (tag.into(), text.into())).into();
        let arabic = Text::new(&texts, "ar");
        assert_eq!((&*arabic.words, arabic.direction, arabic.other_language), ("مال", "rtl", None));
        let tigrinya = Text::new(&texts, "ti");
        assert_eq!(
            (&*tigrinya.words, tigrinya.direction, tigrinya.other_language.as_deref()),
            ("Money", "ltr", Some("English"))
        );
        assert_eq!(Text::new(&Localised::new(), "ar").other_language, None);
    }
}
