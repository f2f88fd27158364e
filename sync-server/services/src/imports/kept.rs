//! A sheet as it is kept between looking and taking.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ServiceError;
use promise_database::DatabaseError;
use promise_edition::{
    Flaw, What,
    opportunities::{Upload, UploadRow, column},
};

#[derive(Serialize, Deserialize)]
struct KeptSheet {
    columns: Vec<String>,
    unknown: Vec<String>,
    rows: Vec<KeptRow>,
}

#[derive(Serialize, Deserialize)]
struct KeptRow {
    line: usize,
    texts: BTreeMap<String, String>,
    /// What is wrong with the row as a whole: its name, and the words of the command line.
    slips: Vec<(String, String)>,
}

pub(super) fn to_json(upload: &Upload) -> String {
    let row = |row: &UploadRow| KeptRow {
        line: row.line,
        texts: row.texts.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect(),
        slips: row.slips.iter().map(|it| (it.what.name().to_owned(), it.said.clone())).collect(),
    };
    let sheet = KeptSheet {
        columns: upload.columns.iter().map(|it| (*it).to_owned()).collect(),
        unknown: upload.unknown.clone(),
        rows: upload.rows.iter().map(row).collect(),
    };
    serde_json::to_string(&sheet).unwrap_or_default()
}

pub(super) fn from_json(sheet: &str) -> Result<Upload, ServiceError> {
    let sheet: KeptSheet =
        serde_json::from_str(sheet).map_err(|_| DatabaseError::Unreadable("upload"))?;
    let slip = |(name, said): (String, String)| {
        let what = if name == What::Quote.name() { What::Quote } else { What::Cells };
        Flaw::new("", "", what, said)
    };
    let row = |row: KeptRow| UploadRow {
        line: row.line,
        texts: row
            .texts
            .into_iter()
            .filter_map(|(name, text)| Some((column(&name)?, text)))
            .collect(),
        slips: row.slips.into_iter().map(slip).collect(),
    };
    Ok(Upload {
        columns: sheet.columns.iter().filter_map(|name| column(name)).collect(),
        unknown: sheet.unknown,
        rows: sheet.rows.into_iter().map(row).collect(),
    })
}
