//! The page that shows who is in an uploaded file, and adds those who are ticked.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Query, State};
use promise_protocol::values::PhoneNumber;
use promise_services::{
    OsRandom,
    address_book::import::{self, CardState, ImportedCard, Upload},
    cards::CardId,
};
use serde::Deserialize;

use crate::{
    App,
    features::address_book::{
        ADDRESS_BOOK,
        import::{
            CHECK, IMPORT, load,
            rows::{NewRow, OtherRow},
        },
    },
    kit::{
        forms::{FormData, Question, cost_confirmation, field_error},
        page::{
            FieldError, Page,
            response::{self, PageResult},
        },
        session::{Session, StaffForm},
        words,
    },
};

/// How many cards that can be added are on one page.
const PAGE_SIZE: usize = 100;

/// The most cards of each other group that are listed.
const MAX_LISTED: usize = 100;

/// The hidden fields with the time of the upload and the number of the page.
const SEEN: &str = "seen";
const PAGE: &str = "page";

/// The field of each tick.
const CARD: &str = "card";

/// Which page to show, and what was just done.
#[derive(Deserialize)]
pub(in crate::features::address_book) struct QueryParams {
    #[serde(default)]
    page: usize,
    added: Option<usize>,
    #[serde(default)]
    skipped: usize,
}

impl QueryParams {
    fn notice(&self) -> Option<String> {
        let added = words::count("cards-added", self.added?);
        Some(match self.skipped {
            0 => added,
            skipped => format!("{added} {}", words::count("cards-skipped", skipped)),
        })
    }
}

/// Cards that are not added, for one reason.
struct Group {
    id: &'static str,
    title: String,
    lead: String,
    rows: Vec<OtherRow>,
    /// How many more there are.
    more: usize,
}

#[derive(Template)]
#[template(path = "address_book/import_check.html")]
struct CheckTemplate {
    page: Page,
    counts: Vec<String>,
    new: Vec<NewRow>,
    groups: Vec<Group>,
    hidden: Vec<(String, String)>,
    previous: Option<String>,
    next: Option<String>,
}

/// Which page of the cards that can be added, and which of them are ticked.
struct View<'a> {
    page: usize,
    ticked: &'a BTreeSet<u32>,
}

/// The cards of a file by what adding them would do.
#[derive(Default)]
struct Sorted<'a> {
    new: Vec<(&'a ImportedCard, &'a [String])>,
    in_book: Vec<OtherRow>,
    twice: Vec<OtherRow>,
    unusable: Vec<OtherRow>,
}

impl<'a> Sorted<'a> {
    fn new(upload: &'a Upload) -> Self {
        let mut sorted = Self::default();
        for planned in &upload.cards {
            let card = &planned.card;
            match &planned.state {
                CardState::New { similar } => sorted.new.push((card, similar.as_slice())),
                CardState::InBook { entry, more } => {
                    sorted.in_book.push(OtherRow::in_book(card, &CardId::from(entry), more));
                }
                CardState::TwiceInFile { more } => sorted.twice.push(OtherRow::twice(card, more)),
                CardState::Unusable(problem) => {
                    sorted.unusable.push(OtherRow::unusable(card, *problem));
                }
            }
        }
        sorted
    }
}

fn group(id: &'static str, [title, lead]: [&str; 2], mut rows: Vec<OtherRow>) -> Group {
    let more = rows.len().saturating_sub(MAX_LISTED);
    rows.truncate(MAX_LISTED);
    Group { id, title: words::t(title), lead: words::t(lead), rows, more }
}

fn template(
    session: &Session,
    upload: &Upload,
    view: &View<'_>,
    errors: Vec<FieldError>,
) -> CheckTemplate {
    let Sorted { new, in_book, twice, unusable } = Sorted::new(upload);
    let counts = [
        ("cards-count-new", new.len()),
        ("cards-count-in-book", in_book.len()),
        ("cards-count-twice", twice.len()),
        ("cards-count-unusable", unusable.len()),
    ];
    let index = view.page.min(new.len().saturating_sub(1) / PAGE_SIZE);
    let path = |page: usize| format!("{CHECK}?page={page}");
    let mut groups = vec![
        group("in-book", ["cards-in-book-title", "cards-in-book-lead"], in_book),
        group("twice", ["cards-twice-title", "cards-twice-lead"], twice),
        group("unusable", ["cards-unusable-title", "cards-unusable-lead"], unusable),
    ];
    groups.retain(|group| !group.rows.is_empty());
    let shown = new.iter().skip(index * PAGE_SIZE).take(PAGE_SIZE);
    let row = |(card, similar): &(&ImportedCard, &[String])| {
        NewRow::new(card, similar, view.ticked.contains(&card.position))
    };
    let page = session.page(words::t("cards-check-title"));
    CheckTemplate {
        page: page.back(IMPORT, words::t("cards-title")).with_errors(errors),
        counts: counts.map(|(key, number)| words::count(key, number)).to_vec(),
        new: shown.map(row).collect(),
        groups,
        hidden: vec![
            (SEEN.to_owned(), upload.uploaded_at.to_string()),
            (PAGE.to_owned(), index.to_string()),
        ],
        previous: (index > 0).then(|| path(index.saturating_sub(1))),
        next: ((index + 1) * PAGE_SIZE < new.len()).then(|| path(index + 1)),
    }
}

/// Shows who is in the file.
pub(in crate::features::address_book) async fn get(
    State(app): State<App>,
    session: Session,
    Query(query): Query<QueryParams>,
) -> PageResult {
    let Some(upload) = load(&app, &session).await? else {
        return Ok(response::redirect(IMPORT));
    };
    let view = View { page: query.page, ticked: &BTreeSet::new() };
    let mut template = template(&session, &upload, &view, Vec::new());
    template.page.notice = query.notice();
    Ok(response::render(&template))
}

/// Adds those who are ticked. Asks first if a call to one of them costs extra.
pub(in crate::features::address_book) async fn post(
    State(app): State<App>,
    submitted: StaffForm,
) -> PageResult {
    let StaffForm { session, form } = submitted;
    let Some(upload) = load(&app, &session).await? else {
        return Ok(response::redirect(IMPORT));
    };
    let seen: i64 = form.raw(SEEN).parse().unwrap_or_default();
    let ticked: BTreeSet<u32> = form.all(CARD).iter().filter_map(|it| it.parse().ok()).collect();
    let view = View { page: form.raw(PAGE).parse().unwrap_or_default(), ticked: &ticked };
    if seen != upload.uploaded_at {
        let (first, none) = (first_anchor(&upload, 0), BTreeSet::new());
        let errors = vec![field_error(&first, "cards-changed")];
        let view = View { page: 0, ticked: &none };
        return Ok(response::conflict(&template(&session, &upload, &view, errors)));
    }
    if ticked.is_empty() {
        let errors = vec![field_error(&first_anchor(&upload, view.page), "cards-choose")];
        return Ok(response::invalid_form(&template(&session, &upload, &view, errors)));
    }
    if !form.raw(cost_confirmation::CHANGE).is_empty() {
        return Ok(response::render(&template(&session, &upload, &view, Vec::new())));
    }
    if let Some(question) = cost_question(&session, &upload, &form, &ticked) {
        return Ok(response::render(&question));
    }
    let (scope, now, page) = (session.scope.clone(), app.clock.now_millis(), view.page);
    let added = app
        .database
        .write(move |tx| import::add_chosen(tx, &scope, (seen, &ticked), now, &mut OsRandom));
    Ok(response::redirect(&match added.await? {
        Some(done) => {
            format!("{CHECK}?page={page}&added={}&skipped={}", done.added, done.skipped)
        }
        // Another file was uploaded in this moment.
        None => CHECK.to_owned(),
    }))
}

/// Returns the id of the first tick of a page. Without one, that of the counts.
fn first_anchor(upload: &Upload, page: usize) -> String {
    let new = Sorted::new(upload).new;
    let index = page.min(new.len().saturating_sub(1) / PAGE_SIZE);
    let first = new.get(index * PAGE_SIZE);
    first.map_or_else(|| "counts".to_owned(), |(card, _)| format!("card-{}", card.position))
}

/// Asks whether the numbers of those who are ticked are meant, if calls to them cost extra and this was not
/// confirmed.
fn cost_question(
    session: &Session,
    upload: &Upload,
    form: &FormData,
    ticked: &BTreeSet<u32>,
) -> Option<Question> {
    let new = Sorted::new(upload).new.into_iter();
    let chosen = new.filter(|(card, _)| ticked.contains(&card.position));
    let phones: Vec<PhoneNumber> = chosen.flat_map(|(card, _)| card.phones.clone()).collect();
    let costly = cost_confirmation::unconfirmed(&phones, &[]);
    let page = session.page(words::t("phone-cost-title"));
    (!cost_confirmation::is_confirmed(form, &costly))
        .then(|| cost_confirmation::question(page, CHECK.to_owned(), form, &costly))
}

/// Deletes the file here.
pub(in crate::features::address_book) async fn post_discard(
    State(app): State<App>,
    submitted: StaffForm,
) -> PageResult {
    let scope = submitted.session.scope;
    app.database.write(move |tx| import::discard(tx, &scope)).await?;
    Ok(response::redirect(&format!("{ADDRESS_BOOK}?done=cards-discarded")))
}
