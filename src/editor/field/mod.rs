//! Text fields: where one types, in either language.
//!
//! Made on the typesetting engine of the page, because a caret must step over what a reader takes for letters
//! and lines must end where the page would end them; egui's own field counts characters.
//!
//! | file | what is in it |
//! |---|---|
//! | `input` | an event of the window as what it asks for; pure |
//! | `keys` | the keys, in one table; pure |
//! | `pointer` | the mouse as selections; pure |
//! | `target` | what is typed into |
//! | `typist` | a selection, and what keys and clipboard do with it |
//! | `view` | a flow of texts shown in a column, with the keyboard |
//! | `cells` | where the cells of tables are in it |
//! | `blocks` | how headings and items of lists look in it |
//! | `paint` | how a text looks |
//! | `corrections` | what follows from typing: Khmer in order, curly quotation marks, dashes, names |
//! | `events` | the keys and the mouse of a frame |
//! | `heights` | the rows of the body's paragraphs, measured where an edit was |
//! | `canvas` | texts set in lines and drawn, kept while they are seen |
//! | `clipboard` | what is copied and pasted |
//! | `tabbed` | rows of cells in plain text |
//! | `completion` | the names offered under the caret |
//! | `speech` | what a screen reader reads |
//! | `menu` | what the right button of the mouse offers |
//! | `plain` | a field for words that are no part of a page |

mod blocks;
mod canvas;
mod cells;
pub(in crate::editor) mod clipboard;
mod completion;
mod corrections;
mod events;
mod heights;
mod input;
pub mod keys;
mod menu;
mod paint;
mod plain;
mod pointer;
mod speech;
mod tabbed;
mod target;
mod typist;
mod view;

use std::{collections::HashMap, ops::Range};

pub use canvas::{Canvas, EditWords, image};
pub use completion::Names;
use egui::{Id, Response, Ui, Vec2, vec2};
pub use events::{listened, pointing};
pub use menu::{TextMenu, press_command};
pub use plain::PlainField;
pub use speech::{describe_page, describe_typed};
use target::Lone;
pub use target::{Breaks, LONE};
pub use typist::{Heard, Manner, Typist, Typist as FieldState};
pub use view::{Seen, View};

pub use self::paint::{is_of_typed_word, wave};
use crate::{
    editing::{Selection, Step},
    release::{Field, Language, Outline, RichText},
};

/// The size of text in fields, in the window's points: a Khmer subscript can be told apart at it.
pub const SIZE: f32 = 16.0;
/// From baseline to baseline; room for a sign above and two subscripts below.
const LINE: f32 = 29.0;
/// The baseline's distance from the top of its line.
const ASCENT: f32 = 19.5;
/// White space within the frame.
const PADDING: Vec2 = vec2(9.0, 3.0);
/// The least width of a field, in points.
const NARROWEST: f32 = 60.0;
/// Half of the caret's blinking, in seconds.
pub const BLINK: f64 = 0.53;

/// Ranges by block.
pub type Ranges = HashMap<Field, Vec<Range<usize>>>;

/// What is marked in the texts of a release, in the form as on the pages.
#[derive(Clone, Copy)]
pub struct Marks<'a> {
    /// What a search has found.
    pub found: &'a Ranges,
    /// The match that was gone to.
    pub current: Option<&'a (Field, Range<usize>)>,
    /// Places of findings, by their weight: errors, doubts, style.
    pub weighed: [&'a Ranges; 3],
    /// What comments are of, while they are shown.
    pub commented: &'a Ranges,
}

/// A field with a text of its own, about to be shown.
pub struct TextField<'a> {
    /// The widget's name.
    pub id: Id,
    /// Its accessible name.
    pub label: &'a str,
    /// What shows while it is empty.
    pub hint: &'a str,
    /// Its text.
    pub text: &'a RichText,
    /// Whether long text is wrapped; otherwise it scrolls sideways.
    pub wrap: bool,
    /// Whether Enter makes a line break.
    pub multiline: bool,
    /// Whether invisible characters are shown.
    pub show_invisible: bool,
    /// Whether the space bar types U+200B, and with Shift a space.
    pub space_is_zero_width: bool,
    /// What is marked, in bytes of the text.
    pub marks: &'a [Range<usize>],
    /// The names that are completed here.
    pub names: Option<Names<'a>>,
    /// The language in whose form straight quotation marks become curly and hyphens dashes; `None` if they stay.
    pub quotes: Option<Language>,
}

/// Where the caret wants to go from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// Up from the first line, or left from the beginning.
    Up,
    /// Down from the last line, or right from the end.
    Down,
    /// Backspace at the beginning.
    JoinBefore,
    /// Delete at the end.
    JoinAfter,
    /// Enter in a field of one line, and in a footnote.
    Next,
    /// Tab to the text after, or with Shift to that before, where Tab leaves no widget.
    Tab(bool),
}

/// What a field did in a frame.
pub struct Output {
    /// Focus, clicks, place.
    pub response: Response,
    /// The text after a change, and what the change was.
    pub changed: Option<(RichText, Step)>,
    /// Where the caret was before the change.
    pub before: Selection,
    /// Where to go, if the field is to be left.
    pub leave: Option<Leave>,
}

impl TextField<'_> {
    /// Shows the field in the full width, listens, and says what happened.
    pub fn show(self, ui: &mut Ui, state: &mut FieldState, canvas: &mut Canvas) -> Output {
        let breaks = if self.multiline { Breaks::Lines } else { Breaks::Leave };
        let mut lone = Lone::new(self.text.clone(), breaks);
        if !ui.memory(|memory| memory.has_focus(self.id)) {
            // What was being composed belongs to where the keyboard is now.
            state.preedit.clear();
        }
        let marks = Ranges::from([(LONE, self.marks.to_vec())]);
        let (none, plain) = (Ranges::new(), Outline::default());
        let view = View {
            id: self.id,
            label: self.label,
            hint: self.hint,
            first: LONE,
            wrap: self.wrap,
            manner: Manner {
                breaks,
                space_is_zero_width: self.space_is_zero_width,
                quotes: self.quotes,
                names: self.names,
                tabs: false,
            },
            show_invisible: self.show_invisible,
            marks: Marks { found: &marks, current: None, weighed: [&none; 3], commented: &none },
            outline: &plain,
            gutter: 0.0,
            is_active: false,
            to_top: None,
        };
        let Seen { mut response, mut heard, before, caret, .. } = view.show(ui, state, &mut lone, canvas);
        let has_selection = !state.selection.is_empty();
        TextMenu { response: &response, caret, has_selection }.show(canvas, |_| None);
        if !response.has_focus() {
            state.completion.close();
            state.settle(&mut lone, &mut heard, true);
        }
        if response.gained_focus() && canvas.is_tabbed() && breaks == Breaks::Leave {
            state.select(0..lone.text.len());
        }
        if heard.changed.is_some() {
            response.mark_changed();
        }
        let changed = heard.changed.map(|step| (lone.text, step));
        Output { response, changed, before, leave: heard.leave }
    }
}

impl Typist {
    /// The byte of the caret, in a text of its own.
    pub fn head(&self) -> usize {
        self.selection.head.byte
    }

    /// Selects a part of a text of its own, with the caret at its end.
    pub fn select(&mut self, range: Range<usize>) {
        self.selection = Selection::select(LONE, range);
    }
}
