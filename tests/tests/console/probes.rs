//! Random requests for other people's data. The benchmark sends 100,000 of them.

use promise_tests::probes::{World, probe};

#[test]
fn random_requests_reach_no_other_persons_data() {
    let probed = probe(&World::new(), 3000, 1);
    assert!(probed.finds.is_empty(), "{:#?}", probed.finds);
    assert!(probed.answered > 300, "most were turned away for another reason: {probed:?}");
}
