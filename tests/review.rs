//! A draft that went out and came back: changes accepted and refused one by one, and comments.
#![cfg(feature = "window")]

#[path = "driven/mod.rs"]
mod driven;

use std::io::{Cursor, Read as _, Write as _};

use driven::*;
use egui::Key;
use egui_kittest::{Harness, kittest::Queryable as _};
use release_composer::{
    editor::{Editor, Places},
    release::{Comment, Field, Language, Paragraph, Release, RichText, file},
    review::{Review, accept},
    roster::Roster,
    storage::{self, Settings},
    template::in_other_language,
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
    click(&mut harness, "Copy release as HTML code");
    wait_for(&mut harness, "The release is on the clipboard");
    click(&mut harness, "Edit");
    click(&mut harness, "Copy whole release");
    wait_for(&mut harness, "The release is on the clipboard");
    // What the clipboard holds now is what a paste brings.
    click_paragraph(&mut harness, 3);
    harness.event(egui::Event::Paste(String::from("plain")));
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
fn the_other_language_says_otherwise_until_the_draft_is_corrected() {
    let english = "On 30 October 2023 the Minister met the Ambassador of Japan.";
    let khmer = "នៅថ្ងៃទី៣១ ខែតុលា ឆ្នាំ២០២៣ រដ្ឋមន្ត្រីបានជួបជាមួយឯកអគ្គរដ្ឋទូតជប៉ុន។";
    let release = |language, text: &str| Release {
        headline: "A visit".into(),
        body: vec![Paragraph::new(RichText::plain(text))],
        ..Release::blank(language)
    };
    let (mut harness, folder) = window_on(&release(Language::English, english));
    let path = folder.path().join("km.ron");
    std::fs::write(&path, file::write(&release(Language::Khmer, khmer))).unwrap();
    click(&mut harness, "File");
    click(&mut harness, "Compare with the other language");
    wait_for(&mut harness, "OK");
    type_text(&mut harness, path.to_str().unwrap());
    key(&mut harness, NONE, Key::Enter);
    wait_for(&mut harness, "ថ្ងៃទី៣១");
    // A click goes to its place, where it is corrected.
    click(&mut harness, "Date: Paragraph 1: 30 October 2023");
    type_text(&mut harness, "31 October 2023");
    assert_eq!(body(&harness)[0], "On 31 October 2023 the Minister met the Ambassador of Japan.");
    wait_for(&mut harness, "names and places are the same");
    // The draft knows the other one now, and asks for no file.
    assert_eq!(editor(&harness).release().counterpart, "km.ron");
    click(&mut harness, "Close");
    assert!(harness.query_by_label_contains("Beside km.ron").is_none());
    click(&mut harness, "File");
    click(&mut harness, "Compare with the other language");
    wait_for(&mut harness, "Beside km.ron");
}

#[test]
fn the_other_language_is_begun_beside_the_draft_and_replaces_no_file() {
    let (mut harness, folder) = window_on(&draft());
    let file = folder.path().join("draft.ron");
    let begin = |harness: &mut Window| {
        click(harness, "File");
        click(harness, "Begin in the other language");
    };
    begin(&mut harness);
    wait_for(&mut harness, "is beside this draft");
    let name = editor(&harness).release().counterpart.clone();
    assert!(name.ends_with(".km.release"), "{name}");
    let path = folder.path().join(&name);
    let khmer = storage::open(&path).unwrap();
    assert_eq!((khmer.language, khmer.body.len()), (Language::Khmer, draft().body.len()));
    assert!(folder.path().join(&khmer.counterpart).exists(), "each names the other: {}", khmer.counterpart);
    // The draft was saved, and is saved with the name of the other file.
    wait_for(&mut harness, "Saved");
    assert!(!editor(&harness).is_unsaved());
    assert_eq!(storage::open(&file).unwrap().counterpart, name);
    // Undone it may be begun again, and the file that is there stays.
    key(&mut harness, CTRL, Key::Z);
    settle(&mut harness);
    assert_eq!(editor(&harness).release().counterpart, "");
    let before = std::fs::read(&path).unwrap();
    begin(&mut harness);
    wait_for(&mut harness, "there is a file of that name, which stays as it is");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

/// A translation is written beside its original, which goes along with the caret and with what is saved elsewhere.
#[test]
fn the_original_stands_beside_what_is_to_be_translated() {
    let original = |number: usize| Paragraph::new(RichText::plain(format!("Original number {number}.")));
    let english = Release { body: (1..=60).map(original).collect(), ..Release::blank(Language::English) };
    let khmer = Release {
        body: vec![Paragraph::default(); 60],
        counterpart: "en.ron".into(),
        ..Release::blank(Language::Khmer)
    };
    let folder = tempfile::tempdir().unwrap();
    let [path, other] = ["km.ron", "en.ron"].map(|name| folder.path().join(name));
    std::fs::write(&path, file::write(&khmer)).unwrap();
    std::fs::write(&other, file::write(&english)).unwrap();
    let mut harness = window(Settings::default());
    open(&mut harness, path.to_str().unwrap());
    wait_for(&mut harness, "Original number 1.");
    let is_in_view = |harness: &Window, label: &str| {
        let node = harness.get_by_label(label);
        harness.ctx.content_rect().contains_rect(node.rect())
    };
    assert!(is_in_view(&harness, "Paragraph 1: Original number 1."));
    assert!(!is_in_view(&harness, "Paragraph 50: Original number 50."));
    click_paragraph(&mut harness, 50);
    harness.run_steps(8);
    assert!(is_in_view(&harness, "Paragraph 50: Original number 50."), "it goes along with the caret");
    click(&mut harness, "Paragraph 47: Original number 47.");
    type_text(&mut harness, "ទី៤៧");
    assert_eq!(body(&harness)[46], "ទី៤៧", "a click puts the caret beside it");
    // It was corrected in its own window, and this one comes to the front again.
    let corrected = Release { body: vec![original(70); 60], ..english };
    std::fs::write(&other, file::write(&corrected)).unwrap();
    harness.input_mut().focused = false;
    harness.run_steps(2);
    harness.input_mut().focused = true;
    wait_for(&mut harness, "Paragraph 47: Original number 70.");
    click(&mut harness, "What differs");
    harness.run_steps(2);
    assert!(harness.query_by_label_contains("Original number").is_none(), "one of both is shown");
}

#[test]
fn a_draft_with_changes_is_not_saved_by_beginning_the_other_language() {
    let (mut harness, folder) = window_on(&draft());
    click_end_of_paragraph(&mut harness, 3);
    type_text(&mut harness, " Soon.");
    click(&mut harness, "File");
    click(&mut harness, "Begin in the other language");
    wait_for(&mut harness, "is beside this draft");
    assert!(editor(&harness).is_unsaved());
    assert_eq!(storage::open(&folder.path().join("draft.ron")).unwrap(), draft());
}

#[test]
fn the_other_language_is_not_opened_in_a_second_window() {
    let release = Release { counterpart: "draft.km.ron".into(), ..draft() };
    let (mut harness, folder) = window_on(&release);
    let other = folder.path().join("draft.km.ron");
    std::fs::write(&other, file::write(&Release::blank(Language::Khmer))).unwrap();
    let ask = |harness: &mut Window| {
        click(harness, "File");
        click(harness, "Open the other language");
    };
    ask(&mut harness);
    let said = "draft.km.ron is already open in another window of yours";
    assert!(harness.query_by_label_contains(said).is_none());
    // Another window has it.
    let lock = storage::lock::DraftLock::take(&other).unwrap();
    ask(&mut harness);
    wait_for(&mut harness, said);
    drop(lock);
}

/// A window on a Khmer draft of these paragraphs, beside `draft` as it was signed a day before.
fn status_of_khmer(texts: &[&str]) -> (Window, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let date = chrono::Local::now().date_naive();
    let mut english = draft();
    english.signature.date = date.pred_opt().into();
    std::fs::write(folder.path().join("draft.ron"), file::write(&english)).unwrap();
    let mut khmer = Release {
        body: texts.iter().map(|text| Paragraph::new(RichText::plain(*text))).collect(),
        headline: "ដំណើរទស្សនកិច្ច".into(),
        counterpart: "draft.ron".into(),
        ..Release::blank(Language::Khmer)
    };
    khmer.signature.date = Some(date).into();
    let path = folder.path().join("draft.km.ron");
    std::fs::write(&path, file::write(&khmer)).unwrap();
    let mut harness = window(Settings::default());
    open(&mut harness, path.to_str().unwrap());
    (harness, folder)
}

#[test]
fn a_draft_is_complete_only_beside_the_other_language() {
    let texts = ["រដ្ឋមន្ត្រីទាំងពីរបានជួបគ្នានៅភ្នំពេញ។", "ប្រយោគនេះលុប។", "ពួកគេបានឯកភាពជួបគ្នាម្តងទៀត៕"];
    let is_complete = |harness: &Window| harness.query_by_label_contains("Complete").is_some();
    // One paragraph is still to be written.
    let (mut harness, _folder) = status_of_khmer(&[texts[0], "", texts[2]]);
    assert!(!is_complete(&harness));
    click(&mut harness, "1 thing to look at");
    wait_for(&mut harness, "Paragraph 2: Still to be written; the other language has “This sentence goes.”");
    // All are written, and the date of signature is another.
    let (mut harness, folder) = status_of_khmer(&texts);
    assert!(!is_complete(&harness));
    wait_for(&mut harness, "Differences from draft.ron: 1");
    // The other draft gets the date in its own window, and this one is come back to.
    let mut english = draft();
    english.signature.date = editor(&harness).release().signature.date.clone();
    std::fs::write(folder.path().join("draft.ron"), file::write(&english)).unwrap();
    let focus = |harness: &mut Window, focused| {
        harness.input_mut().focused = focused;
        harness.run_steps(2);
        settle(harness);
    };
    focus(&mut harness, false);
    focus(&mut harness, true);
    wait_for(&mut harness, "Complete");
    // It is gone.
    std::fs::remove_file(folder.path().join("draft.ron")).unwrap();
    focus(&mut harness, false);
    focus(&mut harness, true);
    wait_for(&mut harness, "Not compared with draft.ron");
    assert!(!is_complete(&harness));
}

#[test]
fn both_languages_are_looked_through_before_they_are_exported() {
    let mut english = draft();
    english.signature.date = Some(chrono::Local::now().date_naive()).into();
    english.counterpart = "draft.km.ron".into();
    let (mut harness, folder) = window_on(&english);
    let khmer = in_other_language(&english, &Roster::default());
    std::fs::write(folder.path().join("draft.km.ron"), file::write(&khmer)).unwrap();
    click(&mut harness, "File");
    click(&mut harness, "Export both languages");
    wait_for(&mut harness, "Paragraph 2: Still to be written; the other language has “This sentence goes.”");
    wait_for(&mut harness, "Export anyway");
    // Whoever turns back has nothing written, and is shown the draft that is not ready.
    // The status line behind the question says the same of the draft alone.
    harness.get_all_by_label_contains("Differences from draft.km.ron").last().unwrap().click();
    harness.run_steps(3);
    settle(&mut harness);
    assert!(harness.query_by_label_contains("Export anyway").is_none());
    wait_for(&mut harness, "Beside draft.km.ron");
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
