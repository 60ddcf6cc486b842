//! Pages of the web: whole, in one language or two, and nothing in them that runs or is loaded.

use std::path::Path;

use release_composer::{
    html,
    release::{KhmerFace, Language, Release, file},
    storage,
    typeset::{Cache, typeset},
};

fn page(release: &Release) -> String {
    html::page(release, &typeset(release, None, &mut Cache::default())).unwrap()
}

fn draft(place: &str) -> Release {
    storage::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join(place)).unwrap()
}

/// The words of a page, without its tags and styles.
fn words(page: &str) -> Vec<String> {
    let body = page.split("<body>").nth(1).unwrap();
    let mut text = String::new();
    for (index, part) in body.split('<').enumerate() {
        let (tag, words) = if index == 0 { ("", part) } else { part.split_once('>').unwrap() };
        let name = tag.trim_start_matches('/').split([' ', '>']).next().unwrap();
        // What is inside of a line ends no word.
        let is_inside = ["", "a", "strong", "em", "u", "sup", "sub", "span", "time"].contains(&name);
        text.push_str(if is_inside { "" } else { " " });
        text.push_str(words);
    }
    for (written, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
        text = text.replace(written, sign);
    }
    text.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn every_draft_of_the_corpus_has_all_its_words_on_its_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for folder in ["assets/samples", "tests/corpus"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "ron") {
                continue;
            }
            let Ok(release) = storage::open(&path) else { continue };
            let page = page(&release);
            let shown = words(&page);
            for field in release.fields() {
                let text = release.text(field).unwrap();
                let plain = text.as_str().replace('\u{FFFC}', " ");
                // Signs around the words of the house's are theirs, not the draft's.
                for word in plain.split_whitespace() {
                    assert!(shown.iter().any(|shown| shown.contains(word)), "{}: {word} of {field:?}", path.display());
                }
            }
            let pictures = release.body.iter().filter(|block| block.picture.is_some()).count();
            assert_eq!(page.matches("<figure>").count(), pictures, "{}", path.display());
            let has_name = !format!("{}{}", release.title, release.headline).trim().is_empty();
            assert_eq!(page.matches("<h1").count(), usize::from(has_name), "{}", path.display());
            for run in ["<script", "javascript:", " src=\"http", "@import", "url("] {
                assert!(!page.contains(run), "{}: {run}", path.display());
            }
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}

#[test]
fn lists_have_the_numbers_of_the_page_and_end_where_they_end() {
    let release = file::parse(
        r#"(format: 3, language: English, title: "T", body: [
            (style: Numbered, text: "One"),
            (style: Numbered, level: 2, text: "Below"),
            (style: Continued, level: 2, text: "still below"),
            (style: Numbered, text: "Two"),
            (style: Heading, text: "Head"),
            (style: Numbered, text: "Three"),
            (style: Bulleted, text: "Dot"),
            (text: "End."),
        ])"#,
    )
    .unwrap();
    let page = page(&release);
    let main = page.split("<h1").nth(1).unwrap().split("</h1>").nth(1).unwrap();
    let bare: String = main.split("</main>").next().unwrap().replace('\n', "");
    assert_eq!(
        bare,
        concat!(
            "<ol><li style=\"list-style-type:'1. '\"><p>One</p>",
            "<ol type=\"a\"><li style=\"list-style-type:'a. '\"><p>Below</p><p>still below</p></li></ol></li>",
            "<li style=\"list-style-type:'2. '\"><p>Two</p></li></ol>",
            "<h2>Head</h2>",
            "<ol start=\"3\"><li style=\"list-style-type:'3. '\"><p>Three</p></li></ol>",
            "<ul><li style=\"list-style-type:'• '\"><p>Dot</p></li></ul>",
            "<p>End.</p>",
        )
    );
}

#[test]
fn the_numbers_of_lists_are_in_attributes_where_styles_are_stripped() {
    let release = file::parse(
        r#"(format: 3, language: Khmer, title: "T", body: [
            (style: Sections, text: "ក"),
            (style: Numbered, level: 2, text: "ខ"),
            (text: "គ"),
            (style: Numbered, level: 2, text: "ឃ"),
            (style: Sections, text: "ង"),
            (style: Numbered, start: 5, text: "ច"),
            (style: Numbered, start: 9, text: "ឆ"),
            (style: Numbered, text: "ជ"),
        ])"#,
    )
    .unwrap();
    let page = page(&release);
    for part in [
        "<ol class=\"sections\" type=\"I\">\n<li style=\"list-style-type:'I. '\">",
        "<ol type=\"a\">\n<li style=\"list-style-type:'ក. '\">",
        // Behind the paragraph, without an item around it.
        "<ol type=\"a\" start=\"2\" data-depth=\"2\">\n<li style=\"list-style-type:'ខ. '\">",
        "<ol class=\"sections\" type=\"I\" start=\"2\">\n<li style=\"list-style-type:'II. '\">",
        "<ol start=\"5\">\n<li style=\"list-style-type:'៥. '\">",
        "<ol start=\"9\">\n<li style=\"list-style-type:'៩. '\">",
        "<li style=\"list-style-type:'១០. '\">",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[test]
fn the_page_says_its_day_whatever_the_script_of_its_place_and_parts_notes_side_by_side() {
    let release = file::parse(
        r#"(format: 3, language: English, title: "T", headline: " ", body: [(text: "a^[b]^[c]")],
            signature: (place: "ភ្នំពេញ", date: "2023-10-30"))"#,
    )
    .unwrap();
    let page = page(&release);
    assert!(page.contains(", <time datetime=\"2023-10-30\">30 October 2023</time>") || page.contains(", </span><time"));
    assert!(page.contains(">1</a></sup>") && page.contains(">,2</a></sup>"), "{page}");
    assert!(page.contains("<h1 class=\"title\">T</h1>") && page.contains("<title>T</title>"), "{page}");
    let author = "<meta name=\"author\" content=\"MINISTRY OF FOREIGN AFFAIRS AND INTERNATIONAL COOPERATION\">";
    assert!(self::page(&Release::blank(Language::English)).contains(author));
}

#[test]
fn the_page_says_which_language_and_which_day_and_leads_to_its_notes_and_back() {
    let notes = page(&draft("tests/corpus/notes.ron"));
    let count = notes.matches("role=\"doc-noteref\"").count();
    assert!(count > 5, "{count}");
    for number in 1..=count {
        for part in ["id=\"note-", "href=\"#note-", "id=\"reference-", "href=\"#reference-"] {
            assert_eq!(notes.matches(&format!("{part}{number}\"")).count(), 1, "{part}{number}");
        }
    }
    let khmer = page(&draft("assets/samples/japan-phone-call.km.ron"));
    assert!(khmer.contains("<html lang=\"km\">") && khmer.contains("<span lang=\"en\">PKO"), "{khmer}");
    assert!(khmer.contains("<time datetime=\"2023-10-30\">"), "{khmer}");
}

#[test]
fn what_is_written_cannot_become_a_tag() {
    for language in [Language::English, Language::Khmer] {
        let nasty = "<script>alert(\"x\")</script> & </style></title><img src=x onerror=y>";
        let release = Release { headline: nasty.into(), title: nasty.into(), ..Release::blank(language) };
        let page = page(&release);
        assert!(
            !page.contains("<script") && !page.contains("<img src=x") && page.matches("</title>").count() == 1,
            "{page}"
        );
    }
}

/// Runs the program without settings of anybody's.
fn run(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_release-composer"));
    for name in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"] {
        command.env(name, folder.join("home"));
    }
    command.args(arguments).current_dir(folder).output().unwrap()
}

#[test]
fn a_post_is_cards_pages_and_words() {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/japan-phone-call.km.ron");
    let sample = sample.to_str().unwrap();
    let output = run(folder.path(), &["export", sample, "-o", "x.png", "--post", "--hashtags", "#MFAIC"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = String::from_utf8(output.stdout).unwrap();
    let wanted = ["card-1x1.png", "card-4x5.png", "card-16x9.png", "page-1.png", "page-2.png", "words.txt"];
    assert_eq!(files.lines().collect::<Vec<_>>(), wanted.map(|name| format!("x-{name}")));
    for (name, size) in [("x-card-4x5.png", (1080, 1350)), ("x-page-1.png", (1448, 2048))] {
        let bytes = std::fs::read(folder.path().join(name)).unwrap();
        assert!(bytes.len() < 5_000_000, "{name} has {} bytes", bytes.len());
        let picture = image::load_from_memory(&bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), size, "{name}");
    }
    let words = std::fs::read_to_string(folder.path().join("x-words.txt")).unwrap();
    assert!(words.contains("#MFAIC") && words.contains("រដ្ឋមន្ត្រី"), "{words}");
}

#[test]
fn the_text_for_a_site_is_that_of_the_page_without_its_letterhead() {
    for place in ["assets/samples/japan-phone-call.en.ron", "tests/corpus/notes-khmer.ron", "tests/corpus/lists.ron"] {
        let release = draft(place);
        let pages = typeset(&release, None, &mut Cache::default());
        let part = html::main_of_page(&release, &pages).unwrap();
        assert!(page(&release).contains(&part), "{place}");
        assert!(part.contains("<h1 class=\"headline\">"), "{place}");
        assert!(!part.contains(&release.letterhead.motto) && !part.contains("<style") && !part.contains("<main"));
    }
}

#[test]
fn a_page_asks_first_for_the_face_of_its_release() {
    let mut release = draft("assets/samples/japan-phone-call.km.ron");
    let usual = page(&release);
    assert!(usual.contains("{ font-family: Battambang,") && !usual.contains("Siemreap"));
    for (face, first) in [
        (KhmerFace::Siemreap, r#"{ font-family: Siemreap, "Khmer OS Siemreap", Battambang,"#),
        (KhmerFace::KhmerOsContent, r#"{ font-family: "Khmer OS Content", Battambang,"#),
    ] {
        release.page.khmer_face = face;
        assert!(page(&release).contains(first));
    }
}
