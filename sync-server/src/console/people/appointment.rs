//! Appointments: a new one, changing one, cancelling one.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use chrono::{DateTime, NaiveTime, SecondsFormat, TimeZone, Utc};
use chrono_tz::Europe::London;
use serde_json::Value;

use super::{
    super::{
        answer::{self, Answer},
        form::{Field, Input, choice, date, date_parts, mistake, too_long},
        page::{Mistake, Page},
        request::{Posted, Sent, Visit},
        words,
    },
    called, person,
};
use crate::{
    routes::App,
    service::{Act, OsRandom, Record, ServiceError, appointments},
    store::Person,
};

/// What was typed.
#[derive(Default)]
struct Typed {
    title: String,
    date: [String; 3],
    time: String,
    minutes: String,
    place: String,
    details: String,
}

#[derive(Template)]
#[template(path = "appointment.html")]
struct Shown {
    page: Page,
    action: String,
    fields: Vec<Field>,
    /// Where to cancel one that is there.
    cancel: Option<String>,
}

impl Typed {
    fn of(form: &Posted) -> Self {
        Self {
            title: form.text("title"),
            date: date_parts(form, "date"),
            time: form.text("time"),
            minutes: form.text("minutes"),
            place: form.text("place"),
            details: form.lines("details"),
        }
    }

    fn of_record(record: &Record) -> Self {
        let at = DateTime::parse_from_rfc3339(record.text("starts_at")).unwrap_or_default();
        let at = at.with_timezone(&London);
        let minutes = record.fields.get("minutes").and_then(Value::as_u64);
        Self {
            title: record.text("title").to_owned(),
            date: ["%-d", "%-m", "%Y"].map(|part| at.format(part).to_string()),
            time: at.format("%H:%M").to_string(),
            minutes: minutes.map(|it| it.to_string()).unwrap_or_default(),
            place: record.text("place").to_owned(),
            details: record.text("details").to_owned(),
        }
    }

    /// The fields as cells hold them, or what is wrong.
    fn read(&self) -> Result<BTreeMap<String, Value>, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        if self.title.is_empty() {
            mistakes.push(mistake("title", "meeting-title-missing"));
        }
        let limits = [
            ("title", "meeting-title", &self.title, 120),
            ("place", "meeting-place", &self.place, 300),
            ("details", "meeting-details", &self.details, 1000),
        ];
        for (name, label, text, most) in limits {
            if text.chars().count() > most {
                mistakes.push(too_long(name, label, most));
            }
        }
        let date = date(&self.date).flatten();
        if date.is_none() {
            mistakes.push(mistake("date-day", "meeting-date-wrong"));
        }
        let time = read_time(&self.time);
        if time.is_none() {
            mistakes.push(mistake("time", "meeting-time-wrong"));
        }
        let at = date.zip(time).and_then(|(date, time)| {
            London.from_local_datetime(&date.and_time(time)).earliest()
        });
        match at {
            Some(at) if mistakes.is_empty() => Ok(self.fields(at.with_timezone(&Utc))),
            // An hour that the clocks leave out in March.
            None if mistakes.is_empty() => Err(vec![mistake("time", "meeting-time-wrong")]),
            _ => Err(mistakes),
        }
    }

    fn fields(&self, at: DateTime<Utc>) -> BTreeMap<String, Value> {
        let text = |text: &str| if text.is_empty() { Value::Null } else { text.into() };
        let minutes = self.minutes.parse::<u64>().ok().filter(|it| (1..=24 * 60).contains(it));
        BTreeMap::from([
            ("title".into(), text(&self.title)),
            ("starts_at".into(), at.to_rfc3339_opts(SecondsFormat::Secs, true).into()),
            ("minutes".into(), minutes.map_or(Value::Null, Value::from)),
            ("place".into(), text(&self.place)),
            ("details".into(), text(&self.details)),
        ])
    }
}

/// A time of day as people write it: `14:30`, `14.30`, `1430`, `2:30pm`, `9am`.
fn read_time(typed: &str) -> Option<NaiveTime> {
    let plain: String =
        typed.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let (clock, afternoon) = match (plain.strip_suffix("am"), plain.strip_suffix("pm")) {
        (Some(clock), _) => (clock, Some(false)),
        (_, Some(clock)) => (clock, Some(true)),
        _ => (plain.as_str(), None),
    };
    let (hour, minute) = match clock.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        None if clock.len() == 4 => clock.split_at_checked(2)?,
        None if afternoon.is_some() => (clock, "00"),
        _ => return None,
    };
    let (hour, minute) = (hour.parse::<u32>().ok()?, minute.parse().ok()?);
    let hour = match afternoon {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(true) => hour % 12 + 12,
        Some(false) => hour % 12,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

fn fields(typed: &Typed, mistakes: &[Mistake]) -> Vec<Field> {
    let lengths = ["30", "45", "60", "90", "120"];
    let mut lengths: Vec<_> = lengths
        .iter()
        .map(|it| choice(it, words::count("minutes", it.parse().unwrap_or(0)), &typed.minutes))
        .collect();
    lengths.insert(0, choice("", words::t("meeting-open"), &typed.minutes));
    let date = Input::Date(typed.date.clone());
    let time = Field { value: typed.time.clone(), ..Field::new("time", "meeting-time", Input::Line("text", "short")) };
    [
        Field::line("title", "meeting-title", &typed.title).hint("meeting-title-hint"),
        Field::new("date", "meeting-date", date).hint("date-hint"),
        time.hint("meeting-time-hint"),
        Field::new("minutes", "meeting-minutes", Input::Select(lengths)),
        Field::line("place", "meeting-place", &typed.place),
        Field::area("details", "meeting-details", &typed.details).hint("meeting-details-hint"),
    ]
    .into_iter()
    .map(|field| field.checked(mistakes))
    .collect()
}

fn shown(visit: &Visit, person: &Person, id: &str, typed: &Typed, mistakes: Vec<Mistake>) -> Shown {
    let key = if id == "new" { "meeting-new" } else { "meeting-change" };
    let action = format!("/console/people/{}/appointments/{id}", person.id);
    let name = called(&person.id, person.reference.as_deref());
    Shown {
        fields: fields(typed, &mistakes),
        page: Page::of(visit, words::t(key))
            .back(format!("/console/people/{}", person.id), name)
            .mistakes(mistakes),
        cancel: (id != "new").then(|| format!("{action}/cancel")),
        action,
    }
}

/// Shows an empty form.
pub(in crate::console) async fn new(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<String>,
) -> Answer {
    let person = person(&app, &visit.scope, id).await?;
    Ok(answer::page(&shown(&visit, &person, "new", &Typed::default(), Vec::new())))
}

/// Adds one.
pub(in crate::console) async fn add(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Sent,
) -> Answer {
    let (visit, typed) = (sent.visit, Typed::of(&sent.form));
    let person = person(&app, &visit.scope, id).await?;
    let fields = match typed.read() {
        Ok(fields) => fields,
        Err(mistakes) => {
            return Ok(answer::not_right(&shown(&visit, &person, "new", &typed, mistakes)));
        }
    };
    let (scope, now, id) = (visit.scope, app.clock.now_millis(), person.id.clone());
    let added = app
        .writer
        .run(move |tx| appointments::add(tx, &scope, &id, fields, now, &mut OsRandom));
    added.await?;
    app.nudges.wake();
    Ok(answer::go(&format!("/console/people/{}?done=appointment", person.id)))
}

/// Shows one to change.
pub(in crate::console) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path((id, appointment)): Path<(String, String)>,
) -> Answer {
    let scope = visit.scope.clone();
    let found = app.readers.run(move |tx| {
        scope.permit(Act::ChangePeople)?;
        let record = appointments::find(tx, &scope, &id, &appointment)?;
        Ok((scope.person(tx, &id)?, record))
    });
    let (person, record) = found.await.map_err(|error: ServiceError| error)?;
    let typed = Typed::of_record(&record);
    Ok(answer::page(&shown(&visit, &person, &record.id, &typed, Vec::new())))
}

/// Changes one.
pub(in crate::console) async fn send(
    State(app): State<App>,
    Path((id, appointment)): Path<(String, String)>,
    sent: Sent,
) -> Answer {
    let (visit, typed) = (sent.visit, Typed::of(&sent.form));
    let person = person(&app, &visit.scope, id).await?;
    let (scope, now, id) = (visit.scope.clone(), app.clock.now_millis(), person.id.clone());
    let fields = match typed.read() {
        Ok(fields) => fields,
        Err(mistakes) => {
            let shown = shown(&visit, &person, &appointment, &typed, mistakes);
            return Ok(answer::not_right(&shown));
        }
    };
    let done =
        app.writer.run(move |tx| appointments::change(tx, &scope, &id, &appointment, fields, now));
    done.await?;
    app.nudges.wake();
    Ok(answer::go(&format!("/console/people/{}?done=appointment", person.id)))
}

/// Cancels one.
pub(in crate::console) async fn cancel(
    State(app): State<App>,
    Path((id, appointment)): Path<(String, String)>,
    sent: Sent,
) -> Answer {
    let (scope, now) = (sent.visit.scope, app.clock.now_millis());
    let back = format!("/console/people/{id}?done=cancelled");
    app.writer.run(move |tx| appointments::cancel(tx, &scope, &id, &appointment, now)).await?;
    app.nudges.wake();
    Ok(answer::go(&back))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let cases = [
            ("14:30", "14:30"), ("9:05", "09:05"), ("14.30", "14:30"), ("1430", "14:30"),
            ("2:30pm", "14:30"), ("2.30 PM", "14:30"), ("9am", "09:00"), ("12am", "00:00"), ("12pm", "12:00"),
        ];
        for (typed, time) in cases {
            assert_eq!(read_time(typed).unwrap().format("%H:%M").to_string(), time, "{typed}");
        }
        for typed in ["", "9", "25:00", "9:5", "13pm", "noon", "éé30", "14:60", "=1+1"] {
            assert_eq!(read_time(typed), None, "{typed}");
        }
    }
}
