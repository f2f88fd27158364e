//! The filters of the log. They are in the query of its path.

use chrono::NaiveDate;
use promise_database::{AuditFilter, StaffMember, Tx};
use promise_protocol::ids::{PersonId, StaffId};
use promise_services::{ServiceError, StaffScope, calendar, people};
use serde::Deserialize;

use crate::{
    features::log::action_name,
    kit::{
        format::staff_name,
        forms::{Field, Input, choice, field_error, parse_date},
        page::FieldError,
        url::with_query,
        words::{self, text},
    },
};

/// The path of the log.
pub(super) const LOG: &str = "/console/log";

/// The actions that the form offers. The query may name others.
const ACTIONS: [&str; 42] = [
    "looked",
    "changed",
    "changed_card",
    "added_entry",
    "merged_entry",
    "removed_entry",
    "gave_contact",
    "ended_contact",
    "deleted_contact",
    "invited",
    "started_pairing",
    "confirmed_pairing",
    "refused_pairing",
    "paired",
    "confirmed_phone",
    "vetoed_phone",
    "wiped_phone",
    "released_phone",
    "started_afresh",
    "handed_over",
    "kept",
    "added",
    "gave_adviser",
    "imported_allocations",
    "changed_reference",
    "erased",
    "exported",
    "added_staff",
    "gave_sign_in",
    "changed_role",
    "changed_handle",
    "switched_off",
    "switched_on",
    "asked_for_power",
    "confirmed_power",
    "refused_power",
    "withdrew_power",
    "reset_in_emergency",
    "reviewed_emergency",
    "held_account",
    "signed_in",
    "sign_in_failed",
];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct QueryParams {
    /// The council's reference of a young person, or their id.
    person: String,
    /// The id of a staff member.
    staff: String,
    /// The name of an action.
    act: String,
    from_day: String,
    from_month: String,
    from_year: String,
    to_day: String,
    to_month: String,
    to_year: String,
    /// Only entries with a lower number.
    pub(super) before: Option<u64>,
}

impl QueryParams {
    fn from(&self) -> [String; 3] {
        [&self.from_day, &self.from_month, &self.from_year].map(|part| text::plain(part))
    }

    fn to(&self) -> [String; 3] {
        [&self.to_day, &self.to_month, &self.to_year].map(|part| text::plain(part))
    }

    /// Returns `true` if the filters may leave out entries.
    pub(super) fn is_filtered(&self) -> bool {
        let parts = [&self.person, &self.staff, &self.act].map(String::as_str);
        let days = [self.from(), self.to()].concat();
        parts.into_iter().chain(days.iter().map(String::as_str)).any(|part| !part.is_empty())
    }

    /// Returns the path of the entries before this number, with the same filters.
    pub(super) fn path_before(&self, number: u64) -> String {
        let (from, to) = (self.from(), self.to());
        let [from_day, from_month, from_year] = from.each_ref();
        let [to_day, to_month, to_year] = to.each_ref();
        let number = number.to_string();
        with_query(
            LOG,
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

    /// Returns the fields of the form.
    pub(super) fn fields(&self, staff: &[StaffMember], errors: &[FieldError]) -> Vec<Field> {
        let mut actors = vec![choice("", words::t("log-anybody"), &self.staff)];
        actors.extend(
            staff.iter().map(|staff| choice(staff.id.as_str(), staff_name(staff), &self.staff)),
        );
        let action = |action: &str| choice(action, action_name(action), &self.act);
        let mut actions = vec![choice("", words::t("log-anything"), &self.act)];
        actions.extend(ACTIONS.into_iter().map(action));
        if !self.act.is_empty() && !ACTIONS.contains(&self.act.as_str()) {
            actions.push(action(&self.act));
        }
        [
            Field::line("person", "log-person", &self.person).hint("log-person-hint"),
            Field::new("staff", "log-staff", Input::Select(actors)),
            Field::new("act", "log-act", Input::Select(actions)),
            Field::new("from", "log-from", Input::Date(self.from())),
            Field::new("to", "log-to", Input::Date(self.to())),
        ]
        .map(|field| field.with_error(errors))
        .to_vec()
    }

    /// Parses the filters. An invalid filter is an error and filters nothing.
    pub(super) fn parse(
        &self,
        tx: &mut dyn Tx,
        scope: &StaffScope,
    ) -> Result<(AuditFilter, Vec<FieldError>), ServiceError> {
        let mut errors = Vec::new();
        let mut day = |parts: [String; 3], name: &str| {
            parse_date(&parts).unwrap_or_else(|_| {
                errors.push(field_error(&format!("{name}-day"), "log-day-wrong"));
                None
            })
        };
        let (from, to) = (day(self.from(), "from"), day(self.to(), "to"));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            errors.push(field_error("to-day", "log-days-turned"));
        }
        let person = self.find_person(tx, scope)?;
        if person.is_none() && !self.person.is_empty() {
            errors.push(field_error("person", "log-person-unknown"));
        }
        let non_empty = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let start = |day: NaiveDate| calendar::day_bounds(day).0;
        let end = |day: NaiveDate| calendar::day_bounds(day).1;
        let filter = AuditFilter {
            person,
            staff: non_empty(&self.staff).map(StaffId::from),
            action: non_empty(&self.act),
            from: from.map(start),
            to: to.map(end),
        };
        Ok((filter, errors))
    }

    /// Finds the person by reference or id. A person who was erased has only the id.
    fn find_person(
        &self,
        tx: &mut dyn Tx,
        scope: &StaffScope,
    ) -> Result<Option<PersonId>, ServiceError> {
        let reference_or_id = text::clean(&self.person);
        let council = scope.require_council()?;
        if reference_or_id.is_empty() {
            return Ok(None);
        }
        if let Some(person) = people::find_by_reference(tx, council, &reference_or_id)? {
            return Ok(Some(person.id));
        }
        let id = PersonId::from(reference_or_id);
        let is_own = tx.person(&id)?.is_some_and(|person| &person.council == council);
        let was_own = tx.erased_person(&id)?.is_some_and(|erased| &erased.council == council);
        Ok((is_own || was_own).then_some(id))
    }
}
