//! Drafts made of templates and tables, and the files that a batch writes.

use super::*;

#[test]
fn templates_are_listed_with_what_they_ask_for() {
    let list = stdout(&run(&["templates"]));
    assert!(list.contains("condolences.en\tCondolences"), "{list}");
    let asked = stdout(&run(&["templates", "spokesperson.en"]));
    assert!(asked.contains("position\tPosition of the Ministry\tone of welcomes | takes note of |"), "{asked}");
    let unknown = run(&["templates", "nothing"]);
    assert!(stderr(&unknown).contains("there is no template `nothing`; there are"), "{}", stderr(&unknown));
}

#[test]
fn a_draft_is_made_of_a_template() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.ron");
    let new = ["new", "condolences.en", "-o", path(&draft), "--set"];
    let run_with = |more: &[&str]| run(&[&new[..], more].concat());
    let made =
        run_with(&["country=Japan", "--set", "signed=30 October 2023", "--set", "event=the earthquake of 1 = 2"]);
    assert!(made.status.success(), "{}", stderr(&made));
    assert!(stderr(&made).contains("still to be filled in: {{headline}}, {{sender}}"), "{}", stderr(&made));
    let text = std::fs::read_to_string(&draft).unwrap();
    assert!(text.contains("solidarity with Japan") && text.contains("date: \"2023-10-30\""), "{text}");
    assert!(text.contains("the earthquake of 1 = 2") && !text.contains("template"), "{text}");
    // What is there is not written over.
    let again = run_with(&["country=Laos"]);
    assert!(!again.status.success() && stderr(&again).contains("is there already"), "{}", stderr(&again));
    assert_eq!(std::fs::read_to_string(&draft).unwrap(), text);
    let check = run(&["check", path(&draft)]);
    assert!(stdout(&check).contains("“Who expresses condolences, with honorific” is still"), "{}", stdout(&check));
    let wrong = run(&["new", "condolences.en", "-o", path(&folder.path().join("x.ron")), "--set", "signed=soon"]);
    assert!(stderr(&wrong).contains("placeholder `signed`: `soon` is no date"), "{}", stderr(&wrong));
    assert!(!folder.path().join("x.ron").exists());
}

#[test]
fn answers_get_curly_quotes_and_dates_are_said_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.ron");
    let new = ["new", "condolences.en", "-o", path(&draft), "--set", "signed=3/5/26", "--set", "country=Japan"];
    let made = run(&[&new[..], &["--set", "event=Japan's \"great\" earthquake -- the worst"]].concat());
    assert!(made.status.success(), "{}", stderr(&made));
    assert!(stderr(&made).contains("signed: 3/5/26 was read as 3 May 2026, the day first"), "{}", stderr(&made));
    let text = std::fs::read_to_string(&draft).unwrap();
    assert!(text.contains("Japan’s “great” earthquake – the worst") && text.contains("date: \"2026-05-03\""), "{text}");
    let said = |signed: &str| {
        let again = ["new", "condolences.en", "-o", path(&draft), "--force", "--set", &format!("signed={signed}")];
        stderr(&run(&again))
    };
    assert!(said("May 3, 26").contains("signed: May 3, 26 was read as 3 May 2026\n"), "{}", said("May 3, 26"));
    assert!(said("May 3-26").contains("The year “26” is too short"), "{}", said("May 3-26"));
    assert!(!said("3 May 2026").contains("was read as"));
    let rows = folder.path().join("rows.csv");
    std::fs::write(&rows, "event,country,signed\n\"the \"\"great\"\" flood\",Japan,3.5.26\n").unwrap();
    let drafts = folder.path().join("{{row}}.ron");
    let batch = ["new", "condolences.en", "--batch", path(&rows), "-o", path(&drafts)];
    let made = run(&batch);
    assert!(made.status.success() && stderr(&made).contains("3.5.26 was read as 3 May 2026"), "{}", stderr(&made));
    let text = std::fs::read_to_string(folder.path().join("1.ron")).unwrap();
    assert!(text.contains("the “great” flood"), "{text}");
}

#[test]
fn no_picture_of_a_new_release_is_written_over_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let sample = sample("en");
    let picture = at("a.png");
    let new = ["new", path(&sample), "-o", path(&picture)];
    // Of two pages none has this name.
    std::fs::write(at("a.png"), "mine").unwrap();
    std::fs::write(at("a-2.png"), "mine").unwrap();
    let refused = run(&new);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("a-2.png is there already, and nothing was written"), "{}", stderr(&refused));
    assert!(!at("a-1.png").exists() && std::fs::read(at("a-2.png")).unwrap() == b"mine");
    let forced = run(&[&new[..], &["--force"]].concat());
    assert!(forced.status.success(), "{}", stderr(&forced));
    assert!(image::open(at("a-1.png")).is_ok() && image::open(at("a-2.png")).is_ok());
    assert_eq!(std::fs::read(at("a.png")).unwrap(), b"mine");
}

#[test]
fn the_files_of_a_batch_are_checked_before_the_first_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("rows.csv");
    let batch = |template: &str, output: &str| {
        let output = folder.path().join(output);
        let output = run(&["new", template, "--batch", path(&table), "-o", path(&output)]);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
        stderr(&output)
    };
    let template = folder.path().join("template.ron");
    let text =
        r#"(format: 2, language: English, body: [(text: "{{text}}")], placeholders: [(name: "text", kind: LongText)])"#;
    std::fs::write(&template, text).unwrap();
    let long = "ក".repeat(80);
    let rows = format!("country,file\nJapan,a\n. . .,b\n{long},{long}\nJAPAN,A\n");
    std::fs::write(&table, rows).unwrap();
    let said = batch("congratulations.en", "{{country}}-{{file}}.ron");
    assert!(said.contains("line 3: {{country}}: nothing of `. . .` can stand in the name of a file"), "{said}");
    assert!(said.contains("line 4: ") && said.contains("has at most 255 bytes, and this has 485"), "{said}");
    assert!(said.contains("line 5: its file would be") && said.contains("of line 2 on Windows and macOS"), "{said}");
    // The first has two pages, and so two pictures, one of which is called as that of the second.
    let rows = format!("file,text\na,\"{}\"\na-1,short\n", "a line\n".repeat(40));
    std::fs::write(&table, rows).unwrap();
    let said = batch(path(&template), "{{file}}.png");
    assert!(said.contains("line 43: its file would be") && said.contains("a-1.png, as that of line 2"), "{said}");
}

/// Whoever makes a table writes "Country" above a column, and means `{{country}}`.
#[test]
fn columns_are_known_by_their_names_however_they_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let (template, table) = (folder.path().join("template.ron"), folder.path().join("rows.csv"));
    let text = r#"(format: 2, language: English, headline: "{{host_country}} {{event}}")"#;
    std::fs::write(&template, text).unwrap();
    std::fs::write(&table, "Host country,File\nJapan,a\n").unwrap();
    let files = folder.path().join("{{file}}-{{host_country}}.ron");
    let common = "EVENT=summit";
    let output = run(&["new", path(&template), "--batch", path(&table), "--set", common, "-o", path(&files)]);
    assert!(output.status.success(), "{}", stderr(&output));
    let draft = std::fs::read_to_string(folder.path().join("a-Japan.ron")).unwrap();
    assert!(draft.contains("Japan summit"), "{draft}");
}

/// What is in a folder and below, by names alone.
fn everything(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() && !path.is_symlink() {
            all.extend(everything(&path));
        }
        all.push(path);
    }
    all.sort();
    all
}

#[test]
fn a_batch_is_refused_as_a_whole_for_folders_names_and_links() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("rows.csv");
    let at = |name: &str| folder.path().join(name);
    let refused = |rows: &str, output: &str, more: &[&str]| {
        std::fs::write(&table, rows).unwrap();
        let before = everything(folder.path());
        let output = at(output);
        let output =
            run(&[&["new", "congratulations.en", "--batch", path(&table), "-o", path(&output)], more].concat());
        assert_eq!(output.status.code(), Some(1), "{rows}");
        assert_eq!(everything(folder.path()), before, "nothing was written: {}", stderr(&output));
        stderr(&output)
    };
    std::fs::create_dir(at("Japan")).unwrap();
    let said = refused("country\nJapan\nLaos\n", "{{country}}/x.ron", &[]);
    assert!(said.contains("line 3: cannot write") && said.contains("no such file or folder"), "{said}");
    std::fs::create_dir_all(at("Laos/x.ron")).unwrap();
    let said = refused("country\nJapan\nLaos\n", "{{country}}/x.ron", &["--force"]);
    assert!(said.contains("line 3: cannot write") && said.contains("it is a folder"), "{said}");
    for device in ["CON", "nul", "com1", "LPT³"] {
        let said = refused(&format!("country\nJapan\n{device}\n"), "{{country}}.ron", &[]);
        assert!(said.contains("line 3: ") && said.contains("Windows does not take"), "{said}");
    }
    // One file on macOS, where a letter with its mark is the letter and the mark; and one to the eye.
    for (one, other) in [("Lao é", "Lao e\u{301}"), ("Laos", "LA\u{200B}OS")] {
        let said = refused(&format!("country\n{one}\n{other}\n"), "{{country}}.ron", &[]);
        assert!(
            said.contains("line 3: its file would be") && said.contains("of line 2 on Windows and macOS"),
            "{said}"
        );
    }
    let said = refused("country\nJapan\n", "fdp.\u{202E}{{country}}.ron", &[]);
    assert!(said.contains("the invisible character U+202E"), "{said}");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(at("nowhere"), at("b.ron")).unwrap();
        for more in [&[][..], &["--force"]] {
            let said = refused("country,file\nJapan,a\nLaos,b\n", "{{file}}.ron", more);
            assert!(said.contains("line 3: ") && said.contains("a link to a file that is not there"), "{said}");
        }
    }
}

#[test]
fn what_is_read_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (template, table) = (at("template.ron"), at("a.txt"));
    let text = r#"(format: 2, language: English, headline: "{{x}}", placeholders: [(name: "x", kind: Text)])"#;
    std::fs::write(&template, text).unwrap();
    std::fs::write(&table, "file\na\ntemplate\n").unwrap();
    std::fs::hard_link(&template, at("b.ron")).unwrap();
    let before = everything(folder.path());
    let refuse = |arguments: &[&str]| {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(stderr(&output).contains("write to another name"), "{}", stderr(&output));
        assert_eq!(everything(folder.path()), before);
        assert_eq!(std::fs::read_to_string(&template).unwrap(), text);
    };
    for output in ["{{file}}.txt", "{{file}}.ron"] {
        refuse(&["new", path(&template), "--batch", path(&table), "-o", path(&at(output)), "--force"]);
    }
    for output in ["template.ron", "b.ron"] {
        refuse(&["new", path(&template), "--set", "x=y", "-o", path(&at(output)), "--force"]);
    }
    std::fs::copy(&template, at("draft.txt")).unwrap();
    let output = run(&["export", path(&at("draft.txt")), "-o", path(&at("draft.txt"))]);
    assert!(stderr(&output).contains("is the draft itself"), "{}", stderr(&output));
    assert_eq!(std::fs::read_to_string(at("draft.txt")).unwrap(), text);
    let output = run(&["export", path(&template), "-o", path(&at("nul.txt"))]);
    assert!(stderr(&output).contains("Windows does not take NUL"), "{}", stderr(&output));
}

#[test]
fn no_picture_of_a_draft_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/emblem.png");
    let pictures = ["emblem.png", "a-2.png", "b-page-1.png", "text.png"];
    for name in pictures {
        std::fs::copy(&corpus, at(name)).unwrap();
    }
    for (name, language, paragraphs, picture) in [
        ("e.ron", "English", 1, "text.png"),
        ("pages.ron", "English", 100, "a-2.png"),
        ("post.ron", "English", 1, "b-page-1.png"),
        ("other.pdf", "Khmer", 1, "text.png"),
    ] {
        let paragraphs = "(text: \"word\"), ".repeat(paragraphs);
        let text = format!(
            "(format: 3, language: {language}, letterhead: (emblem: (file: \"emblem.png\")), \
             body: [{paragraphs}(picture: \"{picture}\", alternative: \"x\", width: 30)])"
        );
        std::fs::write(at(name), text).unwrap();
    }
    let before = everything(folder.path());
    let refuse = |arguments: &[&str], said: &str| {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
        assert_eq!(everything(folder.path()), before);
        for name in pictures {
            assert_eq!(std::fs::read(at(name)).unwrap(), std::fs::read(&corpus).unwrap(), "{name}");
        }
    };
    let [e, emblem] = ["e.ron", "emblem.png"].map(at);
    refuse(&["export", path(&e), "-o", path(&emblem)], "emblem.png is a picture that");
    refuse(&["export", path(&e), "-o", path(&at("text.png"))], "text.png is a picture that");
    refuse(&["export", path(&at("pages.ron")), "-o", path(&at("a.png"))], "a-2.png is a picture that");
    refuse(&["export", path(&at("post.ron")), "--post", "-o", path(&at("b.png"))], "b-page-1.png is a picture that");
    let other = at("other.pdf");
    refuse(&["export", path(&e), "--with", path(&other), "-o", path(&other)], "is the draft itself");
    refuse(&["counterpart", path(&e), "-o", path(&emblem), "--force"], "write to another name");
    refuse(&["new", path(&e), "-o", path(&emblem), "--force"], "write to another name");
    // Any other name is free.
    let output = run(&["export", path(&e), "-o", path(&at("c.png"))]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn a_picture_that_is_not_printed_is_named_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9z'/>";
    std::fs::write(at("large.svg"), format!("{svg}<!--{}--></svg>", "x".repeat(7 << 20))).unwrap();
    std::fs::write(at("damaged.png"), "no picture").unwrap();
    let body = ["large.svg", "damaged.png", "none.png"].map(|name| format!("(picture: \"{name}\")")).join(", ");
    std::fs::write(at("e.ron"), format!("(format: 3, language: English, body: [(text: \"x\"), {body}])")).unwrap();
    let exported = run(&["export", path(&at("e.ron")), "-o", path(&at("e.pdf"))]);
    assert!(exported.status.success(), "{}", stderr(&exported));
    let checked = run(&["check", path(&at("e.ron"))]);
    for said in [stderr(&exported), stdout(&checked)] {
        for reason in
            ["large.svg has no room in the draft", "damaged.png is neither a PNG", "none.png is neither in the"]
        {
            assert_eq!(said.matches(reason).count(), 1, "{reason}: {said}");
        }
    }
}

#[test]
fn a_batch_makes_a_file_a_row_or_none_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("rows.csv");
    std::fs::write(&table, "\u{FEFF}country;headline;file\r\nជប៉ុន/Japan;One;a\r\nLaos;\"Two;\";b\r\n").unwrap();
    let batch = |output: &str| {
        let output = folder.path().join(output);
        run(&["new", "congratulations.en", "--batch", path(&table), "-o", path(&output)])
    };
    let made = batch("{{row}} {{country}} {{file}}.ron");
    assert!(made.status.success(), "{}", stderr(&made));
    let written = stdout(&made);
    let files: Vec<_> = written.lines().map(|line| Path::new(line).file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(files, ["1 ជប៉ុន-Japan a.ron", "2 Laos b.ron"]);
    let second = std::fs::read_to_string(folder.path().join("2 Laos b.ron")).unwrap();
    assert!(second.contains("headline: \"Two;\"") && second.contains("working closely with Laos"), "{second}");
    let same = batch("{{file}}-of-{{nothing}}.ron");
    assert!(stderr(&same).contains("line 2: no answer for {{nothing}}"), "{}", stderr(&same));
    std::fs::write(&table, "country,signed\nJapan,2023-10-30\nLaos,soon\nLaos,2023-10-31\n").unwrap();
    let wrong = batch("{{country}}.pdf");
    let said = stderr(&wrong);
    assert!(said.contains("nothing was written") && said.contains("line 3: placeholder `signed`"), "{said}");
    assert!(said.contains("line 4: its file would be") && !folder.path().join("Japan.pdf").exists(), "{said}");
    std::fs::write(&table, "country,signed\nJapan,2023-10-30\nLaos,2023-10-31\n").unwrap();
    assert!(batch("letter.pdf").status.success());
    for name in ["letter-1.pdf", "letter-2.pdf"] {
        assert!(std::fs::read(folder.path().join(name)).unwrap().starts_with(b"%PDF-1.7"), "{name}");
    }
}
