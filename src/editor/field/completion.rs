//! The names offered under the caret while one is typed.
//!
//! What is offered is `roster`'s to say; this remembers which is chosen, listens to the keys that
//! choose, and shows the list. Invariant: a key is taken from the text only while the list is open,
//! and the list is open only for what was typed right before.

use std::ops::Range;

use egui::{
    Area, Color32, CornerRadius, FontId, Frame, Id, Key, Margin, Modifiers, Order, Pos2, Rect, Sense, Ui, WidgetInfo,
    pos2,
    text::{LayoutJob, TextFormat, TextWrapping},
    vec2,
};

use super::super::{input_order, words::Words};
use crate::{
    release::RichText,
    roster::{Offer, Offers, Roster, Wanted},
};

/// Lines that are seen at once; Down goes on to the others.
const ROWS: usize = 6;
/// The height of a line, with room for Khmer subscripts.
const ROW: f32 = 30.0;
/// The height of the line that says which keys there are.
const FOOT: f32 = 26.0;
/// White space left and right of a text.
const SIDE: f32 = 10.0;
/// White space within the frame.
const MARGIN: f32 = 5.0;
/// The least and the greatest width of a line.
const WIDTHS: (f32, f32) = (260.0, 520.0);
/// Between the caret and the list.
const GAP: f32 = 5.0;
/// The size of the text, a little smaller than that of the field.
const SIZE: f32 = 14.5;

/// What is completed in a field.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// The people.
    pub roster: &'a Roster,
    /// What of them is wanted.
    pub part: Wanted,
    /// The words of the window.
    pub words: &'a Words,
}

/// The list of a field, open or not.
#[derive(Clone, Debug, Default)]
pub struct Completion {
    open: Option<Open>,
    /// Where the name begins that is to be left in peace: Escape was pressed.
    refused: Option<usize>,
}

#[derive(Clone, Debug)]
struct Open {
    completion: Offers,
    /// What was typed, to know whether it is still there.
    typed: String,
    chosen: usize,
    /// Whether it was seen: what comes with a key that was pressed before that is not meant.
    shown: bool,
    /// Whether the chosen one was taken, by a key now or by a click in the last frame.
    taken: bool,
}

impl Completion {
    /// Whether the list is shown.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Takes the list away.
    pub fn close(&mut self) {
        self.open = None;
    }

    /// Takes the list away unless the text and the caret are those for which it was opened.
    pub(super) fn fit(&mut self, text: &str, caret: Option<usize>) {
        self.open = self.open.take().filter(|open| {
            let Range { start, end } = open.completion.range;
            caret == Some(end) && text.get(start..end) == Some(&*open.typed)
        });
    }

    /// Looks at what was just typed.
    pub(super) fn follow(&mut self, names: &Names<'_>, text: &str, caret: Option<usize>) {
        self.open = None;
        let completion = caret.and_then(|caret| names.roster.completion(text, caret, names.part));
        let Some(completion) = completion else {
            self.refused = None;
            return;
        };
        if self.refused != Some(completion.range.start) {
            self.refused = None;
            let typed = text.get(completion.range.clone()).unwrap_or_default().to_owned();
            self.open = Some(Open { completion, typed, chosen: 0, shown: false, taken: false });
        }
    }

    /// Whether a key is the list's and not the text's; does what it asks for.
    pub(super) fn key(&mut self, key: Key, modifiers: Modifiers) -> bool {
        let Some(open) = self.open.as_mut().filter(|open| open.shown) else { return false };
        let count = open.completion.offers.len().max(1);
        match (key, modifiers) {
            (Key::ArrowDown, Modifiers::NONE) => open.chosen = (open.chosen + 1) % count,
            (Key::ArrowUp, Modifiers::NONE) => open.chosen = (open.chosen + count - 1) % count,
            (Key::Enter | Key::Tab, Modifiers::NONE) => open.taken = true,
            (Key::Escape, Modifiers::NONE) => {
                self.refused = Some(open.completion.range.start);
                self.open = None;
            }
            _ => return false,
        }
        true
    }

    /// The name that was taken, and the place where it goes.
    pub(super) fn taken(&mut self, text: &RichText) -> Option<(Range<usize>, RichText)> {
        let open = self.open.take_if(|open| open.taken)?;
        let Offer { name, title } = open.completion.offers.get(open.chosen)?;
        let range = open.completion.range;
        // A name is often bold and its title not: that goes on as what is before the name.
        let mut taken = RichText::styled(name.as_str(), text.style_of(range.clone()));
        taken.push_str(title, text.style_before(range.start));
        Some((range, taken))
    }

    /// Shows the list under the caret, or above it where there is no room.
    pub fn show(&mut self, ui: &Ui, field: Id, names: &Names<'_>, place: impl Fn(usize) -> Rect, caret: usize) {
        let Some(open) = &mut self.open else { return };
        let at = place(caret);
        if !ui.clip_rect().intersects(at) {
            // The caret is scrolled away, and its keys are the text's again.
            return self.close();
        }
        // What was pressed before the list came up is not meant for it.
        open.shown |= !input_order::is_waiting(ui.ctx());
        let screen = ui.ctx().content_rect();
        let widest = WIDTHS.1.min(screen.width() - 4.0 * SIDE);
        let lines: Vec<_> = open.completion.offers.iter().map(|offer| line(ui, offer, widest - 2.0 * SIDE)).collect();
        let text = lines.iter().map(|line| line.size().x).fold(0.0, f32::max);
        let width = (text + 2.0 * SIDE).clamp(WIDTHS.0.min(widest), widest);
        let first = (open.chosen + 1).saturating_sub(ROWS);
        let height = lines.len().min(ROWS) as f32 * ROW + FOOT + 2.0 * MARGIN;

        let begin = place(open.completion.range.start);
        let left = if (begin.top() - at.top()).abs() < 1.0 { begin.left() } else { at.left() };
        let left = (left - SIDE - MARGIN).min(screen.right() - width - 2.0 * MARGIN - SIDE).max(screen.left() + SIDE);
        let below = at.bottom() + GAP;
        let top = if below + height <= screen.bottom() { below } else { (at.top() - GAP - height).max(screen.top()) };

        let area = Area::new(field.with("names")).order(Order::Foreground).fixed_pos(pos2(left, top));
        area.fade_in(false).constrain(false).show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).inner_margin(Margin::same(5)).show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
                ui.set_width(width);
                for (index, (offer, line)) in
                    open.completion.offers.iter().zip(lines).enumerate().skip(first).take(ROWS)
                {
                    let (rect, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
                    // The keyboard stays with the text.
                    let response = ui.interact(rect, field.with(("name", index)), Sense::CLICK);
                    let chosen = index == open.chosen;
                    row(ui, rect, line, chosen, response.hovered());
                    response.widget_info(|| {
                        let name = format!("{}{}", offer.name, offer.title);
                        WidgetInfo::selected(egui::Role::ListBoxOption, true, chosen, name)
                    });
                    if chosen {
                        let option = response.id.accesskit_id();
                        ui.ctx().accesskit_node_builder(field, |node| node.set_active_descendant(option));
                    }
                    if response.clicked() {
                        (open.chosen, open.taken) = (index, true);
                        ui.ctx().request_repaint();
                    }
                }
                let (rect, _) = ui.allocate_exact_size(vec2(width, FOOT), Sense::hover());
                foot(ui, rect, names.words, open.chosen + 1, open.completion.offers.len());
            });
        });
    }
}

/// An offer in one line, its title in weak ink.
fn line(ui: &Ui, offer: &Offer, width: f32) -> std::sync::Arc<egui::Galley> {
    let visuals = ui.visuals();
    let format = |color| TextFormat { font_id: FontId::proportional(SIZE), color, ..TextFormat::default() };
    let mut job = LayoutJob { wrap: TextWrapping::truncate_at_width(width), ..LayoutJob::default() };
    job.append(&offer.name, 0.0, format(visuals.text_color()));
    job.append(&offer.title, 0.0, format(visuals.weak_text_color()));
    ui.painter().layout_job(job)
}

fn row(ui: &Ui, rect: Rect, line: std::sync::Arc<egui::Galley>, chosen: bool, hovered: bool) {
    let visuals = ui.visuals();
    let fill = match (chosen, hovered) {
        (true, _) => visuals.selection.bg_fill,
        (false, true) => visuals.widgets.hovered.weak_bg_fill,
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, CornerRadius::same(4), fill);
    let corner = pos2(rect.left() + SIDE, rect.center().y - line.size().y / 2.0);
    // Weak ink on the colour of the choice could not be read.
    if chosen {
        ui.painter().galley_with_override_text_color(corner, line, visuals.text_color());
    } else {
        ui.painter().galley(corner, line, visuals.text_color());
    }
}

/// Which keys there are, and how many lines, where not all are seen.
fn foot(ui: &Ui, rect: Rect, words: &Words, chosen: usize, count: usize) {
    let visuals = ui.visuals();
    let ink = visuals.weak_text_color();
    let font = FontId::proportional(12.0);
    let line = rect.top() + 3.0;
    ui.painter().hline(rect.x_range(), line, visuals.widgets.noninteractive.bg_stroke);
    let middle = f32::midpoint(line, rect.bottom() + 2.0);
    let left: Pos2 = pos2(rect.left() + SIDE, middle);
    ui.painter().text(left, egui::Align2::LEFT_CENTER, words.get("names-keys"), font.clone(), ink);
    if count > ROWS {
        let count = words.digits(&format!("{chosen} / {count}"));
        ui.painter().text(pos2(rect.right() - SIDE, middle), egui::Align2::RIGHT_CENTER, count, font, ink);
    }
}
