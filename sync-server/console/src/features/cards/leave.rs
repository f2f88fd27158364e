//! The page with the leave on a card, and who covers: a colleague, or for an entry another one.

use askama::Template;
use axum::extract::{Path, State};
use chrono::NaiveDate;
use promise_database::Tx;
use promise_protocol::values::Leave;
use promise_services::{
    OsRandom, ServiceError, StaffScope, address_book,
    assignments::cover_clash::CoverClash,
    calendar::today,
    cards::{self, CardHolder, CardId, LeaveChange, LeaveOutcome},
    colleagues,
};
use serde::de::DeserializeOwned;
use serde_json::Map;

use crate::{
    App,
    features::cards::{CardKind, card_path, read_card, title},
    kit::{
        format,
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
    lead: String,
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
        covers: &[(String, String)],
        kind: CardKind,
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
        let can_cover = |id: &String| covers.iter().any(|(cover, _)| cover == id);
        if cover.as_ref().is_some_and(|cover| !can_cover(cover)) {
            errors.push(field_error("cover", &kind.key("leave-cover-wrong")));
        }
        match (from, to) {
            (Some(from), Some(to)) if errors.is_empty() => {
                Ok(Leave { from, to, cover, unknown: Map::new() })
            }
            _ => Err(errors),
        }
    }
}

/// A card, and who can cover.
struct Holder {
    holder: CardHolder,
    /// Id and name of each who can cover, by name.
    covers: Vec<(String, String)>,
}

impl Holder {
    fn find(tx: &mut dyn Tx, scope: &StaffScope, card: &CardId) -> Result<Self, ServiceError> {
        let holder = CardHolder::find(tx, scope, card)?;
        let covers = match &holder {
            CardHolder::Staff(staff) => {
                let mut colleagues = colleagues::by_name(tx, &staff.council)?;
                colleagues.retain(|other| other.id != staff.id && !other.is_deactivated());
                let colleagues = colleagues.into_iter();
                colleagues.map(|it| (it.id.as_str().to_owned(), it.name().to_owned())).collect()
            }
            CardHolder::Entry(entry) => {
                let others = address_book::list(tx, scope)?.into_iter();
                let others = others.filter(|other| other.id != entry.id);
                others.map(|it| (it.id.as_str().to_owned(), it.name().to_owned())).collect()
            }
        };
        Ok(Self { holder, covers })
    }

    async fn load(app: &App, session: &Session, card: CardId) -> Result<Self, PageError> {
        read_card(app, session, card, Self::find).await
    }

    fn id(&self) -> CardId {
        self.holder.id()
    }

    fn template(
        &self,
        session: &Session,
        form: LeaveForm,
        errors: Vec<FieldError>,
    ) -> LeaveTemplate {
        let id = self.id();
        let kind = CardKind::from(&id);
        let mut covers = vec![choice("", words::t("leave-nobody"), &form.cover)];
        let others = self.covers.iter();
        covers.extend(others.map(|(id, name)| choice(id, name.clone(), &form.cover)));
        let fields = [
            Field::new("from", "leave-from", Input::Date(form.from)).hint("date-hint"),
            Field::new("to", "leave-to", Input::Date(form.to)).hint("date-hint"),
            Field::new("cover", "leave-cover", Input::Select(covers))
                .hint(&kind.key("leave-cover-hint")),
        ];
        let leave = self.holder.card().leave();
        LeaveTemplate {
            fields: fields.map(|field| field.with_error(&errors)).to_vec(),
            rows: leave.iter().map(|leave| self.row(leave)).collect(),
            page: session
                .page(words::t("leave-title"))
                .back(card_path(&id), title(session, &self.holder))
                .with_errors(errors),
            lead: kind.t("leave-lead"),
            action: format!("{}/leave", card_path(&id)),
        }
    }

    fn row(&self, leave: &Leave) -> Row {
        let cover = leave.cover.as_ref();
        let cover = cover.and_then(|cover| self.covers.iter().find(|(id, _)| id == cover));
        Row {
            days: format::leave_days(leave),
            cover: cover.map_or_else(
                || words::t("leave-no-cover"),
                |(_, name)| words::with("leave-covered", "name", name),
            ),
        }
    }
}

/// Shows the leave on the card, and a form for another one.
pub(super) async fn get<I: Into<CardId> + DeserializeOwned + Send>(
    State(app): State<App>,
    session: Session,
    Path(card): Path<I>,
) -> PageResult {
    let holder = Holder::load(&app, &session, card.into()).await?;
    Ok(response::render(&holder.template(&session, LeaveForm::default(), Vec::new())))
}

/// Asks whether to save a leave although the colleague or entry that covers is away too.
fn question(
    session: &Session,
    holder: &Holder,
    form: &FormData,
    clashes: &[CoverClash],
) -> Question {
    let id = holder.id();
    let (kind, path) = (CardKind::from(&id), format!("{}/leave", card_path(&id)));
    let page =
        session.page(kind.t("leave-clash-title")).back(path.clone(), words::t("leave-title"));
    let mut hidden = form.fields_except(&["csrf", CONFIRMED]);
    hidden.push((CONFIRMED.to_owned(), serde_json::to_string(clashes).unwrap_or_default()));
    Question::new(page, path, "leave-clash-button")
        .lead(kind.t("leave-clash-lead"))
        .list(clashes.iter().map(format::cover_clash).collect())
        .hidden(hidden)
}

/// Adds or removes a leave. Asks first if the colleague or entry that covers would be away too.
pub(super) async fn post<I: Into<CardId> + DeserializeOwned + Send>(
    State(app): State<App>,
    Path(card): Path<I>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    let holder = Holder::load(&app, &session, card.into()).await?;
    let now = app.clock.now_millis();
    let leave_form = LeaveForm::read(&form);
    let change = if let Ok(index) = form.raw("remove").parse() {
        LeaveChange::Remove(index)
    } else {
        let kind = CardKind::from(&holder.id());
        match leave_form.parse(&holder.covers, kind, today(now)) {
            Ok(leave) => LeaveChange::Add(leave),
            Err(errors) => {
                let template = holder.template(&session, leave_form, errors);
                return Ok(response::invalid_form(&template));
            }
        }
    };
    let confirmed: Vec<CoverClash> = serde_json::from_str(form.raw(CONFIRMED)).unwrap_or_default();
    let (scope, id) = (session.scope.clone(), holder.id());
    let saved = app.database.write(move |tx| {
        cards::change_leave(tx, &scope, &id, (change, &confirmed), now, &mut OsRandom)
    });
    match saved.await? {
        LeaveOutcome::Saved(_) => {
            let id = holder.id();
            let done = CardKind::from(&id).done("leave");
            Ok(response::redirect(&format!("{}/phones?done={done}", card_path(&id))))
        }
        LeaveOutcome::NeedsConfirmation(clashes) => {
            Ok(response::render(&question(&session, &holder, &form, &clashes)))
        }
        LeaveOutcome::NeverAtWork => {
            let kind = CardKind::from(&holder.id());
            let errors = vec![field_error("from-day", &kind.key("leave-outside-hours"))];
            Ok(response::invalid_form(&holder.template(&session, leave_form, errors)))
        }
    }
}
