//! Wiping: the one way by which what a phone holds is deleted.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::open::with_suffix;

/// Removes a database with all its parts, and those that were moved out of its way: its phone was
/// taken off. The log goes first. A phone that is killed in between still has a database, and is
/// told again at its next contact.
pub fn wipe(path: &Path) -> std::io::Result<()> {
    let mut files: Vec<PathBuf> =
        ["-wal", "-shm", "-key", "-key-new"].map(|part| with_suffix(path, part)).into();
    let aside = with_suffix(path, ".set-aside-");
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    for entry in fs::read_dir(folder.unwrap_or(Path::new(".")))? {
        let file = entry?.path();
        let is_ours = |name: &std::ffi::OsStr| {
            aside
                .file_name()
                .is_some_and(|start| name.as_encoded_bytes().starts_with(start.as_encoded_bytes()))
        };
        if file.file_name().is_some_and(is_ours) {
            files.push(file);
        }
    }
    files.push(path.to_owned());
    for file in files {
        match fs::remove_file(file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
