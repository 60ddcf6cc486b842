//! A page that was written here, read as the release that it was: which element holds which field.
//!
//! Knows tags, classes and blocks. Invariant: a page without our mark is read by nothing in here.

use super::{
    DEEPEST, List, Lost, MOST_OPEN, Reader,
    attributes::{attribute, classes, decoded, emphasis, hidden, shown},
    is_tag, name_and_attributes, tag_length,
};
use crate::{
    dates::{self, LunarDate},
    release::{
        BlockKind, Columns, Field, Item, Language, Letterhead, Level, ListKind, Paragraph, Release, RichText,
        Signatory, SignatoryLine, Signature, SigningDate, Style, placeholders,
    },
    typeset::house::house,
};

/// What our own pages name as the program that wrote them.
pub(super) const GENERATOR: &str = "Release Composer";
/// What the head of a page consists of.
const HEAD: [&str; 9] = ["!doctype", "html", "head", "meta", "title", "style", "script", "link", "base"];
/// Elements that can hold a field.
const FIELDS: [&str; 8] = ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6"];
/// Elements in which nothing is a field.
const NO_FIELDS: [&str; 5] = ["li", "blockquote", "td", "th", "figure"];
/// Elements whose words are those of the field around them. Others in a field are paragraphs of the body.
const INLINE: [&str; 17] = [
    "a", "abbr", "b", "code", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "time", "u",
    "wbr",
];

/// What was read of such a page.
pub(super) struct Own {
    release: Release,
    /// The lunar date above the civil one, and the byte of its tag.
    lunar: Option<(usize, String)>,
    /// Whether a field has text.
    has_field: bool,
}

impl Own {
    /// Nothing yet, if the head of a page has the mark.
    pub(super) fn of(html: &str) -> Option<Self> {
        let signature = Signature { signatories: Vec::new(), ..Signature::default() };
        let letterhead = Letterhead { ornament: false, ..Letterhead::default() };
        let release = Release { letterhead, signature, ..Release::default() };
        is_marked(html).then_some(Self { release, lunar: None, has_field: false })
    }

    /// Whether no field has anything.
    pub(super) fn is_empty(&self) -> bool {
        !self.has_field && self.lunar.is_none() && self.release.signature.date == SigningDate::Unset
    }

    /// The lunar date on the page, if the release will have another.
    pub(super) fn other_lunar_date(&self) -> Option<(usize, Lost)> {
        let (at, shown) = self.lunar.as_ref()?;
        let day = self.release.signature.date.day().filter(|_| self.release.language == Language::Khmer);
        let line = day.and_then(LunarDate::of).map(|date| date.khmer_line());
        (line.as_ref() != Some(shown)).then(|| (*at, Lost::LunarDate(shown.clone())))
    }

    /// The field of a class, within the letterhead, the signature or the text between them.
    fn field(&self, class: &str, is_in_header: bool, is_in_footer: bool) -> Option<Field> {
        let signatory = || self.release.signature.signatories.len().checked_sub(1);
        Some(match (class, is_in_header, is_in_footer) {
            ("kingdom", true, false) => Field::Kingdom,
            ("motto", true, false) => Field::Motto,
            ("name", true, false) => Field::Ministry,
            ("department", true, false) => Field::Department,
            ("reference", true, false) => Field::Reference,
            ("notice", false, false) => Field::Notice,
            ("title", false, false) => Field::Title,
            ("headline", false, false) => Field::Headline,
            ("place", false, true) => Field::Place,
            ("party", false, true) => Field::Signatory(signatory()?, SignatoryLine::Party),
            ("office", false, true) => Field::Signatory(signatory()?, SignatoryLine::Title),
            ("name", false, true) => Field::Signatory(signatory()?, SignatoryLine::Name),
            _ => return None,
        })
    }

    /// Whether a field has no text yet.
    fn is_open(&self, field: Field) -> bool {
        self.release.text(field).is_some_and(|text| text.is_empty())
    }

    /// The release with the blocks of its body.
    pub(super) fn release(self, body: Vec<Paragraph>) -> Release {
        let Self { mut release, lunar, .. } = self;
        let house = house(release.language);
        let signature = &mut release.signature;
        if signature.date != SigningDate::Unset {
            let place = signature.place.strip_suffix(house.place_separator.trim_end());
            signature.place = place.unwrap_or(&signature.place).to_owned();
        }
        // Without a day it is not known whether there would be one.
        signature.lunar_date =
            release.language == Language::Khmer && (lunar.is_some() || signature.date.day().is_none());
        if signature.signatories.is_empty() {
            signature.signatories.push(Signatory::default());
        }
        let inside = release.headline.strip_prefix(house.quotes.0).and_then(|text| text.strip_suffix(house.quotes.1));
        release.headline = inside.unwrap_or(&release.headline).to_owned();
        let bare = release.reference.strip_prefix(house.reference_label).unwrap_or(&release.reference);
        if house.label_before(bare) == house.reference_label {
            release.reference = bare.to_owned();
        }
        release.body = if body.is_empty() { vec![Paragraph::default()] } else { body };
        release.drop_needless_starts();
        release
    }
}

impl Reader {
    /// The field whose text an element holds. A second element of the same field is a paragraph, and so is one where
    /// our pages have no such field.
    pub(super) fn field(&self, name: &str, attributes: &str) -> Option<Field> {
        let own = self.own.as_ref()?;
        if INLINE.contains(&name) {
            return self.open.last()?.field;
        }
        if !FIELDS.contains(&name) || classes(attributes).any(|class| class == "lunar") || self.is_within(&NO_FIELDS) {
            return None;
        }
        let (is_in_header, is_in_footer) = (self.is_within(&["header"]), self.is_within(&["footer"]));
        let field = classes(attributes).find_map(|class| own.field(class, is_in_header, is_in_footer));
        field.filter(|field| own.is_open(*field))
    }

    /// Whether what is read now is the text of a field.
    pub(super) fn is_in_field(&self) -> bool {
        self.open.last().is_some_and(|open| open.field.is_some())
    }

    /// Whether an element of one of these names is open.
    fn is_within(&self, names: &[&str]) -> bool {
        self.open.iter().rev().take(DEEPEST).any(|open| names.contains(&open.name.as_str()))
    }

    /// Notes what a tag of our own page says; says whether its text is made of that, and not the draft's.
    pub(super) fn begin_own(&mut self, name: &str, attributes: &str, after: &str) -> bool {
        let is_in_footer = self.own.is_some() && self.is_within(&["footer"]);
        let Some(Own { release, lunar, .. }) = &mut self.own else { return false };
        let signature = &mut release.signature;
        let said = |name| attribute(attributes, name).map(decoded).unwrap_or_default();
        let is = |class| classes(attributes).any(|one| one == class);
        match name {
            "html" if said("lang") == Language::Khmer.tag() => release.language = Language::Khmer,
            "main" if is("numbered") => release.number_paragraphs = true,
            "p" if is("lunar") && is_in_footer && lunar.is_none() => {
                *lunar = shown(after, name).map(|shown| (self.at, shown));
                return lunar.is_some();
            }
            "time" | "span" => return self.begin_date(name, attributes, after),
            "div" if is("signatories") => {
                let count = said("style").strip_prefix("--columns:").and_then(|count| count.parse().ok());
                signature.columns = count.and_then(Columns::new).unwrap_or_default();
            }
            "div" if is("signatory") && is_in_footer && signature.signatories.len() < MOST_OPEN => {
                signature.signatories.push(Signatory::default());
            }
            _ => {}
        }
        false
    }

    /// Takes the day of the release, or what stands for it, from an element in the line of the place. What is shown
    /// counts, and only where that is no date what machines read; says whether its words are no more than that.
    fn begin_date(&mut self, name: &str, attributes: &str, after: &str) -> bool {
        let is_in_place = self.open.last().is_some_and(|open| open.field == Some(Field::Place));
        let Some(own) = self.own.as_mut().filter(|own| is_in_place && own.release.signature.date == SigningDate::Unset)
        else {
            return false;
        };
        let Some(shown) = shown(after, name) else { return false };
        let answer = attribute(attributes, "data-answer").map(decoded);
        let named = attribute(attributes, "datetime").and_then(|day| day.parse().ok());
        let date = &mut own.release.signature.date;
        if name == "span" && answer.is_none() {
            return false;
        }
        match (day_shown(&shown, own.release.language), answer, named) {
            (Some(day), ..) => *date = SigningDate::Day(day),
            (None, Some(answer), _) if placeholders::written(&answer) == shown => {
                *date = SigningDate::Placeholder(answer);
            }
            (None, None, Some(day)) => {
                *date = SigningDate::Day(day);
                if !shown.is_empty() {
                    self.lose(Lost::Date(shown));
                }
            }
            _ => return false,
        }
        true
    }

    /// A line break within a text of our own page.
    pub(super) fn own_line_break(&mut self) {
        let (start, style) = (self.text.len(), self.style());
        if start > 0 {
            self.space = None;
            self.text.push_str("\n", style);
            if let Some(link) = self.open.last().and_then(|open| open.link.as_ref()) {
                self.text.lead_from(start, link);
            }
        }
    }

    /// What an element of our own page makes of the blocks in it by its class.
    pub(super) fn own_kind(&self, attributes: &str) -> Option<BlockKind> {
        self.own.as_ref()?;
        classes(attributes).any(|class| class == "centred").then_some(BlockKind::Centred)
    }

    /// Takes a block that is the text of a field.
    pub(super) fn add_to_field(&mut self, block: &RichText) -> bool {
        let Some(field) = self.open.last().filter(|_| self.own.is_some()).and_then(|open| open.field) else {
            return false;
        };
        let Some(own) = &mut self.own else { return false };
        own.has_field = true;
        let mut lines: Vec<String> = own.release.text(field).iter().map(|text| text.as_str().to_owned()).collect();
        // It goes on behind a paragraph that was in it.
        lines.retain(|line| !line.is_empty());
        lines.push(block.as_str().to_owned());
        let text = lines.join("\n");
        let text = if field.is_multiline() { text } else { text.replace('\n', " ") };
        own.release.set_text(field, RichText::plain(text));
        true
    }

    /// Takes a picture of the letterhead.
    pub(super) fn own_letterhead(&mut self, attributes: &str) -> bool {
        let is_in_header = self.is_within(&["header"]);
        let Some(own) = self.own.as_mut().filter(|_| is_in_header) else { return false };
        match classes(attributes).find(|class| matches!(*class, "ornament" | "emblem")) {
            Some("ornament") => own.release.letterhead.ornament = true,
            Some(_) => self.lose(Lost::Emblem),
            None => return false,
        }
        true
    }

    /// The emphasis within an element. A header of our own page is bold as such.
    pub(super) fn emphasis(&self, name: &str, attributes: &str) -> Style {
        let name = if self.own.is_some() && name == "th" { "td" } else { name };
        emphasis(name, attributes, self.style())
    }

    /// The level of what is in a list.
    pub(super) fn level(&self, list: &List) -> Level {
        let is_shifted = self.own.as_ref().is_some_and(|own| own.release.number_paragraphs);
        Level::at(list.depth.saturating_sub(usize::from(is_shifted)))
    }

    /// What a block outside of lists is. Where all paragraphs are numbered, one without a number goes on with nothing.
    pub(super) fn outside_lists(&self) -> BlockKind {
        let is_numbered = self.own.as_ref().is_some_and(|own| own.release.number_paragraphs);
        if is_numbered { BlockKind::Continued(Level::One) } else { BlockKind::Plain }
    }

    /// Begins a list of our own page.
    pub(super) fn own_list(&mut self, name: &str, attributes: &str) {
        let kind = match name {
            "ul" => ListKind::Bulleted,
            _ if classes(attributes).any(|class| class == "sections") => ListKind::Sections,
            _ => ListKind::Numbered,
        };
        let count = |name| attribute(attributes, name).and_then(|count| count.parse::<u16>().ok());
        let depth = count("data-depth").map_or(self.lists.len(), |depth| usize::from(depth.saturating_sub(1)));
        let number = i64::from(count("start").unwrap_or(1)) - 1;
        if self.lists.len() < MOST_OPEN {
            self.lists.push(List { kind, begins: None, is_in_item: false, depth, number });
        }
    }

    /// An item of our own page, with its number.
    pub(super) fn own_item(&mut self) -> Option<BlockKind> {
        let is_numbered = self.own.as_ref().is_some_and(|own| own.release.number_paragraphs);
        let level = self.level(self.lists.last()?);
        let list = self.lists.last_mut()?;
        list.number += 1;
        if is_numbered && list.depth == 0 {
            return Some(BlockKind::Plain);
        }
        let start = Item::start_at(list.number).filter(|_| list.kind != ListKind::Bulleted);
        Some(BlockKind::Item(Item { list: list.kind, level, start }))
    }

    /// Ends an item of our own page that has no text.
    pub(super) fn end_empty_item(&mut self, name: &str, end: bool) {
        if let Some(kind) = self.item.take_if(|_| self.own.is_some() && end && name == "p") {
            self.blocks.push(Paragraph { kind, ..Paragraph::default() });
        }
    }
}

/// Whether the head of a page names us as the program that wrote it.
fn is_marked(html: &str) -> bool {
    let mut rest = html;
    while let Some(tag) = rest.find('<').and_then(|at| rest.get(at..)) {
        if !is_tag(tag) {
            return false;
        }
        let Some((tag, after)) = tag_length(tag).and_then(|length| tag.split_at_checked(length)) else { return false };
        rest = after;
        let (name, attributes, end) = name_and_attributes(tag);
        if tag.starts_with("<!--") {
            continue;
        }
        if !HEAD.contains(&name.as_str()) || end && name == "head" {
            return false;
        }
        let is_generator = attribute(attributes, "name").is_some_and(|name| name.eq_ignore_ascii_case("generator"));
        if name == "meta" && is_generator && attribute(attributes, "content") == Some(GENERATOR) {
            return true;
        }
        if !end && matches!(name.as_str(), "title" | "style" | "script") {
            rest = after.get(hidden(after, &name)..).unwrap_or_default();
        }
    }
    false
}

/// The day that a text shows if it is nothing but a date of the language, so that no word is lost with it.
fn day_shown(text: &str, language: Language) -> Option<chrono::NaiveDate> {
    let day = dates::read_date(text).ok()?;
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    // A weekday, a place and the like before a date are passed over by what reads it.
    let before = letters(text.split(char::is_numeric).next().unwrap_or_default());
    letters(&dates::date_in(language, day)).contains(&before).then_some(day)
}

#[cfg(test)]
mod edited;
#[cfg(test)]
mod tests;
