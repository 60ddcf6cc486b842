//! The setting of the page: paper, margins, type, number of pages.

use egui::{RichText as Label, Ui, vec2};

use super::{
    super::{command::Command, editing::Step, field_names::fit_name, words::Words},
    Context,
};
use crate::{
    release::{Fit, Language, PageSetup, Paper},
    typeset::Fitted,
};

/// The controls of the page.
pub(super) fn page_setup(ui: &mut Ui, with: &mut Context<'_>) {
    let words = with.words;
    let mut numbers = Numbers::default();
    let mut language = with.document.release().language;
    let mut page = with.document.release().page.clone();
    egui::Grid::new("page-setup").num_columns(2).spacing(vec2(14.0, 8.0)).show(ui, |ui| {
        ui.label(words.get("release-language"));
        ui.horizontal(|ui| {
            ui.selectable_value(&mut language, Language::English, words.get("english"));
            ui.selectable_value(&mut language, Language::Khmer, words.get("khmer"));
        });
        ui.end_row();
        ui.label(words.get("paper"));
        ui.horizontal(|ui| {
            ui.selectable_value(&mut page.paper, Paper::A4, words.get("paper-a4"));
            ui.selectable_value(&mut page.paper, Paper::Letter, words.get("paper-letter"));
        });
        ui.end_row();
        ui.label(words.get("margins"));
        ui.horizontal_wrapped(|ui| {
            let margins = &mut page.margins;
            for (name, value) in [
                ("margin-top", &mut margins.top),
                ("margin-right", &mut margins.right),
                ("margin-bottom", &mut margins.bottom),
                ("margin-left", &mut margins.left),
            ] {
                ui.label(Label::new(words.get(name)).weak());
                let drag = egui::DragValue::new(value).range(PageSetup::MARGINS).speed(0.5).max_decimals(1);
                let response = ui.add(drag);
                numbers.hear(&response);
                response.widget_info(|| {
                    egui::WidgetInfo::labeled(
                        egui::Role::SpinButton,
                        true,
                        format!("{} {}", words.get("margins"), words.get(name)),
                    )
                });
            }
        });
        ui.end_row();
        let house = crate::typeset::house::house(language);
        let sizes = (house.body_size, PageSetup::BODY_SIZES, 0.5);
        usual(ui, words, "body-size", &mut page.body_size, sizes, &mut numbers);
        ui.end_row();
        let leadings = (house.leading, PageSetup::LEADINGS, 0.05);
        usual(ui, words, "leading", &mut page.leading, leadings, &mut numbers);
        ui.end_row();
        ui.label(words.get("fit"));
        ui.horizontal(|ui| {
            for fit in [Fit::AsSet, Fit::OnePage, Fit::TwoPages] {
                // Whether it can be done is known when the pages are set.
                if ui.selectable_label(page.fit == fit, words.get(fit_name(fit))).clicked() && page.fit != fit {
                    with.commands.push(Command::Fit(fit));
                }
            }
        });
        ui.end_row();
    });
    if let Some(done) = with.fitted.map(|fitted| fitted_text(words, fitted)) {
        ui.label(Label::new(done).weak());
    }
    ui.checkbox(&mut page.justified, words.get("justified"));
    // Only English is divided by hyphens.
    ui.add_enabled(page.justified, egui::Checkbox::new(&mut page.hyphenate, words.get("hyphenate")));
    ui.checkbox(&mut page.page_numbers, words.get("page-numbers"));
    ui.add_enabled(page.page_numbers, egui::Checkbox::new(&mut page.page_count, words.get("page-count")));
    ui.checkbox(&mut page.running_headline, words.get("running-headline"));
    if language != with.document.release().language {
        with.document.change(Step::Language, None, |release| release.language = language);
    }
    if numbers.begin {
        with.document.close_step(None);
    }
    if page != with.document.release().page {
        if !numbers.are_set {
            with.document.close_step(None);
        }
        with.document.change(Step::Setup, None, |release| release.page = page);
        if !numbers.are_set {
            with.document.close_step(None);
        }
    }
}

/// What is done with the numbers in a frame: from the first digit or the beginning of a drag to the end it is one
/// step of undo.
#[derive(Default)]
struct Numbers {
    /// Whether one of them has the keyboard or the mouse.
    are_set: bool,
    /// Whether that has just begun.
    begin: bool,
}

impl Numbers {
    fn hear(&mut self, response: &egui::Response) {
        self.are_set |= response.has_focus() || response.dragged() || response.lost_focus() || response.drag_stopped();
        self.begin |= response.gained_focus() || response.drag_started();
    }
}

/// What was done to fill the pages that were asked for.
pub fn fitted_text(words: &Words, fitted: Fitted) -> String {
    let percent = |share: f32| words.digits(&format!("{:.0}", share * 100.0));
    match fitted {
        Fitted::TooLong { lines } => words.count("fitted-too-long", lines),
        Fitted::Changed { size, leading } => {
            words.with("fitted-changed", &[("size", &percent(size)), ("leading", &percent(leading))])
        }
    }
}

/// A number that is the house's own unless another is asked for: with the usual one, the range, and the speed of a
/// drag.
fn usual(
    ui: &mut Ui,
    words: &Words,
    name: &str,
    value: &mut Option<f32>,
    (usual, range, step): (f32, std::ops::RangeInclusive<f32>, f64),
    numbers: &mut Numbers,
) {
    ui.label(words.get(name));
    ui.horizontal(|ui| {
        let mut as_usual = value.is_none();
        let mut number = value.unwrap_or(usual);
        let drag = egui::DragValue::new(&mut number).range(range).speed(step).max_decimals(2);
        let response = ui.add_enabled(!as_usual, drag);
        numbers.hear(&response);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, !as_usual, words.get(name)));
        ui.checkbox(&mut as_usual, words.get("as-usual"));
        *value = (!as_usual).then_some(number);
    });
}
