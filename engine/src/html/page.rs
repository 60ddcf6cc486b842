//! A release as a page of the web: one file, which a ministry's site can paste, print and read aloud.
//!
//! Structure is in elements and not in looks: header, main, h1, time, lists, tables, notes with links to them and
//! back. Each text has its language. Styles and pictures are inside; there is no script, and nothing is loaded.
//! Invariant: the same release gives the same bytes.

use std::{borrow::Cow, fmt::Write as _, io, ops::Range};

mod lists;

use lists::{OpenList, list_type};

use super::{
    BACK,
    own::GENERATOR,
    write::{escape_value, escape_with, tags},
};
use crate::{
    dates,
    khmer::by_script,
    picture::{Kind, Medium, png_of},
    release::{
        Attached, BlockKind, Counting, Field, HeadingLevel, KhmerFace, Language, ListEntry, Picture as Figure,
        PictureData, Release, RichText, SignatoryLine, SigningDate, Style, Table, base64, placeholders,
    },
    typeset::{Pages, Picture, decorated, numeric_columns},
};

/// What has to be drawn has so many dots per inch.
const DPI: f32 = 300.0;

/// The looks: those of the page, as far as a screen of any width can have them.
const STYLES: &str = include_str!("page.css");
/// The beginning of the families of Khmer text in [`STYLES`].
const USUAL_FACE: &str = "font-family: Battambang,";

/// The looks with a face of Khmer text.
fn styles(face: KhmerFace) -> Cow<'static, str> {
    let families = match face {
        KhmerFace::Battambang => return Cow::Borrowed(STYLES),
        KhmerFace::Siemreap => r#"font-family: Siemreap, "Khmer OS Siemreap", "#,
        KhmerFace::KhmerOsContent => r#"font-family: "Khmer OS Content", "#,
    };
    Cow::Owned(STYLES.replacen(USUAL_FACE, &format!("{families}Battambang,"), 1))
}

/// A release as a page of the web. `pages` are its set pages, which give ornament and emblem.
///
/// # Errors
/// If a picture cannot be drawn.
pub fn page(release: &Release, pages: &Pages) -> io::Result<String> {
    let mut writer = Writer { release, pages, html: String::new(), notes: Vec::new() };
    writer.whole()?;
    Ok(writer.html)
}

/// The text of a release for an editor of the web or for mail: from its title to its signatories, without letterhead
/// and styles, which the site or the mail has.
///
/// # Errors
/// If a picture cannot be drawn.
pub fn main_of_page(release: &Release, pages: &Pages) -> io::Result<String> {
    let mut writer = Writer { release, pages, html: String::new(), notes: Vec::new() };
    writer.main()?;
    Ok(writer.html)
}

struct Writer<'a> {
    release: &'a Release,
    pages: &'a Pages,
    html: String,
    /// The notes that have been referred to.
    notes: Vec<&'a RichText>,
}

impl<'a> Writer<'a> {
    fn whole(&mut self) -> io::Result<()> {
        let code = code(self.release.language);
        let (mut name, mut author) = (String::new(), String::new());
        escape(&self.release.file_title(), &mut name);
        escape(&self.release.file_author(), &mut author);
        self.html += "<!DOCTYPE html>\n";
        self.add(format_args!("<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n"));
        self.html += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
        self.add(format_args!("<meta name=\"generator\" content=\"{GENERATOR}\">\n"));
        if !author.is_empty() {
            self.add(format_args!("<meta name=\"author\" content=\"{author}\">\n"));
        }
        let styles = styles(self.release.page.khmer_face);
        self.add(format_args!("<title>{name}</title>\n<style>\n{styles}</style>\n</head>\n<body>\n"));
        self.letterhead()?;
        self.html += if self.release.number_paragraphs { "<main class=\"numbered\">\n" } else { "<main>\n" };
        self.main()?;
        self.html += "</main>\n</body>\n</html>\n";
        Ok(())
    }

    fn main(&mut self) -> io::Result<()> {
        for (field, class) in [(Field::Notice, "notice"), (Field::Title, "title")] {
            let is_heading = field == Field::Title && decorated(self.release, Field::Headline).is_none();
            self.line(field, if is_heading { "h1" } else { "p" }, class);
        }
        self.line(Field::Headline, "h1", "headline");
        self.body()?;
        self.signature();
        self.ends();
        Ok(())
    }

    fn add(&mut self, text: std::fmt::Arguments<'_>) {
        // A text in memory takes everything.
        let _ = self.html.write_fmt(text);
    }

    fn letterhead(&mut self) -> io::Result<()> {
        self.html += "<header>\n<div class=\"state\">\n";
        self.line(Field::Kingdom, "p", "kingdom");
        self.line(Field::Motto, "p", "motto");
        let pages = self.pages;
        let pictures = pages.pages.first().map(|page| page.pictures.as_slice()).unwrap_or_default();
        let of_letterhead = || pictures.iter().filter(|picture| picture.paragraph.is_none());
        // An emblem has a text of its own, if only an empty one. Without lines above it the ornament is not set.
        if let Some(ornament) = of_letterhead().find(|picture| picture.alternative.is_none()) {
            self.image(ornament, "class=\"ornament\"")?;
        }
        self.html += "</div>\n<div class=\"ministry\">\n";
        if let Some(emblem) = of_letterhead().find(|picture| picture.alternative.is_some()) {
            self.image(emblem, "class=\"emblem\"")?;
        }
        self.line(Field::Ministry, "p", "name");
        self.line(Field::Department, "p", "department");
        self.html += "</div>\n";
        self.line(Field::Reference, "p", "reference");
        self.html += "</header>\n";
        Ok(())
    }

    /// A picture, in the size of the page, with its alternative text and other attributes.
    fn image(&mut self, picture: &Picture, attributes: &str) -> io::Result<()> {
        let of_text = picture.paragraph.and_then(|at| self.release.body.get(at)?.picture.as_ref());
        let data = of_text.and_then(|picture| picture.data.as_ref()).map(PictureData::bytes);
        let Medium { kind, bytes } = match Medium::of(picture, data) {
            Some(medium) => medium,
            None => Medium { kind: Kind::Png, bytes: png_of(picture, DPI)? },
        };
        let (kind, data) = (kind.media_type(), base64::encode(&bytes));
        // Of the points of the page, 72 to the inch, a screen has 96.
        let [width, height] = [picture.width, picture.height].map(|points| (points * 4.0 / 3.0).round().max(1.0));
        let mut alternative = String::new();
        escape_value(picture.alternative.as_deref().unwrap_or_default(), &mut alternative);
        self.add(format_args!(
            "<img {attributes} src=\"data:{kind};base64,{data}\" alt=\"{alternative}\" width=\"{width}\" \
             height=\"{height}\">\n"
        ));
        Ok(())
    }

    /// An element around the body, with what the house adds to it.
    fn line(&mut self, field: Field, tag: &str, class: &str) {
        let Some((text, _)) = decorated(self.release, field) else { return };
        let mut html = String::new();
        // These elements have no notes.
        self.inline(&text, &mut html, &mut Vec::new());
        self.add(format_args!("<{tag} class=\"{class}\">{html}</{tag}>\n"));
    }

    fn body(&mut self) -> io::Result<()> {
        let release = self.release;
        let mut lists: Vec<OpenList> = Vec::new();
        let mut taken = 0;
        for (index, block) in release.body.iter().enumerate() {
            if index < taken {
                continue;
            }
            if let Some(table) = Table::of(&release.body, index) {
                taken = table.end().max(index + 1);
                self.close(&mut lists, 0);
                self.table(&table);
                continue;
            }
            let figures = Figure::beside(&release.body, index);
            if figures > 0 {
                taken = index + figures;
                self.close(&mut lists, 0);
                self.figures(index..taken)?;
                continue;
            }
            let entry = self.pages.outline.entry(index).cloned();
            if entry.is_none() && block.text.as_str().trim().is_empty() {
                continue;
            }
            let text = self.text(&block.text);
            let depth = entry.as_ref().map_or(0, |entry| entry.depth + 1);
            let is_other = |open: &OpenList| entry.as_ref().is_some_and(|entry| entry.list != open.list);
            self.close(&mut lists, depth);
            if lists.last().is_some_and(|open| open.depth == depth && is_other(open)) {
                self.close(&mut lists, depth.saturating_sub(1));
            }
            match entry {
                Some(ListEntry { marker: Some(marker), counting, list, number, .. }) => {
                    let end = if counting == Counting::Bullets { "</ul>" } else { "</ol>" };
                    let list = OpenList { list, depth, end, start: number };
                    self.item(&mut lists, list, list_type(block.kind, counting), &marker, &text);
                }
                // It goes on in the item that is open.
                Some(_) if lists.last().is_some_and(|open| open.depth == depth) => {
                    self.add(format_args!("<p>{text}</p>\n"));
                }
                _ => self.block(block.kind, &text),
            }
        }
        self.close(&mut lists, 0);
        Ok(())
    }

    /// Pictures of the text with their captions, those that are beside each other side by side.
    fn figures(&mut self, blocks: Range<usize>) -> io::Result<()> {
        let (release, pages) = (self.release, self.pages);
        let are_beside = blocks.len() > 1;
        self.html += if are_beside { "<div class=\"pictures\">\n" } else { "" };
        for index in blocks {
            let Some(block) = release.body.get(index) else { continue };
            let caption = self.text(&block.text);
            let mut set = pages.pages.iter().flat_map(|page| &page.pictures);
            self.html += "<figure>\n";
            // One that could not be read has its words alone.
            if let Some(picture) = set.find(|picture| picture.paragraph == Some(index)) {
                let shown = block.picture.as_deref().map(picture_attributes).unwrap_or_default();
                self.image(picture, &shown)?;
            }
            if !caption.is_empty() {
                self.add(format_args!("<figcaption>{caption}</figcaption>\n"));
            }
            self.html += "</figure>\n";
        }
        self.html += if are_beside { "</div>\n" } else { "" };
        Ok(())
    }

    fn block(&mut self, kind: BlockKind, text: &str) {
        match kind {
            BlockKind::Heading(HeadingLevel::One) => self.add(format_args!("<h2>{text}</h2>\n")),
            BlockKind::Heading(HeadingLevel::Two) => self.add(format_args!("<h3>{text}</h3>\n")),
            BlockKind::Centred => self.add(format_args!("<p class=\"centred\">{text}</p>\n")),
            BlockKind::Quotation => self.add(format_args!("<blockquote><p>{text}</p></blockquote>\n")),
            _ => self.add(format_args!("<p>{text}</p>\n")),
        }
    }

    fn table(&mut self, table: &Table) {
        let release = self.release;
        let text = |index: usize| release.body.get(index).map(|block| &block.text);
        let ends = numeric_columns(table, |index| text(index).map(RichText::as_str));
        self.html += "<table>\n";
        for row in 0..table.rows.len() {
            let is_header = row == 0 && table.has_header;
            self.html += match (is_header, row) {
                (true, _) => "<thead>\n<tr>",
                (false, row) if row == usize::from(table.has_header) => "<tbody>\n<tr>",
                _ => "<tr>",
            };
            for column in 0..table.columns {
                let cell = table.cell(row, column).and_then(text).map(|text| self.text(text)).unwrap_or_default();
                let class = if ends.get(column) == Some(&true) { " class=\"number\"" } else { "" };
                // An empty header would be the name of nothing.
                if is_header && !cell.is_empty() {
                    self.add(format_args!("<th scope=\"col\"{class}>{cell}</th>"));
                } else {
                    self.add(format_args!("<td{class}>{cell}</td>"));
                }
            }
            self.html += if is_header { "</tr>\n</thead>\n" } else { "</tr>\n" };
        }
        if table.rows.len() > usize::from(table.has_header) {
            self.html += "</tbody>\n";
        }
        self.html += "</table>\n";
    }

    fn signature(&mut self) {
        let release = self.release;
        let signature = &release.signature;
        let lines = |index| SignatoryLine::ALL.map(|line| Field::Signatory(index, line));
        let has_text = |field: &Field| decorated(release, *field).is_some();
        let signs: Vec<usize> =
            (0..signature.signatories.len()).filter(|index| lines(*index).iter().any(has_text)).collect();
        if signs.is_empty() && !has_text(&Field::Place) {
            return;
        }
        self.html += "<footer>\n";
        let day = signature.date.day();
        let lunar = day.filter(|_| signature.lunar_date && release.language == Language::Khmer);
        if let Some(line) = lunar.and_then(dates::LunarDate::of).map(|date| date.khmer_line()) {
            let line = self.text_alone(&RichText::plain(line));
            self.add(format_args!("<p class=\"place lunar\">{line}</p>\n"));
        }
        if let Some((line, _)) = decorated(release, Field::Place) {
            // What follows the place, and what a machine reads there.
            let (date, begin, end) = match &signature.date {
                SigningDate::Unset => (String::new(), String::new(), ""),
                SigningDate::Day(day) => {
                    (dates::date_in(release.language, *day), format!("<time datetime=\"{day}\">"), "</time>")
                }
                SigningDate::Placeholder(name) => {
                    let mut answer = String::new();
                    escape_value(name, &mut answer);
                    (placeholders::written(name), format!("<span data-answer=\"{answer}\">"), "</span>")
                }
            };
            let place = self.text_alone(&line.slice(0..line.len().saturating_sub(date.len())));
            let date = self.text_alone(&RichText::plain(date));
            self.add(format_args!("<p class=\"place\">{place}{begin}{date}{end}</p>\n"));
        }
        if signs.is_empty() {
            self.html += "</footer>\n";
            return;
        }
        let columns = usize::from(signature.columns.count()).min(signs.len()).max(1);
        self.add(format_args!("<div class=\"signatories\" style=\"--columns:{columns}\">\n"));
        for index in signs {
            self.html += "<div class=\"signatory\">\n";
            for (field, class) in lines(index).into_iter().zip(["party", "office", "name"]) {
                self.line(field, "p", class);
            }
            self.html += "</div>\n";
        }
        self.html += "</div>\n</footer>\n";
    }

    /// The notes.
    fn ends(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        let (title, back) = match self.release.language {
            Language::English => ("Notes", "Back to the text"),
            Language::Khmer => ("កំណត់សម្គាល់", "ត្រឡប់ទៅអត្ថបទ"),
        };
        self.add(format_args!("<section class=\"notes\" aria-label=\"{title}\">\n<ol>\n"));
        for (index, note) in self.notes.clone().into_iter().enumerate() {
            let number = index + 1;
            let text = self.text_alone(note);
            self.add(format_args!(
                "<li id=\"note-{number}\">{text} <a href=\"#reference-{number}\" role=\"doc-backlink\" \
                 aria-label=\"{back} ({number})\">{BACK}</a></li>\n"
            ));
        }
        self.html += "</ol>\n</section>\n";
    }

    /// A text of the body, whose notes come below.
    fn text(&mut self, text: &'a RichText) -> String {
        let mut html = String::new();
        let mut notes = std::mem::take(&mut self.notes);
        self.inline(text, &mut html, &mut notes);
        self.notes = notes;
        html
    }

    /// A text whose notes are left out, as in a note.
    fn text_alone(&self, text: &RichText) -> String {
        let mut html = String::new();
        self.inline(text, &mut html, &mut Vec::new());
        html
    }

    fn inline<'t>(&self, text: &'t RichText, html: &mut String, notes: &mut Vec<&'t RichText>) {
        let (mut start, mut behind_note) = (0, None);
        for (range, what) in text.attached() {
            self.runs(&text.slice(start..range.start), html);
            start = range.end;
            match what {
                Attached::Link(address) => {
                    html.push_str("<a href=\"");
                    escape(&address.ascii(), html);
                    html.push_str("\">");
                    self.runs(&text.slice(range), html);
                    html.push_str("</a>");
                }
                Attached::Note(note) => {
                    notes.push(note);
                    let number = notes.len();
                    let shown = match self.release.language {
                        Language::English => number.to_string(),
                        Language::Khmer => dates::to_khmer_digits(&number.to_string()),
                    };
                    // Two numbers side by side would be one.
                    let comma = if behind_note.replace(range.end) == Some(range.start) { "," } else { "" };
                    let used = || tags(text.style_of(range.clone()).with(Style::SUPERSCRIPT, true), "strong", "em");
                    used().for_each(|tag| html.extend(["<", tag, ">"]));
                    let _ = write!(
                        html,
                        "<a id=\"reference-{number}\" href=\"#note-{number}\" role=\"doc-noteref\">{comma}{shown}</a>"
                    );
                    used().rev().for_each(|tag| html.extend(["</", tag, ">"]));
                }
                Attached::Number(number) => escape(number, html),
            }
        }
        self.runs(&text.slice(start..text.len()), html);
    }

    fn runs(&self, text: &RichText, html: &mut String) {
        let is_khmer_release = self.release.language == Language::Khmer;
        for (range, style) in text.runs() {
            let used = || tags(style, "strong", "em");
            used().for_each(|tag| html.extend(["<", tag, ">"]));
            for (piece, in_khmer) in by_script(text.as_str().get(range).unwrap_or_default()) {
                let is_other = in_khmer != is_khmer_release && piece.chars().any(char::is_alphabetic);
                if is_other {
                    let code = code(if in_khmer { Language::Khmer } else { Language::English });
                    html.extend(["<span lang=\"", code, "\">"]);
                }
                escape(piece, html);
                html.push_str(if is_other { "</span>" } else { "" });
            }
            used().rev().for_each(|tag| html.extend(["</", tag, ">"]));
        }
    }
}

fn code(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::Khmer => "km",
    }
}

/// What is said of a picture of the text for our own import and paste.
fn picture_attributes(picture: &Figure) -> String {
    let mut attributes = "data-picture=\"".to_owned();
    escape_value(&picture.name, &mut attributes);
    let beside = if picture.beside { " data-beside" } else { "" };
    let _ = write!(attributes, "\" data-width=\"{}\"{beside}", picture.width.hundredths());
    attributes
}

fn escape(text: &str, html: &mut String) {
    escape_with("<br>", text, html);
}
