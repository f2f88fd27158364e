//! The table of calls in `CALLS.md` lists what the code exports, each with its thread rule and its
//! errors. To update it: `PROMISE_WRITE=1 cargo test -p promise-tests --test calls`.

use std::{env, fmt::Write, fs, path::Path};

/// Calls that work while the phone is paused, or without a phone.
const ALWAYS: &[&str] = &[
    "pause",
    "lock",
    "set_listener",
    "new",
    "cancel",
    "details",
    "digits",
    "error_message",
    "can_retry",
    "isolate",
    "is_right_to_left",
    "phone_number_use",
];

/// Calls that fail with `Locked` unless the app lock is open.
const NEEDS_OPEN: &[&str] = &[
    "allow_platform_unlock",
    "forbid_platform_unlock",
    "set_pin",
    "change_pin",
    "remove_pin",
    "set_quiet_pin",
    "remove_quiet_pin",
    "write_ask",
    "share_with_adviser",
    "delete_ask",
    "answer_appointment",
    "edit_contact",
    "add_own_contact",
    "edit_own_contact",
    "delete_own_contact",
    "preview_cards",
    "import_cards",
    "devices",
    "invite_device",
    "revoke_device",
    "confirm_device",
    "veto_device",
    "mark_device_seen",
    "erase_account",
    "erase_this_phone",
    "export_json",
    "export_page",
    "export_cards",
    "export_calendar",
    "save_opportunity",
    "unsave_opportunity",
    "set_pictures_with_sync",
    "write_profile",
    "mark_pledge",
    "unmark_pledge",
    "recovery_phrase",
    "confirm_recovery_phrase",
    "change_recovery_phrase",
    "pair",
    "pair_by_link",
    "finish_pairing",
    "wait_for_new_device",
    "confirm_new_device",
    "refuse_new_device",
    "relink",
];

struct Call {
    object: Option<String>,
    name: String,
    takes: String,
    gives: String,
    guarded: bool,
}

#[test]
fn table_of_calls_is_what_is_exported() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../bindings");
    let table = table(&calls(&folder.join("src")));
    let file = folder.join("CALLS.md");
    if env::var_os("PROMISE_WRITE").is_some() {
        fs::write(&file, &table).unwrap();
    }
    assert!(fs::read_to_string(&file).unwrap() == table, "CALLS.md is not what the code exports");
}

#[test]
fn every_call_is_guarded_and_returns_the_error() {
    let calls = calls(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../bindings/src"));
    assert!(calls.len() > 40);
    for call in &calls {
        assert!(call.guarded, "{} lets panics through", call.name);
        assert!(
            call.gives.starts_with("Result<") && call.gives.ends_with(", PromiseError>"),
            "{}",
            call.name
        );
        assert!(!["close", "destroy"].contains(&call.name.as_str()), "{} is taken", call.name);
    }
}

/// Every exported function and method, as declared in its file.
fn calls(folder: &Path) -> Vec<Call> {
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut calls = Vec::new();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let source = fs::read_to_string(&file).unwrap();
        for block in source.split("#[uniffi::export]\n").skip(1).filter(|_| name != "faults.rs") {
            let object = block.strip_prefix("impl ").and_then(|rest| rest.split_once(' '));
            let object = object.map(|(name, _)| name.to_owned());
            let block = &block[..block.find("\n}\n").expect("an end")];
            for call in block.split("pub fn ").skip(1) {
                let (head, body) = call.split_once('{').expect("a body");
                let (takes, gives) = head.split_once("->").expect("a result");
                let (called, takes) = takes.split_once('(').expect("arguments");
                calls.push(Call {
                    object: object.clone(),
                    name: called.to_owned(),
                    takes: one_line(takes.trim().trim_end_matches(')')),
                    gives: one_line(gives),
                    guarded: body.contains("guard("),
                });
            }
        }
    }
    calls
}

fn one_line(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_start_matches("&self").trim_matches([',', ' ']).to_owned()
}

fn table(calls: &[Call]) -> String {
    let mut table = String::from(
        "# Calls\n\nWhat Kotlin and Swift can call, in the names of the code. `tests/tests/calls.rs` checks that this table is what is exported.\n\n\
        - **disk**: from any thread but the main one; waits some milliseconds for the database.\n\
        - **network**: from any thread but the main one; waits for the network until its `CancelHandle` is cancelled or it gives up (45 seconds without a byte).\n\
        - **at once**: from any thread; waits for nothing but a lock.\n\n\
        Each call may fail with `Internal` (a bug of ours; a panic becomes it). *Storage* is `Damaged`, `NewerData`, `ReadOnly`, `DiskFull`; *paused* is `Paused`; \
        *online* is `NotPaired`, `Offline`, `ServerBusy`, `ServerWrong`, `UpdateNeeded`, `AddressNotSafe`, `Unpaired`, `Revoked`, `Released`, `Cancelled`; \
        *locked* is `Locked`, unless the app lock is open. Other calls leave out what must not be read.\n\n\
        `PairingDetails` has the council's name, as the server gives it, and `server`, its host as a person reads it: an app shows both before the person says yes.\n\n\
        | call | takes | gives | thread | errors |\n|---|---|---|---|---|\n",
    );
    for call in calls {
        let gives = call.gives.trim_start_matches("Result<").trim_end_matches(", PromiseError>");
        let takes = if call.takes.is_empty() { String::new() } else { format!("`{}`", call.takes) };
        let of = match call.object.as_deref() {
            Some("PocketPhone") => String::new(),
            Some(other) => format!("`{other}` "),
            None => "function ".to_owned(),
        };
        let (name, thread, errors) = (&call.name, thread(call), errors(call));
        writeln!(table, "| {of}`{name}` | {takes} | `{gives}` | {thread} | {errors} |").unwrap();
    }
    table
}

/// Exactly the calls that take a handle to cancel them wait for the network.
fn is_online(call: &Call) -> bool {
    call.takes.contains("CancelHandle")
}

fn works_always(call: &Call) -> bool {
    ALWAYS.contains(&call.name.as_str())
}

fn thread(call: &Call) -> &'static str {
    match call {
        call if is_online(call) => "network",
        call if works_always(call) => "at once",
        _ => "disk",
    }
}

#[expect(clippy::match_same_arms, reason = "a table: each row is a rule of its own")]
fn errors(call: &Call) -> String {
    if works_always(call) {
        return String::new();
    }
    let own = match call.name.as_str() {
        "open" | "resume" => return "`WrongKey`, storage".into(),
        "set_aside" => return "`ReadOnly`".into(),
        "pair" | "pair_by_link" => {
            "`CodeWrong`, `CodeUsed`, `CodeExpired`, `CodeLocked`, `TwoPhones`, `PairingRefused`, `OtherPhone`"
        }
        "finish_pairing" => {
            "`CodeUsed`, `CodeExpired`, `TwoPhones`, `PairingRefused`, `OtherPerson`"
        }
        "wait_for_new_device" => {
            "`CodeWrong`, `CodeUsed`, `CodeExpired`, `TwoPhones`, `PairingRefused`, `LimitedPhone`"
        }
        "confirm_new_device" => {
            "`CodeUsed`, `CodeExpired`, `TwoPhones`, `PairingRefused`, `DigitsDiffer`, `LimitedPhone`"
        }
        "refuse_new_device" => {
            "`CodeUsed`, `CodeExpired`, `TwoPhones`, `PairingRefused`, `LimitedPhone`"
        }
        "relink_check" => "`NotPaired`",
        "unlock" => "`WrongPin`, `TooManyTries`, `NoPin`",
        "unlock_with_platform" => "`WrongPin`, `NoPin`",
        "set_pin" => "`Invalid`, `UnsafePin`, `WrongPin`, `NotPaired`",
        "change_pin" | "set_quiet_pin" => {
            "`WrongPin`, `TooManyTries`, `NoPin`, `Invalid`, `UnsafePin`"
        }
        "remove_pin" | "remove_quiet_pin" | "allow_platform_unlock" => {
            "`WrongPin`, `TooManyTries`, `NoPin`"
        }
        "forbid_platform_unlock" => "`NoPin`",
        "relink" => {
            "`CodeWrong`, `CodeUsed`, `CodeExpired`, `CodeLocked`, `OtherPhone`, `OtherPerson`"
        }
        "sync" | "sync_data" => "`EditionDamaged`, `EditionNotSigned`, `EditionOlder`",
        "revoke_device" | "confirm_device" | "veto_device" => "`NotFound`, `LimitedPhone`",
        "invite_device" | "erase_account" => "`LimitedPhone`",
        "mark_device_seen" => "`NotFound`",
        "unsave_opportunity" | "unmark_pledge" | "delete_own_contact" => "`NotFound`, `NotPaired`",
        "delete_ask" => "`NotFound`, `NotPaired`, `Released`",
        "save_opportunity" | "mark_pledge" | "edit_contact" => {
            "`NotFound`, `TooLong`, `Invalid`, `NotPaired`"
        }
        "answer_appointment" | "share_with_adviser" => {
            "`NotFound`, `TooLong`, `Invalid`, `NotPaired`, `Released`"
        }
        "write_ask" => "`TooLong`, `Invalid`, `NotPaired`, `Released`",
        "add_own_contact" => {
            "`TooLong`, `Invalid`, `InvalidPhoneNumber`, `CostlyPhoneNumber`, `NotPaired`"
        }
        "edit_own_contact" => {
            "`NotFound`, `TooLong`, `Invalid`, `InvalidPhoneNumber`, `CostlyPhoneNumber`, `NotPaired`"
        }
        "preview_cards" => "`NoCards`, `CardsTooLarge`",
        "import_cards" => "`NoCards`, `CardsTooLarge`, `Invalid`, `CostlyPhoneNumber`, `NotPaired`",
        "write_profile" => "`TooLong`, `Invalid`, `NotPaired`",
        "export_page" => "`Invalid`",
        "recovery_phrase" => "`RecoveryPhraseNeeded`",
        "confirm_recovery_phrase" => "`RecoveryPhraseNeeded`, `Invalid`",
        "enter_recovery_phrase" => {
            "`UnknownRecoveryWord`, `RecoveryPhraseLength`, `RecoveryPhraseChecksum`, `WrongRecoveryPhrase`, `NotSynced`, `NotPaired`"
        }
        "change_recovery_phrase" => {
            "`LimitedPhone`, `NotSynced`, `RecoveryPhraseNeeded`, `NotPaired`"
        }
        _ => "",
    };
    let online = if is_online(call) { "online" } else { "" };
    let locked = if NEEDS_OPEN.contains(&call.name.as_str()) { "locked" } else { "" };
    let parts = [own, online, locked, "paused", "storage"];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
