//! The person's phones, and those that were added.

use promise_core::{CancelHandle, DeviceRecord, export::Labels};
use promise_protocol::phone_record::DeviceState;

use crate::{Outcome, format, session::Session};

/// Every phone: how it came, and when it last synced. A new one is not new any more after this.
pub(crate) fn all(session: &mut Session<'_>) -> Outcome {
    let devices = session.phone.devices();
    let listed = devices.list(&CancelHandle::new())?;
    session.screen.heading("Your phones");
    for device in devices.records()? {
        let synced = listed.iter().find(|it| it.id == device.id).and_then(|it| it.last_sync);
        let synced = synced.map(|then| format!("synced {}", format::ago(then, session.now)));
        let facts: Vec<String> = std::iter::once(came(session, &device))
            .chain(synced)
            .chain(Labels::default().device_state(&device.state).map(|state| state.to_lowercase()))
            .chain(device.is_this.then(|| "this phone".to_owned()))
            .collect();
        session.screen.fact(&device.id, &facts.join(", "));
        if device.is_new {
            session.phone.devices().mark_seen(&device.id)?;
        }
    }
    session.screen.quiet("If one is lost, type: take-off and its name. Then: words change");
    Ok(())
}

/// Asks about each phone that was added.
pub(crate) fn new(session: &mut Session<'_>) -> Outcome {
    for device in session.phone.devices().records()? {
        if device.is_new {
            let (came, id) = (came(session, &device), &device.id);
            let answer = if device.state == DeviceState::Limited {
                format!("Then type: yes {id}. If it is not yours, type: no {id}")
            } else {
                format!("If not, type: take-off {id} --lost")
            };
            session.screen.text(&format!("A new phone was added {came}. Is it yours? {answer}"));
            session.screen.quiet("To see all your phones, type: phones");
        }
    }
    Ok(())
}

/// Confirms or refuses a phone that waits.
pub(crate) fn decide(session: &mut Session<'_>, id: &str, is_theirs: bool) -> Outcome {
    let devices = session.phone.devices();
    if is_theirs {
        devices.confirm(id, &CancelHandle::new())?;
        session.screen.text("You said yes. That phone can do everything now.");
    } else {
        devices.veto(id, &CancelHandle::new())?;
        session
            .screen
            .text("You said no. It gets nothing more, and is wiped when it is next in touch.");
        session.screen.quiet("If somebody may have your words, type: words change");
    }
    Ok(())
}

/// `by a code from Jo Okoro, Tuesday 3 May at 14:02`.
fn came(session: &Session<'_>, device: &DeviceRecord) -> String {
    let came = Labels::default().inviter(&device.inviter, device.invited_by.as_deref());
    let came = came.replacen("By ", "by ", 1);
    let when = device.paired_at.map(|at| format::date_and_time(at, session.now));
    when.map_or(came.clone(), |when| format!("{came}, {when}"))
}
