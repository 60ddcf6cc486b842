//! What can be done with the table of the caret, for menus and for the list of kinds.
//!
//! Knows commands and their words, and nothing of where they are shown.

use super::{command::Command, words::Words};
use crate::{editing::TableEdit, release::Table};

/// What can be done with a table, as it is listed; `None` is a line between.
const EDITS: [Option<TableEdit>; 15] = [
    Some(TableEdit::AddRow(false)),
    Some(TableEdit::AddRow(true)),
    Some(TableEdit::AddColumn(false)),
    Some(TableEdit::AddColumn(true)),
    None,
    Some(TableEdit::MoveRow(false)),
    Some(TableEdit::MoveRow(true)),
    Some(TableEdit::MoveColumn(false)),
    Some(TableEdit::MoveColumn(true)),
    None,
    Some(TableEdit::RemoveRows),
    Some(TableEdit::RemoveColumns),
    Some(TableEdit::Remove),
    None,
    Some(TableEdit::AddParagraph(true)),
];

/// The commands for a table with their words, and whether each is on.
pub fn table_commands(words: &Words, table: &Table) -> Vec<Option<(Command, String, bool)>> {
    let command = |edit: TableEdit, on: bool| {
        let command = Command::Table(edit);
        let text = words.get(command.name()).to_owned();
        Some((command, text, on))
    };
    let mut all = vec![command(TableEdit::Header(!table.has_header), table.has_header), None];
    all.extend(EDITS.into_iter().map(|edit| edit.and_then(|edit| command(edit, false))));
    all
}
