//! All lines in order, and what is missing among them.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Query, State};
use promise_protocol::{
    pack::{ClosedDays, Line},
    phone_number,
};
use promise_services::{
    directory::{Coverage, Gap},
    publishing::drafts::Stage,
};

use crate::{
    App,
    features::directory::{can_edit, read, translate},
    kit::{
        format,
        page::{
            Link, NoticeQuery, Page,
            response::{self, PageResult},
        },
        session::Session,
        url::line_path,
        words,
    },
};

/// A line as the page shows it.
struct Shown {
    id: String,
    name: String,
    role: String,
    organisation: String,
    /// Each number with what it is for, and as a phone dials it.
    phones: Vec<(String, String)>,
    email: String,
    hours: String,
    closed: String,
    about: String,
    languages: String,
    /// Every other language, those in which there are words first.
    texts: Vec<Link>,
    is_first: bool,
    is_last: bool,
}

#[derive(Template)]
#[template(path = "directory/board.html")]
struct BoardPage {
    page: Page,
    lines: Vec<Shown>,
    gaps: Vec<String>,
    closed_gap: bool,
    days: usize,
    can_edit: bool,
    is_handed_in: bool,
}

/// Shows it.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let board = read(&app, &session).await?;
    let lines = &board.directory.lines.0;
    let last = lines.len().saturating_sub(1);
    let page = session.page(words::t("directory-title"));
    Ok(response::render(&BoardPage {
        page: page.notice("directory-done", query.done.as_deref()),
        lines: lines.iter().enumerate().map(|(at, line)| shown(line, at, last)).collect(),
        gaps: gaps(&board.cover),
        closed_gap: board.cover.is_closed_on_closed_days,
        days: board.directory.closed_days.len(),
        can_edit: can_edit(&session, &board),
        is_handed_in: matches!(board.stage, Stage::Submitted { .. }),
    }))
}

fn shown(line: &Line, at: usize, last: usize) -> Shown {
    let english =
        |texts: &promise_protocol::pack::Localised| texts.get("en").cloned().unwrap_or_default();
    let name = english(&line.display_name);
    let phones = line.phones.iter().map(|phone| (format::phone(phone), dialled(&phone.number)));
    let own = line.display_name.keys().chain(line.about.keys()).map(String::as_str);
    let own: BTreeSet<&str> = own.filter(|tag| *tag != "en").collect();
    let others = translate::languages().filter(|tag| !own.contains(tag));
    let link = |tag: &str| Link {
        href: format!("{}/words/{tag}", line_path(&line.id)),
        text: format::language(tag),
        is_current: own.contains(tag),
    };
    let texts = own.iter().map(|tag| link(tag)).chain(others.map(link));
    Shown {
        name: if name.is_empty() { line.id.clone() } else { name },
        role: line.role.clone(),
        organisation: line.organisation.clone().unwrap_or_default(),
        phones: phones.collect(),
        email: line.email.clone().unwrap_or_default(),
        hours: format::hours(&line.hours),
        closed: closed_days(line.on_closed_days),
        about: english(&line.about),
        languages: line
            .languages
            .iter()
            .map(|it| format::language(it))
            .collect::<Vec<_>>()
            .join(", "),
        texts: texts.collect(),
        is_first: at == 0,
        is_last: at == last,
        id: line.id.clone(),
    }
}

/// A number as a phone dials it.
pub(super) fn dialled(number: &str) -> String {
    if phone_number::format(number) == number { String::new() } else { number.to_owned() }
}

/// What closed days do to a line's hours.
pub(super) fn closed_days(days: ClosedDays) -> String {
    words::t(&format!("on-closed-days-{}", days.as_str().replace('_', "-")))
}

/// When nobody answers, in words.
fn gaps(cover: &Coverage) -> Vec<String> {
    const DAY: usize = 24 * 60;
    let at = |minute: usize| {
        let day = words::t(&format!("weekday-{}", minute / DAY % 7 + 1));
        format!("{day} {:02}:{:02}", minute % DAY / 60, minute % 60)
    };
    let said = |gap: &Gap| {
        if gap.to - gap.from == 7 * DAY {
            return words::t("directory-gap-always");
        }
        words::format("directory-gap", &[("from", at(gap.from).into()), ("to", at(gap.to).into())])
    };
    cover.gaps.iter().map(said).collect()
}
