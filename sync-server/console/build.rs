//! Concatenates the words of all features: `words/en/*.ftl` becomes `$OUT_DIR/en.ftl`.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let folder = Path::new("words/en");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    files.sort();
    let mut words = String::new();
    for file in files {
        words.push_str(&fs::read_to_string(file)?);
        words.push('\n');
    }
    let target = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    fs::write(Path::new(&target).join("en.ftl"), words)
}
