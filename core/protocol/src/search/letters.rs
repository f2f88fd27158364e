//! Letters that normalisation leaves as they are, and what search takes them for.
//!
//! Unicode decomposes `é` into `e` and a mark, but has no decomposition for letters with a stroke, for
//! ligatures, or for letters of one script that writers of different languages type differently.

/// Letters, each in lower case, and what each of them is folded to. Sources: for Latin, the CLDR
/// transform `Latin-ASCII`; `ə`, `ɛ` and `ɔ` as they are typed on keyboards without them. For Arabic,
/// Persian and Kurdish, the normalisers of Apache Lucene (`ArabicNormalizer`, `PersianNormalizer`,
/// `SoraniNormalizer`); for other letters of Kurdish, Urdu and Pashto the same rule, that a letter
/// with a ring, a small v or more dots is the one of the Arabic keyboard. For Ukrainian, the letter of
/// the Russian keyboard.
const LETTERS: &[(&str, &str)] = &[
    ("ø", "o"),
    ("đðɖɗƌ", "d"),
    ("łƚɫ", "l"),
    ("ħɦ", "h"),
    ("ŧƭʈ", "t"),
    ("ıɨɩ", "i"),
    ("ŋɲƞ", "n"),
    ("ƀɓƃ", "b"),
    ("ƈɕ", "c"),
    ("ƙ", "k"),
    ("ɠǥ", "g"),
    ("ƥ", "p"),
    ("ɍ", "r"),
    ("ʋ", "v"),
    ("ƴ", "y"),
    ("ƶȥ", "z"),
    ("ĸ", "q"),
    ("ʉ", "u"),
    ("əɛǝ", "e"),
    ("ɔ", "o"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("ß", "ss"),
    ("þ", "th"),
    // Greek and Cyrillic
    ("ς", "σ"),
    ("ґ", "г"),
    // Hebrew letters at the end of a word
    ("ך", "כ"),
    ("ם", "מ"),
    ("ן", "נ"),
    ("ף", "פ"),
    ("ץ", "צ"),
    // Arabic
    ("ٱ", "ا"),
    ("ىیېێۍےيٸ", "ي"),
    ("کڪ", "ك"),
    ("ةەہھۃ", "ه"),
    ("ڕړڑ", "ر"),
    ("ڵ", "ل"),
    ("ۆۋۇۈۉ", "و"),
    ("ڤ", "ف"),
    ("ټٹ", "ت"),
    ("ډڈ", "د"),
    ("ڼںڻ", "ن"),
    ("ګ", "گ"),
];

/// Second forms: how a letter is written by people who do not have it, where that is not the letter
/// without its mark. German `ß`, Danish `æ` and Icelandic `þ` have only that form. `Đorđe` is also
/// `Djordje`, and `Əli` is also `Ali`.
const SECOND: &[(char, &str)] =
    &[('ø', "oe"), ('đ', "dj"), ('ð', "dh"), ('ŋ', "ng"), ('ə', "a"), ('ɨ', "y")];

/// Rows of the Ethiopic syllabary that Amharic and Tigrinya write for one sound: the first syllable of
/// a row and of the one that it is folded to. Each has seven or eight syllables. Source: Unicode
/// Character Database, `NamesList.txt`; Yacob, "Application of the Double Metaphone algorithm to
/// Amharic orthography" (2004), on homophones.
const ETHIOPIC_ROWS: [(u32, u32); 5] =
    [(0x1210, 0x1200), (0x1280, 0x1200), (0x1220, 0x1230), (0x12d0, 0x12a0), (0x1340, 0x1338)];

/// The fourth syllables that sound like the first of their row.
const ETHIOPIC_FOURTH: [(char, char); 2] = [('ሃ', 'ሀ'), ('ኣ', 'አ')];

/// What a letter of a decomposed text in lower case is folded to. Returns `None` for a letter that
/// stays.
pub(super) fn folded(c: char) -> Option<&'static str> {
    LETTERS.iter().find(|(letters, _)| letters.contains(c)).map(|(_, folded)| *folded)
}

/// The second form of a letter.
pub(super) fn second(c: char) -> Option<&'static str> {
    SECOND.iter().find(|(letter, _)| *letter == c).map(|(_, second)| *second)
}

/// The second form of a letter by its mark, as what follows the letter: `ä` is `ae`, and `å` is `aa`.
pub(super) fn second_by_mark(letter: char, mark: char) -> Option<char> {
    match (letter, mark) {
        ('a' | 'o' | 'u', '\u{308}') => Some('e'),
        ('a', '\u{30a}') => Some('a'),
        _ => None,
    }
}

/// The Ethiopic syllable that a homophone is folded to. Other characters stay.
pub(super) fn ethiopic(c: char) -> char {
    let code = u32::from(c);
    let row = ETHIOPIC_ROWS.iter().find(|(row, _)| (*row..row + 8).contains(&code));
    let c = row.and_then(|(row, to)| char::from_u32(code - row + to)).unwrap_or(c);
    ETHIOPIC_FOURTH.iter().find(|(fourth, _)| *fourth == c).map_or(c, |(_, first)| *first)
}

/// Returns `true` for apostrophes that count as letters in Unicode: those of Ukrainian, Hawaiian and of
/// transcriptions from Arabic and Hebrew.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\u{2b9}'..='\u{2bf}' | '\u{2c8}' | '\u{a78b}' | '\u{a78c}')
}

/// Returns `true` for marks and signs that search ignores: accents (Latin, Greek and Cyrillic), the
/// dots of Indic letters that many writers leave out, Hebrew points, Arabic vowels, the hamza on a
/// letter or alone, the sign that stretches a word, and characters without a width. Vowel signs of
/// other scripts are letters of the word and count.
pub(super) fn is_ignored(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{93c}' | '\u{9bc}' | '\u{a3c}' | '\u{abc}'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{621}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{674}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}')
}
