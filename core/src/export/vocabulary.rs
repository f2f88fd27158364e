//! Labels of closed vocabularies. A word from a newer version is shown as it is stored, with spaces
//! for underscores.

use promise_protocol::{
    access::{AccessRole, StaffAction, StaffRole},
    pack::ClosedDays,
    phone_record::{DeviceState, Inviter},
    vocabulary::{AppointmentAnswer, AskStatus, PledgeMark, SaveStatus},
};

use super::Labels;

impl Labels {
    /// Where the person stands with a pledge.
    pub fn pledge_mark(&self, mark: PledgeMark) -> &str {
        match mark {
            PledgeMark::HavingIt => &self.is_having_it,
            PledgeMark::WantIt => &self.is_want_it,
            PledgeMark::HadIt => &self.is_had_it,
            PledgeMark::NotForMe => &self.is_not_for_me,
        }
    }

    /// How closed days change the hours of a contact.
    pub fn closed_days(&self, days: ClosedDays) -> &str {
        match days {
            ClosedDays::Closed => &self.is_closed_then,
            ClosedDays::AsUsual => &self.is_open_as_usual,
            ClosedDays::OpenAllDay => &self.is_open_all_day,
        }
    }

    /// How far the person is with an opportunity.
    pub fn save_status(&self, status: SaveStatus) -> &str {
        match status {
            SaveStatus::Saved => &self.is_saved,
            SaveStatus::Applied => &self.is_applied,
            SaveStatus::Interview => &self.is_interview,
            SaveStatus::GotIt => &self.is_got_it,
            SaveStatus::NotForMe => &self.is_not_for_me,
        }
    }

    /// How far the adviser is with an ask.
    pub fn ask_status(&self, status: &AskStatus) -> String {
        let label = match status {
            AskStatus::Seen => &self.is_seen,
            AskStatus::Doing => &self.is_doing,
            AskStatus::Done => &self.is_done,
            AskStatus::Cannot => &self.is_cannot,
            AskStatus::Other(word) => return word.replace('_', " "),
        };
        label.clone()
    }

    /// Whether the person comes to an appointment.
    pub fn appointment_answer(&self, answer: AppointmentAnswer) -> &str {
        match answer {
            AppointmentAnswer::Coming => &self.is_coming,
            AppointmentAnswer::NotComing => &self.is_not_coming,
            AppointmentAnswer::AnotherTime => &self.is_another_time,
        }
    }

    /// The role in which staff looked or did something.
    pub fn access_role(&self, role: &AccessRole) -> String {
        let label = match role {
            AccessRole::Staff(StaffRole::Adviser) => &self.adviser,
            AccessRole::Staff(StaffRole::Manager) => &self.manager,
            AccessRole::Staff(StaffRole::Editor) => &self.editor,
            AccessRole::Staff(StaffRole::Publisher) => &self.publisher,
            AccessRole::Staff(StaffRole::Administrator) => &self.administrator,
            AccessRole::Staff(StaffRole::Auditor) => &self.auditor,
            AccessRole::Operator => &self.operator,
            AccessRole::OwnPhone => &self.own_phone,
            AccessRole::Other(word) => return word.replace('_', " "),
        };
        label.clone()
    }

    /// What staff did.
    pub fn staff_action(&self, action: &StaffAction) -> String {
        let label = match action {
            StaffAction::ChangedContact => &self.changed_contact,
            StaffAction::AnsweredAsk => &self.answered_ask,
            StaffAction::ChangedAppointment => &self.changed_appointment,
            StaffAction::ChangedTimescale => &self.changed_timescale,
            StaffAction::InvitedPhone => &self.invited_phone,
            StaffAction::StartedPairing => &self.started_pairing,
            StaffAction::ConfirmedPairing => &self.confirmed_pairing,
            StaffAction::RefusedPairing => &self.refused_pairing,
            StaffAction::PairedPhone => &self.paired_phone,
            StaffAction::ConfirmedPhone => &self.confirmed_phone,
            StaffAction::VetoedPhone => &self.vetoed_phone,
            StaffAction::WipedPhone => &self.took_lost_phone_off,
            StaffAction::ReleasedPhone => &self.took_unused_phone_off,
            StaffAction::StartedAfresh => &self.started_afresh,
            StaffAction::HandedOver => &self.handed_over,
            StaffAction::CancelledHandOver => &self.took_hand_over_back,
            StaffAction::AddedPerson => &self.added_person,
            StaffAction::AssignedAdviser => &self.gave_adviser,
            StaffAction::ChangedLabel => &self.changed_label,
            StaffAction::ChangedReference => &self.changed_reference,
            StaffAction::DownloadedCopy => &self.downloaded_copy,
            StaffAction::EmergencyAccess => &self.emergency_access,
            StaffAction::Other(word) => return word.replace('_', " "),
        };
        label.clone()
    }

    /// How a phone came. `by` is the name of a staff member.
    pub fn inviter(&self, inviter: &Inviter, by: Option<&str>) -> String {
        match (inviter, by) {
            (Inviter::Staff, Some(name)) => self.by_staff_code_of.replace("{name}", name),
            (Inviter::Staff, None) => self.by_staff_code.clone(),
            (Inviter::Phone, _) => self.by_phone_code.clone(),
            (Inviter::Operator, _) => self.by_operator_code.clone(),
            (Inviter::Other(word), _) => word.replace('_', " "),
        }
    }

    /// What to say about what a phone may do; `None` if it may do everything.
    pub fn device_state(&self, state: &DeviceState) -> Option<String> {
        match state {
            DeviceState::Full => None,
            DeviceState::Limited => Some(self.is_limited.clone()),
            DeviceState::Revoked => Some(self.is_revoked.clone()),
            DeviceState::Released => Some(self.is_released.clone()),
            DeviceState::Lost => Some(self.is_lost.clone()),
            DeviceState::Other(word) => Some(word.replace('_', " ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_vocabulary_has_a_label_of_its_own() {
        let labels = Labels::default();
        let pairs = |words: &[&'static str], labels: Vec<String>| -> Vec<(&'static str, String)> {
            words.iter().copied().zip(labels).collect()
        };
        let all = [
            pairs(
                PledgeMark::WORDS,
                PledgeMark::ALL.map(|mark| labels.pledge_mark(mark).to_owned()).into(),
            ),
            pairs(
                SaveStatus::WORDS,
                SaveStatus::ALL.map(|status| labels.save_status(status).to_owned()).into(),
            ),
            pairs(
                ClosedDays::WORDS,
                ClosedDays::ALL.map(|days| labels.closed_days(days).to_owned()).into(),
            ),
            pairs(AskStatus::WORDS, AskStatus::ALL.map(|status| labels.ask_status(&status)).into()),
            pairs(
                AppointmentAnswer::WORDS,
                AppointmentAnswer::ALL
                    .map(|answer| labels.appointment_answer(answer).to_owned())
                    .into(),
            ),
        ]
        .concat();
        for (word, label) in all {
            assert_ne!(label, word.replace('_', " "));
        }
        assert_eq!(
            labels.ask_status(&AskStatus::Other("from_the_future".into())),
            "from the future"
        );
    }
}
