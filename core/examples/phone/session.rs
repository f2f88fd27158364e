//! Runs commands.

use chrono::{DateTime, Utc};
use promise_core::{
    AskAbout, CancelHandle, OpportunityEdit, PocketPhone,
    clock::{Clock, SystemClock},
};

use crate::{
    Outcome,
    commands::{Command, Mark, Save},
    contacts, format,
    lookup::{Index, Kind, Named},
    screen::Screen,
    show,
};

/// What every command uses.
pub(crate) struct Session<'a> {
    pub(crate) phone: &'a PocketPhone,
    pub(crate) index: Index,
    pub(crate) screen: &'a mut Screen,
    pub(crate) now: DateTime<Utc>,
}

pub(crate) fn run(phone: &PocketPhone, command: Command, screen: &mut Screen) -> Outcome {
    let index = Index::load(phone)?;
    let mut session = Session { phone, index, screen, now: SystemClock.now() };
    session.execute(command)?;
    session.screen.print();
    Ok(())
}

impl Session<'_> {
    fn execute(&mut self, command: Command) -> Outcome {
        match command {
            Command::Pair { server, code } => self.pair(&server, &code.join(" ")),
            Command::Relink { code } => self.relink(&code.join(" ")),
            Command::Sync => self.sync(),
            Command::Promise { section } => show::promise::all(self, section.as_deref()),
            Command::People => show::people::all(self),
            Command::Ring { at } => show::ring_now::all(self, at),
            Command::Add(add) => self.add(add),
            Command::Contacts { command } => self.contacts_command(&command),
            Command::Remove { id } => self.remove(&id),
            Command::Pin { id } => self.mark_contact(&id, contacts::Mark::Pin(true)),
            Command::Unpin { id } => self.mark_contact(&id, contacts::Mark::Pin(false)),
            Command::Hide { id } => self.mark_contact(&id, contacts::Mark::Hide),
            Command::Seen { id } => self.numbers_seen(&id),
            Command::Unhide { id } => self.unhide(id.as_deref()),
            Command::Discreet { id } => self.mark_contact(&id, contacts::Mark::Discreet(true)),
            Command::NotDiscreet { id } => self.mark_contact(&id, contacts::Mark::Discreet(false)),
            Command::Note { id, words } => {
                self.mark_contact(&id, contacts::Mark::Note(words.join(" ")))
            }
            Command::Opportunities(wanted) => show::opportunities::all(self, wanted),
            Command::Show { id } => show::one(self, &id),
            Command::Search { words } => show::search::all(self, &words.join(" ")),
            Command::Save(save) => self.save(save),
            Command::Unsave { id } => self.unsave(&id),
            Command::Mark { pledge, mark } => self.mark(&pledge, mark),
            Command::Ask { words, about } => self.ask(&words.join(" "), about.as_deref()),
            Command::ShowAdviser(show) => self.share_with_adviser(&show),
            Command::Asks => show::asks::all(self),
            Command::Appointments => show::appointments::all(self),
            Command::Visits => show::timescales::all(self),
            Command::News { seen: None } => show::news::all(self),
            Command::News { seen: Some(id) } => show::news::seen(self, &id),
            Command::Reminders => show::reminders::all(self),
            Command::Looked => show::access_log::all(self),
            Command::Status => show::status::all(self),
            Command::Words { command } => self.recovery(command),
            Command::Lock { command } => self.app_lock(command),
            Command::Unlock => self.unlock(),
            Command::InvitePhone => self.invite_phone(),
            Command::Phones => show::phones::all(self),
            Command::Yes { phone } => show::phones::decide(self, &phone, true),
            Command::No { phone } => show::phones::decide(self, &phone, false),
            Command::TakeOff { phone, lost, unused } => self.revoke_phone(&phone, lost, unused),
            Command::Erase { yes, only_here } => self.erase(yes, only_here),
            Command::Profile(about) => self.profile(about),
            Command::Export(export) => self.export(&export),
        }
    }

    fn relink(&mut self, code: &str) -> Outcome {
        if code.is_empty() {
            let check = self.phone.relink_check()?;
            self.screen.text("Your council's computer went back to an older copy. Show this to your adviser. They can link this phone again, and nothing is lost.");
            self.screen.fact("This phone", &check);
            self.screen.quiet("Your adviser makes a code. Then type: relink and the code. All that is on this phone goes back to your council, as before.");
            return Ok(());
        }
        self.phone.relink(code, &CancelHandle::new())?;
        self.screen.text("This phone is linked again. All you had is still here.");
        self.screen.quiet("Next, type: sync");
        Ok(())
    }

    fn sync(&mut self) -> Outcome {
        let synced = self.phone.sync(&CancelHandle::new())?;
        let is_new = !synced.changed.is_empty() || synced.edition.is_some();
        self.screen.text(if is_new {
            "Done. There is something new."
        } else {
            "Done. You have everything."
        });
        if synced.edition.is_some() {
            self.screen.under("Your council's promise and opportunities were updated.");
        }
        for (collection, words) in [
            ("contact", "The people who help you were updated."),
            ("ask", "There is news about what you asked."),
            ("appointment", "Your meetings were updated."),
            ("timescale", "Your visits and reviews were updated."),
        ] {
            if synced.changed.contains(collection) {
                self.screen.under(words);
            }
        }
        if synced.refused > 0 {
            self.screen.under(
                "Your council's server did not take everything you wrote. Type status to see it.",
            );
        }
        show::phones::new(self)
    }

    fn save(&mut self, Save { id, status, note }: Save) -> Outcome {
        let Named { id, title, .. } = self.index.find(&id, &[Kind::Opportunity])?;
        let edit = OpportunityEdit { status: status.map(Into::into), note, remind_on: None };
        self.phone.opportunities().save(&id.into(), edit)?;
        self.screen.text(&format!("You keep \"{title}\". Only your phones know."));
        Ok(())
    }

    fn unsave(&mut self, id: &str) -> Outcome {
        let Named { id, title, .. } = self.index.find(id, &[Kind::Opportunity])?;
        self.phone.opportunities().unsave(&id.into())?;
        self.screen.text(&format!("You keep \"{title}\" no longer."));
        Ok(())
    }

    fn mark(&mut self, pledge: &str, mark: Mark) -> Outcome {
        let Named { id, title, .. } = self.index.find(pledge, &[Kind::Pledge])?;
        let Some(mark) = mark.into_pledge_mark() else {
            self.phone.promise().unmark(&id.into())?;
            self.screen.text(&format!("\"{title}\" has no mark now."));
            return Ok(());
        };
        self.phone.promise().mark(&id.into(), mark, None)?;
        let mark = format::word(mark.as_str());
        self.screen.text(&format!("\"{title}\": {mark}. Only your phones know."));
        Ok(())
    }

    fn ask(&mut self, text: &str, about: Option<&str>) -> Outcome {
        let about = match about {
            None => AskAbout::Anything,
            Some(typed) => {
                let named =
                    self.index.find(typed, &[Kind::Pledge, Kind::Contact, Kind::Opportunity])?;
                match named.kind {
                    Kind::Pledge => AskAbout::Pledge(named.id.into()),
                    Kind::Opportunity => AskAbout::Opportunity(named.id.into()),
                    _ => AskAbout::Contact(named.id.into()),
                }
            }
        };
        self.phone.asks().write(text, about)?;
        self.screen.text("Saved. Your adviser sees it after the next sync.");
        Ok(())
    }

    /// Prints when the phone last synced, and what waits to be sent.
    pub(crate) fn footer(&mut self) -> Outcome {
        let status = self.phone.status()?;
        let synced = status.last_sync.map(|then| format::ago(then, self.now));
        let footer = synced.map_or("Never synced.".into(), |ago| format!("Last synced {ago}."));
        let waiting = match status.unsent {
            0 => String::new(),
            1 => " 1 change waits to be sent.".into(),
            number => format!(" {number} changes wait to be sent."),
        };
        self.screen.gap();
        self.screen.quiet(&format!("{footer}{waiting}"));
        if let Some(reason) = status.read_only {
            self.screen.quiet(&reason.to_string());
        }
        Ok(())
    }
}
