//! Checking that the person wrote the recovery phrase down, by three of its words.

use super::recovery_phrase::{RecoveryPhrase, typed_words};

/// Three of the twelve positions, at which the person is asked to type the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhraseChallenge([usize; 3]);

impl PhraseChallenge {
    /// Chooses three different positions by a random number.
    pub fn choose(random: u64) -> Self {
        // There are 12 * 11 * 10 ordered choices. The bias of 64 random bits among them is negligible.
        let mut left: Vec<usize> = (1..=12).collect();
        let mut random = random % 1320;
        let mut positions = [1, 2, 3].map(|_| {
            let count = left.len() as u64;
            let index = usize::try_from(random % count).unwrap_or(0);
            random /= count;
            left.remove(index)
        });
        positions.sort_unstable();
        Self(positions)
    }

    /// Returns the challenge with these positions, or `None` if no challenge has them.
    pub fn from_positions(positions: [usize; 3]) -> Option<Self> {
        let [first, second, third] = positions;
        (1 <= first && first < second && second < third && third <= 12).then_some(Self(positions))
    }

    /// Returns the positions, counted from 1, in rising order.
    pub fn positions(&self) -> [usize; 3] {
        self.0
    }

    /// Returns the first position at which the typed word is wrong, or `None` if all three are right.
    pub fn first_wrong(&self, phrase: &RecoveryPhrase, typed: [&str; 3]) -> Option<usize> {
        let is_right = |position: usize, typed: &str| {
            let mut typed = typed_words(typed);
            let word = typed.next();
            let expected = position.checked_sub(1).and_then(|index| phrase.words().nth(index));
            typed.next().is_none()
                && expected.is_some()
                && word.as_deref().map(String::as_str) == expected
        };
        self.0.into_iter().zip(typed).find(|(at, typed)| !is_right(*at, typed)).map(|(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn choices_are_equally_likely() {
        let mut times = BTreeMap::new();
        for random in 0..1320 {
            let [a, b, c] = PhraseChallenge::choose(random).positions();
            assert!(1 <= a && a < b && b < c && c <= 12);
            *times.entry([a, b, c]).or_insert(0) += 1;
        }
        assert_eq!(times.len(), 220);
        assert!(times.values().all(|times| *times == 6));
        assert_eq!(PhraseChallenge::choose(u64::MAX).positions().len(), 3);
    }

    #[test]
    fn only_right_words_at_right_positions_pass() {
        let phrase = RecoveryPhrase::from_entropy(&[0x80; 16]);
        let all: Vec<_> = phrase.words().collect();
        for random in 0..1320 {
            let challenge = PhraseChallenge::choose(random);
            let [a, b, c] = challenge.positions().map(|at| all[at - 1]);
            assert_eq!(challenge.first_wrong(&phrase, [a, b, c]), None);
            let shouted = format!(" {} ", b.to_uppercase());
            assert_eq!(challenge.first_wrong(&phrase, [a, &shouted, c]), None);
            let [first, second, third] = challenge.positions();
            assert_eq!(challenge.first_wrong(&phrase, ["", b, c]), Some(first));
            assert_eq!(challenge.first_wrong(&phrase, [a, "zoo", "zoo"]), Some(second));
            let twice = format!("{c} {c}");
            assert_eq!(challenge.first_wrong(&phrase, [a, b, &twice]), Some(third));
        }
    }
}
