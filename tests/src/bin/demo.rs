//! `cargo demo`: the main job from end to end, checked as it goes.

use std::io::{self, Read, Stdout};

use clap::Parser;
use promise_tests::demo::{OutputFormat, PASSWORD, Report, Story, play};

/// A council publishes, a phone pairs, goes offline and still works; an adviser changes a number,
/// and the phone receives it.
#[derive(Parser)]
#[command(name = "cargo demo --")]
struct Options {
    /// End after the demo instead of serving on.
    #[arg(long)]
    once: bool,
    /// One JSON object on each line.
    #[arg(long)]
    json: bool,
}

fn main() {
    let options = Options::parse();
    let format = if options.json { OutputFormat::Json } else { OutputFormat::Text };
    let mut report = Report::new(io::stdout(), format);
    let story = play(&mut report);
    report.aside("\nAll of this was checked as it went.");
    if options.once {
        return;
    }
    try_the_phone(&story, &mut report);
    try_the_console(&story, &mut report);
    report.aside("Press Enter to end.");
    // The end of the input ends it too.
    let _ = io::stdin().read(&mut [0]);
}

fn try_the_phone(story: &Story, report: &mut Report<Stdout>) {
    let server = story.server.url();
    report.aside(&format!("\nThe server goes on at {server}. Try a phone in another terminal:\n"));
    let phone = "cargo run -q --example phone -- --data target/my-phone";
    let code = story.code();
    report.aside(&format!("  {phone} pair {server} {code}"));
    report.aside("\nThe phone shows a number. Say yes to it in a third terminal:\n");
    report.aside(&format!("  {}\n", story.confirm(&code)));
    report.aside(&format!("  {phone} sync"));
    report.aside(&format!("  {phone}"));
    report.aside(&format!("\nand change Jo's number:\n\n  {}\n", story.change_number()));
}

fn try_the_console(story: &Story, report: &mut Report<Stdout>) {
    report.aside(&format!("or in the console: {}/console\n", story.server.url()));
    report.aside(&format!("  Password of everybody: {PASSWORD}"));
    report.aside("  Each code works once; there is no authenticator in this demo.\n");
    for ready in story.console() {
        let codes = ready.codes.join("  ");
        report.aside(&format!("  {:<12} {:<28} {codes}", ready.name, ready.who));
    }
    report.aside("");
}
