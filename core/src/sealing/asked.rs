//! Asking for three of the words, to see that they were written down.

use super::words::{Words, typed_words};

/// Three of the twelve positions, for the person to type the words that stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked([usize; 3]);

impl Asked {
    /// Three different positions, chosen by a random number.
    pub fn choose(random: u64) -> Self {
        // Any 3 of 12 in 12 * 11 * 10 ways; 64 bits make each as likely as the next.
        let mut left: Vec<usize> = (1..=12).collect();
        let mut random = random % 1320;
        let mut positions = [1, 2, 3].map(|_| {
            let count = left.len() as u64;
            let place = usize::try_from(random % count).unwrap_or(0);
            random /= count;
            left.remove(place)
        });
        positions.sort_unstable();
        Self(positions)
    }

    /// The positions that were chosen before; `None` if they cannot have been.
    pub fn at(positions: [usize; 3]) -> Option<Self> {
        let [first, second, third] = positions;
        (1 <= first && first < second && second < third && third <= 12).then_some(Self(positions))
    }

    /// The positions to ask for, counted from 1, in rising order.
    pub fn positions(&self) -> [usize; 3] {
        self.0
    }

    /// The first position at which what was typed is not the word; `None` if all three are right.
    pub fn first_wrong(&self, words: &Words, typed: [&str; 3]) -> Option<usize> {
        let right = |position: usize, typed: &str| {
            let mut typed = typed_words(typed);
            let word = typed.next();
            let asked = position.checked_sub(1).and_then(|index| words.iter().nth(index));
            typed.next().is_none()
                && asked.is_some()
                && word.as_deref().map(String::as_str) == asked
        };
        self.0.into_iter().zip(typed).find(|(at, typed)| !right(*at, typed)).map(|(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn each_three_of_the_twelve_are_asked_equally_often() {
        let mut times = BTreeMap::new();
        for random in 0..1320 {
            let [a, b, c] = Asked::choose(random).positions();
            assert!(1 <= a && a < b && b < c && c <= 12);
            *times.entry([a, b, c]).or_insert(0) += 1;
        }
        assert_eq!(times.len(), 220);
        assert!(times.values().all(|times| *times == 6));
        assert_eq!(Asked::choose(u64::MAX).positions().len(), 3);
    }

    #[test]
    fn only_the_right_words_in_the_right_places_pass() {
        let words = Words::from_entropy(&[0x80; 16]);
        let all: Vec<_> = words.iter().collect();
        for random in 0..1320 {
            let asked = Asked::choose(random);
            let [a, b, c] = asked.positions().map(|at| all[at - 1]);
            assert_eq!(asked.first_wrong(&words, [a, b, c]), None);
            let shouted = format!(" {} ", b.to_uppercase());
            assert_eq!(asked.first_wrong(&words, [a, &shouted, c]), None);
            let [first, second, third] = asked.positions();
            assert_eq!(asked.first_wrong(&words, ["", b, c]), Some(first));
            assert_eq!(asked.first_wrong(&words, [a, "zoo", "zoo"]), Some(second));
            assert_eq!(asked.first_wrong(&words, [a, b, &format!("{c} {c}")]), Some(third));
        }
    }
}
