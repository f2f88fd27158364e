//! Validation of an edition's content before it is published.
//!
//! A source reports its own issues while it is read. A draft that staff work on for weeks may be
//! incomplete until it is submitted; [`validate`] lists what is still wrong with it.

mod limits;
mod record;
pub(crate) mod text;
pub mod values;

use promise_protocol::pack::{Line, Opportunity, Pledge, Promise, PromiseSection};

use crate::{
    content::{EditionContent, RecordKind},
    issue::{Issue, IssueKind},
};
use record::{RecordIssues, validate_records};

pub use limits::check_length;

/// Lists what is wrong with the content of an edition, in the order in which an edition is read.
pub fn validate(content: &EditionContent) -> Vec<Issue> {
    let EditionContent { promise, opportunities, directory } = content;
    let mut issues = validate_promise(promise);
    issues.extend(validate_records(
        RecordKind::Section,
        &promise.sections,
        |section| &section.id,
        section,
    ));
    issues.extend(validate_records(
        RecordKind::Pledge,
        &promise.pledges.0,
        |pledge| &pledge.id,
        |pledge, issues| issues.extend(pledge_issues(pledge, &promise.sections)),
    ));
    issues.extend(validate_records(
        RecordKind::Opportunity,
        &opportunities.opportunities.0,
        |opportunity| &opportunity.id,
        opportunity,
    ));
    issues.extend(validate_records(RecordKind::Line, &directory.lines.0, |line| &line.id, line));
    issues
}

fn validate_promise(promise: &Promise) -> Vec<Issue> {
    let mut issues = RecordIssues::default();
    issues.check_localised("title", &promise.title, true);
    issues.check_localised("intro", &promise.intro, false);
    for (field, is_empty) in
        [("sections", promise.sections.is_empty()), ("pledges", promise.pledges.0.is_empty())]
    {
        issues.check(field, if is_empty { Err(IssueKind::Missing) } else { Ok(()) });
    }
    let head = Promise { sections: Vec::new(), pledges: <_>::default(), ..promise.clone() };
    issues.check_texts(&head);
    let issues = issues.into_inner().into_iter();
    issues.map(|(field, kind)| Issue::in_promise(field, kind)).collect()
}

fn section(section: &PromiseSection, issues: &mut RecordIssues) {
    issues.check_localised("title", &section.title, true);
    issues.check_localised("intro", &section.intro, false);
}

fn opportunity(opportunity: &Opportunity, issues: &mut RecordIssues) {
    issues.check_required("title", &opportunity.title);
    issues.check("age_max", values::ages_in_order(opportunity.age_min, opportunity.age_max));
    issues.check("pay_max", values::pay_in_order(opportunity.pay.as_ref()));
    issues.check("ends", values::days_in_order(opportunity.starts, opportunity.ends));
}

fn line(line: &Line, issues: &mut RecordIssues) {
    issues.check_localised("display_name", &line.display_name, true);
    issues.check_localised("about", &line.about, false);
    issues.check_required("role", &line.role);
    issues.check("phones", if line.phones.is_empty() { Err(IssueKind::Missing) } else { Ok(()) });
}

/// Lists what is wrong with a pledge, by field.
pub(crate) fn pledge_issues(
    pledge: &Pledge,
    sections: &[PromiseSection],
) -> Vec<(&'static str, IssueKind)> {
    let mut issues = RecordIssues::default();
    for (field, texts, is_required) in [
        ("title", &pledge.title, true),
        ("text", &pledge.text, true),
        ("easy_read", &pledge.easy_read, false),
        ("how_to_get", &pledge.how_to_get, false),
    ] {
        issues.check_localised(field, texts, is_required);
    }
    if !sections.iter().any(|section| section.id == pledge.section) {
        let known = sections.iter().map(|section| section.id.clone()).collect();
        issues.check("section", Err(IssueKind::NoSuchSection { known }));
    }
    issues.check("age_max", values::ages_in_order(pledge.age_min, pledge.age_max));
    issues.check("valid_to", values::days_in_order(pledge.valid_from, pledge.valid_to));
    let address =
        pledge.source_url.as_deref().map_or(Ok(()), |url| values::web_address(url).map(drop));
    issues.check("source_url", address);
    issues.into_inner()
}

#[cfg(test)]
mod tests;
