//! Document information and XMP, which say the same (ISO 19005-2, 6.6.3).

use std::fmt::Write as _;

use chrono::NaiveDate;
use lopdf::{Document, Object, ObjectId, Stream, dictionary};

use super::{super::Info, text};
use crate::release::Language;

const CREATOR: &str = "Release Composer";
const PRODUCER: &str = concat!("Release Composer ", env!("CARGO_PKG_VERSION"), " with printpdf");

/// Puts the document information in place and gives the XMP stream.
pub(super) fn add(document: &mut Document, info: &Info) -> ObjectId {
    let mut entries = dictionary! {
        "Title" => text(title(info)),
        "Creator" => text(CREATOR),
        "Producer" => text(PRODUCER),
    };
    for (key, value) in [("Author", &info.author), ("Subject", &info.subject)] {
        if !value.is_empty() {
            entries.set(key, text(value));
        }
    }
    if let Some(date) = info.date {
        // Midnight in Cambodia, where there is no summer time.
        let date = Object::string_literal(format!("D:{}000000+07'00'", date.format("%Y%m%d")));
        entries.set("CreationDate", date.clone());
        entries.set("ModDate", date);
    }
    match document.trailer.get(b"Info").and_then(Object::as_reference) {
        Ok(id) => document.set_object(id, entries),
        Err(_) => {
            let id = document.add_object(entries);
            document.trailer.set("Info", id);
        }
    }
    // Compressed, as part 2 of PDF/A allows and part 1 did not: it saves over a kilobyte. Only what
    // looks for XMP in a file without reading PDF no longer finds it.
    let stream = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    document.add_object(Stream::new(stream, xmp(info).into_bytes()))
}

/// A file without a title is no PDF/UA file (ISO 14289-1, 7.1).
fn title(info: &Info) -> &str {
    match (info.title.trim(), info.language) {
        ("", Language::English) => "Press release",
        ("", Language::Khmer) => "សេចក្តីប្រកាសព័ត៌មាន",
        (title, _) => title,
    }
}

/// The XMP packet. `pdfuaid` is no schema that PDF/A knows, so it is described
/// (ISO 19005-2, 6.6.2.3.3).
fn xmp(info: &Info) -> String {
    let tags: String =
        [info.language].iter().chain(&info.others).map(|of| format!("<rdf:li>{}</rdf:li>", of.tag())).collect();
    let mut xmp = String::from(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n\
         <pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>\n",
    );
    // Writing to a string cannot fail.
    let _ = writeln!(xmp, "<dc:title>{}</dc:title>", alternatives(title(info)));
    if !info.author.is_empty() {
        let author = escape(&info.author);
        let _ = writeln!(xmp, "<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>");
    }
    if !info.subject.is_empty() {
        let _ = writeln!(xmp, "<dc:description>{}</dc:description>", alternatives(&info.subject));
    }
    let _ = writeln!(xmp, "<dc:language><rdf:Bag>{tags}</rdf:Bag></dc:language>");
    let _ = writeln!(xmp, "<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool><pdf:Producer>{PRODUCER}</pdf:Producer>");
    if let Some(date) = info.date.map(xmp_date) {
        let _ = writeln!(xmp, "<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>");
    }
    xmp.push_str(
        "</rdf:Description>\n\
         <rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
         xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
         xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\
         <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\
         <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
         <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
         <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
         <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\
         <pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
         <pdfaProperty:category>internal</pdfaProperty:category>\
         <pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>\
         </rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n\
         </rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>",
    );
    xmp
}

fn xmp_date(date: NaiveDate) -> String {
    date.format("%Y-%m-%dT00:00:00+07:00").to_string()
}

fn alternatives(text: &str) -> String {
    format!("<rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt>", escape(text))
}

/// A text for XML, without the characters that XML cannot hold.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped_and_dates_agree() {
        let info =
            Info { title: "Trade & <Aid>\u{1}".into(), date: NaiveDate::from_ymd_opt(2023, 10, 30), ..Info::default() };
        let xmp = xmp(&info);
        assert!(xmp.contains("Trade &amp; &lt;Aid&gt;</rdf:li>"));
        assert!(xmp.contains("2023-10-30T00:00:00+07:00"));
        assert!(!xmp.contains("dc:creator"));
    }

    #[test]
    fn there_is_always_a_title() {
        assert_eq!(title(&Info::default()), "Press release");
    }
}
