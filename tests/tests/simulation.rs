//! A share of the simulation, and proof that it would find what it looks for.
