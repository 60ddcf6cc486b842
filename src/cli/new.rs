//! Drafts made of templates, one or one a row of a table.

use std::{
    collections::HashSet,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
    slice,
};

use anyhow::{Context as _, Result, bail};
use chrono::NaiveDate;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use release_composer::{
    dates,
    export::{Format, export_pages, pictures},
    release::{
        Kind, Release,
        placeholders::{in_text, written},
    },
    storage::{
        self, Settings, SystemDisk, is_draft,
        regular::{self, Links},
        templates::{Entry, Library, Origin, entry, library},
    },
    template::{Answers, MAX_TABLE_BYTES, by_their_names, fill, rows, typographic},
    typeset::{Cache, Pages, breaks::KnownWords, typeset},
};

use super::{
    emblem_error, own_words,
    targets::{self, Targets},
    warn_of_pictures, warn_of_placeholders,
};

/// The name that stands for the number of a row in the name of a file.
const ROW: &str = "row";
/// The longest part of a file's name that an answer gives, in characters.
const LONGEST_PART: usize = 80;
/// How many rows that do not fit are named.
const MOST_NAMED: usize = 20;

#[derive(Args)]
pub struct New {
    /// The template: a name from `release-composer templates`, or a file
    template: String,
    /// The answer to a placeholder
    #[arg(long = "set", value_name = "NAME=ANSWER", value_parser = answer)]
    answers: Vec<(String, String)>,
    /// A table in CSV: names of placeholders in its first row, then a draft a row
    #[arg(long, value_name = "ROWS.CSV")]
    batch: Option<PathBuf>,
    /// The file to write: .release for a draft, or .pdf, .docx, .html, .png or .txt. In a batch {{name}} in it gives
    /// way to the row's answer and {{row}} to its number
    #[arg(short, long)]
    output: PathBuf,
    /// Write over files that are there
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    pub pictures: super::Pictures,
}

fn answer(text: &str) -> Result<(String, String), String> {
    let (name, answer) = text.split_once('=').ok_or_else(|| format!("`{text}` has no =; write NAME=ANSWER"))?;
    Ok((name.trim().to_owned(), answer.to_owned()))
}

/// A draft that is about to be written.
struct Made {
    release: Release,
    path: PathBuf,
    /// What will be there then: of several pages each has a picture of its own.
    files: Vec<PathBuf>,
}

impl Made {
    /// Fails where `path` says nothing that can be written. Only for pictures is the release set.
    fn new(release: Release, path: PathBuf, cache: &mut Cache) -> Result<Self> {
        let files = if !is_draft(&path) && matches!(Format::of(&path)?, Format::Png(_)) {
            let emblem = super::emblem(&release, &path).map_err(|error| emblem_error(&release, &error))?;
            pictures(&path, typeset(&release, emblem.as_ref(), cache).pages.len())
        } else {
            vec![path.clone()]
        };
        targets::spare_pictures(&release, &path, &files)?;
        Ok(Self { release, path, files })
    }
}

pub fn run(options: &New) -> Result<ExitCode> {
    let New { template, answers, batch, output, force, pictures: _ } = options;
    let today = chrono::Local::now().date_naive();
    let template = find(template)?;
    let common: Answers = answers.iter().cloned().collect();
    // An ending that means nothing is known before anything is made.
    if !is_draft(output) {
        Format::of(output)?;
    }
    // The lists are read once for all rows, and not where no page is set.
    let words = if is_draft(output) { KnownWords::new() } else { own_words() };
    let mut cache = Cache::with_words(words.clone());
    let mut sources: Vec<PathBuf> = batch.iter().cloned().collect();
    if let Origin::File(path) = &template.origin {
        sources.push(path.clone());
        sources.extend(targets::pictures_of(&template.release, path));
    }
    let mut targets = Targets::new(*force, sources);
    say_dates(&template.release, &common);
    let made = match batch {
        None => {
            let made = Made::new(
                fill(&template.release, &typographic(&common, template.release.language), today)?,
                output.clone(),
                &mut cache,
            )?;
            made.files.iter().try_for_each(|file| targets.check(file))?;
            vec![made]
        }
        Some(table) => all_rows(&template.release, &common, table, output, today, &mut cache, &mut targets)?,
    };
    if let Some(there) = made.iter().flat_map(|made| &made.files).find(|file| !force && Targets::is_there(file)) {
        bail!("{} is there already, and nothing was written; choose another name, or say --force", there.display());
    }
    let bar = ProgressBar::new(made.len() as u64);
    if made.len() < 2 {
        bar.set_draw_target(indicatif::ProgressDrawTarget::hidden());
    }
    bar.set_style(ProgressStyle::with_template("{wide_bar} {pos} of {len}, {eta} left").context("the progress bar")?);
    for Made { release, path, .. } in &made {
        let pages = match write(release, path, &words) {
            Ok(pages) => pages,
            Err(error) => bail!("{error}. {} of {} files were written before", bar.position(), made.len()),
        };
        bar.suspend(|| {
            warn_of_placeholders(release, path);
            pages.iter().for_each(|pages| warn_of_pictures(release, pages, path));
            writeln!(io::stdout(), "{}", path.display())
        })?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(ExitCode::SUCCESS)
}

/// Says how dates in numbers or with a short year were read, which someone may take for others.
fn say_dates(template: &Release, answers: &Answers) {
    let asked = template.asked();
    let answers = by_their_names(answers, &asked.iter().map(|one| one.name.as_str()).collect());
    for one in asked.iter().filter(|one| one.kind == Kind::Date) {
        if let Some(answer) = answers.get(&one.name)
            && let Ok(day) = dates::read_date(answer)
            && (dates::is_day_first(answer) || dates::is_year_completed(answer))
        {
            let date = dates::english_date(day);
            let order = if dates::is_day_first(answer) { ", the day first" } else { "" };
            // If standard error is closed, the message is lost.
            let _ = writeln!(io::stderr(), "{}: {answer} was read as {date}{order}", one.name);
        }
    }
}

/// The drafts of all rows; what does not fit is said of all rows at once, before anything is written.
fn all_rows(
    template: &Release,
    common: &Answers,
    table: &Path,
    output: &Path,
    today: NaiveDate,
    cache: &mut Cache,
    targets: &mut Targets,
) -> Result<Vec<Made>> {
    let bytes = regular::read_start(table, MAX_TABLE_BYTES + 1, Links::Followed)
        .map_err(|source| storage::StorageError::Unreadable { path: table.to_owned(), source })?;
    let text = String::from_utf8(bytes)
        .map_err(|_| anyhow::anyhow!("{}: it is not text in UTF-8; save it as CSV in UTF-8", table.display()))?;
    let rows = rows(&text).map_err(|error| anyhow::anyhow!("{}: {error}", table.display()))?;
    let pattern = output.to_string_lossy();
    let names = in_text(&pattern);
    let asked: HashSet<String> = template.asked().into_iter().map(|one| one.name).collect();
    let known = asked.iter().map(String::as_str).chain(names.iter().map(|(_, name)| *name)).collect();
    let common = by_their_names(common, &known);
    let (mut all, mut wrong) = (Vec::new(), Vec::new());
    for (index, (line, row)) in rows.into_iter().enumerate() {
        let mut answers = common.clone();
        answers.extend(by_their_names(&row, &known));
        // A column may be there for the name of the file alone.
        let name = named(&pattern, &names, &answers, index + 1);
        answers.retain(|name, _| asked.contains(name) || !names.iter().any(|(_, used)| used == name));
        let path = match name {
            Ok(path) => path,
            Err(reason) => {
                wrong.push(format!("line {line}: {reason}"));
                continue;
            }
        };
        say_dates(template, &row);
        let made = fill(template, &typographic(&answers, template.language), today)
            .map_err(anyhow::Error::from)
            .and_then(|release| Made::new(release, path.clone(), cache));
        // All of its files are looked at, and one is named.
        let files = made.as_ref().map_or(slice::from_ref(&path), |made| &made.files);
        let unfit: Vec<_> =
            files.iter().filter_map(|file| targets.take(file, line).and_then(|()| targets.check(file)).err()).collect();
        wrong.extend(unfit.first().map(|error| format!("line {line}: {error}")));
        match made {
            Ok(made) => all.push(made),
            Err(error) => wrong.push(format!("line {line}: {error}")),
        }
    }
    if !wrong.is_empty() {
        let more = wrong.len().saturating_sub(MOST_NAMED);
        wrong.truncate(MOST_NAMED);
        if more > 0 {
            wrong.push(format!("and {more} more"));
        }
        bail!("{}: nothing was written, for\n  {}", table.display(), wrong.join("\n  "));
    }
    Ok(all)
}

/// The file of a row: `pattern` with the row's answers, or with its number before the ending.
fn named(pattern: &str, names: &[(std::ops::Range<usize>, &str)], answers: &Answers, row: usize) -> Result<PathBuf> {
    if names.is_empty() {
        let path = Path::new(pattern);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        return Ok(path.with_file_name(format!("{stem}-{row}.{ending}")));
    }
    let mut path = pattern.to_owned();
    for (range, name) in names.iter().rev() {
        let part = match answers.get(*name).filter(|answer| !answer.trim().is_empty()) {
            Some(answer) => match file_name_part(answer) {
                part if part.is_empty() => {
                    bail!("{}: nothing of `{answer}` can stand in the name of a file; answer otherwise", written(name))
                }
                part => part,
            },
            None if *name == ROW => row.to_string(),
            None => bail!("no answer for {}, which is in the name of the file", written(name)),
        };
        path.replace_range(range.clone(), &part);
    }
    Ok(PathBuf::from(path))
}

/// An answer as a part of a file's name, on every system.
fn file_name_part(answer: &str) -> String {
    // Also what divides and joins the words of Khmer: nobody can tell two names apart that differ in it.
    let seen = answer.trim().chars().filter(|&c| !storage::is_unseen(c));
    let part: String = seen.map(|c| if storage::fits_file_name(c) { c } else { '-' }).take(LONGEST_PART).collect();
    // Two dots would lead out of the folder, and Windows allows no name that ends in one.
    part.trim_matches(|c: char| c == '.' || c.is_whitespace()).to_owned()
}

/// Writes a draft, or its pages, which it gives.
fn write(release: &Release, path: &Path, words: &KnownWords) -> Result<Option<Pages>> {
    if is_draft(path) {
        storage::save(path, release)?;
        return Ok(None);
    }
    let emblem = super::emblem(release, path).map_err(|error| emblem_error(release, &error))?;
    let pages = typeset(release, emblem.as_ref(), &mut Cache::with_words(words.clone()));
    export_pages(&SystemDisk, release, &pages, Format::of(path)?, path)?;
    Ok(Some(pages))
}

/// The library; what cannot be read of it is said and keeps nobody from working.
fn all() -> Vec<Entry> {
    let folders = Settings::path().map(|path| {
        let (settings, error) = Settings::load(&path);
        if let Some(error) = error {
            // If standard error is closed, the message is lost.
            let _ = writeln!(io::stderr(), "release-composer: settings: {error}");
        }
        settings.template_folders(&path)
    });
    let folders = folders.unwrap_or_default();
    let Library { templates, unread } = library(&folders);
    for error in unread {
        // If standard error is closed, the message is lost.
        let _ = writeln!(io::stderr(), "release-composer: template: {error}");
    }
    templates
}

fn find(template: &str) -> Result<Entry> {
    let path = Path::new(template);
    if path.is_file() || is_draft(path) {
        return Ok(entry(path)?);
    }
    let all = all();
    let Some(found) = all.iter().find(|entry| entry.id == template) else {
        let names: Vec<&str> = all.iter().map(|entry| entry.id.as_str()).collect();
        bail!("there is no template `{template}`; there are {}, or name a file", names.join(", "));
    };
    Ok(found.clone())
}

pub fn list(template: Option<&str>) -> Result<ExitCode> {
    let mut out = io::stdout().lock();
    let Some(template) = template else {
        for entry in all() {
            writeln!(out, "{}\t{}", entry.id, entry.name())?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    let entry = find(template)?;
    writeln!(out, "{}", entry.name())?;
    if let Origin::File(path) = &entry.origin {
        writeln!(out, "{}", path.display())?;
    }
    for placeholder in entry.release.asked() {
        let kind = match &placeholder.kind {
            Kind::Text => "text".to_owned(),
            Kind::LongText => "long text".to_owned(),
            Kind::Date => "date".to_owned(),
            Kind::Choice(choices) => format!("one of {}", choices.join(" | ")),
        };
        let default =
            if placeholder.default.is_empty() { String::new() } else { format!("; else {}", placeholder.default) };
        writeln!(out, "{}\t{}\t{kind}{default}", placeholder.name, placeholder.question())?;
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_not_in_the_name_of_a_file() {
        for c in [
            '\u{200B}',
            '\u{200C}',
            '\u{200D}',
            '\u{AD}',
            '\u{FEFF}',
            '\u{2060}',
            '\u{202E}',
            '\u{FE0F}',
            '\u{17B4}',
            '\u{180E}',
            '\u{3164}',
            '\u{E0061}',
        ] {
            assert_eq!(file_name_part(&format!("{c}ជប៉ុន{c}ថៃ{c}")), "ជប៉ុនថៃ", "U+{:04X}", u32::from(c));
        }
        assert_eq!(file_name_part(" a/b.\u{200B}"), "a-b");
        assert_eq!(file_name_part("\u{200B}\u{200D}"), "");
    }
}
