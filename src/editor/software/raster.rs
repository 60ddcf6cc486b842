//! Shapes to pixels.
//!
//! A pixel belongs to a shape if its middle does; a middle on an edge belongs to the shape right of it or
//! below it, as graphics cards have it, so that shapes which share an edge neither overlap nor gape.
//! The invariant: nothing outside of the given area is touched.

use super::{
    colour::{Colour, WHITE, alpha, channels, over, product, rounded},
    shapes::{Corner, Form, Shape},
    texture::{Area, Texture, Textures},
};

/// Parts of a pixel to which corners of triangles are rounded, as graphics cards do.
const STEPS: f32 = 256.0;
/// How far off the middle of a texel a picture may lie and still be copied as it is, in texels.
const OFF: f32 = 1.0 / 32.0;

/// The pixels that are painted: rows from the top, each from the left.
pub struct Canvas<'a> {
    pub pixels: &'a mut [Colour],
    pub width: usize,
}

impl Canvas<'_> {
    /// Some pixels of a row.
    fn span(&mut self, y: i32, from: i32, to: i32) -> &mut [Colour] {
        let start = y as usize * self.width;
        self.pixels.get_mut(start + from as usize..start + to as usize).unwrap_or_default()
    }

    /// Paints one colour over an area, or in its place if it is opaque.
    pub fn fill(&mut self, area: Area, colour: Colour) {
        for y in area.min[1]..area.max[1] {
            fill(self.span(y, area.min[0], area.max[0]), colour);
        }
    }

    /// Paints what lies of a shape within an area.
    pub fn paint(&mut self, shape: &Shape, within: Area, textures: &Textures) {
        let area = shape.area.intersect(within);
        if area.is_empty() {
            return;
        }
        let texture = shape.texture.and_then(|id| textures.get(id));
        if shape.texture.is_some() && texture.is_none() {
            return;
        }
        match (&shape.form, texture) {
            (Form::Rectangle(corner, _), None) => self.fill(area, corner.colour),
            (Form::Rectangle(min, max), Some(texture)) => self.picture(min, max, texture, area),
            (Form::Triangle(corners), texture) => self.triangle(corners, texture, area),
        }
    }

    /// Paints a picture into an upright rectangle.
    fn picture(&mut self, min: &Corner, max: &Corner, texture: &Texture, area: Area) {
        let step = [0, 1].map(|axis| (max.texel[axis] - min.texel[axis]) / (max.at[axis] - min.at[axis]));
        let texel = |axis: usize, pixel: i32| min.texel[axis] + (pixel as f32 + 0.5 - min.at[axis]) * step[axis];
        let first = [texel(0, area.min[0]), texel(1, area.min[1])];
        let is_plain_copy = (0..2).all(|axis| {
            let count = (area.max[axis] - area.min[axis]) as f32;
            let off = if texture.is_linear() { (first[axis].fract() - 0.5).abs() } else { 0.0 };
            (step[axis] - 1.0).abs() * count < OFF && off < OFF
        });
        for y in area.min[1]..area.max[1] {
            let span = self.span(y, area.min[0], area.max[0]);
            if is_plain_copy {
                let row = first[1].floor() as i32 + (y - area.min[1]);
                if let Some(texels) = texture.row(row, first[0].floor() as i32, span.len()) {
                    copy(span, texels, min.colour);
                    continue;
                }
            }
            let row = texel(1, y);
            for (pixel, x) in span.iter_mut().zip(area.min[0]..) {
                mix(pixel, product(texture.sample(texel(0, x), row), min.colour));
            }
        }
    }

    fn triangle(&mut self, corners: &[Corner; 3], texture: Option<&Texture>, area: Area) {
        let Some(edges) = Edges::new(corners) else { return };
        let flat = corners[0].colour;
        let is_flat = texture.is_none() && corners.iter().all(|corner| corner.colour == flat);
        let shade = Shade::new(corners);
        if shade.is_none() && !is_flat {
            // Thinner than the numbers can tell.
            return;
        }
        let shade = shade.filter(|_| !is_flat);
        for y in area.min[1]..area.max[1] {
            let Some((from, to)) = edges.span(y, area.min[0], area.max[0]) else { continue };
            let span = self.span(y, from, to);
            let Some(shade) = &shade else {
                fill(span, flat);
                continue;
            };
            let mut at = shade.at(from, y);
            for pixel in span {
                let colour = rounded([at[0], at[1], at[2], at[3]]);
                mix(pixel, texture.map_or(colour, |texture| product(texture.sample(at[4], at[5]), colour)));
                for (value, step) in at.iter_mut().zip(&shade.right) {
                    *value += step;
                }
            }
        }
    }
}

fn mix(pixel: &mut Colour, colour: Colour) {
    if alpha(colour) == 255 {
        *pixel = colour;
    } else if colour != 0 {
        *pixel = over(colour, *pixel);
    }
}

fn fill(span: &mut [Colour], colour: Colour) {
    if alpha(colour) == 255 {
        span.fill(colour);
    } else {
        span.iter_mut().for_each(|pixel| *pixel = over(colour, *pixel));
    }
}

fn copy(span: &mut [Colour], texels: &[Colour], colour: Colour) {
    if colour == WHITE {
        span.iter_mut().zip(texels).for_each(|(pixel, texel)| mix(pixel, *texel));
    } else {
        for (pixel, texel) in span.iter_mut().zip(texels) {
            if *texel != 0 {
                mix(pixel, product(*texel, colour));
            }
        }
    }
}

/// The three edges of a triangle, in whole steps of a pixel.
struct Edges([Edge; 3]);

/// The farthest place of a corner, in steps: the products of distances to it fit into 64 bits.
const FARTHEST: f32 = 268_435_456.0; // 2^28

/// Where `offset + down * y - right * x` is not negative lies the triangle, x and y in pixels.
struct Edge {
    offset: i64,
    down: i64,
    right: i64,
}

impl Edges {
    /// None for a triangle without a surface.
    fn new(corners: &[Corner; 3]) -> Option<Self> {
        // Far outside every window; products of two such distances still fit.
        let steps = |place: f32| (place * STEPS).round().clamp(-FARTHEST, FARTHEST) as i64;
        let [a, mut b, mut c] = corners.map(|corner| corner.at.map(steps));
        let surface = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        if surface == 0 {
            return None;
        }
        if surface < 0 {
            std::mem::swap(&mut b, &mut c);
        }
        Some(Self([Edge::new(a, b), Edge::new(b, c), Edge::new(c, a)]))
    }

    /// The pixels of a row that lie in the triangle, between two limits.
    fn span(&self, y: i32, left: i32, right: i32) -> Option<(i32, i32)> {
        let (mut from, mut to) = (i64::from(left), i64::from(right));
        for edge in &self.0 {
            let here = edge.offset + edge.down * i64::from(y);
            match edge.right {
                0 if here < 0 => return None,
                0 => {}
                step if step > 0 => to = to.min(here.div_euclid(step) + 1),
                step => from = from.max(-here.div_euclid(-step)),
            }
        }
        (from < to).then_some((from as i32, to as i32))
    }
}

impl Edge {
    fn new(a: [i64; 2], b: [i64; 2]) -> Self {
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let owns_its_middle = dy < 0 || (dy == 0 && dx > 0);
        let (step, half) = (STEPS as i64, STEPS as i64 / 2);
        let offset = dx * (half - a[1]) - dy * (half - a[0]) - i64::from(!owns_its_middle);
        Self { offset, down: dx * step, right: dy * step }
    }
}

/// How alpha, red, green, blue and the two places in a texture go over a triangle.
struct Shade {
    origin: [f32; 2],
    start: [f32; 6],
    right: [f32; 6],
    down: [f32; 6],
}

impl Shade {
    fn new(corners: &[Corner; 3]) -> Option<Self> {
        let [a, b, c] = corners.map(|corner| corner.at);
        let (ab, ac) = ([b[0] - a[0], b[1] - a[1]], [c[0] - a[0], c[1] - a[1]]);
        let surface = ab[0] * ac[1] - ac[0] * ab[1];
        if surface == 0.0 {
            return None;
        }
        let values = corners.map(|corner| {
            let [alpha, red, green, blue] = channels(corner.colour);
            [alpha, red, green, blue, corner.texel[0], corner.texel[1]]
        });
        let rise = |at: usize| (values[1][at] - values[0][at], values[2][at] - values[0][at]);
        Some(Self {
            origin: a,
            start: values[0],
            right: std::array::from_fn(|at| (rise(at).0 * ac[1] - rise(at).1 * ab[1]) / surface),
            down: std::array::from_fn(|at| (rise(at).1 * ab[0] - rise(at).0 * ac[0]) / surface),
        })
    }

    /// The values in the middle of a pixel.
    fn at(&self, x: i32, y: i32) -> [f32; 6] {
        let (right, down) = (x as f32 + 0.5 - self.origin[0], y as f32 + 0.5 - self.origin[1]);
        std::array::from_fn(|at| self.start[at] + self.right[at] * right + self.down[at] * down)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::software::colour::from_egui;

    const SIDE: usize = 32;
    const WHOLE: Area = Area { min: [0, 0], max: [SIDE as i32, SIDE as i32] };

    fn corner(x: f32, y: f32, colour: Colour) -> Corner {
        Corner { at: [x, y], texel: [0.0; 2], colour }
    }

    fn painted(shapes: &[Shape], within: Area) -> Vec<Colour> {
        let mut pixels = vec![0; SIDE * SIDE];
        let mut canvas = Canvas { pixels: &mut pixels, width: SIDE };
        for shape in shapes {
            canvas.paint(shape, within, &Textures::default());
        }
        pixels
    }

    fn triangle(corners: [Corner; 3]) -> Shape {
        Shape { form: Form::Triangle(corners), texture: None, area: WHOLE }
    }

    /// Numbers that come again with each run.
    fn numbers() -> impl FnMut() -> f32 {
        let mut state = 7_u32;
        move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 16_777_216.0
        }
    }

    #[test]
    fn a_triangle_has_the_pixels_whose_middle_lies_in_it() {
        let mut next = numbers();
        for _ in 0..500 {
            let at: [[f32; 2]; 3] = std::array::from_fn(|_| [next() * 40.0 - 4.0, next() * 40.0 - 4.0]);
            let pixels = painted(&[triangle(at.map(|[x, y]| corner(x, y, 0xFF00_0001)))], WHOLE);
            let side = |a: [f32; 2], b: [f32; 2], x: f32, y: f32| {
                f64::from(b[0] - a[0]) * f64::from(y - a[1]) - f64::from(b[1] - a[1]) * f64::from(x - a[0])
            };
            for (index, pixel) in pixels.iter().enumerate() {
                let (x, y) = ((index % SIDE) as f32 + 0.5, (index / SIDE) as f32 + 0.5);
                let sides = [side(at[0], at[1], x, y), side(at[1], at[2], x, y), side(at[2], at[0], x, y)];
                // What is nearer to an edge than the corners' rounding may fall on either side.
                if sides.iter().all(|side| side.abs() > 0.5) {
                    let inside = sides.iter().all(|side| *side > 0.0) || sides.iter().all(|side| *side < 0.0);
                    assert_eq!(*pixel != 0, inside, "{at:?} at {x}, {y}");
                }
            }
        }
    }

    #[test]
    fn triangles_that_share_an_edge_neither_overlap_nor_gape() {
        let mut next = numbers();
        for _ in 0..200 {
            // A fan around a point, as egui fills its forms; half opaque, so that an overlap is seen.
            let centre = [8.0 + next() * 16.0, 8.0 + next() * 16.0];
            let ink = 0x8000_0080;
            let around: Vec<Corner> = (0..9)
                .map(|step| {
                    let turn = step as f32 / 9.0 * std::f32::consts::TAU;
                    corner(centre[0] + 7.3 * turn.cos(), centre[1] + 7.3 * turn.sin(), ink)
                })
                .collect();
            let fan: Vec<Shape> = (0..9)
                .map(|at| triangle([corner(centre[0], centre[1], ink), around[at], around[(at + 1) % 9]]))
                .collect();
            let pixels = painted(&fan, WHOLE);
            assert!(pixels.iter().all(|pixel| [0, ink].contains(pixel)), "an overlap");
            let (x, y) = (centre[0] as usize, centre[1] as usize);
            for row in y - 4..y + 4 {
                assert!(pixels[row * SIDE + x - 4..row * SIDE + x + 4].iter().all(|pixel| *pixel == ink), "a gap");
            }
        }
    }

    #[test]
    fn two_halves_are_the_rectangle() {
        let colour = from_egui(egui::Color32::from_rgba_unmultiplied(10, 200, 30, 120));
        let (min, max) = ([3.3, 4.5], [20.5, 17.7]);
        let [a, b, c, d] =
            [[min[0], min[1]], [max[0], min[1]], [min[0], max[1]], [max[0], max[1]]].map(|[x, y]| corner(x, y, colour));
        let halves = painted(&[triangle([a, b, c]), triangle([c, b, d])], WHOLE);
        let area = Area { min: [3, 4], max: [20, 18] };
        let whole = Shape { form: Form::Rectangle(a, d), texture: None, area };
        assert_eq!(halves, painted(&[whole], WHOLE));
    }

    #[test]
    fn colours_go_evenly_from_corner_to_corner() {
        let (black, white) = (0xFF00_0000, 0xFFFF_FFFF);
        let pixels =
            painted(&[triangle([corner(0.0, 0.0, black), corner(64.0, 0.0, white), corner(0.0, 64.0, black)])], WHOLE);
        for (x, pixel) in pixels.iter().enumerate().take(SIDE) {
            let want = ((x as f32 + 0.5) / 64.0 * 255.0).round();
            let got = f32::from(pixel.to_be_bytes()[1]);
            assert!((got - want).abs() <= 1.0, "{x}: {got}, not {want}");
        }
    }

    #[test]
    fn nothing_is_touched_outside_of_the_area() {
        let within = Area { min: [5, 6], max: [9, 11] };
        let big = [corner(-900.0, -900.0, WHITE), corner(900.0, -900.0, WHITE), corner(0.0, 900.0, WHITE)];
        let pixels = painted(&[triangle(big)], within);
        for (index, pixel) in pixels.iter().enumerate() {
            let (x, y) = ((index % SIDE) as i32, (index / SIDE) as i32);
            assert_eq!(*pixel != 0, (5..9).contains(&x) && (6..11).contains(&y));
        }
        let farthest = [corner(-1e30, f32::NAN, WHITE), corner(1e9, 1e9, WHITE), corner(0.0, f32::INFINITY, WHITE)];
        painted(&[triangle(farthest)], within);
    }
}
