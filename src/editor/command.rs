//! What an official can tell the program to do: each with its name, icon and shortcut in one place.

use std::path::PathBuf;

use egui::{Key, KeyboardShortcut, Modifiers};

use super::theme::icon;
use crate::{
    release::{Language, Release, Style},
    storage::{ThemeChoice, Zoom},
};

/// A wish of the official's. Panels send them; the editor carries them out.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Begin a new release.
    New(Language),
    /// Choose a template for a new release.
    NewFromTemplate,
    /// Begin a draft that a template, the first, was filled to.
    Begin(Box<(Release, Release)>),
    /// Choose a draft and open it.
    Open,
    /// Open this draft.
    OpenFile(PathBuf),
    /// Save the draft to its file.
    Save,
    /// Save the draft to another file.
    SaveAs,
    /// Make the draft a template of the library.
    SaveAsTemplate,
    /// Show earlier versions of the draft.
    Versions,
    /// Write a PDF, pictures or text.
    Export,
    /// Hand the release to the printer.
    Print,
    /// End the program.
    Quit,
    /// Take the last step back.
    Undo,
    /// Bring it back.
    Redo,
    /// Switch bold, italic or underline.
    Emphasise(Style),
    /// Show the bar that finds, and with `true` also replaces.
    Find(bool),
    /// Go to the next match, or with `false` to the one before.
    FindNext(bool),
    /// Turn the digits of the selection into Khmer or European ones.
    Digits(Language),
    /// Fill in what is still to come.
    FillIn,
    /// Make the selected words a placeholder.
    MakePlaceholder,
    /// Show the names and titles that are completed.
    Names,
    /// Add the selected name to them.
    AddName,
    /// Choose a picture for the letterhead.
    ChooseEmblem,
    /// Set the magnification of the pages.
    Zoom(Zoom),
    /// One step larger or smaller.
    ZoomBy(i8),
    /// Use another language in the window.
    WindowLanguage(Language),
    /// Use another theme.
    Theme(ThemeChoice),
    /// Show or hide invisible characters.
    ShowInvisible(bool),
    /// What the space bar types.
    SpaceIsZeroWidth(bool),
}

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

impl Command {
    /// Whether the draft in the window gives way to another, or goes with the window.
    pub fn leaves_draft(&self) -> bool {
        matches!(
            self,
            Self::New(_) | Self::NewFromTemplate | Self::Begin(_) | Self::Open | Self::OpenFile(_) | Self::Quit
        )
    }

    /// The name of its words in `assets/i18n`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::New(Language::English) => "new-english",
            Self::New(Language::Khmer) => "new-khmer",
            Self::NewFromTemplate | Self::Begin(_) => "new-from-template",
            Self::Open | Self::OpenFile(_) => "open",
            Self::Save => "save",
            Self::SaveAs => "save-as",
            Self::SaveAsTemplate => "save-as-template",
            Self::Versions => "versions",
            Self::Export => "export",
            Self::Print => "print",
            Self::Quit => "quit",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::Emphasise(Style::BOLD) => "bold",
            Self::Emphasise(Style::ITALIC) => "italic",
            Self::Emphasise(_) => "underline",
            Self::Find(false) => "find",
            Self::Find(true) => "replace",
            Self::FindNext(true) => "find-next",
            Self::FindNext(false) => "find-previous",
            Self::Digits(Language::Khmer) => "khmer-digits",
            Self::Digits(Language::English) => "arabic-digits",
            Self::FillIn => "fill-in",
            Self::MakePlaceholder => "make-placeholder",
            Self::Names => "names",
            Self::AddName => "names-add",
            Self::ChooseEmblem => "emblem-choose",
            Self::Zoom(Zoom::FitPage) => "fit-page",
            Self::Zoom(_) => "fit-width",
            Self::ZoomBy(by) if *by > 0 => "zoom-in",
            Self::ZoomBy(_) => "zoom-out",
            Self::WindowLanguage(Language::English) => "english",
            Self::WindowLanguage(Language::Khmer) => "khmer",
            Self::Theme(ThemeChoice::System) => "theme-system",
            Self::Theme(ThemeChoice::Light) => "theme-light",
            Self::Theme(ThemeChoice::Dark) => "theme-dark",
            Self::ShowInvisible(_) => "show-invisible",
            Self::SpaceIsZeroWidth(_) => "space-is-zero-width",
        }
    }

    /// Its icon, if it has one.
    pub fn icon(&self) -> &'static str {
        match self {
            Self::New(_) => icon::NEW,
            Self::NewFromTemplate | Self::Begin(_) | Self::SaveAsTemplate => icon::TEMPLATE,
            Self::FillIn | Self::MakePlaceholder => icon::PLACEHOLDER,
            Self::Open | Self::OpenFile(_) => icon::OPEN,
            Self::Save | Self::SaveAs => icon::SAVE,
            Self::Export => icon::EXPORT,
            Self::Print => icon::PRINT,
            Self::Undo => icon::UNDO,
            Self::Redo => icon::REDO,
            Self::Emphasise(Style::BOLD) => icon::BOLD,
            Self::Emphasise(Style::ITALIC) => icon::ITALIC,
            Self::Emphasise(_) => icon::UNDERLINE,
            Self::ChooseEmblem => icon::PICTURE,
            Self::FindNext(true) => icon::DOWN,
            Self::FindNext(false) => icon::UP,
            Self::Zoom(Zoom::FitPage) => icon::FIT_PAGE,
            Self::Zoom(_) => icon::FIT_WIDTH,
            Self::ZoomBy(by) if *by > 0 => icon::ZOOM_IN,
            Self::ZoomBy(_) => icon::ZOOM_OUT,
            Self::ShowInvisible(_) => icon::INVISIBLE,
            _ => "",
        }
    }

    /// Its shortcuts; the first is shown in the menu.
    pub fn shortcuts(&self) -> Vec<KeyboardShortcut> {
        let command = |key| KeyboardShortcut::new(Modifiers::COMMAND, key);
        let shift = |key| KeyboardShortcut::new(CTRL_SHIFT, key);
        match self {
            Self::New(Language::English) => vec![command(Key::N)],
            Self::New(Language::Khmer) => vec![shift(Key::N)],
            Self::NewFromTemplate => vec![command(Key::T)],
            Self::FillIn => vec![shift(Key::T)],
            Self::MakePlaceholder => vec![shift(Key::M)],
            Self::Open => vec![command(Key::O)],
            Self::Save => vec![command(Key::S)],
            Self::SaveAs => vec![shift(Key::S)],
            Self::Export => vec![command(Key::E)],
            Self::Print => vec![command(Key::P)],
            Self::Quit => vec![command(Key::Q)],
            Self::Undo => vec![command(Key::Z)],
            Self::Redo => vec![command(Key::Y), shift(Key::Z)],
            Self::Emphasise(Style::BOLD) => vec![command(Key::B)],
            Self::Emphasise(Style::ITALIC) => vec![command(Key::I)],
            Self::Emphasise(Style::UNDERLINE) => vec![command(Key::U)],
            Self::Find(false) => vec![command(Key::F)],
            Self::Find(true) => vec![command(Key::H)],
            Self::FindNext(true) => vec![KeyboardShortcut::new(Modifiers::NONE, Key::F3)],
            Self::FindNext(false) => vec![KeyboardShortcut::new(Modifiers::SHIFT, Key::F3)],
            Self::Zoom(Zoom::FitWidth) => vec![command(Key::Num0)],
            Self::ZoomBy(by) if *by > 0 => vec![command(Key::Plus), command(Key::Equals)],
            Self::ZoomBy(_) => vec![command(Key::Minus)],
            _ => Vec::new(),
        }
    }

    /// All commands that have a shortcut, those with more keys first so that they are not
    /// taken for shorter ones.
    pub fn with_shortcuts() -> [Self; 24] {
        [
            Self::New(Language::Khmer),
            Self::FillIn,
            Self::MakePlaceholder,
            Self::NewFromTemplate,
            Self::SaveAs,
            Self::Redo,
            Self::FindNext(false),
            Self::FindNext(true),
            Self::Find(false),
            Self::Find(true),
            Self::New(Language::English),
            Self::Open,
            Self::Save,
            Self::Export,
            Self::Print,
            Self::Quit,
            Self::Undo,
            Self::Emphasise(Style::BOLD),
            Self::Emphasise(Style::ITALIC),
            Self::Emphasise(Style::UNDERLINE),
            Self::Zoom(Zoom::FitWidth),
            Self::ZoomBy(1),
            Self::ZoomBy(-1),
            Self::Zoom(Zoom::FitPage),
        ]
    }
}
