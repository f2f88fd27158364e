//! A real phone and a real server with a failure between them. Each failure has its own error, and
//! nothing is lost.

use std::{sync::Arc, thread, time::Duration};

use promise_core::{AskAbout, CancelHandle, OpportunityFilter, PocketPhone, PromiseError};
use promise_tests::{
    harness::{TestPhone, TestServer},
    proxy::Proxy,
};

const FORTY_YEARS: i64 = 40 * 365 * 24 * 3600 * 1000;
const HOUR: i64 = 3600 * 1000;

fn texts(phone: &TestPhone) -> Vec<String> {
    let mut texts: Vec<String> =
        phone.asks().list().unwrap().into_iter().map(|ask| ask.text).collect();
    texts.sort();
    texts
}

#[test]
fn each_refused_code_has_its_own_error() {
    let server = TestServer::start();
    let person = server.add_person();
    let phone = TestPhone::new();
    let code = server.invite(&person);
    assert_eq!(phone.pair(&server, "not a code"), Err(PromiseError::CodeWrong));
    let wrong_secret = format!("{}-0000-0000", &code[..4]);
    assert_eq!(phone.pair(&server, &wrong_secret), Err(PromiseError::CodeWrong));
    phone.pair(&server, &code.to_lowercase().replace('-', " ")).unwrap();
    assert_eq!(TestPhone::new().pair(&server, &code), Err(PromiseError::CodeUsed));

    let late = server.invite(&person);
    server.clock.set(HOUR);
    assert_eq!(TestPhone::new().pair(&server, &late), Err(PromiseError::CodeExpired));
    server.clock.set(0);

    let guessed = server.invite(&person);
    let wrong = format!("{}-0000-0000", &guessed[..4]);
    for _ in 0..5 {
        assert_eq!(TestPhone::new().pair(&server, &wrong), Err(PromiseError::CodeWrong));
    }
    assert_eq!(TestPhone::new().pair(&server, &guessed), Err(PromiseError::CodeLocked));
}

#[test]
fn phone_refuses_the_code_of_another_person() {
    let server = TestServer::start();
    let (ada, bea) = (server.add_person(), server.add_person());
    let phone = TestPhone::paired(&server, &ada);
    phone.asks().write("Mine", AskAbout::Anything).unwrap();
    assert_eq!(phone.pair(&server, &server.invite(&bea)), Err(PromiseError::OtherPerson));
    phone.sync().unwrap();
    assert!(server.run(&["ask", "list", "--person", &ada]).contains("Mine"));
    assert!(!server.run(&["ask", "list", "--person", &bea]).contains("Mine"));
}

/// The server was restored from a backup that is older than the phone's pairing, so it does not
/// know the phone. That is not a revocation.
#[test]
fn unknown_phone_keeps_its_data_and_can_pair_again() {
    let mut server = TestServer::start();
    let person = server.add_person();
    let backup = server.data().join("before.db");
    server.run(&["backup", backup.to_str().unwrap()]);
    let phone = TestPhone::paired(&server, &person);
    phone.sync().unwrap();
    server.stop();
    server.run(&["restore", backup.to_str().unwrap()]);
    server.resume();
    phone.asks().write("Written after", AskAbout::Anything).unwrap();
    assert_eq!(phone.sync(), Err(PromiseError::Unpaired));
    assert_eq!(texts(&phone), ["Written after"]);
    phone.pair(&server, &server.invite(&person)).unwrap();
    phone.sync().unwrap();
    assert!(server.run(&["ask", "list", "--person", &person]).contains("Written after"));
}

#[test]
fn connection_broken_at_any_byte_loses_nothing() {
    let server = TestServer::start();
    server.publish(&TestServer::council_folder());
    let person = server.add_person();
    let proxy = Proxy::start(server.address());
    let phone = TestPhone::paired_through(&proxy.url(), &server, &person);
    for round in 0..40 {
        phone.asks().write(&format!("Ask {round:02}"), AskAbout::Anything).unwrap();
        proxy.cut_after(round * 61);
        let broken = phone.sync();
        assert!(matches!(broken, Ok(_) | Err(PromiseError::Offline)), "{broken:?}");
    }
    phone.sync().unwrap();
    assert_eq!(texts(&phone).len(), 40);
    assert_eq!(phone.status().unwrap().unsent, 0);
    assert_eq!(server.run(&["ask", "list", "--person", &person]).lines().count(), 40);
    let all = OpportunityFilter { closed_too: true, ..OpportunityFilter::default() };
    assert_eq!(phone.opportunities().list(&all).unwrap().len(), 40);
}

#[test]
fn clocks_forty_years_wrong_still_converge() {
    let server = TestServer::start();
    let person = server.add_person();
    let (ahead, behind) =
        (TestPhone::paired(&server, &person), TestPhone::paired(&server, &person));
    ahead.clock.set(FORTY_YEARS);
    behind.clock.set(-FORTY_YEARS);
    ahead.asks().write("From 2066", AskAbout::Anything).unwrap();
    behind.asks().write("From 1986", AskAbout::Anything).unwrap();
    for _ in 0..2 {
        ahead.sync().unwrap();
        behind.sync().unwrap();
    }
    assert_eq!(texts(&ahead), texts(&behind));
    // A person who has seen an ask can delete it, whatever the phone's clock shows.
    let seen =
        ahead.asks().list().unwrap().into_iter().find(|ask| ask.text == "From 2066").unwrap();
    behind.asks().delete(&seen.id).unwrap();
    behind.sync().unwrap();
    ahead.sync().unwrap();
    assert_eq!(texts(&ahead), ["From 1986"]);
}

#[test]
fn stopped_server_is_offline_until_it_restarts() {
    let mut server = TestServer::start();
    let person = server.add_person();
    let phone = TestPhone::paired(&server, &person);
    phone.asks().write("Before", AskAbout::Anything).unwrap();
    server.stop();
    assert_eq!(phone.sync(), Err(PromiseError::Offline));
    server.resume();
    phone.sync().unwrap();
    assert!(server.run(&["ask", "list", "--person", &person]).contains("Before"));
}

#[test]
fn cancelled_sync_keeps_the_edit_for_the_next() {
    let server = TestServer::start();
    let person = server.add_person();
    let proxy = Proxy::start(server.address());
    let phone = Arc::new(TestPhone::paired_through(&proxy.url(), &server, &person));
    phone.asks().write("Kept", AskAbout::Anything).unwrap();
    proxy.delay_answers(Duration::from_secs(20));
    let cancel = CancelHandle::new();
    let (syncing, in_the_call) = (Arc::clone(&phone), cancel.clone());
    let sync = thread::spawn(move || PocketPhone::sync(&syncing, &in_the_call));
    thread::sleep(Duration::from_millis(200));
    cancel.cancel();
    assert_eq!(sync.join().unwrap(), Err(PromiseError::Cancelled));
    proxy.delay_answers(Duration::ZERO);
    phone.sync().unwrap();
    assert_eq!(phone.status().unwrap().unsent, 0);
}

#[test]
fn folder_with_issues_is_not_published() {
    let server = TestServer::start();
    let folder = tempfile::tempdir().unwrap();
    for file in ["promise.toml", "opportunities.csv", "directory.toml"] {
        std::fs::copy(TestServer::council_folder().join(file), folder.path().join(file)).unwrap();
    }
    let table = folder.path().join("opportunities.csv");
    let rows = std::fs::read_to_string(&table).unwrap().replacen("2027-06-30", "31/13/2027", 1);
    std::fs::write(&table, rows.replacen(",discount,", ",bargain,", 1)).unwrap();
    let path = folder.path().to_str().unwrap();
    let (code, printed) = server.try_run(&["publish", path, "--council", "riverbridge", "--yes"]);
    assert_ne!(code, std::process::ExitCode::SUCCESS);
    assert!(printed.contains("opportunities.csv:2:") && printed.contains("bargain"), "{printed}");
    assert!(
        printed.contains("opportunities.csv:3:") && printed.contains("31/13/2027"),
        "{printed}"
    );
    let phone = TestPhone::paired(&server, &server.add_person());
    phone.sync().unwrap();
    assert_eq!(phone.status().unwrap().edition, None, "nothing was published");
}

#[test]
fn card_edit_reaches_only_assigned_people() {
    let server = TestServer::start();
    let jo = server.add_staff("jo", &["--name", "Jo Okoro", "--phone", "07700 900001"]);
    let sam = server.add_staff("sam", &["--name", "Sam Lee", "--phone", "07700 900002"]);
    let phones: Vec<TestPhone> = (0..30)
        .map(|index| {
            let person = server.add_person();
            server.assign(&person, if index % 3 == 0 { &sam } else { &jo });
            TestPhone::paired(&server, &person)
        })
        .collect();
    for phone in &phones {
        phone.sync().unwrap();
    }
    let printed = server.run(&["contact", "set", "--staff", &jo, "--phone", "07700 900999"]);
    assert!(printed.contains("20 young people"), "{printed}");
    for (index, phone) in phones.iter().enumerate() {
        let synced = phone.sync().unwrap();
        let number = phone.contacts().list().unwrap()[0].phones[0].number.clone();
        let expected = if index % 3 == 0 { "+447700900002" } else { "+447700900999" };
        assert_eq!((number.as_str(), synced.requests), (expected, 1));
    }
}
