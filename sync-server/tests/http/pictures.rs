//! Pictures, from an editor's folder to a phone.

use std::{fs, io::Cursor, path::Path, process::ExitCode};

use image::{DynamicImage, ImageFormat, RgbImage};
use promise_database_sqlite::SqliteConnection;
use promise_protocol::pack::{self, Pack, Promise};

use crate::common::TestServer;

fn write_folder(folder: &Path, pledge: &str) {
    let image = DynamicImage::from(RgbImage::from_pixel(1200, 800, image::Rgb([200, 0, 0])));
    let mut png = Cursor::new(Vec::new());
    image.write_to(&mut png, ImageFormat::Png).unwrap();
    fs::write(folder.join("bus.png"), png.into_inner()).unwrap();
    fs::write(folder.join("page.html"), "<script>alert(1)</script>").unwrap();
    let promise = format!(
        "title = \"Our promise\"\n[council]\nid = \"barnet\"\nname = \"Barnet\"\n\
         [[section]]\nid = \"money\"\ntitle = \"Money\"\n\
         [[pledge]]\nid = \"bus\"\nsection = \"money\"\ntitle = \"Bus\"\ntext = \"A bus pass\"\n{pledge}\n"
    );
    fs::write(folder.join("promise.toml"), promise).unwrap();
    let columns = "ref,kind,title,organisation,summary,how_to_apply,url,contact_name,contact_email,\
        contact_phone,postcode,area,national,online,starts,closes,amount,cost,age_min,age_max,\
        care_leavers_only,evidence,outcome,languages\r\n";
    fs::write(folder.join("opportunities.csv"), columns).unwrap();
    fs::write(folder.join("directory.toml"), "council = \"barnet\"\n").unwrap();
}

fn publish(server: &TestServer, folder: &Path) -> (ExitCode, String) {
    server.run(&["publish", folder.to_str().unwrap(), "--council", "barnet", "--yes"])
}

#[tokio::test(flavor = "multi_thread")]
async fn published_picture_is_public() {
    let server = TestServer::start().await;
    let folder = tempfile::tempdir().unwrap();
    write_folder(folder.path(), "picture = \"bus.png\"\npicture_alt = \"A red bus\"");
    let (code, printed) = publish(&server, folder.path());
    assert_eq!(code, ExitCode::SUCCESS, "{printed}");
    assert!(printed.contains("Pictures: 1, 1 kB of at most 1000 kB"), "{printed}");
    let mut store = SqliteConnection::open(
        server.settings.database.file().unwrap(),
        promise_server::signing::open(&server.settings),
    )
    .unwrap();
    let promise = store
        .read(|tx| {
            let edition = tx.newest_edition(&"barnet".into())?.expect("it is published");
            let hash = &edition.packs[&pack::PackName::Promise];
            Ok::<_, promise_database::DatabaseError>(tx.pack(hash)?.expect("it is here"))
        })
        .unwrap();
    let promise = Promise::from_bytes(&promise.bytes).unwrap();
    let picture = promise.pictures()[0].clone();
    assert_eq!((picture.width, picture.height, &*picture.alt["en"]), (960, 640, "A red bus"));

    let response = server.get(&format!("/v1/pictures/{}", picture.hash), &[]).await;
    assert_eq!(response.status, 200);
    assert_eq!(pack::hash(&response.body), picture.hash);
    assert_eq!(response.body.len(), picture.bytes as usize);
    assert_eq!(response.header("content-type"), Some("image/webp"));
    assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(response.header("cache-control"), Some("public, max-age=31536000, immutable"));
    let seen = image::load_from_memory(&response.body).unwrap();
    assert_eq!((seen.width(), seen.height()), (960, 640));

    let (_, again) = publish(&server, folder.path());
    assert!(again.contains("nothing to do"), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn invalid_picture_publishes_nothing() {
    let server = TestServer::start().await;
    let folder = tempfile::tempdir().unwrap();
    write_folder(folder.path(), "picture = \"page.html\"\npicture_alt = \"A page\"");
    let (code, printed) = publish(&server, folder.path());
    assert_ne!(code, ExitCode::SUCCESS);
    assert!(
        printed.contains("promise.toml:13: picture \"page.html\": this is not a picture"),
        "{printed}"
    );
    for hash in ["a".repeat(64), "A".repeat(64), "..%2Fpacks".into(), "x".into()] {
        let response = server.get(&format!("/v1/pictures/{hash}"), &[]).await;
        assert_eq!(response.status, 404, "{hash}");
    }
}
