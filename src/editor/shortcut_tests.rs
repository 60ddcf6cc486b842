//! Every shortcut in the real window: the keys are pressed, and what they do is seen.

use egui::{InputState, Key, KeyboardShortcut, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};

use super::{
    Command, Document, Editor, Places, Selection, Settings, Zoom,
    command::{Bar, Bound, keys},
    editing::Step,
    question::{Purpose, Question},
};
use crate::release::{BlockKind, Field, HeadingLevel, Language, Paragraph, Placeholder, Release, RichText, Style};

type Window = Harness<'static, Option<Editor>>;

/// A window with a draft in which every command has something to do: unsaved, two findings, a word selected.
fn window() -> Window {
    let show = |ui: &mut egui::Ui, editor: &mut Option<Editor>| {
        editor.get_or_insert_with(|| Editor::new(ui.ctx(), Settings::default(), Places::default())).show(ui);
    };
    let mut window =
        Harness::builder().with_size(egui::vec2(1280.0, 900.0)).with_step_dt(0.25).build_ui_state(show, None);
    window.run_steps(3);
    let mut release = Release::blank(Language::English);
    release.headline = "A headline".into();
    release.placeholders.push(Placeholder { name: "host".into(), ..Placeholder::default() });
    release.body = vec![
        Paragraph::new(RichText::plain("Alpha alpha of of")),
        Paragraph::new(RichText::plain("Beta {{host}} the the end")),
    ];
    let editor = window.state_mut().as_mut().unwrap();
    editor.replace(Document::new(release, None));
    editor.desk.document.change(Step::Typing, None, |release| release.title.push('!'));
    editor.desk.document.close_step(None);
    editor.form.go_to(Selection::select(Field::Paragraph(0), 0..5));
    settle(&mut window);
    window
}

fn settle(window: &mut Window) {
    let mut idle = 0;
    while idle < 8 {
        window.run_steps(1);
        idle += 1;
        if window.state().as_ref().unwrap().is_busy() {
            std::thread::sleep(std::time::Duration::from_millis(2));
            idle = 0;
        }
    }
}

fn press(window: &mut Window, shortcut: KeyboardShortcut) {
    window.key_press_modifiers(shortcut.modifiers, shortcut.logical_key);
    window.run_steps(4);
    settle(window);
}

fn shows(window: &Window, label: &str) -> bool {
    window.query_all_by_label_contains(label).next().is_some()
}

fn focused(window: &Window) -> String {
    let root = window.root();
    let focused = root.children_recursive().find(|node| node.accesskit_node().is_focused());
    focused.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

/// What must be so for a command to have something to do.
fn prepare(window: &mut Window, command: &Command) {
    match command {
        Command::Block(BlockKind::Plain) => {
            let heading = Command::Block(BlockKind::Heading(HeadingLevel::One));
            window.state_mut().as_mut().unwrap().commands.push(heading);
        }
        Command::Redo => window.state_mut().as_mut().unwrap().commands.push(Command::Undo),
        Command::FindNext(_) => {
            press(window, KeyboardShortcut::new(Modifiers::COMMAND, Key::F));
            window.event(egui::Event::Text("alpha".into()));
            let editor = window.state_mut().as_mut().unwrap();
            editor.form.show_place(Selection::at(Field::Headline, 0));
        }
        Command::Zoom(Zoom::FitWidth) => window.state_mut().as_mut().unwrap().settings.zoom = Zoom::FitPage,
        _ => {}
    }
    window.run_steps(3);
    settle(window);
}

/// Whether what a command does is seen in the window.
fn is_done(window: &Window, command: &Command) -> bool {
    let editor = window.state().as_ref().unwrap();
    let asks = |wanted: &dyn Fn(&Question) -> bool| editor.questions.front().is_some_and(wanted);
    let body = editor.desk.document.release().body[0].text.clone();
    match command {
        Command::New(_) | Command::NewFromTemplate | Command::Open | Command::Quit => {
            asks(&|question| matches!(question, Question::Unsaved(next) if next == command))
        }
        Command::NewPicture => {
            asks(&|question| matches!(question, Question::Path(typed) if typed.purpose == Purpose::Picture))
        }
        Command::WriteCounterpart(_) => {
            asks(&|question| matches!(question, Question::Path(typed) if typed.purpose == Purpose::Counterpart))
        }
        Command::Save | Command::SaveAs => asks(&|question| matches!(question, Question::Path(_))),
        Command::Export | Command::Print => {
            asks(&|question| matches!(question, Question::Findings(what, _) if what == command))
        }
        Command::Undo => editor.desk.document.redo_step().is_some(),
        Command::Redo => editor.desk.document.redo_step().is_none() && editor.desk.document.is_unsaved(),
        Command::Emphasise(style) => body.style_of(0..5).has(*style),
        Command::Footnote => editor.form.current() == Some(Field::Note(0, 5)),
        Command::InsertDate => asks(&|question| matches!(question, Question::Date(_))),
        Command::Link => asks(&|question| matches!(question, Question::Link(_))),
        Command::Block(kind) => editor.desk.document.release().body[0].kind == *kind,
        Command::Find(replacing) => shows(window, "Whole words") && shows(window, "Replace all") == *replacing,
        Command::FindNext(_) => shows(window, " of 2"),
        Command::NextFinding(_) => editor.tour.shown.is_some(),
        Command::FillIn => shows(window, "What you leave empty"),
        Command::MakePlaceholder => shows(window, "Make it"),
        Command::Case => body.as_str().starts_with("ALPHA"),
        Command::Comment => shows(window, "There are no comments") || focused(window) == "New comment",
        Command::TextMenu => window.query_all_by_label_contains("Select all").next().is_some(),
        Command::Zoom(Zoom::FitWidth) => editor.settings.zoom == Zoom::FitWidth,
        Command::ZoomIn | Command::ZoomOut => matches!(editor.settings.zoom, Zoom::Percent(_)),
        Command::OtherView => focused(window) == "Pages",
        Command::Handbook => window.query_by_role_and_label(Role::Document, "Handbook").is_some(),
        Command::Menu => focused(window) == "File",
        Command::OpenMenu(bar) => shows(
            window,
            match bar {
                Bar::File => "Save as…",
                Bar::Edit => "Select all",
                Bar::Insert => "Make addresses links",
                Bar::View => "Curly quotation marks",
                Bar::Help => "Handbook as PDF…",
            },
        ),
        other => panic!("say how {other:?} is seen"),
    }
}

#[test]
fn the_keys_of_every_command_do_what_they_say() {
    let mut tried = 0;
    for Bound { shortcut, command, .. } in Command::bound() {
        if command.is_heard_by_texts() {
            // Texts hear these as events of the clipboard; `tests/keyboard` tries them.
            continue;
        }
        let mut window = window();
        prepare(&mut window, command);
        // F3 in the bar is seen only by the match it goes to.
        assert!(!is_done(&window, command), "{command:?} is so before its keys are pressed");
        press(&mut window, *shortcut);
        assert!(is_done(&window, command), "{shortcut:?} does not do {command:?}");
        tried += 1;
    }
    assert!(tried > 35, "{tried}");
}

/// What is asked for when these keys are pressed.
fn asked(key: Key, modifiers: Modifiers) -> Vec<Command> {
    let event = egui::Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
    let mut input = InputState::default();
    input.events.push(event);
    let asked = Command::pressed(&mut input);
    assert_eq!(input.events.is_empty(), !asked.is_empty());
    asked
}

#[test]
fn each_shortcut_gives_its_command_alone() {
    for Bound { shortcut, command, .. } in Command::bound() {
        let KeyboardShortcut { modifiers, logical_key } = *shortcut;
        // A shortcut has the command key; of a keyboard's press the window hears Ctrl.
        let pressed = Modifiers { ctrl: modifiers.command, ..modifiers };
        let expected = if command.is_heard_by_texts() { &[] } else { std::slice::from_ref(command) };
        assert_eq!(asked(logical_key, pressed), expected, "{shortcut:?}");
        assert!(command.shortcuts().contains(shortcut), "{shortcut:?}");
    }
}

#[test]
fn no_two_commands_share_a_shortcut() {
    let mut seen = std::collections::HashMap::new();
    for Bound { shortcut, command, .. } in Command::bound() {
        let other = seen.insert(*shortcut, command);
        assert!(other.is_none(), "{shortcut:?}: {command:?} and {other:?}");
    }
}

#[test]
fn shortcuts_are_shown_by_what_is_printed_on_the_keys() {
    let superscript = Command::Emphasise(Style::SUPERSCRIPT);
    assert!(keys(&superscript.shortcuts()[0]).ends_with("Shift+="));
    for Bound { shortcut, .. } in Command::bound() {
        assert!(!keys(shortcut).contains("Equals"), "{}", keys(shortcut));
    }
}

#[test]
fn alt_gr_types_and_commands_nothing() {
    let alt_gr = Modifiers { alt: true, ctrl: true, command: true, ..Modifiers::NONE };
    assert_eq!(asked(Key::E, alt_gr), []);
}
