//! The library of templates, with a picture of each first page.
//!
//! The folders are read and the pages drawn by a job, as a share may be slow; cards come as they are
//! ready.

use std::{
    path::PathBuf,
    sync::mpsc::{Receiver, channel},
};

use egui::{
    Button, Color32, EventFilter, Id, Key, Rect, RichText as Label, Sense, Stroke, TextureHandle, TextureOptions, Ui,
    pos2, vec2,
};

use super::super::{
    Command, Editor,
    disk::{
        self,
        library::{FoundTemplate, Look},
    },
    errors::Localise as _,
    field::{Canvas, FieldState, Leave, PlainField, image},
    jobs::{Answer, JobId, Task},
    prose, theme,
    words::Words,
};
use super::keeping::file_name;
use crate::{
    release::{Language, RichText},
    storage::{
        Settings, StorageError,
        templates::{Entry, Origin},
    },
};

/// The width of a picture, in points of the screen.
const PICTURE: f32 = 144.0;
/// The height of a picture, as a share of its width: that of A4.
const SHAPE: f32 = 1.414;
/// The size of the name below it.
const NAME_SIZE: f32 = 13.5;
/// From baseline to baseline of the name.
const NAME_LINE: f32 = 23.0;
/// The height of the name: two lines of either script.
const NAME: f32 = 2.0 * NAME_LINE + 6.0;
/// The height of a line that says what a template is for, in either script.
const PURPOSE: f32 = 25.0;
/// White space between cards.
const GAP: f32 = 14.0;

/// The library, while one is chosen.
pub struct Choosing {
    found: Receiver<FoundTemplate>,
    job: JobId,
    cards: Vec<Card>,
    /// The card chosen, by its place in `cards`.
    chosen: Option<usize>,
    /// The language of the templates shown.
    language: Language,
    /// Whether more cards may come.
    is_looking: bool,
    /// What could not be read.
    unread: Vec<StorageError>,
    /// What is being done to the chosen template, if it is one of the user's own.
    changing: Option<Changing>,
    /// The cards as they are on the screen, for the arrow keys: number and widget.
    order: Vec<(usize, Id)>,
    /// Cards beside each other.
    across: usize,
}

/// What is being done to a template of the user's own.
enum Changing {
    /// It gets another name
    Name(String, Box<FieldState>, bool),
    /// It is taken away, once that is said again
    Deletion,
}

struct Card {
    entry: Entry,
    picture: TextureHandle,
}

impl Choosing {
    fn take(&mut self, ctx: &egui::Context) {
        loop {
            match self.found.try_recv() {
                Ok(FoundTemplate::Card(entry, picture)) => {
                    let picture = ctx.load_texture("template", image(picture), TextureOptions::LINEAR);
                    self.cards.push(Card { entry: *entry, picture });
                }
                Ok(FoundTemplate::Unread(error)) => self.unread.push(error),
                Err(std::sync::mpsc::TryRecvError::Empty) => return,
                Err(std::sync::mpsc::TryRecvError::Disconnected) => {
                    self.is_looking = false;
                    return;
                }
            }
        }
    }

    fn entry(&self) -> Option<&Entry> {
        let card = self.chosen.and_then(|index| self.cards.get(index))?;
        (card.entry.release.language == self.language).then_some(&card.entry)
    }

    /// The file of the chosen template, if it is in the user's own folder.
    fn own_file(&self, folder: Option<&PathBuf>) -> Option<PathBuf> {
        match &self.entry()?.origin {
            Origin::File(path) if path.parent() == folder.map(PathBuf::as_path) => Some(path.clone()),
            Origin::File(_) | Origin::Bundled => None,
        }
    }

    /// Moves the choice by arrow keys, while a card has the keyboard or nothing has.
    fn arrows(&mut self, ui: &Ui) {
        let focused = ui.memory(egui::Memory::focused);
        let here = self.order.iter().position(|(_, id)| Some(*id) == focused);
        if let Some((_, id)) = here.and_then(|at| self.order.get(at)) {
            let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(*id, filter));
        } else if focused.is_some() {
            return;
        }
        let across = self.across.cast_signed();
        let keys = [Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown];
        let pressed = ui.input_mut(|input| theme::take_presses(input, &keys));
        let chosen = self.chosen.and_then(|chosen| self.order.iter().position(|(index, _)| *index == chosen));
        let next = pressed.into_iter().fold(None, |next: Option<usize>, key| {
            let by = match key {
                Key::ArrowLeft => -1,
                Key::ArrowRight => 1,
                Key::ArrowUp => -across,
                _ => across,
            };
            let from = next.or(here).or(chosen);
            Some(from.map_or(0, |at| at.checked_add_signed(by).filter(|&at| at < self.order.len()).unwrap_or(at)))
        });
        if let Some(&(index, id)) = next.and_then(|next| self.order.get(next)) {
            self.chosen = Some(index);
            theme::move_focus(ui.ctx(), id);
        }
    }

    /// The cards; says whether one was taken by a double click.
    fn grid(&mut self, ui: &mut Ui, canvas: &mut Canvas) -> bool {
        let mut taken = false;
        self.arrows(ui);
        let before = self.chosen;
        self.order.clear();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(GAP, GAP);
            for (index, card) in self.cards.iter().enumerate() {
                if card.entry.release.language == self.language {
                    let response = show_card(ui, card, self.chosen == Some(index), canvas);
                    self.order.push((index, response.id));
                    if response.gained_focus() {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() || response.gained_focus() {
                        self.chosen = Some(index);
                    }
                    taken |= response.double_clicked();
                }
            }
            if self.is_looking {
                ui.spinner();
            }
        });
        if self.chosen != before {
            self.changing = None;
        }
        taken
    }
}

fn show_card(ui: &mut Ui, card: &Card, chosen: bool, canvas: &mut Canvas) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(PICTURE + 12.0, PICTURE * SHAPE + NAME + 12.0), Sense::click());
    let name = card.entry.name();
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, chosen, name));
    let visuals = ui.visuals();
    if chosen || response.hovered() || response.has_focus() {
        let fill = if chosen { visuals.selection.bg_fill } else { visuals.widgets.hovered.weak_bg_fill };
        ui.painter().rect_filled(rect, 7.0, fill);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 7.0, visuals.selection.stroke, egui::StrokeKind::Inside);
    }
    let paper = Rect::from_min_size(rect.min + vec2(6.0, 6.0), vec2(PICTURE, PICTURE * SHAPE));
    ui.painter().rect_filled(paper, 0.0, Color32::WHITE);
    let [width, height] = card.picture.size();
    let shape = height as f32 / (width as f32).max(1.0);
    // A sheet of another shape is cut off below.
    let shown = (SHAPE / shape).min(1.0);
    let place = Rect::from_min_size(paper.min, vec2(PICTURE, PICTURE * shape * shown));
    let part = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, shown));
    ui.painter().image(card.picture.id(), place, part, Color32::WHITE);
    let edge = Stroke::new(1.0, visuals.widgets.inactive.bg_stroke.color);
    ui.painter().rect_stroke(paper, 0.0, edge, egui::StrokeKind::Outside);
    // By the engine of the page, which knows where Khmer words end.
    let lines = canvas.lines(&RichText::plain(name), NAME_SIZE, PICTURE, None);
    let origin = paper.left_bottom() + vec2(0.0, 5.0);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    canvas.paint(&painter, &lines, origin, (NAME_LINE, NAME_LINE * 0.68), visuals.text_color());
    response.on_hover_text(name)
}

impl Editor {
    /// Shows the library.
    pub(in super::super) fn open_library(&mut self, ctx: &egui::Context) {
        let (ready, found) = channel();
        let language = self.settings.language.of_releases();
        let (allowed, words) = (self.allowed_pictures(), self.lists.words.clone());
        let about = allowed.folders.first().cloned().unwrap_or_default();
        let look = Look { allowed, words, first: language, width: PICTURE * ctx.pixels_per_point() };
        let wake = ctx.clone();
        let job = self.jobs.start(
            Task::on("doing-library", &about).in_background(),
            move |thread| disk::library::look(thread, look, &ready, &wake),
            |editor: &mut Self, answer| {
                if let (Answer::Stopped, Some(choosing)) = (answer, &mut editor.templates.choosing) {
                    choosing.is_looking = false;
                }
            },
        );
        let (cards, unread) = (Vec::new(), Vec::new());
        self.templates.choosing = Some(Choosing {
            found,
            job,
            cards,
            chosen: None,
            language,
            is_looking: true,
            unread,
            changing: None,
            order: Vec::new(),
            across: 2,
        });
    }

    pub(super) fn ask_template(&mut self, ctx: &egui::Context) {
        let Some(choosing) = &mut self.templates.choosing else { return };
        choosing.take(ctx);
        let own_folder = self.templates.folders.first().cloned();
        let (words, canvas, settings) = (&self.words, &mut self.canvas, &self.settings);
        let mut action = None;
        let (mut take, mut edit, mut cancel, mut turned) = (false, false, false, false);
        let screen = ctx.content_rect().size();
        let question = theme::question(ctx, "template").show(ctx, |ui| {
            // As many cards as there is room for, up to four beside each other.
            let card = PICTURE + 12.0 + GAP;
            let across = ((screen.x - 120.0) / card).floor().clamp(2.0, 4.0);
            ui.set_width(across * card + 20.0);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "two, three or four")]
            let columns = across as usize;
            choosing.across = columns;
            ui.horizontal(|ui| {
                ui.label(Label::new(words.get("template-title")).font(theme::strong(17.0)));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    for (language, name) in [(Language::English, "english"), (Language::Khmer, "khmer")] {
                        turned |= ui.selectable_value(&mut choosing.language, language, words.get(name)).clicked();
                    }
                });
            });
            ui.add_space(8.0);
            let height = (screen.y - 260.0).clamp(160.0, 2.0 * (PICTURE * SHAPE + NAME + 12.0 + GAP));
            // All of it from the beginning, so that cards stay where they are while others come.
            theme::list(height).auto_shrink(false).show(ui, |ui| take = choosing.grid(ui, canvas));
            for error in &choosing.unread {
                ui.label(Label::new(error.localised(words)).small().color(theme::accents(ui.visuals()).warning));
            }
            ui.add_space(6.0);
            let entry = choosing.entry();
            // Room for it is kept, so that a choice does not move what is clicked next.
            let purpose = entry.map_or(words.get("template-none"), |entry| purpose(words, entry));
            let look = prose::Look::weak(ui);
            ui.vertical(|ui| {
                ui.set_min_height(PURPOSE);
                prose::paragraph_in(ui, canvas, words, purpose, look);
            });
            if let Some(path) = choosing.own_file(own_folder.as_ref()) {
                action = own_template(ui, words, canvas, settings, choosing, path);
            }
            ui.add_space(10.0);
            let entry = choosing.entry();
            ui.horizontal(|ui| {
                take |= ui.add_enabled(entry.is_some(), Button::new(words.get("template-take"))).clicked();
                let is_own = entry.is_some_and(|entry| entry.origin != Origin::Bundled);
                let name = if is_own { "template-edit" } else { "template-edit-copy" };
                edit = ui.add_enabled(entry.is_some(), Button::new(words.get(name))).clicked();
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    cancel = ui.button(words.get("cancel")).clicked();
                });
            });
            // Enter takes what is chosen where a card has the keyboard, or nothing has.
            let focused = ui.memory(egui::Memory::focused);
            let on_card = focused.is_none_or(|id| choosing.order.iter().any(|(_, card)| *card == id));
            take |= on_card && !(edit || cancel || turned) && ui.input(|input| input.key_pressed(Key::Enter));
        });
        if let Some(action) = action {
            return self.change_own(action);
        }
        let Some(choosing) = &mut self.templates.choosing else { return };
        let chosen = choosing.entry().filter(|_| take || edit).cloned();
        if chosen.is_none() && !cancel && !question.should_close() {
            return;
        }
        self.jobs.stop(choosing.job);
        self.templates.choosing = None;
        match chosen {
            Some(Entry { origin: Origin::File(path), .. }) if edit => self.commands.push(Command::OpenFile(path)),
            Some(Entry { release, .. }) if edit => {
                self.commands.push(Command::Begin(Box::new((release.clone(), release))));
            }
            Some(Entry { release, .. }) => self.ask_for_answers(release, true),
            None => {}
        }
    }
}

/// What is to be done to a template of the user's own.
enum Action {
    Rename(PathBuf, String),
    Delete(PathBuf),
}

/// The means to rename and to delete the chosen template.
fn own_template(
    ui: &mut Ui,
    words: &Words,
    canvas: &mut Canvas,
    settings: &Settings,
    choosing: &mut Choosing,
    path: PathBuf,
) -> Option<Action> {
    let name = choosing.entry().map(|entry| entry.name().to_owned()).unwrap_or_default();
    let mut action = None;
    let mut keep = true;
    match &mut choosing.changing {
        None => {
            ui.horizontal(|ui| {
                if ui.button(words.get("template-rename")).clicked() {
                    let mut state = Box::new(FieldState::default());
                    state.select(0..name.len());
                    choosing.changing = Some(Changing::Name(name.clone(), state, false));
                }
                if ui.button(words.get("template-delete")).clicked() {
                    choosing.changing = Some(Changing::Deletion);
                }
            });
        }
        Some(Changing::Deletion) => {
            ui.horizontal(|ui| {
                ui.label(words.with("template-delete-text", &[("name", &name)]));
                if ui.button(words.get("template-really")).clicked() {
                    action = Some(Action::Delete(path.clone()));
                }
                keep = !theme::default_button(ui, words.get("cancel")).clicked();
            });
        }
        Some(Changing::Name(text, state, is_focused)) => {
            ui.horizontal(|ui| {
                let id = Id::unique("rename-template");
                *is_focused = *is_focused || theme::focus(ui, id);
                let label = words.get("template-name");
                let width = (ui.available_width() - 220.0).max(120.0);
                let field = PlainField { id, label, hint: "", multiline: false, names: None, quotes: None };
                let column = egui::Layout::top_down(egui::Align::Min);
                let size = vec2(width, 36.0);
                let field = |ui: &mut Ui| field.show(ui, text, state, canvas, settings);
                let entered = ui.allocate_ui_with_layout(size, column, field).inner.leave == Some(Leave::Next);
                let can_be = file_name(text).is_some();
                let rename = ui.add_enabled(can_be, Button::new(words.get("template-rename-ok"))).clicked();
                if (entered || rename) && can_be {
                    action = Some(Action::Rename(path.clone(), text.trim().to_owned()));
                }
                keep = !ui.button(words.get("cancel")).clicked();
            });
        }
    }
    if !keep {
        choosing.changing = None;
    }
    action
}

impl Editor {
    /// Renames or deletes a template of the user's own, and shows the library again.
    fn change_own(&mut self, action: Action) {
        match action {
            Action::Delete(path) => {
                let file = path.clone();
                self.jobs.start(
                    Task::on("doing-template", &path).in_order(),
                    move |thread| disk::library::delete(thread, &file),
                    |editor: &mut Self, answer| {
                        let refused = |error: StorageError, editor: &Self| error.localised(&editor.words);
                        let outcome = match answer {
                            Answer::Done(outcome) | Answer::Late(outcome) => {
                                outcome.map_err(|error| refused(error, editor))
                            }
                            Answer::Stopped => Err(editor.words.get("stopped").to_owned()),
                            Answer::Lost => Err(editor.words.get("job-lost").to_owned()),
                        };
                        editor.changed_own(outcome);
                    },
                );
            }
            Action::Rename(path, name) => {
                let Some(to) = file_name(&name).map(|file| path.with_file_name(file)) else { return };
                let (from, target) = (path.clone(), to);
                self.jobs.start(
                    Task::on("doing-template", &path).in_order(),
                    move |thread| disk::library::rename(thread, &from, &name, &target),
                    move |editor: &mut Self, answer| {
                        let outcome = match answer {
                            Answer::Done(Ok(())) | Answer::Late(Ok(())) => Ok(()),
                            Answer::Done(Err(error)) | Answer::Late(Err(error)) => Err(editor.not_kept(&error)),
                            Answer::Stopped => Err(editor.words.get("stopped").to_owned()),
                            Answer::Lost => Err(editor.words.get("job-lost").to_owned()),
                        };
                        editor.changed_own(outcome);
                    },
                );
            }
        }
    }

    /// Shows the library as it is after a change of it, or why it could not be changed.
    fn changed_own(&mut self, outcome: Result<(), String>) {
        if let Err(error) = outcome {
            self.failed(error);
        }
        if let Some(choosing) = self.templates.choosing.take() {
            self.jobs.stop(choosing.job);
            let wake = self.jobs.wake();
            self.open_library(&wake);
            if let Some(again) = &mut self.templates.choosing {
                again.language = choosing.language;
            }
        }
    }
}

/// What a template is for.
fn purpose<'a>(words: &'a Words, entry: &'a Entry) -> &'a str {
    let purpose = entry.release.template.as_ref().map_or("", |template| template.purpose.as_str());
    if purpose.trim().is_empty() { words.get("template-no-purpose") } else { purpose }
}
