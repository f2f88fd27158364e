//! A card: of a staff member, or of an entry of the address book.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use promise_protocol::values::{Leave, Opening, PhoneNumber};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

/// What a card contains. The services validate it before it is stored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ContactCard {
    /// Fields of the `contact` collection, by name. In a card the `cover` of a leave is the id of a staff
    /// member or of an entry; on a phone it is the id of the contact that shows their card.
    pub fields: BTreeMap<String, Value>,
    /// Telephone numbers as they were entered, by the number in the card. They are shown again in the
    /// card's form and are never sent to phones.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub typed_numbers: BTreeMap<String, String>,
}

impl ContactCard {
    /// Returns a field's value. `null` means that the field is empty.
    pub fn value(&self, field: &str) -> &Value {
        self.fields.get(field).unwrap_or(&Value::Null)
    }

    /// Returns a field's text, or `""` if it has none.
    pub fn text(&self, field: &str) -> &str {
        self.value(field).as_str().unwrap_or_default()
    }

    /// Returns the name on the card.
    pub fn display_name(&self) -> Option<&str> {
        self.value("display_name").as_str()
    }

    /// Returns the telephone numbers on the card.
    pub fn phones(&self) -> Vec<PhoneNumber> {
        self.list("phones")
    }

    /// Returns past and future leave. Its `cover` is the id of a staff member or of an entry.
    pub fn leave(&self) -> Vec<Leave> {
        self.list("leave")
    }

    /// Returns the last day of the leave that includes `day`, or `None` if there is no such leave.
    pub fn on_leave_until(&self, day: NaiveDate) -> Option<NaiveDate> {
        let leave = self.leave().into_iter().filter(|leave| leave.includes(day));
        leave.map(|leave| leave.to).max()
    }

    /// Returns the hours on the card.
    pub fn working_pattern(&self) -> Vec<Opening> {
        self.list("working_pattern")
    }

    fn list<T: DeserializeOwned>(&self, field: &str) -> Vec<T> {
        serde_json::from_value(self.value(field).clone()).unwrap_or_default()
    }
}
