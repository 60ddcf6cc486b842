//! The pages, live, as they will print, and typed on.
//!
//! Draws [`Pages`] and decides nothing about them. Form and page are two views of one document and one
//! selection. Invariant: after every change the caret is in view; a page that was scrolled by hand stays until the
//! next change.
//!
//! | file | what is in it |
//! |---|---|
//! | `geometry` | where texts are on the pages; pure |
//! | `strips` | pages as textures |
//! | `marks` | what lies over a page: caret, selection, what is found or misspelt |

mod geometry;
mod marks;
mod strips;

use std::sync::Arc;

use egui::{Color32, Pos2, Rect, Response, Sense, Ui, pos2, vec2};
use geometry::{PageMap, Spot};
use strips::Strips;

use super::{
    field::{Canvas, Heard, Manner, Pointing, Ranges, Typist, clicks, listened},
    form::page_id,
    theme::accents,
    words::Words,
};
use crate::{
    editing::{Document, Geometry, Place, Position, Shown as ShownText},
    release::{Field, RichText},
    storage::{Settings, Zoom},
    typeset::Pages,
};

/// Points of the screen to a point of paper at 100 %: a screen of 96 dots per inch.
const SCREEN: f32 = 96.0 / 72.0;
/// White space around pages, in points of the screen.
const GAP: f32 = 18.0;
/// White space kept above and below the caret when the page follows it, in points of the screen.
const MARGIN: f32 = 42.0;
/// Magnifications, in per cent.
const ZOOMS: [f32; 11] = [50.0, 67.0, 75.0, 90.0, 100.0, 125.0, 150.0, 200.0, 250.0, 300.0, 400.0];

/// What the preview remembers.
#[derive(Default)]
pub struct Preview {
    strips: Strips,
    /// Where the texts are.
    map: PageMap,
    /// The magnification shown, in per cent.
    pub percent: f32,
    /// The page in the middle of the view.
    pub current: usize,
    /// How far it is scrolled, and the size of the view, in points of the screen.
    offset: egui::Vec2,
    view: egui::Vec2,
    /// The revision and the place that are in view.
    followed: Option<(u64, Position)>,
    /// Whether the pages of another draft begin at their top.
    restarts: bool,
}

/// The lines of the pages, for moves of the caret.
struct Column<'a> {
    map: &'a PageMap,
    canvas: &'a mut Canvas,
}

impl Geometry for Column<'_> {
    fn shown(&mut self, field: Field, text: &RichText) -> Option<ShownText> {
        let mut map = self.map;
        map.shown(field, text)
    }

    fn follows_edits(&self) -> bool {
        false
    }
}

/// What was done to the pages.
pub enum Action {
    /// A click on the date.
    Date,
    /// Ctrl and the wheel: larger or smaller.
    Zoom(f32),
}

/// What is shown with the pages.
pub struct Shown<'a> {
    /// The words of the window.
    pub words: &'a Words,
    /// The pages.
    pub pages: &'a Arc<Pages>,
    /// The revision of the document that they are of.
    pub pages_of: Option<u64>,
    /// The settings, for the magnification.
    pub settings: &'a Settings,
    /// The document.
    pub document: &'a mut Document,
    /// Who types into it.
    pub typist: &'a mut Typist,
    /// Where the caret is, if there is one.
    pub place: Option<Place>,
    /// How one types where the caret is.
    pub manner: Manner<'a>,
    /// What a search has found.
    pub found: &'a Ranges,
    /// Words that no dictionary has.
    pub misspelt: &'a Ranges,
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

/// Where pages are in the view.
#[derive(Clone, Copy)]
struct Layout {
    /// The size of a page on the screen.
    page: egui::Vec2,
    /// The size of all of them, with the space around.
    whole: egui::Vec2,
    /// From the left edge of all to that of a page.
    left: f32,
    /// Points of the screen to a point of paper.
    factor: f32,
}

impl Layout {
    fn of(pages: &Pages, zoom: Zoom, view: egui::Vec2) -> Self {
        let room = view - vec2(2.0 * GAP + 12.0, 2.0 * GAP);
        let (width, height) = pages.size;
        let factor = match zoom {
            Zoom::FitWidth => room.x / width,
            Zoom::FitPage => (room.x / width).min(room.y / height),
            Zoom::Percent(percent) => SCREEN * percent / 100.0,
        }
        .clamp(SCREEN * 0.2, SCREEN * 4.0);
        let page = vec2(width, height) * factor;
        let widest = page.x + 2.0 * GAP;
        #[allow(clippy::cast_precision_loss, reason = "a release has fewer pages than an f32 can count")]
        let count = pages.pages.len() as f32;
        let whole = vec2(widest.max(view.x - 12.0), GAP + count * (page.y + GAP));
        Self { page, whole, left: (whole.x - page.x) / 2.0, factor }
    }

    /// The upper left corner of a page, from that of all.
    fn corner(&self, index: usize) -> egui::Vec2 {
        #[allow(clippy::cast_precision_loss, reason = "a release has fewer pages than an f32 can count")]
        let index = index as f32;
        vec2(self.left, GAP + index * (self.page.y + GAP))
    }
}

impl Preview {
    /// Begins with the top of another draft's pages.
    pub fn restart(&mut self) {
        *self = Self { restarts: true, percent: self.percent, ..Self::default() };
    }

    /// Shows the pages and says what was done to them.
    pub fn show(&mut self, ui: &mut Ui, with: Shown<'_>, canvas: &mut Canvas) -> (Option<Action>, Heard) {
        self.strips.begin();
        self.map.follow(with.pages);
        let layout = Layout::of(with.pages, with.settings.zoom, ui.available_size());
        self.percent = layout.factor / SCREEN * 100.0;

        let (mut action, mut heard) = (None, Heard::default());
        ui.painter().rect_filled(ui.max_rect(), 0.0, accents(ui.visuals()).desk);
        let hover = ui.rect_contains_pointer(ui.max_rect());
        let wheel = ui.input(egui::InputState::zoom_delta);
        if hover && (wheel - 1.0).abs() > 0.001 {
            action = Some(Action::Zoom(self.percent * wheel));
        }
        let mut area = egui::ScrollArea::both().id_salt("pages").auto_shrink(false);
        if let Some(offset) = self.wanted_offset(&with, layout, ui.available_size()) {
            area = area.scroll_offset(offset);
        }
        let output = area.show(ui, |ui| {
            let (all, _) = ui.allocate_exact_size(layout.whole, Sense::hover());
            let response = ui.interact(all, page_id(), Sense::click_and_drag());
            self.listen(ui, with, canvas, layout, (all.min, response), &mut action, &mut heard);
        });
        (self.offset, self.view) = (output.state.clamped_offset(), output.inner_rect.size());
        (action, heard)
    }

    /// How far to scroll so that the caret is in view, if it or its text has changed and its pages are set.
    fn wanted_offset(&mut self, with: &Shown<'_>, layout: Layout, room: egui::Vec2) -> Option<egui::Vec2> {
        let revision = with.document.revision();
        let is_set = with.pages_of == Some(revision);
        let head = with.place.map(|place| place.head);
        if std::mem::take(&mut self.restarts) {
            self.followed = head.map(|head| (revision, head));
            return Some(egui::Vec2::ZERO);
        }
        let now = head.map(|head| (revision, head)).filter(|now| is_set && self.followed != Some(*now))?;
        self.followed = Some(now);
        let place = with.place?;
        let spot = self.map.spot(with.document.release(), place.head, place.upstream)?;
        let corner = layout.corner(spot.page);
        let view = if self.view == egui::Vec2::ZERO { room } else { self.view };
        let y = (spot.top * layout.factor + corner.y, spot.bottom * layout.factor + corner.y);
        let x = spot.x * layout.factor + corner.x;
        let wanted = vec2(
            nearest(self.offset.x, (x - MARGIN, x + MARGIN), view.x, layout.whole.x),
            nearest(self.offset.y, (y.0 - MARGIN, y.1 + MARGIN), view.y, layout.whole.y),
        );
        (wanted != self.offset).then_some(wanted)
    }

    /// The mouse on the pages, and the pages.
    #[allow(clippy::too_many_arguments, reason = "all pages, and what is done to them")]
    fn listen(
        &mut self,
        ui: &mut Ui,
        mut with: Shown<'_>,
        canvas: &mut Canvas,
        layout: Layout,
        (origin, mut response): (Pos2, Response),
        action: &mut Option<Action>,
        heard: &mut Heard,
    ) {
        let label = with.words.get("page-text");
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_role(egui::accesskit::Role::MultilineTextInput);
            node.set_label(label.to_owned());
        });
        self.point(ui, with.document, with.typist, layout, (origin, &mut response), action, heard);
        let view = ui.clip_rect();
        let mut current = None;
        for index in 0..with.pages.pages.len() {
            let rect = Rect::from_min_size(align(ui, origin + layout.corner(index)), layout.page);
            if rect.center().y > view.top() && current.is_none() {
                current = Some(index);
            }
            if !view.intersects(rect) {
                continue;
            }
            let number = with.words.digits(&(index + 1).to_string());
            let count = with.words.digits(&with.pages.pages.len().to_string());
            let name = with.words.with("page-of", &[("page", &number), ("count", &count)]);
            let page = ui.interact(rect, ui.scope_id().with(("page", index)), Sense::hover());
            page.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &name));
            self.page(ui, &with, canvas, index, rect, layout.factor, response.has_focus());
        }
        self.current = current.unwrap_or(0).min(with.pages.pages.len().saturating_sub(1));
        if response.has_focus() {
            self.tell_input_method(ui, &mut with, canvas, origin, layout);
        }
    }

    /// Clicks and drags on the pages.
    #[allow(clippy::too_many_arguments, reason = "where the mouse is, and what it does")]
    fn point(
        &self,
        ui: &Ui,
        document: &mut Document,
        typist: &mut Typist,
        layout: Layout,
        (origin, response): (Pos2, &mut Response),
        action: &mut Option<Action>,
        heard: &mut Heard,
    ) {
        let Some(screen) = response.interact_pointer_pos().or(response.hover_pos()) else { return };
        let from_all = screen - origin;
        let index = ((from_all.y - GAP / 2.0) / (layout.page.y + GAP)).floor().max(0.0);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let index = index as usize;
        let paper = (from_all - layout.corner(index)) / layout.factor;
        let Some(at) = self.map.at(document.release(), index, paper.x, paper.y) else { return };
        if response.hovered() {
            ui.set_cursor_icon(if typist.pointer.carries() {
                egui::CursorIcon::Grabbing
            } else {
                egui::CursorIcon::Text
            });
        }
        if response.interact_pointer_pos().is_none() {
            return;
        }
        if response.clicked() && self.map.is_lunar_date(index, paper.x, paper.y) {
            *action = Some(Action::Date);
            return;
        }
        let (pressed, released, time, modifiers) = ui.input(|input| {
            (input.pointer.primary_pressed(), input.pointer.primary_released(), input.time, input.modifiers)
        });
        let pressed = pressed && (response.is_pointer_button_down_on() || response.clicked());
        let is_locked = document.release().is_field_locked(at.0.field);
        if pressed && is_locked {
            return;
        }
        if pressed {
            response.request_focus();
        }
        let pointing = Pointing {
            at,
            screen,
            time,
            pressed,
            released: released || response.clicked(),
            clicks: clicks(response),
            shift: modifiers.shift,
            copies: modifiers.command,
        };
        let before = typist.selection;
        typist.point(pointing, document, heard);
        if typist.selection != before {
            // The form shows the place as well.
            typist.reveal = true;
        }
    }

    #[allow(clippy::too_many_arguments, reason = "one page, its place and what goes on there")]
    fn page(
        &mut self,
        ui: &mut Ui,
        with: &Shown<'_>,
        canvas: &mut Canvas,
        index: usize,
        rect: Rect,
        factor: f32,
        focused: bool,
    ) {
        let shadow = egui::Shadow { offset: [0, 2], blur: 10, spread: 0, color: Color32::from_black_alpha(70) };
        ui.painter().add(shadow.as_shape(rect, 0.0));
        ui.painter().rect_filled(rect, 0.0, Color32::WHITE);
        self.strips.draw(ui, with.pages, index, rect, factor, canvas);
        let over = marks::Over { map: &self.map, release: with.document.release(), index, rect, factor };
        over.placeholders(ui, canvas);
        over.ranges(ui, with.found, accents(ui.visuals()).found.gamma_multiply(0.7));
        over.misspelt(ui, with.misspelt, with.place.filter(|place| place.is_empty()).map(|place| place.head));
        let Some(place) = with.place else { return };
        if !focused {
            over.field(ui, place.field());
        }
        over.selection(ui, place);
        if let Some(drop) = with.typist.pointer.drop {
            over.caret(ui, drop, false, None);
        }
        over.caret(ui, place.head, place.upstream, focused.then_some(with.typist.moved));
    }

    /// Tells the input method and the list of names where the caret is, and shows what is being composed.
    fn tell_input_method(&self, ui: &mut Ui, with: &mut Shown<'_>, canvas: &mut Canvas, origin: Pos2, layout: Layout) {
        let Some(place) = with.place else { return };
        let release = with.document.release();
        let screen = |spot: Spot| {
            let corner = origin + layout.corner(spot.page);
            let top = corner + vec2(spot.x, spot.top) * layout.factor;
            Rect::from_min_size(top, vec2(1.5, (spot.bottom - spot.top) * layout.factor))
        };
        let Some(spot) = self.map.spot(release, place.head, place.upstream) else { return };
        ui.output_mut(|output| {
            output.ime = Some(egui::output::IMEOutput {
                purpose: egui::IMEPurpose::Normal,
                rect: ui.clip_rect(),
                cursor_rect: screen(spot),
                should_interrupt_composition: false,
            });
        });
        if with.typist.preedit.is_empty() {
            if let Some(names) = &with.manner.names {
                let at = |byte| {
                    self.map.spot(release, Position::new(place.field(), byte), false).map_or(screen(spot), screen)
                };
                with.typist.completion.show(ui, page_id(), names, at, place.head.byte);
            }
        } else {
            marks::composed(ui, canvas, &with.typist.preedit, screen(spot));
        }
    }

    /// Gives the keys of this frame to the typist, if the page has the keyboard.
    pub fn type_on(
        &mut self,
        ui: &Ui,
        pages: &Arc<Pages>,
        (typist, document): (&mut Typist, &mut Document),
        canvas: &mut Canvas,
        manner: &Manner<'_>,
    ) -> Heard {
        self.map.follow(pages);
        let mut column = Column { map: &self.map, canvas };
        let before = typist.selection;
        let heard = listened(ui, page_id(), typist, document, &mut column, |column| &mut *column.canvas, manner);
        if typist.selection != before {
            // The form shows the place as well.
            typist.reveal = true;
        }
        heard
    }
}

/// Whole pixels, or the page would be blurred.
fn align(ui: &Ui, corner: Pos2) -> Pos2 {
    let scale = ui.pixels_per_point();
    pos2((corner.x * scale).round() / scale, (corner.y * scale).round() / scale)
}

/// The offset nearest to `now` at which what is from `from` to `to` is in a view of `view` points.
fn nearest(now: f32, (from, to): (f32, f32), view: f32, whole: f32) -> f32 {
    let most = (whole - view).max(0.0);
    let wanted = if to - from > view || from < now {
        from
    } else if to > now + view {
        to - view
    } else {
        now
    };
    wanted.clamp(0.0, most)
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

    #[test]
    fn the_view_moves_no_further_than_it_must() {
        assert_eq!(nearest(100.0, (150.0, 200.0), 300.0, 1000.0), 100.0);
        assert_eq!(nearest(100.0, (50.0, 90.0), 300.0, 1000.0), 50.0);
        assert_eq!(nearest(100.0, (450.0, 500.0), 300.0, 1000.0), 200.0);
        assert_eq!(nearest(100.0, (-20.0, 20.0), 300.0, 1000.0), 0.0);
        assert_eq!(nearest(0.0, (980.0, 1020.0), 300.0, 1000.0), 700.0);
    }
}
