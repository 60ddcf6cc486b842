//! The pictures that shapes are filled with: glyphs, pages, lines of text.
//!
//! It knows nothing of the screen. Its invariant: a texture has as many pixels as its size says, and a
//! place outside of it reads a pixel of it, by the rule for its edges.

use std::collections::HashMap;

use egui::{
    TextureFilter, TextureId, TextureWrapMode,
    epaint::{ImageDelta, textures::TexturesDelta},
};

use super::colour::{Colour, channels, from_egui, rounded};

/// A rectangle of texels or pixels: from `min`, up to but without `max`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    pub min: [i32; 2],
    pub max: [i32; 2],
}

impl Area {
    /// What two areas share; empty if they do not meet.
    pub fn intersect(self, other: Self) -> Self {
        Self {
            min: [self.min[0].max(other.min[0]), self.min[1].max(other.min[1])],
            max: [self.max[0].min(other.max[0]), self.max[1].min(other.max[1])],
        }
    }

    /// The smallest area that holds both.
    pub fn union(self, other: Self) -> Self {
        Self {
            min: [self.min[0].min(other.min[0]), self.min[1].min(other.min[1])],
            max: [self.max[0].max(other.max[0]), self.max[1].max(other.max[1])],
        }
    }

    /// Whether nothing lies in it.
    pub fn is_empty(self) -> bool {
        self.min[0] >= self.max[0] || self.min[1] >= self.max[1]
    }
}

/// A picture, from which shapes take their colours.
#[derive(Debug, Default)]
pub struct Texture {
    size: [i32; 2],
    pixels: Vec<Colour>,
    is_linear: bool,
    wrap: TextureWrapMode,
    /// What changed since the last frame.
    changed: Option<Area>,
}

impl Texture {
    /// Width and height in texels.
    pub fn size(&self) -> [i32; 2] {
        self.size
    }

    /// Whether colours between the texels are mixed from them.
    pub fn is_linear(&self) -> bool {
        self.is_linear
    }

    /// What changed since the last frame, in texels.
    pub fn changed(&self) -> Option<Area> {
        self.changed
    }

    /// Some texels of a row, if all of them lie within the picture.
    pub fn row(&self, y: i32, x: i32, count: usize) -> Option<&[Colour]> {
        if y < 0 || x < 0 || y >= self.size[1] || x >= self.size[0] {
            return None;
        }
        let start = y as usize * self.size[0] as usize + x as usize;
        (x as usize + count <= self.size[0] as usize).then(|| self.pixels.get(start..start + count))?
    }

    fn texel(&self, x: i32, y: i32) -> Colour {
        let [width, height] = self.size;
        let at = wrapped(y, height, self.wrap) as usize * width as usize + wrapped(x, width, self.wrap) as usize;
        self.pixels.get(at).copied().unwrap_or(0)
    }

    /// The colour at a place in texels: 0.5 is the middle of the first.
    pub fn sample(&self, x: f32, y: f32) -> Colour {
        if !self.is_linear {
            return self.texel(x.floor() as i32, y.floor() as i32);
        }
        let (left, top) = ((x - 0.5).floor(), (y - 0.5).floor());
        let (right_part, lower_part) = (x - 0.5 - left, y - 0.5 - top);
        let (left, top) = (left as i32, top as i32);
        let corners = [(left, top), (left + 1, top), (left, top + 1), (left + 1, top + 1)];
        let [a, b, c, d] = corners.map(|(x, y)| channels(self.texel(x, y)));
        rounded(std::array::from_fn(|at| {
            let upper = a[at] + (b[at] - a[at]) * right_part;
            let lower = c[at] + (d[at] - c[at]) * right_part;
            upper + (lower - upper) * lower_part
        }))
    }

    /// Takes a new picture, or a part of one.
    fn take(&mut self, delta: &ImageDelta) {
        let egui::ImageData::Color(image) = &delta.image;
        let size = image.size.map(|side| i32::try_from(side).unwrap_or(0));
        self.is_linear = delta.options.magnification == TextureFilter::Linear;
        self.wrap = delta.options.wrap_mode;
        let area = match delta.pos {
            None => {
                self.size = size;
                self.pixels = image.pixels.iter().map(|colour| from_egui(*colour)).collect();
                Area { min: [0, 0], max: size }
            }
            Some(at) => {
                let [x, y] = at.map(|place| i32::try_from(place).unwrap_or(i32::MAX));
                let max = [x.saturating_add(size[0]), y.saturating_add(size[1])];
                if max[0] > self.size[0] || max[1] > self.size[1] || image.size[0] == 0 {
                    // A part beyond the picture is ignored.
                    return;
                }
                for (row, colours) in image.pixels.chunks_exact(image.size[0]).enumerate() {
                    let start = (y as usize + row) * self.size[0] as usize + x as usize;
                    if let Some(pixels) = self.pixels.get_mut(start..start + colours.len()) {
                        for (pixel, colour) in pixels.iter_mut().zip(colours) {
                            *pixel = from_egui(*colour);
                        }
                    }
                }
                Area { min: [x, y], max }
            }
        };
        self.changed = Some(self.changed.map_or(area, |before| before.union(area)));
    }
}

/// The texel that stands for a place beyond the edge.
fn wrapped(place: i32, side: i32, wrap: TextureWrapMode) -> i32 {
    if side <= 0 {
        return 0;
    }
    match wrap {
        TextureWrapMode::ClampToEdge => place.clamp(0, side - 1),
        TextureWrapMode::Repeat => place.rem_euclid(side),
        TextureWrapMode::MirroredRepeat => {
            let within = place.rem_euclid(2 * side);
            if within < side { within } else { 2 * side - 1 - within }
        }
    }
}

/// All pictures in use.
#[derive(Debug, Default)]
pub struct Textures(HashMap<TextureId, Texture>);

impl Textures {
    /// Takes what is new. Call [`Self::finish`] once the frame is painted.
    pub fn take(&mut self, delta: &TexturesDelta) {
        for (id, deltas) in &delta.set {
            let texture = self.0.entry(*id).or_default();
            deltas.iter().for_each(|delta| texture.take(delta));
        }
    }

    /// Forgets what is not used any more, and what changed for this frame.
    pub fn finish(&mut self, delta: &TexturesDelta) {
        for id in &delta.free {
            self.0.remove(id);
        }
        self.0.values_mut().for_each(|texture| texture.changed = None);
    }

    /// The picture of that name.
    pub fn get(&self, id: TextureId) -> Option<&Texture> {
        self.0.get(&id)
    }
}

#[cfg(test)]
mod tests {
    use egui::{Color32, ColorImage, TextureOptions};

    use super::*;

    fn picture(options: TextureOptions) -> Texture {
        let image = ColorImage::new([2, 2], vec![Color32::BLACK, Color32::WHITE, Color32::RED, Color32::BLUE]);
        let mut texture = Texture::default();
        texture.take(&ImageDelta::full(image, options));
        texture
    }

    #[test]
    fn the_middle_of_a_texel_is_its_colour() {
        for options in [TextureOptions::NEAREST, TextureOptions::LINEAR] {
            let texture = picture(options);
            assert_eq!(texture.sample(0.5, 0.5), 0xFF00_0000);
            assert_eq!(texture.sample(1.5, 0.5), 0xFFFF_FFFF);
            assert_eq!(texture.sample(0.5, 1.5), 0xFFFF_0000);
        }
    }

    #[test]
    fn between_texels_colours_mix_and_beyond_the_edge_the_edge_goes_on() {
        let texture = picture(TextureOptions::LINEAR);
        assert_eq!(texture.sample(1.0, 0.5), 0xFF80_8080);
        assert_eq!(texture.sample(-9.0, -9.0), 0xFF00_0000);
        let repeated = picture(TextureOptions { wrap_mode: TextureWrapMode::Repeat, ..TextureOptions::NEAREST });
        assert_eq!(repeated.sample(3.5, 0.5), 0xFFFF_FFFF);
        let mirrored =
            picture(TextureOptions { wrap_mode: TextureWrapMode::MirroredRepeat, ..TextureOptions::NEAREST });
        assert_eq!(mirrored.sample(2.5, 0.5), 0xFFFF_FFFF);
        assert_eq!(mirrored.sample(-0.5, 0.5), 0xFF00_0000);
    }

    #[test]
    fn a_part_changes_its_place_alone_and_one_beyond_the_picture_nothing() {
        let mut texture = picture(TextureOptions::NEAREST);
        texture.changed = None;
        let dot = ColorImage::filled([1, 1], Color32::GREEN);
        texture.take(&ImageDelta::partial([1, 1], dot.clone(), TextureOptions::NEAREST));
        assert_eq!(texture.changed(), Some(Area { min: [1, 1], max: [2, 2] }));
        assert_eq!((texture.sample(1.5, 1.5), texture.sample(0.5, 1.5)), (0xFF00_FF00, 0xFFFF_0000));
        texture.take(&ImageDelta::partial([2, 1], dot, TextureOptions::NEAREST));
        assert_eq!(texture.row(1, 0, 2), Some(&[0xFFFF_0000, 0xFF00_FF00][..]));
        assert_eq!((texture.row(1, 1, 2), texture.row(-1, 0, 1), texture.row(2, 0, 1)), (None, None, None));
    }
}
