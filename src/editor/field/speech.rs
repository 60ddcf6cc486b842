//! What a screen reader is told of a field: its name, its text line by line, the caret.

use egui::{Id, Pos2, Response, Ui, UiBuilder, WidgetInfo, accesskit};

use super::caret::{self, Caret};
use crate::typeset::{Lines, breaks::word_boundaries};

/// Letters in one run of text: a word's start in a run has to fit in a byte.
const RUN: usize = 255;

/// Describes a field. `place` is its upper left corner and the height of a line.
pub(super) fn describe(
    ui: &mut Ui,
    response: &Response,
    label: &str,
    lines: &Lines,
    caret: Caret,
    place: (Pos2, f32),
    focused: bool,
) {
    let text = lines.text.text.as_str();
    response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, text, text, "");
        info.label = Some(label.to_owned());
        info
    });
    let known = ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_label(label.to_owned());
        node.set_value(text.to_owned());
        if focused {
            node.set_text_selection(accesskit::TextSelection {
                anchor: position(response.id, lines, Caret { head: caret.anchor, ..caret }),
                focus: position(response.id, lines, caret),
            });
        }
    });
    // The runs stand in a ui of their own, so that their number changes no other widget's name.
    let mut inner = ui.new_child(UiBuilder::new().accessibility_parent(response.id));
    // They are told only of the field in use: hundreds of paragraphs are heard one at a time.
    if known.is_some() && focused {
        describe_runs(&mut inner, response.id, lines, place);
    }
}

fn run_id(field: Id, line: usize, run: usize) -> Id {
    field.with(("run", line, run))
}

fn position(field: Id, lines: &Lines, caret: Caret) -> accesskit::TextPosition {
    let line = caret::line_of(lines, caret);
    let letters = lines.lines.get(line).map_or(0, |set| {
        let clusters = lines.text.clusters.get(set.clusters.clone()).unwrap_or_default();
        clusters.partition_point(|cluster| cluster.text.start < caret.head)
    });
    let run = letters.saturating_sub(1) / RUN;
    accesskit::TextPosition { node: run_id(field, line, run).accesskit_id(), character_index: letters - run * RUN }
}

fn describe_runs(ui: &mut Ui, field: Id, lines: &Lines, (origin, height): (Pos2, f32)) {
    let words = word_boundaries(&lines.text.text);
    for (row, line) in lines.lines.iter().enumerate() {
        let clusters = lines.text.clusters.get(line.clusters.clone()).unwrap_or_default();
        let pieces: Vec<_> = if clusters.is_empty() { vec![clusters] } else { clusters.chunks(RUN).collect() };
        let top = f64::from(origin.y + row as f32 * height);
        for (index, piece) in pieces.iter().enumerate() {
            let id = run_id(field, row, index);
            let run = ui.new_child(UiBuilder::new().scope_id(id).accessibility_parent(field));
            run.ctx().accesskit_node_builder(run.unique_id(), |node| {
                node.set_role(accesskit::Role::TextRun);
                node.set_text_direction(accesskit::TextDirection::LeftToRight);
                let start = piece.first().map_or(0, |cluster| cluster.text.start);
                let end = piece.last().map_or(start, |cluster| cluster.text.end);
                node.set_value(lines.text.text.get(start..end).unwrap_or_default().to_owned());
                let length = |bytes: usize| u8::try_from(bytes).unwrap_or(u8::MAX);
                node.set_character_lengths(piece.iter().map(|c| length(c.text.len())).collect::<Vec<_>>());
                let edges = |i: usize| line.x.get(index * RUN + i).copied().unwrap_or(0.0);
                let left = edges(0);
                node.set_character_positions((0..piece.len()).map(|i| edges(i) - left).collect::<Vec<_>>());
                node.set_character_widths((0..piece.len()).map(|i| edges(i + 1) - edges(i)).collect::<Vec<_>>());
                let starts = piece.iter().zip(0u8..).filter(|(c, _)| words.binary_search(&c.text.start).is_ok());
                node.set_word_starts(starts.map(|(_, i)| i).collect::<Vec<_>>());
                let x0 = f64::from(origin.x + line.left + left);
                let x1 = f64::from(origin.x + line.left + edges(piece.len()));
                node.set_bounds(accesskit::Rect { x0, y0: top, x1, y1: top + f64::from(height) });
            });
        }
    }
}
