//! Signing keys in files: one for each council, in a folder beside the database.
//!
//! They are in no backup of the database, so that a backup that falls into wrong hands cannot be used to
//! sign what staff did not write.

use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::SystemTime,
};

use promise_database::{CouncilKeys, Signer, SigningError};
use promise_protocol::{
    ids::CouncilId,
    signature::{SEED_BYTES, Signature, SigningKey},
    statement::{Statement, Succession},
};
use promise_services::{OsRandom, Random};

use crate::data_folder;

/// Signs with keys in a folder. A key is read at its first use, and again when its file has changed.
pub struct FileSigner {
    folder: PathBuf,
    keys: Mutex<BTreeMap<CouncilId, Loaded>>,
}

/// A council's key, as it was read.
struct Loaded {
    key: SigningKey,
    changed: SystemTime,
}

impl FileSigner {
    /// Returns a signer for a folder, which need not exist.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), keys: Mutex::default() }
    }

    /// Replaces a council's key. The key before signs the new one, so that phones follow, and is then
    /// overwritten. What it signed stays valid.
    pub fn replace_key(&self, council: &CouncilId) -> Result<CouncilKeys, SigningError> {
        let (path, next) = (self.path(council), self.folder.join(format!("{council}.key.next")));
        let failed = |action, path: &Path| {
            let path = path.to_owned();
            move |error: io::Error| unavailable(action, &path, &error)
        };
        let before = read(&path)?;
        // One that was interrupted is finished with the key that it had made.
        create(&self.folder, &next).map_err(failed("create", &next))?;
        let key = read(&next)?.public_key();
        let mut successions = self.successions(council)?;
        if successions.last().is_none_or(|last| last.key != key) {
            let statement = Statement::Successor(&key).to_bytes(council.as_str());
            let signature = before.sign(&statement);
            successions.push(Succession { before: before.public_key(), key, signature });
            let steps = self.folder.join(format!("{council}.successions.json"));
            let json = serde_json::to_vec_pretty(&successions).unwrap_or_default();
            write_whole(&steps, &json).map_err(failed("write", &steps))?;
        }
        fs::rename(&next, &path).map_err(failed("replace", &path))?;
        self.keys(council)
    }

    fn path(&self, council: &CouncilId) -> PathBuf {
        self.folder.join(format!("{council}.key"))
    }

    /// Returns the steps to the key in use, without one that was interrupted before that came into use.
    fn successions(&self, council: &CouncilId) -> Result<Vec<Succession>, SigningError> {
        let path = self.folder.join(format!("{council}.successions.json"));
        match fs::read(&path) {
            Ok(json) => serde_json::from_slice(&json).map_err(|_| {
                let text = format!("{} is damaged: put a copy back", path.display());
                SigningError::Unavailable(text)
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(unavailable("read", &path, &error)),
        }
    }

    fn with_key<R>(
        &self,
        council: &CouncilId,
        work: impl FnOnce(&SigningKey) -> R,
    ) -> Result<R, SigningError> {
        let path = self.path(council);
        let changed = fs::metadata(&path).and_then(|file| file.modified());
        let changed = changed.map_err(|error| not_read(&path, &error))?;
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(loaded) = keys.get(council).filter(|loaded| loaded.changed == changed) {
            return Ok(work(&loaded.key));
        }
        let key = read(&path)?;
        let done = work(&key);
        keys.insert(council.clone(), Loaded { key, changed });
        Ok(done)
    }
}

impl Signer for FileSigner {
    fn create_key(&self, council: &CouncilId) -> Result<(), SigningError> {
        let path = self.path(council);
        create(&self.folder, &path).map_err(|error| unavailable("create", &path, &error))
    }

    fn keys(&self, council: &CouncilId) -> Result<CouncilKeys, SigningError> {
        let current = self.with_key(council, SigningKey::public_key)?;
        Ok(CouncilKeys { current, successions: self.successions(council)? })
    }

    fn sign(&self, council: &CouncilId, statement: &[u8]) -> Result<Signature, SigningError> {
        self.with_key(council, |key| key.sign(statement))
    }
}

fn read(path: &Path) -> Result<SigningKey, SigningError> {
    let seed = fs::read(path).map_err(|error| not_read(path, &error))?;
    SigningKey::from_seed(&seed).map_err(|_| {
        SigningError::Unavailable(format!("{} is damaged: put a copy back", path.display()))
    })
}

fn not_read(path: &Path, error: &io::Error) -> SigningError {
    match error.kind() {
        ErrorKind::NotFound => SigningError::NoKey,
        _ => unavailable("read", path, error),
    }
}

/// Writes a file under another name first, so that it is never half there.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = path.with_extension("part");
    let mut file = fs::File::create(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&part, path)
}

/// Creates a key file that only its owner can read, unless there is one.
fn create(folder: &Path, path: &Path) -> io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    data_folder::create_private(folder)?;
    let mut seed = [0; SEED_BYTES];
    OsRandom.fill(&mut seed).map_err(|_| io::Error::other("the system gives no random bytes"))?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(&seed)?;
    file.sync_all()
}

fn unavailable(action: &str, path: &Path, error: &io::Error) -> SigningError {
    SigningError::Unavailable(format!("cannot {action} {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use promise_protocol::{signature::PublicKey, statement::CouncilKeyList};

    use super::*;

    #[test]
    fn key_is_created_once_and_kept_in_a_private_file() {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys");
        let council = CouncilId::new("barnet");
        let signer = FileSigner::new(&keys);
        assert_eq!(signer.keys(&council), Err(SigningError::NoKey));
        assert_eq!(signer.sign(&council, b"text"), Err(SigningError::NoKey));
        signer.create_key(&council).unwrap();
        let public = signer.keys(&council).unwrap();
        signer.create_key(&council).unwrap();
        assert_eq!(FileSigner::new(&keys).keys(&council), Ok(public.clone()));
        signer.create_key(&CouncilId::new("camden")).unwrap();
        assert_ne!(signer.keys(&CouncilId::new("camden")), Ok(public));
        #[cfg(unix)]
        for path in [keys.clone(), keys.join("barnet.key")] {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0, "{path:?}");
        }
    }

    #[test]
    fn replaced_key_is_followed_and_what_the_earlier_one_signed_stays_valid() {
        let folder = tempfile::tempdir().unwrap();
        let (signer, council) = (FileSigner::new(folder.path()), CouncilId::new("barnet"));
        assert_eq!(signer.replace_key(&council), Err(SigningError::NoKey));
        signer.create_key(&council).unwrap();
        let own = PublicKey::new("key");
        let statement = Statement::Phone { person: "ada", author: "p0123abcd", key: &own };
        let sign = || signer.sign(&council, &statement.to_bytes("barnet")).unwrap();
        let (first, by_first) = (signer.keys(&council).unwrap().current, sign());
        for count in 1..3 {
            let keys = signer.replace_key(&council).unwrap();
            assert_eq!(keys.successions.len(), count);
            let by_new = sign();
            assert_ne!(by_new, by_first, "a running signer notices");
            for signature in [&by_new, &by_first] {
                assert!(keys.verify(&council, &statement, Some(signature)));
            }
            let list = CouncilKeyList { successions: keys.successions };
            let known = list.follow("barnet", std::slice::from_ref(&first));
            assert_eq!(known.first(), Some(&keys.current));
        }
        assert!(!folder.path().join("barnet.key.next").exists());
    }

    #[test]
    fn interrupted_replacement_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let (signer, council) = (FileSigner::new(folder.path()), CouncilId::new("barnet"));
        signer.create_key(&council).unwrap();
        let before = fs::read(folder.path().join("barnet.key")).unwrap();
        let keys = signer.replace_key(&council).unwrap();
        // As if it had stopped before the new key was in its place.
        fs::rename(folder.path().join("barnet.key"), folder.path().join("barnet.key.next"))
            .unwrap();
        fs::write(folder.path().join("barnet.key"), before).unwrap();
        assert_eq!(signer.replace_key(&council), Ok(keys));
    }

    #[test]
    fn damaged_key_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("barnet.key");
        fs::write(&path, b"short").unwrap();
        let signer = FileSigner::new(folder.path());
        signer.create_key(&"barnet".into()).unwrap();
        let error = signer.sign(&"barnet".into(), b"text").unwrap_err();
        assert!(error.to_string().contains("damaged"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), b"short");
    }
}
