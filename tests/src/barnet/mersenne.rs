//! Python's random numbers, so that a seed gives the same numbers as in Python.
//!
//! The generator is MT19937 (Matsumoto and Nishimura); the methods follow `random.py` of `CPython`
//! 3.11.

const WORDS: usize = 624;
const MIDDLE: usize = 397;

/// Python's `random.Random(seed)`.
#[derive(Clone, Debug)]
pub(super) struct Mersenne {
    state: [u32; WORDS],
    next: usize,
}

impl Mersenne {
    /// The generator of a seed.
    pub(super) fn new(seed: u64) -> Self {
        let low = u32::try_from(seed & u64::from(u32::MAX)).expect("32 bits");
        let high = u32::try_from(seed >> 32).expect("32 bits");
        let key = if high == 0 { vec![low] } else { vec![low, high] };
        Self { state: state_of_key(&key), next: WORDS }
    }

    /// `getrandbits(bits)`, of at most 64 bits.
    pub(super) fn bits(&mut self, bits: u32) -> u64 {
        match bits {
            0 => 0,
            1..=32 => u64::from(self.word() >> (32 - bits)),
            _ => u64::from(self.word()) | (u64::from(self.word() >> (64 - bits)) << 32),
        }
    }

    /// `random()`: from 0 to 1, without 1.
    #[allow(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub(super) fn unit(&mut self) -> f64 {
        let (high, low) = (u64::from(self.word() >> 5), u64::from(self.word() >> 6));
        ((high << 26) | low) as f64 / (1_u64 << 53) as f64
    }

    /// `randrange(below)`.
    pub(super) fn below(&mut self, below: u64) -> u64 {
        let bits = u64::BITS - below.leading_zeros();
        loop {
            let drawn = self.bits(bits);
            if drawn < below {
                return drawn;
            }
        }
    }

    /// `randrange(from, to)`.
    pub(super) fn range(&mut self, from: u64, to: u64) -> u64 {
        from + self.below(to - from)
    }

    /// `choice(items)`.
    pub(super) fn choice<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.index(items.len())]
    }

    /// `choices(items, weights)[0]`, given the running totals of the weights.
    pub(super) fn weighted<T: Copy>(&mut self, items: &[T], totals: &[f64]) -> T {
        let drawn = self.unit() * totals.last().expect("there are weights");
        let place = totals.partition_point(|total| *total <= drawn);
        items[place.min(items.len() - 1)]
    }

    /// `shuffle(items)`.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.index(last + 1);
            items.swap(last, other);
        }
    }

    /// `sample(items, count)`.
    pub(super) fn sample<'a, T>(&mut self, items: &'a [T], count: usize) -> Vec<&'a T> {
        let mut most_pooled = 21;
        if count > 5 {
            most_pooled += std::iter::successors(Some(1), |n| Some(n * 4))
                .find(|n| *n >= count * 3)
                .expect("powers grow");
        }
        let places = if items.len() <= most_pooled {
            self.places_from_pool(items.len(), count)
        } else {
            self.places_not_seen(items.len(), count)
        };
        places.into_iter().map(|place| &items[place]).collect()
    }

    fn places_from_pool(&mut self, length: usize, count: usize) -> Vec<usize> {
        let mut pool: Vec<usize> = (0..length).collect();
        let draw = |drawn: usize| {
            let left = length - drawn;
            let place = self.index(left);
            pool.swap(place, left - 1);
            pool[left - 1]
        };
        (0..count).map(draw).collect()
    }

    fn places_not_seen(&mut self, length: usize, count: usize) -> Vec<usize> {
        let mut places = Vec::with_capacity(count);
        while places.len() < count {
            let place = self.index(length);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).expect("an index")
    }

    fn word(&mut self) -> u32 {
        if self.next == WORDS {
            self.twist();
            self.next = 0;
        }
        let mut word = self.state[self.next];
        self.next += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    fn twist(&mut self) {
        for i in 0..WORDS {
            let joined =
                (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % WORDS] & 0x7fff_ffff);
            let odd = if joined & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[i] = self.state[(i + MIDDLE) % WORDS] ^ (joined >> 1) ^ odd;
        }
    }
}

/// `init_genrand` of the reference.
fn state_of_number(seed: u32) -> [u32; WORDS] {
    let mut state = [seed; WORDS];
    for i in 1..WORDS {
        let before = state[i - 1] ^ (state[i - 1] >> 30);
        state[i] = before.wrapping_mul(1_812_433_253).wrapping_add(u32::try_from(i).expect("624"));
    }
    state
}

/// `init_by_array` of the reference.
fn state_of_key(key: &[u32]) -> [u32; WORDS] {
    let mut state = state_of_number(19_650_218);
    let number = |n: usize| u32::try_from(n).expect("624");
    let mut i = 1;
    for round in 0..WORDS.max(key.len()) {
        let before = state[i - 1] ^ (state[i - 1] >> 30);
        let from_key = key[round % key.len()].wrapping_add(number(round % key.len()));
        state[i] = (state[i] ^ before.wrapping_mul(1_664_525)).wrapping_add(from_key);
        i = following(i, &mut state);
    }
    for _ in 1..WORDS {
        let before = state[i - 1] ^ (state[i - 1] >> 30);
        state[i] = (state[i] ^ before.wrapping_mul(1_566_083_941)).wrapping_sub(number(i));
        i = following(i, &mut state);
    }
    state[0] = 0x8000_0000;
    state
}

fn following(i: usize, state: &mut [u32; WORDS]) -> usize {
    if i + 1 < WORDS {
        return i + 1;
    }
    state[0] = state[WORDS - 1];
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each expectation is what Python 3.11 returns for `random.Random(20260101)`.
    #[test]
    fn numbers_are_those_of_python() {
        let mut random = Mersenne::new(20_260_101);
        assert_eq!(random.bits(64), 206_357_600_918_476_289);
        assert_eq!(random.unit().to_string(), "0.297835610487425");
        assert_eq!((random.below(1000), random.range(5, 9)), (6, 5));
        let mut items = [0, 1, 2, 3, 4, 5, 6, 7];
        random.shuffle(&mut items);
        assert_eq!(items, [6, 4, 2, 1, 7, 5, 3, 0]);
        assert_eq!(random.weighted(&["a", "b", "c"], &[1.0, 1.5, 2.0]), "a");
        let hundred: Vec<u32> = (0..100).collect();
        assert_eq!(random.sample(&hundred, 6), [35, 65, 17, 33, 47, 42].iter().collect::<Vec<_>>());
        assert_eq!(random.sample(&hundred[..20], 4), [7, 8, 11, 10].iter().collect::<Vec<_>>());
        assert_eq!(Mersenne::new(1 << 40).bits(32), 445_128_065);
    }
}
