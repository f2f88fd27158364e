//! Colleagues and their sign-in, for administrators.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
};

use super::{
    answer::{self, Answer, Failure},
    form::{Field, Input, choice, mistake},
    page::{Mistake, Page, role_name},
    people::own_address,
    request::{Sent, Visit},
    words,
};
use crate::{
    routes::App,
    service::{Act, OsRandom, Role, ServiceError, audit::name_of, sign_in as service},
};

/// How long a link works, in minutes: a day.
const LINK_MINUTES: u32 = 24 * 60;

struct Colleague {
    id: String,
    name: String,
    sign_in: String,
    role: String,
}

#[derive(Template)]
#[template(path = "staff.html")]
struct Staff {
    page: Page,
    colleagues: Vec<Colleague>,
}

#[derive(Template)]
#[template(path = "staff_sign_in.html")]
struct Give {
    page: Page,
    action: String,
    fields: Vec<Field>,
    /// The link, once it is made.
    link: Option<String>,
}

/// Lists them.
pub(super) async fn list(State(app): State<App>, visit: Visit) -> Answer {
    let scope = visit.scope.clone();
    let read = app.readers.run(move |tx| {
        scope.permit(Act::ManageStaff)?;
        let all = tx.staff_of(scope.own_council().unwrap_or_default())?;
        let all = all.into_iter().map(|staff| {
            let sign_in = tx.sign_in(&staff.id)?;
            let role = sign_in.as_ref().and_then(|it| Role::of_name(&it.role)).map(role_name);
            Ok(Colleague {
                name: name_of(tx, &staff.id)?,
                id: staff.id,
                sign_in: sign_in.map(|it| it.name).unwrap_or_default(),
                role: role.unwrap_or_default(),
            })
        });
        all.collect::<Result<Vec<_>, ServiceError>>()
    });
    let colleagues = read.await?;
    Ok(answer::page(&Staff { page: Page::of(&visit, words::t("staff-title")), colleagues }))
}

/// Shows the form that makes a link.
pub(super) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(staff): Path<String>,
) -> Answer {
    let (name, sign_in, role) = find(&app, &visit, &staff).await?;
    Ok(answer::page(&give(&visit, &staff, &name, (&sign_in, &role), Vec::new())))
}

/// Makes a link.
pub(super) async fn send(
    State(app): State<App>,
    Path(staff): Path<String>,
    headers: HeaderMap,
    sent: Sent,
) -> Answer {
    let Sent { visit, form } = sent.freshly()?;
    let (name, ..) = find(&app, &visit, &staff).await?;
    let (sign_in, role) = (form.text("name"), form.text("role"));
    let mut mistakes = Vec::new();
    if sign_in.is_empty() || sign_in.chars().count() > 120 {
        mistakes.push(mistake("name", "staff-name-missing"));
    }
    let Some(role_given) = Role::of_name(&role).filter(|_| mistakes.is_empty()) else {
        if Role::of_name(&role).is_none() {
            mistakes.push(mistake("role-0", "staff-role-missing"));
        }
        let shown = give(&visit, &staff, &name, (&sign_in, &role), mistakes);
        return Ok(answer::not_right(&shown));
    };
    let (scope, now) = (visit.scope.clone(), app.clock.now_millis());
    let (id, as_name) = (staff.clone(), sign_in.clone());
    let made = app.writer.run(move |tx| {
        let name = (as_name.as_str(), role_given);
        service::give(tx, &scope, &id, name, LINK_MINUTES, now, &mut OsRandom)
    });
    match made.await {
        Ok(token) => {
            let link = format!("{}/console/welcome/{token}", own_address(&app, &headers));
            let shown = give(&visit, &staff, &name, (&sign_in, &role), Vec::new());
            Ok(answer::page(&Give { link: Some(link), ..shown }))
        }
        Err(ServiceError::Taken(_)) => {
            let mistakes = vec![mistake("name", "staff-name-taken")];
            Ok(answer::not_right(&give(&visit, &staff, &name, (&sign_in, &role), mistakes)))
        }
        Err(error) => Err(error.into()),
    }
}

/// A colleague's name, and their sign-in name and role as they are.
async fn find(app: &App, visit: &Visit, id: &str) -> Result<(String, String, String), Failure> {
    let (scope, id) = (visit.scope.clone(), id.to_owned());
    let read = app.readers.run(move |tx| {
        scope.permit(Act::ManageStaff)?;
        let staff = scope.staff(tx, &id)?;
        let known = tx.sign_in(&id)?.map(|it| (it.name, it.role));
        let (sign_in, role) = known.unwrap_or((staff.handle, "adviser".into()));
        Ok((name_of(tx, &id)?, sign_in, role))
    });
    read.await.map_err(|error: ServiceError| error.into())
}

fn give(
    visit: &Visit,
    staff: &str,
    name: &str,
    (sign_in, role): (&str, &str),
    mistakes: Vec<Mistake>,
) -> Give {
    let roles = Role::ALL.map(|it| choice(it.name(), role_name(it), role)).to_vec();
    let fields = vec![
        Field::line("name", "staff-name", sign_in).hint("staff-name-hint").checked(&mistakes),
        Field::new("role", "staff-role", Input::Radios(roles)).checked(&mistakes),
    ];
    let title = words::with("staff-sign-in-title", "name", name);
    let page = Page::of(visit, title)
        .back("/console/staff".into(), words::t("nav-staff"))
        .mistakes(mistakes);
    Give { page, action: format!("/console/staff/{staff}/sign-in"), fields, link: None }
}
