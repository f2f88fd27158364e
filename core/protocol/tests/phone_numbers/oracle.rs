//! Compares a spelling's number, extension, type and format with those of the numbering library.

use std::collections::BTreeMap;

use phonenumber::{Mode, PhoneNumber, Type, country, metadata::DATABASE};
use promise_protocol::phone_number::{self, NumberType, TypedNumber};

use super::spelling::Spelling;

/// How many digits a number of the United Kingdom has without its `0`, by the library's metadata.
const LENGTHS: [usize; 3] = [7, 9, 10];

/// What was compared.
#[derive(Debug)]
pub(crate) enum Compared {
    /// Both read a number, which the library knows to be in use or not.
    Number { number_type: Option<NumberType>, has_extension: bool },
    /// Neither reads one.
    Refused,
}

/// How many spellings were compared, to show that the generator reaches everything.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) accepted: u64,
    pub(crate) refused: u64,
    pub(crate) with_extension: u64,
    pub(crate) types: BTreeMap<String, u64>,
}

impl Tally {
    pub(crate) fn add(&mut self, compared: &Result<Compared, String>) {
        match compared {
            Ok(Compared::Number { number_type, has_extension }) => {
                self.accepted += 1;
                self.with_extension += u64::from(*has_extension);
                *self.types.entry(format!("{number_type:?}")).or_default() += 1;
            }
            Ok(Compared::Refused) => self.refused += 1,
            Err(_) => {}
        }
    }
}

/// Compares the spelling of this seed. An error describes the difference.
pub(crate) fn check(seed: u64) -> Result<Compared, String> {
    let spelling = Spelling::new(seed);
    let ours = phone_number::parse(&spelling.typed);
    let theirs = phonenumber::parse(Some(country::GB), &spelling.plain);
    let context = || format!("seed {seed}: {spelling:?}: ours {ours:?}, the library's {theirs:?}");
    match (&ours, &theirs) {
        (Ok(ours), Ok(theirs)) => {
            compare(ours, theirs, &spelling).map_err(|what| format!("{what}: {}", context()))
        }
        (Err(_), Ok(theirs)) if theirs.is_valid() => Err(format!("refused: {}", context())),
        (Ok(_), Err(_)) => Err(format!("accepted: {}", context())),
        (Err(_), _) => Ok(Compared::Refused),
    }
}

fn compare(
    ours: &TypedNumber,
    theirs: &PhoneNumber,
    spelling: &Spelling,
) -> Result<Compared, &'static str> {
    if ours.number != theirs.format().mode(Mode::E164).to_string() {
        return Err("another number");
    }
    if ours.ext != spelling.ext {
        return Err("another extension");
    }
    let number_type = phone_number::number_type(&ours.number);
    if let Some(national) = ours.number.strip_prefix("+44") {
        if !LENGTHS.contains(&national.len()) {
            return Err("accepted, of an impossible length");
        }
        if theirs.is_valid() {
            compare_use(&ours.number, number_type, theirs)?;
        }
    }
    Ok(Compared::Number { number_type, has_extension: ours.ext.is_some() })
}

/// Compares the type and the format of a number that the library knows to be in use.
fn compare_use(
    number: &str,
    number_type: Option<NumberType>,
    theirs: &PhoneNumber,
) -> Result<(), &'static str> {
    if !is_same_type(number, number_type, theirs.number_type(&DATABASE)) {
        return Err("another type");
    }
    // Parsed again, without the extension and the way in which it was typed.
    let bare = phonenumber::parse(None, number).map_err(|_| "E.164 that cannot be parsed")?;
    if phone_number::format(number) == bare.format().mode(Mode::National).to_string() {
        Ok(())
    } else {
        Err("another format")
    }
}

fn is_same_type(number: &str, ours: Option<NumberType>, theirs: Type) -> bool {
    let is_nine = number.starts_with("+449");
    let expected = match theirs {
        Type::FixedLine => NumberType::Landline,
        Type::Mobile => NumberType::Mobile,
        Type::TollFree => NumberType::Freephone,
        // The library counts 084 and 087 among these.
        Type::PremiumRate if is_nine => NumberType::Premium,
        Type::PremiumRate | Type::SharedCost => NumberType::ServiceRate,
        Type::PersonalNumber => NumberType::Personal,
        Type::Pager => NumberType::Pager,
        Type::Uan | Type::Voip => NumberType::Nationwide,
        _ => return true,
    };
    ours == Some(expected)
}
