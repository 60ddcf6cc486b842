//! Links: words that lead to an address, made and changed in a question, and addresses in the text made links.
//!
//! Knows the document and the question. Invariant: a link is made only of an address that a link may have.

use egui::{Button, Id, RichText as Label};

use super::{
    Command, Editor,
    errors::Localise,
    field::{Leave, PlainField},
    question::{Linking, Question},
    theme,
};
use crate::{
    editing::{Position, Selection, Slice, Step},
    release::{Address, Field, RichText, addresses_in, clean},
};

impl Editor {
    /// Asks where the selected words are to lead, or those of the link that the caret is in.
    pub(super) fn open_linking(&mut self) {
        let Some(selection) = self.form.place().filter(|place| place.field().is_rich()) else { return };
        let release = self.desk.document.release();
        let Some(text) = release.text(selection.field()) else { return };
        let mut place = selection;
        let at = selection.start().byte;
        let known = text.link_at(at).or_else(|| text.link_at(at.checked_sub(1)?));
        let link = known.filter(|(range, _)| {
            selection.single().is_some_and(|(_, selected)| range.start <= selected.start && selected.end <= range.end)
        });
        if let Some((range, _)) = &link {
            place = Selection::select(selection.field(), range.clone());
        }
        let words = place.single().map(|(_, range)| text.as_str().get(range).unwrap_or_default().to_owned());
        let written = words.as_deref().and_then(|words| Address::typed(words).ok());
        let address = link.as_ref().map(|(_, address)| address.to_string());
        let address = address.or(written.map(|address| address.to_string())).unwrap_or_default();
        let linking = Linking {
            place,
            revision: self.desk.document.revision(),
            before: (words.clone(), address.clone()),
            words,
            address,
            is_link: link.is_some(),
            states: Default::default(),
            focus: true,
        };
        self.questions.push_back(Question::Link(Box::new(linking)));
    }

    pub(super) fn ask_link(&mut self, mut linking: Box<Linking>, ctx: &egui::Context) -> Option<Question> {
        let (mut ok, mut remove, mut cancel) = (false, false, false);
        let (words, canvas, settings) = (&self.words, &mut self.canvas, &self.settings);
        let mut address = Address::typed(&linking.address);
        let question = theme::question(ctx, "link").show(ctx, |ui| {
            ui.set_width(440.0);
            ui.label(Label::new(words.get("link-title")).font(theme::strong(17.0)));
            ui.add_space(6.0);
            let Linking { words: shown, address: typed, states, focus, is_link, .. } = &mut *linking;
            let [words_state, address_state] = states;
            let plain = |name: &'static str, hint: &'static str| {
                let id = Id::unique(("link", name));
                PlainField {
                    id,
                    label: words.get(name),
                    hint: words.get(hint),
                    multiline: false,
                    names: None,
                    quotes: None,
                }
            };
            let first = if shown.as_ref().is_some_and(String::is_empty) { "link-words" } else { "link-address" };
            *focus = *focus && !theme::focus(ui, Id::unique(("link", first)));
            let mut is_next = |leave: Option<Leave>| ok |= leave == Some(Leave::Next);
            if let Some(shown) = shown {
                ui.label(words.get("link-words"));
                is_next(plain("link-words", "link-words-hint").show(ui, shown, words_state, canvas, settings).leave);
            }
            ui.label(words.get("link-address"));
            let output = plain("link-address", "link-address-hint").show(ui, typed, address_state, canvas, settings);
            is_next(output.leave);
            address = Address::typed(typed);
            if let Err(error) = &address
                && !typed.trim().is_empty()
            {
                let ink = theme::accents(ui.visuals()).warning;
                ui.label(Label::new(error.localised(words)).small().color(ink));
            }
            ui.add_space(10.0);
            ui.horizontal(|ui| {
                ok |= ui.add_enabled(address.is_ok(), Button::new(words.get("link-ok"))).clicked();
                if *is_link {
                    remove = ui.button(words.get("link-remove")).clicked();
                }
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    cancel = ui.button(words.get("cancel")).clicked();
                });
            });
        });
        // What was typed goes by a button alone, not by a key or a click beside it.
        let leaves = cancel || question.should_close() && !linking.is_begun();
        if leaves || linking.revision != self.desk.document.revision() {
            self.form.go_to(linking.place);
            return None;
        }
        match address {
            _ if remove => self.put_link(*linking, None),
            Ok(address) if ok => self.put_link(*linking, Some(&address)),
            _ => return Some(Question::Link(linking)),
        }
        None
    }

    fn put_link(&mut self, linking: Linking, address: Option<&Address>) {
        let Linking { place, words, before, .. } = linking;
        self.form.forget_typing();
        let document = &mut self.desk.document;
        document.close_step(Some(place));
        let is_reworded = words != before.0 || place.is_empty();
        let after = match (words.filter(|_| is_reworded && address.is_some()), address) {
            (Some(words), Some(address)) => {
                let words = clean(&words, false);
                let words = if words.trim().is_empty() { address.for_readers() } else { &words };
                let start = place.start();
                let style = document.release().text(start.field).map(|text| match place.single() {
                    Some((_, range)) if !range.is_empty() => text.style_of(range),
                    _ => text.style_before(start.byte),
                });
                let link = RichText::link(words, style.unwrap_or_default(), address);
                let end = Position::new(start.field, start.byte + link.len());
                let replaced = document.replace(Step::Link, place, place.range(), &Slice::text(link));
                replaced.map(|_| Selection::caret(end))
            }
            _ => document.transform(Step::Link, place, |text| {
                let mut text = text.clone();
                text.set_link(0..text.len(), address);
                text
            }),
        };
        self.desk.document.close_step(None);
        self.form.go_to(after.unwrap_or(place));
    }

    /// Takes the link away that the caret is in, or those of the selection.
    pub(super) fn unlink(&mut self) {
        let Some(selection) = self.form.place().filter(|place| place.field().is_rich()) else { return };
        let link = self.desk.document.release().text(selection.field()).and_then(|text| {
            let at = selection.head.byte;
            text.link_at(at).or_else(|| text.link_at(at.checked_sub(1)?)).map(|(range, _)| range)
        });
        let place = match link.filter(|_| selection.is_empty()) {
            Some(range) => Selection::select(selection.field(), range),
            None => selection,
        };
        self.desk.document.transform(Step::Link, place, |text| {
            let mut text = text.clone();
            text.set_link(0..text.len(), None);
            text
        });
        self.form.go_to(selection);
    }

    /// Makes links of the addresses that are written out in the text, and says how many there were.
    pub(super) fn link_addresses(&mut self) {
        self.form.settle(&mut self.desk.document);
        let place = self.form.place();
        let mut count = 0;
        self.desk.document.close_step(place);
        self.desk.document.change(Step::Link, place, |release| {
            let rich: Vec<Field> = release.fields().filter(|field| field.is_rich()).collect();
            for field in rich {
                let Some(text) = release.text(field) else { continue };
                let mut found = addresses_in(text.as_str());
                found.retain(|(range, _)| text.link_of(range.clone()).is_none());
                if found.is_empty() {
                    continue;
                }
                let mut text = text.into_owned();
                count += found.len();
                for (range, address) in found {
                    text.set_link(range, Some(&address));
                }
                release.set_text(field, text);
            }
        });
        self.desk.document.close_step(place);
        self.say(self.words.count("links-made", count), None);
    }

    /// Whether a link can be made where the caret is.
    pub(super) fn can_link(&self) -> bool {
        self.form.current().is_some_and(Field::is_rich)
    }
}

/// The commands for a selection in a text: to change its link, or make one.
pub(super) fn offered(text: &RichText, selection: Selection) -> Vec<(&'static str, Command)> {
    let Some((_, range)) = selection.single().filter(|(field, _)| field.is_rich()) else { return Vec::new() };
    let at = range.start;
    let is_in_link = text.link_at(at).or_else(|| text.link_at(at.checked_sub(1)?)).is_some();
    match (is_in_link, range.is_empty()) {
        (true, _) => vec![("link-edit", Command::Link), ("link-remove", Command::Unlink)],
        (false, false) => vec![(Command::Link.name(), Command::Link)],
        (false, true) => Vec::new(),
    }
}
