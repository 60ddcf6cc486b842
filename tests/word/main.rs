//! Word files: what goes out can be read by others, and comes back as it was.

mod elsewhere;
mod pictures;
mod round_trip;

use std::{io::Read as _, path::Path};

use release_composer::{
    release::{
        BlockKind, Item, KhmerFace, Language, Level, ListKind, Paragraph, Release, RichText, Signatory, SigningDate,
        Style,
    },
    storage,
    typeset::{Cache, typeset},
    word::{self, Lost, ReadError},
};

fn written(release: &Release) -> Vec<u8> {
    word::write(release, &typeset(release, None, &mut Cache::default()), word::Options::default()).unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn samples() -> Vec<(String, Release)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut drafts = Vec::new();
    for folder in ["assets/samples", "tests/corpus"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "ron" || ending == "release")
                && let Ok(release) = storage::open(&path)
            {
                drafts.push((path.display().to_string(), release));
            }
        }
    }
    assert!(drafts.len() > 10, "the drafts are somewhere else");
    drafts
}

/// The words of a release without what invisible signs and spaces do.
fn words(release: &Release) -> Vec<String> {
    let texts = release.fields().filter_map(|field| release.text(field).map(|text| text.as_str().to_owned()));
    let all: String = texts.collect::<Vec<_>>().join("\n");
    all.replace('\u{FEFF}', "").split_whitespace().map(str::to_owned).collect()
}

#[test]
fn every_draft_of_the_corpus_comes_back_with_all_its_words() {
    for (name, release) in samples() {
        if release.template.is_some() {
            continue;
        }
        let read = word::read(&written(&release)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(read.release.language, release.language, "{name}");
        assert_eq!(words(&read.release), words(&release), "{name}");
        assert_eq!(read.release.signature.date.day(), release.signature.date.day(), "{name}");
    }
}

#[test]
fn the_same_release_gives_the_same_bytes() {
    let (_, release) = samples().swap_remove(0);
    assert_eq!(written(&release), written(&release));
}

#[test]
fn a_file_says_what_it_is_and_whose() {
    let (_, mut release) = samples().swap_remove(0);
    release.headline = "Trade & \"ties\" < 1".into();
    release.letterhead.ministry = "Ministry of\nForeign Affairs".into();
    let day = release.signature.date.day().unwrap();
    let properties = part(&written(&release), "docProps/core.xml");
    for said in [
        "<dc:title>Trade &amp; &quot;ties&quot; &lt; 1</dc:title>",
        "<dc:creator>Ministry of Foreign Affairs</dc:creator>",
        &format!(">{day}T00:00:00Z</dcterms:created>"),
    ] {
        assert!(properties.contains(said), "{properties}");
    }
    // Nobody has saved it in Word, and so nobody is named beside what another program changes in it.
    assert!(!properties.contains("lastModifiedBy") && !properties.contains("modified"), "{properties}");
}

fn lists(language: Language) -> Release {
    let item = |list, level| BlockKind::item(list, level);
    let texts = if language == Language::English {
        ["One", "Two", "Three", "Four"]
    } else {
        ["មួយ", "ពីរ", "បី", "បួន"]
    };
    let block = |text: &str, kind| Paragraph { kind, ..Paragraph::new(RichText::plain(text)) };
    let [one, two, three, four] = texts;
    let body = vec![
        block(one, BlockKind::Plain),
        block(two, item(ListKind::Numbered, Level::One)),
        block(three, item(ListKind::Numbered, Level::Two)),
        block(four, item(ListKind::Numbered, Level::Two)),
        block(one, BlockKind::Continued(Level::One)),
        block(two, item(ListKind::Numbered, Level::One)),
        block(three, BlockKind::Item(Item { list: ListKind::Numbered, level: Level::One, start: Some(1) })),
        block(four, item(ListKind::Bulleted, Level::One)),
        block(one, item(ListKind::Sections, Level::One)),
        block(two, BlockKind::Centred),
        block(three, BlockKind::Heading(release_composer::release::HeadingLevel::One)),
        block(four, BlockKind::Heading(release_composer::release::HeadingLevel::Two)),
        Paragraph { new_page: true, ..block(one, BlockKind::Plain) },
    ];
    let mut release = Release { body, ..Release::blank(language) };
    release.headline = if language == Language::English { "A visit" } else { "ទស្សនកិច្ច" }.into();
    release.reference = "214 MFA".into();
    release.signature.lunar_date = false;
    release.signature.date = SigningDate::Day("2026-11-28".parse().unwrap());
    release.signature.signatories = vec![
        Signatory { party: "A".into(), title: "B".into(), name: "C".into() },
        Signatory { party: "D".into(), title: String::new(), name: "E".into() },
    ];
    release
}

#[test]
fn blocks_and_signatories_come_back_as_they_were() {
    for language in [Language::English, Language::Khmer] {
        let release = lists(language);
        let read = word::read(&written(&release)).unwrap();
        assert_eq!(read.release.body, release.body, "{language:?}");
        assert_eq!(read.release.signature, release.signature, "{language:?}");
        assert_eq!(
            (&read.release.headline, &read.release.title, &read.release.reference),
            (&release.headline, &release.title, &release.reference)
        );
        assert_eq!(read.release.letterhead, release.letterhead);
        assert!(read.lost.is_empty());
    }
}

#[test]
fn word_is_told_what_is_khmer_and_in_which_style() {
    let mut release = lists(Language::English);
    let mut text = RichText::plain("Both: ");
    text.push_str("bold", Style::BOLD);
    text.push_str(" កម្ពុជា", Style::ITALIC.with(Style::UNDERLINE, true));
    release.body.push(Paragraph::new(text.clone()));
    let bytes = written(&release);
    let document = part(&bytes, "word/document.xml");
    let styles = part(&bytes, "word/styles.xml");
    assert!(styles.contains(r#"w:bidi="km-KH""#) && styles.contains("<w:cs />"), "{styles}");
    assert!(document.contains(r#"<w:rStyle w:val="KhmerText" />"#), "{document}");
    assert!(part(&bytes, "word/fontTable.xml").contains("Khmer OS Battambang"));
    assert!(part(&bytes, "word/numbering.xml").contains("lowerLetter"));
    assert_eq!(word::read(&bytes).unwrap().release.body.last().unwrap().text, text);
}

#[test]
fn word_has_the_face_that_the_release_asks_for_as_large_as_on_the_page() {
    let mut release = Release { language: Language::Khmer, ..lists(Language::Khmer) };
    let usual = part(&written(&release), "word/styles.xml");
    assert!(usual.contains(r#"w:cs="Battambang""#) && !usual.contains("Siemreap"), "{usual}");
    for (face, other) in [(KhmerFace::Siemreap, "Khmer OS Siemreap"), (KhmerFace::KhmerOsContent, "Khmer OS")] {
        release.page.khmer_face = face;
        let bytes = written(&release);
        let styles = part(&bytes, "word/styles.xml");
        assert!(styles.contains(&format!(r#"w:cs="{}""#, face.name())) && !styles.contains("Battambang"), "{styles}");
        assert!(styles.contains(r#"<w:sz w:val="24" /><w:szCs w:val="21" />"#), "{styles}");
        assert!(part(&bytes, "word/fontTable.xml").contains(&format!(r#"<w:altName w:val="{other}" />"#)));
        assert_eq!(word::read(&bytes).unwrap().release.page, release.page);
    }
}

#[test]
fn the_header_of_a_table_comes_again_on_each_page_and_numbers_stand_at_their_ends() {
    let draft = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/table.ron");
    let document = part(&written(&storage::open(&draft).unwrap()), "word/document.xml");
    assert_eq!(document.matches("<w:tblHeader />").count(), 3, "of four tables one has no header");
    let row = document.split("<w:tr>").find(|row| row.contains("1,204.5")).unwrap();
    assert_eq!(row.split("</w:tr>").next().unwrap().matches(r#"<w:jc w:val="right" />"#).count(), 4, "{row}");
}

/// A Word file with a text of its own.
fn file(body: &str) -> Vec<u8> {
    file_with(body, &[])
}

/// A Word file with a text and other parts of its own.
fn file_with(body: &str, parts: &[(&str, String)]) -> Vec<u8> {
    let parts: Vec<_> = parts.iter().map(|(name, text)| (*name, text.clone().into_bytes())).collect();
    file_of(body, &parts)
}

/// A Word file with a text and other parts, which may be no text.
fn file_of(body: &str, parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    };
    add(
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#.as_bytes(),
    );
    add(
        "word/document.xml",
        &format!(
            r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:a="a" xmlns:r="r" xmlns:wp="wp"><w:body>{body}</w:body></w:document>"#
        )
        .into_bytes(),
    );
    parts.iter().for_each(|(name, bytes)| add(name, bytes));
    archive.finish().unwrap().into_inner()
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn a_letter_from_elsewhere_is_put_into_the_fields_that_are_certain() {
    let centred = |text: &str| {
        format!(r#"<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>"#)
    };
    let body = [
        centred("KINGDOM OF CAMBODIA"),
        centred("NATION RELIGION KING"),
        paragraph("Ministry of Foreign Affairs"),
        paragraph("and International Cooperation"),
        paragraph("No. 214 MFA.IC-PR"),
        centred("PRESS RELEASE"),
        centred("“A visit to Japan”"),
        paragraph("The first paragraph of the text, with a date in it: 3 March 2025."),
        paragraph("The second."),
        centred("Phnom Penh, 28 November 2026"),
    ];
    let read = word::read(&file(&body.concat())).unwrap().release;
    assert_eq!(read.letterhead.ministry, "Ministry of Foreign Affairs\nand International Cooperation");
    assert_eq!((read.reference.as_str(), read.title.as_str()), ("214 MFA.IC-PR", "PRESS RELEASE"));
    assert_eq!(read.headline, "A visit to Japan");
    assert_eq!(read.body.len(), 2, "{:?}", read.body);
    assert_eq!(read.signature.place, "Phnom Penh");
    assert_eq!(read.signature.date, SigningDate::Day("2026-11-28".parse().unwrap()));
}

#[test]
fn letters_of_fonts_from_before_unicode_become_khmer() {
    let run = |font: &str, text: &str| {
        format!(r#"<w:p><w:r><w:rPr><w:rFonts w:ascii="{font}"/></w:rPr><w:t>{text}</w:t></w:r></w:p>"#)
    };
    let read = word::read(&file(&[run("Limon S1", "rdæmRnþI"), run("Arial", "rdæmRnþI")].concat())).unwrap();
    let texts: Vec<_> = read.release.body.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(texts, ["រដ្ឋមន្ត្រី", "rdæmRnþI"]);
}

#[test]
fn proposed_changes_comments_and_fields_are_told_of() {
    let body = concat!(
        r#"<w:p><w:r><w:t xml:space="preserve">The </w:t></w:r><w:ins><w:r><w:t>new </w:t></w:r></w:ins>"#,
        r#"<w:del><w:r><w:delText>old </w:delText></w:r></w:del><w:commentRangeStart w:id="0"/>"#,
        r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>"#,
        r#"<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>text</w:t></w:r>"#,
        r#"<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>"#
    );
    let read = word::read(&file(body)).unwrap();
    assert_eq!(read.release.body[0].text.as_str(), "The new text");
    assert_eq!(read.lost.get(&Lost::Changes), Some(&2));
    assert_eq!(read.lost.get(&Lost::Notes), Some(&1));
}

#[test]
fn what_is_no_word_file_is_said_so() {
    assert_eq!(word::read(b"{\\rtf1"), Err(ReadError::OldWord));
    assert_eq!(word::read(b""), Err(ReadError::NotWord));
    assert_eq!(word::read(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1]), Err(ReadError::OldWord));
    let whole = file(&paragraph("text"));
    for length in [10, whole.len() / 2, whole.len() - 1] {
        let error = word::read(&whole[..length]).unwrap_err();
        assert!(matches!(error, ReadError::Damaged(_) | ReadError::NotWord), "{error:?}");
    }
    assert!(matches!(word::read(&file("<w:p>")), Err(ReadError::Damaged(_))));
}

#[test]
fn hostile_files_are_bounded() {
    let nested = format!("{}{}", "<w:sdt><w:sdtContent>".repeat(5_000), "</w:sdtContent></w:sdt>".repeat(5_000));
    assert!(matches!(word::read(&file(&nested)), Err(ReadError::Damaged(_))));
    assert!(matches!(word::read(&file(&paragraph("x").repeat(100_000))), Err(ReadError::Exceeded(_))));
    let pages = r#"<w:r><w:t>x</w:t><w:br w:type="page"/></w:r>"#.repeat(25_000);
    assert!(matches!(word::read(&file(&format!("<w:p>{pages}</w:p>"))), Err(ReadError::Exceeded(_))));
    // 80 MB of blanks are some kilobytes in the archive.
    assert!(matches!(word::read(&file(&" ".repeat(80 << 20))), Err(ReadError::TooLarge(_))));
    let entities = "<!DOCTYPE a [<!ENTITY b \"x\">]>";
    let error = word::read(&file(entities)).unwrap_err();
    assert!(matches!(error, ReadError::Damaged(_)), "{error:?}");
}

#[test]
fn what_belongs_together_in_word_stays_together() {
    let draft = r#"(format: 3, language: English, headline: "H", body: [
        (text: "Text."), (text: "As follows:"), (row: ["a", "b"]), (text: ""), (row: ["c", "d"]), (text: "The end."), (text: ""),
    ], signature: (place: "Phnom Penh"))"#;
    let release = release_composer::release::file::parse(draft).unwrap();
    let bytes = written(&release);
    let document = part(&bytes, "word/document.xml");
    let of = |text: &str| document.split("<w:p ").find(|paragraph| paragraph.contains(text)).unwrap().to_owned();
    let kept = ["Text.", "As follows:", "The end."].map(|text| of(text).contains("<w:keepNext />"));
    assert_eq!(kept, [false, true, true]);
    // Word makes one table of two that nothing parts.
    let between = document.split("</w:tbl>").nth(1).unwrap();
    assert!(between.split("<w:tbl>").next().unwrap().contains("<w:p "), "{between}");
    assert_eq!(word::read(&bytes).unwrap().release.body, release.body[..8]);
}

#[test]
fn styles_in_khmer_are_those_of_the_page() {
    let styles = part(&written(&lists(Language::Khmer)), "word/styles.xml");
    let of = |id: &str| {
        let mark = format!(r#"w:styleId="{id}""#);
        styles.split("<w:style ").find(|style| style.contains(&mark)).unwrap().to_owned()
    };
    // The Khmer face of headings has one weight.
    assert!(!of("Heading1").contains("<w:bCs />") && of("Heading1").contains("<w:b />"));
    assert!(of("Heading2").contains("<w:bCs />"));
    let indent = |id: &str| of(id).split("w:firstLine=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(["Heading1", "Reference", "Ornament", "Normal"].map(indent), ["0", "0", "0", "720"]);
}

#[test]
fn notes_have_a_rule_above_them_and_raised_numbers() {
    let draft = r#"(format: 3, language: English, headline: "H", body: [(text: "Text^[A note].")])"#;
    let bytes = written(&release_composer::release::file::parse(draft).unwrap());
    let notes = part(&bytes, "word/footnotes.xml");
    assert!(notes.contains("<w:separator />") && notes.contains(r#"<w:rStyle w:val="FootnoteReference" />"#));
    assert!(part(&bytes, "word/settings.xml").contains("<w:footnotePr>"));
    assert!(part(&bytes, "word/styles.xml").contains(r#"w:styleId="FootnoteReference""#));
    assert_eq!(word::read(&bytes).unwrap().release.body[0].text.notes().count(), 1);
}
