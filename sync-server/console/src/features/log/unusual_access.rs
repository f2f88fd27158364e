//! Who opened many young people's pages on one day, in words.

use promise_services::audit::unusual_access::UnusualAccess;

use crate::kit::{
    url::with_query,
    words::{self, times},
};

/// One member of staff on one day, and where the log shows it, for whoever may read the log.
pub(crate) struct ManyLook {
    pub(crate) text: String,
    pub(crate) href: String,
}

/// Says them.
pub(crate) fn say(found: Vec<UnusualAccess>, sees_log: bool) -> Vec<ManyLook> {
    let one = |it: UnusualAccess| {
        let arguments = [
            ("name", it.name.into()),
            ("count", it.people.into()),
            ("day", times::day(it.day).into()),
        ];
        let part = |format: &str| it.day.format(format).to_string();
        let (day, month, year) = (part("%-d"), part("%-m"), part("%Y"));
        let href = with_query(
            "/console/log",
            &[
                ("staff", &it.staff),
                ("act", "looked"),
                ("from-day", &day),
                ("from-month", &month),
                ("from-year", &year),
                ("to-day", &day),
                ("to-month", &month),
                ("to-year", &year),
            ],
        );
        ManyLook {
            text: words::format("unusual-access-many", &arguments),
            href: if sees_log { href } else { String::new() },
        }
    };
    found.into_iter().map(one).collect()
}
