//! Moving a contact up or down by one place.

use axum::extract::{Path, State};
use promise_protocol::ids::PersonId;
use promise_services::{Entity, Permission, ServiceError, address_book};

use crate::{
    App,
    features::people::contacts::contacts_path,
    kit::{
        page::response::{self, PageResult},
        session::StaffForm,
    },
};

/// Moves the contact, and shows the page again.
pub(in crate::features::people) async fn post(
    State(app): State<App>,
    Path(person): Path<PersonId>,
    submitted: StaffForm,
) -> PageResult {
    let (scope, now) = (submitted.session.scope, app.clock.now_millis());
    scope.permit(Permission::ChangePeople)?;
    let is_up = match submitted.form.raw("move") {
        "up" => true,
        "down" => false,
        _ => return Err(ServiceError::NotFound(Entity::Page).into()),
    };
    let contact = submitted.form.raw("contact").to_owned();
    let done = format!("{}?done=contacts-moved", contacts_path(&person));
    let moved = app
        .database
        .write(move |tx| address_book::move_contact(tx, &scope, &person, (&contact, is_up), now));
    moved.await?;
    Ok(response::redirect(&done))
}
