//! Making a plan: one young person after another, from what the files say about them.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use chrono::NaiveDate;
use promise_database::Assignment;
use promise_protocol::{
    ids::{PersonId, StaffId},
    text,
};

use super::{
    AllocationFile, AllocationRefusal, Change, CountedRoles, Extract, Involvement, KnownPerson,
    KnownStaff, Pair, Plan, RefusedRow, RowProblem, State, WhyUnassigned,
    claims::{Claim, PersonClaims},
    foresight::Foresight,
    prospect::Prospect,
    workers::Workers,
};

/// The most roles that a refusal lists.
const MAX_LISTED_ROLES: usize = 12;

/// Compares the files with a council's state: see [`Plan::new`].
pub(super) fn plan(
    state: &State,
    extract: &Extract,
    roles: &CountedRoles,
    deactivates: bool,
) -> Result<Plan, AllocationRefusal> {
    let workers = Workers::new(extract, state);
    let leavers = workers.leavers();
    let people = state.people.iter().map(|it| (it.id.clone(), it.reference.clone()));
    let staff = state.staff.iter().map(|staff| (staff.id.clone(), staff.name.clone()));
    let mut planner = Planner {
        state,
        leavers: leavers.iter().map(|staff| &staff.id).collect(),
        plan: Plan {
            rows: extract.rows,
            rows_before: None,
            not_here: 0,
            unchanged: 0,
            changes: Vec::new(),
            covers: Vec::new(),
            missing: Vec::new(),
            held: Vec::new(),
            leavers: leavers.iter().map(|staff| staff.id.clone()).collect(),
            refused: extract.refused.clone(),
            without_adviser: Vec::new(),
            version: state.version(),
            references: people.collect(),
            names: staff.collect(),
        },
    };
    let mut claims = planner.claims(extract, roles, &workers)?;
    let is_certain = !planner.plan.refused.iter().any(RefusedRow::may_be_of_anyone);
    let mut compared = Vec::new();
    for person in &state.people {
        let claims = claims.remove(&person.id).unwrap_or_default();
        compared.push(planner.compare(person, &claims, is_certain));
    }
    let switched_off = if deactivates { planner.leavers.clone() } else { BTreeSet::new() };
    planner.foresee(&compared, switched_off);
    if deactivates {
        let off = planner.plan.leavers.iter().cloned();
        planner.plan.changes = off.map(|staff| Change::SwitchOff { staff }).collect();
    }
    planner.plan.changes.extend(compared.into_iter().flat_map(|compared| compared.changes));
    planner.plan.changes.sort();
    planner.plan.covers.sort();
    planner.plan.missing.sort();
    planner.plan.held.sort();
    planner.plan.refused.sort();
    Ok(planner.plan)
}

impl RefusedRow {
    /// Returns `true` if the row may be about any young person, so that the absence of a row says nothing.
    fn may_be_of_anyone(&self) -> bool {
        self.file == AllocationFile::Involvements
            && matches!(self.problem, RowProblem::NoPerson | RowProblem::Damaged)
    }
}

/// What came of comparing the files with one young person's assignments.
struct Compared<'a> {
    person: &'a PersonId,
    /// Their assignments now.
    held: Vec<&'a Assignment>,
    changes: Vec<Change>,
    /// Why they have no adviser if they have none, as far as the files say.
    why: WhyUnassigned,
}

/// A plan that is being made.
struct Planner<'a> {
    state: &'a State,
    leavers: BTreeSet<&'a StaffId>,
    plan: Plan,
}

impl<'a> Planner<'a> {
    /// Sorts the rows that count by young person.
    fn claims(
        &mut self,
        extract: &Extract,
        roles: &CountedRoles,
        workers: &Workers<'a>,
    ) -> Result<BTreeMap<&'a PersonId, PersonClaims<'a>>, AllocationRefusal> {
        let state = self.state;
        let keyed = state.people.iter().filter_map(|person| {
            let reference = text::key(person.reference.as_deref()?);
            (!reference.is_empty()).then_some((reference, person))
        });
        let people: BTreeMap<String, &KnownPerson> = keyed.collect();
        let mut claims: BTreeMap<&PersonId, PersonClaims<'a>> = BTreeMap::new();
        let (mut counted, mut other_roles) = (0, BTreeMap::new());
        for row in &extract.involvements {
            let is_damaged = row.days == Err(RowProblem::Damaged);
            if !roles.contains(&row.role) && !is_damaged {
                *other_roles.entry(row.role.as_str()).or_insert(0_usize) += 1;
                continue;
            }
            counted += usize::from(!is_damaged);
            let person = people.get(&row.person).copied();
            match person {
                Some(person) => {
                    claims.entry(&person.id).or_default().add(row, workers, state.today);
                }
                None if row.person.is_empty() || is_damaged => {
                    self.refuse_of_anyone(row, is_damaged);
                }
                None => self.plan.not_here += 1,
            }
        }
        if counted == 0 {
            return Err(AllocationRefusal::NoCountedRole { roles: most_frequent(other_roles) });
        }
        for (person, claims) in &claims {
            let reference = self.plan.reference(person).map(str::to_owned);
            let refused = claims.refused.iter().map(|(row, problem)| RefusedRow {
                file: AllocationFile::Involvements,
                row: *row,
                problem: *problem,
                reference: reference.clone(),
            });
            self.plan.refused.extend(refused);
        }
        Ok(claims)
    }

    fn refuse_of_anyone(&mut self, row: &Involvement, is_damaged: bool) {
        let problem = if is_damaged { RowProblem::Damaged } else { RowProblem::NoPerson };
        let file = AllocationFile::Involvements;
        self.plan.refused.push(RefusedRow { file, row: row.row, problem, reference: None });
    }

    /// Compares what the files say about a young person with their assignments. Nothing is missing of a
    /// person without a reference: no row can be about them.
    fn compare(
        &mut self,
        person: &'a KnownPerson,
        claims: &PersonClaims<'a>,
        is_certain: bool,
    ) -> Compared<'a> {
        let state = self.state;
        let assignments = state.assignments.iter();
        let held: Vec<&Assignment> = assignments.filter(|it| it.person == person.id).collect();
        let (mut changes, mut is_refused) = (Vec::new(), claims.has_doubt());
        for (staff, claim) in claims.by_staff.values() {
            let own = held.iter().find(|it| it.staff == staff.id && it.covers.is_none());
            let Some((starts, ends)) = claim.target(state.today) else { continue };
            if let Some(problem) = self.cannot_have(staff) {
                let rows = claim.live_rows.iter().map(|row| RefusedRow {
                    file: AllocationFile::Involvements,
                    row: *row,
                    problem,
                    reference: person.reference.clone(),
                });
                self.plan.refused.extend(rows);
                is_refused = true;
                continue;
            }
            let (person, staff) = (person.id.clone(), staff.id.clone());
            match own {
                None => changes.push(Change::Assign { person, staff, starts, ends }),
                Some(own) => {
                    let (starts, ends) = self.days(own, &held, (starts, ends));
                    if (starts, ends) == (own.starts, own.ends) {
                        self.plan.unchanged += 1;
                    } else {
                        changes.push(Change::SetDays { person, staff, starts, ends });
                    }
                }
            }
        }
        for own in held.iter().filter(|it| it.covers.is_none()) {
            changes.extend(self.end(person, own, claims, is_certain));
        }
        let why = if person.reference.is_none() {
            WhyUnassigned::NoReference
        } else if is_refused {
            WhyUnassigned::RowRefused
        } else if claims.by_staff.is_empty() {
            WhyUnassigned::NotInFiles
        } else {
            WhyUnassigned::Over
        };
        changes.sort();
        Compared { person: &person.id, held, changes, why }
    }

    /// Works out who has no adviser once the changes are applied, and who covers.
    fn foresee(&mut self, compared: &[Compared<'_>], switched_off: BTreeSet<&StaffId>) {
        let state = self.state;
        let changes = compared.iter().flat_map(|compared| &compared.changes);
        let foresight = Foresight::new(state, switched_off, changes);
        for Compared { person, held, changes, why } in compared {
            let after = foresight.after(held, changes);
            let prospect = Prospect { state, leavers: &self.leavers, held, after: &after };
            self.plan.without_adviser.extend(prospect.without_adviser(person, *why));
            self.plan.covers.extend(prospect.new_covers());
        }
    }

    /// Returns why a young person cannot be given to a staff member.
    fn cannot_have(&self, staff: &KnownStaff) -> Option<RowProblem> {
        if staff.has_left || self.leavers.contains(&staff.id) {
            Some(RowProblem::WorkerLeft)
        } else if staff.can_advise {
            None
        } else {
            Some(RowProblem::NotAnAdviser)
        }
    }

    /// Returns the first and last day of an assignment. What has begun here stays so, and a hand-over that
    /// was planned here keeps its day: the case system may hear of it later.
    fn days(
        &self,
        own: &Assignment,
        held: &[&Assignment],
        (starts, ends): (Option<NaiveDate>, Option<NaiveDate>),
    ) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let is_other = |it: &&&Assignment| it.covers.is_none() && it.staff != own.staff;
        let others: Vec<&&Assignment> = held.iter().filter(is_other).collect();
        let takes_over = own.starts.is_some() && others.iter().any(|it| it.ends == own.starts);
        let hands_over = own.ends.is_some() && others.iter().any(|it| it.starts == own.ends);
        let is_begun = own.starts.is_none_or(|starts| starts <= self.state.today);
        let keeps_start = is_begun || (takes_over && starts.is_some());
        (if keeps_start { own.starts } else { starts }, if hands_over { own.ends } else { ends })
    }

    /// Returns the end of an assignment that is over by the files, or notes that it may be.
    fn end(
        &mut self,
        person: &KnownPerson,
        own: &Assignment,
        claims: &PersonClaims<'a>,
        is_certain: bool,
    ) -> Option<Change> {
        let today = self.state.today;
        let claim = claims.by_staff.get(&own.staff).map(|(_, claim)| claim);
        let is_planned = own.starts.is_some_and(|starts| starts > today);
        let is_over = own.ends.is_some_and(|ends| ends <= today);
        let is_live = claim.is_some_and(|claim| claim.target(today).is_some());
        if is_live || is_planned || is_over || person.reference.is_none() {
            return None;
        }
        let pair = Pair { person: person.id.clone(), staff: own.staff.clone() };
        let is_unreadable = claim.is_some_and(Claim::is_unreadable);
        let has_ended = claim.is_some_and(|claim| claim.has_ended(today));
        if is_unreadable || !is_certain || claims.is_unclear || (!has_ended && claims.has_doubt()) {
            self.plan.held.push(pair);
            None
        } else if has_ended {
            Some(Change::End { person: pair.person, staff: pair.staff })
        } else {
            self.plan.missing.push(pair);
            None
        }
    }
}

/// Returns the most frequent roles.
fn most_frequent(counts: BTreeMap<&str, usize>) -> Vec<String> {
    let mut counts: Vec<(&str, usize)> =
        counts.into_iter().filter(|(it, _)| !it.is_empty()).collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    counts.into_iter().take(MAX_LISTED_ROLES).map(|(role, _)| role.to_owned()).collect()
}
