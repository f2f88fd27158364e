//! Doing what was typed.

use chrono::{DateTime, Utc};
use promise_core::{
    AskAbout, CancelHandle, OpportunityEdit, PocketPhone, RecoveryPhraseState,
    clock::{Clock, SystemClock},
};

use crate::{
    Outcome,
    commands::{self, Command, Mark, Save},
    contacts::Beside,
    names::{Kind, Named, Names},
    screen::Screen,
    show, words,
};

/// What every command has at hand.
pub(crate) struct Desk<'a> {
    pub(crate) phone: &'a PocketPhone,
    pub(crate) names: Names,
    pub(crate) screen: &'a mut Screen,
    pub(crate) now: DateTime<Utc>,
}

pub(crate) fn run(phone: &PocketPhone, command: Command, screen: &mut Screen) -> Outcome {
    let names = Names::on(phone)?;
    let mut desk = Desk { phone, names, screen, now: SystemClock.now() };
    desk.obey(command)?;
    desk.screen.show();
    Ok(())
}

impl Desk<'_> {
    fn obey(&mut self, command: Command) -> Outcome {
        match command {
            Command::Pair { server, code } => self.pair(&server, &code.join(" ")),
            Command::Sync => self.sync(),
            Command::Promise { section } => show::promise::all(self, section.as_deref()),
            Command::People => show::people::all(self),
            Command::Add(add) => self.add(add),
            Command::Remove { id } => self.remove(&id),
            Command::Pin { id } => self.put_beside(&id, Beside::Pin(true)),
            Command::Unpin { id } => self.put_beside(&id, Beside::Pin(false)),
            Command::Hide { id } => self.put_beside(&id, Beside::Hide),
            Command::Unhide { id } => self.unhide(id.as_deref()),
            Command::Note { id, words } => self.put_beside(&id, Beside::Note(words.join(" "))),
            Command::Opportunities(wanted) => show::opportunities::all(self, wanted),
            Command::Show { id } => show::one(self, &id),
            Command::Search { words } => show::found::all(self, &words.join(" ")),
            Command::Save(save) => self.save(save),
            Command::Unsave { id } => self.unsave(&id),
            Command::Mark { pledge, mark } => self.mark(&pledge, mark),
            Command::Ask { words, about } => self.ask(&words.join(" "), about.as_deref()),
            Command::ShowAdviser(show) => self.show_adviser(&show),
            Command::Asks => show::asks::all(self),
            Command::Appointments => show::appointments::all(self),
            Command::Looked => show::looked::all(self),
            Command::Status => show::status::all(self),
            Command::Words { what } => self.twelve(what),
            Command::InvitePhone => self.invite_phone(),
            Command::Phones => self.phones(),
            Command::TakeOff { phone } => self.take_off(&phone),
            Command::Erase { yes } => self.erase(yes),
            Command::Profile(about) => self.profile(about),
            Command::Export(export) => self.export(&export),
        }
    }

    fn pair(&mut self, server: &str, code: &str) -> Outcome {
        if code.is_empty() {
            self.phone.pair_by_link(server, &CancelHandle::new())?;
        } else {
            self.phone.pair(server, code, &CancelHandle::new())?;
        }
        let council = self.phone.council()?.unwrap_or_default();
        self.screen.text(&format!("Paired. This phone now belongs with {council}."));
        if self.phone.status()?.private.words == RecoveryPhraseState::Needed {
            self.screen.text(
                "You have another phone, or had one. To open what is private, type: words enter",
            );
        }
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
        Ok(())
    }

    fn save(&mut self, Save { id, status, note }: Save) -> Outcome {
        let Named { id, title, .. } = self.names.find(&id, &[Kind::Opportunity])?;
        let edit =
            OpportunityEdit { status: status.as_ref().map(commands::kept), note, remind_on: None };
        self.phone.save_opportunity(&id, edit)?;
        self.screen.text(&format!("You keep \"{title}\". Only your phones know."));
        Ok(())
    }

    fn unsave(&mut self, id: &str) -> Outcome {
        let Named { id, title, .. } = self.names.find(id, &[Kind::Opportunity])?;
        self.phone.unsave_opportunity(&id)?;
        self.screen.text(&format!("You keep \"{title}\" no longer."));
        Ok(())
    }

    fn mark(&mut self, pledge: &str, mark: Mark) -> Outcome {
        let Named { id, title, .. } = self.names.find(pledge, &[Kind::Pledge])?;
        if matches!(mark, Mark::None) {
            self.phone.unmark_pledge(&id)?;
            self.screen.text(&format!("\"{title}\" has no mark now."));
            return Ok(());
        }
        let mark = commands::kept(&mark);
        self.phone.mark_pledge(&id, &mark, None)?;
        self.screen.text(&format!("\"{title}\": {}. Only your phones know.", words::plain(&mark)));
        Ok(())
    }

    fn ask(&mut self, text: &str, about: Option<&str>) -> Outcome {
        let about = match about {
            None => AskAbout::Anything,
            Some(typed) => {
                let named =
                    self.names.find(typed, &[Kind::Pledge, Kind::Contact, Kind::Opportunity])?;
                match named.kind {
                    Kind::Pledge => AskAbout::Pledge(named.id),
                    Kind::Opportunity => AskAbout::Opportunity(named.id),
                    _ => AskAbout::Contact(named.id),
                }
            }
        };
        self.phone.write_ask(text, about)?;
        self.screen.text("Saved. Your adviser sees it after the next sync.");
        Ok(())
    }

    /// How far behind this phone may be, under what it shows.
    pub(crate) fn footer(&mut self) -> Outcome {
        let status = self.phone.status()?;
        let synced = status.last_sync.map(|then| words::ago(then, self.now));
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
