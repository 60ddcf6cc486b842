//! A text divided at its spaces, and what each word is without the signs around it.

use std::sync::LazyLock;

use foldhash::HashSet;

/// What opens before a word, and bold type in plain text.
fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '«' | '“' | '‘' | '„' | '‹' | '"' | '\'' | '*')
}

/// What closes after a word.
fn closes(c: char) -> bool {
    closes_sentence(c) || matches!(c, ',' | ';' | ':' | '!' | '?' | '…')
}

/// What may be between the end of a sentence and the space after it.
fn closes_sentence(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '»' | '”' | '’' | '›' | '"' | '\'' | '*')
}

/// Words that neither count nor are counted, and no names.
#[rustfmt::skip]
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "above", "across", "after", "against", "ago", "all", "almost", "along", "also", "although", "among",
    "an", "and", "any", "are", "around", "as", "at", "be", "because", "been", "before", "behind", "below", "between",
    "both", "but", "by", "can", "did", "do", "does", "during", "each", "either", "every", "few", "following", "for",
    "from", "had", "has", "have", "he", "her", "here", "his", "however", "i", "if", "in", "including", "into", "is",
    "it", "its", "last", "later", "many", "may", "might", "more", "most", "must", "nearly", "next", "nor", "not", "of",
    "on", "once", "only", "or", "our", "over", "per", "previous", "shall", "she", "should", "since", "so", "some",
    "such", "than", "that", "the", "their", "then", "there", "these", "they", "this", "those", "through", "thus", "to",
    "today", "under", "until", "up", "upon", "was", "we", "were", "when", "where", "which", "while", "who", "will",
    "with", "within", "without", "would", "you",
];

/// [`FUNCTION_WORDS`], as each word of a text is looked for.
static FUNCTIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| FUNCTION_WORDS.iter().copied().collect());

/// A word of a text with its neighbours' signs taken off.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word<'a> {
    /// Byte offset of `raw` in the text.
    pub at: usize,
    /// From space to space.
    pub raw: &'a str,
    /// Without what opens before it and closes after it; a full stop stays.
    pub bare: &'a str,
    /// Without a full stop and the s of a possessive, too.
    pub word: &'a str,
}

/// Words in order.
pub fn of(text: &str) -> impl Iterator<Item = Word<'_>> {
    text.split(|c: char| c.is_whitespace() || c == '\u{200B}').filter(|raw| !raw.is_empty()).map(|raw| {
        let bare = raw.trim_start_matches(opens).trim_end_matches(closes);
        let word = bare.strip_suffix('.').unwrap_or(bare);
        let word = word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word);
        Word { at: offset(text, raw), raw, bare, word }
    })
}

/// Where a part of a text begins in it.
fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

impl Word<'_> {
    /// Whether a clause ends with it.
    pub fn ends_clause(&self) -> bool {
        self.raw.ends_with(closes) || self.ends_sentence()
    }

    /// Whether a sentence may end with it, or what comes before a colon or semicolon.
    pub fn ends_sentence(&self) -> bool {
        self.raw.trim_end_matches(closes_sentence).ends_with(['.', ';', ':', '!', '?', '…'])
    }

    /// Whether something is opened before it.
    pub fn is_opened(&self) -> bool {
        self.raw.starts_with(opens)
    }

    /// A word that begins with a capital, and is not one of those that begin a sentence without being a name.
    pub fn is_name(&self) -> bool {
        self.word.starts_with(char::is_uppercase) && !self.is_function()
    }

    /// Whether it is on a list, whatever its case.
    pub fn is_one_of(&self, list: &[&str]) -> bool {
        list.iter().any(|word| word.eq_ignore_ascii_case(self.word))
    }

    /// Whether it is a word of grammar alone.
    pub fn is_function(&self) -> bool {
        FUNCTIONS.contains(self.word)
            || self.word.contains(|c: char| c.is_ascii_uppercase())
                && FUNCTIONS.contains(&*self.word.to_ascii_lowercase())
    }

    /// Whether it is a word in small letters that means something.
    pub fn is_common(&self) -> bool {
        let is_lower = |c: char| c.is_lowercase() || "-‐’'".contains(c);
        self.word.starts_with(char::is_lowercase) && self.word.chars().all(is_lower) && !self.is_function()
    }

    /// Whether it is written in capitals alone, two at least.
    pub fn is_capitals(&self) -> bool {
        let mut letters = self.word.chars().filter(|c| c.is_alphabetic());
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_uppercase)
            && letters.all(char::is_uppercase)
    }

    /// A Roman numeral below 400.
    pub fn is_roman(&self) -> bool {
        let hundreds = self.word.trim_start_matches('C');
        let tens = place(hundreds, ["XC", "XL", "L"], 'X');
        let ones = place(tens, ["IX", "IV", "V"], 'I');
        !self.word.is_empty() && self.word.len() - hundreds.len() <= 3 && ones.is_empty()
    }
}

/// What is left of a Roman numeral without one of its places: nine, four, five, and up to three of `one`.
fn place<'a>(numeral: &'a str, [nine, four, five]: [&str; 3], one: char) -> &'a str {
    if let Some(rest) = numeral.strip_prefix(nine).or_else(|| numeral.strip_prefix(four)) {
        return rest;
    }
    let rest = numeral.strip_prefix(five).unwrap_or(numeral);
    let ones = rest.chars().take(3).take_while(|c| *c == one).count();
    rest.get(ones..).unwrap_or_default()
}

/// How the phrases go on that begin with a word: the words after it of each.
pub type Phrases = &'static [&'static str];

/// Two neighbours and the words around them.
pub struct Pair<'a> {
    pub words: &'a [Word<'a>],
    /// For each word the phrases that begin with it.
    pub phrases: &'a [Phrases],
    /// The index of the second.
    pub next: usize,
}

impl<'a> Pair<'a> {
    /// A word by its distance: -1 is the one before the place, 0 the one after it. An empty word beyond the ends.
    pub fn word(&self, distance: isize) -> Word<'a> {
        self.next.checked_add_signed(distance).and_then(|at| self.words.get(at)).copied().unwrap_or_default()
    }
}
