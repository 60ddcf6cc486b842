//! A text as it is searched: in normal order, without what is not seen.
//!
//! Must never know: what is searched for.
//!
//! Two texts that a reader takes for one have one form. So the form goes further than
//! [`super::normalise`] may: the order is put right even where that would change what is seen, and
//! the subscripts of ដ and ត, which look alike, are one, and so are ឱ and ឲ.

use std::ops::Range;

use super::{
    cluster::{self, Kind},
    marks::{Class, ZWSP},
    syllable::{Cluster, Mark},
};

/// The search form of a text; `fold_case` makes capitals small.
///
/// With it comes, for each byte of the form and for its end, the byte of the text where the
/// cluster begins that the form's byte was made from; outside Khmer, the character. They never
/// descend, and the last is the length of the text. [`source_range`] reads them.
pub fn search_form(text: &str, fold_case: bool) -> (String, Vec<usize>) {
    let mut form = String::with_capacity(text.len());
    let mut sources = Vec::with_capacity(text.len() + 1);
    let mut last = 0;
    for piece in cluster::pieces(text) {
        let Some(source) = text.get(piece.range.clone()) else { continue };
        // An accent is of the letter before it.
        if !source.starts_with(|c| matches!(c, '\u{300}'..='\u{36F}')) {
            last = piece.range.start;
        }
        match piece.kind {
            Kind::Cluster => push_cluster(source, &mut form),
            Kind::Spaces => {}
            Kind::Marks | Kind::Other if fold_case => form.extend(visible(source).flat_map(char::to_lowercase)),
            Kind::Marks | Kind::Other => form.extend(visible(source)),
        }
        sources.resize(form.len(), last);
    }
    sources.push(text.len());
    (form, sources)
}

/// The bytes of a text that a range of its search form was made from: whole clusters, without
/// the invisible characters after them.
///
/// `text` and `sources` are what [`search_form`] was given and gave.
pub fn source_range(text: &str, sources: &[usize], found: Range<usize>) -> Range<usize> {
    let at = |index: usize| sources.get(index).copied().unwrap_or(text.len());
    let start = at(found.start);
    if found.is_empty() {
        return start..start;
    }
    let last = at(found.end - 1);
    let after = sources.get(found.end..).unwrap_or_default();
    let end = after.get(after.partition_point(|&source| source <= last)).copied().unwrap_or(text.len());
    let seen = text.get(start..end).map_or(0, |source| source.trim_end_matches(is_passed_over).len());
    start..start + seen
}

/// Whether a search sees through a character: U+200B to U+200D, soft hyphen, word joiner, byte order mark,
/// and the inherent vowels of Khmer, which Unicode keeps only for old texts.
fn is_passed_over(c: char) -> bool {
    // U+FFFC refers to a footnote.
    matches!(
        c,
        ZWSP | '\u{FFFC}' | '\u{200C}' | '\u{200D}' | '\u{AD}' | '\u{2060}' | '\u{FEFF}' | '\u{17B4}' | '\u{17B5}'
    )
}

fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|&c| !is_passed_over(c))
}

/// Appends a cluster's form.
fn push_cluster(source: &str, form: &mut String) {
    let mut letters = source.chars();
    if let (Some(base), None) = (letters.next(), letters.next()) {
        push_base(base, form);
        return;
    }
    let visible: String = visible(source).filter(|&c| Class::of(c) != Class::Joiner).collect();
    match Cluster::read(&visible).map(|cluster| cluster.ordered()) {
        Some(Cluster { base, marks }) => {
            push_base(base, form);
            for mark in marks {
                let mark = if mark == Mark::Subscript('ដ') { Mark::Subscript('ត') } else { mark };
                mark.write(form);
            }
        }
        // A coeng that joins nothing is looked for as it is.
        None => form.push_str(&visible),
    }
}

/// Appends a base, for a deprecated one what Unicode says to use (its file `DoNotEmit.txt`).
fn push_base(base: char, form: &mut String) {
    match base {
        '\u{17A3}' => form.push('អ'),
        '\u{17A4}' => form.push_str("អា"),
        // Two shapes of one letter, of which Unicode prefers the first.
        'ឲ' => form.push('ឱ'),
        _ => form.push(base),
    }
}
