//! The profile.

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use promise_core::{Profile, ProfileEdit, PromiseError};
use promise_protocol::values::CarePeriod;

use crate::{Outcome, format, session::Session, typed};

#[derive(Args)]
pub(crate) struct About {
    /// The day you were born, such as 2008-05-03
    #[arg(long, value_parser = typed::day)]
    born: Option<NaiveDate>,
    /// A time in care, such as 2019-01-01..2021-06-30, or 2019-01-01.. if it goes on. Name all of
    /// them at once
    #[arg(long, value_parser = period)]
    in_care: Vec<CarePeriod>,
    /// Whether you were in hospital or in custody on your 16th birthday
    #[arg(long)]
    away_at_16: Option<YesOrNo>,
    /// The day you went back home
    #[arg(long, value_parser = typed::day)]
    went_home: Option<NaiveDate>,
    /// The day you left home again
    #[arg(long, value_parser = typed::day)]
    left_home: Option<NaiveDate>,
    /// The day you got a special guardian
    #[arg(long, value_parser = typed::day)]
    guardian_since: Option<NaiveDate>,
    /// Forget all of it
    #[arg(long)]
    forget: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum YesOrNo {
    Yes,
    No,
}

impl Session<'_> {
    /// Writes what was typed, and prints the profile.
    pub(crate) fn profile(&mut self, about: About) -> Outcome {
        let edit = edit(about);
        if edit != ProfileEdit::default() {
            self.phone.profile().edit(edit).map_err(explain)?;
        }
        let profile = self.phone.profile().read()?;
        let today = format::today(self.now);
        self.screen.heading("About you");
        let date =
            |day: Option<NaiveDate>| day.map(|day| format::date(day, today)).unwrap_or_default();
        self.screen.fact("Born", &date(profile.date_of_birth));
        for period in &profile.care_periods {
            let to = period.to.map_or("now".to_owned(), |day| format::date(day, today));
            self.screen.fact("In care", &format!("{} to {to}", format::date(period.from, today)));
        }
        let away = profile.away_at_16.map(|away| if away { "yes" } else { "no" });
        self.screen.fact("In hospital or custody at 16", away.unwrap_or_default());
        self.screen.fact("Went back home", &date(profile.returned_home_on));
        self.screen.fact("Left home again", &date(profile.left_home_on));
        self.screen.fact("Special guardian since", &date(profile.special_guardianship_on));
        if profile == Profile::default() {
            self.screen.text(
                "Nothing yet. Type profile --born and the day you were born, such as 2008-05-03.",
            );
        }
        self.screen.gap();
        self.screen.quiet("Only you can see this. Your council's server cannot read it.");
        Ok(())
    }
}

fn edit(about: About) -> ProfileEdit {
    if about.forget {
        return ProfileEdit {
            date_of_birth: Some(None),
            care_periods: Some(Vec::new()),
            away_at_16: Some(None),
            returned_home_on: Some(None),
            left_home_on: Some(None),
            special_guardianship_on: Some(None),
        };
    }
    ProfileEdit {
        date_of_birth: about.born.map(Some),
        care_periods: Some(about.in_care).filter(|periods| !periods.is_empty()),
        away_at_16: about.away_at_16.map(|away| Some(away == YesOrNo::Yes)),
        returned_home_on: about.went_home.map(Some),
        left_home_on: about.left_home.map(Some),
        special_guardianship_on: about.guardian_since.map(Some),
    }
}

fn period(text: &str) -> Result<CarePeriod, String> {
    let wrong = || format!("{text} is not a time in care. Write it like 2019-01-01..2021-06-30");
    let (from, to) = text.split_once("..").ok_or_else(wrong)?;
    let from = typed::day(from).map_err(|_| wrong())?;
    let to = (!to.is_empty()).then(|| typed::day(to)).transpose().map_err(|_| wrong())?;
    Ok(CarePeriod { from, to, short_break: false, council: None, unknown: serde_json::Map::new() })
}

fn explain(error: PromiseError) -> Box<dyn std::error::Error> {
    match error {
        PromiseError::Invalid { field } if field == "date_of_birth" => {
            "You cannot have been born on that day. Check the year.".into()
        }
        PromiseError::Invalid { field } if field == "care_periods" => {
            "A time in care cannot end before it begins. Check the days.".into()
        }
        error => error.into(),
    }
}
