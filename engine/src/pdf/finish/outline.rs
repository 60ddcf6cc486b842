//! Bookmarks: the headline, and under it the headings of the text. A text without headings has its paragraphs
//! there, by their first words.

use lopdf::{Document, Object, ObjectId, dictionary};
use unicode_segmentation::UnicodeSegmentation;

use crate::khmer::characters::is_in_words;

use super::{
    super::structure::{Bookmark, Structure},
    index, text,
};

/// A bookmark's longest text: a side panel's width in Latin letters. A Khmer one, as a reader
/// counts them, is as wide as two.
const LENGTH: usize = 40;

/// With more paragraphs than this, only the first of each page is marked: nobody scrolls through
/// more.
const MANY: usize = 60;

struct Item {
    id: ObjectId,
    title: String,
    page: usize,
    top: f32,
    children: Vec<Item>,
}

/// Adds the outline and gives its root; a single page has none.
pub(super) fn add(document: &mut Document, pages: &[ObjectId], structure: &Structure) -> Option<ObjectId> {
    if pages.len() < 2 || structure.bookmarks.is_empty() {
        return None;
    }
    // Without a headline its parts are the outermost.
    let outermost = structure.bookmarks.first().map_or(0, |first| first.depth.min(1));
    let many = structure.bookmarks.len() > MANY;
    let mut items: Vec<Item> = Vec::new();
    let mut last_page = None;
    for bookmark in &structure.bookmarks {
        if many && bookmark.depth > 0 && last_page == Some(bookmark.page) {
            continue;
        }
        last_page = Some(bookmark.page).filter(|_| bookmark.depth > 0);
        let item = item(document, bookmark);
        gather(&mut items, item, bookmark.depth.saturating_sub(outermost));
    }
    let root = document.new_object_id();
    let (first, last) = (items.first()?.id, items.last()?.id);
    let shown = shown(&items);
    write(document, pages, &items, root);
    document.set_object(
        root,
        dictionary! { "Type" => "Outlines", "First" => first, "Last" => last, "Count" => index(shown) },
    );
    Some(root)
}

/// Puts an item so deep under those before it, or as deep as they go.
fn gather(items: &mut Vec<Item>, item: Item, depth: usize) {
    match items.last_mut() {
        Some(last) if depth > 0 => gather(&mut last.children, item, depth - 1),
        _ => items.push(item),
    }
}

/// How many items there are, with all under them.
fn shown(items: &[Item]) -> usize {
    items.iter().map(|item| 1 + shown(&item.children)).sum()
}

fn item(document: &mut Document, bookmark: &Bookmark) -> Item {
    let Bookmark { page, top, .. } = *bookmark;
    Item { id: document.new_object_id(), title: shorten(&bookmark.text), page, top, children: Vec::new() }
}

/// Writes items that are side by side (ISO 32000-1, 12.3.3).
fn write(document: &mut Document, pages: &[ObjectId], items: &[Item], parent: ObjectId) {
    for (i, item) in items.iter().enumerate() {
        let mut entries = dictionary! { "Title" => text(&item.title), "Parent" => parent };
        if let Some(page) = pages.get(item.page) {
            let place =
                vec![Object::Reference(*page), "XYZ".into(), Object::Null, Object::Real(item.top), Object::Null];
            entries.set("Dest", place);
        }
        if let Some(previous) = i.checked_sub(1).and_then(|i| items.get(i)) {
            entries.set("Prev", previous.id);
        }
        if let Some(next) = items.get(i + 1) {
            entries.set("Next", next.id);
        }
        if let (Some(first), Some(last)) = (item.children.first(), item.children.last()) {
            entries.set("First", first.id);
            entries.set("Last", last.id);
            entries.set("Count", index(shown(&item.children)));
        }
        document.set_object(item.id, entries);
        write(document, pages, &item.children, item.id);
    }
}

/// The first words of a text: cut at a space where there is one, as there is not in most Khmer.
fn shorten(text: &str) -> String {
    let text = text.replace('\u{200B}', "");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let width = |letter: &str| 1 + usize::from(letter.contains(is_in_words));
    if words.graphemes(true).map(width).sum::<usize>() <= LENGTH {
        return words;
    }
    // Room for the sign that something is left out.
    let mut left = LENGTH - 1;
    let fits = |letter: &&str| {
        let fits = left.checked_sub(width(letter));
        left = fits.unwrap_or_default();
        fits.is_some()
    };
    let cut: String = words.graphemes(true).take_while(fits).collect();
    let end = cut.rfind(' ').filter(|&end| end > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut.get(..end).unwrap_or(&cut).trim_end_matches([' ', ',', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bookmark_ends_with_a_word() {
        assert_eq!(shorten("Short\u{200B} one"), "Short one");
        let long = "On 30 October 2023, His Excellency SOK Chenda Sophea, Deputy Prime Minister";
        assert_eq!(shorten(long), "On 30 October 2023, His Excellency SOK…");
        assert_eq!(shorten(&"ស្ត្រី".repeat(90)), "ស្ត្រី".repeat(19) + "…");
    }
}
