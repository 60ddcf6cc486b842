//! A flow of texts in one column: the body with all its paragraphs, or a field of one text.
//!
//! One widget, one name, one stop of Tab. Texts are set, kept and measured one by one; those that are far from
//! the view are only measured, and guessed at first. Invariant: the selection may reach over all of them.

use std::{ops::Range, sync::Arc};

use egui::{Id, Pos2, Rect, Response, Sense, Ui, vec2};

use super::{
    ASCENT, Canvas, LINE, Marks, NARROWEST, PADDING, Ranges,
    blocks::Look,
    cells::Cells,
    events::{listened, pointing},
    paint::{self, Block, caret_rect},
    speech::{self, Spoken},
    target::Target,
    typist::{Heard, Manner, Typist},
};
use crate::{
    editing::{Geometry, Position, Selected, Selection, ShownText, lines::byte_at, typing},
    release::{Field, Outline, RichText},
    typeset::Lines,
};

/// White space between two paragraphs, in points.
const GAP: f32 = 9.0;
/// Room above a caption for the name of its picture, in points.
const PICTURE: f32 = 30.0;
/// White space above and below the texts of a row, in points; two rows have it once between them.
const CELL_GAP: f32 = 6.0;

/// A flow about to be shown.
pub struct View<'a> {
    /// The widget's name.
    pub id: Id,
    /// Its accessible name.
    pub label: &'a str,
    /// What shows while it is empty.
    pub hint: &'a str,
    /// The first block of the flow.
    pub first: Field,
    /// Whether long text is wrapped; otherwise it scrolls sideways.
    pub wrap: bool,
    /// How one types in it.
    pub manner: Manner<'a>,
    /// Whether invisible characters are shown.
    pub show_invisible: bool,
    /// What is marked in the texts.
    pub marks: Marks<'a>,
    /// The kinds of the blocks, and their numbers.
    pub outline: &'a Outline,
    /// Room to the right of the text, in points.
    pub gutter: f32,
    /// Whether the selection is shown though the keyboard is elsewhere, as on the page.
    pub is_active: bool,
    /// A block that is to be at the top of what is seen.
    pub to_top: Option<Field>,
}

/// A view after it was shown.
pub struct Seen {
    /// Focus, clicks, place.
    pub response: Response,
    /// What was heard.
    pub heard: Heard,
    /// The selection before that.
    pub before: Selection,
    /// The blocks near the view, with their places on the screen.
    pub blocks: Vec<(Field, Rect)>,
    /// Below the caret on the screen, if it is in this flow.
    pub caret: Option<Pos2>,
}

/// A block in its place.
struct Placed {
    field: Field,
    /// The distance of its first line from the top of the text, in points.
    top: f32,
    height: f32,
    /// Its right edge, if others may be beside it.
    right: f32,
}

/// The lines of the column.
struct Column<'c> {
    canvas: &'c mut Canvas,
    outline: &'c Outline,
    cells: &'c Cells,
    width: f32,
}

impl Geometry for Column<'_> {
    fn shown(&mut self, field: Field, text: &RichText) -> Option<ShownText> {
        let lines = Look::of(self.outline, self.cells, field).lines(self.canvas, text, self.width, None);
        Some(ShownText { lines, prefix: 0 })
    }
}

/// The ranges of one text.
fn ranges_of(places: &Ranges, field: Field) -> &[Range<usize>] {
    places.get(&field).map(Vec::as_slice).unwrap_or_default()
}

impl View<'_> {
    /// Shows the flow in the full width, listens, and says what happened.
    pub fn show(self, ui: &mut Ui, typist: &mut Typist, target: &mut dyn Target, canvas: &mut Canvas) -> Seen {
        let width = ui.available_width().max(NARROWEST);
        let measure = if self.wrap { width - 2.0 * PADDING.x - self.gutter } else { f32::from(u16::MAX) };
        if !ui.is_enabled() {
            // What cannot be changed takes no keys, though a click on the page may have led here.
            ui.memory_mut(|memory| memory.surrender_focus(self.id));
        }
        let mut cells = self.cells(target, measure);
        let (mut blocks, mut guessed) = self.place(target, typist, canvas, (measure, &cells));
        let (rect, _) = ui.allocate_exact_size(vec2(width, column_height(&blocks)), Sense::hover());
        let mut response = ui.interact(rect, self.id, Sense::click_and_drag());
        response.flags.set(egui::response::Flags::CHANGED, false);
        // Without the keyboard it shows its beginning: another text may be in it by now.
        let scrolls = !self.wrap && ui.memory(|memory| memory.has_focus(self.id));
        let scroll = if scrolls { ui.data(|data| data.get_temp(self.id).unwrap_or(0.0)) } else { 0.0 };
        let origin = rect.min + PADDING - vec2(scroll, 0.0);

        let before = typist.selection;
        let mut heard = Heard::default();
        self.point(ui, &response, typist, target, canvas, (blocks.as_slice(), measure, &cells), origin, &mut heard);
        let focused = ui.memory(|memory| memory.has_focus(self.id));
        if focused {
            if typist.selection != before {
                typist.completion.close();
            }
            let mut column = Column { canvas, outline: self.outline, cells: &cells, width: measure };
            let more = listened(ui, self.id, typist, target, &mut column, |column| &mut *column.canvas, &self.manner);
            heard = Heard { changed: more.changed.or(heard.changed), ..more };
        }
        if heard.changed.is_some() || !typist.preedit.is_empty() {
            cells = self.cells(target, measure);
            (blocks, guessed) = self.place(target, typist, canvas, (measure, &cells));
        }
        let active = focused || self.is_active;
        self.paint(ui, typist, target, canvas, (blocks.as_slice(), measure, &cells), (rect, origin), (focused, active));
        let set = (blocks.as_slice(), measure, &cells);
        let caret = self.follow(ui, typist, target, canvas, set, (rect, scroll), (focused, guessed));
        if let Some(block) = blocks.iter().find(|block| Some(block.field) == self.to_top) {
            let top = egui::pos2(rect.left(), origin.y + block.top);
            ui.scroll_to_rect(Rect::from_min_size(top, vec2(rect.width(), block.height)), Some(egui::Align::TOP));
        }
        let near = near(ui);
        let seen = |block: &Placed| {
            let top = origin.y + block.top;
            let place = Rect::from_x_y_ranges(rect.x_range(), top..=top + block.height);
            near.intersects(place.y_range()).then_some((block.field, place))
        };
        Seen { blocks: blocks.iter().filter_map(seen).collect(), response, heard, before, caret }
    }

    /// Where the cells of tables are.
    fn cells(&self, texts: &dyn Target, measure: f32) -> Cells {
        Cells::of(self.outline, texts.last_paragraph() + 1, |field| texts.text(field), measure)
    }

    /// Where the blocks are, and whether that is only a guess.
    fn place(
        &self,
        texts: &dyn Target,
        typist: &Typist,
        canvas: &mut Canvas,
        (measure, cells): (f32, &Cells),
    ) -> (Vec<Placed>, bool) {
        let mut blocks: Vec<Placed> = Vec::new();
        // Where the row of the cell before begins.
        let mut row: Option<usize> = None;
        let (mut top, mut guess) = (0.0, false);
        let document = texts.shown().filter(|_| self.wrap && matches!(self.first, Field::Paragraph(_)));
        let mut heights = document.map(|document| {
            let mut heights = std::mem::take(canvas.heights());
            heights.follow(document, measure);
            heights
        });
        let mut next = Some(self.first);
        while let Some(field) = next {
            let text = texts.text(field).unwrap_or_default();
            let look = Look::of(self.outline, cells, field);
            let (rows, guessed) = match (typist.composed(field, &text), &mut heights) {
                _ if !self.wrap => (1, false),
                (None, Some(heights)) => heights.rows(field, &text, look, canvas),
                (composed, _) => look.rows(canvas, composed.as_ref().unwrap_or(&text), measure),
            };
            guess |= guessed;
            let height = paint::height(rows);
            next = texts.beside(field, true);
            let Some(cell) = look.cell else {
                if row.take().is_some() {
                    top += GAP - CELL_GAP;
                }
                if look.is_caption {
                    top += PICTURE;
                }
                blocks.push(Placed { field, top, height, right: f32::INFINITY });
                top += height + GAP;
                continue;
            };
            let right = cell.edges().1;
            if let Some(begun) = row.filter(|_| !cell.begins_row)
                && let Some(beside) = blocks.get_mut(begun..)
            {
                // All cells of a row are as high as the highest.
                let first = beside.first().map_or((top, height), |first| (first.top, first.height));
                let height = first.1.max(height);
                beside.iter_mut().for_each(|block| block.height = height);
                blocks.push(Placed { field, top: first.0, height, right });
                top = first.0 + height + CELL_GAP;
            } else {
                if row.is_none() {
                    top += CELL_GAP / 2.0;
                }
                row = Some(blocks.len());
                blocks.push(Placed { field, top, height, right });
                top += height + CELL_GAP;
            }
        }
        if let Some(heights) = heights {
            *canvas.heights() = heights;
        }
        (blocks, guess)
    }

    /// The lines of a block as it is shown, with what is being composed in it.
    fn lines(
        &self,
        field: Field,
        texts: &dyn Target,
        typist: &Typist,
        canvas: &mut Canvas,
        (measure, cells): (f32, &Cells),
    ) -> Arc<Lines> {
        let text = texts.text(field).unwrap_or_default();
        let composed = typist.composed(field, &text);
        let text = composed.as_ref().unwrap_or(&text);
        let head = typist.shown_head();
        let cut = (head.field == field && typist.selection.is_empty()).then(|| typing::cut(text.as_str(), head.byte));
        Look::of(self.outline, cells, field).lines(canvas, text, measure, cut.flatten())
    }

    /// Clicks, drags, text that is carried.
    #[expect(clippy::too_many_arguments, reason = "where the mouse is, and what it does")]
    fn point(
        &self,
        ui: &Ui,
        response: &Response,
        typist: &mut Typist,
        target: &mut dyn Target,
        canvas: &mut Canvas,
        (blocks, measure, cells): (&[Placed], f32, &Cells),
        origin: Pos2,
        heard: &mut Heard,
    ) {
        let at = |screen: Pos2, texts: &dyn Target, typist: &Typist, canvas: &mut Canvas| {
            let block = block_at(blocks, screen.x - origin.x, screen.y - origin.y)?;
            let lines = self.lines(block.field, texts, typist, canvas, (measure, cells));
            let row = row_at(screen.y - origin.y - block.top, lines.lines.len());
            let (byte, upstream) = byte_at(&lines, row, screen.x - origin.x);
            Some((Position::new(block.field, byte), upstream))
        };
        if let Some(hover) = response.hover_pos() {
            let over = at(hover, target, typist, canvas).is_some_and(|(place, _)| {
                let selection = typist.selection;
                self.holds(target, selection.field()) && selection.start() < place && place < selection.end()
            });
            let icon = match (typist.pointer.carries(), over) {
                (true, _) => egui::CursorIcon::Grabbing,
                (false, true) => egui::CursorIcon::Default,
                (false, false) => egui::CursorIcon::Text,
            };
            ui.set_cursor_icon(icon);
        }
        let Some(screen) = response.interact_pointer_pos() else { return };
        let Some(place) = at(screen, target, typist, canvas) else { return };
        if response.secondary_clicked() {
            // The menu is about what is selected, or else about where the mouse is.
            response.request_focus();
            let ((at, _), time) = (place, ui.input(|input| input.time));
            let selection = typist.selection;
            let is_selected = self.holds(target, selection.field()) && selection.start() <= at && at <= selection.end();
            if !is_selected || selection.is_empty() {
                typist.turn_to(Selection::at(at.field, at.byte), target, heard, time);
            }
            return;
        }
        let pointing = pointing(ui, response, place, screen);
        typist.point(pointing, target, heard);
    }

    /// Whether a block is in this flow.
    fn holds(&self, texts: &dyn Target, field: Field) -> bool {
        texts.flow(field) == texts.flow(self.first)
    }

    #[expect(clippy::too_many_arguments, reason = "what is painted, where, and in which state")]
    fn paint(
        &self,
        ui: &mut Ui,
        typist: &Typist,
        target: &dyn Target,
        canvas: &mut Canvas,
        (blocks, measure, cells): (&[Placed], f32, &Cells),
        (rect, origin): (Rect, Pos2),
        (focused, active): (bool, bool),
    ) {
        paint::frame(ui, rect, focused);
        let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(paint::inside(rect)));
        // With a screen reader every paragraph is laid out; otherwise only those near the view.
        let is_spoken = ui.ctx().has_accesskit_node(egui::accesskit_root_id());
        let view = near(ui);
        let head = typist.shown_head();
        let here = self.holds(target, head.field);
        let mut spoken = Vec::new();
        let taken = Selected::of(typist.selection, target);
        for block in blocks {
            let field = block.field;
            let top = origin.y + block.top;
            let seen = view.intersects(egui::Rangef::new(top, top + block.height));
            if !seen && !is_spoken {
                continue;
            }
            let lines = self.lines(field, target, typist, canvas, (measure, cells));
            let look = Look::of(self.outline, cells, field);
            let corner = origin + vec2(0.0, block.top);
            let found = if is_spoken { self.findings_in(field) } else { Vec::new() };
            spoken.push(Spoken { field, lines: lines.clone(), corner, marker: look.marker, found });
            if !seen {
                continue;
            }
            let length = target.length(field);
            let shown = active && here && typist.preedit.is_empty();
            let selected = taken.part(field, length).filter(|_| shown && !typist.selection.is_empty());
            let through = selected.is_some() && typist.selection.end().field > field && look.cell.is_none();
            if let Some(cell) = look.cell {
                let (left, right) = cell.edges();
                let area = Rect::from_x_y_ranges(left..=right, block.top..=block.top + block.height);
                let area = area.translate(origin.to_vec2()).expand2(vec2(0.0, CELL_GAP / 2.0));
                paint::cell(&painter, ui.visuals(), area, taken.has_cells() && selected.is_some());
            }
            let of = |places| ranges_of(places, field);
            Block {
                lines: &lines,
                origin: corner,
                selected,
                through,
                caret: (focused && here && head.field == field).then_some(head.byte),
                typed: typist.typed_at(field),
                found: of(self.marks.found),
                current: self.marks.current.filter(|(at, _)| *at == field).map(|(_, range)| range),
                weighed: self.marks.weighed.map(of),
                commented: of(self.marks.commented),
                show_invisible: self.show_invisible,
            }
            .paint(&painter, ui.visuals(), canvas);
            if let Some(picture) = target.picture(field).filter(|_| look.is_caption) {
                let area = Rect::from_x_y_ranges(rect.shrink(PADDING.x).x_range(), top - PICTURE + 4.0..=top - 2.0);
                paint::picture(&painter, ui.visuals(), area, &picture.name);
            }
            if let Some((marker, left)) = look.marker_line(canvas) {
                let ink = ui.visuals().text_color();
                canvas.paint(&painter, &marker, corner + vec2(left, 0.0), (LINE, ASCENT), ink);
            }
            if blocks.len() == 1 && lines.text.text.is_empty() && !self.hint.is_empty() {
                paint::hint(&painter, ui.visuals(), corner, self.hint);
            }
            if here {
                paint_carets(ui, &painter, typist, field, (&lines, corner), (focused, active));
            }
        }
        let anchor = if typist.preedit.is_empty() { typist.selection.anchor } else { head };
        let selection = (focused && here).then_some((anchor, head, typist.selection.upstream));
        let many = self.manner.breaks == super::Breaks::Paragraphs;
        speech::describe(ui, (self.id, self.label, many), &spoken, selection, LINE, &mut canvas.speech);
    }

    /// The places of all findings in a field.
    fn findings_in(&self, field: Field) -> Vec<Range<usize>> {
        self.marks.weighed.into_iter().flat_map(|places| ranges_of(places, field)).cloned().collect()
    }

    /// Keeps the caret in view, and gives its place to the input method and the list of names. Returns the place below
    /// it.
    #[expect(clippy::too_many_arguments, reason = "where the caret is, and who needs to know")]
    fn follow(
        &self,
        ui: &mut Ui,
        typist: &mut Typist,
        target: &dyn Target,
        canvas: &mut Canvas,
        (blocks, measure, cells): (&[Placed], f32, &Cells),
        (rect, scroll): (Rect, f32),
        (focused, guessed): (bool, bool),
    ) -> Option<Pos2> {
        let head = typist.shown_head();
        if !self.holds(target, head.field) {
            return None;
        }
        let block = blocks.iter().find(|block| block.field == head.field)?;
        let lines = self.lines(head.field, target, typist, canvas, (measure, cells));
        let upstream = typist.selection.upstream;
        let mut scroll = scroll;
        if focused && !self.wrap {
            let (x, _) = crate::editing::lines::position(&lines, head.byte, upstream);
            let width = rect.width() - 2.0 * PADDING.x;
            scroll = scroll.min(x).max(x - width).max(0.0);
            ui.data_mut(|data| data.insert_temp(self.id, scroll));
        }
        let corner = rect.min + PADDING + vec2(-scroll, block.top);
        let place = caret_rect(&lines, head.byte, upstream, corner);
        let (now, down) = ui.input(|input| (input.time, input.pointer.any_down()));
        let moved = focused && (now - typist.moved).abs() < f64::EPSILON;
        if typist.reveal || (moved && !down) {
            ui.scroll_to_rect(place.expand2(vec2(0.0, LINE)), None);
            // Where heights above are guessed, the caret is elsewhere once they are measured.
            typist.reveal = guessed;
            if guessed {
                ui.ctx().request_repaint();
            }
        } else if moved {
            ui.scroll_to_rect(place, None);
        }
        if !focused {
            return Some(place.left_bottom());
        }
        ui.output_mut(|output| {
            output.ime = Some(egui::output::IMEOutput {
                purpose: egui::IMEPurpose::Normal,
                rect,
                cursor_rect: place,
                should_interrupt_composition: false,
            });
        });
        if let Some(names) = self.manner.names.as_ref().filter(|_| typist.preedit.is_empty()) {
            let place = |byte| caret_rect(&lines, byte, false, corner);
            typist.completion.show(ui, self.id, names, place, head.byte);
        }
        Some(place.left_bottom())
    }
}

/// Paints the caret of a block, and where what is dragged would be dropped.
fn paint_carets(
    ui: &Ui,
    painter: &egui::Painter,
    typist: &Typist,
    field: Field,
    (lines, corner): (&Lines, Pos2),
    (focused, active): (bool, bool),
) {
    if let Some(drop) = typist.pointer.drop.filter(|drop| drop.field == field) {
        let place = caret_rect(lines, drop.byte, false, corner);
        painter.rect_filled(place, 0.0, ui.visuals().selection.stroke.color);
    }
    let head = typist.shown_head();
    if active && head.field == field {
        let place = caret_rect(lines, head.byte, typist.selection.upstream, corner);
        if focused {
            paint::caret(ui, painter, place, typist.moved);
        } else {
            painter.rect_filled(place, 0.0, ui.visuals().weak_text_color());
        }
    }
}

/// The part of the screen near the view.
fn near(ui: &Ui) -> egui::Rangef {
    let view = ui.clip_rect().y_range();
    view.expand(view.span() / 2.0)
}

fn column_height(blocks: &[Placed]) -> f32 {
    blocks.last().map_or(LINE, |last| last.top + last.height) + 2.0 * PADDING.y
}

/// The block at a distance from the left edge and the top of the text, or the nearest.
fn block_at(blocks: &[Placed], x: f32, y: f32) -> Option<&Placed> {
    let after = blocks.partition_point(|block| block.top + block.height + CELL_GAP / 2.0 <= y);
    let first = blocks.get(after).or(blocks.last())?;
    // The cells of a row have one top.
    let row = blocks.iter().skip(blocks.partition_point(|block| block.top < first.top));
    let row = row.take_while(|block| block.top <= first.top);
    row.reduce(|found, next| if found.right <= x { next } else { found })
}

/// The row at a distance from the top of a block.
fn row_at(y: f32, rows: usize) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped, and capped by the rows")]
    let row = (y / LINE).floor().max(0.0) as usize;
    row.min(rows.saturating_sub(1))
}
