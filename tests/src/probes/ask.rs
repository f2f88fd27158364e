//! One probe: the caller, the request and the response.

use promise_console::route_list;
use promise_protocol::{PHONE_SIGNATURE, ids::StaffId};
use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use reqwest::Method;
use serde_json::Value;

use super::{
    signing::sign,
    world::{Pass, Person, World},
};

/// The stream of nudges never ends, and is left out.
const ENDLESS: &str = "/v1/events";

/// Routes that would end the caller's own sign-in, and so leave fewer callers.
const ABOUT_ONESELF: [&str; 4] =
    ["/console/sign-out", "/console/sign-in", "/console/account", "/console/again"];

/// The fields in which a form may name a person or a staff member.
const NAMING: [&str; 10] =
    ["person", "people", "staff", "from", "to", "adviser", "colleague", "whose", "author", "phone"];

/// The response to a probe.
pub(super) struct Answer {
    pub(super) status: u16,
    caller: usize,
    asked: String,
    body: String,
}

impl Answer {
    /// Returns what should not be in it.
    pub(super) fn find(&self, world: &World) -> Option<String> {
        let Self { status, caller, asked, body } = self;
        if *status >= 500 {
            return Some(format!("{status} to {asked}"));
        }
        let mut forbidden = world.forbidden(*caller);
        let (_, owner) = forbidden.find(|(mark, _)| body.contains(*mark))?;
        Some(format!("{status} to {asked} by caller {caller} holds what is {owner}'s"))
    }
}

/// Sends probes.
pub(super) struct Asker<'a> {
    world: &'a World,
    /// The routes of the console, each a method and a path.
    console: Vec<(String, String)>,
    /// The routes of phones.
    phones: Vec<(String, String)>,
    /// The CSRF token of each caller.
    csrf: Vec<String>,
}

impl<'a> Asker<'a> {
    pub(super) fn new(world: &'a World) -> Self {
        let routes = route_list().into_iter().filter(|(method, path)| {
            *method == "GET" || !ABOUT_ONESELF.iter().any(|own| path.starts_with(own))
        });
        let console = routes.map(|(method, path)| (method.to_owned(), path.to_owned())).collect();
        let csrf = (0..world.callers.len()).map(|caller| csrf(world, caller)).collect();
        Self { world, console, phones: phone_routes(world), csrf }
    }

    /// Sends one probe.
    pub(super) async fn ask(&self, chance: &mut ChaCha8Rng) -> Answer {
        let caller = chance.random_range(0..self.world.callers.len());
        let by_phone = matches!(self.world.callers[caller].pass, Pass::Phone(..));
        // Sometimes a phone requests a staff route, and the other way round.
        let phones = by_phone != chance.random_ratio(1, 10);
        let choices = if phones { &self.phones } else { &self.console };
        let (method, route) = choices.choose(chance).expect("there are routes");
        let reads = method == "GET";
        let path = self.path(caller, route, reads, chance);
        let mut request = self.request(caller, method, &path);
        if !reads {
            let body = if phones {
                self.message(caller, chance)
            } else {
                request = request.header("content-type", "application/x-www-form-urlencoded");
                self.form(caller, chance)
            };
            if let Some(signed) = sign(self.world, caller, &path, &body) {
                request = request.header(PHONE_SIGNATURE, signed.to_string());
            }
            request = request.body(body);
        }
        let [a, b, c] = chance.random::<[u8; 3]>();
        let answer = request.header("x-forwarded-for", format!("10.{a}.{b}.{c}")).send().await;
        let answer = answer.expect("an answer");
        let status = answer.status().as_u16();
        let body = answer.bytes().await.expect("a whole answer");
        let body = String::from_utf8_lossy(&body).into_owned();
        Answer { status, caller, asked: format!("{method} {path}"), body }
    }

    fn request(&self, caller: usize, method: &str, path: &str) -> reqwest::RequestBuilder {
        let url = format!("{}{path}", self.world.server.url());
        let method = if method == "GET" { Method::GET } else { Method::POST };
        let request = self.world.client.request(method, url);
        match &self.world.callers[caller].pass {
            Pass::Staff(_, token) => request
                .header("cookie", format!("__Host-session={token}"))
                .header("origin", self.world.server.url()),
            Pass::Phone(_, token) => request.bearer_auth(token),
            Pass::Anonymous => request.header("origin", self.world.server.url()),
        }
    }

    /// Returns the route's path with ids in it. To read, any ids. To change something: a person out
    /// of the caller's reach, or an object out of reach at a person within it.
    fn path(&self, caller: usize, route: &str, reads: bool, chance: &mut ChaCha8Rng) -> String {
        let unreachable = self.unreachable_person(caller, chance);
        let any = self.world.people.choose(chance).unwrap_or(unreachable);
        let holds_two = route.matches('{').count() > 1;
        let person = if reads || holds_two { any } else { unreachable };
        let staff = self.foreign_staff(caller, reads, chance);
        let thing = match chance.random_range(0..4) {
            0 => unreachable.appointment.as_str(),
            1 => unreachable.ask.as_str(),
            2 => unreachable.phone.as_str(),
            _ => unreachable.id.as_str(),
        };
        let path = route
            .replace("{person}", person.id.as_str())
            .replace("{staff}", staff)
            .replace("{phone}", &unreachable.phone)
            .replace("{code}", &unreachable.code.0)
            .replace("{ask}", &unreachable.ask);
        let mut parts = path.split('{');
        let mut whole = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            whole.push_str(thing);
            whole.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
        }
        if reads && chance.random_ratio(1, 3) {
            let name = NAMING.choose(chance).unwrap_or(&"person");
            let value = if chance.random() { unreachable.id.as_str() } else { staff };
            let query = format!("?{name}={value}&q={value}");
            whole.push_str(&query);
        }
        whole
    }

    fn unreachable_person(&self, caller: usize, chance: &mut ChaCha8Rng) -> &Person {
        let out: Vec<&Person> =
            self.world.people.iter().filter(|person| !self.world.sees(caller, person)).collect();
        out.choose(chance).copied().expect("somebody is out of everybody's reach")
    }

    /// Returns any staff member for reading, and one of the other council for changing.
    fn foreign_staff(&self, caller: usize, reads: bool, chance: &mut ChaCha8Rng) -> &str {
        let own = self.world.callers[caller].council;
        let staff: Vec<&str> = self
            .world
            .callers
            .iter()
            .filter(|other| reads || other.council != own)
            .filter_map(|other| other.staff.as_ref().map(StaffId::as_str))
            .collect();
        staff.choose(chance).copied().unwrap_or("nobody")
    }

    fn form(&self, caller: usize, chance: &mut ChaCha8Rng) -> String {
        let (unreachable, staff) =
            (self.unreachable_person(caller, chance), self.foreign_staff(caller, false, chance));
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("csrf", &self.csrf[caller]);
        for name in NAMING {
            let is_person = matches!(name, "person" | "people" | "phone");
            form.append_pair(name, if is_person { unreachable.id.as_str() } else { staff });
        }
        for (name, value) in [
            ("title", "Review"),
            ("time", "14:30"),
            ("reply", "Yes"),
            ("status", "done"),
            ("why", "lost_or_stolen"),
            ("digits", &unreachable.code.1),
            ("decision", "confirmed"),
            ("role", "administrator"),
            ("name", "probe"),
            ("display_name", "Probe"),
            ("day-day", "1"),
            ("day-month", "12"),
            ("day-year", "2027"),
            ("date-day", "1"),
            ("date-month", "12"),
            ("date-year", "2027"),
        ] {
            form.append_pair(name, value);
        }
        form.finish()
    }

    /// Returns a phone's message about another person.
    fn message(&self, caller: usize, chance: &mut ChaCha8Rng) -> String {
        let unreachable = self.unreachable_person(caller, chance);
        let change = format!(
            r#"{{"collection":"ask","id":"{}","stamp":"{}","fields":{{"text":"Probe"}}}}"#,
            unreachable.ask,
            promise_protocol::Stamp::new(
                promise_protocol::Reading::at_millis(1_795_000_000_000),
                unreachable.phone.parse().expect("an author"),
            )
        );
        serde_json::json!({
            "protocol": 2, "person": unreachable.id, "generation": self.world.generation,
            "request": chance.random_range(1..1_000_000), "since": 0, "reason": "lost_or_stolen",
            "key": "A".repeat(43), "nonce": "A".repeat(43), "decision": "confirmed",
            // A code of which only the id is known.
            "code": format!("{}-0000-0000", unreachable.code.0), "token": "A".repeat(43),
            "server": self.world.server.url(), "commitment": "A".repeat(43),
        })
        .to_string()
        .replace("\"since\":0", &format!("\"since\":0,\"changes\":[{change}]"))
    }
}

/// Returns every route that phones request, as the server describes them: the description is made with the router, so
/// none is left out.
fn phone_routes(world: &World) -> Vec<(String, String)> {
    let request = world.client.get(format!("{}/openapi.json", world.server.url()));
    let description = world.block_on(async {
        request.send().await.expect("an answer").text().await.expect("a whole description")
    });
    let description: Value = serde_json::from_str(&description).expect("JSON");
    let paths = description["paths"].as_object().expect("paths");
    let mut routes: Vec<(String, String)> = Vec::new();
    for (path, methods) in paths.iter().filter(|(path, _)| *path != ENDLESS) {
        let methods = methods.as_object().expect("the methods of a path");
        routes.extend(methods.keys().map(|method| (method.to_uppercase(), path.clone())));
    }
    for path in ["/v1/pair", "/v1/council-keys", "/v1/phones/{phone}/veto"] {
        assert!(routes.iter().any(|(_, route)| route == path), "{path} in {routes:?}");
    }
    routes
}

fn csrf(world: &World, caller: usize) -> String {
    let Pass::Staff(_, token) = &world.callers[caller].pass else { return String::new() };
    let request = world.client.get(format!("{}/console/account", world.server.url()));
    let request = request.header("cookie", format!("__Host-session={token}"));
    let page = world.block_on(async {
        request.send().await.expect("an answer").text().await.expect("a whole page")
    });
    let value = page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    value.expect("a form").to_owned()
}
