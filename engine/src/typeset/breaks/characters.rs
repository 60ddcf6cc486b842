//! Characters that the rules about places ask for, one by one.
//!
//! Must never know: the neighbours of a character.

pub use crate::khmer::characters::is_digit;

/// A space at which a line may be broken.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() && !is_glue(c)
}

/// A space or joiner that forbids a place on either side: that is what it is for.
pub fn is_glue(c: char) -> bool {
    matches!(c, '\u{2060}' | '\u{A0}' | '\u{202F}' | '\u{2007}' | '\u{FEFF}')
}
