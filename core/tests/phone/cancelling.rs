//! Cancelling a call from another thread.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use promise_core::{
    CancelHandle, PocketPhone, PromiseError,
    sync::{HttpTransport, PackWanted, Transport, TransportError},
};
use promise_protocol::{PairRequest, SyncRequest, SyncResponse, pairing::PairProgress};

use crate::common::{Pocket, TestClock, key};

/// The HTTP transport, with the sync cancelled right after a response.
struct CancelledAfterAnswer(HttpTransport);

impl Transport for CancelledAfterAnswer {
    fn pair(
        &self,
        request: &PairRequest,
        cancel: &CancelHandle,
    ) -> Result<PairProgress, TransportError> {
        self.0.pair(request, cancel)
    }

    fn sync(
        &self,
        token: &str,
        request: &SyncRequest,
        cancel: &CancelHandle,
    ) -> Result<SyncResponse, TransportError> {
        let answer = self.0.sync(token, request, cancel);
        cancel.cancel();
        answer
    }

    fn packs(
        &self,
        wanted: &[PackWanted],
        cancel: &CancelHandle,
    ) -> Vec<Result<Vec<u8>, TransportError>> {
        self.0.packs(wanted, cancel)
    }

    fn picture(
        &self,
        hash: &str,
        bytes: u32,
        cancel: &CancelHandle,
    ) -> Result<Vec<u8>, TransportError> {
        self.0.picture(hash, bytes, cancel)
    }
}

/// Starts a server that handles each connection with `each`. Returns its address.
fn serve(each: impl Fn(TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || listener.incoming().flatten().for_each(each));
    address
}

/// Answers every request on a connection with this JSON.
fn answer_with(mut connection: TcpStream, json: &str) {
    let mut request = [0; 4096];
    while connection.read(&mut request).is_ok_and(|read| read > 0) {
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{json}", json.len());
        connection.write_all(answer.as_bytes()).unwrap();
    }
}

#[test]
fn cancel_between_two_requests_ends_that_sync_and_not_the_next() {
    let address =
        serve(|connection| answer_with(connection, r#"{"now": 1777800000000, "more": true}"#));
    let pocket = Pocket::paired().at_server(&address);
    let connect = Box::new(|server: &str| {
        Ok(Arc::new(CancelledAfterAnswer(HttpTransport::new(server)?)) as Arc<dyn Transport>)
    });
    let clock = Arc::new(TestClock::default());
    let phone = PocketPhone::open_with(&pocket.path(), key(), clock, connect).unwrap();
    for _ in 0..3 {
        let before = phone.status().unwrap().last_sync;
        assert_eq!(phone.sync(&CancelHandle::new()), Err(PromiseError::Cancelled));
        assert!(phone.status().unwrap().last_sync.is_some(), "one answer came, before {before:?}");
    }
}

#[test]
fn cancel_ends_a_request_that_waits_for_its_answer() {
    let (arrived, has_arrived) = mpsc::channel();
    let address = serve(move |mut connection| {
        assert!(connection.read(&mut [0; 512]).unwrap() > 0);
        arrived.send(connection).unwrap();
    });
    let folder = tempfile::tempdir().unwrap();
    let phone = PocketPhone::open(&folder.path().join("phone.db"), key()).unwrap();
    let cancel = CancelHandle::new();
    let in_the_call = cancel.clone();
    let pairing = thread::spawn(move || phone.pair(&address, "K7QF-3MZD-9X01", &in_the_call));
    let _silent = has_arrived.recv_timeout(Duration::from_secs(20)).unwrap();
    let cancelled = Instant::now();
    cancel.cancel();
    assert_eq!(pairing.join().unwrap().err(), Some(PromiseError::Cancelled));
    assert!(cancelled.elapsed() < Duration::from_secs(5));
}

#[test]
fn cancel_before_a_call_sends_nothing_and_after_it_changes_nothing() {
    let (arrived, has_arrived) = mpsc::channel();
    let address = serve(move |connection| {
        arrived.send(()).unwrap();
        answer_with(connection, r#"{"now": 1777800000000}"#);
    });
    let pocket = Pocket::paired().at_server(&address);
    let phone = PocketPhone::open(&pocket.path(), key()).unwrap();
    let cancel = CancelHandle::new();
    cancel.cancel();
    assert_eq!(phone.sync(&cancel), Err(PromiseError::Cancelled));
    assert!(has_arrived.try_recv().is_err(), "nothing was sent");
    let later = CancelHandle::new();
    phone.sync(&later).unwrap();
    later.cancel();
    phone.sync(&CancelHandle::new()).unwrap();
}

#[test]
fn cancel_ends_a_call_that_waits_for_another_and_leaves_the_other() {
    let pocket = Arc::new(Pocket::paired());
    let (started, has_started) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    pocket.server.next(move |_| {
        started.send(()).unwrap();
        may_go_on.recv().unwrap();
        Ok(SyncResponse::default())
    });
    let first = thread::spawn({
        let pocket = pocket.clone();
        move || pocket.sync()
    });
    has_started.recv().unwrap();
    let cancel = CancelHandle::new();
    let second = thread::spawn({
        let (pocket, cancel) = (pocket.clone(), cancel.clone());
        move || pocket.phone.sync(&cancel)
    });
    cancel.cancel();
    assert_eq!(second.join().unwrap(), Err(PromiseError::Cancelled));
    go_on.send(()).unwrap();
    assert!(first.join().unwrap().is_ok());
}
