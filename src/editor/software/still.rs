//! A picture of the window without a window: what a frame looks like, for pictures that are kept.
//!
//! Knows egui and nothing of releases. The invariant: it is painted as [`super::window`] paints a frame.

use egui::{Context, FullOutput, epaint::textures::TexturesDelta};

use super::{colour::channels, frame::Frame, mirror::Mirror};

/// Follows a context from its first frame on, to draw one of its frames.
#[derive(Clone, Default)]
pub struct Still(Mirror);

impl Still {
    /// Follows a context. To be called in its first frame: egui hands out each texture once.
    pub fn follow(&self, ctx: &Context) {
        ctx.add_plugin(self.0.clone());
    }

    /// Width and height in pixels, and red, green and blue of each pixel, row by row, of the frame whose
    /// output is given, the last one. Does not follow the context any further.
    pub fn picture(self, ctx: &Context, output: &FullOutput) -> ([u32; 2], Vec<u8>) {
        let mut frame = Frame::with(self.0.take());
        let pixels_per_point = output.pixels_per_point;
        let primitives = ctx.tessellate(output.shapes.clone(), pixels_per_point);
        let size = ctx.content_rect().size() * pixels_per_point;
        let size = [size.x, size.y].map(|side| u32::from(crate::picture::pixels(side)));
        let background = ctx.global_style().visuals.panel_fill;
        frame.paint(size, pixels_per_point, &primitives, &TexturesDelta::default(), background);
        let colour = |&pixel: &_| channels(pixel).into_iter().skip(1).map(|channel| channel as u8);
        (size, frame.pixels().iter().flat_map(colour).collect())
    }
}
