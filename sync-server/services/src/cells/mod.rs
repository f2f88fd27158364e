//! A young person's cells: the records they form, and the stamps and signatures of what staff write.

pub(crate) mod records;
pub(crate) mod signed;
pub(crate) mod stamps;
