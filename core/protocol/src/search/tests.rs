//! Search by language, telephone numbers in every spelling, and generated variants.

mod numbers;
mod spellings;

use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use super::{Query, TextFilter, forms, highlight, snippet};

/// Asserts that each text is found by each query, and by the start of it that lacks the last letter.
#[track_caller]
fn assert_found(cases: &[(&str, &[&str])]) {
    for (text, queries) in cases {
        for typed in std::iter::once(text).chain(*queries) {
            let query = Query::new(typed);
            assert!(query.is_found_in(text), "{typed:?} in {text:?}: {query:?}, {}", forms(text));
            assert!(TextFilter::new(typed).matches(text), "{typed:?} filters {text:?}");
        }
    }
}

#[track_caller]
fn assert_not_found(cases: &[(&str, &[&str])]) {
    for (text, queries) in cases {
        for typed in *queries {
            assert!(!Query::new(typed).is_found_in(text), "{typed:?} in {text:?}");
        }
    }
}

/// Writes a text in another way that readers take for the same.
fn variant(text: &str, random: &mut ChaCha8Rng) -> String {
    let decomposed = icu_normalizer::DecomposingNormalizerBorrowed::new_nfd();
    let mut varied: String = match random.random_range(0..4) {
        0 => text.to_uppercase(),
        1 => text.to_lowercase(),
        2 => decomposed.normalize(text).into_owned(),
        _ => text.to_owned(),
    };
    let changes = [
        ("ü", "ue"),
        ("ö", "oe"),
        ("ß", "ss"),
        ("é", "e"),
        ("ł", "l"),
        ("ş", "s"),
        ("ø", "oe"),
        ("ứ", "ư"),
        ("đ", "d"),
        ("'", "\u{2019}"),
        ("'", ""),
        ("-", " "),
        ("-", "\u{2011}"),
        ("أ", "ا"),
        ("ة", "ه"),
        ("ی", "ي"),
        ("ک", "ك"),
        ("ى", "ي"),
        ("ۆ", "و"),
        ("ë", "e"),
        ("م", "مـ"),
        ("ı", "i"),
        (" ", "\u{a0}"),
        ("0", "٠"),
        ("1", "۱"),
    ];
    for (from, to) in changes {
        if random.random_bool(0.5) {
            varied = varied.replace(from, to);
        }
    }
    varied
}

#[test]
fn search_finds_generated_variants_of_texts() {
    let texts = [
        "Jürgen Müller-Groß",
        "Siobhán O'Brien",
        "Łukasz Wałęsa",
        "Đức Nguyễn",
        "Bjørn Ødegaard",
        "Zoë Çağrı Işık",
        "أحمد فاطمة مصطفى",
        "علی کریمی",
        "بۆ کوردستان",
        "CL-0010",
        "020 7946 0101",
        "07700 900123 Émile",
    ];
    let mut random = ChaCha8Rng::seed_from_u64(11);
    for round in 0..4000 {
        let text = texts.choose(&mut random).unwrap();
        let others = texts.choose(&mut random).unwrap();
        let typed = variant(text, &mut random);
        // The start of a word is enough at the end.
        let cut = usize::from(random.random_bool(0.3));
        let count = typed.chars().count() - cut;
        let typed: String = typed.chars().take(count).collect();
        let stored = format!("{others}. {text}; {others}");
        let query = Query::new(&typed);
        assert!(query.is_found_in(&stored), "round {round}: {typed:?} in {stored:?}: {query:?}");
        let shown = highlight(&stored, &query);
        assert!(shown.contains('\u{2}'), "round {round}: {shown:?}");
        assert_eq!(shown.replace(['\u{2}', '\u{3}'], ""), stored, "round {round}");
    }
}

#[test]
fn forms_of_forms_are_the_same() {
    for text in ["Jürgen Groß", "Łukasz", "İstanbul", "أحمد", "O'Brien", "한국어 ภาษาไทย", "Əli"]
    {
        let once = forms(text);
        let words: Vec<String> = once.split(' ').map(forms).collect();
        assert_eq!(words.join(" "), once, "{text}");
    }
}

#[test]
fn matches_are_marked_in_the_text_as_written() {
    let marked = |text: &str, typed: &str| {
        highlight(text, &Query::new(typed)).replace('\u{2}', "[").replace('\u{3}', "]")
    };
    assert_eq!(marked("Herr Jürgen Groß", "juergen gr"), "Herr [Jürgen] [Groß]");
    assert_eq!(marked("Mr O\u{2019}Brien", "obr"), "Mr [O\u{2019}Brien]");
    assert_eq!(marked("Mr O\u{2019}Brien", "brien"), "Mr O\u{2019}[Brien]");
    assert_eq!(marked("Ring 020 7946 0101 now", "+44 20 7946"), "Ring [020 7946] 0101 now");
    assert_eq!(marked("+44 (0)20 7946 0101", "0207946"), "+[44 (0)20 7946] 0101");
    assert_eq!(marked("محمـــد نور", "محمد"), "[محمـــد] نور");
    assert_eq!(marked("nothing", "else"), "nothing");
}

#[test]
fn snippet_has_the_words_around_the_first_match() {
    let text = "one two three four five six seven eight nine ten eleven Zoë thirteen fourteen";
    let cut = |typed: &str, words| snippet(text, &Query::new(typed), words);
    assert_eq!(cut("zoe", 5), "…ten eleven \u{2}Zoë\u{3} thirteen fourteen");
    assert_eq!(cut("two", 5), "one \u{2}two\u{3} three four five…");
    assert_eq!(cut("fourteen", 3), "…Zoë thirteen \u{2}fourteen\u{3}");
    assert_eq!(cut("missing", 3), "one two three…");
    assert_eq!(cut("missing", 14), text);
    // A number is not cut in two.
    let line = "a b c 020 7946 0101 d e f";
    assert_eq!(snippet(line, &Query::new("02079460101"), 5), "a b c \u{2}020 7946 0101\u{3}…");
    assert_eq!(snippet("", &Query::new("x"), 5), "");
}

#[test]
fn hostile_input_has_bounded_forms_and_terms() {
    let parts = [
        "1 ",
        "0",
        "a'",
        "w",
        "+44 ",
        "e\u{301}\u{301}",
        "ﷺ",
        "\u{2066}",
        "0-",
        "\u{200b}ภ",
        "\0\"",
    ];
    for part in parts {
        let text = part.repeat(100_000 / part.len());
        let forms = forms(&text);
        assert!(forms.len() <= 100 * text.len(), "{part:?}: {}", forms.len());
        let query = Query::new(&text);
        assert!(query.terms().len() <= 12, "{part:?}");
        for form in query.terms().iter().flat_map(|term| term.alternatives.iter().flatten()) {
            assert!(form.text.chars().count() <= 64, "{part:?}");
        }
        let terms = query.terms().iter();
        assert!(terms.map(|term| term.alternatives.iter().flatten().count()).sum::<usize>() <= 400);
        assert_eq!(highlight(&text, &query).replace(['\u{2}', '\u{3}'], ""), text, "{part:?}");
        snippet(&text, &query, 14);
        assert!(TextFilter::new(&text).matches(&text), "{part:?}");
    }
}
