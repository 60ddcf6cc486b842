//! Runs: stretches of text of one style and one script.
//!
//! Word needs a mark on Khmer text: it takes another face, size and language for it, and finds its own
//! hyphens and spelling by that.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
};

use docx_rs::{BreakType, Footnote, Hyperlink, HyperlinkData, HyperlinkType, Paragraph, Run, VertAlign, VertAlignType};

use super::styles::{KHMER, NOTE_REFERENCE, id};
use crate::{
    khmer::{by_script, is_khmer},
    release::{Attached, RichText, Style},
    typeset::breaks::{BreakKind, line_breaks},
};

/// Where a line may end, as it is written for Word: twice the invisible space that a writer types once, so that reading the file
/// can tell both apart.
pub const MARKED_BREAK: &str = "\u{200B}\u{200B}";

/// Stands for the number of a note in the note itself, until `parts` puts it there.
pub const OWN_NUMBER: &str = "\u{F8FF}";

/// Adds texts, and counts their links and notes: `docx-rs` counts them for all files that a process makes.
#[derive(Default)]
pub struct Texts {
    /// Whether the places where lines of Khmer may end are marked.
    marks_breaks: bool,
    links: Cell<usize>,
    notes: Cell<usize>,
    /// The pictures in their order.
    pictures: RefCell<Vec<Shown>>,
}

/// A picture besides its pixels.
#[derive(Debug, Default)]
pub struct Shown {
    /// The name of its file.
    pub name: String,
    /// Its alternative text.
    pub alternative: String,
    /// Its shapes as SVG, if it is a drawing.
    pub drawing: Option<Vec<u8>>,
}

impl Texts {
    /// Texts that mark the places where lines of Khmer may end, or do not.
    pub fn new(marks_breaks: bool) -> Self {
        Self { marks_breaks, ..Self::default() }
    }

    /// A paragraph with a text added to it. Line breaks of the text are those of Word.
    pub fn add(&self, paragraph: Paragraph, text: &RichText) -> Paragraph {
        let mut paragraph = paragraph;
        let mut start = 0;
        for (range, what) in text.attached() {
            paragraph = self.runs(&text.slice(start..range.start)).into_iter().fold(paragraph, Paragraph::add_run);
            start = range.end;
            paragraph = match what {
                Attached::Link(address) => paragraph.add_hyperlink(self.link(&text.slice(range), address.as_str())),
                Attached::Note(note) => paragraph.add_run(self.note(note)),
                Attached::Number(number) => paragraph.add_run(Run::new().add_text(&**number)),
            };
        }
        self.runs(&text.slice(start..text.len())).into_iter().fold(paragraph, Paragraph::add_run)
    }

    /// An identifier for the next picture, which has this name and shows this; a drawing as SVG besides.
    pub fn picture(&self, name: &str, alternative: &str, drawing: Option<Vec<u8>>) -> String {
        let mut pictures = self.pictures.borrow_mut();
        pictures.push(Shown { name: name.to_owned(), alternative: alternative.to_owned(), drawing });
        format!("rIdPicture{}", pictures.len())
    }

    /// The pictures in their order.
    pub fn pictures(self) -> Vec<Shown> {
        self.pictures.into_inner()
    }

    fn link(&self, words: &RichText, address: &str) -> Hyperlink {
        let number = self.links.get() + 1;
        self.links.set(number);
        let mut link = Hyperlink::new(address, HyperlinkType::External);
        if let HyperlinkData::External { rid, .. } = &mut link.link {
            *rid = format!("rIdLink{number}");
        }
        self.runs(words).into_iter().fold(link, Hyperlink::add_run)
    }

    /// What refers to a note, with the note.
    fn note(&self, note: &RichText) -> Run {
        let number = self.notes.get() + 1;
        self.notes.set(number);
        let mut own = Run::new().add_text(OWN_NUMBER).style(NOTE_REFERENCE);
        own.run_property.vert_align = Some(VertAlign::new(VertAlignType::SuperScript));
        let text = Paragraph::new().style(id::NOTE).add_run(own).add_run(Run::new().add_text(" "));
        let mut footnote = Footnote::new();
        footnote.id = number;
        footnote.add_content(self.runs(note).into_iter().fold(text, Paragraph::add_run));
        let mut reference = Run::new().add_footnote_reference(footnote);
        reference.run_property.vert_align = Some(VertAlign::new(VertAlignType::SuperScript));
        reference
    }

    /// The runs of a text in which nothing is attached.
    fn runs(&self, text: &RichText) -> Vec<Run> {
        let breaks = if self.marks_breaks { khmer_breaks(text.as_str()) } else { Vec::new() };
        let mut runs = Vec::new();
        for (range, style) in text.runs() {
            let mut at = range.start;
            let stretch = text.as_str().get(range).unwrap_or_default();
            for (piece, in_khmer) in by_script(stretch) {
                runs.push(run(&marked(piece, at, &breaks), style, in_khmer));
                at += piece.len();
            }
        }
        runs
    }
}

/// The places between the words of Khmer, in bytes, ascending.
fn khmer_breaks(text: &str) -> Vec<usize> {
    let is_between = |at: usize| {
        text.split_at_checked(at)
            .is_some_and(|(before, after)| before.ends_with(is_khmer) && after.starts_with(is_khmer))
    };
    let breaks = line_breaks(text).into_iter();
    breaks.filter(|place| place.kind == BreakKind::Word && is_between(place.at)).map(|place| place.at).collect()
}

/// A piece that begins at a byte of the text, with its places marked.
fn marked<'a>(piece: &'a str, start: usize, breaks: &[usize]) -> Cow<'a, str> {
    let first = breaks.partition_point(|at| *at < start);
    let within = breaks.get(first..).unwrap_or_default().iter().map(|at| at - start);
    let mut marked = String::new();
    let mut last = 0;
    for at in within.take_while(|at| *at < piece.len()) {
        marked.push_str(piece.get(last..at).unwrap_or_default());
        marked.push_str(MARKED_BREAK);
        last = at;
    }
    if last == 0 && marked.is_empty() {
        return Cow::Borrowed(piece);
    }
    marked.push_str(piece.get(last..).unwrap_or_default());
    Cow::Owned(marked)
}

/// A run of one style; in Khmer or not.
fn run(text: &str, style: Style, in_khmer: bool) -> Run {
    let mut run = Run::new();
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        if !line.is_empty() {
            run = run.add_text(line);
        }
    }
    if in_khmer {
        run = run.style(KHMER);
    }
    if style.has(Style::BOLD) {
        run = run.bold();
    }
    if style.has(Style::ITALIC) {
        run = run.italic();
    }
    if style.has(Style::UNDERLINE) {
        run = run.underline("single");
    }
    if style.has(Style::SUPERSCRIPT) {
        run.run_property.vert_align = Some(VertAlign::new(VertAlignType::SuperScript));
    }
    if style.has(Style::SUBSCRIPT) {
        run.run_property.vert_align = Some(VertAlign::new(VertAlignType::SubScript));
    }
    run
}
