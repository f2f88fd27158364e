//! What a young person's phone shows of each contact on one day, as far as staff can know: what the young
//! person hides, pins and writes beside them is sealed.

use chrono::NaiveDate;
use promise_protocol::{
    cover::{self, Absences},
    values::Leave,
};
use serde_json::Value;

use crate::Record;

/// How a contact stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContactState {
    /// They help on this day.
    Helps {
        /// The last day on which they do; `None` if none is known.
        until: Option<NaiveDate>,
    },
    /// They are away, and this contact is at work instead; `None` if phones show the duty line.
    Away {
        /// The last day on which they are away.
        until: NaiveDate,
        /// The name of the contact who is at work instead.
        cover: Option<String>,
    },
    /// They begin to help on this day.
    Begins(NaiveDate),
    /// They helped up to this day.
    Ended(NaiveDate),
}

impl ContactState {
    /// Returns `true` if they help on this day.
    pub fn helps(&self) -> bool {
        matches!(self, Self::Helps { .. })
    }
}

/// Returns the state of a contact among all contacts of the person, as the phone reckons it.
pub fn state(contacts: &[Record], contact: &Record, today: NaiveDate) -> ContactState {
    if let Some(first) = day(contact, "valid_from").filter(|first| today < *first) {
        return ContactState::Begins(first);
    }
    let last_day = day(contact, "valid_to");
    if let Some(last) = last_day.filter(|last| *last < today) {
        return ContactState::Ended(last);
    }
    let away: Vec<Leave> = leave(contact).into_iter().filter(|it| it.includes(today)).collect();
    let Some(until) = away.iter().map(|leave| leave.to).max() else {
        return ContactState::Helps { until: last_day };
    };
    let people: Vec<Absences> = contacts.iter().map(absences).collect();
    let days = away.iter().flat_map(|leave| cover::days(&people, &contact.id, leave));
    let mut covers = days.filter(|days| days.from <= today && today <= days.to);
    let cover = covers.find_map(|days| days.cover);
    let name = |id: String| contacts.iter().find(|other| other.id == id);
    let cover = cover.and_then(name).map(|cover| cover.text("display_name").to_owned());
    ContactState::Away { until, cover }
}

fn absences(contact: &Record) -> Absences {
    Absences {
        id: contact.id.clone(),
        leave: leave(contact),
        from: day(contact, "valid_from"),
        to: day(contact, "valid_to"),
        can_be_named: true,
    }
}

fn leave(contact: &Record) -> Vec<Leave> {
    let value = contact.fields.get("leave").unwrap_or(&Value::Null);
    serde_json::from_value(value.clone()).unwrap_or_default()
}

fn day(contact: &Record, field: &str) -> Option<NaiveDate> {
    contact.text(field).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::fields;
    use serde_json::json;

    fn contact(id: &str, value: Value) -> Record {
        let mut fields = fields(value);
        fields.insert("display_name".into(), id.to_uppercase().into());
        Record { id: id.to_owned(), fields, rev: 1 }
    }

    #[test]
    fn contact_away_names_who_is_at_work_through_the_chain() {
        let away =
            |cover: &str| json!([{"from": "2026-11-01", "to": "2026-11-09", "cover": cover}]);
        let contacts = [
            contact("jo", json!({"leave": away("kim")})),
            contact("kim", json!({"leave": away("lee")})),
            contact("lee", json!({"valid_to": "2026-11-05"})),
            contact("mo", json!({"valid_from": "2026-11-05"})),
        ];
        let on = |index: usize, day: &str| state(&contacts, &contacts[index], day.parse().unwrap());
        let until: NaiveDate = "2026-11-09".parse().unwrap();
        let by_lee = ContactState::Away { until, cover: Some("LEE".into()) };
        assert_eq!((on(0, "2026-11-05"), on(1, "2026-11-05")), (by_lee.clone(), by_lee));
        assert_eq!(on(0, "2026-11-06"), ContactState::Away { until, cover: None });
        let helps = ContactState::Helps { until: None };
        assert_eq!((on(0, "2026-11-10"), on(3, "2026-11-05")), (helps.clone(), helps));
        let fifth = "2026-11-05".parse().ok();
        assert_eq!(on(2, "2026-11-05"), ContactState::Helps { until: fifth });
        assert_eq!(on(2, "2026-11-06"), ContactState::Ended("2026-11-05".parse().unwrap()));
        assert_eq!(on(3, "2026-11-04"), ContactState::Begins("2026-11-05".parse().unwrap()));
    }
}
