//! Adding a young person, and giving one an adviser, for managers.

use axum::extract::{Path, State};

use super::{
    super::{
        answer::{self, Answer, Failure},
        card,
        form::{Field, Input, choice, mistake, too_long},
        page::{Mistake, Page},
        question::Question,
        request::{Sent, Visit},
        words,
    },
    called,
};
use crate::{
    routes::App,
    service::{Act, OsRandom, ServiceError, people, team},
    store::{Person, StaffMember},
};

/// The most characters of a reference.
const MOST: usize = 60;

/// Everybody who could look after young people, for whoever gives them an adviser.
async fn colleagues(app: &App, visit: &Visit) -> Result<Vec<StaffMember>, Failure> {
    let scope = visit.scope.clone();
    let read = app.readers.run(move |tx| {
        scope.permit(Act::GivePeople)?;
        team::advisers(tx, &scope)
    });
    read.await.map_err(|error: ServiceError| error.into())
}

fn advisers(colleagues: &[StaffMember], first: &str, chosen: &str) -> Field {
    let mut all = vec![choice("", words::t(first), chosen)];
    all.extend(colleagues.iter().map(|it| choice(&it.id, card::name(it), chosen)));
    Field::new("adviser", "people-adviser", Input::Select(all))
}

fn asked(
    visit: &Visit,
    colleagues: &[StaffMember],
    (reference, adviser): (&str, &str),
    mistakes: Vec<Mistake>,
) -> Question {
    let fields = vec![
        Field::line("reference", "people-reference", reference)
            .hint("people-reference-hint")
            .checked(&mistakes),
        advisers(colleagues, "people-adviser-none", adviser).checked(&mistakes),
    ];
    let page = Page::of(visit, words::t("people-new"))
        .back("/console/people".into(), words::t("nav-people"))
        .mistakes(mistakes);
    Question::asking(page, "/console/people/new".into(), "people-new-button")
        .lead(words::t("people-new-lead"))
        .fields(fields)
}

/// Shows an empty form.
pub(in crate::console) async fn show(State(app): State<App>, visit: Visit) -> Answer {
    let colleagues = colleagues(&app, &visit).await?;
    Ok(answer::page(&asked(&visit, &colleagues, ("", ""), Vec::new())))
}

/// Adds them, and goes to their page.
pub(in crate::console) async fn send(State(app): State<App>, sent: Sent) -> Answer {
    let Sent { visit, form } = sent;
    let colleagues = colleagues(&app, &visit).await?;
    let (reference, adviser) = (form.text("reference"), form.text("adviser"));
    let mut mistakes = Vec::new();
    if reference.is_empty() {
        mistakes.push(mistake("reference", "people-reference-missing"));
    } else if reference.chars().count() > MOST {
        mistakes.push(too_long("reference", "people-reference", MOST));
    }
    if !adviser.is_empty() && !colleagues.iter().any(|it| it.id == adviser) {
        mistakes.push(mistake("adviser", "hand-over-to-missing"));
    }
    if !mistakes.is_empty() {
        let typed = (reference.as_str(), adviser.as_str());
        return Ok(answer::not_right(&asked(&visit, &colleagues, typed, mistakes)));
    }
    let (scope, now) = (visit.scope.clone(), app.clock.now_millis());
    let (name, given) = (reference.clone(), adviser.clone());
    let added = app.writer.run(move |tx| {
        let given = Some(given.as_str()).filter(|it| !it.is_empty());
        people::welcome(tx, &scope, &name, given, now, &mut OsRandom)
    });
    match added.await {
        Ok(person) => Ok(answer::go(&format!("/console/people/{person}?done=added"))),
        Err(ServiceError::Taken(_)) => {
            let mistakes = vec![mistake("reference", "people-reference-taken")];
            let typed = (reference.as_str(), adviser.as_str());
            Ok(answer::not_right(&asked(&visit, &colleagues, typed, mistakes)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The young person, and the colleagues who do not look after them.
async fn others(
    app: &App,
    visit: &Visit,
    id: String,
) -> Result<(Person, Vec<StaffMember>), Failure> {
    let mut colleagues = colleagues(app, visit).await?;
    let scope = visit.scope.clone();
    let read = app.readers.run(move |tx| {
        let person = scope.person_to_change(tx, &id)?;
        let assigned = tx.assignments_for(&person.id)?;
        Ok::<_, ServiceError>((person, assigned))
    });
    let (person, assigned) = read.await?;
    colleagues.retain(|it| !assigned.iter().any(|assigned| assigned.staff == it.id));
    Ok((person, colleagues))
}

fn giving(
    visit: &Visit,
    person: &Person,
    colleagues: &[StaffMember],
    mistakes: Vec<Mistake>,
) -> Question {
    let field = advisers(colleagues, "hand-over-choose", "").checked(&mistakes);
    let name = called(&person.id, person.reference.as_deref());
    let page = Page::of(visit, words::with("people-give-title", "name", &name))
        .back(format!("/console/people/{}", person.id), name)
        .mistakes(mistakes);
    let action = format!("/console/people/{}/adviser", person.id);
    Question::asking(page, action, "people-give-button")
        .lead(words::t("people-give-lead"))
        .fields(vec![field])
}

/// Asks who is to look after somebody too.
pub(in crate::console) async fn show_adviser(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<String>,
) -> Answer {
    let (person, colleagues) = others(&app, &visit, id).await?;
    Ok(answer::page(&giving(&visit, &person, &colleagues, Vec::new())))
}

/// Gives them an adviser, who is on their phones from now on.
pub(in crate::console) async fn send_adviser(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Sent,
) -> Answer {
    let Sent { visit, form } = sent;
    let (person, colleagues) = others(&app, &visit, id).await?;
    let adviser = form.text("adviser");
    if !colleagues.iter().any(|it| it.id == adviser) {
        let mistakes = vec![mistake("adviser", "hand-over-to-missing")];
        return Ok(answer::not_right(&giving(&visit, &person, &colleagues, mistakes)));
    }
    let (scope, now, id) = (visit.scope, app.clock.now_millis(), person.id.clone());
    let given =
        app.writer.run(move |tx| people::give(tx, &scope, &id, &adviser, now, &mut OsRandom));
    given.await?;
    app.nudges.wake();
    Ok(answer::go(&format!("/console/people/{}?done=given", person.id)))
}
