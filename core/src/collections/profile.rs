//! The young person's profile, from which the phone works out what they are entitled to. Only their
//! own phones can read it: the server never has a date of birth or a time in care.

use chrono::NaiveDate;
use promise_protocol::values::CarePeriod;

use super::{Collection, Fields, InvalidEdit, Record, RecordIds, Topic};
use crate::{
    brain::profile_rules::{is_possible_birthday, is_possible_period},
    store::{StoreError, Tx},
};

/// The collection of the profile.
pub(crate) const PROFILE: &str = "profile";
/// The id of the one record in it.
pub(crate) const ME: &str = "me";

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
    fn from_record(record: &Record) -> Self {
        Self {
            date_of_birth: record.get("date_of_birth"),
            care_periods: record.list_of("care_periods"),
            away_at_16: record.get("away_at_16"),
            returned_home_on: record.get("returned_home_on"),
            left_home_on: record.get("left_home_on"),
            special_guardianship_on: record.get("special_guardianship_on"),
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
    pub(crate) fn into_fields(self, today: NaiveDate) -> Result<Fields, InvalidEdit> {
        let born = self.date_of_birth.flatten();
        if born.is_some_and(|born| !is_possible_birthday(born, today)) {
            return Err(InvalidEdit::Field("date_of_birth"));
        }
        if !self.care_periods.iter().flatten().all(is_possible_period) {
            return Err(InvalidEdit::Field("care_periods"));
        }
        let periods = self.care_periods.map(|periods| Some(periods).filter(|all| !all.is_empty()));
        Ok(Fields::default()
            .value("date_of_birth", self.date_of_birth)
            .value("care_periods", periods)
            .value("away_at_16", self.away_at_16)
            .value("returned_home_on", self.returned_home_on)
            .value("left_home_on", self.left_home_on)
            .value("special_guardianship_on", self.special_guardianship_on))
    }
}

/// The profile; an empty one if nothing was written.
pub(crate) fn read(tx: &mut dyn Tx) -> Result<Profile, StoreError> {
    let record = Record::find(tx, PROFILE, ME)?;
    Ok(record.as_ref().map(Profile::from_record).unwrap_or_default())
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
