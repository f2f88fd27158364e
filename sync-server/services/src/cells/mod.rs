//! A young person's cells: the records they form, and the stamps of what staff write.

pub(crate) mod records;
pub(crate) mod stamps;
