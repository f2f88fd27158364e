//! Rows about staff members who opened unusually many young people's pages on one day.

use promise_services::audit::unusual_access::UnusualAccess;

use crate::{
    features::log::filter::LOG,
    kit::{
        forms::parts_of_date,
        url::with_query,
        words::{self, times},
    },
};

/// One staff member on one day.
pub(crate) struct UnusualAccessRow {
    pub(crate) text: String,
    /// The path of the log with these accesses, if the caller may see the log.
    pub(crate) href: Option<String>,
}

impl UnusualAccessRow {
    /// The rows of what was found.
    pub(crate) fn list(found: Vec<UnusualAccess>, sees_log: bool) -> Vec<Self> {
        let row = |access: UnusualAccess| Self {
            href: sees_log.then(|| log_path(&access)),
            text: words::format(
                "unusual-access-row",
                &[
                    ("name", access.name.into()),
                    ("count", access.people.into()),
                    ("day", times::day(access.day).into()),
                ],
            ),
        };
        found.into_iter().map(row).collect()
    }
}

fn log_path(access: &UnusualAccess) -> String {
    let [day, month, year] = &parts_of_date(access.day);
    with_query(
        LOG,
        &[
            ("staff", access.staff.as_str()),
            ("act", "looked"),
            ("from-day", day),
            ("from-month", month),
            ("from-year", year),
            ("to-day", day),
            ("to-month", month),
            ("to-year", year),
        ],
    )
}
