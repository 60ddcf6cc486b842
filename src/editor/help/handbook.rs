//! The handbook: a draft of the program's own format, filled with what the program knows better.
//!
//! `assets/handbook` has the text. `{{save as}}` in it is the name of a command or control as the window
//! shows it, with the command's shortcut; `{{key save}}` is the shortcut alone. A paragraph `{{findings}}`
//! or `{{shortcuts}}` gives way to all explanations or all shortcuts. Its invariant: no name of the window
//! and no shortcut is written twice, so the handbook cannot differ from the program.

use super::{
    super::{
        command::{Command, keys},
        field, repair,
        words::Words,
    },
    explained,
};
use crate::{
    release::{Field, Paragraph, Release, RichText, Style, file, placeholders},
    typeset::{Cache, Source, typeset},
};

/// The handbook in one language.
pub struct Handbook {
    /// The handbook as a release, which the program sets as any other.
    pub release: Release,
    /// The paragraphs that begin a chapter.
    pub chapters: Vec<usize>,
}

/// The name of a chapter is bold and underlined, and nothing else.
const CHAPTER: Style = Style::BOLD.union(Style::UNDERLINE);

/// The version of the program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

impl Handbook {
    /// The handbook in the language of the window.
    pub fn new(words: &Words) -> Self {
        // A draft that cannot be read is ruled out by a test.
        let mut release = file::parse(words.catalogue().handbook).unwrap_or_default();
        release.template = None;
        release.placeholders.clear();
        let version = words.digits(VERSION);
        release.letterhead.department = release.letterhead.department.replace("{{version}}", &version);
        release.body = release.body.iter().flat_map(|paragraph| filled(words, paragraph)).collect();
        let is_chapter = |paragraph: &Paragraph| {
            let text = &paragraph.text;
            !text.is_empty() && text.runs().all(|(_, style)| style == CHAPTER)
        };
        let chapters =
            (0..).zip(&release.body).filter(|(_, paragraph)| is_chapter(paragraph)).map(|(at, _)| at).collect();
        Self { release, chapters }
    }

    /// The paragraph at which a chapter with this name in `assets/i18n` begins.
    pub fn chapter(&self, words: &Words, name: &str) -> Option<usize> {
        let title = words.get(name);
        self.chapters.iter().copied().find(|&at| self.title(at) == title)
    }

    /// The handbook for print, where no page ends with the name of a chapter.
    pub fn for_print(&self) -> Release {
        let mut release = self.release.clone();
        let mut cache = Cache::default();
        // Each round moves a chapter to the next page, after which those before it stay.
        for _ in &self.chapters {
            let pages = typeset(&release, None, &mut cache);
            let at_foot = pages.pages.iter().find_map(|page| {
                let last = page.lines.iter().rfind(|line| !line.source.is_of_page())?;
                match last.source {
                    Source::Field { field: Field::Paragraph(at), .. } if self.chapters.contains(&at) => Some(at),
                    _ => None,
                }
            });
            let Some(paragraph) = at_foot.and_then(|at| release.body.get_mut(at)) else { break };
            paragraph.new_page = true;
        }
        release
    }

    /// The characters of a paragraph.
    pub fn title(&self, at: usize) -> &str {
        self.release.body.get(at).map_or("", |paragraph| paragraph.text.as_str())
    }
}

/// A paragraph of the draft with its placeholders filled in.
fn filled(words: &Words, paragraph: &Paragraph) -> Vec<Paragraph> {
    match paragraph.text.as_str() {
        "{{findings}}" => explained::NAMES.iter().map(|name| Paragraph::new(explained::text(words, name))).collect(),
        "{{shortcuts}}" => shortcuts(words).into_iter().map(Paragraph::new).collect(),
        _ => {
            let mut text = paragraph.text.clone();
            for (range, name) in placeholders::in_text(paragraph.text.as_str()).into_iter().rev() {
                text.replace(range, &stands_for(words, name));
            }
            vec![paragraph.with_text(text)]
        }
    }
}

/// What a placeholder in the running text stands for.
fn stands_for(words: &Words, placeholder: &str) -> RichText {
    let (is_key, name) = match placeholder.strip_prefix("key ") {
        Some(name) => (true, name.replace(' ', "-")),
        None => (false, placeholder.replace(' ', "-")),
    };
    let bound = Command::bound().iter().find(|bound| bound.command.name() == name);
    let keys = bound.map(|bound| keys(&bound.shortcut));
    match keys {
        Some(keys) if is_key => RichText::styled(keys, Style::BOLD),
        keys => {
            // In running text a name goes without the dots that ask for more.
            let mut text = RichText::styled(words.get(&name).trim_end_matches('…'), Style::BOLD);
            if let Some(keys) = keys {
                text.push_str(&format!(" ({keys})"), Style::PLAIN);
            }
            text
        }
    }
}

/// All shortcuts: a paragraph for each menu and a line for each command, then the keys of a text and of a damaged
/// draft.
fn shortcuts(words: &Words) -> Vec<RichText> {
    let mut groups = commands(words);
    let mut text = RichText::styled(words.get("keys-text"), Style::ITALIC);
    for row in field::keys::KEYS.iter().filter(|row| !row.name.is_empty()) {
        let all: Vec<String> = row.keys.iter().map(|(shortcut, _)| keys(shortcut)).collect();
        push_line(&mut text, words, &all, row.name);
    }
    groups.push(text);
    let mut damaged = RichText::styled(words.get("keys-damaged"), Style::ITALIC);
    push_line(&mut damaged, words, &[keys(&repair::READ)], "repair-read");
    groups.push(damaged);
    groups
}

/// Adds a line to a list of shortcuts: keys, and the name in `assets/i18n` of what they do.
fn push_line(text: &mut RichText, words: &Words, keys: &[String], name: &str) {
    text.push_str("\n", Style::PLAIN);
    text.push_str(&keys.join(words.get("handbook-or")), Style::BOLD);
    text.push_str(&format!("\u{2003}{}", words.get(name)), Style::PLAIN);
}

/// The shortcuts of the commands, a paragraph for each menu.
fn commands(words: &Words) -> Vec<RichText> {
    let mut menus: Vec<(&str, RichText)> = Vec::new();
    let mut bound = Command::bound().iter().peekable();
    while let Some(first) = bound.next() {
        let mut all = vec![keys(&first.shortcut)];
        while let Some(next) = bound.next_if(|next| next.command == first.command) {
            all.push(keys(&next.shortcut));
        }
        if menus.last().is_none_or(|(menu, _)| *menu != first.menu) {
            menus.push((first.menu, RichText::styled(words.get(first.menu), Style::ITALIC)));
        }
        if let Some((_, text)) = menus.last_mut() {
            push_line(text, words, &all, first.command.name());
        }
    }
    menus.into_iter().map(|(_, text)| text).collect()
}

/// The names of the window that the handbook refers to.
#[cfg(test)]
pub fn names() -> Vec<String> {
    use crate::{editor::words, storage};
    let release = file::parse(words::catalogue(storage::WindowLanguage::English).handbook).unwrap_or_default();
    let open = release.open_placeholders().into_iter();
    open.map(|open| open.name.trim_start_matches("key ").replace(' ', "-")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        editor::words::catalogue,
        proof::{Reference, check},
        roster::Roster,
        storage::WindowLanguage,
        typeset::breaks,
    };

    fn both() -> [(Words, Handbook); 2] {
        WindowLanguage::ALL.map(|language| {
            file::parse(catalogue(language).handbook).unwrap_or_else(|error| panic!("{language:?}: {error}"));
            let words = Words::new(language);
            let handbook = Handbook::new(&words);
            (words, handbook)
        })
    }

    #[test]
    fn nothing_is_found_in_it_and_no_placeholder_is_left() {
        for (_, Handbook { release, .. }) in both() {
            let pages = typeset(&release, None, &mut Cache::default());
            let reference = Reference {
                today: release.signature.date.day().unwrap(),
                emblem: None,
                words: &breaks::KnownWords::new(),
                roster: &Roster::default(),
                other: None,
            };
            let found: Vec<_> =
                check(&release, &pages, &reference).iter().map(|finding| finding.in_line(&release)).collect();
            assert_eq!(found, Vec::<String>::new(), "{:?}", release.language);
            assert_eq!(release.open_placeholders(), []);
        }
    }

    #[test]
    fn no_page_ends_with_the_name_of_a_chapter() {
        for (_, handbook) in both() {
            let pages = typeset(&handbook.for_print(), None, &mut Cache::default());
            let last = pages.pages.last().map_or(0, |page| page.lines.len());
            let count = pages.pages.len();
            assert!(count <= 8, "{:?}: {count} pages, {last} lines on the last", handbook.release.language);
            for page in &pages.pages {
                let last = page.lines.iter().rfind(|line| line.source != Source::PageNumber).unwrap();
                let Source::Field { field: Field::Paragraph(at), .. } = last.source else { continue };
                assert!(!handbook.chapters.contains(&at), "{}", handbook.title(at));
            }
        }
    }

    #[test]
    fn every_name_in_it_is_one_of_the_window() {
        for (words, _) in both() {
            let release = file::parse(words.catalogue().handbook).unwrap();
            for placeholders::Open { name, .. } in release.open_placeholders() {
                if ["version", "findings", "shortcuts"].contains(&name.as_str()) {
                    continue;
                }
                let known = name.strip_prefix("key ").unwrap_or(&name).replace(' ', "-");
                assert_ne!(words.get(&known), known, "{:?}: {name}", words.language);
                let bound = Command::bound().iter().any(|bound| bound.command.name() == known);
                assert!(bound || !name.starts_with("key "), "{:?}: {name}", words.language);
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_chapters_and_paragraphs() {
        let [(_, english), (_, khmer)] = both();
        assert_eq!(english.chapters, khmer.chapters);
        assert_eq!(english.release.body.len(), khmer.release.body.len());
        let asked = |language| {
            let release = file::parse(catalogue(language).handbook).unwrap();
            let mut names: Vec<_> =
                release.open_placeholders().into_iter().map(|open| (open.field, open.name)).collect();
            names.sort_by(|a, b| format!("{a:?}").cmp(&format!("{b:?}")));
            names
        };
        assert_eq!(asked(WindowLanguage::English), asked(WindowLanguage::Khmer));
    }

    #[test]
    fn every_shortcut_and_every_explanation_is_in_it() {
        for (words, handbook) in both() {
            let text: String = handbook.release.body.iter().map(|paragraph| paragraph.text.as_str()).collect();
            for bound in Command::bound() {
                assert!(text.contains(&keys(&bound.shortcut)), "{:?}: {:?}", words.language, bound.shortcut);
                let name = words.get(bound.command.name());
                assert!(text.contains(&format!("\u{2003}{name}")), "{:?}: {name}", words.language);
            }
            for row in field::keys::KEYS.iter().filter(|row| !row.name.is_empty()) {
                let keys: Vec<_> = row.keys.iter().map(|(shortcut, _)| keys(shortcut)).collect();
                let line = format!("{}\u{2003}{}", keys.join(words.get("handbook-or")), words.get(row.name));
                assert!(text.contains(&line), "{:?}: {line}", words.language);
            }
            assert!(text.contains(&keys(&repair::READ)), "{:?}", words.language);
            for name in explained::NAMES {
                assert!(text.contains(explained::text(&words, name).as_str()), "{:?}: {name}", words.language);
            }
            for chapter in ["handbook-findings", "handbook-shortcuts"] {
                assert!(handbook.chapter(&words, chapter).is_some(), "{:?}: {chapter}", words.language);
            }
        }
    }
}
