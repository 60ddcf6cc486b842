//! The lists of a body, and the numbers of their items; the numbers of footnotes.
//!
//! One pure function gives the numbers for all who show them: the page, the PDF, the text and the form. Knows the
//! document alone. Invariant: the number of a block depends on the blocks before it and on nothing else.
//!
//! Numbers go on over whatever is between two items of one kind and level, unless an item says that its list
//! begins there, or an item less deep came between: under each 1., 2., 3. the letters begin with a.

use std::{borrow::Cow, sync::Arc};

use super::{BlockKind, Item, Language, ListKind, Paragraph, Release, RichText, Table};

/// How the numbers of a list are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counting {
    /// 1 2 3, or ១ ២ ៣
    Decimal,
    /// a b c
    SmallLetters,
    /// A B C
    CapitalLetters,
    /// ក ខ គ
    KhmerLetters,
    /// i ii iii
    SmallRoman,
    /// I II III
    CapitalRoman,
    /// No numbers
    Bullets,
}

/// Where a block is in the lists of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListEntry {
    /// The list, by the index of its first block.
    pub list: usize,
    /// The number of lists around it.
    pub depth: usize,
    /// The list whose item it is within, if any.
    pub enclosing: Option<usize>,
    /// How the list is counted.
    pub counting: Counting,
    /// The number or bullet; `None` for a block that goes on with an item.
    pub marker: Option<String>,
    /// The number; `None` for a bullet, and for a block that goes on with an item.
    pub number: Option<usize>,
}

/// The kinds of the blocks of a body, and their places in lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Empty if every block is a plain paragraph without a number.
    blocks: Vec<(BlockKind, Option<ListEntry>)>,
    /// How many notes there are before each block; empty for a text without notes.
    notes: Vec<usize>,
    language: Language,
}

/// A list that items can go on with.
struct Counter {
    kind: ListKind,
    depth: usize,
    list: usize,
    enclosing: Option<usize>,
    count: usize,
}

impl Outline {
    /// The outline of a release.
    pub fn of(release: &Release) -> Self {
        let plain = |block: &Paragraph| block.kind == BlockKind::Plain;
        let (notes, language) = (notes_before(release), release.language);
        if !release.number_paragraphs && release.body.iter().all(plain) {
            return Self { blocks: Vec::new(), notes, language };
        }
        let mut counters = Counters { language: release.language, lists: Vec::new(), open: Vec::new() };
        let shift = usize::from(release.number_paragraphs);
        let blocks = release.body.iter().enumerate().map(|(index, block)| {
            let entry = match block.kind {
                BlockKind::Plain if release.number_paragraphs => {
                    // A paragraph without text is not on the page, and takes no number.
                    let is_set = !block.text.as_str().trim().is_empty();
                    is_set.then(|| counters.item(index, ListKind::Numbered, 0, None))
                }
                BlockKind::Item(Item { list, level, start }) => {
                    Some(counters.item(index, list, level.depth() + shift, start))
                }
                BlockKind::Continued(level) => counters.continued(level.depth() + shift),
                BlockKind::Plain
                | BlockKind::Centred
                | BlockKind::Quotation
                | BlockKind::Heading(_)
                | BlockKind::Cell(_)
                | BlockKind::Picture => {
                    counters.open.clear();
                    None
                }
            };
            (block.kind, entry)
        });
        Self { blocks: blocks.collect(), notes, language }
    }

    /// The kind of a block.
    pub fn kind(&self, index: usize) -> BlockKind {
        self.blocks.get(index).map_or(BlockKind::Plain, |(kind, _)| *kind)
    }

    /// The place of a block in lists, if it is in one.
    pub fn entry(&self, index: usize) -> Option<&ListEntry> {
        self.blocks.get(index)?.1.as_ref()
    }

    /// The table that a block is a cell of, if it is one.
    pub fn table(&self, index: usize) -> Option<Table> {
        Table::around(index, |index| self.blocks.get(index).map(|(kind, _)| *kind))
    }

    /// All blocks in lists, with their indices.
    pub fn entries(&self) -> impl Iterator<Item = (usize, &ListEntry)> + '_ {
        self.blocks.iter().enumerate().filter_map(|(index, (_, entry))| Some((index, entry.as_ref()?)))
    }

    /// The number of the note of this index in the block of the other.
    pub fn note_label(&self, block: usize, note: usize) -> Arc<str> {
        let number = self.notes.get(block).copied().unwrap_or(0) + note + 1;
        match self.language {
            Language::Khmer => in_khmer(number).into(),
            Language::English => number.to_string().into(),
        }
    }

    /// How many notes there are before a block.
    pub fn notes_before(&self, block: usize) -> usize {
        self.notes.get(block).copied().unwrap_or(0)
    }

    /// The text of a block with the numbers of its notes.
    pub fn numbered<'t>(&self, block: usize, text: &'t RichText) -> Cow<'t, RichText> {
        if self.notes.is_empty() || text.notes().next().is_none() {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.numbered(|note| self.note_label(block, note)))
    }

    /// Whether any block is a heading.
    pub fn has_headings(&self) -> bool {
        self.blocks.iter().any(|(kind, _)| matches!(kind, BlockKind::Heading(_)))
    }

    /// Whether every block is a plain paragraph without a number.
    pub fn is_plain(&self) -> bool {
        self.blocks.is_empty()
    }
}

impl Release {
    /// Drops the numbers with which lists begin where they have them anyhow.
    pub fn drop_needless_starts(&mut self) {
        let mut counters = Counters { language: self.language, lists: Vec::new(), open: Vec::new() };
        let shift = usize::from(self.number_paragraphs);
        for (index, block) in self.body.iter_mut().enumerate() {
            match &mut block.kind {
                BlockKind::Plain if self.number_paragraphs && !block.text.as_str().trim().is_empty() => {
                    counters.item(index, ListKind::Numbered, 0, None);
                }
                BlockKind::Item(Item { list, level, start }) => {
                    let depth = level.depth() + shift;
                    let number = counters.item(index, *list, depth, None).number;
                    if number.is_none() || number == start.map(usize::from) {
                        *start = None;
                    } else if start.is_some() {
                        counters.item(index, *list, depth, *start);
                    }
                }
                _ => {}
            }
        }
    }
}

/// How many notes there are before each block; empty for a text without notes.
fn notes_before(release: &Release) -> Vec<usize> {
    if release.notes().next().is_none() {
        return Vec::new();
    }
    let counted = release.body.iter().scan(0, |before, block| {
        let here = *before;
        *before += block.text.notes().count();
        Some(here)
    });
    counted.collect()
}

struct Counters {
    language: Language,
    /// The lists that can go on; at most one of each kind and depth.
    lists: Vec<Counter>,
    /// Depth and list of the items that the next block may be within, from the outermost.
    open: Vec<(usize, usize)>,
}

impl Counters {
    fn item(&mut self, index: usize, kind: ListKind, depth: usize, start: Option<u16>) -> ListEntry {
        self.lists.retain(|counter| counter.depth <= depth);
        self.open.retain(|&(open, _)| open < depth);
        let enclosing = self.open.last().map(|&(_, list)| list);
        let known = self.lists.iter().position(|counter| counter.kind == kind && counter.depth == depth);
        let count = usize::from(start.unwrap_or(1));
        let count = match known.and_then(|at| self.lists.get_mut(at)) {
            Some(counter) if start.is_none() => {
                counter.count += 1;
                counter.count
            }
            Some(counter) => {
                *counter = Counter { kind, depth, list: index, enclosing, count };
                count
            }
            None => {
                self.lists.push(Counter { kind, depth, list: index, enclosing, count });
                count
            }
        };
        let counter = self.lists.iter().find(|counter| counter.kind == kind && counter.depth == depth);
        let (list, enclosing) = counter.map_or((index, enclosing), |counter| (counter.list, counter.enclosing));
        self.open.push((depth, list));
        let counting = counting(kind, depth, self.language);
        let marker = Some(marker(kind, depth, self.language, count));
        let number = (counting != Counting::Bullets).then_some(count);
        ListEntry { list, depth, enclosing, counting, marker, number }
    }

    /// A block that goes on with the item of a depth, or with the next one less deep; without such an item it is
    /// in no list.
    fn continued(&mut self, depth: usize) -> Option<ListEntry> {
        self.open.retain(|&(open, _)| open <= depth);
        let &(depth, list) = self.open.last()?;
        let counter = self.lists.iter().find(|counter| counter.list == list && counter.depth == depth)?;
        let counting = counting(counter.kind, depth, self.language);
        Some(ListEntry { list, depth, enclosing: counter.enclosing, counting, marker: None, number: None })
    }
}

/// How a list is counted.
fn counting(kind: ListKind, depth: usize, language: Language) -> Counting {
    match (kind, depth, language) {
        (ListKind::Bulleted, ..) => Counting::Bullets,
        (ListKind::Numbered, 0, _) => Counting::Decimal,
        (ListKind::Numbered, 1, Language::English) => Counting::SmallLetters,
        (ListKind::Numbered, 2, Language::English) => Counting::SmallRoman,
        (ListKind::Numbered, 1 | 3, Language::Khmer) => Counting::KhmerLetters,
        (ListKind::Numbered, ..) => Counting::Decimal,
        (ListKind::Sections, 0, _) => Counting::CapitalRoman,
        (ListKind::Sections, 1, Language::English) => Counting::CapitalLetters,
        (ListKind::Sections, 1, Language::Khmer) => Counting::KhmerLetters,
        (ListKind::Sections, 2, _) => Counting::Decimal,
        (ListKind::Sections, _, Language::English) => Counting::SmallLetters,
        (ListKind::Sections, _, Language::Khmer) => Counting::KhmerLetters,
    }
}

/// The number of an item with its signs, or its bullet.
fn marker(kind: ListKind, depth: usize, language: Language, count: usize) -> String {
    let number = match counting(kind, depth, language) {
        Counting::Bullets => return if depth.is_multiple_of(2) { "•" } else { "–" }.to_owned(),
        Counting::Decimal if language == Language::Khmer => in_khmer(count),
        Counting::Decimal => count.to_string(),
        Counting::SmallLetters => letters(count, &LATIN),
        Counting::CapitalLetters => letters(count, &LATIN).to_uppercase(),
        Counting::KhmerLetters => letters(count, &KHMER),
        Counting::SmallRoman => roman(count),
        Counting::CapitalRoman => roman(count).to_uppercase(),
    };
    // From the third level on brackets tell the numbers from those of the levels above.
    if kind == ListKind::Numbered && depth >= 2 { format!("({number})") } else { format!("{number}.") }
}

/// A number in Khmer digits.
fn in_khmer(number: usize) -> String {
    number.to_string().bytes().filter_map(|digit| char::from_u32(u32::from('០') + u32::from(digit - b'0'))).collect()
}

const LATIN: [char; 26] = [
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w',
    'x', 'y', 'z',
];
/// The consonants in the order of the alphabet, without the two that Khmer no longer uses.
const KHMER: [char; 33] = [
    'ក', 'ខ', 'គ', 'ឃ', 'ង', 'ច', 'ឆ', 'ជ', 'ឈ', 'ញ', 'ដ', 'ឋ', 'ឌ', 'ឍ', 'ណ', 'ត', 'ថ', 'ទ', 'ធ', 'ន', 'ប', 'ផ', 'ព',
    'ភ', 'ម', 'យ', 'រ', 'ល', 'វ', 'ស', 'ហ', 'ឡ', 'អ',
];

/// A number from 1 in letters: after z comes aa, then ab.
fn letters(number: usize, alphabet: &[char]) -> String {
    let mut letters: Vec<char> = Vec::new();
    let mut left = number;
    while left > 0 {
        left -= 1;
        letters.extend(alphabet.get(left % alphabet.len()));
        left /= alphabet.len();
    }
    letters.iter().rev().collect()
}

/// The number of an item by its written number, if that is in digits or Khmer letters: 5 for `៥.`, 2 for `(ខ)`.
pub fn number_of(marker: &str) -> Option<u16> {
    let written = marker.trim_matches(|c: char| matches!(c, '.' | '(' | ')') || c.is_whitespace());
    let digit = |c: char| c.to_digit(10).or_else(|| u32::from(c).checked_sub(0x17E0).filter(|digit| *digit < 10));
    let letter = |c: char| KHMER.iter().position(|letter| *letter == c).and_then(|at| u32::try_from(at + 1).ok());
    let count = |digits: &dyn Fn(char) -> Option<u32>, base: u32| {
        written.chars().try_fold(0_u32, |count, c| count.checked_mul(base)?.checked_add(digits(c)?))
    };
    let number = count(&digit, 10).or_else(|| count(&letter, 33))?;
    u16::try_from(number).ok().filter(|number| *number > 0)
}

/// A number from 1 in small Roman numerals; from 4,000 on, which they do not reach, in digits.
fn roman(number: usize) -> String {
    const NUMERALS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number >= 4000 {
        return number.to_string();
    }
    let (mut left, mut written) = (number, String::new());
    for (value, numeral) in NUMERALS {
        while left >= value {
            written.push_str(numeral);
            left -= value;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::release::{HeadingLevel, Level, RichText};

    /// Blocks as a line each: `n1` is a numbered item of level 1, `b` a bullet, `s` a section, `c` continues, `p` is
    /// plain, `h` a heading; `!` begins the list again, `!5` with that number.
    fn release(blocks: &str, language: Language) -> Release {
        let kind = |block: &str| {
            let level = Level::at(block.chars().nth(1).and_then(|c| c.to_digit(10)).unwrap_or(1) as usize - 1);
            let begun = block.split_once('!').map(|(_, start)| start.parse().unwrap_or(1));
            let item = |list| BlockKind::Item(Item { list, level, start: begun });
            match block.chars().next() {
                Some('n') => item(ListKind::Numbered),
                Some('b') => item(ListKind::Bulleted),
                Some('s') => item(ListKind::Sections),
                Some('c') => BlockKind::Continued(level),
                Some('h') => BlockKind::Heading(HeadingLevel::One),
                Some('m') => BlockKind::Centred,
                _ => BlockKind::Plain,
            }
        };
        let block = |block| Paragraph { kind: kind(block), ..Paragraph::new(RichText::plain("x")) };
        Release { language, body: blocks.split(' ').map(block).collect(), ..Release::default() }
    }

    fn markers(release: &Release) -> String {
        let outline = Outline::of(release);
        let marker = |index| outline.entry(index).map_or("-", |entry| entry.marker.as_deref().unwrap_or("+"));
        (0..release.body.len()).map(marker).collect::<Vec<_>>().join(" ")
    }

    fn english(blocks: &str) -> String {
        markers(&release(blocks, Language::English))
    }

    #[test]
    fn items_are_numbered_by_kind_and_level() {
        assert_eq!(english("n1 n2 n3 n3 n2 n1 n2"), "1. a. (i) (ii) b. 2. a.");
        assert_eq!(english("s1 s2 s3 s1 b1 b2 b3"), "I. A. 1. II. • – •");
        let khmer = markers(&release("n1 n2 n2 n3 n1 s1 s2 b1", Language::Khmer));
        assert_eq!(khmer, "១. ក. ខ. (១) ២. I. ក. •");
    }

    #[test]
    fn numbers_go_on_over_what_is_between_or_begin_again() {
        assert_eq!(english("n1 n1 p h n1 m n1! n1"), "1. 2. - - 3. - 1. 2.");
        assert_eq!(english("n1 n1!5 n1 n2!3 n1!1 s1!4"), "1. 5. 6. c. 1. IV.");
        assert_eq!(english("s1 n1 n1 s1 n1"), "I. 1. 2. II. 3.", "kinds of one level are counted apart");
        assert_eq!(english("n1 n2 p n2 n1 n2"), "1. a. - b. 2. a.");
        assert_eq!(english("n2 n3 n1"), "a. (i) 1.", "an item may be without one around it");
    }

    #[test]
    fn numbers_with_which_lists_begin_anyhow_are_dropped() {
        for (blocks, kept) in [
            ("n1!1 n1!2 n1!4 n1!5 n1!1", vec![2, 4]),
            ("b1!3 n1!1 n2!1 n2!3 n1!2 n2!1", vec![3]),
            ("s1!1 n1!1 s1!2 p n1!2", vec![]),
        ] {
            let mut release = release(blocks, Language::English);
            let before = markers(&release);
            release.drop_needless_starts();
            assert_eq!(markers(&release), before);
            let has_start = |block: &Paragraph| matches!(block.kind, BlockKind::Item(Item { start: Some(_), .. }));
            let starts: Vec<_> = (0..release.body.len()).filter(|at| has_start(&release.body[*at])).collect();
            assert_eq!(starts, kept, "{blocks}");
        }
    }

    #[test]
    fn a_paragraph_goes_on_with_the_item_before_it() {
        assert_eq!(english("n1 c1 n1 n2 c1 c2"), "1. + 2. a. + +");
        assert_eq!(english("c1 n1 p c1"), "- 1. - -", "without an item right before there is nothing to go on with");
        let outline = Outline::of(&release("n1 n2 c2 c1", Language::English));
        let depth = |index| outline.entry(index).map(|entry| (entry.list, entry.depth, entry.enclosing));
        assert_eq!(depth(2), Some((1, 1, Some(0))));
        assert_eq!(depth(3), Some((0, 0, None)));
    }

    #[test]
    fn one_switch_numbers_every_paragraph() {
        let mut release = release("p n1 n2 h p c1 m p", Language::English);
        release.number_paragraphs = true;
        release.body[6].text = RichText::plain("###");
        assert_eq!(markers(&release), "1. a. (i) - 2. + - 3.");
        release.body[4].text = RichText::plain(" ");
        assert_eq!(markers(&release), "1. a. (i) - - - - 2.", "a paragraph without text takes no number");
    }

    #[test]
    fn letters_and_roman_numerals_go_on_beyond_the_first() {
        assert_eq!([1, 26, 27, 52, 702, 703].map(|n| letters(n, &LATIN)), ["a", "z", "aa", "az", "zz", "aaa"]);
        assert_eq!([1, 33, 34].map(|n| letters(n, &KHMER)), ["ក", "អ", "កក"]);
        for (written, number) in [("៥.", Some(5)), ("12.", Some(12)), ("(ខ)", Some(2)), ("អក.", Some(33 * 33 + 1))]
        {
            assert_eq!(number_of(written), number, "{written}");
        }
        assert_eq!(["", "x", "០.", "99999999999."].map(number_of), [None; 4]);
        assert_eq!([4, 9, 14, 40, 1999, 4000].map(roman), ["iv", "ix", "xiv", "xl", "mcmxcix", "4000"]);
    }

    #[test]
    fn a_plain_body_has_no_outline() {
        let outline = Outline::of(&release("p p p", Language::English));
        assert!(outline.is_plain() && outline.entry(1).is_none() && outline.entries().next().is_none());
    }

    proptest! {
        #[test]
        fn numbers_depend_on_what_is_before_them(
            blocks in prop::collection::vec("[nbs][123]!?|c[123]|p|h", 1..20), cut in 0usize..20, all in any::<bool>(),
        ) {
            let mut whole = release(&blocks.join(" "), Language::Khmer);
            whole.number_paragraphs = all;
            let mut part = whole.clone();
            part.body.truncate(cut.clamp(1, blocks.len()));
            let (outline, of_whole) = (Outline::of(&part), Outline::of(&whole));
            for (index, entry) in outline.entries() {
                prop_assert_eq!(Some(entry), of_whole.entry(index));
                prop_assert!(entry.list <= index);
                if let Some(around) = entry.enclosing.and_then(|list| outline.entry(list)) {
                    prop_assert!(around.depth < entry.depth);
                }
            }
        }
    }
}
