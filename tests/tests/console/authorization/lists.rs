//! Opportunities and the directory for the table: a new draft for each route, and its form as it is
//! sent.

use promise_protocol::pack::{Directory, Opportunities};
use promise_services::{StaffScope, publishing::drafts};
use serde_json::{Value, json};

use super::{
    Class,
    world::{Object, World},
};

/// The routes of opportunities and the directory.
#[rustfmt::skip]
pub(super) const ROUTES: &[(&str, &str, Class)] = &[
    ("GET", "/console/opportunities", Class::SeePublished),
    ("GET", "/console/opportunities/new", Class::Edit),
    ("POST", "/console/opportunities/new", Class::Edit),
    ("GET", "/console/opportunities/outdated", Class::Edit),
    ("POST", "/console/opportunities/outdated", Class::Edit),
    ("POST", "/console/opportunities/outdated/remove", Class::Edit),
    ("GET", "/console/opportunities/template.csv", Class::SeePublished),
    ("GET", "/console/opportunities/table.csv", Class::SeePublished),
    ("GET", "/console/opportunities/import", Class::Edit),
    ("POST", "/console/opportunities/import", Class::Edit),
    ("GET", "/console/opportunities/import/check", Class::Edit),
    ("POST", "/console/opportunities/import/check", Class::Edit),
    ("GET", "/console/opportunities/import/list/{list}", Class::Edit),
    ("POST", "/console/opportunities/import/discard", Class::Edit),
    ("GET", "/console/opportunities/import/invalid-rows.csv", Class::Edit),
    ("GET", "/console/opportunities/import/rows/{row}", Class::Edit),
    ("POST", "/console/opportunities/import/rows/{row}", Class::Edit),
    ("GET", "/console/opportunities/by-ref/{opportunity}", Class::SeePublished),
    ("GET", "/console/opportunities/by-ref/{opportunity}/part/{part}", Class::Edit),
    ("POST", "/console/opportunities/by-ref/{opportunity}/part/{part}", Class::Edit),
    ("POST", "/console/opportunities/by-ref/{opportunity}/status", Class::Edit),
    ("GET", "/console/opportunities/by-ref/{opportunity}/remove", Class::Edit),
    ("POST", "/console/opportunities/by-ref/{opportunity}/remove", Class::Edit),
    ("POST", "/console/opportunities/by-ref/{opportunity}/restore", Class::Edit),
    ("GET", "/console/directory", Class::SeePublished),
    ("GET", "/console/directory/new-line", Class::Edit),
    ("POST", "/console/directory/new-line", Class::Edit),
    ("GET", "/console/directory/lines/{line}", Class::Edit),
    ("POST", "/console/directory/lines/{line}", Class::Edit),
    ("POST", "/console/directory/lines/{line}/move", Class::Edit),
    ("GET", "/console/directory/lines/{line}/remove", Class::Edit),
    ("POST", "/console/directory/lines/{line}/remove", Class::Edit),
    ("GET", "/console/directory/lines/{line}/words/{language}", Class::Edit),
    ("POST", "/console/directory/lines/{line}/words/{language}", Class::Edit),
    ("GET", "/console/directory/days", Class::SeePublished),
    ("POST", "/console/directory/days", Class::Edit),
    ("GET", "/console/directory/days/{day}", Class::Edit),
    ("POST", "/console/directory/days/{day}", Class::Edit),
    ("GET", "/console/directory/days/{day}/remove", Class::Edit),
    ("POST", "/console/directory/days/{day}/remove", Class::Edit),
    ("GET", "/console/directory/bank-holidays", Class::Edit),
    ("POST", "/console/directory/bank-holidays", Class::Edit),
];

/// The object of each route, by its placeholder in the path.
pub(super) const NAMES: [&str; 3] = ["{opportunity}", "{line}", "{day}"];

const SHEET: &str = "ref,kind,title\nnew-one,job,New\nbad-one,jobb,Bad\n";

fn opportunity(id: &str) -> Value {
    json!({"id": id, "kind": "job", "title": id, "closes_at": "2020-01-01T00:00:00Z"})
}

fn line(id: &str) -> Value {
    let phones = json!([{"number": "999", "kind": "duty"}]);
    json!({"id": id, "role": id, "display_name": {"en": id}, "phones": phones})
}

impl World {
    pub(super) fn is_list(route: &str) -> bool {
        ["/console/opportunities", "/console/directory"].iter().any(|it| route.starts_with(it))
    }

    /// Prepares a new draft for a route. Its author is not one of the callers.
    pub(super) fn prepare_list(&self, route: &str) {
        let summary = format!("Summary {}", self.next());
        let now = chrono::Utc::now().timestamp_millis();
        self.server.transact(|tx| {
            for (council, ids, days) in [
                ("riverbridge", ["money", "work"], ["2027-01-01", "2027-01-02"]),
                ("otherton", ["far", "off"], ["2027-01-03", "2027-01-05"]),
            ] {
                let scope = StaffScope::of_council(council.into());
                tx.delete_draft(&council.into())?;
                drafts::edit(tx, &scope, "all", now, |held: &mut Opportunities| {
                    let all = Value::Array(ids.map(opportunity).to_vec());
                    held.opportunities.0 = serde_json::from_value(all).unwrap();
                    held.opportunities.0[0].summary.clone_from(&summary);
                    Ok(())
                })?;
                drafts::edit(tx, &scope, "all", now, |held: &mut Directory| {
                    let lines = Value::Array(ids.map(line).to_vec());
                    held.lines.0 = serde_json::from_value(lines).unwrap();
                    let days = days.map(|day| json!({"date": day, "name": "Day off"})).to_vec();
                    held.closed_days = serde_json::from_value(Value::Array(days)).unwrap();
                    Ok(())
                })?;
                if route.ends_with("restore") {
                    let content = drafts::load(tx, &scope)?.content;
                    promise_services::publishing::editions::publish(
                        tx,
                        &scope,
                        &council.into(),
                        &content,
                        now,
                    )?;
                    tx.delete_draft(&council.into())?;
                    drafts::edit(tx, &scope, "all", now, |held: &mut Opportunities| {
                        held.opportunities.0.clear();
                        Ok(())
                    })?;
                }
            }
            Ok(())
        });
        if route.contains("/import/") {
            // Refused where the role does not allow it.
            self.visitor.get("/console/account");
            self.visitor.post("/console/opportunities/import", &[("text", SHEET.to_owned())]);
        }
    }

    /// Requests a route about an object, as its form would, and returns the status.
    pub(super) fn ask_list(&self, method: &str, route: &str, object: Object) -> u16 {
        let (id, day) = match object {
            Object::Own => ("money", "2027-01-01"),
            Object::Other => ("work", "2027-01-02"),
            Object::OtherCouncil => ("far", "2027-01-03"),
            Object::Deleted => ("gone", "2027-01-04"),
        };
        let path = route
            .replace("{opportunity}", id)
            .replace("{line}", id)
            .replace("{day}", day)
            .replace("{part}", "words")
            .replace("{language}", "ar")
            .replace("{list}", "added")
            .replace("{row}", "3");
        if method == "GET" {
            return self.visitor.get(&path).status;
        }
        // The form as it was, and a page to take the token from.
        let form = self.visitor.get(
            path.strip_suffix("outdated/remove")
                .map_or(&*path, |_| "/console/opportunities/outdated"),
        );
        self.visitor.get("/console/account");
        let text = |text: &str| text.to_owned();
        let held = |name: &str| form.field(name).unwrap_or_default();
        let mut fields = vec![
            ("was", held("was")),
            ("seen", held("seen")),
            ("seen-missing", held("seen-missing")),
            ("outdated", held("outdated")),
            ("day", held("day")),
            ("ref", text("fixed")),
            ("kind", text("job")),
            ("title", format!("Title {}", self.next())),
            ("status", text("closed")),
            ("to", text("down")),
            ("text", text(SHEET)),
            ("display_name", format!("Line {}", self.next())),
            ("about", text("When")),
            ("role", text("Duty")),
            ("phone-0-number", text("020 7946 0000")),
            ("on_closed_days", text("closed")),
            ("checked", text("1")),
            ("name", format!("Day {}", self.next())),
        ];
        for (part, value) in [("date-day", "9"), ("date-month", "9"), ("date-year", "2027")] {
            fields.push((part, text(value)));
        }
        self.visitor.post(&path, &fields).status
    }
}
