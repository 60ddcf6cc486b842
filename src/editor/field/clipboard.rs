//! The clipboard: plain text, and the same with its emphasis and its paragraphs as HTML.

use egui::{Context, Event, Key};

use super::target::Breaks;
use crate::{
    editing::Slice,
    html,
    release::{Paragraph, RichText, Style, clean, without_hard_spaces},
};

/// What is copied and pasted.
#[derive(Default)]
pub struct Clipboard {
    system: Option<arboard::Clipboard>,
    /// Whether V was pressed, or something was pasted, since V was released.
    is_explained: bool,
    /// Whether Ctrl was pressed, and no other key heard since that takes no part in Ctrl+V.
    is_command: bool,
    /// Whether Ctrl+V was pressed while there was no plain text to be pasted.
    wants_html: bool,
    /// What the text that was pasted last cannot hold.
    lost: Vec<html::Lost>,
    /// Stands in for the system's where that is not to be touched, as in tests.
    own: Option<String>,
}

impl Clipboard {
    /// Uses a clipboard that holds this HTML, in the place of the system's.
    pub fn use_own(&mut self, html: String) {
        self.own = Some(html);
    }

    /// Hears the events of a frame. If the clipboard holds no plain text, the window system passes on no paste event
    /// for Ctrl+V, and only the release of V arrives. A key map that composes the text of V, as NiDA does with Shift,
    /// has the same effect, so paste only if Ctrl was down.
    pub fn hear(&mut self, event: &Event) {
        match event {
            Event::ModifiersChanged(modifiers) if modifiers.command => self.is_command = true,
            Event::Text(_) | Event::Copy | Event::Cut | Event::Ime(_) => self.is_command = false,
            Event::Paste(_) | Event::PasteImage(_) | Event::Key { key: Key::V, pressed: true, .. } => {
                self.is_explained = true;
            }
            Event::Key { key: Key::V, pressed: false, modifiers, .. } => {
                let is_command = std::mem::take(&mut self.is_command) || modifiers.command;
                self.wants_html |= !std::mem::take(&mut self.is_explained) && is_command;
            }
            Event::Key { pressed: true, .. } => self.is_command = false,
            _ => {}
        }
    }

    /// Whether HTML is to be pasted that has no plain text beside it.
    pub fn takes_html(&mut self) -> bool {
        std::mem::take(&mut self.wants_html) && self.html().is_some()
    }

    /// The HTML on the clipboard, if there is any.
    pub fn html(&mut self) -> Option<String> {
        if let Some(own) = &self.own {
            return Some(own.clone()).filter(|html| !html.is_empty());
        }
        self.system()?.get().html().ok().filter(|html| !html.is_empty())
    }

    /// The plain text on the clipboard; empty where there is only HTML, which [`pasted`](Self::pasted) reads.
    pub fn text(&mut self) -> Option<String> {
        if let Some(own) = &self.own {
            return html::read(own).map(|blocks| Slice::of(blocks).joined("\n").into_string());
        }
        let text = self.system()?.get_text().ok().filter(|text| !text.is_empty());
        text.or_else(|| self.html().map(|_| String::new()))
    }

    fn system(&mut self) -> Option<&mut arboard::Clipboard> {
        if self.system.is_none() {
            self.system = arboard::Clipboard::new().ok();
        }
        self.system.as_mut()
    }

    /// What was just pasted, for a text in which Enter does this, and which has emphasis or not: with the paragraphs
    /// and the emphasis of the HTML on the clipboard, or else the plain text in a style.
    pub(super) fn pasted(&mut self, plain: &str, style: Style, (breaks, is_rich): (Breaks, bool)) -> Slice {
        if plain.is_empty() && breaks != Breaks::Paragraphs {
            let html = self.html().and_then(|html| html::read(&html)).map(Slice::of).unwrap_or_default();
            return Slice::text(html.without_end().joined("\n"));
        }
        if breaks == Breaks::Paragraphs || is_rich {
            let formatted = self.html().and_then(|html| html::read_and_say(&html));
            let Some((formatted, lost)) = formatted else { return paragraphs(plain, style) };
            self.lost = lost;
            let formatted = Slice::of(formatted);
            // A footnote is one text.
            let formatted = match breaks {
                Breaks::Paragraphs => formatted.with_pictures_apart(),
                _ => Slice::text(formatted.without_end().joined("\n")),
            };
            // HTML does not tell a space at the end of a few words from none.
            let ends = formatted.breaks() == 0 && plain.ends_with(' ');
            return if ends { Slice::text(spaced(formatted.first())) } else { formatted };
        }
        Slice::text(RichText::styled(without_hard_spaces(&clean(plain, breaks == Breaks::Lines)), style))
    }

    /// What the text that was pasted since this was asked cannot hold.
    pub fn take_lost(&mut self) -> Vec<html::Lost> {
        std::mem::take(&mut self.lost)
    }

    /// Puts texts on the clipboard, plain and as HTML.
    pub(super) fn copy(&mut self, ctx: &Context, slice: &Slice) {
        let plain = slice.map(RichText::without_notes).plain();
        self.put(ctx, html::write(slice.blocks()), plain);
    }

    /// Puts HTML on the clipboard, and the same as plain text.
    pub fn put(&mut self, ctx: &Context, html: String, plain: String) {
        if let Some(own) = &mut self.own {
            *own = html;
        } else if let Some(system) = self.system()
            && system.set_html(html, Some(plain.clone())).is_ok()
        {
            return;
        }
        ctx.copy_text(plain);
    }
}

/// A text with a space behind it.
fn spaced(text: &RichText) -> RichText {
    let mut text = text.clone();
    let style = text.style_before(text.len());
    text.push_str(" ", style);
    text
}

/// Plain text as paragraphs: a blank line between two is no paragraph, and an indent no spaces.
pub fn paragraphs(plain: &str, style: Style) -> Slice {
    if let Some(cells) = super::tabbed::cells(plain, style) {
        return cells;
    }
    let plain = without_hard_spaces(&clean(plain, true));
    if !plain.contains('\n') {
        return Slice::text(RichText::styled(plain, style));
    }
    let lines = plain.split('\n').map(str::trim).filter(|line| !line.is_empty());
    Slice::of(lines.map(|line| Paragraph::new(RichText::styled(line, style))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(plain: &str) -> Vec<String> {
        let slice = paragraphs(plain, Style::PLAIN);
        slice.blocks().iter().map(|block| block.text.as_str().to_owned()).collect()
    }

    #[test]
    fn blank_lines_indents_and_a_last_line_break_make_no_paragraphs() {
        assert_eq!(lines("one\r\n\r\n    two\n \nthree\n"), ["one", "two", "three"]);
        assert_eq!(lines(" one "), [" one "]);
        assert_eq!(lines("\n\n"), [""]);
    }
}
