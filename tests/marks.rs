//! Links, superscripts and notes, from a draft to the tags of its PDF.

mod tagged;

use std::{fs, path::Path};

use release_composer::{
    pdf,
    release::{Field, Release, file},
    typeset::{Cache, Line, Pages, Source, typeset},
};

fn set(draft: &str) -> (Release, Pages) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(draft);
    let release = file::parse(&fs::read_to_string(path).unwrap()).unwrap();
    let pages = typeset(&release, None, &mut Cache::default());
    (release, pages)
}

fn read(draft: &str) -> (Release, tagged::Tagged) {
    let (release, pages) = set(draft);
    let bytes = pdf::write(&pages, &pdf::Info::of(&release), &pdf::Options::default()).unwrap();
    (release, tagged::read(&bytes))
}

#[test]
fn every_link_can_be_clicked_and_says_where_it_leads() {
    let (release, read) = read("links.ron");
    let written: Vec<String> = release
        .body
        .iter()
        .flat_map(|paragraph| {
            paragraph.text.attached().map(|(range, _)| paragraph.text.link_of(range).unwrap().ascii())
        })
        .collect();
    let mut seen: Vec<String> =
        read.elements.iter().flat_map(|element| &element.links).map(|(uri, _)| uri.clone()).collect();
    // A link over two lines can be clicked on both.
    assert!(seen.len() > written.len());
    seen.dedup();
    assert_eq!(seen, written);
    let contents: Vec<&str> =
        read.elements.iter().flat_map(|element| &element.links).map(|(_, contents)| contents.as_str()).collect();
    assert!(contents.contains(&"info@mfaic.gov.kh") && !contents.contains(&""));
}

#[test]
fn every_note_is_on_the_page_of_its_reference_and_both_lead_to_each_other() {
    for draft in ["notes.ron", "notes-khmer.ron"] {
        let (release, pages) = set(draft);
        let count = release.notes().count();
        let mut pages_of = Vec::new();
        for (index, at, _) in release.notes() {
            let refers = |line: &Line| {
                let clusters = &line.text.clusters[line.clusters.clone()];
                line.source == Source::Field { field: Field::Paragraph(index), prefix: 0 }
                    && clusters.iter().any(|cluster| cluster.text.start == at)
            };
            let is_note = |line: &Line| line.source == Source::NoteNumber { paragraph: index, at };
            let page = |wanted: &dyn Fn(&Line) -> bool| pages.lines().find(|(_, line)| wanted(line)).unwrap().0;
            assert_eq!(page(&refers), page(&is_note), "{draft}: {index}, {at}");
            pages_of.push(page(&is_note) + 1);
        }
        assert!(pages.pages.len() > 1 && pages_of.is_sorted());
        // No line of the text is below the first of a note, and none below the foot of the page.
        for page in &pages.pages {
            let of_notes = |line: &&Line| {
                matches!(line.source, Source::NoteNumber { .. } | Source::Field { field: Field::Note(..), .. })
            };
            let first = page.lines.iter().filter(of_notes).map(|line| line.baseline).fold(f32::MAX, f32::min);
            let others = page.lines.iter().filter(|line| !of_notes(line) && line.source != Source::PageNumber);
            assert!(others.map(|line| line.baseline).fold(0.0, f32::max) < first, "{draft}");
            let last = page.lines.iter().filter(of_notes).map(|line| line.baseline).fold(0.0, f32::max);
            assert!(last < pages.size.1 - 72.0, "{draft}: {last}");
        }
        let (_, read) = read(draft);
        let identifiers: Vec<String> = (1..=count).map(|number| format!("note-{number}")).collect();
        assert_eq!(read.notes, identifiers);
        // Each is gone to once from its reference and once back, and Contents say which.
        let inside: Vec<_> =
            read.elements.iter().flat_map(|element| &element.links).filter(|(to, _)| to.starts_with("page ")).collect();
        assert_eq!(inside.len(), 2 * count);
        let mut from_text: Vec<String> = read
            .elements
            .iter()
            .filter(|element| element.tag != "Lbl")
            .flat_map(|element| &element.links)
            .map(|(to, _)| to.clone())
            .filter(|to| to.starts_with("page "))
            .collect();
        from_text.sort_by_key(|to| to[5..].parse::<usize>().unwrap());
        assert_eq!(from_text, pages_of.iter().map(|page| format!("page {page}")).collect::<Vec<_>>());
    }
}

#[test]
fn a_note_that_no_page_has_room_for_goes_on_and_is_one_element() {
    let (release, pages) = set("notes-khmer.ron");
    let (index, at, _) = release.notes().nth(3).unwrap();
    let on: Vec<usize> = pages
        .lines()
        .filter(|(_, line)| line.source == Source::Field { field: Field::Note(index, at), prefix: 0 })
        .map(|(page, _)| page)
        .collect();
    assert!(on.first() < on.last(), "{on:?}");
    let (_, read) = read("notes-khmer.ron");
    let text = release.text(Field::Note(index, at)).unwrap().as_str().to_owned();
    assert!(read.elements.iter().any(|element| element.text() == text));
}

/// A note is read behind the paragraph, the item or the cell that refers to it, and not where its page ends.
#[test]
fn a_note_is_read_right_behind_what_refers_to_it() {
    for draft in ["notes.ron", "notes-khmer.ron"] {
        let (mut open, mut seen) = (0, 0);
        for element in read(draft).1.elements {
            if element.is_in_note {
                (open, seen) = if element.tag == "Lbl" { (open - 1, seen + 1) } else { (open, seen) };
                continue;
            }
            assert_eq!(open, 0, "{draft}: before {}", element.text());
            open = element.links.iter().filter(|(to, _)| to.starts_with("page ")).count();
        }
        assert!(open == 0 && seen > 3, "{draft}: {open}, {seen}");
    }
}
