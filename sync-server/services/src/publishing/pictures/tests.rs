use std::collections::BTreeMap;

use promise_protocol::{
    PackName,
    pack::{MAX_PICTURE_BYTES, Pack},
};
use serde_json::json;

use super::*;
use crate::{
    StaffRole, calendar,
    fixture::{NOW, World},
    publishing::editions,
    retention::run,
};

fn ready(name: &str, size: u32) -> PreparedPicture {
    let bytes = [name.as_bytes(), &vec![0; size as usize - name.len()]].concat();
    let hash = promise_protocol::pack::hash(&bytes);
    PreparedPicture { hash, media_type: "image/webp".into(), width: 96, height: 54, bytes }
}

fn add_ready(world: &mut World, ready: &PreparedPicture) -> Picture {
    let alt = Localised::from([("en".into(), "A bus".into())]);
    world.staff(|tx, scope, _| add(tx, scope, ready, alt, NOW)).unwrap()
}

fn promise(pictures: &[Picture]) -> Promise {
    let section = json!({"id": "all", "title": {"en": "All"}});
    let names: Vec<String> = (0..pictures.len()).map(|n| format!("p{n}")).collect();
    let text = vec![json!({"en": "x"}); pictures.len()];
    let pledges = json!({"id": names, "section": vec!["all"; pictures.len()], "title": text,
        "text": text, "picture": pictures});
    let promise = json!({"council": {"id": "barnet", "name": "Barnet"}, "sections": [section],
        "pledges": if pictures.is_empty() { json!({}) } else { pledges }});
    serde_json::from_value(promise).unwrap()
}

fn publish(world: &mut World, promise: &Promise) -> Result<u64, PictureError> {
    let packs = BTreeMap::from([(PackName::Promise, promise.to_bytes())]);
    let published = world
        .staff(|tx, scope, _| editions::publish_packs(tx, scope, &"barnet".into(), packs, NOW));
    match published {
        Ok(published) => Ok(published.unwrap().edition.number),
        Err(ServiceError::Picture(problem)) => Err(problem),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn only_editors_and_publishers_add_pictures() {
    let mut world = World::new();
    let picture = ready("bus", 100);
    for role in StaffRole::ALL {
        let scope =
            StaffScope::of_member("barnet".into(), world.jo.clone(), role, calendar::today(NOW));
        let added = world.staff(|tx, _, _| add(tx, &scope, &picture, Localised::new(), NOW));
        let may = matches!(role, StaffRole::Editor | StaffRole::Publisher);
        assert_eq!(added.is_ok(), may, "{role:?}");
        assert!(may || matches!(added, Err(ServiceError::NotAllowed)), "{role:?}");
    }
    let found = world.staff(|tx, _, _| find(tx, &picture.hash)).unwrap().unwrap();
    assert_eq!((found.bytes, found.media_type), (picture.bytes, "image/webp".into()));
}

#[test]
fn promise_with_unusable_picture_is_not_published() {
    let mut world = World::new();
    let good = add_ready(&mut world, &ready("bus", 100));
    let wrong = |change: fn(&mut Picture)| {
        let mut picture = good.clone();
        change(&mut picture);
        promise(&[good.clone(), picture])
    };
    let cases = [
        (wrong(|it| it.hash = "a".repeat(64)), PictureError::Missing),
        (wrong(|it| it.bytes = 99), PictureError::Missing),
        (wrong(|it| it.media_type = "text/html".into()), PictureError::Missing),
        (wrong(|it| it.alt = Localised::new()), PictureError::NoWords),
        (wrong(|it| it.alt = Localised::from([("ar".into(), "x".into())])), PictureError::NoWords),
        (wrong(|it| drop(it.alt.insert("en".into(), " ".into()))), PictureError::NoWords),
    ];
    for (promise, problem) in cases {
        assert_eq!(publish(&mut world, &promise), Err(problem), "{promise:?}");
    }
    assert_eq!(publish(&mut world, &promise(&[good])), Ok(1), "nothing was published before");
}

#[test]
fn edition_with_too_many_picture_bytes_is_refused() {
    let mut world = World::new();
    let all: Vec<Picture> = (0..25)
        .map(|n| add_ready(&mut world, &ready(&format!("picture {n}"), MAX_PICTURE_BYTES)))
        .collect();
    // A picture that occurs twice is fetched once.
    let fits = [&all[..], &all[..3]].concat();
    assert_eq!(publish(&mut world, &promise(&fits)), Ok(1));
    let one_more = add_ready(&mut world, &ready("one more", 9));
    let too_much = [&all[..], &[one_more]].concat();
    assert_eq!(publish(&mut world, &promise(&too_much)), Err(PictureError::TooMuch));
}

#[test]
fn unused_picture_is_deleted_after_a_month() {
    let mut world = World::new();
    let named = add_ready(&mut world, &ready("named", 100));
    publish(&mut world, &promise(std::slice::from_ref(&named))).unwrap();
    // Phones may still show the edition before the one that removes it.
    publish(&mut world, &promise(&[])).unwrap();
    let [unused, drafted, again] = ["unused", "drafted", "again"].map(|name| ready(name, 100));
    for ready in [&unused, &drafted, &again] {
        add_ready(&mut world, ready);
    }
    let later = NOW + UNUSED_DAYS * DAY_MILLIS;
    world.staff(|tx, scope, _| add(tx, scope, &again, Localised::new(), later)).unwrap();
    let drafts = BTreeSet::from([drafted.hash.clone()]);
    let mut gone = |now: i64| world.staff(|tx, _, _| delete_unused(tx, &drafts, now)).unwrap();
    assert_eq!([gone(later), gone(later + 1), gone(later + 2)], [0, 1, 0]);
    let held = |world: &mut World, hash: &str| world.run(|tx| tx.picture(hash)).is_some();
    assert!(!held(&mut world, &unused.hash));
    for kept in [&named.hash, &drafted.hash, &again.hash] {
        assert!(held(&mut world, kept));
    }
    world.staff(|tx, _, _| run(tx, later + UNUSED_DAYS * DAY_MILLIS + 1)).unwrap();
    assert!(!held(&mut world, &again.hash) && held(&mut world, &named.hash));
}
