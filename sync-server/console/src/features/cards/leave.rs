//! Who is away, and who covers.

use askama::Template;
use axum::extract::{Path, State};
use promise_database::StaffMember;
use promise_protocol::values::Leave;
use promise_services::{OsRandom, ServiceError, calendar::today, cards};
use serde_json::{Map, Value};

use crate::{
    App,
    features::cards::{holder, title},
    kit::{
        format::{self, staff_name},
        forms::{Field, Input, Posted, choice, date, date_parts, mistake},
        page::{
            Mistake, Page,
            response::{self, Answer},
        },
        session::{Session, StaffForm},
        words::{self, times},
    },
};

/// A time away that is on the card.
struct Away {
    days: String,
    cover: String,
}

#[derive(Template)]
#[template(path = "cards/leave.html")]
struct Shown {
    page: Page,
    action: String,
    away: Vec<Away>,
    fields: Vec<Field>,
}

#[derive(Default)]
struct Typed {
    from: [String; 3],
    to: [String; 3],
    cover: String,
}

/// Whose card it is, and their colleagues.
async fn find(
    app: &App,
    session: &Session,
    staff: String,
) -> Result<(StaffMember, Vec<StaffMember>), response::Failure> {
    let staff = holder(app, session, staff).await?;
    let council = staff.council.clone();
    let all = app.database.read(move |tx| Ok::<_, ServiceError>(tx.staff_of(&council)?)).await?;
    let colleagues =
        all.into_iter().filter(|it| it.id != staff.id && !it.is_deactivated()).collect();
    Ok((staff, colleagues))
}

fn shown(
    session: &Session,
    (staff, colleagues): &(StaffMember, Vec<StaffMember>),
    typed: Typed,
    mistakes: Vec<Mistake>,
) -> Shown {
    let mut covers = vec![choice("", words::t("leave-nobody"), &typed.cover)];
    covers.extend(colleagues.iter().map(|it| choice(&it.id, staff_name(it), &typed.cover)));
    let fields = [
        Field::new("from", "leave-from", Input::Date(typed.from)).hint("date-hint"),
        Field::new("to", "leave-to", Input::Date(typed.to)).hint("date-hint"),
        Field::new("cover", "leave-cover", Input::Select(covers)).hint("leave-cover-hint"),
    ];
    let leave = format::leave(staff.card.get("leave").unwrap_or(&Value::Null));
    Shown {
        fields: fields.map(|field| field.checked(&mistakes)).to_vec(),
        away: leave.iter().map(|leave| away(leave, colleagues)).collect(),
        page: session
            .page(words::t("leave-title"))
            .back(format!("/console/cards/{}", staff.id), title(session, staff))
            .mistakes(mistakes),
        action: format!("/console/cards/{}/leave", staff.id),
    }
}

fn away(leave: &Leave, colleagues: &[StaffMember]) -> Away {
    let days = [("from", times::day(leave.from).into()), ("to", times::day(leave.to).into())];
    let cover = leave.cover.as_ref();
    let cover = cover.and_then(|cover| colleagues.iter().find(|it| &it.id == cover));
    Away {
        days: words::say("leave-days", &days),
        cover: cover.map_or_else(
            || words::t("leave-no-cover"),
            |it| words::with("leave-covered", "name", &staff_name(it)),
        ),
    }
}

/// Shows the times away, and a form for one more.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<String>,
) -> Answer {
    let found = find(&app, &session, staff).await?;
    Ok(response::page(&shown(&session, &found, Typed::default(), Vec::new())))
}

/// Adds a time away, or takes one off.
pub(crate) async fn post(
    State(app): State<App>,
    Path(staff): Path<String>,
    sent: StaffForm,
) -> Answer {
    let StaffForm { session, form } = sent;
    let found = find(&app, &session, staff).await?;
    let now = app.clock.now_millis();
    let change = match read(&form, &found.1, today(now)) {
        Ok(change) => change,
        Err(mistakes) => {
            let typed = Typed {
                from: date_parts(&form, "from"),
                to: date_parts(&form, "to"),
                cover: form.text("cover"),
            };
            return Ok(response::not_right(&shown(&session, &found, typed, mistakes)));
        }
    };
    let (scope, id) = (session.scope.clone(), found.0.id.clone());
    let done = app.database.write(move |tx| {
        let held = scope.card_holder(tx, &id)?;
        let mut leave = format::leave(held.card.get("leave").unwrap_or(&Value::Null));
        match change {
            Change::Add(new) => leave.push(new),
            Change::Remove(index) if index < leave.len() => drop(leave.remove(index)),
            Change::Remove(_) => return Ok(0),
        }
        leave.retain(|leave| leave.to >= today(now));
        leave.sort_by_key(|leave| leave.from);
        let leave = serde_json::to_value(leave).unwrap_or(Value::Null);
        let fields = [("leave".to_owned(), leave)].into();
        cards::update(tx, &scope, &id, fields, now, &mut OsRandom)
    });
    done.await.map_err(|error: ServiceError| error)?;
    Ok(response::go(&format!("/console/cards/{}/phones?done=leave", found.0.id)))
}

#[derive(Clone)]
enum Change {
    Add(Leave),
    Remove(usize),
}

fn read(
    form: &Posted,
    colleagues: &[StaffMember],
    today: chrono::NaiveDate,
) -> Result<Change, Vec<Mistake>> {
    if let Ok(index) = form.raw("remove").parse() {
        return Ok(Change::Remove(index));
    }
    let mut mistakes = Vec::new();
    let from = date(&date_parts(form, "from")).flatten();
    let to = date(&date_parts(form, "to")).flatten();
    if from.is_none() {
        mistakes.push(mistake("from-day", "leave-from-wrong"));
    }
    match to {
        None => mistakes.push(mistake("to-day", "leave-to-wrong")),
        Some(to) if to < today => mistakes.push(mistake("to-day", "leave-to-over")),
        Some(to) if from.is_some_and(|from| to < from) => {
            mistakes.push(mistake("to-day", "leave-to-before"));
        }
        Some(_) => {}
    }
    let cover = Some(form.text("cover")).filter(|it| !it.is_empty());
    if cover.as_ref().is_some_and(|cover| !colleagues.iter().any(|it| &it.id == cover)) {
        mistakes.push(mistake("cover", "leave-cover-wrong"));
    }
    match (from, to) {
        (Some(from), Some(to)) if mistakes.is_empty() => {
            Ok(Change::Add(Leave { from, to, cover, unknown: Map::new() }))
        }
        _ => Err(mistakes),
    }
}
