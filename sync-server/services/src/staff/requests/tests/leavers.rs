//! What an administrator leaves behind who is deactivated or has another role.

use super::*;
use crate::publishing::imports;
use promise_database::ImportKind;
use promise_edition::Sheet;

/// Takes power away from a staff member.
type Event = fn(&mut Office, &StaffScope);

fn deactivate(office: &mut Office, who: &StaffScope) {
    let who = who.actor().staff().unwrap().clone();
    office.world.staff(|tx, scope, _| staff::deactivate(tx, scope, &who, NOW)).unwrap();
}

fn demote(office: &mut Office, who: &StaffScope) {
    let who = who.actor().staff().unwrap().clone();
    office
        .world
        .staff(|tx, scope, random| {
            staff::change_role(tx, scope, &who, StaffRole::Adviser, NOW, random)
        })
        .unwrap();
}

const ENDS: [(&str, Event); 2] = [("deactivated", deactivate), ("another role", demote)];

#[test]
fn request_ends_with_the_power_of_the_asker() {
    for (what, end) in ENDS {
        let mut office = Office::new();
        let (adam, eve) = (office.adam.clone(), office.eve.clone());
        let id = office.ask_for_reset();
        end(&mut office, &adam);
        let done = office.confirm(&eve, &id, NOW);
        assert_eq!(refusal(done), DualControlRefusal::AskerGone, "{what}");
        let by_operator = office
            .world
            .staff(|tx, scope, random| confirm_as_operator(tx, scope, &id, 30, NOW, random));
        assert_eq!(refusal(by_operator), DualControlRefusal::AskerGone, "{what}");
    }
}

#[test]
fn confirmer_who_lost_the_role_meanwhile_is_refused() {
    for (what, end) in ENDS {
        let mut office = Office::new();
        let eve = office.eve.clone();
        let id = office.ask_for_reset();
        end(&mut office, &eve);
        let done = office.confirm(&eve, &id, NOW);
        assert!(matches!(done, Err(ServiceError::NotAllowed)), "{what}");
    }
}

#[test]
fn link_ends_with_the_power_of_its_maker() {
    for (what, end) in ENDS {
        let mut office = Office::new();
        let adam = office.adam.clone();
        let card = card_edit(json!({"display_name": "Kim"}));
        let (_, link) = office
            .world
            .staff(|tx, _, random| {
                let sign_in = ("kim", StaffRole::Editor);
                staff::add_with_sign_in(tx, &adam, sign_in, card, 30, NOW, random)
            })
            .unwrap();
        let find = |office: &mut Office| {
            office.world.staff(|tx, _, _| sign_in::find_invitee(tx, &link, NOW)).unwrap()
        };
        assert!(find(&mut office).is_some());
        end(&mut office, &adam);
        assert_eq!(find(&mut office), None, "{what}");
        let hashed = sign_in::hash_password("seven green kettles sing").unwrap();
        let used = office.world.staff(|tx, _, _| sign_in::set_password(tx, &link, hashed, NOW));
        assert!(matches!(used, Err(ServiceError::NotFound(Entity::SignInLink))), "{what}");
    }
}

#[test]
fn request_about_a_changed_account_is_refused() {
    for (what, end) in ENDS {
        let mut office = Office::new();
        let (eve, pat) = (office.eve.clone(), office.pat.clone());
        let id = office.ask_for_reset();
        end(&mut office, &scope(&pat, StaffRole::Publisher));
        let done = office.confirm(&eve, &id, NOW);
        assert_eq!(refusal(done), DualControlRefusal::Changed, "{what}");
    }
}

#[test]
fn uploaded_sheet_is_deleted_with_its_editor() {
    for (what, end) in ENDS {
        let mut office = Office::new();
        let ed = colleague(&mut office.world, "ed", StaffRole::Editor);
        let ed = scope(&ed, StaffRole::Editor);
        let sheet = Sheet { columns: Vec::new(), unknown: Vec::new(), rows: Vec::new() };
        office.world.staff(|tx, _, _| imports::store(tx, &ed, &sheet, NOW)).unwrap();
        let is_stored = |office: &mut Office| {
            let (actor, kind) = (ed.actor(), ImportKind::Opportunities);
            office.world.run(|tx| tx.import(&"barnet".into(), &actor, kind)).is_some()
        };
        assert!(is_stored(&mut office));
        end(&mut office, &ed);
        assert!(!is_stored(&mut office), "{what}");
    }
}
