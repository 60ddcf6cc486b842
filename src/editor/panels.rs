//! Toolbar, messages, form, pages, handbook, status: what is where in the window.

use egui::{Button, Id, PanelState, RichText as Label, Ui, accesskit::Action, vec2};

use super::{
    Command, Editor,
    command::keys,
    context_menu::Offers,
    field::{self, Marks},
    find_bar::FindBar,
    form::{self, Home},
    page,
    review::ReviewPanel,
    theme,
};
use crate::{
    editing::{Selection, Tracked},
    release::{Field, Style},
    storage::Zoom,
};

/// The width from which the toolbar has room for words, in points.
const WIDE: f32 = 1020.0;
/// The narrowest that form and pages can be, in points.
const NARROWEST: f32 = 300.0;
/// The width of the handbook beside form and pages, and the least width of the window for that, in points.
/// In a narrower window the handbook takes the place of the pages, which would be too small to be read.
const HELP: f32 = 420.0;
const WIDE_ENOUGH_FOR_HELP: f32 = 1500.0;

/// The width of the panel for changes and comments, in points, and the least.
const REVIEW: f32 = 320.0;
const NARROWEST_REVIEW: f32 = 200.0;

/// Whether the handle between form and pages is being moved, by the mouse or by a screen reader.
fn is_moved(ui: &Ui, handle: Id) -> bool {
    let is_dragged = ui.read_response(handle).is_some_and(|handle| handle.dragged() || handle.drag_stopped());
    let is_asked = |action| ui.input(|input| input.has_accesskit_action_request(handle, action));
    is_dragged || [Action::Increment, Action::Decrement, Action::SetValue].into_iter().any(is_asked)
}

/// What is marked in the texts, in the form and on the pages.
fn marks<'a>(find: &'a FindBar, weighed: &'a [Tracked<()>; 3], review: &'a ReviewPanel) -> Marks<'a> {
    Marks {
        found: find.marks(),
        current: find.current(),
        weighed: weighed.each_ref().map(Tracked::by_field),
        commented: review.commented(),
    }
}

impl Editor {
    pub(super) fn panels(&mut self, ui: &mut Ui) {
        egui::Panel::top("menu").show(ui, |ui| self.menu(ui));
        egui::Panel::top("toolbar").show(ui, |ui| self.toolbar(ui));
        egui::Panel::bottom("status").show(ui, |ui| self.status(ui));
        self.find_bar(ui);
        let least = if self.settings.show_form { WIDE_ENOUGH_FOR_HELP } else { NARROWEST + HELP };
        let is_beside = self.help.is_open() && ui.available_width() >= least;
        if is_beside {
            egui::Panel::right("help")
                .resizable(true)
                .default_size(HELP)
                .size_range(NARROWEST..=1.5 * HELP)
                .show(ui, |ui| self.handbook_view(ui));
        }
        if self.review.is_open() {
            egui::Panel::right("review")
                .resizable(true)
                .default_size(REVIEW)
                .size_range(NARROWEST_REVIEW..=1.6 * REVIEW)
                .show(ui, |ui| self.review_view(ui));
        }
        // Beside the panel a narrow window has no room for form and pages both.
        let is_narrow = self.review.is_open() && ui.available_width() < 2.0 * NARROWEST;
        self.calls_form &= is_narrow;
        self.hides_form = is_narrow && !self.calls_form;
        if self.shows_form() {
            let whole = ui.available_width();
            let widest = (whole - NARROWEST).max(NARROWEST);
            // egui keeps the width in points. The share is kept here, so that it stays when the window grows, and
            // changes by the user's hand alone.
            let id = ui.scope_id().with_salt(egui::IdSalt::new("form"));
            let width = (whole * self.settings.divider).clamp(NARROWEST, widest);
            let place = egui::Rect::from_min_size(ui.max_rect().min, vec2(width, ui.available_height()));
            ui.data_mut(|data| data.insert_persisted(id, PanelState { outer_rect: place }));
            let is_moved = is_moved(ui, id.with("__resize"));
            let form = egui::Panel::left("form")
                .resizable(true)
                .default_size(width)
                .size_range(NARROWEST..=widest)
                .show(ui, |ui| self.form(ui));
            self.messages.lie_over(Some(form.response.rect));
            if is_moved {
                self.settings.divider = (form.response.rect.width() / whole.max(1.0)).clamp(0.1, 0.9);
            }
        } else {
            self.form.home = Home::Page;
        }
        self.hides_pages = self.help.is_open() && !is_beside;
        let pages = if self.hides_pages {
            egui::CentralPanel::default().show(ui, |ui| self.handbook_view(ui))
        } else {
            egui::CentralPanel::no_frame().show(ui, |ui| self.pages(ui))
        };
        if !self.shows_form() {
            self.messages.lie_over(Some(pages.response.rect));
        }
    }

    /// Shows the form for a control that the form alone has, beside the panel too.
    pub(super) fn bring_form(&mut self) {
        self.settings.show_form = true;
        self.calls_form |= self.hides_form;
    }

    /// Whether the form is in the window.
    pub(super) fn shows_form(&self) -> bool {
        self.settings.show_form && !self.hides_form
    }

    fn toolbar(&mut self, ui: &mut Ui) {
        ui.add_space(3.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let language = self.desk.document.release().language;
            let narrow = ui.available_width() < WIDE;
            for (command, name) in [
                (Command::New(language), "new"),
                (Command::NewFromTemplate, "template"),
                (Command::Open, "open"),
                (Command::Save, "save"),
                (Command::Export, "export"),
            ] {
                if narrow {
                    self.icon(ui, command, true, None);
                    continue;
                }
                let text = format!("{}  {}", command.icon(), self.words.get(name));
                if ui.button(text).on_hover_text(self.hint(&command)).clicked() {
                    self.commands.push(command);
                }
            }
            ui.separator();
            self.icon(ui, Command::Undo, self.desk.document.undo_step().is_some(), None);
            self.icon(ui, Command::Redo, self.desk.document.redo_step().is_some(), None);
            ui.separator();
            let rich = self.form.current().is_some_and(Field::is_rich);
            let now = self.form.emphasis(&self.desk.document);
            // What is lowered is rare, and in the menu alone.
            for style in Style::EACH.into_iter().filter(|style| *style != Style::SUBSCRIPT) {
                self.icon(ui, Command::Emphasise(style), rich, Some(now.has(style)));
            }
            self.icon(ui, Command::Link, rich, None);
            self.icon(ui, Command::Footnote, rich, None);
            self.block_choice(ui, narrow);
            ui.separator();
            let shows = self.settings.show_invisible;
            self.icon(ui, Command::ShowInvisible(!shows), true, Some(shows));
        });
        ui.add_space(3.0);
    }

    fn hint(&self, command: &Command) -> String {
        let name = self.words.get(command.name());
        match command.shortcuts().first() {
            Some(shortcut) => format!("{name} ({})", keys(shortcut)),
            None => name.to_owned(),
        }
    }

    /// A button with an icon alone, and a name for those who hover or listen. `on` says how it is if it is a
    /// switch.
    pub(super) fn icon(&mut self, ui: &mut Ui, command: Command, enabled: bool, on: Option<bool>) {
        let hint = self.hint(&command);
        let mut button = Button::new(Label::new(command.icon()).size(17.0)).min_size(vec2(30.0, 28.0));
        if let Some(on) = on {
            button = button.selected(on);
        }
        let response = ui.add_enabled(enabled, button).on_hover_text(&hint);
        let name = self.words.get(command.name());
        response.widget_info(|| {
            let info = egui::WidgetInfo::labeled(egui::Role::Button, enabled, name);
            egui::WidgetInfo { selected: on, ..info }
        });
        if response.clicked() {
            self.commands.push(command);
        }
    }

    fn form(&mut self, ui: &mut Ui) {
        let mut area = theme::at_once(egui::ScrollArea::vertical()).id_salt("form").auto_shrink(false);
        if std::mem::take(&mut self.form.restarts) {
            area = area.vertical_scroll_offset(0.0);
        }
        self.review.follow_edits(&self.desk.document);
        let area = area.show(ui, |ui| {
            // Room for the scroll bar, which must not cover the ends of fields.
            ui.set_max_width(ui.available_width() - 12.0);
            let mut with = form::Context {
                words: &self.words,
                document: &mut self.desk.document,
                canvas: &mut self.canvas,
                settings: &self.settings,
                commands: &mut self.commands,
                marks: marks(&self.find, &self.desk.weighed, &self.review),
                roster: &self.lists.roster,
                offers: Offers { words: &self.words, findings: &self.desk.findings, places: &self.desk.places },
                fitted: self.desk.print.fitted,
            };
            self.form.show(ui, &mut with);
        });
        if theme::is_scrolled_by_hand(ui, &area) {
            self.review.keep_beside(self.form.top);
        }
    }

    fn pages(&mut self, ui: &mut Ui) {
        self.form.hold(ui, &mut self.desk.document);
        let field = self.form.typist.selection.field();
        let release = self.desk.document.release();
        let language = release.language;
        let manner = form::manner_of(field, language, &self.settings, &self.lists.roster, &self.words);
        // On the page all texts are in one widget.
        let manner = field::Manner { tabs: true, ..manner };
        let was_empty = release.text(field).is_none_or(|text| text.is_empty());
        if ui.memory(|memory| memory.has_focus(form::page_id())) {
            let who = (&mut self.form.typist, &mut self.desk.document);
            let heard = self.preview.type_on(ui, &self.desk.view, who, &mut self.canvas, &manner);
            if let Some(leave) = heard.leave {
                self.form.leave(&mut self.desk.document, field, was_empty, leave);
            }
        }
        // Without the form it is the pages that go along with the other language.
        if let Some(field) = self.form.to_top.take_if(|_| !self.settings.show_form || self.hides_form) {
            self.preview.put_at_top(field);
        }
        // What was typed a moment ago, in the form or here, is on the page in the same frame.
        self.set_pages();
        self.review.follow_edits(&self.desk.document);
        let field = self.form.typist.selection.field();
        let shown = page::Shown {
            words: &self.words,
            pages: &self.desk.view,
            are_current: self.desk.is_current(),
            settings: &self.settings,
            place: self.form.place().map(|place| Selection::clamped(place, &self.desk.document)),
            document: &mut self.desk.document,
            typist: &mut self.form.typist,
            manner: form::manner_of(field, language, &self.settings, &self.lists.roster, &self.words),
            offers: Offers { words: &self.words, findings: &self.desk.findings, places: &self.desk.places },
            commands: &mut self.commands,
            marks: marks(&self.find, &self.desk.weighed, &self.review),
        };
        let (action, _) = self.preview.show(ui, shown, &mut self.canvas);
        if let Some(field) = self.preview.scrolled_to(self.desk.document.release()) {
            self.review.keep_beside(Some(field));
        }
        match action {
            Some(page::Action::Date) => {
                self.bring_form();
                self.form.open_calendar = true;
            }
            Some(page::Action::Zoom(percent)) => self.settings.zoom = Zoom::Percent(percent),
            None => {}
        }
        if ui.input(|input| !input.raw.hovered_files.is_empty()) {
            let rect = ui.max_rect().shrink(16.0);
            ui.painter().rect_filled(rect, 8.0, ui.visuals().panel_fill.gamma_multiply(0.94));
            let font = theme::strong(18.0);
            let ink = ui.visuals().text_color();
            ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, self.words.get("drop-here"), font, ink);
        }
    }

    fn status(&mut self, ui: &mut Ui) {
        ui.add_space(1.0);
        ui.horizontal(|ui| {
            self.verdict(ui);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 3.0;
                let zoom = self.settings.zoom;
                self.icon(ui, Command::Zoom(Zoom::FitPage), true, Some(zoom == Zoom::FitPage));
                self.icon(ui, Command::Zoom(Zoom::FitWidth), true, Some(zoom == Zoom::FitWidth));
                self.icon(ui, Command::ZoomIn, true, None);
                let percent = self.words.digits(&format!("{:.0} %", self.preview.percent));
                ui.add_sized(vec2(56.0, 22.0), egui::Label::new(percent));
                self.icon(ui, Command::ZoomOut, true, None);
                ui.separator();
                let page = self.words.digits(&(self.preview.current + 1).to_string());
                // The page on which the caret is may be one more than is printed.
                let count = self.desk.print.pages.len().max(self.preview.current + 1);
                let count = self.words.digits(&count.to_string());
                ui.label(self.words.with("page-of", &[("page", &page), ("count", &count)]));
                if let Some(count) = self.desk.word_count {
                    ui.separator();
                    ui.label(self.words.count("word-count", count));
                }
            });
        });
        ui.add_space(1.0);
    }

    /// Questions that must be answered before anything else.
    pub(super) fn ask(&mut self, ctx: &egui::Context) {
        self.ask_question(ctx);
        self.ask_templates(ctx);
        self.ask_people(ctx);
        self.ask_about(ctx);
        // What was found comes when its journal is read, and waits for the answer to what was asked before.
        if self.questions.is_empty() && !self.templates.is_asking() && self.people.is_none() {
            self.look_again(ctx);
            self.ask_recovery(ctx);
        }
    }
}
