//! A release as a Word file (`.docx`), which shows it as the page does, as far as Word can; and a Word file as a
//! release.
//!
//! `docx-rs` makes the file; here is decided what goes into it. Sizes, spaces and faces are those of
//! [`house`](crate::typeset::house), indents those of the set pages. Invariant: the same release gives the same bytes.
//!
//! | file | what is in it |
//! |---|---|
//! | `styles` | the paragraph styles, with Word's own names where it has one |
//! | `text` | runs of one style and one script |
//! | `lists` | numbers that Word counts, and those that it cannot count |
//! | `noted` | what Word has no words for, noted in a property of the file |
//! | `write` | the whole of a release |
//! | `read/` | a Word file as a release |
//! | `roles` | lines of which it is not sure what they are |
//! | `pack` | the parts as one archive |
//! | `parts` | what `docx-rs` has no words for: languages and substitutes for faces |

mod lists;
mod noted;
mod pack;
mod parts;
mod read;
mod roles;
mod styles;
mod text;
mod write;

use std::path::Path;

use crate::{
    release::Release,
    typeset::{Cache, typeset},
};

pub use read::{FILE, Imported, Losses, Lost, ReadError, read};
pub use roles::{Role, doubtful, sort};
pub use write::{Options, WordError, write};

/// What ends a sentence, in a file in which a line may be anything.
const STOPS: [char; 3] = ['.', '។', '៕'];

/// Whether a file is one of Word by its name, or of a program whose files Word turns into such.
pub fn is_word(file: &Path) -> bool {
    file.extension().is_some_and(|ending| {
        ["docx", "docm", "dotx", "doc", "rtf", "odt"].iter().any(|of| ending.eq_ignore_ascii_case(of))
    })
}

/// A release as it comes back from Word when nobody has changed it there: without what a Word file does not hold. As
/// it is, if it cannot be written.
pub fn echo(release: &Release) -> Release {
    let pages = typeset(release, None, &mut Cache::default());
    let read = write(release, &pages, Options::default()).ok().and_then(|bytes| read(&bytes).ok());
    read.map_or_else(|| release.clone(), |read| read.release)
}

/// Points in the twentieths that Word measures in.
#[expect(clippy::cast_possible_truncation, reason = "the conversion saturates, and no page is so wide")]
fn twips(points: f32) -> i32 {
    (points * 20.0).round() as i32
}
