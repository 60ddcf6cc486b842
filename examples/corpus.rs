//! Writes the PDF of each draft named, and beside it its text as a reader should give it back, for
//! readers and validators outside of `cargo test`.
//!
//! usage: corpus FOLDER DRAFT.ron ...

use std::{path::Path, process::ExitCode};

use release_composer::{artwork, pdf, release, typeset};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((folder, drafts)) = arguments.split_first() else {
        eprintln!("usage: corpus FOLDER DRAFT.ron ...");
        return ExitCode::from(2);
    };
    let folder = Path::new(folder);
    let mut failed = false;
    let mut tell = |draft: &str, done: Result<(), Box<dyn std::error::Error>>| {
        if let Err(error) = done {
            eprintln!("{draft}: {error}");
            failed = true;
        }
    };
    for draft in drafts {
        tell(draft, export(Path::new(draft), folder));
        // What is there in both languages is written into one file, too.
        let khmer = draft.replace(".ron", "-khmer.ron");
        if drafts.contains(&khmer) {
            tell(&khmer, export_both(Path::new(&khmer), Path::new(draft), folder));
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// A draft with its pages.
fn set(draft: &Path) -> Result<(release::Release, typeset::Pages), Box<dyn std::error::Error>> {
    let release = release::file::parse(&std::fs::read_to_string(draft)?)?;
    let beside = draft.parent().unwrap_or(Path::new("."));
    let emblem = match &release.letterhead.emblem {
        Some(emblem) => Some(artwork::decode(&std::fs::read(beside.join(&emblem.file))?)?),
        None => None,
    };
    let pages = typeset::typeset(&release, emblem.as_ref(), &mut typeset::Cache::default());
    Ok((release, pages))
}

fn export(draft: &Path, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let (release, pages) = set(draft)?;
    let options = pdf::Options { crop_marks: draft.to_string_lossy().contains("crop-marks") };
    let bytes = pdf::write(&pages, &pdf::Info::of(&release), &options)?;
    std::fs::create_dir_all(folder)?;
    let out = folder.join(draft.file_name().unwrap_or_default());
    std::fs::write(out.with_extension("pdf"), bytes)?;
    std::fs::write(out.with_extension("txt"), text(&pages))?;
    Ok(())
}

fn export_both(khmer: &Path, english: &Path, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let ((release, first), (_, second)) = (set(khmer)?, set(english)?);
    let bytes = pdf::write_both(&first, &second, &pdf::Info::of(&release), &pdf::Options::default())?;
    let stem = english.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    std::fs::write(folder.join(format!("{stem}-both.pdf")), bytes)?;
    std::fs::write(folder.join(format!("{stem}-both.txt")), format!("{}\n\n{}", text(&first), text(&second)))?;
    Ok(())
}

/// All text in reading order, which is that of the lines: a paragraph that goes on behind the notes of its page does so
/// here, too.
fn text(pages: &typeset::Pages) -> String {
    let mut said = String::new();
    let mut before: Option<&typeset::Line> = None;
    for (_, line) in pages.lines().filter(|(_, line)| line.source != typeset::Source::PageNumber) {
        let range = line.range();
        let goes_on = before.filter(|before| std::ptr::eq(&*before.text, &*line.text));
        let start = goes_on.map_or(range.start, |before| before.range().end);
        if goes_on.is_none() {
            said.push_str("\n\n");
        }
        said.push_str(&line.text.shown(start..range.end));
        before = Some(line);
    }
    said
}
