//! A signer in another process, on a local socket: the server's side.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    os::unix::net::UnixStream,
    path::PathBuf,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use promise_database::{CouncilKeys, Signer, SigningError};
use promise_protocol::{ids::CouncilId, signature::Signature};

use super::messages::{Request, Response};

/// How long the signer may take. A transaction waits for it, and every writer for the transaction.
const TIMEOUT: Duration = Duration::from_secs(2);

/// The longest answer, in bytes. A signer does not send more.
const MAX_ANSWER: u64 = 64 * 1024;

/// Asks a signer on a local socket. The connection is kept, and opened again if it breaks.
pub struct SocketSigner {
    socket: PathBuf,
    connection: Mutex<Option<BufReader<UnixStream>>>,
}

impl SocketSigner {
    /// Returns a signer for a socket, on which the other process need not listen yet.
    pub fn new(socket: impl Into<PathBuf>) -> Self {
        Self { socket: socket.into(), connection: Mutex::default() }
    }

    fn ask(&self, request: &Request) -> Result<Response, SigningError> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        // A connection that was kept may be to a signer that has ended since.
        let kept = connection
            .take()
            .and_then(|mut kept| exchange(&mut kept, request).ok().zip(Some(kept)));
        let (response, kept) = match kept {
            Some(done) => done,
            None => self.connect_and_ask(request).map_err(|error| self.unavailable(&error))?,
        };
        *connection = Some(kept);
        match response {
            Response::Refused(error) => Err(error),
            response => Ok(response),
        }
    }

    fn connect_and_ask(&self, request: &Request) -> io::Result<(Response, BufReader<UnixStream>)> {
        let stream = UnixStream::connect(&self.socket)?;
        stream.set_read_timeout(Some(TIMEOUT))?;
        stream.set_write_timeout(Some(TIMEOUT))?;
        let mut connection = BufReader::new(stream);
        let response = exchange(&mut connection, request)?;
        Ok((response, connection))
    }

    fn unavailable(&self, error: &io::Error) -> SigningError {
        SigningError::Unavailable(format!(
            "the signer at {} does not answer: {error}",
            self.socket.display()
        ))
    }

    fn unexpected(&self) -> SigningError {
        let text = format!("the signer at {} sent something else", self.socket.display());
        SigningError::Unavailable(text)
    }
}

impl Signer for SocketSigner {
    fn create_key(&self, council: &CouncilId) -> Result<(), SigningError> {
        match self.ask(&Request::CreateKey(council.clone()))? {
            Response::Created => Ok(()),
            _ => Err(self.unexpected()),
        }
    }

    fn keys(&self, council: &CouncilId) -> Result<CouncilKeys, SigningError> {
        match self.ask(&Request::Keys(council.clone()))? {
            Response::Keys(keys) => Ok(keys),
            _ => Err(self.unexpected()),
        }
    }

    fn sign(&self, council: &CouncilId, statement: &[u8]) -> Result<Signature, SigningError> {
        let statement = String::from_utf8_lossy(statement).into_owned();
        match self.ask(&Request::Sign { council: council.clone(), statement })? {
            Response::Signed(signature) => Ok(signature),
            _ => Err(self.unexpected()),
        }
    }
}

fn exchange(connection: &mut BufReader<UnixStream>, request: &Request) -> io::Result<Response> {
    let mut line = serde_json::to_vec(request)?;
    line.push(b'\n');
    connection.get_mut().write_all(&line)?;
    let mut answer = String::new();
    connection.by_ref().take(MAX_ANSWER).read_line(&mut answer)?;
    if answer.is_empty() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(serde_json::from_str(&answer)?)
}
