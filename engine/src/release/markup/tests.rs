//! Marks as people write them, and as they are written back.

use proptest::prelude::*;

use super::*;

#[test]
fn reads_the_marks() {
    let mut want = RichText::plain("welcoming ");
    want.push_str("HUN Manet", Style::BOLD);
    want.push_str(", ", Style::PLAIN);
    want.push_str("viz", Style::ITALIC);
    want.push_str(". a_b ", Style::PLAIN);
    want.push_str("now", Style::UNDERLINE);
    assert_eq!(parse("welcoming **HUN Manet**, *viz*. a_b __now__", Marks::First), Ok(want));
}

#[test]
fn reads_what_is_raised_and_lowered() {
    let mut want = RichText::plain("the 2");
    want.push_str("nd", Style::SUPERSCRIPT);
    want.push_str(" of CO", Style::PLAIN);
    want.push_str("2", Style::SUBSCRIPT);
    want.push_str(" ~5 a^b", Style::PLAIN);
    let source = "the 2^^nd^^ of CO~~2~~ ~5 a^b";
    assert_eq!(parse(source, Marks::All).as_ref(), Ok(&want));
    assert_eq!(write(&want), source);
    assert_eq!(parse(source, Marks::First), Ok(RichText::plain(source)), "older formats have no such marks");
    let between = RichText::plain("a^^b ~~ ~");
    assert_eq!(write(&between), r"a\^\^b \~\~ ~");
    assert_eq!(parse("a^^b", Marks::All), Err(MarkupError::Unclosed("^^", r"\^\^")));
}

#[test]
fn reads_links_and_takes_other_brackets_for_characters() {
    let address = Address::new("https://a.example/x_(y)").unwrap();
    let mut want = RichText::plain("see [1] (a) and ");
    want.push(&RichText::link("the ", Style::PLAIN, &address));
    want.push(&RichText::link("[page]", Style::BOLD, &address));
    want.push(&RichText::plain("."));
    let source = r"see [1] (a) and [the **[page]**](https://a.example/x_\(y\)).";
    assert_eq!(parse(source, Marks::All).as_ref(), Ok(&want));
    assert_eq!(parse(&write(&want), Marks::All).as_ref(), Ok(&want));
    assert_eq!(parse("[a](https://b.c)", Marks::First), Ok(RichText::plain("[a](https://b.c)")));
    assert_eq!(parse("[a](b) [c](https://d", Marks::All), Ok(RichText::plain("[a](b) [c](https://d")));
    assert_eq!(write(&RichText::plain("[a](https://b.c) [1]")), r"[a\](https://b.c) [1]");
    let said = parse("[a](javascript:alert\\(1\\))", Marks::All).unwrap_err().to_string();
    assert!(said.starts_with("`javascript:alert(1)` cannot be the address of a link"), "{said}");
}

#[test]
fn reads_notes_where_they_are() {
    let mut note = RichText::plain("See [1], ");
    note.push_str("viz", Style::ITALIC);
    note.push(&RichText::plain(". "));
    note.push(&RichText::link("here", Style::PLAIN, &Address::new("https://a.example").unwrap()));
    let mut want = RichText::styled("agreed", Style::BOLD);
    want.push(&RichText::referring(note, Style::BOLD));
    want.push(&RichText::plain(" on it"));
    want.push(&RichText::referring(RichText::default(), Style::PLAIN));
    let source = r"**agreed^[See [1], *viz*. [here](https://a.example)]** on it^[]";
    assert_eq!(parse(source, Marks::All).as_ref(), Ok(&want));
    assert_eq!(parse(&write(&want), Marks::All).as_ref(), Ok(&want));
    assert_eq!(parse("x^[a", Marks::All), Err(MarkupError::Unclosed("^[", r"\^[")));
    assert_eq!(parse("x^[a*b]*", Marks::All), Err(MarkupError::Unclosed("*", r"\*")), "marks end where they began");
    assert_eq!(parse("x^[a^[b]]", Marks::All), Err(MarkupError::NoteInNote));
    assert_eq!(parse("x^[a", Marks::First), Ok(RichText::plain("x^[a")));
    assert_eq!(write(&RichText::plain("x^[a")), r"x\^[a");
}

#[test]
fn hostile_brackets_take_no_time() {
    for source in ["[", "](", "[](a:", "[a](https:", "[[](https://a.b)", "^[", "^[]", "^[[](https://a.b)]", "\\["] {
        let source = source.repeat(100_000 / source.len());
        let _ = parse(&source, Marks::All);
    }
}

#[test]
fn says_what_is_not_closed() {
    assert_eq!(parse("5 * 3", Marks::First), Err(MarkupError::Unclosed("*", r"\*")));
    assert_eq!(parse("**HUN", Marks::First), Err(MarkupError::Unclosed("**", r"\*\*")));
    assert_eq!(parse("c:\\", Marks::First), Err(MarkupError::LoneEscape));
}

proptest! {
    #[test]
    fn reads_back_what_it_writes(runs in prop::collection::vec(("[a-c*_^~\\\\ កខ្]{0,5}", 0u8..32), 0..8)) {
        let mut text = RichText::default();
        for (run, bits) in runs {
            let style = Style::EACH.into_iter().enumerate()
                .fold(Style::PLAIN, |style, (i, one)| style.with(one, bits >> i & 1 == 1));
            text.push_str(&run, style);
        }
        let written = write(&text);
        prop_assert_eq!(parse(&written, Marks::All), Ok(text.clone()));
        prop_assert_eq!(parse(&written, marks_of(&text)), Ok(text));
    }

    #[test]
    fn reads_back_the_links_it_writes(
        runs in prop::collection::vec(("[ab*_^~()\\[\\]\\\\ ក]{0,4}", 0u8..32, prop::option::of("https://[a-c()\\\\*]{1,3}|[a*\\[]{0,3}")), 0..8),
    ) {
        let mut text = RichText::default();
        for (run, bits, address) in runs {
            let style = Style::EACH.into_iter().enumerate()
                .fold(Style::PLAIN, |style, (i, one)| style.with(one, bits >> i & 1 == 1));
            match address.as_deref().map(|address| (Address::new(address), address)) {
                Some((Ok(address), _)) => text.push(&RichText::link(run, style, &address)),
                Some((Err(_), note)) => text.push(&RichText::referring(RichText::styled(note, style), style)),
                None => text.push_str(&run, style),
            }
        }
        prop_assert_eq!(parse(&write(&text), Marks::All), Ok(text));
    }
}
