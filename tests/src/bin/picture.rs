//! Draws a terminal's output, colours included, as an SVG for the README.
//!
//! `script -qc "phone --data FOLDER people" /dev/null | cargo run -p promise-tests --bin picture >
//! people.svg`

use std::io::{self, Read};

use anstyle_svg::Term;

fn main() {
    let mut shown = String::new();
    io::stdin().read_to_string(&mut shown).expect("what the terminal shows");
    println!("{}", Term::new().render_svg(&shown.replace('\r', "")));
}
