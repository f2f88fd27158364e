//! Rows that do not count, and why.

use super::AllocationFile;

/// Why a row does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowProblem {
    /// Cells may be in other columns or rows than they belong to.
    Damaged,
    /// No young person is named.
    NoPerson,
    /// The first day is not a day.
    FirstDay,
    /// The last day is not a day.
    LastDay,
    /// The last day is before the first.
    DaysOutOfOrder,
    /// The first day is more than a year away.
    TooFarAhead,
    /// No worker is named.
    NoWorker,
    /// The worker is not in the file of professionals.
    UnknownProfessional,
    /// The worker has no staff number there, as those of other organisations.
    NoStaffNumber,
    /// The worker has two staff numbers there.
    TwoStaffNumbers,
    /// The staff number is not in the directory.
    UnknownStaffNumber,
    /// The directory has no address for the staff number.
    NoAddress,
    /// The directory has two addresses for the staff number.
    TwoAddresses,
    /// No staff member here signs in with the address.
    NoAccount,
    /// Two staff members here have the address.
    TwoAccounts,
    /// The worker has left, or their account here is off.
    WorkerLeft,
    /// The worker's role here has no card.
    NotAnAdviser,
    /// Whether the account is on is neither yes nor no.
    NotYesOrNo,
}

impl RowProblem {
    /// Returns the name of the problem, as part of message keys.
    pub fn name(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::NoPerson => "no-person",
            Self::FirstDay => "first-day",
            Self::LastDay => "last-day",
            Self::DaysOutOfOrder => "days-out-of-order",
            Self::TooFarAhead => "too-far-ahead",
            Self::NoWorker => "no-worker",
            Self::UnknownProfessional => "unknown-professional",
            Self::NoStaffNumber => "no-staff-number",
            Self::TwoStaffNumbers => "two-staff-numbers",
            Self::UnknownStaffNumber => "unknown-staff-number",
            Self::NoAddress => "no-address",
            Self::TwoAddresses => "two-addresses",
            Self::NoAccount => "no-account",
            Self::TwoAccounts => "two-accounts",
            Self::WorkerLeft => "worker-left",
            Self::NotAnAdviser => "not-an-adviser",
            Self::NotYesOrNo => "not-yes-or-no",
        }
    }
}

/// A row that does not count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RefusedRow {
    /// The file.
    pub file: AllocationFile,
    /// The row's number.
    pub row: usize,
    /// Why it does not count.
    pub problem: RowProblem,
    /// The council's reference of the young person of the row, if they are here.
    pub reference: Option<String>,
}
