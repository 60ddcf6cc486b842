//! One pass over printpdf's document for what printpdf has no word for.
//!
//! | file | what it adds |
//! |---|---|
//! | `tags` | the structure tree (PDF/UA, PDF/A level A) |
//! | `metadata` | document information and XMP |
//! | `intent` | the output intent, sRGB |
//! | `outline` | bookmarks |
//!
//! Each rule names the clause of the standard that asks for it. Never changes what is
//! drawn. Its invariant: nothing random that printpdf wrote is left.

mod intent;
mod metadata;
mod outline;
mod tags;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::{
    Info, PdfError,
    content::{Composed, as_bytes, font_name},
    unicode,
};

/// Finishes printpdf's document.
///
/// # Errors
/// If the document lacks what printpdf always wrote when this pass was made.
pub(super) fn finish(mut document: Document, composed: &Composed, info: &Info) -> Result<Document, PdfError> {
    // Tags and XMP as used here are of PDF 1.7, on which both standards build
    // (ISO 19005-2, 6.1.2; ISO 14289-1, 6.1).
    "1.7".clone_into(&mut document.version);
    let catalog = reference(&document.trailer, b"Root").ok_or(PdfError::Unfinished("catalog"))?;
    let root = reference(dictionary_of(&mut document, catalog)?, b"Pages").ok_or(PdfError::Unfinished("page tree"))?;
    let tree = dictionary_of(&mut document, root)?;
    let kids = tree.get_mut(b"Kids").and_then(Object::as_array_mut).map_err(|_| PdfError::Unfinished("pages"))?;
    // The last page has shown the fonts to printpdf, and nothing to a reader.
    kids.pop();
    let pages: Vec<ObjectId> = kids.iter().filter_map(|page| page.as_reference().ok()).collect();
    tree.set("Count", index(pages.len()));

    finish_fonts(&mut document, &pages, composed)?;
    finish_pages(&mut document, &pages, composed)?;
    let tree = tags::add(&mut document, &pages, composed, info.language);
    let outline = outline::add(&mut document, &pages, &composed.structure);
    let metadata = metadata::add(&mut document, info);
    let intent = intent::add(&mut document);

    let entries = dictionary_of(&mut document, catalog)?;
    entries.set("StructTreeRoot", tree);
    // The file is tagged, and says so (ISO 14289-1, 7.1; ISO 19005-2, 6.7.2.2).
    entries.set("MarkInfo", dictionary! { "Marked" => true });
    // The language of all that says no other (ISO 14289-1, 7.2; ISO 19005-2, 6.7.4).
    entries.set("Lang", Object::string_literal(info.language.tag()));
    // A window shows the title, not the file's name (ISO 14289-1, 7.1).
    entries.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    entries.set("Metadata", metadata);
    entries.set("OutputIntents", vec![Object::Dictionary(intent)]);
    if let Some(outline) = outline {
        entries.set("Outlines", outline);
    }
    // How a reader arranges its window is the reader's choice.
    entries.remove(b"PageLayout");
    entries.remove(b"PageMode");
    Ok(document)
}

/// printpdf's fonts mean private characters, by which codes were handed to it; the codes' own
/// meanings take their place, so that all text is Unicode (ISO 19005-2, 6.2.11.7.2; ISO 14289-1,
/// 7.21.7).
fn finish_fonts(document: &mut Document, pages: &[ObjectId], composed: &Composed) -> Result<(), PdfError> {
    let Some(&page) = pages.first() else { return Err(PdfError::Unfinished("pages")) };
    let resources = reference(dictionary_of(document, page)?, b"Resources").ok_or(PdfError::Unfinished("resources"))?;
    let fonts = reference(dictionary_of(document, resources)?, b"Font").ok_or(PdfError::Unfinished("font list"))?;
    let starts = composed.fonts.starts();
    let mut maps: Vec<ObjectId> = Vec::new();
    for (number, &start) in starts.iter().enumerate() {
        if start == 0 {
            // One table says what the codes of all fonts mean that share a row of them.
            let row = (number..).zip(starts.iter().skip(number)).take_while(|&(n, &start)| n == number || start > 0);
            let texts: Vec<&str> = row.flat_map(|(number, _)| composed.fonts.meanings(number)).collect();
            maps.push(document.add_object(Stream::new(Dictionary::new(), unicode::to_unicode(&texts))));
        }
        let entry = reference(dictionary_of(document, fonts)?, font_name(number).as_bytes());
        let entry = entry.ok_or(PdfError::Unfinished("font"))?;
        let map = *maps.last().ok_or(PdfError::Unfinished("table of characters"))?;
        let entry = dictionary_of(document, entry)?;
        let printpdfs = reference(entry, b"ToUnicode");
        entry.set("ToUnicode", map);
        let descendant = entry.get_mut(b"DescendantFonts").and_then(Object::as_array_mut).ok();
        let descendant = descendant.and_then(|all| all.first_mut()).and_then(|font| font.as_dict_mut().ok());
        let descendant = descendant.ok_or(PdfError::Unfinished("descendant font"))?;
        // No width is what most of the codes at the end have, and what those have that are not said.
        let widths = composed.fonts.widths(number);
        let said = widths.iter().rposition(|width| *width != 0).map_or(0, |last| last + 1);
        let widths: Vec<Object> = widths.into_iter().take(said).map(Object::from).collect();
        descendant.set("W", vec![Object::from(i64::from(start) + 1), Object::from(widths)]);
        descendant.set("DW", 0);
        let descriptor = reference(descendant, b"FontDescriptor");
        printpdfs.map(|id| document.objects.remove(&id));
        let descriptor = dictionary_of(document, descriptor.ok_or(PdfError::Unfinished("font descriptor"))?)?;
        // printpdf takes every font for a Latin one; only Latin ones have no other letters than
        // the standard set (ISO 32000-1, 9.8.2, table 123).
        let flags = descriptor.get(b"Flags").and_then(Object::as_i64).unwrap_or_default();
        descriptor.set("Flags", (flags & !NONSYMBOLIC) | SYMBOLIC);
        descriptor.set("CapHeight", i64::from(composed.fonts.cap_height(number)));
    }
    Ok(())
}

/// Flags of a font descriptor (ISO 32000-1, table 123).
const SYMBOLIC: i64 = 1 << 2;
const NONSYMBOLIC: i64 = 1 << 5;

fn finish_pages(document: &mut Document, pages: &[ObjectId], composed: &Composed) -> Result<(), PdfError> {
    let sheet = &composed.sheet;
    let mut shared: Option<ObjectId> = None;
    for (number, &page) in pages.iter().enumerate() {
        let resources = reference(dictionary_of(document, page)?, b"Resources");
        if let Some(content) = reference(dictionary_of(document, page)?, b"Contents")
            && let Ok(Object::Stream(content)) = document.get_object_mut(content)
        {
            content.set_plain_content(as_bytes(&content.content));
        }
        if let Some(resources) = resources {
            drop_empty_resources(document, resources)?;
            // Pages that use the same share one list.
            let same = shared
                .filter(|&shared| document.get_dictionary(shared).ok() == document.get_dictionary(resources).ok());
            shared = same.or(Some(resources));
            dictionary_of(document, page)?.set("Resources", same.unwrap_or(resources));
        }
        let entries = dictionary_of(document, page)?;
        for (name, edges) in [("MediaBox", sheet.media()), ("TrimBox", sheet.trim()), ("BleedBox", sheet.bleed())] {
            entries.set(name, edges.map(Object::Real).to_vec());
        }
        entries.remove(b"CropBox");
        entries.remove(b"Annots");
        // Fields and links, were there any, are visited in the order of the structure
        // (ISO 14289-1, 7.18.3).
        entries.set("Tabs", "S");
        entries.set("StructParents", index(number));
        if composed.transparent.get(number).copied().unwrap_or(false) {
            // What is transparent is blended in a named colour space (ISO 19005-2, 6.2.10).
            entries.set("Group", dictionary! { "S" => "Transparency", "CS" => "DeviceRGB" });
        }
    }
    Ok(())
}

fn drop_empty_resources(document: &mut Document, resources: ObjectId) -> Result<(), PdfError> {
    for name in ["Font", "XObject", "ExtGState", "Shading"] {
        let list = reference(dictionary_of(document, resources)?, name.as_bytes());
        let empty = list.is_some_and(|id| document.get_dictionary(id).is_ok_and(Dictionary::is_empty));
        if empty {
            dictionary_of(document, resources)?.remove(name.as_bytes());
        }
    }
    Ok(())
}

fn reference(dictionary: &Dictionary, key: &[u8]) -> Option<ObjectId> {
    dictionary.get(key).and_then(Object::as_reference).ok()
}

fn dictionary_of(document: &mut Document, id: ObjectId) -> Result<&mut Dictionary, PdfError> {
    document.get_object_mut(id).and_then(Object::as_dict_mut).map_err(|_| PdfError::Unfinished("object"))
}

/// A count as an object.
fn index(number: usize) -> Object {
    Object::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// A text for people: in bytes where it is ASCII, else in UTF-16 (ISO 32000-1, 7.9.2.2).
fn text(text: &str) -> Object {
    lopdf::text_string(text)
}
