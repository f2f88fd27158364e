//! Languages: what is translated, and each text beside its English.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, Query, State};
use promise_edition::{field_and_language, values};
use promise_protocol::pack::Promise;
use promise_services::publishing::drafts::{Fields, WorkingCopy};
use serde::Deserialize;

use crate::{
    App,
    features::promise::{
        HOME, can_edit,
        edit::{self, Form},
        fields::{Shape, Spec},
        nothing,
        target::Target,
        work,
    },
    kit::{
        format,
        forms::{Choice, FormData, choice},
        page::{
            NoticeQuery, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// Languages to choose from; any other is typed by its code.
const OFFERED: [&str; 14] =
    ["ar", "fa", "prs", "ps", "ckb", "ti", "am", "vi", "sq", "om", "so", "ur", "uk", "fr"];

/// The texts that may be in several languages, and in how many lines each is typed.
const TEXTS: [(&str, Shape); 5] = [
    ("title", Shape::Line),
    ("intro", Shape::Lines(3)),
    ("text", Shape::Lines(6)),
    ("easy_read", Shape::Lines(6)),
    ("how_to_get", Shape::Lines(4)),
];

/// How far something is translated into a language.
pub(super) struct Progress {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) is_whole: bool,
    pub(super) text: String,
}

impl Progress {
    fn new(language: &str, href: String, (there, all): (usize, usize)) -> Self {
        let text = match there {
            0 => words::t("translated-none"),
            _ if there == all => words::t("translated-all"),
            _ => words::format("translated-some", &[("there", there.into()), ("all", all.into())]),
        };
        let is_whole = there == all;
        let name = format::language(language);
        Self { name, href, is_whole, text }
    }
}

/// Of the texts that are there in English, how many are there in a language, and all of them.
fn count(fields: &Fields, language: &str) -> (usize, usize) {
    let english = fields.keys().filter_map(|name| name.strip_suffix(".en"));
    english.fold((0, 0), |(there, all), field| {
        (there + usize::from(fields.contains_key(&format!("{field}.{language}"))), all + 1)
    })
}

/// Everything that is translated, in the order in which it is read.
fn targets(promise: &Promise) -> Vec<Target> {
    let mut all = vec![Target::Promise];
    for section in &promise.sections {
        all.push(Target::Section(section.id.clone()));
        let own = promise.pledges.0.iter().filter(|pledge| pledge.section == section.id);
        all.extend(own.map(|pledge| Target::Pledge(pledge.id.clone())));
    }
    all
}

/// The languages that something is there in, beside English.
pub(super) fn used(promise: &Promise) -> BTreeSet<String> {
    let fields = targets(promise).into_iter().filter_map(|target| target.fields(promise));
    let languages = fields.flat_map(|fields| {
        let own = fields.into_keys();
        own.filter_map(|name| field_and_language(&name).1.map(str::to_owned)).collect::<Vec<_>>()
    });
    languages.filter(|language| language != "en").collect()
}

/// How far one record is translated into each language that is used.
pub(super) fn progress(promise: &Promise, target: &Target) -> Vec<Progress> {
    let fields = target.fields(promise).unwrap_or_default();
    let one = |language: &String| {
        let href = format!("{HOME}/languages/{language}/{}", target.path());
        Progress::new(language, href, count(&fields, language))
    };
    used(promise).iter().map(one).collect()
}

#[derive(Template)]
#[template(path = "promise/languages.html")]
struct Languages {
    page: Page,
    used: Vec<Progress>,
    others: Vec<Choice>,
    error: String,
    can_edit: bool,
}

/// A language to go to.
#[derive(Deserialize)]
pub(super) struct Wanted {
    language: Option<String>,
}

/// Lists the languages that are used, and lets another one be begun.
pub(super) async fn get_list(
    State(app): State<App>,
    session: Session,
    Query(wanted): Query<Wanted>,
) -> PageResult {
    let work = work(&app, &session).await?;
    let error = match wanted.language.as_deref().map(values::language_tag) {
        Some(Ok(language)) if language != "en" => {
            return Ok(response::redirect(&format!("{HOME}/languages/{language}")));
        }
        Some(_) => words::t("languages-wrong"),
        None => String::new(),
    };
    let promise = &work.content.promise;
    let used = used(promise);
    let all = targets(promise);
    let sum = |language: &String| {
        let counts = all.iter().filter_map(|target| target.fields(promise));
        let counts = counts.map(|fields| count(&fields, language));
        let sum = counts.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        Progress::new(language, format!("{HOME}/languages/{language}"), sum)
    };
    let others = OFFERED.into_iter().filter(|language| !used.contains(*language));
    let page = session.page(words::t("languages-title"));
    Ok(response::render(&Languages {
        page: page.back(HOME, words::t("promise-title")),
        used: used.iter().map(sum).collect(),
        others: others.map(|language| choice(language, format::language(language), "")).collect(),
        error,
        can_edit: can_edit(&session, &work),
    }))
}

struct Row {
    name: String,
    href: String,
    is_section: bool,
    is_whole: bool,
    text: String,
}

#[derive(Template)]
#[template(path = "promise/language.html")]
struct Language {
    page: Page,
    rows: Vec<Row>,
    preview: String,
    can_edit: bool,
}

/// A language's tag as it is kept, and its name.
fn known(tag: &str) -> Result<(String, String), PageError> {
    let tag = values::language_tag(tag).ok().filter(|tag| tag != "en");
    let tag = tag.ok_or_else(|| nothing("language"))?;
    let name = format::language(&tag);
    Ok((tag, name))
}

/// Lists what is translated into one language, and what is not yet.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(language): Path<String>,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let (tag, name) = known(&language)?;
    let work = work(&app, &session).await?;
    let promise = &work.content.promise;
    let row = |target: Target| {
        let progress = count(&target.fields(promise)?, &tag);
        let href = format!("{HOME}/languages/{tag}/{}", target.path());
        let Progress { href, is_whole, text, .. } = Progress::new(&tag, href, progress);
        let name = target.name(promise).filter(|name| !name.is_empty());
        Some(Row {
            name: name.unwrap_or_else(|| words::t("promise-title-form")),
            href,
            is_section: matches!(target, Target::Section(_)),
            is_whole,
            text,
        })
    };
    let page = session.page(name).back(format!("{HOME}/languages"), words::t("languages-title"));
    Ok(response::render(&Language {
        page: page.notice("promise-done", query.done.as_deref()),
        rows: targets(promise).into_iter().filter_map(row).collect(),
        preview: format!("{HOME}/preview?language={tag}"),
        can_edit: can_edit(&session, &work),
    }))
}

fn form(
    work: &WorkingCopy,
    (language, kind, id): &(String, String, String),
    sent: Option<&FormData>,
) -> Result<Form, PageError> {
    let (tag, name) = known(language)?;
    let promise = &work.content.promise;
    let target = Target::of(kind, id).ok_or_else(|| nothing("record"))?;
    let held = target.fields(promise).unwrap_or_default();
    // What has no English yet is not translated, unless it was, or is now.
    let has = |field: &str, tag: &str| held.contains_key(&format!("{field}.{tag}"));
    let is_sent =
        |field: &str| sent.is_some_and(|sent| !sent.raw(&format!("{field}-{tag}")).is_empty());
    let specs =
        TEXTS.iter().filter(|(field, _)| has(field, "en") || has(field, &tag) || is_sent(field));
    let specs = specs.map(|(field, shape)| Spec::new(&format!("{field}.{tag}"), *shape));
    let of = target.name(promise).filter(|name| !name.is_empty());
    let of = of.unwrap_or_else(|| words::t("promise-title-form"));
    let title = [("name", of.into()), ("language", name.clone().into())];
    Ok(Form {
        specs: specs.collect(),
        title: words::format("translate-title", &title),
        lead: vec![words::t("translate-lead")],
        action: format!("{HOME}/languages/{tag}/{}", target.path()),
        back: (format!("{HOME}/languages/{tag}"), name),
        target,
    })
}

/// Shows a text's form, with its English beside it.
pub(super) async fn get_text(
    State(app): State<App>,
    session: Session,
    Path(path): Path<(String, String, String)>,
) -> PageResult {
    edit::get_form(&app, &session, |work| form(work, &path, None)).await
}

/// Saves a text.
pub(super) async fn post_text(
    State(app): State<App>,
    Path(path): Path<(String, String, String)>,
    sent: StaffForm,
) -> PageResult {
    let typed = sent.form.clone();
    edit::post_form(&app, sent, |work| form(work, &path, Some(&typed))).await
}
