//! Footnotes and endnotes of HTML: a number in the text that leads to the note, and the note, which leads back.
//!
//! Knows tags and blocks. Invariant: only a pair becomes a note. A number whose note is missing, and a note that no
//! number leads to, stay the text that they are.

use std::collections::{HashMap, HashSet};

use super::{
    DEEPEST, Lost, Open, Reader,
    attributes::{attribute, decoded, shown},
};
use crate::release::{Paragraph, RichText, Style, markup};

/// Stands before the key of a note until its text is read. No text from outside has it.
const KEY: char = '\u{1}';

/// How notes are named: what begins the place of the note, what ends it, and the same of the place of its number.
const NAMES: [[&str; 4]; 6] = [
    // Word
    ["_ftn", "", "_ftnref", ""],
    ["_edn", "", "_ednref", ""],
    // LibreOffice
    ["sdfootnote", "sym", "sdfootnote", "anc"],
    ["sdendnote", "sym", "sdendnote", "anc"],
    // Google Docs
    ["ftnt", "", "ftnt_ref", ""],
    // our own pages
    ["note-", "", "reference-", ""],
];

/// The notes of a document.
#[derive(Default)]
pub(super) struct Notes {
    /// Those whose texts lead back to their numbers.
    there: HashSet<String>,
    /// Those whose numbers were read.
    referred: HashSet<String>,
    /// Their texts.
    texts: HashMap<String, RichText>,
    /// The note that is being read, and how many elements are open around it.
    open: Option<(String, usize)>,
}

/// What a link has to do with a note.
enum Role {
    /// It is the number in the text.
    Number,
    /// It is the number before the note.
    Back,
}

/// The note of a link, by where the link leads.
fn note_of(href: &str) -> Option<(String, Role)> {
    let target = href.rsplit_once('#').map(|(_, target)| target)?;
    let number = |begin: &str, end: &str| {
        let number = target.strip_prefix(begin)?.strip_suffix(end)?;
        (!number.is_empty() && number.len() < 9 && number.bytes().all(|c| c.is_ascii_digit())).then_some(number)
    };
    NAMES.iter().find_map(|[note, note_end, back, back_end]| {
        let role = number(note, note_end).map(|number| (number, Role::Number));
        let (number, role) = role.or_else(|| number(back, back_end).map(|number| (number, Role::Back)))?;
        Some((format!("{note}{number}"), role))
    })
}

impl Notes {
    /// The notes of a document, each known by the link that leads back from it.
    pub(super) fn of(html: &str) -> Self {
        let links = html.match_indices('#').filter_map(|(at, _)| {
            let end = html.len().min(at + 40);
            let target = html.get(at..html.floor_char_boundary(end))?;
            note_of(
                target
                    .split(|c: char| !c.is_alphanumeric() && !matches!(c, '#' | '_' | '-'))
                    .find(|part| !part.is_empty())?,
            )
        });
        let there = links.filter(|(_, role)| matches!(role, Role::Back)).map(|(note, _)| note).collect();
        Self { there, ..Self::default() }
    }
}

impl Reader {
    /// Reads a link as the number of a note, in the text or before the note: what is in it is then no text.
    pub(super) fn is_note(&mut self, attributes: &str, after: &str, style: Style) -> bool {
        let Some((note, role)) = attribute(attributes, "href").and_then(note_of) else { return false };
        // What was written over a number of our own page is text, and a field has no notes.
        let is_text = self.is_in_field() || self.own.is_some() && has_words(after, "a");
        match role {
            // A note has one number.
            Role::Number
                if self.notes.open.is_none()
                    && !is_text
                    && self.notes.there.contains(&note)
                    && self.notes.referred.insert(note.clone()) =>
            {
                let space = self.space.take().filter(|_| !self.text.is_empty());
                self.text.push_str(space.map(String::from).as_deref().unwrap_or_default(), self.last);
                let style = style.with(Style::SUPERSCRIPT, false);
                self.text.push(&RichText::referring(RichText::plain(format!("{KEY}{note}")), style));
                true
            }
            Role::Back if self.notes.referred.contains(&note) && !self.notes.texts.contains_key(&note) => {
                self.end_block();
                let near = self.open.len().saturating_sub(DEEPEST);
                let within = |is: &dyn Fn(&Open) -> bool| self.open.iter().skip(near).rposition(is).map(|at| near + at);
                let around = within(&|open| open.is_note).or(within(&|open| open.name == "p"));
                let around = around.unwrap_or(self.open.len().saturating_sub(1));
                self.notes.texts.insert(note.clone(), RichText::default());
                self.notes.open = Some((note, around));
                true
            }
            // The way back at the end of the note.
            Role::Back => self.notes.open.as_ref().is_some_and(|(open, _)| *open == note),
            Role::Number => {
                self.lose(Lost::Note(shown(after, "a").unwrap_or_default()));
                false
            }
        }
    }

    /// Reads a note of a text that was copied from a release; says whether what it shows is only its number.
    pub(super) fn is_copied_note(&mut self, attributes: &str, after: &str) -> bool {
        let written = attribute(attributes, "data-note").filter(|_| !self.is_in_field()).map(decoded);
        let Some(note) = written.and_then(|note| markup::parse(&note, markup::Marks::All).ok()) else { return false };
        let space = self.space.take().filter(|_| !self.text.is_empty());
        self.text.push_str(space.map(String::from).as_deref().unwrap_or_default(), self.last);
        self.text.push(&RichText::referring(note, self.last));
        !(self.is_import && has_words(after, "sup"))
    }

    /// Begins the note that an item of our own pages is: its number is the item's, and the way back is behind its text.
    pub(super) fn begin_note(&mut self, name: &str, attributes: &str) {
        let Some(id) = attribute(attributes, "id").filter(|_| name == "li" && !self.notes.referred.is_empty()) else {
            return;
        };
        if let Some((note, Role::Number)) = note_of(&format!("#{id}"))
            && self.notes.referred.contains(&note)
            && !self.notes.texts.contains_key(&note)
        {
            self.notes.texts.insert(note.clone(), RichText::default());
            self.notes.open = Some((note, self.open.len()));
        }
    }

    /// Takes a block that is of the note that is being read.
    pub(super) fn add_to_note(&mut self, block: &RichText) -> bool {
        let Some((note, _)) = &self.notes.open else { return false };
        if let Some(text) = self.notes.texts.get_mut(note) {
            if !text.is_empty() {
                text.push_str(" ", Style::PLAIN);
            }
            text.push(block);
        }
        true
    }

    /// Ends the note that is being read, if the element around it has ended.
    pub(super) fn end_note(&mut self) {
        let open = self.open.len();
        self.notes.open.take_if(|(_, around)| open <= *around);
    }

    /// Gives the numbers in blocks their notes.
    pub(super) fn give_notes(&mut self) {
        let texts = std::mem::take(&mut self.notes.texts);
        if texts.is_empty() && self.notes.referred.is_empty() {
            return;
        }
        let text = |note: &RichText| match note.as_str().strip_prefix(KEY) {
            Some(key) => texts.get(key).cloned().unwrap_or_default(),
            None => note.clone(),
        };
        let give = |block: &mut Paragraph| block.text = std::mem::take(&mut block.text).map_notes(text);
        self.blocks.iter_mut().for_each(give);
    }
}

/// Whether an element shows more than a number.
fn has_words(after: &str, name: &str) -> bool {
    shown(after, name).is_none_or(|shown| shown.chars().any(char::is_alphabetic))
}

/// Whether an element holds one note, by its name and its identifier.
pub(super) fn is_of_note(name: &str, attributes: &str) -> bool {
    let id = attribute(attributes, "id").unwrap_or_default();
    let is_numbered = |begin: &&str| id.strip_prefix(*begin).is_some_and(|rest| rest.parse::<u32>().is_ok());
    name == "div" && ["ftn", "edn", "sdfootnote", "sdendnote"].iter().any(is_numbered)
}

#[cfg(test)]
mod tests {
    use super::super::read;

    /// Each block with its notes in brackets where they are referred to.
    fn noted(html: &str) -> Vec<String> {
        let shown = |block: &crate::release::Paragraph| {
            let notes: Vec<_> = block.text.notes().map(|(at, note)| (at, note.as_str().to_owned())).collect();
            let mut text = block.text.as_str().to_owned();
            for (at, note) in notes.into_iter().rev() {
                text.replace_range(at..at + crate::release::NOTE.len_utf8(), &format!("[{note}]"));
            }
            text
        };
        read(html).unwrap_or_default().iter().map(shown).collect()
    }

    /// As LibreOffice puts it on the clipboard.
    #[test]
    fn notes_of_libreoffice_become_notes() {
        let html = "<p>The Ministers met<a class=\"sdfootnoteanc\" name=\"sdfootnote1anc\" \
            href=\"#sdfootnote1sym\"><sup>1</sup></a> and\nagreed <a class=\"sdendnoteanc\" name=\"sdendnote1anc\" \
            href=\"#sdendnote1sym\"><sup>i</sup></a>.</p>\n<p>They parted.</p>\n\
            <div id=\"sdfootnote1\">\n\t<p class=\"sdfootnote\"><a class=\"sdfootnotesym\" name=\"sdfootnote1sym\" \
            href=\"#sdfootnote1anc\">1</a>In <b>Phnom Penh</b>.</p>\n\t<p class=\"sdfootnote\">Twice.</p>\n</div>\n\
            <div id=\"sdendnote1\"><p class=\"sdendnote\"><a class=\"sdendnotesym\" name=\"sdendnote1sym\" \
            href=\"#sdendnote1anc\">i</a>On trade.</p></div><p>After.</p>";
        assert_eq!(
            noted(html),
            ["The Ministers met[In Phnom Penh. Twice.] and agreed [On trade.].", "They parted.", "After."]
        );
        assert!(read(html).unwrap()[0].text.notes().next().unwrap().1.style_of(3..10).has(crate::release::Style::BOLD));
    }

    /// As Word writes them, with the signs that only it understands.
    #[test]
    fn notes_of_word_become_notes() {
        let sign = |number: u8| {
            format!(
                "<span class=MsoFootnoteReference><span style='mso-special-character:footnote'>\
                 <![if !supportFootnotes]><span class=MsoFootnoteReference><span>[{number}]</span></span><![endif]>\
                 </span></span>"
            )
        };
        let html = format!(
            "<html><body><p class=MsoNormal>One<a style='mso-footnote-id:ftn1' href=\"#_ftn1\" name=\"_ftnref1\" \
             title=\"\">{}</a> and two<a style='mso-footnote-id:ftn2' href=\"#_ftn2\" name=\"_ftnref2\" \
             title=\"\">{}</a>.</p><div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all>\
             <hr align=left size=1 width=\"33%\"><![endif]><div style='mso-element:footnote' id=ftn1>\
             <p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href=\"#_ftnref1\" name=\"_ftn1\" title=\"\">{}</a> \
             The first.</p></div><div style='mso-element:footnote' id=ftn2><p class=MsoFootnoteText>\
             <a style='mso-footnote-id:ftn2' href=\"#_ftnref2\" name=\"_ftn2\" title=\"\">{}</a> The second.</p></div>\
             </div></body></html>",
            sign(1),
            sign(2),
            sign(1),
            sign(2),
        );
        assert_eq!(noted(&html), ["One[The first.] and two[The second.]."]);
        let docs = "<p>One<sup><a href=\"#ftnt1\" id=\"ftnt_ref1\">[1]</a></sup></p><hr><div><p>\
            <a href=\"#ftnt_ref1\" id=\"ftnt1\">[1]</a><span>&nbsp;More.</span></p></div>";
        assert_eq!(noted(docs), ["One[More.]"]);
    }

    #[test]
    fn only_pairs_are_notes() {
        let alone = "<p>One<a href=\"#sdfootnote1sym\"><sup>1</sup></a></p>";
        assert_eq!(noted(alone), ["One1"]);
        let note = "<p><a href=\"#_ftnref1\">[1]</a> A note.</p>";
        assert_eq!(noted(note), ["[1] A note."]);
        let twice = "<p>a<a href=#_ftn1>1</a> b<a href=#_ftn1>1</a></p><p><a href=#_ftnref1>1</a> c</p>";
        assert_eq!(noted(twice), ["a[c] b1"]);
        assert_eq!(noted("<p><a href=\"#_ftnx\">x</a> <a href=\"#top\">y</a></p>"), ["x y"]);
    }
}
