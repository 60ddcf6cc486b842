//! Files that were cut off.

use super::parse;

/// A file that was cut off, as by a full disk, is not said to have a wrong name at its end.
#[test]
fn a_file_that_is_cut_anywhere_ends_too_early() {
    const DRAFT: &str = "(\n  format: 3,\n  language: English,\n  headline: \"A visit\",\n  body: [\n    \
        (style: Heading, level: 2, text: \"Two\"),\n    (row: [\"a\"], header: true),\n  ],\n  \
        signature: (\n    place: \"P\",\n  ),\n)\n";
    parse(DRAFT).unwrap();
    for at in 2..DRAFT.trim_end().len() {
        let error = parse(&DRAFT[..at]).unwrap_err();
        let is_said =
            ["ends too early", "not closed; end it with a straight"].iter().any(|said| error.message.contains(said));
        assert!(is_said, "{:?}: {error}", &DRAFT[..at]);
    }
}
