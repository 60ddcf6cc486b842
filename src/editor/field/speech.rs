//! What a screen reader is told of a field: its name, its text line by line, the caret.
//!
//! Knows set lines and no document. Its invariant: a text that has not changed is not described again; only its place
//! on the screen is new in each frame.

use std::{collections::HashMap, sync::Arc};

use egui::{
    Context, FullOutput, Id, Plugin, Pos2, Ui,
    accesskit::{self, Node, NodeId},
};

use crate::{
    editing::{Position, lines::line_of},
    release::Field,
    typeset::{Cluster, Lines, breaks::word_boundaries},
};

/// Letters in one run of text: a word's start in a run has to fit in a byte.
const RUN: usize = 255;
/// Frames for which the description of a text is kept after it was last told.
const KEPT: u64 = 240;

/// A text that is spoken of.
pub(super) struct Spoken<'a> {
    /// The number or bullet before it.
    pub marker: Option<&'a str>,
    pub field: Field,
    pub lines: Arc<Lines>,
    /// Its upper left corner on the screen.
    pub corner: Pos2,
}

/// What was described, kept while it is told.
#[derive(Default)]
pub struct Speech {
    /// Each by the lines that it is of.
    texts: HashMap<*const Lines, Described>,
    frame: u64,
    /// How often the runs of a text were described.
    #[cfg(test)]
    described: usize,
}

struct Described {
    /// Kept alive, so that their address is that of no others.
    lines: Arc<Lines>,
    value: String,
    /// The runs, once they are told; with `true`, another paragraph follows.
    runs: Option<(bool, Vec<Run>)>,
    used: u64,
}

/// A part of a line, all but its place.
struct Run {
    row: usize,
    index: usize,
    node: Node,
    /// Its edges, in points from the left edge of the text.
    left: f32,
    right: f32,
}

impl Speech {
    /// Begins a frame, and drops texts that were not told for some time.
    pub(super) fn begin(&mut self, frame: u64) {
        self.frame = frame;
        self.texts.retain(|_, text| frame - text.used < KEPT);
    }

    fn text(&mut self, lines: &Arc<Lines>) -> &mut Described {
        let text = self.texts.entry(Arc::as_ptr(lines)).or_insert_with(|| Described {
            lines: lines.clone(),
            value: lines.text.shown(0..lines.text.text.len()).into_owned(),
            runs: None,
            used: 0,
        });
        text.used = self.frame;
        text
    }

    /// The runs of a text; `goes_on` says that another paragraph follows.
    fn runs(&mut self, lines: &Arc<Lines>, goes_on: bool) -> &[Run] {
        let text = self.text(lines);
        let is_known = text.runs.as_ref().is_some_and(|(before, _)| *before == goes_on);
        if !is_known {
            text.runs = Some((goes_on, runs(&text.lines, goes_on)));
        }
        #[cfg(test)]
        {
            self.described += usize::from(!is_known);
        }
        let text = self.texts.get(&Arc::as_ptr(lines)).and_then(|text| text.runs.as_ref());
        text.map(|(_, runs)| runs.as_slice()).unwrap_or_default()
    }
}

/// The nodes of the runs, which egui has no widgets for: a widget for each would take longer than all else.
#[derive(Default)]
struct Runs {
    /// By the widget that they are in.
    of_widgets: Vec<(NodeId, Vec<(NodeId, Node)>)>,
}

impl Plugin for Runs {
    fn debug_name(&self) -> &'static str {
        "runs of text"
    }

    fn on_begin_pass(&mut self, _: &mut Ui) {
        self.of_widgets.clear();
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        let of_widgets = std::mem::take(&mut self.of_widgets);
        let Some(update) = &mut output.platform_output.accesskit_update else { return };
        for (widget, runs) in of_widgets {
            if let Some((_, node)) = update.nodes.iter_mut().find(|(id, _)| *id == widget) {
                runs.iter().for_each(|(id, _)| node.push_child(*id));
                update.nodes.extend(runs);
            }
        }
    }
}

/// Describes a field: its widget, its name, and whether it is one of many lines. `selection` is where the selection
/// begins and where the caret is, if the field has the keyboard; `height` is that of a line.
pub(super) fn describe(
    ui: &Ui,
    (id, label, many): (Id, &str, bool),
    texts: &[Spoken<'_>],
    selection: Option<(Position, Position, bool)>,
    height: f32,
    speech: &mut Speech,
) {
    let known = ui.ctx().accesskit_node_builder(id, |node| {
        let role = if many { accesskit::Role::MultilineTextInput } else { accesskit::Role::TextInput };
        node.set_role(role);
        node.set_label(label.to_owned());
        let mut value = String::new();
        for (index, spoken) in texts.iter().enumerate() {
            value.push_str(if index > 0 { "\n" } else { "" });
            if let Some(marker) = spoken.marker {
                value.extend([marker, " "]);
            }
            value.push_str(&speech.text(&spoken.lines).value);
        }
        node.set_value(value);
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
    // Only the field in use is spoken run by run.
    if known.is_none() || selection.is_none() {
        return;
    }
    let mut nodes = Vec::new();
    for (index, spoken) in texts.iter().enumerate() {
        if let Some(marker) = spoken.marker {
            nodes.push(marker_node(id, spoken, marker, height));
        }
        let goes_on = index + 1 < texts.len();
        for run in speech.runs(&spoken.lines, goes_on) {
            nodes
                .push((run_id(id, spoken.field, run.row, run.index).accesskit_id(), run.placed(spoken.corner, height)));
        }
    }
    ui.ctx().add_plugin(Runs::default());
    ui.ctx().with_plugin(|runs: &mut Runs| runs.of_widgets.push((id.accesskit_id(), nodes)));
}

fn run_id(widget: Id, field: Field, row: usize, run: usize) -> Id {
    widget.with(("run", field, row, run))
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

/// The runs of a text; `goes_on` says that another paragraph follows.
fn runs(lines: &Lines, goes_on: bool) -> Vec<Run> {
    let words = word_boundaries(&lines.text.text);
    let mut runs = Vec::new();
    for (row, line) in lines.lines.iter().enumerate() {
        let clusters = lines.text.clusters.get(line.clusters.clone()).unwrap_or_default();
        let pieces: Vec<_> = if clusters.is_empty() { vec![clusters] } else { clusters.chunks(RUN).collect() };
        for (index, piece) in pieces.iter().enumerate() {
            let ends = goes_on && row + 1 == lines.lines.len() && index + 1 == pieces.len();
            let mut node = Node::new(accesskit::Role::TextRun);
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
            runs.push(Run { row, index, node, left: line.left + left, right: line.left + edges(piece.len()) });
        }
    }
    runs
}

impl Run {
    /// The run where its text has its upper left corner.
    fn placed(&self, corner: Pos2, height: f32) -> Node {
        let mut node = self.node.clone();
        let top = f64::from(corner.y + self.row as f32 * height);
        let (x0, x1) = (f64::from(corner.x + self.left), f64::from(corner.x + self.right));
        node.set_bounds(accesskit::Rect { x0, y0: top, x1, y1: top + f64::from(height) });
        node
    }
}

/// The number of an item, which is heard before its text and is no place for the caret.
fn marker_node(widget: Id, spoken: &Spoken<'_>, marker: &str, height: f32) -> (NodeId, Node) {
    let mut node = Node::new(accesskit::Role::ListMarker);
    node.set_value(marker.to_owned());
    let (x0, y0) = (f64::from(spoken.corner.x), f64::from(spoken.corner.y));
    node.set_bounds(accesskit::Rect { x0, y0, x1: x0 + 1.0, y1: y0 + f64::from(height) });
    (widget.with(("marker", spoken.field)).accesskit_id(), node)
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;
    use crate::{editor::field::Canvas, release::RichText};

    const TEXTS: usize = 20;

    /// Tells a reader of texts below each other; gives the runs that it hears, and how many texts were described.
    fn told(canvas: &mut Canvas, texts: &[RichText], top: f32) -> (Vec<Node>, usize) {
        let ctx = Context::default();
        ctx.enable_accesskit();
        let lines: Vec<_> = texts.iter().map(|text| canvas.lines(text, 16.0, 300.0, None)).collect();
        let before = canvas.speech.described;
        let at = |index| Position::new(Field::Paragraph(index), 0);
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let id = ui.interact(ui.max_rect(), Id::unique("field"), egui::Sense::click()).id;
            let spoken: Vec<_> = lines
                .iter()
                .enumerate()
                .map(|(index, lines)| Spoken {
                    marker: None,
                    field: Field::Paragraph(index),
                    lines: lines.clone(),
                    corner: pos2(0.0, top + 60.0 * index as f32),
                })
                .collect();
            describe(ui, (id, "Text", true), &spoken, Some((at(0), at(0), false)), 20.0, &mut canvas.speech);
        });
        output.textures_delta.clear();
        let update = output.platform_output.accesskit_update.unwrap();
        let runs = update.nodes.into_iter().map(|(_, node)| node);
        let runs = runs.filter(|node| node.role() == accesskit::Role::TextRun).collect();
        (runs, canvas.speech.described - before)
    }

    #[test]
    fn a_text_that_has_not_changed_is_not_described_again() {
        let mut canvas = Canvas::default();
        let mut texts: Vec<_> = (0..TEXTS).map(|number| RichText::plain(format!("Text {number}"))).collect();
        let (runs, described) = told(&mut canvas, &texts, 0.0);
        assert_eq!((runs.len(), described), (TEXTS, TEXTS));
        texts[3] = RichText::plain("Another text");
        let (runs, described) = told(&mut canvas, &texts, -100.0);
        assert_eq!((runs.len(), described), (TEXTS, 1));
        // It is told where it is now, and what it says now.
        let run = |value: &str| runs.iter().find(|run| run.value() == Some(value)).unwrap();
        assert_eq!(run("Text 2\n").bounds().unwrap().y0, 20.0);
        assert_eq!(run("Another text\n").word_starts(), [0, 7, 8]);
        assert_eq!(run("Text 19").character_lengths().len(), 7);
    }
}
