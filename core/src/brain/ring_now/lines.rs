//! What a line of the directory is: its place in the order.

use promise_protocol::{
    pack::{ClosedDays, Line},
    text,
    values::{PhoneKind, PhoneNumber},
};

use super::answer::RingPlace;

/// The number of the emergency services, which is answered at any time.
pub(super) const EMERGENCY_NUMBER: &str = "999";

/// It in all of Europe: the same operators answer.
const EUROPEAN_EMERGENCY_NUMBER: &str = "112";

/// Returns the place of a line.
///
/// A line is the council's if it has a number of a team, or if it is of no organisation, or of the
/// council, and has a number of its own: the console counts lines in the same way when it looks for
/// hours without one. A council's line without the number of a team is the emergency team if it is open
/// all day when offices are closed, and a duty line otherwise.
pub(super) fn place(line: &Line, council: &str) -> RingPlace {
    let rung = || line.phones.iter().filter(|phone| phone.can_be_rung());
    let has = |kind: PhoneKind| rung().any(|phone| phone.kind == kind);
    let organisation = line.organisation.as_deref().unwrap_or_default();
    let is_councils = organisation.is_empty() || text::is_same(organisation, council);
    let is_own = is_councils && rung().any(|phone| phone.number.starts_with('+'));
    let is_open_all_day = line.on_closed_days == ClosedDays::OpenAllDay;
    let is_emergency_team = has(PhoneKind::Oohs) || (is_own && is_open_all_day);
    if rung().any(is_emergency) {
        RingPlace::EmergencyServices
    } else if has(PhoneKind::Duty) || (is_own && !is_emergency_team) {
        RingPlace::DutyLine
    } else if is_emergency_team {
        RingPlace::EmergencyTeam
    } else {
        RingPlace::National
    }
}

fn is_emergency(phone: &PhoneNumber) -> bool {
    [EMERGENCY_NUMBER, EUROPEAN_EMERGENCY_NUMBER].contains(&phone.number.as_str())
}

/// The number that is there although no council publishes it.
pub(super) fn emergency_number() -> PhoneNumber {
    PhoneNumber {
        number: EMERGENCY_NUMBER.to_owned(),
        kind: PhoneKind::Landline,
        ext: None,
        prefer: false,
        unknown: serde_json::Map::new(),
    }
}
