//! Cover of cover: the confirmation, the manager's list and the contacts on phones.

use chrono::Days;
use promise_protocol::{ids::StaffId, values::Leave};
use serde_json::{Map, json};

use super::*;
use crate::{
    Record,
    assignments::CONTACT,
    cards::{self, LeaveChange, LeaveOutcome},
    cells::records,
    fixture::{NOW, World, card_edit},
    staff,
};

/// Jo looks after Ada. Bo and Cy are colleagues.
struct Office {
    world: World,
    jo: StaffId,
    bo: StaffId,
    cy: StaffId,
}

fn on(days: u64) -> NaiveDate {
    calendar::today(NOW).checked_add_days(Days::new(days)).unwrap()
}

impl Office {
    fn new() -> Self {
        let mut world = World::new();
        let mut add = |name: &str| {
            let card = card_edit(json!({"display_name": name}));
            let handle = name.to_lowercase();
            let council = "barnet".into();
            world.staff(|tx, scope, random| staff::add(tx, scope, &council, &handle, card, random))
        };
        let (bo, cy) = (add("Bo").unwrap(), add("Cy").unwrap());
        Self { jo: world.jo.clone(), bo, cy, world }
    }

    fn save(
        &mut self,
        staff: &StaffId,
        (from, to): (u64, u64),
        cover: Option<&StaffId>,
        confirmed: &[CoverClash],
    ) -> LeaveOutcome {
        let cover = cover.map(|cover| cover.as_str().to_owned());
        let leave = Leave { from: on(from), to: on(to), cover, unknown: Map::new() };
        let change = (LeaveChange::Add(leave), confirmed);
        self.world
            .staff(|tx, scope, random| {
                cards::change_leave(tx, scope, staff, change.clone(), NOW, random)
            })
            .unwrap()
    }

    /// Saves a leave, and confirms what it asks.
    fn save_anyway(&mut self, staff: &StaffId, days: (u64, u64), cover: Option<&StaffId>) -> usize {
        let LeaveOutcome::NeedsConfirmation(clashes) = self.save(staff, days, cover, &[]) else {
            panic!("no question")
        };
        let saved = self.save(staff, days, cover, &clashes);
        assert!(matches!(saved, LeaveOutcome::Saved(_)), "{saved:?}");
        clashes.len()
    }

    fn contact(&mut self, name: &str) -> Option<Record> {
        let ada = self.world.ada.clone();
        let all = self.world.staff(|tx, _, _| records::list(tx, &ada, CONTACT)).unwrap();
        let is_it = |it: &Record| !it.is_deleted() && it.text("display_name") == name;
        all.into_iter().find(is_it)
    }

    /// Checks that Ada's phones can follow the cover from Jo to Bo to Cy.
    fn check_chain(&mut self) {
        let contacts = ["Jo", "Bo", "Cy"].map(|name| self.contact(name).expect(name));
        let [jo, bo, cy] = contacts;
        assert_eq!(jo.fields["leave"][0]["cover"], json!(bo.id));
        assert_eq!(bo.fields["leave"][0]["cover"], json!(cy.id));
        assert_eq!(bo.text("valid_to"), on(14).to_string());
        let days = (cy.text("valid_from").to_owned(), cy.text("valid_to").to_owned());
        assert_eq!(days, (on(7).to_string(), on(14).to_string()));
    }
}

#[test]
fn cover_who_is_away_needs_a_confirmation_and_phones_get_the_next_colleague() {
    let mut office = Office::new();
    let (jo, bo, cy) = (office.jo.clone(), office.bo.clone(), office.cy.clone());
    assert!(matches!(office.save(&bo, (7, 21), Some(&cy), &[]), LeaveOutcome::Saved(_)));
    let asked = office.save(&jo, (1, 14), Some(&bo), &[]);
    let LeaveOutcome::NeedsConfirmation(clashes) = asked else { panic!("{asked:?}") };
    let [clash] = &clashes[..] else { panic!("{clashes:?}") };
    assert_eq!((clash.from, clash.to), (on(7), on(14)));
    assert_eq!((&*clash.adviser_name, &*clash.cover_name), ("Jo", "Bo"));
    assert_eq!(clash.instead.as_deref(), Some("Cy"));
    assert!(office.contact("Bo").is_none(), "nothing is saved");
    assert!(matches!(office.save(&jo, (1, 14), Some(&bo), &clashes), LeaveOutcome::Saved(_)));
    office.check_chain();
}

#[test]
fn leave_of_a_colleague_who_covers_needs_a_confirmation_too() {
    let mut office = Office::new();
    let (jo, bo, cy) = (office.jo.clone(), office.bo.clone(), office.cy.clone());
    assert!(matches!(office.save(&jo, (1, 14), Some(&bo), &[]), LeaveOutcome::Saved(_)));
    assert_eq!(office.save_anyway(&bo, (7, 21), Some(&cy)), 1);
    office.check_chain();
    // Ahead of the day, for the manager.
    let council = StaffScope::of_council("barnet".into());
    let listed = office.world.staff(|tx, _, _| {
        let staff = tx.staff_of(council.require_council()?)?;
        Ok(find(&staff, calendar::today(NOW)))
    });
    assert_eq!(listed.unwrap().len(), 1);
    // And no more once the leave is cancelled.
    let remove = (LeaveChange::Remove(0), &[][..]);
    office
        .world
        .staff(|tx, scope, random| cards::change_leave(tx, scope, &bo, remove.clone(), NOW, random))
        .unwrap();
    assert!(office.contact("Cy").is_none(), "Bo is at work");
}

#[test]
fn reactivated_colleague_covers_again_at_the_end_of_a_chain() {
    let mut office = Office::new();
    let (jo, bo, cy) = (office.jo.clone(), office.bo.clone(), office.cy.clone());
    assert!(matches!(office.save(&bo, (7, 21), Some(&cy), &[]), LeaveOutcome::Saved(_)));
    assert_eq!(office.save_anyway(&jo, (1, 14), Some(&bo)), 1);
    office.world.staff(|tx, scope, _| staff::deactivate(tx, scope, &cy, NOW)).unwrap();
    assert!(office.contact("Cy").is_none(), "Cy left");
    office.world.staff(|tx, scope, random| staff::reactivate(tx, scope, &cy, NOW, random)).unwrap();
    office.check_chain();
}

#[test]
fn leave_that_closes_a_circle_names_the_duty_line() {
    let mut office = Office::new();
    let (jo, bo, cy) = (office.jo.clone(), office.bo.clone(), office.cy.clone());
    assert!(matches!(office.save(&jo, (1, 9), Some(&bo), &[]), LeaveOutcome::Saved(_)));
    assert_eq!(office.save_anyway(&bo, (1, 9), Some(&cy)), 1);
    let asked = office.save(&cy, (5, 9), Some(&jo), &[]);
    let LeaveOutcome::NeedsConfirmation(clashes) = asked else { panic!("{asked:?}") };
    assert!(clashes.iter().all(|clash| clash.instead.is_none() && clash.from == on(5)));
    assert_eq!(clashes.len(), 3, "each of the three has a colleague who is away: {clashes:?}");
}
