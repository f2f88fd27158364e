//! Where the councils' signing keys are.

mod files;

pub use self::files::FileSigner;
