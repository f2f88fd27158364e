//! The whole server, started in this process on a free port and called over TCP.

#[cfg(test)]
mod allocations;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod commands;
#[cfg(test)]
mod common;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod events;
#[cfg(test)]
mod invitations;
#[cfg(test)]
mod malformed_requests;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod packs;
#[cfg(test)]
mod pairing;
#[cfg(test)]
mod phones;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod proofs;
#[cfg(test)]
mod sealed_values;
#[cfg(test)]
mod shutdown;
#[cfg(test)]
mod signer;
#[cfg(test)]
mod sync;
#[cfg(test)]
mod timescale_import;
