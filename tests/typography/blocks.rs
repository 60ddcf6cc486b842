//! Lists, headings, signatories and what else is beside plain paragraphs.

use super::*;

fn blocks(draft: &str, more: &str) -> Release {
    file::parse(&format!("(format: 3, language: {draft}, {more})")).unwrap()
}

/// The first line of each paragraph: its left edge, its baseline, and the page.
fn first_lines(pages: &Pages) -> Vec<(f32, f32, usize)> {
    let firsts = |i| paragraph_lines(pages, i).next().map(|(page, line)| (line.left, line.baseline, page));
    (0..).map_while(firsts).collect()
}

fn markers(pages: &Pages) -> Vec<(usize, &Line)> {
    let marker = |line: &Line| matches!(line.source, Source::Marker { .. });
    pages.lines().filter(|(_, line)| marker(line)).collect()
}

#[test]
fn items_hang_by_the_widest_number_of_their_list() {
    let long = "word ".repeat(60);
    let items = format!(r#"(style: Numbered, text: "{long}"),"#).repeat(10);
    let release =
        blocks("English", &format!(r#"body: [(text: "Before"), {items} (style: Numbered, level: 2, text: "{long}")]"#));
    let pages = typeset(&release, None, &mut Cache::default());
    let lefts: Vec<f32> = (1..11).flat_map(|i| paragraph_lines(&pages, i)).map(|(_, line)| line.left).collect();
    assert!(lefts.iter().all(|&left| left == lefts[0]), "all lines of all items begin below each other");
    let markers = markers(&pages);
    assert_eq!(markers.len(), 11);
    let ends: Vec<f32> = markers[..10].iter().map(|(_, line)| right(line)).collect();
    assert!(ends.iter().all(|&end| (end - ends[0]).abs() < 0.01), "numbers end below each other: {ends:?}");
    assert!((lefts[0] - ends[0] - 6.0).abs() < 0.01, "half an em before the text");
    assert!(markers[9].1.left < markers[8].1.left, "the tenth is wider");
    let inner = paragraph_lines(&pages, 11).next().unwrap().1.left;
    assert!(inner > lefts[0] && markers[10].1.left >= lefts[0] - 0.01, "a list within begins at the text around it");
    for (i, (page, marker)) in markers.iter().enumerate() {
        let (text_page, text) = paragraph_lines(&pages, i + 1).next().unwrap();
        assert_eq!((*page, marker.baseline), (text_page, text.baseline), "a number is beside its text");
    }
}

#[test]
fn numbered_paragraphs_begin_at_the_margin_and_change_nothing_else() {
    for (language, plain) in [("English", ENGLISH), ("Khmer", KHMER)] {
        let mut release = file::parse(plain).unwrap();
        release.number_paragraphs = true;
        let pages = typeset(&release, None, &mut Cache::default());
        let markers = markers(&pages);
        assert_eq!(markers.len(), release.body.len(), "{language}");
        // The widest number begins at the margin, and all end below each other.
        let widest = markers.iter().map(|(_, line)| line.left).fold(f32::MAX, f32::min);
        assert!((widest - 72.0).abs() < 0.01, "{language}: {widest}");
        let ends: Vec<f32> = markers.iter().map(|(_, line)| right(line)).collect();
        assert!(ends.iter().all(|end| (end - ends[0]).abs() < 0.01), "{language}: {ends:?}");
    }
}

/// A page so low that it ends after so many paragraphs of one line.
fn with_lines_before(count: usize, rest: &str) -> Pages {
    let before = r#"(text: "A paragraph of one line."),"#.repeat(count);
    let release = blocks("English", &format!("body: [{before} {rest}]"));
    typeset(&release, None, &mut Cache::default())
}

#[test]
fn a_heading_stays_with_what_follows_wherever_the_page_ends() {
    let text = "word ".repeat(80);
    let rest = format!(
        r#"(style: Heading, text: "One"), (style: Heading, level: 2, text: "Two"), (text: "{text}"), (text: "{text}")"#
    );
    let mut parted = 0;
    for count in 0..30 {
        let pages = with_lines_before(count, &rest);
        let page = |i| paragraph_lines(&pages, i).map(|(page, _)| page).collect::<Vec<_>>();
        let (one, two, text) = (page(count), page(count + 1), page(count + 2));
        assert_eq!(one, two, "both headings are together");
        assert!(text.len() > 2 && text[..2] == [one[0], one[0]], "two lines are with them: {one:?} {text:?}");
        parted += usize::from(pages.pages.len() > 1 && one[0] == 1);
    }
    assert!(parted > 0, "no page ever ended there");
}

/// The first block of a text ends on the page on which the next begins, wherever on a page it comes; with some numbers
/// of lines before it that is the second page.
fn first_block_stays_with_the_next(rest: &str) {
    let mut moved = 0;
    for count in 0..30 {
        let pages = with_lines_before(count, rest);
        let page = |i| paragraph_lines(&pages, i).map(|(page, _)| page).collect::<Vec<_>>();
        let (first, next) = (page(count), page(count + 1));
        assert_eq!(first.last(), next.first(), "{count}");
        moved += usize::from(next[0] == 1);
    }
    assert!(moved > 0);
}

#[test]
fn what_announces_a_list_stays_with_its_first_item() {
    for colon in [":", "៖"] {
        let rest = format!(
            r#"(text: "{} as follows{colon}"), (style: Bulleted, text: "one"), (style: Bulleted, text: "two"), (text: "End.")"#,
            "word ".repeat(40)
        );
        first_block_stays_with_the_next(&rest);
    }
}

#[test]
fn an_item_stays_with_the_table_or_the_bullets_that_it_announces() {
    let table = r#"(row: ["Year", "Rice"], header: true), (row: ["2024", "12"]), (row: ["2025", "14"])"#;
    let bullets = r#"(style: Bulleted, text: "one"), (style: Bulleted, text: "two")"#;
    for announced in [table, bullets] {
        let item = format!("{} as follows:", "word ".repeat(20));
        let rest = format!(r#"(style: Numbered, text: "{item}"), {announced}, (text: "End.")"#);
        first_block_stays_with_the_next(&rest);
    }
}

#[test]
fn the_first_item_within_another_stays_with_it() {
    let rest = r#"(style: Numbered, text: "One:"), (style: Numbered, level: 2, text: "a"),
        (style: Numbered, level: 2, text: "b"), (style: Numbered, text: "Two"), (text: "End.")"#;
    let mut moved = 0;
    for count in 0..30 {
        let pages = with_lines_before(count, rest);
        let page = |i| paragraph_lines(&pages, i).map(|(page, _)| page).next().unwrap();
        assert_eq!(page(count), page(count + 1), "{count}");
        moved += usize::from(pages.pages.len() > 1 && page(count) == 1 && page(count - 1) == 0);
    }
    assert!(moved > 0, "no page ever ended there");
}

#[test]
fn items_hold_together_and_headings_belong_to_what_follows() {
    let more = r#"body: [(text: "a"), (text: "b:"), (style: Bulleted, text: "c"), (style: Bulleted, text: "d"),
        (text: "e"), (style: Heading, text: "f"), (text: "g")]"#;
    for language in ["English", "Khmer"] {
        let lines = first_lines(&typeset(&blocks(language, more), None, &mut Cache::default()));
        let gaps: Vec<f32> = lines.windows(2).map(|pair| pair[1].1 - pair[0].1).collect();
        let [paragraphs, to_list, items, from_list, to_heading, below_heading] = gaps[..] else { panic!("{gaps:?}") };
        assert!(items <= to_list && to_list < paragraphs, "{language}: {gaps:?}");
        assert!((from_list - paragraphs).abs() < 0.01, "{language}: {gaps:?}");
        assert!(to_heading > paragraphs && below_heading < to_heading, "{language}: {gaps:?}");
    }
}

#[test]
fn a_line_in_the_middle_is_there_and_a_heading_is_bold() {
    use release_composer::typeset::Font;
    let more =
        r####"body: [(style: Centred, text: "###"), (style: Heading, level: 2, text: "Bold"), (text: "x\ny")]"####;
    let pages = typeset(&blocks("English", more), None, &mut Cache::default());
    let line = |i| paragraph_lines(&pages, i).next().unwrap().1;
    let (left, right) = (line(0).left, line(0).left + line(0).x.last().unwrap());
    assert!((f32::midpoint(left, right) - pages.size.0 / 2.0).abs() < 0.5, "{left} to {right}");
    assert!(line(1).placed().all(|(_, cluster)| cluster.face.font == Font::TinosBold));
    assert_eq!(paragraph_lines(&pages, 2).count(), 2, "a line break in a paragraph is one on the page");
}

#[test]
fn a_long_name_in_a_narrow_column_is_set_smaller_and_whole() {
    let names =
        ["H.E. Mr. PRAK Sokhonn", "H.E. Mr. Sihasak PHUANGKETKEOW", "H.E. Ms. Vijitha Herath WICKREMESINGHE", "Ms. AA"];
    let signatories: String = names.iter().map(|name| format!(r#"(title: "Minister", name: "{name}"),"#)).collect();
    let signed = format!(r#"signature: (place: "Phnom Penh", columns: 4, signatories: [{signatories}])"#);
    let pages = typeset(&blocks("English", &signed), None, &mut Cache::default());
    let lines = |index| {
        let wanted = Field::Signatory(index, SignatoryLine::Name);
        pages.lines().filter(move |(_, line)| field(line) == Some(wanted)).map(|(_, line)| line).collect::<Vec<_>>()
    };
    let size = |index: usize| lines(index)[0].text.clusters[0].size;
    assert!((0..4).all(|index| size(index) == size(0)), "one size for all");
    assert!(size(0) < 12.0 && size(0) >= 12.0 * 0.8 - 0.01, "{}", size(0));
    for (index, name) in names.iter().enumerate() {
        for line in lines(index) {
            assert!(name.split(' ').any(|word| line.characters().trim_end().ends_with(word)), "{}", line.characters());
        }
    }
}

#[test]
fn a_table_stays_where_it_fits_though_the_signature_goes_on() {
    let row = r#"(row: ["One", "Two"]),"#.repeat(3);
    let signed =
        r#"signature: (place: "Phnom Penh", date: "2026-11-11", signatories: [(title: "Minister", name: "A")])"#;
    let mut parted = 0;
    for count in 10..30 {
        let before = r#"(text: "A paragraph of one line."),"#.repeat(count);
        let pages = typeset(
            &blocks("English", &format!(r#"body: [{before} {row} (text: "The last line.")], {signed}"#)),
            None,
            &mut Cache::default(),
        );
        let place = |index| paragraph_lines(&pages, index).next().map(|(page, line)| (page, line.baseline)).unwrap();
        let (first, last) = (place(count), place(count + 4));
        assert_eq!(first.0, last.0, "a table of three rows is not parted");
        let (last_page, above) = place(count - 1);
        if first.0 > last_page {
            let room = pages.size.1 - 72.0 - above;
            assert!(room < last.1 - first.1 + 60.0, "{count}: {room} points are left free above a table");
        } else if place(count + 6).0 > last.0 {
            parted += 1;
        }
    }
    assert!(parted > 0, "the table was never the last on its page");
}

#[test]
fn signatories_stand_beside_each_other_and_are_never_parted() {
    let signed = r#"signature: (place: "Phnom Penh", date: "2026-11-11", columns: 2, signatories: [
        (party: "For the Royal Government of the Kingdom of Cambodia", title: "Minister", name: "A"),
        (party: "For B", title: "Minister for Foreign Affairs and for Cooperation with the Countries of the Region", name: "B"),
        (party: "Witness", name: "C"),
    ])"#;
    let mut moved = 0;
    for count in 0..30 {
        let before = r#"(text: "A paragraph of one line."),"#.repeat(count);
        let release = blocks("English", &format!("body: [{before}], {signed}"));
        let pages = typeset(&release, None, &mut Cache::default());
        let of = |index, line| {
            let wanted = Field::Signatory(index, line);
            pages.lines().filter(move |(_, line)| field(line) == Some(wanted)).collect::<Vec<_>>()
        };
        use SignatoryLine::{Name, Party, Title};
        let first = |index, line| of(index, line)[0];
        assert_eq!(first(0, Party).1.baseline, first(1, Party).1.baseline);
        assert_eq!(first(0, Title).1.baseline, first(1, Title).1.baseline);
        assert_eq!(first(0, Name).1.baseline, first(1, Name).1.baseline, "names are at one height");
        assert!(first(0, Name).1.left < pages.size.0 / 2.0 && pages.size.0 / 2.0 < first(1, Party).1.left);
        let last_of_title = of(1, Title).last().unwrap().1.baseline;
        assert!(first(1, Name).1.baseline - last_of_title > 40.0, "there is room for the hand");
        let witness = first(2, Name).1;
        let middle = witness.left + witness.x.last().unwrap() / 2.0;
        assert!((middle - pages.size.0 / 2.0).abs() < 0.5, "one of the last row is in the middle: {middle}");
        let page = |index| [Party, Name].map(|line| first(index, line).0);
        assert!([page(0), page(1), page(2)].iter().flatten().all(|other| *other == page(0)[0]), "{count}");
        moved += page(0)[0];
    }
    assert!(moved > 0, "they never came to a second page");
}

#[test]
fn a_line_above_the_title_is_bold_and_changes_nothing_if_it_is_empty() {
    let pages = typeset(
        &blocks("English", r#"notice: "FOR IMMEDIATE RELEASE", title: "PRESS RELEASE""#),
        None,
        &mut Cache::default(),
    );
    let of = |wanted| pages.lines().find(|(_, line)| field(line) == Some(wanted)).unwrap().1;
    assert!(of(Field::Notice).baseline < of(Field::Title).baseline);
    assert!(
        of(Field::Notice).placed().all(|(_, cluster)| cluster.face.font == release_composer::typeset::Font::TinosBold)
    );
}

#[test]
fn an_emblem_is_as_tall_as_was_asked_for() {
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/emblem.png")).unwrap();
    let artwork = release_composer::artwork::decode(&bytes).unwrap();
    let mut release = file::parse(ENGLISH).unwrap();
    release.letterhead.ornament = false;
    for (height, wanted) in [(None, 72.0), (Some(15), 42.52), (Some(30), 85.04), (Some(0), 22.68)] {
        release.letterhead.emblem = Some(Emblem { file: "emblem.png".into(), height, ..Emblem::default() });
        let pages = typeset(&release, Some(&artwork), &mut Cache::default());
        let picture = &pages.pages[0].pictures[0];
        assert!((picture.height - wanted).abs() < 0.1, "{height:?}: {}", picture.height);
    }
}
