use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    thread,
    time::Duration,
};

use super::*;

const REQUEST: &str = "POST / HTTP/1.1\r\ncontent-length: 3\r\n\r\nabc";
const ANSWER: &str = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";

/// A server that gives one response to every request, until its thread ends with the test.
fn server(answer: &'static str) -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for connection in listener.incoming() {
            thread::spawn(move || serve(&connection.unwrap(), answer));
        }
    });
    address
}

fn serve(mut connection: &TcpStream, answer: &str) {
    let mut request = vec![0; REQUEST.len()];
    while connection.read_exact(&mut request).is_ok() {
        connection.write_all(answer.as_bytes()).unwrap();
    }
}

fn connect(proxy: &Proxy) -> TcpStream {
    let connection = TcpStream::connect(proxy.address()).unwrap();
    connection.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    connection
}

fn ask(mut connection: &TcpStream, answer: &str) {
    connection.write_all(REQUEST.as_bytes()).unwrap();
    let mut read = vec![0; answer.len()];
    connection.read_exact(&mut read).unwrap();
    assert_eq!(read, answer.as_bytes());
}

fn traffic(requests: u64, waits: u64, answer: &str) -> Traffic {
    let (up, down) = (REQUEST.len() as u64 * requests, answer.len() as u64 * requests);
    Traffic { up, down, requests, waits }
}

#[test]
fn sequential_requests_are_two_waits() {
    let proxy = Proxy::start(server(ANSWER));
    let connection = connect(&proxy);
    ask(&connection, ANSWER);
    ask(&connection, ANSWER);
    assert_eq!(proxy.snapshot(), traffic(2, 2, ANSWER));
    proxy.reset();
    ask(&connect(&proxy), ANSWER);
    assert_eq!(proxy.snapshot(), traffic(1, 1, ANSWER));
}

#[test]
fn overlapping_requests_are_one_wait() {
    let proxy = Proxy::start(server(ANSWER));
    proxy.delay_answers(Duration::from_millis(200));
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| ask(&connect(&proxy), ANSWER));
        }
    });
    assert_eq!(proxy.snapshot(), traffic(3, 1, ANSWER));
}

#[test]
fn chunked_response_completes() {
    let answer = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n";
    let proxy = Proxy::start(server(answer));
    let connection = connect(&proxy);
    ask(&connection, answer);
    ask(&connection, answer);
    assert_eq!(proxy.snapshot(), traffic(2, 2, answer));
}

#[test]
fn event_stream_is_no_wait() {
    let answer = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n: hello\n\n";
    let proxy = Proxy::start(server(answer));
    let events = connect(&proxy);
    ask(&events, answer);
    ask(&connect(&proxy), answer);
    assert_eq!(proxy.snapshot(), traffic(2, 2, answer));
}

#[test]
fn cut_breaks_one_connection_at_its_byte() {
    let proxy = Proxy::start(server(ANSWER));
    for (bytes, up, down) in
        [(0, 0, 0), (5, 5, 0), (REQUEST.len() as u64 + 7, REQUEST.len() as u64, 7)]
    {
        proxy.reset();
        proxy.cut_after(bytes);
        let mut connection = connect(&proxy);
        connection.write_all(REQUEST.as_bytes()).unwrap();
        let mut read = Vec::new();
        let _ = connection.read_to_end(&mut read);
        assert_eq!(read, ANSWER.as_bytes()[..read.len()]);
        assert_eq!(proxy.snapshot(), Traffic { up, down, requests: 1, waits: 1 });
    }
    proxy.reset();
    ask(&connect(&proxy), ANSWER);
    assert_eq!(proxy.snapshot(), traffic(1, 1, ANSWER), "nobody waits for what was cut");
}

#[test]
fn dropped_proxy_refuses_connections() {
    let proxy = Proxy::start(server(ANSWER));
    let connection = connect(&proxy);
    ask(&connection, ANSWER);
    let address = proxy.address();
    drop(proxy);
    let mut line = String::new();
    let ended = BufReader::new(connection).read_line(&mut line);
    assert!(!matches!(ended, Ok(1..)), "{line}");
    let refused = (0..200).any(|_| {
        thread::sleep(Duration::from_millis(10));
        TcpStream::connect(address).is_err()
    });
    assert!(refused);
}

#[tokio::test]
async fn proxy_can_be_dropped_in_async_code() {
    let proxy = Proxy::start(server(ANSWER));
    assert!(proxy.url().starts_with("http://127.0.0.1:"));
    drop(proxy);
}
