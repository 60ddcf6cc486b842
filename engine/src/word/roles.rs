//! Lines of a letter of which it is not sure what they are: proposed, and put into the fields that the user names.
//!
//! Knows releases as they come from Word. Invariant: no word is lost but of lines that are to be left out.

use super::{
    STOPS,
    read::lines::{place_and_date, sign, split_date, without_label, without_quotes},
};
use crate::release::{BlockKind, Paragraph, Release, Signatory, SignatoryLine, SigningDate};

/// What a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Text of the body
    #[default]
    Text,
    /// The reference number
    Reference,
    /// A line of its own above the title
    Notice,
    /// The kind of document
    Title,
    /// The headline, or a part of it
    Headline,
    /// Where and when it was signed
    PlaceAndDate,
    /// The office of a signatory
    SignatoryTitle,
    /// The name of a signatory
    SignatoryName,
    /// Nothing of the release
    LeaveOut,
}

impl Role {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 9] = [
        Self::Text,
        Self::Reference,
        Self::Notice,
        Self::Title,
        Self::Headline,
        Self::PlaceAndDate,
        Self::SignatoryTitle,
        Self::SignatoryName,
        Self::LeaveOut,
    ];
}

/// A line above the text has no more letters, and one below it.
const LONGEST: usize = 160;
/// So many lines are asked about above the text, and below it.
const MOST: (usize, usize) = (8, 5);

/// The lines of the body that may be something else, with what they seem to be. None if nothing is missing.
pub fn doubtful(release: &Release) -> Vec<(usize, Role)> {
    let no_headline = release.headline.trim().is_empty();
    let no_date = release.signature.date == SigningDate::Unset;
    let nobody = release.signature.signatories.iter().all(|one| *one == Signatory::default());
    if !(no_headline || no_date || nobody) {
        return Vec::new();
    }
    let is_line = |block: &Paragraph| {
        matches!(block.kind, BlockKind::Plain | BlockKind::Centred)
            && block.picture.is_none()
            && block.text.as_str().chars().count() <= LONGEST
    };
    let body = &release.body;
    let above = body.iter().take(MOST.0).take_while(|block| is_line(block)).count();
    let below = body.iter().rev().take(MOST.1).take_while(|block| is_line(block)).count().min(body.len() - above);
    let mut lines: Vec<(usize, Role)> = Vec::new();
    if no_headline {
        lines.extend((0..above).map(|index| (index, if index == 0 { Role::Headline } else { Role::Text })));
    }
    if no_date || nobody {
        let first = body.len() - below;
        let line = |index: usize| body.get(index).map(|block| block.text.as_str().trim()).unwrap_or_default();
        let dated = (first..body.len()).find(|index| no_date && split_date(line(*index)).is_some());
        for index in first..body.len() {
            let from_end = body.len() - index;
            let is_sentence = line(index).ends_with(STOPS) || line(index).ends_with(':');
            let role = match (dated, from_end) {
                (Some(at), _) if at == index => Role::PlaceAndDate,
                (Some(at), _) if index < at => Role::Text,
                (_, 1) if nobody && !is_sentence => Role::SignatoryName,
                (_, 2) if nobody && !is_sentence && !line(index + 1).ends_with(STOPS) => Role::SignatoryTitle,
                _ => Role::Text,
            };
            lines.push((index, role));
        }
    }
    lines
}

/// Puts lines of the body where they belong.
pub fn sort(release: &mut Release, roles: &[(usize, Role)]) {
    let mut signatories: Vec<Signatory> = Vec::new();
    for (index, role) in roles {
        let Some(block) = release.body.get(*index) else { continue };
        let text = block.text.as_str().trim().to_owned();
        match role {
            Role::Text | Role::LeaveOut => {}
            Role::Reference => release.reference = without_label(&text, release.language),
            Role::Notice => release.notice = text,
            Role::Title => release.title = text,
            Role::Headline if release.headline.is_empty() => release.headline = without_quotes(&text),
            Role::Headline => release.headline = format!("{} {}", release.headline, without_quotes(&text)),
            Role::PlaceAndDate => place_and_date(release, &text),
            Role::SignatoryTitle => sign(&mut signatories, SignatoryLine::Title, text),
            Role::SignatoryName => sign(&mut signatories, SignatoryLine::Name, text),
        }
    }
    if !signatories.is_empty() {
        release.signature.signatories = signatories;
    }
    let mut index = 0;
    release.body.retain(|_| {
        let role = roles.iter().find(|(at, _)| *at == index).map_or(Role::Text, |(_, role)| *role);
        index += 1;
        role == Role::Text
    });
    if release.body.is_empty() {
        release.body.push(Paragraph::default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::{Language, RichText};

    fn release(lines: &[&str]) -> Release {
        let body = lines.iter().map(|line| Paragraph::new(RichText::plain(*line))).collect();
        let mut release = Release { body, ..Release::blank(Language::English) };
        release.signature.date = SigningDate::Unset;
        release
    }

    #[test]
    fn lines_are_proposed_and_put_where_the_user_says() {
        let long = "The two Ministers discussed trade, tourism and education at length. ".repeat(4);
        let mut letter = release(&[
            "Visit of the Foreign Minister of Japan",
            "A short line",
            long.trim(),
            "They will meet again.",
            "Phnom Penh, 30 October 2023",
            "Director of Information",
            "SOK Dara",
        ]);
        let lines = doubtful(&letter);
        let roles: Vec<Role> = lines.iter().map(|(_, role)| *role).collect();
        use Role::{Headline, PlaceAndDate, SignatoryName, SignatoryTitle, Text};
        assert_eq!(roles, [Headline, Text, Text, PlaceAndDate, SignatoryTitle, SignatoryName]);
        sort(&mut letter, &lines);
        assert_eq!(letter.headline, "Visit of the Foreign Minister of Japan");
        assert_eq!(letter.signature.place, "Phnom Penh");
        assert!(letter.signature.date.day().is_some());
        assert_eq!(
            (&*letter.signature.signatories[0].title, &*letter.signature.signatories[0].name),
            ("Director of Information", "SOK Dara")
        );
        let body: Vec<&str> = letter.body.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(body, ["A short line", long.trim(), "They will meet again."]);
        assert!(doubtful(&letter).is_empty(), "nothing is missing any more");
    }

    #[test]
    fn a_letter_of_lines_alone_is_asked_about_once_each() {
        let lines = doubtful(&release(&["One", "Two", "Three"]));
        let mut seen: Vec<usize> = lines.iter().map(|(index, _)| *index).collect();
        seen.dedup();
        assert_eq!(seen.len(), lines.len());
    }
}
