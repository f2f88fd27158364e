//! Writes the Kotlin or Swift that goes with a built `promise-ffi`:
//! `promise-bindgen kotlin|swift LIBRARY FOLDER SETTINGS`. SETTINGS are uniffi's: packages, names and types of
//! the generated code.
//!
//! A program of its own, and not in the workspace's default members: it takes long to compile.

use std::{env, error::Error, process::ExitCode};

use uniffi::{GenerateOptions, TargetLanguage, generate};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let typed: Vec<String> = env::args().skip(1).collect();
    let [language, library, folder, settings] = typed.as_slice() else {
        return Err("type: promise-bindgen kotlin|swift LIBRARY FOLDER SETTINGS".into());
    };
    let language = match language.as_str() {
        "kotlin" => TargetLanguage::Kotlin,
        "swift" => TargetLanguage::Swift,
        other => return Err(format!("no such language here: {other}").into()),
    };
    generate(GenerateOptions {
        languages: vec![language],
        source: library.into(),
        out_dir: folder.into(),
        config_override: Some(settings.into()),
        ..GenerateOptions::default()
    })?;
    Ok(ExitCode::SUCCESS)
}
