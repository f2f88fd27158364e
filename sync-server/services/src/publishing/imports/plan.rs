//! What a sheet would change in the draft.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;
use promise_protocol::pack::Opportunity;
use sha2::{Digest, Sha256};

use super::kept;
use crate::publishing::drafts::{self, Stage, WorkingCopy};
use promise_edition::{
    Issue, Sheet, TextOrigin, Texts,
    opportunities::{apply_texts, columns, id_of, to_texts},
};

/// What a sheet would change in the draft.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The columns of the sheet.
    pub columns: Vec<&'static str>,
    /// Columns that nobody knows, as they are written. They are passed over.
    pub unknown: Vec<String>,
    /// What is new.
    pub added: Vec<AddedRow>,
    /// What is not as it was.
    pub changed: Vec<ChangedRow>,
    /// What is as it was: its line, name and title.
    pub unchanged: Vec<(usize, String, String)>,
    /// Rows in which something is wrong.
    pub wrong: Vec<InvalidRow>,
    /// What the draft holds and the sheet does not.
    pub missing: Vec<Opportunity>,
    /// Rows that may be the same as another under another name.
    pub alike: Vec<PossibleDuplicate>,
    /// The sheet and what it touches, in a few characters: what is taken is what was looked at.
    pub version: String,
    /// The same of what is missing.
    pub missing_version: String,
    /// How far the draft is.
    pub stage: Stage,
}

/// A new opportunity.
#[derive(Clone, Debug, PartialEq)]
pub struct AddedRow {
    /// Its line in the file.
    pub line: usize,
    /// It.
    pub opportunity: Opportunity,
}

/// An opportunity that is not as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangedRow {
    /// Its line in the file.
    pub line: usize,
    /// It.
    pub opportunity: Opportunity,
    /// The columns that change, each with what it said and what it says.
    pub columns: Vec<(&'static str, String, String)>,
}

/// A row in which something is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct InvalidRow {
    /// Its line in the file.
    pub line: usize,
    /// What is in it.
    pub texts: Texts,
    /// What is wrong.
    pub issues: Vec<Issue>,
}

/// A row with the title and the organisation of another opportunity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PossibleDuplicate {
    /// Its line in the file.
    pub line: usize,
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The other's name.
    pub other: String,
}

/// What this sheet would change in this draft.
pub(crate) fn of(sheet: &Sheet, work: &WorkingCopy) -> Plan {
    let held = &work.content.opportunities.opportunities.0;
    let by_id: BTreeMap<&str, &Opportunity> = held.iter().map(|it| (it.id.as_str(), it)).collect();
    let mut plan = Plan {
        columns: sheet.columns.clone(),
        unknown: sheet.unknown.clone(),
        added: Vec::new(),
        changed: Vec::new(),
        unchanged: Vec::new(),
        wrong: Vec::new(),
        missing: Vec::new(),
        alike: Vec::new(),
        version: String::new(),
        missing_version: String::new(),
        stage: work.stage.clone(),
    };
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    for row in &sheet.rows {
        let id = id_of(&row.texts);
        let old = id.as_deref().and_then(|id| by_id.get(id)).copied();
        let mut issues = row.issues.clone();
        let mut new = None;
        match apply_texts(old, &row.texts, TextOrigin::File) {
            Ok(opportunity) => new = Some(opportunity),
            Err(found) => issues.extend(found.into_iter().map(|issue| issue.at_row(row.number))),
        }
        if let Some(id) = id {
            match lines.get(&id) {
                Some(first) => issues.push(row.duplicate_id(*first)),
                None => drop(lines.insert(id, row.number)),
            }
        }
        match new.filter(|_| issues.is_empty()) {
            Some(new) => plan.good(row.number, old, new),
            None => {
                plan.wrong.push(InvalidRow { line: row.number, texts: row.texts.clone(), issues });
            }
        }
    }
    plan.missing = held.iter().filter(|it| !lines.contains_key(&it.id)).cloned().collect();
    plan.find_alike(held);
    plan.stamp(sheet, &by_id);
    plan
}

impl Plan {
    fn good(&mut self, line: usize, old: Option<&Opportunity>, new: Opportunity) {
        match old {
            None => self.added.push(AddedRow { line, opportunity: new }),
            Some(old) if *old == new => self.unchanged.push((line, new.id, new.title)),
            Some(old) => {
                let (before, after) = (to_texts(old), to_texts(&new));
                let text = |texts: &Texts, column| texts.get(column).cloned().unwrap_or_default();
                let columns = columns()
                    .map(|column| (column, text(&before, column), text(&after, column)))
                    .filter(|(_, before, after)| before != after);
                let columns = columns.collect();
                self.changed.push(ChangedRow { line, opportunity: new, columns });
            }
        }
    }

    /// What the sheet adds though the draft or the sheet has it under another name.
    fn find_alike(&mut self, held: &[Opportunity]) {
        let key = |it: &Opportunity| {
            let plain = |text: &str| -> String {
                let letters = text.chars().filter(|c| c.is_alphanumeric());
                letters.flat_map(char::to_lowercase).collect()
            };
            (plain(&it.title), plain(&it.organisation))
        };
        let mut known: BTreeMap<(String, String), String> =
            held.iter().map(|it| (key(it), it.id.clone())).collect();
        for AddedRow { line, opportunity } in &self.added {
            let (id, title) = (opportunity.id.clone(), opportunity.title.clone());
            match known.get(&key(opportunity)) {
                Some(other) => {
                    self.alike.push(PossibleDuplicate {
                        line: *line,
                        id,
                        title,
                        other: other.clone(),
                    });
                }
                None => drop(known.insert(key(opportunity), id)),
            }
        }
    }

    fn stamp(&mut self, sheet: &Sheet, held: &BTreeMap<&str, &Opportunity>) {
        let added = self.added.iter().map(|it| it.opportunity.id.as_str());
        let changed = self.changed.iter().map(|it| it.opportunity.id.as_str());
        let print = |id: &str| held.get(id).map_or(String::new(), |it| drafts::fingerprint(*it));
        let touched: BTreeSet<(&str, String)> =
            added.chain(changed).map(|id| (id, print(id))).collect();
        let missing: Vec<(&str, String)> =
            self.missing.iter().map(|it| (it.id.as_str(), drafts::fingerprint(it))).collect();
        self.version = short_hash(&format!("{} {touched:?}", kept::to_json(sheet)));
        self.missing_version = short_hash(&format!("{missing:?}"));
    }
}

fn short_hash(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text)).chars().take(32).collect()
}
