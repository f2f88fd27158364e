//! The console: over HTTP as a browser would, and in a real browser with a real phone beside it.

#[cfg(test)]
mod address_book;
#[cfg(test)]
mod allocations;
#[cfg(test)]
mod authorization;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod comparing;
#[cfg(test)]
mod contact_files;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod details_check;
#[cfg(test)]
mod directory;
#[cfg(test)]
mod discreet;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod labels;
#[cfg(test)]
mod managing;
#[cfg(test)]
mod opportunities;
#[cfg(test)]
mod probes;
#[cfg(test)]
mod published;
#[cfg(test)]
mod relinking;
#[cfg(test)]
mod second_phones;
#[cfg(test)]
mod seen;
#[cfg(test)]
mod signing_in;
#[cfg(test)]
mod taking_off;
#[cfg(test)]
mod timescales;
#[cfg(test)]
mod visitor;
