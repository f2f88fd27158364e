//! Signing in with a browser that sends no fetch metadata, such as Safari before 16.4.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use promise_tests::harness::TestServer;

use super::driver::Browser;
use crate::visitor::{PASSWORD, Visitor};

/// The origins that a browser sent.
type Origins = Arc<Mutex<Vec<String>>>;

/// Stands between a browser and the server, and removes the headers of fetch metadata.
struct Relay {
    url: String,
    origins: Origins,
}

impl Relay {
    /// Starts a relay that ends with the test's process.
    fn start(server: SocketAddr) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let origins = Origins::default();
        let noted = Arc::clone(&origins);
        thread::spawn(move || {
            for browser in listener.incoming().flatten() {
                let noted = Arc::clone(&noted);
                thread::spawn(move || connect(browser, server, &noted));
            }
        });
        Self { url, origins }
    }
}

/// Passes one connection on, until either side closes it.
fn connect(browser: TcpStream, server: SocketAddr, origins: &Origins) -> io::Result<()> {
    let server = TcpStream::connect(server)?;
    let (mut responses, mut to_browser) = (server.try_clone()?, browser.try_clone()?);
    thread::spawn(move || {
        let _ = io::copy(&mut responses, &mut to_browser);
        let _ = to_browser.shutdown(Shutdown::Both);
    });
    let passed_on = pass_requests(BufReader::new(browser), &server, origins);
    server.shutdown(Shutdown::Both)?;
    passed_on
}

fn pass_requests(
    mut browser: impl BufRead,
    mut server: &TcpStream,
    origins: &Origins,
) -> io::Result<()> {
    loop {
        let (mut head, mut length) = (String::new(), 0);
        while !head.ends_with("\r\n\r\n") {
            let mut line = String::new();
            if browser.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let (name, value) = line.split_once(':').unwrap_or_default();
            match name.to_ascii_lowercase().as_str() {
                name if name.starts_with("sec-fetch-") => continue,
                "origin" => origins.lock().unwrap().push(value.trim().to_owned()),
                "content-length" => length = value.trim().parse().unwrap(),
                _ => {}
            }
            head.push_str(&line);
        }
        server.write_all(head.as_bytes())?;
        io::copy(&mut browser.by_ref().take(length), &mut server)?;
    }
}

/// Under the policy `no-referrer` the browser would send `Origin: null`, which the server cannot
/// tell from an attack without fetch metadata.
#[test]
fn sign_in_works_in_a_browser_without_fetch_metadata() {
    let server = TestServer::start();
    server.add_staff("j.okoro", &["--name", "Jo Okoro"]);
    let first = Visitor::signed_up(&server, "j.okoro", "adviser");
    server.clock.set(60_000);
    let relay = Relay::start(server.address());
    let browser = Browser::at(relay.url.clone());
    browser.go("/console/sign-in");
    browser.fill("name", "j.okoro");
    browser.fill("password", PASSWORD);
    browser.press("main .button");
    browser.wait_for_text("Enter your code");
    browser.fill("code", &first.code(60_000));
    browser.press("main .button");
    browser.wait_for_text("Your young people");
    assert_eq!(*relay.origins.lock().unwrap(), [relay.url.as_str(), relay.url.as_str()]);
}
