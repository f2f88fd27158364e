//! Young people: the list, a person's page, and what advisers and managers do there.

mod adviser;
mod appointment;
mod appointment_form;
mod ask;
mod confirm_phone;
mod contacts;
mod invite;
mod label_form;
mod list;
mod new;
mod pairing;
mod person;
mod phone;
mod reference_form;
mod relink;
mod shown_timescale;
mod subject_access;
mod subject_access_file;
mod timescale;
mod unpair;

use promise_database::{Person, Tx};
use promise_protocol::ids::PersonId;
use promise_services::{
    Permission, ServiceError, StaffRole, StaffScope,
    people::label::{self, PersonLabel},
};

use crate::{
    App,
    kit::{
        feature::{Feature, NavItem, Route},
        format::person_name,
        page::Page,
        session::Session,
    },
};

/// The feature's routes and navigation entries.
pub(crate) const FEATURE: Feature = Feature {
    routes,
    navigation: &[NavItem {
        path: "/console/people",
        label: "nav-people",
        permission: Permission::SeePeople,
        unless: None,
        start_for: &[StaffRole::Adviser, StaffRole::Manager],
    }],
};

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    vec![
        Route::get("/console/people", list::get),
        Route::get("/console/people/new", new::get),
        Route::post("/console/people/new", new::post),
        Route::get("/console/people/{person}", person::get),
        Route::get("/console/people/{person}/adviser", adviser::get),
        Route::post("/console/people/{person}/adviser", adviser::post),
        Route::get("/console/people/{person}/appointments/new", appointment::get_new),
        Route::post("/console/people/{person}/appointments/new", appointment::post_new),
        Route::get("/console/people/{person}/appointments/{id}", appointment::get),
        Route::post("/console/people/{person}/appointments/{id}", appointment::post),
        Route::post("/console/people/{person}/appointments/{id}/cancel", appointment::post_cancel),
        Route::get("/console/people/{person}/asks/{ask}", ask::get),
        Route::post("/console/people/{person}/asks/{ask}", ask::post),
        Route::get("/console/people/{person}/codes/{code}", pairing::get),
        Route::post("/console/people/{person}/codes/{code}", pairing::post),
        Route::get("/console/people/{person}/contacts", contacts::overview::get),
        Route::get("/console/people/{person}/contacts/give", contacts::give::get),
        Route::post("/console/people/{person}/contacts/give", contacts::give::post),
        Route::get("/console/people/{person}/contacts/new", contacts::new::get),
        Route::post("/console/people/{person}/contacts/new", contacts::new::post),
        Route::get("/console/people/{person}/contacts/only", contacts::new::get_only),
        Route::post("/console/people/{person}/contacts/only", contacts::new::post_only),
        Route::post("/console/people/{person}/contacts/order", contacts::order::post),
        Route::get("/console/people/{person}/contacts/{entry}/end", contacts::end::get),
        Route::post("/console/people/{person}/contacts/{entry}/end", contacts::end::post),
        Route::get("/console/people/{person}/export", subject_access::get),
        Route::post("/console/people/{person}/export", subject_access::post),
        Route::get("/console/people/{person}/invite", invite::get),
        Route::post("/console/people/{person}/invite", invite::post),
        Route::get("/console/people/{person}/label", label_form::get),
        Route::post("/console/people/{person}/label", label_form::post),
        Route::get("/console/people/{person}/reference", reference_form::get),
        Route::post("/console/people/{person}/reference", reference_form::post),
        Route::get("/console/people/{person}/relink", relink::get),
        Route::post("/console/people/{person}/relink", relink::post),
        Route::get("/console/people/{person}/timescales/{timescale}", timescale::get),
        Route::post("/console/people/{person}/timescales/{timescale}", timescale::post),
        Route::get("/console/people/{person}/phones/{phone}/confirm", confirm_phone::get),
        Route::post("/console/people/{person}/phones/{phone}/confirm", confirm_phone::post),
        Route::get("/console/people/{person}/phones/{phone}/unpair", unpair::get),
        Route::post("/console/people/{person}/phones/{phone}/unpair", unpair::post),
    ]
}

/// Returns the path of a young person's page.
fn person_path(id: &PersonId) -> String {
    format!("/console/people/{id}")
}

/// A young person, with their label if they are in the caller's caseload.
struct NamedPerson {
    person: Person,
    label: Option<PersonLabel>,
}

impl NamedPerson {
    /// Adds the label to a person whom the caller may see.
    fn load(tx: &mut dyn Tx, scope: &StaffScope, person: Person) -> Result<Self, ServiceError> {
        let label = label::find(tx, scope, &person.id)?;
        Ok(Self { person, label })
    }

    /// Returns how the caller refers to the person.
    fn name(&self) -> String {
        person_name(&self.person, self.label.as_ref())
    }

    /// Starts a page about the person, with a link back to theirs.
    fn page(&self, session: &Session, title: String) -> Page {
        session.page(title).back(person_path(&self.person.id), self.name())
    }
}

/// Reads a person whom the caller may change.
async fn person_to_change(
    app: &App,
    scope: &StaffScope,
    id: PersonId,
) -> Result<NamedPerson, ServiceError> {
    let scope = scope.clone();
    let read = app.database.read(move |tx| {
        let person = scope.person_to_change(tx, &id)?;
        NamedPerson::load(tx, &scope, person)
    });
    read.await
}
