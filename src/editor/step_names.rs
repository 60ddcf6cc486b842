//! What undo says that it takes back.

use crate::editing::Step;

/// The name of a step in `assets/i18n`.
pub fn step_name(step: Step) -> &'static str {
    match step {
        Step::Typing => "step-typing",
        Step::Paste => "step-paste",
        Step::Cut => "step-cut",
        Step::MoveText => "step-move-text",
        Step::Emphasis => "step-emphasis",
        Step::Link => "step-link",
        Step::Note => "step-note",
        Step::RemoveParagraph => "step-remove-paragraph",
        Step::MoveParagraph => "step-move-paragraph",
        Step::SplitParagraph => "step-split-paragraph",
        Step::JoinParagraphs => "step-join-paragraphs",
        Step::NewPage => "step-new-page",
        Step::Block => "step-block",
        Step::Line => "step-line",
        Step::Table => "step-table",
        Step::Picture => "step-picture",
        Step::Signatories => "step-signatories",
        Step::Quotes => "step-quotes",
        Step::Dash => "step-dash",
        Step::Case => "step-case",
        Step::Date => "step-date",
        Step::Emblem => "step-emblem",
        Step::Language => "step-language",
        Step::Setup => "step-setup",
        Step::Digits => "step-digits",
        Step::Replace => "step-replace",
        Step::Checks => "step-checks",
        Step::Recovery => "step-recovery",
        Step::Version => "step-version",
        Step::Import => "step-import",
        Step::Theirs => "step-theirs",
        Step::Placeholder => "step-placeholder",
        Step::Fill => "step-fill",
        Step::Template => "step-template",
        Step::Lock => "step-lock",
        Step::Review => "step-review",
        Step::Comment => "step-comment",
        Step::Counterpart => "step-counterpart",
        Step::Name => "step-name",
        Step::InsertedDate => "step-inserted-date",
    }
}
