//! The young person's profile, from which the phone works out what they are entitled to. Only their
//! own phones can read it: the server never has a date of birth or a time in care.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use promise_protocol::{
    schema::{self, Refusal},
    values::CarePeriod,
};
use serde_json::Value;

use super::{Collection, Fields, InvalidEdit, Record, RecordIds, Topic};
use crate::{
    brain::profile_rules::{is_possible_birthday, is_possible_period},
    store::{StoreError, Tx},
};

/// The collection of the profile.
pub(crate) const PROFILE: &str = "profile";
/// The id of the one record in it.
pub(crate) const ME: &str = "me";
/// The field that holds everything.
const FACTS: &str = "facts";

/// What the young person wrote about themselves. `None` is "not answered", which is not "no".
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Profile {
    /// The day they were born.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub date_of_birth: Option<NaiveDate>,
    /// Their times in care, in the order in which they wrote them.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub care_periods: Vec<CarePeriod>,
    /// Whether they were in hospital or in custody on their 16th birthday.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub away_at_16: Option<bool>,
    /// The day they went back home from care.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub returned_home_on: Option<NaiveDate>,
    /// The day they left that home again.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub left_home_on: Option<NaiveDate>,
    /// The day on which a court made a special guardianship order.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub special_guardianship_on: Option<NaiveDate>,
}

impl Profile {
    /// Reads the facts, which are like the fields of a record.
    fn from_facts(facts: Facts) -> Self {
        let facts = Record { fields: facts, ..Record::default() };
        Self {
            date_of_birth: facts.get("date_of_birth"),
            care_periods: facts.list_of("care_periods"),
            away_at_16: facts.get("away_at_16"),
            returned_home_on: facts.get("returned_home_on"),
            left_home_on: facts.get("left_home_on"),
            special_guardianship_on: facts.get("special_guardianship_on"),
        }
    }
}

/// What to write into the profile. `None` leaves a field as it is; `Some(None)` or an empty list
/// clears it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileEdit {
    /// The day they were born: not after today, and at most 120 years ago.
    pub date_of_birth: Option<Option<NaiveDate>>,
    /// All their times in care. None ends before it begins.
    pub care_periods: Option<Vec<CarePeriod>>,
    /// Whether they were in hospital or in custody on their 16th birthday.
    pub away_at_16: Option<Option<bool>>,
    /// The day they went back home from care.
    pub returned_home_on: Option<Option<NaiveDate>>,
    /// The day they left that home again.
    pub left_home_on: Option<Option<NaiveDate>>,
    /// The day on which a court made a special guardianship order.
    pub special_guardianship_on: Option<Option<NaiveDate>>,
}

/// The edit that replaces the whole profile: what the new one leaves out is cleared.
impl From<Profile> for ProfileEdit {
    fn from(profile: Profile) -> Self {
        Self {
            date_of_birth: Some(profile.date_of_birth),
            care_periods: Some(profile.care_periods),
            away_at_16: Some(profile.away_at_16),
            returned_home_on: Some(profile.returned_home_on),
            left_home_on: Some(profile.left_home_on),
            special_guardianship_on: Some(profile.special_guardianship_on),
        }
    }
}

impl ProfileEdit {
    /// Returns the facts that the edit writes; `null` for those that it clears.
    pub(crate) fn into_facts(self, today: NaiveDate) -> Result<Facts, InvalidEdit> {
        let born = self.date_of_birth.flatten();
        if born.is_some_and(|born| !is_possible_birthday(born, today)) {
            return Err(InvalidEdit::Field("date_of_birth"));
        }
        if !self.care_periods.iter().flatten().all(is_possible_period) {
            return Err(InvalidEdit::Field("care_periods"));
        }
        let periods = self.care_periods.map(|periods| Some(periods).filter(|all| !all.is_empty()));
        let facts = Fields::default()
            .value("date_of_birth", self.date_of_birth)
            .value("care_periods", periods)
            .value("away_at_16", self.away_at_16)
            .value("returned_home_on", self.returned_home_on)
            .value("left_home_on", self.left_home_on)
            .value("special_guardianship_on", self.special_guardianship_on);
        let facts = facts.into_map();
        for (name, kind) in schema::PROFILE_FACTS {
            let fact = facts.get(*name).filter(|fact| !fact.is_null());
            match fact.map_or(Ok(()), |fact| kind.check(fact)) {
                Ok(()) => {}
                Err(Refusal::TooLong) => return Err(InvalidEdit::TooLong(name)),
                Err(_) => return Err(InvalidEdit::Field(name)),
            }
        }
        Ok(facts)
    }
}

/// The facts of a profile by their names, those of a newer version too.
pub(crate) type Facts = BTreeMap<String, Value>;

/// The profile; an empty one if nothing was written.
pub(crate) fn read(tx: &mut dyn Tx) -> Result<Profile, StoreError> {
    Ok(Profile::from_facts(read_facts(tx)?))
}

/// Returns the fields that change these facts. All others stay as they are.
pub(crate) fn changed(tx: &mut dyn Tx, edit: Facts) -> Result<Fields, StoreError> {
    let mut facts = read_facts(tx)?;
    facts.extend(edit);
    facts.retain(|_, fact| !fact.is_null());
    Ok(Fields::default().value(FACTS, Some(facts)))
}

fn read_facts(tx: &mut dyn Tx) -> Result<Facts, StoreError> {
    let record = Record::find(tx, PROFILE, ME)?;
    Ok(record.and_then(|record| record.get(FACTS)).unwrap_or_default())
}

/// The young person's profile.
pub(crate) struct ProfileCollection;

impl Collection for ProfileCollection {
    fn name(&self) -> &'static str {
        PROFILE
    }

    fn topic(&self) -> Topic {
        Topic::Profile
    }

    fn record_ids(&self) -> RecordIds {
        RecordIds::One(ME)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{store::Store, sync::edit, sync::tests::phone};

    #[test]
    fn edit_keeps_facts_that_it_does_not_name_and_those_of_a_newer_version() {
        let mut store = phone();
        let facts = json!({"date_of_birth": "2008-02-29", "from_the_future": {"deep": [1]}});
        let written = store.transact::<_, edit::EditError>(|tx| {
            edit::write(tx, 1, PROFILE, ME, BTreeMap::from([(FACTS.to_owned(), facts)]))?;
            let edit = ProfileEdit { away_at_16: Some(Some(true)), ..ProfileEdit::default() };
            let day = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap_or_default();
            let facts = edit.into_facts(day).unwrap();
            let fields = changed(tx, facts)?;
            edit::write(tx, 2, PROFILE, ME, fields.into_map())?;
            Ok((read(tx)?, read_facts(tx)?))
        });
        let (profile, facts) = written.unwrap();
        assert_eq!(profile.date_of_birth, NaiveDate::from_ymd_opt(2008, 2, 29));
        assert_eq!(profile.away_at_16, Some(true));
        assert_eq!(facts.get("from_the_future"), Some(&json!({"deep": [1]})));
    }
}
