//! Pictures that a promise names.

use std::{fs, io::Cursor, path::Path};

use image::{DynamicImage, ImageFormat, RgbImage};

use super::{DIRECTORY, PROMISE, good_row};
use crate::{EditionContent, Issue, picture::PreparedPicture, read_folder};

fn png(width: u32, red: u8) -> Vec<u8> {
    let image = RgbImage::from_pixel(width, 60, image::Rgb([red, 0, 0]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(image).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A folder with two pictures, and this in its promise: a section and a pledge.
fn folder(
    section: &str,
    pledge: &str,
) -> Result<(EditionContent, Vec<PreparedPicture>), Vec<Issue>> {
    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, bytes: &[u8]| fs::write(folder.path().join(file), bytes).unwrap();
    fs::create_dir(folder.path().join("pictures")).unwrap();
    write("bus.png", &png(100, 200));
    write("pictures/home.png", &png(2000, 100));
    write("notes.txt", b"no picture");
    let promise = PROMISE.replace("[[pledge]]", &format!("{section}\n[[pledge]]"));
    write("promise.toml", format!("{promise}{pledge}\n").as_bytes());
    write("opportunities.csv", good_row().as_bytes());
    write("directory.toml", DIRECTORY.as_bytes());
    read_folder(Path::new(folder.path()))
}

fn issues(pledge: &str) -> Vec<String> {
    folder("", pledge).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn sections_and_pledges_can_have_pictures() {
    let section = "picture = \"pictures/home.png\"\npicture_alt = \"A front door\"";
    let pledge = "picture = \"bus.png\"\npicture_alt.en = \"A bus\"\npicture_alt.ar = \"حافلة\"";
    let (content, ready) = folder(section, pledge).unwrap();
    let of_section = content.promise.sections[0].picture.as_ref().unwrap();
    assert_eq!((of_section.width, of_section.alt["en"].as_str()), (960, "A front door"));
    let of_pledge = content.promise.pledges.0[0].picture.as_ref().unwrap();
    assert_eq!((of_pledge.width, of_pledge.height, of_pledge.alt.len()), (100, 60, 2));
    let mut named: Vec<&str> =
        content.promise.pictures().iter().map(|picture| picture.hash.as_str()).collect();
    let mut hashes: Vec<&str> = ready.iter().map(|ready| ready.hash.as_str()).collect();
    named.sort_unstable();
    hashes.sort_unstable();
    assert_eq!(named, hashes);
}

#[test]
fn picture_named_twice_is_prepared_once() {
    let both = "picture = \"bus.png\"\npicture_alt = \"A bus\"";
    let (content, ready) = folder(both, both).unwrap();
    assert_eq!((content.promise.pictures().len(), ready.len()), (1, 1));
}

#[test]
fn each_issue_has_its_line_and_sentence() {
    let alt = "picture_alt = \"A bus\"";
    let cases = [
        (
            format!("picture = \"car.png\"\n{alt}"),
            "22: picture \"car.png\": the file cannot be read",
        ),
        (
            format!("picture = \"notes.txt\"\n{alt}"),
            "22: picture \"notes.txt\": this is not a picture",
        ),
        (
            format!("picture = \"../bus.png\"\n{alt}"),
            "22: picture \"../bus.png\": the picture must be in the folder",
        ),
        (
            format!("picture = \"/etc/passwd\"\n{alt}"),
            "22: picture \"/etc/passwd\": the picture must be in the folder",
        ),
        (
            format!("picture = \"..\\\\bus.png\"\n{alt}"),
            "22: picture \"..\\bus.png\": the picture must be in the folder",
        ),
        ("picture = \"bus.png\"".into(), "22: this picture has no picture_alt"),
        (alt.into(), "22: picture_alt says what a picture shows, and there is no picture"),
        ("picture = \"bus.png\"\npicture_alt.ar = \"x\"".into(), "23: picture_alt has no English"),
        (format!("picture = 7\n{alt}"), "22: picture must be a text"),
    ];
    for (pledge, what) in cases {
        let found = issues(&pledge);
        let start = format!("promise.toml:{what}");
        assert!(found.iter().any(|issue| issue.starts_with(&start)), "{pledge}: {found:#?}");
    }
}
