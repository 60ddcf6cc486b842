//! Controls of the form that findings are about, and the sections that have them.
//!
//! Knows widgets and not what they change. Invariant: a control that is sought is in an open section, and gets the
//! keyboard as soon as it is shown.

use egui::{Id, Sense, Ui, WidgetInfo, collapsing_header::CollapsingState, vec2};

use super::{super::theme, Form};
use crate::release::Field;

/// A control of the form, other than its texts, that a finding can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// The picture of the letterhead.
    Emblem,
    /// What the emblem shows, in words.
    EmblemAlternative,
    /// The date of signature.
    Date,
}

impl Control {
    /// The field before it in the form.
    pub fn follows(self) -> Field {
        match self {
            Self::Emblem | Self::EmblemAlternative => Field::Motto,
            Self::Date => Field::Place,
        }
    }
}

impl Form {
    /// Gives the keyboard to a control, and shows it.
    pub fn seek(&mut self, control: Control) {
        self.wanted = false;
        self.sought = Some(control);
    }

    /// The control that has the keyboard.
    pub fn control_with_keyboard(&self, ctx: &egui::Context) -> Option<Control> {
        let focused = ctx.memory(egui::Memory::focused)?;
        self.controls.iter().find(|(_, id)| *id == focused).map(|(control, _)| *control)
    }

    /// Notes the widget of a control, which gets the keyboard if it is sought.
    pub(super) fn note_control(&mut self, ui: &Ui, control: Control, id: Id) {
        self.controls.push((control, id));
        let is_asked = ui.memory(|memory| memory.top_modal_layer().is_some());
        if self.sought == Some(control) && !is_asked {
            self.sought = None;
            ui.memory_mut(|memory| memory.request_focus(id));
        }
    }
}

/// A part of the form with a title that opens and closes it. Only a closed one is a stop of Tab, so that one Tab
/// leads from the headline into the text.
pub(super) fn section(
    ui: &mut Ui,
    title: &str,
    id: &str,
    open: bool,
    opened: Option<bool>,
    contents: impl FnOnce(&mut Ui),
) {
    let id = ui.make_persistent_id(id);
    let mut state = CollapsingState::load_with_default_open(ui.ctx(), id, open);
    if let Some(opened) = opened {
        state.set_open(opened);
    }
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    // One that was just opened by a key keeps the keyboard, and Tab goes on into the section.
    let is_stop = !state.is_open() || ui.memory(|memory| memory.has_focus(id.with("header")));
    let sense = if is_stop { Sense::click() } else { Sense::CLICK };
    let header = ui.interact(rect, id.with("header"), sense);
    if header.clicked() {
        state.toggle(ui);
    }
    header.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, title));
    ui.ctx().accesskit_node_builder(header.id, |node| node.set_expanded(state.is_open()));
    let ink = ui.style().interact(&header).text_color();
    let mut icon = header.clone();
    icon.rect = egui::Rect::from_center_size(rect.left_center() + vec2(9.0, 0.0), vec2(12.0, 12.0));
    egui::collapsing_header::paint_default_icon(ui, state.openness(ui.ctx()), &icon);
    let place = rect.left_center() + vec2(20.0, 0.0);
    ui.painter().text(place, egui::Align2::LEFT_CENTER, title, theme::strong(15.5), ink);
    if header.has_focus() {
        ui.painter().rect_stroke(rect, 3.0, ui.visuals().selection.stroke, egui::StrokeKind::Inside);
    }
    state.show_body_unindented(ui, |ui| {
        ui.add_space(2.0);
        contents(ui);
        ui.add_space(8.0);
    });
    ui.add_space(2.0);
}
