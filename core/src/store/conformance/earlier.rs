//! Rules of [`EarlierStore`](crate::store::EarlierStore).

use serde_json::{Value, json};

use super::run;
use crate::store::{EarlierKind, EarlierRecord, Store};

const KINDS: [EarlierKind; 7] = [
    EarlierKind::Pledge,
    EarlierKind::Opportunity,
    EarlierKind::Closing,
    EarlierKind::Appointment,
    EarlierKind::Timescale,
    EarlierKind::Answer,
    EarlierKind::Calendar,
];

fn record(kind: EarlierKind, id: &str, body: Option<Value>) -> EarlierRecord {
    EarlierRecord { kind, id: id.to_owned(), body }
}

/// One record for each kind and id. That there was none is kept too.
pub(crate) fn earlier_records_are_kept_by_kind_and_id(store: &mut impl Store) {
    run(store, |tx| {
        for kind in KINDS {
            tx.put_earlier(&record(kind, "b", Some(json!({"title": "Before"}))))?;
            tx.put_earlier(&record(kind, "a", Some(json!(1))))?;
            tx.put_earlier(&record(kind, "a", None))?;
        }
        for kind in KINDS {
            let (a, b) =
                (record(kind, "a", None), record(kind, "b", Some(json!({"title": "Before"}))));
            assert_eq!(tx.all_earlier(kind)?, [a.clone(), b.clone()]);
            assert_eq!(tx.earlier(kind, "a")?, Some(a));
            assert_eq!(tx.earlier(kind, "c")?, None);
            assert!(tx.remove_earlier(kind, "a")?);
            assert!(!tx.remove_earlier(kind, "a")?);
            assert_eq!(tx.all_earlier(kind)?, [b]);
        }
        Ok(())
    });
}

pub(crate) fn news_after_is_kept(store: &mut impl Store) {
    run(store, |tx| {
        assert_eq!(tx.news_after()?, None);
        tx.set_news_after(7)?;
        assert_eq!(tx.news_after()?, Some(7));
        Ok(())
    });
}
