//! The part of the form that says what a template asks for and what it fixes, and in a draft the
//! line that says what its template has fixed.

use std::collections::HashMap;

use egui::{Id, RichText as Label, Ui};

use super::super::{
    command::Command,
    editing::Step,
    field::{FieldState, PlainField},
    field_names::{kind_name, lock_name},
    form::Context,
    theme::{self, icon},
    words::Words,
};
use crate::release::{Kind, Lock, Placeholder, Release, Template, placeholders::written};

/// The carets of the section's fields, by what they are and the placeholder they belong to.
#[derive(Default)]
pub struct Section(HashMap<(&'static str, String), FieldState>);

/// A placeholder of each kind, in the order of their buttons.
pub(super) const KINDS: [Kind; 4] = [Kind::Text, Kind::LongText, Kind::Date, Kind::Choice(Vec::new())];

/// A box for each part that can be fixed.
pub(super) fn lock_boxes(ui: &mut Ui, words: &Words, locked: &mut Vec<Lock>) {
    ui.label(words.get("locks"));
    ui.horizontal_wrapped(|ui| {
        for lock in Lock::ALL {
            let mut on = locked.contains(&lock);
            if ui.checkbox(&mut on, words.get(lock_name(lock))).changed() {
                locked.retain(|other| *other != lock);
                if on {
                    locked.push(lock);
                    locked.sort_unstable();
                }
            }
        }
    });
}

/// Says that a part is fixed, with the way to unlock it, and whether it is.
pub fn locked(ui: &mut Ui, with: &mut Context<'_>, lock: Lock) -> bool {
    let locked = with.document.release().is_locked(lock);
    if locked {
        ui.horizontal(|ui| {
            ui.label(Label::new(format!("{}  {}", icon::LOCK, with.words.get("locked"))).weak());
            let name = format!("{} ({})", with.words.get("unlock"), with.words.get(lock_name(lock)));
            let button = ui.small_button(with.words.get("unlock"));
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
            if button.on_hover_text(with.words.get("unlock-hint")).clicked() {
                with.document.change(Step::Lock, None, |release| release.locked.retain(|other| *other != lock));
            }
        });
    }
    locked && with.document.release().is_locked(lock)
}

/// Shows what a template asks for and fixes, or in a draft how much is still to be filled in.
pub fn show(ui: &mut Ui, with: &mut Context<'_>, section: &mut Section) {
    let release = with.document.release();
    if release.template.is_none() {
        let open = release.asked().len();
        if open > 0 {
            ui.horizontal(|ui| {
                let text = with.words.count("fill-open", open);
                ui.label(Label::new(text).color(theme::accents(ui.visuals()).warning));
                let command = Command::FillIn;
                if ui.button(format!("{}  {}", command.icon(), with.words.get(command.name()))).clicked() {
                    with.commands.push(command);
                }
            });
            ui.add_space(4.0);
        }
        return;
    }
    let title = Label::new(with.words.get("section-template")).font(theme::strong(15.5));
    egui::CollapsingHeader::new(title).id_salt("template").default_open(true).show_unindented(ui, |ui| {
        ui.add_space(2.0);
        let mut changed = with.document.release().clone();
        template(ui, with, &mut changed, section);
        let now = with.document.release();
        if changed != *now {
            let same = changed.placeholders == now.placeholders;
            let step = if same { Step::Template } else { Step::Placeholder };
            with.document.change(step, None, |release| *release = changed);
        }
        ui.add_space(8.0);
    });
    ui.add_space(2.0);
}

fn template(ui: &mut Ui, with: &mut Context<'_>, release: &mut Release, section: &mut Section) {
    let asked = release.asked();
    let Release { template, placeholders, locked, .. } = release;
    if let Some(Template { name, purpose }) = template {
        text(ui, with, section, ("template-name", ""), name, false);
        text(ui, with, section, ("template-purpose", ""), purpose, false);
    }
    ui.add_space(2.0);
    lock_boxes(ui, with.words, locked);
    ui.add_space(4.0);
    ui.label(with.words.get("placeholders"));
    if asked.is_empty() {
        ui.label(Label::new(with.words.get("placeholders-none")).weak());
    }
    let mut removed = None;
    let declared = placeholders.len();
    let undeclared = asked.iter().filter(|one| !placeholders.iter().any(|other| other.name == one.name));
    let mut shown: Vec<Placeholder> = placeholders.iter().chain(undeclared).cloned().collect();
    for (index, placeholder) in shown.iter_mut().enumerate() {
        let unused = !asked.iter().any(|one| one.name == placeholder.name);
        let title = format!("{}  {}", written(&placeholder.name), with.words.get(kind_name(&placeholder.kind)));
        let title = if unused { Label::new(title).weak() } else { Label::new(title) };
        egui::CollapsingHeader::new(title).id_salt(("placeholder", &placeholder.name)).show(ui, |ui| {
            if unused {
                ui.horizontal(|ui| {
                    ui.label(Label::new(with.words.get("placeholder-unused")).weak());
                    if ui.small_button(with.words.get("placeholder-remove")).clicked() {
                        removed = Some(index);
                    }
                });
            }
            declaration(ui, with, section, placeholder);
        });
    }
    // One that was never declared is declared once something is said of it.
    let said = |(index, one): &(usize, Placeholder)| *index < declared || !asked.contains(one);
    let kept = shown.into_iter().enumerate().filter(|(index, _)| removed != Some(*index)).filter(said);
    *placeholders = kept.map(|(_, one)| one).collect();
}

fn declaration(ui: &mut Ui, with: &mut Context<'_>, section: &mut Section, placeholder: &mut Placeholder) {
    let Placeholder { name, kind, prompt, default } = placeholder;
    ui.horizontal(|ui| {
        for one in KINDS {
            let name = with.words.get(kind_name(&one));
            if ui.selectable_label(kind_name(kind) == kind_name(&one), name).clicked()
                && kind_name(kind) != kind_name(&one)
            {
                *kind = one;
            }
        }
    });
    if let Kind::Choice(choices) = kind {
        let mut lines = choices.join("\n");
        let before = lines.clone();
        text(ui, with, section, ("make-choices", name.as_str()), &mut lines, true);
        if lines != before {
            // Empty lines are kept while one types; they are no choices when one is made.
            *choices = lines.split('\n').map(str::to_owned).collect();
        }
    }
    text(ui, with, section, ("make-prompt", name.as_str()), prompt, false);
    text(ui, with, section, ("make-default", name.as_str()), default, *kind == Kind::LongText);
}

fn text(
    ui: &mut Ui,
    with: &mut Context<'_>,
    section: &mut Section,
    (name, of): (&'static str, &str),
    value: &mut String,
    multiline: bool,
) {
    let label = with.words.get(name);
    ui.label(label);
    let field =
        PlainField { id: Id::unique(("template", name, of)), label, hint: "", multiline, names: None, quotes: None };
    field.show(ui, value, section.0.entry((name, of.to_owned())).or_default(), with.canvas, with.settings);
}
