//! The command line, as a user or a script meets it.

#[cfg(target_os = "linux")]
mod instructions;
mod templates;
#[cfg(target_os = "linux")]
#[path = "../tried/mod.rs"]
mod tried;

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use release_composer::storage;

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_release-composer")).args(arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn sample(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("assets/samples/japan-phone-call.{language}.ron"))
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn the_english_sample_breaks_where_the_original_does() {
    let output = run(&["lines", path(&sample("en"))]);
    let lines = stdout(&output);
    let page = |number: &str| -> Vec<&str> {
        lines
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .filter(|(n, _)| *n == number)
            .map(|(_, text)| text)
            .collect()
    };
    let (first, second) = (page("1"), page("2"));
    let start = first.iter().rposition(|line| line.starts_with("His Excellency Deputy Prime Minister extended"));
    let end = second.iter().position(|line| line.starts_with("The Japanese government looks forward"));
    let kept = first.len() - start.expect("the paragraph begins on the first page");
    assert!((2..=4).contains(&kept), "{kept} lines of the paragraph stay on the first page");
    assert!(end.is_some_and(|end| end >= 2), "the rest of the paragraph begins the second page: {second:?}");
    assert!(lines.contains("2\tPhnom Penh, 30 October 2023"));
    assert!(!lines.lines().any(|line| line.starts_with("3\t")));
}

#[test]
fn the_khmer_sample_has_both_dates_and_no_forbidden_line_ends() {
    let lines = stdout(&run(&["lines", path(&sample("km"))]));
    assert!(lines.contains("ថ្ងៃចន្ទ ១រោច ខែអស្សុជ ឆ្នាំថោះ បញ្ចស័ក ព.ស. ២៥៦៧"), "{lines}");
    assert!(lines.contains("រាជធានីភ្នំពេញ ថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣"), "{lines}");
    for line in lines.lines().filter_map(|line| line.split('\t').nth(1)) {
        assert!(!line.starts_with(['ៗ', '។', '៕', '៖', '»']), "{line}");
        assert!(!line.ends_with('«'), "{line}");
    }
}

#[test]
fn exports_follow_the_ending_of_the_name() {
    let folder = tempfile::tempdir().unwrap();
    for language in ["en", "km"] {
        let sample = sample(language);
        for (name, files) in [("a.pdf", vec!["a.pdf"]), ("b.png", vec!["b-1.png", "b-2.png"]), ("c.txt", vec!["c.txt"])]
        {
            let output = run(&["export", path(&sample), "-o", path(&folder.path().join(name))]);
            assert!(output.status.success(), "{}", stderr(&output));
            let written: Vec<String> = stdout(&output)
                .lines()
                .map(|line| Path::new(line).file_name().unwrap().to_str().unwrap().to_owned())
                .collect();
            assert_eq!(written, files);
        }
        assert!(std::fs::read(folder.path().join("a.pdf")).unwrap().starts_with(b"%PDF-1.7"));
        let picture = image::open(folder.path().join("b-1.png")).unwrap();
        assert_eq!((picture.width(), picture.height()), (1240, 1754));
    }
    let text = std::fs::read_to_string(folder.path().join("c.txt")).unwrap();
    assert!(text.contains("«ជប៉ុនបន្តគាំទ្រការអភិវឌ្ឍរយៈពេលវែងរបស់កម្ពុជា»"));
}

#[test]
fn the_lines_of_a_sample_hold_every_word_of_its_draft_in_order() {
    for language in ["en", "km"] {
        let lines = stdout(&run(&["lines", path(&sample(language))]));
        let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let joined = squeeze(&lines.lines().filter_map(|line| line.split('\t').nth(1)).collect::<String>());
        let release = storage::open(&sample(language)).unwrap();
        let mut rest = joined.as_str();
        for paragraph in &release.body {
            let words = squeeze(paragraph.text.as_str());
            assert!(words.len() > 100, "{language}: {words}");
            let (_, behind) = rest.split_once(&words).unwrap_or_else(|| panic!("{language}: not found: {words}"));
            rest = behind;
        }
        let signature = &release.signature;
        for text in [&release.title, &release.headline, &signature.place, &signature.signatories[0].name] {
            assert!(joined.contains(&squeeze(text)), "{language}: {text}");
        }
    }
}

#[test]
fn check_says_what_is_missing() {
    assert!(run(&["check", path(&sample("en"))]).status.success());
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.ron");
    std::fs::write(&draft, "(format: 1, language: English, title: \"T\", headline: \"🙂\")").unwrap();
    let output = run(&["check", path(&draft)]);
    assert_eq!(output.status.code(), Some(1));
    let said = stdout(&output);
    for part in ["no text", "no place of signature", "no date of signature", "No font has the characters 🙂"] {
        assert!(said.contains(part), "{said}");
    }
    assert_eq!(said.lines().count(), 4);
}

#[test]
fn check_finds_what_is_misspelt_unless_it_is_switched_off() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.ron");
    let check = |unchecked: &str| {
        let body = "(text: \"Her Excellency KAMIKAWA Yoko thanked the Royal Goverment of Cambodia.\")";
        let text = format!("(format: 1, language: English, body: [{body}], unchecked: [{unchecked}])");
        std::fs::write(&draft, text).unwrap();
        stdout(&run(&["check", path(&draft)]))
    };
    let said = check("");
    let expected = "“Goverment” is in no dictionary; perhaps Government";
    assert!(said.lines().any(|line| line.contains(expected)), "{said}");
    assert!(!said.contains("Yoko") && !said.contains("KAMIKAWA"), "{said}");
    assert!(!check("Spelling").contains("dictionary"));
}

#[test]
fn a_text_too_long_for_one_page_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.ron");
    let body = "(text: \"The text goes on.\"), ".repeat(80);
    let text = format!("(format: 2, language: English, headline: \"x\", body: [{body}], page: (fit: OnePage))");
    std::fs::write(&draft, text).unwrap();
    let pdf = folder.path().join("draft.pdf");
    let output = run(&["export", path(&draft), "-o", path(&pdf)]);
    assert!(output.status.success() && stderr(&output).contains("lines too long for so few pages"), "{output:?}");
    assert!(stdout(&run(&["check", path(&draft)])).contains("lines too long for so few pages"));
}

#[test]
fn errors_name_file_place_and_field() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.ron");
    std::fs::write(&draft, "(\n  format: 1,\n  language: English,\n  headlin: \"x\",\n)").unwrap();
    let output = run(&["check", path(&draft)]);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains("draft.ron, line 4, column 3: field `headlin`: no such field"), "{said}");
    for arguments in [
        vec!["export", "none.ron", "-o", "x.pdf"],
        vec!["export", path(&sample("en")).to_owned().leak(), "-o", "x.odt"],
        vec!["export", path(&sample("en")).to_owned().leak(), "-o", "/no/such/folder/x.pdf"],
        vec!["export", path(&sample("en")).to_owned().leak(), "-o", "x.png", "--dpi", "1e9"],
        vec!["date", "yesterday"],
    ] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(stderr(&output).starts_with("release-composer: "), "{}", stderr(&output));
    }
}

#[test]
fn usage_is_exit_code_2_and_help_is_there() {
    assert_eq!(run(&["export"]).status.code(), Some(2));
    assert_eq!(run(&["--no-such-option"]).status.code(), Some(2));
    let help = stdout(&run(&["--help"]));
    for word in ["export", "check", "lines", "breaks", "date", "Exit codes"] {
        assert!(help.contains(word), "{help}");
    }
}

#[test]
fn a_date_is_written_three_ways() {
    let lines = stdout(&run(&["date", "2023-10-30"]));
    let want = "Phnom Penh, 30 October 2023\nរាជធានីភ្នំពេញ ថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣\n\
        ថ្ងៃចន្ទ ១រោច ខែអស្សុជ ឆ្នាំថោះ បញ្ចស័ក ព.ស. ២៥៦៧\n";
    assert_eq!(lines, want);
}

#[test]
fn breaks_are_marked_and_nothing_else_is_changed() {
    let text = "ភាគីទាំងពីរបានកោតសរសើរគ្នា\n\nHello, world\n";
    let mut child = Command::new(env!("CARGO_BIN_EXE_release-composer"))
        .arg("breaks")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let marked = stdout(&child.wait_with_output().unwrap());
    assert_eq!(marked.replace('|', ""), text);
    assert!(marked.starts_with("ភាគី|ទាំង"), "{marked}");
}

/// The user's word list is beside the settings, or where they say.
#[cfg(target_os = "linux")]
#[test]
fn words_of_the_list_stay_whole() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("release-composer");
    std::fs::create_dir_all(&folder).unwrap();
    let broken = || {
        let mut child = Command::new(env!("CARGO_BIN_EXE_release-composer"))
            .arg("breaks")
            .env("XDG_CONFIG_HOME", home.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all("កម្ពុជាជប៉ុន\n".as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    assert_eq!(stdout(&broken()), "កម្ពុជា|ជប៉ុន\n");
    std::fs::write(folder.join("words.txt"), "# names\nកម្ពុជាជប៉ុន\n").unwrap();
    assert_eq!(stdout(&broken()), "កម្ពុជាជប៉ុន\n");
    std::fs::write(folder.join("settings.ron"), "(words: Some(\"office\"))").unwrap();
    assert_eq!(stdout(&broken()), "កម្ពុជា|ជប៉ុន\n");
    std::fs::create_dir(folder.join("office")).unwrap();
    let output = broken();
    assert!(output.status.success() && stderr(&output).contains("word list: cannot open"), "{}", stderr(&output));
}

/// Lists of names are beside the settings, and where they say.
#[cfg(target_os = "linux")]
#[test]
fn names_are_held_against_the_lists() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("release-composer");
    std::fs::create_dir_all(&folder).unwrap();
    let draft = home.path().join("draft.ron");
    let sample = std::fs::read_to_string(sample("en")).unwrap();
    std::fs::write(&draft, sample.replacen("KAMIKAWA Yoko", "KAMIKAVA Yoko", 1)).unwrap();
    let check = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_release-composer"));
        command.args(["check", path(&draft)]).env("XDG_CONFIG_HOME", home.path()).output().unwrap()
    };
    let by_itself = stdout(&check());
    assert!(!by_itself.contains("on the list of names"), "{by_itself}");
    std::fs::write(folder.join("names.ron"), r#"(names: [(english: "KAMIKAWA Yoko")])"#).unwrap();
    let output = check();
    let want = "Paragraph 1: KAMIKAVA Yoko is KAMIKAWA Yoko on the list of names";
    assert!(stdout(&output).contains(want), "{}", stdout(&output));
    assert_eq!((output.status.code(), stderr(&output)), (Some(1), String::new()));
    // Who is on a shared list under that name is right; a list that is damaged or missing is named.
    std::fs::write(folder.join("settings.ron"), r#"(names: ["office.ron", "none.ron"])"#).unwrap();
    std::fs::write(folder.join("office.ron"), r#"(names: [(english: "KAMIKAVA Yoko")])"#).unwrap();
    let output = check();
    assert!(!stdout(&output).contains("on the list of names"), "{}", stdout(&output));
    assert!(stderr(&output).contains("list of names: cannot open"), "{}", stderr(&output));
    std::fs::write(folder.join("office.ron"), "(names: [\n  (titel: \"\")])").unwrap();
    let said = stderr(&check());
    assert!(said.contains("office.ron, line 2, column") && said.contains("field `titel`: no such field"), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn check_does_not_pass_a_draft_while_a_list_is_damaged() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("release-composer");
    std::fs::create_dir_all(&folder).unwrap();
    let check = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_release-composer"));
        let output = command.args(["check", path(&sample("en"))]).env("XDG_CONFIG_HOME", home.path()).output().unwrap();
        (output.status.code(), stdout(&output), stderr(&output))
    };
    assert_eq!(check(), (Some(0), String::new(), String::new()));
    std::fs::write(folder.join("names.ron"), "(names: [").unwrap();
    let (code, found, said) = check();
    assert!(said.contains("list of names: ") && said.contains("names.ron, line 1"), "{said}");
    assert_eq!((code, found), (Some(1), String::new()));
    std::fs::remove_file(folder.join("names.ron")).unwrap();
    std::fs::create_dir(folder.join("words.txt")).unwrap();
    let (code, _, said) = check();
    assert!(code == Some(1) && said.contains("word list: cannot open"), "{said}");
}

#[cfg(all(feature = "window", target_os = "linux"))]
#[test]
fn a_window_without_a_display_names_the_way_out() {
    let output = Command::new(env!("CARGO_BIN_EXE_release-composer"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("there is no display"), "{}", stderr(&output));
    assert!(stderr(&output).contains("release-composer export"), "{}", stderr(&output));
}

#[test]
fn hostile_drafts_are_refused_quickly() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.ron");
    let deep = |open: &str| format!("(format: 1, language: English, body: {})", open.repeat(300_000));
    for hostile in [
        deep("["),
        deep("("),
        deep("Some("),
        deep("{"),
        "(format: 1, language: English, title: \"".to_owned() + &"x".repeat(9 << 20) + "\")",
        "(format: 99999999999999999999, language: English)".to_owned(),
        "(format: 1, language: English, page: (body_size: NaN))".to_owned(),
        "(format: 1, language: English, page: (margins: (left: -inf)))".to_owned(),
        "#![enable(unwrap_newtypes)](format: 1".to_owned(),
        "/*".repeat(100_000),
    ] {
        std::fs::write(&draft, &hostile).unwrap();
        let output = run(&["check", path(&draft)]);
        assert_eq!(output.status.code(), Some(1), "{}", &hostile[..hostile.len().min(80)]);
        assert!(stderr(&output).contains("draft.ron"), "{}", stderr(&output));
    }
}

#[test]
fn lines_without_an_end_are_refused_and_what_went_before_is_there() {
    let breaks = |input: Vec<u8>| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_release-composer"))
            .arg("breaks")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // It ends before it has read all.
        std::thread::spawn(move || _ = stdin.write_all(&input));
        child.wait_with_output().unwrap()
    };
    let output = breaks([b"one\r\n".to_vec(), vec![0; 64 << 20]].concat());
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("line 2 of standard input has more than 1 MB"), "{}", stderr(&output));
    let output = breaks(b"one\n\xFF\n".to_vec());
    assert!(stderr(&output).contains("line 2 of standard input is not text"), "{}", stderr(&output));
    assert_eq!(stdout(&breaks(b"one\r\n\ntwo".to_vec())), "one\n\ntwo\n");
}

#[test]
fn a_release_is_begun_in_the_other_language_and_replaces_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (draft, made) = (folder.path().join("visit.release"), folder.path().join("visit.km.release"));
    std::fs::copy(sample("en"), &draft).unwrap();
    let arguments = ["counterpart", path(&draft), "-o", path(&made)];
    let output = run(&arguments);
    assert!(output.status.success(), "{}", stderr(&output));
    let (english, khmer) = (storage::open(&draft).unwrap(), storage::open(&made).unwrap());
    assert_eq!(khmer.counterpart, "visit.release");
    assert_eq!(khmer.title, "សេចក្តីប្រកាសព័ត៌មាន");
    assert_eq!((khmer.body.len(), khmer.signature.date.day()), (english.body.len(), english.signature.date.day()));
    let again = run(&arguments);
    assert!(
        !again.status.success() && stderr(&again).contains("visit.km.release is there already"),
        "{}",
        stderr(&again)
    );
    assert_eq!(storage::open(&made).unwrap(), khmer);
    // Nothing is translated yet, which is told with the words that are to be translated, from either side.
    let check = |one: &Path, other: &Path| stdout(&run(&["check", path(one), "--with", path(other)]));
    for said in [check(&made, &draft), check(&draft, &made)] {
        for (index, block) in english.body.iter().enumerate() {
            let words: String = block.text.as_str().chars().take(30).collect();
            let field = format!("paragraph {}", index + 1);
            let is_told = |line: &str| {
                line.contains(&format!("visit.km.release: {field}: nothing"))
                    && line.contains(&format!("visit.release: {field}: “{words}"))
                    && line.contains("still to be written")
            };
            assert!(said.lines().any(is_told), "{said}");
        }
    }
    // Nor is it exported without a word.
    let out = folder.path().join("visit.pdf");
    let both = run(&["export", path(&draft), "--with", path(&made), "-o", path(&out)]);
    assert!(both.status.success(), "{}", stderr(&both));
    assert!(stderr(&both).contains("visit.km.release: There is no headline"), "{}", stderr(&both));
    assert!(stderr(&both).contains("visit.km.release: paragraph 1: nothing"), "{}", stderr(&both));
    let alone = run(&["check", path(&made)]);
    assert!(stderr(&alone).contains("visit.km.release: not compared with"), "{}", stderr(&alone));
}

#[test]
fn both_languages_come_into_one_pdf_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("visit.km-en.pdf");
    let (en, km) = (sample("en"), sample("km"));
    let output = run(&["export", path(&en), "--with", path(&km), "-o", path(&out)]);
    assert!(output.status.success(), "{}", stderr(&output));
    let bytes = std::fs::read(&out).unwrap();
    let document = lopdf::Document::load_mem(&bytes).unwrap();
    let alone = |draft: &Path| {
        let out = folder.path().join("alone.pdf");
        assert!(run(&["export", path(draft), "-o", path(&out)]).status.success());
        lopdf::Document::load(&out).unwrap().get_pages().len()
    };
    assert_eq!(document.get_pages().len(), alone(&en) + alone(&km));
    for (with, out, said) in [(&en, "a.pdf", "are in one language"), (&km, "a.png", "go into a PDF alone")] {
        let out = folder.path().join(out);
        let output = run(&["export", path(&en), "--with", path(with), "-o", path(&out)]);
        assert!(!output.status.success() && stderr(&output).contains(said), "{}", stderr(&output));
        assert!(!out.exists());
    }
}
