//! A card's form.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use promise_database::StaffMember;
use promise_protocol::values::{PhoneKind, PhoneNumber};
use promise_services::{OsRandom, ServiceError, cards};
use serde_json::Value;

use crate::{
    App,
    features::cards::{conflict, holder, parse, title},
    kit::{
        format,
        forms::{Choice, Field, Input, MIN_PHONE_ROWS, PhoneRow, Posted, choice, phone_rows},
        page::{
            Mistake, Page,
            response::{self, Answer},
        },
        session::{Session, StaffForm},
        words,
    },
};

struct Row {
    typed: PhoneRow,
    kinds: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "cards/card.html")]
struct Shown {
    page: Page,
    action: String,
    /// The card as it was when the form was made, to find out what changed meanwhile.
    was: String,
    before: Vec<Field>,
    rows: Vec<Row>,
    after: Vec<Field>,
    leave: Vec<String>,
}

/// What the form shows in each field.
struct Typed {
    texts: BTreeMap<&'static str, String>,
    rows: Vec<PhoneRow>,
    hours: String,
    languages: Vec<String>,
    by: Vec<String>,
}

impl Typed {
    fn of(form: &Posted) -> Self {
        let text = |name: &'static str| match name {
            "about" | "voicemail_note" => (name, form.lines(name)),
            _ => (name, form.text(name)),
        };
        Self {
            texts: parse::TEXTS.map(|(name, ..)| text(name)).into(),
            rows: phone_rows(form),
            hours: form.lines("working_pattern"),
            languages: form.all("languages"),
            by: form.all("contact-by"),
        }
    }

    fn of_card(held: &BTreeMap<String, Value>) -> Self {
        let value = |name: &str| held.get(name).cloned().unwrap_or(Value::Null);
        let text = |name: &str| value(name).as_str().unwrap_or_default().to_owned();
        let phones: Vec<PhoneNumber> = serde_json::from_value(value("phones")).unwrap_or_default();
        let mut rows: Vec<PhoneRow> = phones.iter().map(row).collect();
        // One more than there are, so that there is always room for a new one.
        rows.resize((rows.len() + 1).max(MIN_PHONE_ROWS), PhoneRow::default());
        let by = ["text_ok", "whatsapp_ok"].into_iter().filter(|name| value(name) == true);
        Self {
            texts: parse::TEXTS.map(|(name, ..)| (name, text(name))).into(),
            rows,
            hours: format::hours(&value("working_pattern")),
            languages: serde_json::from_value(value("languages")).unwrap_or_default(),
            by: by.map(str::to_owned).collect(),
        }
    }
}

fn row(phone: &PhoneNumber) -> PhoneRow {
    let typed = phone.unknown.get(cards::TYPED).and_then(Value::as_str);
    let kind = phone.kind.as_str();
    PhoneRow {
        number: typed.map_or_else(|| format::number(&phone.number), str::to_owned),
        kind: kind.to_owned(),
        ext: phone.ext.clone().unwrap_or_default(),
        prefer: phone.prefer,
        mistake: String::new(),
    }
}

fn shown(
    session: &Session,
    staff: &StaffMember,
    typed: Typed,
    was: String,
    mistakes: Vec<Mistake>,
) -> Shown {
    let text = |name: &'static str| {
        let value = typed.texts.get(name).cloned().unwrap_or_default();
        let label = parse::TEXTS.iter().find(|(known, ..)| *known == name).map_or("", |it| it.1);
        match name {
            "about" | "voicemail_note" => Field::area(name, label, &value),
            "email" => Field { value, ..Field::new(name, label, Input::Line("email", "wide")) },
            _ => Field::line(name, label, &value),
        }
    };
    let hours = Field::area("working_pattern", "card-hours", &typed.hours).hint("card-hours-hint");
    let by = ["text_ok", "whatsapp_ok"].map(|name| {
        let text = words::t(&format!("by-{}", name.replace('_', "-")));
        Choice { is_chosen: typed.by.iter().any(|it| it == name), ..choice(name, text, "") }
    });
    let by = Field::new("contact-by", "card-by", Input::Checks(by.to_vec()));
    let languages =
        Field::new("languages", "card-languages", Input::Checks(languages(&typed.languages)));
    let before = ["display_name", "role"].map(text);
    let after = [
        by,
        text("email"),
        hours,
        languages,
        text("team").hint("card-optional"),
        text("organisation").hint("card-optional"),
        text("pronouns").hint("card-optional"),
        text("about").hint("card-about-hint"),
        text("voicemail_note").hint("card-voicemail-hint"),
    ];
    let check = |field: Field| field.checked(&mistakes);
    let leave = staff.card.get("leave").unwrap_or(&Value::Null);
    Shown {
        before: before.map(check).to_vec(),
        after: after.map(check).to_vec(),
        rows: rows(typed.rows, &mistakes),
        leave: if leave.is_null() { Vec::new() } else { vec![format::field("leave", leave)] },
        page: session.page(title(session, staff)).mistakes(mistakes),
        action: format!("/console/cards/{}", staff.id),
        was,
    }
}

fn rows(typed: Vec<PhoneRow>, mistakes: &[Mistake]) -> Vec<Row> {
    let with_mistake = |(index, typed): (usize, PhoneRow)| {
        let start = format!("phone-{index}-");
        let own = mistakes.iter().find(|mistake| mistake.field.starts_with(&start));
        let mistake = own.map(|it| it.text.clone()).unwrap_or_default();
        let kinds = PhoneKind::ALL
            .map(|kind| choice(kind.as_str(), format::phone_kind(kind), &typed.kind))
            .to_vec();
        Row { kinds, typed: PhoneRow { mistake, ..typed } }
    };
    typed.into_iter().enumerate().map(with_mistake).collect()
}

fn languages(chosen: &[String]) -> Vec<Choice> {
    let known = format::LANGUAGES.iter().map(|tag| (*tag).to_owned());
    let others = chosen.iter().filter(|tag| !format::LANGUAGES.contains(&tag.as_str())).cloned();
    known
        .chain(others)
        .map(|tag| Choice {
            is_chosen: chosen.contains(&tag),
            ..choice(&tag, format::language(&tag), "")
        })
        .collect()
}

fn json(card: &BTreeMap<String, Value>) -> String {
    serde_json::to_string(card).unwrap_or_default()
}

/// Shows the form.
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path(staff): Path<String>,
) -> Answer {
    let staff = holder(&app, &session, staff).await?;
    let typed = Typed::of_card(&staff.card);
    let was = json(&staff.card);
    Ok(response::page(&shown(&session, &staff, typed, was, Vec::new())))
}

/// Saves the card, once for all, unless somebody else changed it meanwhile.
pub(crate) async fn post(
    State(app): State<App>,
    Path(staff): Path<String>,
    sent: StaffForm,
) -> Answer {
    let StaffForm { session, form } = sent;
    let staff = holder(&app, &session, staff).await?;
    let was = form.raw("was").to_owned();
    let mine = match parse::fields(&form) {
        Ok(mine) => mine,
        Err(mistakes) => {
            let shown = shown(&session, &staff, Typed::of(&form), was, mistakes);
            return Ok(response::not_right(&shown));
        }
    };
    let was: BTreeMap<String, Value> = serde_json::from_str(&was).unwrap_or_default();
    let mine = conflict::changed(&was, mine);
    let choices = conflict::choices(&form);
    let (scope, now, id) = (session.scope.clone(), app.clock.now_millis(), staff.id.clone());
    let saved = app.database.write(move |tx| {
        // Read again where it is written: nobody can come in between.
        let held = scope.card_holder(tx, &id)?;
        match conflict::settle(&was, &held.card, mine, &choices) {
            Ok(fields) => cards::update(tx, &scope, &id, fields, now, &mut OsRandom).map(|_| None),
            Err(conflicts) => Ok(Some((held, conflicts))),
        }
    });
    match saved.await.map_err(|error: ServiceError| error)? {
        None => Ok(response::go(&format!("/console/cards/{}/phones?done=saved", staff.id))),
        Some((held, conflicts)) => Ok(conflict::page(&session, &held, &form, conflicts)),
    }
}
