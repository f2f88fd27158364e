//! The promise for the table: a new draft for each route, and its form as it is sent.

use promise_protocol::pack::Promise;
use promise_services::{StaffScope, publishing::drafts};
use serde_json::{Value, json};

use super::{
    Class,
    world::{Object, World},
};

/// The routes of the promise.
#[rustfmt::skip]
pub(super) const ROUTES: &[(&str, &str, Class)] = &[
    ("GET", "/console/promise", Class::SeePublished),
    ("GET", "/console/promise/title", Class::Edit),
    ("POST", "/console/promise/title", Class::Edit),
    ("GET", "/console/promise/sections/new", Class::Edit),
    ("POST", "/console/promise/sections/new", Class::Edit),
    ("GET", "/console/promise/sections/{section}", Class::SeePublished),
    ("POST", "/console/promise/sections/{section}/move", Class::Edit),
    ("GET", "/console/promise/sections/{section}/words", Class::Edit),
    ("POST", "/console/promise/sections/{section}/words", Class::Edit),
    ("GET", "/console/promise/sections/{section}/remove", Class::Edit),
    ("POST", "/console/promise/sections/{section}/remove", Class::Edit),
    ("GET", "/console/promise/sections/{section}/pledges/new", Class::Edit),
    ("POST", "/console/promise/sections/{section}/pledges/new", Class::Edit),
    ("GET", "/console/promise/pledges/{pledge}", Class::SeePublished),
    ("POST", "/console/promise/pledges/{pledge}/move", Class::Edit),
    ("GET", "/console/promise/pledges/{pledge}/section", Class::Edit),
    ("POST", "/console/promise/pledges/{pledge}/section", Class::Edit),
    ("GET", "/console/promise/pledges/{pledge}/remove", Class::Edit),
    ("POST", "/console/promise/pledges/{pledge}/remove", Class::Edit),
    ("GET", "/console/promise/pledges/{pledge}/part/{part}", Class::Edit),
    ("POST", "/console/promise/pledges/{pledge}/part/{part}", Class::Edit),
    ("GET", "/console/promise/sections/{section}/picture", Class::Edit),
    ("POST", "/console/promise/sections/{section}/picture", Class::Edit),
    ("GET", "/console/promise/pledges/{pledge}/picture", Class::Edit),
    ("POST", "/console/promise/pledges/{pledge}/picture", Class::Edit),
    ("GET", "/console/promise/languages", Class::SeePublished),
    ("GET", "/console/promise/languages/{language}", Class::SeePublished),
    ("GET", "/console/promise/languages/{language}/{kind}/{record}", Class::Edit),
    ("POST", "/console/promise/languages/{language}/{kind}/{record}", Class::Edit),
    ("GET", "/console/promise/preview", Class::SeePublished),
    ("GET", "/console/promise/changes", Class::SeePublished),
    ("GET", "/console/promise/submit", Class::Edit),
    ("POST", "/console/promise/submit", Class::Edit),
    ("POST", "/console/promise/withdraw", Class::Edit),
    ("GET", "/console/promise/return", Class::Publish),
    ("POST", "/console/promise/return", Class::Publish),
    ("GET", "/console/promise/discard", Class::Edit),
    ("POST", "/console/promise/discard", Class::Edit),
    ("GET", "/console/promise/rebase", Class::Edit),
    ("POST", "/console/promise/rebase", Class::Edit),
    ("GET", "/console/promise/publish", Class::Publish),
    ("POST", "/console/promise/publish", Class::Publish),
];

/// The draft of a council: two sections with two pledges each.
fn promise(council: &str, ids: [&str; 2], title: &str) -> Promise {
    let section = |id: &str| json!({"id": id, "title": {"en": id}});
    let pledge = |(id, section): (String, &str)| json!({"id": id, "section": section, "title": {"en": id}, "text": {"en": id}});
    let pledges: Vec<Value> = ids
        .iter()
        .flat_map(|id| [(format!("{id}-1"), *id), (format!("{id}-2"), *id)])
        .map(pledge)
        .collect();
    let mut promise: Promise = serde_json::from_value(json!({
        "council": {"id": council, "name": council},
        "title": {"en": title},
        "sections": ids.map(section),
        "pledges": {},
    }))
    .unwrap();
    promise.pledges.0 = serde_json::from_value(Value::Array(pledges)).unwrap();
    promise
}

impl World {
    /// Prepares a new draft for a route. Its author is not one of the callers.
    pub(super) fn prepare(&self, route: &str) {
        self.end_requests();
        if World::is_list(route) {
            return self.prepare_list(route);
        }
        if route.contains("{request}") || route.ends_with("/emergency") {
            return self.prepare_staff();
        }
        if !route.starts_with("/console/promise") {
            return;
        }
        let title = format!("Promise {}", self.next());
        let is_submitted = ["withdraw", "return", "publish"];
        let is_submitted = is_submitted.iter().any(|end| route.ends_with(end));
        let now = chrono::Utc::now().timestamp_millis();
        self.server.transact(|tx| {
            for (council, ids) in [("riverbridge", ["money", "work"]), ("otherton", ["far", "off"])]
            {
                let scope = StaffScope::of_council(council.into());
                tx.delete_draft(&council.into())?;
                drafts::edit(tx, &scope, "promise", now, |held: &mut Promise| {
                    *held = promise(council, ids, &title);
                    Ok(())
                })?;
                if is_submitted {
                    drafts::submit(tx, &scope, now)?;
                }
            }
            Ok(())
        });
    }

    /// Requests a route about an object, as its form would, and returns the status.
    pub(super) fn ask_published(&self, method: &str, route: &str, object: Object) -> u16 {
        let section = match object {
            Object::Own => "money",
            Object::Other => "work",
            Object::OtherCouncil => "far",
            Object::Deleted => "gone",
        };
        let pledge = format!("{section}-1");
        let path = route
            .replace("{section}", section)
            .replace("{pledge}", &pledge)
            .replace("{part}", "words")
            .replace("{language}", "ar")
            .replace("{kind}", "pledge")
            .replace("{record}", &pledge);
        if method == "GET" {
            return self.visitor.get(&path).status;
        }
        // The form as it was, and a page to take the token from.
        let form = self.visitor.get(&path);
        self.visitor.get("/console/account");
        let text = |text: &str| text.to_owned();
        let fields = [
            ("was", form.field("was").unwrap_or_default()),
            ("seen", form.field("seen").unwrap_or_default()),
            ("title-en", format!("Title {}", self.next())),
            ("text-en", text("Text")),
            ("title-ar", format!("عنوان {}", self.next())),
            ("section", text("work")),
            ("to", text("down")),
            ("reason", text("Say more")),
            ("remove", text("yes")),
        ];
        self.visitor.post(&path, &fields).status
    }
}
