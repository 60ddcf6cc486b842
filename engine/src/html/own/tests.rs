//! A page that is written and read again is the release that it was.

use proptest::prelude::*;

use super::super::{import, page, read};
use crate::{
    release::{
        Address, Attached, BlockKind, Cell, Columns, HeadingLevel, Item, Language, Letterhead, Level, ListKind,
        Outline, PageSetup, Paragraph, Picture, PictureData, PictureWidth, Release, RichText, Signatory, SignatoryLine,
        Signature, SigningDate, Style, Table, file,
    },
    typeset::{Cache, typeset},
};

fn written(release: &Release) -> String {
    page(release, &typeset(release, None, &mut Cache::default())).unwrap()
}

/// What a page can say of a release.
fn on_page(release: &Release) -> Release {
    let mut said = release.clone();
    said.page = PageSetup::default();
    said.letterhead.emblem = None;
    // Without lines above it the ornament is not set.
    said.letterhead.ornament &= !(said.letterhead.kingdom.is_empty() && said.letterhead.motto.is_empty());
    (said.unchecked, said.locked, said.comments, said.placeholders) = Default::default();
    (said.template, said.counterpart) = Default::default();
    let signature = &mut said.signature;
    signature.signatories.retain(|one| SignatoryLine::ALL.iter().any(|line| !one.line(*line).is_empty()));
    if signature.signatories.is_empty() {
        signature.signatories.push(Signatory::default());
    }
    let columns = usize::from(signature.columns.count()).min(signature.signatories.len());
    signature.columns = Columns::new(u8::try_from(columns).unwrap()).unwrap();
    let is_khmer = said.language == Language::Khmer;
    signature.lunar_date = is_khmer && (signature.lunar_date || signature.date.day().is_none());
    said.body = body(release);
    said.drop_needless_starts();
    said
}

fn body(release: &Release) -> Vec<Paragraph> {
    let outline = Outline::of(release);
    let shift = usize::from(release.number_paragraphs);
    let mut blocks: Vec<Paragraph> = Vec::new();
    let mut at = 0;
    while let Some(block) = release.body.get(at) {
        if let Some(table) = Table::of(&release.body, at) {
            at = table.end();
            let goes_on = blocks.last().is_some_and(|block| block.kind.is_cell()) && !table.has_header;
            blocks.extend(goes_on.then(Paragraph::default));
            for row in 0..table.rows.len() {
                let cell = |column| {
                    let begins = if row == 0 && table.has_header { Cell::Header } else { Cell::Row };
                    let kind = BlockKind::Cell(if column == 0 { begins } else { Cell::Beside });
                    let text = table.cell(row, column).map(|at| trimmed(&release.body[at].text)).unwrap_or_default();
                    Paragraph { kind, ..Paragraph::new(text) }
                };
                blocks.extend((0..table.columns).map(cell));
            }
            continue;
        }
        let entry = outline.entry(at);
        at += 1;
        let kind = match (block.kind, entry) {
            (BlockKind::Continued(_), Some(entry)) => {
                BlockKind::Continued(Level::at(entry.depth.saturating_sub(shift)))
            }
            (BlockKind::Continued(_), None) if release.number_paragraphs => BlockKind::Continued(Level::One),
            (BlockKind::Continued(_), None) => BlockKind::Plain,
            (kind, _) => kind,
        };
        let text = trimmed(&block.text);
        let is_item = entry.is_some_and(|entry| entry.marker.is_some());
        if !text.is_empty() || is_item || block.picture.is_some() {
            blocks.push(Paragraph { kind, text, new_page: false, ..block.clone() });
        }
    }
    if blocks.is_empty() { vec![Paragraph::default()] } else { blocks }
}

/// A text without white space at its ends, and with its addresses in ASCII.
fn trimmed(text: &RichText) -> RichText {
    let (plain, end) = (text.as_str(), text.as_str().trim_end().len());
    let mut trimmed = text.slice(plain.len() - plain.trim_start().len()..end);
    for (range, what) in trimmed.clone().attached() {
        if let Attached::Link(address) = what {
            trimmed.set_link(range, Address::new(&address.ascii()).ok().as_ref());
        }
    }
    trimmed
}

fn assert_comes_back(release: &Release) {
    let html = written(release);
    let imported = import(&html).unwrap_or_else(|error| panic!("{error}: {html}"));
    assert_eq!(imported.release, on_page(release), "{html}");
    assert_eq!(imported.lost, [], "{html}");
}

#[test]
fn the_drafts_of_the_corpus_come_back() {
    for draft in [
        include_str!("../../../../assets/samples/japan-phone-call.en.ron"),
        include_str!("../../../../assets/samples/japan-phone-call.km.ron"),
        include_str!("../../../../tests/corpus/joint-statement.ron"),
        include_str!("../../../../tests/corpus/joint-statement-khmer.ron"),
        include_str!("../../../../tests/corpus/lists.ron"),
        include_str!("../../../../tests/corpus/lists-khmer.ron"),
        include_str!("../../../../tests/corpus/notes.ron"),
        include_str!("../../../../tests/corpus/notes-khmer.ron"),
        include_str!("../../../../tests/corpus/table-khmer.ron"),
        include_str!("../../../../tests/corpus/links.ron"),
        include_str!("../../../../tests/corpus/marks-khmer.ron"),
        include_str!("../../../../tests/corpus/markup-characters.ron"),
        include_str!("../../../../tests/corpus/quotations.ron"),
    ] {
        let mut release = file::parse(draft).unwrap();
        release.put_in_order();
        assert_comes_back(&release);
    }
}

#[test]
fn pictures_come_back_and_an_emblem_is_missed() {
    let photo = Picture {
        name: "the \"temple\".png".into(),
        data: Some(PictureData::new(*include_bytes!("../../../../tests/corpus/temple.png"))),
        alternative: "A temple & a <moat>".into(),
        width: PictureWidth::new(40).unwrap(),
        beside: false,
    };
    let beside = Picture { beside: true, name: "b.png".into(), ..photo.clone() };
    let body = vec![
        Paragraph::new(RichText::plain("One.")),
        Paragraph::picture(photo, RichText::plain("Its caption")),
        Paragraph::picture(beside, RichText::default()),
        Paragraph::new(RichText::plain("Two.")),
    ];
    let release = Release { body, ..Release::blank(Language::English) };
    assert_comes_back(&release);
    let with_emblem = "<div class=\"ministry\">\n<img class=\"emblem\" src=\"data:image/png;base64,\" alt=\"Arms\">";
    let html = written(&release).replace("<div class=\"ministry\">", with_emblem);
    let imported = import(&html).unwrap();
    assert_eq!(imported.release, on_page(&release));
    assert_eq!(imported.lost.len(), 1);
}

#[test]
fn a_page_with_other_line_ends_and_indents_is_the_same() {
    let draft = include_str!("../../../../tests/corpus/joint-statement.ron");
    let release = file::parse(draft).unwrap();
    let html = written(&release).replace("\n<", "\r\n\t   <").replace("<p>", "<p>\n      ");
    assert_eq!(import(&html).unwrap().release, on_page(&release));
}

#[test]
fn notes_that_were_copied_from_a_page_are_notes() {
    let html = "<p>One<sup><a id=\"reference-1\" href=\"https://a.example/x#note-1\">1</a></sup>.</p>\
        <section><ol><li id=\"note-1\">The <em>note</em> <a href=\"#reference-1\">↩</a></li></ol></section>";
    let blocks = read(html).unwrap();
    assert_eq!(blocks.len(), 1);
    assert_eq!(blocks[0].text.notes().next().unwrap().1.as_str(), "The note");
    let alone = "<ol><li id=\"note-1\">No note</li></ol>";
    assert_eq!(read(alone).unwrap()[0].text.as_str(), "No note");
}

#[test]
fn a_page_of_others_with_the_same_classes_is_read_as_before() {
    let html = "<p class=kingdom>A</p><p class=centred>b  <b>c</b></p><footer><p class=place>x</p></footer>";
    let release = import(html).unwrap().release;
    let texts: Vec<_> = release.body.iter().map(|block| (block.kind, block.text.as_str())).collect();
    assert_eq!(texts, [(BlockKind::Plain, "A"), (BlockKind::Plain, "b c")]);
    assert_eq!(release.letterhead, Release::blank(Language::English).letterhead);
}

#[test]
fn what_is_broken_in_our_own_page_does_no_harm() {
    let release = file::parse(include_str!("../../../../tests/corpus/lists-khmer.ron")).unwrap();
    let html = written(&release);
    for (at, _) in html.match_indices('<') {
        let _ = import(&format!("{}{}", &html[..at], html[at..].split_once('>').map_or("", |(_, rest)| rest)));
    }
    let _ = import(&html.replace("<ol", "<ol data-depth=65535 start=0"));
    for piece in
        ["<ol>", "<ul><li>", "<div class=\"signatory\"><p class=\"name\">x", "<time datetime=x>", "<table><tr><td>"]
    {
        let _ = import(&format!("{html}{}", piece.repeat(20_000)));
    }
}

/// A line of text without white space at its ends.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-c<&\"“]( |  |\u{A0}|\u{200B})?[a-c>.,;]|",
        2 => "(ក|ខ្មែរ|ភ្នំ)( |\u{200B})?(ពេញ|Asia|x)",
        1 => "PR 12/26|១២៣|\\{\\{city\\}\\}|MINISTRY",
    ]
}

fn style() -> impl Strategy<Value = Style> {
    (0u8..32).prop_map(|bits| {
        let chosen = Style::EACH.into_iter().enumerate().filter(|(index, _)| bits >> index & 1 == 1);
        chosen.fold(Style::PLAIN, |style, (_, one)| style.with(one, true))
    })
}

/// A text with emphasis, line breaks, links and, where it may have them, notes.
fn rich(has_notes: bool) -> impl Strategy<Value = RichText> {
    let run = (line(), style(), 0u8..6);
    prop::collection::vec(run, 0..4).prop_map(move |runs| {
        let mut text = RichText::default();
        for (run, style, what) in runs.into_iter().filter(|(run, ..)| !run.is_empty()) {
            match what {
                0 => text.push(&RichText::link(run, style, &Address::new("https://a.example/?x=1&y=2").unwrap())),
                1 if has_notes => text.push(&RichText::referring(RichText::styled(run, style), Style::BOLD)),
                2 if !text.is_empty() => text.push_str(&format!("\n{run}"), style),
                3 if !text.is_empty() => text.push_str(&format!(" {run}"), style),
                _ => text.push_str(&run, style),
            }
        }
        text
    })
}

fn kind() -> impl Strategy<Value = BlockKind> {
    let lists = prop::sample::select(vec![ListKind::Numbered, ListKind::Bulleted, ListKind::Sections]);
    let start = prop_oneof![3 => Just(None), 1 => (1u16..9).prop_map(Some)];
    let level = prop::sample::select(Level::ALL.to_vec());
    let item = (lists, level.clone(), start).prop_map(|(list, level, start)| {
        BlockKind::Item(Item { list, level, start: start.filter(|_| list != ListKind::Bulleted) })
    });
    let others = vec![
        BlockKind::Plain,
        BlockKind::Plain,
        BlockKind::Centred,
        BlockKind::Quotation,
        BlockKind::Heading(HeadingLevel::One),
        BlockKind::Heading(HeadingLevel::Two),
    ];
    prop_oneof![2 => item, 1 => level.prop_map(BlockKind::Continued), 2 => prop::sample::select(others)]
}

/// Blocks that are no cells, or a table.
fn blocks() -> impl Strategy<Value = Vec<Paragraph>> {
    let block = (kind(), rich(true)).prop_map(|(kind, text)| vec![Paragraph { kind, ..Paragraph::new(text) }]);
    let table = (1usize..4, any::<bool>(), prop::collection::vec(rich(true), 1..9));
    let table = table.prop_map(|(columns, has_header, mut cells)| {
        cells.resize(cells.len().next_multiple_of(columns), RichText::default());
        let cell = |(index, text): (usize, RichText)| {
            let begins = match (index, index % columns) {
                (0, _) if has_header => Cell::Header,
                (_, 0) => Cell::Row,
                _ => Cell::Beside,
            };
            Paragraph { kind: BlockKind::Cell(begins), ..Paragraph::new(text) }
        };
        cells.into_iter().enumerate().map(cell).collect()
    });
    prop_oneof![4 => block, 1 => table]
}

prop_compose! {
    fn signature()(
        place in line(), day in prop::option::of(0i64..40_000), lunar_date in any::<bool>(), columns in 1u8..4,
        asked in any::<bool>(), lines in prop::collection::vec([line(), line(), line()], 0..4),
    ) -> Signature {
        let first = chrono::NaiveDate::from_ymd_opt(1990, 1, 1).unwrap();
        let date = match day {
            Some(day) => SigningDate::Day(first + chrono::Duration::days(day)),
            None if asked => SigningDate::Placeholder("the \"date\"".into()),
            None => SigningDate::Unset,
        };
        let signatory = |[party, title, name]: [String; 3]| Signatory { party, title, name };
        let signatories = lines.into_iter().map(signatory).collect();
        Signature { place, date, lunar_date, signatories, columns: Columns::new(columns).unwrap() }
    }
}

prop_compose! {
    fn release()(
        khmer in any::<bool>(), ornament in any::<bool>(), number_paragraphs in any::<bool>(),
        fields in prop::array::uniform8(line()), two in line(),
        parts in prop::collection::vec(blocks(), 0..9), signature in signature(),
    ) -> Release {
        let [kingdom, motto, ministry, department, reference, notice, title, headline] = fields;
        let ministry = if ministry.is_empty() || two.is_empty() { ministry } else { format!("{ministry}\n{two}") };
        let mut release = Release {
            language: if khmer { Language::Khmer } else { Language::English },
            letterhead: Letterhead { kingdom, motto, ornament, emblem: None, ministry, department },
            reference, notice, title, headline, number_paragraphs, signature,
            body: parts.into_iter().flatten().collect(),
            ..Release::default()
        };
        release.put_in_order();
        release
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn a_release_comes_back_from_its_page(release in release()) {
        let html = written(&release);
        let imported = import(&html).map_err(|error| TestCaseError::fail(format!("{error}: {html}")))?;
        prop_assert_eq!(imported.release, on_page(&release), "{}", html);
    }
}
