//! How often one address may try to pair.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Instant,
};

/// Addresses to remember. Beyond it those that are full again are forgotten.
const MOST_KEPT: usize = 10_000;

/// Counts tries by address.
pub struct RateLimit {
    /// Tries at once.
    burst: f64,
    /// Tries that come back each second.
    per_second: f64,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

struct Bucket {
    left: f64,
    at: Instant,
}

/// For pairing: 30 at once, 30 a minute.
impl Default for RateLimit {
    fn default() -> Self {
        Self::new(30.0, 0.5)
    }
}

impl RateLimit {
    /// So many tries at once, and so many that come back each second.
    pub fn new(burst: f64, per_second: f64) -> Self {
        Self { burst, per_second, buckets: Mutex::default() }
    }

    /// Whether this address may try now. If it may, the try is counted.
    pub fn allows(&self, address: IpAddr, now: Instant) -> bool {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_KEPT {
            buckets.retain(|_, bucket| self.refilled(bucket, now) < self.burst);
        }
        let full = Bucket { left: self.burst, at: now };
        let bucket = buckets.entry(network(address)).or_insert(full);
        let left = self.refilled(bucket, now);
        let allowed = left >= 1.0;
        *bucket = Bucket { left: if allowed { left - 1.0 } else { left }, at: now };
        allowed
    }

    fn refilled(&self, bucket: &Bucket, now: Instant) -> f64 {
        let waited = now.saturating_duration_since(bucket.at).as_secs_f64();
        (bucket.left + waited * self.per_second).min(self.burst)
    }
}

/// Whom an address stands for: one home or phone has a whole IPv6 network of 64 bits.
pub fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn thirty_tries_then_one_every_two_seconds() {
        let limit = RateLimit::default();
        let (ada, bea) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let start = Instant::now();
        assert!((0..30).all(|_| limit.allows(ada, start)));
        assert!(!limit.allows(ada, start));
        assert!(limit.allows(bea, start), "another address is not held up");
        let later = start + Duration::from_secs(2);
        assert!(limit.allows(ada, later));
        assert!(!limit.allows(ada, later));
    }

    #[test]
    fn neighbours_in_one_ipv6_network_are_one() {
        let limit = RateLimit::default();
        let now = Instant::now();
        let address = |last: u16| IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, last]);
        assert!((0..30).all(|last| limit.allows(address(last), now)));
        assert!(!limit.allows(address(99), now));
    }
}
