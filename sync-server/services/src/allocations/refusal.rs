//! When an import is not applied although its files can be read, and what confirms it.

use super::{AllocationRefusal, Change, State};

/// So many may lose an adviser in one import without a confirmation, or a tenth of all if that is more.
const MAX_LOSSES: usize = 5;

/// Refuses an import whose file has over a tenth fewer rows than the last one.
pub(super) fn check_rows(
    rows_before: Option<usize>,
    rows: usize,
    confirmed: Option<usize>,
) -> Result<(), AllocationRefusal> {
    match rows_before {
        Some(before) if rows * 10 < before * 9 && confirmed != Some(rows) => {
            Err(AllocationRefusal::FewerRows { before, rows })
        }
        _ => Ok(()),
    }
}

/// Refuses changes with which many would lose an adviser.
pub(super) fn check_losses(
    state: &State,
    changes: &[Change],
    confirmed: Option<usize>,
) -> Result<(), AllocationRefusal> {
    let of = state.own().count();
    let loss = |change: &Change| match change {
        Change::End { .. } => 1,
        Change::SwitchOff { staff } => state.own().filter(|own| &own.staff == staff).count().max(1),
        Change::SetDays { .. } | Change::Assign { .. } => 0,
    };
    let losses: usize = changes.iter().map(loss).sum();
    if losses > MAX_LOSSES.max(of / 10) && confirmed != Some(losses) {
        return Err(AllocationRefusal::ManyLosses { losses, of });
    }
    Ok(())
}
