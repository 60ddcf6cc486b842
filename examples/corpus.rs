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
    let whole = |line: &&typeset::Line| line.ends_text() && line.source != typeset::Source::PageNumber;
    let texts: Vec<&str> =
        pages.lines().map(|(_, line)| line).filter(whole).map(|line| line.text.text.as_str()).collect();
    std::fs::write(out.with_extension("txt"), texts.join("\n\n"))?;
    Ok(())
}
