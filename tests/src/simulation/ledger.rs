//! What every phone wrote, and what it had seen when it wrote: the truth that the checks compare
//! with.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use promise_protocol::{Cell, CellKey, Stamp};
use serde_json::Value;

/// How many people are in a story. The data of one must never reach the other.
pub(super) const PEOPLE: usize = 2;

/// One of the people in the story.
pub(super) type PersonIndex = usize;
/// One of the phones in the story.
pub(super) type PhoneIndex = usize;
/// One edit of one cell by a phone.
type EditId = usize;

struct Edit {
    value: Value,
    /// The edits of this cell that the phone had seen when it made this one, and their pasts.
    past: BTreeSet<EditId>,
    /// `true` if it was on one phone only, and that was lost.
    lost: bool,
}

/// Everything written so far.
#[derive(Default)]
pub(super) struct Ledger {
    edits: Vec<Edit>,
    /// The edit of each stamp. A re-stamped edit has several.
    by_stamp: HashMap<(PersonIndex, CellKey, Stamp), EditId>,
    by_cell: HashMap<(PersonIndex, CellKey), Vec<EditId>>,
    seen: HashMap<(PhoneIndex, CellKey), BTreeSet<EditId>>,
    texts: u64,
}

impl Ledger {
    /// Returns a text that was not written yet. It names its person.
    pub(super) fn new_text(&mut self, person: PersonIndex, kind: &str) -> String {
        self.texts += 1;
        format!("{person}:{kind}{}", self.texts)
    }

    /// Records that a phone wrote a cell.
    pub(super) fn wrote(
        &mut self,
        person: PersonIndex,
        phone: PhoneIndex,
        key: &CellKey,
        stamp: &Stamp,
        value: &Value,
    ) {
        let id = self.edits.len();
        let seen = self.seen.entry((phone, key.clone())).or_default();
        self.edits.push(Edit { value: value.clone(), past: seen.clone(), lost: false });
        seen.insert(id);
        self.by_stamp.insert((person, key.clone(), stamp.clone()), id);
        self.by_cell.entry((person, key.clone())).or_default().push(id);
    }

    /// Records that a phone gave its unsent edit another stamp.
    pub(super) fn restamped(
        &mut self,
        person: PersonIndex,
        key: &CellKey,
        old: &Stamp,
        new: &Stamp,
    ) {
        if let Some(&id) = self.by_stamp.get(&(person, key.clone(), old.clone())) {
            self.by_stamp.insert((person, key.clone(), new.clone()), id);
        }
    }

    /// Records that a phone shows what this stamp wrote: an edit of this cell made from now on
    /// comes after it.
    pub(super) fn saw(
        &mut self,
        person: PersonIndex,
        phone: PhoneIndex,
        key: &CellKey,
        stamp: &Stamp,
    ) {
        let Some(&id) = self.by_stamp.get(&(person, key.clone(), stamp.clone())) else { return };
        let seen = self.seen.entry((phone, key.clone())).or_default();
        if seen.insert(id) {
            seen.extend(&self.edits[id].past);
        }
    }

    /// Returns `true` if a phone wrote this value under this stamp.
    pub(super) fn knows(
        &self,
        person: PersonIndex,
        key: &CellKey,
        stamp: &Stamp,
        value: &Value,
    ) -> bool {
        let id = self.by_stamp.get(&(person, key.clone(), stamp.clone()));
        id.is_some_and(|&id| self.edits[id].value == *value)
    }

    /// Returns `true` if an edit of this cell was made after seeing the one under this stamp.
    pub(super) fn has_successor(&self, person: PersonIndex, key: &CellKey, stamp: &Stamp) -> bool {
        let Some(id) = self.by_stamp.get(&(person, key.clone(), stamp.clone())) else {
            return false;
        };
        let edits = self.by_cell.get(&(person, key.clone()));
        edits.is_some_and(|edits| {
            edits
                .iter()
                .map(|edit| &self.edits[*edit])
                .any(|edit| !edit.lost && edit.past.contains(id))
        })
    }

    /// Returns the cells that phones of this person wrote, and that are not lost with a phone.
    pub(super) fn cells_of(&self, person: PersonIndex) -> Vec<CellKey> {
        let mine = self.by_cell.iter().filter(|((owner, _), _)| *owner == person);
        let kept = mine.filter(|(_, edits)| edits.iter().any(|edit| !self.edits[*edit].lost));
        kept.map(|((_, key), _)| key.clone()).collect()
    }

    /// Records that a phone was lost. Edits of this person that are newer than what the server and
    /// the other phones hold are lost with it.
    pub(super) fn mark_lost_edits(&mut self, person: PersonIndex, held: &BTreeMap<CellKey, Cell>) {
        let stamps = self.by_stamp.iter().filter(|((owner, ..), _)| *owner == person);
        let is_held =
            |key: &CellKey, stamp: &Stamp| held.get(key).is_some_and(|cell| *stamp <= cell.stamp);
        let kept: BTreeSet<EditId> = stamps
            .clone()
            .filter(|((_, key, stamp), _)| is_held(key, stamp))
            .map(|(_, id)| *id)
            .collect();
        let lost: Vec<EditId> = stamps.map(|(_, id)| *id).filter(|id| !kept.contains(id)).collect();
        for id in lost {
            self.edits[id].lost = true;
        }
    }

    /// Another phone, which has seen nothing, takes this phone's place.
    pub(super) fn forget_phone(&mut self, phone: PhoneIndex) {
        self.seen.retain(|(of, _), _| *of != phone);
    }
}
