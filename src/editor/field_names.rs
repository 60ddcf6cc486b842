//! What the fields and settings of a release are called in the window.
//!
//! Knows releases and words. Its invariant: form, findings, errors and comparisons call a thing by the same name.

use super::words::Words;
use crate::{
    dates,
    release::{Field, Fit, Kind, Lock, Release, SignatoryLine, SigningDate, Table, placeholders},
};

/// What a field is called in the window.
pub fn field_name(words: &Words, field: Field) -> String {
    match field {
        Field::Paragraph(index) => {
            words.with("paragraph-number", &[("number", &words.digits(&(index + 1).to_string()))])
        }
        Field::Note(index, _) => words.with("footnote-of", &[("number", &words.digits(&(index + 1).to_string()))]),
        Field::Signatory(index, _) if index > 0 => line_of_signatory(words, index, field),
        field => words.get(name(field).0).to_owned(),
    }
}

fn line_of_signatory(words: &Words, index: usize, field: Field) -> String {
    let number = words.digits(&(index + 1).to_string());
    words.with("signatory-number", &[("line", words.get(name(field).0)), ("number", &number)])
}

/// What a field of a release is called: a cell of a table by its row and column, the caption of a picture by the
/// picture's file, a paragraph by its number among those that a reader sees, a footnote by the block that it is of, and
/// one of several signatories by its number.
pub fn name_in(words: &Words, release: &Release, field: Field) -> String {
    let (index, is_note) = match field {
        Field::Paragraph(index) => (index, false),
        Field::Note(index, _) => (index, true),
        Field::Signatory(0, _) if release.signature.signatories.len() > 1 => return line_of_signatory(words, 0, field),
        field => return field_name(words, field),
    };
    if let Some((table, row, column)) = Table::numbers(&release.body, index) {
        let [table, row, column] = [table, row, column].map(|number| words.digits(&number.to_string()));
        let key = if is_note { "footnote-of-cell" } else { "table-place" };
        return words.with(key, &[("table", &table), ("row", &row), ("column", &column)]);
    }
    if let Some(picture) = release.body.get(index).and_then(|block| block.picture.as_ref()) {
        let key = if is_note { "footnote-of-caption" } else { "picture-caption-of" };
        return words.with(key, &[("file", &picture.name)]);
    }
    let number = release.paragraphs_before(index);
    field_name(words, if is_note { Field::Note(number, 0) } else { Field::Paragraph(number) })
}

/// The words for a field: its name, and what shows while it is empty.
pub fn name(field: Field) -> (&'static str, &'static str) {
    match field {
        Field::Kingdom => ("kingdom", ""),
        Field::Motto => ("motto", ""),
        Field::Ministry => ("ministry", ""),
        Field::Department => ("department", "optional"),
        Field::Reference => ("reference", "optional"),
        Field::Notice => ("notice", "optional"),
        Field::Title => ("title", ""),
        Field::Headline => ("headline", "headline-hint"),
        Field::Paragraph(_) => ("paragraph-number", "paragraph-hint"),
        Field::Note(..) => ("footnote-of", "footnote-hint"),
        Field::Place => ("place", ""),
        Field::Signatory(_, SignatoryLine::Party) => ("signatory-party", "optional"),
        Field::Signatory(_, SignatoryLine::Title) => ("signatory-title", "optional"),
        Field::Signatory(_, SignatoryLine::Name) => ("signatory-name", "optional"),
    }
}

/// The word for a kind of placeholder.
pub fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text => "kind-text",
        Kind::LongText => "kind-long-text",
        Kind::Date => "kind-date",
        Kind::Choice(_) => "kind-choice",
    }
}

/// The word for a part that a template fixes.
pub fn lock_name(lock: Lock) -> &'static str {
    match lock {
        Lock::Letterhead => "section-letterhead",
        Lock::Notice => "notice",
        Lock::Title => "title",
        Lock::Numbering => "number-paragraphs",
        Lock::Signature => "section-signature",
        Lock::Page => "section-page",
    }
}

/// The word for how many pages a release is to fill.
pub fn fit_name(fit: Fit) -> &'static str {
    match fit {
        Fit::AsSet => "fit-as-set",
        Fit::OnePage => "fit-one",
        Fit::TwoPages => "fit-two",
    }
}

/// The date of signature, in the language of the window.
pub fn signing_date(words: &Words, date: &SigningDate) -> String {
    match date {
        SigningDate::Unset => words.get("date-none").to_owned(),
        SigningDate::Day(day) => dates::date_in(words.of_releases(), *day),
        SigningDate::Placeholder(name) => placeholders::written(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        release::{BlockKind, Cell, Paragraph, Picture},
        storage::WindowLanguage,
    };

    #[test]
    fn a_footnote_is_named_by_its_block_in_both_languages() {
        let cell = Paragraph { kind: BlockKind::Cell(Cell::Row), ..Paragraph::default() };
        let picture = Some(Picture { name: "signing.jpg".into(), ..Picture::default() }.into());
        let caption = Paragraph { picture, ..Paragraph::default() };
        let release = Release { body: vec![cell, caption, Paragraph::default()], ..Release::default() };
        let names = |language| {
            let words = Words::new(language);
            [0, 1, 2].map(|index| name_in(&words, &release, Field::Note(index, 0)))
        };
        assert_eq!(
            names(WindowLanguage::English),
            [
                "Footnote of table 1, row 1, column 1",
                "Footnote of the caption of signing.jpg",
                "Footnote of paragraph 1"
            ]
        );
        assert_eq!(
            names(WindowLanguage::Khmer),
            ["កំណត់សម្គាល់របស់តារាងទី១ ជួរដេកទី១ ជួរឈរទី១", "កំណត់សម្គាល់របស់ចំណងជើងនៃរូបភាព signing.jpg", "កំណត់សម្គាល់របស់កថាខណ្ឌទី ១"]
        );
    }
}
