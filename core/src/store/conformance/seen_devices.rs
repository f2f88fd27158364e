//! Rules of [`SeenDeviceStore`](crate::store::SeenDeviceStore).

use super::run;
use crate::store::Store;

pub(crate) fn seen_devices_are_kept(store: &mut impl Store) {
    run(store, |tx| {
        assert_eq!((tx.seen_devices()?.len(), tx.devices_new_after()?), (0, 0));
        for id in ["p0000000b", "p0000000a", "p0000000b"] {
            tx.mark_device_seen(id)?;
        }
        tx.set_devices_new_after(7)
    });
    let seen = run(store, |tx| {
        assert_eq!(tx.devices_new_after()?, 7);
        tx.seen_devices()
    });
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["p0000000a", "p0000000b"]);
}
