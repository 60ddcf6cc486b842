//! What lies over a page: caret and selection, what is found, misspelt or still to be filled in. No mark is ever
//! printed.

use egui::{Color32, Rect, Ui, pos2, vec2};

use super::{
    super::{
        field::{BLINK, Canvas, Ranges, Typist, is_of_typed_word, wave},
        theme::accents,
    },
    geometry::PageMap,
};
use crate::{
    editing::{Position, Selected, Selection, Texts as _},
    release::{Field, Release, RichText, Style},
};

/// How small the letters of a question may become so that all of it has room. Where that is not enough, the name of the
/// placeholder is shown, for which there is room.
const SMALLEST: f32 = 0.85;

/// A page on the screen.
pub(super) struct Over<'a> {
    pub map: &'a PageMap,
    pub release: &'a Release,
    pub index: usize,
    pub rect: Rect,
    /// Points of the screen to a point of paper.
    pub factor: f32,
}

impl Over<'_> {
    fn areas(&self, field: Field, range: &std::ops::Range<usize>) -> impl Iterator<Item = Rect> {
        let on_page = self.map.areas(field, range).into_iter().filter(move |(page, _)| *page == self.index);
        on_page.map(move |(_, [left, top, right, bottom])| {
            let screen = |x: f32, y: f32| self.rect.min + vec2(x, y) * self.factor;
            Rect::from_min_max(screen(left, top), screen(right, bottom))
        })
    }

    /// What is still to be filled in, with its question in the place of its name, unless the caret is there.
    pub(super) fn placeholders(&self, ui: &Ui, canvas: &mut Canvas, caret: Option<Position>) {
        let ink = accents(ui.visuals()).placeholder;
        for field in self.map.blocks_on(self.index) {
            let Some(text) = self.release.text(field) else { continue };
            for range in canvas.marked(text.as_str()).placeholders.iter() {
                let is_here =
                    caret.is_some_and(|at| at.field == field && range.start <= at.byte && at.byte <= range.end);
                if let Some((name, question)) = self.question(text.as_str(), range).filter(|_| !is_here) {
                    self.asked(ui, field, range, (name, question));
                    continue;
                }
                for area in self.areas(field, range) {
                    ui.painter().rect_filled(area.expand2(vec2(1.0, -1.5)), 3.0, ink);
                }
            }
        }
    }

    /// The name of a placeholder that has a question of its own, and the question.
    fn question<'t>(&'t self, text: &'t str, range: &std::ops::Range<usize>) -> Option<(&'t str, &'t str)> {
        let name = text.get(range.clone())?.trim_start_matches("{{").trim_end_matches("}}").trim();
        let declared = self.release.placeholders.iter().find(|one| one.name == name)?;
        Some((name, declared.question())).filter(|(name, question)| question != name)
    }

    /// Shows a question in the place of a placeholder, or the name if there is no room for it; the pointer shows the
    /// question.
    fn asked(&self, ui: &Ui, field: Field, range: &std::ops::Range<usize>, (name, question): (&str, &str)) {
        let areas: Vec<Rect> = self.areas(field, range).collect();
        if areas.iter().any(|area| ui.rect_contains_pointer(*area)) {
            let id = egui::Id::unique(("asked", field, range.start));
            let tip = egui::Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id, egui::PopupAnchor::Pointer);
            tip.gap(12.0).show(|ui| ui.label(question));
        }
        let widest = areas.iter().map(Rect::width).fold(0.0, f32::max);
        let mut question = Some(question);
        for area in areas {
            let place = area.expand2(vec2(1.0, -1.5));
            ui.painter().rect_filled(place, 3.0, Color32::WHITE);
            ui.painter().rect_filled(place, 3.0, accents(ui.visuals()).placeholder);
            if let Some(question) = question.take_if(|_| area.width() >= widest) {
                let font = egui::FontId::proportional((area.height() * 0.5).clamp(6.0, 40.0));
                // A little smaller, if all of it then has room.
                let width = |text: &str| {
                    ui.painter().layout_no_wrap(text.to_owned(), font.clone(), Color32::BLACK).size().x.max(1.0)
                };
                let has_room = area.width() / width(question) >= SMALLEST;
                let shown = if has_room { question } else { name };
                let smaller = (area.width() / width(shown)).clamp(SMALLEST, 1.0);
                let font = egui::FontId::proportional(font.size * smaller);
                let mut job = egui::text::LayoutJob::single_section(
                    shown.to_owned(),
                    egui::TextFormat { font_id: font, color: Color32::from_rgb(70, 40, 150), ..Default::default() },
                );
                job.wrap = egui::text::TextWrapping::truncate_at_width(area.width());
                let line = ui.painter().layout_job(job);
                let corner = pos2(area.center().x - line.size().x / 2.0, area.center().y - line.size().y / 2.0);
                ui.painter().galley(corner, line, Color32::BLACK);
            }
        }
    }

    /// Ranges of the texts, in an ink that is thin enough to read through.
    pub(super) fn ranges(&self, ui: &Ui, ranges: &Ranges, ink: Color32) {
        for field in self.map.blocks_on(self.index) {
            for range in ranges.get(&field).into_iter().flatten() {
                for area in self.areas(field, range) {
                    ui.painter().rect_filled(area, 2.0, ink);
                }
            }
        }
    }

    /// The match that was gone to.
    pub(super) fn current(&self, ui: &Ui, field: Field, range: &std::ops::Range<usize>) {
        let ink = accents(ui.visuals()).current.gamma_multiply(0.6);
        for area in self.areas(field, range) {
            ui.painter().rect_filled(area, 2.0, ink);
        }
    }

    /// What is underlined with a wave, except the word that is being typed.
    pub(super) fn waves(&self, ui: &Ui, ranges: &Ranges, typist: &Typist, ink: Color32) {
        for field in self.map.blocks_on(self.index) {
            let typed = typist.typed_at(field).and_then(|caret| Some((self.release.text(field)?, caret)));
            let is_typed = |range: &&std::ops::Range<usize>| {
                typed.as_ref().is_some_and(|(text, caret)| is_of_typed_word(text.as_str(), range, *caret))
            };
            for range in ranges.get(&field).into_iter().flatten().filter(|range| !is_typed(range)) {
                for area in self.areas(field, range) {
                    wave(ui.painter(), area, ink);
                }
            }
        }
    }

    /// The field in use, while the keyboard is elsewhere.
    pub(super) fn field(&self, ui: &Ui, field: Field) {
        let whole = 0..self.release.length(field).max(1);
        let areas = self.areas(field, &whole);
        if let Some(area) = areas.reduce(Rect::union) {
            let area = area.expand2(vec2(6.0, 1.0)).intersect(self.rect);
            ui.painter().rect_filled(area, 3.0, accents(ui.visuals()).mark);
        }
    }

    /// What is selected.
    pub(super) fn selection(&self, ui: &Ui, place: Selection) {
        if place.is_empty() {
            return;
        }
        let ink = ui.visuals().selection.bg_fill.gamma_multiply(0.45);
        let taken = Selected::of(place, self.release);
        for field in self.map.blocks_on(self.index) {
            let Some(part) = taken.part(field, self.release.length(field)) else { continue };
            if taken.has_cells() && self.release.block_kind(field).is_cell() {
                for [left, top, right, bottom] in self.map.cell_areas(self.index, field) {
                    let screen = |x: f32, y: f32| self.rect.min + vec2(x, y) * self.factor;
                    ui.painter().rect_filled(Rect::from_min_max(screen(left, top), screen(right, bottom)), 0.0, ink);
                }
                continue;
            }
            for area in self.areas(field, &part) {
                ui.painter().rect_filled(area, 0.0, ink);
            }
        }
    }

    /// The caret; `moved` is when it last moved, if the page has the keyboard, and then it blinks.
    pub(super) fn caret(&self, ui: &Ui, position: Position, upstream: bool, moved: Option<f64>) {
        let Some(spot) = self.map.spot(self.release, position, upstream).filter(|spot| spot.page == self.index) else {
            return;
        };
        let x = (self.rect.left() + spot.x * self.factor).round();
        let (top, bottom) = (spot.top * self.factor, spot.bottom * self.factor);
        let from = pos2(x, self.rect.top() + top);
        let to = pos2(x, self.rect.top() + bottom);
        let ink = match moved {
            None => ui.visuals().selection.stroke.color,
            Some(moved) => {
                let time = ui.input(|input| input.time) - moved;
                let left = BLINK - time % BLINK;
                ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left.max(0.02)));
                #[expect(clippy::cast_possible_truncation, reason = "seconds of a session")]
                if (time / BLINK) as i64 % 2 != 0 {
                    return;
                }
                // The paper is white, whatever the theme.
                Color32::BLACK
            }
        };
        ui.painter().line_segment([from, to], egui::Stroke::new(1.6, ink));
    }
}

/// What an input method is composing, over the page at the caret.
pub(super) fn composed(ui: &Ui, canvas: &mut Canvas, preedit: &str, caret: Rect) {
    // The caret is about one and a half times as high as the letters are large.
    let size = (caret.height() / 1.5).max(8.0);
    let text = RichText::styled(preedit, Style::UNDERLINE);
    let lines = canvas.lines(&text, size, f32::from(u16::MAX), None);
    let width = lines.lines.first().and_then(|line| line.x.last().copied()).unwrap_or(0.0);
    let area = Rect::from_min_size(caret.min, vec2(width + 4.0, caret.height()));
    ui.painter().rect_filled(area, 2.0, Color32::from_rgb(255, 250, 220));
    let (height, ascent) = (caret.height(), caret.height() * 0.68);
    canvas.paint(ui.painter(), &lines, area.min + vec2(2.0, 0.0), (height, ascent), Color32::BLACK);
}
