//! What a sheet would change in the draft.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;
use promise_protocol::{pack::Opportunity, text};
use sha2::{Digest, Sha256};

use super::stored;
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
    /// The unknown columns, which are ignored.
    pub unknown: Vec<String>,
    /// The rows that add an opportunity.
    pub added: Vec<AddedRow>,
    /// The rows that change an opportunity.
    pub changed: Vec<ChangedRow>,
    /// The rows that change nothing: line, id and title.
    pub unchanged: Vec<(usize, String, String)>,
    /// The rows with issues.
    pub invalid: Vec<InvalidRow>,
    /// The opportunities of the draft that are not in the sheet.
    pub missing: Vec<Opportunity>,
    /// Rows that may add an opportunity a second time.
    pub duplicates: Vec<PossibleDuplicate>,
    /// A hash of the sheet and of the opportunities that it changes. What is applied is what was
    /// shown, if this is the same.
    pub version: String,
    /// A hash of [`Self::missing`].
    pub missing_version: String,
    /// The stage of the draft.
    pub stage: Stage,
}

/// A row that adds an opportunity.
#[derive(Clone, Debug, PartialEq)]
pub struct AddedRow {
    /// The line in the sheet.
    pub line: usize,
    /// The opportunity.
    pub opportunity: Opportunity,
}

/// A row that changes an opportunity.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangedRow {
    /// The line in the sheet.
    pub line: usize,
    /// The opportunity with the changes.
    pub opportunity: Opportunity,
    /// The columns that change, each with its texts before and after.
    pub columns: Vec<(&'static str, String, String)>,
}

/// A row with issues.
#[derive(Clone, Debug, PartialEq)]
pub struct InvalidRow {
    /// The line in the sheet.
    pub line: usize,
    /// The texts of the row.
    pub texts: Texts,
    /// The issues.
    pub issues: Vec<Issue>,
}

impl InvalidRow {
    /// A hash of the row's texts. It does not depend on where the row is in the sheet.
    pub fn fingerprint(&self) -> String {
        drafts::fingerprint(&self.texts)
    }
}

/// A row with the title and organisation of another opportunity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PossibleDuplicate {
    /// The line in the sheet.
    pub line: usize,
    /// The id of the row.
    pub id: String,
    /// The title of the row.
    pub title: String,
    /// The id of the other opportunity.
    pub other: String,
}

impl Plan {
    /// Compares a sheet with the draft.
    pub(super) fn new(sheet: &Sheet, draft: &WorkingCopy) -> Self {
        let current = &draft.content.opportunities.opportunities.0;
        let by_id: BTreeMap<&str, &Opportunity> =
            current.iter().map(|opportunity| (opportunity.id.as_str(), opportunity)).collect();
        let mut plan = Self {
            columns: sheet.columns.clone(),
            unknown: sheet.unknown.clone(),
            added: Vec::new(),
            changed: Vec::new(),
            unchanged: Vec::new(),
            invalid: Vec::new(),
            missing: Vec::new(),
            duplicates: Vec::new(),
            version: String::new(),
            missing_version: String::new(),
            stage: draft.stage.clone(),
        };
        let mut lines: BTreeMap<String, usize> = BTreeMap::new();
        for row in &sheet.rows {
            let id = id_of(&row.texts);
            let old = id.as_deref().and_then(|id| by_id.get(id)).copied();
            let mut issues = row.issues.clone();
            let mut new = None;
            match apply_texts(old, &row.texts, TextOrigin::File) {
                Ok(opportunity) => new = Some(opportunity),
                Err(found) => {
                    issues.extend(found.into_iter().map(|issue| issue.at_row(row.number)));
                }
            }
            if let Some(id) = id {
                match lines.get(&id) {
                    Some(first) => issues.push(row.duplicate_id(*first)),
                    None => drop(lines.insert(id, row.number)),
                }
            }
            if let Some(new) = new.filter(|_| issues.is_empty()) {
                plan.push_valid(row.number, old, new);
            } else {
                let texts = row.texts.clone();
                plan.invalid.push(InvalidRow { line: row.number, texts, issues });
            }
        }
        let missing = current.iter().filter(|opportunity| !lines.contains_key(&opportunity.id));
        plan.missing = missing.cloned().collect();
        plan.find_duplicates(current);
        plan.set_versions(sheet, &by_id);
        plan
    }

    fn push_valid(&mut self, line: usize, old: Option<&Opportunity>, new: Opportunity) {
        match old {
            None => self.added.push(AddedRow { line, opportunity: new }),
            Some(old) if *old == new => self.unchanged.push((line, new.id, new.title)),
            Some(old) => {
                let (before, after) = (to_texts(old), to_texts(&new));
                let text = |texts: &Texts, column| texts.get(column).cloned().unwrap_or_default();
                let columns = columns()
                    .map(|column| (column, text(&before, column), text(&after, column)))
                    .filter(|(_, before, after)| before != after)
                    .collect();
                self.changed.push(ChangedRow { line, opportunity: new, columns });
            }
        }
    }

    /// Finds added rows with the title and organisation of an opportunity of the draft, or of an
    /// earlier row.
    fn find_duplicates(&mut self, current: &[Opportunity]) {
        let mut known: BTreeMap<(String, String), String> = current
            .iter()
            .map(|opportunity| (duplicate_key(opportunity), opportunity.id.clone()))
            .collect();
        for AddedRow { line, opportunity } in &self.added {
            let (id, title) = (opportunity.id.clone(), opportunity.title.clone());
            match known.get(&duplicate_key(opportunity)) {
                Some(other) => {
                    let other = other.clone();
                    self.duplicates.push(PossibleDuplicate { line: *line, id, title, other });
                }
                None => drop(known.insert(duplicate_key(opportunity), id)),
            }
        }
    }

    fn set_versions(&mut self, sheet: &Sheet, current: &BTreeMap<&str, &Opportunity>) {
        let added = self.added.iter().map(|row| row.opportunity.id.as_str());
        let changed = self.changed.iter().map(|row| row.opportunity.id.as_str());
        let with_fingerprint = |id| {
            let current = current.get(id);
            (id, current.map_or(String::new(), |current| drafts::fingerprint(*current)))
        };
        let affected: BTreeSet<(&str, String)> =
            added.chain(changed).map(with_fingerprint).collect();
        let missing = self.missing.iter();
        let missing: Vec<(&str, String)> = missing
            .map(|opportunity| (opportunity.id.as_str(), drafts::fingerprint(opportunity)))
            .collect();
        self.version = short_hash(&format!("{} {affected:?}", stored::to_json(sheet)));
        self.missing_version = short_hash(&format!("{missing:?}"));
    }
}

/// Returns the letters and digits of the title and organisation, in one spelling.
fn duplicate_key(opportunity: &Opportunity) -> (String, String) {
    let plain = |text: &str| -> String {
        text::key(text).chars().filter(|c| c.is_alphanumeric()).collect()
    };
    (plain(&opportunity.title), plain(&opportunity.organisation))
}

fn short_hash(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text)).chars().take(32).collect()
}
