//! Finds where HTTP/1.1 messages begin and end in a stream of bytes.

/// The longest head that is parsed. A longer one is passed on without parsing.
const MAX_HEAD: usize = 64 << 10;

/// An event in the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// A message began.
    Began,
    /// A message is complete.
    Complete,
}

/// Follows one direction of a connection. A response without a length and an event stream count as
/// complete with their head, because no client waits for their end.
#[derive(Debug, Default)]
pub(super) struct Messages(State);

#[derive(Debug)]
enum State {
    Head(Vec<u8>),
    Body(u64),
    ChunkSize(Vec<u8>),
    Chunk(u64),
    Trailer(Vec<u8>),
    /// The rest of the stream, in which messages are no longer recognised.
    Rest,
}

impl Default for State {
    fn default() -> Self {
        Self::Head(Vec::new())
    }
}

impl Messages {
    /// Returns the events in the next bytes.
    pub(super) fn feed(&mut self, mut bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        while !bytes.is_empty() {
            bytes = self.step(bytes, &mut events);
        }
        events
    }

    /// Consumes some bytes, and returns the others.
    fn step<'a>(&mut self, bytes: &'a [u8], events: &mut Vec<Event>) -> &'a [u8] {
        match &mut self.0 {
            State::Head(head) => {
                if head.is_empty() {
                    events.push(Event::Began);
                }
                let rest = take_until(bytes, head, b"\r\n\r\n");
                if head.ends_with(b"\r\n\r\n") {
                    self.0 = after_head(&String::from_utf8_lossy(head), events);
                } else if head.len() > MAX_HEAD {
                    self.0 = State::Rest;
                }
                rest
            }
            State::Body(left) => {
                let rest = skip(bytes, left);
                if *left == 0 {
                    self.complete(events);
                }
                rest
            }
            State::ChunkSize(line) => {
                let rest = take_until(bytes, line, b"\r\n");
                if line.ends_with(b"\r\n") {
                    self.0 = match chunk_size(line) {
                        Some(0) => State::Trailer(Vec::new()),
                        Some(size) => State::Chunk(size + 2),
                        None => State::Rest,
                    };
                }
                rest
            }
            State::Chunk(left) => {
                let rest = skip(bytes, left);
                if *left == 0 {
                    self.0 = State::ChunkSize(Vec::new());
                }
                rest
            }
            State::Trailer(line) => {
                let rest = take_until(bytes, line, b"\r\n");
                if line == b"\r\n" {
                    self.complete(events);
                } else if line.ends_with(b"\r\n") {
                    line.clear();
                }
                rest
            }
            State::Rest => &[],
        }
    }

    fn complete(&mut self, events: &mut Vec<Event>) {
        events.push(Event::Complete);
        self.0 = State::default();
    }
}

fn after_head(head: &str, events: &mut Vec<Event>) -> State {
    let first = head.lines().next().unwrap_or_default();
    let header = |name: &str| {
        let mut fields = head.lines().filter_map(|line| line.split_once(':'));
        fields.find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    };
    let is_answer = first.starts_with("HTTP/");
    let status = first.split(' ').nth(1).filter(|_| is_answer).unwrap_or_default();
    if header("content-type").is_some_and(|kind| kind.starts_with("text/event-stream")) {
        events.push(Event::Complete);
        return State::Rest;
    }
    if header("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
        return State::ChunkSize(Vec::new());
    }
    if status.starts_with('1') {
        return State::default();
    }
    let bare = !is_answer || matches!(status, "204" | "304");
    match header("content-length").and_then(|length| length.parse().ok()) {
        Some(length) if length > 0 => State::Body(length),
        length => {
            events.push(Event::Complete);
            if length.is_some() || bare { State::default() } else { State::Rest }
        }
    }
}

fn chunk_size(line: &[u8]) -> Option<u64> {
    let line = str::from_utf8(line).ok()?;
    u64::from_str_radix(line.split(';').next()?.trim(), 16).ok()
}

/// Moves bytes into a buffer until it ends with these, or there are no more.
fn take_until<'a>(bytes: &'a [u8], buffer: &mut Vec<u8>, end: &[u8]) -> &'a [u8] {
    for (at, byte) in bytes.iter().enumerate() {
        buffer.push(*byte);
        if buffer.ends_with(end) {
            return &bytes[at + 1..];
        }
    }
    &[]
}

fn skip<'a>(bytes: &'a [u8], left: &mut u64) -> &'a [u8] {
    let now = usize::try_from(*left).map_or(bytes.len(), |left| left.min(bytes.len()));
    *left -= now as u64;
    &bytes[now..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use Event::{Began, Complete};

    const TWO_REQUESTS: &str =
        "GET /a HTTP/1.1\r\nhost: x\r\n\r\nPOST /b HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello";
    const ANSWERS: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi\
        HTTP/1.1 204 No Content\r\n\r\n\
        HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nwiki\r\n0\r\na: b\r\n\r\n\
        HTTP/1.1 304 Not Modified\r\n\r\n";

    #[test]
    fn messages_are_split_at_any_chunk_boundary() {
        for (text, messages) in [(TWO_REQUESTS, 2), (ANSWERS, 4)] {
            let expected = [Began, Complete].repeat(messages);
            assert_eq!(Messages::default().feed(text.as_bytes()), expected);
            for size in 1..9 {
                let mut reader = Messages::default();
                let pieces = text.as_bytes().chunks(size);
                let events: Vec<Event> = pieces.flat_map(|piece| reader.feed(piece)).collect();
                assert_eq!(events, expected, "in pieces of {size}");
            }
        }
    }

    #[test]
    fn response_without_length_completes_with_its_head() {
        for head in [
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\n\r\n",
        ] {
            let mut reader = Messages::default();
            assert_eq!(reader.feed(head.as_bytes()), [Began, Complete]);
            assert_eq!(reader.feed(b"data: HTTP/1.1 200 OK\r\n\r\n"), []);
        }
    }
}
