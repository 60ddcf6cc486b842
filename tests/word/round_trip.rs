//! What both a draft and a Word file can hold goes out and comes back: random drafts, through Word and back.

use proptest::prelude::*;
use release_composer::{
    release::{
        Address, BlockKind, Cell, Check, Fit, HeadingLevel, Item, KhmerFace, Language, Level, ListKind, Lock, Margins,
        Outline, PageSetup, Paper, Paragraph, Release, RichText, Signatory, Style, markup,
    },
    typeset::{Cache, typeset},
    word::{self, Lost},
};

/// A few words, in which no space is doubled or at an end.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "The",
        "Minister",
        "met",
        "trade,",
        "2026",
        "“peace”",
        "re-elected",
        "ក្រុង",
        "រដ្ឋមន្ត្រី",
        "កម្ពុជា",
        "<b>&amp;",
        "A/RES/77/1",
    ]);
    prop::collection::vec(word, 1..6).prop_map(|words| words.join(" "))
}

/// A text in stretches of several styles, with links and notes among them.
fn text(may_have_notes: bool) -> impl Strategy<Value = RichText> {
    let style = prop::sample::select(vec![
        Style::PLAIN,
        Style::PLAIN,
        Style::BOLD,
        Style::ITALIC,
        Style::UNDERLINE,
        Style::BOLD.with(Style::ITALIC, true),
        Style::SUPERSCRIPT,
        Style::SUBSCRIPT,
    ]);
    let piece = (words(), style, 0..12u8);
    prop::collection::vec(piece, 1..5).prop_map(move |pieces| {
        let address = Address::typed("https://www.mfaic.gov.kh/posts?a=1&b=2").unwrap();
        let mut text = RichText::default();
        for (index, (words, style, kind)) in pieces.into_iter().enumerate() {
            if index > 0 {
                text.push_str(" ", Style::PLAIN);
            }
            match kind {
                0 => text.push(&RichText::link(&words, Style::PLAIN, &address)),
                1 if may_have_notes => {
                    text.push_str(&words, style);
                    text.push(&RichText::referring(RichText::plain("A note."), Style::PLAIN));
                }
                2 => text.push_str(&format!("{words}\n{words}"), style),
                _ => text.push_str(&words, style),
            }
        }
        text
    })
}

fn kind() -> impl Strategy<Value = BlockKind> {
    let level = || prop::sample::select(vec![Level::One, Level::Two, Level::Three]);
    let list = prop::sample::select(vec![ListKind::Numbered, ListKind::Bulleted, ListKind::Sections]);
    prop_oneof![
        4 => Just(BlockKind::Plain),
        1 => Just(BlockKind::Centred),
        1 => Just(BlockKind::Quotation),
        1 => Just(BlockKind::Heading(HeadingLevel::One)),
        1 => Just(BlockKind::Heading(HeadingLevel::Two)),
        5 => (list, level(), prop::option::of(1u16..9)).prop_map(|(list, level, start)| {
            BlockKind::Item(Item { list, level, start })
        }),
        1 => level().prop_map(BlockKind::Continued),
    ]
}

/// A table of two columns.
fn table() -> impl Strategy<Value = Vec<Paragraph>> {
    (any::<bool>(), prop::collection::vec((words(), words()), 1..4)).prop_map(|(has_header, rows)| {
        let cell =
            |kind, text: String| Paragraph { kind: BlockKind::Cell(kind), ..Paragraph::new(RichText::plain(text)) };
        let row = |(index, (a, b)): (usize, (String, String))| {
            let first = if index == 0 && has_header { Cell::Header } else { Cell::Row };
            [cell(first, a), cell(Cell::Beside, b)]
        };
        rows.into_iter().enumerate().flat_map(row).collect()
    })
}

fn blocks() -> impl Strategy<Value = Vec<Paragraph>> {
    let block = (kind(), text(true), 0..8u8).prop_map(|(kind, text, page)| {
        // A heading is bold by what it is.
        let text = match kind {
            BlockKind::Heading(_) => RichText::plain(text.without_notes().as_str().replace('\n', " ")),
            _ => text,
        };
        vec![Paragraph { kind, new_page: page == 0, ..Paragraph::new(text) }]
    });
    let group = prop_oneof![8 => block, 1 => table()];
    prop::collection::vec(group, 1..7).prop_map(|groups| {
        let mut body = Vec::new();
        for group in groups {
            // Two tables without anything between them are one.
            let is_cell = |block: Option<&Paragraph>| block.is_some_and(|block: &Paragraph| block.kind.is_cell());
            if is_cell(body.last()) && is_cell(group.first()) {
                body.push(Paragraph::new(RichText::plain("Between.")));
            }
            body.extend(group);
        }
        // The first begins the page that is there.
        body[0].new_page = false;
        body
    })
}

fn page() -> impl Strategy<Value = PageSetup> {
    let paper = prop::sample::select(vec![Paper::A4, Paper::Letter]);
    let fit = prop::sample::select(vec![Fit::AsSet, Fit::AsSet, Fit::OnePage, Fit::TwoPages]);
    // Of a millimetre a tenth is held.
    let margin = || (50..=400u16).prop_map(|tenths| f32::from(tenths) / 10.0);
    let size = prop::option::of((16..=28u8).prop_map(|halves| f32::from(halves) / 2.0));
    let leading = prop::option::of((20..=40u8).prop_map(|parts| f32::from(parts) / 20.0));
    let margins = (margin(), margin(), margin(), margin());
    let on_page = any::<[bool; 5]>();
    let face = prop::sample::select(KhmerFace::ALL.to_vec());
    (paper, margins, size, leading, face, fit, on_page).prop_map(
        |(paper, (top, right, bottom, left), body_size, leading, khmer_face, fit, on_page)| {
            let [justified, hyphenate, page_numbers, page_count, running_headline] = on_page;
            let page_count = page_count && page_numbers;
            let margins = Margins { top, right, bottom, left };
            PageSetup {
                paper,
                margins,
                body_size,
                leading,
                khmer_face,
                justified,
                page_numbers,
                page_count,
                running_headline,
                fit,
                hyphenate,
            }
        },
    )
}

fn release() -> impl Strategy<Value = Release> {
    let language = prop::sample::select(vec![Language::English, Language::Khmer]);
    let texts = (language, words(), words(), blocks(), 0..3usize);
    (texts, page()).prop_map(|((language, headline, department, body, signing), page)| {
        let mut release = Release { headline, body, page, ..Release::blank(language) };
        release.letterhead.department = department;
        let signatory =
            |index| Signatory { title: format!("Minister {index}"), name: "SOK Dara".into(), ..Signatory::default() };
        release.signature.signatories = (0..=signing).map(signatory).collect();
        release
    })
}

/// Each block as one line, with all that is to come back; an item with its number, by whatever way it comes by it.
fn told(release: &Release) -> Vec<String> {
    let outline = Outline::of(release);
    let line = |(index, block): (usize, &Paragraph)| {
        let page = if block.new_page { "new page, " } else { "" };
        let kind = match block.kind {
            BlockKind::Item(Item { list, level, .. }) => {
                format!("{list:?} {level:?} {:?}", outline.entry(index).map(|entry| &entry.marker))
            }
            kind => format!("{kind:?}"),
        };
        format!("{page}{kind}: {}", markup::write(&block.text))
    };
    release.body.iter().enumerate().map(line).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_both_can_hold_comes_back(release in release(), mark_breaks in any::<bool>()) {
        let mut release = release;
        release.put_in_order();
        let pages = typeset(&release, None, &mut Cache::default());
        let written = word::write(&release, &pages, word::Options { mark_breaks }).unwrap();
        let read = word::read(&written).unwrap();
        prop_assert_eq!(told(&read.release), told(&release));
        prop_assert_eq!(read.release.language, release.language);
        prop_assert_eq!(&read.release.headline, &release.headline);
        prop_assert_eq!(&read.release.page, &release.page);
        prop_assert_eq!(&read.release.letterhead, &release.letterhead);
        prop_assert_eq!(&read.release.signature.signatories, &release.signature.signatories);
        prop_assert!(read.lost.is_empty(), "{:?}", read.lost);
    }
}

#[test]
fn places_marked_for_word_are_not_those_of_the_writer() {
    // One place is the writer's own.
    let text = "រដ្ឋមន្ត្រីការបរទេសកម្ពុជា បានជួប\u{200B}ពិភាក្សាជាមួយភាគីជប៉ុន";
    let body = vec![Paragraph::new(RichText::plain(text))];
    let release = Release { headline: "ជំនួប".into(), body, ..Release::blank(Language::Khmer) };
    let pages = typeset(&release, None, &mut Cache::default());
    let document = |mark_breaks| {
        let written = word::write(&release, &pages, word::Options { mark_breaks }).unwrap();
        assert_eq!(word::read(&written).unwrap().release.body[0].text.as_str(), text);
        let mut parts = zip::ZipArchive::new(std::io::Cursor::new(written)).unwrap();
        std::io::read_to_string(parts.by_name("word/document.xml").unwrap()).unwrap()
    };
    let marks = |document: &str| document.matches('\u{200B}').count();
    assert_eq!(marks(&document(false)), 1);
    assert!(marks(&document(true)) >= 7, "{}", marks(&document(true)));
}

#[test]
fn what_a_word_file_does_not_hold_is_listed_and_its_margins_are_those_of_a_draft() {
    let mut release = Release { headline: "Visit".into(), ..Release::blank(Language::English) };
    release.locked = vec![Lock::Title];
    release.counterpart = "visit.km.release".into();
    release.unchecked = vec![Check::DoubledWords];
    let pages = typeset(&release, None, &mut Cache::default());
    let written = word::write(&release, &pages, word::Options::default()).unwrap();
    let lost = |bytes: &[u8]| word::read(bytes).unwrap().lost.into_keys().collect::<Vec<_>>();
    assert_eq!(lost(&written), [Lost::Template, Lost::Checks, Lost::Counterpart]);
    // As if it had been set up in Word.
    let changed = with_document(&written, |text| {
        let text = text.replace("w:w=\"11906\"", "w:w=\"8391\"");
        text.replacen("w:left=\"1440\"", "w:left=\"57\"", 1).replacen("w:right=\"1440\"", "w:right=\"1134\"", 1)
    });
    let read = word::read(&changed).unwrap();
    assert!(read.lost.contains_key(&Lost::Paper) && read.lost.contains_key(&Lost::Margins), "{:?}", read.lost);
    let Margins { left, right, .. } = read.release.page.margins;
    assert_eq!((left, right), (5.0, 20.0));
}

/// A Word file with its text changed.
fn with_document(bytes: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
    use std::io::{Cursor, Read as _, Write as _};
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if part.name() == "word/document.xml" {
            content = change(std::str::from_utf8(&content).unwrap()).into_bytes();
        }
        to.start_file(part.name(), zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&content).unwrap();
    }
    to.finish().unwrap().into_inner()
}
