//! Pages as textures, drawn in strips of which only the rows that changed are drawn again.

use std::sync::Arc;

use egui::{Color32, Rect, TextureHandle, TextureOptions, Ui, pos2, vec2};

use super::super::field::{Canvas, image};
use crate::{
    picture::{Area, changed_rows, pixels},
    typeset::{Page, Pages},
};

/// The height of a strip, in pixels; one is drawn in a few milliseconds at any magnification.
const STRIP: u32 = 768;

/// What is drawn of the pages.
#[derive(Default)]
pub(super) struct Strips {
    strips: Vec<Strip>,
    /// The pixels a point of paper had when the strips were drawn.
    scale: f32,
    frame: u64,
}

struct Strip {
    page: usize,
    top: u32,
    drawn: Page,
    texture: TextureHandle,
    used: u64,
}

impl Strips {
    /// Begins a frame: what was not seen in the last ones goes.
    pub(super) fn begin(&mut self) {
        self.frame += 1;
        let frame = self.frame;
        self.strips.retain(|strip| frame - strip.used < 4);
    }

    /// Draws what is in view and not drawn yet.
    pub(super) fn draw(
        &mut self,
        ui: &Ui,
        pages: &Arc<Pages>,
        index: usize,
        rect: Rect,
        factor: f32,
        canvas: &mut Canvas,
    ) {
        let Some(page) = pages.pages.get(index) else { return };
        let per_point = ui.pixels_per_point();
        let scale = factor * per_point;
        if (scale - self.scale).abs() > f32::EPSILON {
            self.strips.clear();
            self.scale = scale;
        }
        let whole = Area::whole(pages.size, scale);
        let height = u32::from(whole.height);
        for top in (0..height).step_by(STRIP as usize) {
            let rows = STRIP.min(height - top);
            let strip_area = Area { x: 0, y: top, width: whole.width, height: pixels(rows as f32) };
            let size = vec2(f32::from(strip_area.width), f32::from(strip_area.height)) / per_point;
            let place = Rect::from_min_size(rect.min + vec2(0.0, top as f32 / per_point), size);
            if !ui.clip_rect().intersects(place) {
                continue;
            }
            // A strip of another size is of another paper.
            let pixels_of =
                |strip: &Strip| strip.texture.size() == [strip_area.width, strip_area.height].map(usize::from);
            self.strips.retain(|strip| strip.page != index || strip.top != top || pixels_of(strip));
            let found = self.strips.iter_mut().find(|strip| strip.page == index && strip.top == top);
            let id = match found {
                Some(strip) => {
                    if strip.drawn != *page {
                        for changed in changed_rows(&strip.drawn, page, scale) {
                            let (from, to) = (changed.start.max(top), changed.end.min(top + rows));
                            if from < to {
                                let area = Area { y: from, height: pixels((to - from) as f32), ..strip_area };
                                let place = [0, (from - top) as usize];
                                let part = image(canvas.painter.page(page, scale, area));
                                strip.texture.set_partial(place, part, TextureOptions::NEAREST);
                            }
                        }
                        strip.drawn = page.clone();
                    }
                    strip.used = self.frame;
                    strip.texture.id()
                }
                None => {
                    let picture = image(canvas.painter.page(page, scale, strip_area));
                    let texture = ui.ctx().load_texture("page", picture, TextureOptions::NEAREST);
                    let id = texture.id();
                    self.strips.push(Strip { page: index, top, drawn: page.clone(), texture, used: self.frame });
                    id
                }
            };
            let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(id, place, uv, Color32::WHITE);
        }
    }
}
