//! The parts of a Word file as one archive.
//!
//! `docx-rs` would pack them without compression, and every picture as a PNG. Invariant: the same parts give the same
//! bytes.

use std::io::{Cursor, Write as _};

use docx_rs::XMLDocx;
use zip::{CompressionMethod, ZipWriter, result::ZipResult, write::SimpleFileOptions};

/// Packs the parts of a file; `drawings` are files beside its pictures, by their names without an ending.
pub fn pack(parts: &XMLDocx, drawings: &[(String, Vec<u8>)]) -> ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8], method| {
        archive.start_file(name, SimpleFileOptions::default().compression_method(method))?;
        Ok::<_, zip::result::ZipError>(archive.write_all(bytes)?)
    };
    let (mut types, mut relations) = (text(&parts.content_type), text(&parts.document_rels));
    if !drawings.is_empty() {
        let svg = r#"<Default Extension="svg" ContentType="image/svg+xml" />"#;
        types = types.replacen("<Default ", &format!("{svg}<Default "), 1);
    }
    for (name, _) in drawings {
        let relation = format!(
            r#"<Relationship Id="{name}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/{name}.svg" />"#
        );
        relations = relations.replacen("</Relationships>", &format!("{relation}</Relationships>"), 1);
    }
    let media: Vec<(String, &[u8])> = parts
        .media
        .iter()
        .map(|(name, bytes)| {
            let ending = if bytes.starts_with(&[0xFF, 0xD8]) { "jpeg" } else { "png" };
            relations = relations.replace(&format!("media/{name}.png\""), &format!("media/{name}.{ending}\""));
            (format!("word/media/{name}.{ending}"), bytes.as_slice())
        })
        .collect();
    let properties = &parts.doc_props;
    let main: [(&str, &[u8]); 14] = [
        // Readers that look at the beginning of an archive know it by this one.
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", &parts.rels),
        ("docProps/app.xml", &properties.app),
        ("docProps/core.xml", &properties.core),
        ("docProps/custom.xml", &properties.custom),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/document.xml", &parts.document),
        ("word/styles.xml", &parts.styles),
        ("word/settings.xml", &parts.settings),
        ("word/fontTable.xml", &parts.font_table),
        ("word/comments.xml", &parts.comments),
        ("word/numbering.xml", &parts.numberings),
        ("word/commentsExtended.xml", &parts.comments_extended),
        ("word/footnotes.xml", &parts.footnotes),
    ];
    for (name, bytes) in main {
        add(name, bytes, CompressionMethod::Deflated)?;
    }
    let edges = [("header", &parts.headers, &parts.header_rels), ("footer", &parts.footers, &parts.footer_rels)];
    for (kind, texts, relations) in edges {
        for (number, text) in (1..).zip(texts) {
            add(&format!("word/{kind}{number}.xml"), text, CompressionMethod::Deflated)?;
        }
        for (number, relations) in (1..).zip(relations).take(texts.len()) {
            add(&format!("word/_rels/{kind}{number}.xml.rels"), relations, CompressionMethod::Deflated)?;
        }
    }
    // What is compressed already would gain nothing.
    for (name, bytes) in media {
        add(&name, bytes, CompressionMethod::Stored)?;
    }
    for (name, bytes) in drawings {
        add(&format!("word/media/{name}.svg"), bytes, CompressionMethod::Deflated)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn text(part: &[u8]) -> String {
    String::from_utf8_lossy(part).into_owned()
}
