//! Opening hours in a form: one stretch of hours on each line, and a question about each line that
//! needs a confirmation.

use chrono::{NaiveTime, Timelike};
use promise_protocol::{
    opening_hours::{self, OpeningHoursError},
    values::Opening,
};

use crate::kit::{
    forms::{Choice, Field, FormData, Input, choice, field_error},
    page::FieldError,
    words,
};

/// The most lines.
const MAX_LINES: usize = 30;

/// How much of a wrong line its error shows.
const MAX_SHOWN: usize = 40;

/// Reads the lines of the field `name` as they were sent. A line that needed a confirmation is
/// replaced by the reading that the staff member chose. The reading names its end, so that later
/// pages show it and do not ask again.
pub(crate) fn read_hours(form: &FormData, name: &str) -> String {
    let lines = form.lines(name);
    let read = lines.lines().enumerate().map(|(index, line)| {
        let answer = form.raw(&question_name(name, index));
        let readings = opening_hours::parse(line).err().filter(is_question);
        let mut readings = readings.iter().flat_map(OpeningHoursError::readings);
        readings.find(|reading| reading == answer).unwrap_or_else(|| line.to_owned())
    });
    read.collect::<Vec<_>>().join("\n")
}

/// Parses the lines of the field `name`.
pub(crate) fn parse_hours(name: &str, text: &str) -> Result<Vec<Opening>, Vec<FieldError>> {
    let (mut hours, mut errors) = (Vec::new(), Vec::new());
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match opening_hours::parse(line) {
            Ok(opening) => hours.push(opening),
            Err(error) if is_question(&error) => {
                let field = format!("{}-0", question_name(name, index));
                errors.push(FieldError { field, message: missing_answer(&error, line) });
            }
            Err(error) => {
                errors.push(FieldError { field: name.to_owned(), message: refusal(&error, line) });
            }
        }
    }
    if hours.len() > MAX_LINES {
        errors.push(field_error(name, "hours-many"));
    }
    if errors.is_empty() { Ok(hours) } else { Err(errors) }
}

/// Returns a question for each line of the field `name` whose confirmation is missing.
pub(crate) fn hours_questions(name: &str, text: &str, errors: &[FieldError]) -> Vec<Field> {
    let fields = text.lines().enumerate().filter_map(|(index, line)| {
        let error = opening_hours::parse(line).err().filter(is_question)?;
        Some(question(&question_name(name, index), &error, line)?.with_error(errors))
    });
    fields.filter(|field| !field.error.is_empty()).collect()
}

/// The name of the field that asks about a line.
fn question_name(name: &str, index: usize) -> String {
    format!("{name}-line-{index}")
}

/// Returns `true` if the line is right as it is once it is confirmed.
fn is_question(error: &OpeningHoursError) -> bool {
    matches!(error, OpeningHoursError::EndsBeforeStart(_) | OpeningHoursError::Long(_))
}

fn question(name: &str, error: &OpeningHoursError, line: &str) -> Option<Field> {
    let readings = error.readings();
    let first = readings.first()?;
    let yes = || Input::Checks(vec![choice(first, words::with("hours-yes", "reading", first), "")]);
    let typed = shown(line);
    let (label, input) = match (error, &readings[..]) {
        (OpeningHoursError::EndsBeforeStart(opening), [next_day, same_day]) => {
            let (next, same) = (next_end(opening), same_day_end(opening));
            let arguments = [
                ("typed", typed.as_str().into()),
                ("next", next.as_str().into()),
                ("same", same.as_str().into()),
            ];
            let option = |text: &str, reading: &str| Choice {
                text: format!("{text}: {reading}"),
                ..choice(reading, String::new(), "")
            };
            let options = vec![option(&next, next_day), option(&same, same_day)];
            (words::format("hours-ask-end", &arguments), Input::Radios(options))
        }
        (OpeningHoursError::EndsBeforeStart(opening), _) => {
            let arguments = [("typed", typed.into()), ("next", next_end(opening).into())];
            (words::format("hours-ask-night", &arguments), yes())
        }
        (OpeningHoursError::Long(opening), _) => {
            let arguments = [("typed", typed.into()), ("length", length(opening).into())];
            (words::format("hours-ask-long", &arguments), yes())
        }
        _ => return None,
    };
    Some(Field { label, ..Field::new(name, "hours-many", input) })
}

/// `05:00 the next morning`.
fn next_end(opening: &Opening) -> String {
    let key = if opening.closes.hour() < 12 { "hours-next-morning" } else { "hours-next-day" };
    words::with(key, "time", &opening.closes.format("%H:%M").to_string())
}

/// `5 in the afternoon`, for an end at 05:00.
fn same_day_end(opening: &Opening) -> String {
    let key = if opening.closes.hour() < 6 { "hours-afternoon" } else { "hours-evening" };
    words::with(key, "time", &on_a_clock(opening.closes))
}

/// `5`, `8:45`.
fn on_a_clock(time: NaiveTime) -> String {
    let format = if time.minute() == 0 { "%-I" } else { "%-I:%M" };
    time.format(format).to_string()
}

/// `16 hours 30 minutes`.
fn length(opening: &Opening) -> String {
    let number = |minutes: u32| usize::try_from(minutes).unwrap_or_default();
    let (hours, minutes) = (number(opening.minutes() / 60), number(opening.minutes() % 60));
    let hours = words::count("hours-count", hours);
    if minutes == 0 { hours } else { format!("{hours} {}", words::count("minutes-count", minutes)) }
}

fn missing_answer(error: &OpeningHoursError, line: &str) -> String {
    match error {
        OpeningHoursError::Long(opening) => {
            let arguments = [("typed", shown(line).into()), ("length", length(opening).into())];
            words::format("hours-long-missing", &arguments)
        }
        _ => words::with("hours-end-missing", "typed", &shown(line)),
    }
}

fn refusal(error: &OpeningHoursError, line: &str) -> String {
    let readings = error.readings();
    let (key, reading) = match error {
        OpeningHoursError::Unclear { examples: [example, _] } => ("hours-wrong", *example),
        OpeningHoursError::EqualEnds(_) => ("hours-equal", first_of(&readings)),
        OpeningHoursError::EndsSameDay(_) => ("hours-same-day", ""),
        _ => ("hours-other-length", first_of(&readings)),
    };
    words::format(key, &[("typed", shown(line).into()), ("reading", reading.into())])
}

fn first_of(readings: &[String]) -> &str {
    readings.first().map(String::as_str).unwrap_or_default()
}

fn shown(line: &str) -> String {
    line.chars().take(MAX_SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> FormData {
        let owned = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        FormData::from_fields(owned.collect())
    }

    fn questions(text: &str) -> Vec<Field> {
        hours_questions("hours", text, &parse_hours("hours", text).err().unwrap_or_default())
    }

    #[test]
    fn end_before_start_asks_for_the_next_morning_or_the_afternoon() {
        let asked = questions("sat 10:00-14:00\nmon-fri 09:00-05:00");
        let [field] = &asked[..] else { panic!("{asked:?}") };
        assert_eq!(
            field.label,
            "“mon-fri 09:00-05:00” ends before it begins. 05:00 the next morning, or 5 in the \
             afternoon?"
        );
        assert_eq!(field.name, "hours-line-1");
        assert!(matches!(&field.input, Input::Radios(options) if options.len() == 2));
        let night = questions("fri 22:00-06:00");
        assert!(matches!(&night[0].input, Input::Checks(options) if options.len() == 1));
        let label = questions("fri 06:00-23:00").remove(0).label;
        assert_eq!(label, "“fri 06:00-23:00” lasts 17 hours. Is that right?");
    }

    #[test]
    fn answer_replaces_the_line_that_it_was_about() {
        let next = "mon-fri 09:00-05:00 next day (20 hours)";
        for answer in [next, "mon-fri 09:00-17:00"] {
            let read = read_hours(
                &form(&[("hours", "mon-fri 09:00-05:00"), ("hours-line-0", answer)]),
                "hours",
            );
            assert_eq!(read, answer);
            assert!(parse_hours("hours", &read).is_ok());
        }
        // The line was changed after the question was asked.
        let changed = form(&[("hours", "mon-fri 10:00-05:00"), ("hours-line-0", next)]);
        assert_eq!(read_hours(&changed, "hours"), "mon-fri 10:00-05:00");
        assert!(parse_hours("hours", "mon-fri 10:00-05:00").is_err());
    }

    #[test]
    fn equal_ends_are_refused_with_the_way_to_write_a_whole_day() {
        let errors = parse_hours("hours", "mon-fri 09:00-09:00").unwrap_err();
        assert_eq!(errors[0].field, "hours");
        assert!(errors[0].message.contains("mon-fri 00:00-24:00"), "{}", errors[0].message);
        assert!(questions("mon-fri 09:00-09:00").is_empty());
    }

    #[test]
    fn error_of_hours_never_repeats_the_line_as_its_example() {
        for typed in ["mon-fri 09:00~17:00", "mon-fri 0900-1700", "nine to five"] {
            let message = parse_hours("hours", typed).unwrap_err().remove(0).message;
            let example = message.rsplit("such as ").next().unwrap();
            assert!(opening_hours::parse(example).is_ok(), "{message}");
            let letters = |text: &str| text.replace(|c: char| !c.is_ascii_alphanumeric(), "");
            assert_ne!(letters(example), letters(typed));
        }
    }
}
