//! Word files that others made: what a draft takes over of them, and that the rest is listed.

use release_composer::{
    release::{BlockKind, Cell, Level, ListKind, Outline, Style, Table},
    word::{self, Imported, Lost},
};

use super::{file, file_with, paragraph};

/// What is lost but the set-up of the page, with how often.
fn lost(read: &Imported) -> Vec<(Lost, usize)> {
    read.lost.clone().into_iter().filter(|(what, _)| *what != Lost::Setup).collect()
}

fn run(properties: &str, inside: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr>{inside}</w:r>")
}

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text))
}

fn row(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

/// The texts of the first table, row by row.
fn rows(read: &Imported) -> Vec<Vec<&str>> {
    let body = &read.release.body;
    let first = body.iter().position(|block| matches!(block.kind, BlockKind::Cell(_))).unwrap();
    let table = Table::of(body, first).unwrap();
    let cell = |index: usize| body[index].text.as_str();
    table.rows.iter().map(|row| row.clone().map(cell).collect()).collect()
}

#[test]
fn the_second_of_words_own_list_styles_is_the_second_level() {
    let style = |id: &str, name: &str, list: &str| {
        format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:pPr><w:numPr><w:numId w:val="{list}"/></w:numPr></w:pPr></w:style>"#
        )
    };
    let list = |id: &str| {
        format!(
            r#"<w:abstractNum w:abstractNumId="{id}"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>"#
        )
    };
    let num = |id: &str| format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>"#);
    let item = |id: &str, text: &str| {
        format!(r#"<w:p><w:pPr><w:pStyle w:val="{id}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
    };
    let space = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    let styles = [style("A", "List Number", "1"), style("B", "List Number 2", "2")].concat();
    let lists = [list("1"), list("2"), num("1"), num("2")].concat();
    let bytes = file_with(
        &[item("A", "One"), item("B", "Below"), item("A", "Two")].concat(),
        &[
            ("word/styles.xml", format!("<w:styles {space}>{styles}</w:styles>")),
            ("word/numbering.xml", format!("<w:numbering {space}>{lists}</w:numbering>")),
        ],
    );
    let kinds: Vec<_> = word::read(&bytes).unwrap().release.body.iter().map(|block| block.kind).collect();
    let item = |level| BlockKind::item(ListKind::Numbered, level);
    assert_eq!(kinds, [item(Level::One), item(Level::Two), item(Level::One)]);
}

#[test]
fn a_cell_stays_in_its_column_beside_one_that_is_over_several() {
    let table = [
        row(&[cell("", "Time"), cell("", "Event"), cell("", "Place")]),
        row(&[cell(r#"<w:gridSpan w:val="2"/>"#, "Arrival"), cell("", "Airport")]),
        row(&[cell(r#"<w:vMerge w:val="restart"/>"#, "9:00"), cell("", "Talks"), cell("", "Palace")]),
        row(&[cell("<w:vMerge/>", ""), cell("", "Lunch"), cell("", "Hotel")]),
        r#"<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>"#.to_owned() + &cell("", "Late") + "</w:tr>",
    ];
    let read = word::read(&file(&format!("<w:tbl>{}</w:tbl>", table.concat()))).unwrap();
    let wanted = [
        ["Time", "Event", "Place"],
        ["Arrival", "", "Airport"],
        ["9:00", "Talks", "Palace"],
        ["", "Lunch", "Hotel"],
        ["", "", "Late"],
    ];
    assert_eq!(rows(&read), wanted);
    assert_eq!(lost(&read), [(Lost::Merged, 2)]);
    // A grid that is finer than the cells of all rows is none of the table.
    let wide = |text: &str| cell(r#"<w:gridSpan w:val="900000000"/>"#, text);
    let read = word::read(&file(&format!("<w:tbl>{}</w:tbl>", row(&[wide("A"), cell("", "B")])))).unwrap();
    assert_eq!((rows(&read), lost(&read)), (vec![vec!["A", "B"]], vec![]));
    let hostile = row(&[wide("A")]).repeat(19_000);
    let hostile = format!("<w:tbl>{}{hostile}</w:tbl>", row(&vec![cell("", "x"); 60]));
    assert!(word::read(&file(&hostile)).is_err());
}

#[test]
fn two_tables_stay_two_and_what_is_in_cells_is_told_of() {
    let table = |text: &str| format!("<w:tbl>{}</w:tbl>", row(&[cell("", text), cell("", "x")]));
    let inner = format!("<w:tc>{}{}</w:tc>", table("inner"), "<w:p/>");
    let outer = format!("<w:tbl>{}</w:tbl>", row(&[inner, cell("", "y")]));
    let read = word::read(&file(&[table("one"), "<w:p/>".to_owned(), table("two"), "<w:p/>".to_owned()].concat()));
    let kinds: Vec<_> = read.unwrap().release.body.iter().map(|block| block.kind).collect();
    let (first, beside) = (BlockKind::Cell(Cell::Row), BlockKind::Cell(Cell::Beside));
    assert_eq!(kinds, [first, beside, BlockKind::Plain, first, beside]);
    let read = word::read(&file(&outer)).unwrap();
    assert_eq!((rows(&read), lost(&read)), (vec![vec!["inner\nx", "y"]], vec![(Lost::Tables, 1)]));
}

#[test]
fn links_that_are_fields_lead_where_they_say() {
    let mark = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let text = |text: &str| format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#);
    let field = |instruction: &str, shown: &str| {
        let instruction = format!("<w:r><w:instrText>{instruction}</w:instrText></w:r>");
        [mark("begin"), instruction, mark("separate"), text(shown), mark("end")].concat()
    };
    let body = [
        "<w:p>".to_owned(),
        text("See "),
        field(r#" HYPERLINK "https://www.mfaic.gov.kh" \o "A tip""#, "the site"),
        text(", "),
        field(r#"HYPERLINK \l "below""#, "below"),
        text(" and "),
        format!(r#"<w:fldSimple w:instr="HYPERLINK mailto:a@b.kh">{}</w:fldSimple>"#, text("mail")),
        text("."),
        "</w:p>".to_owned(),
        // One that is never shown, and one that ends in another paragraph.
        format!("<w:p>{}{}</w:p>", mark("begin"), mark("end")),
        format!("<w:p>{}</w:p>", field("HYPERLINK https://a.kh", &"x".repeat(9)).replace(&mark("end"), "")),
        format!("<w:p>{}{}</w:p>", text("ខ្មែរ"), mark("end")),
    ];
    let read = word::read(&file(&body.concat())).unwrap();
    let texts: Vec<_> =
        read.release.body.iter().map(|block| release_composer::release::markup::write(&block.text)).collect();
    assert_eq!(
        texts,
        [
            "See [the site](https://www.mfaic.gov.kh), below and [mail](mailto:a@b.kh).",
            "[xxxxxxxxx](https://a.kh)",
            "[ខ្មែរ](https://a.kh)",
        ]
    );
    assert_eq!(lost(&read), [(Lost::Links, 1)]);
}

#[test]
fn signs_are_letters_and_what_is_struck_is_told_of() {
    let sign = |code: &str| format!(r#"<w:sym w:font="Wingdings" w:char="{code}"/>"#);
    let body = [
        "<w:p>".to_owned(),
        run("", &(sign("F0FC") + "<w:t>done</w:t>" + &sign("0021"))),
        run("<w:strike/>", "<w:t>not</w:t>"),
        run(r#"<w:strike w:val="0"/>"#, "<w:t>so</w:t>"),
        "</w:p><w:altChunk/>".to_owned(),
    ];
    let read = word::read(&file(&body.concat())).unwrap();
    assert_eq!(read.release.body[0].text.as_str(), "✓donenotso");
    assert_eq!(lost(&read), [(Lost::Struck, 1), (Lost::Signs, 1), (Lost::Embedded, 1)]);
}

#[test]
fn numbers_that_look_otherwise_are_told_of() {
    let level = |format: &str, text: &str| {
        format!(r#"<w:lvl w:ilvl="0"><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>"#)
    };
    let space = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    let lists =
        [("decimal", "%1)"), ("decimal", "Article %1"), ("lowerRoman", "(%1)"), ("bullet", "o"), ("upperRoman", "%1.")];
    let patterns: String = (1..)
        .zip(lists)
        .map(|(id, (format, text))| {
            let level = level(format, text);
            format!(r#"<w:abstractNum w:abstractNumId="{id}">{level}</w:abstractNum><w:num w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>"#)
        })
        .collect();
    let item = |id: usize| {
        format!(r#"<w:p><w:pPr><w:numPr><w:numId w:val="{id}"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"#)
    };
    let body: String = (1..=lists.len()).map(item).collect();
    let read = word::read(&file_with(
        &body,
        &[("word/numbering.xml", format!("<w:numbering {space}>{patterns}</w:numbering>"))],
    ));
    assert_eq!(lost(&read.unwrap()), [(Lost::Numbers, 2)], "Article 1, and (i) on the first level");
}

#[test]
fn a_letterhead_at_the_head_of_the_page_is_one_and_other_lines_are_told_of() {
    let space = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="r""#;
    let edge = |name: &str, inside: &str| format!("<w:{name} {space}>{inside}</w:{name}>");
    let table =
        format!("<w:tbl>{}</w:tbl>", row(&[cell("", "Ministry of Foreign Affairs"), cell("", "Kingdom of Cambodia")]));
    let number = r#"<w:p><w:r><w:t xml:space="preserve">Page </w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>"#;
    let section = r#"<w:sectPr><w:headerReference w:type="default" r:id="a"/><w:headerReference w:type="first" r:id="b"/><w:footerReference w:type="default" r:id="c"/><w:titlePg/></w:sectPr>"#;
    let relation = |id: &str| format!(r#"<Relationship Id="{id}" Type="x" Target="{id}.xml"/>"#);
    let parts = [
        (
            "word/_rels/document.xml.rels",
            format!("<Relationships>{}</Relationships>", ["a", "b", "c"].map(relation).concat()),
        ),
        ("word/a.xml", edge("hdr", &(paragraph("Ministry of Foreign Affairs") + &paragraph("Draft of Monday")))),
        ("word/b.xml", edge("hdr", &(table + &paragraph("Tel. 023 214 441, Phnom Penh")))),
        ("word/c.xml", edge("ftr", number)),
    ];
    let body = paragraph("PRESS RELEASE") + &paragraph("The text of it.") + section;
    let read = word::read(&file_with(&body, &parts)).unwrap();
    let head = &read.release.letterhead;
    assert_eq!((head.kingdom.as_str(), head.ministry.as_str()), ("Kingdom of Cambodia", "Ministry of Foreign Affairs"));
    assert_eq!((read.release.title.as_str(), read.release.body.len()), ("PRESS RELEASE", 1));
    let lines = ["Draft of Monday", "Tel. 023 214 441, Phnom Penh"].map(|line| (Lost::Edge(line.into()), 1));
    assert_eq!(lost(&read), lines);
    assert!(lines[0].0.to_string().contains("“Draft of Monday”"));
}

#[test]
fn items_have_the_numbers_that_word_shows() {
    let space = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    let level = r#"<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>"#;
    let pattern = |id: &str| format!(r#"<w:abstractNum w:abstractNumId="{id}">{level}</w:abstractNum>"#);
    let list = |id: &str, of: &str, begins: &str| {
        format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{of}"/>{begins}</w:num>"#)
    };
    let anew = r#"<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>"#;
    let lists = [pattern("7"), pattern("8"), list("1", "7", ""), list("2", "7", anew), list("3", "8", "")].concat();
    // Two lists of one pattern are counted together, and a list goes on behind another.
    let items = [("1", 1), ("1", 2), ("2", 1), ("1", 2), ("2", 3), ("3", 1), ("3", 2), ("1", 4)];
    let item = |(id, number): &(&str, u16)| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:numId w:val="{id}"/></w:numPr></w:pPr><w:r><w:t>{number}.</w:t></w:r></w:p>"#
        )
    };
    let body: String = items.iter().map(item).collect::<Vec<_>>().join(&paragraph("Text"));
    for body in [body.clone(), body.replace(&paragraph("Text"), "")] {
        let parts = [("word/numbering.xml", format!("<w:numbering {space}>{lists}</w:numbering>"))];
        let read = word::read(&file_with(&body, &parts)).unwrap().release;
        let outline = Outline::of(&read);
        let numbers: Vec<_> =
            outline.entries().map(|(at, entry)| (entry.marker.clone(), &read.body[at].text)).collect();
        assert_eq!(numbers.len(), items.len());
        for (marker, text) in numbers {
            assert_eq!(marker.as_deref(), Some(text.as_str()));
        }
    }
}

#[test]
fn what_is_in_controls_first_letters_and_notes_alone_are_text() {
    let control = |inside: &str| format!("<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>");
    let row_in_control = control(&row(&[cell("", "c"), control(&cell("", "d"))]));
    let table = row(&[cell("", "a"), control(&cell("", "b"))]) + &row_in_control;
    let read = word::read(&file(&format!("<w:tbl>{table}</w:tbl>"))).unwrap();
    assert_eq!((rows(&read), lost(&read)), (vec![vec!["a", "b"], vec!["c", "d"]], vec![]));
    let initial = r#"<w:p><w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr><w:r><w:t>T</w:t></w:r></w:p>"#;
    let read = word::read(&file(&(initial.to_owned() + &paragraph("he Minister")))).unwrap();
    assert_eq!(read.release.body[0].text.as_str(), "The Minister");
    let note = r#"<w:footnote w:id="2"><w:p><w:r><w:t>See below.</w:t></w:r></w:p></w:footnote>"#;
    let space = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    let parts = [("word/footnotes.xml", format!("<w:footnotes {space}>{note}</w:footnotes>"))];
    let body = r#"<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>"#.to_owned() + &paragraph("Text");
    let read = word::read(&file_with(&body, &parts)).unwrap();
    assert_eq!(read.release.body[0].text.notes().count(), 1);
}

#[test]
fn letters_that_are_moved_up_or_down_are_raised_or_lowered() {
    let moved = |by: &str, text: &str| {
        run(&format!(r#"<w:position w:val="{by}"/>"#), &format!(r#"<w:t xml:space="preserve">{text}</w:t>"#))
    };
    let text = ["H", "2", "O of the 2", "nd"];
    let runs = [moved("0", text[0]), moved("-6", text[1]), moved("1", text[2]), moved("8", text[3])].concat();
    let read = word::read(&file(&format!("<w:p>{runs}</w:p>"))).unwrap();
    let read = read.release.body.iter().find(|block| block.text.as_str() == text.concat()).unwrap();
    let styles: Vec<Style> = read.text.runs().map(|(_, style)| style).collect();
    assert_eq!(styles, [Style::PLAIN, Style::SUBSCRIPT, Style::PLAIN, Style::SUPERSCRIPT]);
}

#[test]
fn a_paragraph_that_begins_where_an_item_does_goes_on_within_it() {
    let space = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    let level = |level: usize, inside: &str| {
        let left = 720 * (level + 1);
        format!(r#"<w:lvl w:ilvl="{level}">{inside}<w:pPr><w:ind w:left="{left}" w:hanging="360"/></w:pPr></w:lvl>"#)
    };
    let decimal = r#"<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>"#;
    let letter = r#"<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2."/>"#;
    let lists = format!(
        r#"<w:abstractNum w:abstractNumId="1">{}{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>"#,
        level(0, decimal),
        level(1, letter)
    );
    let named = |id: &str, name: &str| {
        format!(r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/></w:style>"#)
    };
    let styles = named("C2", "List Continue 2") + &named("Q", "Quote");
    let set =
        |properties: &str, text: &str| format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>");
    let item = |level: usize| set(&format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>"#), "x");
    let indented = |left: &str| set(&format!(r#"<w:ind w:left="{left}"/>"#), "y");
    let body = [
        paragraph("Before"),
        indented("720"),
        item(0),
        indented("715"),
        item(1),
        "<w:p/>".to_owned(),
        indented("1440"),
        indented("720"),
        indented("1440"),
        item(1),
        set(r#"<w:pStyle w:val="C2"/>"#, "z"),
        set(r#"<w:pStyle w:val="Q"/>"#, "“Quoted.”"),
        indented("720"),
    ];
    let parts = [
        ("word/numbering.xml", format!("<w:numbering {space}>{lists}</w:numbering>")),
        ("word/styles.xml", format!("<w:styles {space}>{styles}</w:styles>")),
    ];
    let kinds: Vec<_> =
        word::read(&file_with(&body.concat(), &parts)).unwrap().release.body.iter().map(|block| block.kind).collect();
    let (item, within) = (|level| BlockKind::item(ListKind::Numbered, level), BlockKind::Continued);
    assert_eq!(
        kinds,
        [
            BlockKind::Plain,
            BlockKind::Plain,
            item(Level::One),
            within(Level::One),
            item(Level::Two),
            within(Level::Two),
            within(Level::One),
            // No item of that level is open any more.
            BlockKind::Plain,
            item(Level::Two),
            within(Level::Two),
            BlockKind::Quotation,
            BlockKind::Plain,
        ]
    );
}

#[test]
fn boxes_to_tick_are_told_of() {
    let space = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    let pattern = |id: usize, text: &str, font: &str| {
        let fonts = format!(r#"<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>"#);
        format!(
            r#"<w:abstractNum w:abstractNumId="{id}"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{text}"/>{fonts}</w:lvl></w:abstractNum><w:num w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>"#
        )
    };
    let bullets = [("☐", "Segoe UI Symbol"), ("\u{F0A8}", "Wingdings"), ("\u{F0B7}", "Symbol"), ("o", "Courier New")];
    let patterns: String = (1..).zip(bullets).map(|(id, (text, font))| pattern(id, text, font)).collect();
    let item = |id: usize| {
        format!(r#"<w:p><w:pPr><w:numPr><w:numId w:val="{id}"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"#)
    };
    let body: String = (1..=bullets.len()).map(item).collect();
    let parts = [("word/numbering.xml", format!("<w:numbering {space}>{patterns}</w:numbering>"))];
    assert_eq!(lost(&word::read(&file_with(&body, &parts)).unwrap()), [(Lost::Boxes, 2)]);
}

#[test]
fn a_break_within_a_paragraph_parts_it_and_the_second_part_begins_the_page() {
    let broken = |before: &str, kind: &str, after: &str| {
        let text = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
        format!(r#"<w:p>{}<w:r><w:br w:type="{kind}"/></w:r>{}</w:p>"#, text(before), text(after))
    };
    let body = [
        broken("Before.", "page", "After."),
        paragraph("The next."),
        broken("", "page", "On a page."),
        broken("At the end.", "page", ""),
        paragraph("The last."),
        broken("One", "column", "two"),
    ];
    let read = word::read(&file(&body.concat())).unwrap();
    let told: Vec<_> = read.release.body.iter().map(|block| (block.text.as_str(), block.new_page)).collect();
    let wanted = [
        ("Before.", false),
        ("After.", true),
        ("The next.", false),
        ("On a page.", true),
        ("At the end.", false),
        ("The last.", true),
        ("One\ntwo", false),
    ];
    assert_eq!(told, wanted);
    // An item is counted once.
    let space = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    let list = r#"<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>"#;
    let numbered = r#"<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>"#;
    let item = broken("One", "page", "goes on").replace("<w:p>", numbered);
    let parts = [("word/numbering.xml", format!("<w:numbering {space}>{list}</w:numbering>"))];
    let read = word::read(&file_with(&item, &parts)).unwrap();
    let kinds: Vec<_> = read.release.body.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::item(ListKind::Numbered, Level::One), BlockKind::Continued(Level::One)]);
}
