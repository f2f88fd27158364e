//! The command line: what a person can type.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use clap::{Args, Parser, Subcommand, ValueEnum};
use promise_protocol::vocabulary::{PledgeMark, SaveStatus};

use crate::{
    app_lock::LockCommand, cards::ContactsCommand, contacts::Add, export, profile::About,
    recovery::RecoveryCommand, typed,
};

/// A phone in the terminal.
#[derive(Parser)]
#[command(version, about)]
pub(crate) struct Arguments {
    /// The folder that holds the phone. It is made if there is none.
    #[arg(long, default_value = "phone-data")]
    pub(crate) data: PathBuf,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// A line typed at the prompt: a command and nothing before it.
#[derive(Parser)]
#[command(multicall = true, disable_help_flag = true, disable_help_subcommand = true)]
#[command(help_template = "{subcommands}\n  quit           Leave the phone")]
pub(crate) struct Line {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Pair with your council: a server's address and the code from your adviser, or a link
    Pair {
        /// The address, or the whole link
        server: String,
        /// The code from your adviser's screen
        #[arg(num_args = 0..)]
        code: Vec<String>,
    },
    /// Link this phone again after your council's computer went back to an older copy; without a
    /// code, show what your adviser needs to make one
    Relink {
        /// The code from your adviser's screen, or the whole link
        #[arg(num_args = 0..)]
        code: Vec<String>,
    },
    /// Send what you wrote and get what is new
    Sync,
    /// What your council promises you
    Promise {
        /// Only this part, by its number, its name or the start of its title
        section: Option<String>,
    },
    /// The people who help you, those you added, and lines you can ring
    People,
    /// Who you can ring right now, and when the others answer
    Ring {
        /// At another time, such as "2026-12-25 03:00"
        #[arg(long, value_parser = typed::moment)]
        at: Option<DateTime<Utc>>,
    },
    /// Write down a person of your own: a friend, a carer, your doctor
    Add(Add),
    /// Bring in people from another contacts app
    Contacts {
        #[command(subcommand)]
        command: ContactsCommand,
    },
    /// Take a person you added off this phone
    Remove { id: String },
    /// Keep a person on top
    Pin { id: String },
    /// Keep a person on top no longer
    Unpin { id: String },
    /// Hide a person: they are not listed or found any more
    Hide { id: String },
    /// Show a person again; without a name, list whom you hide
    Unhide { id: Option<String> },
    /// You have seen a new number: do not show the old one any more
    Seen { id: String },
    /// Mark a person as discreet: they do not show while this phone is locked
    Discreet { id: String },
    /// Mark a person as discreet no longer
    NotDiscreet { id: String },
    /// Write a note about a person; without words, take it away
    Note {
        id: String,
        /// The note. Only you can see it
        words: Vec<String>,
    },
    /// Jobs, courses, money off and more
    Opportunities(Wanted),
    /// Everything about one thing
    Show {
        /// Its name, or the start of it
        id: String,
    },
    /// Find a pledge, an opportunity, a person or a line
    Search {
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Keep an opportunity, or write about one you keep
    Save(Save),
    /// Keep an opportunity no longer
    Unsave { id: String },
    /// Say where you stand with a pledge
    Mark { pledge: String, mark: Mark },
    /// Ask your adviser something
    Ask {
        #[arg(required = true)]
        words: Vec<String>,
        /// The pledge, person or opportunity it is about
        #[arg(long)]
        about: Option<String>,
    },
    /// Show one thing to your adviser: your note about a pledge or person, or an opportunity
    ShowAdviser(export::Show),
    /// What you asked, and the answers
    Asks,
    /// Your meetings
    Appointments,
    /// When your adviser was here last, and by when they come again
    Visits,
    /// What is new for you
    News {
        /// You have seen this: the short name in the brackets
        #[arg(long)]
        seen: Option<String>,
    },
    /// When this phone reminds you in the next 30 days
    Reminders,
    /// Who at your council looked at what they hold about you, and what they changed
    Looked,
    /// How things stand between this phone and your council
    Status,
    /// The twelve words that open what is private
    Words {
        #[command(subcommand)]
        command: Option<RecoveryCommand>,
    },
    /// Lock this phone, or set a PIN for that
    Lock {
        #[command(subcommand)]
        command: Option<LockCommand>,
    },
    /// Open this phone with your PIN
    Unlock,
    /// Bring in another phone of yours
    InvitePhone,
    /// Your phones
    Phones,
    /// Say yes to a phone that your adviser connected for you
    Yes { phone: String },
    /// Say no to it: it is not yours, and is wiped
    No { phone: String },
    /// Take a phone off that you lost, or do not use any more
    TakeOff {
        phone: String,
        /// It is lost, or was taken from you. It is wiped
        #[arg(long, conflicts_with = "unused")]
        lost: bool,
        /// You do not use it any more. It keeps what is on it
        #[arg(long)]
        unused: bool,
    },
    /// Erase everything, here and at your council's server
    Erase {
        /// Yes, I am sure
        #[arg(long)]
        yes: bool,
        /// Only this phone. Nothing is sent
        #[arg(long)]
        only_here: bool,
    },
    /// What you say about yourself
    Profile(About),
    /// Everything this phone holds of yours, as JSON, as a page, as cards or for a calendar
    Export(export::Export),
}

#[derive(Args)]
pub(crate) struct Wanted {
    /// Only this kind, such as job or training
    #[arg(long)]
    pub(crate) kind: Vec<String>,
    /// Only this outcome: 1 living independently, 2 learning and work, 3 safe and stable,
    /// 4 health, 5 money
    #[arg(long, value_parser = typed::outcome)]
    pub(crate) outcome: Option<u8>,
    /// Only near here: a place, or the start of a postcode
    #[arg(long)]
    pub(crate) area: Option<String>,
    /// Only those that close by this day, such as 2026-05-03
    #[arg(long, value_parser = typed::day)]
    pub(crate) closes_by: Option<NaiveDate>,
    /// Only those you keep
    #[arg(long)]
    pub(crate) saved: bool,
}

#[derive(Args)]
pub(crate) struct Save {
    pub(crate) id: String,
    /// How far you are with it
    #[arg(long)]
    pub(crate) status: Option<HowFar>,
    /// A note to yourself. Only your phones can read it
    #[arg(long)]
    pub(crate) note: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum HowFar {
    Saved,
    Applied,
    Interview,
    GotIt,
    NotForMe,
}

impl From<HowFar> for SaveStatus {
    fn from(typed: HowFar) -> Self {
        match typed {
            HowFar::Saved => Self::Saved,
            HowFar::Applied => Self::Applied,
            HowFar::Interview => Self::Interview,
            HowFar::GotIt => Self::GotIt,
            HowFar::NotForMe => Self::NotForMe,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Mark {
    HavingIt,
    WantIt,
    HadIt,
    NotForMe,
    /// Take the mark off
    None,
}

impl Mark {
    /// The mark; `None` to remove it.
    pub(crate) fn into_pledge_mark(self) -> Option<PledgeMark> {
        match self {
            Self::HavingIt => Some(PledgeMark::HavingIt),
            Self::WantIt => Some(PledgeMark::WantIt),
            Self::HadIt => Some(PledgeMark::HadIt),
            Self::NotForMe => Some(PledgeMark::NotForMe),
            Self::None => None,
        }
    }
}
