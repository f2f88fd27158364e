//! The story: its people, the messages in transit, and the real time.

use promise_core::sync::request::PreparedRequest;
use promise_protocol::{Author, AuthorKind, Edition, SyncResponse};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use super::{
    Checked, check,
    checks::Watch,
    clears, fresh_start, key_attacks,
    keys::Keys,
    leaving::{self, TakenOff},
    ledger::{Ledger, PhoneIndex},
    limited, pairing,
    phone::Phone,
    private, rotation,
    server::Server,
    steps,
    token_thief::{self, Recorded},
};

/// The most requests one sync may need before it counts as stuck.
const MAX_REQUESTS: usize = 60;

/// How often each kind of event occurred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests that reached the server.
    pub requests: u64,
    /// Responses that reached a phone.
    pub answers: u64,
    /// Messages that were lost.
    pub lost: u64,
    /// Edits by phones.
    pub edits: u64,
    /// Writes by staff.
    pub staff_writes: u64,
    /// Pages that staff opened.
    pub views: u64,
    /// Restores from a backup.
    pub restores: u64,
    /// Requests refused for stamps from the future.
    pub skews: u64,
    /// Cells refused by verdict.
    pub verdicts: u64,
    /// Changes of the recovery phrase.
    pub phrases_changed: u64,
    /// Phones that were lost, or not used any more, and revoked.
    pub phones_lost: u64,
    /// Orders to such phones that were carried out.
    pub orders: u64,
    /// Times that the server refused a paired phone.
    pub refusals: u64,
    /// Lies of the server.
    pub lies: u64,
    /// Phones that a dishonest adviser paired.
    pub limited: u64,
    /// People whose codes a thief tried.
    pub stolen_codes: u64,
    /// Phones whose token someone else had, and tried every act with.
    pub stolen_tokens: u64,
    /// Keys of the council that were stolen and replaced.
    pub rotations: u64,
    /// Attempts to change a person's key without their recovery phrase.
    pub key_attacks: u64,
    /// Fresh starts of a person.
    pub fresh_starts: u64,
    /// Restores that lost every person's record, after which their phones were linked to new ones.
    pub records_lost: u64,
}

/// A message in transit.
#[derive(Clone)]
pub(super) enum Message {
    Request { phone: PhoneIndex, process: u32, request: PreparedRequest },
    Answer { phone: PhoneIndex, process: u32, sent: PreparedRequest, response: SyncResponse },
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a kind of story, and most are chosen apart"
)]
pub(super) struct World {
    pub(super) rng: ChaCha8Rng,
    /// Decides when the server lies, apart from the other steps like `views`.
    pub(super) lies: ChaCha8Rng,
    /// Decides when someone attacks a key, like `views`.
    pub(super) attacks: ChaCha8Rng,
    /// Decides when staff open pages. A generator of its own, so that the other steps of a story do
    /// not depend on it.
    views: ChaCha8Rng,
    /// Decides why phones are taken off, when they are in touch, and what a server that lies tells the
    /// others.
    pub(super) orders: ChaCha8Rng,
    pub(super) step: usize,
    /// The real time in milliseconds, which is also what the server's clock shows.
    pub(super) now: i64,
    pub(super) server: Server,
    pub(super) phones: Vec<Phone>,
    /// The phones that were taken off and were not in touch since.
    pub(super) taken_off: Vec<TakenOff>,
    pub(super) network: Vec<Message>,
    pub(super) ledger: Ledger,
    pub(super) watch: Watch,
    pub(super) editions: Vec<Edition>,
    pub(super) keys: Keys,
    pub(super) counts: Counts,
    /// Acts that phones signed, and that someone has recorded.
    pub(super) recorded: Vec<Recorded>,
    /// `true` for stories in which a clock runs ahead twice in a row.
    runs_ahead: bool,
    /// `true` for stories with much private data, phrase changes and lost phones.
    is_private: bool,
    /// `true` for stories in which a restore loses the history of the keys.
    loses_history: bool,
    /// `true` for stories in which an edit under an earlier key meets its clear.
    edit_meets_clear: bool,
    /// `true` for stories in which people start afresh.
    starts_afresh: bool,
    /// `true` for stories with a dishonest adviser, who pairs phones of their own.
    has_dishonest_adviser: bool,
    /// `true` for stories in which codes are stolen, and a server lies between two phones that pair.
    has_code_thief: bool,
    /// `true` for stories in which someone has the tokens of phones, and what they signed.
    has_token_thief: bool,
    /// `true` for stories in which the council's key is stolen, and replaced.
    key_is_stolen: bool,
    /// `true` for stories in which backups are restored that are older than the people's records.
    loses_records: bool,
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
        let (generation, key) = (server.generation(), server.council_key());
        let phones: Vec<Phone> = owners
            .iter()
            .zip(&authors)
            .enumerate()
            .map(|(index, (owner, author))| {
                Phone::new(index, *owner, author, &generation, &[], &key)
            })
            .collect();
        let watch = Watch::new(&generation, phones.len());
        let mut world = Self {
            rng,
            lies: ChaCha8Rng::seed_from_u64(seed.rotate_left(32)),
            attacks: ChaCha8Rng::seed_from_u64(seed.rotate_left(16) ^ 0xe),
            views: ChaCha8Rng::seed_from_u64(!seed),
            orders: ChaCha8Rng::seed_from_u64(seed.rotate_left(16)),
            step: 0,
            now,
            server,
            phones,
            taken_off: Vec::new(),
            network: Vec::new(),
            ledger: Ledger::default(),
            watch,
            editions: Vec::new(),
            keys: Keys::new(),
            counts: Counts::default(),
            recorded: Vec::new(),
            runs_ahead: seed.is_multiple_of(5),
            is_private,
            loses_history: is_private && seed % 5 == 4,
            edit_meets_clear: is_private && seed % 5 == 1,
            starts_afresh: is_private && seed % 5 == 2,
            has_dishonest_adviser: seed % 13 == 6,
            has_code_thief: seed % 11 == 3,
            has_token_thief: seed % 11 == 5,
            key_is_stolen: [1, 9, 11].contains(&(seed % 13)),
            loses_records: seed % 7 == 5,
        };
        if world.loses_history {
            world.server.back_up_first();
        }
        world.generate_phrases();
        world.phones[0].dishonest = world.rng.random_bool(0.3);
        world
    }

    pub(super) fn play(&mut self, steps: usize) -> Checked {
        steps::staff_introduces_everyone(self)?;
        for step in 0..steps {
            self.step = step;
            self.now += self.time_until_next_step();
            if self.runs_ahead && step % 25 == 7 {
                steps::clock_runs_ahead_twice(self)?;
            }
            if self.is_private && self.rng.random_bool(0.3) {
                private::take(self)?;
            }
            if self.loses_history && step == 60 {
                clears::take(self)?;
            }
            if self.edit_meets_clear && step == 60 {
                clears::edit_meets_clear(self)?;
            }
            if self.starts_afresh && step % 80 == 70 {
                fresh_start::take(self)?;
            }
            if self.has_dishonest_adviser && step % 70 == 60 {
                limited::take(self)?;
            }
            if self.has_code_thief && step % 70 == 60 {
                pairing::take(self)?;
            }
            if self.has_token_thief && step % 40 == 30 {
                token_thief::take(self)?;
            }
            if self.key_is_stolen && step == 40 {
                rotation::take(self)?;
            }
            if self.loses_records && step % 60 == 50 {
                steps::records_are_lost(self)?;
            }
            if self.views.random_bool(0.04) {
                steps::staff_views(self)?;
            }
            if self.attacks.random_bool(0.04) {
                key_attacks::take(self)?;
            }
            steps::take(self)?;
            leaving::take(self)?;
        }
        self.faults_stop()
    }

    /// The first phone of each person generates the phrase, and it is entered on the others.
    fn generate_phrases(&mut self) {
        for phone in &mut self.phones {
            let (phrase, _) = self.keys.first(phone.person);
            phone.begin(phrase);
        }
    }

    fn time_until_next_step(&mut self) -> i64 {
        match self.rng.random_range(0..20) {
            0 => self.rng.random_range(60_000..1_300_000),
            1 => self.rng.random_range(3_600_000..90_000_000),
            _ => self.rng.random_range(1..5_000),
        }
    }

    /// Messages in transit are lost, and all later ones arrive. Clocks stay as wrong as they are.
    /// After three syncs of each phone, all phones agree.
    fn faults_stop(&mut self) -> Checked {
        self.network.clear();
        leaving::all_are_in_touch(self)?;
        if self.is_private {
            self.enter_phrases()?;
        }
        self.sync_three_times()?;
        if super::checks::is_edition_nowhere(self) {
            // No phone can find what a mark is about until the council publishes again.
            steps::council_publishes(self);
            self.sync_three_times()?;
        }
        if fresh_start::help_those_without_words(self)? {
            self.enter_phrases()?;
            self.sync_three_times()?;
        }
        super::checks::all_phones_agree(self)
    }

    /// Phones learn which phrase they need, and it is entered.
    fn enter_phrases(&mut self) -> Checked {
        for phone in 0..self.phones.len() {
            self.sync_whole(phone)?;
        }
        for phone in 0..self.phones.len() {
            self.sync_whole(phone)?;
            private::enters_phrase(self, phone)?;
            private::enters_older_phrases(self, phone);
        }
        Ok(())
    }

    fn sync_three_times(&mut self) -> Checked {
        for _ in 0..3 {
            for phone in 0..self.phones.len() {
                self.sync_whole(phone)?;
            }
        }
        Ok(())
    }

    /// Syncs a phone over a network without faults until it wants nothing more.
    pub(super) fn sync_whole(&mut self, phone: PhoneIndex) -> Checked {
        for _ in 0..MAX_REQUESTS {
            self.now += 40;
            let request = self.phones[phone].prepare();
            let response = steps::server_answers(self, phone, request.request.clone())?;
            self.now += 40;
            if !steps::phone_applies_response(self, phone, &request, response, true)? {
                return Ok(());
            }
        }
        check(false, 10, || format!("phone {phone} still syncs after {MAX_REQUESTS} requests"))
    }

    pub(super) fn any_phone(&mut self) -> PhoneIndex {
        self.rng.random_range(0..self.phones.len())
    }

    pub(super) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        *choices.choose(&mut self.rng).expect("there is a choice")
    }
}
