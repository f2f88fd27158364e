//! The server's program: passes the command line to the library.

use std::{io, process::ExitCode};

use promise_server::cli::{self, Output};

fn main() -> ExitCode {
    let (mut out, mut err, mut input) = (io::stdout(), io::stderr(), io::stdin().lock());
    let mut output = Output { out: &mut out, err: &mut err, input: &mut input };
    cli::run(std::env::args_os(), &mut output)
}
