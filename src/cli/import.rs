//! `import`: a page of HTML as a draft.

use std::{
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Result, bail};
use clap::Args;
use release_composer::{html, storage};

use super::targets::Targets;

#[derive(Args)]
pub struct Import {
    /// The page: a file of HTML, as a browser saves it
    page: PathBuf,
    /// The draft to write
    #[arg(short, long)]
    output: PathBuf,
    /// Replace a draft that is there
    #[arg(long)]
    force: bool,
}

/// Reads the page and writes the draft; what the draft cannot hold is listed on standard error, a line each.
pub fn run(options: &Import) -> Result<ExitCode> {
    let Import { page, output, force } = options;
    if Targets::is_there(output) && !force {
        bail!("{} is there already; give --force to replace it, or another name", output.display());
    }
    Targets::new(*force, [page.as_path()]).check(output)?;
    let bytes = storage::regular::read(page, html::LONGEST).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => {
            let most = html::LONGEST >> 20;
            anyhow::anyhow!("{}: a page has at most {most} MB; copy its text from a browser", page.display())
        }
        _ => anyhow::anyhow!("cannot read {}: {error}", page.display()),
    })?;
    let imported =
        html::import(&html::decode(&bytes)).map_err(|error| anyhow::anyhow!("{}: {error}", page.display()))?;
    storage::save(output, &imported.release)?;
    let mut told = io::stderr().lock();
    for (line, lost) in &imported.lost {
        // Where standard error is closed nobody is left to be told.
        let _ = writeln!(told, "{}:{line}: {lost}", page.display());
    }
    writeln!(io::stdout(), "{}", output.display())?;
    Ok(ExitCode::SUCCESS)
}
