//! What councils publish: drafts, editions, packs, pictures and imports.

pub mod drafts;
pub mod editions;
pub mod imports;
pub mod packs;
pub mod pictures;
pub mod promise;
