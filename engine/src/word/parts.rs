//! Parts of the file that `docx-rs` has no words for.
//!
//! The language of the text, which spelling and reading aloud go by, and the faces that Word takes where a machine
//! lacks those of the page.

use docx_rs::XMLDocx;

use super::{
    styles::{KHMER, NOTE_REFERENCE, id::TABLE_HEADER},
    text::{OWN_NUMBER, Shown},
};
use crate::release::{KhmerFace, Release};

/// The languages of Latin and of Khmer text. Word takes the second for a run that is marked as complex script.
const LANGUAGES: &str = r#"<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="km-KH" />"#;

/// The style of plain paragraphs as `docx-rs` writes it, and the beginning of our own.
const THEIRS: &str = r#"<w:style w:type="paragraph" w:styleId="Normal"><w:name w:val="Normal" /><w:rPr /><w:pPr><w:rPr /></w:pPr><w:qFormat /></w:style>"#;
const OURS: &str = r#"w:type="paragraph" w:styleId="Normal""#;

/// The face of headings, with that which offices in Cambodia have in its place.
const HEADINGS: (&str, &str) = ("Moul", "Khmer OS Muol Light");

/// What offices in Cambodia have in the place of a face.
fn substitute(face: KhmerFace) -> &'static str {
    match face {
        KhmerFace::Battambang => "Khmer OS Battambang",
        KhmerFace::Siemreap => "Khmer OS Siemreap",
        KhmerFace::KhmerOsContent => "Khmer OS",
    }
}

/// The shapes of a drawing, for those Words that show them; others take the pixels.
const EXTENSION: &str = r#"<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="#;
const EXTENSION_END: &str = r#"" /></a:ext></a:extLst></a:blip>"#;

/// The rule above the notes of a page, and that above what goes on from the page before.
const RULES: &str = concat!(
    r#"<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:pStyle w:val="FootnoteText" /></w:pPr>"#,
    r#"<w:r><w:separator /></w:r></w:p></w:footnote>"#,
    r#"<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:pStyle w:val="FootnoteText" /></w:pPr>"#,
    r#"<w:r><w:continuationSeparator /></w:r></w:p></w:footnote>"#
);
const USED_RULES: &str = r#"<w:footnotePr><w:footnote w:id="-1" /><w:footnote w:id="0" /></w:footnotePr>"#;

/// A picture as `docx-rs` names it.
const DRAWN: &str = r#"<wp:docPr id="1" name="Figure" />"#;

/// Puts languages and substitutes into the parts of a file, and the names of its pictures and what they show, in their
/// order; `face` is that of Khmer text. Gives the drawings that are beside them, by the names that refer to them.
pub fn complete(parts: &mut XMLDocx, pictures: &[Shown], face: KhmerFace) -> Vec<(String, Vec<u8>)> {
    let mut drawings: Vec<(String, Vec<u8>)> = Vec::new();
    let none = Shown::default();
    let document = String::from_utf8_lossy(&parts.document);
    let mut pieces = document.split(DRAWN);
    let mut described = pieces.next().unwrap_or_default().to_owned();
    for (number, piece) in (1..).zip(pieces) {
        let Shown { name, alternative, drawing } = pictures.get(number - 1).unwrap_or(&none);
        let name = if name.is_empty() { format!("Picture {number}") } else { escaped(name) };
        let alternative = escaped(alternative);
        described.push_str(&format!(r#"<wp:docPr id="{number}" name="{name}" descr="{alternative}" />"#));
        let Some(drawing) = drawing else {
            described.push_str(piece);
            continue;
        };
        let (blip, end) = (r#"<a:blip r:embed=""#, r#"" />"#);
        let Some((before, (pixels, after))) =
            piece.split_once(blip).and_then(|(before, rest)| Some((before, rest.split_once(end)?)))
        else {
            described.push_str(piece);
            continue;
        };
        // Equal pictures are one file.
        let of = format!("{pixels}Drawing");
        described.push_str(&format!(r#"{before}<a:blip r:embed="{pixels}">{EXTENSION}"{of}{EXTENSION_END}{after}"#));
        if drawings.iter().all(|(known, _)| *known != of) {
            drawings.push((of, drawing.clone()));
        }
    }
    parts.document = described.into_bytes();
    let styles = String::from_utf8_lossy(&parts.styles);
    let styles = styles
        .replacen("<w:rPrDefault><w:rPr />", &format!("<w:rPrDefault><w:rPr>{LANGUAGES}</w:rPr>"), 1)
        // The style that `docx-rs` always writes is in the way of our own of this name.
        .replacen(THEIRS, "", 1)
        .replacen(OURS, r#"w:type="paragraph" w:default="1" w:styleId="Normal""#, 1);
    // A run in this style takes the face, the size and the language of complex scripts.
    let khmer = format!(
        r#"<w:style w:type="character" w:customStyle="1" w:styleId="{KHMER}"><w:name w:val="Khmer Text" /><w:rPr><w:cs /></w:rPr></w:style>"#
    );
    let reference = format!(
        r#"<w:style w:type="character" w:styleId="{NOTE_REFERENCE}"><w:name w:val="footnote reference" /><w:rPr><w:vertAlign w:val="superscript" /></w:rPr></w:style>"#
    );
    parts.styles = styles.replacen("</w:styles>", &format!("{khmer}{reference}</w:styles>"), 1).into_bytes();
    // The number before the text of a note.
    let notes = String::from_utf8_lossy(&parts.footnotes);
    let notes = notes.replacen("<w:footnote ", &format!("{RULES}<w:footnote "), 1);
    if notes.contains(RULES) {
        let settings = String::from_utf8_lossy(&parts.settings);
        parts.settings = settings.replacen("<w:compat>", &format!("{USED_RULES}<w:compat>"), 1).into_bytes();
    }
    parts.footnotes =
        notes.replace(&format!(r#"<w:t xml:space="preserve">{OWN_NUMBER}</w:t>"#), "<w:footnoteRef />").into_bytes();
    parts.document = with_headers_repeated(&String::from_utf8_lossy(&parts.document)).into_bytes();
    let faces = String::from_utf8_lossy(&parts.font_table);
    let font = |(name, other): (&str, &str)| {
        format!(
            r#"<w:font w:name="{name}"><w:altName w:val="{other}" /><w:charset w:val="00" /><w:family w:val="auto" /><w:pitch w:val="variable" /></w:font>"#
        )
    };
    let fonts: String = [(face.name(), substitute(face)), HEADINGS].map(font).concat();
    parts.font_table = faces.replacen("</w:fonts>", &format!("{fonts}</w:fonts>"), 1).into_bytes();
    drawings
}

/// The text with the header of each table marked to be repeated on each page.
fn with_headers_repeated(document: &str) -> String {
    const ROW: &str = "<w:tr><w:trPr>";
    let header = format!(r#"<w:pStyle w:val="{TABLE_HEADER}" />"#);
    let mut rows = document.split(ROW);
    let mut whole = rows.next().unwrap_or_default().to_owned();
    for row in rows {
        whole += ROW;
        let is_header = row.split("</w:tr>").next().is_some_and(|row| row.contains(&header));
        whole += &if is_header {
            row.replacen("<w:cantSplit />", "<w:cantSplit /><w:tblHeader />", 1)
        } else {
            row.to_owned()
        };
    }
    whole
}

/// What a file says about itself (ECMA-376-2, 8.1): headline, ministry, language and the day of the release. Who saves
/// it last, and when, Word says.
pub fn properties(release: &Release) -> String {
    let (title, creator) = (escaped(&release.file_title()), escaped(&release.file_author()));
    let language = release.language.tag();
    let day = release.signature.date.day();
    let created = day.map(|day| {
        format!(r#"<dcterms:created xsi:type="dcterms:W3CDTF">{}T00:00:00Z</dcterms:created>"#, day.format("%Y-%m-%d"))
    });
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator><dc:language>{language}</dc:language>{}</cp:coreProperties>"#,
        created.unwrap_or_default()
    )
}

/// A text as the value of an attribute, or between tags.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars().filter(|c| !c.is_control()) {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}
