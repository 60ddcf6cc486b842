//! The command line.

mod counterpart;
mod import;
mod new;
mod targets;

use std::{
    io::{self, BufRead as _, Read as _, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use anyhow::{Context as _, Result, bail};
use clap::{Args, Parser, Subcommand};
use release_composer::{
    artwork::{Artwork, ArtworkError},
    dates,
    export::{self, ExportError, Format, export_pages, export_post},
    khmer::legacy::{self, LegacyFont},
    pdf, post,
    proof::{self, Finding, Reference},
    release::{Language, Release, Reordered, placeholders},
    roster::Roster,
    storage::{self, Settings, SystemDisk},
    typeset::{
        Cache, Pages, Source,
        breaks::{self, KnownWords},
        typeset,
    },
    word,
};

/// Compose press releases, in English and in Khmer.
///
/// Without a command, the window opens: the form on the left, the pages on the right.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
#[command(after_help = "Exit codes: 0 done, 1 there are problems, 2 the command was not understood.\n\n\
    Examples:\n  \
    release-composer statement.release\n  \
    release-composer export statement.release -o statement.pdf\n  \
    release-composer new condolences.en --set country=Japan -o draft.release\n  \
    release-composer import page.html -o draft.release\n  \
    release-composer check statement.release")]
pub struct Cli {
    /// The draft to open in the window; a new one if none is named
    pub draft: Option<PathBuf>,
    /// Draw the window without OpenGL, for a computer whose graphics driver is at fault
    #[arg(long)]
    pub software: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The longest line that `breaks` takes, in bytes: longer than any paragraph, and set in a moment.
const LONGEST_LINE: u64 = 1 << 20;
/// The most that `breaks` takes in all, in bytes.
const MOST_INPUT: u64 = 1 << 30;

#[derive(Subcommand)]
pub enum Command {
    /// Write a draft as PDF, PNG or plain text
    Export(Export),
    /// Make a draft of a template, or one a row of a table
    New(new::New),
    /// Make a draft of a Word file or a page of HTML, and list what a draft cannot hold
    Import(import::Import),
    /// Begin the same release in the other language: letterhead, date, signatories and blocks without their words
    Counterpart(counterpart::Counterpart),
    /// List the templates, and with a template what it asks for
    Templates {
        /// The template: the name that the list has, or a file
        template: Option<String>,
    },
    /// Say what is missing in a draft, a line a problem
    Check {
        /// The draft
        draft: PathBuf,
        /// Say as well what the same release in the other language says otherwise
        #[arg(long, value_name = "COUNTERPART")]
        with: Option<PathBuf>,
        #[command(flatten)]
        pictures: Pictures,
    },
    /// Print each line as it is typeset: page, a tab, the text
    Lines {
        /// The draft
        draft: PathBuf,
        #[command(flatten)]
        pictures: Pictures,
    },
    /// Mark with | where lines of the text on standard input may break
    Breaks,
    /// Turn text in a font from before Unicode, on standard input, to Unicode in normal order
    Convert {
        /// The fonts: limon, abc, baidok or fk
        #[arg(long, value_name = "FONTS")]
        from: String,
    },
    /// Print a date as a release writes it: in English, in Khmer, and by the lunar calendar
    Date {
        /// The date, such as 2023-10-30
        date: String,
    },
}

#[derive(Args)]
pub struct Export {
    /// The draft
    draft: PathBuf,
    /// The file to write; its ending says what: .pdf, .docx (Word), .html (a page of the
    /// web), .png (a picture a page) or .txt
    #[arg(short, long)]
    output: PathBuf,
    /// Dots per inch of a PNG [default: 150]
    #[arg(long, value_name = "DPI")]
    dpi: Option<f32>,
    /// Add crop marks and bleed to a PDF, for a printing house
    #[arg(long)]
    crop_marks: bool,
    /// Mark in a Word file where lines of Khmer may end, by spaces that are not seen
    #[arg(long)]
    mark_breaks: bool,
    /// Write the same release in the other language into the same PDF; the Khmer one comes first
    #[arg(long, value_name = "COUNTERPART", conflicts_with_all = ["post", "dpi", "mark_breaks"])]
    with: Option<PathBuf>,
    /// Write what is posted on Telegram, Facebook or X instead: cards with the headline, the pages as pictures, and
    /// the words beside them, each in a file named after the output
    #[arg(long, conflicts_with_all = ["dpi", "crop_marks"])]
    post: bool,
    /// What comes last in the words of a post [default: the hashtags of the settings]
    #[arg(long, requires = "post", value_name = "TAGS")]
    hashtags: Option<String>,
    #[command(flatten)]
    pictures: Pictures,
}

/// Which pictures may be opened.
#[derive(Args)]
pub struct Pictures {
    /// Open the picture that a draft names even if it is outside the draft's folder, as on a network path.
    /// One that was chosen in the window is opened anyway
    #[arg(long)]
    allow_outside_pictures: bool,
}

/// Whether pictures outside the folders of drafts are opened: an option of the whole command.
static OUTSIDE_ALLOWED: AtomicBool = AtomicBool::new(false);

/// The picture that a release names, seen from its draft, if it may be opened.
fn emblem(release: &Release, draft: &Path) -> Result<Option<Arc<Artwork>>, ArtworkError> {
    if OUTSIDE_ALLOWED.load(Relaxed) || release.letterhead.emblem.is_none() {
        return storage::emblem(release, Some(draft));
    }
    let kept = Settings::path();
    let settings = kept.as_deref().map(|path| Settings::load(path).0).unwrap_or_default();
    let whole = std::path::absolute(draft)?;
    settings.allowed_pictures(kept.as_deref()).emblem(release, Some(&whole))
}

/// Carries out a command; an error is for standard error and exit code 1.
pub fn run(command: Command) -> Result<ExitCode> {
    let pictures = match &command {
        Command::Export(Export { pictures, .. })
        | Command::New(new::New { pictures, .. })
        | Command::Check { pictures, .. }
        | Command::Lines { pictures, .. } => Some(pictures),
        _ => None,
    };
    OUTSIDE_ALLOWED.store(pictures.is_some_and(|pictures| pictures.allow_outside_pictures), Relaxed);
    match command {
        Command::Export(options) => run_export(&options),
        Command::New(options) => new::run(&options),
        Command::Import(options) => import::run(&options),
        Command::Counterpart(options) => counterpart::begin(&options, &OwnLists::read().roster),
        Command::Templates { template } => new::list(template.as_deref()),
        Command::Check { draft, with, .. } => check(&draft, with.as_deref()),
        Command::Lines { draft, .. } => lines(&draft),
        Command::Breaks => mark_breaks(),
        Command::Convert { from } => convert(&from),
        Command::Date { date } => print_date(&date),
    }
}

fn run_export(options: &Export) -> Result<ExitCode> {
    let Export { draft, output, dpi, crop_marks, mark_breaks, with, post, hashtags, pictures: _ } = options;
    let release = storage::open(draft)?;
    let emblem = emblem(&release, draft).map_err(|error| emblem_error(&release, &error))?;
    targets::spare_draft(&release, draft, std::slice::from_ref(output))?;
    if !output.exists() {
        targets::check_name(output)?;
    }
    if let Some(with) = with {
        return counterpart::export((draft, &release, emblem.as_ref()), with, *crop_marks, output);
    }
    warn_of_placeholders(&release, draft);
    let format = if *post { Format::Post } else { Format::of(output)? };
    let mut cache = Cache::with_words(own_words());
    let pages = typeset(&release, emblem.as_ref(), &mut cache);
    warn_of_pictures(&release, &pages, draft);
    if let Some(problem) = proof::too_long(&pages) {
        // If standard error is closed, the message is lost.
        let _ = writeln!(io::stderr(), "{}: {problem}", draft.display());
    }
    let files = match format {
        Format::Png(_) => export::pictures(output, pages.pages.len()),
        Format::Post => post::names(output, pages.pages.len()),
        _ => vec![output.clone()],
    };
    targets::spare_draft(&release, draft, &files)?;
    let format = match format {
        Format::Png(default) => Format::Png(dpi.unwrap_or(default)),
        Format::Pdf(_) => Format::Pdf(pdf::Options { crop_marks: *crop_marks }),
        Format::Word(_) => Format::Word(word::Options { mark_breaks: *mark_breaks }),
        format @ (Format::Web | Format::Post | Format::Text) => format,
    };
    let written = if *post {
        let kept = || Settings::path().map(|path| Settings::load(&path).0.hashtags).unwrap_or_default();
        export_post(&SystemDisk, &release, &pages, &hashtags.clone().unwrap_or_else(kept), output)?
    } else {
        export_pages(&SystemDisk, &release, &pages, format, output)?
    };
    // The program ends: to give all clusters of a long release back one by one takes longer than to leave them.
    std::mem::forget((release, cache, pages));
    for file in written {
        writeln!(io::stdout(), "{}", file.display())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The words of the user's list, with the names of the roster.
fn own_words() -> KnownWords {
    OwnLists::read().words
}

/// The user's words, with the names of the roster, and people.
#[derive(Default)]
struct OwnLists {
    words: KnownWords,
    roster: Roster,
    /// Whether a list could not be read.
    is_damaged: bool,
}

impl OwnLists {
    /// A list that cannot be read is named and keeps nobody from working.
    fn read() -> Self {
        let Some(path) = Settings::path() else { return Self::default() };
        let mut is_damaged = false;
        let (settings, error) = Settings::load(&path);
        // If standard error is closed, the message is lost.
        let mut tell = |list: &str, error| {
            is_damaged = true;
            _ = writeln!(io::stderr(), "release-composer: {list}: {error}");
        };
        if let Some(error) = error {
            tell("settings", error);
        }
        let mut words =
            storage::words(&settings.words_path(&path)).map(KnownWords::from_iter).unwrap_or_else(|error| {
                tell("word list", error);
                KnownWords::new()
            });
        let (roster, errors) = storage::roster(&settings, &path);
        errors.into_iter().for_each(|error| tell("list of names", error));
        words.extend(roster.words());
        Self { words, roster, is_damaged }
    }
}

/// Says which placeholders would be printed as they are.
fn warn_of_placeholders(release: &Release, draft: &Path) {
    let open: Vec<String> = release.asked().iter().map(|one| placeholders::written(&one.name)).collect();
    if !open.is_empty() {
        // If standard error is closed, the message is lost.
        let _ = writeln!(io::stderr(), "{}: still to be filled in: {}", draft.display(), open.join(", "));
    }
}

/// Says which release in the other language a draft was not compared with.
fn warn_of_other_language(release: &Release, draft: &Path) {
    if !release.counterpart.is_empty() {
        let other = draft.with_file_name(&release.counterpart).display().to_string();
        // If standard error is closed, the message is lost.
        let _ = writeln!(io::stderr(), "{}: not compared with {other}; give --with {other}", draft.display());
    }
}

/// Says which pictures of the text are not printed.
fn warn_of_pictures(release: &Release, pages: &Pages, draft: &Path) {
    for mut problem in proof::refused_pictures(release, pages) {
        problem.say_why_missing(|name| storage::why_missing(release, draft, name));
        // If standard error is closed, the message is lost.
        let _ = writeln!(io::stderr(), "{}: {problem}", draft.display());
    }
}

fn emblem_error(release: &Release, error: &ArtworkError) -> anyhow::Error {
    let file = release.letterhead.emblem.as_ref().map(|emblem| emblem.file.as_str()).unwrap_or_default();
    let way_out = if matches!(error, ArtworkError::NotAllowed) { ", or give --allow-outside-pictures" } else { "" };
    anyhow::anyhow!("emblem: {file} {error}{way_out}")
}

fn check(draft: &Path, with: Option<&Path>) -> Result<ExitCode> {
    let (release, reordered) = storage::open_and_say(draft)?;
    let (emblem, error) = match emblem(&release, draft) {
        Ok(emblem) => (emblem, None),
        Err(error) => (None, Some(error)),
    };
    let OwnLists { words, roster, is_damaged } = OwnLists::read();
    let pages = typeset(&release, emblem.as_ref(), &mut Cache::with_words(words.clone()));
    let today = chrono::Local::now().date_naive();
    // What only the other language has is printed as a difference.
    let reference = Reference { today, emblem: error.as_ref(), words: &words, roster: &roster, other: None };
    let findings = findings((draft, &release, &pages), &reference);
    let mut out = io::stdout().lock();
    for Reordered { field, letters } in &reordered {
        let letters: Vec<String> = letters.iter().map(|(was, is)| format!("“{was}” as “{is}”")).collect();
        let (field, letters) = (release.name_of(*field), letters.join(", "));
        writeln!(
            out,
            "{}: {field}: Khmer letters are not in normal order and are read in it: {letters}. Save the draft in the \
             window to change the file",
            draft.display()
        )?;
    }
    for finding in &findings {
        writeln!(out, "{}: {}", draft.display(), finding.in_line(&release))?;
    }
    let differences = match with {
        Some(path) => counterpart::compare(&mut out, (draft, &release), (path, &storage::open(path)?), &roster)?,
        None => {
            warn_of_other_language(&release, draft);
            0
        }
    };
    // Nobody is to take for checked what was held against half of the names.
    let is_right = findings.is_empty() && reordered.is_empty() && differences == 0;
    Ok(if is_right && !is_damaged { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What there is to look at in a draft.
fn findings((draft, release, pages): (&Path, &Release, &Pages), reference: &Reference<'_>) -> Vec<Finding> {
    let mut findings = proof::check(release, pages, reference);
    for finding in &mut findings {
        finding.problem.say_why_missing(|name| storage::why_missing(release, draft, name));
    }
    findings
}

fn lines(draft: &Path) -> Result<ExitCode> {
    let release = storage::open(draft)?;
    let emblem = emblem(&release, draft).map_err(|error| emblem_error(&release, &error))?;
    let pages = typeset(&release, emblem.as_ref(), &mut Cache::with_words(own_words()));
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut marker = "";
    for (page, line) in pages.lines() {
        if matches!(line.source, Source::Marker { .. } | Source::NoteNumber { .. }) {
            // A number is in the line of its text.
            marker = line.characters();
            continue;
        }
        let hyphen = if line.is_hyphenated() { "-" } else { "" };
        let text = line.shown();
        writeln!(out, "{}\t{}{hyphen}", page + 1, format!("{}{text}", std::mem::take(&mut marker)).trim_end())?;
    }
    out.flush()?;
    anyhow::ensure!(!pages.is_cut, ExportError::TooManyPages);
    Ok(ExitCode::SUCCESS)
}

fn mark_breaks() -> Result<ExitCode> {
    let words = own_words();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut input = io::stdin().lock().take(MOST_INPUT + 1);
    for number in 1u64.. {
        let Some(line) = next_line(&mut input, number)? else { break };
        if input.limit() == 0 {
            bail!("standard input has more than {} MB; divide it", MOST_INPUT >> 20);
        }
        let mut start = 0;
        for place in breaks::line_breaks_with(&line, &words) {
            write!(out, "{}|", line.get(start..place.at).unwrap_or_default())?;
            start = place.at;
        }
        writeln!(out, "{}", line.get(start..).unwrap_or_default())?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The most text that `convert` takes, in bytes.
const MOST_LEGACY: u64 = 64 << 20;

fn convert(fonts: &str) -> Result<ExitCode> {
    let known = LegacyFont::ALL.into_iter().find(|font| font.name() == fonts.to_lowercase());
    let Some(font) = known.or_else(|| LegacyFont::of_font(fonts)) else {
        bail!("there are no fonts `{fonts}`; there are limon, abc, baidok and fk");
    };
    let mut bytes = Vec::new();
    io::stdin().lock().take(MOST_LEGACY + 1).read_to_end(&mut bytes).context("standard input cannot be read")?;
    if bytes.len() as u64 > MOST_LEGACY {
        bail!("standard input has more than {} MB; divide it", MOST_LEGACY >> 20);
    }
    // A file from that time is in Windows' code page.
    let text = String::from_utf8(bytes).unwrap_or_else(|error| legacy::decode_windows(error.as_bytes()));
    write!(io::stdout(), "{}", legacy::convert(&text, font))?;
    Ok(ExitCode::SUCCESS)
}

/// The next line of a text without its break; `None` at the end.
fn next_line(input: &mut impl io::BufRead, number: u64) -> Result<Option<String>> {
    let mut line = Vec::new();
    let read = input.take(LONGEST_LINE + 2).read_until(b'\n', &mut line).context("standard input cannot be read")?;
    if line.pop_if(|last| *last == b'\n').is_some() {
        line.pop_if(|last| *last == b'\r');
    }
    if line.len() as u64 > LONGEST_LINE {
        bail!("line {number} of standard input has more than {} MB; divide it", LONGEST_LINE >> 20);
    }
    let line = String::from_utf8(line).with_context(|| format!("line {number} of standard input is not text"))?;
    Ok((read > 0).then_some(line))
}

fn print_date(date: &str) -> Result<ExitCode> {
    let date = dates::read_date(date)?;
    let mut out = io::stdout().lock();
    let write_place = |language| match language {
        Language::English => format!("Phnom Penh, {}", dates::english_date(date)),
        Language::Khmer => format!("រាជធានីភ្នំពេញ {}", dates::khmer_date(date)),
    };
    writeln!(out, "{}\n{}", write_place(Language::English), write_place(Language::Khmer))?;
    if let Some(lunar) = dates::LunarDate::of(date) {
        writeln!(out, "{}", lunar.khmer_line())?;
    }
    Ok(ExitCode::SUCCESS)
}
