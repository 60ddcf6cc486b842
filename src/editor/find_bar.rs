//! The bar that finds and replaces, below the toolbar.
//!
//! What is found and replaced is decided by `find`; the bar asks, shows and goes there.

use std::ops::Range;

use egui::{Button, Id, Key, Modifiers, Rect, RichText as Label, Ui, vec2};

use super::{
    Command, Editor,
    field::{FieldState, Leave, Ranges, TextField},
    theme::{accents, icon},
};
use crate::{
    editing::{
        Selection, Step,
        find::{self, Match, Query, Search},
    },
    release::{Field, RichText},
};

/// The width of its text fields, in points.
const FIELD: f32 = 300.0;

/// What the bar remembers.
pub struct FindBar {
    open: bool,
    replacing: bool,
    wanted: RichText,
    with: RichText,
    states: [FieldState; 2],
    query: Query,
    search: Search,
    marks: Ranges,
    /// Where the caret goes when the bar is closed.
    back: Option<Selection>,
    /// Whether the field is to get the caret.
    focus: bool,
    /// How many matches the last "Replace all" replaced, and the revision it left.
    replaced: Option<(usize, u64)>,
    /// The match that is selected.
    current: Option<(Field, Range<usize>)>,
    /// The height of the bar when it was shown last.
    height: f32,
}

/// A text field as it was shown.
struct ShownField {
    place: Rect,
    /// Whether Enter was pressed in it.
    is_entered: bool,
}

impl Default for FindBar {
    fn default() -> Self {
        Self {
            open: false,
            replacing: false,
            wanted: RichText::default(),
            with: RichText::default(),
            states: Default::default(),
            query: Query::default(),
            search: Search::default(),
            marks: Ranges::new(),
            back: None,
            focus: false,
            replaced: None,
            current: None,
            height: 0.0,
        }
    }
}

impl FindBar {
    /// What is found, field by field.
    pub fn marks(&self) -> &Ranges {
        &self.marks
    }

    /// Turns to a draft that is opened: what is asked for stays, what was found in the other one is forgotten.
    pub fn turn_to_draft(&mut self) {
        self.forget();
        self.back = None;
    }

    fn forget(&mut self) {
        self.search.clear();
        self.marks.clear();
        (self.current, self.replaced) = (None, None);
    }

    /// The match that was gone to, while the bar is open.
    pub fn current(&self) -> Option<&(Field, Range<usize>)> {
        self.current.as_ref()
    }
}

impl Editor {
    /// Opens the bar; what is selected in one line is what is searched for.
    pub(super) fn open_find(&mut self, replacing: bool) {
        self.form.settle(&mut self.desk.document);
        let place = self.form.place();
        let bar = &mut self.find;
        if !bar.open {
            bar.back = place;
        }
        bar.replacing = replacing || (bar.replacing && bar.open);
        bar.open = true;
        bar.focus = true;
        let selected =
            place.filter(|place| !place.is_empty()).and_then(Selection::single).and_then(|(field, range)| {
                let text = self.desk.document.release().text(field)?;
                text.as_str().get(range).filter(|text| !text.contains('\n')).map(str::to_owned)
            });
        if let Some(selected) = selected {
            bar.wanted = RichText::plain(selected);
        }
        let [what, _] = &mut bar.states;
        what.select(0..bar.wanted.len());
    }

    /// Closes the bar and gives the caret back: to the match gone to, or to where it was.
    fn close_find(&mut self) {
        let bar = &mut self.find;
        bar.open = false;
        bar.forget();
        if let Some(place) = self.form.place().or(bar.back) {
            self.form.go_to(place);
        }
    }

    /// Goes to the next match, or to the one before; the keyboard stays where it is.
    pub(super) fn find_next(&mut self, forward: bool) {
        if !self.find.open {
            if self.find.wanted.is_empty() {
                return self.open_find(false);
            }
            self.find.open = true;
        }
        self.search();
        let next = find::next(self.find.search.matches(), self.form.place(), forward);
        if let Some(found) = next.and_then(|at| self.find.search.matches().get(at)) {
            self.form.show_place(Selection::select(found.field, found.range.clone()));
        }
    }

    /// Follows the document, and what is asked for.
    fn search(&mut self) {
        let bar = &mut self.find;
        bar.query.text = bar.wanted.as_str().to_owned();
        if !bar.search.follow(&bar.query, &self.desk.document) {
            return;
        }
        bar.marks.clear();
        for Match { field, range } in bar.search.matches().iter() {
            bar.marks.entry(*field).or_default().push(range.clone());
        }
    }

    /// The match that is selected in the form.
    fn selected_match(&self) -> Option<usize> {
        let selected = self.form.place().and_then(Selection::single)?;
        self.find.search.matches().iter().position(|found| (found.field, &found.range) == (selected.0, &selected.1))
    }

    fn replace_one(&mut self) {
        self.search();
        if let Some(found) = self.selected_match().and_then(|at| self.find.search.matches().get(at)).cloned() {
            let with = self.find.with.as_str();
            let field = found.field;
            // What house style fixes stays, and is passed over.
            let locked = self.desk.document.release().is_field_locked(field);
            let end = if locked { found.range.end } else { found.range.start + with.len() };
            self.desk
                .document
                .change(Step::Replace, self.form.place(), |release| find::replace(release, &[found], with));
            let after = Selection::at(field, end);
            self.desk.document.close_step(Some(after));
            self.form.show_place(after);
        }
        self.find_next(true);
    }

    fn replace_all(&mut self) {
        self.search();
        let (matches, with) = (self.find.search.matches().clone(), self.find.with.as_str());
        if matches.is_empty() {
            return;
        }
        // What house style fixes stays as it is.
        let release = self.desk.document.release();
        let count = matches.iter().filter(|found| !release.is_field_locked(found.field)).count();
        let revision = self.desk.document.revision();
        self.desk.document.change(Step::Replace, self.form.place(), |release| find::replace(release, &matches, with));
        self.form.follow(&self.desk.document, revision);
        self.desk.document.close_step(self.form.place());
        self.find.replaced = Some((count, self.desk.document.revision()));
        // The caret may be where there is no text any more; the field brings it back.
    }

    /// The bar, if it is open.
    pub(super) fn find_bar(&mut self, ui: &mut Ui) {
        if !self.find.open {
            return;
        }
        self.search();
        let panel = egui::Panel::top("find").show(ui, |ui| {
            ui.add_space(3.0);
            ui.horizontal_top(|ui| {
                // The fields come first and below each other, so that Tab goes from one to the other.
                let column = egui::Layout::top_down(egui::Align::Min);
                let width = FIELD.min(ui.available_width());
                let [find, replace] = ui.allocate_ui_with_layout(vec2(width, 36.0), column, |ui| self.fields(ui)).inner;
                ui.vertical(|ui| {
                    // Below the other row, and before it for Tab, which comes from "Replace with" beside it.
                    if let Some(replace) = &replace {
                        beside(ui, replace.place, |ui| self.replace_row(ui));
                    }
                    if let Some(find) = &find {
                        beside(ui, find.place, |ui| self.find_row(ui));
                    }
                });
                if find.is_some_and(|find| find.is_entered) {
                    let shift = ui.input(|input| input.modifiers.shift);
                    self.find_next(!shift);
                }
                if replace.is_some_and(|replace| replace.is_entered) {
                    self.replace_one();
                }
            });
            ui.add_space(3.0);
        });
        // egui places what is below by the height of the frame before: with another height nothing would be there.
        let height = panel.response.rect.height();
        if std::mem::replace(&mut self.find.height, height).to_bits() != height.to_bits() {
            ui.ctx().request_discard("the find bar has another height");
        }
        let asked = self.is_asking() || self.form.is_completing() || egui::Popup::is_any_open(ui.ctx());
        if !asked && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            return self.close_find();
        }
        if self.find.open {
            self.search();
            let current = self.selected_match().and_then(|at| self.find.search.matches().get(at));
            self.find.current = current.map(|found| (found.field, found.range.clone()));
        }
    }

    /// The text fields, the second while replacing.
    fn fields(&mut self, ui: &mut Ui) -> [Option<ShownField>; 2] {
        let find = self.find_field(ui, 0, "find-what");
        [find, if self.find.replacing { self.find_field(ui, 1, "replace-with") } else { None }]
    }

    fn find_row(&mut self, ui: &mut Ui) {
        for forward in [false, true] {
            self.icon(ui, Command::FindNext(forward), !self.find.search.matches().is_empty(), None);
        }
        ui.checkbox(&mut self.find.query.match_case, self.words.get("match-case"));
        ui.checkbox(&mut self.find.query.whole_word, self.words.get("whole-word"));
        let count = self.find.search.matches().len();
        let replaced = self.find.replaced.filter(|(_, revision)| *revision == self.desk.document.revision());
        let text = match self.selected_match() {
            _ if replaced.is_some() => self.words.count("replaced-count", replaced.map_or(0, |(count, _)| count)),
            _ if self.find.wanted.is_empty() => String::new(),
            _ if count == 0 => self.words.get("found-none").to_owned(),
            Some(at) => {
                let [number, count] = [at + 1, count].map(|number| self.words.digits(&number.to_string()));
                self.words.with("found-of", &[("number", &number), ("count", &count)])
            }
            None => self.words.count("found-count", count),
        };
        let label = Label::new(text);
        let none = count == 0 && !self.find.wanted.is_empty() && replaced.is_none();
        ui.label(if none { label.color(accents(ui.visuals()).warning) } else { label });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let name = self.words.get("find-close");
            let close = ui.button(icon::CLOSE).on_hover_text(name);
            close.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
            if close.clicked() {
                self.close_find();
            }
        });
    }

    fn replace_row(&mut self, ui: &mut Ui) {
        let some = !self.find.search.matches().is_empty();
        let one = ui.add_enabled(some, Button::new(self.words.get("replace-one")));
        if one.clicked() {
            self.replace_one();
        }
        let all = ui.add_enabled(some, Button::new(self.words.get("replace-all")));
        if all.clicked() {
            self.replace_all();
        }
        // A button that can no longer be pressed has lost the keyboard, which stays in the bar.
        if some && (one.has_focus() || all.has_focus()) {
            self.search();
            if self.find.search.matches().is_empty() {
                let [what, _] = &mut self.find.states;
                what.select(0..self.find.wanted.len());
                self.find.focus = true;
            }
        }
    }

    /// One of the two text fields.
    fn find_field(&mut self, ui: &mut Ui, index: usize, name: &'static str) -> Option<ShownField> {
        let id = Id::unique(name);
        let bar = &mut self.find;
        let text = if index == 0 { bar.wanted.clone() } else { bar.with.clone() };
        let state = bar.states.get_mut(index)?;
        if index == 0 && std::mem::take(&mut bar.focus) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let words = &self.words;
        let field = TextField {
            id,
            label: words.get(name),
            hint: words.get(name),
            text: &text,
            wrap: false,
            multiline: false,
            show_invisible: self.settings.show_invisible,
            space_is_zero_width: self.settings.space_is_zero_width,
            marks: &[],
            names: None,
            quotes: None,
        };
        let output = field.show(ui, state, &mut self.canvas);
        if let Some((changed, _)) = output.changed {
            let changed = RichText::plain(changed.into_string());
            bar.replaced = None;
            if index == 0 {
                bar.wanted = changed;
            } else {
                bar.with = changed;
            }
        }
        Some(ShownField { place: output.response.rect, is_entered: output.leave == Some(Leave::Next) })
    }
}

/// Shows a row of controls on the line of a field to its left.
fn beside(ui: &mut Ui, field: Rect, row: impl FnOnce(&mut Ui)) {
    let place = Rect::from_x_y_ranges(ui.max_rect().x_range(), field.y_range());
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.scope_builder(egui::UiBuilder::new().max_rect(place).layout(layout), row);
}
