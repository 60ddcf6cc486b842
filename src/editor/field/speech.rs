//! What a screen reader reads of a field: its name, its text line by line with emphasis and findings, the caret; and
//! of a page: its lines.
//!
//! Knows set lines and no document. Its invariant: a text that has not changed is not described again; only its place
//! on the screen is new in each frame.

use std::{collections::HashMap, ops::Range, sync::Arc};

use egui::{
    Context, FullOutput, Id, Plugin, Pos2, Ui,
    accesskit::{self, Color, Node, NodeId, TextDecoration, TextDecorationStyle},
};

use super::Canvas;
use crate::{
    editing::{Position, Selection, lines::line_of},
    release::{Field, RichText, Style},
    typeset::{Cluster, Line, Lines, Page, breaks::word_boundaries},
};

/// The weights of the letters, as style sheets count them.
const REGULAR: f32 = 400.0;
const BOLD: f32 = 700.0;
/// No listener sees the colour of an underline, but a reader of the tree asks for one.
const BLACK: Color = Color { red: 0, green: 0, blue: 0, alpha: 255 };

/// The size and the width of a text that is read aloud and not shown, in points.
const SPOKEN_SIZE: f32 = 16.0;
const SPOKEN_WIDTH: f32 = 480.0;

/// Letters in one run of text: a word's start in a run has to fit in a byte.
const RUN: usize = 255;
/// Frames for which the description of a text is kept after its last use.
const KEPT: u64 = 240;

/// A text that is spoken of.
pub(super) struct Spoken<'a> {
    /// The number or bullet before it.
    pub marker: Option<&'a str>,
    pub field: Field,
    pub lines: Arc<Lines>,
    /// Its upper left corner on the screen.
    pub corner: Pos2,
    /// What is to be looked at in it, in bytes.
    pub found: Vec<Range<usize>>,
}

/// What was described, kept while it is in use.
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
    /// Whether another paragraph follows.
    goes_on: bool,
    found: Vec<Range<usize>>,
    /// Once they have been read.
    runs: Option<Vec<Run>>,
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
    /// Begins a frame, and drops texts that have not been used for some time.
    pub(super) fn begin(&mut self, frame: u64) {
        self.frame = frame;
        self.texts.retain(|_, text| frame - text.used < KEPT);
    }

    fn text(&mut self, lines: &Arc<Lines>) -> &mut Described {
        let text = self.texts.entry(Arc::as_ptr(lines)).or_insert_with(|| Described {
            lines: lines.clone(),
            value: lines.text.shown(0..lines.text.text.len()).into_owned(),
            goes_on: false,
            found: Vec::new(),
            runs: None,
            used: 0,
        });
        text.used = self.frame;
        text
    }

    /// The runs of a text; `goes_on` says that another paragraph follows.
    fn runs(&mut self, spoken: &Spoken<'_>, goes_on: bool) -> &[Run] {
        let text = self.text(&spoken.lines);
        let is_known = text.runs.is_some() && text.goes_on == goes_on && text.found == spoken.found;
        if !is_known {
            text.runs = Some(runs(&text.lines, &spoken.found, goes_on));
            (text.goes_on, text.found) = (goes_on, spoken.found.clone());
        }
        #[cfg(test)]
        {
            self.described += usize::from(!is_known);
        }
        let text = self.texts.get(&Arc::as_ptr(&spoken.lines)).and_then(|text| text.runs.as_ref());
        text.map(Vec::as_slice).unwrap_or_default()
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
    if known.is_none() {
        return;
    }
    let mut nodes = Vec::new();
    for (index, spoken) in texts.iter().enumerate() {
        if let Some(marker) = spoken.marker {
            nodes.push(marker_node(id, spoken, marker, height));
        }
        let goes_on = index + 1 < texts.len();
        for run in speech.runs(spoken, goes_on) {
            nodes
                .push((run_id(id, spoken.field, run.row, run.index).accesskit_id(), run.placed(spoken.corner, height)));
        }
    }
    tell(ui.ctx(), id, nodes);
}

/// Gives the runs of a widget to the screen reader together with it.
fn tell(ctx: &Context, widget: Id, nodes: Vec<(NodeId, Node)>) {
    ctx.add_plugin(Runs::default());
    ctx.with_plugin(|runs: &mut Runs| runs.of_widgets.push((widget.accesskit_id(), nodes)));
}

/// Describes a widget in which a whole release is typed by the one text with the caret, if it has the keyboard.
/// `corner` is where the caret is on the screen.
pub fn describe_typed(
    ui: &Ui,
    (id, label): (Id, &str),
    typed: Option<(Field, &RichText, Selection)>,
    corner: Pos2,
    canvas: &mut Canvas,
) {
    if !ui.ctx().has_accesskit_node(id) {
        return;
    }
    let Some((field, text, selection)) = typed else {
        return describe(ui, (id, label, true), &[], None, 0.0, &mut canvas.speech);
    };
    let lines = canvas.lines(text, SPOKEN_SIZE, SPOKEN_WIDTH, None);
    let spoken = Spoken { marker: None, field, lines, corner, found: Vec::new() };
    let anchor = if selection.anchor.field == field { selection.anchor } else { selection.head };
    let selection = Some((anchor, selection.head, selection.upstream));
    describe(ui, (id, label, true), &[spoken], selection, SPOKEN_SIZE, &mut canvas.speech);
}

/// Describes a page, which can be read line by line. `origin` is its upper left corner on the screen, and `factor` how
/// many points of the screen come to one of the page.
pub fn describe_page(ui: &Ui, id: Id, page: &Page, (origin, factor): (Pos2, f32)) {
    if !ui.ctx().has_accesskit_node(id) {
        return;
    }
    let mut nodes = Vec::new();
    for (index, line) in page.lines.iter().enumerate() {
        let clusters = line.text.clusters.get(line.clusters.clone()).unwrap_or_default();
        for (number, piece) in pieces(clusters, &[]).into_iter().enumerate() {
            let ends = line.ends_text() && piece.end == clusters.len();
            let mut node = run(&line.text.text, clusters.get(piece.clone()).unwrap_or_default(), &line.x, &piece, ends);
            // Where words of Khmer end is not asked in each frame.
            let is_space = |at: usize| clusters.get(at).is_some_and(|c| line.text.characters(c).trim().is_empty());
            let starts = piece.clone().filter(|&at| at == piece.start || is_space(at - 1) && !is_space(at));
            node.set_word_starts(starts.filter_map(|at| u8::try_from(at - piece.start).ok()).collect::<Vec<_>>());
            node.set_bounds(bounds(line, &piece, origin, factor));
            nodes.push((id.with(("line", index, number)).accesskit_id(), node));
        }
    }
    tell(ui.ctx(), id, nodes);
}

/// Where a piece of a line of a page is on the screen.
fn bounds(line: &Line, piece: &Range<usize>, origin: Pos2, factor: f32) -> accesskit::Rect {
    let edge = |at: usize| line.left + line.x.get(at).copied().unwrap_or(0.0);
    let place = |from: f32, along: f32| f64::from(from + along * factor);
    let (above, below) = line.reach;
    accesskit::Rect {
        x0: place(origin.x, edge(piece.start)),
        y0: place(origin.y, line.baseline - above),
        x1: place(origin.x, edge(piece.end)),
        y1: place(origin.y, line.baseline + below),
    }
}

fn run_id(widget: Id, field: Field, row: usize, run: usize) -> Id {
    widget.with(("run", field, row, run))
}

fn text_position(widget: Id, spoken: &Spoken<'_>, byte: usize, upstream: bool) -> accesskit::TextPosition {
    let lines = &spoken.lines;
    let row = line_of(lines, byte, upstream);
    let clusters = lines.lines.get(row).and_then(|set| lines.text.clusters.get(set.clusters.clone()));
    let clusters = clusters.unwrap_or_default();
    let letters = clusters.partition_point(|cluster| cluster.text.start < byte);
    // Between two runs the caret is at the end of the first.
    let before = letters.saturating_sub(1);
    let pieces = pieces(clusters, &spoken.found);
    let run = pieces.iter().position(|piece| piece.contains(&before)).unwrap_or(0);
    let start = pieces.get(run).map_or(0, |piece| piece.start);
    let node = run_id(widget, spoken.field, row, run).accesskit_id();
    accesskit::TextPosition { node, character_index: letters - start }
}

/// The runs of a line: where emphasis or finding changes another one begins. A line without text has an empty one.
fn pieces(clusters: &[Cluster], found: &[Range<usize>]) -> Vec<Range<usize>> {
    let kind = |cluster: &Cluster| (cluster.style, is_found(cluster, found));
    let mut pieces = Vec::new();
    let mut start = 0;
    for (index, pair) in clusters.windows(2).enumerate() {
        let is_end = pair.first().map(kind) != pair.last().map(kind) || index + 1 - start == RUN;
        if is_end {
            pieces.push(start..index + 1);
            start = index + 1;
        }
    }
    pieces.push(start..clusters.len());
    pieces
}

fn is_found(cluster: &Cluster, found: &[Range<usize>]) -> bool {
    found.iter().any(|range| range.contains(&cluster.text.start))
}

/// The runs of a text in which something is found; `goes_on` says that another paragraph follows.
fn runs(lines: &Lines, found: &[Range<usize>], goes_on: bool) -> Vec<Run> {
    let words = word_boundaries(&lines.text.text);
    let mut runs = Vec::new();
    for (row, line) in lines.lines.iter().enumerate() {
        let clusters = lines.text.clusters.get(line.clusters.clone()).unwrap_or_default();
        for (index, piece) in pieces(clusters, found).into_iter().enumerate() {
            let ends = goes_on && row + 1 == lines.lines.len() && piece.end == clusters.len();
            let of_piece = clusters.get(piece.clone()).unwrap_or_default();
            let mut node = run(&lines.text.text, of_piece, &line.x, &piece, ends);
            if of_piece.first().is_some_and(|first| is_found(first, found)) {
                node.set_underline(TextDecoration { style: TextDecorationStyle::Wavy, color: BLACK });
                node.set_is_spelling_error();
            }
            let starts = of_piece.iter().zip(0u8..).filter(|(c, _)| words.binary_search(&c.text.start).is_ok());
            node.set_word_starts(starts.map(|(_, i)| i).collect::<Vec<_>>());
            let edge = |at: usize| line.left + line.x.get(at).copied().unwrap_or(0.0);
            runs.push(Run { row, index, node, left: edge(piece.start), right: edge(piece.end) });
        }
    }
    runs
}

/// A run of clusters that look alike, a piece of a line with these edges; `ends` says that a paragraph ends.
fn run(text: &str, clusters: &[Cluster], edges: &[f32], piece: &Range<usize>, ends: bool) -> Node {
    let mut node = Node::new(accesskit::Role::TextRun);
    node.set_text_direction(accesskit::TextDirection::LeftToRight);
    // A hyphen that the line has brought has no characters.
    let said = |c: &Cluster| text.get(c.text.clone()).unwrap_or_default();
    let mut value: String = clusters.iter().map(said).collect();
    let length = |bytes: usize| u8::try_from(bytes).unwrap_or(u8::MAX);
    let mut lengths: Vec<u8> = clusters.iter().map(|c| length(said(c).len())).collect();
    let edge = |at: usize| edges.get(at).copied().unwrap_or(0.0);
    let left = edge(piece.start);
    let mut places: Vec<f32> = piece.clone().map(|at| edge(at) - left).collect();
    let mut widths: Vec<f32> = piece.clone().map(|at| edge(at + 1) - edge(at)).collect();
    if ends {
        // The end of a paragraph is a character of its own to those who listen.
        value.push('\n');
        lengths.push(1);
        places.push(edge(piece.end) - left);
        widths.push(0.0);
    }
    node.set_value(value);
    node.set_character_lengths(lengths);
    node.set_character_positions(places);
    node.set_character_widths(widths);
    let style = clusters.first().map_or(Style::PLAIN, |cluster| cluster.style);
    node.set_font_weight(if style.has(Style::BOLD) { BOLD } else { REGULAR });
    if style.has(Style::ITALIC) {
        node.set_italic();
    }
    if style.has(Style::UNDERLINE) {
        node.set_underline(TextDecoration { style: TextDecorationStyle::Solid, color: BLACK });
    }
    node
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
                    found: Vec::new(),
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
