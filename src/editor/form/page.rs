//! The setting of the page: paper, margins, type, number of pages.

use egui::{Layout, RichText as Label, Ui, vec2};

use super::{
    super::{
        command::Command,
        editing::Step,
        field_names::fit_name,
        number::{number_box, stay_after_enter},
        words::Words,
    },
    Context,
};
use crate::{
    release::{Fit, KhmerFace, Language, Margins, PageSetup, Paper},
    typeset::Fitted,
};

/// The labels of the rows, which are below each other.
const LABELS: [&str; 7] = ["release-language", "paper", "margins", "body-size", "leading", "khmer-face", "fit"];
/// White space between a label and its controls, in points.
const GAP: f32 = 14.0;
/// The least room for controls beside their label, in points; where there is less, they come below it.
const CONTROLS: f32 = 200.0;
/// The width of the box of a number of three digits, in points.
const NUMBER: f32 = 48.0;

/// The width of the list of faces, in points.
const FACE: f32 = 150.0;

/// The controls of the page.
pub(super) fn page_setup(ui: &mut Ui, with: &mut Context<'_>) {
    let words = with.words;
    let mut numbers = Numbers::default();
    let mut language = with.document.release().language;
    let mut page = with.document.release().page.clone();
    let column = LABELS.iter().map(|name| label_width(ui, words.get(name))).fold(0.0, f32::max);
    row(ui, words.get("release-language"), column, |ui| {
        ui.selectable_value(&mut language, Language::English, words.get("english"));
        ui.selectable_value(&mut language, Language::Khmer, words.get("khmer"));
    });
    row(ui, words.get("paper"), column, |ui| {
        ui.selectable_value(&mut page.paper, Paper::A4, words.get("paper-a4"));
        ui.selectable_value(&mut page.paper, Paper::Letter, words.get("paper-letter"));
    });
    beside(ui, words.get("margins"), column, |ui| margins(ui, words, &mut page.margins, &mut numbers));
    let house = crate::typeset::house::house(language);
    let sizes = (house.body_size, PageSetup::BODY_SIZES, 0.5);
    row(ui, words.get("body-size"), column, |ui| {
        usual(ui, words, "body-size", &mut page.body_size, sizes, &mut numbers);
    });
    let leadings = (house.leading, PageSetup::LEADINGS, 0.05);
    row(ui, words.get("leading"), column, |ui| {
        usual(ui, words, "leading", &mut page.leading, leadings, &mut numbers);
    });
    let chosen = page.khmer_face;
    row(ui, words.get("khmer-face"), column, |ui| {
        let list = egui::ComboBox::from_id_salt("khmer-face").selected_text(chosen.name()).width(FACE);
        let shown = list.show_ui(ui, |ui| {
            for face in KhmerFace::ALL {
                ui.selectable_value(&mut page.khmer_face, face, face.name());
            }
        });
        let is_enabled = ui.is_enabled();
        shown.response.widget_info(|| {
            let mut info = egui::WidgetInfo::labeled(egui::Role::ComboBox, is_enabled, words.get("khmer-face"));
            info.current_text_value = Some(chosen.name().to_owned());
            info
        });
    });
    row(ui, words.get("fit"), column, |ui| {
        for fit in [Fit::AsSet, Fit::OnePage, Fit::TwoPages] {
            // Whether it can be done is known when the pages are set.
            if ui.selectable_label(page.fit == fit, words.get(fit_name(fit))).clicked() && page.fit != fit {
                with.commands.push(Command::Fit(fit));
            }
        }
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

/// The width of a label, in points.
fn label_width(ui: &Ui, text: &str) -> f32 {
    let font = egui::TextStyle::Body.resolve(ui.style());
    ui.painter().layout_no_wrap(text.to_owned(), font, ui.visuals().text_color()).size().x
}

/// A row: a label as wide as those of all rows, and beside it its controls, which go on in the next line where the
/// form ends.
fn row(ui: &mut Ui, label: &str, column: f32, controls: impl FnOnce(&mut Ui)) {
    beside(ui, label, column, |ui| _ = ui.horizontal_wrapped(controls));
}

/// A label and its controls in lines of their own making.
fn beside(ui: &mut Ui, label: &str, column: f32, controls: impl FnOnce(&mut Ui)) {
    if ui.available_width() < column + GAP + CONTROLS {
        ui.label(label);
        return controls(ui);
    }
    ui.horizontal_top(|ui| {
        let size = vec2(column, ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(egui::Align::Center), |ui| {
            ui.set_min_size(size);
            ui.label(label);
        });
        ui.add_space(GAP - ui.spacing().item_spacing.x);
        ui.vertical(controls);
    });
}

/// The margins: as many beside each other as there is room for, each with its name.
fn margins(ui: &mut Ui, words: &Words, margins: &mut Margins, numbers: &mut Numbers) {
    let sides = [
        ("margin-top", &mut margins.top),
        ("margin-right", &mut margins.right),
        ("margin-bottom", &mut margins.bottom),
        ("margin-left", &mut margins.left),
    ];
    let gap = ui.spacing().item_spacing.x;
    let names = sides.each_ref().map(|(name, _)| label_width(ui, words.get(name)));
    let needed = |across: usize| {
        let column = |column: usize| names.iter().skip(column).step_by(across).copied().fold(0.0, f32::max);
        (0..across).map(|at| column(at) + NUMBER + 2.0 * gap).sum::<f32>() - gap
    };
    let across = [4, 2].into_iter().find(|&across| needed(across) <= ui.available_width()).unwrap_or(1);
    // One of its own for each number of columns: a grid remembers how wide they were.
    egui::Grid::new(("margins", across)).spacing(vec2(gap, 8.0)).min_col_width(0.0).show(ui, |ui| {
        for (index, (name, value)) in sides.into_iter().enumerate() {
            ui.label(Label::new(words.get(name)).weak());
            let drag = number_box(words, value).range(PageSetup::MARGINS).speed(0.5).decimals(1);
            let response = ui.add(drag);
            numbers.hear(&response);
            response.widget_info(|| {
                let name = format!("{} {}", words.get("margins"), words.get(name));
                egui::WidgetInfo::labeled(egui::Role::SpinButton, true, name)
            });
            if (index + 1) % across == 0 {
                ui.end_row();
            }
        }
    });
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
        stay_after_enter(response);
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
    let mut as_usual = value.is_none();
    let mut number = value.unwrap_or(usual);
    let drag = number_box(words, &mut number).range(range).speed(step).decimals(2);
    let response = ui.add_enabled(!as_usual, drag);
    numbers.hear(&response);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, !as_usual, words.get(name)));
    ui.checkbox(&mut as_usual, words.get("as-usual"));
    *value = (!as_usual).then_some(number);
}
