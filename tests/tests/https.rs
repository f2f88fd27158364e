//! Encryption on the way: the server does HTTPS in process, and a phone trusts no certificate that
//! nobody vouches for.

use std::{
    fs,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use promise_core::PromiseError;
use promise_server::config::{Settings, Tls};
use promise_tests::harness::{TestPhone, TestServer};
use rcgen::generate_simple_self_signed;
use rustls::pki_types::{CertificateDer, pem::PemObject};

/// Writes a certificate of our own making, and its key if that is wanted too.
fn make(folder: &Path, with_key: bool) -> CertificateDer<'static> {
    let made = generate_simple_self_signed(vec!["localhost".into(), "127.0.0.1".into()]).unwrap();
    fs::write(folder.join("cert.pem"), made.cert.pem()).unwrap();
    if with_key {
        fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    }
    CertificateDer::from_pem_file(folder.join("cert.pem")).unwrap()
}

/// A server with such a certificate.
fn https_server(folder: &Path) -> (TestServer, CertificateDer<'static>) {
    let certificate = make(folder, true);
    let mut settings = Settings::in_folder(folder.join("data"));
    settings.tls = Some(Tls { cert: folder.join("cert.pem"), key: folder.join("key.pem") });
    (TestServer::with(settings), certificate)
}

/// A client that trusts one certificate, or nobody.
fn client(trusted: Option<CertificateDer<'static>>) -> reqwest::Client {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(trusted);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    reqwest::Client::builder().no_proxy().tls_backend_preconfigured(tls).build().unwrap()
}

async fn health(client: reqwest::Client, scheme: &str, server: &TestServer) -> Option<u16> {
    let url = format!("{scheme}://{}/healthz", server.address());
    client.get(url).send().await.ok().map(|response| response.status().as_u16())
}

#[test]
fn the_server_speaks_https_and_nothing_else_on_its_port() {
    let folder = tempfile::tempdir().unwrap();
    let (server, certificate) = https_server(folder.path());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let ask = |client, scheme| runtime.block_on(health(client, scheme, &server));
    assert_eq!(ask(client(Some(certificate.clone())), "https"), Some(200));
    assert_eq!(ask(client(None), "https"), None, "a certificate nobody vouches for");
    assert_ne!(ask(client(Some(certificate)), "http"), Some(200), "in the clear");
}

/// Whether the server uses this certificate before long.
fn comes_to_use(server: &TestServer, certificate: &CertificateDer<'static>) -> bool {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let begun = Instant::now();
    loop {
        // A client keeps its connections: each look is a new one's.
        let client = client(Some(certificate.clone()));
        if runtime.block_on(health(client, "https", server)) == Some(200) {
            return true;
        }
        if begun.elapsed() > Duration::from_secs(20) {
            return false;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn a_new_certificate_comes_to_use_without_a_restart_and_a_wrong_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let (server, old) = https_server(folder.path());
    assert!(comes_to_use(&server, &old));
    fs::write(folder.path().join("cert.pem"), "not a certificate").unwrap();
    // It has looked by then.
    std::thread::sleep(Duration::from_secs(6));
    assert!(comes_to_use(&server, &old), "what cannot be used changes nothing");
    let without_its_key = make(folder.path(), false);
    std::thread::sleep(Duration::from_secs(6));
    assert!(comes_to_use(&server, &old), "half of a new one changes nothing");
    let new = make(folder.path(), true);
    assert!(comes_to_use(&server, &new));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for gone in [old, without_its_key] {
        let client = client(Some(gone));
        assert_eq!(runtime.block_on(health(client, "https", &server)), None);
    }
}

#[test]
fn a_phone_does_not_pair_with_a_server_that_nobody_vouches_for() {
    let folder = tempfile::tempdir().unwrap();
    let (server, _) = https_server(folder.path());
    server.run(&["council", "add", "riverbridge", "Riverbridge Council"]);
    let code = server.invite(&server.add_person());
    let phone = TestPhone::new();
    let url = format!("https://localhost:{}", server.address().port());
    assert_eq!(phone.pair(&url, &code), Err(PromiseError::Offline));
    assert_eq!(phone.council(), Ok(None));
    assert_eq!(
        phone.pair("http://promise.example.gov.uk", &code),
        Err(PromiseError::AddressNotSafe)
    );
}
