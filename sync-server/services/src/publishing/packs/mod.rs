//! Packs on their way to a phone: which coding, and each pair of packs compressed once.

mod compressor;

use std::io::Write;

use promise_protocol::{Edition, PackName, coding};

use promise_database::{StoredPack, Tx};

use crate::ServiceError;

pub use compressor::PackCompressor;

/// brotli's best, with a window of 4 MiB: packs are compressed once and fetched by every phone.
const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW_BITS: u32 = 22;
const BROTLI_BUFFER: usize = 64 * 1024;

/// How a pack's bytes are coded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coding {
    /// zstd against an older pack of the same name.
    Dcz {
        /// The older pack's hash.
        from: String,
    },
    /// brotli.
    Brotli,
    /// zstd.
    Zstd,
    /// As it is.
    Identity,
}

impl Coding {
    /// The value of `Content-Encoding`, which a pack as it is does not have.
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

/// What a client says about codings.
#[derive(Clone, Debug, Default)]
pub struct PackRequest {
    /// The codings it reads, from `Accept-Encoding`.
    pub accepts: Vec<String>,
    /// The hash of the pack it has, from `Available-Dictionary`.
    pub has: Option<String>,
}

/// A pack in the coding chosen for a client, as far as it is there.
pub enum Prepared {
    /// The coded bytes.
    Ready(Coding, Vec<u8>),
    /// What [`compress`] needs: it takes a while, so it belongs on a thread of its own, and its
    /// result into [`store_compressed`].
    ToCompress(Box<CompressionJob>),
}

/// A pack to compress.
pub struct CompressionJob {
    /// The coding.
    pub coding: Coding,
    pack: StoredPack,
    dictionary: Option<StoredPack>,
}

/// Chooses the coding for a client: against the pack it has, else the smallest it reads.
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

/// Keeps what was compressed, for the next phone.
pub fn store_compressed(
    tx: &mut dyn Tx,
    work: &CompressionJob,
    bytes: &[u8],
) -> Result<(), ServiceError> {
    let name = work.coding.header().unwrap_or_default();
    Ok(tx.add_coded_pack(&work.pack.hash, work.coding.dictionary(), name, bytes)?)
}

/// What phones will ask for first when `newest` takes the place of `older`: each pack by its hash,
/// and how they ask. Whoever publishes compresses it ahead, so that no phone waits for it.
pub fn likely_requests(newest: &Edition, older: Option<&Edition>) -> Vec<(String, PackRequest)> {
    let wanted = |(name, hash): (&PackName, &String)| {
        let has = older.and_then(|older| older.packs.get(name)).filter(|has| *has != hash);
        let has = [None, has.cloned()];
        has.map(|has| (hash.clone(), PackRequest { accepts: vec!["dcz".into(), "br".into()], has }))
    };
    newest.packs.iter().flat_map(wanted).collect()
}

/// An older pack of the same name that the client has.
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
