//! Texts that are still to be written: empty where the page shows a bare number or a gap, empty where the same release
//! in the other language has words, or still in the other language.
//!
//! Knows releases. Invariant: in a text that has words of its own language, only sentences are named.

use std::{collections::HashSet, ops::Range};

use super::{Finding, Problem, counterpart};
use crate::{
    khmer::characters::is_letter,
    release::{BlockKind, Field, Language, Release, SignatoryLine, is_blank},
    roster::Roster,
    typeset::breaks::cluster_boundaries,
};

/// Characters that can be seen of an original, in a finding.
const SHOWN: usize = 60;
/// So many words of the other script alone are a text and no name. A block may hold the name of an office.
const WORDS: usize = 4;
/// Titles and headlines are shorter, and hold no names alone.
const WORDS_OF_TITLE: usize = 2;
/// Khmer has no spaces between words: so many letters are about as long as a word of Latin script.
const LETTERS_OF_WORD: usize = 4;

/// Words that make a sentence of English words; names of offices, laws and firms have none of them.
const OF_SENTENCES: [&str; 30] = [
    "is", "are", "was", "were", "be", "been", "will", "would", "shall", "should", "can", "could", "may", "must", "has",
    "have", "had", "that", "which", "who", "they", "their", "he", "his", "she", "her", "it", "its", "we", "our",
];

/// What prints as a bare number, a bare bullet or a gap, whatever the other language has. In a template it may.
pub fn gaps(release: &Release) -> Vec<Finding> {
    if release.template.is_some() {
        return Vec::new();
    }
    let blocks = release.body.iter().enumerate().filter(|(_, block)| is_blank(block.text.as_str()));
    let of_blocks = blocks.filter_map(|(index, block)| {
        let problem = match block.kind {
            BlockKind::Item(_) => Problem::EmptyItem,
            BlockKind::Heading(_) => Problem::EmptyHeading,
            _ => return None,
        };
        Some((Field::Paragraph(index), problem))
    });
    let signatories = &release.signature.signatories;
    // One who is not named is room for a name.
    let of_signatories = signatories
        .iter()
        .enumerate()
        .filter(|(_, one)| signatories.len() > 1 && SignatoryLine::ALL.iter().all(|line| is_blank(one.line(*line))));
    let of_signatories =
        of_signatories.map(|(index, _)| (Field::Signatory(index, SignatoryLine::Name), Problem::EmptySignatory));
    of_blocks.chain(of_signatories).map(|(field, problem)| whole(field, problem)).collect()
}

/// The empty texts that the release in the other language has words for. Those in `known` are named already.
pub fn beside(release: &Release, other: &Release, roster: &Roster, known: &[Finding]) -> Vec<Finding> {
    let known: HashSet<Field> = known.iter().filter_map(|finding| finding.field).collect();
    let pairs = counterpart::unwritten(release, other, roster).into_iter();
    let finding = |(field, original): (Field, Field)| {
        let text = other.text(original).unwrap_or_default();
        whole(field, Problem::Unwritten(beginning(text.as_str())))
    };
    pairs.filter(|(field, _)| !known.contains(field)).map(finding).collect()
}

/// The texts that have no letter of their language, and words of the other; and sentences in the other language within
/// a paragraph.
pub fn in_other_script(release: &Release) -> Vec<Finding> {
    let mut found = texts_in_other_script(release);
    for field in release.fields().filter(|field| matches!(field, Field::Paragraph(_) | Field::Note(..))) {
        let is_whole = found.iter().any(|finding| finding.field == Some(field));
        let Some(text) = release.text(field).filter(|_| !is_whole && !is_quoted(release, field)) else { continue };
        found.extend(sentences_in_other_script(text.as_str(), release.language).into_iter().map(|range| {
            let shown = beginning(text.as_str().get(range.clone()).unwrap_or_default());
            Finding { field: Some(field), range, problem: Problem::OtherLanguage(shown) }
        }));
    }
    found
}

/// The sentences in the other language within a text; what is quoted or in brackets may be in any.
fn sentences_in_other_script(text: &str, language: Language) -> Vec<Range<usize>> {
    let is_own = |c: char| if language == Language::Khmer { is_letter(c) } else { is_latin(c) };
    let is_edge = |c: char| is_own(c) || "“”«»\"()[]".contains(c);
    let mut found = Vec::new();
    let mut from = 0;
    // What opens a quotation before a stretch is the character in front of it.
    let mut is_enclosed = false;
    let edges = text.match_indices(is_edge).map(|(at, edge)| (at, Some(edge)));
    for (at, edge) in edges.chain([(text.len(), None)]) {
        let stretch = text.get(from..at).unwrap_or_default();
        if !is_enclosed && is_sentence(stretch, language.other()) {
            // A stop before it belongs to the text's own language.
            let is_other = |c: char| if language == Language::Khmer { is_latin(c) } else { is_letter(c) };
            let start = stretch.find(is_other).unwrap_or(0);
            found.push(from + start..from + stretch.trim_end().len());
        }
        is_enclosed = match edge {
            Some("“" | "«" | "(" | "[") => true,
            Some("\"") => !is_enclosed,
            Some("”" | "»" | ")" | "]") => false,
            _ => is_enclosed,
        };
        from = at + edge.map_or(0, str::len);
    }
    found
}

/// Whether words are a sentence, and no name.
fn is_sentence(words: &str, language: Language) -> bool {
    match language {
        Language::Khmer => {
            let letters = words.chars().filter(|c| is_letter(*c)).count();
            letters >= WORDS * LETTERS_OF_WORD && words.contains(['។', '៕'])
        }
        Language::English => {
            let words = words.split_whitespace().map(|word| word.trim_matches(|c| !is_latin(c)));
            let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
            words.len() >= WORDS && words.iter().any(|word| OF_SENTENCES.contains(word))
        }
    }
}

fn texts_in_other_script(release: &Release) -> Vec<Finding> {
    let is_named = |field: Field| {
        let text = release.text(field)?;
        let least = match field {
            Field::Reference | Field::Place => return None,
            Field::Paragraph(_) | Field::Note(..) | Field::Signatory(..) => WORDS,
            _ => WORDS_OF_TITLE,
        };
        let is_other = is_in_other_script(text.as_str(), release.language, least) && !is_quoted(release, field);
        let shown = beginning(text.as_str());
        let range = 0..text.as_str().trim_end().len();
        is_other.then_some(Finding { field: Some(field), range, problem: Problem::OtherLanguage(shown) })
    };
    release.fields().filter_map(is_named).collect()
}

/// Whether a whole text is what another person said, which may be in any language.
fn is_quoted(release: &Release, field: Field) -> bool {
    let Field::Paragraph(index) = field else { return false };
    release.body.get(index).is_some_and(|block| {
        let text = block.text.as_str().trim();
        block.kind == BlockKind::Quotation || text.starts_with(['“', '«', '"']) && text.ends_with(['”', '»', '"'])
    })
}

/// Whether a text has at least so many words of the other script, and no letter of the language's own.
fn is_in_other_script(text: &str, language: Language, least: usize) -> bool {
    match language {
        Language::English => {
            let letters = text.chars().filter(|c| is_letter(*c)).count();
            letters >= least * LETTERS_OF_WORD && !text.contains(is_latin)
        }
        Language::Khmer => {
            // What is no letter of either, as an address or a number, is no word.
            let words = text.split_whitespace().filter(|word| word.chars().filter(|c| is_latin(*c)).count() > 1);
            words.count() >= least && !text.contains(is_letter)
        }
    }
}

fn is_latin(c: char) -> bool {
    c.is_alphabetic() && matches!(c, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// The first words of a text, on one line.
fn beginning(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((most, _)) = line.char_indices().nth(SHOWN) else { return line };
    let end = cluster_boundaries(&line).into_iter().take_while(|at| *at <= most).last().unwrap_or(0);
    format!("{}…", line.get(..end).unwrap_or_default().trim_end())
}

/// A finding of a whole text.
fn whole(field: Field, problem: Problem) -> Finding {
    Finding { field: Some(field), range: 0..0, problem }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        release::{Cell, HeadingLevel, Level, ListKind, Paragraph, RichText, Signatory},
        template::in_other_language,
    };

    const ITEM: BlockKind = BlockKind::item(ListKind::Numbered, Level::One);
    const HEADING: BlockKind = BlockKind::Heading(HeadingLevel::One);

    fn block(kind: BlockKind, text: &str) -> Paragraph {
        Paragraph { kind, ..Paragraph::new(RichText::plain(text)) }
    }

    fn release(language: Language, body: Vec<Paragraph>) -> Release {
        Release { body, headline: "x".into(), ..Release::blank(language) }
    }

    fn named(findings: Vec<Finding>) -> Vec<(Field, Problem)> {
        findings.into_iter().map(|finding| (finding.field.unwrap(), finding.problem)).collect()
    }

    #[test]
    fn what_prints_as_a_bare_number_or_a_gap_is_named() {
        let body = vec![
            block(HEADING, "\u{200B}"),
            block(ITEM, "One."),
            block(ITEM, " "),
            block(BlockKind::Plain, ""),
            block(BlockKind::Cell(Cell::Row), ""),
        ];
        let mut release = release(Language::English, body);
        let found = [(Field::Paragraph(0), Problem::EmptyHeading), (Field::Paragraph(2), Problem::EmptyItem)];
        assert_eq!(named(gaps(&release)), found);
        release.body.clear();
        assert_eq!(named(gaps(&release)), []);
        let named_one = Signatory { name: "SOK Dara".into(), ..Signatory::default() };
        release.signature.signatories = vec![named_one, Signatory::default()];
        let second = Field::Signatory(1, SignatoryLine::Name);
        assert_eq!(named(gaps(&release)), [(second, Problem::EmptySignatory)]);
        release.template = Some(crate::release::Template::default());
        assert_eq!(named(gaps(&release)), []);
    }

    #[test]
    fn a_draft_that_was_begun_in_the_other_language_names_all_that_is_to_be_written() {
        let body = vec![
            block(HEADING, "Trade"),
            block(BlockKind::Plain, "It grew by 12 per cent."),
            block(BlockKind::Cell(Cell::Header), "Year"),
            block(BlockKind::Cell(Cell::Beside), ""),
            block(BlockKind::Plain, "Investment grew, too, and both sides were glad of that."),
        ];
        let mut english = release(Language::English, body);
        english.letterhead.department = "Department of Information".into();
        english.notice = "UNOFFICIAL TRANSLATION".into();
        let roster = Roster::default();
        let mut khmer = in_other_language(&english, &roster);
        let found = |khmer: &Release| named(beside(khmer, &english, &roster, &[]));
        let to_write = |text: &str| Problem::Unwritten(text.into());
        let all = [
            (Field::Department, to_write("Department of Information")),
            (Field::Headline, to_write("x")),
            (Field::Paragraph(0), to_write("Trade")),
            (Field::Paragraph(1), to_write("It grew by 12 per cent.")),
            (Field::Paragraph(2), to_write("Year")),
            (Field::Paragraph(4), to_write("Investment grew, too, and both sides were glad of that.")),
        ];
        assert_eq!(found(&khmer), all);
        // An item or heading is named once, and so is what a release cannot do without.
        let known = gaps(&khmer);
        assert_eq!(beside(&khmer, &english, &roster, &known).len(), all.len() - 1);
        // The original lacks nothing, and what is written is not named.
        assert_eq!(named(beside(&english, &khmer, &roster, &[])), []);
        for index in [0, 1, 2, 4] {
            khmer.body[index].text = RichText::plain("ពាណិជ្ជកម្មបានកើនឡើង ១២ ភាគរយ។");
        }
        (khmer.headline, khmer.letterhead.department) = ("ក".into(), "ខ".into());
        assert_eq!(found(&khmer), []);
        // The blocks before an empty one may be more or fewer.
        khmer.body[4].text = RichText::default();
        khmer.body.remove(1);
        assert_eq!(found(&khmer).len(), 1);
        assert_eq!(found(&khmer)[0].0, Field::Paragraph(3));
    }

    #[test]
    fn a_text_in_the_other_script_is_named_and_a_name_is_not() {
        for (language, text, is_named) in [
            (Language::Khmer, "The two sides agreed to meet again.", true),
            (Language::Khmer, "Toyota Land Cruiser", false),
            (Language::Khmer, "“The two sides agreed to meet again.”", false),
            (Language::Khmer, "ក្រុមហ៊ុន Toyota Land Cruiser Company Limited", false),
            (Language::Khmer, "1,500 2,000 3,000 4,000", false),
            (Language::Khmer, "ភាគីទាំងពីរបានឯកភាពជួបគ្នាម្តងទៀត។", false),
            (Language::English, "ភាគីទាំងពីរបានឯកភាពជួបគ្នាម្តងទៀត។", true),
            (Language::English, "សុខ តារា", false),
            (Language::Khmer, "ភាគីទាំងពីរបានជួបគ្នា។ The two sides will meet again next year.", true),
            (Language::Khmer, "លោកថា “The two sides will meet again next year.” ហើយបានចាកចេញ។", false),
            (Language::Khmer, "អង្គការ (that which they have been for us) បានជួប។", false),
            (Language::Khmer, "សមាគម Association of the Friends of South East Asia បានជួប។", false),
            (Language::English, "The two sides met. ភាគីទាំងពីរបានឯកភាពជួបគ្នាម្តងទៀត។ They spoke.", true),
            (Language::English, "It is called “ភាគីទាំងពីរបានឯកភាពជួបគ្នាម្តងទៀត។” in Khmer.", false),
            (Language::English, "The word is ភាគីទាំងពីរបានឯកភាពជួបគ្នាម្តងទៀត", false),
            (Language::English, "២០២៣", false),
        ] {
            let release = release(language, vec![block(BlockKind::Plain, text)]);
            let found = named(in_other_script(&release));
            let at = found.iter().filter(|(field, _)| *field == Field::Paragraph(0)).count();
            assert_eq!(at == 1, is_named, "{text}: {found:?}");
        }
    }

    #[test]
    fn a_sentence_in_the_other_language_is_marked_where_it_is() {
        let text = "ភាគីទាំងពីរបានជួបគ្នា។ The two sides will meet again. ពួកគេបានចាកចេញ។";
        let release = release(Language::Khmer, vec![block(BlockKind::Plain, text)]);
        let found = in_other_script(&release);
        let of_text = found.iter().find(|finding| finding.field == Some(Field::Paragraph(0))).unwrap();
        assert_eq!(text.get(of_text.range.clone()), Some("The two sides will meet again."));
    }

    #[test]
    fn the_beginning_of_an_original_ends_between_clusters() {
        assert_eq!(beginning("  Two\nlines "), "Two lines");
        let khmer = "កិច្ចប្រជុំ".repeat(12);
        let shown = beginning(&khmer);
        let cut = shown.strip_suffix('…').unwrap();
        assert!(khmer.starts_with(cut) && cluster_boundaries(&khmer).contains(&cut.len()), "{shown}");
    }
}
