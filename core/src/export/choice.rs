//! Choices in words.

use super::Labels;
use crate::access::{AccessRole, StaffAction, StaffRole};

impl Labels {
    /// A choice as the phone keeps it (`got_it`), in words. One from a newer version is shown as it
    /// is kept, without its underscores.
    pub fn choice(&self, kept: &str) -> String {
        let label = match kept {
            "saved" => &self.is_saved,
            "applied" => &self.is_applied,
            "interview" => &self.is_interview,
            "got_it" => &self.is_got_it,
            "not_for_me" => &self.is_not_for_me,
            "having_it" => &self.is_having_it,
            "want_it" => &self.is_want_it,
            "had_it" => &self.is_had_it,
            "seen" => &self.is_seen,
            "doing" => &self.is_doing,
            "done" => &self.is_done,
            "cannot" => &self.is_cannot,
            "coming" => &self.is_coming,
            "not_coming" => &self.is_not_coming,
            "another_time" => &self.is_another_time,
            other => return other.replace('_', " "),
        };
        label.clone()
    }
}

impl Labels {
    /// A role in words. One from a newer version is shown as it is kept.
    pub fn role(&self, role: &AccessRole) -> String {
        let label = match role {
            AccessRole::Staff(StaffRole::Adviser) => &self.adviser,
            AccessRole::Staff(StaffRole::Manager) => &self.manager,
            AccessRole::Staff(StaffRole::Editor) => &self.editor,
            AccessRole::Staff(StaffRole::Publisher) => &self.publisher,
            AccessRole::Staff(StaffRole::Administrator) => &self.administrator,
            AccessRole::Staff(StaffRole::Auditor) => &self.auditor,
            AccessRole::Operator => &self.operator,
            AccessRole::Other(name) => return name.replace('_', " "),
        };
        label.clone()
    }

    /// What somebody did, in words. What a newer version calls it is shown as it is kept.
    pub fn act(&self, act: &StaffAction) -> String {
        let label = match act {
            StaffAction::ChangedContact => &self.changed_contact,
            StaffAction::AnsweredAsk => &self.answered_ask,
            StaffAction::ChangedAppointment => &self.changed_appointment,
            StaffAction::InvitedPhone => &self.invited_phone,
            StaffAction::UnpairedPhone => &self.took_phone_off,
            StaffAction::HandedOver => &self.handed_over,
            StaffAction::CancelledHandOver => &self.took_hand_over_back,
            StaffAction::AddedPerson => &self.added_person,
            StaffAction::AssignedAdviser => &self.gave_adviser,
            StaffAction::DownloadedCopy => &self.downloaded_copy,
            StaffAction::Other(name) => return name.replace('_', " "),
        };
        label.clone()
    }
}

#[cfg(test)]
mod tests {
    use promise_protocol::schema::{COLLECTIONS, Kind};

    use super::*;

    #[test]
    fn every_choice_of_the_protocol_has_its_words() {
        let labels = Labels::default();
        for field in COLLECTIONS.iter().flat_map(|collection| collection.fields) {
            let Kind::Choice(words) = field.kind else { continue };
            for word in words {
                assert_ne!(labels.choice(word), word.replace('_', " "), "{}: {word}", field.name);
            }
        }
        assert_eq!(labels.choice("from_the_future"), "from the future");
    }
}
