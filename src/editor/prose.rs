//! Texts of several lines in messages and questions.
//!
//! Knows how a text is broken and nothing of what it says. Its invariant: no word of either language is divided but
//! where it must be.

use egui::{Response, Ui, vec2};

use super::{field::Canvas, words::Words};
use crate::release::RichText;

/// The size of a text of several lines, and from baseline to baseline, in points.
const PARAGRAPH: (f32, f32) = (14.5, 25.0);

/// A text of several lines. Khmer is broken where words end, which egui does not know; English can be selected.
pub fn paragraph(ui: &mut Ui, canvas: &mut Canvas, words: &Words, text: &str) -> Response {
    if !words.catalogue().breaks_in_words {
        return ui.add(egui::Label::new(text).wrap().selectable(true));
    }
    let width = ui.available_width().max(60.0);
    let lines = canvas.lines(&RichText::plain(text), PARAGRAPH.0, width, None);
    let height = lines.lines.len().max(1) as f32 * PARAGRAPH.1;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover());
    canvas.paint(ui.painter(), &lines, rect.min, (PARAGRAPH.1, PARAGRAPH.1 * 0.68), ui.visuals().text_color());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    response
}
