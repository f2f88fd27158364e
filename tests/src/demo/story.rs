//! The demo's story: a council publishes its promise, a phone is paired, goes offline and still
//! works, an adviser changes a number, and the phone receives it.

use std::{fs, io::Write, path::Path, time::Instant};

use promise_core::{
    AskAbout, CancelHandle, Contact, OpportunityEdit, OpportunityFilter, PairingDetails,
    PocketPhone, PromiseError,
};
use promise_protocol::vocabulary::PledgeMark;
use tempfile::TempDir;

use super::{Ready, Report, console, forged, private};
use crate::{
    harness::{COUNCIL, TestPhone, TestServer},
    proxy::Proxy,
};

const OLD_NUMBER: &str = "+447700900123";
const NEW_NUMBER: &str = "+447700900456";
const QUESTION: &str = "Can you help me with my first rent?";

/// What is still running after the demo.
pub struct Story {
    /// The server, with its council.
    pub server: TestServer,
    /// The young person of the demo.
    pub person: String,
    phone: TestPhone,
    proxy: Proxy,
    editions: TempDir,
    adviser: String,
}

/// Plays the demo. Panics if a check fails.
pub fn play(report: &mut Report<impl Write>) -> Story {
    let mut story = Story::begin(report);
    story.phone_is_paired(report);
    story.phone_has_no_signal(report);
    story.adviser_changes_number(report);
    story.phone_is_back(report);
    story.adviser_answers(report);
    story.council_changes_one_opportunity(report);
    let Story { server, person, phone, .. } = &story;
    private::second_phone_by_words(server, person, phone, report);
    forged::number_is_swapped(server, person, phone, NEW_NUMBER, report);
    story
}

impl Story {
    fn begin(report: &mut Report<impl Write>) -> Self {
        report.step("Riverbridge Council publishes its promise");
        let server = TestServer::start();
        let editions = tempfile::tempdir().expect("a temporary folder");
        copy(&TestServer::council_folder(), editions.path());
        for line in server.publish(editions.path()).lines().filter(|line| !line.starts_with(' ')) {
            report.fact(line);
        }
        let adviser = server.add_staff(
            "j.okoro",
            &[
                "--name",
                "Jo Okoro",
                "--role",
                "Personal adviser",
                "--team",
                "Leaving Care",
                "--organisation",
                "Riverbridge Council",
                "--pronouns",
                "she/her",
                "--phone",
                "07700 900123:mobile:prefer",
                "--email",
                "jo.okoro@riverbridge.example",
                "--hours",
                "mon-fri 09:00-17:00",
                "--text-ok",
                "true",
                "--about",
                "Your home, your money, your plans. Ring me about anything.",
            ],
        );
        let line = ["person", "add", "--council", COUNCIL, "--reference", "CL-0001"];
        let person = server.run(&line).trim().to_owned();
        server.assign(&person, &adviser);
        let proxy = Proxy::start(server.address());
        Self { server, person, phone: TestPhone::new(), proxy, editions, adviser }
    }

    fn phone_is_paired(&mut self, report: &mut Report<impl Write>) {
        report.step("A young person pairs a phone with the code from Jo's screen");
        let code = self.server.invite(&self.person);
        let (url, cancel) = (self.proxy.url(), CancelHandle::new());
        let mut offered = None;
        self.measured(report, |phone| {
            let offer = PocketPhone::pair(phone, &url, &code, &cancel);
            offered = Some(offer.expect("the code is good"));
        });
        let offer = offered.expect("an offer");
        let PairingDetails { council, digits, .. } = offer.details();
        assert_eq!(self.phone.council(), Ok(None), "nothing is stored yet");
        report.fact(&format!(
            "The phone shows {council} and {digits}. Nothing about anyone has left the server."
        ));
        self.server.confirm(&code, &digits);
        report.fact(&format!(
            "Jo's screen shows {digits} too. Jo says yes, and so does the young person."
        ));
        self.measured(report, |phone| {
            phone.finish_pairing(&offer, &cancel).expect("both sides said yes");
        });
        let again = self.phone.pair_through(&url, &self.server, &code);
        assert_eq!(again, Err(PromiseError::CodeUsed), "a code works once");
        report.fact("The code works once: typed again, it says that it has been used.");

        report.step("Somebody read another code over Jo's shoulder");
        let (code, thief) = (self.server.invite(&self.person), TestPhone::new());
        let offer = PocketPhone::pair(&thief, &url, &code, &cancel).expect("the code is good");
        let digits = offer.details().digits;
        self.server.refuse(&code, &digits);
        let refused = thief.finish_pairing(&offer, &cancel);
        assert_eq!(refused, Err(PromiseError::PairingRefused));
        assert_eq!(thief.council(), Ok(None));
        report.fact(&format!("Jo's screen shows {digits}, and the phone in the room does not. Jo says no, and that phone has nothing."));

        report.step("The phone syncs for the first time");
        self.measured(report, |phone| phone.sync().map(drop).expect("the first sync"));
        let promise = self.phone.promise().read().unwrap().expect("the promise is here");
        let pledges: usize = promise.chapters.iter().map(|chapter| chapter.pledges.len()).sum();
        let opportunities = self
            .phone
            .opportunities()
            .list(&OpportunityFilter { closed_too: true, ..OpportunityFilter::default() });
        let opportunities = opportunities.unwrap().len();
        let lines = self.phone.promise().directory().unwrap().lines.0;
        assert!(pledges >= 25, "{pledges} pledges");
        assert_eq!(opportunities, 40);
        for role in ["duty", "emergency"] {
            assert!(
                lines.iter().any(|line| line.role.to_lowercase().contains(role)),
                "a {role} line"
            );
        }
        assert_eq!(number(&self.contact()), OLD_NUMBER);
        report.fact(&format!(
            "{pledges} pledges in {} parts, {opportunities} opportunities, {} lines to ring, and Jo: {OLD_NUMBER}",
            promise.chapters.len(),
            lines.len()
        ));
    }

    fn phone_has_no_signal(&mut self, report: &mut Report<impl Write>) {
        report.step("The phone has no signal, and everything on it works");
        self.proxy.set_signal(false);
        self.phone.restart();
        let found = self.phone.search("rent").unwrap();
        assert!(!found.is_empty(), "search works with no signal");
        report.fact(&format!(
            "Search for \"rent\": {} results, none of them from the network",
            found.len()
        ));
        let closing = self.phone.opportunities().list(&OpportunityFilter::default()).unwrap();
        let first = &closing[0];
        self.phone.opportunities().save(&first.id(), OpportunityEdit::default()).unwrap();
        report.fact(&format!("Saved: {}", first.opportunity.title));
        let pledge = self.phone.promise().read().unwrap().unwrap().chapters[0].pledges[0].clone();
        self.phone.promise().mark(&pledge.id(), PledgeMark::WantIt, None).unwrap();
        report.fact(&format!("Marked \"want it\": {}", pledge.pledge.title["en"]));
        self.phone.asks().write(QUESTION, AskAbout::Pledge(pledge.id())).unwrap();
        report.fact(&format!("Asked: {QUESTION}"));
        assert_eq!(self.phone.sync(), Err(PromiseError::Offline));
        self.phone.restart();
        let status = self.phone.status().unwrap();
        assert!(status.unsent > 0, "{status:?}");
        report.fact("The app was closed and opened again: all of it is still there, and waits.");
    }

    fn adviser_changes_number(&mut self, report: &mut Report<impl Write>) {
        report.step("Jo gets a new phone, and changes her number once");
        let printed = self.server.run(&[
            "contact",
            "set",
            "--staff",
            &self.adviser,
            "--phone",
            "07700 900456:mobile:prefer",
        ]);
        assert!(printed.contains("1 young person"), "{printed}");
        report.fact(&format!("promise-server contact set: {}", printed.trim()));
        assert_eq!(number(&self.contact()), OLD_NUMBER, "the phone cannot know yet");
    }

    fn phone_is_back(&mut self, report: &mut Report<impl Write>) {
        report.step("The phone has signal again");
        self.proxy.set_signal(true);
        self.measured(report, |phone| phone.sync().map(drop).expect("a sync with signal"));
        assert_eq!(number(&self.contact()), NEW_NUMBER);
        report.fact(&format!("Jo: {NEW_NUMBER}"));
        let asks = self.server.run(&["ask", "list", "--person", &self.person]);
        assert!(asks.contains(QUESTION), "{asks}");
        report.fact("The ask is on Jo's list.");
        let status = self.phone.status().unwrap();
        assert_eq!(status.unsent, 0);
        let saved = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
        assert_eq!(self.phone.opportunities().list(&saved).unwrap().len(), 1);
        report.fact("What was saved and marked is private, and went out sealed.");
        self.measured(report, |phone| phone.sync().map(drop).expect("a sync with nothing new"));
        report.fact("(That was a sync with nothing new.)");
    }

    fn adviser_answers(&mut self, report: &mut Report<impl Write>) {
        report.step("Jo answers");
        let asks = self.server.run(&["ask", "list", "--person", &self.person]);
        let ask = asks.split_whitespace().next().expect("an ask").to_owned();
        let reply = "Yes. Let us meet on Friday, and bring the letter.";
        self.server.run(&[
            "ask",
            "reply",
            "--person",
            &self.person,
            "--ask",
            &ask,
            "--status",
            "doing",
            "--text",
            reply,
            "--by",
            "Jo Okoro",
        ]);
        self.measured(report, |phone| phone.sync().map(drop).expect("a sync"));
        let asks = self.phone.asks().list().unwrap();
        assert_eq!(asks[0].reply.as_deref(), Some(reply));
        report.fact(&format!("On the phone: \"{reply}\""));
    }

    fn council_changes_one_opportunity(&mut self, report: &mut Report<impl Write>) {
        report.step("The council moves one closing date, and publishes again");
        let table = self.editions.path().join("opportunities.csv");
        let rows = fs::read_to_string(&table).expect("the table");
        assert!(rows.contains("2027-06-30"), "a closing date to move");
        fs::write(&table, rows.replacen("2027-06-30", "2027-07-31", 1))
            .expect("the table is written");
        for line in self.server.publish(self.editions.path()).lines() {
            report.fact(line);
        }
        self.measured(report, |phone| phone.sync().map(drop).expect("a sync"));
        assert_eq!(self.phone.status().unwrap().edition, Some(2));
        report.fact("The phone shows edition 2, and fetched only what is different.");
    }

    fn contact(&self) -> Contact {
        self.phone.contacts().list().unwrap().into_iter().next().expect("a contact")
    }

    fn measured(&self, report: &mut Report<impl Write>, act: impl FnOnce(&TestPhone)) {
        self.proxy.reset();
        let started = Instant::now();
        act(&self.phone);
        report.cost(self.proxy.snapshot(), started.elapsed());
    }

    /// Creates a code for the phone in the terminal.
    pub fn code(&self) -> String {
        let minutes = ["--valid-minutes", "600"];
        let line = [&["invite", "--no-wait", "--person", self.person.as_str()], minutes.as_slice()]
            .concat();
        let printed = self.server.run(&line);
        let code = printed.lines().find_map(|line| line.strip_prefix("Code: "));
        code.expect("invite says a code").to_owned()
    }

    /// Returns the command line that says yes to the phone that waits with a code.
    pub fn confirm(&self, code: &str) -> String {
        format!(
            "cargo run -q --bin promise-server -- --data {} pairing confirm --code {code}",
            self.server.data().display()
        )
    }

    /// Sets up the console's accounts and returns them.
    pub fn console(&self) -> Vec<Ready> {
        console::furnish(&self.server, &self.adviser, &self.person)
    }

    /// Returns the command line that changes Jo's number.
    pub fn change_number(&self) -> String {
        format!(
            "cargo run -q --bin promise-server -- --data {} contact set --staff j.okoro --phone \"07700 900789:mobile\"",
            self.server.data().display()
        )
    }

    /// The council's short name.
    pub fn council(&self) -> &'static str {
        COUNCIL
    }
}

fn number(contact: &Contact) -> String {
    contact.phones.first().map(|phone| phone.number.clone()).unwrap_or_default()
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the council's folder") {
        let path = entry.expect("a file").path();
        fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("a copy");
    }
}
