//! Stopping a sync from another thread.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use promise_core::{
    PocketPhone, PromiseError,
    sync::{HttpTransport, PackWanted, Transport, TransportError},
};
use promise_protocol::{PairRequest, PairResponse, SyncRequest, SyncResponse};

use crate::common::{Pocket, TestClock, key};

/// The real way to a server, where the person stops the sync just after an answer came.
struct StoppedAfterAnswer(HttpTransport);

impl Transport for StoppedAfterAnswer {
    fn pair(&self, request: &PairRequest) -> Result<PairResponse, TransportError> {
        self.0.pair(request)
    }

    fn sync(&self, token: &str, request: &SyncRequest) -> Result<SyncResponse, TransportError> {
        let answer = self.0.sync(token, request);
        self.0.cancel();
        answer
    }

    fn packs(&self, wanted: &[PackWanted]) -> Vec<Result<Vec<u8>, TransportError>> {
        self.0.packs(wanted)
    }

    fn picture(&self, hash: &str, bytes: u32) -> Result<Vec<u8>, TransportError> {
        self.0.picture(hash, bytes)
    }

    fn cancel(&self) {
        self.0.cancel();
    }

    fn start(&self) {
        self.0.start();
    }
}

/// A server that does this with each connection; returns its address.
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
fn a_stop_between_two_requests_counts_for_the_whole_sync_and_not_for_the_next() {
    let address =
        serve(|connection| answer_with(connection, r#"{"now": 1777800000000, "more": true}"#));
    let pocket = Pocket::paired().at_server(&address);
    let connect = Box::new(|server: &str| {
        Ok(Arc::new(StoppedAfterAnswer(HttpTransport::new(server)?)) as Arc<dyn Transport>)
    });
    let clock = Arc::new(TestClock::default());
    let phone = PocketPhone::open_with(&pocket.path(), key(), clock, connect).unwrap();
    for _ in 0..3 {
        let before = phone.status().unwrap().last_sync;
        assert_eq!(phone.sync(), Err(PromiseError::Cancelled));
        assert!(phone.status().unwrap().last_sync.is_some(), "one answer came, before {before:?}");
    }
}

#[test]
fn a_stop_breaks_off_a_request_that_is_waiting_for_its_answer() {
    let (arrived, has_arrived) = mpsc::channel();
    let address = serve(move |mut connection| {
        assert!(connection.read(&mut [0; 512]).unwrap() > 0);
        arrived.send(connection).unwrap();
    });
    let folder = tempfile::tempdir().unwrap();
    let phone = Arc::new(PocketPhone::open(&folder.path().join("phone.db"), key()).unwrap());
    let pairing = phone.clone();
    let pairing = thread::spawn(move || pairing.pair(&address, "K7QF-3MZD-9X01"));
    let _silent = has_arrived.recv_timeout(Duration::from_secs(20)).unwrap();
    let stopped = Instant::now();
    phone.cancel_sync();
    assert_eq!(pairing.join().unwrap(), Err(PromiseError::Cancelled));
    assert!(stopped.elapsed() < Duration::from_secs(5));
}
