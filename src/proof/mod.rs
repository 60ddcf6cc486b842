//! Checks on a release before it goes out.
//!
//! Knows the document and its pages; says what is missing or would print badly, and where.
//! It never changes anything, and it is the official who decides.

use crate::{
    artwork::ArtworkError,
    release::{Field, Release},
    typeset::Pages,
};

/// Something that an official should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where to look, if it is a field.
    pub field: Option<Field>,
    /// What is the matter.
    pub problem: Problem,
}

/// What can be the matter with a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is no title.
    NoTitle,
    /// There is no headline.
    NoHeadline,
    /// There is no text.
    NoBody,
    /// There is no place of signature.
    NoPlace,
    /// There is no date of signature.
    NoDate,
    /// The emblem cannot be used, for this reason.
    Emblem(String),
    /// The emblem has no text for those who cannot see it.
    NoAlternative,
    /// Characters that no bundled font has, which print as boxes.
    MissingCharacters(String),
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoTitle => f.write_str("title: it is empty"),
            Self::NoHeadline => f.write_str("headline: it is empty"),
            Self::NoBody => f.write_str("body: there is no text"),
            Self::NoPlace => f.write_str("place of signature: it is empty"),
            Self::NoDate => f.write_str("date of signature: none is chosen"),
            Self::Emblem(reason) => write!(f, "emblem: {reason}"),
            Self::NoAlternative => {
                f.write_str("emblem: say in words what it shows, for readers who cannot see it (`alternative`)")
            }
            Self::MissingCharacters(characters) => {
                write!(f, "no font has the characters {characters}; they print as boxes. Replace them")
            }
        }
    }
}

/// Checks a release and its pages. `emblem` is why the picture it names cannot be used, if so.
pub fn check(release: &Release, pages: &Pages, emblem: Option<&ArtworkError>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut find = |field, problem| findings.push(Finding { field, problem });
    let blank = |text: &str| text.trim_matches(|c: char| c.is_whitespace() || c == '\u{200B}').is_empty();
    if blank(&release.title) {
        find(Some(Field::Title), Problem::NoTitle);
    }
    if blank(&release.headline) {
        find(Some(Field::Headline), Problem::NoHeadline);
    }
    if release.body.iter().all(|paragraph| blank(paragraph.text.as_str())) {
        find(Some(Field::Paragraph(0)), Problem::NoBody);
    }
    if blank(&release.signature.place) {
        find(Some(Field::Place), Problem::NoPlace);
    }
    if release.signature.date.is_none() {
        find(None, Problem::NoDate);
    }
    if let Some(named) = &release.letterhead.emblem {
        if let Some(error) = emblem {
            find(None, Problem::Emblem(format!("{} {error}", named.file)));
        } else if blank(&named.alternative) {
            find(None, Problem::NoAlternative);
        }
    }
    let missing: String = pages.missing_characters().into_iter().collect();
    if !missing.is_empty() {
        find(None, Problem::MissingCharacters(missing));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        release::{Paragraph, RichText},
        typeset::{Cache, typeset},
    };

    fn problems(release: &Release) -> Vec<Problem> {
        let pages = typeset(release, None, &mut Cache::default());
        check(release, &pages, None).into_iter().map(|finding| finding.problem).collect()
    }

    #[test]
    fn an_empty_release_lacks_everything() {
        use Problem::{NoBody, NoDate, NoHeadline, NoPlace, NoTitle};
        assert_eq!(problems(&Release::default()), [NoTitle, NoHeadline, NoBody, NoPlace, NoDate]);
    }

    #[test]
    fn a_character_without_a_font_is_named_once() {
        let mut release = Release { title: "A \u{200B}".into(), headline: "🙂🙂".into(), ..Release::default() };
        release.signature.place = "Phnom Penh".into();
        release.signature.date = chrono::NaiveDate::from_ymd_opt(2023, 10, 30);
        release.body.push(Paragraph::new(RichText::plain("x")));
        assert_eq!(problems(&release), [Problem::MissingCharacters("🙂".into())]);
    }
}
