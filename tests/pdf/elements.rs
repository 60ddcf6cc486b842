//! How blocks are tagged: lists, headings, tables.

use super::*;

/// The elements of a draft of the corpus: in which lists, as what, and how their texts begin.
fn elements(draft: &str) -> Vec<(String, String, String)> {
    let draft = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(draft);
    let elements = tagged::read(&write(&draft).1).elements.into_iter();
    let begin = |text: String| text.chars().take(12).collect::<String>();
    elements.map(|element| (element.lists.join(" "), element.tag.clone(), begin(element.text()))).collect()
}

#[test]
fn lists_are_tagged_with_their_levels_and_their_way_of_counting() {
    let all = elements("lists.ron");
    let said = |tag: &str, begin: &str| {
        let found = all.iter().find(|(_, other, text)| other == tag && text.starts_with(begin));
        found.map(|(lists, ..)| lists.as_str())
    };
    assert_eq!(said("LBody", "to hold"), Some("Decimal"));
    assert_eq!(said("LBody", "at the level"), Some("Decimal LowerAlpha"));
    assert_eq!(said("Lbl", "(ii) "), Some("Decimal LowerAlpha LowerRoman"));
    assert_eq!(said("P", "A paragraph that goes on with the s".get(..12).unwrap()), Some(""));
    let continued: Vec<_> = all
        .iter()
        .filter(|(.., text)| text == "A paragraph ")
        .map(|(lists, tag, _)| (lists.as_str(), tag.as_str()))
        .collect();
    assert_eq!(continued, [("", "P"), ("Decimal LowerAlpha LowerRoman", "P"), ("Decimal", "P"), ("", "P")]);
    assert_eq!(said("LBody", "a dash"), Some("Disc Disc"));
    assert_eq!(said("LBody", "Deeper by"), Some("Disc Disc"));
    assert_eq!(said("LBody", "Goods"), Some("UpperRoman UpperAlpha Decimal"));
    assert_eq!(said("P", "###"), Some(""));
    // An empty item has its number, and an item goes on over a paragraph with the next number.
    let labels = |lists: &str| {
        let labels = all.iter().filter(|(other, tag, _)| other == lists && tag == "Lbl");
        labels.map(|(.., text)| text.trim()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(labels("Decimal"), "1. 2. 3. 4. 5. 6. 7. 8. 9. 10. 11. 1.");
    assert_eq!(labels("UpperRoman"), "I. II.");
    let khmer = elements("lists-khmer.ron");
    let lists: Vec<_> = khmer
        .iter()
        .filter(|(_, tag, _)| tag == "Lbl")
        .map(|(lists, _, text)| (lists.as_str(), text.as_str()))
        .collect();
    assert_eq!(
        lists[..4],
        [
            ("Decimal", "១. "),
            ("Decimal LowerAlpha", "ក. "),
            ("Decimal LowerAlpha Decimal", "(១) "),
            ("Decimal LowerAlpha Decimal LowerAlpha", "(ក) ")
        ]
    );
}

#[test]
fn headings_of_the_text_are_tagged_and_are_the_bookmarks() {
    let all = elements("joint-statement.ron");
    let headings: Vec<_> =
        all.iter().filter(|(_, tag, _)| tag.starts_with('H')).map(|(_, tag, text)| format!("{tag} {text}")).collect();
    assert_eq!(
        headings,
        [
            "H1 JOINT STATEM",
            "H2 “A Partnersh",
            "H3 Political an",
            "H3 Economic coo",
            "H4 Trade and in",
            "H4 Water and en",
            "H3 Culture and "
        ]
    );
    let draft = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/joint-statement.ron");
    let document = lopdf::Document::load_mem(&write(&draft).1).unwrap();
    let outline = document.catalog().unwrap().get(b"Outlines").unwrap().as_reference().unwrap();
    let outline = document.get_dictionary(outline).unwrap();
    assert_eq!(outline.get(b"Count").unwrap().as_i64().unwrap(), 6);
    let below = |of: &lopdf::Dictionary| {
        let mut found = Vec::new();
        let mut next = of.get(b"First").ok().map(|first| first.as_reference().unwrap());
        while let Some(item) = next.map(|id| document.get_dictionary(id).unwrap().clone()) {
            next = item.get(b"Next").ok().map(|next| next.as_reference().unwrap());
            found.push(item);
        }
        found
    };
    let title = |item: &lopdf::Dictionary| tagged::text(item.get(b"Title").unwrap());
    let headline = below(outline);
    assert_eq!(headline.len(), 1);
    let parts = below(&headline[0]);
    let titles: Vec<_> = parts.iter().map(title).collect();
    assert_eq!(titles, ["Political and security cooperation", "Economic cooperation", "Culture and learning"]);
    let within: Vec<_> = below(&parts[1]).iter().map(title).collect();
    assert_eq!(within, ["Trade and investment", "Water and energy"]);
}

#[test]
fn boxes_and_bookmarks() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let document = lopdf::Document::load_mem(&write(&folder.join("crop-marks.ron")).1).unwrap();
    for page in document.page_iter() {
        let page = document.get_dictionary(page).unwrap();
        let edges = |name: &[u8]| -> Vec<f32> {
            page.get(name).unwrap().as_array().unwrap().iter().map(|edge| edge.as_float().unwrap()).collect()
        };
        let (media, trim, bleed) = (edges(b"MediaBox"), edges(b"TrimBox"), edges(b"BleedBox"));
        assert!((trim[2] - trim[0] - 595.276).abs() < 0.01);
        assert!((trim[0] - bleed[0] - 8.504).abs() < 0.01 && media[0] < bleed[0] && bleed[2] < media[2]);
    }
    let outline = document.catalog().unwrap().get(b"Outlines").unwrap().as_reference().unwrap();
    let first = document.get_dictionary(outline).unwrap().get(b"First").unwrap().as_reference().unwrap();
    assert_eq!(tagged::text(document.get_dictionary(first).unwrap().get(b"Title").unwrap()), "“A visit to Phnom Penh”");
    let single = lopdf::Document::load_mem(&write(&folder.join("quotes.ron")).1).unwrap();
    assert!(single.catalog().unwrap().get(b"Outlines").is_err());
}

/// The cells of the tables of a draft of the corpus: as what they are tagged, and how their texts begin.
#[test]
fn tables_are_tagged_with_their_rows_and_headers() {
    let draft = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/table.ron");
    let elements = tagged::read(&write(&draft).1).elements;
    let cells: Vec<_> = elements.iter().filter(|element| element.tag.starts_with('T')).collect();
    let headers: Vec<String> = cells.iter().filter(|cell| cell.tag == "TH").map(|cell| cell.text()).collect();
    assert_eq!(headers[..3], ["Time", "Event", "Place"]);
    assert_eq!(headers.len(), 3 + 4 + 4, "a header that is repeated on the next page is told once");
    assert!(cells.iter().any(|cell| cell.tag == "TD" && cell.text() == "−8.1 %"));
}
