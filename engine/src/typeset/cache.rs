//! Paragraphs set before, so that a keystroke costs one paragraph and not the document.
//!
//! Invariant: the cache returns what setting the text without it would return.

use std::{
    collections::BTreeSet,
    hash::{BuildHasher as _, Hash, Hasher},
    sync::Arc,
};

use foldhash::{HashMap, HashSet, fast::RandomState};

use super::{
    artworks::Artworks,
    breaks::KnownWords,
    learnt,
    paging::Paged,
    paragraph::{Alignment, Lines, Measure, set_with},
    shape::{Type, shape_with},
};
use crate::{
    parallel,
    release::{KhmerFace, Release, RichText},
    work,
};

/// From this length on, in bytes, texts are set on all processors; for less the threads would cost more.
const SHARED: usize = 1500;

/// The same for the names that texts teach, which are found in a hundredth of the time.
const TAUGHT: usize = 30_000;

/// Everything of its own that decides how a paragraph is set, numbers as bits so that they can
/// be hashed.
#[derive(PartialEq, Eq)]
struct Key {
    /// The hash of the text, which is long, and is looked for, taken out and put in with each layout.
    hash: u64,
    text: RichText,
    heading: bool,
    size: u32,
    width: u32,
    indent: u32,
    alignment: Alignment,
    hyphenate: bool,
    khmer_face: KhmerFace,
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash ^ u64::from(self.width) << 32 ^ u64::from(self.size));
    }
}

/// A paragraph as it was set.
///
/// Names come from the whole draft, and a keystroke may change them. Then a paragraph is set again only
/// if a name that came or went is *in it*. `generation` counts such changes: an entry of the layout before
/// is of this generation or of the one before.
struct Entry {
    lines: Arc<Lines>,
    /// The least widths that it needs, once they were asked.
    narrowest: Option<[f32; 2]>,
    generation: u64,
}

/// Paragraphs of the last two layouts.
#[derive(Default)]
pub struct Cache {
    current: HashMap<Key, Entry>,
    previous: HashMap<Key, Entry>,
    hasher: RandomState,
    /// What each text of the body teaches, in their order.
    taught: Vec<(RichText, Arc<[String]>)>,
    names: BTreeSet<String>,
    /// The names that came or went with the last change of names.
    changed: KnownWords,
    /// The user's own words.
    own: KnownWords,
    /// Both together.
    words: KnownWords,
    generation: u64,
    /// Whether the release asks for hyphens.
    hyphenate: bool,
    /// The face of Khmer text that the release asks for.
    khmer_face: KhmerFace,
    /// The pictures of the text.
    pub(super) artworks: Artworks,
    pub(super) paged: Paged,
}

impl Cache {
    /// An empty cache for one who wants these words undivided.
    pub fn with_words(words: KnownWords) -> Self {
        Self { own: words.clone(), words, ..Self::default() }
    }

    /// Begins a layout: what neither this one nor the one before asks for is forgotten, and
    /// names are learnt from the draft.
    pub(super) fn begin(&mut self, release: &Release) {
        (self.hyphenate, self.khmer_face) = (release.page.hyphenate, release.page.khmer_face);
        self.artworks.begin(release);
        self.previous = std::mem::take(&mut self.current);
        self.taught = teach(release, std::mem::take(&mut self.taught));
        let names: BTreeSet<String> = self.taught.iter().flat_map(|(_, taught)| taught.iter().cloned()).collect();
        if names != self.names {
            self.generation += 1;
            self.changed = names.symmetric_difference(&self.names).collect();
            self.words = self.own.clone();
            for name in &names {
                if learnt::is_divisible(name) {
                    self.words.insert_learnt(name);
                } else {
                    self.words.insert(name);
                }
            }
            self.names = names;
        }
    }

    /// A text, shaped and broken.
    pub(super) fn set(&mut self, text: RichText, kind: Type, measure: Measure) -> Arc<Lines> {
        let key = self.key(text, kind, measure);
        if let Some(entry) = self.current.get(&key) {
            return entry.lines.clone();
        }
        let generation = self.generation;
        let known = self.previous.remove_entry(&key);
        if let Some((key, entry)) = known {
            let still = entry.generation == generation || !self.has_changed_name(key.text.as_str());
            if still {
                let lines = entry.lines.clone();
                self.current.insert(key, Entry { generation, ..entry });
                return lines;
            }
        }
        let lines = set_lines(&key, kind, measure, &self.words);
        self.current.insert(key, Entry { lines: lines.clone(), narrowest: None, generation });
        lines
    }

    /// Whether nothing was set before.
    pub(super) fn is_cold(&self) -> bool {
        self.previous.is_empty()
    }

    /// Sets texts on all processors, so that [`Self::set`] has them at hand.
    pub(super) fn set_all(&mut self, texts: Vec<(RichText, Type, Measure)>) {
        let mut missing = HashMap::default();
        for (text, kind, measure) in texts {
            let key = self.key(text, kind, measure);
            if !self.current.contains_key(&key) {
                missing.insert(key, (kind, measure));
            }
        }
        let length: usize = missing.keys().map(|key| key.text.len()).sum();
        let longest = missing.keys().map(|key| key.text.len()).max().unwrap_or_default();
        // Nor is a thread worth what is beside one long text.
        if length < SHARED || length - longest < SHARED / 2 {
            return;
        }
        let mut missing: Vec<_> = missing.into_iter().collect();
        // The longest first, so that all processors end at nearly the same time.
        missing.sort_by_cached_key(|(key, _)| std::cmp::Reverse(key.text.len()));
        let words = &self.words;
        let set = parallel::map(&missing, |(key, (kind, measure))| set_lines(key, *kind, *measure, words));
        let generation = self.generation;
        let entry = |lines| Entry { lines, narrowest: None, generation };
        self.current.extend(missing.into_iter().zip(set).map(|((key, _), lines)| (key, entry(lines))));
    }

    fn key(&self, text: RichText, kind: Type, measure: Measure) -> Key {
        let hyphenate = self.hyphenate && kind.role == super::Role::Text && measure.alignment == Alignment::Justified;
        Key {
            hash: self.hasher.hash_one(&text),
            hyphenate,
            khmer_face: self.khmer_face,
            heading: kind.role == super::Role::Heading,
            size: kind.size.to_bits(),
            width: measure.width.to_bits(),
            indent: measure.indent.to_bits(),
            alignment: measure.alignment,
            text,
        }
    }

    /// The least widths in which a text can be set, in points, as `least` finds them in the text that is set already.
    pub(super) fn narrowest(
        &mut self,
        text: RichText,
        kind: Type,
        measure: Measure,
        least: impl Fn(&Lines) -> [f32; 2],
    ) -> [f32; 2] {
        let lines = self.set(text.clone(), kind, measure);
        let key = self.key(text, kind, measure);
        let Some(entry) = self.current.get_mut(&key) else { return least(&lines) };
        *entry.narrowest.get_or_insert_with(|| least(&lines))
    }

    /// Whether a name that came or went with the last change is in a text.
    fn has_changed_name(&self, text: &str) -> bool {
        text.char_indices().any(|(at, _)| {
            work::step();
            text.get(at..).is_some_and(|rest| self.changed.longest_at(rest) > 0)
        })
    }
}

/// What each text of the body teaches, in order; `before` has that of the layout before. A key changes one of them, so
/// those before and behind it are told from it by their places.
fn teach(release: &Release, mut before: Vec<(RichText, Arc<[String]>)>) -> Vec<(RichText, Arc<[String]>)> {
    let texts: Vec<&RichText> = release.body.iter().map(|paragraph| &paragraph.text).collect();
    let is_same = |(text, (before, _)): &(&&RichText, &(RichText, _))| **text == before;
    let front = texts.iter().zip(&before).take_while(is_same).count();
    let most = texts.len().min(before.len()) - front;
    let back = texts.iter().rev().zip(before.iter().rev()).take(most).take_while(is_same).count();
    let behind = before.split_off(before.len() - back);
    let mut known: HashMap<RichText, Arc<[String]>> = before.split_off(front).into_iter().collect();
    let changed = texts.get(front..texts.len() - back).unwrap_or_default();
    let new: HashSet<&RichText> = changed.iter().copied().filter(|text| !known.contains_key(*text)).collect();
    let new: Vec<&RichText> = new.into_iter().collect();
    let taught = if new.iter().map(|text| text.len()).sum::<usize>() < TAUGHT {
        new.iter().map(|text| learnt::names(text)).collect()
    } else {
        parallel::map(&new, |text| learnt::names(text))
    };
    known.extend(new.into_iter().cloned().zip(taught.into_iter().map(Into::into)));
    let changed = changed.iter().filter_map(|text| Some(((*text).clone(), known.get(*text)?.clone())));
    before.extend(changed);
    before.extend(behind);
    before
}

/// A text that is in no layout, shaped and broken.
fn set_lines(key: &Key, kind: Type, measure: Measure, words: &KnownWords) -> Arc<Lines> {
    Arc::new(set_with(Arc::new(shape_with(&key.text, kind, None, key.khmer_face)), measure, words, key.hyphenate))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        release::{Language, Paragraph, file::parse},
        typeset::{Pages, typeset},
        work::tests::steps,
    };

    fn release(bodies: &[&str]) -> Release {
        let body = bodies.iter().map(|text| Paragraph::new(RichText::plain(*text))).collect();
        Release { language: Language::Khmer, body, ..Release::default() }
    }

    fn lines(pages: &Pages) -> Vec<&str> {
        pages.lines().map(|(_, line)| line.characters()).collect()
    }

    const TITLED: &str = "ជំនួបជាមួយឯកឧត្តម សុខ ចិន្តាសោភា ឧបនាយករដ្ឋមន្ត្រី";

    #[test]
    fn words_of_the_user_are_kept_whole_with_those_learnt() {
        let text = |i: usize| "និង".repeat(i) + &"កម្ពុជាជប៉ុនចិន្តាសោភា".repeat(30);
        let texts: Vec<String> = (0..8).map(text).collect();
        let mut bodies: Vec<&str> = texts.iter().map(String::as_str).collect();
        bodies.push(TITLED);
        let release = release(&bodies);
        let divided = |pages: &Pages, before: &str, after: &str| {
            lines(pages).windows(2).any(|pair| pair[0].ends_with(before) && pair[1].starts_with(after))
        };
        let mut cache = Cache::default();
        let without = typeset(&release, None, &mut cache);
        assert!(divided(&without, "កម្ពុជា", "ជប៉ុន"));
        let mut cache = Cache::with_words(["កម្ពុជាជប៉ុន"].into_iter().collect());
        let with = typeset(&release, None, &mut cache);
        assert!(!divided(&with, "កម្ពុជា", "ជប៉ុន"));
        assert!(!divided(&with, "ចិន្តា", "សោភា"), "the names of the draft are still learnt");
    }

    #[test]
    fn a_name_learnt_later_is_kept_whole_in_what_was_set_before() {
        let untitled = "កម្ពុជាចិន្តាសោភាកម្ពុជាចិន្តាសោភា".repeat(20);
        let both = release(&[&untitled, TITLED]);
        let mut cache = Cache::default();
        typeset(&release(&[&untitled, "ជំនួប"]), None, &mut cache);
        let kept = typeset(&both, None, &mut cache);
        assert_eq!(lines(&kept), lines(&typeset(&both, None, &mut Cache::default())));
        for pair in lines(&kept).windows(2) {
            let (before, after) = (pair[0], pair[1]);
            assert!(!(before.ends_with("ចិន្តា") && after.starts_with("សោភា")), "{before}|{after}");
        }
    }

    #[test]
    fn what_is_set_ahead_is_what_is_asked_for() {
        for source in [
            include_str!("../../../assets/samples/japan-phone-call.en.ron"),
            include_str!("../../../assets/samples/japan-phone-call.km.ron"),
        ] {
            let release = parse(source).unwrap();
            let mut cache = Cache::default();
            typeset(&release, None, &mut cache);
            let set = cache.current.len();
            assert!(set > release.body.len() + 6, "{set} texts");
            // What is set already is not set ahead: what comes now was asked for.
            typeset(&release, None, &mut cache);
            assert_eq!(cache.current.len(), set);
        }
    }

    #[test]
    fn a_name_that_came_is_looked_for_once_in_each_paragraph_however_many_there_are() {
        let counted = |size: usize| {
            let texts: Vec<String> = (0..size).map(|number| format!("ឯកឧត្តម សុខ{}", to_khmer_digits(number))).collect();
            let mut release = release(&texts.iter().map(String::as_str).collect::<Vec<_>>());
            let mut cache = Cache::default();
            typeset(&release, None, &mut cache);
            release.body.push(Paragraph::new(RichText::plain("ឯកឧត្តម ចិន្តា")));
            steps(|| typeset(&release, None, &mut cache))
        };
        let (once, twice) = (counted(60), counted(120));
        assert!(twice * 10 <= once * 22, "{once} and {twice} steps");
    }

    /// Letters for a number, as names have no digits.
    fn to_khmer_digits(number: usize) -> String {
        number.to_string().bytes().filter_map(|digit| char::from_u32(0x1780 + u32::from(digit - b'0'))).collect()
    }
}
