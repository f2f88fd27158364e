//! When to remind a person, for the platform's own notifications.
//!
//! Anyone near the phone can read its lock screen, so the text of a notification is the same for everything, and its
//! id tells nothing either.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use promise_protocol::{AppointmentId, OpportunityId, london, pack};

/// The text of every reminder. An app in another language shows its own translation of this one sentence, and
/// nothing else.
pub const REMINDER_TEXT: &str = "You have something to look at.";

/// The time of day in London of a reminder about a day.
const MORNING_HOUR: u32 = 10;
/// The time of day in London of the reminder on the day before an appointment, a visit or a review.
const EVENING_HOUR: u32 = 18;
/// How long before an appointment the second reminder is: time to get there.
const BEFORE_APPOINTMENT: TimeDelta = TimeDelta::hours(2);
/// How many days before a closing day the first reminder is: time to apply.
const DAYS_BEFORE_CLOSING: u64 = 3;
/// The length of a reminder's id, in hexadecimal digits.
const ID_LENGTH: usize = 16;

/// A reminder for the platform to show at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PlannedReminder {
    /// Its id. It stays the same when the moment changes, so that the platform replaces the notification, and
    /// tells nothing about the person.
    pub id: String,
    /// The moment.
    pub at: DateTime<Utc>,
    /// What a lock screen may show: the same sentence for every reminder.
    pub text: String,
    /// What to open for a tap, once the app lock is open; `None` while it is on.
    pub about: Option<ReminderAbout>,
}

/// What a reminder is about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ReminderAbout {
    /// An appointment.
    Appointment {
        /// The appointment's id.
        id: AppointmentId,
    },
    /// A saved opportunity that closes.
    Closing {
        /// The opportunity's id.
        id: OpportunityId,
    },
    /// A saved opportunity, on the day that the person chose.
    ChosenDay {
        /// The opportunity's id.
        id: OpportunityId,
    },
    /// A visit or a review that is planned for the next day.
    Timescale {
        /// The timescale's id.
        id: String,
    },
}

/// What a person is reminded of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// An appointment that starts at a moment.
    Appointment { id: AppointmentId, starts_at: DateTime<Utc> },
    /// A saved opportunity that closes after a moment.
    Closing { id: OpportunityId, closes_at: DateTime<Utc> },
    /// A day that the person chose for a saved opportunity.
    ChosenDay { id: OpportunityId, day: NaiveDate },
    /// A visit or a review that is planned for a day.
    Timescale { id: String, day: NaiveDate },
}

impl Occasion {
    /// The moments at which to remind, each with a name that is its own among them.
    fn moments(&self) -> Vec<(&'static str, DateTime<Utc>)> {
        match self {
            Self::Appointment { starts_at, .. } => {
                let day_before = london::day(*starts_at).pred_opt();
                let evening = day_before.and_then(|day| at_hour(day, EVENING_HOUR));
                let soon = starts_at.checked_sub_signed(BEFORE_APPOINTMENT);
                named([("day before", evening), ("soon", soon)])
            }
            Self::Closing { closes_at, .. } => {
                let last_day = london::day(*closes_at);
                let first = last_day.checked_sub_days(Days::new(DAYS_BEFORE_CLOSING));
                let first = first.and_then(|day| at_hour(day, MORNING_HOUR));
                let last = at_hour(last_day, MORNING_HOUR).filter(|at| at < closes_at);
                named([("days before", first), ("last day", last)])
            }
            Self::ChosenDay { day, .. } => named([("day", at_hour(*day, MORNING_HOUR))]),
            Self::Timescale { day, .. } => {
                let evening = day.pred_opt().and_then(|day| at_hour(day, EVENING_HOUR));
                named([("day before", evening)])
            }
        }
    }

    fn about(&self) -> ReminderAbout {
        match self {
            Self::Appointment { id, .. } => ReminderAbout::Appointment { id: id.clone() },
            Self::Closing { id, .. } => ReminderAbout::Closing { id: id.clone() },
            Self::ChosenDay { id, .. } => ReminderAbout::ChosenDay { id: id.clone() },
            Self::Timescale { id, .. } => ReminderAbout::Timescale { id: id.clone() },
        }
    }

    /// The id of the reminder at the moment with this name.
    fn reminder_id(&self, moment: &str) -> String {
        let (kind, id) = match self {
            Self::Appointment { id, .. } => ("appointment", id.as_str()),
            Self::Closing { id, .. } => ("closing", id.as_str()),
            Self::ChosenDay { id, .. } => ("chosen day", id.as_str()),
            Self::Timescale { id, .. } => ("timescale", id.as_str()),
        };
        let name = ["pocket-promise reminder 1", kind, id, moment].join("/");
        pack::hash(name.as_bytes()).chars().take(ID_LENGTH).collect()
    }
}

/// Plans the reminders from one moment until before another, the soonest first.
pub(crate) fn plan(
    occasions: &[Occasion],
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Vec<PlannedReminder> {
    let planned = occasions.iter().flat_map(|occasion| {
        let moments = occasion.moments().into_iter().filter(move |(_, at)| from <= *at && *at < to);
        moments.map(move |(moment, at)| PlannedReminder {
            id: occasion.reminder_id(moment),
            at,
            text: REMINDER_TEXT.to_owned(),
            about: Some(occasion.about()),
        })
    });
    let mut planned: Vec<PlannedReminder> = planned.collect();
    planned.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    planned
}

/// A full hour of a day in London. At the ends of the calendar there may be none.
fn at_hour(day: NaiveDate, hour: u32) -> Option<DateTime<Utc>> {
    Some(london::first_moment(day.and_time(NaiveTime::from_hms_opt(hour, 0, 0)?)))
}

fn named<const N: usize>(
    moments: [(&'static str, Option<DateTime<Utc>>); N],
) -> Vec<(&'static str, DateTime<Utc>)> {
    moments.into_iter().filter_map(|(name, at)| Some((name, at?))).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn appointment(starts_at: &str) -> Occasion {
        Occasion::Appointment { id: "m1".into(), starts_at: at(starts_at) }
    }

    fn closing(closes_at: &str) -> Occasion {
        Occasion::Closing { id: "baker".into(), closes_at: at(closes_at) }
    }

    fn visit(day: &str) -> Occasion {
        Occasion::Timescale { id: "visit".into(), day: day.parse().unwrap() }
    }

    fn moments(occasion: &Occasion) -> Vec<DateTime<Utc>> {
        let all = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        plan(std::slice::from_ref(occasion), all.0, all.1).into_iter().map(|it| it.at).collect()
    }

    #[test]
    fn appointment_is_reminded_of_on_the_evening_before_and_two_hours_before() {
        let expected = [at("2027-06-29T17:00:00Z"), at("2027-06-30T11:00:00Z")];
        assert_eq!(moments(&appointment("2027-06-30T13:00:00Z")), expected, "18:00 in summer time");
        let expected = [at("2027-01-04T18:00:00Z"), at("2027-01-05T11:00:00Z")];
        assert_eq!(moments(&appointment("2027-01-05T13:00:00Z")), expected, "in winter time");
    }

    #[test]
    fn appointments_around_the_clock_changes_keep_their_moments() {
        // 01:30 is shown twice on this night: an hour apart, the second reminders are too.
        let first = moments(&appointment("2026-10-25T00:30:00Z"));
        let second = moments(&appointment("2026-10-25T01:30:00Z"));
        assert_eq!(first[0], second[0], "the evening before, in summer time");
        assert_eq!(first[0], at("2026-10-24T17:00:00Z"));
        assert_eq!([first[1], second[1]], [at("2026-10-24T22:30:00Z"), at("2026-10-24T23:30:00Z")]);
        // On the day that loses an hour, and a closing day on it.
        let spring = moments(&closing("2027-03-28T22:59:59Z"));
        assert_eq!(spring, [at("2027-03-25T10:00:00Z"), at("2027-03-28T09:00:00Z")]);
    }

    #[test]
    fn closing_is_reminded_of_three_days_before_and_on_the_day_if_it_is_not_too_late() {
        let morning = moments(&closing("2027-01-20T09:00:00Z"));
        assert_eq!(morning, [at("2027-01-17T10:00:00Z")]);
        let chosen = Occasion::ChosenDay { id: "baker".into(), day: "2027-07-01".parse().unwrap() };
        assert_eq!(moments(&chosen), [at("2027-07-01T09:00:00Z")]);
    }

    #[test]
    fn planned_visit_is_reminded_of_on_the_evening_before() {
        for (day, expected) in [
            ("2027-06-30", "2027-06-29T17:00:00Z"),
            ("2027-01-05", "2027-01-04T18:00:00Z"),
            // The clocks go back in the night between.
            ("2026-10-25", "2026-10-24T17:00:00Z"),
        ] {
            assert_eq!(moments(&visit(day)), [at(expected)], "{day}");
        }
    }

    #[test]
    fn moved_appointment_keeps_the_ids_of_its_reminders() {
        let ids = |occasion: Occasion| -> Vec<String> {
            let (from, to) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
            plan(&[occasion], from, to).into_iter().map(|reminder| reminder.id).collect()
        };
        let before = ids(appointment("2027-06-30T13:00:00Z"));
        assert_eq!(before, ids(appointment("2027-07-02T09:00:00Z")));
        let others = ids(closing("2027-06-30T13:00:00Z"));
        assert_eq!(before.iter().chain(&others).collect::<BTreeSet<_>>().len(), 4);
        assert_eq!(ids(visit("2027-06-30")), ids(visit("2027-07-02")));
    }

    #[test]
    fn reminder_says_nothing_on_a_lock_screen() {
        let all = [
            appointment("2027-06-30T13:00:00Z"),
            closing("2027-06-30T13:00:00Z"),
            visit("2027-06-30"),
        ];
        for reminder in plan(&all, at("2027-01-01T00:00:00Z"), at("2028-01-01T00:00:00Z")) {
            assert_eq!(reminder.text, REMINDER_TEXT);
            assert!(["m1", "baker", "visit"].iter().all(|id| !reminder.id.contains(id)));
            assert!(
                reminder.id.bytes().all(|byte| byte.is_ascii_hexdigit()) && reminder.id.len() == 16
            );
        }
    }

    #[test]
    fn ends_of_the_calendar_do_not_panic() {
        let (first, last) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        for moment in [first, last] {
            let appointment = Occasion::Appointment { id: "m1".into(), starts_at: moment };
            let closing = Occasion::Closing { id: "a".into(), closes_at: moment };
            let chosen = Occasion::ChosenDay { id: "a".into(), day: moment.date_naive() };
            let visit = Occasion::Timescale { id: "a".into(), day: moment.date_naive() };
            assert!(plan(&[appointment, closing, chosen, visit], first, last).len() <= 6);
        }
    }

    proptest! {
        /// Two spans that meet have the reminders of both, each once.
        #[test]
        fn spans_that_meet_miss_nothing_and_repeat_nothing(
            starts in prop::collection::vec(1_700_000_000i64..1_900_000_000, 0..8),
            cut in 1_700_000_000i64..1_900_000_000,
        ) {
            let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
            let occasions: Vec<Occasion> = starts.iter().enumerate().map(|(number, seconds)| {
                Occasion::Appointment { id: format!("m{number}").into(), starts_at: at(*seconds) }
            }).collect();
            let (from, to) = (at(1_600_000_000), at(2_000_000_000));
            let mut halves = plan(&occasions, from, at(cut));
            halves.extend(plan(&occasions, at(cut), to));
            prop_assert_eq!(&halves, &plan(&occasions, from, to));
            prop_assert_eq!(halves.len(), 2 * occasions.len());
            let ids: BTreeSet<&String> = halves.iter().map(|reminder| &reminder.id).collect();
            prop_assert_eq!(ids.len(), halves.len());
        }
    }
}
