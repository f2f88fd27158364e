//! The whole server, started in this process on a free port, spoken to over TCP.

#[cfg(test)]
mod commands;
#[cfg(test)]
mod common;
#[cfg(test)]
mod describing;
#[cfg(test)]
mod erasing;
#[cfg(test)]
mod inviting;
#[cfg(test)]
mod nudging;
#[cfg(test)]
mod packs;
#[cfg(test)]
mod pairing;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod refusing;
#[cfg(test)]
mod restoring;
#[cfg(test)]
mod revoking;
#[cfg(test)]
mod sealing;
#[cfg(test)]
mod stopping;
#[cfg(test)]
mod syncing;
