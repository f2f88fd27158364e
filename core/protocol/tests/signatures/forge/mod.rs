//! Forgeries: what comes from something genuine by one change, and must not be accepted. The same seed gives the
//! same forgeries.

mod commitment;
mod genuine;
mod kit;
mod signed;
mod sorts;
mod tally;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use commitment::Commitments;
use genuine::genuine;
use kit::pick;
use signed::Signed;
use sorts::SORTS;
pub(crate) use tally::Tally;

/// One forgery, tried.
struct Tried {
    kind: &'static str,
    sort: &'static str,
    /// What it was, if it was accepted.
    accepted: Option<String>,
}

/// Tries so many forgeries, on two threads.
///
/// # Panics
///
/// If something genuine is refused: then a refused forgery shows nothing.
pub(crate) fn forge(count: usize, seed: u64) -> Tally {
    std::thread::scope(|scope| {
        let [one, other] = [0, 1]
            .map(|thread| scope.spawn(move || forge_share(count / 2, 2 * seed + thread)))
            .map(|share| share.join().expect("a share is tried to its end"));
        one.and(other)
    })
}

fn forge_share(count: usize, seed: u64) -> Tally {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let (all, commitments) = (genuine(), Commitments::new());
    assert!(all.iter().all(Signed::verifies), "what was signed verifies");
    assert!(commitments.open(), "every commitment is opened by its own key and nonce");
    let mut tally = Tally::default();
    while tally.count() < count {
        let tried = if rng.random_ratio(1, 10) {
            commitments.forge(&mut rng)
        } else {
            forge_signed(&all, &mut rng)
        };
        // Nothing, if it came out as a genuine one.
        if let Some(tried) = tried {
            tally.add(tried);
        }
    }
    tally
}

fn forge_signed(all: &[Signed], rng: &mut ChaCha8Rng) -> Option<Tried> {
    let (sort, change) = *pick(&SORTS, rng);
    let original = pick(all, rng);
    let mut forged = original.clone();
    change(&mut forged, all, rng);
    if all.contains(&forged) {
        return None;
    }
    let accepted = forged.verifies().then(|| format!("{forged:?}"));
    Some(Tried { kind: original.body.kind(), sort, accepted })
}
