//! Rate limits by address (token buckets).

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Instant,
};

/// Addresses that are remembered. Beyond it, those with a full bucket are dropped.
const MAX_ADDRESSES: usize = 10_000;

/// Limits requests by address with a token bucket for each.
pub struct RateLimit {
    /// How many requests may come at once.
    burst: f64,
    /// How many more may come each second.
    per_second: f64,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

struct Bucket {
    left: f64,
    at: Instant,
}

/// The limit for invitations of phones: 30 requests at once, then 30 a minute.
impl Default for RateLimit {
    fn default() -> Self {
        Self::new(30.0, 0.5)
    }
}

impl RateLimit {
    /// Allows `burst` requests at once and `per_second` more each second.
    pub fn new(burst: f64, per_second: f64) -> Self {
        Self { burst, per_second, buckets: Mutex::default() }
    }

    /// Returns `true` if a request from this address is allowed now, and counts it.
    pub fn allows(&self, address: IpAddr, now: Instant) -> bool {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MAX_ADDRESSES {
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

/// Returns the network by which requests are counted: an IPv6 address counts as its /64, because
/// one home or phone has all of it.
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
    fn default_limit_allows_thirty_then_one_every_two_seconds() {
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
    fn ipv6_addresses_of_one_network_share_a_limit() {
        let limit = RateLimit::default();
        let now = Instant::now();
        let address = |last: u16| IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, last]);
        assert!((0..30).all(|last| limit.allows(address(last), now)));
        assert!(!limit.allows(address(99), now));
    }
}
