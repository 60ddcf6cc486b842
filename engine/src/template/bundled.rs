//! The templates that come with the program.

use crate::release::{Release, file};

/// A template of the program's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bundled {
    /// What it is called on the command line.
    pub id: &'static str,
    /// Its file.
    source: &'static str,
}

macro_rules! bundled {
    ($($id:literal),* $(,)?) => {
        &[$(Bundled { id: $id, source: include_str!(concat!("../../../assets/templates/", $id, ".ron")) }),*]
    };
}

/// All of them, the most used first, each in both languages.
const ALL: &[Bundled] = bundled![
    "call-or-meeting.km",
    "call-or-meeting.en",
    "spokesperson.km",
    "spokesperson.en",
    "congratulations.km",
    "congratulations.en",
    "condolences.km",
    "condolences.en",
    "joint.km",
    "joint.en",
    "press-notice.km",
    "press-notice.en",
];

/// The templates that come with the program, the most used first.
pub fn bundled() -> impl Iterator<Item = Bundled> {
    ALL.iter().copied()
}

impl Bundled {
    /// The template; an empty one if its file cannot be read, which a test rules out.
    pub fn release(self) -> Release {
        file::parse(self.source).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        release::{Kind, Language},
        template::{Answers, fill},
        typeset::{Cache, typeset},
    };

    #[test]
    fn each_is_a_template_that_declares_all_it_asks_for() {
        let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        for bundled in bundled() {
            let release = file::parse(bundled.source).unwrap_or_else(|error| panic!("{}: {error}", bundled.id));
            assert!(release.template.is_some(), "{}", bundled.id);
            let khmer = bundled.id.ends_with(".km");
            assert_eq!(release.language == Language::Khmer, khmer, "{}", bundled.id);
            assert_eq!(release.asked(), release.placeholders, "{}", bundled.id);
            assert_eq!(
                file::write(&release).matches("{{").count(),
                release.open_placeholders().len(),
                "{}",
                bundled.id
            );
            let answer = |one: &crate::release::Placeholder| match &one.kind {
                Kind::Date => "2026-11-25".to_owned(),
                Kind::Choice(choices) => choices.first().cloned().unwrap_or_default(),
                Kind::Text | Kind::LongText => "ឈ្មោះ".to_owned(),
            };
            let answers: Answers = release.asked().iter().map(|one| (one.name.clone(), answer(one))).collect();
            let filled = fill(&release, &answers, today).unwrap();
            assert!(filled.open_placeholders().is_empty(), "{}", bundled.id);
            let pages = typeset(&filled, None, &mut Cache::default());
            assert_eq!((pages.pages.len(), pages.missing_characters()), (1, Vec::new()), "{}", bundled.id);
            // The defaults are answers that fit.
            fill(&release, &Answers::new(), today).unwrap();
        }
    }
}
