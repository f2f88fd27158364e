//! Three-way merge of a form's fields, when a colleague saved the same record after the form was
//! opened.

use std::collections::BTreeMap;

use serde_json::Value;

/// Fields of a record by name.
pub type Fields = BTreeMap<String, Value>;

/// A field that both the form and a colleague changed, to different values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldConflict {
    /// The name of the field.
    pub field: String,
    /// The value that is saved now.
    pub theirs: Value,
    /// The value in the form.
    pub mine: Value,
}

/// The two sides of a merge.
#[derive(Clone, Copy)]
pub(crate) struct Form<'a> {
    /// The fields that the form showed when it was opened.
    pub(crate) shown: &'a Fields,
    /// The fields that came back.
    pub(crate) submitted: &'a Fields,
    /// By field, `true` to keep the form's value of a conflict and `false` to keep the colleague's.
    pub(crate) choices: &'a BTreeMap<String, bool>,
}

impl Form<'_> {
    /// Returns the submitted fields to save over `saved`: those that only the form changed, and
    /// those whose conflict was decided for it. Returns the undecided conflicts if there are any.
    pub(crate) fn merge(
        self,
        saved: &Fields,
        is_same: impl Fn(&Value, &Value) -> bool,
    ) -> Result<Fields, Vec<FieldConflict>> {
        let value = |fields: &Fields, name: &str| fields.get(name).cloned().unwrap_or_default();
        let (mut merged, mut conflicts) = (Fields::new(), Vec::new());
        for (field, mine) in self.submitted {
            let (shown, theirs) = (value(self.shown, field), value(saved, field));
            if is_same(mine, &shown) || is_same(mine, &theirs) {
                continue;
            }
            match (is_same(&theirs, &shown), self.choices.get(field)) {
                (true, _) | (_, Some(true)) => drop(merged.insert(field.clone(), mine.clone())),
                (_, Some(false)) => {}
                (_, None) => {
                    conflicts.push(FieldConflict {
                        field: field.clone(),
                        theirs,
                        mine: mine.clone(),
                    });
                }
            }
        }
        if conflicts.is_empty() { Ok(merged) } else { Err(conflicts) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::fields;
    use serde_json::json;

    fn merge(choices: &[(&str, bool)]) -> Result<Fields, Vec<FieldConflict>> {
        let shown = fields(json!({"title.en": "a", "amount": "x", "who": ["eligible"]}));
        let saved = fields(json!({"title.en": "b", "amount": "x"}));
        let submitted = fields(json!({"title.en": "c", "amount": "y", "who": ["eligible"]}));
        let choices = choices.iter().map(|(field, mine)| ((*field).to_owned(), *mine)).collect();
        let form = Form { shown: &shown, submitted: &submitted, choices: &choices };
        form.merge(&saved, Value::eq)
    }

    #[test]
    fn field_changed_by_both_is_a_conflict_until_decided() {
        let conflicts = merge(&[]).unwrap_err();
        let conflict =
            FieldConflict { field: "title.en".into(), theirs: json!("b"), mine: json!("c") };
        assert_eq!(conflicts, [conflict]);
        let saved = merge(&[("title.en", true)]).unwrap();
        assert_eq!(saved, fields(json!({"title.en": "c", "amount": "y"})));
        let saved = merge(&[("title.en", false)]).unwrap();
        assert_eq!(saved, fields(json!({"amount": "y"})), "what they emptied stays empty");
    }
}
