//! Requests at random for what is not theirs. The benchmark makes 100,000 of them.

use promise_tests::probes::{World, probe};

#[test]
fn nothing_of_anybody_out_of_reach_comes_back_or_changes() {
    let probed = probe(&World::new(), 3000, 1);
    assert!(probed.finds.is_empty(), "{:#?}", probed.finds);
    assert!(probed.answered > 300, "most were turned away for another reason: {probed:?}");
}
