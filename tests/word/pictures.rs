//! Pictures of Word files.

use std::path::Path;

use release_composer::{
    release::{Emblem, Language, Paragraph, Picture, PictureData, PictureWidth, Release, RichText},
    storage,
    typeset::{Cache, typeset},
    word::{self, Lost},
};

use super::{file_of, paragraph, part, written};

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

#[test]
fn a_photo_goes_out_as_the_draft_has_it_and_a_drawing_with_its_shapes() {
    let of = |name: &str, file: &str| {
        let picture = Picture { name: name.into(), data: Some(PictureData::new(corpus(file))), ..Picture::default() };
        Paragraph::picture(picture, RichText::default())
    };
    let body = vec![of("a.png", "chart.png"), of("b.jpg", "emblem.jpg"), of("c.svg", "emblem.svg")];
    let release = Release { body, ..Release::blank(Language::English) };
    let bytes = written(&release);
    let names = |kind: &str| {
        let archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
        archive.file_names().filter(|name| name.starts_with("word/media/") && name.ends_with(kind)).count()
    };
    // The ornament is a drawing, too; each has its pixels for older programs.
    assert_eq!([names(".jpeg"), names(".svg"), names(".png")], [1, 2, 3]);
    assert_eq!(part(&bytes, "word/document.xml").matches("<asvg:svgBlip").count(), 2);
    assert!(part(&bytes, "[Content_Types].xml").contains(r#"Extension="svg""#));
    let read = word::read(&bytes).unwrap();
    assert_eq!(read.lost.into_keys().collect::<Vec<_>>(), []);
    let data = |at: usize| read.release.body[at].picture.as_ref().unwrap().data.clone().unwrap();
    assert_eq!(data(0).bytes(), corpus("chart.png"));
    assert!(data(1).bytes().starts_with(&[0xFF, 0xD8]));
    assert!(data(2).bytes().starts_with(b"<svg"));
    // What came back goes out as it was.
    let again = word::read(&written(&read.release)).unwrap();
    assert_eq!(again.release.body, read.release.body);
}
