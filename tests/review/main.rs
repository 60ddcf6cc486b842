//! A draft that went out and came back: changes accepted and refused one by one, comments, and the other language.
#![cfg(feature = "window")]

mod counterpart;
#[path = "../driven/mod.rs"]
mod driven;

use std::io::{Cursor, Read as _, Write as _};

use driven::*;
use egui::{Event, Key, PointerButton, accesskit::Role};
use egui_kittest::{Harness, kittest::Queryable as _};
use release_composer::{
    editor::{Editor, Places},
    release::{Comment, Field, Language, Paragraph, Release, RichText, file},
    review::{Review, accept},
    storage::{self, Settings},
    typeset::{Cache, typeset},
    word,
};

type Window = Harness<'static, Option<Editor>>;

const CTRL_ALT: egui::Modifiers = egui::Modifiers { alt: true, ..CTRL };

fn draft() -> Release {
    let texts = [
        "The two Ministers met in Phnom Penh and spoke of trade.",
        "This sentence goes.",
        "They agreed to meet again.",
    ];
    let body = texts.map(|text| Paragraph::new(RichText::plain(text))).to_vec();
    Release { body, headline: "Visit to Cambodia".into(), ..Release::blank(Language::English) }
}

fn written(release: &Release) -> Vec<u8> {
    word::write(release, &typeset(release, None, &mut Cache::default()), word::Options::default()).unwrap()
}

/// A Word file with a part changed, and others added.
fn with(bytes: &[u8], change: impl Fn(&str) -> String, more: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().to_owned();
        if more.iter().any(|(other, _)| *other == name) {
            continue;
        }
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name == "word/document.xml" {
            content = change(std::str::from_utf8(&content).unwrap()).into_bytes();
        }
        out.start_file(name, options).unwrap();
        out.write_all(&content).unwrap();
    }
    for (name, content) in more {
        out.start_file(*name, options).unwrap();
        out.write_all(content.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// The draft as a chief sends it back from Word: with tracked changes and a comment that was answered.
fn returned() -> Vec<u8> {
    let change = |text: &str| {
        let by = r#"w:id="90" w:author="The chief" w:date="2026-11-27T09:30:00Z""#;
        let run = |text: &str| format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#);
        let old = "The two Ministers met in Phnom Penh and spoke of trade.";
        let new = [
            run("The two Ministers met in "),
            format!(r#"<w:del {by}><w:r><w:delText>Phnom Penh</w:delText></w:r></w:del>"#),
            format!(r#"<w:ins {by}>{}</w:ins>"#, run("Siem Reap")),
            run(" and "),
            r#"<w:commentRangeStart w:id="7"/>"#.to_owned(),
            run("spoke of trade"),
            r#"<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>"#.to_owned(),
            run("."),
        ];
        let start = text.find(old).unwrap();
        let from = text[..start].rfind("<w:r>").unwrap();
        let to = start + text[start..].find("</w:r>").unwrap() + "</w:r>".len();
        format!("{}{}{}", &text[..from], new.concat(), &text[to..])
    };
    let space = concat!(
        r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
        r#"xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml""#
    );
    let comments = format!(
        r#"<w:comments {space}><w:comment w:id="7" w:author="The chief" w:date="2026-11-27T09:31:00Z"><w:p w14:paraId="0A"><w:r><w:t>Of what else?</w:t></w:r></w:p></w:comment><w:comment w:id="8" w:author="Dara" w:date="2026-11-27T10:00:00Z"><w:p w14:paraId="0B"><w:r><w:t>Of nothing.</w:t></w:r></w:p></w:comment></w:comments>"#
    );
    let threads = concat!(
        r#"<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">"#,
        r#"<w15:commentEx w15:paraId="0A" w15:done="0"/><w15:commentEx w15:paraId="0B" w15:paraIdParent="0A" w15:done="0"/>"#,
        "</w15:commentsEx>"
    );
    with(&written(&draft()), change, &[("word/comments.xml", &comments), ("word/commentsExtended.xml", threads)])
}

#[test]
fn a_word_file_tells_who_changed_what_and_said_what() {
    let word::Imported { release, hands, .. } = word::read(&returned()).unwrap();
    assert_eq!(release.body[0].text.as_str(), "The two Ministers met in Siem Reap and spoke of trade.");
    let [comment] = &release.comments[..] else { panic!("{:?}", release.comments) };
    assert_eq!((comment.on.as_str(), comment.by.as_str()), ("spoke of trade", "The chief"));
    assert_eq!((comment.text.as_str(), comment.answers.len()), ("Of what else?", 1));
    assert_eq!((comment.answers[0].by.as_str(), comment.answers[0].text.as_str()), ("Dara", "Of nothing."));
    let draft = draft();
    let review = Review::new(&word::echo(&draft), release, &hands);
    let open = review.open(&draft);
    let said: Vec<_> = open.iter().map(|one| (one.key(), one.by.clone().map(|hand| hand.who))).collect();
    assert_eq!(said, [(("Phnom Penh".to_owned(), "Siem Reap".to_owned()), Some("The chief".to_owned()))]);
    assert_eq!(open[0].by.clone().unwrap().when.unwrap().to_string(), "2026-11-27 09:30:00");
    let mut accepted = draft.clone();
    accept(&mut accepted, &open);
    assert_eq!(accepted.body[0].text.as_str(), "The two Ministers met in Siem Reap and spoke of trade.");
}

/// What Word does not hold, nobody proposes to take out.
#[test]
fn a_word_file_that_comes_back_unchanged_proposes_nothing() {
    let mut count = 0;
    for folder in ["assets/samples", "tests/corpus"] {
        for entry in std::fs::read_dir(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let Ok(release) = storage::open(&path) else { continue };
            if path.extension().is_none_or(|ending| ending != "ron") || release.template.is_some() {
                continue;
            }
            let back = word::read(&written(&release)).unwrap();
            let review = Review::new(&word::echo(&release), back.release, &back.hands);
            assert_eq!(review.open(&release), [], "{}", path.display());
            count += 1;
        }
    }
    assert!(count > 10, "the drafts are somewhere else");
}

fn window_on(release: &Release) -> (Window, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("draft.ron");
    std::fs::write(&path, file::write(release)).unwrap();
    let mut harness = window_at_pace(Settings::default(), Places::default(), 0.05);
    open(&mut harness, path.to_str().unwrap());
    (harness, folder)
}

fn click(harness: &mut Window, label: &str) {
    harness.get_by_label_contains(label).click();
    harness.run_steps(3);
    settle(harness);
}

fn compare_with(harness: &mut Window, path: &std::path::Path) {
    click(harness, "File");
    click(harness, "Compare with a returned file");
    wait_for(harness, "OK");
    type_text(harness, path.to_str().unwrap());
    key(harness, NONE, Key::Enter);
    wait_for(harness, "still to decide");
    settle(harness);
}

fn body(harness: &Window) -> Vec<String> {
    editor(harness).release().body.iter().map(|block| block.text.as_str().to_owned()).collect()
}

#[test]
fn changes_of_a_draft_are_accepted_and_refused_one_by_one_and_undone() {
    let (mut harness, folder) = window_on(&draft());
    let mut theirs = draft();
    theirs.headline = "Official visit to Cambodia".into();
    theirs.body[0].text = RichText::plain("The two Ministers met in Siem Reap and spoke of trade and of the border.");
    theirs.body.remove(1);
    let path = folder.path().join("from the chief.ron");
    std::fs::write(&path, file::write(&theirs)).unwrap();
    compare_with(&mut harness, &path);
    wait_for(&mut harness, "4 of 4 still to decide");
    click(&mut harness, "Accept: Paragraph 1, Phnom Penh → Siem Reap");
    assert_eq!(body(&harness)[0], "The two Ministers met in Siem Reap and spoke of trade.");
    click(&mut harness, "Refuse: Headline");
    wait_for(&mut harness, "2 of 4 still to decide");
    assert_eq!(text(&harness, Field::Headline), "Visit to Cambodia");
    click(&mut harness, "Accept all");
    wait_for(&mut harness, "0 of 4 still to decide");
    assert_eq!(body(&harness), [theirs.body[0].text.as_str(), theirs.body[1].text.as_str()]);
    // Each acceptance is a step of undo, and what is undone is to be decided again.
    key(&mut harness, CTRL, Key::Z);
    wait_for(&mut harness, "2 of 4 still to decide");
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(body(&harness), draft().body.iter().map(|block| block.text.as_str()).collect::<Vec<_>>());
    click(&mut harness, "End review");
    assert!(harness.query_by_label_contains("still to decide").is_none());
}

#[test]
fn a_word_file_brings_changes_and_comments_which_are_answered_and_closed() {
    let (mut harness, folder) = window_on(&draft());
    let path = folder.path().join("back.docx");
    std::fs::write(&path, returned()).unwrap();
    compare_with(&mut harness, &path);
    assert!(harness.query_by_label_contains("The chief, 27 November 2026 09:30").is_some());
    assert_eq!(editor(&harness).release().comments.len(), 1);
    // The words of the comment lead to their place.
    click(&mut harness, "“spoke of trade”");
    type_text(&mut harness, "talked business");
    assert_eq!(body(&harness)[0], "The two Ministers met in Phnom Penh and talked business.");
    wait_for(&mut harness, "no longer in the text");
    key(&mut harness, CTRL, Key::Z);
    click(&mut harness, "Answer: Of what else?");
    type_text(&mut harness, "Of the border, too.");
    key(&mut harness, NONE, Key::Enter);
    settle(&mut harness);
    click(&mut harness, "Done: Of what else?");
    let comment = editor(&harness).release().comments[0].clone();
    assert_eq!((comment.answers.len(), comment.answers[1].text.as_str()), (2, "Of the border, too."));
    assert!(comment.done);
}

#[test]
fn a_comment_is_written_kept_in_the_file_and_never_printed() {
    let (mut harness, folder) = window_on(&draft());
    click_paragraph(&mut harness, 3);
    key(&mut harness, CTRL_ALT, Key::M);
    harness.run_steps(3);
    type_text(&mut harness, "When?");
    key(&mut harness, NONE, Key::Enter);
    settle(&mut harness);
    let [comment] = &editor(&harness).release().comments[..] else { panic!() };
    assert_eq!((comment.on.as_str(), comment.text.as_str()), ("They", "When?"));
    key(&mut harness, CTRL, Key::S);
    settle(&mut harness);
    let saved = storage::open(&folder.path().join("draft.ron")).unwrap();
    assert_eq!(saved.comments, editor(&harness).release().comments);
    let without = Release { comments: Vec::new(), ..saved.clone() };
    let lines = |release: &Release| {
        let pages = typeset(release, None, &mut Cache::default());
        pages.lines().map(|(_, line)| line.characters().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(lines(&saved), lines(&without));
    // A draft with open comments shows them.
    let (harness, _folder) = window_on(&saved);
    assert!(harness.query_by_label_contains("“They”").is_some());
}

#[test]
fn comments_are_written_by_hand_as_well() {
    let text = r#"(
  format: 3,
  language: English,
  body: [(text: "The Minister met the Ambassador.")],
  comments: [
    (on: "Ambassador", by: "Dara", at: "2026-11-28T10:00:00", text: "Which one?", answers: [(text: "Of Japan.")]),
    (text: "Done by noon, please.", done: true),
  ],
)
"#;
    let release = file::parse(text).unwrap();
    assert_eq!(release.comments.len(), 2);
    assert_eq!(release.place_of(&release.comments[0]), Some((Field::Paragraph(0), 21..31)));
    assert_eq!(file::parse(&file::write(&release)).unwrap(), release);
    let many = Release { comments: vec![Comment { text: "x".into(), ..Comment::default() }; 501], ..release };
    let error = file::parse(&file::write(&many)).unwrap_err();
    assert!(error.to_string().contains("there are 501 comments"), "{error}");
}

#[test]
fn the_whole_release_is_put_on_the_clipboard() {
    let (mut harness, _folder) = window_on(&draft());
    harness.state_mut().as_mut().unwrap().use_own_clipboard(String::new());
    click(&mut harness, "Edit");
    click(&mut harness, "Copy the whole release");
    click(&mut harness, "As HTML code");
    wait_for(&mut harness, "The release is on the clipboard");
    click(&mut harness, "Edit");
    click(&mut harness, "Copy the whole release");
    click(&mut harness, "For the web and mail");
    wait_for(&mut harness, "The release is on the clipboard");
    // What the clipboard holds now is what a paste brings.
    click_paragraph(&mut harness, 3);
    harness.event(Event::Paste(String::from("plain")));
    harness.run_steps(4);
    settle(&mut harness);
    let all = body(&harness).join("\n");
    assert!(all.contains("Visit to Cambodia") && all.matches("This sentence goes.").count() == 2, "{all}");
}

/// A file in which one long paragraph is commented a hundred thousand times, and changes are within changes.
#[test]
fn a_hostile_margin_takes_no_more_than_its_file() {
    let change = |text: &str| {
        let start = text.find("The two Ministers").unwrap();
        let from = text[..start].rfind("<w:r>").unwrap();
        let to = start + text[start..].find("</w:r>").unwrap() + "</w:r>".len();
        let long = format!("<w:r><w:t>{}</w:t></w:r>", "word ".repeat(15_000));
        let comment = r#"<w:commentRangeStart w:id="1"/><w:commentRangeEnd w:id="1"/>"#.repeat(100_000);
        let (open, close) = (r#"<w:ins w:author="x">"#.repeat(40), "</w:ins>".repeat(40));
        let late = r#"<w:commentRangeStart w:id="2"/>"#.repeat(1_000);
        format!("{}{late}{open}{long}{close}{comment}{}", &text[..from], &text[to..])
    };
    let read = word::read(&with(&written(&draft()), change, &[])).unwrap();
    assert!(read.hands.revisions.len() <= 40 && read.hands.revisions.iter().all(|one| one.text.len() <= 1_000));
}

#[test]
fn a_comment_that_is_half_written_goes_nowhere_unasked() {
    let half = |harness: &mut Window, text: &str| {
        key(harness, CTRL_ALT, Key::M);
        harness.run_steps(4);
        settle(harness);
        type_text(harness, text);
    };
    let texts = |harness: &Window| {
        editor(harness).release().comments.iter().map(|comment| comment.text.clone()).collect::<Vec<_>>()
    };
    let (mut harness, _folder) = window_on(&draft());
    click_paragraph(&mut harness, 1);
    half(&mut harness, "one");
    // Another one, another draft, the end of the window: what was typed is a comment by then.
    half(&mut harness, "two");
    assert_eq!(texts(&harness), ["one"]);
    key(&mut harness, CTRL, Key::N);
    wait_for(&mut harness, "Save the changes?");
    assert_eq!(texts(&harness), ["one", "two"]);
    click(&mut harness, "Cancel");
    half(&mut harness, "three");
    harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default().events.push(egui::ViewportEvent::Close);
    harness.run_steps(3);
    wait_for(&mut harness, "Save the changes?");
    assert_eq!(texts(&harness), ["one", "two", "three"]);
}
