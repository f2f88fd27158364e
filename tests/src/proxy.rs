//! A proxy that counts the traffic on the wire, and that can slow it down or break it.
//!
//! It stands between a phone and a server that speak HTTP/1.1 without encryption, so that bytes,
//! requests and waits are measured from outside.

mod messages;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime::Runtime,
};

use messages::{Event, Messages};

/// The traffic on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Bytes from the phone to the server, heads and bodies.
    pub up: u64,
    /// Bytes from the server to the phone, heads and bodies.
    pub down: u64,
    /// Requests.
    pub requests: u64,
    /// Waits for the network: requests that overlap are one wait, and a request that begins after
    /// every earlier response is complete is another.
    pub waits: u64,
}

/// A running proxy. It stops, with every connection, when it is dropped.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    meter: Meter,
    /// A runtime of its own, for tests with and without one. Taken only when dropped.
    runtime: Option<Runtime>,
}

impl Proxy {
    /// Starts a proxy in front of a server, on a free port of this machine.
    pub fn start(server: SocketAddr) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        listener.set_nonblocking(true).expect("a listener of the runtime's");
        let address = listener.local_addr().expect("an address");
        let meter = Meter::default();
        let (entered, counted) = (runtime.enter(), meter.clone());
        let listener = TcpListener::from_std(listener).expect("a listener");
        drop(entered);
        runtime.spawn(accept(listener, server, counted));
        Self { address, meter, runtime: Some(runtime) }
    }

    /// The address to connect to instead of the server's.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The same as the start of a URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Delays each response, so that parallel requests overlap.
    pub fn delay_answers(&self, delay: Duration) {
        self.meter.lock().delay = delay;
    }

    /// Breaks the connection that carries the byte after so many more, in either direction. Later
    /// connections work.
    pub fn cut_after(&self, bytes: u64) {
        self.meter.lock().cut_after = Some(bytes);
    }

    /// Turns the signal off or on: without a signal every connection breaks.
    pub fn set_signal(&self, there_is: bool) {
        self.meter.lock().no_signal = !there_is;
    }

    /// Resets the counters.
    pub fn reset(&self) {
        self.meter.lock().traffic = Traffic::default();
    }

    /// Returns the traffic since the start or the last reset.
    pub fn snapshot(&self) -> Traffic {
        self.meter.lock().traffic
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Not awaited: an async test must not block. The tasks end all the same.
            runtime.shutdown_background();
        }
    }
}

async fn accept(listener: TcpListener, server: SocketAddr, meter: Meter) {
    while let Ok((phone, _)) = listener.accept().await {
        let meter = meter.clone();
        tokio::spawn(async move {
            // The tests see a broken connection from its ends.
            let _ = carry(phone, server, meter).await;
        });
    }
}

async fn carry(phone: TcpStream, server: SocketAddr, meter: Meter) -> io::Result<()> {
    let server = TcpStream::connect(server).await?;
    phone.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (mut phone, mut server) = (phone.into_split(), server.into_split());
    // Dropped before the connections: a client that sees them end finds no request waiting.
    let unanswered = Unanswered { meter, count: Mutex::new(0) };
    tokio::try_join!(
        up(&mut phone.0, &mut server.1, &unanswered),
        down(&mut server.0, &mut phone.1, &unanswered)
    )?;
    Ok(())
}

async fn up(
    phone: &mut (impl AsyncRead + Unpin),
    server: &mut (impl AsyncWrite + Unpin),
    unanswered: &Unanswered,
) -> io::Result<()> {
    let (mut buffer, mut messages) = (vec![0; 16 << 10], Messages::default());
    loop {
        let count = phone.read(&mut buffer).await?;
        if count == 0 {
            return server.shutdown().await;
        }
        let begun = messages.feed(&buffer[..count]).into_iter().filter(|e| *e == Event::Began);
        begun.for_each(|_| unanswered.request());
        let passed = unanswered.meter.pass(count, |traffic| &mut traffic.up);
        server.write_all(&buffer[..passed]).await?;
        whole(passed, count)?;
    }
}

async fn down(
    server: &mut (impl AsyncRead + Unpin),
    phone: &mut (impl AsyncWrite + Unpin),
    unanswered: &Unanswered,
) -> io::Result<()> {
    let (mut buffer, mut messages) = (vec![0; 16 << 10], Messages::default());
    loop {
        let count = server.read(&mut buffer).await?;
        if count == 0 {
            return phone.shutdown().await;
        }
        let events = messages.feed(&buffer[..count]);
        let delay = unanswered.meter.lock().delay;
        if events.contains(&Event::Began) && !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        let passed = unanswered.meter.pass(count, |traffic| &mut traffic.down);
        if passed == count {
            // Counted before the phone has the last byte: its next request could come before this.
            events.iter().filter(|e| **e == Event::Complete).for_each(|_| unanswered.answer());
        }
        phone.write_all(&buffer[..passed]).await?;
        whole(passed, count)?;
    }
}

fn whole(passed: usize, count: usize) -> io::Result<()> {
    if passed == count { Ok(()) } else { Err(io::ErrorKind::ConnectionAborted.into()) }
}

/// The counters of all connections.
#[derive(Clone, Debug, Default)]
struct Meter(Arc<Mutex<Counts>>);

#[derive(Debug, Default)]
struct Counts {
    traffic: Traffic,
    unanswered: u64,
    delay: Duration,
    cut_after: Option<u64>,
    no_signal: bool,
}

impl Meter {
    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns how many of these bytes may pass, and counts them.
    fn pass(&self, count: usize, way: impl Fn(&mut Traffic) -> &mut u64) -> usize {
        let mut counts = self.lock();
        if counts.no_signal {
            return 0;
        }
        let mut passed = count as u64;
        if let Some(left) = counts.cut_after {
            passed = passed.min(left);
            counts.cut_after = (passed == count as u64).then(|| left - passed);
        }
        *way(&mut counts.traffic) += passed;
        usize::try_from(passed).unwrap_or(count)
    }
}

/// The requests of one connection that have no complete response. When it breaks, they no longer
/// count as waiting.
struct Unanswered {
    meter: Meter,
    count: Mutex<u64>,
}

impl Unanswered {
    fn request(&self) {
        let mut counts = self.meter.lock();
        counts.traffic.requests += 1;
        if counts.unanswered == 0 {
            counts.traffic.waits += 1;
        }
        counts.unanswered += 1;
        *self.count() += 1;
    }

    fn answer(&self) {
        let mut counts = self.meter.lock();
        let mut count = self.count();
        if *count > 0 {
            *count -= 1;
            counts.unanswered -= 1;
        }
    }

    fn count(&self) -> MutexGuard<'_, u64> {
        self.count.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Unanswered {
    fn drop(&mut self) {
        let left = *self.count();
        self.meter.lock().unanswered -= left;
    }
}

#[cfg(test)]
mod tests;
