//! The key of the database, in a file.

use std::{
    error::Error,
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use promise_core::{DatabaseKey, KeyNotReplaced, KeyReplacer, StoredKey};

/// Reads the key in this folder, and creates it if there is none. A phone that is wiped deletes it.
pub(crate) fn load(folder: &Path) -> Result<StoredKey, Box<dyn Error>> {
    let file = KeyFile(folder.join("phone.key"));
    Ok(StoredKey::new(read(&file.0)?, Arc::new(file)))
}

/// The file with the key.
struct KeyFile(PathBuf);

impl KeyReplacer for KeyFile {
    fn replace_key(&self) -> Result<DatabaseKey, KeyNotReplaced> {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(KeyNotReplaced),
            _ => {}
        }
        read(&self.0).map_err(|_| KeyNotReplaced)
    }
}

fn read(path: &Path) -> Result<DatabaseKey, Box<dyn Error>> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => create(path)?,
        Err(error) => {
            return Err(format!("The key {} cannot be read: {error}.", path.display()).into());
        }
    };
    let bytes = <[u8; 32]>::try_from(bytes)
        .map_err(|_| format!("The file {} is not a key: a key has 32 bytes.", path.display()))?;
    Ok(DatabaseKey::new(bytes))
}

fn create(path: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut bytes = vec![0; 32];
    getrandom::fill(&mut bytes)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options
        .open(path)
        .map_err(|error| format!("The key {} cannot be made: {error}.", path.display()))?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    Ok(bytes)
}
