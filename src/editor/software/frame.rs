//! A frame: what of it changed, and the painting of that.
//!
//! The window is cut into squares. Each has a list of the shapes that touch it and a hash of them; where
//! the hash is that of the last frame, the square is as it was. Its invariant: after [`Frame::paint`] the
//! pixels are those of a frame that is painted whole.

use egui::{ClippedPrimitive, Color32, epaint::textures::TexturesDelta};

use super::{
    colour::{Colour, alpha, from_egui},
    raster::Canvas,
    shapes::{Form, Shape, shapes, stirred},
    texture::{Area, Textures},
};

/// The side of a square, in pixels. Its 16 KB stay in the fastest memory of a processor; a key that
/// changes a line of text repaints a few dozen.
const SQUARE: usize = 64;

/// What is in the window, and what is needed to paint the next frame.
#[derive(Default)]
pub struct Frame {
    size: [usize; 2],
    pixels: Vec<Colour>,
    textures: Textures,
    shapes: Vec<Shape>,
    squares: Vec<Square>,
    columns: usize,
}

#[derive(Default)]
struct Square {
    /// Places in the list of shapes.
    shapes: Vec<u32>,
    hash: u64,
    last: Option<u64>,
    /// Whether a texture in it changed.
    is_stale: bool,
}

impl Frame {
    /// Nothing yet, with textures that egui handed out before.
    pub fn with(textures: Textures) -> Self {
        Self { textures, ..Self::default() }
    }

    /// Width and height in pixels.
    pub fn size(&self) -> [usize; 2] {
        self.size
    }

    /// The pixels, row by row.
    pub fn pixels(&self) -> &[Colour] {
        &self.pixels
    }

    /// Paints a frame. Returns the areas that changed.
    pub fn paint(
        &mut self,
        [width, height]: [u32; 2],
        pixels_per_point: f32,
        primitives: &[ClippedPrimitive],
        textures: &TexturesDelta,
        background: Color32,
    ) -> Vec<Area> {
        self.textures.take(textures);
        self.resize([width as usize, height as usize]);
        let side = |pixels: u32| i32::try_from(pixels).unwrap_or(i32::MAX);
        let screen = Area { min: [0, 0], max: [side(width), side(height)] };
        shapes(primitives, pixels_per_point, screen, &self.textures, &mut self.shapes);
        let background = from_egui(background.to_opaque());
        self.sort(background);
        let areas = self.repaint(background);
        self.textures.finish(textures);
        areas
    }

    fn resize(&mut self, size: [usize; 2]) {
        if size != self.size {
            self.size = size;
            self.columns = size[0].div_ceil(SQUARE);
            self.squares = Vec::new();
            self.squares.resize_with(self.columns * size[1].div_ceil(SQUARE), Square::default);
            self.pixels = vec![0; size[0] * size[1]];
        }
    }

    /// The squares that an area touches.
    fn touched(&self, area: Area) -> impl Iterator<Item = usize> + use<> {
        let square = |pixel: i32| pixel as usize / SQUARE;
        let columns = self.columns;
        let (across, down) = if area.is_empty() {
            (0..0, 0..0)
        } else {
            (square(area.min[0])..square(area.max[0] - 1) + 1, square(area.min[1])..square(area.max[1] - 1) + 1)
        };
        down.flat_map(move |row| across.clone().map(move |column| row * columns + column))
    }

    /// The pixels of a square.
    fn area(&self, square: usize) -> Area {
        let corner = [square % self.columns * SQUARE, square / self.columns * SQUARE];
        let pixel = |place: usize| i32::try_from(place).unwrap_or(i32::MAX);
        Area { min: corner.map(pixel), max: [0, 1].map(|axis| pixel((corner[axis] + SQUARE).min(self.size[axis]))) }
    }

    /// Gives each square its shapes.
    fn sort(&mut self, background: Colour) {
        for square in &mut self.squares {
            square.shapes.clear();
            square.hash = u64::from(background);
            square.is_stale = false;
        }
        let mut squares = std::mem::take(&mut self.squares);
        for (index, shape) in self.shapes.iter().enumerate() {
            let hash = shape.hash();
            let covers = match shape.form {
                Form::Rectangle(corner, _) => shape.texture.is_none() && alpha(corner.colour) == 255,
                Form::Triangle(_) => false,
            };
            for at in self.touched(shape.area) {
                if let Some(square) = squares.get_mut(at) {
                    if covers && shape.area.intersect(self.area(at)) == self.area(at) {
                        // Nothing below it is seen.
                        square.shapes.clear();
                        square.hash = u64::from(background);
                        square.is_stale = false;
                    }
                    square.shapes.push(index as u32);
                    square.hash = stirred(square.hash, hash);
                }
            }
            for at in self.touched(self.changed_within(shape)) {
                if let Some(square) = squares.get_mut(at) {
                    square.is_stale = true;
                }
            }
        }
        self.squares = squares;
    }

    /// Where a shape shows what changed in its texture.
    fn changed_within(&self, shape: &Shape) -> Area {
        let nowhere = Area { min: [0, 0], max: [0, 0] };
        let Some(texture) = shape.texture.and_then(|id| self.textures.get(id)) else { return nowhere };
        let Some(changed) = texture.changed() else { return nowhere };
        let Form::Rectangle(min, max) = &shape.form else { return shape.area };
        let pixel = |axis: usize, texel: i32| {
            let step = (max.at[axis] - min.at[axis]) / (max.texel[axis] - min.texel[axis]);
            min.at[axis] + (texel as f32 - min.texel[axis]) * step
        };
        let axis = |axis: usize| {
            // A texel is seen as far as its neighbours', where colours are mixed between them.
            let (one, other) = (pixel(axis, changed.min[axis] - 1), pixel(axis, changed.max[axis] + 1));
            (one.min(other).floor() as i32, one.max(other).ceil() as i32)
        };
        let ((left, right), (top, bottom)) = (axis(0), axis(1));
        Area { min: [left, top], max: [right, bottom] }.intersect(shape.area)
    }

    /// Paints the squares that changed, and returns them, neighbours joined.
    fn repaint(&mut self, background: Colour) -> Vec<Area> {
        let mut areas: Vec<Area> = Vec::new();
        for at in 0..self.squares.len() {
            let square = &self.squares[at];
            if square.last == Some(square.hash) && !square.is_stale {
                continue;
            }
            let area = self.area(at);
            let mut canvas = Canvas { pixels: &mut self.pixels, width: self.size[0] };
            canvas.fill(area, background);
            for shape in square.shapes.iter().filter_map(|index| self.shapes.get(*index as usize)) {
                canvas.paint(shape, area, &self.textures);
            }
            match areas.last_mut() {
                Some(last) if last.min[1] == area.min[1] && last.max[0] == area.min[0] => last.max[0] = area.max[0],
                _ => areas.push(area),
            }
        }
        for square in &mut self.squares {
            square.last = Some(square.hash);
        }
        areas
    }
}

#[cfg(test)]
mod tests {
    use egui::{Align2, Context, FontId, RawInput, Rect, Sense, TextureOptions, pos2, vec2};

    use super::*;

    const SIZE: [u32; 2] = [300, 200];

    fn context() -> Context {
        let ctx = Context::default();
        crate::editor::theme::install(&ctx);
        ctx
    }

    /// Runs egui and paints what comes of it: the areas that changed, and what egui gave.
    fn shown(ctx: &Context, frame: &mut Frame, show: impl FnMut(&mut egui::Ui)) -> Vec<Area> {
        let screen = Rect::from_min_size(pos2(0.0, 0.0), vec2(SIZE[0] as f32, SIZE[1] as f32));
        let input = RawInput { screen_rect: Some(screen), ..RawInput::default() };
        let mut output = ctx.run_ui(input, show);
        let primitives = ctx.tessellate(std::mem::take(&mut output.shapes), 1.0);
        let areas = frame.paint(SIZE, 1.0, &primitives, &output.textures_delta, Color32::BLACK);
        output.textures_delta.clear();
        areas
    }

    fn some_content(ui: &mut egui::Ui, text: &str) {
        ui.painter().rect_filled(ui.max_rect(), 0.0, Color32::from_gray(40));
        let place = Rect::from_min_size(pos2(20.0, 150.0), vec2(90.0, 30.0));
        ui.painter().rect_filled(place, 8.0, Color32::from_rgba_unmultiplied(200, 30, 30, 128));
        ui.painter().text(pos2(30.0, 10.0), Align2::LEFT_TOP, text, FontId::proportional(16.0), Color32::WHITE);
        ui.allocate_exact_size(vec2(1.0, 1.0), Sense::hover());
    }

    #[test]
    fn what_changed_is_repainted_alone_and_as_if_all_had_been() {
        let ctx = context();
        let mut frame = Frame::default();
        let first = shown(&ctx, &mut frame, |ui| some_content(ui, "one"));
        let whole: i32 = first.iter().map(|area| (area.max[0] - area.min[0]) * (area.max[1] - area.min[1])).sum();
        assert_eq!(whole, 300 * 200);
        assert!(shown(&ctx, &mut frame, |ui| some_content(ui, "one")).is_empty(), "nothing changed");
        let second = shown(&ctx, &mut frame, |ui| some_content(ui, "two"));
        assert!(second.iter().all(|area| area.max[1] <= 64 && area.max[0] <= 128), "{second:?}");
        assert!(!second.is_empty());

        // The same textures, but no memory of a frame before.
        let mut other = Frame::with(std::mem::take(&mut frame.textures));
        shown(&ctx, &mut other, |ui| some_content(ui, "two"));
        assert_eq!(frame.pixels(), other.pixels());
        assert!(frame.pixels().contains(&0xFFFF_FFFF), "no glyph is painted");
    }

    #[test]
    fn a_picture_that_changes_is_repainted_where_it_does() {
        let ctx = context();
        let mut frame = Frame::default();
        let image = egui::ColorImage::filled([300, 200], Color32::BLUE);
        let mut picture = ctx.load_texture("picture", image, TextureOptions::NEAREST);
        let show = |id: egui::TextureId| {
            move |ui: &mut egui::Ui| {
                let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                ui.painter().image(id, ui.ctx().content_rect(), uv, Color32::WHITE);
            }
        };
        shown(&ctx, &mut frame, show(picture.id()));
        shown(&ctx, &mut frame, show(picture.id()));
        assert!(shown(&ctx, &mut frame, show(picture.id())).is_empty());
        let part = egui::ColorImage::filled([10, 10], Color32::WHITE);
        picture.set_partial([200, 70], part, TextureOptions::NEAREST);
        let areas = shown(&ctx, &mut frame, show(picture.id()));
        assert_eq!(areas, [Area { min: [192, 64], max: [256, 128] }]);
        let at = |x: usize, y: usize| frame.pixels()[y * 300 + x];
        assert_eq!((at(199, 70), at(200, 70), at(209, 79), at(210, 79)), (0xFF00_00FF, !0, !0, 0xFF00_00FF));
    }
}
