//! Word files: what goes out can be read by others, and comes back as it was.

use std::{io::Read as _, path::Path};

use release_composer::{
    release::{
        BlockKind, Emblem, Item, Language, Level, ListKind, Paragraph, Picture, PictureData, PictureWidth, Release,
        RichText, Signatory, SigningDate, Style,
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
fn the_second_of_words_own_list_styles_is_the_second_level() {
    let style = |id: &str, name: &str, list: &str| {
        format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:pPr><w:numPr><w:numId w:val="{list}"/></w:numPr></w:pPr></w:style>"#
        )
    };
    let list = |id: &str| {
        format!(
            r#"<w:abstractNum w:abstractNumId="{id}"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>"#
        )
    };
    let num = |id: &str| format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>"#);
    let item = |id: &str, text: &str| {
        format!(r#"<w:p><w:pPr><w:pStyle w:val="{id}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
    };
    let space = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    let styles = [style("A", "List Number", "1"), style("B", "List Number 2", "2")].concat();
    let lists = [list("1"), list("2"), num("1"), num("2")].concat();
    let bytes = file_with(
        &[item("A", "One"), item("B", "Below"), item("A", "Two")].concat(),
        &[
            ("word/styles.xml", format!("<w:styles {space}>{styles}</w:styles>")),
            ("word/numbering.xml", format!("<w:numbering {space}>{lists}</w:numbering>")),
        ],
    );
    let kinds: Vec<_> = word::read(&bytes).unwrap().release.body.iter().map(|block| block.kind).collect();
    let item = |level| BlockKind::item(ListKind::Numbered, level);
    assert_eq!(kinds, [item(Level::One), item(Level::Two), item(Level::One)]);
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
    // 80 MB of blanks are some kilobytes in the archive.
    assert!(matches!(word::read(&file(&" ".repeat(80 << 20))), Err(ReadError::TooLarge(_))));
    let entities = "<!DOCTYPE a [<!ENTITY b \"x\">]>";
    let error = word::read(&file(entities)).unwrap_err();
    assert!(matches!(error, ReadError::Damaged(_)), "{error:?}");
}

fn corpus(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name)).unwrap()
}

/// A picture of a draft, with its caption.
fn figure(name: &str, caption: &str, width: u8, beside: bool) -> Paragraph {
    let picture = Picture {
        name: format!("{name}.png"),
        data: Some(PictureData::new(corpus(&format!("{name}.png")))),
        alternative: format!("A \"{name}\" & <more>"),
        width: PictureWidth::new(width).unwrap(),
        beside,
    };
    Paragraph::picture(picture, RichText::plain(caption))
}

/// A body whose pictures have no bytes: Word is given them as the page shows them.
fn without_data(release: &Release) -> Vec<Paragraph> {
    let mut body = release.body.clone();
    for picture in body.iter_mut().filter_map(|block| block.picture.as_mut()) {
        std::sync::Arc::make_mut(picture).data = None;
    }
    body
}

#[test]
fn pictures_come_back_with_their_captions_and_what_readers_are_told() {
    let plain = |text: &str| Paragraph::new(RichText::plain(text));
    let body = vec![
        plain("Before."),
        figure("chart", "A caption.", 40, false),
        figure("temple", "", 70, false),
        plain("Between."),
        Paragraph { new_page: true, ..figure("chart", "Left.", 100, false) },
        figure("temple", "Right.", 100, true),
        plain("After."),
        Paragraph { new_page: true, ..figure("emblem", "", 10, false) },
    ];
    let mut release = Release { body, ..Release::blank(Language::English) };
    release.letterhead.ornament = true;
    release.letterhead.emblem =
        Some(Emblem { file: "emblem.png".into(), alternative: "The emblem".into(), ..Emblem::default() });
    let draft = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/x.ron");
    let emblem = storage::emblem(&release, Some(&draft)).unwrap();
    let pages = typeset(&release, emblem.as_ref(), &mut Cache::default());
    let read = word::read(&word::write(&release, &pages, word::Options::default()).unwrap()).unwrap();
    assert_eq!(without_data(&read.release), without_data(&release));
    assert!(read.release.body.iter().filter_map(|block| block.picture.as_ref()).all(|picture| picture.data.is_some()));
    assert!(read.release.letterhead.ornament);
    assert_eq!(read.lost.into_iter().collect::<Vec<_>>(), [(Lost::Picture("The emblem".into()), 1)]);
    // Once more, as after a chief's look at it.
    let again = word::read(&written(&read.release)).unwrap();
    assert_eq!(without_data(&again.release), without_data(&release));
}

/// What Word writes for a picture; its width in hundredths of the column of A4 with margins of an inch.
fn drawing(properties: &str, width: u32, inside: &str) -> String {
    let extent = width * 9026 * 635 / 100;
    format!(
        r#"<w:r><w:drawing><wp:inline><wp:extent cx="{extent}" cy="9"/><wp:docPr id="1" {properties}/><a:graphic>{inside}</a:graphic></wp:inline></w:drawing></w:r>"#
    )
}

fn blip(id: &str) -> String {
    format!(r#"<a:blip r:embed="{id}"/>"#)
}

fn caption(text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="X"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
}

/// A Word file with the pictures of the corpus as `png`, `jpg` and `svg`, one that is elsewhere, and one of no use.
fn illustrated(body: &str) -> Vec<u8> {
    let relation = |id: &str, target: &str| format!(r#"<Relationship Id="{id}" Type="x/image" Target="{target}"/>"#);
    let relations = [
        relation("png", "media/1.png"),
        relation("jpg", "/word/media/2.jpeg"),
        relation("svg", "../word/media/3.svg"),
        relation("emf", "media/4.emf"),
        relation("none", "media/5.png"),
        relation("outside", "../../../etc/passwd"),
        relation("link", "https://example.org/a.png\" TargetMode=\"External"),
    ];
    let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="Y"><w:name w:val="caption"/></w:style><w:style w:styleId="X"><w:name w:val="Figure"/><w:basedOn w:val="Y"/></w:style></w:styles>"#;
    let parts = [
        ("word/_rels/document.xml.rels", format!("<Relationships>{}</Relationships>", relations.concat()).into_bytes()),
        ("word/styles.xml", styles.as_bytes().to_vec()),
        ("word/media/1.png", corpus("chart.png")),
        ("word/media/2.jpeg", corpus("emblem.jpg")),
        ("word/media/3.svg", corpus("emblem.svg")),
        ("word/media/4.emf", b"\x01\0\0\0 EMF".to_vec()),
    ];
    file_of(body, &parts)
}

/// The pictures of a body: name, alternative text, width, whether it is beside the one before, and caption.
fn figures(release: &Release) -> Vec<(&str, &str, u8, bool, &str)> {
    release
        .body
        .iter()
        .filter_map(|block| {
            let picture = block.picture.as_deref()?;
            let width = picture.width.hundredths();
            Some((picture.name.as_str(), picture.alternative.as_str(), width, picture.beside, block.text.as_str()))
        })
        .collect()
}

#[test]
fn pictures_of_a_letter_from_elsewhere_are_taken() {
    let text = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = [
        format!("<w:p>{}</w:p>", drawing(r#"name="Picture 1" descr="A chart""#, 40, &blip("png"))),
        caption("Figure 1. The chart."),
        // Within a text it comes after it.
        format!(
            "<w:p>{}{}{}</w:p>",
            text("Text "),
            drawing(r#"name="photo.JPG""#, 200, &blip("jpg")),
            text("goes on.")
        ),
        caption("Below."),
        // A drawing with a photo of it for older programs.
        format!(
            r#"<w:p>{}</w:p>"#,
            drawing(
                r#"name="C:\a/b""#,
                1,
                r#"<a:blip r:embed="png"><asvg:svgBlip xmlns:asvg="s" r:embed="svg"/></a:blip>"#
            )
        ),
        paragraph("The end."),
    ];
    let read = word::read(&illustrated(&body.concat())).unwrap();
    assert_eq!(
        figures(&read.release),
        [
            ("Picture 1.png", "A chart", 40, false, "Figure 1. The chart."),
            ("photo.jpg", "", 100, false, "Below."),
            ("C  a b.svg", "", 10, false, ""),
        ]
    );
    let data = |at: usize| read.release.body[at].picture.as_ref().unwrap().data.as_ref().unwrap().bytes().to_vec();
    assert_eq!((data(0), data(2)), (corpus("chart.png"), corpus("emblem.jpg")));
    assert_eq!(read.release.body[1].text.as_str(), "Text goes on.");
    assert_eq!(read.release.body.len(), 5, "{:?}", read.release.body);
    assert_eq!(read.lost.into_keys().collect::<Vec<_>>(), [Lost::Setup]);
}

#[test]
fn a_table_of_pictures_is_pictures_beside_each_other() {
    let cell = |inside: &str| format!("<w:tc>{inside}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let picture = |name: &str| format!("<w:p>{}</w:p>", drawing(&format!(r#"name="{name}""#), 45, &blip("png")));
    let table = [
        row(&[cell(&picture("a")), cell(&picture("b"))]),
        row(&[cell(&paragraph("One")), cell(&paragraph("Two"))]),
        row(&[cell(&(picture("c") + &paragraph("Three"))), cell("<w:p/>")]),
    ];
    let mixed = row(&[cell(&picture("d")), cell(&paragraph("A text"))]);
    let body = format!("<w:tbl>{}</w:tbl>{}<w:tbl>{mixed}</w:tbl>", table.concat(), paragraph("Text."));
    let read = word::read(&illustrated(&body)).unwrap();
    assert_eq!(
        figures(&read.release),
        [("a.png", "", 100, false, "One"), ("b.png", "", 100, true, "Two"), ("c.png", "", 45, false, "Three"),]
    );
    // A cell of a draft has no picture.
    assert_eq!(read.lost.into_iter().collect::<Vec<_>>(), [(Lost::Picture("d".into()), 1), (Lost::Setup, 1)]);
    assert_eq!(read.release.body.last().unwrap().text.as_str(), "A text");
}

#[test]
fn pictures_that_are_not_taken_are_named() {
    let shown = |name: &str, inside: &str| drawing(&format!(r#"name="{name}""#), 50, inside);
    let outside = [
        shown("Chart 1", "<a:chart/>"),
        shown("Old", &blip("emf")),
        shown("Missing", &blip("none")),
        shown("Elsewhere", &blip("outside")),
        shown("Linked", r#"<a:blip r:link="link"/>"#),
        shown("Web", &blip("link")),
        shown("Group", &(blip("png") + &blip("jpg"))),
    ];
    let cropped = shown("Cut", &format!(r#"{}<a:srcRect l="2000"/>"#, blip("png")));
    let logo = format!("<w:p>{}</w:p>", shown("Logo", &blip("png")));
    let body = [logo, paragraph("PRESS RELEASE"), paragraph("A."), format!("<w:p>{}{cropped}</w:p>", outside.concat())];
    let read = word::read(&illustrated(&body.concat())).unwrap();
    assert_eq!(figures(&read.release).len(), 1, "{:?}", read.release.body);
    let lost: Vec<_> = read.lost.keys().cloned().collect();
    let mut names = ["Chart 1", "Elsewhere", "Group", "Linked", "Logo.png", "Missing", "Old", "Web"]
        .map(|name| Lost::Picture(name.into()))
        .to_vec();
    names.extend([Lost::Cropped("Cut".into()), Lost::Setup]);
    assert_eq!(lost, names);
    let said: Vec<_> = read.lost.keys().map(ToString::to_string).collect();
    assert_eq!(said[0], "picture “Chart 1”, which was left out");
}

#[test]
fn hostile_pictures_are_bounded() {
    let bomb = vec![0; 40 << 20];
    let relation = r#"<Relationships><Relationship Id="a" Type="x" Target="media/a.png"/></Relationships>"#;
    let many: String = (0..500).map(|n| drawing(&format!(r#"name="P{n}""#), 50, &blip("a"))).collect();
    let parts = [("word/_rels/document.xml.rels", relation.as_bytes().to_vec()), ("word/media/a.png", bomb)];
    let read = word::read(&file_of(&format!("<w:p>{many}</w:p>"), &parts)).unwrap();
    assert_eq!(figures(&read.release), []);
    assert_eq!((read.lost.len(), read.lost[&Lost::Pictures]), (22, 480));
}
