//! The handbook in the window: its chapters, and its text set by the program's own typesetter, because
//! egui breaks no Khmer lines.

use std::sync::Arc;

use egui::{Button, EventFilter, Id, Key, Modifiers, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{super::theme, Help, handbook::Handbook};
use crate::{
    editor::{Command, Editor, field::Canvas, theme::icon},
    release::{RichText, Style},
    typeset::Lines,
};

/// The size of the text, and of the names of chapters, in the window's points.
const TEXT: f32 = 15.5;
const CHAPTER: f32 = 19.0;
/// From baseline to baseline, as a multiple of the size: Khmer has signs above and subscripts below.
const LEADING: f32 = 1.75;
/// The baseline's distance from the top of its line, as a share of the line.
const ASCENT: f32 = 0.68;
/// White space above a paragraph and above a chapter, and around the text, in points.
const ABOVE: f32 = 7.0;
const ABOVE_CHAPTER: f32 = 20.0;
const MARGIN: f32 = 16.0;
/// The widest line that reads well, in points.
const WIDEST: f32 = 620.0;
/// How far an arrow key scrolls, and how much of a page stays in view, in points.
const STEP: f32 = 48.0;
const KEPT: f32 = 48.0;

/// The widget that has the keyboard while the handbook is read.
pub fn id() -> Id {
    Id::unique("handbook")
}

/// A paragraph of the handbook where it is shown.
struct Block {
    lines: Arc<Lines>,
    is_chapter: bool,
    /// The top of its first line, and the height of a line, in points.
    top: f32,
    leading: f32,
}

impl Block {
    fn bottom(&self) -> f32 {
        let rows = self.lines.lines.len().max(1) as f32;
        self.top + rows * self.leading
    }
}

impl Editor {
    /// The handbook with its head, in all the room there is.
    pub(in super::super) fn handbook_view(&mut self, ui: &mut Ui) {
        let handbook = Self::handbook(&mut self.help.handbook, &self.words);
        let (mut chapter, mut close) = (None, false);
        ui.add_space(3.0);
        ui.horizontal(|ui| {
            ui.add_space(MARGIN - 8.0);
            ui.menu_button(format!("{}  {}", self.words.get("help-contents"), icon::DOWN), |ui| {
                for &at in &handbook.chapters {
                    if ui.button(handbook.title(at)).clicked() {
                        chapter = Some(at);
                        ui.close();
                    }
                }
            });
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(4.0);
                close = named(ui, icon::CLOSE, self.words.get("help-close"));
                if named(ui, icon::EXPORT, self.words.get("handbook-pdf")) {
                    self.commands.push(Command::HandbookPdf);
                }
            });
        });
        ui.separator();
        if chapter.is_some() {
            (self.help.chapter, self.help.focus) = (chapter, true);
        }
        close |= self.handbook_text(ui);
        if close {
            self.close_handbook(ui.ctx());
        }
    }

    /// The text, scrolled by keys and wheel; says whether it is to be closed.
    fn handbook_text(&mut self, ui: &mut Ui) -> bool {
        let Help { handbook, chapter, offset, focus, .. } = &mut self.help;
        let handbook = Self::handbook(handbook, &self.words);
        let width = (ui.available_width() - 2.0 * MARGIN - 12.0).clamp(60.0, WIDEST);
        let blocks = blocks(handbook, &mut self.canvas, width);
        let height = blocks.last().map_or(0.0, Block::bottom) + 2.0 * MARGIN;
        let room = ui.available_height();
        let is_focused = ui.memory(|memory| memory.has_focus(id()));
        let (mut wanted, mut close) = (None, false);
        if is_focused {
            (wanted, close) = listen(ui, *offset, room, height);
            let filter = EventFilter { vertical_arrows: true, escape: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id(), filter));
        }
        if let Some(at) = chapter.take() {
            wanted = blocks.get(at).map(|block| block.top - ABOVE);
        }
        let mut area = theme::at_once(egui::ScrollArea::vertical()).id_salt("handbook").auto_shrink(false);
        if let Some(to) = wanted {
            area = area.vertical_scroll_offset(to.clamp(0.0, (height - room).max(0.0)));
        }
        let shown = area.show(ui, |ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(width + 2.0 * MARGIN, height), Sense::hover());
            paint(ui, &mut self.canvas, &blocks, pos2(rect.left() + MARGIN, rect.top()), width);
        });
        *offset = shown.state.clamped_offset().y;
        let response = ui.interact(shown.inner_rect, id(), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Document, true, self.words.get("handbook")));
        if response.clicked() {
            response.request_focus();
        }
        if std::mem::take(focus) && !theme::focus(ui, id()) {
            *focus = true;
        }
        if is_focused {
            let stroke = ui.visuals().selection.stroke;
            ui.painter().rect_stroke(shown.inner_rect, 3.0, stroke, egui::StrokeKind::Inside);
        }
        close
    }
}

/// A small button with an icon, and a name for those who hover or listen.
fn named(ui: &mut Ui, icon: &str, name: &str) -> bool {
    let button = ui.add(Button::new(icon)).on_hover_text(name);
    button.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, name));
    button.clicked()
}

/// The paragraphs in lines of a width, each with its place.
fn blocks(handbook: &Handbook, canvas: &mut Canvas, width: f32) -> Vec<Block> {
    let mut y = MARGIN;
    let mut blocks: Vec<Block> = Vec::with_capacity(handbook.release.body.len());
    for (at, paragraph) in handbook.release.body.iter().enumerate() {
        let is_chapter = handbook.chapters.binary_search(&at).is_ok();
        let size = if is_chapter { CHAPTER } else { TEXT };
        y += match blocks.last() {
            None => 0.0,
            Some(_) if is_chapter => ABOVE_CHAPTER,
            Some(_) => ABOVE,
        };
        // Size and colour say what a line under it says in print.
        let chapter = is_chapter.then(|| RichText::styled(paragraph.text.as_str(), Style::BOLD));
        let lines = canvas.lines(chapter.as_ref().unwrap_or(&paragraph.text), size, width, None);
        let block = Block { lines, is_chapter, top: y, leading: size * LEADING };
        y = block.bottom();
        blocks.push(block);
    }
    blocks
}

fn paint(ui: &mut Ui, canvas: &mut Canvas, blocks: &[Block], origin: egui::Pos2, width: f32) {
    let clip = ui.clip_rect();
    let (ink, accent) = (ui.visuals().text_color(), ui.visuals().selection.stroke.color);
    for (at, block) in blocks.iter().enumerate() {
        let top = origin.y + block.top;
        let rect = Rect::from_min_max(pos2(origin.x, top), pos2(origin.x + width, origin.y + block.bottom()));
        // A screen reader reads all of it.
        let response = ui.interact(rect, id().with(at), Sense::hover());
        let role = if block.is_chapter { egui::Role::Heading } else { egui::Role::Paragraph };
        response.widget_info(|| WidgetInfo::labeled(role, true, &*block.lines.text.text));
        if clip.intersects(rect.expand(block.leading)) {
            let ink = if block.is_chapter { accent } else { ink };
            let line = (block.leading, block.leading * ASCENT);
            canvas.paint(ui.painter(), &block.lines, pos2(origin.x, top), line, ink);
        }
    }
}

/// Where keys scroll to, and whether one closes the handbook.
fn listen(ui: &Ui, offset: f32, room: f32, height: f32) -> (Option<f32>, bool) {
    ui.input_mut(|input| {
        let mut to = None;
        // A slow frame has several presses of a key that is held.
        let mut pressed = |modifiers, key| input.count_and_consume_key(modifiers, key) as f32;
        let page = (room - KEPT).max(STEP);
        for (modifiers, key, by) in [
            (Modifiers::SHIFT, Key::Space, -page),
            (Modifiers::NONE, Key::Space, page),
            (Modifiers::NONE, Key::PageDown, page),
            (Modifiers::NONE, Key::PageUp, -page),
            (Modifiers::NONE, Key::ArrowDown, STEP),
            (Modifiers::NONE, Key::ArrowUp, -STEP),
            (Modifiers::NONE, Key::Home, f32::NEG_INFINITY),
            (Modifiers::COMMAND, Key::Home, f32::NEG_INFINITY),
            (Modifiers::NONE, Key::End, f32::INFINITY),
            (Modifiers::COMMAND, Key::End, f32::INFINITY),
        ] {
            let times = pressed(modifiers, key);
            if times > 0.0 {
                to = Some((to.unwrap_or(offset) + times * by).clamp(0.0, height));
            }
        }
        (to, pressed(Modifiers::NONE, Key::Escape) > 0.0)
    })
}
