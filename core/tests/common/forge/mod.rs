//! Forgeries of what is sealed, the same for the same seed (but for keys of phones, which are always random). A test
//! tries a few and a benchmark many. The module that includes this folder has `sealing` in scope.

mod cells;
mod handover;
mod random;

use std::collections::BTreeMap;

use super::sealing;
pub(crate) use cells::forge_cells;
pub(crate) use handover::forge_handovers;

/// How many forgeries of each sort were tried, and which were accepted.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) tried: BTreeMap<&'static str, usize>,
    /// Empty if there is no fault.
    pub(crate) accepted: Vec<String>,
    count: usize,
}

impl Tally {
    /// Counts one forgery. `accepted` has what it was, if it was accepted.
    fn add(&mut self, sort: &'static str, accepted: Option<String>) {
        *self.tried.entry(sort).or_default() += 1;
        self.count += 1;
        self.accepted.extend(accepted.map(|what| format!("{sort}: {what}")));
    }
}
