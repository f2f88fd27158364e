//! Bringing a draft up to date: what it changes is put on top of what was published meanwhile.

use std::collections::BTreeMap;

use promise_protocol::PackName;

use super::{
    EditionContent,
    compare::{FieldChange, RecordChange, by_id, record_change},
    records::{Kind, Record, Records, id},
};

/// Whose version of a record is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The draft's.
    Ours,
    /// What is published.
    Theirs,
}

/// A record that both changed, each in their own way.
#[derive(Clone, Debug, PartialEq)]
pub struct MergeClash {
    /// What it is.
    pub kind: Kind,
    /// What stays the same about it.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What the draft changes; `None` if it removes the record.
    pub ours: Option<Vec<FieldChange>>,
    /// What was published; `None` if it is removed there.
    pub theirs: Option<Vec<FieldChange>>,
}

/// What is chosen where both changed the same record.
pub type Choices = BTreeMap<(Kind, String), Keep>;

/// The draft `ours`, which began as `base`, on top of what is published now, `theirs`. The records
/// that both changed and nobody chose between are in the way.
pub fn merge(
    base: &EditionContent,
    ours: &EditionContent,
    theirs: &EditionContent,
    choices: &Choices,
) -> Result<EditionContent, Vec<MergeClash>> {
    let [base, ours, theirs] = [base, ours, theirs].map(Records::of);
    let mut merge = Merge { choices, clashes: Vec::new() };
    let mut merged = Records::default();
    for pack in PackName::ALL {
        let heads = [&base, &ours, &theirs].map(|records| Some(records.head(pack)));
        let [base, ours, theirs] = heads.each_ref().map(Option::as_ref);
        let head = match pack {
            PackName::Promise => merge.one(Kind::Promise, base, ours, theirs),
            // Beside their lists these hold nothing that a draft changes.
            _ => if ours == base { theirs } else { ours }.cloned(),
        };
        merged.heads.insert(pack, head.unwrap_or_default());
    }
    for kind in Kind::LISTS {
        let list = merge.list(kind, [&base, &ours, &theirs].map(|records| records.list(kind)));
        merged.lists.insert(kind, list);
    }
    if !merge.clashes.is_empty() {
        return Err(merge.clashes);
    }
    // Whole records of three drafts are a draft again.
    merged.into_draft().ok_or_else(Vec::new)
}

struct Merge<'a> {
    choices: &'a Choices,
    clashes: Vec<MergeClash>,
}

impl Merge<'_> {
    fn list(&mut self, kind: Kind, [base, ours, theirs]: [&[Record]; 3]) -> Vec<Record> {
        let [old, own, new] = [base, ours, theirs].map(by_id);
        let ids = |records: &[Record]| -> Vec<String> {
            records.iter().map(|record| id(record).to_owned()).collect()
        };
        let order = order(&ids(base), &ids(ours), &ids(theirs));
        let pick = |id: &String| {
            let id = id.as_str();
            self.one(kind, old.get(id).copied(), own.get(id).copied(), new.get(id).copied())
        };
        order.iter().filter_map(pick).collect()
    }

    /// One record as it is to be; `None` if it is to be gone.
    fn one(
        &mut self,
        kind: Kind,
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
        match self.choices.get(&(kind, id(known).to_owned())) {
            Some(Keep::Ours) => ours.cloned(),
            Some(Keep::Theirs) => theirs.cloned(),
            None => {
                let nothing = Record::new();
                let before = base.unwrap_or(&nothing);
                let change = record_change(before, known);
                let fields =
                    |side: Option<&Record>| side.map(|side| record_change(before, side).fields);
                let (ours, theirs) = (fields(ours), fields(theirs));
                let RecordChange { id, name, .. } = change;
                self.clashes.push(MergeClash { kind, id, name, ours, theirs });
                None
            }
        }
    }
}

/// In which order: the draft's if it moved something, or else the published one. What the other side
/// added goes after what it stood behind there.
fn order(base: &[String], ours: &[String], theirs: &[String]) -> Vec<String> {
    let stay = |side: &[String]| -> Vec<String> {
        let in_all = |id: &&String| [base, ours, theirs].iter().all(|all| all.contains(id));
        side.iter().filter(in_all).cloned().collect()
    };
    let moved = stay(ours) != stay(base);
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
    fn different_records_are_both_kept() {
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
        let merged = merge(&base, &ours, &theirs, &Choices::new()).unwrap();
        assert_eq!(ids(&merged), ["bus-pass", "gym", "laptop"]);
        assert_eq!(merged.promise.pledges.0[0].amount.as_deref(), Some("£50"));
        assert_eq!(
            (merged.promise.title["en"].as_str(), merged.directory.lines.0.len()),
            ("New", 0)
        );
        assert_eq!(merge(&base, &base, &theirs, &Choices::new()).as_ref(), Ok(&theirs));
        assert_eq!(merge(&base, &ours, &base, &Choices::new()).as_ref(), Ok(&ours));
        assert_eq!(merge(&base, &ours, &ours, &Choices::new()).as_ref(), Ok(&ours));
    }

    #[test]
    fn the_same_record_is_asked_about_and_nothing_else() {
        let base = good();
        let amount = |amount: &str| {
            with(|draft| draft.promise.pledges.0[0].amount = Some(amount.to_owned()))
        };
        let (ours, mut theirs) = (amount("£50"), amount("£60"));
        theirs.promise.pledges.0.push(pledge("gym"));
        let clashes = merge(&base, &ours, &theirs, &Choices::new()).unwrap_err();
        let [clash] = &clashes[..] else { panic!("{clashes:?}") };
        assert_eq!((clash.kind, clash.name.as_str()), (Kind::Pledge, "Bus pass"));
        assert_eq!(clash.ours.as_ref().unwrap()[0].after, Some("£50".into()));
        let chosen = |keep| {
            let choices = [((Kind::Pledge, "bus-pass".to_owned()), keep)].into();
            merge(&base, &ours, &theirs, &choices).unwrap()
        };
        let amount = |draft: &EditionContent| draft.promise.pledges.0[0].amount.clone().unwrap();
        assert_eq!(amount(&chosen(Keep::Ours)), "£50");
        assert_eq!(amount(&chosen(Keep::Theirs)), "£60");
        assert_eq!(ids(&chosen(Keep::Ours)), ["bus-pass", "gym"]);
    }

    #[test]
    fn removed_on_one_side_and_changed_on_the_other_is_asked_about() {
        let base = good();
        let ours = with(|draft| drop(draft.promise.pledges.0.remove(0)));
        assert_eq!(ids(&merge(&base, &ours, &base, &Choices::new()).unwrap()), [""; 0]);
        let theirs = with(|draft| draft.promise.pledges.0[0].amount = Some("£60".into()));
        let clashes = merge(&base, &ours, &theirs, &Choices::new()).unwrap_err();
        assert_eq!((clashes[0].ours.as_ref(), clashes[0].name.as_str()), (None, "Bus pass"));
        let choices = |keep| [((Kind::Pledge, "bus-pass".to_owned()), keep)].into();
        assert_eq!(ids(&merge(&base, &ours, &theirs, &choices(Keep::Ours)).unwrap()), [""; 0]);
        let kept = merge(&base, &ours, &theirs, &choices(Keep::Theirs)).unwrap();
        assert_eq!(ids(&kept), ["bus-pass"]);
    }

    #[test]
    fn whoever_moved_something_is_followed() {
        let all = |ids: &str| -> Vec<String> { ids.split(' ').map(str::to_owned).collect() };
        let order = |base, ours, theirs| order(&all(base), &all(ours), &all(theirs)).join(" ");
        assert_eq!(order("a b c", "c a b", "a b c x"), "c x a b");
        assert_eq!(order("a b c", "a b x c", "c b a"), "c b x a");
        assert_eq!(order("a b c", "x a b c", "a b c y"), "x a b c y");
        assert_eq!(order("a b", "b a x", "b a y"), "b a y x");
    }
}
