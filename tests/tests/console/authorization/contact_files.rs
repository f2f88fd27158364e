//! Files of contacts for the address book: the steps of one upload, in the order of the table.

use super::world::World;

const UPLOAD: &str = "/console/address-book/import";

const FILE: &str =
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Elm House\r\nTEL:020 7946 0003\r\nEND:VCARD\r\n";

impl World {
    pub(super) fn is_contact_file(route: &str) -> bool {
        route.starts_with(UPLOAD)
    }

    /// Returns `true` if the form of a route has a file.
    pub(super) fn has_file(method: &str, route: &str) -> bool {
        method == "POST" && route == UPLOAD
    }

    /// Requests a route about the caller's own file, as its form would, and returns the status.
    pub(super) fn ask_contact_file(&self, method: &str, route: &str) -> u16 {
        if method == "GET" {
            return self.visitor.get(route).status;
        }
        let seen = self.visitor.get(&format!("{UPLOAD}/check")).field("seen");
        self.visitor.get("/console/account");
        if route == UPLOAD {
            return self.visitor.post_file(route, &[], FILE.as_bytes()).status;
        }
        let fields = [("seen", seen.unwrap_or_default()), ("card", "1".to_owned())];
        self.visitor.post(route, &fields).status
    }
}
