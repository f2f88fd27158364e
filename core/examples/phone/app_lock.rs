//! The app lock. PINs are prompted for, so that they are not in the shell's history.

use clap::Subcommand;
use promise_core::{AppLockState, PromiseError};

use crate::{Outcome, recovery::answer, session::Session};

/// What to do with the lock.
#[derive(Subcommand)]
pub(crate) enum LockCommand {
    /// Lock now
    Now,
    /// Set a PIN
    Set,
    /// Change the PIN
    Change,
    /// Take the PIN off
    Remove,
    /// Set a second PIN, for when someone makes you type yours: it opens only the promise and opportunities
    Quiet,
    /// Take the second PIN off
    NoQuiet,
}

impl Session<'_> {
    pub(crate) fn app_lock(&mut self, command: Option<LockCommand>) -> Outcome {
        let lock = self.phone.app_lock();
        match command.unwrap_or(LockCommand::Now) {
            LockCommand::Now => {
                lock.lock();
                self.screen.text(match lock.status()?.state {
                    AppLockState::Off => "You have no PIN yet. Type: lock set",
                    _ => "Locked. The promise, opportunities and lines you can ring are still here. Type: unlock",
                });
            }
            LockCommand::Set => {
                lock.set_pin(&answer("Your new PIN, 4 to 12 digits:")?)?;
                self.screen.text("You have a PIN now. Without it, this phone shows the promise, opportunities, lines, and people you did not mark as discreet.");
                if !self.phone.status()?.private.written_down {
                    self.screen.text("If you forget your PIN, only your twelve words take it off. Write them down: type words");
                }
            }
            LockCommand::Change => {
                lock.change_pin(&answer("Your PIN:")?, &answer("Your new PIN:")?)?;
                self.screen.text("Your PIN is changed.");
            }
            LockCommand::Remove => {
                lock.remove_pin(&answer("Your PIN:")?)?;
                self.screen.text("You have no PIN any more. Everything is open.");
            }
            LockCommand::Quiet => {
                lock.set_quiet_pin(&answer("Your PIN:")?, &answer("The second PIN:")?)?;
                self.screen.text("Your second PIN is set. It opens only the promise and opportunities, and nothing shows that there is more.");
            }
            LockCommand::NoQuiet => {
                lock.remove_quiet_pin(&answer("Your PIN:")?)?;
                self.screen.text("There is no second PIN.");
            }
        }
        Ok(())
    }

    pub(crate) fn unlock(&mut self) -> Outcome {
        if self.phone.app_lock().status()?.state == AppLockState::Off {
            return Err(PromiseError::NoPin.into());
        }
        self.phone.app_lock().unlock(&answer("Your PIN:")?)?;
        self.screen.text("Open.");
        Ok(())
    }
}
