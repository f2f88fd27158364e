//! Filling a page of the response with the revisions after the phone's cursor.

use promise_protocol::{
    Author, AuthorKind, Cell, Change, SyncResponse,
    access::ACCESS,
    fault_injection::{Fault, is_injected},
    ids::PersonId,
    phone_record::PHONE,
    schema::KEY_REFUSAL,
};

use super::Limits;
use crate::{PhoneScope, ServiceError, generation};
use promise_database::{DatabaseError, StoredCell, Tx};

/// Fills the page of the response with the cells after revision `since`. Leaves out the cells of
/// revision `own`, which this request wrote, because the phone has them. Two kinds of that revision are
/// included, because the phone does not have them: access records, which waited for this response, and
/// what this server wrote while it applied the request. An accepted key step is not: the phone makes it from
/// the acceptance.
pub(crate) fn fill(
    tx: &mut dyn Tx,
    scope: &PhoneScope,
    since: u64,
    own: Option<u64>,
    limits: Limits,
    response: &mut SyncResponse,
) -> Result<(), ServiceError> {
    let mut page = Page::new(limits);
    let staff_author = generation::current(tx)?.staff_author;
    tx.cells_after(scope.person(), since, &mut |stored| {
        let is_known =
            stored.cell.key.collection != ACCESS && !is_by_server(&stored, &staff_author);
        let is_own = own.is_some() && stored.rev == own && is_known;
        is_own || page.add(stored)
    })?;
    let last = match page.last_if_full() {
        Some(last) => last,
        // The cursor also passes revisions whose cells were all overwritten later.
        None => tx.person(scope.person())?.ok_or(ServiceError::NotPaired)?.rev,
    };
    response.more = page.full;
    response.next = (last > since).then_some(last);
    response.changes = Change::gather(page.cells());
    for change in &mut response.changes {
        with_signature(tx, scope.person(), change)?;
    }
    if is_injected(Fault::OtherPersonsCellSent) {
        leak(tx, scope, response)?;
    }
    Ok(())
}

/// Returns `true` for a record of phones, or a report about a key, that this server wrote, and no server
/// before it.
fn is_by_server(stored: &StoredCell, staff_author: &Author) -> bool {
    [PHONE, KEY_REFUSAL.0].contains(&stored.cell.key.collection.as_str())
        && &stored.cell.stamp.author == staff_author
}

/// Replaces cells of a change that the council signed by the whole change, as it was signed. Other edits
/// may have overwritten some of its cells since; those have greater stamps.
fn with_signature(
    tx: &mut dyn Tx,
    person: &PersonId,
    change: &mut Change,
) -> Result<(), ServiceError> {
    if change.stamp.author.kind() == AuthorKind::Staff {
        let signed = tx.staff_change(person, &change.collection, &change.id, &change.stamp)?;
        *change = signed.ok_or(DatabaseError::Unreadable("signed change"))?;
    }
    Ok(())
}

/// A page that is being filled.
struct Page {
    limits: Limits,
    /// Cells of whole revisions.
    whole: Vec<StoredCell>,
    /// Cells of the revision that is being read, which is not complete yet.
    reading: Vec<StoredCell>,
    bytes: usize,
    full: bool,
}

impl Page {
    fn new(limits: Limits) -> Self {
        Self { limits, whole: Vec::new(), reading: Vec::new(), bytes: 0, full: false }
    }

    /// Adds the next cell. Returns `false` if the page is full. A revision that would make the page
    /// too large is left for the next page, unless it is the first.
    fn add(&mut self, stored: StoredCell) -> bool {
        let begins = self.reading.last().is_some_and(|last| last.rev != stored.rev);
        if begins || is_injected(Fault::RevisionsSplit) {
            self.whole.append(&mut self.reading);
        }
        let size = size(&stored.cell);
        let cells = self.whole.len() + self.reading.len() + 1;
        let fits = cells <= self.limits.cells && self.bytes + size <= self.limits.bytes;
        if !fits && !self.whole.is_empty() {
            self.full = true;
            return false;
        }
        self.bytes += size;
        self.reading.push(stored);
        true
    }

    /// Returns the last whole revision of a full page, or `None` if the page is not full.
    fn last_if_full(&self) -> Option<u64> {
        self.whole.last().filter(|_| self.full).and_then(|stored| stored.rev)
    }

    fn cells(self) -> impl Iterator<Item = Cell> {
        let rest = if self.full { Vec::new() } else { self.reading };
        self.whole.into_iter().chain(rest).map(|stored| stored.cell)
    }
}

/// Returns the approximate size of a cell in the response, in bytes.
fn size(cell: &Cell) -> usize {
    const AROUND: usize = 40;
    let key = cell.key.collection.len() + cell.key.id.len() + cell.key.field.len();
    AROUND + key + serde_json::to_string(&cell.value).map_or(0, |json| json.len())
}

/// Adds a cell of another person, as [`Fault::OtherPersonsCellSent`] demands.
fn leak(
    tx: &mut dyn Tx,
    scope: &PhoneScope,
    response: &mut SyncResponse,
) -> Result<(), ServiceError> {
    for other in tx.people(scope.council())? {
        if &other.id != scope.person() && response.changes.is_empty() {
            tx.cells_after(&other.id, 0, &mut |stored| {
                response.changes.extend(Change::gather([stored.cell]));
                false
            })?;
        }
    }
    Ok(())
}
