//! Colleagues who are to cover for an adviser and are on leave themselves on some of the days. Entries of the
//! address book that cover for each other can clash in the same way.

use chrono::NaiveDate;
use promise_database::{AddressBookEntry, ContactCard, StaffMember, Tx};
use promise_protocol::cover::{self, Absences};
use serde::{Deserialize, Serialize};

use crate::{Permission, ServiceError, StaffScope, calendar, card_id::CardId};

/// Days on which an adviser is on leave, and so is the colleague who covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverClash {
    /// The adviser, or an entry of the address book.
    pub adviser: CardId,
    /// Their name.
    pub adviser_name: String,
    /// The name of the colleague who covers, or of another entry.
    pub cover_name: String,
    /// The first of the days.
    pub from: NaiveDate,
    /// The last of them.
    pub to: NaiveDate,
    /// The name of the one who is at work instead; `None` if young people ring the duty line.
    pub instead: Option<String>,
}

impl CoverClash {
    /// Returns `true` if the other clash is the same on some of these days.
    pub(crate) fn includes(&self, other: &Self) -> bool {
        let is_same = *self == Self { from: self.from, to: self.to, ..other.clone() };
        is_same && self.from <= other.from && other.to <= self.to
    }
}

/// Returns the clashes of staff of the caller's council from today on, by day.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<Vec<CoverClash>, ServiceError> {
    scope.permit(Permission::SeeTeams)?;
    let staff = tx.staff_of(scope.require_council()?)?;
    Ok(find(&staff, calendar::today(now_millis)))
}

/// Finds the clashes among these staff from `today` on, by day.
pub(crate) fn find(staff: &[StaffMember], today: NaiveDate) -> Vec<CoverClash> {
    let active = staff.iter().filter(|member| !member.is_deactivated());
    let cards = active.map(|member| (CardId::from(&member.id), member.name(), &member.card));
    find_on(cards, today)
}

/// Finds the clashes among these entries of the address book from `today` on, by day.
pub(crate) fn find_in_book(entries: &[AddressBookEntry], today: NaiveDate) -> Vec<CoverClash> {
    find_on(entries.iter().map(|entry| (CardId::from(&entry.id), entry.name(), &entry.card)), today)
}

/// Finds the clashes of the leave on these cards, each with its id and name.
fn find_on<'a>(
    cards: impl Iterator<Item = (CardId, &'a str, &'a ContactCard)>,
    today: NaiveDate,
) -> Vec<CoverClash> {
    let (holders, people): (Vec<(CardId, &str)>, Vec<Absences>) = cards
        .map(|(id, name, card)| {
            let absences = absences_on(id.as_str(), card);
            ((id, name), absences)
        })
        .unzip();
    let name = |id: &str| {
        let holder = holders.iter().find(|(holder, _)| holder.as_str() == id);
        holder.map(|(_, name)| (*name).to_owned())
    };
    let away = holders.iter().zip(&people);
    let away = away.flat_map(|(holder, it)| it.leave.iter().map(move |leave| (holder, it, leave)));
    let mut clashes = Vec::new();
    for ((adviser, adviser_name), away, leave) in away {
        let cover = people.iter().find(|it| leave.cover.as_ref() == Some(&it.id));
        let Some(cover) = cover.filter(|cover| cover.id != away.id) else { continue };
        for days in cover::days(&people, &away.id, leave) {
            for theirs in &cover.leave {
                let from = days.from.max(theirs.from).max(today);
                let to = days.to.min(theirs.to);
                if from <= to {
                    clashes.push(CoverClash {
                        adviser: adviser.clone(),
                        adviser_name: (*adviser_name).to_owned(),
                        cover_name: name(&cover.id).unwrap_or_default(),
                        from,
                        to,
                        instead: days.cover.as_deref().and_then(name),
                    });
                }
            }
        }
    }
    clashes.sort_by(|a, b| (a.from, &a.adviser).cmp(&(b.from, &b.adviser)));
    clashes.dedup();
    clashes
}

/// Returns the leave of staff who are not deactivated.
pub(super) fn absences(staff: &[StaffMember]) -> Vec<Absences> {
    let active = staff.iter().filter(|member| !member.is_deactivated());
    active.map(|member| absences_on(member.id.as_str(), &member.card)).collect()
}

fn absences_on(id: &str, card: &ContactCard) -> Absences {
    Absences { id: id.to_owned(), leave: card.leave(), from: None, to: None, can_be_named: true }
}

#[cfg(test)]
mod tests;
