//! What both a draft and a Word file can hold goes out and comes back: random drafts, through Word and back.

use proptest::prelude::*;
use release_composer::{
    release::{
        Address, BlockKind, Cell, HeadingLevel, Item, Language, Level, ListKind, Outline, Paragraph, Release, RichText,
        Signatory, Style, markup,
    },
    typeset::{Cache, typeset},
    word,
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
        5 => (list, level(), any::<bool>()).prop_map(|(list, level, restarts)| {
            BlockKind::Item(Item { list, level, restarts })
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

fn release() -> impl Strategy<Value = Release> {
    let language = prop::sample::select(vec![Language::English, Language::Khmer]);
    (language, words(), words(), blocks(), 0..3usize).prop_map(|(language, headline, department, body, signing)| {
        let mut release = Release { headline, body, ..Release::blank(language) };
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
