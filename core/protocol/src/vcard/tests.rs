//! Cards as phones and address books write them.

use super::*;
use crate::values::PhoneKind;

fn one(file: &str) -> Card {
    let mut cards = read(file.as_bytes()).unwrap();
    assert_eq!(cards.len(), 1);
    cards.remove(0)
}

/// A card of version 3.0 with these lines.
fn card(lines: &str) -> Card {
    one(&format!("BEGIN:VCARD\nVERSION:3.0\n{lines}\nEND:VCARD\n"))
}

fn numbers(card: &Card) -> Vec<(&str, PhoneKind)> {
    card.phones.iter().map(|phone| (phone.number.as_str(), phone.kind)).collect()
}

const ANDROID: &str = "BEGIN:VCARD\r\nVERSION:2.1\r\n\
    N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=4F=E2=80=99=42=72=69=65=6E;=5A=6F=C3=\r\n=AB;;;\r\n\
    FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=5A=6F=C3=AB=20=4F=E2=80=99=42=72=69=\r\n=65=6E\r\n\
    TEL;CELL;PREF:07700900123\r\nTEL;HOME:+44 20 7946 0000\r\nTEL;X-Carer:07700 900456\r\n\
    TEL;WORK;FAX:020 7946 0001\r\nEMAIL;HOME:zoe@example.org\r\n\
    ORG:Riverbridge College;Student support\r\n\
    NOTE;ENCODING=QUOTED-PRINTABLE:Ring after 4=0D=0A=\r\nnot on Fridays\r\n\
    BDAY:2006-02-28\r\n\
    PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD\r\n 2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwY\r\n\r\n\
    END:VCARD\r\n";

#[test]
fn card_of_an_android_phone_is_read() {
    let card = one(ANDROID);
    assert_eq!(card.name, "Zoë O’Brien");
    let expected = [
        ("+447700900123", PhoneKind::Mobile),
        ("+442079460000", PhoneKind::Landline),
        ("+447700900456", PhoneKind::Mobile),
    ];
    assert_eq!(numbers(&card), expected);
    assert!(card.phones[0].prefer && !card.phones[1].prefer);
    assert_eq!(card.organisation, ["Riverbridge College", "Student support"]);
    assert_eq!(card.email.as_deref(), Some("zoe@example.org"));
    assert_eq!(card.note.as_deref(), Some("Ring after 4\nnot on Fridays"));
    assert_eq!(card.more, ["FAX: 020 7946 0001"]);
    let remarks =
        [CardRemark::NumberInNote, CardRemark::PictureLeftOut, CardRemark::BirthdayLeftOut];
    assert_eq!((card.remarks.as_slice(), card.problem), (remarks.as_slice(), None));
}

const IPHONE: &str = "BEGIN:VCARD\nVERSION:3.0\nPRODID:-//Apple Inc.//iPhone OS 17.0//EN\n\
    N:Obi;Ada;;Dr;\nFN:Dr Ada Obi\nORG:Riverbridge\\, Surgery;\nTITLE:GP\n\
    EMAIL;type=INTERNET;type=HOME;type=pref:ada@example.org\nEMAIL;type=WORK:surgery@example.org\n\
    TEL;type=CELL;type=VOICE;type=pref:07700 900123\n\
    item1.TEL:020 7946 0000\nitem1.X-ABLabel:_$!<Other>!$_\nTEL;type=pager:12\n\
    item2.ADR;type=HOME;type=pref:;;1 High Street;Riverbridge;;RB1 1AA;United Kingdom\n\
    item2.X-ABADR:gb\nNOTE:Line one\\nLine two\\, with a comma\\; and a lo\n ng end\n\
    PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD\n  2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwY\n\
    END:VCARD\n";

#[test]
fn card_of_an_iphone_is_read() {
    let card = one(IPHONE);
    assert_eq!((card.name.as_str(), card.role.as_deref()), ("Dr Ada Obi", Some("GP")));
    assert_eq!(card.organisation, ["Riverbridge, Surgery"]);
    let expected = [("+447700900123", PhoneKind::Mobile), ("+442079460000", PhoneKind::Landline)];
    assert_eq!(numbers(&card), expected);
    let note = "Line one\nLine two, with a comma; and a long end";
    assert_eq!(card.note.as_deref(), Some(note));
    assert_eq!(card.more, ["surgery@example.org", "PAGER: 12"]);
    let remarks = [
        CardRemark::NumberInNote,
        CardRemark::TextInNote,
        CardRemark::PictureLeftOut,
        CardRemark::OtherLeftOut,
    ];
    assert_eq!(card.remarks, remarks);
}

#[test]
fn card_of_version_4_is_read() {
    let card = one("BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:individual\r\nFN:Jo Okoro\r\n\
        N:Okoro;Jo;;;\r\nNICKNAME:Jojo\r\nROLE:Personal adviser\r\nTITLE:Senior practitioner\r\n\
        TEL;VALUE=uri;PREF=2;TYPE=voice:tel:+44-20-7946-0000;ext=4\r\n\
        TEL;VALUE=uri;PREF=1;TYPE=\"voice,cell\":tel:+447700900123\r\n\
        TEL;TYPE=\"text,cell\":85258\r\nEMAIL:mailto:jo@example.org\r\n\
        LANG;PREF=1:en\r\nLANG:ti\r\nLANG:not a tag\r\nUID:urn:uuid:1\r\nEND:VCARD\r\n");
    let expected = [
        ("+447700900123", PhoneKind::Mobile),
        ("+442079460000", PhoneKind::Landline),
        ("85258", PhoneKind::Text),
    ];
    assert_eq!(numbers(&card), expected);
    assert_eq!(card.phones[1].ext.as_deref(), Some("4"));
    assert_eq!(card.role.as_deref(), Some("Personal adviser"));
    assert_eq!(card.more, ["Jojo", "Senior practitioner"]);
    assert_eq!(card.languages, ["en", "ti"]);
    assert_eq!(card.email.as_deref(), Some("jo@example.org"));
    assert_eq!(card.remarks, [CardRemark::TextInNote]);
}

#[test]
fn name_is_taken_from_what_is_there() {
    assert_eq!(card("N:Obi;Ada;Mary;Dr;Jr").name, "Dr Ada Mary Obi Jr");
    assert_eq!(card("FN: \nN:;;;;\nNICKNAME:Ady\nORG:Surgery").name, "Ady");
    assert_eq!(card("ORG:Night line;East").name, "Night line");
    for nameless in ["TEL:999", "FN:\u{202e}\nTEL:999", ""] {
        assert_eq!(card(nameless).problem, Some(CardProblem::NoName), "{nameless:?}");
    }
    assert_eq!(numbers(&card("TEL:999")), [("999", PhoneKind::Landline)], "it can be shown");
}

#[test]
fn unclear_text_is_read_as_far_as_it_can_be() {
    let broken = card("FN;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB 50=ZZ\nTEL:999");
    assert_eq!((broken.name.as_str(), broken.problem), ("Zoë 50=ZZ", None));
    assert_eq!(broken.remarks, [CardRemark::UncertainText]);
    let cut = card("FN;ENCODING=QUOTED-PRINTABLE:Sam=\nTEL;CELL:07700 900123");
    assert_eq!((cut.name.as_str(), cut.phones.len()), ("Sam", 1));
    assert_eq!(cut.remarks, [CardRemark::UncertainText]);
    let latin = read(b"BEGIN:VCARD\nFN:Zo\xeb\nTEL:999\nEND:VCARD").unwrap().remove(0);
    assert_eq!((latin.name.as_str(), latin.remarks), ("Zoë", vec![CardRemark::UncertainText]));
    let junk = card("FN:Sam\nthis is not a line of a card\nTEL:999");
    assert_eq!((junk.name.as_str(), junk.phones.len()), ("Sam", 1));
    assert_eq!(junk.remarks, [CardRemark::UnreadableLine]);
    // The lines of a picture that are not folded.
    let picture = card("FN:Sam\nPHOTO;BASE64:/9j/4AAQ\nSkZJRgABAQAAAQABAAD\nTEL:999");
    assert_eq!(picture.remarks, [CardRemark::PictureLeftOut]);
}

#[test]
fn card_of_an_assistant_takes_no_number_from_the_card_around_it() {
    for agent in ["AGENT:\nBEGIN:VCARD", "AGENT:BEGIN:VCARD"] {
        let file = format!(
            "BEGIN:VCARD\nVERSION:2.1\nFN:Jo\n{agent}\nVERSION:2.1\nFN:Sam\nTEL:999\nEND:VCARD\n\
             TEL;CELL:07700 900123\nEND:VCARD\n"
        );
        let cards = read(file.as_bytes()).unwrap();
        let names: Vec<&str> = cards.iter().map(|card| card.name.as_str()).collect();
        assert_eq!(names, ["Jo", "Sam"], "{agent:?}");
        assert_eq!(numbers(&cards[0]), [("+447700900123", PhoneKind::Mobile)], "{agent:?}");
        assert_eq!(numbers(&cards[1]), [("999", PhoneKind::Landline)], "{agent:?}");
        assert!(cards.iter().all(|card| card.remarks.is_empty()), "{agent:?}");
    }
}

#[test]
fn semicolon_in_a_name_is_read_as_android_writes_it() {
    let card =
        card("N;ENCODING=QUOTED-PRINTABLE:Obi=3B Okoro;Ada;;;\nORG:Care\\; east;Team\nTEL:999");
    assert_eq!(card.name, "Ada Obi; Okoro");
    assert_eq!(card.organisation, ["Care; east", "Team"]);
    assert!(card.remarks.is_empty());
}

#[test]
fn text_that_is_not_a_number_is_kept_for_the_note() {
    let card = card("FN:Sam\nTEL:ask at the desk\nTEL:07700 9001\nTEL:\nTEL;CELL:0901 234 5678");
    assert_eq!(card.more, ["ask at the desk", "07700 9001"]);
    assert_eq!(numbers(&card), [("+449012345678", PhoneKind::Mobile)]);
    assert_eq!(card.remarks, [CardRemark::CostsExtra, CardRemark::NumberInNote]);
}

#[test]
fn comma_before_an_extension_is_a_pause() {
    let card = card("FN:Sam\nTEL:+442079460000\\,999\nTEL:02079460001,,123456\nTEL:116 123\\, 999");
    let extensions: Vec<_> = card.phones.iter().map(|phone| phone.ext.as_deref()).collect();
    assert_eq!(extensions, [Some("999"), Some("123456")]);
    assert_eq!(card.more, ["116 123, 999"]);
}

#[test]
fn number_that_is_twice_on_a_card_is_read_once() {
    let card = card("FN:Sam\nTEL:07700 900123\nTEL;CELL;PREF:+44 7700 900123\nTEL:020 7946 0000");
    let expected = [("+447700900123", PhoneKind::Mobile), ("+442079460000", PhoneKind::Landline)];
    assert_eq!(numbers(&card), expected);
    assert!(card.phones[0].prefer);
}

#[test]
fn card_without_a_way_to_reach_the_person_has_a_remark() {
    assert_eq!(card("FN:Sam").remarks, [CardRemark::NoWayToReach]);
    assert!(card("FN:Sam\nEMAIL:sam@example.org").remarks.is_empty());
}

#[test]
fn card_that_is_cut_off_is_not_taken_and_the_others_are() {
    let file = "BEGIN:VCARD\nFN:A\nTEL:999\nBEGIN:VCARD\nFN:B\nTEL:999\nEND:VCARD\n\
        BEGIN:VCARD\nFN:C\nTEL:+4477009";
    let cards = read(file.as_bytes()).unwrap();
    let names: Vec<&str> = cards.iter().map(|card| card.name.as_str()).collect();
    assert_eq!(names, ["A", "B", "C"]);
    let problems: Vec<_> = cards.iter().map(|card| card.problem).collect();
    assert_eq!(problems, [None, None, Some(CardProblem::Unfinished)]);
    assert_eq!(cards[0].remarks, [CardRemark::UnreadableLine]);
    assert!(cards[1].remarks.is_empty());
}

#[test]
fn file_that_is_too_large_or_has_no_card_is_refused() {
    let count = |file: &str| -> Result<usize, CardFileError> { Ok(read(file.as_bytes())?.len()) };
    let cards = |count: usize| "BEGIN:VCARD\nFN:A\nEND:VCARD\n".repeat(count);
    assert_eq!(count(&cards(MAX_CARDS)), Ok(MAX_CARDS));
    assert_eq!(count(&cards(MAX_CARDS + 1)), Err(CardFileError::TooLarge));
    let note = |length: usize| format!("BEGIN:VCARD\nFN:A\nNOTE:{}\nEND:VCARD", "x".repeat(length));
    let longest = MAX_FILE_BYTES - note(0).len();
    assert_eq!(count(&note(longest)), Ok(1));
    assert_eq!(count(&note(longest + 1)), Err(CardFileError::TooLarge));
    for empty in ["", "PK\u{3}\u{4}", "BEGIN:VCALENDAR\nEND:VCALENDAR", "name,phone\nSam,999"] {
        assert_eq!(count(empty), Err(CardFileError::NoCards), "{empty:?}");
    }
}

#[test]
fn types_tell_what_a_number_is_for() {
    for (types, number, kind) in [
        (["cell", "voice"].as_slice(), "+447700900123", PhoneKind::Mobile),
        (["text", "cell"].as_slice(), "+447700900123", PhoneKind::Text),
        (["text", "voice", "cell"].as_slice(), "+447700900123", PhoneKind::Mobile),
        (["cell"].as_slice(), "85258", PhoneKind::Text),
        (["work", "voice"].as_slice(), "+442079460000", PhoneKind::Landline),
        (["home"].as_slice(), "+447700900123", PhoneKind::Mobile),
    ] {
        assert_eq!(phone_kind(types.iter().copied(), number), kind, "{types:?} {number}");
    }
    for word in PhoneKind::WORDS {
        let own = card(&format!("FN:Sam\nTEL;TYPE=CELL;{KIND_PARAMETER}={word}:+447700900123"));
        assert_eq!(own.phones[0].kind.as_str(), *word);
    }
}
