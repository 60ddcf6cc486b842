//! The numbers of lists: counted by Word where it can count so, written out where it cannot.
//!
//! Word has neither Khmer digits nor Khmer letters for the items of a list. Those are text at the hanging indent,
//! with a tab behind them, and stay as they are if an item is put in between.

use std::collections::BTreeMap;

use docx_rs::{
    AbstractNumbering, Docx, IndentLevel, Level, LevelJc, LevelText, NumberFormat, Numbering, NumberingId, Paragraph,
    Run, SpecialIndentType, Start, Tab, TabValueType,
};

use super::{text::Texts, twips};
use crate::release::{BlockKind, Counting, Language, ListEntry, Outline, RichText};

/// Where a list is, from the left edge of the text, in points.
#[derive(Clone, Copy, Debug, Default)]
pub struct Edge {
    /// The numbers.
    pub marker: f32,
    /// The text.
    pub text: f32,
}

/// The lists that Word counts, each with the number that it has in the file.
#[derive(Default)]
pub struct Lists(BTreeMap<usize, usize>);

impl Lists {
    /// Tells Word how the lists of a body are counted; `edge` gives where the list of a block is.
    pub fn define(docx: Docx, outline: &Outline, language: Language, edge: impl Fn(usize) -> Edge) -> (Docx, Self) {
        let first = |index| match outline.kind(index) {
            BlockKind::Item(item) => usize::from(item.start.unwrap_or(1)),
            _ => 1,
        };
        let (mut docx, mut lists) = (docx, Self::default());
        for (index, entry) in outline.entries() {
            let Some((format, text)) = format(entry, language) else { continue };
            if entry.marker.is_none() || lists.0.contains_key(&entry.list) {
                continue;
            }
            // Word reads the numbers of lists from 1 on.
            let id = lists.0.len() + 1;
            let Edge { marker, text: at } = edge(index);
            // Its items are at a level of their own, which Word knows only with those around it.
            let levels = (0..=entry.depth).map(|level| {
                let first = if level == entry.depth { first(index) } else { 1 };
                let (start, format) = (Start::new(first), NumberFormat::new(format));
                let text = LevelText::new(text.replace("%1", &format!("%{}", level + 1)));
                Level::new(level, start, format, text, LevelJc::new("left")).indent(
                    Some(twips(at)),
                    Some(SpecialIndentType::Hanging(twips(at - marker))),
                    None,
                    None,
                )
            });
            let numbering = levels.fold(AbstractNumbering::new(id), AbstractNumbering::add_level);
            docx = docx.add_abstract_numbering(numbering).add_numbering(Numbering::new(id, id));
            lists.0.insert(entry.list, id);
        }
        (docx, lists)
    }

    /// A paragraph as an item of a list, or as one that goes on with an item.
    pub fn item(&self, paragraph: Paragraph, entry: &ListEntry, edge: Edge, texts: &Texts) -> Paragraph {
        let at = Some(twips(edge.text));
        let Some(marker) = &entry.marker else { return paragraph.indent(at, None, None, None) };
        let hanging = Some(SpecialIndentType::Hanging(twips(edge.text - edge.marker)));
        let paragraph = paragraph.indent(at, hanging, None, None);
        if let Some(&id) = self.0.get(&entry.list) {
            return paragraph.numbering(NumberingId::new(id), IndentLevel::new(entry.depth));
        }
        let tab = usize::try_from(twips(edge.text)).unwrap_or_default();
        let paragraph = paragraph.add_tab(Tab::new().val(TabValueType::Left).pos(tab));
        texts.add(paragraph, &RichText::plain(marker.as_str())).add_run(Run::new().add_tab())
    }
}

/// How Word counts a list, and the pattern of its numbers; `None` if it cannot.
fn format(entry: &ListEntry, language: Language) -> Option<(&'static str, String)> {
    let format = match entry.counting {
        Counting::Decimal if language == Language::Khmer => return None,
        Counting::KhmerLetters => return None,
        Counting::Decimal => "decimal",
        Counting::SmallLetters => "lowerLetter",
        Counting::CapitalLetters => "upperLetter",
        Counting::SmallRoman => "lowerRoman",
        Counting::CapitalRoman => "upperRoman",
        Counting::Bullets => return Some(("bullet", entry.marker.clone().unwrap_or_else(|| "•".to_owned()))),
    };
    // The signs around the number are those of the page: 1. or (i).
    let marker = entry.marker.as_deref().unwrap_or("1.");
    let is_sign = |c: char| !c.is_alphanumeric();
    let start = marker.find(|c| !is_sign(c)).unwrap_or(0);
    let end = marker.rfind(|c| !is_sign(c)).map_or(marker.len(), |at| {
        at + marker.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    });
    let pattern = format!("{}%1{}", marker.get(..start).unwrap_or_default(), marker.get(end..).unwrap_or_default());
    Some((format, pattern))
}
