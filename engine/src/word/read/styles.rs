//! Styles and lists of a Word file: what a paragraph is that names them.

use std::collections::{HashMap, HashSet};

use roxmltree::{Document, Node};

use super::{
    package::{child, child_value, is, is_on, value},
    signs,
};
use crate::{khmer::legacy::LegacyFont, release::ListKind, word::styles::id};

/// Styles that are based on each other are followed so far.
const DEEPEST: usize = 20;

/// The list that a paragraph or a style names, if it names one, and the level in it.
pub type NamedList = (Option<String>, Option<usize>);

/// What a style says.
#[derive(Clone, Debug, Default)]
pub struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<usize>,
    /// The list of the style, and the level in it.
    list: Option<NamedList>,
    /// How far the text is from the margin, in twentieths of a point.
    indent: Option<i64>,
    is_centred: Option<bool>,
    is_justified: Option<bool>,
    is_bold: Option<bool>,
    is_italic: Option<bool>,
    /// Whether it names a font, and if that is one from before Unicode, of which family.
    font: Option<Option<LegacyFont>>,
}

/// All styles, by their identifiers.
#[derive(Debug, Default)]
pub struct Styles(HashMap<String, Style>);

impl Styles {
    /// Reads the part of the styles.
    pub fn read(part: &Document<'_>) -> Self {
        let styles = part.root_element().children().filter(|node| is(*node, "style"));
        Self(
            styles
                .filter_map(|node| {
                    let paragraph = child(node, "pPr");
                    let run = child(node, "rPr");
                    let style = Style {
                        name: child_value(node, "name").unwrap_or_default().to_lowercase(),
                        based_on: child_value(node, "basedOn").map(str::to_owned),
                        outline: paragraph.and_then(|node| child_value(node, "outlineLvl")?.parse().ok()),
                        list: paragraph.and_then(named_list),
                        indent: paragraph.and_then(|node| left_indent(child(node, "ind")?)),
                        is_centred: paragraph.and_then(|node| child_value(node, "jc")).map(|jc| jc == "center"),
                        is_justified: paragraph.and_then(|node| child_value(node, "jc")).map(|jc| jc == "both"),
                        is_bold: run.and_then(|node| is_on(node, "b")),
                        is_italic: run.and_then(|node| is_on(node, "i")),
                        font: run.and_then(|node| child(node, "rFonts")).map(legacy_font),
                    };
                    Some((value(node, "styleId")?.to_owned(), style))
                })
                .collect(),
        )
    }

    /// Whether there is a style of this identifier.
    fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// Whether they are of a file that was made here.
    pub fn are_own(&self) -> bool {
        self.has(id::KINGDOM) && self.has(id::HEADLINE)
    }

    /// The first that a style or one that it is based on says about something.
    fn find<T>(&self, id: Option<&str>, said: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut id = id.map(str::to_owned);
        for _ in 0..DEEPEST {
            let style = self.0.get(id.as_deref()?)?;
            if let Some(said) = said(style) {
                return Some(said);
            }
            id.clone_from(&style.based_on);
        }
        None
    }

    /// The level of a heading, from 1.
    pub fn heading(&self, id: Option<&str>) -> Option<usize> {
        self.find(id, |style| {
            let by_name = style.name.strip_prefix("heading ").and_then(|level| level.trim().parse().ok());
            by_name.or(style.outline.filter(|level| *level < 9).map(|level| level + 1))
        })
    }

    /// The list and the level that a style gives.
    pub fn list(&self, id: Option<&str>) -> Option<NamedList> {
        self.find(id, |style| style.list.clone())
    }

    /// The level that Word's own name of a style says: `List Number 2` is that of the second.
    pub fn named_level(&self, id: Option<&str>) -> Option<usize> {
        self.find(id, |style| {
            let rest = style.name.strip_prefix("list number").or_else(|| style.name.strip_prefix("list bullet"))?;
            rest.trim().parse::<usize>().ok()?.checked_sub(1)
        })
    }

    /// The level of the item within which a paragraph of the style goes on: that of `List Continue 2` is the second, 1.
    pub fn continued_level(&self, id: Option<&str>) -> Option<usize> {
        self.find(id, |style| {
            let rest = style.name.strip_prefix("list continue")?.trim();
            if rest.is_empty() { Some(0) } else { rest.parse::<usize>().ok()?.checked_sub(1) }
        })
    }

    /// How far the text is from the margin, in twentieths of a point.
    pub fn indent(&self, id: Option<&str>) -> Option<i64> {
        self.find(id, |style| style.indent)
    }

    /// Whether it is a style of quotations, by the names of Word and of LibreOffice.
    pub fn is_quotation(&self, id: Option<&str>) -> bool {
        let is_one = |style: &Style| ["quote", "intense quote", "quotations"].contains(&style.name.as_str());
        self.find(id, |style| is_one(style).then_some(())).is_some()
    }

    /// Whether lines are in the middle.
    pub fn is_centred(&self, id: Option<&str>) -> bool {
        self.find(id, |style| style.is_centred).unwrap_or(false)
    }

    /// Whether lines are set to the full measure.
    pub fn is_justified(&self, id: Option<&str>) -> bool {
        self.find(id, |style| style.is_justified).unwrap_or(false)
    }

    /// Whether the letters are bold, and whether they are italic.
    pub fn emphasis(&self, id: Option<&str>) -> (bool, bool) {
        (self.find(id, |style| style.is_bold).unwrap_or(false), self.find(id, |style| style.is_italic).unwrap_or(false))
    }

    /// The family of the font, if it is one for Khmer from before Unicode.
    pub fn legacy(&self, id: Option<&str>) -> Option<LegacyFont> {
        self.find(id, |style| style.font).flatten()
    }

    /// Whether it is the style of captions, or one that is based on it.
    pub fn is_caption(&self, id: Option<&str>) -> bool {
        self.find(id, |style| (style.name == "caption").then_some(())).is_some()
    }

    /// Whether a style has this name, as Word knows it in every language.
    pub fn is_called(&self, id: Option<&str>, name: &str) -> bool {
        id.and_then(|id| self.0.get(id)).is_some_and(|style| style.name == name)
    }
}

/// The list that the properties of a paragraph name.
pub fn named_list(properties: Node<'_, '_>) -> Option<NamedList> {
    let list = child(properties, "numPr")?;
    let level = child_value(list, "ilvl").and_then(|level| level.parse().ok());
    Some((child_value(list, "numId").map(str::to_owned), level))
}

/// How far the text of a paragraph is from the margin, in twentieths of a point, as an element of indents says.
pub fn left_indent(indents: Node<'_, '_>) -> Option<i64> {
    value(indents, "left").or_else(|| value(indents, "start"))?.parse().ok()
}

/// The family of the fonts that an element names, if one is for Khmer from before Unicode.
pub fn legacy_font(fonts: Node<'_, '_>) -> Option<LegacyFont> {
    let names = ["ascii", "hAnsi", "cs"].into_iter().filter_map(|name| value(fonts, name));
    names.into_iter().find_map(LegacyFont::of_font)
}

/// How a level of a list is numbered.
#[derive(Clone, Debug)]
struct Counted {
    format: String,
    start: i64,
    /// Whether its first item has that number whatever was counted before.
    begins_anew: bool,
    /// The pattern whose lists are counted together.
    pattern: String,
    /// Whether its numbers have words or the numbers of other levels in them, as 1.1 and Article 1 have.
    is_compound: bool,
    /// Whether its bullet is a box to tick.
    is_box: bool,
    /// How far the text is from the margin, in twentieths of a point.
    indent: Option<i64>,
}

/// How far the lists of a text are counted.
#[derive(Debug, Default)]
pub struct Counts {
    /// The last number of each level, by the patterns.
    numbers: HashMap<String, HashMap<usize, i64>>,
    /// The levels of lists that have begun anew.
    begun: HashSet<(String, usize)>,
}

/// How each list counts and with which number it begins, by its number and level.
#[derive(Debug, Default)]
pub struct Numbering(HashMap<(String, usize), Counted>);

impl Numbering {
    /// Reads the part of the lists.
    pub fn read(part: &Document<'_>) -> Self {
        let root = part.root_element();
        let mut patterns: HashMap<&str, HashMap<usize, Counted>> = HashMap::new();
        for node in root.children().filter(|node| is(*node, "abstractNum")) {
            let Some(id) = value(node, "abstractNumId") else { continue };
            let levels = node.children().filter(|node| is(*node, "lvl"));
            let formats = levels.filter_map(|level| {
                let start = child_value(level, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
                let signs = child_value(level, "lvlText").unwrap_or_default();
                let is_compound = signs.matches('%').count() > 1 || signs.contains(char::is_alphabetic);
                let format = child_value(level, "numFmt")?.to_owned();
                let fonts = child(level, "rPr").and_then(|node| child(node, "rFonts"));
                let font = fonts.and_then(|node| value(node, "ascii").or_else(|| value(node, "hAnsi")));
                let is_box = format == "bullet" && is_box(signs, font.unwrap_or_default());
                let indent = child(level, "pPr").and_then(|node| left_indent(child(node, "ind")?));
                let pattern = id.to_owned();
                let counted = Counted { format, start, begins_anew: false, pattern, is_compound, is_box, indent };
                Some((value(level, "ilvl")?.parse().ok()?, counted))
            });
            patterns.insert(id, formats.collect());
        }
        let mut formats = HashMap::new();
        for node in root.children().filter(|node| is(*node, "num")) {
            let list = value(node, "numId").zip(child_value(node, "abstractNumId"));
            let Some((id, levels)) = list.and_then(|(id, of)| Some((id, patterns.get(of)?))) else { continue };
            let others: HashMap<usize, i64> = node
                .children()
                .filter(|node| is(*node, "lvlOverride"))
                .filter_map(|of| {
                    Some((value(of, "ilvl")?.parse().ok()?, child_value(of, "startOverride")?.parse().ok()?))
                })
                .collect();
            for (level, counted) in levels {
                let other = others.get(level).copied();
                let (start, begins_anew) = (other.unwrap_or(counted.start), other.is_some());
                formats.insert((id.to_owned(), *level), Counted { start, begins_anew, ..counted.clone() });
            }
        }
        Self(formats)
    }

    /// The number of the next item of a list, as Word counts: all lists of one pattern together.
    pub fn next(&self, counts: &mut Counts, list: &str, level: usize) -> i64 {
        let Some(counted) = self.0.get(&(list.to_owned(), level)) else { return 1 };
        let begins = counted.begins_anew && counts.begun.insert((list.to_owned(), level));
        let numbers = counts.numbers.entry(counted.pattern.clone()).or_default();
        numbers.retain(|other, _| *other <= level);
        let number = match numbers.get(&level) {
            Some(last) if !begins => last.saturating_add(1),
            _ => counted.start,
        };
        numbers.insert(level, number);
        number
    }

    /// Whether the numbers of a level are others than those of an item on the level `ours` of a draft.
    pub fn is_unlike_ours(&self, list: &str, level: usize, ours: usize) -> bool {
        const NUMBERED: [&str; 3] = ["decimal", "lowerLetter", "lowerRoman"];
        const SECTIONS: [&str; 3] = ["upperRoman", "upperLetter", "decimal"];
        let Some(counted) = self.0.get(&(list.to_owned(), level)) else { return false };
        let formats = match self.kind(list, level) {
            Some(ListKind::Numbered) => NUMBERED,
            Some(ListKind::Sections) => SECTIONS,
            _ => return false,
        };
        counted.is_compound || formats.get(ours).is_some_and(|format| *format != counted.format)
    }

    /// Whether the bullets of a level are boxes to tick.
    pub fn is_box(&self, list: &str, level: usize) -> bool {
        self.0.get(&(list.to_owned(), level)).is_some_and(|counted| counted.is_box)
    }

    /// How far the text of items is from the margin, in twentieths of a point.
    pub fn indent(&self, list: &str, level: usize) -> Option<i64> {
        self.0.get(&(list.to_owned(), level))?.indent
    }

    /// What kind of list it is; `None` if it is none, or has no numbers.
    pub fn kind(&self, list: &str, level: usize) -> Option<ListKind> {
        match self.0.get(&(list.to_owned(), level))?.format.as_str() {
            "none" => None,
            "bullet" => Some(ListKind::Bulleted),
            "upperRoman" => Some(ListKind::Sections),
            "upperLetter" => Some(ListKind::Sections),
            _ => Some(ListKind::Numbered),
        }
    }
}

/// Whether a bullet is a box to tick, as it is or in its font of signs.
fn is_box(bullet: &str, font: &str) -> bool {
    let sign = |c: char| signs::of(font, &format!("{:X}", u32::from(c)));
    let is_box = |c: char| matches!(c, '☐' | '☑' | '☒' | '□' | '✓' | '✔' | '✗' | '✘');
    bullet.chars().any(|c| is_box(c) || sign(c).is_some_and(|sign| sign.contains(is_box)))
}
