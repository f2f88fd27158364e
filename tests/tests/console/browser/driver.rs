//! Chromium, driven over `WebDriver`. Needs `chromium` and `chromium-driver` (Debian's packages).

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use data_encoding::BASE32_NOPAD;
use promise_tests::harness::TestServer;
use serde_json::{Value, json};
use thirtyfour::{By, ChromiumLikeCapabilities, DesiredCapabilities, WebDriver, WebElement};
use tokio::runtime::Runtime;

use crate::visitor::{PASSWORD, code, encrypting, link};

/// How long a page may take on a busy machine.
const PAGE_TIMEOUT: Duration = Duration::from_secs(10);

/// A window of a browser, and the program behind it. Both end when dropped.
pub(super) struct Browser {
    runtime: Runtime,
    driver: Option<WebDriver>,
    program: Child,
    base: String,
    /// The authenticator's secret.
    pub(super) secret: Vec<u8>,
}

impl Browser {
    /// Opens a new browser, 1280 pixels wide.
    pub(super) fn open(server: &TestServer) -> Self {
        Self::at(server.url())
    }

    /// Opens a new browser for the server at this address.
    pub(super) fn at(base: String) -> Self {
        encrypting();
        let mut program = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver runs: apt-get install chromium chromium-driver");
        let port = port(&mut program);
        let runtime = Runtime::new().unwrap();
        let driver = runtime.block_on(async {
            let mut wanted = DesiredCapabilities::chrome();
            wanted.set_binary("/usr/bin/chromium").unwrap();
            for argument in
                ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
            {
                wanted.add_arg(argument).unwrap();
            }
            WebDriver::new(format!("http://127.0.0.1:{port}"), wanted).await.unwrap()
        });
        let browser = Self { runtime, driver: Some(driver), program, base, secret: Vec::new() };
        browser.wide(1280);
        browser
    }

    /// Opens a browser in which a staff member signs in for the first time, with their link.
    pub(super) fn signed_up(server: &TestServer, handle: &str, role: &str, scripts: bool) -> Self {
        let mut browser = Self::open(server);
        if !scripts {
            browser.send_command("Emulation.setScriptExecutionDisabled", json!({"value": true}));
        }
        browser.go(&link(server, handle, role));
        browser.fill("password", PASSWORD);
        browser.press(".button");
        browser.set_up_authenticator();
        browser.press("a.button");
        browser
    }

    pub(super) fn set_up_authenticator(&mut self) {
        let secret = self.attribute("input[name=secret]", "value");
        self.secret = BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
        self.fill("code", &code(&self.secret, chrono::Utc::now().timestamp_millis()));
        self.press("main form .button");
    }

    pub(super) fn driver(&self) -> &WebDriver {
        self.driver.as_ref().unwrap()
    }

    pub(super) fn run<R>(&self, future: impl Future<Output = R>) -> R {
        self.runtime.block_on(future)
    }

    pub(super) fn go(&self, path: &str) {
        self.run(self.driver().goto(format!("{}{path}", self.base))).unwrap();
    }

    pub(super) fn back(&self) {
        self.run(self.driver().back()).unwrap();
    }

    pub(super) fn find(&self, css: &str) -> WebElement {
        self.wait_for(css, By::Css(css))
    }

    /// Presses an element; if it is a button, waits for the page that follows.
    pub(super) fn press(&self, css: &str) {
        let element = self.find(css);
        if css.contains("button") {
            self.leave(&element);
        } else {
            self.run(element.click()).unwrap_or_else(|error| panic!("{css}: {error}"));
        }
    }

    pub(super) fn follow(&self, text: &str) {
        self.leave(&self.wait_for(text, By::PartialLinkText(text)));
    }

    /// Clicks, and waits until another page is loaded.
    fn leave(&self, element: &WebElement) {
        let before = self.run(self.driver().find(By::Css("html"))).unwrap();
        self.run(element.click()).unwrap();
        let begun = Instant::now();
        while self.run(before.tag_name()).is_ok() {
            assert!(begun.elapsed() < PAGE_TIMEOUT, "nothing follows\n{}", self.text());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    #[expect(clippy::needless_pass_by_value, reason = "as the library takes it")]
    fn wait_for(&self, what: &str, by: By) -> WebElement {
        let begun = Instant::now();
        loop {
            match self.run(self.driver().find(by.clone())) {
                Ok(found) => return found,
                Err(_) if begun.elapsed() < PAGE_TIMEOUT => {
                    std::thread::sleep(Duration::from_millis(50));
                }
                Err(error) => panic!("no {what} ({error}) in\n{}", self.text()),
            }
        }
    }

    /// Replaces the text of a field.
    pub(super) fn fill(&self, id: &str, text: &str) {
        let field = self.find(&format!("#{id}"));
        self.run(async {
            field.clear().await.unwrap();
            field.send_keys(text).await.unwrap();
        });
    }

    pub(super) fn attribute(&self, css: &str, name: &str) -> String {
        self.run(self.find(css).attr(name)).unwrap().unwrap_or_default()
    }

    /// Returns the text of the page.
    pub(super) fn text(&self) -> String {
        let body = self.run(async { self.driver().find(By::Css("body")).await?.text().await });
        body.unwrap_or_default()
    }

    /// Returns `true` if the page contains the text within a few seconds.
    pub(super) fn contains(&self, text: &str) -> bool {
        let begun = Instant::now();
        while !self.text().contains(text) {
            if begun.elapsed() > PAGE_TIMEOUT {
                return false;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        true
    }

    /// Waits until the page contains the text.
    pub(super) fn wait_for_text(&self, text: &str) {
        assert!(self.contains(text), "no “{text}” in\n{}", self.text());
    }

    /// Sends Chromium a command that `WebDriver` does not have.
    pub(super) fn send_command(&self, command: &str, with: Value) -> Value {
        let result = self.run(async { self.driver().cdp().send_raw(command, with).await });
        result.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    pub(super) fn wide(&self, width: u32) {
        let size =
            json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500});
        self.send_command("Emulation.setDeviceMetricsOverride", size);
    }

    pub(super) fn dark(&self, dark: bool) {
        self.emulate(&[("prefers-color-scheme", if dark { "dark" } else { "light" })]);
    }

    /// Shows pages in the colours of a dark contrast theme, as Windows forces them.
    pub(super) fn force_colors(&self) {
        self.emulate(&[("forced-colors", "active"), ("prefers-color-scheme", "dark")]);
        let is_active = self.script("return matchMedia('(forced-colors: active)').matches;");
        assert_eq!(is_active, true);
    }

    fn emulate(&self, features: &[(&str, &str)]) {
        let feature = |(name, value): &(&str, &str)| json!({"name": name, "value": value});
        let features: Vec<Value> = features.iter().map(feature).collect();
        self.send_command("Emulation.setEmulatedMedia", json!({"features": features}));
    }

    /// Runs a script in the page and returns its result.
    pub(super) fn script(&self, script: &str) -> Value {
        let answer = self.run(self.driver().execute(script, Vec::new())).unwrap();
        answer.json().clone()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(driver) = self.driver.take() {
            let _ = self.runtime.block_on(driver.quit());
        }
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn port(program: &mut Child) -> u16 {
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
    let line = lines.find_map(|line| {
        let line = line.unwrap();
        let port = line.split("started successfully on port ").nth(1)?;
        Some(port.trim_end_matches('.').to_owned())
    });
    // The driver keeps writing, and would end if its output were closed.
    std::thread::spawn(move || lines.count());
    line.unwrap().parse().unwrap()
}
