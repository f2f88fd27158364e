//! What of the log is wanted: whom it is about, who, what, and when. It stands in the address.

use chrono::NaiveDate;
use promise_database::{AuditFilter, StaffMember, Tx};
use promise_services::{ServiceError, StaffScope, calendar, people};
use serde::Deserialize;

use crate::kit::{
    format::staff_name,
    forms::{Field, Input, InvalidDate, choice, field_error, parse_date},
    page::FieldError,
    url::with_query,
    words::{self, text},
};

/// Kinds of acts to choose from. Any other can stand in the address.
const ACTS: [&str; 18] = [
    "looked",
    "changed",
    "changed_card",
    "invited",
    "unpaired",
    "handed_over",
    "kept",
    "added",
    "gave_adviser",
    "erased",
    "exported",
    "added_staff",
    "gave_sign_in",
    "changed_role",
    "switched_off",
    "switched_on",
    "signed_in",
    "sign_in_failed",
];

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(crate) struct Wanted {
    person: String,
    staff: String,
    act: String,
    from_day: String,
    from_month: String,
    from_year: String,
    to_day: String,
    to_month: String,
    to_year: String,
    pub(super) before: Option<u64>,
}

impl Wanted {
    fn from(&self) -> [String; 3] {
        [&self.from_day, &self.from_month, &self.from_year].map(|part| text::clean(part))
    }

    fn to(&self) -> [String; 3] {
        [&self.to_day, &self.to_month, &self.to_year].map(|part| text::clean(part))
    }

    /// Whether anything is left out.
    pub(super) fn is_filtered(&self) -> bool {
        let parts = [&self.person, &self.staff, &self.act].map(String::as_str);
        let days = [self.from(), self.to()].concat();
        parts.into_iter().chain(days.iter().map(String::as_str)).any(|part| !part.is_empty())
    }

    /// The address of the same with the entries before this number.
    pub(super) fn older(&self, before: u64) -> String {
        let (from, to) = (self.from(), self.to());
        let [from_day, from_month, from_year] = from.each_ref();
        let [to_day, to_month, to_year] = to.each_ref();
        let number = before.to_string();
        with_query(
            "/console/log",
            &[
                ("person", &self.person),
                ("staff", &self.staff),
                ("act", &self.act),
                ("from-day", from_day),
                ("from-month", from_month),
                ("from-year", from_year),
                ("to-day", to_day),
                ("to-month", to_month),
                ("to-year", to_year),
                ("before", &number),
            ],
        )
    }

    /// The form that asks for it.
    pub(super) fn fields(&self, staff: &[StaffMember], errors: &[FieldError]) -> Vec<Field> {
        let mut who = vec![choice("", words::t("log-anybody"), &self.staff)];
        who.extend(staff.iter().map(|it| choice(&it.id, staff_name(it), &self.staff)));
        let mut acts = vec![choice("", words::t("log-anything"), &self.act)];
        let of_act = |act: &&str| choice(act, crate::features::log::act(act), &self.act);
        acts.extend(ACTS.iter().map(of_act));
        if !self.act.is_empty() && !ACTS.contains(&self.act.as_str()) {
            acts.push(of_act(&self.act.as_str()));
        }
        [
            Field::line("person", "log-person", &self.person).hint("log-person-hint"),
            Field::new("staff", "log-staff", Input::Select(who)),
            Field::new("act", "log-act", Input::Select(acts)),
            Field::new("from", "log-from", Input::Date(self.from())),
            Field::new("to", "log-to", Input::Date(self.to())),
        ]
        .map(|field| field.with_error(errors))
        .to_vec()
    }

    /// What is to be looked for, and what is wrong with what was typed. What is wrong is left out.
    pub(super) fn read(
        &self,
        tx: &mut dyn Tx,
        scope: &StaffScope,
    ) -> Result<(AuditFilter, Vec<FieldError>), ServiceError> {
        let mut errors = Vec::new();
        let mut day = |parts: [String; 3], name: &str| match parse_date(&parts) {
            Err(InvalidDate) => {
                errors.push(field_error(&format!("{name}-day"), "log-day-wrong"));
                None
            }
            Ok(day) => day,
        };
        let (from, to) = (day(self.from(), "from"), day(self.to(), "to"));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            errors.push(field_error("to-day", "log-days-turned"));
        }
        let person = self.person(tx, scope)?;
        if person.is_none() && !self.person.is_empty() {
            errors.push(field_error("person", "log-person-unknown"));
        }
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let begins = |day: NaiveDate| calendar::day_bounds(day).0;
        let filter = AuditFilter {
            person,
            staff: some(&self.staff),
            action: some(&self.act),
            from: from.map(begins),
            to: to.map(|day| calendar::day_bounds(day).1),
        };
        Ok((filter, errors))
    }

    /// Whom the entries are to be about, by the council's reference or by their random name.
    /// Somebody who was erased has only the name.
    fn person(&self, tx: &mut dyn Tx, scope: &StaffScope) -> Result<Option<String>, ServiceError> {
        let typed = text::clean(&self.person);
        let council = scope.own_council().unwrap_or_default();
        if typed.is_empty() {
            return Ok(None);
        }
        if let Some(person) = people::find_by_reference(tx, council, &typed)? {
            return Ok(Some(person.id));
        }
        let is_ours = tx.person(&typed)?.is_some_and(|person| person.council == council);
        let was_ours = tx.erased_person(&typed)?.is_some_and(|erased| erased.council == council);
        Ok((is_ours || was_ours).then_some(typed))
    }
}
