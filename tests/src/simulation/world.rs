//! The story: who is in it, what is on its way, and what time it really is.

use promise_core::sync::request::PreparedRequest;
use promise_protocol::{Author, AuthorKind, Edition, SyncResponse};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use super::{
    Checked, check,
    checks::Watch,
    keys::Keys,
    ledger::{Ledger, PhoneIndex},
    phone::Phone,
    private,
    server::Server,
    steps,
};

/// How many people are in a story: one to follow, one whose data must never reach the other.
pub(super) const PEOPLE: usize = 2;

/// The most requests one sync may need before it counts as stuck.
const MOST_REQUESTS: usize = 60;

/// How much happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests that reached the server.
    pub requests: u64,
    /// Answers that reached a phone.
    pub answers: u64,
    /// Messages that were lost.
    pub lost: u64,
    /// Edits by phones.
    pub edits: u64,
    /// Writes by staff.
    pub staff_writes: u64,
    /// Looks by staff.
    pub looks: u64,
    /// Restores from a backup.
    pub restores: u64,
    /// Requests refused for stamps from the future.
    pub skews: u64,
    /// Cells refused by verdict.
    pub verdicts: u64,
    /// Changes of words.
    pub words_changed: u64,
    /// Phones that were lost and taken off.
    pub phones_lost: u64,
}

/// Something on its way.
#[derive(Clone)]
pub(super) enum Message {
    Request { phone: PhoneIndex, life: u32, request: PreparedRequest },
    Answer { phone: PhoneIndex, life: u32, sent: PreparedRequest, response: SyncResponse },
}

pub(super) struct World {
    pub(super) rng: ChaCha8Rng,
    /// When staff look. By itself, so that the other steps of a story are as they were without it.
    looks: ChaCha8Rng,
    pub(super) step: usize,
    /// What time it really is, in milliseconds; also what the server's clock shows.
    pub(super) now: i64,
    pub(super) server: Server,
    pub(super) phones: Vec<Phone>,
    pub(super) network: Vec<Message>,
    pub(super) ledger: Ledger,
    pub(super) watch: Watch,
    pub(super) editions: Vec<Edition>,
    pub(super) keys: Keys,
    pub(super) counts: Counts,
    /// Whether this is one of the stories in which a clock runs ahead twice in a row.
    runs_ahead: bool,
    /// Whether this is one of the stories with much that is private, word changes and lost phones.
    is_private: bool,
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let now = 1_764_000_000_000;
        let is_private = seed % 3 == 1;
        let phones = if is_private { 4 } else { rng.random_range(2..=5) };
        // Most phones are the first person's, so that they have conflicts.
        let owners: Vec<usize> = (0..phones)
            .map(|index| usize::from(index == 1 || (is_private && index == 3)))
            .collect();
        let authors: Vec<String> = (0..phones)
            .map(|index| {
                Author::new(AuthorKind::Phone, [u8::try_from(index).unwrap(); 5]).to_string()
            })
            .collect();
        let page = rng.random_range(1..8);
        let mut server = Server::new(now, &owners, &authors, page);
        let generation = server.generation();
        let phones: Vec<Phone> = owners
            .iter()
            .zip(&authors)
            .enumerate()
            .map(|(index, (owner, author))| Phone::new(index, *owner, author, &generation, None))
            .collect();
        let watch = Watch::new(&generation, phones.len());
        let mut world = Self {
            rng,
            looks: ChaCha8Rng::seed_from_u64(!seed),
            step: 0,
            now,
            server,
            phones,
            network: Vec::new(),
            ledger: Ledger::default(),
            watch,
            editions: Vec::new(),
            keys: Keys::new(),
            counts: Counts::default(),
            runs_ahead: seed.is_multiple_of(5),
            is_private,
        };
        world.everybody_makes_words();
        world.phones[0].dishonest = world.rng.random_bool(0.3);
        world
    }

    pub(super) fn play(&mut self, steps: usize) -> Checked {
        steps::staff_introduces_everybody(self)?;
        for step in 0..steps {
            self.step = step;
            self.now += self.time_until_next_step();
            if self.runs_ahead && step % 25 == 7 {
                steps::clock_runs_ahead_twice(self)?;
            }
            if self.is_private && self.rng.random_bool(0.3) {
                private::take(self)?;
            }
            if self.looks.random_bool(0.04) {
                steps::staff_looks(self)?;
            }
            steps::take(self)?;
        }
        self.faults_stop()
    }

    /// The first phone of each person makes the words, and the others have them.
    fn everybody_makes_words(&mut self) {
        for phone in &mut self.phones {
            let (words, _) = self.keys.first(phone.person);
            phone.begin(&mut self.ledger, self.now, words);
        }
    }

    fn time_until_next_step(&mut self) -> i64 {
        match self.rng.random_range(0..20) {
            0 => self.rng.random_range(60_000..1_300_000),
            1 => self.rng.random_range(3_600_000..90_000_000),
            _ => self.rng.random_range(1..5_000),
        }
    }

    /// Messages on their way are lost, and from now on all arrive. Clocks stay as wrong as they
    /// are. Three syncs of each phone later, everybody agrees.
    fn faults_stop(&mut self) -> Checked {
        self.network.clear();
        if self.is_private {
            // Phones learn which words they need, and get them.
            for phone in 0..self.phones.len() {
                self.sync_whole(phone)?;
            }
            for phone in 0..self.phones.len() {
                self.sync_whole(phone)?;
                private::enters_words(self, phone)?;
                private::enters_older_words(self, phone);
            }
        }
        for _ in 0..3 {
            for phone in 0..self.phones.len() {
                self.sync_whole(phone)?;
            }
        }
        super::checks::everybody_agrees(self)
    }

    fn sync_whole(&mut self, phone: PhoneIndex) -> Checked {
        for _ in 0..MOST_REQUESTS {
            self.now += 40;
            let request = self.phones[phone].prepare();
            let response = steps::server_answers(self, phone, request.request.clone())?;
            self.now += 40;
            if !steps::phone_applies_response(self, phone, &request, response, true)? {
                return Ok(());
            }
        }
        check(false, 10, || format!("phone {phone} still syncs after {MOST_REQUESTS} requests"))
    }

    pub(super) fn any_phone(&mut self) -> PhoneIndex {
        self.rng.random_range(0..self.phones.len())
    }

    pub(super) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        *choices.choose(&mut self.rng).expect("there is a choice")
    }
}
