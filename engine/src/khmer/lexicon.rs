//! The words of Khmer, as two dictionaries have them: `assets/khmer-lexicon.md` says which.
//!
//! For dividing words and for spelling. Must never know: the neighbours of a word.
//!
//! Invariant: a word in the lexicon is in normal order.

use std::sync::LazyLock;

use fst::raw::{Fst, Node};

use super::characters::is_in_words;

static LEXICON: LazyLock<Option<Fst<&'static [u8]>>> =
    LazyLock::new(|| Fst::new(include_bytes!("../../../assets/khmer-lexicon.fst").as_slice()).ok());

/// Where all words begin.
static ROOT: LazyLock<Option<Node<'static>>> = LazyLock::new(|| LEXICON.as_ref().map(Fst::root));

/// The first character of the Khmer block.
const KHMER: u32 = 0x1780;

/// How the lexicon writes a character: by its place in the Khmer block, in one byte. Three, as in UTF-8, would be three
/// steps.
pub fn byte_of(c: char) -> Option<u8> {
    u32::from(c).checked_sub(KHMER).and_then(|place| u8::try_from(place).ok()).filter(u8::is_ascii)
}

/// A way through the lexicon, character by character.
#[derive(Clone, Copy)]
pub struct Walk {
    at: Option<Node<'static>>,
    output: u64,
}

impl Default for Walk {
    /// At the beginning of all words.
    fn default() -> Self {
        Self { at: *ROOT, output: 0 }
    }
}

impl Walk {
    /// Goes on by a character. Whether any word begins so.
    pub fn push(&mut self, c: char) -> bool {
        self.at = self.at.zip(byte_of(c)).and_then(|(node, byte)| {
            let transition = node.transition(node.find_input(byte)?);
            self.output += transition.out.value();
            Some(LEXICON.as_ref()?.node(transition.addr))
        });
        self.at.is_some()
    }

    /// Whether what was gone by is a word.
    pub fn is_word(&self) -> bool {
        self.value().is_some()
    }

    /// How likely the word is spelt right: 2 if both dictionaries have it, 1 if ICU's alone has it. SIL's own words,
    /// with 0, hold misspelt ones on purpose. `None` if it is no word.
    pub fn weight(&self) -> Option<u8> {
        self.value().map(|value| match value {
            3 => 2,
            1 => 1,
            _ => 0,
        })
    }

    /// What the lexicon says of the word, if it is one.
    fn value(&self) -> Option<u64> {
        let node = self.at?;
        node.is_final().then(|| self.output + node.final_output().value())
    }
}

/// Whether a text in normal order is a word.
pub fn is_word(text: &str) -> bool {
    is_word_but(text, '\0')
}

/// [`Walk::weight`] of a text in normal order; 0, too, if it is no word.
pub fn weight(text: &str) -> u8 {
    let mut walk = Walk::default();
    let is_there = text.chars().all(|c| is_in_words(c) && walk.push(c));
    walk.weight().filter(|_| is_there).unwrap_or(0)
}

/// Whether a text in normal order is a word when a character is taken out of it.
pub fn is_word_but(text: &str, unseen: char) -> bool {
    let mut walk = Walk::default();
    text.chars().filter(|&c| c != unseen).all(|c| is_in_words(c) && walk.push(c)) && walk.is_word()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known() {
        for word in ["កម្ពុជា", "សេដ្ឋកិច្ច", "ប្រទីប", "សច្ចាប័ន", "ឧទ្ទេសនាម", "ក្រសួង"]
        {
            assert!(is_word(word), "{word}");
        }
        for text in ["", "ក ខ", "កម្ពុជ្ឈ", "abc", "ប្រទី"] {
            assert!(!is_word(text), "{text}");
        }
    }
}
