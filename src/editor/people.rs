//! The names and titles that are completed and compared, kept in the window: the user's own list is
//! changed here, and those that an office shares are looked at.
//!
//! Its invariant: what was typed about a person is discarded by a button only, never by a key or a click elsewhere.

mod view;

use std::{collections::HashSet, path::PathBuf};

use egui::{Id, RichText as Label};

use super::{
    Editor,
    disk::{self, lists::NameChange},
    errors::Localise as _,
    field::FieldState,
    jobs::{Answer, Task},
    theme,
    words::Words,
};
use crate::{
    khmer::is_khmer,
    release::{Field, Language, SignatoryLine},
    roster::{Both, Fault, Person, form},
    storage::StorageError,
};

/// The width of the list, in points.
const LIST: f32 = 250.0;
/// The height of a row of the list, in points.
const ROW: f32 = 26.0;

/// The list, while it is looked at.
pub struct People {
    path: PathBuf,
    /// Tells this window of the list from those opened before.
    number: u64,
    own: Vec<Person>,
    /// A person on a list that an office shares, and the list.
    shared: Vec<(Person, String)>,
    /// Who is to be chosen if they are on a list.
    sought: Person,
    search: String,
    /// Who is found by the search, and what was searched for; `None` if that is to be looked up.
    found: Option<(Vec<Chosen>, String)>,
    chosen: Chosen,
    /// What is in the fields.
    entry: Person,
    /// What stood in them when they were filled.
    before: Person,
    error: Option<String>,
    /// Whether the list is being read or written.
    is_waiting: bool,
    /// Whether it is being written: what is in the fields is then replaced by what was kept.
    is_writing: bool,
    /// Whether deleting was asked for once.
    really: bool,
    states: Box<[FieldState; 7]>,
    /// The field that is to get the caret.
    wanted: Option<Id>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chosen {
    /// A person who is on no list yet.
    New,
    Own(usize),
    Shared(usize),
}

/// What was asked for.
#[derive(Clone, Copy)]
enum Action {
    Choose(Chosen),
    Keep,
    Discard,
    Delete,
    /// Copy a person from a shared list to the user's own.
    Copy,
    Close,
}

/// A part of a person.
type PersonText = fn(&mut Person) -> &mut Both;

/// The rows of the form.
const ROWS: [(&str, PersonText); 3] = [
    ("person-honorific", |person| &mut person.honorific),
    ("person-name", |person| &mut person.name),
    ("person-title", |person| &mut person.title),
];

fn id(row: &str, language: Language) -> Id {
    Id::unique(("person", row, language.tag()))
}

/// Whether two people have the same name in a language.
fn have_one_name(one: &Person, other: &Person) -> bool {
    let same = |one: &str, other: &str| !one.is_empty() && form(one) == form(other);
    same(&one.name.english, &other.name.english) || same(&one.name.khmer, &other.name.khmer)
}

/// A text as what is said in the language whose script it is in.
fn in_its_language(text: &str) -> Both {
    let in_khmer = text.chars().any(is_khmer);
    let text = text.to_owned();
    if in_khmer { Both { khmer: text, ..Both::default() } } else { Both { english: text, ..Both::default() } }
}

/// A person as a text introduces them: Her Excellency KAMIKAWA Yoko, Minister for Foreign Affairs of Japan.
fn introduced(text: &str) -> Person {
    let bare = |text: &str| text.trim_matches(|c: char| c.is_whitespace() || ",.;:“”«»\"()។".contains(c)).to_owned();
    let text = bare(text);
    let (name, title) = text.split_once(',').map_or((text.as_str(), ""), |(name, title)| (name, title));
    let styles = ["His Excellency ", "Her Excellency ", "H.E. "];
    let style = styles.into_iter().find(|style| name.starts_with(style)).unwrap_or_default();
    let name = name.get(style.len()..).unwrap_or_default();
    Person {
        name: in_its_language(&bare(name)),
        honorific: in_its_language(style),
        title: in_its_language(&bare(title)),
    }
}

impl People {
    /// The list at a path, before it is read. `sought` is chosen if they are on a list.
    fn new(path: PathBuf, number: u64, sought: Person) -> Self {
        let mut states: Box<[FieldState; 7]> = Box::default();
        // The name is gone on with at its end.
        let [_, _, name, ..] = &mut *states;
        let end = sought.name.english.len();
        name.select(end..end);
        Self {
            path,
            number,
            own: Vec::new(),
            shared: Vec::new(),
            search: String::new(),
            found: None,
            chosen: Chosen::New,
            entry: sought.clone(),
            sought,
            before: Person::default(),
            error: None,
            is_waiting: true,
            is_writing: false,
            really: false,
            states,
            wanted: Some(id("person-name", Language::English)),
        }
    }

    /// Chooses who was sought, if nothing else was done meanwhile.
    fn choose_sought(&mut self) {
        if self.chosen != Chosen::New || self.entry != self.sought {
            return;
        }
        let own = self.own.iter().position(|own| have_one_name(own, &self.sought)).map(Chosen::Own);
        let shared = || self.shared.iter().position(|(person, _)| have_one_name(person, &self.sought));
        if let Some(known) = own.or_else(|| shared().map(Chosen::Shared)) {
            self.choose(known);
        }
    }

    fn person(&self, chosen: Chosen) -> Option<&Person> {
        match chosen {
            Chosen::New => None,
            Chosen::Own(index) => self.own.get(index),
            Chosen::Shared(index) => self.shared.get(index).map(|(person, _)| person),
        }
    }

    fn choose(&mut self, chosen: Chosen) {
        self.before = self.person(chosen).cloned().unwrap_or_default();
        self.entry = self.before.clone();
        (self.chosen, self.error, self.really) = (chosen, None, false);
        *self.states = Default::default();
        if chosen == Chosen::New {
            self.wanted = Some(id("person-name", Language::English));
        }
    }

    fn is_changed(&self) -> bool {
        self.entry != self.before
    }

    /// Whether something was typed that closing would lose.
    pub fn is_begun(&self) -> bool {
        self.is_changed() && !(self.chosen == Chosen::New && self.entry == self.sought)
    }

    /// The change that what is in the fields makes; `None` if it cannot be kept, as is then said.
    fn change(&mut self, words: &Words) -> Option<(NameChange, Person)> {
        let entry = self.entry.tidied();
        let wrong = match entry.fault() {
            Some(Fault::Nameless) => Some("names-no-name"),
            Some(Fault::TooLong(_)) => Some("names-too-long"),
            None => None,
        };
        if let Some(wrong) = wrong {
            self.error = Some(words.get(wrong).to_owned());
            return None;
        }
        let change = match self.person(self.chosen).cloned() {
            Some(before) => NameChange::Replace { with: entry.clone(), before },
            None => NameChange::Add(entry.clone()),
        };
        Some((change, entry))
    }

    /// Shows the list as it is after a change, and who is to be chosen.
    fn changed(&mut self, own: Vec<Person>, person: Option<&Person>) {
        (self.own, self.found) = (own, None);
        let at = person.and_then(|person| self.own.iter().position(|own| own == person));
        self.choose(at.map_or(Chosen::New, Chosen::Own));
    }

    /// Everybody who is found by the search: the user's own people, then those of the office.
    fn found(&mut self) -> &[Chosen] {
        let (own, shared, search) = (&self.own, &self.shared, &self.search);
        let found = self.found.take().filter(|(_, searched)| searched == search);
        let (found, _) = self.found.insert(found.unwrap_or_else(|| {
            let wanted = form(search.trim());
            let is_found = |person: &Person| {
                let all = [&person.name, &person.title, &person.honorific];
                wanted.is_empty()
                    || all
                        .into_iter()
                        .flat_map(|both| [&both.english, &both.khmer])
                        .any(|text| form(text).contains(&wanted))
            };
            let own_found = own.iter().enumerate().filter(|(_, person)| is_found(person));
            // A person who is on the user's list in the same words is shown once.
            let known: HashSet<&Person> = own.iter().collect();
            let shared =
                shared.iter().enumerate().filter(|(_, (person, _))| !known.contains(person) && is_found(person));
            let found = own_found.map(|(i, _)| Chosen::Own(i)).chain(shared.map(|(i, _)| Chosen::Shared(i)));
            (found.collect(), search.clone())
        }));
        found
    }
}

impl Editor {
    /// Shows the list; with `person`, who is chosen if they are on it, and otherwise about to be added.
    fn open_people_at(&mut self, person: Person) {
        let Some(path) = self.lists.own_names() else { return };
        let settings = self.settings_file.path.as_deref();
        let shared: Vec<_> = settings.map(|path| self.settings.shared_names_paths(path).collect()).unwrap_or_default();
        self.opened_people += 1;
        let number = self.opened_people;
        self.people = Some(People::new(path.clone(), number, person));
        let own = path.clone();
        self.jobs.start(
            Task::on("doing-list", &path).in_order(),
            move |thread| disk::lists::own_names(thread, &own),
            move |editor: &mut Self, answer| {
                editor.names_came(number, answer, |people, own| {
                    (people.own, people.found) = (own, None);
                    people.choose_sought();
                });
            },
        );
        let Some(first) = shared.first().cloned() else { return };
        self.jobs.start(
            Task::on("doing-list", &first).in_background(),
            move |thread| disk::lists::shared_names(thread, &shared),
            move |editor: &mut Self, answer| {
                let people = editor.people.as_mut().filter(|people| people.number == number);
                if let (Answer::Done(shared) | Answer::Late(shared), Some(people)) = (answer, people) {
                    (people.shared, people.found) = (shared, None);
                    people.choose_sought();
                }
            },
        );
    }

    /// Shows what was read or written of the user's own list.
    fn names_came(
        &mut self,
        number: u64,
        answer: Answer<Result<Vec<Person>, StorageError>>,
        use_them: impl FnOnce(&mut People, Vec<Person>),
    ) {
        let error = match answer {
            Answer::Done(Ok(own)) | Answer::Late(Ok(own)) => {
                if let Some(people) = self.people.as_mut().filter(|people| people.number == number) {
                    (people.is_waiting, people.is_writing) = (false, false);
                    use_them(people, own);
                }
                return;
            }
            Answer::Done(Err(error)) | Answer::Late(Err(error)) => error.localised(&self.words),
            Answer::Stopped => self.words.get("stopped").to_owned(),
            Answer::Lost => self.words.get("job-lost").to_owned(),
        };
        match self.people.as_mut().filter(|people| people.number == number) {
            Some(people) => {
                (people.error, people.is_waiting, people.is_writing) = (Some(error), false, false);
            }
            None => self.failed(error),
        }
    }

    /// Changes the user's own list; `person` is chosen then, and after that `next` is done.
    fn change_names(&mut self, change: NameChange, person: Option<Person>, next: Option<Action>) {
        let Some(people) = &mut self.people else { return };
        (people.is_waiting, people.is_writing) = (true, true);
        let (number, path) = (people.number, people.path.clone());
        let list = path.clone();
        self.jobs.start(
            Task::on("doing-list", &path).in_order(),
            move |thread| disk::lists::change_names(thread, &list, &change),
            move |editor: &mut Self, answer| {
                let mut is_done = false;
                editor.names_came(number, answer, |people, own| {
                    people.changed(own, person.as_ref());
                    is_done = true;
                });
                match next.filter(|_| is_done) {
                    Some(Action::Choose(chosen)) => {
                        if let Some(people) = &mut editor.people {
                            people.choose(chosen);
                        }
                    }
                    Some(Action::Close) => editor.close_people(),
                    _ => {}
                }
            },
        );
    }

    /// Shows the list.
    pub(super) fn open_people(&mut self) {
        self.open_people_at(Person::default());
    }

    /// Shows the list with the selected name, which is to be added.
    pub(super) fn add_selected_name(&mut self) {
        let Some(place) = self.form.place() else { return };
        let field = place.field();
        let text =
            |field| self.desk.document.release().text(field).map(|text| text.as_str().to_owned()).unwrap_or_default();
        let person = if let Field::Signatory(index, _) = field {
            let line = |line| text(Field::Signatory(index, line));
            let (name, title) = (line(SignatoryLine::Name), line(SignatoryLine::Title));
            Person { name: in_its_language(&name), title: in_its_language(&title), ..Person::default() }
        } else {
            let selected = place.single().map(|(_, range)| range).unwrap_or_default();
            introduced(text(field).get(selected).unwrap_or_default())
        };
        self.open_people_at(person.tidied());
    }

    pub(super) fn ask_people(&mut self, ctx: &egui::Context) {
        let Some(mut people) = self.people.take() else { return };
        let (words, canvas, settings) = (&self.words, &mut self.canvas, &self.settings);
        let screen = ctx.content_rect().size();
        let mut action = None;
        let question = theme::question(ctx, "people").show(ctx, |ui| {
            ui.set_width((screen.x - 80.0).min(860.0));
            ui.label(Label::new(words.get("names-title")).font(theme::strong(17.0)));
            ui.label(Label::new(words.get("names-text")).weak());
            ui.add_space(8.0);
            let height = (screen.y - 240.0).clamp(140.0, 400.0);
            let size = egui::vec2(ui.available_width(), height);
            ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Min), |ui| {
                ui.set_height(height);
                ui.vertical(|ui| {
                    ui.set_width(LIST);
                    action = people.list(ui, words, canvas, settings, height);
                });
                ui.separator();
                ui.vertical(|ui| {
                    let area = theme::at_once(egui::ScrollArea::vertical()).id_salt("person");
                    area.max_height(height).auto_shrink(false).show(ui, |ui| {
                        // Room for the scroll bar, which must not cover the ends of fields.
                        ui.set_max_width(ui.available_width() - 18.0);
                        let copy = people.person_fields(ui, words, canvas, settings);
                        action = action.take().or(copy);
                        theme::follow_focus(ui, "person");
                    });
                });
            });
            ui.add_space(10.0);
            let button = people.buttons(ui, words);
            action = button.or(action.take());
        });
        let closing = question.should_close() && !people.is_begun();
        let is_begun = people.is_begun();
        let mut change = None;
        let closes = closing || !is_begun && matches!(action, Some(Action::Close));
        match action.filter(|_| !people.is_waiting || closes) {
            Some(next @ (Action::Choose(_) | Action::Close)) if is_begun => {
                change = people.change(words).map(|(change, person)| (change, Some(person), Some(next)));
            }
            Some(Action::Choose(chosen)) => people.choose(chosen),
            Some(Action::Keep) => change = people.change(words).map(|(change, person)| (change, Some(person), None)),
            Some(Action::Discard) => people.choose(people.chosen),
            Some(Action::Delete) if !people.really => people.really = true,
            Some(Action::Delete) => {
                let person = people.person(people.chosen).cloned();
                change = person.map(|person| (NameChange::Remove(person), None, None));
            }
            Some(Action::Copy) => {
                let person = people.entry.clone();
                change = Some((NameChange::Add(person.clone()), Some(person), None));
            }
            Some(Action::Close) => return self.close_people(),
            None if closing => return self.close_people(),
            None => {}
        }
        self.people = Some(people);
        if let Some((change, person, next)) = change {
            self.change_names(change, person, next);
        }
    }

    fn close_people(&mut self) {
        self.people = None;
        self.read_lists();
        if let Some(place) = self.form.place() {
            self.form.go_to(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_is_taken_apart() {
        let of = |text| introduced(text).tidied();
        let kamikawa = of(" Her Excellency KAMIKAWA Yoko, Minister for Foreign Affairs of Japan.");
        assert_eq!(kamikawa.honorific.english, "Her Excellency");
        assert_eq!(kamikawa.name.english, "KAMIKAWA Yoko");
        assert_eq!(kamikawa.title.english, "Minister for Foreign Affairs of Japan");
        assert_eq!(of("“SOK Dara”,").name.english, "SOK Dara");
        assert_eq!(of("សុខ ចិន្តាសោភា។").name, Both { khmer: "សុខ ចិន្តាសោភា".into(), ..Both::default() });
        assert_eq!(of(""), Person::default());
    }
}
