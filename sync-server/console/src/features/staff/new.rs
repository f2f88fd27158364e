//! The page that adds a staff member: the first fields of their card, their role and a link with
//! which they choose a password.

use axum::{extract::State, http::HeaderMap};
use promise_edition::email;
use promise_protocol::schema;
use promise_services::{
    OsRandom, Permission, ServiceError, StaffRole,
    cards::CardEdit,
    dual_control::{self, DualControlRefusal},
    staff,
};

use crate::{
    App,
    features::staff::{
        Outcome, link_page, reason_error, reason_field, redirect_to_request,
        sign_in::{LINK_MINUTES, role_field, sign_in_errors},
    },
    kit::{
        forms::{Field, FormData, Question, field_error, too_long_error},
        page::{
            FieldError,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// The fields of the card: the field of the form, the field of the card, and the key of its label.
/// The card's `role` is a job title that young people read, so the form has another name for it.
const CARD: [(&str, &str, &str); 4] = [
    ("display_name", "display_name", "card-display-name"),
    ("job", "role", "staff-job"),
    ("team", "team", "card-team"),
    ("email", "email", "card-email"),
];

/// A new staff member as they are typed.
#[derive(Default)]
struct StaffMemberForm {
    card: [String; 4],
    sign_in: String,
    role: String,
    reason: String,
}

impl StaffMemberForm {
    fn read(form: &FormData) -> Self {
        let text = |name| if name == "email" { form.plain(name) } else { form.text(name) };
        Self {
            card: CARD.map(|(name, ..)| text(name)),
            sign_in: form.text("name"),
            role: form.text("role"),
            reason: form.lines("reason"),
        }
    }

    fn fields(
        &self,
    ) -> impl Iterator<Item = (&(&'static str, &'static str, &'static str), &String)> {
        CARD.iter().zip(&self.card)
    }

    fn validate(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        for ((name, card_field, label), text) in self.fields() {
            if text.is_empty() && *name == "display_name" {
                errors.push(field_error(name, "card-display-name-missing"));
            }
            let max = schema::CONTACT.field(card_field).and_then(schema::Field::max_chars);
            if let Some(max) = max.filter(|max| text.chars().count() > *max) {
                errors.push(too_long_error(name, label, max));
            }
            if *name == "email" && !text.is_empty() && !email::is_valid(text) {
                errors.push(field_error(name, "card-email-wrong"));
            }
        }
        errors.extend(sign_in_errors(&self.sign_in, &self.role));
        errors
    }

    /// Returns the fields of the card that are filled in.
    fn card(&self) -> Result<CardEdit, ServiceError> {
        let filled = self.fields().filter(|(_, text)| !text.is_empty());
        let field = |((_, card_field, _), text): (&(_, &str, _), &String)| {
            ((*card_field).to_owned(), text.clone().into())
        };
        CardEdit::new(filled.map(field).collect())
    }

    fn display_name(&self) -> &str {
        let [name, ..] = &self.card;
        name
    }

    fn question(&self, session: &Session, errors: Vec<FieldError>) -> Question {
        let card = self.fields().map(|((name, _, label), text)| match *name {
            "email" => Field::email(name, label, text),
            "job" => Field::line(name, label, text).hint("staff-job-hint"),
            _ => Field::line(name, label, text),
        });
        let sign_in = Field::line("name", "staff-name", &self.sign_in).hint("staff-name-hint");
        let fields = card.chain([sign_in, role_field(&self.role), reason_field(&self.reason)]);
        let fields = fields.map(|field| field.with_error(&errors)).collect();
        let page = session
            .page(words::t("staff-new"))
            .back("/console/staff", words::t("nav-staff"))
            .with_errors(errors);
        Question::new(page, "/console/staff/new", "staff-new-button")
            .lead(words::t("staff-new-lead"))
            .fields(fields)
    }
}

/// Shows an empty form.
pub(super) async fn get(session: Session) -> PageResult {
    session.scope.permit(Permission::ManageStaff)?;
    Ok(response::render(&StaffMemberForm::default().question(&session, Vec::new())))
}

/// Adds the staff member, and shows their link.
pub(super) async fn post(
    State(app): State<App>,
    headers: HeaderMap,
    submitted: StaffForm,
) -> PageResult {
    submitted.session.scope.permit(Permission::ManageStaff)?;
    let StaffForm { session, form } = submitted.require_recent_login()?;
    let form = StaffMemberForm::read(&form);
    let errors = form.validate();
    let Some(role) = form.role.parse::<StaffRole>().ok().filter(|_| errors.is_empty()) else {
        return Ok(response::invalid_form(&form.question(&session, errors)));
    };
    let (scope, now) = (session.scope.clone(), app.clock.now_millis());
    let (name, card, reason) = (form.sign_in.clone(), form.card()?, form.reason.clone());
    let added = app.database.write(move |tx| {
        let (random, sign_in) = (&mut OsRandom, (name.as_str(), role));
        if dual_control::is_privileged(role) {
            let asked = staff::add_and_ask(tx, &scope, sign_in, card, &reason, now, random);
            return asked.map(|(_, id)| Outcome::Asked(id));
        }
        let added = staff::add_with_sign_in(tx, &scope, sign_in, card, LINK_MINUTES, now, random);
        added.map(|(_, token)| Outcome::Link(token))
    });
    match added.await {
        Ok(Outcome::Link(token)) => {
            let title = words::with("staff-sign-in-title", "name", form.display_name());
            let page = session.page(title).back("/console/staff", words::t("nav-staff"));
            Ok(link_page(page, &app, &headers, &token))
        }
        Ok(Outcome::Asked(id)) => Ok(redirect_to_request(&id)),
        Ok(Outcome::Done) => Ok(response::redirect("/console/staff")),
        Err(ServiceError::DualControl(DualControlRefusal::NoReason)) => {
            Ok(response::invalid_form(&form.question(&session, vec![reason_error()])))
        }
        Err(ServiceError::AlreadyExists(_)) => {
            let errors = vec![field_error("name", "staff-name-taken")];
            Ok(response::invalid_form(&form.question(&session, errors)))
        }
        Err(error) => Err(error.into()),
    }
}
