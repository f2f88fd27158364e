//! A faulty server: it forwards requests to a real one, until it is set to respond otherwise.
//!
//! It speaks HTTP/1.1, one request for each connection: enough for phones on this machine.

use std::{
    io::{self, Read, Write},
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use promise_protocol::{
    KeyStep, PhoneOrder, Problem, ProblemCode, Reading, SignedOrder, Stamp, SyncResponse,
    signature::{SEED_BYTES, Signature, SigningKey},
};

/// How long a stuck server holds a request: longer than any test waits.
const STUCK: Duration = Duration::from_mins(2);

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing: requests go to the real server.
    None,
    /// It takes the request and never responds.
    Stuck,
    /// It responds that it is busy.
    Busy,
    /// Its response is invalid.
    Nonsense,
    /// Its protocol version is another one.
    OtherVersion,
    /// It responds that the code has expired.
    OldCode,
    /// Its packs are damaged.
    Damaged,
    /// It responds that it does not know the phone.
    UnknownPhone,
    /// It responds that the phone was taken off, and the council signed no order.
    TakenOff,
    /// It responds that the phone was taken off, with an order that the council did not sign.
    ForgedOrder,
    /// It says that the person's key was changed, and the council did not sign that.
    ForgedKey,
}

impl Trouble {
    /// Parses the trouble's name.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "none" => Self::None,
            "stuck" => Self::Stuck,
            "busy" => Self::Busy,
            "nonsense" => Self::Nonsense,
            "other-version" => Self::OtherVersion,
            "old-code" => Self::OldCode,
            "damaged" => Self::Damaged,
            "unknown-phone" => Self::UnknownPhone,
            "taken-off" => Self::TakenOff,
            "forged-order" => Self::ForgedOrder,
            "forged-key" => Self::ForgedKey,
            _ => return None,
        })
    }
}

/// The faulty server. Its threads end with the program.
#[derive(Debug)]
pub struct TroubledServer {
    address: SocketAddr,
    trouble: Arc<Mutex<Trouble>>,
    order: Arc<Mutex<SignedOrder>>,
}

impl TroubledServer {
    /// Starts in front of the server at this address, on a free port.
    pub fn start(server: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let trouble = Arc::new(Mutex::new(Trouble::None));
        let order = Arc::new(Mutex::new(forged_order()));
        let (server, current) = (server.to_owned(), (Arc::clone(&trouble), Arc::clone(&order)));
        thread::spawn(move || {
            for phone in listener.incoming().flatten() {
                let (server, (trouble, order)) = (server.clone(), current.clone());
                // The tests see a broken connection from their end.
                thread::spawn(move || serve(phone, &server, &trouble, &order));
            }
        });
        Self { address, trouble, order }
    }

    /// The address that phones use.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Sets the trouble from now on.
    pub fn make(&self, trouble: Trouble) {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }

    /// Sends this order with [`Trouble::ForgedOrder`].
    pub fn send_order(&self, order: SignedOrder) {
        *self.order.lock().unwrap_or_else(PoisonError::into_inner) = order;
        self.make(Trouble::ForgedOrder);
    }
}

/// An order to wipe that nobody signed.
fn forged_order() -> SignedOrder {
    SignedOrder { order: PhoneOrder::Wipe, at: 0, signature: Signature::new("A".repeat(86)) }
}

fn serve(
    mut phone: TcpStream,
    server: &str,
    current: &Mutex<Trouble>,
    order: &Mutex<SignedOrder>,
) -> io::Result<()> {
    let request = read_message(&mut phone)?;
    let trouble = *current.lock().unwrap_or_else(PoisonError::into_inner);
    let answer = match trouble {
        Trouble::ForgedKey if request.starts_with(b"POST /v1/sync") => forged_key(),
        Trouble::None | Trouble::ForgedKey => ask(server, &request)?,
        Trouble::Damaged => damage(&request, ask(server, &request)?),
        Trouble::Stuck => {
            thread::sleep(STUCK);
            return Ok(());
        }
        Trouble::Busy => problem(503, "busy"),
        Trouble::OtherVersion => problem(400, "wrong_version"),
        Trouble::OldCode => problem(410, "code_expired"),
        Trouble::UnknownPhone => problem(401, "not_paired"),
        Trouble::TakenOff => problem(401, "revoked"),
        Trouble::ForgedOrder => {
            taken_off(&order.lock().unwrap_or_else(PoisonError::into_inner).clone())
        }
        Trouble::Nonsense => answer(200, "text/plain", b"Come back tomorrow."),
    };
    phone.write_all(&answer)?;
    phone.shutdown(Shutdown::Write)
}

/// Reads a head, and as much body as it declares.
fn read_message(from: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut message = Vec::new();
    let mut buffer = [0; 16 << 10];
    loop {
        if let Some(end) = end_of_head(&message) {
            let head = String::from_utf8_lossy(&message[..end]).to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length: usize = length.and_then(|number| number.trim().parse().ok()).unwrap_or(0);
            if message.len() >= end + length {
                return Ok(message);
            }
        }
        let read = from.read(&mut buffer)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        message.extend_from_slice(&buffer[..read]);
    }
}

/// Forwards a request to the real server, and marks the response as the last of its connection.
fn ask(server: &str, request: &[u8]) -> io::Result<Vec<u8>> {
    let mut connection = TcpStream::connect(server)?;
    connection.write_all(request)?;
    let answer = read_message(&mut connection)?;
    let first_line = answer.windows(2).position(|two| two == b"\r\n").unwrap_or(0);
    Ok([&answer[..first_line], b"\r\nconnection: close", &answer[first_line..]].concat())
}

/// Changes the last byte of a pack.
fn damage(request: &[u8], mut answer: Vec<u8>) -> Vec<u8> {
    let is_pack = request.starts_with(b"GET ");
    if let Some(last) = answer.last_mut().filter(|_| is_pack) {
        *last ^= 1;
    }
    answer
}

/// Responds to a sync with a first key that is of no one's phone. It is the same each time.
fn forged_key() -> Vec<u8> {
    let owner = SigningKey::from_seed(&[0xaa; SEED_BYTES]).expect("a seed");
    let author = "s00000001".parse().expect("an author");
    let stamp = Stamp::new(Reading::at_millis(1), author);
    let signature = Some(Signature::new("A".repeat(86)));
    let changes = vec![KeyStep::first(&owner, "council", "person").accepted(stamp, signature)];
    let now = chrono::Utc::now().timestamp_millis();
    let response = SyncResponse { now, changes, ..SyncResponse::default() };
    let json = serde_json::to_vec(&response).expect("a response is JSON");
    answer(200, "application/json", &json)
}

fn problem(status: u16, code: &str) -> Vec<u8> {
    let json = format!(r#"{{"status":{status},"code":"{code}","title":"t","detail":"d"}}"#);
    answer(status, "application/problem+json", json.as_bytes())
}

fn taken_off(order: &SignedOrder) -> Vec<u8> {
    let problem = Problem {
        status: 401,
        code: ProblemCode::Revoked,
        title: "t".into(),
        detail: "d".into(),
        order: Some(order.clone()),
    };
    answer(401, "application/problem+json", &serde_json::to_vec(&problem).unwrap_or_default())
}

fn answer(status: u16, kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status} Trouble\r\nconnection: close\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn end_of_head(message: &[u8]) -> Option<usize> {
    message.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}
