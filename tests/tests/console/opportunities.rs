//! Opportunities over HTTP: input, concurrent edits, hundreds of records, and sheets as
//! spreadsheets save them.

mod changes;
mod imports;
mod sheets;
mod typing;

use promise_tests::harness::TestServer;

use crate::visitor::{Page, Visitor};

const HOME: &str = "/console/opportunities";

struct Desk {
    server: TestServer,
    ed: Visitor,
}

impl Desk {
    /// An editor of a council that has published its folder.
    fn new() -> Self {
        let server = TestServer::start();
        for (handle, name) in [("ed", "Ed Moss"), ("eve", "Eve Hart"), ("pat", "Pat Lane")] {
            server.add_staff(handle, &["--name", name]);
        }
        server.publish(&TestServer::council_folder());
        let ed = Visitor::signed_up(&server, "ed", "editor");
        Self { server, ed }
    }

    fn get(&self, path: &str) -> Page {
        let page = self.ed.get(&format!("{HOME}{path}"));
        assert_eq!(page.status, 200, "{path}: {}", page.html);
        page
    }

    /// Uploads a sheet and returns the page with what it would change.
    fn upload(&self, file: &[u8]) -> Page {
        self.get("/import");
        let sent = self.ed.post_file(&format!("{HOME}/import"), &[("text", "")], file);
        assert_eq!(to(&sent), format!("{HOME}/import/check"));
        self.get("/import/check")
    }

    /// Applies what a page shows.
    fn take(&self, check: &Page, fields: &[(&str, &str)]) -> Page {
        let hidden = ["seen", "seen-missing"];
        let hidden = hidden.map(|name| (name, check.field(name).unwrap()));
        let typed = fields.iter().map(|(name, value)| (*name, (*value).to_owned()));
        let all: Vec<(&str, String)> = hidden.into_iter().chain(typed).collect();
        self.ed.post(&format!("{HOME}/import/check"), &all)
    }
}

fn to(page: &Page) -> &str {
    page.to.as_deref().unwrap_or_else(|| panic!("{} {}", page.status, page.html))
}

/// The path of a part of the first opportunity.
fn path(part: &str) -> String {
    format!("/by-ref/d01/part/{part}")
}

/// Fills in a form as it is now.
fn save(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    let form = visitor.get(&format!("{HOME}{path}"));
    assert_eq!(form.status, 200, "{path}: {}", form.html);
    send(visitor, &form, path, fields)
}

/// Fills in a form that was loaded before.
fn send(visitor: &Visitor, form: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
    let hidden = ["was", "seen"].into_iter().filter_map(|name| Some((name, form.field(name)?)));
    let typed = fields.iter().map(|(name, value)| (*name, (*value).to_owned()));
    let all: Vec<(&str, String)> = hidden.chain(typed).collect();
    visitor.post(&format!("{HOME}{path}"), &all)
}
