//! HTTPS: the server serves it in process, and a phone accepts only certificates from known
//! authorities.

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

/// Writes a self-signed certificate, and its key if `with_key`.
fn make(folder: &Path, with_key: bool) -> CertificateDer<'static> {
    let made = generate_simple_self_signed(vec!["localhost".into(), "127.0.0.1".into()]).unwrap();
    fs::write(folder.join("cert.pem"), made.cert.pem()).unwrap();
    if with_key {
        fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    }
    CertificateDer::from_pem_file(folder.join("cert.pem")).unwrap()
}

/// Starts a server with such a certificate.
fn https_server(folder: &Path) -> (TestServer, CertificateDer<'static>) {
    let certificate = make(folder, true);
    let mut settings = Settings::in_folder(folder.join("data"));
    settings.tls = Some(Tls { cert: folder.join("cert.pem"), key: folder.join("key.pem") });
    (TestServer::with(settings), certificate)
}

/// A client that trusts one certificate, or only known authorities.
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
fn server_accepts_only_https_on_its_port() {
    let folder = tempfile::tempdir().unwrap();
    let (server, certificate) = https_server(folder.path());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let ask = |client, scheme| runtime.block_on(health(client, scheme, &server));
    assert_eq!(ask(client(Some(certificate.clone())), "https"), Some(200));
    assert_eq!(ask(client(None), "https"), None, "a certificate nobody vouches for");
    assert_ne!(ask(client(Some(certificate)), "http"), Some(200), "in the clear");
}

/// Returns `true` if the server uses this certificate within some seconds.
fn is_used_soon(server: &TestServer, certificate: &CertificateDer<'static>) -> bool {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let begun = Instant::now();
    loop {
        // A client keeps its connections, so each attempt needs a new one.
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
fn renewed_certificate_is_used_without_restart_and_invalid_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let (server, old) = https_server(folder.path());
    assert!(is_used_soon(&server, &old));
    fs::write(folder.path().join("cert.pem"), "not a certificate").unwrap();
    // The server has polled the files by then.
    std::thread::sleep(Duration::from_secs(6));
    assert!(is_used_soon(&server, &old), "what cannot be used changes nothing");
    let without_its_key = make(folder.path(), false);
    std::thread::sleep(Duration::from_secs(6));
    assert!(is_used_soon(&server, &old), "half of a new one changes nothing");
    let new = make(folder.path(), true);
    assert!(is_used_soon(&server, &new));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for gone in [old, without_its_key] {
        let client = client(Some(gone));
        assert_eq!(runtime.block_on(health(client, "https", &server)), None);
    }
}

#[test]
fn phone_does_not_pair_with_an_untrusted_certificate() {
    let folder = tempfile::tempdir().unwrap();
    let (server, _) = https_server(folder.path());
    server.run(&["council", "add", "riverbridge", "Riverbridge Council"]);
    let code = server.invite(&server.add_person());
    let phone = TestPhone::new();
    let url = format!("https://localhost:{}", server.address().port());
    assert_eq!(phone.pair_through(&url, &server, &code), Err(PromiseError::Offline));
    assert_eq!(phone.council(), Ok(None));
    assert_eq!(
        phone.pair_through("http://promise.example.gov.uk", &server, &code),
        Err(PromiseError::AddressNotSafe)
    );
}
