//! The page with a staff member's leave, and who covers.

use askama::Template;
use axum::extract::{Path, State};
use chrono::NaiveDate;
use promise_database::StaffMember;
use promise_protocol::ids::StaffId;
use promise_protocol::values::Leave;
use promise_services::{
    OsRandom,
    assignments::cover_clash::CoverClash,
    calendar::today,
    cards::{self, LeaveChange, LeaveOutcome},
    colleagues,
};
use serde_json::Map;

use crate::{
    App,
    features::cards::{card_holder, card_path, title},
    kit::{
        format::{self, staff_name},
        forms::{Field, FormData, Input, Question, choice, date_parts, field_error, parse_date},
        page::{
            FieldError, Page,
            response::{self, PageError, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// The field with the clashes that the staff member has seen and confirms.
const CONFIRMED: &str = "clashes";

/// A leave that is on the card.
struct Row {
    days: String,
    cover: String,
}

#[derive(Template)]
#[template(path = "cards/leave.html")]
struct LeaveTemplate {
    page: Page,
    action: String,
    rows: Vec<Row>,
    fields: Vec<Field>,
}

/// A new leave as it is typed.
#[derive(Default)]
struct LeaveForm {
    from: [String; 3],
    to: [String; 3],
    cover: String,
}

impl LeaveForm {
    fn read(form: &FormData) -> Self {
        Self {
            from: date_parts(form, "from"),
            to: date_parts(form, "to"),
            cover: form.text("cover"),
        }
    }

    fn parse(
        &self,
        colleagues: &[StaffMember],
        today: NaiveDate,
    ) -> Result<Leave, Vec<FieldError>> {
        let mut errors = Vec::new();
        let from = parse_date(&self.from).ok().flatten();
        let to = parse_date(&self.to).ok().flatten();
        if from.is_none() {
            errors.push(field_error("from-day", "leave-from-wrong"));
        }
        match to {
            None => errors.push(field_error("to-day", "leave-to-wrong")),
            Some(to) if to < today => errors.push(field_error("to-day", "leave-to-over")),
            Some(to) if from.is_some_and(|from| to < from) => {
                errors.push(field_error("to-day", "leave-to-before"));
            }
            Some(_) => {}
        }
        let cover = Some(self.cover.clone()).filter(|cover| !cover.is_empty());
        let is_colleague =
            |id: &String| colleagues.iter().any(|colleague| colleague.id == id.as_str());
        if cover.as_ref().is_some_and(|cover| !is_colleague(cover)) {
            errors.push(field_error("cover", "leave-cover-wrong"));
        }
        match (from, to) {
            (Some(from), Some(to)) if errors.is_empty() => {
                Ok(Leave { from, to, cover, unknown: Map::new() })
            }
            _ => Err(errors),
        }
    }
}

/// A card and the colleagues who can cover.
struct Holder {
    staff: StaffMember,
    colleagues: Vec<StaffMember>,
}

async fn load(app: &App, session: &Session, staff: StaffId) -> Result<Holder, PageError> {
    let staff = card_holder(app, session, staff).await?;
    let council = staff.council.clone();
    let read = app.database.read(move |tx| colleagues::by_name(tx, &council));
    let mut colleagues = read.await?;
    colleagues.retain(|colleague| colleague.id != staff.id && !colleague.is_deactivated());
    Ok(Holder { staff, colleagues })
}

impl Holder {
    fn template(
        &self,
        session: &Session,
        form: LeaveForm,
        errors: Vec<FieldError>,
    ) -> LeaveTemplate {
        let mut covers = vec![choice("", words::t("leave-nobody"), &form.cover)];
        let colleagues = self.colleagues.iter();
        covers
            .extend(colleagues.map(|colleague| {
                choice(colleague.id.as_str(), staff_name(colleague), &form.cover)
            }));
        let fields = [
            Field::new("from", "leave-from", Input::Date(form.from)).hint("date-hint"),
            Field::new("to", "leave-to", Input::Date(form.to)).hint("date-hint"),
            Field::new("cover", "leave-cover", Input::Select(covers)).hint("leave-cover-hint"),
        ];
        let leave = self.staff.card.leave();
        LeaveTemplate {
            fields: fields.map(|field| field.with_error(&errors)).to_vec(),
            rows: leave.iter().map(|leave| self.row(leave)).collect(),
            page: session
                .page(words::t("leave-title"))
                .back(card_path(&self.staff.id), title(session, &self.staff))
                .with_errors(errors),
            action: format!("{}/leave", card_path(&self.staff.id)),
        }
    }

    fn row(&self, leave: &Leave) -> Row {
        let cover = leave.cover.as_ref();
        let cover =
            cover.and_then(|id| self.colleagues.iter().find(|staff| staff.id == id.as_str()));
        Row {
            days: format::leave_days(leave),
            cover: cover.map_or_else(
                || words::t("leave-no-cover"),
                |staff| words::with("leave-covered", "name", &staff_name(staff)),
            ),
        }
    }
}

/// Shows the leave on the card, and a form for another one.
pub(super) async fn get(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<StaffId>,
) -> PageResult {
    let holder = load(&app, &session, staff).await?;
    Ok(response::render(&holder.template(&session, LeaveForm::default(), Vec::new())))
}

/// Asks whether to save a leave although a colleague who covers is away too.
fn question(
    session: &Session,
    holder: &Holder,
    form: &FormData,
    clashes: &[CoverClash],
) -> Question {
    let path = format!("{}/leave", card_path(&holder.staff.id));
    let page =
        session.page(words::t("leave-clash-title")).back(path.clone(), words::t("leave-title"));
    let mut hidden = form.fields_except(&["csrf", CONFIRMED]);
    hidden.push((CONFIRMED.to_owned(), serde_json::to_string(clashes).unwrap_or_default()));
    Question::new(page, path, "leave-clash-button")
        .lead(words::t("leave-clash-lead"))
        .list(clashes.iter().map(format::cover_clash).collect())
        .hidden(hidden)
}

/// Adds or removes a leave. Asks first if a colleague who covers would be away too.
pub(super) async fn post(
    State(app): State<App>,
    Path(staff): Path<StaffId>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    let holder = load(&app, &session, staff).await?;
    let now = app.clock.now_millis();
    let change = if let Ok(index) = form.raw("remove").parse() {
        LeaveChange::Remove(index)
    } else {
        let leave_form = LeaveForm::read(&form);
        match leave_form.parse(&holder.colleagues, today(now)) {
            Ok(leave) => LeaveChange::Add(leave),
            Err(errors) => {
                let template = holder.template(&session, leave_form, errors);
                return Ok(response::invalid_form(&template));
            }
        }
    };
    let confirmed: Vec<CoverClash> = serde_json::from_str(form.raw(CONFIRMED)).unwrap_or_default();
    let (scope, id) = (session.scope.clone(), holder.staff.id.clone());
    let saved = app.database.write(move |tx| {
        cards::change_leave(tx, &scope, &id, (change, &confirmed), now, &mut OsRandom)
    });
    match saved.await? {
        LeaveOutcome::Saved(_) => {
            let done = format!("{}/phones?done=leave", card_path(&holder.staff.id));
            Ok(response::redirect(&done))
        }
        LeaveOutcome::NeedsConfirmation(clashes) => {
            Ok(response::render(&question(&session, &holder, &form, &clashes)))
        }
    }
}
