//! The young person's own contacts: a friend, a former foster carer, their doctor.

use promise_protocol::{ContactId, phone_number, schema, text, values::PhoneNumber};

use super::{Collection, Fields, InvalidEdit, Record, SearchText, Topic};
use crate::{
    app_lock::View,
    store::{SearchKind, StoreError, Tx},
};

/// The collection of own contacts. Only the person's own phones can read it.
pub(crate) const OWN_CONTACT: &str = schema::OWN_CONTACT.name;

/// A contact that the young person added.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OwnContact {
    /// The contact's id: random, so that it reveals nothing.
    pub id: ContactId,
    /// Their name.
    pub display_name: String,
    /// What they are to the young person, such as "Friend".
    pub role: Option<String>,
    /// Where they work.
    pub organisation: Option<String>,
    /// Their numbers, the preferred one first.
    pub phones: Vec<PhoneNumber>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Whether the young person keeps them on top.
    pub pinned: bool,
    /// Whether the young person hides them.
    pub hidden: bool,
    /// Whether they are not readable while the app lock is on.
    pub discreet: bool,
    /// A note.
    pub note: Option<String>,
}

impl OwnContact {
    pub(crate) fn from_record(record: &Record) -> Self {
        Self {
            id: ContactId::new(record.id.clone()),
            display_name: record.text_or_empty("display_name"),
            role: record.text("role"),
            organisation: record.text("organisation"),
            phones: preferred_first(record.list_of("phones")),
            email: record.text("email"),
            pinned: record.flag("pinned"),
            hidden: record.flag("hidden"),
            discreet: record.flag(schema::DISCREET),
            note: record.text("note"),
        }
    }
}

/// Sorts the numbers to try first to the front.
pub(crate) fn preferred_first(mut phones: Vec<PhoneNumber>) -> Vec<PhoneNumber> {
    phones.sort_by_key(|phone| !phone.prefer);
    phones
}

/// What to write about an own contact. `None` leaves a field as it is; an empty text or list clears
/// it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OwnContactEdit {
    /// Their name. Every contact has one.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub display_name: Option<String>,
    /// What they are to the young person.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub role: Option<String>,
    /// Where they work.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub organisation: Option<String>,
    /// Their numbers, each as it was typed: `07700 900123`, `020 7946 0000 ext 4` or `999`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub phones: Option<Vec<PhoneNumber>>,
    /// Their e-mail address.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub email: Option<String>,
    /// Whether to keep them on top.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub pinned: Option<bool>,
    /// Whether to hide them.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub hidden: Option<bool>,
    /// Whether they are not readable while the app lock is on.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub discreet: Option<bool>,
    /// A note.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub note: Option<String>,
    /// `true` if the person was told what calls to these numbers cost and wants to save them. Needed only
    /// for numbers that cost extra and are new.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub cost_confirmed: bool,
}

impl OwnContactEdit {
    /// The fields of a new contact, which must have a name.
    pub(crate) fn into_new_fields(self) -> Result<Fields, InvalidEdit> {
        let display_name = self.display_name.or(Some(String::new()));
        Self { display_name, ..self }.into_fields(&[])
    }

    /// The fields to write to a contact with these numbers.
    pub(crate) fn into_fields(self, stored: &[PhoneNumber]) -> Result<Fields, InvalidEdit> {
        let name = self.display_name.map(|name| name.trim().to_owned());
        if name.as_ref().is_some_and(String::is_empty) {
            return Err(InvalidEdit::Field("display_name"));
        }
        let parse = |phone| parse(phone, self.cost_confirmed, stored);
        let phones = self.phones.map(|phones| phones.into_iter().map(parse).collect());
        let phones: Option<Vec<PhoneNumber>> = phones.transpose()?;
        Ok(Fields::default()
            .text("display_name", name)
            .text("role", self.role)
            .text("organisation", self.organisation)
            .value("phones", phones)
            .text("email", self.email)
            .value("pinned", self.pinned)
            .value("hidden", self.hidden)
            .value(schema::DISCREET, self.discreet)
            .text("note", self.note))
    }
}

/// Turns a number as it was typed into the one to store. The cost of a stored number was confirmed
/// before.
fn parse(
    phone: PhoneNumber,
    cost_confirmed: bool,
    stored: &[PhoneNumber],
) -> Result<PhoneNumber, InvalidEdit> {
    let ext = phone.ext.as_deref().map(phone_number::extension::parse).transpose();
    let ext = ext.map_err(|_| InvalidEdit::PhoneNumber)?.flatten();
    let typed = phone_number::parse(&phone.number).and_then(|typed| typed.with_extension(ext));
    let typed = typed.map_err(|_| InvalidEdit::PhoneNumber)?;
    let is_confirmed = cost_confirmed
        || typed.cost_confirmed
        || stored.iter().any(|stored| stored.number == typed.number);
    match phone_number::call_cost(&typed.number) {
        Some(cost) if !is_confirmed => Err(InvalidEdit::CostlyPhoneNumber(typed.number, cost)),
        _ => Ok(PhoneNumber { number: typed.number, ext: typed.ext, ..phone }),
    }
}

/// Lists the own contacts that may be read, hidden or not: pinned ones first, then by name.
pub(crate) fn list(tx: &mut dyn Tx, view: View) -> Result<Vec<OwnContact>, StoreError> {
    Ok(list_records(tx, view)?.into_iter().map(|(contact, _)| contact).collect())
}

/// Like [`list`], each with its record.
pub(crate) fn list_records(
    tx: &mut dyn Tx,
    view: View,
) -> Result<Vec<(OwnContact, Record)>, StoreError> {
    let mut records = Record::list(tx, OWN_CONTACT)?;
    if !view.has_private() {
        records.retain(|record| {
            view.has_contact(record.flag(schema::DISCREET)) && !record.flag("hidden")
        });
        for record in &mut records {
            record.fields.retain(|field, _| !["note", "pinned"].contains(&field.as_str()));
        }
    }
    let mut contacts: Vec<(OwnContact, Record)> =
        records.into_iter().map(|record| (OwnContact::from_record(&record), record)).collect();
    contacts.sort_by_cached_key(|(contact, _)| {
        (!contact.pinned, text::sort_key(&contact.display_name), contact.id.clone())
    });
    Ok(contacts)
}

/// The young person's own contacts.
pub(crate) struct OwnContactCollection;

impl Collection for OwnContactCollection {
    fn name(&self) -> &'static str {
        OWN_CONTACT
    }

    fn topic(&self) -> Topic {
        Topic::Contacts
    }

    fn search_kind(&self) -> Option<SearchKind> {
        Some(SearchKind::OwnContact)
    }

    /// A hidden contact is not found.
    fn search_text(&self, tx: &mut dyn Tx, id: &str) -> Result<Option<SearchText>, StoreError> {
        let record = Record::find(tx, OWN_CONTACT, id)?.filter(|record| !record.flag("hidden"));
        Ok(record.map(|record| SearchText::new(&[(schema::OWN_CONTACT.fields, &record)])))
    }
}
