//! What the user can tell the program to do.
//!
//! Knows the names, icons and shortcuts of the commands, and never what they do. Its invariant: one table
//! has all of them, so the compiler refuses a command without a row, and menu, toolbar, keyboard and
//! handbook cannot differ.

use std::{path::PathBuf, sync::LazyLock};

use egui::{InputState, Key, KeyboardShortcut, ModifierNames, Modifiers};

use super::{
    finding_words::Respelling,
    shortcut::{alt, alt_shift, ctrl, ctrl_alt, ctrl_shift, key, shift},
    theme::icon,
};
use crate::{
    editing::TableEdit,
    release::{
        BlockKind, Check, Field, Fit, HeadingLevel, Item, Language, Level, ListKind, Release, Style, ready::ReadyPart,
    },
    storage::{ThemeChoice, WindowLanguage, Zoom},
};

/// Something to be done. Panels send commands; the editor carries them out.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Begin a new release.
    New(Language),
    /// Choose a template for a new release.
    NewFromTemplate,
    /// Begin a draft that a template, the first, was filled to.
    Begin(Box<(Release, Release)>),
    /// Start the program again, for a second draft.
    NewWindow,
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
    /// Choose a file that came back, and show what it changes.
    Returned,
    /// Compare the draft with the same release in the other language.
    Counterpart,
    /// Begins the same release in the other language.
    MakeCounterpart,
    /// Opens the same release in the other language.
    OpenCounterpart,
    /// Write in the same release in the other language, in this window; the caret goes to this place in it.
    WriteCounterpart(Option<Field>),
    /// Exports both languages as one PDF.
    ExportBoth,
    /// Write a comment on the selected words.
    Comment,
    /// Show the comments, or with `false` hide them.
    ShowComments(bool),
    /// Write a PDF, pictures or text.
    Export,
    /// Put the whole text on the clipboard, for a site or mail; with `true` as the code of a page.
    CopyRelease(bool),
    /// Make pictures and words for posting.
    Post,
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
    /// Make the selected paragraphs of this kind.
    Block(BlockKind),
    /// Move the selected items a level deeper, or with `false` less deep.
    Level(bool),
    /// Have the numbers of an item begin again, or with `false` go on with those before.
    Restart(bool),
    /// Number every paragraph of the text, or no longer.
    NumberParagraphs(bool),
    /// Ask for the size of a table, and put one below the paragraph of the caret.
    NewTable,
    /// Change the table of the caret.
    Table(TableEdit),
    /// Ask for a date, and put it where the caret is.
    InsertDate,
    /// Choose a picture, and put it below the paragraph of the caret.
    NewPicture,
    /// Change the description of the picture of the caret.
    DescribePicture,
    /// Take the picture of the caret out.
    RemovePicture,
    /// Put this line of its own below the paragraph of the caret.
    Mark(&'static str),
    /// Ask where the selected words are to lead.
    Link,
    /// Have them lead nowhere.
    Unlink,
    /// Begin a page at the caret.
    PageBreak,
    /// Put in a footnote, or go back from one to the text.
    Footnote,
    /// Make links of the addresses in the text.
    LinkAddresses,
    /// Show the line above the title, and go there.
    Notice,
    /// Put these paragraphs at the end of the text.
    Part(ReadyPart),
    /// Show the bar that finds, and with `true` also replaces.
    Find(bool),
    /// Go to the next match, or with `false` to the one before.
    FindNext(bool),
    /// Turn the digits of the selection into Khmer or European ones.
    Digits(Language),
    /// Turn the selection into capitals or small letters, whichever come next.
    Case,
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
    /// One step larger.
    ZoomIn,
    /// One step smaller.
    ZoomOut,
    /// Use another language in the window.
    WindowLanguage(WindowLanguage),
    /// Use another theme.
    Theme(ThemeChoice),
    /// Show or hide invisible characters.
    ShowInvisible(bool),
    /// What the space bar types.
    SpaceIsZeroWidth(bool),
    /// Whether straight quotation marks become curly ones as they are typed.
    CurlyQuotes(bool),
    /// Whether Word files mark where lines of Khmer may end.
    MarkBreaks(bool),
    /// Show or hide the form.
    ShowForm(bool),
    /// Put the selection on the clipboard, and delete it.
    Cut,
    /// Put the selection on the clipboard.
    Copy,
    /// Put in what is on the clipboard.
    Paste,
    /// Select all of the text with the caret.
    SelectAll,
    /// Fit the release to so many pages, if that can be done.
    Fit(Fit),
    /// Show the menu of the text with the caret.
    TextMenu,
    /// Put another word in the place of a misspelt one.
    Respell(Box<Respelling>),
    /// Take a word into the user's list.
    AddWord(String),
    /// Check this no more in the release.
    Uncheck(Check),
    /// Go to the next finding, or with `false` to the one before.
    NextFinding(bool),
    /// Give the keyboard to the page, or back to the form.
    OtherView,
    /// Give the keyboard to the menu.
    Menu,
    /// Open one of the menus.
    OpenMenu(Bar),
    /// Show the handbook, or close it if it has the keyboard.
    Handbook,
    /// Show the handbook.
    ShowHandbook,
    /// Show the shortcuts in the handbook.
    Shortcuts,
    /// Write the handbook as a PDF.
    HandbookPdf,
    /// Show version, licences and folders.
    About,
}

/// An item with a number.
pub const NUMBERED: BlockKind = item(ListKind::Numbered);
/// An item with a bullet.
pub const BULLETED: BlockKind = item(ListKind::Bulleted);
/// An item of the parts of a text.
pub const SECTIONS: BlockKind = item(ListKind::Sections);
/// What goes on with an item.
pub const CONTINUED: BlockKind = BlockKind::Continued(Level::One);

/// An item of the first level.
pub const fn item(list: ListKind) -> BlockKind {
    BlockKind::Item(Item { list, level: Level::One, start: None })
}

/// The menus, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// Drafts and files.
    File,
    /// Texts.
    Edit,
    /// What is put into texts.
    Insert,
    /// The window.
    View,
    /// The handbook.
    Help,
}

/// What the table says of a command.
struct Row {
    name: &'static str,
    icon: &'static str,
    shortcuts: &'static [KeyboardShortcut],
}

/// A command with one of its shortcuts.
pub struct Bound {
    /// The menu that the handbook lists it under, by its name in `assets/i18n`.
    pub menu: &'static str,
    /// The keys.
    pub shortcut: KeyboardShortcut,
    /// What they do.
    pub command: Command,
}

/// A row is both the pattern of a command and, where it has shortcuts, the command itself.
macro_rules! table {
    ($($menu:literal { $($command:tt $name:literal, $icon:expr, [$($shortcut:expr),*];)* })*) => {
        impl Command {
            #[allow(unused_parens, reason = "the parentheses make a row one token of the macro")]
            fn row(&self) -> Row {
                match self {
                    $($($command => const { Row { name: $name, icon: $icon, shortcuts: &[$($shortcut),*] } },)*)*
                }
            }
        }

        /// All shortcuts, in the order of the menus.
        static BOUND: LazyLock<Vec<Bound>> = LazyLock::new(|| {
            vec![$($($(Bound { menu: $menu, shortcut: $shortcut, command: bound!($command) },)*)*)*]
        });
    };
}

/// The command of a row, without `Self`, which a static does not know.
macro_rules! bound {
    ((Self::$($command:tt)+)) => { Command::$($command)+ };
}

// The first shortcut of a command is the one that menus show.
table! {
    "menu-file" {
        (Self::New(Language::English)) "new-english", icon::NEW, [ctrl(Key::N)];
        (Self::New(Language::Khmer)) "new-khmer", icon::NEW, [ctrl_shift(Key::N)];
        (Self::NewFromTemplate) "new-from-template", icon::TEMPLATE, [ctrl(Key::T)];
        (Self::Begin(_)) "new-from-template", icon::TEMPLATE, [];
        (Self::NewWindow) "new-window", "", [];
        (Self::Open) "open", icon::OPEN, [ctrl(Key::O)];
        (Self::OpenFile(_)) "open", icon::OPEN, [];
        (Self::Save) "save", icon::SAVE, [ctrl(Key::S)];
        (Self::SaveAs) "save-as", icon::SAVE, [ctrl_shift(Key::S), key(Key::F12)];
        (Self::SaveAsTemplate) "save-as-template", icon::TEMPLATE, [];
        (Self::Versions) "versions", "", [];
        (Self::Returned) "review", "", [];
        (Self::MakeCounterpart) "counterpart-make", "", [];
        (Self::OpenCounterpart) "counterpart-open", "", [];
        (Self::WriteCounterpart(None)) "counterpart-write", "", [ctrl(Key::F6)];
        (Self::WriteCounterpart(Some(_))) "counterpart-write", "", [];
        (Self::Counterpart) "counterpart", "", [];
        (Self::Export) "export", icon::EXPORT, [ctrl(Key::E)];
        (Self::ExportBoth) "export-both", "", [];
        (Self::Post) "export-post", "", [];
        (Self::MarkBreaks(_)) "mark-breaks", "", [];
        (Self::Print) "print", icon::PRINT, [ctrl(Key::P)];
        (Self::Quit) "quit", "", [ctrl(Key::Q), ctrl(Key::W)];
    }
    "menu-edit" {
        (Self::Undo) "undo", icon::UNDO, [ctrl(Key::Z)];
        (Self::Redo) "redo", icon::REDO, [ctrl(Key::Y), ctrl_shift(Key::Z)];
        (Self::Cut) "cut", "", [ctrl(Key::X)];
        (Self::Copy) "copy", "", [ctrl(Key::C)];
        (Self::CopyRelease(false)) "copy-release", "", [];
        (Self::CopyRelease(true)) "copy-code", "", [];
        (Self::Paste) "paste", "", [ctrl(Key::V)];
        (Self::SelectAll) "select-all", "", [ctrl(Key::A)];
        (Self::Emphasise(Style::BOLD)) "bold", icon::BOLD, [ctrl(Key::B)];
        (Self::Emphasise(Style::ITALIC)) "italic", icon::ITALIC, [ctrl(Key::I)];
        (Self::Emphasise(Style::UNDERLINE)) "underline", icon::UNDERLINE, [ctrl(Key::U)];
        (Self::Emphasise(Style::SUPERSCRIPT)) "superscript", icon::SUPERSCRIPT, [ctrl_shift(Key::Equals),
            ctrl_shift(Key::Plus)];
        (Self::Emphasise(Style::SUBSCRIPT)) "subscript", icon::SUBSCRIPT, [];
        (Self::Link) "link", icon::LINK, [ctrl(Key::K)];
        (Self::Unlink) "link-remove", "", [];
        (Self::LinkAddresses) "link-addresses", "", [];
        (Self::Footnote) "footnote-insert", icon::NOTE, [ctrl_alt(Key::F)];
        // Several at once, for which there is neither a button nor a shortcut.
        (Self::Emphasise(_)) "bold", "", [];
        (Self::Block(BlockKind::Plain)) "block-plain", "", [ctrl_alt(Key::Num0)];
        (Self::Block(BlockKind::Heading(HeadingLevel::One))) "block-heading-1", "", [ctrl_alt(Key::Num1)];
        (Self::Block(BlockKind::Heading(HeadingLevel::Two))) "block-heading-2", "", [ctrl_alt(Key::Num2)];
        (Self::Block(NUMBERED)) "block-numbered", "", [ctrl_shift(Key::Num7)];
        (Self::Block(BULLETED)) "block-bulleted", "", [ctrl_shift(Key::L)];
        (Self::Block(SECTIONS)) "block-sections", "", [];
        (Self::Block(CONTINUED)) "block-continued", "", [];
        (Self::Block(BlockKind::Centred)) "block-centred", "", [];
        (Self::Block(BlockKind::Quotation)) "block-quotation", "", [];
        (Self::Block(BlockKind::Cell(_))) "table", "", [];
        (Self::Block(BlockKind::Picture)) "picture", "", [];
        // Of another level, or with numbers that begin again: by the commands below.
        (Self::Block(_)) "block-plain", "", [];
        (Self::Level(true)) "block-deeper", "", [];
        (Self::Level(false)) "block-less-deep", "", [];
        (Self::Restart(true)) "block-restart", "", [];
        (Self::Restart(false)) "block-go-on", "", [];
        (Self::NumberParagraphs(_)) "number-paragraphs", "", [];
        (Self::Mark(_)) "block-mark", "", [];
        (Self::Notice) "notice-insert", "", [];
        (Self::Part(_)) "block-mark", "", [];
        (Self::Comment) "comment-new", "", [ctrl_alt(Key::M)];
        (Self::PageBreak) "page-break", icon::NEW_PAGE, [ctrl(Key::Enter)];
        (Self::NewTable) "table-new", "", [];
        (Self::InsertDate) "date-insert", icon::CALENDAR, [alt_shift(Key::D)];
        (Self::NewPicture) "picture-new", icon::PICTURE, [ctrl_alt(Key::P)];
        (Self::DescribePicture) "picture-describe-again", "", [];
        (Self::RemovePicture) "picture-remove", "", [];
        (Self::Table(TableEdit::AddRow(false))) "table-row-above", "", [];
        (Self::Table(TableEdit::AddRow(true))) "table-row-below", "", [];
        (Self::Table(TableEdit::AddColumn(false))) "table-column-left", "", [];
        (Self::Table(TableEdit::AddColumn(true))) "table-column-right", "", [];
        (Self::Table(TableEdit::MoveRow(false))) "table-row-up", "", [];
        (Self::Table(TableEdit::MoveRow(true))) "table-row-down", "", [];
        (Self::Table(TableEdit::MoveColumn(false))) "table-move-left", "", [];
        (Self::Table(TableEdit::MoveColumn(true))) "table-move-right", "", [];
        (Self::Table(TableEdit::RemoveRows)) "table-remove-rows", "", [];
        (Self::Table(TableEdit::RemoveColumns)) "table-remove-columns", "", [];
        (Self::Table(TableEdit::Remove)) "table-remove", "", [];
        (Self::Table(TableEdit::Header(_))) "table-header", "", [];
        (Self::Table(TableEdit::AddParagraph(true))) "table-paragraph-below", "", [];
        (Self::Table(TableEdit::AddParagraph(false))) "table-paragraph-above", "", [];
        (Self::Find(false)) "find", "", [ctrl(Key::F)];
        (Self::Find(true)) "replace", "", [ctrl(Key::H)];
        (Self::FindNext(true)) "find-next", icon::DOWN, [key(Key::F3)];
        (Self::FindNext(false)) "find-previous", icon::UP, [ctrl_shift(Key::F3)];
        (Self::Fit(_)) "fit", "", [];
        (Self::TextMenu) "text-menu", "", [shift(Key::F10), key(Key::Menu)];
        (Self::Respell(_)) "spelling-replace", "", [];
        (Self::AddWord(_)) "spelling-add", "", [];
        (Self::Uncheck(_)) "checks", "", [];
        (Self::NextFinding(true)) "finding-next", "", [key(Key::F7)];
        (Self::NextFinding(false)) "finding-previous", "", [shift(Key::F7)];
        (Self::FillIn) "fill-in", icon::PLACEHOLDER, [ctrl_shift(Key::T)];
        (Self::MakePlaceholder) "make-placeholder", icon::PLACEHOLDER, [ctrl_shift(Key::M)];
        (Self::Names) "names", "", [];
        (Self::AddName) "names-add", "", [];
        (Self::Digits(Language::Khmer)) "khmer-digits", "", [];
        (Self::Digits(Language::English)) "arabic-digits", "", [];
        (Self::Case) "case", "", [shift(Key::F3)];
        (Self::ChooseEmblem) "emblem-choose", icon::PICTURE, [];
    }
    "menu-view" {
        (Self::Zoom(Zoom::FitWidth)) "fit-width", icon::FIT_WIDTH, [ctrl(Key::Num0)];
        (Self::Zoom(Zoom::FitPage)) "fit-page", icon::FIT_PAGE, [];
        // Asked for by Ctrl and the wheel.
        (Self::Zoom(Zoom::Percent(_))) "fit-width", "", [];
        (Self::ZoomIn) "zoom-in", icon::ZOOM_IN, [ctrl(Key::Plus), ctrl(Key::Equals)];
        (Self::ZoomOut) "zoom-out", icon::ZOOM_OUT, [ctrl(Key::Minus)];
        (Self::ShowInvisible(_)) "show-invisible", icon::INVISIBLE, [];
        (Self::SpaceIsZeroWidth(_)) "space-is-zero-width", "", [];
        (Self::CurlyQuotes(_)) "curly-quotes", "", [];
        (Self::ShowForm(_)) "show-form", "", [];
        (Self::ShowComments(_)) "comments", "", [];
        (Self::OtherView) "other-view", "", [ctrl(Key::Tab), key(Key::F6)];
        (Self::Theme(ThemeChoice::System)) "theme-system", "", [];
        (Self::Theme(ThemeChoice::Light)) "theme-light", "", [];
        (Self::Theme(ThemeChoice::Dark)) "theme-dark", "", [];
        (Self::WindowLanguage(WindowLanguage::English)) "english", "", [];
        (Self::WindowLanguage(WindowLanguage::Khmer)) "khmer", "", [];
    }
    "menu-help" {
        (Self::Handbook) "handbook", "", [key(Key::F1)];
        (Self::ShowHandbook) "handbook", "", [];
        (Self::Shortcuts) "shortcuts", "", [];
        (Self::HandbookPdf) "handbook-pdf", "", [];
        (Self::About) "about", "", [];
        (Self::Menu) "menu-reach", "", [key(Key::F10)];
        (Self::OpenMenu(Bar::File)) "menu-file", "", [alt(Key::F)];
        (Self::OpenMenu(Bar::Edit)) "menu-edit", "", [alt(Key::E)];
        (Self::OpenMenu(Bar::Insert)) "menu-insert", "", [alt(Key::I)];
        (Self::OpenMenu(Bar::View)) "menu-view", "", [alt(Key::V)];
        (Self::OpenMenu(Bar::Help)) "menu-help", "", [alt(Key::H)];
    }
}

impl Command {
    /// Whether the draft in the window gives way to another, or goes with the window.
    pub fn leaves_draft(&self) -> bool {
        matches!(
            self,
            Self::New(_)
                | Self::NewFromTemplate
                | Self::Begin(_)
                | Self::Open
                | Self::OpenFile(_)
                | Self::WriteCounterpart(_)
                | Self::Quit
        )
    }

    /// The name of its words in `assets/i18n`.
    pub fn name(&self) -> &'static str {
        self.row().name
    }

    /// Its icon; empty if it has none.
    pub fn icon(&self) -> &'static str {
        self.row().icon
    }

    /// Its shortcuts; the first is shown in the menu.
    pub fn shortcuts(&self) -> &'static [KeyboardShortcut] {
        self.row().shortcuts
    }

    /// Whether texts hear the shortcut by themselves; the command is for menus.
    pub fn is_heard_by_texts(&self) -> bool {
        matches!(self, Self::Cut | Self::Copy | Self::Paste | Self::SelectAll | Self::PageBreak)
    }

    /// All shortcuts with their commands, in the order of the menus.
    pub fn bound() -> &'static [Bound] {
        &BOUND
    }

    /// The commands whose shortcuts were pressed; their keys go nowhere else.
    pub fn pressed(input: &mut InputState) -> Vec<Self> {
        let is_heard = |bound: &&Bound| {
            // On a Mac, Alt types letters.
            let types = cfg!(target_os = "macos") && bound.shortcut.modifiers == Modifiers::ALT;
            !types && !bound.command.is_heard_by_texts()
        };
        let mut bound: Vec<&Bound> = BOUND.iter().filter(is_heard).collect();
        // Keys match with Shift or without; what asks for Shift comes first.
        bound.sort_by_key(|bound| !bound.shortcut.modifiers.shift);
        bound.into_iter().filter(|bound| consume(input, bound.shortcut)).map(|bound| bound.command.clone()).collect()
    }
}

/// A shortcut as menus, hints and handbook show it: with the names that are printed on the keys.
pub fn keys(shortcut: &KeyboardShortcut) -> String {
    let names = ModifierNames::NAMES;
    let shown = shortcut.format(&names, cfg!(target_os = "macos"));
    // egui writes the name of this key, which no keyboard has on it.
    match shown.strip_suffix(Key::Equals.name()) {
        Some(modifiers) => format!("{modifiers}{}", Key::Equals.symbol_or_name()),
        None if shown == Key::Escape.name() => "Esc".to_owned(),
        None => shown,
    }
}

/// Takes the keys of a shortcut out of the input; says whether they were there.
fn consume(input: &mut InputState, shortcut: KeyboardShortcut) -> bool {
    let KeyboardShortcut { modifiers: wanted, logical_key } = shortcut;
    let before = input.events.len();
    input.events.retain(|event| {
        let egui::Event::Key { key, modifiers, pressed: true, .. } = event else { return true };
        // With Alt, Ctrl is AltGr on some systems, which types a character.
        !(*key == logical_key && modifiers.matches_logically(wanted) && modifiers.alt == wanted.alt)
    });
    input.events.len() < before
}
