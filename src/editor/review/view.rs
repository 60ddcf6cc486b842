//! The panel: changes that are open, below them what the other language says otherwise, and the comments.

use egui::{Button, ScrollArea, Ui};

use super::{
    super::{
        Editor, comparison,
        field::Canvas,
        field_names::{name_in, signing_date},
        prose::{self, Look},
        theme::{self, accents, name_button},
        words::Words,
    },
    Act, ReviewPanel,
};
use crate::{
    dates,
    release::{Field, Paragraph, Release, RichText, markup},
    review::{Hand, Proposal, What},
};

impl Editor {
    /// Shows the panel in the room that it has.
    pub(in super::super) fn review_view(&mut self, ui: &mut Ui) {
        let mut panel = std::mem::take(&mut self.review);
        let mut act = None;
        theme::at_once(ScrollArea::vertical()).id_salt("review").auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - 12.0);
            self.changes_view(ui, &mut panel, &mut act);
            self.counterpart_view(ui, &mut panel, &mut act);
            if panel.shows_comments {
                self.comments_view(ui, &mut panel, &mut act);
            }
            theme::follow_focus(ui, "review");
        });
        if let Some(act) = act {
            self.act(&mut panel, act);
            ui.ctx().request_repaint();
        }
        self.review = panel;
        if std::mem::take(&mut self.review.is_typed) {
            self.record();
        }
        self.follow_counterpart();
    }

    fn changes_view(&mut self, ui: &mut Ui, panel: &mut ReviewPanel, act: &mut Option<Act>) {
        let Some(returned) = &mut panel.returned else { return };
        let (words, canvas, document) = (&self.words, &mut self.canvas, &self.desk.document);
        if returned.revision != document.revision() {
            returned.follow(document);
        }
        let file = returned.path.file_name().unwrap_or_default().to_string_lossy();
        ui.add_space(8.0);
        prose::paragraph_in(ui, canvas, words, &words.with("review-of", &[("file", &file)]), Look::heading());
        let open = words.digits(&returned.open.len().to_string());
        let count = words.digits(&returned.count.max(returned.open.len()).to_string());
        let count = words.with("review-open", &[("open", &open), ("count", &count)]);
        prose::paragraph_in(ui, canvas, words, &count, Look::weak(ui));
        ui.horizontal(|ui| {
            let all = Button::new(words.get("review-accept-all"));
            if ui.add_enabled(!returned.open.is_empty(), all).clicked() {
                *act = Some(Act::AcceptAll);
            }
            if ui.button(words.get("review-end")).clicked() {
                *act = Some(Act::Close);
            }
        });
        ui.separator();
        let goes_on = panel.decided.take().map(|index| index.min(returned.open.len().saturating_sub(1)));
        for (index, proposal) in returned.open.iter().enumerate() {
            let has_focus = goes_on == Some(index);
            change_view(ui, canvas, (words, document.release()), (index, proposal), has_focus, act);
        }
    }
}

/// One change, with the buttons that decide about it.
fn change_view(
    ui: &mut Ui,
    canvas: &mut Canvas,
    (words, release): (&Words, &Release),
    (index, proposal): (usize, &Proposal),
    has_focus: bool,
    act: &mut Option<Act>,
) {
    let part = part_name(words, release, proposal);
    let by = proposal.by.as_ref().map(|hand| hand_text(words, hand));
    let head = [Some(part.clone()), by].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    prose::paragraph_in(ui, canvas, words, &head, Look::note(ui));
    let accents = accents(ui.visuals());
    // A line break has no glyph in a button.
    let (before, after) = sides(words, proposal);
    let [before, after] = [before, after].map(|side| side.map(|text| text.replace('\n', " ")));
    let mut shown = Vec::new();
    if let Some(before) = &before {
        shown.push(prose::link(ui, canvas, words, &format!("−  {before}"), Look::ink(accents.warning), true));
    }
    if let Some(after) = &after {
        shown.push(prose::link(ui, canvas, words, &format!("+  {after}"), Look::ink(accents.good), true));
    }
    if shown.iter().any(egui::Response::clicked) {
        *act = Some(Act::GoTo(proposal.place.clone()));
    }
    ui.horizontal(|ui| {
        let said = [before, after].into_iter().flatten().collect::<Vec<_>>().join(" → ");
        let accept = ui.button(words.get("review-accept"));
        name_button(&accept, &format!("{}: {part}, {said}", words.get("review-accept")));
        if has_focus {
            accept.request_focus();
        }
        if accept.clicked() {
            *act = Some(Act::Accept(index));
        }
        let refuse = ui.button(words.get("review-refuse"));
        name_button(&refuse, &format!("{}: {part}, {said}", words.get("review-refuse")));
        if refuse.clicked() {
            *act = Some(Act::Refuse(index));
        }
    });
    ui.separator();
}

/// Where a change is, as the form calls it.
fn part_name(words: &Words, release: &Release, proposal: &Proposal) -> String {
    match &proposal.what {
        What::Date { .. } => words.get("date").to_owned(),
        What::Blocks { before, .. } if before.is_empty() => words.get("review-added").to_owned(),
        What::Blocks { .. } => words.get("review-removed").to_owned(),
        What::Kind { .. } => format!("{}: {}", place_name(words, release, proposal), words.get("block")),
        What::Words { .. } => place_name(words, release, proposal),
    }
}

fn place_name(words: &Words, release: &Release, proposal: &Proposal) -> String {
    let field: Field = proposal.place.field;
    name_in(words, release, field)
}

/// What the draft has and what they have.
fn sides(words: &Words, proposal: &Proposal) -> (Option<String>, Option<String>) {
    let text = |text: &RichText| {
        let said =
            if text.runs().any(|(_, style)| style != crate::release::Style::PLAIN) || text.notes().next().is_some() {
                markup::write(text)
            } else {
                text.as_str().to_owned()
            };
        (!text.is_empty()).then(|| visible(&said))
    };
    let blocks = |blocks: &[Paragraph]| {
        let said: Vec<String> = blocks.iter().map(|block| markup::write(&block.text)).collect();
        (!blocks.is_empty()).then(|| comparison::cut(&said.join(" | "), 0))
    };
    match &proposal.what {
        What::Words { before, after } => {
            // Where marks alone differ, both are written with theirs.
            if before.as_str() == after.as_str() && before != after {
                return (Some(markup::write(before)), Some(markup::write(after)));
            }
            (text(before), text(after))
        }
        What::Blocks { before, after } => (blocks(before), blocks(after)),
        What::Kind { before, after } => {
            (Some(comparison::block_name(words, *before)), Some(comparison::block_name(words, *after)))
        }
        What::Date { before, after } => {
            let date = |date| Some(signing_date(words, date)).filter(|said| !said.is_empty());
            (date(before), date(after))
        }
    }
}

/// A text in which a space that is all of it, and the ends of lines, are seen.
fn visible(text: &str) -> String {
    let text = text.replace('\n', "↵");
    if text.trim().is_empty() { text.replace(' ', "␣") } else { text }
}

/// Who, and when.
pub(super) fn hand_text(words: &Words, hand: &Hand) -> String {
    let when = hand.when.filter(|time| (1..=9999).contains(&chrono::Datelike::year(time))).map(|time| {
        let clock = words.digits(&time.format("%H:%M").to_string());
        format!("{} {clock}", dates::date_in(words.of_releases(), time.date()))
    });
    [Some(hand.who.clone()), when].into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
