//! Names of files that are made of texts: a headline, or the name of a template.
//!
//! Knows what a name may have in it and where letters end, and no file. Its invariant: every name it gives can be had
//! on every system.

use crate::{
    storage::{check_file_name, fits_file_name},
    typeset::breaks::cluster_boundaries,
};

/// The name of a file, without its ending, that is made of a text: what a name cannot have in it is left out, and it
/// is cut between letters where it is longer than so many bytes. `None` if nothing is left.
pub fn stem_of(text: &str, longest: usize) -> Option<String> {
    let seen = text.chars().filter(|&c| c != '\u{200B}');
    let clean: String = seen.map(|c| if fits_file_name(c) { c } else { ' ' }).collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    let whole = cluster_boundaries(&clean).into_iter().take_while(|&at| at <= longest).last().unwrap_or(0);
    let cut = clean.get(..whole).unwrap_or_default();
    // A word is not cut where there is another before it.
    let ends = whole == clean.len() || clean.get(whole..).is_some_and(|rest| rest.starts_with(' '));
    let stem = if ends { cut } else { cut.rsplit_once(' ').map_or(cut, |(before, _)| before) };
    let stem = stem.trim_matches(['.', ' ']);
    (!stem.is_empty() && check_file_name(stem).is_ok()).then(|| stem.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_a_name_that_every_system_takes() {
        assert_eq!(stem_of(" Call: Japan/Laos\u{200B} ", 80).as_deref(), Some("Call Japan Laos"));
        assert_eq!(stem_of("ការ\u{200B}សន្ទនា", 80).as_deref(), Some("ការសន្ទនា"));
        assert_eq!(stem_of("one two three", 9).as_deref(), Some("one two"));
        let long = stem_of(&"ស្ត្រី".repeat(100), 100).unwrap();
        assert!(long.len() <= 100 && long.ends_with("ស្ត្រី"), "{long}");
        assert_eq!(stem_of("...", 80).or(stem_of(" /", 80)).or(stem_of("Con", 80)), None);
    }
}
