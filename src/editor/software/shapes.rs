//! egui's triangles as shapes in pixels.
//!
//! Most of what egui paints is upright rectangles, each given as two triangles: glyphs, pages, fields.
//! They are found here, because a rectangle is painted many times faster. It reads textures and never
//! the screen. The invariant: a shape holds all that its pixels depend on, so equal shapes over equal
//! pixels paint the same.

use egui::{ClippedPrimitive, Mesh, TextureId, epaint::Primitive, epaint::Vertex};

use super::{
    colour::{Colour, WHITE, from_egui, product},
    texture::{Area, Texture, Textures},
};

/// No window is as wide as this many pixels; places beyond it are moved to it.
const FARTHEST: f32 = 1_048_576.0;

/// A corner of a triangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corner {
    /// In pixels from the upper left corner of the window.
    pub at: [f32; 2],
    /// In texels.
    pub texel: [f32; 2],
    pub colour: Colour,
}

/// What is painted, before it is clipped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    /// An upright rectangle of one colour, or of a texture in that colour: its upper left and its lower
    /// right corner.
    Rectangle(Corner, Corner),
    Triangle([Corner; 3]),
}

/// A form with all that its pixels depend on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    pub form: Form,
    /// What the form is filled with; none if its colours are all there is.
    pub texture: Option<TextureId>,
    /// The pixels that may be painted.
    pub area: Area,
}

impl Shape {
    /// A number that differs where anything of the shape does.
    pub fn hash(&self) -> u64 {
        let mut hash = match self.texture {
            None => 1,
            Some(TextureId::Managed(id)) => stirred(2, id),
            Some(TextureId::User(id)) => stirred(3, id),
        };
        let corners: &[Corner] = match &self.form {
            Form::Rectangle(min, max) => &[*min, *max],
            Form::Triangle(corners) => corners,
        };
        for corner in corners {
            hash = stirred(hash, pair(corner.at[0].to_bits(), corner.at[1].to_bits()));
            hash = stirred(hash, pair(corner.texel[0].to_bits(), corner.texel[1].to_bits()));
            hash = stirred(hash, u64::from(corner.colour));
        }
        let Area { min, max } = self.area;
        hash = stirred(hash, pair(min[0] as u32, min[1] as u32));
        stirred(hash, pair(max[0] as u32, max[1] as u32))
    }
}

fn pair(a: u32, b: u32) -> u64 {
    (u64::from(a) << 32) | u64::from(b)
}

/// A hash with one word more in it: multiplied by an odd constant, high bits brought down.
pub fn stirred(hash: u64, word: u64) -> u64 {
    let mixed = (hash.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ (mixed >> 29)
}

/// Everything in a frame as shapes, in the order in which they are painted.
pub fn shapes(
    primitives: &[ClippedPrimitive],
    pixels_per_point: f32,
    screen: Area,
    textures: &Textures,
    shapes: &mut Vec<Shape>,
) {
    shapes.clear();
    for ClippedPrimitive { clip_rect, primitive } in primitives {
        // A callback paints with OpenGL; this program has none.
        let Primitive::Mesh(mesh) = primitive else { continue };
        let pixel = |points: f32| (points * pixels_per_point).round().clamp(-FARTHEST, FARTHEST) as i32;
        let clip = Area {
            min: [pixel(clip_rect.min.x), pixel(clip_rect.min.y)],
            max: [pixel(clip_rect.max.x), pixel(clip_rect.max.y)],
        }
        .intersect(screen);
        if let Some(texture) = textures.get(mesh.texture_id)
            && !clip.is_empty()
        {
            MeshShapes { mesh, texture, clip, scale: pixels_per_point, plain: None }.collect(shapes);
        }
    }
}

/// A mesh on its way to become shapes.
struct MeshShapes<'a> {
    mesh: &'a Mesh,
    texture: &'a Texture,
    clip: Area,
    scale: f32,
    /// The texel that plain colours were looked up in last, and its colour.
    plain: Option<(egui::Pos2, Colour)>,
}

impl MeshShapes<'_> {
    fn collect(mut self, shapes: &mut Vec<Shape>) {
        let mut rest = self.mesh.indices.as_slice();
        while let [a, b, c, after @ ..] = rest {
            if let [d, e, f, after @ ..] = after
                && (c, b) == (d, e)
                && let Some(shape) = self.rectangle([*a, *b, *c, *f])
            {
                shapes.extend(shape.filter(|shape| !shape.area.is_empty()));
                rest = after;
                continue;
            }
            shapes.extend(self.triangle([*a, *b, *c]).filter(|shape| !shape.area.is_empty()));
            rest = after;
        }
    }

    fn vertex(&self, index: u32) -> Option<&Vertex> {
        self.mesh.vertices.get(index as usize)
    }

    fn corner(&self, vertex: &Vertex) -> Corner {
        let [width, height] = self.texture.size().map(|side| side as f32);
        let pixel = |points: f32| (points * self.scale).clamp(-FARTHEST, FARTHEST);
        Corner {
            at: [pixel(vertex.pos.x), pixel(vertex.pos.y)],
            texel: [vertex.uv.x * width, vertex.uv.y * height],
            colour: from_egui(vertex.color),
        }
    }

    /// The colour of the one texel that a plain form is filled with: white, as a rule.
    fn plain(&mut self, uv: egui::Pos2) -> Colour {
        if let Some((known, colour)) = self.plain
            && known == uv
        {
            return colour;
        }
        let [width, height] = self.texture.size().map(|side| side as f32);
        let colour = self.texture.sample(uv.x * width, uv.y * height);
        self.plain = Some((uv, colour));
        colour
    }

    /// The upright rectangle that four corners make, if they do: nothing inside if it cannot be seen.
    fn rectangle(&mut self, corners: [u32; 4]) -> Option<Option<Shape>> {
        let [a, b, c, d] =
            [self.vertex(corners[0])?, self.vertex(corners[1])?, self.vertex(corners[2])?, self.vertex(corners[3])?];
        let is_upright = a.pos.y == b.pos.y && c.pos.y == d.pos.y && a.pos.x == c.pos.x && b.pos.x == d.pos.x;
        let is_even = a.uv.y == b.uv.y && c.uv.y == d.uv.y && a.uv.x == c.uv.x && b.uv.x == d.uv.x;
        let is_flat = a.color == b.color && a.color == c.color && a.color == d.color;
        if !(is_upright && is_even && is_flat && a.pos.x < d.pos.x && a.pos.y < d.pos.y) {
            return None;
        }
        let (mut min, mut max) = (self.corner(a), self.corner(d));
        let is_plain = a.uv == d.uv;
        if is_plain {
            min.colour = product(self.plain(a.uv), min.colour);
            (min.texel, max.texel) = ([0.0; 2], [0.0; 2]);
        }
        max.colour = min.colour;
        if min.colour == 0 {
            return Some(None);
        }
        let edge = |place: f32| (place - 0.5).ceil() as i32;
        let area = Area { min: min.at.map(edge), max: max.at.map(edge) }.intersect(self.clip);
        let texture = (!is_plain).then_some(self.mesh.texture_id);
        Some(Some(Shape { form: Form::Rectangle(min, max), texture, area }))
    }

    fn triangle(&mut self, indices: [u32; 3]) -> Option<Shape> {
        let vertices = [self.vertex(indices[0])?, self.vertex(indices[1])?, self.vertex(indices[2])?];
        let mut corners = vertices.map(|vertex| self.corner(vertex));
        let is_plain = vertices[0].uv == vertices[1].uv && vertices[0].uv == vertices[2].uv;
        if is_plain {
            let (uv, colours) = (vertices[0].uv, corners.map(|corner| corner.colour));
            let plain = if colours == [0; 3] { WHITE } else { self.plain(uv) };
            for corner in &mut corners {
                (corner.colour, corner.texel) = (product(plain, corner.colour), [0.0; 2]);
            }
        }
        if corners.iter().all(|corner| corner.colour == 0) {
            return None;
        }
        let axis = |axis: usize| {
            let places = corners.map(|corner| corner.at[axis]);
            let (low, high) = places.iter().fold((f32::MAX, f32::MIN), |(low, high), at| (low.min(*at), high.max(*at)));
            (low.floor() as i32, high.ceil() as i32)
        };
        let ((left, right), (top, bottom)) = (axis(0), axis(1));
        let area = Area { min: [left, top], max: [right, bottom] }.intersect(self.clip);
        let texture = (!is_plain).then_some(self.mesh.texture_id);
        Some(Shape { form: Form::Triangle(corners), texture, area })
    }
}

#[cfg(test)]
mod tests {
    use egui::{Color32, ColorImage, Rect, TextureOptions, epaint::ImageDelta, epaint::textures::TexturesDelta, pos2};

    use super::*;

    fn collected(mesh: Mesh, clip: Rect, scale: f32) -> Vec<Shape> {
        let mut textures = Textures::default();
        let mut delta = TexturesDelta::default();
        delta.push(
            TextureId::default(),
            ImageDelta::full(ColorImage::filled([4, 4], Color32::WHITE), TextureOptions::LINEAR),
        );
        textures.take(&delta);
        delta.clear();
        let mut found = Vec::new();
        let primitives = [ClippedPrimitive { clip_rect: clip, primitive: Primitive::Mesh(mesh) }];
        shapes(&primitives, scale, Area { min: [0, 0], max: [100, 100] }, &textures, &mut found);
        found
    }

    #[test]
    fn two_triangles_that_make_a_rectangle_are_one_shape() {
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(Rect::from_min_max(pos2(1.0, 2.0), pos2(5.0, 4.0)), Color32::RED);
        mesh.add_rect_with_uv(
            Rect::from_min_max(pos2(0.0, 0.0), pos2(2.0, 2.0)),
            Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)),
            Color32::WHITE,
        );
        let found = collected(mesh, Rect::EVERYTHING, 2.0);
        let [plain, picture] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(plain.area, Area { min: [2, 4], max: [10, 8] });
        assert_eq!(plain.texture, None);
        assert!(matches!(plain.form, Form::Rectangle(corner, _) if corner.colour == 0xFFFF_0000));
        assert_eq!(picture.texture, Some(TextureId::default()));
        assert!(matches!(picture.form, Form::Rectangle(_, corner) if corner.texel == [4.0, 4.0]));
        assert_ne!(plain.hash(), picture.hash());
    }

    #[test]
    fn what_is_slanted_or_shaded_stays_triangles_and_what_is_clear_or_clipped_away_is_none() {
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(Rect::from_min_max(pos2(1.0, 2.0), pos2(5.0, 4.0)), Color32::RED);
        mesh.vertices[0].color = Color32::BLUE;
        assert_eq!(collected(mesh.clone(), Rect::EVERYTHING, 1.0).len(), 2);
        mesh.vertices.iter_mut().for_each(|vertex| vertex.color = Color32::TRANSPARENT);
        assert!(collected(mesh.clone(), Rect::EVERYTHING, 1.0).is_empty());
        mesh.vertices.iter_mut().for_each(|vertex| vertex.color = Color32::RED);
        assert!(collected(mesh.clone(), Rect::from_min_max(pos2(6.0, 0.0), pos2(9.0, 9.0)), 1.0).is_empty());
        mesh.vertices[0].pos = pos2(f32::NAN, f32::INFINITY);
        mesh.indices.push(99);
        collected(mesh, Rect::EVERYTHING, 1.0);
    }
}
