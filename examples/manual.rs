//! Makes the manual pages of the command line, and its completions for bash, zsh and fish, as they lie
//! below `/usr/share`.
//!
//! usage: manual FOLDER

use std::{fs, path::Path};

use anyhow::{Context as _, bail};
use clap::CommandFactory as _;
use clap_complete::{Shell, generate_to};

#[allow(dead_code, reason = "only what the command line is called is asked for")]
#[path = "../src/cli/mod.rs"]
mod cli;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder] = arguments.as_slice() else { bail!("usage: manual FOLDER") };
    let command = || cli::Cli::command().name("release-composer");
    let shells = [
        (Shell::Bash, "bash-completion/completions"),
        (Shell::Zsh, "zsh/vendor-completions"),
        (Shell::Fish, "fish/vendor_completions.d"),
    ];
    for (shell, place) in shells {
        let place = make(folder, place)?;
        let file = generate_to(shell, &mut command(), "release-composer", &place)
            .with_context(|| format!("cannot write to {}", place.display()))?;
        if shell == Shell::Bash {
            // bash-completion looks for the plain name.
            fs::rename(&file, file.with_extension("")).with_context(|| format!("cannot rename {}", file.display()))?;
        }
    }
    let place = make(folder, "man/man1")?;
    // A page on each command, and none on how to ask for help on it.
    clap_mangen::generate_to(command().disable_help_subcommand(true), &place)
        .with_context(|| format!("cannot write to {}", place.display()))
}

fn make(folder: &str, place: &str) -> anyhow::Result<std::path::PathBuf> {
    let path = Path::new(folder).join(place);
    fs::create_dir_all(&path).with_context(|| format!("cannot make {}", path.display()))?;
    Ok(path)
}
