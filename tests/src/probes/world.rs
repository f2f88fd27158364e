//! Two councils, a staff member of every role in each, and young people with phones.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use promise_core::AskAbout;
use promise_database::Stage;
use promise_protocol::{
    PairingCode,
    ids::{PersonId, StaffId},
};
use promise_services::{
    OsRandom, StaffRole, StaffScope,
    devices::pairing::{self, WaitingState},
    people::{appointments, asks},
    sign_in,
};
use reqwest::Client;
use serde_json::json;
use tokio::runtime::Runtime;

use crate::harness::{
    COUNCIL, TestPhone, TestServer,
    pairing::{new_phone, step},
};

pub(super) const COUNCILS: [&str; 2] = [COUNCIL, "otherton"];

/// A young person.
pub(super) struct Person {
    pub(super) id: PersonId,
    pub(super) council: usize,
    /// The index of their adviser among the callers.
    pub(super) adviser: usize,
    /// A mark that all their texts contain.
    pub(super) mark: String,
    pub(super) phone: String,
    pub(super) ask: String,
    pub(super) appointment: String,
    /// The id of a code with which a phone waits, and the digits that it shows.
    pub(super) code: (String, String),
}

/// How a caller authenticates.
pub(super) enum Pass {
    /// The token of a session cookie.
    Staff(StaffRole, String),
    /// A phone's token, and the index of its person.
    Phone(usize, String),
    Anonymous,
}

/// A caller.
pub(super) struct Caller {
    pub(super) council: usize,
    /// Their staff id; `None` for phones.
    pub(super) staff: Option<StaffId>,
    /// The mark on their card.
    pub(super) mark: String,
    pub(super) pass: Pass,
}

/// A running server with all of them.
pub struct World {
    pub(super) server: TestServer,
    pub(super) people: Vec<Person>,
    pub(super) callers: Vec<Caller>,
    pub(super) client: Client,
    /// The server's generation.
    pub(super) generation: String,
    runtime: Runtime,
}

fn mark() -> String {
    format!("mark{}", HEXLOWER.encode(&rand::random::<[u8; 8]>()))
}

impl World {
    /// Creates the councils, and signs every caller in.
    pub fn new() -> Self {
        let server = TestServer::behind_proxy();
        // Another part of this process may have installed it already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let no_redirect = reqwest::redirect::Policy::none();
        let client = Client::builder().no_proxy().redirect(no_redirect).build().expect("a client");
        let runtime = Runtime::new().expect("a runtime");
        let mut world = Self {
            server,
            people: vec![],
            callers: vec![],
            client,
            generation: String::new(),
            runtime,
        };
        for (council, name) in COUNCILS.into_iter().enumerate() {
            if name != COUNCIL {
                world.server.run(&["council", "add", name, name]);
            }
            // Two advisers, who do not see each other's people.
            for role in StaffRole::ALL.into_iter().chain([StaffRole::Adviser]) {
                let caller = world.staff(council, role);
                world.callers.push(caller);
                if role == StaffRole::Adviser {
                    let adviser = world.callers.len() - 1;
                    world.add_people(council, adviser);
                }
            }
        }
        world.callers.push(Caller { council: 0, staff: None, mark: mark(), pass: Pass::Anonymous });
        world
    }

    fn staff(&self, council: usize, role: StaffRole) -> Caller {
        let (mark, name) = (mark(), format!("{}{}", role.as_str(), self.callers.len()));
        let line =
            ["staff", "add", "--council", COUNCILS[council], "--handle", &name, "--name", &mark];
        let staff = StaffId::from(self.server.run(&line).trim());
        let now = chrono::Utc::now().timestamp_millis();
        let token = self.server.transact(|tx| {
            let operator = StaffScope::operator();
            sign_in::invite(tx, &operator, &staff, (&name, role), 60, now, &mut OsRandom)?;
            sign_in::begin_session(tx, &staff, Stage::Full, now, &mut OsRandom)
        });
        Caller { council, staff: Some(staff), mark, pass: Pass::Staff(role, token) }
    }

    fn add_people(&mut self, council: usize, adviser: usize) {
        for _ in 0..3 {
            let (mark, name) = (mark(), COUNCILS[council]);
            let line = ["person", "add", "--council", name, "--reference", &mark];
            let id = PersonId::from(self.server.run(&line).trim());
            let staff = self.callers[adviser].staff.as_ref().expect("an adviser");
            self.server.assign(id.as_str(), staff.as_str());
            let phone = TestPhone::paired(&self.server, id.as_str());
            phone
                .asks()
                .write(&format!("Can we meet? {mark}"), AskAbout::Anything)
                .expect("an ask");
            phone.sync().expect("a sync");
            let (token, paired) = self.server.pair_without_phone(id.as_str());
            self.generation = paired.generation;
            let now = chrono::Utc::now().timestamp_millis();
            let (ask, appointment) = self.server.transact(|tx| {
                let operator = StaffScope::operator();
                let fields = [("title".to_owned(), json!(mark))].into();
                let made = appointments::add(tx, &operator, &id, fields, now, &mut OsRandom)?;
                Ok((asks::list(tx, &operator, &id)?[0].id.clone(), made))
            });
            let code = self.phone_that_waits(&id);
            self.people.push(Person {
                id,
                council,
                adviser,
                mark,
                phone: paired.author,
                ask,
                appointment,
                code,
            });
            let owner = self.people.len() - 1;
            let pass = Pass::Phone(owner, token);
            self.callers.push(Caller { council, staff: None, mark: String::new(), pass });
        }
    }

    /// Makes a code with which a phone waits for a yes.
    fn phone_that_waits(&self, person: &PersonId) -> (String, String) {
        let (new, url) = (new_phone(), self.server.url());
        let now = chrono::Utc::now().timestamp_millis();
        self.server.transact(|tx| {
            let operator = StaffScope::operator();
            let code: PairingCode =
                pairing::invite(tx, &operator, person, 10_080, now, &mut OsRandom)?;
            let (text, id) = (code.to_string(), code.invitation_id());
            step(tx, &new.start(&text, &url), now, &mut OsRandom)?;
            step(tx, &new.open(&text, &url), now, &mut OsRandom)?;
            let state = pairing::find(tx, &operator, id, now)?.state;
            let WaitingState::Digits { digits, .. } = state else { panic!("it waits: {state:?}") };
            Ok((id.to_owned(), digits.to_string()))
        })
    }

    pub(super) fn block_on<R>(&self, future: impl Future<Output = R>) -> R {
        self.runtime.block_on(future)
    }

    /// Returns `true` if a caller may see a young person. Written here independently, so that the
    /// server is not checked by its own rule.
    pub(super) fn sees(&self, caller: usize, person: &Person) -> bool {
        let it = &self.callers[caller];
        match &it.pass {
            Pass::Phone(owner, _) => self.people[*owner].id == person.id,
            Pass::Staff(StaffRole::Adviser, _) => person.adviser == caller,
            Pass::Staff(StaffRole::Manager | StaffRole::Auditor, _) => person.council == it.council,
            Pass::Anonymous | Pass::Staff(..) => false,
        }
    }

    /// The marks that a caller must not see, each with its owner.
    pub(super) fn forbidden(&self, caller: usize) -> impl Iterator<Item = (&str, &str)> {
        let people = self.people.iter().filter(move |person| !self.sees(caller, person));
        let own_council = self.callers[caller].council;
        // Only colleagues of a council see each other's names.
        let is_anonymous = matches!(self.callers[caller].pass, Pass::Anonymous);
        let staff = self.callers.iter().filter(move |other| {
            !other.mark.is_empty() && (is_anonymous || other.council != own_council)
        });
        people.map(|person| (person.mark.as_str(), person.id.as_str())).chain(
            staff.map(|other| {
                (other.mark.as_str(), other.staff.as_ref().map_or("", StaffId::as_str))
            }),
        )
    }

    /// The state that only some callers may change: of each young person and each staff member.
    pub(super) fn state(&self) -> BTreeMap<String, String> {
        let mut state = BTreeMap::new();
        self.server.transact(|tx| {
            for person in &self.people {
                let (mut cells, mut revoked) = (Vec::new(), Vec::new());
                tx.cells_after(&person.id, 0, &mut |stored| {
                    cells.push(format!("{:?} = {}", stored.cell.key, stored.cell.value));
                    true
                })?;
                for device in tx.devices(&person.id)? {
                    revoked.push((device.author.to_string(), device.is_revoked()));
                }
                cells.retain(|cell| cell.contains(&person.mark));
                let waiting = tx.invitation(&person.code.0)?;
                let waiting = waiting
                    .and_then(|it| it.pending)
                    .map(|it| (it.commitment, it.confirmed_at, it.phrase, it.outcome));
                cells.push(format!("{waiting:?}"));
                let assigned = tx.assignments_of_person(&person.id)?;
                state.insert(person.id.to_string(), format!("{cells:?} {revoked:?} {assigned:?}"));
            }
            for staff in self.callers.iter().filter_map(|caller| caller.staff.as_ref()) {
                let sign_in = tx.sign_in(staff)?;
                state.insert(staff.to_string(), format!("{sign_in:?}"));
            }
            Ok(())
        });
        state
    }

    /// Returns what changed since the probes began, and log entries of callers about people out of
    /// their reach.
    pub(super) fn changed(&self, before: &BTreeMap<String, String>) -> Vec<String> {
        let after = self.state();
        let changed = before.iter().filter(|(id, was)| after.get(*id) != Some(was));
        let mut finds: Vec<String> = changed
            .map(|(id, was)| format!("{id} changed: {was} is now {:?}", after.get(id)))
            .collect();
        self.server.transact(|tx| {
            for council in COUNCILS {
                tx.visit_entries(&council.into(), &mut |entry| {
                    let who = self.callers.iter().position(|it| {
                        it.staff.is_some() && it.staff.as_ref() == entry.actor.staff()
                    });
                    let about =
                        self.people.iter().find(|person| entry.person.as_ref() == Some(&person.id));
                    if let (Some(who), Some(person)) = (who, about)
                        && !self.sees(who, person)
                    {
                        finds.push(format!("the log: {entry:?}"));
                    }
                    true
                })?;
            }
            Ok(())
        });
        finds
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}
