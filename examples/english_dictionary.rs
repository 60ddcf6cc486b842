//! Makes `assets/english.dic.z` of two Hunspell word lists that share their rules of endings: each
//! word with the endings that either has. See `assets/english.md`.
//!
//! usage: english_dictionary ONE.dic OTHER.dic MERGED.dic.z

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write as _,
};

use anyhow::Context as _;
use flate2::{Compression, write::ZlibEncoder};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [one, other, merged] = arguments.as_slice() else {
        anyhow::bail!("usage: english_dictionary ONE.dic OTHER.dic MERGED.dic.z");
    };
    let mut words: BTreeMap<String, BTreeSet<char>> = BTreeMap::new();
    for path in [one, other] {
        let list = std::fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
        // The first line says how many words follow.
        for line in list.lines().skip(1).filter(|line| !line.is_empty()) {
            let (word, endings) = line.split_once('/').unwrap_or((line, ""));
            words.entry(word.to_owned()).or_default().extend(endings.chars());
        }
    }
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    writeln!(encoder, "{}", words.len())?;
    for (word, endings) in &words {
        let slash = if endings.is_empty() { "" } else { "/" };
        writeln!(encoder, "{word}{slash}{}", endings.iter().collect::<String>())?;
    }
    std::fs::write(merged, encoder.finish()?).with_context(|| format!("cannot write {merged}"))
}
