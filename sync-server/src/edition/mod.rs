//! Reading a publish folder.
