//! Two spellings of one Khmer word in one release: ឱ្យ beside ឲ្យ, the subscript of ត beside that of ដ.
//!
//! Each is right; a release has one of them. The one that it has most often counts, or the first.
//! Knows releases. Invariant: every range that it gives lies in its text, on characters.

use std::{collections::HashMap, ops::Range};

use super::Problem;
use crate::{
    khmer::{lexicon, search_form},
    release::{Check, Field, Release},
    typeset::breaks::{cluster_boundaries, word_boundaries},
};

/// To give, as it is spelt besides.
const GIVE: [&str; 2] = ["ឱ្យ", "ឲ្យ"];
/// The subscripts that look alike.
const SUBSCRIPTS: [&str; 2] = ["្ត", "្ដ"];

/// A word as it is written at a place.
type Written = (Field, Range<usize>, String);

/// A way that is rarer, with the usual one.
type Rarer = (Written, String);

/// The words that are spelt otherwise than elsewhere in the release.
pub(super) fn two_ways(release: &Release) -> Vec<(Field, Range<usize>, Problem)> {
    let texts: Vec<_> = release.fields().filter_map(|field| Some((field, release.text(field)?))).collect();
    let has = |part: &str| texts.iter().any(|(_, text)| text.as_str().contains(part));
    let several = |parts: &[&str]| parts.iter().filter(|part| has(part)).count() > 1;
    let (gives, subscripts) = (several(&GIVE), several(&SUBSCRIPTS));
    let mut words: HashMap<String, Vec<Written>> = HashMap::new();
    for (field, text) in &texts {
        let text = text.as_str();
        if gives {
            let places = GIVE.iter().flat_map(|way| text.match_indices(way));
            let written = places.map(|(at, way)| (*field, at..at + way.len(), way.to_owned()));
            words.entry(GIVE[0].to_owned()).or_default().extend(written);
        }
        if !subscripts || !SUBSCRIPTS.iter().any(|subscript| text.contains(subscript)) {
            continue;
        }
        for range in word_boundaries(text).windows(2).flat_map(|pair| with_subscript(text, pair[0]..pair[1])) {
            let written = text.get(range.clone()).unwrap_or_default().to_owned();
            words.entry(search_form(&written, false).0).or_default().push((*field, range, written));
        }
    }
    let mut rarer: Vec<Rarer> = words.into_values().flat_map(minority).collect();
    rarer.sort_by_key(|((field, range, _), _)| (*field, range.start));
    let mut found: Vec<(Field, Range<usize>, Problem)> = Vec::new();
    for ((field, range, _), usual) in rarer {
        let Some(text) = texts.iter().find(|(other, _)| *other == field).map(|(_, text)| text.as_str()) else {
            continue;
        };
        // One word may have two of them.
        if found.last().is_some_and(|(other, last, _)| *other == field && range.start < last.end) {
            continue;
        }
        let word = if GIVE.contains(&&*usual) { range.clone() } else { word_around(text, &range) };
        let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        let right = format!("{}{usual}{}", part(word.start, range.start), part(range.end, word.end));
        let written = part(word.start, word.end).to_owned();
        found.push((field, word, Problem::Prose { kind: Check::Variants, written, right: Some(right) }));
    }
    found
}

/// The word that has a range in it: a reader knows no clusters of it.
fn word_around(text: &str, range: &Range<usize>) -> Range<usize> {
    let ends = word_boundaries(text);
    let start = ends.iter().rev().find(|end| **end <= range.start);
    let end = ends.iter().find(|end| **end >= range.end);
    let (start, end) = (start.copied().unwrap_or(range.start), end.copied().unwrap_or(range.end));
    // A noun that is made of a verb is spelt like it.
    let verb = text.get(start..end).and_then(|noun| noun.strip_prefix("ការ")).filter(|verb| lexicon::is_word(verb));
    let verb = verb.map(|verb| end - verb.len()).filter(|verb| *verb <= range.start);
    verb.unwrap_or(start).min(range.start)..end
}

/// The clusters of a word that have one of the subscripts, each with the cluster before it or, at the beginning, the one
/// behind it: a compound has them like its parts.
fn with_subscript(text: &str, word: Range<usize>) -> Vec<Range<usize>> {
    let written = text.get(word.clone()).unwrap_or_default();
    let ends: Vec<usize> = cluster_boundaries(written).into_iter().map(|at| word.start + at).collect();
    let has = |range: &[usize]| {
        let cluster = text.get(range[0]..range[1]).unwrap_or_default();
        SUBSCRIPTS.iter().any(|subscript| cluster.contains(subscript))
    };
    let found = ends.windows(2).enumerate().filter(|(_, cluster)| has(cluster));
    found
        .map(|(index, cluster)| match index.checked_sub(1).and_then(|before| ends.get(before)) {
            Some(&from) => from..cluster[1],
            None => cluster[0]..ends.get(index + 2).copied().unwrap_or(cluster[1]),
        })
        .collect()
}

/// Those of one word that are not written as it is written most often.
fn minority(mut all: Vec<Written>) -> Vec<Rarer> {
    all.sort_by_key(|(field, range, _)| (*field, range.start));
    let mut ways: Vec<(&str, usize)> = Vec::new();
    for (_, _, written) in &all {
        match ways.iter_mut().find(|(way, _)| way == written) {
            Some((_, count)) => *count += 1,
            None => ways.push((written, 1)),
        }
    }
    // Of equal ones the first.
    let Some(usual) = ways.iter().rev().max_by_key(|(_, count)| *count).map(|(way, _)| (*way).to_owned()) else {
        return Vec::new();
    };
    all.into_iter().filter(|(_, _, written)| *written != usual).map(|other| (other, usual.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::{Language, Paragraph, RichText};

    fn found(texts: &[&str]) -> Vec<(usize, String, String)> {
        let body = texts.iter().map(|text| Paragraph::new(RichText::plain(*text))).collect();
        let release = Release { body, ..Release::blank(Language::Khmer) };
        let named = two_ways(&release).into_iter().filter_map(|(field, range, problem)| match (field, problem) {
            (Field::Paragraph(index), Problem::Prose { written, right, kind: Check::Variants }) => {
                assert_eq!(texts[index].get(range), Some(written.as_str()));
                Some((index, written, right.unwrap_or_default()))
            }
            _ => None,
        });
        named.collect()
    }

    #[test]
    fn a_word_that_is_spelt_in_two_ways_is_named_where_it_is_rarer() {
        let give = found(&["លោកបានស្នើឱ្យជួយ។", "លោកបានស្នើឲ្យជួយ ហើយឱ្យទៅ។"]);
        assert_eq!(give, [(1, "ឲ្យ".to_owned(), "ឱ្យ".to_owned())]);
        let subscripts = found(&["ការបន្តកិច្ចសហប្រតិបត្តិការ។", "ការបន្ដកិច្ចប្រជុំ។"]);
        assert_eq!(subscripts, [(1, "បន្ដ".to_owned(), "បន្ត".to_owned())]);
    }

    #[test]
    fn the_whole_word_is_named() {
        let found = found(&["ការផ្លាស់ប្តូរ ឯកឧត្តម។ ផ្លាស់ប្តូរ ឯកឧត្តម។", "ការផ្លាស់ប្ដូរ និងឯកឧត្ដម។", "ការផ្តល់ ការផ្តល់ ការផ្ដល់"]);
        let named: Vec<_> = found.iter().map(|(_, written, right)| (&**written, &**right)).collect();
        assert_eq!(named, [("ផ្លាស់ប្ដូរ", "ផ្លាស់ប្តូរ"), ("ឯកឧត្ដម", "ឯកឧត្តម"), ("ការផ្ដល់", "ការផ្តល់")]);
    }

    #[test]
    fn one_way_throughout_is_right_whichever_it_is() {
        assert_eq!(found(&["ស្នើឲ្យជួយ ហើយឲ្យទៅ។", "ឲ្យមក។"]), []);
        // Two words, each in its own way.
        assert_eq!(found(&["ការបន្តកិច្ចប្រជុំ និងសម្ដេច។"]), []);
    }
}
