//! How a text looks in the window: its frame, its letters, what is selected and marked, the caret.
//!
//! Draws what it is given and decides nothing.

use std::{ops::Range, sync::Arc};

use egui::{Color32, Painter, Pos2, Rect, Stroke, Ui, Visuals, pos2, vec2};

use super::{ASCENT, BLINK, Canvas, LINE, PADDING, SIZE};
use crate::{
    editing::lines::{position, span, x_in_line},
    editor::theme::accents,
    khmer::characters::{COENG, is_in_words},
    typeset::Lines,
};

/// So many Khmer letters are typed at most before a word is looked at again.
const MOST_BEHIND: usize = 8;

/// One text with what is to be seen in it.
pub(super) struct Block<'a> {
    pub lines: &'a Arc<Lines>,
    /// The upper left corner of its first line, in points of the screen.
    pub origin: Pos2,
    /// The selected bytes.
    pub selected: Option<Range<usize>>,
    /// Whether the selection goes on over the end of the text.
    pub through: bool,
    /// The byte of the caret, if it is in this text and the text has the keyboard.
    pub caret: Option<usize>,
    /// The byte of the caret, if something was just typed before it.
    pub typed: Option<usize>,
    /// Matches of a search.
    pub found: &'a [Range<usize>],
    /// The match that was gone to.
    pub current: Option<&'a Range<usize>>,
    /// Places of findings, by their weight: errors, doubts, style.
    pub weighed: [&'a [Range<usize>]; 3],
    /// What comments are of.
    pub commented: &'a [Range<usize>],
    /// Whether invisible characters are shown.
    pub show_invisible: bool,
}

/// The frame of a field.
pub(super) fn frame(ui: &Ui, rect: Rect, focused: bool) {
    let visuals = ui.visuals();
    let stroke = if focused {
        Stroke::new(1.5, visuals.selection.stroke.color)
    } else if ui.rect_contains_pointer(rect) {
        visuals.widgets.hovered.bg_stroke
    } else {
        visuals.widgets.inactive.bg_stroke
    };
    ui.painter().rect(rect, 5.0, visuals.text_edit_bg_color(), stroke, egui::StrokeKind::Inside);
}

/// A cell of a table: its edges, and whether all of it is selected.
pub(super) fn cell(painter: &Painter, visuals: &Visuals, area: Rect, is_selected: bool) {
    if is_selected {
        painter.rect_filled(area, 0.0, visuals.selection.bg_fill);
    }
    let stroke = Stroke::new(1.0, visuals.weak_text_color().gamma_multiply(0.5));
    painter.rect_stroke(area, 0.0, stroke, egui::StrokeKind::Middle);
}

/// The place of a picture: its file's name in a frame.
pub(super) fn picture(painter: &Painter, visuals: &Visuals, area: Rect, name: &str) {
    let stroke = Stroke::new(1.0, visuals.weak_text_color().gamma_multiply(0.5));
    painter.rect(area, 4.0, visuals.faint_bg_color, stroke, egui::StrokeKind::Inside);
    let font = egui::FontId::proportional(SIZE - 3.0);
    let text = format!("{}  {name}", crate::editor::theme::icon::PICTURE);
    painter.text(area.center(), egui::Align2::CENTER_CENTER, text, font, visuals.weak_text_color());
}

/// What shows in an empty field.
pub(super) fn hint(painter: &Painter, visuals: &Visuals, origin: Pos2, hint: &str) {
    let place = pos2(origin.x, origin.y + LINE / 2.0);
    let font = egui::FontId::proportional(SIZE - 2.0);
    painter.text(place, egui::Align2::LEFT_CENTER, hint, font, visuals.weak_text_color());
}

impl Block<'_> {
    pub(super) fn paint(&self, painter: &Painter, visuals: &Visuals, canvas: &mut Canvas) {
        let text = self.lines.text.text.as_str();
        let area = |range: &Range<usize>| areas(self.lines, range, self.origin);
        if let Some(selected) = self.selected.as_ref().filter(|range| !range.is_empty() || self.through) {
            let mut shown = area(selected);
            if self.through {
                shown.push(self.end());
            }
            for area in shown {
                painter.rect_filled(area, 1.0, visuals.selection.bg_fill);
            }
        }
        let marked = canvas.marked(text);
        for area in marked.placeholders.iter().flat_map(area) {
            painter.rect_filled(area.shrink2(vec2(0.0, 3.0)), 3.0, accents(visuals).placeholder);
        }
        for area in self.commented.iter().flat_map(area) {
            painter.rect_filled(area.shrink2(vec2(0.0, 2.0)), 2.0, accents(visuals).commented);
        }
        for area in self.found.iter().flat_map(area) {
            painter.rect_filled(area.shrink2(vec2(0.0, 2.0)), 2.0, accents(visuals).found);
        }
        for area in self.current.into_iter().flat_map(area) {
            painter.rect_filled(area.shrink2(vec2(0.0, 1.0)), 2.0, accents(visuals).current);
        }
        canvas.paint(painter, self.lines, self.origin, (LINE, ASCENT), visuals.text_color());
        let typing = |fault: &&Range<usize>| self.caret.is_some_and(|caret| is_being_typed(text, fault, caret));
        for area in marked.faults.iter().filter(|fault| !typing(fault)).flat_map(area) {
            wave(painter, area, accents(visuals).warning);
        }
        // A word that is being typed is not yet what it is to be.
        let typing = |place: &&Range<usize>| self.typed.is_some_and(|caret| is_of_typed_word(text, place, caret));
        for (places, colour) in self.weighed.into_iter().zip(accents(visuals).weighed).rev() {
            for area in places.iter().filter(|place| !typing(place)).flat_map(area) {
                wave(painter, area, colour);
            }
        }
        if self.show_invisible {
            invisible(painter, self.lines, self.origin, visuals.weak_text_color());
        }
    }

    /// The area of the paragraph's end, which is selected with what comes after it.
    fn end(&self) -> Rect {
        let (x, row) = position(self.lines, self.lines.text.text.len(), false);
        Rect::from_min_size(pos2(self.origin.x + x, row_top(row, self.origin)), vec2(6.0, LINE))
    }
}

/// The caret, which blinks: it is seen now if its time is even.
pub(super) fn caret(ui: &Ui, painter: &Painter, place: Rect, moved: f64) {
    let time = ui.input(|input| input.time) - moved;
    #[expect(clippy::cast_possible_truncation, reason = "seconds of a session")]
    if (time / BLINK) as i64 % 2 == 0 {
        painter.rect_filled(place, 0.0, ui.visuals().strong_text_color());
    }
    let left = BLINK - time % BLINK;
    ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left.max(0.02)));
}

/// The height of a text of so many rows.
pub(super) fn height(rows: usize) -> f32 {
    let rows = rows.max(1) as f32;
    rows * LINE
}

pub(super) fn row_top(row: usize, origin: Pos2) -> f32 {
    let row = row as f32;
    origin.y + row * LINE
}

/// Where the caret is drawn.
pub(super) fn caret_rect(lines: &Lines, byte: usize, upstream: bool, origin: Pos2) -> Rect {
    let (x, row) = position(lines, byte, upstream);
    Rect::from_min_size(pos2((origin.x + x - 0.75).round(), row_top(row, origin) + 2.0), vec2(1.5, LINE - 4.0))
}

/// The areas of some bytes, one a line.
pub(super) fn areas(lines: &Lines, range: &Range<usize>, origin: Pos2) -> Vec<Rect> {
    let mut areas = Vec::new();
    // A long text may have a thousand marks, each in one or two of its lines.
    let first = lines.lines.partition_point(|line| span(lines, line).end < range.start);
    for (row, line) in lines.lines.iter().enumerate().skip(first) {
        let span = span(lines, line);
        if span.start >= range.end {
            break;
        }
        if span.end <= range.start && !(span.is_empty() && range.contains(&span.start)) {
            continue;
        }
        let left = x_in_line(lines, line, range.start.max(span.start));
        let right = x_in_line(lines, line, range.end.min(span.end)).max(left + 4.0);
        let top = row_top(row, origin);
        areas.push(Rect::from_min_max(pos2(origin.x + left, top), pos2(origin.x + right, top + LINE)));
    }
    areas
}

/// The part of a field in which text is seen.
pub(super) fn inside(rect: Rect) -> Rect {
    rect.shrink2(vec2(PADDING.x - 3.0, 1.0))
}

/// Whether a fault is only that a subscript has not been typed to its end.
fn is_being_typed(text: &str, fault: &Range<usize>, caret: usize) -> bool {
    let before = text.get(..caret).unwrap_or_default();
    fault.start < caret && caret <= fault.end && before.ends_with(COENG)
}

/// Whether a mark is of the word that is being typed: the caret is in it, or behind it in the same word, of which less
/// was there when it was looked at.
pub fn is_of_typed_word(text: &str, mark: &Range<usize>, caret: usize) -> bool {
    let Some(behind) = text.get(mark.end.min(caret)..caret) else { return false };
    // Khmer words are not parted by spaces.
    let is_khmer = behind.contains(is_in_words);
    let goes_on = |c: char| c.is_alphanumeric() || is_in_words(c) || matches!(c, '’' | '\'' | '-');
    mark.start < caret && behind.chars().all(goes_on) && !(is_khmer && behind.chars().count() > MOST_BEHIND)
}

/// A wavy line under an area.
pub fn wave(painter: &Painter, area: Rect, ink: Color32) {
    if !painter.clip_rect().intersects(area) {
        return;
    }
    let mut points = Vec::new();
    let (mut x, mut low) = (area.left(), false);
    while x <= area.right() + 1.0 {
        points.push(pos2(x, area.bottom() - if low { 1.5 } else { 4.0 }));
        (x, low) = (x + 2.5, !low);
    }
    painter.line(points, Stroke::new(1.3, ink));
}

/// Marks for what draws nothing: spaces, places where a line may break, line ends.
fn invisible(painter: &Painter, lines: &Lines, origin: Pos2, ink: Color32) {
    for (row, line) in lines.lines.iter().enumerate() {
        let top = row_top(row, origin);
        if !painter.clip_rect().y_range().intersects(egui::Rangef::new(top, top + LINE)) {
            continue;
        }
        let clusters = lines.text.clusters.get(line.clusters.clone()).unwrap_or_default();
        for (cluster, edges) in clusters.iter().zip(line.x.windows(2)) {
            let [left, right] = *edges else { continue };
            let (left, middle) = (origin.x + line.left + left, origin.x + line.left + f32::midpoint(left, right));
            let centre = pos2(middle, top + ASCENT - 5.0);
            match lines.text.characters(cluster) {
                " " => _ = painter.circle_filled(centre, 1.2, ink),
                "\u{A0}" | "\u{202F}" => _ = painter.circle_stroke(centre, 2.2, Stroke::new(1.0, ink)),
                "\u{200B}" => {
                    painter.vline(left, egui::Rangef::new(top + 5.0, top + ASCENT + 3.0), Stroke::new(1.0, ink));
                }
                "\u{2060}" => {
                    painter.hline(left - 3.0..=left + 3.0, top + ASCENT + 4.0, Stroke::new(1.0, ink));
                }
                "\n" => {
                    let font = egui::FontId::proportional(12.0);
                    painter.text(pos2(left + 2.0, centre.y), egui::Align2::LEFT_CENTER, "¶", font, ink);
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_being_typed_is_not_marked() {
        // The caret is where the text is cut; the mark is of the word that was there when it was looked at.
        for (before, after, mark, is_typed) in [
            ("the Ministr", "", "Ministr", true),
            ("the Ministry", "", "Ministr", true),
            ("the Minis", "tr", "Ministr", true),
            ("the co-opratio", "", "opra", true),
            ("the Ministr ", "", "Ministr", false),
            ("the Ministr, ", "x", "Ministr", false),
            ("", "the Ministr", "Ministr", false),
            ("ក្រសួងការបរទេ", "", "បរ", true),
            ("ក្រសួងការបរទេសកម្ពុជា", "", "ក្រ", false),
        ] {
            let text = format!("{before}{after}");
            let at = text.find(mark).unwrap();
            assert_eq!(is_of_typed_word(&text, &(at..at + mark.len()), before.len()), is_typed, "{before}|{after}");
        }
    }
}
