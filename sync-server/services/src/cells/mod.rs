//! A young person's cells: records made of them, and the stamps of what staff write.

pub(crate) mod records;
pub(crate) mod stamps;
