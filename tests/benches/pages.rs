//! The server's time for a page of the console, from the request to the whole response over HTTP on
//! this machine. The caseload has 30 young people, of whom 10 wait for a reply. The address book has 100 entries;
//! one of them is on all 30 phones.
//!
//! `cargo bench -p promise-tests --bench pages`

use divan::{Bencher, counter::ItemsCount};
use promise_core::AskAbout;
use promise_database::Stage;
use promise_services::{OsRandom, StaffRole, StaffScope, sign_in};
use promise_tests::harness::{COUNCIL, TestPhone, TestServer};
use tokio::runtime::Runtime;

fn main() {
    divan::main();
}

/// Pages requested at a time, as by several people.
const PAGES: usize = 20;

#[divan::bench(sample_count = 20)]
fn sign_in_form(bencher: Bencher) {
    let desk = Desk::new();
    desk.bench(bencher, "/console/sign-in");
}

#[divan::bench(sample_count = 20)]
fn my_young_people(bencher: Bencher) {
    let desk = Desk::new();
    desk.bench(bencher, "/console/people");
}

#[divan::bench(sample_count = 20)]
fn a_young_person(bencher: Bencher) {
    let desk = Desk::new();
    desk.bench(bencher, &format!("/console/people/{}", desk.person));
}

#[divan::bench(sample_count = 20)]
fn my_card(bencher: Bencher) {
    let desk = Desk::new();
    desk.bench(bencher, &format!("/console/cards/{}", desk.staff));
}

#[divan::bench(sample_count = 20)]
fn which_phones_have_it(bencher: Bencher) {
    let desk = Desk::new();
    desk.bench(bencher, &format!("/console/cards/{}/phones", desk.staff));
}

#[divan::bench(sample_count = 20)]
fn hand_over(bencher: Bencher) {
    let desk = Desk::new();
    desk.bench(bencher, "/console/hand-over");
}

#[divan::bench(sample_count = 20)]
fn address_book(bencher: Bencher) {
    let desk = Desk::new();
    desk.bench(bencher, "/console/address-book");
}

#[divan::bench(sample_count = 20)]
fn contacts_of_a_young_person(bencher: Bencher) {
    let desk = Desk::new();
    desk.bench(bencher, &format!("/console/people/{}/contacts", desk.person));
}

#[divan::bench(sample_count = 20)]
fn which_phones_have_an_entry(bencher: Bencher) {
    let desk = Desk::new();
    desk.bench(bencher, &format!("/console/address-book/{}/phones", desk.entry));
}

/// An adviser with thirty young people, signed in.
struct Desk {
    server: TestServer,
    runtime: Runtime,
    client: reqwest::Client,
    cookie: String,
    staff: String,
    person: String,
    /// An entry of the address book that each of them has.
    entry: String,
}

impl Desk {
    fn new() -> Self {
        // Behind a proxy each request has its own address, so the rate limit is not what is
        // measured.
        let server = TestServer::behind_proxy();
        let phone = ["--phone", "07700 900123:mobile:prefer", "--hours", "mon-fri 09:00-17:00"];
        let staff = server.add_staff("j.okoro", &[&["--name", "Jo Okoro"], &phone[..]].concat());
        let entries: Vec<String> = (0..100).map(|number| add_entry(&server, number)).collect();
        let entry = entries[0].clone();
        let mut person = String::new();
        for number in 0..30 {
            person = server.add_person();
            server.assign(&person, &staff);
            server.run(&["address-book", "give", "--entry", &entry, "--person", &person]);
            let phone = TestPhone::paired(&server, &person);
            if number % 3 == 0 {
                phone.asks().write("Can we meet on Friday?", AskAbout::Anything).expect("an ask");
            }
            phone.sync().expect("a sync");
        }
        let now = chrono::Utc::now().timestamp_millis();
        let token = server.transact(|tx| {
            let operator = StaffScope::operator();
            let given = ("j.okoro", StaffRole::Adviser);
            sign_in::invite(tx, &operator, &staff.as_str().into(), given, 60, now, &mut OsRandom)?;
            sign_in::begin_session(tx, &staff.as_str().into(), Stage::Full, now, &mut OsRandom)
        });
        // Another part of this process may have installed it already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let (cookie, runtime) = (format!("__Host-session={token}"), Runtime::new().expect("one"));
        Self { server, runtime, client, cookie, staff, person, entry }
    }

    fn bench(&self, bencher: Bencher, path: &str) {
        let url = format!("{}{path}", self.server.url());
        bencher.counter(ItemsCount::new(PAGES)).bench(|| {
            for _ in 0..PAGES {
                let [a, b, c] = rand::random::<[u8; 3]>();
                let request = self.client.get(&url).header("cookie", &self.cookie);
                let request = request.header("x-forwarded-for", format!("10.{a}.{b}.{c}"));
                let status = self.runtime.block_on(async {
                    let answer = request.send().await.expect("an answer");
                    let status = answer.status();
                    answer.bytes().await.expect("a whole page");
                    status
                });
                assert_eq!(status, 200, "{path}");
            }
        });
    }
}

/// Adds an entry to the address book, and returns its id.
fn add_entry(server: &TestServer, number: usize) -> String {
    let name = format!("Night line {number}");
    let phone = format!("020 7946 {number:04}");
    let card = ["--name", &name, "--role", "Supported housing", "--phone", &phone];
    let line = [&["address-book", "add", "--council", COUNCIL], &card[..]].concat();
    server.run(&line).trim().to_owned()
}
