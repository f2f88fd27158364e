//! The promise over HTTP: input, concurrent edits, and who may publish.

mod pictures;
mod publishing;
mod together;
mod typing;

use promise_tests::harness::TestServer;

use crate::visitor::{Page, Visitor};

const MINUTE: i64 = 60_000;
const HOME: &str = "/console/promise";

struct Desk {
    server: TestServer,
    ed: Visitor,
    pat: Visitor,
}

impl Desk {
    fn new() -> Self {
        let server = TestServer::start();
        for (handle, name) in [("ed", "Ed Moss"), ("pat", "Pat Lane"), ("eve", "Eve Hart")] {
            server.add_staff(handle, &["--name", name]);
        }
        let ed = Visitor::signed_up(&server, "ed", "editor");
        let pat = Visitor::signed_up(&server, "pat", "publisher");
        Self { server, ed, pat }
    }

    /// A desk with a section and a pledge in the draft.
    fn with_draft() -> Self {
        let desk = Self::new();
        let title = [("title-en", "Our promise"), ("intro-en", "Keep it.")];
        assert_eq!(save(&desk.ed, "/title", &title).status, 303);
        let added = save(&desk.ed, "/sections/new", &[("title-en", "Money")]);
        assert_eq!(to(&added), "/console/promise/sections/money?done=added");
        let pledge = [("title-en", "Free gym"), ("text-en", "We pay for a gym near you.")];
        let added = save(&desk.ed, "/sections/money/pledges/new", &pledge);
        assert_eq!(to(&added), "/console/promise/pledges/free-gym?done=added");
        desk
    }

    /// A desk whose draft is published.
    fn published() -> Self {
        let desk = Self::with_draft();
        desk.submit();
        assert_eq!(to(&desk.publish()), "/console/promise?done=published");
        desk
    }

    fn submit(&self) {
        assert_eq!(to(&save(&self.ed, "/submit", &[])), "/console/promise?done=submitted");
    }

    fn publish(&self) -> Page {
        save(&self.pat, "/publish", &[])
    }
}

fn to(page: &Page) -> &str {
    page.to.as_deref().unwrap_or_else(|| panic!("{} {}", page.status, page.html))
}

fn get_page(visitor: &Visitor, path: &str) -> Page {
    let page = visitor.get(&format!("{HOME}{path}"));
    assert_eq!(page.status, 200, "{path}: {}", page.html);
    page
}

/// Fills in a form as it is now.
fn save(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    let form = get_page(visitor, path);
    send(visitor, &form, path, fields)
}

/// Fills in a form that was loaded before.
fn send(visitor: &Visitor, form: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
    let hidden = ["was", "seen"].into_iter().filter_map(|name| Some((name, form.field(name)?)));
    let typed = fields.iter().map(|(name, value)| (*name, (*value).to_owned()));
    let all: Vec<(&str, String)> = hidden.chain(typed).collect();
    visitor.post(&format!("{HOME}{path}"), &all)
}

const WORDS: &str = "/pledges/free-gym/part/words";
