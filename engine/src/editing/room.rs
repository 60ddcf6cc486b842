//! Room on the page for a caret in a text that has no line there.
//!
//! Pure: knows releases. A text without ink takes no room in print. While the caret is in it, the page that is
//! typed on has a line for it, as it will have with the first letter. Invariant: what is printed is never set
//! with that line.

use super::{Position, Texts as _};
use crate::release::{Field, Paragraph, Release, RichText, SigningDate, Style};

/// A character without width: it makes a line, and no ink.
const NOTHING: &str = "\u{200B}";

/// The text that needs a line for the caret, if it has none.
pub fn needed(release: &Release, caret: Position) -> Option<Field> {
    if caret.field == Field::Paragraph(0) && release.body.is_empty() {
        return Some(caret.field);
    }
    if matches!(caret.field, Field::Note(..)) {
        // It has its number, and a line with it.
        return None;
    }
    let text = release.text(caret.field)?;
    // A cell of a table has its line, whatever is in it.
    if release.block_kind(caret.field).is_cell() {
        return None;
    }
    // The date is set in the line of the place.
    let has_date = caret.field == Field::Place && release.signature.date != SigningDate::Unset;
    (text.as_str().trim().is_empty() && !has_date).then_some(caret.field)
}

/// A release with a line for a text that has none.
#[must_use]
pub fn made(release: &Release, field: Field) -> Release {
    let mut with_line = release.clone();
    if with_line.body.is_empty() {
        with_line.body.push(Paragraph::default());
    }
    let mut text = release.text(field).unwrap_or_default().into_owned();
    text.push(&RichText::styled(NOTHING, Style::PLAIN));
    with_line.set_text(field, text);
    with_line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        release::Language,
        typeset::{Cache, Pages, Source, typeset},
    };

    fn set(release: &Release) -> Pages {
        typeset(release, None, &mut Cache::default())
    }

    fn lines_of(pages: &Pages, field: Field) -> usize {
        let is_of = |source| matches!(source, Source::Field { field: of, .. } if of == field);
        pages.lines().filter(|(_, line)| is_of(line.source)).count()
    }

    #[test]
    fn a_text_without_ink_gets_one_line_and_only_where_the_caret_is() {
        for language in [Language::English, Language::Khmer] {
            let body = ["One.", "", "  ", "Two."].map(|text| Paragraph::new(RichText::plain(text))).to_vec();
            let release = Release { body, ..Release::blank(language) };
            let plain = set(&release);
            for (index, needs) in [(0, false), (1, true), (2, true), (3, false)] {
                let field = Field::Paragraph(index);
                assert_eq!(needed(&release, Position::new(field, 0)).is_some(), needs);
                if needs {
                    assert_eq!(lines_of(&plain, field), 0);
                    let roomy = set(&made(&release, field));
                    assert_eq!((lines_of(&roomy, field), lines_of(&roomy, Field::Paragraph(3))), (1, 1));
                    let baseline = |pages: &Pages| {
                        let last = |source| matches!(source, Source::Field { field: Field::Paragraph(3), .. });
                        pages.lines().find(|(_, line)| last(line.source)).map(|(_, line)| line.baseline)
                    };
                    assert!(baseline(&roomy) > baseline(&plain), "the text below makes room");
                }
            }
        }
    }

    #[test]
    fn every_empty_text_gets_its_line() {
        let release = Release::default();
        for field in release.fields().chain([Field::Paragraph(0)]) {
            assert_eq!(needed(&release, Position::new(field, 0)), Some(field));
            assert_eq!(lines_of(&set(&made(&release, field)), field), 1, "{field:?}");
        }
    }
}
