//! The coding of packs for phones. Each pack, and each delta between two packs, is compressed once.

mod compressor;

use std::io::Write;

use promise_protocol::{PackName, coding};

use promise_database::{StoredPack, Tx};

use crate::{ServiceError, publishing::editions::PublishedEdition};

pub use compressor::PackCompressor;

/// brotli's highest quality, with a window of 4 MiB: packs are compressed once and fetched by every
/// phone.
const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW_BITS: u32 = 22;
const BROTLI_BUFFER: usize = 64 * 1024;

/// The coding of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coding {
    /// zstd with an older pack of the same name as dictionary (RFC 9842).
    Dcz {
        /// The older pack's hash.
        from: String,
    },
    /// brotli.
    Brotli,
    /// zstd.
    Zstd,
    /// Not coded.
    Identity,
}

impl Coding {
    /// Returns the value of `Content-Encoding`, or `None` for a pack that is not coded.
    pub fn header(&self) -> Option<&'static str> {
        match self {
            Self::Dcz { .. } => Some(coding::DCZ),
            Self::Brotli => Some("br"),
            Self::Zstd => Some("zstd"),
            Self::Identity => None,
        }
    }

    fn dictionary(&self) -> Option<&str> {
        match self {
            Self::Dcz { from } => Some(from),
            _ => None,
        }
    }
}

/// The codings that a client accepts.
#[derive(Clone, Debug, Default)]
pub struct PackRequest {
    /// The names in `Accept-Encoding`.
    pub accepts: Vec<String>,
    /// The hash in `Available-Dictionary`: a pack that the client has.
    pub has: Option<String>,
}

/// The result of [`prepare`].
pub enum Prepared {
    /// The coded bytes.
    Ready(Coding, Vec<u8>),
    /// The pack is not compressed yet. [`compress`] takes a while, so call it on a blocking thread,
    /// and pass its result to [`store_compressed`].
    ToCompress(Box<CompressionJob>),
}

/// A pack to compress.
pub struct CompressionJob {
    /// The coding.
    pub coding: Coding,
    pack: StoredPack,
    dictionary: Option<StoredPack>,
}

/// Finds a pack in the best coding for a client: a delta to the pack it has, or else the smallest
/// coding that it accepts. Returns `None` if there is no such pack.
pub fn prepare(
    tx: &mut dyn Tx,
    hash: &str,
    wanted: &PackRequest,
) -> Result<Option<Prepared>, ServiceError> {
    let Some(pack) = tx.pack(hash)? else { return Ok(None) };
    let dictionary = usable_dictionary(tx, &pack, wanted)?;
    let reads = |name: &str| wanted.accepts.iter().any(|accepted| accepted == name);
    let coding = match &dictionary {
        Some(older) => Coding::Dcz { from: older.hash.clone() },
        None if reads("br") => Coding::Brotli,
        None if reads("zstd") => Coding::Zstd,
        None => return Ok(Some(Prepared::Ready(Coding::Identity, pack.bytes))),
    };
    let name = coding.header().unwrap_or_default();
    Ok(Some(match tx.coded_pack(hash, coding.dictionary(), name)? {
        Some(bytes) => Prepared::Ready(coding, bytes),
        None => Prepared::ToCompress(Box::new(CompressionJob { coding, pack, dictionary })),
    }))
}

/// Compresses a pack.
pub fn compress(work: &CompressionJob) -> Result<Vec<u8>, ServiceError> {
    let bytes = &work.pack.bytes;
    match (&work.coding, &work.dictionary) {
        (Coding::Dcz { .. }, Some(older)) => {
            coding::encode_dcz(bytes, &older.bytes).map_err(|_| ServiceError::Compression)
        }
        (Coding::Brotli, _) => brotli(bytes).map_err(|_| ServiceError::Compression),
        (Coding::Zstd, _) => coding::encode_zstd(bytes).map_err(|_| ServiceError::Compression),
        (Coding::Dcz { .. }, None) => Err(ServiceError::Compression),
        (Coding::Identity, _) => Ok(bytes.clone()),
    }
}

/// Stores a compressed pack for the next phone.
pub fn store_compressed(
    tx: &mut dyn Tx,
    work: &CompressionJob,
    bytes: &[u8],
) -> Result<(), ServiceError> {
    let name = work.coding.header().unwrap_or_default();
    Ok(tx.add_coded_pack(&work.pack.hash, work.coding.dictionary(), name, bytes)?)
}

/// Returns the requests, each with the hash of its pack, that phones will send first for a published
/// edition. They are compressed ahead, so that no phone waits for it.
fn likely_requests(published: &PublishedEdition) -> Vec<(String, PackRequest)> {
    let wanted = |(name, hash): (&PackName, &String)| {
        let has = published
            .replaced
            .as_ref()
            .and_then(|older| older.packs.get(name))
            .filter(|has| *has != hash);
        let has = [None, has.cloned()];
        has.map(|has| (hash.clone(), PackRequest { accepts: vec!["dcz".into(), "br".into()], has }))
    };
    published.edition.packs.iter().flat_map(wanted).collect()
}

/// Returns the older pack of the same name that the client has.
fn usable_dictionary(
    tx: &mut dyn Tx,
    pack: &StoredPack,
    wanted: &PackRequest,
) -> Result<Option<StoredPack>, ServiceError> {
    let reads_dcz = wanted.accepts.iter().any(|accepted| accepted == coding::DCZ);
    let Some(has) = wanted.has.as_ref().filter(|_| reads_dcz) else { return Ok(None) };
    Ok(tx.pack(has)?.filter(|older| older.name == pack.name))
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut coded = Vec::new();
    let mut writer = brotli::CompressorWriter::new(
        &mut coded,
        BROTLI_BUFFER,
        BROTLI_QUALITY,
        BROTLI_WINDOW_BITS,
    );
    writer.write_all(bytes)?;
    writer.flush()?;
    drop(writer);
    Ok(coded)
}
