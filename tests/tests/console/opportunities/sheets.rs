//! Sheets as spreadsheets save them and as people fill them in.

use super::{Desk, HOME, to};
use crate::visitor::Visitor;

/// Encodes text as Excel's plain "CSV" does: Windows-1252, semicolons, Windows line ends.
fn windows_1252(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        '£' => 0xa3,
        'é' => 0xe9,
        '–' => 0x96,
        '’' => 0x92,
        c => u8::try_from(c).unwrap(),
    };
    text.replace('\n', "\r\n").chars().map(byte).collect()
}

#[test]
fn sheet_saved_by_excel_reads_as_typed() {
    let desk = Desk::new();
    let sheet = windows_1252(
        "ref;kind;title;summary;contact_phone;closes;amount\n\
         C-1;Job;Café job – £5 more;\"It’s two\nlines; and more\";7700900123;30/06/2027;£50\n\
         C-2;work experience;Bakery;;;ongoing;\n",
    );
    let check = desk.upload(&sheet);
    assert!(
        check.contains("2 are new") && check.contains("0 rows have a mistake"),
        "{}",
        check.html
    );
    assert!(
        check
            .contains("These columns are not in the sheet, so nothing changes there: Organisation")
    );
    let done = desk.take(&check, &[]);
    assert_eq!(to(&done), format!("{HOME}?done=imported&added=2&changed=0&cleared=0"));
    assert!(
        desk.ed.get(to(&done)).contains("In the draft: 2 new, 0 changed, 0 closed or removed.")
    );
    let shown = desk.get("/by-ref/c-1");
    for said in ["Café job – £5 more", "It’s two\nlines; and more", "07700 900123", "£50"] {
        assert!(shown.contains(said), "{said}");
    }
    assert!(shown.contains("Wednesday 30 June 2027"));
    assert!(desk.get("/by-ref/c-2").contains("No closing date"));
}

#[test]
fn every_encoding_and_separator_reads_the_same() {
    let desk = Desk::new();
    let text = "ref,kind,title\nx-1,job,Café\n";
    let mut utf16 = b"\xff\xfe".to_vec();
    utf16.extend(text.replace(',', "\t").encode_utf16().flat_map(u16::to_le_bytes));
    let files = [
        text.as_bytes().to_vec(),
        [b"\xef\xbb\xbf".to_vec(), text.as_bytes().to_vec()].concat(),
        utf16,
        windows_1252(&text.replace(',', ";")),
        windows_1252(&format!("sep=;\n{}", text.replace(',', ";"))),
    ];
    for (at, file) in files.iter().enumerate() {
        let check = desk.upload(file);
        assert!(check.contains("1 is new") && check.contains("Café"), "{at}: {}", check.html);
    }
    // Pasted.
    desk.get("/import");
    let text = text.replace(',', "\t");
    let pasted = desk.ed.post_file(&format!("{HOME}/import"), &[("text", text.as_str())], b"");
    assert_eq!(to(&pasted), format!("{HOME}/import/check"));
    assert!(desk.get("/import/check").contains("Café"));
}

#[test]
fn new_rows_show_pay_dates_and_ages_before_they_are_applied() {
    let desk = Desk::new();
    let check = desk.upload(
        b"ref;kind;title;closes;starts;age_min;age_max;pay_min;pay_max;pay_unit\n\
          a-1;job;Baker;30/06/2027 17:00;1/7/2027;16;25;12,21;1.234,50;hour\n\
          a-2;job;Cook;;;;;1,2,3;;\n\
          a-3;job;Clerk;ongoing;;;;;;\n",
    );
    let list = desk.get("/import/list/added");
    for page in [&check, &list] {
        for fact in [
            "Closing date:</dt> <dd><bdi>Wednesday 30 June 2027, 17:00",
            "First day:</dt> <dd><bdi>Thursday 1 July 2027",
            "From this birthday:</dt> <dd><bdi>16",
            "Until this birthday:</dt> <dd><bdi>25",
            "Pay from:</dt> <dd><bdi>£12.21",
            "Pay up to:</dt> <dd><bdi>£1,234.50",
            "Paid for:</dt> <dd><bdi>An hour",
            "Closing date:</dt> <dd><bdi>No closing date",
        ] {
            assert!(page.html.contains(fact), "{fact}: {}", page.html);
        }
    }
    assert!(check.contains("“1,2,3” can be £123.00 or £12.30"), "{}", check.html);
    desk.take(&check, &[]);
    let shown = desk.get("/by-ref/a-1");
    assert!(shown.contains("£12.21") && shown.contains("£1,234.50"), "{}", shown.html);
}

#[test]
fn excel_workbook_is_imported() {
    let desk = Desk::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let day = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    for (column, name) in (0..).zip(["Ref", "Kind", "Title", "Closes", "Contact phone"]) {
        sheet.write(0, column, name).unwrap();
    }
    sheet.write(1, 0, "X-1").unwrap();
    sheet.write(1, 1, "Job").unwrap();
    sheet.write(1, 2, "Café job – £5 more").unwrap();
    let closes = rust_xlsxwriter::ExcelDateTime::from_ymd(2027, 6, 30).unwrap();
    sheet.write_with_format(1, 3, &closes, &day).unwrap();
    sheet.write(1, 4, 7_700_900_123_u64).unwrap();
    sheet.write(3, 0, "X-2").unwrap();
    sheet.write(3, 1, "jobb").unwrap();
    let check = desk.upload(&book.save_to_buffer().unwrap());
    assert!(check.contains("1 is new") && check.contains("1 row has a mistake"), "{}", check.html);
    assert!(check.contains("Line 4"), "the row as Excel counts it: {}", check.html);
    let done = desk.take(&check, &[]);
    assert!(to(&done).contains("added=1&changed=0&cleared=0"), "{}", to(&done));
    let shown = desk.get("/by-ref/x-1");
    for text in ["Café job – £5 more", "07700 900123", "Wednesday 30 June 2027"] {
        assert!(shown.contains(text), "{text}");
    }
}

#[test]
fn invalid_sheet_is_refused_with_a_message() {
    let desk = Desk::new();
    let large = vec![b'x'; 4 * 1024 * 1024 + 1];
    let huge = vec![b'x'; 9 * 1024 * 1024];
    let cases: [(&[u8], &str); 8] = [
        (b"", "Choose a file, or paste the rows"),
        (b"PK\x03\x04.....", "This is a workbook that is damaged"),
        (b"\xd0\xcf\x11\xe0.....", "This is a workbook of a kind that we cannot read"),
        (b"title,kind\nx,job\n", "must name these columns too: ref"),
        (b"ref,kind,title,kind\nx,job,X,job\n", "A column is there twice: kind"),
        (b"ref,kind,title\n", "nothing below it"),
        (&large, "larger than 4 MB"),
        (&huge, "larger than 4 MB"),
    ];
    for (file, said) in cases {
        desk.get("/import");
        let page = desk.ed.post_file(&format!("{HOME}/import"), &[("text", "")], file);
        assert_eq!(page.status, 422, "{said}");
        assert!(
            page.contains("There is a problem") && page.contains(said),
            "{said}: {}",
            page.html
        );
        assert!(page.html.contains("href=\"#file\""));
    }
    desk.get("/import");
    let typed = "rubbish <b>&amp;";
    let page = desk.ed.post_file(&format!("{HOME}/import"), &[("text", typed)], b"");
    assert!(page.status == 422 && page.contains(typed), "what was pasted is still there");
    let page = desk.ed.post(&format!("{HOME}/import/check"), &[]);
    assert_eq!(page.status, 404, "there is nothing to take");
}

#[test]
fn expired_session_keeps_the_pasted_sheet() {
    let desk = Desk::new();
    desk.get("/import");
    desk.ed.cookies.borrow_mut().clear();
    let text = "ref,kind,title\nx,job,Pasted\n";
    let page = desk.ed.post_file(&format!("{HOME}/import"), &[("text", text)], b"");
    assert!(page.status == 401 && page.contains("Pasted"), "{} {}", page.status, page.html);
    let elsewhere = Visitor::new(&desk.server);
    let page = elsewhere.post_file(&format!("{HOME}/import"), &[("text", "")], text.as_bytes());
    assert!(page.status == 303 && to(&page).contains("sign-in"), "{}", page.status);
    let large = vec![b'x'; 3 * 1024 * 1024];
    let page = elsewhere.post_file(&format!("{HOME}/import"), &[("text", "")], &large);
    assert_eq!(page.status, 303, "nobody who is not signed in is listened to for megabytes");
}

#[test]
fn cross_site_upload_is_refused() {
    let desk = Desk::new();
    let text = || vec![("text", "ref,kind,title\nx,job,X\n".to_owned())];
    let path = format!("{HOME}/import");
    desk.get("/import");
    let csrf = desk.get("/import").field("csrf").unwrap();
    let base = desk.server.url();
    let other = desk.ed.post_with(&path, &csrf, "https://evil.example", &text());
    assert_eq!(other.status, 403);
    let forged = desk.ed.post_with(&path, "forged", &base, &text());
    assert!(forged.contains("Send it now"), "nothing is done before they say so themselves");
    assert_eq!(to(&desk.ed.get(&format!("{path}/check"))), path, "nothing was kept");
    desk.get("/import");
    assert_eq!(to(&desk.ed.post_with(&path, &csrf, &base, &text())), format!("{path}/check"));
}

#[test]
fn filled_in_template_is_imported() {
    let desk = Desk::new();
    let template = desk.ed.get(&format!("{HOME}/template.csv"));
    assert!(template.html.starts_with("\u{feff}ref,kind,title,organisation,summary,"));
    let row =
        "t-1,event,Day out,Us,Fun.,,,,,,NW4,Hendon,n,n,2027-01-02,ongoing,,Free,16,25,y,,1,en";
    let check = desk.upload(format!("{}{row}\r\n", template.html).as_bytes());
    assert!(check.contains("1 is new") && !check.contains("These columns are not in the sheet"));
    // The same opportunity under another reference is found, and left out on request.
    desk.take(&check, &[]);
    let twin = row.replace("t-1", "t-2");
    let check = desk.upload(format!("{}{twin}\r\n", template.html).as_bytes());
    assert!(check.contains("These may be there already") && check.contains("(t-2, like t-1)"));
    let done = desk.take(&check, &[("exclude", "2")]);
    assert!(to(&done).contains("added=0"));
    let notice = desk.ed.get(to(&done));
    assert!(notice.contains("You ticked 1 row to leave out, and it is not in the draft."));
}
