//! The words that files, sheets and forms use for the closed vocabularies of an edition.

use promise_protocol::{
    pack::{Basis, Category, ClosedDays, OpportunityKind, OpportunityStatus, PledgeArea, Theme},
    values::PhoneKind,
};

/// The themes of pledges.
pub const THEMES: [(&str, Theme); 7] = [
    ("a", Theme::A),
    ("b", Theme::B),
    ("c", Theme::C),
    ("d", Theme::D),
    ("e", Theme::E),
    ("f", Theme::F),
    ("g", Theme::G),
];

/// The legal bases of pledges.
pub const BASES: [(&str, Basis); 3] = [
    ("statutory", Basis::Statutory),
    ("guidance", Basis::Guidance),
    ("discretionary", Basis::Discretionary),
];

/// The legal categories of care leavers.
pub const CATEGORIES: [(&str, Category); 4] = [
    ("eligible", Category::Eligible),
    ("relevant", Category::Relevant),
    ("former_relevant", Category::FormerRelevant),
    ("qualifying", Category::Qualifying),
];

/// The areas in which a pledge holds.
pub const AREAS: [(&str, PledgeArea); 3] =
    [("own", PledgeArea::Own), ("resident", PledgeArea::Resident), ("any", PledgeArea::Any)];

/// The kinds of opportunities.
pub const KINDS: [(&str, OpportunityKind); 14] = [
    ("discount", OpportunityKind::Discount),
    ("financial_support", OpportunityKind::FinancialSupport),
    ("exemption", OpportunityKind::Exemption),
    ("personal_development", OpportunityKind::PersonalDevelopment),
    ("workshop", OpportunityKind::Workshop),
    ("training", OpportunityKind::Training),
    ("work_experience", OpportunityKind::WorkExperience),
    ("apprenticeship", OpportunityKind::Apprenticeship),
    ("internship", OpportunityKind::Internship),
    ("job", OpportunityKind::Job),
    ("event", OpportunityKind::Event),
    ("volunteering", OpportunityKind::Volunteering),
    ("housing", OpportunityKind::Housing),
    ("mentoring", OpportunityKind::Mentoring),
];

/// The statuses of opportunities.
pub const STATUSES: [(&str, OpportunityStatus); 3] = [
    ("open", OpportunityStatus::Open),
    ("paused", OpportunityStatus::Paused),
    ("closed", OpportunityStatus::Closed),
];

/// The periods that pay is for.
pub const PAY_UNITS: [&str; 4] = ["hour", "week", "month", "year"];

/// The kinds of phone numbers of a line.
pub(crate) const PHONE_KINDS: [(&str, PhoneKind); 6] = [
    ("mobile", PhoneKind::Mobile),
    ("landline", PhoneKind::Landline),
    ("duty", PhoneKind::Duty),
    ("oohs", PhoneKind::Oohs),
    ("text", PhoneKind::Text),
    ("whatsapp", PhoneKind::Whatsapp),
];

/// What a line does on closed days.
pub(crate) const CLOSED_DAYS: [(&str, ClosedDays); 3] = [
    ("closed", ClosedDays::Closed),
    ("as_usual", ClosedDays::AsUsual),
    ("open_all_day", ClosedDays::OpenAllDay),
];

/// The words of a vocabulary.
pub(crate) fn words<T>(vocabulary: &[(&'static str, T)]) -> Vec<&'static str> {
    vocabulary.iter().map(|(word, _)| *word).collect()
}

/// The word for a value; empty if the value has none.
pub(crate) fn word_for<T: PartialEq>(vocabulary: &[(&'static str, T)], value: &T) -> &'static str {
    vocabulary.iter().find(|(_, known)| known == value).map_or("", |(word, _)| word)
}
