//! The pages, live, as they will print, and typed on.
//!
//! Draws [`Pages`] and decides nothing about them. Form and page are two views of one document and one
//! selection. Invariant: after every change the caret is in view; a page that was scrolled by hand stays until the
//! next change.
//!
//! | file | what is in it |
//! |---|---|
//! | `beside` | pages scrolled in step with the text in the other language |
//! | `geometry` | where texts are on the pages; pure |
//! | `layout` | where pages are in the view, and how it is scrolled; pure |
//! | `strips` | pages as textures |
//! | `marks` | what lies over a page: caret, selection, what is found or misspelt |
//! | `zoom` | the magnification by Ctrl and the wheel |

mod beside;
mod geometry;
mod layout;
mod marks;
mod strips;
mod zoom;

use std::sync::Arc;

use egui::{Color32, Pos2, Rect, Response, Sense, Ui, pos2, vec2};
use geometry::{PageMap, Spot};
pub use layout::step;
use layout::{Layout, SCREEN};
use strips::Strips;

use super::{
    command::Command,
    context_menu::Offers,
    field::{Canvas, Heard, Manner, Marks, TextMenu, Typist, describe_page, describe_typed, listened, pointing},
    form::page_id,
    theme::{accents, at_once, is_scrolled_by_hand},
    words::Words,
};
use crate::{
    editing::{Document, Geometry, Position, Selection, ShownText},
    release::{Field, RichText},
    storage::Settings,
    typeset::Pages,
};

/// White space kept above and below the caret when the page follows it, in points of the screen.
const MARGIN: f32 = 42.0;
/// How fast the pages go on under a drag beyond the view: so many times the distance in a second.
const DRAG_SPEED: f32 = 12.0;
/// The least and the greatest distance that counts for that, in points of the screen.
const DRAG: (f32, f32) = (15.0, 120.0);
/// Frames in which a scroll is tried again, where bars that come or go change the size of the view.
const TRIES: u8 = 3;

/// A caret that is to be in view.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Goal {
    revision: u64,
    head: Position,
    /// How often it was asked for, see [`Typist::reveals`].
    reveals: u64,
}

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
    /// Where pages were in the frame before.
    layout: Option<Layout>,
    /// The place in the view at which Ctrl and the wheel enlarge.
    still: Option<egui::Vec2>,
    /// Parts of a notch of the wheel that were turned with Ctrl.
    notches: f32,
    /// Whether the mouse put the caret where it is: under it the page stays still, as long as the caret is in view.
    is_pointed: bool,
    /// How far below the view the mouse drags, in points of the screen; negative above it, 0 if it does not.
    beyond: f32,
    /// The caret that was brought into view last, and how often it was tried.
    followed: Option<Goal>,
    tries: u8,
    /// Whether the pages of another draft begin at their top.
    restarts: bool,
    /// Whether they were scrolled by hand in the last frame.
    is_scrolled: bool,
    /// The text that is to be at the top of the view.
    to_top: Option<Field>,
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
    /// Whether they are those of the document as it is now.
    pub are_current: bool,
    /// The settings, for the magnification.
    pub settings: &'a Settings,
    /// The document.
    pub document: &'a mut Document,
    /// Who types into it.
    pub typist: &'a mut Typist,
    /// Where the caret is, if there is one.
    pub place: Option<Selection>,
    /// How one types where the caret is.
    pub manner: Manner<'a>,
    /// What the menu of a text offers.
    pub offers: Offers<'a>,
    /// What the editor is to do.
    pub commands: &'a mut Vec<Command>,
    /// What is marked in the texts.
    pub marks: Marks<'a>,
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
        let room = ui.available_size();
        let layout = Layout::of(with.pages, with.settings.zoom, room);
        self.percent = layout.factor / SCREEN * 100.0;

        let (mut action, mut heard) = (None, Heard::default());
        ui.painter().rect_filled(ui.max_rect(), 0.0, accents(ui.visuals()).desk);
        let pointer = ui.input(|input| input.pointer.hover_pos()).filter(|_| ui.rect_contains_pointer(ui.max_rect()));
        // The pages are enlarged in the frame after the wheel was turned.
        let still = self.still.take();
        if let Some((pointer, percent)) = pointer.zip(self.wheel(ui)) {
            self.still = Some(pointer - ui.max_rect().min);
            action = Some(Action::Zoom(percent));
        }
        let restarts = std::mem::take(&mut self.restarts);
        if restarts {
            self.followed = self.goal_of(&with);
        }
        let goal = self.goal(&with).filter(|(goal, _)| self.followed != Some(*goal));
        let was_pointed = std::mem::take(&mut self.is_pointed);
        let margin = if was_pointed { 0.0 } else { MARGIN };
        let mut wanted = self.wanted_offset(&with, goal.map(|(_, spot)| spot), (layout, room), margin, still);
        wanted = self.offset_of_top(with.document.release(), &layout, self.view).or(wanted);
        let beyond = std::mem::take(&mut self.beyond);
        if beyond != 0.0 {
            let speed = beyond.signum() * beyond.abs().clamp(DRAG.0, DRAG.1) * DRAG_SPEED;
            let down = vec2(0.0, speed * ui.input(|input| input.stable_dt).min(0.1));
            let most = (layout.whole - self.view).max(egui::Vec2::ZERO);
            wanted = Some((self.offset + down).clamp(egui::Vec2::ZERO, most));
        }
        let mut area = at_once(egui::ScrollArea::both()).id_salt("pages").auto_shrink(false);
        if let Some(offset) = wanted {
            // egui knows how long the pages were in the frame before. What lies on a page that has come since it
            // would take for overscroll, and spring back from it.
            ui.spacing_mut().scroll.kinetic.rubber_band = false;
            area = area.scroll_offset(offset);
        }
        if restarts {
            area = area.scroll_offset(egui::Vec2::ZERO);
        }
        let output = area.show(ui, |ui| {
            let (all, _) = ui.allocate_exact_size(layout.whole, Sense::hover());
            let response = ui.interact(all, page_id(), Sense::click_and_drag());
            self.listen(ui, with, canvas, layout, (all.min, response), &mut action, &mut heard);
        });
        self.is_scrolled = is_scrolled_by_hand(ui, &output);
        (self.offset, self.view) = (output.state.clamped_offset(), output.inner_rect.size());
        if let Some((goal, _)) = goal {
            let is_reached = wanted.is_none_or(|wanted| (wanted - self.offset).length() < 1.0);
            self.tries = if is_reached { TRIES } else { self.tries + 1 };
            if self.tries >= TRIES {
                (self.followed, self.tries) = (Some(goal), 0);
            } else {
                self.is_pointed |= was_pointed;
                ui.ctx().request_repaint();
            }
        }
        (action, heard)
    }

    /// The caret that is to be in view.
    fn goal_of(&self, with: &Shown<'_>) -> Option<Goal> {
        let head = with.place?.head;
        Some(Goal { revision: with.document.revision(), head, reveals: with.typist.reveals })
    }

    /// The caret that is to be in view, and where it is; `None` while its pages are not set.
    fn goal(&self, with: &Shown<'_>) -> Option<(Goal, Spot)> {
        let goal = self.goal_of(with).filter(|_| with.are_current)?;
        let place = with.place?;
        Some((goal, self.map.spot(with.document.release(), place.head, place.upstream)?))
    }

    /// How far to scroll so that a spot is in view with so much space around it, and so that in a view of another size
    /// or at another magnification the same words stay in view, the caret first of all; `None` if the view stays where
    /// it is.
    fn wanted_offset(
        &mut self,
        with: &Shown<'_>,
        spot: Option<Spot>,
        (layout, room): (Layout, egui::Vec2),
        margin: f32,
        wheel: Option<egui::Vec2>,
    ) -> Option<egui::Vec2> {
        let before = self.layout.replace(layout).unwrap_or(layout);
        let seen = with.place.and_then(|place| self.map.spot(with.document.release(), place.head, place.upstream));
        let in_view = |spot: &Spot| before.on_screen(spot.page, spot.x, spot.bottom) - self.offset;
        let seen = seen.filter(|spot| Rect::from_min_size(Pos2::ZERO, self.view).contains(in_view(spot).to_pos2()));
        let view = if self.view == egui::Vec2::ZERO { room } else { self.view.min(room) };
        let is_enlarged = (before.factor - layout.factor).abs() > f32::EPSILON;
        let now = if is_enlarged {
            let still = wheel.or(seen.as_ref().map(in_view)).unwrap_or(vec2(view.x / 2.0, 0.0));
            let most = (layout.whole - view).max(egui::Vec2::ZERO);
            let like = layout.offset_like(&before, self.offset, still).clamp(egui::Vec2::ZERO, most);
            // What begins at its top goes on to.
            if wheel.is_none() && self.offset.y <= 0.0 { vec2(like.x, 0.0) } else { like }
        } else {
            self.offset
        };
        // Under the wheel it is the words at the mouse that stay.
        let is_resized = wheel.is_none() && (is_enlarged || view != self.view);
        let kept = seen.filter(|_| is_resized).map(|spot| (spot, 0.0));
        let wanted = spot.map(|spot| (spot, margin)).or(kept).map_or(now, |(spot, margin)| {
            let (top, bottom) =
                (layout.on_screen(spot.page, spot.x, spot.top), layout.on_screen(spot.page, spot.x, spot.bottom));
            layout.offset_showing(now, (top.x - margin, top.x + margin), (top.y - margin, bottom.y + margin), view)
        });
        (wanted != self.offset).then_some(wanted)
    }

    /// The mouse on the pages, and the pages.
    #[expect(clippy::too_many_arguments, reason = "all pages, and what is done to them")]
    fn listen(
        &mut self,
        ui: &mut Ui,
        mut with: Shown<'_>,
        canvas: &mut Canvas,
        layout: Layout,
        (origin, response): (Pos2, Response),
        action: &mut Option<Action>,
        heard: &mut Heard,
    ) {
        let caret = with.place.filter(|_| response.has_focus());
        let text = caret.and_then(|place| with.document.release().text(place.field()));
        let typed = caret.zip(text.as_deref()).map(|(place, text)| (place.field(), text, with.typist.selection));
        describe_typed(ui, (response.id, with.words.get("page-text")), typed, origin, canvas);
        self.point(ui, &mut with, layout, (origin, &response), action, heard);
        self.text_menu(&mut with, canvas, layout, origin, &response);
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
            page.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Document, true, &name));
            if let Some(lines) = with.pages.pages.get(index) {
                describe_page(ui, page.id, lines, (rect.min, layout.factor));
            }
            self.page(ui, &with, canvas, index, rect, layout.factor, response.has_focus());
        }
        self.current = current.unwrap_or(0).min(with.pages.pages.len().saturating_sub(1));
        if response.has_focus() {
            self.tell_input_method(ui, &mut with, canvas, origin, layout);
        }
    }

    /// Clicks and drags on the pages.
    fn point(
        &mut self,
        ui: &Ui,
        with: &mut Shown<'_>,
        layout: Layout,
        (origin, response): (Pos2, &Response),
        action: &mut Option<Action>,
        heard: &mut Heard,
    ) {
        let Some(screen) = response.interact_pointer_pos().or(response.hover_pos()) else { return };
        let from_all = screen - origin;
        let index = layout.page_at(from_all.y).min(with.pages.pages.len().saturating_sub(1));
        let paper = (from_all - layout.corner(index)) / layout.factor;
        let Some(at) = self.map.at(with.document.release(), index, paper.x, paper.y) else { return };
        let is_date = self.map.is_date(with.document.release(), index, paper.x, paper.y);
        if response.hovered() {
            ui.set_cursor_icon(if with.typist.pointer.carries() {
                egui::CursorIcon::Grabbing
            } else if is_date {
                egui::CursorIcon::PointingHand
            } else {
                egui::CursorIcon::Text
            });
            if with.document.release().is_field_locked(at.0.field) && self.map.is_on_line(index, paper.x, paper.y) {
                response.clone().on_hover_text_at_pointer(with.words.get("locked"));
            }
        }
        if response.interact_pointer_pos().is_none() {
            return;
        }
        // A drag that began in a text goes on over the date.
        let is_other = response.dragged() || response.drag_stopped() || response.secondary_clicked();
        if is_date && !is_other {
            if response.clicked() {
                *action = Some(Action::Date);
            }
            return;
        }
        let before = (with.typist.selection, with.typist.reveals);
        if response.secondary_clicked() {
            // The menu is about what is selected, or else about where the mouse is.
            response.request_focus();
            let (place, selection) = (at.0, with.typist.selection);
            if selection.is_empty() || place < selection.start() || selection.end() < place {
                let time = ui.input(|input| input.time);
                with.typist.turn_to(Selection::at(place.field, place.byte), with.document, heard, time);
                with.typist.reveal = true;
            }
            self.is_pointed = true;
            return;
        }
        let pointing = pointing(ui, response, at, screen);
        with.typist.point(pointing, with.document, heard);
        if with.typist.selection != before.0 {
            // The form shows the place as well.
            with.typist.reveal = true;
        }
        if response.dragged() {
            let view = ui.clip_rect();
            self.beyond = (screen.y - view.bottom()).max(0.0) + (screen.y - view.top()).min(0.0);
        }
        self.is_pointed |= (with.typist.selection, with.typist.reveals) != before;
    }

    /// What the right button of the mouse offers.
    fn text_menu(&self, with: &mut Shown<'_>, canvas: &mut Canvas, layout: Layout, origin: Pos2, response: &Response) {
        let selection = with.typist.selection;
        let release = with.document.release();
        let spot = self.map.spot(release, selection.head, selection.upstream);
        let caret = spot.map(|spot| origin + layout.corner(spot.page) + vec2(spot.x, spot.bottom) * layout.factor);
        let (offers, commands) = (with.offers, &mut *with.commands);
        TextMenu { response, caret, has_selection: !selection.is_empty() }
            .show(canvas, |ui| offers.show(ui, release, selection, commands));
    }

    #[expect(clippy::too_many_arguments, reason = "one page, its place and what goes on there")]
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
        over.placeholders(ui, canvas, with.place.map(|place| place.head));
        over.ranges(ui, with.marks.commented, accents(ui.visuals()).commented);
        over.ranges(ui, with.marks.found, accents(ui.visuals()).found.gamma_multiply(0.7));
        if let Some((field, range)) = with.marks.current {
            over.current(ui, *field, range);
        }
        for (places, colour) in with.marks.weighed.into_iter().zip(accents(ui.visuals()).weighed).rev() {
            over.waves(ui, places, with.typist, colour);
        }
        let Some(place) = with.place else { return };
        if !focused {
            over.field(ui, place.field());
        }
        // The match that was gone to is selected, and has a colour of its own.
        if with.marks.current.is_none() {
            over.selection(ui, place);
        }
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
