//! The pages, live, as they will print.
//!
//! Draws [`Pages`] in strips and decides nothing about them.

use std::sync::Arc;

use egui::{Color32, Pos2, Rect, Sense, TextureHandle, TextureOptions, Ui, pos2, vec2};

use super::{
    field::{Canvas, Caret, image},
    find::Match,
    theme::accents,
    words::Words,
};
use crate::{
    picture::{Area, changed_rows, pixels},
    release::{Field, placeholders},
    storage::Zoom,
    typeset::{Line, Page, Pages, Source},
};

/// Points of the screen to a point of paper at 100 %: a screen of 96 dots per inch.
const SCREEN: f32 = 96.0 / 72.0;
/// White space around pages, in points of the screen.
const GAP: f32 = 18.0;
/// The height of a strip, in pixels; one is drawn in a few milliseconds at any magnification.
const STRIP: u32 = 768;
/// Magnifications, in per cent.
const ZOOMS: [f32; 11] = [50.0, 67.0, 75.0, 90.0, 100.0, 125.0, 150.0, 200.0, 250.0, 300.0, 400.0];

/// What the preview remembers.
#[derive(Default)]
pub struct Preview {
    strips: Vec<Strip>,
    /// The pixels a point of paper had when the strips were drawn.
    scale: f32,
    /// The magnification shown, in per cent.
    pub percent: f32,
    /// The page in the middle of the view.
    pub current: usize,
    /// A field to scroll to.
    pub reveal: Option<(Field, usize)>,
    /// What a search has found.
    pub found: Arc<[Match]>,
    frame: u64,
}

struct Strip {
    page: usize,
    top: u32,
    drawn: Page,
    texture: TextureHandle,
    used: u64,
}

/// What was done to the pages.
pub enum Action {
    /// A click on a field, at a byte of its text.
    Caret(Field, usize),
    /// A click on the date.
    Date,
    /// Ctrl and the wheel: larger or smaller.
    Zoom(f32),
}

/// The next magnification above or below, in per cent.
pub fn step(percent: f32, by: i8) -> f32 {
    let next = if by > 0 {
        ZOOMS.into_iter().find(|zoom| *zoom > percent + 0.5)
    } else {
        ZOOMS.into_iter().rev().find(|zoom| *zoom < percent - 0.5)
    };
    next.unwrap_or(percent.clamp(ZOOMS[0], ZOOMS[ZOOMS.len() - 1]))
}

impl Preview {
    /// Shows the pages and says what was done to them. `editing` is the field in use.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        words: &Words,
        pages: &Arc<Pages>,
        zoom: Zoom,
        editing: Option<(Field, Caret)>,
        canvas: &mut Canvas,
    ) -> Option<Action> {
        self.frame += 1;
        let room = ui.available_size() - vec2(2.0 * GAP + 12.0, 2.0 * GAP);
        let (width, height) = pages.size;
        let factor = match zoom {
            Zoom::FitWidth => room.x / width,
            Zoom::FitPage => (room.x / width).min(room.y / height),
            Zoom::Percent(percent) => SCREEN * percent / 100.0,
        }
        .clamp(SCREEN * 0.2, SCREEN * 4.0);
        self.percent = factor / SCREEN * 100.0;

        let mut action = None;
        let desk = accents(ui.visuals()).desk;
        ui.painter().rect_filled(ui.max_rect(), 0.0, desk);
        let hover = ui.rect_contains_pointer(ui.max_rect());
        let wheel = ui.input(egui::InputState::zoom_delta);
        if hover && (wheel - 1.0).abs() > 0.001 {
            action = Some(Action::Zoom(self.percent * wheel));
        }
        let page_size = vec2(width, height) * factor;
        egui::ScrollArea::both().id_salt("pages").auto_shrink(false).show(ui, |ui| {
            let view = ui.clip_rect();
            let widest = page_size.x + 2.0 * GAP;
            let margin = ((ui.available_width() - widest) / 2.0).max(0.0);
            let mut current = None;
            for index in 0..pages.pages.len() {
                ui.add_space(if index == 0 { GAP } else { 0.0 });
                let size = vec2((widest + 2.0 * margin).max(page_size.x), page_size.y + GAP);
                let (slot, _) = ui.allocate_exact_size(size, Sense::hover());
                let corner = self.align(ui, slot.min + vec2(margin + GAP, 0.0));
                let rect = Rect::from_min_size(corner, page_size);
                if rect.center().y > view.top() && current.is_none() {
                    current = Some(index);
                }
                if let Some((field, byte)) = self.reveal
                    && let Some(line) = lines_of(pages, index, field).find(|line| shows(line, byte))
                {
                    let y = rect.top() + line.baseline * factor;
                    let target = Rect::from_min_max(pos2(rect.left(), y - 60.0), pos2(rect.left() + 1.0, y + 60.0));
                    ui.scroll_to_rect(target, None);
                    self.reveal = None;
                }
                if !view.intersects(rect) {
                    continue;
                }
                let done = self.page(ui, words, pages, index, rect, factor, editing, canvas);
                action = done.or(action.take());
            }
            self.current = current.unwrap_or(0).min(pages.pages.len().saturating_sub(1));
        });
        let frame = self.frame;
        self.strips.retain(|strip| frame - strip.used < 3);
        action
    }

    /// Whole pixels, or the page would be blurred.
    fn align(&self, ui: &Ui, corner: Pos2) -> Pos2 {
        let scale = ui.pixels_per_point();
        pos2((corner.x * scale).round() / scale, (corner.y * scale).round() / scale)
    }

    #[allow(clippy::too_many_arguments, reason = "one page, its place and what goes on there")]
    fn page(
        &mut self,
        ui: &mut Ui,
        words: &Words,
        pages: &Arc<Pages>,
        index: usize,
        rect: Rect,
        factor: f32,
        editing: Option<(Field, Caret)>,
        canvas: &mut Canvas,
    ) -> Option<Action> {
        let shadow = egui::Shadow { offset: [0, 2], blur: 10, spread: 0, color: Color32::from_black_alpha(70) };
        ui.painter().add(shadow.as_shape(rect, 0.0));
        ui.painter().rect_filled(rect, 0.0, Color32::WHITE);
        self.strips(ui, pages, index, rect, factor, canvas);
        mark_placeholders(ui, pages, index, rect, factor);
        mark_found(ui, pages, index, rect, factor, &self.found);
        if let Some((field, caret)) = editing {
            mark(ui, pages, index, rect, factor, field, caret);
        }
        let response = ui.interact(rect, ui.scope_id().with(("page", index)), Sense::click());
        let number = words.digits(&(index + 1).to_string());
        let count = words.digits(&pages.pages.len().to_string());
        let name = words.with("page-of", &[("page", &number), ("count", &count)]);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &name));
        let pointer = response.interact_pointer_pos().or(response.hover_pos())?;
        let at = (pointer - rect.min) / factor;
        let line = pages.line_at(index, at.x, at.y)?;
        let near = at.y > line.baseline - line.reach.0 * 1.5 && at.y < line.baseline + line.reach.1 * 2.0;
        if near && line.source != Source::PageNumber {
            ui.set_cursor_icon(egui::CursorIcon::Text);
        }
        if !response.clicked() || !near {
            return None;
        }
        match line.source {
            Source::Field { field, prefix } => Some(Action::Caret(field, line.byte_at(at.x).saturating_sub(prefix))),
            Source::LunarDate => Some(Action::Date),
            Source::PageNumber => None,
        }
    }

    /// Draws what is in view and not drawn yet.
    fn strips(&mut self, ui: &Ui, pages: &Arc<Pages>, index: usize, rect: Rect, factor: f32, canvas: &mut Canvas) {
        let Some(page) = pages.pages.get(index) else { return };
        let per_point = ui.pixels_per_point();
        let scale = factor * per_point;
        if (scale - self.scale).abs() > f32::EPSILON {
            self.strips.clear();
            self.scale = scale;
        }
        let whole = Area::whole(pages.size, scale);
        let height = u32::from(whole.height);
        for top in (0..height).step_by(STRIP as usize) {
            let rows = STRIP.min(height - top);
            let strip_area = Area { x: 0, y: top, width: whole.width, height: pixels(rows as f32) };
            let size = vec2(f32::from(strip_area.width), f32::from(strip_area.height)) / per_point;
            let place = Rect::from_min_size(rect.min + vec2(0.0, top as f32 / per_point), size);
            if !ui.clip_rect().intersects(place) {
                continue;
            }
            // A strip of another size is of another paper.
            let pixels_of =
                |strip: &Strip| strip.texture.size() == [strip_area.width, strip_area.height].map(usize::from);
            self.strips.retain(|strip| strip.page != index || strip.top != top || pixels_of(strip));
            let found = self.strips.iter_mut().find(|strip| strip.page == index && strip.top == top);
            let id = match found {
                Some(strip) => {
                    if strip.drawn != *page {
                        for changed in changed_rows(&strip.drawn, page, scale) {
                            let (from, to) = (changed.start.max(top), changed.end.min(top + rows));
                            if from < to {
                                let area = Area { y: from, height: pixels((to - from) as f32), ..strip_area };
                                let place = [0, (from - top) as usize];
                                let part = image(canvas.painter.page(page, scale, area));
                                strip.texture.set_partial(place, part, TextureOptions::NEAREST);
                            }
                        }
                        strip.drawn = page.clone();
                    }
                    strip.used = self.frame;
                    strip.texture.id()
                }
                None => {
                    let picture = image(canvas.painter.page(page, scale, strip_area));
                    let texture = ui.ctx().load_texture("page", picture, TextureOptions::NEAREST);
                    let id = texture.id();
                    self.strips.push(Strip { page: index, top, drawn: page.clone(), texture, used: self.frame });
                    id
                }
            };
            let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(id, place, uv, Color32::WHITE);
        }
    }
}

fn lines_of(pages: &Pages, page: usize, wanted: Field) -> impl Iterator<Item = &Line> {
    let lines = pages.pages.get(page).map(|page| page.lines.as_slice()).unwrap_or_default();
    lines.iter().filter(move |line| matches!(line.source, Source::Field { field, .. } if field == wanted))
}

fn shows(line: &Line, byte: usize) -> bool {
    let prefix = match line.source {
        Source::Field { prefix, .. } => prefix,
        _ => 0,
    };
    line.caret_x(byte + prefix).is_some()
}

/// The area on the screen of some bytes of a line's text, if any of them are in the line.
fn area_of(line: &Line, (start, end): (usize, usize), rect: Rect, factor: f32) -> Option<Rect> {
    let clusters = line.text.clusters.get(line.clusters.clone())?;
    let (first, last) = clusters.first().zip(clusters.last())?;
    if start >= last.text.end || end <= first.text.start {
        return None;
    }
    let edge = |byte: usize| {
        let x = line.x.get(clusters.partition_point(|cluster| cluster.text.start < byte)).or(line.x.last());
        rect.left() + (line.left + x.copied().unwrap_or(0.0)) * factor
    };
    let top = rect.top() + (line.baseline - line.reach.0) * factor;
    let bottom = rect.top() + (line.baseline + line.reach.1) * factor;
    Some(Rect::from_min_max(pos2(edge(start), top), pos2(edge(end), bottom)))
}

/// Marks what is still to be filled in. No mark is ever printed.
fn mark_placeholders(ui: &Ui, pages: &Pages, index: usize, rect: Rect, factor: f32) {
    let ink = accents(ui.visuals()).placeholder;
    for line in pages.pages.get(index).map(|page| page.lines.as_slice()).unwrap_or_default() {
        for (place, _) in placeholders::in_text(&line.text.text) {
            if let Some(area) = area_of(line, (place.start, place.end), rect, factor) {
                ui.painter().rect_filled(area.expand2(vec2(1.0, -1.5)), 3.0, ink);
            }
        }
    }
}

/// Marks what a search has found. The marks lie over the page, and are thin enough to read through.
fn mark_found(ui: &Ui, pages: &Pages, index: usize, rect: Rect, factor: f32, found: &[Match]) {
    let ink = accents(ui.visuals()).found.gamma_multiply(0.7);
    for line in pages.pages.get(index).map(|page| page.lines.as_slice()).unwrap_or_default() {
        let Source::Field { field, prefix } = line.source else { continue };
        for found in found.iter().filter(|found| found.field == field) {
            let bytes = (found.range.start + prefix, found.range.end + prefix);
            if let Some(area) = area_of(line, bytes, rect, factor) {
                ui.painter().rect_filled(area, 2.0, ink);
            }
        }
    }
}

/// Marks the field in use, and the place of its caret.
fn mark(ui: &Ui, pages: &Pages, index: usize, rect: Rect, factor: f32, field: Field, caret: Caret) {
    let accents = accents(ui.visuals());
    let screen = |x: f32, y: f32| pos2(rect.left() + x * factor, rect.top() + y * factor);
    let mut area: Option<Rect> = None;
    for line in lines_of(pages, index, field) {
        let right = line.left + line.x.last().copied().unwrap_or(0.0);
        let (top, bottom) = (line.baseline - line.reach.0, line.baseline + line.reach.1);
        let slot = Rect::from_min_max(screen(line.left, top), screen(right, bottom));
        area = Some(area.map_or(slot, |area| area.union(slot)));
        let Source::Field { prefix, .. } = line.source else { continue };
        if let Some(x) = line.caret_x(caret.head + prefix) {
            let (top, bottom) =
                (screen(x, line.baseline - line.reach.0 * 0.9), screen(x, line.baseline + line.reach.1 * 0.6));
            let stroke = egui::Stroke::new(1.5, ui.visuals().selection.stroke.color);
            ui.painter().line_segment([top, bottom], stroke);
        }
    }
    if let Some(area) = area {
        let page_width = rect.width();
        let area =
            area.expand2(vec2(6.0, 1.0)).intersect(Rect::from_min_size(rect.min, vec2(page_width, rect.height())));
        ui.painter().rect_filled(area, 3.0, accents.mark);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn magnification_goes_in_steps_and_stops_at_the_ends() {
        assert!((step(100.0, 1) - 125.0).abs() < 0.1);
        assert!((step(110.0, -1) - 100.0).abs() < 0.1);
        assert!((step(400.0, 1) - 400.0).abs() < 0.1);
        assert!((step(20.0, -1) - 50.0).abs() < 0.1);
    }
}
