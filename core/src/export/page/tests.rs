//! The page, read as a browser would.
