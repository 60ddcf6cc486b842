//! The draft as a RON file: what a person can read, mend by hand and send by mail.
//!
//! The file's own shape is declared here, apart from the document's, so that the document can
//! change while old drafts are still read. Rich text is written with marks (see
//! [`markup`]).
//!
//! | file | what is in it |
//! |---|---|
//! | `blocks` | the blocks of the body |
//! | `marks` | which marks a format has |
//! | `row` | a row of a table |
//! | `pictures` | the bytes of pictures |
//! | `signature` | date and signatories |
//! | `explain` | what is wrong with a file, and where |
//! | `guess` | what is rather wrong there |
//! | `numbers` | from which to which number a field goes |
//! | `source` | lines, texts and comments of a file |

mod blocks;
mod explain;
mod guess;
mod marks;
mod numbers;
mod pictures;
mod row;
mod signature;
mod source;

use std::{collections::HashSet, fmt, num::NonZeroUsize, path::Path};

use blocks::BlockFile;
use explain::{explain, find};
use pictures::DataFile;
use ron::{Options, extensions::Extensions, ser::PrettyConfig};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error as _, SeqAccess, Visitor},
};
use signature::SignatureFile;

use super::{
    BlockKind, Check, Comment, Emblem, Fault, KhmerFace, Language, Letterhead, Lock, PageSetup, Paragraph, Placeholder,
    Release, Reordered, Signature, SigningDate, Template, bounds, markup, placeholders,
};
use crate::khmer;

/// The newest version of the format, which this program reads with all older ones. A draft is
/// written in the oldest that can hold it: 2 brought placeholders and locks, 3 kinds of blocks, the emblem's height,
/// several signatories, a line above the title, superscript and subscript, comments.
pub const FORMAT: u32 = 3;

/// The largest draft that is read, in bytes. What else bounds a draft is in [`bounds`].
pub const MAX_BYTES: usize = bounds::BYTES;

/// Deep enough for every draft, shallow enough for every stack.
const RECURSION_LIMIT: usize = 32;

/// Why a text is no draft, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The field that was being read, if the place lies in one.
    pub field: Option<String>,
    /// The number of the paragraph that the place lies in, from 1, if it lies in one.
    pub paragraph: Option<NonZeroUsize>,
    /// What is wrong and what to do.
    pub message: String,
    /// Whether nothing is wrong but that the draft was written by a newer program.
    pub is_newer: bool,
    /// The same as `message`, for those who say it in another language; `None` for what is rarely wrong.
    pub fault: Option<Box<Fault>>,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, field, .. } = self;
        write!(f, "line {line}, column {column}: ")?;
        if let Some(field) = field {
            write!(f, "field `{field}`: ")?;
        }
        f.write_str(&self.reason())
    }
}

impl ParseError {
    /// An error at a line and a column, both from 1, that is of no field.
    pub fn at(line: usize, column: usize, message: String) -> Self {
        Self { line, column, field: None, paragraph: None, message, is_newer: false, fault: None }
    }

    /// Which paragraph it is about, what is wrong and what to do.
    pub fn reason(&self) -> String {
        match self.paragraph {
            Some(number) => format!("paragraph {number}: {}", self.message),
            None => self.message.clone(),
        }
    }
}

impl std::error::Error for ParseError {}

/// Reads a draft. Its texts come in the normal order of Khmer, whatever that of the file.
///
/// # Errors
/// As [`parse_and_say`].
pub fn parse(source: &str) -> Result<Release, ParseError> {
    parse_and_say(source).map(|(release, _)| release)
}

/// Reads a draft, and says which of its letters were not in the normal order of Khmer.
///
/// # Errors
/// For everything that is no whole draft of this format or an older one: an unknown or missing
/// field, a wrong type, a mark never closed, a newer format, too large or too deep a file, more than
/// [`bounds`] allows.
pub fn parse_and_say(source: &str) -> Result<(Release, Vec<Reordered>), ParseError> {
    if source.len() > MAX_BYTES {
        let message = format!("the file has {} MB; a draft has at most {}", source.len() >> 20, MAX_BYTES >> 20);
        return Err(ParseError::at(1, 1, message));
    }
    let Format { format } = read(source)?;
    let of_format = |message: String, is_newer: bool| {
        Err(ParseError { field: Some("format".into()), message, is_newer, ..find(source, "format") })
    };
    if format > FORMAT {
        let message = format!(
            "this draft is of format {format}, from a newer Release Composer; this one reads up to format {FORMAT}. \
             Update the program, or have the draft saved by an older one"
        );
        return of_format(message, true);
    }
    if format == 0 {
        return of_format(format!("there is no format 0; this program writes format {FORMAT}"), false);
    }
    let mut release = marks::reading(format, || read::<Draft>(source)).map(Release::from)?;
    bounds::notes(&release).map_err(|exceeded| ParseError {
        field: Some("body".into()),
        message: exceeded.to_string(),
        ..find(source, "body")
    })?;
    let reordered = release.put_in_order();
    Ok((release, reordered))
}

/// Reads what is in a RON file that people write by hand, a draft or another.
///
/// # Errors
/// For everything that is no such thing, with the place and the way out.
pub(crate) fn read<T: serde::de::DeserializeOwned>(source: &str) -> Result<T, ParseError> {
    options().from_str(source).map_err(|error| explain(source, error))
}

/// Writes a draft.
#[expect(clippy::expect_used, reason = "RON can write whatever a draft has")]
pub fn write(release: &Release) -> String {
    let pretty = PrettyConfig::new().indentor("  ").new_line("\n").escape_strings(false);
    let mut text = options()
        .to_string_pretty(&Draft::from(release), pretty)
        .expect("a draft has only strings, numbers and lists, all of which RON can write");
    text.push('\n');
    text
}

fn options() -> Options {
    Options::default().with_recursion_limit(RECURSION_LIMIT).with_default_extension(Extensions::IMPLICIT_SOME)
}

/// Read first and alone, so that a newer file is named as such and not by its first new field.
#[derive(Deserialize)]
#[serde(rename = "Draft")]
struct Format {
    format: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    format: u32,
    language: Language,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    template: Option<Template>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "read_placeholders")]
    placeholders: Vec<Placeholder>,
    #[serde(default)]
    letterhead: LetterheadFile,
    #[serde(default, deserialize_with = "read_text")]
    reference: String,
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "read_text")]
    notice: String,
    #[serde(default, deserialize_with = "read_text")]
    title: String,
    #[serde(default, deserialize_with = "read_text")]
    headline: String,
    #[serde(default, deserialize_with = "read_body")]
    body: Vec<BlockFile>,
    #[serde(default, skip_serializing_if = "is_false")]
    number_paragraphs: bool,
    #[serde(default)]
    signature: SignatureFile,
    #[serde(default, deserialize_with = "page_setup")]
    page: PageSetup,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unchecked: Vec<Check>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    locked: Vec<Lock>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pictures: Vec<DataFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "read_comments")]
    comments: Vec<Comment>,
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "read_file_name")]
    counterpart: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename = "Letterhead")]
struct LetterheadFile {
    #[serde(deserialize_with = "read_text")]
    kingdom: String,
    #[serde(deserialize_with = "read_text")]
    motto: String,
    ornament: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    emblem: Option<Emblem>,
    #[serde(deserialize_with = "read_lines")]
    ministry: Vec<String>,
    #[serde(deserialize_with = "read_text")]
    department: String,
}

impl Default for LetterheadFile {
    fn default() -> Self {
        Self::from(&Letterhead::default())
    }
}

fn is_false(value: &bool) -> bool {
    !value
}

fn read_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    bounds::text(&text).map_err(D::Error::custom)?;
    Ok(text)
}

/// Lines of one text.
fn read_lines<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let lines = Vec::<String>::deserialize(deserializer)?;
    bounds::text(&lines.join("\n")).map_err(D::Error::custom)?;
    Ok(lines)
}

/// Reads no more paragraphs than a draft may have, whatever the file holds.
fn read_body<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<BlockFile>, D::Error> {
    struct Body;

    impl<'de> Visitor<'de> for Body {
        type Value = Vec<BlockFile>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of paragraphs")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let (mut body, mut blocks, mut rows) = (Vec::new(), 0, 0);
            while let Some(block) = list.next_element::<BlockFile>()? {
                blocks += block.count();
                bounds::paragraphs(blocks).map_err(A::Error::custom)?;
                rows = match &block {
                    BlockFile::Row(row) if row.is_header() => 1,
                    BlockFile::Row(_) => rows + 1,
                    BlockFile::Paragraph(_) => 0,
                };
                bounds::rows(rows).map_err(A::Error::custom)?;
                body.push(block);
            }
            Ok(body)
        }
    }

    deserializer.deserialize_seq(Body)
}

fn page_setup<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PageSetup, D::Error> {
    let page = PageSetup::deserialize(deserializer)?;
    let within = |name, value: f32, range: std::ops::RangeInclusive<f32>| {
        let (from, to) = (range.start(), range.end());
        // A number with too many digits is read as infinite.
        let said = match value {
            value if range.contains(&value) => return Ok(()),
            f32::INFINITY => "too large".to_owned(),
            f32::NEG_INFINITY => "too small".to_owned(),
            value if value.is_nan() => "no number".to_owned(),
            value => value.to_string(),
        };
        Err(D::Error::custom(format!("`{name}` is {said}; it may be from {from} to {to}")))
    };
    within("body_size", page.body_size.unwrap_or(12.0), PageSetup::BODY_SIZES)?;
    within("leading", page.leading.unwrap_or(1.5), PageSetup::LEADINGS)?;
    let margins = &page.margins;
    for (name, value) in
        [("top", margins.top), ("right", margins.right), ("bottom", margins.bottom), ("left", margins.left)]
    {
        within(name, value, PageSetup::MARGINS)?;
    }
    Ok(page)
}

fn read_placeholders<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Placeholder>, D::Error> {
    let declared = Vec::<Placeholder>::deserialize(deserializer)?;
    let mut names = HashSet::new();
    for Placeholder { name, .. } in &declared {
        if !placeholders::is_name(name) {
            return Err(D::Error::custom(format!(
                "`{name}` cannot be the name of a placeholder; use up to 60 letters, digits and spaces"
            )));
        }
        if !names.insert(khmer::normalise(name)) {
            return Err(D::Error::custom(format!("the placeholder `{name}` is declared twice; take one out")));
        }
    }
    Ok(declared)
}

fn read_comments<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Comment>, D::Error> {
    let comments = Vec::<Comment>::deserialize(deserializer)?;
    bounds::comments(&comments).map_err(D::Error::custom)?;
    Ok(comments)
}

/// The name of a file beside the draft. A draft that came by mail leads to no other place.
fn read_file_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let name = read_text(deserializer)?;
    if is_file_name(&name) {
        Ok(name)
    } else {
        Err(D::Error::custom(format!("`counterpart` is “{name}”; it may be the name of a file beside the draft alone")))
    }
}

/// By what a draft names a file beside it that holds the release in the other language; `None` if the file's name could
/// not be read in a draft.
pub fn counterpart_name(file: &Path) -> Option<String> {
    let name = file.file_name()?.to_str()?;
    is_file_name(name).then(|| name.to_owned())
}

/// Whether a text is the name of a file and no path, on every system.
pub fn is_file_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..") && !name.contains(['/', '\\', ':', '\0'])
}

impl From<&Letterhead> for LetterheadFile {
    fn from(letterhead: &Letterhead) -> Self {
        let Letterhead { kingdom, motto, ornament, emblem, ministry, department } = letterhead.clone();
        let ministry = if ministry.is_empty() { Vec::new() } else { ministry.split('\n').map(String::from).collect() };
        Self { kingdom, motto, ornament, emblem, ministry, department }
    }
}

impl From<&Release> for Draft {
    fn from(release: &Release) -> Self {
        let Release {
            language,
            letterhead,
            reference,
            notice,
            title,
            headline,
            mut body,
            number_paragraphs,
            signature,
            page,
            unchecked,
            template,
            placeholders,
            locked,
            comments,
            counterpart,
        } = release.clone();
        let pictures = pictures::gathered(&mut body);
        let newer = template.is_some()
            || !placeholders.is_empty()
            || !locked.is_empty()
            || matches!(signature.date, SigningDate::Placeholder(_));
        let signature = SignatureFile::from(signature);
        let has_height = letterhead.emblem.as_ref().is_some_and(|emblem| emblem.height.is_some());
        let is_newer = |paragraph: &Paragraph| {
            paragraph.kind != BlockKind::Plain || markup::marks_of(&paragraph.text) == markup::Marks::All
        };
        let has_blocks = number_paragraphs || body.iter().any(is_newer);
        let has_lines = !notice.is_empty() || signature.has_several();
        let has_furniture = page.page_count || page.running_headline || page.khmer_face != KhmerFace::default();
        let has_others = !comments.is_empty() || !counterpart.is_empty();
        let has_locks = locked.iter().any(|lock| !lock.is_of_format_2());
        Self {
            format: if has_blocks || has_height || has_lines || has_locks || has_furniture || has_others {
                3
            } else if newer {
                2
            } else {
                1
            },
            language,
            template,
            placeholders,
            letterhead: LetterheadFile::from(&letterhead),
            reference,
            notice,
            title,
            headline,
            body: BlockFile::of_body(body),
            number_paragraphs,
            signature,
            page,
            unchecked,
            locked,
            pictures,
            comments,
            counterpart,
        }
    }
}

/// Has each element once, in order.
fn as_set<Element: Ord>(list: &mut Vec<Element>) {
    list.sort_unstable();
    list.dedup();
}

impl From<Draft> for Release {
    fn from(draft: Draft) -> Self {
        let Draft {
            format: _,
            language,
            template,
            placeholders,
            letterhead,
            reference,
            notice,
            title,
            headline,
            body,
            number_paragraphs,
            signature,
            page,
            mut unchecked,
            mut locked,
            pictures,
            comments,
            counterpart,
        } = draft;
        let mut body = BlockFile::to_body(body);
        pictures::given(&mut body, pictures);
        as_set(&mut unchecked);
        as_set(&mut locked);
        let LetterheadFile { kingdom, motto, ornament, emblem, ministry, department } = letterhead;
        let ministry = ministry.join("\n");
        Self {
            language,
            letterhead: Letterhead { kingdom, motto, ornament, emblem, ministry, department },
            reference,
            notice,
            title,
            headline,
            body,
            number_paragraphs,
            signature: Signature::from(signature),
            page,
            unchecked,
            template,
            placeholders,
            locked,
            comments,
            counterpart,
        }
    }
}

#[cfg(test)]
mod cut_tests;
#[cfg(test)]
mod tests;
