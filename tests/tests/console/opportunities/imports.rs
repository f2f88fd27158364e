//! Rows of a sheet on their way into the draft.

use std::{fmt::Write, time::Instant};

use super::{Desk, HOME, save, to};
use crate::visitor::Visitor;

#[test]
fn invalid_rows_are_listed_corrected_and_downloaded() {
    let desk = Desk::new();
    let sheet = "ref,kind,title,url,summary,closes\n\
                 g-1,job,Good,,,\n\
                 b-1,jobb,Bad kind,www.example.org,,31/13/2027\n\
                 b-2,job,Formula,,\"=HYPERLINK(\"\"http://evil.example\"\")\",\n\
                 g-1,job,Again,,,\n\
                 b-3,job,\"Open quote\n";
    let check = desk.upload(sheet.as_bytes());
    assert!(
        check.contains("4 rows have a mistake") && check.contains("1 is new"),
        "{}",
        check.html
    );
    for said in [
        "Line 3",
        "“jobb” is not a kind we know",
        "“Closing date”: “31/13/2027” is not a real day. Write it like 31/12/2026, or ongoing",
        "“Summary” begins as a formula does",
        "The reference “g-1” is in line 2 too",
        "A quotation mark is opened in this line and not closed",
    ] {
        assert!(check.contains(said), "{said}: {}", check.html);
    }
    let csv = desk.ed.get(&format!("{HOME}/import/invalid-rows.csv"));
    assert!(csv.headers["content-disposition"].contains("attachment"));
    assert!(csv.headers["content-type"].starts_with("text/csv"));
    assert_eq!(csv.headers["cache-control"], "no-store");
    assert!(csv.html.contains("what_is_wrong") && csv.html.contains("not a kind we know"));
    assert!(!csv.html.contains(",\"=") && !csv.html.contains(",="), "{}", csv.html);

    let done = desk.take(&check, &[]);
    assert_eq!(to(&done), format!("{HOME}/import/check?done=imported&added=1&changed=0&cleared=0"));
    let form = desk.get("/import/rows/3");
    assert!(
        form.contains("Mend line 3") && form.field("url").as_deref() == Some("www.example.org")
    );
    let mend = |fields: &[(&str, &str)]| save(&desk.ed, "/import/rows/3", fields);
    let half = [("ref", "b-1"), ("kind", "job"), ("title", "Mended"), ("url", "www.example.org")];
    let still = mend(&half);
    assert!(
        still.status == 422 && still.contains("is not a web address") && still.contains("Mended")
    );
    let fields = [("ref", "b-1"), ("kind", "job"), ("title", "Mended")];
    assert_eq!(to(&mend(&fields)), format!("{HOME}/import/check?done=fixed"));
    let check = desk.get("/import/check");
    assert!(check.contains("1 is new") && check.contains("3 rows have a mistake"));
    desk.take(&check, &[]);
    assert!(desk.get("?q=b-1").contains("Mended"));
    // The rest was corrected in the spreadsheet, from the download.
    let mended = desk.ed.get(&format!("{HOME}/import/invalid-rows.csv")).html;
    let mended = mended.replace("'=HYPERLINK(\"\"http://evil.example\"\")", "Nice");
    let check = desk.upload(mended.as_bytes());
    assert!(check.contains("1 is new") || check.contains("2 are new"), "{}", check.html);
    assert!(!check.contains("We do not know these columns"), "{}", check.html);
    let dropped = desk.ed.post(&format!("{HOME}/import/discard"), &[]);
    assert!(to(&dropped).ends_with("?done=sheet-discarded"));
}

#[test]
fn import_is_shown_again_after_a_concurrent_change() {
    let desk = Desk::new();
    let eve = Visitor::signed_up(&desk.server, "eve", "editor");
    let check = desk.upload(b"ref,kind,title\nd01,discount,From the sheet\n");
    assert!(check.contains("1 changes") && check.contains("From the sheet"));
    let money = "/by-ref/d01/part/money";
    assert_eq!(save(&eve, money, &[("cost", "Not free any more")]).status, 303);
    let refused = desk.take(&check, &[]);
    assert!(refused.status == 409 && refused.contains("The draft changed meanwhile"));
    assert!(!desk.get("/by-ref/d01").contains("From the sheet"));
    let done = desk.take(&refused, &[]);
    assert_eq!(done.status, 303, "{}", done.html);
    let shown = desk.get("/by-ref/d01");
    assert!(
        shown.contains("From the sheet") && shown.contains("Not free any more"),
        "both are kept"
    );
    // A concurrent change of a record that the sheet does not touch does not matter.
    let check = desk.upload(b"ref,kind,title\nd01,discount,Once more\n");
    assert_eq!(save(&eve, "/by-ref/d02/part/money", &[("cost", "Free")]).status, 303);
    assert_eq!(desk.take(&check, &[]).status, 303);
}

#[test]
fn opportunities_missing_from_sheet_are_kept_closed_or_removed() {
    let desk = Desk::new();
    let sheet = b"ref,kind,title\nd01,discount,Money off your weekly shop\n";
    let check = desk.upload(sheet);
    assert!(
        check.contains("39 are in the draft and not in the sheet") && check.contains("Close them")
    );
    desk.take(&check, &[("missing", "keep")]);
    assert!(desk.get("").contains("All (40)"));
    let check = desk.upload(sheet);
    desk.take(&check, &[("missing", "close")]);
    assert!(desk.get("").contains("Closed (39)"));
    let check = desk.upload(sheet);
    let done = desk.take(&check, &[("missing", "remove")]);
    assert!(to(&done).ends_with("cleared=39"));
    assert!(
        desk.get("").contains("All (1)") && desk.get("").contains("Removed in this draft (39)")
    );
}

/// A sheet with every column and so many rows.
fn many(rows: usize) -> String {
    let mut sheet =
        String::from("ref,kind,title,organisation,summary,how_to_apply,url,closes,pay\n");
    for row in 1..=rows {
        writeln!(
            sheet,
            "n-{row:04},job,Baker number {row} at a bakery with a long name,Crumb and Company \
             {row},\"You bake, and you learn; two days a week\",Ring us,https://example.org/{row},\
             {}/6/2099,£12 an hour",
            row % 28 + 1,
        )
        .unwrap();
    }
    sheet
}

#[test]
fn five_hundred_rows_stay_within_time_and_size_limits() {
    let desk = Desk::new();
    let timed = |what: &str, path: &str| {
        let begun = Instant::now();
        let page = desk.get(path);
        println!("{what}: {} bytes, {} ms", page.html.len(), begun.elapsed().as_millis());
        assert!(page.html.len() <= 60_000, "{what}: {}", page.html.len());
        page
    };
    let begun = Instant::now();
    let check = desk.upload(many(460).as_bytes());
    println!("upload and check: {} ms", begun.elapsed().as_millis());
    assert!(check.html.len() <= 60_000, "{}", check.html.len());
    let begun = Instant::now();
    assert_eq!(desk.take(&check, &[]).status, 303);
    println!("take: {} ms", begun.elapsed().as_millis());
    let page = timed("table", "");
    assert!(page.contains("500 opportunities") && page.contains("All (500)"));
    timed("table, last page", "?page=9");
    assert!(timed("far beyond", "?page=99999999999").html.contains("data-label"), "the last one");
    assert!(timed("search", "?q=bakery+with&sort=closes&kind=job").contains("460 opportunities"));
    timed("one of them", "/by-ref/n-0001");
    timed("its form", "/by-ref/n-0001/part/words");
    // Downloaded and uploaded again, the table changes nothing.
    let table = desk.ed.get(&format!("{HOME}/table.csv"));
    assert!(table.html.starts_with('\u{feff}'), "Excel knows it by its mark");
    let begun = Instant::now();
    let check = desk.upload(table.html.as_bytes());
    println!("the whole table again: {} ms", begun.elapsed().as_millis());
    for said in ["0 are new", "0 change", "500 stay as they are", "0 rows have a mistake"] {
        assert!(check.contains(said), "{said}: {}", check.html);
    }
    assert!(check.contains("There is nothing to put into the draft."));
    // All rows change.
    let changed = table.html.replace("You bake", "You cook").replace("Ring us", "Write to us");
    let check = desk.upload(changed.as_bytes());
    assert!(check.contains("460 change") && check.html.len() <= 60_000, "{}", check.html.len());
    timed("all that change", "/import/list/changed?page=3");
    timed("all that stay", "/import/list/unchanged");
}

#[test]
fn number_of_a_row_that_costs_extra_is_taken_once_its_cost_is_confirmed() {
    let desk = Desk::new();
    let sheet = "ref,kind,title,contact_phone\n\
        x-1,job,Baker,0901 234 5678\n\
        x-2,job,Cook,0901 234 5678 cost confirmed\n\
        x-3,job,Waiter,020 7946 0000 ext 4\n\
        x-4,job,Porter,٠٢٠ ٧٩٤٦ ٠٠٠١\n";
    let check = desk.upload(sheet.as_bytes());
    assert!(check.contains("3 are new") && check.contains("1 row has a mistake"), "{}", check.html);
    assert!(check.contains("£3.60 a minute") && check.contains("write “cost confirmed” after it"));
    let row = "/import/rows/2";
    let question = save(
        &desk.ed,
        row,
        &[("ref", "x-1"), ("kind", "job"), ("title", "Baker"), ("contact_phone", "0901 234 5678")],
    );
    assert_eq!(question.status, 200, "{}", question.html);
    let confirmed = question.field("cost-confirmed").unwrap();
    let fields = [
        ("ref", "x-1"),
        ("kind", "job"),
        ("title", "Baker"),
        ("contact_phone", "0901 234 5678"),
        ("cost-confirmed", &*confirmed),
    ];
    assert_eq!(save(&desk.ed, row, &fields).status, 303);
    desk.take(&desk.get("/import/check"), &[]);
    for (id, shown) in [
        ("x-1", "0901 234 5678 cost confirmed"),
        ("x-3", "020 7946 0000 ext 4"),
        ("x-4", "020 7946 0001"),
    ] {
        assert!(desk.get(&format!("/by-ref/{id}")).contains(shown), "{id}");
    }
}
