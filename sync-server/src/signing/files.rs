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
};

use promise_database::{CouncilKeys, Signer, SigningError};
use promise_protocol::{
    ids::CouncilId,
    signature::{SEED_BYTES, Signature, SigningKey},
};
use promise_services::{OsRandom, Random};

/// Signs with keys in a folder. A key is read once, at its first use.
pub struct FileSigner {
    folder: PathBuf,
    keys: Mutex<BTreeMap<CouncilId, SigningKey>>,
}

impl FileSigner {
    /// Returns a signer for a folder, which need not exist.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), keys: Mutex::default() }
    }

    fn path(&self, council: &CouncilId) -> PathBuf {
        self.folder.join(format!("{council}.key"))
    }

    fn with_key<R>(
        &self,
        council: &CouncilId,
        work: impl FnOnce(&SigningKey) -> R,
    ) -> Result<R, SigningError> {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = keys.get(council) {
            return Ok(work(key));
        }
        let key = read(&self.path(council))?;
        let done = work(&key);
        keys.insert(council.clone(), key);
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
        Ok(CouncilKeys { current, earlier: Vec::new() })
    }

    fn sign(&self, council: &CouncilId, statement: &[u8]) -> Result<Signature, SigningError> {
        self.with_key(council, |key| key.sign(statement))
    }
}

fn read(path: &Path) -> Result<SigningKey, SigningError> {
    let seed = fs::read(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => SigningError::NoKey,
        _ => unavailable("read", path, &error),
    })?;
    SigningKey::from_seed(&seed).map_err(|_| {
        SigningError::Unavailable(format!("{} is damaged: put a copy back", path.display()))
    })
}

/// Creates a key file that only its owner can read, unless there is one.
fn create(folder: &Path, path: &Path) -> io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    only_for_owner(folder)?;
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

#[cfg(unix)]
fn only_for_owner(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn only_for_owner(_: &Path) -> io::Result<()> {
    Ok(())
}

fn unavailable(action: &str, path: &Path, error: &io::Error) -> SigningError {
    SigningError::Unavailable(format!("cannot {action} {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
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
