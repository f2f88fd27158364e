//! A browser as HTTP sees it: cookies, forms and redirects.

use std::{cell::RefCell, collections::BTreeMap};

use data_encoding::BASE32_NOPAD;
use promise_tests::harness::{COUNCIL, TestServer};
use reqwest::{Client, RequestBuilder, redirect::Policy};
use tokio::runtime::Runtime;
use totp_rs::Builder;

/// The password of every account in these tests.
pub(crate) const PASSWORD: &str = "seven green kettles sing";

/// A response.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) to: Option<String>,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) html: String,
}

impl Page {
    /// Returns the value of the first input of this name.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        let at = self.html.find(&format!("name=\"{name}\""))?;
        let rest = &self.html[at..];
        let end = rest.find('>')?;
        let value = rest[..end].split_once("value=\"")?.1;
        Some(unescape(value.split_once('"')?.0))
    }

    pub(crate) fn contains(&self, text: &str) -> bool {
        unescape(&self.html).contains(text)
    }
}

fn unescape(html: &str) -> String {
    [
        ("&#34;", "\""),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#38;", "&"),
    ]
    .iter()
    .fold(html.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// A browser without a display.
pub(crate) struct Visitor {
    runtime: Runtime,
    http: Client,
    base: String,
    pub(crate) cookies: RefCell<BTreeMap<String, String>>,
    csrf: RefCell<String>,
    /// The authenticator's secret.
    pub(crate) secret: RefCell<Vec<u8>>,
}

impl Visitor {
    pub(crate) fn new(server: &TestServer) -> Self {
        Self::at(server.url())
    }

    /// A browser for the server at this address.
    pub(crate) fn at(base: String) -> Self {
        encrypting();
        let http = Client::builder().redirect(Policy::none()).build().unwrap();
        Self {
            runtime: Runtime::new().unwrap(),
            http,
            base,
            cookies: RefCell::default(),
            csrf: RefCell::default(),
            secret: RefCell::default(),
        }
    }

    /// Signs a staff member of this role in for the first time.
    pub(crate) fn signed_up(server: &TestServer, handle: &str, role: &str) -> Self {
        let visitor = Self::new(server);
        let page = visitor.choose_password(&link(server, handle, role));
        assert_eq!(page.status, 200, "{}", page.html);
        let secret = BASE32_NOPAD.decode(page.field("secret").unwrap().as_bytes()).unwrap();
        *visitor.secret.borrow_mut() = secret.clone();
        let fields = [("secret", page.field("secret").unwrap()), ("code", visitor.code(0))];
        let page = visitor.post("/console/sign-in/authenticator", &fields);
        assert!(page.contains("recovery codes"), "{}", page.html);
        visitor
    }

    /// Signs in, in another browser, the staff member who signed up in `first`.
    pub(crate) fn signed_in_again(server: &TestServer, first: &Self, name: &str) -> Self {
        let visitor = Self::new(server);
        visitor.get("/console/sign-in");
        let fields = [("name", name.to_owned()), ("password", PASSWORD.to_owned())];
        let page = visitor.post("/console/sign-in", &fields);
        assert_eq!(page.to.as_deref(), Some("/console/sign-in/code"), "{}", page.html);
        visitor.get("/console/sign-in/code");
        let code = first.code(server.clock.shift());
        let page = visitor.post("/console/sign-in/code", &[("code", code)]);
        assert_eq!(page.status, 303, "{}", page.html);
        visitor
    }

    pub(crate) fn choose_password(&self, path: &str) -> Page {
        assert_eq!(self.get(path).status, 200);
        self.post(path, &[("password", PASSWORD.to_owned())])
    }

    /// Returns the code that the authenticator shows so many milliseconds from now.
    pub(crate) fn code(&self, shifted_millis: i64) -> String {
        let now = chrono::Utc::now().timestamp_millis() + shifted_millis;
        code(&self.secret.borrow(), now)
    }

    pub(crate) fn get(&self, path: &str) -> Page {
        self.send(self.http.get(format!("{}{path}", self.base)))
    }

    /// Sends a form with the token of the page that was loaded last.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, String)]) -> Page {
        let csrf = self.csrf.borrow().clone();
        self.post_with(path, &csrf, &self.base, fields)
    }

    pub(crate) fn post_with(
        &self,
        path: &str,
        csrf: &str,
        origin: &str,
        fields: &[(&str, String)],
    ) -> Page {
        self.post_from(path, csrf, &[("origin", origin)], fields)
    }

    /// Sends a form with these headers, which say where it comes from.
    pub(crate) fn post_from(
        &self,
        path: &str,
        csrf: &str,
        headers: &[(&str, &str)],
        fields: &[(&str, String)],
    ) -> Page {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.append_pair("csrf", csrf);
        for (name, value) in fields {
            body.append_pair(name, value);
        }
        let request = self.http.post(format!("{}{path}", self.base));
        let request =
            headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let kind = "application/x-www-form-urlencoded";
        self.send(request.header("content-type", kind).body(body.finish()))
    }

    /// Sends a form with a file and the token of the page that was loaded last.
    pub(crate) fn post_file(&self, path: &str, fields: &[(&str, &str)], file: &[u8]) -> Page {
        self.post_files(path, fields, &[("file", file)])
    }

    /// Like [`post_file`](Self::post_file), with a file for each of several fields.
    pub(crate) fn post_files(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Page {
        const BOUNDARY: &str = "----a-form-with-a-file";
        let csrf = self.csrf.borrow().clone();
        let mut body = Vec::new();
        for (name, value) in [("csrf", csrf.as_str())].iter().chain(fields) {
            let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"");
            body.extend(format!("{head}\r\n\r\n{value}\r\n").into_bytes());
        }
        for (name, file) in files {
            let name = format!("name=\"{name}\"; filename=\"x.csv\"");
            let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; {name}");
            body.extend(format!("{head}\r\ncontent-type: text/csv\r\n\r\n").into_bytes());
            body.extend(*file);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
        let request = self.http.post(format!("{}{path}", self.base)).header("origin", &self.base);
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send(request.header("content-type", kind).body(body))
    }

    fn send(&self, request: RequestBuilder) -> Page {
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        // Another address each time, for a server that trusts the header.
        let [a, b, c] = rand::random::<[u8; 3]>();
        let request = request.header("x-forwarded-for", format!("10.{a}.{b}.{c}"));
        let request = request.header("cookie", cookies.join("; "));
        let page = self.runtime.block_on(async {
            let answer = request.send().await.unwrap();
            let text = |value: &reqwest::header::HeaderValue| value.to_str().unwrap().to_owned();
            for set in answer.headers().get_all("set-cookie") {
                self.keep(&text(set));
            }
            let headers: BTreeMap<String, String> = answer
                .headers()
                .iter()
                .map(|(name, value)| (name.to_string(), text(value)))
                .collect();
            Page {
                status: answer.status().as_u16(),
                to: headers.get("location").cloned(),
                headers,
                html: answer.text().await.unwrap(),
            }
        });
        if let Some(csrf) = page.field("csrf") {
            *self.csrf.borrow_mut() = csrf;
        }
        page
    }

    fn keep(&self, set: &str) {
        for part in ["Secure", "HttpOnly", "SameSite=Strict", "Path=/"] {
            assert!(set.contains(part), "{part}: {set}");
        }
        let (name, rest) = set.split_once('=').unwrap();
        assert!(name.starts_with("__Host-"), "{name}");
        let value = rest.split(';').next().unwrap();
        let mut cookies = self.cookies.borrow_mut();
        if value.is_empty() {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// Installs rustls's provider, which the library requires even without encryption.
pub(crate) fn encrypting() {
    // Another test of this process may have installed it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Returns the code that an authenticator shows.
pub(crate) fn code(secret: &[u8], millis: i64) -> String {
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(millis / 1000).unwrap()).to_string()
}

/// Returns the path of a link for a first sign-in.
pub(crate) fn link(server: &TestServer, handle: &str, role: &str) -> String {
    let printed = server.run(&["staff", "sign-in", "--staff", handle, "--role", role]);
    let link = printed.lines().find_map(|line| line.strip_prefix("Link: ")).unwrap();
    link[link.find("/console").unwrap()..].to_owned()
}

/// Adds a young person with a reference.
pub(crate) fn person(server: &TestServer, reference: &str) -> String {
    let line = ["person", "add", "--council", COUNCIL, "--reference", reference];
    server.run(&line).trim().to_owned()
}
