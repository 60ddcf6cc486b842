//! What differs from system to system: file dialogs, other programs, displays, keys.
//!
//! It knows nothing of releases. The invariant: nothing here makes the window wait.

use std::{
    borrow::Cow,
    collections::VecDeque,
    fmt,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError, Weak,
        mpsc::{Receiver, TryRecvError, channel},
    },
    time::{Duration, Instant},
};

use winit::window::Window;

/// A dialog that returns sooner than a hand can close it was never shown.
const NEVER_SHOWN: Duration = Duration::from_millis(150);

/// What a file dialog is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileQuestion {
    /// The title of the dialog.
    pub title: String,
    /// The folder it begins in.
    pub folder: Option<PathBuf>,
    /// The name proposed; empty where a file is to be opened.
    pub name: String,
    /// Names of kinds of files with their endings.
    pub kinds: Vec<(String, Vec<&'static str>)>,
    /// Whether a file is to be written.
    pub save: bool,
}

/// What came of a file dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileAnswer {
    /// This file was chosen.
    Chosen(PathBuf),
    /// The dialog was closed.
    Cancelled,
    /// The system has no file dialog.
    Unavailable,
}

/// Who answers when a file is asked for.
#[derive(Clone, Default)]
pub enum FileDialogs {
    /// The system's own dialogs, in front of this window as long as it is there.
    System(Weak<Window>),
    /// There is no file dialog, so that the window asks for a path.
    #[default]
    None,
    /// These answers, one after the other, and then nothing more is chosen: for tests.
    Answers(Arc<Mutex<VecDeque<FileAnswer>>>),
}

impl fmt::Debug for FileDialogs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::System(_) => "System",
            Self::None => "None",
            Self::Answers(_) => "Answers",
        })
    }
}

impl FileDialogs {
    /// Whether the window is one of the system's, beside which there may be others.
    pub fn is_system(&self) -> bool {
        matches!(self, Self::System(_))
    }

    /// Answers for a test.
    pub fn answers(answers: impl IntoIterator<Item = FileAnswer>) -> Self {
        Self::Answers(Arc::new(Mutex::new(answers.into_iter().collect())))
    }
}

/// A file dialog that is open beside the window.
pub struct OpenDialog {
    answer: Receiver<FileAnswer>,
    /// Whether it is the system's.
    is_system: bool,
    /// Whether the window had the keyboard at first; `None` before that is known.
    had_focus: Option<bool>,
    /// Whether the window has been without it since.
    lost_focus: bool,
}

impl OpenDialog {
    /// Asks for a file. The system's dialog is on a thread of its own, so that the window never freezes.
    pub fn open(dialogs: &FileDialogs, question: FileQuestion, wake: egui::Context) -> Self {
        match dialogs {
            FileDialogs::System(window) => Self::of_system(window.upgrade().as_deref(), question, wake),
            FileDialogs::None => Self::answered(FileAnswer::Unavailable, &wake),
            FileDialogs::Answers(answers) => {
                let answer = answers.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                Self::answered(answer.unwrap_or(FileAnswer::Cancelled), &wake)
            }
        }
    }

    fn answered(answer: FileAnswer, wake: &egui::Context) -> Self {
        let (sender, receiver) = channel();
        // The receiver is right here.
        let _ = sender.send(answer);
        wake.request_repaint();
        Self { answer: receiver, is_system: false, had_focus: None, lost_focus: false }
    }

    fn of_system(window: Option<&Window>, question: FileQuestion, wake: egui::Context) -> Self {
        let (sender, receiver) = channel();
        let FileQuestion { title, folder, name, kinds, save } = question;
        let mut dialog = rfd::AsyncFileDialog::new().set_title(title);
        if let Some(window) = window {
            dialog = dialog.set_parent(window);
        }
        if let Some(folder) = folder {
            dialog = dialog.set_directory(folder);
        }
        if !name.is_empty() {
            dialog = dialog.set_file_name(name);
        }
        for (name, endings) in kinds {
            dialog = dialog.add_filter(name, &endings);
        }
        let begun = Instant::now();
        std::thread::spawn(move || {
            let chosen =
                if save { pollster::block_on(dialog.save_file()) } else { pollster::block_on(dialog.pick_file()) };
            let answer = match chosen {
                Some(file) => FileAnswer::Chosen(file.path().to_owned()),
                None if begun.elapsed() < NEVER_SHOWN => FileAnswer::Unavailable,
                None => FileAnswer::Cancelled,
            };
            // A window that is gone needs no answer.
            let _ = sender.send(answer);
            wake.request_repaint();
        });
        Self { answer: receiver, is_system: true, had_focus: None, lost_focus: false }
    }

    /// Notes whether the window has the keyboard: a dialog that is shown takes it.
    pub fn note_focus(&mut self, is_focused: bool) {
        self.had_focus.get_or_insert(is_focused);
        self.lost_focus |= !is_focused;
    }

    /// Whether the dialog cannot have been shown, although it was slow to say so.
    fn was_never_shown(&self) -> bool {
        self.is_system && self.had_focus == Some(true) && !self.lost_focus
    }

    /// The answer, once there is one.
    pub fn answer(&self) -> Option<FileAnswer> {
        match self.answer.try_recv() {
            Ok(FileAnswer::Cancelled) if self.was_never_shown() => Some(FileAnswer::Unavailable),
            Ok(answer) => Some(answer),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(FileAnswer::Unavailable),
        }
    }
}

/// Opens a file in the program that the system has for it.
///
/// # Errors
/// If there is none, in the system's words.
pub fn open_in_other_program(path: &Path) -> std::io::Result<()> {
    open::that_detached(path)
}

/// Waits on a thread until a process ends: until then Linux keeps one that has ended among its processes.
///
/// # Errors
/// If the system starts no thread, in its words.
pub fn await_end(mut process: std::process::Child) -> std::io::Result<std::thread::JoinHandle<()>> {
    std::thread::Builder::new().name("other window".into()).spawn(move || {
        // How it ended is said in its own window.
        let _ = process.wait();
    })
}

/// Whether the system has a display, as far as can be known before a window is opened.
pub fn has_display() -> bool {
    if cfg!(any(windows, target_os = "macos")) {
        return true;
    }
    ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// The system and the processor, and the version by what the system's file `os-release` says.
pub fn system(release: &str) -> String {
    let (system, processor) = (std::env::consts::OS, std::env::consts::ARCH);
    let named = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=")).map(|name| name.trim_matches('"'));
    match named {
        Some(name) => format!("{system} {processor}, {name}"),
        None => format!("{system} {processor}"),
    }
}

/// What a key of the keyboard has typed.
///
/// The NiDA layout has keys for a vowel and its sign together. Windows types both characters; X11
/// knows one a key, and its layout names these pairs by code points that Unicode leaves
/// unassigned. Where the system's compose table does not write them out, this does.
pub fn typed(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| matches!(c, '\u{17FB}'..='\u{17FF}')) {
        return Cow::Borrowed(text);
    }
    let mut typed = String::new();
    for c in text.chars() {
        match c {
            '\u{17FB}' => typed.push_str("ុះ"),
            '\u{17FC}' => typed.push_str("ុំ"),
            '\u{17FD}' => typed.push_str("េះ"),
            '\u{17FE}' => typed.push_str("ោះ"),
            '\u{17FF}' => typed.push_str("ាំ"),
            c => typed.push(c),
        }
    }
    Cow::Owned(typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialog_that_never_took_the_keyboard_was_never_shown() {
        let cancelled = |is_system, focus: &[bool]| {
            let (sender, answer) = channel();
            sender.send(FileAnswer::Cancelled).unwrap();
            let mut dialog = OpenDialog { answer, is_system, had_focus: None, lost_focus: false };
            focus.iter().for_each(|&is_focused| dialog.note_focus(is_focused));
            dialog.answer()
        };
        assert_eq!(cancelled(true, &[true, true]), Some(FileAnswer::Unavailable));
        assert_eq!(cancelled(true, &[true, false, true]), Some(FileAnswer::Cancelled));
        // Without a window manager nobody reports the keyboard focus, and it proves nothing.
        assert_eq!(cancelled(true, &[false, false]), Some(FileAnswer::Cancelled));
        assert_eq!(cancelled(false, &[true]), Some(FileAnswer::Cancelled));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_window_that_was_closed_leaves_no_process_behind() {
        let ended = std::process::Command::new("true").spawn().unwrap();
        let entry = PathBuf::from(format!("/proc/{}", ended.id()));
        assert!(entry.exists());
        await_end(ended).unwrap().join().unwrap();
        assert!(!entry.exists());
    }

    #[test]
    fn a_key_for_two_characters_types_both() {
        assert_eq!(typed("ក\u{17FF}"), "កាំ");
        assert_eq!(typed("ក\u{17FB}\u{17FC}\u{17FD}\u{17FE}"), "កុះុំេះោះ");
        assert!(matches!(typed("ក a"), Cow::Borrowed("ក a")));
    }
}
