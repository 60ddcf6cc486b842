//! Two releases beside each other: what has changed from one to the other, part by part.

use egui::Ui;

use super::{
    field::Canvas,
    field_names::{fit_name, kind_name, lock_name, name_in, signing_date},
    finding_words::check_name,
    prose::{self, Look},
    theme::accents,
    words::Words,
};
use crate::{
    release::{
        BlockKind, Cell, Comment, Emblem, Field, HeadingLevel, Item, Kind, Language, ListKind, Margins, Paper,
        Placeholder, Release, RichText, Template,
        difference::{Change, Part, Value},
        markup, placeholders,
    },
    typeset::breaks::cluster_boundaries,
};

/// Longer texts are cut: a comparison is to be read at a glance.
const LONGEST: usize = 600;
/// How many characters are left before the first one that differs.
const BEFORE: usize = 120;
/// No cluster of Khmer has more characters.
const CLUSTER: usize = 12;

/// Shows the changes from one release to another, what was before above what came after.
pub fn view(ui: &mut Ui, canvas: &mut Canvas, words: &Words, releases: (&Release, &Release), changes: &[Change]) {
    if changes.is_empty() {
        prose::paragraph_in(ui, canvas, words, words.get("nothing-changed"), Look::weak(ui));
    }
    for change in changes {
        let accents = accents(ui.visuals());
        prose::paragraph_in(ui, canvas, words, &part_name(words, releases, change), Look::note(ui));
        let (before, after) = shown(words, change);
        if let Some(before) = before {
            prose::paragraph_in(ui, canvas, words, &format!("−  {before}"), Look::ink(accents.warning));
        }
        if let Some(after) = after {
            prose::paragraph_in(ui, canvas, words, &format!("+  {after}"), Look::ink(accents.good));
        }
        ui.add_space(6.0);
    }
}

/// What was before and what came after, marked differently.
fn shown(words: &Words, change: &Change) -> (Option<String>, Option<String>) {
    let (before, after) = match (&change.before, &change.after) {
        (Some(Value::Text(before)), Some(Value::Text(after))) => (before, after),
        (before, after) => {
            let said = |value: &Value| value_text(words, value);
            return (before.as_ref().map(said), after.as_ref().map(said));
        }
    };
    // Where nothing but the emphasis changed, it is seen by its marks.
    let (before, after) = if before.as_str() == after.as_str() {
        (markup::write(before), markup::write(after))
    } else {
        (with_marks(before), with_marks(after))
    };
    let same = before.chars().zip(after.chars()).take_while(|(a, b)| a == b).count();
    let is_long = |text: &str| text.chars().nth(LONGEST).is_some();
    let from = if same > LONGEST / 2 && (is_long(&before) || is_long(&after)) { same - BEFORE } else { 0 };
    (Some(cut(&before, from)), Some(cut(&after, from)))
}

/// A text as one reads it: notes are where they are referred to.
fn with_marks(text: &RichText) -> String {
    if text.notes().next().is_some() { markup::write(text) } else { text.as_str().to_owned() }
}

/// At most [`LONGEST`] characters of a text, from one on; no cluster is torn.
pub(super) fn cut(text: &str, from: usize) -> String {
    let at = |number: usize| text.char_indices().nth(number).map_or(text.len(), |(at, _)| at);
    let (start, end) = (at(from), at(from + LONGEST));
    let piece = &text[start..end];
    let boundaries = cluster_boundaries(piece);
    // The first cluster may have begun before, and the last may go on behind.
    let clear = piece.char_indices().nth(CLUSTER).map_or(0, |(at, _)| at);
    let first = if start == 0 { 0 } else { boundaries.iter().copied().find(|&at| at >= clear).unwrap_or(0) };
    let is_whole = end == text.len();
    let last = boundaries.iter().rev().copied().find(|&at| first < at && at < piece.len()).filter(|_| !is_whole);
    let (head, tail) = (if start == 0 { "" } else { "…" }, if is_whole { "" } else { "…" });
    format!("{head}{}{tail}", &piece[first..last.unwrap_or(piece.len())])
}

/// A value as the window calls it; a long text is cut.
fn value_text(words: &Words, value: &Value) -> String {
    let list = |names: &mut dyn Iterator<Item = &'static str>| {
        names.map(|name| words.get(name)).collect::<Vec<_>>().join("; ")
    };
    match value {
        Value::Text(text) => cut(&with_marks(text), 0),
        Value::Switch(on) => words.get(if *on { "yes" } else { "no" }).to_owned(),
        Value::Language(Language::English) => words.get("english").to_owned(),
        Value::Language(Language::Khmer) => words.get("khmer").to_owned(),
        Value::Emblem(emblem) => emblem_text(words, emblem),
        Value::Kind(kind) => block_name(words, *kind),
        Value::Count(count) => words.digits(&count.to_string()),
        Value::Date(date) => signing_date(words, date),
        Value::Paper(Paper::A4) => words.get("paper-a4").to_owned(),
        Value::Paper(Paper::Letter) => words.get("paper-letter").to_owned(),
        Value::Margins(Margins { top, right, bottom, left }) => {
            let sides =
                [("margin-top", top), ("margin-right", right), ("margin-bottom", bottom), ("margin-left", left)];
            let side = |(name, size): (&str, &f32)| format!("{} {}", words.get(name), words.decimal(*size));
            sides.map(side).join(", ")
        }
        Value::Number(number) => words.decimal(*number),
        Value::KhmerFace(face) => face.name().to_owned(),
        Value::Fit(fit) => words.get(fit_name(*fit)).to_owned(),
        Value::Checks(checks) => list(&mut checks.iter().map(|check| check_name(*check))),
        Value::Template(Template { name, purpose }) if purpose.is_empty() => name.clone(),
        Value::Template(Template { name, purpose }) => format!("{name}: {purpose}"),
        Value::Placeholders(placeholders) => {
            placeholders.iter().map(|one| placeholder_text(words, one)).collect::<Vec<_>>().join("\n")
        }
        Value::Locks(locks) => list(&mut locks.iter().map(|lock| lock_name(*lock))),
        Value::Comments(comments) => cut(&comments.iter().map(comment_text).collect::<Vec<_>>().join("\n"), 0),
    }
}

/// The emblem's file, its alternative text, and its height if it has one of its own.
fn emblem_text(words: &Words, Emblem { file, alternative, height }: &Emblem) -> String {
    let height = height.map(|height| {
        let name = words.get("emblem-height");
        format!("{name}: {}", words.digits(&height.to_string()))
    });
    let parts = [Some(file.clone()), Some(alternative.clone()), height];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// What a placeholder asks for, in a line.
fn placeholder_text(words: &Words, Placeholder { name, kind, prompt, default }: &Placeholder) -> String {
    let choices = if let Kind::Choice(choices) = kind { choices.join(" / ") } else { String::new() };
    let parts = [words.get(kind_name(kind)), prompt, &choices, default];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}: {}", placeholders::written(name), parts.join(", "))
}

/// A comment in a line.
fn comment_text(comment: &Comment) -> String {
    let answers = comment.answers.iter().map(|answer| answer.text.as_str());
    std::iter::once(comment.text.as_str()).chain(answers).collect::<Vec<_>>().join(" → ")
}

/// The kind of a block, with its level in a list.
pub(super) fn block_name(words: &Words, kind: BlockKind) -> String {
    let (name, level, start) = match kind {
        BlockKind::Plain => ("block-plain", None, None),
        BlockKind::Centred => ("block-centred", None, None),
        BlockKind::Quotation => ("block-quotation", None, None),
        BlockKind::Heading(HeadingLevel::One) => ("block-heading-1", None, None),
        BlockKind::Heading(HeadingLevel::Two) => ("block-heading-2", None, None),
        BlockKind::Item(Item { list: ListKind::Numbered, level, start }) => ("block-numbered", Some(level), start),
        BlockKind::Item(Item { list: ListKind::Bulleted, level, start }) => ("block-bulleted", Some(level), start),
        BlockKind::Item(Item { list: ListKind::Sections, level, start }) => ("block-sections", Some(level), start),
        BlockKind::Continued(level) => ("block-continued", Some(level), None),
        BlockKind::Picture => ("picture", None, None),
        BlockKind::Cell(Cell::Header) => ("table-header", None, None),
        BlockKind::Cell(Cell::Row) => ("table-row", None, None),
        BlockKind::Cell(Cell::Beside) => ("table-cell", None, None),
    };
    let level = level.map(|level| {
        let number = words.digits(&(level.depth() + 1).to_string());
        words.with("block-level", &[("level", &number)])
    });
    let again = start.map(|start| match start {
        1 => words.get("block-restarts").to_owned(),
        start => words.with("block-starts", &[("number", &words.digits(&start.to_string()))]),
    });
    [Some(words.get(name).to_owned()), level, again].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What the part that a change is of is called, in the release that has it.
fn part_name(words: &Words, (before, after): (&Release, &Release), change: &Change) -> String {
    let release = if change.after.is_none() { before } else { after };
    let of_block = |index: usize, what: &str| {
        let block = name_in(words, release, Field::Paragraph(index));
        format!("{block}: {}", words.get(what))
    };
    let name = match change.part {
        Part::Text(field) => return name_in(words, release, field),
        Part::NewPage(index) => return of_block(index, "paragraph-new-page"),
        Part::Kind(index) => return of_block(index, "block"),
        Part::Picture(index) => return of_block(index, "picture"),
        Part::NumberParagraphs => "number-paragraphs",
        Part::Columns => "signatory-columns",
        Part::Signatories => "signatories",
        Part::Language => "release-language",
        Part::Ornament => "ornament",
        Part::Emblem => "emblem",
        Part::Date => "date",
        Part::LunarDate => "lunar-date",
        Part::Paper => "paper",
        Part::Margins => "margins",
        Part::BodySize => "body-size",
        Part::Leading => "leading",
        Part::KhmerFace => "khmer-face",
        Part::Justified => "justified",
        Part::Hyphenate => "hyphenate",
        Part::PageNumbers => "page-numbers",
        Part::PageCount => "page-count",
        Part::RunningHeadline => "running-headline",
        Part::Fit => "fit",
        Part::Checks => "checks-off",
        Part::Template => "section-template",
        Part::Placeholders => "placeholders",
        Part::Locks => "locks",
        Part::Comments => "comments",
        Part::Counterpart => "step-counterpart",
    };
    words.get(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        editor::theme,
        release::{Check, Columns, Fit, Level, Lock, PageSetup, Paragraph, Signature, Style, difference::difference},
        storage::WindowLanguage,
        typeset::breaks::line_breaks,
    };

    fn both(part: Part, before: RichText, after: RichText) -> (String, String) {
        let change = Change { part, before: Some(Value::Text(before)), after: Some(Value::Text(after)) };
        let (before, after) = shown(&Words::new(WindowLanguage::English), &change);
        (before.unwrap(), after.unwrap())
    }

    const TEXT: Part = Part::Text(Field::Paragraph(0));

    #[test]
    fn a_change_late_in_a_long_text_is_seen() {
        for (unit, old, new) in [("word ", "Tokyo", "Kyoto"), ("ស្ត្រី", "ក", "ខ")] {
            let text = |changed: &str| RichText::plain(format!("{}{changed}{}", unit.repeat(400), unit.repeat(400)));
            let (before, after) = both(TEXT, text(old), text(new));
            assert!(before.contains(old) && after.contains(new), "{before}\n{after}");
            for said in [before, after] {
                assert!(said.starts_with('…') && said.ends_with('…') && said.chars().count() <= LONGEST + 2, "{said}");
                let inner = said.trim_matches('…');
                let is_whole = |c| !('\u{17B6}'..='\u{17D3}').contains(&c);
                assert!(inner.starts_with(is_whole) && !inner.ends_with('\u{17D2}'), "no cluster is torn: {said}");
            }
        }
        let (before, after) = both(TEXT, RichText::plain("a".repeat(700)), RichText::plain("a".repeat(699)));
        assert_ne!(before, after);
    }

    #[test]
    fn a_change_of_emphasis_alone_is_seen_by_its_marks() {
        let (before, after) = both(TEXT, RichText::plain("one"), RichText::styled("one", Style::BOLD));
        assert_eq!((before.as_str(), after.as_str()), ("one", "**one**"));
    }

    #[test]
    fn a_cell_is_called_by_its_row_and_column_in_the_release_that_has_it() {
        let cell =
            |kind, text: &str| Paragraph { kind: BlockKind::Cell(kind), ..Paragraph::new(RichText::plain(text)) };
        let plain = |text: &str| Paragraph::new(RichText::plain(text));
        let row = |texts: [&str; 2]| [cell(Cell::Row, texts[0]), cell(Cell::Beside, texts[1])];
        let header = [cell(Cell::Header, "Day"), cell(Cell::Beside, "Place")];
        let above = vec![plain("Above"), plain("The table")];
        let before =
            [above, header.to_vec(), row(["1 May", "Kampong Cham"]).to_vec(), row(["2 May", "Kampot"]).to_vec()];
        let after = [vec![plain("The table")], header.to_vec(), row(["1 May", "Kampong Chhnang"]).to_vec()];
        let [before, after] = [before.concat(), after.concat()].map(|body| Release { body, ..Release::default() });
        let names: Vec<_> = difference(&before, &after)
            .iter()
            .map(|change| part_name(&Words::new(WindowLanguage::English), (&before, &after), change))
            .collect();
        assert_eq!(
            names,
            ["Paragraph 1", "Table 1, row 2, column 2", "Table 1, row 3, column 1", "Table 1, row 3, column 2"]
        );
    }

    #[test]
    fn what_a_paragraph_is_is_said_in_the_words_of_the_toolbar() {
        let said = |kind| block_name(&Words::new(WindowLanguage::English), kind);
        assert_eq!(said(BlockKind::Plain), "Normal text");
        assert_eq!(said(BlockKind::Heading(HeadingLevel::Two)), "Heading 2");
        let item = Item { list: ListKind::Numbered, level: Level::Two, start: Some(1) };
        assert_eq!(said(BlockKind::Item(item)), "Numbered list, level 2, numbering begins again");
        let bulleted = BlockKind::item(ListKind::Bulleted, Level::Three);
        assert_eq!(block_name(&Words::new(WindowLanguage::Khmer), bulleted), "បញ្ជីមានចំណុច, កម្រិតទី៣");
    }

    /// Every setting that can change, with a value that has words of its own.
    fn other() -> Release {
        Release {
            unchecked: vec![Check::DoubledWords, Check::Names],
            locked: Lock::ALL.to_vec(),
            placeholders: vec![Placeholder {
                name: "host".into(),
                kind: Kind::Choice(vec!["A".into(), "B".into()]),
                prompt: "P".into(),
                default: "D".into(),
            }],
            language: Language::Khmer,
            signature: Signature {
                date: chrono::NaiveDate::from_ymd_opt(2023, 10, 30).into(),
                lunar_date: true,
                columns: Columns::new(2).unwrap(),
                ..Signature::default()
            },
            page: PageSetup { fit: Fit::OnePage, body_size: Some(11.5), ..PageSetup::default() },
            ..Release::default()
        }
    }

    #[test]
    fn a_setting_is_said_in_the_words_of_the_window() {
        let changes = difference(&Release::default(), &other());
        let said = |language, part| {
            let change = changes.iter().find(|change| change.part == part).unwrap();
            shown(&Words::new(language), change).1.unwrap()
        };
        assert_eq!(
            said(WindowLanguage::English, Part::Checks),
            "doubled words; names spelt in two ways, or not as on the list of names"
        );
        assert_eq!(said(WindowLanguage::English, Part::Date), "30 October 2023");
        assert_eq!(said(WindowLanguage::English, Part::Placeholders), "{{host}}: Choice, P, A / B, D");
        assert_eq!(said(WindowLanguage::Khmer, Part::BodySize), "១១,៥");
        // No word of the program's own source reaches a Khmer window.
        for part in [Part::Checks, Part::Date, Part::Locks, Part::Fit, Part::Columns, Part::Language, Part::LunarDate] {
            let text = said(WindowLanguage::Khmer, part);
            assert!(!text.chars().any(|c| c.is_ascii_alphanumeric()), "{part:?}: {text}");
        }
    }

    #[test]
    fn lines_of_khmer_begin_where_the_page_may_begin_them() {
        let long = |word: &str| {
            let text = format!("ក្រសួងការបរទេសនិងសហប្រតិបត្តិការអន្តរជាតិសូមជម្រាបជូនថា{word}បានបញ្ចប់ដោយជោគជ័យ។");
            Release { headline: text.repeat(6), ..Release::default() }
        };
        let (before, after) = (long("ស្ត្រីខ្មែរ"), long("កិច្ចប្រជុំរដ្ឋមន្ត្រី"));
        let changes = difference(&before, &after);
        let (ctx, mut canvas) = (egui::Context::default(), Canvas::default());
        theme::install(&ctx);
        let words = Words::new(WindowLanguage::Khmer);
        let show = |ui: &mut Ui| {
            ui.set_max_width(180.0);
            view(ui, &mut canvas, &words, (&before, &after), &changes);
        };
        let mut output = ctx.run_ui(egui::RawInput::default(), show);
        output.textures_delta.clear();
        let is_of_egui = |shape: &egui::epaint::ClippedShape| matches!(shape.shape, egui::Shape::Text(_));
        assert!(!output.shapes.iter().any(is_of_egui), "egui breaks lines of Khmer anywhere");
        let mut long = 0;
        for lines in canvas.set_lines() {
            let text: &str = &lines.text.text;
            let places: Vec<usize> = line_breaks(text).iter().map(|place| place.at).collect();
            let clusters = cluster_boundaries(text);
            for line in lines.lines.iter().skip(1) {
                let start = lines.text.clusters[line.clusters.start].text.start;
                assert!(clusters.contains(&start), "within a letter: {}", &text[start..]);
                assert!(places.contains(&start), "within a word: {}", &text[start..]);
            }
            long += usize::from(lines.lines.len() > 10);
        }
        assert_eq!(long, 2, "what was before, and what came after");
    }

    #[test]
    fn a_text_that_reads_true_stays_as_it_is() {
        let (before, after) = both(TEXT, RichText::plain("true"), RichText::plain("false"));
        assert_eq!((before.as_str(), after.as_str()), ("true", "false"));
    }
}
