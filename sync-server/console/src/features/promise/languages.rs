//! The pages that show what is translated into which language.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, Query, State};
use promise_edition::{RecordKind, field_and_language, values};
use promise_protocol::pack::Promise;
use promise_services::{
    Entity, ServiceError,
    publishing::{drafts::Fields, promise::PromiseRecord},
};
use serde::Deserialize;

use crate::{
    App,
    features::promise::{PROMISE, can_edit, load},
    kit::{
        format,
        forms::{Choice, LANGUAGES, choice},
        page::{
            NoticeQuery, Page,
            response::{self, PageResult},
        },
        session::Session,
        words,
    },
};

/// Stands for the promise's id in paths.
const PROMISE_ID: &str = "itself";

/// How far something is translated into a language.
pub(super) struct Progress {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) is_complete: bool,
    pub(super) text: String,
}

impl Progress {
    fn new(language: &str, href: String, (translated, all): (usize, usize)) -> Self {
        let text = match translated {
            0 => words::t("translated-none"),
            _ if translated == all => words::t("translated-all"),
            _ => {
                let arguments = [("there", translated.into()), ("all", all.into())];
                words::format("translated-some", &arguments)
            }
        };
        let is_complete = translated == all;
        Self { name: format::language(language), href, is_complete, text }
    }
}

/// Returns how many of a record's English texts are translated, and how many there are.
fn count(fields: &Fields, language: &str) -> (usize, usize) {
    let english = fields.keys().filter_map(|name| name.strip_suffix(".en"));
    english.fold((0, 0), |(translated, all), field| {
        let is_translated = fields.contains_key(&format!("{field}.{language}"));
        (translated + usize::from(is_translated), all + 1)
    })
}

/// Returns every record with texts, in the order of the promise.
fn records(promise: &Promise) -> Vec<PromiseRecord> {
    let mut records = vec![PromiseRecord::Promise];
    for section in &promise.sections {
        records.push(PromiseRecord::Section(section.id.clone()));
        let pledges = promise.pledges.0.iter().filter(|pledge| pledge.section == section.id);
        records.extend(pledges.map(|pledge| PromiseRecord::Pledge(pledge.id.clone())));
    }
    records
}

/// Returns the languages that some text is translated into.
pub(super) fn used(promise: &Promise) -> BTreeSet<String> {
    let mut languages = BTreeSet::new();
    for fields in records(promise).iter().filter_map(|record| record.fields(promise)) {
        let tags = fields.keys().filter_map(|name| field_and_language(name).1);
        languages.extend(tags.filter(|tag| *tag != "en").map(str::to_owned));
    }
    languages
}

/// Returns how far a record is translated into each language in use.
pub(super) fn progress(promise: &Promise, record: &PromiseRecord) -> Vec<Progress> {
    let fields = record.fields(promise).unwrap_or_default();
    let progress = |language: &String| {
        Progress::new(language, translation_path(language, record), count(&fields, language))
    };
    used(promise).iter().map(progress).collect()
}

/// Returns the path of a language.
pub(super) fn language_path(language: &str) -> String {
    format!("{PROMISE}/languages/{language}")
}

/// Returns the path of the form that translates a record.
pub(super) fn translation_path(language: &str, record: &PromiseRecord) -> String {
    let (kind, id) = match record {
        PromiseRecord::Promise => (RecordKind::Promise, PROMISE_ID),
        PromiseRecord::Section(id) => (RecordKind::Section, id.as_str()),
        PromiseRecord::Pledge(id) => (RecordKind::Pledge, id.as_str()),
    };
    format!("{}/{}/{id}", language_path(language), kind.as_str())
}

/// Finds the record that a path names by kind and id.
pub(super) fn parse_record(kind: &str, id: &str) -> Result<PromiseRecord, ServiceError> {
    match (RecordKind::parse(kind), id) {
        (Some(RecordKind::Promise), PROMISE_ID) => Ok(PromiseRecord::Promise),
        (Some(RecordKind::Section), id) => Ok(PromiseRecord::Section(id.to_owned())),
        (Some(RecordKind::Pledge), id) => Ok(PromiseRecord::Pledge(id.to_owned())),
        _ => Err(ServiceError::NotFound(Entity::PromiseRecord)),
    }
}

/// Validates a language's tag in a path.
pub(super) fn parse_language(tag: &str) -> Result<String, ServiceError> {
    let tag = values::language_tag(tag).ok().filter(|tag| tag != "en");
    tag.ok_or(ServiceError::NotFound(Entity::Page))
}

/// Returns a record's title, or what stands for it.
pub(super) fn record_title(promise: &Promise, record: &PromiseRecord) -> String {
    let title = record.title(promise).filter(|title| !title.is_empty());
    title.unwrap_or_else(|| words::t("promise-title-form"))
}

#[derive(Template)]
#[template(path = "promise/languages.html")]
struct LanguagesTemplate {
    page: Page,
    used: Vec<Progress>,
    others: Vec<Choice>,
    error: String,
    can_edit: bool,
}

#[derive(Deserialize)]
pub(super) struct QueryParams {
    /// The language whose page is requested.
    language: Option<String>,
}

/// Lists the languages in use, and redirects to the page of a selected one.
pub(super) async fn get_list(
    State(app): State<App>,
    session: Session,
    Query(query): Query<QueryParams>,
) -> PageResult {
    let draft = load(&app, &session).await?;
    let error = match query.language.as_deref().map(parse_language) {
        Some(Ok(language)) => return Ok(response::redirect(&language_path(&language))),
        Some(Err(_)) => words::t("languages-wrong"),
        None => String::new(),
    };
    let promise = &draft.content.promise;
    let used = used(promise);
    let records = records(promise);
    let progress = |language: &String| {
        let fields = records.iter().filter_map(|record| record.fields(promise));
        let counts = fields.map(|fields| count(&fields, language));
        let sum = counts.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        Progress::new(language, language_path(language), sum)
    };
    let others = LANGUAGES.into_iter().filter(|tag| *tag != "en" && !used.contains(*tag));
    let page = session.page(words::t("languages-title"));
    Ok(response::render(&LanguagesTemplate {
        page: page.back(PROMISE, words::t("promise-title")),
        used: used.iter().map(progress).collect(),
        others: others.map(|tag| choice(tag, format::language(tag), "")).collect(),
        error,
        can_edit: can_edit(&session, &draft),
    }))
}

struct Row {
    title: String,
    is_section: bool,
    progress: Progress,
}

#[derive(Template)]
#[template(path = "promise/language.html")]
struct LanguageTemplate {
    page: Page,
    rows: Vec<Row>,
    preview: String,
    can_edit: bool,
}

/// Lists every record with how far it is translated into one language.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(language): Path<String>,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let language = parse_language(&language)?;
    let draft = load(&app, &session).await?;
    let promise = &draft.content.promise;
    let row = |record: PromiseRecord| {
        let counts = count(&record.fields(promise)?, &language);
        Some(Row {
            title: record_title(promise, &record),
            is_section: matches!(record, PromiseRecord::Section(_)),
            progress: Progress::new(&language, translation_path(&language, &record), counts),
        })
    };
    let page = session
        .page(format::language(&language))
        .back(format!("{PROMISE}/languages"), words::t("languages-title"))
        .notice(query.done.as_deref());
    Ok(response::render(&LanguageTemplate {
        page,
        rows: records(promise).into_iter().filter_map(row).collect(),
        preview: format!("{PROMISE}/preview?language={language}"),
        can_edit: can_edit(&session, &draft),
    }))
}
