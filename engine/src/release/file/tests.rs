//! Drafts as people write them, and the errors for files that are not drafts.

use super::*;
use crate::release::{Cell, Columns, HeadingLevel, Item, Level, ListKind, RichText, Signatory, bounded};
use chrono::NaiveDate;

const SMALL: &str = r#"(format: 1, language: Khmer, body: [(text: "ក **ខ**")], signature: (date: "2023-10-30"))"#;

#[test]
fn a_fault_is_named_where_it_is_and_in_plain_words() {
    for (source, line, fault) in [
        ("garbage", 1, Fault::NoBeginning),
        ("(\n  format: 1,\n  language: Khmer\n  title: \"A\",\n)", 3, Fault::OpenBracket),
        ("(\n  format: 1,\n  language: Khmer,\n  title: 5,\n)", 4, Fault::NoText),
        ("(\n  format: 1,\n  language: Khmer,\n  title \"A\",\n)", 4, Fault::NoColon),
        (
            "(\n  format: 1,\n  language: Khmer,\n  body: [\n    (text: \"a\")\n    (text: \"b\"),\n  ],\n)",
            5,
            Fault::OpenBracket,
        ),
    ] {
        let error = parse(source).unwrap_err();
        let found = error.fault.as_deref().cloned();
        let alike = match (&found, &fault) {
            // Whether a comma or a bracket is missing cannot be known.
            (Some(Fault::NoComma | Fault::OpenBracket), Fault::OpenBracket) => true,
            _ => found.as_ref() == Some(&fault),
        };
        assert!(alike && error.line == line, "{source}: {error:?}");
        assert!(!error.message.contains("struct") && !error.message.contains("Expected"), "{error}");
    }
}

#[test]
fn reads_a_draft_written_by_hand() {
    let release = parse(SMALL).unwrap();
    assert_eq!(release.language, Language::Khmer);
    assert_eq!(release.signature.date.day(), NaiveDate::from_ymd_opt(2023, 10, 30));
    assert_eq!(release.body[0].text.style_of("ក ".len().."ក ខ".len()), crate::release::Style::BOLD);
    assert!(release.letterhead.ornament);
}

#[test]
fn writes_khmer_as_it_is_and_reads_it_back() {
    let mut release = parse(SMALL).unwrap();
    release.letterhead.ministry = "ក្រសួងការបរទេស\nនិងសហប្រតិបត្តិការអន្តរជាតិ".into();
    release.headline = "a \"quote\" and a \\".into();
    let written = write(&release);
    assert!(written.contains("ក្រសួងការបរទេស"), "{written}");
    assert_eq!(parse(&written).unwrap(), release);
}

#[test]
fn a_draft_that_asks_for_no_fit_has_none() {
    use crate::release::Fit;
    let mut release = parse("(format: 1, language: English, page: (body_size: Some(11)))").unwrap_or_default();
    assert_eq!(release.page.fit, Fit::AsSet);
    for fit in [Fit::AsSet, Fit::OnePage, Fit::TwoPages] {
        release.page.fit = fit;
        assert_eq!(parse(&write(&release)).unwrap(), release);
    }
}

fn error(source: &str) -> String {
    parse(source).unwrap_err().to_string()
}

#[test]
fn errors_name_place_and_field() {
    let typo = "(\n  format: 1,\n  language: English,\n  headlin: \"x\",\n)";
    assert!(error(typo).starts_with("line 4, column 3: field `headlin`: no such field"), "{}", error(typo));
    let kind = "(\n  format: 1,\n  language: English,\n  headline: 7,\n)";
    assert!(error(kind).starts_with("line 4, column 12: field `headline`: a text"), "{}", error(kind));
    let date = "(\n  format: 1,\n  language: English,\n  signature: (date: \"30 October\"),\n)";
    let said = error(date);
    assert!(said.starts_with("line 4") && said.contains("field `date`: `30 October` is no date"), "{said}");
    for far in ["-262143-01-01", "0000-01-01", "+10000-01-01"] {
        let said = error(&format!("(format: 1, language: English, signature: (date: \"{far}\"))"));
        assert!(said.contains("is no date; write year"), "{said}");
    }
    let mark = "(\n  format: 1,\n  language: English,\n  body: [\n    (text: \"a **b\"),\n  ],\n)";
    assert!(
        error(mark).contains("line 5") && error(mark).contains("field `text`: paragraph 1: the mark **"),
        "{}",
        error(mark)
    );
    let range = "(format: 1, language: English, page: (body_size: 400))";
    assert!(error(range).contains("`body_size` is 400; it may be from 8 to 18"), "{}", error(range));
    let margins = "(format: 1, language: English, page: (margins: (top: 2, right: 20, bottom: 20, left: 25)))";
    let said = error(margins);
    assert!(said.contains("field `top`") && said.contains("column 49"), "{said}");
}

#[test]
fn a_template_comes_back_as_it_was_written() {
    let mut template = parse(SMALL).unwrap();
    template.template = Some(Template { name: "ការសន្ទនា".into(), purpose: String::new() });
    template.signature.date = SigningDate::Placeholder("date of signature".into());
    template.placeholders = vec![
        Placeholder {
            kind: placeholders::Kind::Choice(vec!["a".into(), "b".into()]),
            default: "a".into(),
            ..Placeholder::of("date of signature")
        },
        Placeholder::of("ឈ្មោះ"),
    ];
    template.locked = vec![Lock::Letterhead, Lock::Page];
    let written = write(&template);
    assert!(written.contains("format: 2") && written.contains("date: \"{{date of signature}}\""), "{written}");
    assert_eq!(parse(&written).unwrap(), template);
    // What an older program can hold is written for it.
    assert!(write(&parse(SMALL).unwrap()).contains("format: 1"));
    let twice = "(format: 2, language: English, placeholders: [(name: \"a\"), (name: \"a\")])";
    assert!(error(twice).contains("`a` is declared twice"), "{}", error(twice));
    let braces = "(format: 2, language: English, placeholders: [(name: \"a}\")])";
    assert!(error(braces).contains("`a}` cannot be the name"), "{}", error(braces));
}

#[test]
fn fifty_thousand_placeholders_can_be_declared() {
    let placeholders = (0..50_000).map(|number| Placeholder::of(format!("number {number}"))).collect();
    let release = Release { placeholders, ..Release::default() };
    assert_eq!(parse(&write(&release)).unwrap(), release);
}

#[test]
fn a_newer_file_is_named_as_such() {
    let said = error("(format: 9, language: English, hologram: \"x\")");
    assert!(said.contains("field `format`: this draft is of format 9"), "{said}");
}

const BLOCKS: &str = r####"(
  format: 3,
  language: English,
  body: [
    (text: "Plain [1] (\"quoted\")"), // a comment, with (brackets)
    (style: Heading, text: "Trade"),
    (style: Heading, level: 2, text: "Goods"),
    (style: Numbered, text: "one\ntwo lines"),
    (style: Numbered, level: 2, text: "a"),
    (style: Continued, level: 2, text: "more of it"),
    (style: Bulleted, level: 3, text: "b"),
    (style: Sections, restart: true, text: "c", new_page: true),
    (style: Centred, text: "###"),
    (style: Numbered, start: 5, text: "d"),
  ],
  number_paragraphs: true,
)"####;

#[test]
fn blocks_are_read_as_people_write_them_and_come_back() {
    let release = parse(BLOCKS).unwrap();
    let item = |list, level, begins: bool| BlockKind::Item(Item { list, level, start: begins.then_some(1) });
    let kinds: Vec<_> = release.body.iter().map(|block| block.kind).collect();
    assert_eq!(
        kinds,
        [
            BlockKind::Plain,
            BlockKind::Heading(HeadingLevel::One),
            BlockKind::Heading(HeadingLevel::Two),
            item(ListKind::Numbered, Level::One, false),
            item(ListKind::Numbered, Level::Two, false),
            BlockKind::Continued(Level::Two),
            item(ListKind::Bulleted, Level::Three, false),
            item(ListKind::Sections, Level::One, true),
            BlockKind::Centred,
            BlockKind::Item(Item { list: ListKind::Numbered, level: Level::One, start: Some(5) }),
        ]
    );
    assert_eq!(release.body[3].text.as_str(), "one\ntwo lines");
    let written = write(&release);
    assert!(written.contains("format: 3"), "{written}");
    assert!(written.contains("    (style: Numbered, level: 2, text: \"a\"),\n"), "{written}");
    assert_eq!(parse(&written).unwrap(), release);
}

#[test]
fn a_draft_is_written_in_the_oldest_format_that_can_hold_it() {
    let plain = parse(BLOCKS).map(|release| Release { number_paragraphs: false, ..release }).unwrap();
    let format = |release: &Release| write(release).lines().nth(1).map(str::trim).map(str::to_owned);
    for (index, block) in plain.body.iter().enumerate() {
        let one = Release { body: vec![block.clone()], ..Release::default() };
        let wanted = if index == 0 { "format: 1," } else { "format: 3," };
        assert_eq!(format(&one).as_deref(), Some(wanted), "{block:?}");
    }
    let numbered = Release { number_paragraphs: true, ..Release::default() };
    assert_eq!(format(&numbered).as_deref(), Some("format: 3,"));
}

#[test]
fn several_signatories_and_a_line_above_the_title_come_back() {
    let one = "(format: 1, language: English, signature: (place: \"P\", name: \"N\", title: \"T\"))";
    let mut release = parse(one).unwrap();
    let single = Signatory { name: "N".into(), title: "T".into(), party: String::new() };
    assert_eq!(release.signature.signatories, [single]);
    assert_eq!(parse("(format: 1, language: English)").unwrap().signature.signatories, [Signatory::default()]);
    let format = |release: &Release| write(release).lines().nth(1).map(|line| line.trim().to_owned());
    let mut check = |change: &dyn Fn(&mut Release), wanted: &str| {
        change(&mut release);
        assert_eq!(format(&release).as_deref(), Some(wanted), "{}", write(&release));
        assert_eq!(parse(&write(&release)).unwrap(), release);
    };
    check(&|_| (), "format: 1,");
    check(&|release| release.signature.signatories.push(Signatory::default()), "format: 3,");
    check(&|release| release.signature.columns = Columns::new(4).unwrap(), "format: 3,");
    check(&|release| release.signature.signatories[1].party = "For them".into(), "format: 3,");
    check(&|release| release.signature.signatories.clear(), "format: 3,");
    check(&|release| release.signature = Signature::default(), "format: 1,");
    check(&|release| release.page.page_count = true, "format: 3,");
    check(&|release| (release.page.page_count, release.page.running_headline) = (false, true), "format: 3,");
    check(&|release| release.page.running_headline = false, "format: 1,");
    check(&|release| release.page.khmer_face = KhmerFace::Siemreap, "format: 3,");
    check(&|release| release.page.khmer_face = KhmerFace::Battambang, "format: 1,");
    check(&|release| release.notice = "FOR IMMEDIATE RELEASE".into(), "format: 3,");
    let listed = parse(
        "(format: 3, language: English, signature: (columns: 2, signatories: [(party: \"For A\", name: \"B\"), (title: \"C\")]))",
    );
    let lines: Vec<_> =
        listed.unwrap().signature.signatories.into_iter().map(|one| one.party + &one.title + &one.name).collect();
    assert_eq!(lines, ["For AB", "C"]);
    let said = error("(format: 3, language: English, signature: (columns: 5))");
    assert!(said.contains("`columns` is 5; it may be from 1 to 4"), "{said}");
    let many = format!("(format: 3, language: English, signature: (signatories: [{}]))", "(),".repeat(41));
    assert!(error(&many).contains("there are 41 signatories, and a draft has at most 40"), "{}", error(&many));
}

#[test]
fn errors_name_the_block() {
    let with = |from: &str, to: &str| error(&BLOCKS.replacen(from, to, 1));
    let said = with("style: Heading, level: 2", "style: Heading, level: 3");
    assert!(said.contains("paragraph 3: `level` is 3; for the style Heading it may be from 1 to 2"), "{said}");
    let said = with("style: Centred", "style: Centred, level: 2");
    assert!(said.contains("paragraph 9: `level` is for headings and lists"), "{said}");
    let said = with("style: Continued", "restart: true, style: Continued");
    assert!(said.contains("paragraph 6: `restart` begins the numbers"), "{said}");
    let said = with("style: Bulleted", "style: Bullets");
    assert!(said.contains("paragraph 7: `Bullets` is not one of the choices"), "{said}");
    let said = with("text: \"b\"", "words: \"b\"");
    assert!(said.starts_with("line 11, ") && said.contains("field `words`: paragraph 7: no such field"), "{said}");
    // What lies outside of the body is in no paragraph.
    let said = with("number_paragraphs: true", "number_paragraphs: 7");
    assert!(!said.contains("paragraph 9"), "{said}");
    let said = with("language: English", "language: French");
    assert!(!said.contains("paragraph 1"), "{said}");
    let raw = "(format: 3, language: English, body: [(text: r#\"(\"#), (style: Centered, text: \"\")])";
    assert!(error(raw).contains("paragraph 2: `Centered` is not one of"), "{}", error(raw));
}

#[test]
fn what_no_draft_is_comes_back_as_an_error() {
    for source in ["", "(", "hello", "\u{0}", "(format: 1)", "(format: -1, language: English)", "()"] {
        parse(source).unwrap_err();
    }
    let deep = format!("(format: 1, language: English, x: {})", "[".repeat(200_000));
    assert!(error(&deep).contains("nested too deep"), "{}", error(&deep));
    let deep = format!("(format: 1, language: English, x: {})", "Some(".repeat(200_000));
    parse(&deep).unwrap_err();
    assert!(error(&" ".repeat(MAX_BYTES + 1)).contains("at most 8"));
}

#[test]
fn an_emblem_of_its_own_height_asks_for_the_newest_format_and_others_do_not() {
    let mut release = parse(SMALL).unwrap();
    release.letterhead.emblem = Some(Emblem { file: "seal.png".into(), ..Emblem::default() });
    assert!(write(&release).contains("format: 1"));
    release.letterhead.emblem = Some(Emblem { file: "seal.png".into(), height: Some(30), ..Emblem::default() });
    let written = write(&release);
    assert!(written.contains("format: 3") && written.contains("height: 30"), "{written}");
    assert_eq!(parse(&written).unwrap(), release);
}

#[test]
fn quotations_marks_links_and_notes_are_of_format_3_and_older_drafts_have_none() {
    let source = |format: u8, text: &str| format!("(format: {format}, language: English, body: [(text: \"{text}\")])");
    let texts = ["a^^b^^", "[a](https://b.example)", "a^[b]", "a^^", "[a](javascript:x)", "a^[b"];
    for text in texts {
        // The signs of newer marks are characters there, and stay so when the draft is saved.
        let old = parse(&source(1, text)).unwrap();
        assert_eq!(old.body[0].text, RichText::plain(text));
        let written = write(&old);
        assert!(written.contains("format: 1"), "{written}");
        assert_eq!(parse(&written).unwrap(), old);
        assert_eq!(parse(&written.replace("format: 1", "format: 3")).unwrap(), old, "beside newer paragraphs");
    }
    for text in &texts[..3] {
        let new = parse(&source(3, text)).unwrap();
        assert!(write(&new).contains("format: 3"), "{text}");
        assert_eq!(parse(&write(&new)).unwrap(), new);
    }
    let said = error(&source(3, texts[4]));
    assert!(said.contains("paragraph 1: `javascript:x` cannot be the address of a link"), "{said}");
    assert!(error(&source(3, texts[5])).contains("paragraph 1: the mark ^[ is opened and never closed"));
    let quoted = parse("(format: 3, language: English, body: [(style: Quotation, text: \"a\")])").unwrap();
    assert_eq!(quoted.body[0].kind, BlockKind::Quotation);
    assert_eq!(parse(&write(&quoted)).unwrap(), quoted);
}

#[test]
fn more_footnotes_than_a_draft_may_have_are_refused() {
    let source = |count: usize| format!("(format: 3, language: English, body: [(text: \"a{}\")])", "^[]".repeat(count));
    assert_eq!(parse(&source(bounds::NOTES)).unwrap().notes().count(), bounds::NOTES);
    let said = error(&source(bounds::NOTES + 1));
    assert!(said.contains("there are 2001 footnotes, and a draft has at most 2000"), "{said}");
}

const TABLE: &str = r#"(
  format: 3,
  language: English,
  body: [
    (text: "The programme:"),
    (row: ["Time", "**Event**"], header: true),
    (row: ["09:00", "\"Arrival\" at\nC:\\\\x"], new_page: true),
    (row: ["short"]),
    (text: "Done."),
  ],
)"#;

#[test]
fn rows_of_tables_are_a_line_each_and_come_back() {
    let release = parse(TABLE).unwrap();
    let kinds: Vec<_> = release.body.iter().map(|block| (block.kind, block.new_page)).collect();
    let cell = BlockKind::Cell;
    let (header, row, beside) = (cell(Cell::Header), cell(Cell::Row), cell(Cell::Beside));
    let plain = (BlockKind::Plain, false);
    assert_eq!(kinds, [plain, (header, false), (beside, false), (row, true), (beside, false), (row, false), plain]);
    assert_eq!(release.body[4].text.as_str(), "\"Arrival\" at\nC:\\x");
    let written = write(&release);
    assert!(written.contains("format: 3"), "{written}");
    for line in [
        "    (row: [\"Time\", \"**Event**\"], header: true),\n",
        "    (row: [\"09:00\", \"\\\"Arrival\\\" at\\nC:\\\\\\\\x\"], new_page: true),\n",
        "    (row: [\"short\"]),\n",
    ] {
        assert!(written.contains(line), "{line} in {written}");
    }
    assert_eq!(parse(&written).unwrap(), release);
}

#[test]
fn errors_name_the_row() {
    let with = |from: &str, to: &str| error(&TABLE.replacen(from, to, 1));
    let said = with("(row: [\"short\"])", "(row: [])");
    assert!(said.contains("line 8") && said.contains("paragraph 4: `row` has no cells"), "{said}");
    let said = with("[\"short\"]", &format!("[{}]", "\"x\",".repeat(13)));
    assert!(said.contains("paragraph 4: a row of a table has 13 cells, and at most 12"), "{said}");
    let said = with("(row: [\"short\"])", "(row: [\"short\"], text: \"x\")");
    assert!(said.contains("paragraph 4: `row` has the texts of the cells"), "{said}");
    let said = with("(text: \"Done.\")", "(text: \"Done.\", header: true)");
    assert!(said.contains("paragraph 5: `header` is for the first row"), "{said}");
    let said = with("(text: \"Done.\")", "(style: Centred)");
    assert!(said.contains("field `text`") && said.contains("paragraph 5"), "{said}");
    let said = with("\"09:00\"", "\"**09:00\"");
    assert!(said.contains("paragraph 3: the mark **"), "{said}");
    let said = with("\"09:00\"", "9");
    assert!(said.contains("line 7") && said.contains("paragraph 3: a text"), "{said}");
    let many = format!("(format: 3, language: English, body: [{}])", "(row: [\"x\"]),".repeat(1001));
    assert!(error(&many).contains("a table has 1001 rows, and at most 1000"), "{}", error(&many));
    let row = "(row: [\"x\"]),";
    let header = "(row: [\"x\"], header: true),";
    let two = format!("(format: 3, language: English, body: [{}{header}{}])", row.repeat(600), row.repeat(600));
    assert!(parse(&two).is_ok(), "a header begins another table");
}

#[test]
fn tables_of_any_words_come_back() {
    use proptest::prelude::*;
    proptest!(|(cells in prop::collection::vec("[a-c*_\\\\\"#\n\t{} កខ្]{0,9}", 1..20), columns in 1usize..6)| {
        let rows = cells.chunks(columns).enumerate().flat_map(|(row, cells)| {
            let kind = move |column| match (row, column) {
                (0, 0) => Cell::Header,
                (_, 0) => Cell::Row,
                _ => Cell::Beside,
            };
            cells.iter().enumerate().map(move |(column, text)| Paragraph {
                kind: BlockKind::Cell(kind(column)),
                ..Paragraph::new(RichText::plain(text.as_str()))
            })
        });
        let release = Release { body: rows.collect(), ..Release::default() };
        let written = write(&release);
        prop_assert_eq!(&parse(&written).unwrap(), &release, "{}", &written);
        prop_assert!(written.len() <= bounded::most_bytes(&release));
    });
}

#[test]
fn a_picture_is_a_line_and_its_bytes_another_at_the_end() {
    use crate::release::{Picture, PictureData, PictureWidth};
    let picture = Picture {
        name: "signing \"1\".jpg".into(),
        data: Some(PictureData::new(*b"foobar")),
        alternative: "Two ministers".into(),
        width: PictureWidth::new(60).unwrap(),
        beside: true,
    };
    let missing = Picture { name: "gone.png".into(), ..Picture::default() };
    let body = vec![
        Paragraph::picture(picture.clone(), RichText::plain("The *signing*")),
        Paragraph::picture(missing, RichText::default()),
        Paragraph::picture(Picture { beside: false, ..picture }, RichText::default()),
    ];
    let release = Release { body, ..Release::default() };
    let text = write(&release);
    assert!(text.contains("format: 3"), "{text}");
    assert_eq!(text.matches("Zm9vYmFy").count(), 1, "{text}");
    assert!(text.contains("picture: \"gone.png\""), "{text}");
    assert_eq!(parse(&text).as_ref(), Ok(&release));
}

#[test]
fn what_does_not_fit_a_picture_is_refused_with_the_way_out() {
    let refused = |block: &str, said: &str| {
        let message = error(&format!("(format: 3, language: English, body: [{block}])"));
        assert!(message.contains(said) && message.contains("paragraph 1"), "{message}");
    };
    refused("(picture: \"../a.png\")", "without a folder");
    refused("(picture: \"a.png\", style: Heading)", "a block of its own");
    refused("(picture: \"a.png\", width: 5)", "from 10 to 100");
    refused("(text: \"a\", alternative: \"b\")", "are for pictures");
    let message = error("(format: 3, language: English, pictures: [(name: \"a.png\", data: \"Zm9\")])");
    assert!(message.contains("put the file a.png beside the draft"), "{message}");
}

#[test]
fn a_draft_names_only_a_file_beside_it() {
    let release = Release { counterpart: "ដំណើរ.km.release".into(), ..Release::default() };
    let text = write(&release);
    assert!(text.contains("format: 3,") && text.contains("counterpart: \"ដំណើរ.km.release\""), "{text}");
    assert_eq!(parse(&text).as_ref(), Ok(&release));
    // What would not be read is not written: a colon is in no name on Windows.
    let named = |file: &str| counterpart_name(Path::new(file));
    assert_eq!(named("/a/ដំណើរ.km.release").as_deref(), Some("ដំណើរ.km.release"));
    assert_eq!((named("/a/17:30.release"), named("/a/.."), named("/")), (None, None, None));
    for path in ["../a.ron", "/etc/passwd", "\\\\\\\\server\\\\share\\\\a.ron", "C:a.ron", "..", "."] {
        let error = parse(&format!("(format: 3, counterpart: \"{path}\")")).unwrap_err().to_string();
        assert!(error.contains("field `counterpart`") && error.contains("beside the draft alone"), "{error}");
    }
}

#[test]
fn slips_of_the_hand_are_named_with_their_way_out() {
    const DRAFT: &str = "(\n  format: 3,\n  language: English,\n  headline: \"A visit\",\n  body: [\n    \
        (text: \"One.\"),\n    (style: Heading, level: 2, text: \"Two\"),\n    (row: [\"a\", \"b\"]),\n  ],\n  \
        signature: (\n    place: \"P\",\n    date: \"2023-10-30\",\n  ),\n)\n";
    parse(DRAFT).unwrap();
    parse(&DRAFT.replace('\n', "\r\n").replace("  ", "\t")).unwrap();
    let headline = "\"A visit\"";
    for (from, to, line, field, said) in [
        (headline, "\"A \"good\" visit\"", 4, "headline", "within a text ends it; write \\\" instead"),
        (headline, "\"A visit by \"X\"\"", 4, "headline", "within a text ends it"),
        (headline, "\"\"X\" a visit\"", 4, "headline", "within a text ends it"),
        ("\"One.\"", "\"He said \"yes\".\"", 6, "text", "within a text ends it"),
        ("[\"a\", \"b\"]", "[\"a\" \"b\"]", 8, "row", "a comma is missing"),
        ("level: 2", "level: 300", 7, "level", "`300` is wrong; it may be from 1 to 3"),
        ("level: 2", "level: -1", 7, "level", "`-1` is wrong; it may be from 1 to 3"),
        ("level: 2", "level: 2.5", 7, "level", "a whole number is wanted here"),
        ("level: 2", "level: \"2\"", 7, "level", "without quotation marks"),
        ("format: 3", "format: 99999999999", 2, "format", "it may be from 1 to 3"),
        ("visit\",", "visit\"", 4, "headline", "a comma is missing after this"),
        ("  ],\n", "", 8, "row", "a bracket is not closed"),
        ("  ],\n", "  }\n", 9, "row", "write ] first or instead"),
        ("30\",\n  ),\n", "30\",\n", 13, "", "the file ends too early; a bracket is not closed"),
        ("One.\"),", "One.\",", 6, "text", "a bracket is not closed"),
        ("headline:", "headline=", 4, "headline", "a colon is missing"),
        ("\"2023-10-30\"", "2023-10-30", 12, "date", "a text in quotation marks is wanted here"),
        ("\"2023-10-30\"", "30/10/2023", 12, "date", "a text in quotation marks is wanted here"),
        ("2023-10-30", "30/10/2023", 12, "date", "write year, month and day"),
        ("\"P\",", "\"P\";", 11, "place", "a comma is wanted here, and no semicolon"),
        ("English,", "English; ", 3, "language", "a comma is wanted here, and no semicolon"),
        (headline, "\"A \"; good\" visit\"", 4, "headline", "within a text ends it"),
        ("  body", "  page: (margins: (top: 25,4)),\n  body", 5, "top", "no comma; write 25.4"),
        ("  body", "  page: (margins: (top: -1e99)),\n  body", 5, "top", "`top` is too small; it may be"),
        (
            "  body",
            "  page: (margins: (top: 99999999999999999999999999999999999999999)),\n  body",
            5,
            "top",
            "is too large",
        ),
        ("  body: [", "  body: (", 5, "body", "write [ instead of ("),
        ("row: [\"a\", \"b\"]", "row: (\"a\", \"b\"]", 8, "row", "write [ instead of ("),
        ("  body", "  /* a /* b */\n  body", 5, "headline", "a comment that begins here is not closed"),
        ("English", "\"English\"", 3, "language", "a name without quotation marks"),
        (headline, "“A visit”", 4, "headline", "write it instead of “"),
        (headline, "'A visit'", 4, "headline", "write it instead of '"),
        (headline, "\"A visit”", 4, "headline", "begins here is not closed"),
        (headline, "\"A visit", 4, "headline", "begins here is not closed"),
        ("headline", "language: Khmer,\n  headline", 4, "language", "given twice"),
        ("\n)\n", "\n)\nSent from my phone", 15, "", "after the last bracket"),
        (",\n  body", ",,\n  body", 4, "headline", "the character , has no meaning"),
        ("  body", "\u{A0}body", 5, "headline", "the character U+00A0 has no meaning"),
        ("(\n  format", "\n  format", 2, "format", "this is not how a draft begins"),
        ("body: [", "body:", 5, "body", "a list in square brackets"),
        ("(text: \"One.\")", "text: \"One.\"", 6, "body", "a part in round brackets"),
    ] {
        let error = parse(&DRAFT.replacen(from, to, 1)).unwrap_err();
        let place = (error.line, error.field.as_deref().unwrap_or_default());
        assert!(place == (line, field) && error.message.contains(said), "{to}: {error}");
    }
}
