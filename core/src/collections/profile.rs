//! What the young person says about themselves, so that the phone can work out what they are
//! entitled to. It is sealed: the server never has a date of birth or a time in care.

use chrono::{Months, NaiveDate};
use promise_protocol::values::CarePeriod;

use crate::{
    records::Record,
    store::{StoreError, Tx},
};

/// The collection of the profile.
pub const PROFILE: &str = "profile";
/// The one record in it.
pub const ME: &str = "me";

/// Nobody who has a promise to read was born longer ago, in years: it is a slip of the finger.
const OLDEST: u32 = 120;

/// The young person, as they say themselves. `None` is "not said", which is not "no".
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Profile {
    /// The day they were born.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub date_of_birth: Option<NaiveDate>,
    /// Their times in care, as they wrote them.
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
    /// The day a court made somebody their special guardian.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub special_guardianship_on: Option<NaiveDate>,
}

/// The profile; an empty one if nothing was said.
pub fn profile(tx: &mut dyn Tx) -> Result<Profile, StoreError> {
    let record = Record::gather(tx.current_record(PROFILE, ME)?).into_iter().next();
    let record = record.filter(|record| !record.is_deleted()).unwrap_or_default();
    Ok(Profile {
        date_of_birth: record.date("date_of_birth"),
        care_periods: record.list("care_periods"),
        away_at_16: record.typed("away_at_16"),
        returned_home_on: record.date("returned_home_on"),
        left_home_on: record.date("left_home_on"),
        special_guardianship_on: record.date("special_guardianship_on"),
    })
}

/// Whether somebody can have been born on this day: not after today, and not too long before.
pub fn can_be_born_on(day: NaiveDate, today: NaiveDate) -> bool {
    let earliest = today.checked_sub_months(Months::new(OLDEST * 12));
    day <= today && earliest.is_none_or(|earliest| earliest <= day)
}

/// Whether a time in care can be so: it does not end before it begins.
pub fn can_be_a_period(period: &CarePeriod) -> bool {
    period.to.is_none_or(|to| period.from <= to)
}
