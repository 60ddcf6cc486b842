//! The pictures of a draft as they are written in its file: at its end, each in one line, with its bytes in base64.
//!
//! A person who compares two drafts sees the texts apart from them. A picture whose bytes are not in the file is one
//! beside it. Invariant: no bytes of a picture are lost, even if two of one name differ.

use std::collections::BTreeMap;

use ron::value::RawValue;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser::Error as _};

use super::row::quoted;
use crate::release::{Paragraph, Picture, PictureData, base64};

/// The bytes of a picture.
pub(super) struct DataFile {
    name: String,
    data: PictureData,
}

impl Serialize for DataFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let line = format!("(name: {}, data: \"{}\")", quoted(&self.name), base64::encode(self.data.bytes()));
        RawValue::from_boxed_ron(line.into()).map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for DataFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields, rename = "Picture")]
        struct Parts {
            name: String,
            data: String,
        }
        let Parts { name, data } = Parts::deserialize(deserializer)?;
        let bytes = base64::decode(&data).ok_or_else(|| {
            D::Error::custom(format!(
                "the data of the picture `{name}` is damaged; take this line out and put the file {name} beside the draft"
            ))
        })?;
        Ok(Self { name, data: PictureData::new(bytes) })
    }
}

/// The pictures of a body, each once; those of one name that differ get names of their own.
pub(super) fn gathered(body: &mut [Paragraph]) -> Vec<DataFile> {
    let mut files: Vec<DataFile> = Vec::new();
    for block in body {
        let Some(picture) = block.picture.as_mut() else { continue };
        let Some(data) = picture.data.clone() else { continue };
        let is_free = |files: &[DataFile], name: &str| files.iter().all(|file| file.name != name || file.data == data);
        if !is_free(&files, &picture.name) {
            let mut names = (2..).map(|number| Picture::numbered(&picture.name, number));
            let name = names.find(|name| is_free(&files, name)).unwrap_or_default();
            std::sync::Arc::make_mut(picture).name = name;
        }
        if files.iter().all(|file| file.name != picture.name) {
            files.push(DataFile { name: picture.name.clone(), data });
        }
    }
    files
}

/// Gives the pictures of a body their bytes.
pub(super) fn given(body: &mut [Paragraph], files: Vec<DataFile>) {
    let known: BTreeMap<String, PictureData> = files.into_iter().map(|file| (file.name, file.data)).collect();
    for picture in body.iter_mut().filter_map(|block| block.picture.as_mut()) {
        if let Some(data) = known.get(&picture.name) {
            std::sync::Arc::make_mut(picture).data = Some(data.clone());
        }
    }
}
