//! What a Word file or pasted HTML could not give, in the language of the window.

use super::{Localise, Words};
use crate::{html, word};

impl Localise for word::ReadError {
    fn translated(&self, words: &Words) -> String {
        match self {
            Self::NotWord => words.get("word-none").to_owned(),
            Self::OldWord => words.get("word-old").to_owned(),
            Self::Damaged(reason) => words.with("word-damaged", &[("reason", reason)]),
            Self::TooLarge(_) => words.get("word-too-large").to_owned(),
            Self::Exceeded(exceeded) => exceeded.translated(words),
        }
    }
}

impl Localise for html::Lost {
    fn translated(&self, words: &Words) -> String {
        match self {
            Self::Table => words.get("lost-tables").to_owned(),
            Self::Merged => words.get("lost-merged").to_owned(),
            Self::Struck => words.get("lost-struck").to_owned(),
            // The command line alone says these.
            Self::Picture(_)
            | Self::Link(_)
            | Self::Emblem
            | Self::Element(_)
            | Self::Note(_)
            | Self::Date(_)
            | Self::LunarDate(_)
            | Self::Deep
            | Self::Start(_) => self.to_string(),
        }
    }
}

impl Localise for word::Lost {
    fn translated(&self, words: &Words) -> String {
        let key = match self {
            Self::Picture(name) => return words.with("lost-picture", &[("name", name)]),
            Self::Cropped(name) => return words.with("lost-cropped", &[("name", name)]),
            Self::Turned(name) => return words.with("lost-turned", &[("name", name)]),
            Self::Edge(line) => return words.with("lost-edge", &[("line", line)]),
            Self::LunarDate(line) => return words.with("lost-lunar-date", &[("line", line)]),
            Self::Edges => "lost-edges",
            Self::Numbers => "lost-numbers",
            Self::Boxes => "lost-boxes",
            Self::InCells => "lost-in-cells",
            Self::Tables => "lost-tables",
            Self::Merged => "lost-merged",
            Self::Struck => "lost-struck",
            Self::Signs => "lost-signs",
            Self::Embedded => "lost-embedded",
            Self::Setup => "lost-setup",
            Self::Pictures => "lost-pictures",
            Self::Notes => "lost-notes",
            Self::Changes => "lost-changes",
            Self::Formulas => "lost-formulas",
            Self::Frames => "lost-frames",
            Self::Links => "lost-links",
            Self::Hidden => "lost-hidden",
            Self::Levels => "lost-levels",
            Self::Paper => "lost-paper",
            Self::Margins => "lost-margins",
            Self::Template => "lost-template",
            Self::Checks => "lost-checks",
            Self::Counterpart => "lost-counterpart",
        };
        words.get(key).to_owned()
    }
}

/// What a draft did not take over from a Word file, and how often.
pub fn lost_in_words(lost: &word::Lost, count: usize, words: &Words) -> String {
    let text = lost.localised(words);
    if lost.is_single() && count == 1 { text } else { format!("{text} ({})", words.digits(&count.to_string())) }
}
