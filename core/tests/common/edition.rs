//! A small edition, and what a test changes in it.

use std::collections::BTreeMap;

use promise_protocol::{
    Edition, PackName,
    pack::{
        Council, Directory, Line, Localised, Opportunities, Opportunity, Pack, Pledge, Promise,
        PromiseSection, Table, hash,
    },
    statement::Statement,
};
use serde_json::json;

use super::council_key;

/// The three packs of an edition.
#[derive(Clone)]
pub struct Published {
    pub promise: Promise,
    pub opportunities: Opportunities,
    pub directory: Directory,
}

impl Published {
    /// The bytes of each pack.
    pub fn packs(&self) -> BTreeMap<PackName, Vec<u8>> {
        BTreeMap::from([
            (PackName::Promise, self.promise.to_bytes()),
            (PackName::Opportunities, self.opportunities.to_bytes()),
            (PackName::Directory, self.directory.to_bytes()),
        ])
    }

    /// The edition of this number with these packs, as the council signed it.
    pub fn edition(&self, number: u64) -> Edition {
        let packs = self.packs();
        let packs = packs.iter().map(|(name, pack)| (*name, hash(pack))).collect();
        sign_edition(Edition { number, packs, signature: None })
    }

    /// The opportunity of this name, to change it.
    pub fn opportunity(&mut self, id: &str) -> &mut Opportunity {
        let all = &mut self.opportunities.opportunities.0;
        all.iter_mut().find(|opportunity| opportunity.id == id).expect("it is in the edition")
    }
}

/// Signs an edition that names all its packs.
pub fn sign_edition(mut edition: Edition) -> Edition {
    let statement = Statement::Edition(&edition).to_bytes("riverbridge");
    edition.signature = Some(council_key().sign(&statement));
    edition
}

/// Two pledges, three opportunities, one line.
pub fn small_edition() -> Published {
    let section = |id: &str, title: &str| PromiseSection {
        id: id.into(),
        title: english(title),
        intro: Localised::new(),
        picture: None,
        unknown: serde_json::Map::new(),
    };
    Published {
        promise: Promise {
            council: Council {
                id: "riverbridge".into(),
                name: "Riverbridge Council".into(),
                unknown: serde_json::Map::new(),
            },
            title: english("Our promise to you"),
            intro: english("This is what we promise."),
            sections: vec![section("money", "Money"), section("home", "Your home")],
            pledges: Table(vec![
                pledge(
                    "setting-up-home",
                    "home",
                    "Setting up home",
                    "You can have £3,000 for your first flat.",
                ),
                pledge(
                    "council-tax",
                    "money",
                    "Council tax",
                    "You pay no council tax until you are 25.",
                ),
            ]),
            unknown: serde_json::Map::new(),
        },
        opportunities: Opportunities {
            opportunities: Table(vec![
                opportunity("barista", "Barista course", "training", "Learn to make a café latte."),
                opportunity("warehouse", "Warehouse job", "job", "Pack boxes at night."),
                opportunity("cinema", "Cinema ticket", "discount", "See a film for £1."),
            ]),
            unknown: serde_json::Map::new(),
        },
        directory: Directory {
            lines: Table(vec![line(
                "duty",
                "Duty line",
                "Somebody to ring when your worker is away.",
            )]),
            ..Directory::default()
        },
    }
}

pub fn pledge(id: &str, section: &str, title: &str, text: &str) -> Pledge {
    let pledge =
        json!({"id": id, "section": section, "title": {"en": title}, "text": {"en": text}});
    serde_json::from_value(pledge).expect("a pledge")
}

pub fn opportunity(id: &str, title: &str, kind: &str, summary: &str) -> Opportunity {
    let opportunity = json!({"id": id, "kind": kind, "title": title, "summary": summary});
    serde_json::from_value(opportunity).expect("an opportunity")
}

pub fn line(id: &str, name: &str, about: &str) -> Line {
    let line = json!({"id": id, "role": "Leaving care duty line", "display_name": {"en": name},
        "phones": [{"number": "+442079460000", "kind": "duty"}], "about": {"en": about}});
    serde_json::from_value(line).expect("a line")
}

fn english(text: &str) -> Localised {
    Localised::from([("en".to_owned(), text.to_owned())])
}
