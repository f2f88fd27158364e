//! The benchmark's council: its promise, its opportunities, and its young people with their
//! records. The fields are in the order in which they are serialised.

use serde::Serialize;

use super::{prose::Prose, vocabulary as words};

/// The workload of one seed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Workload {
    /// The version of this format.
    pub v: u32,
    /// The seed.
    pub seed: u64,
    /// The council.
    pub council: Council,
    /// Its pledges.
    pub pledges: Vec<Pledge>,
    /// Its opportunities.
    pub opportunities: Vec<Opportunity>,
    /// Its young people.
    pub people: Vec<Person>,
}

/// The council.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Council {
    /// Its short name.
    pub id: &'static str,
    /// Its full name.
    pub name: &'static str,
    /// The headings of the sections of its promise.
    pub sections: [&'static str; 8],
}

/// One pledge.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pledge {
    /// Its id.
    pub id: String,
    /// The record's type: `pledge`.
    #[serde(rename = "type")]
    pub record: &'static str,
    /// Which section it is in, from 0.
    pub section: usize,
    /// Its position, from 0.
    pub order: usize,
    /// Its heading.
    pub title: String,
    /// What is pledged.
    pub body: String,
    /// The team that is responsible.
    pub owner: &'static str,
    /// The day on which it was checked.
    pub review: String,
    /// When it was written, in milliseconds since 1970.
    pub updated_at: u64,
}

/// One opportunity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Opportunity {
    /// Its id.
    pub id: String,
    /// The record's type: `opportunity`.
    #[serde(rename = "type")]
    pub record: &'static str,
    /// Its kind.
    pub kind: &'static str,
    /// Its heading.
    pub title: String,
    /// Who offers it.
    pub provider: &'static str,
    /// Where it is.
    pub area: &'static str,
    /// Its closing day.
    pub closes: String,
    /// Its page.
    pub url: String,
    /// Everything else.
    pub body: String,
    /// When it was written, in milliseconds since 1970.
    pub updated_at: u64,
}

/// One young person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Person {
    /// Their contacts.
    pub id: String,
    /// The opportunities that they saved.
    pub contacts: Vec<Contact>,
    /// What they keep.
    pub saved: Vec<Saved>,
}

/// A contact of a young person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contact {
    /// The record's id.
    pub id: String,
    /// The record's type: `contact`.
    #[serde(rename = "type")]
    pub record: &'static str,
    /// The young person's id.
    pub person: String,
    /// Their full name.
    pub name: String,
    /// Their role.
    pub role: &'static str,
    /// Their number, as people write it.
    pub phone: String,
    /// Their e-mail address.
    pub email: String,
    /// A note about them.
    pub note: String,
    /// When it was written, in milliseconds since 1970.
    pub updated_at: u64,
}

/// An opportunity that a young person saved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Saved {
    /// The record's id.
    pub id: String,
    /// The record's type: `saved`.
    #[serde(rename = "type")]
    pub record: &'static str,
    /// The young person's id.
    pub person: String,
    /// The opportunity's id.
    pub opp: String,
    /// The status: `saved`, `applied` or `done`.
    pub state: &'static str,
    /// When it was saved, in milliseconds since 1970.
    pub at: u64,
}

/// The council of 60 pledges and 500 opportunities with so many young people.
pub fn workload(seed: u64, people: usize) -> Workload {
    let mut prose = Prose::new(seed);
    let pledges = (0..60).map(|order| pledge(&mut prose, order)).collect();
    let opportunities: Vec<_> = (0..500).map(|_| opportunity(&mut prose)).collect();
    // Staff are shared between people, as in a real council.
    let staff: Vec<_> = (0..120).map(|_| member_of_staff(&mut prose)).collect();
    let people = (0..people).map(|_| person(&mut prose, &staff, &opportunities)).collect();
    let name = "London Borough of Barnet";
    let council = Council { id: "barnet", name, sections: words::SECTIONS };
    Workload { v: 1, seed, council, pledges, opportunities, people }
}

/// Fills the text that brings a record, whose text is still empty, to about `target` bytes.
fn filled<T: Serialize>(prose: &mut Prose, record: &T, target: usize) -> String {
    let length = serde_json::to_string(record).expect("JSON").len();
    prose.text(target.saturating_sub(length + 45).max(8))
}

fn pledge(prose: &mut Prose, order: usize) -> Pledge {
    let mut pledge = Pledge {
        id: prose.id('p'),
        record: "pledge",
        section: order * 8 / 60,
        order,
        title: prose.title(),
        body: String::new(),
        owner: prose.random.choice(&words::TEAMS),
        review: prose.day(),
        updated_at: prose.moment(),
    };
    pledge.body = filled(prose, &pledge, 650);
    pledge
}

fn opportunity(prose: &mut Prose) -> Opportunity {
    let kind = prose.random.choice(&words::KINDS);
    let provider = prose.random.choice(&words::PROVIDERS);
    let mut opportunity = Opportunity {
        id: prose.id('o'),
        record: "opportunity",
        kind,
        title: prose.title(),
        provider,
        area: prose.random.choice(&words::AREAS),
        closes: prose.day(),
        url: format!(
            "https://{}.example/{kind}/{}",
            provider.to_lowercase().replace(' ', "-"),
            prose.random.below(1_000_000)
        ),
        body: String::new(),
        updated_at: prose.moment(),
    };
    opportunity.body = filled(prose, &opportunity, 600);
    opportunity
}

struct Staff {
    name: String,
    role: &'static str,
    phone: String,
}

fn member_of_staff(prose: &mut Prose) -> Staff {
    let name = prose.name();
    let role = prose.random.choice(&words::ROLES);
    // The script draws a team here that it never writes.
    prose.random.choice(&words::TEAMS);
    Staff { name, role, phone: prose.phone() }
}

fn person(prose: &mut Prose, staff: &[Staff], opportunities: &[Opportunity]) -> Person {
    let id = prose.id('y');
    let workers = prose.random.sample(staff, 8);
    let contacts = workers.into_iter().map(|worker| contact(prose, &id, worker)).collect();
    let kept = prose.random.sample(opportunities, 10);
    let save = |opportunity: &Opportunity| Saved {
        id: prose.id('s'),
        record: "saved",
        person: id.clone(),
        opp: opportunity.id.clone(),
        state: prose.random.choice(&["saved", "applied", "done"]),
        at: prose.moment(),
    };
    let saved = kept.into_iter().map(save).collect();
    Person { id, contacts, saved }
}

fn contact(prose: &mut Prose, person: &str, worker: &Staff) -> Contact {
    let mut contact = Contact {
        id: prose.id('c'),
        record: "contact",
        person: person.to_owned(),
        name: worker.name.clone(),
        role: worker.role,
        phone: worker.phone.clone(),
        email: format!("{}@barnet.example", worker.name.to_lowercase().replace(' ', ".")),
        note: String::new(),
        updated_at: prose.moment(),
    };
    contact.note = filled(prose, &contact, 250);
    contact
}
