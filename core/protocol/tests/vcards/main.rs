//! Files of cards that are broken at random: a broken card never harms another one.

mod files;

use promise_protocol::vcard::{self, Card, CardProblem, CardRemark};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use self::files::{File, damaged, file};

const FILES: u64 = 3_000;

/// What the file says of a card that is not damaged.
fn assert_read(seed: u64, card: &Card, name: &str, number: &str) {
    assert_eq!(card.name, name, "file {seed}");
    let numbers: Vec<&str> = card.phones.iter().map(|phone| phone.number.as_str()).collect();
    assert_eq!(numbers, [number], "file {seed}");
    assert_eq!((card.problem, card.remarks.as_slice()), (None, [].as_slice()), "file {seed}");
}

#[test]
fn damaged_card_harms_no_other_card() {
    let mut with_remarks = 0;
    for seed in 0..FILES {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let File { line_break, cards } = file(&mut random);
        let broken = random.random_range(0..cards.len());
        let mut bytes = Vec::new();
        for (at, card) in cards.iter().enumerate() {
            let body = card.body.join(line_break);
            let body = if at == broken {
                damaged(body.as_bytes(), &mut random)
            } else {
                body.into_bytes()
            };
            bytes.extend_from_slice(format!("BEGIN:VCARD{line_break}").as_bytes());
            bytes.extend(body);
            bytes.extend_from_slice(format!("{line_break}END:VCARD{line_break}").as_bytes());
        }
        let read = vcard::read(&bytes).unwrap();
        assert_eq!(read.len(), cards.len(), "file {seed}");
        for (at, (read, card)) in read.iter().zip(&cards).enumerate() {
            if at != broken {
                assert_read(seed, read, &card.name, card.number);
            }
        }
        with_remarks += usize::from(!read[broken].remarks.is_empty());
    }
    assert!(with_remarks > 500, "{with_remarks} of {FILES} damaged cards have a remark");
}

#[test]
fn file_that_is_damaged_anywhere_is_read_or_refused() {
    let (mut unfinished, mut refused) = (0, 0);
    for seed in 0..FILES {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let File { line_break, cards } = file(&mut random);
        let text: String = cards.iter().map(|card| card.text(line_break)).collect();
        let mut bytes = damaged(text.as_bytes(), &mut random);
        bytes.truncate(random.random_range(0..=bytes.len()));
        let Ok(read) = vcard::read(&bytes) else {
            refused += 1;
            continue;
        };
        for card in &read {
            assert!(card.remarks.is_sorted_by(|one, next| one < next), "file {seed}");
            assert!(card.name == card.name.trim(), "file {seed}");
            let is_nameless = card.name.is_empty();
            assert!(!is_nameless || card.problem.is_some(), "file {seed}");
            let are_numbers = card.phones.iter().all(|phone| {
                promise_protocol::phone_number::parse(&phone.number)
                    .is_ok_and(|typed| typed.number == phone.number)
            });
            assert!(are_numbers, "file {seed}: {:?}", card.phones);
        }
        unfinished +=
            read.iter().filter(|card| card.problem == Some(CardProblem::Unfinished)).count();
    }
    assert!(unfinished > 500 && refused > 10, "{unfinished} {refused}");
}

/// Files that would take a reader that goes back and forth in them minutes.
#[test]
fn largest_files_are_read_in_one_pass() {
    let card = |body: String| format!("BEGIN:VCARD\nVERSION:2.1\nFN:Sam\n{body}\nEND:VCARD\n");
    let filled = |piece: &str| card(piece.repeat((vcard::MAX_FILE_BYTES - 100) / piece.len()));
    for piece in [
        "TEL:07700900123\n",
        "TEL:x\n",
        "NOTE:\n",
        "N;QUOTED-PRINTABLE:a=\n",
        "  \n",
        "=\n",
        ";",
        "\"",
        "LANG:en\n",
        "TITLE:t\n",
        "NICKNAME;X=\":\n",
    ] {
        let read = vcard::read(filled(piece).as_bytes()).unwrap();
        assert_eq!((read.len(), read[0].problem), (1, None), "{piece:?}");
    }
    // One line of millions of parts, of which only the first ones are read.
    let line = |start: &str, piece: &str, end: &str| {
        let count = (vcard::MAX_FILE_BYTES - 100) / piece.len();
        vcard::read(card(format!("{start}{}{end}", piece.repeat(count))).as_bytes())
            .unwrap()
            .remove(0)
    };
    let left_out = [CardRemark::UncertainText].as_slice();
    for (start, piece, remarks) in
        [("TEL", ";X", left_out), ("TEL", ";X=1", left_out), ("TEL;TYPE=", "X,", &[])]
    {
        let read = line(start, piece, ":999");
        assert_eq!((read.phones.len(), read.remarks.as_slice()), (1, remarks), "{start}{piece}");
    }
    let left_out = [CardRemark::NoWayToReach, CardRemark::UncertainText];
    for (start, piece, count) in [("ORG:", ";", 0), ("ORG:", "a;", 100), ("N:", "a;", 0)] {
        let read = line(start, piece, "");
        assert_eq!((read.organisation.len(), read.remarks), (count, left_out.to_vec()), "{start}");
    }
    let folded = card(format!("NOTE;QUOTED-PRINTABLE:{}", "=41=\n  ".repeat(1_000_000)));
    assert!(vcard::read(folded.as_bytes()).unwrap()[0].note.is_some());
}
