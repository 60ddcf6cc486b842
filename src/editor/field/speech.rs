//! What a screen reader is spoken of a field: its name, its text line by line, the caret.

use std::sync::Arc;

use egui::{Id, Pos2, Ui, UiBuilder, accesskit};

use super::Canvas;
use crate::{
    editing::{Position, lines::line_of},
    release::Field,
    typeset::{Cluster, Lines},
};

/// Letters in one run of text: a word's start in a run has to fit in a byte.
const RUN: usize = 255;

/// A text that is spoken of.
pub(super) struct Spoken<'a> {
    /// The number or bullet before it.
    pub marker: Option<&'a str>,
    pub field: Field,
    pub lines: Arc<Lines>,
    /// Its upper left corner on the screen.
    pub corner: Pos2,
}

/// Describes a field: its widget, its name, and whether it is one of many lines. `selection` is where the selection
/// begins and where the caret is, if the field has the keyboard; `height` is that of a line.
pub(super) fn describe(
    ui: &mut Ui,
    (id, label, many): (Id, &str, bool),
    texts: &[Spoken<'_>],
    selection: Option<(Position, Position, bool)>,
    height: f32,
    canvas: &mut Canvas,
) {
    let known = ui.ctx().accesskit_node_builder(id, |node| {
        let role = if many { accesskit::Role::MultilineTextInput } else { accesskit::Role::TextInput };
        node.set_role(role);
        node.set_label(label.to_owned());
        let said = |spoken: &Spoken<'_>| match spoken.marker {
            Some(marker) => format!("{marker} {}", spoken.lines.text.shown(0..spoken.lines.text.text.len())),
            None => spoken.lines.text.shown(0..spoken.lines.text.text.len()).into_owned(),
        };
        node.set_value(texts.iter().map(said).collect::<Vec<_>>().join("\n"));
        if let Some((anchor, head, upstream)) = selection {
            let place = |position: Position, upstream| {
                let spoken = texts.iter().find(|spoken| spoken.field == position.field)?;
                Some(text_position(id, spoken, position.byte, upstream))
            };
            if let (Some(anchor), Some(focus)) = (place(anchor, false), place(head, upstream)) {
                node.set_text_selection(accesskit::TextSelection { anchor, focus });
            }
        }
    });
    // The runs stand in a ui of their own, so that their number changes no other widget's name.
    let mut inner = ui.new_child(UiBuilder::new().accessibility_parent(id));
    // Only the field in use is spoken run by run.
    if known.is_some() && selection.is_some() {
        for (index, spoken) in texts.iter().enumerate() {
            let words = canvas.words(&spoken.lines);
            describe_runs(&mut inner, id, (spoken, &words), height, index + 1 < texts.len());
        }
    }
}

fn run_id(widget: Id, field: Field, line: usize, run: usize) -> Id {
    widget.with(("run", field, line, run))
}

fn text_position(widget: Id, spoken: &Spoken<'_>, byte: usize, upstream: bool) -> accesskit::TextPosition {
    let lines = &spoken.lines;
    let line = line_of(lines, byte, upstream);
    let letters = lines.lines.get(line).map_or(0, |set| {
        let clusters = lines.text.clusters.get(set.clusters.clone()).unwrap_or_default();
        clusters.partition_point(|cluster| cluster.text.start < byte)
    });
    let run = letters.saturating_sub(1) / RUN;
    let node = run_id(widget, spoken.field, line, run).accesskit_id();
    accesskit::TextPosition { node, character_index: letters - run * RUN }
}

/// Describes the lines of a text, in which words begin at `words`; `goes_on` says that another paragraph follows.
fn describe_runs(ui: &mut Ui, widget: Id, (spoken, words): (&Spoken<'_>, &[usize]), height: f32, goes_on: bool) {
    let Spoken { field, lines, corner, marker } = spoken;
    if let Some(marker) = marker {
        describe_marker(ui, widget, *field, marker, *corner, height);
    }
    for (row, line) in lines.lines.iter().enumerate() {
        let clusters = lines.text.clusters.get(line.clusters.clone()).unwrap_or_default();
        let pieces: Vec<_> = if clusters.is_empty() { vec![clusters] } else { clusters.chunks(RUN).collect() };
        let top = f64::from(corner.y + row as f32 * height);
        for (index, piece) in pieces.iter().enumerate() {
            let ends = goes_on && row + 1 == lines.lines.len() && index + 1 == pieces.len();
            let id = run_id(widget, *field, row, index);
            let run = ui.new_child(UiBuilder::new().scope_id(id).accessibility_parent(widget));
            run.ctx().accesskit_node_builder(run.unique_id(), |node| {
                node.set_role(accesskit::Role::TextRun);
                node.set_text_direction(accesskit::TextDirection::LeftToRight);
                // A hyphen that the line has brought is not of the text.
                let said = |c: &Cluster| if c.text.is_empty() { "" } else { lines.text.characters(c) };
                let mut value: String = piece.iter().map(said).collect();
                let length = |bytes: usize| u8::try_from(bytes).unwrap_or(u8::MAX);
                let mut lengths: Vec<u8> = piece.iter().map(|c| length(said(c).len())).collect();
                let edges = |i: usize| line.x.get(index * RUN + i).copied().unwrap_or(0.0);
                let left = edges(0);
                let mut places: Vec<f32> = (0..piece.len()).map(|i| edges(i) - left).collect();
                let mut widths: Vec<f32> = (0..piece.len()).map(|i| edges(i + 1) - edges(i)).collect();
                if ends {
                    // The end of a paragraph is a character of its own to those who listen.
                    value.push('\n');
                    lengths.push(1);
                    places.push(edges(piece.len()) - left);
                    widths.push(0.0);
                }
                node.set_value(value);
                node.set_character_lengths(lengths);
                node.set_character_positions(places);
                node.set_character_widths(widths);
                let starts = piece.iter().zip(0u8..).filter(|(c, _)| words.binary_search(&c.text.start).is_ok());
                node.set_word_starts(starts.map(|(_, i)| i).collect::<Vec<_>>());
                let x0 = f64::from(corner.x + line.left + left);
                let x1 = f64::from(corner.x + line.left + edges(piece.len()));
                node.set_bounds(accesskit::Rect { x0, y0: top, x1, y1: top + f64::from(height) });
            });
        }
    }
}

/// Describes the number of an item, which is heard before its text and is no place for the caret.
fn describe_marker(ui: &mut Ui, widget: Id, field: Field, marker: &str, corner: Pos2, height: f32) {
    let run = ui.new_child(UiBuilder::new().scope_id(widget.with(("marker", field))).accessibility_parent(widget));
    run.ctx().accesskit_node_builder(run.unique_id(), |node| {
        node.set_role(accesskit::Role::ListMarker);
        node.set_value(marker.to_owned());
        let (x0, y0) = (f64::from(corner.x), f64::from(corner.y));
        node.set_bounds(accesskit::Rect { x0, y0, x1: x0 + 1.0, y1: y0 + f64::from(height) });
    });
}
