//! What is in the margin of a Word file: who put in and took out what, and comments.
//!
//! A comment is kept with the words that it is of, as far as its paragraph goes.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use roxmltree::Node;

use super::{
    package::{Package, ReadError, child, is, parse, value},
    spaces::{pages, tidy},
};
use crate::{
    release::{Answer, Comment, RichText, bounds, clean},
    review::{Hand, Hands, Revision},
};

/// More tracked changes than this are not attributed one by one.
const REVISIONS: usize = 5_000;
/// So much is kept of the words of a change or a comment, in bytes: enough to find its place, and not the whole of a
/// hostile file many times over.
const LONGEST: usize = 1_000;

/// What the reader of the text notes on its way.
#[derive(Default)]
pub struct Margin {
    /// The changes that are tracked, in the order of the text.
    pub revisions: Vec<Revision>,
    /// The comments whose words have begun and not ended: their identifiers, and where in the paragraph.
    open: Vec<(String, usize)>,
    /// The words of each comment, in the order of the text.
    words: Vec<(String, String)>,
}

impl Margin {
    /// Notes a tracked change.
    pub fn revised(&mut self, node: Node<'_, '_>, text: &str, is_added: bool) {
        let text = text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default();
        if !text.trim().is_empty() && self.revisions.len() < REVISIONS {
            self.revisions.push(Revision { text: text.to_owned(), is_added, by: hand(node) });
        }
    }

    /// Notes that the words of a comment begin at a byte of the paragraph.
    pub fn begin(&mut self, node: Node<'_, '_>, at: usize) {
        if let Some(id) = value(node, "id").filter(|_| self.open.len() < bounds::COMMENTS) {
            self.open.push((id.to_owned(), at));
        }
    }

    /// Notes that the words of a comment end here.
    pub fn end(&mut self, node: Node<'_, '_>, text: &RichText) {
        let id = value(node, "id").unwrap_or_default();
        if let Some(place) = self.open.iter().position(|(open, _)| open == id) {
            let (id, at) = self.open.remove(place);
            self.say(id, text, at);
        }
    }

    /// Notes the end of a paragraph, beyond which no comment is followed.
    pub fn end_paragraph(&mut self, text: &RichText) {
        for (id, at) in std::mem::take(&mut self.open) {
            self.say(id, text, at);
        }
    }

    fn say(&mut self, id: String, text: &RichText, at: usize) {
        if self.words.len() < bounds::COMMENTS {
            let end = text.as_str().floor_char_boundary(at.saturating_add(LONGEST));
            // Behind a page break is another paragraph.
            let pages = pages(&text.slice(at.min(end)..end));
            let words = pages.iter().map(tidy).find(|words| !words.is_empty()).unwrap_or_default();
            self.words.push((id, words.as_str().trim().to_owned()));
        }
    }

    /// The comments of a file in the order of the text, and who changed it.
    pub fn of_file(self, package: &mut Package<'_>, folder: &str) -> Result<(Vec<Comment>, Hands), ReadError> {
        let last = last_hand(package)?;
        let comments = self.comments(package, folder)?;
        Ok((comments, Hands { revisions: self.revisions, last }))
    }

    fn comments(&self, package: &mut Package<'_>, folder: &str) -> Result<Vec<Comment>, ReadError> {
        let name = format!("{folder}comments.xml");
        let Some(text) = package.text(&name)? else { return Ok(Vec::new()) };
        let tree = parse(&name, &text)?;
        let threads = Threads::read(package, folder)?;
        let mut comments: Vec<(String, Comment)> = Vec::new();
        let mut by_paragraph: HashMap<String, usize> = HashMap::new();
        for node in tree.root_element().children().filter(|node| is(*node, "comment")) {
            let id = value(node, "id").unwrap_or_default().to_owned();
            let Hand { who, when } = hand(node);
            let paragraphs: Vec<_> = node.children().filter(|node| is(*node, "p")).collect();
            let said = paragraphs.iter().map(|node| shown(*node)).collect::<Vec<_>>().join("\n").trim().to_owned();
            let paragraph = paragraphs.last().and_then(|node| value(*node, "paraId")).unwrap_or_default().to_owned();
            let parent = threads.parents.get(&paragraph).and_then(|parent| by_paragraph.get(parent));
            if let Some((_, comment)) = parent.and_then(|&index| comments.get_mut(index)) {
                comment.answers.push(Answer { by: who, at: when, text: said });
                continue;
            }
            let on = self.words.iter().find(|(of, _)| *of == id).map(|(_, words)| words.clone()).unwrap_or_default();
            let done = threads.done.contains(&paragraph);
            by_paragraph.insert(paragraph, comments.len());
            comments.push((id, Comment { on, by: who, at: when, text: said, answers: Vec::new(), done }));
        }
        // In the order of the text, and those of no place behind.
        let place = |id: &str| self.words.iter().position(|(of, _)| of == id).unwrap_or(usize::MAX);
        comments.sort_by_key(|(id, _)| place(id));
        Ok(comments.into_iter().map(|(_, comment)| comment).collect())
    }
}

/// What Word keeps of the course of comments, apart from them.
#[derive(Default)]
struct Threads {
    /// The comment that an answer is to, each by the identifier of its last paragraph.
    parents: HashMap<String, String>,
    done: Vec<String>,
}

impl Threads {
    fn read(package: &mut Package<'_>, folder: &str) -> Result<Self, ReadError> {
        let name = format!("{folder}commentsExtended.xml");
        let Some(text) = package.text(&name)? else { return Ok(Self::default()) };
        let tree = parse(&name, &text)?;
        let mut threads = Self::default();
        for node in tree.root_element().children().filter(|node| is(*node, "commentEx")) {
            let Some(id) = value(node, "paraId") else { continue };
            if let Some(parent) = value(node, "paraIdParent") {
                threads.parents.insert(id.to_owned(), parent.to_owned());
            }
            if matches!(value(node, "done"), Some("1" | "true")) {
                threads.done.push(id.to_owned());
            }
        }
        Ok(threads)
    }
}

/// Who saved the file last, and when.
fn last_hand(package: &mut Package<'_>) -> Result<Option<Hand>, ReadError> {
    let name = "docProps/core.xml";
    let Some(text) = package.text(name)? else { return Ok(None) };
    let tree = parse(name, &text)?;
    let of = |name: &str| child(tree.root_element(), name).and_then(|node| node.text());
    // Who wrote it first has not changed it. Programs that do not know who somebody is say so.
    let who = of("lastModifiedBy").unwrap_or_default().trim().to_owned();
    let when = of("modified").and_then(time);
    Ok((!who.is_empty() && who != "unknown").then_some(Hand { who, when }))
}

/// The author and the date that an element has.
fn hand(node: Node<'_, '_>) -> Hand {
    let who = clean(value(node, "author").unwrap_or_default(), false);
    Hand { who: who.trim().to_owned(), when: value(node, "date").and_then(time) }
}

/// Word writes the time of its own clock, and calls it universal.
fn time(written: &str) -> Option<NaiveDateTime> {
    let written = written.get(..19)?;
    NaiveDateTime::parse_from_str(written, "%Y-%m-%dT%H:%M:%S").ok()
}

/// The words that an element shows or has shown.
pub fn shown(node: Node<'_, '_>) -> String {
    let words = node.descendants().filter(|node| is(*node, "t") || is(*node, "delText"));
    clean(&words.filter_map(|node| node.text()).collect::<String>(), false)
}
