//! Where a pledge stands: moved within its section or to another, or removed.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use promise_protocol::pack::{Pledge, Promise};
use promise_services::{
    Permission, ServiceError,
    publishing::drafts::{self, DraftRefusal, Fields, WorkingCopy, fingerprint},
};

use crate::{
    App,
    features::promise::{
        HOME, open,
        pledges::find,
        sections::{New, up_or_down},
        target::{self, Target},
        work,
    },
    kit::{
        forms::{Field, Input, Question, choice, field_error},
        page::{
            FieldError,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// Moves a pledge up or down within its section.
pub(super) async fn post_move(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let (scope, now) = (sent.session.scope.clone(), app.clock.now_millis());
    scope.permit(Permission::Edit)?;
    let known = work(&app, &sent.session).await?;
    let section = find(&known.content.promise, &id)?.section.clone();
    let up = up_or_down(&sent.form)?;
    let moved = app.database.write(move |tx| {
        drafts::edit(tx, &scope, &format!("pledge {id}"), now, |promise: &mut Promise| {
            shift(&mut promise.pledges.0, &id, up).ok_or(ServiceError::NotFound("pledge"))
        })
    });
    moved.await?;
    Ok(response::redirect(&format!("{HOME}/sections/{section}?done=moved")))
}

/// Changes places with the next one of the same section; nothing if there is no such pledge.
fn shift(pledges: &mut [Pledge], id: &str, up: bool) -> Option<()> {
    let at = pledges.iter().position(|pledge| pledge.id == id)?;
    let section = pledges.get(at)?.section.clone();
    let is_own = |index: &usize| pledges.get(*index).is_some_and(|it| it.section == section);
    let to = if up { (0..at).rev().find(is_own) } else { (at + 1..pledges.len()).find(is_own) };
    if let Some(to) = to {
        pledges.swap(at, to);
    }
    Some(())
}

fn section_form(
    session: &Session,
    work: &WorkingCopy,
    id: &str,
    chosen: &str,
    errors: Vec<FieldError>,
) -> Result<New, PageError> {
    let promise = &work.content.promise;
    let name = target::title(&find(promise, id)?.title, id);
    let sections = promise.sections.iter();
    let choices = sections.map(|it| choice(&it.id, target::title(&it.title, &it.id), chosen));
    let field = Field::new("section", "field-section", Input::Radios(choices.collect()));
    let home = format!("{HOME}/pledges/{id}");
    Ok(New {
        fields: vec![field.with_error(&errors)],
        page: session.page(words::t("pledge-section")).back(home.clone(), name).with_errors(errors),
        lead: Vec::new(),
        action: format!("{home}/section"),
        button: words::t("promise-save"),
    })
}

/// Shows the form that moves a pledge to another section.
pub(super) async fn get_section(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> PageResult {
    let work = open(&app, &session).await?;
    let now = find(&work.content.promise, &id)?.section.clone();
    Ok(response::render(&section_form(&session, &work, &id, &now, Vec::new())?))
}

/// Moves it there.
pub(super) async fn post_section(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = sent;
    session.scope.permit(Permission::Edit)?;
    let known = work(&app, &session).await?;
    let chosen = form.text("section");
    if !known.content.promise.sections.iter().any(|section| section.id == chosen) {
        let errors = vec![field_error("section-0", "field-section-wrong")];
        return Ok(response::invalid_form(&section_form(&session, &known, &id, &chosen, errors)?));
    }
    let target = Target::Pledge(id.clone());
    let (scope, now, home) = (session.scope.clone(), app.clock.now_millis(), target.home());
    let moved = app.database.write(move |tx| {
        drafts::edit(tx, &scope, &target.what(), now, |promise: &mut Promise| {
            let fields: Fields = BTreeMap::from([("section".to_owned(), chosen.into())]);
            target.put(promise, &fields)
        })
    });
    moved.await?;
    Ok(response::redirect(&format!("{home}?done=moved")))
}

/// Asks before a pledge goes.
pub(super) async fn get_remove(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> PageResult {
    let work = open(&app, &session).await?;
    let pledge = find(&work.content.promise, &id)?;
    let name = target::title(&pledge.title, &id);
    let home = format!("{HOME}/pledges/{id}");
    Ok(response::render(
        &Question::new(
            session
                .page(words::with("pledge-remove-title", "name", &name))
                .back(home.clone(), name),
            format!("{home}/remove"),
            "pledge-remove",
        )
        .lead(words::t("pledge-remove-lead"))
        .lead(words::t("remove-published"))
        .hidden(vec![("seen".into(), fingerprint(pledge))])
        .danger(),
    ))
}

/// Removes a pledge, if it is still what was seen.
pub(super) async fn post_remove(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: StaffForm,
) -> PageResult {
    let (scope, now) = (sent.session.scope.clone(), app.clock.now_millis());
    scope.permit(Permission::Edit)?;
    let known = work(&app, &sent.session).await?;
    let section = find(&known.content.promise, &id)?.section.clone();
    let seen = sent.form.raw("seen").to_owned();
    let removed = app.database.write(move |tx| {
        drafts::edit(tx, &scope, &format!("pledge {id}"), now, |promise: &mut Promise| {
            let held = promise.pledges.0.iter().find(|pledge| pledge.id == id);
            if held.map(fingerprint).as_ref() != Some(&seen) {
                return Err(DraftRefusal::ChangedSinceRead.into());
            }
            promise.pledges.0.retain(|pledge| pledge.id != id);
            Ok(())
        })
    });
    removed.await?;
    Ok(response::redirect(&format!("{HOME}/sections/{section}?done=removed")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_pledge_moves_within_its_section_alone() {
        let pledge = |(id, section): (&str, &str)| -> Pledge {
            let pledge = json!({"id": id, "section": section, "title": {}, "text": {}});
            serde_json::from_value(pledge).unwrap()
        };
        let mut pledges: Vec<Pledge> =
            [("a", "x"), ("b", "y"), ("c", "x"), ("d", "x")].map(pledge).into();
        let mut order = |id: &str, up: bool| {
            shift(&mut pledges, id, up)?;
            Some(pledges.iter().map(|pledge| pledge.id.as_str()).collect::<String>())
        };
        assert_eq!(order("c", true).as_deref(), Some("cbad"));
        assert_eq!(order("c", true).as_deref(), Some("cbad"), "it is the first");
        assert_eq!(order("b", false).as_deref(), Some("cbad"), "it is alone");
        assert_eq!(order("a", false).as_deref(), Some("cbda"));
        assert_eq!(order("e", false), None);
    }
}
