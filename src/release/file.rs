//! The draft as a RON file: what a person can read, mend by hand and send by mail.
//!
//! The file's own shape is declared here, apart from the document's, so that the document can
//! change while old drafts are still read. Rich text stands in it as marks (see [`markup`]).

use std::{collections::HashSet, fmt};

use chrono::NaiveDate;
use ron::{Options, error::SpannedError, extensions::Extensions, ser::PrettyConfig};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, SeqAccess, Visitor},
};

use super::{
    Check, Emblem, Language, Letterhead, Lock, PageSetup, Paragraph, Placeholder, Release, RichText, Signature,
    SigningDate, Template, bounds, markup, placeholders,
};

/// The newest version of the format, which this program reads with all older ones. A draft is
/// written in the oldest that can hold it: 2 brought placeholders and locks.
pub const FORMAT: u32 = 2;

/// The largest draft that is read, in bytes: five times the longest the tests set, 200 pages of Khmer. What else
/// bounds a draft is in [`bounds`].
pub const MAX_BYTES: usize = 8 << 20;

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
    /// What is wrong and what to do.
    pub message: String,
    /// Whether nothing is wrong but that the draft was written by a newer program.
    pub is_newer: bool,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, field, message, is_newer: _ } = self;
        write!(f, "line {line}, column {column}: ")?;
        if let Some(field) = field {
            write!(f, "field `{field}`: ")?;
        }
        f.write_str(message)
    }
}

impl std::error::Error for ParseError {}

/// Reads a draft.
///
/// # Errors
/// For everything that is no whole draft of this format or an older one: an unknown or missing
/// field, a wrong type, a mark never closed, a newer format, too large or too deep a file, more than
/// [`bounds`] allows.
pub fn parse(source: &str) -> Result<Release, ParseError> {
    if source.len() > MAX_BYTES {
        let message = format!("the file has {} MB; a draft has at most {}", source.len() >> 20, MAX_BYTES >> 20);
        return Err(ParseError { line: 1, column: 1, field: None, message, is_newer: false });
    }
    let Format { format } = read(source)?;
    if format > FORMAT {
        let message = format!(
            "this draft is of format {format}, from a newer Release Composer; this one reads up to format {FORMAT}. \
             Update the program, or have the draft saved by an older one"
        );
        return Err(ParseError { field: Some("format".into()), message, is_newer: true, ..find(source, "format") });
    }
    if format == 0 {
        let message = format!("there is no format 0; this program writes format {FORMAT}");
        return Err(ParseError { field: Some("format".into()), message, ..find(source, "format") });
    }
    read::<Draft>(source).map(Release::from)
}

/// Reads what stands in a RON file that people write by hand, a draft or another.
///
/// # Errors
/// For everything that is no such thing, with the place and the way out.
pub(crate) fn read<T: serde::de::DeserializeOwned>(source: &str) -> Result<T, ParseError> {
    options().from_str(source).map_err(|error| explain(source, error))
}

/// The names among which one is to be chosen, for a message.
pub(crate) fn one_of(names: &[impl AsRef<str>]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// Writes a draft.
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
    #[serde(default, deserialize_with = "read_text")]
    title: String,
    #[serde(default, deserialize_with = "read_text")]
    headline: String,
    #[serde(default, deserialize_with = "read_body")]
    body: Vec<ParagraphFile>,
    #[serde(default)]
    signature: SignatureFile,
    #[serde(default, deserialize_with = "page_setup")]
    page: PageSetup,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unchecked: Vec<Check>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    locked: Vec<Lock>,
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

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "Paragraph")]
struct ParagraphFile {
    #[serde(serialize_with = "write_rich", deserialize_with = "read_rich")]
    text: RichText,
    #[serde(default, skip_serializing_if = "is_false")]
    new_page: bool,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename = "Signature")]
struct SignatureFile {
    #[serde(deserialize_with = "read_text")]
    place: String,
    #[serde(with = "date")]
    date: SigningDate,
    lunar_date: bool,
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "read_text")]
    name: String,
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "read_text")]
    title: String,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

fn write_rich<S: Serializer>(text: &RichText, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&markup::write(text))
}

fn read_rich<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RichText, D::Error> {
    let text = markup::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)?;
    bounds::text(text.as_str()).map_err(D::Error::custom)?;
    Ok(text)
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
fn read_body<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<ParagraphFile>, D::Error> {
    struct Body;

    impl<'de> Visitor<'de> for Body {
        type Value = Vec<ParagraphFile>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of paragraphs")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut body = Vec::new();
            while let Some(paragraph) = list.next_element()? {
                body.push(paragraph);
                bounds::paragraphs(body.len()).map_err(A::Error::custom)?;
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
        if range.contains(&value) {
            Ok(())
        } else {
            Err(D::Error::custom(format!("`{name}` is {value}; it may be from {from} to {to}")))
        }
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
        if !names.insert(name) {
            return Err(D::Error::custom(format!("the placeholder `{name}` is declared twice; take one out")));
        }
    }
    Ok(declared)
}

mod date {
    use chrono::Datelike as _;

    use super::{Deserialize, Deserializer, NaiveDate, Serialize, Serializer, SigningDate, placeholders};
    use serde::de::Error as _;

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
            title,
            headline,
            body,
            signature,
            page,
            unchecked,
            template,
            placeholders,
            locked,
        } = release.clone();
        let Signature { place, date, lunar_date, name, title: signatory_title } = signature;
        let newer = template.is_some()
            || !placeholders.is_empty()
            || !locked.is_empty()
            || matches!(date, SigningDate::Placeholder(_));
        Self {
            format: if newer { 2 } else { 1 },
            language,
            template,
            placeholders,
            letterhead: LetterheadFile::from(&letterhead),
            reference,
            title,
            headline,
            body: body.into_iter().map(|Paragraph { text, new_page }| ParagraphFile { text, new_page }).collect(),
            signature: SignatureFile { place, date, lunar_date, name, title: signatory_title },
            page,
            unchecked,
            locked,
        }
    }
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
            title,
            headline,
            body,
            signature,
            page,
            mut unchecked,
            mut locked,
        } = draft;
        unchecked.sort_unstable();
        unchecked.dedup();
        locked.sort_unstable();
        locked.dedup();
        let LetterheadFile { kingdom, motto, ornament, emblem, ministry, department } = letterhead;
        let SignatureFile { place, date, lunar_date, name, title: signatory_title } = signature;
        let ministry = ministry.join("\n");
        Self {
            language,
            letterhead: Letterhead { kingdom, motto, ornament, emblem, ministry, department },
            reference,
            title,
            headline,
            body: body.into_iter().map(|ParagraphFile { text, new_page }| Paragraph { text, new_page }).collect(),
            signature: Signature { place, date, lunar_date, name, title: signatory_title },
            page,
            unchecked,
            template,
            placeholders,
            locked,
        }
    }
}

/// Says an error of the RON reader in the words of someone who mends the file by hand.
fn explain(source: &str, error: SpannedError) -> ParseError {
    use ron::Error;
    let mut place = (error.span.start.line, error.span.start.col);
    let mut field = None;
    let message = match error.code {
        Error::NoSuchStructField { expected, found, .. } => {
            field = Some(found);
            format!("no such field; the fields here are {}. Correct its name or take the line out", one_of(expected))
        }
        Error::MissingStructField { field: name, .. } => {
            field = Some(name.to_owned());
            "the field is missing; add it".to_owned()
        }
        Error::DuplicateStructField { field: name, .. } => {
            field = Some(name.to_owned());
            "the field stands twice; take one out".to_owned()
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            format!("`{found}` is none of the choices {}", one_of(expected))
        }
        Error::ExpectedString => "a text in quotation marks is wanted here".to_owned(),
        Error::ExpectedStringEnd => "a text is not closed; add its quotation mark".to_owned(),
        Error::ExpectedBoolean => "`true` or `false` is wanted here".to_owned(),
        Error::ExpectedInteger | Error::ExpectedFloat => "a number is wanted here".to_owned(),
        Error::ExpectedArray => "a list in square brackets is wanted here".to_owned(),
        Error::ExceededRecursionLimit => "brackets are nested too deep; take some out".to_owned(),
        Error::Eof => "the file ends too early; its last part is missing".to_owned(),
        Error::TrailingCharacters => {
            "something stands after the last bracket, where the file should end; take it out".to_owned()
        }
        Error::Message(message) => message,
        other => format!("{other}; correct the text here"),
    };
    if field.is_none() {
        place = (error.span.end.line.max(place.0), if error.span.end.line > place.0 { 1 } else { place.1 });
        field = field_before(source, (error.span.end.line, error.span.end.col));
        place = if place.0 == error.span.start.line { place } else { (error.span.end.line, error.span.end.col) };
    }
    ParseError { line: place.0, column: place.1, field, message, is_newer: false }
}

/// The place of the first field of a name, for errors that come without one.
fn find(source: &str, name: &str) -> ParseError {
    let at = source.find(name).unwrap_or(0);
    let before = &source[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
    ParseError { line, column, field: None, message: String::new(), is_newer: false }
}

/// The last `name:` before a place, texts and comments left out.
fn field_before(source: &str, (line, column): (usize, usize)) -> Option<String> {
    let mut name = None;
    let mut word = String::new();
    let mut in_text = false;
    for (i, text) in source.lines().take(line).enumerate() {
        let limit = if i + 1 == line { column } else { usize::MAX };
        let mut chars = text.chars().take(limit).peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' if in_text => _ = chars.next(),
                '"' => in_text = !in_text,
                _ if in_text => {}
                '/' if chars.peek() == Some(&'/') => break,
                ':' => name = Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()).or(name),
                c if c.is_alphanumeric() || c == '_' => word.push(c),
                _ => word.clear(),
            }
        }
        word.clear();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"(format: 1, language: Khmer, body: [(text: "ក **ខ**")], signature: (date: "2023-10-30"))"#;

    #[test]
    fn reads_a_draft_written_by_hand() {
        let release = parse(SMALL).unwrap();
        assert_eq!(release.language, Language::Khmer);
        assert_eq!(release.signature.date.day(), NaiveDate::from_ymd_opt(2023, 10, 30));
        assert_eq!(release.body[0].text.style_of("ក ".len().."ក ខ".len()), crate::release::Style::BOLD);
        assert!(release.letterhead.ornament);
    }

    #[test]
    fn writes_khmer_as_it_is_and_reads_it_back() {
        let mut release = parse(SMALL).unwrap();
        release.letterhead.ministry = "ក្រសួងការបរទេស\nនិងសហប្រតិបត្តិការអន្តរជាតិ".into();
        release.headline = "a \"quote\" and a \\".into();
        let written = write(&release);
        assert!(written.contains("ក្រសួងការបរទេស"), "{written}");
        assert_eq!(parse(&written).unwrap(), release);
    }

    #[test]
    fn a_draft_that_asks_for_no_fit_has_none() {
        use crate::release::Fit;
        let mut release = parse("(format: 1, language: English, page: (body_size: Some(11)))").unwrap_or_default();
        assert_eq!(release.page.fit, Fit::AsSet);
        for fit in [Fit::AsSet, Fit::OnePage, Fit::TwoPages] {
            release.page.fit = fit;
            assert_eq!(parse(&write(&release)).unwrap(), release);
        }
    }

    fn error(source: &str) -> String {
        parse(source).unwrap_err().to_string()
    }

    #[test]
    fn errors_name_place_and_field() {
        let typo = "(\n  format: 1,\n  language: English,\n  headlin: \"x\",\n)";
        assert!(error(typo).starts_with("line 4, column 3: field `headlin`: no such field"), "{}", error(typo));
        let kind = "(\n  format: 1,\n  language: English,\n  headline: 7,\n)";
        assert!(error(kind).starts_with("line 4, column 12: field `headline`: a text"), "{}", error(kind));
        let date = "(\n  format: 1,\n  language: English,\n  signature: (date: \"30 October\"),\n)";
        let said = error(date);
        assert!(said.starts_with("line 4") && said.contains("field `date`: `30 October` is no date"), "{said}");
        for far in ["-262143-01-01", "0000-01-01", "+10000-01-01"] {
            let said = error(&format!("(format: 1, language: English, signature: (date: \"{far}\"))"));
            assert!(said.contains("is no date; write year"), "{said}");
        }
        let mark = "(\n  format: 1,\n  language: English,\n  body: [\n    (text: \"a **b\"),\n  ],\n)";
        assert!(error(mark).contains("line 5") && error(mark).contains("field `text`: the mark **"), "{}", error(mark));
        let range = "(format: 1, language: English, page: (body_size: 400))";
        assert!(error(range).contains("`body_size` is 400; it may be from 8 to 18"), "{}", error(range));
    }

    #[test]
    fn a_template_comes_back_as_it_was_written() {
        let mut template = parse(SMALL).unwrap();
        template.template = Some(Template { name: "ការសន្ទនា".into(), purpose: String::new() });
        template.signature.date = SigningDate::Placeholder("date of signature".into());
        template.placeholders = vec![
            Placeholder {
                kind: placeholders::Kind::Choice(vec!["a".into(), "b".into()]),
                default: "a".into(),
                ..Placeholder::of("date of signature")
            },
            Placeholder::of("ឈ្មោះ"),
        ];
        template.locked = vec![Lock::Letterhead, Lock::Page];
        let written = write(&template);
        assert!(written.contains("format: 2") && written.contains("date: \"{{date of signature}}\""), "{written}");
        assert_eq!(parse(&written).unwrap(), template);
        // What an older program can hold is written for it.
        assert!(write(&parse(SMALL).unwrap()).contains("format: 1"));
        let twice = "(format: 2, language: English, placeholders: [(name: \"a\"), (name: \"a\")])";
        assert!(error(twice).contains("`a` is declared twice"), "{}", error(twice));
        let braces = "(format: 2, language: English, placeholders: [(name: \"a}\")])";
        assert!(error(braces).contains("`a}` cannot be the name"), "{}", error(braces));
    }

    #[test]
    fn fifty_thousand_placeholders_can_be_declared() {
        let placeholders = (0..50_000).map(|number| Placeholder::of(format!("number {number}"))).collect();
        let release = Release { placeholders, ..Release::default() };
        assert_eq!(parse(&write(&release)).unwrap(), release);
    }

    #[test]
    fn a_newer_file_is_named_as_such() {
        let said = error("(format: 9, language: English, hologram: \"x\")");
        assert!(said.contains("field `format`: this draft is of format 9"), "{said}");
    }

    #[test]
    fn what_no_draft_is_comes_back_as_an_error() {
        for source in ["", "(", "hello", "\u{0}", "(format: 1)", "(format: -1, language: English)", "()"] {
            parse(source).unwrap_err();
        }
        let deep = format!("(format: 1, language: English, x: {})", "[".repeat(200_000));
        assert!(error(&deep).contains("nested too deep"), "{}", error(&deep));
        let deep = format!("(format: 1, language: English, x: {})", "Some(".repeat(200_000));
        parse(&deep).unwrap_err();
        assert!(error(&" ".repeat(MAX_BYTES + 1)).contains("at most 8"));
    }
}
