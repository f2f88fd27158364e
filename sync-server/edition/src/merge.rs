//! Three-way merge of a draft with an edition that was published after the draft began.

use std::collections::BTreeMap;

use promise_protocol::PackName;

use crate::{
    content::{EditionContent, Record, RecordKind, Records, record_id},
    diff::{FieldChange, RecordChange, by_id, compare_records},
};

/// The version of a record to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The draft's.
    Ours,
    /// The published one.
    Theirs,
}

/// A record that the draft and the newer edition both changed, in different ways.
#[derive(Clone, Debug, PartialEq)]
pub struct MergeConflict {
    /// The record's kind.
    pub kind: RecordKind,
    /// The record's id.
    pub id: String,
    /// The record's English title, or its id if it has none.
    pub name: String,
    /// The draft's changes; `None` if it removes the record.
    pub ours: Option<Vec<FieldChange>>,
    /// The published changes; `None` if the record is removed there.
    pub theirs: Option<Vec<FieldChange>>,
}

/// The resolution of each conflict, by record.
pub type MergeChoices = BTreeMap<(RecordKind, String), Keep>;

/// Merges the draft `ours`, which began as `base`, with the newest edition `theirs`. Fails with the
/// conflicting records that `choices` does not resolve.
pub fn merge(
    base: &EditionContent,
    ours: &EditionContent,
    theirs: &EditionContent,
    choices: &MergeChoices,
) -> Result<EditionContent, Vec<MergeConflict>> {
    let [base, ours, theirs] = [base, ours, theirs].map(Records::from_content);
    let mut merge = Merge { choices, conflicts: Vec::new() };
    let mut merged = Records::default();
    for pack in PackName::ALL {
        let heads = [&base, &ours, &theirs].map(|records| Some(records.head(pack)));
        let [base, ours, theirs] = heads.each_ref().map(Option::as_ref);
        let head = match pack {
            PackName::Promise => merge.record(RecordKind::Promise, base, ours, theirs),
            // A draft changes nothing outside the lists of the other packs.
            _ => if ours == base { theirs } else { ours }.cloned(),
        };
        merged.heads.insert(pack, head.unwrap_or_default());
    }
    for kind in RecordKind::LISTS {
        let list = merge.list(kind, [&base, &ours, &theirs].map(|records| records.list(kind)));
        merged.lists.insert(kind, list);
    }
    if !merge.conflicts.is_empty() {
        return Err(merge.conflicts);
    }
    // Records of valid editions always form a valid edition.
    merged.into_content().ok_or_else(Vec::new)
}

struct Merge<'a> {
    choices: &'a MergeChoices,
    conflicts: Vec<MergeConflict>,
}

impl Merge<'_> {
    fn list(&mut self, kind: RecordKind, [base, ours, theirs]: [&[Record]; 3]) -> Vec<Record> {
        let [old, own, new] = [base, ours, theirs].map(by_id);
        let ids = |records: &[Record]| -> Vec<String> {
            records.iter().map(|record| record_id(record).to_owned()).collect()
        };
        let order = merge_order(&ids(base), &ids(ours), &ids(theirs));
        let pick = |id: &String| {
            let id = id.as_str();
            self.record(kind, old.get(id).copied(), own.get(id).copied(), new.get(id).copied())
        };
        order.iter().filter_map(pick).collect()
    }

    /// Merges one record; `None` if it is removed or in conflict.
    fn record(
        &mut self,
        kind: RecordKind,
        base: Option<&Record>,
        ours: Option<&Record>,
        theirs: Option<&Record>,
    ) -> Option<Record> {
        if ours == base || ours == theirs {
            return theirs.cloned();
        }
        if theirs == base {
            return ours.cloned();
        }
        let known = ours.or(theirs).or(base)?;
        match self.choices.get(&(kind, record_id(known).to_owned())) {
            Some(Keep::Ours) => ours.cloned(),
            Some(Keep::Theirs) => theirs.cloned(),
            None => {
                let nothing = Record::new();
                let before = base.unwrap_or(&nothing);
                let change = compare_records(before, known);
                let fields =
                    |side: Option<&Record>| side.map(|side| compare_records(before, side).fields);
                let (ours, theirs) = (fields(ours), fields(theirs));
                let RecordChange { id, name, .. } = change;
                self.conflicts.push(MergeConflict { kind, id, name, ours, theirs });
                None
            }
        }
    }
}

/// Merges the order of records: the draft's if it moved any, or else the published one. A record that
/// only the other side has goes after the record it follows there.
fn merge_order(base: &[String], ours: &[String], theirs: &[String]) -> Vec<String> {
    let in_common = |side: &[String]| -> Vec<String> {
        let in_all = |id: &&String| [base, ours, theirs].iter().all(|all| all.contains(id));
        side.iter().filter(in_all).cloned().collect()
    };
    let moved = in_common(ours) != in_common(base);
    let (first, second) = if moved { (ours, theirs) } else { (theirs, ours) };
    let mut all = first.to_vec();
    for (index, id) in second.iter().enumerate().filter(|(_, id)| !first.contains(id)) {
        let mut before = second.iter().take(index).rev();
        let place = before.find_map(|before| all.iter().position(|known| known == before));
        all.insert(place.map_or(0, |place| place + 1), id.clone());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::good;
    use promise_protocol::pack::Pledge;

    fn with(change: impl FnOnce(&mut EditionContent)) -> EditionContent {
        let mut draft = good();
        change(&mut draft);
        draft
    }

    fn pledge(id: &str) -> Pledge {
        Pledge { id: id.into(), ..good().promise.pledges.0[0].clone() }
    }

    fn ids(draft: &EditionContent) -> Vec<&str> {
        draft.promise.pledges.0.iter().map(|pledge| pledge.id.as_str()).collect()
    }

    #[test]
    fn changes_to_different_records_are_all_kept() {
        let base = good();
        let ours = with(|draft| {
            draft.promise.pledges.0[0].amount = Some("£50".into());
            draft.promise.pledges.0.push(pledge("gym"));
        });
        let theirs = with(|draft| {
            draft.promise.title.insert("en".into(), "New".into());
            draft.promise.pledges.0.push(pledge("laptop"));
            draft.directory.lines.0.clear();
        });
        let merged = merge(&base, &ours, &theirs, &MergeChoices::new()).unwrap();
        assert_eq!(ids(&merged), ["bus-pass", "gym", "laptop"]);
        assert_eq!(merged.promise.pledges.0[0].amount.as_deref(), Some("£50"));
        assert_eq!(
            (merged.promise.title["en"].as_str(), merged.directory.lines.0.len()),
            ("New", 0)
        );
        assert_eq!(merge(&base, &base, &theirs, &MergeChoices::new()).as_ref(), Ok(&theirs));
        assert_eq!(merge(&base, &ours, &base, &MergeChoices::new()).as_ref(), Ok(&ours));
        assert_eq!(merge(&base, &ours, &ours, &MergeChoices::new()).as_ref(), Ok(&ours));
    }

    #[test]
    fn change_to_same_record_is_the_only_conflict() {
        let base = good();
        let amount = |amount: &str| {
            with(|draft| draft.promise.pledges.0[0].amount = Some(amount.to_owned()))
        };
        let (ours, mut theirs) = (amount("£50"), amount("£60"));
        theirs.promise.pledges.0.push(pledge("gym"));
        let conflicts = merge(&base, &ours, &theirs, &MergeChoices::new()).unwrap_err();
        let [conflict] = &conflicts[..] else { panic!("{conflicts:?}") };
        assert_eq!((conflict.kind, conflict.name.as_str()), (RecordKind::Pledge, "Bus pass"));
        assert_eq!(conflict.ours.as_ref().unwrap()[0].after, Some("£50".into()));
        let chosen = |keep| {
            let choices = [((RecordKind::Pledge, "bus-pass".to_owned()), keep)].into();
            merge(&base, &ours, &theirs, &choices).unwrap()
        };
        let amount = |draft: &EditionContent| draft.promise.pledges.0[0].amount.clone().unwrap();
        assert_eq!(amount(&chosen(Keep::Ours)), "£50");
        assert_eq!(amount(&chosen(Keep::Theirs)), "£60");
        assert_eq!(ids(&chosen(Keep::Ours)), ["bus-pass", "gym"]);
    }

    #[test]
    fn removal_against_change_is_a_conflict() {
        let base = good();
        let ours = with(|draft| drop(draft.promise.pledges.0.remove(0)));
        assert_eq!(ids(&merge(&base, &ours, &base, &MergeChoices::new()).unwrap()), [""; 0]);
        let theirs = with(|draft| draft.promise.pledges.0[0].amount = Some("£60".into()));
        let conflicts = merge(&base, &ours, &theirs, &MergeChoices::new()).unwrap_err();
        assert_eq!((conflicts[0].ours.as_ref(), conflicts[0].name.as_str()), (None, "Bus pass"));
        let choices = |keep| [((RecordKind::Pledge, "bus-pass".to_owned()), keep)].into();
        assert_eq!(ids(&merge(&base, &ours, &theirs, &choices(Keep::Ours)).unwrap()), [""; 0]);
        let kept = merge(&base, &ours, &theirs, &choices(Keep::Theirs)).unwrap();
        assert_eq!(ids(&kept), ["bus-pass"]);
    }

    #[test]
    fn order_follows_the_side_that_moved_records() {
        let all = |ids: &str| -> Vec<String> { ids.split(' ').map(str::to_owned).collect() };
        let order =
            |base, ours, theirs| merge_order(&all(base), &all(ours), &all(theirs)).join(" ");
        assert_eq!(order("a b c", "c a b", "a b c x"), "c x a b");
        assert_eq!(order("a b c", "a b x c", "c b a"), "c b x a");
        assert_eq!(order("a b c", "x a b c", "a b c y"), "x a b c y");
        assert_eq!(order("a b", "b a x", "b a y"), "b a y x");
    }
}
