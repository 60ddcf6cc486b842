//! Pages that are scrolled in step with the text in the other language.

use egui::{Vec2, vec2};

use super::{
    Preview,
    layout::{GAP, Layout},
};
use crate::{
    editing::Position,
    release::{Field, Release},
};

impl Preview {
    /// The text at the top of the view, if the pages were just scrolled by hand.
    pub fn scrolled_to(&self, release: &Release) -> Option<Field> {
        let layout = self.layout.filter(|_| self.is_scrolled)?;
        let top = self.offset + vec2(layout.whole.x / 2.0, 0.0);
        let index = layout.page_at(top.y);
        let paper = (top - layout.corner(index)) / layout.factor;
        self.map.at(release, index, paper.x, paper.y).map(|(place, _)| place.field)
    }

    /// Scrolls so that a text is at the top of the view.
    pub fn put_at_top(&mut self, field: Field) {
        self.to_top = Some(field);
    }

    /// The offset at which the text that is to be there is at the top of a view of this size.
    pub(super) fn offset_of_top(&mut self, release: &Release, layout: &Layout, view: Vec2) -> Option<Vec2> {
        let spot = self.map.spot(release, Position::new(self.to_top.take()?, 0), false)?;
        let top = layout.on_screen(spot.page, spot.x, spot.top).y - GAP;
        let most = (layout.whole - view).max(Vec2::ZERO);
        Some(vec2(self.offset.x, top).clamp(Vec2::ZERO, most))
    }
}
