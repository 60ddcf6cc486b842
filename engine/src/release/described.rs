//! What a file of a release says about itself, whichever format it has.
//!
//! Knows the document alone. Invariant: each text is one line.

use super::Release;

impl Release {
    /// The title of a file: the headline or, without one, the kind of document; may be empty.
    pub fn file_title(&self) -> String {
        first([&self.headline, &self.title])
    }

    /// Who issues it: the ministry or, without one, the department; may be empty.
    pub fn file_author(&self) -> String {
        first([&self.letterhead.ministry, &self.letterhead.department])
    }
}

/// The first text that has words, as one line.
fn first(texts: [&str; 2]) -> String {
    texts.into_iter().map(one_line).find(|text| !text.is_empty()).unwrap_or_default()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_its_headline_or_its_kind() {
        let mut release = Release { title: "PRESS  RELEASE".into(), headline: " \u{A0}".into(), ..Release::default() };
        release.letterhead.ministry = "MINISTRY\nOF X".into();
        assert_eq!((release.file_title(), release.file_author()), ("PRESS RELEASE".into(), "MINISTRY OF X".into()));
        (release.headline, release.letterhead.ministry) = ("A\nvisit".into(), String::new());
        release.letterhead.department = "Department".into();
        assert_eq!((release.file_title(), release.file_author()), ("A visit".into(), "Department".into()));
    }
}
