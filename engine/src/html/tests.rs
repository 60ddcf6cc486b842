//! What Word, Outlook, LibreOffice and browsers put on the clipboard.

use super::*;
use crate::release::{Cell, HeadingLevel, Item, Language, Picture, PictureData, PictureWidth};

const PLAIN: Style = Style::PLAIN;
const BOLD: Style = Style::BOLD;

fn rich(parts: &[(&str, Style)]) -> RichText {
    let mut text = RichText::default();
    for (part, style) in parts {
        text.push_str(part, *style);
    }
    text
}

fn texts(html: &str) -> Vec<RichText> {
    let read = read(html).unwrap_or_default();
    read.iter().map(|block| block.text.clone()).collect()
}

/// Each block with what it is: `1` for a numbered item of the first level, `1!` where the list begins, `•`, `I`, `+`
/// for what goes on with an item, `h1`, `c`.
fn blocks(html: &str) -> Vec<String> {
    let read = read(html).unwrap_or_default();
    let said = |block: &Paragraph| {
        let kind = match block.kind {
            BlockKind::Plain => String::new(),
            BlockKind::Centred => "c ".to_owned(),
            BlockKind::Quotation => "q ".to_owned(),
            BlockKind::Picture => "p ".to_owned(),
            BlockKind::Cell(cell) => format!("{cell:?} "),
            BlockKind::Heading(level) => format!("h{} ", level as u8 + 1),
            BlockKind::Continued(level) => format!("{}+ ", level.depth() + 1),
            BlockKind::Item(Item { list, level, start }) => {
                let list = match list {
                    ListKind::Numbered => "#",
                    ListKind::Bulleted => "•",
                    ListKind::Sections => "I",
                };
                format!(
                    "{}{list}{} ",
                    level.depth() + 1,
                    match start {
                        None => String::new(),
                        Some(1) => "!".to_owned(),
                        Some(start) => format!("!{start}"),
                    }
                )
            }
        };
        format!("{kind}{}", block.text.as_str())
    };
    read.iter().map(said).collect()
}

fn plain(html: &str) -> Vec<String> {
    texts(html).into_iter().map(RichText::into_string).collect()
}

#[test]
fn emphasis_becomes_tags_and_signs_are_escaped() {
    let mut text = RichText::plain("a < b ");
    text.push_str("ហ៊ុន", Style::BOLD.with(Style::ITALIC, true));
    let html = write(&[Paragraph::new(text.clone())]);
    assert!(html.ends_with(">a &lt; b <b><i>ហ៊ុន</i></b>"), "{html}");
    let two = write(&[Paragraph::new(text), Paragraph::new(RichText::plain("c"))]);
    assert!(two.ends_with("</i></b></p><p>c</p>"), "{two}");
}

#[test]
fn what_is_written_is_read_back() {
    let blocks = vec![
        Paragraph::new(rich(&[("a < b & c", PLAIN)])),
        Paragraph::new(rich(&[("ហ៊ុន", BOLD.with(Style::ITALIC, true)), (" ", PLAIN), ("x", Style::UNDERLINE)])),
    ];
    assert_eq!(read(&write(&blocks)), Some(blocks));
}

#[test]
fn the_end_of_the_last_paragraph_is_read_back() {
    let heading = BlockKind::Heading(HeadingLevel::Two);
    let blocks = vec![Paragraph { kind: heading, ..Paragraph::new(RichText::plain("a")) }, Paragraph::default()];
    let html = write(&blocks);
    assert!(html.ends_with("<h3>a</h3><span data-end></span>"), "{html}");
    assert_eq!(read(&html), Some(blocks));
    assert_eq!(read("<span data-end></span>"), None, "no text");
    assert_eq!(plain("<p>a</p><p></p>"), ["a"], "what others write");
}

#[test]
fn a_paragraph_without_text_is_read_back_where_it_was_written_here() {
    let item = BlockKind::Item(Item { list: ListKind::Bulleted, level: Level::One, start: None });
    for kind in [BlockKind::Plain, BlockKind::Heading(HeadingLevel::One), BlockKind::Quotation, item] {
        let blank = Paragraph { kind, ..Paragraph::default() };
        for blocks in [
            vec![blank.clone(), Paragraph::default()],
            vec![Paragraph::new(RichText::plain("a")), blank, Paragraph::new(RichText::plain("b"))],
        ] {
            assert_eq!(read(&write(&blocks)), Some(blocks), "{kind:?}");
        }
    }
    assert_eq!(plain("<p>a</p><p><br></p><p>b</p>"), ["a", "b"], "what others write");
    assert_eq!(plain("<table><tr><td>a<br data-blank></td></tr></table>"), ["a"]);
}

#[test]
fn blocks_are_read_back_as_they_are_written() {
    let item = |list, level, begins: bool| BlockKind::Item(Item { list, level, start: begins.then_some(1) });
    let kinds = [
        BlockKind::Heading(HeadingLevel::One),
        item(ListKind::Numbered, Level::One, true),
        item(ListKind::Numbered, Level::Two, false),
        BlockKind::Continued(Level::Two),
        item(ListKind::Numbered, Level::Three, false),
        BlockKind::Continued(Level::One),
        item(ListKind::Numbered, Level::One, false),
        item(ListKind::Bulleted, Level::One, false),
        item(ListKind::Bulleted, Level::Three, false),
        BlockKind::Plain,
        item(ListKind::Numbered, Level::One, false),
        BlockKind::Heading(HeadingLevel::Two),
        item(ListKind::Sections, Level::One, true),
        item(ListKind::Sections, Level::Two, false),
        BlockKind::Centred,
    ];
    let block = |(index, kind): (usize, BlockKind)| Paragraph {
        kind,
        ..Paragraph::new(RichText::plain(format!("text {index}\nin two lines")))
    };
    let blocks: Vec<_> = kinds.into_iter().enumerate().map(block).collect();
    assert_eq!(read(&write(&blocks)), Some(blocks));
}

/// As Word 365 writes it: a head with styles, comments with XML, line breaks within sentences, blank paragraphs.
#[test]
fn word_is_understood() {
    let html = include_str!("../../../tests/data/clipboard/word.html");
    assert_eq!(
        texts(html),
        [
            rich(&[
                ("ឯកឧត្តម", BOLD),
                (" met ", PLAIN),
                ("the Foreign Minister", Style::ITALIC),
                (" – ", PLAIN),
                ("today", Style::UNDERLINE),
                (".", PLAIN),
            ]),
            rich(&[("Second line of 10\u{A0}km", PLAIN)]),
            rich(&[("trade;", PLAIN)]),
            rich(&[("investment", BOLD), (".", PLAIN)]),
            rich(&[("tourism", PLAIN)]),
        ]
    );
    assert_eq!(blocks(html)[2..], ["1#! trade;", "1# investment.", "1• tourism"]);
    let deeper = html.replace("mso-list:l0 level1 lfo1'><![if !supportLists]><span\nstyle='mso-fareast-font-family:Calibri'><span style='mso-list:Ignore'>2.", "mso-list:l0 level2 lfo1'><![if !supportLists]><span\nstyle='mso-fareast-font-family:Calibri'><span style='mso-list:Ignore'>a.");
    assert_eq!(blocks(&deeper)[3], "2# investment.");
}

/// As Outlook writes a mail: divisions with a blank one between them, and a heading.
#[test]
fn outlook_is_understood() {
    let html = include_str!("../../../tests/data/clipboard/outlook.html");
    let programme = blocks(html).remove(2);
    assert!(programme.starts_with('h') && programme.ends_with(" Programme"), "{programme}");
    assert_eq!(plain(html), ["Dear colleagues,", "The visit begins on 3 March.", "Programme", "Best regards"]);
    assert_eq!(texts(html)[2], rich(&[("Programme", PLAIN)]), "a heading is bold as such");
}

/// Written by LibreOffice from a document with a numbered list, bullets, emphasis and an indent.
#[test]
fn libreoffice_is_understood() {
    let html = include_str!("../../../tests/data/clipboard/libreoffice.html");
    assert_eq!(
        plain(html),
        [
            "Joint statement",
            "The two Ministers met in Phnom Penh.",
            "Trade and investment",
            "Tourism",
            "Education",
            "Indented text.",
        ]
    );
    assert_eq!(blocks(html)[2..5], ["1#! Trade and investment", "1# Tourism", "1• Education"]);
    assert_eq!(texts(html)[1].style_of(8..17), BOLD);
}

/// Written by LibreOffice from a statement with empty lines, lists in lists, and all kinds of emphasis.
#[test]
fn a_statement_from_libreoffice_is_understood() {
    let html = include_str!("../../../tests/data/clipboard/libreoffice-statement.html");
    let read = texts(html);
    let plain: Vec<&str> = read.iter().map(RichText::as_str).collect();
    assert_eq!(
        plain,
        [
            "Joint statement",
            "Phnom Penh, 3 March",
            "The two Ministers met in Phnom Penh and signed the Agreement on trade and investment, which enters into \
             force at once, and of which this line is long enough to be broken in the file that is written.",
            "An indented paragraph with a tab, a “quotation” & an ampersand.",
            "Trade;",
            "Investment:",
            "in ports,",
            "in roads;",
            "Tourism.",
            "Education",
            "Culture",
            "ព្រះរាជាណាចក្រកម្ពុជា ជាតិ សាសនា ព្រះមហាក្សត្រ",
            "Line one",
            "line two",
        ]
    );
    let lists =
        ["1#! Trade;", "1# Investment:", "2# in ports,", "2# in roads;", "1# Tourism.", "1• Education", "1• Culture"];
    assert_eq!(blocks(html)[4..11], lists);
    let style = |index: usize, of: &str| {
        let at = plain[index].find(of).unwrap();
        read[index].style_of(at..at + of.len())
    };
    assert_eq!(blocks(html)[0], "h1 Joint statement");
    assert_eq!([style(0, "Joint"), style(1, "Phnom Penh, 3 March")], [PLAIN, BOLD]);
    let sentence = ["met", "in Phnom Penh", "and signed", "Agreement", "trade and investment", "enters into force"];
    let (italic, underline) = (Style::ITALIC, Style::UNDERLINE);
    assert_eq!(sentence.map(|of| style(2, of)), [PLAIN, BOLD, PLAIN, italic, underline, BOLD.with(underline, true)]);
    assert_eq!([style(8, "Tourism"), style(8, "."), style(11, "ជាតិ សាសនា")], [BOLD, PLAIN, BOLD]);
}

/// As Chromium and Firefox write a selection, and Google Docs with its bold that is not.
#[test]
fn browsers_are_understood() {
    let chromium = r#"<meta charset='utf-8'><span style="color: rgb(0, 0, 0); font-weight: 400;">The </span><strong style="font-style: normal;">King</strong><span style="font-style: italic; text-decoration: underline solid;"> said</span>"#;
    let expected =
        rich(&[("The ", PLAIN), ("King", BOLD), (" ", PLAIN), ("said", Style::ITALIC.with(Style::UNDERLINE, true))]);
    assert_eq!(texts(chromium), [expected]);
    let docs = r#"<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:700">A</span><span style="font-weight:400">b</span></p><br><p>c</p></b>"#;
    assert_eq!(texts(docs), [rich(&[("A", BOLD), ("b", PLAIN)]), RichText::plain("c")]);
    let firefox = "<div>one</div>\n<div><br></div><div><em>two</em><br>three</div>";
    assert_eq!(plain(firefox), ["one", "two", "three"]);
    let list =
        "<ol start=3><li>c</li><li><p>d</p><ul><li>e</li></ul></li><li value='9'>f</li></ol><ol type=i><li>g</ol>";
    assert_eq!(blocks(list), ["1#!3 c", "1# d", "2• e", "1#!9 f", "1#! g"]);
    let goes_on = "<ol><li>a</li><li>b</li></ol><p>c</p><ol start=3><li>d</li></ol><ol start=0><li>e</li></ol>";
    assert_eq!(blocks(goes_on), ["1#! a", "1# b", "c", "1# d", "1# e"]);
    let sections = "<ol type=I><li>one<ol type=A><li>two<p>more</p></ol><p>outer</p></ol><p>after</p>";
    assert_eq!(blocks(sections), ["1I! one", "2I two", "2+ more", "1+ outer", "after"]);
    let headings = "<h1>a</h1><h3><b>b</b></h3><p style='text-align: center'>c</p><p>d</p>";
    assert_eq!(blocks(headings), ["h1 a", "h2 b", "c c", "d"]);
    assert_eq!(texts("<h2>News</h2>"), [rich(&[("News", BOLD)])], "alone it is words");
    let page = "<h2>News</h2><p>&nbsp;&nbsp;&nbsp; An indent,<span style='display: none'>hidden</span> no  more.</p>";
    assert_eq!(plain(page), ["News", "An indent, no more."]);
    assert_eq!(plain("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"), ["a", "b", "c", ""]);
    assert_eq!(plain("<pre>one\n  two</pre>"), ["one", "two"]);
}

#[test]
fn without_text_there_is_nothing() {
    assert_eq!(read("<p>&nbsp;</p><script>alert(1)</script>"), None);
    assert_eq!(read("<img src=x>"), None);
    assert_eq!(plain("<script>alert(1)</script>one"), ["one"]);
}

#[test]
fn what_is_broken_does_no_harm() {
    for html in [
        "<",
        "<b",
        "a < b",
        "</b></i>",
        "<b>x",
        "&",
        "&#xFFFFFFFF;",
        "&#0;",
        "<style>x",
        "<!-- x",
        "<a href=\"x>y",
        "<p style>",
        "<p style=>",
        "<ol start=99999999999999999999><li>x",
        "<ol start=9223372036854775807><li>x<li>y",
        "<li>x</ol></ul>",
    ] {
        let _ = read(html);
    }
    assert_eq!(plain("a < b &c; &#x1780;"), ["a < b &c; ក"]);
}

/// If any of these took time in the square of its length, this would not end within hours. No clock is asked: it would
/// say more of the machine than of the reader.
#[test]
fn five_megabytes_are_read_to_their_end() {
    for piece in
        ["<b>x</i>", "<<", "<a \"", "<style>", "&", "<!--", "<p style='", "ក្រុម ", "<ol><li>x", "&nbsp;", "=", "<a ="]
    {
        let html = piece.repeat(5_000_000 / piece.len());
        let _ = read(&html);
    }
}

#[test]
fn what_is_raised_or_lowered_comes_and_goes() {
    let mut text = rich(&[("km", PLAIN), ("2", Style::SUPERSCRIPT), (" of CO", PLAIN), ("2", Style::SUBSCRIPT)]);
    text.push_str("x", BOLD.with(Style::SUPERSCRIPT, true));
    let html = write(&[Paragraph::new(text.clone())]);
    assert!(html.ends_with(">km<sup>2</sup> of CO<sub>2</sub><b><sup>x</sup></b>"), "{html}");
    assert_eq!(read(&html), Some(vec![Paragraph::new(text)]));
    // As Google Docs writes it.
    let docs = "<p>2<span style=\"font-size:0.6em;vertical-align:super;\">nd</span> a\
        <sup><span style=\"vertical-align:baseline\">b</span></sup></p>";
    assert_eq!(texts(docs), [rich(&[("2", PLAIN), ("nd", Style::SUPERSCRIPT), (" ab", PLAIN)])]);
}

#[test]
fn links_come_and_go_and_hostile_ones_are_words() {
    let address = Address::new("https://a.example/?x=1&y=2").unwrap();
    let mut text = RichText::plain("see ");
    text.push(&RichText::link("the ", PLAIN, &address));
    text.push(&RichText::link("page", BOLD, &address));
    text.push(&RichText::plain(" now"));
    let html = write(&[Paragraph::new(text.clone())]);
    assert!(html.ends_with(">see <a href=\"https://a.example/?x=1&amp;y=2\">the <b>page</b></a> now"), "{html}");
    assert_eq!(read(&html), Some(vec![Paragraph::new(text)]));
    let browser =
        "<p><a style=\"text-decoration: underline\" HREF=' https://a.example/?x=1&amp;y=2 '>two words</a></p>";
    assert_eq!(texts(browser), [RichText::link("two words", PLAIN, &address)]);
    for hostile in
        ["javascript:alert(1)", "java\nscript:alert(1)", "&#106;avascript:alert(1)", "data:text/html,x", "#top", "/a"]
    {
        assert_eq!(texts(&format!("<a href=\"{hostile}\">x</a>")), [RichText::plain("x")], "{hostile}");
    }
}

#[test]
fn notes_come_back_and_others_see_their_numbers() {
    let mut note = rich(&[("More \"of\" ", PLAIN), ("it", Style::ITALIC)]);
    note.push(&RichText::link("here", PLAIN, &Address::new("https://a.example").unwrap()));
    let mut text = RichText::plain("agreed");
    text.push(&RichText::referring(note, PLAIN));
    text.push(&RichText::plain(" on it"));
    let html = write(&[Paragraph::new(text.clone())]);
    assert!(html.contains("agreed<sup data-note=") && html.ends_with(">1</sup> on it"), "{html}");
    assert_eq!(read(&html), Some(vec![Paragraph::new(text)]));
}

fn lost(html: &str) -> Vec<String> {
    let mut imported = import(html).unwrap();
    imported.read_pictures(|_| None);
    imported.lost.into_iter().map(|(line, lost)| format!("{line}: {lost}")).collect()
}

#[test]
fn a_page_becomes_a_draft_and_what_it_cannot_hold_is_listed() {
    let page = "<!DOCTYPE html><html><head><title>Site | Joint  Statement</title><style>p{}</style>\n\
        <body><nav><a href=/>Home</a></nav><form action=x>\n\
        <h1>Joint <em>Statement</em></h1><p>The 2<sup>nd</sup> <a href=\"https://a.example\">meeting</a>:</p>\n\
        <ol type=1 start=3><li>One<ol type=a><li>Two<ul><li>Three<ul><li>Four</ul></ul></ol></ol>\n\
        <p><a href=\"/about\">About</a> <a href=\"javascript:x()\">it</a> <a href=#top>up</a>\n\
        <img src=flag.png alt=Flag> <img src=spy.gif width=1 height=1><table><tr><td>a<td>b</table>\n\
        <p>* * *<video src=x>no video</video><footer>Legal</footer></form></body></html>";
    let mut imported = import(page).unwrap();
    imported.read_pictures(|_| None);
    let release = &imported.release;
    assert_eq!((release.language, release.headline.as_str()), (Language::English, "Joint Statement"));
    let said: Vec<_> = release.body.iter().map(|block| (block.kind, block.text.as_str())).collect();
    let item = |list, level, begins: bool| BlockKind::Item(Item { list, level, start: begins.then_some(1) });
    let want = [
        (BlockKind::Plain, "The 2nd meeting:"),
        (BlockKind::Item(Item { list: ListKind::Numbered, level: Level::One, start: Some(3) }), "One"),
        (item(ListKind::Numbered, Level::Two, false), "Two"),
        (item(ListKind::Bulleted, Level::Three, false), "Three"),
        (item(ListKind::Bulleted, Level::Three, false), "Four"),
        (BlockKind::Plain, "About it up"),
        (BlockKind::Cell(Cell::Row), "a"),
        (BlockKind::Cell(Cell::Beside), "b"),
        (BlockKind::Centred, "* * *"),
    ];
    assert_eq!(said, want);
    let text = &release.body[0].text;
    assert!(text.style_of(5..7).has(Style::SUPERSCRIPT) && text.link_of(8..15).is_some());
    assert_eq!(
        lost(page),
        [
            "4: a list within three others: its items are on the third level",
            "5: a link to /about, where no link may lead: its words were kept",
            "5: a link to javascript:x(), where no link may lead: its words were kept",
            "6: a picture, flag.png: it was left out",
            "7: <video>, for which a release has no place: it was left out",
            "7: <footer>, for which a release has no place: it was left out",
        ]
    );
}

#[test]
fn a_page_without_a_heading_has_its_title_and_one_in_khmer_its_letterhead() {
    let khmer = import("<title>ចំណងជើង &amp; 1</title><p>ក្រសួងការបរទេស MFA").unwrap().release;
    assert_eq!((khmer.language, khmer.headline.as_str()), (Language::Khmer, "ចំណងជើង & 1"));
    assert!(khmer.letterhead.kingdom.contains("កម្ពុជា"));
    for empty in ["", "<p> </p>", "<script>x</script>", "<p"] {
        assert_eq!(import(empty).unwrap_err(), ImportError::Empty, "{empty}");
    }
    assert!(matches!(import(&"<p>x".repeat(30_000)), Err(ImportError::Exceeded(_))));
}

#[test]
fn pages_are_read_in_the_encoding_that_they_name() {
    assert_eq!(decode("é ក".as_bytes()), "é ក");
    assert_eq!(decode(b"\xEF\xBB\xBFx"), "x");
    assert_eq!(decode(b"\xFF\xFEx\0"), "x");
    assert_eq!(decode(b"caf\xE9 \x93x\x94"), "café “x”");
    assert_eq!(decode(b"<meta charset='iso-8859-2'>\xB1"), "<meta charset='iso-8859-2'>ą");
}

#[test]
fn what_is_struck_through_and_cells_that_are_joined_are_said() {
    let said = |html: &str| read_and_say(html).unwrap().1;
    for struck in
        ["<s>a</s>", "<del>a</del>", "<strike>a</strike>", "<span style='text-decoration: line-through'>a</span>"]
    {
        assert_eq!(said(&format!("<p>x {struck} <s>b</s> y")), [Lost::Struck], "{struck}");
    }
    let table = "<table><tr><td colspan=2>a<tr><td>b<td>c</table>";
    assert_eq!(said(table), [Lost::Merged]);
    assert_eq!(said("<p>a <u>b</u><img src=x><table><tr><td colspan=1>a<td>b</table>"), []);
    assert_eq!(said("<p>a<span style='display:none'><s>b</s></span>"), []);
    assert_eq!(lost("<p>a\n<s>b</s>"), ["2: text struck through, which is plain now"]);
}

#[test]
fn hostile_html_takes_no_longer_than_its_length() {
    let deep = "<div>".repeat(400_000);
    let unclosed = format!("{}{}", "<b>".repeat(5_000), "a<br>".repeat(30_000));
    let attributes = format!("<p {}>x</p>", "a=".repeat(2_000_000));
    let quotes = format!("<p style=\"{}\">x</p>", "a:b;".repeat(1_000_000));
    let lists = "<ul><li>x".repeat(20_000);
    for html in [
        deep + "x",
        unclosed,
        attributes,
        quotes,
        lists,
        "<a href='x".repeat(100_000),
        "<sup data-note='^['>".repeat(50_000),
    ] {
        let _ = import(&html);
    }
}

#[test]
fn quotations_come_and_go() {
    let html = "<p>He said:<blockquote><p>One.<p>Two.</blockquote><p>Then.";
    assert_eq!(blocks(html), ["He said:", "q One.", "q Two.", "Then."]);
    assert_eq!(read(&write(&read(html).unwrap())), read(html));
}

#[test]
fn pictures_go_over_the_clipboard_with_their_bytes_and_captions() {
    let picture = Picture {
        name: "a \"b\".png".into(),
        data: Some(PictureData::new(*b"\x89PNG\0<>")),
        alternative: "A & B".into(),
        width: PictureWidth::new(40).unwrap(),
        beside: true,
    };
    let blocks = [
        Paragraph::new(RichText::plain("one")),
        Paragraph::picture(picture.clone(), RichText::plain("The caption")),
        Paragraph::picture(Picture { data: None, ..picture }, RichText::default()),
        Paragraph::new(RichText::plain("two")),
    ];
    assert_eq!(read(&write(&blocks)).unwrap(), blocks);
    assert_eq!(read(&write(&blocks[1..2])).unwrap(), blocks[1..2]);
}

#[test]
fn pictures_of_a_page_are_files_beside_it_or_are_listed() {
    let page = "<img src=logo.svg width=1><h1>Visit</h1>\n<p>One <img src='a%20b/c.png?x' alt='Two hands'> two.</p>\n\
        <figure><img src=d.png><figcaption>Below</figcaption></figure>\n<img src=https://x/y.png>\n\
        <table><tr><td>a<img src=e.png><td>b</table>";
    let mut imported = import(page).unwrap();
    let mut asked = Vec::new();
    imported.read_pictures(|file| {
        asked.push(file.to_owned());
        let picture = Picture { name: "c.jpg".into(), data: Some(PictureData::new(*b"x")), ..Picture::default() };
        (file == "a b/c.png").then_some(picture)
    });
    assert_eq!(asked, ["a b/c.png", "d.png"]);
    assert_eq!(imported.release.headline, "Visit");
    let body = &imported.release.body;
    let shown = body[1].picture.as_ref().unwrap();
    assert_eq!((shown.name.as_str(), shown.alternative.as_str()), ("c.jpg", "Two hands"));
    assert_eq!((body[0].text.as_str(), body[2].text.as_str(), body[2].kind), ("One two.", "Below", BlockKind::Centred));
    let lost: Vec<_> = imported.lost.iter().map(|(line, lost)| format!("{line} {lost}")).collect();
    assert_eq!(lost.len(), 3, "{lost:?}");
    assert!(lost[0].starts_with("3 a picture, d.png"), "{lost:?}");
}
