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
    signature::{PublicKey, SEED_BYTES, Signature, SigningKey},
    statement::Succession,
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

    /// Replaces a council's key. Both sign the step, so that phones follow, and the key before is then
    /// overwritten. What it signed stays valid, unless the step distrusts the keys before it.
    ///
    /// A step that was interrupted is finished first, as it was begun. It is not taken for one that distrusts.
    pub fn replace_key(
        &self,
        council: &CouncilId,
        distrusts_earlier: bool,
    ) -> Result<CouncilKeys, SigningError> {
        let was_finished = self.finish_replacement(council)?;
        let keys = self.keys(council)?;
        let is_done =
            keys.successions.last().is_some_and(|last| last.distrusts_earlier == distrusts_earlier);
        if was_finished && is_done {
            return Ok(keys);
        }
        self.begin_replacement(council, distrusts_earlier)?;
        self.finish_replacement(council)?;
        self.keys(council)
    }

    /// Makes the next key, and writes the step to it.
    fn begin_replacement(
        &self,
        council: &CouncilId,
        distrusts_earlier: bool,
    ) -> Result<(), SigningError> {
        let before = read(&self.path(council))?;
        let next = self.next_path(council);
        // No step leads to one that is left there, and someone may have read it.
        match fs::remove_file(&next) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(unavailable("remove", &next, &error));
            }
            _ => {}
        }
        create(&self.folder, &next).map_err(|error| unavailable("create", &next, &error))?;
        let step = Succession::new(council.as_str(), &before, &read(&next)?, distrusts_earlier);
        let mut successions = self.steps_to(council, &step.before)?;
        successions.push(step);
        let steps = self.steps_path(council);
        let json = serde_json::to_vec_pretty(&successions).unwrap_or_default();
        write_whole(&steps, &json).map_err(|error| unavailable("write", &steps, &error))
    }

    /// Puts the next key in its place if the step to it was written. Returns `true` if it did.
    fn finish_replacement(&self, council: &CouncilId) -> Result<bool, SigningError> {
        let (path, next) = (self.path(council), self.next_path(council));
        let successions = self.successions(council)?;
        let Some(last) = successions.last().filter(|_| next.exists()) else { return Ok(false) };
        if read(&next)?.public_key() != last.key {
            return Ok(false);
        }
        fs::rename(&next, &path).map_err(|error| unavailable("replace", &path, &error))?;
        // Both files may have been written within one tick of the file system's clock.
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).remove(council);
        Ok(true)
    }

    /// When the council last said that its earlier keys are in other hands, if that was its last step.
    pub(super) fn distrusted_at(&self, council: &CouncilId) -> Option<SystemTime> {
        let successions = self.successions(council).ok()?;
        if !successions.last()?.distrusts_earlier {
            return None;
        }
        fs::metadata(self.steps_path(council)).and_then(|file| file.modified()).ok()
    }

    fn next_path(&self, council: &CouncilId) -> PathBuf {
        self.folder.join(format!("{council}.key.next"))
    }

    fn steps_path(&self, council: &CouncilId) -> PathBuf {
        self.folder.join(format!("{council}.successions.json"))
    }

    fn path(&self, council: &CouncilId) -> PathBuf {
        self.folder.join(format!("{council}.key"))
    }

    /// Returns the steps to a key. Without one that leads on from it to a key that never came into use, or was lost:
    /// phones that followed it would accept nothing.
    fn steps_to(
        &self,
        council: &CouncilId,
        key: &PublicKey,
    ) -> Result<Vec<Succession>, SigningError> {
        let mut steps = self.successions(council)?;
        while steps.last().is_some_and(|last| last.key != *key) {
            steps.pop();
        }
        Ok(steps)
    }

    /// Returns the steps as they are in the file.
    fn successions(&self, council: &CouncilId) -> Result<Vec<Succession>, SigningError> {
        let path = self.steps_path(council);
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
        let successions = self.steps_to(council, &current)?;
        Ok(CouncilKeys { current, successions })
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
mod tests;
