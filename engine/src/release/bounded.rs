//! Whether a whole release, as it is or after a change, is within its [`bounds`](super::bounds).
//!
//! Must never know: pages, the window.
//!
//! Invariant: what [`check`] lets pass is read back from its file, and [`change`] never keeps anybody from
//! making a release smaller.

use std::ops::Range;

use super::{
    Attached, BlockKind, Cell, Comment, Field, Paragraph, Release, RichText,
    bounds::{BYTES, CHARACTERS, Exceeded, columns, comments, notes, paragraphs, rich, rows, signatories},
    file,
};

/// Whether all tables of a body are within their bounds.
fn tables(body: &[Paragraph]) -> Result<(), Exceeded> {
    let (mut row_count, mut cells) = (0, 0);
    for block in body {
        match block.kind {
            BlockKind::Cell(Cell::Beside) => cells += 1,
            BlockKind::Cell(Cell::Header) => (row_count, cells) = (1, 1),
            BlockKind::Cell(Cell::Row) => (row_count, cells) = (row_count + 1, 1),
            _ => (row_count, cells) = (0, 0),
        }
        columns(cells)?;
        rows(row_count)?;
    }
    Ok(())
}

/// Whether a release is within all bounds, and its file with it.
///
/// # Errors
/// For the first bound that it exceeds.
pub fn check(release: &Release) -> Result<(), Exceeded> {
    paragraphs(release.body.len())?;
    signatories(release.signature.signatories.len())?;
    notes(release)?;
    comments(&release.comments)?;
    tables(&release.body)?;
    for field in release.fields() {
        if let Some(text) = release.text(field) {
            of_field(field, &text)?;
        }
    }
    bytes(release)
}

/// Whether a change keeps a release within the bounds. Only what differs is looked at, and what is smaller
/// than it was is let pass, however large it is still.
///
/// # Errors
/// For the first bound that the change exceeds.
pub fn change(before: &Release, after: &Release) -> Result<(), Exceeded> {
    if after.body.len() > before.body.len() {
        paragraphs(after.body.len())?;
    }
    if tables(&before.body).is_ok() {
        tables(&after.body)?;
    }
    let signing = |release: &Release| release.signature.signatories.len();
    if signing(after) > signing(before) {
        signatories(signing(after))?;
    }
    if after.notes().count() > before.notes().count() {
        notes(after)?;
    }
    if before.comments != after.comments {
        comments(&after.comments)?;
    }
    // Paragraphs that came or went in the middle leave those behind them the same.
    let same = |(a, b): &(&Paragraph, &Paragraph)| a.text == b.text;
    let front = before.body.iter().zip(&after.body).take_while(same).count();
    let rest = before.body.len().min(after.body.len()) - front;
    let back = before.body.iter().rev().zip(after.body.iter().rev()).take(rest).take_while(same).count();
    let changed = front..after.body.len() - back;
    let longest = before.body.get(front..before.body.len() - back).unwrap_or_default();
    let longest = longest.iter().map(|paragraph| paragraph.text.len()).max().unwrap_or(0);
    for field in after.fields().filter(|field| !matches!(field, Field::Paragraph(at) if !changed.contains(at))) {
        let Some(new) = after.text(field) else { continue };
        let old = before.text(field);
        let is_paragraph = matches!(field, Field::Paragraph(_));
        let length = if is_paragraph { longest } else { old.as_ref().map_or(0, |old| old.len()) };
        // A text that was too long may be made shorter by degrees.
        let was_long = length > CHARACTERS && new.len() < length;
        if !was_long && old.as_ref() != Some(&new) {
            of_field(field, &new)?;
        }
    }
    match bytes(after) {
        Err(Exceeded::Bytes(size)) if file::write(before).len() >= size => Ok(()),
        other => other,
    }
}

/// Texts of a release that are about to change, as they were: a field, or paragraphs in a row.
///
/// A key changes one of them, and the others need not be looked at again.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// The field, if it is no paragraph.
    lone: Option<Field>,
    /// The paragraphs.
    range: Range<usize>,
    /// How many paragraphs the release has.
    paragraphs: usize,
    /// How many footnotes it has.
    notes: usize,
    /// What the texts take of the file, at most.
    bytes: usize,
    /// The length of the longest, in bytes.
    longest: usize,
}

impl Stretch {
    /// The texts from one field to another: the same one, or both paragraphs.
    pub fn of(release: &Release, one: Field, other: Field) -> Self {
        match (one, other) {
            (Field::Paragraph(one), Field::Paragraph(other)) => {
                Self::of_paragraphs(release, one.min(other)..one.max(other).saturating_add(1))
            }
            _ => Self::measured(release, Some(one), 0..0),
        }
    }

    /// Paragraphs in a row.
    pub fn of_paragraphs(release: &Release, range: Range<usize>) -> Self {
        Self::measured(release, None, range.start..range.end.min(release.body.len()))
    }

    fn measured(release: &Release, lone: Option<Field>, range: Range<usize>) -> Self {
        let (paragraphs, notes) = (release.body.len(), release.notes().count());
        let mut stretch = Self { lone, range, paragraphs, notes, bytes: 0, longest: 0 };
        let texts = stretch.fields(release).filter_map(|field| release.text(field));
        stretch.longest = texts.map(|text| text.len()).max().unwrap_or(0);
        stretch.bytes = stretch.bytes_in(release);
        stretch
    }

    /// The same texts in the release as it is now: others have come or gone within them alone.
    fn fields(&self, release: &Release) -> impl Iterator<Item = Field> + use<> {
        let behind = self.paragraphs.saturating_sub(self.range.end);
        let end = if self.lone.is_some() { 0 } else { release.body.len().saturating_sub(behind) };
        self.lone.into_iter().chain((self.range.start..end).map(Field::Paragraph))
    }

    fn bytes_in(&self, release: &Release) -> usize {
        let texts = self.fields(release).filter_map(|field| release.text(field));
        let lines = if self.lone == Some(Field::Ministry) { ministry_lines(release) } else { 0 };
        lines + texts.map(|text| rich_bytes(&text)).sum::<usize>()
    }

    /// Whether a release is within the bounds after these texts have changed; of a file that took at most `bytes`,
    /// gives what it takes at most now. What is no larger than it was is let pass, however large it is still.
    ///
    /// # Errors
    /// For the first bound that the change exceeds.
    pub fn check(&self, after: &Release, bytes: usize) -> Result<usize, Exceeded> {
        if after.body.len() > self.paragraphs {
            paragraphs(after.body.len())?;
            tables(&after.body)?;
        }
        if after.notes().count() > self.notes {
            notes(after)?;
        }
        for field in self.fields(after) {
            let Some(text) = after.text(field) else { continue };
            let was_long = self.longest > CHARACTERS && text.len() <= self.longest;
            if !was_long {
                of_field(field, &text)?;
            }
        }
        let now = self.bytes_in(after);
        let all = bytes.saturating_sub(self.bytes) + now;
        if all > BYTES && now > self.bytes {
            let size = file::write(after).len();
            if size > BYTES {
                return Err(Exceeded::Bytes(size));
            }
        }
        Ok(all)
    }
}

fn of_field(field: Field, of: &RichText) -> Result<(), Exceeded> {
    rich(of).map_err(|bound| Exceeded::Text { field, bound })
}

/// Whether the file is within its bound. Only a draft that comes near it is written out for that.
fn bytes(release: &Release) -> Result<(), Exceeded> {
    if most_bytes(release) <= BYTES {
        return Ok(());
    }
    let size = file::write(release).len();
    if size > BYTES { Err(Exceeded::Bytes(size)) } else { Ok(()) }
}

/// Names of fields, indents, quotation marks and brackets around a text, and the style of a block, in bytes of the
/// file.
const AROUND: usize = 192;

/// More bytes than a text takes in the file.
fn plain_bytes(text: &str) -> usize {
    // A sign of emphasis is escaped, and signs of number are repeated on both sides of a text that holds
    // quotation marks. In the cell of a table quotation marks, line breaks and the signs that escape are escaped.
    let is_escaped = |byte: &u8| matches!(byte, b'*' | b'_' | b'^' | b'~' | b'[' | b']' | b'\\' | b'"' | b'\n');
    let escaped = text.bytes().filter(is_escaped).count();
    text.len() + 3 * escaped + 2 * text.bytes().filter(|byte| *byte == b'#').count() + AROUND
}

fn rich_bytes(text: &RichText) -> usize {
    let attached = text.attached().map(|(_, what)| match what {
        Attached::Link(address) => 4 + 2 * address.as_str().len(),
        Attached::Note(note) => 3 + rich_bytes(note),
        Attached::Number(_) => 0,
    });
    plain_bytes(text.as_str()) + 12 * (text.runs().count() + text.attached().count()) + attached.sum::<usize>()
}

/// What the lines of the ministry take beside its text.
fn ministry_lines(release: &Release) -> usize {
    release.letterhead.ministry.matches('\n').count() * AROUND
}

/// More bytes than the file of a release takes.
pub fn most_bytes(release: &Release) -> usize {
    /// All that is no text: the setting of the page, the date, the locks.
    const SETTING: usize = 4096;
    let plain = plain_bytes;
    // Notes are in the texts of their paragraphs.
    let fields = release.fields().filter(|field| !matches!(field, Field::Note(..)));
    let texts = fields.filter_map(|field| release.text(field)).map(|text| rich_bytes(&text));
    let Release { letterhead, template, placeholders, .. } = release;
    let emblem = letterhead.emblem.as_ref().map_or(0, |emblem| plain(&emblem.file) + plain(&emblem.alternative));
    let template = template.as_ref().map_or(0, |template| plain(&template.name) + plain(&template.purpose));
    let placeholders = placeholders.iter().map(|one| {
        let choices = match &one.kind {
            super::Kind::Choice(choices) => choices.iter().map(|choice| plain(choice)).sum(),
            _ => 0,
        };
        plain(&one.name) + plain(&one.prompt) + plain(&one.default) + choices
    });
    let date = match &release.signature.date {
        super::SigningDate::Placeholder(name) => plain(name),
        super::SigningDate::Unset | super::SigningDate::Day(_) => 0,
    };
    let lines = ministry_lines(release);
    let pictures = release.body.iter().filter_map(|block| block.picture.as_deref()).map(|picture| {
        let data = picture.data.as_ref().map_or(0, |data| picture_bytes(data.bytes().len()));
        2 * plain(&picture.name) + plain(&picture.alternative) + data
    });
    let comments = release.comments.iter().map(|Comment { on, by, text, answers, .. }| {
        let answers = answers.iter().map(|answer| 2 * plain(&answer.by) + plain(&answer.text)).sum::<usize>();
        plain(on) + 2 * plain(by) + plain(text) + answers
    });
    let listed = placeholders.sum::<usize>() + pictures.sum::<usize>() + comments.sum::<usize>();
    SETTING + texts.sum::<usize>() + lines + emblem + template + date + listed
}

/// What so many bytes of a picture take in the file.
pub fn picture_bytes(bytes: usize) -> usize {
    bytes.div_ceil(3).saturating_mul(4)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::release::{
        Emblem, Item, Kind, Level, ListKind, Placeholder, SigningDate, Style, Template,
        bounds::{LETTER, PARAGRAPHS},
    };

    fn body(texts: impl IntoIterator<Item = String>) -> Release {
        let body = texts.into_iter().map(|text| Paragraph::new(RichText::plain(text))).collect();
        Release { body, ..Release::default() }
    }

    #[test]
    fn what_is_at_a_bound_is_read_back_and_what_is_beyond_is_named() {
        let many = |count| body((0..count).map(|_| "x".to_owned()));
        let long = |count: usize| body(["x".to_owned(), "ក".repeat(count)]);
        let letter = |count: usize| body(["x".to_owned(), format!("ab ក{}ខ", "ា".repeat(count - 1))]);
        for (at, beyond, said) in [
            (many(PARAGRAPHS), many(PARAGRAPHS + 1), "the text has 20001 paragraphs, and a draft at most 20000;"),
            (long(CHARACTERS), long(CHARACTERS + 1), "paragraph 2: it has 100001 characters, and at most 100000"),
            (letter(LETTER), letter(LETTER + 1), "paragraph 2: 101 signs are on one letter, beginning with “កាា”"),
        ] {
            assert_eq!(check(&at), Ok(()));
            assert_eq!(file::parse(&file::write(&at)).as_ref(), Ok(&at));
            let error = check(&beyond).unwrap_err().to_string();
            assert!(error.starts_with(said), "{error}");
            let read = file::parse(&file::write(&beyond)).unwrap_err();
            assert!(read.reason().contains(said), "{read}");
            assert!(read.line > 1 && read.field.is_some(), "{read:?}");
        }
        let large = body((0..90).map(|_| "x".repeat(CHARACTERS)));
        assert_eq!(
            check(&large).unwrap_err().to_string().split(';').next(),
            Some("the draft takes 9 MB, and at most 8 can be opened again")
        );
    }

    #[test]
    fn a_change_beyond_a_bound_is_refused_and_one_back_is_not() {
        let long = body(["ក".repeat(CHARACTERS)]);
        let longer = body(["ក".repeat(CHARACTERS + 1)]);
        let longest = body(["ក".repeat(CHARACTERS + 2)]);
        assert_eq!(change(&long, &long), Ok(()));
        assert!(change(&long, &longer).is_err() && change(&longer, &longest).is_err());
        assert_eq!([change(&longest, &longer), change(&longest, &long)], [Ok(()), Ok(())]);
        // What was too long before, elsewhere, is no reason to refuse.
        let mut two = longer.clone();
        two.body.push(Paragraph::new(RichText::plain("x")));
        let mut typed = two.clone();
        typed.body[1].text.push_str("y", Style::BOLD);
        assert_eq!(change(&two, &typed), Ok(()));
        typed.title = "x".repeat(CHARACTERS + 1);
        assert!(matches!(change(&two, &typed), Err(Exceeded::Text { field: Field::Title, .. })));
        let mut split = longer.clone();
        split.body = vec![Paragraph::default(); PARAGRAPHS + 2];
        assert!(change(&longer, &split).is_err());
        let mut fewer = split.clone();
        fewer.body.pop();
        assert_eq!(change(&split, &fewer), Ok(()));
        let large = body((0..90).map(|_| "x".repeat(CHARACTERS)));
        let mut larger = large.clone();
        larger.body[0].text = RichText::plain("y");
        assert_eq!(change(&large, &larger), Ok(()));
        larger.body.extend(large.body.iter().take(2).cloned());
        assert!(matches!(change(&large, &larger), Err(Exceeded::Bytes(_))));
    }

    #[test]
    fn a_stretch_counts_what_the_whole_release_does() {
        let mut release = body((0..6).map(|number| format!("{number} *a* # b")));
        let mut bytes = most_bytes(&release);
        let mut change = |first: Field, last: Field, change: &dyn Fn(&mut Release)| {
            let stretch = Stretch::of(&release, first, last);
            change(&mut release);
            bytes = stretch.check(&release, bytes).unwrap();
            assert_eq!(bytes, most_bytes(&release));
        };
        let (two, four) = (Field::Paragraph(2), Field::Paragraph(4));
        change(two, two, &|release| release.body[2].text.push_str("_x_", Style::BOLD));
        change(two, four, &|release| drop(release.body.drain(2..4)));
        change(two, two, &|release| release.body.insert(2, Paragraph::new(RichText::plain("##"))));
        change(Field::Ministry, Field::Ministry, &|release| release.letterhead.ministry = "a\nb\nc".into());
        change(Field::Title, Field::Title, &|release| release.title = "*".repeat(40));
        change(Field::Paragraph(0), Field::Paragraph(4), &|release| release.body.clear());
    }

    #[test]
    fn a_stretch_refuses_what_is_beyond_a_bound_and_lets_pass_what_is_smaller() {
        let one = Field::Paragraph(0);
        let checked = |before: &Release, after: &Release| {
            Stretch::of(before, one, one).check(after, most_bytes(before)).map(|_| ())
        };
        let of = |count| body(["ក".repeat(count)]);
        assert_eq!(checked(&of(1), &of(CHARACTERS)), Ok(()));
        assert!(matches!(checked(&of(1), &of(CHARACTERS + 1)), Err(Exceeded::Text { field, .. }) if field == one));
        assert_eq!(checked(&of(CHARACTERS + 2), &of(CHARACTERS + 1)), Ok(()));
        let many = |count| body((0..count).map(|_| "x".to_owned()));
        assert_eq!(checked(&many(PARAGRAPHS), &many(PARAGRAPHS + 1)), Err(Exceeded::Paragraphs(PARAGRAPHS + 1)));
        let large = body((0..90).map(|_| "x".repeat(CHARACTERS - 10)));
        let mut other = large.clone();
        other.body[0].text.push_str("yy", Style::PLAIN);
        assert!(matches!(checked(&large, &other), Err(Exceeded::Bytes(_))));
        assert_eq!(checked(&other, &large), Ok(()));
    }

    proptest! {
        #[test]
        fn no_file_is_larger_than_was_reckoned(
            runs in prop::collection::vec(("[a*_\\\\\"# ក្\\n]{0,8}", 0u8..32), 0..8),
            other in "[a*_\\\\\"#\\n]{0,12}",
        ) {
            let mut text = RichText::default();
            for (run, bits) in runs {
                let style = Style::EACH.into_iter().enumerate()
                    .fold(Style::PLAIN, |style, (i, one)| style.with(one, bits >> i & 1 == 1));
                text.push_str(&run, style);
            }
            let longest = BlockKind::Item(Item { list: ListKind::Sections, level: Level::Three, start: Some(9_999) });
            let mut release = Release { body: vec![Paragraph { new_page: true, kind: longest, ..Paragraph::new(text) }; 50], headline: other.clone(), ..Release::default() };
            release.letterhead.ministry = other.clone();
            release.letterhead.emblem = Some(Emblem { file: other.clone(), alternative: other.clone(), height: None });
            release.template = Some(Template { name: other.clone(), purpose: other.clone() });
            release.signature.date = SigningDate::Placeholder("a".into());
            let asked = Placeholder { kind: Kind::Choice(vec![other.clone(); 9]), prompt: other.clone(), default: other, ..Placeholder::of("a") };
            release.placeholders = vec![asked; 20];
            let reckoned = most_bytes(&release);
            prop_assert!(file::write(&release).len() <= reckoned);
        }
    }
}
