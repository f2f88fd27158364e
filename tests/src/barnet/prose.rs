//! Sentences from frames and words, which compress about as well as council prose.

use super::{mersenne::Mersenne, vocabulary as words};

/// A source of sentences, names, numbers and days, all from one seed.
pub(super) struct Prose {
    pub(super) random: Mersenne,
    nouns: Words,
    verbs: Words,
    adjectives: Words,
    adverbs: Words,
    first_names: Vec<&'static str>,
    surnames: Vec<&'static str>,
}

/// Words with falling frequencies.
struct Words {
    words: Vec<&'static str>,
    totals: Vec<f64>,
}

impl Words {
    #[allow(clippy::cast_precision_loss, reason = "a few hundred words")]
    fn new(text: &'static str, random: &mut Mersenne) -> Self {
        let mut words: Vec<&str> = Vec::new();
        for word in text.split_whitespace() {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        random.shuffle(&mut words);
        let weights = (0..words.len()).map(|i| 1.0 / ((i + 12) as f64).powf(0.25));
        let totals = weights.scan(0.0, |total, weight| {
            *total += weight;
            Some(*total)
        });
        Self { totals: totals.collect(), words }
    }

    fn pick(&self, random: &mut Mersenne) -> &'static str {
        random.weighted(&self.words, &self.totals)
    }
}

impl Prose {
    pub(super) fn new(seed: u64) -> Self {
        let mut random = Mersenne::new(seed);
        Self {
            nouns: Words::new(words::NOUNS, &mut random),
            verbs: Words::new(words::VERBS, &mut random),
            adjectives: Words::new(words::ADJECTIVES, &mut random),
            adverbs: Words::new(words::ADVERBS, &mut random),
            first_names: words::FIRST_NAMES.split_whitespace().collect(),
            surnames: words::SURNAMES.split_whitespace().collect(),
            random,
        }
    }

    /// Sentences of at least so many characters together.
    pub(super) fn text(&mut self, length: usize) -> String {
        let mut text = String::new();
        while text.len() < length {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&self.sentence());
        }
        text
    }

    /// A heading of five words.
    pub(super) fn title(&mut self) -> String {
        let first = capitalised(self.adjective());
        let second = self.noun();
        let joint = if self.random.unit() < 0.5 { "and" } else { "for" };
        let fourth = self.adjective();
        [&first, second, joint, fourth, self.noun()].join(" ")
    }

    /// A person's name.
    pub(super) fn name(&mut self) -> String {
        let first = self.random.choice(&self.first_names);
        format!("{first} {}", self.random.choice(&self.surnames))
    }

    /// A record's id: its letter and 64 random bits.
    pub(super) fn id(&mut self, letter: char) -> String {
        format!("{letter}{:016x}", self.random.bits(64))
    }

    /// A telephone number, as people write it.
    pub(super) fn phone(&mut self) -> String {
        if self.random.unit() < 0.6 {
            let start = self.random.below(1000);
            format!("07{start:03} {:06}", self.random.below(1_000_000))
        } else {
            format!("020 8359 {:04}", self.random.below(10_000))
        }
    }

    /// A moment of 2025, in milliseconds since 1970.
    pub(super) fn moment(&mut self) -> u64 {
        self.random.range(1_735_689_600, 1_767_225_600) * 1000 + self.random.below(1000)
    }

    /// A day of 2026.
    pub(super) fn day(&mut self) -> String {
        let month = self.random.range(1, 13);
        format!("2026-{month:02}-{:02}", self.random.range(1, 29))
    }

    fn noun(&mut self) -> &'static str {
        self.nouns.pick(&mut self.random)
    }

    fn adjective(&mut self) -> &'static str {
        self.adjectives.pick(&mut self.random)
    }

    fn frame(&mut self) -> String {
        if self.random.unit() < 0.3 {
            return self.random.choice(&words::FRAMES).to_owned();
        }
        let mut frame = self.random.choice(&words::OPENINGS).to_owned();
        frame.push_str(self.random.choice(&words::CLAUSES));
        for _ in 0..self.random.choice(&[0, 1, 1, 1, 2]) {
            frame.push_str(self.random.choice(&words::JOINTS));
            frame.push_str(self.random.choice(&words::CLAUSES));
        }
        frame.push('.');
        let begins_with_word = ["D", "N ", "A "].iter().any(|word| frame.starts_with(word));
        if begins_with_word { frame } else { upper_first(&frame) }
    }

    fn sentence(&mut self) -> String {
        let mut written: Vec<String> = Vec::new();
        for part in self.frame().split(' ') {
            let core = part.trim_end_matches(['.', ',', ';', ':']);
            let tail = part.strip_prefix(core).unwrap_or_default();
            match core {
                "N" => self.push_noun(tail, &mut written),
                "V" => written.push(format!("{}{tail}", self.verbs.pick(&mut self.random))),
                "A" => written.push(format!("{}{tail}", self.adjective())),
                "D" => written.push(format!("{}{tail}", self.adverbs.pick(&mut self.random))),
                "num" => written.push(format!("{}{tail}", self.random.choice(&words::NUMBERS))),
                "s" if !written.is_empty() => {
                    let last = written.last_mut().expect("not empty");
                    last.push('s');
                    last.push_str(tail);
                }
                _ => written.push(part.to_owned()),
            }
        }
        upper_first(&written.join(" "))
    }

    /// Appends a noun, sometimes with an adjective or in the plural.
    fn push_noun(&mut self, tail: &str, written: &mut Vec<String>) {
        let mut noun = self.noun().to_owned();
        let chance = self.random.unit();
        if chance < 0.30 {
            written.push(self.adjective().to_owned());
        } else if chance < 0.42 {
            written.push(self.noun().to_owned());
        } else if chance < 0.48 {
            noun = format!("{}'s {noun}", self.random.choice(&self.first_names));
        }
        let plural = if chance > 0.85 { "s" } else { "" };
        written.push(format!("{noun}{plural}{tail}"));
    }
}

fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_ascii_uppercase().to_string() + chars.as_str())
}

fn capitalised(word: &str) -> String {
    upper_first(&word.to_ascii_lowercase())
}
