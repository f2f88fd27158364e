//! Encryption on the way: the server does HTTPS in process, and a phone trusts no certificate that
//! nobody vouches for.

use std::{fs, sync::Arc};

use promise_core::Error;
use promise_server::config::{Settings, Tls};
use promise_tests::harness::{TestPhone, TestServer};
use rcgen::generate_simple_self_signed;
use rustls::pki_types::{CertificateDer, pem::PemObject};

/// A server with a certificate of its own making, and that certificate.
fn https_server(folder: &std::path::Path) -> (TestServer, CertificateDer<'static>) {
    let made = generate_simple_self_signed(vec!["localhost".into(), "127.0.0.1".into()]).unwrap();
    let (cert, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    fs::write(&cert, made.cert.pem()).unwrap();
    fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let certificate = CertificateDer::from_pem_file(&cert).unwrap();
    let mut settings = Settings::in_folder(folder.join("data"));
    settings.tls = Some(Tls { cert, key });
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

#[test]
fn a_phone_does_not_pair_with_a_server_that_nobody_vouches_for() {
    let folder = tempfile::tempdir().unwrap();
    let (server, _) = https_server(folder.path());
    server.run(&["council", "add", "riverbridge", "Riverbridge Council"]);
    let code = server.invite(&server.add_person());
    let phone = TestPhone::new();
    let url = format!("https://localhost:{}", server.address().port());
    assert_eq!(phone.pair(&url, &code), Err(Error::Offline));
    assert_eq!(phone.council(), Ok(None));
    assert_eq!(phone.pair("http://promise.example.gov.uk", &code), Err(Error::AddressNotSafe));
}
