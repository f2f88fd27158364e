//! Two staff members who change the same card: the second one sees what changed, and chooses.

use std::collections::BTreeMap;

use axum::response::Response;
use promise_protocol::schema;
use promise_services::{FieldConflict, cards::CardHolder};

use crate::{
    features::cards::{
        CardKind, card_path,
        form::{label_key, shown_value},
        title,
    },
    kit::{
        forms::{ConflictField, ConflictTemplate, FormData, Side},
        page::response,
        session::Session,
        words,
    },
};

/// Reads the choices between two values: by field, `true` for the submitted one.
pub(super) fn choices(form: &FormData) -> BTreeMap<String, bool> {
    let choice = |name: &&str| Some(((*name).to_owned(), Side::read(form, name)? == Side::Mine));
    schema::CARD.iter().filter_map(choice).collect()
}

fn conflict_field(conflict: FieldConflict, kind: CardKind) -> Option<ConflictField> {
    let field = schema::CONTACT.field(&conflict.field)?;
    let formatted = |value| shown_value(field, value, kind);
    let (theirs, mine) = (formatted(&conflict.theirs), formatted(&conflict.mine));
    Some(ConflictField::new(conflict.field, words::t(&label_key(field, kind)), theirs, mine))
}

/// Shows both values of each field.
pub(super) fn page(
    session: &Session,
    holder: &CardHolder,
    form: &FormData,
    conflicts: Vec<FieldConflict>,
) -> Response {
    let title = words::with("card-conflict-title", "card", &title(session, holder));
    let (id, conflicts) = (holder.id(), conflicts.into_iter());
    let kind = CardKind::from(&id);
    response::conflict(&ConflictTemplate {
        page: session.page(title),
        lead: words::t("card-conflict-lead"),
        action: card_path(&id),
        hidden: form.fields(),
        fields: conflicts.filter_map(|conflict| conflict_field(conflict, kind)).collect(),
        button: words::t("card-button"),
    })
}
