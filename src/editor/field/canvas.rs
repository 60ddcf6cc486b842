//! Texts of fields, shaped, broken and drawn, kept while they are seen.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    ops::Range,
    sync::Arc,
    time::{Duration, Instant},
};

use egui::{Color32, ColorImage, Pos2, Rect, TextureHandle, TextureOptions, pos2, vec2};

use super::{clipboard::Clipboard, heights::Heights, speech::Speech};
use crate::{
    picture::{Area, Painter, Pixels, pixels},
    release::{RichText, placeholders},
    typeset::{Alignment, Lines, Measure, Role, SetLine, Type, set, shape},
};

/// Time in a frame for measuring texts that are not in view.
const MEASURING: Duration = Duration::from_millis(4);
/// The advance of a character of either script, in ems, as a guess.
const GUESSED_ADVANCE: f32 = 0.4;
/// Texts whose rows are remembered.
const MOST_ROWS: usize = 100_000;

/// Frames for which a text is kept after it was last seen.
const KEPT: u64 = 240;
/// Frames within which a field that is gone to has the keyboard.
const WAITING: u64 = 4;
/// Frames that Tab takes to bring the keyboard to a field.
const TABBING: u64 = 3;
/// Frames for which a drawn text is kept: it is large, and quickly drawn again.
const DRAWN_KEPT: u64 = 3;

/// The words of a text's menu.
#[derive(Clone, Debug, Default)]
pub struct EditWords {
    /// For "Cut".
    pub cut: String,
    /// For "Copy".
    pub copy: String,
    /// For "Paste".
    pub paste: String,
    /// For "Select all".
    pub select_all: String,
}

/// Shapes, breaks and draws texts for the window, and keeps what it made.
#[derive(Default)]
pub struct Canvas {
    /// Draws texts and pages.
    pub painter: Painter,
    texts: HashMap<u64, Kept>,
    /// What a screen reader reads.
    pub(super) speech: Speech,
    textures: HashMap<u64, Texture>,
    marked: HashMap<u64, Asked>,
    /// How many rows a text takes in a width, for all that was ever asked.
    rows: HashMap<u64, usize>,
    /// The rows of the body's paragraphs.
    heights: Heights,
    /// When this frame's time for measuring texts that are not in view is over.
    measuring_until: Option<Instant>,
    /// What is copied and pasted.
    pub clipboard: Clipboard,
    /// Keys that came after one by which a field was left, and the frame in which they did.
    waiting: (Vec<egui::Event>, u64),
    frame: u64,
    /// Whether a key asks for the menu of the text that has the keyboard.
    wants_menu: Option<u64>,
    /// The words of that menu.
    pub edit_words: EditWords,
    /// The frame in which Tab was pressed last.
    tabbed: Option<u64>,
}

/// What is marked in a text, and the frame in which that was last asked.
type Asked = (Marked, u64);

struct Kept {
    text: RichText,
    lines: Arc<Lines>,
    used: u64,
}

/// What is marked in a text whatever else goes on.
#[derive(Clone)]
pub struct Marked {
    /// Where its Khmer is not well formed, in bytes.
    pub faults: Arc<[Range<usize>]>,
    /// Where words are still to come.
    pub placeholders: Arc<[Range<usize>]>,
}

struct Texture {
    handle: TextureHandle,
    size: egui::Vec2,
    used: u64,
}

impl Canvas {
    /// Begins a frame, and drops texts that were not shown for some time.
    pub fn begin(&mut self, ctx: &egui::Context) {
        self.frame += 1;
        let is_tab = |event: &egui::Event| {
            let egui::Event::Key { key: egui::Key::Tab, pressed: true, modifiers, .. } = event else { return false };
            !modifiers.ctrl && !modifiers.command && !modifiers.alt
        };
        if ctx.input(|input| input.events.iter().any(is_tab)) {
            self.tabbed = Some(self.frame);
        }
        self.measuring_until = None;
        let frame = self.frame;
        self.texts.retain(|_, kept| frame - kept.used < KEPT);
        self.speech.begin(frame);
        self.marked.retain(|_, (_, used)| frame - *used < KEPT);
        self.textures.retain(|_, texture| frame - texture.used < DRAWN_KEPT);
    }

    /// One that never guesses: what is measured in it does not hang on the clock.
    #[cfg(test)]
    pub(super) fn patient() -> Self {
        const LONG: Duration = Duration::from_hours(1);
        Self { measuring_until: Some(Instant::now() + LONG), ..Self::default() }
    }

    /// The texts that were set in lines.
    #[cfg(test)]
    pub(in crate::editor) fn set_lines(&self) -> impl Iterator<Item = &Lines> {
        self.texts.values().map(|kept| &*kept.lines)
    }

    /// Forgets the rows of another document.
    pub fn forget_heights(&mut self) {
        self.heights = Heights::default();
    }

    /// Lends the rows of the body's paragraphs, which are to be given back.
    pub(super) fn heights(&mut self) -> &mut Heights {
        &mut self.heights
    }

    /// Has the text with the keyboard show its menu.
    pub fn ask_menu(&mut self) {
        self.wants_menu = Some(self.frame);
    }

    /// Whether a key asks for the menu; the text that has the keyboard takes it.
    pub(super) fn takes_menu(&mut self) -> bool {
        // Where no text had the keyboard, the key was for none that gets it later.
        self.wants_menu.take().is_some_and(|frame| self.frame - frame <= 1)
    }

    /// Whether a field that gets the keyboard now gets it by Tab.
    pub fn is_tabbed(&self) -> bool {
        self.tabbed.is_some_and(|frame| self.frame - frame < TABBING)
    }

    /// Keeps what was typed for the field that is gone to.
    pub(super) fn wait(&mut self, events: impl Iterator<Item = egui::Event>) {
        self.waiting = (events.collect(), self.frame);
    }

    /// What was typed for the field that has the keyboard now.
    pub(super) fn waited(&mut self) -> Vec<egui::Event> {
        let (events, since) = std::mem::take(&mut self.waiting);
        // Where the keyboard went elsewhere, they were not meant for a field.
        if self.frame - since < WAITING { events } else { Vec::new() }
    }

    /// A text in lines of a width in points; `cut` as in [`shape`].
    pub fn lines(&mut self, text: &RichText, size: f32, width: f32, cut: Option<usize>) -> Arc<Lines> {
        let mut hasher = DefaultHasher::new();
        (text, size.to_bits(), width.to_bits(), cut).hash(&mut hasher);
        let key = hasher.finish();
        let frame = self.frame;
        if let Some(kept) = self.texts.get_mut(&key).filter(|kept| kept.text == *text) {
            kept.used = frame;
            return kept.lines.clone();
        }
        let shaped = shape(text, Type { role: Role::Text, size }, cut);
        let lines = Arc::new(set(Arc::new(shaped), Measure { width, indent: 0.0, alignment: Alignment::Screen }));
        self.texts.insert(key, Kept { text: text.clone(), lines: lines.clone(), used: frame });
        lines
    }

    /// The rows that a text takes in a width. For a text that was never set that is a guess, once
    /// the frame has no time left to set it; `true` says that it is one.
    pub fn rows(&mut self, text: &RichText, size: f32, width: f32) -> (usize, bool) {
        let mut hasher = DefaultHasher::new();
        (text, size.to_bits(), width.to_bits()).hash(&mut hasher);
        let key = hasher.finish();
        if let Some(&rows) = self.rows.get(&key) {
            return (rows, false);
        }
        let until = *self.measuring_until.get_or_insert_with(|| Instant::now() + MEASURING);
        if Instant::now() > until {
            let characters = text.as_str().chars().count() as f32;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the conversion saturates")]
            let rows = (characters * size * GUESSED_ADVANCE / width).ceil() as usize;
            return (rows.max(1), true);
        }
        let rows = self.lines(text, size, width, None).lines.len().max(1);
        if self.rows.len() >= MOST_ROWS {
            self.rows.clear();
        }
        self.rows.insert(key, rows);
        (rows, false)
    }

    /// Paints the lines in view. `line` is the height of a line and the baseline's place in it.
    pub fn paint(
        &mut self,
        painter: &egui::Painter,
        lines: &Arc<Lines>,
        origin: Pos2,
        (height, ascent): (f32, f32),
        ink: Color32,
    ) {
        let clip = painter.clip_rect();
        let rows = visible(lines.lines.len(), (clip.top() - origin.y) / height, (clip.bottom() - origin.y) / height);
        for (row, line) in lines.lines.iter().enumerate().take(rows.end).skip(rows.start) {
            let top = origin.y + row as f32 * height;
            self.paint_line(painter, lines, line, pos2(origin.x, top), (height, ascent), ink);
            for Underline { left, right, depth } in underlines(lines, line) {
                let y = (top + ascent + depth).round() + 0.5;
                painter.hline(origin.x + left..=origin.x + right, y, egui::Stroke::new(1.0, ink));
            }
        }
    }

    /// Paints one line, from a texture of its own: a key changes few of them.
    fn paint_line(
        &mut self,
        painter: &egui::Painter,
        lines: &Lines,
        line: &SetLine,
        origin: Pos2,
        (height, ascent): (f32, f32),
        ink: Color32,
    ) {
        let clip = painter.clip_rect();
        let scale = painter.ctx().pixels_per_point();
        let right = line.x.last().map_or(0.0, |x| line.left + x);
        // A field of one line that scrolls sideways is drawn only where it is seen.
        let from = (clip.left() - origin.x - 40.0).max(0.0);
        let to = (clip.right() - origin.x + 40.0).min(right + 8.0);
        if right <= 0.0 || to <= from {
            return;
        }
        let (from, to) = ((from / 256.0).floor() * 256.0, (to / 64.0).ceil() * 64.0);
        let mut hasher = DefaultHasher::new();
        (from.to_bits(), to.to_bits(), scale.to_bits(), ink.to_array()).hash(&mut hasher);
        for (x, cluster) in placed(lines, line) {
            (x.to_bits(), cluster.face, cluster.size.to_bits()).hash(&mut hasher);
            lines.text.glyphs_of(cluster).hash(&mut hasher);
        }
        let key = hasher.finish();
        if !self.textures.contains_key(&key) {
            // Signs may reach beyond the line; a margin above and below holds them.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "not negative, and a screen's width"
            )]
            let area = Area {
                x: (from * scale) as u32,
                y: 0,
                width: pixels((to - from) * scale),
                height: pixels(2.0 * height * scale),
            };
            let content = std::iter::once((&*lines.text, placed(lines, line), height / 2.0 + ascent));
            let image = image(self.painter.text(content, ink.to_array(), scale, area));
            let handle = painter.ctx().load_texture("text", image, TextureOptions::NEAREST);
            let size = vec2(f32::from(area.width), f32::from(area.height)) / scale;
            self.textures.insert(key, Texture { handle, size, used: self.frame });
        }
        let Some(texture) = self.textures.get_mut(&key) else { return };
        texture.used = self.frame;
        let corner = pos2(origin.x + from, origin.y - height / 2.0);
        let corner = pos2((corner.x * scale).round() / scale, (corner.y * scale).round() / scale);
        let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(texture.handle.id(), Rect::from_min_size(corner, texture.size), uv, Color32::WHITE);
    }

    /// What is marked in a text: found once, not in every frame.
    pub fn marked(&mut self, text: &str) -> Marked {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let find = || {
            let mut faults: Vec<_> = crate::khmer::faults(text).into_iter().map(|fault| fault.range).collect();
            faults.dedup();
            let placeholders: Vec<_> = placeholders::in_text(text).into_iter().map(|(range, _)| range).collect();
            (Marked { faults: faults.into(), placeholders: placeholders.into() }, 0)
        };
        let (marked, used) = self.marked.entry(hasher.finish()).or_insert_with(find);
        *used = self.frame;
        marked.clone()
    }
}

/// A picture as a texture.
pub fn image(pixels: Pixels) -> ColorImage {
    let size = [usize::from(pixels.width), usize::from(pixels.height)];
    ColorImage::from_rgba_premultiplied(size, &pixels.rgba)
}

fn placed<'a>(lines: &'a Lines, line: &'a SetLine) -> impl Iterator<Item = (f32, &'a crate::typeset::Cluster)> {
    let clusters = lines.text.clusters.get(line.clusters.clone()).unwrap_or_default();
    line.x.iter().map(|x| line.left + x).zip(clusters)
}

/// The line under a stretch of a line, in points from the left edge and below the baseline.
#[derive(Debug, PartialEq)]
struct Underline {
    left: f32,
    right: f32,
    depth: f32,
}

fn underlines(lines: &Lines, line: &SetLine) -> Vec<Underline> {
    let mut found: Vec<Underline> = Vec::new();
    let edges = line.x.iter().skip(1).map(|x| line.left + x);
    for ((left, cluster), right) in placed(lines, line).zip(edges) {
        let Some(depth) = cluster.underline() else { continue };
        match found.last_mut().filter(|last| (last.right - left).abs() < 0.01) {
            Some(last) => (last.right, last.depth) = (right, last.depth.max(depth)),
            None => found.push(Underline { left, right, depth }),
        }
    }
    found
}

/// The rows of which anything shows between two places, counted in rows.
fn visible(count: usize, from: f32, to: f32) -> Range<usize> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the rows")]
    let row = |place: f32| (place.max(0.0) as usize).min(count);
    // Signs reach half a row beyond their own.
    row(from - 0.5)..(row(to + 0.5) + 1).min(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::Style;

    #[test]
    fn underlined_words_have_one_line_under_them() {
        let mut text = RichText::plain("a ");
        for (part, style) in
            [("bc ", Style::UNDERLINE), ("ខ្មែរ", Style::UNDERLINE.with(Style::BOLD, true)), (" d", Style::PLAIN)]
        {
            text.push_str(part, style);
        }
        let lines = Canvas::default().lines(&text, 16.0, 1000.0, None);
        let line = &lines.lines[0];
        let x = |byte| crate::editing::lines::x_in_line(&lines, line, byte);
        let found = underlines(&lines, line);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!((found[0].left - x(2)).abs() < 0.01 && (found[0].right - x(5 + "ខ្មែរ".len())).abs() < 0.01);
        assert!(found[0].depth > 4.0, "it is below the subscript");
    }

    #[test]
    fn rows_in_view_are_those_that_reach_into_it() {
        assert_eq!(visible(100, -5.0, 3.0), 0..4);
        assert_eq!(visible(100, 17.2, 40.7), 16..42);
        assert_eq!(visible(3, 0.0, 1e9), 0..3);
    }
}
