//! The order of lists that people read.
//!
//! The order is that of the Unicode Collation Algorithm (Unicode Technical Standard #10) in its CLDR
//! root form: letters first, then their marks, then capitals, with numbers by value (`kn`). The
//! tables hold the scripts that people of English councils use in names; other scripts sort by
//! their code points behind these. `ARCHITECTURE.md` has the reason why it is not a library.

use icu_normalizer::{
    ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed,
    properties::CanonicalCombiningClassMapBorrowed,
};

use super::controls::{is_invisible, is_joiner};
use crate::digits;

/// Punctuation and symbols in order. They sort before digits, digits before letters. Source of this and
/// of the letters: `allkeys.txt` of UTS #10, version 13, variable elements not ignored.
const SIGNS: &str = " _-,;:!?.·'\"«»()[]{}§¶@*/\\&#%^°©®+±÷×<=>|¦~¢$£¥€";

const LATIN: &str = "aɐɑɒbʙƀɓƃcȼƈɕdɖɗƌȡeɇǝəɛɘɚɜɝɞʚɤfƒgɡɢǥɠʛɣƣhʜƕɦɧiıɪɨɩjȷɉʝɟʄkƙʞlʟƚɫɬɭȴɮƛʎmɱnɴɲƞɳȵŋoɶɔɵɷ\
    ȣpƥɸqʠɋĸrʀɍɹɺɻɼɽɾɿʁsʂȿʃƪʅʆtŧƫƭʈȶʇuʉɥʮʯɯɰʊvʋʌwʍxyʏɏƴȝzƶȥʐʑɀʒƹƺʓþƿ";
const GREEK: &str = "αβγδεϝͷϛζͱηθιϳκλμνξοπϻϟϙρϼσͼͻͽτυφχψωϡͳϸ";
const CYRILLIC: &str = "аәӕбвгғӻҕӷдԁђԃҙеєжԫҗзԅԑѕӡԇиҋійјкқӄҡҟҝԟԛлӆԯԓԡљԉԕмӎнԩӊңӈԣҥњԋоөпԥҧҁрҏԗсԍҫтԏҭћуүұѹфхӽӿҳһԧ\
    ѡѿѽѻцҵчԭҷӌҹҽҿџшщъыьҍѣэюяԙѥѧѫѩѭѯѱѳѵҩԝӏ";
const ARABIC: &str = "ءٱاٮبٻپڀةتثٹٺټٽٿجڃڄچڿڇحخځڂڅدذڈډڊڋڌڍڎڏڐۮرزڑڒړڔڕږڗژڙۯسشښڛڜۺصضڝڞۻطظڟعغڠۼفڡڢڣڤڥڦٯقڧڨكک\
    ڪګڬڭڮگڰڱڲڳڴػؼلڵڶڷڸمنںڻڼڽڹهھہۃۿەوۄۅۆۇۈۉۊۋۏىيیۍێېۑؽؾؿؠے";

/// The letters of the scripts that do not sort by their code points, each with the script's number.
const LETTERS: [(u32, &str); 4] = [(0, LATIN), (1, GREEK), (2, CYRILLIC), (6, ARABIC)];

/// Letters that sort as others with a mark: the letter, what it sorts as, and the mark.
const VARIANTS: [(char, &str, char); 15] = [
    ('đ', "d", '\u{338}'),
    ('ð', "d", '\u{36f}'),
    ('ħ', "h", '\u{338}'),
    ('ł', "l", '\u{338}'),
    ('ø', "o", '\u{338}'),
    ('æ', "ae", '\u{36f}'),
    ('œ', "oe", '\u{36f}'),
    ('ß', "ss", '\u{36f}'),
    ('ґ', "г", '\u{36f}'),
    // The form at the end of a word.
    ('ς', "σ", '\u{36f}'),
    ('ך', "כ", '\u{36f}'),
    ('ם', "מ", '\u{36f}'),
    ('ן', "נ", '\u{36f}'),
    ('ף', "פ", '\u{36f}'),
    ('ץ', "צ", '\u{36f}'),
];

/// Marks in the order of their weights. The others follow by their code points.
const MARKS: &str = "\u{313}\u{314}\u{301}\u{300}\u{306}\u{302}\u{30c}\u{30a}\u{342}\u{308}\u{30b}\u{303}\
    \u{307}\u{338}\u{327}\u{328}\u{304}";

/// The place of a text in a list. Compares like the text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    letters: Vec<u32>,
    /// For each letter a 0, and the marks on it.
    marks: Vec<u32>,
    /// For each letter, whether it is a capital.
    capitals: Vec<bool>,
    /// The text, so that different texts have an order of their own.
    text: String,
}

/// Returns the key by which to sort names, titles and references. Add an id to it where two records
/// may have the same text.
pub fn sort_key(text: &str) -> SortKey {
    let mut key = SortKey {
        letters: Vec::new(),
        marks: Vec::new(),
        capitals: Vec::new(),
        text: text.to_owned(),
    };
    let composed = ComposingNormalizerBorrowed::new_nfkc().normalize(text.trim());
    let mut number = String::new();
    let is_kept = |c: &char| !is_invisible(*c) && !is_joiner(*c);
    for c in composed.chars().filter(is_kept).map(digits::char_to_ascii) {
        if c.is_ascii_digit() {
            number.push(c);
        } else {
            key.push_number(&mut number);
            key.push(c);
        }
    }
    key.push_number(&mut number);
    key
}

/// The first weights of signs without a place in [`SIGNS`], of digits and of letters.
const OTHER_SIGNS: u32 = 0x100;
const DIGITS: u32 = 0x20_0000;
const FIRST_LETTER: u32 = 0x30_0000;
/// What the weights of two scripts are apart.
const SCRIPT: u32 = 0x1_0000;

impl SortKey {
    fn push(&mut self, c: char) {
        let is_capital = c.is_uppercase();
        for c in c.to_lowercase() {
            if let Some(weight) = letter(c) {
                self.push_weight(weight, is_capital);
            } else if let Some((_, as_letters, mark)) = VARIANTS.iter().find(|it| it.0 == c) {
                for (index, c) in as_letters.chars().enumerate() {
                    self.push_weight(letter(c).unwrap_or_else(|| other_letter(c)), is_capital);
                    self.marks.extend(Some(mark_weight(*mark)).filter(|_| index == 0));
                }
            } else {
                let mut buffer = [0; 4];
                let text: &str = c.encode_utf8(&mut buffer);
                let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
                decomposed.chars().for_each(|c| self.push_decomposed(c, is_capital));
            }
        }
    }

    fn push_decomposed(&mut self, c: char, is_capital: bool) {
        // A virama (class 9) is a letter of its own in the order.
        if !matches!(CanonicalCombiningClassMapBorrowed::new().get_u8(c), 0 | 9) {
            self.marks.push(mark_weight(c));
        } else if c.is_alphanumeric() {
            self.push_weight(letter(c).unwrap_or_else(|| other_letter(c)), is_capital);
        } else {
            self.push_weight(sign(c), false);
        }
    }

    /// Numbers sort by value: first by how many digits they have.
    fn push_number(&mut self, number: &mut String) {
        if number.is_empty() {
            return;
        }
        let digits = number.trim_start_matches('0');
        self.push_weight(DIGITS + 10 + u32::try_from(digits.len()).unwrap_or(0xffff), false);
        for digit in digits.chars().filter_map(|c| c.to_digit(10)) {
            self.push_weight(DIGITS + digit, false);
        }
        number.clear();
    }

    fn push_weight(&mut self, weight: u32, is_capital: bool) {
        self.letters.push(weight);
        self.marks.push(0);
        self.capitals.push(is_capital);
    }
}

/// The weight of a letter of the tables.
fn letter(c: char) -> Option<u32> {
    LETTERS.iter().find_map(|(script, letters)| {
        let index = letters.chars().position(|letter| letter == c)?;
        Some(FIRST_LETTER + script * SCRIPT + u32::try_from(index).ok()?)
    })
}

/// The weight of another letter: by its script in the order of CLDR, then by its code point.
fn other_letter(c: char) -> u32 {
    let code = u32::from(c);
    let script = match code {
        0x80..=0x2af | 0x1e00..=0x1eff | 0x2c60..=0x2c7f | 0xa720..=0xa7ff => 0,
        0x370..=0x3ff | 0x1f00..=0x1fff => 1,
        0x400..=0x52f | 0x1c80..=0x1c8f => 2,
        0x10a0..=0x10ff | 0x1c90..=0x1cbf | 0x2d00..=0x2d2f => 3,
        0x530..=0x58f => 4,
        0x590..=0x5ff => 5,
        0x600..=0x6ff | 0x750..=0x77f | 0x8a0..=0x8ff => 6,
        0x700..=0x7ff => 7,
        0x1200..=0x139f | 0x2d80..=0x2ddf | 0xab00..=0xab2f => 8,
        _ => 9,
    };
    // Behind the letters of the script's table.
    FIRST_LETTER + script * SCRIPT + 0x200 + code
}

/// The weight of a sign. Every space, dash, apostrophe and quotation mark is the plain one.
fn sign(c: char) -> u32 {
    let c = match c {
        c if c.is_whitespace() => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '`' | '\u{b4}' => '\'',
        '\u{201c}'..='\u{201f}' => '"',
        c => c,
    };
    let index = SIGNS.chars().position(|sign| sign == c);
    let weight = index.and_then(|index| u32::try_from(index + 1).ok());
    weight.unwrap_or_else(|| OTHER_SIGNS + u32::from(c))
}

fn mark_weight(mark: char) -> u32 {
    let index = MARKS.chars().position(|c| c == mark);
    index.and_then(|index| u32::try_from(index + 1).ok()).unwrap_or_else(|| u32::from(mark))
}

#[cfg(test)]
mod tests {
    use super::sort_key;

    fn assert_order(texts: &[&str]) {
        for pair in texts.windows(2) {
            assert!(sort_key(pair[0]) < sort_key(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn names_with_marks_sort_between_their_neighbours() {
        assert_order(&["Emil", "Émile", "Emily", "Zoë"]);
        assert_order(&["Dua", "Duc", "Đức", "Dud", "Lukáš B", "Łukasz", "Luz", "Zoë"]);
        assert_order(&["Oke", "Øystein", "Özil", "Paul", "Şahin", "Sam", "Zoe", "Zoë", "Zoey"]);
    }

    #[test]
    fn numbers_sort_by_value() {
        assert_order(&["CL-1", "CL-2", "CL-10", "CL-0011", "CL-100", "CLA-1"]);
        assert_order(&["2", "١٠", "CL"]);
        assert_order(&["CL-001", "CL-01", "CL-1"]);
    }

    #[test]
    fn letters_come_before_marks_and_marks_before_capitals() {
        assert_order(&["cote", "coté", "côte", "côté", "coter"]);
        assert_order(&["ann", "Ann", "änn", "Änn", "anna"]);
    }

    #[test]
    fn signs_sort_before_digits_and_digits_before_letters() {
        assert_order(&["D'Arcy", "D1", "Dawn", "De Vries", "Debra"]);
        assert_order(&["o'brien", "O\u{2019}Brien", "obrien"]);
    }
}
