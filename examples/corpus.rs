//! Writes the PDF of each draft named, and beside it its text as a reader should give it back, for
//! readers and validators outside of `cargo test`.
//!
//! usage: corpus FOLDER DRAFT.ron ...

use std::{path::Path, process::ExitCode};

use release_composer::{artwork, pdf, release, typeset};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: corpus FOLDER DRAFT.ron ...");
        return ExitCode::from(2);
    };
    for draft in arguments {
        if let Err(error) = export(Path::new(&draft), Path::new(&folder)) {
            eprintln!("{draft}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn export(draft: &Path, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let release = release::file::parse(&std::fs::read_to_string(draft)?)?;
    let beside = draft.parent().unwrap_or(Path::new("."));
    let emblem = match &release.letterhead.emblem {
        Some(emblem) => Some(artwork::decode(&std::fs::read(beside.join(&emblem.file))?)?),
        None => None,
    };
    let pages = typeset::typeset(&release, emblem.as_ref(), &mut typeset::Cache::default());
    let options = pdf::Options { crop_marks: draft.to_string_lossy().contains("crop-marks") };
    let bytes = pdf::write(&pages, &pdf::Info::of(&release), &options)?;
    std::fs::create_dir_all(folder)?;
    let out = folder.join(draft.file_name().unwrap_or_default());
    std::fs::write(out.with_extension("pdf"), bytes)?;
    std::fs::write(out.with_extension("txt"), text(&pages))?;
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
