//! The look of the window: fonts, colours, spaces; light and dark.

use std::sync::Arc;

use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Stroke, Style, TextStyle, Theme,
    Visuals, vec2,
};

use crate::typeset::Font;

/// Icons, from a part of the Phosphor font that is bundled in `fonts/phosphor`.
pub mod icon {
    pub const NEW: &str = "\u{e236}";
    pub const OPEN: &str = "\u{e256}";
    pub const SAVE: &str = "\u{e248}";
    pub const EXPORT: &str = "\u{eaf0}";
    pub const PRINT: &str = "\u{e3dc}";
    pub const UNDO: &str = "\u{e08a}";
    pub const REDO: &str = "\u{e08c}";
    pub const BOLD: &str = "\u{e5be}";
    pub const ITALIC: &str = "\u{e5c0}";
    pub const UNDERLINE: &str = "\u{e5c4}";
    pub const SUPERSCRIPT: &str = "\u{ec9a}";
    pub const NOTE: &str = "\u{e0aa}";
    pub const LINK: &str = "\u{e2e2}";
    pub const SUBSCRIPT: &str = "\u{ec98}";
    pub const REMOVE: &str = "\u{e4a6}";
    pub const CALENDAR: &str = "\u{e10a}";
    pub const ZOOM_OUT: &str = "\u{e30e}";
    pub const ZOOM_IN: &str = "\u{e310}";
    pub const FIT_WIDTH: &str = "\u{e534}";
    pub const FIT_PAGE: &str = "\u{e626}";
    pub const CLOSE: &str = "\u{e4f6}";
    pub const WARNING: &str = "\u{e4e0}";
    pub const DONE: &str = "\u{e184}";
    pub const UP: &str = "\u{e08e}";
    pub const DOWN: &str = "\u{e03e}";
    pub const LEFT: &str = "\u{e138}";
    pub const RIGHT: &str = "\u{e13a}";
    pub const NEW_PAGE: &str = "\u{e704}";
    pub const PICTURE: &str = "\u{e2ca}";
    pub const INVISIBLE: &str = "\u{e960}";
    pub const TEMPLATE: &str = "\u{e710}";
    pub const PLACEHOLDER: &str = "\u{e860}";
    pub const LOCK: &str = "\u{e308}";
}

/// Marks the field in use on the page, and problems.
pub struct Accents {
    /// Behind the field in use.
    pub mark: Color32,
    /// For what is wrong.
    pub warning: Color32,
    /// Under what should be looked at: errors, doubts, style.
    pub weighed: [Color32; 3],
    /// For what is well.
    pub good: Color32,
    /// Behind what a search has found.
    pub found: Color32,
    /// Behind the match that was gone to.
    pub current: Color32,
    /// Behind what a comment is of.
    pub commented: Color32,
    /// Behind a placeholder.
    pub placeholder: Color32,
    /// The desk on which the pages lie.
    pub desk: Color32,
}

/// The accents of the theme in use.
pub fn accents(visuals: &Visuals) -> Accents {
    if visuals.dark_mode {
        Accents {
            mark: Color32::from_rgba_unmultiplied(64, 120, 220, 34),
            warning: Color32::from_rgb(245, 178, 80),
            weighed: [
                Color32::from_rgb(255, 120, 130),
                Color32::from_rgb(110, 160, 255),
                Color32::from_rgb(150, 156, 166),
            ],
            good: Color32::from_rgb(110, 200, 130),
            found: Color32::from_rgba_unmultiplied(230, 180, 40, 90),
            current: Color32::from_rgba_unmultiplied(255, 130, 30, 190),
            commented: Color32::from_rgba_unmultiplied(90, 170, 150, 80),
            placeholder: Color32::from_rgba_unmultiplied(150, 110, 240, 80),
            desk: Color32::from_rgb(22, 24, 28),
        }
    } else {
        Accents {
            mark: Color32::from_rgba_unmultiplied(40, 100, 210, 26),
            warning: Color32::from_rgb(164, 86, 0),
            weighed: [Color32::from_rgb(200, 30, 60), Color32::from_rgb(30, 90, 200), Color32::from_rgb(110, 118, 130)],
            good: Color32::from_rgb(24, 122, 58),
            found: Color32::from_rgba_unmultiplied(255, 206, 40, 130),
            current: Color32::from_rgba_unmultiplied(255, 140, 20, 200),
            commented: Color32::from_rgba_unmultiplied(40, 170, 140, 60),
            placeholder: Color32::from_rgba_unmultiplied(120, 80, 220, 52),
            desk: Color32::from_rgb(216, 220, 226),
        }
    }
}

/// Sets fonts and style of a window.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts());
    for theme in [Theme::Light, Theme::Dark] {
        ctx.set_style_of(theme, style(theme));
    }
    ctx.options_mut(|options| {
        // A click on a button must not take the caret from the field that the button acts on.
        options.input_options.surrender_focus_on = egui::SurrenderFocusOn::Never;
        options.zoom_with_keyboard = false;
    });
}

/// Kantumruy Pro has both scripts in one design; egui's own fonts are left out. The Latin letters come from files
/// without Khmer: egui shapes all that one file has as one script, and Khmer behind Latin would fall apart.
fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let files: [(&str, &'static [u8]); 6] = [
        ("latin", include_bytes!("../../fonts/kantumruy-pro/KantumruyPro-Regular-Latin.ttf")),
        ("khmer", include_bytes!("../../fonts/kantumruy-pro/KantumruyPro-Regular.ttf")),
        ("strong latin", include_bytes!("../../fonts/kantumruy-pro/KantumruyPro-SemiBold-Latin.ttf")),
        ("strong khmer", include_bytes!("../../fonts/kantumruy-pro/KantumruyPro-SemiBold.ttf")),
        ("icons", include_bytes!("../../fonts/phosphor/Phosphor-subset.ttf")),
        // The program has it once.
        ("symbols", Font::TinosRegular.data()),
    ];
    for (name, data) in files {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(data)));
    }
    let stack = |latin: &str, khmer: &str| [latin, khmer, "icons", "symbols"].map(String::from).to_vec();
    fonts.families.insert(FontFamily::Proportional, stack("latin", "khmer"));
    fonts.families.insert(FontFamily::Monospace, stack("latin", "khmer"));
    fonts.families.insert(FontFamily::Name("strong".into()), stack("strong latin", "strong khmer"));
    fonts
}

/// A question that must be answered before anything else.
pub fn question(ctx: &Context, name: &str) -> egui::Modal {
    let frame = egui::Frame::popup(&ctx.global_style()).inner_margin(18);
    egui::Modal::new(egui::Id::unique(name)).frame(frame)
}

/// Asks for the keyboard for a widget of a question; says whether it has it. A question that has
/// only just come up does not get it yet, so this is to be asked again; no key is delivered until then.
pub fn focus(ui: &egui::Ui, id: egui::Id) -> bool {
    let has = ui.memory(|memory| memory.has_focus(id));
    if !has {
        ui.memory_mut(|memory| memory.request_focus(id));
        super::input_order::hold(ui.ctx());
    }
    has
}

/// Gives a button a name for those who listen, which says what it acts on.
pub fn name_button(button: &egui::Response, name: &str) {
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
}

/// The button of a question that Enter takes: it has the keyboard when the question comes up.
pub fn default_button(ui: &mut egui::Ui, text: &str) -> egui::Response {
    default_button_if(ui, text, true)
}

/// The same, if it can be used.
pub fn default_button_if(ui: &mut egui::Ui, text: &str, enabled: bool) -> egui::Response {
    let label = egui::RichText::new(text).font(strong(14.5));
    let button = ui.add_enabled(enabled, egui::Button::new(label));
    if enabled && ui.memory(|memory| memory.focused().is_none()) {
        focus(ui, button.id);
    }
    button
}

/// Moves the keyboard up and down among the widgets of a list, and to its ends, and says which has it then, if a key
/// moved it; egui by itself would look for whatever widget lies in that direction. The rows have been drawn already,
/// so that egui never says of this one that it gained the keyboard.
pub fn arrows(ui: &egui::Ui, rows: &[egui::Id]) -> Option<usize> {
    use egui::Key;
    let focused = ui.memory(egui::Memory::focused);
    let (at, here) = rows.iter().copied().enumerate().find(|(_, row)| Some(*row) == focused)?;
    let filter = egui::EventFilter { vertical_arrows: true, ..egui::EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(here, filter));
    let last = rows.len().saturating_sub(1);
    let pressed = ui.input_mut(|input| take_presses(input, &[Key::ArrowUp, Key::ArrowDown, Key::Home, Key::End]));
    let to = pressed.iter().fold(at, |at, key| match key {
        Key::ArrowUp => at.saturating_sub(1),
        Key::ArrowDown => (at + 1).min(last),
        Key::Home => 0,
        _ => last,
    });
    let row = *rows.get(to).filter(|_| !pressed.is_empty())?;
    move_focus(ui.ctx(), row);
    if let Some(row) = ui.ctx().read_response(row) {
        row.scroll_to_me(None);
    }
    Some(to)
}

/// Scrolls to the widget that a key has given the keyboard to, so that all of it is seen. Called at the end of what
/// an area scrolls; `area` names it. A field higher than the area follows its caret by itself.
pub fn follow_focus(ui: &egui::Ui, area: &'static str) {
    let key = egui::Id::unique(("focus that was followed", area));
    let focused = ui.memory(egui::Memory::focused);
    let before = ui.data_mut(|data| {
        let before = data.get_temp::<Option<egui::Id>>(key).flatten();
        data.insert_temp(key, focused);
        before
    });
    // What is clicked stays under the pointer.
    let is_pointed = ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
    let Some(id) = focused.filter(|_| focused != before && !is_pointed) else { return };
    let Some(widget) = ui.ctx().read_response(id) else { return };
    // A widget elsewhere is not cut off by the edges of this area.
    let is_inside = widget.layer_id == ui.layer_id() && widget.interact_rect == widget.rect.intersect(ui.clip_rect());
    if is_inside && widget.rect.height() <= ui.clip_rect().height() {
        ui.scroll_to_rect(widget.rect, None);
    }
}

/// Whether an area was scrolled since the last frame by the wheel, or by the pointer in it.
pub fn is_scrolled_by_hand<R>(ui: &egui::Ui, area: &egui::scroll_area::ScrollAreaOutput<R>) -> bool {
    let (key, now) = (area.id.with("offset that was seen"), area.state.clamped_offset().y);
    let before = ui.data_mut(|data| {
        let before = data.get_temp::<f32>(key);
        data.insert_temp(key, now);
        before
    });
    let is_moved = before.is_some_and(|before| (before - now).abs() > 0.5);
    // The bar is beside what it scrolls.
    let place = area.inner_rect.expand(16.0);
    is_moved
        && ui.input(|input| {
            let is_moving = input.time_since_last_scroll() < 0.5 || input.pointer.any_down();
            is_moving && input.pointer.latest_pos().is_some_and(|at| place.contains(at))
        })
}

/// Takes the presses of some keys, without modifiers, out of a frame, in their order: a slow frame has several, and
/// each counts.
pub fn take_presses(input: &mut egui::InputState, keys: &[egui::Key]) -> Vec<egui::Key> {
    let mut pressed = Vec::new();
    input.events.retain(|event| match event {
        egui::Event::Key { key, modifiers, pressed: true, .. } if modifiers.is_none() && keys.contains(key) => {
            pressed.push(*key);
            false
        }
        _ => true,
    });
    pressed
}

/// Gives the keyboard to a widget that a key has chosen, and to no other one in the direction of the key.
pub fn move_focus(ctx: &Context, to: egui::Id) {
    ctx.memory_mut(|memory| {
        memory.move_focus(egui::FocusDirection::None);
        memory.request_focus(to);
    });
}

/// A list that scrolls within a question or a menu, of at most this height. It has all of it from the first frame:
/// egui lets a list without a least height grow frame by frame from almost nothing.
pub fn list(height: f32) -> egui::ScrollArea {
    at_once(egui::ScrollArea::vertical()).max_height(height).min_scrolled_height(height)
}

/// Such a list, which begins at its top whenever it is opened.
pub fn list_from_top(ui: &egui::Ui, height: f32) -> egui::ScrollArea {
    let (id, now) = (ui.scope_id().with("shown in"), ui.ctx().cumulative_pass_nr());
    let before = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<u64>(id), now));
    let is_open = now.saturating_sub(before) <= 1;
    if is_open { list(height) } else { list(height).vertical_scroll_offset(0.0) }
}

/// An area that goes to a place at once. egui draws the last step of a glide only when something else asks for a
/// frame, and on a slow machine the whole glide is that step.
pub fn at_once(area: egui::ScrollArea) -> egui::ScrollArea {
    area.animated(false)
}

/// The width that such a bar takes, in points.
pub const RESTING_BAR: f32 = 9.0;

/// A scroll bar that shows without the pointer that a list goes on. It lies beside the lines, so that it covers no
/// shortcut.
pub fn resting_bar() -> egui::style::ScrollStyle {
    egui::style::ScrollStyle {
        floating_width: 4.0,
        floating_allocated_width: RESTING_BAR,
        dormant_handle_opacity: 0.5,
        ..egui::style::ScrollStyle::floating()
    }
}

/// The size of small text, in points.
pub const SMALL: f32 = 12.5;

/// Text that stands out.
pub fn strong(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("strong".into()))
}

fn style(theme: Theme) -> Style {
    let mut style = Style { visuals: visuals(theme), ..Style::default() };
    style.text_styles = [
        (TextStyle::Small, FontId::proportional(SMALL)),
        (TextStyle::Body, FontId::proportional(14.5)),
        (TextStyle::Button, FontId::proportional(14.5)),
        (TextStyle::Heading, strong(16.0)),
        (TextStyle::Monospace, FontId::proportional(14.0)),
    ]
    .into();
    style.spacing.item_spacing = vec2(8.0, 7.0);
    style.spacing.button_padding = vec2(9.0, 4.0);
    style.spacing.interact_size = vec2(36.0, 28.0);
    style.spacing.menu_margin = egui::Margin::same(6);
    style.spacing.icon_width = 18.0;
    style.interaction.tooltip_delay = 0.4;
    style
}

/// Colours with a contrast of 4.5 or more for text, after WCAG 2.1.
fn visuals(theme: Theme) -> Visuals {
    let (mut visuals, text, panel, field, line, accent) = match theme {
        Theme::Light => (
            Visuals::light(),
            Color32::from_rgb(28, 32, 38),
            Color32::from_rgb(246, 247, 249),
            Color32::WHITE,
            Color32::from_rgb(198, 204, 213),
            Color32::from_rgb(24, 90, 189),
        ),
        Theme::Dark => (
            Visuals::dark(),
            Color32::from_rgb(226, 229, 234),
            Color32::from_rgb(33, 36, 42),
            Color32::from_rgb(24, 26, 31),
            Color32::from_rgb(72, 78, 89),
            Color32::from_rgb(122, 170, 250),
        ),
    };
    visuals.panel_fill = panel;
    visuals.window_fill = panel;
    visuals.extreme_bg_color = field;
    visuals.text_edit_bg_color = Some(field);
    visuals.selection.stroke = Stroke::new(1.0, accent);
    visuals.selection.bg_fill =
        if theme == Theme::Light { Color32::from_rgb(190, 215, 250) } else { Color32::from_rgb(48, 78, 128) };
    visuals.weak_text_color =
        Some(if theme == Theme::Light { Color32::from_rgb(96, 103, 114) } else { Color32::from_rgb(156, 163, 174) });
    visuals.widgets.noninteractive.fg_stroke.color = text;
    visuals.widgets.noninteractive.bg_stroke.color = line;
    for widget in [&mut visuals.widgets.inactive, &mut visuals.widgets.open] {
        widget.fg_stroke.color = text;
        widget.bg_stroke = Stroke::new(1.0, line);
    }
    // Not the accent's own colour, which says where the keyboard is.
    visuals.widgets.hovered.bg_stroke = Stroke::new(1.0, line.lerp_to_gamma(text, 0.45));
    // What has the keyboard, or is pressed.
    visuals.widgets.active.weak_bg_fill = visuals.selection.bg_fill;
    visuals.widgets.active.bg_fill = visuals.selection.bg_fill;
    visuals.widgets.active.bg_stroke = Stroke::new(1.5, accent);
    visuals.widgets.active.fg_stroke.color = text;
    for widget in [
        &mut visuals.widgets.noninteractive,
        &mut visuals.widgets.inactive,
        &mut visuals.widgets.hovered,
        &mut visuals.widgets.active,
        &mut visuals.widgets.open,
    ] {
        widget.corner_radius = CornerRadius::same(5);
    }
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn khmer_behind_latin_is_shaped_as_khmer() {
        let ctx = Context::default();
        install(&ctx);
        let mut widths = Vec::new();
        let measure = |ui: &mut egui::Ui| {
            for font in [FontId::proportional(14.5), strong(14.5)] {
                let width =
                    |text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), Color32::BLACK).size().x;
                widths.push((width("to ស្ត្រីខ្មែរ"), width("to ") + width("ស្ត្រីខ្មែរ")));
            }
        };
        ctx.run_ui(egui::RawInput::default(), measure).textures_delta.clear();
        for (together, apart) in widths {
            assert!((together - apart).abs() < 1.0, "{together} is not {apart}");
        }
    }
}
