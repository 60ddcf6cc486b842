//! A page that was written here, read as the release that it was: which element holds which field.
//!
//! Knows tags, classes and blocks. Invariant: a page without our mark is read by nothing in here.

use super::{
    List, Lost, MOST_OPEN, Reader,
    attributes::{attribute, decoded, emphasis},
};
use crate::{
    release::{
        BlockKind, Columns, Field, Item, Language, Letterhead, Level, ListKind, Paragraph, Release, RichText,
        Signatory, SignatoryLine, Signature, SigningDate, Style,
    },
    typeset::house::house,
};

/// The mark of our own pages, without its end.
pub(super) const GENERATOR: &str = "<meta name=\"generator\" content=\"Release Composer\"";

/// What was read of such a page.
pub(super) struct Own {
    release: Release,
    /// Whether a lunar date is above the civil one.
    is_lunar: bool,
}

impl Own {
    /// Nothing yet, if a page has the mark.
    pub(super) fn of(html: &str) -> Option<Self> {
        let signature = Signature { signatories: Vec::new(), ..Signature::default() };
        let letterhead = Letterhead { ornament: false, ..Letterhead::default() };
        let release = Release { letterhead, signature, ..Release::default() };
        html.contains(GENERATOR).then_some(Self { release, is_lunar: false })
    }

    /// The field whose text an element holds.
    pub(super) fn field(&self, attributes: &str) -> Option<Field> {
        let signatory = self.release.signature.signatories.len().checked_sub(1);
        Some(match attribute(attributes, "class")? {
            "kingdom" => Field::Kingdom,
            "motto" => Field::Motto,
            "department" => Field::Department,
            "reference" => Field::Reference,
            "notice" => Field::Notice,
            "title" => Field::Title,
            "headline" => Field::Headline,
            "place" => Field::Place,
            "party" => Field::Signatory(signatory?, SignatoryLine::Party),
            "office" => Field::Signatory(signatory?, SignatoryLine::Title),
            // Those who sign are below the ministry.
            "name" => signatory.map_or(Field::Ministry, |index| Field::Signatory(index, SignatoryLine::Name)),
            _ => return None,
        })
    }

    /// The release with the blocks of its body.
    pub(super) fn release(self, body: Vec<Paragraph>) -> Release {
        let Self { mut release, is_lunar } = self;
        let house = house(release.language);
        let signature = &mut release.signature;
        if signature.date != SigningDate::Unset {
            let place = signature.place.strip_suffix(house.place_separator.trim_end());
            signature.place = place.unwrap_or(&signature.place).to_owned();
        }
        // Without a day it is not known whether there would be one.
        signature.lunar_date = release.language == Language::Khmer && (is_lunar || signature.date.day().is_none());
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
    /// Notes what a tag of our own page says; says whether its text is made of that, and not the draft's.
    pub(super) fn begin_own(&mut self, name: &str, attributes: &str) -> bool {
        let Some(Own { release, is_lunar }) = &mut self.own else { return false };
        let signature = &mut release.signature;
        let said = |name| attribute(attributes, name).map(decoded).unwrap_or_default();
        match (name, said("class").as_str()) {
            ("html", _) if said("lang") == Language::Khmer.tag() => release.language = Language::Khmer,
            ("main", "numbered") => release.number_paragraphs = true,
            ("p", "place lunar") => {
                *is_lunar = true;
                return true;
            }
            ("time", _) => {
                signature.date = said("datetime").parse().ok().into();
                return true;
            }
            ("span", _) if attribute(attributes, "data-answer").is_some() => {
                signature.date = SigningDate::Placeholder(said("data-answer"));
                return true;
            }
            ("div", "signatories") => {
                let count = said("style").strip_prefix("--columns:").and_then(|count| count.parse().ok());
                signature.columns = count.and_then(Columns::new).unwrap_or_default();
            }
            ("div", "signatory") if signature.signatories.len() < MOST_OPEN => {
                signature.signatories.push(Signatory::default());
            }
            _ => {}
        }
        false
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
        (attribute(attributes, "class") == Some("centred")).then_some(BlockKind::Centred)
    }

    /// Takes a block that is the text of a field.
    pub(super) fn add_to_field(&mut self, block: &RichText) -> bool {
        let Some(field) = self.open.last().filter(|_| self.own.is_some()).and_then(|open| open.field) else {
            return false;
        };
        let Some(own) = &mut self.own else { return false };
        let text = if field.is_multiline() { block.as_str().to_owned() } else { block.as_str().replace('\n', " ") };
        own.release.set_text(field, RichText::plain(text));
        true
    }

    /// Takes a picture of the letterhead.
    pub(super) fn own_letterhead(&mut self, attributes: &str) -> bool {
        let Some(own) = &mut self.own else { return false };
        match attribute(attributes, "class") {
            Some("ornament") => own.release.letterhead.ornament = true,
            Some("emblem") => self.lose(Lost::Emblem),
            _ => return false,
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
        let kind = match attribute(attributes, "class") {
            _ if name == "ul" => ListKind::Bulleted,
            Some("sections") => ListKind::Sections,
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

#[cfg(test)]
mod tests;
