//! Two releases beside each other: what has changed from one to the other, part by part.

use egui::{RichText as Label, Ui};

use super::{form::field_name, theme::accents, words::Words};
use crate::release::{
    Field, RichText,
    difference::{Change, Part},
};

/// Longer texts are cut: a comparison is to be read at a glance.
const LONGEST: usize = 600;

/// Shows changes, what was before above what came after.
pub fn show(ui: &mut Ui, words: &Words, changes: &[Change]) {
    if changes.is_empty() {
        ui.label(Label::new(words.get("nothing-changed")).weak());
    }
    for change in changes {
        ui.label(Label::new(part_name(words, change.part)).small().weak());
        let accents = accents(ui.visuals());
        if let Some(before) = &change.before {
            ui.label(Label::new(format!("−  {}", shown(words, change.part, before))).color(accents.warning));
        }
        if let Some(after) = &change.after {
            ui.label(Label::new(format!("+  {}", shown(words, change.part, after))).color(accents.good));
        }
        ui.add_space(6.0);
    }
}

fn shown(words: &Words, part: Part, text: &RichText) -> String {
    let text = text.as_str();
    match (part, text) {
        (Part::Text(_), _) if text.chars().count() > LONGEST => text.chars().take(LONGEST).chain(['…']).collect(),
        (_, "true") => words.get("yes").to_owned(),
        (_, "false") => words.get("no").to_owned(),
        (Part::Language, "en") => words.get("english").to_owned(),
        (Part::Language, "km") => words.get("khmer").to_owned(),
        (Part::Fit, "AsSet") => words.get("fit-as-set").to_owned(),
        (Part::Fit, "OnePage") => words.get("fit-one").to_owned(),
        (Part::Fit, "TwoPages") => words.get("fit-two").to_owned(),
        _ => text.to_owned(),
    }
}

fn part_name(words: &Words, part: Part) -> String {
    let name = match part {
        Part::Text(field) => return field_name(words, field),
        Part::NewPage(index) => {
            let paragraph = field_name(words, Field::Paragraph(index));
            return format!("{paragraph}: {}", words.get("paragraph-new-page"));
        }
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
