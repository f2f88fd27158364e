//! The page with all lines, in order, and the times without any open line.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Query, State};
use promise_protocol::{
    pack::{ClosedDays, Line, Localised, Timescale},
    phone_number,
};
use promise_services::{
    directory::{Coverage, Gap},
    publishing::drafts::Stage,
};

use crate::{
    App,
    features::directory::{can_edit, load, translation},
    kit::{
        format,
        page::{
            Link, NoticeQuery, Page,
            response::{self, PageResult},
        },
        session::Session,
        timescales,
        url::line_path,
        words,
    },
};

/// Minutes in a day.
const DAY: usize = 24 * 60;

struct LineCard {
    id: String,
    name: String,
    role: String,
    organisation: String,
    /// Each number with what it is for, and as a phone dials it where that looks different.
    phones: Vec<(String, String)>,
    email: String,
    hours: String,
    closed_days: String,
    about: String,
    languages: String,
    /// A link to each translation. Those that there are come first and are marked as current.
    translations: Vec<Link>,
    is_first: bool,
    is_last: bool,
}

/// How often something has to happen. It is changed in the council's folder only.
struct TimescaleCard {
    name: String,
    who: String,
    limits: Vec<String>,
}

#[derive(Template)]
#[template(path = "directory/board.html")]
struct BoardTemplate {
    page: Page,
    lines: Vec<LineCard>,
    /// The times of the week at which no line is open.
    gaps: Vec<String>,
    has_gap_on_closed_days: bool,
    closed_days: usize,
    timescales: Vec<TimescaleCard>,
    can_edit: bool,
    is_submitted: bool,
}

/// Shows the page.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let view = load(&app, &session).await?;
    let lines = &view.directory.lines.0;
    let last = lines.len().saturating_sub(1);
    let page = session.page(words::t("directory-title"));
    Ok(response::render(&BoardTemplate {
        page: page.notice(query.done.as_deref()),
        lines: lines
            .iter()
            .enumerate()
            .map(|(index, line)| line_card(line, index == 0, index == last))
            .collect(),
        gaps: gaps(&view.cover),
        has_gap_on_closed_days: view.cover.is_closed_on_closed_days,
        closed_days: view.directory.closed_days.len(),
        timescales: view.directory.timescales.iter().map(timescale_card).collect(),
        can_edit: can_edit(&session, &view),
        is_submitted: matches!(view.stage, Stage::Submitted { .. }),
    }))
}

fn line_card(line: &Line, is_first: bool, is_last: bool) -> LineCard {
    let english = |texts: &Localised| texts.get("en").cloned().unwrap_or_default();
    let name = english(&line.display_name);
    let phones =
        line.phones.iter().map(|phone| (format::phone(phone), dialled(&phone.number))).collect();
    let languages: Vec<String> = line.languages.iter().map(|tag| format::language(tag)).collect();
    LineCard {
        name: if name.is_empty() { line.id.clone() } else { name },
        role: line.role.clone(),
        organisation: line.organisation.clone().unwrap_or_default(),
        phones,
        email: line.email.clone().unwrap_or_default(),
        hours: format::hours(&line.hours),
        closed_days: closed_days(line.on_closed_days),
        about: english(&line.about),
        languages: languages.join(", "),
        translations: translations(line),
        is_first,
        is_last,
        id: line.id.clone(),
    }
}

fn timescale_card(timescale: &Timescale) -> TimescaleCard {
    let checked = timescale.law.as_ref().and_then(timescales::checked);
    TimescaleCard {
        name: timescales::name(timescale),
        who: timescales::applies_to(timescale),
        limits: timescales::limits(timescale).into_iter().chain(checked).collect(),
    }
}

fn translations(line: &Line) -> Vec<Link> {
    let tags = line.display_name.keys().chain(line.about.keys()).map(String::as_str);
    let translated: BTreeSet<&str> = tags.filter(|tag| *tag != "en").collect();
    let others = translation::languages().filter(|tag| !translated.contains(tag));
    let link = |tag: &str| Link {
        href: format!("{}/words/{tag}", line_path(&line.id)),
        text: format::language(tag),
        is_current: translated.contains(tag),
    };
    translated.iter().map(|tag| link(tag)).chain(others.map(link)).collect()
}

/// Returns a number as a phone dials it, or an empty string if it is displayed so.
fn dialled(number: &str) -> String {
    if phone_number::format(number) == number { String::new() } else { number.to_owned() }
}

/// Returns what closed days do to a line's hours.
pub(crate) fn closed_days(days: ClosedDays) -> String {
    words::t(&format!("on-closed-days-{}", days.as_str().replace('_', "-")))
}

fn gaps(coverage: &Coverage) -> Vec<String> {
    coverage.gaps.iter().map(gap).collect()
}

fn gap(gap: &Gap) -> String {
    if gap.to - gap.from == 7 * DAY {
        return words::t("directory-gap-always");
    }
    let time = |minute: usize| {
        let weekday = words::t(&format!("weekday-{}", minute / DAY % 7 + 1));
        format!("{weekday} {:02}:{:02}", minute % DAY / 60, minute % 60)
    };
    let arguments = [("from", time(gap.from).into()), ("to", time(gap.to).into())];
    words::format("directory-gap", &arguments)
}
