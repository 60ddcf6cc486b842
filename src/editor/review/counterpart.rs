//! The same release in the other language: its text beside the draft's, in step with the caret, and what the draft
//! says otherwise, each with a click to its place.
//!
//! Invariant: each revision of the draft is compared, on another thread than the window's; until that is done, what
//! was found of the revision before is shown.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use egui::{Align, Frame, ScrollArea, Ui};

use super::{
    super::{
        Editor, disk,
        errors::Localise as _,
        field::Canvas,
        field_names::name_in,
        jobs::{Answer, Task},
        prose::{self, Look},
        question::Purpose,
        saying::sentence,
        theme::{self, accents, name_button},
        words::Words,
    },
    Act, ReviewPanel,
};
use crate::{
    proof::counterpart::{Difference, Row, Said, Subject, compare, side_by_side},
    release::{Field, Outline, Release, RichText},
    review::TextPart,
};

/// The least height of its text in the panel.
const LOWEST: f32 = 240.0;

/// A release in the other language, with its texts beside the draft's and what it says otherwise.
pub struct Counterpart {
    path: PathBuf,
    release: Arc<Release>,
    outline: Outline,
    found: ComparedTexts,
    /// Which of both is shown, once the user has chosen.
    chosen: Option<Tab>,
    /// The place of the draft whose text was scrolled to last, or clicked.
    in_view: Option<Field>,
    /// The text of the draft beside which its own is to be at the top.
    to_top: Option<Field>,
    /// The revision of the draft that was compared last, or is being compared.
    asked: Option<u64>,
    is_comparing: bool,
    /// The text of it that a difference was clicked to see, and whether it is still to be brought into view.
    gone_to: Option<(Field, bool)>,
}

/// What a comparison finds.
#[derive(Default)]
struct ComparedTexts {
    rows: Vec<Row>,
    differences: Vec<Difference>,
}

/// What is shown of a release in the other language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Text,
    Differences,
}

impl Counterpart {
    fn new(path: PathBuf, release: Arc<Release>) -> Self {
        Self {
            path,
            outline: Outline::of(&release),
            release,
            found: ComparedTexts::default(),
            chosen: None,
            in_view: None,
            to_top: None,
            asked: None,
            is_comparing: false,
            gone_to: None,
        }
    }

    /// What is shown of it: its text while the draft is still to be written, else what differs.
    fn shown(&self, draft: &Release) -> Tab {
        self.chosen.unwrap_or(if is_unwritten(draft) { Tab::Text } else { Tab::Differences })
    }
}

/// Whether a release has paragraphs that are still to be written.
fn is_unwritten(release: &Release) -> bool {
    release.body.iter().any(|block| block.text.is_empty() && block.picture.is_none() && !block.kind.is_cell())
}

/// What one of the releases says, with its place unless it counts the whole.
fn said(words: &Words, of: Subject, release: &Release, field: Field, text: &str) -> String {
    if of.is_count() {
        return words.digits(text);
    }
    let text = if text.is_empty() { words.get("counterpart-nothing") } else { text };
    format!("{}: {text}", name_in(words, release, field))
}

impl Editor {
    /// Reads the release in the other language, and shows it beside the draft.
    pub(in super::super) fn read_counterpart(&mut self, path: &Path) {
        let chosen = self.review.counterpart.as_ref().and_then(|counterpart| counterpart.chosen);
        self.read_to_show(path, chosen, true);
    }

    /// Reads the release in the other language, and shows its text beside the draft, which goes on naming the one that
    /// it names.
    pub(in super::super) fn read_text_of(&mut self, path: &Path) {
        let names_none = self.desk.document.release().counterpart.is_empty();
        self.read_to_show(path, Some(Tab::Text), names_none);
    }

    /// The file of the release in the other language that is shown.
    pub(in super::super) fn shown_counterpart(&self) -> Option<PathBuf> {
        self.review.counterpart.as_ref().map(|counterpart| counterpart.path.clone())
    }

    /// The place in the release in the other language that is beside the caret, as far as that is known.
    pub(in super::super) fn beside_caret(&self) -> Option<Field> {
        let caret = self.form.current().map(of_paragraph)?;
        let rows = self.review.counterpart.as_ref().map_or(&[][..], |counterpart| &counterpart.found.rows);
        // Two releases that say the same are built alike.
        rows.iter().find(|row| row.one == Some(caret)).map_or(Some(caret), |row| row.other)
    }

    fn read_to_show(&mut self, path: &Path, chosen: Option<Tab>, remembers: bool) {
        self.fetch_counterpart(path, move |editor, file, answer| match answer {
            Ok(release) => {
                let release = Arc::new(release);
                editor.note_other_language(file, &release);
                editor.review.counterpart = Some(Counterpart { chosen, ..Counterpart::new(file.to_owned(), release) });
                if remembers {
                    editor.remember_counterpart(file);
                }
                editor.follow_counterpart();
            }
            Err(error) => {
                let (name, reason) = (file.display().to_string(), error.localised(&editor.words));
                editor.failed(editor.words.with("word-unreadable", &[("file", &name), ("reason", &reason)]));
                if editor.counterpart().as_deref() == Some(file) {
                    // It was moved or renamed.
                    editor.ask_file(Purpose::Counterpart);
                }
            }
        });
    }

    /// Shows the originals beside a draft that is still to be written. Nothing is said of a file that is gone:
    /// nobody has asked for it.
    pub(super) fn show_originals(&mut self) {
        let Some(path) = self.counterpart().filter(|_| is_unwritten(self.desk.document.release())) else { return };
        self.fetch_counterpart(&path, |editor, file, answer| {
            if let Some(release) = answer.ok().filter(|_| editor.review.counterpart.is_none()) {
                editor.review.counterpart = Some(Counterpart::new(file.to_owned(), Arc::new(release)));
                editor.follow_counterpart();
            }
        });
    }

    /// Shows the release in the other language as it is now, if it is shown: it may have been typed in another window.
    pub(in super::super) fn refresh_counterpart(&mut self, path: &Path, release: &Arc<Release>) {
        let shown = self.review.counterpart.as_mut().filter(|shown| shown.path == path && shown.release != *release);
        if let Some(counterpart) = shown {
            (counterpart.outline, counterpart.release) = (Outline::of(release), release.clone());
            counterpart.asked = None;
            self.follow_counterpart();
        }
    }

    /// Reads a release in the other language, for the draft that is in the window now.
    fn fetch_counterpart(
        &mut self,
        path: &Path,
        mut take: impl FnMut(&mut Self, &Path, Result<Release, disk::drafts::Unread>) + Send + 'static,
    ) {
        let (draft, file, to_read) = (self.draft, path.to_owned(), path.to_owned());
        self.jobs.start(
            Task::on("doing-open", path),
            move |thread| disk::drafts::release_of(thread, &to_read),
            move |editor: &mut Self, answer| match answer {
                Answer::Done(read) if draft == editor.draft => take(editor, &file, read),
                Answer::Lost => editor.lost(),
                Answer::Done(_) | Answer::Late(_) | Answer::Stopped => {}
            },
        );
    }

    /// Compares the draft as it is, unless that was done, or a comparison is under way.
    pub(super) fn follow_counterpart(&mut self) {
        let revision = Some(self.desk.document.revision());
        let Some(counterpart) = &mut self.review.counterpart else { return };
        if counterpart.is_comparing || counterpart.asked == revision {
            return;
        }
        (counterpart.asked, counterpart.is_comparing) = (revision, true);
        let (one, other) = (self.desk.document.release().clone(), counterpart.release.clone());
        let (draft, roster) = (self.draft, self.lists.roster.clone());
        self.jobs.start(
            Task::on("doing-compare", &counterpart.path),
            move |_| ComparedTexts {
                rows: side_by_side(&one, &other, &roster),
                differences: compare(&one, &other, &roster),
            },
            move |editor: &mut Self, answer| {
                let Some(counterpart) = editor.review.counterpart.as_mut().filter(|_| draft == editor.draft) else {
                    return;
                };
                counterpart.is_comparing = false;
                if let Answer::Done(found) | Answer::Late(found) = answer {
                    counterpart.found = found;
                }
            },
        );
    }

    pub(super) fn counterpart_view(&mut self, ui: &mut Ui, panel: &mut ReviewPanel, act: &mut Option<Act>) {
        let Some(counterpart) = &mut panel.counterpart else { return };
        let (words, canvas, release) = (&self.words, &mut self.canvas, self.desk.document.release());
        let file = counterpart.path.file_name().unwrap_or_default().to_string_lossy();
        ui.add_space(8.0);
        let of = words.with("counterpart-of", &[("file", &file)]);
        prose::paragraph_in(ui, canvas, words, &of, Look::heading());
        ui.horizontal_wrapped(|ui| {
            let write = ui.button(words.get("counterpart-write"));
            if write.on_hover_text(words.get("counterpart-write-hint")).clicked() {
                *act = Some(Act::WriteCounterpart(None));
            }
            if ui.button(words.get("counterpart-again")).clicked() {
                *act = Some(Act::ReadCounterpart(counterpart.path.clone()));
            }
            if ui.button(words.get("counterpart-another")).clicked() {
                *act = Some(Act::ChooseCounterpart);
            }
            if ui.button(words.get("close")).clicked() {
                *act = Some(Act::CloseCounterpart);
            }
        });
        let shown = counterpart.shown(release);
        ui.horizontal(|ui| {
            let count = words.digits(&counterpart.found.differences.len().to_string());
            let differences = words.with("counterpart-differences", &[("count", &count)]);
            let both = [(Tab::Text, words.get("counterpart-text")), (Tab::Differences, differences.as_str())];
            for (what, name) in both {
                if ui.selectable_label(shown == what, name).clicked() {
                    counterpart.chosen = Some(what);
                }
            }
        });
        ui.separator();
        match shown {
            Tab::Text => {
                // What leads to the other list stays in view above the text.
                let room = ui.clip_rect().bottom() - ui.cursor().top();
                let height = if panel.shows_comments { room / 2.0 } else { room - 8.0 };
                let area = theme::at_once(ScrollArea::vertical()).id_salt("counterpart").max_height(height.max(LOWEST));
                let area = area.auto_shrink([false, true]).show(ui, |ui| {
                    let top = text_view(ui, canvas, (words, release), self.form.current(), counterpart, act);
                    theme::follow_focus(ui, "counterpart");
                    top
                });
                if theme::is_scrolled_by_hand(ui, &area) {
                    self.form.to_top = area.inner;
                    ui.ctx().request_repaint();
                }
            }
            Tab::Differences => differences_view(ui, canvas, (words, release), counterpart, act),
        }
    }
}

impl ReviewPanel {
    /// Scrolls the text of the other release to what is beside a text of the draft.
    pub(in super::super) fn keep_beside(&mut self, text: Option<Field>) {
        if let Some(counterpart) = &mut self.counterpart {
            counterpart.to_top = text;
        }
    }
}

/// The texts of the other release, the one beside the caret marked and in view. Gives the text of the draft beside the
/// one at the top.
fn text_view(
    ui: &mut Ui,
    canvas: &mut Canvas,
    (words, draft): (&Words, &Release),
    caret: Option<Field>,
    counterpart: &mut Counterpart,
    act: &mut Option<Act>,
) -> Option<Field> {
    let caret = caret.map(of_paragraph);
    let (to_top, mut top) = (counterpart.to_top.take(), None);
    if counterpart.in_view != caret {
        counterpart.gone_to = counterpart.gone_to.filter(|(_, is_to_show)| *is_to_show);
    }
    for Row { one, other } in &counterpart.found.rows {
        let (is_gone_to, is_to_show) = match counterpart.gone_to {
            Some((field, is_to_show)) if *other == Some(field) => (true, is_to_show),
            _ => (false, false),
        };
        let is_here = one.is_some() && *one == caret || is_gone_to;
        let fill =
            if is_here { ui.visuals().selection.bg_fill.gamma_multiply(0.35) } else { egui::Color32::TRANSPARENT };
        let frame = Frame::new().fill(fill).inner_margin(6).corner_radius(4).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let text = other.map(|field| {
                let text = counterpart.release.text(field).unwrap_or_default().into_owned();
                let marker = match field {
                    Field::Paragraph(index) => {
                        counterpart.outline.entry(index).and_then(|entry| entry.marker.as_deref())
                    }
                    _ => None,
                };
                (field, text, marker)
            });
            let of = |release, field| name_in(words, release, field);
            let name = match (other, one) {
                (Some(field), _) => of(&counterpart.release, *field),
                (None, Some(field)) => of(draft, *field),
                (None, None) => String::new(),
            };
            prose::paragraph_in(ui, canvas, words, &name, Look::note(ui));
            let (text, look) = match text {
                Some((_, text, marker)) if !text.is_empty() => (numbered(&text, marker), Look::default()),
                _ => (RichText::plain(words.get("counterpart-nothing")), Look::weak(ui)),
            };
            let button = prose::rich_link(ui, canvas, &text, look, one.is_some() || other.is_some());
            name_button(&button, &format!("{name}: {}", text.as_str()));
            if let Some(field) = other.filter(|_| button.double_clicked()) {
                *act = Some(Act::WriteCounterpart(Some(field)));
                return;
            }
            if let Some(field) = one.filter(|_| button.clicked()) {
                let end = draft.text(field).map_or(0, |text| text.len());
                *act = Some(Act::GoTo(TextPart { field, range: end..end }));
                // The list stays where it is: a second click must find the same text under the pointer.
                counterpart.in_view = Some(of_paragraph(field));
            }
        });
        if is_to_show {
            frame.response.scroll_to_me(Some(Align::Center));
            counterpart.gone_to = other.map(|field| (field, false));
            counterpart.in_view = caret;
        } else if is_here && counterpart.in_view != caret {
            frame.response.scroll_to_me(Some(Align::Center));
            counterpart.in_view = caret;
        } else if one.is_some() && *one == to_top {
            frame.response.scroll_to_me(Some(Align::TOP));
        }
        if frame.response.rect.bottom() > ui.clip_rect().top() {
            top = top.or(*one);
        }
    }
    top
}

/// The note of a paragraph is beside the paragraph.
fn of_paragraph(field: Field) -> Field {
    if let Field::Note(index, _) = field { Field::Paragraph(index) } else { field }
}

/// The text of an item behind its number.
fn numbered(text: &RichText, marker: Option<&str>) -> RichText {
    let Some(marker) = marker else { return text.clone() };
    let mut numbered = RichText::plain(format!("{marker} "));
    numbered.push(text);
    numbered
}

/// What the other release says otherwise.
fn differences_view(
    ui: &mut Ui,
    canvas: &mut Canvas,
    (words, draft): (&Words, &Release),
    counterpart: &mut Counterpart,
    act: &mut Option<Act>,
) {
    let mut gone_to = None;
    if counterpart.found.differences.is_empty() {
        let name = if counterpart.is_comparing { "counterpart-comparing" } else { "counterpart-same" };
        prose::paragraph_in(ui, canvas, words, words.get(name), Look::weak(ui));
    }
    let accents = accents(ui.visuals());
    for Difference { subject: of, one, other } in &counterpart.found.differences {
        let subject = sentence(of.localised(words));
        prose::paragraph_in(ui, canvas, words, &subject, Look::note(ui));
        let ours = one.as_ref().map(|Said { field, range, text }| {
            (said(words, *of, draft, *field, text), TextPart { field: *field, range: range.clone() })
        });
        let name = ours.as_ref().map_or(words.get("counterpart-nothing"), |(name, _)| name.as_str());
        let button = prose::link(ui, canvas, words, name, Look::ink(accents.warning), ours.is_some());
        name_button(&button, &format!("{subject}: {name}"));
        if let Some((_, place)) = ours.filter(|_| button.clicked()) {
            *act = Some(Act::GoTo(place));
        }
        let theirs =
            other.as_ref().map(|Said { field, text, .. }| said(words, *of, &counterpart.release, *field, text));
        let name = theirs.as_deref().unwrap_or(words.get("counterpart-nothing"));
        let button = prose::link(ui, canvas, words, name, Look::default(), theirs.is_some());
        name_button(&button, &format!("{subject}: {name}"));
        if button.clicked() {
            gone_to = other.as_ref().map(|said| of_paragraph(said.field));
        }
        ui.separator();
    }
    if let Some(field) = gone_to {
        (counterpart.gone_to, counterpart.chosen) = (Some((field, true)), Some(Tab::Text));
    }
}
