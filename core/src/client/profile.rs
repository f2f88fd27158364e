//! What the young person says about themselves: reading and writing it.

use chrono::NaiveDate;
use promise_protocol::values::CarePeriod;
use serde_json::{Value, json};

use super::{
    PocketPhone, PromiseError,
    writing::{Fields, put},
};
use crate::{
    profile::{self, ME, PROFILE, Profile},
    sync::edit,
};

/// What to write about oneself. `None` leaves a field as it is; nothing inside (`Some(None)`, or
/// no periods) empties it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileEdit {
    /// The day they were born: not after today, and at most 120 years ago.
    pub date_of_birth: Option<Option<NaiveDate>>,
    /// Their times in care, all of them. None ends before it begins.
    pub care_periods: Option<Vec<CarePeriod>>,
    /// Whether they were in hospital or in custody on their 16th birthday.
    pub away_at_16: Option<Option<bool>>,
    /// The day they went back home from care.
    pub returned_home_on: Option<Option<NaiveDate>>,
    /// The day they left that home again.
    pub left_home_on: Option<Option<NaiveDate>>,
    /// The day a court made somebody their special guardian.
    pub special_guardianship_on: Option<Option<NaiveDate>>,
}

impl PocketPhone {
    /// What the young person said about themselves.
    pub fn profile(&self) -> Result<Profile, PromiseError> {
        self.transact(profile::profile)
    }

    /// Writes what the young person says about themselves. Private to the person.
    ///
    /// [`PromiseError::Invalid`] if a day cannot be: nothing was saved then, and retrying helps once it is
    /// right.
    pub fn edit_profile(&self, edit: ProfileEdit) -> Result<(), PromiseError> {
        let today = self.clock.now().date_naive();
        let born = edit.date_of_birth.flatten();
        if born.is_some_and(|born| !profile::can_be_born_on(born, today)) {
            return Err(PromiseError::Invalid { field: "date_of_birth".into() });
        }
        if !edit.care_periods.iter().flatten().all(profile::can_be_a_period) {
            return Err(PromiseError::Invalid { field: "care_periods".into() });
        }
        let fields = fields(edit);
        self.edit(PROFILE, |tx, now| Ok(edit::write(tx, now, PROFILE, ME, fields).map(drop)?))
    }
}

fn fields(edit: ProfileEdit) -> Fields {
    let mut fields = Fields::new();
    put(&mut fields, "date_of_birth", edit.date_of_birth.map(|day| json!(day)));
    put(&mut fields, "care_periods", edit.care_periods.map(|all| periods(&all)));
    put(&mut fields, "away_at_16", edit.away_at_16.map(|flag| json!(flag)));
    put(&mut fields, "returned_home_on", edit.returned_home_on.map(|day| json!(day)));
    put(&mut fields, "left_home_on", edit.left_home_on.map(|day| json!(day)));
    put(&mut fields, "special_guardianship_on", edit.special_guardianship_on.map(|day| json!(day)));
    fields
}

fn periods(periods: &[CarePeriod]) -> Value {
    if periods.is_empty() { Value::Null } else { json!(periods) }
}
