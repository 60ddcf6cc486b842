//! Countries, cities and organisations by their names in both languages, as `assets/places.txt` lists them.
//!
//! Knows single names, in the form in which texts are compared. Invariant: the first name of a line is how it is
//! written, and the others are only read.

use std::{collections::HashMap, sync::LazyLock};

use crate::{khmer::search_form, release::Language};

/// What may be before the name of a place in Khmer, as the kingdom calls its capital, provinces and towns.
const BEFORE_KHMER: [&str; 6] = ["រាជធានី", "ខេត្ត", "ទីក្រុង", "ក្រុង", "ប្រទេស", "សាធារណរដ្ឋ"];
/// What may follow it in English.
const AFTER_ENGLISH: [&str; 3] = [" Province", " province", " City"];

struct List {
    /// How each is written in English and in Khmer.
    written: Vec<[&'static str; 2]>,
    /// The index of each name, in the form of comparison.
    index: HashMap<String, usize>,
    /// The lengths of names that begin with a character, the longest first.
    lengths: HashMap<char, Vec<usize>>,
}

static LIST: LazyLock<List> = LazyLock::new(|| {
    let (mut written, mut index) = (Vec::new(), HashMap::new());
    let mut lengths: HashMap<char, Vec<usize>> = HashMap::new();
    let lines = include_str!("../../assets/places.txt").lines().filter(|line| !line.starts_with('#'));
    for (number, line) in lines.enumerate() {
        let (english, khmer) = line.split_once('\t').unwrap_or((line, ""));
        let first = |names: &'static str| names.split('|').next().unwrap_or_default();
        written.push([first(english), first(khmer)]);
        for name in english.split('|').chain(khmer.split('|')).filter(|name| !name.is_empty()) {
            let form = search_form(name, false).0;
            if let Some(first) = form.chars().next() {
                lengths.entry(first).or_default().push(form.len());
            }
            index.insert(form, number);
        }
    }
    for lengths in lengths.values_mut() {
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        lengths.dedup();
    }
    List { written, index, lengths }
});

/// The index of a name in the list. It must be in the form in which texts are compared.
pub fn index_of(form: &str) -> Option<usize> {
    LIST.index.get(form).copied()
}

/// The lengths in bytes of the names that begin with a character, the longest first.
pub fn lengths(first: char) -> &'static [usize] {
    LIST.lengths.get(&first).map_or(&[], Vec::as_slice)
}

/// A place, or a place and its country, as another language writes them; `None` if one of them is not listed.
pub fn translated(text: &str, to: Language) -> Option<String> {
    let (at, between) = match to {
        Language::English => (0, ", "),
        Language::Khmer => (1, " "),
    };
    let written = |name: &str| {
        let index = index_of(&search_form(name, false).0)?;
        LIST.written.get(index).map(|names| names[at]).filter(|name| !name.is_empty())
    };
    let one = |name: &str| {
        let name = name.trim();
        let without = BEFORE_KHMER.iter().find_map(|before| name.strip_prefix(before));
        let without = without.or_else(|| AFTER_ENGLISH.iter().find_map(|after| name.strip_suffix(after)));
        written(name).or_else(|| written(without?.trim()))
    };
    let parts: Option<Vec<&str>> = text.split([',', '،']).map(one).collect();
    one(text).map(str::to_owned).or_else(|| Some(parts?.join(between)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_written_in_the_other_language() {
        for (english, khmer) in [("Siem Reap", "សៀមរាប"), ("Tokyo, Japan", "តូក្យូ ជប៉ុន"), ("ASEAN", "អាស៊ាន")]
        {
            assert_eq!(translated(english, Language::Khmer).as_deref(), Some(khmer));
        }
        for (khmer, english) in [("ខេត្តសៀមរាប", "Siem Reap"), ("ទីក្រុងតូក្យូ", "Tokyo"), ("\u{200B}ហាណូយ", "Hanoi")]
        {
            assert_eq!(translated(khmer, Language::English).as_deref(), Some(english));
        }
        for unknown in ["", "Nowhere", "Siem Reap, Nowhere", "in Siem Reap"] {
            assert_eq!(translated(unknown, Language::Khmer), None, "{unknown}");
        }
    }
}
