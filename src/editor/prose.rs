//! Texts of several lines in messages, questions and lists.
//!
//! Knows how a text is broken and nothing of what it says. Its invariants: no word of either language is divided but
//! where it must be; and Khmer is shaped and broken by the engine of the page in the window of either language, for
//! egui breaks it within a letter.

use egui::{Button, Color32, FontId, Response, RichText as Label, Sense, Ui, vec2};

use super::{
    field::Canvas,
    theme::{SMALL, strong},
    words::Words,
};
use crate::{
    khmer::is_khmer,
    release::{RichText, Style},
};

/// From baseline to baseline, and the place of the baseline in its line, as shares of the size.
const LINE: f32 = 1.72;
const ASCENT: f32 = 1.17;

/// How a text is shown.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Its size, in points.
    pub size: f32,
    /// Its colour, if it is not that of other texts.
    pub ink: Option<Color32>,
    /// Its emphasis: bold, italic or none.
    pub style: Style,
}

impl Default for Look {
    fn default() -> Self {
        Self { size: 14.5, ink: None, style: Style::PLAIN }
    }
}

impl Look {
    /// Text of the usual size in this colour.
    pub fn ink(ink: Color32) -> Self {
        Self { ink: Some(ink), ..Self::default() }
    }

    /// Weak text of the usual size.
    pub fn weak(ui: &Ui) -> Self {
        Self::ink(ui.visuals().weak_text_color())
    }

    /// Small weak text, above or below what it is about.
    pub fn note(ui: &Ui) -> Self {
        Self { size: SMALL, ..Self::weak(ui) }
    }

    /// The heading of a panel.
    pub fn heading() -> Self {
        Self { size: 15.0, style: Style::BOLD, ..Self::default() }
    }
}

/// A text of several lines. What egui draws can be selected.
pub fn paragraph(ui: &mut Ui, canvas: &mut Canvas, words: &Words, text: &str) -> Response {
    paragraph_in(ui, canvas, words, text, Look::default())
}

/// The same in another look.
pub fn paragraph_in(ui: &mut Ui, canvas: &mut Canvas, words: &Words, text: &str, look: Look) -> Response {
    if !is_ours(words, text) {
        return ui.add(egui::Label::new(styled(text, look)).wrap().selectable(true));
    }
    let response = draw(ui, canvas, &RichText::styled(text, look.style), look, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    response
}

/// A text that leads to a place when it is clicked, where there is one.
pub fn link(ui: &mut Ui, canvas: &mut Canvas, words: &Words, text: &str, look: Look, enabled: bool) -> Response {
    if !is_ours(words, text) {
        return ui.add_enabled(enabled, Button::new(styled(text, look)).frame(false).wrap());
    }
    rich_link(ui, canvas, &RichText::styled(text, look.style), look, enabled)
}

/// A text of the release, with its own emphasis, that leads to a place when it is clicked.
pub fn rich_link(ui: &mut Ui, canvas: &mut Canvas, text: &RichText, look: Look, enabled: bool) -> Response {
    ui.add_enabled_ui(enabled, |ui| {
        let response = draw(ui, canvas, text, look, Sense::click());
        if response.has_focus() {
            let frame = response.rect.expand(2.0);
            ui.painter().rect_stroke(frame, 5.0, ui.visuals().selection.stroke, egui::StrokeKind::Outside);
        }
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, text.as_str()));
        response
    })
    .inner
}

/// Whether the engine of the page draws a text.
fn is_ours(words: &Words, text: &str) -> bool {
    words.catalogue().breaks_in_words || text.chars().any(is_khmer)
}

fn styled(text: &str, Look { size, ink, style }: Look) -> Label {
    let font = if style.has(Style::BOLD) { strong(size) } else { FontId::proportional(size) };
    let label = Label::new(text).font(font);
    let label = if style.has(Style::ITALIC) { label.italics() } else { label };
    match ink {
        Some(ink) => label.color(ink),
        None => label,
    }
}

fn draw(ui: &mut Ui, canvas: &mut Canvas, text: &RichText, Look { size, ink, .. }: Look, sense: Sense) -> Response {
    let width = ui.available_width().max(60.0);
    let lines = canvas.lines(text, size, width, None);
    let line = (size * LINE).round();
    let height = lines.lines.len().max(1) as f32 * line;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), sense);
    let ink = ink.unwrap_or(ui.visuals().text_color());
    canvas.paint(ui.painter(), &lines, rect.min, (line, size * ASCENT), ink);
    response
}

#[cfg(test)]
mod tests {
    use egui::{Context, Shape};

    use super::*;
    use crate::{editor::theme, storage::WindowLanguage};

    /// The texts that egui itself draws.
    fn drawn_by_egui(text: &str, language: WindowLanguage) -> Vec<String> {
        let (ctx, mut canvas) = (Context::default(), Canvas::default());
        theme::install(&ctx);
        let words = Words::new(language);
        let show = |ui: &mut Ui| {
            ui.set_max_width(200.0);
            paragraph(ui, &mut canvas, &words, text);
            link(ui, &mut canvas, &words, text, Look::ink(Color32::RED), true);
        };
        let mut output = ctx.run_ui(egui::RawInput::default(), show);
        output.textures_delta.clear();
        let texts = output.shapes.into_iter().filter_map(|shape| match shape.shape {
            Shape::Text(text) => Some(text.galley.text().to_owned()),
            _ => None,
        });
        texts.collect()
    }

    #[test]
    fn khmer_is_drawn_by_the_engine_of_the_page_in_either_window() {
        for language in WindowLanguage::ALL {
            for text in ["Exported to 2026-11-29 កម្ពុជានិងជប៉ុនចុះ.pdf", "ខ្មែរ"]
            {
                assert_eq!(drawn_by_egui(text, language), [""; 0], "{language:?}: {text}");
            }
        }
        let english = "Exported to call.pdf";
        assert_eq!(drawn_by_egui(english, WindowLanguage::English), [english; 2]);
    }
}
