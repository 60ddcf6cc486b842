//! Two releases beside each other: what has changed from one to the other, part by part.

use egui::{RichText as Label, Ui};

use super::{field_names::field_name, theme::accents, words::Words};
use crate::{
    release::{
        Field, RichText,
        difference::{Change, Part},
        markup,
    },
    typeset::breaks::cluster_boundaries,
};

/// Longer texts are cut: a comparison is to be read at a glance.
const LONGEST: usize = 600;
/// How many characters are left before the first one that differs.
const BEFORE: usize = 120;
/// No cluster of Khmer has more characters.
const CLUSTER: usize = 12;

/// Shows changes, what was before above what came after.
pub fn show(ui: &mut Ui, words: &Words, changes: &[Change]) {
    if changes.is_empty() {
        ui.label(Label::new(words.get("nothing-changed")).weak());
    }
    for change in changes {
        ui.label(Label::new(part_name(words, change.part)).small().weak());
        let accents = accents(ui.visuals());
        let (before, after) = shown(words, change);
        if let Some(before) = before {
            ui.label(Label::new(format!("−  {before}")).color(accents.warning));
        }
        if let Some(after) = after {
            ui.label(Label::new(format!("+  {after}")).color(accents.good));
        }
        ui.add_space(6.0);
    }
}

/// What was before and what came after, so that they can be told apart.
fn shown(words: &Words, change: &Change) -> (Option<String>, Option<String>) {
    let (before, after) = (change.before.as_ref(), change.after.as_ref());
    if !matches!(change.part, Part::Text(_)) {
        let said = |text: &RichText| setting(words, change.part, text.as_str());
        return (before.map(said), after.map(said));
    }
    let (Some(before), Some(after)) = (before, after) else {
        let whole = |text: &RichText| cut(&said(text), 0);
        return (before.map(whole), after.map(whole));
    };
    // Where nothing but the emphasis changed, it is seen by its marks.
    let (before, after) = if before.as_str() == after.as_str() {
        (markup::write(before), markup::write(after))
    } else {
        (said(before), said(after))
    };
    let same = before.chars().zip(after.chars()).take_while(|(a, b)| a == b).count();
    let is_long = |text: &str| text.chars().nth(LONGEST).is_some();
    let from = if same > LONGEST / 2 && (is_long(&before) || is_long(&after)) { same - BEFORE } else { 0 };
    (Some(cut(&before, from)), Some(cut(&after, from)))
}

/// A text as it is told: notes are where they are referred to.
fn said(text: &RichText) -> String {
    if text.notes().next().is_some() { markup::write(text) } else { text.as_str().to_owned() }
}

/// At most [`LONGEST`] characters of a text, from one on; no cluster is torn.
fn cut(text: &str, from: usize) -> String {
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

/// A part that is no text, in the words of the window.
fn setting(words: &Words, part: Part, text: &str) -> String {
    match (part, text) {
        (_, "true") => words.get("yes").to_owned(),
        (_, "false") => words.get("no").to_owned(),
        (Part::Language, "en") => words.get("english").to_owned(),
        (Part::Language, "km") => words.get("khmer").to_owned(),
        (Part::Kind(_), code) => block_name(words, code),
        (Part::Fit, "AsSet") => words.get("fit-as-set").to_owned(),
        (Part::Fit, "OnePage") => words.get("fit-one").to_owned(),
        (Part::Fit, "TwoPages") => words.get("fit-two").to_owned(),
        _ => text.to_owned(),
    }
}

/// The kind of a block, with its level in a list.
fn block_name(words: &Words, code: &str) -> String {
    let mut parts = code.split(' ');
    let (kind, level) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let name = match (kind, level) {
        ("centred", _) => "block-centred",
        ("quotation", _) => "block-quotation",
        ("heading", "2") => "block-heading-2",
        ("heading", _) => "block-heading-1",
        ("numbered", _) => "block-numbered",
        ("bulleted", _) => "block-bulleted",
        ("sections", _) => "block-sections",
        ("continued", _) => "block-continued",
        ("header", _) => "table-header",
        ("row", _) => "table-row",
        ("cell", _) => "table-cell",
        _ => "block-plain",
    };
    let mut said = words.get(name).to_owned();
    if !matches!(kind, "heading" | "plain" | "centred" | "quotation" | "header" | "row" | "cell") {
        let level = words.with("block-level", &[("level", &words.digits(level))]);
        said = format!("{said}, {level}");
    }
    if parts.next().is_some() {
        said = format!("{said}, {}", words.get("block-restarts"));
    }
    said
}

fn part_name(words: &Words, part: Part) -> String {
    let name = match part {
        Part::Text(field) => return field_name(words, field),
        Part::NewPage(index) => {
            let paragraph = field_name(words, Field::Paragraph(index));
            return format!("{paragraph}: {}", words.get("paragraph-new-page"));
        }
        Part::Kind(index) => {
            let paragraph = field_name(words, Field::Paragraph(index));
            return format!("{paragraph}: {}", words.get("block"));
        }
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
        Part::Justified => "justified",
        Part::Hyphenate => "hyphenate",
        Part::PageNumbers => "page-numbers",
        Part::Fit => "fit",
        Part::Checks => "checks-off",
        Part::Template => "section-template",
        Part::Placeholders => "placeholders",
        Part::Locks => "locks",
    };
    words.get(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::{Language, Style};

    fn both(part: Part, before: RichText, after: RichText) -> (String, String) {
        let change = Change { part, before: Some(before), after: Some(after) };
        let (before, after) = shown(&Words::new(Language::English), &change);
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
    fn what_a_paragraph_is_is_said_in_the_words_of_the_toolbar() {
        let said = |code: &str| block_name(&Words::new(Language::English), code);
        assert_eq!(said("plain"), "Normal text");
        assert_eq!(said("heading 2"), "Heading 2");
        assert_eq!(said("numbered 2 again"), "Numbered list, level 2, numbering begins again");
        assert_eq!(block_name(&Words::new(Language::Khmer), "bulleted 3"), "បញ្ជីមានចំណុច, កម្រិតទី៣");
    }

    #[test]
    fn a_text_that_reads_true_stays_as_it_is() {
        let (before, after) = both(TEXT, RichText::plain("true"), RichText::plain("false"));
        assert_eq!((before.as_str(), after.as_str()), ("true", "false"));
        let (before, after) = both(Part::Justified, RichText::plain("true"), RichText::plain("false"));
        assert_eq!((before.as_str(), after.as_str()), ("yes", "no"));
    }
}
