//! What must hold for every text, however it is set.

mod blocks;

use std::sync::Arc;

use proptest::prelude::*;
use release_composer::{
    release::{
        Emblem, Field, Fit, Language, Letterhead, Paragraph, Release, RichText, Signatory, SignatoryLine, Signature,
        Style, file,
    },
    typeset::{
        Alignment, Cache, Fitted, Line, Lines, Measure, Pages, Role, Source, Type,
        breaks::{KnownWords, hyphens, line_breaks},
        set_with, shape, typeset,
    },
};

const ENGLISH: &str = include_str!("../../assets/samples/japan-phone-call.en.ron");
const KHMER: &str = include_str!("../../assets/samples/japan-phone-call.km.ron");

/// Words of both languages, with the signs that make trouble at the ends of lines.
fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "the",
        "Government",
        "of",
        "Japan,",
        "Cambodia-Japan",
        "“continuous”",
        "(PKO)",
        "development.",
        "16",
        "a",
        "ភាគីទាំងពីរ",
        "«ជប៉ុន»",
        "រៀងៗ",
        "ខ្លួន។",
        "កិច្ចសហប្រតិបត្តិការ",
        "ថ្ងៃទី៣០",
        "ឆ្នាំ២០២៣",
        "សុខ",
        "ឯកឧត្តម",
        "ចិន្តាសោភា",
        "ល៖",
        "ចប់៕",
        "\u{200B}",
        "ព.ស.",
    ]);
    let joint = prop::sample::select(vec![" ", " ", " ", "", "\u{A0}", "  "]);
    prop::collection::vec((word, joint), 0..60)
        .prop_map(|pairs| pairs.into_iter().map(|(word, joint)| format!("{word}{joint}")).collect())
}

fn set(text: &str, width: f32, alignment: Alignment) -> Lines {
    set_hyphenated(text, width, alignment, false)
}

fn set_hyphenated(text: &str, width: f32, alignment: Alignment, hyphenate: bool) -> Lines {
    let kind = Type { role: Role::Text, size: 12.0 };
    let measure = Measure { width, indent: 0.0, alignment };
    set_with(Arc::new(shape(&RichText::plain(text), kind, None)), measure, &KnownWords::default(), hyphenate)
}

/// The edge of what shows of a line, and how many of its clusters show.
fn seen(lines: &Lines, line: usize) -> (f32, usize) {
    let line = &lines.lines[line];
    let clusters = &lines.text.clusters[line.clusters.clone()];
    let blank = |c: char| c.is_whitespace() || c == '\u{200B}';
    let hidden = clusters.iter().rev().take_while(|c| lines.text.characters(c).chars().all(blank)).count();
    let count = clusters.len() - hidden;
    (line.left + line.x[count], count)
}

proptest! {
    #[test]
    fn every_text_is_set_whole_and_in_order(text in text(), width in 60.0f32..500.0, justified in any::<bool>()) {
        let alignment = if justified { Alignment::Justified } else { Alignment::Left };
        let lines = set(&text, width, alignment);
        let mut at = 0;
        for line in &lines.lines {
            prop_assert_eq!(line.clusters.start, at);
            at = line.clusters.end;
        }
        prop_assert_eq!(at, lines.text.clusters.len());
        prop_assert_eq!(&lines.text.text, &text);
    }

    #[test]
    fn lines_stay_within_the_measure(text in text(), width in 60.0f32..500.0) {
        let lines = set(&text, width, Alignment::Justified);
        for line in 0..lines.lines.len() {
            let (edge, count) = seen(&lines, line);
            // Half of a stop may hang into the margin.
            prop_assert!(count <= 1 || edge <= width + 4.0, "a line of {edge} in {width}");
        }
    }

    #[test]
    fn hyphens_stand_at_ends_of_lines_and_leave_the_text_as_it_is(
        words in prop::collection::vec(prop::sample::select(vec![
            "government", "condolences", "the", "soft\u{AD}ware", "Cambodia", "socio-economic", "កម្ពុជា", "deteriorating",
        ]), 1..50),
        width in 60.0f32..300.0,
        alignment in prop::sample::select(vec![Alignment::Justified, Alignment::Screen]),
    ) {
        let text = words.join(" ");
        let lines = set_hyphenated(&text, width, alignment, true);
        prop_assert_eq!(&lines.text.text, &text);
        let places: Vec<usize> = hyphens(&text, &KnownWords::default()).iter().map(|place| place.at).collect();
        let (mut at, mut next) = (0, 0);
        for (i, line) in lines.lines.iter().enumerate() {
            prop_assert_eq!(line.clusters.start, next);
            next = line.clusters.end;
            let clusters = &lines.text.clusters[line.clusters.clone()];
            for (index, cluster) in clusters.iter().enumerate() {
                prop_assert_eq!(cluster.text.start, at);
                at = cluster.text.end;
                let drawn = !cluster.glyphs.is_empty();
                if cluster.is_inserted_hyphen() {
                    prop_assert!(index + 1 == clusters.len() && places.contains(&at));
                } else if lines.text.characters(cluster) == "\u{AD}" {
                    prop_assert!(drawn == (index + 1 == clusters.len()), "seen at the end of a line, and only there");
                }
            }
            let (edge, count) = seen(&lines, i);
            prop_assert!(count <= 2 || edge <= width + 4.0, "a line of {edge} in {width}");
        }
        prop_assert_eq!((at, next), (text.len(), lines.text.clusters.len()));
    }

    #[test]
    fn lines_end_where_they_may(text in text(), width in 200.0f32..500.0) {
        let lines = set(&text, width, Alignment::Justified);
        let allowed: Vec<usize> = line_breaks(&text).iter().map(|place| place.at).collect();
        for line in &lines.lines[1..] {
            let at = lines.text.clusters[line.clusters.start].text.start;
            let after = &text[at..];
            let from = allowed.iter().rev().find(|&&place| place < at).copied().unwrap_or(0);
            let to = allowed.iter().find(|&&place| place > at).copied().unwrap_or(text.len());
            let unbroken = seen(&set(&text[from..to], 1e5, Alignment::Left), 0).0;
            prop_assert!(allowed.contains(&at) || unbroken > width, "{}|{}", &text[..at], after);
            if !allowed.contains(&at) {
                continue;
            }
            if !text[..at].trim_end_matches(' ').ends_with('\u{200B}') {
                prop_assert!(!after.starts_with(['ៗ', '។', '៕', '៖', '»', '”', ')', ',', '.']), "{after}");
                prop_assert!(!text[..at].trim_end().ends_with(['«', '“', '(']), "{}", &text[..at]);
            }
        }
    }

    #[test]
    fn every_release_is_set_whole_over_its_pages(
        texts in prop::collection::vec(text(), 0..20),
        khmer in any::<bool>(),
        fit in prop::sample::select(vec![Fit::AsSet, Fit::OnePage, Fit::TwoPages]),
    ) {
        let mut release = release(&texts, if khmer { Language::Khmer } else { Language::English });
        release.page.fit = fit;
        let pages = typeset(&release, None, &mut Cache::default());
        for (i, text) in texts.iter().enumerate() {
            let set: String = paragraph_lines(&pages, i).map(|(_, line)| line.characters()).collect();
            prop_assert!(set == *text || text.trim().is_empty() && set.is_empty());
        }
        for page in &pages.pages {
            for line in page.lines.iter().filter(|line| line.source != Source::PageNumber) {
                prop_assert!(line.baseline < pages.size.1 - 20.0 / 25.4 * 72.0 + 0.1);
            }
        }
    }

    #[test]
    fn pages_begin_and_end_with_two_lines_of_a_paragraph(texts in prop::collection::vec(text(), 1..25)) {
        let pages = typeset(&release(&texts, Language::English), None, &mut Cache::default());
        for i in 0..texts.len() {
            let on: Vec<usize> = paragraph_lines(&pages, i).map(|(page, _)| page).collect();
            for page in on.clone() {
                let here = on.iter().filter(|&&other| other == page).count();
                prop_assert!(here >= 2 || on.len() == 1, "one line of {} on page {}", on.len(), page + 1);
            }
        }
        let page_of = |wanted: Field| pages.lines().find(|(_, line)| field(line) == Some(wanted)).map(|(page, _)| page);
        let (place, title) = (page_of(Field::Place), page_of(Field::Signatory(0, SignatoryLine::Title)));
        prop_assert_eq!(place, title);
        let last = (0..texts.len()).rev().find(|&i| paragraph_lines(&pages, i).count() > 1);
        if let Some(last) = last.filter(|last| last + 1 == texts.len()) {
            let with = paragraph_lines(&pages, last).filter(|(page, _)| Some(*page) == place).count();
            prop_assert!(with >= 2, "{with} lines of the last paragraph with place and date");
        }
    }
}

fn release(texts: &[String], language: Language) -> Release {
    Release {
        language,
        letterhead: Letterhead { kingdom: "KINGDOM OF CAMBODIA".into(), ..Letterhead::default() },
        title: "PRESS RELEASE".into(),
        headline: "Headline".into(),
        body: texts.iter().map(|text| Paragraph::new(RichText::plain(text.as_str()))).collect(),
        signature: Signature {
            place: "Phnom Penh".into(),
            signatories: vec![Signatory { title: "Spokesperson".into(), ..Signatory::default() }],
            ..Signature::default()
        },
        ..Release::default()
    }
}

fn field(line: &Line) -> Option<Field> {
    match line.source {
        Source::Field { field, .. } => Some(field),
        _ => None,
    }
}

/// Where what is seen of a line ends.
fn right(line: &Line) -> f32 {
    line.left + line.x.iter().rev().nth(1).copied().unwrap_or(0.0)
}

fn paragraph_lines(pages: &Pages, index: usize) -> impl Iterator<Item = (usize, &Line)> {
    pages.lines().filter(move |(_, line)| field(line) == Some(Field::Paragraph(index)))
}

#[test]
fn a_text_a_little_too_long_for_one_page_is_fitted_to_it() {
    let mut release = file::parse(ENGLISH).unwrap();
    release.page.fit = Fit::OnePage;
    let pages = typeset(&release, None, &mut Cache::default());
    assert_eq!(pages.pages.len(), 2, "the sample is too long by far");
    assert!(matches!(pages.fitted, Some(Fitted::TooLong { lines: 2..40 })), "{:?}", pages.fitted);
    let as_set = |release: &Release| {
        let mut release = release.clone();
        release.page.fit = Fit::AsSet;
        typeset(&release, None, &mut Cache::default())
    };
    while as_set(&release).pages.len() > 1 {
        release.body.pop();
    }
    assert_eq!(typeset(&release, None, &mut Cache::default()).fitted, None, "it fits as it is");
    while as_set(&release).pages.len() == 1 {
        release.body[0].text.push_str(" and so on and so forth", Style::PLAIN);
    }
    let pages = typeset(&release, None, &mut Cache::default());
    assert_eq!(pages.pages.len(), 1);
    let Some(Fitted::Changed { size, leading }) = pages.fitted else { panic!("{:?}", pages.fitted) };
    assert!(size == 1.0 && (0.92..1.0).contains(&leading), "a little leading is enough: {size}, {leading}");
}

#[test]
fn words_are_divided_only_if_that_is_asked_for() {
    let mut release = file::parse(ENGLISH).unwrap();
    let divided = |release: &Release| {
        let pages = typeset(release, None, &mut Cache::default());
        let lines: Vec<_> = pages.lines().filter(|(_, line)| line.is_hyphenated()).collect();
        // Never in a heading.
        assert!(lines.iter().all(|(_, line)| matches!(field(line), Some(Field::Paragraph(_)))));
        lines.len()
    };
    assert_eq!(divided(&release), 0);
    release.page.hyphenate = true;
    assert!((1..=6).contains(&divided(&release)));
    assert_eq!(file::parse(&file::write(&release)).unwrap(), release);
    release.page.justified = false;
    assert_eq!(divided(&release), 0, "a ragged edge needs no hyphens");
}

#[test]
fn both_samples_fit_two_pages() {
    for sample in [ENGLISH, KHMER] {
        let mut release = file::parse(sample).unwrap();
        release.page.fit = Fit::TwoPages;
        assert_eq!(typeset(&release, None, &mut Cache::default()).pages.len(), 2);
    }
}

proptest! {
    #[test]
    fn blocks_of_every_kind_are_set_whole_with_their_numbers(
        kinds in prop::collection::vec((0usize..13, text()), 1..25),
        khmer in any::<bool>(),
        number_paragraphs in any::<bool>(),
    ) {
        use release_composer::release::{BlockKind, HeadingLevel, Item, Level, ListKind, Outline};
        let item = |list, level| BlockKind::Item(Item { list, level, start: None });
        let all = [
            BlockKind::Plain, BlockKind::Centred, BlockKind::Heading(HeadingLevel::One), BlockKind::Heading(HeadingLevel::Two),
            item(ListKind::Numbered, Level::One), item(ListKind::Numbered, Level::Two), item(ListKind::Numbered, Level::Three),
            item(ListKind::Bulleted, Level::One), item(ListKind::Bulleted, Level::Three), item(ListKind::Sections, Level::Two),
            BlockKind::Continued(Level::One), BlockKind::Continued(Level::Two), BlockKind::Quotation,
        ];
        let texts: Vec<String> = kinds.iter().map(|(_, text)| text.clone()).collect();
        let mut release = release(&texts, if khmer { Language::Khmer } else { Language::English });
        release.number_paragraphs = number_paragraphs;
        for (block, (kind, _)) in release.body.iter_mut().zip(&kinds) {
            block.kind = all[*kind];
        }
        let outline = Outline::of(&release);
        let pages = typeset(&release, None, &mut Cache::default());
        let margin = 72.0 - 0.01;
        for (i, text) in texts.iter().enumerate() {
            let set: String = paragraph_lines(&pages, i).map(|(_, line)| line.characters()).collect();
            prop_assert!(set == *text || text.trim().is_empty() && set.is_empty());
            let marker = pages.lines().find(|(_, line)| line.source == Source::Marker { paragraph: i });
            let wanted = outline.entry(i).and_then(|entry| entry.marker.as_deref());
            prop_assert_eq!(marker.map(|(_, line)| line.characters().trim_end()), wanted);
            if let Some((page, marker)) = marker {
                let (text_page, text) = paragraph_lines(&pages, i).next().unwrap();
                prop_assert_eq!((page, marker.baseline), (text_page, text.baseline));
                prop_assert!(marker.left >= margin && right(marker) < text.left);
            }
        }
        // What is read is in the normal order of Khmer, and stays as it was read.
        let read = file::parse(&file::write(&release)).unwrap();
        prop_assert_eq!(file::parse(&file::write(&read)).unwrap(), read);
    }
}

/// A day and its month stay on one line, also in a text of two lines, which has few other places.
#[test]
fn a_day_is_not_parted_from_its_month() {
    for text in [
        "អន្តរជាតិសមាជិកនឹងប្រព្រឹត្តទៅ ក្រសួងការបរទេសសេដ្ឋកិច្ច នឹងប្រព្រឹត្តទៅ សមាជិក ពីថ្ងៃទី១២ ដល់ថ្ងៃទី១៥ ខែធ្នូ ឆ្នាំ២០២៦ សមាជិក។",
        "អាស៊ានអាស៊ាននៅរាជធានីដោយមាន ឯកឧត្តមឯកឧត្តមកិច្ចសហប្រតិបត្តិការ សមាជិក ពីថ្ងៃទី១២ ដល់ថ្ងៃទី១៥ ខែធ្នូ ឆ្នាំ២០២៦ សេដ្ឋកិច្ច។",
        "សេដ្ឋកិច្ចពីតំណាងសមាជិកក្រោមអធិបតីភាព អាស៊ាន ក្រោមអធិបតីភាព ពីតំណាង ពីថ្ងៃទី១២ ដល់ថ្ងៃទី១៥ ខែធ្នូ ឆ្នាំ២០២៦ ក្រសួងការបរទេសពីតំណាង។",
    ] {
        let pages = typeset(&release(&[text.to_owned()], Language::Khmer), None, &mut Cache::default());
        let lines: Vec<String> = paragraph_lines(&pages, 0).map(|(_, line)| line.characters().to_owned()).collect();
        assert!(lines.len() == 2 && lines.iter().any(|line| line.contains("ទី១៥ ខែធ្នូ")), "{lines:?}");
    }
}
