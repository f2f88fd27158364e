//! Which staff member a professional of the case system is.

use std::collections::{BTreeMap, BTreeSet};

use super::{Extract, KnownStaff, RowProblem, State};

/// Who a professional is.
pub(super) enum Worker<'a> {
    /// A staff member.
    Known(&'a KnownStaff),
    /// None of the staff here.
    Other(RowProblem),
    /// It cannot be said. It may be any of the staff.
    Unclear(RowProblem),
}

/// The professionals of the files and the staff here.
pub(super) struct Workers<'a> {
    extract: &'a Extract,
    by_address: BTreeMap<&'a str, Vec<&'a KnownStaff>>,
}

impl<'a> Workers<'a> {
    pub(super) fn new(extract: &'a Extract, state: &'a State) -> Self {
        let mut by_address: BTreeMap<&str, Vec<&KnownStaff>> = BTreeMap::new();
        for staff in &state.staff {
            for address in &staff.addresses {
                by_address.entry(address).or_default().push(staff);
            }
        }
        Self { extract, by_address }
    }

    /// Finds a professional by way of staff number and address.
    pub(super) fn find(&self, professional: &str) -> Worker<'a> {
        if professional.is_empty() {
            return Worker::Other(RowProblem::NoWorker);
        }
        match self.find_account(professional) {
            Ok(Some(staff)) => Worker::Known(staff),
            Ok(None) => Worker::Other(RowProblem::NoAccount),
            Err(problem) => Worker::Unclear(problem),
        }
    }

    fn find_account(&self, professional: &str) -> Result<Option<&'a KnownStaff>, RowProblem> {
        let numbers = self.extract.staff_numbers.get(professional);
        let numbers = numbers.ok_or(RowProblem::UnknownProfessional)?;
        let number = only(numbers, RowProblem::NoStaffNumber, RowProblem::TwoStaffNumbers)?;
        let addresses = self.extract.addresses.get(number);
        let addresses = addresses.ok_or(RowProblem::UnknownStaffNumber)?;
        let address = only(addresses, RowProblem::NoAddress, RowProblem::TwoAddresses)?;
        self.with_address(address)
    }

    /// Returns the staff member with an address. One who works here comes before those who left.
    fn with_address(&self, address: &str) -> Result<Option<&'a KnownStaff>, RowProblem> {
        let Some(all) = self.by_address.get(address) else { return Ok(None) };
        let mut present = all.iter().filter(|staff| !staff.has_left);
        match (present.next(), present.next(), all.as_slice()) {
            (Some(staff), None, _) | (None, _, [staff]) => Ok(Some(*staff)),
            _ => Err(RowProblem::TwoAccounts),
        }
    }

    /// Returns the staff who left by the directory and whose accounts here are on.
    pub(super) fn leavers(&self) -> Vec<&'a KnownStaff> {
        let off = self.extract.is_enabled.iter().filter(|(_, is_enabled)| !**is_enabled);
        let leavers = off.filter_map(|(address, _)| self.with_address(address).ok().flatten());
        let mut leavers: Vec<&KnownStaff> =
            leavers.filter(|staff| !staff.has_left && !self.is_enabled_elsewhere(staff)).collect();
        leavers.sort_by(|a, b| a.id.cmp(&b.id));
        leavers.dedup_by(|a, b| a.id == b.id);
        leavers
    }

    /// A staff member with two names may have two accounts in the directory, of which one is on.
    fn is_enabled_elsewhere(&self, staff: &KnownStaff) -> bool {
        let mut addresses = staff.addresses.iter();
        addresses.any(|address| self.extract.is_enabled.get(address) == Some(&true))
    }
}

/// Returns the only one of several texts.
fn only(
    texts: &BTreeSet<String>,
    if_none: RowProblem,
    if_two: RowProblem,
) -> Result<&String, RowProblem> {
    let mut texts = texts.iter();
    match (texts.next(), texts.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => Err(if_none),
        (Some(_), Some(_)) => Err(if_two),
    }
}
