//! How many forgeries of each kind and sort there were.

use std::collections::BTreeMap;

use super::Tried;

/// What was tried, and what was accepted of it.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    tried: BTreeMap<(&'static str, &'static str), usize>,
    count: usize,
    accepted: Vec<String>,
}

impl Tally {
    pub(super) fn add(&mut self, Tried { kind, sort, accepted }: Tried) {
        *self.tried.entry((kind, sort)).or_default() += 1;
        self.count += 1;
        let accepted = accepted.map(|what| format!("{kind}, {sort}: {what}"));
        self.accepted.extend(accepted);
    }

    /// Returns this tally and another one as one.
    pub(super) fn and(mut self, other: Self) -> Self {
        for (both, count) in other.tried {
            *self.tried.entry(both).or_default() += count;
        }
        self.count += other.count;
        self.accepted.extend(other.accepted);
        self
    }

    /// How many were tried.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// What was accepted. Empty if there is no fault.
    pub(crate) fn accepted(&self) -> &[String] {
        &self.accepted
    }

    /// How many there were of each kind: what was forged.
    pub(crate) fn by_kind(&self) -> BTreeMap<&'static str, usize> {
        self.sum(|(kind, _)| kind)
    }

    /// How many there were of each sort: how it was forged.
    pub(crate) fn by_sort(&self) -> BTreeMap<&'static str, usize> {
        self.sum(|(_, sort)| sort)
    }

    fn sum(
        &self,
        part: impl Fn((&'static str, &'static str)) -> &'static str,
    ) -> BTreeMap<&'static str, usize> {
        let mut sums = BTreeMap::new();
        for (both, count) in &self.tried {
            *sums.entry(part(*both)).or_default() += count;
        }
        sums
    }
}
