//! What the mouse does to a selection: click, drag, two and three clicks, Shift, and carrying text elsewhere.
//!
//! Pure: a press, a move and a release at places of the texts give selections; nothing is drawn here.

use std::ops::Range;

use crate::editing::{Position, Selection, Texts, Unit, unit_at};

/// Seconds within which a second press counts as a double click.
const AGAIN: f64 = 0.3;
/// Points that the mouse may move between two presses of a double click, or before a drag begins.
const STILL: f32 = 5.0;
/// Points that the mouse moves before a selection grows: where a click takes a line from the page, as that of an empty
/// headline, other letters are under a mouse that has not moved.
const RESTING: f32 = 1.5;

/// What the mouse did in a frame.
#[derive(Clone, Copy, Debug)]
pub struct Pointing {
    /// The place of the texts under the mouse, and whether it shows at the end of the line before.
    pub at: (Position, bool),
    /// The place of the mouse on the screen, in points.
    pub screen: egui::Pos2,
    /// When, in seconds of the window's clock.
    pub time: f64,
    /// Whether the button went down.
    pub pressed: bool,
    /// Whether it went up.
    pub released: bool,
    /// Whether it is down.
    pub is_down: bool,
    /// How many clicks came one upon the other, if this frame ended them; 0 if it did not.
    pub clicks: u8,
    /// Whether Shift is held.
    pub shift: bool,
    /// Whether Ctrl is held, which copies what is dragged.
    pub copies: bool,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pointed {
    /// The selection is now this.
    Select(Selection),
    /// The selected text goes to this place, or a copy of it.
    Drop(Position, bool),
}

/// A press that is held.
#[derive(Clone, Debug)]
enum Held {
    /// A selection grows from this part of the texts; `true` once the mouse has moved.
    Selects(Range<Position>, bool),
    /// The selected text is carried; `true` once the mouse has moved.
    Carries(bool),
}

/// What the mouse is doing.
#[derive(Clone, Debug, Default)]
pub struct Pointer {
    held: Option<Held>,
    unit: Unit,
    /// The last press: when, where on the screen, and which click it was.
    last: Option<(f64, egui::Pos2, u8)>,
    /// Where carried text would go.
    pub drop: Option<Position>,
}

impl Pointer {
    /// Whether text is being carried.
    pub fn carries(&self) -> bool {
        matches!(self.held, Some(Held::Carries(true)))
    }

    /// Takes what the mouse did.
    pub fn point(&mut self, pointing: Pointing, selection: Selection, texts: &dyn Texts) -> Option<Pointed> {
        let (at, upstream) = pointing.at;
        let mut done = None;
        if !(pointing.pressed || pointing.released || pointing.is_down) {
            // It went up over something else, as over a menu that the press has opened.
            (self.held, self.drop) = (None, None);
        }
        if pointing.pressed {
            done = self.press(pointing, selection, texts);
        } else if let Some(held) = &mut self.held {
            match held {
                Held::Selects(anchor, moved) => {
                    let pressed = self.last.map_or(pointing.screen, |(_, screen, _)| screen);
                    *moved |= pressed.distance(pointing.screen) > RESTING;
                    let unit = unit_of(texts, at, self.unit);
                    let (anchor, head) = if unit.start < anchor.start {
                        (anchor.end, unit.start)
                    } else {
                        (anchor.start, unit.end.max(anchor.end))
                    };
                    let grown = Selection { upstream, ..Selection::between(anchor, head) };
                    let same = (grown.anchor, grown.head) == (selection.anchor, selection.head);
                    done = (*moved && !same).then_some(Pointed::Select(grown));
                }
                Held::Carries(moved) => {
                    let pressed = self.last.map_or(pointing.screen, |(_, screen, _)| screen);
                    *moved |= pressed.distance(pointing.screen) > STILL;
                    self.drop = moved.then_some(at);
                }
            }
        }
        if pointing.released {
            self.drop = None;
            let unit = if pointing.clicks == 3 { Unit::Paragraph } else { Unit::Word };
            match self.held.take() {
                // Both clicks came within one frame.
                _ if pointing.clicks > 1 => {
                    let unit = unit_of(texts, at, unit);
                    done = Some(Pointed::Select(Selection::between(unit.start, unit.end)));
                }
                Some(Held::Carries(true)) => done = Some(Pointed::Drop(at, pointing.copies)),
                Some(Held::Carries(false)) => {
                    done = Some(Pointed::Select(Selection { upstream, ..Selection::caret(at) }));
                }
                _ => {}
            }
        }
        done
    }

    fn press(&mut self, pointing: Pointing, selection: Selection, texts: &dyn Texts) -> Option<Pointed> {
        let Pointing { at: (at, upstream), screen, time, .. } = pointing;
        let again = self.last.filter(|(last, place, _)| time - last < AGAIN && place.distance(screen) < STILL);
        let clicks = again.map_or(1, |(_, _, clicks)| if clicks < 3 { clicks + 1 } else { 1 });
        self.last = Some((time, screen, clicks));
        let same_flow = texts.flow(selection.anchor.field) == texts.flow(at.field);
        if pointing.shift && same_flow {
            self.unit = Unit::Letter;
            self.held = Some(Held::Selects(selection.anchor..selection.anchor, false));
            return Some(Pointed::Select(Selection { upstream, ..Selection::between(selection.anchor, at) }));
        }
        self.unit = match clicks {
            1 => Unit::Letter,
            2 => Unit::Word,
            _ => Unit::Paragraph,
        };
        if self.unit == Unit::Letter {
            if same_flow && selection.start() < at && at < selection.end() {
                self.held = Some(Held::Carries(false));
                return None;
            }
            let text = texts.text(at.field).unwrap_or_default();
            let clicked = Selection::clicked(at.field, text.as_str(), at.byte);
            self.held = Some(Held::Selects(clicked.range(), false));
            return Some(Pointed::Select(Selection { upstream, ..clicked }));
        }
        let unit = unit_of(texts, at, self.unit);
        self.held = Some(Held::Selects(unit.clone(), false));
        Some(Pointed::Select(Selection::between(unit.start, unit.end)))
    }
}

fn unit_of(texts: &dyn Texts, at: Position, unit: Unit) -> Range<Position> {
    let text = texts.text(at.field).unwrap_or_default();
    let range = unit_at(text.as_str(), at.byte, unit);
    Position::new(at.field, range.start)..Position::new(at.field, range.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::{Field, Paragraph, Release, RichText};

    fn release() -> Release {
        let body = ["one two three", "four five"].map(|text| Paragraph::new(RichText::plain(text))).to_vec();
        Release { body, ..Release::default() }
    }

    /// A mouse with a clock, whose places on the screen are those in the text, and whether its button is down.
    struct Mouse(Pointer, Selection, f64, Release, bool);

    impl Mouse {
        fn does(
            &mut self,
            (paragraph, byte): (usize, usize),
            pressed: bool,
            released: bool,
            shift: bool,
        ) -> Option<Pointed> {
            let screen = egui::pos2(byte as f32 * 10.0, paragraph as f32 * 30.0);
            let at = (Position::new(Field::Paragraph(paragraph), byte), false);
            self.4 = (self.4 || pressed) && !released;
            let (is_down, copies) = (self.4, false);
            let pointing = Pointing { at, screen, time: self.2, pressed, released, is_down, clicks: 0, shift, copies };
            let done = self.0.point(pointing, self.1, &self.3);
            if let Some(Pointed::Select(selection)) = done {
                self.1 = selection;
            }
            done
        }

        fn click(&mut self, at: (usize, usize)) {
            self.2 += 0.1;
            self.does(at, true, false, false);
            self.does(at, false, true, false);
        }

        fn selected(&self) -> ((usize, usize), (usize, usize)) {
            let place = |position: Position| match position.field {
                Field::Paragraph(index) => (index, position.byte),
                _ => unreachable!(),
            };
            (place(self.1.anchor), place(self.1.head))
        }
    }

    fn mouse() -> Mouse {
        Mouse(Pointer::default(), Selection::at(Field::Title, 0), 0.0, release(), false)
    }

    #[test]
    fn one_click_two_clicks_and_three() {
        let mut mouse = mouse();
        mouse.click((0, 5));
        assert_eq!(mouse.selected(), ((0, 5), (0, 5)));
        mouse.click((0, 5));
        assert_eq!(mouse.selected(), ((0, 4), (0, 7)));
        mouse.click((0, 5));
        assert_eq!(mouse.selected(), ((0, 0), (0, 13)));
        mouse.2 += 1.0;
        mouse.click((0, 5));
        mouse.2 += 1.0;
        mouse.does((1, 4), true, true, true);
        assert_eq!(mouse.selected(), ((0, 5), (1, 4)));
    }

    #[test]
    fn a_drag_after_two_clicks_selects_words_in_both_directions() {
        let mut mouse = mouse();
        mouse.click((0, 5));
        mouse.2 += 0.1;
        mouse.does((0, 5), true, false, false);
        mouse.does((1, 6), false, false, false);
        assert_eq!(mouse.selected(), ((0, 4), (1, 9)));
        mouse.does((0, 1), false, false, false);
        assert_eq!(mouse.selected(), ((0, 7), (0, 0)));
    }

    #[test]
    fn a_button_that_went_up_elsewhere_selects_no_more() {
        let mut mouse = mouse();
        mouse.2 += 1.0;
        mouse.does((0, 5), true, false, false);
        mouse.4 = false;
        assert_eq!(mouse.does((1, 4), false, false, false), None);
        assert_eq!(mouse.selected(), ((0, 5), (0, 5)));
    }

    #[test]
    fn selected_text_is_carried_only_once_the_mouse_moves() {
        let mut mouse = mouse();
        mouse.1 = Selection::select(Field::Paragraph(0), 4..8);
        mouse.click((0, 5));
        assert_eq!(mouse.selected(), ((0, 5), (0, 5)));
        mouse.2 += 1.0;
        mouse.1 = Selection::select(Field::Paragraph(0), 4..8);
        mouse.does((0, 5), true, false, false);
        assert_eq!(mouse.does((1, 4), false, false, false), None);
        assert!(mouse.0.carries() && mouse.0.drop.is_some());
        let dropped = mouse.does((1, 4), false, true, false);
        assert_eq!(dropped, Some(Pointed::Drop(Position::new(Field::Paragraph(1), 4), false)));
        assert_eq!(mouse.selected(), ((0, 4), (0, 8)));
    }
}
