//! The PDF of every draft of the corpus: conformity, and the text as a screen reader is told it.
//!
//! Adding a case is adding a draft to `tests/corpus`. What four PDF readers give back is tried by
//! hand with `examples/corpus.rs`.

mod both;
mod elements;
#[path = "../tagged/mod.rs"]
mod tagged;
#[path = "../tried/mod.rs"]
mod tried;

use std::{
    fs,
    path::{Path, PathBuf},
};

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use release_composer::{
    artwork, dates, pdf,
    release::{BlockKind, Field, Language, NOTE, Outline, Paper, Paragraph, Release},
    storage,
    typeset::{self, Cache, Pages},
};

fn drafts() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut drafts: Vec<PathBuf> = ["assets/samples", "tests/corpus"]
        .into_iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ron"))
        .collect();
    drafts.sort();
    assert!(drafts.len() > 20);
    drafts
}

fn set(draft: &Path) -> (Release, Pages) {
    let release = storage::open(draft).unwrap();
    let emblem = release
        .letterhead
        .emblem
        .as_ref()
        .map(|emblem| artwork::decode(&fs::read(draft.with_file_name(&emblem.file)).unwrap()).unwrap());
    let pages = typeset::typeset(&release, emblem.as_ref(), &mut Cache::default());
    (release, pages)
}

fn write(draft: &Path) -> (Release, Vec<u8>) {
    let (release, pages) = set(draft);
    let options = pdf::Options { crop_marks: draft.to_string_lossy().contains("crop-marks") };
    let bytes = pdf::write(&pages, &pdf::Info::of(&release), &options).unwrap();
    (release, bytes)
}

/// The texts of a release in reading order, as the page shows them.
fn texts(release: &Release) -> Vec<(Field, String)> {
    let signature = &release.signature;
    let khmer = release.language == Language::Khmer;
    let outline = Outline::of(release);
    let mut texts = Vec::new();
    for field in release.fields() {
        if let Field::Paragraph(index) = field
            && let Some(marker) = outline.entry(index).and_then(|entry| entry.marker.as_deref())
        {
            texts.push((field, format!("{marker} ")));
        }
        if matches!(field, Field::Note(..)) {
            // Notes are read after the block that refers to them, which `tests/marks.rs` tries.
            continue;
        }
        let mut text = release.text(field).unwrap().as_str().to_owned();
        if let Field::Paragraph(index) = field {
            for note in 0..text.matches(NOTE).count() {
                text = text.replacen(NOTE, &outline.note_label(index, note), 1);
            }
        }
        if field == Field::Place {
            if let Some(line) =
                signature.date.day().filter(|_| khmer && signature.lunar_date).and_then(dates::LunarDate::of)
            {
                texts.push((field, line.khmer_line()));
            }
            let date = signature
                .date
                .day()
                .map(|date| if khmer { dates::khmer_date(date) } else { dates::english_date(date) });
            let parts: Vec<String> = [Some(text), date].into_iter().flatten().filter(|part| !part.is_empty()).collect();
            texts.push((field, parts.join(if khmer { " " } else { ", " })));
            continue;
        }
        let shown = match field {
            _ if text.trim().is_empty() => continue,
            Field::Headline if khmer => format!("«{text}»"),
            Field::Headline => format!("“{text}”"),
            Field::Reference => format!("{}{text}", if khmer { "លេខ៖ " } else { "No. " }),
            _ => text,
        };
        texts.push((field, shown));
    }
    texts.retain(|(_, text)| !text.is_empty());
    texts
}

/// What may differ between a text and what is read aloud of it: white space that is no space, and
/// a mark that nobody sees.
fn plain(text: &str) -> String {
    text.replace(['\n', '\t'], " ").replace('\u{FEFF}', "")
}

/// The same file with tables of characters that name code by code, as page_validation takes a list
/// of texts for a range of codes (ISO 32000-1, 9.10.3) for damaged. veraPDF reads the file itself.
fn code_by_code(bytes: &[u8]) -> Vec<u8> {
    let mut document = lopdf::Document::load_mem(bytes).unwrap();
    for object in document.objects.values_mut() {
        let lopdf::Object::Stream(stream) = object else { continue };
        // lopdf ends streams with a line feed, which a carriage return before it would join.
        if stream.content.ends_with(b"\r") {
            stream.decompress().unwrap();
        }
        let Ok(map) = stream.get_plain_content() else { continue };
        let Ok(map) = String::from_utf8(map) else { continue };
        if !map.contains("beginbfrange") {
            continue;
        }
        let texts: Vec<(u16, String)> = tagged::ranges(&map).into_iter().collect();
        let mut plain = map.split_inclusive("endcodespacerange\n").next().unwrap().to_owned();
        for section in texts.chunks(100) {
            plain += &format!("{} beginbfchar\n", section.len());
            for (code, text) in section {
                let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
                plain += &format!("<{code:04X}> <{units}>\n");
            }
            plain += "endbfchar\n";
        }
        plain += "endcmap CMapName currentdict/CMap defineresource pop end end";
        stream.set_plain_content(plain.into_bytes());
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// A text without what ends of lines have brought: a break opportunity after a hyphen, and the soft
/// hyphens of divided words.
fn unbroken(text: &str) -> String {
    text.replace("-\u{200B}", "-").replace("\u{AD}\u{200B}", "").replace('\u{AD}', "")
}

#[test]
fn every_draft_conforms_to_archive_and_access() {
    for draft in drafts() {
        let (_, bytes) = write(&draft);
        let plain = code_by_code(&bytes);
        for profile in [ValidationProfile::PdfA2a, ValidationProfile::PdfUa1] {
            let options = ValidationOptions::default().profile(profile);
            let report = validate_pdf_bytes(&plain, &options).unwrap();
            assert!(report.is_compliant, "{}: {report}", draft.display());
            let report = validate_pdf_bytes(&bytes, &options).unwrap().to_string();
            let others =
                report.lines().filter(|line| line.starts_with("[ISO") && !line.contains("malformed ToUnicode"));
            assert_eq!(others.count(), 0, "{}: {report}", draft.display());
        }
    }
}

#[test]
fn a_jpeg_stays_one_and_others_are_pixels() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let filter = |draft: &str| {
        let document = lopdf::Document::load_mem(&write(&folder.join(draft)).1).unwrap();
        let mut images = document.objects.values().filter_map(|object| {
            let image = object.as_stream().ok()?;
            let is_image =
                image.dict.get(b"Subtype").is_ok_and(|kind| kind.as_name().is_ok_and(|name| name == b"Image"));
            is_image.then(|| (image.dict.get(b"Filter").unwrap().as_name().unwrap().to_vec(), image.content.clone()))
        });
        images.next().unwrap()
    };
    let (kind, content) = filter("emblem-jpeg.ron");
    assert_eq!(kind, b"DCTDecode");
    let pixels = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().into_rgb8();
    assert!(pixels(&content) == pixels(&fs::read(folder.join("emblem.jpg")).unwrap()));
    for other in ["emblem-cmyk.ron", "emblem-png.ron"] {
        assert_eq!(filter(other).0, b"FlateDecode", "{other}");
    }
}

#[test]
fn the_tree_holds_the_text_element_by_element() {
    for draft in drafts() {
        let (release, bytes) = write(&draft);
        let read = tagged::read(&bytes);
        let elements: Vec<_> =
            read.elements.iter().filter(|element| element.tag != "Figure" && !element.is_in_note).collect();
        let texts = texts(&release);
        assert_eq!(elements.len(), texts.len(), "{}", draft.display());
        for (element, (field, text)) in elements.iter().zip(&texts) {
            assert_eq!(unbroken(&element.text()), unbroken(&plain(text)), "{}", draft.display());
            let heading = match field {
                Field::Paragraph(index) => matches!(release.body[*index].kind, BlockKind::Heading(_)),
                field => matches!(field, Field::Title | Field::Headline),
            };
            assert_eq!(element.tag.starts_with('H'), heading, "{}: {text}", draft.display());
        }
        if release.notes().next().is_some() {
            // Notes are shown at the feet of the pages, and read where they are referred to.
            let all: String = read.elements.iter().map(tagged::Element::text).collect();
            assert_eq!(sorted(&read.shown), sorted(&all), "{}", draft.display());
            continue;
        }
        let all: String = texts.iter().map(|(_, text)| plain(text)).collect();
        assert_eq!(
            unbroken(&read.shown),
            unbroken(&all),
            "{}: nothing is shown that is not in the tree",
            draft.display()
        );
    }
}

/// Whoever copies a divided word gets it back whole, as readers know a soft hyphen for what it is. One that is not
/// used leaves no trace.
#[test]
fn a_divided_word_is_read_with_a_soft_hyphen() {
    let draft = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/hyphenated.ron");
    let (release, pages) = set(&draft);
    let ends = |line: &typeset::Line| {
        let last = line.text.clusters[line.clusters.clone()].last();
        last.is_some_and(|last| line.text.characters(last) == "\u{AD}")
    };
    let divided = pages.lines().filter(|(_, line)| ends(line)).count();
    let typed: usize = texts(&release).iter().map(|(_, text)| text.matches('\u{AD}').count()).sum();
    assert!(divided > 1 && typed > 9, "{divided} lines, {typed} in the draft");
    let read = tagged::read(&write(&draft).1);
    assert_eq!(read.shown.matches('\u{AD}').count(), divided);
    assert!(!read.shown.contains("com-mended"));
}

/// The words of an English draft come out of Poppler as they were written, in its three orders: with their hyphens,
/// also at the ends of lines, with a space between two words and none within one.
#[test]
fn words_come_out_as_they_were_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.pdf");
    let words =
        |text: &str| -> Vec<String> { text.replace('\u{AD}', "").split_whitespace().map(str::to_owned).collect() };
    let mut compared = 0;
    for draft in drafts() {
        let (release, bytes) = write(&draft);
        let texts = texts(&release);
        let is_plain = |text: &str| text.chars().all(|c| c.is_ascii() || "’‘“”–—\u{AD}é".contains(c));
        // Beside each other, or in other scripts, words have no order of their own.
        if has_columns(&release) || !texts.iter().all(|(_, text)| is_plain(text)) {
            continue;
        }
        fs::write(&path, bytes).unwrap();
        let whole: Vec<String> = texts.iter().flat_map(|(_, text)| words(text)).collect();
        for mode in [None, Some("-layout"), Some("-raw")] {
            let Ok(read) = std::process::Command::new("pdftotext").args(mode).arg(&path).arg("-").output() else {
                return tried::not_tried("pdftotext, of Debian's poppler-utils, is not here");
            };
            let read = String::from_utf8(read.stdout).unwrap();
            assert!(!read.contains('\u{200B}'), "{}", draft.display());
            let read = words(&read);
            let wrong = whole.iter().zip(&read).find(|(whole, read)| whole != read);
            assert_eq!((wrong, read.len()), (None, whole.len()), "{} {mode:?}", draft.display());
        }
        compared += 1;
    }
    assert!(compared > 5, "{compared}");
}

#[test]
fn headings_begin_with_the_first_level_and_leave_none_out() {
    for draft in drafts() {
        let mut last = 0;
        for element in tagged::read(&write(&draft).1).elements {
            if let Some(level) = element.tag.strip_prefix('H').map(|level| level.parse::<u8>().unwrap()) {
                assert!(level <= last + 1, "{}", draft.display());
                last = level;
            }
        }
    }
}

#[test]
fn each_letter_is_read_in_its_language() {
    for draft in drafts() {
        for run in tagged::read(&write(&draft).1).elements.iter().flat_map(|element| &element.runs) {
            let khmer = |c: char| ('\u{1780}'..='\u{17D3}').contains(&c);
            let latin = |c: char| c.is_ascii_alphabetic();
            let (own, other): (&str, fn(char) -> bool) =
                if run.text.contains(khmer) { ("km", latin) } else { ("en", khmer) };
            if run.text.contains(khmer) || run.text.contains(latin) {
                assert_eq!(run.language, own, "{}: {}", draft.display(), run.text);
                assert!(!run.text.contains(other), "{}: {}", draft.display(), run.text);
            }
        }
    }
}

/// The characters of a text, in no order of their own.
fn sorted(text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    characters.sort_unstable();
    characters.into_iter().collect()
}

/// Whether some texts are beside each other.
fn has_columns(release: &Release) -> bool {
    release.signature.columns.count() > 1 || release.body.iter().any(|block| block.kind.stands_alone())
}

#[test]
fn the_order_read_aloud_is_the_order_on_the_page() {
    for draft in drafts() {
        let (release, bytes) = write(&draft);
        let read = tagged::read(&bytes);
        // Notes are read right behind what refers to them, each in the order of its lines.
        assert!(read.order_of_notes.is_sorted(), "{}: {:?}", draft.display(), read.order_of_notes);
        // Of pictures beside each other, each is told with its caption, which is drawn after both.
        let is_beside = |block: &Paragraph| block.picture.as_ref().is_some_and(|picture| picture.beside);
        let has_pairs = release.body.iter().any(is_beside);
        assert!(has_pairs || read.order.is_sorted(), "{}: {:?}", draft.display(), read.order);
        // Of those who sign beside each other, one is read after the other, and so are cells and captions in a row.
        for heights in read.heights.into_iter().filter(|_| !has_columns(&release)) {
            assert!(heights.is_sorted_by(|a, b| a >= b), "{}: {heights:?}", draft.display());
        }
    }
}

/// Poppler, and the viewers that are built on it, order a text by the places of its letters and put
/// spaces where they see gaps.
#[test]
fn poppler_finds_every_word_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.pdf");
    for draft in drafts() {
        let name = draft.file_stem().unwrap().to_string_lossy().into_owned();
        let (release, bytes) = write(&draft);
        fs::write(&path, &bytes).unwrap();
        // What is side by side is read in the order of the file only where that is asked for.
        let raw = has_columns(&release).then_some("-raw");
        let Ok(read) = std::process::Command::new("pdftotext").args(raw).arg(&path).arg("-").output() else {
            return tried::not_tried("pdftotext, of Debian's poppler-utils, is not here");
        };
        // A line break is no space in Khmer, and what no reader gives back as it is has a draft of its own.
        if ["reader-normalised", "hyphenated"].contains(&name.as_str()) {
            continue;
        }
        let unseen = |text: &str| text.replace(['\n', '\r', '\u{C}', '\u{200B}', '\u{AD}', '\u{FEFF}'], "");
        let read = unseen(&String::from_utf8(read.stdout).unwrap());
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        if release.notes().next().is_some() {
            // Notes come where their page ends.
            assert_eq!(sorted(&bare(&read)), sorted(&bare(&unseen(&tagged::read(&bytes).shown))), "{name}");
            continue;
        }
        let whole: String = texts(&release).iter().map(|(_, text)| bare(&unseen(text))).collect();
        assert_eq!(bare(&read), whole, "{name}");
        if name.starts_with("japan-phone-call") {
            for (_, text) in texts(&release) {
                for word in text.split_whitespace().map(unseen) {
                    assert!(read.contains(&word), "{name}: {word} has spaces in it");
                }
            }
        }
    }
}

/// A release has its text face in its PDF, bold as a font of its own, and none of the other faces.
#[test]
fn a_pdf_has_the_face_that_its_draft_asks_for_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    for (draft, own) in [
        ("tests/corpus/bold-khmer.ron", ["Battambang-Regular", "Battambang-Bold"]),
        ("tests/corpus/siemreap.ron", ["Siemreap", "Siemreap-Bold"]),
        ("tests/corpus/khmer-os-content.ron", ["KhmerOScontent", "KhmerOScontent-Bold"]),
    ] {
        let path = folder.path().join("out.pdf");
        let (release, bytes) = write(&Path::new(env!("CARGO_MANIFEST_DIR")).join(draft));
        fs::write(&path, &bytes).unwrap();
        let document = lopdf::Document::load_mem(&bytes).unwrap();
        let names: Vec<String> = document
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok()?.get(b"FontName").ok()?.as_name().ok())
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect();
        for face in own {
            assert!(names.iter().any(|name| name.ends_with(&format!("+{face}"))), "{draft}: {face} in {names:?}");
        }
        // Battambang has the one sign that Siemreap lacks.
        let is_foreign = |name: &&String| ["Siemreap", "KhmerOS"].iter().any(|face| name.contains(face));
        if release.page.khmer_face == Default::default() {
            assert!(names.iter().find(is_foreign).is_none(), "{names:?}");
        }
        let said = texts(&release).into_iter().map(|(_, text)| text.replace('\u{200B}', "")).collect::<Vec<_>>();
        let shown = tagged::read(&bytes).shown.replace('\u{200B}', "");
        for text in said.iter().flat_map(|text| text.split_whitespace()) {
            assert!(shown.contains(text), "{draft}: {text}");
        }
    }
}

#[test]
fn the_same_draft_makes_the_same_bytes() {
    for draft in drafts() {
        assert!(write(&draft).1 == write(&draft).1, "{}", draft.display());
    }
}

#[test]
fn samples_are_small() {
    let size = |name: &str| write(&Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples").join(name)).1.len();
    assert!(size("japan-phone-call.en.ron") <= 20_000);
    assert!(size("japan-phone-call.km.ron") <= 25_600);
}

#[test]
fn a_paragraph_across_pages_is_one_element() {
    let draft = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/long-paragraph.ron");
    let read = tagged::read(&write(&draft).1);
    let pages: std::collections::BTreeSet<usize> = read.order.iter().map(|(page, _)| *page).collect();
    assert!(pages.len() >= 2);
    let body: Vec<_> = read.elements.iter().filter(|element| element.text().len() > 2000).collect();
    assert_eq!(body.len(), 1);
}

#[test]
fn an_emblem_is_a_figure_before_the_ministry() {
    let draft = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/emblem-transparent.ron");
    let elements = tagged::read(&write(&draft).1).elements;
    let figure = elements.iter().position(|element| element.tag == "Figure").unwrap();
    assert_eq!(elements[figure].alternative.as_deref(), Some("ព្រះបរមរាជាណាចក្រ"));
    assert!(elements[figure + 1].text().starts_with("ក្រសួង"));
}

/// What a reader hears who cannot see the pictures of the corpus, and where their captions are.
#[test]
fn pictures_are_figures_with_their_captions() {
    for (name, captions) in [("pictures", 4), ("pictures-khmer", 3)] {
        let draft = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name).with_extension("ron");
        let (release, bytes) = write(&draft);
        let elements = tagged::read(&bytes).elements;
        let count = |tag: &str| elements.iter().filter(|element| element.tag == tag).count();
        let pictures = release.body.iter().filter(|block| block.picture.is_some()).count();
        assert_eq!((count("Figure"), count("Caption")), (pictures, captions), "{name}");
        let document = lopdf::Document::load_mem(&bytes).unwrap();
        let told = document.objects.values().filter_map(|object| object.as_dict().ok()?.get(b"Alt").ok());
        let mut told: Vec<String> = told.map(tagged::text).collect();
        let pictures = release.body.iter().filter_map(|block| block.picture.as_ref());
        let mut meant: Vec<String> = pictures.map(|picture| picture.alternative.clone()).collect();
        told.sort();
        meant.sort();
        assert_eq!(told, meant, "{name}");
    }
}
