//! Place, date and signatories as they are written in a file.
//!
//! One signatory is written as in the first format, by `name` and `title`; several as a list. Invariant: whatever a
//! signature holds is read back as it was.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use super::read_text;
use crate::release::{Columns, Signatory, Signature, SigningDate, bounds};

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename = "Signature")]
pub(super) struct SignatureFile {
    #[serde(deserialize_with = "read_text")]
    place: String,
    #[serde(with = "date")]
    date: SigningDate,
    lunar_date: bool,
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "read_text")]
    name: String,
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "read_text")]
    title: String,
    #[serde(skip_serializing_if = "is_default", deserialize_with = "read_columns")]
    columns: Columns,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "read_signatories")]
    signatories: Option<Vec<SignatoryFile>>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename = "Signatory")]
struct SignatoryFile {
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "read_text")]
    party: String,
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "read_text")]
    title: String,
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "read_text")]
    name: String,
}

fn is_default(columns: &Columns) -> bool {
    *columns == Columns::default()
}

impl Serialize for Columns {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.count())
    }
}

fn read_columns<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Columns, D::Error> {
    let count = u8::deserialize(deserializer)?;
    Columns::new(count)
        .ok_or_else(|| D::Error::custom(format!("`columns` is {count}; it may be from 1 to {}", Columns::MOST)))
}

fn read_signatories<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<SignatoryFile>>, D::Error> {
    let signatories = Option::<Vec<SignatoryFile>>::deserialize(deserializer)?;
    bounds::signatories(signatories.as_ref().map_or(0, Vec::len)).map_err(D::Error::custom)?;
    Ok(signatories)
}

impl SignatureFile {
    /// Whether it takes the third format to hold it.
    pub(super) fn has_several(&self) -> bool {
        self.signatories.is_some() || !is_default(&self.columns)
    }
}

impl From<Signature> for SignatureFile {
    fn from(signature: Signature) -> Self {
        let Signature { place, date, lunar_date, signatories, columns } = signature;
        let file = Self { place, date, lunar_date, columns, ..Self::default() };
        match &*signatories {
            [Signatory { party, title, name }] if party.is_empty() => {
                Self { name: name.clone(), title: title.clone(), ..file }
            }
            _ => {
                let signatory = |Signatory { party, title, name }| SignatoryFile { party, title, name };
                Self { signatories: Some(signatories.into_iter().map(signatory).collect()), ..file }
            }
        }
    }
}

impl From<SignatureFile> for Signature {
    /// A name or a title beside a list is that of a signatory before those of the list.
    fn from(file: SignatureFile) -> Self {
        let SignatureFile { place, date, lunar_date, name, title, columns, signatories } = file;
        let single = Signatory { party: String::new(), title, name };
        let is_given = signatories.is_none() || single != Signatory::default();
        let listed = signatories.unwrap_or_default().into_iter();
        let listed = listed.map(|SignatoryFile { party, title, name }| Signatory { party, title, name });
        let signatories = is_given.then_some(single).into_iter().chain(listed).collect();
        Self { place, date, lunar_date, signatories, columns }
    }
}

mod date {
    use chrono::{Datelike as _, NaiveDate};
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

    use crate::release::{SigningDate, placeholders};

    pub(super) fn serialize<S: Serializer>(date: &SigningDate, serializer: S) -> Result<S::Ok, S::Error> {
        let written = match date {
            SigningDate::Unset => None,
            SigningDate::Day(day) => Some(day.format("%Y-%m-%d").to_string()),
            SigningDate::Placeholder(name) => Some(placeholders::written(name)),
        };
        written.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SigningDate, D::Error> {
        let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(SigningDate::Unset) };
        if let [(range, name)] = &*placeholders::in_text(&text)
            && range.len() == text.len()
        {
            return Ok(SigningDate::Placeholder((*name).to_owned()));
        }
        let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().filter(|day| (1..=9999).contains(&day.year()));
        day.map(SigningDate::Day).ok_or_else(|| {
            D::Error::custom(format!("`{text}` is no date; write year, month and day, such as \"2023-10-30\""))
        })
    }
}
